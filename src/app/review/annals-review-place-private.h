/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-review-item.h"
#include "annals-review-place.h"
#include "annals-review-sheet.h"

G_BEGIN_DECLS

struct _AnnalsReviewPlace
{
  GtkWidget          parent_instance;

  GtkWidget         *stack;
  GtkWidget         *pages;         /* "one": the sheet, "many": what is done to all that are chosen */
  AdwStatusPage     *many;
  GtkLabel          *count;
  GtkWidget         *list_view;
  AnnalsReviewSheet *sheet;

  AnnalsDesk        *desk;
  GListStore        *notes;
  GtkSelectionModel *selection;
  GCancellable      *listing;
  GCancellable      *loading;
  gint64             wanted_id;     /* to be chosen when it is listed; 0: none */
  gint64             chosen_id;     /* the one that the sheet shows or is about to; 0: none, or several */
  guint              chosen_at;     /* where it, or the first of several, stood in the list */
  gboolean           wants_focus;   /* the list gets the keyboard when it has its rows */
  gboolean           enters;        /* the sheet gets it when it has been read */
};

/* annals-review-place.c: the ids of the chosen notes (element type gint64) */
GArray *annals_review_place_dup_chosen      (AnnalsReviewPlace *self);
/* annals-review-decisions.c */
void    annals_review_place_install_actions (GtkWidgetClass    *widget_class);

G_END_DECLS
