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
 *
 * Signal "step-post" (int step): the user wants the post after (1) or before (-1) this one in the list.
 */
G_DECLARE_FINAL_TYPE (AnnalsReader, annals_reader, ANNALS, READER, GtkWidget)

GtkWidget *annals_reader_new       (void);
/* @post_id 0: shows that nothing is chosen. With an @annotation_id the passage is scrolled to and
 * its note selected; 0: the post from its beginning. */
void       annals_reader_show_post (AnnalsReader *self,
                                    gint64        post_id,
                                    gint64        annotation_id);
/* The post that is shown, 0: none, and the code point at the top of it; and the same again, as the first that is read. */
void       annals_reader_get_place (AnnalsReader *self,
                                    gint64       *post_id,
                                    guint        *offset);
void       annals_reader_resume    (AnnalsReader *self,
                                    gint64        post_id,
                                    guint         offset);
/* Widget actions that the window's keys may activate on it: "reader.back", "reader.forward",
 * "reader.next-post", "reader.previous-post", "reader.zoom-in", "reader.zoom-out", "reader.zoom-normal". */
/* @match (nullable): an FTS5 expression whose hits are marked in the text */
void       annals_reader_set_match (AnnalsReader *self,
                                    const char   *match);

G_END_DECLS
