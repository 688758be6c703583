/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-entry.h"
#include "annals-notebook.h"

G_BEGIN_DECLS

/**
 * AnnalsMergeSource:
 * @next: the next entry, in the order of the sections; NULL without @error at the end. Called on the
 * notebook's writer thread
 * @fraction: (nullable): how much of it has been read, 0 to 1
 * @other: (nullable): the notebook that the entries come from, whose history tells when what was changed
 * @facts: what it says of itself; no uid: an empty notebook does not become it
 * @remarks: (nullable) (element-type utf8): sentences on what could not be made an entry
 *
 * Where entries come from: another notebook, or a file that one was exported to.
 */
typedef struct
{
  AnnalsEntry *(*next)     (gpointer   user_data,
                            GError   **error);
  double       (*fraction) (gpointer   user_data);
  gpointer               user_data;
  AnnalsDb              *other;
  AnnalsNotebookFacts    facts;
  GPtrArray             *remarks;
} AnnalsMergeSource;

/**
 * AnnalsMergeDifference:
 *
 * What one notebook says otherwise than the other, or what could not be taken over.
 */
typedef struct
{
  AnnalsEntryKind  kind;
  char            *name;       /* of the record, for people */
  char            *member;     /* (nullable): of the field */
  char            *ours;
  char            *theirs;
  gboolean         taken;      /* theirs is what stands here now */
  char            *remark;     /* (nullable): why it was not taken over, a sentence */
} AnnalsMergeDifference;

/* More are counted, not listed. */
#define ANNALS_MERGE_MAX_DIFFERENCES 10000

typedef struct
{
  guint      n_posts;                      /* new ones */
  guint      n_revisions;                  /* of posts that were here */
  guint      n_added[ANNALS_N_ENTRIES];
  guint      n_changed;                    /* fields that are the other's now */
  guint      n_kept;                       /* fields that stayed as they were here */
  GPtrArray *differences;                  /* (element type AnnalsMergeDifference) */
  guint      n_unlisted;
  gint64     step;                         /* of the history; 0: nothing was to be done */
} AnnalsMergeResult;

AnnalsMergeResult *annals_merge_result_new  (void);
void               annals_merge_result_free (AnnalsMergeResult *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsMergeResult, annals_merge_result_free)
/* Records that came, posts aside. */
guint              annals_merge_result_count_added
                                            (const AnnalsMergeResult *self);

/* @fraction: 0 to 1; called on the notebook's writer thread */
typedef void (*AnnalsMergeProgress) (double   fraction,
                                     gpointer user_data);

/* Takes all of @source into the notebook: records by their uid, the newer change of a field wins, nothing is
 * deleted, and all of it is one step of the history, named @label. An empty notebook becomes the source's equal,
 * with its uid and title. When it fails or is cancelled, nothing stays; should the program be killed, what is
 * there by then is taken back at the next opening. Blocks: call it from a worker thread. */
AnnalsMergeResult *annals_notebook_merge      (AnnalsNotebook           *self,
                                               const AnnalsMergeSource  *source,
                                               const char               *label,
                                               AnnalsMergeProgress       progress,
                                               gpointer                  user_data,
                                               GCancellable             *cancellable,
                                               GError                  **error);
/* The same from the notebook file @path, which is opened to be read only; one of an older format is copied and the
 * copy brought up to date. Fails as annals_notebook_open() does, and with CONFLICT when it is this very one. */
AnnalsMergeResult *annals_notebook_merge_file (AnnalsNotebook           *self,
                                               const char               *path,
                                               AnnalsMergeProgress       progress,
                                               gpointer                  user_data,
                                               GCancellable             *cancellable,
                                               GError                  **error);

/* "Event", "Tag", … for people */
const char        *annals_entry_kind_get_label (AnnalsEntryKind          kind);

/* "title", "other names", … for people */
const char        *annals_entry_member_get_label
                                              (const char              *member);

G_END_DECLS
