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

/* How a piece of a block is set off from the rest of it. */
typedef enum
{
  ANNALS_MARKDOWN_PLAIN  = 0,
  ANNALS_MARKDOWN_BOLD   = 1 << 0,
  ANNALS_MARKDOWN_ITALIC = 1 << 1,
  ANNALS_MARKDOWN_MONO   = 1 << 2,
  ANNALS_MARKDOWN_BREAK  = 1 << 3,   /* a line end that was only typed: a space where lines are filled */
} AnnalsMarkdownLook;

/**
 * AnnalsMarkdownPiece:
 *
 * A stretch of a block that looks the same and leads to one place.
 */
typedef struct
{
  char               *text;      /* "\n" ends a line */
  AnnalsMarkdownLook  look;
  guint               link;      /* its link's number, from 1 in each block; 0: none */
  char               *address;   /* (nullable) that the link leads to */
} AnnalsMarkdownPiece;

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
  GArray             *pieces;   /* (element-type AnnalsMarkdownPiece) in order */
} AnnalsMarkdownBlock;

/**
 * annals_markdown_parse:
 * @markdown: CommonMark, valid UTF-8
 * @max_chars: of it are looked at
 * @is_cut: (out) (optional): whether there is more
 *
 * HTML is shown as the text that it is, a picture by its words. Only addresses that may be opened become links.
 *
 * Returns: (transfer full) (element-type AnnalsMarkdownBlock)
 */
GPtrArray *annals_markdown_parse     (const char *markdown,
                                      gsize       max_chars,
                                      gboolean   *is_cut);
/* Pango's markup of a block, and <a> as GtkLabel knows it, whose title says where it really leads. A line end within
 * a paragraph stays one, as it was typed. */
char      *annals_markdown_block_dup_markup (const AnnalsMarkdownBlock *self);
/* The same without markup. */
char      *annals_markdown_block_dup_plain  (const AnnalsMarkdownBlock *self);
/* Its words in one line, without signs: what it is called. @max_chars of it, with "…" when that is not all. */
char      *annals_markdown_dup_plain (const char *markdown,
                                      gsize       max_chars);

G_END_DECLS
