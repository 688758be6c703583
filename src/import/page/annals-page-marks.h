/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-page.h"

G_BEGIN_DECLS

/**
 * AnnalsPageMarks:
 *
 * What an element's name, classes and attributes say that it is, in the words of microformats,
 * schema.org and the themes of blogs. Only names that leave no doubt count.
 */
typedef enum
{
  ANNALS_MARK_HIDDEN   = 1 << 0,   /* not shown, or only read aloud */
  ANNALS_MARK_POST     = 1 << 1,   /* a post, or a thing that looks like one */
  ANNALS_MARK_BODY     = 1 << 2,   /* a post's text */
  ANNALS_MARK_SUMMARY  = 1 << 3,   /* a post's beginning or summary */
  ANNALS_MARK_TITLE    = 1 << 4,   /* a post's title */
  ANNALS_MARK_META     = 1 << 5,   /* its date, author, categories */
  ANNALS_MARK_ZONE     = 1 << 6,   /* a part of the page in which no post stands: menus, side bars */
  ANNALS_MARK_EXTRA    = 1 << 7,   /* share bars, related posts, advertisements: no part of a text */
  ANNALS_MARK_COMMENTS = 1 << 8,   /* where comments stand */
  ANNALS_MARK_COMMENT  = 1 << 9,   /* one comment */
  ANNALS_MARK_MORE     = 1 << 10,  /* leads from a teaser to the whole */
  ANNALS_MARK_CONTROL  = 1 << 11,  /* buttons and fields */
  ANNALS_MARK_LOOSE    = 1 << 12,  /* with BODY: much else stands in there on many sites */
} AnnalsPageMarks;

AnnalsPageMarks annals_page_node_get_marks  (xmlNode    *node);
/* Whether @words, a link's, say that there is more to read: "Continue reading …", "Leggi tutto", "続きを読む". */
gboolean        annals_page_words_are_more  (const char *words);
/* Whether a text that ends so was cut: "[…]". */
gboolean        annals_page_text_is_cut     (const char *text);
/* The N of an element that is a comment with the number N ("comment-12", "li-comment-12", "div-comment-12");
 * NULL when it has none. */
char           *annals_page_dup_comment_number (xmlNode *node);

G_END_DECLS
