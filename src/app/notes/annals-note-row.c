/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-note-row.h"

#include <glib/gi18n.h>

#include "annals-colour-dot.h"
#include "annals-markdown.h"
#include "annals-named.h"
#include "annals-palette.h"

/* pixels of the coloured edge */
#define BAR 4
/* Characters of a note and a quotation: more than the lines of a row hold. A megabyte would take seconds. */
#define MAX_WORDS 600

struct _AnnalsNoteRow
{
  GtkWidget       parent_instance;
  GtkWidget      *box;
  GtkLabel       *heading;
  GtkWidget      *line;
  GtkCheckButton *check;
  GtkLabel       *quote;
  GtkLabel       *note;
  GtkLabel       *where;
  GtkLabel       *state;
  char           *colour;
  gboolean        setting;
};

static guint chosen_signal;

G_DEFINE_FINAL_TYPE (AnnalsNoteRow, annals_note_row, GTK_TYPE_WIDGET)

static void
toggled_cb (AnnalsNoteRow *self)
{
  if (!self->setting)
    g_signal_emit (self, chosen_signal, 0, gtk_check_button_get_active (self->check));
}

static void
annals_note_row_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  AnnalsNoteRow *self = ANNALS_NOTE_ROW (widget);
  const AnnalsColour *colour = self->colour != NULL ? annals_palette_lookup (self->colour) : NULL;
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  graphene_rect_t bounds, edge;
  GdkRGBA rgba;

  if (colour != NULL && gtk_widget_compute_bounds (self->line, widget, &bounds))
    {
      annals_colour_to_rgba (colour->strong, &rgba);
      graphene_rect_init (&edge, rtl ? gtk_widget_get_width (widget) - BAR : 0, bounds.origin.y, BAR,
                          bounds.size.height);
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

  chosen_signal = g_signal_new ("chosen", ANNALS_TYPE_NOTE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "noterow");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               ANNALS_RESOURCE_PATH "/annals-note-row.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsNoteRow, box);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNoteRow, heading);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNoteRow, line);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNoteRow, check);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNoteRow, quote);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNoteRow, note);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNoteRow, where);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNoteRow, state);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
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

static void
set_label (GtkLabel   *label,
           const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

static char *
dup_where (const AnnalsNote *note)
{
  g_autoptr(GString) where = g_string_new (note->annotation != NULL ? note->title : _("Memo"));

  if (*note->source != '\0')
    g_string_append_printf (where, " · %s", note->source);
  if (*note->date != '\0')
    g_string_append_printf (where, " · %s", note->date);
  for (guint i = 0; note->annotation != NULL && note->annotation->tags[i] != NULL; i++)
    g_string_append_printf (where, " · %s", note->annotation->tags[i]);

  return g_string_free (g_steal_pointer (&where), FALSE);
}

static const char *
get_state (const AnnalsAnnotation *annotation)
{
  if (annotation == NULL)
    return NULL;
  if (g_str_equal (annotation->state, "review"))
    return annotation->orphan ? _("Its passage is gone from the post")
                              : _("The post has changed: look where this belongs");
  if (g_str_equal (annotation->state, "moved"))
    return _("Moved with its passage");

  return NULL;
}

char *
annals_note_row_set_note (AnnalsNoteRow    *self,
                          const AnnalsNote *note)
{
  const AnnalsAnnotation *annotation = note != NULL ? note->annotation : NULL;
  g_autofree char *quote = NULL;
  g_autofree char *where = NULL;
  g_autofree char *words = NULL;
  g_autofree char *lead = NULL;

  g_return_val_if_fail (ANNALS_IS_NOTE_ROW (self), NULL);

  g_clear_pointer (&self->colour, g_free);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  set_label (self->state, get_state (annotation));
  if (note == NULL)
    {
      set_label (self->quote, _("Loading…"));
      set_label (self->note, NULL);
      set_label (self->where, NULL);
      return g_strdup (_("Loading…"));
    }

  if (annotation == NULL)
    quote = g_strdup (note->title);
  else if (*annotation->selector.exact != '\0')
    {
      lead = annals_named_dup_lead (annotation->selector.exact, MAX_WORDS);
      /* Translators: a quotation in its quotation marks */
      quote = g_strdup_printf (_("“%s”"), lead);
    }
  else
    quote = g_strdup (_("On the whole post"));
  words = annals_markdown_dup_plain (annotation != NULL ? annotation->note : note->text, MAX_WORDS);
  where = dup_where (note);
  if (annotation != NULL)
    self->colour = g_strdup (annotation->colour);

  set_label (self->quote, quote);
  set_label (self->note, words);
  set_label (self->where, where);
  if (annotation == NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->quote), "memo-title");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->quote), "memo-title");

  return *words != '\0' ? g_strjoin (", ", quote, words, where, NULL) : g_strjoin (", ", quote, where, NULL);
}

void
annals_note_row_set_chosen (AnnalsNoteRow *self,
                            gboolean       chosen)
{
  g_return_if_fail (ANNALS_IS_NOTE_ROW (self));

  self->setting = TRUE;
  gtk_check_button_set_active (self->check, chosen);
  self->setting = FALSE;
}

void
annals_note_row_set_heading (AnnalsNoteRow *self,
                             const char    *heading)
{
  g_return_if_fail (ANNALS_IS_NOTE_ROW (self));

  set_label (self->heading, heading);
}
