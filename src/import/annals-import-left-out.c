/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a run leaves out, and what it says of that. */
#include "config.h"

#include "annals-import-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* characters of the text of a record that is left out */
#define LEAD_LENGTH 400

/* --- files that hold no posts --- */

const char *
annals_part_get_furniture (const AnnalsPart *part)
{
  static const struct { const char *suffix; const char *kind; } known[] = {
    { ".css", N_("style sheets") },    { ".js", N_("scripts") },      { ".mjs", N_("scripts") },
    { ".map", N_("scripts") },         { ".woff", N_("fonts") },      { ".woff2", N_("fonts") },
    { ".ttf", N_("fonts") },           { ".otf", N_("fonts") },       { ".eot", N_("fonts") },
    { ".mp3", N_("sounds and films") }, { ".mp4", N_("sounds and films") },
    { ".ogg", N_("sounds and films") }, { ".webm", N_("sounds and films") },
    { ".svg", N_("drawings") },
  };
  static const struct { const char *prefix; const char *kind; } types[] = {
    { "text/css", N_("style sheets") }, { "text/javascript", N_("scripts") },
    { "application/javascript", N_("scripts") }, { "application/x-javascript", N_("scripts") },
    { "font/", N_("fonts") }, { "application/font", N_("fonts") }, { "audio/", N_("sounds and films") },
    { "video/", N_("sounds and films") }, { "image/svg", N_("drawings") },
  };
  g_autofree char *lower = g_ascii_strdown (part->path, -1);

  for (guint i = 0; part->media_type != NULL && i < G_N_ELEMENTS (types); i++)
    if (g_str_has_prefix (part->media_type, types[i].prefix))
      return types[i].kind;

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_has_suffix (lower, known[i].suffix))
      return known[i].kind;

  return NULL;
}

static AnnalsIssue *
issue_new (AnnalsSeverity   severity,
           AnnalsIssueCode  code,
           const char      *place,
           char            *reason)
{
  return annals_container_issue (severity, code, g_strdup (place), reason);
}

AnnalsIssue *
annals_import_run_leave_out (AnnalsImportRun *self,
                             AnnalsPart      *part)
{
  const char *kind;

  if (annals_picture_sniff_part (part) != NULL)
    {
      self->n_pictures++;
      return NULL;
    }

  if ((kind = annals_part_get_furniture (part)) == NULL)
    return issue_new (ANNALS_SEVERITY_WARNING, ANNALS_ISSUE_FORMAT, part->path,
                      g_strdup (_("No kind of archive that can be imported looks like this file")));

  g_hash_table_insert (self->left_out, (gpointer) kind,
                       GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (self->left_out, kind)) + 1));

  return NULL;
}

static int
compare_kinds (gconstpointer a,
               gconstpointer b)
{
  return strcmp (a, b);
}

void
annals_import_run_report_left_out (AnnalsImportRun *self)
{
  g_autoptr(GList) kinds = g_list_sort (g_hash_table_get_keys (self->left_out), compare_kinds);

  for (GList *l = kinds; l != NULL; l = l->next)
    {
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->left_out, l->data));

      /* Translators: %s is what the files are: style sheets, scripts, fonts, … */
      g_queue_push_tail (&self->pending,
                         issue_new (ANNALS_SEVERITY_NOTE, ANNALS_ISSUE_FORMAT,
                                    annals_walk_get_name (self->walk),
                                    g_strdup_printf (ngettext ("%u file was left out: %s",
                                                               "%u files were left out: %s", n),
                                                     n, _(l->data))));
    }
}

/* --- records of kinds that are not wanted --- */

static const char *
reason_for_kind (AnnalsPostKind kind)
{
  switch (kind)
    {
    case ANNALS_POST_PAGE:
      return _("A page of the web site, not a post, was left out");
    case ANNALS_POST_DRAFT:
      return _("A draft was left out: it was not published");
    case ANNALS_POST_PRIVATE:
      return _("A private post was left out");
    case ANNALS_POST_TRASH:
      return _("A post in the trash was left out");
    case ANNALS_POST_COMMENT:
      return _("A comment was left out");
    case ANNALS_POST_POST:
      return _("A post was left out");
    case ANNALS_POST_OTHER:
      break;
    }

  return _("A record that is no text of the web site (a menu, a file, a setting) was left out");
}

void
annals_import_run_judge_kind (AnnalsImportRun *self,
                              AnnalsDraft     *draft)
{
  AnnalsPostKinds kinds = self->options && self->options->kinds ? self->options->kinds
                                                                : 1u << ANNALS_POST_POST;
  g_autofree char *lead = NULL;

  if (draft->skipped != NULL || (kinds & (1u << draft->kind)))
    return;

  lead = draft->text ? annals_text_dup_lead (draft->text, LEAD_LENGTH) : NULL;
  draft->skipped = g_strdup (reason_for_kind (draft->kind));
  draft->code = ANNALS_ISSUE_KIND;
  draft->severity = ANNALS_SEVERITY_NOTE;
  g_free (draft->excerpt);
  draft->excerpt = g_strjoin ("\n", draft->title ? draft->title : "", lead, NULL);
}
