/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "formats-fixture.h"

#include <string.h>
#include <sys/wait.h>

#include "annals-imports.h"
#include "annals-posts.h"
#include "annals-tags.h"
#include "annals-timelines.h"

#define HARD "Say \"no\", then {stop}; 100 % & <b>\\x^~_#$ [[a|b]] </script>"

typedef struct
{
  const char *title;
  const char *author;
  const char *source;
  const char *published;
  const char *url;
  const char *html;
} HardPost;

static const HardPost hard_posts[] = {
  { HARD, "O’Neil, Ann & \"Bob\"", "Paper {1} & Sons", "2020-03-09T23:30:00-05:00",
    "https://news.example/a_b?x={1}&y=50%25#top",
    "<h2>First <i>heading</i></h2><p>A <b>bold</b> word, <a href=\"https://a.example/(1)\">a link</a> and <code>f(x)</code>."
    "</p><blockquote><p>Quoted *once*.</p></blockquote><ul><li>one</li><li>two<ul><li>three</li></ul></li></ul>"
    "<ol start=\"3\"><li>third</li></ol><pre>if (a)\n  b();</pre><table><tr><th>Year</th><th>n</th></tr>"
    "<tr><td>2020</td><td>1|2</td></tr></table><p>=1+1 -- 2020. End</p>" },
  { "\u0301accent \u200fعنوان\u200e", "\u0301", "=cmd|' /C calc'!A0", "2020~", "", "<p>+1</p>" },
  { "속보: 北朝鮮", "김 철수", "로동신문", "2020-21", "http://kcna.example/", "<p>첫째.\nدوم</p>" },
  { "-44 and before", "", "", "-0043-03-15", "javascript:alert(1)", "<p>@a</p>" },
  { "A decade", "Ada Berg", "Coast Gazette", "195X", "", "<p>x</p>" },
  { "From a day on", "Ada Berg", "Coast Gazette", "2020-03-09/..", "", "<p>y</p>" },
  { "Two months", "Ada Berg", "Coast Gazette", "2020-03?/2020-04", "", "<p>z</p>" },
  { "Up to a year", "Ada Berg", "Coast Gazette", "../1999", "", "<p>z1</p>" },
  { "A quarter", "Ada Berg", "Coast Gazette", "2020-34", "", "<p>z2</p>" },
  { "A set", "Ada Berg", "Coast Gazette", "[2020-03-01~..2020-03-10~]", "", "<p>z3</p>" },
  { "Long ago", "Ada Berg", "Coast Gazette", "Y-170002", "", "<p>z4</p>" },
};

static const char * const hard_dates[] = {
  "2020-03-09T23:30:00-05:00", "2020-03-09T10:00Z/2020-03-09T12:30Z", "2020-03-02/2020-04", "2020-03/2020-05", "2020~/2021", "2020-21", "2020-34",
  "195X", "19XX", "-0043-03-15", "-0500/-0400", "0001", "[2020-03-12,2020-03-01..2020-03-10]", "{2019,2021}", "2020-XX-05",
  "2020-03-XX", "1950S2", "2019-12-31/2019-12-31", "/", "2020-02-29?",
};

static gboolean
store_hard (AnnalsDb      *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  static const char * const tags[] = { "North Korea", "a, b", "2020", "=1", NULL };
  gint64 import_id;

  if (!annals_db_begin_import (db, "", "hard, \"file\".html", "html", "Hard", "{}", &import_id, error))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (hard_posts); i++)
    {
      const HardPost *row = &hard_posts[i];
      g_autofree char *identity = g_strdup_printf ("hard:%u", i);
      g_autoptr(AnnalsText) text = annals_text_new_from_html (row->html, -1, NULL);
      g_autoptr(AnnalsDate) date = annals_date_parse (row->published, error);
      g_autoptr(GBytes) markup = g_bytes_new_static (row->html, strlen (row->html));
      AnnalsStored stored;
      gint64 id;
      AnnalsNewPost post = {
        .identity = identity, .title = row->title, .url = row->url, .author = row->author,
        .source = *row->source != '\0' ? row->source : NULL, .published = date, .language = i == 2 ? "ko" : "en",
        .place = i + 1, .text = text, .markup = markup, .markup_kind = "html", .tags = i == 0 ? tags : NULL,
      };

      if (date == NULL || !annals_db_store_post (db, import_id, &post, &stored, &id, error))
        return FALSE;
    }

  return annals_db_finish_import (db, import_id, "c17f121437275d79c17f121437275d79c17f121437275d79c17f121437275d79", 99,
                                  G_N_ELEMENTS (hard_posts), G_N_ELEMENTS (hard_posts), 0, 0, 0, 0.1, error);
}

static gboolean
add_hard_events (AnnalsDb      *db,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  Fixture *self = data;
  g_autoptr(GArray) posts = annals_db_list_posts (db, ANNALS_SCOPE_ALL, 0, NULL, ANNALS_ORDER_PLACE, error);
  gint64 lane, tag, evidence, quoted = 0;

  if (posts == NULL || !annals_db_ensure_lane (db, self->timeline_id, "<i>Lane</i> & \"more\"", "red", &lane, error) ||
      !annals_db_ensure_tag (db, "North Korea", &tag, error))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (hard_dates); i++)
    {
      g_autoptr(AnnalsDate) date = annals_date_parse (hard_dates[i], error);
      g_autofree char *title = g_strdup_printf ("Dated %s", hard_dates[i]);
      gint64 event;

      if (date == NULL || !annals_db_add_event (db, self->timeline_id, lane, date, i == 0 ? HARD : title,
                                                i == 0 ? "<script>alert(1)</script>\n\n```\nnot closed </script>" : "",
                                                &event, error))
        return FALSE;
      if (i == 0 && (!annals_db_tag_event (db, tag, event, error) ||
                     !annals_db_add_evidence (db, event, g_array_index (posts, gint64, posts->len - 1), 0,
                                              ANNALS_STANCE_SUPPORTS, "# A *note*\n\n<!-- open", &evidence, error)))
        return FALSE;
      quoted = event;
    }

  for (guint i = 0; i < posts->len; i++)
    {
      g_autoptr(AnnalsPost) post = annals_db_load_post (db, g_array_index (posts, gint64, i), error);
      gint64 annotation;

      if (post == NULL)
        return FALSE;
      if (g_str_equal (post->title, HARD) &&
          (!annals_db_add_annotation (db, post->id, 0, 13, "orange", "", &annotation, error) ||
           !annals_db_add_evidence (db, quoted, 0, annotation, ANNALS_STANCE_CONTRADICTS, "", &evidence, error)))
        return FALSE;
    }

  return TRUE;
}

void
formats_set_up (Fixture       *self,
                gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture_set_up (self, data);
  annals_notebook_bulk (self->notebook, store_hard, self, NULL, &error);
  g_assert_no_error (error);
  annals_notebook_change (self->notebook, "Add hard events", add_hard_events, self, NULL, &error);
  g_assert_no_error (error);
}

char *
formats_export (Fixture              *self,
                AnnalsExportSubject   subject,
                const char           *query,
                const char           *format,
                const char           *name,
                char                **remarks)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) said = NULL;
  g_autofree char *path = fixture_path (self, name);
  AnnalsExportOptions options = { .with_notes = TRUE };
  AnnalsExportRequest request = { .subject = subject, .timeline_id = self->timeline_id, .query = query };
  char *contents = NULL;

  g_assert_true (annals_export (self->notebook, &request, format, path, TRUE, &options, NULL, NULL, &said, NULL, &error) ||
                 error != NULL);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_true (g_utf8_validate (contents, -1, NULL));

  if (remarks != NULL)
    {
      g_ptr_array_add (said, NULL);
      *remarks = g_strjoinv ("\n", (char **) said->pdata);
    }
  return contents;
}

static gboolean
number_uid_cb (const GMatchInfo *info,
               GString          *result,
               gpointer          user_data)
{
  GHashTable *numbers = user_data;
  char *uid = g_match_info_fetch (info, 0);
  gpointer number = g_hash_table_lookup (numbers, uid);

  if (number == NULL)
    {
      number = GUINT_TO_POINTER (g_hash_table_size (numbers) + 1);
      g_hash_table_insert (numbers, g_strdup (uid), number);
    }
  g_string_append_printf (result, "00000000-0000-4000-8000-%012u", GPOINTER_TO_UINT (number));
  g_free (uid);

  return FALSE;
}

char *
formats_normalise (const char *text)
{
  static const char * const patterns[][2] = {
    { "\"time\" : \"[^\"]*\"", "\"time\" : \"2026-11-23T12:00:00Z\"" },
    { "\"(created|modified)\":\"[^\"]*\"", "\"\\g<1>\":\"2026-11-23T12:00:00Z\"" },
    { "(\"accessed\" : \\{\\s*\"date-parts\" : \\[\\s*\\[)[^]]*", "\\g<1>2026, 11, 23" },
    { "urldate = \\{[^}]*", "urldate = {2026-11-23" },
    { "Y2  - [0-9/]*", "Y2  - 2026/11/23/" },
    { "imported [0-9A-Za-z :]* UTC", "imported TIME" },
    { "\\b20[0-9-]{8}T[0-9:]{8}Z(,[0-9a-f]{64})", "2026-11-23T12:00:00Z\\g<1>" },
    { "Annals [0-9]+\\.[0-9.]+", "Annals 0.0.0" },
    { "sha256-[0-9A-Za-z+/=]+", "sha256-HASH" },
  };
  g_autoptr(GHashTable) numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GRegex) uid = g_regex_new ("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", 0, 0, NULL);
  char *normal = g_regex_replace_eval (uid, text, -1, 0, 0, number_uid_cb, numbers, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (patterns); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GRegex) regex = g_regex_new (patterns[i][0], 0, 0, &error);
      char *replaced;

      g_assert_no_error (error);
      replaced = g_regex_replace (regex, normal, -1, 0, patterns[i][1], 0, &error);
      g_assert_no_error (error);
      g_free (normal);
      normal = replaced;
    }

  return normal;
}

void
formats_check (Fixture    *self,
               const char *script,
               const char *argument,
               const char *name)
{
  g_autofree char *path = fixture_path (self, name);
  g_autofree char *program = g_test_build_filename (G_TEST_DIST, "unit", "export", script, NULL);
  const char *argv[] = { "/usr/bin/python3", program, argument, path, NULL };
  g_autofree char *output = NULL;
  int status = 0;

  output = run_tool (argv, &status);
  if (output == NULL)
    return;

  if (g_spawn_check_wait_status (status, NULL))
    g_test_message ("%s", output);
  else if (WIFEXITED (status) && WEXITSTATUS (status) == 77)
    g_test_skip (output);
  else
    g_error ("%s: %s", script, output);
}
