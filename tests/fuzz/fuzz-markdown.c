/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <libxml/parser.h>
#include <pango/pango.h>
#include <stdint.h>
#include <string.h>

#include "annals-html.h"
#include "annals-markdown-write.h"
#include "annals-markdown.h"
#include "annals-text-markdown.h"

/* What a person, or a stranger's notebook, wrote in Markdown: blocks, Pango's markup, HTML, Markdown again, text. */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check_blocks (const char *markdown,
              gsize       max_chars)
{
  gboolean is_cut = FALSE;
  g_autoptr(GPtrArray) blocks = annals_markdown_parse (markdown, max_chars, &is_cut);
  g_autofree char *plain = annals_markdown_dup_plain (markdown, max_chars);

  g_assert_true (g_utf8_validate (plain, -1, NULL));
  for (guint i = 0; i < blocks->len; i++)
    {
      g_autofree char *markup = annals_markdown_block_dup_markup (blocks->pdata[i]);
      g_autofree char *words = annals_markdown_block_dup_plain (blocks->pdata[i]);
      g_autoptr(GError) error = NULL;

      /* links are a label's; Pango itself does not know them */
      if (strstr (markup, "<a ") == NULL)
        {
          pango_parse_markup (markup, -1, 0, NULL, NULL, NULL, &error);
          g_assert_no_error (error);
        }
      g_assert_true (g_utf8_validate (words, -1, NULL));
    }
}

/* Well-formed, and without what a browser would run. */
static void
check_html (const char *markdown)
{
  g_autoptr(GString) html = g_string_new ("<body>");
  xmlDocPtr document;

  annals_markdown_append_html (html, markdown, 1);
  g_string_append (html, "</body>");
  document = xmlReadMemory (html->str, (int) html->len, NULL, "UTF-8",
                            XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_HUGE);
  /* two characters that XML forbids and HTML does not */
  g_assert_true (document != NULL || strstr (html->str, "\xef\xbf\xbe") || strstr (html->str, "\xef\xbf\xbf"));
  xmlFreeDoc (document);
  g_assert_null (strstr (html->str, "<script"));
  g_assert_null (strstr (html->str, "href=\"javascript:"));
}

static void
check_pieces (const char *text)
{
  g_autoptr(GString) out = g_string_new (NULL);

  annals_markdown_append_plain (out, text, " ");
  annals_markdown_append_own (out, text, 2);
  annals_markdown_append_wiki (out, text);
  annals_markdown_append_tag (out, text);
  annals_markdown_append_link (out, text);
  annals_markdown_append_target (out, text);
  annals_yaml_append (out, "title", text);
  annals_html_append_text (out, text);
  annals_html_append_link (out, text, text);
  g_assert_true (g_utf8_validate (out->str, (gssize) out->len, NULL));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *bytes = g_strndup ((const char *) data, size);
  g_autofree char *markdown = g_utf8_make_valid (bytes, -1);
  g_autoptr(AnnalsText) text = annals_text_new_from_markdown (markdown, -1, "https://example.org/a/");

  g_assert_true (g_utf8_validate (annals_text_get_string (text), -1, NULL));
  check_blocks (markdown, 40);
  check_blocks (markdown, G_MAXSIZE);
  check_html (markdown);
  check_pieces (markdown);

  return 0;
}
