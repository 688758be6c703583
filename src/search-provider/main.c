/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "annals-search-provider.h"
#include "annals-translations.h"

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GApplication) provider = NULL;
  g_autoptr(GSettingsSchema) schema = NULL;
  GSettingsSchemaSource *schemas;

  annals_translations_bind ();

  /* GSettings ends a program whose schema is missing without a word. */
  schemas = g_settings_schema_source_get_default ();
  if (schemas != NULL)
    schema = g_settings_schema_source_lookup (schemas, ANNALS_APPLICATION_ID, TRUE);
  if (schema == NULL)
    {
      g_printerr (_("annals-search-provider: the settings schema “%s” is not installed\n"), ANNALS_APPLICATION_ID);
      return 1;
    }

  provider = annals_search_provider_new ();

  return g_application_run (provider, argc, argv);
}
