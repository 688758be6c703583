/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loaded before libc (LD_PRELOAD): calls on the files of one folder fail when they are told to.
 *
 *   ANNALS_FAULT_UNDER=FOLDER   the files meant; others are left alone
 *   ANNALS_FAULT_KIND=…         write, sync, open, name (rename and link), truncate, any (all of these and removing), malloc,
 *                               or format (a text that g_strdup_printf() and the like want to allocate)
 *   ANNALS_FAULT_AT=N           the call that fails, from 1; 0: none does
 *   ANNALS_FAULT_HOW=…          an errno's number; "short": half is written, then no space; "kill": SIGKILL before the call
 *   ANNALS_FAULT_STICKY=1       all calls from then on fail
 *   ANNALS_FAULT_COUNT=FILE     how many calls there were, written at the end, one line
 *
 * No GLib: what is tested would be called by what tests it. */
#undef _FILE_OFFSET_BITS   /* both names of a call are wanted, with and without 64 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define MAX_FDS 4096

typedef enum
{
  KIND_WRITE = 1 << 0,
  KIND_SYNC = 1 << 1,
  KIND_OPEN = 1 << 2,
  KIND_NAME = 1 << 3,
  KIND_TRUNCATE = 1 << 4,
  KIND_REMOVE = 1 << 5,
  KIND_MALLOC = 1 << 6,
  KIND_FORMAT = 1 << 7,
} Kind;

typedef enum
{
  HOW_ERRNO,
  HOW_SHORT,
  HOW_KILL,
} How;

static const char *under;
static size_t under_length;
static unsigned kinds;
static How how;
static int fault_errno;
static long fault_at;
static int sticky;
static atomic_long n_calls;
static atomic_bool ours[MAX_FDS];   /* descriptors of files in the folder */

static void
set_up (void)
{
  static const struct { const char *name; unsigned kinds; } names[] = {
    { "write", KIND_WRITE }, { "sync", KIND_SYNC }, { "open", KIND_OPEN }, { "name", KIND_NAME },
    { "truncate", KIND_TRUNCATE }, { "malloc", KIND_MALLOC }, { "format", KIND_FORMAT },
    { "any", KIND_WRITE | KIND_SYNC | KIND_OPEN | KIND_NAME | KIND_TRUNCATE | KIND_REMOVE },
  };
  const char *kind = getenv ("ANNALS_FAULT_KIND");
  const char *way = getenv ("ANNALS_FAULT_HOW");

  under = getenv ("ANNALS_FAULT_UNDER");
  under_length = under != NULL ? strlen (under) : 0;
  for (size_t i = 0; kind != NULL && i < sizeof names / sizeof *names; i++)
    if (strcmp (kind, names[i].name) == 0)
      kinds = names[i].kinds;

  if (way != NULL && strcmp (way, "short") == 0)
    how = HOW_SHORT;
  else if (way != NULL && strcmp (way, "kill") == 0)
    how = HOW_KILL;
  fault_errno = way != NULL && atoi (way) > 0 ? atoi (way) : ENOSPC;
  /* a disk that is full lets files go */
  if (how == HOW_SHORT || (how == HOW_ERRNO && (fault_errno == ENOSPC || fault_errno == EDQUOT)))
    kinds &= ~KIND_REMOVE;
  fault_at = getenv ("ANNALS_FAULT_AT") != NULL ? atol (getenv ("ANNALS_FAULT_AT")) : 0;
  sticky = getenv ("ANNALS_FAULT_STICKY") != NULL;
}

/* before main() and before any other library's constructors call anything of note */
__attribute__ ((constructor (101))) static void
start (void)
{
  set_up ();
}

__attribute__ ((destructor)) static void
end (void)
{
  const char *path = getenv ("ANNALS_FAULT_COUNT");
  char line[32];
  int fd, length;

  if (path == NULL)
    return;

  kinds = 0;
  length = snprintf (line, sizeof line, "%ld\n", atomic_load (&n_calls));
  fd = (int) syscall (SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
  if (fd >= 0 && syscall (SYS_write, fd, line, length) == length)
    syscall (SYS_close, fd);
}

/* Whether this call is the one; errno is set then. */
static int
strikes (Kind kind)
{
  long n;

  if ((kinds & kind) == 0)
    return 0;

  n = atomic_fetch_add (&n_calls, 1) + 1;
  if (fault_at == 0 || (n != fault_at && !(sticky && n > fault_at)))
    return 0;

  if (how == HOW_KILL)
    {
      kill (getpid (), SIGKILL);
      for (;;)
        pause ();
    }

  errno = fault_errno;
  return 1;
}

static int
is_under (const char *path)
{
  char whole[PATH_MAX];

  if (under == NULL || path == NULL)
    return 0;

  if (path[0] != '/' && realpath (path, whole) != NULL)
    path = whole;

  return strncmp (path, under, under_length) == 0 && (path[under_length] == '/' || path[under_length] == '\0');
}

static int
is_ours (int fd)
{
  return fd >= 0 && fd < MAX_FDS && atomic_load (&ours[fd]);
}

static void
remember (int         fd,
          const char *path)
{
  char link[64], whole[PATH_MAX];
  ssize_t length;

  if (fd < 0 || fd >= MAX_FDS)
    return;

  if (!is_under (path))   /* a path through /proc, or one that is relative */
    {
      snprintf (link, sizeof link, "/proc/self/fd/%d", fd);
      length = readlink (link, whole, sizeof whole - 1);
      whole[length > 0 ? length : 0] = '\0';
      path = whole;
    }
  atomic_store (&ours[fd], is_under (path));
}

#define REAL(name) \
  static __typeof__ (&name) real; \
  if (real == NULL) \
    real = (__typeof__ (&name)) dlsym (RTLD_NEXT, #name)

/* --- opening --- */

#define OPEN(name) \
  int \
  name (const char *path, int flags, ...) \
  { \
    mode_t mode = 0; \
    int fd; \
    REAL (name); \
    if (flags & (O_CREAT | __O_TMPFILE)) \
      { \
        va_list arguments; \
        va_start (arguments, flags); \
        mode = va_arg (arguments, mode_t); \
        va_end (arguments); \
      } \
    if ((flags & (O_CREAT | O_TRUNC)) && is_under (path) && strikes (KIND_OPEN)) \
      return -1; \
    fd = real (path, flags, mode); \
    remember (fd, path); \
    return fd; \
  }
OPEN (open)
OPEN (open64)

#define OPENAT(name) \
  int \
  name (int folder, const char *path, int flags, ...) \
  { \
    mode_t mode = 0; \
    int fd; \
    REAL (name); \
    if (flags & (O_CREAT | __O_TMPFILE)) \
      { \
        va_list arguments; \
        va_start (arguments, flags); \
        mode = va_arg (arguments, mode_t); \
        va_end (arguments); \
      } \
    if ((flags & (O_CREAT | O_TRUNC)) && is_under (path) && strikes (KIND_OPEN)) \
      return -1; \
    fd = real (folder, path, flags, mode); \
    remember (fd, path); \
    return fd; \
  }
OPENAT (openat)
OPENAT (openat64)

int
close (int fd)
{
  REAL (close);
  if (fd >= 0 && fd < MAX_FDS)
    atomic_store (&ours[fd], 0);
  return real (fd);
}

/* --- writing --- */

ssize_t
write (int         fd,
       const void *data,
       size_t      length)
{
  REAL (write);
  if (!is_ours (fd) || !strikes (KIND_WRITE))
    return real (fd, data, length);
  if (how == HOW_SHORT && length > 1)
    return real (fd, data, length / 2);
  return -1;
}

#define PWRITE(name, offset_type) \
  ssize_t \
  name (int fd, const void *data, size_t length, offset_type offset) \
  { \
    REAL (name); \
    if (!is_ours (fd) || !strikes (KIND_WRITE)) \
      return real (fd, data, length, offset); \
    if (how == HOW_SHORT && length > 1) \
      return real (fd, data, length / 2, offset); \
    return -1; \
  }
PWRITE (pwrite, off_t)
PWRITE (pwrite64, off64_t)

ssize_t
writev (int                 fd,
        const struct iovec *pieces,
        int                 n)
{
  REAL (writev);
  if (!is_ours (fd) || !strikes (KIND_WRITE))
    return real (fd, pieces, n);
  return -1;
}

#define SYNC(name) \
  int \
  name (int fd) \
  { \
    REAL (name); \
    return is_ours (fd) && strikes (KIND_SYNC) ? -1 : real (fd); \
  }
SYNC (fsync)
SYNC (fdatasync)

#define TRUNCATE(name, offset_type) \
  int \
  name (int fd, offset_type length) \
  { \
    REAL (name); \
    return is_ours (fd) && strikes (KIND_TRUNCATE) ? -1 : real (fd, length); \
  }
TRUNCATE (ftruncate, off_t)
TRUNCATE (ftruncate64, off64_t)

/* --- names --- */

#define TWO_NAMES(name) \
  int \
  name (const char *from, const char *to) \
  { \
    REAL (name); \
    return (is_under (from) || is_under (to)) && strikes (KIND_NAME) ? -1 : real (from, to); \
  }
TWO_NAMES (rename)
TWO_NAMES (link)

#define ONE_NAME(name) \
  int \
  name (const char *path) \
  { \
    REAL (name); \
    return is_under (path) && strikes (KIND_REMOVE) ? -1 : real (path); \
  }
ONE_NAME (unlink)
ONE_NAME (remove)

int
linkat (int         from_folder,
        const char *from,
        int         to_folder,
        const char *to,
        int         flags)
{
  REAL (linkat);
  return (is_under (from) || is_under (to)) && strikes (KIND_NAME) ? -1 : real (from_folder, from, to_folder, to, flags);
}

int
renameat2 (int          from_folder,
           const char  *from,
           int          to_folder,
           const char  *to,
           unsigned int flags)
{
  REAL (renameat2);
  return (is_under (from) || is_under (to)) && strikes (KIND_NAME) ? -1 : real (from_folder, from, to_folder, to, flags);
}

/* --- memory --- */

/* What fails in these is not counted, for it goes wrong in GLib 2.74 itself. g_once_init_enter() allocates under the lock
 * that the report of it wants as well, and stands still for ever; g_uri_resolve_relative() takes a NULL for a path. */
static _Thread_local int within_glib __attribute__ ((tls_model ("initial-exec")));

int g_once_init_enter (volatile void *location);
char *g_uri_resolve_relative (const char *base, const char *address, unsigned flags, void **error);

int
g_once_init_enter (volatile void *location)
{
  int first;

  REAL (g_once_init_enter);
  within_glib++;
  first = real (location);
  within_glib--;

  return first;
}

char *
g_uri_resolve_relative (const char  *base,
                        const char  *address,
                        unsigned     flags,
                        void       **error)
{
  char *whole;

  REAL (g_uri_resolve_relative);
  within_glib++;
  whole = real (base, address, flags, error);
  within_glib--;

  return whole;
}

extern void *__libc_malloc (size_t size);
extern void *__libc_calloc (size_t n, size_t size);
extern void *__libc_realloc (void *memory, size_t size);

void *
malloc (size_t size)
{
  return within_glib == 0 && strikes (KIND_MALLOC) ? NULL : __libc_malloc (size);
}

void *
calloc (size_t n,
        size_t size)
{
  return within_glib == 0 && strikes (KIND_MALLOC) ? NULL : __libc_calloc (n, size);
}

void *
realloc (void   *memory,
         size_t  size)
{
  return within_glib == 0 && strikes (KIND_MALLOC) ? NULL : __libc_realloc (memory, size);
}

/* One of these two is what GLib calls, as it was built with _FORTIFY_SOURCE or not. */
int
__vasprintf_chk (char      **text,
                 int         flag,
                 const char *format,
                 va_list     arguments)
{
  REAL (__vasprintf_chk);
  return within_glib == 0 && strikes (KIND_FORMAT) ? -1 : real (text, flag, format, arguments);
}

int
vasprintf (char      **text,
           const char *format,
           va_list     arguments)
{
  REAL (vasprintf);
  return within_glib == 0 && strikes (KIND_FORMAT) ? -1 : real (text, format, arguments);
}
