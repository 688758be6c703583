/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-merge.h"
#include "annals-notebook.h"

G_BEGIN_DECLS

/* A folder for notebooks. */
typedef struct
{
  char *folder;
} Fixture;

void               fixture_set_up    (Fixture         *f,
                                      gconstpointer    data);
void               fixture_tear_down (Fixture         *f,
                                      gconstpointer    data);
AnnalsNotebook    *create            (Fixture         *f,
                                      const char      *name,
                                      const char      *author);
/* A notebook and one that has the same in it. */
void               create_two        (Fixture         *f,
                                      guint32          seed,
                                      guint            n_steps,
                                      AnnalsNotebook **one,
                                      AnnalsNotebook **other);
void               close_notebook    (AnnalsNotebook  *notebook);
/* Brings in the notebook that was exported as the file @name. */
void               import            (Fixture         *f,
                                      AnnalsNotebook  *into,
                                      const char      *name);
AnnalsMergeResult *merge             (AnnalsNotebook  *into,
                                      AnnalsNotebook  *from);
void               assert_sound      (AnnalsNotebook  *notebook);
/* Both hold the same, but for what is of each notebook alone. */
void               assert_same       (AnnalsNotebook  *a,
                                      AnnalsNotebook  *b,
                                      Fixture         *f);

G_END_DECLS
