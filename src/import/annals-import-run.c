/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-import-private.h"
#include "annals-sha256.h"

#include <glib/gi18n-lib.h>

#include <string.h>

#define REPORT_INTERVAL (G_USEC_PER_SEC / 20)
/* Bytes of files that are read ahead */
#define MAX_AHEAD (4 * 1024 * 1024)
/* More threads than that read faster than one can write. */
#define MAX_THREADS 8
/* Bytes of files of records that are no posts, which are held until all posts are in */
#define MAX_RECORDS_BYTES ((gsize) 512 * 1024 * 1024)
/* How much of the way reading is, when the imported file holds no posts alone */
#define READING_SHARE 0.2

static gboolean
is_set (const char *string)
{
  return string != NULL && *string != '\0';
}

void
annals_run_item_clear (AnnalsRunItem *item)
{
  g_clear_pointer (&item->draft, annals_draft_free);
  g_clear_pointer (&item->issue, annals_issue_free);
  g_clear_pointer (&item->identity, g_free);
  g_clear_pointer (&item->path, g_free);
  g_clear_pointer (&item->sha256, g_free);
  g_clear_pointer (&item->records, annals_records_unref);
  item->source = NULL;
  item->record = 0;
  item->place = 0;
  item->format = NULL;
  item->size = 0;
}

/* What the walk came to: one of them, or its end */
typedef struct
{
  AnnalsIssue        *issue;
  AnnalsFileWork     *work;      /* a file that is read on another thread */
  AnnalsPart         *part;      /* a file that is read when its turn comes; the walk waits for it */
  AnnalsPart         *joined;    /* the same, owned */
  const AnnalsFormat *format;    /* (nullable): of that */
  const AnnalsRecordsFormat *records;   /* (nullable): of that, in the place of @format */
  GError             *failure;
  gboolean            is_end;
} Ahead;

static void
ahead_free (gpointer data)
{
  Ahead *self = data;

  g_clear_pointer (&self->issue, annals_issue_free);
  g_clear_pointer (&self->work, annals_file_work_free);
  g_clear_pointer (&self->joined, annals_part_free);
  g_clear_error (&self->failure);
  g_free (self);
}

static GHashTable *
set_of_numbers (GArray *numbers)
{
  GHashTable *set = g_hash_table_new (g_direct_hash, g_direct_equal);

  for (guint i = 0; i < numbers->len; i++)
    g_hash_table_add (set, GUINT_TO_POINTER (g_array_index (numbers, guint, i)));

  return set;
}

/* Of those that read, with the one that asks */
static guint
count_threads (const AnnalsImportHooks *hooks)
{
  if (hooks != NULL && hooks->n_threads > 0)
    return hooks->n_threads;

  return CLAMP (g_get_num_processors (), 1, MAX_THREADS);
}

AnnalsImportRun *
annals_import_run_new (const char                 *path,
                       const AnnalsImportOptions  *options,
                       const AnnalsImportHooks    *hooks,
                       GError                    **error)
{
  g_autoptr(AnnalsImportRun) self = g_new0 (AnnalsImportRun, 1);

  self->options = options;
  self->hooks = hooks;
  self->archive = g_strdup ("");
  self->ordinals = g_hash_table_new (g_direct_hash, g_direct_equal);
  self->left_out = g_hash_table_new (g_str_hash, g_str_equal);
  g_queue_init (&self->pending);
  g_queue_init (&self->ahead);
  self->workers = annals_workers_new (count_threads (hooks) - 1);
  self->settings.workers = self->workers;
  self->settings.zone = options && options->zone ? g_time_zone_ref (options->zone) : g_time_zone_new_utc ();

  if (options != NULL)
    {
      self->settings.language = options->language;
      self->settings.mapping = options->mapping;
      if (options->records != NULL)
        self->chosen = set_of_numbers (options->records);
    }

  if (!(self->walk = annals_walk_new (path, error)))
    return NULL;

  if (annals_walk_get_container (self->walk) != NULL)
    {
      self->format = g_strdup (annals_walk_get_container (self->walk));
      self->format_label = g_strdup (annals_walk_get_label (self->walk));
      self->wanted = annals_wanted_pictures_new ();
    }

  return g_steal_pointer (&self);
}

void
annals_import_run_free (AnnalsImportRun *self)
{
  if (self == NULL)
    return;

  if (self->work != NULL)
    self->reader = NULL;
  g_clear_pointer (&self->reader, annals_format_reader_free);
  g_clear_pointer (&self->records, annals_records_unref);
  g_clear_pointer (&self->work, annals_file_work_free);
  g_clear_pointer (&self->joined, annals_part_free);
  g_queue_clear_full (&self->ahead, ahead_free);
  g_clear_pointer (&self->workers, annals_workers_free);
  g_clear_pointer (&self->walk, annals_walk_free);
  g_queue_clear_full (&self->pending, (GDestroyNotify) annals_issue_free);
  g_clear_pointer (&self->settings.zone, g_time_zone_unref);
  g_clear_pointer (&self->wanted, annals_wanted_pictures_free);
  g_clear_pointer (&self->mapping, annals_mapping_free);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_hash_table_unref (self->ordinals);
  g_hash_table_unref (self->left_out);
  g_clear_pointer (&self->chosen, g_hash_table_unref);
  g_free (self->format);
  g_free (self->format_label);
  g_free (self->archive);
  g_free (self);
}

/* --- drafts --- */

/* How many drafts of this identity came before. A piece of a hash is enough to know it by: a million posts
 * collide once in thirty million runs. */
static guint
count_ordinal (AnnalsImportRun *self,
               const char      *identity)
{
  g_autofree char *digest = annals_sha256_dup_hex_of (identity, strlen (identity));
  gpointer key;
  guint before;

  /* sixteen digits of it */
  digest[2 * sizeof key] = '\0';
  key = GSIZE_TO_POINTER ((gsize) g_ascii_strtoull (digest, NULL, 16));
  before = GPOINTER_TO_UINT (g_hash_table_lookup (self->ordinals, key));
  g_hash_table_insert (self->ordinals, key, GUINT_TO_POINTER (before + 1));

  return before;
}

/* Posts with an address or an identifier may come in several copies, which the notebook joins; of those that have
 * none, each is a post of its own. Takes @identity. */
static char *
number_identity (AnnalsImportRun   *self,
                 const AnnalsDraft *draft,
                 char              *identity)
{
  g_autofree char *own = identity;
  guint before;

  if (is_set (draft->url) || is_set (draft->guid) || (before = count_ordinal (self, own)) == 0)
    return g_steal_pointer (&own);

  return g_strdup_printf ("%s\x1f%u", own, before + 1);
}

/* Returns FALSE when the draft is none of those that the user asked for. */
static gboolean
take_draft (AnnalsImportRun *self,
            AnnalsRunItem   *item)
{
  AnnalsDraft *draft = item->draft;

  item->record = ++self->n_records;
  if (item->identity != NULL)
    item->identity = number_identity (self, draft, item->identity);

  if (self->chosen != NULL)
    {
      if (draft->text == NULL || !g_hash_table_contains (self->chosen, GUINT_TO_POINTER (item->record)))
        return FALSE;

      g_clear_pointer (&draft->skipped, g_free);
    }
  else
    {
      annals_import_run_judge_kind (self, draft);
    }

  if (draft->skipped != NULL)
    return TRUE;

  item->place = ++self->n_posts;
  if (self->wanted != NULL)
    annals_wanted_pictures_add (self->wanted, self->part, draft);

  return TRUE;
}

/* --- files --- */

static void
keep_first (char       **own,
            const char  *name)
{
  if (is_set (*own) || !is_set (name))
    return;

  g_free (*own);
  *own = g_strdup (name);
}

/* What the file's reader knows at its end is kept for the archive. */
static void
keep_facts (AnnalsImportRun *self)
{
  GPtrArray *columns = annals_format_reader_get_columns (self->reader);

  keep_first (&self->archive, annals_format_reader_get_archive (self->reader));
  if (self->mapping == NULL)
    self->mapping = annals_mapping_copy (annals_format_reader_get_mapping (self->reader));
  if (self->columns == NULL && columns != NULL && columns->len > 0)
    self->columns = g_ptr_array_ref (columns);
}

static void
close_file (AnnalsImportRun *self)
{
  if (self->reader != NULL)
    keep_facts (self);
  if (self->work != NULL)
    self->reader = NULL;
  g_clear_pointer (&self->reader, annals_format_reader_free);
  g_clear_pointer (&self->work, annals_file_work_free);
  g_clear_pointer (&self->joined, annals_part_free);
  g_clear_pointer (&self->records, annals_records_unref);
  self->records_format = NULL;
  self->part = NULL;
}

/* Damage that stops a file's reader does not stop an archive. */
static AnnalsRunResult
give_up_file (AnnalsImportRun  *self,
              AnnalsRunItem    *item,
              GError          **error)
{
  g_autoptr(GError) failure = g_steal_pointer (error);

  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      annals_walk_get_container (self->walk) == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return ANNALS_RUN_ERROR;
    }

  item->issue = annals_container_issue (ANNALS_SEVERITY_ERROR, ANNALS_ISSUE_DAMAGE, g_strdup (self->part->path),
                                        g_strdup (failure->message));
  close_file (self);

  return ANNALS_RUN_ISSUE;
}

static AnnalsRunResult
end_file (AnnalsImportRun  *self,
          AnnalsRunItem    *item,
          GCancellable     *cancellable,
          GError          **error)
{
  AnnalsImportInput *input = self->part->input;

  if (self->work == NULL && !annals_import_input_drain (input, cancellable, error))
    return give_up_file (self, item, error);

  item->path = g_strdup (self->part->path);
  item->size = self->work ? (gint64) annals_file_work_get_size (self->work) : annals_import_input_get_offset (input);
  item->sha256 = g_strdup (self->work ? annals_file_work_get_sha256 (self->work)
                                      : annals_import_input_get_sha256 (input));
  close_file (self);

  return ANNALS_RUN_FILE_END;
}

static AnnalsRunResult
begin_file_of (AnnalsImportRun *self,
               AnnalsRunItem   *item,
               const char      *id,
               const char      *label)
{
  if (self->format == NULL)
    {
      self->format = g_strdup (id);
      self->format_label = g_strdup (_(label));
    }

  self->n_files++;
  item->path = g_strdup (self->part->path);
  item->format = id;

  return ANNALS_RUN_FILE;
}

/* The reader of the part is there. */
static AnnalsRunResult
begin_file (AnnalsImportRun *self,
            AnnalsRunItem   *item)
{
  const AnnalsFormat *format = annals_format_reader_get_format (self->reader);

  return begin_file_of (self, item, format->id, format->label);
}

/* The end of all: what is reported of the archive as a whole. */
static gboolean
finish (AnnalsImportRun  *self,
        GError          **error)
{
  self->finished = TRUE;

  if (self->n_files == 0)
    {
      g_set_error (error, ANNALS_IMPORT_ERROR, ANNALS_IMPORT_ERROR_UNKNOWN,
                   _("“%s” holds no file that can be imported"), annals_walk_get_name (self->walk));
      return FALSE;
    }

  if (self->chosen == NULL)
    annals_import_run_report_left_out (self);

  return TRUE;
}

/* --- ahead --- */

/* Whether the walk can go on before this was reported. */
static gboolean
lets_go_on (const Ahead *last)
{
  return last == NULL || (last->part == NULL && last->failure == NULL && !last->is_end);
}

/* A file that may hold posts. A small one is read into memory, so that the walk can go on; but not the imported
 * file itself, which is alone. */
static void
take_part (AnnalsImportRun *self,
           Ahead           *entry,
           AnnalsPart      *part,
           GCancellable    *cancellable)
{
  entry->part = part;
  if ((entry->records = annals_records_detect (part)) != NULL || annals_walk_get_container (self->walk) == NULL)
    return;

  if (annals_picture_sniff_part (part) != NULL || annals_part_get_furniture (part) != NULL ||
      (entry->format = annals_format_detect (part)) == NULL)
    {
      entry->part = NULL;
      entry->issue = annals_import_run_leave_out (self, part);
      return;
    }

  if (annals_import_input_get_size (part->input) > ANNALS_FILE_WORK_LIMIT)
    return;

  entry->work = annals_file_work_begin (part, entry->format, &self->settings, self->options, &entry->joined,
                                        cancellable, &entry->failure);
  entry->part = entry->joined;
  if (entry->work != NULL)
    self->n_ahead += annals_file_work_get_size (entry->work);
}

/* One step of the walk */
static Ahead *
step_ahead (AnnalsImportRun *self,
            GCancellable    *cancellable)
{
  Ahead *entry = g_new0 (Ahead, 1);
  AnnalsPart *part;

  switch (annals_walk_next (self->walk, &part, &entry->issue, cancellable, &entry->failure))
    {
    case ANNALS_WALK_ERROR:
    case ANNALS_WALK_ISSUE:
      break;

    case ANNALS_WALK_END:
      entry->is_end = TRUE;
      break;

    case ANNALS_WALK_PART:
      take_part (self, entry, part, cancellable);
      break;
    }

  return entry;
}

static void
look_ahead (AnnalsImportRun *self,
            GCancellable    *cancellable)
{
  guint room = annals_workers_get_room (self->workers);

  while (self->ahead.length < room && self->n_ahead < MAX_AHEAD &&
         lets_go_on (g_queue_peek_tail (&self->ahead)))
    g_queue_push_tail (&self->ahead, step_ahead (self, cancellable));
}

static AnnalsRunResult
begin_ahead (AnnalsImportRun  *self,
             Ahead            *entry,
             AnnalsRunItem    *item,
             GError          **error)
{
  if (entry->work != NULL)
    {
      self->n_ahead -= annals_file_work_get_size (entry->work);
      self->work = g_steal_pointer (&entry->work);
      self->part = annals_file_work_get_part (self->work);
      self->reader = annals_file_work_finish (self->work);
      return begin_file (self, item);
    }

  self->part = entry->part;
  self->joined = g_steal_pointer (&entry->joined);
  if ((self->records_format = entry->records) != NULL)
    {
      self->n_sources = 0;
      return begin_file_of (self, item, entry->records->id, entry->records->label);
    }

  self->reader = entry->format != NULL
                   ? annals_format_reader_new_for_format (self->part, entry->format, &self->settings)
                   : annals_format_reader_new (self->part, &self->settings, error);

  return self->reader != NULL ? begin_file (self, item) : ANNALS_RUN_ERROR;
}

/* What the walk came to next. Returns ANNALS_RUN_END when the caller is to look again. */
static AnnalsRunResult
next_ahead (AnnalsImportRun  *self,
            AnnalsRunItem    *item,
            GCancellable     *cancellable,
            GError          **error)
{
  Ahead *entry;
  AnnalsRunResult result = ANNALS_RUN_END;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return ANNALS_RUN_ERROR;

  look_ahead (self, cancellable);
  entry = g_queue_pop_head (&self->ahead);

  if (entry->failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&entry->failure));
      result = ANNALS_RUN_ERROR;
    }
  else if (entry->is_end)
    {
      result = finish (self, error) ? ANNALS_RUN_END : ANNALS_RUN_ERROR;
    }
  else if (entry->work != NULL || entry->part != NULL)
    {
      result = begin_ahead (self, entry, item, error);
    }
  else if (entry->issue != NULL && self->chosen == NULL)
    {
      item->issue = g_steal_pointer (&entry->issue);
      result = ANNALS_RUN_ISSUE;
    }
  ahead_free (entry);

  return result;
}

/* --- records that are no posts --- */

static gboolean
read_records (AnnalsImportRun  *self,
              GCancellable     *cancellable,
              GError          **error)
{
  self->records = annals_records_read (self->records_format, self->part, self->settings.zone, cancellable, error);
  if (self->records == NULL)
    return FALSE;

  self->n_records_bytes += (gsize) annals_import_input_get_offset (self->part->input);
  if (self->n_records_bytes > MAX_RECORDS_BYTES)
    {
      g_set_error (error, ANNALS_IMPORT_ERROR, ANNALS_IMPORT_ERROR_UNREADABLE,
                   _("“%s” was left out: files of notes and timelines of more than %u MB cannot come in together"),
                   self->part->path, (guint) (MAX_RECORDS_BYTES / (1024 * 1024)));
      return FALSE;
    }

  self->n_others += annals_records_count (self->records);
  return TRUE;
}

/* The first thing of the file is what is in it besides posts, then come the posts. */
static AnnalsRunResult
read_on_records (AnnalsImportRun  *self,
                 AnnalsRunItem    *item,
                 GCancellable     *cancellable,
                 GError          **error)
{
  gboolean is_first = self->records == NULL;

  if (is_first && !read_records (self, cancellable, error))
    return give_up_file (self, item, error);

  if (is_first && self->chosen == NULL)
    {
      item->records = annals_records_ref (self->records);
      return ANNALS_RUN_RECORDS;
    }

  if (self->n_sources == self->records->sources->len)
    return end_file (self, item, cancellable, error);

  item->records = annals_records_ref (self->records);
  item->source = self->records->sources->pdata[self->n_sources++];
  item->draft = annals_record_source_dup_draft (item->source);
  annals_draft_complete (item->draft, self->options, NULL, NULL);
  item->identity = annals_draft_dup_identity (item->draft, "");

  return take_draft (self, item) ? ANNALS_RUN_DRAFT : ANNALS_RUN_END;
}

/* --- all --- */

static AnnalsRunResult
read_on (AnnalsImportRun  *self,
         AnnalsRunItem    *item,
         GCancellable     *cancellable,
         GError          **error)
{
  AnnalsFound found = { 0 };
  AnnalsReadResult result = self->work != NULL
                              ? annals_file_work_next (self->work, &found, error)
                              : annals_found_read (self->reader, self->options, &found, cancellable, error);

  item->draft = found.draft;
  item->issue = found.issue;
  item->identity = found.identity;

  switch (result)
    {
    case ANNALS_READ_ERROR:
      return give_up_file (self, item, error);

    case ANNALS_READ_DRAFT:
      return take_draft (self, item) ? ANNALS_RUN_DRAFT : ANNALS_RUN_END;

    case ANNALS_READ_ISSUE:
      return self->chosen != NULL ? ANNALS_RUN_END : ANNALS_RUN_ISSUE;

    case ANNALS_READ_END:
      break;
    }

  return end_file (self, item, cancellable, error);
}

AnnalsRunResult
annals_import_run_next (AnnalsImportRun  *self,
                        AnnalsRunItem    *item,
                        GCancellable     *cancellable,
                        GError          **error)
{
  AnnalsRunResult result;

  do
    {
      annals_run_item_clear (item);
      annals_import_run_report (self, FALSE);

      if (!g_queue_is_empty (&self->pending))
        {
          item->issue = g_queue_pop_head (&self->pending);
          return ANNALS_RUN_ISSUE;
        }

      if (self->finished)
        return ANNALS_RUN_END;

      result = self->reader ? read_on (self, item, cancellable, error)
               : self->records_format ? read_on_records (self, item, cancellable, error)
                                      : next_ahead (self, item, cancellable, error);
    }
  while (result == ANNALS_RUN_END);

  return result;
}

const char *
annals_import_run_get_archive (AnnalsImportRun *self)
{
  if (self->options != NULL && is_set (self->options->archive))
    return self->options->archive;

  if (!is_set (self->archive) && self->reader != NULL)
    return annals_format_reader_get_archive (self->reader);

  return self->archive;
}

/* When the imported file is one whose records are no posts, reading it is the smaller part. */
static double
reading_share (AnnalsImportRun *self)
{
  return annals_walk_get_container (self->walk) == NULL && self->n_others > 0 ? READING_SHARE : 1;
}

static void
report (AnnalsImportRun *self,
        gint64           done,
        gboolean         always)
{
  gint64 now;

  if (self->hooks == NULL || self->hooks->progress == NULL)
    return;

  now = g_get_monotonic_time ();
  if (!always && now < self->next_report)
    return;

  self->next_report = now + REPORT_INTERVAL;
  self->hooks->progress (done, annals_walk_get_size (self->walk), self->n_posts + self->n_others,
                         self->hooks->user_data);
}

void
annals_import_run_report (AnnalsImportRun *self,
                          gboolean         always)
{
  gint64 offset = annals_walk_get_offset (self->walk);

  report (self, always ? offset : (gint64) ((double) offset * reading_share (self)), always);
}

void
annals_import_run_report_rest (AnnalsImportRun *self,
                               double           fraction)
{
  double share = reading_share (self);
  guint n_tenths = (guint) (10 * fraction);

  report (self, (gint64) ((double) annals_walk_get_size (self->walk) * (share + (1 - share) * fraction)),
          n_tenths > self->n_tenths);
  self->n_tenths = n_tenths;
}
