/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-changes.h"
#include "annals-db.h"
#include "annals-history.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_NOTEBOOK (annals_notebook_get_type ())
/**
 * AnnalsNotebook:
 *
 * An open notebook file: one writer thread, a few readers, the one door for changes. Lives in the
 * main context in which it was opened; its signals are emitted there.
 *
 * Properties (read-only, notified): "title" (string), "undo-label" and "redo-label" (string,
 * nullable: what undo or redo would undo or redo now), "index-pending" and "notes-pending" (uint: posts,
 * and notes, memos and events, that search does not find yet).
 *
 * Signal "changed" (AnnalsNotebook *self, AnnalsChanges *changes): after each commit, until it is
 * closed. Another program's commits are noticed within a second of idleness and told as changes of all
 * records.
 */
G_DECLARE_FINAL_TYPE (AnnalsNotebook, annals_notebook, ANNALS, NOTEBOOK, GObject)

/* Makes a new file. @title (nullable): its base name otherwise. Fails with EXISTS, READ_ONLY, FULL,
 * NOT_FOUND (no such folder). Blocks: not for the window's thread. */
AnnalsNotebook *annals_notebook_create         (const char           *path,
                                                const char           *title,
                                                GError              **error);
/* Opens a file, migrating it when it is older. Fails with NOT_FOUND, NOT_A_NOTEBOOK, TOO_NEW,
 * CORRUPT, READ_ONLY, BUSY; the file is then untouched. Blocks. */
AnnalsNotebook *annals_notebook_open           (const char           *path,
                                                GError              **error);
/* @create: make it new instead; @title as above. Cancelled, it no longer waits for a program that has locked the file,
 * and fails with G_IO_ERROR_CANCELLED with the file as it was, unless it had ended: then there is a notebook to close. */
void            annals_notebook_open_async     (const char           *path,
                                                gboolean              create,
                                                const char           *title,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
AnnalsNotebook *annals_notebook_open_finish    (GAsyncResult         *result,
                                                GError              **error);
/* Lets queued work end, joins the threads, folds the write-ahead log into the one file. Every
 * notebook must be closed before its last reference goes. Blocks. */
gboolean        annals_notebook_close          (AnnalsNotebook       *self,
                                                GError              **error);
void            annals_notebook_close_async    (AnnalsNotebook       *self,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
gboolean        annals_notebook_close_finish   (AnnalsNotebook       *self,
                                                GAsyncResult         *result,
                                                GError              **error);

const char     *annals_notebook_get_path       (AnnalsNotebook       *self);
const char     *annals_notebook_get_uid        (AnnalsNotebook       *self);
const char     *annals_notebook_get_title      (AnnalsNotebook       *self);
/* Whether programs read it while another writes. FALSE on a disk that cannot share memory, such as that of another
 * computer: they wait for each other then. */
gboolean        annals_notebook_has_log        (AnnalsNotebook       *self);
/* Whether the file was last seen to be moved, deleted or replaced by another program; property "gone", notified. */
gboolean        annals_notebook_is_gone        (AnnalsNotebook       *self);
const char     *annals_notebook_get_undo_label (AnnalsNotebook       *self);
const char     *annals_notebook_get_redo_label (AnnalsNotebook       *self);
/* The step of the history that undo would undo now; 0: none. As told by the last "changed". */
gint64          annals_notebook_get_undo_step  (AnnalsNotebook       *self);
/* All of it is shown in another way from now on: "changed" is emitted for every kind of record. */
void            annals_notebook_refresh        (AnnalsNotebook       *self);
/* Who makes changes from now on: the author of new annotations and so on. "" until set. */
void            annals_notebook_set_author     (AnnalsNotebook       *self,
                                                const char           *author);

/* Reading, on a reader's thread. The callback always comes after @func has ended, so @data is the
 * callback's to look at through annals_notebook_job_get_data() until it returns; then @destroy. */
void            annals_notebook_read_async     (AnnalsNotebook       *self,
                                                AnnalsDbFunc          func,
                                                gpointer              data,
                                                GDestroyNotify        destroy,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
gboolean        annals_notebook_read_finish    (AnnalsNotebook       *self,
                                                GAsyncResult         *result,
                                                GError              **error);
/* The same, waited for: for annals-cli, worker threads and tests. */
gboolean        annals_notebook_read           (AnnalsNotebook       *self,
                                                AnnalsDbFunc          func,
                                                gpointer              data,
                                                GCancellable         *cancellable,
                                                GError              **error);
/* The same for what takes long, such as an export: other reading goes on beside it. What it reads is of one moment,
 * and the write-ahead log grows until it ends. */
gboolean        annals_notebook_read_long      (AnnalsNotebook       *self,
                                                AnnalsDbFunc          func,
                                                gpointer              data,
                                                GCancellable         *cancellable,
                                                GError              **error);
gpointer        annals_notebook_job_get_data   (GAsyncResult         *result);

/* The one door: runs @func on the writer's thread in one transaction, records its change set under
 * @label (for people, an order: "Tag 3 posts"), commits, emits "changed". A change that changed
 * nothing leaves no history. What had been undone can no longer be redone.
 * @label %NULL: what the program notes by itself and nobody would undo (a post was read to its end): no
 * history, and what can be redone stays. */
void            annals_notebook_change_async   (AnnalsNotebook       *self,
                                                const char           *label,
                                                AnnalsDbFunc          func,
                                                gpointer              data,
                                                GDestroyNotify        destroy,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
gboolean        annals_notebook_change_finish  (AnnalsNotebook       *self,
                                                GAsyncResult         *result,
                                                GError              **error);
gboolean        annals_notebook_change         (AnnalsNotebook       *self,
                                                const char           *label,
                                                AnnalsDbFunc          func,
                                                gpointer              data,
                                                GCancellable         *cancellable,
                                                GError              **error);

/* The bulk door, for imports and derived data only: one transaction, not recorded. "changed" is
 * emitted when @func called annals_db_finish_import() or annals_db_remove_import(). */
gboolean        annals_notebook_bulk           (AnnalsNotebook       *self,
                                                AnnalsDbFunc          func,
                                                gpointer              data,
                                                GCancellable         *cancellable,
                                                GError              **error);

/* Undoes the newest action that is not undone, or redoes the oldest that is. @label (out,
 * transfer full, optional): its label; NULL with TRUE when there was nothing to do. Fails with
 * CONFLICT when later work of another program stands in the way; nothing is changed then. */
gboolean        annals_notebook_undo           (AnnalsNotebook       *self,
                                                char                **label,
                                                GError              **error);
gboolean        annals_notebook_redo           (AnnalsNotebook       *self,
                                                char                **label,
                                                GError              **error);
void            annals_notebook_undo_async     (AnnalsNotebook       *self,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
void            annals_notebook_redo_async     (AnnalsNotebook       *self,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
/* of any of them */
gboolean        annals_notebook_undo_finish    (AnnalsNotebook       *self,
                                                GAsyncResult         *result,
                                                char                **label,
                                                GError              **error);

/* Undoes one earlier action by itself, whatever came after it: a step of its own in the history. @label: what was
 * undone. Fails with CONFLICT, in a sentence that names the later actions which build on it, and changes
 * nothing then; NOT_FOUND. */
gboolean        annals_notebook_undo_only      (AnnalsNotebook       *self,
                                                gint64                id,
                                                char                **label,
                                                GError              **error);
/* annals_notebook_undo_finish() */
void            annals_notebook_undo_only_async
                                               (AnnalsNotebook       *self,
                                                gint64                id,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
/* Goes a piece of the way to where action @id is the newest that is done (0: to the beginning), undoing or
 * redoing some steps; to be called again until walk->n_left is 0. NOT_FOUND. */
gboolean        annals_notebook_go_to          (AnnalsNotebook       *self,
                                                gint64                id,
                                                AnnalsHistoryWalk    *walk,
                                                GError              **error);
void            annals_notebook_go_to_async    (AnnalsNotebook       *self,
                                                gint64                id,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
gboolean        annals_notebook_go_to_finish   (AnnalsNotebook       *self,
                                                GAsyncResult         *result,
                                                AnnalsHistoryWalk    *walk,
                                                GError              **error);

/* Does what is left to the writer's idle time, and waits for it: takes imports back to their end,
 * indexes what search does not find yet, and finds posts of the same text. The window never needs this:
 * the writer's thread does so by itself whenever it has nothing else to do. */
gboolean        annals_notebook_finish_index   (AnnalsNotebook       *self,
                                                GCancellable         *cancellable,
                                                GError              **error);

G_END_DECLS
