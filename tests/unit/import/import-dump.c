/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "import-dump.h"

static void
dump_draft (GString     *out,
            AnnalsDraft *draft)
{
  g_autofree char *tags = draft->tags ? g_strjoinv (" | ", draft->tags) : NULL;
  g_autofree char *identity = annals_draft_dup_identity (draft, "");
  g_autofree char *visible = g_strescape (identity, NULL);

  if (draft->skipped != NULL)
    {
      g_string_append_printf (out, "SKIPPED %s %s: %s\n%s\n\n",
                              annals_severity_to_string (draft->severity), draft->place,
                              draft->skipped, draft->excerpt);
      return;
    }

  g_string_append_printf (out, "POST %s\ntitle: %s\nidentity: %s\npublished: %s\n", draft->place,
                          draft->title, visible,
                          draft->published ? annals_date_get_edtf (draft->published) : "");
  if (draft->kind != ANNALS_POST_POST)
    g_string_append_printf (out, "kind: %s\n", annals_post_kind_to_string (draft->kind));
  if (draft->extent == ANNALS_EXTENT_EXCERPT)
    g_string_append (out, "extent: excerpt\n");
  if (draft->url)
    g_string_append_printf (out, "url: %s\n", draft->url);
  if (draft->author)
    g_string_append_printf (out, "author: %s\n", draft->author);
  if (draft->source)
    g_string_append_printf (out, "source: %s\n", draft->source);
  if (tags)
    g_string_append_printf (out, "tags: %s\n", tags);
  g_string_append_printf (out, "---\n%s\n---\n\n", annals_text_get_string (draft->text));
}

char *
import_dump (AnnalsFormatReader *reader)
{
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(GError) error = NULL;

  while (TRUE)
    {
      g_autoptr(AnnalsDraft) draft = NULL;
      g_autoptr(AnnalsIssue) issue = NULL;

      switch (annals_format_reader_next (reader, &draft, &issue, NULL, &error))
        {
        case ANNALS_READ_DRAFT:
          dump_draft (out, draft);
          break;

        case ANNALS_READ_ISSUE:
          g_string_append_printf (out, "ISSUE %s %s: %s\n%s\n\n",
                                  annals_severity_to_string (issue->severity), issue->place,
                                  issue->reason, issue->excerpt);
          break;

        case ANNALS_READ_ERROR:
          g_string_append_printf (out, "ERROR %s\n", error->message);
          return g_string_free (g_steal_pointer (&out), FALSE);

        case ANNALS_READ_END:
          g_string_append_printf (out, "END archive “%s”, source “%s”, language “%s”\n",
                                  annals_format_reader_get_archive (reader),
                                  annals_format_reader_get_source (reader),
                                  annals_format_reader_get_language (reader));
          return g_string_free (g_steal_pointer (&out), FALSE);
        }
    }
}

char *
import_fixture_path (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "fixtures", "import", name, NULL);
}

GBytes *
import_read_bytes (const char *path)
{
  g_autoptr(GError) error = NULL;
  char *contents;
  gsize length;

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);

  return g_bytes_new_take (contents, length);
}

void
import_check_golden (const char *dump,
                     const char *name)
{
  g_autofree char *path = import_fixture_path (name);
  g_autofree char *golden = NULL;
  g_autoptr(GError) error = NULL;

  if (g_getenv ("ANNALS_UPDATE_GOLDEN") != NULL)
    {
      g_file_set_contents (path, dump, -1, &error);
      g_assert_no_error (error);
      return;
    }

  g_file_get_contents (path, &golden, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (dump, ==, golden);
}

char *
import_shared_path (const char *name)
{
  const char *shared = g_getenv ("ANNALS_SHARED");
  g_autofree char *path = g_build_filename (shared ? shared : "../shared", "data", name, NULL);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&path);

  g_test_skip ("the shared test data are not there");

  return NULL;
}
