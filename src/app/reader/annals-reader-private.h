/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-mark.h"
#include "annals-reader-bar.h"
#include "annals-reader-details.h"
#include "annals-reader-look.h"
#include "annals-reader-page.h"
#include "annals-reader.h"

G_BEGIN_DECLS

/* What an action is about: a passage marked already, or one that would be. */
typedef struct
{
  gint64 annotation_id;   /* 0: not marked yet */
  guint  start;
  guint  end;
} AnnalsTarget;

struct _AnnalsReader
{
  GtkWidget         parent_instance;

  GtkWidget        *box;
  GtkWidget        *stack;
  GtkWidget        *error_page;
  GtkWidget        *scroller;
  GtkWidget        *hits_revealer;
  GtkWidget        *hits_label;
  GtkWidget        *find_entry;
  GtkWidget        *find_close;
  AnnalsReaderBar  *bar;
  GtkWidget        *details_box;
  AnnalsReaderDetails *details;
  gboolean          show_details;
  AnnalsReaderPage *page;
  GtkPopover       *tools;         /* what can be done to a passage */
  GtkPopover       *tag_popover;
  GtkWidget        *tag_entry;
  GtkPopover       *link_popover;
  GtkPopover       *card_menu;     /* of a note */

  AnnalsDesk       *desk;
  GSignalGroup     *desk_signals;
  GSettings        *settings;      /* (nullable) */

  gint64            post_id;
  AnnalsReading    *reading;       /* (nullable) of post_id */
  GCancellable     *cancellable;   /* of the reading under way */
  guint             generation;
  guint             loading_id;    /* until "loading" is said */

  char             *match;
  guint             hit;           /* the current one; G_MAXUINT: none */
  gboolean          finding;       /* words are being looked for in the post */
  guint             find_generation;
  GArray           *found;         /* (nullable, element type AnnalsHit) where they stand */

  GArray           *stops;         /* posts that were read */
  guint             stop;          /* the one that is shown */
  gboolean          travelling;    /* back or forward among them */

  gint64            goal_id;       /* the note to go to once it is there */
  gint64            edit_id;       /* the note to be edited once it is there */
  AnnalsAnnotation *draft;         /* (nullable) a passage whose note is being written first */
  gboolean          draft_saved;   /* it is on its way into the notebook */
  gint64            tools_id;      /* the marked passage the tools are about; 0: the selection */
  guint             clicked;       /* the offset clicked on last; G_MAXUINT: none */
  gint64            clicked_id;    /* and the marked passage that was taken there; 0: none */
  AnnalsTarget      tag_target;
  char             *colour;        /* the last one chosen */
  gint64            timeline_id;   /* the last one added to */

  gint64            shown_since;   /* monotonic microseconds; 0: nothing is shown */
  gboolean          end_seen;
};

/* annals-reader.c */
void annals_reader_load            (AnnalsReader *self);
/* Shows the reading with the draft. */
void annals_reader_refresh_page    (AnnalsReader *self);
void annals_reader_go_to_note      (AnnalsReader *self,
                                    gint64        annotation_id);
void annals_reader_hide_popovers   (AnnalsReader *self);

/* annals-reader-passages.c: what is done to passages */
void        annals_reader_install_passage_actions (GtkWidgetClass     *widget_class);
void        annals_reader_connect_tag_entry       (AnnalsReader       *self);
/* What is meant by a passage now; FALSE when nothing is. */
gboolean    annals_reader_find_target             (AnnalsReader       *self,
                                                   AnnalsTarget       *target);
AnnalsMark *annals_reader_make_mark               (AnnalsReader       *self,
                                                   const AnnalsTarget *target);
void        annals_reader_end_selection           (AnnalsReader       *self);
/* @mark: (transfer full) */
void        annals_reader_change_mark             (AnnalsReader       *self,
                                                   const char         *label,
                                                   const char         *message,
                                                   AnnalsMark         *mark);

/* annals-reader-evidence.c: passages as evidence of events */
void annals_reader_install_evidence_actions (GtkWidgetClass *widget_class);

/* annals-reader-bounds.c: where marked passages begin and end */
void              annals_reader_install_bounds_actions (GtkWidgetClass     *widget_class);
void              annals_reader_connect_bounds         (AnnalsReader       *self);
/* The mark that most of the selection is in: its bounds are what the selection would mend. (nullable) */
AnnalsAnnotation *annals_reader_find_overlapped        (AnnalsReader       *self,
                                                        const AnnalsTarget *selection);

/* annals-reader-tools.c: what is shown at a passage, and when */
void     annals_reader_install_tools_actions (GtkWidgetClass     *widget_class);
void     annals_reader_connect_passages      (AnnalsReader       *self);
void     annals_reader_place_tools           (AnnalsReader       *self);
/* Lets a popover point at the passage. FALSE when it is out of view. */
gboolean annals_reader_point_at              (AnnalsReader       *self,
                                              GtkPopover         *popover,
                                              const AnnalsTarget *target);
/* The text's menu, with what the colours are called now. */
void     annals_reader_name_colours          (AnnalsReader       *self);

/* annals-reader-notes.c: what is done to notes and to the whole post */
void annals_reader_install_note_actions    (GtkWidgetClass *widget_class);
void annals_reader_begin_draft             (AnnalsReader   *self,
                                            guint           start,
                                            guint           end);
void annals_reader_drop_draft              (AnnalsReader   *self);

/* annals-reader-hits.c: what was searched for */
void annals_reader_install_hit_actions     (GtkWidgetClass *widget_class);
void annals_reader_show_hits               (AnnalsReader   *self);
void annals_reader_go_to_hit               (AnnalsReader   *self,
                                            guint           hit);
void annals_reader_leave_hit               (AnnalsReader   *self);

/* annals-reader-find.c: words looked for in the post */
void annals_reader_install_find_actions    (GtkWidgetClass *widget_class);
void annals_reader_find_again              (AnnalsReader   *self);

/* annals-reader-travel.c: from post to post */
void annals_reader_install_travel_actions  (GtkWidgetClass *widget_class);
void annals_reader_init_travel             (AnnalsReader   *self);
/* Before another post is shown. */
void annals_reader_leave_stop              (AnnalsReader   *self);
/* A post is shown. */
void annals_reader_arrive                  (AnnalsReader   *self,
                                            gint64          post_id);
void annals_reader_forget_stop             (AnnalsReader   *self,
                                            gint64          post_id);
void annals_reader_forget_stops            (AnnalsReader   *self);
/* annals-reader.c: asks for the post before or after in the list */
void annals_reader_step_post               (AnnalsReader   *self,
                                            int             step);

/* annals-reader-finished.c: posts read to the end */
void annals_reader_begin_reading           (AnnalsReader   *self);
void annals_reader_end_reading             (AnnalsReader   *self);
void annals_reader_note_scroll             (AnnalsReader   *self);
void annals_reader_forget_reading          (AnnalsReader   *self);

/* annals-reader-drop.c: posts dropped on the page */
void annals_reader_init_drop               (AnnalsReader   *self);

/* annals-reader-card-menu.c */
void annals_reader_install_card_menu_actions (GtkWidgetClass *widget_class);
void annals_reader_init_card_menu            (AnnalsReader   *self);

G_END_DECLS
