/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-passage-view-private.h"

#include "annals-colours.h"
#include "annals-widget-color.h"

static GtkTextTag *
add_tag (AnnalsPassageView *self)
{
  GtkTextTag *tag = gtk_text_tag_new (NULL);
  GtkTextBuffer *buffer = self->buffer;

  gtk_text_tag_table_add (gtk_text_buffer_get_tag_table (buffer), tag);
  g_object_unref (tag);   /* the table keeps it */

  return tag;
}

/* Later tags go before earlier ones: what was searched for is seen on a highlight too. */
void
annals_passage_view_make_mark_tags (AnnalsPassageView *self)
{
  guint n_colours;

  annals_palette_get (&n_colours);
  self->colour_tags = g_new (GtkTextTag *, n_colours);
  self->under_tags = g_new (GtkTextTag *, n_colours);

  for (guint i = 0; i < n_colours; i++)
    self->colour_tags[i] = add_tag (self);
  for (guint i = 0; i < n_colours; i++)
    self->under_tags[i] = add_tag (self);
  self->current_tag = add_tag (self);
  self->hit_tag = add_tag (self);
  self->current_hit_tag = add_tag (self);

  annals_passage_view_colour_mark_tags (self);
}

static guint
find_colour (const char *name)
{
  guint n_colours;
  const AnnalsColour *colours = annals_palette_get (&n_colours);

  for (guint i = 0; i < n_colours; i++)
    if (g_str_equal (colours[i].name, name))
      return i;

  return 0;
}

static void
colour_current_tag (AnnalsPassageView *self)
{
  guint n_colours;
  const AnnalsColour *colours = annals_palette_get (&n_colours);

  for (guint i = 0; self->annotations != NULL && i < self->annotations->len; i++)
    {
      AnnalsAnnotation *annotation = g_ptr_array_index (self->annotations, i);
      GdkRGBA strong;

      if (annotation->id != self->current_id)
        continue;

      annals_colours_get_strong (&colours[find_colour (annotation->colour)], &strong);
      g_object_set (self->current_tag,
                    "underline", PANGO_UNDERLINE_SINGLE,
                    "underline-rgba", &strong,
                    NULL);
    }
}

static gboolean
is_dark (AnnalsPassageView *self)
{
  return self->tone == ANNALS_TONE_DARK ||
         (self->tone == ANNALS_TONE_WINDOW && adw_style_manager_get_dark (adw_style_manager_get_default ()));
}

void
annals_passage_view_colour_mark_tags (AnnalsPassageView *self)
{
  guint n_colours;
  const AnnalsColour *colours = annals_palette_get (&n_colours);
  gboolean dark = is_dark (self);
  GdkRGBA rgba;

  for (guint i = 0; i < n_colours; i++)
    {
      annals_colours_get_background (&colours[i], dark, &rgba);
      g_object_set (self->colour_tags[i], "background-rgba", &rgba, NULL);
      annals_colours_get_strong (&colours[i], &rgba);
      g_object_set (self->under_tags[i],
                    "underline", PANGO_UNDERLINE_DOUBLE,
                    "underline-rgba", &rgba,
                    NULL);
    }

  if (self->tone == ANNALS_TONE_WINDOW)
    annals_widget_look_up_color (GTK_WIDGET (self), "accent_color", &rgba);
  else
    gdk_rgba_parse (&rgba, dark ? "#78aeed" : "#1a5fb4");   /* 4.5 : 1 on each of the pages */
  g_object_set (self->span_tags[ANNALS_SPAN_LINK], "foreground-rgba", &rgba, NULL);

  /* Two lines under it, so that no highlight's colour is needed to tell a hit. Nothing that would make
   * words wider and lines break elsewhere: the text would jump with each match that one goes to. */
  gdk_rgba_parse (&rgba, dark ? "#ff7800" : "#c64600");
  g_object_set (self->hit_tag,
                "underline", PANGO_UNDERLINE_DOUBLE,
                "underline-rgba", &rgba,
                NULL);
  gdk_rgba_parse (&rgba, "#ffbe6f");
  g_object_set (self->current_hit_tag, "background-rgba", &rgba, "foreground", "black", NULL);

  colour_current_tag (self);
}

/* GtkTextView takes lines whose tags changed for new ones, and would find their height while it draws, when
 * the scrollbar beside it has its place already. */
static void
lay_out_anew (AnnalsPassageView *self)
{
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
apply (AnnalsPassageView *self,
       GtkTextTag        *tag,
       guint              from,
       guint              to)
{
  GtkTextBuffer *buffer = self->buffer;
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_iter_at_offset (buffer, &start, from);
  gtk_text_buffer_get_iter_at_offset (buffer, &end, to);
  gtk_text_buffer_apply_tag (buffer, tag, &start, &end);
  lay_out_anew (self);
}

static void
remove_everywhere (AnnalsPassageView *self,
                   GtkTextTag        *tag)
{
  GtkTextBuffer *buffer = self->buffer;
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  if (!gtk_text_iter_has_tag (&start, tag) && !gtk_text_iter_forward_to_tag_toggle (&start, tag))
    return;

  gtk_text_buffer_remove_tag (buffer, tag, &start, &end);
  lay_out_anew (self);
}

static gboolean
is_placed (AnnalsAnnotation *annotation)
{
  return !g_str_equal (annotation->state, "review");
}

/* Of two backgrounds only one is seen: where passages overlap, the ones below get a line in their
 * colour. @open: those before this one that reach furthest, at most a few. */
static void
paint_overlaps (AnnalsPassageView *self,
                guint              index)
{
  AnnalsAnnotation *annotation = g_ptr_array_index (self->annotations, index);
  guint looked_at = 0;

  for (guint i = index; i-- > 0 && looked_at < 64; looked_at++)
    {
      AnnalsAnnotation *before = g_ptr_array_index (self->annotations, i);
      guint end = MIN (before->selector.end, annotation->selector.end);

      if (is_placed (before) && end > annotation->selector.start)
        {
          guint colour = find_colour (before->colour);
          guint top = find_colour (annotation->colour);

          apply (self, self->under_tags[colour > top ? top : colour],
                 annotation->selector.start, end);
        }
    }
}

static void
paint_current (AnnalsPassageView *self)
{
  remove_everywhere (self, self->current_tag);

  for (guint i = 0;
       self->current_id != 0 && self->annotations != NULL && i < self->annotations->len; i++)
    {
      AnnalsAnnotation *annotation = g_ptr_array_index (self->annotations, i);

      if (annotation->id == self->current_id && is_placed (annotation))
        apply (self, self->current_tag, annotation->selector.start, annotation->selector.end);
    }

  colour_current_tag (self);
}

void
annals_passage_view_paint_marks (AnnalsPassageView *self)
{
  guint n_colours;

  annals_palette_get (&n_colours);
  for (guint i = 0; i < n_colours; i++)
    {
      remove_everywhere (self, self->colour_tags[i]);
      remove_everywhere (self, self->under_tags[i]);
    }

  for (guint i = 0; self->annotations != NULL && i < self->annotations->len; i++)
    {
      AnnalsAnnotation *annotation = g_ptr_array_index (self->annotations, i);

      if (!is_placed (annotation))
        continue;

      apply (self, self->colour_tags[find_colour (annotation->colour)],
             annotation->selector.start, annotation->selector.end);
      paint_overlaps (self, i);
    }

  paint_current (self);
}

void
annals_passage_view_paint_hits (AnnalsPassageView *self)
{
  remove_everywhere (self, self->hit_tag);
  remove_everywhere (self, self->current_hit_tag);

  for (guint i = 0; self->hits != NULL && i < self->hits->len; i++)
    {
      AnnalsHit *hit = &g_array_index (self->hits, AnnalsHit, i);

      apply (self, i == self->current_hit ? self->current_hit_tag : self->hit_tag,
             hit->start, hit->end);
    }
}

void
annals_passage_view_set_current (AnnalsPassageView *self,
                                 gint64             annotation_id)
{
  g_return_if_fail (ANNALS_IS_PASSAGE_VIEW (self));

  if (self->current_id == annotation_id)
    return;

  self->current_id = annotation_id;
  paint_current (self);
}

AnnalsAnnotation *
annals_passage_view_get_annotation_at (AnnalsPassageView *self,
                                       guint              offset)
{
  AnnalsAnnotation *found = NULL;

  g_return_val_if_fail (ANNALS_IS_PASSAGE_VIEW (self), NULL);

  for (guint i = 0; self->annotations != NULL && i < self->annotations->len; i++)
    {
      AnnalsAnnotation *annotation = g_ptr_array_index (self->annotations, i);
      AnnalsSelector *place = &annotation->selector;

      if (is_placed (annotation) && place->start <= offset && offset < place->end &&
          (found == NULL ||
           place->end - place->start <= found->selector.end - found->selector.start))
        found = annotation;
    }

  return found;
}

void
annals_passage_view_set_hits (AnnalsPassageView *self,
                              GArray            *hits)
{
  g_return_if_fail (ANNALS_IS_PASSAGE_VIEW (self));

  if (hits != NULL)
    g_array_ref (hits);
  g_clear_pointer (&self->hits, g_array_unref);
  self->hits = hits;
  self->current_hit = G_MAXUINT;
  annals_passage_view_paint_hits (self);
}

void
annals_passage_view_set_current_hit (AnnalsPassageView *self,
                                     guint              index)
{
  g_return_if_fail (ANNALS_IS_PASSAGE_VIEW (self));

  if (self->hits != NULL && index < self->hits->len)
    annals_passage_view_scroll_to (self, g_array_index (self->hits, AnnalsHit, index).start);
  self->current_hit = index;
  annals_passage_view_paint_hits (self);
}

void
annals_passage_view_set_tone (AnnalsPassageView *self,
                              AnnalsTone         tone)
{
  g_return_if_fail (ANNALS_IS_PASSAGE_VIEW (self));

  if (self->tone == tone)
    return;

  self->tone = tone;
  annals_passage_view_colour_mark_tags (self);
}
