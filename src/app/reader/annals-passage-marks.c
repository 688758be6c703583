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
  g_assert (n_colours <= N_COLOURS);

  self->current_tag = add_tag (self);
  self->first_mark_tag = self->current_tag;
  self->hit_tag = add_tag (self);
  self->current_hit_tag = add_tag (self);

  annals_passage_view_colour_mark_tags (self);
}

guint
annals_passage_view_find_colour (const char *name)
{
  guint n_colours;
  const AnnalsColour *colours = annals_palette_get (&n_colours);

  for (guint i = 0; i < n_colours; i++)
    if (g_str_equal (colours[i].name, name))
      return i;

  return 0;
}

static AnnalsAnnotation *
find_current (AnnalsPassageView *self)
{
  for (guint i = 0; self->current_id != 0 && self->annotations != NULL && i < self->annotations->len; i++)
    {
      AnnalsAnnotation *annotation = g_ptr_array_index (self->annotations, i);

      if (annotation->id == self->current_id)
        return annotation;
    }

  return NULL;
}

static void
colour_current_tag (AnnalsPassageView *self)
{
  guint n_colours;
  const AnnalsColour *colours = annals_palette_get (&n_colours);
  AnnalsAnnotation *annotation = find_current (self);
  GdkRGBA strong;

  if (annotation == NULL)
    return;

  annals_colours_get_strong (&colours[annals_passage_view_find_colour (annotation->colour)], &strong);
  g_object_set (self->current_tag,
                "underline", PANGO_UNDERLINE_SINGLE,
                "underline-rgba", &strong,
                NULL);
}

gboolean
annals_passage_view_is_dark (AnnalsPassageView *self)
{
  return self->tone == ANNALS_TONE_DARK ||
         (self->tone == ANNALS_TONE_WINDOW && adw_style_manager_get_dark (adw_style_manager_get_default ()));
}

static void
colour_mark_tag (AnnalsPassageView *self,
                 guint              cover)
{
  GdkRGBA rgba;

  annals_passage_view_blend (cover, annals_passage_view_is_dark (self), &rgba);
  g_object_set (self->mark_tags[cover], "background-rgba", &rgba, NULL);
}

/* Made when it is needed: of the many ways in which colours can meet few ever do. */
static GtkTextTag *
ensure_mark_tag (AnnalsPassageView *self,
                 guint              cover)
{
  if (self->mark_tags[cover] == NULL)
    {
      self->mark_tags[cover] = add_tag (self);
      gtk_text_tag_set_priority (self->mark_tags[cover], gtk_text_tag_get_priority (self->first_mark_tag));
      colour_mark_tag (self, cover);
    }

  return self->mark_tags[cover];
}

void
annals_passage_view_colour_mark_tags (AnnalsPassageView *self)
{
  gboolean dark = annals_passage_view_is_dark (self);
  GdkRGBA rgba;

  for (guint cover = 0; cover < N_COVERS; cover++)
    if (self->mark_tags[cover] != NULL)
      colour_mark_tag (self, cover);

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
remove_within (AnnalsPassageView *self,
               GtkTextTag        *tag,
               guint              from,
               guint              to)
{
  GtkTextIter start, end, toggle;

  gtk_text_buffer_get_iter_at_offset (self->buffer, &start, (int) from);
  gtk_text_buffer_get_iter_at_offset (self->buffer, &end, (int) to);
  toggle = start;
  if (!gtk_text_iter_has_tag (&start, tag) &&
      (!gtk_text_iter_forward_to_tag_toggle (&toggle, tag) || gtk_text_iter_compare (&toggle, &end) >= 0))
    return;

  gtk_text_buffer_remove_tag (self->buffer, tag, &start, &end);
  lay_out_anew (self);
}

static void
remove_everywhere (AnnalsPassageView *self,
                   GtkTextTag        *tag)
{
  remove_within (self, tag, 0, (guint) gtk_text_buffer_get_char_count (self->buffer));
}

gboolean
annals_passage_view_get_place (AnnalsPassageView *self,
                               AnnalsAnnotation  *annotation,
                               guint             *start,
                               guint             *end)
{
  gboolean moving = self->moving_id != 0 && annotation->id == self->moving_id;

  *start = moving ? self->moving_start : annotation->selector.start;
  *end = moving ? self->moving_end : annotation->selector.end;

  return !g_str_equal (annotation->state, "review") && *start < *end;
}

/* Where a passage of a colour begins or ends. */
typedef struct
{
  guint offset;
  guint colour;
  int   step;
} Edge;

static int
compare_edges (gconstpointer a,
               gconstpointer b)
{
  const Edge *one = a;
  const Edge *other = b;

  return one->offset < other->offset ? -1 : one->offset > other->offset;
}

static GArray *
list_edges (AnnalsPassageView *self,
            guint              from,
            guint              to)
{
  GArray *edges = g_array_new (FALSE, FALSE, sizeof (Edge));

  for (guint i = 0; self->annotations != NULL && i < self->annotations->len; i++)
    {
      AnnalsAnnotation *annotation = g_ptr_array_index (self->annotations, i);
      guint colour = annals_passage_view_find_colour (annotation->colour);
      guint start, end;

      if (!annals_passage_view_get_place (self, annotation, &start, &end) || start >= to || end <= from)
        continue;

      g_array_append_vals (edges, (Edge[]) { { MAX (start, from), colour, 1 }, { MIN (end, to), colour, -1 } }, 2);
    }
  g_array_sort (edges, compare_edges);

  return edges;
}

static guint
get_cover (const int *depths)
{
  guint cover = 0;
  int total = 0;

  for (guint i = 0; i < N_COLOURS; i++)
    {
      cover |= depths[i] > 0 ? 1u << i : 0;
      total += depths[i];
    }

  return total > 1 ? cover | OVERLAP : cover;
}

void
annals_passage_view_paint_stretch (AnnalsPassageView *self,
                                   guint              from,
                                   guint              to)
{
  g_autoptr(GArray) edges = list_edges (self, from, to);
  int depths[N_COLOURS] = { 0 };

  for (guint cover = 0; cover < N_COVERS; cover++)
    if (self->mark_tags[cover] != NULL)
      remove_within (self, self->mark_tags[cover], from, to);

  for (guint i = 0; i < edges->len; i++)
    {
      const Edge *edge = &g_array_index (edges, Edge, i);
      guint next = i + 1 < edges->len ? g_array_index (edges, Edge, i + 1).offset : edge->offset;
      guint cover;

      depths[edge->colour] += edge->step;
      cover = get_cover (depths);
      if (next > edge->offset && cover != 0)
        apply (self, ensure_mark_tag (self, cover), edge->offset, next);
    }
}

void
annals_passage_view_paint_current (AnnalsPassageView *self)
{
  AnnalsAnnotation *annotation = find_current (self);
  guint start, end;

  remove_everywhere (self, self->current_tag);
  if (annotation != NULL && annals_passage_view_get_place (self, annotation, &start, &end))
    apply (self, self->current_tag, start, end);
  colour_current_tag (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
annals_passage_view_paint_marks (AnnalsPassageView *self)
{
  annals_passage_view_paint_stretch (self, 0, (guint) gtk_text_buffer_get_char_count (self->buffer));
  annals_passage_view_find_overlaps (self);
  annals_passage_view_paint_current (self);
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
  annals_passage_view_paint_current (self);
}

static int
compare_lengths (gconstpointer a,
                 gconstpointer b)
{
  const AnnalsSelector *one = &(*(AnnalsAnnotation * const *) a)->selector;
  const AnnalsSelector *other = &(*(AnnalsAnnotation * const *) b)->selector;
  guint length = one->end - one->start;
  guint other_length = other->end - other->start;

  return length < other_length ? -1 : length > other_length;
}

GPtrArray *
annals_passage_view_list_annotations_at (AnnalsPassageView *self,
                                         guint              offset)
{
  GPtrArray *found = g_ptr_array_new ();

  g_return_val_if_fail (ANNALS_IS_PASSAGE_VIEW (self), found);

  /* of equal ones the later, which is painted last, goes first */
  for (guint i = self->annotations != NULL ? self->annotations->len : 0; i-- > 0;)
    {
      AnnalsAnnotation *annotation = g_ptr_array_index (self->annotations, i);
      guint start, end;

      if (annals_passage_view_get_place (self, annotation, &start, &end) && start <= offset && offset < end)
        g_ptr_array_add (found, annotation);
    }
  g_ptr_array_sort (found, compare_lengths);

  return found;
}

AnnalsAnnotation *
annals_passage_view_get_annotation_at (AnnalsPassageView *self,
                                       guint              offset)
{
  g_autoptr(GPtrArray) found = NULL;

  g_return_val_if_fail (ANNALS_IS_PASSAGE_VIEW (self), NULL);

  found = annals_passage_view_list_annotations_at (self, offset);

  return found->len > 0 ? g_ptr_array_index (found, 0) : NULL;
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
