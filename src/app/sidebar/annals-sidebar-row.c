/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-sidebar-row.h"

#include <glib/gi18n.h>

#include "annals-announce.h"
#include "annals-colour-dot.h"

/* pixels that a tag stands to the right of the one it belongs to */
#define INDENT 18

/* deeper ones are drawn no further to the right, or no name would be left to see */
#define MAX_INDENTED 6

/* letters of a name */
#define MAX_WIDTH_CHARS 24

/* a badge is no place for more */
#define MAX_DUE 999

struct _AnnalsSidebarRow
{
  GtkListBoxRow      parent_instance;
  AnnalsSidebarItem *item;
  GtkWidget         *box;
  GtkWidget         *dot;
  GtkLabel          *name;
  GtkWidget         *due;         /* leads to what the tag's or timeline's rule finds */
  GtkLabel          *count;
};

G_DEFINE_FINAL_TYPE (AnnalsSidebarRow, annals_sidebar_row, GTK_TYPE_LIST_BOX_ROW)

static const char *
get_icon (AnnalsSidebarItem *item)
{
  switch (annals_sidebar_item_get_scope (item))
    {
    case ANNALS_SCOPE_ALL:
      /* with an id: a saved search of all posts */
      return annals_sidebar_item_get_id (item) != 0 ? "system-search-symbolic" : "view-list-symbolic";

    case ANNALS_SCOPE_UNREAD:
      return "mail-unread-symbolic";

    case ANNALS_SCOPE_STARRED:
      return "starred-symbolic";

    case ANNALS_SCOPE_ANNOTATED:
      return "document-edit-symbolic";

    case ANNALS_SCOPE_REVIEW:
      return "dialog-question-symbolic";

    case ANNALS_SCOPE_TRASH:
      return "user-trash-symbolic";

    case ANNALS_SCOPE_SOURCE:
      return "x-office-document-symbolic";

    case ANNALS_SCOPE_IMPORT:
      return "document-open-symbolic";

    case ANNALS_SCOPE_TAG:
    case ANNALS_SCOPE_TIMELINE:
      break;
    }

  return NULL;
}

static char *
dup_accessible_name (AnnalsSidebarItem *item)
{
  const char *name = annals_sidebar_item_get_name (item);
  guint n = annals_sidebar_item_get_count (item);

  if (n == ANNALS_SIDEBAR_UNCOUNTED)
    return g_strdup (name);

  /* Translators: how a screen reader reads a row of the sidebar */
  if (annals_sidebar_item_get_scope (item) == ANNALS_SCOPE_TIMELINE)
    return g_strdup_printf (ngettext ("%s, %u event", "%s, %u events", n), name, n);

  if (annals_sidebar_item_get_n_new (item) > 0)
    return g_strdup_printf (ngettext ("%s, %u post, %u new", "%s, %u posts, %u new", n), name, n,
                            annals_sidebar_item_get_n_new (item));

  if (annals_sidebar_item_get_scope (item) == ANNALS_SCOPE_REVIEW)
    return g_strdup_printf (ngettext ("%s, %u note", "%s, %u notes", n), name, n);

  return g_strdup_printf (ngettext ("%s, %u post", "%s, %u posts", n), name, n);
}

/* What the tag's rule has to offer, or what is suggested for the timeline; it stands in no other row. */
static void
show_due (AnnalsSidebarRow *self)
{
  guint due = annals_sidebar_item_get_due (self->item);
  g_autofree char *text = due > MAX_DUE ? g_strdup_printf ("+%d…", MAX_DUE) : g_strdup_printf ("+%u", due);
  g_autofree char *words = annals_sidebar_item_get_scope (self->item) == ANNALS_SCOPE_TIMELINE
                           ? g_strdup_printf (ngettext ("%'u post is suggested for it", "%'u posts are suggested for it",
                                                        due), due)
                           : g_strdup_printf (ngettext ("%'u new post fits the rule", "%'u new posts fit the rule",
                                                        due), due);

  gtk_widget_set_visible (self->due, due > 0);
  gtk_button_set_label (GTK_BUTTON (self->due), text);
  gtk_widget_set_tooltip_text (self->due, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->due), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  annals_describe (GTK_WIDGET (self), due > 0 ? words : NULL);
}

static void
show_item (AnnalsSidebarRow *self)
{
  guint count = annals_sidebar_item_get_count (self->item);
  guint depth = MIN (annals_sidebar_item_get_depth (self->item), MAX_INDENTED);
  guint n_new = annals_sidebar_item_get_n_new (self->item);
  /* Translators: posts of a saved search that came since it was opened, then all of them */
  g_autofree char *count_text = n_new > 0 ? g_strdup_printf (_("%'u new · %'u"), n_new, count)
                                          : g_strdup_printf ("%'u", count);
  g_autofree char *name = dup_accessible_name (self->item);

  gtk_label_set_text (self->name, annals_sidebar_item_get_name (self->item));
  gtk_label_set_text (self->count, count != ANNALS_SIDEBAR_UNCOUNTED ? count_text : "");
  gtk_widget_set_margin_start (self->box, depth * INDENT);
  if (self->dot != NULL)
    annals_colour_dot_set_colour (ANNALS_COLOUR_DOT (self->dot),
                                  annals_sidebar_item_get_colour (self->item));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  show_due (self);
}

/* A name that is cut is read in full. */
static gboolean
query_tooltip_cb (GtkLabel   *name,
                  int         x,
                  int         y,
                  gboolean    by_keyboard,
                  GtkTooltip *tooltip,
                  gpointer    user_data)
{
  if (!pango_layout_is_ellipsized (gtk_label_get_layout (name)))
    return FALSE;

  gtk_tooltip_set_text (tooltip, gtk_label_get_text (name));

  return TRUE;
}

static void
annals_sidebar_row_dispose (GObject *object)
{
  AnnalsSidebarRow *self = ANNALS_SIDEBAR_ROW (object);

  g_clear_object (&self->item);

  G_OBJECT_CLASS (annals_sidebar_row_parent_class)->dispose (object);
}

static void
annals_sidebar_row_class_init (AnnalsSidebarRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = annals_sidebar_row_dispose;
}

static void
annals_sidebar_row_init (AnnalsSidebarRow *self)
{
  GtkWidget *name = gtk_label_new (NULL);
  GtkWidget *count = gtk_label_new (NULL);

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  self->name = GTK_LABEL (name);
  self->count = GTK_LABEL (count);
  gtk_label_set_xalign (self->name, 0);
  gtk_label_set_ellipsize (self->name, PANGO_ELLIPSIZE_END);
  /* where the sidebar lies over the rest, it is as wide as it likes to be */
  gtk_label_set_max_width_chars (self->name, MAX_WIDTH_CHARS);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (name, "name");
  gtk_widget_set_has_tooltip (name, TRUE);
  g_signal_connect (name, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
  gtk_widget_add_css_class (count, "dim-label");
  gtk_widget_add_css_class (count, "caption");
  gtk_widget_add_css_class (count, "numeric");
  self->due = gtk_button_new ();
  gtk_widget_add_css_class (self->due, "due-badge");
  gtk_widget_set_valign (self->due, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->box), name);
  gtk_box_append (GTK_BOX (self->box), self->due);
  gtk_box_append (GTK_BOX (self->box), count);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), self->box);
}

GtkWidget *
annals_sidebar_row_new (AnnalsSidebarItem *item)
{
  AnnalsSidebarRow *self;
  const char *icon;

  g_return_val_if_fail (ANNALS_IS_SIDEBAR_ITEM (item), NULL);

  self = g_object_new (ANNALS_TYPE_SIDEBAR_ROW, NULL);
  self->item = g_object_ref (item);
  icon = get_icon (item);
  if (icon != NULL)
    gtk_box_prepend (GTK_BOX (self->box),
                     g_object_new (GTK_TYPE_IMAGE, "icon-name", icon,
                                   "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  else
    {
      self->dot = annals_colour_dot_new (NULL);
      gtk_box_prepend (GTK_BOX (self->box), self->dot);
    }
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->due),
                                  annals_sidebar_item_get_scope (item) == ANNALS_SCOPE_TIMELINE
                                  ? "sidebar.show-suggestions-of" : "sidebar.apply-rule-of");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->due), "x", annals_sidebar_item_get_id (item));
  g_signal_connect_object (item, "changed", G_CALLBACK (show_item), self, G_CONNECT_SWAPPED);
  show_item (self);

  return GTK_WIDGET (self);
}

AnnalsSidebarItem *
annals_sidebar_row_get_item (AnnalsSidebarRow *self)
{
  g_return_val_if_fail (ANNALS_IS_SIDEBAR_ROW (self), NULL);

  return self->item;
}
