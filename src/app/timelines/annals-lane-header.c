/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-lane-header.h"

#include <glib/gi18n.h>

#include "annals-colour-dot.h"
#include "annals-menu.h"
#include "annals-palette.h"

struct _AnnalsLaneHeader
{
  GtkWidget  parent_instance;
  GtkWidget *button;
  GtkWidget *dot;
  GtkWidget *label;
  GMenu     *menu;
  char      *key;     /* of dup_key() */
  char      *looks;   /* of dup_looks() */
};

G_DEFINE_FINAL_TYPE (AnnalsLaneHeader, annals_lane_header, GTK_TYPE_WIDGET)

static void
annals_lane_header_dispose (GObject *object)
{
  g_clear_pointer (&ANNALS_LANE_HEADER (object)->button, gtk_widget_unparent);

  G_OBJECT_CLASS (annals_lane_header_parent_class)->dispose (object);
}

static void
annals_lane_header_finalize (GObject *object)
{
  AnnalsLaneHeader *self = ANNALS_LANE_HEADER (object);

  g_object_unref (self->menu);
  g_free (self->key);
  g_free (self->looks);

  G_OBJECT_CLASS (annals_lane_header_parent_class)->finalize (object);
}

static void
annals_lane_header_class_init (AnnalsLaneHeaderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = annals_lane_header_dispose;
  G_OBJECT_CLASS (klass)->finalize = annals_lane_header_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

/* GTK would give the keyboard back with the next frame, and what is new of the lane may come before that: it takes the
 * item away that the keyboard is still at. */
static void
closed_cb (AnnalsLaneHeader *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    gtk_widget_grab_focus (self->button);
}

static void
annals_lane_header_init (AnnalsLaneHeader *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->dot = annals_colour_dot_new (NULL);
  gtk_box_append (GTK_BOX (box), self->dot);
  self->label = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (self->label), 40);
  gtk_widget_add_css_class (self->label, "caption-heading");
  gtk_box_append (GTK_BOX (box), self->label);

  self->menu = g_menu_new ();
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), box);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->button), G_MENU_MODEL (self->menu));
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_add_css_class (self->button, "lane-header");
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  g_signal_connect_object (gtk_menu_button_get_popover (GTK_MENU_BUTTON (self->button)), "closed",
                           G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
}

static void
append_own_items (GMenu                *menu,
                  const AnnalsViewLane *lane)
{
  g_autoptr(GMenu) colours = g_menu_new ();
  guint n_colours;
  const AnnalsColour *palette = annals_palette_get (&n_colours);
  gint64 id = lane->lane->id;

  for (guint i = 0; i < n_colours; i++)
    annals_menu_append (colours, _(palette[i].label), "timeline.colour-lane",
                        g_variant_new ("(xs)", id, palette[i].name));

  annals_menu_append (menu, _("_Rename…"), "timeline.rename-lane", g_variant_new_int64 (id));
  g_menu_append_submenu (menu, _("_Colour"), G_MENU_MODEL (colours));
  if (lane->index > 0)
    annals_menu_append (menu, _("Move _Up"), "timeline.move-lane", g_variant_new ("(xu)", id, lane->index - 1));
  if (lane->index + 1 < lane->n_lanes)
    annals_menu_append (menu, _("Move _Down"), "timeline.move-lane", g_variant_new ("(xu)", id, lane->index + 1));
}

/* Filled again, not another: with its popover a menu that has just closed would lose the keyboard's way back. */
static void
fill_menu (AnnalsLaneHeader     *self,
           const AnnalsViewLane *lane,
           AnnalsTimelineGroup   group)
{
  g_autoptr(GMenu) first = g_menu_new ();
  g_autoptr(GMenu) last = g_menu_new ();
  g_autofree char *key = annals_view_lane_dup_key (lane, group);

  if (!lane->is_main)
    annals_menu_append (first, _("_Remove from Comparison"), "timeline.overlay",
                        g_variant_new ("(xb)", lane->timeline_id, FALSE));
  else
    {
      if (lane->lane != NULL)
        append_own_items (first, lane);
      annals_menu_append (last, _("_Hide Lane"), "timeline.hide-lane", g_variant_new ("(sb)", key, TRUE));
      if (lane->lane != NULL)
        annals_menu_append (last, _("_Delete Lane"), "timeline.delete-lane", g_variant_new_int64 (lane->lane->id));
    }

  annals_menu_clear (self->menu);
  g_menu_append_section (self->menu, NULL, G_MENU_MODEL (first));
  g_menu_append_section (self->menu, NULL, G_MENU_MODEL (last));
}

/* What stays of a lane when it is renamed or moved. */
static char *
dup_key (const AnnalsViewLane *lane,
         AnnalsTimelineGroup   group)
{
  g_autofree char *key = annals_view_lane_dup_key (lane, group);

  return g_strdup_printf ("%d %d %" G_GINT64_FORMAT " %s", group, lane->is_main, lane->timeline_id, key);
}

/* All that a header and its menu say. */
static char *
dup_looks (const AnnalsViewLane *lane,
           AnnalsTimelineGroup   group)
{
  g_autofree char *key = annals_view_lane_dup_key (lane, group);

  return g_strdup_printf ("%s %d %d %u %u %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s %s", key, group, lane->is_main,
                          lane->index, lane->n_lanes, lane->timeline_id, lane->lane != NULL ? lane->lane->id : 0,
                          lane->colour->name, lane->name);
}

GtkWidget *
annals_lane_header_new (const AnnalsViewLane *lane,
                        AnnalsTimelineGroup   group)
{
  AnnalsLaneHeader *self = g_object_new (ANNALS_TYPE_LANE_HEADER, NULL);

  self->key = dup_key (lane, group);
  annals_lane_header_update (self, lane, group);

  return GTK_WIDGET (self);
}

gboolean
annals_lane_header_is_of (AnnalsLaneHeader     *self,
                          const AnnalsViewLane *lane,
                          AnnalsTimelineGroup   group)
{
  g_autofree char *key = NULL;

  g_return_val_if_fail (ANNALS_IS_LANE_HEADER (self), FALSE);

  key = dup_key (lane, group);
  return g_str_equal (key, self->key);
}

void
annals_lane_header_update (AnnalsLaneHeader     *self,
                           const AnnalsViewLane *lane,
                           AnnalsTimelineGroup   group)
{
  g_autofree char *looks = NULL;
  g_autofree char *name = NULL;

  g_return_if_fail (ANNALS_IS_LANE_HEADER (self));

  looks = dup_looks (lane, group);
  if (g_strcmp0 (looks, self->looks) == 0)
    return;

  g_free (self->looks);
  self->looks = g_steal_pointer (&looks);
  name = g_strdup_printf (_("Lane %s"), lane->name);
  annals_colour_dot_set_colour (ANNALS_COLOUR_DOT (self->dot), lane->colour->name);
  gtk_label_set_text (GTK_LABEL (self->label), lane->name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  fill_menu (self, lane, group);
}
