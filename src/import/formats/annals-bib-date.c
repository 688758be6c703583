/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-bib-date.h"

#include <string.h>

#include "annals-date-ends.h"

/* Of more digits no year is made, and numbers are not reckoned with. */
#define MAX_YEAR 9999

/* One side of "30 May–2 June" */
typedef struct
{
  gint64 number;   /* 0: none */
  gint64 month;    /* by its name; 0: none */
  guint  n;        /* how much stands there */
} Side;

/* What a field says, of one date or of two. */
typedef struct
{
  Side  sides[2];
  guint n_sides;
} Said;

static gboolean
is_date (const char *words)
{
  g_autoptr(AnnalsDate) date = annals_date_parse_words (words, NULL);

  return date != NULL;
}

char *
annals_bib_date_dup_numbers (gint64 year,
                             gint64 month,
                             gint64 day)
{
  const char *minus = year < 0 ? "-" : "";

  if (year < -MAX_YEAR || year > MAX_YEAR || month < 0 || day < 0)
    return NULL;
  if (month == 0)
    return g_strdup_printf ("%s%04" G_GINT64_FORMAT, minus, ABS (year));
  if (day == 0)
    return g_strdup_printf ("%s%04" G_GINT64_FORMAT "-%02" G_GINT64_FORMAT, minus, ABS (year), month);

  return g_strdup_printf ("%s%04" G_GINT64_FORMAT "-%02" G_GINT64_FORMAT "-%02" G_GINT64_FORMAT, minus, ABS (year),
                          month, day);
}

/* --- BibTeX --- */

static gint64
get_month (const char *word)
{
  static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";
  g_autofree char *start = g_ascii_strdown (word, 3);
  const char *at = strlen (start) == 3 ? strstr (months, start) : NULL;

  return at != NULL && (at - months) % 3 == 0 ? (at - months) / 3 + 1 : 0;
}

gint64
annals_bib_date_get_season (const char *word)
{
  static const struct { const char *name; gint64 season; } seasons[] = {
    { "spring", 21 }, { "summer", 22 }, { "autumn", 23 }, { "fall", 23 }, { "winter", 24 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (seasons); i++)
    if (g_ascii_strcasecmp (word, seasons[i].name) == 0)
      return seasons[i].season;

  return 0;
}

static gboolean
is_among (const char         *word,
          const char * const *words)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (g_ascii_strcasecmp (word, words[i]) == 0)
      return TRUE;

  return FALSE;
}

/* FALSE when it is neither a month nor of no weight. */
static gboolean
take_word (Said       *said,
           const char *word,
           gboolean    follows_number)
{
  static const char * const ordinals[] = { "st", "nd", "rd", "th", NULL };
  static const char * const joints[] = { "and", "to", NULL };
  Side *side = &said->sides[said->n_sides - 1];

  if (follows_number && is_among (word, ordinals))
    return TRUE;
  if (is_among (word, joints))
    return said->n_sides++ < G_N_ELEMENTS (said->sides);

  side->n++;
  if (side->month != 0)
    return FALSE;
  side->month = get_month (word);
  return side->month != 0;
}

static gboolean
take_number (Said       *said,
             const char *digits)
{
  Side *side = &said->sides[said->n_sides - 1];

  side->n++;
  if (side->number != 0)
    return FALSE;
  side->number = g_ascii_strtoll (digits, NULL, 10);
  return side->number > 0 && side->number <= MAX_YEAR;
}

static gsize
count_letters (const char *at)
{
  const char *end = at;

  while (g_unichar_isalpha (g_utf8_get_char (end)))
    end = g_utf8_next_char (end);

  return (gsize) (end - at);
}

/* FALSE when there is something else in it than numbers, months and what stands between two dates. */
static gboolean
read_said (Said       *said,
           const char *text)
{
  gboolean follows_number = FALSE;

  *said = (Said) { .n_sides = 1 };
  for (const char *at = text; *at != '\0';)
    {
      gsize n_digits = strspn (at, "0123456789");
      gsize n_letters = n_digits == 0 ? count_letters (at) : 0;
      g_autofree char *piece = g_strndup (at, MAX (n_digits, n_letters));
      gunichar c = g_utf8_get_char (at);

      if (n_digits > 0 ? !take_number (said, piece) : n_letters > 0 && !take_word (said, piece, follows_number))
        return FALSE;
      follows_number = n_digits > 0;
      at += n_digits + n_letters;
      if (n_digits + n_letters > 0)
        continue;

      if (c == '-' || c == '/' || c == '&' || c == 0x2013 || c == 0x2014)
        said->n_sides += said->sides[said->n_sides - 1].n > 0;
      else if (!g_unichar_isspace (c) && c != '.' && c != ',')
        return FALSE;
      if (said->n_sides > G_N_ELEMENTS (said->sides))
        return FALSE;
      at = g_utf8_next_char (at);
    }

  return said->sides[said->n_sides - 1].n > 0;
}

/* Of "12–15 May" and "May 12–15" each side has the month that the other names; numbers are months only where no month
 * has its name. @days: what the field of that name says. */
static gboolean
find_month (const Said *months,
            const Said *days,
            guint       i,
            gint64     *month,
            gint64     *day)
{
  const Side *side = &months->sides[MIN (i, months->n_sides - 1)];
  gboolean named = months->sides[0].month != 0 || months->sides[1].month != 0;
  const Side *other = &months->sides[i == 0 ? months->n_sides - 1 : 0];

  *month = !named ? side->number : side->month != 0 ? side->month : other->month;
  *day = named ? side->number : 0;
  if (*day == 0 && days->n_sides >= months->n_sides)
    *day = days->sides[MIN (i, days->n_sides - 1)].number;

  return *month <= 12 && (days->sides[0].month | days->sides[1].month) == 0;
}

/* "1998/99" */
static gint64
get_year (const Said *years,
          guint       i)
{
  gint64 first = years->sides[0].number;
  gint64 last = years->sides[years->n_sides - 1].number;

  if (i == 0)
    return first;

  return last < 100 && years->n_sides > 1 ? first - first % 100 + last : last;
}

/* NULL when the numbers say no date, or one that ends before it begins. */
static char *
dup_said (const Said *years,
          const Said *months,
          const Said *days)
{
  guint n = MAX (MAX (years->n_sides, months->n_sides), days->n_sides);
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  g_autofree char *range = NULL;

  for (guint i = 0; i < n; i++)
    {
      gint64 month = 0, day = 0;

      if (months->n_sides > 0 && !find_month (months, days, i, &month, &day))
        return NULL;
      if (months->n_sides == 1 && years->n_sides == 2)
        return NULL;
      *(i == 0 ? &from : &to) = annals_bib_date_dup_numbers (get_year (years, i), month, day);
    }

  range = to != NULL && from != NULL && !g_str_equal (from, to) ? g_strconcat (from, "/", to, NULL) : g_strdup (from);
  return range != NULL && is_date (range) ? g_steal_pointer (&range) : NULL;
}

static char *
join_words (const char *day,
            const char *month,
            const char *year)
{
  GString *words = g_string_new (day != NULL ? day : "");
  const char *others[] = { month, year };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (others[i] != NULL)
      g_string_append_printf (words, "%s%s", words->len > 0 ? " " : "", others[i]);

  return g_string_free (words, FALSE);
}

char *
annals_bib_date_dup_fields (const char  *year,
                            const char  *month,
                            const char  *day,
                            char       **rest)
{
  Said years = { 0 }, months = { 0 }, days = { 0 };
  gboolean is_read;
  g_autofree char *edtf = NULL;
  g_autofree char *words = NULL;

  *rest = NULL;
  if (year == NULL)
    return NULL;

  /* a year of two digits may be of any century */
  is_read = *year != '-' && read_said (&years, year) && years.sides[0].month == 0 && years.sides[0].number >= 100 &&
            (month == NULL || read_said (&months, month)) &&
            (month == NULL || day == NULL || read_said (&days, day));
  if (is_read && (edtf = dup_said (&years, &months, &days)) != NULL)
    {
      if (days.n_sides == 1 && months.n_sides == 2)
        *rest = g_strdup (day);
      return g_steal_pointer (&edtf);
    }

  /* seasons, other languages, "c. 1900" */
  words = join_words (month != NULL ? day : NULL, month, year);
  if (month == NULL || is_date (words))
    return g_steal_pointer (&words);

  *rest = join_words (day, month, NULL);
  return g_strdup (year);
}

/* --- RIS --- */

/* Whether the words mean a date of the year and month that the numbers name, as far as either names one. */
static gboolean
is_of (const char   *words,
       const gint64 *numbers)
{
  g_autoptr(AnnalsDate) date = annals_date_parse_words (words, NULL);

  for (guint last = 0; date != NULL && last < 2; last++)
    {
      AnnalsDateEnd end;

      annals_date_get_end (date, last, &end);
      if (end.precision != ANNALS_DATE_UNDATED && end.year == numbers[0] &&
          (numbers[1] == 0 || end.month == 0 || end.month == numbers[1]))
        return TRUE;
    }

  return FALSE;
}

/* The words behind the third stroke say more than the numbers (“about 2020”), or complete them (“spring”, “15:49 UTC”),
 * or else find no place. */
static char *
dup_with_words (const gint64  *numbers,
                const char    *other,
                char         **rest)
{
  g_autofree char *plain = annals_bib_date_dup_numbers (numbers[0], numbers[1], numbers[1] != 0 ? numbers[2] : 0);
  g_autofree char *completed = g_strdup_printf ("%s %04" G_GINT64_FORMAT, other, numbers[0]);
  g_autofree char *timed = g_strdup_printf ("%s %s", plain != NULL ? plain : "", other);

  if (*other == '\0' || strspn (other, "0123456789") == strlen (other))
    return g_steal_pointer (&plain);
  if (is_of (other, numbers))
    return g_strdup (other);
  if (numbers[1] == 0 && is_of (completed, numbers))
    return g_steal_pointer (&completed);
  if (numbers[1] != 0 && numbers[2] != 0 && g_ascii_isdigit (*other) && is_of (timed, numbers))
    return g_steal_pointer (&timed);

  *rest = g_strdup (other);
  return g_steal_pointer (&plain);
}

char *
annals_bib_date_dup_ris (const char  *value,
                         char       **rest)
{
  g_auto(GStrv) parts = g_strsplit (value, "/", 4);
  guint n = g_strv_length (parts);
  gint64 numbers[3] = { 0, 0, 0 };
  char *said;

  *rest = NULL;
  for (guint i = 0; i < n; i++)
    {
      char *end = parts[i];

      g_strstrip (parts[i]);
      if (i == 3)
        break;
      numbers[i] = g_ascii_strtoll (parts[i], &end, 10);
      if (*end != '\0')
        return g_strdup (value);
    }

  if (n == 0 || *parts[0] == '\0')
    return n == 4 && *parts[3] != '\0' ? g_strdup (parts[3]) : NULL;

  said = dup_with_words (numbers, n == 4 ? parts[3] : "", rest);
  if (said == NULL)
    g_clear_pointer (rest, g_free);

  return said != NULL ? said : g_strdup (value);   /* to be complained of */
}
