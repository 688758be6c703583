/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-changes.h"
#include "annals-db-private.h"

G_BEGIN_DECLS

AnnalsChanges *annals_changes_new         (void);
void           annals_changes_add         (AnnalsChanges *self,
                                           AnnalsRecord   record,
                                           gint64         id);
/* More than are worth listing. */
void           annals_changes_add_all     (AnnalsChanges *self,
                                           AnnalsRecord   record);
/* What a change set touches; records that hang on a touched one are looked up in @db, where the
 * change set has been applied already. */
gboolean       annals_changes_read        (AnnalsChanges *self,
                                           AnnalsDb      *db,
                                           gconstpointer  change_set,
                                           gsize          size,
                                           GError       **error);
/* annals-change-set.c: whether all of a change set is one (sqlite.org/session, "changeset format"). Before
 * anything of SQLite's reads one that comes from a file: 3.40 looks without end for the end of a name that has
 * none. Fails with CORRUPT. */
gboolean       annals_change_set_check    (AnnalsDb      *db,
                                           gconstpointer  change_set,
                                           gsize          size,
                                           GError       **error);

G_END_DECLS
