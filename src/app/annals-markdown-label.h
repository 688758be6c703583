/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ANNALS_TYPE_MARKDOWN_LABEL (annals_markdown_label_get_type ())
/**
 * AnnalsMarkdownLabel:
 *
 * Shows the beginning of a text in Markdown as it is meant: headings, emphasis, lists, quotations, code, links.
 *
 * Signals: "address-activated" (string address): a link was clicked, or Enter pressed on it.
 */
G_DECLARE_FINAL_TYPE (AnnalsMarkdownLabel, annals_markdown_label, ANNALS, MARKDOWN_LABEL, GtkWidget)

GtkWidget *annals_markdown_label_new (void);
/* FALSE when the text is longer than the @max_chars of it that are shown. */
gboolean   annals_markdown_label_set (AnnalsMarkdownLabel *self,
                                      const char          *markdown,
                                      gsize                max_chars);

G_END_DECLS
