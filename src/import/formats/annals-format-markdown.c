/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-address.h"
#include "annals-format.h"

#include "annals-front-matter.h"
#include "annals-limits.h"
#include "annals-list-draft.h"
#include "annals-list-source.h"
#include "annals-markdown-body.h"
#include "annals-stamp.h"
#include "annals-text-markdown.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Posts in Markdown, one in a file, as Jekyll, Hugo, Hexo and their like keep them: YAML, TOML or JSON in front
 * says what they are. Without that, the first heading is the title.
 */

typedef struct
{
  AnnalsFormatReader *reader;   /* borrowed */
} Markdown;

/* --- recognising --- */

static gboolean
has_suffix (const char         *name,
            const char * const *suffixes)
{
  g_autofree char *lower = g_ascii_strdown (name ? name : "", -1);

  for (guint i = 0; suffixes[i] != NULL; i++)
    if (g_str_has_suffix (lower, suffixes[i]))
      return TRUE;

  return FALSE;
}

static guint
markdown_sniff (const AnnalsSniff *sniff)
{
  static const char * const suffixes[] = { ".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mdx", ".qmd", NULL };
  static const char * const others[] = { ".yml", ".yaml", ".toml", ".json", ".jsonl", ".csv", ".tsv", NULL };
  static const char * const known[] = { "title", "date", "layout", "tags[]", "categories[]", "permalink", "author",
                                        "draft", "published", NULL };
  gboolean called = has_suffix (sniff->name, suffixes) ||
                    g_strcmp0 (sniff->media_type, "text/markdown") == 0;
  const char *start = sniff->text + strspn (sniff->text, " \t\r\n");
  g_autoptr(AnnalsFrontMatter) matter = NULL;

  if (*start == '\0' || has_suffix (sniff->name, others) ||
      (!called && *start != '-' && *start != '+'))
    return 0;

  matter = annals_front_matter_new (sniff->text);

  for (guint i = 0; matter->found && known[i] != NULL; i++)
    if (annals_list_record_get (matter->values, known[i]) != NULL)
      return 92;

  return called ? 50 : 0;
}

/* --- what the front matter says --- */

/* The first of @names (ended by NULL) that has a value, alone or in a list. */
static const char *
get (AnnalsListRecord   *values,
     const char * const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *list = g_strconcat (names[i], "[]", NULL);
      const char *value = annals_list_record_get (values, names[i]);

      if (value == NULL)
        value = annals_list_record_get (values, list);
      if (value != NULL)
        return value;
    }

  return NULL;
}

/* One string holds several categories, separated by commas, or by spaces as Jekyll reads it. */
static void
add_string (GPtrArray  *tags,
            const char *value)
{
  g_auto(GStrv) pieces = g_strsplit_set (value, strchr (value, ',') ? "," : " \t\n", ANNALS_LIMIT_TAGS);

  for (guint i = 0; pieces[i] != NULL; i++)
    annals_list_add_tag (tags, pieces[i]);
}

static void
fill_tags (AnnalsListRecord *values,
           AnnalsDraft      *draft)
{
  static const struct { const char *name; gboolean single; } names[] = {
    { "categories", FALSE },          { "category", TRUE },         { "tags", FALSE }, { "tag", TRUE },
    { "taxonomies.categories", FALSE }, { "taxonomies.tags", FALSE }, { "keywords", FALSE },
    { "topics", FALSE },
  };
  g_autoptr(GPtrArray) tags = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *list = g_strconcat (names[i].name, "[]", NULL);
      const char * const *listed = annals_list_record_get_all (values, list);
      const char * const *alone = annals_list_record_get_all (values, names[i].name);

      for (guint j = 0; listed != NULL && listed[j] != NULL && j < ANNALS_LIMIT_TAGS; j++)
        annals_list_add_tag (tags, listed[j]);

      /* a list of JSON has no other name than a value */
      if (alone != NULL && (names[i].single || alone[1] != NULL))
        for (guint j = 0; alone[j] != NULL && j < ANNALS_LIMIT_TAGS; j++)
          annals_list_add_tag (tags, alone[j]);
      else if (alone != NULL)
        add_string (tags, alone[0]);
    }

  if (tags->len > 0)
    {
      g_ptr_array_add (tags, NULL);
      draft->tags = (char **) g_ptr_array_free (g_steal_pointer (&tags), FALSE);
    }
}

static char *
dup_author (AnnalsListRecord *values)
{
  static const char * const names[] = { "authors[]", "author[]", "authors.name", "author.name", "author", "authors",
                                        "byline", "creator", "extra.author", "params.author" };
  g_autoptr(GString) author = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names) && author->len == 0; i++)
    {
      const char * const *all = annals_list_record_get_all (values, names[i]);

      for (guint j = 0; all != NULL && all[j] != NULL && j < ANNALS_LIMIT_TAGS; j++)
        {
          g_autofree char *line = annals_list_dup_line (all[j]);

          if (*line != '\0')
            g_string_append_printf (author, "%s%s", author->len ? ", " : "", line);
        }
    }

  return author->len > 0 ? g_string_free (g_steal_pointer (&author), FALSE) : NULL;
}

/* @address (nullable) as an absolute one, if that can be known: where the file was, or where another address of
 * the post says that its site is. */
static char *
dup_absolute (const char *address,
              const char *base)
{
  g_autofree char *absolute = NULL;

  /* ":year" and ":title" are patterns */
  if (address == NULL || *address == '\0' || strstr (address, "/:") != NULL || *address == ':' ||
      strlen (address) > 8192)
    return NULL;

  if (strstr (address, "://") != NULL)
    return g_strdup (address);

  absolute = base ? annals_address_resolve (base, address) : NULL;

  return absolute && strstr (absolute, "://") ? g_steal_pointer (&absolute) : NULL;
}

/* WordPress's guid "…/?p=12" has the number of its post; one with another number was copied from that post. */
static gboolean
guid_is_own (AnnalsListRecord *values,
             const char       *guid)
{
  const char *id = annals_list_record_get (values, "id");
  const char *query = strstr (guid, "/?p=");

  return id == NULL || query == NULL || strspn (id, "0123456789") != strlen (id) ||
         g_str_equal (query + strlen ("/?p="), id);
}

static void
fill_addresses (Markdown         *self,
                AnnalsListRecord *values,
                AnnalsDraft      *draft)
{
  static const char * const own[] = { "canonical_url", "permalink", "url", "canonical", "original_url", NULL };
  static const char * const guids[] = { "guid", "uuid", "id", NULL };
  static const char * const others[] = { "aliases[]", "redirect_from[]", "aliases", "redirect_from", "alias" };
  const char *guid = get (values, guids);
  const char *base = annals_format_reader_get_part (self->reader)->url;
  g_autoptr(GStrvBuilder) aliases = g_strv_builder_new ();
  guint n_aliases = 0;

  if (guid != NULL && annals_list_guid_is_worldwide (guid) && guid_is_own (values, guid))
    draft->guid = annals_text_normalize_line (guid, -1);
  if (base == NULL && guid != NULL && g_str_has_prefix (guid, "http"))
    base = guid;

  draft->url = dup_absolute (get (values, own), base);
  if (draft->url == NULL)
    draft->url = g_strdup (annals_format_reader_get_part (self->reader)->url);

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      const char * const *all = annals_list_record_get_all (values, others[i]);

      for (guint j = 0; all != NULL && all[j] != NULL && n_aliases < ANNALS_LIMIT_TAGS; j++)
        {
          g_autofree char *absolute = dup_absolute (all[j], base);

          if (absolute == NULL)
            continue;
          g_strv_builder_add (aliases, absolute);
          n_aliases++;
        }
    }

  if (n_aliases > 0)
    draft->aliases = g_strv_builder_end (aliases);
}

static gboolean
is_one_of (const char         *value,
           const char * const *list)
{
  g_autofree char *lower = value ? g_ascii_strdown (value, -1) : NULL;

  return lower != NULL && g_strv_contains (list, lower);
}

static AnnalsPostKind
find_kind (Markdown          *self,
           AnnalsFrontMatter *matter,
           gboolean           dated_name)
{
  static const char * const layouts[] = { "page", "pages", "default", "home", "index", "archive", "about", "static",
                                          "tags", "categories", "search", NULL };
  static const char * const yes[] = { "true", "yes", "on", "1", NULL };
  static const char * const no[] = { "false", "no", "off", "0", NULL };
  static const char * const draft_states[] = { "draft", "pending", "future", "scheduled", "auto-draft", NULL };
  static const char * const private_states[] = { "private", "hidden", "password", NULL };
  static const char * const trash_states[] = { "trash", "deleted", NULL };
  const char *path = annals_format_reader_get_name (self->reader);
  AnnalsListRecord *values = matter->values;
  const char *status = annals_list_record_get (values, "status");

  if (is_one_of (annals_list_record_get (values, "published"), no) ||
      is_one_of (annals_list_record_get (values, "draft"), yes) || is_one_of (status, draft_states) ||
      g_str_has_prefix (path, "_drafts/") || strstr (path, "/_drafts/") != NULL)
    return ANNALS_POST_DRAFT;

  if (is_one_of (status, trash_states))
    return ANNALS_POST_TRASH;

  if (is_one_of (status, private_states) || is_one_of (annals_list_record_get (values, "visibility"), private_states) ||
      annals_list_record_get (values, "password") != NULL)
    return ANNALS_POST_PRIVATE;

  if (!matter->found)
    return dated_name ? ANNALS_POST_POST : ANNALS_POST_PAGE;

  if (is_one_of (annals_list_record_get (values, "layout"), layouts) ||
      is_one_of (annals_list_record_get (values, "type"), layouts))
    return ANNALS_POST_PAGE;

  return ANNALS_POST_POST;
}

/* --- the draft --- */

static char *
dup_place (Markdown *self,
           guint     line)
{
  const char *name = annals_format_reader_get_name (self->reader);

  return line > 1 ? g_strdup_printf (_("%s, line %u"), name, line) : g_strdup (name);
}

static void
note (Markdown        *self,
      AnnalsDraft     *draft,
      AnnalsIssueCode  code,
      char            *reason)
{
  annals_format_reader_take_issue (self->reader, ANNALS_SEVERITY_NOTE, code, g_strdup (draft->place), reason,
                                   draft->title);
}

/* From the front matter, else from the file's name. */
static void
fill_date (Markdown         *self,
           AnnalsListRecord *values,
           const char       *name_date,
           AnnalsDraft      *draft)
{
  static const char * const names[] = { "date", "published_at", "publishdate", "publishDate", "published_date",
                                        "pubdate", "pubDate", "date_published", "datePublished", "created",
                                        "created_at", "created_date", "dateCreated", "datetime", "posted",
                                        "updated", "lastmod", "modified", NULL };
  const AnnalsFormatSettings *settings = annals_format_reader_get_settings (self->reader);
  const char *said = get (values, names);
  AnnalsStampDoubt doubt;

  draft->published = annals_stamp_parse (said, draft->language ? draft->language : settings->language, settings->zone,
                                         &doubt);

  if (doubt != ANNALS_STAMP_CLEAR && doubt != ANNALS_STAMP_MISSING)
    note (self, draft, ANNALS_ISSUE_DATE, annals_stamp_dup_reason (doubt, said));

  if (draft->published == NULL && name_date != NULL)
    draft->published = annals_stamp_parse (name_date, NULL, settings->zone, &doubt);

  if (draft->published == NULL && doubt == ANNALS_STAMP_MISSING)
    note (self, draft, ANNALS_ISSUE_DATE, g_strdup (_("The post has no date")));
}

static void
fill_text (Markdown          *self,
           AnnalsFrontMatter *matter,
           const char        *body,
           AnnalsDraft       *draft)
{
  static const char * const excerpts[] = { "excerpt", "summary", "description", "subtitle", NULL };
  static const char * const pages[] = { ".html", ".htm", NULL };
  const char *excerpt = get (matter->values, excerpts);
  g_autofree char *prepared = annals_markdown_body_prepare (body);

  /* a page with front matter is no Markdown: its indented lines are no code */
  if (has_suffix (annals_format_reader_get_name (self->reader), pages))
    draft->text = annals_text_new_from_html (prepared, -1, draft->url);
  else
    draft->text = annals_text_new_from_markdown (prepared, -1, draft->url);

  if (annals_text_get_length (draft->text) == 0 && excerpt != NULL)
    {
      annals_text_unref (draft->text);
      draft->text = annals_text_new_from_markdown (excerpt, -1, draft->url);
      draft->extent = ANNALS_EXTENT_EXCERPT;
    }
}

/* What the front matter says, else the text's first heading, which then is no part of the text. */
static char *
dup_title (AnnalsFrontMatter  *matter,
           const char        **body)
{
  static const char * const titles[] = { "title", "headline", "name", NULL };
  g_autofree char *title = annals_list_dup_line (get (matter->values, titles));
  g_autofree char *heading = NULL;
  g_autoptr(AnnalsText) text = NULL;
  const char *behind;

  if (title != NULL && *title != '\0')
    return g_steal_pointer (&title);

  heading = annals_markdown_body_dup_heading (*body, &behind);
  if (heading == NULL)
    return g_strdup ("");

  *body = behind;
  text = annals_text_new_from_markdown (heading, -1, NULL);

  return annals_text_normalize_line (annals_text_get_string (text), -1);
}

static void
note_what_is_missing (Markdown    *self,
                      AnnalsDraft *draft)
{
  if (*draft->title == '\0')
    {
      g_free (draft->title);
      draft->title = annals_format_reader_dup_title (draft->text);
      note (self, draft, ANNALS_ISSUE_TITLE, g_strdup (_("The post has no title; its first words stand for it")));
    }

  if (annals_text_get_length (draft->text) == 0)
    note (self, draft, ANNALS_ISSUE_EMPTY, g_strdup (_("The post has no text")));
  else if (draft->extent == ANNALS_EXTENT_EXCERPT)
    note (self, draft, ANNALS_ISSUE_EMPTY, g_strdup (_("The post has no text; its excerpt stands for it")));
}

static void
take_post (Markdown   *self,
           const char *source)
{
  static const char * const languages[] = { "lang", "language", "locale", NULL };
  static const char * const sources[] = { "source", "publication", NULL };
  g_autoptr(AnnalsFrontMatter) matter = annals_front_matter_new (source);
  g_autoptr(AnnalsDraft) draft = annals_draft_new ();
  g_autofree char *name_date = annals_markdown_dup_name_date (annals_format_reader_get_name (self->reader));
  const char *body = source + matter->body;
  const char *said;

  draft->place = dup_place (self, 1);
  draft->kind = find_kind (self, matter, name_date != NULL);
  draft->title = dup_title (matter, &body);
  draft->author = dup_author (matter->values);
  draft->language = annals_list_dup_language (get (matter->values, languages));
  said = get (matter->values, sources);
  draft->source = said && strstr (said, "://") == NULL ? annals_list_dup_line (said) : NULL;
  fill_tags (matter->values, draft);
  fill_addresses (self, matter->values, draft);
  fill_text (self, matter, body, draft);
  draft->markup = g_bytes_new (source, strlen (source));
  draft->markup_kind = "text";

  for (guint i = 0; i < matter->problems->len; i++)
    {
      AnnalsFrontMatterProblem *problem = matter->problems->pdata[i];

      annals_format_reader_take_issue (self->reader, ANNALS_SEVERITY_WARNING, ANNALS_ISSUE_DAMAGE,
                                       dup_place (self, problem->line), g_strdup (problem->reason), draft->title);
    }

  note_what_is_missing (self, draft);
  annals_list_note_double_encoding (self->reader, draft);
  fill_date (self, matter->values, name_date, draft);
  annals_format_reader_take_draft (self->reader, g_steal_pointer (&draft));
}

/* --- the format --- */

static gpointer
markdown_open (AnnalsFormatReader *reader)
{
  Markdown *self = g_new0 (Markdown, 1);

  self->reader = reader;

  return self;
}

static gboolean
markdown_step (gpointer       state,
               gboolean      *at_end,
               GCancellable  *cancellable,
               GError       **error)
{
  Markdown *self = state;
  g_autofree char *source =
    annals_format_reader_read_all (self->reader, ANNALS_LIMIT_TEXT_FILE, NULL, cancellable, error);

  if (source == NULL)
    return FALSE;

  take_post (self, source);
  annals_list_source_report (self->reader);
  *at_end = TRUE;

  return TRUE;
}

static void
markdown_close (gpointer state)
{
  g_free (state);
}

const AnnalsFormat annals_format_markdown = {
  .id = "markdown",
  .label = N_("Post in Markdown"),
  .sniff = markdown_sniff,
  .open = markdown_open,
  .step = markdown_step,
  .close = markdown_close,
};
