/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-memo-completion.h"

#include <glib/gi18n.h>

#include "annals-quick-item.h"
#include "annals-quick-row.h"

#define LIMIT 8
#define ITEM "annals-item"

struct _AnnalsMemoCompletion
{
  GtkPopover    parent_instance;
  GtkListBox   *list;
  GCancellable *cancellable;
};

enum
{
  PICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AnnalsMemoCompletion, annals_memo_completion, GTK_TYPE_POPOVER)

typedef struct
{
  char         *typed;
  GArray       *recent;
  GCancellable *cancellable;
  GPtrArray    *hits;   /* (out) */
} FindJob;

static void
find_job_free (FindJob *self)
{
  g_free (self->typed);
  g_array_unref (self->recent);
  g_object_unref (self->cancellable);
  g_clear_pointer (&self->hits, g_ptr_array_unref);
  g_free (self);
}

static gboolean
find_in_reader (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  FindJob *job = data;

  job->hits = annals_db_quick_find (db, job->typed,
                                    ANNALS_QUICK_ALL & ~ANNALS_QUICK_KIND (ANNALS_RECORD_SAVED_SEARCH),
                                    (const AnnalsRecent *) (gpointer) job->recent->data, job->recent->len, LIMIT, error);
  return job->hits != NULL;
}

static void
clear (AnnalsMemoCompletion *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
}

static void
append (AnnalsMemoCompletion *self,
        const AnnalsNamed    *named,
        int                   score)
{
  g_autoptr(AnnalsQuickItem) item = annals_quick_item_new_record (named, score);
  g_autofree char *name = annals_quick_item_dup_name (item);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *child = annals_quick_row_new ();

  annals_quick_row_set_item (ANNALS_QUICK_ROW (child), item);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), child);
  gtk_widget_set_focusable (row, FALSE);   /* the text keeps the keyboard */
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (row), ITEM, g_steal_pointer (&item), g_object_unref);
  gtk_list_box_append (self->list, row);
}

static void
found_cb (gpointer      owner,
          gpointer      data,
          const GError *error)
{
  AnnalsMemoCompletion *self = ANNALS_MEMO_COMPLETION (owner);
  FindJob *job = data;

  if (job->cancellable != self->cancellable)
    return;

  g_clear_object (&self->cancellable);
  clear (self);
  for (guint i = 0; error == NULL && i < job->hits->len; i++)
    {
      const AnnalsQuickHit *hit = job->hits->pdata[i];

      append (self, hit->named, hit->score);
    }

  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
  if (gtk_list_box_get_row_at_index (self->list, 0) != NULL)
    gtk_popover_popup (GTK_POPOVER (self));
  else
    gtk_popover_popdown (GTK_POPOVER (self));
}

static void
row_activated_cb (AnnalsMemoCompletion *self)
{
  g_signal_emit (self, signals[PICKED], 0, annals_memo_completion_get (self));
}

static void
annals_memo_completion_dispose (GObject *object)
{
  AnnalsMemoCompletion *self = ANNALS_MEMO_COMPLETION (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (annals_memo_completion_parent_class)->dispose (object);
}

static void
annals_memo_completion_class_init (AnnalsMemoCompletionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = annals_memo_completion_dispose;

  signals[PICKED] = g_signal_new ("picked", ANNALS_TYPE_MEMO_COMPLETION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
annals_memo_completion_init (AnnalsMemoCompletion *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "navigation-sidebar");
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "quick-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Found"), -1);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->list));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 320);
  gtk_widget_set_size_request (scroller, 380, -1);
  gtk_popover_set_child (GTK_POPOVER (self), scroller);
  gtk_popover_set_autohide (GTK_POPOVER (self), FALSE);
  gtk_popover_set_has_arrow (GTK_POPOVER (self), FALSE);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_can_focus (GTK_WIDGET (self), FALSE);
}

GtkWidget *
annals_memo_completion_new (void)
{
  return g_object_new (ANNALS_TYPE_MEMO_COMPLETION, NULL);
}

void
annals_memo_completion_ask (AnnalsMemoCompletion *self,
                            AnnalsDesk           *desk,
                            const char           *typed,
                            const GdkRectangle   *place)
{
  FindJob *job;

  g_return_if_fail (ANNALS_IS_MEMO_COMPLETION (self));

  gtk_popover_set_pointing_to (GTK_POPOVER (self), place);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();

  job = g_new0 (FindJob, 1);
  job->typed = g_strdup (typed);
  job->recent = g_array_copy (annals_desk_get_recent (desk));
  job->cancellable = g_object_ref (self->cancellable);
  annals_desk_read (desk, self, find_in_reader, job, (GDestroyNotify) find_job_free, self->cancellable, found_cb);
}

void
annals_memo_completion_stop (AnnalsMemoCompletion *self)
{
  g_return_if_fail (ANNALS_IS_MEMO_COMPLETION (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_popover_popdown (GTK_POPOVER (self));
}

gboolean
annals_memo_completion_is_up (AnnalsMemoCompletion *self)
{
  g_return_val_if_fail (ANNALS_IS_MEMO_COMPLETION (self), FALSE);

  return gtk_widget_get_visible (GTK_WIDGET (self));
}

void
annals_memo_completion_move (AnnalsMemoCompletion *self,
                             int                   step)
{
  GtkListBoxRow *row;
  GtkListBoxRow *next;

  g_return_if_fail (ANNALS_IS_MEMO_COMPLETION (self));

  row = gtk_list_box_get_selected_row (self->list);
  next = gtk_list_box_get_row_at_index (self->list, row != NULL ? gtk_list_box_row_get_index (row) + step : 0);
  if (next != NULL)
    gtk_list_box_select_row (self->list, next);
}

const AnnalsNamed *
annals_memo_completion_get (AnnalsMemoCompletion *self)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (ANNALS_IS_MEMO_COMPLETION (self), NULL);

  row = gtk_list_box_get_selected_row (self->list);

  return row != NULL ? annals_quick_item_get_named (g_object_get_data (G_OBJECT (row), ITEM)) : NULL;
}
