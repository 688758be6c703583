/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-wxr-item.h"

#include "annals-text.h"

#include <stdio.h>
#include <string.h>

static gboolean
is_set (const char *string)
{
  return string != NULL && *string != '\0';
}

static void
times_clear (AnnalsWxrTimes *times)
{
  g_free (times->local);
  g_free (times->gmt);
  g_free (times->pub);
}

AnnalsWxrComment *
annals_wxr_comment_new (void)
{
  return g_new0 (AnnalsWxrComment, 1);
}

void
annals_wxr_comment_free (AnnalsWxrComment *comment)
{
  if (comment == NULL)
    return;

  g_free (comment->id);
  g_free (comment->author);
  g_free (comment->content);
  g_free (comment->approved);
  times_clear (&comment->times);
  g_free (comment);
}

AnnalsWxrItem *
annals_wxr_item_new (void)
{
  AnnalsWxrItem *item = g_new0 (AnnalsWxrItem, 1);

  item->tags = g_ptr_array_new_with_free_func (g_free);
  item->comments = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_wxr_comment_free);

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
  g_free (item->content);
  g_free (item->excerpt);
  g_free (item->status);
  g_free (item->type);
  g_free (item->password);
  g_free (item->shown_title);
  g_free (item->address);
  times_clear (&item->times);
  g_ptr_array_unref (item->tags);
  g_ptr_array_unref (item->comments);
  g_free (item);
}

static GDateTime *
scan_time (const char *text)
{
  int year, month, day, hour, minute, second;

  if (text == NULL ||
      sscanf (text, "%4d-%2d-%2d%*1[ T]%2d:%2d:%2d", &year, &month, &day, &hour, &minute, &second) != 6)
    return NULL;

  /* "0000-00-00 00:00:00" is WordPress's way of saying never */
  return g_date_time_new_utc (year, month, day, hour, minute, second);
}

/* The local time with the offset that lies between the two, when that can be one. */
static AnnalsDate *
join_times (GDateTime *local,
            GDateTime *gmt)
{
  gint64 minutes = g_date_time_difference (local, gmt) / G_TIME_SPAN_MINUTE;

  if (minutes == 0 || minutes % 15 != 0 || ABS (minutes) > 14 * 60)
    return NULL;

  return annals_date_new_from_fields (
    g_date_time_get_year (local), g_date_time_get_month (local), g_date_time_get_day_of_month (local),
    g_date_time_get_hour (local), g_date_time_get_minute (local), g_date_time_get_second (local),
    (int) minutes);
}

AnnalsDate *
annals_wxr_times_dup_date (const AnnalsWxrTimes  *times,
                           const char            *language,
                           GTimeZone             *zone,
                           AnnalsStampDoubt      *doubt,
                           const char           **string)
{
  const char *said[] = { times->pub, times->local, times->gmt };
  g_autoptr(GDateTime) local = scan_time (times->local);
  g_autoptr(GDateTime) gmt = scan_time (times->gmt);
  AnnalsDate *date = NULL;

  *doubt = ANNALS_STAMP_CLEAR;
  *string = NULL;

  if (local != NULL && gmt != NULL && (date = join_times (local, gmt)) != NULL)
    return date;

  if (gmt != NULL)
    return annals_date_new_from_unix (g_date_time_to_unix (gmt));

  *doubt = ANNALS_STAMP_MISSING;
  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    {
      AnnalsStampDoubt now;

      if ((date = annals_stamp_parse (said[i], language, zone, &now)) != NULL)
        {
          *doubt = now;
          *string = said[i];
          return date;
        }

      if (is_set (said[i]) && *string == NULL)
        {
          *doubt = now;
          *string = said[i];
        }
    }

  return NULL;
}

char *
annals_wxr_item_dup_title (const AnnalsWxrItem *item)
{
  /* titles hold entities and sometimes markup */
  return item->title ? annals_text_line_from_html (item->title, -1) : g_strdup ("");
}

const char *
annals_wxr_item_get_type (const AnnalsWxrItem *item)
{
  return is_set (item->type) ? item->type : "post";
}

/* Records of WordPress's own and of well-known extensions that nobody wrote to be read */
static gboolean
type_is_machinery (const char *type)
{
  static const char * const types[] = {
    "attachment", "nav_menu_item", "revision", "custom_css", "customize_changeset", "oembed_cache",
    "user_request", "acf", "acf-field", "acf-field-group", "acf-post-type", "acf-taxonomy", "feedback",
    "shop_order", "shop_coupon", "scheduled-action", "elementor_library", "wpforms", "jp_pay_order",
    "safecss", "amn_exact-metrics", "ngg_pictures", "gallery_display", "displayed_gallery", NULL,
  };

  return g_strv_contains (types, type) || g_str_has_prefix (type, "wp_") || g_str_has_prefix (type, "wpcf7_");
}

AnnalsPostKind
annals_wxr_item_get_kind (const AnnalsWxrItem *item)
{
  static const struct { const char *status; AnnalsPostKind kind; } states[] = {
    { "draft", ANNALS_POST_DRAFT },
    { "auto-draft", ANNALS_POST_DRAFT },
    { "pending", ANNALS_POST_DRAFT },
    { "future", ANNALS_POST_DRAFT },
    { "private", ANNALS_POST_PRIVATE },
    { "trash", ANNALS_POST_TRASH },
  };
  const char *type = annals_wxr_item_get_type (item);
  gboolean published = !is_set (item->status) || g_str_equal (item->status, "publish");
  gboolean known = g_str_equal (type, "post") || g_str_equal (type, "page");

  if (!known && (type_is_machinery (type) || !published || !is_set (item->content)))
    return ANNALS_POST_OTHER;

  for (guint i = 0; i < G_N_ELEMENTS (states) && !published; i++)
    if (g_str_equal (item->status, states[i].status))
      return states[i].kind;

  /* a status that an extension has invented: nobody can say that it was to be seen */
  if (!published || is_set (item->password))
    return ANNALS_POST_PRIVATE;

  return g_str_equal (type, "page") ? ANNALS_POST_PAGE : ANNALS_POST_POST;
}

AnnalsPostKind
annals_wxr_comment_get_kind (const AnnalsWxrComment *comment,
                             AnnalsPostKind          kind)
{
  const char *approved = comment->approved ? comment->approved : "1";

  if (g_str_equal (approved, "spam") || g_str_equal (approved, "trash") ||
      g_str_equal (approved, "post-trashed") || kind == ANNALS_POST_TRASH)
    return ANNALS_POST_TRASH;

  return kind == ANNALS_POST_PRIVATE ? ANNALS_POST_PRIVATE : ANNALS_POST_COMMENT;
}
