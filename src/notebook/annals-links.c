/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-links.h"

#include <glib/gi18n-lib.h>

#include "annals-db-private.h"

typedef struct
{
  const char *word;
  const char *label;
  const char *reverse;
  gboolean    mutual;
} Relation;

/* Translators: what one post, note or event does to another; and the same, said of that other one. */
static const Relation relations[ANNALS_N_RELATIONS] = {
  [ANNALS_RELATION_FOLLOWS] = { "follows", N_("follows up"), N_("followed up by"), FALSE },
  [ANNALS_RELATION_SUPPORTS] = { "supports", N_("supports"), N_("supported by"), FALSE },
  [ANNALS_RELATION_CONTRADICTS] = { "contradicts", N_("contradicts"), N_("contradicted by"), FALSE },
  [ANNALS_RELATION_CITES] = { "cites", N_("cites"), N_("cited by"), FALSE },
  [ANNALS_RELATION_SAME_EVENT] = { "same event", N_("same event as"), N_("same event as"), TRUE },
  [ANNALS_RELATION_RELATED] = { "related", N_("related to"), N_("related to"), TRUE },
};

const char *
annals_relation_to_string (AnnalsRelation relation)
{
  g_return_val_if_fail (relation < ANNALS_N_RELATIONS, NULL);

  return relations[relation].word;
}

gboolean
annals_relation_from_string (const char     *word,
                             AnnalsRelation *relation)
{
  g_return_val_if_fail (word != NULL && relation != NULL, FALSE);

  for (guint i = 0; i < ANNALS_N_RELATIONS; i++)
    if (g_ascii_strcasecmp (relations[i].word, word) == 0)
      {
        *relation = i;
        return TRUE;
      }

  return FALSE;
}

const char *
annals_relation_get_label (AnnalsRelation relation,
                           gboolean       outgoing)
{
  g_return_val_if_fail (relation < ANNALS_N_RELATIONS, NULL);

  return _(outgoing ? relations[relation].label : relations[relation].reverse);
}

gboolean
annals_relation_is_mutual (AnnalsRelation relation)
{
  g_return_val_if_fail (relation < ANNALS_N_RELATIONS, FALSE);

  return relations[relation].mutual;
}

void
annals_link_free (AnnalsLink *self)
{
  g_free (self->uid);
  g_clear_pointer (&self->from, annals_named_free);
  g_clear_pointer (&self->to, annals_named_free);
  g_free (self->note);
  g_free (self->author);
  g_free (self);
}

const AnnalsNamed *
annals_link_get_other (const AnnalsLink *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->outgoing ? self->to : self->from;
}

/* --- reading --- */

static const char *
kind_to_string (AnnalsRecord kind)
{
  return kind == ANNALS_RECORD_POST ? "post" :
         kind == ANNALS_RECORD_ANNOTATION ? "annotation" :
         kind == ANNALS_RECORD_EVENT ? "event" : NULL;
}

static AnnalsRecord
kind_from_string (const char *kind)
{
  return g_str_equal (kind, "annotation") ? ANNALS_RECORD_ANNOTATION :
         g_str_equal (kind, "event") ? ANNALS_RECORD_EVENT : ANNALS_RECORD_POST;
}

gboolean
annals_link_takes (AnnalsRecord kind)
{
  return kind_to_string (kind) != NULL;
}

#define COLUMNS "id, uid, from_kind, from_id, relation, to_kind, to_id, note, created, modified, author"

/* The ends by number only: what they are called is asked for when the statement has been given back. */
static AnnalsLink *
link_from_row (BorrowedStmt *stmt)
{
  AnnalsLink *self = g_new0 (AnnalsLink, 1);

  self->id = column_int64 (stmt, 0);
  self->uid = column_dup_text (stmt, 1);
  self->from = g_new0 (AnnalsNamed, 1);
  self->from->kind = kind_from_string (column_text (stmt, 2));
  self->from->id = column_int64 (stmt, 3);
  self->relation = ANNALS_RELATION_RELATED;
  annals_relation_from_string (column_text (stmt, 4), &self->relation);
  self->to = g_new0 (AnnalsNamed, 1);
  self->to->kind = kind_from_string (column_text (stmt, 5));
  self->to->id = column_int64 (stmt, 6);
  self->note = column_dup_text (stmt, 7);
  self->created = column_int64 (stmt, 8);
  self->modified = column_int64 (stmt, 9);
  self->author = column_dup_text (stmt, 10);
  self->outgoing = column_int64 (stmt, 11) != 0;

  return self;
}

static gboolean
name_end (AnnalsDb      *db,
          AnnalsNamed  **end,
          GError       **error)
{
  AnnalsNamed *named = annals_db_load_named (db, (*end)->kind, (*end)->id, error);

  if (named == NULL)
    return FALSE;

  annals_named_free (*end);
  *end = named;
  return TRUE;
}

static GPtrArray *
collect (AnnalsDb    *db,
         const char  *sql,
         const char  *kind,
         gint64       id,
         GError     **error)
{
  g_autoptr(GPtrArray) links = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_link_free);

  {
    g_autoptr(BorrowedStmt) stmt = annals_db_borrow (db, sql, error);
    AnnalsStep step;

    if (stmt == NULL)
      return NULL;

    if (kind != NULL)
      bind_text (stmt, ":kind", kind);
    if (id != 0)
      bind_int64 (stmt, ":id", id);
    while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
      g_ptr_array_add (links, link_from_row (stmt));

    if (step == STEP_ERROR)
      return NULL;
  }

  for (guint i = 0; i < links->len; i++)
    {
      AnnalsLink *link = links->pdata[i];

      if (!name_end (db, &link->from, error) || !name_end (db, &link->to, error))
        return NULL;
    }

  return g_steal_pointer (&links);
}

GPtrArray *
annals_db_list_links (AnnalsDb      *db,
                      AnnalsRecord   kind,
                      gint64         id,
                      GError       **error)
{
  g_return_val_if_fail (db != NULL && id != 0, NULL);
  g_return_val_if_fail (annals_link_takes (kind), NULL);

  return collect (db,
                  "SELECT " COLUMNS ", 1 FROM link WHERE from_kind = :kind AND from_id = :id UNION ALL "
                  "SELECT " COLUMNS ", 0 FROM link WHERE to_kind = :kind AND to_id = :id "
                  "ORDER BY created, id", kind_to_string (kind), id, error);
}

GPtrArray *
annals_db_list_links_of_notes (AnnalsDb  *db,
                               gint64     post_id,
                               GError   **error)
{
  g_return_val_if_fail (db != NULL && post_id != 0, NULL);

  return collect (db,
                  "SELECT " COLUMNS ", 1 FROM link WHERE from_kind = 'annotation' AND from_id IN "
                  "(SELECT id FROM annotation WHERE post = :id) UNION ALL "
                  "SELECT " COLUMNS ", 0 FROM link WHERE to_kind = 'annotation' AND to_id IN "
                  "(SELECT id FROM annotation WHERE post = :id) ORDER BY created, id", NULL, post_id, error);
}

GPtrArray *
annals_db_list_all_links (AnnalsDb  *db,
                          GError   **error)
{
  g_return_val_if_fail (db != NULL, NULL);

  return collect (db, "SELECT " COLUMNS ", 1 FROM link ORDER BY created, id", NULL, 0, error);
}

AnnalsLink *
annals_db_load_link (AnnalsDb  *db,
                     gint64     id,
                     GError   **error)
{
  g_autoptr(GPtrArray) links = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  if (!annals_db_require (db, ANNALS_RECORD_LINK, id, error) ||
      !(links = collect (db, "SELECT " COLUMNS ", 1 FROM link WHERE id = :id", NULL, id, error)) ||
      links->len == 0)
    return NULL;

  return g_ptr_array_steal_index (links, 0);
}

/* --- changes --- */

static gboolean
check_ends (AnnalsDb      *db,
            AnnalsRecord   from_kind,
            gint64         from_id,
            AnnalsRecord   to_kind,
            gint64         to_id,
            GError       **error)
{
  if (!annals_link_takes (from_kind) || !annals_link_takes (to_kind))
    {
      g_set_error_literal (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_INVALID,
                           _("Only posts, notes and events can be linked"));
      return FALSE;
    }

  if (from_kind == to_kind && from_id == to_id)
    {
      g_set_error_literal (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_INVALID,
                           _("Nothing can be linked with itself"));
      return FALSE;
    }

  return annals_db_require (db, from_kind, from_id, error) && annals_db_require (db, to_kind, to_id, error);
}

gboolean
annals_db_find_link (AnnalsDb        *db,
                     AnnalsRecord     from_kind,
                     gint64           from_id,
                     AnnalsRelation   relation,
                     AnnalsRecord     to_kind,
                     gint64           to_id,
                     gint64          *id,
                     GError         **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  g_return_val_if_fail (db != NULL && id != NULL, FALSE);
  g_return_val_if_fail (annals_link_takes (from_kind) && annals_link_takes (to_kind), FALSE);

  *id = 0;
  if (!(stmt = annals_db_borrow (db,
                                 "SELECT id FROM link WHERE relation = :relation AND "
                                 "((from_kind = :from_kind AND from_id = :from_id AND to_kind = :to_kind AND "
                                 "  to_id = :to_id) OR (:mutual AND from_kind = :to_kind AND from_id = :to_id AND "
                                 "  to_kind = :from_kind AND to_id = :from_id))", error)))
    return FALSE;

  bind_text (stmt, ":relation", relations[relation].word);
  bind_text (stmt, ":from_kind", kind_to_string (from_kind));
  bind_int64 (stmt, ":from_id", from_id);
  bind_text (stmt, ":to_kind", kind_to_string (to_kind));
  bind_int64 (stmt, ":to_id", to_id);
  bind_int64 (stmt, ":mutual", relations[relation].mutual);
  if ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    *id = column_int64 (stmt, 0);

  return step != STEP_ERROR;
}

static gboolean
insert_link (AnnalsDb        *db,
             const char      *from_kind,
             gint64           from_id,
             AnnalsRelation   relation,
             const char      *to_kind,
             gint64           to_id,
             const char      *note,
             GError         **error)
{
  g_autofree char *uid = g_uuid_string_random ();
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (!(stmt = annals_db_borrow (db,
                                 "INSERT INTO link (uid, from_kind, from_id, relation, to_kind, to_id, note, created, "
                                 "modified, author) VALUES (:uid, :from_kind, :from_id, :relation, :to_kind, :to_id, "
                                 ":note, :now, :now, :author)", error)))
    return FALSE;

  bind_text (stmt, ":uid", uid);
  bind_text (stmt, ":from_kind", from_kind);
  bind_int64 (stmt, ":from_id", from_id);
  bind_text (stmt, ":relation", relations[relation].word);
  bind_text (stmt, ":to_kind", to_kind);
  bind_int64 (stmt, ":to_id", to_id);
  bind_text (stmt, ":note", note);
  bind_int64 (stmt, ":now", db->now);
  bind_text (stmt, ":author", db->author);

  return annals_db_run (db, stmt, error);
}

gboolean
annals_db_add_link (AnnalsDb        *db,
                    AnnalsRecord     from_kind,
                    gint64           from_id,
                    AnnalsRelation   relation,
                    AnnalsRecord     to_kind,
                    gint64           to_id,
                    const char      *note,
                    gint64          *id,
                    GError         **error)
{
  g_autofree char *clean = annals_db_clean_text (note);
  gint64 known;

  g_return_val_if_fail (db != NULL && relation < ANNALS_N_RELATIONS, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  if (!check_ends (db, from_kind, from_id, to_kind, to_id, error) ||
      !annals_db_find_link (db, from_kind, from_id, relation, to_kind, to_id, &known, error))
    return FALSE;

  if (known != 0)
    {
      if (id != NULL)
        *id = known;
      return *clean == '\0' || annals_db_set_link (db, known, relation, clean, error);
    }

  if (!insert_link (db, kind_to_string (from_kind), from_id, relation, kind_to_string (to_kind), to_id, clean, error))
    return FALSE;

  if (id != NULL)
    *id = annals_db_last_id (db);
  return TRUE;
}

gboolean
annals_db_set_link (AnnalsDb        *db,
                    gint64           id,
                    AnnalsRelation   relation,
                    const char      *note,
                    GError         **error)
{
  g_autofree char *clean = annals_db_clean_text (note);
  g_autoptr(AnnalsLink) link = NULL;
  g_autoptr(BorrowedStmt) stmt = NULL;
  gint64 known;

  g_return_val_if_fail (db != NULL && relation < ANNALS_N_RELATIONS, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  if (!(link = annals_db_load_link (db, id, error)) ||
      !annals_db_find_link (db, link->from->kind, link->from->id, relation, link->to->kind, link->to->id, &known,
                            error))
    return FALSE;

  if (known != 0 && known != id)
    {
      g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_INVALID,
                   /* Translators: a relation, such as “contradicts” */
                   _("The two have a link “%s” already"), annals_relation_get_label (relation, TRUE));
      return FALSE;
    }

  if (!(stmt = annals_db_borrow (db,
                                 "UPDATE link SET relation = :relation, note = :note, modified = :now "
                                 "WHERE id = :id AND (relation != :relation OR note != :note)", error)))
    return FALSE;

  bind_text (stmt, ":relation", relations[relation].word);
  bind_text (stmt, ":note", clean);
  bind_int64 (stmt, ":now", db->now);
  bind_int64 (stmt, ":id", id);

  return annals_db_run (db, stmt, error);
}

gboolean
annals_db_delete_link (AnnalsDb  *db,
                       gint64     id,
                       GError   **error)
{
  g_return_val_if_fail (db != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  return annals_db_require (db, ANNALS_RECORD_LINK, id, error) &&
         annals_db_run_for_id (db, "DELETE FROM link WHERE id = :id", id, error);
}
