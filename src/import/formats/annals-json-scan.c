/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-json-scan.h"

#include "annals-limits.h"

#include <string.h>

#define MAX_STRING 1000

typedef struct
{
  char   container;
  char  *key;        /* NULL: none yet, or an array */
} Level;

struct _AnnalsJsonScan
{
  Level     levels[ANNALS_LIMIT_JSON_DEPTH];
  guint     depth;
  gboolean  in_string;
  gboolean  escaped;
  gboolean  in_value;      /* a number or a word */
  gboolean  wants_key;     /* the next string of an object is a member's name */
  GString  *raw;           /* as it stands in the file */
  GString  *string;
};

AnnalsJsonScan *
annals_json_scan_new (void)
{
  AnnalsJsonScan *self = g_new0 (AnnalsJsonScan, 1);

  self->raw = g_string_new (NULL);
  self->string = g_string_new (NULL);

  return self;
}

void
annals_json_scan_free (AnnalsJsonScan *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < ANNALS_LIMIT_JSON_DEPTH; i++)
    g_free (self->levels[i].key);
  g_string_free (self->raw, TRUE);
  g_string_free (self->string, TRUE);
  g_free (self);
}

static void
enter (AnnalsJsonScan *self,
       char            container)
{
  if (self->depth < ANNALS_LIMIT_JSON_DEPTH)
    {
      self->levels[self->depth].container = container;
      g_clear_pointer (&self->levels[self->depth].key, g_free);
    }
  self->depth++;
  self->wants_key = container == '{';
}

void
annals_json_scan_leave (AnnalsJsonScan *self)
{
  if (self->depth > 0)
    self->depth--;
  self->in_value = FALSE;
  self->wants_key = FALSE;
}

static guint
hex_number (const char *digits)
{
  guint number = 0;

  for (guint i = 0; i < 4; i++)
    {
      if (!g_ascii_isxdigit (digits[i]))
        return 0xfffd;
      number = number * 16 + (guint) g_ascii_xdigit_value (digits[i]);
    }

  return number;
}

/* The string without escapes; half a pair of surrogates is nothing. */
static void
unescape (AnnalsJsonScan *self)
{
  const char *at = self->raw->str;

  g_string_truncate (self->string, 0);
  for (; *at != '\0'; at++)
    {
      if (*at != '\\')
        {
          g_string_append_c (self->string, *at);
          continue;
        }

      switch (*++at)
        {
        case 'u':
          {
            gunichar c = hex_number (at + 1);

            if (g_ascii_isxdigit (at[1]) && strlen (at) > 4)
              at += 4;
            if ((c & 0xfc00) == 0xd800 && at[1] == '\\' && at[2] == 'u' && strlen (at) > 6)
              {
                guint low = hex_number (at + 3);

                c = (low & 0xfc00) == 0xdc00 ? 0x10000 + ((c & 0x3ff) << 10) + (low & 0x3ff) : 0xfffd;
                at += 6;
              }
            g_string_append_unichar (self->string, c > 0 && g_unichar_validate (c) ? c : 0xfffd);
          }
          break;
        case 'n':
        case 'r':
        case 't':
        case 'b':
        case 'f':
          g_string_append_c (self->string, ' ');
          break;
        case '\0':
          at--;
          break;
        default:
          g_string_append_c (self->string, *at);
        }
    }

  /* it may have been cut in the middle of a character */
  if (!g_utf8_validate_len (self->string->str, self->string->len, NULL))
    {
      g_autofree char *valid = g_utf8_make_valid (self->string->str, (gssize) self->string->len);

      g_string_assign (self->string, valid);
    }
}

static AnnalsJsonEvent
end_string (AnnalsJsonScan *self)
{
  Level *level = self->depth > 0 && self->depth <= ANNALS_LIMIT_JSON_DEPTH ? &self->levels[self->depth - 1] : NULL;

  self->in_string = FALSE;
  unescape (self);

  if (level != NULL && level->container == '{' && self->wants_key)
    {
      g_free (level->key);
      level->key = g_strdup (self->string->str);
      return ANNALS_JSON_KEY;
    }

  return ANNALS_JSON_STRING;
}

static AnnalsJsonEvent
push_in_string (AnnalsJsonScan *self,
                char            c)
{
  if (c == '"' && !self->escaped)
    return end_string (self);

  if (self->raw->len < MAX_STRING)
    g_string_append_c (self->raw, c);
  self->escaped = c == '\\' && !self->escaped;

  return ANNALS_JSON_NOTHING;
}

AnnalsJsonEvent
annals_json_scan_push (AnnalsJsonScan *self,
                       char            c)
{
  if (self->in_string)
    return push_in_string (self, c);

  switch (c)
    {
    case '"':
      self->in_string = TRUE;
      self->escaped = self->in_value = FALSE;
      g_string_truncate (self->raw, 0);
      return ANNALS_JSON_NOTHING;

    case '{':
    case '[':
      self->in_value = FALSE;
      enter (self, c);
      return ANNALS_JSON_BEGIN;

    case '}':
    case ']':
      if (self->depth == 0)
        return ANNALS_JSON_ILLEGAL;
      annals_json_scan_leave (self);
      return ANNALS_JSON_END;

    case ',':
      self->in_value = FALSE;
      self->wants_key = annals_json_scan_get_container (self, self->depth) == '{';
      return ANNALS_JSON_NOTHING;

    case ':':
      self->wants_key = FALSE;
      return ANNALS_JSON_NOTHING;

    case ' ':
    case '\t':
    case '\n':
    case '\r':
      self->in_value = FALSE;
      return ANNALS_JSON_NOTHING;

    default:
      if (!g_ascii_isalnum (c) && c != '-' && c != '+' && c != '.')
        return ANNALS_JSON_ILLEGAL;
      if (self->in_value)
        return ANNALS_JSON_NOTHING;
      self->in_value = TRUE;
      return ANNALS_JSON_VALUE;
    }
}

guint
annals_json_scan_get_depth (AnnalsJsonScan *self)
{
  return self->depth;
}

gboolean
annals_json_scan_is_in_string (AnnalsJsonScan *self)
{
  return self->in_string;
}

char
annals_json_scan_get_container (AnnalsJsonScan *self,
                                guint           level)
{
  return level >= 1 && level <= MIN (self->depth, ANNALS_LIMIT_JSON_DEPTH) ? self->levels[level - 1].container : 0;
}

const char *
annals_json_scan_get_key (AnnalsJsonScan *self,
                          guint           level)
{
  if (annals_json_scan_get_container (self, level) != '{' || self->levels[level - 1].key == NULL)
    return "";

  return self->levels[level - 1].key;
}

char *
annals_json_scan_dup_path (AnnalsJsonScan *self,
                           guint           level)
{
  GString *path = g_string_new (NULL);

  for (guint i = 1; i < level; i++)
    {
      const char *key = annals_json_scan_get_key (self, i);

      if (*key != '\0')
        g_string_append_printf (path, "%s%s", path->len ? "." : "", key);
    }

  return g_string_free (path, FALSE);
}

const char *
annals_json_scan_get_string (AnnalsJsonScan *self)
{
  return self->string->str;
}
