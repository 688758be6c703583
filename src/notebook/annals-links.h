/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-named.h"

G_BEGIN_DECLS

typedef enum
{
  ANNALS_RELATION_FOLLOWS,
  ANNALS_RELATION_SUPPORTS,
  ANNALS_RELATION_CONTRADICTS,
  ANNALS_RELATION_CITES,
  ANNALS_RELATION_SAME_EVENT,
  ANNALS_RELATION_RELATED,
  ANNALS_N_RELATIONS
} AnnalsRelation;

/* The word of the file and of annals-cli: "same event". */
const char *annals_relation_to_string   (AnnalsRelation   relation);
gboolean    annals_relation_from_string (const char      *word,
                                         AnnalsRelation  *relation);
/* For people: what the one end does to the other ("contradicts"), or with @outgoing FALSE what is done to it
 * ("contradicted by"). */
const char *annals_relation_get_label   (AnnalsRelation   relation,
                                         gboolean         outgoing);
/* Whether it says the same from both its ends. */
gboolean    annals_relation_is_mutual   (AnnalsRelation   relation);

/**
 * AnnalsLink:
 *
 * What somebody says two records have to do with one another. Strings are never NULL.
 */
typedef struct
{
  gint64          id;
  char           *uid;
  AnnalsRelation  relation;
  gboolean        outgoing;   /* the record that was asked about is @from */
  AnnalsNamed    *from;       /* a post, an annotation or an event, as is @to */
  AnnalsNamed    *to;
  char           *note;
  gint64          created;    /* UTC microseconds */
  gint64          modified;
  char           *author;
} AnnalsLink;

void annals_link_free (AnnalsLink *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsLink, annals_link_free)

/* The end that was not asked about. Borrowed. */
const AnnalsNamed *annals_link_get_other (const AnnalsLink *self);

/* Whether links can have such an end. */
gboolean    annals_link_takes            (AnnalsRecord kind);

/* The links that a record is an end of, oldest first (element type AnnalsLink). */
GPtrArray  *annals_db_list_links         (AnnalsDb *db, AnnalsRecord kind, gint64 id, GError **error);
/* Those of the passages marked in a post; each is @outgoing as its passage sees it. One between two passages
 * of the post stands there twice. */
GPtrArray  *annals_db_list_links_of_notes (AnnalsDb *db, gint64 post_id, GError **error);
/* Every link of the notebook, as its @from sees it, oldest first. */
GPtrArray  *annals_db_list_all_links     (AnnalsDb *db, GError **error);
/* The one that says the same of the same two, or of a mutual relation the other way round; *id 0 when there is none. */
gboolean    annals_db_find_link          (AnnalsDb *db, AnnalsRecord from_kind, gint64 from_id, AnnalsRelation relation,
                                          AnnalsRecord to_kind, gint64 to_id, gint64 *id, GError **error);
AnnalsLink *annals_db_load_link          (AnnalsDb *db, gint64 id, GError **error);

/* --- changes: only inside the one door --- */
/* One that is there already is not added twice: its note is set when @note is not empty. Fails with INVALID when
 * both ends are the same or of no kind that can be linked, NOT_FOUND. Links may go round in a circle. */
gboolean    annals_db_add_link           (AnnalsDb *db, AnnalsRecord from_kind, gint64 from_id, AnnalsRelation relation,
                                          AnnalsRecord to_kind, gint64 to_id, const char *note, gint64 *id,
                                          GError **error);
/* Fails with INVALID when the two are linked that way by another link. */
gboolean    annals_db_set_link           (AnnalsDb *db, gint64 id, AnnalsRelation relation, const char *note,
                                          GError **error);
gboolean    annals_db_delete_link        (AnnalsDb *db, gint64 id, GError **error);

G_END_DECLS
