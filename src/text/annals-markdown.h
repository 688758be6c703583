/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  ANNALS_MARKDOWN_PARAGRAPH,
  ANNALS_MARKDOWN_HEADING,
  ANNALS_MARKDOWN_CODE,
  ANNALS_MARKDOWN_RULE,       /* without words */
} AnnalsMarkdownKind;

/**
 * AnnalsMarkdownBlock:
 *
 * A paragraph, heading or piece of code, as it is to be shown.
 */
typedef struct
{
  AnnalsMarkdownKind  kind;
  guint               level;    /* of a heading, from 1 */
  guint               indent;   /* lists around it */
  guint               quotes;   /* quotations around it */
  char               *marker;   /* (nullable) "•" or "3.": it begins this item of a list */
  char               *markup;   /* Pango's, and <a> as GtkLabel knows it; never NULL */
  char               *plain;    /* the same without markup */
} AnnalsMarkdownBlock;

/**
 * annals_markdown_parse:
 * @markdown: CommonMark, valid UTF-8
 * @max_chars: of it are looked at
 * @is_cut: (out) (optional): whether there is more
 *
 * HTML is shown as the text that it is, a picture by its words. Only addresses that may be opened become links;
 * their title says where they really lead. A line end within a paragraph stays one, as it was typed.
 *
 * Returns: (transfer full) (element-type AnnalsMarkdownBlock)
 */
GPtrArray *annals_markdown_parse     (const char *markdown,
                                      gsize       max_chars,
                                      gboolean   *is_cut);
/* Its words in one line, without signs: what it is called. @max_chars of it, with "…" when that is not all. */
char      *annals_markdown_dup_plain (const char *markdown,
                                      gsize       max_chars);

G_END_DECLS
