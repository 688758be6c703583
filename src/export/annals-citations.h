/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-citation.h"
#include "annals-db.h"

G_BEGIN_DECLS

/* The sources of records, one below the other: of posts; of annotations with their quotations; of events with those of
 * their evidence, each once. @kind: ANNALS_RECORD_POST, _ANNOTATION or _EVENT; @ids: (element-type gint64). A post
 * without a date is given the day of its import. @n (out) (optional): how many there are.
 * Returns: (transfer full): "" when the records have no source. Fails with NOT_FOUND. */
char *annals_db_dup_citations (AnnalsDb              *db,
                               AnnalsRecord           kind,
                               GArray                *ids,
                               AnnalsCitationStyle    style,
                               AnnalsCitationMarkup   markup,
                               guint                 *n,
                               GCancellable          *cancellable,
                               GError               **error);

G_END_DECLS
