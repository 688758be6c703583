/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-container.h"

/* What is read of one file in a container; the rest is skipped. */
#define MAX_READ (1024 * 1024)

static inline void
read_part (AnnalsPart *part,
           gboolean    to_end)
{
  guint8 buffer[4096];
  gssize n;
  gsize total = 0;

  g_assert_true (g_utf8_validate (part->path, -1, NULL));
  g_assert_true (part->path[0] != '\0' && part->path[0] != '/');
  g_assert_true (part->url == NULL || g_utf8_validate (part->url, -1, NULL));
  g_assert_cmpint (part->modified, >=, 0);

  do
    {
      n = annals_import_input_read (part->input, buffer, sizeof buffer, NULL, NULL);
      g_assert_cmpint (n, >=, 0);
      total += (gsize) n;
    }
  while (n > 0 && total < MAX_READ && to_end);
}

/* Everything that @container finds in the bytes; every third file is read in part only. */
static inline void
run_container (const AnnalsContainer *container,
               const guint8          *data,
               gsize                  size)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);
  g_autoptr(AnnalsPart) file = annals_part_new ("fuzz", annals_import_input_new_for_bytes (bytes, "fuzz"));
  g_autoptr(GError) error = NULL;
  gpointer state = container->open (file, &error);
  AnnalsContainerResult result = ANNALS_CONTAINER_END;
  guint n = 0;

  g_assert_nonnull (state);

  do
    {
      g_autoptr(AnnalsPart) part = NULL;
      g_autoptr(AnnalsIssue) issue = NULL;

      result = container->next (state, &part, &issue, NULL, &error);
      g_assert_no_error (error);
      g_assert_true ((result == ANNALS_CONTAINER_PART) == (part != NULL));
      g_assert_true ((result == ANNALS_CONTAINER_ISSUE) == (issue != NULL));
      if (part != NULL)
        read_part (part, n % 3 != 2);
      if (issue != NULL)
        {
          g_assert_true (issue->place == NULL || g_utf8_validate (issue->place, -1, NULL));
          g_assert_true (g_utf8_validate (issue->reason, -1, NULL));
        }
      n++;
    }
  while (result != ANNALS_CONTAINER_END);

  container->close (state);
}
