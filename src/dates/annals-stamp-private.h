/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-date-names.h"
#include "annals-stamp.h"

G_BEGIN_DECLS

typedef enum
{
  ANNALS_STAMP_NO_MATCH,    /* another reader may understand it */
  ANNALS_STAMP_MATCH,
  ANNALS_STAMP_NO_DATE,     /* its form is clear, but there is no such date */
} AnnalsStampMatch;

/* What was said; -1 where nothing was */
typedef struct
{
  int      year;
  int      month;
  int      day;
  int      hour;
  int      minute;
  int      second;
  gboolean has_offset;
  int      offset;          /* minutes east of UTC */
  gboolean is_week;         /* year, month, day are a week's Monday */
  gboolean swapped;         /* month and day may also be read the other way */
} AnnalsStampFields;

void             annals_stamp_fields_clear (AnnalsStampFields *fields);

/* annals-stamp-machine.c: @string is trimmed; all of it must be of the form. @unix is set where
 * the string counts seconds instead of naming fields. */
AnnalsStampMatch annals_stamp_match_machine (const char        *string,
                                             AnnalsStampFields *fields,
                                             gint64            *unix_seconds,
                                             gboolean          *is_unix);
/* annals-stamp-words.c: @string is valid UTF-8. With @used (nullable, out) only its beginning must
 * be a date, which @used bytes of it are, and without leading words ("Posted on"). */
AnnalsStampMatch annals_stamp_match_words   (const char        *string,
                                             gsize              length,
                                             const char        *language,
                                             AnnalsStampFields *fields,
                                             gsize             *used);

#define ANNALS_STAMP_MAX_TOKENS 64

typedef enum
{
  ANNALS_STAMP_TOKEN_END,
  ANNALS_STAMP_TOKEN_NUMBER,
  ANNALS_STAMP_TOKEN_NAME,
  ANNALS_STAMP_TOKEN_SIGN,
} AnnalsStampTokenKind;

typedef struct
{
  AnnalsStampTokenKind           kind;
  AnnalsDateNameKind  name;
  int                 value;     /* of a number, of a name */
  int                 n_digits;
  char                sign;
  gboolean            glued;     /* no space before it */
  char                text[16];  /* of a name, cut */
  guint16             start;     /* in the folded string */
  guint16             end;
} AnnalsStampToken;

/* annals-stamp-tokens.c: fills in @tokens, which has room for ANNALS_STAMP_MAX_TOKENS and one more
 * and is all 0. FALSE when @folded has something that no date has; with @prefix, that ends the
 * tokens instead. */
gboolean         annals_stamp_read_tokens   (AnnalsStampToken  *tokens,
                                             guint             *n_tokens,
                                             const char        *folded,
                                             gboolean           prefix);

G_END_DECLS
