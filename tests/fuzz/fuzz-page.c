/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-format.h"

#include <stdint.h>
#include <string.h>

/* A page of HTML: its characters, its tree, what it says of itself, its posts, comments and pictures. */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check_draft (const AnnalsDraft *draft)
{
  g_autofree char *identity = annals_draft_dup_identity (draft, "");

  g_assert_true (g_utf8_validate (identity, -1, NULL));
  g_assert_true (g_utf8_validate (draft->title ? draft->title : "", -1, NULL));
  g_assert_true (draft->title == NULL || strchr (draft->title, '\n') == NULL);
  g_assert_true (g_utf8_validate (draft->author ? draft->author : "", -1, NULL));
  g_assert_nonnull (draft->markup);
  g_assert_true (draft->text != NULL || draft->skipped != NULL);
  for (guint i = 0; draft->pictures != NULL && i < draft->pictures->len; i++)
    g_assert_true (g_str_has_prefix (((AnnalsPicture *) g_ptr_array_index (draft->pictures, i))->address, "sha256:"));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);
  g_autoptr(AnnalsPart) part = annals_part_new ("fuzz.html", annals_import_input_new_for_bytes (bytes, "fuzz.html"));
  g_autoptr(AnnalsFormatReader) reader = NULL;
  g_autoptr(GError) error = NULL;
  AnnalsReadResult result;

  annals_format_detect (part);
  /* an address for every other page */
  if (size % 2 == 0)
    part->url = g_strdup ("https://fuzz.example/2020/01/page/");
  reader = annals_format_reader_new_for_format (part, &annals_format_html, NULL);

  do
    {
      g_autoptr(AnnalsDraft) draft = NULL;
      g_autoptr(AnnalsIssue) issue = NULL;

      result = annals_format_reader_next (reader, &draft, &issue, NULL, &error);
      if (draft)
        check_draft (draft);
      if (issue)
        g_assert_true (g_utf8_validate (issue->excerpt, -1, NULL));
    }
  while (result == ANNALS_READ_DRAFT || result == ANNALS_READ_ISSUE);

  /* in memory and below the limit nothing fails */
  g_assert_no_error (error);
  g_assert_cmpint (result, ==, ANNALS_READ_END);

  return 0;
}
