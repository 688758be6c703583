/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-merge-private.h"

#include <glib/gi18n-lib.h>

#include "annals-imports-private.h"

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

void
annals_merge_bind_strings (BorrowedStmt       *stmt,
                           AnnalsEntry        *entry,
                           const char * const *members)
{
  for (; *members != NULL; members++)
    bind_string (stmt, entry, *members);
}

void
annals_merge_bind_numbers (BorrowedStmt       *stmt,
                           AnnalsEntry        *entry,
                           const char * const *members)
{
  for (; *members != NULL; members++)
    bind_number (stmt, entry, *members);
}

AnnalsMergeRun *
annals_merge_find_run (AnnalsMerge *self,
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

  annals_merge_bind_strings (stmt, entry,
                             (const char * const []) { "uid", "path", "file_name", "file_sha256", "format",
                                                       "archive", "options", NULL });
  annals_merge_bind_numbers (stmt, entry,
                             (const char * const []) { "started", "file_size", "read", "new", "updated",
                                                       "unchanged", "skipped", "issues", NULL });
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
  annals_merge_bind_strings (stmt, entry, (const char * const []) { "path", "sha256", "format", NULL });
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
  const AnnalsMergeRun *run = annals_merge_find_run (self, annals_entry_get_text (entry, "import"));
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
  const AnnalsMergeRun *run = annals_merge_find_run (self, annals_entry_get_text (entry, "import"));
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (run == NULL || !run->is_new || run->was_undone)
    return TRUE;

  if (!(stmt = annals_db_borrow (self->db,
                                 "INSERT INTO import_issue (import, severity, place, reason, excerpt, code, record, "
                                 "can_force) VALUES (:import, :severity, :place, :reason, :excerpt, :code, :record, "
                                 ":can_force)", error)))
    return FALSE;

  bind_int64 (stmt, ":import", run->id);
  annals_merge_bind_strings (stmt, entry,
                             (const char * const []) { "severity", "place", "reason", "excerpt", "code", NULL });
  annals_merge_bind_numbers (stmt, entry, (const char * const []) { "record", "can_force", NULL });

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

/* Who shows a picture of that address, shows the one that was here first. */
static gboolean
tell_other_picture (AnnalsMerge  *self,
                    AnnalsEntry  *entry,
                    gint64        scope,
                    gint64        attachment,
                    GError      **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  if (!(stmt = annals_db_borrow (self->db,
                                 "SELECT 1 FROM picture WHERE scope = :scope AND address = :address "
                                 "AND attachment != :attachment", error)))
    return FALSE;

  bind_int64 (stmt, ":scope", scope);
  bind_string (stmt, entry, "address");
  bind_int64 (stmt, ":attachment", attachment);
  if ((step = annals_db_step (self->db, stmt, error)) == STEP_ROW)
    annals_merge_take_remark (self, ANNALS_ENTRY_PICTURE, annals_entry_get_text (entry, "address"),
                              g_strdup (_("There is another picture at this address there; the one here stays")));

  return step != STEP_ERROR;
}

/* Only what a new run brought: it goes with it should this come to nothing. */
static gboolean
take_picture (AnnalsMerge  *self,
              AnnalsEntry  *entry,
              GError      **error)
{
  const AnnalsMergeRun *scope = annals_merge_find_run (self, annals_entry_get (entry, "scope")->text);
  const AnnalsMergeRun *run = annals_merge_find_run (self, annals_entry_get (entry, "import")->text);
  g_autoptr(BorrowedStmt) stmt = NULL;
  gint64 attachment;

  if (run == NULL || !run->is_new)
    return TRUE;
  if (!annals_merge_find (self, ANNALS_ENTRY_ATTACHMENT, annals_entry_get_text (entry, "attachment"), &attachment,
                          error))
    return FALSE;
  if (attachment == 0 || (scope == NULL && !annals_entry_get (entry, "scope")->is_null))
    return TRUE;

  if (!tell_other_picture (self, entry, scope != NULL ? scope->id : 0, attachment, error) ||
      !(stmt = annals_db_borrow (self->db,
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
      return annals_merge_take_post (self, entry, error);

    default:
      g_return_val_if_reached (FALSE);
    }
}

/* *is: the rule of that archive here says otherwise and was saved later, or at the same time. */
static gboolean
is_ours_kept (AnnalsMerge  *self,
              AnnalsEntry  *entry,
              gboolean     *is,
              GError      **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  if (!(stmt = annals_db_borrow (self->db,
                                 "SELECT 1 FROM import_rule WHERE archive = :archive AND saved >= :saved "
                                 "AND (pattern, format, options) != (:pattern, :format, :options)", error)))
    return FALSE;

  annals_merge_bind_strings (stmt, entry,
                             (const char * const []) { "archive", "pattern", "format", "options", NULL });
  bind_number (stmt, entry, "saved");
  step = annals_db_step (self->db, stmt, error);
  *is = step == STEP_ROW;

  return step != STEP_ERROR;
}

gboolean
annals_merge_store_rules (AnnalsMerge  *self,
                          GError      **error)
{
  for (guint i = 0; i < self->rules->len; i++)
    {
      AnnalsEntry *entry = self->rules->pdata[i];
      g_autoptr(BorrowedStmt) stmt = NULL;
      gboolean is_kept;

      if (!is_ours_kept (self, entry, &is_kept, error) ||
          !(stmt = annals_db_borrow (self->db,
                                     "INSERT INTO import_rule (archive, pattern, format, options, saved) "
                                     "VALUES (:archive, :pattern, :format, :options, :saved) ON CONFLICT (archive) "
                                     "DO UPDATE SET pattern = excluded.pattern, format = excluded.format, "
                                     "options = excluded.options, saved = excluded.saved "
                                     "WHERE excluded.saved > import_rule.saved", error)))
        return FALSE;

      if (is_kept)
        annals_merge_take_remark (self, ANNALS_ENTRY_RULE, annals_entry_get_text (entry, "archive"),
                                  g_strdup (_("It is another one there; the one here was saved later and stays")));
      annals_merge_bind_strings (stmt, entry,
                                 (const char * const []) { "archive", "pattern", "format", "options", NULL });
      bind_number (stmt, entry, "saved");
      if (!annals_db_run (self->db, stmt, error))
        return FALSE;
    }

  return TRUE;
}
