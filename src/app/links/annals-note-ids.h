/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Notes on their way from a card to a memo: a GArray of gint64, counted. What a drag carries. */
#define ANNALS_TYPE_NOTE_IDS (annals_note_ids_get_type ())
GType annals_note_ids_get_type (void) G_GNUC_CONST;

G_END_DECLS
