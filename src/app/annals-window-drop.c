/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "annals-import-dialog.h"
#include "annals-merge-dialog.h"
#include "annals-window-private.h"

static gboolean
is_notebook (GFile *file)
{
  const char *path = g_file_peek_path (file);

  return path != NULL && g_str_has_suffix (path, ".annals");
}

/* One at a time: the other one is modal, but a drop still reaches this window. */
static gboolean
has_dialog (AnnalsWindow *self)
{
  GtkWindow *dialog = annals_window_find_import (self);

  if (dialog != NULL)
    gtk_window_present (dialog);

  return dialog != NULL;
}

void
annals_window_merge (AnnalsWindow *self,
                     const char   *path,
                     gboolean      is_document)
{
  if (!has_dialog (self))
    annals_merge_dialog_present (GTK_WINDOW (self), self->desk, path, is_document);
}

typedef struct
{
  AnnalsWindow *window;
  GListModel   *files;
} Sniffing;

/* An exported notebook is no archive of posts. */
static void
sniffed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Sniffing *sniffing = user_data;
  g_autoptr(AnnalsWindow) self = sniffing->window;
  g_autoptr(GListModel) files = sniffing->files;
  g_autoptr(GFile) file = g_list_model_get_item (files, 0);
  gboolean is_document = annals_merge_dialog_sniff_finish (result);

  g_free (sniffing);
  if (annals_desk_get_notebook (self->desk) == NULL || has_dialog (self))
    return;

  if (is_document)
    annals_window_merge (self, g_file_peek_path (file), TRUE);
  else
    annals_import_dialog_present (GTK_WINDOW (self), self->desk, files);
}

void
annals_window_import (AnnalsWindow *self,
                      GListModel   *files)
{
  g_autoptr(GFile) file = g_list_model_get_n_items (files) == 1 ? g_list_model_get_item (files, 0) : NULL;
  const char *path = file != NULL ? g_file_peek_path (file) : NULL;

  if (has_dialog (self))
    return;

  if (path != NULL && g_str_has_suffix (path, ".json"))
    {
      Sniffing *sniffing = g_new0 (Sniffing, 1);

      sniffing->window = g_object_ref (self);
      sniffing->files = g_object_ref (files);
      annals_merge_dialog_sniff_async (path, sniffed_cb, sniffing);
      return;
    }

  annals_import_dialog_present (GTK_WINDOW (self), self->desk, files);
}

void
annals_window_take_files (AnnalsWindow *self,
                          GListModel   *files)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  g_autoptr(GListStore) archives = g_list_store_new (G_TYPE_FILE);

  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr(GFile) file = g_list_model_get_item (files, i);

      if (is_notebook (file))
        annals_application_open_path (ANNALS_APPLICATION (application), GTK_WINDOW (self),
                                      g_file_peek_path (file), FALSE);
      else
        g_list_store_append (archives, file);
    }

  if (g_list_model_get_n_items (G_LIST_MODEL (archives)) == 0)
    return;

  if (annals_desk_get_notebook (self->desk) != NULL)
    {
      annals_window_import (self, G_LIST_MODEL (archives));
      return;
    }

  /* An archive needs a notebook to go into: a new one, unless one is being opened. */
  g_set_object (&self->to_import, G_LIST_MODEL (archives));
  if (annals_window_is_free (self))
    annals_window_ask_new (self);
}

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         gpointer       user_data)
{
  g_autoptr(GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autoptr(GSList) list = gdk_file_list_get_files (g_value_get_boxed (value));

  for (GSList *l = list; l != NULL; l = l->next)
    g_list_store_append (files, l->data);
  annals_window_take_files (user_data, G_LIST_MODEL (files));

  return TRUE;
}

static void
current_drop_cb (AnnalsWindow  *self,
                 GParamSpec    *pspec,
                 GtkDropTarget *target)
{
  gboolean hovering = gtk_drop_target_get_current_drop (target) != NULL;

  gtk_label_set_text (self->drop_label,
                      annals_desk_get_notebook (self->desk) != NULL
                        ? _("Drop to import")
                        : _("Drop a notebook to open it, or an archive to begin a notebook with it"));
  gtk_widget_set_visible (self->drop_shade, hovering);
}

void
annals_window_init_drop (AnnalsWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  /* Before the text entries below, which would take a file for its name. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target), GTK_PHASE_CAPTURE);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, 0);
  g_signal_connect_object (target, "notify::current-drop", G_CALLBACK (current_drop_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
