/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-reader-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "annals-event-dates.h"
#include "annals-citation.h"
#include "annals-colour-names-window.h"
#include "annals-event-dialog.h"
#include "annals-link-dialog.h"
#include "annals-quote-in-memo.h"
#include "annals-link-popover.h"
#include "annals-palette.h"
#include "annals-selection-popover.h"
#include "annals-tag-entry.h"

static AnnalsPassageView *
get_passage (AnnalsReader *self)
{
  return annals_reader_page_get_passage (self->page);
}

static const char *
get_colour (AnnalsReader *self)
{
  guint n_colours;

  return self->colour != NULL ? self->colour : annals_palette_get (&n_colours)[0].name;
}

static void
take_annotation (AnnalsTarget     *target,
                 AnnalsAnnotation *annotation)
{
  target->annotation_id = annotation->id;
  target->start = annotation->selector.start;
  target->end = annotation->selector.end;
}

/* A selection made by pointer often takes white space along: it is no part of the passage. */
static gboolean
find_selection (AnnalsReader *self,
                AnnalsTarget *target)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (get_passage (self)));
  GtkTextIter start;
  GtkTextIter end;

  if (!gtk_text_buffer_get_selection_bounds (buffer, &start, &end))
    return FALSE;

  while (gtk_text_iter_compare (&start, &end) < 0 &&
         g_unichar_isspace (gtk_text_iter_get_char (&start)))
    gtk_text_iter_forward_char (&start);

  while (gtk_text_iter_compare (&start, &end) < 0)
    {
      GtkTextIter last = end;

      gtk_text_iter_backward_char (&last);
      if (!g_unichar_isspace (gtk_text_iter_get_char (&last)))
        break;
      end = last;
    }

  target->start = gtk_text_iter_get_offset (&start);
  target->end = gtk_text_iter_get_offset (&end);

  return target->start < target->end;
}

/* The selection; without one the marked passage the tools are about, or the one the cursor is in. A
 * selection of just what is marked already means that mark. */
static gboolean
find_target (AnnalsReader *self,
             AnnalsTarget *target)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (get_passage (self)));
  AnnalsAnnotation *annotation = NULL;
  GtkTextIter cursor;

  *target = (AnnalsTarget) { 0, 0, 0 };
  if (self->reading == NULL || self->post_id != self->reading->post->id)
    return FALSE;

  if (find_selection (self, target))
    {
      for (guint i = 0; i < self->reading->annotations->len; i++)
        {
          annotation = g_ptr_array_index (self->reading->annotations, i);
          if (annotation->selector.start == target->start &&
              annotation->selector.end == target->end &&
              !g_str_equal (annotation->state, "review"))
            target->annotation_id = annotation->id;
        }
      return TRUE;
    }

  if (self->tools_id != 0)
    annotation = annals_reading_find_annotation (self->reading, self->tools_id);
  if (annotation == NULL)
    {
      gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
      annotation = annals_passage_view_get_annotation_at (get_passage (self),
                                                          gtk_text_iter_get_offset (&cursor));
    }
  if (annotation == NULL || annotation->id == 0)
    return FALSE;

  take_annotation (target, annotation);

  return TRUE;
}

static AnnalsMark *
make_mark (AnnalsReader       *self,
           const AnnalsTarget *target)
{
  AnnalsMark *mark = annals_mark_new (self->post_id, target->annotation_id);

  mark->start = target->start;
  mark->end = target->end;
  if (target->annotation_id == 0)
    mark->colour = g_strdup (get_colour (self));

  return mark;
}

/* After a passage was marked: what was selected is now the mark, which stands out. */
static void
end_selection (AnnalsReader *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (get_passage (self)));
  GtkTextIter cursor;

  annals_reader_hide_popovers (self);
  self->tools_id = 0;
  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  gtk_text_buffer_place_cursor (buffer, &cursor);
}

static void
marked_cb (gpointer      owner,
           gpointer      data,
           const GError *error)
{
  AnnalsReader *self = owner;
  AnnalsMark *mark = data;

  if (error != NULL || mark->post_id != self->post_id)
    return;

  annals_reader_page_set_current (self->page, mark->annotation_id);
  if (mark->event_date != NULL)
    self->timeline_id = mark->timeline_id;
}

static void
change (AnnalsReader *self,
        const char   *label,
        const char   *message,
        AnnalsMark   *mark)
{
  annals_desk_change (self->desk, self, label, message, annals_mark_apply, mark,
                      (GDestroyNotify) annals_mark_free, marked_cb);
}

static void
highlight (AnnalsReader *self,
           const char   *colour)
{
  AnnalsAnnotation *annotation;
  AnnalsTarget target;
  AnnalsMark *mark;

  if (!find_target (self, &target))
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }

  g_free (self->colour);
  self->colour = g_strdup (colour);
  annotation = annals_reading_find_annotation (self->reading, target.annotation_id);
  if (annotation != NULL && g_str_equal (annotation->colour, colour))
    {
      end_selection (self);
      return;
    }

  mark = make_mark (self, &target);
  g_free (mark->colour);
  mark->colour = g_strdup (colour);
  end_selection (self);

  if (target.annotation_id == 0)
    change (self, _("Add highlight"), _("Highlight added"), mark);
  else
    change (self, _("Change highlight’s colour"), _("Highlight’s colour changed"), mark);
}

static void
highlight_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  g_autofree char *colour = g_variant_dup_string (parameter, NULL);

  highlight (ANNALS_READER (widget), colour);
}

static void
highlight_last_action (GtkWidget  *widget,
                       const char *name,
                       GVariant   *parameter)
{
  AnnalsReader *self = ANNALS_READER (widget);
  g_autofree char *colour = g_strdup (get_colour (self));

  highlight (self, colour);
}

static void
note_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  AnnalsReader *self = ANNALS_READER (widget);
  AnnalsTarget target;

  if (!find_target (self, &target))
    {
      gtk_widget_error_bell (widget);
      return;
    }

  end_selection (self);
  if (target.annotation_id != 0)
    gtk_widget_activate_action (widget, "reader.edit-note", "x", target.annotation_id);
  else
    annals_reader_begin_draft (self, target.start, target.end);
}

/* Lets a popover point at the passage. FALSE when it is out of view. */
static gboolean
point_at (AnnalsReader       *self,
          GtkPopover         *popover,
          const AnnalsTarget *target)
{
  GtkWidget *page = GTK_WIDGET (self->page);
  GdkRectangle place;
  gboolean seen =
      annals_passage_view_get_rectangle (get_passage (self), target->start, target->end, &place);
  graphene_point_t corner;
  int middle;

  if (gtk_widget_compute_point (GTK_WIDGET (get_passage (self)), page,
                                &GRAPHENE_POINT_INIT (place.x, place.y), &corner))
    {
      place.x = corner.x;
      place.y = corner.y;
    }

  /* Near the page's sides it begins or ends with the passage, so as not to lie over what is
   * beside. */
  middle = place.x + place.width / 2;
  gtk_widget_set_halign (GTK_WIDGET (popover),
                         middle < 260 ? GTK_ALIGN_START
                         : middle > gtk_widget_get_width (page) - 260 ? GTK_ALIGN_END
                         : GTK_ALIGN_CENTER);
  gtk_popover_set_pointing_to (popover, &place);

  return seen;
}

static void
tag_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  AnnalsReader *self = ANNALS_READER (widget);
  AnnalsAnnotation *annotation;

  if (!find_target (self, &self->tag_target))
    {
      gtk_widget_error_bell (widget);
      return;
    }

  annotation = annals_reading_find_annotation (self->reading, self->tag_target.annotation_id);
  annals_tag_entry_set_tags (ANNALS_TAG_ENTRY (self->tag_entry), self->reading->tags,
                             annotation != NULL ? (const char * const *) annotation->tags : NULL);
  gtk_popover_popdown (self->tools);
  point_at (self, self->tag_popover, &self->tag_target);
  gtk_popover_popup (self->tag_popover);
  annals_tag_entry_begin (ANNALS_TAG_ENTRY (self->tag_entry));
}

static void
tag_entered_cb (AnnalsReader *self,
                const char   *name)
{
  AnnalsMark *mark = make_mark (self, &self->tag_target);
  g_autofree char *message = g_strdup_printf (_("Passage tagged “%s”"), name);

  mark->add_tag = g_strdup (name);
  gtk_popover_popdown (self->tag_popover);
  gtk_widget_grab_focus (GTK_WIDGET (get_passage (self)));
  end_selection (self);
  change (self, _("Tag passage"), message, mark);
}

/* What the dialog for an event needs, and what it is about. */
typedef struct
{
  AnnalsTarget  target;
  gint64        post_id;
  AnnalsText   *text;
  AnnalsDate   *published;
  GPtrArray    *timelines;   /* (out) */
  GPtrArray    *dates;       /* (out) (element-type AnnalsEventDate) */
} EventQuestion;

static void
event_question_free (EventQuestion *self)
{
  g_clear_pointer (&self->text, annals_text_unref);
  g_clear_pointer (&self->published, annals_date_unref);
  g_clear_pointer (&self->timelines, g_ptr_array_unref);
  g_clear_pointer (&self->dates, g_ptr_array_unref);
  g_free (self);
}

static gboolean
load_timelines (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  EventQuestion *question = data;

  question->dates = annals_event_dates_find (question->text, question->published,
                                             question->target.start, question->target.end);
  return (question->timelines = annals_db_list_timelines (db, error)) != NULL;
}

static void
event_accepted_cb (AnnalsEventDialog *dialog,
                   AnnalsReader      *self)
{
  const EventQuestion *question = g_object_get_data (G_OBJECT (dialog), "annals-question");
  g_autofree char *timeline = annals_event_dialog_dup_timeline (dialog);
  g_autofree char *message = g_strdup_printf (_("Event added to %s"), timeline);
  AnnalsMark *mark = make_mark (self, &question->target);

  mark->post_id = question->post_id;
  annals_event_dialog_fill (dialog, mark);
  end_selection (self);
  change (self, _("Add event to timeline"), message, mark);
}

static void
timelines_loaded_cb (gpointer      owner,
                     gpointer      data,
                     const GError *error)
{
  AnnalsReader *self = owner;
  EventQuestion *question = data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *quotation = NULL;
  GtkWidget *dialog;

  if (error != NULL)
    {
      annals_desk_fail (self->desk, _("The timelines could not be read"), error->message);
      return;
    }

  if (self->reading == NULL || self->post_id != question->post_id || !GTK_IS_WINDOW (root))
    return;

  quotation =
      annals_text_dup_slice (self->reading->text, question->target.start, question->target.end);
  dialog = annals_event_dialog_new (GTK_WINDOW (root), question->timelines, self->timeline_id,
                                    quotation, self->reading->post->published);
  for (guint i = 0; i < question->dates->len; i++)
    {
      const AnnalsEventDate *date = g_ptr_array_index (question->dates, i);

      annals_event_dialog_propose (ANNALS_EVENT_DIALOG (dialog), date->date, date->words);
    }
  g_object_set_data_full (G_OBJECT (dialog), "annals-question",
                          g_memdup2 (&(EventQuestion) { .target = question->target,
                                                        .post_id = question->post_id },
                                     sizeof (EventQuestion)),
                          g_free);
  g_signal_connect_object (dialog, "accepted", G_CALLBACK (event_accepted_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
timeline_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  AnnalsReader *self = ANNALS_READER (widget);
  EventQuestion *question;
  AnnalsTarget target;

  if (!find_target (self, &target))
    {
      gtk_widget_error_bell (widget);
      return;
    }

  gtk_popover_popdown (self->tools);
  question = g_new0 (EventQuestion, 1);
  question->target = target;
  question->post_id = self->post_id;
  question->text = annals_text_ref (self->reading->text);
  question->published = annals_date_ref (self->reading->post->published);
  annals_desk_read (self->desk, self, load_timelines, question,
                    (GDestroyNotify) event_question_free, NULL, timelines_loaded_cb);
}

static void
link_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  AnnalsReader *self = ANNALS_READER (widget);
  g_autofree char *quotation = NULL;
  AnnalsLinkFrom *from;
  AnnalsTarget target;

  if (!find_target (self, &target))
    {
      gtk_widget_activate_action (widget, "reader.link-post", NULL);
      return;
    }

  quotation = annals_text_dup_slice (self->reading->text, target.start, target.end);
  from = annals_link_from_new_passage (self->post_id, target.start, target.end, get_colour (self), quotation);
  if (target.annotation_id != 0)
    g_array_append_val (from->ids, target.annotation_id);
  annals_reader_hide_popovers (self);
  annals_link_pick (widget, self->desk, from);
}

static void
quote_in_memo_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *parameter)
{
  AnnalsReader *self = ANNALS_READER (widget);
  AnnalsTarget target;

  if (!find_target (self, &target))
    {
      gtk_widget_error_bell (widget);
      return;
    }

  annals_reader_hide_popovers (self);
  annals_quote_in_memo (widget, self->desk, target.annotation_id, self->post_id, target.start, target.end,
                        get_colour (self));
}

static AnnalsCitationStyle
get_citation_style (AnnalsReader *self)
{
  g_autofree char *style = self->settings != NULL ? g_settings_get_string (self->settings, "citation-style")
                                                  : g_strdup ("author-date");

  return g_str_equal (style, "note") ? ANNALS_CITATION_NOTE : ANNALS_CITATION_AUTHOR_DATE;
}

/* Words for what takes plain text, a link and marks for what takes HTML. */
static void
copy_citation (AnnalsReader *self,
               const char   *quotation)
{
  AnnalsCitationStyle style = get_citation_style (self);
  g_autofree char *plain = annals_citation_dup (self->reading->post, quotation, style, FALSE);
  g_autofree char *html = annals_citation_dup (self->reading->post, quotation, style, TRUE);
  g_autoptr(GBytes) bytes = g_bytes_new (html, strlen (html));
  GdkContentProvider *providers[2];
  g_autoptr(GdkContentProvider) both = NULL;

  providers[0] = gdk_content_provider_new_for_bytes ("text/html", bytes);
  providers[1] = gdk_content_provider_new_typed (G_TYPE_STRING, plain);
  both = gdk_content_provider_new_union (providers, G_N_ELEMENTS (providers));
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (self)), both);
}

static void
cite_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  AnnalsReader *self = ANNALS_READER (widget);
  g_autofree char *quotation = NULL;
  AnnalsTarget target;

  if (!find_target (self, &target))
    {
      gtk_widget_error_bell (widget);
      return;
    }

  quotation = annals_text_dup_slice (self->reading->text, target.start, target.end);
  copy_citation (self, quotation);
  gtk_popover_popdown (self->tools);
  annals_desk_toast (self->desk, _("Quotation copied with its source"), FALSE);
}

static void
cite_post_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  AnnalsReader *self = ANNALS_READER (widget);

  if (self->reading == NULL || self->post_id == 0)
    return;

  copy_citation (self, NULL);
  annals_desk_toast (self->desk, _("Citation of the post copied"), FALSE);
}

/* The mark that most of the selection is in: its bounds are what the selection would mend. */
static AnnalsAnnotation *
find_overlapped (AnnalsReader       *self,
                 const AnnalsTarget *selection)
{
  AnnalsAnnotation *found = NULL;
  guint most = 0;

  for (guint i = 0; i < self->reading->annotations->len; i++)
    {
      AnnalsAnnotation *annotation = g_ptr_array_index (self->reading->annotations, i);
      guint start = MAX (annotation->selector.start, selection->start);
      guint end = MIN (annotation->selector.end, selection->end);

      if (start < end && end - start > most && !g_str_equal (annotation->state, "review"))
        {
          most = end - start;
          found = annotation;
        }
    }

  return found;
}

static void
move_bounds_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  AnnalsReader *self = ANNALS_READER (widget);
  AnnalsAnnotation *annotation;
  AnnalsTarget target;
  AnnalsMark *mark;

  if (!find_target (self, &target) || target.annotation_id != 0 ||
      !(annotation = find_overlapped (self, &target)))
    {
      gtk_widget_error_bell (widget);
      return;
    }

  mark = annals_mark_new (self->post_id, annotation->id);
  mark->start = target.start;
  mark->end = target.end;
  mark->place = TRUE;
  end_selection (self);
  change (self, _("Move highlight’s bounds"), _("Highlight’s bounds moved"), mark);
}

static void
name_colours_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  AnnalsReader *self = ANNALS_READER (widget);
  GtkRoot *root = gtk_widget_get_root (widget);

  annals_reader_hide_popovers (self);
  if (self->reading != NULL && GTK_IS_WINDOW (root))
    annals_colour_names_window_present (GTK_WINDOW (root), self->desk, self->reading->colour_names);
}

static void
delete_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  AnnalsReader *self = ANNALS_READER (widget);
  AnnalsTarget target;

  if (!find_target (self, &target) || target.annotation_id == 0)
    {
      gtk_widget_error_bell (widget);
      return;
    }

  end_selection (self);
  gtk_widget_activate_action (widget, "reader.delete-note", "x", target.annotation_id);
}

static void
show_tools (AnnalsReader     *self,
            AnnalsAnnotation *annotation)
{
  AnnalsTarget target;

  self->tools_id = annotation != NULL ? annotation->id : 0;
  if (!find_target (self, &target))
    return;

  annals_selection_popover_set (
      ANNALS_SELECTION_POPOVER (self->tools), self->reading,
      annals_reading_find_annotation (self->reading, target.annotation_id),
      target.annotation_id == 0 && find_overlapped (self, &target) != NULL);
  if (point_at (self, self->tools, &target))
    gtk_popover_popup (self->tools);
}

/* Keeps the tools at their passage while the text scrolls. */
void
annals_reader_place_tools (AnnalsReader *self)
{
  AnnalsTarget target;

  if (gtk_widget_get_visible (GTK_WIDGET (self->tools)) &&
      (!find_target (self, &target) || !point_at (self, self->tools, &target)))
    gtk_popover_popdown (self->tools);
}

static void
selection_settled_cb (AnnalsReader *self)
{
  if (gtk_widget_has_focus (GTK_WIDGET (get_passage (self))))
    show_tools (self, NULL);
}

static void
selection_changed_cb (AnnalsReader *self)
{
  gtk_popover_popdown (self->tools);
  gtk_popover_popdown (self->link_popover);
  self->tools_id = 0;
}

static void
passage_clicked_cb (AnnalsReader *self,
                    guint         offset)
{
  AnnalsAnnotation *annotation = annals_passage_view_get_annotation_at (get_passage (self), offset);
  const char *address = annals_passage_view_get_link_at (get_passage (self), offset);

  if (address != NULL)
    {
      annals_link_popover_set_address (ANNALS_LINK_POPOVER (self->link_popover), address);
      point_at (self, self->link_popover, &(AnnalsTarget) { 0, offset, offset + 1 });
      /* its tooltip would say the same over it */
      gtk_widget_set_has_tooltip (GTK_WIDGET (get_passage (self)), FALSE);
      gtk_popover_popup (self->link_popover);
    }
  else if (annotation != NULL && annotation->id != 0)
    {
      annals_reader_page_set_current (self->page, annotation->id);
      show_tools (self, annotation);
    }
  else
    {
      annals_reader_page_set_current (self->page, 0);
    }
}

static void
link_closed_cb (AnnalsReader *self)
{
  gtk_widget_set_has_tooltip (GTK_WIDGET (get_passage (self)), TRUE);
}

static gboolean
key_cb (AnnalsReader          *self,
        guint                  keyval,
        guint                  keycode,
        GdkModifierType        state,
        GtkEventControllerKey *controller)
{
  if (keyval != GDK_KEY_Escape || !gtk_widget_get_visible (GTK_WIDGET (self->tools)))
    return GDK_EVENT_PROPAGATE;

  gtk_popover_popdown (self->tools);
  gtk_widget_grab_focus (GTK_WIDGET (get_passage (self)));

  return GDK_EVENT_STOP;
}

/* The tools do not hide by themselves: without the keyboard here they would stay over other
 * windows. */
static void
leave_cb (AnnalsReader *self)
{
  gtk_popover_popdown (self->tools);
}

void
annals_reader_name_colours (AnnalsReader *self)
{
  g_autoptr(GMenu) menu = g_menu_new ();
  g_autoptr(GMenu) first = g_menu_new ();
  g_autoptr(GMenu) second = g_menu_new ();
  g_autoptr(GMenu) colours = g_menu_new ();
  g_autoptr(GMenu) last = g_menu_new ();
  const AnnalsColour *palette;
  guint n_colours;

  palette = annals_palette_get (&n_colours);
  for (guint i = 0; i < n_colours; i++)
    {
      const char *meaning = annals_reading_get_meaning (self->reading, palette[i].name);
      g_autoptr(GMenuItem) item = g_menu_item_new (meaning, NULL);

      g_menu_item_set_action_and_target (item, "reader.highlight", "s", palette[i].name);
      g_menu_append_item (colours, item);
    }

  g_menu_append (last, _("Name Colours…"), "reader.name-colours");
  g_menu_append_section (colours, NULL, G_MENU_MODEL (last));
  g_menu_append (first, _("Copy with Citation"), "reader.cite");
  g_menu_append_submenu (second, _("Highlight"), G_MENU_MODEL (colours));
  g_menu_append (second, _("Note"), "reader.note");
  g_menu_append (second, _("Tag…"), "reader.tag");
  g_menu_append (second, _("Add to Timeline…"), "reader.timeline");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (first));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (second));
  gtk_text_view_set_extra_menu (GTK_TEXT_VIEW (get_passage (self)), G_MENU_MODEL (menu));
}

void
annals_reader_connect_passages (AnnalsReader *self)
{
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  AnnalsPassageView *passage = get_passage (self);

  g_signal_connect_object (passage, "selection-settled", G_CALLBACK (selection_settled_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (passage, "selection-changed", G_CALLBACK (selection_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (passage, "passage-clicked", G_CALLBACK (passage_clicked_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tag_entry, "tag-entered", G_CALLBACK (tag_entered_cb),
                           self, G_CONNECT_SWAPPED);

  g_signal_connect_object (self->link_popover, "closed", G_CALLBACK (link_closed_cb),
                           self, G_CONNECT_SWAPPED);

  gtk_event_controller_set_propagation_phase (key, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (key, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->page), key);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->page), focus);
  annals_reader_name_colours (self);
}

void
annals_reader_install_passage_actions (GtkWidgetClass *widget_class)
{
  const GdkModifierType ctrl_alt = GDK_CONTROL_MASK | GDK_ALT_MASK;

  gtk_widget_class_install_action (widget_class, "reader.highlight", "s", highlight_action);
  gtk_widget_class_install_action (widget_class, "reader.highlight-last", NULL,
                                   highlight_last_action);
  gtk_widget_class_install_action (widget_class, "reader.note", NULL, note_action);
  gtk_widget_class_install_action (widget_class, "reader.tag", NULL, tag_action);
  gtk_widget_class_install_action (widget_class, "reader.timeline", NULL, timeline_action);
  gtk_widget_class_install_action (widget_class, "reader.quote-in-memo", NULL, quote_in_memo_action);
  gtk_widget_class_install_action (widget_class, "reader.link", NULL, link_action);
  gtk_widget_class_install_action (widget_class, "reader.cite", NULL, cite_action);
  gtk_widget_class_install_action (widget_class, "reader.cite-post", NULL, cite_post_action);
  gtk_widget_class_install_action (widget_class, "reader.move-bounds", NULL, move_bounds_action);
  gtk_widget_class_install_action (widget_class, "reader.name-colours", NULL, name_colours_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_b, ctrl_alt, "reader.move-bounds", NULL);
  gtk_widget_class_install_action (widget_class, "reader.delete", NULL, delete_action);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_h, GDK_CONTROL_MASK,
                                       "reader.highlight-last", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, ctrl_alt, "reader.note", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_t, ctrl_alt, "reader.tag", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, ctrl_alt, "reader.timeline", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_l, ctrl_alt, "reader.link", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_m, ctrl_alt, "reader.quote-in-memo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "reader.cite", NULL);
}
