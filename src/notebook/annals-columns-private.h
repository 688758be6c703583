/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-changes.h"
#include "annals-columns.h"
#include "annals-db-private.h"

G_BEGIN_DECLS

/* The columns of one notebook, shared by its connections; counted. */
AnnalsSharedColumns *annals_shared_columns_new    (void);
AnnalsSharedColumns *annals_shared_columns_ref    (AnnalsSharedColumns *self);
void                 annals_shared_columns_unref  (AnnalsSharedColumns *self);

/* Posts that are shown, by title in the order of the user's language: *@ids in that order, *@places by id up to @top. */
gboolean             annals_db_load_title_order   (AnnalsDb             *db,
                                                   gint64                top,
                                                   guint32             **ids,
                                                   guint32             **places,
                                                   guint                *n,
                                                   GError              **error);

/* After a commit: reads again what it touched. On the writer's thread. */
void                 annals_shared_columns_follow (AnnalsSharedColumns *self,
                                                   AnnalsDb            *db,
                                                   AnnalsChanges       *changes);

/* In how many posts the phrase (of FTS5) stands, as counted before and remembered here while the index is
 * the same; FALSE: not known. */
gboolean             annals_shared_columns_get_df (AnnalsSharedColumns *self,
                                                   const char          *phrase,
                                                   guint               *df);
void                 annals_shared_columns_set_df (AnnalsSharedColumns *self,
                                                   const char          *phrase,
                                                   guint                df);

G_END_DECLS
