/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-layout.h"

#include <math.h>
#include <string.h>

#define DAY 86400

static const AnnalsLayoutOptions window = ANNALS_LAYOUT_OPTIONS_WINDOW;

/* Every event a card */
static AnnalsLayoutOptions
all_cards (void)
{
  AnnalsLayoutOptions options = window;

  options.max_rows = 0;
  return options;
}

static AnnalsLayoutItem
make_item (guint64     id,
           const char *edtf,
           const char *title,
           guint       lane)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(AnnalsDate) date = annals_date_parse (edtf, &error);
  AnnalsLayoutItem item = { .id = id, .title = title, .lane = lane, .width = 200, .height = 40 };

  g_assert_no_error (error);
  annals_layout_item_set_date (&item, date);
  return item;
}

static AnnalsLayoutItem *
random_items (guint n_items,
              guint n_lanes)
{
  AnnalsLayoutItem *items = g_new0 (AnnalsLayoutItem, n_items);

  for (guint i = 0; i < n_items; i++)
    {
      AnnalsLayoutItem *item = &items[i];
      gint64 length = g_test_rand_bit () ? DAY : g_test_rand_int_range (0, 100 * DAY);

      item->id = i + 1;
      item->lane = g_test_rand_int_range (0, n_lanes);
      item->width = g_test_rand_double_range (0, 260);
      item->height = g_test_rand_double_range (20, 80);
      item->from = g_test_rand_int_range (0, 1500) * (gint64) DAY;
      item->to = item->from + length;
      if (g_test_rand_int_range (0, 10) == 0)
        item->flags = 1 << g_test_rand_int_range (0, 6);
      item->title = i % 3 == 0 ? "same" : NULL;
    }

  return items;
}

static gboolean
overlap (const AnnalsRect *a,
         const AnnalsRect *b)
{
  const double tiny = 1e-6;

  return a->x < b->x + b->width - tiny && b->x < a->x + a->width - tiny &&
         a->y < b->y + b->height - tiny && b->y < a->y + a->height - tiny;
}

static void
check_item (const AnnalsLayoutItem *items,
            const AnnalsPlaced     *placed,
            const AnnalsLaneBox       *lane,
            double                  scale)
{
  const AnnalsLayoutItem *item = &items[placed->index];

  g_assert_cmpuint (placed->id, ==, item->id);
  g_assert_cmpuint (placed->lane, ==, item->lane);
  g_assert_cmpfloat (placed->card.y, >=, lane->top + window.lane_header);
  g_assert_cmpfloat (placed->card.y + placed->card.height, <=,
                     lane->top + lane->height - window.lane_padding + 1e-6);
  if (placed->form == ANNALS_PLACED_CLUSTERED)
    return;

  if (!(item->flags & ANNALS_LAYOUT_OPEN_START))
    g_assert_cmpfloat (fabs (placed->bar.x - item->from / scale), <, 1e-6);
  if (placed->form == ANNALS_PLACED_MARK)
    {
      g_assert_cmpfloat (placed->card.height, ==, window.mark);
      g_assert_cmpfloat (placed->card.width, >=, window.mark);
      return;
    }

  g_assert_cmpfloat (placed->card.width, >=, item->width);
  g_assert_cmpfloat (placed->card.width, >=, placed->bar.width);
  g_assert_cmpfloat (placed->card.height, >=, item->height);
  g_assert_cmpfloat (placed->bar.width, >=, window.min_bar);
  g_assert_cmpfloat (placed->fade_start + placed->fade_end, <=, placed->bar.width + 1e-9);
  if (!(item->flags & (ANNALS_LAYOUT_OPEN_START | ANNALS_LAYOUT_OPEN_END)))
    g_assert_cmpfloat (fabs (placed->bar.width -
                             MAX (window.min_bar, (item->to - item->from) / scale)), <, 1e-6);
}

/* Every event that is in no card and no mark is counted once, by the cluster that says so; no cluster
 * overlaps anything.
 */
static void
check_clusters (AnnalsLayout       *layout,
                const AnnalsPlaced *placed,
                guint               n_placed)
{
  g_autofree guint *counts = g_new0 (guint, n_placed + 1);
  const AnnalsCluster *clusters;
  guint n_clusters;

  clusters = annals_layout_get_clusters (layout, &n_clusters);
  for (guint i = 0; i < n_clusters; i++)
    {
      const guint *members = annals_layout_get_members (layout, &clusters[i]);

      g_assert_cmpuint (clusters[i].n_items, >, 0);
      g_assert_cmpfloat (clusters[i].from, <=, clusters[i].to);
      for (guint j = 0; j < clusters[i].n_items; j++)
        {
          const AnnalsPlaced *member = &placed[members[j]];

          counts[members[j]]++;
          g_assert_cmpint (member->form, ==, ANNALS_PLACED_CLUSTERED);
          g_assert_cmpuint (member->cluster, ==, i);
          g_assert_cmpuint (member->lane, ==, clusters[i].lane);
          g_assert_cmpfloat (member->card.x, ==, clusters[i].rect.x);
        }

      for (guint j = i + 1; j < n_clusters; j++)
        g_assert_false (overlap (&clusters[i].rect, &clusters[j].rect));
      for (guint j = 0; j < n_placed; j++)
        if (placed[j].form != ANNALS_PLACED_CLUSTERED)
          g_assert_false (overlap (&clusters[i].rect, &placed[j].card));
    }

  for (guint i = 0; i < n_placed; i++)
    g_assert_cmpuint (counts[i], ==, placed[i].form == ANNALS_PLACED_CLUSTERED ? 1 : 0);
}

static void
check_equal (AnnalsLayout *layout,
             AnnalsLayout *other)
{
  const AnnalsPlaced *left, *right;
  guint n, m;

  g_assert_cmpfloat (fabs (annals_layout_get_height (layout) - annals_layout_get_height (other)), <,
                     1e-6);
  left = annals_layout_get_placed (layout, &n);
  right = annals_layout_get_placed (other, &m);
  g_assert_cmpuint (n, ==, m);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpuint (left[i].id, ==, right[i].id);
      g_assert_cmpint (left[i].form, ==, right[i].form);
      g_assert_cmpuint (left[i].row, ==, right[i].row);
      g_assert_cmpfloat (left[i].card.x, ==, right[i].card.x);
      g_assert_cmpfloat (left[i].card.y, ==, right[i].card.y);
    }
}

static void
test_properties (gconstpointer data)
{
  gboolean limited = GPOINTER_TO_INT (data);
  guint n_forms[3] = { 0, 0, 0 };

  for (int round = 0; round < 60; round++)
    {
      guint n_items = g_test_rand_int_range (0, 300);
      guint n_lanes = g_test_rand_int_range (1, 8);
      double scale = exp (g_test_rand_double_range (log (10), log (1e6)));
      AnnalsLayoutOptions options = limited ? annals_layout_options_for_lanes (n_lanes)
                                            : all_cards ();
      g_autofree AnnalsLayoutItem *items = random_items (n_items, n_lanes);
      g_autoptr(AnnalsLayout) layout = annals_layout_new (items, n_items, n_lanes, scale, &options);
      g_autoptr(AnnalsLayout) zoomed = annals_layout_new (items, n_items, n_lanes, scale * 37,
                                                          &options);
      const AnnalsPlaced *placed;
      const AnnalsLaneBox *lanes;
      const guint *tray;
      guint n_placed;
      guint n_tray;
      guint n;
      double top = 0.0;
      guint counted = 0;

      placed = annals_layout_get_placed (layout, &n_placed);
      tray = annals_layout_get_tray (layout, &n_tray);
      lanes = annals_layout_get_lanes (layout, &n);
      g_assert_cmpuint (n, ==, n_lanes);
      g_assert_cmpuint (n_placed + n_tray, ==, n_items);

      for (guint i = 0; i < n_tray; i++)
        g_assert_true (items[tray[i]].flags & ANNALS_LAYOUT_UNDATED);

      for (guint i = 0; i < n_lanes; i++)
        {
          g_assert_cmpfloat (fabs (lanes[i].top - top), <, 1e-6);
          g_assert_cmpfloat (lanes[i].height, >=, window.min_lane);
          top += lanes[i].height;
          counted += lanes[i].n_items;
        }
      g_assert_cmpuint (counted, ==, n_placed);
      g_assert_cmpfloat (fabs (annals_layout_get_height (layout) - top), <, 1e-6);

      for (guint i = 0; i < n_placed; i++)
        {
          check_item (items, &placed[i], &lanes[placed[i].lane], scale);
          g_assert_cmpint (annals_layout_find (layout, placed[i].id), ==, i);

          n_forms[placed[i].form]++;
          g_assert_true (limited || placed[i].form == ANNALS_PLACED_CARD);
          for (guint j = i + 1; j < n_placed; j++)
            if (placed[i].form != ANNALS_PLACED_CLUSTERED || placed[j].form != ANNALS_PLACED_CLUSTERED)
              g_assert_false (overlap (&placed[i].card, &placed[j].card));

          if (i > 0 && !((items[placed[i].index].flags | items[placed[i - 1].index].flags) &
                         ANNALS_LAYOUT_OPEN_START))
            g_assert_cmpint (items[placed[i - 1].index].from, <=, items[placed[i].index].from);
        }

      check_clusters (layout, placed, n_placed);
      /* a zoom there and back, and one made anew: the same */
      annals_layout_set_scale (zoomed, scale);
      check_equal (layout, zoomed);
    }

  for (guint i = 0; limited && i < G_N_ELEMENTS (n_forms); i++)
    g_assert_cmpuint (n_forms[i], >, 0);
}

/* Ten thousand on one day, and one far from them */
static void
test_one_day (void)
{
  guint n_items = 10001;
  g_autofree AnnalsLayoutItem *items = g_new0 (AnnalsLayoutItem, n_items);
  g_autoptr(AnnalsLayout) layout = NULL;
  const AnnalsCluster *clusters;
  guint n_clusters;
  AnnalsAxis axis;

  for (guint i = 0; i < n_items; i++)
    items[i] = (AnnalsLayoutItem) { .id = i + 1, .width = 200, .height = 40, .from = 100 * DAY,
                                    .to = 101 * DAY };
  items[0].from = 0;
  items[0].to = DAY;

  layout = annals_layout_new (items, n_items, 1, 3600, NULL);
  clusters = annals_layout_get_clusters (layout, &n_clusters);
  g_assert_cmpuint (n_clusters, ==, 1);
  g_assert_cmpuint (clusters[0].n_items, ==, n_items - 1);
  g_assert_cmpfloat (clusters[0].from, ==, 100 * DAY);
  g_assert_cmpfloat (clusters[0].to, ==, 100 * DAY);
  g_assert_cmpfloat (annals_layout_get_height (layout), <, 200);

  annals_axis_init (&axis, 99 * DAY, 99 * DAY + 800 * 3600.0, 800);
  g_assert_cmpint (annals_layout_hit_cluster (layout, &axis, 24 + 1, clusters[0].rect.y + 1), ==, 0);
  g_assert_cmpint (annals_layout_hit_cluster (layout, &axis, 24 - 1, clusters[0].rect.y + 1), ==, -1);
  g_assert_cmpint (annals_layout_hit_cluster (layout, &axis, 25, clusters[0].rect.y - 1), ==, -1);
  g_assert_cmpint (annals_layout_hit (layout, &axis, 25, clusters[0].rect.y + 1), ==, -1);
}

/* From cards to marks to a cluster as one zooms out, and an event far from all stays a card */
static void
test_forms (void)
{
  AnnalsLayoutItem items[41];
  g_autoptr(AnnalsLayout) layout = NULL;
  const AnnalsPlaced *placed;
  guint n;

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    items[i] = (AnnalsLayoutItem) { .id = i + 1, .width = 200, .height = 40,
                                    .from = i * (gint64) DAY, .to = (i + 1) * (gint64) DAY };
  items[40].from = 4000 * (gint64) DAY;
  items[40].to = 4001 * (gint64) DAY;

  layout = annals_layout_new (items, G_N_ELEMENTS (items), 3, DAY / 100.0, NULL);
  placed = annals_layout_get_placed (layout, &n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpint (placed[i].form, ==, ANNALS_PLACED_CARD);

  annals_layout_set_scale (layout, DAY / 14.0);
  placed = annals_layout_get_placed (layout, &n);
  for (guint i = 0; i < 20; i++)
    g_assert_cmpint (placed[i].form, ==, ANNALS_PLACED_MARK);
  g_assert_cmpint (placed[40].form, ==, ANNALS_PLACED_CARD);

  annals_layout_set_scale (layout, DAY);
  placed = annals_layout_get_placed (layout, &n);
  for (guint i = 0; i < 40; i++)
    g_assert_cmpint (placed[i].form, ==, ANNALS_PLACED_CLUSTERED);
  g_assert_cmpint (placed[40].form, ==, ANNALS_PLACED_CARD);
}

static void
test_hit_and_visible (void)
{
  for (int round = 0; round < 30; round++)
    {
      g_autofree AnnalsLayoutItem *items = random_items (150, 4);
      double scale = exp (g_test_rand_double_range (log (1000), log (1e6)));
      AnnalsLayoutOptions options = round % 2 ? all_cards () : annals_layout_options_for_lanes (4);
      g_autoptr(AnnalsLayout) layout = annals_layout_new (items, 150, 4, scale, &options);
      double from = g_test_rand_double_range (0, 1500.0 * DAY);
      double top = g_test_rand_double_range (0, 300);
      const AnnalsPlaced *placed;
      g_autoptr(GArray) visible = NULL;
      AnnalsAxis axis;
      guint n;
      guint next = 0;

      annals_axis_init (&axis, from, from + 800 * scale, 800);
      g_assert_true (annals_layout_fits (layout, &axis));
      placed = annals_layout_get_placed (layout, &n);
      visible = annals_layout_dup_visible (layout, &axis, top, top + 200);

      for (guint i = 0; i < n; i++)
        {
          const AnnalsRect *card = &placed[i].card;
          double x = card->x + annals_layout_get_offset (layout, &axis);
          gboolean seen = next < visible->len && g_array_index (visible, guint, next) == i;

          if (placed[i].form == ANNALS_PLACED_CLUSTERED)
            {
              g_assert_false (seen);
              g_assert_cmpint (annals_layout_hit_cluster (layout, &axis, x + 0.01, card->y), ==,
                               placed[i].cluster);
              continue;
            }

          next += seen;
          g_assert_cmpfloat (fabs (x - annals_axis_to_x (&axis, card->x * scale)), <, 1e-3);

          /* rows are listed whole: a card may be listed although its row's taller one is seen */
          if (x < 800 && x + card->width > 0 && card->y < top + 200 &&
              card->y + card->height > top)
            g_assert_true (seen);
          if (x >= 800 || x + card->width <= 0)
            g_assert_false (seen);

          g_assert_cmpint (annals_layout_hit (layout, &axis, x + 0.01, card->y), ==, i);
          g_assert_cmpint (annals_layout_hit (layout, &axis, x + card->width * 0.999,
                                              card->y + card->height * 0.999), ==, i);
          g_assert_cmpint (annals_layout_hit (layout, &axis, x + card->width + 1, card->y), !=, i);
          g_assert_cmpint (annals_layout_hit (layout, &axis, x - 1, card->y), !=, i);
        }

      g_assert_cmpuint (next, ==, visible->len);
      g_assert_cmpint (annals_layout_hit (layout, &axis, 400, -1), ==, -1);
      g_assert_cmpint (annals_layout_hit (layout, &axis, 400, 1e9), ==, -1);
    }
}

static void
test_order (void)
{
  AnnalsLayoutItem items[] = {
    make_item (1, "2020-03", "b", 0),       make_item (2, "2020-03", "a", 0),
    make_item (3, "../2020-06", "c", 0),    make_item (4, "2020-03-01", "z", 0),
    make_item (5, "2020-03/..", "a", 0),    make_item (6, "", "undated b", 0),
    make_item (7, "", "undated a", 0),      make_item (8, "../..", "anytime", 0),
    make_item (9, "2020-02-29", "leap", 0),
  };
  static const guint64 order[] = { 3, 9, 4, 2, 1, 5 };
  static const guint tray_order[] = { 7, 6, 5 };
  g_autoptr(AnnalsLayout) layout = NULL;
  const AnnalsPlaced *placed;
  const guint *tray;
  guint n;

  layout = annals_layout_new (items, G_N_ELEMENTS (items), 1, 3600, NULL);
  placed = annals_layout_get_placed (layout, &n);
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (order));
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (placed[i].id, ==, order[i]);

  tray = annals_layout_get_tray (layout, &n);
  g_assert_cmpuint (n, ==, 3);
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (tray[i], ==, tray_order[i]);
  g_assert_cmpint (annals_layout_find (layout, 6), ==, -1);
}

static void
test_half_open (void)
{
  AnnalsLayoutItem items[] = {
    make_item (1, "2020-03-01/2020-03-31", "march", 0),
    make_item (2, "2020-04-01/2020-04-30", "april", 0),
    make_item (3, "2020-03-31", "the last day", 0),
  };
  AnnalsLayoutOptions tight = all_cards ();
  g_autoptr(AnnalsLayout) layout = NULL;
  const AnnalsPlaced *placed;
  guint n;

  tight.column_gap = 0;
  layout = annals_layout_new (items, 3, 1, 3600, &tight);
  placed = annals_layout_get_placed (layout, &n);
  g_assert_cmpuint (placed[0].row, ==, 0);
  g_assert_cmpuint (placed[1].id, ==, 3);
  g_assert_cmpuint (placed[1].row, ==, 1);
  g_assert_cmpuint (placed[2].row, ==, 0);
}

static void
test_imprecision (void)
{
  static const struct { const char *edtf; AnnalsLayoutFlags flags; gboolean start, end; }
  cases[] = {
    { "2020-03-09", 0, FALSE, FALSE },
    { "2020-03-09/2020-03-12", 0, FALSE, FALSE },
    { "2020-03", ANNALS_LAYOUT_IMPRECISE, TRUE, TRUE },
    { "2020-03~", ANNALS_LAYOUT_IMPRECISE | ANNALS_LAYOUT_APPROXIMATE, TRUE, TRUE },
    { "2020-03-09?", ANNALS_LAYOUT_UNCERTAIN, TRUE, TRUE },
    { "2020-03-1X", ANNALS_LAYOUT_IMPRECISE, TRUE, TRUE },
    { "[2020-03-09..2020-03-15]", ANNALS_LAYOUT_IMPRECISE, TRUE, TRUE },
    { "2020-03-09/..", ANNALS_LAYOUT_OPEN_END, FALSE, TRUE },
    { "../2020-03-09", ANNALS_LAYOUT_OPEN_START, TRUE, FALSE },
    { "[2020-03-10..]", ANNALS_LAYOUT_OPEN_END | ANNALS_LAYOUT_IMPRECISE, TRUE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      AnnalsLayoutItem item = make_item (1, cases[i].edtf, "", 0);
      g_autoptr(AnnalsLayout) layout = annals_layout_new (&item, 1, 1, 3600, NULL);
      const AnnalsPlaced *placed;
      guint n;

      placed = annals_layout_get_placed (layout, &n);
      g_test_message ("%s", cases[i].edtf);
      g_assert_cmpuint (n, ==, 1);
      g_assert_cmphex (placed->flags, ==, cases[i].flags);
      g_assert_true ((placed->fade_start > 0) == cases[i].start);
      g_assert_true ((placed->fade_end > 0) == cases[i].end);

      /* a beginning before 9 March must not push the card beyond it */
      if (item.flags & ANNALS_LAYOUT_OPEN_START)
        g_assert_cmpfloat (fabs (placed->card.x + placed->card.width - item.to / 3600.0), <, 1e-6);
    }
}

static void
test_steps (void)
{
  AnnalsLayoutItem items[] = {
    make_item (1, "2020-03-01", "", 0), make_item (2, "2020-03-05", "", 2),
    make_item (3, "2020-03-09", "", 0), make_item (4, "2020-03-20", "", 2),
  };
  g_autoptr(AnnalsLayout) layout = annals_layout_new (items, 4, 4, 3600, NULL);
  g_autoptr(AnnalsLayout) empty = annals_layout_new (NULL, 0, 0, 3600, NULL);

  g_assert_cmpint (annals_layout_step (layout, -1, 1, FALSE), ==, 0);
  g_assert_cmpint (annals_layout_step (layout, -1, -1, FALSE), ==, 3);
  g_assert_cmpint (annals_layout_step (layout, 0, 1, FALSE), ==, 1);
  g_assert_cmpint (annals_layout_step (layout, 0, 1, TRUE), ==, 2);
  g_assert_cmpint (annals_layout_step (layout, 2, 1, TRUE), ==, -1);
  g_assert_cmpint (annals_layout_step (layout, 3, -1, TRUE), ==, 1);
  g_assert_cmpint (annals_layout_step (layout, 0, -1, FALSE), ==, -1);

  /* lane 1 is empty */
  g_assert_cmpint (annals_layout_step_lane (layout, 2, 1), ==, 1);
  g_assert_cmpint (annals_layout_step_lane (layout, 3, -1), ==, 2);
  g_assert_cmpint (annals_layout_step_lane (layout, 3, 1), ==, -1);

  g_assert_cmpint (annals_layout_step (empty, -1, 1, FALSE), ==, -1);
  g_assert_cmpint (annals_layout_step (empty, -1, -1, FALSE), ==, -1);
  g_assert_cmpfloat (annals_layout_get_height (empty), ==, window.min_lane);
}

static void
test_odd_input (void)
{
  AnnalsLayoutItem items[] = {
    { .id = 1, .lane = 99, .width = NAN, .height = -5, .from = 10, .to = -10 },
    { .id = 1, .lane = 0, .width = INFINITY, .height = 10, .from = G_MININT64, .to = G_MAXINT64 },
    { .id = 2, .lane = 1, .width = 10, .height = 10, .from = G_MAXINT64, .to = G_MAXINT64 },
  };
  g_autoptr(AnnalsLayout) layout = annals_layout_new (items, 3, 2, 3.6, NULL);
  const AnnalsPlaced *placed;
  guint n;

  placed = annals_layout_get_placed (layout, &n);
  g_assert_cmpuint (n, ==, 3);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpuint (placed[i].lane, <, 2);
      g_assert_true (isfinite (placed[i].card.x) && isfinite (placed[i].card.width));
      g_assert_true (isfinite (placed[i].card.y) && isfinite (placed[i].card.height));
    }
  g_assert_true (isfinite (annals_layout_get_height (layout)));
}

static void
test_speed (void)
{
  guint n_items = 10000;
  g_autofree AnnalsLayoutItem *items = random_items (n_items, 20);
  double best = G_MAXDOUBLE;
  double crowded = G_MAXDOUBLE;
  double zoomed = G_MAXDOUBLE;

  for (int i = 0; i < 5; i++)
    {
      g_autoptr(AnnalsLayout) layout = NULL;
      gint64 start = g_get_monotonic_time ();

      layout = annals_layout_new (items, n_items, 20, 20000.0, NULL);
      best = MIN (best, (g_get_monotonic_time () - start) / 1000.0);
    }

  for (int i = 0; i < 5; i++)
    {
      g_autoptr(AnnalsLayout) layout = annals_layout_new (items, n_items, 20, 20000.0, NULL);
      gint64 start = g_get_monotonic_time ();

      annals_layout_set_scale (layout, 15000.0);
      zoomed = MIN (zoomed, (g_get_monotonic_time () - start) / 1000.0);
    }

  /* everything on one day of one lane */
  for (guint i = 0; i < n_items; i++)
    {
      items[i].from = 0;
      items[i].to = DAY;
      items[i].lane = 0;
    }

  for (int i = 0; i < 5; i++)
    {
      g_autoptr(AnnalsLayout) layout = NULL;
      gint64 start = g_get_monotonic_time ();

      layout = annals_layout_new (items, n_items, 20, 20000.0, NULL);
      crowded = MIN (crowded, (g_get_monotonic_time () - start) / 1000.0);
    }

  g_test_message ("10,000 events: %.2f ms in 20 lanes, %.2f ms on one day, %.2f ms after a zoom", best,
                  crowded, zoomed);
  if (g_test_perf ())
    {
      g_assert_cmpfloat (best, <=, 20.0);
      g_assert_cmpfloat (crowded, <=, 20.0);
      g_assert_cmpfloat (zoomed, <=, 20.0);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/timeline/layout/properties/cards", GINT_TO_POINTER (FALSE), test_properties);
  g_test_add_data_func ("/timeline/layout/properties/all", GINT_TO_POINTER (TRUE), test_properties);
  g_test_add_func ("/timeline/layout/one-day", test_one_day);
  g_test_add_func ("/timeline/layout/forms", test_forms);
  g_test_add_func ("/timeline/layout/hit-and-visible", test_hit_and_visible);
  g_test_add_func ("/timeline/layout/order", test_order);
  g_test_add_func ("/timeline/layout/half-open", test_half_open);
  g_test_add_func ("/timeline/layout/imprecision", test_imprecision);
  g_test_add_func ("/timeline/layout/steps", test_steps);
  g_test_add_func ("/timeline/layout/odd-input", test_odd_input);
  g_test_add_func ("/timeline/layout/speed", test_speed);

  return g_test_run ();
}
