/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "annals-desk.h"
#include "annals-memos.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_MEMO_TEXT (annals_memo_text_get_type ())
/**
 * AnnalsMemoText:
 *
 * A memo's text to write in: Markdown with its signs, styled as it will look; references to records as their
 * titles alone, which are followed by a click or Ctrl+Enter and cannot be broken by typing in them. Markup of HTML
 * is text like any other. "[[" offers what can be named.
 *
 * Property "desk" (AnnalsDesk, nullable).
 *
 * Signals: "edited": the user changed the text; "flush": what was typed is to be saved now, as undo comes next;
 * "passage-dropped" (gint64 post_id, guint start, guint end, const char *colour, const char *before, const char *after):
 * a passage of a post was dropped between these two parts of the text as it is stored. @colour (nullable)
 */
G_DECLARE_FINAL_TYPE (AnnalsMemoText, annals_memo_text, ANNALS, MEMO_TEXT, GtkTextView)

GtkWidget *annals_memo_text_new      (void);
/* @named (nullable): (element type AnnalsNamed) parallel to the references of @text. The cursor stays where it is
 * as far as it can. */
void       annals_memo_text_set_text (AnnalsMemoText *self,
                                      const char     *text,
                                      GPtrArray      *named);
/* The text as it is stored, with its references in brackets. */
char      *annals_memo_text_dup_text (AnnalsMemoText *self);
/* Puts a reference where the cursor is. */
void       annals_memo_text_insert   (AnnalsMemoText    *self,
                                      const AnnalsNamed *named);

G_END_DECLS
