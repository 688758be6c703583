/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-note-row.h"

#include <glib/gi18n.h>

#include "annals-colour-dot.h"
#include "annals-palette.h"

/* pixels of the coloured edge */
#define BAR 4

struct _AnnalsNoteRow
{
  GtkWidget  parent_instance;
  GtkWidget *box;
  GtkLabel  *quote;
  GtkLabel  *note;
  GtkLabel  *where;
  GtkLabel  *state;
  char      *colour;
};

G_DEFINE_FINAL_TYPE (AnnalsNoteRow, annals_note_row, GTK_TYPE_WIDGET)

static void
annals_note_row_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  AnnalsNoteRow *self = ANNALS_NOTE_ROW (widget);
  const AnnalsColour *colour = self->colour != NULL ? annals_palette_lookup (self->colour) : NULL;
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  graphene_rect_t edge;
  GdkRGBA rgba;

  if (colour != NULL)
    {
      annals_colour_to_rgba (colour->strong, &rgba);
      graphene_rect_init (&edge, rtl ? gtk_widget_get_width (widget) - BAR : 0, 0, BAR,
                          gtk_widget_get_height (widget));
      gtk_snapshot_append_color (snapshot, &rgba, &edge);
    }

  GTK_WIDGET_CLASS (annals_note_row_parent_class)->snapshot (widget, snapshot);
}

static void
annals_note_row_dispose (GObject *object)
{
  AnnalsNoteRow *self = ANNALS_NOTE_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ANNALS_TYPE_NOTE_ROW);
  g_clear_pointer (&self->colour, g_free);

  G_OBJECT_CLASS (annals_note_row_parent_class)->dispose (object);
}

static void
annals_note_row_class_init (AnnalsNoteRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = annals_note_row_dispose;
  widget_class->snapshot = annals_note_row_snapshot;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "noterow");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               ANNALS_RESOURCE_PATH "/annals-note-row.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsNoteRow, box);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNoteRow, quote);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNoteRow, note);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNoteRow, where);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNoteRow, state);
}

static void
annals_note_row_init (AnnalsNoteRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
annals_note_row_new (void)
{
  return g_object_new (ANNALS_TYPE_NOTE_ROW, NULL);
}

void
annals_note_row_set_item (AnnalsNoteRow  *self,
                          AnnalsNoteItem *item)
{
  const AnnalsAnnotation *annotation;
  g_autofree char *quote = NULL;
  g_autofree char *tags = NULL;
  g_autofree char *where = NULL;
  const char *state = NULL;

  g_return_if_fail (ANNALS_IS_NOTE_ROW (self));
  g_return_if_fail (ANNALS_IS_NOTE_ITEM (item));

  annotation = annals_note_item_get_annotation (item);
  /* Translators: a quotation in its quotation marks */
  quote = g_strdup_printf (_("“%s”"), annotation->selector.exact);
  tags = g_strjoinv (" · ", annotation->tags);
  where = *tags != '\0' ? g_strconcat (annals_note_item_get_where (item), " · ", tags, NULL)
                        : g_strdup (annals_note_item_get_where (item));
  if (g_str_equal (annotation->state, "review"))
    state = _("The post has changed: look where this belongs");
  else if (g_str_equal (annotation->state, "moved"))
    state = _("Moved with its passage");

  g_free (self->colour);
  self->colour = g_strdup (annotation->colour);
  gtk_label_set_text (self->quote, quote);
  gtk_label_set_text (self->note, annotation->note);
  gtk_widget_set_visible (GTK_WIDGET (self->note), *annotation->note != '\0');
  gtk_label_set_text (self->where, where);
  gtk_label_set_text (self->state, state != NULL ? state : "");
  gtk_widget_set_visible (GTK_WIDGET (self->state), state != NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
