/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-markdown-body.h"

#include <string.h>

/* Behind the tag "{% NAME … %}" at @at, or NULL when it is another. @argument (out, nullable): its first word. */
static const char *
skip_tag (const char  *at,
          const char  *name,
          char       **argument)
{
  const char *word, *end;

  if (!g_str_has_prefix (at, "{%"))
    return NULL;

  word = at + 2 + (at[2] == '-');
  word += strspn (word, " \t");
  if (!g_str_has_prefix (word, name))
    return NULL;

  word += strlen (name);
  if (*word != ' ' && *word != '\t' && *word != '%' && *word != '-')
    return NULL;

  end = strpbrk (word, "%\n");
  if (end == NULL || end[0] != '%' || end[1] != '}')
    return NULL;

  if (argument != NULL)
    {
      word += strspn (word, " \t");
      *argument = g_strndup (word, strcspn (word, " \t%-"));
    }

  return end + 2;
}

/* Behind "{{ site.url }}" or "{{ site.baseurl }}" at @at; NULL for anything else. */
static const char *
skip_site (const char *at)
{
  static const char * const names[] = { "site.baseurl", "site.url", "site.github.url" };
  const char *word = at + 2 + strspn (at + 2, " \t-");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_has_prefix (word, names[i]))
      {
        word += strlen (names[i]);
        word += strspn (word, " \t-");

        return g_str_has_prefix (word, "}}") ? word + 2 : NULL;
      }

  return NULL;
}

/* A block of code, which a fence of its own keeps apart. @closed: set to FALSE when no block ends any more, so
 * that its end is looked for once. */
static const char *
take_highlight (GString    *out,
                const char *at,
                gboolean   *closed)
{
  g_autofree char *language = NULL;
  const char *inside = skip_tag (at, "highlight", &language);
  const char *end, *behind = NULL;

  if (inside == NULL)
    return NULL;

  for (end = strchr (inside, '{'); end != NULL; end = strchr (end + 1, '{'))
    if ((behind = skip_tag (end, "endhighlight", NULL)) != NULL)
      break;

  /* a fence that nothing closes would take the whole text */
  if (end == NULL)
    {
      *closed = FALSE;
      return NULL;
    }

  g_string_append_printf (out, "\n~~~~~~ %s\n", language);
  inside += *inside == '\r';
  inside += *inside == '\n';
  g_string_append_len (out, inside, end - inside);
  g_string_append (out, "\n~~~~~~\n");

  return behind;
}

/* Behind the line "{: .class #id }" at @at, which says how the paragraph before it looks; NULL for another. */
static const char *
skip_attributes (const char *at)
{
  gsize length = strcspn (at, "}\n");

  if (!g_str_has_prefix (at, "{:") || at[length] != '}')
    return NULL;

  at += length + 1;
  at += strspn (at, " \t\r");

  return *at == '\n' ? at + 1 : *at == '\0' ? at : NULL;
}

char *
annals_markdown_body_prepare (const char *body)
{
  g_autoptr(GString) out = g_string_sized_new (strlen (body) + 16);
  gboolean closed = TRUE;

  for (const char *at = body; *at != '\0';)
    {
      gsize length = strcspn (at, "{");
      const char *behind = NULL;
      gboolean line_start;

      g_string_append_len (out, at, (gssize) length);
      at += length;
      if (*at == '\0')
        break;

      line_start = at == body || at[-1] == '\n';
      if (at[1] == '%' && closed)
        behind = take_highlight (out, at, &closed);
      else if (at[1] == '{')
        behind = skip_site (at);
      else if (at[1] == ':' && line_start)
        behind = skip_attributes (at);

      if (behind != NULL)
        at = behind;
      else
        g_string_append_c (out, *at++);
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static const char *
end_of_line (const char *at)
{
  return at + strcspn (at, "\n");
}

char *
annals_markdown_body_dup_heading (const char  *body,
                                  const char **behind)
{
  const char *at = body, *end, *next;
  gsize level;

  /* over empty lines */
  while (*at != '\0' && at[strspn (at, " \t\r")] == '\n')
    at = end_of_line (at) + 1;

  end = end_of_line (at);
  next = *end == '\n' ? end + 1 : end;
  level = strspn (at, "#");

  if (level >= 1 && level <= 6 && (at[level] == ' ' || at[level] == '\t'))
    {
      g_autofree char *heading = g_strstrip (g_strndup (at + level, (gsize) (end - at) - level));
      gsize length = strlen (heading);

      /* "# Title #" */
      while (length > 0 && heading[length - 1] == '#')
        heading[--length] = '\0';
      g_strchomp (heading);
      *behind = next;

      return *heading ? g_steal_pointer (&heading) : NULL;
    }

  /* a line of "=" or "-" under it */
  if (*at != '\0' && strchr ("-*+>=`~#|<", *at) == NULL && (*next == '=' || *next == '-'))
    {
      gsize n = strspn (next, *next == '=' ? "=" : "-");
      const char *rest = next + n + strspn (next + n, " \t\r");

      if (n >= 2 && (*rest == '\n' || *rest == '\0'))
        {
          *behind = *rest == '\n' ? rest + 1 : rest;

          return g_strstrip (g_strndup (at, (gsize) (end - at)));
        }
    }

  return NULL;
}

char *
annals_markdown_dup_name_date (const char *path)
{
  const char *slash = strrchr (path, '/');
  const char *name = slash ? slash + 1 : path;
  static const char pattern[] = "dddd-dd-dd";

  for (guint i = 0; pattern[i] != '\0'; i++)
    if (pattern[i] == 'd' ? !g_ascii_isdigit (name[i]) : name[i] != '-')
      return NULL;

  return g_strndup (name, strlen (pattern));
}
