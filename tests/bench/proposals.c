/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How fast dates are found in text, beside one pass over its characters: a text, cut into posts,
 * again and again. The processor's time, not that of the clock on the wall.
 */
#include "config.h"

#include "annals-date-proposals.h"

#include <stdlib.h>
#include <time.h>

#define BYTES (16 * 1024 * 1024)
#define POST_BYTES 4096

static double
measure_floor (GPtrArray *texts)
{
  clock_t start = clock ();
  volatile guint letters = 0;

  for (guint i = 0; i < texts->len; i++)
    for (const char *p = annals_text_get_string (texts->pdata[i]); *p; p = g_utf8_next_char (p))
      letters += g_unichar_isalpha (g_utf8_get_char (p));

  return (double) (clock () - start) / CLOCKS_PER_SEC;
}

static double
measure_proposals (GPtrArray  *texts,
                   AnnalsDate *published,
                   guint      *n)
{
  clock_t start = clock ();

  *n = 0;
  for (guint i = 0; i < texts->len; i++)
    {
      g_autoptr(GPtrArray) proposals = annals_date_proposals_find (texts->pdata[i], published, 0);

      *n += proposals->len;
    }

  return (double) (clock () - start) / CLOCKS_PER_SEC;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_text_unref);
  g_autoptr(AnnalsDate) published = annals_date_parse ("2020-03-12", NULL);
  g_autoptr(GError) error = NULL;
  g_autofree char *content = NULL;
  gsize length;
  gsize bytes = 0;
  guint n;
  double floor;
  double seconds;

  if (argc < 2 || !g_file_get_contents (argv[1], &content, &length, &error))
    {
      g_printerr ("bench-proposals: %s\n", error ? error->message : "it needs a text");
      return EXIT_FAILURE;
    }

  for (gsize at = 0; bytes < BYTES; at = (at + POST_BYTES) % length)
    {
      AnnalsText *text = annals_text_new_from_plain (content + at, MIN (POST_BYTES, length - at));

      g_ptr_array_add (texts, text);
      bytes += annals_text_get_n_bytes (text);
    }

  floor = measure_floor (texts);
  seconds = measure_proposals (texts, published, &n);
  g_print ("proposals: %.1f MB/s, %u in %.1f MB; %.1f times one pass over the characters "
           "(%.0f MB/s); goal 5 MB/s\n",
           bytes / 1e6 / seconds, n, bytes / 1e6, seconds / floor, bytes / 1e6 / floor);

  return EXIT_SUCCESS;
}
