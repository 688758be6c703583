/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Posts that imports brought, with their texts and what else they are known by. */
#include "config.h"

#include "annals-merge-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-imports-private.h"
#include "annals-pictures-private.h"
#include "annals-post-uid.h"
#include "annals-text.h"

static GBytes *
hex_to_bytes (const char *hex)
{
  gsize length = strlen (hex) / 2;
  guint8 *bytes = g_malloc (length + 1);

  for (gsize i = 0; i < length; i++)
    bytes[i] = (guint8) (g_ascii_xdigit_value (hex[2 * i]) << 4 | g_ascii_xdigit_value (hex[2 * i + 1]));

  return g_bytes_new_take (bytes, length);
}

static gboolean
find_by_alias (AnnalsMerge  *self,
               GBytes       *key,
               gint64       *id,
               GError      **error)
{
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (self->db, "SELECT post FROM post_alias WHERE id = :key", error);
  AnnalsStep step;

  if (stmt == NULL)
    return FALSE;

  bind_bytes (stmt, ":key", key);
  if ((step = annals_db_step (self->db, stmt, error)) == STEP_ROW)
    *id = column_int64 (stmt, 0);

  return step != STEP_ERROR;
}

/* By its uid, then as one of the identities that a post here is known by, then by one of its own that is a
 * post's uid here. */
static gboolean
find_post (AnnalsMerge  *self,
           AnnalsEntry  *entry,
           gint64       *id,
           GError      **error)
{
  const char *uid = annals_entry_get_text (entry, "uid");
  const GPtrArray *aliases = annals_entry_get (entry, "aliases")->parts;
  AnnalsPostUid own;

  if (!annals_merge_find (self, ANNALS_ENTRY_POST, uid, id, error))
    return FALSE;
  if (*id != 0)
    return TRUE;

  if (annals_post_uid_init_from_string (&own, uid))
    {
      g_autoptr(GBytes) key = g_bytes_new (own.bytes, sizeof own.bytes);

      if (!find_by_alias (self, key, id, error))
        return FALSE;
    }

  for (guint i = 0; *id == 0 && aliases != NULL && i < aliases->len; i++)
    {
      g_autofree char *dashed = NULL;
      g_autoptr(GBytes) key = hex_to_bytes (annals_entry_get_text (aliases->pdata[i], "id"));
      const char *hex = annals_entry_get_text (aliases->pdata[i], "id");

      if (strlen (hex) != 32)
        continue;
      dashed = g_strdup_printf ("%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12, hex + 16, hex + 20);
      if (!annals_merge_find (self, ANNALS_ENTRY_POST, dashed, id, error) ||
          (*id == 0 && !find_by_alias (self, key, id, error)))
        return FALSE;
    }

  if (*id != 0)
    annals_merge_note_other (self, ANNALS_ENTRY_POST, uid, *id);
  return TRUE;
}

static gboolean
ensure_source (AnnalsMerge  *self,
               const char   *name,
               gint64       *id,
               GError      **error)
{
  g_autoptr(BorrowedStmt) insert = NULL;
  g_autoptr(BorrowedStmt) find = NULL;

  *id = 0;
  if (*name == '\0')
    return TRUE;
  if (!(insert = annals_db_borrow (self->db, "INSERT INTO source (name) VALUES (:name)", error)) ||
      !(find = annals_db_borrow (self->db, "SELECT id FROM source WHERE name = :name", error)))
    return FALSE;

  bind_text (find, ":name", name);
  switch (annals_db_step (self->db, find, error))
    {
    case STEP_ROW:
      *id = column_int64 (find, 0);
      return TRUE;

    case STEP_DONE:
      break;

    case STEP_ERROR:
      return FALSE;
    }

  bind_text (insert, ":name", name);
  if (!annals_db_run (self->db, insert, error))
    return FALSE;

  *id = annals_db_last_id (self->db);
  return TRUE;
}

/* 0: none */
static gint64
get_file (AnnalsMerge *self,
          AnnalsEntry *entry)
{
  const AnnalsEntryValue *value = annals_entry_get (entry, "file");

  return value->is_null || value->number < 1 || value->number > self->files->len
         ? 0 : g_array_index (self->files, gint64, value->number - 1);
}

static gboolean
insert_copy (AnnalsMerge  *self,
             AnnalsEntry  *entry,
             gint64        revision_id,
             GError      **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (!(stmt = annals_db_borrow (self->db,
                                 "INSERT INTO revision_copy (revision, n, extent, length, sha256, uid, kind, title, "
                                 "url, author, source, published, language, tags, place, file) VALUES (:revision, :n, "
                                 ":extent, :length, :sha256, :uid, :kind, :title, :url, :author, :source, :published, "
                                 ":language, :tags, :place, :file) ON CONFLICT DO NOTHING", error)))
    return FALSE;

  bind_int64 (stmt, ":revision", revision_id);
  annals_merge_bind_numbers (stmt, entry, (const char * const []) { "n", "extent", "length", "place", NULL });
  annals_merge_bind_strings (stmt, entry,
                             (const char * const []) { "sha256", "uid", "kind", "title", "url", "author", "source",
                                                       "published", "language", "tags", NULL });
  bind_id (stmt, ":file", get_file (self, entry));

  return annals_db_run (self->db, stmt, error);
}

static void
bind_revision (AnnalsMerge  *self,
               BorrowedStmt *stmt,
               AnnalsEntry  *entry,
               AnnalsText   *text)
{
  const AnnalsEntryValue *markup = annals_entry_get (entry, "markup");

  annals_merge_bind_numbers (stmt, entry, (const char * const []) { "created", "extent", "place", NULL });
  annals_merge_bind_strings (stmt, entry,
                             (const char * const []) { "kind", "title", "url", "author", "published", "language",
                                                       "tags", "text", "spans", "markup_kind", NULL });
  bind_text (stmt, ":sha256", annals_text_get_sha256 (text));
  bind_id (stmt, ":file", get_file (self, entry));
  if (!markup->is_null)
    {
      g_autoptr(GBytes) bytes = g_bytes_new_static (markup->text, markup->length);
      g_autoptr(GBytes) deflated = annals_deflate_markup (bytes);

      bind_bytes (stmt, ":markup", deflated);
    }
}

static AnnalsText *
read_text (AnnalsEntry  *post,
           AnnalsEntry  *entry,
           GError      **error)
{
  g_autoptr(GError) failure = NULL;
  AnnalsText *text = annals_text_new_from_stored (annals_entry_get_text (entry, "text"),
                                                  annals_entry_get_text (entry, "spans"), &failure);

  if (text == NULL)
    g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_CORRUPT,
                 _("The text of the post “%s” (%s) is damaged: %s"), annals_entry_get_text (entry, "title"),
                 annals_entry_get_text (post, "uid"), failure->message);
  return text;
}

static gboolean
insert_revision (AnnalsMerge           *self,
                 AnnalsEntry           *post,
                 AnnalsEntry           *entry,
                 const AnnalsMergeRun  *run,
                 gint64                 post_id,
                 gint64                *id,
                 GError               **error)
{
  const GPtrArray *copies = annals_entry_get (entry, "copies")->parts;
  g_autoptr(AnnalsText) text = read_text (post, entry, error);
  g_autoptr(BorrowedStmt) stmt = NULL;
  gint64 source_id;

  if (text == NULL || !ensure_source (self, annals_entry_get_text (entry, "source"), &source_id, error) ||
      !(stmt = annals_db_borrow (self->db,
                                 "INSERT INTO revision (post, import, created, title, url, author, source, published, "
                                 "language, place, tags, sha256, text, spans, markup_kind, markup, kind, extent, file) "
                                 "VALUES (:post, :import, :created, :title, :url, :author, :source, :published, "
                                 ":language, :place, :tags, :sha256, :text, :spans, :markup_kind, :markup, :kind, "
                                 ":extent, :file)", error)))
    return FALSE;

  bind_int64 (stmt, ":post", post_id);
  bind_int64 (stmt, ":import", run->id);
  bind_id (stmt, ":source", source_id);
  bind_revision (self, stmt, entry, text);
  if (!annals_db_run (self->db, stmt, error))
    return FALSE;
  *id = annals_db_last_id (self->db);

  for (guint i = 0; copies != NULL && i < copies->len; i++)
    if (!insert_copy (self, copies->pdata[i], *id, error))
      return FALSE;

  return annals_pictures_link (self->db, run->id, *id, text, error);
}

static gboolean
insert_post (AnnalsMerge  *self,
             const char   *uid,
             gint64        import_id,
             gint64       *id,
             GError      **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (!(stmt = annals_db_borrow (self->db,
                                 "INSERT INTO post (uid, title, url, author, published, language, import, place, "
                                 "withdrawn) VALUES (:uid, '', '', '', '', '', :import, 0, 1)", error)))
    return FALSE;

  bind_text (stmt, ":uid", uid);
  bind_int64 (stmt, ":import", import_id);
  if (!annals_db_run (self->db, stmt, error))
    return FALSE;

  *id = annals_db_last_id (self->db);
  return TRUE;
}

/* The other identities of a post, and copies of it that were seen: those that a new run brought. */
static gboolean
insert_keys (AnnalsMerge  *self,
             AnnalsEntry  *entry,
             const char   *parts,
             const char   *member,
             const char   *sql,
             gint64        post_id,
             GError      **error)
{
  const GPtrArray *keys = annals_entry_get (entry, parts)->parts;

  for (guint i = 0; keys != NULL && i < keys->len; i++)
    {
      const AnnalsMergeRun *run = annals_merge_find_run (self, annals_entry_get_text (keys->pdata[i], "import"));
      g_autoptr(BorrowedStmt) stmt = NULL;
      g_autoptr(GBytes) key = NULL;

      if (run == NULL || !run->is_new)
        continue;
      if (!(stmt = annals_db_borrow (self->db, sql, error)))
        return FALSE;

      key = hex_to_bytes (annals_entry_get_text (keys->pdata[i], member));
      bind_bytes (stmt, ":key", key);
      bind_int64 (stmt, ":post", post_id);
      bind_int64 (stmt, ":import", run->id);
      if (!annals_db_run (self->db, stmt, error))
        return FALSE;

      if (sqlite3_changes (self->db->native) == 0 && g_bytes_get_size (key) == ANNALS_MERGE_KEY_SIZE)
        {
          AnnalsMergeAlias alias = { .post = post_id, .import_id = run->id };

          memcpy (alias.key, g_bytes_get_data (key, NULL), ANNALS_MERGE_KEY_SIZE);
          g_array_append_val (self->aliases, alias);
        }
    }

  return TRUE;
}

/* What an import that was undone here said of a post as well, one that counts says now. */
gboolean
annals_merge_settle_aliases (AnnalsMerge  *self,
                             GError      **error)
{
  for (guint i = 0; i < self->aliases->len; i++)
    {
      const AnnalsMergeAlias *alias = &g_array_index (self->aliases, AnnalsMergeAlias, i);
      g_autoptr(GBytes) key = g_bytes_new_static (alias->key, ANNALS_MERGE_KEY_SIZE);
      g_autoptr(BorrowedStmt) stmt = NULL;

      if (!(stmt = annals_db_borrow (self->db,
                                     "UPDATE post_alias SET import = :import WHERE id = :key AND post = :post "
                                     "AND import NOT IN (SELECT id FROM import WHERE state = 'done')", error)))
        return FALSE;

      bind_int64 (stmt, ":import", alias->import_id);
      bind_bytes (stmt, ":key", key);
      bind_int64 (stmt, ":post", alias->post);
      if (!annals_db_run (self->db, stmt, error))
        return FALSE;
    }

  return TRUE;
}

/* The run among @revisions that came first. */
static void
note_first_run (AnnalsMerge     *self,
                const GPtrArray *revisions,
                gint64           post_id)
{
  guint first = 0;

  for (guint i = 0; i < revisions->len; i++)
    {
      guint place = GPOINTER_TO_UINT (g_hash_table_lookup (self->run_of,
                                                           annals_entry_get_text (revisions->pdata[i], "import")));

      if (place > 0 && (first == 0 || place < first))
        first = place;
    }

  if (first > 0)
    {
      AnnalsMergeRun *run = &g_array_index (self->runs, AnnalsMergeRun, first - 1);

      run->last_post = MAX (run->last_post, post_id);
    }
}

static gboolean
has_revision (AnnalsMerge  *self,
              gint64        post_id,
              gint64        import_id,
              gboolean     *has,
              GError      **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  if (!(stmt = annals_db_borrow (self->db, "SELECT 1 FROM revision WHERE post = :post AND import = :import", error)))
    return FALSE;

  bind_int64 (stmt, ":post", post_id);
  bind_int64 (stmt, ":import", import_id);
  step = annals_db_step (self->db, stmt, error);
  *has = step == STEP_ROW;

  return step != STEP_ERROR;
}

/* *current: the revision that the post shows in the other notebook, or the last one. *came_back: the post has one of a
 * run that was undone. */
static gboolean
insert_revisions (AnnalsMerge  *self,
                  AnnalsEntry  *entry,
                  gint64       *post_id,
                  gint64       *current,
                  gboolean     *came_back,
                  GError      **error)
{
  const GPtrArray *revisions = annals_entry_get (entry, "revisions")->parts;
  gboolean was_here = *post_id != 0;
  gint64 shown = 0;

  for (guint i = 0; revisions != NULL && i < revisions->len; i++)
    {
      AnnalsEntry *revision = revisions->pdata[i];
      const AnnalsMergeRun *run = annals_merge_find_run (self, annals_entry_get_text (revision, "import"));
      gboolean has = FALSE;

      if (run == NULL || !run->is_new)
        continue;
      if (*post_id == 0 && !insert_post (self, annals_entry_get_text (entry, "uid"), run->id, post_id, error))
        return FALSE;
      if (!has_revision (self, *post_id, run->id, &has, error) ||
          (!has && !insert_revision (self, entry, revision, run, *post_id, current, error)))
        return FALSE;

      self->result->n_revisions += was_here && !has;
      *came_back |= has;
      if (!has && g_str_equal (run->uid, annals_entry_get_text (entry, "current")))
        shown = *current;
    }

  self->result->n_posts += *came_back;
  *current = shown != 0 ? shown : *current;
  return TRUE;
}

gboolean
annals_merge_take_post (AnnalsMerge  *self,
                        AnnalsEntry  *entry,
                        GError      **error)
{
  gint64 current = 0;
  gint64 id;
  gboolean came_back = FALSE;
  gboolean was_here;

  if (!find_post (self, entry, &id, error))
    return FALSE;

  was_here = id != 0;
  if (!insert_revisions (self, entry, &id, &current, &came_back, error))
    return FALSE;
  if (id == 0)
    return TRUE;   /* removed here for good: no run that comes along has it */

  note_first_run (self, annals_entry_get (entry, "revisions")->parts, id);
  if (was_here && !came_back && !self->was_empty)
    annals_merge_note_post (self, id, entry->id);
  if (!was_here)
    {
      self->result->n_posts++;
      if (!annals_import_describe_post (self->db, id, current, TRUE, error))
        return FALSE;
    }

  return insert_keys (self, entry, "aliases", "id",
                      "INSERT INTO post_alias (id, post, import) VALUES (:key, :post, :import) "
                      "ON CONFLICT DO NOTHING", id, error) &&
         insert_keys (self, entry, "known_copies", "digest",
                      "INSERT INTO known_copy (digest, post, import) VALUES (:key, :post, :import) "
                      "ON CONFLICT DO NOTHING", id, error);
}
