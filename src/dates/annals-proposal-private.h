/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-date-private.h"
#include "annals-date-proposals.h"

G_BEGIN_DECLS

/* --- words --- */

typedef enum
{
  ANNALS_WORD_OTHER,
  ANNALS_WORD_NUMBER,        /* digits; value: of at most nine */
  ANNALS_WORD_SIGN,          /* value: the character */
  ANNALS_WORD_HANGUL,        /* a run of it */
  ANNALS_WORD_HAN,           /* Han or Kana */
  ANNALS_WORD_COUNT,         /* one, a, twenty; value; -1: few, several */
  ANNALS_WORD_MONTH,         /* value: 1 to 12 */
  ANNALS_WORD_MONTH_SHORT,   /* jan, sept */
  ANNALS_WORD_WEEKDAY,       /* value: 1 (Monday) to 7 */
  ANNALS_WORD_WEEKDAY_SHORT,
  ANNALS_WORD_SEASON,        /* value: 21 to 24 */
  ANNALS_WORD_UNIT,          /* value: AnnalsUnit */
  ANNALS_WORD_UNITS,         /* weeks */
  ANNALS_WORD_LAST,
  ANNALS_WORD_PAST,          /* the past week */
  ANNALS_WORD_NEXT,
  ANNALS_WORD_THIS,
  ANNALS_WORD_PREVIOUS,
  ANNALS_WORD_FOLLOWING,
  ANNALS_WORD_SAME,
  ANNALS_WORD_THAT,
  ANNALS_WORD_THIRD,         /* early, late, mid, beginning; value: AnnalsThird */
  ANNALS_WORD_EARLIER,
  ANNALS_WORD_LATER,
  ANNALS_WORD_AGO,
  ANNALS_WORD_RECENT,
  ANNALS_WORD_DAY,           /* yesterday, today; value: days from the post's */
  ANNALS_WORD_TIME_OF_DAY,   /* morning, night */
  ANNALS_WORD_ORDINAL,       /* first; value */
  ANNALS_WORD_ABOUT,
  ANNALS_WORD_IN,            /* in, during, over, within, at, on and others that say nothing */
  ANNALS_WORD_OF,
  ANNALS_WORD_THE,
  ANNALS_WORD_SINCE,
  ANNALS_WORD_UNTIL,         /* until, till, through */
  ANNALS_WORD_BY,
  ANNALS_WORD_BEFORE,
  ANNALS_WORD_AFTER,
  ANNALS_WORD_FROM,
  ANNALS_WORD_BETWEEN,
  ANNALS_WORD_TO,
  ANNALS_WORD_AND,
  ANNALS_WORD_OR,
  ANNALS_WORD_FUTURE,        /* will, plans, expected */
  ANNALS_WORD_PASSED,        /* a verb in the past tense */
  ANNALS_WORD_COUNTED,       /* what is counted: people, tons; a year is not */
} AnnalsWordKind;

typedef enum
{
  ANNALS_UNIT_HOUR,
  ANNALS_UNIT_DAY,
  ANNALS_UNIT_WEEK,
  ANNALS_UNIT_WEEKEND,
  ANNALS_UNIT_MONTH,
  ANNALS_UNIT_SEASON,        /* and quarters and halves of a year */
  ANNALS_UNIT_YEAR,
  ANNALS_UNIT_DECADE,
  ANNALS_UNIT_CENTURY,
} AnnalsUnit;

typedef struct
{
  guint8   kind;             /* AnnalsWordKind */
  guint8   n_digits;
  guint8   capital : 1;      /* begins with a capital letter */
  guint8   spaced : 1;       /* white space, or nothing, before it */
  int      value;
  guint    start;            /* bytes in the text */
  guint    end;
  guint    from;             /* code points */
  guint    to;
} AnnalsWord;

AnnalsWordKind annals_proposal_look_up   (const char *word, gsize length, int *value);

/* --- sentences --- */

/* Longer ones are cut for the reading; nobody writes dates of so many words. */
#define ANNALS_SENTENCE_MAX 256

/* One sentence and what is read from it. Behind @n words lie some of kind OTHER, so that looking
 * ahead is safe; words[-1] too. */
typedef struct
{
  const char       *text;
  const AnnalsWord *words;
  guint             n;
  guint             first;      /* the place of the first word in its paragraph; 0: it begins it */
} AnnalsSentence;

typedef struct
{
  const char *text;
  gsize       length;
  gsize       at;
  guint       offset;          /* in code points */
  gboolean    new_block;       /* the next sentence begins a paragraph */
  AnnalsWord  words[ANNALS_SENTENCE_MAX + 32];
  guint       n;
} AnnalsSentences;

void     annals_sentences_init (AnnalsSentences *self, const char *text, gsize length);
/* FALSE at the end */
gboolean annals_sentences_next (AnnalsSentences *self, AnnalsSentence *sentence);

/* --- what an expression says --- */

typedef enum
{
  ANNALS_SAID_ABSOLUTE,      /* year, month, day, season as far as they are said */
  ANNALS_SAID_WEEKDAY,
  ANNALS_SAID_SHIFT,         /* count units from the post's: last week */
  ANNALS_SAID_DISTANCE,      /* count units ago, or in */
  ANNALS_SAID_PAST,          /* the past count units */
  ANNALS_SAID_VAGUE,         /* a few units ago, recent units */
  ANNALS_SAID_DAY_OF_MONTH,  /* on the 15th */
  ANNALS_SAID_CONTEXT,       /* count units from the date that was spoken of before */
} AnnalsSaid;

typedef enum
{
  ANNALS_WHICH_TENSE,        /* the verb decides */
  ANNALS_WHICH_LAST,
  ANNALS_WHICH_THIS,
  ANNALS_WHICH_NEXT,
} AnnalsWhich;

typedef enum
{
  ANNALS_TENSE_NONE,
  ANNALS_TENSE_PAST,
  ANNALS_TENSE_FUTURE,
} AnnalsTense;

typedef struct
{
  AnnalsSaid  said;
  AnnalsWhich which;
  AnnalsUnit  unit;          /* the finest that is said */
  gboolean    has_year;
  int         year;          /* or its decade's, its century's first */
  gboolean    has_shift;     /* the year, month or week is counted from the post's */
  int         shift;
  int         month;
  int         day;
  int         weekday;
  int         season;        /* EDTF's 21 to 41 */
  int         count;
  int         more;          /* VAGUE: the far end, from count */
  AnnalsThird third;
  AnnalsWhich part;          /* LAST: earlier this week, NEXT: later this week */
  gboolean    approximate;
  gboolean    week_of_month; /* day is the number of a week; 0: the last one */
  gboolean    either;        /* month and day may be swapped */
  double      confidence;
} AnnalsPoint;

typedef enum
{
  ANNALS_RELATION_NONE,
  ANNALS_RELATION_SINCE,
  ANNALS_RELATION_UNTIL,
  ANNALS_RELATION_BY,
  ANNALS_RELATION_BEFORE,
  ANNALS_RELATION_AFTER,
  ANNALS_RELATION_RANGE,     /* from a to b */
  ANNALS_RELATION_AND,
  ANNALS_RELATION_OR,
} AnnalsRelation;

typedef struct
{
  AnnalsRelation     relation;
  AnnalsPoint        first;
  AnnalsPoint        second;  /* of RANGE, AND, OR */
  guint              start;   /* words of the sentence */
  guint              n;
  guint              from;    /* code points; 0 and 0: those of the words */
  guint              to;
  AnnalsTense        tense;
} AnnalsExpression;

void     annals_point_init         (AnnalsPoint *self, AnnalsSaid said, AnnalsUnit unit,
                                    double confidence);

/* Words read from word @at on; 0 when no expression begins there */
guint    annals_point_read_english (const AnnalsSentence *sentence, guint at, AnnalsPoint *point);
guint    annals_english_read       (const AnnalsSentence *sentence, guint at,
                                    AnnalsExpression *expression);
guint    annals_korean_read        (const AnnalsSentence *sentence, guint at,
                                    AnnalsExpression *expression);

/* --- what it means --- */

/* The dates spoken of last, a day, a month and a year, and the year that a paragraph is about */
typedef struct
{
  gboolean   is_set[3];
  gint64     cell[3];
  guint      sentence[3];
  guint      order[3];       /* the later, the greater */
  guint      n;
  int        year;           /* 0: none */
} AnnalsContext;

typedef struct
{
  gboolean            known;
  gint64              first;  /* the days that the post may be of, since 1970 */
  gint64              last;
  AnnalsProposalFlags flags;
  AnnalsContext       context;
  guint               sentence;
} AnnalsSeenFrom;

void     annals_seen_from_init     (AnnalsSeenFrom *self, AnnalsDate *published,
                                    AnnalsProposalFlags flags);
/* The EDTF expression, or NULL when it means nothing that is known; @confidence (out) */
char    *annals_expression_resolve (const AnnalsExpression *expression, AnnalsSeenFrom *from,
                                    double *confidence);

/* Days, months, years, … as numbers that can be counted with */
typedef struct
{
  AnnalsUnit unit;
  gint64     first;
  gint64     last;
  gint64     step;           /* between those that are possible */
  int        season;
  gboolean   is_span;        /* all of it, not one of it */
} AnnalsCells;

gboolean annals_point_see          (const AnnalsPoint *point, AnnalsTense tense, gint64 day,
                                    AnnalsCells *cells);
char    *annals_cell_dup_edtf      (AnnalsUnit unit, gint64 cell, int season);

G_END_DECLS
