/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-list-mapping.h"

#include "annals-stamp.h"

#include <string.h>

/* Columns that are looked at, and bytes of a value */
#define MAX_SURVEYED 200
#define MAX_VALUE 4096
/* What a column must come to, to be taken for a field */
#define THRESHOLD 35

/* What is known of one column */
typedef struct
{
  char       *name;
  guint       n;          /* values that are not empty */
  guint       n_dates;
  guint       n_numbers;
  guint       n_urls;
  guint       n_codes;    /* of languages */
  gsize       length;     /* of all of them, in characters, each cut at MAX_VALUE bytes */
  GHashTable *distinct;   /* hashes of the values */
} Column;

struct _AnnalsListSurvey
{
  GPtrArray  *columns;
  GHashTable *by_name;
  guint       n_records;
};

/* Without case, spaces and signs; the likelier ones first. Ended by NULL. */
static const char * const title_names[] = {
  "title", "headline", "posttitle", "heading", "articletitle", "storytitle", "titolo", "titulo", "título", "titre",
  "titel", "überschrift", "ueberschrift", "schlagzeile", "заголовок", "название", "제목", "标题", "標題", "題名",
  "タイトル", "見出し", "hed", "subjectline", "subject", "betreff", "oggetto", "asunto", "name", "caption", NULL,
};
static const char * const text_names[] = {
  "text", "body", "content", "fulltext", "articletext", "articlebody", "storytext", "storybody", "posttext",
  "postcontent", "contenthtml", "bodyhtml", "contenttext", "bodytext", "contentencoded", "html", "article", "story",
  "plaintext", "markdown", "selftext", "testo", "contenuto", "corpo", "texto", "contenido", "cuerpo", "texte",
  "contenu", "inhalt", "volltext", "artikel", "текст", "содержание", "본문", "내용", "正文", "内容", "內容", "本文",
  "fullcontent", "maintext", "message", "transcript", "description", "noticia", NULL,
};
static const char * const date_names[] = {
  "date", "published", "publishedat", "pubdate", "datepublished", "publishdate", "publicationdate", "publisheddate",
  "publishedon", "postdate", "postdategmt", "dategmt", "datetime", "createdat", "created", "createdutc",
  "creationdate", "datecreated", "timestamp", "time", "pubdatetime", "firstpublished", "issued", "dateline",
  "articledate", "data", "datapubblicazione", "fecha", "fechapublicacion", "datepublication", "datum",
  "veröffentlicht", "veroeffentlicht", "erscheinungsdatum", "дата", "날짜", "작성일", "발행일", "日期", "发布日期",
  "日付", "投稿日", "day", "datestr", "modified", "updated", "updatedat", "datemodified", NULL,
};
static const char * const url_names[] = {
  "url", "link", "permalink", "canonicalurl", "weburl", "articleurl", "posturl", "sourceurl", "storyurl", "uri",
  "href", "address", "webpage", "externalurl", "indirizzo", "enlace", "lien", "adresse", "ссылка", "링크", "链接",
  "リンク", "alternate", "weblink", NULL,
};
static const char * const author_names[] = {
  "author", "authors", "byline", "creator", "dccreator", "authorname", "writer", "postauthor", "reporter",
  "journalist", "displayname", "primaryauthor", "by", "autore", "autor", "autora", "auteur", "verfasser", "автор",
  "저자", "기자", "글쓴이", "作者", "著者", "記者", "user", "username", "contributor", "postedby", NULL,
};
static const char * const source_names[] = {
  "source", "publication", "sourcename", "publisher", "site", "sitename", "outlet", "feed", "feedtitle", "newspaper",
  "journal", "medium", "provider", "website", "domain", "fonte", "fuente", "quelle", "источник", "출처", "来源",
  "來源", "ソース", "blog", "subreddit", NULL,
};
static const char * const language_names[] = {
  "language", "lang", "languagecode", "locale", "langcode", "lingua", "idioma", "langue", "sprache", "язык", "언어",
  "语言", "言語", "inlanguage", NULL,
};
static const char * const tag_names[] = {
  "tags", "tag", "keywords", "keyword", "categories", "category", "labels", "label", "hashtags", "subjects",
  "topics", "topic", "terms", "posttag", "sections", "section", "themes", "etichette", "categorie", "etiquetas",
  "categorias", "étiquettes", "catégories", "schlagwörter", "schlagworte", "kategorien", "kategorie", "теги",
  "рубрика", "태그", "분류", "标签", "分类", "タグ", "カテゴリ", NULL,
};
static const char * const guid_names[] = {
  "guid", "uuid", "id", "postid", "articleid", "identifier", "doi", "docid", "storyid", "uid", NULL,
};

static const char * const * const names[ANNALS_N_FIELDS] = {
  [ANNALS_FIELD_TITLE] = title_names,   [ANNALS_FIELD_TEXT] = text_names,
  [ANNALS_FIELD_DATE] = date_names,     [ANNALS_FIELD_URL] = url_names,
  [ANNALS_FIELD_AUTHOR] = author_names, [ANNALS_FIELD_SOURCE] = source_names,
  [ANNALS_FIELD_LANGUAGE] = language_names, [ANNALS_FIELD_TAGS] = tag_names,
  [ANNALS_FIELD_GUID] = guid_names,
};

static const char * const excerpt_names[] = {
  "summary", "excerpt", "postexcerpt", "abstract", "teaser", "lead", "lede", "description", "snippet", "trailtext",
  "standfirst", "dek", "intro", "riassunto", "resumen", "résumé", "zusammenfassung", "анонс", "요약", "摘要", "要約",
  "subtitle", NULL,
};

/* --- names --- */

/* In lower case, letters and digits only. */
static char *
plain_name (const char *name,
            gsize       length)
{
  g_autofree char *lower = g_utf8_strdown (name, (gssize) length);
  g_autoptr(GString) plain = g_string_new (NULL);

  for (const char *at = lower; *at; at = g_utf8_next_char (at))
    if (g_unichar_isalnum (g_utf8_get_char (at)))
      g_string_append_unichar (plain, g_utf8_get_char (at));

  return g_string_free (g_steal_pointer (&plain), FALSE);
}

static gboolean
in_list (const char * const *list,
         const char         *name,
         guint              *rank)
{
  for (*rank = 0; list[*rank] != NULL; (*rank)++)
    if (g_str_equal (list[*rank], name))
      return TRUE;

  return FALSE;
}

/* A piece of a path that says how, not what. */
static gboolean
is_wrapper (const char *name)
{
  static const char * const wrappers[] = {
    "rendered", "raw", "value", "text", "t", "name", "html", "content", "en", "default", "plain", "cdata", "source",
    "fields", "attributes", "data", "post", "article", "node", "embedded", "properties", "doc", "item", "entry",
    "title", "displayname", "label", "href", "url", NULL,
  };
  guint rank;

  return *name == '\0' || in_list (wrappers, name, &rank);
}

/* How well @column is called for one of @list: 100 at most, 0 not at all. */
static int
score_name (const char         *column,
            const char * const *list)
{
  /* what a search engine puts around every record is no source */
  const char *path = g_str_has_prefix (column, "_source.") ? column + strlen ("_source.") : column;
  g_auto(GStrv) pieces = g_strsplit (path, ".", 16);
  guint n = g_strv_length (pieces);
  g_autofree char *last = NULL;
  g_autofree char *whole = plain_name (path, strlen (path));
  guint rank;
  int score = 0;

  if (n == 0)
    return 0;

  if (in_list (list, whole, &rank))
    return 100 - (int) MIN (rank, 40);

  last = plain_name (pieces[n - 1], strlen (pieces[n - 1]));

  /* "title.rendered" and "author.name" are of what stands before; it weighs more than "name" */
  if (n > 1 && is_wrapper (last))
    {
      g_autofree char *before = plain_name (pieces[n - 2], strlen (pieces[n - 2]));

      if (in_list (list, before, &rank))
        score = 95 - (int) MIN (rank, 40) - 4 * (int) (n - 2);
    }

  /* "_source.headline", but hardly "author.url" */
  if (n > 1 && in_list (list, last, &rank))
    {
      int own = 92 - (int) MIN (rank, 40);

      for (guint i = 0; i + 1 < n; i++)
        {
          g_autofree char *parent = plain_name (pieces[i], strlen (pieces[i]));

          own -= is_wrapper (parent) && !g_str_equal (parent, "title") ? 3 : 45;
        }
      score = MAX (score, own);
    }

  return MAX (score, 0);
}

gboolean
annals_list_names_field (const char  *column,
                         AnnalsField  field)
{
  return score_name (column, names[field]) >= THRESHOLD;
}

/* --- values --- */

static gboolean
is_number (const char *value)
{
  gsize sign = *value == '-' || *value == '+';
  gsize n = strspn (value + sign, "0123456789.,");

  return n > 0 && value[sign + n] == '\0';
}

static gboolean
is_url (const char *value)
{
  return g_ascii_strncasecmp (value, "http://", 7) == 0 || g_ascii_strncasecmp (value, "https://", 8) == 0;
}

/* "en", "ko-KR", "zh_Hant_TW" */
static gboolean
is_language_code (const char *value)
{
  gsize letters = 0;

  while (g_ascii_isalpha (value[letters]))
    letters++;

  return (letters == 2 || letters == 3) && strlen (value) <= 12 &&
         (value[letters] == '\0' || value[letters] == '-' || value[letters] == '_');
}

/* A number is a date only as seconds or milliseconds of the years 1980 to 2100. */
static gboolean
is_date (const char *value)
{
  g_autoptr(AnnalsDate) date = NULL;
  AnnalsStampDoubt doubt;
  gsize length = strlen (value);

  if (length < 4 || length > 80)
    return FALSE;

  if (is_number (value) && strspn (value, "0123456789") >= length)
    {
      double number = g_ascii_strtod (value, NULL);

      /* 20200309 is a day */
      if (length != 8 && !(number > 3.1e8 && number < 4.1e9) && !(number > 3.1e11 && number < 4.1e12))
        return FALSE;
    }

  date = annals_stamp_parse (value, NULL, NULL, &doubt);

  return date != NULL;
}

static void
column_free (gpointer data)
{
  Column *column = data;

  g_free (column->name);
  g_hash_table_unref (column->distinct);
  g_free (column);
}

AnnalsListSurvey *
annals_list_survey_new (void)
{
  AnnalsListSurvey *self = g_new0 (AnnalsListSurvey, 1);

  self->columns = g_ptr_array_new_with_free_func (column_free);
  self->by_name = g_hash_table_new (g_str_hash, g_str_equal);

  return self;
}

void
annals_list_survey_free (AnnalsListSurvey *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->by_name);
  g_ptr_array_unref (self->columns);
  g_free (self);
}

static void
column_add (Column     *column,
            const char *value)
{
  gsize length = strnlen (value, MAX_VALUE);

  column->n++;
  column->length += (gsize) g_utf8_strlen (value, (gssize) length);
  column->n_numbers += is_number (value);
  column->n_urls += is_url (value);
  column->n_codes += is_language_code (value);
  column->n_dates += is_date (value);
  g_hash_table_add (column->distinct, GUINT_TO_POINTER (g_str_hash (value)));
}

void
annals_list_survey_add (AnnalsListSurvey *self,
                        AnnalsListRecord *record)
{
  self->n_records++;

  for (guint i = 0; i < annals_list_record_get_n_columns (record); i++)
    {
      const char *name = annals_list_record_get_column (record, i);
      const char *value = annals_list_record_get (record, name);
      Column *column = g_hash_table_lookup (self->by_name, name);

      if (column == NULL && self->columns->len < MAX_SURVEYED)
        {
          column = g_new0 (Column, 1);
          column->name = g_strdup (name);
          column->distinct = g_hash_table_new (g_direct_hash, g_direct_equal);
          g_ptr_array_add (self->columns, column);
          g_hash_table_insert (self->by_name, column->name, column);
        }

      if (column != NULL && value != NULL)
        column_add (column, value);
    }
}

/* --- the guess --- */

static gboolean
mostly (const Column *column,
        guint         n)
{
  return column->n > 0 && n * 10 >= column->n * 7;
}

static gboolean
is_varied (const Column *column)
{
  return g_hash_table_size (column->distinct) * 10 >= column->n * 8;
}

/* The names of addresses that are not the post's own */
static gboolean
is_foreign_address (const char *name)
{
  static const char * const foreign[] = {
    "image", "img", "thumb", "avatar", "photo", "picture", "icon", "logo", "media", "video", "audio", "comment",
    "feed", "profile", "author", "enclosure", "attachment", "_links", "banner",
  };
  g_autofree char *lower = g_utf8_strdown (name, -1);

  for (guint i = 0; i < G_N_ELEMENTS (foreign); i++)
    if (strstr (lower, foreign[i]) != NULL)
      return TRUE;

  return FALSE;
}

/* What the values add to the name's score */
static int
score_values (AnnalsListSurvey *self,
              const Column     *column,
              AnnalsField       field,
              int               by_name)
{
  gsize mean = column->n ? column->length / column->n : 0;
  gboolean plain = !mostly (column, column->n_urls) && !mostly (column, column->n_numbers);

  switch (field)
    {
    case ANNALS_FIELD_TITLE:
      if (!plain || mostly (column, column->n_dates) || mean > 400)
        return -60;
      return mean >= 10 && mean <= 200 && is_varied (column) && self->n_records > 1 ? 38 : 0;

    case ANNALS_FIELD_TEXT:
      if (!plain || mostly (column, column->n_dates))
        return -80;
      return mean >= 1000 ? 60 : mean >= 200 ? 45 : mean >= 60 ? 10 : 0;

    case ANNALS_FIELD_DATE:
      if (column->n_dates * 10 >= column->n * 6 && column->n > 0)
        return mostly (column, column->n_numbers) && by_name == 0 ? 20 : 45;
      return -60;

    case ANNALS_FIELD_URL:
      if (is_foreign_address (column->name))
        return -80;
      if (mostly (column, column->n_urls))
        return is_varied (column) ? 45 : -20;
      return -60;

    case ANNALS_FIELD_LANGUAGE:
      return mostly (column, column->n_codes) ? 0 : -80;

    case ANNALS_FIELD_AUTHOR:
    case ANNALS_FIELD_SOURCE:
      return mean > 200 || mostly (column, column->n_numbers) ? -80 : mostly (column, column->n_urls) ? -50 : 0;

    case ANNALS_FIELD_TAGS:
      return mean > 400 || mostly (column, column->n_numbers) || mostly (column, column->n_urls) ? -80 : 0;

    case ANNALS_FIELD_GUID:
      return mean > 300 ? -80 : 0;
    }

  return 0;
}

/* The best column for @field that no other field has. */
static Column *
best_column (AnnalsListSurvey *self,
             AnnalsField       field,
             GHashTable       *taken)
{
  Column *best = NULL;
  int best_score = THRESHOLD - 1;

  for (guint i = 0; i < self->columns->len; i++)
    {
      Column *column = self->columns->pdata[i];
      int by_name, score;

      if (column->n == 0 || g_hash_table_contains (taken, column))
        continue;

      by_name = score_name (column->name, names[field]);
      score = by_name + score_values (self, column, field, by_name);
      /* a column that is mostly empty is the worse one of two */
      score -= (int) (10 - MIN (column->n * 10 / MAX (self->n_records, 1), 10));

      /* only these are known by their values alone */
      if (by_name == 0 && (field > ANNALS_FIELD_URL))
        continue;

      if (score > best_score)
        {
          best = column;
          best_score = score;
        }
    }

  return best;
}

AnnalsMapping *
annals_list_survey_guess (AnnalsListSurvey *self)
{
  /* what values show best comes first, so that it does not go to another */
  static const AnnalsField order[] = {
    ANNALS_FIELD_URL,  ANNALS_FIELD_DATE,     ANNALS_FIELD_TEXT,   ANNALS_FIELD_LANGUAGE, ANNALS_FIELD_AUTHOR,
    ANNALS_FIELD_TAGS, ANNALS_FIELD_SOURCE,   ANNALS_FIELD_TITLE,  ANNALS_FIELD_GUID,
  };
  g_autoptr(AnnalsMapping) mapping = annals_mapping_new ();
  g_autoptr(GHashTable) taken = g_hash_table_new (g_direct_hash, g_direct_equal);

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      Column *column = best_column (self, order[i], taken);

      if (column == NULL)
        continue;

      mapping->columns[order[i]] = g_strdup (column->name);
      g_hash_table_add (taken, column);
    }

  return g_steal_pointer (&mapping);
}

const char *
annals_list_survey_get_excerpt_column (AnnalsListSurvey *self)
{
  const char *best = NULL;
  int best_score = THRESHOLD - 1;

  for (guint i = 0; i < self->columns->len; i++)
    {
      Column *column = self->columns->pdata[i];
      int score = column->n > 0 ? score_name (column->name, excerpt_names) : 0;

      if (score > best_score)
        {
          best = column->name;
          best_score = score;
        }
    }

  return best;
}

gboolean
annals_list_mapping_is_likely (const AnnalsMapping *mapping)
{
  gboolean title = mapping->columns[ANNALS_FIELD_TITLE] != NULL;
  gboolean text = mapping->columns[ANNALS_FIELD_TEXT] != NULL;

  return (title && text) || ((title || text) && (mapping->columns[ANNALS_FIELD_DATE] != NULL ||
                                                 mapping->columns[ANNALS_FIELD_URL] != NULL));
}
