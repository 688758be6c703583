/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-pictures-private.h"

#include <string.h>

/* An address that means the same in every archive has a scheme; any other is known in its import alone. */
static gint64
scope_of (const char *address,
          gint64      import_id)
{
  g_autofree char *scheme = g_uri_parse_scheme (address);

  return scheme != NULL ? 0 : import_id;
}

static gboolean
ensure_picture (AnnalsDb    *db,
                gint64       import_id,
                const char  *address,
                gint64      *id,
                GError     **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  /* The update that changes nothing makes SQLite return the row that is there. */
  if (!(stmt = annals_db_borrow (db,
                                 "INSERT INTO picture (scope, address) VALUES (:scope, :address) "
                                 "ON CONFLICT (scope, address) DO UPDATE SET scope = scope RETURNING id",
                                 error)))
    return FALSE;

  bind_int64 (stmt, ":scope", scope_of (address, import_id));
  bind_text (stmt, ":address", address);
  if (annals_db_step (db, stmt, error) != STEP_ROW)
    return FALSE;

  *id = column_int64 (stmt, 0);
  return TRUE;
}

static gboolean
link_picture (AnnalsDb  *db,
              gint64     revision_id,
              gint64     picture_id,
              GError   **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (!(stmt = annals_db_borrow (db,
                                 "INSERT OR IGNORE INTO revision_picture (revision, picture) "
                                 "VALUES (:revision, :picture)", error)))
    return FALSE;

  bind_int64 (stmt, ":revision", revision_id);
  bind_int64 (stmt, ":picture", picture_id);

  return annals_db_run (db, stmt, error);
}

gboolean
annals_pictures_link (AnnalsDb    *db,
                      gint64       import_id,
                      gint64       revision_id,
                      AnnalsText  *text,
                      GError     **error)
{
  guint n_spans;
  const AnnalsSpan *spans = annals_text_get_spans (text, &n_spans);

  for (guint i = 0; i < n_spans; i++)
    {
      const char *address = spans[i].value;
      gint64 picture_id;

      if (spans[i].kind != ANNALS_SPAN_IMAGE || address == NULL || *address == '\0')
        continue;

      if (!ensure_picture (db, import_id, address, &picture_id, error) ||
          !link_picture (db, revision_id, picture_id, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
annals_db_wants_picture (AnnalsDb    *db,
                         gint64       import_id,
                         const char  *address,
                         gboolean    *wanted,
                         GError     **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  g_return_val_if_fail (db != NULL && address != NULL && wanted != NULL, FALSE);

  *wanted = FALSE;
  if (!(stmt = annals_db_borrow (db,
                                 "SELECT 1 FROM picture WHERE scope = :scope AND address = :address "
                                 "AND attachment IS NULL AND id IN (SELECT picture FROM revision_picture)",
                                 error)))
    return FALSE;

  bind_int64 (stmt, ":scope", scope_of (address, import_id));
  bind_text (stmt, ":address", address);
  step = annals_db_step (db, stmt, error);
  *wanted = step == STEP_ROW;

  return step != STEP_ERROR;
}

static gboolean
ensure_attachment (AnnalsDb    *db,
                   const char  *media_type,
                   GBytes      *bytes,
                   gint64      *id,
                   GError     **error)
{
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_autoptr(BorrowedStmt) find = NULL;
  g_autoptr(BorrowedStmt) insert = NULL;

  if (!(find = annals_db_borrow (db, "SELECT id FROM attachment WHERE sha256 = :sha256", error)))
    return FALSE;

  bind_text (find, ":sha256", sha256);
  switch (annals_db_step (db, find, error))
    {
    case STEP_ROW:
      *id = column_int64 (find, 0);
      return TRUE;

    case STEP_DONE:
      break;

    case STEP_ERROR:
      return FALSE;
    }

  if (!(insert = annals_db_borrow (db,
                                   "INSERT INTO attachment (sha256, media_type, size, bytes) "
                                   "VALUES (:sha256, :type, :size, :bytes)", error)))
    return FALSE;

  bind_text (insert, ":sha256", sha256);
  bind_text (insert, ":type", media_type != NULL ? media_type : "");
  bind_int64 (insert, ":size", (gint64) g_bytes_get_size (bytes));
  bind_bytes (insert, ":bytes", bytes);
  if (!annals_db_run (db, insert, error))
    return FALSE;

  *id = annals_db_last_id (db);
  return TRUE;
}

gboolean
annals_db_store_picture (AnnalsDb    *db,
                         gint64       import_id,
                         const char  *address,
                         const char  *media_type,
                         GBytes      *bytes,
                         GError     **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  gboolean wanted;
  gint64 attachment_id;

  g_return_val_if_fail (db != NULL && address != NULL && bytes != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_BULK);

  if (!annals_db_wants_picture (db, import_id, address, &wanted, error))
    return FALSE;
  if (!wanted)
    return TRUE;

  if (!ensure_attachment (db, media_type, bytes, &attachment_id, error) ||
      !(stmt = annals_db_borrow (db,
                                 "UPDATE picture SET attachment = :attachment, import = :import "
                                 "WHERE scope = :scope AND address = :address", error)))
    return FALSE;

  bind_int64 (stmt, ":attachment", attachment_id);
  bind_int64 (stmt, ":import", import_id);
  bind_int64 (stmt, ":scope", scope_of (address, import_id));
  bind_text (stmt, ":address", address);

  return annals_db_run (db, stmt, error);
}

GBytes *
annals_db_load_picture (AnnalsDb    *db,
                        gint64       revision_id,
                        const char  *address,
                        char       **media_type,
                        GError     **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  g_return_val_if_fail (db != NULL && address != NULL, NULL);

  if (!(stmt = annals_db_borrow (db,
                                 "SELECT media_type, bytes FROM revision_picture "
                                 "JOIN picture ON picture.id = revision_picture.picture "
                                 "JOIN attachment ON attachment.id = picture.attachment "
                                 "WHERE revision = :revision AND address = :address", error)))
    return NULL;

  bind_int64 (stmt, ":revision", revision_id);
  bind_text (stmt, ":address", address);
  if (annals_db_step (db, stmt, error) != STEP_ROW)
    return NULL;

  if (media_type != NULL)
    *media_type = column_dup_text (stmt, 0);

  return column_dup_bytes (stmt, 1);
}
