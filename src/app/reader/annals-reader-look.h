/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ANNALS_TYPE_READER_LOOK (annals_reader_look_get_type ())
/**
 * AnnalsReaderLook:
 *
 * A popover with how posts are shown: size and kind of the letters, width of the lines, colours of the
 * page. Each choice is a setting.
 */
G_DECLARE_FINAL_TYPE (AnnalsReaderLook, annals_reader_look, ANNALS, READER_LOOK, GtkPopover)

GtkWidget *annals_reader_look_new   (GSettings *settings);

/* Puts the chosen look on @page as style classes. */
void       annals_reader_look_apply (GSettings *settings,
                                     GtkWidget *page);
/* The next size of the letters; 0: the normal one */
void       annals_reader_look_zoom  (GSettings *settings,
                                     int        step);
/* The sizes there are, per cent, from the smallest on. */
const int *annals_reader_look_get_sizes (guint *n_sizes);
/* The position among them of the one nearest to @size. */
guint      annals_reader_look_find_size (int    size);

G_END_DECLS
