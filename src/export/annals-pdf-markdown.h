/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-pdf.h"

G_BEGIN_DECLS

/* Appends the blocks of a text in Markdown (CommonMark) to @blocks, a GPtrArray of AnnalsPdfBlock:
 * paragraphs, headings, lists, quotations and code, with emphasis and links. HTML in it is printed
 * as it was typed; of an image its description. @x: their left edge; @before: space above the
 * first. */
void annals_pdf_markdown_append (AnnalsPdf      *pdf,
                                 GPtrArray      *blocks,
                                 const char     *markdown,
                                 AnnalsPdfStyle  style,
                                 double          x,
                                 double          before);

G_END_DECLS
