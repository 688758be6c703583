/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small notebook, made anew each time the program starts, and everything that can be done with what became of it. */
#pragma once

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdint.h>
#include <string.h>

#include "annals-annotations.h"
#include "annals-backup.h"
#include "annals-check.h"
#include "annals-history.h"
#include "annals-importer.h"
#include "annals-links.h"
#include "annals-memos.h"
#include "annals-notebook.h"
#include "annals-quick-find.h"
#include "annals-repair.h"
#include "annals-saved-searches.h"
#include "annals-search.h"
#include "annals-tag-rules.h"
#include "annals-tags.h"
#include "annals-timeline-look.h"
#include "annals-timelines.h"

#define PAGE 512
#define N_POSTS 40

static char *folder;
static char *path;
static char *whole;
static gsize whole_size;

static inline gboolean
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

static inline gboolean
work (AnnalsDb      *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autoptr(AnnalsDate) date = annals_date_parse ("2020-03-09", NULL);
  gint64 id, timeline, post = 1;

  return annals_db_ensure_tag (db, "quay", &id, error) &&
         annals_db_tag_posts (db, id, &post, 1, error) &&
         annals_db_set_tag_rule (db, id, "ferry -harbour", error) &&
         annals_db_add_saved_search (db, "Quays", "quay OR 북한", &id, error) &&
         annals_db_add_annotation (db, post, 0, 3, NULL, "A note on the ferry", &id, error) &&
         annals_db_add_timeline (db, "Line", "", NULL, "ferry", &timeline, error) &&
         annals_db_add_event (db, timeline, 0, date, "Event", "Account", &id, error) &&
         annals_db_add_memo (db, "Memo", "Text [[The ferry 1 came]]", &id, error);
}

static inline void
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

static inline void
look_at_post (AnnalsDb *db,
              gint64    id)
{
  g_autoptr(AnnalsPost) post G_GNUC_UNUSED = annals_db_load_post (db, id, NULL);
  g_autoptr(AnnalsText) text G_GNUC_UNUSED = annals_db_load_text (db, id, 0, NULL);
  g_autoptr(GPtrArray) annotations G_GNUC_UNUSED = annals_db_list_annotations (db, id, NULL);
  g_autoptr(GPtrArray) revisions G_GNUC_UNUSED = annals_db_list_revisions (db, id, NULL);
  g_autoptr(GArray) same G_GNUC_UNUSED = annals_db_list_same_text (db, id, NULL);
  g_autofree char *kind = NULL;
  g_autoptr(GBytes) markup G_GNUC_UNUSED = annals_db_load_markup (db, id, &kind, NULL);
  g_autofree char *snippet G_GNUC_UNUSED = annals_db_dup_snippet (db, id, "ferry", 8, NULL);
}

static inline void
search (AnnalsDb   *db,
        const char *words)
{
  g_autoptr(AnnalsQuery) query = annals_query_parse (words, NULL);
  g_autoptr(GArray) ids G_GNUC_UNUSED = NULL;

  /* a stranger's query may be a mistake */
  if (query != NULL)
    ids = annals_search_posts (db, query, ANNALS_SCOPE_ALL, 0, ANNALS_ORDER_RELEVANCE, NULL);
}

/* What is kept as a text and read as something else. */
static inline void
look_at_kept (AnnalsDb *db)
{
  g_autoptr(GPtrArray) searches = annals_db_list_saved_searches (db, NULL);
  g_autoptr(GPtrArray) imports = annals_db_list_imports (db, NULL);
  g_autoptr(GPtrArray) timelines = annals_db_list_timelines (db, NULL);
  g_autoptr(GPtrArray) history = annals_db_list_history (db, 0, NULL);
  g_autoptr(GArray) due G_GNUC_UNUSED = annals_db_list_due_tag_rules (db, NULL);
  g_autoptr(AnnalsMemo) memo G_GNUC_UNUSED = annals_db_load_memo (db, 1, NULL);

  for (guint i = 0; searches != NULL && i < searches->len; i++)
    search (db, ((const AnnalsSavedSearch *) searches->pdata[i])->query);
  for (guint i = 0; imports != NULL && i < imports->len; i++)
    {
      const AnnalsImport *import = imports->pdata[i];
      g_autoptr(AnnalsImportOptions) options = annals_import_options_from_json (import->options, NULL);
      g_autofree char *again G_GNUC_UNUSED = annals_import_options_to_json (options);
    }
  for (guint i = 0; timelines != NULL && i < timelines->len; i++)
    {
      const AnnalsTimeline *timeline = timelines->pdata[i];
      g_autoptr(AnnalsTimelineLook) kept G_GNUC_UNUSED = annals_db_load_timeline_look (db, timeline->uid, NULL);

      search (db, timeline->rule);
    }
  for (guint i = 0; history != NULL && i < history->len; i++)
    {
      const AnnalsAction *action = history->pdata[i];
      g_autoptr(GPtrArray) dependents G_GNUC_UNUSED = annals_db_list_dependents (db, action->id, NULL);
    }
}

static inline gboolean
look (AnnalsDb      *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  static const char * const queries[] = { "ferry", "\"ferry 7\"", "북한", "sanc*", "harbour -quay", "tag:quay",
                                          "note:ferry", "title:came OR source:gazette", "before:2021" };
  g_autoptr(GPtrArray) tags G_GNUC_UNUSED = annals_db_list_tags (db, NULL);
  g_autoptr(GPtrArray) timelines G_GNUC_UNUSED = annals_db_list_timelines (db, NULL);
  g_autoptr(GPtrArray) events G_GNUC_UNUSED = annals_db_list_events (db, 1, NULL);
  g_autoptr(GPtrArray) memos G_GNUC_UNUSED = annals_db_list_memos (db, NULL);
  g_autoptr(GPtrArray) links G_GNUC_UNUSED = annals_db_list_links (db, ANNALS_RECORD_POST, 1, NULL);
  g_autoptr(GPtrArray) found G_GNUC_UNUSED = annals_db_quick_find (db, "ferry", G_MAXUINT, NULL, 0, 20, NULL);

  look_at_kept (db);
  for (gint64 id = 1; id <= 3; id++)
    look_at_post (db, id);
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    search (db, queries[i]);

  return TRUE;
}

static inline gboolean
check (AnnalsDb      *db,
       gpointer       data,
       GCancellable  *cancellable,
       GError       **error)
{
  g_autoptr(GPtrArray) problems = annals_db_check (db, TRUE, cancellable, error);

  return problems != NULL;
}

static inline void
use (AnnalsNotebook *notebook)
{
  g_autofree char *label = NULL;

  annals_notebook_read (notebook, look, NULL, NULL, NULL);
  annals_notebook_change (notebook, "Work", work, NULL, NULL, NULL);
  annals_notebook_undo (notebook, NULL, NULL);
  annals_notebook_undo (notebook, &label, NULL);
  annals_notebook_bulk (notebook, check, NULL, NULL, NULL);
}

static inline void
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

static inline void
clear_up (void)
{
  clear_folder (folder);
  g_rmdir (folder);
}
