/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "annals-posts.h"

G_BEGIN_DECLS

/* A count that is not known yet. */
#define ANNALS_SIDEBAR_UNCOUNTED G_MAXUINT

#define ANNALS_TYPE_SIDEBAR_ITEM (annals_sidebar_item_get_type ())
/**
 * AnnalsSidebarItem:
 *
 * A row of the sidebar: a part of the notebook with its name and how much it holds.
 *
 * Signal "changed": its name, colour, depth, count or due is another one.
 */
G_DECLARE_FINAL_TYPE (AnnalsSidebarItem, annals_sidebar_item, ANNALS, SIDEBAR_ITEM, GObject)

AnnalsSidebarItem *annals_sidebar_item_new        (AnnalsScope        scope,
                                                   gint64             id);
AnnalsScope        annals_sidebar_item_get_scope  (AnnalsSidebarItem *self);
gint64             annals_sidebar_item_get_id     (AnnalsSidebarItem *self);
const char        *annals_sidebar_item_get_name   (AnnalsSidebarItem *self);
/* (nullable): a name of annals-palette.h */
const char        *annals_sidebar_item_get_colour (AnnalsSidebarItem *self);
guint              annals_sidebar_item_get_depth  (AnnalsSidebarItem *self);
guint              annals_sidebar_item_get_count  (AnnalsSidebarItem *self);
/* Of the posts counted those that came since they were last looked at. */
guint              annals_sidebar_item_get_n_new  (AnnalsSidebarItem *self);
void               annals_sidebar_item_set_n_new  (AnnalsSidebarItem *self,
                                                   guint              n_new);
/* Of a tag: how many new posts fit its rule; of a timeline: how many are suggested for it. */
guint              annals_sidebar_item_get_due    (AnnalsSidebarItem *self);
void               annals_sidebar_item_set_due    (AnnalsSidebarItem *self,
                                                   guint              due);
void               annals_sidebar_item_update     (AnnalsSidebarItem *self,
                                                   const char        *name,
                                                   const char        *colour,
                                                   guint              depth,
                                                   guint              count);

G_END_DECLS
