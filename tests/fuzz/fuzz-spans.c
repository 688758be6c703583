/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdint.h>
#include <string.h>

#include "annals-markdown-write.h"
#include "annals-text-markdown.h"

/* A text and its spans as a stranger's notebook holds them, parted by "\x01": refused, or sound in all that is done with
 * them. */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check_spans (AnnalsText *text)
{
  guint n_spans, start, end, length = annals_text_get_length (text);
  const AnnalsSpan *spans = annals_text_get_spans (text, &n_spans);

  for (guint i = 0; i < n_spans; i++)
    {
      g_autofree char *slice = annals_text_dup_slice (text, spans[i].start, spans[i].end);

      g_assert_cmpuint (spans[i].start, <=, spans[i].end);
      g_assert_cmpuint (spans[i].end, <=, length);
      g_assert_nonnull (annals_span_kind_to_string (spans[i].kind));
      g_assert_true (g_utf8_validate (slice, -1, NULL));
      if (annals_text_find (text, slice, 1, &start, &end))
        g_assert_cmpuint (end, <=, length);
    }
}

static void
check_stored (AnnalsText *text)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *json = annals_text_dup_spans_json (text);
  g_autoptr(AnnalsText) again = annals_text_new_from_stored (annals_text_get_string (text), json, &error);
  g_autofree char *json_again = NULL;

  g_assert_no_error (error);
  json_again = annals_text_dup_spans_json (again);
  g_assert_cmpstr (json_again, ==, json);
}

static void
check_markdown (AnnalsText *text)
{
  g_autofree char *markdown = annals_text_dup_markdown (text);
  g_autoptr(AnnalsText) read = annals_text_new_from_markdown (markdown, -1, NULL);
  g_autoptr(GString) post = g_string_new (NULL);

  g_assert_true (g_utf8_validate (markdown, -1, NULL));
  check_spans (read);
  annals_markdown_append_post (post, text, 2);
  g_assert_true (g_utf8_validate (post->str, (gssize) post->len, NULL));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *input = g_strndup ((const char *) data, size);
  char *json = strchr (input, '\x01');
  g_autoptr(GError) error = NULL;
  g_autoptr(AnnalsText) text = NULL;

  if (json != NULL)
    *json++ = '\0';

  text = annals_text_new_from_stored (input, json != NULL ? json : "[]", &error);
  g_assert_true ((text == NULL) == (error != NULL));
  if (text != NULL)
    {
      check_spans (text);
      check_stored (text);
      check_markdown (text);
    }

  return 0;
}
