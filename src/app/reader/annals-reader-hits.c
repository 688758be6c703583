/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-reader-private.h"

#include <glib/gi18n.h>

static void
say_hits (AnnalsReader *self)
{
  guint n_hits = self->reading != NULL ? self->reading->hits->len : 0;
  g_autofree char *text = NULL;

  if (self->reading != NULL && self->reading->hits_error != NULL)
    text = g_strdup (self->reading->hits_error);
  else if (n_hits == 0)
    text = g_strdup (_("The text holds none of the words"));
  else if (self->hit < n_hits)
    /* Translators: the number of the match that is shown, and how many there are */
    text = g_strdup_printf (_("Match %u of %u"), self->hit + 1, n_hits);
  else
    text = g_strdup_printf (ngettext ("%u match", "%u matches", n_hits), n_hits);

  gtk_label_set_text (GTK_LABEL (self->hits_label), text);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "reader.next-hit", n_hits > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "reader.previous-hit", n_hits > 0);
}

void
annals_reader_show_hits (AnnalsReader *self)
{
  AnnalsPassageView *passage = annals_reader_page_get_passage (self->page);

  self->hit = G_MAXUINT;
  annals_passage_view_set_hits (passage, self->reading != NULL ? self->reading->hits : NULL);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->hits_revealer), self->match != NULL);
  say_hits (self);
}

static void
go_to_hit (AnnalsReader *self,
           int           step)
{
  guint n_hits = self->reading != NULL ? self->reading->hits->len : 0;

  if (n_hits == 0)
    return;

  if (self->hit >= n_hits)
    self->hit = step > 0 ? 0 : n_hits - 1;
  else
    self->hit = (self->hit + n_hits + step) % n_hits;

  annals_passage_view_set_current_hit (annals_reader_page_get_passage (self->page), self->hit);
  say_hits (self);
}

static void
next_hit_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  go_to_hit (ANNALS_READER (widget), 1);
}

static void
previous_hit_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  go_to_hit (ANNALS_READER (widget), -1);
}

void
annals_reader_install_hit_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "reader.next-hit", NULL, next_hit_action);
  gtk_widget_class_install_action (widget_class, "reader.previous-hit", NULL, previous_hit_action);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_g, GDK_CONTROL_MASK,
                                       "reader.next-hit", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_g, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "reader.previous-hit", NULL);
}
