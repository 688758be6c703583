/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-date-proposals.h"
#include "annals-limits.h"

#include <locale.h>
#include <string.h>

/* --- texts with gold dates --- */

static const char *const kind_names[ANNALS_PROPOSAL_N_KINDS] = {
  "day", "month", "year", "part", "weekday", "relative", "distance", "context", "range",
};

typedef struct
{
  guint  start;   /* code points */
  guint  end;
  char  *edtf;
  int    kind;
} Gold;

typedef struct
{
  AnnalsDate *published;
  gboolean    korean;
  GString    *text;
  GArray     *gold;
} Paragraph;

typedef struct
{
  guint gold;
  guint proposed;
  guint found;      /* gold whose words a proposal touches */
  guint right;      /* … and whose date is that of the gold */
} Count;

static void
paragraph_free (gpointer data)
{
  Paragraph *self = data;

  for (guint i = 0; i < self->gold->len; i++)
    g_free (g_array_index (self->gold, Gold, i).edtf);
  g_array_unref (self->gold);
  g_string_free (self->text, TRUE);
  annals_date_unref (self->published);
  g_free (self);
}

static int
find_kind (const char *name,
           gsize       length)
{
  for (int i = 0; i < ANNALS_PROPOSAL_N_KINDS; i++)
    if (strlen (kind_names[i]) == length && memcmp (kind_names[i], name, length) == 0)
      return i;

  g_error ("no kind of expression: %.*s", (int) length, name);
}

/* Adds @line without its marks, and notes them. */
static void
read_line (Paragraph  *self,
           const char *line)
{
  for (const char *p = line; *p;)
    {
      const char *first = *p == '{' ? strchr (p, '|') : NULL;
      const char *second = first ? strchr (first + 1, '|') : NULL;
      const char *end = second ? strchr (second, '}') : NULL;
      Gold gold;

      if (!end)
        {
          g_string_append_len (self->text, p, g_utf8_next_char (p) - p);
          p = g_utf8_next_char (p);
          continue;
        }

      gold.start = g_utf8_strlen (self->text->str, self->text->len);
      g_string_append_len (self->text, p + 1, first - p - 1);
      gold.end = g_utf8_strlen (self->text->str, self->text->len);
      gold.edtf = g_strndup (first + 1, second - first - 1);
      gold.kind = find_kind (second + 1, end - second - 1);
      g_array_append_val (self->gold, gold);
      p = end + 1;
    }
}

static GPtrArray *
load_gold (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "dates", name, NULL);
  g_autofree char *content = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) lines = NULL;
  GPtrArray *paragraphs = g_ptr_array_new_with_free_func (paragraph_free);
  Paragraph *paragraph = NULL;

  g_file_get_contents (path, &content, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (content, "\n", -1);

  for (guint i = 0; lines[i]; i++)
    {
      if (g_str_has_prefix (lines[i], "== "))
        {
          g_auto(GStrv) words = g_strsplit (lines[i], " ", 3);

          paragraph = g_new0 (Paragraph, 1);
          paragraph->published = annals_date_parse (
              strcmp (words[1], "undated") == 0 ? "" : words[1], &error);
          g_assert_no_error (error);
          paragraph->korean = strcmp (words[2], "ko") == 0;
          paragraph->text = g_string_new (NULL);
          paragraph->gold = g_array_new (FALSE, FALSE, sizeof (Gold));
          g_ptr_array_add (paragraphs, paragraph);
        }
      else if (*lines[i] && *lines[i] != '#')
        {
          read_line (paragraph, lines[i]);
        }
    }

  return paragraphs;
}

static const AnnalsDateProposal *
find_touching (GPtrArray  *proposals,
               const Gold *gold)
{
  for (guint i = 0; i < proposals->len; i++)
    {
      const AnnalsDateProposal *proposal = g_ptr_array_index (proposals, i);

      if (proposal->start < gold->end && gold->start < proposal->end)
        return proposal;
    }

  return NULL;
}

static gboolean
is_gold (const Paragraph          *paragraph,
         const AnnalsDateProposal *proposal)
{
  for (guint i = 0; i < paragraph->gold->len; i++)
    {
      const Gold *gold = &g_array_index (paragraph->gold, Gold, i);

      if (proposal->start < gold->end && gold->start < proposal->end)
        return TRUE;
    }

  return FALSE;
}

static void
check_offsets (const Paragraph          *paragraph,
               const AnnalsDateProposal *proposal)
{
  guint length = g_utf8_strlen (paragraph->text->str, -1);

  g_assert_cmpuint (proposal->sentence_start, <=, proposal->start);
  g_assert_cmpuint (proposal->start, <, proposal->end);
  g_assert_cmpuint (proposal->end, <=, proposal->sentence_end);
  g_assert_cmpuint (proposal->sentence_end, <=, length);
  g_assert_cmpfloat (proposal->confidence, >, 0);
  g_assert_cmpfloat (proposal->confidence, <=, 1);
}

/* @counts: by kind, and all of them behind */
static void
measure (GPtrArray           *paragraphs,
         AnnalsProposalFlags  flags,
         int                  korean,     /* -1: both */
         Count               *counts)
{
  for (guint i = 0; i < paragraphs->len; i++)
    {
      const Paragraph *paragraph = g_ptr_array_index (paragraphs, i);
      g_autoptr(GPtrArray) proposals = NULL;

      if (korean >= 0 && paragraph->korean != korean)
        continue;

      proposals = annals_date_proposals_find_words (paragraph->text->str, paragraph->published,
                                                    flags);

      for (guint j = 0; j < paragraph->gold->len; j++)
        {
          const Gold *gold = &g_array_index (paragraph->gold, Gold, j);
          const AnnalsDateProposal *proposal = find_touching (proposals, gold);
          const char *edtf = proposal ? annals_date_get_edtf (proposal->date) : "nothing";
          g_autofree char *words = g_utf8_substring (paragraph->text->str, gold->start, gold->end);
          gboolean right = strcmp (edtf, gold->edtf) == 0;

          counts[gold->kind].gold++;
          counts[gold->kind].found += proposal != NULL;
          counts[gold->kind].right += right;
          if (!right && flags == ANNALS_PROPOSALS_DEFAULT && korean < 0)
            g_test_message ("“%s” is %s, not %s", words, gold->edtf, edtf);
        }

      for (guint j = 0; j < proposals->len; j++)
        {
          const AnnalsDateProposal *proposal = g_ptr_array_index (proposals, j);
          g_autofree char *words = g_utf8_substring (paragraph->text->str, proposal->start,
                                                     proposal->end);

          check_offsets (paragraph, proposal);
          counts[proposal->kind].proposed++;
          if (!is_gold (paragraph, proposal) && flags == ANNALS_PROPOSALS_DEFAULT && korean < 0)
            g_test_message ("“%s” is no date, not %s", words,
                            annals_date_get_edtf (proposal->date));
        }
    }

  for (int i = 0; i < ANNALS_PROPOSAL_N_KINDS; i++)
    {
      counts[ANNALS_PROPOSAL_N_KINDS].gold += counts[i].gold;
      counts[ANNALS_PROPOSAL_N_KINDS].proposed += counts[i].proposed;
      counts[ANNALS_PROPOSAL_N_KINDS].found += counts[i].found;
      counts[ANNALS_PROPOSAL_N_KINDS].right += counts[i].right;
    }
}

static double
percent (guint part,
         guint whole)
{
  return whole ? 100.0 * part / whole : 100;
}

/* Right of what was proposed, right of what there is; a right date counts for its gold's kind. The
 * counts of all kinds, and of Korean alone, must reach @precision and @recall in percent.
 */
static void
check_gold (const char *name,
            double      precision,
            double      recall,
            guint       at_least)
{
  g_autoptr(GPtrArray) paragraphs = load_gold (name);
  Count counts[ANNALS_PROPOSAL_N_KINDS + 1] = { 0 };
  Count past[ANNALS_PROPOSAL_N_KINDS + 1] = { 0 };
  Count korean[ANNALS_PROPOSAL_N_KINDS + 1] = { 0 };
  const Count *all = &counts[ANNALS_PROPOSAL_N_KINDS];
  const Count *all_korean = &korean[ANNALS_PROPOSAL_N_KINDS];

  measure (paragraphs, ANNALS_PROPOSALS_DEFAULT, -1, counts);
  measure (paragraphs, ANNALS_PROPOSALS_ALWAYS_PAST, -1, past);
  measure (paragraphs, ANNALS_PROPOSALS_DEFAULT, TRUE, korean);

  g_test_message ("%s: %u texts, %u expressions, %u of them Korean", name, paragraphs->len, all->gold,
                  all_korean->gold);
  for (int i = 0; i <= ANNALS_PROPOSAL_N_KINDS; i++)
    g_test_message ("%-9s %3u: precision %5.1f %%, recall %5.1f %%, words found %5.1f %%; always "
                    "past: recall %5.1f %%",
                    i < ANNALS_PROPOSAL_N_KINDS ? kind_names[i] : "all", counts[i].gold,
                    percent (MIN (counts[i].right, counts[i].proposed), counts[i].proposed),
                    percent (counts[i].right, counts[i].gold),
                    percent (counts[i].found, counts[i].gold),
                    percent (past[i].right, past[i].gold));
  g_test_message ("Korean    %3u: precision %5.1f %%, recall %5.1f %%", all_korean->gold,
                  percent (all_korean->right, all_korean->proposed),
                  percent (all_korean->right, all_korean->gold));

  g_assert_cmpuint (all->gold, >=, at_least);
  g_assert_cmpfloat (percent (all->right, all->proposed), >=, precision);
  g_assert_cmpfloat (percent (all->right, all->gold), >=, recall);
  g_assert_cmpfloat (percent (all_korean->right, all_korean->gold), >=, recall);
  g_assert_cmpuint (all->right, >, past[ANNALS_PROPOSAL_N_KINDS].right);
}

/* The texts on which the rules were mended */
static void
test_gold (void)
{
  check_gold ("gold.txt", 98, 98, 150);
}

/* Texts that were written afterwards */
static void
test_second_gold (void)
{
  check_gold ("gold-second.txt", 93, 92, 60);
}

/* --- what is no date --- */

static void
test_no_dates (void)
{
  static const char *const texts[] = {
    "He may march on, and the sun may fall. A second wed couple sat in the spring of the bed.",
    "Theresa May met Fredric March and April Smith; August Wilson was august.",
    "Monday Night Football and the Sunday Times; Good Friday and Black Friday; every Tuesday.",
    "Version 2019.3.1, CVE-2019-1234, 10.06.2018.1, RFC 2822, Resolution 1718, room 2014b.",
    "It cost $2019, or 1,950 won, or 1950 dollars, at 2000 GMT; 2016% of 2000 people.",
    "The last of the two, the next door, the third man, the second half of the match.",
    "A three-year-old has two days a week, 12 hours, for ten years. The Sept. 11 attacks.",
    "It was held on the 20th floor, on the 70th anniversary, on the 8th Congress.",
    "The March 1 Movement and the April 25 House of Culture; Russia Today.",
    "The plan of last resort, this time, that one, the same man, 24/7, 9/11, 50-50, 4-5.",
    "오늘날 17일간 3년 동안 100일 2회 1일 3회 20일째 말했다. 일 년에 두 번.",
    "",
    "....!!! ??? 1 2 3 4 5 6 7 8 9 10 11 12",
  };
  g_autoptr(AnnalsDate) from = annals_date_parse ("2020-03-12", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GPtrArray) proposals = annals_date_proposals_find_words (texts[i], from, 0);

      for (guint j = 0; j < proposals->len; j++)
        {
          const AnnalsDateProposal *proposal = g_ptr_array_index (proposals, j);
          g_autofree char *words = g_utf8_substring (texts[i], proposal->start, proposal->end);

          g_test_message ("“%s”: %s", words, annals_date_get_edtf (proposal->date));
        }
      g_assert_cmpuint (proposals->len, ==, 0);
    }
}

/* post's date, words, date */
static void
test_seen_from (void)
{
  static const char *const cases[][3] = {
    /* the writer's day, not Greenwich's */
    { "2020-03-09T23:30:00-05:00", "It came yesterday.", "2020-03-08" },
    { "2020-03-09T00:30:00Z", "It came yesterday.", "2020-03-08" },
    { "2020-03-01", "It came on February 29.", "2020-02-29" },
    { "2021-03-01", "It came on February 29.", "2020-02-29" },
    { "2020-01-01", "It came yesterday.", "2019-12-31" },
    { "2020-02", "It came on Saturday.",
      "[2020-02-01,2020-02-08,2020-02-15,2020-02-22,2020-02-29]" },
    { "2020-02", "It came on February 11.", "2020-02-11" },
    { "2020-02", "It came last year.", "2019" },
    { "2020-02", "It came yesterday.", "[2020-01-31..2020-02-28]" },
    { "2020", "It came last November.", "[2019-11,2020-11]" },
    { "2020", "It came on Tuesday.", "[2019-12-31..2020-12-29]" },
    { "2020-03~", "It came last month.", "2020-02" },
    { "[2020-03-01..2020-03-02]", "It came today.", "[2020-03-01..2020-03-02]" },
    { "", "It came yesterday.", NULL },
    { "", "It came in March.", "XXXX-03" },
    { "", "It came on 9 March 2020.", "2020-03-09" },
    { "19XX", "It came last year.", NULL },
    { "2020-01/..", "It came yesterday.", NULL },
    { "-0043-03-15", "It came yesterday.", NULL },
    { "2020-03-12", "It was stopped in April Juche 43 (1954).", "1954-04" },
    { "2020-03-12", "주체43(1954)년 4월에 멈췄다.", "1954-04" },
    { "2020-03-12", "2020年3月9日に来た。", "2020-03-09" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(AnnalsDate) from = annals_date_parse (cases[i][0], NULL);
      g_autoptr(GPtrArray) proposals = annals_date_proposals_find_words (cases[i][1], from, 0);
      const AnnalsDateProposal *first = proposals->len ? proposals->pdata[0] : NULL;

      g_test_message ("%s, seen from %s", cases[i][1], cases[i][0]);
      g_assert_cmpuint (proposals->len, ==, cases[i][2] ? 1 : 0);
      g_assert_cmpstr (first ? annals_date_get_edtf (first->date) : NULL, ==, cases[i][2]);
    }
}

/* Offsets count code points of the post's text, and the sentence is that of the words. */
static void
test_offsets (void)
{
  g_autoptr(AnnalsText) text = annals_text_new_from_plain (
      "북한은 “없다”고 했다.\n\nMr. Kim (the U.S. envoy) said: “Äh!” He left on Tuesday night. So it was.",
      -1);
  g_autoptr(AnnalsDate) from = annals_date_parse ("2020-03-12", NULL);
  g_autoptr(GPtrArray) proposals = annals_date_proposals_find (text, from, 0);
  const AnnalsDateProposal *proposal;
  g_autofree char *words = NULL;
  g_autofree char *sentence = NULL;

  g_assert_cmpuint (proposals->len, ==, 1);
  proposal = proposals->pdata[0];
  words = annals_text_dup_slice (text, proposal->start, proposal->end);
  sentence = annals_text_dup_slice (text, proposal->sentence_start, proposal->sentence_end);
  g_assert_cmpstr (words, ==, "Tuesday night");
  g_assert_cmpstr (sentence, ==, "He left on Tuesday night.");
  g_assert_cmpstr (annals_date_get_edtf (proposal->date), ==, "2020-03-10");
}

/* No text is too long, no sentence either, and what is proposed has a limit. */
static void
test_limits (void)
{
  static const char *const units[] = {
    "Tuesday ", "2020-", "March 9 and ", "the early late about ", "3월 ", "지난", "(((", "1", "\n",
    "since until by from ", "the day before ", "9 March 2020. ", "\"", "과", "2020년",
  };
  g_autoptr(AnnalsDate) from = annals_date_parse ("2020-03", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      GString *string = g_string_new (NULL);
      g_autofree char *text = NULL;
      g_autoptr(GPtrArray) proposals = NULL;

      while (string->len < 200000)
        g_string_append (string, units[i]);
      text = g_string_free (string, FALSE);

      proposals = annals_date_proposals_find_words (text, from, 0);
      g_assert_cmpuint (proposals->len, <=, ANNALS_LIMIT_DATE_PROPOSALS);
    }
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_CTYPE, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dates/proposals/gold", test_gold);
  g_test_add_func ("/dates/proposals/second-gold", test_second_gold);
  g_test_add_func ("/dates/proposals/no-dates", test_no_dates);
  g_test_add_func ("/dates/proposals/seen-from", test_seen_from);
  g_test_add_func ("/dates/proposals/offsets", test_offsets);
  g_test_add_func ("/dates/proposals/limits", test_limits);

  return g_test_run ();
}
