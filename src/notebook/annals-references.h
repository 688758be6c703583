/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-named.h"

G_BEGIN_DECLS

/**
 * AnnalsReference:
 *
 * A place in a memo's text that names a record: [[post:UID|title]], and likewise note, event, timeline, tag
 * and memo. The uid says what is meant; the title is what it was called when it was written, for those who
 * read the text elsewhere. [[title]] alone names nothing yet.
 */
typedef struct
{
  gsize         start;   /* bytes of the text, from the first bracket */
  gsize         end;     /* behind the last one */
  AnnalsRecord  kind;    /* ANNALS_N_RECORDS: a title alone */
  char         *uid;     /* (nullable) */
  char         *title;
} AnnalsReference;

void        annals_reference_free           (AnnalsReference *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsReference, annals_reference_free)

/* In the order of the text (element type AnnalsReference). */
GPtrArray  *annals_references_parse         (const char      *text);
/* "[[post:UID|title]]"; brackets that a reader would take for the end are set apart in the title. */
char       *annals_reference_dup_text       (AnnalsRecord     kind,
                                             const char      *uid,
                                             const char      *title);
/* The text with what names the record @uid naming @again instead, by @title (nullable: by the title it has there). */
char       *annals_references_rename        (const char      *text,
                                             AnnalsRecord     kind,
                                             const char      *uid,
                                             const char      *again,
                                             const char      *title);
/* Whether memos can name such a record. */
gboolean    annals_reference_takes          (AnnalsRecord     kind);
/* The kind's word in the text: "note" */
const char *annals_reference_kind_to_string (AnnalsRecord     kind);

/* The text with what is named called as it is now; @named (out, optional): (element type AnnalsNamed) parallel to
 * its references, ANNALS_WHERE_MISSING for those that lead nowhere. */
char       *annals_db_refresh_references    (AnnalsDb        *db,
                                             const char      *text,
                                             GPtrArray      **named,
                                             GError         **error);
/* The text with each [[title]] that fits exactly one record (case aside) made a reference to it. */
char       *annals_db_resolve_references    (AnnalsDb        *db,
                                             const char      *text,
                                             GError         **error);
/* A passage as memos quote it: a block quotation, its post with source and date, and the way back to it. */
char       *annals_db_quote_annotation      (AnnalsDb        *db,
                                             gint64           annotation_id,
                                             GError         **error);

G_END_DECLS
