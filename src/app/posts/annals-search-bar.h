/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "annals-desk.h"
#include "annals-query.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_SEARCH_BAR (annals_search_bar_get_type ())
/**
 * AnnalsSearchBar:
 *
 * Where a search is typed: an entry, the filters that were completed as chips below it, and what is wrong with
 * it. It completes names of fields and their values, explains itself and keeps what was searched for.
 *
 * Property "desk" (AnnalsDesk, nullable): whose notebook's names it offers.
 *
 * Signals: "changed": it asks for something else. "stopped": Escape. "activated": Enter, or Down: what was
 * found gets the keyboard.
 */
G_DECLARE_FINAL_TYPE (AnnalsSearchBar, annals_search_bar, ANNALS, SEARCH_BAR, GtkWidget)

/* The whole as one query can be typed: the entry's words, then the filters. "" when it is empty. */
char        *annals_search_bar_dup_query   (AnnalsSearchBar *self);
/* What it asks for; NULL when there is a mistake, which is then shown. */
AnnalsQuery *annals_search_bar_parse       (AnnalsSearchBar *self);
/* Emits "changed". */
void         annals_search_bar_set_query   (AnnalsSearchBar *self,
                                            const char      *query);
/* Emits "changed". @filter: as it is typed, "source:Reuters". */
void         annals_search_bar_add_filter  (AnnalsSearchBar *self,
                                            const char      *filter);
/* @message (nullable): what is wrong, or why what is shown may not be the answer */
void         annals_search_bar_show_remark (AnnalsSearchBar *self,
                                            const char      *message,
                                            gboolean         is_error);
gboolean     annals_search_bar_has_remark  (AnnalsSearchBar *self);
gboolean     annals_search_bar_has_error   (AnnalsSearchBar *self);
/* What is asked for now was worth looking at: keeps it among the recent searches. */
void         annals_search_bar_remember    (AnnalsSearchBar *self);
void         annals_search_bar_focus       (AnnalsSearchBar *self);
/* What a screen reader calls the entry, where it is not for searching: "Rule". */
void         annals_search_bar_set_name    (AnnalsSearchBar *self,
                                            const char      *name);
/* Letters typed into @widget are searched for. */
void         annals_search_bar_capture     (AnnalsSearchBar *self,
                                            GtkWidget       *widget);

G_END_DECLS
