/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-decoder.h"
#include "annals-import-input.h"

G_BEGIN_DECLS

/**
 * AnnalsLine:
 * @offset: of its first byte in the file
 * @length: in bytes of the file, with its end
 * @number: from 1
 * @text: UTF-8 without the end
 * @blank: nothing of it can be seen
 * @continues: it is a further piece of the line before
 *
 * A line of a text file.
 */
typedef struct
{
  gint64    offset;
  gint64    length;
  guint     number;
  char     *text;
  gsize     n_bytes;
  gboolean  blank;
  gboolean  continues;
} AnnalsLine;

void annals_line_free (AnnalsLine *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsLine, annals_line_free)

/**
 * AnnalsLineReader:
 *
 * Reads a text file line by line in bounded memory. Lines end with LF, CR LF or CR.
 */
typedef struct _AnnalsLineReader AnnalsLineReader;

/* Borrows both. */
AnnalsLineReader *annals_line_reader_new  (AnnalsImportInput  *input,
                                           AnnalsDecoder      *decoder);
void              annals_line_reader_free (AnnalsLineReader   *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsLineReader, annals_line_reader_free)

/* @line (out): the next one, NULL at the end. */
gboolean          annals_line_reader_next (AnnalsLineReader   *self,
                                           AnnalsLine        **line,
                                           GCancellable       *cancellable,
                                           GError            **error);
/* The number of the first line in which something had to be replaced, 0 when there is none. */
guint             annals_line_reader_get_first_repaired (AnnalsLineReader *self);

G_END_DECLS
