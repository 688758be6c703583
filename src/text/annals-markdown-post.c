/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-markdown-write.h"

#include <string.h>

#include "annals-markdown-inline-private.h"
#include "annals-text-markdown.h"

#define MAX_HEADING 6
#define MAX_DEPTH 20
#define MARKER 4                 /* columns of an item's sign and the space behind it, at least */
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
  guint             next;      /* the first that begins behind the line at hand */
  GPtrArray        *around;    /* (element-type AnnalsSpan) those that reach into it, in their order */
  guint             level;
  Line              last;      /* the line before; at first, one that nothing goes on from */
  guint             fence;     /* tildes around the code at hand; 0: none is */
  guint             n_lists;   /* that the last line is in */
  struct
  {
    guint           depth;     /* as its items have it */
    guint           column;    /* at which the words of its last item stand */
  } lists[MAX_DEPTH + 1];
} Job;

static void
find_around (Job        *job,
             const Line *line)
{
  guint kept = 0;

  for (guint i = 0; i < job->around->len; i++)
    if (((const AnnalsSpan *) job->around->pdata[i])->end >= line->start)
      job->around->pdata[kept++] = job->around->pdata[i];
  g_ptr_array_set_size (job->around, (int) kept);

  for (; job->next < job->n_spans && job->spans[job->next].start <= line->end; job->next++)
    if (job->spans[job->next].end >= line->start)
      g_ptr_array_add (job->around, (gpointer) &job->spans[job->next]);
}

static void
classify (Job  *job,
          Line *line)
{
  find_around (job, line);

  for (guint i = 0; i < job->around->len; i++)
    {
      const AnnalsSpan *span = job->around->pdata[i];

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
  for (guint i = 0; i < job->around->len; i++)
    {
      const AnnalsSpan *span = job->around->pdata[i];

      if (span->kind != ANNALS_SPAN_CELL || span->start < line->start || span->end > line->end)
        continue;
      g_string_append_c (job->out, ' ');
      annals_markdown_append_inline (job->out, job->text, job->around, span->start, span->end);
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
static guint
get_depth (const AnnalsSpan *item)
{
  const char *value = item->value != NULL ? item->value : "-";

  return (guint) MIN (strlen (value) - strcspn (value, " "), (gsize) MAX_DEPTH);
}

static gboolean
is_numbered (const AnnalsSpan *item)
{
  return item->value != NULL && g_ascii_isdigit (*item->value) && strcspn (item->value, " ") <= MAX_DIGITS;
}

/* Which of the lists at hand the item is in, from 0; their number: in a new one. */
static guint
find_list (const Job        *job,
           const AnnalsSpan *item)
{
  guint depth = get_depth (item);
  guint n = job->n_lists;

  while (n > 0 && job->lists[n - 1].depth > depth)
    n--;

  return n > 0 && job->lists[n - 1].depth == depth ? n - 1 : n;
}

/* Whether an item needs no empty line above it: a number that is not 1 would be taken for words of the item before. */
static gboolean
continues_list (const Job        *job,
                const AnnalsSpan *item)
{
  const AnnalsSpan *before = job->last.item;

  return before != NULL && item != NULL && before != item && job->n_lists > 0 &&
         (!is_numbered (item) || (is_numbered (before) && find_list (job, item) == job->n_lists - 1));
}

/* "-   " or "3.  ", below the words of the item that it is in; a further line of an item stands below its words. A list
 * that nothing is around begins at the left, whatever it was in. */
static void
append_marker (Job        *job,
               const Line *line)
{
  guint list = find_list (job, line->item);
  guint column = list > 0 ? job->lists[list - 1].column : 0;
  gsize length = is_numbered (line->item) ? strcspn (line->item->value, " ") : 0;
  guint width = MAX (MARKER, (guint) length + 2);

  if (job->last.item == line->item && job->n_lists > 0)
    {
      g_string_append_printf (job->out, "%*s", (int) job->lists[job->n_lists - 1].column, "");
      return;
    }

  g_string_append_printf (job->out, "%*s", (int) column, "");
  if (length > 0)
    g_string_append_printf (job->out, "%.*s.%*s", (int) length, line->item->value, (int) (width - length - 1), "");
  else
    g_string_append_printf (job->out, "-%*s", MARKER - 1, "");
  job->lists[list].depth = get_depth (line->item);
  job->lists[list].column = column + width;
  job->n_lists = list + 1;
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
      g_autofree char *all = annals_text_dup_slice (job->text, line->code->start, line->code->end);

      job->fence = MAX (3, (guint) annals_markdown_count_signs (all, '~') + 1);
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
  gboolean goes_on = continues_list (job, line->item) ||
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
      /* a stranger's notebook may not say which level, or any */
      const char *value = line->heading->value;
      gint64 level = value != NULL ? CLAMP (g_ascii_strtoll (value, NULL, 10), 1, MAX_HEADING) : MAX_HEADING;

      for (gint64 i = 0; i < MIN (job->level + level, MAX_HEADING); i++)
        g_string_append_c (job->out, '#');
      g_string_append_c (job->out, ' ');
    }
  annals_markdown_append_inline (job->out, job->text, job->around, line->start, line->end);
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

/* Whether there is anything but pictures without words in it. */
static gboolean
has_words (const char *line,
           gsize       length)
{
  static const char picture[] = "\xef\xbf\xbc";

  for (const char *p = line; p < line + length; p++)
    {
      if (g_str_has_prefix (p, picture))
        p += strlen (picture) - 1;
      else if (*p != ' ')
        return TRUE;
    }

  return FALSE;
}

static void
append_line (Job        *job,
             const Line *line,
             gboolean    is_empty)
{
  if (line->code == NULL || line->code != job->last.code)
    end_code (job);
  if (line->code == NULL && is_empty)
    return;

  if (line->item == NULL || line->quotes != job->last.quotes)
    job->n_lists = 0;
  if (line->code != NULL)
    append_code (job, line);
  else
    append_words (job, line);
  job->last = *line;
}

void
annals_markdown_append_post (GString    *out,
                             AnnalsText *text,
                             guint       level)
{
  g_autoptr(GPtrArray) around = g_ptr_array_new ();
  Job job = { .out = out, .text = text, .level = level, .around = around };
  const char *string;
  guint start = 0;

  g_return_if_fail (out != NULL && text != NULL);

  string = annals_text_get_string (text);
  job.spans = annals_text_get_spans (text, &job.n_spans);
  while (*string != '\0')
    {
      gsize length = strcspn (string, "\n");
      Line line = { .start = start, .end = start + (guint) g_utf8_strlen (string, (gssize) length) };

      classify (&job, &line);
      append_line (&job, &line, !has_words (string, length));
      start = line.end + 1;
      string += length;
      string += *string != '\0';
    }
  end_code (&job);
}

char *
annals_text_dup_markdown (AnnalsText *text)
{
  GString *markdown = g_string_new (NULL);

  g_return_val_if_fail (text != NULL, g_string_free (markdown, FALSE));

  annals_markdown_append_post (markdown, text, 0);
  if (markdown->len > 0)
    g_string_truncate (markdown, markdown->len - 1);

  return g_string_free (markdown, FALSE);
}
