/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-reader-private.h"

#include <glib/gi18n.h>

#include "annals-link-popover.h"
#include "annals-menu.h"
#include "annals-palette.h"
#include "annals-selection-popover.h"

static AnnalsPassageView *
get_passage (AnnalsReader *self)
{
  return annals_reader_page_get_passage (self->page);
}

gboolean
annals_reader_point_at (AnnalsReader       *self,
                        GtkPopover         *popover,
                        const AnnalsTarget *target)
{
  GtkWidget *page = GTK_WIDGET (self->page);
  GdkRectangle place;
  gboolean seen =
      annals_passage_view_get_rectangle (get_passage (self), target->start, target->end, &place);
  graphene_point_t corner;
  int middle;

  if (gtk_widget_compute_point (GTK_WIDGET (get_passage (self)), page,
                                &GRAPHENE_POINT_INIT (place.x, place.y), &corner))
    {
      place.x = corner.x;
      place.y = corner.y;
    }

  /* Near the page's sides it begins or ends with the passage, so as not to lie over what is
   * beside. */
  middle = place.x + place.width / 2;
  gtk_widget_set_halign (GTK_WIDGET (popover),
                         middle < 260 ? GTK_ALIGN_START
                         : middle > gtk_widget_get_width (page) - 260 ? GTK_ALIGN_END
                         : GTK_ALIGN_CENTER);
  gtk_popover_set_pointing_to (popover, &place);

  return seen;
}

/* The text's tooltip would say the same over it. */
static void
pop_up (AnnalsReader *self,
        GtkPopover   *popover)
{
  gtk_widget_set_has_tooltip (GTK_WIDGET (get_passage (self)), FALSE);
  gtk_popover_popup (popover);
}

/* Those that one may mean by it: all that lie at a place of it. */
static GPtrArray *
list_choices (AnnalsReader     *self,
              AnnalsAnnotation *annotation)
{
  GPtrArray *choices = NULL;

  if (annotation != NULL && self->clicked != G_MAXUINT)
    choices = annals_passage_view_list_annotations_at (get_passage (self), self->clicked);
  if (choices != NULL && !g_ptr_array_find (choices, annotation, NULL))
    g_ptr_array_set_size (choices, 0);

  return choices;
}

static void
show_tools (AnnalsReader     *self,
            AnnalsAnnotation *annotation)
{
  g_autoptr(GPtrArray) choices = list_choices (self, annotation);
  AnnalsTarget target;

  self->tools_id = annotation != NULL ? annotation->id : 0;
  if (!annals_reader_find_target (self, &target))
    return;

  annals_selection_popover_set (
      ANNALS_SELECTION_POPOVER (self->tools), self->reading,
      annals_reading_find_annotation (self->reading, target.annotation_id),
      target.annotation_id == 0 && annals_reader_find_overlapped (self, &target) != NULL);
  annals_selection_popover_set_choices (ANNALS_SELECTION_POPOVER (self->tools), self->reading, choices,
                                        target.annotation_id);
  if (annals_reader_point_at (self, self->tools, &target))
    pop_up (self, self->tools);
}

static void
choose_note_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  AnnalsReader *self = ANNALS_READER (widget);
  gint64 id = g_variant_get_int64 (parameter);
  AnnalsAnnotation *annotation = self->reading != NULL ? annals_reading_find_annotation (self->reading, id) : NULL;

  if (annotation == NULL)
    return;

  annals_reader_page_set_current (self->page, id);
  annals_reader_page_reveal_card (self->page, id);
  show_tools (self, annotation);
}

/* Keeps the tools at their passage while the text scrolls. */
void
annals_reader_place_tools (AnnalsReader *self)
{
  AnnalsTarget target;

  if (gtk_widget_get_visible (GTK_WIDGET (self->tools)) &&
      (!annals_reader_find_target (self, &target) || !annals_reader_point_at (self, self->tools, &target)))
    gtk_popover_popdown (self->tools);
}

static void
selection_settled_cb (AnnalsReader *self)
{
  if (gtk_widget_has_focus (GTK_WIDGET (get_passage (self))))
    show_tools (self, NULL);
}

static void
selection_changed_cb (AnnalsReader *self)
{
  gtk_popover_popdown (self->tools);
  gtk_popover_popdown (self->link_popover);
  self->tools_id = 0;
}

/* Whether the same passages lie at two places. */
static gboolean
is_same_stretch (AnnalsReader *self,
                 guint         offset,
                 GPtrArray    *here)
{
  g_autoptr(GPtrArray) there = annals_passage_view_list_annotations_at (get_passage (self), offset);

  for (guint i = 0; there->len == here->len && i < here->len; i++)
    if (there->pdata[i] != here->pdata[i])
      return FALSE;

  return there->len == here->len;
}

/* The innermost at the place; where it was clicked on already and others lie there too, the next of these. */
static AnnalsAnnotation *
find_clicked (AnnalsReader *self,
              guint         offset)
{
  g_autoptr(GPtrArray) here = annals_passage_view_list_annotations_at (get_passage (self), offset);
  gboolean again = self->clicked != G_MAXUINT && is_same_stretch (self, self->clicked, here);

  self->clicked = offset;
  for (guint i = 0; again && i < here->len; i++)
    if (((AnnalsAnnotation *) g_ptr_array_index (here, i))->id == self->clicked_id)
      return g_ptr_array_index (here, (i + 1) % here->len);

  return here->len > 0 ? g_ptr_array_index (here, 0) : NULL;
}

static void
show_address (AnnalsReader *self,
              guint         offset,
              const char   *address)
{
  annals_link_popover_set_address (ANNALS_LINK_POPOVER (self->link_popover), address);
  annals_reader_point_at (self, self->link_popover, &(AnnalsTarget) { 0, offset, offset + 1 });
  pop_up (self, self->link_popover);
}

/* A link in a note: asked about as those of the text are. */
static void
show_address_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  AnnalsReader *self = ANNALS_READER (widget);
  AnnalsNoteCard *card;
  graphene_rect_t bounds;
  const char *address;
  gint64 id;

  g_variant_get (parameter, "(x&s)", &id, &address);
  card = annals_reader_page_get_card (self->page, id);
  if (card == NULL || !gtk_widget_compute_bounds (GTK_WIDGET (card), GTK_WIDGET (self->page), &bounds))
    return;

  annals_link_popover_set_address (ANNALS_LINK_POPOVER (self->link_popover), address);
  gtk_widget_set_halign (GTK_WIDGET (self->link_popover), GTK_ALIGN_CENTER);
  gtk_popover_set_pointing_to (self->link_popover,
                               &(GdkRectangle) { (int) bounds.origin.x, (int) bounds.origin.y, (int) bounds.size.width,
                                                 (int) bounds.size.height });
  gtk_popover_popup (self->link_popover);
}

static void
passage_clicked_cb (AnnalsReader *self,
                    guint         offset)
{
  const char *address = annals_passage_view_get_link_at (get_passage (self), offset);
  AnnalsAnnotation *annotation = address == NULL ? find_clicked (self, offset) : NULL;

  self->clicked_id = annotation != NULL ? annotation->id : 0;
  if (address != NULL)
    {
      show_address (self, offset, address);
    }
  else if (annotation != NULL && annotation->id != 0)
    {
      annals_reader_page_set_current (self->page, annotation->id);
      show_tools (self, annotation);
    }
  else
    {
      annals_reader_page_set_current (self->page, 0);
    }
}

static void
closed_cb (AnnalsReader *self)
{
  gtk_widget_set_has_tooltip (GTK_WIDGET (get_passage (self)), TRUE);
}

static gboolean
key_cb (AnnalsReader          *self,
        guint                  keyval,
        guint                  keycode,
        GdkModifierType        state,
        GtkEventControllerKey *controller)
{
  if (keyval == GDK_KEY_Escape && annals_passage_view_cancel_bounds (get_passage (self)))
    return GDK_EVENT_STOP;

  if (keyval != GDK_KEY_Escape || !gtk_widget_get_visible (GTK_WIDGET (self->tools)))
    return GDK_EVENT_PROPAGATE;

  gtk_popover_popdown (self->tools);
  gtk_widget_grab_focus (GTK_WIDGET (get_passage (self)));

  return GDK_EVENT_STOP;
}

/* The tools do not hide by themselves: without the keyboard here they would stay over other
 * windows. */
static void
leave_cb (AnnalsReader *self)
{
  gtk_popover_popdown (self->tools);
  annals_passage_view_commit_bounds (get_passage (self));
}

void
annals_reader_name_colours (AnnalsReader *self)
{
  g_autoptr(GMenu) menu = g_menu_new ();
  g_autoptr(GMenu) first = g_menu_new ();
  g_autoptr(GMenu) second = g_menu_new ();
  g_autoptr(GMenu) colours = g_menu_new ();
  g_autoptr(GMenu) last = g_menu_new ();
  const AnnalsColour *palette;
  guint n_colours;

  palette = annals_palette_get (&n_colours);
  for (guint i = 0; i < n_colours; i++)
    annals_menu_append_name (colours, annals_reading_get_meaning (self->reading, palette[i].name), "reader.highlight",
                             g_variant_new_string (palette[i].name));

  g_menu_append (last, _("Name Colours…"), "reader.name-colours");
  g_menu_append_section (colours, NULL, G_MENU_MODEL (last));
  g_menu_append (first, _("Copy with Citation"), "reader.cite");
  g_menu_append (first, _("Copy as Markdown"), "reader.copy-markdown");
  g_menu_append_submenu (second, C_("action", "Highlight"), G_MENU_MODEL (colours));
  g_menu_append (second, C_("action", "Note"), "reader.note");
  g_menu_append (second, C_("action", "Tag…"), "reader.tag");
  g_menu_append (second, _("Add to Timeline…"), "reader.timeline");
  g_menu_append (second, _("Link With…"), "reader.link");
  g_menu_append (second, _("Quote in Memo…"), "reader.quote-in-memo");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (first));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (second));
  gtk_text_view_set_extra_menu (GTK_TEXT_VIEW (get_passage (self)), G_MENU_MODEL (menu));
}

void
annals_reader_connect_passages (AnnalsReader *self)
{
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  AnnalsPassageView *passage = get_passage (self);

  g_signal_connect_object (passage, "selection-settled", G_CALLBACK (selection_settled_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (passage, "selection-changed", G_CALLBACK (selection_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (passage, "passage-clicked", G_CALLBACK (passage_clicked_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->link_popover, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tools, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);

  annals_reader_connect_tag_entry (self);
  annals_reader_connect_bounds (self);
  /* below what the end of a highlight is held by */
  gtk_popover_set_offset (self->tools, 0, 6);

  gtk_event_controller_set_propagation_phase (key, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (key, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->page), key);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->page), focus);
  annals_reader_name_colours (self);
}

void
annals_reader_install_tools_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "reader.choose-note", "x", choose_note_action);
  gtk_widget_class_install_action (widget_class, "reader.show-address", "(xs)", show_address_action);
}
