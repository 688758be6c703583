/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-application.h"
#include "annals-window.h"

G_BEGIN_DECLS

struct _AnnalsApplication
{
  AdwApplication  parent_instance;
  GSettings      *settings;
  GMenu          *recent_menu;
  GPtrArray      *shared;       /* (element type SharedNotebook): those that windows show */
  gboolean        quitting;     /* all windows are being closed: they come back at the next start */
};

/* annals-application-actions.c: what menus, the desktop's launcher and its search ask for */
void          annals_application_install_actions   (AnnalsApplication  *self);
/* --new-window and the like: the running program's action. -1: none was asked for; else the exit status. */
int           annals_application_take_options      (AnnalsApplication  *self,
                                                    GVariantDict       *options);

/* annals-application-session.c: the windows and what they show, for the next start */
void          annals_application_keep_session      (AnnalsApplication  *self);
/* A window stays open after all, and so do the others. */
void          annals_application_call_off_quit     (AnnalsApplication  *self);
/* Opens the windows of the last time; FALSE when there were none. */
gboolean      annals_application_resume_session    (AnnalsApplication  *self);

/* annals-application-actions.c: closes all windows; called again when one has gone */
void          annals_application_close_windows     (AnnalsApplication  *self);

/* annals-application.c: (nullable) the one used last */
AnnalsWindow *annals_application_get_active        (AnnalsApplication  *self);
/* The name of the user's account. */
const char   *annals_application_get_account       (void);
/* The window that shows @path, or %NULL. */
AnnalsWindow *annals_application_find_window       (AnnalsApplication  *self,
                                                    const char         *path);

G_END_DECLS
