/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-post-changes.h"

#include <glib/gi18n.h>

#include "annals-posts.h"
#include "annals-tags.h"
#include "annals-timelines.h"

typedef struct
{
  GArray   *ids;
  gboolean  value;
  gint64    target_id;
  char     *target_name;
} PostsJob;

static void
posts_job_free (PostsJob *self)
{
  g_array_unref (self->ids);
  g_free (self->target_name);
  g_free (self);
}

static PostsJob *
posts_job_new (GArray *ids)
{
  PostsJob *self = g_new0 (PostsJob, 1);

  self->ids = ids;

  return self;
}

static const gint64 *
job_ids (PostsJob *job)
{
  return (const gint64 *) (void *) job->ids->data;
}

static gboolean
set_read_in_writer (AnnalsDb      *db,
                    gpointer       data,
                    GCancellable  *cancellable,
                    GError       **error)
{
  PostsJob *job = data;

  return annals_db_set_post_read (db, job_ids (job), job->ids->len, job->value, error);
}

static gboolean
set_starred_in_writer (AnnalsDb      *db,
                       gpointer       data,
                       GCancellable  *cancellable,
                       GError       **error)
{
  PostsJob *job = data;

  return annals_db_set_post_starred (db, job_ids (job), job->ids->len, job->value, error);
}

static gboolean
add_tag_in_writer (AnnalsDb      *db,
                   gpointer       data,
                   GCancellable  *cancellable,
                   GError       **error)
{
  PostsJob *job = data;

  if (job->target_id == 0 &&
      !annals_db_ensure_tag (db, job->target_name, &job->target_id, error))
    return FALSE;

  return annals_db_tag_posts (db, job->target_id, job_ids (job), job->ids->len, error);
}

static gboolean
remove_tag_in_writer (AnnalsDb      *db,
                      gpointer       data,
                      GCancellable  *cancellable,
                      GError       **error)
{
  PostsJob *job = data;

  return annals_db_untag_posts (db, job->target_id, job_ids (job), job->ids->len, error);
}

static gboolean
set_trashed_in_writer (AnnalsDb      *db,
                       gpointer       data,
                       GCancellable  *cancellable,
                       GError       **error)
{
  PostsJob *job = data;

  return annals_db_set_post_trashed (db, job_ids (job), job->ids->len, job->value, error);
}

static gboolean
add_to_timeline_in_writer (AnnalsDb      *db,
                           gpointer       data,
                           GCancellable  *cancellable,
                           GError       **error)
{
  PostsJob *job = data;

  if (job->target_id == 0 &&
      !annals_db_add_timeline (db, job->target_name, "", NULL, "", &job->target_id, error))
    return FALSE;

  for (guint i = 0; i < job->ids->len; i++)
    if (!annals_db_add_event_of_post (db, job->target_id, g_array_index (job->ids, gint64, i), NULL, error))
      return FALSE;

  return TRUE;
}

void
annals_posts_set_read (AnnalsDesk *desk,
                       gpointer    owner,
                       GArray     *ids,
                       gboolean    read)
{
  PostsJob *job;
  g_autofree char *label = NULL;
  g_autofree char *message = NULL;
  guint n;

  g_return_if_fail (ANNALS_IS_DESK (desk));
  g_return_if_fail (ids != NULL);

  n = ids->len;
  if (read)
    {
      label = g_strdup_printf (ngettext ("Mark %u post as read", "Mark %u posts as read", n), n);
      message = g_strdup_printf (ngettext ("%u post marked as read",
                                           "%u posts marked as read", n), n);
    }
  else
    {
      label = g_strdup_printf (ngettext ("Mark %u post as unread", "Mark %u posts as unread", n), n);
      message = g_strdup_printf (ngettext ("%u post marked as unread",
                                           "%u posts marked as unread", n), n);
    }

  job = posts_job_new (ids);
  job->value = read;
  annals_desk_change (desk, owner, label, message, set_read_in_writer, job,
                      (GDestroyNotify) posts_job_free, NULL);
}

void
annals_posts_set_starred (AnnalsDesk *desk,
                          gpointer    owner,
                          GArray     *ids,
                          gboolean    starred)
{
  PostsJob *job;
  g_autofree char *label = NULL;
  g_autofree char *message = NULL;
  guint n;

  g_return_if_fail (ANNALS_IS_DESK (desk));
  g_return_if_fail (ids != NULL);

  n = ids->len;
  if (starred)
    {
      label = g_strdup_printf (ngettext ("Star %u post", "Star %u posts", n), n);
      message = g_strdup_printf (ngettext ("%u post starred", "%u posts starred", n), n);
    }
  else
    {
      label = g_strdup_printf (ngettext ("Remove star from %u post",
                                         "Remove stars from %u posts", n), n);
      message = g_strdup_printf (ngettext ("Star removed from %u post",
                                           "Stars removed from %u posts", n), n);
    }

  job = posts_job_new (ids);
  job->value = starred;
  annals_desk_change (desk, owner, label, message, set_starred_in_writer, job,
                      (GDestroyNotify) posts_job_free, NULL);
}

void
annals_posts_add_tag (AnnalsDesk *desk,
                      gpointer    owner,
                      GArray     *ids,
                      gint64      tag_id,
                      const char *name)
{
  PostsJob *job;
  g_autofree char *label = NULL;
  g_autofree char *message = NULL;
  guint n;

  g_return_if_fail (ANNALS_IS_DESK (desk));
  g_return_if_fail (ids != NULL);
  g_return_if_fail (name != NULL);

  n = ids->len;
  label = g_strdup_printf (ngettext ("Tag %u post", "Tag %u posts", n), n);
  /* Translators: “humanitarian” added to 3 posts */
  message = g_strdup_printf (ngettext ("“%s” added to %u post", "“%s” added to %u posts", n),
                             name, n);
  job = posts_job_new (ids);
  job->target_id = tag_id;
  job->target_name = g_strdup (name);
  annals_desk_change (desk, owner, label, message, add_tag_in_writer, job,
                      (GDestroyNotify) posts_job_free, NULL);
}

void
annals_posts_remove_tag (AnnalsDesk *desk,
                         gpointer    owner,
                         GArray     *ids,
                         gint64      tag_id,
                         const char *name)
{
  PostsJob *job;
  g_autofree char *label = NULL;
  g_autofree char *message = NULL;
  guint n;

  g_return_if_fail (ANNALS_IS_DESK (desk));
  g_return_if_fail (ids != NULL);
  g_return_if_fail (name != NULL);

  n = ids->len;
  label = g_strdup_printf (ngettext ("Remove tag from %u post", "Remove tag from %u posts", n), n);
  /* Translators: “humanitarian” removed from 3 posts */
  message = g_strdup_printf (ngettext ("“%s” removed from %u post", "“%s” removed from %u posts", n),
                             name, n);
  job = posts_job_new (ids);
  job->target_id = tag_id;
  annals_desk_change (desk, owner, label, message, remove_tag_in_writer, job,
                      (GDestroyNotify) posts_job_free, NULL);
}

void
annals_posts_set_trashed (AnnalsDesk *desk,
                          gpointer    owner,
                          GArray     *ids,
                          gboolean    trashed)
{
  PostsJob *job;
  g_autofree char *label = NULL;
  g_autofree char *message = NULL;
  guint n;

  g_return_if_fail (ANNALS_IS_DESK (desk));
  g_return_if_fail (ids != NULL);

  n = ids->len;
  if (trashed)
    {
      label = g_strdup_printf (ngettext ("Move %u post to the trash", "Move %u posts to the trash", n), n);
      message = g_strdup_printf (ngettext ("%u post moved to the trash", "%u posts moved to the trash", n), n);
    }
  else
    {
      label = g_strdup_printf (ngettext ("Put %u post back", "Put %u posts back", n), n);
      message = g_strdup_printf (ngettext ("%u post put back", "%u posts put back", n), n);
    }

  job = posts_job_new (ids);
  job->value = trashed;
  annals_desk_change (desk, owner, label, message, set_trashed_in_writer, job,
                      (GDestroyNotify) posts_job_free, NULL);
}

void
annals_posts_add_to_timeline (AnnalsDesk *desk,
                              gpointer    owner,
                              GArray     *ids,
                              gint64      timeline_id,
                              const char *title)
{
  PostsJob *job;
  g_autofree char *label = NULL;
  g_autofree char *message = NULL;
  guint n;

  g_return_if_fail (ANNALS_IS_DESK (desk));
  g_return_if_fail (ids != NULL);
  g_return_if_fail (title != NULL);

  n = ids->len;
  label = g_strdup_printf (ngettext ("Add %u post to a timeline", "Add %u posts to a timeline", n), n);
  /* Translators: the number of posts, then the timeline's title */
  message = g_strdup_printf (ngettext ("%u post added to “%s”", "%u posts added to “%s”", n),
                             n, title);
  job = posts_job_new (ids);
  job->target_id = timeline_id;
  job->target_name = g_strdup (title);
  annals_desk_change (desk, owner, label, message, add_to_timeline_in_writer, job,
                      (GDestroyNotify) posts_job_free, NULL);
}
