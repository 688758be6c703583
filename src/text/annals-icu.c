/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-icu-private.h"

#include <dlfcn.h>

/* Major versions that are tried, the one of the headers first. */
#define NEWEST 99
#define OLDEST 60

static gboolean
find (void       *library,
      guint       version,
      const char *name,
      void      **function)
{
  g_autofree char *symbol = g_strdup_printf ("%s_%u", name, version);

  *function = dlsym (library, symbol);
  return *function != NULL;
}

static gboolean
load (AnnalsIcu *icu,
      guint      version)
{
  g_autofree char *name = g_strdup_printf ("libicui18n.so.%u", version);
  void *library = dlopen (name, RTLD_NOW | RTLD_LOCAL);

  if (library == NULL)
    return FALSE;

  /* those of libicuuc are found through it */
  if (find (library, version, "uloc_canonicalize", (void **) &icu->canonicalize) &&
      find (library, version, "u_strFromUTF8WithSub", (void **) &icu->from_utf8) &&
      find (library, version, "ucol_open", (void **) &icu->open) &&
      find (library, version, "ucol_setAttribute", (void **) &icu->set_attribute) &&
      find (library, version, "ucol_strcollUTF8", (void **) &icu->compare) &&
      find (library, version, "ucol_getSortKey", (void **) &icu->get_key))
    return TRUE;

  dlclose (library);
  return FALSE;
}

/**
 * annals_icu_get:
 *
 * The functions of whatever ICU is there. Its C functions stay as they are from version to version, but their names
 * have the version in them: a program that was linked to one would run nowhere else.
 *
 * Returns: (transfer none) (nullable): NULL where there is none
 */
const AnnalsIcu *
annals_icu_get (void)
{
  static gsize once;
  static AnnalsIcu icu;
  static gboolean loaded;

  if (g_once_init_enter (&once))
    {
      loaded = load (&icu, U_ICU_VERSION_MAJOR_NUM);
      for (guint version = NEWEST; !loaded && version >= OLDEST; version--)
        loaded = load (&icu, version);
      g_once_init_leave (&once, 1);
    }

  return loaded ? &icu : NULL;
}
