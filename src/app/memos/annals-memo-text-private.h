/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-memo-completion.h"
#include "annals-memo-text.h"

G_BEGIN_DECLS

typedef enum
{
  ANNALS_STYLE_HEADING_1,
  ANNALS_STYLE_HEADING_2,
  ANNALS_STYLE_HEADING_3,
  ANNALS_STYLE_QUOTE,
  ANNALS_STYLE_SIGN,     /* what only marks up */
  ANNALS_STYLE_BOLD,
  ANNALS_STYLE_ITALIC,
  ANNALS_STYLE_CODE,
  ANNALS_STYLE_OPEN,     /* [[a title]] that names nothing */
  ANNALS_N_STYLES
} AnnalsStyle;

struct _AnnalsMemoText
{
  GtkTextView           parent_instance;
  AnnalsDesk           *desk;
  GtkTextBuffer        *buffer;
  GtkTextTag           *styles[ANNALS_N_STYLES];
  GPtrArray            *chips;         /* (element type GtkTextTag) one a reference, each with its AnnalsNamed */
  AnnalsMemoCompletion *completion;
  int                   first_dirty;   /* lines to be styled; -1: none */
  int                   last_dirty;
  guint                 style_id;
  guint                 convert_id;
  gboolean              filling;       /* the program writes, not the user */
};

/* annals-memo-chips.c */
/* The record that the reference at @iter names; NULL when there is none. @tag (out, optional) */
const AnnalsNamed *annals_memo_chip_at       (AnnalsMemoText    *self,
                                              const GtkTextIter *iter,
                                              GtkTextTag       **tag);
/* @iter (inout): behind the reference afterwards */
void               annals_memo_chip_insert   (AnnalsMemoText    *self,
                                              GtkTextIter       *iter,
                                              const AnnalsNamed *named);
/* What is known by now of the records that are named; their titles are as they were. */
void               annals_memo_chips_refresh (AnnalsMemoText   *self,
                                              GPtrArray         *named);
void               annals_memo_chips_clear   (AnnalsMemoText    *self);
/* From @start to @end as it is stored. */
char              *annals_memo_chips_dup     (AnnalsMemoText    *self,
                                              const GtkTextIter *start,
                                              const GtkTextIter *end);
void               annals_memo_chips_connect (AnnalsMemoText    *self);
/* Puts text with references at @iter. @named (nullable): as in annals_memo_text_set_text() */
void               annals_memo_chips_insert_text (AnnalsMemoText *self,
                                                  GtkTextIter    *iter,
                                                  const char     *text,
                                                  GPtrArray      *named);

/* annals-memo-passages.c: passages of posts can be dropped */
void               annals_memo_passages_init (AnnalsMemoText    *self);

/* annals-memo-style.c */
void               annals_memo_style_init    (AnnalsMemoText    *self);
/* Styles these lines soon. */
void               annals_memo_style_queue   (AnnalsMemoText    *self,
                                              int                first,
                                              int                last);

G_END_DECLS
