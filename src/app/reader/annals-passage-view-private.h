/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-passage-view.h"

G_BEGIN_DECLS

#define PARAGRAPH_SPACING 13
#define TABLE_INDENT 26
#define MAX_DEPTH 6      /* levels of lists and of quotations that are told apart */

/* What covers a stretch of text: a bit for each colour of the palette, and one when two or more lie over
 * each other there. */
#define N_COLOURS 8
#define OVERLAP (1u << N_COLOURS)
#define N_COVERS (OVERLAP << 1)

/* The end of the open passage that the pointer holds. */
typedef enum
{
  ANNALS_GRIP_NONE,
  ANNALS_GRIP_START,
  ANNALS_GRIP_END,
} AnnalsGrip;

/* A line under all of a passage that another one overlaps. */
typedef struct
{
  guint start, end;
  guint colour;         /* its place in the palette */
  guint level;          /* those that overlap have each their own */
  gboolean overlaps;
} MarkLine;

struct _AnnalsPassageView
{
  GtkTextView    parent_instance;

  GtkTextBuffer *buffer;       /* another one for each text */
  GPtrArray     *anchors;      /* (element type GtkTextChildAnchor) of pictures without words */
  AnnalsText    *text;
  AnnalsTone     tone;
  GArray        *items;        /* (element type ListMarker) by start */

  GPtrArray     *annotations;
  gint64         current_id;
  GArray        *hits;
  guint          current_hit;

  GPtrArray     *table_tags;   /* (element type GtkTextTag) borrowed from the tag table */
  gboolean       has_tables;
  int            table_measure;  /* what tables were laid out for */
  int            table_prose;    /* and in which letters: pixels that a stretch of prose takes */
  guint          table_id;
  GArray        *pictures;     /* (nullable): annals-passage-pictures.c's */
  GHashTable    *picture_bytes;  /* (nullable): address → GBytes */
  guint          pictures_generation;
  guint          next_picture; /* to be decoded */
  gsize          pictures_total;
  guint          fit_id;
  int            measure;      /* pixels of a line */
  int            width;        /* last one given */

  GtkTextTag    *span_tags[ANNALS_SPAN_IMAGE + 1];
  GtkTextTag    *heading_tags[6];
  GtkTextTag    *list_tags[MAX_DEPTH];
  GtkTextTag    *quotation_tags[MAX_DEPTH];
  GtkTextTag    *header_cell_tag;
  GtkTextTag    *gap_tag;      /* between two cells */
  GtkTextTag    *last_line_tag;
  GtkTextTag    *mark_tags[N_COVERS];  /* (nullable) until needed: how a stretch covered so looks */
  GtkTextTag    *first_mark_tag;       /* below this one's priority they stay */
  GArray        *lines;        /* (element type MarkLine): under passages that overlap, by start */
  gboolean       has_rtl;      /* the text has letters that run from right to left */
  GtkTextTag    *current_tag;
  GtkTextTag    *hit_tag;
  GtkTextTag    *current_hit_tag;

  GHashTable    *colour_names;   /* (nullable) colour → what its highlights are called */

  gint64         moving_id;      /* the passage whose bounds are being moved; 0: none */
  guint          moving_start;   /* where they are shown now */
  guint          moving_end;
  GtkGesture    *grip_drag;      /* borrowed: the view has it */
  AnnalsGrip     grip;           /* what the pointer holds */
  graphene_point_t grip_offset;  /* from the pointer to the middle of the line at the bound */
  guint          grip_fixed;     /* the other bound */
  graphene_point_t grip_pointer; /* where the pointer is, in the widget's coordinates */
  guint          grip_scroll_id;
  guint          commit_id;

  guint          settle_id;
  guint          scroll_id;
  gboolean       scroll_to_top;   /* the goal is to be at the top */
  guint          clicked;      /* the offset clicked on; G_MAXUINT: none */
  gboolean       button_down;
  gboolean       filling;
};

/* A list item's "•" or "3.", drawn beside its first line. */
typedef struct
{
  guint  start;
  char  *marker;
} ListMarker;

/* annals-passage-text.c */
void annals_passage_view_make_span_tags   (AnnalsPassageView *self);
void annals_passage_view_fill             (AnnalsPassageView *self);
void annals_passage_view_draw_decorations (AnnalsPassageView *self,
                                           GtkSnapshot       *snapshot);

/* annals-passage-tables.c */
/* Gives the columns of tables their places in lines of the measure. */
void annals_passage_view_lay_out_tables   (AnnalsPassageView *self);
/* Soon, if the measure or the letters are others than they were. */
void annals_passage_view_queue_tables     (AnnalsPassageView *self);

/* annals-passage-pictures.c */
void annals_passage_view_begin_pictures   (AnnalsPassageView *self);
/* @widget (nullable): what stands in the text for it */
void annals_passage_view_add_picture      (AnnalsPassageView *self,
                                           guint              start,
                                           const char        *address,
                                           GtkWidget         *widget);
void annals_passage_view_fit_pictures     (AnnalsPassageView *self);
void annals_passage_view_end_pictures     (AnnalsPassageView *self);
void annals_passage_view_draw_pictures    (AnnalsPassageView *self,
                                           GtkSnapshot       *snapshot,
                                           const GtkTextIter *line,
                                           int                y);

/* annals-passage-marks.c */
/* The palette's place of a colour. */
guint    annals_passage_view_find_colour  (const char        *name);
gboolean annals_passage_view_is_dark      (AnnalsPassageView *self);
/* Where it is shown, which is elsewhere while its bounds are moved; FALSE: nowhere. */
gboolean annals_passage_view_get_place    (AnnalsPassageView *self,
                                           AnnalsAnnotation  *annotation,
                                           guint             *start,
                                           guint             *end);
/* Paints [from, to) anew. */
void annals_passage_view_paint_stretch    (AnnalsPassageView *self,
                                           guint              from,
                                           guint              to);
void annals_passage_view_make_mark_tags   (AnnalsPassageView *self);
void annals_passage_view_colour_mark_tags (AnnalsPassageView *self);
void annals_passage_view_paint_marks      (AnnalsPassageView *self);
void annals_passage_view_paint_current    (AnnalsPassageView *self);
void annals_passage_view_paint_hits       (AnnalsPassageView *self);

/* annals-passage-overlaps.c */
/* The background of a stretch that is covered so. */
void annals_passage_view_blend            (guint              cover,
                                           gboolean           dark,
                                           GdkRGBA           *rgba);
void annals_passage_view_find_overlaps    (AnnalsPassageView *self);
void annals_passage_view_draw_overlaps    (AnnalsPassageView *self,
                                           GtkSnapshot       *snapshot);

/* annals-passage-bounds.c */
void annals_passage_view_add_grips        (AnnalsPassageView *self);
void annals_passage_view_draw_grips       (AnnalsPassageView *self,
                                           GtkSnapshot       *snapshot);
/* Whether the pointer, in the widget's coordinates, is on one. */
AnnalsGrip annals_passage_view_find_grip  (AnnalsPassageView *self,
                                           double             x,
                                           double             y);
/* Whether bounds are being moved that were not committed yet. */
gboolean annals_passage_view_is_moving    (AnnalsPassageView *self);
/* Forgets what is shown of a movement. */
void annals_passage_view_end_moving       (AnnalsPassageView *self);

G_END_DECLS
