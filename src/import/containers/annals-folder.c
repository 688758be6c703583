/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-folder.h"

#include "annals-limits.h"

#include <glib/gi18n-lib.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  int        fd;
  GPtrArray *names;         /* sorted */
  guint      next;
  gsize      path_length;   /* of what stands before a name in it */
} Level;

struct _AnnalsFolder
{
  GPtrArray *levels;    /* (element type Level) */
  GString   *path;      /* of the file or folder looked at */
  GQueue     issues;    /* of AnnalsIssue, found while a folder was listed */
};

static void
level_free (gpointer data)
{
  Level *level = data;

  close (level->fd);
  g_ptr_array_unref (level->names);
  g_free (level);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

/* Takes @reason. */
static AnnalsIssue *
issue_at (AnnalsFolder    *self,
          AnnalsSeverity   severity,
          AnnalsIssueCode  code,
          char            *reason)
{
  return annals_container_issue (severity, code, annals_container_dup_path (self->path->str, -1), reason);
}

static AnnalsIssue *
unreadable_issue (AnnalsFolder *self,
                  int           reason)
{
  return issue_at (self, ANNALS_SEVERITY_WARNING, ANNALS_ISSUE_FORMAT,
                   g_strdup_printf (_("It could not be opened: %s"), g_strerror (reason)));
}

/* Takes @fd. Returns 0, or why the folder could not be listed. */
static int
push_level (AnnalsFolder *self,
            int           fd)
{
  Level *level;
  DIR *dir;
  struct dirent *entry;
  int reason;
  int copy = fcntl (fd, F_DUPFD_CLOEXEC, 0);

  if (copy < 0 || (dir = fdopendir (copy)) == NULL)
    {
      reason = errno;
      if (copy >= 0)
        close (copy);
      close (fd);
      return reason;
    }

  level = g_new0 (Level, 1);
  level->fd = fd;
  level->names = g_ptr_array_new_with_free_func (g_free);
  level->path_length = self->path->len;

  for (errno = 0; (entry = readdir (dir)) != NULL && level->names->len <= ANNALS_LIMIT_FOLDER_NAMES; errno = 0)
    {
      if (!annals_container_is_litter (entry->d_name))
        g_ptr_array_add (level->names, g_strdup (entry->d_name));
    }

  reason = entry == NULL ? errno : 0;
  closedir (dir);

  if (reason != 0)
    g_queue_push_tail (&self->issues, unreadable_issue (self, reason));
  if (level->names->len > ANNALS_LIMIT_FOLDER_NAMES)
    {
      g_queue_push_tail (&self->issues,
                         issue_at (self, ANNALS_SEVERITY_ERROR, ANNALS_ISSUE_LIMIT,
                                   g_strdup_printf (_("The folder holds more than %d files: only so many of "
                                                      "them were looked at"), ANNALS_LIMIT_FOLDER_NAMES)));
      g_ptr_array_set_size (level->names, ANNALS_LIMIT_FOLDER_NAMES);
    }

  g_ptr_array_sort (level->names, compare_names);
  g_ptr_array_add (self->levels, level);

  return 0;
}

/* Goes into the folder at self->path. Returns what stands against it. */
static AnnalsIssue *
enter (AnnalsFolder *self,
       Level        *level,
       const char   *name)
{
  int reason;
  int fd;

  if (self->levels->len >= ANNALS_LIMIT_FOLDER_DEPTH)
    return issue_at (self, ANNALS_SEVERITY_ERROR, ANNALS_ISSUE_LIMIT,
                     g_strdup_printf (_("Folders in folders are followed to a depth of %d: this one was not "
                                        "looked into"), ANNALS_LIMIT_FOLDER_DEPTH));

  fd = openat (level->fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  reason = fd < 0 ? errno : 0;
  if (fd >= 0)
    {
      g_string_append_c (self->path, '/');
      reason = push_level (self, fd);
      if (reason != 0)
        g_string_truncate (self->path, self->path->len - 1);
    }

  return reason != 0 ? unreadable_issue (self, reason) : NULL;
}

AnnalsFolder *
annals_folder_new (const char  *path,
                   GError     **error)
{
  g_autoptr(AnnalsFolder) self = NULL;
  int reason;
  int fd;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_new0 (AnnalsFolder, 1);
  self->levels = g_ptr_array_new_with_free_func (level_free);
  self->path = g_string_new (NULL);
  g_queue_init (&self->issues);

  fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  reason = fd < 0 ? errno : push_level (self, fd);
  if (reason != 0)
    {
      g_autofree char *name = g_filename_display_basename (path);

      g_set_error (error, ANNALS_IMPORT_ERROR, ANNALS_IMPORT_ERROR_UNREADABLE,
                   _("The folder “%s” could not be read: %s"), name, g_strerror (reason));
      return NULL;
    }

  return g_steal_pointer (&self);
}

void
annals_folder_free (AnnalsFolder *self)
{
  if (self == NULL)
    return;

  g_queue_clear_full (&self->issues, (GDestroyNotify) annals_issue_free);
  g_ptr_array_unref (self->levels);
  g_string_free (self->path, TRUE);
  g_free (self);
}

AnnalsFolderResult
annals_folder_next (AnnalsFolder      *self,
                    AnnalsFolderFile  *file,
                    AnnalsIssue      **issue)
{
  g_return_val_if_fail (self != NULL && file != NULL && issue != NULL, ANNALS_FOLDER_END);

  while ((*issue = g_queue_pop_head (&self->issues)) == NULL && self->levels->len > 0)
    {
      Level *level = g_ptr_array_index (self->levels, self->levels->len - 1);
      struct stat info;
      const char *name;

      if (level->next == level->names->len)
        {
          g_ptr_array_set_size (self->levels, (int) self->levels->len - 1);
          continue;
        }

      name = g_ptr_array_index (level->names, level->next++);
      g_string_truncate (self->path, level->path_length);
      g_string_append (self->path, name);

      if (fstatat (level->fd, name, &info, AT_SYMLINK_NOFOLLOW) != 0)
        {
          *issue = unreadable_issue (self, errno);
        }
      else if (S_ISREG (info.st_mode))
        {
          *file = (AnnalsFolderFile) { self->path->str, name, level->fd, info.st_size };
          return ANNALS_FOLDER_FILE;
        }
      else if (S_ISDIR (info.st_mode))
        {
          *issue = enter (self, level, name);
        }
      else
        {
          *issue = issue_at (self, ANNALS_SEVERITY_NOTE, ANNALS_ISSUE_FORMAT,
                             g_strdup (S_ISLNK (info.st_mode)
                                         ? _("A symbolic link: it was not followed")
                                         : _("Not an ordinary file: it was not read")));
        }

      if (*issue != NULL)
        return ANNALS_FOLDER_ISSUE;
    }

  return *issue != NULL ? ANNALS_FOLDER_ISSUE : ANNALS_FOLDER_END;
}

gboolean
annals_folder_count (const char  *path,
                     guint        limit,
                     guint       *n_files,
                     gint64      *size,
                     GError     **error)
{
  g_autoptr(AnnalsFolder) self = annals_folder_new (path, error);
  AnnalsFolderResult result;

  *n_files = 0;
  *size = 0;

  if (self == NULL)
    return FALSE;

  do
    {
      g_autoptr(AnnalsIssue) issue = NULL;
      AnnalsFolderFile file;

      result = annals_folder_next (self, &file, &issue);
      if (result == ANNALS_FOLDER_FILE)
        {
          *n_files += 1;
          *size += file.size;
        }
    }
  while (result != ANNALS_FOLDER_END && *n_files <= limit);

  return TRUE;
}
