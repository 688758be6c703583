/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-format.h"

#include "annals-limits.h"
#include "annals-page-articles.h"
#include "annals-page-comments.h"
#include "annals-page-facts.h"
#include "annals-page-main.h"
#include "annals-page-marks.h"
#include "annals-page-pictures.h"

#include <glib/gi18n-lib.h>
#include <libxml/HTMLtree.h>

#include <string.h>

/* A page of HTML: a post with its comments, a list of posts, or something else. It is read whole, since
 * what it says of itself stands anywhere in it. */

/* Characters of a page without marks, title or date that are a text and no leftovers */
#define MIN_TEXT 140
/* Bytes of a line that is a date */
#define MAX_DATE_LINE 80

typedef struct
{
  AnnalsFormatReader *reader;   /* borrowed */
  AnnalsPage         *page;
  GString            *source;   /* the page in UTF-8 */
  guint               n_items;
} Html;

static const char *
file_name (Html *self)
{
  return annals_format_reader_get_name (self->reader);
}

/* --- characters --- */

static void
report_characters (Html          *self,
                   AnnalsDecoder *decoder)
{
  guint64 n_repaired = annals_decoder_get_n_repaired (decoder);

  if (n_repaired > 0)
    annals_format_reader_take_issue (
      self->reader, ANNALS_SEVERITY_WARNING, ANNALS_ISSUE_CHARACTERS, g_strdup (file_name (self)),
      g_strdup_printf (ngettext ("%u byte that is no text was replaced", "%u bytes that are no text were replaced",
                                 (gulong) MIN (n_repaired, G_MAXUINT)),
                       (guint) MIN (n_repaired, G_MAXUINT)),
      NULL);

  if (annals_decoder_is_assumed (decoder))
    annals_format_reader_take_issue (
      self->reader, ANNALS_SEVERITY_NOTE, ANNALS_ISSUE_CHARACTERS, g_strdup (file_name (self)),
      g_strdup_printf (_("The page does not say in which characters it is written, or says it wrongly; %s was assumed"),
                       annals_decoder_get_charset (decoder)),
      NULL);
}

static void
decode (Html         *self,
        const guint8 *bytes,
        gsize         length)
{
  AnnalsDecoder *decoder = annals_format_reader_get_decoder (self->reader);
  gsize bom = MIN (annals_decoder_get_bom_length (decoder), length);

  self->source = g_string_sized_new (length + length / 8);
  annals_decoder_push (decoder, bytes + bom, length - bom, TRUE, self->source);
  report_characters (self, decoder);
}

static gboolean
read_page (Html          *self,
           GCancellable  *cancellable,
           GError       **error)
{
  AnnalsImportInput *input = annals_format_reader_get_input (self->reader);
  AnnalsPart *part = annals_format_reader_get_part (self->reader);
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  g_autofree guint8 *buffer = g_malloc (ANNALS_IMPORT_HEAD_SIZE);
  gssize n;

  while ((n = annals_import_input_read (input, buffer, ANNALS_IMPORT_HEAD_SIZE, cancellable, error)) > 0)
    {
      if (bytes->len + (gsize) n > ANNALS_LIMIT_PAGE)
        {
          g_set_error (error, ANNALS_IMPORT_ERROR, ANNALS_IMPORT_ERROR_UNREADABLE,
                       _("“%s” is longer than 64 MB, more than a page may be"), file_name (self));
          return FALSE;
        }
      g_byte_array_append (bytes, buffer, (guint) n);
    }
  if (n < 0)
    return FALSE;

  decode (self, bytes->len > 0 ? bytes->data : (const guint8 *) "", bytes->len);
  self->page = annals_page_new (self->source->str, self->source->len, part->url);

  return TRUE;
}

/* --- drafts --- */

static void
note (Html              *self,
      const AnnalsDraft *draft,
      AnnalsIssueCode    code,
      char              *reason)
{
  annals_format_reader_take_issue (self->reader, ANNALS_SEVERITY_NOTE, code, g_strdup (draft->place), reason,
                                   draft->title);
}

/* "Ã©" for "é": left as it is, since nobody knows what was meant. */
static void
note_double_encoding (Html        *self,
                      AnnalsDraft *draft)
{
  const char *text = annals_text_get_string (draft->text);

  if (annals_decoder_looks_double_encoded (text, NULL))
    note (self, draft, ANNALS_ISSUE_CHARACTERS, g_strdup (_("Some of the text was encoded twice; it is left as it is")));
}

static void
note_what_is_missing (Html                  *self,
                      AnnalsDraft           *draft,
                      const AnnalsPageFacts *facts)
{
  char *reason;

  if (draft->title == NULL || *draft->title == '\0')
    {
      g_free (draft->title);
      draft->title = annals_format_reader_dup_title (draft->text);
      note (self, draft, ANNALS_ISSUE_TITLE, g_strdup (_("The post has no title; its first words stand for it")));
    }

  note_double_encoding (self, draft);
  if (annals_text_get_length (draft->text) == 0)
    note (self, draft, ANNALS_ISSUE_EMPTY, g_strdup (_("The post has no text")));

  if (facts->doubt == ANNALS_STAMP_MISSING)
    {
      if (draft->kind != ANNALS_POST_PAGE)
        note (self, draft, ANNALS_ISSUE_DATE, g_strdup (_("The post has no date")));
    }
  else if ((reason = annals_stamp_dup_reason (facts->doubt, facts->stamp)) != NULL)
    {
      note (self, draft, ANNALS_ISSUE_DATE, reason);
    }
}

static void
take_facts (AnnalsDraft     *draft,
            AnnalsPageFacts *facts)
{
  draft->title = g_strdup (facts->title);
  draft->author = g_strdup (facts->author);
  draft->source = g_strdup (facts->source);
  draft->language = g_strdup (facts->language);
  draft->url = g_strdup (facts->url);
  draft->guid = g_strdup (facts->guid);
  draft->aliases = g_strdupv (facts->aliases);
  draft->tags = g_strdupv (facts->tags);
  draft->published = facts->published ? annals_date_ref (facts->published) : NULL;
}

static void
take_page_facts (Html                  *self,
                 const AnnalsPageFacts *facts)
{
  if (facts->source != NULL)
    annals_format_reader_set_source (self->reader, facts->source);
  if (facts->language != NULL)
    annals_format_reader_set_language (self->reader, facts->language);
}

/* What the element was written as, or nearly: the tree knows it. */
static GBytes *
dup_markup (xmlNode *node)
{
  xmlBuffer *buffer = xmlBufferCreate ();
  GBytes *markup;

  htmlNodeDump (buffer, node->doc, node);
  markup = g_bytes_new (xmlBufferContent (buffer), (gsize) xmlBufferLength (buffer));
  xmlBufferFree (buffer);

  return markup;
}

/* The text in @node with its pictures; @article (nullable): whose it is. */
static void
take_text (Html                    *self,
           AnnalsDraft             *draft,
           xmlNode                 *node,
           const AnnalsPageArticle *article)
{
  g_clear_pointer (&draft->pictures, g_ptr_array_unref);
  g_clear_pointer (&draft->text, annals_text_unref);
  draft->pictures = annals_page_take_pictures (node);
  draft->text = article ? annals_page_article_dup_text (self->page, article)
                        : annals_page_dup_text (self->page, node);
}

/* The text that is marked as one. When that is empty, as of a post that is a picture, and so is the rest of its
 * element, it is empty: what a reader mode would find is somebody else's. */
static void
take_marked_text (Html                    *self,
                  AnnalsDraft             *draft,
                  const AnnalsPageArticle *article)
{
  AnnalsPageArticle rest = *article;

  take_text (self, draft, article->body, article);
  if (annals_text_get_length (draft->text) > 0)
    return;

  rest.body = NULL;
  take_text (self, draft, rest.node, &rest);
  if (annals_text_get_length (draft->text) < MIN_TEXT)
    take_text (self, draft, article->body, article);
}

static char *
place_of_item (Html *self)
{
  return g_strdup_printf (_("%s, item %u"), file_name (self), ++self->n_items);
}

/* An old page writes the date as the first line under a heading, and marks it in no way. */
static void
take_date_line (Html            *self,
                AnnalsDraft     *draft,
                AnnalsPageFacts *facts)
{
  const AnnalsFormatSettings *settings = annals_format_reader_get_settings (self->reader);
  const char *text = annals_text_get_string (draft->text);
  gsize length = strcspn (text, "\n");
  g_autofree char *line = NULL;
  AnnalsDate *date;
  AnnalsStampDoubt doubt;

  if (facts->doubt != ANNALS_STAMP_MISSING || length == 0 || length > MAX_DATE_LINE)
    return;

  line = g_strndup (text, length);
  /* a number alone is a number */
  if (strspn (line, "0123456789.,- ") == length)
    return;
  date = annals_stamp_parse (line, draft->language ? draft->language : settings->language, settings->zone, &doubt);
  if (date == NULL || doubt != ANNALS_STAMP_CLEAR)
    {
      g_clear_pointer (&date, annals_date_unref);
      return;
    }

  g_clear_pointer (&draft->published, annals_date_unref);
  draft->published = date;
  facts->doubt = ANNALS_STAMP_CLEAR;
}

static void
take_listed (Html                    *self,
             const AnnalsPageArticle *article)
{
  g_autoptr(AnnalsPageFacts) facts =
    annals_page_facts_read (self->page, article->node, annals_format_reader_get_settings (self->reader));
  g_autoptr(AnnalsDraft) draft = annals_draft_new ();

  take_facts (draft, facts);
  take_page_facts (self, facts);
  draft->place = place_of_item (self);
  draft->extent = article->extent;
  if (draft->url == NULL)
    draft->url = g_strdup (article->url);
  if ((draft->title == NULL || *draft->title == '\0') && article->title != NULL)
    {
      g_free (draft->title);
      draft->title = annals_page_dup_line (article->title);
    }

  take_text (self, draft, article->body ? article->body : article->node, article);
  if (draft->extent == ANNALS_EXTENT_LISTED && annals_page_text_is_cut (annals_text_get_string (draft->text)))
    draft->extent = ANNALS_EXTENT_EXCERPT;
  draft->markup = dup_markup (article->node);
  draft->markup_kind = "html";
  take_date_line (self, draft, facts);

  note_what_is_missing (self, draft, facts);
  annals_format_reader_take_draft (self->reader, g_steal_pointer (&draft));
}

static void
take_comment (Html                    *self,
              const AnnalsDraft       *post,
              const AnnalsPageComment *comment)
{
  const AnnalsFormatSettings *settings = annals_format_reader_get_settings (self->reader);
  g_autoptr(AnnalsDraft) draft = annals_draft_new ();
  AnnalsStampDoubt doubt;
  char *reason;

  draft->kind = ANNALS_POST_COMMENT;
  draft->author = g_strdup (comment->author);
  draft->title = comment->author ? g_strdup_printf (_("Comment by %s on %s"), comment->author, post->title)
                                 : g_strdup_printf (_("Comment on %s"), post->title);
  draft->source = g_strdup (post->source);
  draft->language = g_strdup (post->language);
  draft->place = place_of_item (self);
  if (post->url != NULL && comment->number != NULL)
    draft->url = g_strdup_printf ("%s#comment-%s", post->url, comment->number);
  draft->published = annals_stamp_parse (comment->stamp, post->language ? post->language : settings->language,
                                         settings->zone, &doubt);
  draft->text = annals_text_ref (comment->text);
  draft->markup = dup_markup (comment->body);
  draft->markup_kind = "html";

  if (doubt != ANNALS_STAMP_MISSING && (reason = annals_stamp_dup_reason (doubt, comment->stamp)) != NULL)
    note (self, draft, ANNALS_ISSUE_DATE, reason);
  annals_format_reader_take_draft (self->reader, g_steal_pointer (&draft));
}

/* Whether what a reader mode found, on a page that marks nothing, is somebody's text. */
static gboolean
is_text (AnnalsText            *text,
         const AnnalsPageFacts *facts)
{
  if (annals_text_get_length (text) == 0)
    return FALSE;

  return (facts->published != NULL && !facts->is_page) || annals_text_get_length (text) >= MIN_TEXT;
}

static void
skip_page (Html        *self,
           AnnalsDraft *draft)
{
  xmlNode *root = annals_page_get_root (self->page);

  g_clear_pointer (&draft->text, annals_text_unref);
  if (root != NULL)
    draft->text = annals_page_dup_text (self->page, root);
  draft->skipped = g_strdup (_("No post was found on this page"));
  draft->code = ANNALS_ISSUE_FORMAT;
  draft->severity = ANNALS_SEVERITY_NOTE;
  draft->excerpt = draft->text ? annals_format_reader_dup_excerpt (annals_text_get_string (draft->text))
                               : g_strdup ("");
}

static void
add_alias (AnnalsDraft *draft,
           const char  *alias)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  if (draft->aliases != NULL)
    g_strv_builder_addv (builder, (const char **) draft->aliases);
  g_strv_builder_add (builder, alias);
  g_strfreev (draft->aliases);
  draft->aliases = g_strv_builder_end (builder);
}

/* The permalink that the post on the page has says more than where the page was fetched from, which a copy on
 * another disk does not know. */
static void
prefer_permalink (Html                    *self,
                  AnnalsDraft             *draft,
                  const AnnalsPageArticle *article)
{
  const char *fetched = annals_page_get_address (self->page);

  if (article == NULL || article->url == NULL || g_strcmp0 (article->url, draft->url) == 0 ||
      (draft->url != NULL && g_strcmp0 (draft->url, fetched) != 0))
    return;

  if (draft->url != NULL)
    add_alias (draft, draft->url);
  g_free (draft->url);
  draft->url = g_strdup (article->url);
}

/* The page as one draft. @article (nullable): the post that is marked on it. */
static void
take_whole (Html                    *self,
            const AnnalsPageArticle *article)
{
  g_autoptr(AnnalsPageFacts) facts =
    annals_page_facts_read (self->page, NULL, annals_format_reader_get_settings (self->reader));
  g_autoptr(AnnalsDraft) draft = annals_draft_new ();
  g_autoptr(GPtrArray) comments = NULL;
  xmlNode *main_text = NULL;
  const AnnalsDraft *post;

  take_facts (draft, facts);
  take_page_facts (self, facts);
  draft->kind = facts->is_page ? ANNALS_POST_PAGE : ANNALS_POST_POST;
  draft->place = g_strdup (file_name (self));
  draft->markup = g_bytes_new (self->source->str, self->source->len);
  draft->markup_kind = "html";

  prefer_permalink (self, draft, article);

  if (article != NULL && article->body != NULL && !article->is_loose)
    take_marked_text (self, draft, article);
  else if ((main_text = annals_page_find_main (self->page)) != NULL)
    take_text (self, draft, main_text, NULL);
  else if (article != NULL)
    take_text (self, draft, article->node, article);

  if (draft->text == NULL || (article == NULL && !is_text (draft->text, facts)))
    {
      skip_page (self, draft);
      annals_format_reader_take_draft (self->reader, g_steal_pointer (&draft));
      return;
    }

  note_what_is_missing (self, draft, facts);
  /* the reader's now, which keeps it until this step is over */
  post = draft;
  annals_format_reader_take_draft (self->reader, g_steal_pointer (&draft));
  comments = annals_page_find_comments (self->page);
  for (guint i = 0; i < comments->len; i++)
    take_comment (self, post, g_ptr_array_index (comments, i));
}

static void
take_nothing (Html *self)
{
  g_autoptr(AnnalsPageFacts) facts =
    annals_page_facts_read (self->page, NULL, annals_format_reader_get_settings (self->reader));
  g_autoptr(AnnalsDraft) draft = annals_draft_new ();

  take_facts (draft, facts);
  draft->place = g_strdup (file_name (self));
  draft->markup = g_bytes_new (self->source->str, self->source->len);
  draft->markup_kind = "html";
  skip_page (self, draft);
  annals_format_reader_take_draft (self->reader, g_steal_pointer (&draft));
}

/* --- the format --- */

static const char *
skip_declarations (const char *at)
{
  for (;;)
    {
      const char *end = NULL;

      while (g_ascii_isspace (*at))
        at++;
      if (g_str_has_prefix (at, "<!--"))
        end = strstr (at + 4, "-->");
      else if (g_str_has_prefix (at, "<?"))
        end = strchr (at, '>');
      if (end == NULL)
        return at;
      at = end + (*end == '-' ? 3 : 1);
    }
}

static gboolean
begins_with (const char         *at,
             const char * const *words)
{
  for (guint i = 0; words[i] != NULL; i++)
    {
      gsize length = strlen (words[i]);

      if (g_ascii_strncasecmp (at, words[i], length) == 0 && !g_ascii_isalnum (at[length]) && at[length] != ':')
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_named_html (const AnnalsSniff *sniff)
{
  g_autofree char *name = g_ascii_strdown (sniff->name ? sniff->name : "", -1);

  return g_str_has_suffix (name, ".html") || g_str_has_suffix (name, ".htm") || g_str_has_suffix (name, ".xhtml") ||
         g_str_has_suffix (name, ".shtml") || g_strcmp0 (sniff->media_type, "text/html") == 0 ||
         g_strcmp0 (sniff->media_type, "application/xhtml+xml") == 0;
}

static guint
html_sniff (const AnnalsSniff *sniff)
{
  static const char * const pages[] = { "<!doctype html", "<html", "<head", "<body", NULL };
  static const char * const pieces[] = {
    "<a", "<article", "<base", "<blockquote", "<br", "<center", "<div", "<dl", "<font", "<form", "<frameset", "<h1", "<h2",
    "<h3", "<header", "<hr", "<img", "<link", "<main", "<meta", "<ol", "<p", "<pre", "<script", "<section", "<span",
    "<style", "<table", "<title", "<ul", NULL,
  };
  const char *at = skip_declarations (sniff->text);

  if (begins_with (at, pages))
    return 85;
  if (begins_with (at, pieces))
    return is_named_html (sniff) ? 80 : strstr (at, "</") != NULL ? 30 : 0;

  /* words before the first tag */
  return is_named_html (sniff) && strchr (at, '<') != NULL && strstr (at, "<rss") == NULL &&
         strstr (at, "<feed") == NULL && *at != '<' ? 25 : 0;
}

static gpointer
html_open (AnnalsFormatReader *reader)
{
  Html *self = g_new0 (Html, 1);

  self->reader = reader;

  return self;
}

static gboolean
html_step (gpointer       state,
           gboolean      *at_end,
           GCancellable  *cancellable,
           GError       **error)
{
  Html *self = state;
  g_autoptr(GPtrArray) articles = NULL;
  AnnalsPageShape shape;

  if (!read_page (self, cancellable, error))
    return FALSE;

  articles = annals_page_find_articles (self->page, &shape);
  switch (shape)
    {
    case ANNALS_PAGE_UNMARKED:
      take_whole (self, NULL);
      break;

    case ANNALS_PAGE_SINGLE:
      take_whole (self, g_ptr_array_index (articles, 0));
      break;

    case ANNALS_PAGE_LISTING:
      for (guint i = 0; i < articles->len; i++)
        take_listed (self, g_ptr_array_index (articles, i));
      break;

    case ANNALS_PAGE_NOTHING:
      take_nothing (self);
      break;
    }

  *at_end = TRUE;

  return TRUE;
}

static void
html_close (gpointer state)
{
  Html *self = state;

  g_clear_pointer (&self->page, annals_page_free);
  if (self->source != NULL)
    g_string_free (self->source, TRUE);
  g_free (self);
}

const AnnalsFormat annals_format_html = {
  .id = "html",
  .label = N_("Web page"),
  .sniff = html_sniff,
  .open = html_open,
  .step = html_step,
  .close = html_close,
};
