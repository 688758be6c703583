/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How a piece differs from the block it stands in. */
typedef enum
{
  ANNALS_PDF_PLAIN  = 0,
  ANNALS_PDF_BOLD   = 1 << 0,
  ANNALS_PDF_ITALIC = 1 << 1,
  ANNALS_PDF_MONO   = 1 << 2,
  ANNALS_PDF_MUTED  = 1 << 3,
  ANNALS_PDF_ALERT  = 1 << 4,
  ANNALS_PDF_QUIET  = 1 << 5,   /* a link that looks like the text around it */
} AnnalsPdfLook;

/**
 * AnnalsPdfRun:
 * @start: first byte in the text
 * @end: byte after the last
 * @look: of the piece
 * @link: (nullable): the attributes of Cairo's link tag
 */
typedef struct
{
  guint          start;
  guint          end;
  AnnalsPdfLook  look;
  char          *link;
} AnnalsPdfRun;

/**
 * AnnalsPdfText:
 *
 * A piece of text made of runs that look different or lead somewhere.
 */
typedef struct
{
  GString *string;
  GArray  *runs;        /* (element-type AnnalsPdfRun), without gaps */
  guint    n_links;
} AnnalsPdfText;

/* Returns: (transfer full) */
AnnalsPdfText      *annals_pdf_text_new         (void);
void                annals_pdf_text_free        (AnnalsPdfText *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsPdfText, annals_pdf_text_free)

/* @string may be anything: what is no UTF-8, a control or invisible is cured; "\n" ends a line. */
void                annals_pdf_text_append      (AnnalsPdfText *self,
                                                 const char    *string,
                                                 AnnalsPdfLook  look);
/* Leads to a place in the document, by the name of a block. */
void                annals_pdf_text_append_dest (AnnalsPdfText *self,
                                                 const char    *string,
                                                 AnnalsPdfLook  look,
                                                 const char    *dest);
/* Leads out; anything but a sound http or https address is left without a link. */
void                annals_pdf_text_append_uri  (AnnalsPdfText *self,
                                                 const char    *string,
                                                 AnnalsPdfLook  look,
                                                 const char    *uri);
/* Appends all runs of @other. */
void                annals_pdf_text_append_text (AnnalsPdfText       *self,
                                                 const AnnalsPdfText *other);
/* The same text with soft hyphens at @places (element-type guint), ascending byte offsets.
 * Returns: (transfer full) */
AnnalsPdfText      *annals_pdf_text_dup_hyphenated (const AnnalsPdfText *self,
                                                    GArray              *places);
/* The run that holds byte @offset, or NULL. */
const AnnalsPdfRun *annals_pdf_text_get_run     (const AnnalsPdfText *self,
                                                 guint                offset);

G_END_DECLS
