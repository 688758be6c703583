/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a notebook has that its backup has not, and the other way round. Records are told by their uids, and by
 * what they say, never by their ids. */
#include "config.h"

#include "annals-backup-private.h"

#include <glib/gi18n-lib.h>

#include "annals-notebook-file-private.h"

/* names that are told of each kind */
#define MAX_NAMES 50

/* @since: the version of the format that has it. @rows: uid, name, content; "DB." is the database. */
static const struct
{
  const char *name;
  const char *label;
  int         since;
  const char *rows;
} kinds[] = {
  { "posts", N_("Posts"), 1,
    "SELECT uid, title AS name, title || char(31) || url || char(31) || author || char(31) || published || "
    "char(31) || starred || trashed || char(31) || "
    "ifnull((SELECT sha256 FROM DB.revision WHERE id = post.revision), '') AS content "
    "FROM DB.post WHERE withdrawn = 0" },
  { "annotations", N_("Notes and highlights"), 1,
    "SELECT uid, substr(CASE WHEN note != '' THEN note ELSE quote END, 1, 80) AS name, "
    "start || ' ' || end || char(31) || quote || char(31) || colour || char(31) || note || char(31) || state "
    "AS content FROM DB.annotation" },
  { "tags", N_("Tags"), 1,
    "SELECT uid, name, name || char(31) || colour || char(31) || description || char(31) || synonyms || char(31) || "
    "ifnull((SELECT uid FROM DB.tag AS above WHERE above.id = tag.parent), '') AS content FROM DB.tag" },
  { "tagged", N_("Tags on posts"), 1,
    "SELECT post.uid || ' ' || tag.uid AS uid, tag.name || ': ' || post.title AS name, '' AS content "
    "FROM DB.post_tag JOIN DB.post ON post.id = post_tag.post JOIN DB.tag ON tag.id = post_tag.tag "
    "WHERE post.withdrawn = 0" },
  { "links", N_("Links"), 3,
    "SELECT uid, relation || CASE WHEN note != '' THEN ': ' || substr(note, 1, 60) ELSE '' END AS name, "
    "from_kind || from_id || relation || to_kind || to_id || char(31) || note AS content FROM DB.link" },
  { "memos", N_("Memos"), 3,
    "SELECT uid, title AS name, title || char(31) || text AS content FROM DB.memo" },
  { "timelines", N_("Timelines"), 1,
    "SELECT uid, title AS name, title || char(31) || description || char(31) || colour || char(31) || rule || char(31) || "
    "ifnull((SELECT group_concat(name || ' ' || colour || ' ' || position, char(30)) FROM "
    "(SELECT * FROM DB.lane WHERE timeline = timeline.id ORDER BY position, id)), '') AS content FROM DB.timeline" },
  { "events", N_("Events"), 1,
    "SELECT uid, title AS name, date || char(31) || title || char(31) || account || char(31) || "
    "ifnull((SELECT group_concat(stance || ' ' || uid || ' ' || note, char(30)) FROM "
    "(SELECT * FROM DB.evidence WHERE evidence.event = event.id ORDER BY position, id)), '') AS content "
    "FROM DB.event" },
  { "searches", N_("Saved searches"), 3,
    "SELECT uid, name, name || char(31) || query AS content FROM DB.saved_search" },
};

void
annals_backup_kind_free (AnnalsBackupKind *self)
{
  g_ptr_array_unref (self->added);
  g_ptr_array_unref (self->changed);
  g_ptr_array_unref (self->missing);
  g_free (self);
}

static AnnalsBackupKind *
kind_new (guint n)
{
  AnnalsBackupKind *self = g_new0 (AnnalsBackupKind, 1);

  self->name = kinds[n].name;
  self->label = _(kinds[n].label);
  self->added = g_ptr_array_new_with_free_func (g_free);
  self->changed = g_ptr_array_new_with_free_func (g_free);
  self->missing = g_ptr_array_new_with_free_func (g_free);

  return self;
}

static char *
rows_of (guint       n,
         const char *database)
{
  g_autoptr(GString) sql = g_string_new (kinds[n].rows);

  g_string_replace (sql, "DB.", database, 0);

  return g_string_free (g_steal_pointer (&sql), FALSE);
}

static gboolean
list (AnnalsDb    *db,
      const char  *sql,
      guint       *n,
      GPtrArray   *names,
      GError     **error)
{
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (db, sql, error);
  AnnalsStep step;

  if (stmt == NULL)
    return FALSE;

  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      if (names->len < MAX_NAMES)
        g_ptr_array_add (names, column_dup_text (stmt, 0));
      (*n)++;
    }

  return step == STEP_DONE;
}

/* Present in the other only, or with another content there. */
static gboolean
compare_kind (AnnalsDb          *db,
              guint              n,
              AnnalsBackupKind  *kind,
              GError           **error)
{
  g_autofree char *here = rows_of (n, "main.");
  g_autofree char *there = rows_of (n, "other.");
  g_autofree char *added = g_strdup_printf ("SELECT name FROM (%s) WHERE uid NOT IN (SELECT uid FROM (%s))",
                                            here, there);
  g_autofree char *missing = g_strdup_printf ("SELECT name FROM (%s) WHERE uid NOT IN (SELECT uid FROM (%s))",
                                              there, here);
  g_autofree char *changed = g_strdup_printf ("WITH theirs AS MATERIALIZED (%s) "
                                              "SELECT ours.name FROM (%s) AS ours JOIN theirs ON theirs.uid = ours.uid "
                                              "WHERE theirs.content != ours.content", there, here);

  return list (db, added, &kind->n_added, kind->added, error) &&
         list (db, changed, &kind->n_changed, kind->changed, error) &&
         list (db, missing, &kind->n_missing, kind->missing, error);
}

GPtrArray *
annals_backup_compare (const char    *path,
                       const char    *backup,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_autoptr(GPtrArray) differences = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_backup_kind_free);
  g_autoptr(AnnalsDb) db = NULL;
  gint64 version = 0;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (backup != NULL, NULL);

  if (!annals_notebook_file_check (path, error) ||
      !annals_backup_verify (backup, cancellable, error) ||
      !(db = annals_db_open_beside (path, backup, error)) ||
      !annals_db_query_int64 (db, "PRAGMA other.user_version", 0, 0, &version, error))
    return NULL;

  db->cancellable = cancellable;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr(AnnalsBackupKind) kind = kind_new (i);

      if (version < kinds[i].since)
        continue;
      if (!compare_kind (db, i, kind, error))
        return NULL;
      if (kind->n_added + kind->n_changed + kind->n_missing > 0)
        g_ptr_array_add (differences, g_steal_pointer (&kind));
    }

  return g_steal_pointer (&differences);
}
