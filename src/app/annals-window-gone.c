/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A notebook whose file another program has moved, deleted or replaced. */
#include "config.h"

#include <glib/gi18n.h>

#include "annals-ask.h"
#include "annals-backup.h"
#include "annals-choose-file.h"
#include "annals-window-private.h"

typedef struct
{
  AnnalsWindow   *window;
  AnnalsNotebook *notebook;
  char           *target;
} Errand;

static void
errand_free (Errand *self)
{
  g_object_unref (self->window);
  g_object_unref (self->notebook);
  g_free (self->target);
  g_free (self);
}

static void
save_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Errand *errand = task_data;
  GError *error = NULL;

  if (annals_backup_save_copy (errand->notebook, errand->target, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void asked_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Errand *errand = g_task_get_task_data (G_TASK (result));
  GtkApplication *application = GTK_APPLICATION (g_application_get_default ());
  g_autoptr(AnnalsWindow) self = g_object_ref (errand->window);
  g_autoptr(GError) error = NULL;
  gboolean ok = g_task_propagate_boolean (G_TASK (result), &error);

  g_application_release (G_APPLICATION (application));
  if (!ok)
    {
      /* It is the only way to keep what is in the notebook: it stays open. */
      annals_ask_async (GTK_WINDOW (self), _("The Copy Was Not Saved"), error->message, _("_Save a Copy…"), FALSE, asked_cb,
                        g_object_ref (self));
      return;
    }

  annals_application_open_path (ANNALS_APPLICATION (application), NULL, errand->target, FALSE);
  if (annals_desk_get_notebook (self->desk) == errand->notebook)
    gtk_window_close (GTK_WINDOW (self));
}

static void
target_chosen_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(AnnalsWindow) self = user_data;
  g_autoptr(GFile) file = annals_choose_file_finish (result, NULL);
  AnnalsNotebook *notebook = annals_desk_get_notebook (self->desk);
  const char *path = file != NULL ? g_file_peek_path (file) : NULL;
  g_autoptr(GTask) task = NULL;
  Errand *errand;

  if (path == NULL || notebook == NULL)
    return;

  errand = g_new0 (Errand, 1);
  errand->window = g_object_ref (self);
  errand->notebook = g_object_ref (notebook);
  errand->target = g_str_has_suffix (path, ".annals") ? g_strdup (path) : g_strconcat (path, ".annals", NULL);
  task = g_task_new (NULL, NULL, saved_cb, NULL);
  g_task_set_source_tag (task, annals_window_watch_file);
  g_task_set_task_data (task, errand, (GDestroyNotify) errand_free);
  g_application_hold (g_application_get_default ());
  g_task_run_in_thread (task, save_in_thread);
}

static void
asked_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(AnnalsWindow) self = user_data;
  AnnalsNotebook *notebook = annals_desk_get_notebook (self->desk);
  g_autofree char *name = NULL;

  if (!annals_ask_finish (result, NULL) || notebook == NULL)
    return;

  name = g_path_get_basename (annals_notebook_get_path (notebook));
  annals_choose_file_async (GTK_WINDOW (self), ANNALS_CHOOSE_SAVE, _("Save a Copy"), _("_Save"), name, NULL,
                            target_chosen_cb, g_object_ref (self));
}

static void
gone_cb (AnnalsWindow   *self,
         GParamSpec     *pspec,
         AnnalsNotebook *notebook)
{
  g_autofree char *name = NULL;
  g_autofree char *body = NULL;

  if (!annals_notebook_is_gone (notebook) || annals_desk_get_notebook (self->desk) != notebook)
    return;

  name = g_filename_display_name (annals_notebook_get_path (notebook));
  body = g_strdup_printf (_("“%s” was moved, deleted or replaced by another program. Nothing can be changed until it is "
                            "back; what is in the notebook can be saved as a copy as long as this window is open."),
                          name);
  annals_ask_async (GTK_WINDOW (self), _("The Notebook’s File Is Gone"), body, _("_Save a Copy…"), FALSE, asked_cb,
                    g_object_ref (self));
}

void
annals_window_watch_file (AnnalsWindow   *self,
                          AnnalsNotebook *notebook)
{
  g_signal_connect_object (notebook, "notify::gone", G_CALLBACK (gone_cb), self, G_CONNECT_SWAPPED);

  if (!annals_notebook_has_log (notebook))
    annals_desk_toast (self->desk,
                       _("On this disk programs that open the notebook at once wait for each other"), FALSE);
}
