/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-db.h"

G_BEGIN_DECLS

/* Records as Markdown to be pasted somewhere: complete by themselves, with links to the originals. All are (transfer
 * full), end with a line feed, and fail with NOT_FOUND. Several are put below each other with an empty line between. */

/* "[Title](address), Author, Source, 9 March 2020" */
char *annals_db_dup_post_markdown       (AnnalsDb *db, gint64 post_id, GError **error);
/* Its quotation as a block quotation with its source, then its note and its tags. */
char *annals_db_dup_annotation_markdown (AnnalsDb *db, gint64 annotation_id, GError **error);
/* Its title, date and account, and its evidence as quotations with their sources. */
char *annals_db_dup_event_markdown      (AnnalsDb *db, gint64 event_id, GError **error);

G_END_DECLS
