/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-db-private.h"

G_BEGIN_DECLS

/* Which posts have nearly the same text: derived data, made behind the index in two passes. Each revision
 * gets a signature (text_signature; its last row tells how far that is); then revisions whose signatures
 * agree in part are compared, and those that are alike put into one cluster (same_text). meta
 * "same-text.compared" holds the last revision that was compared with all before it. */

/* Whether there is anything to do. */
gboolean annals_same_text_is_behind (AnnalsDb  *db,
                                     gboolean  *behind,
                                     GError   **error);
/* Does a part of it in the transaction at hand; *more: there is more to do. */
gboolean annals_same_text_step      (AnnalsDb  *db,
                                     gboolean  *more,
                                     GError   **error);
/* Forgets a revision that goes; its id may be given to another. */
gboolean annals_same_text_forget    (AnnalsDb  *db,
                                     gint64     revision_id,
                                     GError   **error);
/* The text of a revision was replaced by this one. */
gboolean annals_same_text_replace   (AnnalsDb    *db,
                                     gint64       revision_id,
                                     const char  *text,
                                     GError     **error);
/* What is kept in memory between two steps. */
void     annals_comparing_free      (AnnalsComparing *self);

G_END_DECLS
