/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A handler of signals may do little more than write a byte; a thread waits for it. */
#include "config.h"

#include "annals-cli-interrupt.h"

#include <errno.h>
#include <glib-unix.h>
#include <signal.h>
#include <unistd.h>

static GCancellable *cancellable;
static GThread *waiter;
static int pipe_ends[2] = { -1, -1 };

static void
interrupt_handler (int number)
{
  int before = errno;
  gssize n_written = write (pipe_ends[1], "", 1);

  (void) n_written;   /* a full pipe says the same */
  errno = before;
}

static gpointer
wait_thread (gpointer data)
{
  char byte;
  gssize n_read;

  do
    n_read = read (pipe_ends[0], &byte, 1);
  while (n_read < 0 && errno == EINTR);

  if (n_read > 0)
    g_cancellable_cancel (data);

  return NULL;
}

GCancellable *
annals_cli_interrupt_begin (void)
{
  struct sigaction action = { .sa_handler = interrupt_handler, .sa_flags = SA_RESTART | SA_RESETHAND };

  g_return_val_if_fail (cancellable == NULL, cancellable);

  cancellable = g_cancellable_new ();
  /* Without a pipe the program is ended by a signal, as others are. */
  if (!g_unix_open_pipe (pipe_ends, FD_CLOEXEC, NULL))
    return cancellable;

  g_unix_set_fd_nonblocking (pipe_ends[1], TRUE, NULL);
  waiter = g_thread_new ("interrupt", wait_thread, cancellable);
  sigaction (SIGINT, &action, NULL);
  sigaction (SIGTERM, &action, NULL);

  return cancellable;
}

void
annals_cli_interrupt_end (void)
{
  signal (SIGINT, SIG_DFL);
  signal (SIGTERM, SIG_DFL);

  if (waiter != NULL)
    {
      close (pipe_ends[1]);
      g_thread_join (g_steal_pointer (&waiter));
      close (pipe_ends[0]);
    }
  g_clear_object (&cancellable);
}
