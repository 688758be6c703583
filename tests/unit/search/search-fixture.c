/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "search-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

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
      g_autoptr(AnnalsText) text = annals_text_new_from_plain (source->text, -1);
      g_autoptr(AnnalsDate) date = annals_date_parse (source->published != NULL ? source->published : "", NULL);
      g_autoptr(GBytes) markup = g_bytes_new (source->text, strlen (source->text));
      AnnalsNewPost post = {
        .identity = identity, .title = source->title, .source = source->source, .author = source->author,
        .url = source->url, .published = date, .language = source->language != NULL ? source->language : "",
        .place = i + 1, .text = text, .markup = markup, .markup_kind = "text",
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
