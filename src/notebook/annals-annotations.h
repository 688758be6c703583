/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-anchor.h"
#include "annals-db.h"

G_BEGIN_DECLS

/**
 * AnnalsAnnotation:
 *
 * A passage that a person marked. Strings are never NULL.
 */
typedef struct
{
  gint64          id;
  char           *uid;
  gint64          post_id;
  char           *post_uid;
  char           *post_title;
  gint64          revision_id;
  AnnalsSelector  selector;    /* offsets in the post's current text, unless state is "review" */
  char           *colour;      /* a name of annals-palette.h */
  char           *note;        /* Markdown */
  char           *state;       /* "anchored", "moved" or "review" */
  gboolean        orphan;      /* "review", and kept so */
  gint64          moved;       /* when it moved first of what nobody confirmed, UTC microseconds; 0: not */
  char           *was_quote;   /* what it was on before */
  guint           was_start;
  char          **tags;        /* names, sorted; never NULL */
  gint64          created;     /* UTC microseconds */
  gint64          modified;
  char           *author;
} AnnalsAnnotation;

void annals_annotation_free (AnnalsAnnotation *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsAnnotation, annals_annotation_free)

/* Whether it is a note on the whole post: from 0 to 0, and its quotation is empty. */
gboolean          annals_annotation_is_post_note (const AnnalsAnnotation *self);

AnnalsAnnotation *annals_db_load_annotation   (AnnalsDb    *db,
                                               gint64       id,
                                               GError     **error);
/* by start, then end (element type AnnalsAnnotation); @post_id 0: of all posts, newest post first */
GPtrArray        *annals_db_list_annotations  (AnnalsDb    *db,
                                               gint64       post_id,
                                               GError     **error);

/* --- changes: only inside the one door --- */
/* Marks [start, end) (code points) of the post's current text. Fails with INVALID when that is empty
 * or out of the text, or @colour is no name of the palette. */
gboolean annals_db_add_annotation        (AnnalsDb *db, gint64 post_id, guint start, guint end,
                                          const char *colour, const char *note, gint64 *id, GError **error);
/* The same in the text of one of its revisions (0: the current one). In an older one it needs review from the start. */
gboolean annals_db_add_annotation_on_revision
                                         (AnnalsDb *db, gint64 post_id, gint64 revision_id, guint start, guint end,
                                          const char *colour, const char *note, gint64 *id, GError **error);
/* The same with the text of that revision at hand; NOT_FOUND when it is another one. */
gboolean annals_db_add_annotation_in_text (AnnalsDb *db, gint64 post_id, gint64 revision_id, AnnalsText *text,
                                          guint start, guint end, const char *colour, const char *note, gint64 *id,
                                          GError **error);
/* A note on the whole post. Fails with INVALID when @note is blank. */
gboolean annals_db_add_post_note         (AnnalsDb *db, gint64 post_id, const char *colour, const char *note,
                                          gint64 *id, GError **error);
gboolean annals_db_set_annotation_note   (AnnalsDb *db, gint64 id, const char *note, GError **error);
gboolean annals_db_set_annotation_colour (AnnalsDb *db, gint64 id, const char *colour, GError **error);
/* Places it anew on its post's current text; its state becomes "anchored". Fails with INVALID for a note
 * on a whole post, which has no place. */
gboolean annals_db_place_annotation      (AnnalsDb *db, gint64 id, guint start, guint end, GError **error);
/* Where it moved to is right: its state becomes "anchored". Fails with INVALID when it has not moved. */
gboolean annals_db_confirm_annotation    (AnnalsDb *db, gint64 id, GError **error);
/* Its passage is gone; it is kept with its old quotation, and needs no review any more until @orphan is
 * FALSE again. Fails with INVALID when it has its place. */
gboolean annals_db_set_annotation_orphan (AnnalsDb *db, gint64 id, gboolean orphan, GError **error);
/* With its tags; evidence that rests on it keeps the post and loses the passage's record. */
gboolean annals_db_delete_annotation     (AnnalsDb *db, gint64 id, GError **error);

G_END_DECLS
