/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-walk.h"

#include "annals-folder.h"
#include "annals-limits.h"

#include <glib/gi18n-lib.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>

/* An archive that is being read. */
typedef struct
{
  const AnnalsContainer *container;
  gpointer               state;
  AnnalsPart            *part;      /* its file */
  gboolean               owned;     /* whether @part is */
  char                  *prefix;    /* of the paths in it; "" or with a slash at its end */
} Frame;

struct _AnnalsWalk
{
  char                  *name;
  AnnalsFolder          *folder;      /* NULL for a file */
  AnnalsPart            *disk;        /* the file on disk that is being read; NULL between two */
  char                  *disk_path;   /* its bytes below the folder */
  gint64                 disk_size;   /* when it was found */
  const AnnalsContainer *container;   /* of the file; NULL for a folder, too */
  GPtrArray             *frames;      /* (element type Frame), each in the one before */
  AnnalsPart            *current;     /* in the last of them; the caller looks at it */
  GQueue                 issues;      /* of AnnalsIssue, to be given */
  gint64                 size;
  gint64                 done;        /* of the files on disk that are finished */
  gint64                 offset;      /* as reported: never goes back */
  gint64                 unpacked;    /* from disk, by all archives in it */
  guint                  n_files;
  GChecksum             *checksum;    /* of a folder */
  char                  *sha256;
  gboolean               full;        /* no more files are looked at */
  gboolean               at_end;
};

static void
frame_free (gpointer data)
{
  Frame *frame = data;

  frame->container->close (frame->state);
  if (frame->owned)
    annals_part_free (frame->part);
  g_free (frame->prefix);
  g_free (frame);
}

static Frame *
top_frame (AnnalsWalk *self)
{
  return self->frames->len > 0 ? g_ptr_array_index (self->frames, self->frames->len - 1) : NULL;
}

/* Takes @reason. */
static void
queue_issue (AnnalsWalk      *self,
             AnnalsSeverity   severity,
             AnnalsIssueCode  code,
             const char      *place,
             char            *reason)
{
  g_queue_push_tail (&self->issues, annals_container_issue (severity, code, g_strdup (place), reason));
}

static const AnnalsContainer *
detect (AnnalsPart *part)
{
  gsize length;
  const guint8 *head = annals_import_input_get_head (part->input, &length);

  return annals_container_detect (head, length, part->path);
}

/* The part is looked at and then given on. */
static void
drop_current (AnnalsWalk *self)
{
  if (self->current == NULL)
    return;

  self->unpacked += annals_import_input_get_offset (self->current->input);
  g_clear_pointer (&self->current, annals_part_free);
}

static void
pop_frame (AnnalsWalk *self)
{
  Frame *frame = top_frame (self);

  if (frame->owned)
    self->unpacked += annals_import_input_get_offset (frame->part->input);
  g_ptr_array_set_size (self->frames, (int) self->frames->len - 1);
}

/* The innermost first: it reads from the one around it. */
static void
pop_all_frames (AnnalsWalk *self)
{
  while (self->frames->len > 0)
    pop_frame (self);
}

/* A compressed file is the file that is in it. */
static char *
dup_prefix (AnnalsWalk            *self,
            const AnnalsContainer *container,
            AnnalsPart            *part)
{
  const char *slash;

  if (part == self->disk && self->folder == NULL)
    return g_strdup ("");

  if (strcmp (container->id, "compressed") != 0)
    return g_strconcat (part->path, "/", NULL);

  slash = strrchr (part->path, '/');

  return slash != NULL ? g_strndup (part->path, (gsize) (slash - part->path) + 1) : g_strdup ("");
}

/* Opens the archive @part is; says why when it cannot be. Takes @part when it is @owned. */
static gboolean
push_frame (AnnalsWalk            *self,
            const AnnalsContainer *container,
            AnnalsPart            *part,
            gboolean               owned,
            GCancellable          *cancellable,
            GError               **error)
{
  g_autoptr(GError) failure = NULL;
  gpointer state = NULL;
  Frame *frame;

  if (self->frames->len >= ANNALS_LIMIT_ARCHIVE_DEPTH)
    queue_issue (self, ANNALS_SEVERITY_ERROR, ANNALS_ISSUE_LIMIT, part->path,
                 g_strdup_printf (_("Archives in archives are opened to a depth of %d: this one was not "
                                    "looked into"), ANNALS_LIMIT_ARCHIVE_DEPTH));
  else if ((state = container->open (part, &failure)) == NULL)
    queue_issue (self, ANNALS_SEVERITY_ERROR, ANNALS_ISSUE_DAMAGE, part->path, g_strdup (failure->message));

  if (state == NULL)
    {
      if (owned)
        annals_part_free (part);
      return !g_cancellable_set_error_if_cancelled (cancellable, error);
    }

  frame = g_new0 (Frame, 1);
  frame->container = container;
  frame->state = state;
  frame->part = part;
  frame->owned = owned;
  frame->prefix = dup_prefix (self, container, part);
  g_ptr_array_add (self->frames, frame);

  return TRUE;
}

/* What an archive says of its parts begins with its own name. */
static void
take_container_issue (AnnalsWalk  *self,
                      AnnalsIssue *issue)
{
  g_autofree char *place = g_steal_pointer (&issue->place);

  issue->place = place == NULL || *place == '\0'
                   ? g_strdup (top_frame (self)->part->path)
                   : g_strconcat (top_frame (self)->part->path, ", ", place, NULL);
  g_queue_push_tail (&self->issues, issue);
}

/* Ends everything when there are too many files. */
static gboolean
count_file (AnnalsWalk *self)
{
  if (self->n_files < ANNALS_LIMIT_FILES)
    {
      self->n_files++;
      return TRUE;
    }

  queue_issue (self, ANNALS_SEVERITY_ERROR, ANNALS_ISSUE_LIMIT, self->name,
               g_strdup_printf (_("There are more than %d files: the others were not looked at"), ANNALS_LIMIT_FILES));
  pop_all_frames (self);
  self->full = TRUE;

  return FALSE;
}

/* Takes @part. Returns whether it is the current one now. */
static gboolean
take_part (AnnalsWalk    *self,
           AnnalsPart    *part,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr(AnnalsPart) owned = part;
  const AnnalsContainer *container;
  const char *prefix = top_frame (self)->prefix;
  gsize length;

  if (!count_file (self))
    return FALSE;

  if (*prefix != '\0')
    {
      g_autofree char *path = g_steal_pointer (&part->path);

      part->path = g_strconcat (prefix, path, NULL);
    }

  annals_import_input_get_head (part->input, &length);
  if (length == 0)
    {
      queue_issue (self, ANNALS_SEVERITY_NOTE, ANNALS_ISSUE_EMPTY, part->path, g_strdup (_("The file is empty")));
      return FALSE;
    }

  if ((container = detect (part)) != NULL)
    {
      push_frame (self, container, g_steal_pointer (&owned), TRUE, cancellable, error);
      return FALSE;
    }

  self->current = g_steal_pointer (&owned);

  return TRUE;
}

static gboolean
is_bomb (AnnalsWalk *self)
{
  return self->unpacked > ANNALS_LIMIT_UNPACKED_FREE &&
         self->unpacked / ANNALS_LIMIT_UNPACKED_RATIO > annals_import_input_get_offset (self->disk->input);
}

static void
give_up_disk_file (AnnalsWalk *self)
{
  queue_issue (self, ANNALS_SEVERITY_ERROR, ANNALS_ISSUE_LIMIT, self->disk->path,
               g_strdup_printf (_("What is inside is more than %d times as large as the file: the rest was not read"),
                                ANNALS_LIMIT_UNPACKED_RATIO));
  pop_all_frames (self);
}

/* Looks into the innermost archive. Returns whether the current part is a new one; FALSE also when
 * there is an issue, or nothing yet. */
static gboolean
advance_frame (AnnalsWalk    *self,
               GCancellable  *cancellable,
               GError       **error)
{
  Frame *frame = top_frame (self);
  g_autoptr(GError) failure = NULL;
  AnnalsPart *part = NULL;
  AnnalsIssue *issue = NULL;

  switch (frame->container->next (frame->state, &part, &issue, cancellable, &failure))
    {
    case ANNALS_CONTAINER_PART:
      if (!is_bomb (self))
        return take_part (self, part, cancellable, error);
      annals_part_free (part);
      give_up_disk_file (self);
      break;

    case ANNALS_CONTAINER_ISSUE:
      take_container_issue (self, issue);
      break;

    case ANNALS_CONTAINER_END:
      pop_frame (self);
      break;

    case ANNALS_CONTAINER_ERROR:
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        break;
      queue_issue (self, ANNALS_SEVERITY_ERROR, ANNALS_ISSUE_DAMAGE, frame->part->path,
                   g_strdup (failure->message));
      pop_frame (self);
      break;
    }

  return FALSE;
}

/* The file on disk is read to its end, so that its hash is that of the whole file. */
static gboolean
end_disk_file (AnnalsWalk    *self,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autoptr(GError) failure = NULL;
  AnnalsImportInput *input = self->disk->input;
  const char *sha256;

  if (!annals_import_input_drain (input, cancellable, &failure))
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      queue_issue (self, ANNALS_SEVERITY_ERROR, ANNALS_ISSUE_DAMAGE, self->disk->path,
                   g_strdup (failure->message));
    }
  else if (annals_import_input_has_changed (input))
    {
      queue_issue (self, ANNALS_SEVERITY_ERROR, ANNALS_ISSUE_DAMAGE, self->disk->path,
                   g_strdup (_("The file changed while it was read: what was read may be neither the old nor the "
                               "new one")));
    }

  sha256 = annals_import_input_get_sha256 (input);
  if (self->folder == NULL)
    {
      self->sha256 = g_strdup (sha256);
      self->size = MAX (annals_import_input_get_size (input), self->offset);
    }
  else
    {
      g_checksum_update (self->checksum, (const guchar *) self->disk_path, (gssize) strlen (self->disk_path) + 1);
      g_checksum_update (self->checksum, (const guchar *) sha256, -1);
      g_checksum_update (self->checksum, (const guchar *) "\n", 1);
    }

  self->done += self->disk_size;
  g_clear_pointer (&self->disk, annals_part_free);

  return TRUE;
}

/* Opens a file that was found in the folder. Returns whether it is there now. */
static gboolean
begin_disk_file (AnnalsWalk             *self,
                 const AnnalsFolderFile *file)
{
  g_autoptr(GError) failure = NULL;
  g_autofree char *path = annals_container_dup_path (file->path, -1);
  g_autofree char *name = annals_container_dup_line (file->name, -1);
  AnnalsImportInput *input = NULL;
  int fd;

  self->disk_size = file->size;

  fd = openat (file->fd, file->name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (fd >= 0)
    input = annals_import_input_new_for_fd (fd, name, &failure);
  else
    g_set_error (&failure, ANNALS_IMPORT_ERROR, ANNALS_IMPORT_ERROR_UNREADABLE, _("It could not be opened: %s"),
                 g_strerror (errno));

  if (input == NULL)
    {
      gboolean empty = g_error_matches (failure, ANNALS_IMPORT_ERROR, ANNALS_IMPORT_ERROR_EMPTY);

      queue_issue (self, empty ? ANNALS_SEVERITY_NOTE : ANNALS_SEVERITY_WARNING,
                   empty ? ANNALS_ISSUE_EMPTY : ANNALS_ISSUE_FORMAT, path,
                   g_strdup (empty ? _("The file is empty") : failure->message));
      self->done += self->disk_size;
      return FALSE;
    }

  self->unpacked = 0;
  self->disk = annals_part_new (path, input);
  self->disk->modified = annals_import_input_get_modified (input);
  g_free (self->disk_path);
  self->disk_path = g_strdup (file->path);

  return TRUE;
}

/* Looks for the next file in the folder. Returns whether it is a part by itself. */
static gboolean
advance_folder (AnnalsWalk    *self,
                GCancellable  *cancellable,
                GError       **error)
{
  const AnnalsContainer *container;
  AnnalsFolderFile file;
  AnnalsIssue *issue = NULL;

  switch (self->full ? ANNALS_FOLDER_END : annals_folder_next (self->folder, &file, &issue))
    {
    case ANNALS_FOLDER_FILE:
      break;

    case ANNALS_FOLDER_ISSUE:
      g_queue_push_tail (&self->issues, issue);
      return FALSE;

    case ANNALS_FOLDER_END:
      self->sha256 = g_strdup (g_checksum_get_string (self->checksum));
      self->at_end = TRUE;
      return FALSE;
    }

  if (!count_file (self) || !begin_disk_file (self, &file))
    return FALSE;

  if ((container = detect (self->disk)) == NULL)
    return TRUE;

  push_frame (self, container, self->disk, FALSE, cancellable, error);

  return FALSE;
}

/* One step forward. Returns whether there is a part, in *@part. */
static gboolean
advance (AnnalsWalk    *self,
         AnnalsPart   **part,
         GCancellable  *cancellable,
         GError       **error)
{
  if (self->frames->len > 0)
    {
      gboolean found = advance_frame (self, cancellable, error);

      *part = self->current;
      return found;
    }

  if (self->disk != NULL)
    {
      if (end_disk_file (self, cancellable, error))
        self->at_end = self->folder == NULL;
      return FALSE;
    }

  if (advance_folder (self, cancellable, error))
    *part = self->disk;

  return *part != NULL;
}

static gboolean
open_folder (AnnalsWalk  *self,
             const char  *path,
             GError     **error)
{
  guint n_files;

  if (!annals_folder_count (path, ANNALS_LIMIT_FILES, &n_files, &self->size, error))
    return FALSE;

  if (n_files == 0)
    {
      g_set_error (error, ANNALS_IMPORT_ERROR, ANNALS_IMPORT_ERROR_EMPTY, _("The folder “%s” holds no files"),
                   self->name);
      return FALSE;
    }

  self->checksum = g_checksum_new (G_CHECKSUM_SHA256);
  self->folder = annals_folder_new (path, error);

  return self->folder != NULL;
}

static gboolean
open_file (AnnalsWalk  *self,
           const char  *path,
           GError     **error)
{
  AnnalsImportInput *input = annals_import_input_new_for_path (path, error);

  if (input == NULL)
    return FALSE;

  self->disk = annals_part_new (self->name, input);
  self->disk->modified = annals_import_input_get_modified (input);
  self->disk_size = self->size = annals_import_input_get_size (input);
  self->container = detect (self->disk);

  return TRUE;
}

AnnalsWalk *
annals_walk_new (const char  *path,
                 GError     **error)
{
  g_autoptr(AnnalsWalk) self = NULL;
  g_autofree char *basename = NULL;
  gboolean opened;

  g_return_val_if_fail (path != NULL, NULL);

  basename = g_path_get_basename (path);
  self = g_new0 (AnnalsWalk, 1);
  self->name = annals_container_dup_line (basename, -1);
  self->frames = g_ptr_array_new_with_free_func (frame_free);
  g_queue_init (&self->issues);

  opened = g_file_test (path, G_FILE_TEST_IS_DIR) ? open_folder (self, path, error)
                                                  : open_file (self, path, error);

  return opened ? g_steal_pointer (&self) : NULL;
}

void
annals_walk_free (AnnalsWalk *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->current, annals_part_free);

  pop_all_frames (self);
  g_ptr_array_unref (self->frames);

  g_clear_pointer (&self->disk, annals_part_free);
  g_clear_pointer (&self->folder, annals_folder_free);
  g_clear_pointer (&self->checksum, g_checksum_free);
  g_queue_clear_full (&self->issues, (GDestroyNotify) annals_issue_free);
  g_free (self->disk_path);
  g_free (self->sha256);
  g_free (self->name);
  g_free (self);
}

AnnalsWalkResult
annals_walk_next (AnnalsWalk    *self,
                  AnnalsPart   **part,
                  AnnalsIssue  **issue,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_autoptr(GError) failure = NULL;

  g_return_val_if_fail (self != NULL && part != NULL && issue != NULL, ANNALS_WALK_ERROR);

  *part = NULL;
  *issue = NULL;

  drop_current (self);

  /* the imported file is a part or an archive itself */
  if (self->folder == NULL && self->n_files == 0)
    {
      self->n_files = 1;
      if (self->container == NULL)
        {
          *part = self->disk;
          return ANNALS_WALK_PART;
        }
      push_frame (self, self->container, self->disk, FALSE, cancellable, &failure);
    }

  while (failure == NULL)
    {
      if ((*issue = g_queue_pop_head (&self->issues)) != NULL)
        return ANNALS_WALK_ISSUE;

      if (self->at_end)
        return ANNALS_WALK_END;

      if (g_cancellable_set_error_if_cancelled (cancellable, &failure))
        break;

      if (advance (self, part, cancellable, &failure))
        return ANNALS_WALK_PART;
    }

  g_propagate_error (error, g_steal_pointer (&failure));

  return ANNALS_WALK_ERROR;
}

const char *
annals_walk_get_name (AnnalsWalk *self)
{
  return self->name;
}

const char *
annals_walk_get_container (AnnalsWalk *self)
{
  return self->folder != NULL ? "folder" : self->container != NULL ? self->container->id : NULL;
}

const char *
annals_walk_get_label (AnnalsWalk *self)
{
  return self->folder != NULL ? _("Folder") : self->container != NULL ? _(self->container->label) : NULL;
}

gint64
annals_walk_get_offset (AnnalsWalk *self)
{
  gint64 offset = self->done;

  if (self->disk != NULL)
    offset += MIN (annals_import_input_get_offset (self->disk->input), self->disk_size);

  self->offset = MAX (self->offset, MIN (offset, self->size));

  return self->offset;
}

gint64
annals_walk_get_size (AnnalsWalk *self)
{
  return self->size;
}

const char *
annals_walk_get_sha256 (AnnalsWalk *self)
{
  return self->sha256;
}
