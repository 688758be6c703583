/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-choose-file.h"

#include <glib/gi18n.h>

static void
response_cb (GtkNativeDialog *native,
             int              response,
             gpointer         user_data)
{
  g_autoptr(GTask) task = user_data;

  if (response == GTK_RESPONSE_ACCEPT)
    g_task_return_pointer (task, gtk_file_chooser_get_files (GTK_FILE_CHOOSER (native)),
                           g_object_unref);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Dismissed by the user");

  g_object_unref (native);   /* nobody else holds a GtkFileChooserNative */
}

void
annals_choose_file_async (GtkWindow           *parent,
                          AnnalsChoose         mode,
                          const char          *title,
                          const char          *accept,
                          const char          *name,
                          GtkFileFilter       *filter,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr(GtkFileFilter) all = NULL;
  GtkFileChooserAction action;
  GtkFileChooserNative *native;
  GTask *task;

  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));

  action = mode == ANNALS_CHOOSE_SAVE      ? GTK_FILE_CHOOSER_ACTION_SAVE
           : mode == ANNALS_CHOOSE_FOLDERS ? GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER
                                           : GTK_FILE_CHOOSER_ACTION_OPEN;
  native = gtk_file_chooser_native_new (title, parent, action, accept, _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (native), TRUE);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (native),
                                        mode == ANNALS_CHOOSE_OPEN_MANY || mode == ANNALS_CHOOSE_FOLDERS);
  if (name != NULL && mode == ANNALS_CHOOSE_SAVE)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (native), name);

  if (filter != NULL)
    {
      all = gtk_file_filter_new ();
      gtk_file_filter_set_name (all, _("All Files"));
      gtk_file_filter_add_pattern (all, "*");
      gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (native), filter);
      gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (native), all);
    }

  task = g_task_new (parent, NULL, callback, user_data);
  g_task_set_source_tag (task, annals_choose_file_async);
  g_signal_connect (native, "response", G_CALLBACK (response_cb), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (native));
}

GListModel *
annals_choose_files_finish (GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, annals_choose_file_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

GFile *
annals_choose_file_finish (GAsyncResult  *result,
                           GError       **error)
{
  g_autoptr(GListModel) files = NULL;
  GFile *file;

  if (!(files = annals_choose_files_finish (result, error)))
    return NULL;

  if (!(file = g_list_model_get_item (files, 0)))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Nothing was chosen");

  return file;
}
