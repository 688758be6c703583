/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "annals-review.h"

G_BEGIN_DECLS

/**
 * AnnalsReviewPage:
 *
 * A review with what is shown of it, made on a reader's thread.
 */
typedef struct
{
  AnnalsReview *review;
  char         *old_markup;
  char         *meaning;      /* what the user calls highlights of its colour */
  GPtrArray    *markups;      /* one for each candidate */
  GPtrArray    *plains;       /* the same for a screen reader */
  gboolean      marked;       /* some words of some candidate are marked */
} AnnalsReviewPage;

/* @review: (transfer full); @meaning: the name of its colour */
AnnalsReviewPage *annals_review_page_new  (AnnalsReview     *review,
                                           const char       *meaning);
void              annals_review_page_free (AnnalsReviewPage *self);

#define ANNALS_TYPE_REVIEW_SHEET (annals_review_sheet_get_type ())
/**
 * AnnalsReviewSheet:
 *
 * One note to be reviewed: the passage as it was, why it is to be reviewed, and the places where it may
 * stand now. Its buttons activate "review.place" (u: the candidate, from 0), "review.place-on" (uu: code points
 * of the post's text), "review.keep", "review.delete" and "review.open".
 */
G_DECLARE_FINAL_TYPE (AnnalsReviewSheet, annals_review_sheet, ANNALS, REVIEW_SHEET, GtkWidget)

/* @page: borrowed */
void annals_review_sheet_set         (AnnalsReviewSheet      *self,
                                      const AnnalsReviewPage *page);
/* The first thing that can be decided gets the keyboard. */
void annals_review_sheet_focus_first (AnnalsReviewSheet      *self);

G_END_DECLS
