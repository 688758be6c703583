/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-search-bar.h"
#include "annals-search-popover.h"

G_BEGIN_DECLS

struct _AnnalsSearchBar
{
  GtkWidget            parent_instance;

  GtkWidget           *box;
  GtkWidget           *entry;
  GtkWidget           *chips;
  GtkRevealer         *remark_revealer;
  GtkLabel            *remark;
  GtkMenuButton       *help_button;
  GtkPopover          *help_popover;
  GtkWidget           *save_box;
  GtkEntry            *save_name;
  GtkWidget           *recent_title;
  GtkWidget           *recent;
  GtkGrid             *help;
  AnnalsSearchPopover *suggestions;

  AnnalsDesk          *desk;
  GSettings           *settings;
  GPtrArray           *filters;        /* of char*, as they are typed */
  GCancellable        *completing;
  gsize                token_start;    /* bytes of the entry's text that a suggestion replaces */
  gsize                token_end;
  AnnalsQueryField     token_field;    /* N_FIELDS: the name of a field */
  gboolean             offers_recent;
  gboolean             quiet;          /* the text is being set, not typed */
};

/* annals-search-bar-help.c */
void annals_search_bar_init_help    (AnnalsSearchBar *self);
void annals_search_bar_update_help  (AnnalsSearchBar *self);
void annals_search_bar_save         (AnnalsSearchBar *self);

/* annals-search-bar-complete.c */
void annals_search_bar_complete     (AnnalsSearchBar *self);
void annals_search_bar_offer_recent (AnnalsSearchBar *self);
void annals_search_bar_dismiss      (AnnalsSearchBar *self);
void annals_search_bar_take         (AnnalsSearchBar *self,
                                     const char      *value);

G_END_DECLS
