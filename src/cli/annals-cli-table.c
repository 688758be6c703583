/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-cli-table.h"

#include <stdarg.h>
#include <string.h>

#define GAP 2

struct _AnnalsCliTable
{
  char       *alignment;
  GPtrArray  *cells;
};

/* Columns that a terminal needs for @text. */
static guint
get_width (const char *text)
{
  guint width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar ch = g_utf8_get_char (p);

      if (!g_unichar_iszerowidth (ch))
        width += g_unichar_iswide (ch) ? 2 : 1;
    }

  return width;
}

static void
append_spaces (GString *out,
               guint    n)
{
  for (guint i = 0; i < n; i++)
    g_string_append_c (out, ' ');
}

AnnalsCliTable *
annals_cli_table_new (const char *alignment)
{
  AnnalsCliTable *self = g_new0 (AnnalsCliTable, 1);

  self->alignment = g_strdup (alignment);
  self->cells = g_ptr_array_new_with_free_func (g_free);

  return self;
}

void
annals_cli_table_free (AnnalsCliTable *self)
{
  g_free (self->alignment);
  g_ptr_array_unref (self->cells);
  g_free (self);
}

void
annals_cli_table_add (AnnalsCliTable *self,
                      ...)
{
  va_list args;

  va_start (args, self);
  for (guint i = 0; self->alignment[i] != '\0'; i++)
    {
      const char *cell = va_arg (args, const char *);

      g_ptr_array_add (self->cells, g_utf8_make_valid (cell != NULL ? cell : "", -1));
    }
  va_end (args);
}

void
annals_cli_table_append (AnnalsCliTable *self,
                         GString        *out)
{
  guint n_columns = strlen (self->alignment);
  g_autofree guint *widths = g_new0 (guint, n_columns);

  for (guint i = 0; i < self->cells->len; i++)
    widths[i % n_columns] = MAX (widths[i % n_columns],
                                 get_width (g_ptr_array_index (self->cells, i)));

  for (guint i = 0; i < self->cells->len; i++)
    {
      guint column = i % n_columns;
      const char *cell = g_ptr_array_index (self->cells, i);
      guint space = widths[column] - get_width (cell);
      gboolean last = column == n_columns - 1;

      if (self->alignment[column] == 'r')
        append_spaces (out, space);

      g_string_append (out, cell);

      if (last)
        g_string_append_c (out, '\n');
      else
        append_spaces (out, (self->alignment[column] == 'r' ? 0 : space) + GAP);
    }
}
