/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-facets-panel.h"
#include "annals-mentions-button.h"
#include "annals-paged-list.h"
#include "annals-pick-popover.h"
#include "annals-post-card.h"
#include "annals-post-listing.h"
#include "annals-posts-pane.h"
#include "annals-search-bar.h"

G_BEGIN_DECLS

struct _AnnalsPostsPane
{
  GtkWidget             parent_instance;

  GtkWidget            *box;
  AnnalsSearchBar      *search;
  GtkLabel             *count;
  GtkSpinner           *busy;             /* while a list stays until the next has come */
  AnnalsMentionsButton *mentions;
  GtkWidget            *scope_button;
  GtkLabel             *scope_label;
  GtkMenuButton        *sort_button;
  GtkToggleButton      *facets_button;
  GtkMenuButton        *others_button;
  GtkListBox           *others_list;
  GPtrArray            *others;           /* (nullable) (element type AnnalsNamed): what its rows lead to */
  GtkRevealer          *facets_revealer;
  AnnalsFacetsPanel    *facets;
  GtkStack             *stack;
  AdwStatusPage        *nothing_page;
  GtkWidget            *clear_search_button;
  GtkWidget            *list_view;
  GtkWidget            *context_menu;
  GtkWidget            *tag_popover;
  GtkWidget            *untag_popover;
  GArray               *tagged_ids;       /* (nullable): whose tags one of these asks for */
  GtkWidget            *timeline_popover;
  GtkWidget            *date_popover;
  GtkWidget            *date_entry;
  GtkLabel             *date_remark;

  AnnalsDesk           *desk;
  AnnalsPagedList      *posts;            /* their rows; contents are AnnalsPostCard */
  GArray               *ids;              /* (element type gint64): the posts of these rows */
  AnnalsScope           scope;
  gint64                scope_id;
  char                 *scope_name;
  char                 *announced;        /* (nullable): the question whose answer was told last */
  AnnalsOrder           order;            /* of what is not searched for */
  AnnalsOrder           search_order;     /* of what words are searched for in */
  AnnalsPostsKin        kin;
  gint64                kin_id;           /* the post that others are like */
  char                 *kin_label;        /* (nullable) */
  char                 *query;            /* (nullable): what is searched for */
  char                 *match;            /* (nullable): what is marked in what was found */
  GCancellable         *loading;          /* the question whose answer is awaited */
  GCancellable         *preparing;        /* (nullable): the notebook's searches, once it shows its posts */
  guint                 slow_source;      /* shows that it takes long */
  guint                 remark_source;    /* says that the index is behind */
  gint64                to_show;          /* post to select when the list has come; 0: none */
  gulong                selection_id;
};

/* annals-posts-pane-actions.c */
void annals_posts_pane_install_actions (GtkWidgetClass  *widget_class);
void annals_posts_pane_update_actions  (AnnalsPostsPane *self);
/* Opens the menu of the selected posts at a point of the pane (pixels). */
void annals_posts_pane_popup_menu      (AnnalsPostsPane *self,
                                        double           x,
                                        double           y);
void annals_posts_pane_init_popovers   (AnnalsPostsPane *self);
/* Where in the pane the focused row is, for popovers that no pointer opened. */
void annals_posts_pane_get_place       (AnnalsPostsPane *self,
                                        GdkRectangle    *place);

/* annals-posts-pane-tags.c */
void annals_posts_pane_install_tag_actions (GtkWidgetClass  *widget_class);
void annals_posts_pane_init_tag_popovers   (AnnalsPostsPane *self);

/* annals-posts-pane-export.c */
void annals_posts_pane_install_export_actions (GtkWidgetClass *widget_class);

/* annals-posts-pane.c */
void annals_posts_pane_show_kin        (AnnalsPostsPane *self,
                                        AnnalsPostsKin   kin,
                                        gint64           post_id,
                                        const char      *label);
/* The order in effect. */
AnnalsOrder annals_posts_pane_get_order (AnnalsPostsPane *self);

/* annals-posts-pane-facets.c: counts again what is shown, when that is looked at */
void annals_posts_pane_update_facets   (AnnalsPostsPane *self);

/* annals-posts-pane-go.c */
void annals_posts_pane_init_go         (AnnalsPostsPane *self);
void annals_posts_pane_go_to_date      (AnnalsPostsPane *self);

/* annals-posts-pane-others.c: the memos and events that the words stand in */
void annals_posts_pane_init_others     (AnnalsPostsPane         *self);
void annals_posts_pane_show_others     (AnnalsPostsPane         *self,
                                        const AnnalsPostListing *listing);

/* annals-posts-pane-listing.c: what is listed, and what is said of it */
/* How far the indexes are behind: of posts, and of what the user wrote. */
void annals_posts_pane_get_pending       (AnnalsPostsPane         *self,
                                          guint                   *posts,
                                          guint                   *notes);
void annals_posts_pane_show_index_remark (AnnalsPostsPane         *self);
/* Selects without telling anybody: the reader knows already. */
void annals_posts_pane_select_position   (AnnalsPostsPane         *self,
                                          guint                    position);
/* @ids: the same posts as the change's keys */
void annals_posts_pane_show_posts        (AnnalsPostsPane         *self,
                                          GArray                  *ids,
                                          AnnalsPagedChange       *change,
                                          AnnalsPostCardsQuestion *question);
void annals_posts_pane_reload            (AnnalsPostsPane         *self);

/* annals-posts-pane-rows.c */
void annals_posts_pane_init_rows       (AnnalsPostsPane *self);

G_END_DECLS
