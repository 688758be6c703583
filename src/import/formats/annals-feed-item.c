/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-feed-item.h"

#include "annals-feed-excerpt.h"
#include "annals-limits.h"
#include "annals-stamp.h"

#include <string.h>

AnnalsFeedItem *
annals_feed_item_new (guint line)
{
  AnnalsFeedItem *self = g_new0 (AnnalsFeedItem, 1);

  self->line = line;
  self->authors = g_ptr_array_new_with_free_func (g_free);
  self->tags = g_ptr_array_new_with_free_func (g_free);
  self->stray = g_string_new (NULL);

  return self;
}

void
annals_feed_item_free (AnnalsFeedItem *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < ANNALS_FEED_N_FIELDS; i++)
    g_clear_pointer (&self->values[i], annals_feed_value_free);

  g_free (self->address);
  g_free (self->about);
  g_ptr_array_unref (self->authors);
  g_ptr_array_unref (self->tags);
  g_free (self->source);
  g_free (self->language);
  g_string_free (self->stray, TRUE);
  g_free (self);
}

static gboolean
is_blank (const char *text)
{
  while (g_ascii_isspace (*text))
    text++;

  return *text == '\0';
}

static gboolean
is_text_field (AnnalsFeedField field)
{
  return field == ANNALS_FEED_FIELD_CONTENT || field == ANNALS_FEED_FIELD_SUMMARY ||
         field == ANNALS_FEED_FIELD_CAPTION;
}

static gboolean
is_date_field (AnnalsFeedField field)
{
  return field == ANNALS_FEED_FIELD_PUBLISHED || field == ANNALS_FEED_FIELD_DATE ||
         field == ANNALS_FEED_FIELD_CREATED || field == ANNALS_FEED_FIELD_UPDATED;
}

void
annals_feed_item_take_value (AnnalsFeedItem  *self,
                             AnnalsFeedField  field,
                             AnnalsFeedValue *value)
{
  AnnalsFeedValue *there = self->values[field];

  if (there == NULL || is_blank (there->raw->str) ||
      (is_date_field (field) && !is_blank (value->raw->str)) ||
      (is_text_field (field) && value->raw->len > there->raw->len))
    {
      self->values[field] = value;
      g_clear_pointer (&there, annals_feed_value_free);
    }
  else
    {
      annals_feed_value_free (value);
    }
}

static void
take_string (GPtrArray *array,
             char      *string)
{
  if (is_blank (string) || g_ptr_array_find_with_equal_func (array, string, g_str_equal, NULL))
    g_free (string);
  else
    g_ptr_array_add (array, string);
}

void
annals_feed_item_take_author (AnnalsFeedItem *self,
                              char           *name)
{
  if (self->authors->len < ANNALS_LIMIT_FEED_STRINGS)
    take_string (self->authors, name);
  else
    g_free (name);
}

void
annals_feed_item_take_tag (AnnalsFeedItem *self,
                           char           *tag)
{
  if (self->tags->len < ANNALS_LIMIT_FEED_STRINGS)
    take_string (self->tags, tag);
  else
    g_free (tag);
}

void
annals_feed_item_drop_texts (AnnalsFeedItem *self)
{
  g_clear_pointer (&self->values[ANNALS_FEED_FIELD_CONTENT], annals_feed_value_free);
  g_clear_pointer (&self->values[ANNALS_FEED_FIELD_SUMMARY], annals_feed_value_free);
  g_clear_pointer (&self->values[ANNALS_FEED_FIELD_CAPTION], annals_feed_value_free);
}

char *
annals_feed_dup_author_name (const char *author)
{
  g_autofree char *line = annals_text_normalize_line (author, -1);
  char *open, *close;

  if ((open = strchr (line, '(')) != NULL && (close = strrchr (open, ')')) != NULL)
    {
      g_autofree char *inside = g_strstrip (g_strndup (open + 1, (gsize) (close - open - 1)));
      g_autofree char *before = g_strstrip (g_strndup (line, (gsize) (open - line)));

      /* the one of the two that is no address */
      if (strchr (before, '@') != NULL && *inside != '\0')
        return g_steal_pointer (&inside);
      if (strchr (inside, '@') != NULL && *before != '\0')
        return g_steal_pointer (&before);
    }

  if ((open = strchr (line, '<')) != NULL && strchr (open, '@') != NULL && open > line)
    {
      *open = '\0';
      g_strstrip (line);
      if (*line == '"' && g_str_has_suffix (line, "\"") && strlen (line) > 1)
        return g_strndup (line + 1, strlen (line) - 2);
    }

  return g_steal_pointer (&line);
}

char *
annals_feed_dup_language (const char *language)
{
  g_autofree char *tag = g_strdelimit (g_strstrip (g_strdup (language)), "_", '-');
  gsize length = strlen (tag);

  if (length < 2 || length > 35 || !g_ascii_isalpha (tag[0]))
    return NULL;

  for (const char *at = tag; *at; at++)
    {
      if (!g_ascii_isalnum (*at) && *at != '-')
        return NULL;
    }

  return g_steal_pointer (&tag);
}

/* --- the draft --- */

static char *
dup_value_line (AnnalsFeedItem  *self,
                AnnalsFeedField  field)
{
  return self->values[field] ? annals_feed_value_dup_line (self->values[field]) : g_strdup ("");
}

static AnnalsText *
text_of_value (AnnalsFeedValue  *value,
               char            **source,
               gboolean         *html)
{
  *source = annals_feed_value_dup_source (value, html);

  return *html ? annals_text_new_from_html (*source, -1, value->base)
               : annals_text_new_from_plain (*source, -1);
}

static AnnalsFeedValue *
get_text (AnnalsFeedItem  *self,
          AnnalsFeedField  field)
{
  AnnalsFeedValue *value = self->values[field];

  return value && (value->marked || !is_blank (value->raw->str)) ? value : NULL;
}

/* The fullest of what it has becomes the text. */
static AnnalsFeedValue *
choose_text (AnnalsFeedItem *self)
{
  AnnalsFeedValue *content = get_text (self, ANNALS_FEED_FIELD_CONTENT);
  AnnalsFeedValue *summary = get_text (self, ANNALS_FEED_FIELD_SUMMARY);

  if (summary == NULL && content == NULL)
    return get_text (self, ANNALS_FEED_FIELD_CAPTION);
  if (summary == NULL || content == NULL)
    return content ? content : summary;

  if (summary->raw->len > content->raw->len)
    {
      g_autofree char *content_source = NULL;
      g_autofree char *summary_source = NULL;
      gboolean html;
      g_autoptr(AnnalsText) content_text = text_of_value (content, &content_source, &html);
      g_autoptr(AnnalsText) summary_text = text_of_value (summary, &summary_source, &html);

      if (annals_text_get_length (summary_text) > annals_text_get_length (content_text))
        return summary;
    }

  return content;
}

/* Whether the text that was not chosen says something that @text does not: it is not its beginning. */
static gboolean
is_other_text (AnnalsFeedItem  *self,
               AnnalsFeedValue *chosen,
               AnnalsText      *text)
{
  AnnalsFeedValue *content = get_text (self, ANNALS_FEED_FIELD_CONTENT);
  AnnalsFeedValue *summary = get_text (self, ANNALS_FEED_FIELD_SUMMARY);
  AnnalsFeedValue *other = chosen == content ? summary : content;
  g_autofree char *words = NULL;
  g_autofree char *beginning = NULL;
  g_autofree char *line = NULL;

  if (content == NULL || summary == NULL)
    return FALSE;

  /* its end may only say that there is more */
  words = annals_feed_value_dup_line (other);
  beginning = g_utf8_substring (words, 0, MIN (g_utf8_strlen (words, -1) * 2 / 3, 60));
  line = annals_text_dup_lead (text, 2000);

  return strstr (line, g_strchomp (beginning)) == NULL;
}

static void
fill_text (AnnalsFeedItem   *self,
           AnnalsDraft      *draft,
           AnnalsFeedDoubts *doubts)
{
  AnnalsFeedValue *value = choose_text (self);
  g_autofree char *source = NULL;
  gboolean html = FALSE;

  if (value != NULL)
    {
      draft->text = text_of_value (value, &source, &html);
      if (value->language != NULL)
        draft->language = annals_feed_dup_language (value->language);
      doubts->left_out = is_other_text (self, value, draft->text);
    }
  else if (!is_blank (self->stray->str))
    {
      source = g_strdup (self->stray->str);
      draft->text = annals_text_new_from_plain (source, -1);
      doubts->only_stray = TRUE;
    }
  else
    {
      source = g_strdup ("");
      draft->text = annals_text_new_from_plain ("", 0);
    }

  draft->markup = g_bytes_new (source, strlen (source));
  draft->markup_kind = html ? "html" : "text";
  draft->extent = annals_feed_text_is_excerpt (draft->text, draft->url) ? ANNALS_EXTENT_EXCERPT
                                                                         : ANNALS_EXTENT_LISTED;
  doubts->no_text = annals_text_get_length (draft->text) == 0;
}

static gboolean
is_web_address (const char *string)
{
  return string != NULL && (g_ascii_strncasecmp (string, "http://", 7) == 0 ||
                            g_ascii_strncasecmp (string, "https://", 8) == 0);
}

static void
fill_addresses (AnnalsFeedItem *self,
                AnnalsDraft    *draft)
{
  AnnalsFeedValue *id = self->values[ANNALS_FEED_FIELD_ID];
  AnnalsFeedValue *original = self->values[ANNALS_FEED_FIELD_ORIGINAL_LINK];
  AnnalsFeedValue *link = self->values[ANNALS_FEED_FIELD_LINK];
  g_autoptr(GStrvBuilder) aliases = g_strv_builder_new ();
  g_autofree char *address = NULL;

  draft->guid = annals_text_normalize_line (id ? id->raw->str : self->about, -1);
  if (*draft->guid == '\0')
    {
      g_clear_pointer (&draft->guid, g_free);
    }
  else if (*draft->guid == '/')
    {
      char *absolute = annals_feed_resolve (draft->guid, id ? id->base : NULL);

      g_free (draft->guid);
      draft->guid = absolute;
    }

  if (self->address != NULL)
    address = g_strdup (self->address);
  else if (link != NULL && !is_blank (link->raw->str))
    {
      g_autofree char *line = annals_feed_value_dup_line (link);

      address = annals_feed_resolve (line, link->base);
    }

  if (original != NULL && is_web_address (original->raw->str))
    draft->url = g_strstrip (g_strdup (original->raw->str));
  else if (is_web_address (address))
    draft->url = g_steal_pointer (&address);
  else if (is_web_address (draft->guid) && self->guid_is_link)
    draft->url = g_strdup (draft->guid);
  else if (is_web_address (self->about))
    draft->url = g_strdup (self->about);
  else
    draft->url = g_steal_pointer (&address);

  if (is_web_address (address) && !g_str_equal (address, draft->url))
    g_strv_builder_add (aliases, address);
  if (is_web_address (self->about) && g_strcmp0 (self->about, draft->url) != 0 &&
      g_strcmp0 (self->about, draft->guid) != 0)
    g_strv_builder_add (aliases, self->about);

  draft->aliases = g_strv_builder_end (aliases);
  if (draft->aliases[0] == NULL)
    g_clear_pointer (&draft->aliases, g_strfreev);
}

static void
fill_date (AnnalsFeedItem             *self,
           AnnalsDraft                *draft,
           const AnnalsFormatSettings *settings,
           AnnalsFeedDoubts           *doubts)
{
  static const AnnalsFeedField fields[] = { ANNALS_FEED_FIELD_PUBLISHED, ANNALS_FEED_FIELD_DATE,
                                            ANNALS_FEED_FIELD_CREATED, ANNALS_FEED_FIELD_UPDATED };
  g_autofree char *first = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (fields) && draft->published == NULL; i++)
    {
      AnnalsFeedValue *value = self->values[fields[i]];
      g_autofree char *line = value ? annals_text_normalize_line (value->raw->str, -1) : NULL;
      AnnalsStampDoubt doubt = ANNALS_STAMP_CLEAR;

      if (line == NULL || *line == '\0')
        continue;

      draft->published = annals_stamp_parse (line, draft->language ? draft->language : settings->language,
                                             settings->zone, &doubt);
      doubts->only_changed = fields[i] == ANNALS_FEED_FIELD_UPDATED;
      if (doubt != ANNALS_STAMP_CLEAR && first == NULL)
        first = annals_stamp_dup_reason (doubt, line);
    }

  if (draft->published == NULL && first == NULL)
    first = annals_stamp_dup_reason (ANNALS_STAMP_MISSING, NULL);
  if (draft->published == NULL)
    doubts->only_changed = FALSE;

  doubts->date = g_steal_pointer (&first);
}

static char *
dup_title (AnnalsFeedItem *self)
{
  g_autofree char *title = dup_value_line (self, ANNALS_FEED_FIELD_TITLE);

  if (*title != '\0')
    return g_steal_pointer (&title);

  return dup_value_line (self, ANNALS_FEED_FIELD_MEDIA_TITLE);
}

/* What kind of record its fields say it is; comments have the address of their post with a fragment of
 * their own. */
static AnnalsPostKind
find_kind (AnnalsFeedItem *self,
           AnnalsDraft    *draft)
{
  AnnalsFeedValue *control = self->values[ANNALS_FEED_FIELD_CONTROL];

  if (self->kind != ANNALS_POST_POST)
    return self->kind;

  if (control != NULL && strstr (control->raw->str, "yes") != NULL)
    return ANNALS_POST_DRAFT;

  if (self->values[ANNALS_FEED_FIELD_REPLY] != NULL ||
      (draft->url != NULL && strstr (draft->url, "#comment-") != NULL) ||
      (draft->guid != NULL && strstr (draft->guid, "#comment-") != NULL))
    return ANNALS_POST_COMMENT;

  return ANNALS_POST_POST;
}

static char *
join (GPtrArray *array)
{
  g_ptr_array_add (array, NULL);

  return g_strjoinv (", ", (char **) array->pdata);
}

AnnalsDraft *
annals_feed_item_dup_draft (AnnalsFeedItem             *self,
                            const AnnalsFormatSettings *settings,
                            AnnalsFeedDoubts           *doubts)
{
  AnnalsDraft *draft = annals_draft_new ();
  AnnalsFeedValue *title = self->values[ANNALS_FEED_FIELD_TITLE];

  *doubts = (AnnalsFeedDoubts) { 0 };

  fill_addresses (self, draft);
  fill_text (self, draft, doubts);

  if (self->values[ANNALS_FEED_FIELD_LANGUAGE] != NULL)
    {
      g_free (draft->language);
      draft->language = annals_feed_dup_language (self->values[ANNALS_FEED_FIELD_LANGUAGE]->raw->str);
    }
  if (draft->language == NULL && title != NULL && title->language != NULL)
    draft->language = annals_feed_dup_language (title->language);
  if (draft->language == NULL && self->language != NULL)
    draft->language = annals_feed_dup_language (self->language);

  fill_date (self, draft, settings, doubts);
  draft->kind = find_kind (self, draft);
  draft->title = dup_title (self);
  draft->source = g_strdup (self->source);
  doubts->no_title = *draft->title == '\0';

  if (self->authors->len > 0)
    draft->author = join (self->authors);

  if (self->tags->len > 0)
    {
      g_ptr_array_add (self->tags, NULL);
      draft->tags = g_strdupv ((char **) self->tags->pdata);
    }

  return draft;
}
