/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-month-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* One heading like a sidebar's can be a post's own; so many lines that only sidebars have are not.
 */
#define MIN_SIGNS 2
/* A longer line is no entry of a list. */
#define MAX_ENTRY 120
/* What is no sidebar until then is text. */
#define MAX_BYTES (64 * 1024)

void
annals_month_aside_free (AnnalsMonthAside *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->segments);
  g_free (self);
}

/* "March 2020", "* March 2020 (12)" */
static gboolean
is_month_entry (const char *line,
                gsize       length)
{
  g_autoptr(AnnalsDate) month = NULL;
  gsize used;

  while (length > 0 && (strchr (" *+-", *line) || (guchar) *line == 0xe2))
    {
      gsize n = (guchar) *line == 0xe2 ? 3 : 1;

      if (n > length)
        return FALSE;
      line += n;
      length -= n;
    }

  if (length > 60 || length < 6)
    return FALSE;

  month = annals_stamp_parse_prefix (line, (gssize) length, NULL, NULL, &used, NULL);

  return month && annals_date_get_precision (month) == ANNALS_DATE_MONTH &&
         strspn (line + used, " ()0123456789") >= length - used;
}

/* @signs (out): lines that only a sidebar has; FALSE when it has a line that none has. */
static gboolean
is_list (AnnalsMonthPage          *self,
         const AnnalsMonthSegment *segment,
         guint                    *signs)
{
  *signs = 0;

  for (guint i = 0; i < segment->lines->len; i++)
    {
      const AnnalsLine *line = g_ptr_array_index (segment->lines, i);
      g_autofree char *plain = annals_month_page_dup_plain (self, line);
      g_autoptr(AnnalsByline) byline = NULL;
      AnnalsMonthLineKind kind;
      const char *entry = plain + strspn (plain, " *+-");
      gsize length = strlen (entry);

      if (length > MAX_ENTRY || line->continues)
        return FALSE;

      kind = annals_month_line_read (entry, length, NULL, &byline);
      *signs += kind == ANNALS_MONTH_LINE_SIDEBAR || kind == ANNALS_MONTH_LINE_NAVIGATION ||
                is_month_entry (entry, length);
    }

  return TRUE;
}

gboolean
annals_month_page_in_sidebar (AnnalsMonthPage *self)
{
  return self->aside && self->aside->n_signs >= MIN_SIGNS;
}

/* Of what is a sidebar for sure only the last block is kept: it may be a title. */
static void
settle (AnnalsMonthPage *self,
        guint            keep)
{
  AnnalsMonthAside *aside = self->aside;

  if (aside->segments->len <= keep)
    return;

  for (guint i = 0; i < aside->segments->len - keep; i++)
    annals_month_page_account_segment (self, g_ptr_array_index (aside->segments, i),
                                       ANNALS_ACCOUNT_NAVIGATION);
  g_ptr_array_remove_range (aside->segments, 0, aside->segments->len - keep);
}

gboolean
annals_month_page_take_aside (AnnalsMonthPage    *self,
                              AnnalsMonthSegment *segment)
{
  AnnalsMonthAside *aside;
  gboolean list;
  guint signs;

  if (!segment->sidebar && !self->aside)
    return FALSE;

  list = is_list (self, segment, &signs);

  if (!list && annals_month_page_in_sidebar (self))
    {
      settle (self, 0);
      annals_month_page_report (self, segment, ANNALS_SEVERITY_NOTE,
                                _ ("This text stands beside the posts"));
      annals_month_segment_free (segment);
      return TRUE;
    }

  if (!list ||
      (self->aside && self->aside->n_bytes > MAX_BYTES && !annals_month_page_in_sidebar (self)))
    {
      annals_month_page_end_aside (self);
      return FALSE;
    }

  if (self->aside == NULL)
    {
      self->aside = g_new0 (AnnalsMonthAside, 1);
      self->aside->segments =
          g_ptr_array_new_with_free_func ((GDestroyNotify)annals_month_segment_free);
    }

  aside = self->aside;
  aside->n_signs += signs;
  for (guint i = 0; i < segment->lines->len; i++)
    aside->n_bytes += ((AnnalsLine *) g_ptr_array_index (segment->lines, i))->n_bytes;
  g_ptr_array_add (aside->segments, segment);

  if (annals_month_page_in_sidebar (self))
    settle (self, 1);

  return TRUE;
}

void
annals_month_page_end_aside (AnnalsMonthPage *self)
{
  AnnalsMonthAside *aside = self->aside;

  if (aside == NULL)
    return;

  if (annals_month_page_in_sidebar (self))
    settle (self, 0);

  self->aside = NULL;
  for (guint i = 0; i < aside->segments->len; i++)
    annals_month_page_take_text (self, g_steal_pointer (&aside->segments->pdata[i]));

  annals_month_aside_free (aside);
}

AnnalsMonthSegment *
annals_month_page_cut_aside (AnnalsMonthPage *self)
{
  GPtrArray *segments = self->aside ? self->aside->segments : NULL;
  AnnalsMonthSegment *last;

  if (segments == NULL || segments->len == 0)
    return NULL;

  last = g_ptr_array_index (segments, segments->len - 1);
  if (last->sidebar || !annals_month_page_can_be_title (self, last))
    return NULL;

  return g_ptr_array_steal_index (segments, segments->len - 1);
}

/* "   12. https://example.org/" */
static gboolean
is_address (const AnnalsLine *line)
{
  const char *at = line->text + strspn (line->text, " \t");
  gsize digits = strspn (at, "0123456789");

  if (digits == 0 || digits > 6 || at[digits] != '.')
    return FALSE;

  at += digits + 1;
  at += strspn (at, " ");

  return strstr (at, "://") || g_str_has_prefix (at, "mailto:") || g_str_has_prefix (at, "file:") ||
         g_str_has_prefix (at, "javascript:");
}

static gboolean
is_label (const AnnalsLine *line)
{
  g_autofree char *words = g_strstrip (g_strndup (line->text, MIN (line->n_bytes, 40)));

  return g_str_equal (words, "References") || g_str_equal (words, "Visible links") ||
         g_str_equal (words, "Visible links:") || g_str_equal (words, "Hidden links:") ||
         g_str_equal (words, "Links:");
}

static void
report_references (AnnalsMonthPage    *self,
                   AnnalsMonthSegment *segment)
{
  annals_month_page_report (self, segment, ANNALS_SEVERITY_NOTE,
                            _("These are the addresses that the page’s numbered links lead to"));
  annals_month_segment_free (segment);
}

gboolean
annals_month_page_take_references (AnnalsMonthPage    *self,
                                   AnnalsMonthSegment *segment)
{
  const AnnalsLine *first = g_ptr_array_index (segment->lines, 0);
  gboolean label;

  if (!self->dialect.refs)
    return FALSE;

  label = is_label (first);
  if (label && segment->lines->len > 1 && is_address (g_ptr_array_index (segment->lines, 1)))
    {
      self->in_references = TRUE;
      report_references (self, segment);
      return TRUE;
    }

  if (label && segment->lines->len == 1)
    {
      if (self->references)
        report_references (self, g_steal_pointer (&self->references));
      self->references = segment;
      return TRUE;
    }

  if ((self->references || self->in_references) && is_address (first))
    {
      self->in_references = TRUE;
      if (self->references)
        report_references (self, g_steal_pointer (&self->references));
      report_references (self, segment);
      return TRUE;
    }

  annals_month_page_end_references (self);

  return FALSE;
}

void
annals_month_page_end_references (AnnalsMonthPage *self)
{
  if (self->references && self->in_references)
    report_references (self, g_steal_pointer (&self->references));
  else if (self->references)
    annals_month_page_take_text (self, g_steal_pointer (&self->references));

  self->in_references = FALSE;
}
