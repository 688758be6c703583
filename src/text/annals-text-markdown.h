/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-text.h"

G_BEGIN_DECLS

/* Markdown (CommonMark) in UTF-8 or nearly; HTML in it counts as HTML, without its scripts. @length -1:
 * NUL-terminated. @base_uri (nullable) resolves relative addresses. Any input gives a text. */
AnnalsText *annals_text_new_from_markdown (const char *markdown,
                                           gssize      length,
                                           const char *base_uri);

/* The text as Markdown (CommonMark), its own signs escaped: headings, quotations, lists, links, emphasis, code. */
char       *annals_text_dup_markdown      (AnnalsText *text);

G_END_DECLS
