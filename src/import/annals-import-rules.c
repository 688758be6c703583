/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-import-private.h"

#include <string.h>

typedef struct
{
  const char       *archive;   /* (nullable) */
  char             *pattern;
  char             *format;
  AnnalsImportRule *rule;
} Recall;

static void
recall_clear (Recall *recall)
{
  g_free (recall->pattern);
  g_free (recall->format);
  g_clear_pointer (&recall->rule, annals_import_rule_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Recall, recall_clear)

static gboolean
find_func (AnnalsDb      *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Recall *recall = data;
  g_autoptr(GError) failure = NULL;

  recall->rule = annals_db_find_rule (db, recall->archive, recall->pattern, recall->format, &failure);
  if (failure == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}

/* What the file or folder at @path is, by its beginning. */
static char *
recognise (const char    *path,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr(AnnalsWalk) walk = NULL;
  AnnalsPart *part;
  AnnalsIssue *issue = NULL;
  AnnalsWalkResult result;
  const AnnalsFormat *format;

  if (!(walk = annals_walk_new (path, error)))
    return NULL;

  if (annals_walk_get_container (walk) != NULL)
    return g_strdup (annals_walk_get_container (walk));

  while ((result = annals_walk_next (walk, &part, &issue, cancellable, error)) == ANNALS_WALK_ISSUE)
    g_clear_pointer (&issue, annals_issue_free);

  if (result == ANNALS_WALK_ERROR)
    return NULL;

  format = result == ANNALS_WALK_PART ? annals_format_detect (part) : NULL;

  return g_strdup (format ? format->id : "");
}

gboolean
annals_import_recall (AnnalsNotebook       *notebook,
                      const char           *path,
                      AnnalsImportOptions  *options,
                      char                **archive,
                      GCancellable         *cancellable,
                      GError              **error)
{
  g_autofree char *name = NULL;
  g_auto(Recall) recall = { 0 };
  g_autoptr(AnnalsImportOptions) remembered = NULL;

  g_return_val_if_fail (ANNALS_IS_NOTEBOOK (notebook) && path != NULL && options != NULL, FALSE);

  if (archive != NULL)
    *archive = NULL;

  if (!(recall.format = recognise (path, cancellable, error)))
    return FALSE;

  name = g_filename_display_basename (path);
  recall.pattern = annals_import_dup_pattern (name);
  recall.archive = options->archive;
  if (!annals_notebook_read (notebook, find_func, &recall, cancellable, error))
    return FALSE;

  /* a memory that cannot be read is none */
  if (recall.rule == NULL ||
      !(remembered = annals_import_options_from_json (recall.rule->options, NULL)))
    return TRUE;

  /* the month of one month's file is not that of the next */
  if (strchr (recall.pattern, '#') != NULL)
    g_clear_pointer (&remembered->date, annals_date_unref);

  annals_import_options_fill (options, remembered);
  if (archive != NULL)
    *archive = g_strdup (recall.rule->archive);

  return TRUE;
}
