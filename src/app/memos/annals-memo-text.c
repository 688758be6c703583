/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-memo-text.h"

#include <glib/gi18n.h>
#include <string.h>

#include "annals-drag-origin.h"
#include "annals-memo-text-private.h"
#include "annals-note-ids.h"
#include "annals-post-ids.h"
#include "annals-quick-item.h"
#include "annals-text.h"
#include "annals-text-snapshot.h"

/* Bytes behind "[[" that are looked for; a longer piece is no title that somebody is typing. */
#define MAX_TYPED 120

typedef enum
{
  PROP_DESK = 1,
} AnnalsMemoTextProp;

enum
{
  EDITED,
  FLUSH,
  PASSAGE_DROPPED,
  N_SIGNALS
};

static GParamSpec *properties[PROP_DESK + 1];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AnnalsMemoText, annals_memo_text, GTK_TYPE_TEXT_VIEW)

/* --- "[[" --- */

/* What was typed since "[[" on this line, and where that begins. */
static char *
dup_typed (AnnalsMemoText *self,
           GtkTextIter    *start,
           GtkTextIter    *cursor)
{
  g_autofree char *line = NULL;
  const char *open;

  gtk_text_buffer_get_iter_at_mark (self->buffer, cursor, gtk_text_buffer_get_insert (self->buffer));
  *start = *cursor;
  gtk_text_iter_set_line_offset (start, 0);
  line = gtk_text_buffer_get_text (self->buffer, start, cursor, TRUE);
  open = g_strrstr (line, "[[");
  if (open == NULL || strstr (open, "]]") != NULL || strlen (open) > MAX_TYPED)
    return NULL;

  gtk_text_iter_set_line_index (start, (int) (open - line));

  return g_strdup (open + 2);
}

static void
update_completion (AnnalsMemoText *self)
{
  GtkTextIter start, cursor;
  g_autofree char *typed = self->desk != NULL ? dup_typed (self, &start, &cursor) : NULL;
  GdkRectangle place;

  if (typed == NULL)
    {
      annals_memo_completion_stop (self->completion);
      return;
    }

  gtk_text_view_get_iter_location (GTK_TEXT_VIEW (self), &start, &place);
  gtk_text_view_buffer_to_window_coords (GTK_TEXT_VIEW (self), GTK_TEXT_WINDOW_WIDGET, place.x, place.y, &place.x,
                                         &place.y);
  place.width = 1;
  annals_memo_completion_ask (self->completion, self->desk, typed, &place);
}

static void
emit_edited (AnnalsMemoText *self)
{
  g_signal_emit (self, signals[EDITED], 0);
}

static void
take_completion (AnnalsMemoText    *self,
                 const AnnalsNamed *named)
{
  g_autoptr(AnnalsNamed) kept = named != NULL ? annals_named_copy (named) : NULL;
  GtkTextIter start, cursor;
  g_autofree char *typed = dup_typed (self, &start, &cursor);

  annals_memo_completion_stop (self->completion);
  if (kept == NULL || typed == NULL)
    return;

  gtk_text_buffer_delete (self->buffer, &start, &cursor);
  annals_memo_chip_insert (self, &start, kept);
  gtk_text_buffer_place_cursor (self->buffer, &start);
  emit_edited (self);
}

static void
picked_cb (AnnalsMemoText    *self,
           const AnnalsNamed *named)
{
  take_completion (self, named);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* --- following --- */

static void
follow (AnnalsMemoText    *self,
        const AnnalsNamed *named)
{
  g_autoptr(AnnalsNamed) kept = annals_named_copy (named);

  if (self->desk == NULL)
    return;

  g_signal_emit (self, signals[FLUSH], 0);
  /* One that was pasted a moment ago is looked up when it is saved. */
  if (kept->id == 0 && kept->where == ANNALS_WHERE_HERE)
    gtk_widget_error_bell (GTK_WIDGET (self));
  else if (!annals_desk_show_named (self->desk, kept))
    {
      g_autofree char *message = g_strdup_printf (_("“%s” is gone from the notebook, or lies in its trash"), kept->title);

      annals_desk_toast (self->desk, message, FALSE);
    }
}

static const AnnalsNamed *
get_at_cursor (AnnalsMemoText *self)
{
  GtkTextIter cursor;
  const AnnalsNamed *named;

  gtk_text_buffer_get_iter_at_mark (self->buffer, &cursor, gtk_text_buffer_get_insert (self->buffer));
  named = annals_memo_chip_at (self, &cursor, NULL);
  if (named == NULL && gtk_text_iter_backward_char (&cursor))
    named = annals_memo_chip_at (self, &cursor, NULL);

  return named;
}

static const AnnalsNamed *
get_at_point (AnnalsMemoText *self,
              double          x,
              double          y)
{
  GtkTextIter iter;
  int buffer_x, buffer_y;

  gtk_text_view_window_to_buffer_coords (GTK_TEXT_VIEW (self), GTK_TEXT_WINDOW_WIDGET, (int) x, (int) y, &buffer_x,
                                         &buffer_y);

  return gtk_text_view_get_iter_at_location (GTK_TEXT_VIEW (self), &iter, buffer_x, buffer_y)
         ? annals_memo_chip_at (self, &iter, NULL) : NULL;
}

static void
released_cb (AnnalsMemoText  *self,
             int              n_press,
             double           x,
             double           y)
{
  const AnnalsNamed *named = get_at_point (self, x, y);

  if (n_press == 1 && named != NULL && !gtk_text_buffer_get_has_selection (self->buffer))
    follow (self, named);
}

static void
motion_cb (AnnalsMemoText *self,
           double          x,
           double          y)
{
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), get_at_point (self, x, y) != NULL ? "pointer" : "text");
}

static gboolean
query_tooltip_cb (AnnalsMemoText *self,
                  int             x,
                  int             y,
                  gboolean        keyboard,
                  GtkTooltip     *tooltip)
{
  const AnnalsNamed *named = keyboard ? get_at_cursor (self) : get_at_point (self, x, y);
  g_autofree char *text = NULL;

  if (named == NULL)
    return FALSE;

  text = named->where == ANNALS_WHERE_HERE
         ? g_strdup_printf (_("%s: %s"), annals_record_get_name (named->kind), named->title)
         : g_strdup_printf (_("%s: gone from the notebook, or in its trash"), annals_record_get_name (named->kind));
  gtk_tooltip_set_text (tooltip, text);

  return TRUE;
}

/* --- keys --- */

static gboolean
completion_key (AnnalsMemoText *self,
                guint           key)
{
  switch (key)
    {
    case GDK_KEY_Down:
    case GDK_KEY_Up:
      annals_memo_completion_move (self->completion, key == GDK_KEY_Down ? 1 : -1);
      return GDK_EVENT_STOP;

    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_Tab:
      take_completion (self, annals_memo_completion_get (self->completion));
      return GDK_EVENT_STOP;

    case GDK_KEY_Escape:
      annals_memo_completion_stop (self->completion);
      return GDK_EVENT_STOP;

    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/* Undo is the notebook's: one history for all that is done, which also knows what references are. */
static gboolean
key_cb (AnnalsMemoText  *self,
        guint            key,
        guint            keycode,
        GdkModifierType  state)
{
  gboolean control = (state & GDK_CONTROL_MASK) != 0;
  const AnnalsNamed *named;

  if (!control && annals_memo_completion_is_up (self->completion))
    return completion_key (self, key);
  if (!control)
    return GDK_EVENT_PROPAGATE;

  if (key == GDK_KEY_z || key == GDK_KEY_Z || key == GDK_KEY_y)
    {
      gboolean redo = key != GDK_KEY_z || (state & GDK_SHIFT_MASK) != 0;

      g_signal_emit (self, signals[FLUSH], 0);
      gtk_widget_activate_action (GTK_WIDGET (self), redo ? "win.redo" : "win.undo", NULL);
      return GDK_EVENT_STOP;
    }

  if ((key == GDK_KEY_Return || key == GDK_KEY_KP_Enter) && (named = get_at_cursor (self)) != NULL)
    {
      follow (self, named);
      return GDK_EVENT_STOP;
    }

  return GDK_EVENT_PROPAGATE;
}

/* --- what is typed, pasted and dropped --- */

/* References that came as text, typed or pasted, become what they name. */
static gboolean
convert_cb (gpointer user_data)
{
  AnnalsMemoText *self = user_data;
  GtkTextIter start, end, cursor;
  g_autofree char *text = NULL;
  g_autoptr(GPtrArray) references = NULL;
  gboolean any = FALSE;

  self->convert_id = 0;
  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  text = gtk_text_buffer_get_text (self->buffer, &start, &end, TRUE);
  references = annals_references_parse (text);
  for (guint i = 0; i < references->len; i++)
    any |= ((AnnalsReference *) references->pdata[i])->uid != NULL;
  if (!any)
    return G_SOURCE_REMOVE;

  gtk_text_buffer_get_iter_at_mark (self->buffer, &cursor, gtk_text_buffer_get_insert (self->buffer));
  for (guint i = references->len; i-- > 0;)
    {
      const AnnalsReference *reference = references->pdata[i];
      g_autofree char *piece = g_strndup (text + reference->start, reference->end - reference->start);

      if (reference->uid == NULL)
        continue;
      gtk_text_buffer_get_iter_at_offset (self->buffer, &start, (int) g_utf8_strlen (text, reference->start));
      gtk_text_buffer_get_iter_at_offset (self->buffer, &end, (int) g_utf8_strlen (text, reference->end));
      self->filling = TRUE;
      gtk_text_buffer_delete (self->buffer, &start, &end);
      annals_memo_chips_insert_text (self, &start, piece, NULL);
      self->filling = FALSE;
    }
  emit_edited (self);

  return G_SOURCE_REMOVE;
}

static void
inserted_cb (AnnalsMemoText *self,
             GtkTextIter    *end,
             const char     *text,
             int             length)
{
  GtkTextIter start = *end;

  gtk_text_iter_backward_chars (&start, (int) g_utf8_strlen (text, length));
  annals_memo_style_queue (self, gtk_text_iter_get_line (&start), gtk_text_iter_get_line (end));
  if (!self->filling && self->convert_id == 0 && memchr (text, ']', length) != NULL)
    self->convert_id = g_idle_add (convert_cb, self);
}

static void
deleted_cb (AnnalsMemoText *self,
            GtkTextIter    *start)
{
  annals_memo_style_queue (self, gtk_text_iter_get_line (start), gtk_text_iter_get_line (start));
}

static void
changed_cb (AnnalsMemoText *self)
{
  if (self->filling)
    return;

  update_completion (self);
  emit_edited (self);
}

static void
cursor_cb (AnnalsMemoText *self)
{
  if (!self->filling && annals_memo_completion_is_up (self->completion))
    update_completion (self);
}

/* What is copied takes its references along, also into another program. */
static void
annals_memo_text_copy_clipboard (GtkTextView *view)
{
  AnnalsMemoText *self = ANNALS_MEMO_TEXT (view);
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  if (!gtk_text_buffer_get_selection_bounds (self->buffer, &start, &end))
    return;

  text = annals_memo_chips_dup (self, &start, &end);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (view)), text);
}

static void
annals_memo_text_cut_clipboard (GtkTextView *view)
{
  annals_memo_text_copy_clipboard (view);
  gtk_text_buffer_delete_selection (ANNALS_MEMO_TEXT (view)->buffer, TRUE, TRUE);
}

/* What was dropped: posts are named, notes are quoted. */
typedef struct
{
  GArray    *ids;
  gboolean   notes;
  GPtrArray *named;    /* (out) (element type AnnalsNamed) */
  GString   *quoted;   /* (out) */
} NameJob;

static void
name_job_free (NameJob *self)
{
  g_array_unref (self->ids);
  g_clear_pointer (&self->named, g_ptr_array_unref);
  g_string_free (self->quoted, TRUE);
  g_free (self);
}

static gboolean
name_in_reader (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  NameJob *job = data;

  job->named = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_named_free);
  for (guint i = 0; i < job->ids->len; i++)
    {
      gint64 id = g_array_index (job->ids, gint64, i);
      g_autofree char *quotation = job->notes ? annals_db_quote_annotation (db, id, error) : NULL;
      AnnalsNamed *named = job->notes ? NULL : annals_db_load_named (db, ANNALS_RECORD_POST, id, error);

      if (named == NULL && quotation == NULL)
        return FALSE;
      if (quotation != NULL)
        g_string_append_printf (job->quoted, "%s%s", i > 0 ? "\n" : "", quotation);
      else
        g_ptr_array_add (job->named, named);
    }

  return TRUE;
}

static void
named_cb (gpointer      owner,
          gpointer      data,
          const GError *error)
{
  AnnalsMemoText *self = ANNALS_MEMO_TEXT (owner);
  NameJob *job = data;
  GtkTextIter cursor;

  if (error != NULL)
    {
      annals_desk_fail (self->desk, _("The notebook could not be read"), error->message);
      return;
    }

  for (guint i = 0; i < job->named->len; i++)
    {
      if (i > 0)
        gtk_text_buffer_insert_at_cursor (self->buffer, "\n", 1);
      annals_memo_text_insert (self, job->named->pdata[i]);
    }
  if (job->quoted->len == 0)
    return;

  /* A quotation begins a line. */
  gtk_text_buffer_get_iter_at_mark (self->buffer, &cursor, gtk_text_buffer_get_insert (self->buffer));
  if (!gtk_text_iter_starts_line (&cursor))
    gtk_text_buffer_insert (self->buffer, &cursor, "\n\n", 2);
  annals_memo_chips_insert_text (self, &cursor, job->quoted->str, NULL);
  gtk_text_buffer_place_cursor (self->buffer, &cursor);
  emit_edited (self);
}

static gboolean
drop_cb (AnnalsMemoText *self,
         const GValue   *value,
         double          x,
         double          y)
{
  GArray *ids = g_value_get_boxed (value);
  GtkTextIter iter;
  int buffer_x, buffer_y;
  NameJob *job;

  if (self->desk == NULL || ids == NULL || !annals_drag_belongs_to (GTK_WIDGET (self)))
    return FALSE;

  gtk_text_view_window_to_buffer_coords (GTK_TEXT_VIEW (self), GTK_TEXT_WINDOW_WIDGET, (int) x, (int) y, &buffer_x,
                                         &buffer_y);
  gtk_text_view_get_iter_at_location (GTK_TEXT_VIEW (self), &iter, buffer_x, buffer_y);
  gtk_text_buffer_place_cursor (self->buffer, &iter);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  job = g_new0 (NameJob, 1);
  job->ids = g_array_copy (ids);
  job->notes = G_VALUE_HOLDS (value, ANNALS_TYPE_NOTE_IDS);
  job->quoted = g_string_new (NULL);
  annals_desk_read (self->desk, self, name_in_reader, job, (GDestroyNotify) name_job_free, NULL, named_cb);

  return TRUE;
}

/* --- the widget --- */

static void
annals_memo_text_size_allocate (GtkWidget *widget,
                                int        width,
                                int        height,
                                int        baseline)
{
  annals_text_allocate (widget, width, height, baseline, gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (widget)),
                        GTK_WIDGET_CLASS (annals_memo_text_parent_class)->size_allocate);

  if (ANNALS_MEMO_TEXT (widget)->completion != NULL)
    gtk_popover_present (GTK_POPOVER (ANNALS_MEMO_TEXT (widget)->completion));
}

static void
annals_memo_text_snapshot (GtkWidget   *widget,
                           GtkSnapshot *snapshot)
{
  annals_text_snapshot (widget, snapshot, gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (widget)),
                        GTK_WIDGET_CLASS (annals_memo_text_parent_class)->snapshot);
}

static void
annals_memo_text_dispose (GObject *object)
{
  AnnalsMemoText *self = ANNALS_MEMO_TEXT (object);

  g_clear_handle_id (&self->style_id, g_source_remove);
  g_clear_handle_id (&self->convert_id, g_source_remove);
  if (self->completion != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->completion));
  self->completion = NULL;
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (annals_memo_text_parent_class)->dispose (object);
}

static void
annals_memo_text_finalize (GObject *object)
{
  AnnalsMemoText *self = ANNALS_MEMO_TEXT (object);

  g_clear_pointer (&self->chips, g_ptr_array_unref);

  G_OBJECT_CLASS (annals_memo_text_parent_class)->finalize (object);
}

static void
annals_memo_text_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  switch ((AnnalsMemoTextProp) prop_id)
    {
    case PROP_DESK:
      g_value_set_object (value, ANNALS_MEMO_TEXT (object)->desk);
      break;
    }
}

static void
annals_memo_text_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  switch ((AnnalsMemoTextProp) prop_id)
    {
    case PROP_DESK:
      if (g_set_object (&ANNALS_MEMO_TEXT (object)->desk, g_value_get_object (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    }
}

static void
annals_memo_text_class_init (AnnalsMemoTextClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = annals_memo_text_dispose;
  GTK_WIDGET_CLASS (klass)->snapshot = annals_memo_text_snapshot;
  object_class->finalize = annals_memo_text_finalize;
  object_class->get_property = annals_memo_text_get_property;
  object_class->set_property = annals_memo_text_set_property;
  GTK_WIDGET_CLASS (klass)->size_allocate = annals_memo_text_size_allocate;
  GTK_TEXT_VIEW_CLASS (klass)->copy_clipboard = annals_memo_text_copy_clipboard;
  GTK_TEXT_VIEW_CLASS (klass)->cut_clipboard = annals_memo_text_cut_clipboard;

  properties[PROP_DESK] =
    g_param_spec_object ("desk", NULL, NULL, ANNALS_TYPE_DESK,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[EDITED] = g_signal_new ("edited", ANNALS_TYPE_MEMO_TEXT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
  signals[FLUSH] = g_signal_new ("flush", ANNALS_TYPE_MEMO_TEXT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
  signals[PASSAGE_DROPPED] = g_signal_new ("passage-dropped", ANNALS_TYPE_MEMO_TEXT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                           NULL, G_TYPE_NONE, 6, G_TYPE_INT64, G_TYPE_UINT, G_TYPE_UINT,
                                           G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
}

static void
add_controllers (AnnalsMemoText *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkDropTarget *drop = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);
  GType dropped[] = { ANNALS_TYPE_POST_IDS, ANNALS_TYPE_NOTE_IDS };

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, keys);
  g_signal_connect_object (motion, "motion", G_CALLBACK (motion_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, motion);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect_object (click, "released", G_CALLBACK (released_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  gtk_drop_target_set_gtypes (drop, dropped, G_N_ELEMENTS (dropped));
  g_signal_connect_object (drop, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drop));
  annals_memo_passages_init (self);
  gtk_widget_set_has_tooltip (widget, TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
}

static void
annals_memo_text_init (AnnalsMemoText *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);

  self->buffer = gtk_text_view_get_buffer (view);
  self->chips = g_ptr_array_new ();
  self->first_dirty = -1;
  gtk_text_buffer_set_enable_undo (self->buffer, FALSE);
  gtk_text_view_set_wrap_mode (view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (view, FALSE);
  gtk_text_view_set_pixels_below_lines (view, 4);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Text of the memo"), -1);

  annals_memo_style_init (self);
  annals_memo_chips_connect (self);
  g_signal_connect_object (self->buffer, "insert-text", G_CALLBACK (inserted_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->buffer, "delete-range", G_CALLBACK (deleted_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->buffer, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->buffer, "notify::cursor-position", G_CALLBACK (cursor_cb), self, G_CONNECT_SWAPPED);

  self->completion = ANNALS_MEMO_COMPLETION (annals_memo_completion_new ());
  gtk_widget_set_parent (GTK_WIDGET (self->completion), GTK_WIDGET (self));
  g_signal_connect_object (self->completion, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
  add_controllers (self);
}

GtkWidget *
annals_memo_text_new (void)
{
  return g_object_new (ANNALS_TYPE_MEMO_TEXT, NULL);
}

char *
annals_memo_text_dup_text (AnnalsMemoText *self)
{
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  g_return_val_if_fail (ANNALS_IS_MEMO_TEXT (self), NULL);

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  text = annals_memo_chips_dup (self, &start, &end);

  /* As the notebook will have it, so that what is read back compares equal. */
  return annals_text_compose (text);
}

void
annals_memo_text_set_text (AnnalsMemoText *self,
                           const char     *text,
                           GPtrArray      *named)
{
  GtkTextIter start, end, cursor;
  g_autofree char *shown = NULL;
  int offset, length;

  g_return_if_fail (ANNALS_IS_MEMO_TEXT (self));
  g_return_if_fail (text != NULL);

  shown = annals_memo_text_dup_text (self);
  if (g_strcmp0 (shown, text) == 0)
    {
      if (named != NULL)
        annals_memo_chips_refresh (self, named);
      return;
    }

  gtk_text_buffer_get_iter_at_mark (self->buffer, &cursor, gtk_text_buffer_get_insert (self->buffer));
  offset = gtk_text_iter_get_offset (&cursor);

  self->filling = TRUE;
  annals_memo_completion_stop (self->completion);
  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  gtk_text_buffer_delete (self->buffer, &start, &end);
  annals_memo_chips_clear (self);
  gtk_text_buffer_get_start_iter (self->buffer, &start);
  annals_memo_chips_insert_text (self, &start, text, named);
  length = gtk_text_buffer_get_char_count (self->buffer);
  gtk_text_buffer_get_iter_at_offset (self->buffer, &cursor, MIN (offset, length));
  gtk_text_buffer_place_cursor (self->buffer, &cursor);
  self->filling = FALSE;

  /* Laid out while it is drawn, a new text would change the scrollbar when that has its place already. */
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
annals_memo_text_insert (AnnalsMemoText    *self,
                         const AnnalsNamed *named)
{
  GtkTextIter cursor;

  g_return_if_fail (ANNALS_IS_MEMO_TEXT (self));
  g_return_if_fail (named != NULL);

  gtk_text_buffer_get_iter_at_mark (self->buffer, &cursor, gtk_text_buffer_get_insert (self->buffer));
  annals_memo_chip_insert (self, &cursor, named);
  gtk_text_buffer_place_cursor (self->buffer, &cursor);
  emit_edited (self);
}
