/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-anchor.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Lines that begin with "\x01" part the input: the text before, the text now, the offsets "start end", and
 * what a stranger's file says of the passage: quotation, prefix, suffix. Without these the passage is the one
 * at the offsets. */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* A text is searched in time that grows with its length; that of the test should not. */
#define MAX_SIZE 20000

static void
check_place (AnnalsText *text,
             guint       start,
             guint       end,
             double      score)
{
  g_assert_cmpuint (start, <=, end);
  g_assert_cmpuint (end, <=, annals_text_get_length (text));
  g_assert_true (score >= 0 && score <= 1);
}

static void
check_all (AnnalsText           *text,
           AnnalsText           *before,
           const AnnalsSelector *selector)
{
  g_autoptr(AnnalsAnchor) anchor = annals_anchor_new (text, before);
  AnnalsAnchorMatch match = annals_anchor_find (anchor, selector);
  AnnalsAnchorReason reason = ANNALS_ANCHOR_FOUND;
  g_autoptr(GArray) places = annals_anchor_list (anchor, selector, 5, &reason);

  check_place (text, match.start, match.end, match.score);
  if (match.state != ANNALS_ANCHOR_REVIEW)
    g_assert_cmpuint (match.start, <, match.end);
  g_assert_cmpuint (places->len, <=, 5);
  g_assert_nonnull (annals_anchor_reason_to_string (reason));

  for (guint i = 0; i < places->len; i++)
    {
      const AnnalsAnchorCandidate *place = &g_array_index (places, AnnalsAnchorCandidate, i);

      check_place (text, place->start, place->end, place->score);
      g_assert_cmpuint (place->start, <, place->end);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *input = g_strndup ((const char *) data, MIN (size, MAX_SIZE));
  g_auto(GStrv) parts = g_strsplit (input, "\x01", 6);
  guint n = g_strv_length (parts);
  g_autoptr(AnnalsText) before = annals_text_new_from_plain (n > 0 ? parts[0] : "", -1);
  g_autoptr(AnnalsText) text = annals_text_new_from_plain (n > 1 ? parts[1] : "", -1);
  char *rest = n > 2 ? parts[2] : (char *) "";
  guint start = (guint) strtoul (rest, &rest, 10);
  guint end = (guint) strtoul (rest, &rest, 10);
  g_autofree char *quote = g_utf8_make_valid (n > 3 ? parts[3] : "", -1);
  g_autofree char *prefix = n > 4 ? g_utf8_make_valid (parts[4], -1) : NULL;
  g_autofree char *suffix = n > 5 ? g_utf8_make_valid (parts[5], -1) : NULL;
  AnnalsSelector foreign = { start, end, quote, prefix, suffix };

  check_all (text, before, &foreign);
  check_all (text, NULL, &foreign);

  if (start < end && end <= annals_text_get_length (before))
    {
      g_autoptr(AnnalsSelector) own = annals_selector_new (before, start, end);
      g_autoptr(AnnalsAnchor) same = annals_anchor_new (before, before);
      AnnalsAnchorMatch match = annals_anchor_find (same, own);

      g_assert_cmpint (match.state, ==, ANNALS_ANCHOR_EXACT);
      g_assert_cmpuint (match.start, ==, start);
      g_assert_cmpuint (match.end, ==, end);
      check_all (text, before, own);
      check_all (text, NULL, own);
    }

  return 0;
}
