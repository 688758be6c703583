/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-import-dialog.h"

#include <glib/gi18n.h>

#include "annals-finished-notice.h"
#include "annals-import-card.h"
#include "annals-import-run.h"
#include "annals-import-words.h"
#include "annals-imports-window.h"
#include "annals-present.h"

/* milliseconds between two looks at how far the thread is */
#define PROGRESS_INTERVAL 100

struct _AnnalsImportDialog
{
  AdwWindow                  parent_instance;

  GtkWidget                 *cancel_button;
  GtkWidget                 *import_button;
  GtkStack                  *stack;
  GtkLabel                  *working_label;
  GtkProgressBar            *progress_bar;
  GtkLabel                  *count_label;
  AdwPreferencesPage        *preview_page;
  AdwStatusPage             *done_page;
  GtkWidget                 *issues_button;
  GtkWidget                 *close_button;

  AnnalsDesk                *desk;
  AnnalsNotebook            *notebook;    /* the thread's last reference must not be the last one */
  GPtrArray                 *entries;     /* (element type AnnalsImportEntry) */
  GPtrArray                 *cards;       /* borrowed, parallel to entries */
  GCancellable              *cancellable;
  AnnalsImportProgressState  progress;
  guint                      progress_source;
  gboolean                   working;     /* a thread is at it */
  gboolean                   importing;   /* not only looking */
  gboolean                   closing;     /* when the thread has ended */
  gboolean                   stopping;    /* the user chose what becomes of what came in */
  GtkWindow                 *question;    /* (nullable) weak: asks that */
  gint64                     started;     /* of the work, monotonic microseconds */
  double                     left;        /* seconds, as shown; 0: not known */
  AnnalsImportCard          *looking;     /* (nullable) borrowed: the one that is looked at again */
  gint64                     issues_of;   /* the import whose issues are offered; 0: of all */
};

enum
{
  GOES_ON,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AnnalsImportDialog, annals_import_dialog, ADW_TYPE_WINDOW)

/* How long it will take, smoothed so that it does not jump; "" until it can be told. */
static char *
dup_estimate (AnnalsImportDialog *self,
              double              fraction)
{
  double seconds = (double) (g_get_monotonic_time () - self->started) / G_USEC_PER_SEC;
  double left;
  guint minutes;

  if (!self->importing || seconds < 3 || fraction < 0.02)
    return g_strdup ("");

  left = seconds / fraction - seconds;
  self->left = self->left > 0 ? 0.9 * self->left + 0.1 * left : left;
  minutes = (guint) (self->left / 60 + 0.5);
  if (minutes == 0)
    return g_strdup (_("less than a minute left"));

  return g_strdup_printf (ngettext ("about %u minute left", "about %u minutes left", minutes), minutes);
}

static gboolean
show_progress_cb (gpointer data)
{
  AnnalsImportDialog *self = data;
  const AnnalsImportEntry *entry;
  g_autofree char *text = NULL;
  g_autofree char *count = NULL;
  g_autofree char *estimate = NULL;
  g_autofree char *line = NULL;
  double fraction;
  gint64 done, total;
  guint file, n_posts;

  g_mutex_lock (&self->progress.mutex);
  file = self->progress.file;
  done = self->progress.done;
  total = self->progress.total;
  n_posts = self->progress.n_posts;
  g_mutex_unlock (&self->progress.mutex);

  entry = self->entries->pdata[MIN (file, self->entries->len - 1)];
  if (self->closing || self->stopping)
    text = g_strdup (_("Cancelling…"));
  else if (self->importing)
    text = g_strdup_printf (_("Importing %s"), entry->name);
  else
    text = g_strdup_printf (_("Reading %s"), entry->name);
  count = g_strdup_printf (ngettext ("%'u post", "%'u posts", n_posts), n_posts);
  gtk_label_set_text (self->working_label, text);
  fraction = MIN ((file + (total > 0 ? (double) done / total : 0.0)) / self->entries->len, 1.0);
  estimate = dup_estimate (self, fraction);
  line = g_strjoin (*estimate != '\0' ? " · " : "", count, estimate, NULL);
  gtk_label_set_text (self->count_label, n_posts > 0 ? line : "");
  gtk_progress_bar_set_fraction (self->progress_bar, fraction);

  return G_SOURCE_CONTINUE;
}

static void
begin_work (AnnalsImportDialog *self,
            gboolean            importing)
{
  self->working = TRUE;
  self->importing = importing;
  self->started = g_get_monotonic_time ();
  self->left = 0;
  g_mutex_lock (&self->progress.mutex);
  self->progress.file = 0;
  self->progress.done = 0;
  self->progress.total = 0;
  self->progress.n_posts = 0;
  g_mutex_unlock (&self->progress.mutex);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  gtk_widget_set_sensitive (self->import_button, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "working");
  show_progress_cb (self);
  self->progress_source = g_timeout_add (PROGRESS_INTERVAL, show_progress_cb, self);
}

/* Returns: FALSE when the dialog is going */
static gboolean
end_work (AnnalsImportDialog *self)
{
  self->working = FALSE;
  g_clear_handle_id (&self->progress_source, g_source_remove);
  if (self->question != NULL)
    gtk_window_destroy (self->question);
  if (!self->closing)
    return TRUE;

  gtk_window_destroy (GTK_WINDOW (self));
  return FALSE;
}

/* --- what came of it --- */

typedef struct
{
  guint n_new, n_updated, n_unchanged, n_skipped, n_issues, n_files;
  const char *format;   /* of a file that came in, borrowed */
  gboolean    mixed;    /* posts and other records */
} Sums;

static void
add_up (AnnalsImportDialog *self,
        Sums               *sums,
        GString            *reasons)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      const AnnalsImportEntry *entry = self->entries->pdata[i];

      if (entry->failure != NULL)
        g_string_append_printf (reasons, "%s%s", reasons->len > 0 ? "\n" : "", entry->failure->message);
      if (entry->result == NULL)
        continue;

      if (sums->format != NULL && !g_str_equal (sums->format, entry->result->format))
        sums->mixed = sums->mixed || !annals_import_is_of_posts (sums->format) ||
                      !annals_import_is_of_posts (entry->result->format);
      sums->mixed = sums->mixed || (entry->preview != NULL && entry->preview->n_others > 0 &&
                                    annals_import_is_of_posts (entry->result->format));
      sums->format = entry->result->format;
      sums->n_files++;
      sums->n_new += entry->result->n_new;
      sums->n_updated += entry->result->n_updated;
      sums->n_unchanged += entry->result->n_unchanged;
      sums->n_skipped += entry->result->n_skipped;
      sums->n_issues += entry->result->n_issues;
      self->issues_of = sums->n_files == 1 ? entry->result->id : 0;
    }
}

static char *
describe_sums (const Sums *sums)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, _("%'u new, %'u updated, %'u unchanged"),
                          sums->n_new, sums->n_updated, sums->n_unchanged);
  if (sums->n_skipped > 0)
    g_string_append_printf (text, ngettext (", %'u skipped", ", %'u skipped", sums->n_skipped),
                            sums->n_skipped);
  g_string_append (text, " · ");
  g_string_append_printf (text, ngettext ("%'u issue", "%'u issues", sums->n_issues),
                          sums->n_issues);

  return g_string_free (text, FALSE);
}

static void
show_summary (AnnalsImportDialog *self)
{
  Sums sums = { 0 };
  g_autoptr(GString) reasons = g_string_new (NULL);
  g_autofree char *title = NULL;
  g_autofree char *counts = NULL;
  g_autofree char *description = NULL;
  g_autofree char *escaped = NULL;

  add_up (self, &sums, reasons);
  counts = describe_sums (&sums);
  if (sums.n_files == 0)
    title = g_strdup (_("Nothing Was Imported"));
  else if (sums.n_new == 0 && sums.n_updated == 0)
    title = g_strdup (_("Nothing New"));
  else
    title = annals_import_dup_done_title (sums.mixed ? NULL : sums.format, sums.n_new + sums.n_updated);
  if (sums.n_files == 0)
    description = g_strdup (reasons->str);
  else
    description = g_strjoin (reasons->len > 0 ? "\n\n" : "", counts, reasons->str, NULL);
  escaped = g_markup_escape_text (description, -1);

  adw_status_page_set_icon_name (self->done_page, sums.n_files > 0 ? "emblem-ok-symbolic"
                                                                   : "dialog-warning-symbolic");
  adw_status_page_set_title (self->done_page, title);
  adw_status_page_set_description (self->done_page, escaped);
  gtk_widget_set_visible (self->issues_button, sums.n_issues > 0);
  gtk_widget_set_visible (self->cancel_button, FALSE);
  gtk_widget_set_visible (self->import_button, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "done");
  gtk_window_set_default_widget (GTK_WINDOW (self), self->close_button);
  gtk_window_set_focus (GTK_WINDOW (self), self->close_button);
  annals_finished_notice_send (GTK_WINDOW (self), self->notebook, title, description);
}

static void
imported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(AnnalsImportDialog) self = user_data;

  annals_import_run_finish (result, NULL);
  if (end_work (self))
    show_summary (self);
}

static void
import_entries (AnnalsImportDialog *self)
{
  begin_work (self, TRUE);
  annals_import_run_async (self->notebook, self->entries, &self->progress, self->cancellable,
                           imported_cb, g_object_ref (self));
}

static void
import_clicked_cb (AnnalsImportDialog *self)
{
  for (guint i = 0; i < self->cards->len; i++)
    annals_import_card_apply (self->cards->pdata[i]);

  import_entries (self);
}

/* --- what they hold --- */

static void
update_import_button (AnnalsImportDialog *self)
{
  guint n_wanted = 0;
  gboolean valid = TRUE;

  for (guint i = 0; i < self->entries->len; i++)
    {
      const AnnalsImportEntry *entry = self->entries->pdata[i];

      n_wanted += entry->wanted && entry->preview->n_posts > 0;
      valid = valid && annals_import_card_get_valid (self->cards->pdata[i]);
    }

  gtk_widget_set_sensitive (self->import_button, n_wanted > 0 && valid);
}

static void
looked_again_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(AnnalsImportDialog) self = user_data;

  annals_import_run_finish (result, NULL);
  if (!end_work (self))
    return;

  annals_import_card_refresh (self->looking);
  self->looking = NULL;
  gtk_widget_set_sensitive (GTK_WIDGET (self->preview_page), TRUE);
  update_import_button (self);
}

/* The cards stay in view meanwhile: it is about one of them. */
static void
look_again_cb (AnnalsImportDialog *self,
               AnnalsImportCard   *card)
{
  g_autoptr(GPtrArray) entries = NULL;
  guint number;

  if (self->working || !g_ptr_array_find (self->cards, card, &number))
    return;

  annals_import_card_apply (card);
  self->looking = card;
  self->working = TRUE;
  self->importing = FALSE;
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  gtk_widget_set_sensitive (GTK_WIDGET (self->preview_page), FALSE);
  gtk_widget_set_sensitive (self->import_button, FALSE);
  entries = g_ptr_array_new ();
  g_ptr_array_add (entries, self->entries->pdata[number]);
  annals_import_preview_async (self->notebook, entries, &self->progress, self->cancellable, looked_again_cb,
                               g_object_ref (self));
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(AnnalsImportDialog) self = user_data;

  annals_import_run_finish (result, NULL);
  if (!end_work (self))
    return;

  for (guint i = 0; i < self->entries->len; i++)
    {
      GtkWidget *card = annals_import_card_new (self->entries->pdata[i]);

      g_signal_connect_object (card, "notify::valid", G_CALLBACK (update_import_button), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (card, "look-again", G_CALLBACK (look_again_cb), self, G_CONNECT_SWAPPED);
      g_ptr_array_add (self->cards, card);
      adw_preferences_page_add (self->preview_page, ADW_PREFERENCES_GROUP (card));
    }
  update_import_button (self);
  gtk_stack_set_visible_child_name (self->stack, "preview");
  gtk_window_set_default_widget (GTK_WINDOW (self), self->import_button);
  gtk_widget_grab_focus (gtk_widget_get_sensitive (self->import_button) ? self->import_button
                                                                        : self->cancel_button);
}

static void
issues_clicked_cb (AnnalsImportDialog *self)
{
  annals_imports_window_present (gtk_window_get_transient_for (GTK_WINDOW (self)), self->desk,
                                 self->issues_of);
  gtk_window_close (GTK_WINDOW (self));
}

/* --- stopping --- */

static void
stop (AnnalsImportDialog *self,
      gboolean            keep)
{
  if (!self->working)
    return;

  g_mutex_lock (&self->progress.mutex);
  self->progress.keep = keep;
  g_mutex_unlock (&self->progress.mutex);
  self->stopping = TRUE;
  /* what was kept is told, what was removed needs no words */
  self->closing = !keep;
  g_cancellable_cancel (self->cancellable);
  gtk_widget_set_sensitive (self->cancel_button, FALSE);
  show_progress_cb (self);
}

static void
stop_response_cb (AnnalsImportDialog *self,
                  const char         *response)
{
  if (g_str_equal (response, "remove"))
    stop (self, FALSE);
  else if (g_str_equal (response, "keep"))
    stop (self, TRUE);
  else
    g_signal_emit (self, signals[GOES_ON], 0);
}

/* The import goes on while this is asked. */
static void
ask_stop (AnnalsImportDialog *self)
{
  GtkWidget *dialog;

  if (self->question != NULL)
    {
      gtk_window_present (self->question);
      return;
    }

  dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Stop Importing?"),
                                   _("What came in so far can stay in the notebook, or be removed from it."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "go-on", _("_Go On"), "remove", _("_Remove"),
                                    "keep", _("_Keep"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "go-on");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "go-on");
  g_signal_connect_object (dialog, "response", G_CALLBACK (stop_response_cb), self, G_CONNECT_SWAPPED);
  g_set_weak_pointer (&self->question, GTK_WINDOW (dialog));
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
annals_import_dialog_close_request (GtkWindow *window)
{
  AnnalsImportDialog *self = ANNALS_IMPORT_DIALOG (window);

  if (!self->working)
    return GTK_WINDOW_CLASS (annals_import_dialog_parent_class)->close_request (window);

  if (self->importing && !self->stopping)
    {
      ask_stop (self);
      return TRUE;
    }

  self->closing = TRUE;
  g_cancellable_cancel (self->cancellable);
  gtk_widget_set_sensitive (self->cancel_button, FALSE);
  show_progress_cb (self);

  return TRUE;
}

static void
annals_import_dialog_dispose (GObject *object)
{
  AnnalsImportDialog *self = ANNALS_IMPORT_DIALOG (object);

  g_clear_handle_id (&self->progress_source, g_source_remove);
  g_clear_weak_pointer (&self->question);
  gtk_widget_dispose_template (GTK_WIDGET (self), ANNALS_TYPE_IMPORT_DIALOG);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->notebook);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (annals_import_dialog_parent_class)->dispose (object);
}

static void
annals_import_dialog_finalize (GObject *object)
{
  AnnalsImportDialog *self = ANNALS_IMPORT_DIALOG (object);

  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->cards, g_ptr_array_unref);
  g_mutex_clear (&self->progress.mutex);

  G_OBJECT_CLASS (annals_import_dialog_parent_class)->finalize (object);
}

static void
annals_import_dialog_class_init (AnnalsImportDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = annals_import_dialog_dispose;
  object_class->finalize = annals_import_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = annals_import_dialog_close_request;

  signals[GOES_ON] = g_signal_new ("goes-on", ANNALS_TYPE_IMPORT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DIALOG);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               ANNALS_RESOURCE_PATH "/annals-import-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsImportDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, AnnalsImportDialog, import_button);
  gtk_widget_class_bind_template_child (widget_class, AnnalsImportDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, AnnalsImportDialog, working_label);
  gtk_widget_class_bind_template_child (widget_class, AnnalsImportDialog, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, AnnalsImportDialog, count_label);
  gtk_widget_class_bind_template_child (widget_class, AnnalsImportDialog, preview_page);
  gtk_widget_class_bind_template_child (widget_class, AnnalsImportDialog, done_page);
  gtk_widget_class_bind_template_child (widget_class, AnnalsImportDialog, issues_button);
  gtk_widget_class_bind_template_child (widget_class, AnnalsImportDialog, close_button);
  gtk_widget_class_bind_template_callback (widget_class, import_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, issues_clicked_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
annals_import_dialog_init (AnnalsImportDialog *self)
{
  g_mutex_init (&self->progress.mutex);
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_import_entry_free);
  self->cards = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

static AnnalsImportDialog *
dialog_new (GtkWindow  *parent,
            AnnalsDesk *desk)
{
  AnnalsImportDialog *self = g_object_new (ANNALS_TYPE_IMPORT_DIALOG, "transient-for", parent, NULL);

  self->desk = g_object_ref (desk);
  self->notebook = g_object_ref (annals_desk_get_notebook (desk));

  return self;
}

GtkWindow *
annals_import_dialog_present_entry (GtkWindow         *parent,
                                    AnnalsDesk        *desk,
                                    AnnalsImportEntry *entry)
{
  AnnalsImportDialog *self;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (ANNALS_IS_DESK (desk) && annals_desk_get_notebook (desk) != NULL, NULL);
  g_return_val_if_fail (entry != NULL && entry->wanted, NULL);

  self = dialog_new (parent, desk);
  g_ptr_array_add (self->entries, entry);
  import_entries (self);
  annals_present_built (GTK_WINDOW (self));

  return GTK_WINDOW (self);
}

GtkWindow *
annals_import_dialog_present (GtkWindow  *parent,
                              AnnalsDesk *desk,
                              GListModel *files)
{
  AnnalsImportDialog *self;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (ANNALS_IS_DESK (desk) && annals_desk_get_notebook (desk) != NULL, NULL);
  g_return_val_if_fail (G_IS_LIST_MODEL (files), NULL);

  self = dialog_new (parent, desk);
  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr(GFile) file = g_list_model_get_item (files, i);
      const char *path = g_file_peek_path (file);
      g_autofree char *uri = g_file_get_uri (file);

      /* A place that is no local file has no path: its address stands in, and is not found. */
      g_ptr_array_add (self->entries, annals_import_entry_new (path != NULL ? path : uri));
    }

  if (self->entries->len == 0)
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return NULL;
    }

  begin_work (self, FALSE);
  annals_import_preview_async (self->notebook, self->entries, &self->progress, self->cancellable, looked_cb,
                               g_object_ref (self));
  annals_present_built (GTK_WINDOW (self));

  return GTK_WINDOW (self);
}
