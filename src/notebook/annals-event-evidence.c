/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-events-private.h"

#include <string.h>

/* What is said of a post with each evidence that cites it. Many events cite the same one: it is read once. */
typedef struct
{
  gint64      id;
  GRefString *uid;
  GRefString *title;
  GRefString *source;
  AnnalsDate *published;
  gint64      same_text;
  GRefString *origin;
} Cited;

/* Evidence as it is read. */
typedef struct
{
  AnnalsDb     *db;
  BorrowedStmt *post;    /* asks for one */
  GHashTable   *cited;   /* id → Cited */
} Reading;

static void
cited_free (gpointer data)
{
  Cited *self = data;

  g_ref_string_release (self->uid);
  g_ref_string_release (self->title);
  g_ref_string_release (self->source);
  g_clear_pointer (&self->published, annals_date_unref);
  g_ref_string_release (self->origin);
  g_free (self);
}

/* Whose words a post has. "www." and the case of a host say nothing. */
static GRefString *
new_origin (const char *source,
            const char *address)
{
  g_autofree char *folded = NULL;
  g_autofree char *host = NULL;

  if (*source != '\0')
    {
      folded = g_utf8_casefold (source, -1);
      return g_ref_string_new (folded);
    }

  if (!g_uri_split (address, G_URI_FLAGS_ENCODED, NULL, NULL, &host, NULL, NULL, NULL, NULL, NULL) || host == NULL)
    return g_ref_string_new ("");

  folded = g_ascii_strdown (host, -1);

  return g_ref_string_new (g_str_has_prefix (folded, "www.") ? folded + strlen ("www.") : folded);
}

static GRefString *
new_from_column (BorrowedStmt *stmt,
                 int           column)
{
  g_autofree char *text = column_dup_text (stmt, column);

  return g_ref_string_new (text);
}

#define SELECT_CITED \
  "SELECT post.uid, post.title, source.name, published, " \
  "(SELECT cluster FROM same_text WHERE same_text.revision = post.revision), url " \
  "FROM post LEFT JOIN source ON source.id = post.source WHERE post.id = :id"

/* *cited: NULL for a post that is not there. */
static gboolean
require_cited (Reading      *self,
               gint64        id,
               const Cited **cited,
               GError      **error)
{
  AnnalsStep step;
  Cited *found;

  *cited = g_hash_table_lookup (self->cited, &id);
  if (*cited != NULL)
    return TRUE;

  rewind_stmt (self->post);
  bind_int64 (self->post, ":id", id);
  if ((step = annals_db_step (self->db, self->post, error)) != STEP_ROW)
    return step == STEP_DONE;

  found = g_new0 (Cited, 1);
  found->id = id;
  found->uid = new_from_column (self->post, 0);
  found->title = new_from_column (self->post, 1);
  found->source = new_from_column (self->post, 2);
  found->published = annals_db_date_of (column_text (self->post, 3));
  found->same_text = column_int64 (self->post, 4);
  found->origin = new_origin (found->source, column_text (self->post, 5));
  g_hash_table_insert (self->cited, &found->id, found);
  *cited = found;

  return TRUE;
}

#define EVIDENCE_COLUMNS \
  "SELECT evidence.id, evidence.uid, evidence.post, stance, evidence.note, annotation.id, annotation.uid, " \
  "annotation.note, quote, prefix, suffix, start, end, annotation.state, evidence.event, annotation.colour "
#define PASSAGE "LEFT JOIN annotation ON annotation.id = evidence.annotation "

static AnnalsEvidence *
evidence_from_row (BorrowedStmt *stmt,
                   const Cited  *cited)
{
  AnnalsEvidence *self = g_new0 (AnnalsEvidence, 1);

  self->id = column_int64 (stmt, 0);
  self->uid = column_dup_text (stmt, 1);
  self->post_id = cited->id;
  self->post_uid = g_ref_string_acquire (cited->uid);
  self->post_title = g_ref_string_acquire (cited->title);
  self->post_source = g_ref_string_acquire (cited->source);
  self->post_published = annals_date_ref (cited->published);
  annals_stance_from_string (column_text (stmt, 3), &self->stance);
  self->note = column_dup_text (stmt, 4);
  self->annotation_id = column_int64 (stmt, 5);
  self->annotation_note = column_dup_text (stmt, 7);
  if (self->annotation_id != 0)
    {
      self->annotation_uid = column_dup_text (stmt, 6);
      self->colour = column_dup_text (stmt, 15);
    }
  /* A note on a whole post quotes nothing. */
  if (*column_text (stmt, 8) != '\0')
    {
      self->exact = column_dup_text (stmt, 8);
      self->prefix = column_dup_text (stmt, 9);
      self->suffix = column_dup_text (stmt, 10);
      self->start = column_uint (stmt, 11);
      self->end = column_uint (stmt, 12);
      self->state = column_dup_text (stmt, 13);
    }
  self->same_text = cited->same_text;
  self->origin = g_ref_string_acquire (cited->origin);

  return self;
}

/* Gives the rows of @stmt to the events @by_id. */
static gboolean
read_evidence (AnnalsDb      *db,
               BorrowedStmt  *stmt,
               GHashTable    *by_id,
               GError       **error)
{
  g_autoptr(GHashTable) cited = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, cited_free);
  g_autoptr(BorrowedStmt) post = annals_db_borrow (db, SELECT_CITED, error);
  Reading reading = { db, post, cited };
  AnnalsEvent *event = NULL;
  AnnalsStep step;

  if (post == NULL)
    return FALSE;

  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      gint64 id = column_int64 (stmt, 14);
      const Cited *from;

      /* the rows of an event follow one another */
      if (event == NULL || event->id != id)
        event = g_hash_table_lookup (by_id, &id);
      if (!require_cited (&reading, column_int64 (stmt, 2), &from, error))
        return FALSE;
      if (event != NULL && from != NULL)
        g_ptr_array_add (event->evidence, evidence_from_row (stmt, from));
    }

  return step == STEP_DONE;
}

gboolean
annals_event_load_evidence (AnnalsDb     *db,
                            AnnalsEvent  *event,
                            GError      **error)
{
  g_autoptr(GHashTable) by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (!(stmt = annals_db_borrow (db, EVIDENCE_COLUMNS "FROM evidence " PASSAGE
                                 "WHERE event = :id ORDER BY position, evidence.id", error)))
    return FALSE;

  g_hash_table_insert (by_id, &event->id, event);
  bind_int64 (stmt, ":id", event->id);
  if (!read_evidence (db, stmt, by_id, error))
    return FALSE;

  annals_event_count_sources (event);
  return TRUE;
}

/* By one statement, in the order of both keys, so that nothing is sorted. */
gboolean
annals_events_load_evidence (AnnalsDb   *db,
                             GPtrArray  *events,
                             gint64      timeline_id,
                             GError    **error)
{
  g_autoptr(GHashTable) by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (!(stmt = annals_db_borrow (db, EVIDENCE_COLUMNS "FROM timeline_event CROSS JOIN evidence "
                                 "ON evidence.event = timeline_event.event " PASSAGE
                                 "WHERE timeline = :timeline ORDER BY timeline_event.event, position, evidence.id",
                                 error)))
    return FALSE;

  for (guint i = 0; i < events->len; i++)
    {
      AnnalsEvent *event = g_ptr_array_index (events, i);

      g_hash_table_insert (by_id, &event->id, event);
    }

  bind_int64 (stmt, ":timeline", timeline_id);
  if (!read_evidence (db, stmt, by_id, error))
    return FALSE;

  for (guint i = 0; i < events->len; i++)
    annals_event_count_sources (g_ptr_array_index (events, i));

  return TRUE;
}
