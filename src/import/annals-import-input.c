/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-import-input.h"
#include "annals-sha256.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct _AnnalsImportInput
{
  char      *name;
  int        fd;           /* -1 for what is no file */
  struct stat info;        /* of the file when it was opened */
  GBytes    *bytes;
  gsize      bytes_offset;
  AnnalsInputRead read;    /* NULL but for streams */
  gpointer   read_data;
  GDestroyNotify destroy_data;
  guint8    *head;
  gsize      head_length;
  gsize      head_offset;
  gint64     size;
  gint64     offset;
  AnnalsSha256 checksum;
  char      *sha256;       /* (nullable): as it was last asked for */
  gboolean   hashed;       /* the checksum was asked for */
};

static gssize
read_raw (AnnalsImportInput  *self,
          guint8             *buffer,
          gsize               count,
          GCancellable       *cancellable,
          GError            **error)
{
  gssize n;

  if (self->read != NULL)
    return self->read (self->read_data, buffer, count, cancellable, error);

  if (self->bytes != NULL)
    {
      gsize length;
      const guint8 *data = g_bytes_get_data (self->bytes, &length);

      count = MIN (count, length - self->bytes_offset);
      if (count > 0)
        memcpy (buffer, data + self->bytes_offset, count);
      self->bytes_offset += count;

      return (gssize) count;
    }

  do
    n = read (self->fd, buffer, count);
  while (n < 0 && errno == EINTR);

  if (n < 0)
    {
      int reason = errno;

      g_set_error (error, ANNALS_IMPORT_ERROR, ANNALS_IMPORT_ERROR_UNREADABLE,
                   _("“%s” could not be read: %s"), self->name, g_strerror (reason));
    }

  return n;
}

static gboolean
read_head (AnnalsImportInput  *self,
           GError            **error)
{
  self->head = g_malloc (ANNALS_IMPORT_HEAD_SIZE);

  while (self->head_length < ANNALS_IMPORT_HEAD_SIZE)
    {
      gssize n = read_raw (self, self->head + self->head_length,
                           ANNALS_IMPORT_HEAD_SIZE - self->head_length, NULL, error);

      if (n < 0)
        return FALSE;
      if (n == 0)
        break;

      self->head_length += (gsize) n;
    }

  return TRUE;
}

static AnnalsImportInput *
input_new (const char *name)
{
  AnnalsImportInput *self = g_new0 (AnnalsImportInput, 1);

  self->name = g_strdup (name);
  self->fd = -1;
  annals_sha256_init (&self->checksum);

  return self;
}

/* Whether the file is one with something in it. */
static gboolean
check_regular (const struct stat  *info,
               const char         *name,
               GError            **error)
{
  if (!S_ISREG (info->st_mode))
    {
      g_set_error (error, ANNALS_IMPORT_ERROR, ANNALS_IMPORT_ERROR_UNREADABLE,
                   S_ISDIR (info->st_mode) ? _("“%s” is a folder, not a file")
                                           : _("“%s” is not an ordinary file"),
                   name);
      return FALSE;
    }

  if (info->st_size == 0)
    {
      g_set_error (error, ANNALS_IMPORT_ERROR, ANNALS_IMPORT_ERROR_EMPTY, _("“%s” is empty"), name);
      return FALSE;
    }

  return TRUE;
}

static void
set_open_error (GError     **error,
                const char  *name,
                int          reason)
{
  g_set_error (error, ANNALS_IMPORT_ERROR, ANNALS_IMPORT_ERROR_UNREADABLE,
               _("“%s” could not be opened: %s"), name, g_strerror (reason));
}

AnnalsImportInput *
annals_import_input_new_for_path (const char  *path,
                                  GError     **error)
{
  g_autofree char *name = NULL;
  struct stat info;
  int fd;

  g_return_val_if_fail (path != NULL, NULL);

  name = g_filename_display_basename (path);

  /* looked at before it is opened, because opening a device may do something */
  if (stat (path, &info) != 0)
    {
      set_open_error (error, name, errno);
      return NULL;
    }

  if (!check_regular (&info, name, error))
    return NULL;

  fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  if (fd < 0)
    {
      set_open_error (error, name, errno);
      return NULL;
    }

  return annals_import_input_new_for_fd (fd, name, error);
}

AnnalsImportInput *
annals_import_input_new_for_fd (int          fd,
                                const char  *name,
                                GError     **error)
{
  g_autoptr(AnnalsImportInput) self = NULL;

  g_return_val_if_fail (fd >= 0 && name != NULL, NULL);

  self = input_new (name);
  self->fd = fd;

  if (fstat (fd, &self->info) != 0)
    {
      set_open_error (error, name, errno);
      return NULL;
    }

  self->size = self->info.st_size;
  if (!check_regular (&self->info, name, error) || !read_head (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

AnnalsImportInput *
annals_import_input_new_for_bytes (GBytes     *bytes,
                                   const char *name)
{
  AnnalsImportInput *self;

  g_return_val_if_fail (bytes != NULL && name != NULL, NULL);

  self = input_new (name);
  self->bytes = g_bytes_ref (bytes);
  self->size = (gint64) g_bytes_get_size (bytes);
  read_head (self, NULL);

  return self;
}

AnnalsImportInput *
annals_import_input_new_for_stream (const char       *name,
                                    gint64            size,
                                    AnnalsInputRead   read_func,
                                    gpointer          data,
                                    GDestroyNotify    destroy,
                                    GError          **error)
{
  g_autoptr(AnnalsImportInput) self = NULL;

  g_return_val_if_fail (name != NULL && read_func != NULL, NULL);

  self = input_new (name);
  self->read = read_func;
  self->read_data = data;
  self->destroy_data = destroy;
  self->size = MAX (size, 0);

  if (!read_head (self, error))
    return NULL;

  self->size = MAX (self->size, (gint64) self->head_length);

  return g_steal_pointer (&self);
}

void
annals_import_input_free (AnnalsImportInput *self)
{
  if (self == NULL)
    return;

  if (self->fd >= 0)
    close (self->fd);

  if (self->destroy_data != NULL)
    self->destroy_data (self->read_data);

  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->sha256);
  g_free (self->head);
  g_free (self->name);
  g_free (self);
}

const char *
annals_import_input_get_name (AnnalsImportInput *self)
{
  return self->name;
}

gint64
annals_import_input_get_size (AnnalsImportInput *self)
{
  return self->size;
}

gint64
annals_import_input_get_offset (AnnalsImportInput *self)
{
  return self->offset;
}

const guint8 *
annals_import_input_get_head (AnnalsImportInput *self,
                              gsize             *length)
{
  *length = self->head_length;

  return self->head;
}

gssize
annals_import_input_read (AnnalsImportInput  *self,
                          guint8             *buffer,
                          gsize               count,
                          GCancellable       *cancellable,
                          GError            **error)
{
  gssize n;

  g_return_val_if_fail (self != NULL && buffer != NULL, -1);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return -1;

  if (self->head_offset < self->head_length)
    {
      n = (gssize) MIN (count, self->head_length - self->head_offset);
      memcpy (buffer, self->head + self->head_offset, (gsize) n);
      self->head_offset += (gsize) n;
    }
  else
    {
      n = read_raw (self, buffer, count, cancellable, error);
    }

  if (n > 0)
    {
      if (!self->hashed)
        annals_sha256_update (&self->checksum, buffer, (gsize) n);
      self->offset += n;
      self->size = MAX (self->size, self->offset);
    }

  return n;
}

gboolean
annals_import_input_drain (AnnalsImportInput  *self,
                           GCancellable       *cancellable,
                           GError            **error)
{
  g_autofree guint8 *buffer = g_malloc (ANNALS_IMPORT_HEAD_SIZE);
  gssize n;

  do
    n = annals_import_input_read (self, buffer, ANNALS_IMPORT_HEAD_SIZE, cancellable, error);
  while (n > 0);

  /* a file that shrank meanwhile */
  if (n == 0)
    self->size = self->offset;

  return n == 0;
}

gboolean
annals_import_input_has_changed (AnnalsImportInput *self)
{
  struct stat info;

  g_return_val_if_fail (self != NULL, FALSE);

  return self->fd >= 0 &&
         (fstat (self->fd, &info) != 0 || info.st_size != self->info.st_size ||
          info.st_mtim.tv_sec != self->info.st_mtim.tv_sec ||
          info.st_mtim.tv_nsec != self->info.st_mtim.tv_nsec);
}

gint64
annals_import_input_get_modified (AnnalsImportInput *self)
{
  return self->fd >= 0 ? (gint64) self->info.st_mtim.tv_sec : 0;
}

const char *
annals_import_input_get_sha256 (AnnalsImportInput *self)
{
  self->hashed = TRUE;

  g_free (self->sha256);
  self->sha256 = annals_sha256_dup_hex (&self->checksum);

  return self->sha256;
}
