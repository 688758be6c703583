/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-page-facts-private.h"

#include <string.h>

/* A name of more words is a sentence. */
#define MAX_NAME_WORDS 8
#define MAX_NAME 120

/* Before a date or a name, in the languages that dates are read in; in lower case. Longer ones first
 * where one begins with another. */
static const char *const posted_words[] = {
  "first published", "published on", "published", "posted on", "posted in", "posted", "written on", "updated on",
  "last updated", "created on", "submitted on", "submitted",
  "pubblicato il", "pubblicato", "postato il", "scritto il", "inserito il",
  "publicado el", "publicado em", "publicado", "escrito el", "postado em", "postado",
  "publié le", "publié", "posté le", "écrit le", "mis en ligne le",
  "veröffentlicht am", "veröffentlicht", "geschrieben am", "erstellt am", "verfasst am",
  "geplaatst op", "gepubliceerd op", "geschreven op",
  "опубликовано", "размещено", "дата публикации",
  "opublikowano", "opublikowany", "napisano",
  "게시됨", "작성일", "등록일", "投稿日", "公開日", "发布于", "发表于", "發佈於", "發表於",
};

static const char *const by_words[] = {
  "written by", "story by", "text by", "words by", "a post by", "by",
  "scritto da", "a cura di", "da", "di",
  "escrito por", "por",
  "écrit par", "par",
  "geschrieben von", "verfasst von", "von",
  "geschreven door", "door",
  "автор", "от",
  "autor", "przez",
  "작성자", "글쓴이", "執筆者", "著者", "作者", "文", "撰文",
};

/* Between a name and a date. */
static const char *const joining_words[] = {
  "on", "at", "il", "el", "le", "am", "um", "op", "em", "in", "den", "the", "le", "a las", "alle", "à",
};

static const char *const separators[] = { "|", "•", "·", "—", "–", "/", "»", "›", "-", ":", ",", ";", "、", "，" };

/* --- reading on --- */

static gsize
skip_white (const char *p)
{
  const char *start = p;

  while (*p != '\0' && g_unichar_isspace (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);

  return (gsize) (p - start);
}

/* Whether a letter of a script with words stands there: "by" is not in "bypass". */
static gboolean
continues_word (const char *p)
{
  gunichar c = g_utf8_get_char (p);

  return g_unichar_isalnum (c) && !g_unichar_iswide (c);
}

/* The length of that one of @words that @p begins with; 0 when it is none. */
static gsize
match_words (const char        *p,
             const char *const *words,
             gsize              n)
{
  /* no word of the lists is longer */
  g_autofree char *head = g_utf8_substring (p, 0, MIN (g_utf8_strlen (p, -1), 24));
  g_autofree char *lower = g_utf8_strdown (head, -1);

  for (gsize i = 0; i < n; i++)
    {
      gsize length = strlen (words[i]);

      /* case can change the length of few letters, none of them in the words */
      if (g_str_has_prefix (lower, words[i]) && strlen (p) >= length && !continues_word (p + length))
        return length;
    }

  return 0;
}

static gsize
match_separator (const char *p)
{
  for (gsize i = 0; i < G_N_ELEMENTS (separators); i++)
    if (g_str_has_prefix (p, separators[i]))
      return strlen (separators[i]);

  return 0;
}

/* The length of a date that @p begins with; 0 when it begins with none. */
static gsize
match_date (const char *p,
            const char *language,
            GTimeZone  *zone)
{
  g_autoptr(AnnalsDate) date = NULL;
  AnnalsStampDoubt doubt = ANNALS_STAMP_CLEAR;
  gsize used = 0;

  date = annals_stamp_parse_prefix (p, -1, language, zone, &used, &doubt);

  return date != NULL ? used : 0;
}

static const char *
next_word (const char *p)
{
  while (*p != '\0' && !g_unichar_isspace (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);

  return p + skip_white (p);
}

/* --- names --- */

static gboolean
could_be_name (const char *name)
{
  guint n_words = 1;
  gboolean has_letter = FALSE;

  if (*name == '\0' || strlen (name) > MAX_NAME)
    return FALSE;

  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (g_unichar_isspace (g_utf8_get_char (p)))
        n_words++;
      has_letter |= g_unichar_isalpha (g_utf8_get_char (p));
      if (strchr ("?!<>{}=\"", *p) != NULL)
        return FALSE;
    }

  return n_words <= MAX_NAME_WORDS && has_letter && g_unichar_isalnum (g_utf8_get_char (name));
}

/* "by Ann Hill": names are written large after a word that could be any */
static gboolean
starts_large (const char *name)
{
  return !g_unichar_islower (g_utf8_get_char (name));
}

/* The name that @p begins with, up to a separator or a date. @end (out): where it ends. */
static char *
dup_name (const char  *p,
          const char  *language,
          GTimeZone   *zone,
          const char **end)
{
  const char *at = p;
  g_autofree char *name = NULL;

  while (*at != '\0')
    {
      gsize joined = match_words (at, joining_words, G_N_ELEMENTS (joining_words));
      const char *word = at;

      if (at != p && (match_separator (at) > 0 || match_date (at, language, zone) > 0 ||
                      (joined > 0 && match_date (at + joined + skip_white (at + joined), language, zone) > 0) ||
                      match_words (at, posted_words, G_N_ELEMENTS (posted_words)) > 0))
        break;

      /* a comma or a bar may stand behind a word without a space; a hyphen joins */
      while (*at != '\0' && !g_unichar_isspace (g_utf8_get_char (at)))
        {
          if (strchr ("-/", *at) == NULL && match_separator (at) > 0)
            break;
          at = g_utf8_next_char (at);
        }
      if (*at != '\0' && !g_unichar_isspace (g_utf8_get_char (at)))
        break;
      at += skip_white (at);
      if (at == word)
        break;
    }

  *end = at;
  name = g_strndup (p, (gsize) (at - p));
  g_strstrip (name);

  return could_be_name (name) ? g_steal_pointer (&name) : NULL;
}

char *
annals_byline_dup_name (const char *author)
{
  const char *p = author + skip_white (author);
  gsize by = match_words (p, by_words, G_N_ELEMENTS (by_words));
  const char *name = p + by;

  name += skip_white (name);
  if (*name == ':')
    name += 1 + skip_white (name + 1);
  /* "Di Stefano", "Von Trier" */
  if (by == 0 || !starts_large (name) || (starts_large (p) && strchr (name, ' ') == NULL))
    name = p;

  return *name != '\0' && g_utf8_strlen (name, -1) <= 200 ? g_strchomp (g_strdup (name)) : NULL;
}

/* --- lines --- */

void
annals_byline_read (const char  *line,
                    gboolean     is_name,
                    const char  *language,
                    GTimeZone   *zone,
                    char       **author,
                    char       **date)
{
  const char *p = line;
  gboolean begins = TRUE;   /* nothing of the line is left unread so far */

  *author = NULL;
  *date = NULL;

  while (*p != '\0' && (*author == NULL || *date == NULL))
    {
      gsize n;
      const char *end;

      p += skip_white (p);
      if (begins && (n = match_words (p, posted_words, G_N_ELEMENTS (posted_words))) > 0)
        {
          p += n;
        }
      else if (begins && *author == NULL && (n = match_words (p, by_words, G_N_ELEMENTS (by_words))) > 0)
        {
          p += n + skip_white (p + n);
          if (*p == ':')
            p += 1 + skip_white (p + 1);
          *author = starts_large (p) ? dup_name (p, language, zone, &end) : NULL;
          if (*author == NULL)
            return;
          p = end;
        }
      else if ((n = match_separator (p)) > 0)
        {
          p += n;
          begins = TRUE;
        }
      else if (*date == NULL && (n = match_words (p, joining_words, G_N_ELEMENTS (joining_words))) > 0 &&
               match_date (p + n + skip_white (p + n), language, zone) > 0)
        {
          p += n;
        }
      else if (*date == NULL && (n = match_date (p, language, zone)) > 0)
        {
          *date = g_strndup (p, n);
          p += n;
          begins = TRUE;
        }
      else if (is_name && begins && *author == NULL && (*author = dup_name (p, language, zone, &end)) != NULL)
        {
          p = end;
        }
      else
        {
          p = next_word (p);
          begins = FALSE;
        }
    }
}
