/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-pick-popover.h"
#include "annals-post-list.h"
#include "annals-posts-pane.h"

G_BEGIN_DECLS

struct _AnnalsPostsPane
{
  GtkWidget          parent_instance;

  GtkWidget         *box;
  GtkWidget         *search;
  GtkRevealer       *remark_revealer;
  GtkLabel          *remark;
  GtkLabel          *count;
  GtkWidget         *scope_button;
  GtkLabel          *scope_label;
  GtkMenuButton     *sort_button;
  GtkStack          *stack;
  AdwStatusPage     *nothing_page;
  GtkWidget         *clear_search_button;
  GtkWidget         *list_view;
  GtkWidget         *context_menu;
  GtkWidget         *tag_popover;
  GtkWidget         *timeline_popover;

  AnnalsDesk        *desk;
  AnnalsPostList    *posts;
  AnnalsScope        scope;
  gint64             scope_id;
  char              *scope_name;
  AnnalsOrder        order;
  char              *query;          /* (nullable): what is searched for */
  char              *match;          /* (nullable): what is marked in what was found */
  GCancellable      *loading;        /* the question whose answer is awaited */
  guint              slow_source;    /* shows that it takes long */
  gint64             to_show;        /* post to select when the list has come; 0: none */
  gulong             selection_id;
};

/* annals-posts-pane-actions.c */
void annals_posts_pane_install_actions (GtkWidgetClass  *widget_class);
void annals_posts_pane_update_actions  (AnnalsPostsPane *self);
/* Opens the menu of the selected posts at a point of the pane (pixels). */
void annals_posts_pane_popup_menu      (AnnalsPostsPane *self,
                                        double           x,
                                        double           y);
void annals_posts_pane_init_popovers   (AnnalsPostsPane *self);

/* annals-posts-pane-rows.c */
void annals_posts_pane_init_rows       (AnnalsPostsPane *self);

G_END_DECLS
