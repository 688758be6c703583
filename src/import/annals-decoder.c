/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-decoder.h"

#include "annals-decoder-detect.h"

#include <errno.h>
#include <string.h>

/* No character of any set that iconv knows is longer. */
#define LONGEST_CHARACTER 16
#define REPLACEMENT 0xfffd
/* Characters of UTF-8 in a row that a text in another set hardly ever looks like by chance, when it is
 * declared to be in one of East Asia's */
#define CONVINCING_UTF8 4
/* ASCII before the first other byte, as much as is kept with it */
#define CONTEXT 16

typedef enum
{
  KIND_UNDECIDED,
  KIND_UTF8,
  KIND_UTF16,
  KIND_UTF32,
  KIND_WINDOWS_1252,
  KIND_ICONV,
} Kind;

struct _AnnalsDecoder
{
  Kind      kind;
  const AnnalsCharset *declared;  /* KIND_UNDECIDED: what is tried first; NULL: nothing was declared */
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
wide_new (Kind     kind,
          gboolean big_endian,
          gsize    bom_length)
{
  AnnalsDecoder *self;

  if (kind == KIND_UTF16)
    self = decoder_new (kind, big_endian ? "UTF-16BE" : "UTF-16LE");
  else
    self = decoder_new (kind, big_endian ? "UTF-32BE" : "UTF-32LE");

  self->big_endian = big_endian;
  self->bom_length = bom_length;

  return self;
}

/* Makes @self a decoder of @charset; FALSE when iconv does not know it. */
static gboolean
set_charset (AnnalsDecoder       *self,
             const AnnalsCharset *charset)
{
  Kind kind = KIND_ICONV;

  if (g_str_equal (charset->name, "UTF-8"))
    kind = KIND_UTF8;
  else if (g_str_equal (charset->name, "windows-1252"))
    kind = KIND_WINDOWS_1252;
  else if (g_str_has_prefix (charset->name, "UTF-16"))
    kind = KIND_UTF16;
  else if (g_str_has_prefix (charset->name, "UTF-32"))
    kind = KIND_UTF32;

  if (kind == KIND_ICONV)
    {
      self->iconv = g_iconv_open ("UTF-8", charset->iconv_name);
      if (self->iconv == (GIConv) -1)
        self->iconv = g_iconv_open ("UTF-8", charset->name);
      if (self->iconv == (GIConv) -1)
        return FALSE;
    }

  self->kind = kind;
  self->big_endian = g_str_has_suffix (charset->name, "BE");
  g_free (self->charset);
  self->charset = g_strdup (charset->name);

  return TRUE;
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

/* ASCII, of which NUL becomes a space */
static void
append_ascii (GString      *out,
              const guint8 *bytes,
              gsize         length)
{
  gsize start = out->len;
  char *nul;

  g_string_append_len (out, (const char *) bytes, (gssize) length);
  while ((nul = memchr (out->str + start, '\0', out->len - start)) != NULL)
    {
      *nul = ' ';
      start = (gsize) (nul - out->str) + 1;
    }
}

/* Valid UTF-8; the controls U+0080 to U+009F are bytes of windows-1252 that somebody took for Latin-1. */
static void
append_valid (GString    *out,
              const char *text,
              gsize       length)
{
  const char *end = text + length;
  const char *at = text;

  while ((at = memchr (at, 0xc2, (gsize) (end - at))) != NULL)
    {
      guint8 next = (guint8) at[1];

      if (next < 0xa0)
        {
          g_string_append_len (out, text, at - text);
          append_byte (out, next);
          text = at + 2;
        }
      at += 2;
    }

  g_string_append_len (out, text, end - text);
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
      append_valid (out, (const char *) at, (gsize) (valid_end - (const char *) at));
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
  gsize i = 0;

  while (i < length)
    {
      gsize n_ascii = annals_charset_find_high (bytes + i, length - i);

      append_ascii (out, bytes + i, n_ascii);
      i += n_ascii;
      while (i < length && bytes[i] >= 0x80)
        append_byte (out, bytes[i++]);
    }

  return length;
}

static void
append_character (GString  *out,
                  gunichar  character)
{
  if (character >= 0x80 && character < 0xa0)
    append_byte (out, (guint8) character);
  else
    g_string_append_unichar (out, character);
}

/* What is left at the end of a file of UTF-16 or UTF-32 that is cut inside a character. */
static gsize
finish_wide (AnnalsDecoder *self,
             gsize          at,
             gsize          length,
             gboolean       final,
             GString       *out)
{
  if (!final || at == length)
    return at;

  g_string_append_unichar (out, REPLACEMENT);
  self->n_repaired++;

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

      append_character (out, character);
      at += 2;
    }

  return finish_wide (self, at, length, final, out);
}

static gsize
push_utf32 (AnnalsDecoder *self,
            const guint8  *bytes,
            gsize          length,
            gboolean       final,
            GString       *out)
{
  gsize at = 0;

  for (; at + 4 <= length; at += 4)
    {
      const guint8 *unit = bytes + at;
      gunichar character;

      if (self->big_endian)
        character = (gunichar) unit[0] << 24 | (gunichar) unit[1] << 16 | (gunichar) unit[2] << 8 | unit[3];
      else
        character = (gunichar) unit[3] << 24 | (gunichar) unit[2] << 16 | (gunichar) unit[1] << 8 | unit[0];

      if (character == 0 || character > 0x10ffff || (character & 0xfffff800) == 0xd800)
        {
          character = character == 0 ? ' ' : REPLACEMENT;
          self->n_repaired++;
        }

      append_character (out, character);
    }

  return finish_wide (self, at, length, final, out);
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

/* UTF-16 or UTF-32 without a mark: of markup, whose first two characters are ASCII, or of European text,
 * in whose beginning every other byte, or three of four, are NUL. */
static AnnalsDecoder *
guess_wide (const guint8 *head,
            gsize         length)
{
  gsize n_units = MIN (length, 512) / 4;
  gsize n_nul[4] = { 0 };

  for (gsize i = 0; i < n_units * 4; i++)
    n_nul[i % 4] += head[i] == 0;

  if (n_units < 2)
    return NULL;

  /* nearly all characters are of the first plane */
  if (n_nul[3] == n_units && n_nul[2] > n_units / 4 * 3 && n_nul[0] <= n_units / 8)
    return wide_new (KIND_UTF32, FALSE, 0);

  if (n_nul[0] == n_units && n_nul[1] > n_units / 4 * 3 && n_nul[3] <= n_units / 8)
    return wide_new (KIND_UTF32, TRUE, 0);

  if ((n_nul[0] + n_nul[2] == 0 && n_nul[1] + n_nul[3] > n_units) ||
      (head[0] == '<' && head[1] == 0 && head[2] > ' ' && head[2] < 0x7f && head[3] == 0))
    return wide_new (KIND_UTF16, FALSE, 0);

  if ((n_nul[1] + n_nul[3] == 0 && n_nul[0] + n_nul[2] > n_units) ||
      (head[0] == 0 && head[1] == '<' && head[2] == 0 && head[3] > ' ' && head[3] < 0x7f))
    return wide_new (KIND_UTF16, TRUE, 0);

  return NULL;
}

static AnnalsDecoder *
new_for_bom (const guint8 *head,
             gsize         length)
{
  AnnalsDecoder *self;

  if (length >= 3 && memcmp (head, "\xef\xbb\xbf", 3) == 0)
    {
      self = decoder_new (KIND_UTF8, "UTF-8");
      self->bom_length = 3;
      return self;
    }

  /* before UTF-16's, which begins the same */
  if (length >= 4 && memcmp (head, "\xff\xfe\0\0", 4) == 0)
    return wide_new (KIND_UTF32, FALSE, 4);

  if (length >= 4 && memcmp (head, "\0\0\xfe\xff", 4) == 0)
    return wide_new (KIND_UTF32, TRUE, 4);

  if (length >= 2 && memcmp (head, "\xff\xfe", 2) == 0)
    return wide_new (KIND_UTF16, FALSE, 2);

  if (length >= 2 && memcmp (head, "\xfe\xff", 2) == 0)
    return wide_new (KIND_UTF16, TRUE, 2);

  return NULL;
}

/* Chooses by @bytes, of which the first @n_ascii are ASCII. Bytes that are UTF-8 are believed more than what
 * says that they are not: text in another set does not look so by chance. */
static void
decide (AnnalsDecoder *self,
        const guint8  *bytes,
        gsize          length,
        gsize          n_ascii)
{
  const AnnalsCharset *declared = self->declared;
  gboolean legacy = declared != NULL && !g_str_equal (declared->name, "UTF-8");
  gsize enough = legacy && !declared->latin ? CONVINCING_UTF8 : 1;
  gsize n_characters, n_bad;
  gboolean utf8 = annals_charset_is_utf8 (bytes + n_ascii, length - n_ascii, &n_characters, &n_bad);

  self->declared = NULL;

  /* who says UTF-8 may have let in a few other bytes */
  if (declared != NULL && !legacy)
    utf8 = utf8 || n_characters >= n_bad;

  if (utf8 && n_characters >= enough && (!legacy || n_bad == 0))
    {
      set_charset (self, annals_charset_lookup ("UTF-8"));
      self->assumed = legacy;
    }
  else if (!legacy || !annals_charset_fits (declared, bytes, length) || !set_charset (self, declared))
    {
      set_charset (self, annals_charset_guess (bytes, length));
      self->assumed = TRUE;
    }
}

/* Sets that are written in ASCII with escapes, so that no byte would ever make up the decoder's mind. */
static gboolean
choose_escaped (AnnalsDecoder *self,
                const guint8  *head,
                gsize          length)
{
  const AnnalsCharset *charset = self->declared;
  const guint8 *escape = memchr (head, 0x1b, length);

  if (escape == NULL || escape + 2 >= head + length || (escape[1] != '$' && escape[1] != '('))
    return FALSE;

  if (charset == NULL || !g_str_has_prefix (charset->name, "ISO-2022"))
    charset = annals_charset_guess (head, length);

  return g_str_has_prefix (charset->name, "ISO-2022") && set_charset (self, charset);
}

gboolean
annals_decoder_head_has_bom (const guint8 *head,
                             gsize         length)
{
  g_autoptr(AnnalsDecoder) decoder = new_for_bom (head, length);

  return decoder != NULL;
}

AnnalsDecoder *
annals_decoder_new_for_file (const guint8 *head,
                             gsize         length,
                             const char   *declared)
{
  AnnalsDecoder *self;
  gsize high;

  g_return_val_if_fail (head != NULL || length == 0, NULL);

  if ((self = new_for_bom (head, length)) || (self = guess_wide (head, length)))
    return self;

  self = decoder_new (KIND_UNDECIDED, "UTF-8");

  /* who says ASCII says nothing of bytes that are not */
  if (declared != NULL && g_ascii_strcasecmp (declared, "us-ascii") != 0 &&
      g_ascii_strcasecmp (declared, "ascii") != 0)
    self->declared = annals_charset_lookup (declared);

  /* without a mark, of scripts that guess_wide() cannot tell */
  if (self->declared != NULL && g_str_has_prefix (self->declared->name, "UTF-") &&
      !g_str_equal (self->declared->name, "UTF-8"))
    {
      if (memchr (head, 0, length) != NULL && set_charset (self, self->declared))
        return self;
      self->declared = NULL;
    }

  if (self->declared == NULL && length > 0)
    self->declared = annals_charset_from_head (head, length);

  /* a character that is cut at the end of what is here says nothing yet */
  high = annals_charset_find_high (head, length);
  if (high + 4 <= length)
    decide (self, head, length, high);
  else if (high == length && length > 0)
    choose_escaped (self, head, length);

  return self;
}

AnnalsDecoder *
annals_decoder_new_for_head (const guint8 *head,
                             gsize         length)
{
  return annals_decoder_new_for_file (head, length, NULL);
}

AnnalsDecoder *
annals_decoder_new (const char *charset)
{
  g_autoptr(AnnalsDecoder) self = NULL;
  const AnnalsCharset *known;
  g_autofree char *lower = NULL;

  g_return_val_if_fail (charset != NULL, NULL);

  self = decoder_new (KIND_UTF8, "UTF-8");

  if (g_ascii_strcasecmp (charset, "us-ascii") == 0)
    return g_steal_pointer (&self);

  known = annals_charset_lookup (charset);
  if (known != NULL)
    return set_charset (self, known) ? g_steal_pointer (&self) : NULL;

  /* iconv overlooks what is no letter, and takes orders after a slash */
  for (const char *at = charset; *at; at++)
    {
      if (!g_ascii_isalnum (*at) && strchr ("-_.:", *at) == NULL)
        return NULL;
    }

  lower = g_ascii_strdown (charset, -1);
  if (*lower == '\0' || strstr (lower, "utf-7") != NULL || strstr (lower, "utf7") != NULL)
    return NULL;

  self->iconv = g_iconv_open ("UTF-8", charset);
  if (self->iconv == (GIConv) -1)
    return NULL;

  self->kind = KIND_ICONV;
  g_free (self->charset);
  self->charset = g_strdup (charset);

  return g_steal_pointer (&self);
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

/* ASCII is passed on; the first other byte decides, together with those that follow it. */
static gsize
push_undecided (AnnalsDecoder *self,
                const guint8  *bytes,
                gsize          length,
                gboolean       final,
                GString       *out)
{
  gsize high = annals_charset_find_high (bytes, length);

  /* the letters before it say something, too */
  if (high < length && !final && length - high < ANNALS_DECODER_WINDOW)
    high -= MIN (high, CONTEXT);
  else if (high < length)
    decide (self, bytes, length, high);

  append_ascii (out, bytes, high);
  if (self->kind == KIND_UNDECIDED)
    return high;

  return high + annals_decoder_push (self, bytes + high, length - high, final, out);
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
    case KIND_UNDECIDED:
      return push_undecided (self, bytes, length, final, out);

    case KIND_UTF8:
      return push_utf8 (self, bytes, length, final, out);

    case KIND_UTF16:
      return push_utf16 (self, bytes, length, final, out);

    case KIND_UTF32:
      return push_utf32 (self, bytes, length, final, out);

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
  return self->kind == KIND_UTF16 ? 2 : self->kind == KIND_UTF32 ? 4 : 1;
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

/* --- text that was encoded twice --- */

/* The byte that windows-1252 would have had to hold for @character; -1 when none. */
static int
byte_of (gunichar character)
{
  if (character < 0x80 || (character >= 0xa0 && character < 0x100))
    return (int) character;

  for (guint i = 0; i < G_N_ELEMENTS (windows_1252); i++)
    {
      if (windows_1252[i] == character)
        return (int) i + 0x80;
    }

  return -1;
}

/* How many characters at @at, read as bytes, are one of UTF-8; 0 when they are none. */
static guint
double_encoded_at (const char *at)
{
  int first = byte_of (g_utf8_get_char (at));
  guint needed = first >= 0xc2 && first <= 0xdf ? 2 : first >= 0xe0 && first <= 0xef ? 3
                 : first >= 0xf0 && first <= 0xf4                                     ? 4
                                                                                      : 0;
  char bytes[4];

  for (guint i = 0; i < needed; i++)
    {
      int byte = *at ? byte_of (g_utf8_get_char (at)) : -1;

      if (byte < 0x80)
        return 0;
      bytes[i] = (char) byte;
      at = g_utf8_next_char (at);
    }

  return needed > 0 && g_utf8_validate_len (bytes, needed, NULL) ? needed : 0;
}

gboolean
annals_decoder_looks_double_encoded (const char  *text,
                                     const char **where)
{
  const char *first = NULL;
  guint weight = 0;

  g_return_val_if_fail (text != NULL, FALSE);

  for (const char *at = text; (at = strchr (at, 0xc3)) != NULL; at = g_utf8_next_char (at))
    {
      guint n = double_encoded_at (at);

      if (n == 0)
        continue;

      if (first == NULL)
        first = at;

      /* three in a row are no accident; of two, like "Â»", there must be more */
      weight += n - 1;
      if (weight >= 2)
        {
          if (where != NULL)
            *where = first;
          return TRUE;
        }

      for (guint i = 1; i < n; i++)
        at = g_utf8_next_char (at);
    }

  return FALSE;
}
