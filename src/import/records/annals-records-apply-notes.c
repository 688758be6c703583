/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-records-apply-private.h"

#include <glib/gi18n-lib.h>

#include "annals-annotations.h"
#include "annals-foreign-records.h"

/* The tags of a note, of its codes and by name; a name that no tag can have is an issue. */
static GArray *
list_tags (AnnalsRecordsFile       *file,
           AnnalsDb                *db,
           const AnnalsRecordNote  *note,
           GError                 **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < note->codes->len; i++)
    {
      gint64 id = g_array_index (file->tag_ids, gint64, g_array_index (note->codes, guint, i));

      g_array_append_val (ids, id);
    }

  for (guint i = 0; i < note->tags->len; i++)
    {
      g_autofree char *name = g_strdelimit (g_strdup (note->tags->pdata[i]), "/", '-');
      g_autoptr(GError) failure = NULL;
      gint64 id;

      if (annals_db_ensure_tag (db, name, &id, &failure))
        g_array_append_val (ids, id);
      else if (g_error_matches (failure, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_INVALID))
        annals_records_take_issue (file->records, ANNALS_SEVERITY_WARNING, ANNALS_ISSUE_OTHER, note->place,
                                   g_strdup (failure->message), name);
      else
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return NULL;
        }
    }

  return g_steal_pointer (&ids);
}

static gboolean
tag_note (AnnalsDb  *db,
          gint64     id,
          GArray    *tags,
          GError   **error)
{
  for (guint i = 0; i < tags->len; i++)
    if (!annals_db_tag_annotation (db, g_array_index (tags, gint64, i), id, error))
      return FALSE;

  return TRUE;
}

/* One that is here already: the later words and colour count, tags come together. */
static gboolean
update_note (AnnalsRecordsApply      *self,
             AnnalsRecordsFile       *file,
             AnnalsDb                *db,
             const AnnalsRecordNote  *note,
             gint64                   id,
             GError                 **error)
{
  g_autoptr(AnnalsAnnotation) here = annals_db_load_annotation (db, id, error);
  g_autoptr(AnnalsAnnotation) after = NULL;
  g_autoptr(GArray) tags = NULL;
  g_autoptr(GError) failure = NULL;
  const AnnalsOrigin origin = { .modified = note->modified };
  gboolean later;

  if (here == NULL)
    return FALSE;

  later = note->modified > here->modified;
  if (later && !(annals_db_set_annotation_note (db, id, note->note, &failure) &&
                 (note->colour == NULL || annals_db_set_annotation_colour (db, id, note->colour, &failure))))
    return annals_records_apply_skip (file, note->place, note->note, g_steal_pointer (&failure), error);

  if (!(tags = list_tags (file, db, note, error)) || !tag_note (db, id, tags, error) ||
      !(after = annals_db_load_annotation (db, id, error)))
    return FALSE;

  if (after->modified == here->modified &&
      g_strv_equal ((const char * const *) after->tags, (const char * const *) here->tags))
    {
      self->mark.n_unchanged++;
      return TRUE;
    }

  self->mark.n_updated++;
  return !later || annals_db_set_origin (db, ANNALS_RECORD_ANNOTATION, id, &origin, error);
}

static gboolean
add_passage (AnnalsRecordsApply      *self,
             AnnalsDb                *db,
             const AnnalsRecordNote  *note,
             const AnnalsPlace       *place,
             gint64                  *id,
             GError                 **error)
{
  AnnalsText *text;
  gboolean same;

  if (place->revision_id != 0)
    return annals_db_add_annotation_on_revision (db, place->post_id, place->revision_id, place->start, place->end,
                                                 note->colour, note->note, id, error);

  return (text = annals_placer_get_text (self->placer, place, &same, error)) != NULL &&
         annals_db_add_annotation_in_text (db, place->post_id, 0, text, place->start, place->end, note->colour,
                                           note->note, id, error);
}

static gboolean
add_note (AnnalsRecordsApply      *self,
          AnnalsRecordsFile       *file,
          AnnalsDb                *db,
          const AnnalsRecordNote  *note,
          const AnnalsPlace       *place,
          GArray                  *tags,
          GError                 **error)
{
  /* one that nobody signed is not signed by who imports it */
  const AnnalsOrigin origin = { note->uid, note->author != NULL ? note->author : "", note->created, note->modified };
  g_autoptr(GError) failure = NULL;
  gint64 id;

  if (!(note->whole ? annals_db_add_post_note (db, place->post_id, note->colour, note->note, &id, &failure)
                    : add_passage (self, db, note, place, &id, &failure)))
    return annals_records_apply_skip (file, note->place, note->note, g_steal_pointer (&failure), error);

  if (!annals_db_set_origin (db, ANNALS_RECORD_ANNOTATION, id, &origin, error) || !tag_note (db, id, tags, error))
    return FALSE;

  self->mark.n_new++;
  annals_records_apply_add_end (file, note->uid, ANNALS_RECORD_ANNOTATION, id);
  return TRUE;
}

static char *
dup_why_not (AnnalsDb               *db,
             const AnnalsRecordNote *note,
             const AnnalsPlace      *place)
{
  g_autoptr(AnnalsPost) post = place->post_id != 0 ? annals_db_load_post (db, place->post_id, NULL) : NULL;

  if (post != NULL && note->selector.exact == NULL)
    return g_strdup_printf (_("The note says its passage in “%s” only by numbers of characters, and of another text"),
                            post->title);
  if (post != NULL)
    return g_strdup_printf (_("The passage was not found with certainty in “%s”"), post->title);
  if (note->url != NULL)
    return g_strdup_printf (_("The notebook has no post with the address %s"), note->url);

  return g_strdup (_("The post of the note was not found in the notebook"));
}

/* Only tags, on the whole of a post: they are the post's. */
static gboolean
tag_post (AnnalsRecordsApply  *self,
          AnnalsDb            *db,
          const AnnalsPlace   *place,
          GArray              *tags,
          GError             **error)
{
  g_autoptr(GArray) post = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean is_new = FALSE;

  g_array_append_val (post, place->post_id);
  for (guint i = 0; i < tags->len; i++)
    {
      gint64 tag_id = g_array_index (tags, gint64, i);
      g_autoptr(GArray) without = annals_db_list_untagged (db, tag_id, post, error);

      if (without == NULL || !annals_db_tag_posts (db, tag_id, &place->post_id, 1, error))
        return FALSE;
      is_new = is_new || without->len > 0;
    }

  if (is_new)
    self->mark.n_new++;
  else
    self->mark.n_unchanged++;

  return TRUE;
}

static gboolean
is_placed (const AnnalsRecordNote *note,
           const AnnalsPlace      *place)
{
  return place->post_id != 0 && (note->whole || place->end != 0);
}

/* What came of its place, when that is not plainly where the note says. */
static void
tell_place (AnnalsRecordsFile      *file,
            const AnnalsRecordNote *note,
            const AnnalsPlace      *place)
{
  const char *excerpt = note->selector.exact != NULL ? note->selector.exact : note->note;

  if (place->by_words)
    annals_records_take_issue (file->records, ANNALS_SEVERITY_NOTE, ANNALS_ISSUE_OTHER, note->place,
                               g_strdup (_("The post was found only by the words of the passage, which stand in no "
                                           "other")), excerpt);
  if (place->revision_id != 0)
    annals_records_take_issue (file->records, ANNALS_SEVERITY_WARNING, ANNALS_ISSUE_OTHER, note->place,
                               g_strdup (_("The post has changed since the passage was marked; it needs review")),
                               excerpt);
}

/* Where it was found beside the writer, unless posts have changed or come since. */
static gboolean
find_place (AnnalsRecordsApply      *self,
            AnnalsRecordsFile       *file,
            guint                    i,
            AnnalsPlace             *place,
            GError                 **error)
{
  const AnnalsRecordNote *note = file->records->notes->pdata[i];
  g_autoptr(GError) failure = NULL;
  gboolean same = TRUE;

  *place = g_array_index (file->places, AnnalsPlace, i);
  if (note->source >= 0)
    same = place->post_id == ((const AnnalsRecordSource *) file->records->sources->pdata[note->source])->post_id;
  if (!is_placed (note, place))
    same = same && !self->has_posts;
  if (same && place->post_id != 0 && !note->whole &&
      !annals_placer_get_text (self->placer, place, &same, &failure))
    {
      if (!g_error_matches (failure, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      same = FALSE;   /* it is gone */
    }

  return same || annals_placer_find_note (self->placer, file->records, note, place, error);
}

gboolean
annals_records_apply_note (AnnalsRecordsApply  *self,
                           AnnalsRecordsFile   *file,
                           AnnalsDb            *db,
                           guint                i,
                           GError             **error)
{
  const AnnalsRecordNote *note = file->records->notes->pdata[i];
  g_autoptr(GArray) tags = NULL;
  AnnalsPlace place;
  gint64 id = 0;

  if (note->uid != NULL && !annals_db_find_uid (db, ANNALS_RECORD_ANNOTATION, note->uid, &id, error))
    return FALSE;
  if (id != 0)
    {
      annals_records_apply_add_end (file, note->uid, ANNALS_RECORD_ANNOTATION, id);
      return update_note (self, file, db, note, id, error);
    }

  if (!find_place (self, file, i, &place, error))
    return FALSE;
  if (!is_placed (note, &place))   /* no tag comes of it either */
    {
      annals_records_take_skipped (file->records, ANNALS_ISSUE_REMAINDER, note->place, dup_why_not (db, note, &place),
                                   note->selector.exact != NULL ? note->selector.exact : note->note);
      return TRUE;
    }

  if (!(tags = list_tags (file, db, note, error)))
    return FALSE;
  if (note->whole && *note->note == '\0' && tags->len > 0)
    return tag_post (self, db, &place, tags, error);

  tell_place (file, note, &place);
  return add_note (self, file, db, note, &place, tags, error);
}
