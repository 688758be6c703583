/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-selection-popover.h"

#include <glib/gi18n.h>

#include "annals-colours.h"
#include "annals-markdown.h"
#include "annals-named.h"
#include "annals-swatch.h"

/* Of what a highlight that one may choose says, in characters. */
#define CHOICE_CHARS 44

struct _AnnalsSelectionPopover
{
  GtkPopover  parent_instance;
  GtkWidget  *box;
  GtkWidget  *choices;
  GtkWidget  *colours;
  GtkWidget  *note_content;
  GtkWidget  *delete_separator;
  GtkWidget  *delete;
  GtkWidget  *move;
  GPtrArray  *buttons;   /* (element type GtkWidget) parallel to the palette */
};

G_DEFINE_FINAL_TYPE (AnnalsSelectionPopover, annals_selection_popover, GTK_TYPE_POPOVER)

static void
name_button (GtkWidget          *button,
             const AnnalsColour *colour,
             const char         *meaning)
{
  /* Translators: a highlight's meaning and its colour, “Evidence (yellow)” */
  g_autofree char *tooltip = g_strdup_printf (_("%s (%s)"), meaning, _(colour->label));

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, meaning, -1);
}

static GtkWidget *
make_colour_button (const AnnalsColour *colour)
{
  GtkWidget *button = gtk_button_new ();

  gtk_button_set_child (GTK_BUTTON (button), annals_swatch_new ("marker", colour->name));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "reader.highlight");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", colour->name);
  name_button (button, colour, annals_colour_get_meaning (colour));

  return button;
}

static void
annals_selection_popover_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ANNALS_TYPE_SELECTION_POPOVER);

  G_OBJECT_CLASS (annals_selection_popover_parent_class)->dispose (object);
}

static void
annals_selection_popover_finalize (GObject *object)
{
  g_clear_pointer (&ANNALS_SELECTION_POPOVER (object)->buttons, g_ptr_array_unref);

  G_OBJECT_CLASS (annals_selection_popover_parent_class)->finalize (object);
}

static void
annals_selection_popover_class_init (AnnalsSelectionPopoverClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = annals_selection_popover_dispose;
  object_class->finalize = annals_selection_popover_finalize;

  gtk_widget_class_set_template_from_resource (
      widget_class, ANNALS_RESOURCE_PATH "/annals-selection-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsSelectionPopover, box);
  gtk_widget_class_bind_template_child (widget_class, AnnalsSelectionPopover, choices);
  gtk_widget_class_bind_template_child (widget_class, AnnalsSelectionPopover, colours);
  gtk_widget_class_bind_template_child (widget_class, AnnalsSelectionPopover, note_content);
  gtk_widget_class_bind_template_child (widget_class, AnnalsSelectionPopover, delete_separator);
  gtk_widget_class_bind_template_child (widget_class, AnnalsSelectionPopover, delete);
  gtk_widget_class_bind_template_child (widget_class, AnnalsSelectionPopover, move);
}

/* GDK ends a button's implicit grab late, with the pointer's next event. When that event is the
 * crossing into a popover's surface that was there before, GTK 4.8 takes it for the grab's own and
 * leaves the pointer in the text, until it moves again: each showing gets a new surface. */
static void
hide_cb (GtkWidget *widget)
{
  gtk_widget_unrealize (widget);
}

static void
annals_selection_popover_init (AnnalsSelectionPopover *self)
{
  const AnnalsColour *palette;
  guint n_colours;

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_after (self, "hide", G_CALLBACK (hide_cb), NULL);

  palette = annals_palette_get (&n_colours);
  self->buttons = g_ptr_array_new ();
  for (guint i = 0; i < n_colours; i++)
    {
      g_ptr_array_add (self->buttons, make_colour_button (&palette[i]));
      gtk_box_append (GTK_BOX (self->colours), g_ptr_array_index (self->buttons, i));
    }
}

GtkWidget *
annals_selection_popover_new (void)
{
  return g_object_new (ANNALS_TYPE_SELECTION_POPOVER, NULL);
}

void
annals_selection_popover_set (AnnalsSelectionPopover *self,
                              AnnalsReading          *reading,
                              AnnalsAnnotation       *annotation,
                              gboolean                can_move)
{
  gboolean noted = annotation != NULL && *annotation->note != '\0';
  const char *note = noted ? _("Edit Note") : _("Note");
  const AnnalsColour *palette;
  guint n_colours;

  g_return_if_fail (ANNALS_IS_SELECTION_POPOVER (self));

  palette = annals_palette_get (&n_colours);
  for (guint i = 0; i < n_colours; i++)
    {
      GtkWidget *button = g_ptr_array_index (self->buttons, i);

      name_button (button, &palette[i], annals_reading_get_meaning (reading, palette[i].name));
      if (annotation != NULL && g_str_equal (annotation->colour, palette[i].name))
        gtk_widget_add_css_class (button, "chosen");
      else
        gtk_widget_remove_css_class (button, "chosen");
    }

  adw_button_content_set_label (ADW_BUTTON_CONTENT (self->note_content), note);
  gtk_widget_set_visible (self->move, can_move);
  gtk_widget_set_visible (self->delete_separator, annotation != NULL);
  gtk_widget_set_visible (self->delete, annotation != NULL);
}

/* "Evidence: Check the log", or what is marked when there is no note. */
static char *
dup_choice (AnnalsReading    *reading,
            AnnalsAnnotation *annotation)
{
  g_autofree char *line = *annotation->note != '\0' ? annals_markdown_dup_plain (annotation->note, 200)
                                                    : annals_named_dup_lead (annotation->selector.exact, 200);

  /* Translators: what a highlight means and its note: “Evidence: Same flight as …” */
  return g_strdup_printf (_("%s: %s"), annals_reading_get_meaning (reading, annotation->colour), line);
}

static GtkWidget *
make_choice (AnnalsReading    *reading,
             AnnalsAnnotation *annotation)
{
  g_autofree char *text = dup_choice (reading, annotation);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *check = gtk_image_new_from_icon_name ("object-select-symbolic");

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), CHOICE_CHARS);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (row), annals_swatch_new ("dot", annotation->colour));
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), check);
  gtk_button_set_child (GTK_BUTTON (button), row);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", annotation->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "reader.choose-note");

  return button;
}

/* Whether the choices that are shown are these: a button that was just pressed must stay. */
static gboolean
has_choices (AnnalsSelectionPopover *self,
             GPtrArray              *choices)
{
  GtkWidget *button = gtk_widget_get_first_child (self->choices);

  for (guint i = 0; i < choices->len; i++, button = gtk_widget_get_next_sibling (button))
    {
      const AnnalsAnnotation *annotation = g_ptr_array_index (choices, i);
      GVariant *target = button != NULL ? gtk_actionable_get_action_target_value (GTK_ACTIONABLE (button)) : NULL;

      if (target == NULL || g_variant_get_int64 (target) != annotation->id)
        return FALSE;
    }

  return button == NULL;
}

static void
mark_choice (GtkWidget *button,
             gboolean   chosen)
{
  GtkWidget *check = gtk_widget_get_last_child (gtk_button_get_child (GTK_BUTTON (button)));

  gtk_widget_set_opacity (check, chosen ? 1 : 0);
  gtk_accessible_update_state (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_STATE_SELECTED, chosen, -1);
}

void
annals_selection_popover_set_choices (AnnalsSelectionPopover *self,
                                      AnnalsReading          *reading,
                                      GPtrArray              *choices,
                                      gint64                  chosen_id)
{
  GtkWidget *button;
  guint index = 0;

  g_return_if_fail (ANNALS_IS_SELECTION_POPOVER (self));

  gtk_widget_set_visible (self->choices, choices != NULL && choices->len > 1);
  if (choices == NULL || choices->len < 2)
    return;

  if (!gtk_widget_get_visible (GTK_WIDGET (self)) || !has_choices (self, choices))
    {
      while ((button = gtk_widget_get_first_child (self->choices)) != NULL)
        gtk_box_remove (GTK_BOX (self->choices), button);
      for (guint i = 0; i < choices->len; i++)
        gtk_box_append (GTK_BOX (self->choices), make_choice (reading, g_ptr_array_index (choices, i)));
    }

  for (button = gtk_widget_get_first_child (self->choices); button != NULL;
       button = gtk_widget_get_next_sibling (button))
    mark_choice (button, ((AnnalsAnnotation *) g_ptr_array_index (choices, index++))->id == chosen_id);
}
