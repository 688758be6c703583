/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "export-fixture.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "annals-annotations.h"
#include "annals-imports.h"
#include "annals-posts.h"
#include "annals-tags.h"
#include "annals-timelines.h"

#define FILE_HASH "c17f121437275d79c17f121437275d79c17f121437275d79c17f121437275d79"

typedef struct
{
  const char *identity;
  const char *title;
  const char *url;
  const char *author;
  const char *source;
  const char *published;
  const char *language;
  const char *text;
} PostRow;

static const PostRow post_rows[] = {
  { "fixture:harbour", "The harbour closes", "https://news.example/harbour?page=(1)", "Ada Berg",
    "Coast Gazette", "2020-03", "en",
    "The harbour of Sund was closed on Monday.\n\nThe mayor said that “no ship will enter” before "
    "the doctors have seen every crew. Two ferries turned back in the fog." },
  { "fixture:grain", "Grain ships wait outside", "javascript:alert(1)", "", "Sund Post",
    "2020-03-09", "en",
    "Seven grain ships wait outside the harbour.\n\nA pilot told this paper that one ship entered "
    "at night, whatever the mayor says." },
  { "fixture:korean", "항구 폐쇄", "", "", "", "", "ko",
    "항구가 월요일에 폐쇄되었다. 시장은 의사들이 모든 선원을 진찰할 때까지 배가 들어올 수 없다고 말했다." },
};

typedef struct
{
  Fixture *fixture;
  gint64   posts[G_N_ELEMENTS (post_rows)];
  guint    n_events;
} Build;

static gboolean
store_posts (AnnalsDb      *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Build *build = data;
  gint64 import_id;

  if (!annals_db_begin_import (db, "", "sund-2020.txt", "text-month", "Sund 2020", "{}", &import_id,
                               error))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (post_rows); i++)
    {
      const PostRow *row = &post_rows[i];
      g_autoptr(AnnalsText) text = annals_text_new_from_plain (row->text, -1);
      g_autoptr(AnnalsDate) date = annals_date_parse (row->published, NULL);
      g_autoptr(GBytes) markup = g_bytes_new_static (row->text, strlen (row->text));
      AnnalsStored stored;
      AnnalsNewPost post = {
        .identity = row->identity, .title = row->title, .url = row->url, .author = row->author,
        .source = *row->source != '\0' ? row->source : NULL, .published = date,
        .language = row->language, .place = i + 1, .text = text, .markup = markup,
        .markup_kind = "text",
      };

      if (!annals_db_store_post (db, import_id, &post, &stored, &build->posts[i], error))
        return FALSE;
    }

  return annals_db_finish_import (db, import_id, FILE_HASH, 1234, 3, 3, 0, 0, 0, 0.5, error);
}

/* Marks @quote in a post. */
static gboolean
annotate (AnnalsDb    *db,
          gint64       post_id,
          const char  *quote,
          const char  *colour,
          const char  *note,
          gint64      *id,
          GError     **error)
{
  g_autoptr(AnnalsText) text = annals_db_load_text (db, post_id, 0, error);
  guint start, end;

  if (text == NULL)
    return FALSE;

  g_assert_true (annals_text_find (text, quote, 1, &start, &end));
  return annals_db_add_annotation (db, post_id, start, end, colour, note, id, error);
}

static gboolean
add_event (AnnalsDb    *db,
           gint64       timeline_id,
           gint64       lane_id,
           const char  *edtf,
           const char  *title,
           const char  *account,
           gint64      *id,
           GError     **error)
{
  g_autoptr(AnnalsDate) date = annals_date_parse (edtf, error);

  return date != NULL &&
         annals_db_add_event (db, timeline_id, lane_id, date, title, account, id, error);
}

static gboolean
add_evidence (AnnalsDb     *db,
              gint64        event_id,
              gint64        post_id,
              gint64        annotation_id,
              AnnalsStance  stance,
              const char   *note,
              GError      **error)
{
  gint64 id;

  return annals_db_add_evidence (db, event_id, post_id, annotation_id, stance, note, &id, error);
}

static gboolean
make_timeline (AnnalsDb      *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  Build *build = data;
  const gint64 *posts = build->posts;
  gint64 t, city, ships, tag, event, closed, fog, entered, korean;

  if (!annals_db_ensure_tag (db, "shipping", &tag, error) ||
      !annals_db_tag_posts (db, tag, posts, 2, error) ||
      !annotate (db, posts[0], "no ship will enter", "yellow", "The *first* order.\n\nAsk the "
                 "**archive**.", &closed, error) ||
      !annotate (db, posts[0], "Two ferries turned back in the fog.", "blue", "", &fog, error) ||
      !annotate (db, posts[1], "one ship entered at night", "green", "", &entered, error) ||
      !annotate (db, posts[2], "항구가 월요일에 폐쇄되었다", "purple", "", &korean, error) ||
      !annals_db_tag_annotation (db, tag, closed, error))
    return FALSE;

  if (!annals_db_add_timeline (db, "The closed harbour", "What the city of Sund did in spring",
                               "green", "harbour OR ferry", &t, error) ||
      !annals_db_ensure_lane (db, t, "City", "blue", &city, error) ||
      !annals_db_ensure_lane (db, t, "Ships & crews", "orange", &ships, error))
    return FALSE;
  build->fixture->timeline_id = t;

  if (!add_event (db, t, city, "2020-03-02", "The harbour is closed",
                  "Closed *at noon*; **all** ships, see [the order](https://city.example/order).\n\n"
                  "1. ferries\n2. freight", &event, error) ||
      !add_evidence (db, event, 0, closed, ANNALS_STANCE_SUPPORTS, "Said on the quay.", error) ||
      !add_evidence (db, event, 0, entered, ANNALS_STANCE_CONTRADICTS, "", error) ||
      !add_evidence (db, event, 0, korean, ANNALS_STANCE_SUPPORTS, "", error))
    return FALSE;

  if (!add_event (db, t, ships, "2020-03~", "Ferries turn back", "", &event, error) ||
      !add_evidence (db, event, 0, fog, ANNALS_STANCE_SUPPORTS, "", error) ||
      !add_evidence (db, event, posts[1], 0, ANNALS_STANCE_SUPPORTS, "", error) ||
      !add_evidence (db, event, posts[2], 0, ANNALS_STANCE_SUPPORTS, "", error))
    return FALSE;

  return add_event (db, t, ships, "2020-03-09/..", "Grain ships wait", "", &event, error) &&
         add_event (db, t, 0, "../2020-02", "Talk of a sickness", "", &event, error) &&
         add_event (db, t, 0, "2020", "The year without a fair", "", &event, error) &&
         add_event (db, t, 0, "", "An old saying", "", &event, error);
}

static gboolean
add_many (AnnalsDb      *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Build *build = data;
  gint64 t = build->fixture->timeline_id;
  gint64 lanes[2], posts, annotation;
  g_autoptr(GArray) ids = annals_db_list_posts (db, ANNALS_SCOPE_ALL, 0, NULL,
                                                ANNALS_ORDER_PLACE, error);

  if (ids == NULL || !annals_db_ensure_lane (db, t, "City", NULL, &lanes[0], error) ||
      !annals_db_ensure_lane (db, t, "Ships & crews", NULL, &lanes[1], error))
    return FALSE;

  posts = g_array_index (ids, gint64, 0);
  if (!annotate (db, posts, "the doctors have seen every crew", "blue", "", &annotation, error))
    return FALSE;

  for (guint i = 0; i < build->n_events; i++)
    {
      g_autofree char *edtf = g_strdup_printf ("%u-%02u-%02u", 2010 + i % 10, 1 + i / 8 % 12,
                                               1 + i % 28);
      g_autofree char *title = g_strdup_printf ("Generated event %u of many", i + 1);
      gint64 event;

      if (!add_event (db, t, lanes[i % 2], edtf, title, "An account of *some* length.", &event,
                      error) ||
          !add_evidence (db, event, 0, annotation, ANNALS_STANCE_SUPPORTS, "", error))
        return FALSE;
    }

  return TRUE;
}

void
fixture_set_up (Fixture       *self,
                gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = NULL;
  Build build = { .fixture = self };

  g_setenv ("SOURCE_DATE_EPOCH", FIXTURE_EPOCH, TRUE);
  self->folder = g_dir_make_tmp ("annals-export-XXXXXX", &error);
  g_assert_no_error (error);

  path = fixture_path (self, "sund.annals");
  self->notebook = annals_notebook_create (path, "Sund 2020", &error);
  g_assert_no_error (error);
  annals_notebook_set_author (self->notebook, "Ada");

  annals_notebook_bulk (self->notebook, store_posts, &build, NULL, &error);
  g_assert_no_error (error);
  annals_notebook_change (self->notebook, "Make a timeline", make_timeline, &build, NULL, &error);
  g_assert_no_error (error);
}

void
fixture_tear_down (Fixture       *self,
                   gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GDir) dir = NULL;
  const char *name;

  annals_notebook_close (self->notebook, &error);
  g_assert_no_error (error);
  g_clear_object (&self->notebook);

  dir = g_dir_open (self->folder, 0, &error);
  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = fixture_path (self, name);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->folder);
}

char *
fixture_path (Fixture    *self,
              const char *name)
{
  return g_build_filename (self->folder, name, NULL);
}

char *
fixture_export (Fixture                   *self,
                const char                *format,
                const AnnalsExportOptions *options,
                const char                *name,
                gsize                     *length)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = fixture_path (self, name);
  AnnalsExportRequest request = { .subject = ANNALS_EXPORT_TIMELINE, .timeline_id = self->timeline_id };
  char *contents = NULL;

  g_assert_true (annals_export (self->notebook, &request, format, path, TRUE, options, NULL, NULL, NULL, NULL, &error) || error != NULL);
  g_assert_no_error (error);
  g_file_get_contents (path, &contents, length, &error);
  g_assert_no_error (error);

  return contents;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char **) a, *(const char **) b);
}

char *
fixture_list (Fixture *self)
{
  g_autoptr(GDir) dir = g_dir_open (self->folder, 0, NULL);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);

  return g_strjoinv (" ", (char **) names->pdata);
}

void
fixture_add_events (Fixture *self,
                    guint    n)
{
  g_autoptr(GError) error = NULL;
  Build build = { .fixture = self, .n_events = n };

  annals_notebook_change (self->notebook, "Add many events", add_many, &build, NULL, &error);
  g_assert_no_error (error);
}

typedef struct
{
  gint64      timeline_id;
  const char *account;
} LongEvent;

static gboolean
add_long_event_cb (AnnalsDb      *db,
                   gpointer       data,
                   GCancellable  *cancellable,
                   GError       **error)
{
  const LongEvent *event = data;
  gint64 id;

  return add_event (db, event->timeline_id, 0, "2020-03-05", "A long one", event->account, &id, error);
}

void
fixture_add_long_event (Fixture    *self,
                        const char *account)
{
  g_autoptr(GError) error = NULL;
  LongEvent event = { self->timeline_id, account };

  annals_notebook_change (self->notebook, "Add an event", add_long_event_cb, &event, NULL, &error);
  g_assert_no_error (error);
}

void
assert_golden (const char *actual,
               const char *name)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "export", name, NULL);
  g_autofree char *golden = NULL;
  g_auto(GStrv) expected = NULL;
  g_auto(GStrv) lines = NULL;

  if (g_getenv ("ANNALS_UPDATE_GOLDEN") != NULL)
    {
      g_file_set_contents (path, actual, -1, &error);
      g_assert_no_error (error);
      return;
    }

  g_file_get_contents (path, &golden, NULL, &error);
  g_assert_no_error (error);

  /* line by line, so that a failure says where */
  expected = g_strsplit (golden, "\n", -1);
  lines = g_strsplit (actual, "\n", -1);
  for (guint i = 0; expected[i] != NULL && lines[i] != NULL; i++)
    g_assert_cmpstr (lines[i], ==, expected[i]);
  g_assert_cmpuint (g_strv_length (lines), ==, g_strv_length (expected));
}

char *
run_tool (const char * const *argv,
          int                *status)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *program = g_find_program_in_path (argv[0]);
  char *output = NULL;

  if (program == NULL)
    {
      g_autofree char *why = g_strdup_printf ("%s is not installed", argv[0]);

      g_test_skip (why);
      return NULL;
    }

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, NULL, status,
                &error);
  g_assert_no_error (error);

  return output;
}

char *
ask (Fixture    *f,
     const char *tool,
     const char *option,
     const char *name,
     const char *last)
{
  g_autofree char *path = fixture_path (f, name);
  const char *argv[] = { tool, option, path, last, NULL };
  int status = 0;
  char *output = run_tool (argv, &status);

  if (output != NULL && !g_spawn_check_wait_status (status, NULL))
    g_error ("%s %s fails: %s", tool, option, output);

  return output;
}

void
assert_says (const char *text,
             const char *words)
{
  if (strstr (text, words) == NULL)
    g_error ("“%s” is not in “%s”", words, text);
}

char *
fold (const char *text)
{
  g_autoptr(GRegex) space = g_regex_new ("\\s+", 0, 0, NULL);

  return g_regex_replace_literal (space, text, -1, 0, " ", 0, NULL);
}

static void
assert_parent (const char *tag,
               const char *parent)
{
  static const struct { const char *tag, *parents; } rules[] = {
    { "TR", "Table" }, { "TH", "TR" }, { "TD", "TR" }, { "L", "Sect LBody" }, { "LI", "L" }, { "LBody", "LI" },
    { "TOC", "Sect" }, { "TOCI", "TOC" }, { "H1", "Document" }, { "H2", "Sect" }, { "H3", "Sect" },
    { "Table", "Document Sect" },
    { "Figure", "Document" }, { "Sect", "Document Sect" }, { "BlockQuote", "Sect" },
    { "P", "Document Sect LBody TOCI" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_auto(GStrv) parents = g_strsplit (rules[i].parents, " ", -1);

      if (g_str_equal (rules[i].tag, tag) && !g_strv_contains ((const char * const *) parents, parent))
        g_error ("%s stands in %s", tag, parent);
    }
}

void
assert_structure (const char *tree)
{
  g_auto(GStrv) lines = g_strsplit (tree, "\n", -1);
  g_autoptr(GPtrArray) open = g_ptr_array_new_with_free_func (g_free);
  guint heading = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      guint depth = (guint) strspn (lines[i], " ") / 2;
      const char *name = lines[i] + strspn (lines[i], " ");
      char *tag = g_strndup (name, strcspn (name, " :\r"));

      g_assert_cmpuint (depth, <=, open->len);
      g_ptr_array_set_size (open, (int) depth);
      if (depth > 0)
        assert_parent (tag, g_ptr_array_index (open, depth - 1));

      /* no level of headings is left out */
      if (tag[0] == 'H' && g_ascii_isdigit (tag[1]))
        {
          g_assert_cmpint (tag[1] - '0', <=, (int) heading + 1);
          heading = (guint) (tag[1] - '0');
        }
      g_ptr_array_add (open, tag);
    }
}
