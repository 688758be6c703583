/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-named.h"

#include <glib/gi18n-lib.h>

#include "annals-db-private.h"
#include "annals-text.h"

/* characters of a passage or a note that stand for it */
#define LEAD 80

AnnalsNamed *
annals_named_copy (const AnnalsNamed *self)
{
  AnnalsNamed *copy = g_memdup2 (self, sizeof *self);

  copy->uid = g_strdup (self->uid);
  copy->title = g_strdup (self->title);
  copy->context = g_strdup (self->context);
  copy->colour = g_strdup (self->colour);

  return copy;
}

void
annals_named_free (AnnalsNamed *self)
{
  g_free (self->uid);
  g_free (self->title);
  g_free (self->context);
  g_free (self->colour);
  g_free (self);
}

char *
annals_named_dup_lead (const char *text,
                       guint       max)
{
  g_autofree char *line = NULL;
  const char *end = text;
  glong length = 0;

  g_return_val_if_fail (text != NULL, NULL);

  /* A text of megabytes is looked at no further than a lead can reach. */
  while (*end != '\0' && length < (glong) max * 4)
    {
      end = g_utf8_next_char (end);
      length++;
    }

  line = annals_text_normalize_line (text, end - text);
  if (*end == '\0' && g_utf8_strlen (line, -1) <= (glong) max)
    return g_steal_pointer (&line);

  if (g_utf8_strlen (line, -1) > (glong) max)
    *g_utf8_offset_to_pointer (line, max) = '\0';

  return g_strconcat (g_strchomp (line), "…", NULL);
}

#define WHERE_OF_POST "CASE WHEN post.withdrawn != 0 THEN 2 WHEN post.trashed != 0 THEN 1 ELSE 0 END"

/* uid, title, a second title, context, date, colour, post, timeline, where */
static const char *
get_sql (AnnalsRecord kind)
{
  switch (kind)
    {
    case ANNALS_RECORD_POST:
      return "SELECT post.uid, title, '', source.name, published, NULL, post.id, 0, " WHERE_OF_POST ", post.id "
             "FROM post LEFT JOIN source ON source.id = post.source WHERE ";

    case ANNALS_RECORD_ANNOTATION:
      return "SELECT annotation.uid, substr (quote, 1, 400), substr (note, 1, 400), post.title, NULL, colour, "
             "post.id, 0, " WHERE_OF_POST ", annotation.id "
             "FROM annotation JOIN post ON post.id = annotation.post WHERE ";

    case ANNALS_RECORD_EVENT:
      return "SELECT event.uid, event.title, '', timeline.title, event.date, timeline.colour, 0, timeline.id, 0, "
             "event.id FROM event LEFT JOIN timeline ON timeline.id = (SELECT min (timeline) FROM timeline_event "
             "WHERE timeline_event.event = event.id) WHERE ";

    case ANNALS_RECORD_TIMELINE:
      return "SELECT uid, title, '', '', NULL, colour, 0, timeline.id, 0, timeline.id FROM timeline WHERE ";

    case ANNALS_RECORD_TAG:
      return "SELECT tag.uid, tag.name, '', above.name, NULL, tag.colour, 0, 0, 0, tag.id "
             "FROM tag LEFT JOIN tag AS above ON above.id = tag.parent WHERE ";

    case ANNALS_RECORD_MEMO:
      return "SELECT uid, title, '', '', NULL, NULL, 0, 0, 0, memo.id FROM memo WHERE ";

    case ANNALS_RECORD_SAVED_SEARCH:
      return "SELECT uid, name, '', query, NULL, NULL, 0, 0, 0, saved_search.id FROM saved_search WHERE ";

    case ANNALS_RECORD_LANE:
    case ANNALS_RECORD_EVIDENCE:
    case ANNALS_RECORD_IMPORT:
    case ANNALS_RECORD_SOURCE:
    case ANNALS_RECORD_LINK:
    case ANNALS_N_RECORDS:
      break;
    }

  g_return_val_if_reached (NULL);
}

static const char *
get_table (AnnalsRecord kind)
{
  switch (kind)
    {
    case ANNALS_RECORD_POST:         return "post";
    case ANNALS_RECORD_ANNOTATION:   return "annotation";
    case ANNALS_RECORD_EVENT:        return "event";
    case ANNALS_RECORD_TIMELINE:     return "timeline";
    case ANNALS_RECORD_TAG:          return "tag";
    case ANNALS_RECORD_MEMO:         return "memo";
    case ANNALS_RECORD_SAVED_SEARCH: return "saved_search";
    case ANNALS_RECORD_LANE:
    case ANNALS_RECORD_EVIDENCE:
    case ANNALS_RECORD_IMPORT:
    case ANNALS_RECORD_SOURCE:
    case ANNALS_RECORD_LINK:
    case ANNALS_N_RECORDS:
      break;
    }

  g_return_val_if_reached (NULL);
}

static AnnalsNamed *
new_missing (AnnalsRecord  kind,
             gint64        id,
             const char   *uid)
{
  AnnalsNamed *self = g_new0 (AnnalsNamed, 1);

  self->kind = kind;
  self->id = id;
  self->uid = g_strdup (uid);
  self->title = g_strdup ("");
  self->context = g_strdup ("");
  self->where = ANNALS_WHERE_MISSING;

  return self;
}

static AnnalsNamed *
named_from_row (AnnalsRecord   kind,
                BorrowedStmt  *stmt)
{
  AnnalsNamed *self = g_new0 (AnnalsNamed, 1);
  const char *title = column_text (stmt, 1);
  g_autofree char *context = column_dup_text (stmt, 3);

  self->kind = kind;
  self->uid = column_dup_text (stmt, 0);
  self->title = annals_named_dup_lead (*title != '\0' ? title : column_text (stmt, 2),
                                       kind == ANNALS_RECORD_ANNOTATION ? LEAD : G_MAXINT / 8);
  if (*self->title == '\0')
    {
      g_free (self->title);
      self->title = g_strdup (_("Untitled"));
    }

  if (!column_is_null (stmt, 4))
    {
      g_autoptr(AnnalsDate) date = annals_db_date_of (column_text (stmt, 4));
      g_autofree char *display = annals_date_dup_display_short (date);

      self->context = *context != '\0' ? g_strdup_printf ("%s · %s", context, display) : g_steal_pointer (&display);
    }
  else
    self->context = g_steal_pointer (&context);

  if (!column_is_null (stmt, 5))
    self->colour = column_dup_text (stmt, 5);
  self->post_id = column_int64 (stmt, 6);
  self->timeline_id = column_int64 (stmt, 7);
  self->where = (AnnalsWhere) column_int64 (stmt, 8);
  self->id = column_int64 (stmt, 9);

  return self;
}

AnnalsNamed *
annals_db_load_named (AnnalsDb      *db,
                      AnnalsRecord   kind,
                      gint64         id,
                      GError       **error)
{
  g_autofree char *sql = NULL;
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  g_return_val_if_fail (db != NULL, NULL);
  g_return_val_if_fail (get_table (kind) != NULL, NULL);

  sql = g_strdup_printf ("%s%s.id = :id", get_sql (kind), get_table (kind));
  if (!(stmt = annals_db_borrow (db, sql, error)))
    return NULL;

  bind_int64 (stmt, ":id", id);
  step = annals_db_step (db, stmt, error);
  if (step == STEP_ERROR)
    return NULL;

  return step == STEP_ROW ? named_from_row (kind, stmt) : new_missing (kind, id, "");
}

AnnalsNamed *
annals_db_find_named (AnnalsDb      *db,
                      AnnalsRecord   kind,
                      const char    *uid,
                      GError       **error)
{
  g_autofree char *sql = NULL;
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  g_return_val_if_fail (db != NULL && uid != NULL, NULL);
  g_return_val_if_fail (get_table (kind) != NULL, NULL);

  sql = g_strdup_printf ("%s%s.uid = :uid", get_sql (kind), get_table (kind));
  if (!(stmt = annals_db_borrow (db, sql, error)))
    return NULL;

  bind_text (stmt, ":uid", uid);
  step = annals_db_step (db, stmt, error);
  if (step == STEP_ERROR)
    return NULL;

  return step == STEP_ROW ? named_from_row (kind, stmt) : new_missing (kind, 0, uid);
}
