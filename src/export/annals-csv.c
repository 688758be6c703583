/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-csv.h"

#include <string.h>

void
annals_csv_append_cell (GString    *csv,
                        const char *text,
                        gboolean    last)
{
  gboolean guard, quote;

  g_return_if_fail (csv != NULL && text != NULL);

  guard = *text != '\0' && strchr ("=+-@\t\r'", *text) != NULL;
  quote = guard || strpbrk (text, ",\"\r\n;\t") != NULL || g_str_has_prefix (text, " ") ||
          g_str_has_suffix (text, " ");

  if (quote)
    g_string_append_c (csv, '"');
  if (guard)
    g_string_append_c (csv, '\'');
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *p);
    }
  if (quote)
    g_string_append_c (csv, '"');
  g_string_append (csv, last ? "\r\n" : ",");
}

void
annals_csv_append_row (GString             *csv,
                       const char * const  *cells,
                       guint                n_cells)
{
  for (guint i = 0; i < n_cells; i++)
    annals_csv_append_cell (csv, cells[i], i + 1 == n_cells);
}

void
annals_csv_begin (GString                    *csv,
                  const AnnalsExportOptions  *options,
                  const char * const         *columns,
                  guint                       n_columns)
{
  if (options->byte_order_mark)
    g_string_append (csv, "\xef\xbb\xbf");
  annals_csv_append_row (csv, columns, n_columns);
}

char *
annals_csv_dup_bound (AnnalsDate *date,
                      gboolean    end)
{
  gint64 seconds;

  if (end ? !annals_date_get_to (date, &seconds) : !annals_date_get_from (date, &seconds))
    return g_strdup ("");

  return annals_date_format_rfc3339 (seconds);
}

char *
annals_csv_dup_list (const char * const *names)
{
  g_return_val_if_fail (names != NULL, NULL);

  for (guint i = 0; names[i] != NULL; i++)
    if (strchr (names[i], ';') != NULL)
      {
        g_autofree char *lines = g_strjoinv ("\n", (char **) names);

        return g_strconcat (lines, "\n", NULL);
      }

  return g_strjoinv ("; ", (char **) names);
}
