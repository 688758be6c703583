/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-links-section.h"
#include "annals-memo-text.h"
#include "annals-memos-place.h"

G_BEGIN_DECLS

struct _AnnalsMemosPlace
{
  GtkWidget           parent_instance;

  GtkWidget          *paned;
  GtkWidget          *search;
  GtkStack           *list_stack;
  GtkWidget          *list_view;
  GtkStack           *stack;
  GtkWidget          *title;
  GtkLabel           *remark;
  AnnalsMemoText     *text;
  AnnalsLinksSection *mentions;

  AnnalsDesk         *desk;
  GPtrArray          *all;           /* (element type AnnalsMemoItem) */
  GListStore         *items;         /* those that the words typed fit */
  GtkSingleSelection *selection;
  gboolean            selecting;     /* the program selects, not the user */

  gint64              memo_id;       /* the one that is shown; 0: none */
  gint64              named_id;      /* the one whose title is to be typed once it is shown */
  gint64              followed_id;   /* one that was led to: it gets the keyboard */
  char               *base;          /* its text as it is stored, as far as is known */
  char               *base_title;
  gboolean            dirty;         /* something was typed that is not on its way yet */
  gboolean            filling;
  guint               save_id;
  GCancellable       *loading;
};

/* annals-memos-place.c */
/* Selects the memo that is shown. */
void annals_memos_place_select     (AnnalsMemosPlace *self);

/* annals-memos-editing.c */
void annals_memos_place_load       (AnnalsMemosPlace *self,
                                    gint64            memo_id);
/* What was typed is on its way into the notebook when this returns. */
void annals_memos_place_flush      (AnnalsMemosPlace *self);
void annals_memos_place_edited     (AnnalsMemosPlace *self);

G_END_DECLS
