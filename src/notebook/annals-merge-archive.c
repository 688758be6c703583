/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-merge-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-imports-private.h"
#include "annals-pictures-private.h"
#include "annals-post-uid.h"
#include "annals-text.h"

/* Binds what stands in @entry under the names of its members. */
static void
bind_number (BorrowedStmt *stmt,
             AnnalsEntry  *entry,
             const char   *member)
{
  g_autofree char *name = g_strconcat (":", member, NULL);

  bind_int64 (stmt, name, annals_entry_get (entry, member)->number);
}

static void
bind_string (BorrowedStmt *stmt,
             AnnalsEntry  *entry,
             const char   *member)
{
  g_autofree char *name = g_strconcat (":", member, NULL);

  bind_text (stmt, name, annals_entry_get_text (entry, member));
}

static void
bind_strings (BorrowedStmt       *stmt,
              AnnalsEntry        *entry,
              const char * const *members)
{
  for (; *members != NULL; members++)
    bind_string (stmt, entry, *members);
}

static void
bind_numbers (BorrowedStmt       *stmt,
              AnnalsEntry        *entry,
              const char * const *members)
{
  for (; *members != NULL; members++)
    bind_number (stmt, entry, *members);
}

static GBytes *
hex_to_bytes (const char *hex)
{
  gsize length = strlen (hex) / 2;
  guint8 *bytes = g_malloc (length + 1);

  for (gsize i = 0; i < length; i++)
    bytes[i] = (guint8) (g_ascii_xdigit_value (hex[2 * i]) << 4 | g_ascii_xdigit_value (hex[2 * i + 1]));

  return g_bytes_new_take (bytes, length);
}

static AnnalsMergeRun *
find_run (AnnalsMerge *self,
          const char  *uid)
{
  guint place = GPOINTER_TO_UINT (uid != NULL ? g_hash_table_lookup (self->run_of, uid) : NULL);

  return place > 0 ? &g_array_index (self->runs, AnnalsMergeRun, place - 1) : NULL;
}

/* --- imports --- */

/* *id 0: it is not here. */
static gboolean
look_up_import (AnnalsMerge  *self,
                const char   *uid,
                gint64       *id,
                gboolean     *undone,
                GError      **error)
{
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (self->db, "SELECT id, state, file_name FROM import WHERE uid = :uid",
                                                   error);
  AnnalsStep step;

  *id = 0;
  *undone = FALSE;
  if (stmt == NULL)
    return FALSE;

  bind_text (stmt, ":uid", uid);
  if ((step = annals_db_step (self->db, stmt, error)) != STEP_ROW)
    return step == STEP_DONE;

  *id = column_int64 (stmt, 0);
  *undone = g_str_equal (column_text (stmt, 1), "undone");
  if (*undone || g_str_equal (column_text (stmt, 1), "done"))
    return TRUE;

  g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_BUSY,
               _("The import of “%s”, which is in both, has not come to its end here; finish or remove it first"),
               column_text (stmt, 2));
  return FALSE;
}

static gboolean
insert_import (AnnalsMerge  *self,
               AnnalsEntry  *entry,
               gint64       *id,
               GError      **error)
{
  g_autofree char *runner = annals_import_dup_runner (self->db);
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (!(stmt = annals_db_borrow (self->db,
                                 "INSERT INTO import (uid, started, seconds, state, runner, path, file_name, "
                                 "file_size, file_sha256, format, archive, options, n_read, n_new, n_updated, n_unchanged, "
                                 "n_skipped, n_issues, mark_digest) "
                                 "VALUES (:uid, :started, :seconds, 'running', :runner, :path, "
                                 ":file_name, :file_size, :file_sha256, :format, :archive, :options, :read, :new, "
                                 ":updated, :unchanged, :skipped, :issues, '" ANNALS_IMPORT_OF_NOTEBOOK "')", error)))
    return FALSE;

  bind_strings (stmt, entry, (const char * const []) { "uid", "path", "file_name", "file_sha256", "format", "archive",
                                                       "options", NULL });
  bind_numbers (stmt, entry, (const char * const []) { "started", "file_size", "read", "new", "updated", "unchanged",
                                                       "skipped", "issues", NULL });
  bind_double (stmt, ":seconds", annals_entry_get (entry, "seconds")->seconds);
  bind_text (stmt, ":runner", runner);
  if (!annals_db_run (self->db, stmt, error))
    return FALSE;

  *id = annals_db_last_id (self->db);
  return TRUE;
}

static gboolean
take_import (AnnalsMerge  *self,
             AnnalsEntry  *entry,
             GError      **error)
{
  const char *uid = annals_entry_get_text (entry, "uid");
  AnnalsMergeRun run = { 0 };

  if (g_hash_table_contains (self->run_of, uid))
    return TRUE;
  if (!look_up_import (self, uid, &run.id, &run.was_undone, error))
    return FALSE;

  run.is_new = run.id == 0 || run.was_undone;
  if (run.id == 0 && !insert_import (self, entry, &run.id, error))
    return FALSE;

  if (run.is_new)
    self->result->n_added[ANNALS_ENTRY_IMPORT]++;
  run.uid = g_strdup (uid);
  g_array_append_val (self->runs, run);
  g_hash_table_insert (self->run_of, run.uid, GUINT_TO_POINTER (self->runs->len));

  return TRUE;
}

/* --- their files and issues --- */

static gboolean
insert_file (AnnalsMerge  *self,
             AnnalsEntry  *entry,
             gint64        import_id,
             gint64       *id,
             GError      **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (!(stmt = annals_db_borrow (self->db,
                                 "INSERT INTO import_file (import, path, size, sha256, format) "
                                 "VALUES (:import, :path, :size, :sha256, :format)", error)))
    return FALSE;

  bind_int64 (stmt, ":import", import_id);
  bind_strings (stmt, entry, (const char * const []) { "path", "sha256", "format", NULL });
  bind_number (stmt, entry, "size");
  if (!annals_db_run (self->db, stmt, error))
    return FALSE;

  *id = annals_db_last_id (self->db);
  return TRUE;
}

/* Files that are named are those of runs that are not here, but for a run that was undone. */
static gboolean
load_paths (AnnalsMerge  *self,
            gint64        import_id,
            GError      **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  if (self->paths != NULL && self->paths_of == import_id)
    return TRUE;

  g_clear_pointer (&self->paths, g_hash_table_unref);
  self->paths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->paths_of = import_id;
  if (!(stmt = annals_db_borrow (self->db, "SELECT path, id FROM import_file WHERE import = :id", error)))
    return FALSE;

  bind_int64 (stmt, ":id", import_id);
  while ((step = annals_db_step (self->db, stmt, error)) == STEP_ROW)
    {
      gint64 id = column_int64 (stmt, 1);

      g_hash_table_insert (self->paths, column_dup_text (stmt, 0), g_memdup2 (&id, sizeof id));
    }

  return step == STEP_DONE;
}

static gboolean
take_file (AnnalsMerge  *self,
           AnnalsEntry  *entry,
           GError      **error)
{
  const AnnalsMergeRun *run = find_run (self, annals_entry_get_text (entry, "import"));
  const gint64 *known;
  gint64 id = 0;

  if (run != NULL && run->is_new && !run->was_undone)
    {
      if (!insert_file (self, entry, run->id, &id, error))
        return FALSE;
    }
  else if (run != NULL)
    {
      if (!load_paths (self, run->id, error))
        return FALSE;
      known = g_hash_table_lookup (self->paths, annals_entry_get_text (entry, "path"));
      id = known != NULL ? *known : 0;
    }
  g_array_append_val (self->files, id);

  return TRUE;
}

static gboolean
take_issue (AnnalsMerge  *self,
            AnnalsEntry  *entry,
            GError      **error)
{
  const AnnalsMergeRun *run = find_run (self, annals_entry_get_text (entry, "import"));
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (run == NULL || !run->is_new || run->was_undone)
    return TRUE;

  if (!(stmt = annals_db_borrow (self->db,
                                 "INSERT INTO import_issue (import, severity, place, reason, excerpt, code, record, "
                                 "can_force) VALUES (:import, :severity, :place, :reason, :excerpt, :code, :record, "
                                 ":can_force)", error)))
    return FALSE;

  bind_int64 (stmt, ":import", run->id);
  bind_strings (stmt, entry, (const char * const []) { "severity", "place", "reason", "excerpt", "code", NULL });
  bind_numbers (stmt, entry, (const char * const []) { "record", "can_force", NULL });

  return annals_db_run (self->db, stmt, error);
}

/* --- pictures --- */

static gboolean
take_attachment (AnnalsMerge  *self,
                 AnnalsEntry  *entry,
                 GError      **error)
{
  const AnnalsEntryValue *value = annals_entry_get (entry, "bytes");
  g_autofree char *sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) value->text,
                                                         value->length);
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (!g_str_equal (sha256, annals_entry_get_text (entry, "sha256")))
    {
      annals_merge_take_remark (self, entry->kind, annals_entry_get_text (entry, "sha256"),
                                g_strdup (_("Left out: its bytes are not those that its SHA-256 stands for")));
      return TRUE;
    }

  if (!(stmt = annals_db_borrow (self->db,
                                 "INSERT INTO attachment (sha256, media_type, size, bytes) "
                                 "VALUES (:sha256, :media_type, :size, :bytes) ON CONFLICT DO NOTHING", error)))
    return FALSE;

  bytes = g_bytes_new_static (value->text, value->length);
  bind_text (stmt, ":sha256", sha256);
  bind_string (stmt, entry, "media_type");
  bind_int64 (stmt, ":size", (gint64) value->length);
  bind_bytes (stmt, ":bytes", bytes);

  return annals_db_run (self->db, stmt, error);
}

/* Only what a new run brought: it goes with it should this come to nothing. */
static gboolean
take_picture (AnnalsMerge  *self,
              AnnalsEntry  *entry,
              GError      **error)
{
  const AnnalsMergeRun *scope = find_run (self, annals_entry_get (entry, "scope")->text);
  const AnnalsMergeRun *run = find_run (self, annals_entry_get (entry, "import")->text);
  g_autoptr(BorrowedStmt) stmt = NULL;
  gint64 attachment;

  if (run == NULL || !run->is_new)
    return TRUE;
  if (!annals_merge_find (self, ANNALS_ENTRY_ATTACHMENT, annals_entry_get_text (entry, "attachment"), &attachment,
                          error))
    return FALSE;
  if (attachment == 0 || (scope == NULL && !annals_entry_get (entry, "scope")->is_null))
    return TRUE;

  if (!(stmt = annals_db_borrow (self->db,
                                 "INSERT INTO picture (scope, address, attachment, import) "
                                 "VALUES (:scope, :address, :attachment, :import) ON CONFLICT (scope, address) "
                                 "DO UPDATE SET attachment = excluded.attachment, import = excluded.import "
                                 "WHERE attachment IS NULL", error)))
    return FALSE;

  bind_int64 (stmt, ":scope", scope != NULL ? scope->id : 0);
  bind_string (stmt, entry, "address");
  bind_int64 (stmt, ":attachment", attachment);
  bind_int64 (stmt, ":import", run->id);

  return annals_db_run (self->db, stmt, error);
}

/* --- posts --- */

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
  bind_numbers (stmt, entry, (const char * const []) { "n", "extent", "length", "place", NULL });
  bind_strings (stmt, entry, (const char * const []) { "sha256", "uid", "kind", "title", "url", "author", "source",
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

  bind_numbers (stmt, entry, (const char * const []) { "created", "extent", "place", NULL });
  bind_strings (stmt, entry, (const char * const []) { "kind", "title", "url", "author", "published", "language",
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
      const AnnalsMergeRun *run = find_run (self, annals_entry_get_text (keys->pdata[i], "import"));
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

/* *current: the revision that the post shows in the other notebook, or the last one. */
static gboolean
insert_revisions (AnnalsMerge  *self,
                  AnnalsEntry  *entry,
                  gint64       *post_id,
                  gint64       *current,
                  GError      **error)
{
  const GPtrArray *revisions = annals_entry_get (entry, "revisions")->parts;
  gboolean was_here = *post_id != 0;
  gboolean came_back = FALSE;
  gint64 shown = 0;

  for (guint i = 0; revisions != NULL && i < revisions->len; i++)
    {
      AnnalsEntry *revision = revisions->pdata[i];
      const AnnalsMergeRun *run = find_run (self, annals_entry_get_text (revision, "import"));
      gboolean has = FALSE;

      if (run == NULL || !run->is_new)
        continue;
      if (*post_id == 0 && !insert_post (self, annals_entry_get_text (entry, "uid"), run->id, post_id, error))
        return FALSE;
      if (!has_revision (self, *post_id, run->id, &has, error) ||
          (!has && !insert_revision (self, entry, revision, run, *post_id, current, error)))
        return FALSE;

      self->result->n_revisions += was_here && !has;
      came_back |= has;
      if (!has && g_str_equal (run->uid, annals_entry_get_text (entry, "current")))
        shown = *current;
    }

  self->result->n_posts += came_back;
  *current = shown != 0 ? shown : *current;
  return TRUE;
}

static gboolean
take_post (AnnalsMerge  *self,
           AnnalsEntry  *entry,
           GError      **error)
{
  gint64 current = 0;
  gint64 id;
  gboolean was_here;

  if (!find_post (self, entry, &id, error))
    return FALSE;

  was_here = id != 0;
  if (!insert_revisions (self, entry, &id, &current, error))
    return FALSE;
  if (id == 0)
    return TRUE;   /* removed here for good: no run that comes along has it */

  note_first_run (self, annals_entry_get (entry, "revisions")->parts, id);
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

gboolean
annals_merge_take_archive (AnnalsMerge  *self,
                           AnnalsEntry  *entry,
                           GError      **error)
{
  switch ((int) entry->kind)
    {
    case ANNALS_ENTRY_IMPORT:
      return take_import (self, entry, error);

    case ANNALS_ENTRY_FILE:
      return take_file (self, entry, error);

    case ANNALS_ENTRY_ISSUE:
      return take_issue (self, entry, error);

    case ANNALS_ENTRY_ATTACHMENT:
      return take_attachment (self, entry, error);

    case ANNALS_ENTRY_PICTURE:
      return take_picture (self, entry, error);

    case ANNALS_ENTRY_POST:
      return take_post (self, entry, error);

    default:
      g_return_val_if_reached (FALSE);
    }
}

gboolean
annals_merge_store_rules (AnnalsMerge  *self,
                          GError      **error)
{
  for (guint i = 0; i < self->rules->len; i++)
    {
      AnnalsEntry *entry = self->rules->pdata[i];
      g_autoptr(BorrowedStmt) stmt = NULL;

      if (!(stmt = annals_db_borrow (self->db,
                                     "INSERT INTO import_rule (archive, pattern, format, options, saved) "
                                     "VALUES (:archive, :pattern, :format, :options, :saved) ON CONFLICT (archive) "
                                     "DO UPDATE SET pattern = excluded.pattern, format = excluded.format, "
                                     "options = excluded.options, saved = excluded.saved "
                                     "WHERE excluded.saved > import_rule.saved", error)))
        return FALSE;

      bind_strings (stmt, entry, (const char * const []) { "archive", "pattern", "format", "options", NULL });
      bind_number (stmt, entry, "saved");
      if (!annals_db_run (self->db, stmt, error))
        return FALSE;
    }

  return TRUE;
}
