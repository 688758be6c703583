/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-format.h"

#include "annals-feed-reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* RSS 0.90 to 2.0, also as RDF, Atom 0.3 and 1.0, the Channel Definition Format. Such files are often not
 * well-formed, so that an XML parser would read little of them: annals-feed-lexer.c and annals-feed-reader.c
 * take what is there, and what had to be mended is said here.
 */

typedef struct
{
  AnnalsFormatReader *reader;         /* borrowed */
  AnnalsFeedReader   *feed;
  gboolean            named;          /* the reader knows what the feed says of itself */
  gboolean            of_comments;    /* its items are comments */
  guint               n_items;
  guint               n_changed;      /* items that say only when they were changed */
  guint               n_left_out;     /* items with a second text */
  char               *double_encoded; /* the first place of text encoded twice */
  char               *double_excerpt;
} Feed;

static char *
place_of_item (Feed           *self,
               AnnalsFeedItem *item)
{
  return g_strdup_printf (_("%s, item %u, line %u"), annals_format_reader_get_name (self->reader),
                          self->n_items, item->line);
}

static void
note (Feed            *self,
      AnnalsSeverity   severity,
      AnnalsIssueCode  code,
      const char      *place,
      char            *reason,
      const char      *excerpt)
{
  annals_format_reader_take_issue (self->reader, severity, code, g_strdup (place), reason, excerpt);
}

/* --- what the feed says of itself --- */

/* WordPress names the feed of a post's comments so, in the site's language. */
static gboolean
is_title_of_comments (const char *title)
{
  static const char * const beginnings[] = {
    "comments on:", "comments on ", "comments for ", "commenti a:", "commenti su:", "commenti per ",
    "comentarios en:", "comentarios en ", "comentários sobre:", "comentários em:", "comentários para ",
    "commentaires sur", "kommentare zu:", "kommentare zu ", "kommentare für ", "reacties op:",
    "reacties voor ", "комментарии на:", "комментарии:", "komentarze do:", "コメント:", "댓글:", "评论：",
  };
  g_autofree char *folded = g_utf8_casefold (title, -1);

  for (guint i = 0; i < G_N_ELEMENTS (beginnings); i++)
    {
      g_autofree char *beginning = g_utf8_casefold (beginnings[i], -1);

      if (g_str_has_prefix (folded, beginning))
        return TRUE;
    }

  return FALSE;
}

static void
name_feed (Feed *self)
{
  const char *title = annals_feed_reader_get_title (self->feed);
  const char *language = annals_feed_reader_get_language (self->feed);

  if (title != NULL && !self->named)
    {
      self->named = TRUE;
      self->of_comments = is_title_of_comments (title);
      annals_format_reader_set_archive (self->reader, title);
      if (!self->of_comments)
        annals_format_reader_set_source (self->reader, title);
    }

  if (language != NULL && *annals_format_reader_get_language (self->reader) == '\0')
    annals_format_reader_set_language (self->reader, language);
}

/* --- items --- */

/* What keeps the item from being imported; NULL when nothing does. */
static char *
dup_reason_to_skip (AnnalsFeedItem  *item,
                    AnnalsDraft     *draft,
                    AnnalsIssueCode *code)
{
  *code = ANNALS_ISSUE_DAMAGE;

  if (item->cut)
    return g_strdup (_("The item that begins here has no end and was not imported"));

  *code = ANNALS_ISSUE_LIMIT;
  if (item->too_long)
    return g_strdup (_("The item that begins here is longer than 64 MB and was not imported"));

  *code = ANNALS_ISSUE_EMPTY;
  if (*draft->title == '\0' && annals_text_get_length (draft->text) == 0 && draft->url == NULL &&
      draft->guid == NULL)
    return g_strdup (_("The item says nothing: no title, no text, no address"));

  return NULL;
}

static void
skip (AnnalsDraft     *draft,
      char            *reason,
      AnnalsIssueCode  code)
{
  draft->skipped = reason;
  draft->code = code;
  draft->severity = code == ANNALS_ISSUE_EMPTY ? ANNALS_SEVERITY_NOTE : ANNALS_SEVERITY_ERROR;
  draft->excerpt = g_strdup_printf ("%s\n%s", draft->title, annals_text_get_string (draft->text));
  if (g_utf8_strlen (draft->excerpt, -1) > 4000)
    {
      char *short_excerpt = annals_format_reader_dup_excerpt (draft->excerpt);

      g_free (draft->excerpt);
      draft->excerpt = short_excerpt;
    }

  /* nothing is there that could be imported all the same */
  if (annals_text_get_length (draft->text) == 0)
    g_clear_pointer (&draft->text, annals_text_unref);
}

static void
note_doubts (Feed                   *self,
             AnnalsDraft            *draft,
             const AnnalsFeedDoubts *doubts)
{
  if (doubts->no_title)
    {
      g_free (draft->title);
      draft->title = annals_format_reader_dup_title (draft->text);
      if (draft->kind != ANNALS_POST_COMMENT)
        note (self, ANNALS_SEVERITY_NOTE, ANNALS_ISSUE_TITLE, draft->place,
              g_strdup (_("The post has no title; its first words stand for it")), draft->title);
    }

  if (doubts->no_text)
    note (self, ANNALS_SEVERITY_NOTE, ANNALS_ISSUE_EMPTY, draft->place,
          g_strdup (_("The post has no text")), draft->title);

  if (doubts->only_stray)
    note (self, ANNALS_SEVERITY_WARNING, ANNALS_ISSUE_DAMAGE, draft->place,
          g_strdup (_("The post’s text stands outside of any element that could hold it")), draft->title);

  if (doubts->date != NULL)
    note (self, ANNALS_SEVERITY_NOTE, ANNALS_ISSUE_DATE, draft->place, g_strdup (doubts->date),
          draft->title);
}

/* Remembers the first place of text that was encoded twice. */
static void
look_at_characters (Feed        *self,
                    AnnalsDraft *draft)
{
  const char *where;

  if (self->double_encoded != NULL)
    return;

  if (annals_decoder_looks_double_encoded (draft->title, &where) ||
      annals_decoder_looks_double_encoded (annals_text_get_string (draft->text), &where))
    {
      self->double_encoded = g_strdup (draft->place);
      self->double_excerpt = g_utf8_substring (where, 0, MIN (g_utf8_strlen (where, -1), 80));
    }
}

static void
take_item (Feed           *self,
           AnnalsFeedItem *item,
           guint           n_broken)
{
  AnnalsFeedDoubts doubts;
  g_autoptr(AnnalsDraft) draft = NULL;
  AnnalsIssueCode code;
  char *reason;

  self->n_items++;
  name_feed (self);
  draft = annals_feed_item_dup_draft (item, annals_format_reader_get_settings (self->reader), &doubts);
  draft->place = place_of_item (self, item);
  if (self->of_comments && draft->kind == ANNALS_POST_POST)
    draft->kind = ANNALS_POST_COMMENT;
  if (draft->author == NULL && !self->of_comments)
    draft->author = g_strdup (annals_feed_reader_get_author (self->feed));

  look_at_characters (self, draft);

  if ((reason = dup_reason_to_skip (item, draft, &code)))
    {
      skip (draft, reason, code);
    }
  else
    {
      self->n_changed += doubts.only_changed;
      self->n_left_out += doubts.left_out;
      note_doubts (self, draft, &doubts);
      if (n_broken > 0)
        note (self, ANNALS_SEVERITY_WARNING, ANNALS_ISSUE_DAMAGE, draft->place,
              g_strdup_printf (ngettext ("The item is damaged: %u tag in it has no end or stands in the "
                                         "wrong place; what could be read was imported",
                                         "The item is damaged: %u tags in it have no end or stand in the "
                                         "wrong place; what could be read was imported",
                                         n_broken),
                               n_broken),
              draft->title);
    }

  g_free (doubts.date);
  annals_format_reader_take_draft (self->reader, g_steal_pointer (&draft));
}

/* --- the end --- */

static void
report_characters (Feed *self)
{
  const char *name = annals_format_reader_get_name (self->reader);
  AnnalsDecoder *decoder = annals_format_reader_get_decoder (self->reader);
  guint64 n_undecoded = annals_decoder_get_n_repaired (decoder);

  if (n_undecoded > 0)
    note (self, ANNALS_SEVERITY_WARNING, ANNALS_ISSUE_CHARACTERS, name,
          g_strdup_printf (ngettext ("%u byte that is no text was replaced",
                                     "%u bytes that are no text were replaced",
                                     (gulong) MIN (n_undecoded, G_MAXUINT)),
                           (guint) MIN (n_undecoded, G_MAXUINT)),
          NULL);

  if (annals_decoder_is_assumed (decoder))
    note (self, ANNALS_SEVERITY_NOTE, ANNALS_ISSUE_CHARACTERS, name,
          g_strdup_printf (_("The file does not say in which characters it is written; %s was assumed"),
                           annals_decoder_get_charset (decoder)),
          NULL);

  if (self->double_encoded != NULL)
    note (self, ANNALS_SEVERITY_NOTE, ANNALS_ISSUE_CHARACTERS, self->double_encoded,
          g_strdup (_("Some of the text was encoded twice before it came into this file, and was left as "
                      "it is; the first place is here")),
          self->double_excerpt);
}

static void
report_damage (Feed *self)
{
  const char *name = annals_format_reader_get_name (self->reader);
  AnnalsFeedLexer *lexer = annals_feed_reader_get_lexer (self->feed);
  guint n_broken = annals_feed_reader_get_n_broken (self->feed);
  guint line;
  guint n_mended = annals_feed_lexer_get_n_mended (lexer, &line);

  if (n_mended > 0)
    {
      g_autofree char *place = g_strdup_printf (_("%s, line %u"), name, line);

      note (self, ANNALS_SEVERITY_NOTE, ANNALS_ISSUE_DAMAGE, place,
            g_strdup_printf (
              ngettext ("%u place was mended that XML does not allow (a control character, "
                        "an unknown entity, a single “&”)",
                        "%u places were mended that XML does not allow (control characters, "
                        "unknown entities, single “&”); the first is here",
                        n_mended),
              n_mended),
            NULL);
    }

  if (annals_feed_reader_is_cut (self->feed))
    {
      g_autofree char *place = g_strdup_printf (_("%s, line %u"), name, annals_feed_lexer_get_line (lexer));

      note (self, ANNALS_SEVERITY_ERROR, ANNALS_ISSUE_DAMAGE, place,
            g_strdup (_("The file ends here too early: what should follow is missing")), NULL);
    }
  else if (n_broken > 0)
    {
      note (self, ANNALS_SEVERITY_NOTE, ANNALS_ISSUE_DAMAGE, name,
            g_strdup_printf (ngettext ("%u tag outside of items has no end or stands in the wrong place",
                                       "%u tags outside of items have no end or stand in the wrong place",
                                       n_broken),
                             n_broken),
            NULL);
    }
}

static void
feed_end (Feed *self)
{
  const char *name = annals_format_reader_get_name (self->reader);

  name_feed (self);
  report_damage (self);
  report_characters (self);

  if (self->n_items == 0)
    note (self, ANNALS_SEVERITY_NOTE, ANNALS_ISSUE_FORMAT, name, g_strdup (_("The feed has no items")),
          annals_feed_reader_get_title (self->feed));

  if (self->n_left_out > 0)
    note (self, ANNALS_SEVERITY_NOTE, ANNALS_ISSUE_OTHER, name,
          g_strdup_printf (ngettext ("%u summary beside a post’s text was left out",
                                     "%u summaries beside posts’ texts were left out", self->n_left_out),
                           self->n_left_out),
          NULL);

  if (self->n_changed > 0)
    note (self, ANNALS_SEVERITY_NOTE, ANNALS_ISSUE_DATE, name,
          g_strdup_printf (ngettext ("%u post says only when it was last changed; that became its date",
                                     "%u posts say only when they were last changed; that became their date",
                                     self->n_changed),
                           self->n_changed),
          NULL);
}

/* --- the format --- */

/* The next tag at @at or behind, comments, instructions and the document type left out; NULL when there is
 * none. */
static const char *
next_tag (const char *at)
{
  while ((at = strchr (at, '<')) != NULL)
    {
      const char *end = NULL;

      if (g_str_has_prefix (at, "<!--"))
        end = strstr (at + 4, "-->");
      else if (g_ascii_strncasecmp (at, "<!DOCTYPE", 9) == 0)
        {
          const char *bracket = strchr (at, '[');

          end = strchr (at, '>');
          if (bracket != NULL && end != NULL && bracket < end)
            end = strstr (bracket, "]");
        }
      else if (at[1] == '!' || at[1] == '?')
        end = strchr (at, '>');
      else if (g_ascii_isalpha (at[1]) || at[1] == '_')
        return at;

      at = end ? end + 1 : at + 1;
    }

  return NULL;
}

/* Whether the tag at @at is called @name, with or without a prefix. */
static gboolean
tag_is (const char *at,
        const char *name)
{
  gsize length = strcspn (++at, " \t\r\n/>");
  const char *colon = memchr (at, ':', length);

  if (colon != NULL)
    {
      length -= (gsize) (colon + 1 - at);
      at = colon + 1;
    }

  return strlen (name) == length && g_ascii_strncasecmp (at, name, length) == 0;
}

static gboolean
contains_tag (const char *text,
              const char *name)
{
  for (const char *at = strchr (text, '<'); at != NULL; at = strchr (at + 1, '<'))
    {
      if (tag_is (at, name))
        return TRUE;
    }

  return FALSE;
}

/* How sure it is that a feed begins with the tag at @at. */
static guint
sureness_of_root (const char *at)
{
  if (tag_is (at, "rss"))
    return 90;

  if (tag_is (at, "RDF") &&
      (strstr (at, "purl.org/rss/") != NULL || strstr (at, "netscape.com/rdf/") != NULL ||
       (contains_tag (at, "channel") && contains_tag (at, "item"))))
    return 90;

  if (tag_is (at, "feed") &&
      (strstr (at, "http://www.w3.org/2005/Atom") != NULL || strstr (at, "purl.org/atom") != NULL ||
       contains_tag (at, "entry")))
    return 90;

  if (tag_is (at, "channel") && contains_tag (at, "item"))
    return 80;

  if (tag_is (at, "entry") && (strstr (at, "http://www.w3.org/2005/Atom") != NULL ||
                               strstr (at, "purl.org/atom") != NULL))
    return 80;

  /* too little of it is there to tell, or it is damaged */
  return tag_is (at, "feed") || tag_is (at, "channel") ? 20 : 0;
}

static guint
feed_sniff (const AnnalsSniff *sniff)
{
  const char *start = sniff->text + strspn (sniff->text, " \t\r\n\f");
  const char *first = *start == '<' ? next_tag (start) : NULL;
  const char *declaration = strstr (sniff->text, "<?xml");
  const char *behind = declaration ? next_tag (declaration) : NULL;
  guint sureness = first ? sureness_of_root (first) : 0;

  /* what a server said before it began */
  if (sureness == 0 && behind != NULL && behind != first)
    sureness = sureness_of_root (behind) * 8 / 10;

  if (sureness == 20 && sniff->media_type != NULL &&
      (strstr (sniff->media_type, "rss") != NULL || strstr (sniff->media_type, "atom") != NULL))
    sureness = 60;

  return sureness;
}

static gpointer
feed_open (AnnalsFormatReader *reader)
{
  Feed *self = g_new0 (Feed, 1);

  self->reader = reader;
  self->feed = annals_feed_reader_new (annals_format_reader_get_input (reader),
                                       annals_format_reader_get_decoder (reader),
                                       annals_format_reader_get_part (reader)->url);

  return self;
}

static gboolean
feed_step (gpointer       state,
           gboolean      *at_end,
           GCancellable  *cancellable,
           GError       **error)
{
  Feed *self = state;
  g_autoptr(AnnalsFeedItem) item = NULL;
  guint n_broken = 0;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  switch (annals_feed_reader_next (self->feed, &item, &n_broken, cancellable, error))
    {
    case ANNALS_FEED_READ_ERROR:
      return FALSE;

    case ANNALS_FEED_READ_ITEM:
      take_item (self, item, n_broken);
      return TRUE;

    case ANNALS_FEED_READ_AGAIN:
      return TRUE;

    case ANNALS_FEED_READ_END:
      break;
    }

  feed_end (self);
  *at_end = TRUE;

  return TRUE;
}

static void
feed_close (gpointer state)
{
  Feed *self = state;

  annals_feed_reader_free (self->feed);
  g_free (self->double_encoded);
  g_free (self->double_excerpt);
  g_free (self);
}

const AnnalsFormat annals_format_feed = {
  .id = "feed",
  .label = N_("RSS or Atom feed"),
  .sniff = feed_sniff,
  .open = feed_open,
  .step = feed_step,
  .close = feed_close,
};
