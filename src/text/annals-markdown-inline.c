/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-markdown-inline-private.h"

#include <string.h>

#include "annals-address.h"
#include "annals-markdown-write.h"

#define PICTURE 0xfffc   /* one without words */

/* A stretch of a line that is set off. */
typedef struct
{
  guint           start;   /* characters of the line */
  guint           end;
  AnnalsSpanKind  kind;
  const char     *address;
} Piece;

/* A line, or a cell of one. */
typedef struct
{
  GString        *out;
  const gunichar *chars;
  guint           n;
  GArray         *pieces;   /* (element-type Piece): outer ones first */
} Line;

static gboolean
is_space (gunichar c)
{
  return g_unichar_isspace (c) || c == PICTURE;
}

/* What every reader takes for punctuation. */
static gboolean
is_punctuation (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return (c < 0x80 && g_ascii_ispunct ((char) c)) ||
         (type >= G_UNICODE_CONNECT_PUNCTUATION && type <= G_UNICODE_OPEN_PUNCTUATION);
}

/* What some reader may take for it: symbols are since CommonMark 0.31. */
static gboolean
may_be_punctuation (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return is_punctuation (c) || (type >= G_UNICODE_CURRENCY_SYMBOL && type <= G_UNICODE_OTHER_SYMBOL);
}

static gboolean
is_emphasis (AnnalsSpanKind kind)
{
  return kind == ANNALS_SPAN_EMPHASIS || kind == ANNALS_SPAN_STRONG;
}

/* Of two of the same extent the lower one is around the other. */
static guint
get_rank (AnnalsSpanKind kind)
{
  return kind == ANNALS_SPAN_LINK ? 0 : kind == ANNALS_SPAN_STRONG ? 1 : kind == ANNALS_SPAN_EMPHASIS ? 2 : 3;
}

static int
compare_pieces (gconstpointer a,
                gconstpointer b)
{
  const Piece *x = a;
  const Piece *y = b;

  if (x->start != y->start)
    return x->start < y->start ? -1 : 1;
  if (x->end != y->end)
    return x->end > y->end ? -1 : 1;

  return (int) get_rank (x->kind) - (int) get_rank (y->kind);
}

/* Whether a link or code begins or ends there in the piece, so that a bracket or backtick is what its sign stands beside. */
static gboolean
has_sign_at (const Line  *self,
             const Piece *piece,
             gboolean     at_start)
{
  for (guint i = 0; i < self->pieces->len; i++)
    {
      const Piece *other = &g_array_index (self->pieces, Piece, i);

      if (!is_emphasis (other->kind) && compare_pieces (piece, other) < 0 && other->end <= piece->end &&
          (at_start ? other->start == piece->start : other->end == piece->end))
        return TRUE;
    }

  return FALSE;
}

/* The sign of emphasis means something beside a letter, and beside punctuation only where the word ends; never inside of
 * white space. What cannot be in it at either end is left out. FALSE: nothing is left. */
static gboolean
fit_end (const Line *self,
         Piece      *piece,
         gboolean    at_start)
{
  while (piece->start < piece->end)
    {
      gunichar inside = self->chars[at_start ? piece->start : piece->end - 1];
      gboolean at_edge = at_start ? piece->start == 0 : piece->end == self->n;
      gunichar outside = at_edge ? ' ' : self->chars[at_start ? piece->start - 1 : piece->end];
      gboolean has_sign = has_sign_at (self, piece, at_start);

      if (!is_space (inside) && ((!has_sign && !may_be_punctuation (inside)) ||
                                 (g_unichar_isspace (outside) || is_punctuation (outside))))
        return TRUE;
      if (has_sign)
        return FALSE;

      if (at_start)
        piece->start++;
      else
        piece->end--;
    }

  return FALSE;
}

static gboolean
has_words (const Line  *self,
           const Piece *piece)
{
  for (guint i = piece->start; i < piece->end; i++)
    if (self->chars[i] != PICTURE)
      return TRUE;

  return FALSE;
}

/* What of the spans lies in the line; of those that go on over several lines the part. */
static void
collect (Line      *self,
         GPtrArray *spans,
         guint      start)
{
  for (guint i = 0; i < spans->len; i++)
    {
      const AnnalsSpan *span = spans->pdata[i];
      Piece piece = { .kind = span->kind, .address = span->value };

      if (span->end <= start || span->start >= start + self->n || span->end <= span->start ||
          (!is_emphasis (span->kind) && span->kind != ANNALS_SPAN_CODE &&
           (span->kind != ANNALS_SPAN_LINK || span->value == NULL || !annals_address_can_open (span->value))))
        continue;

      piece.start = span->start > start ? span->start - start : 0;
      piece.end = MIN (span->end - start, self->n);
      if (has_words (self, &piece))
        g_array_append_val (self->pieces, piece);
    }
  g_array_sort (self->pieces, compare_pieces);

  for (guint i = self->pieces->len; i-- > 0;)
    {
      Piece *piece = &g_array_index (self->pieces, Piece, i);

      if (is_emphasis (piece->kind) && (!fit_end (self, piece, TRUE) || !fit_end (self, piece, FALSE)))
        g_array_remove_index (self->pieces, i);
    }
  g_array_sort (self->pieces, compare_pieces);
}

static char *
dup_words (const Line *self,
           guint       start,
           guint       end)
{
  GString *words = g_string_new (NULL);

  for (guint i = start; i < end; i++)
    if (self->chars[i] != PICTURE)
      g_string_append_unichar (words, self->chars[i]);

  return g_string_free (words, FALSE);
}

/* Between more backticks than stand together anywhere in it; beside one, and where a space at both ends would be taken
 * for one that was put there, with a space. */
static void
append_code (Line        *self,
             const Piece *piece)
{
  g_autofree char *words = dup_words (self, piece->start, piece->end);
  gsize length = strlen (words);
  gsize n = annals_markdown_count_signs (words, '`') + 1;
  gboolean spaced = words[0] == ' ' && words[length - 1] == ' ' && strspn (words, " ") < length;
  const char *pad = spaced || words[0] == '`' || words[length - 1] == '`' ? " " : "";
  g_autofree char *ticks = g_strnfill (n, '`');

  g_string_append_printf (self->out, "%s%s%s%s%s", ticks, pad, words, pad, ticks);
}

static void
append_plain (Line  *self,
              guint  start,
              guint  end)
{
  g_autofree char *words = dup_words (self, start, end);

  annals_markdown_append_plain (self->out, words, " ");
}

static const char *
get_sign (AnnalsSpanKind kind)
{
  return kind == ANNALS_SPAN_STRONG ? "**" : kind == ANNALS_SPAN_EMPHASIS ? "*" : "[";
}

static void
end_piece (Line        *self,
           const Piece *piece)
{
  if (piece->kind == ANNALS_SPAN_LINK)
    annals_markdown_append_target (self->out, piece->address);
  else
    g_string_append (self->out, get_sign (piece->kind));
}

/* Writes up to @to, ends what ends there or before. */
static void
end_pieces (Line      *self,
            GPtrArray *open,
            guint      to,
            guint     *at,
            gsize     *last_sign)
{
  const Piece *inner;

  while (open->len > 0 && (inner = open->pdata[open->len - 1])->end <= to)
    {
      append_plain (self, *at, inner->end);
      end_piece (self, inner);
      *at = inner->end;
      if (is_emphasis (inner->kind))
        *last_sign = self->out->len;
      g_ptr_array_set_size (open, (int) open->len - 1);
    }
}

static gboolean
has_bracket (const Line  *self,
             const Piece *piece)
{
  for (guint i = piece->start; i < piece->end; i++)
    if (self->chars[i] == ']')
      return TRUE;

  return FALSE;
}

/* What lies across the end of another or is in one of its kind would give markup that nobody can read, and so would
 * emphasis in emphasis that shares one end with it only: its signs could be taken for others. A link that begins a line
 * is no definition of one ("[x]: y") as long as no bracket in it is unescaped, as code is. */
static gboolean
can_be_in (const Line  *self,
           GPtrArray   *open,
           const Piece *piece)
{
  for (guint i = 0; i < open->len; i++)
    {
      const Piece *around = open->pdata[i];

      if (piece->end > around->end || piece->kind == around->kind ||
          (piece->kind == ANNALS_SPAN_CODE && around->kind == ANNALS_SPAN_LINK && has_bracket (self, piece)) ||
          (is_emphasis (piece->kind) && is_emphasis (around->kind) &&
           (piece->start == around->start) != (piece->end == around->end)))
        return FALSE;
    }

  return TRUE;
}

static void
append_pieces (Line *self)
{
  g_autoptr(GPtrArray) open = g_ptr_array_new ();
  gsize last_sign = G_MAXSIZE;   /* where the last one ended: another one there would be taken for it */
  gsize last_tick = G_MAXSIZE;
  guint at = 0;

  for (guint i = 0; i < self->pieces->len; i++)
    {
      const Piece *piece = &g_array_index (self->pieces, Piece, i);

      end_pieces (self, open, piece->start, &at, &last_sign);
      if (piece->start < at)
        continue;

      append_plain (self, at, piece->start);
      at = piece->start;
      if (!can_be_in (self, open, piece) || self->out->len == (piece->kind == ANNALS_SPAN_CODE ? last_tick : last_sign))
        continue;

      if (piece->kind == ANNALS_SPAN_CODE)
        {
          append_code (self, piece);
          at = piece->end;
          last_tick = self->out->len;
          continue;
        }
      if (piece->kind == ANNALS_SPAN_LINK && self->out->len > 0 && self->out->str[self->out->len - 1] == '!')
        g_string_insert_c (self->out, (gssize) self->out->len - 1, '\\');   /* no picture */
      g_string_append (self->out, get_sign (piece->kind));
      g_ptr_array_add (open, (gpointer) piece);
    }
  end_pieces (self, open, self->n, &at, &last_sign);
  append_plain (self, at, self->n);
}

gsize
annals_markdown_count_signs (const char *string,
                             char        sign)
{
  const char signs[] = { sign, '\0' };
  gsize most = 0;

  for (const char *p = strchr (string, sign); p != NULL; p = strchr (p, sign))
    {
      gsize n = strspn (p, signs);

      most = MAX (most, n);
      p += n;
    }

  return most;
}

void
annals_markdown_append_inline (GString    *out,
                               AnnalsText *text,
                               GPtrArray  *spans,
                               guint       start,
                               guint       end)
{
  g_autofree char *slice = annals_text_dup_slice (text, start, end);
  glong n;
  g_autofree gunichar *chars = g_utf8_to_ucs4_fast (slice, -1, &n);
  g_autoptr(GArray) pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  Line self = { .out = out, .chars = chars, .n = (guint) n, .pieces = pieces };

  /* beside a picture that is left out there may be white space, which means something at the beginning of a line */
  for (; self.n > 0 && is_space (self.chars[0]); self.n--, start++)
    self.chars++;
  while (self.n > 0 && is_space (self.chars[self.n - 1]))
    self.n--;

  collect (&self, spans, start);
  append_pieces (&self);
}
