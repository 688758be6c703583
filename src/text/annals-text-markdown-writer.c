/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-text-markdown.h"

#include <string.h>

typedef struct
{
  AnnalsText       *text;
  const AnnalsSpan *spans;
  guint             n_spans;
  guint             next;       /* the first that begins behind what was written */
  GPtrArray        *open;       /* (element type AnnalsSpan): in a line, the innermost last */
  guint             next_block; /* the first that begins behind the block at hand */
  GPtrArray        *around;     /* (element type AnnalsSpan): blocks that it is in */
  GString          *out;
  gboolean          in_code;
} Writer;

static gboolean
is_inline (AnnalsSpanKind kind)
{
  switch (kind)
    {
    case ANNALS_SPAN_LINK:
    case ANNALS_SPAN_EMPHASIS:
    case ANNALS_SPAN_STRONG:
    case ANNALS_SPAN_CODE:
    case ANNALS_SPAN_IMAGE:
      return TRUE;

    case ANNALS_SPAN_HEADING:
    case ANNALS_SPAN_QUOTATION:
    case ANNALS_SPAN_LIST_ITEM:
    case ANNALS_SPAN_PREFORMATTED:
    case ANNALS_SPAN_TABLE:
    case ANNALS_SPAN_CELL:
      break;
    }

  return FALSE;
}

/* An address that would end the brackets that it stands in is left out. */
static gboolean
is_safe_address (const char *address)
{
  return address != NULL && *address != '\0' && strpbrk (address, "<> \n\\") == NULL;
}

static void
begin_span (Writer           *self,
            const AnnalsSpan *span)
{
  switch (span->kind)
    {
    case ANNALS_SPAN_EMPHASIS:
      g_string_append_c (self->out, '*');
      break;
    case ANNALS_SPAN_STRONG:
      g_string_append (self->out, "**");
      break;
    case ANNALS_SPAN_CODE:
      g_string_append (self->out, "`` ");
      self->in_code = TRUE;
      break;
    case ANNALS_SPAN_LINK:
      if (is_safe_address (span->value))
        g_string_append_c (self->out, '[');
      break;
    case ANNALS_SPAN_IMAGE:
      if (is_safe_address (span->value))
        g_string_append (self->out, "![");
      break;
    default:
      break;
    }
}

static void
end_span (Writer           *self,
          const AnnalsSpan *span)
{
  switch (span->kind)
    {
    case ANNALS_SPAN_EMPHASIS:
      g_string_append_c (self->out, '*');
      break;
    case ANNALS_SPAN_STRONG:
      g_string_append (self->out, "**");
      break;
    case ANNALS_SPAN_CODE:
      g_string_append (self->out, " ``");
      self->in_code = FALSE;
      break;
    case ANNALS_SPAN_LINK:
    case ANNALS_SPAN_IMAGE:
      if (is_safe_address (span->value))
        g_string_append_printf (self->out, "](<%s>)", span->value);
      break;
    default:
      break;
    }
}

static void
append_char (Writer   *self,
             gunichar  ch,
             gboolean  first)
{
  if (ch == 0xFFFC)
    return;   /* a picture without words */

  if (!self->in_code && ch < 0x80 &&
      (strchr ("\\`*_[]<>~|&", (int) ch) != NULL || (first && strchr ("#+-=", (int) ch) != NULL)))
    g_string_append_c (self->out, '\\');
  /* "1. " at the beginning is no number of a list */
  if (!self->in_code && (ch == '.' || ch == ')') && self->out->len > 0 &&
      g_ascii_isdigit (self->out->str[self->out->len - 1]))
    g_string_append_c (self->out, '\\');
  g_string_append_unichar (self->out, ch);
}

/* Spans that end at @offset, the innermost first; what stands in one that ends is ended with it. */
static void
end_spans (Writer *self,
           guint   offset)
{
  guint keep = self->open->len;

  for (guint i = self->open->len; i-- > 0;)
    if (((const AnnalsSpan *) self->open->pdata[i])->end <= offset)
      keep = i;
  while (self->open->len > keep)
    {
      end_span (self, self->open->pdata[self->open->len - 1]);
      g_ptr_array_set_size (self->open, (gint) self->open->len - 1);
    }
}

static void
begin_spans (Writer *self,
             guint   offset)
{
  for (; self->next < self->n_spans && self->spans[self->next].start <= offset; self->next++)
    {
      const AnnalsSpan *span = &self->spans[self->next];

      if (!is_inline (span->kind) || span->end <= span->start || self->in_code)
        continue;
      begin_span (self, span);
      g_ptr_array_add (self->open, (gpointer) span);
    }
}

/* The spans of blocks that the one at @start is in. */
static void
find_around (Writer *self,
             guint   start)
{
  for (guint i = self->around->len; i-- > 0;)
    if (((const AnnalsSpan *) self->around->pdata[i])->end <= start)
      g_ptr_array_remove_index (self->around, i);

  for (; self->next_block < self->n_spans && self->spans[self->next_block].start <= start; self->next_block++)
    {
      const AnnalsSpan *span = &self->spans[self->next_block];

      if (!is_inline (span->kind) && span->kind != ANNALS_SPAN_CELL && span->end > start)
        g_ptr_array_add (self->around, (gpointer) span);
    }
}

static void
append_list_sign (Writer     *self,
                  const char *value)
{
  gsize number = strcspn (value, " ");
  gsize level = strlen (value) - number;

  g_string_append_printf (self->out, "%*s%.*s%s ", (int) MIN (level, 16) * 3, "", (int) number, value,
                          *value == '-' ? "" : ".");
}

/* A stranger's notebook may not say which level. */
static int
heading_level (const AnnalsSpan *span)
{
  return span->value != NULL ? (int) CLAMP (g_ascii_strtoll (span->value, NULL, 10), 1, 6) : 6;
}

/* The signs that a block begins with. */
static void
append_signs (Writer *self,
              guint   start)
{
  find_around (self, start);
  for (guint i = 0; i < MIN (self->around->len, 32); i++)
    {
      const AnnalsSpan *span = self->around->pdata[i];

      if (span->kind == ANNALS_SPAN_QUOTATION)
        g_string_append (self->out, "> ");
      else if (span->kind == ANNALS_SPAN_HEADING && span->start == start)
        g_string_append_printf (self->out, "%.*s ", heading_level (span), "######");
      else if (span->kind == ANNALS_SPAN_LIST_ITEM && span->start == start)
        append_list_sign (self, span->value != NULL ? span->value : "-");
      else if (span->kind == ANNALS_SPAN_PREFORMATTED)
        g_string_append (self->out, "    ");
    }
}

static void
append_block (Writer     *self,
              const char *block,
              const char *end,
              guint       start)
{
  guint offset = start;

  if (self->out->len > 0)
    g_string_append (self->out, "\n\n");
  append_signs (self, start);

  for (const char *p = block; p < end; p = g_utf8_next_char (p), offset++)
    {
      end_spans (self, offset);
      begin_spans (self, offset);
      append_char (self, g_utf8_get_char (p), p == block);
    }
  end_spans (self, G_MAXUINT);
}

char *
annals_text_dup_markdown (AnnalsText *text)
{
  Writer self = { .text = text };
  const char *p;
  guint start = 0;

  g_return_val_if_fail (text != NULL, NULL);

  self.spans = annals_text_get_spans (text, &self.n_spans);
  self.open = g_ptr_array_new ();
  self.around = g_ptr_array_new ();
  self.out = g_string_new (NULL);
  p = annals_text_get_string (text);
  while (*p != '\0')
    {
      const char *end = strchr (p, '\n');

      if (end == NULL)
        end = p + strlen (p);
      append_block (&self, p, end, start);
      start += (guint) g_utf8_strlen (p, end - p) + 1;
      p = *end != '\0' ? end + 1 : end;
    }
  g_ptr_array_unref (self.open);
  g_ptr_array_unref (self.around);

  return g_string_free (self.out, FALSE);
}
