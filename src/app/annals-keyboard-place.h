/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Children of a box that are made anew while the keyboard is at one of them: GTK would take it to the first of them. */

/* Which of the children has the keyboard in it; -1: none. */
int  annals_keyboard_get_place (GtkWidget *box);
/* Gives the keyboard to the child that is there now, else to the next that takes it, else to the one before. With
 * @place -1 nothing is done. */
void annals_keyboard_set_place (GtkWidget *box,
                                int        place);

G_END_DECLS
