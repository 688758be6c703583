/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-format.h"

#include "annals-line-reader.h"
#include "annals-month-lines.h"
#include "annals-month-survey.h"
#include "annals-month-words.h"

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
 * byline follows, so the last block is always held back. A page that has lost even its bylines is
 * read by its titles' dates ("Title (3 March, 2020)") or by its wider gaps; which of the three, its
 * beginning decides.
 */

#define MAX_TITLE 400
#define MAX_TITLE_LINES 4
/* A longer block is taken in pieces, so that memory stays bounded. */
#define MAX_BLOCK (1024 * 1024)
/* What is beyond this in one post becomes issues. */
#define MAX_BODY (32 * 1024 * 1024)
/* bytes of an issue's excerpt, so that the rows together hold all that was left out */
#define MAX_PIECE 3000

typedef enum
{
  TITLES_BY_BYLINE,
  TITLES_BY_DATE,
  TITLES_BY_GAP,
  TITLES_BY_HEADING,  /* as BY_GAP, but gaps say nothing: one post */
} Titles;

/* Lines of a block that belong together, and what joins them to the text before */
typedef struct
{
  GPtrArray  *lines;
  const char *join;
} Segment;

typedef enum
{
  LINE_TEXT,
  LINE_HEADING,
  LINE_BYLINE,
  LINE_FILING,
  LINE_MAYBE_NAVIGATION,
  LINE_NAVIGATION,
} LineKind;

typedef struct
{
  char       *title;     /* NULL when it has none */
  char       *author;
  AnnalsDate *date;
  GPtrArray  *tags;
  guint       line;
  GString    *body;
  Segment    *tail;      /* the last segment, not in the body yet: it may end with the source */
  gboolean    full;
} Post;

typedef struct
{
  AnnalsFormatReader     *reader;      /* borrowed */
  AnnalsLineReader *lines;
  Titles            titles;
  AnnalsDate       *month;       /* of the last heading; NULL before it */
  GPtrArray        *block;       /* of AnnalsLine: the block being read */
  gsize             block_bytes;
  gboolean          block_cut;   /* the block goes on what was cut off before */
  guint             gap;         /* blank lines before the block */
  gboolean          after_heading;
  gboolean          begun;       /* a block was read */
  Segment          *held;        /* the last one, which may be the next post's title */
  Post             *post;        /* NULL before the first title */
} TextMonth;

static void
segment_free (Segment *segment)
{
  if (segment == NULL)
    return;

  g_ptr_array_unref (segment->lines);
  g_free (segment);
}

static Segment *
segment_new (const char *join)
{
  Segment *segment = g_new0 (Segment, 1);

  segment->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_line_free);
  segment->join = join;

  return segment;
}

static void
post_free (Post *post)
{
  if (post == NULL)
    return;

  g_free (post->title);
  g_free (post->author);
  g_clear_pointer (&post->date, annals_date_unref);
  g_ptr_array_unref (post->tags);
  g_string_free (post->body, TRUE);
  segment_free (post->tail);
  g_free (post);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Segment, segment_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Post, post_free)

static char *
place_of (TextMonth *self,
          guint      line)
{
  return g_strdup_printf (_("%s, line %u"),
                          annals_import_input_get_name (
                            annals_format_reader_get_input (self->reader)),
                          line);
}

static void
account_line (TextMonth         *self,
              const AnnalsLine  *line,
              AnnalsAccountKind  kind)
{
  annals_format_reader_account (self->reader, line->offset, line->length, kind);
}

static void
account_segment (TextMonth         *self,
                 const Segment     *segment,
                 AnnalsAccountKind  kind)
{
  for (guint i = 0; i < segment->lines->len; i++)
    account_line (self, g_ptr_array_index (segment->lines, i), kind);
}

static void
append_lines (GString       *text,
              const Segment *segment)
{
  for (guint i = 0; i < segment->lines->len; i++)
    {
      const AnnalsLine *line = g_ptr_array_index (segment->lines, i);

      if (i > 0 && !line->continues)
        g_string_append_c (text, '\n');
      g_string_append_len (text, line->text, (gssize) line->n_bytes);
    }
}

/* Text that is in no post: it goes into the issues whole, in as many rows as it needs. */
static void
report_segment (TextMonth     *self,
                const Segment *segment,
                const char    *reason)
{
  g_autoptr(GString) text = g_string_new (NULL);
  const AnnalsLine *first = g_ptr_array_index (segment->lines, 0);
  const char *at;

  append_lines (text, segment);
  account_segment (self, segment, ANNALS_ACCOUNT_ISSUE);

  for (at = text->str; *at;)
    {
      g_autofree char *piece = NULL;
      gsize length = strlen (at);

      if (length > MAX_PIECE)
        length = (gsize) (g_utf8_find_prev_char (at, at + MAX_PIECE + 1) - at);

      piece = g_strndup (at, length);
      annals_format_reader_take_issue (self->reader, ANNALS_SEVERITY_WARNING, ANNALS_ISSUE_REMAINDER,
                                       place_of (self, first->number), g_strdup (reason), piece);
      at += length;
    }
}

/* Takes what is left when a line's end was looked at: into the body, or into the issues. */
static void
commit_tail (TextMonth *self)
{
  Post *post = self->post;
  g_autoptr(Segment) tail = g_steal_pointer (&post->tail);

  if (tail == NULL || tail->lines->len == 0)
    return;

  if (post->full || post->body->len > MAX_BODY)
    {
      post->full = TRUE;
      report_segment (self, tail, _("This is beyond the 32 MB of text that one post can have"));
      return;
    }

  if (post->body->len > 0)
    g_string_append (post->body, tail->join);
  append_lines (post->body, tail);
  account_segment (self, tail, ANNALS_ACCOUNT_BODY);
}

static void
take_text (TextMonth *self,
           Segment   *segment)
{
  if (segment == NULL)
    return;

  if (self->post == NULL)
    {
      report_segment (self, segment,
                      _("This text stands before the first title and is in no post"));
      segment_free (segment);
      return;
    }

  commit_tail (self);
  self->post->tail = segment;
}

/* The bracketed name alone on a post's last line is its source. */
static char *
take_source (TextMonth *self)
{
  Segment *tail = self->post->tail;
  const AnnalsLine *last;
  char *source;

  if (tail == NULL || tail->lines->len == 0)
    return NULL;

  last = g_ptr_array_index (tail->lines, tail->lines->len - 1);
  if (last->continues || !(source = annals_month_line_source (last->text)))
    return NULL;

  account_line (self, last, ANNALS_ACCOUNT_SOURCE);
  g_ptr_array_set_size (tail->lines, (int) tail->lines->len - 1);

  return source;
}

static void
note (TextMonth  *self,
      guint       line,
      const char *reason,
      const char *excerpt)
{
  annals_format_reader_take_issue (self->reader, ANNALS_SEVERITY_NOTE, ANNALS_ISSUE_OTHER, place_of (self, line),
                                   g_strdup (reason), excerpt);
}

static void
finish_post (TextMonth *self)
{
  g_autoptr(AnnalsDraft) draft = NULL;
  g_autoptr(Post) post = NULL;

  if (self->post == NULL)
    return;

  draft = annals_draft_new ();
  draft->source = take_source (self);
  commit_tail (self);
  post = g_steal_pointer (&self->post);

  draft->text = annals_text_new_from_plain (post->body->str, (gssize) post->body->len);
  draft->markup = g_bytes_new (post->body->str, post->body->len);
  draft->markup_kind = "text";
  draft->place = place_of (self, post->line);
  draft->title = g_steal_pointer (&post->title);
  draft->author = g_steal_pointer (&post->author);
  draft->published = post->date             ? g_steal_pointer (&post->date)
                     : self->month != NULL ? annals_date_ref (self->month)
                                           : NULL;

  if (draft->title == NULL || *draft->title == '\0')
    {
      g_free (draft->title);
      draft->title = annals_format_reader_dup_title (draft->text);
      note (self, post->line, _("The post has no title; its first words stand for it"),
            draft->title);
    }
  if (annals_text_get_length (draft->text) == 0)
    note (self, post->line, _("The post has no text"), draft->title);

  if (post->tags->len > 0)
    {
      g_ptr_array_add (post->tags, NULL);
      draft->tags = g_strdupv ((char **) post->tags->pdata);
    }

  annals_format_reader_take_draft (self->reader, g_steal_pointer (&draft));
}

static void
add_tags (Post         *post,
          AnnalsByline *byline)
{
  for (guint i = 0; byline->tags && byline->tags[i]; i++)
    {
      if (!g_ptr_array_find_with_equal_func (post->tags, byline->tags[i], g_str_equal, NULL))
        g_ptr_array_add (post->tags, g_strdup (byline->tags[i]));
    }
}

/* Whether a block can be the title of the post whose byline follows it. */
static gboolean
is_title (TextMonth     *self,
          const Segment *segment)
{
  const AnnalsLine *line;
  g_autofree char *source = NULL;
  gsize n_bytes = 0;

  for (guint i = 0; i < segment->lines->len; i++)
    {
      line = g_ptr_array_index (segment->lines, i);
      n_bytes += line->n_bytes;
    }

  if (segment->lines->len == 0 || segment->lines->len > MAX_TITLE_LINES || n_bytes > MAX_TITLE)
    return FALSE;

  /* the next title was lost, and this is the source of the post before */
  line = g_ptr_array_index (segment->lines, 0);
  source = segment->lines->len == 1 ? annals_month_line_source (line->text) : NULL;

  return source == NULL || self->post == NULL ||
         (self->post->body->len == 0 && self->post->tail == NULL);
}

/* Begins a post. @title (transfer full, nullable) is what stands before its byline. */
static void
begin_post (TextMonth *self,
            Segment   *title,
            guint      line)
{
  g_autoptr(GString) words = g_string_new (NULL);

  if (title != NULL && !is_title (self, title))
    take_text (self, g_steal_pointer (&title));

  finish_post (self);
  self->post = g_new0 (Post, 1);
  self->post->body = g_string_new (NULL);
  self->post->tags = g_ptr_array_new_with_free_func (g_free);
  self->post->line = line;

  if (title != NULL)
    {
      const AnnalsLine *first = g_ptr_array_index (title->lines, 0);

      append_lines (words, title);
      self->post->line = first->number;
      self->post->title = annals_text_normalize_line (words->str, (gssize) words->len);
      account_segment (self, title, ANNALS_ACCOUNT_TITLE);
      segment_free (title);
    }
}

static void
take_byline (TextMonth  *self,
             AnnalsLine *line,
             Segment    *before)
{
  g_autoptr(AnnalsByline) byline = annals_month_line_byline (line->text);

  account_line (self, line, ANNALS_ACCOUNT_BYLINE);

  if (before != NULL)
    {
      take_text (self, g_steal_pointer (&self->held));
      begin_post (self, before, line->number);
    }
  else
    {
      begin_post (self, g_steal_pointer (&self->held), line->number);
    }

  self->post->author = g_steal_pointer (&byline->author);
  self->post->date = g_steal_pointer (&byline->date);
  add_tags (self->post, byline);

  if (byline->unread != NULL)
    annals_format_reader_take_issue (self->reader, ANNALS_SEVERITY_WARNING, ANNALS_ISSUE_DATE,
                                     place_of (self, line->number),
                                     g_strdup_printf (_("The date “%s” was not understood"),
                                                      byline->unread),
                                     line->text);
}

/* "Posted in …" under a post; before the first one it is text like any other. */
static gboolean
take_filing (TextMonth  *self,
             AnnalsLine *line)
{
  g_autoptr(AnnalsByline) byline = NULL;

  if (self->post == NULL)
    return FALSE;

  byline = annals_month_line_byline (line->text);
  add_tags (self->post, byline);
  account_line (self, line, ANNALS_ACCOUNT_BYLINE);

  return TRUE;
}

static void
take_heading (TextMonth  *self,
              AnnalsLine *line)
{
  take_text (self, g_steal_pointer (&self->held));
  finish_post (self);
  g_clear_pointer (&self->month, annals_date_unref);
  self->month = annals_month_line_heading (line->text);
  if (self->month == NULL)
    {
      g_autofree char *words = annals_text_normalize_line (line->text, (gssize) line->n_bytes);

      self->month = annals_month_words_parse_month (words);
    }
  self->after_heading = TRUE;
  account_line (self, line, ANNALS_ACCOUNT_HEADING);
}

static LineKind
kind_of_line (const AnnalsLine *line)
{
  g_autoptr(AnnalsByline) byline = NULL;
  g_autoptr(AnnalsDate) month = NULL;

  if (line->continues || line->n_bytes > MAX_TITLE)
    return LINE_TEXT;

  if ((byline = annals_month_line_byline (line->text)))
    return byline->opens ? LINE_BYLINE : LINE_FILING;

  if ((month = annals_month_line_heading (line->text)))
    return LINE_HEADING;

  return annals_month_line_navigation (line->text) ? LINE_MAYBE_NAVIGATION : LINE_TEXT;
}

static gboolean
is_bare_heading (GPtrArray *block)
{
  const AnnalsLine *line = g_ptr_array_index (block, 0);
  g_autofree char *words = annals_text_normalize_line (line->text, (gssize) line->n_bytes);
  g_autoptr(AnnalsDate) month = annals_month_words_parse_month (words);

  return month != NULL;
}

/* What the block's lines are. A heading stands at a block's beginning; navigation stands beside an
 * end of the block or other furniture, never amid text, where it could be a sentence's middle. */
static LineKind *
kinds_of_block (TextMonth *self)
{
  GPtrArray *block = self->block;
  LineKind *kinds = g_new (LineKind, block->len);

  for (guint i = 0; i < block->len; i++)
    {
      kinds[i] = kind_of_line (g_ptr_array_index (block, i));

      if (kinds[i] == LINE_HEADING && i > 0 && kinds[i - 1] == LINE_TEXT)
        kinds[i] = LINE_TEXT;
      if (kinds[i] == LINE_MAYBE_NAVIGATION && (i == 0 || kinds[i - 1] != LINE_TEXT) &&
          (i == 0 || kinds[i - 1] != LINE_MAYBE_NAVIGATION))
        kinds[i] = LINE_NAVIGATION;
    }

  for (guint i = block->len; i-- > 0;)
    {
      gboolean beside = i + 1 == block->len || kinds[i + 1] != LINE_TEXT;

      if (kinds[i] == LINE_MAYBE_NAVIGATION)
        kinds[i] = beside ? LINE_NAVIGATION : LINE_TEXT;
    }

  /* "March 2020" alone is a heading only where a page begins */
  if (!self->begun && block->len == 1 && kinds[0] == LINE_TEXT && is_bare_heading (block))
    kinds[0] = LINE_HEADING;

  return kinds;
}

/* A block that begins a post in a page without bylines */
static gboolean
begins_by_itself (TextMonth *self,
                  Segment   *segment)
{
  const AnnalsLine *line = g_ptr_array_index (segment->lines, 0);
  gboolean apart = self->after_heading || self->gap >= 2;
  g_autoptr(AnnalsDate) date = NULL;

  if (segment->lines->len != 1 || line->n_bytes > MAX_TITLE || line->continues)
    return FALSE;

  switch (self->titles)
    {
    case TITLES_BY_BYLINE:
      return FALSE;

    case TITLES_BY_DATE:
      date = apart || self->post == NULL ? annals_month_line_dated_title (line->text) : NULL;
      return date != NULL;

    case TITLES_BY_GAP:
      return apart;

    case TITLES_BY_HEADING:
      return self->after_heading;
    }

  g_assert_not_reached ();
}

static void
take_segment (TextMonth *self,
              Segment   *segment)
{
  take_text (self, g_steal_pointer (&self->held));

  if (begins_by_itself (self, segment))
    {
      const AnnalsLine *line = g_ptr_array_index (segment->lines, 0);
      g_autofree char *words = g_strdup (line->text);

      begin_post (self, segment, line->number);
      self->post->date = annals_month_line_dated_title (words);
    }
  else
    {
      self->held = segment;
    }

  self->after_heading = FALSE;
}

/* Takes the lines of the block apart. @cut: more of it will come. */
static void
process_block (TextMonth *self,
               gboolean   cut)
{
  g_autofree LineKind *kinds = kinds_of_block (self);
  g_autoptr(Segment) segment = NULL;

  for (guint i = 0; i < self->block->len; i++)
    {
      AnnalsLine *line = g_ptr_array_index (self->block, i);
      gboolean used = FALSE;

      /* text before a heading, a filing or navigation is complete; before a byline it is the title
       */
      if (segment != NULL && kinds[i] != LINE_TEXT && kinds[i] != LINE_BYLINE)
        take_segment (self, g_steal_pointer (&segment));

      switch (kinds[i])
        {
        case LINE_BYLINE:
          take_byline (self, line, g_steal_pointer (&segment));
          used = TRUE;
          break;

        case LINE_FILING:
          used = take_filing (self, line);
          break;

        case LINE_HEADING:
          take_heading (self, line);
          used = TRUE;
          break;

        case LINE_NAVIGATION:
          account_line (self, line, ANNALS_ACCOUNT_NAVIGATION);
          used = TRUE;
          break;

        case LINE_TEXT:
        case LINE_MAYBE_NAVIGATION:
          break;
        }

      if (used)
        {
          annals_line_free (line);
          continue;
        }

      if (segment == NULL)
        segment = segment_new (line->continues                  ? ""
                               : self->block_cut && i == 0 ? "\n"
                                                           : "\n\n");
      g_ptr_array_add (segment->lines, line);
    }

  g_ptr_array_set_size (self->block, 0);
  self->block_bytes = 0;
  self->block_cut = cut;
  self->begun = TRUE;

  if (segment != NULL)
    take_segment (self, g_steal_pointer (&segment));
}

static guint
text_month_sniff (const AnnalsSniff *sniff)
{
  const char *head = sniff->text;
  AnnalsMonthSurvey survey;
  const char *at = head;

  while (g_unichar_isspace (g_utf8_get_char (at)))
    at = g_utf8_next_char (at);

  /* a web page or a feed may quote a month page */
  if (*at == '<' || *at == '{' || *at == '\0')
    return 0;

  annals_month_survey_text (&survey, head);

  if (survey.n_headings > 0)
    return 90;
  if (survey.n_bylines > 0)
    return 60;

  return survey.n_dated > 1 ? 40 : 0;
}

static gpointer
text_month_open (AnnalsFormatReader *reader)
{
  TextMonth *self = g_new0 (TextMonth, 1);
  AnnalsImportInput *input = annals_format_reader_get_input (reader);
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(AnnalsDecoder) decoder = NULL;
  AnnalsMonthSurvey survey;
  gsize length, bom;
  const guint8 *head = annals_import_input_get_head (input, &length);

  self->reader = reader;
  self->lines = annals_line_reader_new (input, annals_format_reader_get_decoder (reader));
  self->block = g_ptr_array_new ();

  decoder = annals_decoder_new_for_head (head, length);
  bom = annals_decoder_get_bom_length (decoder);
  annals_decoder_push (decoder, head + bom, length - bom, FALSE, text);
  annals_month_survey_text (&survey, text->str);

  self->titles = survey.n_bylines > 0                                      ? TITLES_BY_BYLINE
                 : survey.n_dated > 0                                      ? TITLES_BY_DATE
                 : survey.n_narrow_gaps > 0 && survey.n_wide_gaps > 0 ? TITLES_BY_GAP
                                                                           : TITLES_BY_HEADING;

  if (annals_decoder_is_assumed (decoder))
    annals_format_reader_take_issue (reader, ANNALS_SEVERITY_NOTE, ANNALS_ISSUE_CHARACTERS,
                                     g_strdup (annals_import_input_get_name (input)),
                                     g_strdup (_(
                                       "The file does not say in which characters it is written; "
                                       "windows-1252 was assumed")),
                                     NULL);

  return self;
}

static void
report_repairs (TextMonth *self)
{
  guint64 n = annals_decoder_get_n_repaired (annals_format_reader_get_decoder (self->reader));
  guint line = annals_line_reader_get_first_repaired (self->lines);

  if (n == 0)
    return;

  annals_format_reader_take_issue (self->reader, ANNALS_SEVERITY_WARNING, ANNALS_ISSUE_CHARACTERS,
                            place_of (self, line),
                            g_strdup_printf (ngettext ("%u byte that is no text was replaced",
                                                       "%u bytes that are no text were replaced, "
                                                       "the first of them here",
                                                       (gulong) MIN (n, G_MAXUINT)),
                                             (guint) MIN (n, G_MAXUINT)),
                            NULL);
}

static void
text_month_end (TextMonth *self)
{
  if (self->block->len > 0)
    process_block (self, FALSE);

  take_text (self, g_steal_pointer (&self->held));
  finish_post (self);
  report_repairs (self);
}

/* Reads up to the end of one block. */
static gboolean
text_month_step (gpointer       state,
                 gboolean      *at_end,
                 GCancellable  *cancellable,
                 GError       **error)
{
  TextMonth *self = state;

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

          account_line (self, line, ANNALS_ACCOUNT_BLANK);
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

      if (self->block_bytes > MAX_BLOCK)
        {
          process_block (self, TRUE);
          return TRUE;
        }
    }
}

static void
text_month_close (gpointer state)
{
  TextMonth *self = state;

  for (guint i = 0; i < self->block->len; i++)
    annals_line_free (g_ptr_array_index (self->block, i));

  g_ptr_array_unref (self->block);
  segment_free (self->held);
  post_free (self->post);
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
