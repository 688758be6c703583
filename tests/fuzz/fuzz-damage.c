/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A notebook's bytes, some of which are others: opened, read in all ways, changed, undone, checked, salvaged.
 *
 * The input is a list of patches to a small notebook that is made anew each time the program starts: a page and a
 * place in it (two bytes each, little-endian), a number of bytes, and those. What a patched notebook answers may be
 * anything; that it answers is what counts. */
#include "config.h"

#include "notebook-use.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

static char *
patch (const uint8_t *data,
       size_t         size)
{
  char *bytes = g_memdup2 (whole, whole_size);

  while (size >= 5)
    {
      gsize page = (data[0] | data[1] << 8) % (whole_size / PAGE);
      gsize at = page * PAGE + (data[2] | data[3] << 8) % PAGE;
      gsize n = MIN (MIN (data[4], size - 5), whole_size - at);

      memcpy (bytes + at, data + 5, n);
      data += 5 + n;
      size -= 5 + n;
    }

  return bytes;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *bytes = NULL;
  g_autofree char *saved = NULL;
  g_autoptr(GPtrArray) lost G_GNUC_UNUSED = NULL;
  AnnalsNotebook *notebook;

  if (whole == NULL)
    {
      make_whole ();
      atexit (clear_up);
    }

  bytes = patch (data, size);
  clear_folder (folder);
  g_assert_true (g_file_set_contents (path, bytes, (gssize) whole_size, NULL));
  if ((notebook = annals_notebook_open (path, NULL)) != NULL)
    {
      use (notebook);
      annals_notebook_close (notebook, NULL);
      g_object_unref (notebook);
    }

  /* What was saved has passed its check already. */
  g_assert_true (g_file_set_contents (path, bytes, (gssize) whole_size, NULL));
  saved = g_build_filename (folder, "Saved.annals", NULL);
  lost = annals_salvage (path, saved, NULL, NULL);
  while (g_main_context_iteration (NULL, FALSE))
    ;

  return 0;
}
