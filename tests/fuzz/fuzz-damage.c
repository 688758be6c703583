/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A notebook's bytes, some of which are others: opened, read in all ways, changed, undone, checked, salvaged.
 *
 * The input is a list of patches to a small notebook that is made anew each time the program starts: a page and a
 * place in it (two bytes each, little-endian), a number of bytes, and those. What a patched notebook answers may be
 * anything; that it answers is what counts. */
#include "config.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdint.h>
#include <string.h>

#include "annals-annotations.h"
#include "annals-backup.h"
#include "annals-check.h"
#include "annals-history.h"
#include "annals-imports.h"
#include "annals-memos.h"
#include "annals-notebook.h"
#include "annals-repair.h"
#include "annals-search.h"
#include "annals-tags.h"
#include "annals-timelines.h"

#define PAGE 512
#define N_POSTS 40

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

static char *folder;
static char *path;
static char *whole;
static gsize whole_size;

static gboolean
fill (AnnalsDb      *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  gint64 import;

  if (!annals_db_begin_import (db, "", "posts.txt", "text-month", "", NULL, &import, error))
    return FALSE;

  for (guint i = 0; i < N_POSTS; i++)
    {
      g_autofree char *identity = g_strdup_printf ("post-%u", i);
      g_autofree char *words = g_strdup_printf ("The ferry %u came. 북한 %u sanctions %s", i, i % 7,
                                                i % 3 ? "harbour" : "quay quay");
      g_autoptr(AnnalsText) text = annals_text_new_from_plain (words, -1);
      g_autoptr(AnnalsDate) date = annals_date_parse ("2020-03~", NULL);
      AnnalsNewPost post = { .identity = identity, .title = words, .source = i % 2 ? "Gazette" : NULL,
                             .published = date, .language = "en", .place = i + 1, .text = text };
      AnnalsStored stored;

      if (!annals_db_store_post (db, import, &post, &stored, NULL, error))
        return FALSE;
    }

  return annals_db_finish_import (db, import, "0123", 42, N_POSTS, N_POSTS, 0, 0, 0, 0.1, error);
}

static gboolean
work (AnnalsDb      *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autoptr(AnnalsDate) date = annals_date_parse ("2020-03-09", NULL);
  gint64 id, timeline, post = 1;

  return annals_db_ensure_tag (db, "quay", &id, error) &&
         annals_db_tag_posts (db, id, &post, 1, error) &&
         annals_db_add_annotation (db, post, 0, 3, NULL, "A note on the ferry", &id, error) &&
         annals_db_add_timeline (db, "Line", "", NULL, "ferry", &timeline, error) &&
         annals_db_add_event (db, timeline, 0, date, "Event", "Account", &id, error) &&
         annals_db_add_memo (db, "Memo", "Text", &id, error);
}

static void
make_whole (void)
{
  AnnalsNotebook *notebook;
  sqlite3 *native = NULL;

  /* In memory where that can be: SQLite waits for the disk at every step. */
  folder = g_mkdtemp (g_strdup ("/dev/shm/annals-fuzz-XXXXXX"));
  if (folder == NULL)
    folder = g_dir_make_tmp ("annals-fuzz-XXXXXX", NULL);
  path = g_build_filename (folder, "Fuzz.annals", NULL);
  notebook = annals_notebook_create (path, NULL, NULL);
  g_assert_true (annals_notebook_bulk (notebook, fill, NULL, NULL, NULL));
  g_assert_true (annals_notebook_change (notebook, "Work", work, NULL, NULL, NULL));
  g_assert_true (annals_notebook_finish_index (notebook, NULL, NULL));
  g_assert_true (annals_notebook_close (notebook, NULL));
  g_object_unref (notebook);

  /* Small pages, so that much of the file has a meaning. */
  g_assert_cmpint (sqlite3_open (path, &native), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (native, "PRAGMA page_size=512; VACUUM", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (native);
  g_assert_true (g_file_get_contents (path, &whole, &whole_size, NULL));
}

static char *
patch (const uint8_t *data,
       size_t         size)
{
  char *bytes = g_memdup2 (whole, whole_size);

  while (size >= 5)
    {
      gsize page = (data[0] | data[1] << 8) % (whole_size / PAGE);
      gsize at = page * PAGE + (data[2] | data[3] << 8) % PAGE;
      gsize n = MIN (MIN (data[4], size - 5), whole_size - at);

      memcpy (bytes + at, data + 5, n);
      data += 5 + n;
      size -= 5 + n;
    }

  return bytes;
}

static void
look_at_post (AnnalsDb *db,
              gint64    id)
{
  g_autoptr(AnnalsPost) post = annals_db_load_post (db, id, NULL);
  g_autoptr(AnnalsText) text = annals_db_load_text (db, id, 0, NULL);
  g_autoptr(GPtrArray) annotations = annals_db_list_annotations (db, id, NULL);
}

static void
search (AnnalsDb   *db,
        const char *words)
{
  g_autoptr(AnnalsQuery) query = annals_query_parse (words, NULL);
  g_autoptr(GArray) ids = annals_search_posts (db, query, ANNALS_SCOPE_ALL, 0, ANNALS_ORDER_RELEVANCE, NULL);
}

static gboolean
look (AnnalsDb      *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  static const char * const queries[] = { "ferry", "\"ferry 7\"", "북한", "sanc*", "harbour -quay", "tag:quay",
                                          "note:ferry", "title:came OR source:gazette", "before:2021" };
  g_autoptr(GPtrArray) tags = annals_db_list_tags (db, NULL);
  g_autoptr(GPtrArray) timelines = annals_db_list_timelines (db, NULL);
  g_autoptr(GPtrArray) events = annals_db_list_events (db, 1, NULL);
  g_autoptr(GPtrArray) memos = annals_db_list_memos (db, NULL);
  g_autoptr(GPtrArray) imports = annals_db_list_imports (db, NULL);
  g_autoptr(GPtrArray) history = annals_db_list_history (db, 0, NULL);

  for (gint64 id = 1; id <= 3; id++)
    look_at_post (db, id);
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    search (db, queries[i]);

  return TRUE;
}

static gboolean
check (AnnalsDb      *db,
       gpointer       data,
       GCancellable  *cancellable,
       GError       **error)
{
  g_autoptr(GPtrArray) problems = annals_db_check (db, TRUE, cancellable, error);

  return problems != NULL;
}

static void
use (AnnalsNotebook *notebook)
{
  g_autofree char *label = NULL;

  annals_notebook_read (notebook, look, NULL, NULL, NULL);
  annals_notebook_change (notebook, "Work", work, NULL, NULL, NULL);
  annals_notebook_undo (notebook, NULL, NULL);
  annals_notebook_undo (notebook, &label, NULL);
  annals_notebook_bulk (notebook, check, NULL, NULL, NULL);
}

static void
clear_folder (const char *of)
{
  g_autoptr(GDir) dir = g_dir_open (of, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (of, name, NULL);

      g_unlink (file);
    }
}

static void
clear_up (void)
{
  clear_folder (folder);
  g_rmdir (folder);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *bytes = NULL;
  g_autofree char *saved = NULL;
  g_autoptr(GPtrArray) lost = NULL;
  AnnalsNotebook *notebook;

  if (whole == NULL)
    {
      make_whole ();
      atexit (clear_up);
    }

  bytes = patch (data, size);
  clear_folder (folder);
  g_assert_true (g_file_set_contents (path, bytes, (gssize) whole_size, NULL));
  if ((notebook = annals_notebook_open (path, NULL)) != NULL)
    {
      use (notebook);
      annals_notebook_close (notebook, NULL);
      g_object_unref (notebook);
    }

  /* What was saved has passed its check already. */
  g_assert_true (g_file_set_contents (path, bytes, (gssize) whole_size, NULL));
  saved = g_build_filename (folder, "Saved.annals", NULL);
  lost = annals_salvage (path, saved, NULL, NULL);
  while (g_main_context_iteration (NULL, FALSE))
    ;

  return 0;
}
