/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-imports-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-history-private.h"
#include "annals-index-private.h"
#include "annals-posts.h"
#include "annals-tags.h"

/* A "+" before a column keeps SQLite from the index of lists, where it would walk all posts. */

/* So many posts are changed by one statement. */
#define UPDATE_POSTS 20000

/* --- what counts: the first revision, by ANNALS_REVISION_ORDER, of an import that is done --- */

gboolean
annals_import_describe_post (AnnalsDb  *db,
                             gint64     post_id,
                             gint64     revision_id,
                             gboolean   hidden,
                             GError   **error)
{
  g_autoptr(AnnalsDate) published = NULL;
  g_autofree char *edtf = NULL;
  g_autoptr(BorrowedStmt) find = NULL;
  g_autoptr(BorrowedStmt) stmt = NULL;
  gint64 seconds;

  if (!(find = annals_db_borrow (db, "SELECT published FROM revision WHERE id = :id", error)))
    return FALSE;
  bind_int64 (find, ":id", revision_id);
  if (!annals_db_step_to (db, find, revision_id, error))
    return FALSE;
  edtf = column_dup_text (find, 0);

  if (!(stmt = annals_db_borrow (db,
                                 "UPDATE post SET (kind, title, url, author, source, published, language, "
                                 "place, import, revision, withdrawn, published_from, published_to) = "
                                 "(SELECT kind, title, url, author, source, published, language, place, import, "
                                 "id, :hidden, :from, :to FROM revision WHERE id = :revision) WHERE id = :id",
                                 error)))
    return FALSE;

  published = annals_date_parse (edtf, NULL);
  if (published != NULL && annals_date_get_from (published, &seconds))
    bind_int64 (stmt, ":from", seconds);
  if (published != NULL && annals_date_get_to (published, &seconds))
    bind_int64 (stmt, ":to", seconds);
  bind_int64 (stmt, ":hidden", hidden);
  bind_int64 (stmt, ":revision", revision_id);
  bind_int64 (stmt, ":id", post_id);

  return annals_db_run (db, stmt, error);
}

static gboolean
set_current_revision (AnnalsDb  *db,
                      gint64     post_id,
                      gint64     revision_id,
                      gboolean   hidden,
                      GError   **error)
{
  gboolean was_in;

  return annals_index_remove_post (db, post_id, &was_in, error) &&
         annals_import_describe_post (db, post_id, revision_id, hidden, error) &&
         (!was_in || annals_index_add_post (db, post_id, error));
}

typedef struct
{
  gint64 post_id;
  gint64 revision_id;
} Step;

#define NEWEST_THAT_COUNTS \
  "(SELECT newer.id FROM revision AS newer JOIN import ON import.id = newer.import " \
  " WHERE newer.post = post.id AND import.state = 'done' " \
  " ORDER BY " ANNALS_REVISION_ORDER ("newer") " LIMIT 1)"

/* Posts of the import whose newest revision that counts is not the one they show, when it has become
 * @done or undone. */
static GArray *
find_stale (AnnalsDb  *db,
            gint64     import_id,
            gboolean   done,
            GError   **error)
{
  g_autoptr(GArray) found = g_array_new (FALSE, FALSE, sizeof (Step));
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  if (!(stmt = annals_db_borrow (db,
                                 done
                                 ? "SELECT DISTINCT post.id, " NEWEST_THAT_COUNTS ", "
                                   "iif (post.withdrawn, 0, post.revision) FROM revision "
                                   "JOIN post ON post.id = revision.post WHERE revision.import = :id "
                                   "AND (post.revision IS NOT revision.id OR post.withdrawn = 1)"
                                 : "SELECT DISTINCT post.id, " NEWEST_THAT_COUNTS ", "
                                   "iif (post.withdrawn, 0, post.revision) FROM revision "
                                   "JOIN post ON post.id = revision.post WHERE revision.import = :id "
                                   "AND post.withdrawn = 0 AND (post.revision IS revision.id OR EXISTS "
                                   "(SELECT 1 FROM revision AS shown WHERE shown.id = post.revision "
                                   "AND shown.sha256 = revision.sha256 AND shown.file IS NULL AND shown.markup IS NULL))",
                                 error)))
    return NULL;

  bind_int64 (stmt, ":id", import_id);
  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      Step one = { column_int64 (stmt, 0), column_int64 (stmt, 1) };

      if (one.revision_id != 0 && one.revision_id != column_int64 (stmt, 2))
        g_array_append_val (found, one);
    }

  return step == STEP_DONE ? g_steal_pointer (&found) : NULL;
}

/* The last of the next posts after @after of which the import has a revision; *to 0: there are no more. */
static gboolean
find_next_posts (AnnalsDb  *db,
                 gint64     import_id,
                 gint64     after,
                 gint64    *to,
                 GError   **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (!(stmt = annals_db_borrow (db,
                                 "SELECT ifnull (max (post), 0) FROM (SELECT post FROM revision "
                                 "WHERE import = :id AND post > :after ORDER BY post LIMIT :limit)", error)))
    return FALSE;

  bind_int64 (stmt, ":id", import_id);
  bind_int64 (stmt, ":after", after);
  bind_int64 (stmt, ":limit", UPDATE_POSTS);
  if (annals_db_step (db, stmt, error) != STEP_ROW)
    return FALSE;

  *to = column_int64 (stmt, 0);

  return TRUE;
}

/* @sql is of the posts after :after up to :to. While a statement runs, SQLite keeps each page that it changes as it
 * was, in memory: all posts of a large import at once would be too many. */
static gboolean
update_posts (AnnalsDb    *db,
              gint64       import_id,
              const char  *sql,
              GError     **error)
{
  gint64 after = 0;
  gint64 to;

  while (find_next_posts (db, import_id, after, &to, error))
    {
      g_autoptr(BorrowedStmt) stmt = NULL;

      if (to == 0)
        return TRUE;
      if (!(stmt = annals_db_borrow (db, sql, error)))
        return FALSE;

      bind_int64 (stmt, ":id", import_id);
      bind_int64 (stmt, ":after", after);
      bind_int64 (stmt, ":to", to);
      if (!annals_db_run (db, stmt, error))
        return FALSE;

      after = to;
    }

  return FALSE;
}

/* --- runs that came together --- */

/* Of the runner of such a run; what follows is the number of the lead. No name of a host begins so. */
#define TOGETHER " with "

gboolean
annals_import_join (AnnalsDb      *db,
                    const gint64  *ids,
                    guint          n_ids,
                    GError       **error)
{
  g_autofree char *runner = g_strdup_printf (TOGETHER "%" G_GINT64_FORMAT, ids[0]);

  for (guint i = 0; i < n_ids; i++)
    {
      g_autoptr(BorrowedStmt) stmt = annals_db_borrow (db, "UPDATE import SET runner = :runner WHERE id = :id", error);

      if (stmt == NULL)
        return FALSE;

      bind_text (stmt, ":runner", runner);
      bind_int64 (stmt, ":id", ids[i]);
      if (!annals_db_run (db, stmt, error))
        return FALSE;
    }

  return TRUE;
}

/* The import alone, or those that came with it (element type gint64). */
static GArray *
list_together (AnnalsDb  *db,
               gint64     import_id,
               GError   **error)
{
  g_autofree char *runner = g_strdup_printf (TOGETHER "%" G_GINT64_FORMAT, import_id);
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (db, "SELECT id FROM import WHERE runner = :runner ORDER BY id", error);
  AnnalsStep step;

  if (stmt == NULL)
    return NULL;

  bind_text (stmt, ":runner", runner);
  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      gint64 id = column_int64 (stmt, 0);

      g_array_append_val (ids, id);
    }
  if (ids->len == 0)
    g_array_append_val (ids, import_id);

  return step == STEP_DONE ? g_steal_pointer (&ids) : NULL;
}

gboolean
annals_import_leads (AnnalsDb  *db,
                     gint64     import_id,
                     gboolean  *leads,
                     GError   **error)
{
  gint64 is = 0;

  if (!annals_db_query_int64 (db, "SELECT runner = '" TOGETHER "' || id FROM import WHERE id = :id", import_id, 0, &is,
                              error))
    return FALSE;

  *leads = is != 0;
  return TRUE;
}

/* The posts of an import whose state has changed. */
static gboolean
show_posts (AnnalsDb  *db,
            gint64     import_id,
            gboolean   done,
            GError   **error)
{
  g_autoptr(GArray) stale = NULL;

  /* The many first: posts that only this import brought. */
  if (!update_posts (db, import_id,
                     done ? "UPDATE post SET withdrawn = 0 WHERE import = :id AND id > :after AND id <= :to "
                            "AND +withdrawn = 1 "
                            "AND revision = (SELECT max(revision.id) FROM revision INDEXED BY revision_post "
                            "  WHERE revision.post = post.id AND revision.import = :id)"
                          : "UPDATE post SET withdrawn = 1 WHERE +withdrawn = 0 AND id IN "
                            "(SELECT post FROM revision WHERE import = :id AND post > :after AND post <= :to) "
                            "AND NOT EXISTS (SELECT 1 FROM revision JOIN import "
                            "  ON import.id = revision.import WHERE revision.post = post.id "
                            "  AND import.state = 'done')", error))
    return FALSE;

  if (!(stale = find_stale (db, import_id, done, error)))
    return FALSE;

  for (guint i = 0; i < stale->len; i++)
    {
      const Step *step = &g_array_index (stale, Step, i);

      if (!set_current_revision (db, step->post_id, step->revision_id, FALSE, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
annals_import_set_done (AnnalsDb       *db,
                        gint64          import_id,
                        gboolean        done,
                        AnnalsChanges  *changes,
                        GError        **error)
{
  g_autoptr(GArray) ids = list_together (db, import_id, error);

  if (ids == NULL)
    return FALSE;

  for (guint i = 0; i < ids->len; i++)
    if (!annals_db_run_for_id (db,
                               done ? "UPDATE import SET state = 'done' WHERE id = :id"
                                    : "UPDATE import SET state = 'undone' WHERE id = :id",
                               g_array_index (ids, gint64, i), error))
      return FALSE;

  for (guint i = 0; i < ids->len; i++)
    if (!show_posts (db, g_array_index (ids, gint64, i), done, error))
      return FALSE;

  if (changes != NULL)
    {
      annals_changes_add_all (changes, ANNALS_RECORD_POST);
      annals_changes_add_all (changes, ANNALS_RECORD_SOURCE);
      annals_changes_add_all (changes, ANNALS_RECORD_IMPORT);
      annals_changes_add_all (changes, ANNALS_RECORD_ANNOTATION);
    }

  return TRUE;
}

/* The post shows the newest revision of the others, hidden as it is. */
gboolean
annals_import_leave_to_others (AnnalsDb  *db,
                               gint64     import_id,
                               gint64     post_id,
                               GError   **error)
{
  gint64 revision_id;
  gboolean shown;

  {
    g_autoptr(BorrowedStmt) stmt = NULL;

    if (!(stmt = annals_db_borrow (db,
                                   "SELECT (SELECT id FROM revision WHERE post = :post AND import != :import "
                                   "ORDER BY " ANNALS_REVISION_ORDER ("revision") " LIMIT 1), "
                                   "EXISTS (SELECT 1 FROM revision WHERE id = post.revision AND import = :import) "
                                   "FROM post WHERE id = :post", error)))
      return FALSE;

    bind_int64 (stmt, ":post", post_id);
    bind_int64 (stmt, ":import", import_id);
    if (annals_db_step (db, stmt, error) != STEP_ROW)
      return FALSE;
    revision_id = column_int64 (stmt, 0);
    shown = column_int64 (stmt, 1) != 0;
  }

  return !shown || set_current_revision (db, post_id, revision_id, TRUE, error);
}

/* --- what comes along --- */

/* With the tags of the revision before, if there is one that counts: a tag that the user took off since is
 * not put on again; and whether the post is this import's alone. */
#define SELECT_TAGGED \
  "SELECT post, tags, file_name, place, (SELECT before.tags FROM revision AS before " \
  "  JOIN import AS earlier ON earlier.id = before.import WHERE before.post = revision.post " \
  "  AND (before.extent, before.created, before.id) < (revision.extent, revision.created, revision.id) " \
  "  AND earlier.state = 'done' ORDER BY " ANNALS_REVISION_ORDER ("before") " LIMIT 1), " \
  "NOT EXISTS (SELECT 1 FROM revision AS other JOIN import AS another ON another.id = other.import " \
  "  WHERE other.post = revision.post AND another.id != :id AND another.state = 'done') " \
  "FROM revision JOIN import ON import.id = revision.import " \
  "WHERE revision.import = :id AND revision.tags != '' ORDER BY revision.id"

/* More names than that are looked up again. */
#define MAX_CACHED_TAGS 20000

typedef struct
{
  AnnalsDb        *db;
  gint64           import_id;
  AnnalsRecording *recording;   /* (nullable): none when this is done again */
  GHashTable      *ids;         /* name → tag id */
  BorrowedStmt    *insert;
} Tagging;

/* A name that no tag can have is no reason to refuse all posts. */
static gboolean
note_bad_tag (Tagging       *self,
              BorrowedStmt  *row,
              const char    *name,
              const char    *reason,
              GError       **error)
{
  g_autofree char *place = NULL;

  if (self->recording == NULL)
    return TRUE;   /* noted the first time */

  /* Translators: the place of an issue: a file, and the number of a post in it */
  place = g_strdup_printf (_("%s, post %u"), column_text (row, 2), column_uint (row, 3));
  self->db->door = ANNALS_DOOR_BULK;
  return annals_db_add_issue (self->db, self->import_id,
                              &(AnnalsIssue) {
                                .severity = ANNALS_SEVERITY_WARNING,
                                .code = ANNALS_ISSUE_OTHER,
                                .place = place,
                                .reason = (char *) reason,
                                .excerpt = (char *) name,
                              },
                              error);
}

/* *id 0: no tag can have that name. */
static gboolean
find_tag (Tagging       *self,
          BorrowedStmt  *row,
          const char    *name,
          gint64        *id,
          GError       **error)
{
  g_autoptr(GError) failure = NULL;
  const gint64 *cached = g_hash_table_lookup (self->ids, name);

  if (cached != NULL)
    {
      *id = *cached;
      return TRUE;
    }

  self->db->door = ANNALS_DOOR_CHANGE;
  if (annals_db_ensure_tag (self->db, name, id, &failure))
    {
      if (g_hash_table_size (self->ids) >= MAX_CACHED_TAGS)
        g_hash_table_remove_all (self->ids);
      g_hash_table_insert (self->ids, g_strdup (name), g_memdup2 (id, sizeof *id));
      return TRUE;
    }

  *id = 0;
  if (g_error_matches (failure, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_INVALID))
    return note_bad_tag (self, row, name, failure->message, error);

  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* @row: of SELECT_TAGGED. What is put on a post that this import brought goes and comes with the import, so
 * the history need not hold it: of a large import it would fill the memory. */
static gboolean
tag_post (Tagging       *self,
          BorrowedStmt  *row,
          const char    *name,
          GError       **error)
{
  gboolean fresh = column_int64 (row, 5) != 0;
  gboolean ok;
  gint64 id;

  if (self->recording == NULL && !fresh)
    return TRUE;   /* the history holds it */
  if (!find_tag (self, row, name, &id, error))
    return FALSE;
  if (id == 0)
    return TRUE;

  if (self->recording != NULL)
    annals_recording_pause (self->recording, fresh);
  rewind_stmt (self->insert);
  bind_int64 (self->insert, ":post", column_int64 (row, 0));
  bind_int64 (self->insert, ":tag", id);
  ok = annals_db_run (self->db, self->insert, error);
  if (self->recording != NULL)
    annals_recording_pause (self->recording, FALSE);

  return ok;
}

static gboolean
tag_posts (Tagging       *self,
           BorrowedStmt  *rows,
           GError       **error)
{
  AnnalsStep step = STEP_ERROR;
  gboolean ok = TRUE;

  while (ok && (step = annals_db_step (self->db, rows, error)) == STEP_ROW)
    {
      g_auto(GStrv) names = g_strsplit (column_text (rows, 1), "\n", -1);
      g_auto(GStrv) before = g_strsplit (column_text (rows, 4), "\n", -1);

      for (guint i = 0; ok && names[i] != NULL; i++)
        ok = *names[i] == '\0' || g_strv_contains ((const char * const *) before, names[i]) ||
             tag_post (self, rows, names[i], error);
    }

  return ok && step == STEP_DONE;
}

gboolean
annals_import_apply_tags (AnnalsDb         *db,
                          gint64            import_id,
                          AnnalsRecording  *recording,
                          GError          **error)
{
  g_autoptr(BorrowedStmt) rows = annals_db_borrow (db, SELECT_TAGGED, error);
  g_autoptr(BorrowedStmt) insert = NULL;
  g_autoptr(GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Tagging tagging = { db, import_id, recording, ids, NULL };
  AnnalsDoor door = db->door;
  gboolean leads = FALSE;
  gboolean ok;

  if (rows == NULL || !annals_import_leads (db, import_id, &leads, error))
    return FALSE;
  if (leads)
    return TRUE;   /* tags came as what the user of the other notebook had made of them */

  if (!(insert = annals_db_borrow (db,
                                   "INSERT INTO post_tag (post, tag, created, author) "
                                   "VALUES (:post, :tag, :now, :author) ON CONFLICT DO NOTHING", error)))
    return FALSE;

  tagging.insert = insert;
  bind_int64 (rows, ":id", import_id);
  bind_int64 (insert, ":now", db->now);
  bind_text (insert, ":author", db->author);
  ok = tag_posts (&tagging, rows, error);
  db->door = door;

  return ok;
}

gboolean
annals_import_take_off_tags (AnnalsDb  *db,
                             gint64     import_id,
                             GError   **error)
{
  g_autoptr(BorrowedStmt) rows = annals_db_borrow (db, SELECT_TAGGED, error);
  AnnalsStep step = STEP_ERROR;
  gboolean leads = FALSE;
  gboolean ok = rows != NULL && annals_import_leads (db, import_id, &leads, error);

  if (!ok || leads)
    return ok;

  bind_int64 (rows, ":id", import_id);
  while (ok && (step = annals_db_step (db, rows, error)) == STEP_ROW)
    ok = column_int64 (rows, 5) == 0 ||
         annals_db_run_for_id (db, "DELETE FROM post_tag WHERE post = :id", column_int64 (rows, 0), error);

  return ok && step == STEP_DONE;
}
