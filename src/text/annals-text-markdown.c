/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-text-markdown.h"

#include "annals-text-private.h"

#include <cmark.h>
#include <stdlib.h>

AnnalsText *
annals_text_new_from_markdown (const char *markdown,
                               gssize      length,
                               const char *base_uri)
{
  g_autoptr(GString) source = NULL;
  AnnalsText *text;
  char *html;

  g_return_val_if_fail (markdown != NULL || length == 0, NULL);

  source = annals_text_repair (markdown, length);
  /* "unsafe" is HTML in the text; nothing here is ever shown as HTML */
  html = cmark_markdown_to_html (source->str, source->len, CMARK_OPT_UNSAFE);
  text = annals_text_new_from_html (html, -1, base_uri);
  free (html);

  return text;
}
