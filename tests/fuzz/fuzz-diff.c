/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdint.h>
#include <string.h>

#include "annals-text-diff.h"

/* Two texts and what is looked for in the newer one, parted by "\x01": the pieces of their difference make both of them. */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Its time grows with the square of what changed, up to a bound that a test need not reach. */
#define MAX_SIZE 20000

static void
check_difference (AnnalsText *older,
                  AnnalsText *newer)
{
  g_autoptr(GArray) pieces = annals_text_diff (older, newer);
  guint at[2] = { 0, 0 };

  for (guint i = 0; i < pieces->len; i++)
    {
      const AnnalsDiffPiece *piece = &g_array_index (pieces, AnnalsDiffPiece, i);
      guint length = piece->end - piece->start;
      guint side = piece->kind == ANNALS_DIFF_INSERTED;

      g_assert_cmpuint (piece->start, <, piece->end);
      g_assert_cmpuint (piece->start, ==, at[side]);
      at[side] += length;
      if (piece->kind == ANNALS_DIFF_SAME)
        {
          g_autofree char *then = annals_text_dup_slice (older, piece->start, piece->end);
          g_autofree char *now = annals_text_dup_slice (newer, at[1], at[1] + length);

          g_assert_cmpstr (now, ==, then);
          at[1] += length;
        }
    }

  g_assert_cmpuint (at[0], ==, annals_text_get_length (older));
  g_assert_cmpuint (at[1], ==, annals_text_get_length (newer));
}

static void
check_found (AnnalsText *text,
             const char *words)
{
  g_autoptr(GArray) found = annals_text_find_all (text, words);
  guint at = 0;

  for (guint i = 0; i + 1 < found->len; i += 2)
    {
      guint start = g_array_index (found, guint, i);
      guint end = g_array_index (found, guint, i + 1);

      g_assert_cmpuint (start, >=, at);
      g_assert_cmpuint (start, <, end);
      at = end;
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *input = g_strndup ((const char *) data, MIN (size, MAX_SIZE));
  g_auto(GStrv) parts = g_strsplit (input, "\x01", 3);
  guint n = g_strv_length (parts);
  g_autoptr(AnnalsText) older = annals_text_new_from_plain (n > 0 ? parts[0] : "", -1);
  g_autoptr(AnnalsText) newer = annals_text_new_from_plain (n > 1 ? parts[1] : "", -1);

  check_difference (older, newer);
  check_difference (newer, older);
  check_difference (older, older);
  if (n > 2)
    {
      g_autofree char *words = g_utf8_make_valid (parts[2], -1);

      check_found (newer, words);
    }

  return 0;
}
