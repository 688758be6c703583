/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SQLite's locks, made to last.
 *
 * A lock that fcntl() gives belongs to the process, and closing any descriptor of the file drops all of them
 * (fcntl(2), "record locks"). A file chooser that looks into the notebook's folder opens and closes its files;
 * another program that then leaves the notebook believes that it was the last, and deletes the log into which
 * this one goes on writing. So each file's locks are put on a descriptor of our own, as locks of the open file
 * (F_OFD_SETLK), which no other close() ends. The descriptor is one for all connections, because SQLite counts
 * on a process meeting itself. Other programs see such locks as they see any. */
#define _GNU_SOURCE   /* F_OFD_SETLK */
#include "config.h"

#include "annals-db-private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  dev_t device;
  ino_t inode;
  int   fd;        /* ours; -1: this file cannot have such locks */
  guint n_users;   /* descriptors of SQLite's */
} File;

static GMutex mutex;
static GHashTable *files_by_user;    /* SQLite's descriptor → File, borrowed */
static GPtrArray *files;             /* (element type File) */

typedef int (*CloseCall) (int fd);
typedef int (*ControlCall) (int fd, int command, ...);

static CloseCall next_close;

static int
open_again (int fd)
{
  g_autofree char *name = g_strdup_printf ("/proc/self/fd/%d", fd);
  int again = open (name, O_RDWR | O_CLOEXEC);

  return again >= 0 ? again : open (name, O_RDONLY | O_CLOEXEC);
}

static File *
find_file (const struct stat *info)
{
  for (guint i = 0; i < files->len; i++)
    {
      File *file = g_ptr_array_index (files, i);

      if (file->device == info->st_dev && file->inode == info->st_ino)
        return file;
    }

  return NULL;
}

/* NULL: the file cannot be told. */
static File *
get_file (int fd)
{
  File *file = g_hash_table_lookup (files_by_user, GINT_TO_POINTER (fd));
  struct stat info;

  if (file != NULL || fstat (fd, &info) != 0)
    return file;

  if ((file = find_file (&info)) == NULL)
    {
      file = g_new0 (File, 1);
      file->device = info.st_dev;
      file->inode = info.st_ino;
      file->fd = open_again (fd);
      g_ptr_array_add (files, file);
    }

  file->n_users++;
  g_hash_table_insert (files_by_user, GINT_TO_POINTER (fd), file);

  return file;
}

static int
to_open_file_command (int command)
{
  switch (command)
    {
    case F_SETLK:
      return F_OFD_SETLK;

    case F_SETLKW:
      return F_OFD_SETLKW;

    default:
      return F_OFD_GETLK;
    }
}

/* A kernel or a file system without such locks says EINVAL: its files keep the common ones. */
static int
lock_file (int           fd,
           int           command,
           struct flock *lock)
{
  g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&mutex);
  File *file = get_file (fd);
  int result;

  if (file == NULL || file->fd < 0)
    return fcntl (fd, command, lock);

  lock->l_pid = 0;
  result = fcntl (file->fd, to_open_file_command (command), lock);
  if (result == 0 || errno != EINVAL)
    return result;

  close (file->fd);
  file->fd = -1;

  return fcntl (fd, command, lock);
}

static int
control (int fd,
         int command,
         ...)
{
  struct flock *lock = NULL;
  int number = 0;
  va_list arguments;

  va_start (arguments, command);
  if (command == F_SETLK || command == F_SETLKW || command == F_GETLK)
    lock = va_arg (arguments, struct flock *);
  else
    number = va_arg (arguments, int);
  va_end (arguments);

  return lock != NULL ? lock_file (fd, command, lock) : fcntl (fd, command, number);
}

static int
close_file (int fd)
{
  g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&mutex);
  File *file = g_hash_table_lookup (files_by_user, GINT_TO_POINTER (fd));

  g_hash_table_remove (files_by_user, GINT_TO_POINTER (fd));
  if (file != NULL && --file->n_users == 0)
    {
      if (file->fd >= 0)
        close (file->fd);
      g_ptr_array_remove_fast (files, file);
    }

  return next_close (fd);
}

void
annals_db_keep_locks (void)
{
  static gsize done;
  sqlite3_vfs *vfs;

  if (!g_once_init_enter (&done))
    return;

  vfs = sqlite3_vfs_find ("unix");
  files_by_user = g_hash_table_new (NULL, NULL);
  files = g_ptr_array_new_with_free_func (g_free);
  if (vfs != NULL && vfs->iVersion >= 3 &&
      (next_close = (CloseCall) vfs->xGetSystemCall (vfs, "close")) != NULL)
    {
      vfs->xSetSystemCall (vfs, "fcntl", (sqlite3_syscall_ptr) (ControlCall) control);
      vfs->xSetSystemCall (vfs, "close", (sqlite3_syscall_ptr) close_file);
    }

  g_once_init_leave (&done, 1);
}
