/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-post-row.h"

#include <glib/gi18n.h>

#include "annals-post-card.h"
#include "annals-tag-chips.h"

struct _AnnalsPostRow
{
  GtkWidget        parent_instance;
  GtkWidget       *box;
  GtkLabel        *title;
  GtkWidget       *star;
  GtkLabel        *meta;
  GtkLabel        *lead;
  AnnalsTagChips  *tags;
  AnnalsPagedItem *item;
  gulong           loaded_id;
};

enum
{
  NAMED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AnnalsPostRow, annals_post_row, GTK_TYPE_WIDGET)

static void
show_card (AnnalsPostRow *self)
{
  AnnalsPostCard *card = self->item != NULL ? annals_paged_item_get_content (self->item) : NULL;

  if (card == NULL)
    {
      gtk_label_set_text (self->title, "");
      gtk_label_set_text (self->meta, "");
      gtk_label_set_text (self->lead, "");
      gtk_widget_set_visible (self->star, FALSE);
      annals_tag_chips_set_tags (self->tags, NULL, NULL);
      return;
    }

  gtk_label_set_text (self->title, *card->post->title != '\0' ? card->post->title : _("Untitled"));
  gtk_label_set_text (self->meta, card->meta);
  gtk_label_set_markup (self->lead, card->lead);
  gtk_widget_set_visible (self->star, card->post->starred);
  annals_tag_chips_set_tags (self->tags, (const char * const *) card->post->tags,
                             (const char * const *) card->post->tag_colours);
  if (card->post->read)
    gtk_widget_add_css_class (GTK_WIDGET (self), "read");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "read");

  g_signal_emit (self, signals[NAMED], 0, card->name);
}

static void
annals_post_row_dispose (GObject *object)
{
  AnnalsPostRow *self = ANNALS_POST_ROW (object);

  if (self->item != NULL)
    g_clear_signal_handler (&self->loaded_id, self->item);
  g_clear_object (&self->item);
  gtk_widget_dispose_template (GTK_WIDGET (self), ANNALS_TYPE_POST_ROW);

  G_OBJECT_CLASS (annals_post_row_parent_class)->dispose (object);
}

static void
annals_post_row_class_init (AnnalsPostRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = annals_post_row_dispose;

  signals[NAMED] = g_signal_new ("named", ANNALS_TYPE_POST_ROW, G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (ANNALS_TYPE_TAG_CHIPS);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "postrow");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               ANNALS_RESOURCE_PATH "/annals-post-row.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsPostRow, box);
  gtk_widget_class_bind_template_child (widget_class, AnnalsPostRow, title);
  gtk_widget_class_bind_template_child (widget_class, AnnalsPostRow, star);
  gtk_widget_class_bind_template_child (widget_class, AnnalsPostRow, meta);
  gtk_widget_class_bind_template_child (widget_class, AnnalsPostRow, lead);
  gtk_widget_class_bind_template_child (widget_class, AnnalsPostRow, tags);
}

static void
annals_post_row_init (AnnalsPostRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
annals_post_row_new (void)
{
  return g_object_new (ANNALS_TYPE_POST_ROW, NULL);
}

void
annals_post_row_set_item (AnnalsPostRow   *self,
                          AnnalsPagedItem *item)
{
  g_return_if_fail (ANNALS_IS_POST_ROW (self));
  g_return_if_fail (item == NULL || ANNALS_IS_PAGED_ITEM (item));

  if (self->item == item)
    return;

  if (self->item != NULL)
    g_clear_signal_handler (&self->loaded_id, self->item);
  g_set_object (&self->item, item);
  if (item != NULL)
    {
      self->loaded_id = g_signal_connect_object (item, "loaded", G_CALLBACK (show_card), self,
                                                 G_CONNECT_SWAPPED);
      show_card (self);
    }
}

AnnalsPagedItem *
annals_post_row_get_item (AnnalsPostRow *self)
{
  g_return_val_if_fail (ANNALS_IS_POST_ROW (self), NULL);

  return self->item;
}
