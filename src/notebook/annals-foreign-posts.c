/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-foreign-posts.h"

#include "annals-db-private.h"

AnnalsForeignPost *
annals_foreign_post_new (const char *uid)
{
  AnnalsForeignPost *self = g_new0 (AnnalsForeignPost, 1);

  self->uid = g_strdup (uid);

  return self;
}

void
annals_foreign_post_free (AnnalsForeignPost *self)
{
  g_free (self->uid);
  g_free (self->sha256);
  g_free (self->url);
  g_free (self->title);
  g_free (self->own_uid);
  g_free (self->import_uid);
  g_free (self);
}

static gboolean
find_by_uid (AnnalsDb           *db,
             AnnalsForeignPost  *post,
             GError            **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  if (!(stmt = annals_db_borrow (db, "SELECT id FROM post WHERE uid = :uid AND withdrawn = 0", error)))
    return FALSE;

  bind_text (stmt, ":uid", post->uid);
  if ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    post->id = column_int64 (stmt, 0);

  return step != STEP_ERROR;
}

/* Those that are left, by what @get says of them: all posts are looked at once. */
static gboolean
find_by (AnnalsDb     *db,
         GPtrArray    *posts,
         const char   *sql,
         const char *(*get) (const AnnalsForeignPost *post),
         GError      **error)
{
  g_autoptr(GHashTable) wanted = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  for (guint i = 0; i < posts->len; i++)
    {
      AnnalsForeignPost *post = posts->pdata[i];
      const char *value = get (post);

      if (post->id == 0 && value != NULL && *value != '\0')
        g_hash_table_insert (wanted, (gpointer) value, post);
    }
  if (g_hash_table_size (wanted) == 0)
    return TRUE;
  if (!(stmt = annals_db_borrow (db, sql, error)))
    return FALSE;

  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      AnnalsForeignPost *post = g_hash_table_lookup (wanted, column_text (stmt, 1));

      if (post != NULL && post->id == 0)
        post->id = column_int64 (stmt, 0);
    }

  return step == STEP_DONE;
}

static const char *
get_sha256 (const AnnalsForeignPost *post)
{
  return post->sha256;
}

static const char *
get_url (const AnnalsForeignPost *post)
{
  return post->url;
}

static gboolean
describe (AnnalsDb           *db,
          AnnalsForeignPost  *post,
          GError            **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (!(stmt = annals_db_borrow (db,
                                 "SELECT post.uid, import.uid, revision.sha256 FROM post "
                                 "JOIN revision ON revision.id = post.revision "
                                 "JOIN import ON import.id = revision.import WHERE post.id = :id", error)))
    return FALSE;

  bind_int64 (stmt, ":id", post->id);
  if (annals_db_step (db, stmt, error) != STEP_ROW)
    return FALSE;

  post->own_uid = column_dup_text (stmt, 0);
  post->import_uid = column_dup_text (stmt, 1);
  post->same_text = g_strcmp0 (post->sha256, column_text (stmt, 2)) == 0;
  return TRUE;
}

gboolean
annals_db_find_foreign_posts (AnnalsDb   *db,
                              GPtrArray  *posts,
                              GError    **error)
{
  g_return_val_if_fail (db != NULL && posts != NULL, FALSE);

  for (guint i = 0; i < posts->len; i++)
    if (!find_by_uid (db, posts->pdata[i], error))
      return FALSE;

  if (!find_by (db, posts,
                "SELECT post.id, revision.sha256 FROM post JOIN revision ON revision.id = post.revision "
                "WHERE post.withdrawn = 0 ORDER BY post.id", get_sha256, error) ||
      !find_by (db, posts, "SELECT id, url FROM post WHERE withdrawn = 0 ORDER BY id", get_url, error))
    return FALSE;

  for (guint i = 0; i < posts->len; i++)
    {
      AnnalsForeignPost *post = posts->pdata[i];

      if (post->id != 0 && !describe (db, post, error))
        return FALSE;
    }

  return TRUE;
}
