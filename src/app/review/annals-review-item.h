/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "annals-annotations.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_REVIEW_ITEM (annals_review_item_get_type ())
/**
 * AnnalsReviewItem:
 *
 * A note to be reviewed, in the list.
 */
G_DECLARE_FINAL_TYPE (AnnalsReviewItem, annals_review_item, ANNALS, REVIEW_ITEM, GObject)

/* @annotation: (transfer full). @where (nullable): the post, when it is the first of its notes. */
AnnalsReviewItem       *annals_review_item_new            (AnnalsAnnotation *annotation,
                                                           const char       *where);
const AnnalsAnnotation *annals_review_item_get_annotation (AnnalsReviewItem *self);
/* (nullable) */
const char             *annals_review_item_get_where      (AnnalsReviewItem *self);

G_END_DECLS
