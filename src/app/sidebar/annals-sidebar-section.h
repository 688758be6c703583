/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "annals-sidebar-item.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_SIDEBAR_SECTION (annals_sidebar_section_get_type ())
/**
 * AnnalsSidebarSection:
 *
 * A heading and the rows below it: the tags, the timelines, the sources. Up and Down lead on to the
 * neighbouring section, Tab out of the rows.
 *
 * Properties: "title" (string, nullable: no heading), "add-tooltip" (string, nullable: no button in
 * the heading), "hint" (string, nullable): what stands there while there are no rows.
 *
 * Signals: "selected" (AnnalsSidebarItem *item), "add" (GtkWidget *button),
 * "menu" (AnnalsSidebarItem *item, GtkWidget *row, double x, double y: pixels in the row),
 * "dropped" (AnnalsSidebarItem *item, GArray *post_ids), "moved" (AnnalsSidebarItem *item, AnnalsSidebarItem *onto):
 * dragged onto another row, or onto the heading (NULL); "edit" (AnnalsSidebarItem *item, GtkWidget *row): F2;
 * "remove" (AnnalsSidebarItem *item): Delete.
 */
G_DECLARE_FINAL_TYPE (AnnalsSidebarSection, annals_sidebar_section, ANNALS, SIDEBAR_SECTION, GtkWidget)

/* @items (element type AnnalsSidebarItem): those of the same scope and id as now stay the same objects
 * and are brought up to date; what is selected stays so. */
void               annals_sidebar_section_set_items    (AnnalsSidebarSection *self,
                                                        GPtrArray            *items);
/* Without "selected". Returns: FALSE when there is no such row */
gboolean           annals_sidebar_section_select       (AnnalsSidebarSection *self,
                                                        AnnalsScope           scope,
                                                        gint64                id);
void               annals_sidebar_section_unselect     (AnnalsSidebarSection *self);
/* (nullable) */
AnnalsSidebarItem *annals_sidebar_section_get_selected (AnnalsSidebarSection *self);
/* (nullable) */
AnnalsSidebarItem *annals_sidebar_section_find         (AnnalsSidebarSection *self,
                                                        AnnalsScope           scope,
                                                        gint64                id);
/* (nullable): its first row */
AnnalsSidebarItem *annals_sidebar_section_get_first    (AnnalsSidebarSection *self);
/* whether one of its rows has that colour */
gboolean           annals_sidebar_section_has_colour   (AnnalsSidebarSection *self,
                                                        const char           *colour);
/* Posts can be dragged onto its rows. To be said before there are any. */
void               annals_sidebar_section_accept_posts (AnnalsSidebarSection *self);
/* Its rows can be dragged onto one another, and onto its heading. Likewise. */
void               annals_sidebar_section_allow_nesting (AnnalsSidebarSection *self);
/* A menu in its heading, of this name. */
void               annals_sidebar_section_set_menu     (AnnalsSidebarSection *self,
                                                        GMenuModel           *menu,
                                                        const char           *name);
/* (nullable) */
GtkWidget         *annals_sidebar_section_get_row      (AnnalsSidebarSection *self,
                                                        AnnalsSidebarItem    *item);

/* How many new posts fit the rule of the tag with that id. */
typedef guint (*AnnalsSidebarDue) (gint64 id, gpointer data);
/* Asks for every row. */
void               annals_sidebar_section_set_due      (AnnalsSidebarSection *self,
                                                        AnnalsSidebarDue      due,
                                                        gpointer              data);

G_END_DECLS
