/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-wxr-item.h"

#include "annals-text.h"

#include <glib/gi18n-lib.h>

#include <stdio.h>
#include <string.h>

AnnalsWxrItem *
annals_wxr_item_new (void)
{
  AnnalsWxrItem *item = g_new0 (AnnalsWxrItem, 1);

  item->tags = g_ptr_array_new_with_free_func (g_free);

  return item;
}

void
annals_wxr_item_free (AnnalsWxrItem *item)
{
  if (item == NULL)
    return;

  g_free (item->title);
  g_free (item->link);
  g_free (item->guid);
  g_free (item->creator);
  g_free (item->pub_date);
  g_free (item->content);
  g_free (item->excerpt);
  g_free (item->date_local);
  g_free (item->date_gmt);
  g_free (item->status);
  g_free (item->type);
  g_ptr_array_unref (item->tags);
  g_free (item);
}

static gboolean
scan_time (const char  *text,
           GDateTime  **time)
{
  int year, month, day, hour, minute, second;

  *time = NULL;
  if (text == NULL ||
      sscanf (text, "%4d-%2d-%2d %2d:%2d:%2d", &year, &month, &day, &hour, &minute, &second) != 6)
    return FALSE;

  /* "0000-00-00 00:00:00" is WordPress's way of saying never */
  *time = g_date_time_new_utc (year, month, day, hour, minute, second);

  return *time != NULL;
}

/* The moment with the offset that the local time shows; without one of the two, the other as UTC.
 */
AnnalsDate *
annals_wxr_item_dup_date (AnnalsWxrItem *item)
{
  g_autoptr(GDateTime) local = NULL;
  g_autoptr(GDateTime) gmt = NULL;
  AnnalsDate *date;

  scan_time (item->date_local, &local);
  scan_time (item->date_gmt, &gmt);

  if (local != NULL && gmt != NULL)
    {
      gint64 minutes = g_date_time_difference (local, gmt) / G_TIME_SPAN_MINUTE;

      if (minutes != 0 && minutes % 15 == 0 && ABS (minutes) <= 14 * 60)
        return annals_date_new_from_fields (g_date_time_get_year (local),
                                            g_date_time_get_month (local),
                                            g_date_time_get_day_of_month (local),
                                            g_date_time_get_hour (local),
                                            g_date_time_get_minute (local),
                                            g_date_time_get_second (local), (int) minutes);
    }

  if (gmt != NULL)
    return annals_date_new_from_unix (g_date_time_to_unix (gmt));

  if (item->pub_date != NULL && strstr (item->pub_date, "-0001") == NULL)
    {
      date = annals_date_parse_words (item->pub_date, NULL);
      if (date != NULL && annals_date_get_precision (date) == ANNALS_DATE_TIME)
        return date;
      g_clear_pointer (&date, annals_date_unref);
    }

  return local ? annals_date_new_from_unix (g_date_time_to_unix (local)) : NULL;
}

const char *
annals_wxr_item_get_reason_to_skip (AnnalsWxrItem *item)
{
  static const struct { const char *name; const char *reason; } types[] = {
    { "page", N_("A page of the web site, not a post, was left out") },
    { "attachment", N_("An uploaded file was left out: the export names it but does not hold it") },
    { "nav_menu_item", N_("An entry of a menu was left out") },
    { "revision", N_("An earlier version of a post was left out") },
  };
  static const struct { const char *name; const char *reason; } states[] = {
    { "draft", N_("A draft was left out: it was never published") },
    { "auto-draft", N_("A draft was left out: it was never published") },
    { "pending", N_("A post was left out that waited for review and was never published") },
    { "future", N_("A post was left out that was to be published later") },
    { "private", N_("A private post was left out") },
    { "trash", N_("A post in the trash was left out") },
  };

  if (item->type != NULL && *item->type != '\0' && !g_str_equal (item->type, "post"))
    {
      for (guint i = 0; i < G_N_ELEMENTS (types); i++)
        {
          if (g_str_equal (item->type, types[i].name))
            return _(types[i].reason);
        }

      return _("Something that is no post was left out");
    }

  if (item->status == NULL || *item->status == '\0' || g_str_equal (item->status, "publish"))
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      if (g_str_equal (item->status, states[i].name))
        return _(states[i].reason);
    }

  return _("A post that is not published was left out");
}

/* Titles hold entities and sometimes markup. */
char *
annals_wxr_item_dup_title (AnnalsWxrItem *item)
{
  return item->title ? annals_text_line_from_html (item->title, -1) : g_strdup ("");
}
