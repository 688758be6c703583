/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-decoder.h"
#include "annals-import-input.h"

G_BEGIN_DECLS

/**
 * AnnalsXmlFilter:
 *
 * Stands between a file and an XML parser and mends what the parser would give up on, though a person
 * would not: control characters, HTML's named entities, single ampersands, comments with "--". Drops
 * comments and processing instructions and stops before any DOCTYPE, so that no entity is ever
 * declared. Lines keep their numbers. The output is UTF-8.
 */
typedef struct _AnnalsXmlFilter AnnalsXmlFilter;

typedef enum
{
  ANNALS_XML_FILTER_READING,
  ANNALS_XML_FILTER_DONE,
  ANNALS_XML_FILTER_DOCTYPE,   /* stopped before a DOCTYPE */
  ANNALS_XML_FILTER_TOO_LONG,  /* stopped: the limit was passed */
  ANNALS_XML_FILTER_FAILED,    /* the input failed or was cancelled */
} AnnalsXmlFilterState;

/* Borrows both; when the XML declaration names a character set that fits the bytes, it is used instead
 * of @decoder. */
AnnalsXmlFilter     *annals_xml_filter_new        (AnnalsImportInput *input,
                                                   AnnalsDecoder     *decoder);
void                 annals_xml_filter_free       (AnnalsXmlFilter   *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsXmlFilter, annals_xml_filter_free)

/* For the reads that follow (nullable, borrowed). */
void                 annals_xml_filter_set_cancellable (AnnalsXmlFilter *self,
                                                        GCancellable    *cancellable);
/* Returns the number of bytes, 0 at the end, -1 when the input failed: an xmlInputReadCallback. */
int                  annals_xml_filter_read       (void              *self,
                                                   char              *buffer,
                                                   int                length);
AnnalsXmlFilterState annals_xml_filter_get_state  (AnnalsXmlFilter   *self);
/* Why it failed; the caller owns it. */
GError              *annals_xml_filter_steal_error (AnnalsXmlFilter  *self);
/* Lets another @limit bytes through before it stops. */
void                 annals_xml_filter_allow      (AnnalsXmlFilter   *self,
                                                   gsize              limit);
/* The line, from 1, of the next start tag <item>, in the order of the file; 0 when there is none. */
guint                annals_xml_filter_next_item_line (AnnalsXmlFilter *self);
/* The line up to which was read */
guint                annals_xml_filter_get_line   (AnnalsXmlFilter   *self);
/* How often something was mended, and the line where first. */
guint                annals_xml_filter_get_n_mended (AnnalsXmlFilter *self,
                                                     guint           *first_line);
/* Bytes that did not fit the character set. */
guint64              annals_xml_filter_get_n_undecoded (AnnalsXmlFilter *self);
/* The character set that was assumed because the file says none or a wrong one; NULL when it says. */
const char          *annals_xml_filter_get_assumed_charset (AnnalsXmlFilter *self);

G_END_DECLS
