/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-ask.h"

#include <adwaita.h>
#include <glib/gi18n.h>

static AdwMessageDialog *
build_dialog (GtkWindow  *parent,
              const char *heading,
              const char *body)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, heading, NULL);

  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), body);
  /* AdwMessageDialog's heading is markup only when asked for; both texts come from files. */
  adw_message_dialog_set_heading_use_markup (ADW_MESSAGE_DIALOG (dialog), FALSE);
  adw_message_dialog_set_body_use_markup (ADW_MESSAGE_DIALOG (dialog), FALSE);

  return ADW_MESSAGE_DIALOG (dialog);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             gpointer          user_data)
{
  g_autoptr(GTask) task = user_data;

  if (g_str_equal (response, "action"))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Dismissed by the user");
}

void
annals_ask_async (GtkWindow           *parent,
                  const char          *heading,
                  const char          *body,
                  const char          *action,
                  gboolean             destructive,
                  GAsyncReadyCallback  callback,
                  gpointer             user_data)
{
  AdwMessageDialog *dialog;
  GTask *task;

  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));
  g_return_if_fail (heading != NULL && action != NULL);

  dialog = build_dialog (parent, heading, body);
  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "action", action, NULL);
  adw_message_dialog_set_close_response (dialog, "cancel");
  adw_message_dialog_set_default_response (dialog, destructive ? "cancel" : "action");
  adw_message_dialog_set_response_appearance (dialog, "action",
                                              destructive ? ADW_RESPONSE_DESTRUCTIVE
                                                          : ADW_RESPONSE_SUGGESTED);

  task = g_task_new (parent, NULL, callback, user_data);
  g_task_set_source_tag (task, annals_ask_async);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), task);
  gtk_window_present (GTK_WINDOW (dialog));
}

gboolean
annals_ask_finish (GAsyncResult  *result,
                   GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, annals_ask_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
choice_response_cb (AdwMessageDialog *dialog,
                    const char       *response,
                    gpointer          user_data)
{
  g_autoptr(GTask) task = user_data;

  g_task_return_int (task, g_str_equal (response, "action")  ? ANNALS_ANSWER_ACTION
                           : g_str_equal (response, "other") ? ANNALS_ANSWER_OTHER
                                                             : ANNALS_ANSWER_CANCEL);
}

void
annals_ask_choice_async (GtkWindow           *parent,
                         const char          *heading,
                         const char          *body,
                         const char          *action,
                         const char          *other,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  AdwMessageDialog *dialog;
  GTask *task;

  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));
  g_return_if_fail (heading != NULL && action != NULL && other != NULL);

  dialog = build_dialog (parent, heading, body);
  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "other", other, "action", action, NULL);
  adw_message_dialog_set_close_response (dialog, "cancel");
  adw_message_dialog_set_default_response (dialog, "action");
  adw_message_dialog_set_response_appearance (dialog, "action", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_response_appearance (dialog, "other", ADW_RESPONSE_DESTRUCTIVE);

  task = g_task_new (parent, NULL, callback, user_data);
  g_task_set_source_tag (task, annals_ask_choice_async);
  g_signal_connect (dialog, "response", G_CALLBACK (choice_response_cb), task);
  gtk_window_present (GTK_WINDOW (dialog));
}

AnnalsAnswer
annals_ask_choice_finish (GAsyncResult *result)
{
  gssize answer;

  g_return_val_if_fail (G_IS_TASK (result), ANNALS_ANSWER_CANCEL);
  g_return_val_if_fail (g_async_result_is_tagged (result, annals_ask_choice_async), ANNALS_ANSWER_CANCEL);

  answer = g_task_propagate_int (G_TASK (result), NULL);

  return answer > 0 ? (AnnalsAnswer) answer : ANNALS_ANSWER_CANCEL;
}

void
annals_tell (GtkWindow  *parent,
             const char *heading,
             const char *body)
{
  AdwMessageDialog *dialog;

  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));
  g_return_if_fail (heading != NULL);

  dialog = build_dialog (parent, heading, body);
  adw_message_dialog_add_response (dialog, "close", _("_Close"));
  adw_message_dialog_set_close_response (dialog, "close");
  adw_message_dialog_set_default_response (dialog, "close");
  gtk_window_present (GTK_WINDOW (dialog));
}
