/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-translations.h"

#include <libintl.h>
#include <locale.h>

/**
 * annals_translations_bind:
 *
 * Takes over the user's locale and finds the program's words in it: in the folder that $TEXTDOMAINDIR names, as gettext's
 * own programs look for them and a build folder has them, else where they are installed. Before anything else that a
 * program does, and once.
 */
void
annals_translations_bind (void)
{
  const char *folder = g_getenv ("TEXTDOMAINDIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, folder != NULL && *folder != '\0' ? folder : ANNALS_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}
