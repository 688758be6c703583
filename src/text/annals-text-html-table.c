/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-limits.h"
#include "annals-text-html-private.h"

#include <stdlib.h>
#include <string.h>

AnnalsHtmlTable *
annals_html_table_new (guint span)
{
  AnnalsHtmlTable *self = g_new0 (AnnalsHtmlTable, 1);

  self->span = span;
  self->held = g_array_new (FALSE, TRUE, sizeof (guint));

  return self;
}

void
annals_html_table_free (AnnalsHtmlTable *self)
{
  g_array_unref (self->held);
  g_free (self);
}

void
annals_html_table_begin_row (AnnalsHtmlTable *self)
{
  if (self->in_rows)
    self->row++;
  self->in_rows = TRUE;
  self->column = 0;
}

static guint
span_attribute (xmlNode    *cell,
                const char *name,
                guint       max)
{
  g_autofree char *value = annals_html_dup_attribute (cell, name);
  guint64 number = value != NULL ? g_ascii_strtoull (value, NULL, 10) : 1;

  return CLAMP (number, 1, max);
}

char *
annals_html_table_take_cell (AnnalsHtmlTable *self,
                             xmlNode         *cell)
{
  guint columns = span_attribute (cell, "colspan", ANNALS_LIMIT_TABLE_COLUMNS);
  guint rows = span_attribute (cell, "rowspan", ANNALS_LIMIT_TABLE_ROWS);
  guint column = self->column;

  if (!self->in_rows)
    annals_html_table_begin_row (self);

  /* Cells of rows above may reach down into this one. */
  while (column < self->held->len && g_array_index (self->held, guint, column) > self->row)
    column++;

  self->column = MIN (column + columns, ANNALS_LIMIT_TABLE_COLUMNS);
  self->n_columns = MAX (self->n_columns, self->column);

  if (rows > 1)
    {
      if (self->held->len < self->column)
        g_array_set_size (self->held, self->column);
      for (guint i = column; i < self->column; i++)
        g_array_index (self->held, guint, i) = self->row + rows;
    }

  return g_strdup_printf ("%u,%u%s", self->row, column,
                          g_str_equal (cell->name, "th") ? "h" : "");
}

/* Whether every cell of @row is a line at most: one block, nothing that has lines of its own. It
 * stops at the first table inside, so that nested tables cost no more than their size. */
gboolean
annals_html_row_is_line (xmlNode *row)
{
  xmlNode *node = row->children;
  guint blocks = 0;

  while (node != NULL && node != row)
    {
      if (node->type == XML_ELEMENT_NODE)
        {
          switch (annals_html_element_lookup (node))
            {
            case ANNALS_HTML_CELL:
              blocks = 0;
              break;

            case ANNALS_HTML_BLOCK:
              if (++blocks > 1)
                return FALSE;
              break;

            case ANNALS_HTML_HEADING:
            case ANNALS_HTML_ITEM:
            case ANNALS_HTML_LIST:
            case ANNALS_HTML_PREFORMATTED:
            case ANNALS_HTML_QUOTATION:
            case ANNALS_HTML_RULE:
            case ANNALS_HTML_TABLE:
            case ANNALS_HTML_ROW:
              return FALSE;

            default:
              break;
            }
        }

      node = annals_html_next (node, row, TRUE);
    }

  return TRUE;
}
