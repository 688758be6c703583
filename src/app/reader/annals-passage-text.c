/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-passage-view-private.h"

#include <glib/gi18n.h>

#include "annals-widget-color.h"

#define INDENT TABLE_INDENT
#define OBJECT_CHARACTER 0xfffc
/* A page of a million pictures must not become a million widgets. */
#define MAX_IMAGES 500
#define NAME_CHARS 40

static GtkTextTag *
add_tag (AnnalsPassageView *self,
         const char        *first_property,
         ...)
{
  GtkTextTag *tag = gtk_text_tag_new (NULL);
  GtkTextBuffer *buffer = self->buffer;
  va_list args;

  va_start (args, first_property);
  if (first_property != NULL)
    g_object_set_valist (G_OBJECT (tag), first_property, args);
  va_end (args);

  gtk_text_tag_table_add (gtk_text_buffer_get_tag_table (buffer), tag);
  g_object_unref (tag);   /* the table keeps it */

  return tag;
}

void
annals_passage_view_make_span_tags (AnnalsPassageView *self)
{
  static const double scales[] = { 1.5, 1.35, 1.2, 1.1, 1.0, 1.0 };

  for (guint i = 0; i < MAX_DEPTH; i++)
    {
      self->quotation_tags[i] = add_tag (self, "left-margin", INDENT,
                                         "accumulative-margin", TRUE, NULL);
      self->list_tags[i] = add_tag (self, "left-margin", INDENT * (int) (i + 1),
                                    "accumulative-margin", TRUE,
                                    "pixels-below-lines", 5, NULL);
    }

  for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
    self->heading_tags[i] = add_tag (self, "scale", scales[i], "weight", PANGO_WEIGHT_BOLD,
                                     "pixels-above-lines", 10, "pixels-below-lines", 6, NULL);

  self->span_tags[ANNALS_SPAN_TABLE] = add_tag (self, "left-margin", INDENT,
                                                "accumulative-margin", TRUE,
                                                "pixels-below-lines", 3, NULL);
  self->gap_tag = add_tag (self, "letter-spacing", 22 * PANGO_SCALE, NULL);
  self->header_cell_tag = add_tag (self, "weight", PANGO_WEIGHT_BOLD, NULL);
  self->span_tags[ANNALS_SPAN_PREFORMATTED] = add_tag (self, "family", "monospace", "scale", 0.88,
                                                       "left-margin", INDENT,
                                                       "accumulative-margin", TRUE,
                                                       "wrap-mode", GTK_WRAP_WORD_CHAR,
                                                       "pixels-below-lines", 0, NULL);
  self->last_line_tag = add_tag (self, "pixels-below-lines", PARAGRAPH_SPACING, NULL);
  self->span_tags[ANNALS_SPAN_CODE] = add_tag (self, "family", "monospace", "scale", 0.88, NULL);
  self->span_tags[ANNALS_SPAN_EMPHASIS] = add_tag (self, "style", PANGO_STYLE_ITALIC, NULL);
  self->span_tags[ANNALS_SPAN_STRONG] = add_tag (self, "weight", PANGO_WEIGHT_BOLD, NULL);
  self->span_tags[ANNALS_SPAN_LINK] = add_tag (self, "underline", PANGO_UNDERLINE_SINGLE, NULL);
  self->span_tags[ANNALS_SPAN_IMAGE] = add_tag (self, "style", PANGO_STYLE_ITALIC, NULL);
}

static void
clear_marker (gpointer data)
{
  g_free (((ListMarker *) data)->marker);
}

/* Stands where an image stood: nothing is ever fetched, so its name is all there is to see. */
static GtkWidget *
make_placeholder (const char *address)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *path = g_strdup (address != NULL ? address : "");
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  GtkWidget *label;

  path[strcspn (path, "?#")] = '\0';
  name = g_path_get_basename (path);
  text = *path != '\0' && !g_str_has_prefix (path, "data:")
         /* Translators: %s is the file name of a picture that is not shown */
         ? g_strdup_printf (_("Image: %s"), name)
         : g_strdup (_("Image"));

  /* A text view gives its children their least size: a label that could be shortened would be. */
  if (g_utf8_strlen (text, -1) > NAME_CHARS)
    strcpy (g_utf8_offset_to_pointer (text, NAME_CHARS - 1), "…");
  label = gtk_label_new (text);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("image-x-generic-symbolic"));
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_add_css_class (box, "annals-image");
  gtk_widget_set_cursor_from_name (box, "default");

  return box;
}

/* Puts a child anchor, which is one U+FFFC too, in the place of the text's U+FFFC. */
static void
anchor_image (AnnalsPassageView *self,
              const AnnalsSpan  *span)
{
  GtkTextBuffer *buffer = self->buffer;
  GtkTextChildAnchor *anchor;
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_iter_at_offset (buffer, &start, span->start);
  if (gtk_text_iter_get_char (&start) != OBJECT_CHARACTER || span->end != span->start + 1)
    return;

  end = start;
  gtk_text_iter_forward_char (&end);
  gtk_text_buffer_delete (buffer, &start, &end);
  anchor = gtk_text_buffer_create_child_anchor (buffer, &start);
  g_object_set_data_full (G_OBJECT (anchor), "annals-address", g_strdup (span->value), g_free);
  g_ptr_array_add (self->anchors, g_object_ref (anchor));
}

static void
apply (AnnalsPassageView *self,
       GtkTextTag        *tag,
       const AnnalsSpan  *span)
{
  GtkTextBuffer *buffer = self->buffer;
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_iter_at_offset (buffer, &start, span->start);
  gtk_text_buffer_get_iter_at_offset (buffer, &end, span->end);
  /* A paragraph's margins count only when its line end has them too. */
  if (!gtk_text_iter_is_end (&end) && gtk_text_iter_ends_line (&end))
    gtk_text_iter_forward_char (&end);
  gtk_text_buffer_apply_tag (buffer, tag, &start, &end);
}

static void
apply_inline (AnnalsPassageView *self,
              GtkTextTag        *tag,
              const AnnalsSpan  *span)
{
  GtkTextBuffer *buffer = self->buffer;
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_iter_at_offset (buffer, &start, span->start);
  gtk_text_buffer_get_iter_at_offset (buffer, &end, span->end);
  gtk_text_buffer_apply_tag (buffer, tag, &start, &end);
}

static void
apply_list_item (AnnalsPassageView *self,
                 const AnnalsSpan  *span)
{
  const char *value = span->value != NULL ? span->value : "-";
  gsize number = strcspn (value, " ");
  guint depth = MIN (strlen (value) - number, MAX_DEPTH - 1);
  ListMarker marker = { span->start, NULL };
  GtkTextBuffer *buffer = self->buffer;
  GtkTextIter start;
  GtkTextIter end;

  marker.marker = g_str_has_prefix (value, "-")
                  ? g_strdup (depth % 2 == 0 ? "•" : "◦")
                  : g_strdup_printf ("%.*s.", (int) MIN (number, 12), value);
  g_array_append_val (self->items, marker);

  /* An item may hold a list: the inner item's margin takes the outer one's place. */
  gtk_text_buffer_get_iter_at_offset (buffer, &start, span->start);
  gtk_text_buffer_get_iter_at_offset (buffer, &end, span->end);
  for (guint i = 0; i < depth; i++)
    gtk_text_buffer_remove_tag (buffer, self->list_tags[i], &start, &end);
  apply (self, self->list_tags[depth], span);
}

/* Cells of a row stand in one line: the space between two of them is made wide. */
static void
apply_cell (AnnalsPassageView *self,
            const AnnalsSpan  *span)
{
  GtkTextBuffer *buffer = self->buffer;
  GtkTextIter start;
  GtkTextIter before;

  gtk_text_buffer_get_iter_at_offset (buffer, &start, span->start);
  before = start;
  if (!gtk_text_iter_starts_line (&start) && gtk_text_iter_backward_char (&before) &&
      gtk_text_iter_get_char (&before) == ' ')
    gtk_text_buffer_apply_tag (buffer, self->gap_tag, &before, &start);

  if (span->value != NULL && g_str_has_suffix (span->value, "h"))
    apply_inline (self, self->header_cell_tag, span);
}

/* After the last line of a list, a table or code comes the space of a paragraph. */
static void
apply_last_line (AnnalsPassageView *self,
                 const AnnalsSpan  *span)
{
  GtkTextBuffer *buffer = self->buffer;
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_iter_at_offset (buffer, &end, span->end);
  start = end;
  gtk_text_iter_set_line_offset (&start, 0);
  gtk_text_iter_forward_char (&end);
  gtk_text_buffer_apply_tag (buffer, self->last_line_tag, &start, &end);
}

static void
apply_span (AnnalsPassageView *self,
            const AnnalsSpan  *span,
            GArray            *open_quotations)
{
  switch (span->kind)
    {
    case ANNALS_SPAN_HEADING:
      apply (self,
             self->heading_tags[CLAMP (span->value != NULL ? atoi (span->value) : 6, 1, 6) - 1],
             span);
      break;

    case ANNALS_SPAN_QUOTATION:
      while (open_quotations->len > 0 &&
             g_array_index (open_quotations, guint, open_quotations->len - 1) <= span->start)
        g_array_set_size (open_quotations, open_quotations->len - 1);
      apply (self, self->quotation_tags[MIN (open_quotations->len, MAX_DEPTH - 1)], span);
      g_array_append_val (open_quotations, span->end);
      break;

    case ANNALS_SPAN_LIST_ITEM:
      apply_list_item (self, span);
      break;

    case ANNALS_SPAN_CELL:
      apply_cell (self, span);
      break;

    case ANNALS_SPAN_TABLE:
    case ANNALS_SPAN_PREFORMATTED:
      apply (self, self->span_tags[span->kind], span);
      break;

    case ANNALS_SPAN_LINK:
    case ANNALS_SPAN_EMPHASIS:
    case ANNALS_SPAN_STRONG:
    case ANNALS_SPAN_CODE:
    case ANNALS_SPAN_IMAGE:
      apply_inline (self, self->span_tags[span->kind], span);
      break;
    }
}

static const char *
find_marker (AnnalsPassageView *self,
             guint              offset)
{
  guint low = 0;
  guint high = self->items->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->items, ListMarker, middle).start < offset)
        low = middle + 1;
      else
        high = middle;
    }

  /* Of items that begin at one place the innermost, the last, is the one to be seen. */
  while (low + 1 < self->items->len &&
         g_array_index (self->items, ListMarker, low + 1).start == offset)
    low++;

  return low < self->items->len && g_array_index (self->items, ListMarker, low).start == offset
         ? g_array_index (self->items, ListMarker, low).marker
         : NULL;
}

/* Pictures that have words to stand for them. */
static void
add_worded_pictures (AnnalsPassageView *self)
{
  const AnnalsSpan *spans;
  guint n_spans, n_images = 0;

  spans = annals_text_get_spans (self->text, &n_spans);
  for (guint i = 0; i < n_spans; i++)
    {
      GtkTextIter start;

      if (spans[i].kind != ANNALS_SPAN_IMAGE || spans[i].value == NULL || n_images++ >= MAX_IMAGES)
        continue;

      gtk_text_buffer_get_iter_at_offset (self->buffer, &start, (int) spans[i].start);
      if (gtk_text_iter_get_char (&start) != OBJECT_CHARACTER)
        annals_passage_view_add_picture (self, spans[i].start, spans[i].value, NULL);
    }
}

static void
add_placeholders (AnnalsPassageView *self)
{
  for (guint i = 0; i < self->anchors->len; i++)
    {
      GtkTextChildAnchor *anchor = g_ptr_array_index (self->anchors, i);
      const char *address = g_object_get_data (G_OBJECT (anchor), "annals-address");
      GtkWidget *placeholder = make_placeholder (address);
      GtkTextIter iter;

      gtk_text_buffer_get_iter_at_child_anchor (self->buffer, &iter, anchor);
      gtk_text_view_add_child_at_anchor (GTK_TEXT_VIEW (self), placeholder, anchor);
      annals_passage_view_add_picture (self, (guint) gtk_text_iter_get_offset (&iter), address, placeholder);
    }
}

/* Whether there are letters of a script that runs from right to left. */
static gboolean
find_rtl (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c;

      if ((guchar) *p < 0xd6)   /* what all below U+0590 begins with */
        continue;

      c = g_utf8_get_char (p);
      if ((c >= 0x590 && c < 0x900) || (c >= 0xfb1d && c < 0xfe00) || (c >= 0xfe70 && c < 0xff00) ||
          (c >= 0x10800 && c < 0x11000) || (c >= 0x1e800 && c < 0x1f000))
        return TRUE;
    }

  return FALSE;
}

/* Fills a buffer that no view shows yet, and shows it then: each tag that is put on a text which is shown
 * makes the view look at its lines again (for 300,000 characters, most of the time). */
static void
fill_buffer (AnnalsPassageView *self,
             GtkTextBuffer     *buffer)
{
  g_autoptr(GArray) open_quotations = g_array_new (FALSE, FALSE, sizeof (guint));
  const AnnalsSpan *spans;
  guint n_spans;
  guint n_images = 0;

  g_clear_pointer (&self->items, g_array_unref);
  self->items = g_array_new (FALSE, FALSE, sizeof (ListMarker));
  g_array_set_clear_func (self->items, clear_marker);
  g_ptr_array_set_size (self->anchors, 0);

  gtk_text_buffer_set_text (buffer, self->text != NULL ? annals_text_get_string (self->text) : "",
                            -1);
  if (self->text == NULL)
    return;

  self->has_rtl = find_rtl (annals_text_get_string (self->text));
  spans = annals_text_get_spans (self->text, &n_spans);
  for (guint i = 0; i < n_spans; i++)
    if (spans[i].kind == ANNALS_SPAN_IMAGE && n_images++ < MAX_IMAGES)
      anchor_image (self, &spans[i]);
  for (guint i = 0; i < n_spans; i++)
    apply_span (self, &spans[i], open_quotations);
  for (guint i = 0; i < n_spans; i++)
    if (spans[i].kind == ANNALS_SPAN_PREFORMATTED || spans[i].kind == ANNALS_SPAN_TABLE ||
        (spans[i].kind == ANNALS_SPAN_LIST_ITEM && find_marker (self, spans[i].end + 1) == NULL))
      apply_last_line (self, &spans[i]);
  annals_passage_view_lay_out_tables (self);
}

void
annals_passage_view_fill (AnnalsPassageView *self)
{
  g_autoptr(GtkTextBuffer) buffer = gtk_text_buffer_new (gtk_text_buffer_get_tag_table (self->buffer));
  GtkTextIter start;

  gtk_text_buffer_set_enable_undo (buffer, FALSE);
  g_set_object (&self->buffer, buffer);
  fill_buffer (self, buffer);
  annals_passage_view_paint_marks (self);
  annals_passage_view_paint_hits (self);
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_place_cursor (buffer, &start);

  gtk_text_view_set_buffer (GTK_TEXT_VIEW (self), buffer);
  annals_passage_view_begin_pictures (self);
  add_placeholders (self);
  add_worded_pictures (self);
}

static void
draw_marker (AnnalsPassageView *self,
             GtkSnapshot       *snapshot,
             const GtkTextIter *line,
             const char        *marker,
             const GdkRGBA     *colour)
{
  g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), marker);
  GdkRectangle place;
  int width;
  int height;

  gtk_text_view_get_iter_location (GTK_TEXT_VIEW (self), line, &place);
  pango_layout_get_pixel_size (layout, &width, &height);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT (place.x - width - 8,
                                                place.y + (place.height - height) / 2));
  gtk_snapshot_append_layout (snapshot, layout, colour);
  gtk_snapshot_restore (snapshot);
}

static void
draw_bars (AnnalsPassageView *self,
           GtkSnapshot       *snapshot,
           const GtkTextIter *line,
           const GdkRGBA     *colour)
{
  int margin = gtk_text_view_get_left_margin (GTK_TEXT_VIEW (self));
  int y;
  int height;

  gtk_text_view_get_line_yrange (GTK_TEXT_VIEW (self), line, &y, &height);

  for (guint i = 0; i < MAX_DEPTH && gtk_text_iter_has_tag (line, self->quotation_tags[i]); i++)
    gtk_snapshot_append_color (snapshot, colour,
                               &GRAPHENE_RECT_INIT (margin + INDENT * i + 8, y, 3, height));
}

/* Behind a line of code. The space below the last one is none of it. */
static void
draw_panel (AnnalsPassageView *self,
            GtkSnapshot       *snapshot,
            const GtkTextIter *line,
            int                y,
            int                height,
            const GdkRGBA     *colour)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  int margin = gtk_text_view_get_left_margin (view);
  int width = gtk_widget_get_width (GTK_WIDGET (self)) - margin - gtk_text_view_get_right_margin (view);

  if (gtk_text_iter_has_tag (line, self->last_line_tag))
    height -= PARAGRAPH_SPACING - 6;
  gtk_snapshot_append_color (snapshot, colour, &GRAPHENE_RECT_INIT (margin + 8, y, width - 8, height));
}

/* In the coordinates of the buffer, for what is in view only. */
void
annals_passage_view_draw_decorations (AnnalsPassageView *self,
                                      GtkSnapshot       *snapshot)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GdkRectangle visible;
  GtkTextIter line;
  GdkRGBA colour;
  GdkRGBA faint;
  GdkRGBA panel;
  int y = 0;
  int height = 0;

  if (self->text == NULL)
    return;

  annals_widget_get_color (GTK_WIDGET (self), &colour);
  faint = colour;
  faint.alpha = 0.2f;
  panel = colour;
  panel.alpha = 0.06f;

  gtk_text_view_get_visible_rect (view, &visible);
  gtk_text_view_get_line_at_y (view, &line, visible.y, NULL);
  do
    {
      const char *marker = find_marker (self, gtk_text_iter_get_offset (&line));

      gtk_text_view_get_line_yrange (view, &line, &y, &height);
      if (gtk_text_iter_has_tag (&line, self->span_tags[ANNALS_SPAN_PREFORMATTED]))
        draw_panel (self, snapshot, &line, y, height, &panel);
      annals_passage_view_draw_pictures (self, snapshot, &line, y);
      if (marker != NULL)
        draw_marker (self, snapshot, &line, marker, &colour);
      draw_bars (self, snapshot, &line, &faint);
    }
  while (y + height < visible.y + visible.height && gtk_text_iter_forward_line (&line));
}
