/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-memo-item.h"

struct _AnnalsMemoItem
{
  GObject         parent_instance;
  AnnalsMemoLine *line;
};

G_DEFINE_FINAL_TYPE (AnnalsMemoItem, annals_memo_item, G_TYPE_OBJECT)

static void
annals_memo_item_finalize (GObject *object)
{
  g_clear_pointer (&ANNALS_MEMO_ITEM (object)->line, annals_memo_line_free);

  G_OBJECT_CLASS (annals_memo_item_parent_class)->finalize (object);
}

static void
annals_memo_item_class_init (AnnalsMemoItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = annals_memo_item_finalize;
}

static void
annals_memo_item_init (AnnalsMemoItem *self)
{
}

AnnalsMemoItem *
annals_memo_item_new (AnnalsMemoLine *line)
{
  AnnalsMemoItem *self;

  g_return_val_if_fail (line != NULL, NULL);

  self = g_object_new (ANNALS_TYPE_MEMO_ITEM, NULL);
  self->line = line;

  return self;
}

const AnnalsMemoLine *
annals_memo_item_get_line (AnnalsMemoItem *self)
{
  g_return_val_if_fail (ANNALS_IS_MEMO_ITEM (self), NULL);

  return self->line;
}
