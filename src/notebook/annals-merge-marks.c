/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Posts that were read, starred or put into the trash. A notebook names only those that are marked: what was taken from
 * a post again there, its history tells. */
#include "config.h"

#include "annals-merge-private.h"

#include <glib/gi18n-lib.h>

#define N_MARKS 3

static const char * const columns[N_MARKS] = { "read", "starred", "trashed" };

/* --- posts that are in both --- */

void
annals_merge_note_post (AnnalsMerge *self,
                        gint64       id,
                        gint64       other)
{
  AnnalsMergePost post = { id, other, FALSE };

  g_array_append_val (self->posts, post);
  self->posts_are_sorted = FALSE;
}

static int
compare_posts (gconstpointer a,
               gconstpointer b)
{
  const AnnalsMergePost *x = a;
  const AnnalsMergePost *y = b;

  return (x->id > y->id) - (x->id < y->id);
}

/* NULL: it is new here, or not in both */
static AnnalsMergePost *
find_post (AnnalsMerge *self,
           gint64       id)
{
  AnnalsMergePost wanted = { id, 0, FALSE };
  guint at;

  if (!self->posts_are_sorted)
    g_array_sort (self->posts, compare_posts);
  self->posts_are_sorted = TRUE;

  return g_array_binary_search (self->posts, &wanted, compare_posts, &at)
         ? &g_array_index (self->posts, AnnalsMergePost, at) : NULL;
}

/* --- one post --- */

static gboolean
write_mark (AnnalsMerge  *self,
            gint64        id,
            guint         i,
            gboolean      value,
            GError      **error)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE post SET %s = :value WHERE id = :id", columns[i]);
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (self->db, sql, error);

  if (stmt == NULL)
    return FALSE;

  bind_int64 (stmt, ":value", value);
  bind_int64 (stmt, ":id", id);

  return annals_db_run (self->db, stmt, error);
}

/* Many are read in one of both only: they are counted. */
static void
tell (AnnalsMerge *self,
      gint64       id,
      guint        i,
      gboolean     there,
      gboolean     taken)
{
  g_autofree char *title = NULL;

  if (i == 0)
    {
      self->n_read_taken += taken;
      self->n_read_kept += !taken;
      return;
    }

  title = annals_merge_dup_row_name (self, ANNALS_ENTRY_POST, id);
  annals_merge_add_words (self, ANNALS_ENTRY_MARK, title, columns[i], there ? _("no") : _("yes"),
                          there ? _("yes") : _("no"), taken);
}

/* The newer change; what was set in one of both is set where nobody knows of any. */
static gboolean
merge_mark (AnnalsMerge            *self,
            const AnnalsMergePost  *post,
            guint                   i,
            gboolean                there,
            GError                **error)
{
  gint64 our_time, their_time;
  gboolean taken;

  if (!annals_merge_load_times (self, error))
    return FALSE;

  our_time = annals_merge_times_get (self->times, "post", post->id, columns[i], 0, 0);
  their_time = self->other_times != NULL && post->other != 0
               ? annals_merge_times_get (self->other_times, "post", post->other, columns[i], 0, 0) : 0;
  taken = their_time > our_time || (their_time == our_time && there);
  tell (self, post->id, i, there, taken);

  return !taken || write_mark (self, post->id, i, there, error);
}

static gboolean
load_marks (AnnalsMerge  *self,
            gint64        id,
            gboolean      marks[N_MARKS],
            GError      **error)
{
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (self->db, "SELECT read, starred, trashed FROM post WHERE id = :id",
                                                   error);

  if (stmt == NULL)
    return FALSE;

  bind_int64 (stmt, ":id", id);
  if (!annals_db_step_to (self->db, stmt, id, error))
    return FALSE;

  for (int i = 0; i < N_MARKS; i++)
    marks[i] = column_int64 (stmt, i) != 0;
  return TRUE;
}

gboolean
annals_merge_take_mark (AnnalsMerge  *self,
                        AnnalsEntry  *entry,
                        GError      **error)
{
  const char *uid = annals_entry_get_text (entry, "post");
  AnnalsMergePost *post;
  gboolean marks[N_MARKS];
  gint64 id;

  if (!annals_merge_find (self, ANNALS_ENTRY_POST, uid, &id, error))
    return FALSE;
  if (id == 0)
    {
      annals_merge_take_remark (self, ANNALS_ENTRY_POST, uid,
                                g_strdup (_("What it is marked with was left out: the post is not in this notebook")));
      return TRUE;
    }

  if (!load_marks (self, id, marks, error))
    return FALSE;
  if ((post = find_post (self, id)) != NULL)
    post->is_marked = TRUE;

  for (guint i = 0; i < N_MARKS; i++)
    {
      gboolean there = annals_entry_get (entry, columns[i])->number != 0;

      if (marks[i] != there && !(post != NULL ? merge_mark (self, post, i, there, error)
                                              : write_mark (self, id, i, there, error)))
        return FALSE;
    }

  return annals_merge_take_parts (self, entry, "tags", id, error);
}

/* --- those that are marked here alone --- */

/* (element type gint64) */
static GArray *
list_marked (AnnalsMerge  *self,
             GError      **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  if (!(stmt = annals_db_borrow (self->db,
                                 "SELECT id FROM post WHERE withdrawn = 0 AND (read OR starred OR trashed)", error)))
    return NULL;

  while ((step = annals_db_step (self->db, stmt, error)) == STEP_ROW)
    {
      gint64 id = column_int64 (stmt, 0);

      g_array_append_val (ids, id);
    }

  return step == STEP_DONE ? g_steal_pointer (&ids) : NULL;
}

static void
tell_read (AnnalsMerge *self)
{
  if (self->n_read_taken > 0)
    annals_merge_take_remark (self, ANNALS_ENTRY_MARK, "",
                              g_strdup_printf (ngettext ("%u post is now read or unread as it is there",
                                                         "%u posts are now read or unread as they are there",
                                                         self->n_read_taken), self->n_read_taken));
  if (self->n_read_kept > 0)
    annals_merge_take_remark (self, ANNALS_ENTRY_MARK, "",
                              g_strdup_printf (ngettext ("%u post is read in one of both only and stays as it is here",
                                                         "%u posts are read in one of both only and stay as they are "
                                                         "here", self->n_read_kept), self->n_read_kept));
  self->result->n_changed += self->n_read_taken;
  self->result->n_kept += self->n_read_kept;
}

gboolean
annals_merge_settle_marks (AnnalsMerge  *self,
                           GError      **error)
{
  g_autoptr(GArray) ids = self->posts->len > 0 ? list_marked (self, error) : g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      const AnnalsMergePost *post = find_post (self, g_array_index (ids, gint64, i));
      gboolean marks[N_MARKS];

      if (post == NULL || post->is_marked)
        continue;
      if (!load_marks (self, post->id, marks, error))
        return FALSE;
      for (guint j = 0; j < N_MARKS; j++)
        if (marks[j] && !merge_mark (self, post, j, FALSE, error))
          return FALSE;
    }
  tell_read (self);

  return ids != NULL;
}
