/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-date-names.h"
#include "annals-stamp.h"

#include <string.h>

typedef struct
{
  const char *string;
  const char *edtf;     /* NULL: no date */
} Case;

typedef struct
{
  const char       *string;
  AnnalsStampDoubt  doubt;
} Doubtful;

typedef struct
{
  const char *string;
  const char *language;
  const char *edtf;
} Numeric;

/* Read with the zone of Rome: +01:00, from 29 March 2020 +02:00 */
static const Case mail[] = {
  { "Tue, 31 Mar 2020 14:05:09 +0200", "2020-03-31T14:05:09+02:00" },
  { "Tue, 31 Mar 2020 14:05:09 GMT", "2020-03-31T14:05:09Z" },
  { "Tue, 31 Mar 2020 14:05:09 UT", "2020-03-31T14:05:09Z" },
  { "Tue, 31 Mar 2020 14:05:09 Z", "2020-03-31T14:05:09Z" },
  { "Tue, 31 Mar 2020 14:05:09 -0000", "2020-03-31T14:05:09Z" },
  { "Tue, 31 Mar 2020 14:05 EST", "2020-03-31T14:05-05:00" },
  { "Tue, 31 Mar 2020 14:05:09 PDT", "2020-03-31T14:05:09-07:00" },
  { "Tue, 31 Mar 2020 14:05:09 CDT", "2020-03-31T14:05:09-05:00" },
  { "Tue, 31 Mar 2020 14:05:09 MST", "2020-03-31T14:05:09-07:00" },
  { "Tue, 31 Mar 2020 14:05:09 JST", "2020-03-31T14:05:09+09:00" },
  { "Tue, 31 Mar 2020 14:05:09 +09:00", "2020-03-31T14:05:09+09:00" },
  { "Tue, 31 Mar 2020 14:05:09 +0200 (CEST)", "2020-03-31T14:05:09+02:00" },
  { "Tue, 31 Mar 2020 14:05:09 GMT+0200", "2020-03-31T14:05:09+02:00" },
  { "Tue Mar 31 2020 14:05:09 GMT+0200 (Central European Summer Time)", "2020-03-31T14:05:09+02:00" },
  { "Tue, 31 Mar 2020 14:05:09 UTC-5", "2020-03-31T14:05:09-05:00" },
  { "Tue, 31 Mar 20 14:05:09 GMT", "2020-03-31T14:05:09Z" },
  { "Thu, 01 Jan 04 19:48:21 GMT", "2004-01-01T19:48:21Z" },
  { "Sun, 06 Nov 94 08:49:37 GMT", "1994-11-06T08:49:37Z" },
  { "Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37Z" },
  { "Sun, 06 Nov 101 08:49:37 GMT", "2001-11-06T08:49:37Z" },
  { "31 Mar 2020 14:05:09 +0200", "2020-03-31T14:05:09+02:00" },
  { "Mon, 31 Mar 2020 14:05:09 +0200", "2020-03-31T14:05:09+02:00" },
  { "Tuesday, 31 March 2020 14:05:09 +0200", "2020-03-31T14:05:09+02:00" },
  { "Tue,31 Mar 2020 4:05:09 +0200", "2020-03-31T04:05:09+02:00" },
  { "Tue, 31 Mar 2020", "2020-03-31" },
  { "Tue, 31 Mar 2020 14:05:09", "2020-03-31T14:05:09+02:00" },
  { "Tue, 3 Mar 2020 14:05:09", "2020-03-03T14:05:09+01:00" },
  { "Tue, 31 Mar 2020 14:05:09 XYZT", "2020-03-31T14:05:09+02:00" },
  { "Tue, 31 Mar 2020 14:05:60 GMT", "2020-03-31T14:05:59Z" },
  { "Tue, 31 Mar 2020 24:00:00 GMT", "2020-04-01T00:00:00Z" },
  { "Tue Mar 31 14:05:09 2020", "2020-03-31T14:05:09+02:00" },
  { "Tue Mar  3 14:05:09 2020", "2020-03-03T14:05:09+01:00" },
  { "Sun Jan  4 16:29:06 PST 2004", "2004-01-04T16:29:06-08:00" },
  { "Tue Mar 31 14:05:09 +0000 2020", "2020-03-31T14:05:09Z" },
  { "Tue Mar 31 14:05:09 2020 -0700", "2020-03-31T14:05:09-07:00" },
  { "Fri, 2006/09/15 08:19:53 EDT", "2006-09-15T08:19:53-04:00" },
  { "March 31, 2020 2:05 pm ET", "2020-03-31T14:05-04:00" },
  { "January 31, 2020 2:05 pm PT", "2020-01-31T14:05-08:00" },
};

static const Case machine[] = {
  { "2020-03-31T14:05:09Z", "2020-03-31T14:05:09Z" },
  { "2020-03-31t14:05:09z", "2020-03-31T14:05:09Z" },
  { "2020-03-31T14:05:09.5Z", "2020-03-31T14:05:09Z" },
  { "2020-03-31T14:05:09,563-08:00", "2020-03-31T14:05:09-08:00" },
  { "2020-03-31T14:05:09+02:00", "2020-03-31T14:05:09+02:00" },
  { "2020-03-31T14:05:09+0200", "2020-03-31T14:05:09+02:00" },
  { "2020-03-31T14:05:09+02", "2020-03-31T14:05:09+02:00" },
  { "2020-03-31T14:05:09+0000", "2020-03-31T14:05:09Z" },
  { "2020-03-31T14:05:09+00", "2020-03-31T14:05:09Z" },
  { "2020-03-31T14:05:09 +02:00", "2020-03-31T14:05:09+02:00" },
  { "2020-03-31T14:05:09+02:00[Europe/Rome]", "2020-03-31T14:05:09+02:00" },
  { "2020-03-31T14:05Z", "2020-03-31T14:05Z" },
  { "2020-03-31T14:05", "2020-03-31T14:05+02:00" },
  { "2020-03-31T14Z", "2020-03-31T14:00Z" },
  { "2020-03-31T14:05:09", "2020-03-31T14:05:09+02:00" },
  { "2020-01-31T14:05:09", "2020-01-31T14:05:09+01:00" },
  { "2020-03-31 14:05:09", "2020-03-31T14:05:09+02:00" },
  { "  2020-03-31 14:05:09 \n", "2020-03-31T14:05:09+02:00" },
  { "2020-03-31 14:05:09.0", "2020-03-31T14:05:09+02:00" },
  { "2020-03-31 14:05:09 +0900", "2020-03-31T14:05:09+09:00" },
  { "2020-03-31 14:05:09 UTC", "2020-03-31T14:05:09Z" },
  { "2020-03-31 14:05:09.123456 +0000 UTC", "2020-03-31T14:05:09Z" },
  { "2020-03-31 14:05:09 EST", "2020-03-31T14:05:09-05:00" },
  { "2020-03-31 2:05 PM", "2020-03-31T14:05+02:00" },
  { "2020-03-31_14:05:09", "2020-03-31T14:05:09+02:00" },
  { "20200331T140509Z", "2020-03-31T14:05:09Z" },
  { "20200331T1405+0200", "2020-03-31T14:05+02:00" },
  { "20200331", "2020-03-31" },
  { "20200331140509", "2020-03-31T14:05:09+02:00" },
  { "202003311405", "2020-03-31T14:05+02:00" },
  { "2020/03/31 14:05:00", "2020-03-31T14:05:00+02:00" },
  { "2020/3/1", "2020-03-01" },
  { "2020.03.31", "2020-03-31" },
  { "2020-3-1", "2020-03-01" },
  { "2004", "2004" },
  { "2004-03", "2004-03" },
  { "2004/03", "2004-03" },
  { "2020-091", "2020-03-31" },
  { "2020091", "2020-03-31" },
  { "2020-366", "2020-12-31" },
  { "2020-091T10:00Z", "2020-03-31T10:00Z" },
  { "2020-W14-2", "2020-03-31" },
  { "2020W142", "2020-03-31" },
  { "2020-W01-1", "2019-12-30" },
  { "2020-W53-7", "2021-01-03" },
  { "1965-W01-1", "1965-01-04" },
  { "2020-W14-2T10:00:00Z", "2020-03-31T10:00:00Z" },
  { "2020-W14", "[2020-03-30..2020-04-05]" },
  { "1585663509", "2020-03-31T14:05:09Z" },
  { "1585663509123", "2020-03-31T14:05:09Z" },
  { "1585663509.25", "2020-03-31T14:05:09Z" },
  { "631152000", "1990-01-01T00:00:00Z" },
  { "/Date(1585663509123)/", "2020-03-31T14:05:09Z" },
  { "2020-10-25T02:30:00", "2020-10-25T02:30:00+01:00" },
  { "1969-07-20T20:17:40Z", "1969-07-20T20:17:40Z" },
  { "1970-01-01T12:00:00Z", "1970-01-01T12:00:00Z" },
};

static const Case english[] = {
  { "March 31, 2020", "2020-03-31" },
  { "Mar. 31, 2020", "2020-03-31" },
  { "Sept. 3, 2020", "2020-09-03" },
  { "31 March 2020", "2020-03-31" },
  { "31st March 2020", "2020-03-31" },
  { "March 1st, 2020", "2020-03-01" },
  { "the 22nd of March, 2020", "2020-03-22" },
  { "Tuesday, March 31st, 2020", "2020-03-31" },
  { "March 31, 2020 at 2:05 pm", "2020-03-31T14:05+02:00" },
  { "March 31, 2020, 2:05PM", "2020-03-31T14:05+02:00" },
  { "March 31, 2020 2:05 p.m.", "2020-03-31T14:05+02:00" },
  { "March 31, 2020 12:05 a.m.", "2020-03-31T00:05+02:00" },
  { "March 31, 2020 12 PM", "2020-03-31T12:00+02:00" },
  { "2 pm, March 31, 2020", "2020-03-31T14:00+02:00" },
  { "March 2020", "2020-03" },
  { "Mar 2020", "2020-03" },
  { "31-Mar-2020", "2020-03-31" },
  { "31 Mar '20", "2020-03-31" },
  { "2020 March 31", "2020-03-31" },
  { "2020-Mar-31", "2020-03-31" },
  { "Posted on March 31, 2020", "2020-03-31" },
  { "Posted: Tue, Mar 31, 2020", "2020-03-31" },
  { "Published 31 March 2020", "2020-03-31" },
  { "Last updated on March 31, 2020 at 14:05 GMT", "2020-03-31T14:05Z" },
  { "Updated: 2020-03-31T14:05:09Z", "2020-03-31T14:05:09Z" },
  { "March 31, 2020 | 14:05", "2020-03-31T14:05+02:00" },
  { "May 4, 2020", "2020-05-04" },
  { "31/3/2020", "2020-03-31" },
  { "3/31/2020", "2020-03-31" },
  { "3/31/20 2:05 PM", "2020-03-31T14:05+02:00" },
  { "3/3/2020", "2020-03-03" },
  { "31.3.2020", "2020-03-31" },
  { "31-03-2020", "2020-03-31" },
  { "3/2020", "2020-03" },
};

static const Case languages[] = {
  { "31 marzo 2020", "2020-03-31" },
  { "martedì 31 marzo 2020", "2020-03-31" },
  { "Pubblicato il 3 marzo 2020", "2020-03-03" },
  { "Pubblicato il 1º maggio 2020 alle 10:30", "2020-05-01T10:30+02:00" },
  { "31 marzo 2020 ore 14.05", "2020-03-31T14:05+02:00" },
  { "7 set 2020", "2020-09-07" },
  { "3 gen 2020", "2020-01-03" },
  { "3 dic. 2020", "2020-12-03" },
  { "31 de marzo de 2020", "2020-03-31" },
  { "Publicado el 31 de marzo del 2020", "2020-03-31" },
  { "Publicado el martes, 31 de marzo de 2020 a las 2:05 p. m.", "2020-03-31T14:05+02:00" },
  { "miercoles 3 de enero de 2018", "2018-01-03" },
  { "3 ago 2020", "2020-08-03" },
  { "31 mars 2020", "2020-03-31" },
  { "1er mars 2020", "2020-03-01" },
  { "mar. 31 mars 2020", "2020-03-31" },
  { "mar, 31 mar 2020", "2020-03-31" },
  { "Publié le mardi 31 mars 2020 à 14h05", "2020-03-31T14:05+02:00" },
  { "Publié le 3 févr. 2020", "2020-02-03" },
  { "3 fevrier 2020", "2020-02-03" },
  { "14 août 2020, 14 h 05", "2020-08-14T14:05+02:00" },
  { "3 décembre 2020", "2020-12-03" },
  { "31. März 2020", "2020-03-31" },
  { "Veröffentlicht am 3. März 2020", "2020-03-03" },
  { "Veröffentlicht am 3. März 2020 um 14:05 Uhr", "2020-03-03T14:05+01:00" },
  { "Dienstag, den 31. März 2020, 14.05 Uhr", "2020-03-31T14:05+02:00" },
  { "Di, 31. Dez. 2019", "2019-12-31" },
  { "3. Jänner 2020", "2020-01-03" },
  { "31 de março de 2020", "2020-03-31" },
  { "Publicado em 1º de maio de 2020 às 14h05", "2020-05-01T14:05+02:00" },
  { "terça-feira, 31 de março de 2020", "2020-03-31" },
  { "5 de out de 2020", "2020-10-05" },
  { "31 maart 2020", "2020-03-31" },
  { "Geplaatst op dinsdag 31 maart 2020 om 14:05", "2020-03-31T14:05+02:00" },
  { "31 марта 2020", "2020-03-31" },
  { "31 марта 2020 г., 14:05", "2020-03-31T14:05+02:00" },
  { "Опубликовано вторник, 31 мая 2020 года в 14:05", "2020-05-31T14:05+02:00" },
  { "31 marca 2020", "2020-03-31" },
  { "Opublikowano 31 października 2020 r.", "2020-10-31" },
  { "wtorek, 3 września 2019, godz. 14:05", "2019-09-03T14:05+02:00" },
  { "2020년 3월 31일", "2020-03-31" },
  { "2020년3월31일 화요일", "2020-03-31" },
  { "2020년 3월 3일 오후 2:05", "2020-03-03T14:05+01:00" },
  { "2020년 3월 3일 오전 12시 5분", "2020-03-03T00:05+01:00" },
  { "2020. 3. 31. 오후 2:05", "2020-03-31T14:05+02:00" },
  { "2020-03-31 오전 10:05:09", "2020-03-31T10:05:09+02:00" },
  { "2004년 05월 28일 01:31:15", "2004-05-28T01:31:15+02:00" },
  { "게시됨: 2020년 3월 31일", "2020-03-31" },
  { "입력 2020.03.31 14:05", "2020-03-31T14:05+02:00" },
  { "2020년 3월", "2020-03" },
  { "2020年3月31日", "2020-03-31" },
  { "2020年3月31日(火) 14:05", "2020-03-31T14:05+02:00" },
  { "2020年3月31日 火曜日 午後2時5分", "2020-03-31T14:05+02:00" },
  { "令和2年3月31日", "2020-03-31" },
  { "令和元年12月3日", "2019-12-03" },
  { "平成31年4月30日", "2019-04-30" },
  { "投稿日: 2020年3月31日", "2020-03-31" },
  { "２０２０年３月３１日", "2020-03-31" },
  { "2020年03月", "2020-03" },
  { "2020年3月31日 星期二 下午2:05", "2020-03-31T14:05+02:00" },
  { "发布于 2020年3月31日 14时05分", "2020-03-31T14:05+02:00" },
  { "二〇二〇年三月三十一日", "2020-03-31" },
  { "31 Μαρτίου 2020", "2020-03-31" },
  { "Κυρ, 11 Ιούλ 2004 12:00:00 EST", "2004-07-11T12:00:00-05:00" },
  { "31 ΜΑΡΤΙΟΣ 2020, 2:05 μ.μ.", "2020-03-31T14:05+02:00" },
  { "2020. március 31.", "2020-03-31" },
  { "2004-július-13T9:15-05:00", "2004-07-13T09:15-05:00" },
  { "Közzétéve 2020. március 31. 14:05", "2020-03-31T14:05+02:00" },
  { "31 Mart 2020", "2020-03-31" },
  { "31. března 2020", "2020-03-31" },
  { "31. maaliskuuta 2020 klo 14.05", "2020-03-31T14:05+02:00" },
  { "31. mars 2020 kl. 14.05", "2020-03-31T14:05+02:00" },
  { "31 d'agost de 2020", "2020-08-31" },
  { "31 березня 2020", "2020-03-31" },
};

static const Doubtful doubtful[] = {
  { NULL, ANNALS_STAMP_MISSING },
  { "", ANNALS_STAMP_MISSING },
  { " \n ", ANNALS_STAMP_MISSING },
  { "null", ANNALS_STAMP_MISSING },
  { "0000-00-00 00:00:00", ANNALS_STAMP_IMPOSSIBLE },
  { "0000-00-00", ANNALS_STAMP_IMPOSSIBLE },
  { "Mon, 30 Nov -0001 00:00:00 +0000", ANNALS_STAMP_IMPOSSIBLE },
  { "-0001-11-30T00:00:00+00:00", ANNALS_STAMP_IMPOSSIBLE },
  { "1970-01-01T00:00:00Z", ANNALS_STAMP_IMPOSSIBLE },
  { "1970-01-01 00:00:00", ANNALS_STAMP_IMPOSSIBLE },
  { "1970-01-01 01:00:00", ANNALS_STAMP_IMPOSSIBLE },
  { "1969-12-31T16:00:00-08:00", ANNALS_STAMP_IMPOSSIBLE },
  { "Thu, 01 Jan 1970 00:00:00 GMT", ANNALS_STAMP_IMPOSSIBLE },
  { "Thu, 01 Jan 1970 00:00:00 +0300", ANNALS_STAMP_IMPOSSIBLE },
  { "January 1, 1970", ANNALS_STAMP_IMPOSSIBLE },
  { "0", ANNALS_STAMP_IMPOSSIBLE },
  { "30 February 2020", ANNALS_STAMP_IMPOSSIBLE },
  { "2019-02-29", ANNALS_STAMP_IMPOSSIBLE },
  { "2020-13-01", ANNALS_STAMP_IMPOSSIBLE },
  { "2020-00-01", ANNALS_STAMP_IMPOSSIBLE },
  { "2020-03-31T25:00:00Z", ANNALS_STAMP_IMPOSSIBLE },
  { "2019-366", ANNALS_STAMP_IMPOSSIBLE },
  { "2019-W53-1", ANNALS_STAMP_IMPOSSIBLE },
  { "2020-W14-8", ANNALS_STAMP_IMPOSSIBLE },
  { "12020-03-31", ANNALS_STAMP_IMPOSSIBLE },
  { "0999-03-31", ANNALS_STAMP_IMPOSSIBLE },
  { "2020-03-31T14:05:09+19:00", ANNALS_STAMP_IMPOSSIBLE },
  { "13/13/2020", ANNALS_STAMP_IMPOSSIBLE },
  { "3/4/2020", ANNALS_STAMP_AMBIGUOUS },
  { "yesterday", ANNALS_STAMP_UNREADABLE },
  { "2 days ago", ANNALS_STAMP_UNREADABLE },
  { "March 31", ANNALS_STAMP_UNREADABLE },
  { "14:05", ANNALS_STAMP_UNREADABLE },
  { "March 3 - March 5, 2020", ANNALS_STAMP_UNREADABLE },
  { "1234567890123456", ANNALS_STAMP_UNREADABLE },
  { "123456789", ANNALS_STAMP_UNREADABLE },
  { "9999999999", ANNALS_STAMP_UNREADABLE },
  { "42", ANNALS_STAMP_UNREADABLE },
  { "200312", ANNALS_STAMP_UNREADABLE },
  { "Pyongyang", ANNALS_STAMP_UNREADABLE },
  { "a march of 2020 people", ANNALS_STAMP_UNREADABLE },
  { "\xff\xfe 2020", ANNALS_STAMP_UNREADABLE },
  { "20-03-31", ANNALS_STAMP_UNREADABLE },
  { "March 31, 2020 by Kvanvig Jon", ANNALS_STAMP_UNREADABLE },
};

static const Numeric numeric[] = {
  { "3/4/2020", NULL, "[2020-03-04,2020-04-03]" },
  { "3/4/2020", "en", "[2020-03-04,2020-04-03]" },
  { "3/4/2020 14:05", "ja", "[2020-03-04,2020-04-03]" },
  { "3-4-2020", NULL, "[2020-03-04,2020-04-03]" },
  { "3/4/2020", "en-US", "2020-03-04" },
  { "3/4/2020", "en_us", "2020-03-04" },
  { "3/4/2020", "en-GB", "2020-04-03" },
  { "3/4/2020", "it", "2020-04-03" },
  { "3/4/2020", "fr-CA", "2020-04-03" },
  { "3/4/2020", "de", "2020-04-03" },
  { "3/4/2020", "es-MX", "2020-04-03" },
  { "3/4/20", "it-IT", "2020-04-03" },
  { "3/14/2020", "it", "2020-03-14" },
  { "14/3/2020", "en-US", "2020-03-14" },
  { "3.4.2020", NULL, "2020-04-03" },
  { "3.4.2020", "en-US", "2020-03-04" },
};

static void
check_cases (gconstpointer data,
             gsize         n_cases)
{
  const Case *cases = data;
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier ("Europe/Rome");

  g_assert_nonnull (zone);

  for (gsize i = 0; i < n_cases; i++)
    {
      AnnalsStampDoubt doubt;
      g_autoptr(AnnalsDate) date = annals_stamp_parse (cases[i].string, NULL, zone, &doubt);

      if (date == NULL || strcmp (annals_date_get_edtf (date), cases[i].edtf) != 0)
        {
          g_test_message ("“%s” gave %s (%d), not %s", cases[i].string, date ? annals_date_get_edtf (date) : "nothing",
                          doubt, cases[i].edtf);
          g_test_fail ();
          continue;
        }
      g_assert_cmpint (doubt, ==, ANNALS_STAMP_CLEAR);
    }
}

static void
test_mail (void)
{
  check_cases (mail, G_N_ELEMENTS (mail));
}

static void
test_machine (void)
{
  check_cases (machine, G_N_ELEMENTS (machine));
}

static void
test_english (void)
{
  check_cases (english, G_N_ELEMENTS (english));
}

static void
test_languages (void)
{
  check_cases (languages, G_N_ELEMENTS (languages));
}

static void
test_doubtful (void)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier ("Europe/Rome");

  for (gsize i = 0; i < G_N_ELEMENTS (doubtful); i++)
    {
      AnnalsStampDoubt doubt;
      g_autoptr(AnnalsDate) date = annals_stamp_parse (doubtful[i].string, NULL, zone, &doubt);
      g_autofree char *reason = annals_stamp_dup_reason (doubt, doubtful[i].string);

      if (doubt != doubtful[i].doubt || (date != NULL) != (doubt == ANNALS_STAMP_AMBIGUOUS))
        {
          g_test_message ("“%s” gave %d and %s", doubtful[i].string ? doubtful[i].string : "", doubt,
                          date ? annals_date_get_edtf (date) : "no date");
          g_test_fail ();
        }
      g_assert_nonnull (reason);
      g_assert_true (g_utf8_validate (reason, -1, NULL));
    }

  g_assert_null (annals_stamp_dup_reason (ANNALS_STAMP_CLEAR, "2020"));
}

static void
test_numeric (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (numeric); i++)
    {
      AnnalsStampDoubt doubt;
      g_autoptr(AnnalsDate) date = annals_stamp_parse (numeric[i].string, numeric[i].language, NULL, &doubt);

      g_assert_nonnull (date);
      g_assert_cmpstr (annals_date_get_edtf (date), ==, numeric[i].edtf);
      g_assert_cmpint (doubt, ==, *numeric[i].edtf == '[' ? ANNALS_STAMP_AMBIGUOUS : ANNALS_STAMP_CLEAR);
    }
}

/* Without a zone a time is UTC's; one that names an offset keeps it in any zone. */
static void
test_zone (void)
{
  g_autoptr(GTimeZone) rome = g_time_zone_new_identifier ("Europe/Rome");
  g_autoptr(AnnalsDate) utc = annals_stamp_parse ("2020-07-01 10:00:00", NULL, NULL, NULL);
  g_autoptr(AnnalsDate) summer = annals_stamp_parse ("2020-07-01 10:00:00", NULL, rome, NULL);
  g_autoptr(AnnalsDate) winter = annals_stamp_parse ("2020-12-01 10:00:00", NULL, rome, NULL);
  g_autoptr(AnnalsDate) day = annals_stamp_parse ("2020-12-01", NULL, rome, NULL);

  g_assert_cmpstr (annals_date_get_edtf (utc), ==, "2020-07-01T10:00:00Z");
  g_assert_cmpstr (annals_date_get_edtf (summer), ==, "2020-07-01T10:00:00+02:00");
  g_assert_cmpstr (annals_date_get_edtf (winter), ==, "2020-12-01T10:00:00+01:00");
  g_assert_cmpstr (annals_date_get_edtf (day), ==, "2020-12-01");
}

/* Any bytes: every case cut at every place, and with a byte of another value in it */
static void
mangle (const char *string)
{
  gsize length = strlen (string);

  for (gsize i = 0; i < length; i++)
    {
      g_autofree char *cut = g_strndup (string, i);
      g_autofree char *changed = g_strdup (string);
      g_autoptr(AnnalsDate) from_cut = annals_stamp_parse (cut, "it", NULL, NULL);
      g_autoptr(AnnalsDate) from_changed = NULL;

      changed[i] = (char) (0x80 + i);
      from_changed = annals_stamp_parse (changed, "en-US", NULL, NULL);
    }
}

static void
test_any_bytes (void)
{
  g_autofree char *digits = g_strnfill (5000, '7');
  g_autofree char *colons = g_strnfill (239, ':');
  g_autofree char *signs = g_strnfill (63, '/');
  g_autoptr(AnnalsDate) date = NULL;
  AnnalsStampDoubt doubt;

  for (gsize i = 0; i < G_N_ELEMENTS (mail); i++)
    mangle (mail[i].string);
  for (gsize i = 0; i < G_N_ELEMENTS (machine); i++)
    mangle (machine[i].string);
  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    mangle (languages[i].string);

  g_assert_null (annals_stamp_parse (digits, NULL, NULL, &doubt));
  g_assert_cmpint (doubt, ==, ANNALS_STAMP_UNREADABLE);
  g_assert_null (annals_stamp_parse (colons, NULL, NULL, NULL));
  g_assert_null (annals_stamp_parse (signs, NULL, NULL, NULL));
}

static void
test_prefix (void)
{
  static const struct
  {
    const char *string;
    const char *edtf;
    const char *rest;
  } cases[] = {
    { "March 31, 2009 by Kvanvig Jon", "2009-03-31", " by Kvanvig Jon" },
    { "March 31, 2009Kvanvig Jon", "2009-03-31", "Kvanvig Jon" },
    { "31 marzo 2009 di Anna", "2009-03-31", " di Anna" },
    { "31 mars 2009 à 14h05 par Zoé", "2009-03-31T14:05Z", " par Zoé" },
    { "on March 31, 2009 at 2:05 pm by X", "2009-03-31T14:05Z", " by X" },
    { "Dienstag, 3. März 2009 von Jörg", "2009-03-03", " von Jörg" },
    { "2009-03-31T14:05:09+02:00 by X", "2009-03-31T14:05:09+02:00", " by X" },
    { "2009년 3월 31일 홍길동", "2009-03-31", " 홍길동" },
    { "2009年3月31日山田太郎", "2009-03-31", "山田太郎" },
    { "March 31, 2009April 2, 2009", "2009-03-31", "April 2, 2009" },
    { "March 31, 2009 April Jones", "2009-03-31", " April Jones" },
    { "März 2009", "2009-03", "" },
    { "марта 2020 г.", "2020-03", "" },
    { "March 31, 2009 | 3 Comments", "2009-03-31", " | 3 Comments" },
    { "Monday March 2020", NULL, NULL },
    { "Facebook March 3, 2020", NULL, NULL },
    { "Posted March 3, 2020", NULL, NULL },
    { "March 3", NULL, NULL },
    { "2020", NULL, NULL },
    { "February 30, 2020", NULL, NULL },
    { "", NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize used = 99;
      g_autoptr(AnnalsDate) date = annals_stamp_parse_prefix (cases[i].string, -1, NULL, NULL, &used, NULL);

      g_test_message ("%s", cases[i].string);
      g_assert_cmpstr (date ? annals_date_get_edtf (date) : NULL, ==, cases[i].edtf);
      if (date)
        g_assert_cmpstr (cases[i].string + used, ==, cases[i].rest);
      else
        g_assert_cmpuint (used, ==, 0);
    }
}

static void
test_names (void)
{
  static const struct
  {
    const char *word;
    int         month;
  } words[] = {
    { "März", 3 }, { "MARZO", 3 }, { "février", 2 }, { "Ağustos", 8 }, { "октября", 10 }, { "październik", 10 },
    { "Ιούνιος", 6 }, { "szeptember", 9 }, { "listopad", 11 }, { "août", 8 }, { "heinäkuu", 7 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      char folded[ANNALS_DATE_NAME_MAX];
      int month = 0;

      g_assert_true (annals_date_fold (words[i].word, strlen (words[i].word), folded, sizeof folded, NULL));
      g_assert_cmpint (annals_date_name_look_up (folded, strlen (folded), &month), ==, ANNALS_DATE_NAME_MONTH);
      g_assert_cmpint (month, ==, words[i].month);
    }
}

static void
test_fold (void)
{
  char out[32];
  guint16 origins[33];

  g_assert_true (annals_date_fold ("3\u00a0MÄRZ", strlen ("3\u00a0MÄRZ"), out, sizeof out, origins));
  g_assert_cmpstr (out, ==, "3 marz");
  g_assert_cmpint (origins[0], ==, 0);
  g_assert_cmpint (origins[1], ==, 1);
  g_assert_cmpint (origins[2], ==, 3);
  g_assert_cmpint (origins[4], ==, 6);
  g_assert_cmpint (origins[6], ==, 8);

  g_assert_false (annals_date_fold ("0123456789", 10, out, 10, NULL));
  g_assert_true (annals_date_fold ("0123456789", 10, out, 11, NULL));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stamp/mail", test_mail);
  g_test_add_func ("/stamp/machine", test_machine);
  g_test_add_func ("/stamp/english", test_english);
  g_test_add_func ("/stamp/languages", test_languages);
  g_test_add_func ("/stamp/doubtful", test_doubtful);
  g_test_add_func ("/stamp/numeric", test_numeric);
  g_test_add_func ("/stamp/zone", test_zone);
  g_test_add_func ("/stamp/any-bytes", test_any_bytes);
  g_test_add_func ("/stamp/prefix", test_prefix);
  g_test_add_func ("/stamp/names", test_names);
  g_test_add_func ("/stamp/fold", test_fold);

  return g_test_run ();
}
