/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-date.h"
#include "annals-export.h"

G_BEGIN_DECLS

/* CSV as RFC 4180 has it, for spreadsheets: a cell that one would take for a formula begins with an apostrophe,
 * as one does that begins with one. @last ends the row. */
void  annals_csv_append_cell (GString             *csv,
                              const char          *text,
                              gboolean             last);
void  annals_csv_append_row  (GString             *csv,
                              const char * const  *cells,
                              guint                n_cells);
/* The head, with the mark in front by which spreadsheets on Windows know UTF-8, where @options ask for it. */
void  annals_csv_begin       (GString                    *csv,
                              const AnnalsExportOptions  *options,
                              const char * const         *columns,
                              guint                       n_columns);
/* The first second of the widest reading of @date, or behind it with @end, as RFC 3339; "" where it is open. */
char *annals_csv_dup_bound   (AnnalsDate          *date,
                              gboolean             end);
/* Several names in one cell: between semicolons; in lines where one holds a semicolon. */
char *annals_csv_dup_list    (const char * const  *names);

G_END_DECLS
