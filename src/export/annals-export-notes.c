/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-export-notes.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-export-file.h"
#include "annals-export-notes-private.h"
#include "annals-export.h"
#include "annals-json.h"

/* notes that are in memory at a time */
#define PAGE 256

static const char * const formats[] = { "json", "markdown", "csv", NULL };

typedef enum
{
  FORMAT_JSON,
  FORMAT_MARKDOWN,
  FORMAT_CSV,
} Format;

typedef struct
{
  const AnnalsNoteFilter *filter;
  GArray                 *ids;       /* (nullable) */
  GArray                 *keys;      /* (element type AnnalsNoteKey) */
  guint                   first;     /* of the page at hand */
  Format                  format;
  guint                   n_written;
  AnnalsPost             *post;      /* (nullable): that the last one stands in */
  GString                *out;
} NotesJob;

/* --- the keys --- */

static gboolean
list_cb (AnnalsDb      *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  NotesJob *job = data;
  g_autoptr(GArray) all = annals_db_list_notes (db, job->filter, cancellable, error);
  g_autoptr(GHashTable) wanted = g_hash_table_new (g_int64_hash, g_int64_equal);

  if (all == NULL)
    return FALSE;

  for (guint i = 0; job->ids != NULL && i < job->ids->len; i++)
    g_hash_table_add (wanted, &g_array_index (job->ids, gint64, i));

  job->keys = g_array_new (FALSE, FALSE, sizeof (AnnalsNoteKey));
  for (guint i = 0; i < all->len; i++)
    {
      const AnnalsNoteKey *key = &g_array_index (all, AnnalsNoteKey, i);

      if (job->ids == NULL || g_hash_table_contains (wanted, &key->id))
        g_array_append_vals (job->keys, key, 1);
    }

  return TRUE;
}

/* The post that @annotation stands in; *follows: as does the one before it. */
static gboolean
load_post (NotesJob                *job,
           AnnalsDb                *db,
           const AnnalsAnnotation  *annotation,
           gboolean                *follows,
           GError                 **error)
{
  *follows = job->post != NULL && job->post->id == annotation->post_id;
  if (*follows)
    return TRUE;

  g_clear_pointer (&job->post, annals_post_free);
  job->post = annals_db_load_post (db, annotation->post_id, error);

  return job->post != NULL;
}

/* --- JSON --- */

static void
append_element (NotesJob    *job,
                JsonBuilder *builder)
{
  g_autoptr(JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = json_to_string (root, FALSE);

  g_string_append_printf (job->out, "%s\n    %s", job->n_written++ > 0 ? "," : "", text);
}

static void
write_json_annotation (NotesJob         *job,
                       const AnnalsNote *note)
{
  g_autoptr(JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  annals_json_annotation_members (builder, note->annotation);
  annals_json_string (builder, "post_title", note->annotation->post_title);
  json_builder_end_object (builder);
  append_element (job, builder);
}

static gboolean
write_json_memo (NotesJob  *job,
                 AnnalsDb  *db,
                 gint64     id,
                 GError   **error)
{
  g_autoptr(JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr(AnnalsMemo) memo = annals_db_load_memo (db, id, error);

  if (memo == NULL)
    return FALSE;

  json_builder_begin_object (builder);
  annals_json_string (builder, "uid", memo->uid);
  annals_json_string (builder, "title", memo->title);
  annals_json_string (builder, "text", memo->text);
  annals_json_time (builder, "created", memo->created);
  annals_json_time (builder, "modified", memo->modified);
  annals_json_string (builder, "author", memo->author);
  json_builder_end_object (builder);
  append_element (job, builder);

  return TRUE;
}

/* --- Markdown --- */

/* What was imported or is a name is text, not markup; line feeds become @newline. */
static void
append_plain (GString    *out,
              const char *text,
              const char *newline)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      gboolean begins = p == text || p[-1] == '\n';

      if (*p == '\n')
        g_string_append (out, newline);
      else if (strchr ("\\`*_[]<>~|&", *p) != NULL || (begins && strchr ("#+-=", *p) != NULL))
        g_string_append_printf (out, "\\%c", *p);
      else if (*p == '.' && p > text && g_ascii_isdigit (p[-1]))
        g_string_append (out, "\\.");   /* no numbered list */
      else
        g_string_append_c (out, *p);
    }
}

static void
append_heading (NotesJob         *job,
                const AnnalsNote *note,
                const char       *url)
{
  g_string_append (job->out, "\n## ");
  append_plain (job->out, note->title, " ");
  g_string_append (job->out, "\n\n");
  if (*note->source != '\0')
    {
      append_plain (job->out, note->source, " ");
      g_string_append (job->out, ", ");
    }
  append_plain (job->out, note->date, " ");
  if (*url != '\0' && strpbrk (url, "<> \n") == NULL)
    g_string_append_printf (job->out, ", <%s>", url);
  g_string_append_c (job->out, '\n');
}

static gboolean
write_markdown_annotation (NotesJob          *job,
                           AnnalsDb          *db,
                           const AnnalsNote  *note,
                           GError           **error)
{
  const AnnalsAnnotation *annotation = note->annotation;
  gboolean follows;

  if (!load_post (job, db, annotation, &follows, error))
    return FALSE;
  if (!follows)
    append_heading (job, note, job->post->url);

  g_string_append_c (job->out, '\n');
  if (*annotation->selector.exact != '\0')
    {
      g_string_append (job->out, "> ");
      append_plain (job->out, annotation->selector.exact, "\n> ");
      g_string_append (job->out, "\n\n");
    }
  if (*annotation->note != '\0')
    g_string_append_printf (job->out, "%s\n\n", annotation->note);
  g_string_append_printf (job->out, "*%s", annotation->colour);
  for (guint i = 0; annotation->tags[i] != NULL; i++)
    {
      g_string_append (job->out, i == 0 ? " · " : ", ");
      append_plain (job->out, annotation->tags[i], " ");
    }
  g_string_append (job->out, "*\n");
  return TRUE;
}

static gboolean
write_markdown_memo (NotesJob  *job,
                     AnnalsDb  *db,
                     gint64     id,
                     GError   **error)
{
  g_autoptr(AnnalsMemo) memo = annals_db_load_memo (db, id, error);

  if (memo == NULL)
    return FALSE;

  g_string_append (job->out, "\n## ");
  append_plain (job->out, memo->title, " ");
  g_string_append_printf (job->out, "\n\n%s\n", memo->text);
  g_clear_pointer (&job->post, annals_post_free);   /* the next passage needs its heading again */
  return TRUE;
}

/* --- CSV --- */

static gboolean
write_csv_annotation (NotesJob          *job,
                      AnnalsDb          *db,
                      const AnnalsNote  *note,
                      GError           **error)
{
  gboolean follows;

  if (!load_post (job, db, note->annotation, &follows, error))
    return FALSE;

  annals_notes_csv_append_annotation (job->out, note->annotation, job->post);
  return TRUE;
}

static gboolean
write_csv_memo (NotesJob  *job,
                AnnalsDb  *db,
                gint64     id,
                GError   **error)
{
  g_autoptr(AnnalsMemo) memo = annals_db_load_memo (db, id, error);

  if (memo == NULL)
    return FALSE;

  annals_notes_csv_append_memo (job->out, memo);
  return TRUE;
}

/* --- pages --- */

static gboolean
write_note (NotesJob             *job,
            AnnalsDb             *db,
            const AnnalsNoteKey  *key,
            const AnnalsNote     *note,
            GError              **error)
{
  switch (job->format)
    {
    case FORMAT_MARKDOWN:
      return key->id < 0 ? write_markdown_memo (job, db, -key->id, error)
                         : write_markdown_annotation (job, db, note, error);

    case FORMAT_CSV:
      return key->id < 0 ? write_csv_memo (job, db, -key->id, error)
                         : write_csv_annotation (job, db, note, error);

    case FORMAT_JSON:
      if (key->id < 0)
        return write_json_memo (job, db, -key->id, error);
      write_json_annotation (job, note);
      break;
    }

  return TRUE;
}

static gboolean
page_cb (AnnalsDb      *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  NotesJob *job = data;
  const AnnalsNoteKey *keys = &g_array_index (job->keys, AnnalsNoteKey, job->first);
  guint n = MIN (PAGE, job->keys->len - job->first);
  g_autoptr(GPtrArray) notes = annals_db_load_notes (db, ANNALS_NOTES_UNGROUPED, keys, n, error);

  if (notes == NULL)
    return FALSE;

  /* One that went since the list was made is left out. */
  for (guint i = 0; i < n; i++)
    if (notes->pdata[i] != NULL && !write_note (job, db, &keys[i], notes->pdata[i], error))
      return FALSE;

  return TRUE;
}

static gboolean
write_pages (NotesJob          *job,
             AnnalsNotebook    *notebook,
             AnnalsExportFile  *file,
             GCancellable      *cancellable,
             GError           **error)
{
  for (job->first = 0; job->first < job->keys->len; job->first += PAGE)
    {
      if (!annals_notebook_read (notebook, page_cb, job, cancellable, error))
        return FALSE;
      annals_export_file_write (file, job->out->str, job->out->len);
      g_string_truncate (job->out, 0);
    }

  return TRUE;
}

static char *
dup_json_text (const char *text)
{
  g_autoptr(JsonNode) node = json_node_init_string (json_node_alloc (), text);

  return json_to_string (node, FALSE);
}

/* The pages of the annotations or of the memos. */
static gboolean
write_json_list (NotesJob          *job,
                 gboolean           memos,
                 AnnalsNotebook    *notebook,
                 AnnalsExportFile  *file,
                 GCancellable      *cancellable,
                 GError           **error)
{
  g_autoptr(GArray) all = job->keys;
  gboolean ok;

  job->keys = g_array_new (FALSE, FALSE, sizeof (AnnalsNoteKey));
  for (guint i = 0; i < all->len; i++)
    if ((g_array_index (all, AnnalsNoteKey, i).id < 0) == memos)
      g_array_append_val (job->keys, g_array_index (all, AnnalsNoteKey, i));

  job->n_written = 0;
  ok = write_pages (job, notebook, file, cancellable, error);
  g_array_unref (job->keys);
  job->keys = g_steal_pointer (&all);

  return ok;
}

static gboolean
write_json (NotesJob          *job,
            AnnalsNotebook    *notebook,
            AnnalsExportFile  *file,
            gint64             exported,
            GCancellable      *cancellable,
            GError           **error)
{
  g_autofree char *time = annals_json_dup_time (exported * G_USEC_PER_SEC);
  g_autofree char *uid = dup_json_text (annals_notebook_get_uid (notebook));
  g_autofree char *title = dup_json_text (annals_notebook_get_title (notebook));

  g_string_append_printf (job->out,
                          "{\n  \"format\": \"annals-notes\",\n  \"version\": 1,\n  \"generator\": \"Annals "
                          ANNALS_VERSION "\",\n  \"exported\": \"%s\",\n  \"notebook\": {\"uid\": %s, \"title\": %s},\n"
                          "  \"annotations\": [", time, uid, title);
  if (!write_json_list (job, FALSE, notebook, file, cancellable, error))
    return FALSE;

  g_string_append (job->out, job->n_written > 0 ? "\n  ],\n  \"memos\": [" : "],\n  \"memos\": [");
  if (!write_json_list (job, TRUE, notebook, file, cancellable, error))
    return FALSE;

  g_string_append (job->out, job->n_written > 0 ? "\n  ]\n}\n" : "]\n}\n");
  annals_export_file_write (file, job->out->str, job->out->len);
  return TRUE;
}

static gboolean
write_markdown (NotesJob          *job,
                AnnalsNotebook    *notebook,
                AnnalsExportFile  *file,
                GCancellable      *cancellable,
                GError           **error)
{
  g_string_append (job->out, "# ");
  append_plain (job->out, annals_notebook_get_title (notebook), " ");
  g_string_append_c (job->out, '\n');
  annals_export_file_write (file, job->out->str, job->out->len);
  g_string_truncate (job->out, 0);

  return write_pages (job, notebook, file, cancellable, error);
}

static gboolean
write_csv (NotesJob          *job,
           AnnalsNotebook    *notebook,
           AnnalsExportFile  *file,
           GCancellable      *cancellable,
           GError           **error)
{
  annals_notes_csv_append_head (job->out);
  annals_export_file_write (file, job->out->str, job->out->len);
  g_string_truncate (job->out, 0);

  return write_pages (job, notebook, file, cancellable, error);
}

static gboolean
write_all (NotesJob          *job,
           AnnalsNotebook    *notebook,
           AnnalsExportFile  *file,
           gint64             exported,
           GCancellable      *cancellable,
           GError           **error)
{
  switch (job->format)
    {
    case FORMAT_JSON:
      return write_json (job, notebook, file, exported, cancellable, error);

    case FORMAT_MARKDOWN:
      return write_markdown (job, notebook, file, cancellable, error);

    case FORMAT_CSV:
      return write_csv (job, notebook, file, cancellable, error);
    }

  g_assert_not_reached ();
}

static gboolean
read_format (const char  *name,
             Format      *format,
             GError     **error)
{
  g_autofree char *known = g_strjoinv (", ", (char **) formats);

  for (guint i = 0; formats[i] != NULL; i++)
    if (g_str_equal (formats[i], name))
      {
        *format = i;
        return TRUE;
      }

  g_set_error (error, ANNALS_EXPORT_ERROR, ANNALS_EXPORT_ERROR_UNKNOWN_FORMAT,
               _("Notes cannot be exported as “%s”; the formats are %s"), name, known);
  return FALSE;
}

const char * const *
annals_export_get_note_formats (void)
{
  return formats;
}

gboolean
annals_export_notes (AnnalsNotebook          *notebook,
                     const AnnalsNoteFilter  *filter,
                     GArray                  *ids,
                     const char              *format,
                     const char              *path,
                     gboolean                 overwrite,
                     GCancellable            *cancellable,
                     GError                 **error)
{
  g_autoptr(AnnalsExportFile) file = NULL;
  g_autoptr(AnnalsNoteFilter) ungrouped = NULL;
  NotesJob job = { 0 };
  gint64 exported;
  gboolean ok;

  g_return_val_if_fail (ANNALS_IS_NOTEBOOK (notebook), FALSE);
  g_return_val_if_fail (filter != NULL && format != NULL && path != NULL, FALSE);

  if (!read_format (format, &job.format, error) || !annals_export_read_time (&exported, error) ||
      !(file = annals_export_file_new (path, annals_notebook_get_path (notebook), overwrite, error)))
    return FALSE;

  ungrouped = annals_note_filter_copy (filter);
  ungrouped->grouping = ANNALS_NOTES_UNGROUPED;   /* each once */
  job.filter = ungrouped;
  job.ids = ids;
  job.out = g_string_new (NULL);
  ok = annals_notebook_read (notebook, list_cb, &job, cancellable, error) &&
       write_all (&job, notebook, file, exported, cancellable, error) &&
       !g_cancellable_set_error_if_cancelled (cancellable, error) &&
       annals_export_file_commit (file, error);
  g_clear_pointer (&job.keys, g_array_unref);
  g_clear_pointer (&job.post, annals_post_free);
  g_string_free (job.out, TRUE);

  return ok;
}
