/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-month-private.h"

#include <string.h>

/* What the lines of a block are to each other: a line alone can be many things. */

static void
kind_clear (gpointer data)
{
  AnnalsMonthKind *kind = data;

  g_clear_pointer (&kind->byline, annals_byline_free);
}

/* Days that stand alone are bylines where no clearer ones are, and in the month of the page. */
static gboolean
is_day_byline (AnnalsMonthPage    *self,
               const AnnalsByline *byline)
{
  gint64 from, to, at;

  if (!self->days)
    return FALSE;
  if (!self->month || !byline->date || !annals_date_get_from (self->month, &from) ||
      !annals_date_get_to (self->month, &to) || !annals_date_get_from (byline->date, &at))
    return TRUE;

  /* a zone may move the month's first and last hours */
  return at >= from - 86400 && at < to + 86400;
}

static void
kind_of_line (AnnalsMonthPage  *self,
              const AnnalsLine *line,
              AnnalsMonthKind             *kind)
{
  g_autofree char *plain = NULL;
  const char *text = line->text;
  gsize length = line->n_bytes;

  if (line->continues || length > ANNALS_MONTH_MAX_TITLE)
    return;

  if (annals_month_dialect_is_any (&self->dialect))
    {
      plain = annals_month_dialect_dup_plain (&self->dialect, text, length, NULL);
      length = strlen (plain);
    }

  switch (annals_month_line_read (plain ? plain : text, length, self->settings, &kind->byline))
    {
    case ANNALS_MONTH_LINE_BYLINE:
      kind->kind = ANNALS_MONTH_KIND_BYLINE;
      break;

    case ANNALS_MONTH_LINE_DAY:
      kind->kind =
          is_day_byline (self, kind->byline) ? ANNALS_MONTH_KIND_DAY : ANNALS_MONTH_KIND_TEXT;
      break;

    case ANNALS_MONTH_LINE_NAME:
      kind->kind = ANNALS_MONTH_KIND_NAME;
      break;

    case ANNALS_MONTH_LINE_FILING:
      kind->kind = ANNALS_MONTH_KIND_FILING;
      break;

    case ANNALS_MONTH_LINE_HEADING:
      kind->kind = ANNALS_MONTH_KIND_HEADING;
      break;

    case ANNALS_MONTH_LINE_CONTINUE:
      kind->continues = TRUE;
      kind->kind = ANNALS_MONTH_KIND_MAYBE_NAVIGATION;
      break;

    case ANNALS_MONTH_LINE_NAVIGATION:
      kind->kind = ANNALS_MONTH_KIND_MAYBE_NAVIGATION;
      break;

    case ANNALS_MONTH_LINE_SIDEBAR:
      kind->kind = ANNALS_MONTH_KIND_SIDEBAR;
      break;

    case ANNALS_MONTH_LINE_TEXT:
      break;
    }

  if (kind->kind == ANNALS_MONTH_KIND_TEXT && self->titles == ANNALS_MONTH_TITLES_BY_MARK &&
      annals_month_dialect_get_level (text) == self->mark_level)
    kind->kind = ANNALS_MONTH_KIND_MARK;
}

static gboolean
is_bare_heading (AnnalsMonthPage *self)
{
  g_autofree char *words = annals_month_page_dup_plain (self, g_ptr_array_index (self->block, 0));
  g_autoptr(AnnalsDate) month = annals_month_line_month (words);

  return month != NULL;
}

/* Where a day or a name alone can be a byline: at the block's beginning, under its first line, or
 * beside the other half. */
static void
settle_halves (AnnalsMonthPage *self,
               GArray          *kinds)
{
  for (guint i = 0; i < kinds->len; i++)
    {
      AnnalsMonthKind *kind = &g_array_index (kinds, AnnalsMonthKind, i);
      AnnalsMonthKindOf before = i > 0 ? g_array_index (kinds, AnnalsMonthKind, i - 1).kind
                                       : ANNALS_MONTH_KIND_NAVIGATION;
      AnnalsMonthKindOf behind = i + 1 < kinds->len
                                     ? g_array_index (kinds, AnnalsMonthKind, i + 1).kind
                                     : ANNALS_MONTH_KIND_NAVIGATION;
      gboolean beside = before == ANNALS_MONTH_KIND_DAY || before == ANNALS_MONTH_KIND_NAME ||
                        before == ANNALS_MONTH_KIND_BYLINE;

      if (kind->kind == ANNALS_MONTH_KIND_DAY && i > 1 && !beside)
        kind->kind = ANNALS_MONTH_KIND_TEXT;
      if (kind->kind == ANNALS_MONTH_KIND_NAME && !beside &&
          !(i <= 1 &&
               (behind == ANNALS_MONTH_KIND_DAY || behind == ANNALS_MONTH_KIND_BYLINE ||
                   (self->days && kinds->len <= 2))) &&
          !(i == 0 && self->post && self->post->half && self->post->body->len == 0 &&
               !self->held))
        kind->kind = ANNALS_MONTH_KIND_TEXT;
    }
}

/* A heading by its marks, which ends the text before it without a blank line */
gboolean
annals_month_page_is_marked (AnnalsMonthPage  *self,
                             const AnnalsLine *line)
{
  return (self->dialect.stars && annals_month_dialect_is_starred (line->text)) ||
         (self->dialect.marks && annals_month_dialect_get_level (line->text) > 0);
}

/* A heading stands at a block's beginning; navigation stands beside an end of the block or other
 * furniture, never amid text, where it could be a sentence's middle. */
static void
settle_furniture (AnnalsMonthPage *self,
                  GArray          *kinds)
{
  for (guint i = 0; i < kinds->len; i++)
    {
      AnnalsMonthKind *kind = &g_array_index (kinds, AnnalsMonthKind, i);
      gboolean fresh =
          i == 0 || annals_month_page_is_marked (self, g_ptr_array_index (self->block, i));
      AnnalsMonthKindOf before = fresh ? ANNALS_MONTH_KIND_NAVIGATION
                                       : g_array_index (kinds, AnnalsMonthKind, i - 1).kind;

      if ((kind->kind == ANNALS_MONTH_KIND_HEADING || kind->kind == ANNALS_MONTH_KIND_SIDEBAR) &&
          before == ANNALS_MONTH_KIND_TEXT)
        kind->kind = ANNALS_MONTH_KIND_TEXT;
      if (kind->kind == ANNALS_MONTH_KIND_MAYBE_NAVIGATION && before != ANNALS_MONTH_KIND_TEXT &&
          before != ANNALS_MONTH_KIND_MAYBE_NAVIGATION)
        kind->kind = ANNALS_MONTH_KIND_NAVIGATION;
    }

  for (guint i = kinds->len; i-- > 0;)
    {
      AnnalsMonthKind *kind = &g_array_index (kinds, AnnalsMonthKind, i);

      if (kind->kind == ANNALS_MONTH_KIND_MAYBE_NAVIGATION)
        kind->kind = i + 1 == kinds->len ||
                             g_array_index (kinds, AnnalsMonthKind, i + 1).kind
                                    != ANNALS_MONTH_KIND_TEXT
                         ? ANNALS_MONTH_KIND_NAVIGATION
                         : ANNALS_MONTH_KIND_TEXT;
    }
}

/* Whether the program that broke the page into lines can have broken @line: it stops before a list
 * or a link ends. */
static gboolean
is_broken (AnnalsMonthPage  *self,
           const AnnalsLine *line,
           AnnalsMonthKindOf          kind)
{
  const char *open = strrchr (line->text, '[');

  if (line->n_bytes == 0 || line->n_bytes > ANNALS_MONTH_MAX_BROKEN)
    return FALSE;

  if (self->dialect.marks && open && !strchr (open, ')'))
    return TRUE;

  return strchr (line->text, '|') &&
         (kind == ANNALS_MONTH_KIND_TEXT || strchr (",|", line->text[line->n_bytes - 1]));
}

/* "Posted in Works | Leave a" and "comment" */
static void
join_broken (AnnalsMonthPage *self,
             GArray          *kinds)
{
  for (guint i = 0; i + 1 < kinds->len; i++)
    {
      AnnalsMonthKind *kind = &g_array_index (kinds, AnnalsMonthKind, i);
      AnnalsMonthKind *next = &g_array_index (kinds, AnnalsMonthKind, i + 1);
      const AnnalsLine *line = g_ptr_array_index (self->block, i);
      const AnnalsLine *behind = g_ptr_array_index (self->block, i + 1);
      g_autofree char *joined = NULL;
      g_autofree char *plain = NULL;
      g_autoptr(AnnalsByline) byline = NULL;
      AnnalsMonthLineKind joined_kind;

      if (next->kind != ANNALS_MONTH_KIND_TEXT || behind->n_bytes > ANNALS_MONTH_MAX_BROKEN ||
          !is_broken (self, line, kind->kind))
        continue;

      joined = g_strconcat (line->text, " ", behind->text + strspn (behind->text, " \t"), NULL);
      plain = annals_month_dialect_dup_plain (&self->dialect, joined, strlen (joined), NULL);
      joined_kind = annals_month_line_read (plain, strlen (plain), self->settings, &byline);
      if (joined_kind != ANNALS_MONTH_LINE_FILING && joined_kind != ANNALS_MONTH_LINE_BYLINE)
        continue;

      g_clear_pointer (&kind->byline, annals_byline_free);
      kind->byline = g_steal_pointer (&byline);
      kind->kind = joined_kind == ANNALS_MONTH_LINE_FILING ? ANNALS_MONTH_KIND_FILING
                                                           : ANNALS_MONTH_KIND_BYLINE;
      next->kind = ANNALS_MONTH_KIND_FILING;
    }
}

GArray *
annals_month_page_dup_kinds (AnnalsMonthPage *self)
{
  GPtrArray *block = self->block;
  GArray *kinds = g_array_sized_new (FALSE, TRUE, sizeof (AnnalsMonthKind), block->len);
  AnnalsMonthKind *first;

  g_array_set_clear_func (kinds, kind_clear);
  g_array_set_size (kinds, block->len);
  for (guint i = 0; i < block->len; i++)
    kind_of_line (self, g_ptr_array_index (block, i), &g_array_index (kinds, AnnalsMonthKind, i));

  join_broken (self, kinds);
  settle_halves (self, kinds);
  settle_furniture (self, kinds);

  /* "March 2020" alone is a heading only where a page begins, and then also further down */
  first = &g_array_index (kinds, AnnalsMonthKind, 0);
  if (block->len == 1 && first->kind == ANNALS_MONTH_KIND_TEXT && !self->aside &&
      (!self->begun || self->bare || (!self->post && !self->month)) && is_bare_heading (self))
    first->kind = ANNALS_MONTH_KIND_HEADING;

  return kinds;
}
