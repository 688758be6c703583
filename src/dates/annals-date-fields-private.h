/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-date-lexer-private.h"
#include "annals-date-private.h"

G_BEGIN_DECLS

/* What the words of one date say; absent parts are 0, "" or -1. */
typedef struct
{
  char            year[8];       /* an EDTF year: "2020", "195X", "-0043" */
  int             month;
  int             day;
  int             season;        /* as in EDTF */
  int             weekday;       /* 1 = Monday */
  int             hour;
  int             minute;
  int             second;
  char            fraction[10];
  char            zone[8];
  AnnalsQualifier qualifier;
  AnnalsThird     third;         /* early, mid, late */
  int             span;          /* 10 or 100 when the year is a decade or century */
  gboolean        has_era;       /* the year said which: BC, AD */
} AnnalsDateFields;

gboolean annals_date_fields_read     (AnnalsDateFields *self, AnnalsTokens tokens, GError **error);
/* @whole: nothing stands around it, so that "early March 2020" may become a set */
char    *annals_date_fields_dup_edtf (const AnnalsDateFields *self, gboolean whole, GError **error);

/* annals-date-qualifiers.c: takes the words that say how sure the date is, and its part, from both
 * ends of @tokens. */
void     annals_date_fields_take_qualifiers (AnnalsDateFields *self, AnnalsTokens *tokens);

/* annals-date-foreign.c: @text with the names of months of other languages and the numeric dates
 * of East Asia in English; NULL when there are none */
char    *annals_date_dup_english     (const char *text);

/* annals-date-european.c: the same for German, French, Spanish and Russian */
char    *annals_date_dup_european    (const char *text, guint index);
gboolean annals_date_is_undated_word (const char *text);

G_END_DECLS
