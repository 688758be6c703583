/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * AnnalsCharset:
 *
 * A character set that the web knows.
 */
typedef struct
{
  const char *name;         /* as the WHATWG Encoding Standard writes it */
  const char *iconv_name;   /* what iconv calls it, or its superset that browsers read for it */
  const char *labels;       /* in lower case, a space around each */
  gboolean    latin;        /* single bytes; its letters are Latin ones */
} AnnalsCharset;

/* The character set that files and protocols call @label, white space and case disregarded. NULL when
 * it is not known, or is UTF-7, which is refused: it hides markup in plain letters. */
const AnnalsCharset *annals_charset_lookup (const char *label);

G_END_DECLS
