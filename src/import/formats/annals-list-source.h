/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-format.h"

G_BEGIN_DECLS

/**
 * AnnalsListSource:
 *
 * The characters of a list's file, as they are read, with a window on them that moves on.
 */
typedef struct
{
  AnnalsFormatReader *reader;   /* borrowed */
  GString            *text;     /* the window, UTF-8 */
  gint64              offset;   /* of the window's beginning: bytes of the file as UTF-8 */
  guint               line;     /* there, from 1 */
  gboolean            at_end;   /* the window reaches the file's end */
  GByteArray         *rest;     /* bytes of a character that is not complete */
  gsize               bom;      /* bytes of the byte order mark still to be skipped */
} AnnalsListSource;

AnnalsListSource *annals_list_source_new     (AnnalsFormatReader  *reader);
void              annals_list_source_free    (AnnalsListSource    *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsListSource, annals_list_source_free)

/* Makes the window longer, or sets @at_end. */
gboolean          annals_list_source_fill    (AnnalsListSource    *self,
                                              GCancellable        *cancellable,
                                              GError             **error);
/* Moves the window's beginning by @length bytes. */
void              annals_list_source_discard (AnnalsListSource    *self,
                                              gsize                length);
/* The line, from 1, of what stands @position bytes behind the window's beginning. */
guint             annals_list_source_line_at (AnnalsListSource    *self,
                                              gsize                position);
/* At the end: says what was assumed of the file's characters, and mended. */
void              annals_list_source_report  (AnnalsFormatReader  *reader);

G_END_DECLS
