/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "annals-desk.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_MEMO_COMPLETION (annals_memo_completion_get_type ())
/**
 * AnnalsMemoCompletion:
 *
 * What can be named where the cursor is: a short list that takes no focus from the text.
 *
 * Signal "picked" (AnnalsNamed *named): by the pointer.
 */
G_DECLARE_FINAL_TYPE (AnnalsMemoCompletion, annals_memo_completion, ANNALS, MEMO_COMPLETION, GtkPopover)

GtkWidget         *annals_memo_completion_new   (void);
/* Looks for @typed and shows what is found, at @place. */
void               annals_memo_completion_ask   (AnnalsMemoCompletion *self,
                                                 AnnalsDesk           *desk,
                                                 const char           *typed,
                                                 const GdkRectangle   *place);
void               annals_memo_completion_stop  (AnnalsMemoCompletion *self);
gboolean           annals_memo_completion_is_up (AnnalsMemoCompletion *self);
/* @step 1 or -1 */
void               annals_memo_completion_move  (AnnalsMemoCompletion *self,
                                                 int                   step);
/* (nullable) what is chosen; borrowed until the next question */
const AnnalsNamed *annals_memo_completion_get   (AnnalsMemoCompletion *self);

G_END_DECLS
