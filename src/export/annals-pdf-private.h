/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-hyphenation.h"
#include "annals-pdf-amend.h"
#include "annals-pdf-layouts.h"
#include "annals-pdf.h"

G_BEGIN_DECLS

struct _AnnalsPdf
{
  AnnalsPdfSetup   setup;
  AnnalsPdfTarget  target;
  cairo_surface_t *surface;     /* NULL: pages are given */
  cairo_t         *cr;
  PangoContext    *context;
  AnnalsPdfAmend  *amend;       /* NULL: no PDF is written */
  AnnalsHyphenation *hyphenation; /* NULL: words are not broken */
  char            *language;    /* of the document's own words */
  AnnalsPdfLayouts *layouts;    /* shared with the pass before */
  GPtrArray       *open;        /* tags begun and not ended, literals */
  guint            list_level;  /* lists begun and not ended */
  GHashTable      *dests;       /* name → page, of this pass */
  GHashTable      *known;       /* (nullable): of the pass before */
  char            *title;
  char            *notebook_title;
  char            *section;      /* (nullable): that the place at hand is in */
  char            *page_section; /* (nullable): that this page begins in */
  double           y;
  guint            page;         /* from 1 */
  guint            n_pages;      /* of the pass before; 0: not known */
};

#define ANNALS_PDF_BAR_WIDTH 2.5   /* at a quotation's left */

/* Makes the block's layout, unless it has one. */
void         annals_pdf_block_ensure_layout (AnnalsPdf            *self,
                                             AnnalsPdfBlock       *block);
/* Of its text, without the space above. */
double       annals_pdf_block_get_height    (AnnalsPdf            *self,
                                             AnnalsPdfBlock       *block);
/* How far its bar moves the text in. */
double       annals_pdf_block_get_inset     (const AnnalsPdfBlock *block);

/* Whether something is drawn. */
gboolean     annals_pdf_draws         (AnnalsPdf      *self);
/* Whether what is drawn has links and structure. */
gboolean     annals_pdf_is_tagged     (AnnalsPdf      *self);
/* Draws the head and foot of this page and begins the next. No element with text may be open. */
void         annals_pdf_next_page     (AnnalsPdf      *self);
/* Draws what stands around the body of each page. */
void         annals_pdf_draw_frame    (AnnalsPdf      *self);
/* The heights of the page at which the body begins and ends. */
double       annals_pdf_get_top       (AnnalsPdf      *self);
double       annals_pdf_get_bottom    (AnnalsPdf      *self);
/* Returns: (transfer full) */
PangoLayout *annals_pdf_create_layout (AnnalsPdf      *self,
                                       AnnalsPdfStyle  style);
guint32      annals_pdf_style_get_colour (AnnalsPdfStyle style);

G_END_DECLS
