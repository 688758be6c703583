/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-review-item.h"

struct _AnnalsReviewItem
{
  GObject           parent_instance;
  AnnalsAnnotation *annotation;
  char             *where;
};

G_DEFINE_FINAL_TYPE (AnnalsReviewItem, annals_review_item, G_TYPE_OBJECT)

static void
annals_review_item_finalize (GObject *object)
{
  AnnalsReviewItem *self = ANNALS_REVIEW_ITEM (object);

  g_clear_pointer (&self->annotation, annals_annotation_free);
  g_clear_pointer (&self->where, g_free);

  G_OBJECT_CLASS (annals_review_item_parent_class)->finalize (object);
}

static void
annals_review_item_class_init (AnnalsReviewItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = annals_review_item_finalize;
}

static void
annals_review_item_init (AnnalsReviewItem *self)
{
}

AnnalsReviewItem *
annals_review_item_new (AnnalsAnnotation *annotation,
                        const char       *where)
{
  AnnalsReviewItem *self;

  g_return_val_if_fail (annotation != NULL, NULL);

  self = g_object_new (ANNALS_TYPE_REVIEW_ITEM, NULL);
  self->annotation = annotation;
  self->where = g_strdup (where);

  return self;
}

const AnnalsAnnotation *
annals_review_item_get_annotation (AnnalsReviewItem *self)
{
  g_return_val_if_fail (ANNALS_IS_REVIEW_ITEM (self), NULL);

  return self->annotation;
}

const char *
annals_review_item_get_where (AnnalsReviewItem *self)
{
  g_return_val_if_fail (ANNALS_IS_REVIEW_ITEM (self), NULL);

  return self->where;
}
