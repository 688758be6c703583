/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-import-copies.h"

#include <string.h>

int
annals_copy_compare (const AnnalsCopy *a,
                     const AnnalsCopy *b)
{
  int order;

  if (a->extent != b->extent)
    return a->extent > b->extent ? -1 : 1;
  if (a->length != b->length)
    return a->length > b->length ? -1 : 1;
  if ((order = strcmp (a->sha256, b->sha256)) != 0)
    return order;

  for (guint i = 0; i < ANNALS_N_FIELDS; i++)
    if ((order = strcmp (a->fields[i], b->fields[i])) != 0)
      return -order;   /* one that says something before one that does not */

  if ((order = strcmp (a->uid, b->uid)) != 0)
    return order;
  if (a->kind != b->kind)
    return a->kind < b->kind ? -1 : 1;
  if (a->file_id != b->file_id)
    return a->file_id < b->file_id ? -1 : 1;

  return (a->place > b->place) - (a->place < b->place);
}

void
annals_copy_digest (const AnnalsCopy *self,
                    AnnalsCopyDigest  digest)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  const guint8 head[2] = { (guint8) self->extent, (guint8) self->kind };
  guint8 whole[32];
  gsize length = sizeof whole;

  g_checksum_update (checksum, head, sizeof head);
  g_checksum_update (checksum, (const guint8 *) self->sha256, -1);
  for (guint i = 0; i < ANNALS_N_FIELDS; i++)
    g_checksum_update (checksum, (const guint8 *) self->fields[i], strlen (self->fields[i]) + 1);
  g_checksum_get_digest (checksum, whole, &length);
  memcpy (digest, whole, sizeof (AnnalsCopyDigest));
}

AnnalsCopies *
annals_copies_new (void)
{
  AnnalsCopies *self = g_new (AnnalsCopies, 1);

  self->array = g_array_new (FALSE, FALSE, sizeof (AnnalsCopy));
  self->strings = g_string_chunk_new (256);

  return self;
}

void
annals_copies_free (AnnalsCopies *self)
{
  g_array_unref (self->array);
  g_string_chunk_free (self->strings);
  g_free (self);
}

void
annals_copies_add (AnnalsCopies     *self,
                   const AnnalsCopy *copy)
{
  guint i = 0;

  while (i < self->array->len && annals_copy_compare (&g_array_index (self->array, AnnalsCopy, i), copy) <= 0)
    i++;

  g_array_insert_vals (self->array, i, copy, 1);
}

void
annals_copies_merge (const AnnalsCopies *self,
                     AnnalsCopy         *merged)
{
  g_assert (self->array->len > 0);

  *merged = g_array_index (self->array, AnnalsCopy, 0);
  for (guint i = 1; i < self->array->len; i++)
    {
      const AnnalsCopy *copy = &g_array_index (self->array, AnnalsCopy, i);

      for (guint k = 0; k < ANNALS_N_FIELDS; k++)
        if (*merged->fields[k] == '\0')
          merged->fields[k] = copy->fields[k];
    }
}

void
annals_copies_prune (AnnalsCopies *self)
{
  guint said = 0;

  for (guint i = 0; i < self->array->len;)
    {
      const AnnalsCopy *copy = &g_array_index (self->array, AnnalsCopy, i);
      guint says = 0;

      for (guint k = 0; k < ANNALS_N_FIELDS; k++)
        says |= *copy->fields[k] != '\0' ? 1u << k : 0;

      if (i > 0 && (says & ~said) == 0)
        g_array_remove_index (self->array, i);
      else
        i++;
      said |= says;
    }
}

static const char *
keep (AnnalsCopies *self,
      BorrowedStmt *stmt,
      int           column)
{
  return g_string_chunk_insert_const (self->strings, column_text (stmt, column));
}

/* Rows are read in this order, revisions and copies alike. */
#define COPY_COLUMNS \
  "extent, length, sha256, uid, kind, title, url, author, source, published, language, tags, place, file"

static void
add_row (AnnalsCopies *self,
         BorrowedStmt *stmt)
{
  AnnalsCopy copy = {
    .extent = (int) CLAMP (column_int64 (stmt, 0), ANNALS_EXTENT_BEFORE, ANNALS_EXTENT_WHOLE),
    .length = column_uint (stmt, 1),
    .sha256 = keep (self, stmt, 2),
    .uid = keep (self, stmt, 3),
    .place = column_uint (stmt, 12),
    .file_id = column_int64 (stmt, 13),
  };

  if (!annals_post_kind_from_string (column_text (stmt, 4), &copy.kind))
    copy.kind = ANNALS_POST_OTHER;
  for (guint i = 0; i < ANNALS_N_FIELDS; i++)
    copy.fields[i] = keep (self, stmt, 5 + (int) i);

  annals_copies_add (self, &copy);
}

gboolean
annals_copies_add_revision (AnnalsCopies  *self,
                            AnnalsDb      *db,
                            gint64         revision_id,
                            GError       **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (!(stmt = annals_db_borrow (db,
                                 "SELECT extent, length (text) AS length, sha256, "
                                 "(SELECT uid FROM post WHERE post.id = revision.post) AS uid, kind, title, url, "
                                 "author, ifnull ((SELECT name FROM source WHERE source.id = revision.source), '') "
                                 "AS source, published, language, tags, place, file FROM revision "
                                 "WHERE id = :id", error)))
    return FALSE;

  bind_int64 (stmt, ":id", revision_id);
  if (!annals_db_step_to (db, stmt, revision_id, error))
    return FALSE;

  add_row (self, stmt);
  return TRUE;
}

gboolean
annals_copies_load (AnnalsCopies  *self,
                    AnnalsDb      *db,
                    gint64         revision_id,
                    GError       **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;
  guint n = 0;

  if (!(stmt = annals_db_borrow (db,
                                 "SELECT " COPY_COLUMNS " FROM revision_copy WHERE revision = :id ORDER BY n",
                                 error)))
    return FALSE;

  bind_int64 (stmt, ":id", revision_id);
  for (; (step = annals_db_step (db, stmt, error)) == STEP_ROW; n++)
    add_row (self, stmt);

  return step == STEP_DONE && (n > 0 || annals_copies_add_revision (self, db, revision_id, error));
}

static gboolean
store_one (const AnnalsCopy  *copy,
           AnnalsDb          *db,
           gint64             revision_id,
           guint              n,
           GError           **error)
{
  static const char * const names[ANNALS_N_FIELDS] = {
    ":title", ":url", ":author", ":source", ":published", ":language", ":tags",
  };
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (!(stmt = annals_db_borrow (db,
                                 "INSERT INTO revision_copy (revision, n, " COPY_COLUMNS ") "
                                 "VALUES (:revision, :n, :extent, :length, :sha256, :uid, :kind, :title, :url, "
                                 ":author, :source, :published, :language, :tags, :place, :file)", error)))
    return FALSE;

  bind_int64 (stmt, ":revision", revision_id);
  bind_int64 (stmt, ":n", n);
  bind_int64 (stmt, ":extent", copy->extent);
  bind_int64 (stmt, ":length", copy->length);
  bind_text (stmt, ":sha256", copy->sha256);
  bind_text (stmt, ":uid", copy->uid);
  bind_text (stmt, ":kind", annals_post_kind_to_string (copy->kind));
  for (guint i = 0; i < ANNALS_N_FIELDS; i++)
    bind_text (stmt, names[i], copy->fields[i]);
  bind_int64 (stmt, ":place", copy->place);
  bind_id (stmt, ":file", copy->file_id);

  return annals_db_run (db, stmt, error);
}

gboolean
annals_copies_store (AnnalsCopies  *self,
                     AnnalsDb      *db,
                     gint64         revision_id,
                     GError       **error)
{
  if (!annals_db_run_for_id (db, "DELETE FROM revision_copy WHERE revision = :id", revision_id, error))
    return FALSE;

  for (guint i = 0; self->array->len > 1 && i < self->array->len; i++)
    if (!store_one (&g_array_index (self->array, AnnalsCopy, i), db, revision_id, i, error))
      return FALSE;

  return TRUE;
}

gboolean
annals_copy_is_known (const AnnalsCopy  *self,
                      AnnalsDb          *db,
                      gint64             post_id,
                      gint64             import_id,
                      gboolean          *known,
                      GError           **error)
{
  AnnalsCopyDigest digest;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  *known = FALSE;
  if (!(stmt = annals_db_borrow (db,
                                 "SELECT 1 FROM known_copy JOIN import ON import.id = known_copy.import "
                                 "WHERE post = :post AND digest = :digest "
                                 "AND (import.state = 'done' OR import.id = :import)", error)))
    return FALSE;

  annals_copy_digest (self, digest);
  bytes = g_bytes_new (digest, sizeof digest);
  bind_int64 (stmt, ":post", post_id);
  bind_bytes (stmt, ":digest", bytes);
  bind_int64 (stmt, ":import", import_id);
  step = annals_db_step (db, stmt, error);
  *known = step == STEP_ROW;

  return step != STEP_ERROR;
}

gboolean
annals_copy_remember (const AnnalsCopy  *self,
                      AnnalsDb          *db,
                      gint64             post_id,
                      gint64             import_id,
                      GError           **error)
{
  AnnalsCopyDigest digest;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (!(stmt = annals_db_borrow (db,
                                 "INSERT OR IGNORE INTO known_copy (post, digest, import) "
                                 "VALUES (:post, :digest, :import)", error)))
    return FALSE;

  annals_copy_digest (self, digest);
  bytes = g_bytes_new (digest, sizeof digest);
  bind_int64 (stmt, ":post", post_id);
  bind_bytes (stmt, ":digest", bytes);
  bind_int64 (stmt, ":import", import_id);

  return annals_db_run (db, stmt, error);
}
