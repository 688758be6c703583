/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-changes-private.h"
#include "annals-limits.h"

#include <string.h>

typedef struct
{
  const guint8 *at;
  gsize         left;
  guint         n_columns;   /* of the table that the records are of; 0: none was named yet */
} Reader;

static gboolean
skip (Reader *self,
      gsize   n)
{
  if (n > self->left)
    return FALSE;

  self->at += n;
  self->left -= n;

  return TRUE;
}

static gboolean
read_byte (Reader *self,
           guint8 *byte)
{
  *byte = self->left > 0 ? *self->at : 0;

  return skip (self, 1);
}

/* SQLite's variable-length integers (sqlite.org/fileformat2.html#varint), of which no number here needs more
 * than five bytes. */
static gboolean
read_number (Reader  *self,
             guint64 *number)
{
  guint8 byte;

  *number = 0;
  for (int i = 0; i < 5; i++)
    {
      if (!read_byte (self, &byte))
        return FALSE;

      *number = *number << 7 | (byte & 0x7f);
      if ((byte & 0x80) == 0)
        return TRUE;
    }

  return FALSE;
}

/* The number of columns, a byte for each, the name and its zero */
static gboolean
skip_header (Reader *self)
{
  const guint8 *end;
  guint64 n_columns;

  if (!read_number (self, &n_columns) || n_columns == 0 || n_columns > ANNALS_LIMIT_CHANGE_SET_COLUMNS ||
      !skip (self, n_columns) || self->left == 0 || !(end = memchr (self->at, '\0', self->left)))
    return FALSE;

  self->n_columns = (guint) n_columns;

  return skip (self, (gsize) (end - self->at) + 1);
}

static gboolean
skip_value (Reader *self)
{
  guint64 length;
  guint8 type;

  if (!read_byte (self, &type))
    return FALSE;

  switch (type)
    {
    case 0:   /* not told */
    case SQLITE_NULL:
      return TRUE;

    case SQLITE_INTEGER:
    case SQLITE_FLOAT:
      return skip (self, 8);

    case SQLITE_TEXT:
    case SQLITE_BLOB:
      return read_number (self, &length) && skip (self, length);

    default:
      return FALSE;
    }
}

static gboolean
skip_change (Reader *self,
             guint8  operation)
{
  guint n_values = operation == SQLITE_UPDATE ? 2 * self->n_columns : self->n_columns;

  if (self->n_columns == 0 || !skip (self, 1) ||
      (operation != SQLITE_INSERT && operation != SQLITE_DELETE && operation != SQLITE_UPDATE))
    return FALSE;

  for (guint i = 0; i < n_values; i++)
    if (!skip_value (self))
      return FALSE;

  return TRUE;
}

gboolean
annals_change_set_check (AnnalsDb       *db,
                         gconstpointer   change_set,
                         gsize           size,
                         GError        **error)
{
  Reader reader = { change_set, size, 0 };
  guint8 operation;

  while (reader.left > 0)
    if (!read_byte (&reader, &operation) ||
        !(operation == 'T' ? skip_header (&reader) : skip_change (&reader, operation)))
      {
        annals_db_set_error (db, SQLITE_CORRUPT, NULL, error);
        return FALSE;
      }

  return TRUE;
}
