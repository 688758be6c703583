/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* CSV as RFC 4180 has it, for spreadsheets: a cell that one would take for a formula begins with an apostrophe,
 * as one does that begins with one. @last ends the row. */
void  annals_csv_append_cell (GString             *csv,
                              const char          *text,
                              gboolean             last);
/* Several names in one cell: between semicolons; in lines where one holds a semicolon. */
char *annals_csv_dup_list    (const char * const  *names);

G_END_DECLS
