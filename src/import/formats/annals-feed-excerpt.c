/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-feed-excerpt.h"

#include <string.h>

/* in characters */
#define SHORT 1200
#define INVITATION 160

/* The last block, from @start to @end in bytes of the text. */
typedef struct
{
  const char *start;
  const char *end;
} Block;

static Block
last_block (const char *text,
            const char *end)
{
  Block block = { text, end };

  for (const char *at = text; at < end && (at = memchr (at, '\n', (gsize) (end - at))) != NULL; at++)
    block.start = at + 1;

  return block;
}

/* What WordPress puts below a post in its feed, in several languages: "The post X appeared first on Y." */
static gboolean
is_footer (const char *folded)
{
  static const char * const pairs[][2] = {
    { "the post ", "appeared first on" },   { "l'articolo ", "proviene da" },
    { "l’articolo ", "proviene da" },       { "il post ", "proviene da" },
    { "la entrada ", "primero en" },        { "el post ", "primero en" },
    { "l'article ", "en premier sur" },     { "l’article ", "en premier sur" },
    { "cet article ", "en premier sur" },   { "der beitrag ", "zuerst auf" },
    { "o post ", "primeiro em" },           { "het bericht ", "eerst op" },
    { "сообщение ", "появились сначала" },  { "запись ", "впервые появилась" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      if (g_str_has_prefix (folded, pairs[i][0]) && strstr (folded, pairs[i][1]) != NULL)
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_invitation (const char *folded)
{
  static const char * const words[] = {
    "continue reading", "read more", "read the rest", "read the full", "full story", "(more…)", "(more...)",
    "keep reading", "leggi tutto", "continua a leggere", "continua la lettura", "leggi il resto",
    "seguir leyendo", "sigue leyendo", "leer más", "continuar leyendo", "lire la suite",
    "continuer la lecture", "weiterlesen", "mehr lesen", "continue a ler", "leia mais", "continuar lendo",
    "lees verder", "verder lezen", "читать далее", "читать полностью", "czytaj dalej", "czytaj więcej",
    "続きを読む", "계속 읽기", "더 보기", "继续阅读", "阅读全文", "繼續閱讀",
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (strstr (folded, words[i]) != NULL)
        return TRUE;
    }

  return FALSE;
}

static gboolean
ends_with (Block       block,
           const char *suffix)
{
  gsize length = strlen (suffix);

  return (gsize) (block.end - block.start) >= length && memcmp (block.end - length, suffix, length) == 0;
}

/* Whether the block is nothing but a link to @url. */
static gboolean
is_link_to (AnnalsText *text,
            Block       block,
            const char *url)
{
  const char *string = annals_text_get_string (text);
  guint start = annals_text_get_offset (text, (gsize) (block.start - string));
  guint end = annals_text_get_offset (text, (gsize) (block.end - string));
  guint n_spans;
  const AnnalsSpan *spans = annals_text_get_spans (text, &n_spans);

  for (guint i = 0; i < n_spans; i++)
    {
      if (spans[i].kind == ANNALS_SPAN_LINK && spans[i].start <= start && spans[i].end >= end &&
          g_strcmp0 (spans[i].value, url) == 0)
        return TRUE;
    }

  return FALSE;
}

gboolean
annals_feed_text_is_excerpt (AnnalsText *text,
                             const char *url)
{
  const char *string = annals_text_get_string (text);
  Block block = last_block (string, string + annals_text_get_n_bytes (text));
  gboolean is_short = annals_text_get_length (text) < SHORT;
  g_autofree char *folded = NULL;

  if (block.start == block.end)
    return FALSE;

  folded = g_utf8_casefold (block.start, block.end - block.start);
  if (is_footer (folded) && block.start > string)
    {
      block = last_block (string, block.start - 1);
      g_free (folded);
      folded = g_utf8_casefold (block.start, block.end - block.start);
    }

  if (ends_with (block, "[…]") || ends_with (block, "[...]") || ends_with (block, "[..]"))
    return TRUE;

  if (is_short && (ends_with (block, "…") || ends_with (block, "...")))
    return TRUE;

  /* at the end of a long block only its last words invite */
  if (g_utf8_strlen (folded, -1) > INVITATION)
    return is_invitation (g_utf8_offset_to_pointer (folded, g_utf8_strlen (folded, -1) - INVITATION / 2));

  return is_invitation (folded) || (is_short && url != NULL && block.start > string &&
                                    is_link_to (text, block, url));
}
