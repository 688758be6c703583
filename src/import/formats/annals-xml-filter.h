/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-decoder.h"
#include "annals-import-input.h"

G_BEGIN_DECLS

/**
 * AnnalsXmlFilter:
 *
 * Stands between a feed's file and an XML parser. It cuts the file into its items, so that damage
 * to one does no harm to the others and memory holds one at a time, and mends what the parser would
 * give up on, though a person would not: control characters, HTML's named entities, single
 * ampersands, comments with "--". It drops comments and processing instructions, makes CDATA
 * escaped text, and stops before any DOCTYPE, so that no entity is ever declared. Lines keep their
 * numbers. The output is UTF-8.
 */
typedef struct _AnnalsXmlFilter AnnalsXmlFilter;

typedef enum
{
  ANNALS_XML_PIECE_ERROR,      /* the input failed or was cancelled: @error is set */
  ANNALS_XML_PIECE_OUTSIDE,    /* what stands before, between or after items */
  ANNALS_XML_PIECE_ITEM,       /* from <item> to </item> */
  ANNALS_XML_PIECE_CUT,        /* an item whose end is missing */
  ANNALS_XML_PIECE_TOO_LONG,   /* an item longer than the limit: its beginning */
  ANNALS_XML_PIECE_DOCTYPE,    /* a DOCTYPE follows: nothing more comes */
  ANNALS_XML_PIECE_END,
} AnnalsXmlPiece;

/* Borrows both. */
AnnalsXmlFilter     *annals_xml_filter_new        (AnnalsImportInput *input,
                                                   AnnalsDecoder     *decoder);
void                 annals_xml_filter_free       (AnnalsXmlFilter   *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsXmlFilter, annals_xml_filter_free)

/* @text (out): the next piece, replacing what it holds; @line: where it begins, from 1. */
AnnalsXmlPiece       annals_xml_filter_next       (AnnalsXmlFilter   *self,
                                                   GString           *text,
                                                   guint             *line,
                                                   GCancellable      *cancellable,
                                                   GError           **error);
/* The line up to which was read */
guint                annals_xml_filter_get_line   (AnnalsXmlFilter   *self);
/* How often something was mended, and the line where first. */
guint                annals_xml_filter_get_n_mended (AnnalsXmlFilter *self,
                                                     guint           *first_line);
/* Bytes that did not fit the character set. */
guint64              annals_xml_filter_get_n_undecoded (AnnalsXmlFilter *self);
/* The character set that was assumed because the file says none or a wrong one; NULL when it says. Known
 * at the end. */
const char          *annals_xml_filter_get_assumed_charset (AnnalsXmlFilter *self);

G_END_DECLS
