/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where a phrase is understood, and what it does to the date around it */
typedef enum
{
  ANNALS_PHRASE_ANY,      /* says how sure the date is, or nothing */
  ANNALS_PHRASE_PART,     /* part of a date, as a month is */
  ANNALS_PHRASE_THIRD,    /* early, mid, late: once in a date, in front of its parts */
  ANNALS_PHRASE_FIRST,    /* only where a date begins */
  ANNALS_PHRASE_BETWEEN,  /* and, or: only behind a date */
  ANNALS_PHRASE_UNTIL,    /* only behind a date or a third of one */
  ANNALS_PHRASE_FRONT,    /* behind a date; in English in front of all */
  ANNALS_PHRASE_BACK,     /* where a date begins; in English behind all */
  ANNALS_PHRASE_TIME,     /* only in front of a time of day */
  ANNALS_PHRASE_DECADE,   /* a year of four digits follows, and is a decade */
  ANNALS_PHRASE_CENTURY,  /* the number of a century follows */
  ANNALS_PHRASE_YEAR,     /* “year”: nothing in front of its number or behind a decade; behind other
                         * numbers it would be a duration */
  ANNALS_PHRASE_YEAR_END, /* the same, but also behind the number of a year */
} AnnalsWordPlace;

/* Phrases of one meaning, separated by "|". A space may be left out behind a point or an
 * apostrophe, a point at the end of two letters or more. They are folded when they are read. */
typedef struct
{
  const char      *phrases;
  const char      *english;
  AnnalsWordPlace  place;
} AnnalsDateWords;

typedef struct
{
  const AnnalsDateWords *words;
  gsize                  n_words;
  const char            *ordinals;  /* what is glued to a number or follows its point or hyphen */
  const char            *decades;   /* what makes a decade of a year of four digits */
} AnnalsDateLanguage;

#define ANNALS_N_DATE_LANGUAGES 4

/* German, French, Spanish, Russian */
extern const AnnalsDateLanguage annals_date_languages[ANNALS_N_DATE_LANGUAGES];
/* "undated" in these and in East Asia's languages, as the phrases above */
extern const char *const annals_date_undated_words;

typedef struct
{
  char            *folded;
  gsize            length;
  const char      *english;
  AnnalsWordPlace  place;
} AnnalsDatePhrase;

/* annals-date-european-phrases.c */
char         *annals_date_dup_folded   (const char *string);
const GArray *annals_date_get_phrases  (guint index);
gsize         annals_date_phrase_match (const AnnalsDatePhrase *phrase, const char *text);

G_END_DECLS
