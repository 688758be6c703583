/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-page-main-private.h"

#include <string.h>

/* What web sites call the parts of their pages. A name is compared as a part of the words in class
 * and id, in lower case and with one space before, between and behind them. */

typedef struct
{
  const char      *name;
  AnnalsMainNames  says;
} NameMeaning;

#define FURNITURE (ANNALS_NAMES_UNLIKELY)
#define BAD       (ANNALS_NAMES_BAD)

static const NameMeaning meanings[] = {
  /* the page's frame */
  { "breadcrumb", FURNITURE },
  { "footer", FURNITURE | BAD },
  { "header", FURNITURE },
  { "masthead", BAD },
  { "menu", FURNITURE },
  { "navbar", FURNITURE },
  { "navigation", FURNITURE },
  { "pager", FURNITURE },
  { "pagination", FURNITURE },
  { "sidebar", FURNITURE | BAD },
  { "skip-link", FURNITURE },
  { "supplemental", FURNITURE },
  { "toolbar", FURNITURE },
  { "footnote", BAD },
  { "widget", BAD },
  { "tool", BAD },
  { " hid ", BAD },
  { "hidden ", BAD },
  { " meta", BAD },
  { "-meta", BAD },
  { "scroll", BAD },
  { "contact", BAD },
  { "media", BAD },
  { "tags", BAD },
  { "outbrain", FURNITURE | BAD },
  /* advertising, selling */
  { "-ad-", FURNITURE | BAD },
  { "ad-break", FURNITURE },
  { "advert", FURNITURE | BAD },
  { "banner", FURNITURE | BAD },
  { "newsletter", FURNITURE },
  { "popup", FURNITURE },
  { "promo", BAD },
  { "shopping", BAD },
  { "skyscraper", FURNITURE },
  { "sponsor", FURNITURE | BAD },
  { "subscri", FURNITURE },
  /* other pages */
  { "related", FURNITURE | BAD | ANNALS_NAMES_MORE },
  { "recommend", FURNITURE | ANNALS_NAMES_MORE },
  { "teaser", BAD },
  { "more-stories", FURNITURE | ANNALS_NAMES_MORE },
  { "read-next", FURNITURE | ANNALS_NAMES_MORE },
  { "rss", FURNITURE },
  /* what readers say */
  { "comment", FURNITURE | BAD | ANNALS_NAMES_TALK },
  { " com-", BAD },
  { "community", FURNITURE },
  { "disqus", FURNITURE | ANNALS_NAMES_TALK },
  { "remark", FURNITURE | ANNALS_NAMES_TALK },
  { "replies", FURNITURE | ANNALS_NAMES_TALK },
  { "respond", FURNITURE | ANNALS_NAMES_TALK },
  { "shoutbox", FURNITURE | ANNALS_NAMES_TALK },
  /* what the law and the shop ask */
  { "agegate", FURNITURE },
  { "cookie", FURNITURE | ANNALS_NAMES_CONSENT },
  { "consent", FURNITURE | ANNALS_NAMES_CONSENT },
  { "gdpr", FURNITURE | ANNALS_NAMES_CONSENT },
  /* passing it on */
  { "share", BAD | ANNALS_NAMES_SHARE },
  { "sharing", BAD | ANNALS_NAMES_SHARE },
  { "sharedaddy", FURNITURE | BAD | ANNALS_NAMES_SHARE },
  { "social", FURNITURE },
  { "extra", FURNITURE },
  /* who wrote it */
  { "byline", BAD | ANNALS_NAMES_BYLINE },
  { "author", ANNALS_NAMES_BYLINE },
  { "dateline", ANNALS_NAMES_BYLINE },
  { "writtenby", ANNALS_NAMES_BYLINE },
  /* the text */
  { " and ", ANNALS_NAMES_MAYBE },
  { "article", ANNALS_NAMES_MAYBE | ANNALS_NAMES_GOOD },
  { "blog", ANNALS_NAMES_GOOD },
  { "body", ANNALS_NAMES_MAYBE | ANNALS_NAMES_GOOD },
  { "column", ANNALS_NAMES_MAYBE },
  { "content", ANNALS_NAMES_MAYBE | ANNALS_NAMES_GOOD },
  { "entry", ANNALS_NAMES_GOOD },
  { "hentry", ANNALS_NAMES_GOOD },
  { "h-entry", ANNALS_NAMES_GOOD },
  { "katex", ANNALS_NAMES_MAYBE },
  { "mathjax", ANNALS_NAMES_MAYBE },
  { "main", ANNALS_NAMES_MAYBE | ANNALS_NAMES_GOOD },
  { "page", ANNALS_NAMES_GOOD },
  { "post", ANNALS_NAMES_GOOD },
  { "shadow", ANNALS_NAMES_MAYBE },
  { "story", ANNALS_NAMES_GOOD },
  { "text", ANNALS_NAMES_GOOD },
};

/* Longer names are not written by people (bytes). */
#define MAX_LENGTH 512

/* What a post is about ("category-shared-housing") is not what its element is. */
static gboolean
is_slug (const char *word)
{
  static const char *const prefixes[] = { "category-", "tag-", "post_tag-", "author-", "tax-", "postid-" };

  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_str_has_prefix (word, prefixes[i]))
      return TRUE;

  return FALSE;
}

typedef struct
{
  char  text[2 * MAX_LENGTH + 8];
  gsize length;
} Words;

static void
append_words (Words      *self,
              const char *names)
{
  gsize end = self->length + MAX_LENGTH;

  if (names == NULL)
    return;

  while (*names != '\0' && self->length < end)
    {
      gsize start = self->length;

      names += strspn (names, " \t\r\n\f");
      for (; *names != '\0' && !g_ascii_isspace (*names) && self->length < end; names++)
        self->text[self->length++] = g_ascii_tolower (*names);
      self->text[self->length] = '\0';

      if (self->length == start)
        continue;
      if (is_slug (self->text + start))
        self->length = start;
      else
        self->text[self->length++] = ' ';
    }
  self->text[self->length] = '\0';
}

AnnalsMainNames
annals_main_names_of (const char *class_names,
                      const char *id)
{
  Words words = { .text = " ", .length = 1 };
  AnnalsMainNames names = 0;

  append_words (&words, class_names);
  append_words (&words, id);
  if (words.length <= 1)
    return 0;

  for (guint i = 0; i < G_N_ELEMENTS (meanings); i++)
    if (strstr (words.text, meanings[i].name) != NULL)
      names |= meanings[i].says;

  return names;
}
