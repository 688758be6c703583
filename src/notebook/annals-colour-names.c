/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-colour-names.h"

#include <glib/gi18n-lib.h>

#include "annals-db-private.h"
#include "annals-text.h"

GHashTable *
annals_db_list_colour_names (AnnalsDb  *db,
                             GError   **error)
{
  g_autoptr(GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  g_return_val_if_fail (db != NULL, NULL);

  if (!(stmt = annals_db_borrow (db, "SELECT colour, name FROM colour_name", error)))
    return NULL;

  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    g_hash_table_insert (names, column_dup_text (stmt, 0), column_dup_text (stmt, 1));

  return step == STEP_DONE ? g_steal_pointer (&names) : NULL;
}

/* Two colours of one name could not be told apart in a list. */
static gboolean
check_free (AnnalsDb    *db,
            const char  *colour,
            const char  *name,
            GError     **error)
{
  g_autoptr(GHashTable) names = annals_db_list_colour_names (db, error);
  g_autofree char *folded = g_utf8_casefold (name, -1);
  guint n_colours;
  const AnnalsColour *palette = annals_palette_get (&n_colours);

  if (names == NULL)
    return FALSE;

  for (guint i = 0; i < n_colours; i++)
    {
      const char *given = g_hash_table_lookup (names, palette[i].name);
      g_autofree char *other = g_utf8_casefold (given != NULL ? given : annals_colour_get_meaning (&palette[i]), -1);

      if (!g_str_equal (palette[i].name, colour) && g_str_equal (other, folded))
        {
          g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_INVALID,
                       _("Highlights in %s are called “%s” already"), _(palette[i].label), name);
          return FALSE;
        }
    }

  return TRUE;
}

gboolean
annals_db_set_colour_name (AnnalsDb    *db,
                           const char  *colour,
                           const char  *name,
                           GError     **error)
{
  g_autofree char *clean = NULL;
  g_autoptr(BorrowedStmt) stmt = NULL;

  g_return_val_if_fail (db != NULL && colour != NULL && name != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  clean = annals_text_normalize_line (name, -1);
  if (!(colour = annals_db_clean_colour (colour, 0, error)))
    return FALSE;

  if (*clean == '\0' || g_str_equal (clean, annals_colour_get_meaning (annals_palette_lookup (colour))))
    {
      if (!(stmt = annals_db_borrow (db, "DELETE FROM colour_name WHERE colour = :colour", error)))
        return FALSE;
    }
  else
    {
      if (!check_free (db, colour, clean, error) ||
          !(stmt = annals_db_borrow (db,
                                     "INSERT INTO colour_name (colour, name) VALUES (:colour, :name) "
                                     "ON CONFLICT (colour) DO UPDATE SET name = :name WHERE name != :name",
                                     error)))
        return FALSE;
      bind_text (stmt, ":name", clean);
    }
  bind_text (stmt, ":colour", colour);

  return annals_db_run (db, stmt, error);
}
