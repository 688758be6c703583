/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-timeline-look.h"

#include "annals-db-private.h"
#include "annals-timeline-look-private.h"

/* A row of meta for each timeline that is not shown as a new one is. It is no row of a table that undo
 * records, so that a step which made or deleted the timeline finds its rows as it left them, and the look is
 * there again when a timeline comes back. */
#define GROUP "look"

static const char * const groups[] = { "lane", "tag", "source" };

const char *
annals_timeline_group_to_string (AnnalsTimelineGroup group)
{
  g_return_val_if_fail (group < G_N_ELEMENTS (groups), groups[0]);

  return groups[group];
}

static GHashTable *
set_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static GHashTable *
set_copy (GHashTable *set)
{
  GHashTable *copy = set_new ();
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, set);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_hash_table_add (copy, g_strdup (key));

  return copy;
}

/**
 * annals_timeline_look_new:
 *
 * Returns: (transfer full): by its lanes, all of them, with nothing laid over
 */
AnnalsTimelineLook *
annals_timeline_look_new (void)
{
  AnnalsTimelineLook *self = g_new0 (AnnalsTimelineLook, 1);

  self->hidden = set_new ();
  self->overlays = set_new ();

  return self;
}

/**
 * annals_timeline_look_copy:
 * @self: a look
 *
 * Returns: (transfer full): the same again
 */
AnnalsTimelineLook *
annals_timeline_look_copy (AnnalsTimelineLook *self)
{
  AnnalsTimelineLook *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (AnnalsTimelineLook, 1);
  copy->group = self->group;
  copy->hidden = set_copy (self->hidden);
  copy->overlays = set_copy (self->overlays);

  return copy;
}

void
annals_timeline_look_free (AnnalsTimelineLook *self)
{
  g_hash_table_unref (self->hidden);
  g_hash_table_unref (self->overlays);
  g_free (self);
}

static void
read_set (GKeyFile   *file,
          const char *key,
          GHashTable *set)
{
  g_auto(GStrv) list = g_key_file_get_string_list (file, GROUP, key, NULL, NULL);

  for (guint i = 0; list != NULL && list[i] != NULL; i++)
    g_hash_table_add (set, g_steal_pointer (&list[i]));
}

static int
compare_strings (gconstpointer a,
                 gconstpointer b)
{
  return g_strcmp0 (*(const char * const *) a, *(const char * const *) b);
}

static void
write_set (GKeyFile   *file,
           const char *key,
           GHashTable *set)
{
  guint n;
  g_autofree char **list = (char **) g_hash_table_get_keys_as_array (set, &n);

  if (n == 0)
    return;

  qsort (list, n, sizeof *list, compare_strings);
  g_key_file_set_string_list (file, GROUP, key, (const char * const *) list, n);
}

/**
 * annals_db_load_timeline_look:
 * @db: a connection
 * @timeline_uid: a timeline's uid
 *
 * Returns: (transfer full): how the timeline was last looked at; %NULL on an error
 */
AnnalsTimelineLook *
annals_db_load_timeline_look (AnnalsDb    *db,
                              const char  *timeline_uid,
                              GError     **error)
{
  g_autoptr(AnnalsTimelineLook) look = annals_timeline_look_new ();
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_autoptr(GError) failure = NULL;
  g_autofree char *key = NULL;
  g_autofree char *value = NULL;
  g_autofree char *group = NULL;

  g_return_val_if_fail (db != NULL && timeline_uid != NULL, NULL);

  key = g_strconcat (ANNALS_TIMELINE_LOOK_KEY, timeline_uid, NULL);
  value = annals_db_get_meta (db, key, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }

  if (value == NULL || !g_key_file_load_from_data (file, value, (gsize) -1, G_KEY_FILE_NONE, NULL))
    return g_steal_pointer (&look);

  group = g_key_file_get_string (file, GROUP, "lanes", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    if (g_strcmp0 (group, groups[i]) == 0)
      look->group = i;
  read_set (file, "hidden", look->hidden);
  read_set (file, "overlays", look->overlays);

  return g_steal_pointer (&look);
}

static gboolean
forget (AnnalsDb    *db,
        const char  *key,
        GError     **error)
{
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (db, "DELETE FROM meta WHERE key = :key", error);

  if (stmt == NULL)
    return FALSE;

  bind_text (stmt, ":key", key);

  return annals_db_run (db, stmt, error);
}

/**
 * annals_db_set_timeline_look:
 * @db: the writer's connection
 * @timeline_uid: a timeline's uid
 * @look: how it is looked at
 *
 * Returns: whether it was noted
 */
gboolean
annals_db_set_timeline_look (AnnalsDb            *db,
                             const char          *timeline_uid,
                             AnnalsTimelineLook  *look,
                             GError             **error)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_autofree char *key = NULL;
  g_autofree char *value = NULL;

  g_return_val_if_fail (db != NULL && timeline_uid != NULL && look != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  key = g_strconcat (ANNALS_TIMELINE_LOOK_KEY, timeline_uid, NULL);
  if (look->group == ANNALS_GROUP_LANE && g_hash_table_size (look->hidden) == 0 &&
      g_hash_table_size (look->overlays) == 0)
    return forget (db, key, error);

  g_key_file_set_string (file, GROUP, "lanes", annals_timeline_group_to_string (look->group));
  write_set (file, "hidden", look->hidden);
  write_set (file, "overlays", look->overlays);
  value = g_key_file_to_data (file, NULL, NULL);

  return annals_db_set_meta (db, key, value, error);
}
