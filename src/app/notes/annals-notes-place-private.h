/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-note-filter-bar.h"
#include "annals-note-list.h"
#include "annals-notes-place.h"
#include "annals-paged-list.h"

G_BEGIN_DECLS

struct _AnnalsNotesPlace
{
  GtkWidget            parent_instance;

  GtkWidget           *box;
  GtkWidget           *search;
  AnnalsNoteFilterBar *bar;
  GtkDropDown         *sort;
  GtkDropDown         *group;
  GtkLabel            *count;
  GtkStack            *stack;
  AdwStatusPage       *error_page;
  GtkWidget           *list_view;
  GtkWidget           *context_menu;
  GtkWidget           *edit_popover;
  GtkTextView         *edit_text;
  GtkRevealer         *actions;
  GtkLabel            *selected;
  GMenu               *colour_menu;
  GtkWidget           *tag_popover;
  GtkWidget           *untag_popover;
  GtkWidget           *timeline_popover;

  AnnalsDesk          *desk;
  AnnalsPagedList     *notes;
  AnnalsNoteGrouping   grouping;      /* of what is shown */
  GCancellable        *loading;
  gint64               edited_id;     /* the annotation whose note is being edited; 0: none */
  char                *edited_note;   /* as it was */
};

/* annals-notes-place-actions.c */
void             annals_notes_place_install_actions (GtkWidgetClass   *widget_class);
void             annals_notes_place_init_actions    (AnnalsNotesPlace *self);
void             annals_notes_place_update_actions  (AnnalsNotesPlace *self);
/* annals-notes-place-export.c */
void             annals_notes_place_install_export  (GtkWidgetClass   *widget_class);
/* annals-notes-place-rows.c */
void             annals_notes_place_init_rows       (AnnalsNotesPlace *self);
/* annals-notes-place.c: what is asked for now. */
AnnalsNoteFilter *annals_notes_place_dup_filter     (AnnalsNotesPlace *self);
/* Opens the post or the memo of the row. */
void             annals_notes_place_open            (AnnalsNotesPlace *self,
                                                     guint             position);
void             annals_notes_place_popup_menu      (AnnalsNotesPlace *self,
                                                     double            x,
                                                     double            y);

G_END_DECLS
