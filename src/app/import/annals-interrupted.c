/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-interrupted.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "annals-import-dialog.h"
#include "annals-import-run.h"
#include "annals-imports.h"

typedef struct
{
  AnnalsDesk   *desk;
  AnnalsImport *import;   /* (nullable) the newest that was interrupted */
} Offer;

static void
offer_free (gpointer data)
{
  Offer *offer = data;

  g_clear_pointer (&offer->import, annals_import_free);
  g_object_unref (offer->desk);
  g_free (offer);
}

static gboolean
find_in_reader (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  Offer *offer = data;
  g_autoptr(GPtrArray) imports = annals_db_list_imports (db, error);

  if (imports == NULL)
    return FALSE;

  for (guint i = 0; i < imports->len; i++)
    if (g_str_equal (((AnnalsImport *) imports->pdata[i])->state, "interrupted"))
      {
        offer->import = g_ptr_array_steal_index (imports, i);
        break;
      }

  return TRUE;
}

static void
removed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(AnnalsDesk) desk = user_data;
  g_autoptr(GError) error = NULL;

  if (annals_import_remove_finish (result, &error))
    annals_desk_toast (desk, _("What came in was removed"), FALSE);
  else
    annals_desk_fail (desk, _("The import could not be removed"), error->message);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             gpointer          user_data)
{
  Offer *offer = user_data;
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (dialog));
  AnnalsNotebook *notebook = annals_desk_get_notebook (offer->desk);

  /* the notebook may have been closed meanwhile */
  if (notebook == NULL || parent == NULL)
    return;

  if (g_str_equal (response, "resume"))
    annals_import_dialog_present_entry (parent, offer->desk,
                                        annals_import_entry_new_resume (offer->import->id,
                                                                        offer->import->file_name, NULL));
  else if (g_str_equal (response, "remove"))
    annals_import_remove_async (notebook, offer->import->id, removed_cb, g_object_ref (offer->desk));
}

static void
found_cb (gpointer      owner,
          gpointer      data,
          const GError *error)
{
  Offer *found = data;
  Offer *offer;
  GtkWidget *dialog;
  g_autofree char *heading = NULL;
  g_autofree char *body = NULL;

  /* nothing is lost when it cannot be asked now: the list of imports says so, too */
  if (error != NULL || found->import == NULL)
    return;

  heading = g_strdup_printf (_("The Import of “%s” Was Interrupted"), found->import->file_name);
  body = g_strdup_printf (ngettext ("%'u record had come in. It is hidden until the import is resumed.",
                                    "%'u records had come in. They are hidden until the import is resumed.",
                                    found->import->n_read), found->import->n_read);
  dialog = adw_message_dialog_new (GTK_WINDOW (owner), heading, body);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "later", _("_Later"), "remove", _("Re_move"),
                                    "resume", _("_Resume"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "resume", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "resume");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "later");

  offer = g_new0 (Offer, 1);
  offer->desk = g_object_ref (found->desk);
  offer->import = g_steal_pointer (&found->import);
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), offer, (GClosureNotify) (void *) offer_free,
                         0);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
annals_interrupted_offer (GtkWindow  *parent,
                          AnnalsDesk *desk)
{
  Offer *offer;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (ANNALS_IS_DESK (desk));

  offer = g_new0 (Offer, 1);
  offer->desk = g_object_ref (desk);
  annals_desk_read (desk, parent, find_in_reader, offer, offer_free, NULL, found_cb);
}
