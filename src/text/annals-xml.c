/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-xml.h"

#include <libxml/parser.h>

/* libxml2 takes NULL for a failure, which GLib gives for no bytes. */
static void *
allocate (size_t size)
{
  return g_malloc (MAX (size, 1));
}

static void *
reallocate (void   *memory,
            size_t  size)
{
  return g_realloc (memory, MAX (size, 1));
}

static char *
duplicate (const char *text)
{
  return g_strdup (text);
}

void
annals_xml_init (void)
{
  static gsize ready = 0;

  if (!g_once_init_enter (&ready))
    return;

  xmlMemSetup (g_free, allocate, reallocate, duplicate);
  xmlInitParser ();
  g_once_init_leave (&ready, 1);
}
