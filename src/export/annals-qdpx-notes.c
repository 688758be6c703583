/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-foreign-records.h"
#include "annals-memos.h"
#include "annals-posts.h"
#include "annals-qda-xml.h"
#include "annals-qdpx-private.h"

/* characters of a passage or a note that stand for its name */
#define NAME_LENGTH 60

static AnnalsQdpxPost *
ensure_post (AnnalsQdpxProject  *self,
             AnnalsDb           *db,
             gint64              id,
             GError            **error)
{
  AnnalsQdpxPost *entry = g_hash_table_lookup (self->posts_by_id, &id);
  g_autoptr(AnnalsPost) post = NULL;

  if (entry != NULL)
    return entry;
  if (!(post = annals_db_load_post (db, id, error)))
    return NULL;

  entry = g_new0 (AnnalsQdpxPost, 1);
  entry->id = id;
  entry->revision_id = post->revision_id;
  entry->uid = g_strdup (post->uid);
  entry->selections = g_string_new (NULL);
  entry->references = g_string_new (NULL);
  g_ptr_array_add (self->posts, entry);
  g_hash_table_insert (self->posts_by_id, &entry->id, entry);
  g_hash_table_add (self->ends, g_strdup (post->uid));

  return entry;
}

static void
append_coding (GString    *xml,
               guint       indent,
               const char *owner,
               const char *code)
{
  g_autofree char *key = g_strdup_printf ("%s %s", owner, code);
  g_autofree char *uid = annals_foreign_dup_uid ("coding", key);

  annals_qda_append_space (xml, indent);
  g_string_append_printf (xml, "<Coding guid=\"%s\"><CodeRef targetGUID=\"%s\"/></Coding>\n", uid, code);
}

/* Its colour, which means something as a code does, and its tags. */
static void
append_codings (AnnalsQdpxProject       *self,
                GString                 *xml,
                guint                    indent,
                const AnnalsAnnotation  *annotation)
{
  g_autofree char *colour = annals_foreign_dup_uid ("colour", annotation->colour);

  g_hash_table_add (self->colours, g_strdup (annotation->colour));
  append_coding (xml, indent, annotation->uid, colour);
  for (guint i = 0; annotation->tags[i] != NULL; i++)
    {
      const AnnalsTag *tag = g_hash_table_lookup (self->tags_by_name, annotation->tags[i]);

      if (tag != NULL)   /* one that was made since */
        append_coding (xml, indent, annotation->uid, tag->uid);
    }
}

static void
append_reference (GString    *xml,
                  guint       indent,
                  const char *uid)
{
  annals_qda_append_space (xml, indent);
  g_string_append_printf (xml, "<NoteRef targetGUID=\"%s\"/>\n", uid);
}

static void
add_selection (AnnalsQdpxProject       *self,
               AnnalsQdpxPost          *post,
               const AnnalsAnnotation  *annotation)
{
  GString *xml = post->selections;
  g_autofree char *name = annals_named_dup_lead (annotation->selector.exact, NAME_LENGTH);

  g_hash_table_add (self->ends, g_strdup (annotation->uid));
  annals_qda_append_space (xml, 6);
  g_string_append_printf (xml, "<PlainTextSelection guid=\"%s\" name=\"", annotation->uid);
  annals_qda_append_text (xml, name);
  g_string_append_printf (xml, "\" startPosition=\"%u\" endPosition=\"%u\"", annotation->selector.start,
                          annotation->selector.end);
  annals_qdpx_append_author (self, xml, annotation->author, annotation->created, annotation->modified);
  g_string_append (xml, ">\n");
  append_codings (self, xml, 8, annotation);
  if (*annotation->note != '\0')
    {
      g_autofree char *uid = annals_foreign_dup_uid ("note", annotation->uid);
      g_autofree char *title = annals_memo_dup_lead (annotation->note, NAME_LENGTH);

      append_reference (xml, 8, uid);
      annals_qdpx_add_note (self, uid, title, annotation->note, "", annotation->author, annotation->created,
                            annotation->modified);
    }
  g_string_append (xml, "      </PlainTextSelection>\n");
}

/* A note on all of a post; one whose passage is in an earlier text of it is no better off here, with its words. */
static void
add_post_note (AnnalsQdpxProject       *self,
               AnnalsQdpxPost          *post,
               const AnnalsAnnotation  *annotation)
{
  g_autoptr(GString) codings = g_string_new (NULL);
  g_autofree char *quotation = *annotation->selector.exact != '\0'
                                 ? g_strdup_printf ("“%s”", annotation->selector.exact) : g_strdup ("");
  g_autofree char *text = g_strjoin (*quotation != '\0' && *annotation->note != '\0' ? "\n\n" : "", quotation,
                                     annotation->note, NULL);
  g_autofree char *title = annals_memo_dup_lead (text, NAME_LENGTH);

  g_hash_table_add (self->ends, g_strdup (annotation->uid));
  append_codings (self, codings, 6, annotation);
  append_reference (post->references, 6, annotation->uid);
  annals_qdpx_add_note (self, annotation->uid, title, text, codings->str, annotation->author, annotation->created,
                        annotation->modified);
}

static gboolean
add_memo (AnnalsQdpxProject  *self,
          AnnalsDb           *db,
          gint64              id,
          GError            **error)
{
  g_autoptr(AnnalsMemo) memo = annals_db_load_memo (db, id, error);

  if (memo == NULL)
    return FALSE;

  append_reference (self->memos, 2, memo->uid);
  annals_qdpx_add_note (self, memo->uid, memo->title, memo->text, "", memo->author, memo->created, memo->modified);
  return TRUE;
}

static gboolean
note_cb (AnnalsExportRun      *run,
         AnnalsDb             *db,
         const AnnalsNoteKey  *key,
         const AnnalsNote     *note,
         gpointer              user_data,
         GError              **error)
{
  AnnalsQdpxProject *self = user_data;
  const AnnalsAnnotation *annotation = note->annotation;
  AnnalsQdpxPost *post;

  if (key->id < 0)
    return add_memo (self, db, -key->id, error);

  if (!(post = ensure_post (self, db, annotation->post_id, error)))
    return FALSE;

  if (annals_annotation_is_post_note (annotation))
    add_post_note (self, post, annotation);
  else if (annotation->revision_id == post->revision_id && !g_str_equal (annotation->state, "review"))
    add_selection (self, post, annotation);
  else
    {
      self->n_unplaced++;
      add_post_note (self, post, annotation);
    }

  return TRUE;
}

gboolean
annals_qdpx_collect_notes (AnnalsQdpxProject  *self,
                           GArray             *keys,
                           GError            **error)
{
  return annals_export_run_each_note (self->run, keys, note_cb, self, NULL, 0, 0.4, error);
}
