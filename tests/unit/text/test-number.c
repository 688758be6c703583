/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-number.h"

#include <errno.h>

static void
test_taken (void)
{
  guint64 number = 7;

  g_assert_true (annals_number_parse ("0", 0, &number));
  g_assert_cmpuint (number, ==, 0);
  g_assert_true (annals_number_parse ("007", 7, &number));
  g_assert_cmpuint (number, ==, 7);
  g_assert_true (annals_number_parse ("9223372036854775807", G_MAXINT64, &number));
  g_assert_cmpuint (number, ==, G_MAXINT64);

  /* what another call left is no matter */
  errno = EAGAIN;
  g_assert_true (annals_number_parse ("1", 10, &number));
  g_assert_cmpuint (number, ==, 1);
}

static void
test_refused (void)
{
  static const char * const texts[] = { NULL, "", "-1", "+1", " 1", "1 ", "0x10", "1.0", "8", "٣", "18446744073709551616",
                                        "99999999999999999999999999" };
  guint64 number = 5;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_assert_false (annals_number_parse (texts[i], 7, &number));
      g_assert_cmpuint (number, ==, 5);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/number/taken", test_taken);
  g_test_add_func ("/number/refused", test_refused);

  return g_test_run ();
}
