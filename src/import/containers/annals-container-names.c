/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-container-names.h"

struct _AnnalsNames
{
  GHashTable *last;    /* key of a name → the number of the last of that name */
};

AnnalsNames *
annals_names_new (void)
{
  AnnalsNames *self = g_new0 (AnnalsNames, 1);

  self->last = g_hash_table_new (NULL, NULL);

  return self;
}

void
annals_names_free (AnnalsNames *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->last);
  g_free (self);
}

gpointer
annals_names_key (const char *name)
{
  /* FNV-1a */
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  for (; *name != '\0'; name++)
    hash = (hash ^ (guint8) *name) * G_GUINT64_CONSTANT (0x100000001b3);

  return GSIZE_TO_POINTER ((gsize) (hash ^ hash >> 32));
}

char *
annals_names_dup_unique (AnnalsNames *self,
                         const char  *name)
{
  g_autofree char *unique = NULL;
  guint n;

  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  unique = g_strdup (name);
  n = GPOINTER_TO_UINT (g_hash_table_lookup (self->last, annals_names_key (name)));

  while (g_hash_table_contains (self->last, annals_names_key (unique)))
    {
      g_free (unique);
      unique = g_strdup_printf ("%s (%u)", name, ++n);
    }

  g_hash_table_insert (self->last, annals_names_key (name), GUINT_TO_POINTER (MAX (n, 1)));
  g_hash_table_insert (self->last, annals_names_key (unique), GUINT_TO_POINTER (MAX (n, 1)));

  return g_steal_pointer (&unique);
}
