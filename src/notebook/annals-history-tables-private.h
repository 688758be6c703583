/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-history-private.h"

G_BEGIN_DECLS

/* The recorded tables as the file has them, to understand the rows of a change set. */
typedef struct _AnnalsHistoryTables AnnalsHistoryTables;

typedef struct
{
  char   *name;
  int     n_columns;
  int     modified;     /* the column of that name, which two edits of other things both change; -1: none */
  gboolean has_id;      /* its key is the one column "id", the first */
  GArray *references;   /* (element type AnnalsHistoryReference) */
} AnnalsHistoryTable;

typedef struct
{
  int   column;
  char *table;          /* (nullable): what the column @kind names */
  int   kind;
} AnnalsHistoryReference;

typedef struct
{
  const AnnalsHistoryTable *table;
  sqlite3_changeset_iter   *iter;
  int                       operation;
  int                       n_columns;
  const unsigned char      *is_key;     /* per column */
} AnnalsHistoryRow;

typedef gboolean (*AnnalsHistoryRowFunc) (const AnnalsHistoryRow  *row,
                                          gpointer                 user_data,
                                          GError                 **error);

AnnalsHistoryTables      *annals_history_tables_new    (AnnalsDb              *db,
                                                        GError               **error);
void                      annals_history_tables_free   (AnnalsHistoryTables   *self);
/* (nullable) */
const AnnalsHistoryTable *annals_history_tables_lookup (AnnalsHistoryTables   *self,
                                                        const char            *name);
/* Calls @func for each row of a recorded table until it fails. */
gboolean                  annals_history_each_row      (AnnalsHistoryTables   *self,
                                                        GBytes                *change_set,
                                                        AnnalsHistoryRowFunc   func,
                                                        gpointer               user_data,
                                                        GError               **error);
/* The value after (@after) or before the row was changed; NULL where the change set does not tell. */
sqlite3_value            *annals_history_row_get       (const AnnalsHistoryRow *row,
                                                        int                     column,
                                                        gboolean                after);
/* The table that the reference of this row points into; "" when it cannot be told. */
const char               *annals_history_reference_get_table
                                                       (const AnnalsHistoryReference *self,
                                                        const AnnalsHistoryRow       *row);
GBytes                   *annals_history_dup_change_set
                                                       (AnnalsDb              *db,
                                                        gint64                 id,
                                                        GError               **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsHistoryTables, annals_history_tables_free)

G_END_DECLS
