/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Imports of few posts, row by row, and what the notebook holds then. */
#pragma once

#include "notebook-fixture.h"

#define WORDS \
  "The ferry left the harbour of Sund on Monday morning with eleven people on board, all of them crew, " \
  "and turned back in the fog before it had passed the second buoy."
#define LONGER WORDS " It reached the quay at noon."
#define OTHER_WORDS \
  "Grain prices in the valley have doubled since spring; millers say that two dry years emptied every store, " \
  "and bakers expect worse."

/* Copies of posts as an importer hands them over, NULL-terminated by identity. */
typedef struct
{
  const char   *identity;
  const char   *aliases[3];
  AnnalsExtent  extent;
  const char   *title;
  const char   *author;
  const char   *edtf;
  const char   *tags[3];
  const char   *text;
  guint         place;
  AnnalsPostKind kind;
  const char   *entry;
} Row;

typedef struct
{
  const Row    *rows;
  const guint  *order;      /* (nullable): which row comes when */
  AnnalsStored  stored[16];
  gint64        posts[16];
  gint64        import_id;
  gboolean      unfinished;
} Batch;

void  import_batch (Fixture *f,
                    Batch   *batch);

#define IMPORT(f, batch, ...) \
  static const Row batch##_rows[] = { __VA_ARGS__, { 0 } }; \
  Batch batch = { .rows = batch##_rows }; \
  import_batch (f, &batch)

/* Rows as text, one a line; by another connection.
 * Returns: (transfer full) */
char *query        (Fixture    *f,
                    const char *sql);
void  assert_rows  (Fixture    *f,
                    const char *sql,
                    const char *expected);
/* annals_db_check() finds nothing. */
void  assert_sound (Fixture *f);
void  undo         (Fixture *f);
