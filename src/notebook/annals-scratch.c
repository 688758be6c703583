/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that are there while something is done: "Work.annals.restore-PROCESS-NUMBER". A program that is killed leaves
 * them behind. */
#include "config.h"

#include "annals-scratch-private.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#define SUFFIX ".annals."

static const char * const words[ANNALS_N_SCRATCHES] = {
  [ANNALS_SCRATCH_RESTORE] = "restore-",
  [ANNALS_SCRATCH_RESTORED] = "restored-",
  [ANNALS_SCRATCH_COPY] = "copy-",
  [ANNALS_SCRATCH_DAMAGED] = "damaged-",
  [ANNALS_SCRATCH_SALVAGED] = "part-",
  [ANNALS_SCRATCH_MERGE] = "merge-",
};

char *
annals_scratch_dup_name (const char    *near,
                         AnnalsScratch  scratch)
{
  static int n_names;

  g_return_val_if_fail (near != NULL && scratch < ANNALS_N_SCRATCHES, NULL);

  return g_strdup_printf ("%s%s%s%d-%d", near, g_str_has_suffix (near, ".annals") ? "." : SUFFIX, words[scratch],
                          (int) getpid (), g_atomic_int_add (&n_names, 1));
}

/* @text: "123-4", and what SQLite and others add to a name. A damaged notebook that a backup took the place of has a
 * time behind the same word: four digits, a dash, two more and a dash. */
static gboolean
read_process (const char *text,
              gint64     *process)
{
  char *end;

  *process = g_ascii_strtoll (text, &end, 10);
  if (end == text || *end != '-' || *process <= 0 || *process > G_MAXINT || !g_ascii_isdigit (end[1]))
    return FALSE;

  g_ascii_strtoll (end + 1, &end, 10);

  return *end == '\0' || *end == '.' || g_str_equal (end, "-wal") || g_str_equal (end, "-shm") ||
         g_str_equal (end, "-journal");
}

static gboolean
is_scratch (const char *name,
            gint64     *process)
{
  for (const char *at = strstr (name, SUFFIX); at != NULL; at = strstr (at + 1, SUFFIX))
    for (guint i = 0; i < ANNALS_N_SCRATCHES; i++)
      if (g_str_has_prefix (at + strlen (SUFFIX), words[i]) &&
          read_process (at + strlen (SUFFIX) + strlen (words[i]), process))
        return TRUE;

  return FALSE;
}

void
annals_scratch_clean (const char *near)
{
  g_autofree char *folder = g_path_get_dirname (near);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = NULL;
      gint64 process;
      GStatBuf info;

      if (!is_scratch (name, &process) || kill ((pid_t) process, 0) == 0 || errno != ESRCH)
        continue;

      path = g_build_filename (folder, name, NULL);
      if (g_lstat (path, &info) == 0 && S_ISREG (info.st_mode) &&
          ABS (now - (gint64) info.st_mtime) > ANNALS_SCRATCH_ABANDONED)
        g_unlink (path);
    }
}
