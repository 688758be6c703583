/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether the pages of the file hold together. */
#include "config.h"

#include <string.h>

#include "annals-db-private.h"

/* Table by table; what of the file belongs to none is not looked at then. */
#define EACH_TABLE(check) \
  "SELECT message.* FROM pragma_" check " ('sqlite_schema') AS message " \
  "UNION ALL SELECT message.* FROM sqlite_schema AS part, pragma_" check " (part.name) AS message " \
  "WHERE part.type = 'table' AND part.rootpage > 0"

/* @line is what SQLite says of a page: the code that reading it failed with, SQLITE_CORRUPT when it was read. */
static int
code_of_damage (const char *line)
{
  static const char before[] = "error code=";
  const char *at = strstr (line, before);
  int code = at != NULL ? (int) g_ascii_strtoll (at + strlen (before), NULL, 10) : SQLITE_CORRUPT;

  return code > 0 ? code : SQLITE_CORRUPT;
}

/* From 3.44 on SQLite looks into the indexes of words as well. Those can be made again and are checked for themselves:
 * they must not stand in the way of the one who wants to mend them. */
static gboolean
says_damage (const char *line)
{
  return !g_str_equal (line, "ok") && strstr (line, "FTS5 table") == NULL;
}

static gboolean
read_damages (AnnalsDb      *self,
              BorrowedStmt  *stmt,
              GPtrArray     *damages,
              GError       **error)
{
  AnnalsStep step;

  while ((step = annals_db_step (self, stmt, error)) == STEP_ROW)
    {
      const char *line = column_text (stmt, 0);
      int code = code_of_damage (line);

      if (!says_damage (line))
        continue;
      if (code != SQLITE_CORRUPT)
        {
          annals_db_set_error (self, code, NULL, error);
          return FALSE;
        }
      g_ptr_array_add (damages, g_strdelimit (g_strdup (line), "\n", ' '));
    }

  return step == STEP_DONE;
}

gboolean
annals_db_check_structure (AnnalsDb   *self,
                           gboolean    deep,
                           GPtrArray  *damages,
                           char      **index,
                           GError    **error)
{
  g_autoptr(GError) failure = NULL;
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (self, deep ? "PRAGMA integrity_check" : "PRAGMA quick_check",
                                                   &failure);
  g_autoptr(BorrowedStmt) each = NULL;

  *index = NULL;
  if (stmt != NULL)
    return read_damages (self, stmt, damages, error);

  /* From 3.44 on SQLite opens the indexes of words for that, and refuses the whole where one has lost its beginning. */
  if (!g_error_matches (failure, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_CORRUPT) &&
      !g_error_matches (failure, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_FAILED))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (!(each = annals_db_borrow (self, deep ? EACH_TABLE ("integrity_check") : EACH_TABLE ("quick_check"), error)) ||
      !read_damages (self, each, damages, error))
    return FALSE;

  *index = g_strdup (failure->message);
  return TRUE;
}

gboolean
annals_db_find_damage (AnnalsDb  *self,
                       char     **damage,
                       GError   **error)
{
  g_autoptr(GPtrArray) damages = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *index = NULL;

  *damage = NULL;
  if (!annals_db_check_structure (self, FALSE, damages, &index, error))
    return FALSE;

  if (damages->len > 0)
    *damage = g_strdup (damages->pdata[0]);
  return TRUE;
}
