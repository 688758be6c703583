/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-db-private.h"
#include "annals-tags.h"

G_BEGIN_DECLS

/* Other names as they are stored, a line each; never NULL. */
char     **annals_tag_split_synonyms (const char *stored);
/* The tag that has this folded name, or has it as a synonym; *id 0 without an error when there is none. */
gboolean   annals_tag_find_folded    (AnnalsDb *db, const char *folded, gint64 *id, gboolean *by_synonym,
                                      GError **error);
/* NOT_FOUND */
char      *annals_tag_dup_name       (AnnalsDb *db, gint64 id, GError **error);
/* Whether @id is @other or stands below it. */
gboolean   annals_tag_is_below       (AnnalsDb *db, gint64 id, gint64 other, gboolean *below, GError **error);
/* What carries the tag @from carries the tag @into as well. Inside the one door. */
gboolean   annals_tag_move_uses      (AnnalsDb *db, gint64 from, gint64 into, GError **error);
/* A whole list, by name at each level in the order of the user's language. */
void       annals_tags_sort          (GPtrArray *tags);

G_END_DECLS
