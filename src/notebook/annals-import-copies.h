/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-db-private.h"
#include "annals-imports.h"

G_BEGIN_DECLS

/* What a copy may leave unsaid. */
typedef enum
{
  ANNALS_FIELD_TITLE,
  ANNALS_FIELD_URL,
  ANNALS_FIELD_AUTHOR,
  ANNALS_FIELD_SOURCE,
  ANNALS_FIELD_PUBLISHED,
  ANNALS_FIELD_LANGUAGE,
  ANNALS_FIELD_TAGS,       /* one a line */
} AnnalsField;

#define ANNALS_N_FIELDS (ANNALS_FIELD_TAGS + 1)

/* What the revision before said stands below every copy. */
#define ANNALS_EXTENT_BEFORE (-1)

/**
 * AnnalsCopy:
 *
 * What one copy of a post says of it, its text aside. Its strings belong to somebody else.
 */
typedef struct
{
  int             extent;     /* AnnalsExtent or ANNALS_EXTENT_BEFORE */
  guint           length;     /* of the text, in code points */
  const char     *sha256;
  const char     *uid;        /* that its identity gives */
  AnnalsPostKind  kind;
  const char     *fields[ANNALS_N_FIELDS];   /* "": not said */
  guint           place;
  gint64          file_id;
} AnnalsCopy;

typedef guint8 AnnalsCopyDigest[16];

/* Negative when @a is the better source of the text. A total order: 0 only of two that say the same. */
int      annals_copy_compare      (const AnnalsCopy  *a,
                                   const AnnalsCopy  *b);
/* Of what it says; the place where it stood is no part of it. */
void     annals_copy_digest       (const AnnalsCopy  *self,
                                   AnnalsCopyDigest   digest);

/* Several copies (element type AnnalsCopy), best first, and the strings of those that were loaded. */
typedef struct
{
  GArray       *array;
  GStringChunk *strings;
} AnnalsCopies;

AnnalsCopies *annals_copies_new   (void);
void     annals_copies_free       (AnnalsCopies      *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsCopies, annals_copies_free)

/* @copy's strings must outlive @self. */
void     annals_copies_add        (AnnalsCopies      *self,
                                   const AnnalsCopy  *copy);
/* What the copies say together: of each field what the best one says that says anything. */
void     annals_copies_merge      (const AnnalsCopies *self,
                                   AnnalsCopy        *merged);
/* Leaves only those that merging takes something from. */
void     annals_copies_prune      (AnnalsCopies      *self);

/* A revision as if it were a copy. */
gboolean annals_copies_add_revision (AnnalsCopies    *self,
                                   AnnalsDb          *db,
                                   gint64             revision_id,
                                   GError           **error);
/* The copies that a revision was made of. */
gboolean annals_copies_load       (AnnalsCopies      *self,
                                   AnnalsDb          *db,
                                   gint64             revision_id,
                                   GError           **error);
/* Notes them, when one alone does not tell the same. */
gboolean annals_copies_store      (AnnalsCopies      *self,
                                   AnnalsDb          *db,
                                   gint64             revision_id,
                                   GError           **error);

/* Copies that were seen and were not the best. @import_id: of the run at hand, which counts as done. */
gboolean annals_copy_is_known     (const AnnalsCopy  *self,
                                   AnnalsDb          *db,
                                   gint64             post_id,
                                   gint64             import_id,
                                   gboolean          *known,
                                   GError           **error);
gboolean annals_copy_remember     (const AnnalsCopy  *self,
                                   AnnalsDb          *db,
                                   gint64             post_id,
                                   gint64             import_id,
                                   GError           **error);

G_END_DECLS
