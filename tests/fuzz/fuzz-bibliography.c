/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-format.h"

#include <stdint.h>

/* RIS, CSL-JSON, BibTeX: whatever it is, each reads it. */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
read_as (const AnnalsFormat *format,
         GBytes             *bytes)
{
  g_autoptr(AnnalsPart) part = annals_part_new ("fuzz", annals_import_input_new_for_bytes (bytes, "fuzz"));
  g_autoptr(AnnalsFormatReader) reader = annals_format_reader_new_for_format (part, format, NULL);
  g_autoptr(GError) error = NULL;
  AnnalsReadResult result;

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
          g_assert_true (g_utf8_validate (draft->title, -1, NULL));
          g_assert_true (g_utf8_validate (draft->author ? draft->author : "", -1, NULL));
          for (guint i = 0; draft->tags != NULL && draft->tags[i] != NULL; i++)
            g_assert_true (g_utf8_validate (draft->tags[i], -1, NULL));
        }
      if (issue)
        g_assert_true (g_utf8_validate (issue->reason, -1, NULL));
    }
  while (result == ANNALS_READ_DRAFT || result == ANNALS_READ_ISSUE);

  g_assert_true ((result == ANNALS_READ_ERROR) == (error != NULL));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);
  g_autoptr(AnnalsPart) part = annals_part_new ("fuzz", annals_import_input_new_for_bytes (bytes, "fuzz"));

  annals_format_detect (part);
  read_as (&annals_format_ris, bytes);
  read_as (&annals_format_csl, bytes);
  read_as (&annals_format_bibtex, bytes);

  return 0;
}
