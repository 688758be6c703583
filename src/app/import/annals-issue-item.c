/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-issue-item.h"

struct _AnnalsIssueItem
{
  GObject      parent_instance;
  AnnalsIssue *issue;
};

G_DEFINE_FINAL_TYPE (AnnalsIssueItem, annals_issue_item, G_TYPE_OBJECT)

static void
annals_issue_item_finalize (GObject *object)
{
  g_clear_pointer (&ANNALS_ISSUE_ITEM (object)->issue, annals_issue_free);

  G_OBJECT_CLASS (annals_issue_item_parent_class)->finalize (object);
}

static void
annals_issue_item_class_init (AnnalsIssueItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = annals_issue_item_finalize;
}

static void
annals_issue_item_init (AnnalsIssueItem *self)
{
}

AnnalsIssueItem *
annals_issue_item_new (AnnalsIssue *issue)
{
  AnnalsIssueItem *self;

  g_return_val_if_fail (issue != NULL, NULL);

  self = g_object_new (ANNALS_TYPE_ISSUE_ITEM, NULL);
  self->issue = issue;

  return self;
}

const AnnalsIssue *
annals_issue_item_get (AnnalsIssueItem *self)
{
  g_return_val_if_fail (ANNALS_IS_ISSUE_ITEM (self), NULL);

  return self->issue;
}
