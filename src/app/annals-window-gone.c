/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A copy of the notebook; and a notebook whose file another program has moved, deleted or replaced, of which a copy is
 * all that can be kept. */
#include "config.h"

#include <glib/gi18n.h>

#include "annals-application-private.h"
#include "annals-ask.h"
#include "annals-backup.h"
#include "annals-choose-file.h"
#include "annals-window-private.h"

/* The callback's, so that the window and the notebook go on the main thread; the one that works borrows it. */
typedef struct
{
  AnnalsWindow   *window;
  AnnalsNotebook *notebook;
  char           *target;
  gboolean        close;      /* the window goes when the copy is there */
} Errand;

static void
errand_free (Errand *self)
{
  g_object_unref (self->window);
  g_object_unref (self->notebook);
  g_free (self->target);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Errand, errand_free)

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
static void asked_on_close_cb (GObject *source, GAsyncResult *result, gpointer user_data);

/* It is the only way to keep what is in a notebook that is gone: it stays open. */
static void
tell_not_saved (AnnalsWindow *self,
                gboolean      close,
                const char   *message)
{
  annals_ask_async (GTK_WINDOW (self), _("The Copy Was Not Saved"), message, _("_Save a Copy…"), FALSE,
                    close ? asked_on_close_cb : asked_cb, g_object_ref (self));
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(Errand) errand = user_data;
  GtkApplication *application = GTK_APPLICATION (g_application_get_default ());
  AnnalsWindow *self = errand->window;
  g_autoptr(GError) error = NULL;
  gboolean ok = g_task_propagate_boolean (G_TASK (result), &error);
  gboolean shown = annals_desk_get_notebook (self->desk) == errand->notebook;

  g_application_release (G_APPLICATION (application));
  if (!ok)
    {
      tell_not_saved (self, errand->close, error->message);
      return;
    }

  if (!annals_notebook_is_gone (errand->notebook))
    {
      annals_desk_toast (self->desk, _("Copy saved"), FALSE);
      return;
    }

  self->leaves_gone = shown;
  if (!errand->close)
    annals_application_open_path (ANNALS_APPLICATION (application), NULL, errand->target, FALSE);
  if (shown)
    gtk_window_close (GTK_WINDOW (self));
}

static void
save_to (AnnalsWindow *self,
         GFile        *file,
         gboolean      close)
{
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
  errand->close = close;
  task = g_task_new (NULL, NULL, saved_cb, errand);
  g_task_set_source_tag (task, annals_window_save_copy);
  g_task_set_task_data (task, errand, NULL);
  g_application_hold (g_application_get_default ());
  g_task_run_in_thread (task, save_in_thread);
}

static void
target_chosen_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(AnnalsWindow) self = user_data;
  g_autoptr(GFile) file = annals_choose_file_finish (result, NULL);

  save_to (self, file, FALSE);
}

static void
last_target_chosen_cb (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr(AnnalsWindow) self = user_data;
  g_autoptr(GFile) file = annals_choose_file_finish (result, NULL);

  if (file != NULL)
    save_to (self, file, TRUE);
  else
    annals_window_stay (self);
}

static void
choose_target (AnnalsWindow *self,
               gboolean      close)
{
  AnnalsNotebook *notebook = annals_desk_get_notebook (self->desk);
  g_autofree char *name = NULL;

  if (notebook == NULL)
    return;

  name = g_path_get_basename (annals_notebook_get_path (notebook));
  annals_choose_file_async (GTK_WINDOW (self), ANNALS_CHOOSE_SAVE, _("Save a Copy"), _("_Save"), name, NULL,
                            close ? last_target_chosen_cb : target_chosen_cb, g_object_ref (self));
}

void
annals_window_save_copy (AnnalsWindow *self)
{
  choose_target (self, FALSE);
}

static void
asked_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(AnnalsWindow) self = user_data;

  if (annals_ask_finish (result, NULL))
    choose_target (self, FALSE);
}

/* --- a notebook that is gone --- */

static void
asked_on_close_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(AnnalsWindow) self = user_data;

  if (annals_ask_finish (result, NULL))
    choose_target (self, TRUE);
  else
    annals_window_stay (self);
}

static void
chosen_on_close_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(AnnalsWindow) self = user_data;

  switch (annals_ask_choice_finish (result))
    {
    case ANNALS_ANSWER_ACTION:
      choose_target (self, TRUE);
      break;

    case ANNALS_ANSWER_OTHER:
      self->leaves_gone = TRUE;
      gtk_window_close (GTK_WINDOW (self));
      break;

    case ANNALS_ANSWER_CANCEL:
      annals_window_stay (self);
      break;
    }
}

gboolean
annals_window_keeps_gone (AnnalsWindow *self)
{
  AnnalsNotebook *notebook = annals_desk_get_notebook (self->desk);
  g_autofree char *name = NULL;
  g_autofree char *body = NULL;

  if (notebook == NULL || !annals_notebook_is_gone (notebook) || self->leaves_gone)
    return FALSE;

  name = g_filename_display_name (annals_notebook_get_path (notebook));
  body = g_strdup_printf (_("“%s” is no longer there. What is in the notebook is lost when this window is closed, unless "
                            "a copy is saved."), name);
  annals_ask_choice_async (GTK_WINDOW (self), _("Save a Copy of the Notebook?"), body, _("_Save a Copy…"),
                           _("Close _Without Saving"), chosen_on_close_cb, g_object_ref (self));
  return TRUE;
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

  self->leaves_gone = FALSE;
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

  self->leaves_gone = FALSE;
  if (!annals_notebook_has_log (notebook))
    annals_desk_toast (self->desk,
                       _("On this disk programs that open the notebook at once wait for each other"), FALSE);
}
