/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-text-private.h"

#include <libxml/tree.h>

G_BEGIN_DECLS

/* What an element is to the text. */
typedef enum
{
  ANNALS_HTML_INLINE,   /* and everything unknown */
  ANNALS_HTML_BASE,
  ANNALS_HTML_BLOCK,
  ANNALS_HTML_BREAK,
  ANNALS_HTML_CELL,
  ANNALS_HTML_CODE,
  ANNALS_HTML_EMPHASIS,
  ANNALS_HTML_HEADING,
  ANNALS_HTML_IMAGE,
  ANNALS_HTML_ITEM,
  ANNALS_HTML_LINK,
  ANNALS_HTML_LIST,
  ANNALS_HTML_NOSCRIPT,
  ANNALS_HTML_PREFORMATTED,
  ANNALS_HTML_QUOTATION,
  ANNALS_HTML_QUOTE,    /* in a line */
  ANNALS_HTML_ROW,
  ANNALS_HTML_RULE,
  ANNALS_HTML_STRONG,
  ANNALS_HTML_TABLE,
} AnnalsHtmlElement;

/* The tree of a mended source of less than 2 GB; NULL when there is no memory for it. */
xmlDoc           *annals_html_source_parse   (const GString *source);

AnnalsHtmlElement annals_html_element_lookup (xmlNode    *node);

/* The node after @node in the order of the page inside @root, or @root at the end; it leaves out
 * what is in @node unless @descend. */
xmlNode          *annals_html_next           (xmlNode    *node,
                                              xmlNode    *root,
                                              gboolean    descend);
/* Trimmed; NULL when it is not there. */
char             *annals_html_dup_attribute  (xmlNode    *node,
                                              const char *name);

/* What a browser reads for "&#number;". */
gunichar          annals_html_reference_number    (guint64     number);
/* What the name stands for with ";" behind it; 0 when it is none. */
gunichar          annals_html_reference_name      (const char *name);
/* Whether browsers know it without ";" too. */
gboolean          annals_html_reference_is_legacy (const char *name);

/**
 * AnnalsHtmlTable:
 *
 * Counts the rows and columns of an open table.
 */
typedef struct
{
  guint     span;
  guint     row;
  guint     column;      /* the next free one */
  guint     n_columns;
  gboolean  in_rows;
  GArray   *held;        /* guint per column: the first row that no cell from above reaches */
} AnnalsHtmlTable;

AnnalsHtmlTable *annals_html_table_new       (guint            span);
void             annals_html_table_free      (AnnalsHtmlTable *self);
void             annals_html_table_begin_row (AnnalsHtmlTable *self);
/* The value of the cell's span. */
char            *annals_html_table_take_cell (AnnalsHtmlTable *self,
                                              xmlNode         *cell);
gboolean         annals_html_row_is_line     (xmlNode         *row);

G_END_DECLS
