/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-passage-view.h"

G_BEGIN_DECLS

#define PARAGRAPH_SPACING 13
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

/* annals-passage-marks.c */
void annals_passage_view_make_mark_tags   (AnnalsPassageView *self);
void annals_passage_view_colour_mark_tags (AnnalsPassageView *self);
void annals_passage_view_paint_marks      (AnnalsPassageView *self);
void annals_passage_view_paint_hits       (AnnalsPassageView *self);

G_END_DECLS
