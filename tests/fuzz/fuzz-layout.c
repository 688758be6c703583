/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "annals-layout.h"

/* Lines are events: a digit for the lane, then the date. Whatever their dates, all of them are somewhere, once, at any
 * zoom. */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

#define MAX_ITEMS 400
#define N_LANES 10

static double
measure (const char *label,
         gpointer    data)
{
  return 7.0 * (double) strlen (label);
}

static void
check_ticks (const AnnalsAxis *axis)
{
  g_autoptr(GArray) ticks = annals_axis_dup_ticks (axis, measure, NULL);

  for (guint i = 1; i < ticks->len; i++)
    g_assert_cmpint (g_array_index (ticks, AnnalsTick, i - 1).seconds, <=, g_array_index (ticks, AnnalsTick, i).seconds);
  g_assert_true (isfinite (annals_axis_snap (axis, axis->from)));
}

static void
check_placed (AnnalsLayout *layout,
              guint         n_items)
{
  guint n_placed, n_tray, n_clusters, n_counted = 0;
  const AnnalsPlaced *placed = annals_layout_get_placed (layout, &n_placed);
  const AnnalsCluster *clusters = annals_layout_get_clusters (layout, &n_clusters);

  annals_layout_get_tray (layout, &n_tray);
  g_assert_cmpuint (n_placed + n_tray, ==, n_items);
  for (guint i = 0; i < n_placed; i++)
    {
      g_assert_true (isfinite (placed[i].card.x) && isfinite (placed[i].bar.width) && placed[i].bar.width >= 0);
      g_assert_cmpuint (placed[i].lane, <, N_LANES);
      n_counted += placed[i].form == ANNALS_PLACED_CLUSTERED;
    }
  for (guint i = 0; i < n_clusters; i++)
    n_counted -= clusters[i].n_items;
  g_assert_cmpuint (n_counted, ==, 0);
}

static void
check_zoom (AnnalsLayout *layout,
            double        from,
            double        to,
            guint         n_items)
{
  AnnalsAxis axis;
  g_autoptr(GArray) visible = NULL;

  annals_axis_init (&axis, from, to, 900);
  annals_layout_set_scale (layout, annals_axis_get_scale (&axis));
  check_placed (layout, n_items);
  check_ticks (&axis);
  visible = annals_layout_dup_visible (layout, &axis, 0, annals_layout_get_height (layout));
  for (guint i = 0; i < visible->len; i += 16)
    annals_layout_step (layout, g_array_index (visible, int, i), 1, TRUE);
  annals_layout_hit (layout, &axis, 450, 50);
  annals_layout_hit_cluster (layout, &axis, 450, 50);
}

static guint
take_items (char             *text,
            AnnalsLayoutItem *items,
            GPtrArray        *dates)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", MAX_ITEMS);
  guint n = 0;

  for (guint i = 0; i < MAX_ITEMS && lines[i] != NULL; i++)
    {
      g_autoptr(AnnalsDate) date = *lines[i] != '\0' ? annals_date_parse (lines[i] + 1, NULL) : NULL;

      if (date == NULL)
        continue;
      items[n] = (AnnalsLayoutItem) { .id = n + 1, .uid = "u", .title = "t", .lane = (guint8) lines[i][0] % N_LANES,
                                      .width = 120, .height = 40 };
      annals_layout_item_set_date (&items[n++], date);
      g_ptr_array_add (dates, g_steal_pointer (&date));
    }

  return n;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree AnnalsLayoutItem *items = g_new0 (AnnalsLayoutItem, MAX_ITEMS);
  g_autoptr(GPtrArray) dates = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_date_unref);
  guint n = take_items (text, items, dates);
  AnnalsLayoutOptions options = annals_layout_options_for_lanes (N_LANES);
  g_autoptr(AnnalsLayout) layout = annals_layout_new (items, n, N_LANES, 86400, &options);

  check_placed (layout, n);
  check_zoom (layout, 1.58e9, 1.6e9, n);
  check_zoom (layout, ANNALS_AXIS_FIRST, ANNALS_AXIS_LAST, n);
  if (n > 0)
    check_zoom (layout, (double) items[0].from, (double) items[0].from + ANNALS_AXIS_MIN_SPAN, n);

  return 0;
}
