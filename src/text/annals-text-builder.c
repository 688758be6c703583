/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-text-bytes-private.h"
#include "annals-text-private.h"

#include <string.h>

#define TAB_WIDTH 8

/* White space waits in @pending until a visible character follows it; so a block never ends with
 * white space, and a span never begins or ends with it. */
struct _AnnalsTextBuilder
{
  GString  *out;
  GString  *pending;
  GArray   *spans;     /* BuilderSpan */
  GArray   *waiting;   /* guint: open spans that have met no visible character */
  guint     n_open[ANNALS_N_SPAN_KINDS];
  guint     n_preformatted;
  guint     n_line;
  guint     column;    /* in preformatted text, for tabs */
  gboolean  at_start;  /* of a block */
};

typedef struct
{
  gsize           start;  /* bytes */
  gsize           end;
  AnnalsSpanKind  kind;
  char           *value;
  gboolean        set;
} BuilderSpan;

static const guint open_limits[ANNALS_N_SPAN_KINDS] = {
  [ANNALS_SPAN_HEADING] = 1,
  [ANNALS_SPAN_QUOTATION] = 16,
  [ANNALS_SPAN_LIST_ITEM] = 16,
  [ANNALS_SPAN_LINK] = 1,
  [ANNALS_SPAN_EMPHASIS] = 1,
  [ANNALS_SPAN_STRONG] = 1,
  [ANNALS_SPAN_CODE] = 1,
  [ANNALS_SPAN_PREFORMATTED] = 1,
  [ANNALS_SPAN_TABLE] = 8,
  [ANNALS_SPAN_CELL] = 8,
  [ANNALS_SPAN_IMAGE] = 1,
};

static void
builder_span_clear (BuilderSpan *span)
{
  g_clear_pointer (&span->value, g_free);
}

AnnalsTextBuilder *
annals_text_builder_new (void)
{
  AnnalsTextBuilder *self = g_new0 (AnnalsTextBuilder, 1);

  self->out = g_string_new (NULL);
  self->pending = g_string_new (NULL);
  self->spans = g_array_new (FALSE, FALSE, sizeof (BuilderSpan));
  g_array_set_clear_func (self->spans, (GDestroyNotify) builder_span_clear);
  self->waiting = g_array_new (FALSE, FALSE, sizeof (guint));
  self->at_start = TRUE;

  return self;
}

void
annals_text_builder_free (AnnalsTextBuilder *self)
{
  g_string_free (self->out, TRUE);
  g_string_free (self->pending, TRUE);
  g_array_unref (self->spans);
  g_array_unref (self->waiting);
  g_free (self);
}

/* A visible character comes: what waited for it takes its place. */
static void
settle (AnnalsTextBuilder *self)
{
  if (self->at_start)
    {
      if (self->out->len > 0)
        g_string_append_c (self->out, '\n');
      self->at_start = FALSE;
    }
  else if (self->pending->len > 0)
    {
      g_string_append_len (self->out, self->pending->str, self->pending->len);
    }

  g_string_truncate (self->pending, 0);

  for (guint i = 0; i < self->waiting->len; i++)
    {
      BuilderSpan *span = &g_array_index (self->spans, BuilderSpan,
                                          g_array_index (self->waiting, guint, i));

      span->start = self->out->len;
      span->set = TRUE;
    }
  g_array_set_size (self->waiting, 0);
}

static void
append_preformatted_space (AnnalsTextBuilder *self,
                           gunichar           c)
{
  if (c == '\n' || c == 0x2028 || c == 0x2029)
    {
      g_string_append_c (self->pending, '\n');
      self->column = 0;
    }
  else if (c == '\t')
    {
      do
        g_string_append_c (self->pending, ' ');
      while (++self->column % TAB_WIDTH != 0);
    }
  else
    {
      g_string_append_unichar (self->pending, c < 0xa0 ? ' ' : c);
      self->column++;
    }
}

static void
append_space (AnnalsTextBuilder *self,
              gunichar           c,
              AnnalsCharClass    class)
{
  if (self->n_preformatted > 0)
    append_preformatted_space (self, c);
  else if (class == ANNALS_CHAR_NO_BREAK)
    g_string_append_unichar (self->pending, c);
  else if (self->pending->len == 0 || self->pending->str[self->pending->len - 1] != ' ')
    g_string_append_c (self->pending, ' ');
}

/* Single spaces between visible characters stand as they are: whole lines can be taken at once. */
static gboolean
is_plain_space (const AnnalsTextBuilder *self,
                const char              *text,
                gsize                    length,
                gsize                    at)
{
  return text[at] == ' ' && self->n_preformatted == 0 && at + 1 < length &&
         annals_byte_leads_visible (text[at + 1]);
}

/* The same for eight bytes, of which the last is no space */
static gboolean
are_plain (const AnnalsTextBuilder *self,
           const char              *text,
           gsize                    length,
           gsize                    at)
{
  guint64 word;

  if (self->n_preformatted > 0 || at + 8 > length || text[at + 7] == ' ')
    return FALSE;

  word = annals_bytes_load (text + at);

  return annals_bytes_are_printable (word) && !annals_bytes_have_gap (word);
}

/* The bytes from @at on of visible characters and of single spaces between them; @c and @class
 * (out): of what stops them */
static gsize
visible_end (AnnalsTextBuilder *self,
             const char        *text,
             gsize              length,
             gsize              at,
             gunichar          *c,
             AnnalsCharClass   *class)
{
  gsize start = at;

  while (at < length)
    {
      guchar byte = text[at];

      /* what was taken before never ends with a space */
      if ((at > start || byte != ' ') && are_plain (self, text, length, at))
        {
          at += 8;
          continue;
        }

      if (annals_byte_leads_visible (byte) ||
          (at > start && is_plain_space (self, text, length, at)))
        {
          at += g_utf8_skip[byte];
          self->column++;
          continue;
        }

      *c = byte < 0x80 ? byte : g_utf8_get_char (text + at);
      *class = annals_char_classify (*c);
      if (*class != ANNALS_CHAR_VISIBLE)
        break;
      at += g_utf8_skip[byte];
      self->column++;
    }

  return at;
}

void
annals_text_builder_append (AnnalsTextBuilder *self,
                            const char        *text,
                            gsize              length)
{
  gsize i = 0;

  while (i < length)
    {
      gsize start = i;
      gunichar c = 0;
      AnnalsCharClass class = ANNALS_CHAR_VISIBLE;

      i = visible_end (self, text, length, i, &c, &class);

      if (i > start)
        {
          settle (self);
          g_string_append_len (self->out, text + start, i - start);
        }

      if (i < length)
        {
          append_space (self, c, class);
          i += g_utf8_skip[(guchar) text[i]];
        }
    }
}

void
annals_text_builder_space (AnnalsTextBuilder *self)
{
  append_space (self, ' ', ANNALS_CHAR_SPACE);
}

void
annals_text_builder_break (AnnalsTextBuilder *self)
{
  self->column = 0;

  if (self->n_line > 0)
    {
      annals_text_builder_space (self);
    }
  else if (self->n_preformatted > 0)
    {
      if (self->pending->len == 0 || self->pending->str[self->pending->len - 1] != '\n')
        g_string_append_c (self->pending, '\n');
    }
  else
    {
      g_string_truncate (self->pending, 0);
      self->at_start = TRUE;
    }
}

void
annals_text_builder_push_preformatted (AnnalsTextBuilder *self)
{
  annals_text_builder_break (self);
  self->n_preformatted++;
}

void
annals_text_builder_pop_preformatted (AnnalsTextBuilder *self)
{
  g_assert (self->n_preformatted > 0);

  self->n_preformatted--;
  annals_text_builder_break (self);
}

void
annals_text_builder_push_line (AnnalsTextBuilder *self)
{
  self->n_line++;
}

void
annals_text_builder_pop_line (AnnalsTextBuilder *self)
{
  g_assert (self->n_line > 0);

  self->n_line--;
}

guint
annals_text_builder_open (AnnalsTextBuilder *self,
                          AnnalsSpanKind     kind,
                          char              *take_value)
{
  BuilderSpan span = { 0, 0, kind, take_value, FALSE };
  guint index = self->spans->len;

  if (self->n_open[kind] >= open_limits[kind])
    {
      g_free (take_value);
      return ANNALS_NO_SPAN;
    }

  self->n_open[kind]++;
  g_array_append_val (self->spans, span);
  g_array_append_val (self->waiting, index);

  return index;
}

void
annals_text_builder_close (AnnalsTextBuilder *self,
                           guint              index)
{
  BuilderSpan *span;

  if (index == ANNALS_NO_SPAN)
    return;

  span = &g_array_index (self->spans, BuilderSpan, index);
  span->end = self->out->len;
  self->n_open[span->kind]--;

  /* At most as many wait as may be open, so looking for it is cheap. */
  if (!span->set)
    for (guint i = self->waiting->len; i > 0; i--)
      if (g_array_index (self->waiting, guint, i - 1) == index)
        {
          g_array_remove_index (self->waiting, i - 1);
          break;
        }
}

void
annals_text_builder_set_value (AnnalsTextBuilder *self,
                               guint              index,
                               char              *take_value)
{
  BuilderSpan *span;

  if (index == ANNALS_NO_SPAN)
    {
      g_free (take_value);
      return;
    }

  span = &g_array_index (self->spans, BuilderSpan, index);
  g_free (span->value);
  span->value = take_value;
}

/* Where byte @position of the text before normalisation stands after it; inside a run that
 * changed, the run's end for an end and its start for a start. */
static gsize
map_position (GArray   *changes,
              gsize     position,
              gboolean  is_end)
{
  const AnnalsNfcChange *change;
  guint low = 0;
  guint high = changes->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (changes, AnnalsNfcChange, middle).from < position)
        low = middle + 1;
      else
        high = middle;
    }

  if (low == 0)
    return position;

  change = &g_array_index (changes, AnnalsNfcChange, low - 1);
  if (position < change->from + change->from_length)
    return is_end ? change->to + change->to_length : change->to;

  return position - (change->from + change->from_length) + change->to + change->to_length;
}

AnnalsText *
annals_text_builder_finish (AnnalsTextBuilder *self)
{
  g_autoptr(GArray) changes = g_array_new (FALSE, FALSE, sizeof (AnnalsNfcChange));
  GArray *spans = annals_span_array_new ();
  AnnalsText *text;
  gsize n_bytes;
  char *string;

  string = annals_nfc_dup (self->out->str, self->out->len, &n_bytes, changes);
  text = annals_text_new_take (string, n_bytes);

  for (guint i = 0; i < self->spans->len; i++)
    {
      BuilderSpan *span = &g_array_index (self->spans, BuilderSpan, i);
      AnnalsSpan made;

      if (!span->set)
        continue;

      made.start = annals_text_get_offset (text, map_position (changes, span->start, FALSE));
      made.end = annals_text_get_offset (text, map_position (changes, span->end, TRUE));
      made.kind = span->kind;
      made.value = g_steal_pointer (&span->value);
      g_array_append_val (spans, made);
    }

  annals_text_take_spans (text, spans);

  g_string_truncate (self->out, 0);
  g_string_truncate (self->pending, 0);
  g_array_set_size (self->spans, 0);
  g_array_set_size (self->waiting, 0);
  memset (self->n_open, 0, sizeof self->n_open);
  self->at_start = TRUE;

  return text;
}
