/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-format.h"

#include <stdint.h>

/* Feeds: character set, lexer, reader, values, text. */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check_string (const char *string)
{
  g_assert_true (string == NULL || g_utf8_validate (string, -1, NULL));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);
  g_autoptr(AnnalsPart) part = annals_part_new ("fuzz.xml", annals_import_input_new_for_bytes (bytes, "fuzz.xml"));
  g_autoptr(AnnalsFormatReader) reader = NULL;
  g_autoptr(GError) error = NULL;
  AnnalsReadResult result;

  part->url = g_strdup ("http://fuzz.example/feed/");
  annals_format_detect (part);
  reader = annals_format_reader_new_for_format (part, &annals_format_feed, NULL);

  do
    {
      g_autoptr(AnnalsDraft) draft = NULL;
      g_autoptr(AnnalsIssue) issue = NULL;

      result = annals_format_reader_next (reader, &draft, &issue, NULL, &error);
      if (draft)
        {
          g_autofree char *identity = annals_draft_dup_identity (draft, "");

          check_string (identity);
          check_string (draft->title);
          check_string (draft->url);
          check_string (draft->guid);
          check_string (draft->author);
          check_string (draft->source);
          check_string (draft->language);
          check_string (draft->excerpt);
          g_assert_nonnull (draft->place);
          g_assert_true (draft->text != NULL || draft->skipped != NULL);
        }
      if (issue)
        {
          check_string (issue->reason);
          check_string (issue->excerpt);
        }
    }
  while (result == ANNALS_READ_DRAFT || result == ANNALS_READ_ISSUE);

  /* any bytes are a feed */
  g_assert_no_error (error);
  check_string (annals_format_reader_get_archive (reader));
  check_string (annals_format_reader_get_language (reader));

  return 0;
}
