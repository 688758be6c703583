/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-memos.h"
#include "annals-posts.h"

G_BEGIN_DECLS

/* Records as Markdown to be pasted somewhere: complete by themselves, with links to the originals. All are (transfer
 * full), end with a line feed, and fail with NOT_FOUND. Several are put below each other with an empty line between. */

/* "[Title](address), Author, Source, 9 March 2020" */
char *annals_db_dup_post_markdown       (AnnalsDb *db, gint64 post_id, GError **error);
/* Its quotation as a block quotation with its source, then its note and its tags. */
char *annals_db_dup_annotation_markdown (AnnalsDb *db, gint64 annotation_id, GError **error);
/* Its title, date and account, and its evidence as quotations with their sources. */
char *annals_db_dup_event_markdown      (AnnalsDb *db, gint64 event_id, GError **error);
char *annals_db_dup_memo_markdown       (AnnalsDb *db, gint64 memo_id, GError **error);

/* Parts of such texts. */

/* "Author, Source, 9 March 2020 <address>", and a line feed */
void  annals_markdown_append_facts      (GString *out, const AnnalsPost *post);
/* What a person wrote: as annals_markdown_append_own(), with what it names in double brackets as links that other
 * programs know: by the title alone. */
void  annals_markdown_append_linked     (GString *out, const char *markdown, guint level);
/* Its title as a heading of the second level, and its text. */
void  annals_markdown_append_memo       (GString *out, const AnnalsMemo *memo);

G_END_DECLS
