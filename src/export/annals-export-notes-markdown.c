/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "annals-export-notes-private.h"
#include "annals-export-run.h"
#include "annals-json.h"
#include "annals-markdown-copy.h"
#include "annals-markdown-write.h"

/* Headings in notes and memos are below the post's title, or the memo's. */
#define OWN_LEVEL 2

void
annals_notes_markdown_append_head (GString         *out,
                                   AnnalsExportRun *run)
{
  g_autofree char *exported = annals_date_format_rfc3339 (run->exported);
  const char *title = annals_notebook_get_title (run->notebook);

  g_string_append (out, "---\n");
  annals_yaml_append (out, "title", title);
  g_string_append_printf (out, "exported: %s\ngenerator: Annals %s\n---\n\n# ", exported, ANNALS_VERSION);
  annals_markdown_append_plain (out, title, " ");
  g_string_append_c (out, '\n');
}

void
annals_notes_markdown_append_post (GString          *out,
                                   const AnnalsPost *post)
{
  g_string_append (out, "\n## ");
  annals_markdown_append_plain (out, *post->title != '\0' ? post->title : _("Untitled"), " ");
  g_string_append (out, "\n\n");
  annals_markdown_append_facts (out, post);
}

void
annals_notes_markdown_append_annotation (GString                *out,
                                         const AnnalsAnnotation *annotation)
{
  g_string_append_c (out, '\n');
  if (*annotation->selector.exact != '\0')
    {
      g_string_append (out, "> ");
      annals_markdown_append_plain (out, annotation->selector.exact, "\n> ");
      g_string_append (out, "\n\n");
    }
  if (*annotation->note != '\0')
    {
      annals_markdown_append_linked (out, annotation->note, OWN_LEVEL);
      g_string_append_c (out, '\n');
    }
  g_string_append_printf (out, "*%s*", annotation->colour);
  for (guint i = 0; annotation->tags[i] != NULL; i++)
    {
      g_string_append (out, i == 0 ? " · " : " ");
      annals_markdown_append_tag (out, annotation->tags[i]);
    }
  g_string_append_c (out, '\n');
}

void
annals_notes_markdown_append_memo (GString          *out,
                                   const AnnalsMemo *memo)
{
  g_string_append_c (out, '\n');
  annals_markdown_append_memo (out, memo);
}
