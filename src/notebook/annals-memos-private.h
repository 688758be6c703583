/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-named.h"

G_BEGIN_DECLS

/* What memos say of @from becomes said of @into, a record of the same kind that it is merged into. @is_change: so that
 * they count as changed. Only inside the one door, while both are there. */
gboolean annals_memos_redirect (AnnalsDb      *db,
                                AnnalsRecord   kind,
                                gint64         from,
                                gint64         into,
                                gboolean       is_change,
                                GError       **error);

/* The record @id was called @uid and is called @again; what memos say of it follows, which is no change of theirs. */
gboolean annals_memos_follow_uid (AnnalsDb      *db,
                                  AnnalsRecord   kind,
                                  gint64         id,
                                  const char    *uid,
                                  const char    *again,
                                  GError       **error);

/* Notes what the text of a memo names. */
gboolean annals_memo_write_references (AnnalsDb    *db,
                                       gint64       memo_id,
                                       const char  *text,
                                       GError     **error);

G_END_DECLS
