/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-db-private.h"
#include "annals-merge.h"

G_BEGIN_DECLS

/* When which field of which row was last changed, as far as a notebook's history tells. */
typedef struct _AnnalsMergeTimes AnnalsMergeTimes;

AnnalsMergeTimes *annals_merge_times_new  (AnnalsDb          *db,
                                           GError           **error);
void              annals_merge_times_free (AnnalsMergeTimes  *self);
/* Of a row with the number @id. @created and @modified: what the row itself says; @modified 0: it does not. 0: nobody
 * knows. */
gint64            annals_merge_times_get  (AnnalsMergeTimes  *self,
                                           const char        *table,
                                           gint64             id,
                                           const char        *column,
                                           gint64             created,
                                           gint64             modified);

/* The row's last change was at @time, and not of what is asked for from now on. */
void              annals_merge_times_touch (AnnalsMergeTimes *self,
                                           const char        *table,
                                           gint64             id,
                                           gint64             time);

/* A run that comes along. */
typedef struct
{
  gint64   id;
  char    *uid;
  gboolean is_new;      /* it was not here, or was undone */
  gboolean was_undone;
  gint64   last_post;   /* the highest id of the posts that it was the first to bring */
} AnnalsMergeRun;

typedef struct
{
  AnnalsDb                *db;         /* the writer's, while one of the functions below runs */
  const AnnalsMergeSource *source;
  AnnalsMergeResult       *result;
  gboolean                 was_empty;  /* the notebook */
  GArray                  *runs;       /* (element type AnnalsMergeRun) in their order */
  GHashTable              *run_of;     /* uid → place in runs, from 1 */
  GArray                  *files;      /* (element type gint64) number - 1 → row; 0: none */
  GHashTable              *paths;      /* (nullable): path → row, of the import below, which was here before */
  gint64                   paths_of;
  GPtrArray               *rules;
  GHashTable              *others[ANNALS_N_ENTRIES];  /* (nullable): uid → gint64, where it has another one here */
  GPtrArray               *tags;       /* entries whose parents are still to be set */
  GArray                  *memos;      /* ids whose references are still to be found */
  char                    *inserts[ANNALS_N_ENTRIES];
  gint64                   last_before;  /* the highest id of a post, before */
  AnnalsEntryReader       *here;       /* looks records up */
  AnnalsMergeTimes        *times;      /* (nullable) of the notebook */
  AnnalsMergeTimes        *other_times; /* (nullable) of the source */
} AnnalsMerge;

/* annals-merge-rows.c */
/* The row that @uid names here; *id 0 without an error when there is none. */
gboolean    annals_merge_find          (AnnalsMerge             *self,
                                        AnnalsEntryKind          kind,
                                        const char              *uid,
                                        gint64                  *id,
                                        GError                 **error);
void        annals_merge_note_other    (AnnalsMerge             *self,
                                        AnnalsEntryKind          kind,
                                        const char              *uid,
                                        gint64                   id);
/* A new row. @parent: of a part; 0: of none. *id 0 without an error when what it refers to is not here, which
 * the result then says. */
gboolean    annals_merge_insert        (AnnalsMerge             *self,
                                        AnnalsEntry             *entry,
                                        gint64                   parent,
                                        gint64                  *id,
                                        GError                 **error);
/* The field of that row becomes what @entry says; FALSE in *done when what it refers to is not here. */
gboolean    annals_merge_update        (AnnalsMerge             *self,
                                        AnnalsEntry             *entry,
                                        guint                    field,
                                        gint64                   id,
                                        gboolean                *done,
                                        GError                 **error);
/* Takes @remark. */
void        annals_merge_take_remark   (AnnalsMerge             *self,
                                        AnnalsEntryKind          kind,
                                        const char              *name,
                                        char                    *remark);
void        annals_merge_add_difference
                                       (AnnalsMerge             *self,
                                        AnnalsEntry             *entry,
                                        const AnnalsEntryField  *field,
                                        const AnnalsEntryValue  *ours,
                                        const AnnalsEntryValue  *theirs,
                                        gboolean                 taken);
/* What people call it. */
const char *annals_merge_get_name      (AnnalsEntry             *entry);

/* annals-merge-archive.c: what imports brought; hidden until annals_merge_finish() */
gboolean    annals_merge_take_archive  (AnnalsMerge             *self,
                                        AnnalsEntry             *entry,
                                        GError                 **error);
/* The rules that were kept back for the end. */
gboolean    annals_merge_store_rules   (AnnalsMerge             *self,
                                        GError                 **error);

/* annals-merge-fields.c: whose change of a field is the newer one */
gboolean    annals_merge_load_times    (AnnalsMerge             *self,
                                        GError                 **error);
/* 0 when there is no such member */
gint64      annals_merge_get_number    (AnnalsEntry             *entry,
                                        const char              *member);
gboolean    annals_merge_is_theirs_newer
                                       (AnnalsMerge             *self,
                                        AnnalsEntry             *ours,
                                        AnnalsEntry             *theirs,
                                        const AnnalsEntryField  *field,
                                        gboolean                *newer,
                                        GError                 **error);
gboolean    annals_merge_is_equal      (const AnnalsEntryValue  *a,
                                        const AnnalsEntryValue  *b);
/* References are compared by what they lead to here. */
gboolean    annals_merge_leads_to_same (AnnalsMerge             *self,
                                        const AnnalsEntryField  *field,
                                        const AnnalsEntryValue  *ours,
                                        const AnnalsEntryValue  *theirs);
/* The row @id says from now on what the newer change of each field said. */
gboolean    annals_merge_row           (AnnalsMerge             *self,
                                        AnnalsEntry             *theirs,
                                        gint64                   id,
                                        GError                 **error);

/* annals-merge-records.c: what the user made */
gboolean    annals_merge_take_record   (AnnalsMerge             *self,
                                        AnnalsEntry             *entry,
                                        GError                 **error);
/* What can only be done when all are there. */
gboolean    annals_merge_settle_records
                                       (AnnalsMerge             *self,
                                        GError                 **error);

G_END_DECLS
