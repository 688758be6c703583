/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "annals-posts.h"
#include "annals-suggest.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_SUGGESTION_ROW (annals_suggestion_row_get_type ())
/**
 * AnnalsSuggestionRow:
 *
 * A post that is suggested for a timeline: what it is, why, and what can become of it. Its buttons, and the keys A,
 * N, L on it, activate "suggestions.add", "suggestions.reject" and "suggestions.put-off" with the post's id; Enter
 * is the list's.
 */
G_DECLARE_FINAL_TYPE (AnnalsSuggestionRow, annals_suggestion_row, ANNALS, SUGGESTION_ROW, GtkListBoxRow)

GtkWidget  *annals_suggestion_row_new         (void);
/* @lead: markup of a piece of its text */
void        annals_suggestion_row_show        (AnnalsSuggestionRow    *self,
                                               const AnnalsSuggestion *suggestion,
                                               const AnnalsPost       *post,
                                               const char             *lead);
gint64      annals_suggestion_row_get_post_id (AnnalsSuggestionRow    *self);
/* The post's title, for messages. */
const char *annals_suggestion_row_get_title   (AnnalsSuggestionRow    *self);

G_END_DECLS
