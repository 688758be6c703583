/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-citation.h"
#include "annals-db.h"

G_BEGIN_DECLS

/**
 * AnnalsCitations:
 * @plain: the sources one below the other
 * @html: the same as HTML
 * @n: how many there are
 */
typedef struct
{
  char  *plain;
  char  *html;
  guint  n;
} AnnalsCitations;

void             annals_citations_free  (AnnalsCitations *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsCitations, annals_citations_free)

/* The sources of records: of posts; of annotations with their quotations; of events with those of their evidence. A
 * post, or a passage of it, that several rest on is there once. @kind: ANNALS_RECORD_POST, _ANNOTATION or _EVENT; @ids:
 * (element-type gint64). Empty when the records have no source. Fails with NOT_FOUND.
 * Returns: (transfer full) (nullable) */
AnnalsCitations *annals_db_cite_records (AnnalsDb             *db,
                                         AnnalsRecord          kind,
                                         GArray               *ids,
                                         AnnalsCitationStyle   style,
                                         GCancellable         *cancellable,
                                         GError              **error);

G_END_DECLS
