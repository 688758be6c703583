/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-post-listing.h"

#include <glib/gi18n.h>

#include "annals-note-index.h"
#include "annals-post-card.h"
#include "annals-search.h"
#include "annals-similar.h"

/* Memos, and events, that are named. */
#define N_OTHERS 20

/* Posts that are like one. */
#define N_SIMILAR 50

void
annals_post_listing_free (AnnalsPostListing *self)
{
  annals_query_free (self->query);
  g_object_unref (self->cancellable);
  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_pointer (&self->change, annals_paged_change_free);
  g_clear_pointer (&self->others, g_ptr_array_unref);
  g_clear_pointer (&self->reasons, g_hash_table_unref);
  g_free (self);
}

static void
add_kin (AnnalsPostListing   *job,
         const AnnalsSimilar *similar,
         const char          *otherwise)
{
  g_autofree char *terms = g_strjoinv (", ", similar->terms);
  char *reason;

  if (similar->share > 0 && otherwise == NULL)
    /* Translators: why a post is like another one */
    reason = g_strdup_printf (_("%d %% of the text is the same"), (int) (similar->share * 100 + 0.5));
  else if (otherwise != NULL)
    reason = g_strdup (otherwise);
  else
    /* Translators: why a post is like another one: %s are words */
    reason = g_strdup_printf (_("Shares: %s"), terms);

  g_array_append_val (job->ids, similar->id);
  g_hash_table_insert (job->reasons, g_memdup2 (&similar->id, sizeof similar->id), reason);
}

/* A post first in its group is what the others are compared with. */
static gboolean
list_same (AnnalsDb           *db,
           AnnalsPostListing  *job,
           GError            **error)
{
  g_autoptr(GPtrArray) groups = annals_db_list_same_groups (db, 0, NULL, error);

  for (guint i = 0; groups != NULL && i < groups->len; i++)
    {
      GPtrArray *group = groups->pdata[i];
      g_autofree char *first = g_strdup_printf (ngettext ("%u more post has nearly the same text:",
                                                          "%u more posts have nearly the same text:",
                                                          group->len - 1), group->len - 1);

      for (guint n = 0; n < group->len; n++)
        add_kin (job, group->pdata[n], n == 0 ? first : NULL);
    }

  return groups != NULL;
}

static gboolean
list_kin (AnnalsDb           *db,
          AnnalsPostListing  *job,
          GError            **error)
{
  g_autoptr(GPtrArray) similar = NULL;

  job->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  job->reasons = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  if (job->kin == ANNALS_POSTS_KIN_SAME)
    return list_same (db, job, error);

  if (!(similar = annals_db_list_similar (db, job->kin_id, N_SIMILAR, error)))
    return FALSE;

  for (guint i = 0; i < similar->len; i++)
    add_kin (job, similar->pdata[i], NULL);

  return TRUE;
}

static gboolean
add_others (AnnalsDb           *db,
            AnnalsPostListing  *job,
            AnnalsRecord        record,
            guint              *n,
            GError            **error)
{
  const char *match = annals_query_get_match (job->query);
  g_autoptr(GArray) ids = annals_db_search_texts (db, record, ANNALS_NOTE_PART_ANY, match, error);

  if (ids == NULL)
    return FALSE;

  *n = ids->len;
  for (guint i = 0; i < MIN (ids->len, N_OTHERS); i++)
    {
      AnnalsNamed *named = annals_db_load_named (db, record, g_array_index (ids, gint64, i), error);

      if (named == NULL)
        return FALSE;
      g_ptr_array_add (job->others, named);
    }

  return TRUE;
}

/* Filters are of posts alone. */
static gboolean
list_others (AnnalsDb           *db,
             AnnalsPostListing  *job,
             GError            **error)
{
  if (annals_query_get_match (job->query) == NULL || job->scope != ANNALS_SCOPE_ALL)
    return TRUE;

  job->others = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_named_free);

  return add_others (db, job, ANNALS_RECORD_MEMO, &job->n_memos, error) &&
         add_others (db, job, ANNALS_RECORD_EVENT, &job->n_events, error);
}

static gboolean
set_keys (AnnalsDb           *db,
          AnnalsPostListing  *job,
          GError            **error)
{
  g_autoptr(AnnalsPostCardsQuestion) question = annals_post_cards_question_new (annals_query_get_marks (job->query),
                                                                                job->reasons);
  g_autoptr(GArray) keys = g_array_sized_new (FALSE, FALSE, sizeof (AnnalsPagedKey), job->ids->len);

  for (guint i = 0; i < job->ids->len; i++)
    {
      AnnalsPagedKey key = { g_array_index (job->ids, gint64, i), 0 };

      g_array_append_val (keys, key);
    }
  annals_paged_change_set_keys (job->change, keys);

  return annals_paged_change_load_first (job->change, db, annals_post_cards_load, question, error);
}

gboolean
annals_post_listing_run (AnnalsDb      *db,
                         gpointer       data,
                         GCancellable  *cancellable,
                         GError       **error)
{
  AnnalsPostListing *job = data;

  if (job->limit > 0)
    {
      if (!(job->ids = annals_db_list_first_posts (db, job->order, job->limit, error)))
        return FALSE;
    }
  else if (job->kin != ANNALS_POSTS_KIN_NONE)
    {
      if (!list_kin (db, job, error))
        return FALSE;
    }
  else if (!(job->ids = annals_search_posts (db, job->query, job->scope, job->scope_id, job->order, error)) ||
           !list_others (db, job, error))
    return FALSE;

  return set_keys (db, job, error);
}
