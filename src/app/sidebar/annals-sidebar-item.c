/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-sidebar-item.h"

struct _AnnalsSidebarItem
{
  GObject      parent_instance;
  AnnalsScope  scope;
  gint64       id;
  char        *name;
  char        *colour;
  guint        depth;
  guint        count;
  guint        n_new;
  guint        due;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AnnalsSidebarItem, annals_sidebar_item, G_TYPE_OBJECT)

static void
annals_sidebar_item_finalize (GObject *object)
{
  AnnalsSidebarItem *self = ANNALS_SIDEBAR_ITEM (object);

  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->colour, g_free);

  G_OBJECT_CLASS (annals_sidebar_item_parent_class)->finalize (object);
}

static void
annals_sidebar_item_class_init (AnnalsSidebarItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = annals_sidebar_item_finalize;

  signals[CHANGED] = g_signal_new ("changed", ANNALS_TYPE_SIDEBAR_ITEM, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
annals_sidebar_item_init (AnnalsSidebarItem *self)
{
}

AnnalsSidebarItem *
annals_sidebar_item_new (AnnalsScope scope,
                         gint64      id)
{
  AnnalsSidebarItem *self = g_object_new (ANNALS_TYPE_SIDEBAR_ITEM, NULL);

  self->scope = scope;
  self->id = id;
  self->name = g_strdup ("");

  return self;
}

AnnalsScope
annals_sidebar_item_get_scope (AnnalsSidebarItem *self)
{
  g_return_val_if_fail (ANNALS_IS_SIDEBAR_ITEM (self), ANNALS_SCOPE_ALL);

  return self->scope;
}

gint64
annals_sidebar_item_get_id (AnnalsSidebarItem *self)
{
  g_return_val_if_fail (ANNALS_IS_SIDEBAR_ITEM (self), 0);

  return self->id;
}

const char *
annals_sidebar_item_get_name (AnnalsSidebarItem *self)
{
  g_return_val_if_fail (ANNALS_IS_SIDEBAR_ITEM (self), NULL);

  return self->name;
}

const char *
annals_sidebar_item_get_colour (AnnalsSidebarItem *self)
{
  g_return_val_if_fail (ANNALS_IS_SIDEBAR_ITEM (self), NULL);

  return self->colour;
}

guint
annals_sidebar_item_get_depth (AnnalsSidebarItem *self)
{
  g_return_val_if_fail (ANNALS_IS_SIDEBAR_ITEM (self), 0);

  return self->depth;
}

guint
annals_sidebar_item_get_count (AnnalsSidebarItem *self)
{
  g_return_val_if_fail (ANNALS_IS_SIDEBAR_ITEM (self), 0);

  return self->count;
}

guint
annals_sidebar_item_get_n_new (AnnalsSidebarItem *self)
{
  g_return_val_if_fail (ANNALS_IS_SIDEBAR_ITEM (self), 0);

  return self->n_new;
}

void
annals_sidebar_item_set_n_new (AnnalsSidebarItem *self,
                               guint              n_new)
{
  g_return_if_fail (ANNALS_IS_SIDEBAR_ITEM (self));

  if (self->n_new == n_new)
    return;

  self->n_new = n_new;
  g_signal_emit (self, signals[CHANGED], 0);
}

guint
annals_sidebar_item_get_due (AnnalsSidebarItem *self)
{
  g_return_val_if_fail (ANNALS_IS_SIDEBAR_ITEM (self), 0);

  return self->due;
}

void
annals_sidebar_item_set_due (AnnalsSidebarItem *self,
                             guint              due)
{
  g_return_if_fail (ANNALS_IS_SIDEBAR_ITEM (self));

  if (self->due == due)
    return;

  self->due = due;
  g_signal_emit (self, signals[CHANGED], 0);
}

void
annals_sidebar_item_update (AnnalsSidebarItem *self,
                            const char        *name,
                            const char        *colour,
                            guint              depth,
                            guint              count)
{
  g_return_if_fail (ANNALS_IS_SIDEBAR_ITEM (self));
  g_return_if_fail (name != NULL);

  if (g_str_equal (self->name, name) && g_strcmp0 (self->colour, colour) == 0 &&
      self->depth == depth && self->count == count)
    return;

  g_free (self->name);
  g_free (self->colour);
  self->name = g_strdup (name);
  self->colour = g_strdup (colour);
  self->depth = depth;
  self->count = count;
  g_signal_emit (self, signals[CHANGED], 0);
}
