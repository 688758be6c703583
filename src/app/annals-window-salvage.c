/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A notebook that cannot be opened, read into a new one. */
#include "config.h"

#include <glib/gi18n.h>

#include "annals-ask.h"
#include "annals-choose-file.h"
#include "annals-repair.h"
#include "annals-window-private.h"

/* sentences that a dialog shows of what was lost */
#define MAX_SENTENCES 12

/* The callback's, so that the window goes on the main thread; the one that works borrows it. */
typedef struct
{
  AnnalsWindow *window;
  char         *path;
  char         *target;
} Errand;

static void
errand_free (Errand *self)
{
  g_object_unref (self->window);
  g_free (self->path);
  g_free (self->target);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Errand, errand_free)

static void
salvage_in_thread (GTask        *task,
                   gpointer      source,
                   gpointer      task_data,
                   GCancellable *cancellable)
{
  Errand *errand = task_data;
  GError *error = NULL;
  GPtrArray *lost = annals_salvage (errand->path, errand->target, cancellable, &error);

  if (lost != NULL)
    g_task_return_pointer (task, lost, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static char *
dup_report (GPtrArray *lost)
{
  g_autoptr(GString) report = g_string_new (NULL);

  for (guint i = 0; i < lost->len && i < MAX_SENTENCES; i++)
    g_string_append_printf (report, "%s%s.", i > 0 ? "\n" : "", (const char *) lost->pdata[i]);
  if (lost->len > MAX_SENTENCES)
    {
      guint n = lost->len - MAX_SENTENCES;

      g_string_append_c (report, '\n');
      g_string_append_printf (report, ngettext ("and %'u more", "and %'u more", n), n);
    }

  return g_string_free (g_steal_pointer (&report), FALSE);
}

static void
salvaged_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(Errand) errand = user_data;
  GtkApplication *application = GTK_APPLICATION (g_application_get_default ());
  AnnalsWindow *self = errand->window;
  g_autoptr(GPtrArray) lost = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *report = NULL;

  lost = g_task_propagate_pointer (G_TASK (result), &error);
  g_clear_object (&self->opening);
  g_application_release (G_APPLICATION (application));
  if (self->close_window)
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }

  gtk_stack_set_visible_child_name (self->stack, "error");
  annals_window_update_actions (self);
  if (lost == NULL)
    {
      annals_tell (GTK_WINDOW (self), _("The Notebook Was Not Repaired"), error->message);
      return;
    }

  report = dup_report (lost);
  annals_application_open_path (ANNALS_APPLICATION (application), GTK_WINDOW (self), errand->target, FALSE);
  annals_tell (GTK_WINDOW (self), _("This Is What Could Be Read"), report);
}

static void
target_chosen_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(AnnalsWindow) self = user_data;
  g_autoptr(GFile) file = annals_choose_file_finish (result, NULL);
  g_autoptr(GTask) task = NULL;
  const char *target = file != NULL ? g_file_peek_path (file) : NULL;
  Errand *errand;

  if (target == NULL || self->path == NULL || !annals_window_is_free (self))
    return;

  errand = g_new0 (Errand, 1);
  errand->window = g_object_ref (self);
  errand->path = g_strdup (self->path);
  errand->target = g_str_has_suffix (target, ".annals") ? g_strdup (target) : g_strconcat (target, ".annals", NULL);

  /* As busy as with opening a notebook, and left in the same way. */
  self->opening = g_cancellable_new ();
  gtk_stack_set_visible_child_name (self->stack, "busy");
  annals_window_update_actions (self);
  g_application_hold (g_application_get_default ());
  task = g_task_new (NULL, self->opening, salvaged_cb, errand);
  g_task_set_source_tag (task, annals_window_salvage);
  g_task_set_task_data (task, errand, NULL);
  g_task_run_in_thread (task, salvage_in_thread);
}

void
annals_window_salvage (AnnalsWindow *self)
{
  g_autofree char *proposed = NULL;
  g_autofree char *name = NULL;

  if (self->path == NULL || !annals_window_is_free (self))
    return;

  proposed = annals_salvage_dup_name (self->path);
  name = g_path_get_basename (proposed);
  annals_choose_file_async (GTK_WINDOW (self), ANNALS_CHOOSE_SAVE, _("Repair into a Copy"), _("_Repair"), name, NULL,
                            target_chosen_cb, g_object_ref (self));
}
