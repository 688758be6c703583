/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-notebook.h"

G_BEGIN_DECLS

/* Milliseconds: of the clock, and of the processor for this thread, to which other programs add nothing. */
double          bench_now         (void);
double          bench_spent       (void);
/* Of doubles, which are sorted by it. @part: from 0 to 1 */
double          bench_quantile    (GArray     *times,
                                   double      part);
/* Ends the bench, with what @error says, unless @ok. */
void            bench_check       (gboolean    ok,
                                   GError     *error);

/* The title and the text of the post of that number, from 0; asked for in their order. Both transfer full. */
typedef void (*BenchWords) (guint   number,
                            char  **title,
                            char  **text);

/* A new notebook of @n_posts posts, a multiple of BENCH_BATCH, not yet indexed. */
#define BENCH_BATCH 5000
AnnalsNotebook *bench_make_posts  (const char *path,
                                   guint       n_posts,
                                   BenchWords  words);

G_END_DECLS
