/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-markdown-copy.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-annotations.h"
#include "annals-cited-date.h"
#include "annals-markdown-write.h"
#include "annals-references.h"
#include "annals-timelines.h"

/* Headings in what a person wrote are below the event's own, or the memo's. */
#define OWN_LEVEL 3
#define MEMO_LEVEL 2

/* The private characters of Unicode's last plane: 65,534, so that no text of less than 256 KB has them all. */
#define FIRST_MARK 0x10fffd
#define LAST_MARK 0x100000

static void
append_part (GString    *out,
             const char *text)
{
  if (*text == '\0')
    return;

  g_string_append (out, ", ");
  annals_markdown_append_plain (out, text, " ");
}

static void
append_source (GString          *out,
               const AnnalsPost *post)
{
  const char *title = *post->title != '\0' ? post->title : _("Untitled");
  const char *address = annals_cited_address (post->url);

  if (*address != '\0')
    {
      g_string_append_c (out, '[');
      annals_markdown_append_plain (out, title, " ");
      annals_markdown_append_target (out, address);
    }
  else
    {
      annals_markdown_append_plain (out, title, " ");
    }
  append_part (out, post->author);
  append_part (out, post->source);
  if (!annals_date_is_undated (post->published))
    {
      g_autofree char *date = annals_date_dup_display (post->published);

      append_part (out, date);
    }
}

void
annals_markdown_append_facts (GString          *out,
                              const AnnalsPost *post)
{
  g_autofree char *published = NULL;
  const char *url;
  const char *parts[3];
  const char *separator = "";

  g_return_if_fail (out != NULL && post != NULL);

  published = annals_date_dup_display (post->published);
  url = annals_cited_address (post->url);
  parts[0] = post->author;
  parts[1] = post->source;
  parts[2] = published;
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (*parts[i] != '\0')
      {
        g_string_append (out, separator);
        annals_markdown_append_plain (out, parts[i], " ");
        separator = ", ";
      }
  if (*url != '\0')
    annals_markdown_append_link (out, url);
  g_string_append_c (out, '\n');
}

/* A character that neither @text nor what it is written as has: it stands around the number of a reference while the
 * text beside it is written anew. FALSE when they have them all. */
static gboolean
find_mark (const char *text,
           const char *written,
           char        mark[7])
{
  for (gunichar c = FIRST_MARK; c >= LAST_MARK; c--)
    {
      mark[g_unichar_to_utf8 (c, mark)] = '\0';
      if (strstr (text, mark) == NULL && strstr (written, mark) == NULL)
        return TRUE;
    }

  return FALSE;
}

/* @text with the number of each reference, between marks, in its place */
static char *
dup_marked (const char *text,
            GPtrArray  *references,
            const char *mark)
{
  GString *marked = g_string_new (NULL);
  gsize at = 0;

  for (guint i = 0; i < references->len; i++)
    {
      const AnnalsReference *reference = references->pdata[i];

      g_string_append_len (marked, text + at, (gssize) (reference->start - at));
      g_string_append_printf (marked, "%s%u%s", mark, i, mark);
      at = reference->end;
    }
  g_string_append (marked, text + at);

  return g_string_free (marked, FALSE);
}

/* @written with what the references name in the place of their numbers */
static void
append_named (GString    *out,
              const char *written,
              GPtrArray  *references,
              const char *mark)
{
  const char *at = written;
  const char *found;

  while ((found = strstr (at, mark)) != NULL)
    {
      char *end;
      guint64 number = g_ascii_strtoull (found + strlen (mark), &end, 10);

      g_string_append_len (out, at, found - at);
      if (!g_str_has_prefix (end, mark) || number >= references->len)
        {
          at = found + strlen (mark);
          continue;
        }
      annals_markdown_append_wiki (out, ((AnnalsReference *) references->pdata[number])->title);
      at = end + strlen (mark);
    }
  g_string_append (out, at);
}

void
annals_markdown_append_linked (GString    *out,
                               const char *markdown,
                               guint       level)
{
  g_autoptr(GPtrArray) references = annals_references_parse (markdown);
  g_autoptr(GString) written = g_string_new (NULL);
  g_autofree char *marked = NULL;
  char mark[7];

  annals_markdown_append_own (written, markdown, level);
  if (references->len == 0 || !find_mark (markdown, written->str, mark))
    {
      g_string_append (out, written->str);
      return;
    }

  marked = dup_marked (markdown, references, mark);
  g_string_truncate (written, 0);
  annals_markdown_append_own (written, marked, level);
  append_named (out, written->str, references, mark);
}

void
annals_markdown_append_memo (GString          *out,
                             const AnnalsMemo *memo)
{
  g_return_if_fail (out != NULL && memo != NULL);

  g_string_append (out, "## ");
  annals_markdown_append_plain (out, memo->title, " ");
  g_string_append (out, "\n\n");
  annals_markdown_append_linked (out, memo->text, MEMO_LEVEL);
}

/* @quotation "": of the whole post; @lead stands in front of the source. */
static void
append_quotation (GString          *out,
                  const char       *quotation,
                  const char       *lead,
                  const AnnalsPost *post)
{
  if (*quotation != '\0')
    {
      g_autofree char *quoted = g_strdup_printf (_("“%s”"), quotation);

      g_string_append (out, "> ");
      annals_markdown_append_plain (out, quoted, "\n> ");
      g_string_append (out, "\n>\n> — ");
    }
  g_string_append (out, lead);
  append_source (out, post);
  g_string_append_c (out, '\n');
}

static void
append_own (GString    *out,
            const char *markdown)
{
  if (*markdown == '\0')
    return;

  g_string_append_c (out, '\n');
  annals_markdown_append_linked (out, markdown, OWN_LEVEL);
}

static void
append_tags (GString            *out,
             const char * const *tags)
{
  for (guint i = 0; tags[i] != NULL; i++)
    {
      g_string_append (out, i == 0 ? "\n" : " ");
      annals_markdown_append_tag (out, tags[i]);
    }
  if (tags[0] != NULL)
    g_string_append_c (out, '\n');
}

char *
annals_db_dup_post_markdown (AnnalsDb  *db,
                             gint64     post_id,
                             GError   **error)
{
  g_autoptr(AnnalsPost) post = annals_db_load_post (db, post_id, error);
  GString *out;

  if (post == NULL)
    return NULL;

  out = g_string_new (NULL);
  append_source (out, post);
  return g_string_free (g_string_append_c (out, '\n'), FALSE);
}

char *
annals_db_dup_annotation_markdown (AnnalsDb  *db,
                                   gint64     annotation_id,
                                   GError   **error)
{
  g_autoptr(AnnalsAnnotation) annotation = annals_db_load_annotation (db, annotation_id, error);
  g_autoptr(AnnalsPost) post = NULL;
  GString *out;

  if (annotation == NULL || !(post = annals_db_load_post (db, annotation->post_id, error)))
    return NULL;

  out = g_string_new (NULL);
  append_quotation (out, annotation->selector.exact, "", post);
  append_own (out, annotation->note);
  append_tags (out, (const char * const *) annotation->tags);
  return g_string_free (out, FALSE);
}

static gboolean
append_evidence (GString               *out,
                 AnnalsDb              *db,
                 const AnnalsEvidence  *evidence,
                 GError               **error)
{
  g_autoptr(AnnalsPost) post = annals_db_load_post (db, evidence->post_id, error);
  g_autofree char *against = g_strdup_printf ("**%s** ", _("Contradicts:"));

  if (post == NULL)
    return FALSE;

  g_string_append_c (out, '\n');
  append_quotation (out, evidence->exact != NULL ? evidence->exact : "",
                    evidence->stance == ANNALS_STANCE_CONTRADICTS ? against : "", post);
  append_own (out, evidence->note != NULL ? evidence->note : "");
  return TRUE;
}

char *
annals_db_dup_event_markdown (AnnalsDb  *db,
                              gint64     event_id,
                              GError   **error)
{
  g_autoptr(AnnalsEvent) event = annals_db_load_event (db, event_id, 0, error);
  g_autoptr(GString) out = NULL;
  g_autofree char *date = NULL;

  if (event == NULL)
    return NULL;

  out = g_string_new ("### ");
  date = annals_date_dup_display (event->date);
  annals_markdown_append_plain (out, event->title, " ");
  g_string_append (out, "\n\n*");
  annals_markdown_append_plain (out, date, " ");
  g_string_append (out, "*\n");
  append_own (out, event->account);
  for (guint i = 0; i < event->evidence->len; i++)
    if (!append_evidence (out, db, event->evidence->pdata[i], error))
      return NULL;
  append_tags (out, (const char * const *) event->tags);

  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
annals_db_dup_memo_markdown (AnnalsDb  *db,
                             gint64     memo_id,
                             GError   **error)
{
  g_autoptr(AnnalsMemo) memo = annals_db_load_memo (db, memo_id, error);
  GString *out;

  if (memo == NULL)
    return NULL;

  out = g_string_new (NULL);
  annals_markdown_append_memo (out, memo);
  return g_string_free (out, FALSE);
}
