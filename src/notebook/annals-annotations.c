/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-annotations.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "annals-annotations-private.h"
#include "annals-db-private.h"
#include "annals-posts.h"

void
annals_annotation_free (AnnalsAnnotation *self)
{
  g_free (self->uid);
  g_free (self->post_uid);
  g_free (self->post_title);
  g_free (self->selector.exact);
  g_free (self->selector.prefix);
  g_free (self->selector.suffix);
  g_free (self->colour);
  g_free (self->note);
  g_free (self->state);
  g_free (self->was_quote);
  g_strfreev (self->tags);
  g_free (self->author);
  g_free (self);
}

gboolean
annals_annotation_is_post_note (const AnnalsAnnotation *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->selector.start == 0 && self->selector.end == 0 && *self->selector.exact == '\0';
}

#define SELECT_ANNOTATION \
  "SELECT annotation.id, annotation.uid, post.id, post.uid, post.title, annotation.revision, start, end, " \
  "quote, prefix, suffix, colour, note, state, annotation.created, annotation.modified, annotation.author, " \
  "orphan, moved, was_quote, was_start " \
  "FROM annotation JOIN post ON post.id = annotation.post "

static AnnalsAnnotation *
annotation_from_row (BorrowedStmt *stmt)
{
  AnnalsAnnotation *self = g_new0 (AnnalsAnnotation, 1);

  self->id = column_int64 (stmt, 0);
  self->uid = column_dup_text (stmt, 1);
  self->post_id = column_int64 (stmt, 2);
  self->post_uid = column_dup_text (stmt, 3);
  self->post_title = column_dup_text (stmt, 4);
  self->revision_id = column_int64 (stmt, 5);
  self->selector.start = column_uint (stmt, 6);
  self->selector.end = column_uint (stmt, 7);
  self->selector.exact = column_dup_text (stmt, 8);
  self->selector.prefix = column_dup_text (stmt, 9);
  self->selector.suffix = column_dup_text (stmt, 10);
  self->colour = column_dup_text (stmt, 11);
  self->note = column_dup_text (stmt, 12);
  self->state = column_dup_text (stmt, 13);
  self->created = column_int64 (stmt, 14);
  self->modified = column_int64 (stmt, 15);
  self->author = column_dup_text (stmt, 16);
  self->orphan = column_int64 (stmt, 17) != 0;
  self->moved = column_int64 (stmt, 18);
  self->was_quote = column_dup_text (stmt, 19);
  self->was_start = column_uint (stmt, 20);

  return self;
}

static gboolean
load_tags (AnnalsDb          *db,
           AnnalsAnnotation  *self,
           GError           **error)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  if (!(stmt = annals_db_borrow (db,
                                 "SELECT name FROM annotation_tag JOIN tag ON tag.id = annotation_tag.tag "
                                 "WHERE annotation = :id ORDER BY folded", error)))
    return FALSE;

  bind_int64 (stmt, ":id", self->id);
  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    g_ptr_array_add (names, column_dup_text (stmt, 0));

  g_ptr_array_add (names, NULL);
  self->tags = (char **) g_ptr_array_steal (names, NULL);

  return step == STEP_DONE;
}

AnnalsAnnotation *
annals_db_load_annotation (AnnalsDb  *db,
                           gint64     id,
                           GError   **error)
{
  g_autoptr(AnnalsAnnotation) annotation = NULL;
  g_autoptr(BorrowedStmt) stmt = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  if (!(stmt = annals_db_borrow (db, SELECT_ANNOTATION "WHERE annotation.id = :id", error)))
    return NULL;

  bind_int64 (stmt, ":id", id);
  switch (annals_db_step (db, stmt, error))
    {
    case STEP_ROW:
      annotation = annotation_from_row (stmt);
      return load_tags (db, annotation, error) ? g_steal_pointer (&annotation) : NULL;

    case STEP_DONE:
      if (annals_db_require (db, ANNALS_RECORD_ANNOTATION, id, error))
        g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_CORRUPT,
                     _("The passage with the number %" PRId64 " has lost its post"), id);
      break;

    case STEP_ERROR:
      break;
    }

  return NULL;
}

static GPtrArray *
collect (AnnalsDb      *db,
         BorrowedStmt  *stmt,
         GError       **error)
{
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_annotation_free);
  AnnalsStep step;

  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      AnnalsAnnotation *annotation = annotation_from_row (stmt);

      g_ptr_array_add (found, annotation);
      if (!load_tags (db, annotation, error))
        return NULL;
    }

  return step == STEP_DONE ? g_steal_pointer (&found) : NULL;
}

GPtrArray *
annals_annotations_select (AnnalsDb    *db,
                           const char  *where,
                           GError     **error)
{
  g_autofree char *sql = g_strconcat (SELECT_ANNOTATION, where, NULL);
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (db, sql, error);

  return stmt != NULL ? collect (db, stmt, error) : NULL;
}

GPtrArray *
annals_db_list_annotations (AnnalsDb  *db,
                            gint64     post_id,
                            GError   **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  stmt = annals_db_borrow (db,
                           post_id != 0
                           ? SELECT_ANNOTATION "WHERE annotation.post = :id ORDER BY start, end, annotation.id"
                           : SELECT_ANNOTATION
                             "WHERE post.withdrawn = 0 AND post.trashed = 0 "
                             "ORDER BY post.published_from IS NULL, post.published_from DESC, post.place, "
                             "post.id, start, end, annotation.id", error);
  if (stmt == NULL)
    return NULL;

  if (post_id != 0)
    bind_int64 (stmt, ":id", post_id);

  return collect (db, stmt, error);
}

/* --- changes --- */

static gboolean
check_range (AnnalsText  *text,
             guint        start,
             guint        end,
             GError     **error)
{
  if (start < end && end <= annals_text_get_length (text))
    return TRUE;

  g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_INVALID,
               _("The passage from %u to %u is not in the post's text, which has %u characters"),
               start, end, annals_text_get_length (text));
  return FALSE;
}

static void
bind_selector (BorrowedStmt          *stmt,
               const AnnalsSelector  *selector)
{
  bind_int64 (stmt, ":start", selector->start);
  bind_int64 (stmt, ":end", selector->end);
  bind_text (stmt, ":quote", selector->exact);
  bind_text (stmt, ":prefix", selector->prefix);
  bind_text (stmt, ":suffix", selector->suffix);
}

static gboolean
current_revision (AnnalsDb  *db,
                  gint64     post_id,
                  gint64    *revision_id,
                  GError   **error)
{
  return annals_db_query_int64 (db, "SELECT revision FROM post WHERE id = :id", post_id, 0, revision_id,
                                error);
}

static gboolean
insert_annotation (AnnalsDb              *db,
                   gint64                 post_id,
                   gint64                 revision_id,
                   const AnnalsSelector  *selector,
                   const char            *colour,
                   const char            *note,
                   gint64                *id,
                   GError               **error)
{
  g_autofree char *uid = g_uuid_string_random ();
  g_autoptr(BorrowedStmt) stmt = NULL;
  gint64 current_id = 0;

  if (!current_revision (db, post_id, &current_id, error) ||
      !(stmt = annals_db_borrow (db,
                                 "INSERT INTO annotation (uid, post, revision, start, end, quote, prefix, "
                                 "suffix, colour, note, state, created, modified, author) VALUES (:uid, "
                                 ":post, :revision, :start, :end, :quote, :prefix, :suffix, :colour, :note, "
                                 ":state, :now, :now, :author)", error)))
    return FALSE;

  if (revision_id == 0)
    revision_id = current_id;
  bind_text (stmt, ":state", revision_id == current_id ? "anchored" : "review");

  bind_selector (stmt, selector);
  bind_text (stmt, ":uid", uid);
  bind_int64 (stmt, ":post", post_id);
  bind_int64 (stmt, ":revision", revision_id);
  bind_text (stmt, ":colour", colour);
  bind_text (stmt, ":note", note);
  bind_int64 (stmt, ":now", db->now);
  bind_text (stmt, ":author", db->author);
  if (!annals_db_run (db, stmt, error))
    return FALSE;

  if (id != NULL)
    *id = annals_db_last_id (db);
  return TRUE;
}

/* Without reading it. */
static gboolean
require_text (AnnalsDb    *db,
              gint64       post_id,
              gint64       revision_id,
              AnnalsText  *text,
              GError     **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  if (!(stmt = annals_db_borrow (db,
                                 "SELECT 1 FROM revision WHERE post = :post AND sha256 = :sha256 AND id = "
                                 "CASE :revision WHEN 0 THEN (SELECT revision FROM post WHERE id = :post) "
                                 "ELSE :revision END", error)))
    return FALSE;

  bind_int64 (stmt, ":post", post_id);
  bind_int64 (stmt, ":revision", revision_id);
  bind_text (stmt, ":sha256", annals_text_get_sha256 (text));
  if ((step = annals_db_step (db, stmt, error)) == STEP_DONE)
    g_set_error_literal (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_NOT_FOUND,
                         _("The post has another text now"));

  return step == STEP_ROW;
}

gboolean
annals_db_add_annotation_in_text (AnnalsDb    *db,
                                  gint64       post_id,
                                  gint64       revision_id,
                                  AnnalsText  *text,
                                  guint        start,
                                  guint        end,
                                  const char  *colour,
                                  const char  *note,
                                  gint64      *id,
                                  GError     **error)
{
  g_autofree char *clean = annals_db_clean_text (note);
  g_autoptr(AnnalsSelector) selector = NULL;

  g_return_val_if_fail (db != NULL && text != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  if (!annals_db_require (db, ANNALS_RECORD_POST, post_id, error) ||
      !(colour = annals_db_clean_colour (colour != NULL ? colour : "yellow", 0, error)) ||
      !require_text (db, post_id, revision_id, text, error) ||
      !check_range (text, start, end, error))
    return FALSE;

  selector = annals_selector_new (text, start, end);

  return insert_annotation (db, post_id, revision_id, selector, colour, clean, id, error);
}

gboolean
annals_db_add_annotation_on_revision (AnnalsDb    *db,
                                      gint64       post_id,
                                      gint64       revision_id,
                                      guint        start,
                                      guint        end,
                                      const char  *colour,
                                      const char  *note,
                                      gint64      *id,
                                      GError     **error)
{
  g_autoptr(AnnalsText) text = NULL;

  g_return_val_if_fail (db != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  return annals_db_require (db, ANNALS_RECORD_POST, post_id, error) &&
         (text = annals_db_load_text (db, post_id, revision_id, error)) != NULL &&
         annals_db_add_annotation_in_text (db, post_id, revision_id, text, start, end, colour, note, id, error);
}

gboolean
annals_db_add_annotation (AnnalsDb    *db,
                          gint64       post_id,
                          guint        start,
                          guint        end,
                          const char  *colour,
                          const char  *note,
                          gint64      *id,
                          GError     **error)
{
  return annals_db_add_annotation_on_revision (db, post_id, 0, start, end, colour, note, id, error);
}

gboolean
annals_db_add_post_note (AnnalsDb    *db,
                         gint64       post_id,
                         const char  *colour,
                         const char  *note,
                         gint64      *id,
                         GError     **error)
{
  static char none[] = "";
  const AnnalsSelector whole = { 0, 0, none, none, none };
  g_autofree char *clean = annals_db_clean_text (note);

  g_return_val_if_fail (db != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  if (!annals_db_require (db, ANNALS_RECORD_POST, post_id, error) ||
      !(colour = annals_db_clean_colour (colour != NULL ? colour : "yellow", 0, error)))
    return FALSE;

  /* It would be seen nowhere: a highlight is, by its passage. */
  if (*g_strstrip (clean) == '\0')
    {
      g_set_error_literal (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_INVALID,
                           _("A note on a whole post needs words"));
      return FALSE;
    }

  return insert_annotation (db, post_id, 0, &whole, colour, clean, id, error);
}

gboolean
annals_db_set_annotation_note (AnnalsDb    *db,
                               gint64       id,
                               const char  *note,
                               GError     **error)
{
  g_autofree char *clean = annals_db_clean_text (note);

  g_return_val_if_fail (db != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  return annals_db_require (db, ANNALS_RECORD_ANNOTATION, id, error) &&
         annals_db_set_text (db, "UPDATE annotation SET note = :value, modified = :now "
                                 "WHERE id = :id AND note != :value", id, clean, error);
}

gboolean
annals_db_set_annotation_colour (AnnalsDb    *db,
                                 gint64       id,
                                 const char  *colour,
                                 GError     **error)
{
  g_return_val_if_fail (db != NULL && colour != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  return (colour = annals_db_clean_colour (colour, 0, error)) != NULL &&
         annals_db_require (db, ANNALS_RECORD_ANNOTATION, id, error) &&
         annals_db_set_text (db, "UPDATE annotation SET colour = :value, modified = :now "
                                 "WHERE id = :id AND colour != :value", id, colour, error);
}

gboolean
annals_db_place_annotation (AnnalsDb  *db,
                            gint64     id,
                            guint      start,
                            guint      end,
                            GError   **error)
{
  g_autoptr(AnnalsAnnotation) annotation = NULL;
  g_autoptr(AnnalsText) text = NULL;
  g_autoptr(AnnalsSelector) selector = NULL;
  g_autoptr(BorrowedStmt) stmt = NULL;
  gint64 revision_id = 0;

  g_return_val_if_fail (db != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  if (!(annotation = annals_db_load_annotation (db, id, error)))
    return FALSE;

  if (annals_annotation_is_post_note (annotation))
    {
      g_set_error_literal (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_INVALID,
                           _("A note on a whole post has no passage to be placed on"));
      return FALSE;
    }

  if (!(text = annals_db_load_text (db, annotation->post_id, 0, error)) ||
      !check_range (text, start, end, error) ||
      !current_revision (db, annotation->post_id, &revision_id, error) ||
      !(stmt = annals_db_borrow (db,
                                 "UPDATE annotation SET revision = :revision, start = :start, end = :end, "
                                 "quote = :quote, prefix = :prefix, suffix = :suffix, state = 'anchored', "
                                 "orphan = 0, moved = 0, was_quote = '', was_start = 0, "
                                 "modified = :now WHERE id = :id", error)))
    return FALSE;

  selector = annals_selector_new (text, start, end);
  bind_selector (stmt, selector);
  bind_int64 (stmt, ":revision", revision_id);
  bind_int64 (stmt, ":now", db->now);
  bind_int64 (stmt, ":id", id);

  return annals_db_run (db, stmt, error);
}

/* @sql has ":id" and ":now". */
static gboolean
settle (AnnalsDb    *db,
        const char  *sql,
        gint64       id,
        GError     **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (!(stmt = annals_db_borrow (db, sql, error)))
    return FALSE;

  bind_int64 (stmt, ":now", db->now);
  bind_int64 (stmt, ":id", id);

  return annals_db_run (db, stmt, error);
}

gboolean
annals_db_confirm_annotation (AnnalsDb  *db,
                              gint64     id,
                              GError   **error)
{
  g_autoptr(AnnalsAnnotation) annotation = NULL;

  g_return_val_if_fail (db != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  if (!(annotation = annals_db_load_annotation (db, id, error)))
    return FALSE;

  if (!g_str_equal (annotation->state, "moved"))
    {
      g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_INVALID,
                   _("The note on “%s” has not moved; there is nothing to confirm"),
                   annotation->selector.exact);
      return FALSE;
    }

  return settle (db, "UPDATE annotation SET state = 'anchored', moved = 0, was_quote = '', was_start = 0, "
                     "modified = :now WHERE id = :id", id, error);
}

gboolean
annals_db_set_annotation_orphan (AnnalsDb  *db,
                                 gint64     id,
                                 gboolean   orphan,
                                 GError   **error)
{
  g_autoptr(AnnalsAnnotation) annotation = NULL;

  g_return_val_if_fail (db != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  if (!(annotation = annals_db_load_annotation (db, id, error)))
    return FALSE;

  if (!g_str_equal (annotation->state, "review"))
    {
      g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_INVALID,
                   _("The note on “%s” has its place in the text and needs no review"),
                   annotation->selector.exact);
      return FALSE;
    }

  return settle (db,
                 orphan ? "UPDATE annotation SET orphan = 1, modified = :now WHERE id = :id AND orphan = 0"
                        : "UPDATE annotation SET orphan = 0, modified = :now WHERE id = :id AND orphan = 1",
                 id, error);
}

gboolean
annals_db_delete_annotation (AnnalsDb  *db,
                             gint64     id,
                             GError   **error)
{
  g_return_val_if_fail (db != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  return annals_db_require (db, ANNALS_RECORD_ANNOTATION, id, error) &&
         annals_db_run_for_id (db, "DELETE FROM annotation_tag WHERE annotation = :id", id, error) &&
         annals_db_run_for_id (db, "UPDATE evidence SET annotation = NULL WHERE annotation = :id", id, error) &&
         annals_db_run_for_id (db, "DELETE FROM link WHERE (from_kind = 'annotation' AND from_id = :id) "
                                   "OR (to_kind = 'annotation' AND to_id = :id)", id, error) &&
         annals_db_run_for_id (db, "DELETE FROM annotation WHERE id = :id", id, error);
}
