/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-note-card.h"

#include <glib/gi18n.h>
#include <string.h>

#include "annals-announce.h"
#include "annals-chip.h"
#include "annals-colours.h"
#include "annals-date-style.h"
#include "annals-drag-origin.h"
#include "annals-links-section.h"
#include "annals-markdown-label.h"
#include "annals-markdown-view.h"
#include "annals-markdown.h"
#include "annals-note-ids.h"
#include "annals-swatch.h"
#include "annals-wrap-layout.h"

/* Characters of a note that are shown unless all of it is asked for. */
#define MAX_SHOWN 1000
/* Of what it is called to a screen reader. */
#define MAX_NAME 400

struct _AnnalsNoteCard
{
  GtkWidget  parent_instance;
  GtkWidget *box;
  GtkWidget *edge;
  GtkWidget *meaning;
  GtkWidget *time;
  GtkWidget *quote;
  GtkWidget *note;
  GtkWidget *whole;          /* scrolls all of a long note */
  GtkWidget *whole_text;     /* (nullable) until asked for */
  GtkWidget *show_all;
  GtkWidget *editor_frame;
  GtkWidget *editor_scroller;
  GtkWidget *editor;         /* (nullable) until the note is edited: it takes long to make */
  GtkWidget *hint;
  GtkWidget *chips;
  char      *chip_looks;   /* (nullable): of dup_chip_looks() */
  gboolean   is_pressed;   /* the pointer is, somewhere on it */
  gboolean   enters;       /* it got the keyboard meanwhile */
  GtkWidget *state;
  GtkWidget *state_label;
  GtkWidget *state_button;

  gint64     id;
  char      *text;      /* the note as the notebook has it */
  char      *base;        /* (nullable): the text as it was when its editing began */
  gboolean   editing;
  gboolean   is_long;     /* not all of it is shown */
  gboolean   shows_all;   /* but all of it was asked for */
  gboolean   has_quote;  /* it is on a passage, not on a whole post */
  gboolean   quoting;   /* the text beside it does not say what it is on */
  gboolean   review;    /* nor does any */
};

G_DEFINE_FINAL_TYPE (AnnalsNoteCard, annals_note_card, GTK_TYPE_WIDGET)

static char *
dup_time (gint64   microseconds,
          char   **full)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (microseconds / G_USEC_PER_SEC);
  g_autoptr(GDateTime) made = utc != NULL ? g_date_time_to_local (utc) : NULL;
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();

  *full = NULL;
  if (made == NULL)
    return g_strdup ("");

  *full = annals_date_style_format (made, "%c");
  if (g_date_time_get_year (made) != g_date_time_get_year (now))
    /* Translators: a day of another year, as g_date_time_format() takes it */
    return annals_date_style_format (made, _("%-d %b %Y"));
  if (g_date_time_get_day_of_year (made) != g_date_time_get_day_of_year (now))
    /* Translators: a day of this year, as g_date_time_format() takes it
     * xgettext:no-c-format */
    return annals_date_style_format (made, _("%-d %b"));

  /* Translators: a time of today, as g_date_time_format() takes it */
  return annals_date_style_format (made, _("%H:%M"));
}

/* Which of the ways to see the note is seen. */
static void
update_shown (AnnalsNoteCard *self)
{
  gboolean noted = !self->editing && *self->text != '\0';
  gboolean all = noted && self->is_long && self->shows_all;

  gtk_widget_set_visible (self->editor_frame, self->editing);
  gtk_widget_set_visible (self->hint, self->editing);
  gtk_widget_set_visible (self->note, noted && !all);
  gtk_widget_set_visible (self->whole, all);
  gtk_widget_set_visible (self->show_all, noted && self->is_long);
  gtk_button_set_label (GTK_BUTTON (self->show_all), all ? _("Show Less") : _("Show All"));
}

static void
set_editing (AnnalsNoteCard *self,
             gboolean        editing)
{
  self->editing = editing;
  update_shown (self);
}

/* A megabyte in labels would take seconds: of a long note the beginning is shown as it is meant, and all of it, when
 * that is asked for, as it was written. */
static void
show_note (AnnalsNoteCard *self)
{
  self->is_long = !annals_markdown_label_set (ANNALS_MARKDOWN_LABEL (self->note), self->text, MAX_SHOWN);
  if (self->whole_text != NULL && self->shows_all)
    annals_markdown_view_set_text (ANNALS_MARKDOWN_VIEW (self->whole_text), self->text);
}

static void
name_text (GtkWidget *view)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Note"), -1);
}

static void
show_all_cb (AnnalsNoteCard *self)
{
  GtkTextIter start;

  self->shows_all = !self->shows_all;
  if (self->shows_all && self->whole_text == NULL)
    {
      self->whole_text = annals_markdown_view_new ();
      gtk_text_view_set_editable (GTK_TEXT_VIEW (self->whole_text), FALSE);
      name_text (self->whole_text);
      gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->whole), self->whole_text);
    }

  if (self->shows_all)
    {
      show_note (self);
      gtk_text_buffer_get_start_iter (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->whole_text)), &start);
      gtk_text_buffer_place_cursor (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->whole_text)), &start);
    }
  update_shown (self);
}

static void
address_cb (AnnalsNoteCard *self,
            const char     *address)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "reader.show-address", "(xs)", self->id, address);
}

static char *
dup_typed (AnnalsNoteCard *self)
{
  return g_strstrip (annals_markdown_view_dup_text (ANNALS_MARKDOWN_VIEW (self->editor)));
}

static void
add_tag_chip (AnnalsNoteCard *self,
              AnnalsReading  *reading,
              const char     *tag_name)
{
  AnnalsTag *tag = annals_reading_find_tag (reading, tag_name);
  GtkWidget *chip = annals_chip_new (tag_name, tag != NULL ? tag->colour : NULL);
  g_autofree char *removal = g_strdup_printf (_("Remove Tag “%s”"), tag_name);

  if (tag != NULL)
    annals_chip_set_removal (ANNALS_CHIP (chip), removal, "reader.untag-note",
                             g_variant_new ("(xx)", self->id, tag->id));
  gtk_widget_set_parent (chip, self->chips);
}

/* One a timeline, which leads to the first of its events; @seen: the timelines that have theirs. */
static void
add_citing_chip (AnnalsNoteCard *self,
                 AnnalsCiting   *citing,
                 GHashTable     *seen)
{
  /* Translators: %s is a timeline in which the passage is evidence */
  g_autofree char *label = g_strdup_printf (_("→ %s"), citing->timeline);
  GtkWidget *chip;

  for (guint i = 0; i < citing->annotation_ids->len; i++)
    {
      if (g_array_index (citing->annotation_ids, gint64, i) != self->id || citing->timeline_id == 0 ||
          !g_hash_table_add (seen, &citing->timeline_id))
        continue;

      chip = annals_chip_new_button (label, NULL, "reader.show-timeline",
                                     g_variant_new ("(xx)", citing->timeline_id, citing->event_id));
      gtk_widget_set_tooltip_text (chip, citing->title);
      gtk_widget_set_parent (chip, self->chips);
      return;
    }
}

/* "contradicts: Title", which leads there. */
static void
add_link_chips (AnnalsNoteCard *self,
                AnnalsReading  *reading)
{
  for (guint i = 0; i < reading->links->len; i++)
    {
      const AnnalsLink *link = g_ptr_array_index (reading->links, i);
      const AnnalsNamed *here = link->outgoing ? link->from : link->to;
      const AnnalsNamed *other = annals_link_get_other (link);
      const char *absence = annals_where_get_words (other->where);
      g_autofree char *title = absence != NULL ? g_strdup_printf ("%s (%s)", other->title, absence)
                                               : g_strdup (other->title);
      /* Translators: how a note is linked and with what: “contradicts: Title” */
      g_autofree char *label = g_strdup_printf (_("%s: %s"), annals_relation_get_label (link->relation, link->outgoing),
                                                title);
      GtkWidget *chip;

      if (here->id != self->id)
        continue;

      chip = annals_chip_new_button (label, NULL, "reader.follow-link", g_variant_new_int64 (link->id));
      gtk_widget_set_tooltip_text (chip, *link->note != '\0' ? link->note : other->title);
      gtk_widget_set_parent (chip, self->chips);
    }
}

/* All that the chips say, and where they lead. */
static char *
dup_chip_looks (AnnalsNoteCard   *self,
                AnnalsAnnotation *annotation,
                AnnalsReading    *reading)
{
  GString *looks = g_string_new (NULL);

  g_string_append_printf (looks, "%" G_GINT64_FORMAT, self->id);
  for (guint i = 0; reading != NULL && i < reading->citings->len; i++)
    {
      const AnnalsCiting *citing = g_ptr_array_index (reading->citings, i);

      for (guint k = 0; k < citing->annotation_ids->len; k++)
        if (g_array_index (citing->annotation_ids, gint64, k) == self->id)
          g_string_append_printf (looks, "\n%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s %s", citing->timeline_id,
                                  citing->event_id, citing->timeline, citing->title);
    }

  for (guint i = 0; reading != NULL && i < reading->links->len; i++)
    {
      const AnnalsLink *link = g_ptr_array_index (reading->links, i);
      const AnnalsNamed *other = annals_link_get_other (link);

      if ((link->outgoing ? link->from : link->to)->id == self->id)
        g_string_append_printf (looks, "\n%" G_GINT64_FORMAT " %d %d %d %s %s", link->id, link->relation,
                                link->outgoing, other->where, other->title, link->note);
    }

  for (guint i = 0; reading != NULL && self->id != 0 && annotation->tags != NULL && annotation->tags[i] != NULL; i++)
    {
      const AnnalsTag *tag = annals_reading_find_tag (reading, annotation->tags[i]);

      g_string_append_printf (looks, "\n%s %" G_GINT64_FORMAT " %s", annotation->tags[i], tag != NULL ? tag->id : 0,
                              tag != NULL ? tag->colour : "");
    }

  return g_string_free (looks, FALSE);
}

/* Who is at a chip is not disturbed by news of something else. */
static void
fill_chips (AnnalsNoteCard   *self,
            AnnalsAnnotation *annotation,
            AnnalsReading    *reading)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autofree char *looks = dup_chip_looks (self, annotation, reading);
  GtkWidget *chip;

  if (g_strcmp0 (looks, self->chip_looks) == 0)
    return;

  g_free (self->chip_looks);
  self->chip_looks = g_steal_pointer (&looks);
  while ((chip = gtk_widget_get_first_child (self->chips)) != NULL)
    gtk_widget_unparent (chip);

  if (reading != NULL && self->id != 0)
    {
      for (guint i = 0; i < reading->citings->len; i++)
        add_citing_chip (self, g_ptr_array_index (reading->citings, i), seen);
      add_link_chips (self, reading);
      for (guint i = 0; annotation->tags != NULL && annotation->tags[i] != NULL; i++)
        add_tag_chip (self, reading, annotation->tags[i]);
    }

  gtk_widget_set_visible (self->chips, gtk_widget_get_first_child (self->chips) != NULL);
}

static void
revert (AnnalsNoteCard *self)
{
  gint64 id = self->id;

  set_editing (self, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (id == 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "reader.drop-draft", NULL);
}

static gboolean
editor_key_cb (AnnalsNoteCard        *self,
               guint                  keyval,
               guint                  keycode,
               GdkModifierType        state,
               GtkEventControllerKey *controller)
{
  gboolean enter = keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter;

  if (keyval == GDK_KEY_Escape)
    {
      revert (self);
      return GDK_EVENT_STOP;
    }

  if (enter && (state & GDK_CONTROL_MASK) != 0)
    {
      gtk_widget_grab_focus (GTK_WIDGET (self));   /* the editor saves when it is left */
      return GDK_EVENT_STOP;
    }

  return GDK_EVENT_PROPAGATE;
}

static void
editor_leave_cb (AnnalsNoteCard *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  /* Who looks into another window comes back to an open editor. */
  if (GTK_IS_WINDOW (root) && gtk_window_is_active (GTK_WINDOW (root)))
    annals_note_card_save (self);
}

static GtkWidget *
ensure_editor (AnnalsNoteCard *self)
{
  GtkEventController *key, *leave;

  if (self->editor != NULL)
    return self->editor;

  self->editor = annals_markdown_view_new ();
  name_text (self->editor);
  key = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (key, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (key, "key-pressed", G_CALLBACK (editor_key_cb), self);
  gtk_widget_add_controller (self->editor, key);
  leave = gtk_event_controller_focus_new ();
  g_signal_connect_swapped (leave, "leave", G_CALLBACK (editor_leave_cb), self);
  gtk_widget_add_controller (self->editor, leave);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->editor_scroller), self->editor);

  return self->editor;
}

/* The page goes to a note that is entered, but not away from below the pointer that is pressed on it. */
static void
enter_cb (AnnalsNoteCard *self)
{
  self->enters = self->is_pressed;
  if (!self->enters)
    gtk_widget_activate_action (GTK_WIDGET (self), "reader.select-note", "x", self->id);
}

static void
press_ended_cb (AnnalsNoteCard *self)
{
  self->is_pressed = FALSE;
  if (self->enters)
    enter_cb (self);
}

static void
pressed_cb (AnnalsNoteCard  *self,
            int              n_press,
            double           x,
            double           y,
            GtkGestureClick *gesture)
{
  GtkWidget *below = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);

  self->is_pressed = TRUE;
  if (self->editing || (below != NULL && gtk_widget_get_ancestor (below, GTK_TYPE_BUTTON) != NULL))
    return;

  if (n_press == 2)
    annals_note_card_edit (self);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* A note goes into a memo as its quotation. While it is edited a drag selects words. */
static GdkContentProvider *
prepare_drag_cb (AnnalsNoteCard *self)
{
  g_autoptr(GArray) ids = NULL;

  if (self->id == 0 || self->editing)
    return NULL;

  ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (ids, self->id);
  annals_drag_begin_from (GTK_WIDGET (self));

  return gdk_content_provider_new_typed (ANNALS_TYPE_NOTE_IDS, ids);
}

static void
drag_begin_cb (AnnalsNoteCard *self,
               GdkDrag        *drag)
{
  GtkWidget *label = gtk_label_new (gtk_label_get_text (GTK_LABEL (self->quote)));

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  gtk_widget_add_css_class (label, "drag-label");
  gtk_drag_icon_set_child (GTK_DRAG_ICON (gtk_drag_icon_get_for_drag (drag)), label);
  gdk_drag_set_hotspot (drag, -12, -8);
}

static gboolean
edit_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   user_data)
{
  AnnalsNoteCard *self = ANNALS_NOTE_CARD (widget);

  if (!gtk_widget_has_focus (widget))
    return FALSE;

  annals_note_card_edit (self);

  return TRUE;
}

static gboolean
delete_cb (GtkWidget *widget,
           GVariant  *args,
           gpointer   user_data)
{
  return gtk_widget_has_focus (widget) &&
         gtk_widget_activate_action (widget, "reader.delete-note", "x",
                                        ANNALS_NOTE_CARD (widget)->id);
}

/* An action of the reader on this note. */
static gboolean
act_cb (GtkWidget *widget,
        GVariant  *args,
        gpointer   user_data)
{
  return gtk_widget_has_focus (widget) && ANNALS_NOTE_CARD (widget)->id != 0 &&
         gtk_widget_activate_action (widget, g_variant_get_string (args, NULL), "x", ANNALS_NOTE_CARD (widget)->id);
}

static gboolean
step_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   user_data)
{
  return gtk_widget_has_focus (widget) &&
         gtk_widget_activate_action (widget, "reader.step-note", "(xi)",
                                     ANNALS_NOTE_CARD (widget)->id, g_variant_get_int32 (args));
}

static void
annals_note_card_unmap (GtkWidget *widget)
{
  AnnalsNoteCard *self = ANNALS_NOTE_CARD (widget);

  annals_note_card_save (self);

  GTK_WIDGET_CLASS (annals_note_card_parent_class)->unmap (widget);
}

static void
annals_note_card_dispose (GObject *object)
{
  AnnalsNoteCard *self = ANNALS_NOTE_CARD (object);
  GtkWidget *chip;

  while (self->chips != NULL && (chip = gtk_widget_get_first_child (self->chips)) != NULL)
    gtk_widget_unparent (chip);
  gtk_widget_dispose_template (GTK_WIDGET (self), ANNALS_TYPE_NOTE_CARD);

  G_OBJECT_CLASS (annals_note_card_parent_class)->dispose (object);
}

static void
annals_note_card_finalize (GObject *object)
{
  AnnalsNoteCard *self = ANNALS_NOTE_CARD (object);

  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->base, g_free);
  g_clear_pointer (&self->chip_looks, g_free);

  G_OBJECT_CLASS (annals_note_card_parent_class)->finalize (object);
}

static void
bind_keys (GtkWidgetClass *widget_class)
{
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, 0, edit_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, 0, edit_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F2, 0, edit_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Delete, 0, delete_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Delete, 0, delete_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_l, GDK_CONTROL_MASK, act_cb, "s", "reader.link-note");
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, act_cb, "s", "reader.note-menu");
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, act_cb, "s", "reader.note-menu");
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Down, 0, step_cb, "i", 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Up, 0, step_cb, "i", -1);
}

static void
annals_note_card_class_init (AnnalsNoteCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = annals_note_card_dispose;
  object_class->finalize = annals_note_card_finalize;
  widget_class->unmap = annals_note_card_unmap;

  g_type_ensure (ANNALS_TYPE_MARKDOWN_LABEL);
  g_type_ensure (ANNALS_TYPE_SWATCH);
  g_type_ensure (ANNALS_TYPE_WRAP_LAYOUT);
  bind_keys (widget_class);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               ANNALS_RESOURCE_PATH "/annals-note-card.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsNoteCard, box);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNoteCard, edge);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNoteCard, meaning);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNoteCard, time);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNoteCard, quote);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNoteCard, note);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNoteCard, editor_frame);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNoteCard, editor_scroller);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNoteCard, whole);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNoteCard, show_all);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNoteCard, hint);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNoteCard, chips);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNoteCard, state);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNoteCard, state_label);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNoteCard, state_button);
  gtk_widget_class_bind_template_callback (widget_class, address_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_all_cb);
}

static void
annals_note_card_init (AnnalsNoteCard *self)
{
  GtkEventController *enter = gtk_event_controller_focus_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkDragSource *drag = gtk_drag_source_new ();

  self->text = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));

  g_signal_connect_swapped (enter, "enter", G_CALLBACK (enter_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), enter);
  gtk_drag_source_set_actions (drag, GDK_ACTION_COPY);
  g_signal_connect_swapped (drag, "prepare", G_CALLBACK (prepare_drag_cb), self);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect_swapped (click, "end", G_CALLBACK (press_ended_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

GtkWidget *
annals_note_card_new (void)
{
  return g_object_new (ANNALS_TYPE_NOTE_CARD, NULL);
}

static void
set_quotation (AnnalsNoteCard *self,
               const char     *exact)
{
  g_autofree char *line = annals_text_normalize_line (exact, -1);
  /* Translators: a quotation */
  g_autofree char *quoted = g_strdup_printf (_("“%s”"), line);

  gtk_label_set_text (GTK_LABEL (self->quote), quoted);
}

/* What to do about a passage that moved or was not found again. */
static void
set_state_button (AnnalsNoteCard *self,
                  const char     *label,
                  const char     *action)
{
  gtk_button_set_label (GTK_BUTTON (self->state_button), label);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->state_button), "x", self->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->state_button), action);
}

static char *
dup_moved (const AnnalsAnnotation *annotation)
{
  g_autofree char *full = NULL;
  g_autofree char *time = dup_time (annotation->moved, &full);
  g_autofree char *was = annals_text_normalize_line (annotation->was_quote, -1);

  if (annotation->moved == 0)
    return g_strdup (_("Moved with its passage"));
  if (annotation->was_quote == NULL || g_str_equal (annotation->was_quote, annotation->selector.exact))
    /* Translators: %s is a day or a time */
    return g_strdup_printf (_("Moved with its passage, %s"), time);

  /* Translators: the first %s is a day or a time, the second a quotation */
  return g_strdup_printf (_("Changed with its passage, %s; was “%s”"), time, was);
}

static void
set_state (AnnalsNoteCard         *self,
           const AnnalsAnnotation *annotation)
{
  gboolean review = g_str_equal (annotation->state, "review");
  gboolean moved = g_str_equal (annotation->state, "moved");
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->state, review || moved);
  if (!review && !moved)
    return;

  if (moved)
    {
      text = dup_moved (annotation);
      set_state_button (self, _("Looks _Right"), "reader.confirm-note");
    }
  else
    {
      text = g_strdup (annotation->orphan ? _("Its passage is gone from the post")
                                          : _("Its passage was not found again"));
      set_state_button (self, _("Re_view…"), "reader.review-note");
    }
  gtk_label_set_text (GTK_LABEL (self->state_label), text);
  gtk_widget_set_visible (self->state_button, moved || !annotation->orphan);
}

static void
name_card (AnnalsNoteCard   *self,
           AnnalsAnnotation *annotation,
           AnnalsReading    *reading)
{
  const char *meaning = annals_reading_get_meaning (reading, annotation->colour);
  g_autofree char *lead = annals_markdown_dup_plain (annotation->note, MAX_NAME);
  const char *said = *lead != '\0' ? lead : annotation->selector.exact;
  /* Translators: a note's name to a screen reader: “Evidence: Same flight as …” */
  g_autofree char *name = g_strdup_printf (_("%s: %s"), meaning, said != NULL ? said : "");

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  annals_describe (GTK_WIDGET (self), annotation->selector.exact != NULL ? annotation->selector.exact : "");
}

void
annals_note_card_set (AnnalsNoteCard   *self,
                      AnnalsAnnotation *annotation,
                      AnnalsReading    *reading)
{
  g_autofree char *time = NULL;
  g_autofree char *full = NULL;
  g_autofree char *meaning = NULL;

  g_return_if_fail (ANNALS_IS_NOTE_CARD (self));

  if (self->id != annotation->id)
    self->shows_all = FALSE;
  self->id = annotation->id;
  g_free (self->text);
  self->text = g_strdup (annotation->note);

  self->review = g_str_equal (annotation->state, "review");
  meaning = annals_annotation_is_post_note (annotation)
            /* Translators: what a note on a whole post means by its colour */
            ? g_strdup_printf (_("%s · whole post"), annals_reading_get_meaning (reading, annotation->colour))
            : g_strdup (annals_reading_get_meaning (reading, annotation->colour));
  time = dup_time (annotation->created, &full);

  annals_swatch_set_colour (ANNALS_SWATCH (self->edge), annotation->colour);
  gtk_label_set_text (GTK_LABEL (self->meaning), meaning);
  gtk_label_set_text (GTK_LABEL (self->time), time);
  gtk_widget_set_tooltip_text (self->time, full);
  show_note (self);
  self->has_quote = *annotation->selector.exact != '\0';
  set_quotation (self, annotation->selector.exact);
  set_state (self, annotation);
  gtk_widget_set_visible (self->quote, self->has_quote && (self->quoting || self->review));
  fill_chips (self, annotation, reading);
  name_card (self, annotation, reading);
  set_editing (self, self->editing);
}

gint64
annals_note_card_get_id (AnnalsNoteCard *self)
{
  g_return_val_if_fail (ANNALS_IS_NOTE_CARD (self), 0);

  return self->id;
}

void
annals_note_card_set_quoting (AnnalsNoteCard *self,
                              gboolean        quoting)
{
  g_return_if_fail (ANNALS_IS_NOTE_CARD (self));

  self->quoting = quoting;
  gtk_widget_set_visible (self->quote, self->has_quote && (self->quoting || self->review));
}

void
annals_note_card_set_current (AnnalsNoteCard *self,
                              gboolean        current)
{
  g_return_if_fail (ANNALS_IS_NOTE_CARD (self));

  if (current)
    gtk_widget_add_css_class (GTK_WIDGET (self), "current");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "current");
}

void
annals_note_card_edit (AnnalsNoteCard *self)
{
  g_return_if_fail (ANNALS_IS_NOTE_CARD (self));

  if (!self->editing)
    {
      annals_markdown_view_set_text (ANNALS_MARKDOWN_VIEW (ensure_editor (self)), self->text);
      g_free (self->base);
      self->base = g_strdup (self->text);
      set_editing (self, TRUE);
    }

  gtk_widget_grab_focus (self->editor);
}

gboolean
annals_note_card_is_editing (AnnalsNoteCard *self)
{
  g_return_val_if_fail (ANNALS_IS_NOTE_CARD (self), FALSE);

  return self->editing;
}

void
annals_note_card_save (AnnalsNoteCard *self)
{
  g_autofree char *typed = NULL;

  g_return_if_fail (ANNALS_IS_NOTE_CARD (self));

  if (!self->editing)
    return;

  typed = dup_typed (self);
  set_editing (self, FALSE);
  if (self->id != 0 && g_str_equal (typed, self->base))
    return;

  /* It is shown at once; should the change fail, the next reading puts it right. What somebody else wrote
   * meanwhile stays until it has been asked which of the two is to be kept. */
  if (g_str_equal (self->text, self->base))
    {
      g_free (self->text);
      self->text = g_strdup (typed);
      show_note (self);
      set_editing (self, FALSE);
    }
  gtk_widget_activate_action (GTK_WIDGET (self), "reader.save-note", "(xss)", self->id, typed, self->base);
}
