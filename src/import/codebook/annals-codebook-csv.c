/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-codebook-private.h"
#include "annals-csv-row.h"
#include "annals-text.h"

/* Columns by their names, any case, in any order. */
typedef enum
{
  COLUMN_NAME,
  COLUMN_PARENT,
  COLUMN_COLOUR,
  COLUMN_DESCRIPTION,
  COLUMN_SYNONYMS,
  COLUMN_UID,
  COLUMN_RULE,
  N_COLUMNS,
} Column;

static const char * const column_names[N_COLUMNS][4] = {
  [COLUMN_NAME] = { "name", "code", "tag" },
  [COLUMN_PARENT] = { "parent", "category" },
  [COLUMN_COLOUR] = { "colour", "color" },
  [COLUMN_DESCRIPTION] = { "description", "memo", "definition" },
  [COLUMN_SYNONYMS] = { "synonyms", "aliases" },
  [COLUMN_UID] = { "guid", "uid" },
  [COLUMN_RULE] = { "rule", "query" },
};

typedef struct
{
  AnnalsCodebook *codebook;
  GPtrArray      *cells;
  int             places[N_COLUMNS];   /* -1: there is no such column */
  GHashTable     *by_name;             /* folded name → number + 1 */
  GPtrArray      *parents;             /* names, a code each */
} Reading;

/* What a spreadsheet would take for a formula has an apostrophe in front. */
static const char *
skip_guard (const char *cell)
{
  return cell[0] == '\'' && cell[1] != '\0' && strchr ("=+-@\t\r'", cell[1]) != NULL ? cell + 1 : cell;
}

/* "" when the row has no such cell. */
static const char *
get_cell (Reading *self,
          Column   column)
{
  int place = self->places[column];

  return place >= 0 && (guint) place < self->cells->len ? skip_guard (self->cells->pdata[place]) : "";
}

/* The sign that makes the most columns of the first row. */
static char
guess_separator (const char *text,
                 const char *end)
{
  static const char separators[] = { ',', ';', '\t' };
  g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  char best = ',';
  guint most = 0;

  for (guint i = 0; i < G_N_ELEMENTS (separators); i++)
    {
      const char *behind;

      if (annals_csv_row_read (text, end, separators[i], TRUE, TRUE, cells, &behind) == ANNALS_CSV_ROW &&
          cells->len > most)
        {
          most = cells->len;
          best = separators[i];
        }
    }

  return best;
}

static void
find_columns (Reading *self)
{
  for (guint column = 0; column < N_COLUMNS; column++)
    {
      self->places[column] = -1;
      for (guint i = 0; i < self->cells->len && self->places[column] < 0; i++)
        {
          g_autofree char *cell = g_strstrip (g_utf8_strdown (self->cells->pdata[i], -1));

          if (g_strv_contains (column_names[column], cell))
            self->places[column] = (int) i;
        }
    }
}

/* Other names stand in lines of their own, or between semicolons. */
static char **
split_synonyms (const char *cell)
{
  g_auto(GStrv) pieces = g_strsplit_set (cell, strchr (cell, '\n') != NULL ? "\n" : ";", -1);
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; pieces[i] != NULL; i++)
    {
      g_autofree char *name = annals_text_normalize_line (pieces[i], -1);

      if (*name != '\0')
        g_strv_builder_add (names, name);
    }

  return g_strv_builder_end (names);
}

static char *
dup_said (const char *cell)
{
  return *cell != '\0' ? g_strdup (cell) : NULL;
}

static gboolean
read_code (Reading  *self,
           guint     row,
           GError  **error)
{
  g_autofree char *name = annals_text_normalize_line (get_cell (self, COLUMN_NAME), -1);
  g_autofree char *folded = annals_tag_fold (name);
  AnnalsCode *code;

  if (*name == '\0')
    {
      annals_codebook_remark (self->codebook, _("Row %u has no name"), row);
      return TRUE;
    }

  if (g_hash_table_contains (self->by_name, folded))
    {
      annals_codebook_remark (self->codebook, _("Row %u: “%s” is there already"), row, name);
      return TRUE;
    }

  if (!(code = annals_codebook_add (self->codebook, g_steal_pointer (&name), error)))
    return FALSE;

  code->uid = annals_codebook_dup_uid (self->codebook, get_cell (self, COLUMN_UID));
  code->colour = annals_codebook_dup_colour (self->codebook, get_cell (self, COLUMN_COLOUR));
  code->description = dup_said (get_cell (self, COLUMN_DESCRIPTION));
  code->rule = dup_said (get_cell (self, COLUMN_RULE));
  code->synonyms = split_synonyms (get_cell (self, COLUMN_SYNONYMS));
  g_ptr_array_add (self->parents, annals_text_normalize_line (get_cell (self, COLUMN_PARENT), -1));
  g_hash_table_insert (self->by_name, g_steal_pointer (&folded), GUINT_TO_POINTER (self->codebook->codes->len));

  return TRUE;
}

/* Tags that stand only in the column of parents are there, too. */
static gboolean
find_parents (Reading  *self,
              GError  **error)
{
  guint n = self->parents->len;

  for (guint i = 0; i < n && self->places[COLUMN_PARENT] >= 0; i++)
    {
      AnnalsCode *code = self->codebook->codes->pdata[i];
      const char *parent = self->parents->pdata[i];
      g_autofree char *folded = annals_tag_fold (parent);
      guint number = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_name, folded));

      if (*parent != '\0' && number == 0)
        {
          if (annals_codebook_add (self->codebook, g_strdup (parent), error) == NULL)
            return FALSE;
          number = self->codebook->codes->len;
          g_hash_table_insert (self->by_name, g_steal_pointer (&folded), GUINT_TO_POINTER (number));
        }

      code->parent = *parent != '\0' ? (int) number - 1 : ANNALS_CODE_TOP;
    }

  return TRUE;
}

static gboolean
read_rows (Reading     *self,
           const char  *text,
           const char  *end,
           const char  *name,
           GError     **error)
{
  char separator = guess_separator (text, end);
  const char *at = text;

  for (guint row = 1; at < end; row++)
    {
      if (annals_csv_row_read (at, end, separator, TRUE, TRUE, self->cells, &at) != ANNALS_CSV_ROW)
        {
          g_set_error (error, ANNALS_CODEBOOK_ERROR, ANNALS_CODEBOOK_ERROR_FORMAT,
                       _("“%s”: a quotation mark in row %u is not closed"), name, row);
          return FALSE;
        }

      if (row == 1)
        find_columns (self);
      if (self->places[COLUMN_NAME] < 0)
        break;
      if (row > 1 && (self->cells->len > 1 || *(char *) self->cells->pdata[0] != '\0') &&
          !read_code (self, row, error))
        return FALSE;
    }

  if (at > text && self->places[COLUMN_NAME] >= 0)
    return TRUE;

  g_set_error (error, ANNALS_CODEBOOK_ERROR, ANNALS_CODEBOOK_ERROR_FORMAT,
               _("“%s” is no list of tags: it has no column “name”, and it is no REFI-QDA codebook"), name);
  return FALSE;
}

AnnalsCodebook *
annals_codebook_parse_csv (const char  *text,
                           gsize        size,
                           const char  *name,
                           GError     **error)
{
  g_autoptr(AnnalsCodebook) codebook = annals_codebook_new ();
  Reading reading = { .codebook = codebook };
  gboolean ok;

  for (guint i = 0; i < N_COLUMNS; i++)
    reading.places[i] = -1;
  reading.cells = g_ptr_array_new_with_free_func (g_free);
  reading.parents = g_ptr_array_new_with_free_func (g_free);
  reading.by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  ok = read_rows (&reading, text, text + size, name, error) && find_parents (&reading, error);
  g_ptr_array_unref (reading.cells);
  g_ptr_array_unref (reading.parents);
  g_hash_table_unref (reading.by_name);

  return ok ? g_steal_pointer (&codebook) : NULL;
}
