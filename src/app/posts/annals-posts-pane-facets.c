/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-posts-pane-private.h"
#include "annals-search-facets.h"

typedef struct
{
  GArray       *ids;
  AnnalsFacets *facets;
} FacetsJob;

static void
facets_job_free (FacetsJob *self)
{
  g_array_unref (self->ids);
  g_clear_pointer (&self->facets, annals_facets_free);
  g_free (self);
}

static gboolean
count_in_reader (AnnalsDb      *db,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  FacetsJob *job = data;

  job->facets = annals_search_facets (db, job->ids, error);

  return job->facets != NULL;
}

static void
counted_cb (gpointer      owner,
            gpointer      data,
            const GError *error)
{
  AnnalsPostsPane *self = ANNALS_POSTS_PANE (owner);
  FacetsJob *job = data;

  /* The list may be another one by now, and is then being counted. */
  if (error == NULL && job->ids == self->ids)
    annals_facets_panel_show (self->facets, job->facets);
}

void
annals_posts_pane_update_facets (AnnalsPostsPane *self)
{
  FacetsJob *job;

  if (!gtk_revealer_get_reveal_child (self->facets_revealer) || self->posts == NULL)
    return;

  job = g_new0 (FacetsJob, 1);
  job->ids = g_array_ref (self->ids);
  annals_desk_read (self->desk, self, count_in_reader, job, (GDestroyNotify) facets_job_free, NULL, counted_cb);
}
