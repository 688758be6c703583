/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fault-vfs.h"

#include <sqlite3.h>
#include <string.h>

typedef struct
{
  sqlite3_file  parent;
  sqlite3_file *real;    /* behind this struct, in the same block of memory */
} FaultFile;

static sqlite3_vfs *system_vfs;
static sqlite3_vfs fault_vfs;
static Fault armed;
static gint fault_at;
static gint n_calls;
static gint counting;

/* Whether this call is to fail; any thread's. */
static gboolean
strikes (FaultKind kind)
{
  gint n;

  if (!g_atomic_int_get (&counting) || armed.kind != kind)
    return FALSE;

  n = g_atomic_int_add (&n_calls, 1) + 1;

  return fault_at > 0 && (n == fault_at || (armed.sticky && n > fault_at));
}

static sqlite3_file *
get_real (sqlite3_file *file)
{
  return ((FaultFile *) file)->real;
}

static int
close_file (sqlite3_file *file)
{
  return get_real (file)->pMethods->xClose (get_real (file));
}

static int
read_file (sqlite3_file  *file,
           void          *data,
           int            length,
           sqlite3_int64  offset)
{
  if (strikes (FAULT_READ))
    return armed.code;

  return get_real (file)->pMethods->xRead (get_real (file), data, length, offset);
}

static int
write_file (sqlite3_file  *file,
            const void    *data,
            int            length,
            sqlite3_int64  offset)
{
  sqlite3_file *real = get_real (file);

  if (strikes (FAULT_WRITE) || strikes (FAULT_CHANGING))
    return armed.code;
  if (strikes (FAULT_SHORT_WRITE))
    {
      real->pMethods->xWrite (real, data, length / 2, offset);
      return armed.code;
    }

  return real->pMethods->xWrite (real, data, length, offset);
}

static int
truncate_file (sqlite3_file  *file,
               sqlite3_int64  size)
{
  if (strikes (FAULT_TRUNCATE) || strikes (FAULT_CHANGING))
    return armed.code;

  return get_real (file)->pMethods->xTruncate (get_real (file), size);
}

static int
sync_file (sqlite3_file *file,
           int           flags)
{
  return strikes (FAULT_SYNC) ? armed.code : SQLITE_OK;
}

static int
get_size (sqlite3_file  *file,
          sqlite3_int64 *size)
{
  if (strikes (FAULT_SIZE))
    return armed.code;

  return get_real (file)->pMethods->xFileSize (get_real (file), size);
}

static int
lock_file (sqlite3_file *file,
           int           level)
{
  if (strikes (FAULT_LOCK))
    return armed.code;

  return get_real (file)->pMethods->xLock (get_real (file), level);
}

static int
unlock_file (sqlite3_file *file,
             int           level)
{
  return get_real (file)->pMethods->xUnlock (get_real (file), level);
}

static int
check_lock (sqlite3_file *file,
            int          *is_locked)
{
  return get_real (file)->pMethods->xCheckReservedLock (get_real (file), is_locked);
}

static int
control_file (sqlite3_file *file,
              int           what,
              void         *data)
{
  return get_real (file)->pMethods->xFileControl (get_real (file), what, data);
}

static int
get_sector_size (sqlite3_file *file)
{
  return get_real (file)->pMethods->xSectorSize (get_real (file));
}

static int
get_characteristics (sqlite3_file *file)
{
  return get_real (file)->pMethods->xDeviceCharacteristics (get_real (file));
}

static int
map_shared (sqlite3_file   *file,
            int             page,
            int             size,
            int             extend,
            void volatile **memory)
{
  if (strikes (FAULT_SHARED))
    return armed.code;

  return get_real (file)->pMethods->xShmMap (get_real (file), page, size, extend, memory);
}

static int
lock_shared (sqlite3_file *file,
             int           offset,
             int           n,
             int           flags)
{
  /* what is given back is given back */
  if ((flags & SQLITE_SHM_UNLOCK) == 0 && strikes (FAULT_SHARED))
    return armed.code;

  return get_real (file)->pMethods->xShmLock (get_real (file), offset, n, flags);
}

static void
end_shared_turn (sqlite3_file *file)
{
  get_real (file)->pMethods->xShmBarrier (get_real (file));
}

static int
unmap_shared (sqlite3_file *file,
              int           remove)
{
  return get_real (file)->pMethods->xShmUnmap (get_real (file), remove);
}

static const sqlite3_io_methods methods = {
  .iVersion = 2,
  .xClose = close_file,
  .xRead = read_file,
  .xWrite = write_file,
  .xTruncate = truncate_file,
  .xSync = sync_file,
  .xFileSize = get_size,
  .xLock = lock_file,
  .xUnlock = unlock_file,
  .xCheckReservedLock = check_lock,
  .xFileControl = control_file,
  .xSectorSize = get_sector_size,
  .xDeviceCharacteristics = get_characteristics,
  .xShmMap = map_shared,
  .xShmLock = lock_shared,
  .xShmBarrier = end_shared_turn,
  .xShmUnmap = unmap_shared,
};

static int
open_file (sqlite3_vfs  *vfs,
           const char   *path,
           sqlite3_file *file,
           int           flags,
           int          *out_flags)
{
  FaultFile *self = (FaultFile *) file;
  int code;

  self->parent.pMethods = NULL;
  self->real = (sqlite3_file *) (self + 1);
  if (strikes (FAULT_OPEN) || ((flags & SQLITE_OPEN_CREATE) && strikes (FAULT_CHANGING)))
    return armed.code == SQLITE_READONLY ? SQLITE_CANTOPEN : armed.code;

  code = system_vfs->xOpen (system_vfs, path, self->real, flags, out_flags);
  if (self->real->pMethods != NULL)
    self->parent.pMethods = &methods;

  return code;
}

static int
delete_file (sqlite3_vfs *vfs,
             const char  *path,
             int          sync_folder)
{
  if (strikes (FAULT_DELETE) || strikes (FAULT_CHANGING))
    return armed.code;

  return system_vfs->xDelete (system_vfs, path, FALSE);
}

void
fault_vfs_install (void)
{
  system_vfs = sqlite3_vfs_find (NULL);
  g_assert_nonnull (system_vfs);

  /* the rest of its functions need nothing of theirs but pAppData */
  fault_vfs = *system_vfs;
  fault_vfs.zName = "faults";
  fault_vfs.pNext = NULL;
  fault_vfs.szOsFile = (int) sizeof (FaultFile) + system_vfs->szOsFile;
  fault_vfs.xOpen = open_file;
  fault_vfs.xDelete = delete_file;
  g_assert_cmpint (sqlite3_vfs_register (&fault_vfs, TRUE), ==, SQLITE_OK);
}

void
fault_vfs_arm (const Fault *fault,
               guint        at)
{
  armed = *fault;
  fault_at = (gint) at;
  g_atomic_int_set (&n_calls, 0);
  g_atomic_int_set (&counting, TRUE);
}

guint
fault_vfs_disarm (void)
{
  g_atomic_int_set (&counting, FALSE);

  return (guint) g_atomic_int_get (&n_calls);
}
