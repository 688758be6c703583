/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "annals-search-facets.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_FACETS_PANEL (annals_facets_panel_get_type ())
/**
 * AnnalsFacetsPanel:
 *
 * What the posts found have in common: months as a row of bars, sources, tags and languages as buttons with
 * their numbers. Each narrows the search.
 *
 * Signal "narrow" (const char *filter): such as "source:Reuters" or "date:2020-03".
 */
G_DECLARE_FINAL_TYPE (AnnalsFacetsPanel, annals_facets_panel, ANNALS, FACETS_PANEL, GtkWidget)

GtkWidget *annals_facets_panel_new  (void);
void       annals_facets_panel_show (AnnalsFacetsPanel  *self,
                                     const AnnalsFacets *facets);

G_END_DECLS
