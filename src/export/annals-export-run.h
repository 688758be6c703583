/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-export-file.h"
#include "annals-export.h"
#include "annals-report.h"

G_BEGIN_DECLS

/**
 * AnnalsExportRun:
 * @notebook: the notebook
 * @db: what all of it is read from: the notebook as it was at one moment
 * @request: what of it
 * @options: how; never %NULL
 * @file: what is written to; it is committed by who made the run. NULL: nothing is written, pages are drawn
 * @report: (nullable): of a timeline: what it holds
 * @exported: seconds since 1970 UTC
 * @remarks: (element-type utf8): what the format has no place for, a sentence for the user each
 * @progress: (nullable): told how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): ends it
 *
 * One export, as its format's writer sees it, on a thread of the notebook's.
 */
typedef struct
{
  AnnalsNotebook            *notebook;
  AnnalsDb                  *db;
  const AnnalsExportRequest *request;
  const AnnalsExportOptions *options;
  AnnalsExportFile          *file;
  AnnalsReport              *report;
  gint64                     exported;
  GPtrArray                 *remarks;
  AnnalsExportProgress       progress;
  gpointer                   user_data;
  GCancellable              *cancellable;
} AnnalsExportRun;

/* A format's writer. What goes wrong while writing is kept by the file and told by its commit; all else that goes
 * wrong is @error, cancellation too. */
typedef gboolean (*AnnalsExportWriter) (AnnalsExportRun *run, GError **error);

void     annals_export_run_remark              (AnnalsExportRun  *self,
                                                const char       *format,
                                                ...) G_GNUC_PRINTF (2, 3);
/* The first few of @names in quotation marks and how many more there are: for a remark on all of them.
 * Returns: (transfer full) */
char    *annals_export_dup_names               (GPtrArray        *names);
/* @fraction: 0 to 1 */
void     annals_export_run_progress            (AnnalsExportRun  *self,
                                                double            fraction);

/* Called for one note: an annotation, or a memo, of which only the key is there (its id is negative). */
typedef gboolean (*AnnalsExportNoteFunc) (AnnalsExportRun      *run,
                                          AnnalsDb             *db,
                                          const AnnalsNoteKey  *key,
                                          const AnnalsNote     *note,
                                          gpointer              user_data,
                                          GError              **error);

/* The notes that are asked for, each once, in the filter's order.
 * Returns: (transfer full) (nullable) (element-type AnnalsNoteKey) */
GArray  *annals_export_run_list_notes          (AnnalsExportRun      *self,
                                                GError              **error);
/* The same, group by group: one in several groups comes once in each. */
GArray  *annals_export_run_list_grouped_notes  (AnnalsExportRun      *self,
                                                AnnalsNoteGrouping    grouping,
                                                GError              **error);
/* Loads the notes @keys a page at a time and calls @func for each; what that leaves in @out (nullable) is written
 * after each page, and progress goes from @from to @to. A note that went since the list was made is left out. */
gboolean annals_export_run_each_note           (AnnalsExportRun      *self,
                                                GArray               *keys,
                                                AnnalsExportNoteFunc  func,
                                                gpointer              user_data,
                                                GString              *out,
                                                double                from,
                                                double                to,
                                                GError              **error);

/* What of a post is read with it. */
typedef enum
{
  ANNALS_EXPORT_POST_PLAIN  = 0,
  ANNALS_EXPORT_POST_TEXT   = 1 << 0,
  ANNALS_EXPORT_POST_COUNTS = 1 << 1,   /* lead, n_annotations and n_events */
} AnnalsExportPostParts;

/**
 * AnnalsExportPost:
 * @post: what is known of it
 * @text: (nullable): its text, where that was asked for
 * @import: the run that brought its text
 *
 * A post as it is exported. All is borrowed.
 */
typedef struct
{
  const AnnalsPost   *post;
  AnnalsText         *text;
  const AnnalsImport *import;
} AnnalsExportPost;

typedef gboolean (*AnnalsExportPostFunc) (AnnalsExportRun         *run,
                                          AnnalsDb                *db,
                                          const AnnalsExportPost  *item,
                                          gpointer                 user_data,
                                          GError                 **error);

/* The posts that are asked for, each once: the best first when words are asked for, else the newest; @ids alone in
 * their own order. Returns: (transfer full) (nullable) (element-type gint64) */
GArray  *annals_export_run_list_posts          (AnnalsExportRun       *self,
                                                GError               **error);
/* Loads them a page at a time and calls @func for each; what that leaves in @out (nullable) is written after each page.
 * A post that went since the list was made is left out. @imports (out) (optional) (element-type AnnalsImport): the runs
 * that brought their texts. */
gboolean annals_export_run_each_post           (AnnalsExportRun       *self,
                                                AnnalsExportPostParts  parts,
                                                AnnalsExportPostFunc   func,
                                                gpointer               user_data,
                                                GString               *out,
                                                GPtrArray            **imports,
                                                GError               **error);

/* The writers, in the order of the table in annals-export.c. */
gboolean annals_export_json_write              (AnnalsExportRun  *run,
                                                GError          **error);
gboolean annals_export_pdf_write               (AnnalsExportRun  *run,
                                                GError          **error);
gboolean annals_export_svg_write               (AnnalsExportRun  *run,
                                                GError          **error);
gboolean annals_export_png_write               (AnnalsExportRun  *run,
                                                GError          **error);
gboolean annals_export_html_write              (AnnalsExportRun  *run,
                                                GError          **error);
gboolean annals_export_timelinejs_write        (AnnalsExportRun  *run,
                                                GError          **error);
gboolean annals_export_notes_json_write        (AnnalsExportRun  *run,
                                                GError          **error);
gboolean annals_export_notes_markdown_write    (AnnalsExportRun  *run,
                                                GError          **error);
gboolean annals_export_notes_csv_write         (AnnalsExportRun  *run,
                                                GError          **error);
gboolean annals_export_timeline_markdown_write (AnnalsExportRun  *run,
                                                GError          **error);
gboolean annals_export_timeline_csv_write      (AnnalsExportRun  *run,
                                                GError          **error);
gboolean annals_export_posts_json_write        (AnnalsExportRun  *run,
                                                GError          **error);
gboolean annals_export_posts_csl_write         (AnnalsExportRun  *run,
                                                GError          **error);
gboolean annals_export_posts_bibtex_write      (AnnalsExportRun  *run,
                                                GError          **error);
gboolean annals_export_posts_ris_write         (AnnalsExportRun  *run,
                                                GError          **error);
gboolean annals_export_posts_markdown_write    (AnnalsExportRun  *run,
                                                GError          **error);
gboolean annals_export_posts_csv_write         (AnnalsExportRun  *run,
                                                GError          **error);
/* All of the notebook: one record in memory at a time, one on each line, whose shapes are those of annals-entry.h. */
gboolean annals_export_notebook_write          (AnnalsExportRun  *run,
                                                GError          **error);
gboolean annals_export_w3c_write               (AnnalsExportRun  *run,
                                                GError          **error);
gboolean annals_export_qdpx_write              (AnnalsExportRun  *run,
                                                GError          **error);

G_END_DECLS
