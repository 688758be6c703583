/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-db-private.h"

G_BEGIN_DECLS

/* The search index is derived data: post_index, an FTS5 table over the view post_text (id, title,
 * text), filled behind the import in ascending order of ids: the last one that is in it tells how far it
 * is. meta "index.version" holds the tokenizer's version that it was made with. */

/* Makes the tokenizer known to a connection; every connection needs it. */
gboolean  annals_index_register     (AnnalsDb  *db,
                                     GError   **error);
/* Whether an index is there, and is of this tokenizer's version (@version_key: where the notebook says so), and was made by the first statement of @create_sql. */
gboolean  annals_index_find_table   (AnnalsDb    *db,
                                     const char  *table,
                                     const char  *create_sql,
                                     const char  *version_key,
                                     gboolean    *there,
                                     gboolean    *current,
                                     GError     **error);
/* Creates post_index, or empties it when it was made by another version of the tokenizer. Inside
 * the writer's transaction, at opening. */
gboolean  annals_index_prepare      (AnnalsDb  *db,
                                     GError   **error);
/* Whether it would do anything. */
gboolean  annals_index_needs_preparing (AnnalsDb  *db,
                                        gboolean  *needs,
                                        GError   **error);
/* Indexes up to @max_posts more in the transaction at hand; *pending: how many are still to come
 * (0: complete, and then merged down as far as it is worth). */
gboolean  annals_index_step         (AnnalsDb  *db,
                                     guint      max_posts,
                                     guint     *pending,
                                     GError   **error);
gboolean  annals_index_count_pending (AnnalsDb *db,
                                     guint     *pending,
                                     GError   **error);
/* A post's title or text is about to change or to go: takes it out of the index (with its words
 * as they are now). annals_index_add_post() puts it in again after the change, if it was in. */
gboolean  annals_index_remove_post  (AnnalsDb  *db,
                                     gint64     post_id,
                                     gboolean  *was_in,
                                     GError   **error);
gboolean  annals_index_add_post     (AnnalsDb  *db,
                                     gint64     post_id,
                                     GError   **error);
/* ids (gint64) that fit the FTS5 expression: ascending, or best first when @ranked. INVALID when
 * FTS5 does not understand the expression. */
GArray   *annals_index_match        (AnnalsDb    *db,
                                     const char  *match,
                                     gboolean     ranked,
                                     GError     **error);
/* FTS5 reports what it does not understand of an expression as a plain error: makes it INVALID. */
void      annals_index_explain_error (AnnalsDb    *db,
                                      const char  *match,
                                      GError     **error);
/* FTS5's own integrity check against the texts. */
gboolean  annals_index_check        (AnnalsDb  *db,
                                     GError   **error);

G_END_DECLS
