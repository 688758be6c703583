/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  ANNALS_SCRATCH_RESTORE,    /* a backup in the format of today */
  ANNALS_SCRATCH_RESTORED,   /* what is to take the place of a notebook */
  ANNALS_SCRATCH_COPY,       /* a backup that becomes a notebook */
  ANNALS_SCRATCH_DAMAGED,    /* what is salvaged */
  ANNALS_SCRATCH_SALVAGED,   /* what comes of it */
  ANNALS_SCRATCH_MERGE,      /* an older notebook that is taken in, in the format of today */
  ANNALS_N_SCRATCHES
} AnnalsScratch;

/* seconds without a written byte after which such a file is taken to be left behind */
#define ANNALS_SCRATCH_ABANDONED (60 * 60)

/* A name beside @near that no other work has, of this program or another one. It tells whose it is. */
char *annals_scratch_dup_name (const char    *near,
                               AnnalsScratch  scratch);
/* Removes such files from the folder of @near when the program that made them is gone, and with them nothing that is still
 * written to: from within a sandbox other programs are not to be seen. */
void  annals_scratch_clean    (const char    *near);

G_END_DECLS
