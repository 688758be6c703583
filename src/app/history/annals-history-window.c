/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-history-window-private.h"

#include <glib/gi18n.h>

#include "annals-announce.h"
#include "annals-lists.h"

#define WINDOW_KEY "annals-history-window"

G_DEFINE_FINAL_TYPE (AnnalsHistoryWindow, annals_history_window, ADW_TYPE_WINDOW)

/* --- reading, on a reader's thread --- */

static gpointer
new_beginning (void)
{
  AnnalsAction *action = g_new0 (AnnalsAction, 1);

  action->label = g_strdup (_("The beginning: nothing is done yet"));

  return action;
}

static GPtrArray *
load_steps (AnnalsDb              *db,
            gconstpointer          question,
            const AnnalsPagedKey  *keys,
            guint                  n_keys,
            GError               **error)
{
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_action_free);

  for (guint i = 0; i < n_keys; i++)
    {
      g_autoptr(GPtrArray) actions = NULL;

      if (keys[i].id == BEGINNING)
        {
          g_ptr_array_add (found, new_beginning ());
          continue;
        }
      if (!(actions = annals_db_load_actions (db, &keys[i].id, 1, error)))
        return NULL;
      g_ptr_array_add (found, actions->len > 0 ? g_steal_pointer (&actions->pdata[0]) : NULL);
    }

  return g_steal_pointer (&found);
}

typedef struct
{
  char         *words;
  GCancellable *cancellable;   /* tells this question from a later one */
  GArray       *keys;          /* (element type AnnalsPagedKey) */
  AnnalsPagedChange *change;   /* gets them */
} ListJob;

static void
list_job_free (ListJob *self)
{
  g_free (self->words);
  g_object_unref (self->cancellable);
  g_clear_pointer (&self->keys, g_array_unref);
  annals_paged_change_free (self->change);
  g_free (self);
}

/* Days of the reader's own calendar; a number each. */
static gint64
day_of (gint64     time,
        GTimeZone *zone)
{
  gint64 seconds = time / G_USEC_PER_SEC;
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, seconds);

  if (interval >= 0)
    seconds += g_time_zone_get_offset (zone, interval);

  return seconds / (24 * 60 * 60);
}

static gboolean
list_in_reader (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  ListJob *job = data;
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr(GArray) times = annals_db_list_action_times (db, job->words, cancellable, error);

  if (times == NULL)
    return FALSE;

  job->keys = g_array_sized_new (FALSE, FALSE, sizeof (AnnalsPagedKey), times->len + 1);
  for (guint i = 0; i < times->len; i++)
    {
      const AnnalsActionTime *one = &g_array_index (times, AnnalsActionTime, i);
      AnnalsPagedKey key = { one->id, day_of (one->time, zone) };

      g_array_append_val (job->keys, key);
    }
  if (*job->words == '\0' && times->len > 0)
    {
      AnnalsPagedKey key = { BEGINNING, -1 };

      g_array_append_val (job->keys, key);
    }
  annals_paged_change_set_keys (job->change, job->keys);

  return annals_paged_change_load_first (job->change, db, load_steps, NULL, error);
}

static void
listed_cb (gpointer      owner,
           gpointer      data,
           const GError *error)
{
  AnnalsHistoryWindow *self = ANNALS_HISTORY_WINDOW (owner);
  ListJob *job = data;
  g_autofree char *count = NULL;
  guint n;

  if (job->cancellable != self->loading)
    return;

  g_clear_object (&self->loading);
  if (error != NULL)
    {
      g_autofree char *message = g_markup_escape_text (error->message, -1);

      adw_status_page_set_description (self->error_page, message);
      gtk_stack_set_visible_child_name (self->stack, "error");
      return;
    }

  annals_paged_list_apply (self->steps, job->change);
  n = job->keys->len - (*job->words == '\0' && job->keys->len > 0 ? 1 : 0);
  count = g_strdup_printf (ngettext ("%'u step", "%'u steps", n), n);
  gtk_label_set_text (self->count, count);
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : *job->words != '\0' ? "nothing" : "empty");
  annals_history_window_update (self);
  if (!self->has_list && n > 0)
    gtk_widget_grab_focus (self->list_view);
  self->has_list = TRUE;
}

static void
reload (AnnalsHistoryWindow *self)
{
  ListJob *job;

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->loading = g_cancellable_new ();

  job = g_new0 (ListJob, 1);
  job->words = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search))));
  job->cancellable = g_object_ref (self->loading);
  job->change = annals_paged_list_begin_change (self->steps);
  annals_desk_read (self->desk, self, list_in_reader, job, (GDestroyNotify) list_job_free, self->loading,
                    listed_cb);
}

/* --- what can be done --- */

gboolean
annals_history_window_get_chosen (AnnalsHistoryWindow *self,
                                  gint64              *id)
{
  g_autoptr(GArray) chosen = annals_paged_list_dup_selected (self->steps);

  if (chosen->len != 1)
    return FALSE;

  *id = g_array_index (chosen, gint64, 0);
  return TRUE;
}

static const AnnalsAction *
get_chosen_action (AnnalsHistoryWindow *self)
{
  g_autoptr(AnnalsPagedItem) item = NULL;
  gint64 id;
  guint position;

  if (!annals_history_window_get_chosen (self, &id) || !annals_paged_list_find (self->steps, id, &position))
    return NULL;

  item = g_list_model_get_item (G_LIST_MODEL (self->steps), position);

  /* The view holds it too while it is selected and shown. */
  return item != NULL ? annals_paged_item_get_content (item) : NULL;
}

void
annals_history_window_update (AnnalsHistoryWindow *self)
{
  AnnalsNotebook *notebook = annals_desk_get_notebook (self->desk);
  gint64 current = notebook != NULL ? annals_notebook_get_undo_step (notebook) : 0;
  const AnnalsAction *action = get_chosen_action (self);
  gboolean busy = self->walking != NULL;

  gtk_stack_set_visible_child_name (self->bar_stack, busy ? "busy" : "actions");
  gtk_widget_set_sensitive (self->list_view, !busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.go", !busy && action != NULL && action->id != current);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.undo-only",
                                 !busy && action != NULL && action->id != BEGINNING && !action->undone &&
                                 action->reverted_by == 0);
  gtk_button_set_label (GTK_BUTTON (self->go_button),
                        action != NULL && action->undone ? _("_Do Again up to Here") : _("_Go Back to Here"));
}

static void
go_action (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  AnnalsHistoryWindow *self = ANNALS_HISTORY_WINDOW (widget);
  gint64 id;

  if (annals_history_window_get_chosen (self, &id))
    annals_history_window_walk (self, id);
}

static void
way_back_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  AnnalsHistoryWindow *self = ANNALS_HISTORY_WINDOW (widget);

  annals_history_window_walk (self, self->way_back);
}

static void
undo_only_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  AnnalsHistoryWindow *self = ANNALS_HISTORY_WINDOW (widget);
  const AnnalsAction *action = get_chosen_action (self);

  if (action != NULL)
    annals_history_window_undo_only (self, action->id, action->label);
}

static void
undo_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  annals_desk_undo (ANNALS_HISTORY_WINDOW (widget)->desk);
}

static void
redo_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  annals_desk_redo (ANNALS_HISTORY_WINDOW (widget)->desk);
}

static void
stop_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  g_cancellable_cancel (ANNALS_HISTORY_WINDOW (widget)->walking);
}

static void
menu_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  AnnalsHistoryWindow *self = ANNALS_HISTORY_WINDOW (widget);
  GtkWidget *row = gtk_widget_get_focus_child (self->list_view);
  graphene_rect_t bounds;

  if (row == NULL || !gtk_widget_compute_bounds (row, self->list_view, &bounds))
    return;

  gtk_popover_set_pointing_to (GTK_POPOVER (self->context_menu),
                               &(GdkRectangle) { bounds.origin.x + bounds.size.width / 2,
                                                 bounds.origin.y + bounds.size.height / 2, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->context_menu));
}

static void
focus_search_action (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  gtk_widget_grab_focus (ANNALS_HISTORY_WINDOW (widget)->search);
}

static void
row_activated_cb (AnnalsHistoryWindow *self,
                  guint                position)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "history.go", NULL);
}

static void
search_changed_cb (AnnalsHistoryWindow *self)
{
  reload (self);
}

static void
stop_search_cb (AnnalsHistoryWindow *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->search)) == '\0')
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }

  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  reload (self);
}

static void
notebook_cb (AnnalsHistoryWindow *self)
{
  /* It shows one notebook and goes with it. */
  gtk_window_destroy (GTK_WINDOW (self));
}

/* --- the widget --- */

static void
annals_history_window_unmap (GtkWidget *widget)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (widget));

  /* A window that is closed is not presented again. */
  if (parent != NULL && g_object_get_data (G_OBJECT (parent), WINDOW_KEY) == widget)
    g_object_set_data (G_OBJECT (parent), WINDOW_KEY, NULL);

  GTK_WIDGET_CLASS (annals_history_window_parent_class)->unmap (widget);
}

static void
annals_history_window_dispose (GObject *object)
{
  AnnalsHistoryWindow *self = ANNALS_HISTORY_WINDOW (object);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_cancellable_cancel (self->walking);
  g_clear_object (&self->walking);
  if (self->list_view != NULL)
    gtk_list_view_set_model (GTK_LIST_VIEW (self->list_view), NULL);
  g_clear_pointer (&self->context_menu, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), ANNALS_TYPE_HISTORY_WINDOW);
  g_clear_object (&self->steps);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (annals_history_window_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "history.go", NULL, go_action);
  gtk_widget_class_install_action (widget_class, "history.way-back", NULL, way_back_action);
  gtk_widget_class_install_action (widget_class, "history.undo-only", NULL, undo_only_action);
  gtk_widget_class_install_action (widget_class, "history.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "history.redo", NULL, redo_action);
  gtk_widget_class_install_action (widget_class, "history.stop", NULL, stop_action);
  gtk_widget_class_install_action (widget_class, "history.menu", NULL, menu_action);
  gtk_widget_class_install_action (widget_class, "history.search", NULL, focus_search_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_h, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "history.search", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "history.undo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "history.redo",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "history.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "history.menu", NULL);
}

static void
annals_history_window_class_init (AnnalsHistoryWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = annals_history_window_dispose;
  widget_class->unmap = annals_history_window_unmap;

  gtk_widget_class_set_template_from_resource (widget_class, ANNALS_RESOURCE_PATH "/annals-history-window.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsHistoryWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, AnnalsHistoryWindow, search);
  gtk_widget_class_bind_template_child (widget_class, AnnalsHistoryWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, AnnalsHistoryWindow, error_page);
  gtk_widget_class_bind_template_child (widget_class, AnnalsHistoryWindow, list_view);
  gtk_widget_class_bind_template_child (widget_class, AnnalsHistoryWindow, context_menu);
  gtk_widget_class_bind_template_child (widget_class, AnnalsHistoryWindow, count);
  gtk_widget_class_bind_template_child (widget_class, AnnalsHistoryWindow, bar_stack);
  gtk_widget_class_bind_template_child (widget_class, AnnalsHistoryWindow, only_button);
  gtk_widget_class_bind_template_child (widget_class, AnnalsHistoryWindow, go_button);
  gtk_widget_class_bind_template_child (widget_class, AnnalsHistoryWindow, progress);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, reload);
  install_actions (widget_class);
}

static void
annals_history_window_init (AnnalsHistoryWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  annals_announce_changes (self->count);
  gtk_widget_set_parent (self->context_menu, self->list_view);
  annals_history_window_init_rows (self);
}

void
annals_history_window_present (GtkWindow  *parent,
                               AnnalsDesk *desk)
{
  AnnalsHistoryWindow *self;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (ANNALS_IS_DESK (desk));

  self = g_object_get_data (G_OBJECT (parent), WINDOW_KEY);
  if (self != NULL)
    {
      gtk_window_present (GTK_WINDOW (self));
      return;
    }

  self = g_object_new (ANNALS_TYPE_HISTORY_WINDOW, "transient-for", parent, "destroy-with-parent", TRUE, NULL);
  self->desk = g_object_ref (desk);
  self->steps = annals_paged_list_new (desk, load_steps, (GDestroyNotify) annals_action_free);
  gtk_list_view_set_model (GTK_LIST_VIEW (self->list_view), GTK_SELECTION_MODEL (self->steps));
  g_signal_connect_object (self->steps, "selection-changed", G_CALLBACK (annals_history_window_update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "changed", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "notify::notebook", G_CALLBACK (notebook_cb), self, G_CONNECT_SWAPPED);
  g_object_set_data (G_OBJECT (parent), WINDOW_KEY, self);
  reload (self);
  gtk_window_present (GTK_WINDOW (self));
}
