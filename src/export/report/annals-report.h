/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-annotations.h"
#include "annals-imports.h"
#include "annals-notebook.h"
#include "annals-posts.h"
#include "annals-timelines.h"

G_BEGIN_DECLS

/**
 * AnnalsCitedPost:
 * @post: the post
 * @import: the run that brought it
 * @text_import: the run that brought the text it has now; often the same
 *
 * A post that some evidence names. The imports belong to the report.
 */
typedef struct
{
  AnnalsPost         *post;
  const AnnalsImport *import;
  const AnnalsImport *text_import;
} AnnalsCitedPost;

/**
 * AnnalsSourceCount:
 * @name: of the source; "" counts the posts that name none
 * @n_posts: how many cited posts are from it
 */
typedef struct
{
  char  *name;
  guint  n_posts;
} AnnalsSourceCount;

/**
 * AnnalsReport:
 * @notebook_uid: of the notebook
 * @notebook_title: its title
 * @timeline: the timeline with its lanes
 * @events: (element-type AnnalsEvent): in time order, with evidence
 * @posts: (element-type AnnalsCitedPost): in order of first citation; number n stands at n - 1
 * @imports: (element-type AnnalsImport): of those posts, in the posts' order
 * @imports_by_id: (element-type gint64 AnnalsImport): the same
 * @annotations: (element-type gint64 AnnalsAnnotation): those with a note that evidence rests on, by id
 * @numbers: (element-type gint64 guint): a cited post's number by its id
 * @lanes: (element-type gint64 AnnalsLane): the timeline's by their ids, borrowed from it
 * @sources: (element-type AnnalsSourceCount): most posts first, then by name; unnamed last
 * @period: from the earliest to the latest bound that an event's date names; undated when none does
 * @open_start: some event began at an unknown time before its end
 * @open_end: some event goes on
 * @n_uncertain: events whose date is approximate, uncertain or has unspecified parts
 * @exported: seconds since 1970 UTC: SOURCE_DATE_EPOCH where that is set, else now
 *
 * What every format of a timeline's export writes, read from the notebook in one moment.
 */
typedef struct
{
  char           *notebook_uid;
  char           *notebook_title;
  AnnalsTimeline *timeline;
  GPtrArray      *events;
  GPtrArray      *posts;
  GPtrArray      *imports;
  GHashTable     *imports_by_id;
  GHashTable     *annotations;
  GHashTable     *numbers;
  GHashTable     *lanes;
  GPtrArray      *sources;
  AnnalsDate     *period;
  gboolean        open_start;
  gboolean        open_end;
  guint           n_uncertain;
  gint64          exported;
} AnnalsReport;

/* A report without a timeline, of posts that annals_report_cite_post() adds: the timeline, the events and the period are
 * NULL. Fails with ANNALS_EXPORT_ERROR_TIME.
 * Returns: (transfer full) (nullable) */
AnnalsReport           *annals_report_new_of_posts     (AnnalsNotebook      *notebook,
                                                        GError             **error);
/* Gives the post the next number, unless it has one. On a thread of @db. */
gboolean                annals_report_cite_post        (AnnalsReport        *self,
                                                        AnnalsDb            *db,
                                                        gint64               post_id,
                                                        GError             **error);
/* Counts the sources of the posts that were cited one by one. */
void                    annals_report_count_sources    (AnnalsReport        *self);
/* Reads a timeline with all that it cites, on a thread of @db. Fails as the notebook does, and with
 * ANNALS_EXPORT_ERROR_TIME when SOURCE_DATE_EPOCH is no time.
 * Returns: (transfer full) (nullable) */
AnnalsReport           *annals_report_read             (AnnalsNotebook      *notebook,
                                                        AnnalsDb            *db,
                                                        gint64               timeline_id,
                                                        GCancellable        *cancellable,
                                                        GError             **error);
/* The same, waited for: not for the window's thread.
 * Returns: (transfer full) (nullable) */
AnnalsReport           *annals_report_load             (AnnalsNotebook      *notebook,
                                                        gint64               timeline_id,
                                                        GCancellable        *cancellable,
                                                        GError             **error);
void                    annals_report_free             (AnnalsReport        *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsReport, annals_report_free)

/* The number under which a post is cited, from 1; 0 when no evidence names it. */
guint                   annals_report_get_number       (AnnalsReport        *self,
                                                        gint64               post_id);
/* Returns: (transfer none) (nullable): NULL for 0 and for a lane that is not the timeline's */
const AnnalsLane       *annals_report_get_lane         (AnnalsReport        *self,
                                                        gint64               lane_id);
/* Returns: (transfer none) (nullable): NULL for 0 and for one without a note */
const AnnalsAnnotation *annals_report_get_annotation   (AnnalsReport        *self,
                                                        gint64               annotation_id);
/* Whether a date is to be marked: approximate, uncertain, or with unspecified parts. */
gboolean                annals_report_date_is_uncertain (AnnalsDate         *date);

G_END_DECLS
