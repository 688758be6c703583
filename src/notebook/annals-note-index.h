/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-db.h"

G_BEGIN_DECLS

/* Where a text stands that the user wrote or marked. */
typedef enum
{
  ANNALS_NOTE_PART_ANY,
  ANNALS_NOTE_PART_TITLE,   /* of a memo or an event */
  ANNALS_NOTE_PART_TEXT,    /* a note, a memo's text, an event's account */
  ANNALS_NOTE_PART_QUOTE,   /* the passage of an annotation */
} AnnalsNotePart;

/* Ids (gint64), ascending, of the annotations, memos or events that fit the FTS5 expression @match.
 * @record: ANNALS_RECORD_ANNOTATION, _MEMO or _EVENT. */
GArray *annals_db_search_texts (AnnalsDb        *db,
                                AnnalsRecord     record,
                                AnnalsNotePart   part,
                                const char      *match,
                                GError         **error);

G_END_DECLS
