/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-passage-view-private.h"

#include "annals-colours.h"

/* Where passages overlap, their backgrounds are mixed, and each of them has a line under all of its text, on
 * a level of its own: so one sees how many there are and how far each of them goes, without telling colours. */

#define LINE_HEIGHT 2
#define LINE_STEP 3
#define MAX_LEVELS 4
/* Of passages after one that are looked at for an overlap with it. */
#define MAX_LOOK 64
/* Of the strong colours in the background of an overlap: text on it keeps 5.9 : 1. */
#define STRONG 0.2f

static void
mix (GdkRGBA       *rgba,
     const GdkRGBA *other,
     float          share)
{
  rgba->red += (other->red - rgba->red) * share;
  rgba->green += (other->green - rgba->green) * share;
  rgba->blue += (other->blue - rgba->blue) * share;
}

void
annals_passage_view_blend (guint     cover,
                           gboolean  dark,
                           GdkRGBA  *rgba)
{
  guint n_colours;
  const AnnalsColour *colours = annals_palette_get (&n_colours);
  GdkRGBA strong = { 0, 0, 0, 1 };
  guint n = 0;

  *rgba = (GdkRGBA) { 0, 0, 0, 1 };
  for (guint i = 0; i < n_colours; i++)
    {
      GdkRGBA background, edge;

      if ((cover & 1u << i) == 0)
        continue;

      n++;
      annals_colours_get_background (&colours[i], dark, &background);
      annals_colours_get_strong (&colours[i], &edge);
      mix (rgba, &background, 1.0f / (float) n);
      mix (&strong, &edge, 1.0f / (float) n);
    }

  if ((cover & OVERLAP) != 0)
    mix (rgba, &strong, STRONG);
}

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  const MarkLine *one = a;
  const MarkLine *other = b;

  if (one->start != other->start)
    return one->start < other->start ? -1 : 1;

  return one->end > other->end ? -1 : one->end < other->end;
}

/* Each on the first level that is free where it begins. */
static void
choose_levels (GArray *lines)
{
  guint ends[MAX_LEVELS] = { 0 };

  for (guint i = 0; i < lines->len; i++)
    {
      MarkLine *line = &g_array_index (lines, MarkLine, i);

      for (guint k = i + 1; k < lines->len && k < i + MAX_LOOK; k++)
        {
          MarkLine *next = &g_array_index (lines, MarkLine, k);

          if (next->start >= line->end)
            break;
          line->overlaps = next->overlaps = TRUE;
        }

      while (line->level + 1 < MAX_LEVELS && ends[line->level] > line->start)
        line->level++;
      ends[line->level] = MAX (ends[line->level], line->end);
    }
}

void
annals_passage_view_find_overlaps (AnnalsPassageView *self)
{
  g_array_set_size (self->lines, 0);
  for (guint i = 0; self->annotations != NULL && i < self->annotations->len; i++)
    {
      AnnalsAnnotation *annotation = g_ptr_array_index (self->annotations, i);
      MarkLine line = { 0, 0, annals_passage_view_find_colour (annotation->colour), 0, FALSE };

      if (annals_passage_view_get_place (self, annotation, &line.start, &line.end))
        g_array_append_val (self->lines, line);
    }
  g_array_sort (self->lines, compare_lines);
  choose_levels (self->lines);

  for (guint i = self->lines->len; i-- > 0;)
    if (!g_array_index (self->lines, MarkLine, i).overlaps)
      g_array_remove_index (self->lines, i);
}

/* Where a letter is seen; in a word that runs to the left its width is taken from where it begins. */
static void
get_letter (AnnalsPassageView *self,
            const GtkTextIter *iter,
            GdkRectangle      *place)
{
  gtk_text_view_get_iter_location (GTK_TEXT_VIEW (self), iter, place);
  if (place->width < 0)
    {
      place->x += place->width;
      place->width = -place->width;
    }
}

static void
draw_piece (GtkSnapshot        *snapshot,
            const GdkRectangle *place,
            guint               level,
            const GdkRGBA      *colour)
{
  if (place->width > 0)
    gtk_snapshot_append_color (snapshot, colour,
                               &GRAPHENE_RECT_INIT (place->x,
                                                    place->y + place->height - LINE_STEP + (int) level * LINE_STEP,
                                                    place->width, LINE_HEIGHT));
}

/* Letter by letter, as those of one passage need not stand side by side where scripts of both directions meet. */
static void
draw_letters (AnnalsPassageView *self,
              GtkSnapshot       *snapshot,
              GtkTextIter       *iter,
              const GtkTextIter *end,
              guint              level,
              const GdkRGBA     *colour)
{
  GdkRectangle piece = { 0, 0, 0, 0 };

  for (; gtk_text_iter_compare (iter, end) < 0; gtk_text_iter_forward_char (iter))
    {
      GdkRectangle place;

      get_letter (self, iter, &place);
      if (piece.width > 0 && place.y == piece.y && place.x <= piece.x + piece.width && place.x + place.width >= piece.x)
        {
          int right = MAX (piece.x + piece.width, place.x + place.width);

          piece.x = MIN (piece.x, place.x);
          piece.width = right - piece.x;
          piece.height = MAX (piece.height, place.height);
          continue;
        }
      draw_piece (snapshot, &piece, level, colour);
      piece = place;
    }
  draw_piece (snapshot, &piece, level, colour);
}

/* Line by line, by their first and last letters. */
static void
draw_rows (AnnalsPassageView *self,
           GtkSnapshot       *snapshot,
           GtkTextIter       *iter,
           const GtkTextIter *end,
           guint              level,
           const GdkRGBA     *colour)
{
  while (gtk_text_iter_compare (iter, end) < 0)
    {
      GtkTextIter last = *iter;
      GdkRectangle first, place;

      gtk_text_view_forward_display_line_end (GTK_TEXT_VIEW (self), &last);
      if (gtk_text_iter_compare (&last, end) >= 0)
        {
          last = *end;
          gtk_text_iter_backward_char (&last);
        }
      get_letter (self, iter, &first);
      get_letter (self, &last, &place);
      /* the end of a wrapped line is the beginning of the next one, too */
      while (place.y > first.y && gtk_text_iter_compare (&last, iter) > 0 && gtk_text_iter_backward_char (&last))
        get_letter (self, &last, &place);

      first.width = MAX (place.x + place.width, first.x + first.width) - first.x;
      draw_piece (snapshot, &first, level, colour);
      if (gtk_text_iter_compare (&last, iter) > 0)
        *iter = last;
      gtk_text_iter_forward_char (iter);
    }
}

/* In the coordinates of the buffer, for what is in view only. */
void
annals_passage_view_draw_overlaps (AnnalsPassageView *self,
                                   GtkSnapshot       *snapshot)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  guint n_colours;
  const AnnalsColour *colours = annals_palette_get (&n_colours);
  GdkRectangle visible;
  GtkTextIter iter, end;
  guint from, to;

  if (self->lines->len == 0)
    return;

  gtk_text_view_get_visible_rect (view, &visible);
  gtk_text_view_get_iter_at_location (view, &iter, visible.x, visible.y);
  gtk_text_view_get_iter_at_location (view, &end, visible.x + visible.width, visible.y + visible.height);
  /* at the left of a line that runs to the left is its end */
  gtk_text_view_backward_display_line_start (view, &iter);
  gtk_text_view_forward_display_line_end (view, &end);
  from = (guint) gtk_text_iter_get_offset (&iter);
  to = (guint) gtk_text_iter_get_offset (&end);

  for (guint i = 0; i < self->lines->len && g_array_index (self->lines, MarkLine, i).start < to; i++)
    {
      const MarkLine *line = &g_array_index (self->lines, MarkLine, i);
      GdkRGBA colour;

      if (line->end <= from)
        continue;

      annals_colours_get_strong (&colours[line->colour], &colour);
      gtk_text_buffer_get_iter_at_offset (self->buffer, &iter, (int) MAX (line->start, from));
      gtk_text_buffer_get_iter_at_offset (self->buffer, &end, (int) MIN (line->end, to));
      if (self->has_rtl)
        draw_letters (self, snapshot, &iter, &end, line->level, &colour);
      else
        draw_rows (self, snapshot, &iter, &end, line->level, &colour);
    }
}
