/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-limits.h"
#include "annals-text-html-private.h"

#include <string.h>

/* What libxml2 2.9 loses text on is rewritten before it sees the page, as browsers read it or more
 * kindly: every reference becomes its character, a "<" that begins no tag a reference; comments,
 * declarations and programs are left out; quotation marks and comments that never end do not
 * swallow the rest.
 */

/* As a number, so that what stands for "<" or "&" does not become markup. */
static void
append_character (GString  *out,
                  gunichar  c)
{
  if (c < 0x80)
    g_string_append_printf (out, "&#%u;", c);
  else
    g_string_append_unichar (out, c);
}

/* @p stands at "&#". Returns: the bytes read, 0 when it is no reference */
static gsize
mend_number (GString    *out,
             const char *p)
{
  const char *digits = p + 2;
  gboolean hex = *digits == 'x' || *digits == 'X';
  guint64 number = 0;
  const char *end;

  if (hex)
    digits++;

  for (end = digits; hex ? g_ascii_isxdigit (*end) : g_ascii_isdigit (*end); end++)
    number = MIN (number * (hex ? 16 : 10) + g_ascii_xdigit_value (*end), 0x110000);

  if (end == digits)
    return 0;

  append_character (out, annals_html_reference_number (number));

  return (*end == ';' ? end + 1 : end) - p;
}

/* @p stands at "&" and a letter. Returns: the bytes read, 0 when it is no reference */
static gsize
mend_name (GString    *out,
           const char *p)
{
  char name[24];
  gunichar c;
  gsize n = 0;

  while (n < sizeof name - 1 && g_ascii_isalnum (p[1 + n]))
    {
      name[n] = p[1 + n];
      n++;
    }
  name[n] = '\0';

  /* In an address, "&copy=" is a parameter. */
  if (p[1 + n] != ';'
      && (p[1 + n] == '=' || g_ascii_isalnum (p[1 + n])
          || !annals_html_reference_is_legacy (name)))
    return 0;

  if ((c = annals_html_reference_name (name)) == 0)
    return 0;
  append_character (out, c);

  return p[1 + n] == ';' ? n + 2 : n + 1;
}

static gboolean
is_white (char c)
{
  return c == ' ' || c == '\n' || c == '\t';
}

/* The text from @p to @end with its references mended. */
static void
append_mended (GString    *out,
               const char *p,
               const char *end)
{
  while (p < end)
    {
      const char *reference = memchr (p, '&', end - p);
      gsize read = 0;

      if (reference == NULL)
        reference = end;
      g_string_append_len (out, p, reference - p);
      p = reference;
      if (p == end)
        break;

      if (p[1] == '#')
        read = mend_number (out, p);
      else if (g_ascii_isalpha (p[1]))
        read = mend_name (out, p);

      if (read == 0)
        g_string_append (out, "&amp;");
      p += MAX (read, 1);
    }
}

/* What is in them is not shown; first the programs. They go here and not in the tree, where one
 * that is not closed, or holds half a table, would take with it what follows. */
static const char *const raw_elements[] = {
  "script", "style",
  "audio", "canvas", "datalist", "iframe", "template", "title", "video",
};

/* The first with references decoded. */
static const char *const literal_elements[] = { "textarea", "xmp" };

#define N_LITERAL G_N_ELEMENTS (literal_elements)
#define N_PROGRAMS 2
#define N_RAW G_N_ELEMENTS (raw_elements)

/* What stands in the way of a page of many ends that never come: each is looked for once. */
typedef struct
{
  GString    *out;
  const char *end;
  gboolean    no_comment_end;
  gboolean    no_quote[2];   /* '"', '\'' */
  gboolean    no_tag_end;
  gboolean    no_raw_end[N_RAW];
  gboolean    no_literal_end[N_LITERAL];
  gboolean    torn;          /* a tag reached the end of the page: quotes cannot be trusted */
  gboolean    keep_data;     /* the page's title and scripts that hold data stay */
  gboolean    has_title;
} Mender;

static const char *
find_quote (Mender     *self,
            const char *p,
            char        quote)
{
  gboolean *none = &self->no_quote[quote == '"' ? 0 : 1];
  const char *found = *none ? NULL : strchr (p, quote);

  if (found == NULL)
    *none = TRUE;

  return found;
}

/* Behind an attribute's value; NULL when its quotation mark has no other. */
static const char *
skip_value (Mender     *self,
            const char *p)
{
  while (is_white (*p))
    p++;

  if (*p == '"' || *p == '\'')
    {
      const char *quote = find_quote (self, p + 1, *p);

      return quote != NULL ? quote + 1 : NULL;
    }

  while (*p != '\0' && *p != '>' && !is_white (*p))
    p++;

  return p;
}

static const char *
skip_tag_name (const char *p)
{
  p += p[1] == '/' ? 2 : 1;
  while (*p != '\0' && *p != '>' && *p != '/' && !is_white (*p))
    p++;

  return p;
}

/* Behind the tag that begins at @p as browsers read it, or NULL. *@cut: where the attributes are
 * more than anybody writes (libxml2 compares each with every other), else the same. */
static const char *
scan_tag (Mender      *self,
          const char  *p,
          const char **cut)
{
  guint n_attributes = 0;

  *cut = NULL;
  p = skip_tag_name (p);

  for (;;)
    {
      while (is_white (*p) || *p == '/')
        p++;
      if (*p == '\0')
        return NULL;
      if (*p == '>')
        {
          if (*cut == NULL)
            *cut = p + 1;
          return p + 1;
        }

      if (++n_attributes == ANNALS_LIMIT_HTML_ATTRIBUTES)
        *cut = p;
      p++;
      while (*p != '\0' && *p != '>' && *p != '/' && *p != '=' && !is_white (*p))
        p++;
      while (is_white (*p))
        p++;
      if (*p == '=' && (p = skip_value (self, p + 1)) == NULL)
        return NULL;
    }
}

/* Behind the tag at @p; NULL when nothing ends it, and so it is no tag. *@cut: as much of it as
 * libxml2 shall see, to which ">" is added when that is not all. */
static const char *
find_tag_end (Mender      *self,
              const char  *p,
              const char **cut)
{
  const char *end = NULL;

  if (self->no_tag_end)
    return NULL;

  if (!self->torn)
    end = scan_tag (self, p, cut);

  /* A quotation mark that was forgotten must not swallow the page: the tag ends at the first ">". */
  if (end == NULL)
    {
      self->torn = self->torn || !(self->no_quote[0] || self->no_quote[1]);
      *cut = skip_tag_name (p);
      end = strchr (p, '>');
      self->no_tag_end = end == NULL;
      if (end != NULL)
        end++;
    }
  else if (p[1] == '/')
    {
      *cut = skip_tag_name (p);
    }

  return end;
}

/* Whether the tag at @p is called @name. */
static gboolean
tag_is (const char *p,
        const char *name)
{
  gsize length = strlen (name);

  return g_ascii_strncasecmp (p, name, length) == 0 && !g_ascii_isalnum (p[length])
         && p[length] != '-' && p[length] != ':';
}

/* Behind the end tag of the element @name whose content begins at @p, or NULL. */
static const char *
find_end_tag (const char *p,
              const char *name)
{
  while ((p = strchr (p, '<')) != NULL)
    {
      const char *end;

      p++;
      if (*p == '/' && tag_is (p + 1, name))
        return (end = strchr (p, '>')) != NULL ? end + 1 : NULL;
    }

  return NULL;
}

/* Elements whose content is no markup and no text, so that libxml2 need not see them. Returns:
 * behind the element, or NULL when it is none of them */
static const char *
skip_raw_element (Mender     *self,
                  const char *p,
                  const char *tag_end)
{
  for (guint i = 0; i < N_RAW; i++)
    {
      const char *end = NULL;

      if (!tag_is (p + 1, raw_elements[i]))
        continue;

      /* Browsers would go on to the next end tag and lose the text before it. */
      if (tag_end[-2] == '/')
        return tag_end;

      if (!self->no_raw_end[i])
        end = find_end_tag (tag_end, raw_elements[i]);
      self->no_raw_end[i] = end == NULL;
      if (end != NULL)
        return end;

      /* One that never ends: a program stays one, the others must not take the page with them. */
      return i < N_PROGRAMS ? self->end : tag_end;
    }

  return NULL;
}

/* Elements whose content is shown as it is written: the tags in it become text, and with @decode
 * its references what they stand for. */
static void
append_literal (GString    *out,
                const char *p,
                const char *end,
                gboolean    decode)
{
  while (p < end)
    {
      const char *stop = p;

      while (stop < end && *stop != '<' && (decode || *stop != '&'))
        stop++;
      append_mended (out, p, stop);
      if (stop < end)
        g_string_append (out, *stop == '<' ? "&lt;" : "&amp;");
      p = stop + 1;
    }
}

/* Behind the content of such an element, or NULL when the tag at @p begins none. */
static const char *
mend_literal_element (Mender     *self,
                      const char *p,
                      const char *tag_end)
{
  for (guint i = 0; i < N_LITERAL; i++)
    {
      const char *end;

      if (!tag_is (p + 1, literal_elements[i]) || self->no_literal_end[i])
        continue;

      end = find_end_tag (tag_end, literal_elements[i]);
      self->no_literal_end[i] = end == NULL;
      if (end == NULL)
        continue;

      do
        end--;
      while (*end != '<');
      append_literal (self->out, tag_end, end, i == 0);
      return end;
    }

  return NULL;
}

/* Whether the tag from @p to @end, of a script, names a type that is data and no program. */
static gboolean
tag_is_of_data (const char *p,
                const char *end)
{
  g_autofree char *tag = g_ascii_strdown (p, MIN (end - p, 1000));

  return strstr (tag, "ld+json") != NULL;
}

/* Where those who ask for data look for it: the page's title, which is its first, and data in scripts. The
 * element from @p to @end, its start tag up to @tag_end. Returns: whether it is in the output */
static gboolean
keep_data (Mender     *self,
           const char *p,
           const char *tag_end,
           const char *end)
{
  const char *content_end = end - 1;

  if (!self->keep_data || end == tag_end)
    return FALSE;

  /* back to the end tag, when there is one */
  while (content_end > tag_end && *content_end != '<')
    content_end--;
  if (content_end == tag_end || content_end[1] != '/')
    return FALSE;

  if (tag_is (p + 1, "title") && !self->has_title)
    {
      g_string_append (self->out, "<title>");
      append_literal (self->out, tag_end, content_end, TRUE);
      g_string_append (self->out, "</title>");
      self->has_title = TRUE;
      return TRUE;
    }

  if (tag_is (p + 1, "script") && tag_is_of_data (p, tag_end))
    {
      g_string_append (self->out, "<script type=\"application/ld+json\">");
      g_string_append_len (self->out, tag_end, content_end - tag_end);
      g_string_append (self->out, "</script>");
      return TRUE;
    }

  return FALSE;
}

/* Behind the comment at @p, which browsers end more readily than libxml2. */
static const char *
skip_comment (Mender     *self,
              const char *p)
{
  if (p[4] == '>')
    return p + 5;
  if (p[4] == '-' && p[5] == '>')
    return p + 6;

  for (const char *q = self->no_comment_end ? NULL : strchr (p + 4, '-');
       q != NULL;
       q = strchr (q + 1, '-'))
    {
      if (q[1] == '-' && q[2] == '>')
        return q + 3;
      if (q[1] == '-' && q[2] == '!' && q[3] == '>')
        return q + 4;
    }

  /* No end: what would be lost is shown. */
  self->no_comment_end = TRUE;

  return p + 4;
}

/* The tag from @p to @end; its name without a colon, since libxml2 would take Word's o:p for a p. */
static void
append_tag (GString    *out,
            const char *p,
            const char *end)
{
  const char *name_end = skip_tag_name (p);

  for (; p < name_end; p++)
    g_string_append_c (out, *p == ':' ? '-' : *p);
  append_mended (out, name_end, end);
}

/* "<" at @p. Returns: behind what was read, all of which is in the output */
static const char *
mend_markup (Mender     *self,
             const char *p)
{
  gboolean is_tag = g_ascii_isalpha (p[1]) || (p[1] == '/' && g_ascii_isalpha (p[2]));
  const char *after;
  const char *end;
  const char *cut;

  if (strncmp (p, "<!--", 4) == 0)
    return skip_comment (self, p);

  if (g_ascii_strncasecmp (p, "<![CDATA[", 9) == 0)
    return p + 9;

  if (p[1] == '!' || p[1] == '?')
    {
      end = self->no_tag_end ? NULL : strchr (p, '>');
      self->no_tag_end = end == NULL;
      if (end != NULL)
        return end + 1;
    }
  else if (is_tag && (end = find_tag_end (self, p, &cut)) != NULL)
    {
      if (p[1] != '/' && (after = skip_raw_element (self, p, end)) != NULL)
        {
          if (!keep_data (self, p, end, after))
            g_string_append_c (self->out, ' ');
          return after;
        }

      append_tag (self->out, p, cut);
      if (cut < end)
        g_string_append_c (self->out, '>');
      if (p[1] != '/' && (after = mend_literal_element (self, p, end)) != NULL)
        return after;
      return end;
    }

  g_string_append (self->out, "&lt;");

  return p + 1;
}

GString *
annals_html_source_mend (const char *html,
                         gssize      length,
                         gboolean    keep_data)
{
  g_autoptr(GString) source = annals_text_repair (html, length);
  Mender mender = {
    .out = g_string_sized_new (source->len),
    .end = source->str + source->len,
    .keep_data = keep_data,
  };
  const char *p = source->str;

  while (p < mender.end)
    {
      const char *markup = memchr (p, '<', mender.end - p);

      if (markup == NULL)
        markup = mender.end;
      append_mended (mender.out, p, markup);
      p = markup < mender.end ? mend_markup (&mender, markup) : markup;
    }

  return mender.out;
}
