/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Names the arrow of @button by its tooltip: an AdwSplitButton gives it no name for screen readers. */
void annals_split_button_name_arrow (AdwSplitButton *button);

G_END_DECLS
