/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*AnnalsSnapshotFunc) (GtkWidget   *widget,
                                    GtkSnapshot *snapshot);

/* Has @widget, which is a GtkTextView or holds one, drawn by @func, its parent class's. GtkTextView of GTK 4.8 may
 * find out how high its text is while it draws, and move; its scrollbar, which has had its turn by then, follows.
 * @adjustment: (nullable): the vertical one */
void annals_text_snapshot (GtkWidget          *widget,
                           GtkSnapshot        *snapshot,
                           GtkAdjustment      *adjustment,
                           AnnalsSnapshotFunc  func);

typedef void (*AnnalsAllocateFunc) (GtkWidget *widget,
                                    int        width,
                                    int        height,
                                    int        baseline);

/* The same for when it is given its place. */
void annals_text_allocate (GtkWidget          *widget,
                           int                 width,
                           int                 height,
                           int                 baseline,
                           GtkAdjustment      *adjustment,
                           AnnalsAllocateFunc  func);

G_END_DECLS
