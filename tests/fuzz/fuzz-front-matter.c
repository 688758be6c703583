/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-format.h"

#include <stdint.h>

/* A post in Markdown: YAML, TOML or JSON in front, Liquid, CommonMark, HTML. */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);
  g_autoptr(AnnalsPart) part = annals_part_new ("fuzz.md", annals_import_input_new_for_bytes (bytes, "fuzz.md"));
  g_autoptr(AnnalsFormatReader) reader = NULL;
  g_autoptr(GError) error = NULL;
  AnnalsReadResult result;

  annals_format_detect (part);
  reader = annals_format_reader_new_for_format (part, &annals_format_markdown, NULL);

  do
    {
      g_autoptr(AnnalsDraft) draft = NULL;
      g_autoptr(AnnalsIssue) issue = NULL;

      result = annals_format_reader_next (reader, &draft, &issue, NULL, &error);
      if (draft)
        {
          g_autofree char *identity = annals_draft_dup_identity (draft, "");

          g_assert_true (draft->text != NULL || draft->skipped != NULL);
          g_assert_true (g_utf8_validate (identity, -1, NULL));
          g_assert_true (g_utf8_validate (draft->title ? draft->title : "", -1, NULL));
          g_assert_true (g_utf8_validate (draft->author ? draft->author : "", -1, NULL));
          for (guint i = 0; draft->tags != NULL && draft->tags[i] != NULL; i++)
            g_assert_true (g_utf8_validate (draft->tags[i], -1, NULL));
        }
      if (issue)
        {
          g_assert_true (g_utf8_validate (issue->excerpt, -1, NULL));
          g_assert_true (g_utf8_validate (issue->reason, -1, NULL));
        }
    }
  while (result == ANNALS_READ_DRAFT || result == ANNALS_READ_ISSUE);

  g_assert_true ((result == ANNALS_READ_ERROR) == (error != NULL));

  return 0;
}
