/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-db.h"

G_BEGIN_DECLS

typedef struct
{
  char *what;
  char *where;
} AnnalsProblem;

void annals_problem_free (AnnalsProblem *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsProblem, annals_problem_free)

/* Looks for damage (element type AnnalsProblem; empty when all is well): the file's structure, foreign
 * keys, offsets inside their texts, quotations that stand where they say, dates that parse. @deep: also
 * every text against its hash and the search index against the texts. */
GPtrArray *annals_db_check (AnnalsDb *db, gboolean deep, GCancellable *cancellable, GError **error);

G_END_DECLS
