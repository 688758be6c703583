/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "annals-export-run.h"
#include "annals-markdown-copy.h"
#include "annals-markdown-write.h"

/* Headings of a post are below its title. */
#define POST_LEVEL 2

static void
append_facts (GString          *out,
              const AnnalsPost *post)
{
  annals_markdown_append_facts (out, post);
  for (guint i = 0; post->tags[i] != NULL; i++)
    {
      g_string_append (out, i == 0 ? "\n" : " ");
      annals_markdown_append_tag (out, post->tags[i]);
    }
  if (post->tags[0] != NULL)
    g_string_append_c (out, '\n');
}

static gboolean
write_post (AnnalsExportRun         *run,
            AnnalsDb                *db,
            const AnnalsExportPost  *item,
            gpointer                 user_data,
            GError                 **error)
{
  GString *out = user_data;
  const AnnalsPost *post = item->post;

  g_string_append (out, "\n## ");
  annals_markdown_append_plain (out, *post->title != '\0' ? post->title : _("Untitled"), " ");
  g_string_append (out, "\n\n");
  append_facts (out, post);
  g_string_append_c (out, '\n');
  annals_markdown_append_post (out, item->text, POST_LEVEL);

  return TRUE;
}

gboolean
annals_export_posts_markdown_write (AnnalsExportRun  *run,
                                    GError          **error)
{
  g_autoptr(GString) out = g_string_new ("---\n");
  g_autofree char *exported = annals_date_format_rfc3339 (run->exported);
  const char *query = run->request->query != NULL ? run->request->query : "";

  annals_yaml_append (out, "title", annals_notebook_get_title (run->notebook));
  if (*query != '\0')
    annals_yaml_append (out, "query", query);
  g_string_append_printf (out, "exported: %s\ngenerator: Annals %s\n---\n\n# ", exported, ANNALS_VERSION);
  annals_markdown_append_plain (out, annals_notebook_get_title (run->notebook), " ");
  g_string_append_c (out, '\n');

  return annals_export_run_each_post (run, ANNALS_EXPORT_POST_TEXT, write_post, out, out, NULL, error);
}
