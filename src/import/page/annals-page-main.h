/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-page.h"

G_BEGIN_DECLS

/* The main text of a page that does not say where it is, found as a reader mode does: the element that
 * holds the most running prose and what stands beside it, cleaned of menus, share bars, teasers, comments,
 * cookie notices, forms and the page's title. Returns (transfer none) (nullable): a <div> in a new tree that the
 * page owns; NULL when the page has no text that could be meant. The page's own tree stays as it was.
 * Linear in the length of the page. */
xmlNode *annals_page_find_main (AnnalsPage *page);

G_END_DECLS
