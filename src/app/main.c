/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "annals-application.h"
#include "annals-translations.h"

int
main (int   argc,
      char *argv[])
{
  g_autoptr(AnnalsApplication) application = NULL;
  g_autoptr(GSettingsSchema) schema = NULL;
  GSettingsSchemaSource *schemas;

  annals_translations_bind ();
  g_set_application_name (_("Annals"));

  /* GSettings ends a program whose schema is missing without a word for its user. */
  schemas = g_settings_schema_source_get_default ();
  if (schemas != NULL)
    schema = g_settings_schema_source_lookup (schemas, ANNALS_APPLICATION_ID, TRUE);
  if (schema == NULL)
    {
      g_printerr (_("annals: the settings schema “%s” is not installed; "
                    "from a build directory, start it with “meson devenv”\n"),
                  ANNALS_APPLICATION_ID);
      return 1;
    }

  application = annals_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
