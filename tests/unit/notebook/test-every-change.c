/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "notebook-fixture.h"

#include <gio/gio.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "annals-colour-names.h"
#include "annals-foreign-records.h"
#include "annals-links.h"
#include "annals-memos.h"
#include "annals-saved-searches.h"
#include "annals-suggestions.h"

/* Every public change function of src/notebook/ is run, undone and redone, and the whole database compared
 * before and after. One that the headers declare under "changes: only inside the one door" and that has no
 * row below makes test_none_missing() fail. */

static struct
{
  gint64 post, other_post, third_post;
  gint64 annotation, moved, in_review, post_note;
  gint64 tag, other_tag, added_tag;
  gint64 link;
  gint64 memo;
  gint64 search, old_search;
  gint64 timeline, other_timeline, lane, other_lane;
  gint64 event, other_event;
  gint64 evidence;
} ids;

static AnnalsDate *
date (const char *edtf)
{
  static GHashTable *dates;   /* kept to the end of the test */

  if (dates == NULL)
    dates = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) annals_date_unref);
  if (!g_hash_table_contains (dates, edtf))
    g_hash_table_insert (dates, (gpointer) edtf, annals_date_parse (edtf, NULL));

  return g_hash_table_lookup (dates, edtf);
}

static const char *
memo_text (void)
{
  static char text[100];
  g_autofree char *uid = annals_post_uid_for_identity ("post-0");

  g_snprintf (text, sizeof text, "See [[post:%s|Post 0]]", uid);

  return text;
}

/* Kept until the next */
static AnnalsText *
text_of (AnnalsDb *db,
         gint64    post_id)
{
  static AnnalsText *text;

  g_clear_pointer (&text, annals_text_unref);

  return text = annals_db_load_text (db, post_id, 0, NULL);
}

/* In order: each row finds what those before it left. X (function, a name when it comes again, arguments) */
#define CHANGES(X) \
  X (annals_db_add_annotation,, (db, ids.post, 4, 9, "yellow", "", &ids.annotation, error)) \
  X (annals_db_add_annotation_on_revision,, (db, ids.post, 0, 2, 6, "green", "", NULL, error)) \
  X (annals_db_add_annotation_in_text,, (db, ids.post, 0, text_of (db, ids.post), 3, 7, "blue", "", NULL, error)) \
  X (annals_db_set_annotation_note,, (db, ids.annotation, "New *note*", error)) \
  X (annals_db_set_origin,, (db, ANNALS_RECORD_ANNOTATION, ids.annotation, &(AnnalsOrigin) { \
       "1d3f1c52-7d0e-4c55-9a1e-0123456789ab", "Somebody", 1000000, 2000000 }, error)) \
  X (annals_db_set_annotation_colour,, (db, ids.annotation, "red", error)) \
  X (annals_db_place_annotation,, (db, ids.annotation, 10, 14, error)) \
  X (annals_db_confirm_annotation,, (db, ids.moved, error)) \
  X (annals_db_set_annotation_orphan,, (db, ids.in_review, TRUE, error)) \
  X (annals_db_add_post_note,, (db, ids.other_post, "green", "On the whole of it", &ids.post_note, error)) \
  X (annals_db_set_colour_name,, (db, "yellow", "Proof", error)) \
  X (annals_db_set_colour_name, _again, (db, "yellow", "", error)) \
  X (annals_db_add_tag,, (db, "0b3f1c52-7d0e-4c55-9a1e-0123456789ab", "From elsewhere", &ids.added_tag, error)) \
  X (annals_db_ensure_tag,, (db, "harbour/ferry", &ids.tag, error)) \
  X (annals_db_tag_posts,, (db, ids.tag, (gint64[]) { ids.post, ids.other_post }, 2, error)) \
  X (annals_db_tag_annotation,, (db, ids.tag, ids.annotation, error)) \
  X (annals_db_rename_tag,, (db, ids.tag, "Ferries", error)) \
  X (annals_db_set_tag_colour,, (db, ids.tag, "grey", error)) \
  X (annals_db_ensure_tag, _other, (db, "Port", &ids.other_tag, error)) \
  X (annals_db_set_tag_parent,, (db, ids.tag, ids.other_tag, error)) \
  X (annals_db_set_tag_description,, (db, ids.tag, "All that sails", error)) \
  X (annals_db_set_tag_synonyms,, (db, ids.tag, (const char * const []) { "boat", "vessel", NULL }, error)) \
  X (annals_db_set_tag_rule,, (db, ids.tag, "ferry OR boat", error)) \
  X (annals_db_set_tag_rule_seen,, (db, ids.tag, error)) \
  X (annals_db_tag_posts, _other, (db, ids.other_tag, &ids.post, 1, error)) \
  X (annals_db_merge_tags,, (db, ids.other_tag, ids.tag, error)) \
  X (annals_db_untag_posts,, (db, ids.tag, &ids.other_post, 1, error)) \
  X (annals_db_untag_annotation,, (db, ids.tag, ids.annotation, error)) \
  X (annals_db_tag_annotation, _again, (db, ids.tag, ids.annotation, error)) \
  X (annals_db_see_saved_search,, (db, ids.old_search, error)) \
  X (annals_db_add_saved_search,, (db, "Ferries", "ferry", &ids.search, error)) \
  X (annals_db_set_saved_search,, (db, ids.search, "Ships", "ship*", error)) \
  X (annals_db_delete_saved_search,, (db, ids.search, error)) \
  X (annals_db_set_post_starred,, (db, &ids.post, 1, TRUE, error)) \
  X (annals_db_set_post_read,, (db, &ids.post, 1, TRUE, error)) \
  X (annals_db_set_post_trashed,, (db, &ids.other_post, 1, TRUE, error)) \
  X (annals_db_add_timeline,, (db, "Harbour", "What happened", NULL, "", &ids.timeline, error)) \
  X (annals_db_set_timeline,, (db, ids.timeline, "The harbour", NULL, "red", "harbour*", error)) \
  X (annals_db_add_timeline, _other, (db, "Ferries", "", NULL, "", &ids.other_timeline, error)) \
  X (annals_db_ensure_lane,, (db, ids.timeline, "Ships", NULL, &ids.lane, error)) \
  X (annals_db_ensure_lane, _second, (db, ids.timeline, "Talks", "blue", &ids.other_lane, error)) \
  X (annals_db_move_lane,, (db, ids.other_lane, 0, error)) \
  X (annals_db_add_event,, (db, ids.timeline, ids.lane, date ("2020-03~"), "Ferry leaves", "…", &ids.event, error)) \
  X (annals_db_add_evidence,, (db, ids.event, 0, ids.annotation, ANNALS_STANCE_SUPPORTS, "", &ids.evidence, error)) \
  X (annals_db_set_evidence,, (db, ids.evidence, ANNALS_STANCE_CONTRADICTS, "Not so", error)) \
  X (annals_db_add_event_of_post,, (db, ids.timeline, ids.post, &ids.other_event, error)) \
  X (annals_db_decide,, (db, ids.timeline, ids.third_post, ANNALS_DECISION_LATER, NULL, error)) \
  X (annals_db_decide, _against, (db, ids.timeline, ids.third_post, ANNALS_DECISION_REJECTED, NULL, error)) \
  X (annals_db_decide, _for, (db, ids.timeline, ids.third_post, ANNALS_DECISION_ADDED, NULL, error)) \
  X (annals_db_set_event,, (db, ids.event, date ("2020-03-09"), "The ferry leaves", "On Monday", error)) \
  X (annals_db_set_event_lane,, (db, ids.event, ids.timeline, 0, error)) \
  X (annals_db_set_event_lane, _elsewhere, (db, ids.event, ids.other_timeline, 0, error)) \
  X (annals_db_remove_event,, (db, ids.event, ids.other_timeline, error)) \
  X (annals_db_tag_event,, (db, ids.tag, ids.event, error)) \
  X (annals_db_untag_event,, (db, ids.tag, ids.event, error)) \
  X (annals_db_add_link,, (db, ANNALS_RECORD_ANNOTATION, ids.annotation, ANNALS_RELATION_CONTRADICTS, \
                           ANNALS_RECORD_POST, ids.other_post, "Why", &ids.link, error)) \
  X (annals_db_set_link,, (db, ids.link, ANNALS_RELATION_CITES, "Because", error)) \
  X (annals_db_add_memo,, (db, "On ferries", memo_text (), &ids.memo, error)) \
  X (annals_db_set_memo,, (db, ids.memo, "Ferries", "No reference any more", error)) \
  X (annals_db_delete_memo,, (db, ids.memo, error)) \
  X (annals_db_delete_link,, (db, ids.link, error)) \
  X (annals_db_set_lane,, (db, ids.lane, "Boats", "teal", error)) \
  X (annals_db_delete_lane,, (db, ids.lane, error)) \
  X (annals_db_delete_annotation,, (db, ids.annotation, error)) \
  X (annals_db_delete_tag,, (db, ids.tag, error)) \
  X (annals_db_delete_evidence,, (db, ids.evidence, error)) \
  X (annals_db_delete_event,, (db, ids.event, error)) \
  X (annals_db_delete_timeline,, (db, ids.timeline, error))

#define FUNCTION(function, variant, arguments) \
  static gboolean \
  run_##function##variant (AnnalsDb      *db, \
                           gpointer       data, \
                           GCancellable  *cancellable, \
                           GError       **error) \
  { \
    return function arguments; \
  }
CHANGES (FUNCTION)

#define ROW(function, variant, arguments) { #function, run_##function##variant },
static const struct
{
  const char   *name;
  AnnalsDbFunc  func;
} rows[] = {
  CHANGES (ROW)
};

/* --- the table is complete --- */

static char *
strip_comments (const char *text)
{
  g_autoptr(GRegex) comments = g_regex_new ("/\\*.*?\\*/", G_REGEX_DOTALL, 0, NULL);

  return g_regex_replace_literal (comments, text, -1, 0, "", 0, NULL);
}

/* What a header declares between "--- changes: only inside the one door ---" and its next section. */
static void
collect_changes (const char *path,
                 GPtrArray  *names)
{
  g_autofree char *text = NULL;
  g_auto(GStrv) sections = NULL;
  g_autoptr(GRegex) declaration = g_regex_new ("\\b(annals_db_\\w+)\\s*\\(", 0, 0, NULL);

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  sections = g_strsplit (text, "/* --- ", -1);
  for (guint i = 1; sections[i] != NULL; i++)
    {
      g_autoptr(GMatchInfo) match = NULL;
      g_autofree char *plain = NULL;
      const char *end = strstr (sections[i], "*/");

      if (!g_str_has_prefix (sections[i], "changes: only inside the one door") || end == NULL)
        continue;

      plain = strip_comments (end + 2);
      for (g_regex_match (declaration, plain, 0, &match); g_match_info_matches (match);
           g_match_info_next (match, NULL))
        g_ptr_array_add (names, g_match_info_fetch (match, 1));
    }
}

static gboolean
has_row (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_str_equal (rows[i].name, name))
      return TRUE;

  return FALSE;
}

static void
test_none_missing (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "..", "src", "notebook", NULL);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *entry;

  g_assert_nonnull (dir);
  while ((entry = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, entry, NULL);

      if (g_str_has_suffix (entry, ".h"))
        collect_changes (path, names);
    }

  g_assert_cmpuint (names->len, >, 20);
  for (guint i = 0; i < names->len; i++)
    if (!has_row (names->pdata[i]))
      {
        g_test_message ("%s() has no row in CHANGES", (const char *) names->pdata[i]);
        g_test_fail ();
      }
}

/* --- each of them --- */

/* Every row of every table but the history itself and what is derived, by another connection. */
#define TABLES \
  "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*' AND name != 'history' " \
  "AND name NOT GLOB '*_index*' AND name NOT IN ('text_signature', 'same_text') ORDER BY name"

static void
dump_table (sqlite3    *native,
            const char *table,
            GString    *dump)
{
  /* how far the indexes are is derived like them */
  const char *where = g_str_equal (table, "meta") ? "WHERE key NOT GLOB '*index*'" : "";
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s %s ORDER BY 1, 2", table, where);
  sqlite3_stmt *stmt = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (native, sql, -1, &stmt, NULL), ==, SQLITE_OK);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    {
      g_string_append (dump, table);
      for (int column = 0; column < sqlite3_column_count (stmt); column++)
        if (sqlite3_column_type (stmt, column) == SQLITE_BLOB)
          {
            const guint8 *bytes = sqlite3_column_blob (stmt, column);

            g_string_append (dump, "|x");
            for (int i = 0; i < sqlite3_column_bytes (stmt, column); i++)
              g_string_append_printf (dump, "%02x", bytes[i]);
          }
        else
          g_string_append_printf (dump, "|%s", (const char *) sqlite3_column_text (stmt, column));
      g_string_append_c (dump, '\n');
    }
  sqlite3_finalize (stmt);
}

static char *
dump_whole (Fixture *f)
{
  g_autoptr(GString) dump = g_string_new (NULL);
  sqlite3 *native = NULL;
  sqlite3_stmt *stmt = NULL;

  g_assert_cmpint (sqlite3_open_v2 (f->path, &native, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (native, TABLES, -1, &stmt, NULL), ==, SQLITE_OK);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    dump_table (native, (const char *) sqlite3_column_text (stmt, 0), dump);
  sqlite3_finalize (stmt);
  sqlite3_close (native);

  return g_string_free (g_steal_pointer (&dump), FALSE);
}

static void
step (Fixture    *f,
      gboolean    redo,
      const char *expected)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *label = NULL;

  if (redo)
    annals_notebook_redo (f->notebook, &label, &error);
  else
    annals_notebook_undo (f->notebook, &label, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (label, ==, expected);
}

static gboolean
prepare (AnnalsDb      *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  return annals_db_add_annotation (db, ids.post, 0, 3, "green", "", &ids.moved, error) &&
         annals_db_add_annotation (db, ids.post, 15, 18, "green", "", &ids.in_review, error) &&
         annals_db_add_saved_search (db, "Old", "ferry", &ids.old_search, error);
}

/* Two notes as an import leaves them whose post has changed, and a search from before it. */
static void
unsettle (Fixture *f)
{
  g_autofree char *sql = NULL;
  sqlite3 *native = NULL;

  CHANGE (f, "Prepare", prepare, NULL);
  sql = g_strdup_printf ("UPDATE annotation SET state = CASE id WHEN %" G_GINT64_FORMAT " THEN 'moved' "
                         "ELSE 'review' END; UPDATE saved_search SET seen = 0", ids.moved);
  g_assert_cmpint (sqlite3_open (f->path, &native), ==, SQLITE_OK);
  sqlite3_busy_timeout (native, 10000);
  g_assert_cmpint (sqlite3_exec (native, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (native);
}

static void
begin (Fixture *f)
{
  g_autoptr(GError) error = NULL;

  memset (&ids, 0, sizeof ids);
  ids.post = fixture_post (f, 0);
  ids.other_post = fixture_post (f, 1);
  ids.third_post = fixture_post (f, 2);
  unsettle (f);
  annals_notebook_finish_index (f->notebook, NULL, &error);
  g_assert_no_error (error);
}

static void
test_each (Fixture       *f,
           gconstpointer  data)
{
  begin (f);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *before = dump_whole (f);
      g_autofree char *done = NULL;
      g_autofree char *undone = NULL;
      g_autofree char *redone = NULL;

      g_test_message ("%s", rows[i].name);
      CHANGE (f, rows[i].name, rows[i].func, NULL);
      done = dump_whole (f);
      g_assert_cmpstr (before, !=, done);

      step (f, FALSE, rows[i].name);
      undone = dump_whole (f);
      g_assert_cmpstr (undone, ==, before);

      step (f, TRUE, rows[i].name);
      redone = dump_whole (f);
      g_assert_cmpstr (redone, ==, done);
    }
}

/* All of them after one another, back to the beginning and on to the end again, each way across a restart. */
static void
test_all (Fixture       *f,
          gconstpointer  data)
{
  g_autoptr(GPtrArray) states = g_ptr_array_new_with_free_func (g_free);
  guint n = G_N_ELEMENTS (rows);

  begin (f);
  for (guint i = 0; i < n; i++)
    {
      g_ptr_array_add (states, dump_whole (f));
      CHANGE (f, rows[i].name, rows[i].func, NULL);
    }
  g_ptr_array_add (states, dump_whole (f));

  fixture_reopen (f);
  for (guint i = n; i > 0; i--)
    {
      g_autofree char *now = NULL;

      step (f, FALSE, rows[i - 1].name);
      now = dump_whole (f);
      g_assert_cmpstr (now, ==, states->pdata[i - 1]);
    }

  fixture_reopen (f);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *now = NULL;

      step (f, TRUE, rows[i].name);
      now = dump_whole (f);
      g_assert_cmpstr (now, ==, states->pdata[i + 1]);
    }
}

/* --- kill -9 between any two of them --- */

/* A process of its own makes the changes from the @first on, and some it takes back and does again. It says of each
 * when it is done, with what the next ones need to know, and waits for a word before it goes on. */
#define CHILD "--make-changes"

static char *
dup_ids (void)
{
  return g_base64_encode ((const guchar *) &ids, sizeof ids);
}

static void
take_ids (const char *text)
{
  gsize length;
  g_autofree guchar *bytes = g_base64_decode (text, &length);

  g_assert_cmpuint (length, ==, sizeof ids);
  memcpy (&ids, bytes, sizeof ids);
}

static void
acknowledge (guint next)
{
  g_autofree char *known = dup_ids ();

  g_print ("%u %s\n", next, known);
  fflush (stdout);
  getchar ();
}

static int
make_changes (const char *path,
              guint       first,
              const char *known)
{
  Fixture f = { NULL, (char *) path, NULL };
  g_autoptr(GError) error = NULL;

  f.notebook = annals_notebook_open (path, &error);
  g_assert_no_error (error);
  take_ids (known);
  for (guint i = first; i < G_N_ELEMENTS (rows); i++)
    {
      CHANGE (&f, rows[i].name, rows[i].func, NULL);
      acknowledge (i + 1);
      if (i % 8 != 3)
        continue;

      step (&f, FALSE, rows[i].name);
      acknowledge (i);
      step (&f, TRUE, rows[i].name);
      acknowledge (i + 1);
    }

  return 0;
}

static char *
dump_with_history (Fixture *f)
{
  g_autofree char *dump = dump_whole (f);
  g_autoptr(GString) whole = g_string_new (dump);
  sqlite3 *native = NULL;

  g_assert_cmpint (sqlite3_open_v2 (f->path, &native, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  dump_table (native, "history", whole);
  sqlite3_close (native);

  return g_string_free (g_steal_pointer (&whole), FALSE);
}

/* Starts the child, lets it do @n things, and kills it. Returns: the number of the next change, as it said. */
static guint
run_and_kill (Fixture  *f,
              guint     first,
              guint     n,
              char    **known)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *number = g_strdup_printf ("%u", first);
  g_autoptr(GSubprocess) child = NULL;
  g_autoptr(GDataInputStream) lines = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  guint next = first;

  child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, CHILD,
                            f->path, number, *known, NULL);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *line = NULL;
      g_auto(GStrv) words = NULL;

      if (i > 0)
        g_output_stream_write_all (g_subprocess_get_stdin_pipe (child), "\n", 1, NULL, NULL, NULL);
      line = g_data_input_stream_read_line (lines, NULL, NULL, &error);
      g_assert_no_error (error);
      if (line == NULL)
        break;   /* it has come to its end */

      words = g_strsplit (line, " ", 2);
      next = (guint) g_ascii_strtoull (words[0], NULL, 10);
      g_free (*known);
      *known = g_strdup (words[1]);
    }

  before = dump_with_history (f);
  g_subprocess_force_exit (child);
  g_subprocess_wait (child, NULL, &error);
  g_assert_no_error (error);

  f->notebook = annals_notebook_open (f->path, &error);
  g_assert_no_error (error);
  after = dump_with_history (f);
  g_assert_cmpstr (after, ==, before);

  return next;
}

static gboolean
check (AnnalsDb      *db,
       gpointer       data,
       GCancellable  *cancellable,
       GError       **error)
{
  g_autoptr(GPtrArray) problems = annals_db_check (db, TRUE, cancellable, error);

  if (problems == NULL)
    return FALSE;

  for (guint i = 0; i < problems->len; i++)
    g_error ("%s: %s", ((AnnalsProblem *) problems->pdata[i])->where, ((AnnalsProblem *) problems->pdata[i])->what);

  return TRUE;
}

static void
test_killed (Fixture       *f,
             gconstpointer  data)
{
  g_autofree char *known = NULL;
  guint next = 0;

  if (!g_file_test ("/proc/self/exe", G_FILE_TEST_EXISTS))
    {
      g_test_skip ("there is no /proc");
      return;
    }

  begin (f);
  known = dup_ids ();
  for (guint n = 1; next < G_N_ELEMENTS (rows); n = n % 3 + 1)
    {
      g_autoptr(GError) error = NULL;

      annals_notebook_close (f->notebook, &error);
      g_assert_no_error (error);
      g_assert_finalize_object (f->notebook);
      next = run_and_kill (f, next, n, &known);
      READ (f, check, NULL);
    }

  for (guint i = G_N_ELEMENTS (rows); i > 0; i--)
    step (f, FALSE, rows[i - 1].name);
}

int
main (int    argc,
      char **argv)
{
  if (argc == 5 && g_str_equal (argv[1], CHILD))
    return make_changes (argv[2], (guint) g_ascii_strtoull (argv[3], NULL, 10), argv[4]);

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/notebook/every-change/none-missing", test_none_missing);
  g_test_add ("/notebook/every-change/each", Fixture, NULL, fixture_set_up, test_each, fixture_tear_down);
  g_test_add ("/notebook/every-change/all", Fixture, NULL, fixture_set_up, test_all, fixture_tear_down);
  g_test_add ("/notebook/every-change/killed", Fixture, NULL, fixture_set_up, test_killed, fixture_tear_down);

  return g_test_run ();
}
