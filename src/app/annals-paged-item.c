/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-paged-list-private.h"

struct _AnnalsPagedItem
{
  GObject         parent_instance;
  AnnalsPagedKey  key;
  gpointer        content;
  GDestroyNotify  destroy;
};

static guint loaded_signal;

G_DEFINE_FINAL_TYPE (AnnalsPagedItem, annals_paged_item, G_TYPE_OBJECT)

static void
annals_paged_item_finalize (GObject *object)
{
  AnnalsPagedItem *self = ANNALS_PAGED_ITEM (object);

  if (self->content != NULL)
    self->destroy (self->content);

  G_OBJECT_CLASS (annals_paged_item_parent_class)->finalize (object);
}

static void
annals_paged_item_class_init (AnnalsPagedItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = annals_paged_item_finalize;

  loaded_signal = g_signal_new ("loaded", ANNALS_TYPE_PAGED_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
}

static void
annals_paged_item_init (AnnalsPagedItem *self)
{
}

AnnalsPagedItem *
annals_paged_item_new (const AnnalsPagedKey *key,
                       GDestroyNotify        destroy)
{
  AnnalsPagedItem *self = g_object_new (ANNALS_TYPE_PAGED_ITEM, NULL);

  self->key = *key;
  self->destroy = destroy;

  return self;
}

void
annals_paged_item_take_content (AnnalsPagedItem *self,
                                gpointer         content)
{
  if (self->content != NULL)
    self->destroy (self->content);
  self->content = content;

  g_signal_emit (self, loaded_signal, 0);
}

void
annals_paged_item_reuse (AnnalsPagedItem      *self,
                         const AnnalsPagedKey *key)
{
  self->key = *key;
  if (self->content != NULL)
    self->destroy (self->content);
  self->content = NULL;

  g_signal_emit (self, loaded_signal, 0);
}

void
annals_paged_item_tell (AnnalsPagedItem *self)
{
  g_signal_emit (self, loaded_signal, 0);
}

const AnnalsPagedKey *
annals_paged_item_get_key (AnnalsPagedItem *self)
{
  g_return_val_if_fail (ANNALS_IS_PAGED_ITEM (self), NULL);

  return &self->key;
}

gpointer
annals_paged_item_get_content (AnnalsPagedItem *self)
{
  g_return_val_if_fail (ANNALS_IS_PAGED_ITEM (self), NULL);

  return self->content;
}
