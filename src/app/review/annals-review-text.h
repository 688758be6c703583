/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "annals-text.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_REVIEW_TEXT (annals_review_text_get_type ())
/**
 * AnnalsReviewText:
 *
 * The whole text of a post, folded away at first, in which a person selects the words that a note is placed on
 * when none of its candidates is right. Its button and Ctrl+Enter activate "review.place-on" (uu: the first code
 * point and the one behind the last).
 */
G_DECLARE_FINAL_TYPE (AnnalsReviewText, annals_review_text, ANNALS, REVIEW_TEXT, GtkWidget)

/* @start: the code point that is shown first when it unfolds. */
void annals_review_text_set   (AnnalsReviewText *self,
                               AnnalsText       *text,
                               guint             start);
void annals_review_text_fold  (AnnalsReviewText *self);

G_END_DECLS
