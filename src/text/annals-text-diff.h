/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-text.h"

G_BEGIN_DECLS

typedef enum
{
  ANNALS_DIFF_SAME,
  ANNALS_DIFF_REMOVED,    /* in the older text only */
  ANNALS_DIFF_INSERTED,   /* in the newer text only */
} AnnalsDiffKind;

/**
 * AnnalsDiffPiece:
 *
 * A run of one text or of both. Offsets are code points of the older text for SAME and REMOVED, of the
 * newer for INSERTED; a piece of SAME is as long in both.
 */
typedef struct
{
  AnnalsDiffKind kind;
  guint          start;
  guint          end;
  guint          n_words;   /* 0 for SAME */
} AnnalsDiffPiece;

/* What changed from @older to @newer, word by word: pieces (element type AnnalsDiffPiece) that give the
 * older text without the INSERTED ones and the newer one without the REMOVED ones. Where so much changed
 * that a comparison of words would be long and say nothing, a passage is shown as removed and inserted
 * as a whole. For a thread when the texts are long. */
GArray *annals_text_diff (AnnalsText *older,
                          AnnalsText *newer);

G_END_DECLS
