/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "search-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "annals-importer.h"
#include "annals-imports.h"

void
search_fixture_set_up (SearchFixture *f,
                       gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  f->folder = g_dir_make_tmp ("annals-XXXXXX", NULL);
  f->path = g_build_filename (f->folder, "Search.annals", NULL);
  f->notebook = annals_notebook_create (f->path, NULL, &error);
  g_assert_no_error (error);
}

void
search_fixture_tear_down (SearchFixture *f,
                          gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  annals_notebook_close (f->notebook, &error);
  g_assert_no_error (error);
  g_assert_finalize_object (f->notebook);
  g_unlink (f->path);
  g_rmdir (f->folder);
  g_free (f->folder);
  g_free (f->path);
}

typedef struct
{
  const char       *file_name;
  const SearchPost *posts;
  guint             n_posts;
  gint64            first;
} Importing;

static gboolean
import_in_bulk (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  Importing *importing = data;
  gint64 import_id;

  if (!annals_db_begin_import (db, "", importing->file_name, "text-month", "", NULL, &import_id, error))
    return FALSE;

  for (guint i = 0; i < importing->n_posts; i++)
    {
      const SearchPost *source = &importing->posts[i];
      g_autofree char *identity = g_strdup_printf ("%s#%u", importing->file_name, i);
      g_autoptr(AnnalsText) text = source->html ? annals_text_new_from_html (source->text, -1, NULL)
                                                     : annals_text_new_from_plain (source->text, -1);
      g_autoptr(AnnalsDate) date = annals_date_parse (source->published != NULL ? source->published : "", NULL);
      g_autoptr(GBytes) markup = g_bytes_new (source->text, strlen (source->text));
      AnnalsNewPost post = {
        .identity = identity, .title = source->title, .source = source->source, .author = source->author,
        .url = source->url, .published = date, .language = source->language != NULL ? source->language : "",
        .place = i + 1, .text = text, .markup = markup, .markup_kind = source->html ? "html" : "text",
      };
      AnnalsStored stored;
      gint64 id;

      if (!annals_db_store_post (db, import_id, &post, &stored, &id, error))
        return FALSE;
      if (i == 0)
        importing->first = id;
      g_assert_cmpint (id, ==, importing->first + i);
    }

  return annals_db_finish_import (db, import_id, "0123", 42, importing->n_posts, importing->n_posts, 0, 0, 0, 0.1,
                                  error);
}

gint64
search_fixture_import (SearchFixture    *f,
                       const char       *file_name,
                       const SearchPost *posts,
                       guint             n_posts)
{
  Importing importing = { file_name, posts, n_posts, 0 };
  g_autoptr(GError) error = NULL;

  annals_notebook_bulk (f->notebook, import_in_bulk, &importing, NULL, &error);
  g_assert_no_error (error);
  annals_notebook_finish_index (f->notebook, NULL, &error);
  g_assert_no_error (error);

  return importing.first;
}

void
search_fixture_change (SearchFixture *f,
                       AnnalsDbFunc   func,
                       gpointer       data)
{
  g_autoptr(GError) error = NULL;

  annals_notebook_change (f->notebook, "Change", func, data, NULL, &error);
  g_assert_no_error (error);
}

typedef struct
{
  AnnalsQuery *query;
  AnnalsOrder  order;
  GArray      *ids;
} Finding;

static gboolean
find_in_reader (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  Finding *finding = data;

  finding->ids = annals_search_posts (db, finding->query, ANNALS_SCOPE_ALL, 0, finding->order, error);

  return finding->ids != NULL;
}

char *
search_fixture_find (SearchFixture  *f,
                     const char     *text,
                     AnnalsOrder     order,
                     GArray        **ids)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(AnnalsQuery) query = annals_query_parse (text, &error);
  Finding finding = { query, order, NULL };
  GString *found;

  *ids = NULL;
  if (query == NULL || !annals_notebook_read (f->notebook, find_in_reader, &finding, NULL, &error))
    return g_strdup (error->message);

  *ids = finding.ids;
  found = g_string_new (NULL);
  for (guint i = 0; i < finding.ids->len; i++)
    g_string_append_printf (found, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "",
                            g_array_index (finding.ids, gint64, i));

  return g_string_free (found, FALSE);
}

gboolean
search_fixture_import_shared (SearchFixture *f)
{
  static const char * const files[] = {
    "kcna-json/headlines_2024-08-04.json", "plaintext-months-partitopirata/2013-05.txt",
    "readability-pages/gmw/source.html", "readability-pages/yahoo-4/source.html",
    "readability-pages/wikipedia-3/source.html",
  };
  const char *shared = g_getenv ("ANNALS_SHARED");
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (shared != NULL ? shared : "", "data", files[i], NULL);
      g_autoptr(AnnalsImport) import = NULL;

      if (shared == NULL || !g_file_test (path, G_FILE_TEST_EXISTS))
        return FALSE;

      import = annals_import_file (f->notebook, path, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
    }

  annals_notebook_finish_index (f->notebook, NULL, &error);
  g_assert_no_error (error);

  return TRUE;
}

typedef struct
{
  GArray     *ids;
  const char *word;
  guint       n;
} Scan;

static gboolean
scan_in_reader (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  Scan *scan = data;
  g_autofree char *wanted = g_utf8_casefold (scan->word, -1);

  for (guint i = 0; i < scan->ids->len; i++)
    {
      gint64 id = g_array_index (scan->ids, gint64, i);
      g_autoptr(AnnalsPost) post = annals_db_load_post (db, id, error);
      g_autoptr(AnnalsText) text = post != NULL ? annals_db_load_text (db, id, 0, error) : NULL;
      g_autofree char *all = NULL;
      g_autofree char *folded = NULL;

      if (text == NULL)
        return FALSE;

      all = g_strconcat (" ", post->title, " \n ", annals_text_get_string (text), " ", NULL);
      folded = g_utf8_casefold (all, -1);
      for (const char *p = strstr (folded, wanted); p != NULL; p = strstr (p + 1, wanted))
        {
          gunichar before = g_utf8_get_char (g_utf8_prev_char (p));
          gunichar after = g_utf8_get_char (p + strlen (wanted));

          /* a word of its own, where words are told by spaces */
          if (g_unichar_iswide (g_utf8_get_char (wanted)) ||
              (!g_unichar_isalnum (before) && !g_unichar_isalnum (after)))
            {
              scan->n++;
              break;
            }
        }
    }

  return TRUE;
}

guint
search_fixture_scan (SearchFixture *f,
                     GArray        *ids,
                     const char    *word)
{
  Scan scan = { ids, word, 0 };
  g_autoptr(GError) error = NULL;

  annals_notebook_read (f->notebook, scan_in_reader, &scan, NULL, &error);
  g_assert_no_error (error);

  return scan.n;
}
