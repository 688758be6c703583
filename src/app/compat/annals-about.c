/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-about.h"

#include <adwaita.h>
#include <glib/gi18n.h>

void
annals_present_about (GtkWindow *parent)
{
  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));

  adw_show_about_window (parent,
                         "application-name", _("Annals"),
                         "application-icon", ANNALS_APPLICATION_ID,
                         "version", ANNALS_VERSION,
                         "developer-name", _("The Annals developers"),
                         "comments", _("A notebook for people who work from an archive of dated "
                                       "posts: read, mark, and build timelines in which every claim "
                                       "has its evidence."),
                         "license-type", GTK_LICENSE_GPL_3_0,
                         "translator-credits", _("translator-credits"),
                         NULL);
}
