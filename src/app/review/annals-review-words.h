/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-review.h"

G_BEGIN_DECLS

/* What is shown of a review, as Pango markup; made on any thread. */

/* The passage as it was marked, in its old context. */
char     *annals_review_dup_old        (const AnnalsReview *review);
/* Candidate @index in its new context: words that are new are underlined, those that are gone struck
 * through. @plain (out, transfer full): the same for a screen reader. @marked (out): whether any is. */
char     *annals_review_dup_candidate  (const AnnalsReview  *review,
                                        guint                index,
                                        char               **plain,
                                        gboolean            *marked);
/* Why it is to be reviewed: a sentence. */
const char *annals_review_explain      (const AnnalsReview *review);

G_END_DECLS
