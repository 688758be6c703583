/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-address.h"
#include "annals-feed-value.h"

#include <string.h>

/* --- attributes --- */

static const char *
local_name (const char *name)
{
  const char *colon = strrchr (name, ':');

  return colon ? colon + 1 : name;
}

const char *
annals_feed_attribute (GArray     *attributes,
                       const char *name)
{
  for (guint i = 0; i < attributes->len; i++)
    {
      AnnalsFeedAttribute *attribute = &g_array_index (attributes, AnnalsFeedAttribute, i);

      if (g_ascii_strcasecmp (local_name (attribute->name), name) == 0 &&
          !g_str_has_prefix (attribute->name, "xmlns"))
        return attribute->value;
    }

  return NULL;
}

static AnnalsFeedForm
form_for_type (const char     *type,
               const char     *mode,
               AnnalsFeedForm  otherwise)
{
  g_autofree char *lower = g_ascii_strdown (type, -1);

  g_strstrip (lower);

  if (g_str_has_prefix (lower, "image/") || g_str_has_prefix (lower, "audio/") ||
      g_str_has_prefix (lower, "video/"))
    return ANNALS_FEED_FORM_NONE;

  if (g_str_equal (lower, "xhtml"))
    return ANNALS_FEED_FORM_INLINE;

  if (g_str_equal (lower, "html") || g_str_equal (lower, "text/html"))
    return mode != NULL && g_ascii_strcasecmp (mode, "xml") == 0 ? ANNALS_FEED_FORM_INLINE
                                                                  : ANNALS_FEED_FORM_HTML;

  /* of Atom 0.3's two ways to write it, the escaped one has to say so */
  if (g_str_has_suffix (lower, "+xml") || g_str_has_suffix (lower, "/xml"))
    return mode != NULL && g_ascii_strcasecmp (mode, "escaped") == 0 ? ANNALS_FEED_FORM_HTML
                                                                      : ANNALS_FEED_FORM_INLINE;

  if (g_str_equal (lower, "text") || g_str_has_prefix (lower, "text/"))
    return ANNALS_FEED_FORM_PLAIN;

  /* Atom 1.0: what is of any other type is base64 */
  if (strchr (lower, '/') != NULL && mode == NULL)
    return ANNALS_FEED_FORM_BASE64;

  return otherwise;
}

AnnalsFeedForm
annals_feed_form_for_attributes (GArray         *attributes,
                                 AnnalsFeedForm  otherwise)
{
  const char *type = annals_feed_attribute (attributes, "type");
  const char *mode = annals_feed_attribute (attributes, "mode");

  if (annals_feed_attribute (attributes, "src") != NULL)
    return ANNALS_FEED_FORM_NONE;

  if (mode != NULL && g_ascii_strcasecmp (mode, "base64") == 0)
    return ANNALS_FEED_FORM_BASE64;

  return type ? form_for_type (type, mode, otherwise) : otherwise;
}

/* --- addresses --- */

char *
annals_feed_resolve (const char *address,
                     const char *base)
{
  g_autofree char *stripped = g_strstrip (g_strdup (address));
  g_autofree char *scheme = g_uri_parse_scheme (stripped);
  g_autofree char *base_scheme = base ? g_uri_parse_scheme (base) : NULL;
  char *absolute;

  if (scheme != NULL || base_scheme == NULL)
    return g_steal_pointer (&stripped);

  /* GLib 2.74 cannot resolve a host that holds a ";" */
  if (g_str_has_prefix (stripped, "//"))
    return g_strconcat (base_scheme, ":", stripped, NULL);

  absolute = annals_address_resolve (base, stripped);

  return absolute ? absolute : g_steal_pointer (&stripped);
}

/* --- values --- */

AnnalsFeedValue *
annals_feed_value_new (AnnalsFeedForm  form,
                       const char     *base,
                       const char     *language)
{
  AnnalsFeedValue *self = g_new0 (AnnalsFeedValue, 1);

  self->form = form;
  self->base = g_strdup (base);
  self->language = g_strdup (language);
  self->raw = g_string_new (NULL);

  return self;
}

void
annals_feed_value_free (AnnalsFeedValue *self)
{
  if (self == NULL)
    return;

  g_string_free (self->raw, TRUE);
  if (self->marked != NULL)
    g_string_free (self->marked, TRUE);
  g_free (self->base);
  g_free (self->language);
  g_free (self);
}

static void
append_escaped (GString    *out,
                const char *text,
                gsize       length)
{
  const char *end = text + length;
  const char *plain = text;

  for (const char *at = text; at < end; at++)
    {
      const char *reference = *at == '<'   ? "&lt;"
                              : *at == '>' ? "&gt;"
                              : *at == '&' ? "&amp;"
                              : *at == '"' ? "&quot;"
                                           : NULL;

      if (reference != NULL)
        {
          g_string_append_len (out, plain, at - plain);
          g_string_append (out, reference);
          plain = at + 1;
        }
    }

  g_string_append_len (out, plain, end - plain);
}

void
annals_feed_value_append (AnnalsFeedValue *self,
                          const char      *text,
                          gsize            length,
                          gboolean         cdata)
{
  if (self->form == ANNALS_FEED_FORM_NONE)
    return;

  g_string_append_len (self->raw, text, (gssize) length);

  if (self->marked == NULL)
    return;

  /* CDATA among tags is HTML that was not to be looked at, unless the tags are the feed's own */
  if (cdata && self->form != ANNALS_FEED_FORM_INLINE)
    g_string_append_len (self->marked, text, (gssize) length);
  else
    append_escaped (self->marked, text, length);
}

static gboolean
is_address (const char *name)
{
  static const char * const names[] = { "href", "src", "cite", "poster", "longdesc", "data", "action" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_ascii_strcasecmp (name, names[i]) == 0)
        return TRUE;
    }

  return FALSE;
}

void
annals_feed_value_begin_element (AnnalsFeedValue *self,
                                 const char      *name,
                                 GArray          *attributes,
                                 gboolean         empty,
                                 const char      *base)
{
  const char *local = local_name (name);

  if (self->form == ANNALS_FEED_FORM_NONE)
    return;

  if (self->marked == NULL)
    {
      self->marked = g_string_new (NULL);
      append_escaped (self->marked, self->raw->str, self->raw->len);
    }

  g_string_append_c (self->marked, '<');
  g_string_append (self->marked, local);

  for (guint i = 0; i < attributes->len; i++)
    {
      AnnalsFeedAttribute *attribute = &g_array_index (attributes, AnnalsFeedAttribute, i);
      g_autofree char *address = NULL;
      const char *value = attribute->value;

      if (strchr (attribute->name, ':') != NULL || g_str_equal (attribute->name, "xmlns"))
        continue;

      if (base != NULL && g_strcmp0 (base, self->base) != 0 && is_address (attribute->name))
        value = address = annals_feed_resolve (value, base);

      g_string_append_printf (self->marked, " %s=\"", attribute->name);
      append_escaped (self->marked, value, strlen (value));
      g_string_append_c (self->marked, '"');
    }

  g_string_append_c (self->marked, '>');
  if (empty)
    annals_feed_value_end_element (self, name);
}

void
annals_feed_value_end_element (AnnalsFeedValue *self,
                               const char      *name)
{
  static const char * const void_elements[] = { "br", "img", "hr", "input", "col", "area", "embed",
                                                "wbr", "source", "param", "link", "meta" };
  const char *local = local_name (name);

  if (self->marked == NULL)
    return;

  /* "</br>" would be a second break */
  for (guint i = 0; i < G_N_ELEMENTS (void_elements); i++)
    {
      if (g_ascii_strcasecmp (local, void_elements[i]) == 0)
        return;
    }

  g_string_append_printf (self->marked, "</%s>", local);
}

gsize
annals_feed_value_get_length (AnnalsFeedValue *self)
{
  return self->raw->len + (self->marked ? self->marked->len : 0);
}

/* --- what it is --- */

static gboolean
is_html_name (const char *name,
              gsize       length)
{
  static const char * const names[] = {
    "a", "abbr", "acronym", "address", "article", "aside", "audio", "b", "big", "blink", "blockquote", "body",
    "br", "center", "cite", "code", "dd", "del", "dfn", "div", "dl", "dt", "em", "embed", "figcaption",
    "figure", "font", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html",
    "i", "iframe", "img", "input", "ins", "kbd", "li", "link", "map", "meta", "nav", "object", "ol", "p",
    "param", "pre", "q", "s", "samp", "script", "section", "small", "span", "strike", "strong", "style",
    "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "tt", "u", "ul", "var",
    "video",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (strlen (names[i]) == length && g_ascii_strncasecmp (names[i], name, length) == 0)
        return TRUE;
    }

  return FALSE;
}

/* Whether there are tags of HTML in @text, or end tags of whatever else. */
static gboolean
has_tags (const char *text)
{
  for (const char *at = strchr (text, '<'); at != NULL; at = strchr (at + 1, '<'))
    {
      const char *name = at + (at[1] == '/' ? 2 : 1);
      gsize length = 0;

      if (g_str_has_prefix (at, "<!--"))
        return TRUE;

      while (length < 16 && g_ascii_isalnum (name[length]))
        length++;

      if (length > 0 && at[1] == '/' && name[length] == '>')
        return TRUE;

      if (length > 0 && (g_ascii_isspace (name[length]) || name[length] == '>' || name[length] == '/') &&
          is_html_name (name, length))
        return TRUE;
    }

  return FALSE;
}

/* Whether there are references in @text. */
static gboolean
has_references (const char *text)
{
  for (const char *at = strchr (text, '&'); at != NULL; at = strchr (at + 1, '&'))
    {
      gsize length = 1;

      if (at[length] == '#')
        length++;
      while (length < 32 && g_ascii_isalnum (at[length]))
        length++;
      if (length > 2 && at[length] == ';')
        return TRUE;
    }

  return FALSE;
}

/* What base64 holds, when that is a text. */
static char *
dup_decoded (const char *base64)
{
  gsize length = 0;
  g_autofree guchar *bytes = g_base64_decode (base64, &length);

  if (bytes == NULL || length == 0 || memchr (bytes, '\0', length) != NULL ||
      !g_utf8_validate ((const char *) bytes, (gssize) length, NULL))
    return g_strdup ("");

  return g_strndup ((const char *) bytes, length);
}

char *
annals_feed_value_dup_source (AnnalsFeedValue *self,
                              gboolean        *html)
{
  char *source;

  *html = TRUE;

  /* HTML that was escaped but for a few tags is not escaped twice */
  if (self->marked != NULL && (self->form == ANNALS_FEED_FORM_INLINE || !has_tags (self->raw->str)))
    return g_strdup (self->marked->str);

  if (self->form == ANNALS_FEED_FORM_BASE64)
    source = dup_decoded (self->raw->str);
  else
    source = g_strdup (self->raw->str);

  switch (self->form)
    {
    case ANNALS_FEED_FORM_GUESS:
    case ANNALS_FEED_FORM_BASE64:
      *html = has_tags (source) || has_references (source);
      break;

    case ANNALS_FEED_FORM_PLAIN:
    case ANNALS_FEED_FORM_INLINE:
    case ANNALS_FEED_FORM_NONE:
      *html = FALSE;
      break;

    case ANNALS_FEED_FORM_HTML:
      break;
    }

  return source;
}

char *
annals_feed_value_dup_line (AnnalsFeedValue *self)
{
  gboolean html;
  g_autofree char *source = annals_feed_value_dup_source (self, &html);

  return html ? annals_text_line_from_html (source, -1) : annals_text_normalize_line (source, -1);
}
