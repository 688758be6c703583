/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-name-popover.h"
#include "annals-sidebar-section.h"
#include "annals-sidebar.h"

G_BEGIN_DECLS

struct _AnnalsSidebar
{
  GtkWidget             parent_instance;

  GtkWidget            *scroller;
  AnnalsSidebarSection *places;
  AnnalsSidebarSection *searches;
  AnnalsSidebarSection *timelines;
  AnnalsSidebarSection *tags;
  AnnalsSidebarSection *sources;
  GtkWidget            *timeline_menu;
  GtkWidget            *tag_menu;
  GtkWidget            *name_popover;
  GtkWidget            *search_menu;
  GtkWidget            *rename_popover;
  GtkWidget            *rename_entry;

  AnnalsDesk           *desk;
  gboolean              timelines_only;
  gboolean              review_shown;
  AnnalsScope           scope;          /* chosen among the posts' parts */
  gint64                scope_id;
  gint64                search_id;      /* the saved search that is shown; 0: none */
  gint64                timeline_id;    /* chosen among the timelines alone */

  GCancellable         *counting;       /* of the saved searches' posts */
  guint                 count_source;
  AnnalsSidebarItem    *menu_item;      /* whose menu was opened */
  AnnalsScope           asked_scope;    /* what the popover asks a name for */
  gint64                asked_id;       /* 0: a new one */
  guint                 n_tags;         /* for the next new one's colour */
  guint                 n_timelines;
};

/* annals-sidebar-actions.c */
void annals_sidebar_install_actions (GtkWidgetClass       *widget_class);
void annals_sidebar_init_popovers   (AnnalsSidebar        *self);
void annals_sidebar_ask_new         (AnnalsSidebar        *self,
                                     AnnalsScope           scope,
                                     GtkWidget            *button);
/* @x, @y: pixels in @row */
void annals_sidebar_popup_menu      (AnnalsSidebar        *self,
                                     AnnalsSidebarItem    *item,
                                     GtkWidget            *row,
                                     double                x,
                                     double                y);

/* annals-sidebar-searches.c */
void annals_sidebar_install_search_actions (GtkWidgetClass       *widget_class);
void annals_sidebar_init_searches          (AnnalsSidebar        *self);
void annals_sidebar_dispose_searches       (AnnalsSidebar        *self);
/* Lists the saved searches and counts their posts, behind everything else. */
void annals_sidebar_load_searches          (AnnalsSidebar        *self);
void annals_sidebar_choose_search          (AnnalsSidebar        *self,
                                            AnnalsSidebarItem    *item);
void annals_sidebar_popup_search_menu      (AnnalsSidebar        *self,
                                            AnnalsSidebarItem    *item,
                                            GtkWidget            *row,
                                            double                x,
                                            double                y);

G_END_DECLS
