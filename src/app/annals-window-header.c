/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the header bar leaves out where its window is narrow or its letters are large. */
#include "config.h"

#include <glib/gi18n.h>

#include "annals-place-switcher.h"
#include "annals-split-button.h"
#include "annals-window-private.h"

/* pixels beside the word, and that its letters may be wider than was reckoned */
#define BESIDE_WORD 24
/* pixels that the bar has at its ends and beside what is in its middle */
#define BESIDE_PLACES 24

static int
measure_word (AnnalsWindow *self)
{
  g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout (self->import_button, _("_Import…"));
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);

  return width + BESIDE_WORD;
}

static int
measure (GtkWidget *widget)
{
  int width;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);

  return width;
}

/* The word beside the import's icon goes before the names of the places are cut. */
static void
fit_cb (AnnalsWindow *self)
{
  int width = gtk_widget_get_width (self->header);
  int needed;

  if (width == 0 || !gtk_widget_get_visible (self->import_button))
    return;

  /* on both sides with the window's own buttons: the bar's natural width would have the places in the middle */
  needed = measure (gtk_widget_get_parent (self->sidebar_button)) +
           annals_place_switcher_measure_narrow (ANNALS_PLACE_SWITCHER (self->switcher)) +
           measure (gtk_widget_get_parent (GTK_WIDGET (self->menu_button))) + BESIDE_PLACES;
  if (self->import_icon_only)
    needed += measure_word (self);
  if ((needed > width) == self->import_icon_only)
    return;

  self->import_icon_only = needed > width;
  annals_split_button_show_word (ADW_SPLIT_BUTTON (self->import_button), _("_Import…"), !self->import_icon_only);
}

/* From the window's surface on; once it has its size. */
void
annals_window_follow_header (AnnalsWindow *self)
{
  g_signal_connect_object (gtk_native_get_surface (GTK_NATIVE (self)), "layout", G_CALLBACK (fit_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}
