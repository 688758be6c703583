/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-import-copies.h"

G_BEGIN_DECLS

/* What came of a copy whose text is not wanted: sets of 1 << AnnalsField. */
typedef struct
{
  guint       changed;                   /* say now what the copy says */
  guint       kept;                      /* a fuller copy says otherwise: */
  const char *stays[ANNALS_N_FIELDS];    /* this */
  gboolean    more_tags;
} AnnalsTaking;

/* @self are the copies that a revision was made of. What fuller ones than @copy say of the post stays; the rest becomes
 * what @copy says that says anything. Its tags are added. @copy's strings must outlive @self. */
void     annals_copies_take_fields (AnnalsCopies       *self,
                                    const AnnalsCopy   *copy,
                                    AnnalsTaking       *taking);
/* Notes of each field that was kept what stays and what is left out. @place: where @copy stands. */
gboolean annals_taking_tell        (const AnnalsTaking *self,
                                    const AnnalsCopy   *copy,
                                    AnnalsDb           *db,
                                    gint64              import_id,
                                    const char         *place,
                                    GError            **error);
/* Whether each of the tags, one a line, is among @others. */
gboolean annals_tags_are_among     (const char         *tags,
                                    const char         *others);

G_END_DECLS
