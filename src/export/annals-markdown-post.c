/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-markdown-write.h"

#include <string.h>

#include "annals-address.h"

#define MAX_HEADING 6
#define MAX_DEPTH ((gsize) 20)
#define MAX_DIGITS ((gsize) 9)   /* of an item's number in CommonMark */

/* A line of the text with the spans that it lies in. */
typedef struct
{
  guint             start;     /* code points */
  guint             end;
  const AnnalsSpan *heading;
  const AnnalsSpan *item;
  const AnnalsSpan *table;
  const AnnalsSpan *code;
  guint             quotes;
} Line;

typedef struct
{
  GString          *out;
  AnnalsText       *text;
  const AnnalsSpan *spans;
  guint             n_spans;
  guint             first;     /* spans before it have ended */
  guint             level;
  Line              last;      /* the line before; at first, one that nothing goes on from */
  guint             fence;     /* tildes around the code at hand; 0: none is */
} Job;

static void
classify (Job  *job,
          Line *line)
{
  while (job->first < job->n_spans && job->spans[job->first].end < line->start)
    job->first++;

  for (guint i = job->first; i < job->n_spans && job->spans[i].start <= line->end; i++)
    {
      const AnnalsSpan *span = &job->spans[i];

      if (span->start > line->start || span->end < line->end || span->start == span->end)
        continue;
      if (span->kind == ANNALS_SPAN_HEADING)
        line->heading = span;
      else if (span->kind == ANNALS_SPAN_LIST_ITEM)
        line->item = span;
      else if (span->kind == ANNALS_SPAN_TABLE)
        line->table = span;
      else if (span->kind == ANNALS_SPAN_PREFORMATTED)
        line->code = span;
      else if (span->kind == ANNALS_SPAN_QUOTATION)
        line->quotes++;
    }
}

static const char *
get_sign (AnnalsSpanKind kind)
{
  switch (kind)
    {
    case ANNALS_SPAN_EMPHASIS:
      return "*";

    case ANNALS_SPAN_STRONG:
      return "**";

    case ANNALS_SPAN_CODE:
      return "`";

    case ANNALS_SPAN_HEADING:
    case ANNALS_SPAN_QUOTATION:
    case ANNALS_SPAN_LIST_ITEM:
    case ANNALS_SPAN_LINK:
    case ANNALS_SPAN_PREFORMATTED:
    case ANNALS_SPAN_TABLE:
    case ANNALS_SPAN_CELL:
    case ANNALS_SPAN_IMAGE:
      break;
    }

  return NULL;
}

static gboolean
is_inline (const AnnalsSpan *span,
           const Line       *line)
{
  gboolean is_link = span->kind == ANNALS_SPAN_LINK && span->value != NULL && annals_address_can_open (span->value);

  return (is_link || get_sign (span->kind) != NULL) && span->start >= line->start && span->end <= line->end &&
         span->end > span->start;
}

/* More than stand together anywhere in the span. */
static guint
count_signs (Job              *job,
             const AnnalsSpan *span,
             char              sign,
             guint             least)
{
  const char signs[] = { sign, '\0' };
  g_autofree char *slice = annals_text_dup_slice (job->text, span->start, span->end);
  gsize most = least - 1;

  for (const char *p = strchr (slice, sign); p != NULL; p = strchr (p, sign))
    {
      gsize n = strspn (p, signs);

      most = MAX (most, n);
      p += n;
    }

  return (guint) most + 1;
}

/* Code that holds backticks stands between more of them, and a space. */
static void
append_ticks (Job              *job,
              const AnnalsSpan *span,
              gboolean          begins)
{
  guint n = count_signs (job, span, '`', 1);

  if (n > 1 && !begins)
    g_string_append_c (job->out, ' ');
  for (guint i = 0; i < n; i++)
    g_string_append_c (job->out, '`');
  if (n > 1 && begins)
    g_string_append_c (job->out, ' ');
}

static void
begin_span (Job              *job,
            const AnnalsSpan *span)
{
  if (span->kind == ANNALS_SPAN_CODE)
    append_ticks (job, span, TRUE);
  else
    g_string_append (job->out, span->kind == ANNALS_SPAN_LINK ? "[" : get_sign (span->kind));
}

static void
end_span (Job              *job,
          const AnnalsSpan *span)
{
  if (span->kind == ANNALS_SPAN_CODE)
    append_ticks (job, span, FALSE);
  else if (span->kind == ANNALS_SPAN_LINK)
    annals_markdown_append_target (job->out, span->value);
  else
    g_string_append (job->out, get_sign (span->kind));
}

static void
append_slice (Job      *job,
              guint     start,
              guint     end,
              gboolean  as_code)
{
  g_autofree char *slice = annals_text_dup_slice (job->text, start, end);

  if (as_code)
    g_string_append (job->out, slice);
  else
    annals_markdown_append_plain (job->out, slice, " ");
}

/* [start, end) with what is set off in it. Spans that lie across each other would give markup that nobody can read: the
 * later one is left out. */
static void
append_inline (Job        *job,
               const Line *line,
               guint       start,
               guint       end)
{
  g_autoptr(GPtrArray) open = g_ptr_array_new ();
  Line part = { .start = start, .end = end };
  guint at = start;

  for (guint i = job->first; i <= job->n_spans; i++)
    {
      const AnnalsSpan *span = i < job->n_spans ? &job->spans[i] : NULL;
      guint next = span == NULL || span->start > end ? end : span->start;
      const AnnalsSpan *inner;

      if (span != NULL && next < end && !is_inline (span, &part))
        continue;

      while (open->len > 0 && (inner = open->pdata[open->len - 1])->end <= next)
        {
          append_slice (job, at, inner->end, inner->kind == ANNALS_SPAN_CODE);
          end_span (job, inner);
          at = inner->end;
          g_ptr_array_set_size (open, (int) open->len - 1);
        }

      inner = open->len > 0 ? open->pdata[open->len - 1] : NULL;
      if (span == NULL || next >= end)
        break;
      if (inner != NULL && (span->end > inner->end || inner->kind == ANNALS_SPAN_CODE || span->kind == inner->kind))
        continue;

      append_slice (job, at, next, FALSE);
      at = next;
      begin_span (job, span);
      g_ptr_array_add (open, (gpointer) span);
    }

  append_slice (job, at, end, FALSE);
}

static void
append_prefix (Job        *job,
               const Line *line)
{
  for (guint i = 0; i < line->quotes; i++)
    g_string_append (job->out, "> ");
}

/* An empty line, inside what quotation goes on. */
static void
append_gap (Job        *job,
            const Line *line)
{
  if (job->last.end == 0 && job->last.start == 0 && line->start == 0)
    return;

  for (guint i = 0; i < MIN (line->quotes, job->last.quotes); i++)
    g_string_append (job->out, i + 1 < MIN (line->quotes, job->last.quotes) ? "> " : ">");
  g_string_append_c (job->out, '\n');
}

static void
append_row (Job        *job,
            const Line *line)
{
  guint n_columns = line->table->value != NULL ? (guint) g_ascii_strtoull (line->table->value, NULL, 10) : 0;
  guint n = 0;

  append_prefix (job, line);
  g_string_append_c (job->out, '|');
  for (guint i = job->first; i < job->n_spans && job->spans[i].start <= line->end; i++)
    {
      const AnnalsSpan *span = &job->spans[i];

      if (span->kind != ANNALS_SPAN_CELL || span->start < line->start || span->end > line->end)
        continue;
      g_string_append_c (job->out, ' ');
      append_inline (job, line, span->start, span->end);
      g_string_append (job->out, " |");
      n++;
    }
  g_string_append_c (job->out, '\n');

  if (job->last.table == line->table)
    return;
  append_prefix (job, line);
  g_string_append_c (job->out, '|');
  for (guint i = 0; i < MAX (1, MIN (MAX (n, n_columns), 100)); i++)
    g_string_append (job->out, " --- |");
  g_string_append_c (job->out, '\n');
}

/* How many lists are around the item's own. */
static gsize
get_depth (const AnnalsSpan *item)
{
  const char *value = item->value != NULL ? item->value : "-";

  return MIN (strlen (value) - strcspn (value, " "), MAX_DEPTH);
}

static gboolean
is_numbered (const AnnalsSpan *item)
{
  return item->value != NULL && g_ascii_isdigit (*item->value) && strcspn (item->value, " ") <= MAX_DIGITS;
}

/* Whether an item needs no empty line above it: a number that is not 1 would be taken for words of the item before. */
static gboolean
continues_list (const AnnalsSpan *before,
                const AnnalsSpan *item)
{
  return before != NULL && item != NULL && before != item &&
         (!is_numbered (item) || (is_numbered (before) && get_depth (before) == get_depth (item)));
}

/* "-   " or "3.  ", further in for each list around it; a further line of an item stands below its words. */
static void
append_marker (Job        *job,
               const Line *line)
{
  for (gsize i = get_depth (line->item); i > 0; i--)
    g_string_append (job->out, "    ");
  if (job->last.item == line->item)
    g_string_append (job->out, "    ");
  else if (is_numbered (line->item))
    {
      gsize length = strcspn (line->item->value, " ");

      g_string_append_printf (job->out, "%.*s. %s", (int) length, line->item->value, length == 1 ? " " : "");
    }
  else
    g_string_append (job->out, "-   ");
}

static void
append_fence (Job        *job,
              const Line *line)
{
  append_prefix (job, line);
  for (guint i = 0; i < job->fence; i++)
    g_string_append_c (job->out, '~');
  g_string_append_c (job->out, '\n');
}

static void
append_code (Job        *job,
             const Line *line)
{
  g_autofree char *slice = annals_text_dup_slice (job->text, line->start, line->end);

  if (job->fence == 0)
    {
      job->fence = count_signs (job, line->code, '~', 3);
      append_gap (job, line);
      append_fence (job, line);
    }
  append_prefix (job, line);
  g_string_append_printf (job->out, "%s\n", slice);
}

static void
append_words (Job        *job,
              const Line *line)
{
  gboolean goes_on = continues_list (job->last.item, line->item) ||
                     (line->table != NULL && job->last.table == line->table);

  if (!goes_on)
    append_gap (job, line);
  if (line->table != NULL)
    {
      append_row (job, line);
      return;
    }

  append_prefix (job, line);
  if (line->item != NULL)
    append_marker (job, line);
  if (line->heading != NULL)
    {
      const char *level = line->heading->value != NULL ? line->heading->value : "1";
      guint n_signs = job->level + (guint) g_ascii_strtoull (level, NULL, 10);

      for (guint i = 0; i < MIN (n_signs, MAX_HEADING); i++)
        g_string_append_c (job->out, '#');
      g_string_append_c (job->out, ' ');
    }
  append_inline (job, line, line->start, line->end);
  g_string_append_c (job->out, '\n');
}

static void
end_code (Job *job)
{
  if (job->fence == 0)
    return;

  append_fence (job, &job->last);
  job->fence = 0;
}

void
annals_markdown_append_post (GString    *out,
                             AnnalsText *text,
                             guint       level)
{
  Job job = { .out = out, .text = text, .level = level };
  const char *string;
  guint start = 0;

  g_return_if_fail (out != NULL && text != NULL);

  string = annals_text_get_string (text);
  job.spans = annals_text_get_spans (text, &job.n_spans);
  while (*string != '\0')
    {
      const char *feed = string + strcspn (string, "\n");
      Line line = { .start = start, .end = start + (guint) g_utf8_strlen (string, feed - string) };

      classify (&job, &line);
      if (line.code == NULL || line.code != job.last.code)
        end_code (&job);
      if (line.code != NULL)
        append_code (&job, &line);
      else
        append_words (&job, &line);

      job.last = line;
      start = line.end + 1;
      string = *feed == '\0' ? feed : feed + 1;
    }
  end_code (&job);
}
