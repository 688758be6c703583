/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loaded into a GTK program (LD_PRELOAD): what its main loop does between two waits goes to the file
 * ANNALS_BENCH_LOOP, a line each: when it began, how long it took and how much of that the processor worked for
 * this thread; microseconds, the first of CLOCK_MONOTONIC. What takes less than LEAST is left out.
 *
 * While the loop works the window neither hears nor draws, so this is how long it keeps a person waiting.
 */
#include <glib.h>

#include <stdio.h>
#include <time.h>

#define LEAST 500

static FILE *file;
static gint64 began;
static gint64 worked;

static gint64
processor_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static int
poll_and_tell (GPollFD *fds,
               guint    n_fds,
               int      timeout)
{
  gint64 now = g_get_monotonic_time ();
  int ready;

  if (began != 0 && now - began >= LEAST)
    fprintf (file, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", began, now - began,
             processor_time () - worked);

  ready = g_poll (fds, n_fds, timeout);
  worked = processor_time ();
  began = g_get_monotonic_time ();
  return ready;
}

__attribute__ ((constructor)) static void
begin (void)
{
  const char *path = g_getenv ("ANNALS_BENCH_LOOP");

  /* programs that this one starts have a loop of their own */
  if (path == NULL || (file = fopen (path, "wxe")) == NULL)
    return;

  g_unsetenv ("LD_PRELOAD");
  setvbuf (file, NULL, _IOLBF, 0);
  g_main_context_set_poll_func (NULL, poll_and_tell);
}
