/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * AnnalsCliTable:
 *
 * Rows of cells, printed in aligned columns. Nothing is cut: a column is as wide as its widest cell.
 */
typedef struct _AnnalsCliTable AnnalsCliTable;

/* @alignment: a letter a column, 'l' or 'r'. */
AnnalsCliTable *annals_cli_table_new    (const char      *alignment);
void            annals_cli_table_free   (AnnalsCliTable  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsCliTable, annals_cli_table_free)

/* As many strings as columns; NULL is an empty cell. */
void            annals_cli_table_add    (AnnalsCliTable  *self,
                                         ...);
void            annals_cli_table_append (AnnalsCliTable  *self,
                                         GString         *out);

G_END_DECLS
