/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "annals-desk.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_WORKSPACE (annals_workspace_get_type ())
/**
 * AnnalsWorkspace:
 *
 * What a window shows of an open notebook: the sidebar and the places beside it. It takes the user from
 * one place to another where the desk asks for it. The window makes it when it is first needed, after its
 * first frame; Timelines, Notes and the review are made when they are first visited.
 *
 * Property "show-sidebar" (boolean, notified).
 */
G_DECLARE_FINAL_TYPE (AnnalsWorkspace, annals_workspace, ANNALS, WORKSPACE, GtkWidget)

GtkWidget    *annals_workspace_new             (AnnalsDesk      *desk);
AdwViewStack *annals_workspace_get_places      (AnnalsWorkspace *self);
/* As by a key: the place gets the keyboard's focus. @name: "read", "timelines", "notes", "review" or "memos" */
void          annals_workspace_show_place      (AnnalsWorkspace *self,
                                                const char      *name);
void          annals_workspace_focus_search    (AnnalsWorkspace *self);
/* Exports or prints what the visible place shows; FALSE where that cannot be. */
gboolean      annals_workspace_export          (AnnalsWorkspace *self);
gboolean      annals_workspace_print           (AnnalsWorkspace *self);
void          annals_workspace_toggle_sidebar  (AnnalsWorkspace *self);

/* Which place is shown, and what each place shows, as a dictionary (a{sv}). Returns: (transfer full) */
GVariant     *annals_workspace_dup_state       (AnnalsWorkspace *self);
/* Shows it again, as far as it is still there. @panes_only: only how wide the panes are */
void          annals_workspace_resume          (AnnalsWorkspace *self,
                                                GVariant        *state,
                                                gboolean         panes_only);

/* Shows the memos with a new one to be named. */
void          annals_workspace_begin_memo      (AnnalsWorkspace *self);

G_END_DECLS
