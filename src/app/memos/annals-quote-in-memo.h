/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "annals-desk.h"

G_BEGIN_DECLS

/* Lets the user choose a memo, and puts the passage at its end: the quotation, where it is from, and the way back.
 * A passage that is not marked yet is marked along with it, as one step. @widget: in the window that asks;
 * @annotation_id 0: the passage from @start to @end of the post, in @colour (nullable). */
void annals_quote_in_memo (GtkWidget  *widget,
                           AnnalsDesk *desk,
                           gint64      annotation_id,
                           gint64      post_id,
                           guint       start,
                           guint       end,
                           const char *colour);

/* Marks [start, end) of the post and puts its quotation into the memo, as one step: between @before and @after, which
 * are the memo's text, or at its end when that is another by now. @colour (nullable) */
void annals_quote_in_memo_at (AnnalsDesk *desk,
                              gint64      memo_id,
                              gint64      post_id,
                              guint       start,
                              guint       end,
                              const char *colour,
                              const char *before,
                              const char *after);

G_END_DECLS
