/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-passage-view-private.h"

#include <glib/gi18n.h>

#include "annals-picture-decode.h"

/* Pictures that the notebook has. One without words stands in the text, in the place of its U+FFFC; one
 * with words stands above the paragraph that they are in, in room that a tag makes, so that no character
 * is added to the text; several in one paragraph stand side by side as far as there is room, then below each
 * other. They are decoded one after the other, from the top. */

#define MAX_SHOWN_HEIGHT 640
#define GAP 10
/* A letter or a dot that tells nothing its words do not. */
#define SMALL 32
/* Pixels of all pictures of a post, times four their bytes. */
#define MAX_TOTAL (40 * 1000 * 1000)

typedef struct
{
  guint       start;    /* of its words, or its U+FFFC */
  char       *address;
  GtkWidget  *widget;   /* (nullable): of the one that stands in the text */
  GdkTexture *texture;  /* (nullable) until decoded */
  guint       first;    /* the first of those with words in its paragraph */
  GtkTextTag *tag;      /* (nullable): makes the room above, on the first one */
  GdkRectangle place;   /* in that room; no width: not shown */
} Picture;

static void
picture_clear (gpointer data)
{
  Picture *picture = data;

  g_free (picture->address);
  g_clear_object (&picture->texture);
}

static int
get_measure (AnnalsPassageView *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);

  return MAX (gtk_widget_get_width (GTK_WIDGET (self)) - gtk_text_view_get_left_margin (view)
                - gtk_text_view_get_right_margin (view) - 2, 60);
}

/* As large as it is, but no wider than the lines and no higher than a window. */
static void
get_size (AnnalsPassageView *self,
          GdkTexture        *texture,
          int               *width,
          int               *height)
{
  double natural_width = gdk_texture_get_width (texture);
  double natural_height = gdk_texture_get_height (texture);
  double scale = MIN (1.0, MIN (get_measure (self) / natural_width, MAX_SHOWN_HEIGHT / natural_height));

  *width = MAX ((int) (natural_width * scale), 1);
  *height = MAX ((int) (natural_height * scale), 1);
}

static void
show_in_text (AnnalsPassageView *self,
              Picture           *picture)
{
  GtkWidget *child = gtk_widget_get_first_child (picture->widget);
  int width, height;

  get_size (self, picture->texture, &width, &height);
  if (!GTK_IS_PICTURE (child))
    {
      while ((child = gtk_widget_get_first_child (picture->widget)) != NULL)
        gtk_box_remove (GTK_BOX (picture->widget), child);
      child = gtk_picture_new_for_paintable (GDK_PAINTABLE (picture->texture));
      gtk_picture_set_alternative_text (GTK_PICTURE (child), picture->address);
      gtk_widget_set_tooltip_text (child, picture->address);
      gtk_widget_remove_css_class (picture->widget, "annals-image");
      gtk_box_append (GTK_BOX (picture->widget), child);
    }
  gtk_widget_set_size_request (child, width, height);
}

/* Gives those with words in one paragraph their places. Returns: the height of the room */
static int
arrange (AnnalsPassageView *self,
         guint              first)
{
  int measure = get_measure (self);
  int x = 0, y = 0, row = 0;

  for (guint i = first; i < self->pictures->len; i++)
    {
      Picture *picture = &g_array_index (self->pictures, Picture, i);
      int width, height;

      if (picture->first != first)
        break;

      picture->place = (GdkRectangle) { 0, 0, 0, 0 };
      if (picture->texture == NULL)
        continue;

      get_size (self, picture->texture, &width, &height);
      if (width <= SMALL && height <= SMALL)
        continue;

      if (x > 0 && x + width > measure)
        {
          y += row + GAP;
          x = row = 0;
        }
      picture->place = (GdkRectangle) { x, y, width, height };
      x += width + GAP;
      row = MAX (row, height);
    }

  return row > 0 ? y + row : 0;
}

static void
make_room_above (AnnalsPassageView *self,
                 guint              index)
{
  Picture *picture = &g_array_index (self->pictures, Picture, index);
  GtkTextIter start, end;
  int height = arrange (self, index);

  if (height == 0)
    return;

  if (picture->tag == NULL)
    {
      picture->tag = gtk_text_tag_new (NULL);
      gtk_text_tag_table_add (gtk_text_buffer_get_tag_table (self->buffer), picture->tag);
      g_object_unref (picture->tag);   /* the table keeps it */
      gtk_text_buffer_get_iter_at_offset (self->buffer, &start, (int) picture->start);
      gtk_text_iter_set_line_offset (&start, 0);
      end = start;
      gtk_text_iter_forward_to_line_end (&end);
      gtk_text_buffer_apply_tag (self->buffer, picture->tag, &start, &end);
    }
  g_object_set (picture->tag, "pixels-above-lines", height + 2 * GAP, NULL);
}

static void
show_picture (AnnalsPassageView *self,
              Picture           *picture)
{
  if (picture->widget != NULL)
    show_in_text (self, picture);
  else
    make_room_above (self, picture->first);
}

static void decode_next (AnnalsPassageView *self);

typedef struct
{
  AnnalsPassageView *self;
  guint              generation;
  guint              index;
} Decoding;

static void
decoded_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autofree Decoding *decoding = user_data;
  g_autoptr(AnnalsPassageView) self = decoding->self;
  g_autoptr(GdkTexture) texture = annals_picture_decode_finish (result, NULL);

  if (decoding->generation != self->pictures_generation)
    return;

  /* One that cannot be shown keeps its name in its place. */
  if (texture != NULL)
    {
      Picture *picture = &g_array_index (self->pictures, Picture, decoding->index);

      self->pictures_total += (gsize) gdk_texture_get_width (texture) * gdk_texture_get_height (texture);
      picture->texture = g_steal_pointer (&texture);
      show_picture (self, picture);
    }
  self->next_picture = decoding->index + 1;
  decode_next (self);
}

static void
decode_next (AnnalsPassageView *self)
{
  for (; self->next_picture < self->pictures->len && self->pictures_total < MAX_TOTAL; self->next_picture++)
    {
      const Picture *picture = &g_array_index (self->pictures, Picture, self->next_picture);
      GBytes *bytes = picture->address != NULL ? g_hash_table_lookup (self->picture_bytes, picture->address)
                                               : NULL;
      Decoding *decoding;

      if (bytes == NULL)
        continue;

      decoding = g_new0 (Decoding, 1);
      decoding->self = g_object_ref (self);
      decoding->generation = self->pictures_generation;
      decoding->index = self->next_picture;
      annals_picture_decode_async (bytes, NULL, decoded_cb, decoding);
      return;
    }
}

void
annals_passage_view_begin_pictures (AnnalsPassageView *self)
{
  GtkTextTagTable *table = gtk_text_buffer_get_tag_table (self->buffer);

  self->pictures_generation++;
  self->pictures_total = 0;
  self->next_picture = 0;
  if (self->pictures == NULL)
    {
      self->pictures = g_array_new (FALSE, TRUE, sizeof (Picture));
      g_array_set_clear_func (self->pictures, picture_clear);
    }
  for (guint i = 0; i < self->pictures->len; i++)
    if (g_array_index (self->pictures, Picture, i).tag != NULL)
      gtk_text_tag_table_remove (table, g_array_index (self->pictures, Picture, i).tag);
  g_array_set_size (self->pictures, 0);
}

static gboolean
is_same_paragraph (AnnalsPassageView *self,
                   guint              offset,
                   guint              other)
{
  GtkTextIter iter, next;

  gtk_text_buffer_get_iter_at_offset (self->buffer, &iter, (int) offset);
  gtk_text_buffer_get_iter_at_offset (self->buffer, &next, (int) other);

  return gtk_text_iter_get_line (&iter) == gtk_text_iter_get_line (&next);
}

void
annals_passage_view_add_picture (AnnalsPassageView *self,
                                 guint              start,
                                 const char        *address,
                                 GtkWidget         *widget)
{
  Picture picture = { start, g_strdup (address), widget, NULL, self->pictures->len, NULL, { 0, 0, 0, 0 } };

  if (widget == NULL && self->pictures->len > 0)
    {
      const Picture *before = &g_array_index (self->pictures, Picture, self->pictures->len - 1);

      if (before->widget == NULL && is_same_paragraph (self, before->start, start))
        picture.first = before->first;
    }

  g_array_append_val (self->pictures, picture);
}

void
annals_passage_view_set_pictures (AnnalsPassageView *self,
                                  GHashTable        *bytes)
{
  g_return_if_fail (ANNALS_IS_PASSAGE_VIEW (self));
  g_return_if_fail (bytes != NULL);

  if (self->picture_bytes == bytes)
    return;

  g_hash_table_ref (bytes);
  g_clear_pointer (&self->picture_bytes, g_hash_table_unref);
  self->picture_bytes = bytes;
  if (self->pictures != NULL && g_hash_table_size (bytes) > 0)
    decode_next (self);
}

static gboolean
fit_cb (gpointer user_data)
{
  AnnalsPassageView *self = user_data;

  self->fit_id = 0;
  for (guint i = 0; self->pictures != NULL && i < self->pictures->len; i++)
    if (g_array_index (self->pictures, Picture, i).texture != NULL)
      show_picture (self, &g_array_index (self->pictures, Picture, i));

  return G_SOURCE_REMOVE;
}

/* The lines have another width. Not while sizes are being given out. */
void
annals_passage_view_fit_pictures (AnnalsPassageView *self)
{
  if (self->fit_id == 0 && self->pictures != NULL && self->pictures->len > 0)
    self->fit_id = g_idle_add (fit_cb, self);
}

void
annals_passage_view_end_pictures (AnnalsPassageView *self)
{
  g_clear_handle_id (&self->fit_id, g_source_remove);
  g_clear_pointer (&self->picture_bytes, g_hash_table_unref);
  g_clear_pointer (&self->pictures, g_array_unref);
}

/* Draws those that stand above the paragraph of @line, at its top. */
void
annals_passage_view_draw_pictures (AnnalsPassageView *self,
                                   GtkSnapshot       *snapshot,
                                   const GtkTextIter *line,
                                   int                y)
{
  guint from = (guint) gtk_text_iter_get_offset (line);
  guint to = from + (guint) gtk_text_iter_get_chars_in_line (line);
  int left = gtk_text_view_get_left_margin (GTK_TEXT_VIEW (self));

  for (guint i = 0; self->pictures != NULL && i < self->pictures->len; i++)
    {
      const Picture *picture = &g_array_index (self->pictures, Picture, i);

      if (picture->place.width == 0 || picture->start < from || picture->start >= to)
        continue;

      gtk_snapshot_append_texture (snapshot, picture->texture,
                                   &GRAPHENE_RECT_INIT (left + picture->place.x, y + GAP + picture->place.y,
                                                        picture->place.width, picture->place.height));
    }
}
