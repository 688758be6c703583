/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-db-private.h"
#include "annals-merge.h"

G_BEGIN_DECLS

/* When which field of which row was last changed, as far as a notebook's history tells. */
typedef struct _AnnalsMergeTimes AnnalsMergeTimes;
typedef struct _AnnalsMergeSynonyms AnnalsMergeSynonyms;

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

/* The same of a row whose key is two numbers, or a text; 0: nobody knows. */
gint64            annals_merge_times_get_of (AnnalsMergeTimes *self,
                                           const char        *table,
                                           gint64             id,
                                           gint64             other,
                                           const char        *column);
gint64            annals_merge_times_get_of_text
                                          (AnnalsMergeTimes  *self,
                                           const char        *table,
                                           const char        *key,
                                           const char        *column);

/* The row's last change was at @time, and not of what is asked for from now on. */
void              annals_merge_times_touch (AnnalsMergeTimes *self,
                                           const char        *table,
                                           gint64             id,
                                           gint64             time);

/* What the column holds from now on was changed at @time, in another row or in the other notebook. */
void              annals_merge_times_set  (AnnalsMergeTimes  *self,
                                           const char        *table,
                                           gint64             id,
                                           const char        *column,
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

/* A post that is in both. */
typedef struct
{
  gint64   id;
  gint64   other;       /* its number in the other notebook; 0: not known */
  gboolean is_marked;   /* there, with anything */
} AnnalsMergePost;

#define ANNALS_MERGE_KEY_SIZE 16

/* Another identity of a post that was known here already. */
typedef struct
{
  guint8 key[ANNALS_MERGE_KEY_SIZE];
  gint64 post;
  gint64 import_id;   /* the run that says so as well */
} AnnalsMergeAlias;

/* Of what is in a list. */
typedef struct
{
  gint64   id;
  gint64   other;     /* its number in the other notebook */
  gint64   position;  /* there */
  gboolean is_new;
} AnnalsMergePlace;

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
  GPtrArray               *tags;       /* their entries, which are taken in together */
  guint                    n_tags_taken;
  GHashTable              *said_tags;  /* (nullable): uids of those that are more than mentioned */
  GHashTable              *tag_uids;   /* (nullable): tag → uids (element type utf8) that others[] has had for it */
  GPtrArray               *links;      /* their entries, likewise */
  GArray                  *posts;      /* (element type AnnalsMergePost) that were here before */
  gboolean                 posts_are_sorted;
  GArray                  *aliases;    /* (element type AnnalsMergeAlias) */
  guint                    n_read_taken;
  guint                    n_read_kept;
  char                    *link_note;  /* (nullable): of a link that went into the one at hand */
  GArray                  *searches;   /* (element type AnnalsMergePlace) saved ones */
  GArray                  *memos;      /* ids whose references are still to be found */
  char                    *inserts[ANNALS_N_ENTRIES];
  gint64                   last_before;  /* the highest id of a post, before */
  AnnalsEntryReader       *here;       /* looks records up */
  AnnalsMergeSynonyms     *synonyms;   /* (nullable) */
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
/* The same of an end of a link, whose kind @word says. */
gboolean    annals_merge_find_end      (AnnalsMerge             *self,
                                        const char              *word,
                                        const char              *uid,
                                        gint64                  *id,
                                        GError                 **error);
void        annals_merge_note_other    (AnnalsMerge             *self,
                                        AnnalsEntryKind          kind,
                                        const char              *uid,
                                        gint64                   id);
/* A new row. @parent: of a part; 0: of none. *id 0 without an error when what it refers to is not here, which
 * the result then says, or when there is one already. */
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

/* annals-merge-result.c: what is told of it */
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
/* The same in words. */
void        annals_merge_add_words     (AnnalsMerge             *self,
                                        AnnalsEntryKind          kind,
                                        const char              *name,
                                        const char              *member,
                                        const char              *ours,
                                        const char              *theirs,
                                        gboolean                 taken);
/* What people call it. */
const char *annals_merge_get_name      (AnnalsEntry             *entry);
/* What people call the row; "" for none. */
char       *annals_merge_dup_row_name  (AnnalsMerge             *self,
                                        AnnalsEntryKind          kind,
                                        gint64                   id);

/* annals-merge-archive.c: what imports brought; hidden until all is there */
gboolean    annals_merge_take_archive  (AnnalsMerge             *self,
                                        AnnalsEntry             *entry,
                                        GError                 **error);
/* NULL: it does not come along. */
AnnalsMergeRun *
            annals_merge_find_run      (AnnalsMerge             *self,
                                        const char              *uid);
/* Binds what stands in @entry under the names of its members. */
void        annals_merge_bind_strings  (BorrowedStmt            *stmt,
                                        AnnalsEntry             *entry,
                                        const char * const      *members);
void        annals_merge_bind_numbers  (BorrowedStmt            *stmt,
                                        AnnalsEntry             *entry,
                                        const char * const      *members);
/* The rules that were kept back for the end. */
gboolean    annals_merge_store_rules   (AnnalsMerge             *self,
                                        GError                 **error);

/* annals-merge-posts.c */
gboolean    annals_merge_take_post     (AnnalsMerge             *self,
                                        AnnalsEntry             *entry,
                                        GError                 **error);
/* When what came is shown. */
gboolean    annals_merge_settle_aliases
                                       (AnnalsMerge             *self,
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
/* Each field of the row @ours says what the newer change of it said; sets *taken and *kept (see below). */
gboolean    annals_merge_fields        (AnnalsMerge             *self,
                                        AnnalsEntry             *ours,
                                        AnnalsEntry             *theirs,
                                        gboolean                *taken,
                                        gboolean                *kept,
                                        GError                 **error);
/* The row @id says from now on what the newer change of each field said. */
gboolean    annals_merge_row           (AnnalsMerge             *self,
                                        AnnalsEntry             *theirs,
                                        gint64                   id,
                                        GError                 **error);
/* The time of the row's last change is the later one; @taken: something of theirs is in it now; @kept: something of ours
 * that they have otherwise. */
gboolean    annals_merge_set_modified  (AnnalsMerge             *self,
                                        AnnalsEntry             *ours,
                                        AnnalsEntry             *theirs,
                                        gboolean                 taken,
                                        gboolean                 kept,
                                        GError                 **error);

/* annals-merge-same.c: records with two uids that are one */
/* @entry and the row @id are one from now on: with the uid of both that sorts first, whichever notebook takes in the
 * other. */
gboolean    annals_merge_unite         (AnnalsMerge             *self,
                                        AnnalsEntry             *entry,
                                        gint64                   id,
                                        GError                 **error);
/* The row gives up its uid for @uid, and memos follow. */
gboolean    annals_merge_rename        (AnnalsMerge             *self,
                                        AnnalsEntryKind          kind,
                                        gint64                   id,
                                        const char              *uid,
                                        gint64                   created,
                                        const char              *author,
                                        GError                 **error);
/* If there is one like it here, which is none of its @siblings there, they are united. */
gboolean    annals_merge_find_same_evidence
                                       (AnnalsMerge             *self,
                                        AnnalsEntry             *entry,
                                        const GPtrArray         *siblings,
                                        gint64                   event,
                                        GError                 **error);
gboolean    annals_merge_find_same_link
                                       (AnnalsMerge             *self,
                                        AnnalsEntry             *entry,
                                        GError                 **error);
gboolean    annals_merge_find_same_lane
                                       (AnnalsMerge             *self,
                                        AnnalsEntry             *entry,
                                        const GPtrArray         *siblings,
                                        gint64                   timeline,
                                        GError                 **error);
/* The link @id is to have that relation: another one that has it goes into this one. */
gboolean    annals_merge_clear_relation
                                       (AnnalsMerge             *self,
                                        gint64                   id,
                                        const char              *relation,
                                        GError                 **error);
/* What the one that went said goes behind what this one says. */
gboolean    annals_merge_add_link_note (AnnalsMerge             *self,
                                        gint64                   id,
                                        GError                 **error);
/* Lanes of one timeline that have one name by now become one. */
gboolean    annals_merge_join_lanes    (AnnalsMerge             *self,
                                        gint64                   timeline,
                                        GError                 **error);
/* @text with the records that it names by another uid named by the one they have here. */
char       *annals_merge_dup_own_references
                                       (AnnalsMerge             *self,
                                        const char              *text,
                                        GError                 **error);

/* annals-merge-tags.c */
/* Those that have come so far. */
gboolean    annals_merge_settle_tags   (AnnalsMerge             *self,
                                        GError                 **error);

/* annals-merge-synonyms.c */
void        annals_merge_synonyms_free (AnnalsMergeSynonyms     *self);
/* The tag came, went, or is also called otherwise from now on. */
void        annals_merge_note_synonyms (AnnalsMerge             *self,
                                        gint64                   id);
/* The tag that is called so; *id 0 without an error when there is none. */
gboolean    annals_merge_find_name     (AnnalsMerge             *self,
                                        const char              *folded,
                                        gint64                  *id,
                                        GError                 **error);
/* Or also called so. */
gboolean    annals_merge_find_any_name (AnnalsMerge             *self,
                                        const char              *folded,
                                        gint64                  *id,
                                        gboolean                *by_synonym,
                                        GError                 **error);

/* annals-merge-tag-names.c */
/* The tag @from goes into the tag @into. @by_synonym: its name is another name of that one, which keeps its uid. */
gboolean    annals_merge_join_tags     (AnnalsMerge             *self,
                                        gint64                   from,
                                        gint64                   into,
                                        gboolean                 by_synonym,
                                        GError                 **error);
/* The other notebook says that tag, unless it only mentions it. */
void        annals_merge_note_said     (AnnalsMerge             *self,
                                        AnnalsEntry             *entry);
/* Whether the tag is in the other notebook as well, by its uid. */
gboolean    annals_merge_has_tag       (AnnalsMerge             *self,
                                        gint64                   id,
                                        gboolean                *has,
                                        GError                 **error);
/* The tag is not called so besides. */
gboolean    annals_merge_drop_synonym  (AnnalsMerge             *self,
                                        gint64                   id,
                                        const char              *folded,
                                        GError                 **error);
/* @name, or with a number behind it, so that no tag has it. Free with g_free(). */
char       *annals_merge_dup_free_name (AnnalsMerge             *self,
                                        const char              *name,
                                        GError                 **error);
/* Every name, and other name, becomes that of one tag. */
gboolean    annals_merge_settle_names  (AnnalsMerge             *self,
                                        GError                 **error);

/* annals-merge-marks.c: what a post is marked with */
void        annals_merge_note_post     (AnnalsMerge             *self,
                                        gint64                   id,
                                        gint64                   other);
gboolean    annals_merge_take_mark     (AnnalsMerge             *self,
                                        AnnalsEntry             *entry,
                                        GError                 **error);
/* Those that are marked here alone. */
gboolean    annals_merge_settle_marks  (AnnalsMerge             *self,
                                        GError                 **error);

/* annals-merge-order.c: the order of a list */
/* The records of the kind (below @parent; 0: all) stand as they do where they were last moved. @theirs (element type
 * AnnalsMergePlace) is sorted. @name: of what they are in. */
gboolean    annals_merge_order         (AnnalsMerge             *self,
                                        AnnalsEntryKind          kind,
                                        gint64                   parent,
                                        const char              *name,
                                        GArray                  *theirs,
                                        GError                 **error);

/* annals-merge-places.c: where events stand in timelines */
gboolean    annals_merge_take_places   (AnnalsMerge             *self,
                                        AnnalsEntry             *event,
                                        gint64                   id,
                                        GError                 **error);

/* annals-merge-records.c: what the user made */
gboolean    annals_merge_take_record   (AnnalsMerge             *self,
                                        AnnalsEntry             *entry,
                                        GError                 **error);
/* Rows that say no more than that two records belong together. */
gboolean    annals_merge_take_parts    (AnnalsMerge             *self,
                                        AnnalsEntry             *entry,
                                        const char              *member,
                                        gint64                   parent,
                                        GError                 **error);
/* What can only be done when all are there. */
gboolean    annals_merge_settle_records
                                       (AnnalsMerge             *self,
                                        GError                 **error);

G_END_DECLS
