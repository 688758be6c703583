/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtksourceview/gtksource.h>

G_BEGIN_DECLS

#define ANNALS_TYPE_MARKDOWN_VIEW (annals_markdown_view_get_type ())
/**
 * AnnalsMarkdownView:
 *
 * A text in Markdown as it is written, its signs set off. Its letters have the colour of what it stands in, and
 * those of the signs go with that: light on dark, dark on light.
 */
G_DECLARE_FINAL_TYPE (AnnalsMarkdownView, annals_markdown_view, ANNALS, MARKDOWN_VIEW, GtkSourceView)

GtkWidget *annals_markdown_view_new      (void);
/* The cursor stands at its end; there is nothing to be undone. */
void       annals_markdown_view_set_text (AnnalsMarkdownView *self,
                                          const char         *markdown);
char      *annals_markdown_view_dup_text (AnnalsMarkdownView *self);

G_END_DECLS
