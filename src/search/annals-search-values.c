/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-search.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-palette.h"
#include "annals-post-sets.h"
#include "annals-search-private.h"

/* What begins with the prefix comes before what has a word that does. */
typedef struct
{
  char      *prefix;     /* folded */
  GPtrArray *beginning;
  GPtrArray *inside;
} Found;

static void
found_init (Found      *self,
            const char *prefix)
{
  self->prefix = annals_search_fold (prefix);
  self->beginning = g_ptr_array_new_with_free_func (g_free);
  self->inside = g_ptr_array_new_with_free_func (g_free);
}

static void
found_clear (Found *self)
{
  g_free (self->prefix);
  g_clear_pointer (&self->beginning, g_ptr_array_unref);
  g_clear_pointer (&self->inside, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Found, found_clear)

static void
add (Found      *self,
     const char *value)
{
  g_autofree char *folded = NULL;

  if (*value == '\0' || g_ptr_array_find_with_equal_func (self->beginning, value, g_str_equal, NULL))
    return;

  folded = annals_search_fold (value);
  if (g_str_has_prefix (folded, self->prefix))
    g_ptr_array_add (self->beginning, g_strdup (value));
  else if (annals_search_begins_word (folded, self->prefix))
    g_ptr_array_add (self->inside, g_strdup (value));
}

static char **
take (Found *self,
      guint  limit)
{
  GPtrArray *values = g_ptr_array_new ();

  g_ptr_array_set_free_func (self->inside, NULL);
  g_ptr_array_extend_and_steal (self->beginning, g_steal_pointer (&self->inside));
  for (guint i = 0; i < self->beginning->len && i < limit; i++)
    g_ptr_array_add (values, g_strdup (self->beginning->pdata[i]));
  g_ptr_array_add (values, NULL);

  return (char **) g_ptr_array_free (values, FALSE);
}

static gboolean
add_names (Found         *self,
           AnnalsDb      *db,
           AnnalsRecord   record,
           GError       **error)
{
  g_autoptr(GPtrArray) names = annals_db_list_names (db, record, error);

  for (guint i = 0; names != NULL && i < names->len; i++)
    add (self, ((AnnalsListedName *) names->pdata[i])->name);

  return names != NULL;
}

static gboolean
add_strings (Found             *self,
             AnnalsDb          *db,
             AnnalsQueryField   field,
             GError           **error)
{
  const AnnalsColumns *columns = annals_db_hold_columns (db, ANNALS_COLUMNS_ROWS, error);
  GPtrArray *strings;

  if (columns == NULL)
    return FALSE;

  strings = field == ANNALS_QUERY_AUTHOR ? columns->authors : columns->languages;
  for (guint i = 1; i < strings->len; i++)
    add (self, strings->pdata[i]);
  annals_db_release_columns (db);

  return TRUE;
}

static void
add_fixed (Found            *self,
           AnnalsQueryField  field)
{
  const char * const *values = annals_query_field_get_values (field);
  guint n_colours;
  const AnnalsColour *palette = annals_palette_get (&n_colours);

  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    add (self, values[i]);

  for (guint i = 0; field == ANNALS_QUERY_COLOUR && i < n_colours; i++)
    add (self, palette[i].name);
}

static gboolean
add_values (Found             *self,
            AnnalsDb          *db,
            AnnalsQueryField   field,
            GError           **error)
{
  switch (field)
    {
    case ANNALS_QUERY_SOURCE:
      return add_names (self, db, ANNALS_RECORD_SOURCE, error);

    case ANNALS_QUERY_TAG:
      return add_names (self, db, ANNALS_RECORD_TAG, error);

    case ANNALS_QUERY_TIMELINE:
      return add_names (self, db, ANNALS_RECORD_TIMELINE, error);

    case ANNALS_QUERY_IMPORT:
      return add_names (self, db, ANNALS_RECORD_IMPORT, error);

    case ANNALS_QUERY_AUTHOR:
    case ANNALS_QUERY_LANGUAGE:
      return add_strings (self, db, field, error);

    default:
      add_fixed (self, field);
      return TRUE;
    }
}

/**
 * annals_search_complete:
 * @db: a connection
 * @field: a field
 * @prefix: what was typed behind its colon
 * @limit: how many values at most
 *
 * Returns: (transfer full) (array zero-terminated=1): values that it may become; %NULL on an error
 */
char **
annals_search_complete (AnnalsDb          *db,
                        AnnalsQueryField   field,
                        const char        *prefix,
                        guint              limit,
                        GError           **error)
{
  g_auto(Found) found = { 0 };

  g_return_val_if_fail (db != NULL && prefix != NULL, NULL);

  found_init (&found, prefix);

  return add_values (&found, db, field, error) ? take (&found, limit) : NULL;
}
