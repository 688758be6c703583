/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-notebook.h"
#include "annals-posts.h"
#include "annals-quick-find.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_DESK (annals_desk_get_type ())
/**
 * AnnalsDesk:
 *
 * What the places of one window share: the open notebook and the ways to ask it, to change it, and
 * to lead the user elsewhere. Places know the desk, never the window. Main thread only.
 *
 * Property "notebook" (AnnalsNotebook, nullable, notified).
 *
 * Signals, all without a return value:
 *   "changed"       (AnnalsChanges *changes)            the notebook's, forwarded
 *   "toast"         (const char *message, gboolean undoable)   plain text, not markup
 *   "failed"        (const char *heading, const char *message)
 *   "show-post"     (gint64 post_id, gint64 annotation_id)     annotation 0: none
 *   "show-timeline" (gint64 timeline_id, gint64 event_id)      event 0: none
 *   "show-suggestions" (gint64 timeline_id)                    what is suggested for it
 *   "show-memo"     (gint64 memo_id)
 *   "show-review"   (gint64 annotation_id)                     a note to be reviewed; 0: any
 *   "show-scope"    (guint scope, gint64 id, const char *name) AnnalsScope: the posts of a tag or a source
 *   "show-query"    (const char *query)                        the posts that a search finds
 */
G_DECLARE_FINAL_TYPE (AnnalsDesk, annals_desk, ANNALS, DESK, GObject)

/**
 * AnnalsDeskDone:
 * @owner: the object that asked
 * @data: its data, with what was found; freed after this returns
 * @error: (nullable): why it failed; failed changes have been shown to the user already
 *
 * The answer. It never comes when @owner is gone, the job was cancelled, or the desk has another
 * notebook by now.
 */
typedef void (*AnnalsDeskDone) (gpointer      owner,
                                gpointer      data,
                                const GError *error);

AnnalsDesk     *annals_desk_new           (void);
/* (nullable) */
AnnalsNotebook *annals_desk_get_notebook  (AnnalsDesk     *self);
void            annals_desk_set_notebook  (AnnalsDesk     *self,
                                           AnnalsNotebook *notebook);

/* Asks the notebook on a reader's thread. @owner: a GObject, held weakly. Without a notebook
 * nothing happens but @destroy. */
void            annals_desk_read          (AnnalsDesk     *self,
                                           gpointer        owner,
                                           AnnalsDbFunc    func,
                                           gpointer        data,
                                           GDestroyNotify  destroy,
                                           GCancellable   *cancellable,
                                           AnnalsDeskDone  done);
/* One action of the user: through the one door under @label (an order: "Add highlight"), then a
 * toast @message with an Undo button ("Highlight added"; NULL: no toast); when it fails, "failed" is
 * emitted. @label NULL: not the user's action, no history. @done (nullable). */
void            annals_desk_change        (AnnalsDesk     *self,
                                           gpointer        owner,
                                           const char     *label,
                                           const char     *message,
                                           AnnalsDbFunc    func,
                                           gpointer        data,
                                           GDestroyNotify  destroy,
                                           AnnalsDeskDone  done);
/* With a toast that says what was undone or redone. */
void            annals_desk_undo          (AnnalsDesk     *self);
void            annals_desk_redo          (AnnalsDesk     *self);

void            annals_desk_toast         (AnnalsDesk     *self,
                                           const char     *message,
                                           gboolean        undoable);
void            annals_desk_fail          (AnnalsDesk     *self,
                                           const char     *heading,
                                           const char     *message);
void            annals_desk_show_post     (AnnalsDesk     *self,
                                           gint64          post_id,
                                           gint64          annotation_id);
void            annals_desk_show_timeline (AnnalsDesk     *self,
                                           gint64          timeline_id,
                                           gint64          event_id);
void            annals_desk_show_suggestions (AnnalsDesk  *self,
                                              gint64       timeline_id);
void            annals_desk_show_review   (AnnalsDesk     *self,
                                           gint64          annotation_id);
void            annals_desk_show_memo     (AnnalsDesk     *self,
                                           gint64          memo_id);
void            annals_desk_show_scope    (AnnalsDesk     *self,
                                           AnnalsScope     scope,
                                           gint64          id,
                                           const char     *name);
void            annals_desk_show_query    (AnnalsDesk     *self,
                                           const char     *query);
/* Leads to a record where it is shown: FALSE when it is nowhere, or is in the trash. */
gboolean        annals_desk_show_named    (AnnalsDesk        *self,
                                           const AnnalsNamed *named);

/* What was shown lately is found first: whoever shows a record says so. */
void            annals_desk_note_visit    (AnnalsDesk     *self,
                                           AnnalsRecord    kind,
                                           gint64          id);
/* The last one first (element type AnnalsRecent). Borrowed until the next visit. */
GArray         *annals_desk_get_recent    (AnnalsDesk     *self);

G_END_DECLS
