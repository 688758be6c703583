/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-container.h"
#include "annals-limits.h"

#include <string.h>

static gboolean
is_high (guint8 byte)
{
  return byte >= 0x80;
}

/* Whether all that is not ASCII are pairs as EUC-KR and GB 2312 have them. @hangul: whether all of them can
 * be Hangul; @cyrillic: whether all bytes are where windows-1251 has its letters. */
static gboolean
is_euc (const guint8 *name,
        gsize         length,
        gboolean     *hangul,
        gboolean     *cyrillic)
{
  gsize n = 0;

  *hangul = *cyrillic = TRUE;

  for (gsize i = 0; i < length; i++)
    {
      if (!is_high (name[i]))
        continue;

      if (name[i] < 0xa1 || i + 1 == length || name[i + 1] < 0xa1 || name[i] == 0xff || name[i + 1] == 0xff)
        {
          *hangul = FALSE;
          return FALSE;
        }

      *hangul = *hangul && (name[i] < 0xad || (name[i] >= 0xb0 && name[i] <= 0xc8));
      *cyrillic = *cyrillic && name[i] >= 0xc0 && name[i + 1] >= 0xc0;
      n += 2;
      i++;
    }

  /* two such pairs can be Chinese, three hardly */
  *cyrillic = *cyrillic && n >= 6;

  return TRUE;
}

/* Whether all that is not ASCII are pairs of Shift-JIS, and not accents among letters. */
static gboolean
is_shift_jis (const guint8 *name,
              gsize         length)
{
  gboolean certain = FALSE;
  gsize last = 0;

  for (gsize i = 0; i < length; i++)
    {
      guint8 trail = i + 1 < length ? name[i + 1] : 0;

      if (!is_high (name[i]))
        continue;

      if (!((name[i] >= 0x81 && name[i] <= 0x9f) || (name[i] >= 0xe0 && name[i] <= 0xef)) || trail < 0x40 ||
          trail == 0x7f || trail > 0xfc)
        return FALSE;

      certain = certain || is_high (trail) || (i >= 2 && last == i);
      i++;
      last = i + 1;
    }

  return certain;
}

static gboolean
is_all_in (const guint8 *name,
           gsize         length,
           const guint8  ranges[][2])
{
  for (gsize i = 0; i < length; i++)
    {
      gboolean found = !is_high (name[i]);

      for (guint j = 0; ranges[j][1] != 0 && !found; j++)
        found = name[i] >= ranges[j][0] && name[i] <= ranges[j][1];
      if (!found)
        return FALSE;
    }

  return TRUE;
}

static gboolean
has_run (const guint8 *name,
         gsize         length)
{
  for (gsize i = 2; i < length; i++)
    {
      if (is_high (name[i]) && is_high (name[i - 1]) && is_high (name[i - 2]))
        return TRUE;
    }

  return FALSE;
}

/* A name is too short for a detector of languages: its bytes are looked at instead. ZIP programs write
 * what their system's console uses. */
static const char *
guess_charset (const guint8 *name,
               gsize         length)
{
  static const guint8 cp866[][2] = { { 0x80, 0xaf }, { 0xe0, 0xf1 }, { 0, 0 } };
  static const guint8 cp1251[][2] = { { 0xa8, 0xa8 }, { 0xb8, 0xb8 }, { 0xc0, 0xff }, { 0, 0 } };
  static const guint8 cp437[][2] = { { 0x80, 0xa5 }, { 0xe1, 0xe1 }, { 0, 0 } };
  gboolean hangul;
  gboolean cyrillic;

  if (is_euc (name, length, &hangul, &cyrillic))
    return cyrillic ? "CP1251" : hangul ? "CP949" : "GB18030";
  if (is_shift_jis (name, length))
    return "CP932";
  if (has_run (name, length) && is_all_in (name, length, cp866))
    return "CP866";
  if (has_run (name, length) && is_all_in (name, length, cp1251))
    return "CP1251";

  return is_all_in (name, length, cp437) ? "CP437" : "CP1252";
}

static char *
to_utf8 (const char *name,
         gsize       length)
{
  char *text;

  if (g_utf8_validate_len (name, length, NULL))
    return g_strndup (name, length);

  if (memchr (name, '\0', length) == NULL &&
      (text = g_convert (name, (gssize) length, "UTF-8", guess_charset ((const guint8 *) name, length),
                         NULL, NULL, NULL)))
    return text;

  return g_utf8_make_valid (name, (gssize) length);
}

/* Also what turns the direction of writing: a name must look like what it is. */
static gboolean
is_control (gunichar character)
{
  return g_unichar_iscntrl (character) || (character >= 0x202a && character <= 0x202e) ||
         (character >= 0x2066 && character <= 0x2069) || character == 0x2028 || character == 0x2029;
}

static gboolean
is_drive (const char *piece)
{
  return g_ascii_isalpha (piece[0]) && piece[1] == ':';
}

/* Without what cannot be shown, cut at ANNALS_LIMIT_ARCHIVE_PATH. */
static char *
clean (const char *text)
{
  GString *result = g_string_new (NULL);

  for (const char *at = text; *at != '\0' && result->len < ANNALS_LIMIT_ARCHIVE_PATH; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      g_string_append_unichar (result, is_control (character) ? 0xfffd : character);
    }

  return g_string_free (result, FALSE);
}

char *
annals_container_dup_line (const char *text,
                           gssize      length)
{
  g_autofree char *utf8 = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  utf8 = to_utf8 (text, length < 0 ? strlen (text) : (gsize) length);

  return clean (utf8);
}

char *
annals_container_dup_path (const char *name,
                           gssize      length)
{
  g_autofree char *line = NULL;
  g_auto(GStrv) pieces = NULL;
  g_autoptr(GString) path = g_string_new (NULL);

  g_return_val_if_fail (name != NULL, NULL);

  line = annals_container_dup_line (name, length);
  pieces = g_strsplit_set (line, "/\\", -1);

  for (guint i = 0; pieces[i] != NULL; i++)
    {
      const char *piece = pieces[i];

      if (path->len == 0 && is_drive (piece))
        piece += 2;
      if (*piece == '\0' || strcmp (piece, ".") == 0 || strcmp (piece, "..") == 0)
        continue;

      if (path->len > 0)
        g_string_append_c (path, '/');
      g_string_append (path, piece);
    }

  return g_string_free (g_steal_pointer (&path), FALSE);
}

gboolean
annals_container_is_litter (const char *path)
{
  static const char * const names[] = {
    "thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx", "$recycle.bin", "system volume information",
    "lost+found",
  };

  g_return_val_if_fail (path != NULL, FALSE);

  while (*path != '\0')
    {
      gsize length = strcspn (path, "/");

      if (*path == '.')
        return TRUE;

      for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        {
          if (strlen (names[i]) == length && g_ascii_strncasecmp (path, names[i], length) == 0)
            return TRUE;
        }

      path += length;
      path += *path == '/';
    }

  return FALSE;
}
