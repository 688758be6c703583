/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-format.h"

#include <stdint.h>

/* The plain text of a post, and the month page that holds such posts: the account of the page's
 * bytes must add up whatever they are. */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check_account (GArray *account,
               gsize   size)
{
  gint64 sum = 0;

  for (guint i = 0; i < account->len; i++)
    sum += g_array_index (account, AnnalsAccount, i).length;

  g_assert_cmpint (sum, ==, (gint64) size);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);
  g_autoptr(AnnalsPart) part = annals_part_new ("fuzz.txt", annals_import_input_new_for_bytes (bytes, "fuzz.txt"));
  g_autoptr(AnnalsFormatReader) reader = NULL;
  g_autoptr(AnnalsText) text =
    annals_text_new_from_plain (size ? (const char *) data : "", (gssize) size);
  GArray *account;
  AnnalsReadResult result;

  g_assert_true (g_utf8_validate (annals_text_get_string (text), -1, NULL));
  annals_format_detect (part);

  reader = annals_format_reader_new_for_format (part, &annals_format_text_month, NULL);
  account = annals_format_reader_keep_account (reader);

  do
    {
      g_autoptr(AnnalsDraft) draft = NULL;
      g_autoptr(AnnalsIssue) issue = NULL;

      result = annals_format_reader_next (reader, &draft, &issue, NULL, NULL);
      if (draft)
        g_assert_true (g_utf8_validate (draft->title, -1, NULL));
      if (issue)
        g_assert_true (g_utf8_validate (issue->excerpt, -1, NULL));
    }
  while (result == ANNALS_READ_DRAFT || result == ANNALS_READ_ISSUE);

  g_assert_cmpint (result, ==, ANNALS_READ_END);
  check_account (account, size);

  return 0;
}
