/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-records-apply.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-annotations.h"
#include "annals-draft.h"
#include "annals-foreign-records.h"
#include "annals-memos.h"
#include "annals-records-place.h"
#include "annals-timelines.h"

/* What links may lead to. */
typedef struct
{
  AnnalsRecord kind;
  gint64       id;
} End;

typedef struct
{
  AnnalsRecords    *records;
  AnnalsPlacer     *placer;
  AnnalsImportMark  mark;
  GArray           *source_posts;   /* (element type gint64) parallel to the sources; 0: none */
  GArray           *tag_ids;        /* (element type gint64) parallel to the codes */
  GHashTable       *ends;           /* uid → End */
} Apply;

/* --- what becomes of a record --- */

/* One that the notebook does not take is left out with the reason; anything else fails. */
static gboolean
skip_invalid (Apply       *self,
              const char  *place,
              const char  *excerpt,
              GError      *failure,
              GError     **error)
{
  if (!g_error_matches (failure, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_INVALID) &&
      !g_error_matches (failure, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_EXISTS))
    {
      g_propagate_error (error, failure);
      return FALSE;
    }

  annals_records_take_skipped (self->records, ANNALS_ISSUE_OTHER, place, g_strdup (failure->message), excerpt);
  g_error_free (failure);
  return TRUE;
}

static void
add_end (Apply        *self,
         const char   *uid,
         AnnalsRecord  kind,
         gint64        id)
{
  End *end;

  if (uid == NULL)
    return;

  end = g_new (End, 1);
  end->kind = kind;
  end->id = id;
  g_hash_table_replace (self->ends, g_strdup (uid), end);
}

/* --- sources --- */

static gboolean
store_source (Apply                     *self,
              AnnalsDb                  *db,
              gint64                     import_id,
              gint64                     file_id,
              guint                      number,
              gint64                    *post_id,
              GError                   **error)
{
  const AnnalsRecordSource *source = self->records->sources->pdata[number];
  g_autofree char *guid = source->uid != NULL ? g_strconcat ("urn:uuid:", source->uid, NULL) : NULL;
  g_autofree char *canonical = source->url != NULL ? annals_draft_canonical_url (source->url) : NULL;
  g_autofree char *other = g_strconcat ("text:", annals_text_get_sha256 (source->text), NULL);
  g_autoptr(AnnalsDate) published = source->published != NULL ? annals_date_parse_words (source->published, NULL) : NULL;
  g_autoptr(GBytes) markup = g_bytes_new (source->raw, strlen (source->raw));
  const char *aliases[] = { canonical != NULL ? guid : NULL, NULL };
  AnnalsNewPost post = {
    .identity = canonical != NULL ? canonical : guid != NULL ? guid : other, .aliases = aliases,
    .kind = ANNALS_POST_POST, .extent = ANNALS_EXTENT_LISTED, .file_id = file_id, .title = source->title,
    .url = source->url, .author = source->author, .source = source->source, .published = published,
    .language = source->language, .place = number + 1, .text = source->text, .markup = markup, .markup_kind = "text",
  };
  AnnalsStored stored;

  if (!annals_db_store_post (db, import_id, &post, &stored, post_id, error))
    return FALSE;

  if (stored == ANNALS_STORED_NEW)
    self->mark.n_new++;
  else if (stored == ANNALS_STORED_UPDATED)
    self->mark.n_updated++;
  else
    self->mark.n_unchanged++;

  return TRUE;
}

static gboolean
take_sources (Apply         *self,
              AnnalsDb      *db,
              gint64         import_id,
              gint64         file_id,
              GCancellable  *cancellable,
              GError       **error)
{
  for (guint i = 0; i < self->records->sources->len; i++)
    {
      const AnnalsRecordSource *source = self->records->sources->pdata[i];
      gint64 post_id;

      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !annals_placer_find_source (self->placer, source, &post_id, error))
        return FALSE;

      if (post_id != 0)
        self->mark.n_unchanged++;
      else if (!store_source (self, db, import_id, file_id, i, &post_id, error))
        return FALSE;

      g_array_append_val (self->source_posts, post_id);
      add_end (self, source->uid, ANNALS_RECORD_POST, post_id);
    }

  return TRUE;
}

/* --- tags --- */

static gboolean
take_codes (Apply     *self,
            AnnalsDb  *db,
            GError   **error)
{
  AnnalsCodebook *codebook = self->records->codebook;

  if (codebook == NULL || codebook->codes->len == 0)
    return TRUE;
  if (!annals_db_import_codebook (db, codebook, error))
    return FALSE;

  for (guint i = 0; i < codebook->codes->len; i++)
    {
      const AnnalsCode *code = codebook->codes->pdata[i];
      g_autofree char *bare = g_strdelimit (g_strdup (code->name), "/", '-');
      g_autofree char *name = g_utf8_substring (bare, 0, MIN (g_utf8_strlen (bare, -1), ANNALS_TAG_MAX_NAME));
      gint64 id = 0;

      if (code->uid != NULL && !annals_db_find_uid (db, ANNALS_RECORD_TAG, code->uid, &id, error))
        return FALSE;
      if (id == 0 && !annals_db_find_tag (db, name, &id, NULL))
        id = 0;   /* one of several of that name, and without a uid: nobody can say which */
      g_array_append_val (self->tag_ids, id);
    }

  return TRUE;
}

/* The tags of a note, of its codes and by name; a name that no tag can have is an issue. */
static GArray *
list_tags (Apply                   *self,
           AnnalsDb                *db,
           const AnnalsRecordNote  *note,
           GError                 **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < note->codes->len; i++)
    {
      gint64 id = g_array_index (self->tag_ids, gint64, g_array_index (note->codes, guint, i));

      if (id != 0)
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
        annals_records_take_issue (self->records, ANNALS_SEVERITY_WARNING, ANNALS_ISSUE_OTHER, note->place,
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

static gboolean
tag_sources (Apply     *self,
             AnnalsDb  *db,
             GError   **error)
{
  for (guint i = 0; i < self->records->sources->len; i++)
    {
      const AnnalsRecordSource *source = self->records->sources->pdata[i];

      for (guint j = 0; j < source->codes->len; j++)
        {
          gint64 tag_id = g_array_index (self->tag_ids, gint64, g_array_index (source->codes, guint, j));

          if (tag_id != 0 && !annals_db_tag_posts (db, tag_id, &g_array_index (self->source_posts, gint64, i), 1, error))
            return FALSE;
        }
    }

  return TRUE;
}

/* --- notes --- */

/* One that is here already: the later words and colour count, tags come together. */
static gboolean
update_note (Apply                   *self,
             AnnalsDb                *db,
             const AnnalsRecordNote  *note,
             gint64                   id,
             GArray                  *tags,
             GError                 **error)
{
  g_autoptr(AnnalsAnnotation) here = annals_db_load_annotation (db, id, error);
  g_autoptr(AnnalsAnnotation) after = NULL;
  const AnnalsOrigin origin = { .modified = note->modified };
  gboolean later;
  gboolean ok;

  if (here == NULL)
    return FALSE;

  later = note->modified > here->modified;
  ok = (!later || annals_db_set_annotation_note (db, id, note->note, error)) &&
       (!later || note->colour == NULL || annals_db_set_annotation_colour (db, id, note->colour, error)) &&
       tag_note (db, id, tags, error) && (after = annals_db_load_annotation (db, id, error)) != NULL;
  if (!ok)
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
add_note (Apply                   *self,
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
  gboolean ok;

  ok = note->whole
         ? annals_db_add_post_note (db, place->post_id, note->colour, note->note, &id, &failure)
         : annals_db_add_annotation_on_revision (db, place->post_id, place->revision_id, place->start, place->end,
                                                 note->colour, note->note, &id, &failure);
  if (!ok)
    return skip_invalid (self, note->place, note->note, g_steal_pointer (&failure), error);

  if (!annals_db_set_origin (db, ANNALS_RECORD_ANNOTATION, id, &origin, error) || !tag_note (db, id, tags, error))
    return FALSE;

  self->mark.n_new++;
  add_end (self, note->uid, ANNALS_RECORD_ANNOTATION, id);
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
tag_post (Apply              *self,
          AnnalsDb           *db,
          const AnnalsPlace  *place,
          GArray             *tags,
          GError            **error)
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
place_note (Apply                   *self,
            AnnalsDb                *db,
            const AnnalsRecordNote  *note,
            const AnnalsPlace       *place,
            GArray                  *tags,
            GError                 **error)
{
  const char *excerpt = note->selector.exact != NULL ? note->selector.exact : note->note;

  if (place->post_id == 0 || (!note->whole && place->end == 0))
    {
      annals_records_take_skipped (self->records, ANNALS_ISSUE_REMAINDER, note->place, dup_why_not (db, note, place),
                                   excerpt);
      return TRUE;
    }

  if (note->whole && *note->note == '\0' && tags->len > 0)
    return tag_post (self, db, place, tags, error);

  if (place->by_words)
    annals_records_take_issue (self->records, ANNALS_SEVERITY_NOTE, ANNALS_ISSUE_OTHER, note->place,
                               g_strdup (_("The post was found only by the words of the passage, which stand in no "
                                           "other")), excerpt);
  if (place->revision_id != 0)
    annals_records_take_issue (self->records, ANNALS_SEVERITY_WARNING, ANNALS_ISSUE_OTHER, note->place,
                               g_strdup (_("The post has changed since the passage was marked; it needs review")),
                               excerpt);

  return add_note (self, db, note, place, tags, error);
}

static gboolean
take_note (Apply                   *self,
           AnnalsDb                *db,
           const AnnalsRecordNote  *note,
           GError                 **error)
{
  gint64 source_post = note->source >= 0 ? g_array_index (self->source_posts, gint64, note->source) : 0;
  g_autoptr(GArray) tags = NULL;
  AnnalsPlace place;
  gint64 id = 0;

  if (note->uid != NULL && !annals_db_find_uid (db, ANNALS_RECORD_ANNOTATION, note->uid, &id, error))
    return FALSE;

  if (id != 0)
    {
      add_end (self, note->uid, ANNALS_RECORD_ANNOTATION, id);
      return (tags = list_tags (self, db, note, error)) != NULL && update_note (self, db, note, id, tags, error);
    }

  /* No tag comes of a note that does not. */
  if (!annals_placer_find_note (self->placer, note, source_post, &place, error))
    return FALSE;
  tags = place.post_id != 0 && (note->whole || place.end != 0)
           ? list_tags (self, db, note, error) : g_array_new (FALSE, FALSE, sizeof (gint64));

  return tags != NULL && place_note (self, db, note, &place, tags, error);
}

/* --- memos, links, events --- */

static gboolean
update_memo (Apply                   *self,
             AnnalsDb                *db,
             const AnnalsRecordMemo  *memo,
             gint64                   id,
             GError                 **error)
{
  g_autoptr(AnnalsMemo) here = annals_db_load_memo (db, id, error);
  const AnnalsOrigin origin = { .modified = memo->modified };

  if (here == NULL)
    return FALSE;

  if (memo->modified <= here->modified ||
      (g_str_equal (memo->title, here->title) && g_str_equal (memo->text, here->text)))
    {
      self->mark.n_unchanged++;
      return TRUE;
    }

  self->mark.n_updated++;
  return annals_db_set_memo (db, id, memo->title, memo->text, error) &&
         annals_db_set_origin (db, ANNALS_RECORD_MEMO, id, &origin, error);
}

static gboolean
take_memo (Apply                   *self,
           AnnalsDb                *db,
           const AnnalsRecordMemo  *memo,
           GError                 **error)
{
  const AnnalsOrigin origin = { memo->uid, memo->author != NULL ? memo->author : "", memo->created, memo->modified };
  g_autoptr(GError) failure = NULL;
  gint64 id = 0;

  if (memo->uid != NULL && !annals_db_find_uid (db, ANNALS_RECORD_MEMO, memo->uid, &id, error))
    return FALSE;
  if (id != 0)
    return update_memo (self, db, memo, id, error);

  if (!annals_db_add_memo (db, memo->title, memo->text, &id, &failure))
    return skip_invalid (self, memo->place, memo->title, g_steal_pointer (&failure), error);

  self->mark.n_new++;
  return annals_db_set_origin (db, ANNALS_RECORD_MEMO, id, &origin, error);
}

/* One that leads from the one to the other already, whoever made it, stays as it is. *has: whether there is one */
static gboolean
has_link (AnnalsDb        *db,
          const End       *from,
          const End       *to,
          AnnalsRelation   relation,
          gboolean        *has,
          GError         **error)
{
  g_autoptr(GPtrArray) links = annals_db_list_links (db, from->kind, from->id, error);

  *has = FALSE;
  if (links == NULL)
    return FALSE;

  for (guint i = 0; i < links->len; i++)
    {
      const AnnalsLink *link = links->pdata[i];

      if (link->relation == relation && link->from->kind == from->kind && link->from->id == from->id &&
          link->to->kind == to->kind && link->to->id == to->id)
        *has = TRUE;
    }

  return TRUE;
}

static gboolean
take_link (Apply                   *self,
           AnnalsDb                *db,
           const AnnalsRecordLink  *link,
           GError                 **error)
{
  const End *from = g_hash_table_lookup (self->ends, link->from);
  const End *to = g_hash_table_lookup (self->ends, link->to);
  const AnnalsOrigin origin = { .uid = link->uid };
  g_autoptr(GError) failure = NULL;
  gboolean has = FALSE;
  gint64 id = 0;

  if ((link->uid != NULL && !annals_db_find_uid (db, ANNALS_RECORD_LINK, link->uid, &id, error)) ||
      (id == 0 && from != NULL && to != NULL && !has_link (db, from, to, link->relation, &has, error)))
    return FALSE;
  if (id != 0 || has)
    {
      self->mark.n_unchanged++;
      return TRUE;
    }

  if (from == NULL || to == NULL)
    {
      annals_records_take_skipped (self->records, ANNALS_ISSUE_REMAINDER, link->place,
                                   g_strdup (_("One end of the link is not in the notebook")), link->note);
      return TRUE;
    }

  if (!annals_db_add_link (db, from->kind, from->id, link->relation, to->kind, to->id, link->note, &id, &failure))
    return skip_invalid (self, link->place, link->note, g_steal_pointer (&failure), error);

  self->mark.n_new++;
  return link->uid == NULL || annals_db_set_origin (db, ANNALS_RECORD_LINK, id, &origin, error);
}

static gboolean
take_event (Apply                    *self,
            AnnalsDb                 *db,
            const AnnalsRecordEvent  *event,
            gint64                    timeline_id,
            GError                  **error)
{
  g_autoptr(GError) failure = NULL;
  gint64 lane_id = 0;
  gint64 id;

  if ((*event->lane != '\0' && !annals_db_ensure_lane (db, timeline_id, event->lane, NULL, &lane_id, &failure)) ||
      !annals_db_add_event (db, timeline_id, lane_id, event->date, event->title, event->account, &id, &failure))
    return skip_invalid (self, event->place, event->title, g_steal_pointer (&failure), error);

  self->mark.n_new++;
  return TRUE;
}

static gboolean
take_timeline (Apply         *self,
               AnnalsDb      *db,
               GCancellable  *cancellable,
               GError       **error)
{
  gint64 id;

  if (self->records->timeline == NULL)
    return TRUE;

  if (!annals_db_add_timeline (db, *self->records->timeline != '\0' ? self->records->timeline : _("Untitled"),
                               self->records->description != NULL ? self->records->description : "", NULL, "", &id,
                               error))
    return FALSE;

  for (guint i = 0; i < self->records->events->len; i++)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !take_event (self, db, self->records->events->pdata[i], id, error))
      return FALSE;

  return TRUE;
}

/* --- all of it --- */

/* In the one door. */
static gboolean
along_cb (AnnalsDb      *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Apply *self = data;
  AnnalsRecords *records = self->records;

  if (!take_codes (self, db, error) || !tag_sources (self, db, error))
    return FALSE;

  for (guint i = 0; i < records->notes->len; i++)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !take_note (self, db, records->notes->pdata[i], error))
      return FALSE;
  for (guint i = 0; i < records->memos->len; i++)
    if (!take_memo (self, db, records->memos->pdata[i], error))
      return FALSE;
  for (guint i = 0; i < records->links->len; i++)
    if (!take_link (self, db, records->links->pdata[i], error))
      return FALSE;

  return take_timeline (self, db, cancellable, error);
}

static gboolean
write_issues (AnnalsRecords  *records,
              AnnalsDb       *db,
              gint64          import_id,
              GError        **error)
{
  for (guint i = 0; i < records->issues->len; i++)
    if (!annals_db_add_issue (db, import_id, records->issues->pdata[i], error))
      return FALSE;

  return TRUE;
}

static gboolean
store (AnnalsRecordsStore  *self,
       Apply               *apply,
       AnnalsDb            *db,
       GCancellable        *cancellable,
       GError             **error)
{
  guint n_records = annals_records_count (self->records) + self->records->n_skipped;
  double seconds;
  gint64 import_id, file_id;

  if (!annals_db_begin_import (db, self->path, self->records->name, self->format, "", self->options, &import_id,
                               error) ||
      !annals_placer_find_texts (apply->placer, error) ||
      !annals_db_begin_import_file (db, import_id, self->records->name, self->format, &file_id, error) ||
      !take_sources (apply, db, import_id, file_id, cancellable, error) ||
      !annals_db_end_import_file (db, file_id, self->size, self->sha256, error))
    return FALSE;

  seconds = (double) (g_get_monotonic_time () - self->started) / G_USEC_PER_SEC;
  if (!annals_db_finish_import_with (db, import_id, self->sha256, self->size, &apply->mark, seconds, along_cb, apply,
                                     error))
    return FALSE;

  apply->mark.n_read = n_records;
  apply->mark.n_skipped = self->records->n_skipped;

  return write_issues (self->records, db, import_id, error) &&
         annals_db_count_import (db, import_id, &apply->mark, error) &&
         (self->result = annals_db_load_import (db, import_id, error)) != NULL;
}

gboolean
annals_records_store_cb (AnnalsDb      *db,
                         gpointer       data,
                         GCancellable  *cancellable,
                         GError       **error)
{
  AnnalsRecordsStore *self = data;
  Apply apply = { .records = self->records };
  gboolean ok;

  apply.placer = annals_placer_new (db, self->records);
  apply.source_posts = g_array_new (FALSE, FALSE, sizeof (gint64));
  apply.tag_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  apply.ends = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  ok = store (self, &apply, db, cancellable, error);
  annals_placer_free (apply.placer);
  g_array_unref (apply.source_posts);
  g_array_unref (apply.tag_ids);
  g_hash_table_unref (apply.ends);

  return ok;
}
