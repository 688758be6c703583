/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs a fuzz target without an engine: every file of a corpus as it is, cut short and damaged.
 *
 *   fuzz-NAME [--tap] -- CORPUS
 *
 * The damage comes from a fixed seed, so that a failure can be had again. A warning is a failure too:
 * bad input is no mistake of the program.
 */
#include "config.h"

#include <gio/gio.h>

#include <locale.h>
#include <stdint.h>
#include <string.h>

/* As many cut and as many damaged copies of each file. */
#ifndef N_COPIES
#define N_COPIES 48
#endif

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

/* The target gets an exact copy, so that a sanitizer sees a read past its end. */
static void
feed (const char *bytes,
      gsize       length)
{
  g_autofree uint8_t *copy = g_malloc (MAX (length, 1));

  if (length > 0)
    memcpy (copy, bytes, length);
  LLVMFuzzerTestOneInput (copy, length);
}

static void
feed_cut (const char *bytes,
          gsize       length)
{
  for (guint i = 0; i < N_COPIES && length > 0; i++)
    feed (bytes, length * i / N_COPIES);
}

/* Flips a bit, puts in an awkward byte, repeats or drops a run, somewhere. */
static void
damage (GByteArray *bytes,
        GRand      *rand)
{
  static const char nasty[] = "\0<>&\"'[]()/\n\r\t \x7f\x80\xc0\xed\xfe\xff%-~?0";
  guint at = (guint) g_rand_int_range (rand, 0, (gint32) bytes->len);
  guint run = (guint) g_rand_int_range (rand, 1, 33);
  g_autofree guint8 *piece = NULL;

  /* never to the last byte: what is empty is tested once and cannot be damaged further */
  run = MIN (run, bytes->len - MAX (at, 1));

  switch (g_rand_int_range (rand, 0, 4))
    {
    case 0:
      bytes->data[at] ^= (guint8) (1u << g_rand_int_range (rand, 0, 8));
      break;
    case 1:
      bytes->data[at] = (guint8) nasty[g_rand_int_range (rand, 0, sizeof nasty - 1)];
      break;
    case 2:
      piece = g_memdup2 (bytes->data + at, run);
      g_byte_array_append (bytes, piece, run);
      break;
    default:
      g_byte_array_remove_range (bytes, at, run);
      break;
    }
}

static void
feed_damaged (const char *bytes,
              gsize       length,
              GRand      *rand)
{
  for (guint copy = 0; copy < N_COPIES && length > 0; copy++)
    {
      g_autoptr(GByteArray) damaged = g_byte_array_new ();
      guint n_changes = (guint) g_rand_int_range (rand, 1, 9);

      g_byte_array_append (damaged, (const guint8 *) bytes, (guint) length);
      for (guint i = 0; i < n_changes && damaged->len > 1; i++)
        damage (damaged, rand);
      feed ((const char *) damaged->data, damaged->len);
    }
}

static void
test_file (gconstpointer data)
{
  const char *path = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GRand) rand = g_rand_new_with_seed (20200309);
  g_autofree char *bytes = NULL;
  gsize length;

  g_file_get_contents (path, &bytes, &length, &error);
  g_assert_no_error (error);

  feed (bytes, length);
  feed_cut (bytes, length);
  feed_damaged (bytes, length, rand);
}

static void
test_empty (void)
{
  feed ("", 0);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Adds one test per file of `folder`, in the order of their names. */
static void
add_corpus (const char *folder)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GDir) dir = g_dir_open (folder, 0, &error);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  if (dir == NULL)
    g_error ("%s", error->message);

  while ((name = g_dir_read_name (dir)))
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  if (names->len == 0)
    g_error ("%s: the corpus is empty", folder);

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *test = g_strconcat ("/corpus/", g_ptr_array_index (names, i), NULL);

      g_test_add_data_func_full (test, g_build_filename (folder, g_ptr_array_index (names, i), NULL),
                                 test_file, g_free);
    }
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/empty", test_empty);
  for (int i = 1; i < argc; i++)
    if (strcmp (argv[i], "--") != 0)
      add_corpus (argv[i]);

  return g_test_run ();
}
