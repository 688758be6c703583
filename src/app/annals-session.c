/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-session.h"

#include <gio/gio.h>

#define KEY "state"

/* (nullable): a notebook from a stranger may call itself anything, also what is no path of settings. */
static GSettings *
create_settings (const char *uid)
{
  g_autofree char *path = NULL;

  if (uid == NULL || !g_uuid_string_is_valid (uid))
    return NULL;

  path = g_strconcat (ANNALS_RESOURCE_PATH "/notebooks/", uid, "/", NULL);
  return g_settings_new_with_path (ANNALS_APPLICATION_ID ".notebook", path);
}

GVariant *
annals_session_load (const char *uid)
{
  g_autoptr(GSettings) settings = create_settings (uid);

  return settings != NULL ? g_settings_get_user_value (settings, KEY) : NULL;
}

void
annals_session_keep (const char *uid,
                     GVariant   *state)
{
  g_autoptr(GVariant) kept = g_variant_ref_sink (state);
  g_autoptr(GSettings) settings = create_settings (uid);
  g_autoptr(GVariant) before = settings != NULL ? g_settings_get_user_value (settings, KEY) : NULL;

  g_return_if_fail (g_variant_is_of_type (kept, G_VARIANT_TYPE_VARDICT));

  if (settings != NULL && (before == NULL || !g_variant_equal (before, kept)))
    g_settings_set_value (settings, KEY, kept);
}
