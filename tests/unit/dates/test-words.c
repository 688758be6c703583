/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-date.h"

#include <string.h>

static void
test_understood (void)
{
  static const char *const cases[][2] = {
    /* EDTF comes first */
    { "2020-03~", "2020-03~" },
    { " 2020-03-09 ", "2020-03-09" },
    { "", "" },
    { "undated", "" },
    { "n.d.", "" },

    { "March 2020", "2020-03" },
    { "mar 2020", "2020-03" },
    { "Sept. 2020", "2020-09" },
    { "9 March 2020", "2020-03-09" },
    { "9th of March, 2020", "2020-03-09" },
    { "March 9, 2020", "2020-03-09" },
    { "on March 9th 2020", "2020-03-09" },
    { "9-Mar-2020", "2020-03-09" },
    { "Tuesday, March 31, 2009", "2009-03-31" },
    { "the year", NULL },

    { "2020/3/9", "2020-03-09" },
    { "2020.03.09", "2020-03-09" },
    { "3/3/2020", "2020-03-03" },
    { "13/3/2020", "2020-03-13" },
    { "3/31/2020", "2020-03-31" },
    { "31.3.2020", "2020-03-31" },
    { "3/2020", "2020-03" },

    /* times: ISO with a blank, RFC 3339, RFC 822, and people's */
    { "2020-03-09 14:02:00", "2020-03-09T14:02:00" },
    { "2020-03-09 14:02", "2020-03-09T14:02" },
    { "2020-03-09t14:02:00.5z", "2020-03-09T14:02:00.5Z" },
    { "2020-03-09 14:02:00 +0100", "2020-03-09T14:02:00+01:00" },
    { "2020-03-09 14:02:00-00:00", "2020-03-09T14:02:00Z" },
    { "2016-12-31 23:59:60Z", "2016-12-31T23:59:59Z" },
    { "Mon, 09 Mar 2020 14:02:37 +0900", "2020-03-09T14:02:37+09:00" },
    { "Mon, 09 Mar 2020 14:02:37 GMT", "2020-03-09T14:02:37Z" },
    { "9 Mar 2020 14:02 EST", "2020-03-09T14:02-05:00" },
    { "Mon, 9 Mar 2020 14:02:37 -0800 (PST)", "2020-03-09T14:02:37-08:00" },
    { "Mon, 09 Mar 98 14:02:37 GMT", "1998-03-09T14:02:37Z" },
    { "Sun, 09 Mar 2020 14:02:37 GMT", "2020-03-09T14:02:37Z" },
    { "March 9, 2020 at 2:05 pm", "2020-03-09T14:05" },
    { "March 9, 2020 12:05 a.m. KST", "2020-03-09T00:05+09:00" },
    { "9 March 2020, 14:02 UTC+02:30", "2020-03-09T14:02+02:30" },

    /* about */
    { "early March 2020", "[2020-03-01~..2020-03-10~]" },
    { "mid-March 2020", "[2020-03-11~..2020-03-20~]" },
    { "late 2019", "2019-39~" },
    { "the end of March 2020", "[2020-03-21~..2020-03-31~]" },
    { "about 1950", "1950~" },
    { "c. 1950", "1950~" },
    { "circa 1950?", "1950%" },
    { "~ Mar 2020", "2020-03~" },
    { "March 2020, approximate", "2020-03~" },
    { "possibly March 2020", "2020-03?" },
    { "possibly about March 2020", "2020-03%" },

    { "EARLY march 2020", "[2020-03-01~..2020-03-10~]" },
    { "possibly early March 2020", "[2020-03-01%..2020-03-10%]" },
    { "late February 2021", "[2021-02-21~..2021-02-28~]" },
    { "mid-2019", "2019-38~" },
    { "early spring 2020", "2020-21~" },
    { "early 20th century", "[1900~..1933~]" },
    { "before early March 2020", "[..2020-02~]" },

    /* other languages */
    { "9. März 2020", "2020-03-09" },
    { "märz 2020", "2020-03" },
    { "9 марта 2020", "2020-03-09" },
    { "9 mars 2020", "2020-03-09" },
    { "2020년 3월 9일", "2020-03-09" },
    { "2020년 3월 9일(월)", "2020-03-09" },
    { "2020년3월", "2020-03" },
    { "2020년", "2020" },
    { "2020년 3월 초", "[2020-03-01~..2020-03-10~]" },
    { "2020년 3월 말", "[2020-03-21~..2020-03-31~]" },
    { "2020년 3월 9일경", "2020-03-09~" },
    { "2020년 3월 9일부터 15일까지", "2020-03-09/2020-03-15" },
    { "2020년 3월~2020년 5월", "2020-03/2020-05" },
    { "2020년 3월 9일 이후", "[2020-03-10..]" },
    { "2020년 3월부터", "2020-03/.." },
    { "2020년 3월까지", "../2020-03" },
    { "2020년 봄", "2020-21" },
    { "2020년 1분기", "2020-33" },
    { "2020년 하반기", "2020-41" },
    { "1990년대", "199X" },
    { "19세기", "18XX" },
    { "2020年3月9日", "2020-03-09" },
    { "２０２０年３月９日", "2020-03-09" },
    { "2020年3月上旬", "[2020-03-01~..2020-03-10~]" },
    { "2020年3月9日から15日まで", "2020-03-09/2020-03-15" },
    { "2020年第1季度", "2020-33" },

    /* parts of years, and spans of them */
    { "spring 2020", "2020-21" },
    { "Fall of 2020", "2020-23" },
    { "Q3 2020", "2020-35" },
    { "second quarter of 2020", "2020-34" },
    { "first half of 2020", "2020-40" },
    { "the 1950s", "195X" },
    { "early 1950s", "[1950~..1953~]" },
    { "1950's", "195X" },
    { "19th century", "18XX" },
    { "5th century BC", "-04XX" },
    { "44 BC", "-0043" },
    { "1 BC", "0000" },
    { "AD 79", "0079" },
    { "1500 BC or 1400 BC", "[-1499,-1399]" },
    { "44 BC to 14 AD", "-0043/0014" },
    { "1500 or 1400 BC", NULL }, /* whether the first is one of that era */
    { "1500 and 1400 BC", NULL },
    { "between 1500 and 1400 BC", NULL },
    { "1500 or 1 BC", NULL },
    { "1500 BC or 1400", NULL }, /* and whether the second is */
    { "between 1500 BC and 1400", NULL },
    { "from 1500 BC to 1400", NULL },
    { "5th century BC or 4th century", NULL },
    { "1500 BC or 1400 AD", "[-1499,1400]" },
    { "AD 14 or 44 BC", "[0014,-0043]" },
    { "44 BC to 1400", "-0043/1400" },
    { "1 BC to 1400", "0000/1400" },

    /* bounds */
    { "after 9 March 2020", "[2020-03-10..]" },
    { "after 31 December 2019", "[2020-01-01..]" },
    { "after February 2020", "[2020-03..]" },
    { "after 1950", "[1951..]" },
    { "after the 1950s", "[1960..]" },
    { "before March 2020", "[..2020-02]" },
    { "before 1 March 2020", "[..2020-02-29]" },
    { "before 1 AD", "[..0000]" },
    { "before 2020-03-09T10:00Z", "[..2020-03-09T10:00Z]" },
    { "since 9 March 2020", "2020-03-09/.." },
    { "from March 2020 onwards", "2020-03/.." },
    { "from March 2020", "2020-03/.." },
    { "until March 2020", "../2020-03" },
    { "by early October 2020", "[..2020-10~]" },
    { "March 2020 or later", "[2020-03..]" },
    { "between 3 and 9 March 2020", "[2020-03-03..2020-03-09]" },
    { "week of 23 Mar 2020", "[2020-03-23..2020-03-29]" },

    /* ranges and sets */
    { "January 2020 – March 2020", "2020-01/2020-03" },
    { "January - March 2020", "2020-01/2020-03" },
    { "January to March 2020", "2020-01/2020-03" },
    { "January-March 2020", "2020-01/2020-03" },
    { "9–15 March 2020", "2020-03-09/2020-03-15" },
    { "9-15 March 2020", "2020-03-09/2020-03-15" },
    { "March 9-15, 2020", "2020-03-09/2020-03-15" },
    { "March 9 to 15, 2020", "2020-03-09/2020-03-15" },
    { "March 9, 2020 to April 2", "2020-03-09/2020-04-02" },
    { "31 January – 9 March 2020", "2020-01-31/2020-03-09" },
    { "2019-2020", "2019/2020" },
    { "2020-03-09 - 2020-03-15", "2020-03-09/2020-03-15" },
    { "mid-2019 to spring 2020", "2019~/2020-05~" },
    { "spring 2019 to fall 2020", "2019-03~/2020-11~" },
    { "from 9 March 2020 until 15 March 2020", "2020-03-09/2020-03-15" },
    { "January 2020 – open", "2020-01/.." },
    { "January 2020 to present", "2020-01/.." },
    { "March 2020 or April 2020", "[2020-03,2020-04]" },
    { "January and February 2020", "{2020-01,2020-02}" },
    { "10:00 – 12:00, 9 March 2020", NULL },
    { "9 March 2020 10:00 – 12:30", "2020-03-09T10:00/2020-03-09T12:30" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(AnnalsDate) date = annals_date_parse_words (cases[i][0], &error);

      g_test_message ("%s: %s", cases[i][0], date ? annals_date_get_edtf (date) : error->message);
      if (cases[i][1])
        g_assert_no_error (error);
      else
        g_assert_error (error, ANNALS_DATE_ERROR, ANNALS_DATE_ERROR_INVALID);
      g_assert_cmpstr (date ? annals_date_get_edtf (date) : NULL, ==, cases[i][1]);
    }
}

/* words, what the sentence must say */
static void
test_ambiguous (void)
{
  static const char *const cases[][3] = {
    { "9/3/2020", "9 March 2020 (2020-03-09)", "3 September 2020 (2020-09-03)" },
    { "9.3.2020", "9 March 2020", "3 September 2020" },
    { "3-9-2020", "3 September 2020", "9 March 2020" },
    { "since 9/3/2020", "9 March 2020", "3 September 2020" },
    { "9/3/20", "four digits", "9/3/20" },
    { "1900s", "190X", "19XX" },
    { "19", "19XX", "year" },
    { "193", "193X", "year" },
    { "winter 2019 to spring 2020", "beginning", "end of that year" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (annals_date_parse_words (cases[i][0], &error));
      g_test_message ("%s", error->message);
      g_assert_error (error, ANNALS_DATE_ERROR, ANNALS_DATE_ERROR_AMBIGUOUS);
      g_assert_nonnull (strstr (error->message, cases[i][1]));
      g_assert_nonnull (strstr (error->message, cases[i][2]));
    }
}

static char *
dup_readings (GPtrArray *readings)
{
  GString *found = g_string_new (NULL);

  for (guint i = 0; readings && i < readings->len; i++)
    g_string_append_printf (found, "%s%s", i ? " " : "", annals_date_get_edtf (readings->pdata[i]));

  return g_string_free (found, FALSE);
}

/* words, and all that they may mean, separated by spaces */
static void
test_entry (void)
{
  static const char *const cases[][2] = {
    { "9/3/2020", "2020-03-09 2020-09-03" },
    { "9/3/20", "2020-03-09 2020-09-03" },
    { "9.3.2020", "2020-03-09 2020-09-03" },
    { "since 9/3/2020", "2020-03-09/.. 2020-09-03/.." },
    { "9/3/2020 to 10/3/2020", "2020-03-09/2020-03-10 2020-09-03/2020-10-03" },
    { "13/3/20", "2020-03-13" },
    { "1900s", "190X 19XX" },
    { "19", "19XX 2019" },
    { "early March 2020", "[2020-03-01~..2020-03-10~]" },
    { "3/3/2020", "2020-03-03" },
    { "30/2/2020", NULL },
    { "soon", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GPtrArray) readings = annals_date_parse_entry (cases[i][0], NULL, &error);
      g_autofree char *text = dup_readings (readings);

      g_test_message ("%s: %s", cases[i][0], readings ? text : error->message);
      g_assert_true ((readings == NULL) == (error != NULL));
      g_assert_cmpstr (text, ==, cases[i][1] ? cases[i][1] : "");
    }
}

/* Seen from Thursday, 12 March 2020 */
static void
test_relative_entry (void)
{
  static const char *const cases[][2] = {
    { "yesterday", "2020-03-11" },
    { "last Tuesday", "2020-03-10" },
    { "next friday", "2020-03-13" },
    { "two weeks ago", "2020-02-27~" },
    { "earlier this week", "[2020-03-09..2020-03-12]" },
    { "last november", "2019-11" },
    { "9 March", "2020-03-09" },
    { "march 17", "2020-03-17" },
    { "early march", "[2020-03-01~..2020-03-10~]" },
    { "last year", "2019" },
    { "어제", "2020-03-11" },
    { "지난 11월", "2019-11" },
    { "March 2019", "2019-03" },
    { "9/3/2020", "2020-03-09 2020-09-03" },
    { "the minister said yesterday", "" },
    { "yesterday or so", "" },
    { "tuesday monday", "" },
  };
  g_autoptr(AnnalsDate) from = annals_date_parse ("2020-03-12", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GPtrArray) readings = annals_date_parse_entry (cases[i][0], from, &error);
      g_autofree char *text = dup_readings (readings);

      g_test_message ("%s: %s", cases[i][0], readings ? text : error->message);
      g_assert_true ((readings == NULL) == (error != NULL));
      g_assert_cmpstr (text, ==, cases[i][1]);
    }
}

static void
test_refused (void)
{
  static const char *const cases[][2] = {
    { "foo", "“foo” is not understood" },
    { "March", "the year is missing" },
    { "9 March", "the year is missing" },
    { "the 9th of 2020", "the month is missing" },
    { "30 February 2020", "February 2020 has 29 days" },
    { "2020-02-30", "February 2020 has 29 days" },
    { "Monday, March 31, 2009", "another day of the week" },
    { "March April 2020", "twice" },
    { "2020 2021", "2020 2021" },
    { "32 March 2020", "neither a day nor a year" },
    { "9 March 20200", "neither a day nor a year" },
    { "25:00 9 March 2020", "no such time" },
    { "13 pm 9 March 2020", "no such time" },
    { "9 March 2020 10:00 +9900", "between -12:00 and +14:00" },
    { "spring March 2020", "neither month nor day" },
    { "15 March – 9 March 2020", "ends before it begins" },
    { "between March 2020", "“between” needs two dates" },
    { "week of March 2020", "one of its days" },
    { "after", "no date" },
    { "’", "no date" },
    { "2020年13月", "not understood" },
    { "2020년 2월 30일", "not understood" },
    { "The ministry said on 9 March 2020 that it", "not understood" },
    { "13/13/2020", "no such day" },
    { "0/5/2020", "no such day" },
    { "Q7 2020", "four quarters" },
    { "0th century", "neither a day nor" },
    { "101st century", "no such century" },
    { "2020-13", "there is no month 13" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(AnnalsDate) date = annals_date_parse_words (cases[i][0], &error);

      g_test_message ("%s: %s", cases[i][0], date ? annals_date_get_edtf (date) : error->message);
      g_assert_null (date);
      g_assert_error (error, ANNALS_DATE_ERROR, ANNALS_DATE_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, cases[i][1]));
    }
}

/* What is shown can be typed again and means the same. */
static void
test_display_is_understood (void)
{
  static const char *const cases[] = {
    "", "2020", "2020-03", "2020-03-09", "2020-03~", "2020-03?", "2020-03-09%", "2020-21",
    "2020-33", "2020-40", "195X", "195X~", "-0043", "0079", "2020-01/..", "2020-01/", "../2020-03",
    "/2020", "2020-01/2020-03", "2020-03-09/2020-03-15", "2020-01-31/2020-03-09", "1980?/1994~",
    "[2020-03-10..]", "[..2020-02]", "[1951..]", "[2020-03,2020-04]", "{2020-03,2020-04}",
    "[2020-03-23..2020-03-29]", "[2020-03-24..2020-03-30]", "[2020-03-01~..2020-03-10~]",
    "[2020-02-21%..2020-02-29%]", "2019-39~", "[1954~..1956~]", "[..2020-10~]",
    "2020-03-09T14:02Z", "2020-03-09T14:02:37+02:30",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(AnnalsDate) date = annals_date_parse (cases[i], NULL);
      g_autofree char *display = annals_date_dup_display (date);
      g_autofree char *brief = annals_date_dup_display_short (date);
      g_autoptr(AnnalsDate) again = annals_date_parse_words (display, &error);
      g_autoptr(AnnalsDate) from_brief = NULL;

      g_test_message ("%s: %s, %s", cases[i], display, brief);
      g_assert_no_error (error);
      g_assert_cmpstr (annals_date_get_edtf (again), ==, cases[i]);

      from_brief = annals_date_parse_words (brief, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (annals_date_get_edtf (from_brief), ==, cases[i]);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dates/words/understood", test_understood);
  g_test_add_func ("/dates/words/ambiguous", test_ambiguous);
  g_test_add_func ("/dates/words/entry", test_entry);
  g_test_add_func ("/dates/words/relative-entry", test_relative_entry);
  g_test_add_func ("/dates/words/refused", test_refused);
  g_test_add_func ("/dates/words/display-is-understood", test_display_is_understood);

  return g_test_run ();
}
