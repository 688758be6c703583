/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * AnnalsSpanKind:
 *
 * What a run of a post's text is. The nick (annals_span_kind_to_string()) is what the notebook
 * file and the exports hold.
 */
typedef enum
{
  ANNALS_SPAN_HEADING,       /* value: "1" to "6" */
  ANNALS_SPAN_QUOTATION,     /* a block quotation; value: its source's address or NULL */
  ANNALS_SPAN_LIST_ITEM,     /* value: "-" or the item's number, then " " for each level below the first */
  ANNALS_SPAN_LINK,          /* value: the address */
  ANNALS_SPAN_EMPHASIS,
  ANNALS_SPAN_STRONG,
  ANNALS_SPAN_CODE,          /* in a line */
  ANNALS_SPAN_PREFORMATTED,  /* a block */
  ANNALS_SPAN_TABLE,         /* the whole table; value: number of columns */
  ANNALS_SPAN_CELL,          /* value: "row,column" from 0; "h" at the end for a header cell */
  ANNALS_SPAN_IMAGE,         /* covers the image's U+FFFC or its alternative text; value: the address */
} AnnalsSpanKind;

/**
 * AnnalsSpan:
 * @start: first code point
 * @end: code point after the last
 * @kind: what it is
 * @value: (nullable): see #AnnalsSpanKind
 */
typedef struct
{
  guint           start;
  guint           end;
  AnnalsSpanKind  kind;
  char           *value;
} AnnalsSpan;

/**
 * AnnalsText:
 *
 * The canonical text of a post with its spans: UTF-8 in normal form NFC, blocks separated by one
 * "\n", no other control character, no white space at either end of a block, runs of white space
 * outside preformatted blocks folded to one space (a no-break space is kept as it is). Offsets are
 * Unicode code points, end exclusive, as the W3C Web Annotation Data Model counts. Immutable,
 * counted, usable from any thread.
 */
typedef struct _AnnalsText AnnalsText;

#define ANNALS_TYPE_TEXT (annals_text_get_type ())
GType annals_text_get_type (void) G_GNUC_CONST;

AnnalsText       *annals_text_ref              (AnnalsText *self);
void              annals_text_unref            (AnnalsText *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsText, annals_text_unref)

/* Plain text: blank lines separate blocks, single line ends inside a block are white space. Bytes
 * that are not UTF-8 become U+FFFD; C0 and C1 controls become a space. @length -1: NUL-terminated. */
AnnalsText       *annals_text_new_from_plain   (const char  *text,
                                                gssize       length);
/* A fragment or a whole document of HTML, already in UTF-8 (repaired as above). Scripts, styles,
 * templates and comments give no text. @base_uri (nullable) resolves relative addresses. Any input
 * gives a text: HTML has no errors.
 * A line break ends a block. A table's row is one block, its cells separated by a space, when each
 * of them is a line; otherwise (pages laid out with tables) every cell is a block or more of its
 * own. The CELL spans tell them apart; an empty cell has none, and counts in the numbers of the
 * others. An image without alternative text is U+FFFC; one of data: has no address. Lines in a
 * PREFORMATTED span keep their white space, tabs as spaces, and may be empty. */
AnnalsText       *annals_text_new_from_html    (const char  *html,
                                                gssize       length,
                                                const char  *base_uri);
/* What the notebook stores: the text and its spans as JSON [[start,end,"kind","value" or null],…].
 * Fails with ANNALS_TEXT_ERROR when @string is not canonical or a span is out of bounds. */
AnnalsText       *annals_text_new_from_stored  (const char  *string,
                                                const char  *spans_json,
                                                GError     **error);

const char       *annals_text_get_string       (AnnalsText *self);
gsize             annals_text_get_n_bytes      (AnnalsText *self);
/* in code points */
guint             annals_text_get_length       (AnnalsText *self);
/* sorted by start, then by end descending (outer before inner) */
const AnnalsSpan *annals_text_get_spans        (AnnalsText *self,
                                                guint      *n_spans);
char             *annals_text_dup_spans_json   (AnnalsText *self);
/* lower-case hex of the string's bytes */
const char       *annals_text_get_sha256       (AnnalsText *self);

/* Offsets clamp to the text. Both are O(1) amortised: an index holds every 256th code point. */
gsize             annals_text_get_byte_offset  (AnnalsText *self,
                                                guint       offset);
guint             annals_text_get_offset       (AnnalsText *self,
                                                gsize       byte_offset);
char             *annals_text_dup_slice        (AnnalsText *self,
                                                guint       start,
                                                guint       end);
/* The @occurrence-th (from 1) place where @quote stands, white space folded and NFC on both sides.
 * FALSE when there is none. */
gboolean          annals_text_find             (AnnalsText *self,
                                                const char *quote,
                                                guint       occurrence,
                                                guint      *start,
                                                guint      *end);
/* How often @quote stands in the text (overlapping places count). */
guint             annals_text_count            (AnnalsText *self,
                                                const char *quote);
/* Where @words stand: pairs start, end (guint), ascending, none over another. Case, accents of letters,
 * kinds of quotation marks and dashes, and white space aside. For a thread when the text is long. */
GArray           *annals_text_find_all         (AnnalsText *self,
                                                const char *words);
/* At most @n_chars from the start in one line, cut at a word with "…" when longer. */
char             *annals_text_dup_lead         (AnnalsText *self,
                                                guint       n_chars);

const char       *annals_span_kind_to_string   (AnnalsSpanKind  kind);
gboolean          annals_span_kind_from_string (const char      *nick,
                                                AnnalsSpanKind  *kind);

/* For short strings (titles, names): UTF-8 repaired, controls and runs of white space to one
 * space, trimmed, NFC. NULL gives "". */
char             *annals_text_normalize_line   (const char *string,
                                                gssize      length);

/* For texts of any length: NFC in time linear in it, which g_utf8_normalize()'s is not. @string: valid UTF-8. */
char             *annals_text_compose          (const char *string);

/* The words of an HTML fragment as one line of plain text, entities decoded: for titles that hold
 * markup or references. */
char             *annals_text_line_from_html   (const char *html,
                                                gssize      length);

#define ANNALS_TEXT_ERROR (annals_text_error_quark ())
GQuark annals_text_error_quark (void);

typedef enum
{
  ANNALS_TEXT_ERROR_NOT_CANONICAL,
  ANNALS_TEXT_ERROR_BAD_SPANS,
} AnnalsTextError;

G_END_DECLS
