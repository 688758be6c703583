/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "annals-imports.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_ISSUE_ITEM (annals_issue_item_get_type ())
/**
 * AnnalsIssueItem:
 *
 * An issue of an import as a row of a list. Immutable.
 */
G_DECLARE_FINAL_TYPE (AnnalsIssueItem, annals_issue_item, ANNALS, ISSUE_ITEM, GObject)

/* Takes @issue. */
AnnalsIssueItem   *annals_issue_item_new (AnnalsIssue     *issue);
const AnnalsIssue *annals_issue_item_get (AnnalsIssueItem *self);

G_END_DECLS
