/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-markdown-view.h"

#include <string.h>

#include "annals-widget-color.h"

/* Bytes of a text whose signs are set off: the language's rules are tried at each of them. */
#define MAX_HIGHLIGHTED (256 * 1024)

struct _AnnalsMarkdownView
{
  GtkSourceView parent_instance;
};

G_DEFINE_FINAL_TYPE (AnnalsMarkdownView, annals_markdown_view, GTK_SOURCE_TYPE_VIEW)

/* By the letters that it is given, as a page may be dark in a light window. */
static void
choose_scheme (AnnalsMarkdownView *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  GtkSourceStyleSchemeManager *manager = gtk_source_style_scheme_manager_get_default ();
  GtkSourceStyleScheme *scheme;
  GdkRGBA colour;

  annals_widget_get_color (GTK_WIDGET (self), &colour);
  scheme = gtk_source_style_scheme_manager_get_scheme (manager, colour.green > 0.5f ? "Adwaita-dark" : "Adwaita");
  if (scheme != NULL && gtk_source_buffer_get_style_scheme (GTK_SOURCE_BUFFER (buffer)) != scheme)
    gtk_source_buffer_set_style_scheme (GTK_SOURCE_BUFFER (buffer), scheme);
}

static void
annals_markdown_view_css_changed (GtkWidget         *widget,
                                  GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (annals_markdown_view_parent_class)->css_changed (widget, change);

  choose_scheme (ANNALS_MARKDOWN_VIEW (widget));
}

static void
annals_markdown_view_constructed (GObject *object)
{
  GtkSourceLanguageManager *manager = gtk_source_language_manager_get_default ();
  GtkTextView *view = GTK_TEXT_VIEW (object);
  GtkSourceBuffer *buffer;

  G_OBJECT_CLASS (annals_markdown_view_parent_class)->constructed (object);

  /* the view's own: it is not ready to be given another before this */
  buffer = GTK_SOURCE_BUFFER (gtk_text_view_get_buffer (view));
  gtk_source_buffer_set_language (buffer, gtk_source_language_manager_get_language (manager, "markdown"));
  gtk_source_buffer_set_highlight_matching_brackets (buffer, FALSE);
  choose_scheme (ANNALS_MARKDOWN_VIEW (object));
}

static void
annals_markdown_view_class_init (AnnalsMarkdownViewClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = annals_markdown_view_constructed;
  GTK_WIDGET_CLASS (klass)->css_changed = annals_markdown_view_css_changed;

  gtk_source_init ();
}

static void
annals_markdown_view_init (AnnalsMarkdownView *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);

  gtk_text_view_set_wrap_mode (view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (view, FALSE);
  gtk_text_view_set_top_margin (view, 6);
  gtk_text_view_set_bottom_margin (view, 6);
  gtk_text_view_set_left_margin (view, 6);
  gtk_text_view_set_right_margin (view, 6);
  gtk_widget_add_css_class (GTK_WIDGET (self), "annals-markdown");
}

GtkWidget *
annals_markdown_view_new (void)
{
  return g_object_new (ANNALS_TYPE_MARKDOWN_VIEW, NULL);
}

void
annals_markdown_view_set_text (AnnalsMarkdownView *self,
                               const char         *markdown)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  GtkTextIter end;

  g_return_if_fail (ANNALS_IS_MARKDOWN_VIEW (self));
  g_return_if_fail (markdown != NULL);

  gtk_source_buffer_set_highlight_syntax (GTK_SOURCE_BUFFER (buffer), strlen (markdown) <= MAX_HIGHLIGHTED);
  gtk_text_buffer_begin_irreversible_action (buffer);
  gtk_text_buffer_set_text (buffer, markdown, -1);
  gtk_text_buffer_end_irreversible_action (buffer);
  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_buffer_place_cursor (buffer, &end);
}

char *
annals_markdown_view_dup_text (AnnalsMarkdownView *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  GtkTextIter start;
  GtkTextIter end;

  g_return_val_if_fail (ANNALS_IS_MARKDOWN_VIEW (self), NULL);

  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}
