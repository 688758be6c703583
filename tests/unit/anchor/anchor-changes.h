/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-anchor.h"

G_BEGIN_DECLS

/* What becomes of a text between two revisions, and of the passage in it. */
typedef enum
{
  ANCHOR_CHANGE_NONE,
  ANCHOR_CHANGE_BOILERPLATE,     /* paragraphs of other posts before, behind and between */
  ANCHOR_CHANGE_TYPOS,           /* two letters in a hundred mended, everywhere */
  ANCHOR_CHANGE_TYPOGRAPHY,      /* quotation marks, dashes, white space */
  ANCHOR_CHANGE_NEIGHBOURS,      /* sentences around the passage removed, exchanged, added */
  ANCHOR_CHANGE_EDITED,          /* words of the passage replaced, removed, added */
  ANCHOR_CHANGE_MOVE_PARAGRAPH,
  ANCHOR_CHANGE_MOVE_SENTENCE,   /* the passage's sentences alone go elsewhere */
  ANCHOR_CHANGE_DUPLICATED,      /* copies of its sentences appear elsewhere */
  ANCHOR_CHANGE_TEASER,          /* the text went on behind what was seen of it */
  ANCHOR_CHANGE_DELETED,         /* from here on nothing of the passage is left */
  ANCHOR_CHANGE_DELETED_SENTENCE,
  ANCHOR_CHANGE_DELETED_AMONG_LOOKALIKES,  /* passages much like it stood in the text and still do */
  ANCHOR_CHANGE_DELETED_FOR_LOOKALIKE,     /* one comes as it goes */
  ANCHOR_CHANGE_DELETED_COPY,    /* the same sentences stand elsewhere, before and after */
  ANCHOR_CHANGE_REWRITTEN,       /* other words stand in its place */
  ANCHOR_CHANGE_REPLACED,        /* the whole text is another one */
} AnchorChange;

#define ANCHOR_N_CHANGES (ANCHOR_CHANGE_REPLACED + 1)

typedef struct
{
  AnnalsText     *before;
  AnnalsText     *after;
  AnnalsSelector *selector;   /* of the passage in @before */
  guint           start;      /* where it stands in @after; G_MAXUINT: nowhere */
  guint           end;
} AnchorCase;

const char *anchor_change_to_string (AnchorChange  change);
gboolean    anchor_change_deletes   (AnchorChange  change);
/* NULL: the texts have no passage that could be changed so. @texts: AnnalsText; the one at
 * @index is changed, the others lend words and paragraphs. */
AnchorCase *anchor_case_new         (GPtrArray    *texts,
                                     guint         index,
                                     AnchorChange  change,
                                     guint         min_length,
                                     GRand        *rand);
void        anchor_case_free        (AnchorCase   *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnchorCase, anchor_case_free)

/* Real texts: those of ANNALS_SHARED when it is there, else the ones in the tree. Each has from
 * @min_length to @max_length code points. Returns: (transfer full) (element-type AnnalsText) */
GPtrArray  *anchor_texts_load       (guint         min_length,
                                     guint         max_length);

G_END_DECLS
