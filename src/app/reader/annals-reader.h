/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "annals-desk.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_READER (annals_reader_get_type ())
/**
 * AnnalsReader:
 *
 * One post to read: its title, date and tags, its text with what was marked in it, the notes beside
 * their passages.
 *
 * Property "desk" (AnnalsDesk, nullable): whose notebook it shows.
 */
G_DECLARE_FINAL_TYPE (AnnalsReader, annals_reader, ANNALS, READER, GtkWidget)

GtkWidget *annals_reader_new       (void);
/* @post_id 0: shows that nothing is chosen. With an @annotation_id the passage is scrolled to and
 * its note selected; 0: the post from its beginning. */
void       annals_reader_show_post (AnnalsReader *self,
                                    gint64        post_id,
                                    gint64        annotation_id);
/* @match (nullable): an FTS5 expression whose hits are marked in the text */
void       annals_reader_set_match (AnnalsReader *self,
                                    const char   *match);

G_END_DECLS
