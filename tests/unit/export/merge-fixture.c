/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "merge-fixture.h"

#include <glib/gstdio.h>

#include "annals-check.h"
#include "annals-notebook-document.h"
#include "wild-notebook.h"

void
fixture_set_up (Fixture       *f,
                gconstpointer  data)
{
  f->folder = g_dir_make_tmp ("annals-XXXXXX", NULL);
}

void
fixture_tear_down (Fixture       *f,
                   gconstpointer  data)
{
  g_autoptr(GDir) dir = g_dir_open (f->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (f->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (f->folder);
  g_free (f->folder);
}

AnnalsNotebook *
create (Fixture    *f,
        const char *name,
        const char *author)
{
  g_autofree char *path = g_build_filename (f->folder, name, NULL);
  g_autoptr(GError) error = NULL;
  AnnalsNotebook *notebook;

  g_unlink (path);
  notebook = annals_notebook_create (path, NULL, &error);
  g_assert_no_error (error);
  annals_notebook_set_author (notebook, author);
  return notebook;
}

void
close_notebook (AnnalsNotebook *notebook)
{
  g_autoptr(GError) error = NULL;

  annals_notebook_close (notebook, &error);
  g_assert_no_error (error);
  g_assert_finalize_object (notebook);
}

void
import (Fixture        *f,
        AnnalsNotebook *into,
        const char     *name)
{
  g_autofree char *path = g_build_filename (f->folder, name, NULL);
  g_autoptr(AnnalsMergeResult) result = NULL;
  g_autoptr(GError) error = NULL;

  result = annals_import_notebook_document (into, path, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

AnnalsMergeResult *
merge (AnnalsNotebook *into,
       AnnalsNotebook *from)
{
  g_autoptr(GError) error = NULL;
  AnnalsMergeResult *result = annals_notebook_merge_file (into, annals_notebook_get_path (from), NULL, NULL, NULL,
                                                          &error);

  g_assert_no_error (error);
  return result;
}

void
create_two (Fixture         *f,
            guint32          seed,
            guint            n_steps,
            AnnalsNotebook **one,
            AnnalsNotebook **other)
{
  *one = create (f, "One.annals", "Ann");
  *other = create (f, "Other.annals", "Bo");
  wild_steps (*one, seed, n_steps);
  g_free (wild_export (*one, f->folder, "shared.json"));
  import (f, *other, "shared.json");
}

static gboolean
check_cb (AnnalsDb      *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  GPtrArray **problems = data;

  *problems = annals_db_check (db, TRUE, cancellable, error);
  return *problems != NULL;
}

void
assert_sound (AnnalsNotebook *notebook)
{
  g_autoptr(GPtrArray) problems = NULL;
  g_autoptr(GError) error = NULL;

  annals_notebook_finish_index (notebook, NULL, &error);
  g_assert_no_error (error);
  annals_notebook_read (notebook, check_cb, &problems, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);

  /* what the program asks of names */
  g_assert_cmpint (wild_count (notebook, "SELECT count (*) FROM tag WHERE folded < ' '"), ==, 0);
  g_assert_cmpint (wild_count (notebook,
                               "SELECT count (*) FROM (SELECT 1 FROM lane GROUP BY timeline, lower (name) "
                               "HAVING count (*) > 1)"), ==, 0);
}

/* But for what is of the notebook and not of the work: its own name, how far its posts were seen, how its timelines are
 * shown, which of several imports said first how a post is also known. Places in lists are compared by their order. */
static char *
dup_comparable (AnnalsNotebook *notebook,
                Fixture        *f)
{
  static const char expression[] = "\"(seen|rule_seen|look)\":(null|\"([^\"\\\\]|\\\\.)*\")|\"position\":\\d+"
                                   "|(?<=\"id\":\"[0-9a-f]{32}\"),\"import\":\"[^\"]*\"|^\"notebook\":.*$";
  g_autofree char *json = wild_export (notebook, f->folder, "compared.json");
  g_autoptr(GRegex) regex = g_regex_new (expression, G_REGEX_MULTILINE, 0, NULL);

  return g_regex_replace_literal (regex, json, -1, 0, "", 0, NULL);
}

/* Lines may be long: what is around the first difference is shown. */
static void
assert_same_line (const char *a,
                  const char *b)
{
  gsize same = 0;
  gsize from;

  if (g_str_equal (a, b))
    return;

  while (a[same] == b[same])
    same++;
  from = same > 150 ? same - 150 : 0;
  g_error ("%.60s…\n%.300s\n%.300s", a, a + from, b + from);
}

void
assert_same (AnnalsNotebook *a,
             AnnalsNotebook *b,
             Fixture        *f)
{
  g_autofree char *text = dup_comparable (a, f);
  g_autofree char *other = dup_comparable (b, f);
  g_auto(GStrv) x = g_strsplit (text, "\n", -1);
  g_auto(GStrv) y = g_strsplit (other, "\n", -1);

  for (guint i = 0; x[i] != NULL && y[i] != NULL; i++)
    assert_same_line (x[i], y[i]);
  g_assert_cmpuint (g_strv_length (x), ==, g_strv_length (y));
}
