/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-finished-notice.h"

#include <glib/gi18n.h>

#include "annals-announce.h"

/* A window that came up a moment ago is given the focus a moment later: milliseconds. */
#define DELAY 1000

/* What will be said, unless one of the windows is seen. */
typedef struct
{
  GtkWindow     *dialog;
  GtkWindow     *parent;    /* (nullable) */
  GNotification *notice;
  char          *id;
} Notice;

static void
notice_free (Notice *self)
{
  g_clear_object (&self->dialog);
  g_clear_object (&self->parent);
  g_clear_object (&self->notice);
  g_free (self->id);
  g_free (self);
}

static gboolean
is_seen (GtkWindow *dialog,
         GtkWindow *parent)
{
  return gtk_window_is_active (dialog) || (parent != NULL && gtk_window_is_active (parent));
}

/* One for each notebook: what is said last is what counts. */
static char *
dup_id (const char *path)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, path, -1);

  return g_strconcat ("finished-", hash, NULL);
}

static void
active_cb (GtkWindow  *window,
           GParamSpec *pspec,
           gpointer    user_data)
{
  if (!gtk_window_is_active (window))
    return;

  g_application_withdraw_notification (g_application_get_default (), user_data);
  g_signal_handlers_disconnect_by_func (window, active_cb, user_data);
}

static void
free_id (gpointer  id,
         GClosure *closure)
{
  g_free (id);
}

static void
withdraw_when_seen (GtkWindow  *window,
                    const char *id)
{
  g_signal_connect_data (window, "notify::is-active", G_CALLBACK (active_cb), g_strdup (id), free_id, 0);
}

static gboolean
send_cb (gpointer user_data)
{
  Notice *self = user_data;

  if (is_seen (self->dialog, self->parent))
    return G_SOURCE_REMOVE;

  g_application_send_notification (g_application_get_default (), self->id, self->notice);
  withdraw_when_seen (self->dialog, self->id);
  if (self->parent != NULL)
    withdraw_when_seen (self->parent, self->id);

  return G_SOURCE_REMOVE;
}

static void
say (GtkWindow  *dialog,
     const char *title,
     const char *body)
{
  g_autofree char *words = g_strjoin ("\n", title, body, NULL);

  annals_announce (GTK_WIDGET (dialog), words);
}

void
annals_finished_notice_send (GtkWindow      *dialog,
                             AnnalsNotebook *notebook,
                             const char     *title,
                             const char     *body)
{
  GtkWindow *parent;
  const char *path;
  Notice *self;

  g_return_if_fail (GTK_IS_WINDOW (dialog));
  g_return_if_fail (ANNALS_IS_NOTEBOOK (notebook));
  g_return_if_fail (title != NULL);

  parent = gtk_window_get_transient_for (dialog);
  /* Who asks for it has to come as a string; a file name need not be one. */
  path = annals_notebook_get_path (notebook);
  if (is_seen (dialog, parent))
    say (dialog, title, body);
  if (is_seen (dialog, parent) || g_application_get_default () == NULL || !g_utf8_validate (path, -1, NULL))
    return;

  self = g_new0 (Notice, 1);
  self->dialog = g_object_ref (dialog);
  self->parent = parent != NULL ? g_object_ref (parent) : NULL;
  self->id = dup_id (path);
  self->notice = g_notification_new (title);
  if (body != NULL && *body != '\0')
    g_notification_set_body (self->notice, body);
  g_notification_set_default_action_and_target (self->notice, "app.open-path", "s", path);
  /* Translators: a button: shows the window whose work has ended */
  g_notification_add_button_with_target (self->notice, _("Show"), "app.open-path", "s", path);
  g_timeout_add_full (G_PRIORITY_DEFAULT, DELAY, send_cb, self, (GDestroyNotify) notice_free);
}
