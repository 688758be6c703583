/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-pdf-layouts.h"

#include <string.h>

/* Bytes of keys. A layout takes about thirty times its text, and more where it is short. */
#define ROOM ((gsize) 2 << 20)
#define OVERHEAD 100

struct _AnnalsPdfLayouts
{
  GHashTable *layouts;   /* key → Entry */
  gsize       n_bytes;
};

typedef struct
{
  PangoLayout *layout;
  GArray      *hyphens;  /* (nullable) */
} Entry;

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_object_unref (entry->layout);
  g_clear_pointer (&entry->hyphens, g_array_unref);
  g_free (entry);
}

static void
clear_layouts (gpointer data)
{
  g_hash_table_unref (((AnnalsPdfLayouts *) data)->layouts);
}

AnnalsPdfLayouts *
annals_pdf_layouts_new (void)
{
  AnnalsPdfLayouts *self = g_rc_box_new0 (AnnalsPdfLayouts);

  self->layouts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, entry_free);

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
annals_pdf_layouts_ref_layout (AnnalsPdfLayouts  *self,
                               const char        *key,
                               GArray           **hyphens)
{
  const Entry *entry = g_hash_table_lookup (self->layouts, key);

  if (entry == NULL)
    return NULL;

  if (hyphens != NULL)
    *hyphens = entry->hyphens;
  return g_object_ref (entry->layout);
}

void
annals_pdf_layouts_add (AnnalsPdfLayouts *self,
                        char             *key,
                        PangoLayout      *layout,
                        GArray           *hyphens)
{
  gsize size = strlen (key) + OVERHEAD;
  Entry *entry;

  if (self->n_bytes + size > ROOM)
    {
      g_free (key);
      return;
    }

  entry = g_new0 (Entry, 1);
  entry->layout = g_object_ref (layout);
  entry->hyphens = hyphens != NULL ? g_array_ref (hyphens) : NULL;
  self->n_bytes += size;
  g_hash_table_insert (self->layouts, key, entry);
}
