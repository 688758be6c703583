/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-passage-view-private.h"

#include <glib/gi18n.h>

#include "annals-colours.h"
#include "annals-markdown.h"

/* How long the keyboard rests, in milliseconds, before a selection counts as made. */
#define SETTLE_TIME 450
/* A click counts once it is clear that no second one, which selects a word, is under way. */
#define RELEASE_TIME 30

/* Of a note's text, in a tooltip. */
#define TOOLTIP_CHARS 240

enum
{
  PASSAGE_CLICKED,
  SELECTION_SETTLED,
  SELECTION_CHANGED,
  BOUNDS_MOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AnnalsPassageView, annals_passage_view, GTK_TYPE_TEXT_VIEW)

static guint
get_offset_at (AnnalsPassageView *self,
               double             x,
               double             y,
               gboolean          *inside)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GtkTextIter iter;
  int buffer_x;
  int buffer_y;

  gtk_text_view_window_to_buffer_coords (view, GTK_TEXT_WINDOW_WIDGET, (int) x, (int) y,
                                         &buffer_x, &buffer_y);
  *inside = gtk_text_view_get_iter_at_location (view, &iter, buffer_x, buffer_y);

  return gtk_text_iter_get_offset (&iter);
}

static gboolean
settle_cb (gpointer user_data)
{
  AnnalsPassageView *self = user_data;

  guint clicked = self->clicked;

  self->settle_id = 0;
  self->clicked = G_MAXUINT;
  if (annals_passage_view_get_selection (self, NULL, NULL))
    g_signal_emit (self, signals[SELECTION_SETTLED], 0);
  else if (clicked != G_MAXUINT)
    g_signal_emit (self, signals[PASSAGE_CLICKED], 0, clicked);

  return G_SOURCE_REMOVE;
}

static void
settle_later (AnnalsPassageView *self,
              guint              milliseconds)
{
  g_clear_handle_id (&self->settle_id, g_source_remove);
  self->settle_id = g_timeout_add (milliseconds, settle_cb, self);
}

static void
mark_set_cb (AnnalsPassageView *self,
             GtkTextIter       *place,
             GtkTextMark       *mark,
             GtkTextBuffer     *buffer)
{
  if (self->filling ||
      (mark != gtk_text_buffer_get_insert (buffer) &&
       mark != gtk_text_buffer_get_selection_bound (buffer)))
    return;

  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
  if (!self->button_down)
    settle_later (self, SETTLE_TIME);
}

/* Seen before GtkTextView's own gestures, and never kept from them. */
static gboolean
event_cb (AnnalsPassageView        *self,
          GdkEvent                 *event,
          GtkEventControllerLegacy *controller)
{
  GdkEventType type = gdk_event_get_event_type (event);

  if ((type == GDK_BUTTON_PRESS || type == GDK_BUTTON_RELEASE) &&
      gdk_button_event_get_button (event) != GDK_BUTTON_PRIMARY)
    {
      g_clear_handle_id (&self->settle_id, g_source_remove);
      if (type == GDK_BUTTON_PRESS)
        g_signal_emit (self, signals[SELECTION_CHANGED], 0);   /* the menu takes its place */
      return GDK_EVENT_PROPAGATE;
    }

  switch ((int) type)
    {
    case GDK_BUTTON_PRESS:
    case GDK_TOUCH_BEGIN:
      self->button_down = TRUE;
      self->clicked = G_MAXUINT;
      break;

    case GDK_BUTTON_RELEASE:
    case GDK_TOUCH_END:
    case GDK_TOUCH_CANCEL:
      self->button_down = FALSE;
      settle_later (self, RELEASE_TIME);
      break;
    }

  return GDK_EVENT_PROPAGATE;
}

static void
released_cb (AnnalsPassageView *self,
             int                n_press,
             double             x,
             double             y,
             GtkGestureClick   *gesture)
{
  gboolean inside;
  guint offset = get_offset_at (self, x, y, &inside);

  if (n_press == 1 && inside)
    self->clicked = offset;
}

static void
motion_cb (AnnalsPassageView *self,
           double             x,
           double             y,
           gpointer           user_data)
{
  gboolean inside;
  guint offset = get_offset_at (self, x, y, &inside);
  gboolean hand = inside &&
                  (annals_passage_view_get_link_at (self, offset) != NULL ||
                   annals_passage_view_get_annotation_at (self, offset) != NULL);
  gboolean grip = annals_passage_view_find_grip (self, x, y) != ANNALS_GRIP_NONE;

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), grip ? "col-resize" : hand ? "pointer" : "text");
}

static void
describe (AnnalsPassageView *self,
          AnnalsAnnotation  *annotation,
          GString           *text)
{
  const char *name = self->colour_names != NULL ? g_hash_table_lookup (self->colour_names, annotation->colour) : NULL;
  g_autofree char *lead = annals_markdown_dup_plain (annotation->note, TOOLTIP_CHARS);

  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, name != NULL ? name : annals_colours_get_meaning (annotation->colour));
  if (*lead != '\0')
    g_string_append_printf (text, "\n%s", lead);
}

static gboolean
query_tooltip_cb (AnnalsPassageView *self,
                  int                x,
                  int                y,
                  gboolean           keyboard,
                  GtkTooltip        *tooltip,
                  gpointer           user_data)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GPtrArray) here = NULL;
  const char *address;
  gboolean inside;
  guint offset;

  if (keyboard)
    return FALSE;

  offset = get_offset_at (self, x, y, &inside);
  if (!inside)
    return FALSE;

  here = annals_passage_view_list_annotations_at (self, offset);
  for (guint i = 0; i < here->len; i++)
    describe (self, g_ptr_array_index (here, i), text);

  if ((address = annals_passage_view_get_link_at (self, offset)) != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", address);

  gtk_tooltip_set_text (tooltip, text->str);

  return text->len > 0;
}

static gboolean
activate_cb (GtkWidget *widget,
             GVariant  *args,
             gpointer   user_data)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget));
  GtkTextIter cursor;

  if (annals_passage_view_get_selection (ANNALS_PASSAGE_VIEW (widget), NULL, NULL))
    return FALSE;

  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  g_signal_emit (widget, signals[PASSAGE_CLICKED], 0, gtk_text_iter_get_offset (&cursor));

  return TRUE;
}

static void
annals_passage_view_size_allocate (GtkWidget *widget,
                                   int        width,
                                   int        height,
                                   int        baseline)
{
  AnnalsPassageView *self = ANNALS_PASSAGE_VIEW (widget);

  if (width != self->width)
    annals_passage_view_fit_pictures (self);
  self->width = width;

  GTK_WIDGET_CLASS (annals_passage_view_parent_class)->size_allocate (widget, width, height, baseline);
}

static void
annals_passage_view_snapshot_layer (GtkTextView      *view,
                                    GtkTextViewLayer  layer,
                                    GtkSnapshot      *snapshot)
{
  AnnalsPassageView *self = ANNALS_PASSAGE_VIEW (view);

  switch (layer)
    {
    case GTK_TEXT_VIEW_LAYER_BELOW_TEXT:
      annals_passage_view_draw_decorations (self, snapshot);
      break;

    /* A highlight's background would be drawn over what is below the text. */
    case GTK_TEXT_VIEW_LAYER_ABOVE_TEXT:
      annals_passage_view_draw_overlaps (self, snapshot);
      annals_passage_view_draw_grips (self, snapshot);
      break;
    }
}

static void
annals_passage_view_css_changed (GtkWidget         *widget,
                                 GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (annals_passage_view_parent_class)->css_changed (widget, change);

  /* the letters may be others */
  annals_passage_view_queue_tables (ANNALS_PASSAGE_VIEW (widget));
}

static void
annals_passage_view_dispose (GObject *object)
{
  AnnalsPassageView *self = ANNALS_PASSAGE_VIEW (object);

  g_clear_handle_id (&self->settle_id, g_source_remove);
  g_clear_handle_id (&self->scroll_id, g_source_remove);
  g_clear_handle_id (&self->table_id, g_source_remove);
  g_clear_handle_id (&self->grip_scroll_id, g_source_remove);
  g_clear_handle_id (&self->commit_id, g_source_remove);
  annals_passage_view_end_pictures (self);

  G_OBJECT_CLASS (annals_passage_view_parent_class)->dispose (object);
}

static void
annals_passage_view_finalize (GObject *object)
{
  AnnalsPassageView *self = ANNALS_PASSAGE_VIEW (object);

  g_clear_object (&self->buffer);
  g_clear_pointer (&self->anchors, g_ptr_array_unref);
  g_clear_pointer (&self->table_tags, g_ptr_array_unref);
  g_clear_pointer (&self->text, annals_text_unref);
  g_clear_pointer (&self->items, g_array_unref);
  g_clear_pointer (&self->annotations, g_ptr_array_unref);
  g_clear_pointer (&self->hits, g_array_unref);
  g_clear_pointer (&self->lines, g_array_unref);
  g_clear_pointer (&self->colour_names, g_hash_table_unref);

  G_OBJECT_CLASS (annals_passage_view_parent_class)->finalize (object);
}

static void
annals_passage_view_class_init (AnnalsPassageViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GtkTextViewClass *view_class = GTK_TEXT_VIEW_CLASS (klass);

  object_class->dispose = annals_passage_view_dispose;
  object_class->finalize = annals_passage_view_finalize;
  widget_class->size_allocate = annals_passage_view_size_allocate;
  widget_class->css_changed = annals_passage_view_css_changed;
  view_class->snapshot_layer = annals_passage_view_snapshot_layer;

  signals[PASSAGE_CLICKED] = g_signal_new ("passage-clicked", ANNALS_TYPE_PASSAGE_VIEW,
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SELECTION_SETTLED] = g_signal_new ("selection-settled", ANNALS_TYPE_PASSAGE_VIEW,
                                             G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                             G_TYPE_NONE, 0);
  signals[SELECTION_CHANGED] = g_signal_new ("selection-changed", ANNALS_TYPE_PASSAGE_VIEW,
                                             G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                             G_TYPE_NONE, 0);
  signals[BOUNDS_MOVED] = g_signal_new ("bounds-moved", ANNALS_TYPE_PASSAGE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 3, G_TYPE_INT64, G_TYPE_UINT, G_TYPE_UINT);

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, 0, activate_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, 0, activate_cb, NULL);
}

static void
add_controllers (AnnalsPassageView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *legacy = gtk_event_controller_legacy_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_event_controller_set_propagation_phase (legacy, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (legacy, "event", G_CALLBACK (event_cb), self);
  gtk_widget_add_controller (widget, legacy);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  gtk_widget_add_controller (widget, motion);
  g_signal_connect_swapped (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
}

static void
annals_passage_view_init (AnnalsPassageView *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);

  self->buffer = g_object_ref (buffer);
  self->anchors = g_ptr_array_new_with_free_func (g_object_unref);
  self->table_tags = g_ptr_array_new ();
  self->lines = g_array_new (FALSE, FALSE, sizeof (MarkLine));
  self->measure = 600;
  gtk_text_buffer_set_enable_undo (buffer, FALSE);
  gtk_text_view_set_editable (view, FALSE);
  gtk_text_view_set_accepts_tab (view, FALSE);
  gtk_text_view_set_wrap_mode (view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_pixels_below_lines (view, PARAGRAPH_SPACING);
  gtk_text_view_set_pixels_inside_wrap (view, 3);
  gtk_widget_add_css_class (GTK_WIDGET (self), "annals-passage");
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  self->current_hit = G_MAXUINT;
  self->clicked = G_MAXUINT;

  annals_passage_view_make_span_tags (self);
  annals_passage_view_make_mark_tags (self);
  annals_passage_view_add_grips (self);
  add_controllers (self);

  g_signal_connect_object (buffer, "mark-set", G_CALLBACK (mark_set_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (annals_passage_view_colour_mark_tags), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

GtkWidget *
annals_passage_view_new (void)
{
  return g_object_new (ANNALS_TYPE_PASSAGE_VIEW, NULL);
}

void
annals_passage_view_set_text (AnnalsPassageView *self,
                              AnnalsText        *text,
                              GPtrArray         *annotations)
{
  gboolean other;

  g_return_if_fail (ANNALS_IS_PASSAGE_VIEW (self));
  g_return_if_fail (text != NULL && annotations != NULL);

  other = self->text != text;
  annals_text_ref (text);
  g_clear_pointer (&self->text, annals_text_unref);
  self->text = text;
  g_ptr_array_ref (annotations);
  g_clear_pointer (&self->annotations, g_ptr_array_unref);
  self->annotations = annotations;
  if (other || !annals_passage_view_is_moving (self))
    annals_passage_view_end_moving (self);

  if (!other)
    {
      annals_passage_view_paint_marks (self);
      return;
    }

  self->filling = TRUE;
  g_signal_handlers_disconnect_by_func (self->buffer, mark_set_cb, self);
  annals_passage_view_fill (self);
  g_signal_connect_object (self->buffer, "mark-set", G_CALLBACK (mark_set_cb), self, G_CONNECT_SWAPPED);
  self->filling = FALSE;
  g_clear_handle_id (&self->settle_id, g_source_remove);
}

AnnalsText *
annals_passage_view_get_text (AnnalsPassageView *self)
{
  g_return_val_if_fail (ANNALS_IS_PASSAGE_VIEW (self), NULL);

  return self->text;
}

const char *
annals_passage_view_get_link_at (AnnalsPassageView *self,
                                 guint              offset)
{
  const AnnalsSpan *spans;
  GtkTextIter iter;
  guint n_spans;

  g_return_val_if_fail (ANNALS_IS_PASSAGE_VIEW (self), NULL);

  if (self->text == NULL)
    return NULL;

  /* The tag answers for nearly every place; the spans are looked through on a link only. */
  gtk_text_buffer_get_iter_at_offset (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self)), &iter,
                                      offset);
  if (!gtk_text_iter_has_tag (&iter, self->span_tags[ANNALS_SPAN_LINK]))
    return NULL;

  spans = annals_text_get_spans (self->text, &n_spans);
  for (guint i = 0; i < n_spans && spans[i].start <= offset; i++)
    if (spans[i].kind == ANNALS_SPAN_LINK && offset < spans[i].end)
      return spans[i].value;

  return NULL;
}

gboolean
annals_passage_view_get_selection (AnnalsPassageView *self,
                                   guint             *start,
                                   guint             *end)
{
  GtkTextIter from;
  GtkTextIter to;

  g_return_val_if_fail (ANNALS_IS_PASSAGE_VIEW (self), FALSE);

  if (!gtk_text_buffer_get_selection_bounds (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self)), &from,
                                             &to))
    return FALSE;

  if (start != NULL)
    *start = gtk_text_iter_get_offset (&from);
  if (end != NULL)
    *end = gtk_text_iter_get_offset (&to);

  return TRUE;
}

void
annals_passage_view_select (AnnalsPassageView *self,
                            guint              start,
                            guint              end)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  GtkTextIter from;
  GtkTextIter to;

  g_return_if_fail (ANNALS_IS_PASSAGE_VIEW (self));

  gtk_text_buffer_get_iter_at_offset (buffer, &from, (int) start);
  gtk_text_buffer_get_iter_at_offset (buffer, &to, (int) end);
  gtk_text_buffer_select_range (buffer, &to, &from);
}

/* A mark, not the iter: GtkTextView goes there once the lines above have their heights. */
static GtkTextMark *
set_goal (AnnalsPassageView *self,
          guint              offset)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  GtkTextMark *mark = gtk_text_buffer_get_mark (buffer, "annals-goal");
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_offset (buffer, &iter, (int) offset);
  if (mark == NULL)
    mark = gtk_text_buffer_create_mark (buffer, "annals-goal", &iter, TRUE);
  else
    gtk_text_buffer_move_mark (buffer, mark, &iter);

  return mark;
}

static gboolean
scroll_cb (gpointer user_data)
{
  AnnalsPassageView *self = user_data;
  GtkTextMark *mark = gtk_text_buffer_get_mark (self->buffer, "annals-goal");

  self->scroll_id = 0;
  if (mark != NULL && self->scroll_to_top)
    gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self), mark, 0.0, TRUE, 0.0, 0.0);
  else if (mark != NULL)
    gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self), mark, 0.05, TRUE, 0.0, 0.3);

  return G_SOURCE_REMOVE;
}

/* After the next frame: what is marked anew is laid out anew, and a scroll in the middle of that would
 * come too late for the scrollbar's allocation. */
void
annals_passage_view_scroll_to (AnnalsPassageView *self,
                               guint              offset)
{
  g_return_if_fail (ANNALS_IS_PASSAGE_VIEW (self));

  set_goal (self, offset);
  self->scroll_to_top = FALSE;
  if (self->scroll_id == 0)
    self->scroll_id = g_idle_add (scroll_cb, self);
}

/* Of what has never been seen no place is known yet. */
static void
mapped_cb (AnnalsPassageView *self)
{
  g_signal_handlers_disconnect_by_func (self, mapped_cb, NULL);
  if (self->scroll_id == 0)
    self->scroll_id = g_idle_add (scroll_cb, self);
}

void
annals_passage_view_scroll_to_top (AnnalsPassageView *self,
                                   guint              offset)
{
  g_return_if_fail (ANNALS_IS_PASSAGE_VIEW (self));

  self->scroll_to_top = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self), set_goal (self, offset), 0.0, TRUE, 0.0, 0.0);
  else
    {
      set_goal (self, offset);
      g_signal_handlers_disconnect_by_func (self, mapped_cb, NULL);
      g_signal_connect (self, "map", G_CALLBACK (mapped_cb), NULL);
    }
}

gboolean
annals_passage_view_get_rectangle (AnnalsPassageView *self,
                                   guint              start,
                                   guint              end,
                                   GdkRectangle      *rectangle)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GdkRectangle first;
  GdkRectangle last;
  GtkTextIter iter;
  int height = gtk_widget_get_height (GTK_WIDGET (self));

  gtk_text_buffer_get_iter_at_offset (buffer, &iter, start);
  gtk_text_view_get_iter_location (view, &iter, &first);
  gtk_text_buffer_get_iter_at_offset (buffer, &iter, end > start ? end - 1 : start);
  gtk_text_view_get_iter_location (view, &iter, &last);

  *rectangle = last;
  if (first.y == last.y)
    {
      rectangle->x = MIN (first.x, last.x);
      rectangle->width = MAX (first.x + first.width, last.x + last.width) - rectangle->x;
    }

  gtk_text_view_buffer_to_window_coords (view, GTK_TEXT_WINDOW_WIDGET, rectangle->x, rectangle->y,
                                         &rectangle->x, &rectangle->y);
  rectangle->width = MAX (rectangle->width, 1);

  return rectangle->y + rectangle->height > 0 && rectangle->y < height;
}

int
annals_passage_view_measure_prose (AnnalsPassageView *self,
                                   guint              n_chars)
{
  static const char prose[] =
    "The quick brown fox jumps over the lazy dog, and nobody was there to see it. ";
  g_autoptr(PangoLayout) layout = NULL;
  int width;

  g_return_val_if_fail (ANNALS_IS_PASSAGE_VIEW (self), 0);

  layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), prose);
  pango_layout_get_pixel_size (layout, &width, NULL);

  return (int) (width * n_chars / (sizeof prose - 1));
}

void
annals_passage_view_set_measure (AnnalsPassageView *self,
                                 int                measure)
{
  g_return_if_fail (ANNALS_IS_PASSAGE_VIEW (self));

  self->measure = measure;
  annals_passage_view_queue_tables (self);
}

void
annals_passage_view_set_colour_names (AnnalsPassageView *self,
                                      GHashTable        *names)
{
  g_return_if_fail (ANNALS_IS_PASSAGE_VIEW (self));
  g_return_if_fail (names != NULL);

  g_hash_table_ref (names);
  g_clear_pointer (&self->colour_names, g_hash_table_unref);
  self->colour_names = names;
}
