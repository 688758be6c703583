/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-proposal-private.h"

G_BEGIN_DECLS

/* Korean glues its particles to the words, so this reads characters, from the beginning of a word
 * on. The same reader takes 2020年3月9日. */
typedef struct
{
  const AnnalsSentence *sentence;
  const char           *p;
  const char           *end;
} AnnalsKorean;

/* annals-proposal-korean-words.c: each takes what it finds, and nothing when that is not there.
 * Words are separated by "|"; take_one() gives the place of the one found, from 1. Numbers are 0
 * when there is none. */
void        annals_korean_skip_space   (AnnalsKorean *cursor);
gboolean    annals_korean_looks_at     (const AnnalsKorean *cursor, const char *word);
gboolean    annals_korean_take         (AnnalsKorean *cursor, const char *word);
int         annals_korean_take_one     (AnnalsKorean *cursor, const char *words);
int         annals_korean_take_number  (AnnalsKorean *cursor, int max_digits);
int         annals_korean_take_counted (AnnalsKorean *cursor, int max_digits, const char *units);
gboolean    annals_korean_ends_word    (const AnnalsKorean *cursor);
AnnalsThird annals_korean_take_third   (AnnalsKorean *cursor);
int         annals_korean_take_weekday (AnnalsKorean *cursor);
int         annals_korean_take_day     (AnnalsKorean *cursor);
gboolean    annals_korean_take_season  (AnnalsKorean *cursor, AnnalsPoint *point);
void        annals_korean_take_parts   (AnnalsKorean *cursor, AnnalsPoint *point);

/* annals-proposal-korean-points.c */
gboolean    annals_korean_read_point   (AnnalsKorean *cursor, AnnalsPoint *point);

G_END_DECLS
