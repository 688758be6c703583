/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "annals-copy.h"
#include "annals-link-dialog.h"
#include "annals-menu.h"
#include "annals-quote-in-memo.h"
#include "annals-reader-private.h"

/* What can be done with a note, from its card. */

static GMenu *
make_menu (const AnnalsAnnotation *annotation)
{
  GMenu *menu = g_menu_new ();
  g_autoptr(GMenu) text = g_menu_new ();
  g_autoptr(GMenu) relations = g_menu_new ();
  g_autoptr(GMenu) copies = g_menu_new ();
  g_autoptr(GMenu) end = g_menu_new ();

  annals_menu_append (text, _("_Edit Note"), "reader.edit-note", g_variant_new_int64 (annotation->id));
  annals_menu_append (relations, _("_Link With…"), "reader.link-note", g_variant_new_int64 (annotation->id));
  annals_menu_append (relations, _("_Quote in Memo…"), "reader.quote-note", g_variant_new_int64 (annotation->id));
  annals_menu_append (copies, _("Copy with C_itation"), "reader.cite-note", g_variant_new_int64 (annotation->id));
  annals_menu_append (copies, _("Copy as _Markdown"), "reader.copy-note-markdown", g_variant_new_int64 (annotation->id));
  annals_menu_append (end, _("_Delete"), "reader.delete-note", g_variant_new_int64 (annotation->id));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (text));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (relations));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (copies));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (end));

  return menu;
}

static void
popup (AnnalsReader *self,
       gint64        id,
       double        x,
       double        y)
{
  const AnnalsAnnotation *annotation = annals_reading_find_annotation (self->reading, id);
  g_autoptr(GMenu) menu = NULL;

  if (annotation == NULL)
    return;

  menu = make_menu (annotation);
  annals_reader_hide_popovers (self);
  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->card_menu), G_MENU_MODEL (menu));
  gtk_popover_set_pointing_to (self->card_menu, &(GdkRectangle) { (int) x, (int) y, 1, 1 });
  gtk_popover_popup (self->card_menu);
}

static GtkWidget *
find_card (AnnalsReader *self,
           double        x,
           double        y)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self->page), x, y, GTK_PICK_DEFAULT);

  return picked != NULL ? gtk_widget_get_ancestor (picked, ANNALS_TYPE_NOTE_CARD) : NULL;
}

/* An editor that is open has the menu of texts. */
static void
clicked_cb (AnnalsReader    *self,
            int              n_press,
            double           x,
            double           y,
            GtkGestureClick *gesture)
{
  GtkWidget *card = find_card (self, x, y);

  if (card == NULL || self->reading == NULL || annals_note_card_is_editing (ANNALS_NOTE_CARD (card)))
    return;

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (card);
  popup (self, annals_note_card_get_id (ANNALS_NOTE_CARD (card)), x, y);
}

static void
note_menu_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  AnnalsReader *self = ANNALS_READER (widget);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  graphene_rect_t bounds;

  if (self->reading != NULL && focus != NULL &&
      gtk_widget_compute_bounds (focus, GTK_WIDGET (self->page), &bounds))
    popup (self, g_variant_get_int64 (parameter), bounds.origin.x + bounds.size.width / 2, bounds.origin.y + 24);
}

static char *
dup_title (const AnnalsAnnotation *annotation)
{
  const char *text = *annotation->selector.exact != '\0' ? annotation->selector.exact : annotation->note;
  g_autofree char *lead = annals_named_dup_lead (text, 120);

  /* Translators: a quotation */
  return annals_annotation_is_post_note (annotation) ? g_steal_pointer (&lead) : g_strdup_printf (_("“%s”"), lead);
}

static void
link_note_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  AnnalsReader *self = ANNALS_READER (widget);
  const AnnalsAnnotation *annotation =
    self->reading != NULL ? annals_reading_find_annotation (self->reading, g_variant_get_int64 (parameter)) : NULL;
  g_autofree char *title = NULL;

  if (annotation == NULL || self->desk == NULL)
    return;

  title = dup_title (annotation);
  annals_link_pick (widget, self->desk, annals_link_from_new (ANNALS_RECORD_ANNOTATION, annotation->id, title));
}

static void
quote_note_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  AnnalsReader *self = ANNALS_READER (widget);
  const AnnalsAnnotation *annotation =
    self->reading != NULL ? annals_reading_find_annotation (self->reading, g_variant_get_int64 (parameter)) : NULL;

  if (annotation != NULL && self->desk != NULL)
    annals_quote_in_memo (widget, self->desk, annotation->id, annotation->post_id, annotation->selector.start,
                          annotation->selector.end, annotation->colour);
}

static void
copy_note_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  AnnalsReader *self = ANNALS_READER (widget);
  gboolean markdown = g_str_equal (name, "reader.copy-note-markdown");

  if (self->desk != NULL)
    annals_copy_record (widget, self->desk, ANNALS_RECORD_ANNOTATION, g_variant_get_int64 (parameter),
                        markdown ? ANNALS_COPY_MARKDOWN : ANNALS_COPY_CITATION);
}

void
annals_reader_install_card_menu_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "reader.cite-note", "x", copy_note_action);
  gtk_widget_class_install_action (widget_class, "reader.copy-note-markdown", "x", copy_note_action);
  gtk_widget_class_install_action (widget_class, "reader.note-menu", "x", note_menu_action);
  gtk_widget_class_install_action (widget_class, "reader.link-note", "x", link_note_action);
  gtk_widget_class_install_action (widget_class, "reader.quote-note", "x", quote_note_action);
}

void
annals_reader_init_card_menu (AnnalsReader *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->card_menu = GTK_POPOVER (gtk_popover_menu_new_from_model (NULL));
  gtk_popover_set_has_arrow (self->card_menu, FALSE);
  gtk_widget_set_halign (GTK_WIDGET (self->card_menu), GTK_ALIGN_START);
  annals_reader_page_add_popover (self->page, self->card_menu);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect_object (click, "released", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->page), GTK_EVENT_CONTROLLER (click));
}
