/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-wordpress.h"

#include <string.h>

/* Elements beside which a line end means nothing */
static const char * const block_elements[] = {
  "address",  "article", "aside",   "blockquote", "br",     "caption", "center",   "col",
  "colgroup", "dd",      "details", "div",        "dl",     "dt",      "fieldset", "figcaption",
  "figure",   "footer",  "form",    "h1",         "h2",     "h3",      "h4",       "h5",
  "h6",       "header",  "hgroup",  "hr",         "iframe", "legend",  "li",       "main",
  "map",      "menu",    "nav",     "noscript",   "object", "ol",      "option",   "p",
  "param",    "section", "select",  "summary",    "table",  "tbody",   "td",       "tfoot",
  "th",       "thead",   "tr",      "ul",         "video",  NULL,
};

/* Elements whose line ends are their own */
static const char * const raw_elements[] = { "pre", "script", "style", "textarea",
                                            "svg", "math",   NULL };

/* Shortcodes that show their inside */
static const char * const wrapping_codes[] = {
  "caption",     "wp_caption", "embed", "audio",      "video",
  "googlevideo", "youtube",    "vimeo", "soundcloud", NULL,
};

/* Shortcodes that show a thing which is no text */
static const char * const silent_codes[] = {
  "gallery",        "playlist",  "wp_caption", "contact-form", "contact-field",
  "contact-form-7", "polldaddy", "slideshow",  "toc",          NULL,
};

static char *
tag_name (const char *at)
{
  const char *start = at + 1 + (at[1] == '/');
  const char *end = start;

  while (g_ascii_isalnum (*end))
    end++;

  return g_ascii_strdown (start, end - start);
}

/* Behind the tag that begins at @at, or NULL when none does. */
static const char *
skip_tag (const char *at)
{
  char quote = '\0';

  if (*at != '<' || !(g_ascii_isalpha (at[1]) || (at[1] == '/' && g_ascii_isalpha (at[2]))))
    return NULL;

  for (at++; *at; at++)
    {
      if (quote != '\0')
        quote = *at == quote ? '\0' : quote;
      else if (*at == '"' || *at == '\'')
        quote = *at;
      else if (*at == '>')
        return at + 1;
      else if (*at == '<')
        return NULL;
    }

  return NULL;
}

/* Behind the end tag of the raw element @name, or the end of the text. */
static const char *
skip_raw (const char *at,
          const char *name)
{
  gsize length = strlen (name);

  for (; *at; at++)
    {
      if (at[0] == '<' && at[1] == '/' && g_ascii_strncasecmp (at + 2, name, length) == 0 &&
          !g_ascii_isalnum (at[2 + length]))
        {
          const char *end = skip_tag (at);

          return end ? end : at + strlen (at);
        }
    }

  return at;
}

/* The value of the attribute @key in a shortcode's inside; NULL when it has none. */
static char *
code_attribute (const char *inside,
                const char *key)
{
  g_autofree char *pattern = g_strdup_printf ("%s=", key);
  const char *at = strstr (inside, pattern);
  const char *end;
  char quote;

  if (at == NULL || (at > inside && at[-1] != ' '))
    return NULL;

  at += strlen (pattern);
  quote = *at == '"' || *at == '\'' ? *at++ : '\0';
  end = quote ? strchr (at, quote) : strpbrk (at, " ]");

  return end ? g_strndup (at, (gsize) (end - at)) : g_strdup (at);
}

static void
append_link (GString    *html,
             const char *address)
{
  g_autofree char *escaped = g_markup_escape_text (address, -1);

  g_string_append_printf (html, "<a href=\"%s\">%s</a>", escaped, escaped);
}

/* Writes what the shortcode at @at shows; behind it, or NULL when it is none that is known. */
static const char *
take_shortcode (GString    *html,
                const char *at)
{
  static const char * const keys[] = { "src", "url", "mp3", "mp4", "m4v", "ogg", "href", NULL };
  g_autofree char *name = NULL;
  g_autofree char *inside = NULL;
  const char *end = strpbrk (at + 1, "[]<\n");
  gboolean closing = at[1] == '/';
  gsize length = 0;

  if (end == NULL || *end != ']')
    return NULL;

  inside = g_strndup (at + 1 + closing, (gsize) (end - at) - 1 - closing);
  while (g_ascii_isalnum (inside[length]) || inside[length] == '_' || inside[length] == '-')
    length++;
  name = g_ascii_strdown (inside, (gssize) length);

  if (g_strv_contains (wrapping_codes, name))
    {
      g_autofree char *caption = code_attribute (inside, "caption");
      gboolean linked = FALSE;

      /* as old as WordPress 2.6: the words stand in the tag */
      if (caption != NULL)
        g_string_append_printf (html, "<p>%s</p>", caption);

      for (guint i = 0; keys[i] && !closing && !linked; i++)
        {
          g_autofree char *address = code_attribute (inside, keys[i]);

          if ((linked = address != NULL))
            append_link (html, address);
        }

      /* [youtube https://…] and [youtube=https://…] */
      if (!closing && !linked && strstr (inside + length, "://") != NULL)
        append_link (html, g_strchug (inside + length + (inside[length] == '=')));

      return end + 1;
    }

  return g_strv_contains (silent_codes, name) ? end + 1 : NULL;
}

/* Whether what stands at @at (behind white space) is an element beside which a line end means
 * nothing, or nothing at all. */
static gboolean
block_follows (const char *at)
{
  g_autofree char *name = NULL;

  while (g_ascii_isspace (*at))
    at++;

  if (*at == '\0')
    return TRUE;

  if (g_str_has_prefix (at, "<!--"))
    return TRUE;

  if (skip_tag (at) == NULL)
    return FALSE;

  name = tag_name (at);

  return g_strv_contains (block_elements, name) || g_strv_contains (raw_elements, name);
}

/* Writes what white space with line ends in it means; behind it. */
static const char *
take_space (GString    *html,
            const char *at,
            gboolean    after_block)
{
  guint n_lines = 0;

  for (; g_ascii_isspace (*at); at++)
    n_lines += *at == '\n';

  if (n_lines == 0)
    g_string_append_c (html, ' ');
  else if (after_block || block_follows (at))
    g_string_append_c (html, '\n');
  else if (n_lines == 1)
    g_string_append (html, "<br>\n");
  else
    g_string_append (html, "\n<p>");

  return at;
}

/* Writes a tag with, for a raw element, all up to its end tag; behind it. */
static const char *
take_tag (GString    *html,
          const char *at,
          const char *end,
          gboolean   *block)
{
  g_autofree char *name = tag_name (at);

  *block = g_strv_contains (block_elements, name);

  if (at[1] != '/' && g_strv_contains (raw_elements, name))
    {
      end = skip_raw (end, name);
      *block = TRUE;
    }

  g_string_append_len (html, at, end - at);

  return end;
}

/* Behind the characters from @at on that stand as they are; single spaces are among them. */
static const char *
skip_plain (const char *at)
{
  while (*at != '\0' && *at != '<' && *at != '[' &&
         (!g_ascii_isspace (*at) || (*at == ' ' && !g_ascii_isspace (at[1]))))
    at++;

  return at;
}

static char *
dup_unix_lines (const char *content)
{
  GString *lines = g_string_new (content);

  if (memchr (lines->str, '\r', lines->len) != NULL)
    {
      g_string_replace (lines, "\r\n", "\n", 0);
      g_string_replace (lines, "\r", "\n", 0);
    }

  return g_string_free (lines, FALSE);
}

char *
annals_wordpress_to_html (const char *content)
{
  g_autoptr(GString) html = NULL;
  g_autofree char *unix_lines = NULL;
  gboolean after_block = TRUE;
  const char *at;
  /* inside a block of the block editor, whose HTML is complete: line ends mean nothing there */
  guint depth = 0;

  g_return_val_if_fail (content != NULL, NULL);

  html = g_string_sized_new (strlen (content) + 64);
  unix_lines = dup_unix_lines (content);

  for (at = unix_lines; *at;)
    {
      const char *end;

      if (strncmp (at, "<!--", 4) == 0)
        {
          end = strstr (at + 4, "-->");
          end = end ? end + 3 : at + strlen (at);

          if (strncmp (at, "<!-- wp:", 8) == 0 && !(end - at > 4 && end[-4] == '/'))
            depth++;
          else if (strncmp (at, "<!-- /wp:", 9) == 0 && depth > 0)
            depth--;

          /* the others ("more", "nextpage") stand in the text */
          after_block =
            after_block || strncmp (at, "<!-- wp:", 8) == 0 || strncmp (at, "<!-- /wp:", 9) == 0;
          at = end;
        }
      else if ((end = skip_tag (at)))
        {
          at = take_tag (html, at, end, &after_block);
        }
      else if (g_ascii_isspace (*at))
        {
          at = take_space (html, at, after_block || depth > 0);
        }
      else if (*at == '[' && (end = take_shortcode (html, at)))
        {
          at = end;
        }
      else
        {
          end = skip_plain (at + 1);
          g_string_append_len (html, at, end - at);
          at = end;
          after_block = FALSE;
        }
    }

  return g_string_free (g_steal_pointer (&html), FALSE);
}
