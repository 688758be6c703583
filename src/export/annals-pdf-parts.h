/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-export-run.h"
#include "annals-pdf.h"
#include "annals-report.h"

G_BEGIN_DECLS

/* All of a timeline's report. @from, @to: of the run's progress. FALSE when it was cancelled or what is drawn on
 * could not take it; then without @error. */
gboolean annals_pdf_put_timeline   (AnnalsPdf        *pdf,
                                    AnnalsExportRun  *run,
                                    double            from,
                                    double            to,
                                    GError          **error);

/* The parts of the printed report, in its order. Each begins where the one before it ended.
 * @parent: the bookmark below which theirs go. */

/* The title, the line below it, and the bookmark of the whole document, which is returned. */
int      annals_pdf_put_title      (AnnalsPdf    *pdf,
                                    const char   *title,
                                    const char   *subtitle);
/* A row of the table of facts; none when @value is "". */
void     annals_pdf_put_fact       (AnnalsPdf    *pdf,
                                    const char   *name,
                                    const char   *value);
/* Title, subtitle and the table of facts. Returns the bookmark of the whole document. */
int      annals_pdf_put_front      (AnnalsPdf    *pdf,
                                    AnnalsReport *report);
/* The drawing of the timeline; FALSE when no event has a time. */
gboolean annals_pdf_put_chart      (AnnalsPdf    *pdf,
                                    AnnalsReport *report,
                                    int           parent);
/* The events with their evidence, by month. @tick (nullable) is called after each event, and stops
 * the work by returning FALSE; then this does too. */
gboolean annals_pdf_put_events     (AnnalsPdf    *pdf,
                                    AnnalsReport *report,
                                    int           parent,
                                    gboolean    (*tick) (gpointer user_data),
                                    gpointer      user_data);
/* The numbered list of the posts cited. */
void     annals_pdf_put_sources    (AnnalsPdf    *pdf,
                                    AnnalsReport *report,
                                    int           parent);
/* The notes on the passages cited. */
void     annals_pdf_put_notes      (AnnalsPdf    *pdf,
                                    AnnalsReport *report,
                                    int           parent);
/* The files that the posts came from. */
void     annals_pdf_put_provenance (AnnalsPdf    *pdf,
                                    AnnalsReport *report,
                                    int           parent);

/**
 * AnnalsPdfEntry:
 *
 * A line of the contents.
 */
typedef struct
{
  char *title;
  char *dest;
} AnnalsPdfEntry;

/* Returns: (transfer full) (element-type AnnalsPdfEntry) */
GPtrArray *annals_pdf_entries_new  (void);
void     annals_pdf_entries_add    (GPtrArray    *entries,
                                    const char   *title,
                                    const char   *dest);
/* The contents, with the pages that the pass before found. */
void     annals_pdf_put_contents   (AnnalsPdf    *pdf,
                                    GPtrArray    *entries,
                                    int           parent);
/* The drawing's parts, when it has no room for the titles of the events: once more on pages of their own. */
void     annals_pdf_put_chart_parts (AnnalsPdf    *pdf,
                                     AnnalsReport *report);

/* "[1] Title, Source, 9 Mar 2020", which leads to the numbered source. */
void     annals_pdf_append_source  (AnnalsPdfText *text,
                                    guint          number,
                                    const char    *title,
                                    const char    *source,
                                    AnnalsDate    *published);
/* A quotation with its bar in the colour of its highlight (nullable); @is_lost: it is no longer found in its post. */
AnnalsPdfBlock *
         annals_pdf_make_quote     (AnnalsPdf     *pdf,
                                    const char    *exact,
                                    const char    *colour,
                                    const char    *language,
                                    gboolean       is_lost);
/* Appends a block for the side column. */
void     annals_pdf_add_side       (AnnalsPdf      *pdf,
                                    GPtrArray      *side,
                                    const char     *string,
                                    AnnalsPdfStyle  style,
                                    gint64          colour);

/* A heading of a part, with its bookmark below @parent; its number goes in *bookmark (nullable).
 * Stands on one page with the next @room points. */
void     annals_pdf_put_heading    (AnnalsPdf    *pdf,
                                    const char   *title,
                                    const char   *dest,
                                    double        room,
                                    int           parent,
                                    gboolean      open,
                                    int          *bookmark);
/* A row of a table with a name at the left, and the line below it. @value is taken. */
void     annals_pdf_put_row        (AnnalsPdf     *pdf,
                                    const char    *name,
                                    AnnalsPdfText *value);

G_END_DECLS
