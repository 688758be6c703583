/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-address.h"
#include "annals-list-draft.h"

#include "annals-limits.h"
#include "annals-wordpress.h"
#include "annals-wxr-item.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_CHOICES 6
/* A longer one is a sentence with commas in it. */
#define MAX_TAG 60
/* Characters of a line that nobody has wrapped by hand */
#define LONG_LINE 120
#define EXCERPT_BYTES 2000

typedef enum
{
  STATES_GENERAL,     /* columns that are called as WordPress calls them */
  STATES_WORDPRESS,
  STATES_NONE,
} States;

struct _AnnalsListPlan
{
  /* the likeliest first, ended by NULL */
  char         *columns[ANNALS_N_FIELDS][MAX_CHOICES + 1];
  char         *excerpts[MAX_CHOICES + 1];
  char         *author;
  char         *base;
  AnnalsExtent  extent;
  States        states;
};

/* --- the plan --- */

static void
set_choices (char               **choices,
             const char * const  *names)
{
  for (guint i = 0; names[i] != NULL && i < MAX_CHOICES; i++)
    choices[i] = g_strdup (names[i]);
}

static void
clear_choices (char **choices)
{
  for (guint i = 0; i < MAX_CHOICES; i++)
    g_clear_pointer (&choices[i], g_free);
}

static void
apply_given (AnnalsListPlan      *self,
             const AnnalsMapping *given)
{
  for (guint i = 0; given != NULL && i < ANNALS_N_FIELDS; i++)
    {
      if (given->columns[i] == NULL)
        continue;

      clear_choices (self->columns[i]);
      if (*given->columns[i] != '\0')
        self->columns[i][0] = g_strdup (given->columns[i]);
    }
}

AnnalsListPlan *
annals_list_plan_new (AnnalsListSurvey    *survey,
                      const AnnalsMapping *given)
{
  AnnalsListPlan *self = g_new0 (AnnalsListPlan, 1);
  g_autoptr(AnnalsMapping) guess = annals_list_survey_guess (survey);

  self->extent = ANNALS_EXTENT_LISTED;
  for (guint i = 0; i < ANNALS_N_FIELDS; i++)
    self->columns[i][0] = g_steal_pointer (&guess->columns[i]);
  self->excerpts[0] = g_strdup (annals_list_survey_get_excerpt_column (survey));
  apply_given (self, given);

  return self;
}

AnnalsListPlan *
annals_list_plan_new_json_feed (const AnnalsMapping *given)
{
  static const char * const columns[ANNALS_N_FIELDS][MAX_CHOICES + 1] = {
    [ANNALS_FIELD_TITLE] = { "title" },
    [ANNALS_FIELD_TEXT] = { "content_html", "content_text" },
    [ANNALS_FIELD_DATE] = { "date_published", "date_modified" },
    [ANNALS_FIELD_URL] = { "url" },
    [ANNALS_FIELD_AUTHOR] = { "authors.name", "author.name", "author" },
    [ANNALS_FIELD_LANGUAGE] = { "language" },
    [ANNALS_FIELD_TAGS] = { "tags" },
    [ANNALS_FIELD_GUID] = { "id" },
  };
  static const char * const excerpts[] = { "summary", NULL };
  AnnalsListPlan *self = g_new0 (AnnalsListPlan, 1);

  self->extent = ANNALS_EXTENT_LISTED;
  self->states = STATES_NONE;
  for (guint i = 0; i < ANNALS_N_FIELDS; i++)
    set_choices (self->columns[i], columns[i]);
  set_choices (self->excerpts, excerpts);
  apply_given (self, given);

  return self;
}

AnnalsListPlan *
annals_list_plan_new_wordpress (const AnnalsMapping *given)
{
  static const char * const columns[ANNALS_N_FIELDS][MAX_CHOICES + 1] = {
    [ANNALS_FIELD_TITLE] = { "title.rendered", "title.raw", "title", "name" },
    [ANNALS_FIELD_TEXT] = { "content.rendered", "content.raw", "content" },
    [ANNALS_FIELD_DATE] = { "date", "date_gmt", "modified" },
    [ANNALS_FIELD_URL] = { "link" },
    [ANNALS_FIELD_AUTHOR] = { "_embedded.author.name", "author_name", "yoast_head_json.author", "authors.name",
                              "author.name" },
    [ANNALS_FIELD_SOURCE] = { "yoast_head_json.og_site_name" },
    [ANNALS_FIELD_LANGUAGE] = { "lang", "language" },
    [ANNALS_FIELD_TAGS] = { "_embedded.wp:term.name" },
    [ANNALS_FIELD_GUID] = { "guid.rendered", "guid.raw", "guid" },
  };
  static const char * const excerpts[] = { "excerpt.rendered", "excerpt.raw", "description", NULL };
  AnnalsListPlan *self = g_new0 (AnnalsListPlan, 1);

  /* its own page shows no more */
  self->extent = ANNALS_EXTENT_WHOLE;
  self->states = STATES_WORDPRESS;
  for (guint i = 0; i < ANNALS_N_FIELDS; i++)
    set_choices (self->columns[i], columns[i]);
  set_choices (self->excerpts, excerpts);
  apply_given (self, given);

  return self;
}

void
annals_list_plan_free (AnnalsListPlan *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < ANNALS_N_FIELDS; i++)
    clear_choices (self->columns[i]);
  clear_choices (self->excerpts);
  g_free (self->author);
  g_free (self->base);
  g_free (self);
}

void
annals_list_plan_set_author (AnnalsListPlan *self,
                             const char     *author)
{
  g_free (self->author);
  self->author = g_strdup (author);
}

void
annals_list_plan_set_base (AnnalsListPlan *self,
                           const char     *base)
{
  g_free (self->base);
  self->base = g_strdup (base);
}

void
annals_list_plan_set_extent (AnnalsListPlan *self,
                             AnnalsExtent    extent)
{
  self->extent = extent;
}

AnnalsMapping *
annals_list_plan_dup_mapping (AnnalsListPlan *self)
{
  AnnalsMapping *mapping = annals_mapping_new ();

  for (guint i = 0; i < ANNALS_N_FIELDS; i++)
    mapping->columns[i] = g_strdup (self->columns[i][0]);

  return mapping;
}

gboolean
annals_list_plan_uses (AnnalsListPlan *self,
                       const char     *column)
{
  for (guint i = 0; i < ANNALS_N_FIELDS; i++)
    if (g_strv_contains ((const char * const *) self->columns[i], column))
      return TRUE;

  return g_strv_contains ((const char * const *) self->excerpts, column);
}

/* --- texts --- */

/* The first tag at or behind @at that HTML knows; @block (out): whether it separates paragraphs. */
static const char *
find_tag (const char *at,
          gboolean   *block)
{
  static const char * const blocks[] = {
    "p", "br", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "table", "blockquote", "pre", "section",
    "article", "html", "body", "figure", NULL,
  };
  static const char * const inlines[] = {
    "a", "b", "i", "em", "strong", "span", "img", "u", "s", "code", "sup", "sub", "small", "font", "cite", "q",
    "del", "ins", "mark", "iframe", "script", "style", NULL,
  };

  while ((at = strchr (at, '<')) != NULL)
    {
      const char *start = at + 1 + (at[1] == '/');
      char name[12] = "";
      gsize length = 0;

      while (g_ascii_isalnum (start[length]) && length < sizeof name - 1)
        {
          name[length] = g_ascii_tolower (start[length]);
          length++;
        }
      name[length] = '\0';

      if (start[length] == '>' || start[length] == '/' || g_ascii_isspace (start[length]))
        {
          *block = g_strv_contains (blocks, name);
          if (*block || g_strv_contains (inlines, name))
            return at;
        }
      at = start;
    }

  return NULL;
}

static gboolean
has_reference (const char *value)
{
  for (const char *at = strchr (value, '&'); at != NULL; at = strchr (at + 1, '&'))
    {
      gsize n = at[1] == '#' ? 2 : 1;

      while (g_ascii_isalnum (at[n]) && n < 32)
        n++;

      if (n > 2 && at[n] == ';')
        return TRUE;
    }

  return FALSE;
}

/* Plain text in which every line is a paragraph: its line ends doubled. NULL when lines are wrapped. */
static char *
part_lines (const char *value)
{
  gboolean long_line = FALSE;
  GString *parted;

  for (const char *at = value; *at != '\0' && !long_line;)
    {
      gsize length = strcspn (at, "\r\n");

      long_line = length > LONG_LINE && g_utf8_strlen (at, (gssize) length) > LONG_LINE;
      at += length;
      at += strspn (at, "\r\n");
    }

  if (!long_line)
    return NULL;

  parted = g_string_new (value);
  g_string_replace (parted, "\n", "\n\n", 0);

  return g_string_free (parted, FALSE);
}

AnnalsText *
annals_list_text (const char  *value,
                  const char  *base,
                  const char **markup_kind)
{
  gboolean block = FALSE, any = FALSE;
  const char *tag = value;
  g_autofree char *html = NULL;
  g_autofree char *parted = NULL;

  while (!block && (tag = find_tag (tag, &block)) != NULL)
    {
      any = TRUE;
      tag++;
    }

  *markup_kind = any || has_reference (value) ? "html" : "text";

  if (block)
    return annals_text_new_from_html (value, -1, base);

  /* no tag parts its paragraphs, so line ends do */
  if (g_str_equal (*markup_kind, "html"))
    {
      html = annals_wordpress_to_html (value);
      return annals_text_new_from_html (html, -1, base);
    }

  parted = part_lines (value);

  return annals_text_new_from_plain (parted ? parted : value, -1);
}

/* --- records --- */

static gboolean
is_set (const char *string)
{
  return string != NULL && *string != '\0';
}

/* All values of the first of @choices that has any. */
static const char * const *
get_all (AnnalsListRecord *record,
         char            **choices)
{
  for (guint i = 0; choices[i] != NULL; i++)
    {
      const char * const *values = annals_list_record_get_all (record, choices[i]);

      if (values != NULL)
        return values;
    }

  return NULL;
}

static const char *
get (AnnalsListPlan   *self,
     AnnalsListRecord *record,
     AnnalsField       field)
{
  const char * const *values = get_all (record, self->columns[field]);

  return values ? values[0] : NULL;
}

char *
annals_list_dup_line (const char *value)
{
  gboolean block;

  if (value == NULL)
    return NULL;

  if (has_reference (value) || find_tag (value, &block) != NULL)
    return annals_text_line_from_html (value, -1);

  return annals_text_normalize_line (value, -1);
}

static char *
dup_names (const char * const *values)
{
  g_autoptr(GString) names = g_string_new (NULL);

  for (guint i = 0; values != NULL && values[i] != NULL && i < ANNALS_LIMIT_TAGS; i++)
    {
      g_autofree char *name = annals_list_dup_line (values[i]);

      if (*name != '\0')
        g_string_append_printf (names, "%s%s", names->len ? ", " : "", name);
    }

  return names->len ? g_string_free (g_steal_pointer (&names), FALSE) : NULL;
}

void
annals_list_add_tag (GPtrArray  *tags,
                     const char *value)
{
  char *tag = annals_list_dup_line (value);

  if (*tag == '\0' || tags->len >= ANNALS_LIMIT_TAGS || g_ptr_array_find_with_equal_func (tags, tag, g_str_equal, NULL))
    g_free (tag);
  else
    g_ptr_array_add (tags, tag);
}

/* One value with separators in it holds several tags, unless that makes sentences of them. */
static void
add_split_tags (GPtrArray  *tags,
                const char *value)
{
  const char *separator = strchr (value, ';') ? ";" : strchr (value, '|') ? "|" : ",";
  g_auto(GStrv) pieces = NULL;
  const char *list = value;
  g_autofree char *inside = NULL;

  /* "['a', 'b']", as Python writes it */
  if (*value == '[' && value[strlen (value) - 1] == ']')
    {
      inside = g_strndup (value + 1, strlen (value) - 2);
      g_strdelimit (inside, "'\"", ' ');
      list = inside;
    }

  pieces = g_strsplit (list, separator, ANNALS_LIMIT_TAGS);
  for (guint i = 0; pieces[i] != NULL; i++)
    if (g_utf8_strlen (pieces[i], -1) > MAX_TAG)
      {
        annals_list_add_tag (tags, value);
        return;
      }

  for (guint i = 0; pieces[i] != NULL; i++)
    annals_list_add_tag (tags, pieces[i]);
}

static void
fill_tags (AnnalsListPlan   *self,
           AnnalsListRecord *record,
           AnnalsDraft      *draft)
{
  const char * const *values = get_all (record, self->columns[ANNALS_FIELD_TAGS]);
  g_autoptr(GPtrArray) tags = g_ptr_array_new_with_free_func (g_free);

  if (values == NULL)
    return;

  if (values[1] == NULL && self->states == STATES_GENERAL)
    add_split_tags (tags, values[0]);
  else
    for (guint i = 0; values[i] != NULL && i < ANNALS_LIMIT_TAGS; i++)
      annals_list_add_tag (tags, values[i]);

  if (tags->len > 0)
    {
      g_ptr_array_add (tags, NULL);
      draft->tags = (char **) g_ptr_array_free (g_steal_pointer (&tags), FALSE);
    }
}

char *
annals_list_dup_language (const char *value)
{
  g_autofree char *code = value ? g_strstrip (g_strdup (value)) : NULL;
  gsize letters = 0;

  if (code == NULL)
    return NULL;

  g_strdelimit (code, "_", '-');
  while (g_ascii_isalpha (code[letters]))
    letters++;

  if ((letters != 2 && letters != 3) || (code[letters] != '\0' && code[letters] != '-') || strlen (code) > 35 ||
      !g_str_is_ascii (code))
    return NULL;

  return g_steal_pointer (&code);
}

static char *
dup_address (AnnalsListPlan *self,
             const char     *value)
{
  g_autofree char *stripped = value ? g_strstrip (g_strdup (value)) : NULL;
  g_autofree char *absolute = NULL;

  if (!is_set (stripped) || strlen (stripped) > 8192)
    return NULL;

  if (self->base != NULL)
    absolute = annals_address_resolve (self->base, stripped);
  if (absolute == NULL)
    absolute = g_steal_pointer (&stripped);

  return strstr (absolute, "://") != NULL ? g_steal_pointer (&absolute) : NULL;
}

gboolean
annals_list_guid_is_worldwide (const char *guid)
{
  const char *host = strstr (guid, "://");

  if (host == NULL)
    return strpbrk (guid, ":/") != NULL || strlen (guid) >= 16;

  /* a home page is that of all posts */
  host += strlen ("://");
  host += strcspn (host, "/?#");

  return host[strspn (host, "/")] != '\0';
}

/* Both times of a WordPress make one with the offset between them. */
static AnnalsDate *
dup_wordpress_date (AnnalsListRecord           *record,
                    const AnnalsFormatSettings *settings,
                    AnnalsStampDoubt           *doubt,
                    const char                **said)
{
  AnnalsWxrTimes times = { 0 };

  times.local = (char *) annals_list_record_get (record, "date");
  times.gmt = (char *) annals_list_record_get (record, "date_gmt");

  return annals_wxr_times_dup_date (&times, settings->language, settings->zone, doubt, said);
}

static void
fill_date (AnnalsListPlan     *self,
           AnnalsFormatReader *reader,
           AnnalsListRecord   *record,
           AnnalsDraft        *draft)
{
  const AnnalsFormatSettings *settings = annals_format_reader_get_settings (reader);
  AnnalsStampDoubt doubt;
  const char *said = get (self, record, ANNALS_FIELD_DATE);

  if (self->states == STATES_WORDPRESS && g_strcmp0 (self->columns[ANNALS_FIELD_DATE][0], "date") == 0)
    draft->published = dup_wordpress_date (record, settings, &doubt, &said);
  else
    draft->published = annals_stamp_parse (said, draft->language ? draft->language : settings->language,
                                           settings->zone, &doubt);

  if (doubt == ANNALS_STAMP_MISSING)
    annals_format_reader_take_issue (reader, ANNALS_SEVERITY_NOTE, ANNALS_ISSUE_DATE, g_strdup (draft->place),
                                     g_strdup (_("The post has no date")), draft->title);
  else if (doubt != ANNALS_STAMP_CLEAR)
    annals_format_reader_take_issue (reader, ANNALS_SEVERITY_NOTE, ANNALS_ISSUE_DATE, g_strdup (draft->place),
                                     annals_stamp_dup_reason (doubt, said), draft->title);
}

/* --- what kind of record it is --- */

static AnnalsPostKind
kind_of_status (const char *status)
{
  static const struct { const char *status; AnnalsPostKind kind; } known[] = {
    { "draft", ANNALS_POST_DRAFT },     { "auto-draft", ANNALS_POST_DRAFT }, { "pending", ANNALS_POST_DRAFT },
    { "future", ANNALS_POST_DRAFT },    { "scheduled", ANNALS_POST_DRAFT },  { "private", ANNALS_POST_PRIVATE },
    { "trash", ANNALS_POST_TRASH },     { "deleted", ANNALS_POST_TRASH },    { "spam", ANNALS_POST_TRASH },
  };

  for (guint i = 0; status != NULL && i < G_N_ELEMENTS (known); i++)
    if (g_ascii_strcasecmp (status, known[i].status) == 0)
      return known[i].kind;

  return ANNALS_POST_POST;
}

static AnnalsPostKind
kind_of_type (const char *type)
{
  static const struct { const char *type; AnnalsPostKind kind; } known[] = {
    { "page", ANNALS_POST_PAGE },          { "comment", ANNALS_POST_COMMENT },
    { "attachment", ANNALS_POST_OTHER },   { "revision", ANNALS_POST_OTHER },
    { "nav_menu_item", ANNALS_POST_OTHER }, { "wp_block", ANNALS_POST_OTHER },
    { "wp_template", ANNALS_POST_OTHER },  { "wp_navigation", ANNALS_POST_OTHER },
  };

  for (guint i = 0; type != NULL && i < G_N_ELEMENTS (known); i++)
    if (g_ascii_strcasecmp (type, known[i].type) == 0)
      return known[i].kind;

  return ANNALS_POST_POST;
}

static AnnalsPostKind
find_kind (AnnalsListPlan   *self,
           AnnalsListRecord *record)
{
  static const char * const statuses[] = { "status", "post_status", "post.status", NULL };
  static const char * const types[] = { "type", "post_type", "post.type", NULL };
  const char *status = NULL, *type = NULL;
  AnnalsPostKind kind;

  if (self->states == STATES_NONE)
    return ANNALS_POST_POST;

  for (guint i = 0; statuses[i] != NULL && status == NULL; i++)
    status = annals_list_record_get (record, statuses[i]);
  for (guint i = 0; types[i] != NULL && type == NULL; i++)
    type = annals_list_record_get (record, types[i]);

  if (self->states == STATES_WORDPRESS)
    {
      /* lists of categories, users and media have no text of their own */
      if (annals_list_record_get (record, "taxonomy") != NULL ||
          (type == NULL && annals_list_record_get (record, "author_name") == NULL))
        return ANNALS_POST_OTHER;
      if (annals_list_record_get (record, "author_name") != NULL &&
          annals_list_record_get (record, "post") != NULL)
        type = "comment";
      if (g_strcmp0 (annals_list_record_get (record, "content.protected"), "true") == 0)
        return ANNALS_POST_PRIVATE;
    }

  kind = kind_of_type (type);
  if (kind == ANNALS_POST_OTHER)
    return kind;

  return kind_of_status (status) != ANNALS_POST_POST ? kind_of_status (status) : kind;
}

/* --- drafts --- */

void
annals_list_note_double_encoding (AnnalsFormatReader *reader,
                                  const AnnalsDraft  *draft)
{
  const char *text = annals_text_get_string (draft->text);

  /* every such text has this byte, few others do */
  if (strchr (text, '\xc3') != NULL && annals_decoder_looks_double_encoded (text, NULL))
    annals_format_reader_take_issue (reader, ANNALS_SEVERITY_NOTE, ANNALS_ISSUE_CHARACTERS, g_strdup (draft->place),
                                     g_strdup (_("Some of the text was encoded twice; it is left as it is")),
                                     draft->title);
}

static void
fill_text (AnnalsListPlan   *self,
           AnnalsListRecord *record,
           AnnalsDraft      *draft)
{
  const char * const *values = get_all (record, self->columns[ANNALS_FIELD_TEXT]);
  const char * const *excerpts = get_all (record, self->excerpts);
  g_autofree char *joined = NULL;

  draft->extent = self->extent;
  if (values == NULL && excerpts != NULL)
    {
      values = excerpts;
      draft->extent = ANNALS_EXTENT_EXCERPT;
    }
  else if (values != NULL && excerpts == values)
    {
      draft->extent = ANNALS_EXTENT_EXCERPT;
    }

  if (values != NULL)
    joined = g_strjoinv ("\n\n", (char **) values);

  draft->text = annals_list_text (joined ? joined : "", draft->url ? draft->url : self->base, &draft->markup_kind);
  draft->markup = g_bytes_new (joined ? joined : "", joined ? strlen (joined) : 0);
}

static void
fill_title (AnnalsListPlan     *self,
            AnnalsFormatReader *reader,
            AnnalsListRecord   *record,
            AnnalsDraft        *draft)
{
  draft->title = annals_list_dup_line (get (self, record, ANNALS_FIELD_TITLE));

  if (is_set (draft->title))
    return;

  g_free (draft->title);

  if (draft->kind == ANNALS_POST_COMMENT && is_set (draft->author))
    {
      draft->title = g_strdup_printf (_("Comment by %s"), draft->author);
      return;
    }

  draft->title = annals_format_reader_dup_title (draft->text);
  if (annals_text_get_length (draft->text) > 0)
    annals_format_reader_take_issue (reader, ANNALS_SEVERITY_NOTE, ANNALS_ISSUE_TITLE, g_strdup (draft->place),
                                     g_strdup (_("The post has no title; its first words stand for it")),
                                     draft->title);
}

static void
note_text (AnnalsFormatReader *reader,
           AnnalsDraft        *draft)
{
  if (draft->kind == ANNALS_POST_OTHER)
    return;

  if (annals_text_get_length (draft->text) == 0)
    annals_format_reader_take_issue (reader, ANNALS_SEVERITY_NOTE, ANNALS_ISSUE_EMPTY, g_strdup (draft->place),
                                     g_strdup (_("The post has no text")), draft->title);
}

void
annals_list_plan_draft (AnnalsListPlan     *self,
                        AnnalsFormatReader *reader,
                        AnnalsListRecord   *record,
                        char               *place)
{
  g_autoptr(AnnalsDraft) draft = annals_draft_new ();
  const char *guid = get (self, record, ANNALS_FIELD_GUID);

  draft->place = place;
  draft->kind = find_kind (self, record);
  draft->url = dup_address (self, get (self, record, ANNALS_FIELD_URL));
  draft->guid = guid && annals_list_guid_is_worldwide (guid) ? annals_text_normalize_line (guid, -1) : NULL;
  draft->author = dup_names (get_all (record, self->columns[ANNALS_FIELD_AUTHOR]));
  if (draft->author == NULL && draft->kind != ANNALS_POST_COMMENT)
    draft->author = g_strdup (self->author);
  draft->source = annals_list_dup_line (get (self, record, ANNALS_FIELD_SOURCE));
  draft->language = annals_list_dup_language (get (self, record, ANNALS_FIELD_LANGUAGE));
  fill_tags (self, record, draft);
  fill_text (self, record, draft);
  fill_title (self, reader, record, draft);

  if (annals_list_record_is_full (record))
    annals_format_reader_take_issue (reader, ANNALS_SEVERITY_WARNING, ANNALS_ISSUE_LIMIT, g_strdup (draft->place),
                                     g_strdup_printf (
                                       _("The record has more than %d members; the others were left out"),
                                       ANNALS_LIMIT_COLUMNS),
                                     draft->title);

  if (*draft->title == '\0' && annals_text_get_length (draft->text) == 0)
    {
      draft->skipped = g_strdup (_("The record has neither a title nor a text"));
      draft->code = ANNALS_ISSUE_EMPTY;
      draft->excerpt = annals_list_record_dup_excerpt (record, EXCERPT_BYTES);
      annals_format_reader_take_draft (reader, g_steal_pointer (&draft));
      return;
    }

  fill_date (self, reader, record, draft);
  note_text (reader, draft);
  annals_list_note_double_encoding (reader, draft);
  annals_format_reader_take_draft (reader, g_steal_pointer (&draft));
}
