/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-work-document.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "annals-date.h"
#include "annals-draft.h"
#include "annals-foreign-posts.h"
#include "annals-foreign-records.h"
#include "annals-importer.h"
#include "annals-json-loose.h"
#include "annals-json-pull.h"
#include "annals-limits.h"
#include "annals-notebook-document.h"
#include "annals-palette.h"
#include "annals-posts.h"
#include "annals-work-passages.h"

typedef struct
{
  char       *name;        /* of the file */
  JsonObject *root;        /* borrowed from @parser */
  JsonParser *parser;
  gint64      exported;    /* microseconds */
  GPtrArray  *posts;       /* (element type AnnalsForeignPost) */
  GHashTable *post_of;     /* uid → AnnalsForeignPost */
  GPtrArray  *entries;     /* (element type AnnalsEntry) in the order of sections */
  GHashTable *tags;        /* names that have their entry */
  GPtrArray  *notes;       /* (element type AnnalsEntry) of annotations, that may come before what uses them */
  GHashTable *note_uids;
  GPtrArray  *remarks;     /* (element type char *) */
  guint       next;        /* of @entries */
} Document;

static void
document_clear (Document *self)
{
  g_free (self->name);
  g_clear_object (&self->parser);
  g_clear_pointer (&self->post_of, g_hash_table_unref);
  g_clear_pointer (&self->posts, g_ptr_array_unref);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->tags, g_hash_table_unref);
  g_clear_pointer (&self->note_uids, g_hash_table_unref);
  g_clear_pointer (&self->notes, g_ptr_array_unref);
  g_clear_pointer (&self->remarks, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Document, document_clear)

static void
remark (Document   *self,
        const char *format,
        ...) G_GNUC_PRINTF (2, 3);

static void
remark (Document   *self,
        const char *format,
        ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (self->remarks, g_strdup_vprintf (format, args));
  va_end (args);
}

/* --- entries --- */

static void
set_written (AnnalsEntry *entry,
             gint64       created,
             gint64       modified,
             const char  *author)
{
  annals_entry_set_number (entry, "created", created);
  annals_entry_set_number (entry, "modified", modified);
  annals_entry_set_text (entry, "author", author);
}

/* Of what has no times in a document: as it was when that was written. */
static void
set_exported (Document    *self,
              AnnalsEntry *entry)
{
  set_written (entry, self->exported, self->exported, "");
  annals_entry_leave_unsaid (entry, "created");
  annals_entry_leave_unsaid (entry, "modified");
}

static void
take_written (Document    *self,
              AnnalsEntry *entry,
              JsonObject  *object)
{
  set_written (entry, annals_loose_get_time (object, "created", self->exported),
               annals_loose_get_time (object, "modified", self->exported), annals_loose_get_text (object, "author"));
  if (!json_object_has_member (object, "modified"))
    annals_entry_leave_unsaid (entry, "modified");
}

static void
set_texts (AnnalsEntry        *entry,
           JsonObject         *object,
           const char * const *members)
{
  for (; *members != NULL; members++)
    {
      annals_entry_set_text (entry, *members, annals_loose_get_text (object, *members));
      if (!json_object_has_member (object, *members))
        annals_entry_leave_unsaid (entry, *members);
    }
}

static GPtrArray *
parts_of (AnnalsEntry *entry,
          const char  *member)
{
  AnnalsEntryValue *value = annals_entry_get (entry, member);

  if (value->parts == NULL)
    value->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_entry_free);

  return value->parts;
}

/* Tags have names in these documents; one of that name here is the one. */
static void
take_tags (Document        *self,
           JsonObject      *object,
           AnnalsEntry     *entry,
           AnnalsEntryKind  kind)
{
  for (guint i = 0; i < annals_loose_count (object, "tags"); i++)
    {
      JsonNode *node = json_array_get_element (json_object_get_array_member (object, "tags"), i);
      const char *name = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
      g_autofree char *uid = NULL;
      AnnalsEntry *part;

      if (name == NULL || *name == '\0')
        continue;

      uid = annals_foreign_dup_uid ("tag", name);
      if (g_hash_table_add (self->tags, g_strdup (name)))
        {
          AnnalsEntry *tag = annals_entry_new (ANNALS_ENTRY_TAG);

          annals_entry_set_text (tag, "uid", uid);
          annals_entry_set_text (tag, "name", name);
          annals_entry_set_text (tag, "parent", NULL);
          annals_entry_set_text (tag, "colour", annals_palette_pick (self->entries->len)->name);
          set_exported (self, tag);
          tag->is_mention = TRUE;
          g_ptr_array_add (self->entries, tag);
        }

      part = annals_entry_new (kind);
      annals_entry_set_text (part, "tag", uid);
      annals_entry_set_number (part, "created", self->exported);
      annals_entry_leave_unsaid (part, "created");
      g_ptr_array_add (parts_of (entry, "tags"), part);
    }
}

/* --- posts --- */

static AnnalsForeignPost *
ensure_post (Document   *self,
             const char *uid)
{
  AnnalsForeignPost *post = g_hash_table_lookup (self->post_of, uid);

  if (post == NULL)
    {
      post = annals_foreign_post_new (uid);
      g_ptr_array_add (self->posts, post);
      g_hash_table_insert (self->post_of, post->uid, post);
    }

  return post;
}

static void
list_posts (Document *self)
{
  for (guint i = 0; i < annals_loose_count (self->root, "posts"); i++)
    {
      JsonObject *object = annals_loose_get_element (self->root, "posts", i);
      AnnalsForeignPost *post;

      if (object == NULL || *annals_loose_get_text (object, "uid") == '\0')
        continue;

      post = ensure_post (self, annals_loose_get_text (object, "uid"));
      g_free (post->sha256);
      g_free (post->address);
      g_free (post->title);
      post->sha256 = g_strdup (annals_loose_get_text (object, "sha256"));
      post->address = annals_draft_canonical_url (annals_loose_get_text (object, "url"));
      post->title = g_strdup (annals_loose_get_text (object, "title"));
    }

  for (guint i = 0; i < annals_loose_count (self->root, "annotations"); i++)
    {
      JsonObject *object = annals_loose_get_element (self->root, "annotations", i);

      if (object != NULL && *annals_loose_get_text (object, "post") != '\0')
        {
          AnnalsForeignPost *post = ensure_post (self, annals_loose_get_text (object, "post"));

          g_free (post->title);
          post->title = g_strdup (annals_loose_get_text (object, "post_title"));
        }
    }
}

/* --- notes, whose passages are found afterwards --- */

/* An entry for a note; its place is found when the posts are. */
static AnnalsEntry *
add_note (Document                *self,
          const char              *uid,
          const AnnalsForeignPost *post)
{
  AnnalsEntry *entry = annals_entry_new (ANNALS_ENTRY_ANNOTATION);

  annals_entry_set_text (entry, "uid", uid);
  annals_entry_set_text (entry, "post", post->own_uid);
  annals_entry_set_text (entry, "revision", post->import_uid);
  annals_entry_get (entry, "moved")->is_null = TRUE;
  annals_entry_leave_unsaid (entry, "moved");
  annals_entry_leave_unsaid (entry, "was_quote");
  annals_entry_leave_unsaid (entry, "was_start");
  g_ptr_array_add (self->notes, entry);
  g_hash_table_add (self->note_uids, g_strdup (uid));

  return entry;
}

/* FALSE: its post is not here */
static const AnnalsForeignPost *
find_post (Document   *self,
           const char *uid,
           const char *what,
           guint       n)
{
  const AnnalsForeignPost *post = g_hash_table_lookup (self->post_of, uid);

  if (post != NULL && post->id != 0)
    return post;

  if (post != NULL && post->title != NULL && *post->title != '\0')
    /* Translators: a place in a file, such as “events[3]”, and the title of a post */
    remark (self, _("%s[%u]: left out, as the post “%s” is not in this notebook"), what, n, post->title);
  else
    remark (self, _("%s[%u]: left out, as the post %s is not in this notebook"), what, n, *uid != '\0' ? uid : "?");
  return NULL;
}

/* --- notes and memos --- */

static void
take_notes (Document *self)
{
  for (guint i = 0; i < annals_loose_count (self->root, "annotations"); i++)
    {
      JsonObject *object = annals_loose_get_element (self->root, "annotations", i);
      const char *uid = object != NULL ? annals_loose_get_uid (object) : NULL;
      const AnnalsForeignPost *post;
      AnnalsEntry *entry;
      const char *state;

      if (uid == NULL)
        {
          remark (self, _("annotations[%u]: left out, as it has no uid"), i);
          continue;
        }
      if (!(post = find_post (self, annals_loose_get_text (object, "post"), "annotations", i)))
        continue;

      entry = add_note (self, uid, post);
      set_texts (entry, object, (const char * const []) { "quote", "prefix", "suffix", "colour", "note", NULL });
      annals_entry_set_number (entry, "start", annals_loose_get_number (object, "start"));
      annals_entry_set_number (entry, "end", annals_loose_get_number (object, "end"));
      annals_entry_set_number (entry, "orphan", annals_loose_get_boolean (object, "orphan"));
      if (!json_object_has_member (object, "orphan"))
        annals_entry_leave_unsaid (entry, "orphan");
      state = annals_loose_get_text (object, "state");
      annals_entry_set_text (entry, "state", g_str_equal (state, "review") || g_str_equal (state, "moved")
                                             ? state : "anchored");
      take_written (self, entry, object);
      take_tags (self, object, entry, ANNALS_ENTRY_ANNOTATION_TAG);
    }
}

static void
take_memos (Document *self)
{
  for (guint i = 0; i < annals_loose_count (self->root, "memos"); i++)
    {
      JsonObject *object = annals_loose_get_element (self->root, "memos", i);
      const char *uid = object != NULL ? annals_loose_get_uid (object) : NULL;
      AnnalsEntry *entry;

      if (uid == NULL || *annals_loose_get_text (object, "title") == '\0')
        {
          remark (self, _("memos[%u]: left out, as it has no uid or no title"), i);
          continue;
        }

      entry = annals_entry_new (ANNALS_ENTRY_MEMO);
      annals_entry_set_text (entry, "uid", uid);
      set_texts (entry, object, (const char * const []) { "title", "text", NULL });
      take_written (self, entry, object);
      g_ptr_array_add (self->entries, entry);
    }
}

/* --- a timeline --- */

static gboolean
take_timeline (Document  *self,
               GError   **error)
{
  JsonObject *object = annals_loose_get_object (self->root, "timeline");
  const char *uid = object != NULL ? annals_loose_get_uid (object) : NULL;
  AnnalsEntry *entry;

  if (uid == NULL || *annals_loose_get_text (object, "title") == '\0')
    {
      g_set_error (error, ANNALS_IMPORT_ERROR, ANNALS_IMPORT_ERROR_DAMAGED,
                   _("“%s”: its “timeline” has no uid or no title"), self->name);
      return FALSE;
    }

  entry = annals_entry_new (ANNALS_ENTRY_TIMELINE);
  annals_entry_set_text (entry, "uid", uid);
  set_texts (entry, object, (const char * const []) { "title", "description", "colour", "rule", NULL });
  annals_entry_set_text (entry, "look", NULL);
  annals_entry_leave_unsaid (entry, "look");
  set_exported (self, entry);
  for (guint i = 0; i < annals_loose_count (object, "lanes"); i++)
    {
      JsonObject *lane = annals_loose_get_element (object, "lanes", i);
      AnnalsEntry *part;

      if (lane == NULL || annals_loose_get_uid (lane) == NULL || *annals_loose_get_text (lane, "name") == '\0')
        {
          remark (self, _("timeline.lanes[%u]: left out, as it has no uid or no name"), i);
          continue;
        }
      part = annals_entry_new (ANNALS_ENTRY_LANE);
      set_texts (part, lane, (const char * const []) { "uid", "name", "colour", NULL });
      annals_entry_set_number (part, "position", i);
      annals_entry_leave_unsaid (part, "hidden");
      set_exported (self, part);
      g_ptr_array_add (parts_of (entry, "lanes"), part);
    }
  g_ptr_array_add (self->entries, entry);

  return TRUE;
}

/* The passage that is cited, of which the document says no more than where it stands. */
static void
take_cited (Document                *self,
            JsonObject              *evidence,
            const char              *uid,
            const AnnalsForeignPost *post)
{
  JsonObject *quote = annals_loose_get_object (evidence, "quote");
  AnnalsEntry *entry;

  if (g_hash_table_contains (self->note_uids, uid))
    return;

  entry = add_note (self, uid, post);
  if (quote != NULL)
    {
      annals_entry_set_text (entry, "quote", annals_loose_get_text (quote, "exact"));
      set_texts (entry, quote, (const char * const []) { "prefix", "suffix", NULL });
      annals_entry_set_number (entry, "start", annals_loose_get_number (quote, "start"));
      annals_entry_set_number (entry, "end", annals_loose_get_number (quote, "end"));
    }
  annals_entry_set_text (entry, "colour", annals_palette_pick (0)->name);
  annals_entry_set_text (entry, "state", "anchored");
  set_exported (self, entry);
  entry->is_mention = TRUE;
}

static void
take_evidence (Document    *self,
               JsonObject  *event,
               guint        n,
               AnnalsEntry *entry)
{
  for (guint i = 0; i < annals_loose_count (event, "evidence"); i++)
    {
      JsonObject *object = annals_loose_get_element (event, "evidence", i);
      const AnnalsForeignPost *post =
        object != NULL ? find_post (self, annals_loose_get_text (object, "post"), "events", n) : NULL;
      const char *annotation;
      g_autofree char *identity = NULL;
      g_autofree char *uid = NULL;
      AnnalsEntry *part;

      if (post == NULL)
        continue;

      annotation = annals_loose_get_text (object, "annotation");
      if (!g_uuid_string_is_valid (annotation))
        annotation = NULL;
      else
        take_cited (self, object, annotation, post);

      identity = g_strdup_printf ("%s:%s:%s", annals_entry_get_text (entry, "uid"), post->own_uid,
                                  annotation != NULL ? annotation : "");
      uid = annals_foreign_dup_uid ("evidence", identity);
      part = annals_entry_new (ANNALS_ENTRY_EVIDENCE);
      annals_entry_set_text (part, "uid", uid);
      annals_entry_leave_unsaid (part, "uid");
      annals_entry_set_text (part, "post", post->own_uid);
      annals_entry_set_text (part, "annotation", annotation);
      annals_entry_set_text (part, "stance", g_str_equal (annals_loose_get_text (object, "stance"), "contradicts")
                                             ? "contradicts" : "supports");
      set_texts (part, object, (const char * const []) { "note", NULL });
      annals_entry_set_number (part, "position", i);
      set_exported (self, part);
      g_ptr_array_add (parts_of (entry, "evidence"), part);
    }
}

static void
take_events (Document *self)
{
  const char *timeline = annals_loose_get_text (annals_loose_get_object (self->root, "timeline"), "uid");

  for (guint i = 0; i < annals_loose_count (self->root, "events"); i++)
    {
      JsonObject *object = annals_loose_get_element (self->root, "events", i);
      const char *uid = object != NULL ? annals_loose_get_uid (object) : NULL;
      JsonObject *date = object != NULL ? annals_loose_get_object (object, "date") : NULL;
      const char *edtf = date != NULL ? annals_loose_get_text (date, "edtf") : "";
      g_autoptr(AnnalsDate) parsed = *edtf != '\0' ? annals_date_parse (edtf, NULL) : NULL;
      const char *lane;
      AnnalsEntry *entry, *place;

      if (uid == NULL || *annals_loose_get_text (object, "title") == '\0')
        {
          remark (self, _("events[%u]: left out, as it has no uid or no title"), i);
          continue;
        }
      if (parsed == NULL && *edtf != '\0')
        remark (self, _("events[%u]: undated, as “%s” is no date in EDTF"), i, edtf);

      entry = annals_entry_new (ANNALS_ENTRY_EVENT);
      annals_entry_set_text (entry, "uid", uid);
      annals_entry_set_text (entry, "date", parsed != NULL ? edtf : "");
      if (date == NULL || (parsed == NULL && *edtf != '\0'))
        annals_entry_leave_unsaid (entry, "date");
      set_texts (entry, object, (const char * const []) { "title", "account", NULL });
      set_exported (self, entry);

      lane = annals_loose_get_text (object, "lane");
      place = annals_entry_new (ANNALS_ENTRY_PLACE);
      annals_entry_set_text (place, "timeline", timeline);
      annals_entry_set_text (place, "lane", g_uuid_string_is_valid (lane) ? lane : NULL);
      if (!json_object_has_member (object, "lane"))
        annals_entry_leave_unsaid (place, "lane");
      g_ptr_array_add (parts_of (entry, "timelines"), place);
      take_tags (self, object, entry, ANNALS_ENTRY_EVENT_TAG);
      take_evidence (self, object, i, entry);
      g_ptr_array_add (self->entries, entry);
    }
}

/* --- the document --- */

static gboolean
fail (Document    *self,
      const char  *why,
      GError     **error)
{
  g_set_error (error, ANNALS_IMPORT_ERROR, ANNALS_IMPORT_ERROR_DAMAGED, "“%s”: %s", self->name, why);
  return FALSE;
}

/* Lists in lists in lists would be too deep for the parser below. */
static gboolean
check_depth (Document    *self,
             const char  *json,
             gsize        length,
             GError     **error)
{
  g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_data (json, (gssize) length, NULL);
  g_autoptr(AnnalsJsonPull) pull = annals_json_pull_new (stream);
  g_autoptr(GError) failure = NULL;
  AnnalsJsonToken token;

  while ((token = annals_json_pull_next (pull, &failure)) != ANNALS_JSON_TOKEN_END)
    if (token == ANNALS_JSON_TOKEN_ERROR)
      return fail (self, failure->message, error);

  return TRUE;
}

static gboolean
parse (Document    *self,
       const char  *path,
       GError     **error)
{
  g_autofree char *json = NULL;
  g_autoptr(GError) failure = NULL;
  GStatBuf info;
  JsonNode *root;
  gsize length;

  if (g_stat (path, &info) == 0 && info.st_size > ANNALS_LIMIT_RECORD_FILE)
    return fail (self, _("it is too large for a timeline or notes"), error);
  if (!g_file_get_contents (path, &json, &length, &failure))
    {
      g_set_error (error, ANNALS_IMPORT_ERROR, ANNALS_IMPORT_ERROR_UNREADABLE, "“%s”: %s", path, failure->message);
      return FALSE;
    }
  if (!check_depth (self, json, length, error))
    return FALSE;

  self->parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (self->parser, json, (gssize) length, &failure))
    return fail (self, failure->message, error);
  root = json_parser_get_root (self->parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return fail (self, _("it is no export of Annals"), error);

  self->root = json_node_get_object (root);
  if (annals_loose_get_number (self->root, "version") != 1)
    return fail (self, _("its version is not 1; a newer Annals may read it"), error);

  self->exported = annals_loose_get_time (self->root, "exported", 0);
  return TRUE;
}

static gboolean
find_posts_in_reader (AnnalsDb      *db,
                      gpointer       data,
                      GCancellable  *cancellable,
                      GError       **error)
{
  return annals_db_find_foreign_posts (db, ((Document *) data)->posts, error);
}

static gboolean
find_passages_in_reader (AnnalsDb      *db,
                         gpointer       data,
                         GCancellable  *cancellable,
                         GError       **error)
{
  Document *self = data;

  return annals_work_passages_find (self->notes, self->posts, db, cancellable, error);
}

static int
compare_kinds (gconstpointer a,
               gconstpointer b)
{
  const AnnalsEntry *x = *(AnnalsEntry * const *) a;
  const AnnalsEntry *y = *(AnnalsEntry * const *) b;

  return (int) x->kind - (int) y->kind;
}

static gboolean
build (Document        *self,
       AnnalsNotebook  *notebook,
       GCancellable    *cancellable,
       GError         **error)
{
  gboolean is_timeline = g_str_equal (annals_loose_get_text (self->root, "format"), "annals-timeline");

  list_posts (self);
  if (is_timeline)
    for (guint i = 0; i < annals_loose_count (self->root, "events"); i++)
      {
        JsonObject *event = annals_loose_get_element (self->root, "events", i);

        for (guint j = 0; event != NULL && j < annals_loose_count (event, "evidence"); j++)
          {
            JsonObject *evidence = annals_loose_get_element (event, "evidence", j);

            if (evidence != NULL && *annals_loose_get_text (evidence, "post") != '\0')
              ensure_post (self, annals_loose_get_text (evidence, "post"));
          }
      }

  if (!annals_notebook_read (notebook, find_posts_in_reader, self, cancellable, error))
    return FALSE;

  if (is_timeline && !take_timeline (self, error))
    return FALSE;
  if (is_timeline)
    take_events (self);
  take_notes (self);
  take_memos (self);
  if (!annals_notebook_read (notebook, find_passages_in_reader, self, cancellable, error))
    return FALSE;

  for (guint i = 0; i < self->notes->len; i++)
    g_ptr_array_add (self->entries, self->notes->pdata[i]);
  g_ptr_array_set_free_func (self->notes, NULL);
  g_ptr_array_sort (self->entries, compare_kinds);
  return TRUE;
}

static AnnalsEntry *
next_cb (gpointer   user_data,
         GError   **error)
{
  Document *self = user_data;

  return self->next < self->entries->len ? g_steal_pointer (&self->entries->pdata[self->next++]) : NULL;
}

static double
fraction_cb (gpointer user_data)
{
  const Document *self = user_data;

  return self->entries->len > 0 ? (double) self->next / self->entries->len : 1;
}

static void
free_entry (gpointer entry)
{
  if (entry != NULL)   /* that was not taken */
    annals_entry_free (entry);
}

AnnalsMergeResult *
annals_import_work_document (AnnalsNotebook       *notebook,
                             const char           *path,
                             AnnalsMergeProgress   progress,
                             gpointer              user_data,
                             GCancellable         *cancellable,
                             GError              **error)
{
  g_auto(Document) document = { 0 };
  AnnalsMergeSource source = { next_cb, fraction_cb };
  g_autofree char *label = NULL;

  g_return_val_if_fail (ANNALS_IS_NOTEBOOK (notebook), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  document.name = g_path_get_basename (path);
  document.posts = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_foreign_post_free);
  document.post_of = g_hash_table_new (g_str_hash, g_str_equal);
  document.entries = g_ptr_array_new_with_free_func (free_entry);
  document.notes = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_entry_free);
  document.tags = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  document.note_uids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  document.remarks = g_ptr_array_new_with_free_func (g_free);
  if (!parse (&document, path, error) || !build (&document, notebook, cancellable, error))
    return NULL;

  label = g_strdup_printf (_("Import “%s”"), document.name);
  source.user_data = &document;
  source.remarks = document.remarks;

  return annals_notebook_merge (notebook, &source, label, progress, user_data, cancellable, error);
}

AnnalsMergeResult *
annals_import_document (AnnalsNotebook       *notebook,
                        const char           *path,
                        AnnalsMergeProgress   progress,
                        gpointer              user_data,
                        GCancellable         *cancellable,
                        GError              **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  return g_strcmp0 (annals_document_sniff (path), "annals-notebook") == 0
         ? annals_import_notebook_document (notebook, path, progress, user_data, cancellable, error)
         : annals_import_work_document (notebook, path, progress, user_data, cancellable, error);
}
