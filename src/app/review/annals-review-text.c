/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-review-text.h"

#include <glib/gi18n.h>

struct _AnnalsReviewText
{
  GtkWidget      parent_instance;
  GtkWidget     *box;
  GtkWidget     *toggle;
  GtkTextView   *view;
  GtkTextBuffer *buffer;

  AnnalsText    *text;    /* (nullable) */
  guint          start;
  gboolean       filled;  /* the buffer holds @text */
};

G_DEFINE_FINAL_TYPE (AnnalsReviewText, annals_review_text, GTK_TYPE_WIDGET)

/* The selected words without the space around them; FALSE when there are none. */
static gboolean
get_words (AnnalsReviewText *self,
           guint            *start,
           guint            *end)
{
  GtkTextIter first, last;

  if (!self->filled || !gtk_text_buffer_get_selection_bounds (self->buffer, &first, &last))
    return FALSE;

  while (gtk_text_iter_compare (&first, &last) < 0 && g_unichar_isspace (gtk_text_iter_get_char (&first)))
    gtk_text_iter_forward_char (&first);
  while (gtk_text_iter_compare (&first, &last) < 0)
    {
      GtkTextIter before = last;

      gtk_text_iter_backward_char (&before);
      if (!g_unichar_isspace (gtk_text_iter_get_char (&before)))
        break;
      last = before;
    }

  *start = gtk_text_iter_get_offset (&first);
  *end = gtk_text_iter_get_offset (&last);
  return *start < *end;
}

static void
selection_cb (AnnalsReviewText *self)
{
  guint start, end;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "text.place", get_words (self, &start, &end));
}

static void
place_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  guint start, end;

  if (get_words (ANNALS_REVIEW_TEXT (widget), &start, &end))
    gtk_widget_activate_action (widget, "review.place-on", "(uu)", start, end);
}

static void
fill (AnnalsReviewText *self)
{
  GtkTextIter iter;

  if (self->filled || self->text == NULL)
    return;

  gtk_text_buffer_set_text (self->buffer, annals_text_get_string (self->text),
                            (int) annals_text_get_n_bytes (self->text));
  self->filled = TRUE;
  gtk_text_buffer_get_iter_at_offset (self->buffer, &iter, (int) self->start);
  gtk_text_buffer_place_cursor (self->buffer, &iter);
  gtk_text_view_scroll_to_mark (self->view, gtk_text_buffer_get_insert (self->buffer), 0, TRUE, 0, 0.3);
}

static void
toggled_cb (AnnalsReviewText *self)
{
  if (!gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->toggle)))
    return;

  fill (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
annals_review_text_dispose (GObject *object)
{
  AnnalsReviewText *self = ANNALS_REVIEW_TEXT (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ANNALS_TYPE_REVIEW_TEXT);
  g_clear_pointer (&self->text, annals_text_unref);

  G_OBJECT_CLASS (annals_review_text_parent_class)->dispose (object);
}

static void
annals_review_text_class_init (AnnalsReviewTextClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = annals_review_text_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, ANNALS_RESOURCE_PATH "/annals-review-text.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsReviewText, box);
  gtk_widget_class_bind_template_child (widget_class, AnnalsReviewText, toggle);
  gtk_widget_class_bind_template_child (widget_class, AnnalsReviewText, view);
  gtk_widget_class_bind_template_child (widget_class, AnnalsReviewText, buffer);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, selection_cb);
  gtk_widget_class_install_action (widget_class, "text.place", NULL, place_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "text.place", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK, "text.place", NULL);
}

static void
annals_review_text_init (AnnalsReviewText *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "text.place", FALSE);
}

void
annals_review_text_set (AnnalsReviewText *self,
                        AnnalsText       *text,
                        guint             start)
{
  g_return_if_fail (ANNALS_IS_REVIEW_TEXT (self));
  g_return_if_fail (text != NULL);

  /* The same text read again keeps what is selected in it. */
  if (self->text != NULL && g_str_equal (annals_text_get_sha256 (self->text), annals_text_get_sha256 (text)))
    return;

  g_clear_pointer (&self->text, annals_text_unref);
  self->text = annals_text_ref (text);
  self->start = MIN (start, annals_text_get_length (text));
  self->filled = FALSE;
  if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->toggle)))
    fill (self);
}

void
annals_review_text_fold (AnnalsReviewText *self)
{
  g_return_if_fail (ANNALS_IS_REVIEW_TEXT (self));

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->toggle), FALSE);
  g_clear_pointer (&self->text, annals_text_unref);
  self->filled = FALSE;
  selection_cb (self);
}
