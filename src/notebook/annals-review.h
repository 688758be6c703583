/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-annotations.h"

G_BEGIN_DECLS

/* Candidates that are worth a person's look. */
#define ANNALS_REVIEW_CANDIDATES 5

/**
 * AnnalsReview:
 *
 * A note whose passage was not found again with certainty, and what there is to choose from.
 */
typedef struct
{
  AnnalsAnnotation   *annotation;
  AnnalsText         *before;      /* (nullable): the text that it was made on */
  AnnalsText         *text;        /* its post's text now */
  AnnalsAnchorReason  reason;
  GArray             *candidates;  /* (element-type AnnalsAnchorCandidate) in @text, best first */
} AnnalsReview;

void annals_review_free (AnnalsReview *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsReview, annals_review_free)

/* Notes that a person has to look at, of shown posts, newest post first (element type AnnalsAnnotation);
 * those kept as orphans are not among them. */
GPtrArray    *annals_db_list_review  (AnnalsDb   *db,
                                      GError    **error);
gboolean      annals_db_count_review (AnnalsDb   *db,
                                      guint      *n,
                                      GError    **error);
/* Fails with NOT_FOUND; a note that needs no review has no candidates and the reason FOUND. */
AnnalsReview *annals_db_load_review  (AnnalsDb   *db,
                                      gint64      annotation_id,
                                      GError    **error);
/* Places it on one of its candidates, from 0. Fails with INVALID when there is no such. Only inside the one
 * door. */
gboolean      annals_db_place_on_candidate (AnnalsDb  *db,
                                            gint64     annotation_id,
                                            guint      candidate,
                                            GError   **error);

/* Places it on the best of its candidates; *placed: whether it has any. Only inside the one door. */
gboolean      annals_db_place_on_best      (AnnalsDb  *db,
                                            gint64     annotation_id,
                                            gboolean  *placed,
                                            GError   **error);

G_END_DECLS
