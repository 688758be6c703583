/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "annals-posts-pane-private.h"

/* What else the words stand in: memos and events, which are no posts. */

static const char *
get_kind_label (AnnalsRecord kind)
{
  return kind == ANNALS_RECORD_MEMO ? _("Memo") : _("Event");
}

static GtkWidget *
create_label (const char *text,
              gboolean    dim)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  if (dim)
    {
      gtk_widget_add_css_class (label, "dim-label");
      gtk_widget_add_css_class (label, "caption");
    }

  return label;
}

static void
add_row (AnnalsPostsPane   *self,
         const AnnalsNamed *named)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  const char *kind = get_kind_label (named->kind);
  g_autofree char *context = *named->context != '\0' ? g_strdup_printf ("%s · %s", kind, named->context)
                                                     : g_strdup (kind);
  g_autofree char *name = g_strdup_printf ("%s, %s", named->title, context);

  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_widget_set_margin_start (box, 6);
  gtk_widget_set_margin_end (box, 6);
  gtk_box_append (GTK_BOX (box), create_label (named->title, FALSE));
  gtk_box_append (GTK_BOX (box), create_label (context, TRUE));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_list_box_append (self->others_list, row);
}

static void
row_activated_cb (AnnalsPostsPane *self,
                  GtkListBoxRow   *row)
{
  guint n = (guint) gtk_list_box_row_get_index (row);

  if (self->others == NULL || n >= self->others->len)
    return;

  gtk_menu_button_popdown (self->others_button);
  annals_desk_show_named (self->desk, self->others->pdata[n]);
}

static char *
dup_summary (guint n_memos,
             guint n_events)
{
  g_autofree char *memos = g_strdup_printf (ngettext ("%'u memo", "%'u memos", n_memos), n_memos);
  g_autofree char *events = g_strdup_printf (ngettext ("%'u event", "%'u events", n_events), n_events);

  if (n_memos > 0 && n_events > 0)
    /* Translators: a button: where else the words of a search stand; "2 memos", "1 event" */
    return g_strdup_printf (_("Also in %s and %s"), memos, events);

  /* Translators: a button: where else the words of a search stand; "2 memos" */
  return g_strdup_printf (_("Also in %s"), n_memos > 0 ? memos : events);
}

void
annals_posts_pane_show_others (AnnalsPostsPane         *self,
                               const AnnalsPostListing *listing)
{
  guint n_others = listing->n_memos + listing->n_events;
  g_autofree char *summary = NULL;
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->others_list, 0)))
    gtk_list_box_remove (self->others_list, GTK_WIDGET (row));
  g_clear_pointer (&self->others, g_ptr_array_unref);

  gtk_widget_set_visible (GTK_WIDGET (self->others_button), n_others > 0);
  if (n_others == 0)
    return;

  self->others = g_ptr_array_ref (listing->others);
  for (guint i = 0; i < self->others->len; i++)
    add_row (self, self->others->pdata[i]);
  summary = dup_summary (listing->n_memos, listing->n_events);
  gtk_menu_button_set_label (self->others_button, summary);
}

void
annals_posts_pane_init_others (AnnalsPostsPane *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *list = gtk_list_box_new ();

  self->others_list = GTK_LIST_BOX (list);
  gtk_list_box_set_selection_mode (self->others_list, GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Memos and events with these words"), -1);
  g_signal_connect_object (list, "row-activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 360);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  gtk_menu_button_set_popover (self->others_button, popover);
}
