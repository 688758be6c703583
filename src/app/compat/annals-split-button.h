/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Names the arrow of @button by its tooltip: an AdwSplitButton gives it no name for screen readers. */
void annals_split_button_name_arrow (AdwSplitButton *button);
/* Shows @word (with a mnemonic) beside the icon of @button's AdwButtonContent, or only has it for the button's name
 * (property can-shrink of AdwButtonContent, 1.3). */
void annals_split_button_show_word  (AdwSplitButton *button,
                                     const char     *word,
                                     gboolean        show);

G_END_DECLS
