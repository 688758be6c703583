/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-reader-private.h"

#include <glib/gi18n.h>

#include "annals-announce.h"
#include "annals-mistake.h"

/* Places in the text: of what was looked for in the post, else of what the list's search is about. */
static GArray *
get_hits (AnnalsReader *self)
{
  if (self->finding)
    return self->found;

  return self->reading != NULL ? self->reading->hits : NULL;
}

static guint
count_hits (AnnalsReader *self)
{
  GArray *hits = get_hits (self);

  return hits != NULL ? hits->len : 0;
}

static gboolean
has_words (AnnalsReader *self)
{
  return !self->finding || *gtk_editable_get_text (GTK_EDITABLE (self->find_entry)) != '\0';
}

static void
say_hits (AnnalsReader *self)
{
  guint n_hits = count_hits (self);
  g_autofree char *text = NULL;

  if (!has_words (self) || (self->finding && self->found == NULL))
    text = g_strdup ("");
  else if (self->finding && n_hits == 0)
    text = g_strdup (_("Not in the text"));
  else if (!self->finding && self->reading != NULL && self->reading->hits_error != NULL)
    text = g_strdup (self->reading->hits_error);
  else if (n_hits == 0)
    text = g_strdup (_("The text holds none of the words"));
  else if (self->hit < n_hits)
    /* Translators: the number of the match that is shown, and how many there are */
    text = g_strdup_printf (_("Match %u of %u"), self->hit + 1, n_hits);
  else
    text = g_strdup_printf (ngettext ("%u match", "%u matches", n_hits), n_hits);

  gtk_label_set_text (GTK_LABEL (self->hits_label), text);
  /* Of a search in the list, the list says what was found. */
  if (*text != '\0' && (self->finding || self->hit < n_hits))
    annals_announce (self->hits_label, text);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "reader.next-hit", n_hits > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "reader.previous-hit", n_hits > 0);
  annals_show_mistake (self->find_entry, NULL,
                       self->finding && n_hits == 0 && has_words (self) && self->found != NULL);
}

void
annals_reader_show_hits (AnnalsReader *self)
{
  AnnalsPassageView *passage = annals_reader_page_get_passage (self->page);

  self->hit = G_MAXUINT;
  annals_passage_view_set_hits (passage, get_hits (self));
  gtk_widget_set_visible (self->find_entry, self->finding);
  gtk_widget_set_visible (self->find_close, self->finding);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->hits_revealer),
                                 self->finding || self->match != NULL);
  say_hits (self);
}

void
annals_reader_go_to_hit (AnnalsReader *self,
                         guint         hit)
{
  self->hit = hit;
  annals_passage_view_set_current_hit (annals_reader_page_get_passage (self->page), hit);
  say_hits (self);
}

/* What was found last is selected, to go on from there. */
void
annals_reader_leave_hit (AnnalsReader *self)
{
  AnnalsPassageView *passage = annals_reader_page_get_passage (self->page);
  GArray *hits = get_hits (self);

  if (hits != NULL && self->hit < hits->len)
    {
      const AnnalsHit *hit = &g_array_index (hits, AnnalsHit, self->hit);

      annals_passage_view_select (passage, hit->start, hit->end);
    }
  gtk_widget_grab_focus (GTK_WIDGET (passage));
}

static void
step_hit (AnnalsReader *self,
          int           step)
{
  guint n_hits = count_hits (self);

  if (n_hits == 0)
    gtk_widget_error_bell (GTK_WIDGET (self));
  else if (self->hit >= n_hits)
    annals_reader_go_to_hit (self, step > 0 ? 0 : n_hits - 1);
  else
    annals_reader_go_to_hit (self, (self->hit + n_hits + (guint) step) % n_hits);
}

static void
next_hit_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  step_hit (ANNALS_READER (widget), 1);
}

static void
previous_hit_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  step_hit (ANNALS_READER (widget), -1);
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
