/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-decoder.h"

#include <errno.h>
#include <string.h>

/* No character of any set that iconv knows is longer. */
#define LONGEST_CHARACTER 16
#define REPLACEMENT 0xfffd

typedef enum
{
  KIND_UTF8,
  KIND_UTF16,
  KIND_WINDOWS_1252,
  KIND_ICONV,
} Kind;

struct _AnnalsDecoder
{
  Kind      kind;
  char     *charset;
  gboolean  assumed;
  gboolean  big_endian;
  gsize     bom_length;
  guint64   n_repaired;
  GIConv    iconv;
};

/* 0x80 to 0x9f, as the WHATWG Encoding Standard has them */
static const gunichar windows_1252[32] = {
  0x20ac, 0x0081, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
  0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008d, 0x017d, 0x008f,
  0x0090, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
  0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x009d, 0x017e, 0x0178,
};

static AnnalsDecoder *
decoder_new (Kind        kind,
             const char *charset)
{
  AnnalsDecoder *self = g_new0 (AnnalsDecoder, 1);

  self->kind = kind;
  self->charset = g_strdup (charset);
  self->iconv = (GIConv) -1;

  return self;
}

static AnnalsDecoder *
utf16_new (gboolean big_endian,
           gsize    bom_length)
{
  AnnalsDecoder *self = decoder_new (KIND_UTF16, big_endian ? "UTF-16BE" : "UTF-16LE");

  self->big_endian = big_endian;
  self->bom_length = bom_length;

  return self;
}

static void
append_byte (GString *out,
             guint8   byte)
{
  if (byte == 0)
    g_string_append_c (out, ' ');
  else if (byte < 0x80)
    g_string_append_c (out, (char) byte);
  else
    g_string_append_unichar (out, byte < 0xa0 ? windows_1252[byte - 0x80] : byte);
}

/* Whether the bytes begin a character of UTF-8 whose end has not come yet. */
static gboolean
begins_character (const guint8 *bytes,
                  gsize         length)
{
  gsize needed = bytes[0] >= 0xf0 && bytes[0] <= 0xf4   ? 4
                 : bytes[0] >= 0xe0 && bytes[0] <= 0xef ? 3
                 : bytes[0] >= 0xc2 && bytes[0] <= 0xdf ? 2
                                                        : 1;

  if (length >= needed)
    return FALSE;

  for (gsize i = 1; i < length; i++)
    {
      if ((bytes[i] & 0xc0) != 0x80)
        return FALSE;
    }

  return TRUE;
}

static gsize
push_utf8 (AnnalsDecoder *self,
           const guint8  *bytes,
           gsize          length,
           gboolean       final,
           GString       *out)
{
  const guint8 *at = bytes;
  const guint8 *end = bytes + length;

  while (at < end)
    {
      const char *valid_end;

      /* stops at NUL, too */
      g_utf8_validate_len ((const char *) at, (gsize) (end - at), &valid_end);
      g_string_append_len (out, (const char *) at, valid_end - (const char *) at);
      at = (const guint8 *) valid_end;

      if (at == end || (!final && begins_character (at, (gsize) (end - at))))
        break;

      append_byte (out, *at++);
      self->n_repaired++;
    }

  return (gsize) (at - bytes);
}

static gsize
push_windows_1252 (const guint8 *bytes,
                   gsize         length,
                   GString      *out)
{
  for (gsize i = 0; i < length; i++)
    append_byte (out, bytes[i]);

  return length;
}

static guint
utf16_unit (AnnalsDecoder *self,
            const guint8  *bytes)
{
  return self->big_endian ? (guint) bytes[0] << 8 | bytes[1] : (guint) bytes[1] << 8 | bytes[0];
}

static gsize
push_utf16 (AnnalsDecoder *self,
            const guint8  *bytes,
            gsize          length,
            gboolean       final,
            GString       *out)
{
  gsize at = 0;

  while (at + 2 <= length)
    {
      guint unit = utf16_unit (self, bytes + at);
      gunichar character = unit;

      if ((unit & 0xfc00) == 0xd800)
        {
          guint low;

          if (at + 4 > length && !final)
            return at;

          low = at + 4 <= length ? utf16_unit (self, bytes + at + 2) : 0;
          if ((low & 0xfc00) == 0xdc00)
            {
              character = 0x10000 + ((unit & 0x3ff) << 10 | (low & 0x3ff));
              at += 2;
            }
        }

      if ((character & 0xfffff800) == 0xd800 || character == 0)
        {
          character = character == 0 ? ' ' : REPLACEMENT;
          self->n_repaired++;
        }

      g_string_append_unichar (out, character);
      at += 2;
    }

  if (final && at < length)
    {
      g_string_append_unichar (out, REPLACEMENT);
      self->n_repaired++;
      at = length;
    }

  return at;
}

static gsize
push_iconv (AnnalsDecoder *self,
            const guint8  *bytes,
            gsize          length,
            gboolean       final,
            GString       *out)
{
  char *in = (char *) bytes;
  gsize left = length;

  while (left > 0)
    {
      char buffer[4096];
      char *to = buffer;
      gsize room = sizeof buffer;
      gsize result = g_iconv (self->iconv, &in, &left, &to, &room);
      int reason = errno;

      /* it lets through what is beyond Unicode, and whole characters only */
      push_utf8 (self, (const guint8 *) buffer, (gsize) (to - buffer), TRUE, out);

      if (result != (gsize) -1 || reason == E2BIG)
        continue;

      if (reason == EINVAL && !final && left <= LONGEST_CHARACTER)
        break;

      g_string_append_unichar (out, REPLACEMENT);
      self->n_repaired++;
      in++;
      left--;
    }

  return length - left;
}

/* UTF-16 of European text without a mark: every other byte of its beginning is NUL. */
static AnnalsDecoder *
guess_utf16 (const guint8 *head,
             gsize         length)
{
  gsize n_units = MIN (length, 512) / 2;
  gsize n_even = 0, n_odd = 0;

  for (gsize i = 0; i < n_units; i++)
    {
      n_even += head[2 * i] == 0;
      n_odd += head[2 * i + 1] == 0;
    }

  if (n_units >= 4 && n_even == 0 && n_odd > n_units / 2)
    return utf16_new (FALSE, 0);

  if (n_units >= 4 && n_odd == 0 && n_even > n_units / 2)
    return utf16_new (TRUE, 0);

  return NULL;
}

static gboolean
looks_like_utf8 (const guint8 *head,
                 gsize         length)
{
  gsize n_good = 0, n_bad = 0;
  gsize at = 0;

  while (at < length)
    {
      gunichar character;

      if (head[at] < 0x80)
        {
          at++;
          continue;
        }

      if (begins_character (head + at, length - at))
        break;

      character = g_utf8_get_char_validated ((const char *) head + at, (gssize) (length - at));
      if (character == (gunichar) -1 || character == (gunichar) -2)
        {
          n_bad++;
          at++;
        }
      else
        {
          n_good++;
          at += (gsize) g_unichar_to_utf8 (character, NULL);
        }
    }

  return n_bad == 0 || n_good > 4 * n_bad;
}

gboolean
annals_decoder_head_has_bom (const guint8 *head,
                             gsize         length)
{
  return (length >= 3 && head[0] == 0xef && head[1] == 0xbb && head[2] == 0xbf) ||
         (length >= 2 && ((head[0] == 0xff && head[1] == 0xfe) || (head[0] == 0xfe && head[1] == 0xff)));
}

AnnalsDecoder *
annals_decoder_new_for_head (const guint8 *head,
                             gsize         length)
{
  AnnalsDecoder *self;

  g_return_val_if_fail (head != NULL || length == 0, NULL);

  if (length >= 3 && memcmp (head, "\xef\xbb\xbf", 3) == 0)
    {
      self = decoder_new (KIND_UTF8, "UTF-8");
      self->bom_length = 3;
      return self;
    }

  if (length >= 2 && memcmp (head, "\xff\xfe", 2) == 0)
    return utf16_new (FALSE, 2);

  if (length >= 2 && memcmp (head, "\xfe\xff", 2) == 0)
    return utf16_new (TRUE, 2);

  if ((self = guess_utf16 (head, length)))
    return self;

  if (looks_like_utf8 (head, length))
    return decoder_new (KIND_UTF8, "UTF-8");

  self = decoder_new (KIND_WINDOWS_1252, "windows-1252");
  self->assumed = TRUE;

  return self;
}

AnnalsDecoder *
annals_decoder_new (const char *charset)
{
  AnnalsDecoder *self;
  GIConv conversion;

  g_return_val_if_fail (charset != NULL, NULL);

  if (g_ascii_strcasecmp (charset, "utf-8") == 0 || g_ascii_strcasecmp (charset, "us-ascii") == 0)
    return decoder_new (KIND_UTF8, "UTF-8");

  /* what says ISO 8859-1 on the web is windows-1252 */
  if (g_ascii_strcasecmp (charset, "windows-1252") == 0 ||
      g_ascii_strcasecmp (charset, "iso-8859-1") == 0)
    return decoder_new (KIND_WINDOWS_1252, "windows-1252");

  /* iconv overlooks what is no letter, and takes orders after a slash */
  for (const char *at = charset; *at; at++)
    {
      if (!g_ascii_isalnum (*at) && strchr ("-_.:", *at) == NULL)
        return NULL;
    }

  conversion = g_iconv_open ("UTF-8", charset);
  if (conversion == (GIConv) -1)
    return NULL;

  self = decoder_new (KIND_ICONV, charset);
  self->iconv = conversion;

  return self;
}

void
annals_decoder_free (AnnalsDecoder *self)
{
  if (self == NULL)
    return;

  if (self->iconv != (GIConv) -1)
    g_iconv_close (self->iconv);

  g_free (self->charset);
  g_free (self);
}

gsize
annals_decoder_push (AnnalsDecoder *self,
                     const guint8  *bytes,
                     gsize          length,
                     gboolean       final,
                     GString       *out)
{
  g_return_val_if_fail (self != NULL && out != NULL, length);

  if (length == 0)
    return 0;

  switch (self->kind)
    {
    case KIND_UTF8:
      return push_utf8 (self, bytes, length, final, out);

    case KIND_UTF16:
      return push_utf16 (self, bytes, length, final, out);

    case KIND_WINDOWS_1252:
      return push_windows_1252 (bytes, length, out);

    case KIND_ICONV:
      return push_iconv (self, bytes, length, final, out);
    }

  g_assert_not_reached ();
}

const char *
annals_decoder_get_charset (AnnalsDecoder *self)
{
  return self->charset;
}

gboolean
annals_decoder_is_assumed (AnnalsDecoder *self)
{
  return self->assumed;
}

gsize
annals_decoder_get_bom_length (AnnalsDecoder *self)
{
  return self->bom_length;
}

guint
annals_decoder_get_unit (AnnalsDecoder *self)
{
  return self->kind == KIND_UTF16 ? 2 : 1;
}

gboolean
annals_decoder_is_big_endian (AnnalsDecoder *self)
{
  return self->big_endian;
}

guint64
annals_decoder_get_n_repaired (AnnalsDecoder *self)
{
  return self->n_repaired;
}
