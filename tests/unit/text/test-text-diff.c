/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "annals-text-diff.h"

/* The pieces in one line: "same [-removed-] {+inserted+} same". */
static char *
dup_shown (AnnalsText *older,
           AnnalsText *newer,
           GArray     *pieces)
{
  GString *shown = g_string_new (NULL);

  for (guint i = 0; i < pieces->len; i++)
    {
      const AnnalsDiffPiece *piece = &g_array_index (pieces, AnnalsDiffPiece, i);
      g_autofree char *slice = annals_text_dup_slice (piece->kind == ANNALS_DIFF_INSERTED ? newer : older,
                                                      piece->start, piece->end);

      g_string_append_printf (shown, piece->kind == ANNALS_DIFF_SAME ? "%s"
                                     : piece->kind == ANNALS_DIFF_REMOVED ? "[-%s-]" : "{+%s+}", slice);
    }

  return g_string_free (shown, FALSE);
}

static char *
dup_side (AnnalsText     *text,
          GArray         *pieces,
          AnnalsDiffKind  other,
          AnnalsText     *same)
{
  GString *side = g_string_new (NULL);

  for (guint i = 0; i < pieces->len; i++)
    {
      const AnnalsDiffPiece *piece = &g_array_index (pieces, AnnalsDiffPiece, i);
      g_autofree char *slice = NULL;

      if (piece->kind == other)
        continue;
      slice = annals_text_dup_slice (piece->kind == ANNALS_DIFF_SAME ? same : text, piece->start, piece->end);
      g_string_append (side, slice);
    }

  return g_string_free (side, FALSE);
}

/* Both texts come out of the pieces again. */
static void
assert_whole (AnnalsText *older,
              AnnalsText *newer,
              GArray     *pieces)
{
  g_autofree char *before = dup_side (older, pieces, ANNALS_DIFF_INSERTED, older);
  g_autofree char *after = dup_side (newer, pieces, ANNALS_DIFF_REMOVED, older);

  g_assert_cmpstr (before, ==, annals_text_get_string (older));
  g_assert_cmpstr (after, ==, annals_text_get_string (newer));
}

static void
test_cases (void)
{
  static const struct
  {
    const char *older, *newer, *shown;
  } cases[] = {
    { "", "", "" },
    { "", "new words", "{+new words+}" },
    { "old words", "", "[-old words-]" },
    { "The same text.", "The same text.", "The same text." },
    { "four ships came", "five ships came", "[-four-]{+five+} ships came" },
    { "a b c d", "a X Y d", "a [-b c-]{+X Y+} d" },
    { "The minister came.", "The old minister came back.", "The {+old +}minister came{+ back+}." },
    { "One.\n\nTwo.\n\nThree.", "One.\n\nThree.", "One.\n[-Two.\n-]Three." },
    { "One.\n\nTwo.", "One.\n\nTwo.\n\nThree.", "One.\nTwo.{+\nThree.+}" },
    { "ships, boats", "ships; boats", "ships[-,-]{+;+} boats" },
    { "制裁を強化する", "制裁を解除する", "制裁を[-強化-]{+解除+}する" },
    { "Überall Qualität", "Überall qualität", "Überall [-Qualität-]{+qualität+}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(AnnalsText) older = annals_text_new_from_plain (cases[i].older, -1);
      g_autoptr(AnnalsText) newer = annals_text_new_from_plain (cases[i].newer, -1);
      g_autoptr(GArray) pieces = annals_text_diff (older, newer);
      g_autofree char *shown = dup_shown (older, newer, pieces);

      g_assert_cmpstr (shown, ==, cases[i].shown);
      assert_whole (older, newer, pieces);
    }
}

static void
test_counts (void)
{
  g_autoptr(AnnalsText) older = annals_text_new_from_plain ("one two three, four", -1);
  g_autoptr(AnnalsText) newer = annals_text_new_from_plain ("one, and two three five", -1);
  g_autoptr(GArray) pieces = annals_text_diff (older, newer);
  guint n_words[3] = { 0, 0, 0 };

  for (guint i = 0; i < pieces->len; i++)
    n_words[g_array_index (pieces, AnnalsDiffPiece, i).kind] += g_array_index (pieces, AnnalsDiffPiece, i).n_words;
  g_assert_cmpuint (n_words[ANNALS_DIFF_REMOVED], ==, 1);
  g_assert_cmpuint (n_words[ANNALS_DIFF_INSERTED], ==, 2);
}

static char *
make_text (GRand *random,
           guint  n_words,
           guint  n_kinds)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n_words; i++)
    g_string_append_printf (text, "w%d%s", g_rand_int_range (random, 0, (int) n_kinds),
                            g_rand_int_range (random, 0, 12) == 0 ? ".\n\n" : " ");

  return g_string_free (text, FALSE);
}

static void
test_random (void)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (7);

  for (guint i = 0; i < 2000; i++)
    {
      guint n_kinds = (guint) g_rand_int_range (random, 1, 12);
      g_autofree char *a = make_text (random, (guint) g_rand_int_range (random, 0, 60), n_kinds);
      g_autofree char *b = make_text (random, (guint) g_rand_int_range (random, 0, 60), n_kinds);
      g_autoptr(AnnalsText) older = annals_text_new_from_plain (a, -1);
      g_autoptr(AnnalsText) newer = annals_text_new_from_plain (b, -1);
      g_autoptr(GArray) pieces = annals_text_diff (older, newer);

      assert_whole (older, newer, pieces);
    }
}

/* 300,000 characters: a word in fifty changed; and nothing in common at all. */
static void
test_long (void)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (8);
  g_autofree char *a = make_text (random, 60000, 9000);
  g_autofree char *b = make_text (random, 60000, 9000);
  g_autoptr(GString) edited = g_string_new (NULL);
  g_autoptr(AnnalsText) older = annals_text_new_from_plain (a, -1);
  g_autoptr(AnnalsText) other = annals_text_new_from_plain (b, -1);
  g_autoptr(AnnalsText) newer = NULL;
  g_autoptr(GArray) some = NULL;
  g_autoptr(GArray) all = NULL;
  guint n_same = 0;

  for (const char *at = a; *at != '\0'; at++)
    g_string_append_c (edited, *at == 'w' && g_rand_int_range (random, 0, 50) == 0 ? 'v' : *at);
  newer = annals_text_new_from_plain (edited->str, -1);

  some = annals_text_diff (older, newer);
  assert_whole (older, newer, some);
  for (guint i = 0; i < some->len; i++)
    if (g_array_index (some, AnnalsDiffPiece, i).kind == ANNALS_DIFF_SAME)
      n_same += g_array_index (some, AnnalsDiffPiece, i).end - g_array_index (some, AnnalsDiffPiece, i).start;
  g_assert_cmpuint (n_same, >, annals_text_get_length (older) / 10 * 9);

  all = annals_text_diff (older, other);
  assert_whole (older, other, all);
}

static void
test_find_all (void)
{
  static const struct
  {
    const char *text, *words;
    guint       n;
    guint       start, end;   /* of the first */
  } cases[] = {
    { "Ships and ships", "ships", 2, 0, 5 },
    { "le café, LE CAFE", "cafe", 2, 3, 7 },
    { "le cafe", "café", 1, 3, 7 },
    { "Straße", "strasse", 1, 0, 6 },
    { "one\n\ntwo  three", "one two", 1, 0, 7 },
    { "the minister’s “word” – said", "minister's \"word\" - said", 1, 4, 28 },
    { "aaaa", "aa", 2, 0, 2 },
    { "制裁と制裁", "制裁", 2, 0, 2 },
    { "か が", "か", 1, 0, 1 },
    { "مُحَمَّد", "محمد", 1, 0, 8 },
    { "ΟΔΟΣ οδός", "οδος", 2, 0, 4 },
    { "nothing", "", 0, 0, 0 },
    { "nothing", " \n ", 0, 0, 0 },
    { "nothing", "some", 0, 0, 0 },
    { "", "some", 0, 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(AnnalsText) text = annals_text_new_from_plain (cases[i].text, -1);
      g_autoptr(GArray) found = annals_text_find_all (text, cases[i].words);

      g_test_message ("“%s” in “%s”", cases[i].words, cases[i].text);
      g_assert_cmpuint (found->len, ==, 2 * cases[i].n);
      if (cases[i].n > 0)
        {
          g_assert_cmpuint (g_array_index (found, guint, 0), ==, cases[i].start);
          g_assert_cmpuint (g_array_index (found, guint, 1), ==, cases[i].end);
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/text-diff/cases", test_cases);
  g_test_add_func ("/text-diff/counts", test_counts);
  g_test_add_func ("/text-diff/random", test_random);
  g_test_add_func ("/text-diff/long", test_long);
  g_test_add_func ("/text-find/all", test_find_all);

  return g_test_run ();
}
