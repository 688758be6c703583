/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-memos.h"
#include "annals-pdf.h"
#include "annals-report.h"

G_BEGIN_DECLS

/* The blocks of one passage with its note and tags, and in @side the colour's meaning and the day. @colours: what the
 * notebook calls colours. @names_post: the passage says which post it is from, @names_author: who marked it.
 * Returns: (transfer full) (element-type AnnalsPdfBlock) */
GPtrArray      *annals_pdf_note_make        (AnnalsPdf              *pdf,
                                             AnnalsReport           *report,
                                             const AnnalsAnnotation *annotation,
                                             GHashTable             *colours,
                                             gboolean                names_post,
                                             gboolean                names_author,
                                             GPtrArray              *side);
/* The same of a memo. */
GPtrArray      *annals_pdf_note_make_memo   (AnnalsPdf              *pdf,
                                             const AnnalsMemo       *memo,
                                             gboolean                names_author,
                                             GPtrArray              *side);
/* "[1] Author, Source, 9 Mar 2020": of a post whose title stands above. */
AnnalsPdfBlock *annals_pdf_note_make_source (AnnalsPdf              *pdf,
                                             guint                   number,
                                             const AnnalsPost       *post);

G_END_DECLS
