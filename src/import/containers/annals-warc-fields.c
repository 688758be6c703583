/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-warc-fields.h"

#include "annals-container.h"
#include "annals-limits.h"
#include "annals-number.h"

#include <string.h>

gint64
annals_warc_parse_date (const char *date)
{
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr(GDateTime) time = date != NULL ? g_date_time_new_from_iso8601 (date, utc) : NULL;

  return time != NULL ? MAX (g_date_time_to_unix (time), 0) : 0;
}

gint64
annals_arc_parse_date (const char *date)
{
  g_autofree char *iso = NULL;

  if (strspn (date, "0123456789") < 14)
    return 0;

  iso = g_strdup_printf ("%.8sT%.6sZ", date, date + 8);

  return annals_warc_parse_date (iso);
}

gboolean
annals_warc_parse_length (const char *text,
                          gint64     *length)
{
  guint64 value;

  if (!annals_number_parse (text, ANNALS_LIMIT_WARC_LENGTH, &value))
    return FALSE;

  *length = (gint64) value;

  return TRUE;
}

char **
annals_arc_split_line (const char *line,
                       guint       n_fields)
{
  g_autoptr(GStrvBuilder) fields = g_strv_builder_new ();
  g_autofree char *rest = g_strchomp (g_strdup (line));

  if (g_strstr_len (line, 64, ":") == NULL)
    return NULL;

  for (guint i = 1; i < n_fields; i++)
    {
      char *space = strrchr (rest, ' ');

      if (space == NULL)
        return NULL;
      g_strv_builder_add (fields, space + 1);
      *space = '\0';
    }

  g_strv_builder_add (fields, rest);

  return *rest != '\0' ? g_strv_builder_end (fields) : NULL;
}

gboolean
annals_arc_is_record (char **fields,
                      guint  n_fields)
{
  const char *date = fields[n_fields - 3];

  return strlen (date) >= 8 && strspn (date, "0123456789") == strlen (date);
}

char *
annals_warc_dup_address (const char *value)
{
  g_autofree char *line = annals_container_dup_line (value, -1);
  gsize length = strlen (line);

  if (length >= 2 && line[0] == '<' && line[length - 1] == '>')
    {
      line[length - 1] = '\0';
      return g_strdup (line + 1);
    }

  return g_steal_pointer (&line);
}

char *
annals_warc_dup_url (const char *address)
{
  g_autoptr(GString) url = NULL;
  g_autofree char *scheme = g_uri_parse_scheme (address);

  if (scheme == NULL)
    return NULL;

  url = g_string_new (address);
  g_string_replace (url, " ", "%20", 0);

  return g_string_free (g_steal_pointer (&url), FALSE);
}
