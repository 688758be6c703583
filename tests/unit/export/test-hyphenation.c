/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>

#include "annals-hyphenation.h"

/* "mekanoka" with "-" where it may be broken. */
static void
assert_broken (AnnalsHyphenation *hyphenation,
               const char        *language,
               const char        *text,
               const char        *expected)
{
  g_autoptr(GArray) places = annals_hyphenation_find (hyphenation, language, text);
  g_autoptr(GString) broken = g_string_new (text);

  for (guint i = places->len; i > 0; i--)
    g_string_insert_c (broken, g_array_index (places, guint, i - 1), '-');
  g_assert_cmpstr (broken->str, ==, expected);
}

static void
test_words (void)
{
  g_autoptr(AnnalsHyphenation) hyphenation = annals_hyphenation_new ();

  assert_broken (hyphenation, "qaa", "", "");
  assert_broken (hyphenation, "qaa", "mekanoka", "me-kano-ka");
  assert_broken (hyphenation, "qaa", "A Mekanoka, twice: MEKANOKA.", "A Me-kano-ka, twice: ME-KANO-KA.");
  assert_broken (hyphenation, "qaa", "молака", "мо-ла-ка");
  assert_broken (hyphenation, "qaa-QM", "mekanoka", "me-kano-ka");
  /* short words, addresses and names with digits are left alone */
  assert_broken (hyphenation, "qaa", "meka", "meka");
  assert_broken (hyphenation, "qaa", "mekanoka@x.example https://x.example/mekanoka",
                 "mekanoka@x.example https://x.example/mekanoka");
  assert_broken (hyphenation, "qaa", "mekanoka7 7mekanoka", "mekanoka7 7mekanoka");
}

static void
test_languages (void)
{
  g_autoptr(AnnalsHyphenation) hyphenation = annals_hyphenation_new ();

  /* a dictionary of another country's, in another character set */
  assert_broken (hyphenation, "qab", "mek\xc3\xa4ka", "me-k\xc3\xa4-ka");
  assert_broken (hyphenation, "qab", "молака", "молака");
  /* none, or no language at all */
  assert_broken (hyphenation, "qac", "mekanoka", "mekanoka");
  assert_broken (hyphenation, "", "mekanoka", "mekanoka");
  assert_broken (hyphenation, "../qaa", "mekanoka", "mekanoka");
}

static void
test_long (void)
{
  g_autoptr(AnnalsHyphenation) hyphenation = annals_hyphenation_new ();
  g_autofree char *word = g_strnfill (100000, 'k');

  assert_broken (hyphenation, "qaa", word, word);
}

static char *
write_dictionary (const char *folder,
                  const char *name,
                  const char *contents)
{
  char *path = g_build_filename (folder, "hyphen", name, NULL);

  g_assert_true (g_file_set_contents (path, contents, -1, NULL));
  return path;
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *folder = g_dir_make_tmp ("annals-hyphenation-XXXXXX", NULL);
  g_autofree char *hyphen = g_build_filename (folder, "hyphen", NULL);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  int status;

  g_assert_cmpint (g_mkdir (hyphen, 0700), ==, 0);
  g_setenv ("XDG_DATA_DIRS", folder, TRUE);
  first = write_dictionary (folder, "hyph_qaa.dic", "UTF-8\nLEFTHYPHENMIN 2\nRIGHTHYPHENMIN 2\n1ka\n1ла\n1ка\n");
  second = write_dictionary (folder, "hyph_qab_QM.dic", "ISO8859-1\nLEFTHYPHENMIN 2\nRIGHTHYPHENMIN 2\n1ka\n1k\xe4\n");

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/export/hyphenation/words", test_words);
  g_test_add_func ("/export/hyphenation/languages", test_languages);
  g_test_add_func ("/export/hyphenation/long", test_long);
  status = g_test_run ();

  g_remove (first);
  g_remove (second);
  g_rmdir (hyphen);
  g_rmdir (folder);

  return status;
}
