/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "walk-dump.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

#include <string.h>

static void
add_part (WalkDump   *self,
          AnnalsPart *part)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *key = NULL;

  g_assert_true (annals_import_input_drain (part->input, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_utf8_validate (part->path, -1, NULL));
  g_assert_true (part->path[0] != '\0' && part->path[0] != '/');
  g_assert_true (part->url == NULL || g_utf8_validate (part->url, -1, NULL));

  g_string_append_printf (self->text, "%s %" G_GINT64_FORMAT "\n", part->path,
                          annals_import_input_get_offset (part->input));
  key = g_strdup (part->path);
  g_assert_true (g_hash_table_insert (self->hashes, g_steal_pointer (&key),
                                      g_strdup (annals_import_input_get_sha256 (part->input))));
  self->n_parts++;
}

static void
add_issue (WalkDump    *self,
           AnnalsIssue *issue)
{
  g_assert_true (g_utf8_validate (issue->place, -1, NULL));
  g_assert_true (g_utf8_validate (issue->reason, -1, NULL));
  g_string_append_printf (self->text, "! %s %s %s: %s\n", annals_severity_to_string (issue->severity),
                          annals_issue_code_to_string (issue->code), issue->place, issue->reason);
  self->n_issues++;
}

WalkDump *
walk_dump (const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(AnnalsWalk) walk = annals_walk_new (path, &error);
  WalkDump *self = g_new0 (WalkDump, 1);
  AnnalsWalkResult result;
  gint64 offset = 0;

  g_assert_no_error (error);
  self->text = g_string_new (NULL);
  self->hashes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  do
    {
      g_autoptr(AnnalsIssue) issue = NULL;
      AnnalsPart *part;

      result = annals_walk_next (walk, &part, &issue, NULL, &error);
      g_assert_no_error (error);
      if (part != NULL)
        add_part (self, part);
      if (issue != NULL)
        add_issue (self, issue);

      g_assert_cmpint (annals_walk_get_offset (walk), >=, offset);
      offset = annals_walk_get_offset (walk);
      g_assert_cmpint (offset, <=, annals_walk_get_size (walk));
    }
  while (result == ANNALS_WALK_PART || result == ANNALS_WALK_ISSUE);

  g_assert_cmpint (result, ==, ANNALS_WALK_END);
  g_assert_cmpint (offset, ==, annals_walk_get_size (walk));

  self->name = g_strdup (annals_walk_get_name (walk));
  self->container = g_strdup (annals_walk_get_container (walk));
  self->label = g_strdup (annals_walk_get_label (walk));
  self->sha256 = g_strdup (annals_walk_get_sha256 (walk));
  self->size = annals_walk_get_size (walk);

  return self;
}

void
walk_dump_free (WalkDump *self)
{
  g_free (self->name);
  g_free (self->container);
  g_free (self->label);
  g_free (self->sha256);
  g_string_free (self->text, TRUE);
  g_hash_table_unref (self->hashes);
  g_free (self);
}

void
walk_dump_assert (const WalkDump *self,
                  const char     *expected)
{
  g_assert_cmpstr (self->text->str, ==, expected);
}

static void
remove_tree (GFile *file)
{
  g_autoptr(GFileEnumerator) children =
    g_file_enumerate_children (file, G_FILE_ATTRIBUTE_STANDARD_NAME, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL,
                               NULL);

  while (children != NULL)
    {
      GFile *child;

      if (!g_file_enumerator_iterate (children, NULL, &child, NULL, NULL) || child == NULL)
        break;
      remove_tree (child);
    }

  g_file_delete (file, NULL, NULL);
}

void
walk_dump_remove (const char *folder)
{
  g_autoptr(GFile) file = g_file_new_for_path (folder);

  remove_tree (file);
}
