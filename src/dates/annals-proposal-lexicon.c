/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-proposal-private.h"

#include <string.h>

/* English words that dates and the tense of what surrounds them are told by. The first entry that
 * has a word says what it is.
 */
static const struct
{
  AnnalsWordKind kind;
  int            value;
  const char    *words;
} lexicon[] = {
  { ANNALS_WORD_MONTH, 1, "january" },
  { ANNALS_WORD_MONTH, 2, "february" },
  { ANNALS_WORD_MONTH, 3, "march" },
  { ANNALS_WORD_MONTH, 4, "april" },
  { ANNALS_WORD_MONTH, 5, "may" },
  { ANNALS_WORD_MONTH, 6, "june" },
  { ANNALS_WORD_MONTH, 7, "july" },
  { ANNALS_WORD_MONTH, 8, "august" },
  { ANNALS_WORD_MONTH, 9, "september" },
  { ANNALS_WORD_MONTH, 10, "october" },
  { ANNALS_WORD_MONTH, 11, "november" },
  { ANNALS_WORD_MONTH, 12, "december" },
  { ANNALS_WORD_MONTH_SHORT, 1, "jan" },
  { ANNALS_WORD_MONTH_SHORT, 2, "feb" },
  { ANNALS_WORD_MONTH_SHORT, 3, "mar" },
  { ANNALS_WORD_MONTH_SHORT, 4, "apr" },
  { ANNALS_WORD_MONTH_SHORT, 6, "jun" },
  { ANNALS_WORD_MONTH_SHORT, 7, "jul" },
  { ANNALS_WORD_MONTH_SHORT, 8, "aug" },
  { ANNALS_WORD_MONTH_SHORT, 9, "sep sept" },
  { ANNALS_WORD_MONTH_SHORT, 10, "oct" },
  { ANNALS_WORD_MONTH_SHORT, 11, "nov" },
  { ANNALS_WORD_MONTH_SHORT, 12, "dec" },
  { ANNALS_WORD_WEEKDAY, 1, "monday" },
  { ANNALS_WORD_WEEKDAY, 2, "tuesday" },
  { ANNALS_WORD_WEEKDAY, 3, "wednesday" },
  { ANNALS_WORD_WEEKDAY, 4, "thursday" },
  { ANNALS_WORD_WEEKDAY, 5, "friday" },
  { ANNALS_WORD_WEEKDAY, 6, "saturday" },
  { ANNALS_WORD_WEEKDAY, 7, "sunday" },
  { ANNALS_WORD_WEEKDAY_SHORT, 1, "mon" },
  { ANNALS_WORD_WEEKDAY_SHORT, 2, "tue tues" },
  { ANNALS_WORD_WEEKDAY_SHORT, 3, "wed weds" },
  { ANNALS_WORD_WEEKDAY_SHORT, 4, "thu thur thurs" },
  { ANNALS_WORD_WEEKDAY_SHORT, 5, "fri" },
  { ANNALS_WORD_WEEKDAY_SHORT, 6, "sat" },
  { ANNALS_WORD_WEEKDAY_SHORT, 7, "sun" },
  { ANNALS_WORD_SEASON, 21, "spring springtime" },
  { ANNALS_WORD_SEASON, 22, "summer summertime" },
  { ANNALS_WORD_SEASON, 23, "autumn fall" },
  { ANNALS_WORD_SEASON, 24, "winter wintertime" },
  { ANNALS_WORD_UNIT, ANNALS_UNIT_HOUR, "hour minute" },
  { ANNALS_WORD_UNIT, ANNALS_UNIT_DAY, "day" },
  { ANNALS_WORD_UNIT, ANNALS_UNIT_WEEK, "week" },
  { ANNALS_WORD_UNIT, ANNALS_UNIT_WEEKEND, "weekend" },
  { ANNALS_WORD_UNIT, ANNALS_UNIT_MONTH, "month" },
  { ANNALS_WORD_UNIT, ANNALS_UNIT_YEAR, "year" },
  { ANNALS_WORD_UNIT, ANNALS_UNIT_DECADE, "decade" },
  { ANNALS_WORD_UNIT, ANNALS_UNIT_CENTURY, "century" },
  { ANNALS_WORD_UNITS, ANNALS_UNIT_HOUR, "hours minutes" },
  { ANNALS_WORD_UNITS, ANNALS_UNIT_DAY, "days" },
  { ANNALS_WORD_UNITS, ANNALS_UNIT_WEEK, "weeks" },
  { ANNALS_WORD_UNITS, ANNALS_UNIT_MONTH, "months" },
  { ANNALS_WORD_UNITS, ANNALS_UNIT_YEAR, "years" },
  { ANNALS_WORD_UNITS, ANNALS_UNIT_DECADE, "decades" },
  { ANNALS_WORD_COUNT, 1, "a an one" },
  { ANNALS_WORD_COUNT, 2, "two couple" },
  { ANNALS_WORD_COUNT, 3, "three" },
  { ANNALS_WORD_COUNT, 4, "four" },
  { ANNALS_WORD_COUNT, 5, "five" },
  { ANNALS_WORD_COUNT, 6, "six" },
  { ANNALS_WORD_COUNT, 7, "seven" },
  { ANNALS_WORD_COUNT, 8, "eight" },
  { ANNALS_WORD_COUNT, 9, "nine" },
  { ANNALS_WORD_COUNT, 10, "ten" },
  { ANNALS_WORD_COUNT, 11, "eleven" },
  { ANNALS_WORD_COUNT, 12, "twelve dozen" },
  { ANNALS_WORD_COUNT, 15, "fifteen" },
  { ANNALS_WORD_COUNT, 20, "twenty" },
  { ANNALS_WORD_COUNT, 30, "thirty" },
  { ANNALS_WORD_COUNT, 40, "forty" },
  { ANNALS_WORD_COUNT, 50, "fifty" },
  { ANNALS_WORD_COUNT, -1, "few several" },
  { ANNALS_WORD_LAST, 0, "last" },
  { ANNALS_WORD_PAST, 0, "past" },
  { ANNALS_WORD_NEXT, 0, "next coming upcoming" },
  { ANNALS_WORD_THIS, 0, "this current" },
  { ANNALS_WORD_PREVIOUS, 0, "previous preceding prior" },
  { ANNALS_WORD_FOLLOWING, 0, "following" },
  { ANNALS_WORD_SAME, 0, "same" },
  { ANNALS_WORD_THAT, 0, "that" },
  { ANNALS_WORD_THIRD, ANNALS_THIRD_EARLY, "early beginning start" },
  { ANNALS_WORD_THIRD, ANNALS_THIRD_MIDDLE, "mid middle" },
  { ANNALS_WORD_THIRD, ANNALS_THIRD_LATE, "late end" },
  { ANNALS_WORD_EARLIER, 0, "earlier" },
  { ANNALS_WORD_LATER, 0, "later" },
  { ANNALS_WORD_AGO, 0, "ago" },
  { ANNALS_WORD_RECENT, 0, "recent" },
  { ANNALS_WORD_DAY, 0, "today tonight" },
  { ANNALS_WORD_DAY, -1, "yesterday" },
  { ANNALS_WORD_DAY, 1, "tomorrow" },
  { ANNALS_WORD_TIME_OF_DAY, 0, "morning afternoon evening night noon midday midnight" },
  { ANNALS_WORD_ORDINAL, 1, "first" },
  { ANNALS_WORD_ORDINAL, 2, "second" },
  { ANNALS_WORD_ORDINAL, 3, "third" },
  { ANNALS_WORD_ORDINAL, 4, "fourth" },
  { ANNALS_WORD_ABOUT, 0, "about around circa approximately roughly" },
  { ANNALS_WORD_IN, 0, "in during over within throughout on at" },
  { ANNALS_WORD_OF, 0, "of" },
  { ANNALS_WORD_THE, 0, "the" },
  { ANNALS_WORD_SINCE, 0, "since" },
  { ANNALS_WORD_UNTIL, 0, "until till through" },
  { ANNALS_WORD_BY, 0, "by" },
  { ANNALS_WORD_BEFORE, 0, "before" },
  { ANNALS_WORD_AFTER, 0, "after" },
  { ANNALS_WORD_FROM, 0, "from" },
  { ANNALS_WORD_BETWEEN, 0, "between" },
  { ANNALS_WORD_TO, 0, "to" },
  { ANNALS_WORD_AND, 0, "and" },
  { ANNALS_WORD_OR, 0, "or" },
  { ANNALS_WORD_FUTURE, 0,
    "will shall would plan plans planned planning scheduled schedules expected expects expect due "
    "slated intends intend aims aim hopes hope wants vows vowed pledges pledged going poised "
    "deadline forthcoming promises promised opens begins starts ends arrives resumes closes "
    "departs expires concludes" },
  { ANNALS_WORD_PASSED, 0,
    "said told was were had did has have been went gave took made came saw got ran held met sent "
    "led left began became brought built bought caught chose cut drew drove fell felt fought found "
    "flew forbade froze grew heard hid hit kept knew laid lay lent let lost meant paid put quit "
    "read rose sold set shot shut sang sank sat slept spoke spent split spread stood stole struck "
    "swore taught thought threw understood woke wore won wrote broke burst cast dealt dug ate "
    "shook showed sought stuck swept tore wound withdrew underwent overtook oversaw" },
  { ANNALS_WORD_COUNTED, 0,
    "people persons soldiers troops men women children workers civilians deaths dead cases tons "
    "tonnes kilometers kilometres km miles meters metres feet dollars won euros yen yuan pounds "
    "percent households homes houses copies units refugees defectors delegates members "
    "hectares square barrels liters litres grams calories megawatts rounds shells vehicles tanks "
    "prisoners students visitors participants victims gmt utc kst hrs hours prc points" },
};

typedef struct
{
  const char *word;
  guint8      length;
  guint8      kind;
  gint8       value;
} Entry;

#define N_SLOTS 2048
#define MAX_WORD 16

static guint
hash (const char *word,
      gsize       length)
{
  guint h = 2166136261u;

  for (gsize i = 0; i < length; i++)
    h = (h ^ (guchar) word[i]) * 16777619u;

  return (h ^ h >> 15) % N_SLOTS;
}

static void
add (Entry      *slots,
     const char *word,
     gsize       length,
     guint       row)
{
  guint slot = hash (word, length);

  for (; slots[slot].word; slot = (slot + 1) % N_SLOTS)
    if (slots[slot].length == length && memcmp (slots[slot].word, word, length) == 0)
      return;

  slots[slot] = (Entry){ word, length, lexicon[row].kind, lexicon[row].value };
}

static const Entry *
get_slots (void)
{
  static Entry *slots;

  if (g_once_init_enter (&slots))
    {
      Entry *made = g_new0 (Entry, N_SLOTS);

      for (guint i = 0; i < G_N_ELEMENTS (lexicon); i++)
        for (const char *p = lexicon[i].words; *p;)
          {
            gsize length = strcspn (p, " ");

            add (made, p, length, i);
            p += length + (p[length] == ' ');
          }

      g_once_init_leave (&slots, made);
    }

  return slots;
}

static gboolean
is_past_form (const char *word,
              gsize       length)
{
  static const char *const others[] = { "hundred", "indeed", "speed", "exceed", "proceed",
                                        "succeed", "biped", "naked", "sacred", "wicked", "rugged", "embed" };

  if (length < 5 || memcmp (word + length - 2, "ed", 2) != 0)
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (strlen (others[i]) == length && memcmp (others[i], word, length) == 0)
      return FALSE;

  return TRUE;
}

/* @word: ASCII letters in either case. A word that ends in -ed counts as a verb of the past. */
AnnalsWordKind
annals_proposal_look_up (const char *word,
                         gsize       length,
                         int        *value)
{
  const Entry *slots = get_slots ();
  char lower[MAX_WORD];

  *value = 0;
  if (length >= MAX_WORD)
    return ANNALS_WORD_OTHER;

  for (gsize i = 0; i < length; i++)
    lower[i] = g_ascii_tolower (word[i]);

  for (guint slot = hash (lower, length); slots[slot].word; slot = (slot + 1) % N_SLOTS)
    if (slots[slot].length == length && memcmp (slots[slot].word, lower, length) == 0)
      {
        *value = slots[slot].value;
        return slots[slot].kind;
      }

  return g_ascii_islower (*word) && is_past_form (lower, length) ? ANNALS_WORD_PASSED
                                                                 : ANNALS_WORD_OTHER;
}
