/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-reader-page.h"

G_BEGIN_DECLS

/* pixels */
#define WIDE 720            /* from this width on notes stand beside the text */
#define SIDE 36             /* at least beside text and notes, in a page of MIDDLE or more */
#define MIDDLE 800
#define NARROW_SIDE 24
#define ABOVE_HEADER 28
#define BELOW_HEADER 16
#define BELOW_TEXT 72
#define BOTTOM_STEP 160
#define BESIDE_TEXT 16      /* where a selection may begin or end beside the text */
#define ABOVE_FOOTER 24
#define GAP 18              /* between text and notes */
#define CARD_WIDTH 214
#define CARD_SPACING 8
#define CARD_GUESS 72       /* height of a card before any was made */
#define PROSE 68            /* characters in a line of text, unless another measure is wanted */

#define REST_TIME 150       /* milliseconds */

/* A note and where it stands. Heights and places in pixels from the top of the page's content. */
typedef struct
{
  AnnalsAnnotation *annotation;
  AnnalsNoteCard   *card;          /* (nullable) until made */
  int               line;          /* of the paragraph that the passage begins in */
  int               within;        /* from there to the passage's own line; -1: not known yet */
  int               top;
  int               height;
} Slot;

struct _AnnalsReaderPage
{
  GtkWidget            parent_instance;

  AnnalsReaderHeader  *header;
  AnnalsPassageView   *passage;
  GtkWidget           *footer;     /* below text and notes */
  GPtrArray           *popovers;   /* borrowed: children */

  GtkAdjustment       *adjustments[2];
  GtkScrollablePolicy  policies[2];

  AnnalsReading       *reading;
  GPtrArray           *annotations;
  GArray              *slots;
  gint64               current_id;

  int                  left;
  int                  text_width;
  int                  top;        /* the margins that the text view is to have */
  int                  bottom;
  guint                measure;    /* characters of a full line */
  int                  prose;      /* pixels of a full line; 0: not measured yet */
  gboolean             wide;
  gboolean             lines_stale;
  gboolean             allocating;
  guint                near_id;
  guint                margins_id;
  guint                bottom_id;
};

/* annals-reader-page.c */
double annals_reader_page_get_scroll     (AnnalsReaderPage  *self);
int    annals_reader_page_measure_header (AnnalsReaderPage  *self);
/* Ask for the text view's margins above and below its text, in which header and notes lie. */
void   annals_reader_page_want_top       (AnnalsReaderPage  *self,
                                          int                top);
void   annals_reader_page_want_bottom    (AnnalsReaderPage  *self,
                                          int                bottom);

/* annals-reader-page-notes.c */
/* Where the paragraph of @iter begins and (@bottom, optional) ends, in pixels of the page's
 * content. */
int    annals_reader_page_get_line_y     (AnnalsReaderPage  *self,
                                          const GtkTextIter *iter,
                                          int               *bottom);
/* Before the next frame: makes the cards that are near the view, as the page's width wants them. */
void   annals_reader_page_make_cards     (AnnalsReaderPage  *self);
/* Gives the notes their places; after the text view has got its size. */
void   annals_reader_page_lay_out_notes  (AnnalsReaderPage  *self,
                                          int                height);

G_END_DECLS
