/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-mime-decoder.h"

#include <string.h>

typedef enum
{
  ENCODING_PLAIN,
  ENCODING_QUOTED,
  ENCODING_BASE64,
  ENCODING_UNKNOWN,
} Encoding;

struct _AnnalsMimeDecoder
{
  Encoding encoding;
  int      base64_state;
  guint    base64_save;
};

static Encoding
parse_encoding (const char *value)
{
  g_autofree char *name = value != NULL ? g_strstrip (g_ascii_strdown (value, -1)) : NULL;

  if (name == NULL || *name == '\0' || strcmp (name, "7bit") == 0 || strcmp (name, "8bit") == 0 ||
      strcmp (name, "binary") == 0)
    return ENCODING_PLAIN;

  return strcmp (name, "quoted-printable") == 0 ? ENCODING_QUOTED
         : strcmp (name, "base64") == 0         ? ENCODING_BASE64
                                                : ENCODING_UNKNOWN;
}

AnnalsMimeDecoder *
annals_mime_decoder_new (const char *encoding)
{
  AnnalsMimeDecoder *self = g_new0 (AnnalsMimeDecoder, 1);

  self->encoding = parse_encoding (encoding);

  return self;
}

void
annals_mime_decoder_free (AnnalsMimeDecoder *self)
{
  g_free (self);
}

gboolean
annals_mime_decoder_is_known (AnnalsMimeDecoder *self)
{
  return self->encoding != ENCODING_UNKNOWN;
}

static gboolean
push_quoted (const guint8 *line,
             gsize         length,
             gboolean      whole,
             GByteArray   *out)
{
  /* blanks at the end of a line were added on the way */
  while (whole && length > 0 && (line[length - 1] == ' ' || line[length - 1] == '\t'))
    length--;

  for (gsize i = 0; i < length; i++)
    {
      guint8 byte = line[i];

      if (byte == '=' && i + 2 < length && g_ascii_isxdigit (line[i + 1]) && g_ascii_isxdigit (line[i + 2]))
        {
          byte = (guint8) (g_ascii_xdigit_value ((char) line[i + 1]) * 16 +
                           g_ascii_xdigit_value ((char) line[i + 2]));
          i += 2;
        }
      else if (byte == '=' && i + 1 == length && whole)
        {
          return FALSE;    /* the line goes on in the next one */
        }

      g_byte_array_append (out, &byte, 1);
    }

  return TRUE;
}

static void
push_base64 (AnnalsMimeDecoder *self,
             const guint8      *line,
             gsize              length,
             GByteArray        *out)
{
  guint before = out->len;

  g_byte_array_set_size (out, before + (guint) (length / 4) * 3 + 6);
  before += (guint) g_base64_decode_step ((const char *) line, length, out->data + before, &self->base64_state,
                                          &self->base64_save);
  g_byte_array_set_size (out, before);
}

gboolean
annals_mime_decoder_push (AnnalsMimeDecoder *self,
                          const guint8      *line,
                          gsize              length,
                          gboolean           whole,
                          GByteArray        *out)
{
  g_return_val_if_fail (self != NULL && out != NULL, FALSE);

  switch (self->encoding)
    {
    case ENCODING_QUOTED:
      return push_quoted (line, length, whole, out);

    case ENCODING_BASE64:
      push_base64 (self, line, length, out);
      return FALSE;

    case ENCODING_PLAIN:
    case ENCODING_UNKNOWN:
      break;
    }

  if (length > 0)
    g_byte_array_append (out, line, (guint) length);

  return TRUE;
}
