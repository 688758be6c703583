/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-foreign-posts.h"

#include "annals-db-private.h"
#include "annals-foreign-records.h"

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
  g_free (self->address);
  g_free (self->title);
  g_free (self->own_uid);
  g_free (self->import_uid);
  g_free (self);
}

/* Of several posts with one text the first. All posts are looked at once. */
static gboolean
find_by_texts (AnnalsDb   *db,
               GPtrArray  *posts,
               GError    **error)
{
  g_autoptr(GHashTable) texts = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_array_unref);

  for (guint i = 0; i < posts->len; i++)
    {
      AnnalsForeignPost *post = posts->pdata[i];

      if (post->id == 0 && post->sha256 != NULL && *post->sha256 != '\0' &&
          !g_hash_table_contains (texts, post->sha256))
        g_hash_table_insert (texts, post->sha256, g_array_new (FALSE, FALSE, sizeof (gint64)));
    }
  if (!annals_db_find_texts (db, texts, error))
    return FALSE;

  for (guint i = 0; i < posts->len; i++)
    {
      AnnalsForeignPost *post = posts->pdata[i];
      const GArray *ids = post->id == 0 && post->sha256 != NULL ? g_hash_table_lookup (texts, post->sha256) : NULL;

      if (ids != NULL && ids->len > 0)
        post->id = g_array_index (ids, gint64, 0);
    }

  return TRUE;
}

static gboolean
describe (AnnalsDb           *db,
          AnnalsForeignPost  *post,
          GError            **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (!(stmt = annals_db_borrow (db,
                                 "SELECT post.uid, import.uid FROM post "
                                 "JOIN revision ON revision.id = post.revision "
                                 "JOIN import ON import.id = revision.import WHERE post.id = :id", error)))
    return FALSE;

  bind_int64 (stmt, ":id", post->id);
  if (!annals_db_step_to (db, stmt, post->id, error))
    return FALSE;

  post->own_uid = column_dup_text (stmt, 0);
  post->import_uid = column_dup_text (stmt, 1);
  return TRUE;
}

gboolean
annals_db_find_foreign_posts (AnnalsDb   *db,
                              GPtrArray  *posts,
                              GError    **error)
{
  g_return_val_if_fail (db != NULL && posts != NULL, FALSE);

  for (guint i = 0; i < posts->len; i++)
    {
      AnnalsForeignPost *post = posts->pdata[i];

      if (!annals_db_find_post_uid (db, post->uid, &post->id, error))
        return FALSE;
    }

  if (!find_by_texts (db, posts, error))
    return FALSE;

  for (guint i = 0; i < posts->len; i++)
    {
      AnnalsForeignPost *post = posts->pdata[i];

      if ((post->id == 0 && post->address != NULL && *post->address != '\0' &&
           !annals_db_find_post_identity (db, post->address, &post->id, error)) ||
          (post->id != 0 && !describe (db, post, error)))
        return FALSE;
    }

  return TRUE;
}
