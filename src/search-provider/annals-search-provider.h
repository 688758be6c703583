/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define ANNALS_TYPE_SEARCH_PROVIDER (annals_search_provider_get_type ())
/**
 * AnnalsSearchProvider:
 *
 * A service on the session bus that answers the desktop's search (org.gnome.Shell.SearchProvider2) with posts, notes
 * and timelines of the notebooks that were opened last, and ends when nobody asks any more. What is chosen the
 * application shows.
 */
G_DECLARE_FINAL_TYPE (AnnalsSearchProvider, annals_search_provider, ANNALS, SEARCH_PROVIDER, GApplication)

GApplication *annals_search_provider_new (void);

G_END_DECLS
