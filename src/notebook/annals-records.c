/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-db-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "annals-palette.h"
#include "annals-text.h"

/* a prefix of a uid shorter than this fits too much by accident */
#define MIN_PREFIX 4

typedef struct
{
  const char *table;
  const char *name_column;   /* what "title:" and plain names look at; NULL: nothing */
  gboolean    plain_name;    /* a name without "title:" will do */
  const char *label;
  const char *visible;       /* which rows count; its "+" keeps SQLite to the index of uids */
} Kind;

static const Kind kinds[ANNALS_N_RECORDS] = {
  [ANNALS_RECORD_POST] = { "post", "title", FALSE, N_("post"), "+withdrawn = 0" },
  [ANNALS_RECORD_ANNOTATION] = { "annotation", NULL, FALSE, N_("annotation"), "1" },
  [ANNALS_RECORD_TAG] = { "tag", "name", TRUE, N_("tag"), "1" },
  [ANNALS_RECORD_TIMELINE] = { "timeline", "title", TRUE, N_("timeline"), "1" },
  [ANNALS_RECORD_LANE] = { "lane", "name", TRUE, N_("lane"), "1" },
  [ANNALS_RECORD_EVENT] = { "event", "title", FALSE, N_("event"), "1" },
  [ANNALS_RECORD_EVIDENCE] = { "evidence", NULL, FALSE, N_("piece of evidence"), "1" },
  [ANNALS_RECORD_IMPORT] = { "import", "file_name", TRUE, N_("import"), "1" },
  [ANNALS_RECORD_SOURCE] = { "source", "name", TRUE, N_("source"), "1" },
  [ANNALS_RECORD_LINK] = { "link", NULL, FALSE, N_("link"), "1" },
  [ANNALS_RECORD_MEMO] = { "memo", "title", TRUE, N_("memo"), "1" },
  [ANNALS_RECORD_SAVED_SEARCH] = { "saved_search", "name", TRUE, N_("saved search"), "1" },
};

/* Steps until two rows are there: *n is 0, 1 or 2 (several). */
static gboolean
take_one (AnnalsDb      *db,
          BorrowedStmt  *stmt,
          gint64        *id,
          guint         *n,
          GError       **error)
{
  AnnalsStep step = STEP_DONE;

  *n = 0;
  while (*n < 2 && (step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      *id = column_int64 (stmt, 0);
      (*n)++;
    }

  return step != STEP_ERROR;
}

static gboolean
find_by_uid (AnnalsDb    *db,
             const Kind  *kind,
             const char  *prefix,
             gint64      *id,
             guint       *n,
             GError     **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM %s WHERE uid >= :prefix AND uid < :after AND %s",
                                          kind->table, kind->visible);
  g_autofree char *folded = g_ascii_strdown (prefix, -1);
  g_autofree char *after = g_strconcat (folded, "g", NULL);   /* "g" is above every digit of a uid */
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (db, sql, error);

  if (stmt == NULL)
    return FALSE;

  bind_text (stmt, ":prefix", folded);
  bind_text (stmt, ":after", after);

  return take_one (db, stmt, id, n, error);
}

/* Rows are compared here, not in SQL, whose lower() knows ASCII only. */
static gboolean
find_by_name (AnnalsDb    *db,
              const Kind  *kind,
              const char  *name,
              gint64      *id,
              guint       *n,
              GError     **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id, %s FROM %s WHERE %s", kind->name_column, kind->table,
                                          kind->visible);
  g_autofree char *line = annals_text_normalize_line (name, -1);
  g_autofree char *folded = g_utf8_casefold (line, -1);
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (db, sql, error);
  guint n_exact = 0, n_folded = 0;
  gint64 exact = 0, close = 0;
  AnnalsStep step;

  if (stmt == NULL)
    return FALSE;

  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      const char *candidate = column_text (stmt, 1);
      g_autofree char *candidate_folded = NULL;

      if (g_str_equal (candidate, line))
        {
          exact = column_int64 (stmt, 0);
          n_exact++;
        }

      candidate_folded = g_utf8_casefold (candidate, -1);
      if (g_str_equal (candidate_folded, folded))
        {
          close = column_int64 (stmt, 0);
          n_folded++;
        }
    }

  *id = n_exact > 0 ? exact : close;
  *n = n_exact > 0 ? n_exact : n_folded;

  return step == STEP_DONE;
}

static gboolean
looks_like_uid (const char *name)
{
  return strlen (name) >= MIN_PREFIX && strspn (name, "0123456789abcdefABCDEF-") == strlen (name);
}

static gboolean
answer (const Kind  *kind,
        const char  *name,
        guint        n,
        GError     **error)
{
  if (n == 1)
    return TRUE;

  if (n == 0)
    g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_NOT_FOUND,
                 /* Translators: the first is a kind of record, such as “post” */
                 _("There is no %s “%s”"), _(kind->label), name);
  else
    g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_AMBIGUOUS,
                 _("Several records of the kind “%s” fit “%s”; give more of the uid"), _(kind->label), name);

  return FALSE;
}

gboolean
annals_db_find (AnnalsDb      *db,
                AnnalsRecord   record,
                const char    *name,
                gint64        *id,
                GError       **error)
{
  const Kind *kind;
  guint n = 0;

  g_return_val_if_fail (db != NULL && name != NULL && id != NULL, FALSE);
  g_return_val_if_fail (record < ANNALS_N_RECORDS, FALSE);

  kind = &kinds[record];
  if (kind->name_column != NULL && g_str_has_prefix (name, "title:"))
    return find_by_name (db, kind, name + strlen ("title:"), id, &n, error) &&
           answer (kind, name, n, error);

  if (record != ANNALS_RECORD_SOURCE && looks_like_uid (name) &&
      (!find_by_uid (db, kind, name, id, &n, error) || n > 0))
    return n > 0 && answer (kind, name, n, error);

  if (kind->plain_name && !find_by_name (db, kind, name, id, &n, error))
    return FALSE;

  return answer (kind, name, n, error);
}

char *
annals_db_dup_uid (AnnalsDb      *db,
                   AnnalsRecord   record,
                   gint64         id,
                   GError       **error)
{
  g_autofree char *sql = NULL;
  g_autoptr(BorrowedStmt) stmt = NULL;

  g_return_val_if_fail (db != NULL, NULL);
  g_return_val_if_fail (record < ANNALS_N_RECORDS && record != ANNALS_RECORD_SOURCE, NULL);

  sql = g_strdup_printf ("SELECT uid FROM %s WHERE id = :id", kinds[record].table);
  if (!(stmt = annals_db_borrow (db, sql, error)))
    return NULL;

  bind_int64 (stmt, ":id", id);
  switch (annals_db_step (db, stmt, error))
    {
    case STEP_ROW:
      return column_dup_text (stmt, 0);

    case STEP_DONE:
      g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_NOT_FOUND,
                   /* Translators: a kind of record, such as “post”, and its number */
                   _("There is no %s with the number %" PRId64), _(kinds[record].label), id);
      break;

    case STEP_ERROR:
      break;
    }

  return NULL;
}

gboolean
annals_db_require (AnnalsDb      *self,
                   AnnalsRecord   record,
                   gint64         id,
                   GError       **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT 1 FROM %s WHERE id = :id", kinds[record].table);
  gint64 found;

  if (!annals_db_query_int64 (self, sql, id, 0, &found, error))
    return FALSE;

  if (found == 0)
    g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_NOT_FOUND,
                 _("There is no %s with the number %" PRId64), _(kinds[record].label), id);

  return found != 0;
}

char *
annals_db_clean_name (const char  *name,
                      const char  *what,
                      guint        max,
                      GError     **error)
{
  g_autofree char *clean = annals_text_normalize_line (name, -1);

  if (*clean == '\0')
    {
      /* Translators: what the name is of, such as “A tag's name” */
      g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_INVALID, _("%s must not be empty"), what);
      return NULL;
    }

  if (g_utf8_strlen (clean, -1) > (glong) max)
    {
      g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_INVALID,
                   _("%s must not be longer than %u characters"), what, max);
      return NULL;
    }

  return g_steal_pointer (&clean);
}

char *
annals_db_clean_text (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);

  return annals_text_compose (valid);
}

AnnalsDate *
annals_db_date_of (const char *edtf)
{
  AnnalsDate *date = annals_date_parse (edtf, NULL);

  return date != NULL ? date : annals_date_new_undated ();
}

const char *
annals_db_clean_colour (const char  *colour,
                        guint        n,
                        GError     **error)
{
  const AnnalsColour *found = colour != NULL ? annals_palette_lookup (colour) : annals_palette_pick (n);
  g_autoptr(GString) names = NULL;
  const AnnalsColour *all;
  guint n_colours;

  if (found != NULL)
    return found->name;

  names = g_string_new (NULL);
  all = annals_palette_get (&n_colours);
  for (guint i = 0; i < n_colours; i++)
    g_string_append_printf (names, i > 0 ? ", %s" : "%s", all[i].name);
  g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_INVALID,
               _("There is no colour “%s”; there are %s"), colour, names->str);

  return NULL;
}
