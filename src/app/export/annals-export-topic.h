/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-export.h"

G_BEGIN_DECLS

/**
 * AnnalsExportTopic:
 *
 * What the user wants to export, print or copy, kept for whichever thread asks. Immutable, counted.
 */
typedef struct _AnnalsExportTopic AnnalsExportTopic;

AnnalsExportTopic   *annals_export_topic_new_timeline (gint64                     timeline_id);
/* @filter: (transfer full). @text: what was typed beside it, in the language of annals_note_filter_parse().
 * @ids: (nullable) (transfer full): these of them only. */
AnnalsExportTopic   *annals_export_topic_new_notes    (AnnalsNoteFilter          *filter,
                                                       const char                *text,
                                                       GArray                    *ids);
/* @query: (nullable). @ids: (nullable) (transfer full): these posts, whatever the query */
AnnalsExportTopic   *annals_export_topic_new_posts    (const char                *query,
                                                       GArray                    *ids);
AnnalsExportTopic   *annals_export_topic_new_notebook (void);
AnnalsExportTopic   *annals_export_topic_ref          (AnnalsExportTopic         *self);
void                 annals_export_topic_unref        (AnnalsExportTopic         *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsExportTopic, annals_export_topic_unref)

AnnalsExportSubject  annals_export_topic_get_subject  (const AnnalsExportTopic   *self);

/* What to ask of annals_export(). Blocks: call it from a worker thread. @request borrows from @self and from
 * @filter (transfer full) (nullable). */
gboolean             annals_export_topic_resolve      (const AnnalsExportTopic   *self,
                                                       AnnalsNotebook            *notebook,
                                                       AnnalsExportRequest       *request,
                                                       AnnalsNoteFilter         **filter,
                                                       GCancellable              *cancellable,
                                                       GError                   **error);

/**
 * AnnalsExportSummary:
 * @key: under which its options are remembered; a part of a path
 * @title: what it is called
 * @counts: how much it is, for people
 * @empty: there is nothing to export
 */
typedef struct
{
  char     *key;
  char     *title;
  char     *counts;
  gboolean  empty;
} AnnalsExportSummary;

void     annals_export_summary_clear (AnnalsExportSummary      *self);
/* On a reader's thread. @notebook_title: what the notebook is called */
gboolean annals_export_topic_sum_up  (const AnnalsExportTopic  *self,
                                      AnnalsDb                 *db,
                                      const char               *notebook_title,
                                      AnnalsExportSummary      *summary,
                                      GCancellable             *cancellable,
                                      GError                  **error);

G_END_DECLS
