/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-records-place.h"

#include <string.h>

#include "annals-draft.h"
#include "annals-foreign-records.h"

/* A passage of so many characters, with what stands around it, tells a post among all. */
#define MIN_WORDS 24
/* So much of it is asked of the index. */
#define MAX_ASKED 80
/* More posts with these words are not looked at one by one. */
#define MAX_CANDIDATES 20

struct _AnnalsPlacer
{
  AnnalsDb      *db;         /* borrowed */
  GPtrArray     *files;      /* (element type AnnalsRecords) */
  GHashTable    *texts;      /* SHA-256 → GArray of post ids */
  gint64         post_id;    /* whose text is at hand; 0: none */
  AnnalsText    *text;
  AnnalsAnchor  *anchor;
};

AnnalsPlacer *
annals_placer_new (GPtrArray *files)
{
  AnnalsPlacer *self = g_new0 (AnnalsPlacer, 1);

  self->files = g_ptr_array_ref (files);
  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);

  return self;
}

static void
forget_text (AnnalsPlacer *self)
{
  g_clear_pointer (&self->anchor, annals_anchor_free);
  g_clear_pointer (&self->text, annals_text_unref);
  self->post_id = 0;
}

void
annals_placer_free (AnnalsPlacer *self)
{
  if (self == NULL)
    return;

  forget_text (self);
  g_ptr_array_unref (self->files);
  g_hash_table_unref (self->texts);
  g_free (self);
}

void
annals_placer_use (AnnalsPlacer *self,
                   AnnalsDb     *db)
{
  g_return_if_fail (self != NULL && db != NULL);

  forget_text (self);
  self->db = db;
}

/* --- posts --- */

static void
want_text (AnnalsPlacer *self,
           const char   *sha256)
{
  if (sha256 != NULL && !g_hash_table_contains (self->texts, sha256))
    g_hash_table_insert (self->texts, g_strdup (sha256), g_array_new (FALSE, FALSE, sizeof (gint64)));
}

static void
want_texts (AnnalsPlacer  *self,
            AnnalsRecords *records)
{
  for (guint i = 0; i < records->sources->len; i++)
    {
      const AnnalsRecordSource *source = records->sources->pdata[i];

      /* every text without words is the same */
      if (annals_text_get_length (source->text) > 0)
        want_text (self, annals_text_get_sha256 (source->text));
    }
  for (guint i = 0; i < records->notes->len; i++)
    want_text (self, ((const AnnalsRecordNote *) records->notes->pdata[i])->sha256);
}

gboolean
annals_placer_find_texts (AnnalsPlacer  *self,
                          GError       **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  g_hash_table_remove_all (self->texts);
  for (guint i = 0; i < self->files->len; i++)
    want_texts (self, self->files->pdata[i]);

  return annals_db_find_texts (self->db, self->texts, error);
}

/* Of several posts with one text the one of that title (nullable), else the first. */
static gboolean
choose_by_text (AnnalsPlacer  *self,
                const char    *sha256,
                const char    *title,
                gint64        *post_id,
                GError       **error)
{
  GArray *ids = sha256 != NULL ? g_hash_table_lookup (self->texts, sha256) : NULL;

  if (ids == NULL || ids->len == 0)
    return TRUE;

  *post_id = g_array_index (ids, gint64, 0);
  for (guint i = 0; title != NULL && ids->len > 1 && i < MIN (ids->len, MAX_CANDIDATES); i++)
    {
      g_autoptr(AnnalsPost) post = annals_db_load_post (self->db, g_array_index (ids, gint64, i), error);

      if (post == NULL)
        return FALSE;
      if (!g_str_equal (post->title, title))
        continue;
      *post_id = post->id;
      return TRUE;
    }

  return TRUE;
}

static gboolean
find_by_address (AnnalsPlacer  *self,
                 const char    *url,
                 gint64        *post_id,
                 GError       **error)
{
  g_autofree char *canonical = url != NULL && *url != '\0' ? annals_draft_canonical_url (url) : NULL;

  return *post_id != 0 || canonical == NULL || annals_db_find_post_identity (self->db, canonical, post_id, error);
}

static gboolean
find_by_uid (AnnalsPlacer  *self,
             const char    *uid,
             gint64        *post_id,
             GError       **error)
{
  g_autofree char *identity = uid != NULL ? g_strconcat ("urn:uuid:", uid, NULL) : NULL;

  if (*post_id != 0 || uid == NULL)
    return TRUE;

  return annals_db_find_uid (self->db, ANNALS_RECORD_POST, uid, post_id, error) &&
         (*post_id != 0 || annals_db_find_post_identity (self->db, identity, post_id, error));
}

gboolean
annals_placer_find_source (AnnalsPlacer              *self,
                           const AnnalsRecordSource  *source,
                           gint64                    *post_id,
                           GError                   **error)
{
  g_return_val_if_fail (self != NULL && source != NULL && post_id != NULL, FALSE);

  *post_id = 0;

  return find_by_uid (self, source->uid, post_id, error) &&
         find_by_address (self, source->url, post_id, error) &&
         (*post_id != 0 ||
          choose_by_text (self, annals_text_get_sha256 (source->text), source->title, post_id, error));
}

/* --- passages --- */

static gboolean
load_text (AnnalsPlacer  *self,
           gint64         post_id,
           GError       **error)
{
  if (self->post_id == post_id)
    return TRUE;

  forget_text (self);
  if (!(self->text = annals_db_load_text (self->db, post_id, 0, error)))
    return FALSE;

  self->post_id = post_id;
  return TRUE;
}

/* Offsets count only in the very text that they were taken from. */
static gboolean
is_at (AnnalsText             *text,
       const AnnalsRecordNote *note)
{
  const AnnalsSelector *selector = &note->selector;
  g_autofree char *slice = NULL;

  if (!note->has_position || selector->start >= selector->end || selector->end > annals_text_get_length (text))
    return FALSE;
  if (selector->exact == NULL)
    return TRUE;

  slice = annals_text_dup_slice (text, selector->start, selector->end);
  return g_str_equal (slice, selector->exact);
}

/* The passage by its words in the text at hand. */
static void
find_words (AnnalsPlacer           *self,
            const AnnalsRecordNote *note,
            AnnalsPlace            *place)
{
  static char none[] = "";
  const char *exact = note->selector.exact;
  AnnalsSelector selector = note->selector;
  AnnalsAnchorMatch match;

  if (exact == NULL || *exact == '\0')
    return;

  if (selector.prefix == NULL)
    selector.prefix = none;
  if (selector.suffix == NULL)
    selector.suffix = none;
  if (self->anchor == NULL)
    self->anchor = annals_anchor_new (self->text, NULL);

  match = annals_anchor_find (self->anchor, &selector);
  if (match.state != ANNALS_ANCHOR_REVIEW && match.start < match.end)
    {
      place->start = match.start;
      place->end = match.end;
    }
  else if (annals_text_count (self->text, exact) == 1)
    annals_text_find (self->text, exact, 1, &place->start, &place->end);
}

/* In a revision of the post that has since become another, for review. */
static gboolean
find_in_revision (AnnalsPlacer            *self,
                  const AnnalsRecordNote  *note,
                  const char              *sha256,
                  AnnalsPlace             *place,
                  GError                 **error)
{
  g_autoptr(AnnalsText) text = NULL;
  gint64 revision_id;

  if (sha256 == NULL || !annals_db_find_revision (self->db, place->post_id, sha256, &revision_id, error))
    return sha256 == NULL;
  if (revision_id == 0)
    return TRUE;
  if (!(text = annals_db_load_text (self->db, place->post_id, revision_id, error)))
    return FALSE;
  if (!is_at (text, note))
    return TRUE;

  place->revision_id = revision_id;
  place->start = note->selector.start;
  place->end = note->selector.end;
  return TRUE;
}

/* Eight bytes of it are enough to know it by. */
static guint64
get_stamp (AnnalsText *text)
{
  char digits[17];

  g_strlcpy (digits, annals_text_get_sha256 (text), sizeof digits);

  return g_ascii_strtoull (digits, NULL, 16);
}

static const AnnalsRecordSource *
get_source (AnnalsRecords          *records,
            const AnnalsRecordNote *note)
{
  return note->source >= 0 ? records->sources->pdata[note->source] : NULL;
}

static const char *
get_sha256 (AnnalsRecords          *records,
            const AnnalsRecordNote *note)
{
  const AnnalsRecordSource *source = get_source (records, note);

  if (source == NULL)
    return note->sha256;

  return source->canonical ? annals_text_get_sha256 (source->text) : NULL;
}

static gboolean
find_passage (AnnalsPlacer            *self,
              AnnalsRecords           *records,
              const AnnalsRecordNote  *note,
              AnnalsPlace             *place,
              GError                 **error)
{
  const char *sha256 = get_sha256 (records, note);

  if (!load_text (self, place->post_id, error))
    return FALSE;

  place->text = get_stamp (self->text);
  if (g_strcmp0 (sha256, annals_text_get_sha256 (self->text)) == 0 && is_at (self->text, note))
    {
      place->start = note->selector.start;
      place->end = note->selector.end;
      return TRUE;
    }

  find_words (self, note, place);

  return place->end != 0 || find_in_revision (self, note, sha256, place, error);
}

/* --- a post by a passage in it --- */

/* The words of the passage as a phrase of FTS5, up to a space where it is long. */
static char *
dup_phrase (const char *exact)
{
  g_autofree char *line = annals_text_normalize_line (exact, -1);
  g_autofree char *start = g_utf8_substring (line, 0, MIN (g_utf8_strlen (line, -1), MAX_ASKED));
  g_auto(GStrv) pieces = NULL;
  g_autofree char *doubled = NULL;
  char *space = strrchr (start, ' ');

  if (strlen (start) < strlen (line) && space != NULL)
    *space = '\0';
  pieces = g_strsplit (start, "\"", -1);
  doubled = g_strjoinv ("\"\"", pieces);

  return g_strdup_printf ("\"%s\"", doubled);
}

/* A post with an address of its own is another one than that of another address. */
static gboolean
may_be (AnnalsPlacer            *self,
        const AnnalsRecordNote  *note,
        gint64                   post_id,
        gboolean                *may,
        GError                 **error)
{
  g_autoptr(AnnalsPost) post = annals_db_load_post (self->db, post_id, error);

  if (post == NULL)
    return FALSE;

  *may = note->url == NULL || *post->url == '\0';
  return TRUE;
}

static gboolean
find_by_words (AnnalsPlacer            *self,
               const AnnalsRecordNote  *note,
               AnnalsPlace             *place,
               GError                 **error)
{
  const char *exact = note->selector.exact;
  g_autofree char *phrase = exact != NULL && g_utf8_strlen (exact, -1) >= MIN_WORDS ? dup_phrase (exact) : NULL;
  g_autoptr(GArray) ids = NULL;
  g_autoptr(GError) failure = NULL;
  AnnalsPlace found = { 0 };
  guint n = 0;

  if (phrase == NULL)
    return TRUE;
  ids = annals_db_list_posts (self->db, ANNALS_SCOPE_ALL, 0, phrase, ANNALS_ORDER_PLACE, &failure);
  if (g_error_matches (failure, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_INVALID))
    return TRUE;   /* nothing in it that could be looked for */
  if (ids == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (ids->len > MAX_CANDIDATES)
    return TRUE;

  for (guint i = 0; i < ids->len; i++)
    {
      AnnalsPlace candidate = { .post_id = g_array_index (ids, gint64, i), .by_words = TRUE };
      gboolean may;

      if (!may_be (self, note, candidate.post_id, &may, error) ||
          (may && !load_text (self, candidate.post_id, error)))
        return FALSE;
      if (!may)
        continue;
      candidate.text = get_stamp (self->text);
      find_words (self, note, &candidate);
      if (candidate.end != 0 && n++ == 0)
        found = candidate;
    }

  if (n == 1)
    *place = found;
  return TRUE;
}

gboolean
annals_placer_find_note (AnnalsPlacer            *self,
                         AnnalsRecords           *records,
                         const AnnalsRecordNote  *note,
                         AnnalsPlace             *place,
                         GError                 **error)
{
  const AnnalsRecordSource *source;

  g_return_val_if_fail (self != NULL && records != NULL && note != NULL && place != NULL, FALSE);

  source = get_source (records, note);
  *place = (AnnalsPlace) { .post_id = source != NULL ? source->post_id : 0 };
  if (source == NULL &&
      !(find_by_uid (self, note->post_uid, &place->post_id, error) &&
        find_by_address (self, note->url, &place->post_id, error) &&
        (place->post_id != 0 || choose_by_text (self, note->sha256, NULL, &place->post_id, error))))
    return FALSE;

  if (note->whole)
    return TRUE;
  if (place->post_id != 0)
    return find_passage (self, records, note, place, error);

  return find_by_words (self, note, place, error);
}

AnnalsText *
annals_placer_get_text (AnnalsPlacer       *self,
                        const AnnalsPlace  *place,
                        gboolean           *same,
                        GError            **error)
{
  g_return_val_if_fail (self != NULL && place != NULL && same != NULL, NULL);

  if (!load_text (self, place->post_id, error))
    return NULL;

  *same = get_stamp (self->text) == place->text;
  return self->text;
}
