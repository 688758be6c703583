/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "annals-direction.h"
#include "annals-lists.h"
#include "annals-posts-pane-private.h"
#include "annals-search-facets.h"

typedef struct
{
  GArray   *ids;
  gint64    seconds;
  gboolean  newest_first;
  guint     position;
} GoJob;

static void
go_job_free (GoJob *self)
{
  g_array_unref (self->ids);
  g_free (self);
}

static gboolean
find_in_reader (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  GoJob *job = data;

  return annals_search_find_date (db, job->ids, job->seconds, job->newest_first, &job->position, error);
}

static void
found_cb (gpointer      owner,
          gpointer      data,
          const GError *error)
{
  AnnalsPostsPane *self = ANNALS_POSTS_PANE (owner);
  GoJob *job = data;

  if (error != NULL || job->ids != self->ids || job->ids->len == 0)
    return;

  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->posts), job->position, TRUE);
  annals_list_scroll_to (self->list_view, job->position);
  annals_posts_pane_focus_list (self);
}

static void
go_to (AnnalsPostsPane *self,
       AnnalsDate      *date)
{
  gboolean newest_first = annals_posts_pane_get_order (self) != ANNALS_ORDER_OLDEST;
  GoJob *job = g_new0 (GoJob, 1);

  job->ids = g_array_ref (self->ids);
  job->newest_first = newest_first;
  /* the end of what was named when the newest come first: its last post is met first */
  if (newest_first ? !annals_date_get_to (date, &job->seconds) : !annals_date_get_from (date, &job->seconds))
    job->seconds = newest_first ? G_MAXINT64 : G_MININT64;
  else if (newest_first)
    job->seconds--;

  annals_desk_read (self->desk, self, find_in_reader, job, (GDestroyNotify) go_job_free, NULL, found_cb);
}

static void
date_activate_cb (AnnalsPostsPane *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->date_entry));
  g_autoptr(GError) error = NULL;
  g_autoptr(AnnalsDate) date = annals_date_parse (text, NULL);

  if (date == NULL)
    date = annals_date_parse_words (text, &error);

  gtk_widget_set_visible (GTK_WIDGET (self->date_remark), date == NULL);
  if (date == NULL)
    {
      gtk_label_set_text (self->date_remark, error->message);
      return;
    }

  gtk_popover_popdown (GTK_POPOVER (self->date_popover));
  if (!annals_date_is_undated (date))
    go_to (self, date);
}

void
annals_posts_pane_init_go (AnnalsPostsPane *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *remark = gtk_label_new (NULL);

  self->date_popover = gtk_popover_new ();
  self->date_entry = gtk_entry_new ();
  annals_direction_keep (GTK_EDITABLE (self->date_entry));
  self->date_remark = GTK_LABEL (remark);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->date_entry), _("2020-03-09 or March 2020"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->date_entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Date to go to"), -1);
  gtk_label_set_wrap (self->date_remark, TRUE);
  gtk_label_set_max_width_chars (self->date_remark, 28);
  gtk_label_set_xalign (self->date_remark, 0);
  gtk_widget_add_css_class (remark, "caption");
  gtk_widget_add_css_class (remark, "error");
  gtk_widget_set_visible (remark, FALSE);
  gtk_box_append (GTK_BOX (box), self->date_entry);
  gtk_box_append (GTK_BOX (box), remark);
  gtk_popover_set_child (GTK_POPOVER (self->date_popover), box);
  gtk_widget_add_css_class (self->date_popover, "popover-form");
  gtk_widget_set_parent (self->date_popover, GTK_WIDGET (self));
  g_signal_connect_object (self->date_entry, "activate", G_CALLBACK (date_activate_cb), self, G_CONNECT_SWAPPED);
}

void
annals_posts_pane_go_to_date (AnnalsPostsPane *self)
{
  AnnalsOrder order = annals_posts_pane_get_order (self);
  graphene_rect_t bounds;

  /* Only in an order of time does a date have a place. */
  if (order != ANNALS_ORDER_NEWEST && order != ANNALS_ORDER_OLDEST)
    g_object_set (self, "sort", "newest", NULL);

  if (gtk_widget_compute_bounds (GTK_WIDGET (self->sort_button), GTK_WIDGET (self), &bounds))
    gtk_popover_set_pointing_to (GTK_POPOVER (self->date_popover),
                                 &(GdkRectangle) { (int) bounds.origin.x, (int) bounds.origin.y,
                                                   (int) bounds.size.width, (int) bounds.size.height });
  gtk_widget_set_visible (GTK_WIDGET (self->date_remark), FALSE);
  gtk_editable_set_text (GTK_EDITABLE (self->date_entry), "");
  gtk_popover_popup (GTK_POPOVER (self->date_popover));
}
