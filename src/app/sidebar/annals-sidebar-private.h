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
  GtkWidget            *part_menu;
  GMenuModel           *tags_menu;
  GtkWidget            *name_popover;
  GtkWidget            *search_menu;
  GtkWidget            *rename_popover;
  GtkWidget            *rename_entry;
  GtkWidget            *move_popover;
  GtkWidget            *merge_popover;

  AnnalsDesk           *desk;
  gboolean              timelines_only;
  gboolean              review_shown;
  AnnalsScope           scope;          /* chosen among the posts' parts */
  gint64                scope_id;
  gint64                search_id;      /* the saved search that is shown; 0: none */
  gint64                timeline_id;    /* chosen among the timelines alone */

  GCancellable         *counting;       /* of the saved searches' posts */
  gboolean              counted;        /* they were, of this notebook */
  guint                 count_source;
  AnnalsSidebarItem    *menu_item;      /* whose menu was opened */
  GtkWidget            *menu_row;       /* (nullable) (weak): its row */
  GCancellable         *suggesting;     /* of counting what is suggested for the timelines */
  guint                 suggest_source;
  GHashTable           *suggested;      /* (nullable): id of a timeline → number */
  GtkWidget            *themes;         /* in the popover, below the name */
  GArray               *due;            /* (nullable): tags with a rule that new posts fit (AnnalsTagCount) */
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
/* Lets a popover point at the row whose menu was opened. */
void annals_sidebar_point_at_menu_row (AnnalsSidebar     *self,
                                       GtkWidget         *popover);
/* annals-sidebar.c: as if the row had been pressed */
void annals_sidebar_choose          (AnnalsSidebar        *self,
                                     AnnalsSidebarItem    *item);
/* What F2 and Delete do to a row, as its menu does. */
void annals_sidebar_edit_item       (AnnalsSidebar        *self,
                                     AnnalsSidebarItem    *item,
                                     GtkWidget            *row);
void annals_sidebar_remove_item     (AnnalsSidebar        *self,
                                     AnnalsSidebarItem    *item);

/* annals-sidebar-tags.c */
void annals_sidebar_install_tag_actions (GtkWidgetClass    *widget_class);
void annals_sidebar_init_tag_popovers   (AnnalsSidebar     *self);
/* @parent_id 0: to the top */
void annals_sidebar_move_tag            (AnnalsSidebar     *self,
                                         AnnalsSidebarItem *item,
                                         gint64             parent_id,
                                         const char        *parent_name);
/* Looks for new posts that fit the rules of tags; shows again what was found last. */
void annals_sidebar_look_for_due        (AnnalsSidebar     *self);
void annals_sidebar_show_due            (AnnalsSidebar     *self);
/* The titles of the first of @n_all posts (element type AnnalsPost), a line each. */
char *annals_sidebar_dup_titles         (GPtrArray         *posts,
                                         guint              n_all);

/* annals-sidebar-suggestions.c */
void annals_sidebar_install_suggestion_actions (GtkWidgetClass    *widget_class);
void annals_sidebar_init_suggestions           (AnnalsSidebar     *self);
void annals_sidebar_dispose_suggestions        (AnnalsSidebar     *self);
/* Counts what is suggested for the timelines that have a rule, behind everything else. */
void annals_sidebar_look_for_suggestions       (AnnalsSidebar     *self);
/* Shows again what was counted last. */
void annals_sidebar_show_suggestions           (AnnalsSidebar     *self);

/* annals-sidebar-codebook.c */
void annals_sidebar_install_codebook_actions (GtkWidgetClass *widget_class);

/* annals-sidebar-actions.c: @x, @y: pixels in @row */
void annals_sidebar_popup_menu      (AnnalsSidebar        *self,
                                     AnnalsSidebarItem    *item,
                                     GtkWidget            *row,
                                     double                x,
                                     double                y);

/* annals-sidebar-searches.c */
void annals_sidebar_install_search_actions (GtkWidgetClass       *widget_class);
void annals_sidebar_init_searches          (AnnalsSidebar        *self);
void annals_sidebar_dispose_searches       (AnnalsSidebar        *self);
/* On a reader's thread: the items of the saved searches, whose posts are not counted yet; NULL: failed. */
GPtrArray *annals_sidebar_list_searches    (AnnalsDb             *db,
                                            GError              **error);
void annals_sidebar_show_searches          (AnnalsSidebar        *self,
                                            GPtrArray            *items);
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
