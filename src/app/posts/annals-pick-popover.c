/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-pick-popover.h"

#include <glib/gi18n.h>

#include "annals-colour-dot.h"
#include "annals-lists.h"

struct _AnnalsPickPopover
{
  GtkPopover  parent_instance;
  GtkWidget  *entry;
  GtkWidget  *list;
  GtkWidget  *create_row;
  GtkLabel   *create_label;
};

enum
{
  PICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AnnalsPickPopover, annals_pick_popover, GTK_TYPE_POPOVER)

static GQuark
choice_quark (void)
{
  return g_quark_from_static_string ("annals-choice");
}

typedef struct
{
  gint64  id;
  char   *name;
  char   *folded;   /* for comparing without regard to case */
} Choice;

static void
choice_free (Choice *self)
{
  g_free (self->name);
  g_free (self->folded);
  g_free (self);
}

static char *
fold (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);

  return g_utf8_casefold (normal != NULL ? normal : "", -1);
}

static char *
dup_typed (AnnalsPickPopover *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
}

static gboolean
filter_cb (GtkListBoxRow *row,
           gpointer       user_data)
{
  AnnalsPickPopover *self = user_data;
  Choice *choice = g_object_get_qdata (G_OBJECT (row), choice_quark ());
  g_autofree char *typed = dup_typed (self);
  g_autofree char *folded = fold (typed);

  if (choice != NULL)
    return strstr (choice->folded, folded) != NULL;

  /* the row that makes a new one */
  if (*typed == '\0')
    return FALSE;

  for (GtkWidget *other = gtk_widget_get_first_child (self->list); other != NULL;
       other = gtk_widget_get_next_sibling (other))
    {
      choice = g_object_get_qdata (G_OBJECT (other), choice_quark ());
      if (choice != NULL && g_str_equal (choice->folded, folded))
        return FALSE;
    }

  return TRUE;
}

static void
typed_cb (AnnalsPickPopover *self)
{
  g_autofree char *typed = dup_typed (self);
  /* Translators: a button that makes the tag or timeline whose name was typed */
  g_autofree char *label = g_strdup_printf (_("Create “%s”"), typed);

  gtk_label_set_text (self->create_label, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->create_row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  gtk_list_box_invalidate_filter (GTK_LIST_BOX (self->list));
}

static void
row_activated_cb (AnnalsPickPopover *self,
                  GtkListBoxRow     *row)
{
  Choice *choice = g_object_get_qdata (G_OBJECT (row), choice_quark ());
  g_autofree char *name = choice != NULL ? g_strdup (choice->name) : dup_typed (self);
  gint64 id = choice != NULL ? choice->id : 0;

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[PICKED], 0, id, name);
}

/* Enter takes the choice of exactly that name, else the first that fits, else makes a new one. */
static void
entry_activate_cb (AnnalsPickPopover *self)
{
  GtkListBoxRow *first = NULL;

  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      if (!gtk_widget_get_child_visible (row))
        continue;
      if (first == NULL || row == self->create_row)
        first = GTK_LIST_BOX_ROW (row);
    }

  if (first != NULL)
    row_activated_cb (self, first);
}

static void
shown_cb (AnnalsPickPopover *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  gtk_widget_grab_focus (self->entry);
}

static void
add_create_row (AnnalsPickPopover *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 28);
  self->create_label = GTK_LABEL (label);
  self->create_row = gtk_list_box_row_new ();
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self->create_row), label);
  gtk_list_box_append (GTK_LIST_BOX (self->list), self->create_row);
}

static void
annals_pick_popover_class_init (AnnalsPickPopoverClass *klass)
{
  signals[PICKED] = g_signal_new ("picked", ANNALS_TYPE_PICK_POPOVER, G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_STRING);
}

static void
annals_pick_popover_init (AnnalsPickPopover *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->entry = gtk_entry_new ();
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "navigation-sidebar");
  gtk_list_box_set_filter_func (GTK_LIST_BOX (self->list), filter_cb, self, NULL);
  annals_list_leave_by_tab (self->list);
  add_create_row (self);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 280);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_widget_set_size_request (box, 240, -1);
  gtk_popover_set_child (GTK_POPOVER (self), box);

  g_signal_connect_object (self->entry, "changed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (entry_activate_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "show", G_CALLBACK (shown_cb), NULL);
}

GtkWidget *
annals_pick_popover_new (const char *label,
                         const char *placeholder)
{
  AnnalsPickPopover *self = g_object_new (ANNALS_TYPE_PICK_POPOVER, NULL);

  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), placeholder);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, placeholder, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);

  return GTK_WIDGET (self);
}

void
annals_pick_popover_clear (AnnalsPickPopover *self)
{
  GtkWidget *row;

  g_return_if_fail (ANNALS_IS_PICK_POPOVER (self));

  while ((row = gtk_widget_get_first_child (self->list)) != self->create_row)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
}

void
annals_pick_popover_add_choice (AnnalsPickPopover *self,
                                gint64             id,
                                const char        *name,
                                const char        *colour)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = gtk_label_new (name);
  Choice *choice = g_new0 (Choice, 1);
  int position;

  g_return_if_fail (ANNALS_IS_PICK_POPOVER (self));
  g_return_if_fail (name != NULL);

  choice->id = id;
  choice->name = g_strdup (name);
  choice->folded = fold (name);
  g_object_set_qdata_full (G_OBJECT (row), choice_quark (), choice, (GDestroyNotify) choice_free);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (colour != NULL)
    gtk_box_append (GTK_BOX (box), annals_colour_dot_new (colour));
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  position = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (self->create_row));
  gtk_list_box_insert (GTK_LIST_BOX (self->list), row, position);
}
