/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "annals-notebook.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_APPLICATION (annals_application_get_type ())
/**
 * AnnalsApplication:
 *
 * Windows, settings and what is the same in all windows. Action "app.open-path" (s) opens a
 * notebook by its path, in a window of its own unless the active one shows none; "app.show-record" (sss: the path,
 * "post", "note" or "timeline", the uid) also shows what is in it; "app.search" (s) searches in the active one.
 */
G_DECLARE_FINAL_TYPE (AnnalsApplication, annals_application, ANNALS, APPLICATION, AdwApplication)

AnnalsApplication *annals_application_new            (void);
GSettings         *annals_application_get_settings   (AnnalsApplication *self);
/* Who signs new notes: the setting, else the name of the user's account. Free with g_free(). */
char              *annals_application_dup_author     (AnnalsApplication *self);
/* Puts @path first among the recent notebooks. */
void               annals_application_add_recent     (AnnalsApplication *self,
                                                      const char        *path);
/* Puts @path back where it was among them, whatever came or went meanwhile. */
void               annals_application_restore_recent (AnnalsApplication *self,
                                                      const char        *path,
                                                      guint              place);
void               annals_application_forget_recent  (AnnalsApplication *self,
                                                      const char        *path);
/* The recent notebooks as menu items, kept up to date. Returns: (transfer none) */
GMenuModel        *annals_application_get_recent_menu (AnnalsApplication *self);
/* @create: make it new. In the window that shows it already, in @window when that shows no notebook
 * (nullable), else in a new one. */
void               annals_application_open_path      (AnnalsApplication *self,
                                                      GtkWindow         *window,
                                                      const char        *path,
                                                      gboolean           create);

/* Windows on one file share one notebook. A window that is about to open @path asks for it first.
 * Returns: (transfer full) (nullable): the one that another window shows */
AnnalsNotebook *annals_application_share_notebook (AnnalsApplication *self,
                                                   const char        *path);
/* What a window has opened, from now on for others too. */
void            annals_application_add_notebook   (AnnalsApplication *self,
                                                   AnnalsNotebook    *notebook);
/* A window no longer shows it. TRUE when it was the last one, which has to close it. */
gboolean        annals_application_leave_notebook (AnnalsApplication *self,
                                                   AnnalsNotebook    *notebook);

G_END_DECLS
