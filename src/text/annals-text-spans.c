/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-text.h"
#include "annals-text-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char *const kind_nicks[ANNALS_N_SPAN_KINDS] = {
  [ANNALS_SPAN_HEADING] = "heading",
  [ANNALS_SPAN_QUOTATION] = "quotation",
  [ANNALS_SPAN_LIST_ITEM] = "list-item",
  [ANNALS_SPAN_LINK] = "link",
  [ANNALS_SPAN_EMPHASIS] = "emphasis",
  [ANNALS_SPAN_STRONG] = "strong",
  [ANNALS_SPAN_CODE] = "code",
  [ANNALS_SPAN_PREFORMATTED] = "preformatted",
  [ANNALS_SPAN_TABLE] = "table",
  [ANNALS_SPAN_CELL] = "cell",
  [ANNALS_SPAN_IMAGE] = "image",
};

/* What is left of the JSON that is being read. */
typedef struct
{
  const char *p;
} Reader;

void
annals_span_clear (AnnalsSpan *span)
{
  g_clear_pointer (&span->value, g_free);
}

GArray *
annals_span_array_new (void)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (AnnalsSpan));

  g_array_set_clear_func (spans, (GDestroyNotify) annals_span_clear);

  return spans;
}

static void
reader_skip_white (Reader *self)
{
  while (*self->p == ' ' || *self->p == '\n' || *self->p == '\t' || *self->p == '\r')
    self->p++;
}

static gboolean
reader_accept (Reader     *self,
               const char *token)
{
  gsize length = strlen (token);

  reader_skip_white (self);
  if (strncmp (self->p, token, length) != 0)
    return FALSE;
  self->p += length;

  return TRUE;
}

static gboolean
reader_uint (Reader *self,
             guint  *value)
{
  guint64 number = 0;

  reader_skip_white (self);
  if (!g_ascii_isdigit (*self->p) || (self->p[0] == '0' && g_ascii_isdigit (self->p[1])))
    return FALSE;

  for (; g_ascii_isdigit (*self->p); self->p++)
    {
      number = number * 10 + (*self->p - '0');
      if (number > G_MAXUINT)
        return FALSE;
    }
  *value = number;

  return TRUE;
}

static gboolean
reader_hex (Reader   *self,
            gunichar *unit)
{
  *unit = 0;
  for (int i = 0; i < 4; i++, self->p++)
    {
      if (!g_ascii_isxdigit (*self->p))
        return FALSE;
      *unit = *unit * 16 + g_ascii_xdigit_value (*self->p);
    }

  return TRUE;
}

/* After "\u": one character, which may be two surrogates. NUL cannot be held in a C string. */
static gboolean
reader_unicode_escape (Reader  *self,
                       GString *out)
{
  gunichar c;
  gunichar low;

  if (!reader_hex (self, &c))
    return FALSE;

  if (c >= 0xd800 && c < 0xdc00)
    {
      if (self->p[0] != '\\' || self->p[1] != 'u')
        return FALSE;
      self->p += 2;
      if (!reader_hex (self, &low) || low < 0xdc00 || low > 0xdfff)
        return FALSE;
      c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
    }

  if (c == 0 || (c >= 0xd800 && c < 0xe000))
    return FALSE;
  g_string_append_unichar (out, c);

  return TRUE;
}

static gboolean
reader_escape (Reader  *self,
               GString *out)
{
  static const char letters[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";
  const char *found;
  char c = *self->p;

  if (c == '\0')
    return FALSE;
  self->p++;

  if (c == 'u')
    return reader_unicode_escape (self, out);

  if ((found = strchr (letters, c)) == NULL)
    return FALSE;
  g_string_append_c (out, meanings[found - letters]);

  return TRUE;
}

/* Returns: (transfer full) (nullable): the string, NULL when there is no well-formed one */
static char *
reader_string (Reader *self)
{
  g_autoptr(GString) out = g_string_new (NULL);

  if (!reader_accept (self, "\""))
    return NULL;

  while (*self->p != '"')
    {
      if ((guchar) *self->p < 0x20)
        return NULL;

      if (*self->p != '\\')
        {
          g_string_append_c (out, *self->p++);
          continue;
        }

      self->p++;
      if (!reader_escape (self, out))
        return NULL;
    }
  self->p++;

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* Reads [start,end,"kind","value" or null]. */
static gboolean
reader_span (Reader     *self,
             AnnalsSpan *span)
{
  g_autofree char *kind = NULL;
  g_autofree char *value = NULL;

  if (!reader_accept (self, "[")
      || !reader_uint (self, &span->start)
      || !reader_accept (self, ",")
      || !reader_uint (self, &span->end)
      || !reader_accept (self, ",")
      || !(kind = reader_string (self))
      || !annals_span_kind_from_string (kind, &span->kind)
      || !reader_accept (self, ","))
    return FALSE;

  if (!reader_accept (self, "null") && !(value = reader_string (self)))
    return FALSE;

  if (!reader_accept (self, "]"))
    return FALSE;
  span->value = g_steal_pointer (&value);

  return TRUE;
}

static gboolean
reader_spans (Reader *self,
              GArray *spans)
{
  if (!reader_accept (self, "["))
    return FALSE;

  if (!reader_accept (self, "]"))
    {
      do
        {
          AnnalsSpan span = { 0, };

          if (!reader_span (self, &span))
            return FALSE;
          g_array_append_val (spans, span);
        }
      while (reader_accept (self, ","));

      if (!reader_accept (self, "]"))
        return FALSE;
    }

  reader_skip_white (self);

  return *self->p == '\0';
}

/* A reader of our own for one fixed shape: json-glib 1.6 recurses into every "[" of a hostile
 * notebook, and costs ten times as much at each post that is opened. */
GArray *
annals_span_array_from_json (const char  *json,
                             guint        length,
                             GError     **error)
{
  g_autoptr(GArray) spans = annals_span_array_new ();
  Reader reader = { json };

  if (!g_utf8_validate (json, -1, NULL) || !reader_spans (&reader, spans))
    {
      g_set_error (error, ANNALS_TEXT_ERROR, ANNALS_TEXT_ERROR_BAD_SPANS,
                   _("The stored markup of the text cannot be read at byte %zu."),
                   (gsize) (reader.p - json));
      return NULL;
    }

  for (guint i = 0; i < spans->len; i++)
    {
      const AnnalsSpan *span = &g_array_index (spans, AnnalsSpan, i);

      if (span->start >= span->end || span->end > length)
        {
          g_set_error (error, ANNALS_TEXT_ERROR, ANNALS_TEXT_ERROR_BAD_SPANS,
                       _("The stored markup of the text names characters %u to %u of %u."),
                       span->start, span->end, length);
          return NULL;
        }
    }

  return g_steal_pointer (&spans);
}

static void
append_json_string (GString    *json,
                    const char *string)
{
  g_string_append_c (json, '"');
  for (const char *p = string; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        {
          g_string_append_c (json, '\\');
          g_string_append_c (json, *p);
        }
      else if ((guchar) *p < 0x20)
        {
          g_string_append_printf (json, "\\u%04x", *p);
        }
      else
        {
          g_string_append_c (json, *p);
        }
    }
  g_string_append_c (json, '"');
}

/**
 * annals_text_dup_spans_json:
 *
 * Returns: (transfer full): the spans as annals_text_new_from_stored() reads them; "[]" for none
 */
char *
annals_text_dup_spans_json (AnnalsText *self)
{
  GString *json = g_string_new ("[");
  const AnnalsSpan *spans;
  guint n_spans;

  g_return_val_if_fail (self != NULL, NULL);

  spans = annals_text_get_spans (self, &n_spans);
  for (guint i = 0; i < n_spans; i++)
    {
      g_string_append_printf (json, "%s[%u,%u,\"%s\",", i > 0 ? "," : "",
                              spans[i].start, spans[i].end,
                              annals_span_kind_to_string (spans[i].kind));
      if (spans[i].value != NULL)
        append_json_string (json, spans[i].value);
      else
        g_string_append (json, "null");
      g_string_append_c (json, ']');
    }
  g_string_append_c (json, ']');

  return g_string_free (json, FALSE);
}

/**
 * annals_span_kind_to_string:
 *
 * Returns: (transfer none): the nick, such as "list-item"
 */
const char *
annals_span_kind_to_string (AnnalsSpanKind kind)
{
  g_return_val_if_fail ((guint) kind < ANNALS_N_SPAN_KINDS, NULL);

  return kind_nicks[kind];
}

/**
 * annals_span_kind_from_string:
 * @kind: (out): the kind
 *
 * Returns: FALSE when there is no such kind
 */
gboolean
annals_span_kind_from_string (const char     *nick,
                              AnnalsSpanKind *kind)
{
  g_return_val_if_fail (nick != NULL, FALSE);
  g_return_val_if_fail (kind != NULL, FALSE);

  for (guint i = 0; i < ANNALS_N_SPAN_KINDS; i++)
    if (g_str_equal (nick, kind_nicks[i]))
      {
        *kind = i;
        return TRUE;
      }

  return FALSE;
}
