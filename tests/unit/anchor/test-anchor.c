/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "annals-anchor-private.h"

#include <string.h>

static const char story[] =
  "The delegation left on Monday morning. It reached Seoul via a flight to Pyongyang earlier this "
  "week, officials said. Nobody was hurt.\n\nA second delegation followed on Friday; it carried "
  "letters and gifts for the mayor, who did not come.";

static AnnalsAnchorMatch
find (AnnalsText           *text,
      const AnnalsSelector *selector)
{
  g_autoptr(AnnalsAnchor) anchor = annals_anchor_new (text, NULL);

  return annals_anchor_find (anchor, selector);
}

static AnnalsSelector *
select_quote (AnnalsText *text,
              const char *quote)
{
  guint start;
  guint end;

  g_assert_true (annals_text_find (text, quote, 1, &start, &end));

  return annals_selector_new (text, start, end);
}

typedef struct
{
  const char        *name;
  const char        *quote;
  const char        *changed;    /* the later text */
  AnnalsAnchorState  state;
  const char        *found;      /* NULL: anything */
} AnchorCase;

static const AnchorCase anchor_cases[] = {
  { "unchanged", "via a flight to Pyongyang earlier this week", story,
    ANNALS_ANCHOR_EXACT, "via a flight to Pyongyang earlier this week" },
  { "something-before", "via a flight to Pyongyang earlier this week",
    "Update: this story was corrected.\n\nThe delegation left on Monday morning. It reached Seoul "
    "via a flight to Pyongyang earlier this week, officials said. Nobody was hurt.",
    ANNALS_ANCHOR_MOVED, "via a flight to Pyongyang earlier this week" },
  { "typo-mended", "carried letters and gifts for the mayor",
    "A second delegation followed on Friday; it caried leters and gifts for the mayor, who did "
    "not come.",
    ANNALS_ANCHOR_MOVED, "caried leters and gifts for the mayor" },
  { "first-letter", "carried letters and gifts for the mayor",
    "A second delegation followed on Friday; it Xarried letters and gifts for the mayoX, who did "
    "not come.",
    ANNALS_ANCHOR_MOVED, "Xarried letters and gifts for the mayoX" },
  { "white-and-quotes", "Nobody was hurt. A second delegation",
    "It was so, officials said. Nobody\xc2\xa0was hurt. A second dele\xc2\xadgation followed on "
    "Friday; it carried letters.",
    ANNALS_ANCHOR_MOVED, "Nobody\xc2\xa0was hurt. A second dele\xc2\xadgation" },
  { "deleted", "via a flight to Pyongyang earlier this week",
    "The delegation left on Monday morning. It reached Seoul , officials said. Nobody was hurt.",
    ANNALS_ANCHOR_REVIEW, NULL },
  { "all-gone", "via a flight to Pyongyang earlier this week", "Something else altogether.",
    ANNALS_ANCHOR_REVIEW, NULL },
  { "empty", "via a flight to Pyongyang earlier this week", "", ANNALS_ANCHOR_REVIEW, "" },
  { "short-with-context", "Monday", "News. The delegation left on Monday morning. It reached",
    ANNALS_ANCHOR_MOVED, "Monday" },
  { "short-elsewhere", "Monday", "On every other day but Monday it rained here.",
    ANNALS_ANCHOR_REVIEW, "Monday" },
  { "rewritten", "via a flight to Pyongyang earlier this week",
    "The delegation left on Monday morning. It reached Seoul by slow boats from an unnamed port, "
    "officials said. Nobody was hurt.",
    ANNALS_ANCHOR_REVIEW, "by slow boats from an unnamed port" },
};

static void
test_find (gconstpointer data)
{
  const AnchorCase *test = data;
  g_autoptr(AnnalsText) old = annals_text_new_from_plain (story, -1);
  g_autoptr(AnnalsText) text = annals_text_new_from_plain (test->changed, -1);
  g_autoptr(AnnalsSelector) selector = select_quote (old, test->quote);
  AnnalsAnchorMatch match = find (text, selector);
  g_autofree char *found = annals_text_dup_slice (text, match.start, match.end);

  if (test->found != NULL)
    g_assert_cmpstr (found, ==, test->found);
  g_assert_cmpuint (match.state, ==, test->state);
  g_assert_cmpuint (match.start, <=, match.end);
  g_assert_cmpuint (match.end, <=, annals_text_get_length (text));
}

static void
test_selector (void)
{
  g_autoptr(AnnalsText) text = annals_text_new_from_plain ("조선 👩 e\xcc\x81 end", -1);
  g_autoptr(AnnalsSelector) all = annals_selector_new (text, 0, annals_text_get_length (text));
  g_autoptr(AnnalsSelector) part = annals_selector_new (text, 3, 6);
  g_autoptr(AnnalsText) long_text = annals_text_new_from_plain (story, -1);
  g_autoptr(AnnalsSelector) middle = annals_selector_new (long_text, 100, 110);

  g_assert_cmpstr (all->exact, ==, "조선 👩 é end");
  g_assert_cmpstr (all->prefix, ==, "");
  g_assert_cmpstr (all->suffix, ==, "");
  g_assert_cmpstr (part->exact, ==, "👩 é");
  g_assert_cmpstr (part->prefix, ==, "조선 ");
  g_assert_cmpstr (part->suffix, ==, " end");
  g_assert_cmpint (g_utf8_strlen (middle->prefix, -1), ==, ANNALS_ANCHOR_CONTEXT);
  g_assert_cmpint (g_utf8_strlen (middle->suffix, -1), ==, ANNALS_ANCHOR_CONTEXT);
}

/* The same words in two places: the context decides, and without any nobody does. */
static void
test_repeated (void)
{
  static const char twice[] =
    "In March the ministry denied the report of an outbreak in the north. Much later, in July, when "
    "nobody asked, the ministry denied the report of an outbreak in the south.";
  g_autoptr(AnnalsText) old = annals_text_new_from_plain (twice, -1);
  g_autofree char *more = g_strconcat ("Correction. ", twice, NULL);
  g_autoptr(AnnalsText) text = annals_text_new_from_plain (more, -1);
  guint start;
  guint end;

  for (guint i = 1; i <= 2; i++)
    {
      g_autoptr(AnnalsSelector) selector = NULL;
      AnnalsAnchorMatch match;
      AnnalsSelector bare = { 0, };

      g_assert_true (annals_text_find (old, "the ministry denied the report", i, &start, &end));
      selector = annals_selector_new (old, start, end);
      match = find (text, selector);
      g_assert_cmpuint (match.state, ==, ANNALS_ANCHOR_MOVED);
      g_assert_cmpuint (match.start, ==, start + strlen ("Correction. "));

      bare.start = 500;
      bare.end = 530;
      bare.exact = selector->exact;
      match = find (text, &bare);
      g_assert_cmpuint (match.state, ==, ANNALS_ANCHOR_REVIEW);
    }
}

/* As another program leaves it: no context, NFD, no offsets. */
static void
test_foreign (void)
{
  g_autoptr(AnnalsText) text = annals_text_new_from_plain ("The café at the old harbour of Nampo "
                                                           "was closed in spring.", -1);
  AnnalsSelector selector = { 0, 0, (char *) " cafe\xcc\x81 at  the old harbour of Nampo", NULL, NULL };
  AnnalsSelector nothing = { 0, 3, (char *) "", (char *) "", (char *) "" };
  AnnalsAnchorMatch match = find (text, &selector);

  g_assert_cmpuint (match.state, ==, ANNALS_ANCHOR_MOVED);
  g_assert_cmpuint (match.start, ==, 4);
  g_assert_cmpuint (match.end, ==, 36);

  match = find (text, &nothing);
  g_assert_cmpuint (match.state, ==, ANNALS_ANCHOR_REVIEW);
}

static guint
slow_errors (const guint32 *pattern,
             guint          m,
             const guint32 *text,
             guint          n,
             guint         *ends)
{
  g_autofree guint *column = g_new (guint, m + 1);
  guint best = G_MAXUINT;

  for (guint i = 0; i <= m; i++)
    column[i] = i;
  ends[0] = m;

  for (guint j = 1; j <= n; j++)
    {
      guint diagonal = column[0];

      for (guint i = 1; i <= m; i++)
        {
          guint up = column[i];

          column[i] = MIN (MIN (column[i] + 1, column[i - 1] + 1),
                           diagonal + (pattern[i - 1] != text[j - 1]));
          diagonal = up;
        }
      ends[j] = column[m];
      best = MIN (best, column[m]);
    }

  return best;
}

/* The bit vectors against the table that they stand for, over one block and several. */
static void
test_pattern (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (99);

  for (guint trial = 0; trial < 600; trial++)
    {
      guint m = g_rand_int_range (rand, 1, 220);
      guint n = g_rand_int_range (rand, 1, 600);
      guint letters = g_rand_int_range (rand, 2, 30);
      g_autofree guint32 *pattern = g_new (guint32, m);
      g_autofree guint32 *text = g_new (guint32, n);
      g_autofree guint *ends = g_new (guint, n + 1);
      g_autoptr(AnnalsPattern) forwards = NULL;
      g_autoptr(AnnalsPattern) backwards = NULL;
      g_autoptr(GArray) hits = NULL;
      guint limit = m / 3;
      guint best;

      for (guint i = 0; i < n; i++)
        text[i] = g_rand_int_range (rand, 0, 2) ? g_rand_int_range (rand, 0, letters)
                                                : 0xac00 + g_rand_int_range (rand, 0, letters);
      for (guint i = 0; i < m; i++)
        pattern[i] = g_rand_int_range (rand, 0, 8) && i < n ? text[i] : 0x3042;

      best = slow_errors (pattern, m, text, n, ends);
      forwards = annals_pattern_new (pattern, m, FALSE);
      hits = annals_pattern_search (forwards, text, n, limit);

      g_assert_cmpint (hits->len > 0, ==, best <= limit);
      for (guint i = 0; i < hits->len; i++)
        {
          const AnnalsHit *hit = &g_array_index (hits, AnnalsHit, i);

          g_assert_cmpuint (hit->errors, ==, ends[hit->end]);
          best = MIN (best, hit->errors);
        }
      if (hits->len > 0)
        {
          const AnnalsHit *hit = &g_array_index (hits, AnnalsHit, 0);
          guint length;
          guint errors;

          backwards = annals_pattern_new (pattern, m, TRUE);
          errors = annals_pattern_align (backwards, text, hit->end, &length);
          g_assert_cmpuint (errors, ==, hit->errors);
          g_assert_cmpuint (length, <=, hit->end);
        }
    }
}

static void
test_hostile (void)
{
  g_autoptr(GString) source = g_string_new (NULL);
  g_autoptr(AnnalsText) text = NULL;
  g_autoptr(AnnalsSelector) selector = NULL;
  g_autoptr(AnnalsText) changed = NULL;
  gint64 began = g_get_monotonic_time ();
  AnnalsAnchorMatch match;

  for (guint i = 0; i < 50000; i++)
    g_string_append (source, "na ");
  text = annals_text_new_from_plain (source->str, -1);
  g_string_prepend (source, "x ");
  changed = annals_text_new_from_plain (source->str, -1);
  selector = annals_selector_new (text, 60000, 60020);
  match = find (changed, selector);

  g_assert_cmpuint (match.end, <=, annals_text_get_length (changed));
  g_assert_cmpint (g_get_monotonic_time () - began, <, 10 * G_USEC_PER_SEC);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (anchor_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/anchor/find/%s", anchor_cases[i].name);

      g_test_add_data_func (path, &anchor_cases[i], test_find);
    }
  g_test_add_func ("/anchor/selector", test_selector);
  g_test_add_func ("/anchor/repeated", test_repeated);
  g_test_add_func ("/anchor/foreign", test_foreign);
  g_test_add_func ("/anchor/pattern", test_pattern);
  g_test_add_func ("/anchor/hostile", test_hostile);

  return g_test_run ();
}
