/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-front-matter.h"

#include "annals-json-record.h"
#include "annals-json-scan.h"
#include "annals-limits.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

static void
problem_free (gpointer data)
{
  AnnalsFrontMatterProblem *problem = data;

  g_free (problem->reason);
  g_free (problem);
}

void
annals_front_matter_free (AnnalsFrontMatter *self)
{
  if (self == NULL)
    return;

  annals_list_record_free (self->values);
  g_ptr_array_unref (self->problems);
  g_free (self);
}

void
annals_front_matter_problem (AnnalsFrontMatter *self,
                             guint              line,
                             char              *reason)
{
  AnnalsFrontMatterProblem *problem = g_new0 (AnnalsFrontMatterProblem, 1);

  problem->line = line;
  problem->reason = reason;
  g_ptr_array_add (self->problems, problem);
}

/* Behind the line at @at, which consists of @mark and white space; NULL when it does not. */
static const char *
skip_mark (const char *at,
           const char *mark)
{
  if (!g_str_has_prefix (at, mark))
    return NULL;

  at += strlen (mark);
  at += strspn (at, " \t\r");

  return *at == '\n' ? at + 1 : *at == '\0' ? at : NULL;
}

/* Finds the line, behind the first one, that ends the front matter. @length (out): of what stands between. */
static const char *
find_end (const char *start,
          const char *mark,
          const char *other,
          gsize      *length)
{
  for (const char *at = start; *at != '\0' && at - start < ANNALS_LIMIT_FRONT_MATTER;)
    {
      const char *behind = skip_mark (at, mark);

      if (behind == NULL && other != NULL)
        behind = skip_mark (at, other);

      if (behind != NULL)
        {
          *length = (gsize) (at - start);
          return behind;
        }

      at += strcspn (at, "\n");
      at += *at == '\n';
    }

  return NULL;
}

/* An object of JSON at the file's beginning, with the post behind it */
static void
read_json (AnnalsFrontMatter *self,
           const char        *text,
           const char        *start)
{
  g_autoptr(AnnalsJsonScan) scan = annals_json_scan_new ();
  g_autoptr(AnnalsListRecord) values = NULL;
  gboolean mended;
  const char *at;
  guint max_depth = 0;

  for (at = start; *at != '\0' && at - start < ANNALS_LIMIT_FRONT_MATTER; at++)
    {
      AnnalsJsonEvent event = annals_json_scan_push (scan, *at);

      max_depth = MAX (max_depth, annals_json_scan_get_depth (scan));
      if (event == ANNALS_JSON_ILLEGAL)
        return;
      if (event == ANNALS_JSON_END && annals_json_scan_get_depth (scan) == 0)
        break;
    }

  if (*at != '}' || max_depth > ANNALS_LIMIT_JSON_DEPTH || (at[1] != '\n' && at[1] != '\r' && at[1] != '\0'))
    return;

  values = annals_json_record_new (start, (gsize) (at + 1 - start), &mended, NULL);
  if (values == NULL)
    return;

  g_clear_pointer (&self->values, annals_list_record_free);
  self->values = g_steal_pointer (&values);
  self->found = TRUE;
  self->body = (gsize) (at + 1 - text);
}

AnnalsFrontMatter *
annals_front_matter_new (const char *text)
{
  AnnalsFrontMatter *self = g_new0 (AnnalsFrontMatter, 1);
  const char *start = text + strspn (text, " \t\r\n");
  const char *yaml = skip_mark (start, "---");
  const char *toml = skip_mark (start, "+++");
  const char *inside = yaml ? yaml : toml;
  const char *behind;
  gsize length;
  guint line = 2;

  self->values = annals_list_record_new ();
  self->problems = g_ptr_array_new_with_free_func (problem_free);

  if (*start == '{')
    {
      read_json (self, text, start);
      return self;
    }

  if (inside == NULL)
    return self;

  for (const char *at = text; at < start; at++)
    line += *at == '\n';

  behind = yaml ? find_end (inside, "---", "...", &length) : find_end (inside, "+++", NULL, &length);
  if (behind == NULL)
    {
      /* a line across the page, perhaps */
      if (toml != NULL || strchr (inside, ':') != NULL)
        annals_front_matter_problem (self, line - 1, g_strdup (_("What stands in front of the text has no end")));
      return self;
    }

  self->found = TRUE;
  self->body = (gsize) (behind - text);
  if (yaml != NULL)
    annals_front_matter_read_yaml (self, inside, length, line);
  else
    annals_front_matter_read_toml (self, inside, length, line);

  return self;
}
