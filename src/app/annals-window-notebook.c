/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "annals-ask.h"
#include "annals-choose-file.h"
#include "annals-interrupted.h"
#include "annals-notebook.h"
#include "annals-sample.h"
#include "annals-window-private.h"

#define SUFFIX ".annals"

static AnnalsApplication *
get_application (AnnalsWindow *self)
{
  return ANNALS_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));
}

void
annals_window_focus_page (AnnalsWindow *self)
{
  const char *name = gtk_stack_get_visible_child_name (self->stack);

  /* GTK 4.8 takes a window for a plain widget, in the accessibility tree, when it has a focus before it is shown. */
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  /* Enter is for the page's first button, not for the menu. */
  if (g_str_equal (name, "welcome"))
    gtk_widget_grab_focus (GTK_WIDGET (self->welcome_page));
  else if (!g_str_equal (name, "notebook"))
    gtk_widget_child_focus (gtk_stack_get_visible_child (self->stack), GTK_DIR_TAB_FORWARD);
}

static void
show_page (AnnalsWindow *self,
           const char   *name)
{
  gboolean notebook = g_str_equal (name, "notebook");

  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_stack_set_visible_child_name (self->title_stack, notebook ? "places" : "title");
  gtk_widget_set_visible (self->sidebar_button, notebook);
  gtk_widget_set_visible (self->import_button, notebook);
  gtk_widget_set_visible (self->search_button, notebook);
  gtk_widget_set_visible (self->undo_button, notebook);
  gtk_widget_set_visible (self->redo_button, notebook);
  annals_window_update_actions (self);
  annals_window_focus_page (self);
}

void
annals_window_show_welcome (AnnalsWindow *self)
{
  g_clear_pointer (&self->path, g_free);
  annals_window_update_title (self);
  annals_welcome_page_refresh (self->welcome_page);
  show_page (self, "welcome");
}

typedef struct
{
  AnnalsWindow *window;
  char         *path;
  gboolean      quietly;
} OpenErrand;

static void
open_errand_free (OpenErrand *self)
{
  g_object_unref (self->window);
  g_free (self->path);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OpenErrand, open_errand_free)

/* Whether a backup, or what can still be read, may help. */
static gboolean
can_be_rescued (const GError *error)
{
  return g_error_matches (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_CORRUPT) ||
         g_error_matches (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_NOT_A_NOTEBOOK) ||
         g_error_matches (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_NOT_FOUND);
}

static void
show_open_error (AnnalsWindow *self,
                 OpenErrand   *errand,
                 const GError *error)
{
  g_autofree char *message = g_markup_escape_text (error->message, -1);

  /* They are of the notebook that did not open, not of the one that opens next. */
  g_clear_pointer (&self->session, g_variant_unref);
  g_clear_object (&self->to_import);

  /* The welcome page's list says that it is not there; its disk may come back. */
  if (errand->quietly &&
      g_error_matches (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_NOT_FOUND))
    {
      annals_window_forget_errand (self);
      if (gtk_application_get_windows (GTK_APPLICATION (get_application (self)))->next != NULL)
        gtk_window_destroy (GTK_WINDOW (self));
      else
        annals_window_show_welcome (self);
      return;
    }

  if (g_error_matches (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_NOT_FOUND))
    annals_application_forget_recent (get_application (self), errand->path);
  adw_status_page_set_description (self->error_page, message);
  annals_window_forget_errand (self);
  gtk_widget_set_visible (self->rescue_box, can_be_rescued (error));
  gtk_widget_set_visible (self->salvage_button, !g_error_matches (error, ANNALS_NOTEBOOK_ERROR,
                                                                  ANNALS_NOTEBOOK_ERROR_NOT_FOUND));
  annals_window_update_title (self);
  show_page (self, "error");
}

static void
ensure_workspace (AnnalsWindow *self)
{
  AdwViewStack *places;

  if (self->workspace != NULL)
    return;

  self->workspace = ANNALS_WORKSPACE (annals_workspace_new (self->desk));
  places = annals_workspace_get_places (self->workspace);
  g_object_bind_property (self->sidebar_button, "active", self->workspace, "show-sidebar",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_object_set (self->switcher, "stack", places, NULL);
  g_signal_connect_object (places, "notify::visible-child-name", G_CALLBACK (annals_window_update_actions), self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (self->workspace_bin, GTK_WIDGET (self->workspace));
}

void
annals_window_forget_errand (AnnalsWindow *self)
{
  gpointer data = g_steal_pointer (&self->errand_data);

  self->errand = NULL;
  if (self->errand_destroy != NULL)
    self->errand_destroy (data);
  self->errand_destroy = NULL;
}

static void
do_errand (AnnalsWindow *self)
{
  AnnalsWindowErrand errand = g_steal_pointer (&self->errand);

  errand (self, self->errand_data);
  annals_window_forget_errand (self);
}

void
annals_window_run_errand (AnnalsWindow       *self,
                          AnnalsWindowErrand  errand,
                          gpointer            data,
                          GDestroyNotify      destroy)
{
  g_return_if_fail (ANNALS_IS_WINDOW (self));
  g_return_if_fail (errand != NULL);

  annals_window_forget_errand (self);
  self->errand = errand;
  self->errand_data = data;
  self->errand_destroy = destroy;
  if (annals_desk_get_notebook (self->desk) != NULL)
    do_errand (self);
}

void
annals_window_show_opened (AnnalsWindow *self)
{
  g_autoptr(AnnalsNotebook) notebook = NULL;
  g_autoptr(GListModel) files = NULL;

  /* A window that is there at once and empty is better than one that comes later. */
  if (self->opened == NULL || (!self->has_painted && !self->close_window))
    return;

  notebook = g_steal_pointer (&self->opened);
  g_clear_object (&self->opening);
  ensure_workspace (self);
  annals_desk_set_notebook (self->desk, notebook);
  show_page (self, "notebook");
  annals_workspace_show_place (self->workspace, "read");
  annals_window_resume (self, self->to_import != NULL || self->errand != NULL);
  annals_window_watch_file (self, annals_desk_get_notebook (self->desk));
  if (self->close_window)
    {
      annals_window_close_notebook (self, TRUE);
      return;
    }

  files = g_steal_pointer (&self->to_import);
  if (files != NULL)
    annals_window_import (self, files);
  else if (self->errand != NULL)
    do_errand (self);
  else
    annals_interrupted_offer (GTK_WINDOW (self), self->desk);
}

static void
spare_closed_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  annals_notebook_close_finish (ANNALS_NOTEBOOK (source), result, NULL);
  g_application_release (g_application_get_default ());
}

static void
close_spare (AnnalsNotebook *notebook)
{
  g_application_hold (g_application_get_default ());
  annals_notebook_close_async (notebook, spare_closed_cb, NULL);
}

/* Two windows may have opened one file at once: the later takes the notebook of the earlier. */
static AnnalsNotebook *
take_notebook (AnnalsWindow   *self,
               AnnalsNotebook *notebook)
{
  AnnalsNotebook *shared = annals_application_share_notebook (get_application (self),
                                                              annals_notebook_get_path (notebook));

  self->is_second = shared != NULL;
  if (shared == NULL)
    {
      annals_application_add_notebook (get_application (self), notebook);
      return notebook;
    }

  close_spare (notebook);
  g_object_unref (notebook);
  return shared;
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(OpenErrand) errand = user_data;
  g_autoptr(AnnalsNotebook) notebook = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *author = NULL;
  AnnalsWindow *self = errand->window;
  gboolean left = g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result)));

  notebook = annals_notebook_open_finish (result, &error);
  if (left && notebook != NULL)
    close_spare (notebook);
  g_application_release (g_application_get_default ());
  if (left)
    return;   /* the window is gone */

  self->may_leave = FALSE;
  if (notebook == NULL)
    {
      g_clear_object (&self->opening);
      show_open_error (self, errand, error);
      return;
    }

  author = annals_application_dup_author (get_application (self));
  annals_notebook_set_author (notebook, author);
  annals_application_add_recent (get_application (self), errand->path);
  self->opened = take_notebook (self, g_steal_pointer (&notebook));
  annals_window_show_opened (self);
}

static void
sample_made_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(AnnalsWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *path = annals_sample_make_finish (result, &error);
  AnnalsApplication *application = ANNALS_APPLICATION (g_application_get_default ());
  GCancellable *cancellable = g_task_get_cancellable (G_TASK (result));

  /* Another window may show the sample already, and then comes to the front instead of this one. */
  if (cancellable != NULL && cancellable == self->opening)
    {
      g_clear_object (&self->opening);
      if (!self->close_window)
        annals_window_show_welcome (self);
    }

  if (self->close_window && self->opening == NULL)
    gtk_window_destroy (GTK_WINDOW (self));
  else if (path != NULL)
    annals_application_open_path (application, GTK_WINDOW (self), path, FALSE);
  else
    annals_tell (GTK_WINDOW (self), _("The Sample Was Not Opened"), error->message);

  g_application_release (G_APPLICATION (application));
}

void
annals_window_open_sample (AnnalsWindow *self)
{
  g_return_if_fail (ANNALS_IS_WINDOW (self));

  /* One that shows a notebook stays: the sample opens beside it. */
  if (annals_window_is_free (self))
    {
      self->opening = g_cancellable_new ();
      show_page (self, "busy");
    }
  g_application_hold (g_application_get_default ());
  annals_sample_make_async (self->opening, sample_made_cb, g_object_ref (self));
}

/* Another window shows the file already: its notebook is this one's too. */
static gboolean
open_shared (AnnalsWindow *self,
             const char   *path)
{
  if (!(self->opened = annals_application_share_notebook (get_application (self), path)))
    return FALSE;

  self->is_second = TRUE;
  self->opening = g_cancellable_new ();
  annals_window_show_opened (self);
  return TRUE;
}

void
annals_window_open (AnnalsWindow *self,
                    const char   *path,
                    gboolean      create,
                    gboolean      quietly)
{
  OpenErrand *errand;

  g_return_if_fail (ANNALS_IS_WINDOW (self));
  g_return_if_fail (path != NULL);
  g_return_if_fail (annals_window_is_free (self));

  g_free (self->path);
  self->path = g_strdup (path);
  show_page (self, "busy");
  if (!create && open_shared (self, path))
    return;
  self->opening = g_cancellable_new ();

  errand = g_new0 (OpenErrand, 1);
  errand->window = g_object_ref (self);
  errand->path = g_strdup (path);
  errand->quietly = quietly;
  self->may_leave = TRUE;
  g_application_hold (g_application_get_default ());
  annals_notebook_open_async (path, create, NULL, self->opening, opened_cb, errand);
}

static void
leave_page (AnnalsWindow *self)
{
  if (self->close_window)
    gtk_window_destroy (GTK_WINDOW (self));
  else
    annals_window_show_welcome (self);
}

static void
closed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(AnnalsWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  GApplication *application = g_application_get_default ();

  if (!annals_notebook_close_finish (ANNALS_NOTEBOOK (source), result, &error))
    g_printerr ("annals: %s\n", error->message);

  g_clear_object (&self->closing);
  leave_page (self);
  g_application_release (application);
}

void
annals_window_close_notebook (AnnalsWindow *self,
                              gboolean      window)
{
  AnnalsNotebook *notebook = annals_desk_get_notebook (self->desk);

  self->close_window = self->close_window || window;
  if (self->opened != NULL)
    annals_window_show_opened (self);   /* and closes it */
  if (self->closing != NULL || notebook == NULL)
    return;   /* it goes when the opening or closing under way has ended */

  /* What is being typed is kept when its entry loses the focus. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);

  if (!annals_application_leave_notebook (get_application (self), notebook))
    {
      annals_desk_set_notebook (self->desk, NULL);
      leave_page (self);
      return;
    }

  self->closing = g_object_ref (notebook);
  g_application_hold (g_application_get_default ());
  show_page (self, "busy");
  annals_desk_set_notebook (self->desk, NULL);
  annals_notebook_close_async (self->closing, closed_cb, g_object_ref (self));
}

static GtkFileFilter *
create_filter (void)
{
  GtkFileFilter *filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _("Annals Notebooks"));
  gtk_file_filter_add_pattern (filter, "*" SUFFIX);

  return filter;
}

static void
new_chosen_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(AnnalsWindow) self = user_data;
  g_autoptr(GFile) file = annals_choose_file_finish (result, NULL);
  g_autoptr(GListModel) files = g_steal_pointer (&self->to_import);
  g_autofree char *path = NULL;
  GtkWindow *window;

  if (file == NULL || g_file_peek_path (file) == NULL)
    {
      annals_window_forget_errand (self);
      return;
    }

  path = g_str_has_suffix (g_file_peek_path (file), SUFFIX)
           ? g_strdup (g_file_peek_path (file))
           : g_strconcat (g_file_peek_path (file), SUFFIX, NULL);
  if (annals_window_is_free (self))
    self->to_import = g_steal_pointer (&files);
  window = GTK_WINDOW (self);
  annals_application_open_path (get_application (self), window, path, TRUE);
}

void
annals_window_ask_new (AnnalsWindow *self)
{
  g_autoptr(GtkFileFilter) filter = create_filter ();

  /* Translators: the name proposed for a new notebook's file, without its suffix */
  g_autofree char *name = g_strconcat (_("Notebook"), SUFFIX, NULL);

  annals_choose_file_async (GTK_WINDOW (self), ANNALS_CHOOSE_SAVE, _("New Notebook"), _("_Create"),
                            name, filter, new_chosen_cb, g_object_ref (self));
}

static void
open_chosen_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(AnnalsWindow) self = user_data;
  g_autoptr(GFile) file = annals_choose_file_finish (result, NULL);

  if (file != NULL && g_file_peek_path (file) != NULL)
    annals_application_open_path (get_application (self), GTK_WINDOW (self),
                                  g_file_peek_path (file), FALSE);
}

void
annals_window_ask_open (AnnalsWindow *self)
{
  g_autoptr(GtkFileFilter) filter = create_filter ();

  annals_choose_file_async (GTK_WINDOW (self), ANNALS_CHOOSE_OPEN, _("Open Notebook"), _("_Open"),
                            NULL, filter, open_chosen_cb, g_object_ref (self));
}
