/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-date.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

/* What must be true of every date that was accepted, however it was written */
static void
check_date (AnnalsDate *date)
{
  const char *edtf = annals_date_get_edtf (date);
  g_autofree char *display = annals_date_dup_display (date);
  g_autofree char *brief = annals_date_dup_display_short (date);
  g_autofree char *remark = annals_date_dup_remark (date);
  g_autoptr(GError) error = NULL;
  g_autoptr(AnnalsDate) again = annals_date_parse (edtf, &error);
  g_autoptr(AnnalsDate) words = NULL;
  gint64 from = 0;
  gint64 to = 0;

  g_assert_no_error (error);
  g_assert_cmpstr (annals_date_get_edtf (again), ==, edtf);
  g_assert_cmpint (annals_date_compare (again, date), ==, 0);
  g_assert_cmpint (annals_date_get_flags (again), ==, annals_date_get_flags (date));
  g_assert_cmpint (annals_date_get_precision (again), ==, annals_date_get_precision (date));
  g_assert_true (*display && *brief && g_utf8_validate (display, -1, NULL));
  g_assert_true (!remark || *remark);

  if (annals_date_get_from (date, &from) && annals_date_get_to (date, &to))
    {
      g_autofree char *first = annals_date_format_rfc3339 (from);
      g_autofree char *last = annals_date_format_rfc3339 (to);

      g_assert_cmpint (from, <, to);
      g_assert_true (g_str_has_suffix (first, "Z") && g_str_has_suffix (last, "Z"));
    }

  g_assert_true (annals_date_may_fall_in (date, date) == !annals_date_is_undated (date));
  g_assert_false (annals_date_may_precede (date, date));
  g_assert_false (annals_date_may_follow (date, date));

  words = annals_date_parse_words (display, NULL);
}

static void
check_entry (const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) readings = annals_date_parse_entry (text, NULL, &error);

  g_assert_true ((readings == NULL) == (error != NULL));
  for (guint i = 0; readings && i < readings->len; i++)
    check_date (readings->pdata[i]);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr(GError) edtf_error = NULL;
  g_autoptr(GError) words_error = NULL;
  g_autoptr(AnnalsDate) date = annals_date_parse (text, &edtf_error);
  g_autoptr(AnnalsDate) words = annals_date_parse_words (text, &words_error);

  g_assert_true ((date == NULL) == (edtf_error != NULL));
  g_assert_true ((words == NULL) == (words_error != NULL));

  check_entry (text);
  if (date)
    check_date (date);
  if (words)
    check_date (words);
  if (edtf_error)
    g_assert_true (g_utf8_validate (edtf_error->message, -1, NULL));
  if (words_error)
    g_assert_true (g_utf8_validate (words_error->message, -1, NULL));

  return 0;
}
