/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-feed-entities.h"

#include "annals-limits.h"

#include <libxml/HTMLparser.h>
#include <string.h>

#define MAX_NAME 40

struct _AnnalsFeedEntities
{
  GHashTable *declared;   /* name → value; NULL: nothing was declared */
  gsize       n_given;
};

/* Bytes of windows-1252 that somebody took for Latin-1. */
static const guint16 windows_1252[32] = {
  0x20ac, 0x20, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
  0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x20, 0x017d, 0x20,
  0x20, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
  0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x20, 0x017e, 0x0178,
};

static AnnalsFeedReference
resolve_number (const char *name,
                GString    *out)
{
  gboolean hex = name[1] == 'x' || name[1] == 'X';
  const char *digits = name + (hex ? 2 : 1);
  guint64 number;
  char *end;

  if (!g_ascii_isxdigit (*digits))
    return ANNALS_FEED_REFERENCE_NONE;

  number = g_ascii_strtoull (digits, &end, hex ? 16 : 10);
  if (*end != '\0')
    return ANNALS_FEED_REFERENCE_NONE;

  if (number >= 0x80 && number < 0xa0)
    {
      g_string_append_unichar (out, windows_1252[number - 0x80]);
      return ANNALS_FEED_REFERENCE_GOOD;
    }

  if (number < 0x20 && number != '\t' && number != '\n' && number != '\r')
    {
      g_string_append_c (out, ' ');
      return ANNALS_FEED_REFERENCE_MENDED;
    }

  if (number > 0x10ffff || (number >= 0xd800 && number < 0xe000) || (number & 0xfffe) == 0xfffe)
    {
      g_string_append_unichar (out, 0xfffd);
      return ANNALS_FEED_REFERENCE_MENDED;
    }

  g_string_append_unichar (out, (gunichar) number);

  return ANNALS_FEED_REFERENCE_GOOD;
}

static AnnalsFeedReference
resolve_name (AnnalsFeedEntities *self,
              const char         *name,
              GString            *out)
{
  static const struct { const char *name; char character; } own[] = {
    { "lt", '<' }, { "gt", '>' }, { "amp", '&' }, { "quot", '"' }, { "apos", '\'' },
  };
  const htmlEntityDesc *entity;
  const char *value;

  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    {
      if (g_str_equal (name, own[i].name))
        {
          g_string_append_c (out, own[i].character);
          return ANNALS_FEED_REFERENCE_GOOD;
        }
    }

  value = self->declared ? g_hash_table_lookup (self->declared, name) : NULL;
  if (value != NULL && self->n_given + strlen (value) <= ANNALS_LIMIT_ENTITY_TOTAL)
    {
      self->n_given += strlen (value);
      g_string_append (out, value);
      return ANNALS_FEED_REFERENCE_GOOD;
    }

  entity = htmlEntityLookup ((const xmlChar *) name);
  if (entity == NULL)
    return ANNALS_FEED_REFERENCE_NONE;

  g_string_append_unichar (out, entity->value);

  return ANNALS_FEED_REFERENCE_MENDED;
}

AnnalsFeedEntities *
annals_feed_entities_new (void)
{
  return g_new0 (AnnalsFeedEntities, 1);
}

void
annals_feed_entities_free (AnnalsFeedEntities *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->declared, g_hash_table_unref);
  g_free (self);
}

AnnalsFeedReference
annals_feed_entities_resolve (AnnalsFeedEntities *self,
                              const char         *name,
                              gsize               length,
                              GString            *out)
{
  char buffer[MAX_NAME + 1];

  if (length == 0 || length > MAX_NAME)
    return ANNALS_FEED_REFERENCE_NONE;

  memcpy (buffer, name, length);
  buffer[length] = '\0';

  return buffer[0] == '#' ? resolve_number (buffer, out) : resolve_name (self, buffer, out);
}

/* The byte that the reference at @text stands for; -1 when it is none. @is_character (out): it could be
 * meant as one. */
static int
byte_of_reference (const char *text,
                   gsize       length,
                   gsize      *used,
                   gboolean   *is_character)
{
  const char *end = length > 3 && *text == '&' ? memchr (text, ';', MIN (length, 10)) : NULL;
  char name[10] = "";
  const htmlEntityDesc *entity;
  guint64 number;
  char *stop;

  if (end == NULL)
    return -1;

  memcpy (name, text + 1, (gsize) (end - text - 1));
  *used = (gsize) (end - text) + 1;
  *is_character = TRUE;

  if (name[0] != '#')
    {
      entity = htmlEntityLookup ((const xmlChar *) name);
      return entity != NULL && entity->value < 0x100 ? (int) entity->value : -1;
    }

  number = g_ascii_tolower (name[1]) == 'x' ? g_ascii_strtoull (name + 2, &stop, 16)
                                            : g_ascii_strtoull (name + 1, &stop, 10);
  *is_character = number < 0x80 || number >= 0xa0;

  return *stop == '\0' && number < 0x100 ? (int) number : -1;
}

gsize
annals_feed_entities_resolve_bytes (const char *text,
                                    gsize       length,
                                    GString    *out)
{
  char bytes[4];
  gsize at = 0, used = 0;
  guint needed = 1;
  gboolean all_characters = TRUE;

  for (guint i = 0; i < needed; i++)
    {
      gboolean is_character = TRUE;
      int byte = byte_of_reference (text + at, length - at, &used, &is_character);

      if (byte < 0)
        return 0;

      if (i == 0)
        needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc2 ? 2 : 0;
      if (needed == 0)
        return 0;

      bytes[i] = (char) byte;
      at += used;
      all_characters = all_characters && is_character;
    }

  if (all_characters || !g_utf8_validate_len (bytes, needed, NULL))
    return 0;

  g_string_append_len (out, bytes, needed);

  return at;
}

/* The value of an entity, the references in it resolved once; NULL when it is too long. */
static char *
dup_value (AnnalsFeedEntities *self,
           const char         *value,
           gsize               length)
{
  g_autoptr(GString) out = g_string_new (NULL);
  const char *end = value + length;

  for (const char *at = value; at < end && out->len <= ANNALS_LIMIT_ENTITY_VALUE;)
    {
      const char *stop = *at == '&' ? memchr (at, ';', (gsize) (end - at)) : NULL;

      if (stop != NULL &&
          annals_feed_entities_resolve (self, at + 1, (gsize) (stop - at - 1), out) !=
            ANNALS_FEED_REFERENCE_NONE)
        {
          at = stop + 1;
        }
      else
        {
          g_string_append_c (out, *at);
          at++;
        }
    }

  return out->len <= ANNALS_LIMIT_ENTITY_VALUE ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}

/* The <!ENTITY name "value"> that begins at @at, if that is what it is. Entities that stand in other files
 * have a word between name and value, those for the document type itself a "%" before their name. */
static void
declare_one (AnnalsFeedEntities *self,
             const char         *at,
             const char         *end)
{
  const char *name, *close;
  g_autofree char *key = NULL;
  char *value;

  while (at < end && g_ascii_isspace (*at))
    at++;
  name = at;
  while (at < end && !g_ascii_isspace (*at) && *at != '"' && *at != '\'' && *at != '>')
    at++;
  if (at == name || at - name > MAX_NAME || *name == '%')
    return;

  key = g_strndup (name, (gsize) (at - name));
  while (at < end && g_ascii_isspace (*at))
    at++;
  if (at == end || (*at != '"' && *at != '\''))
    return;

  close = memchr (at + 1, *at, (gsize) (end - at - 1));
  value = close ? dup_value (self, at + 1, (gsize) (close - at - 1)) : NULL;

  /* the first declaration counts */
  if (value != NULL && !g_hash_table_contains (self->declared, key))
    g_hash_table_insert (self->declared, g_steal_pointer (&key), value);
  else
    g_free (value);
}

void
annals_feed_entities_declare (AnnalsFeedEntities *self,
                              const char         *doctype,
                              gsize               length)
{
  const char *at = doctype;
  const char *end = doctype + length;

  if (self->declared == NULL)
    self->declared = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  while (g_hash_table_size (self->declared) < ANNALS_LIMIT_ENTITIES &&
         (at = g_strstr_len (at, end - at, "<!ENTITY")) != NULL)
    {
      at += strlen ("<!ENTITY");
      declare_one (self, at, end);
    }
}
