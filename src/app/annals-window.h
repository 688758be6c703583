/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "annals-application.h"
#include "annals-desk.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_WINDOW (annals_window_get_type ())
/**
 * AnnalsWindow:
 *
 * A window on one notebook, or the welcome page while it has none. It owns the desk and tells the
 * places where to go; places know only the desk.
 */
G_DECLARE_FINAL_TYPE (AnnalsWindow, annals_window, ANNALS, WINDOW, AdwApplicationWindow)

GtkWidget  *annals_window_new         (AnnalsApplication *application);
AnnalsDesk *annals_window_get_desk    (AnnalsWindow      *self);
/* (nullable): of the notebook it shows, opens or failed to open */
const char *annals_window_get_path    (AnnalsWindow      *self);
/* whether it shows no notebook and opens none */
gboolean    annals_window_is_free     (AnnalsWindow      *self);
/* @create: make it new. @quietly: when it cannot be opened show the welcome page without a word;
 * for the notebook that was open last time and has been moved since. */
void        annals_window_open        (AnnalsWindow      *self,
                                       const char        *path,
                                       gboolean           create,
                                       gboolean           quietly);

/* What it shows, as a dictionary (a{sv}), and how large it is. Returns: (transfer full) (nullable) */
GVariant   *annals_window_dup_session (AnnalsWindow      *self);
/* It is that large, and shows that of the notebook that it opens next. */
void        annals_window_take_session (AnnalsWindow     *self,
                                        GVariant         *state);

/* What is to be done with the notebook that a window shows. */
typedef void (*AnnalsWindowErrand) (AnnalsWindow *self,
                                    gpointer      data);
/* Does it now, or when the notebook that is being opened is shown; the last one asked for. It is forgotten when none is
 * shown in the end. @destroy: (nullable) of @data */
void        annals_window_run_errand  (AnnalsWindow       *self,
                                       AnnalsWindowErrand  errand,
                                       gpointer            data,
                                       GDestroyNotify      destroy);

/* Whether it asks the user before it goes. */
gboolean    annals_window_may_stay    (AnnalsWindow      *self);

G_END_DECLS
