/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-db.h"

G_BEGIN_DECLS

/**
 * AnnalsChanges:
 *
 * What a committed change, undo, redo or import touched. Immutable, counted; references may be taken
 * and dropped on any thread.
 */
typedef struct _AnnalsChanges AnnalsChanges;

#define ANNALS_TYPE_CHANGES (annals_changes_get_type ())
GType annals_changes_get_type (void) G_GNUC_CONST;

AnnalsChanges *annals_changes_ref   (AnnalsChanges *self);
void           annals_changes_unref (AnnalsChanges *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsChanges, annals_changes_unref)

/* Whether any record of this kind was added, changed or removed. A tag put on a post or an
 * annotation counts as a change of all three; evidence and lanes count as changes of their event
 * and timeline too, a link as one of both its ends, a suggestion that was decided as one of its timeline,
 * the name of a colour as one of all annotations. */
gboolean       annals_changes_touch    (AnnalsChanges *self,
                                        AnnalsRecord   record);
/* Whether this very record was; also true when the change was too large to list its records. */
gboolean       annals_changes_touch_id (AnnalsChanges *self,
                                        AnnalsRecord   record,
                                        gint64         id);
/* The ids that were touched, ascending; NULL with *n_ids 0 when there are none, NULL with *n_ids
 * G_MAXUINT when they were too many to list. */
const gint64  *annals_changes_get_ids  (AnnalsChanges *self,
                                        AnnalsRecord   record,
                                        guint         *n_ids);

G_END_DECLS
