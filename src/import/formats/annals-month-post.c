/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-limits.h"
#include "annals-month-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_TITLE_LINES 4
/* tags of one post; nobody has more */
#define MAX_TAGS 500
/* bytes of an issue's excerpt, so that the rows together hold all that was left out */
#define MAX_PIECE 3000

AnnalsMonthSegment *
annals_month_segment_new (const char *join)
{
  AnnalsMonthSegment *segment = g_new0 (AnnalsMonthSegment, 1);

  segment->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_line_free);
  segment->join = join;

  return segment;
}

void
annals_month_segment_free (AnnalsMonthSegment *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->lines);
  g_free (self);
}

void
annals_month_post_free (AnnalsMonthPost *self)
{
  if (self == NULL)
    return;

  g_free (self->title);
  g_free (self->url);
  g_free (self->author);
  g_clear_pointer (&self->date, annals_date_unref);
  g_clear_pointer (&self->tags, g_ptr_array_unref);
  if (self->body)
    g_string_free (self->body, TRUE);
  annals_month_segment_free (self->tail);
  g_free (self);
}

char *
annals_month_page_dup_plain (AnnalsMonthPage  *self,
                             const AnnalsLine *line)
{
  return annals_month_dialect_is_any (&self->dialect)
           ? annals_month_dialect_dup_plain (&self->dialect, line->text, line->n_bytes, NULL)
           : g_strndup (line->text, line->n_bytes);
}

char *
annals_month_page_place (AnnalsMonthPage *self,
                         guint            line)
{
  return g_strdup_printf (_("%s, line %u"), annals_format_reader_get_name (self->reader), line);
}

void
annals_month_page_account (AnnalsMonthPage   *self,
                           const AnnalsLine  *line,
                           AnnalsAccountKind  kind)
{
  annals_format_reader_account (self->reader, line->offset, line->length, kind);
}

void
annals_month_page_account_segment (AnnalsMonthPage          *self,
                                   const AnnalsMonthSegment *segment,
                                   AnnalsAccountKind         kind)
{
  for (guint i = 0; i < segment->lines->len; i++)
    annals_month_page_account (self, g_ptr_array_index (segment->lines, i), kind);
}

/* "  * Item": an entry of a list, which is a block of its own */
static gboolean
is_item (const char *text)
{
  text += strspn (text, " \t");

  return g_str_has_prefix (text, "* ") || g_str_has_prefix (text, "• ");
}

static void
append_lines (GString                  *text,
              const AnnalsMonthSegment *segment)
{
  for (guint i = 0; i < segment->lines->len; i++)
    {
      const AnnalsLine *line = g_ptr_array_index (segment->lines, i);

      if (i > 0 && !line->continues)
        g_string_append (text, is_item (line->text) ? "\n\n" : "\n");
      g_string_append_len (text, line->text, (gssize) line->n_bytes);
    }
}

void
annals_month_page_report (AnnalsMonthPage          *self,
                          const AnnalsMonthSegment *segment,
                          AnnalsSeverity            severity,
                          const char               *reason)
{
  g_autoptr(GString) text = g_string_new (NULL);
  const AnnalsLine *first = g_ptr_array_index (segment->lines, 0);
  const char *at;

  append_lines (text, segment);
  annals_month_page_account_segment (self, segment, ANNALS_ACCOUNT_ISSUE);

  for (at = text->str; *at;)
    {
      g_autofree char *piece = NULL;
      gsize length = strlen (at);

      if (length > MAX_PIECE)
        length = (gsize) (g_utf8_find_prev_char (at, at + MAX_PIECE + 1) - at);

      piece = g_strndup (at, length);
      annals_format_reader_take_issue (self->reader, severity, ANNALS_ISSUE_REMAINDER,
                                       annals_month_page_place (self, first->number),
                                       g_strdup (reason), piece);
      at += length;
    }
}

/* Takes what is left when a line's end was looked at: into the body, or into the issues. */
static void
commit_tail (AnnalsMonthPage *self)
{
  AnnalsMonthPost *post = self->post;
  g_autoptr(AnnalsMonthSegment) tail = g_steal_pointer (&post->tail);

  if (tail == NULL || tail->lines->len == 0)
    return;

  if (post->full || post->body->len > ANNALS_LIMIT_MONTH_BODY)
    {
      post->full = TRUE;
      annals_month_page_report (self, tail, ANNALS_SEVERITY_WARNING,
                                _("This is beyond the 32 MB of text that one post can have"));
      return;
    }

  if (post->body->len > 0)
    g_string_append (post->body, tail->join);
  append_lines (post->body, tail);
  annals_month_page_account_segment (self, tail, ANNALS_ACCOUNT_BODY);
}

void
annals_month_page_take_text (AnnalsMonthPage    *self,
                             AnnalsMonthSegment *segment)
{
  if (segment == NULL)
    return;

  if (self->post == NULL)
    {
      annals_month_page_report (self, segment, ANNALS_SEVERITY_WARNING,
                                _("This text stands before the first title and is in no post"));
      annals_month_segment_free (segment);
      return;
    }

  commit_tail (self);
  self->post->tail = segment;
}

/* The bracketed name alone on a post's last line is its source. */
static char *
take_source (AnnalsMonthPage *self)
{
  AnnalsMonthSegment *tail = self->post->tail;
  const AnnalsLine *last;
  char *source;

  if (tail == NULL || tail->lines->len == 0)
    return NULL;

  last = g_ptr_array_index (tail->lines, tail->lines->len - 1);
  if (last->continues || !(source = annals_month_line_source (last->text)))
    return NULL;

  annals_month_page_account (self, last, ANNALS_ACCOUNT_SOURCE);
  g_ptr_array_set_size (tail->lines, (int) tail->lines->len - 1);

  return source;
}

static void
note (AnnalsMonthPage *self,
      AnnalsIssueCode  code,
      guint            line,
      const char      *reason,
      const char      *excerpt)
{
  annals_format_reader_take_issue (self->reader, ANNALS_SEVERITY_NOTE, code,
                                   annals_month_page_place (self, line), g_strdup (reason),
                                   excerpt);
}

static AnnalsText *
make_text (AnnalsMonthPage *self,
           const GString   *body)
{
  g_autofree char *plain = NULL;

  if (!annals_month_dialect_is_any (&self->dialect))
    return annals_text_new_from_plain (body->str, (gssize) body->len);

  plain = annals_month_dialect_dup_plain (&self->dialect, body->str, body->len, NULL);

  return annals_text_new_from_plain (plain, -1);
}

static gboolean
is_teaser (AnnalsText *text)
{
  const char *string = annals_text_get_string (text);
  gsize length = strlen (string);

  return annals_month_line_is_teaser (string, length, memchr (string, '\n', length) == NULL);
}

void
annals_month_page_finish_post (AnnalsMonthPage *self)
{
  g_autoptr(AnnalsDraft) draft = NULL;
  g_autoptr(AnnalsMonthPost) post = NULL;

  if (self->post == NULL)
    return;

  draft = annals_draft_new ();
  draft->source = take_source (self);
  commit_tail (self);
  post = g_steal_pointer (&self->post);

  draft->text = make_text (self, post->body);
  draft->extent =
      post->teaser || is_teaser (draft->text) ? ANNALS_EXTENT_EXCERPT : ANNALS_EXTENT_LISTED;
  draft->markup = g_string_free_to_bytes (g_steal_pointer (&post->body));
  draft->markup_kind = "text";
  draft->place = annals_month_page_place (self, post->line);
  draft->title = g_steal_pointer (&post->title);
  draft->url = g_steal_pointer (&post->url);
  draft->author = g_steal_pointer (&post->author);
  draft->published = post->date             ? g_steal_pointer (&post->date)
                     : self->month != NULL ? annals_date_ref (self->month)
                                           : NULL;

  if (draft->title == NULL || *draft->title == '\0')
    {
      g_free (draft->title);
      draft->title = annals_format_reader_dup_title (draft->text);
      note (self, ANNALS_ISSUE_TITLE, post->line,
            _ ("The post has no title; its first words stand for it"), draft->title);
    }
  if (annals_text_get_length (draft->text) == 0)
    note (self, ANNALS_ISSUE_EMPTY, post->line, _("The post has no text"), draft->title);

  if (post->tags->len > 0)
    {
      g_ptr_array_add (post->tags, NULL);
      draft->tags = g_strdupv ((char **) post->tags->pdata);
    }

  annals_format_reader_take_draft (self->reader, g_steal_pointer (&draft));
}

/* Whether a block can be the title of the post whose byline follows it. */
gboolean
annals_month_page_can_be_title (AnnalsMonthPage          *self,
                                const AnnalsMonthSegment *segment)
{
  const AnnalsLine *line;
  g_autofree char *source = NULL;
  gsize n_bytes = 0;

  for (guint i = 0; i < segment->lines->len; i++)
    {
      line = g_ptr_array_index (segment->lines, i);
      n_bytes += line->n_bytes;
    }

  if (segment->lines->len == 0 || segment->lines->len > MAX_TITLE_LINES ||
      n_bytes > ANNALS_MONTH_MAX_TITLE)
    return FALSE;

  /* the next title was lost, and this is the source of the post before */
  line = g_ptr_array_index (segment->lines, 0);
  source = segment->lines->len == 1 ? annals_month_line_source (line->text) : NULL;

  return source == NULL || self->post == NULL ||
         (self->post->body->len == 0 && self->post->tail == NULL);
}

static gboolean
ends_sentence (const AnnalsLine *line)
{
  static const char *const ends[] = { ".", "!", "?", "]", ")", "\"", "”", "»", "…", "。", "다." };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    if (g_str_has_suffix (line->text, ends[i]))
      return TRUE;

  return FALSE;
}

/* A page without blank lines: the last line before the byline is the title, and the rest is text.
 */
static AnnalsMonthSegment *
cut_title (AnnalsMonthPage    *self,
           AnnalsMonthSegment *segment)
{
  AnnalsMonthSegment *title;
  const AnnalsLine *last;

  if (!self->joined || segment->lines->len < 2 ||
      (annals_month_page_can_be_title (self, segment) &&
       !ends_sentence (g_ptr_array_index (segment->lines, segment->lines->len - 2))))
    return NULL;

  last = g_ptr_array_index (segment->lines, segment->lines->len - 1);
  if (last->n_bytes == 0 || last->n_bytes > ANNALS_MONTH_MAX_TITLE || last->continues ||
      strchr (".,;:", last->text[last->n_bytes - 1]))
    return NULL;

  title = annals_month_segment_new ("\n");
  g_ptr_array_add (title->lines, g_ptr_array_steal_index (segment->lines, segment->lines->len - 1));

  return title;
}

void
annals_month_page_set_title (AnnalsMonthPage    *self,
                             AnnalsMonthSegment *title)
{
  g_autoptr(GString) words = g_string_new (NULL);
  const AnnalsLine *first = g_ptr_array_index (title->lines, 0);

  append_lines (words, title);
  if (annals_month_dialect_is_any (&self->dialect))
    {
      g_autofree char *url = NULL;
      g_autofree char *plain =
          annals_month_dialect_dup_plain (&self->dialect, words->str, words->len, &url);

      if (url && (g_str_has_prefix (url, "http://") || g_str_has_prefix (url, "https://")))
        self->post->url = g_steal_pointer (&url);
      self->post->title = annals_text_normalize_line (plain, -1);
    }
  else
    {
      self->post->title = annals_text_normalize_line (words->str, (gssize) words->len);
    }

  self->post->line = MIN (self->post->line, first->number);
  annals_month_page_account_segment (self, title, ANNALS_ACCOUNT_TITLE);
  annals_month_segment_free (title);
}

void
annals_month_page_begin_post (AnnalsMonthPage    *self,
                              AnnalsMonthSegment *title,
                              guint               line)
{
  AnnalsMonthSegment *cut = NULL;

  if (title != NULL &&
      ((cut = cut_title (self, title)) || !annals_month_page_can_be_title (self, title)))
    {
      annals_month_page_take_text (self, title);
      title = cut;
    }

  annals_month_page_finish_post (self);
  self->post = g_new0 (AnnalsMonthPost, 1);
  self->post->body = g_string_new (NULL);
  self->post->tags = g_ptr_array_new_with_free_func (g_free);
  self->post->line = line;

  if (title != NULL)
    annals_month_page_set_title (self, title);
}

/* Takes what @byline says and the post does not know yet. */
void
annals_month_post_take_byline (AnnalsMonthPost *self,
                               AnnalsByline    *byline)
{
  if (self->author == NULL)
    self->author = g_steal_pointer (&byline->author);
  if (self->date == NULL)
    self->date = g_steal_pointer (&byline->date);

  for (guint i = 0; byline->tags && byline->tags[i] && self->tags->len < MAX_TAGS; i++)
    {
      if (!g_ptr_array_find_with_equal_func (self->tags, byline->tags[i], g_str_equal, NULL))
        g_ptr_array_add (self->tags, g_strdup (byline->tags[i]));
    }
}
