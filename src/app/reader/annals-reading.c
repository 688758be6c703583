/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-reading.h"

#include "annals-collation.h"
#include "annals-colour-names.h"
#include "annals-colours.h"
#include "annals-language.h"

/* Pictures of a post that are shown, and their bytes. */
#define MAX_PICTURES 500
#define MAX_PICTURE_BYTES (96 * 1024 * 1024)

/* Other posts with the same text that the header names. */
#define MAX_SAME 5

static void
annals_citing_free (AnnalsCiting *self)
{
  g_free (self->title);
  g_free (self->timeline);
  g_free (self->colour);
  g_clear_pointer (&self->annotation_ids, g_array_unref);
  g_free (self);
}

static void
annals_reading_clear (gpointer data)
{
  AnnalsReading *self = data;

  g_clear_pointer (&self->post, annals_post_free);
  g_clear_pointer (&self->language, g_free);
  g_clear_pointer (&self->text, annals_text_unref);
  g_clear_pointer (&self->annotations, g_ptr_array_unref);
  g_clear_pointer (&self->citings, g_ptr_array_unref);
  g_clear_pointer (&self->same, g_ptr_array_unref);
  g_clear_pointer (&self->links, g_ptr_array_unref);
  g_clear_pointer (&self->tags_by_name, g_hash_table_unref);
  g_clear_pointer (&self->tags, g_ptr_array_unref);
  g_clear_pointer (&self->colour_names, g_hash_table_unref);
  g_clear_pointer (&self->pictures, g_hash_table_unref);
  g_clear_pointer (&self->hits, g_array_unref);
  g_clear_pointer (&self->hits_error, g_free);
}

AnnalsReading *
annals_reading_ref (AnnalsReading *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
annals_reading_unref (AnnalsReading *self)
{
  g_atomic_rc_box_release_full (self, annals_reading_clear);
}

AnnalsAnnotation *
annals_reading_find_annotation (AnnalsReading *self,
                                gint64         id)
{
  for (guint i = 0; i < self->annotations->len; i++)
    {
      AnnalsAnnotation *annotation = g_ptr_array_index (self->annotations, i);

      if (annotation->id == id)
        return annotation;
    }

  return NULL;
}

const char *
annals_reading_get_meaning (AnnalsReading *self,
                            const char    *colour)
{
  const char *name = self != NULL ? g_hash_table_lookup (self->colour_names, colour) : NULL;

  return name != NULL ? name : annals_colours_get_meaning (colour);
}

AnnalsTag *
annals_reading_find_tag (AnnalsReading *self,
                         const char    *name)
{
  return g_hash_table_lookup (self->tags_by_name, name);
}

static gboolean
load_tags (AnnalsDb       *db,
           AnnalsReading  *self,
           GError        **error)
{
  if (!(self->tags = annals_db_list_tags (db, error)))
    return FALSE;

  for (guint i = 0; i < self->tags->len; i++)
    {
      AnnalsTag *tag = g_ptr_array_index (self->tags, i);

      g_hash_table_insert (self->tags_by_name, tag->name, tag);
    }

  return TRUE;
}

static gboolean
load_citing (AnnalsDb      *db,
             AnnalsReading *self,
             GHashTable    *timelines,
             gint64         event_id,
             gint64         timeline_id,
             GError       **error)
{
  g_autoptr(AnnalsEvent) event = annals_db_load_event (db, event_id, timeline_id, error);
  AnnalsTimeline *timeline = g_hash_table_lookup (timelines, &timeline_id);
  AnnalsCiting *citing;

  if (event == NULL)
    return FALSE;

  if (timeline == NULL && timeline_id != 0)
    {
      if (!(timeline = annals_db_load_timeline (db, timeline_id, error)))
        return FALSE;
      g_hash_table_insert (timelines, &timeline->id, timeline);
    }

  citing = g_new0 (AnnalsCiting, 1);
  citing->event_id = event_id;
  citing->timeline_id = timeline_id;
  citing->title = g_strdup (event->title);
  citing->timeline = g_strdup (timeline != NULL ? timeline->title : "");
  citing->colour = timeline != NULL ? g_strdup (timeline->colour) : NULL;
  citing->annotation_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_ptr_array_add (self->citings, citing);

  for (guint i = 0; i < event->evidence->len; i++)
    {
      AnnalsEvidence *evidence = g_ptr_array_index (event->evidence, i);

      if (evidence->post_id == self->post->id)
        g_array_append_val (citing->annotation_ids, evidence->annotation_id);
    }

  return TRUE;
}

/* As their reader looks for them: a file keeps an order that is everybody's. */
static void
sort_tags (AnnalsReading *self)
{
  annals_collate_names (self->post->tags, self->post->tag_colours);
  for (guint i = 0; i < self->annotations->len; i++)
    annals_collate_names (((AnnalsAnnotation *) g_ptr_array_index (self->annotations, i))->tags, NULL);
}

static gboolean
load_citings (AnnalsDb       *db,
              AnnalsReading  *self,
              GError        **error)
{
  g_autoptr(GArray) timeline_ids = NULL;
  g_autoptr(GArray) ids = annals_db_list_events_of_post (db, self->post->id, &timeline_ids, error);
  g_autoptr(GHashTable) timelines = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL,
                                                           (GDestroyNotify) annals_timeline_free);

  if (ids == NULL)
    return FALSE;

  for (guint i = 0; i < ids->len; i++)
    if (!load_citing (db, self, timelines, g_array_index (ids, gint64, i),
                      g_array_index (timeline_ids, gint64, i), error))
      return FALSE;

  return TRUE;
}

static gboolean
load_same (AnnalsDb       *db,
           AnnalsReading  *self,
           GError        **error)
{
  g_autoptr(GArray) ids = annals_db_list_same_text (db, self->post->id, error);

  return ids != NULL &&
         (self->same = annals_db_load_posts (db, (const gint64 *) (gpointer) ids->data, MIN (ids->len, MAX_SAME),
                                             error)) != NULL;
}

static gboolean
load_pictures (AnnalsDb       *db,
               AnnalsReading  *self,
               GError        **error)
{
  const AnnalsSpan *spans;
  guint n_spans, n_pictures = 0;
  gsize total = 0;

  self->pictures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  spans = annals_text_get_spans (self->text, &n_spans);
  for (guint i = 0; i < n_spans && n_pictures < MAX_PICTURES && total < MAX_PICTURE_BYTES; i++)
    {
      const char *address = spans[i].value;
      g_autoptr(GError) failure = NULL;
      GBytes *bytes;

      if (spans[i].kind != ANNALS_SPAN_IMAGE || address == NULL || *address == '\0' ||
          g_hash_table_contains (self->pictures, address))
        continue;

      n_pictures++;
      bytes = annals_db_load_picture (db, self->post->revision_id, address, NULL, &failure);
      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      if (bytes != NULL)
        {
          total += g_bytes_get_size (bytes);
          g_hash_table_insert (self->pictures, g_strdup (address), bytes);
        }
    }

  return TRUE;
}

/* A search whose words cannot be marked is no reason not to show the post. */
/* Notes whose passage was not found again are beside no passage: they stand above the others. */
static void
lift_unplaced (GPtrArray *annotations)
{
  guint n = 0;

  for (guint i = 0; i < annotations->len; i++)
    {
      AnnalsAnnotation *annotation = annotations->pdata[i];

      if (!g_str_equal (annotation->state, "review"))
        continue;

      annotation->selector.start = annotation->selector.end = 0;
      g_ptr_array_steal_index (annotations, i);
      g_ptr_array_insert (annotations, n++, annotation);
    }
}

static gboolean
load_hits (AnnalsDb       *db,
           AnnalsReading  *self,
           const char     *match,
           GError        **error)
{
  g_autoptr(GError) hits_error = NULL;
  g_autoptr(GArray) ranges = annals_db_match_in_post (db, self->post->id, match, &hits_error);

  if (g_error_matches (hits_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&hits_error));
      return FALSE;
    }

  if (ranges == NULL)
    {
      self->hits_error = g_strdup (hits_error->message);
      return TRUE;
    }

  for (guint i = 0; i + 1 < ranges->len * g_array_get_element_size (ranges) / sizeof (guint);
       i += 2)
    {
      const guint *range = (const guint *) (gpointer) ranges->data + i;
      AnnalsHit hit = { annals_text_get_offset (self->text, range[0]),
                        annals_text_get_offset (self->text, range[1]) };

      if (hit.start < hit.end)
        g_array_append_val (self->hits, hit);
    }

  return TRUE;
}

const AnnalsLink *
annals_reading_find_link (AnnalsReading *self,
                          gint64         id)
{
  for (guint i = 0; i < self->links->len; i++)
    {
      const AnnalsLink *link = g_ptr_array_index (self->links, i);

      if (link->id == id)
        return link;
    }

  return NULL;
}

void
annals_reading_job_free (AnnalsReadingJob *self)
{
  g_clear_pointer (&self->reading, annals_reading_unref);
  g_clear_pointer (&self->known_text, annals_text_unref);
  g_clear_pointer (&self->known_pictures, g_hash_table_unref);
  g_free (self->match);
  g_free (self);
}

static AnnalsReading *
annals_reading_new (void)
{
  AnnalsReading *self = g_atomic_rc_box_new0 (AnnalsReading);

  self->citings = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_citing_free);
  self->tags_by_name = g_hash_table_new (g_str_hash, g_str_equal);
  self->hits = g_array_new (FALSE, FALSE, sizeof (AnnalsHit));

  return self;
}

gboolean
annals_reading_load (AnnalsDb      *db,
                     gpointer       data,
                     GCancellable  *cancellable,
                     GError       **error)
{
  AnnalsReadingJob *job = data;
  g_autoptr(AnnalsReading) self = annals_reading_new ();

  if (!(self->post = annals_db_load_post (db, job->post_id, error)))
    return FALSE;

  if (self->post->language != NULL && *self->post->language != '\0')
    self->language = annals_language_dup_name (self->post->language);

  if (job->known_text != NULL && job->known_revision == self->post->revision_id)
    {
      self->text = annals_text_ref (job->known_text);
      self->pictures = g_hash_table_ref (job->known_pictures);
    }
  else if (!(self->text = annals_db_load_text (db, job->post_id, 0, error)) ||
           !load_pictures (db, self, error))
    return FALSE;

  if (!(self->colour_names = annals_db_list_colour_names (db, error)) ||
      !(self->annotations = annals_db_list_annotations (db, job->post_id, error)))
    return FALSE;

  lift_unplaced (self->annotations);
  sort_tags (self);
  if (!load_tags (db, self, error) ||
      !load_citings (db, self, error) ||
      !load_same (db, self, error) ||
      !(self->links = annals_db_list_links_of_notes (db, job->post_id, error)) ||
      (job->match != NULL && !load_hits (db, self, job->match, error)))
    return FALSE;

  job->reading = g_steal_pointer (&self);

  return TRUE;
}
