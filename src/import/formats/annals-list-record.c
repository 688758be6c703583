/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-list-record.h"

#include "annals-limits.h"

#include <string.h>

struct _AnnalsListRecord
{
  GPtrArray  *names;    /* in the file's order */
  GHashTable *values;   /* name → GPtrArray of char *, ended by NULL */
  gboolean    full;
};

static void
values_free (gpointer data)
{
  g_ptr_array_unref (data);
}

AnnalsListRecord *
annals_list_record_new (void)
{
  AnnalsListRecord *self = g_new0 (AnnalsListRecord, 1);

  self->names = g_ptr_array_new ();
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, values_free);

  return self;
}

void
annals_list_record_free (AnnalsListRecord *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->names);
  g_hash_table_unref (self->values);
  g_free (self);
}

void
annals_list_record_take (AnnalsListRecord *self,
                         const char       *column,
                         char             *value)
{
  GPtrArray *values = g_hash_table_lookup (self->values, column);

  if (values == NULL)
    {
      char *name;

      if (self->names->len >= ANNALS_LIMIT_COLUMNS)
        {
          self->full = TRUE;
          g_free (value);
          return;
        }

      name = g_strdup (column);
      values = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (values, NULL);
      g_hash_table_insert (self->values, name, values);
      g_ptr_array_add (self->names, name);
    }

  if (value == NULL || *value == '\0')
    {
      g_free (value);
      return;
    }

  values->pdata[values->len - 1] = value;
  g_ptr_array_add (values, NULL);
}

gboolean
annals_list_record_is_full (AnnalsListRecord *self)
{
  return self->full;
}

guint
annals_list_record_get_n_columns (AnnalsListRecord *self)
{
  return self->names->len;
}

const char *
annals_list_record_get_column (AnnalsListRecord *self,
                               guint             index)
{
  return self->names->pdata[index];
}

const char *
annals_list_record_get (AnnalsListRecord *self,
                        const char       *column)
{
  const char * const *values = annals_list_record_get_all (self, column);

  return values ? values[0] : NULL;
}

const char * const *
annals_list_record_get_all (AnnalsListRecord *self,
                            const char       *column)
{
  GPtrArray *values = g_hash_table_lookup (self->values, column);

  return values && values->len > 1 ? (const char * const *) values->pdata : NULL;
}

char *
annals_list_record_dup_excerpt (AnnalsListRecord *self,
                                gsize             n_bytes)
{
  g_autoptr(GString) excerpt = g_string_new (NULL);

  for (guint i = 0; i < self->names->len && excerpt->len < n_bytes; i++)
    {
      const char *value = annals_list_record_get (self, self->names->pdata[i]);

      if (value == NULL)
        continue;

      g_string_append_printf (excerpt, "%s%s: ", excerpt->len ? "\n" : "", (char *) self->names->pdata[i]);
      g_string_append_len (excerpt, value, (gssize) strnlen (value, n_bytes));
    }

  /* not in the middle of a character */
  if (excerpt->len > n_bytes)
    {
      const char *end = g_utf8_find_prev_char (excerpt->str, excerpt->str + n_bytes + 1);

      g_string_truncate (excerpt, end ? (gsize) (end - excerpt->str) : 0);
    }

  return g_string_free (g_steal_pointer (&excerpt), FALSE);
}
