/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-csv-row.h"

#include "annals-limits.h"
#include "annals-list-mapping.h"

#include <string.h>

/* Rows that a dialect is guessed from, and columns that a row may have */
#define MAX_ROWS 200
#define MAX_COLUMNS ANNALS_LIMIT_COLUMNS
#define MAX_HEADING 60
/* Rows that are compared with the first. */
#define MAX_COMPARED 8

/* --- rows --- */

/* The quoted field whose first quotation mark @at is, without it; behind its last one, NULL when there is none. */
static const char *
read_quoted (GString    *cell,
             const char *at,
             const char *end,
             char        separator,
             gboolean    final)
{
  for (at++; at < end; at++)
    {
      const char *mark = memchr (at, '"', (gsize) (end - at));

      if (mark == NULL)
        return NULL;

      g_string_append_len (cell, at, mark - at);
      at = mark;

      if (at + 1 == end)
        return final ? end : NULL;
      if (at[1] == '"')
        at++;
      else if (at[1] == separator || at[1] == '\n' || at[1] == '\r')
        return at + 1;
      /* as some programs write it: \" */
      else if (cell->len > 0 && cell->str[cell->len - 1] == '\\')
        g_string_truncate (cell, cell->len - 1);

      g_string_append_c (cell, '"');
    }

  return NULL;
}

AnnalsCsvResult
annals_csv_row_read (const char  *at,
                     const char  *end,
                     char         separator,
                     gboolean     quotes,
                     gboolean     final,
                     GPtrArray   *cells,
                     const char **behind)
{
  const char stops[] = { separator, '\r', '\n', '\0' };
  g_autoptr(GString) cell = g_string_new (NULL);

  g_ptr_array_set_size (cells, 0);

  while (TRUE)
    {
      gsize length;

      g_string_truncate (cell, 0);

      if (quotes && at < end && *at == '"')
        {
          at = read_quoted (cell, at, end, separator, final);
          if (at == NULL)
            return final ? ANNALS_CSV_UNCLOSED : ANNALS_CSV_MORE;
        }

      length = MIN (strcspn (at, stops), (gsize) (end - at));
      g_string_append_len (cell, at, (gssize) length);
      at += length;

      if (at == end && !final)
        return ANNALS_CSV_MORE;

      if (cells->len < MAX_COLUMNS)
        g_ptr_array_add (cells, g_strdup (cell->str));

      if (at == end)
        break;
      if (*at == separator)
        {
          at++;
          continue;
        }

      if (*at == '\r' && at + 1 == end && !final)
        return ANNALS_CSV_MORE;
      at += *at == '\r' && at + 1 < end && at[1] == '\n' ? 2 : 1;
      break;
    }

  *behind = at;

  return ANNALS_CSV_ROW;
}

/* --- the dialect --- */

static gboolean
is_blank (GPtrArray *cells)
{
  return cells->len == 1 && *(char *) cells->pdata[0] == '\0';
}

/* Counts the columns of the rows in @head. */
static void
count_rows (AnnalsCsvDialect *self,
            const char       *head,
            gboolean          whole)
{
  g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  const char *end = head + strlen (head);
  guint counts[MAX_COLUMNS + 1] = { 0 };

  for (const char *at = head + self->start; at < end && self->n_rows < MAX_ROWS;)
    {
      AnnalsCsvResult result = annals_csv_row_read (at, end, self->separator, TRUE, whole, cells, &at);

      if (result == ANNALS_CSV_UNCLOSED)
        result = annals_csv_row_read (at, end, self->separator, FALSE, whole, cells, &at);
      if (result != ANNALS_CSV_ROW)
        break;
      if (is_blank (cells))
        continue;

      self->n_rows++;
      counts[cells->len]++;
    }

  for (guint i = 2; i <= MAX_COLUMNS; i++)
    if (counts[i] > self->n_regular)
      {
        self->n_columns = i;
        self->n_regular = counts[i];
      }
}

static gboolean
is_heading (const char *cell)
{
  return *cell != '\0' && g_utf8_strlen (cell, -1) <= MAX_HEADING && strchr (cell, '\n') == NULL &&
         strstr (cell, "://") == NULL && !g_ascii_isdigit (*cell);
}

/* Whether some column has no value in the rows at @at that could be a heading: dates, addresses, long texts. Then
 * a first row of headings is one, in whatever language. */
static gboolean
has_column_of_values (AnnalsCsvDialect *self,
                      const char       *at,
                      const char       *end,
                      gboolean          whole)
{
  g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  g_autofree gboolean *values = g_new (gboolean, self->n_columns);
  guint n_rows = 0;

  for (guint i = 0; i < self->n_columns; i++)
    values[i] = TRUE;

  while (at < end && n_rows < MAX_COMPARED &&
         annals_csv_row_read (at, end, self->separator, TRUE, whole, cells, &at) == ANNALS_CSV_ROW)
    {
      if (is_blank (cells))
        continue;

      n_rows++;
      for (guint i = 0; i < self->n_columns; i++)
        values[i] = values[i] && i < cells->len && *(char *) cells->pdata[i] != '\0' &&
                    !is_heading (cells->pdata[i]);
    }

  for (guint i = 0; n_rows >= 2 && i < self->n_columns; i++)
    if (values[i])
      return TRUE;

  return FALSE;
}

/* Whether the first row names the columns: each with something short that is no value, and at least one as
 * columns are called, or with values below it that look otherwise. */
static gboolean
has_header (AnnalsCsvDialect *self,
            const char       *head,
            gboolean          whole)
{
  g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  const char *behind;
  guint n_known = 0, n_headings = 0;

  if (annals_csv_row_read (head + self->start, head + strlen (head), self->separator, TRUE, whole, cells,
                           &behind) != ANNALS_CSV_ROW)
    return FALSE;

  for (guint i = 0; i < cells->len; i++)
    {
      gboolean known = FALSE;

      n_headings += is_heading (cells->pdata[i]);
      for (AnnalsField field = 0; field < ANNALS_N_FIELDS && !known; field++)
        known = annals_list_names_field (cells->pdata[i], field);
      n_known += known;
    }

  return (n_known > 0 && n_headings + 1 >= cells->len) ||
         (n_headings == cells->len && cells->len == self->n_columns &&
          has_column_of_values (self, behind, head + strlen (head), whole));
}

gboolean
annals_csv_dialect_guess (AnnalsCsvDialect *self,
                          const char       *head,
                          gboolean          whole)
{
  static const char separators[] = { ',', ';', '\t', '|' };
  AnnalsCsvDialect best = { 0 };
  double best_score = 0;

  for (guint i = 0; i < G_N_ELEMENTS (separators); i++)
    {
      AnnalsCsvDialect dialect = { .separator = separators[i] };
      double score;

      /* what a spreadsheet writes in front to say so */
      if (g_str_has_prefix (head, "sep=") && head[4] == separators[i])
        dialect.start = 5 + strspn (head + 5, "\r\n");
      else if (g_str_has_prefix (head, "sep="))
        continue;

      count_rows (&dialect, head, whole);
      if (dialect.n_regular == 0)
        continue;

      /* rows that agree count most, then how many columns they have */
      score = (double) dialect.n_regular / dialect.n_rows + MIN (dialect.n_columns, 20) / 40.0;
      if (score > best_score)
        {
          best_score = score;
          best = dialect;
        }
    }

  if (best.n_regular == 0)
    return FALSE;

  best.header = has_header (&best, head, whole);
  *self = best;

  return TRUE;
}
