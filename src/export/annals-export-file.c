/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE   /* renameat2() */
#include "config.h"

#include "annals-export-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "annals-export.h"

#define BUFFER_SIZE ((gsize) 1 << 16)

struct _AnnalsExportFile
{
  char       *shown;       /* the name as the caller gave it, for messages */
  char       *path;        /* the same with links resolved */
  char       *temporary;   /* NULL once it is renamed */
  GByteArray *buffer;
  gboolean    overwrite;
  int         fd;
  int         write_errno; /* of the first write that failed; 0: none */

  GByteArray   *head;      /* (nullable): keeps the beginning in memory and touches no disk */
  gsize         limit;     /* of its bytes */
  GCancellable *enough;    /* cancelled when more than these came */
};

static void
set_target_error (GError     **error,
                  const char  *shown,
                  const char  *why)
{
  g_set_error (error, ANNALS_EXPORT_ERROR, ANNALS_EXPORT_ERROR_TARGET,
               _("Cannot export to “%s”: %s"), shown, why);
}

static void
set_write_error (GError     **error,
                 const char  *shown,
                 int          code)
{
  const char *why = code == ENOSPC || code == EDQUOT ? _("no space is left there")
                    : code == EFBIG ? _("the file would be larger than is allowed there")
                    : code == EACCES || code == EPERM ? _("you may not write in that folder")
                    : code == EROFS ? _("that folder can only be read")
                    : code == ENOENT ? _("there is no such folder")
                    : code == ENOTDIR ? _("a part of the path is not a folder")
                    : g_strerror (code);

  g_set_error (error, ANNALS_EXPORT_ERROR, ANNALS_EXPORT_ERROR_WRITE,
               _("Cannot export to “%s”: %s"), shown, why);
}

/* The notebook is more than one file while it is open. */
static gboolean
is_notebook_file (const struct stat *info,
                  const char        *notebook_path)
{
  static const char * const suffixes[] = { "", "-wal", "-shm", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (notebook_path, suffixes[i], NULL);
      struct stat other;

      if (stat (path, &other) == 0 && other.st_dev == info->st_dev && other.st_ino == info->st_ino)
        return TRUE;
    }

  return FALSE;
}

/* A name that is not there yet but would be one of the open notebook's files. */
static gboolean
is_notebook_name (const char *path,
                  const char *notebook_path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *notebook_folder = g_path_get_dirname (notebook_path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *notebook_name = g_path_get_basename (notebook_path);
  struct stat a, b;

  return g_str_has_prefix (name, notebook_name) &&
         g_strv_contains ((const char * const []) { "", "-wal", "-shm", "-journal", NULL },
                          name + strlen (notebook_name)) &&
         stat (folder, &a) == 0 && stat (notebook_folder, &b) == 0 &&
         a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

static gboolean
check_existing (const char         *shown,
                const struct stat  *info,
                const char         *notebook_path,
                gboolean            overwrite,
                GError            **error)
{
  if (S_ISDIR (info->st_mode))
    set_target_error (error, shown, _("it is a folder; name a file in it"));
  else if (!S_ISREG (info->st_mode))
    set_target_error (error, shown, _("it is not an ordinary file"));
  else if (is_notebook_file (info, notebook_path))
    set_target_error (error, shown, _("it is the notebook itself"));
  else if (!overwrite)
    set_target_error (error, shown, _("there is a file of that name already"));
  else
    return TRUE;

  return FALSE;
}

/* Where the file is to stand, links resolved, or NULL. @mode: of the file it takes the place of,
 * 0 when there is none. */
static char *
resolve_target (const char  *shown,
                const char  *notebook_path,
                gboolean     overwrite,
                mode_t      *mode,
                GError     **error)
{
  g_autofree char *real = NULL;
  struct stat info;

  *mode = 0;
  if (*shown == '\0')
    {
      g_set_error_literal (error, ANNALS_EXPORT_ERROR, ANNALS_EXPORT_ERROR_TARGET,
                           _("Cannot export: the name of the file is empty"));
      return NULL;
    }

  if (stat (shown, &info) == 0)
    {
      if (!check_existing (shown, &info, notebook_path, overwrite, error))
        return NULL;

      *mode = info.st_mode & 07777;
      real = realpath (shown, NULL);
      if (real == NULL)
        set_write_error (error, shown, errno);

      return g_steal_pointer (&real);
    }

  if (errno != ENOENT)
    set_write_error (error, shown, errno);
  else if (g_str_has_suffix (shown, G_DIR_SEPARATOR_S))
    set_target_error (error, shown, _("there is no such folder"));
  else if (lstat (shown, &info) == 0)
    set_target_error (error, shown, _("it is a link that leads nowhere"));
  else if (is_notebook_name (shown, notebook_path))
    set_target_error (error, shown, _("it is the notebook itself"));
  else
    real = g_strdup (shown);

  return g_steal_pointer (&real);
}

static gboolean
flush_buffer (AnnalsExportFile *self)
{
  gsize done = 0;

  while (self->write_errno == 0 && done < self->buffer->len)
    {
      gssize n = write (self->fd, self->buffer->data + done, self->buffer->len - done);

      if (n >= 0)
        done += (gsize) n;
      else if (errno != EINTR)
        self->write_errno = errno;
    }

  g_byte_array_set_size (self->buffer, 0);
  return self->write_errno == 0;
}

static int
put_in_place (const char *from,
              const char *to,
              gboolean    overwrite)
{
  struct stat info;

  if (overwrite)
    return rename (from, to);

#ifdef RENAME_NOREPLACE
  if (renameat2 (AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
    return 0;
  if (errno != EINVAL && errno != ENOSYS)
    return -1;
#endif

  /* a file system without it */
  if (lstat (to, &info) == 0)
    {
      errno = EEXIST;
      return -1;
    }
  return rename (from, to);
}

/* So that the new name survives a loss of power; not every file system can. */
static void
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  (void) fsync (fd);
  (void) close (fd);
}

AnnalsExportFile *
annals_export_file_new (const char  *path,
                        const char  *notebook_path,
                        gboolean     overwrite,
                        GError     **error)
{
  g_autoptr(AnnalsExportFile) self = NULL;
  g_autofree char *folder = NULL;
  mode_t mode;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (notebook_path != NULL, NULL);

  self = g_new0 (AnnalsExportFile, 1);
  self->fd = -1;
  self->overwrite = overwrite;
  self->shown = g_strdup (path);
  self->buffer = g_byte_array_new ();
  self->path = resolve_target (path, notebook_path, overwrite, &mode, error);
  if (self->path == NULL)
    return NULL;

  folder = g_path_get_dirname (self->path);
  self->temporary = g_build_filename (folder, ".annals-export-XXXXXX", NULL);
  self->fd = g_mkstemp_full (self->temporary, O_RDWR | O_CLOEXEC, 0666);
  if (self->fd < 0)
    {
      set_write_error (error, path, errno);
      g_clear_pointer (&self->temporary, g_free);
      return NULL;
    }

  /* Who may read the old file may read the new one; where that cannot be set, the rest holds. */
  if (mode != 0)
    (void) fchmod (self->fd, mode & 0777);

  return g_steal_pointer (&self);
}

AnnalsExportFile *
annals_export_file_new_head (gsize         limit,
                             GCancellable *enough)
{
  AnnalsExportFile *self = g_new0 (AnnalsExportFile, 1);

  self->fd = -1;
  self->buffer = g_byte_array_new ();
  self->head = g_byte_array_new ();
  self->limit = limit;
  self->enough = g_object_ref (enough);

  return self;
}

GBytes *
annals_export_file_dup_head (AnnalsExportFile *self)
{
  g_return_val_if_fail (self != NULL && self->head != NULL, NULL);

  return g_bytes_new (self->head->data, self->head->len);
}

/* FALSE as soon as there is more than fits. */
static gboolean
write_head (AnnalsExportFile *self,
            const guint8     *bytes,
            gsize             length)
{
  gsize room = self->limit - self->head->len;

  g_byte_array_append (self->head, bytes, (guint) MIN (room, length));
  if (length > room)
    g_cancellable_cancel (self->enough);

  return length <= room;
}

gboolean
annals_export_file_write (AnnalsExportFile *self,
                          const void       *data,
                          gsize             length)
{
  const guint8 *bytes = data;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->head != NULL)
    return write_head (self, bytes, length);

  while (length > 0 && self->write_errno == 0)
    {
      gsize n = MIN (length, BUFFER_SIZE);

      g_byte_array_append (self->buffer, bytes, (guint) n);
      bytes += n;
      length -= n;

      if (self->buffer->len >= BUFFER_SIZE)
        flush_buffer (self);
    }

  return self->write_errno == 0;
}

gboolean
annals_export_file_commit (AnnalsExportFile  *self,
                           GError           **error)
{
  g_return_val_if_fail (self != NULL && self->fd >= 0, FALSE);

  if (flush_buffer (self) && fsync (self->fd) != 0)
    self->write_errno = errno;

  if (close (self->fd) != 0 && self->write_errno == 0)
    self->write_errno = errno;
  self->fd = -1;

  if (self->write_errno == 0 && put_in_place (self->temporary, self->path, self->overwrite) != 0)
    self->write_errno = errno;

  if (self->write_errno == EEXIST)
    set_target_error (error, self->shown, _("there is a file of that name already"));
  else if (self->write_errno != 0)
    set_write_error (error, self->shown, self->write_errno);

  if (self->write_errno != 0)
    return FALSE;

  g_clear_pointer (&self->temporary, g_free);
  sync_folder (self->path);
  return TRUE;
}

void
annals_export_file_free (AnnalsExportFile *self)
{
  if (self == NULL)
    return;

  if (self->fd >= 0)
    (void) close (self->fd);
  if (self->temporary != NULL)
    (void) g_unlink (self->temporary);

  g_clear_pointer (&self->head, g_byte_array_unref);
  g_clear_object (&self->enough);
  g_byte_array_unref (self->buffer);
  g_free (self->temporary);
  g_free (self->path);
  g_free (self->shown);
  g_free (self);
}
