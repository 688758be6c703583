/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "notebook-fixture.h"

#include <math.h>

#include "annals-palette.h"

/* --- the palette: WCAG 2.1, "relative luminance" and "contrast ratio" --- */

static double
luminance (guint32 rgb)
{
  static const double weights[] = { 0.2126, 0.7152, 0.0722 };
  double sum = 0;

  for (guint i = 0; i < 3; i++)
    {
      double c = ((rgb >> (16 - 8 * i)) & 0xff) / 255.0;

      sum += weights[i] * (c <= 0.03928 ? c / 12.92 : pow ((c + 0.055) / 1.055, 2.4));
    }

  return sum;
}

static double
contrast (guint32 a,
          guint32 b)
{
  double x = luminance (a) + 0.05;
  double y = luminance (b) + 0.05;

  return MAX (x, y) / MIN (x, y);
}

static void
test_palette (void)
{
  guint n;
  const AnnalsColour *palette = annals_palette_get (&n);

  g_assert_cmpuint (n, >=, 4);
  for (guint i = 0; i < n; i++)
    {
      g_test_message ("%s: %.2f %.2f %.2f %.2f", palette[i].name, contrast (palette[i].strong, 0xffffff),
                      contrast (palette[i].strong, 0x1e1e1e), contrast (palette[i].light, 0x000000),
                      contrast (palette[i].dark, 0xffffff));
      g_assert_cmpfloat (contrast (palette[i].strong, 0xffffff), >=, 3);
      g_assert_cmpfloat (contrast (palette[i].strong, 0x1e1e1e), >=, 3);
      g_assert_cmpfloat (contrast (palette[i].light, 0x000000), >=, 7);
      g_assert_cmpfloat (contrast (palette[i].dark, 0xffffff), >=, 7);
      g_assert_true (annals_palette_lookup (palette[i].name) == &palette[i]);
      for (guint j = 0; j < i; j++)
        g_assert_cmpuint (palette[i].strong, !=, palette[j].strong);
    }
  g_assert_null (annals_palette_lookup ("chartreuse"));
  g_assert_null (annals_palette_lookup (NULL));
}

/* --- posts in scopes and orders --- */

typedef struct
{
  AnnalsScope scope;
  gint64      scope_id;
  AnnalsOrder order;
  const char *match;
  GString    *titles;   /* their last characters: "012" */
} Listing;

static gboolean
list (AnnalsDb      *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  Listing *listing = data;
  g_autoptr(GArray) ids = annals_db_list_posts (db, listing->scope, listing->scope_id, listing->match,
                                                listing->order, error);
  g_autoptr(GPtrArray) posts = NULL;

  if (ids == NULL ||
      !(posts = annals_db_load_posts (db, (const gint64 *) (gpointer) ids->data, ids->len, error)))
    return FALSE;

  g_assert_cmpuint (posts->len, ==, ids->len);
  for (guint i = 0; i < posts->len; i++)
    {
      const AnnalsPost *post = g_ptr_array_index (posts, i);

      g_string_append (listing->titles, post->title + strlen (post->title) - 1);
    }

  return TRUE;
}

static void
assert_listed (Fixture     *f,
               AnnalsScope  scope,
               gint64       scope_id,
               AnnalsOrder  order,
               const char  *match,
               const char  *expected)
{
  Listing listing = { scope, scope_id, order, match, g_string_new (NULL) };

  READ (f, list, &listing);
  g_assert_cmpstr (listing.titles->str, ==, expected);
  g_string_free (listing.titles, TRUE);
}

static gint64 posts[3], tag, parent_tag, timeline, lane, event, annotation;

#define ACTION(name, expression) \
  static gboolean \
  name (AnnalsDb      *db, \
        gpointer       data, \
        GCancellable  *cancellable, \
        GError       **error) \
  { \
    return expression; \
  }

static AnnalsDate *
date (const char *edtf)
{
  static GPtrArray *dates;

  if (dates == NULL)
    dates = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_date_unref);
  g_ptr_array_add (dates, annals_date_parse (edtf, NULL));

  return dates->pdata[dates->len - 1];
}

ACTION (star_second, annals_db_set_post_starred (db, &posts[1], 1, TRUE, error))
ACTION (read_first, annals_db_set_post_read (db, &posts[0], 1, TRUE, error))
ACTION (trash_first, annals_db_set_post_trashed (db, &posts[0], 1, TRUE, error))
ACTION (mark_third, annals_db_add_annotation (db, posts[2], 2, 7, NULL, NULL, &annotation, error))
ACTION (tag_second, annals_db_ensure_tag (db, "port/ships", &tag, error) &&
                    annals_db_find (db, ANNALS_RECORD_TAG, "port", &parent_tag, error) &&
                    annals_db_tag_posts (db, tag, &posts[1], 1, error))
ACTION (tag_passage, annals_db_tag_annotation (db, tag, annotation, error))
ACTION (cite_third, annals_db_add_timeline (db, "Harbour", NULL, NULL, NULL, &timeline, error) &&
                    annals_db_ensure_lane (db, timeline, "A", NULL, &lane, error) &&
                    annals_db_add_event (db, timeline, lane, date ("2020"), "Closed", NULL, &event, error) &&
                    annals_db_add_evidence (db, event, posts[2], 0, ANNALS_STANCE_SUPPORTS, NULL, NULL, error))

static gboolean
count_reached (AnnalsDb      *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autoptr(AnnalsTag) loaded = annals_db_load_tag (db, tag, error);

  if (loaded == NULL)
    return FALSE;

  g_assert_cmpuint (loaded->n_posts, ==, 1);
  g_assert_cmpuint (loaded->n_annotations, ==, 1);
  g_assert_cmpuint (loaded->n_reached, ==, 2);

  return TRUE;
}

static void
test_listing (Fixture       *f,
              gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 3; i++)
    posts[i] = fixture_post (f, i);
  annals_notebook_finish_index (f->notebook, NULL, &error);
  g_assert_no_error (error);

  /* A page of an archive has its newest first. */
  assert_listed (f, ANNALS_SCOPE_ALL, 0, ANNALS_ORDER_NEWEST, NULL, "012");
  assert_listed (f, ANNALS_SCOPE_ALL, 0, ANNALS_ORDER_OLDEST, NULL, "210");
  assert_listed (f, ANNALS_SCOPE_ALL, 0, ANNALS_ORDER_TITLE, NULL, "012");
  assert_listed (f, ANNALS_SCOPE_ALL, 0, ANNALS_ORDER_PLACE, NULL, "012");
  assert_listed (f, ANNALS_SCOPE_ALL, 0, ANNALS_ORDER_OLDEST, "\"harbour\"", "210");
  assert_listed (f, ANNALS_SCOPE_ALL, 0, ANNALS_ORDER_NEWEST, "\"crew\"", "0");
  assert_listed (f, ANNALS_SCOPE_STARRED, 0, ANNALS_ORDER_NEWEST, NULL, "");

  CHANGE (f, "Star", star_second, NULL);
  CHANGE (f, "Read", read_first, NULL);
  CHANGE (f, "Mark", mark_third, NULL);
  CHANGE (f, "Tag", tag_second, NULL);
  CHANGE (f, "Cite", cite_third, NULL);
  assert_listed (f, ANNALS_SCOPE_STARRED, 0, ANNALS_ORDER_NEWEST, NULL, "1");
  assert_listed (f, ANNALS_SCOPE_UNREAD, 0, ANNALS_ORDER_NEWEST, NULL, "12");
  assert_listed (f, ANNALS_SCOPE_ANNOTATED, 0, ANNALS_ORDER_NEWEST, NULL, "2");
  assert_listed (f, ANNALS_SCOPE_TAG, tag, ANNALS_ORDER_NEWEST, NULL, "1");
  assert_listed (f, ANNALS_SCOPE_TAG, parent_tag, ANNALS_ORDER_NEWEST, NULL, "1");
  assert_listed (f, ANNALS_SCOPE_TIMELINE, timeline, ANNALS_ORDER_NEWEST, NULL, "2");
  assert_listed (f, ANNALS_SCOPE_STARRED, 0, ANNALS_ORDER_RELEVANCE, "\"harbour\"", "1");

  /* A tag on a passage leads to its post as well. */
  CHANGE (f, "Tag passage", tag_passage, NULL);
  assert_listed (f, ANNALS_SCOPE_TAG, tag, ANNALS_ORDER_NEWEST, NULL, "12");
  assert_listed (f, ANNALS_SCOPE_TAG, parent_tag, ANNALS_ORDER_NEWEST, NULL, "12");
  READ (f, count_reached, NULL);

  CHANGE (f, "Trash", trash_first, NULL);
  assert_listed (f, ANNALS_SCOPE_ALL, 0, ANNALS_ORDER_NEWEST, NULL, "12");
  assert_listed (f, ANNALS_SCOPE_ALL, 0, ANNALS_ORDER_NEWEST, "\"ferry\"", "");
}

/* --- names, lanes, references --- */

static gint64 found;

static gboolean
find (AnnalsDb      *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  return annals_db_find (db, ANNALS_RECORD_POST, data, &found, error);
}

static void
assert_not_found (Fixture             *f,
                  const char          *name,
                  AnnalsNotebookError  code)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (annals_notebook_read (f->notebook, find, (gpointer) name, NULL, &error));
  g_assert_error (error, ANNALS_NOTEBOOK_ERROR, (int) code);
}

static void
test_find (Fixture       *f,
           gconstpointer  data)
{
  g_autofree char *uid = annals_post_uid_for_identity ("post-1");
  g_autofree char *prefix = g_strndup (uid, 8);
  g_autofree char *upper = g_ascii_strup (prefix, -1);

  READ (f, find, uid);
  g_assert_cmpint (found, ==, fixture_post (f, 1));
  READ (f, find, prefix);
  READ (f, find, upper);
  g_assert_cmpint (found, ==, fixture_post (f, 1));
  READ (f, find, (gpointer) "title:post 2");
  g_assert_cmpint (found, ==, fixture_post (f, 2));

  assert_not_found (f, "title:Post", ANNALS_NOTEBOOK_ERROR_NOT_FOUND);
  assert_not_found (f, "Post 1", ANNALS_NOTEBOOK_ERROR_NOT_FOUND);
  assert_not_found (f, "ffffffff-ffff-4fff-8fff-ffffffffffff", ANNALS_NOTEBOOK_ERROR_NOT_FOUND);
  assert_not_found (f, "", ANNALS_NOTEBOOK_ERROR_NOT_FOUND);
  assert_not_found (f, "ab", ANNALS_NOTEBOOK_ERROR_NOT_FOUND);
}

static gint64 lanes[4];

static gboolean
add_lanes (AnnalsDb      *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  static const char * const names[] = { "A", "B", "C", "D" };

  if (!annals_db_add_timeline (db, "Lanes", NULL, NULL, NULL, &timeline, error))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (!annals_db_ensure_lane (db, timeline, names[i], NULL, &lanes[i], error))
      return FALSE;

  return TRUE;
}

typedef struct
{
  guint lane;
  guint position;
} Move;

static gboolean
move (AnnalsDb      *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  const Move *to = data;

  return annals_db_move_lane (db, lanes[to->lane], to->position, error);
}

static gboolean
read_lanes (AnnalsDb      *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr(AnnalsTimeline) loaded = annals_db_load_timeline (db, timeline, error);

  for (guint i = 0; loaded != NULL && i < loaded->lanes->len; i++)
    g_string_append (data, ((AnnalsLane *) loaded->lanes->pdata[i])->name);

  return loaded != NULL;
}

static void
test_lanes_move (Fixture       *f,
                 gconstpointer  data)
{
  static const struct
  {
    Move        move;
    const char *expected;
  } steps[] = {
    { { 0, 3 }, "BCDA" }, { { 0, 0 }, "ABCD" }, { { 3, 1 }, "ADBC" }, { { 3, 1 }, "ADBC" },
    { { 1, 99 }, "ADCB" }, { { 2, 0 }, "CADB" },
  };

  CHANGE (f, "Add lanes", add_lanes, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr(GString) names = g_string_new (NULL);

      CHANGE (f, "Move lane", move, (gpointer) &steps[i].move);
      READ (f, read_lanes, names);
      g_assert_cmpstr (names->str, ==, steps[i].expected);
    }
}

static gboolean
load_post_events (AnnalsDb      *db,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_autoptr(GPtrArray) events = annals_db_list_events (db, timeline, error);
  g_autoptr(AnnalsPost) post = annals_db_load_post (db, posts[2], error);
  const AnnalsEvidence *evidence;

  if (events == NULL || post == NULL)
    return FALSE;

  g_assert_cmpuint (events->len, ==, 1);
  g_assert_cmpuint (post->n_events, ==, 1);
  evidence = g_ptr_array_index (((AnnalsEvent *) events->pdata[0])->evidence, 0);
  g_assert_cmpint (evidence->post_id, ==, posts[2]);
  *(gboolean *) data = evidence->annotation_id != 0;

  return TRUE;
}

ACTION (cite_passage, annals_db_add_timeline (db, "Proof", NULL, NULL, NULL, &timeline, error) &&
                      annals_db_add_event (db, timeline, 0, date (""), "Closed", NULL, &event, error) &&
                      annals_db_add_annotation (db, posts[2], 2, 7, NULL, NULL, &annotation, error) &&
                      annals_db_add_evidence (db, event, 0, annotation, ANNALS_STANCE_SUPPORTS, NULL, NULL, error))
ACTION (drop_passage, annals_db_delete_annotation (db, annotation, error))

/* A claim does not lose its post when the mark on the passage is removed. */
static void
test_evidence_stays (Fixture       *f,
                     gconstpointer  data)
{
  gboolean has_passage;

  for (guint i = 0; i < 3; i++)
    posts[i] = fixture_post (f, i);
  CHANGE (f, "Cite", cite_passage, NULL);
  READ (f, load_post_events, &has_passage);
  g_assert_true (has_passage);

  CHANGE (f, "Delete highlight", drop_passage, NULL);
  READ (f, load_post_events, &has_passage);
  g_assert_false (has_passage);
}

/* A name may be typed in other case or composed otherwise and is the same tag. */
static gboolean
same_tags (AnnalsDb      *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  gint64 ids[4];

  if (!annals_db_ensure_tag (db, "Réfugiés", &ids[0], error) ||
      !annals_db_ensure_tag (db, "RÉFUGIÉS", &ids[1], error) ||
      !annals_db_ensure_tag (db, "Re\xcc\x81" "fugie\xcc\x81s", &ids[2], error) ||
      !annals_db_ensure_tag (db, "  Réfugiés ", &ids[3], error))
    return FALSE;

  for (guint i = 1; i < G_N_ELEMENTS (ids); i++)
    g_assert_cmpint (ids[i], ==, ids[0]);

  return TRUE;
}

static void
test_tag_names (Fixture       *f,
                gconstpointer  data)
{
  CHANGE (f, "Tags", same_tags, NULL);
}

static gboolean
load_markup (AnnalsDb      *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr(GPtrArray) revisions = annals_db_list_revisions (db, posts[0], error);
  g_autofree char *kind = NULL;
  GBytes **markup = data;

  if (revisions == NULL)
    return FALSE;

  g_assert_cmpuint (revisions->len, ==, 1);
  *markup = annals_db_load_markup (db, ((AnnalsRevision *) revisions->pdata[0])->id, &kind, error);
  g_assert_cmpstr (kind, ==, "text");

  return *markup != NULL;
}

static void
test_markup_comes_back (Fixture       *f,
                        gconstpointer  data)
{
  static const char original[] = "The ferry left the harbour on Monday.\nNobody was on board but the crew.";
  g_autoptr(GBytes) markup = NULL;

  posts[0] = fixture_post (f, 0);
  READ (f, load_markup, &markup);
  g_assert_cmpmem (g_bytes_get_data (markup, NULL), g_bytes_get_size (markup), original, strlen (original));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  g_test_add_func ("/notebook/records/palette", test_palette);
  ADD ("/notebook/records/listing", test_listing);
  ADD ("/notebook/records/find", test_find);
  ADD ("/notebook/records/lanes-move", test_lanes_move);
  ADD ("/notebook/records/evidence-stays", test_evidence_stays);
  ADD ("/notebook/records/tag-names", test_tag_names);
  ADD ("/notebook/records/markup", test_markup_comes_back);

  return g_test_run ();
}
