/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "records-fixture.h"

#include <glib/gstdio.h>

#include "annals-annotations.h"
#include "annals-importer.h"

char *
path_of (Fixture    *f,
         const char *name)
{
  return g_build_filename (f->folder, name, NULL);
}

void
write_file (Fixture    *f,
            const char *name,
            const char *contents)
{
  g_autofree char *path = path_of (f, name);
  g_autoptr(GError) error = NULL;

  g_file_set_contents (path, contents, -1, &error);
  g_assert_no_error (error);
}

AnnalsImport *
import (Fixture    *f,
        const char *name)
{
  g_autofree char *path = path_of (f, name);
  g_autoptr(GError) error = NULL;
  AnnalsImport *import = annals_import_file (f->notebook, path, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return import;
}

const char harbour[] =
  "---\ntitle: The harbour closes\ndate: 2020-03-09\nurl: https://news.example/harbour\n---\n"
  "The harbour of Sund was closed on Monday. 😀 Nobody knows for how long.\n\n"
  "The mayor said that no ship will enter before the doctors have seen every crew. No ship will leave either.\n";
static const char grain[] =
  "---\ntitle: Grain ships wait\ndate: 2020-03\n---\n"
  "Seven grain ships wait outside.\n\n항구가 월요일에 폐쇄되었다. A pilot told this paper that one ship entered at night.\n";

void
set_up (Fixture       *f,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = NULL;
  g_autoptr(AnnalsImport) first = NULL;
  g_autoptr(AnnalsImport) second = NULL;

  f->folder = g_dir_make_tmp ("annals-records-XXXXXX", &error);
  g_assert_no_error (error);
  path = path_of (f, "test.annals");
  f->notebook = annals_notebook_create (path, NULL, &error);
  g_assert_no_error (error);
  annals_notebook_set_author (f->notebook, "Ada");
  write_file (f, "harbour.md", harbour);
  write_file (f, "grain.md", grain);
  first = import (f, "harbour.md");
  second = import (f, "grain.md");
  annals_notebook_finish_index (f->notebook, NULL, &error);
  g_assert_no_error (error);
}

void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GDir) dir = NULL;
  const char *name;

  annals_notebook_close (f->notebook, &error);
  g_assert_no_error (error);
  g_clear_object (&f->notebook);
  dir = g_dir_open (f->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = path_of (f, name);

      g_remove (path);
    }
  g_rmdir (f->folder);
  g_free (f->folder);
}

/* --- what the notebook has --- */

typedef struct
{
  GString *out;
  char    *reason;   /* of the first issue */
} Dump;

static gboolean
dump_cb (AnnalsDb      *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  Dump *dump = data;
  g_autoptr(GPtrArray) annotations = annals_db_list_annotations (db, 0, error);
  g_autoptr(GPtrArray) issues = annals_db_list_issues (db, 0, error);

  g_assert_nonnull (annotations);
  g_assert_nonnull (issues);
  for (guint i = 0; i < annotations->len; i++)
    {
      const AnnalsAnnotation *one = annotations->pdata[i];
      g_autofree char *tags = g_strjoinv (",", one->tags);

      g_string_append_printf (dump->out, "%s %u-%u “%s” %s %s [%s] %s %s\n", one->post_title, one->selector.start,
                              one->selector.end, one->selector.exact, one->colour, one->state, tags, one->author,
                              one->note);
    }
  if (issues->len > 0)
    dump->reason = g_strdup (((const AnnalsIssue *) issues->pdata[0])->reason);

  return TRUE;
}

char *
dump_notes (Fixture  *f,
            char    **reason)
{
  Dump dump = { g_string_new (NULL), NULL };
  g_autoptr(GError) error = NULL;

  annals_notebook_read (f->notebook, dump_cb, &dump, NULL, &error);
  g_assert_no_error (error);
  if (reason != NULL)
    *reason = dump.reason;
  else
    g_free (dump.reason);

  return g_string_free (dump.out, FALSE);
}

void
assert_counts (const AnnalsImport *import,
               guint               n_new,
               guint               n_updated,
               guint               n_unchanged,
               guint               n_skipped)
{
  g_assert_cmpuint (import->n_new, ==, n_new);
  g_assert_cmpuint (import->n_updated, ==, n_updated);
  g_assert_cmpuint (import->n_unchanged, ==, n_unchanged);
  g_assert_cmpuint (import->n_skipped, ==, n_skipped);
  g_assert_cmpuint (import->n_read, ==, n_new + n_updated + n_unchanged + n_skipped);
}

/* --- a project --- */

/* As another program writes it: braces around identifiers, line ends of two characters, which count as one. */
const char foreign[] = PROJECT (
  "<Users><User guid=\"{" GUID ("1") "}\" name=\"Berg, A.\"/></Users>"
  "<CodeBook><Codes><Code guid=\"" GUID ("2") "\" name=\"Sea\" isCodable=\"true\" color=\"#0000FF\"><Code guid=\"" GUID ("3")
  "\" name=\"Ships\" isCodable=\"true\"/></Code></Codes></CodeBook>"
  "<Sources><TextSource guid=\"" GUID ("4") "\" name=\"Interview\"><PlainTextContent>One line.&#13;\nTwo 😀 ships.&#13;\n"
  "</PlainTextContent>"
  "<PlainTextSelection guid=\"" GUID ("5") "\" startPosition=\"14\" endPosition=\"21\" creatingUser=\"" GUID ("1")
  "\" creationDateTime=\"2020-03-09T14:02:00Z\"><Description>About </Description><Coding guid=\"" GUID ("6")
  "\"><CodeRef targetGUID=\"" GUID ("3") "\"/></Coding><Coding guid=\"" GUID ("7") "\"><CodeRef targetGUID=\"" GUID ("2")
  "\"/></Coding><NoteRef targetGUID=\"" GUID ("8") "\"/></PlainTextSelection>"
  "<PlainTextSelection guid=\"" GUID ("9") "\" startPosition=\"14\" endPosition=\"2100\"/>"
  "<Coding guid=\"" GUID ("a") "\"><CodeRef targetGUID=\"" GUID ("2") "\"/></Coding></TextSource>"
  "<PictureSource guid=\"" GUID ("b") "\" name=\"p.png\"/></Sources>"
  "<Notes><Note guid=\"" GUID ("8") "\" name=\"n\"><PlainTextContent>them</PlainTextContent></Note>"
  "<Note guid=\"" GUID ("c") "\" name=\"Memo\"><PlainTextContent>Mine</PlainTextContent></Note></Notes>"
  "<Sets><Set guid=\"" GUID ("d") "\" name=\"s\"/></Sets>");
