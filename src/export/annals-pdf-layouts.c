/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-pdf-layouts.h"

#include <string.h>

/* Bytes of keys. A layout takes about thirty times its text, and more where it is short. */
#define ROOM ((gsize) 2 << 20)
#define OVERHEAD 100

struct _AnnalsPdfLayouts
{
  GHashTable *layouts;   /* key → PangoLayout */
  gsize       n_bytes;
};

static void
clear_layouts (gpointer data)
{
  g_hash_table_unref (((AnnalsPdfLayouts *) data)->layouts);
}

AnnalsPdfLayouts *
annals_pdf_layouts_new (void)
{
  AnnalsPdfLayouts *self = g_rc_box_new0 (AnnalsPdfLayouts);

  self->layouts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);

  return self;
}

AnnalsPdfLayouts *
annals_pdf_layouts_ref (AnnalsPdfLayouts *self)
{
  return g_rc_box_acquire (self);
}

void
annals_pdf_layouts_unref (AnnalsPdfLayouts *self)
{
  g_rc_box_release_full (self, clear_layouts);
}

PangoLayout *
annals_pdf_layouts_ref_layout (AnnalsPdfLayouts *self,
                               const char       *key)
{
  PangoLayout *layout = g_hash_table_lookup (self->layouts, key);

  return layout != NULL ? g_object_ref (layout) : NULL;
}

void
annals_pdf_layouts_add (AnnalsPdfLayouts *self,
                        char             *key,
                        PangoLayout      *layout)
{
  gsize size = strlen (key) + OVERHEAD;

  if (self->n_bytes + size > ROOM)
    {
      g_free (key);
      return;
    }

  self->n_bytes += size;
  g_hash_table_insert (self->layouts, key, g_object_ref (layout));
}
