/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-decoder-detect.h"

#include <errno.h>
#include <string.h>
#include <uchardet/uchardet.h>

/* How far a declaration is looked for; browsers look at 1,024 bytes, but templates begin with long
 * comments. */
#define DECLARATION_LIMIT 8192
/* Fewer bytes than this say little of an alphabet: nearly all such text is windows-1252. */
#define FEW_BYTES 12
/* Fewer than this say nothing of anything. */
#define TOO_FEW_BYTES 3

/* --- declarations --- */

/* The value of the attribute @name in the text of a tag or declaration; NULL when it is not there. */
static char *
dup_attribute (const char *text,
               const char *name)
{
  const char *at = text;
  gsize length = strlen (name);

  while ((at = strstr (at, name)) != NULL)
    {
      const char *value = at + length;

      value += strspn (value, " \t\r\n");
      if (*value == '=')
        {
          const char *end;
          char quote;

          value += 1 + strspn (value + 1, " \t\r\n");
          quote = *value == '"' || *value == '\'' ? *value++ : '\0';
          end = quote ? strchr (value, quote) : value + strcspn (value, " \t\r\n;\"'>");
          return end ? g_strndup (value, (gsize) (end - value)) : NULL;
        }

      at += length;
    }

  return NULL;
}

static char *
dup_xml_charset (const char *text)
{
  g_autofree char *declaration = NULL;
  const char *start = strstr (text, "<?xml");
  const char *end = start ? strstr (start, "?>") : NULL;

  /* something may stand before it, though it must not: blank lines, a comment, what a script said */
  if (end == NULL || start - text > 1024)
    return NULL;

  declaration = g_strndup (start, (gsize) (end - start));

  return dup_attribute (declaration, "encoding");
}

/* The page's own <meta>, not one that a comment or a text speaks of. */
static char *
dup_meta_charset (const char *text)
{
  const char *at = text + strspn (text, " \t\r\n\f");

  if (*at != '<')
    return NULL;

  while ((at = strchr (at, '<')) != NULL)
    {
      const char *end;

      if (g_str_has_prefix (at, "<!--"))
        {
          end = strstr (at + 4, "-->");
        }
      else if (g_str_has_prefix (at, "<body") || g_str_has_prefix (at, "<rss") ||
               g_str_has_prefix (at, "<feed"))
        {
          return NULL;
        }
      else if ((end = strchr (at, '>')) != NULL && g_str_has_prefix (at, "<meta"))
        {
          g_autofree char *tag = g_strndup (at, (gsize) (end - at));
          char *charset = dup_attribute (tag, "charset");

          if (charset != NULL)
            return charset;
        }

      if (end == NULL)
        return NULL;
      at = end;
    }

  return NULL;
}

const AnnalsCharset *
annals_charset_from_head (const guint8 *head,
                          gsize         length)
{
  gsize n_bytes = MIN (length, DECLARATION_LIMIT);
  g_autofree char *text = g_malloc (n_bytes + 1);
  g_autofree char *name = NULL;
  const AnnalsCharset *charset;

  for (gsize i = 0; i < n_bytes; i++)
    {
      /* in lower case; of its own, because a call for each byte took a tenth of reading a page */
      guint8 upper = head[i] >= 'A' && head[i] <= 'Z';

      text[i] = (char) (head[i] == '\0' ? ' ' : head[i] | upper << 5);
    }
  text[n_bytes] = '\0';

  name = dup_xml_charset (text);
  if (name == NULL)
    name = dup_meta_charset (text);

  charset = name ? annals_charset_lookup (name) : NULL;

  /* what could be read as single bytes is not made of wider ones, whatever it says */
  if (charset != NULL && (g_str_has_prefix (charset->name, "UTF-16") ||
                          g_str_has_prefix (charset->name, "UTF-32")))
    return NULL;

  return charset;
}

/* --- looks --- */

gsize
annals_charset_find_high (const guint8 *bytes,
                          gsize         length)
{
  gsize i = 0;
  guint64 word;

  for (; i + sizeof word <= length; i += sizeof word)
    {
      memcpy (&word, bytes + i, sizeof word);
      if ((word & G_GUINT64_CONSTANT (0x8080808080808080)) != 0)
        break;
    }

  while (i < length && bytes[i] < 0x80)
    i++;

  return i;
}

gboolean
annals_charset_is_utf8 (const guint8 *bytes,
                        gsize         length,
                        gsize        *n_characters,
                        gsize        *n_bad)
{
  gsize good = 0, bad = 0, at = 0;

  while (at < length)
    {
      gunichar character;

      at += annals_charset_find_high (bytes + at, length - at);
      if (at == length)
        break;

      character = g_utf8_get_char_validated ((const char *) bytes + at, (gssize) (length - at));

      /* the end is cut */
      if (character == (gunichar) -2 && length - at < 4)
        break;

      if (character == (gunichar) -1 || character == (gunichar) -2)
        {
          bad++;
          at++;
        }
      else
        {
          good++;
          at += (gsize) g_unichar_to_utf8 (character, NULL);
        }
    }

  if (n_characters != NULL)
    *n_characters = good;
  if (n_bad != NULL)
    *n_bad = bad;

  return bad == 0 || good > 4 * bad;
}

static gsize
count_high (const guint8 *bytes,
            gsize         length)
{
  gsize n = 0;

  for (gsize i = 0; i < length; i++)
    n += bytes[i] >= 0x80;

  return n;
}

gboolean
annals_charset_fits (const AnnalsCharset *charset,
                     const guint8        *bytes,
                     gsize                length)
{
  GIConv conversion = g_iconv_open ("UTF-8", charset->iconv_name);
  gsize n_high = count_high (bytes, length);
  gsize n_bad = 0;
  char *in = (char *) bytes;
  gsize left = length;

  if (conversion == (GIConv) -1)
    return FALSE;

  while (left > 0)
    {
      char buffer[4096];
      char *to = buffer;
      gsize room = sizeof buffer;

      if (g_iconv (conversion, &in, &left, &to, &room) != (gsize) -1 || errno == E2BIG)
        continue;

      /* cut at its end */
      if (errno == EINVAL)
        break;

      n_bad++;
      in++;
      left--;
    }

  g_iconv_close (conversion);

  return n_bad * 16 <= n_high;
}

/* Whether the bytes that are not ASCII stand alone among Latin letters, as accents do, and are few among
 * them, as the first halves of Chinese characters are not. */
static gboolean
looks_latin (const guint8 *bytes,
             gsize         length)
{
  gsize n_runs = 0, n_alone = 0, n_letters = 0, n_high = 0;
  gboolean in_tag = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      gsize start = i;

      if (bytes[i] < 0x80)
        {
          in_tag = bytes[i] == '<' || (in_tag && bytes[i] != '>');
          n_letters += !in_tag && g_ascii_isalpha (bytes[i]);
          continue;
        }

      while (i < length && bytes[i] >= 0x80)
        i++;

      n_high += i - start;
      n_runs++;
      if (i - start == 1 && ((start > 0 && g_ascii_isalpha (bytes[start - 1])) ||
                             (i < length && g_ascii_isalpha (bytes[i]))))
        n_alone++;
      i--;
    }

  return n_alone * 2 > n_runs && n_high < n_letters;
}

/* Whether its characters take more than a byte, in pairs that show themselves. */
static gboolean
is_wide (const AnnalsCharset *charset)
{
  static const char * const names[] = { "EUC-KR", "EUC-JP", "EUC-TW", "gb18030", "Big5", "Shift_JIS", "Johab" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_str_equal (names[i], charset->name))
        return TRUE;
    }

  return g_str_has_prefix (charset->name, "ISO-2022");
}

const AnnalsCharset *
annals_charset_guess (const guint8 *bytes,
                      gsize         length)
{
  const AnnalsCharset *western = annals_charset_lookup ("windows-1252");
  const AnnalsCharset *charset;
  gboolean latin = looks_latin (bytes, length);
  gsize n_high = count_high (bytes, length);
  uchardet_t detector;

  if (memchr (bytes, 0x1b, length) == NULL && n_high < (latin ? FEW_BYTES : TOO_FEW_BYTES))
    return western;

  detector = uchardet_new ();
  uchardet_handle_data (detector, (const char *) bytes, length);
  uchardet_data_end (detector);
  charset = annals_charset_lookup (uchardet_get_charset (detector));
  uchardet_delete (detector);

  if (charset == NULL || (latin && !charset->latin) || (n_high < FEW_BYTES && !is_wide (charset)) ||
      g_str_has_prefix (charset->name, "UTF-") || !annals_charset_fits (charset, bytes, length))
    return western;

  return charset;
}
