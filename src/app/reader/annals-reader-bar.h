/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "annals-posts.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_READER_BAR (annals_reader_bar_get_type ())
/**
 * AnnalsReaderBar:
 *
 * What can be done to the post that is read: the way to others, find, how it looks, star, read, details.
 * Its buttons activate the reader's actions.
 */
G_DECLARE_FINAL_TYPE (AnnalsReaderBar, annals_reader_bar, ANNALS, READER_BAR, GtkWidget)

/* @post (nullable): none is read */
void annals_reader_bar_set_post     (AnnalsReaderBar  *self,
                                     const AnnalsPost *post);
/* @settings (nullable): where the choices of the look are kept; without them they are not offered */
void annals_reader_bar_set_settings (AnnalsReaderBar  *self,
                                     GSettings        *settings);

G_END_DECLS
