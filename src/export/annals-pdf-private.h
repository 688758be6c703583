/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-pdf.h"

G_BEGIN_DECLS

struct _AnnalsPdf
{
  cairo_surface_t *surface;
  cairo_t         *cr;
  PangoContext    *context;
  AnnalsPdfWrite   write;       /* NULL: only measuring */
  gpointer         write_data;
  GPtrArray       *open;        /* tags begun and not ended, literals */
  char            *title;
  char            *notebook_title;
  double           width;
  double           height;
  double           y;
  guint            page;        /* from 1 */
  guint            n_pages;
};

/* Draws the foot of this page and begins the next. No element with text may be open. */
void         annals_pdf_next_page     (AnnalsPdf      *self);
/* The height of the page at which the body ends. */
double       annals_pdf_get_bottom    (AnnalsPdf      *self);
/* Returns: (transfer full) */
PangoLayout *annals_pdf_create_layout (AnnalsPdf      *self,
                                       AnnalsPdfStyle  style);
guint32      annals_pdf_style_get_colour (AnnalsPdfStyle style);

G_END_DECLS
