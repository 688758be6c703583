/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-passage-view.h"

G_BEGIN_DECLS

#define PARAGRAPH_SPACING 13
#define TABLE_INDENT 26
#define MAX_DEPTH 6      /* levels of lists and of quotations that are told apart */

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
  GArray        *pictures;     /* (nullable): annals-passage-pictures.c's */
  GHashTable    *picture_bytes;  /* (nullable): address → GBytes */
  guint          pictures_generation;
  guint          next_picture; /* to be decoded */
  gsize          pictures_total;
  guint          fit_id;
  int            measure;      /* pixels of a line when the text was filled in */
  int            width;        /* last one given */

  GtkTextTag    *span_tags[ANNALS_SPAN_IMAGE + 1];
  GtkTextTag    *heading_tags[6];
  GtkTextTag    *list_tags[MAX_DEPTH];
  GtkTextTag    *quotation_tags[MAX_DEPTH];
  GtkTextTag    *header_cell_tag;
  GtkTextTag    *gap_tag;      /* between two cells */
  GtkTextTag    *last_line_tag;
  GtkTextTag   **colour_tags;  /* one for each colour of the palette: the highlight */
  GtkTextTag   **under_tags;   /* the line under a passage that lies below another one */
  GtkTextTag    *current_tag;
  GtkTextTag    *hit_tag;
  GtkTextTag    *current_hit_tag;

  guint          settle_id;
  guint          scroll_id;
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
void annals_passage_view_make_mark_tags   (AnnalsPassageView *self);
void annals_passage_view_colour_mark_tags (AnnalsPassageView *self);
void annals_passage_view_paint_marks      (AnnalsPassageView *self);
void annals_passage_view_paint_hits       (AnnalsPassageView *self);

G_END_DECLS
