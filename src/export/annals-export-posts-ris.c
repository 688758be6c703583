/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "annals-cited-date.h"
#include "annals-export-run.h"

/* RIS as reference managers read it: a tag, two spaces, a hyphen, a space; one line each; dates as YYYY/MM/DD/other. */

static void
append_field (GString    *out,
              const char *tag,
              const char *text)
{
  g_autofree char *line = annals_text_normalize_line (text, -1);

  if (*line != '\0')
    g_string_append_printf (out, "%s  - %s\r\n", tag, line);
}

static void
append_point (GString                *out,
              const char             *tag,
              const AnnalsCitedPoint *point,
              const char             *other)
{
  g_string_append_printf (out, "%s  - %04" G_GINT64_FORMAT "/", tag, point->year);
  if (point->month != 0)
    g_string_append_printf (out, "%02d", point->month);
  g_string_append_c (out, '/');
  if (point->day != 0)
    g_string_append_printf (out, "%02d", point->day);
  g_string_append_printf (out, "/%s\r\n", other);
}

/* Of "27 August 2012, 15:49 UTC" the time, as the day stands in front of it; else all of the words. */
static const char *
skip_day (const char             *display,
          const AnnalsCitedPoint *point)
{
  g_autofree char *edtf = g_strdup_printf ("%04" G_GINT64_FORMAT "-%02d-%02d", point->year, point->month, point->day);
  g_autoptr(AnnalsDate) date = annals_date_parse (edtf, NULL);
  g_autofree char *day = date != NULL ? annals_date_dup_display (date) : NULL;

  if (day == NULL || !g_str_has_prefix (display, day))
    return display;

  display += strlen (day);
  return display + strspn (display, ", ");
}

/* What is not one plain day, month or year is said in words behind the last stroke. A year must have four digits; a
 * date without one is in words alone. */
static void
append_dates (GString    *out,
              AnnalsDate *date)
{
  AnnalsCitedDate cited;
  const AnnalsCitedPoint *point = &cited.first;
  g_autofree char *display = annals_date_dup_display (date);
  const char *other = "";

  if (annals_date_is_undated (date))
    return;

  g_strdelimit (display, "/", '-');
  annals_cited_date_read (date, &cited);
  if (!cited.has_first && cited.has_last)
    point = &cited.last;
  if (!cited.is_range && !cited.circa && annals_date_get_precision (date) == ANNALS_DATE_TIME)
    other = skip_day (display, point);
  else if (!cited.is_plain || cited.is_range || cited.circa || point->season != 0)
    other = display;

  if ((cited.has_first || cited.has_last) && point->year > 0 && point->year <= 9999)
    {
      g_string_append_printf (out, "PY  - %04" G_GINT64_FORMAT "\r\n", point->year);
      append_point (out, "DA", point, other);
    }
  else
    {
      g_string_append_printf (out, "DA  - ///%s\r\n", display);
    }
}

static gboolean
write_post (AnnalsExportRun         *run,
            AnnalsDb                *db,
            const AnnalsExportPost  *item,
            gpointer                 user_data,
            GError                 **error)
{
  GString *out = user_data;
  const AnnalsPost *post = item->post;

  g_string_append_printf (out, "TY  - %s\r\n", post->kind == ANNALS_POST_PAGE ? "ELEC" : "BLOG");
  append_field (out, "ID", post->uid);
  append_field (out, "AU", post->author);
  append_field (out, "TI", post->title);
  append_field (out, "T2", post->source);
  append_dates (out, post->published);
  append_field (out, "UR", annals_cited_address (post->url));
  if (post->fetched != 0)
    {
      AnnalsCitedPoint point;

      annals_cited_point_at (post->fetched, &point);
      append_point (out, "Y2", &point, "");
    }
  append_field (out, "LA", post->language);
  for (guint i = 0; post->tags[i] != NULL; i++)
    append_field (out, "KW", post->tags[i]);
  g_string_append (out, "ER  - \r\n\r\n");

  return TRUE;
}

gboolean
annals_export_posts_ris_write (AnnalsExportRun  *run,
                               GError          **error)
{
  g_autoptr(GString) out = g_string_new (NULL);

  return annals_export_run_each_post (run, ANNALS_EXPORT_POST_PLAIN, write_post, out, out, NULL, error);
}
