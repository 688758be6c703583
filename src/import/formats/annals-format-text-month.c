/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-format.h"
#include "annals-limits.h"

#include "annals-month-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A month page of a blog saved or copied as plain text:
 *
 *     Monthly Archives: March 2020
 *
 *     Title
 *
 *     Posted on March 3, 2020 by Name
 *
 *     Paragraphs, blank lines between them
 *
 *     [Source]
 *
 * A block is a run of lines without a blank one. Whether a block is a title shows only when its
 * byline follows, so the last block is always held back. Themes put the byline above the title or
 * under the whole post, too; a page that has lost even its bylines is read by its titles' dates
 * ("Title (3 March, 2020)"), by the marks of its headings or by its wider gaps. Which it is, the
 * page's beginning decides.
 */

/* "3/4/2020" in a page of March 2020 is a day of March. */
static void
settle_day (AnnalsMonthPage *self,
            AnnalsByline    *byline)
{
  static const char *const languages[] = { "en-US", "en-GB" };
  gint64 from, to, at;

  if (byline->doubt != ANNALS_STAMP_AMBIGUOUS || !self->month ||
      !annals_date_get_from (self->month, &from) || !annals_date_get_to (self->month, &to))
    return;

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autoptr (AnnalsDate) date =
          annals_stamp_parse (byline->unread, languages[i], self->settings->zone, NULL);

      if (date && annals_date_get_from (date, &at) && at >= from && at < to)
        {
          g_clear_pointer (&byline->date, annals_date_unref);
          byline->date = g_steal_pointer (&date);
          g_clear_pointer (&byline->unread, g_free);
          byline->doubt = ANNALS_STAMP_CLEAR;
          return;
        }
    }
}

static void
report_day (AnnalsMonthPage    *self,
            const AnnalsLine   *line,
            const AnnalsByline *byline)
{
  char *reason = byline->date
                     ? annals_stamp_dup_reason (byline->doubt, byline->unread)
                     : g_strdup_printf (_ ("The date “%s” was not understood"), byline->unread);

  annals_format_reader_take_issue (self->reader, ANNALS_SEVERITY_WARNING, ANNALS_ISSUE_DATE,
                                   annals_month_page_place (self, line->number), reason,
                                   line->text);
}

/* A day and a name on lines of their own make one byline. */
static gboolean
joins_byline (AnnalsMonthPage    *self,
              const AnnalsMonthKind         *kind,
              AnnalsMonthSegment *before)
{
  const AnnalsMonthPost *post = self->post;
  gboolean half = kind->kind == ANNALS_MONTH_KIND_DAY || kind->kind == ANNALS_MONTH_KIND_NAME;

  if (post == NULL || before || self->held || self->aside || post->body->len > 0 || post->tail ||
      !(post->half || half))
    return FALSE;

  return !(post->date && kind->byline->date) && !(post->author && kind->byline->author);
}

/* Flushes what stands before a byline that no title stands above. */
static void
take_before (AnnalsMonthPage    *self,
             AnnalsMonthSegment *before)
{
  annals_month_page_take_text (self, g_steal_pointer (&self->held));
  annals_month_page_end_aside (self);
  annals_month_page_take_text (self, before);
}

static void
open_post (AnnalsMonthPage    *self,
           const AnnalsLine   *line,
           AnnalsMonthSegment *before)
{
  AnnalsMonthSegment *title;

  if (self->titles == ANNALS_MONTH_TITLES_UNDER_BYLINES)
    {
      take_before (self, before);
      annals_month_page_begin_post (self, NULL, line->number);
      self->expect_title = TRUE;
      return;
    }

  if (before != NULL)
    {
      annals_month_page_take_text (self, g_steal_pointer (&self->held));
      annals_month_page_end_aside (self);
      annals_month_page_begin_post (self, before, line->number);
      return;
    }

  title = self->aside ? annals_month_page_cut_aside (self) : g_steal_pointer (&self->held);
  annals_month_page_end_aside (self);
  annals_month_page_begin_post (self, title, line->number);
}

/* Takes @before (nullable), what stands before the byline in its block. */
static void
take_byline (AnnalsMonthPage    *self,
             const AnnalsLine   *line,
             AnnalsMonthKind               *kind,
             AnnalsMonthSegment *before)
{
  AnnalsByline *byline = kind->byline;
  gboolean behind = self->titles == ANNALS_MONTH_TITLES_BEHIND_BYLINES;

  annals_month_page_account (self, line, ANNALS_ACCOUNT_BYLINE);
  settle_day (self, byline);

  if (behind && !self->expect_title)
    {
      take_before (self, before);
      if (self->post == NULL)
        annals_month_page_begin_post (self, NULL, line->number);
    }
  else if (joins_byline (self, kind, before))
    {
      self->post->half = TRUE;
    }
  else
    {
      open_post (self, line, before);
      self->post->half =
          kind->kind == ANNALS_MONTH_KIND_DAY || kind->kind == ANNALS_MONTH_KIND_NAME;
      behind = FALSE;
    }

  annals_month_post_take_byline (self->post, byline);
  if (byline->unread != NULL)
    report_day (self, line, byline);

  if (behind)
    {
      annals_month_page_finish_post (self);
      self->expect_title = TRUE;
    }
}

/* "Posted in …" under a post; before the first one it is text like any other. @byline is NULL for
 * the second half of a broken one. */
static gboolean
take_filing (AnnalsMonthPage *self,
             AnnalsLine      *line,
             AnnalsByline    *byline)
{
  if (self->post == NULL)
    return FALSE;

  if (byline)
    annals_month_post_take_byline (self->post, byline);
  annals_month_page_account (self, line, ANNALS_ACCOUNT_BYLINE);

  return TRUE;
}

static void
take_heading (AnnalsMonthPage *self,
              AnnalsLine      *line)
{
  g_autofree char *words = annals_month_page_dup_plain (self, line);

  annals_month_page_take_text (self, g_steal_pointer (&self->held));
  annals_month_page_end_aside (self);
  annals_month_page_end_references (self);
  annals_month_page_finish_post (self);

  g_clear_pointer (&self->month, annals_date_unref);
  self->month = annals_month_line_heading (words);
  if (self->month == NULL)
    {
      self->month = annals_month_line_month (words);
      self->bare = TRUE;
    }

  self->after_heading = TRUE;
  self->expect_title = self->titles == ANNALS_MONTH_TITLES_BEHIND_BYLINES;
  annals_month_page_account (self, line, ANNALS_ACCOUNT_HEADING);
}

static void
take_pending (AnnalsMonthPage *self)
{
  AnnalsLine *line = g_steal_pointer (&self->pending);

  if (line == NULL)
    return;

  take_heading (self, line);
  annals_line_free (line);
}

/* A block that begins a post in a page without bylines */
static gboolean
begins_by_itself (AnnalsMonthPage    *self,
                  AnnalsMonthSegment *segment)
{
  const AnnalsLine *line = g_ptr_array_index (segment->lines, 0);
  gboolean apart = self->after_heading || self->gap >= 2;
  g_autoptr(AnnalsDate) date = NULL;

  if (segment->lines->len != 1 || line->n_bytes > ANNALS_MONTH_MAX_TITLE || line->continues)
    return FALSE;

  switch (self->titles)
    {
    case ANNALS_MONTH_TITLES_ABOVE_BYLINES:
    case ANNALS_MONTH_TITLES_UNDER_BYLINES:
    case ANNALS_MONTH_TITLES_BEHIND_BYLINES:
    case ANNALS_MONTH_TITLES_BY_MARK:
      return FALSE;

    case ANNALS_MONTH_TITLES_BY_DATE:
      date = apart || self->post == NULL
                 ? annals_month_line_dated_title (line->text, line->n_bytes, self->settings)
                 : NULL;
      return date != NULL;

    case ANNALS_MONTH_TITLES_BY_GAP:
      return apart && !annals_month_page_in_sidebar (self);

    case ANNALS_MONTH_TITLES_BY_HEADING:
      return self->after_heading;
    }

  g_assert_not_reached ();
}

/* A title that its byline, which stands elsewhere, lets expect */
static gboolean
take_expected_title (AnnalsMonthPage    *self,
                     AnnalsMonthSegment *segment)
{
  const AnnalsLine *first = g_ptr_array_index (segment->lines, 0);
  gboolean under = self->titles == ANNALS_MONTH_TITLES_UNDER_BYLINES;

  if (!self->expect_title)
    return FALSE;

  self->expect_title = FALSE;
  if (segment->sidebar || !annals_month_page_can_be_title (self, segment))
    {
      if (!under && !segment->sidebar)
        annals_month_page_begin_post (self, NULL, first->number);
      return FALSE;
    }

  if (under)
    annals_month_page_set_title (self, segment);
  else
    annals_month_page_begin_post (self, segment, first->number);

  return TRUE;
}

static void
take_segment (AnnalsMonthPage    *self,
              AnnalsMonthSegment *segment)
{
  annals_month_page_take_text (self, g_steal_pointer (&self->held));

  if (annals_month_page_take_references (self, segment) || take_expected_title (self, segment))
    {
      self->after_heading = FALSE;
      return;
    }

  if (!segment->sidebar && begins_by_itself (self, segment))
    {
      const AnnalsLine *line = g_ptr_array_index (segment->lines, 0);
      g_autoptr (AnnalsDate) date =
          annals_month_line_dated_title (line->text, line->n_bytes, self->settings);

      annals_month_page_end_aside (self);
      annals_month_page_begin_post (self, segment, line->number);
      self->post->date = g_steal_pointer (&date);
    }
  else if (!annals_month_page_take_aside (self, segment))
    {
      self->held = segment;
    }

  self->after_heading = FALSE;
}

/* "Monthly Archives: March 2020" can be a post's own title, which shows in the byline under it; so
 * can "March 2020". */
static gboolean
may_be_title (AnnalsMonthPage  *self,
              const AnnalsLine *line)
{
  g_autofree char *words = NULL;
  g_autoptr(AnnalsDate) labelled = NULL;

  if (self->titles != ANNALS_MONTH_TITLES_ABOVE_BYLINES)
    return FALSE;
  if (self->month != NULL)
    return TRUE;

  words = annals_month_page_dup_plain (self, line);
  labelled = annals_month_line_heading (words);

  return labelled == NULL;
}

/* What a block whose first line is of @kind makes of a heading that stood before it */
static AnnalsMonthSegment *
settle_pending (AnnalsMonthPage *self,
                const AnnalsMonthKind      *kind)
{
  AnnalsMonthSegment *title;

  if (self->pending == NULL)
    return NULL;

  if (kind->kind != ANNALS_MONTH_KIND_BYLINE && kind->kind != ANNALS_MONTH_KIND_DAY)
    {
      take_pending (self);
      return NULL;
    }

  title = annals_month_segment_new ("\n\n");
  g_ptr_array_add (title->lines, g_steal_pointer (&self->pending));

  return title;
}

/* Takes a line that is no text; FALSE when it is text after all. @segment: the block's text before
 * it */
static gboolean
take_line (AnnalsMonthPage     *self,
           GArray              *kinds,
           guint                index,
           AnnalsMonthSegment **segment)
{
  AnnalsLine *line = g_ptr_array_index (self->block, index);
  AnnalsMonthKind *kind = &g_array_index (kinds, AnnalsMonthKind, index);

  switch (kind->kind)
    {
    case ANNALS_MONTH_KIND_BYLINE:
    case ANNALS_MONTH_KIND_DAY:
    case ANNALS_MONTH_KIND_NAME:
      take_byline (self, line, kind, g_steal_pointer (segment));
      break;

    case ANNALS_MONTH_KIND_FILING:
      if (!take_filing (self, line, kind->byline))
        return FALSE;
      break;

    case ANNALS_MONTH_KIND_HEADING:
      if (may_be_title (self, line))
        {
          if (index + 1 < kinds->len &&
              g_array_index (kinds, AnnalsMonthKind, index + 1).kind == ANNALS_MONTH_KIND_BYLINE)
            return FALSE;
          if (index + 1 < kinds->len)
            {
              take_heading (self, line);
              break;
            }
          self->pending = line;
          return TRUE;
        }
      take_heading (self, line);
      break;

    case ANNALS_MONTH_KIND_NAVIGATION:
      if (kind->continues && self->post)
        self->post->teaser = TRUE;
      annals_month_page_account (self, line, ANNALS_ACCOUNT_NAVIGATION);
      break;

    case ANNALS_MONTH_KIND_MARK:
      {
        AnnalsMonthSegment *title = annals_month_segment_new ("\n\n");

        g_ptr_array_add (title->lines, line);
        annals_month_page_take_text (self, g_steal_pointer (&self->held));
        annals_month_page_end_aside (self);
        annals_month_page_end_references (self);
        annals_month_page_begin_post (self, title, line->number);
        return TRUE;
      }

    case ANNALS_MONTH_KIND_TEXT:
    case ANNALS_MONTH_KIND_MAYBE_NAVIGATION:
    case ANNALS_MONTH_KIND_SIDEBAR:
      return FALSE;
    }

  annals_line_free (line);

  return TRUE;
}

/* Takes the lines of the block apart. @cut: more of it will come. */
static void
process_block (AnnalsMonthPage *self,
               gboolean         cut)
{
  g_autoptr(GArray) kinds = annals_month_page_dup_kinds (self);
  AnnalsMonthSegment *segment = settle_pending (self, &g_array_index (kinds, AnnalsMonthKind, 0));

  for (guint i = 0; i < self->block->len; i++)
    {
      AnnalsLine *line = g_ptr_array_index (self->block, i);
      AnnalsMonthKindOf kind = g_array_index (kinds, AnnalsMonthKind, i).kind;

      /* text before a heading, a filing or navigation is complete; before a byline it is the title
       */
      if (segment != NULL && kind != ANNALS_MONTH_KIND_TEXT && kind != ANNALS_MONTH_KIND_BYLINE &&
          kind != ANNALS_MONTH_KIND_DAY && kind != ANNALS_MONTH_KIND_NAME)
        take_segment (self, g_steal_pointer (&segment));

      if (kind != ANNALS_MONTH_KIND_TEXT && take_line (self, kinds, i, &segment))
        continue;

      if (segment != NULL && annals_month_page_is_marked (self, line))
        take_segment (self, g_steal_pointer (&segment));

      if (segment == NULL)
        {
          segment = annals_month_segment_new (line->continues               ? ""
                                              : self->block_cut && i == 0 ? "\n"
                                                                          : "\n\n");
          segment->sidebar = kind == ANNALS_MONTH_KIND_SIDEBAR;
        }
      g_ptr_array_add (segment->lines, line);
    }

  g_ptr_array_set_size (self->block, 0);
  self->block_bytes = 0;
  self->block_cut = cut;
  self->begun = TRUE;

  if (segment != NULL)
    take_segment (self, segment);
}

static guint
text_month_sniff (const AnnalsSniff *sniff)
{
  AnnalsMonthSurvey survey;
  const char *at = sniff->text;
  guint n_clear;

  while (g_unichar_isspace (g_utf8_get_char (at)))
    at = g_utf8_next_char (at);

  /* a web page or a feed may quote a month page */
  if (*at == '<' || *at == '{' || *at == '\0')
    return 0;

  annals_month_survey_text (&survey, sniff->text);
  n_clear = survey.n_bylines + survey.n_dated;

  /* a letter may quote one as well */
  if (survey.mail)
    return 0;
  if (survey.n_headings > 0)
    return n_clear + survey.n_days > 0 ? 90 : 70;
  if (survey.bare_month && n_clear + survey.n_days > 0)
    return 80;

  /* a document of its own can tell when it was posted */
  if (g_str_has_prefix (at, "---\n") || g_str_has_prefix (at, "---\r\n") ||
      g_str_has_prefix (at, "+++\n"))
    return survey.n_bylines > 1 ? 30 : 0;
  if (survey.n_bylines > 1 || survey.n_words > 0)
    return 60;

  return survey.n_dated > 1 ? 40 : survey.n_bylines > 0 ? 20 : 0;
}

/* Which level of marked headings is the posts': the one with the most of them, the higher of two.
 */
static guint
find_mark_level (const AnnalsMonthSurvey *survey)
{
  guint best = 0;

  for (guint i = 1; i < G_N_ELEMENTS (survey->n_marked); i++)
    if (survey->n_marked[i] > survey->n_marked[best])
      best = i;

  return best;
}

static AnnalsMonthTitles
choose_titles (AnnalsMonthPage         *self,
               const AnnalsMonthSurvey *survey)
{
  guint n_bylines = survey->n_bylines;

  self->joined = survey->n_joined * 2 > survey->n_bylines;

  /* days alone only in a page that says that it is a month's */
  if (n_bylines == 0 && survey->n_days > 0 && survey->n_dated == 0 &&
      (survey->n_headings > 0 || survey->bare_month) && survey->n_under + survey->n_above > 0)
    {
      self->days = TRUE;
      n_bylines = survey->n_days;
    }

  if (n_bylines > 0)
    {
      if (survey->n_full * 2 > survey->n_bylines && !survey->first_under_heading)
        return ANNALS_MONTH_TITLES_BEHIND_BYLINES;
      if (survey->first_under_heading && survey->n_above > survey->n_under)
        return ANNALS_MONTH_TITLES_UNDER_BYLINES;
      return ANNALS_MONTH_TITLES_ABOVE_BYLINES;
    }

  if (survey->n_dated > 0)
    return ANNALS_MONTH_TITLES_BY_DATE;

  if ((self->mark_level = find_mark_level (survey)) > 0)
    return ANNALS_MONTH_TITLES_BY_MARK;

  return survey->n_narrow_gaps > 0 && survey->n_wide_gaps > 0 ? ANNALS_MONTH_TITLES_BY_GAP
                                                              : ANNALS_MONTH_TITLES_BY_HEADING;
}

static gpointer
text_month_open (AnnalsFormatReader *reader)
{
  AnnalsMonthPage *self = g_new0 (AnnalsMonthPage, 1);
  AnnalsImportInput *input = annals_format_reader_get_input (reader);
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(AnnalsDecoder) decoder = NULL;
  AnnalsMonthSurvey survey;
  gsize length, bom;
  const guint8 *head = annals_import_input_get_head (input, &length);

  self->reader = reader;
  self->settings = annals_format_reader_get_settings (reader);
  self->lines = annals_line_reader_new (input, annals_format_reader_get_decoder (reader));
  self->block = g_ptr_array_new ();

  decoder = annals_decoder_new_for_head (head, length);
  bom = annals_decoder_get_bom_length (decoder);
  annals_decoder_push (decoder, head + bom, length - bom, FALSE, text);
  annals_month_survey_text (&survey, text->str);

  self->dialect = survey.dialect;
  self->titles = choose_titles (self, &survey);
  self->expect_title = self->titles == ANNALS_MONTH_TITLES_BEHIND_BYLINES && survey.n_headings == 0;

  if (annals_decoder_is_assumed (decoder))
    annals_format_reader_take_issue (reader, ANNALS_SEVERITY_NOTE, ANNALS_ISSUE_CHARACTERS,
                                     g_strdup (annals_format_reader_get_name (reader)),
                                     g_strdup_printf (_("The file does not say in which characters it is written; "
                                                        "%s was assumed"),
                                                      annals_decoder_get_charset (decoder)),
                                     NULL);

  return self;
}

static void
report_repairs (AnnalsMonthPage *self)
{
  guint64 n = annals_decoder_get_n_repaired (annals_format_reader_get_decoder (self->reader));
  guint line = annals_line_reader_get_first_repaired (self->lines);

  if (n == 0)
    return;

  annals_format_reader_take_issue (self->reader, ANNALS_SEVERITY_WARNING, ANNALS_ISSUE_CHARACTERS,
                            annals_month_page_place (self, line),
                            g_strdup_printf (ngettext ("%u byte that is no text was replaced",
                                                       "%u bytes that are no text were replaced, "
                                                       "the first of them here",
                                                       (gulong) MIN (n, G_MAXUINT)),
                                             (guint) MIN (n, G_MAXUINT)),
                            NULL);
}

static void
text_month_end (AnnalsMonthPage *self)
{
  if (self->block->len > 0)
    process_block (self, FALSE);

  take_pending (self);
  annals_month_page_take_text (self, g_steal_pointer (&self->held));
  annals_month_page_end_aside (self);
  annals_month_page_end_references (self);
  annals_month_page_finish_post (self);
  report_repairs (self);
}

/* Reads up to the end of one block. */
static gboolean
text_month_step (gpointer       state,
                 gboolean      *at_end,
                 GCancellable  *cancellable,
                 GError       **error)
{
  AnnalsMonthPage *self = state;

  while (TRUE)
    {
      AnnalsLine *line;

      if (!annals_line_reader_next (self->lines, &line, cancellable, error))
        return FALSE;

      if (line == NULL)
        {
          text_month_end (self);
          *at_end = TRUE;
          return TRUE;
        }

      if (line->blank && !line->continues)
        {
          gboolean complete = self->block->len > 0;

          annals_month_page_account (self, line, ANNALS_ACCOUNT_BLANK);
          annals_line_free (line);

          if (complete)
            {
              process_block (self, FALSE);
              self->gap = 0;
            }
          self->gap++;
          self->block_cut = FALSE;

          if (complete)
            return TRUE;
          continue;
        }

      g_ptr_array_add (self->block, line);
      self->block_bytes += line->n_bytes;

      if (self->block_bytes > ANNALS_LIMIT_MONTH_BLOCK)
        {
          process_block (self, TRUE);
          return TRUE;
        }
    }
}

static void
text_month_close (gpointer state)
{
  AnnalsMonthPage *self = state;

  for (guint i = 0; i < self->block->len; i++)
    annals_line_free (g_ptr_array_index (self->block, i));

  g_ptr_array_unref (self->block);
  annals_line_free (self->pending);
  annals_month_segment_free (self->held);
  annals_month_segment_free (self->references);
  annals_month_aside_free (self->aside);
  annals_month_post_free (self->post);
  g_clear_pointer (&self->month, annals_date_unref);
  annals_line_reader_free (self->lines);
  g_free (self);
}

const AnnalsFormat annals_format_text_month = {
  .id = "text-month",
  .label = N_("Month page as plain text"),
  .sniff = text_month_sniff,
  .open = text_month_open,
  .step = text_month_step,
  .close = text_month_close,
};
