/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "annals-text.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

/* What was made must be canonical and come back from the notebook as it went in. */
static void
check_text (AnnalsText *text)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *json = annals_text_dup_spans_json (text);
  g_autofree char *again_json = NULL;
  g_autoptr(AnnalsText) again = NULL;

  again = annals_text_new_from_stored (annals_text_get_string (text), json, &error);
  g_assert_no_error (error);
  again_json = annals_text_dup_spans_json (again);
  g_assert_cmpstr (annals_text_get_string (again), ==, annals_text_get_string (text));
  g_assert_cmpstr (again_json, ==, json);
  g_assert_cmpuint (annals_text_get_length (again), ==, annals_text_get_length (text));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  const char *input = (const char *) data;
  g_autoptr(AnnalsText) page = annals_text_new_from_html (input, size, "https://example.org/a/b");
  g_autoptr(AnnalsText) plain = annals_text_new_from_plain (input, size);
  g_autoptr(AnnalsText) stored = NULL;
  g_autofree char *line = annals_text_line_from_html (input, size);
  g_autofree char *lead = annals_text_dup_lead (page, 40);
  g_autofree char *hostile = g_strndup (input, size);

  check_text (page);
  check_text (plain);
  g_assert_true (g_utf8_validate (line, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (lead, -1), <=, 40);

  /* As somebody else's notebook would hold it: refused or read, never believed. */
  stored = annals_text_new_from_stored (annals_text_get_string (page), hostile, NULL);
  if (stored != NULL)
    check_text (stored);

  return 0;
}
