/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-note-ids.h"

/* A type of its own, so that a drag of notes is not taken for one of posts. */
typedef GArray AnnalsNoteIds;

G_DEFINE_BOXED_TYPE (AnnalsNoteIds, annals_note_ids, g_array_ref, g_array_unref)
