/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-history-window.h"
#include "annals-history.h"
#include "annals-paged-list.h"

G_BEGIN_DECLS

/* The row below all steps: before the first of them. */
#define BEGINNING 0

struct _AnnalsHistoryWindow
{
  AdwWindow         parent_instance;

  AdwToastOverlay  *toasts;
  GtkWidget        *search;
  GtkStack         *stack;
  AdwStatusPage    *error_page;
  GtkWidget        *list_view;
  GtkWidget        *context_menu;
  GtkLabel         *count;
  GtkStack         *bar_stack;
  GtkWidget        *only_button;
  GtkWidget        *go_button;
  GtkProgressBar   *progress;

  AnnalsDesk       *desk;
  AnnalsPagedList  *steps;
  GCancellable     *loading;
  gboolean          has_list;     /* it came and took the focus */

  /* on the way to a chosen step */
  GCancellable     *walking;      /* (nullable) */
  gint64            target;
  gint64            start;        /* where it began */
  guint             n_walked;
  gboolean          redoing;
  gint64            way_back;     /* of the toast's button */
};

/* annals-history-walk.c: undoes or redoes steps until @id is the newest that is done. */
void annals_history_window_walk      (AnnalsHistoryWindow *self,
                                      gint64               id);
void annals_history_window_undo_only (AnnalsHistoryWindow *self,
                                      gint64               id,
                                      const char          *label);
/* annals-history-rows.c */
void annals_history_window_init_rows (AnnalsHistoryWindow *self);
/* annals-history-window.c: what is chosen; %FALSE when nothing is. */
gboolean annals_history_window_get_chosen
                                     (AnnalsHistoryWindow *self,
                                      gint64              *id);
void annals_history_window_update    (AnnalsHistoryWindow *self);

G_END_DECLS
