/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-reader-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "annals-copy.h"
#include "annals-colour-names-window.h"
#include "annals-link-dialog.h"
#include "annals-palette.h"
#include "annals-quote-in-memo.h"
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
gboolean
annals_reader_find_target (AnnalsReader *self,
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
      /* after words were marked it stands behind the last of them */
      if (annotation == NULL && gtk_text_iter_backward_char (&cursor))
        annotation = annals_passage_view_get_annotation_at (get_passage (self),
                                                            gtk_text_iter_get_offset (&cursor));
    }
  if (annotation == NULL || annotation->id == 0)
    return FALSE;

  take_annotation (target, annotation);

  return TRUE;
}

AnnalsMark *
annals_reader_make_mark (AnnalsReader       *self,
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
void
annals_reader_end_selection (AnnalsReader *self)
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

void
annals_reader_change_mark (AnnalsReader *self,
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

  if (!annals_reader_find_target (self, &target))
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }

  g_free (self->colour);
  self->colour = g_strdup (colour);
  annotation = annals_reading_find_annotation (self->reading, target.annotation_id);
  if (annotation != NULL && g_str_equal (annotation->colour, colour))
    {
      annals_reader_end_selection (self);
      return;
    }

  mark = annals_reader_make_mark (self, &target);
  g_free (mark->colour);
  mark->colour = g_strdup (colour);
  annals_reader_end_selection (self);

  if (target.annotation_id == 0)
    annals_reader_change_mark (self, _("Add highlight"), _("Highlight added"), mark);
  else
    annals_reader_change_mark (self, _("Change highlight’s colour"), _("Highlight’s colour changed"), mark);
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

  if (!annals_reader_find_target (self, &target))
    {
      gtk_widget_error_bell (widget);
      return;
    }

  annals_reader_end_selection (self);
  if (target.annotation_id != 0)
    gtk_widget_activate_action (widget, "reader.edit-note", "x", target.annotation_id);
  else
    annals_reader_begin_draft (self, target.start, target.end);
}

static void
tag_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  AnnalsReader *self = ANNALS_READER (widget);
  AnnalsAnnotation *annotation;

  if (!annals_reader_find_target (self, &self->tag_target))
    {
      gtk_widget_error_bell (widget);
      return;
    }

  annotation = annals_reading_find_annotation (self->reading, self->tag_target.annotation_id);
  annals_tag_entry_set_tags (ANNALS_TAG_ENTRY (self->tag_entry), self->reading->tags,
                             annotation != NULL ? (const char * const *) annotation->tags : NULL);
  gtk_popover_popdown (self->tools);
  annals_reader_point_at (self, self->tag_popover, &self->tag_target);
  gtk_popover_popup (self->tag_popover);
  annals_tag_entry_begin (ANNALS_TAG_ENTRY (self->tag_entry));
}

static void
tag_entered_cb (AnnalsReader *self,
                const char   *name)
{
  AnnalsMark *mark = annals_reader_make_mark (self, &self->tag_target);
  g_autofree char *message = g_strdup_printf (_("Passage tagged “%s”"), name);

  mark->add_tag = g_strdup (name);
  gtk_popover_popdown (self->tag_popover);
  gtk_widget_grab_focus (GTK_WIDGET (get_passage (self)));
  annals_reader_end_selection (self);
  annals_reader_change_mark (self, _("Tag passage"), message, mark);
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

  if (!annals_reader_find_target (self, &target))
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

  if (!annals_reader_find_target (self, &target))
    {
      gtk_widget_error_bell (widget);
      return;
    }

  annals_reader_hide_popovers (self);
  annals_quote_in_memo (widget, self->desk, target.annotation_id, self->post_id, target.start, target.end,
                        get_colour (self));
}

/* Words for what takes plain text, a link and marks for what takes HTML. */
static void
copy_citation (AnnalsReader *self,
               const char   *quotation)
{
  AnnalsCitationStyle style = annals_copy_get_style ();
  g_autofree char *plain = annals_citation_dup (self->reading->post, quotation, style, ANNALS_CITATION_PLAIN);
  g_autofree char *html = annals_citation_dup (self->reading->post, quotation, style, ANNALS_CITATION_HTML);

  annals_copy_text (GTK_WIDGET (self), plain, html);
}

/* The passage as a block quotation with its source below; of one that is marked, its note as well. */
static void
copy_markdown_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *parameter)
{
  AnnalsReader *self = ANNALS_READER (widget);
  g_autofree char *quotation = NULL;
  g_autofree char *markdown = NULL;
  AnnalsTarget target;

  if (!annals_reader_find_target (self, &target))
    {
      gtk_widget_error_bell (widget);
      return;
    }

  gtk_popover_popdown (self->tools);
  if (target.annotation_id != 0)
    {
      annals_copy_record (widget, self->desk, ANNALS_RECORD_ANNOTATION, target.annotation_id, ANNALS_COPY_MARKDOWN);
      return;
    }

  quotation = annals_text_dup_slice (self->reading->text, target.start, target.end);
  markdown = annals_citation_dup (self->reading->post, quotation, annals_copy_get_style (), ANNALS_CITATION_MARKDOWN);
  annals_copy_text (widget, markdown, NULL);
  annals_desk_toast (self->desk, _("Copied as Markdown"), FALSE);
}

static void
copy_post_markdown_action (GtkWidget  *widget,
                           const char *name,
                           GVariant   *parameter)
{
  AnnalsReader *self = ANNALS_READER (widget);

  if (self->post_id != 0)
    annals_copy_record (widget, self->desk, ANNALS_RECORD_POST, self->post_id, ANNALS_COPY_MARKDOWN);
}

static void
cite_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  AnnalsReader *self = ANNALS_READER (widget);
  g_autofree char *quotation = NULL;
  AnnalsTarget target;

  if (!annals_reader_find_target (self, &target))
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

static void
name_colours_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  AnnalsReader *self = ANNALS_READER (widget);
  GtkRoot *root = gtk_widget_get_root (widget);

  annals_reader_hide_popovers (self);
  if (self->reading != NULL && GTK_IS_WINDOW (root))
    annals_colour_names_window_present (GTK_WINDOW (root), self->desk);
}

static void
delete_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  AnnalsReader *self = ANNALS_READER (widget);
  AnnalsTarget target;

  if (!annals_reader_find_target (self, &target) || target.annotation_id == 0)
    {
      gtk_widget_error_bell (widget);
      return;
    }

  annals_reader_end_selection (self);
  gtk_widget_activate_action (widget, "reader.delete-note", "x", target.annotation_id);
}

void
annals_reader_connect_tag_entry (AnnalsReader *self)
{
  g_signal_connect_object (self->tag_entry, "tag-entered", G_CALLBACK (tag_entered_cb), self, G_CONNECT_SWAPPED);
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
  gtk_widget_class_install_action (widget_class, "reader.quote-in-memo", NULL, quote_in_memo_action);
  gtk_widget_class_install_action (widget_class, "reader.link", NULL, link_action);
  gtk_widget_class_install_action (widget_class, "reader.cite", NULL, cite_action);
  gtk_widget_class_install_action (widget_class, "reader.cite-post", NULL, cite_post_action);
  gtk_widget_class_install_action (widget_class, "reader.copy-markdown", NULL, copy_markdown_action);
  gtk_widget_class_install_action (widget_class, "reader.copy-post-markdown", NULL, copy_post_markdown_action);
  gtk_widget_class_install_action (widget_class, "reader.name-colours", NULL, name_colours_action);
  gtk_widget_class_install_action (widget_class, "reader.delete", NULL, delete_action);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_h, GDK_CONTROL_MASK,
                                       "reader.highlight-last", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, ctrl_alt, "reader.note", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_t, ctrl_alt, "reader.tag", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_l, ctrl_alt, "reader.link", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_m, ctrl_alt, "reader.quote-in-memo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "reader.cite", NULL);
}
