/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "annals-collation.h"
#include "annals-columns-private.h"

/* What the index of the file holds, which knows nothing of languages: a file travels, and so would their order. */
#define TITLES "SELECT id, title FROM post WHERE withdrawn = 0 AND trashed = 0 ORDER BY title COLLATE NOCASE, id"

typedef struct
{
  guint32 id;
  gsize   key;    /* where it begins */
} Place;

static int
compare_places (gconstpointer a,
                gconstpointer b,
                gpointer      user_data)
{
  const char *keys = user_data;
  const Place *one = a;
  const Place *two = b;
  int order = strcmp (keys + one->key, keys + two->key);

  return order != 0 ? order : (one->id > two->id) - (one->id < two->id);
}

static gboolean
read_titles (AnnalsDb  *db,
             gint64     top,
             GArray    *places,
             GString   *keys,
             GError   **error)
{
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (db, TITLES, error);
  AnnalsStep step = STEP_ERROR;

  while (stmt != NULL && (step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      gint64 id = column_int64 (stmt, 0);
      g_autofree char *key = NULL;
      Place place;

      if (id < 0 || id > top)
        continue;

      key = annals_collation_key (column_text (stmt, 1));
      place.id = (guint32) id;
      place.key = keys->len;
      g_string_append_len (keys, key, (gssize) strlen (key) + 1);
      g_array_append_val (places, place);
    }

  return step == STEP_DONE;
}

/* Posts by title, in the order of the user's language. */
gboolean
annals_db_load_title_order (AnnalsDb  *db,
                            gint64     top,
                            guint32  **ids,
                            guint32  **places,
                            guint     *n,
                            GError   **error)
{
  g_autoptr(GArray) sorted = g_array_new (FALSE, FALSE, sizeof (Place));
  g_autoptr(GString) keys = g_string_new (NULL);

  if (!read_titles (db, top, sorted, keys, error))
    return FALSE;

  g_array_sort_with_data (sorted, compare_places, keys->str);
  *n = sorted->len;
  *ids = g_new (guint32, MAX (sorted->len, 1));
  *places = g_new0 (guint32, (gsize) top + 1);
  for (guint i = 0; i < sorted->len; i++)
    {
      guint32 id = g_array_index (sorted, Place, i).id;

      (*ids)[i] = id;
      (*places)[id] = i;
    }

  return TRUE;
}
