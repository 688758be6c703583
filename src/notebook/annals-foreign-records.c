/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-foreign-records.h"

#include "annals-db-private.h"
#include "annals-post-uid.h"

/* By AnnalsRecord; NULL: has no such columns. */
static const struct
{
  const char *find;
  const char *set;
} statements[ANNALS_N_RECORDS] = {
#define RECORD(table) \
  "SELECT id FROM " table " WHERE uid = :value", \
  "UPDATE " table " SET uid = ifnull (:uid, uid), author = ifnull (:author, author), " \
  "created = iif (:created = 0, created, :created), modified = iif (:modified = 0, modified, :modified) " \
  "WHERE id = :id"
  [ANNALS_RECORD_POST] = { "SELECT id FROM post WHERE uid = :value AND withdrawn = 0", NULL },
  [ANNALS_RECORD_TAG] = { "SELECT id FROM tag WHERE uid = :value", NULL },
  [ANNALS_RECORD_ANNOTATION] = { RECORD ("annotation") },
  [ANNALS_RECORD_MEMO] = { RECORD ("memo") },
  [ANNALS_RECORD_LINK] = { RECORD ("link") },
  [ANNALS_RECORD_TIMELINE] = { RECORD ("timeline") },
  [ANNALS_RECORD_EVENT] = { RECORD ("event") },
#undef RECORD
};

static gboolean
find_one (AnnalsDb    *db,
          const char  *sql,
          const char  *value,
          gint64      *id,
          GError     **error)
{
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (db, sql, error);
  AnnalsStep step;

  *id = 0;
  if (stmt == NULL)
    return FALSE;

  bind_text (stmt, ":value", value);
  if ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    *id = column_int64 (stmt, 0);

  return step != STEP_ERROR;
}

gboolean
annals_db_find_uid (AnnalsDb      *db,
                    AnnalsRecord   record,
                    const char    *uid,
                    gint64        *id,
                    GError       **error)
{
  g_return_val_if_fail (db != NULL && uid != NULL && id != NULL, FALSE);
  g_return_val_if_fail (record < ANNALS_N_RECORDS && statements[record].find != NULL, FALSE);

  return find_one (db, statements[record].find, uid, id, error);
}

static gboolean
find_alias (AnnalsDb             *db,
            const AnnalsPostUid  *uid,
            gint64               *id,
            GError              **error)
{
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (db,
                                                   "SELECT post FROM post_alias JOIN post ON post.id = post "
                                                   "WHERE post_alias.id = ?1 AND post.withdrawn = 0", error);
  AnnalsStep step;

  if (stmt == NULL)
    return FALSE;

  bind_blob_at (stmt, 1, uid->bytes, sizeof uid->bytes);
  if ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    *id = column_int64 (stmt, 0);

  return step != STEP_ERROR;
}

gboolean
annals_db_find_post_uid (AnnalsDb    *db,
                         const char  *uid,
                         gint64      *id,
                         GError     **error)
{
  AnnalsPostUid own;

  g_return_val_if_fail (db != NULL && uid != NULL && id != NULL, FALSE);

  return annals_db_find_uid (db, ANNALS_RECORD_POST, uid, id, error) &&
         (*id != 0 || !annals_post_uid_init_from_string (&own, uid) || find_alias (db, &own, id, error));
}

gboolean
annals_db_find_post_identity (AnnalsDb    *db,
                              const char  *identity,
                              gint64      *id,
                              GError     **error)
{
  AnnalsPostUid uid;

  g_return_val_if_fail (db != NULL && identity != NULL && id != NULL, FALSE);

  annals_post_uid_init (&uid, identity);

  return annals_db_find_uid (db, ANNALS_RECORD_POST, uid.string, id, error) &&
         (*id != 0 || find_alias (db, &uid, id, error));
}

gboolean
annals_db_find_texts (AnnalsDb    *db,
                      GHashTable  *wanted,
                      GError     **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  g_return_val_if_fail (db != NULL && wanted != NULL, FALSE);

  if (g_hash_table_size (wanted) == 0)
    return TRUE;

  if (!(stmt = annals_db_borrow (db,
                                 "SELECT post.id, revision.sha256 FROM post JOIN revision "
                                 "ON revision.id = post.revision WHERE withdrawn = 0 AND trashed = 0 "
                                 "ORDER BY post.id", error)))
    return FALSE;

  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      GArray *ids = g_hash_table_lookup (wanted, column_text (stmt, 1));
      gint64 id = column_int64 (stmt, 0);

      if (ids != NULL)
        g_array_append_val (ids, id);
    }

  return step == STEP_DONE;
}

gboolean
annals_db_find_revision (AnnalsDb    *db,
                         gint64       post_id,
                         const char  *sha256,
                         gint64      *id,
                         GError     **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  g_return_val_if_fail (db != NULL && sha256 != NULL && id != NULL, FALSE);

  *id = 0;
  if (!(stmt = annals_db_borrow (db,
                                 "SELECT revision.id FROM revision JOIN import ON import.id = revision.import "
                                 "WHERE post = :post AND sha256 = :sha256 AND import.state = 'done' "
                                 "ORDER BY revision.id DESC LIMIT 1", error)))
    return FALSE;

  bind_int64 (stmt, ":post", post_id);
  bind_text (stmt, ":sha256", sha256);
  if ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    *id = column_int64 (stmt, 0);

  return step != STEP_ERROR;
}

char *
annals_foreign_dup_uid (const char *kind,
                        const char *key)
{
  g_autofree char *identity = g_strdup_printf ("annals:%s:%s", kind, key);
  AnnalsPostUid uid;

  g_return_val_if_fail (kind != NULL && key != NULL, NULL);

  annals_post_uid_init (&uid, identity);

  return g_strdup (uid.string);
}

gboolean
annals_db_set_origin (AnnalsDb            *db,
                      AnnalsRecord         record,
                      gint64               id,
                      const AnnalsOrigin  *origin,
                      GError             **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  g_return_val_if_fail (db != NULL && origin != NULL, FALSE);
  g_return_val_if_fail (record < ANNALS_N_RECORDS && statements[record].set != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  if (!annals_db_require (db, record, id, error) ||
      !(stmt = annals_db_borrow (db, statements[record].set, error)))
    return FALSE;

  if (origin->uid != NULL)
    bind_text (stmt, ":uid", origin->uid);
  if (origin->author != NULL)
    bind_text (stmt, ":author", origin->author);
  bind_int64 (stmt, ":created", origin->created);
  bind_int64 (stmt, ":modified", origin->modified != 0 ? origin->modified : origin->created);
  bind_int64 (stmt, ":id", id);

  return annals_db_run (db, stmt, error);
}
