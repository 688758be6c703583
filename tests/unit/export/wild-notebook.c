/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wild-notebook.h"

#include <sqlite3.h>

#include "annals-annotations.h"
#include "annals-colour-names.h"
#include "annals-export.h"
#include "annals-imports.h"
#include "annals-links.h"
#include "annals-memos.h"
#include "annals-palette.h"
#include "annals-posts.h"
#include "annals-saved-searches.h"
#include "annals-suggestions.h"
#include "annals-tags.h"
#include "annals-timeline-look.h"
#include "annals-timelines.h"

#define N_IDENTITIES 40

typedef struct
{
  GRand          *rand;
  AnnalsNotebook *notebook;
  sqlite3        *file;
} Wild;

static const char * const words[] = {
  "ferry", "harbour", "항구는", "제재", "制裁", "ミサイル", "“quoted”", "\\back", "</script>", "{}", "%s", "é", "🚢", "عربي",
  "a,b", "\"q\"", "Monday", "says", "the", "report", "x\u202ey", "\u2028",
};

static guint
pick (Wild  *self,
      guint  n)
{
  return (guint) g_rand_int_range (self->rand, 0, (gint32) n);
}

static char *
dup_words (Wild  *self,
           guint  max)
{
  GString *text = g_string_new (NULL);
  guint n = 1 + pick (self, max);

  /* the last of them is no title by itself */
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, i > 0 ? " %s" : "%s", words[pick (self, G_N_ELEMENTS (words) - (i == 0))]);

  return g_string_free (text, FALSE);
}

static gint64
query (sqlite3    *file,
       const char *sql)
{
  sqlite3_stmt *stmt = NULL;
  gint64 number = 0;

  g_assert_cmpint (sqlite3_prepare_v2 (file, sql, -1, &stmt, NULL), ==, SQLITE_OK);
  if (sqlite3_step (stmt) == SQLITE_ROW)
    number = sqlite3_column_int64 (stmt, 0);
  sqlite3_finalize (stmt);

  return number;
}

/* Any row of the table; 0: there is none. */
static gint64
pick_id (Wild       *self,
         const char *table)
{
  const char *where = g_str_equal (table, "post") ? "WHERE withdrawn = 0" : "";
  g_autofree char *count = g_strdup_printf ("SELECT count (*) FROM %s %s", table, where);
  gint64 n = query (self->file, count);
  g_autofree char *sql = NULL;

  if (n == 0)
    return 0;

  sql = g_strdup_printf ("SELECT id FROM %s %s ORDER BY id LIMIT 1 OFFSET %u", table, where, pick (self, (guint) n));
  return query (self->file, sql);
}

static const char *
pick_colour (Wild *self)
{
  guint n;
  const AnnalsColour *colours = annals_palette_get (&n);

  return colours[pick (self, n)].name;
}

static AnnalsDate *
pick_date (Wild *self)
{
  static const char * const dates[] = { "2020-03", "2020-03-09", "2019~", "2020-03/2020-05", "[2020-03-01..2020-03-10]",
                                        "2020-03-09T10:30:00Z", "../2020-01", "1985-21", "2020-0X" };

  return annals_date_parse (dates[pick (self, G_N_ELEMENTS (dates))], NULL);
}

/* --- imports --- */

static GBytes *
pick_markup (Wild *self)
{
  static const char bytes[] = "\xff\xfe\0 not text";
  char *text = dup_words (self, 6);

  if (pick (self, 6) != 0)
    return g_bytes_new_take (text, strlen (text));

  g_free (text);
  return g_bytes_new (bytes, sizeof bytes);
}

static gboolean
store_post (Wild      *self,
            AnnalsDb  *db,
            gint64     import_id,
            gint64     file_id,
            guint      place,
            GError   **error)
{
  guint n = pick (self, N_IDENTITIES);
  g_autofree char *identity = g_strdup_printf ("post-%u", n);
  g_autofree char *alias = g_strdup_printf ("alias-%u", n);
  g_autofree char *title = dup_words (self, 4);
  g_autofree char *lead = dup_words (self, 30);
  g_autofree char *html = g_strdup_printf ("<h2>%u</h2><p>The ferry %u left the harbour on Monday. %s</p>"
                                           "<p><img src=\"picture-%u.png\" alt=\"\"> <a href=\"x\">link</a></p>",
                                           n, n, n % 3 ? "Nobody was on board but the crew." : lead, n % 4);
  g_autoptr(AnnalsText) text = annals_text_new_from_html (html, -1, NULL);
  g_autoptr(AnnalsDate) date = pick (self, 5) ? pick_date (self) : NULL;
  g_autoptr(GBytes) markup = pick_markup (self);
  const char *aliases[] = { alias, NULL };
  const char *tags[] = { "imported", "other tag", NULL };
  AnnalsNewPost post = {
    .identity = identity, .aliases = n % 2 ? aliases : NULL, .extent = (AnnalsExtent) pick (self, 3), .title = title,
    .source = n % 2 ? "Gazette, \"The\"" : NULL, .author = n % 3 ? "A" : NULL, .published = date, .language = "en",
    .url = identity, .place = place, .tags = n % 4 == 0 ? tags : NULL, .file_id = file_id, .text = text,
    .markup = n % 7 ? markup : NULL, .markup_kind = "html",
  };
  AnnalsStored stored;

  return annals_db_store_post (db, import_id, &post, &stored, NULL, error);
}

static gboolean
import_in_bulk (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  Wild *self = data;
  g_autoptr(GBytes) picture = g_bytes_new ("\x89PNG\0\1", 6 + pick (self, 2) * 0);
  AnnalsIssue issue = { .severity = ANNALS_SEVERITY_WARNING, .code = ANNALS_ISSUE_DATE, .place = (char *) "line 3",
                        .reason = (char *) "no date", .excerpt = (char *) "a\tb", .record = 3, .can_force = TRUE };
  AnnalsImportRule rule = { (char *) "Archive", (char *) "#.txt", (char *) "text-month", (char *) "{\"a\":1}" };
  gint64 import_id, file_id;
  guint n = 1 + pick (self, 12);

  if (!annals_db_begin_import (db, "/tmp/x", "posts.txt", "folder", "Archive", "{}", &import_id, error) ||
      !annals_db_begin_import_file (db, import_id, "a/b.html", "html", &file_id, error))
    return FALSE;

  for (guint i = 0; i < n; i++)
    if (!store_post (self, db, import_id, i % 2 ? file_id : 0, i + 1, error))
      return FALSE;

  return annals_db_end_import_file (db, file_id, 42, "00ff", error) &&
         annals_db_add_issue (db, import_id, &issue, error) &&
         annals_db_store_picture (db, import_id, "picture-1.png", "image/png", picture, error) &&
         annals_db_save_rule (db, &rule, error) &&
         annals_db_finish_import (db, import_id, "0123", 42, n, n, 0, 0, 0, 0.1 + n / 7.0, error);
}

/* --- what users do --- */

static gboolean
make_tags (Wild      *self,
           AnnalsDb  *db,
           GError   **error)
{
  g_autofree char *name = g_strdup_printf ("tag %u/%s", pick (self, 8), pick (self, 2) ? "below" : "besides");
  g_autofree char *other = g_strdup_printf ("other name %u", pick (self, 1000));
  const char *synonyms[] = { other, "és", NULL };
  gint64 post = pick_id (self, "post");
  gint64 annotation = pick_id (self, "annotation");
  gint64 event = pick_id (self, "event");
  gint64 id;

  if (!annals_db_ensure_tag (db, name, &id, error))
    return FALSE;

  annals_db_set_tag_synonyms (db, id, synonyms, NULL);
  annals_db_set_tag_description (db, id, words[pick (self, G_N_ELEMENTS (words))], NULL);
  annals_db_set_tag_rule (db, id, "ferry OR boat", NULL);
  if (pick (self, 2))
    annals_db_set_tag_rule_seen (db, id, NULL);

  return (post == 0 || annals_db_tag_posts (db, id, &post, 1, error)) &&
         (annotation == 0 || annals_db_tag_annotation (db, id, annotation, error)) &&
         (event == 0 || annals_db_tag_event (db, id, event, error));
}

static gboolean
make_notes (Wild      *self,
            AnnalsDb  *db,
            GError   **error)
{
  g_autofree char *note = dup_words (self, 20);
  gint64 post = pick_id (self, "post");
  gint64 annotation = pick_id (self, "annotation");
  gint64 id;

  if (annotation != 0)
    {
      annals_db_set_annotation_orphan (db, annotation, TRUE, NULL);
      if (pick (self, 2))
        annals_db_set_annotation_note (db, annotation, note, NULL);
    }

  return post == 0 ||
         (annals_db_add_annotation (db, post, pick (self, 8), 12 + pick (self, 20), pick_colour (self), note, &id,
                                    error) &&
          (pick (self, 3) || annals_db_add_post_note (db, post, pick_colour (self), note, &id, error)));
}

static gboolean
make_timelines (Wild      *self,
                AnnalsDb  *db,
                GError   **error)
{
  g_autoptr(AnnalsTimelineLook) look = annals_timeline_look_new ();
  g_autofree char *title = dup_words (self, 5);
  g_autofree char *uid = NULL;
  gint64 id, lane;

  look->group = ANNALS_GROUP_TAG;
  return annals_db_add_timeline (db, title, title, NULL, "ferry", &id, error) &&
         annals_db_ensure_lane (db, id, "First", NULL, &lane, error) &&
         annals_db_ensure_lane (db, id, "Second", "blue", &lane, error) &&
         annals_db_move_lane (db, lane, 0, error) &&
         (uid = annals_db_dup_uid (db, ANNALS_RECORD_TIMELINE, id, error)) != NULL &&
         (pick (self, 2) || annals_db_set_timeline_look (db, uid, look, error));
}

static gboolean
make_events (Wild      *self,
             AnnalsDb  *db,
             GError   **error)
{
  g_autoptr(AnnalsDate) date = pick_date (self);
  g_autofree char *title = dup_words (self, 5);
  gint64 timeline = pick_id (self, "timeline");
  gint64 other = pick_id (self, "timeline");
  gint64 annotation = pick_id (self, "annotation");
  gint64 post = pick_id (self, "post");
  gint64 lane, id, evidence;

  if (timeline == 0)
    return TRUE;

  return annals_db_ensure_lane (db, timeline, "Third", NULL, &lane, error) &&
         annals_db_add_event (db, timeline, pick (self, 2) ? lane : 0, date, title, title, &id, error) &&
         annals_db_set_event_lane (db, id, other, 0, error) &&
         (post == 0 || annals_db_add_evidence (db, id, post, 0, ANNALS_STANCE_CONTRADICTS, title, &evidence, error)) &&
         (annotation == 0 ||
          annals_db_add_evidence (db, id, 0, annotation, ANNALS_STANCE_SUPPORTS, "", &evidence, error));
}

static gboolean
make_links (Wild      *self,
            AnnalsDb  *db,
            GError   **error)
{
  gint64 post = pick_id (self, "post");
  gint64 other = pick_id (self, "post");
  gint64 annotation = pick_id (self, "annotation");
  gint64 event = pick_id (self, "event");
  g_autofree char *note = dup_words (self, 5);
  g_autofree char *uid = post != 0 ? annals_db_dup_uid (db, ANNALS_RECORD_POST, post, error) : g_strdup ("");
  g_autofree char *text = g_strdup_printf ("# %s\n\nSee [[post:%s|Post]] and [[nothing]]", note, uid);
  gint64 id;

  if (post != 0 && other != post &&
      !annals_db_add_link (db, ANNALS_RECORD_POST, post, (AnnalsRelation) pick (self, 6), ANNALS_RECORD_POST, other,
                           note, &id, error))
    return FALSE;
  if (annotation != 0 && event != 0 &&
      !annals_db_add_link (db, ANNALS_RECORD_ANNOTATION, annotation, ANNALS_RELATION_CITES, ANNALS_RECORD_EVENT, event,
                           "", &id, error))
    return FALSE;

  return annals_db_add_memo (db, note, text, &id, error) &&
         annals_db_add_saved_search (db, note, "ferry -boat", &id, error);
}

static gboolean
mark_posts (Wild      *self,
            AnnalsDb  *db,
            GError   **error)
{
  gint64 post = pick_id (self, "post");
  gint64 timeline = pick_id (self, "timeline");
  g_autofree char *name = g_strdup_printf ("Colour %u", pick (self, 100));

  annals_db_set_colour_name (db, pick_colour (self), name, NULL);
  if (post == 0)
    return TRUE;

  return annals_db_set_post_read (db, &post, 1, pick (self, 2), error) &&
         annals_db_set_post_starred (db, &post, 1, pick (self, 2), error) &&
         annals_db_set_post_trashed (db, &post, 1, pick (self, 5) == 0, error) &&
         (timeline == 0 ||
          annals_db_decide (db, timeline, post, pick (self, 2) ? ANNALS_DECISION_LATER : ANNALS_DECISION_REJECTED, NULL,
                            error));
}

/* What is refused, such as a name that another one has, changes nothing. */
static gboolean
edit_tags (Wild      *self,
           AnnalsDb  *db,
           GError   **error)
{
  gint64 tag = pick_id (self, "tag");
  gint64 parent = pick_id (self, "tag");
  g_autofree char *name = g_strdup_printf ("name %u", pick (self, 6));
  g_autofree char *other = g_strdup_printf ("name %u", pick (self, 12));
  const char *synonyms[] = { other, NULL };

  if (tag == 0)
    return TRUE;

  switch (pick (self, 4))
    {
    case 0:
      annals_db_rename_tag (db, tag, name, NULL);
      break;
    case 1:
      annals_db_set_tag_parent (db, tag, pick (self, 3) ? parent : 0, NULL);
      break;
    case 2:
      annals_db_set_tag_colour (db, tag, pick_colour (self), NULL);
      break;
    default:
      annals_db_set_tag_synonyms (db, tag, synonyms, NULL);
      break;
    }

  return TRUE;
}

static gboolean
edit_timelines (Wild      *self,
                AnnalsDb  *db,
                GError   **error)
{
  g_autofree char *name = g_strdup_printf ("Lane %u", pick (self, 100000));
  g_autofree char *title = dup_words (self, 4);
  gint64 timeline = pick_id (self, "timeline");
  gint64 lane = pick_id (self, "lane");

  if (timeline != 0 && !annals_db_set_timeline (db, timeline, pick (self, 2) ? title : NULL, pick (self, 2) ? title : NULL,
                                                pick_colour (self), NULL, error))
    return FALSE;
  if (lane == 0)
    return TRUE;

  return annals_db_set_lane (db, lane, pick (self, 2) ? name : NULL, pick (self, 2) ? pick_colour (self) : NULL, error) &&
         (pick (self, 2) || annals_db_move_lane (db, lane, pick (self, 3), error));
}

static gboolean
edit_events (Wild      *self,
             AnnalsDb  *db,
             GError   **error)
{
  g_autoptr(AnnalsDate) date = pick_date (self);
  g_autofree char *title = dup_words (self, 4);
  g_autofree char *sql = NULL;
  gint64 event = pick_id (self, "event");
  gint64 evidence = pick_id (self, "evidence");
  gint64 lane = pick_id (self, "lane");
  gint64 timeline;

  if (event != 0 && !annals_db_set_event (db, event, pick (self, 2) ? date : NULL, pick (self, 2) ? title : NULL,
                                          pick (self, 2) ? title : NULL, error))
    return FALSE;
  if (evidence != 0 && !annals_db_set_evidence (db, evidence, (AnnalsStance) pick (self, 2), title, error))
    return FALSE;
  if (event == 0 || lane == 0)
    return TRUE;

  sql = g_strdup_printf ("SELECT timeline FROM lane WHERE id = %" G_GINT64_FORMAT, lane);
  timeline = query (self->file, sql);

  return annals_db_set_event_lane (db, event, timeline, pick (self, 4) ? lane : 0, error);
}

static gboolean
edit_texts (Wild      *self,
            AnnalsDb  *db,
            GError   **error)
{
  g_autofree char *title = dup_words (self, 4);
  gint64 tag = pick_id (self, "tag");
  gint64 memo = pick_id (self, "memo");
  gint64 link = pick_id (self, "link");
  gint64 search = pick_id (self, "saved_search");
  gint64 annotation = pick_id (self, "annotation");
  g_autofree char *uid = tag != 0 ? annals_db_dup_uid (db, ANNALS_RECORD_TAG, tag, error) : g_strdup ("");
  g_autofree char *text = g_strdup_printf ("%s [[tag:%s|Tag]]", title, uid);

  if (link != 0)
    annals_db_set_link (db, link, (AnnalsRelation) pick (self, 6), title, NULL);

  return (memo == 0 ||
          annals_db_set_memo (db, memo, pick (self, 2) ? title : NULL, pick (self, 2) ? text : NULL, error)) &&
         (search == 0 || annals_db_set_saved_search (db, search, pick (self, 2) ? title : NULL, title, error)) &&
         (annotation == 0 ||
          (annals_db_set_annotation_colour (db, annotation, pick_colour (self), error) &&
           (pick (self, 2) || annals_db_set_annotation_note (db, annotation, title, error))));
}

static gboolean
delete_some (Wild      *self,
             AnnalsDb  *db,
             GError   **error)
{
  gint64 annotation = pick_id (self, "annotation");
  gint64 event = pick_id (self, "event");
  gint64 tag = pick_id (self, "tag");
  gint64 timeline = pick_id (self, "timeline");

  switch (pick (self, 4))
    {
    case 0:
      return annotation == 0 || annals_db_delete_annotation (db, annotation, error);
    case 1:
      return event == 0 || annals_db_delete_event (db, event, error);
    case 2:
      return tag == 0 || annals_db_delete_tag (db, tag, error);
    default:
      return timeline == 0 || pick (self, 3) || annals_db_delete_timeline (db, timeline, error);
    }
}

static gboolean
change_in_door (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  static gboolean (* const acts[]) (Wild *, AnnalsDb *, GError **) = {
    make_tags, make_notes, make_notes, make_timelines, make_events, make_events, make_links, mark_posts, delete_some,
    edit_tags, edit_tags, edit_timelines, edit_events, edit_texts,
  };
  Wild *self = data;

  return acts[pick (self, G_N_ELEMENTS (acts))] (self, db, error);
}

static void
step (Wild *self)
{
  g_autoptr(GError) error = NULL;
  guint what = pick (self, 12);

  if (what == 0)
    annals_notebook_bulk (self->notebook, import_in_bulk, self, NULL, &error);
  else if (what == 1)
    annals_notebook_undo (self->notebook, NULL, &error);
  else
    annals_notebook_change (self->notebook, "Step", change_in_door, self, NULL, &error);
  g_assert_no_error (error);
}

void
wild_steps (AnnalsNotebook *notebook,
            guint32         seed,
            guint           n_steps)
{
  Wild self = { g_rand_new_with_seed (seed), notebook, NULL };
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (sqlite3_open_v2 (annals_notebook_get_path (notebook), &self.file, SQLITE_OPEN_READONLY, NULL), ==,
                   SQLITE_OK);
  annals_notebook_bulk (notebook, import_in_bulk, &self, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n_steps; i++)
    step (&self);
  sqlite3_close (self.file);
  g_rand_free (self.rand);
}

char *
wild_export (AnnalsNotebook *notebook,
             const char     *folder,
             const char     *name)
{
  AnnalsExportRequest request = { .subject = ANNALS_EXPORT_NOTEBOOK };
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(GError) error = NULL;
  char *text = NULL;

  annals_export (notebook, &request, "json", path, TRUE, NULL, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  return text;
}

gint64
wild_count (AnnalsNotebook *notebook,
            const char     *sql)
{
  sqlite3 *file = NULL;
  gint64 number;

  g_assert_cmpint (sqlite3_open_v2 (annals_notebook_get_path (notebook), &file, SQLITE_OPEN_READONLY, NULL), ==,
                   SQLITE_OK);
  number = query (file, sql);
  sqlite3_close (file);

  return number;
}
