/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-index-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-rank-private.h"
#include "annals-tokenizer.h"

#define VERSION_KEY "index.version"
#define BULK_KEY "index.bulk"

/* A word in the title says more of what a post is about than one in the text. */
#define TITLE_WEIGHT "5.0"

/* From so many posts on the index is built with little merging as it grows and merged down at the
 * end. */
#define BULK_POSTS 2000
/* Beyond it the number of posts to come is taken from the ids alone, which is an upper bound. */
#define EXACT_PENDING 10000
/* A step of merging down ends after so long. */
#define MERGE_MICROSECONDS (300 * 1000)
/* So many posts between two looks whether somebody waits. */
#define POSTS_PER_LOOK 100

/* crisismerge stays as high as it goes for ever: at its default one edit of a large index merged
 * for over a minute. hashsize: one segment for each transaction of a build. */
static const char CREATE_SQL[] =
  "CREATE VIRTUAL TABLE post_index USING fts5 (title, text, content='post_text',"
  " content_rowid='id', tokenize='annals');"
  "INSERT INTO post_index (post_index, rank) VALUES ('hashsize', 33554432);"
  "INSERT INTO post_index (post_index, rank) VALUES ('crisismerge', 1999);"
  "INSERT INTO post_index (post_index, rank) VALUES ('automerge', 4);"
  "INSERT INTO post_index (post_index, rank) VALUES ('rank', 'bm25(" TITLE_WEIGHT ", 1.0)');";

/* The last post that is in: posts go in by ascending id, and this is what is really there, also
 * after posts were removed and their ids given to others. */
#define LAST_INDEXED "ifnull((SELECT max(id) FROM post_index_docsize), 0)"

static gboolean
set_bulk (AnnalsDb  *db,
          gboolean   bulk,
          GError   **error)
{
  return annals_db_exec (db,
                         bulk ? "INSERT INTO post_index (post_index, rank) VALUES ('automerge', 16)"
                              : "INSERT INTO post_index (post_index, rank) VALUES ('automerge', 4)",
                         error) &&
         annals_db_set_meta (db, BULK_KEY, bulk ? "1" : "0", error);
}

static gboolean
get_bulk (AnnalsDb  *db,
          gboolean  *bulk,
          GError   **error)
{
  g_autofree char *value = NULL;
  GError *failure = NULL;

  value = annals_db_get_meta (db, BULK_KEY, &failure);
  *bulk = g_strcmp0 (value, "1") == 0;

  if (failure != NULL)
    g_propagate_error (error, failure);

  return failure == NULL;
}

/* One round of merging: pages of work, negative to take every segment together first. */
static gboolean
merge (AnnalsDb  *db,
       int        n_pages,
       int       *n_changes,
       GError   **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  int before = sqlite3_total_changes (db->native);

  if (!(stmt = annals_db_borrow (db,
                                 "INSERT INTO post_index (post_index, rank) VALUES ('merge', :pages)",
                                 error)))
    return FALSE;

  bind_int64 (stmt, ":pages", n_pages);

  if (!annals_db_run (db, stmt, error))
    return FALSE;

  *n_changes = sqlite3_total_changes (db->native) - before;

  return TRUE;
}

/* Merges for a while; *done when there is nothing more to merge. */
static gboolean
merge_down (AnnalsDb  *db,
            gboolean  *done,
            GError   **error)
{
  gint64 end = g_get_monotonic_time () + MERGE_MICROSECONDS;
  g_autofree char *value = NULL;
  int n_changes;

  *done = FALSE;

  value = annals_db_get_meta (db, "index.merging", NULL);
  if (g_strcmp0 (value, "1") != 0 &&
      (!merge (db, -500, &n_changes, error) ||
       !annals_db_set_meta (db, "index.merging", "1", error)))
    return FALSE;

  while (g_get_monotonic_time () < end && !annals_db_is_awaited (db))
    {
      if (!merge (db, 500, &n_changes, error))
        return FALSE;

      if (n_changes < 2)
        {
          *done = TRUE;
          return annals_db_set_meta (db, "index.merging", "0", error);
        }
    }

  return TRUE;
}

/* Post by post: after a statement that inserts several rows FTS5 writes what it holds, and an index of such
 * small segments takes half as long again, most of it for merging them. */
static gboolean
insert_posts (AnnalsDb  *db,
              guint      max_posts,
              GError   **error)
{
  g_autoptr(BorrowedStmt) from = NULL;
  g_autoptr(BorrowedStmt) into = NULL;
  AnnalsStep step = STEP_DONE;
  guint n_posts = 0;

  if (!(from = annals_db_borrow (db,
                                 "SELECT id, title, text FROM post_text"
                                 " WHERE id > " LAST_INDEXED " ORDER BY id LIMIT :limit", error)) ||
      !(into = annals_db_borrow (db, "INSERT INTO post_index (rowid, title, text) VALUES (?1, ?2, ?3)", error)))
    return FALSE;

  bind_int64 (from, ":limit", max_posts);
  while ((n_posts % POSTS_PER_LOOK != 0 || n_posts == 0 || !annals_db_is_awaited (db)) &&
         (step = annals_db_step (db, from, error)) == STEP_ROW)
    {
      for (int i = 0; i < 3; i++)
        bind_column_at (into, i + 1, from, i);

      if (!annals_db_run (db, into, error))
        return FALSE;

      rewind_stmt (into);
      n_posts++;
    }

  return step != STEP_ERROR;
}

/* FTS5 reports what it does not understand of an expression as a plain error. */
void
annals_index_explain_error (AnnalsDb    *db,
                            const char  *match,
                            GError     **error)
{
  if (error == NULL || *error == NULL || sqlite3_errcode (db->native) != SQLITE_ERROR)
    return;

  g_clear_error (error);
  g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_INVALID,
               _("The search “%s” cannot be understood: %s"), match, sqlite3_errmsg (db->native));
}

gboolean
annals_index_register (AnnalsDb  *db,
                       GError   **error)
{
  int code = annals_tokenizer_register (db->native);

  if (code == SQLITE_OK)
    code = annals_rank_register (db->native);
  if (code == SQLITE_OK)
    return TRUE;

  annals_db_set_error (db, code, _("SQLite has no full-text search"), error);

  return FALSE;
}

/* A stranger's table of that name may be one over other texts, or no index at all. */
static gboolean
was_made_by (AnnalsDb    *db,
             const char  *table,
             const char  *create_sql,
             gboolean    *made,
             GError     **error)
{
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (db, "SELECT sql FROM sqlite_schema WHERE name = :name", error);
  AnnalsStep step;

  if (stmt == NULL)
    return FALSE;

  bind_text (stmt, ":name", table);
  step = annals_db_step (db, stmt, error);
  if (step == STEP_ROW)
    *made = strncmp (column_text (stmt, 0), create_sql, strcspn (create_sql, ";")) == 0 &&
            strlen (column_text (stmt, 0)) == strcspn (create_sql, ";");

  return step != STEP_ERROR;
}

gboolean
annals_index_find_table (AnnalsDb    *db,
                         const char  *table,
                         const char  *create_sql,
                         const char  *version_key,
                         gboolean    *there,
                         gboolean    *current,
                         GError     **error)
{
  g_autofree char *count = g_strdup_printf ("SELECT count(*) FROM sqlite_schema WHERE name = '%s'", table);
  g_autofree char *wanted = g_strdup_printf ("%d", ANNALS_TOKENIZER_VERSION);
  g_autofree char *version = NULL;
  GError *failure = NULL;
  gint64 n = 0;

  version = annals_db_get_meta (db, version_key, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }

  if (!annals_db_query_int64 (db, count, 0, 0, &n, error))
    return FALSE;

  *there = n != 0;
  *current = FALSE;

  return !*there || g_strcmp0 (version, wanted) != 0 || was_made_by (db, table, create_sql, current, error);
}

gboolean
annals_index_needs_preparing (AnnalsDb  *db,
                              gboolean  *needs,
                              GError   **error)
{
  gboolean there, current;

  if (!annals_index_find_table (db, "post_index", CREATE_SQL, VERSION_KEY, &there, &current, error))
    return FALSE;

  *needs = !current;
  return TRUE;
}

gboolean
annals_index_prepare (AnnalsDb  *db,
                      GError   **error)
{
  g_autofree char *version = g_strdup_printf ("%d", ANNALS_TOKENIZER_VERSION);
  gboolean there, current;

  if (!annals_index_find_table (db, "post_index", CREATE_SQL, VERSION_KEY, &there, &current, error))
    return FALSE;

  return current ||
         ((!there || annals_db_exec (db, "DROP TABLE post_index", error)) &&
          annals_db_exec (db, CREATE_SQL, error) &&
          annals_db_set_meta (db, BULK_KEY, "0", error) &&
          annals_db_set_meta (db, "index.merging", "0", error) &&
          annals_db_set_meta (db, VERSION_KEY, version, error));
}

gboolean
annals_index_count_pending (AnnalsDb  *db,
                            guint     *pending,
                            GError   **error)
{
  gint64 n = 0;

  if (!annals_db_query_int64 (db,
                              "SELECT ifnull(max(id), 0) - " LAST_INDEXED " FROM post",
                              0, 0, &n, error))
    return FALSE;

  /* Ids have gaps, so the difference is exact only after counting. */
  if (n > 0 && n <= EXACT_PENDING &&
      !annals_db_query_int64 (db, "SELECT count(*) FROM post_text WHERE id > " LAST_INDEXED,
                              0, 0, &n, error))
    return FALSE;

  *pending = (guint) CLAMP (n, 0, G_MAXUINT);

  return TRUE;
}

gboolean
annals_index_step (AnnalsDb  *db,
                   guint      max_posts,
                   guint     *pending,
                   GError   **error)
{
  gboolean bulk = FALSE;
  gboolean done = FALSE;

  if (!annals_index_count_pending (db, pending, error) || !get_bulk (db, &bulk, error))
    return FALSE;

  if (*pending == 0 && !bulk)
    return TRUE;

  if (!bulk && *pending > BULK_POSTS)
    {
      if (!set_bulk (db, TRUE, error))
        return FALSE;

      bulk = TRUE;
    }

  /* The last posts of a large build wait for the merging, so that "pending" stays true: it is not
   * over before they are in. */
  if (bulk && *pending <= max_posts)
    {
      if (!merge_down (db, &done, error))
        return FALSE;

      if (!done && *pending > 0)
        return TRUE;

      if (done && !set_bulk (db, FALSE, error))
        return FALSE;
    }

  return insert_posts (db, max_posts, error) &&
         annals_index_count_pending (db, pending, error);
}

gboolean
annals_index_remove_post (AnnalsDb  *db,
                          gint64     post_id,
                          gboolean  *was_in,
                          GError   **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  gint64 found = 0;

  if (!annals_db_query_int64 (db, "SELECT count(*) FROM post_index_docsize WHERE id = :id",
                              post_id, 0, &found, error))
    return FALSE;

  *was_in = found != 0;

  if (!*was_in)
    return TRUE;

  if (!(stmt = annals_db_borrow (db,
                                 "INSERT INTO post_index (post_index, rowid, title, text)"
                                 " SELECT 'delete', id, title, text FROM post_text WHERE id = :id",
                                 error)))
    return FALSE;

  bind_int64 (stmt, ":id", post_id);

  return annals_db_run (db, stmt, error);
}

gboolean
annals_index_add_post (AnnalsDb  *db,
                       gint64     post_id,
                       GError   **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  /* Not ahead of posts that are still to come: these would then count as done. */
  if (!(stmt = annals_db_borrow (db,
                                 "INSERT INTO post_index (rowid, title, text)"
                                 " SELECT id, title, text FROM post_text WHERE id = :id"
                                 " AND id NOT IN (SELECT id FROM post_index_docsize WHERE id = :id)"
                                 " AND NOT EXISTS (SELECT 1 FROM post WHERE id > " LAST_INDEXED
                                 "                 AND id < :id)", error)))
    return FALSE;

  bind_int64 (stmt, ":id", post_id);

  return annals_db_run (db, stmt, error);
}

GArray *
annals_index_match (AnnalsDb    *db,
                    const char  *match,
                    gboolean     ranked,
                    GError     **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GError *failure = NULL;
  AnnalsStep step;

  g_return_val_if_fail (match != NULL, NULL);

  if (!(stmt = annals_db_borrow (db,
                                 ranked
                                 ? "SELECT rowid FROM post_index WHERE post_index MATCH :match"
                                   " ORDER BY bm25 (post_index, " TITLE_WEIGHT ", 1.0), rowid"
                                 : "SELECT rowid FROM post_index WHERE post_index MATCH :match"
                                   " ORDER BY rowid", error)))
    return NULL;

  bind_text (stmt, ":match", match);

  while ((step = annals_db_step (db, stmt, &failure)) == STEP_ROW)
    {
      gint64 id = column_int64 (stmt, 0);

      g_array_append_val (ids, id);
    }

  if (step == STEP_ERROR)
    {
      annals_index_explain_error (db, match, &failure);
      g_propagate_error (error, failure);
      return NULL;
    }

  return g_steal_pointer (&ids);
}

/* With 1 also against the texts, which holds only when all of them are in. */
static gboolean
check_integrity (AnnalsDb  *db,
                 GError   **error)
{
  guint pending = 0;

  return annals_index_count_pending (db, &pending, error) &&
         annals_db_exec (db,
                         pending == 0
                         ? "INSERT INTO post_index (post_index, rank) VALUES ('integrity-check', 1)"
                         : "INSERT INTO post_index (post_index, rank) VALUES ('integrity-check', 0)",
                         error);
}

/* A reader's transaction that began before the last commit may not write, not even what only looks like it: the check
 * gets one of its own, which waits for its turn. */
static gboolean
check_in_turn (AnnalsDb  *db,
               GError   **error)
{
  gboolean sound;

  if (!annals_db_exec (db, "COMMIT", error))
    return FALSE;

  sound = annals_db_exec (db, "BEGIN IMMEDIATE", error);
  if (sound)
    {
      sound = check_integrity (db, error);
      annals_db_roll_back (db);
    }

  return annals_db_exec (db, "BEGIN", sound ? error : NULL) && sound;
}

gboolean
annals_index_check (AnnalsDb  *db,
                    GError   **error)
{
  gboolean reading = db->door == ANNALS_DOOR_NONE && !sqlite3_get_autocommit (db->native);
  gint64 query_only = 0;
  gboolean sound;

  /* The check is spelt as an insertion though it writes nothing, so a reader has to allow it. */
  if (!annals_db_query_int64 (db, "PRAGMA query_only", 0, 0, &query_only, error) ||
      (query_only != 0 && !annals_db_exec (db, "PRAGMA query_only=OFF", error)))
    return FALSE;

  sound = reading ? check_in_turn (db, error) : check_integrity (db, error);

  if (query_only != 0 && !annals_db_exec (db, "PRAGMA query_only=ON", sound ? error : NULL))
    return FALSE;

  return sound;
}
