/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-note-list.h"
#include "annals-tag-rules.h"
#include "notebook-fixture.h"

#include <string.h>

typedef struct
{
  gint64 posts[3];
  gint64 annotation;
  gint64 ships, ferries, crew;
} Ids;

static Ids ids;

#define ACTION(name, expression) \
  static gboolean \
  name (AnnalsDb      *db, \
        gpointer       data, \
        GCancellable  *cancellable, \
        GError       **error) \
  { \
    return expression; \
  }

static const char * const two_names[] = { "Vessels", "Boats", NULL };

ACTION (annotate, annals_db_add_annotation (db, ids.posts[0], 4, 9, "yellow", "", &ids.annotation, error))
ACTION (make_ships, annals_db_ensure_tag (db, "Ships", &ids.ships, error))
ACTION (make_ferries, annals_db_ensure_tag (db, "Ferries", &ids.ferries, error))
ACTION (make_crew, annals_db_ensure_tag (db, "Ferries/Crew", &ids.crew, error))
ACTION (move, annals_db_set_tag_parent (db, ids.ferries, ids.ships, error))
ACTION (move_up, annals_db_set_tag_parent (db, ids.ferries, 0, error))
ACTION (describe, annals_db_set_tag_description (db, ids.ferries, "What carries people", error))
ACTION (name_others, annals_db_set_tag_synonyms (db, ids.ferries, two_names, error))
ACTION (rename_to_other, annals_db_rename_tag (db, ids.ferries, "vessels", error))
ACTION (give_rule, annals_db_set_tag_rule (db, ids.ships, "ferry", error))
ACTION (apply_rule, annals_db_apply_tag_rule (db, ids.ships, NULL, error))
ACTION (tag_all, annals_db_tag_posts (db, ids.ferries, ids.posts, 3, error))
ACTION (untag_two, annals_db_untag_posts (db, ids.ferries, ids.posts + 1, 2, error))
ACTION (tag_note, annals_db_tag_annotation (db, ids.ferries, ids.annotation, error))
ACTION (merge, annals_db_merge_tags (db, ids.ferries, ids.ships, error))
ACTION (star_all, annals_db_set_post_starred (db, ids.posts, 3, TRUE, error))
ACTION (read_all, annals_db_set_post_read (db, ids.posts, 3, TRUE, error))
ACTION (trash_all, annals_db_set_post_trashed (db, ids.posts, 3, TRUE, error))
ACTION (delete_ships, annals_db_delete_tag (db, ids.ships, error))

static const struct
{
  const char   *label;
  AnnalsDbFunc  func;
} actions[] = {
  { "Annotate", annotate }, { "Make ships", make_ships }, { "Make ferries", make_ferries },
  { "Make crew", make_crew }, { "Move", move }, { "Describe", describe }, { "Other names", name_others },
  { "Rename", rename_to_other }, { "Rule", give_rule }, { "Apply rule", apply_rule }, { "Tag all", tag_all },
  { "Untag two", untag_two }, { "Tag note", tag_note }, { "Move up", move_up }, { "Merge", merge },
  { "Star all", star_all }, { "Read all", read_all }, { "Trash all", trash_all }, { "Delete", delete_ships },
};

static void
begin (Fixture *f)
{
  g_autoptr(GError) error = NULL;

  ids = (Ids) { { fixture_post (f, 0), fixture_post (f, 1), fixture_post (f, 2) }, 0, 0, 0, 0 };
  annals_notebook_finish_index (f->notebook, NULL, &error);
  g_assert_no_error (error);
}

static void
step (Fixture    *f,
      gboolean    redo,
      const char *expected)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *label = NULL;

  if (redo)
    annals_notebook_redo (f->notebook, &label, &error);
  else
    annals_notebook_undo (f->notebook, &label, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (label, ==, expected);
}

/* Each done, undone, redone: the whole notebook is the same as before and after. */
static void
test_undo (Fixture       *f,
           gconstpointer  data)
{
  begin (f);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autofree char *before = fixture_dump (f);
      g_autofree char *done = NULL;
      g_autofree char *undone = NULL;
      g_autofree char *redone = NULL;

      CHANGE (f, actions[i].label, actions[i].func, NULL);
      done = fixture_dump (f);
      if (g_str_equal (before, done))
        g_error ("%s changed nothing", actions[i].label);

      step (f, FALSE, actions[i].label);
      undone = fixture_dump (f);
      g_assert_cmpstr (undone, ==, before);

      step (f, TRUE, actions[i].label);
      redone = fixture_dump (f);
      g_assert_cmpstr (redone, ==, done);
    }
}

static void
refuse (Fixture      *f,
        AnnalsDbFunc  func,
        int           code,
        const char   *message)
{
  g_autofree char *before = fixture_dump (f);
  g_autofree char *after = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_false (annals_notebook_change (f->notebook, "Refused", func, NULL, NULL, &error));
  g_assert_error (error, ANNALS_NOTEBOOK_ERROR, code);
  g_assert_cmpstr (error->message, ==, message);
  after = fixture_dump (f);
  g_assert_cmpstr (after, ==, before);
}

ACTION (below_itself, annals_db_set_tag_parent (db, ids.ships, ids.ships, error))
ACTION (below_below, annals_db_set_tag_parent (db, ids.ships, ids.crew, error))
ACTION (merge_itself, annals_db_merge_tags (db, ids.ships, ids.ships, error))

static void
test_rings (Fixture       *f,
            gconstpointer  data)
{
  begin (f);
  CHANGE (f, "Make", make_ships, NULL);
  CHANGE (f, "Make", make_crew, NULL);
  CHANGE (f, "Make", make_ferries, NULL);
  CHANGE (f, "Move", move, NULL);
  refuse (f, below_itself, ANNALS_NOTEBOOK_ERROR_INVALID, "“Ships” cannot be below itself");
  refuse (f, below_below, ANNALS_NOTEBOOK_ERROR_INVALID,
          "“Ships” cannot move below “Crew”, which is below it");
  refuse (f, merge_itself, ANNALS_NOTEBOOK_ERROR_INVALID, "A tag cannot be merged into itself");
}

static gboolean
make_deep (AnnalsDb      *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  gint64 above = 0;

  for (guint i = 0; i < ANNALS_TAG_MAX_DEPTH; i++)
    {
      g_autofree char *name = g_strdup_printf ("level %u", i);
      gint64 id;

      if (!annals_db_ensure_tag (db, name, &id, error) ||
          !annals_db_set_tag_parent (db, id, above, error))
        return FALSE;
      above = id;
    }
  ids.crew = above;

  return TRUE;
}

ACTION (too_deep, annals_db_set_tag_parent (db, ids.ships, ids.crew, error))

static void
test_depth (Fixture       *f,
            gconstpointer  data)
{
  begin (f);
  CHANGE (f, "Make", make_ships, NULL);
  CHANGE (f, "Deep", make_deep, NULL);
  refuse (f, too_deep, ANNALS_NOTEBOOK_ERROR_INVALID, "Tags can be nested 16 deep at most");
}

/* Names that a person takes for one are one, however they are written. */
static gboolean
meet (AnnalsDb      *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  static const struct
  {
    const char *one;
    const char *other;
  } pairs[] = {
    { "Straße", "STRASSE" },
    { "Café", "Cafe\xcc\x81" },                       /* the second is decomposed */
    { "제재", "\xe1\x84\x8c\xe1\x85\xa6\xe1\x84\x8c\xe1\x85\xa2" },
    { "ΣΊΣΥΦΟΣ", "σίσυφος" },
    { "Åland", "\xe2\x84\xabLAND" },                   /* the Ångström sign */
    { "  two   words ", "Two Words" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      gint64 one, other;

      if (!annals_db_ensure_tag (db, pairs[i].one, &one, error) ||
          !annals_db_ensure_tag (db, pairs[i].other, &other, error))
        return FALSE;
      g_assert_cmpint (one, ==, other);
    }

  return TRUE;
}

ACTION (rename_to_same, annals_db_rename_tag (db, ids.ships, "FERRIES", error))
ACTION (rename_to_synonym, annals_db_rename_tag (db, ids.ships, "BOATS", error))

static const char * const others_name[] = { "ships", NULL };
ACTION (synonym_is_name, annals_db_set_tag_synonyms (db, ids.ferries, others_name, error))
ACTION (synonym_is_synonym, annals_db_set_tag_synonyms (db, ids.ships, two_names, error))

static gboolean
type_synonym (AnnalsDb      *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  gint64 id;

  if (!annals_db_ensure_tag (db, "boats", &id, error))
    return FALSE;
  g_assert_cmpint (id, ==, ids.ferries);

  return annals_db_find_tag (db, "vessels", &id, error) && id == ids.ferries;
}

static void
test_names (Fixture       *f,
            gconstpointer  data)
{
  begin (f);
  CHANGE (f, "Meet", meet, NULL);
  CHANGE (f, "Make", make_ships, NULL);
  CHANGE (f, "Make", make_ferries, NULL);
  CHANGE (f, "Other names", name_others, NULL);
  refuse (f, rename_to_same, ANNALS_NOTEBOOK_ERROR_EXISTS, "There is a tag “Ferries” already");
  refuse (f, rename_to_synonym, ANNALS_NOTEBOOK_ERROR_EXISTS,
          "“BOATS” is another name of the tag “Ferries” already");
  refuse (f, synonym_is_name, ANNALS_NOTEBOOK_ERROR_EXISTS, "There is a tag “Ships” already");
  refuse (f, synonym_is_synonym, ANNALS_NOTEBOOK_ERROR_EXISTS,
          "“Vessels” is another name of the tag “Ferries” already");
  CHANGE (f, "Type", type_synonym, NULL);
}

/* What is counted beforehand is what a merge does. */
static gboolean
check_merge (AnnalsDb      *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  AnnalsTagMerge merge;

  if (!annals_db_count_tag_merge (db, ids.ferries, ids.ships, &merge, error))
    return FALSE;

  g_assert_cmpuint (merge.posts, ==, 2);
  g_assert_cmpuint (merge.posts_with_both, ==, 1);
  g_assert_cmpuint (merge.annotations, ==, 1);
  g_assert_cmpuint (merge.events, ==, 0);
  g_assert_cmpuint (merge.children, ==, 1);

  return TRUE;
}

static gboolean
check_merged (AnnalsDb      *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr(AnnalsTag) ships = annals_db_load_tag (db, ids.ships, error);
  g_autoptr(AnnalsTag) crew = annals_db_load_tag (db, ids.crew, error);

  if (ships == NULL || crew == NULL)
    return FALSE;

  g_assert_cmpuint (ships->n_posts, ==, 3);
  g_assert_cmpuint (ships->n_annotations, ==, 1);
  g_assert_cmpint (ships->parent_id, ==, 0);
  g_assert_cmpint (crew->parent_id, ==, ships->id);
  g_assert_cmpuint (g_strv_length (ships->synonyms), ==, 3);
  g_assert_cmpstr (ships->synonyms[0], ==, "Ferries");
  g_assert_cmpstr (ships->description, ==, "What carries people");

  return TRUE;
}

ACTION (tag_one, annals_db_tag_posts (db, ids.ships, ids.posts, 1, error))
ACTION (ships_below_crew, annals_db_set_tag_parent (db, ids.ships, ids.crew, error))

/* The one that stays stands below the one that goes. */
static void
test_merge (Fixture       *f,
            gconstpointer  data)
{
  begin (f);
  CHANGE (f, "Annotate", annotate, NULL);
  CHANGE (f, "Make", make_ships, NULL);
  CHANGE (f, "Make", make_crew, NULL);
  CHANGE (f, "Make", make_ferries, NULL);
  CHANGE (f, "Move", ships_below_crew, NULL);
  CHANGE (f, "Names", name_others, NULL);
  CHANGE (f, "Describe", describe, NULL);
  CHANGE (f, "Tag", tag_all, NULL);
  CHANGE (f, "Tag", tag_one, NULL);
  CHANGE (f, "Tag", tag_note, NULL);
  READ (f, check_merge, NULL);
  CHANGE (f, "Merge", merge, NULL);
  READ (f, check_merged, NULL);
}

static gboolean
check_counts (AnnalsDb      *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr(GArray) counts = annals_db_count_tags_on_posts (db, ids.posts, 3, NULL, error);
  g_autoptr(GArray) notes = NULL;
  guint n_found = 0;

  for (guint i = 0; counts != NULL && i < counts->len; i++)
    {
      AnnalsTagCount count = g_array_index (counts, AnnalsTagCount, i);

      if (count.tag_id == ids.ferries || count.tag_id == ids.ships)
        {
          g_assert_cmpuint (count.n_posts, ==, count.tag_id == ids.ferries ? 3 : 1);
          n_found++;
        }
    }
  g_assert_cmpuint (n_found, ==, 2);

  g_assert_nonnull (notes = annals_db_count_tags_on_annotations (db, &ids.annotation, 1, NULL, error));
  g_assert_cmpuint (notes->len, ==, 1);
  g_assert_cmpint (g_array_index (notes, AnnalsTagCount, 0).tag_id, ==, ids.ferries);

  return counts != NULL;
}

static void
test_counts (Fixture       *f,
             gconstpointer  data)
{
  begin (f);
  CHANGE (f, "Make", make_ships, NULL);
  CHANGE (f, "Make", make_ferries, NULL);
  CHANGE (f, "Tag", tag_all, NULL);
  CHANGE (f, "Tag", tag_one, NULL);
  CHANGE (f, "Annotate", annotate, NULL);
  CHANGE (f, "Tag", tag_note, NULL);
  READ (f, check_counts, NULL);
}

/* --- rules --- */

typedef struct
{
  guint n_fitting, n_lacking, n_new, n_due;
} Found;

static gboolean
look_at_rule (AnnalsDb      *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Found *found = data;
  g_autoptr(GArray) due = annals_db_list_due_tag_rules (db, error);
  AnnalsTagRuleFit fit;

  if (due == NULL || !annals_db_fit_tag_rule (db, ids.ships, "ferry", &fit, error))
    return FALSE;

  *found = (Found) { fit.n_fitting, fit.lacking->len, fit.n_new,
                     due->len > 0 ? g_array_index (due, AnnalsTagCount, 0).n_posts : 0 };
  annals_tag_rule_fit_clear (&fit);

  return TRUE;
}

static Found
get_found (Fixture *f)
{
  Found found;

  READ (f, look_at_rule, &found);
  return found;
}

ACTION (untag_first, annals_db_untag_posts (db, ids.ships, ids.posts, 1, error))

static void
test_rule (Fixture       *f,
           gconstpointer  data)
{
  static const char * const more[] = {
    "The ferry left the harbour on Monday.\nNobody was on board but the crew.",
    "Something else stands here now.", "And here.", "Another ferry came.", "A last ferry sank.", NULL,
  };
  AnnalsStored stored[5];
  g_autoptr(GError) error = NULL;
  Found found;
  guint n;

  begin (f);
  CHANGE (f, "Make", make_ships, NULL);
  CHANGE (f, "Rule", give_rule, NULL);
  found = get_found (f);
  n = found.n_fitting;
  g_assert_cmpuint (n, >, 0);
  g_assert_cmpuint (found.n_lacking, ==, n);
  g_assert_cmpuint (found.n_due, ==, n);

  CHANGE (f, "Apply", apply_rule, NULL);
  found = get_found (f);
  g_assert_cmpuint (found.n_lacking, ==, 0);
  g_assert_cmpuint (found.n_due, ==, 0);

  /* What was taken off by hand is not offered again, though it is among those that lack it. */
  CHANGE (f, "Untag", untag_first, NULL);
  found = get_found (f);
  g_assert_cmpuint (found.n_lacking, ==, 1);
  g_assert_cmpuint (found.n_due, ==, 0);

  /* What comes later is offered and not tagged. */
  fixture_import (f, more, stored);
  annals_notebook_finish_index (f->notebook, NULL, &error);
  g_assert_no_error (error);
  found = get_found (f);
  g_assert_cmpuint (found.n_new, ==, 2);
  g_assert_cmpuint (found.n_due, ==, 2);
}

static void
test_bad_rules (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (annals_tag_rule_check ("  ", &error));
  g_assert_cmpstr (error->message, ==, "A tag's rule must say which posts it is for");
  g_clear_error (&error);
  g_assert_false (annals_tag_rule_check ("\"ferry", &error));
  g_assert_nonnull (strstr (error->message, "column"));
}

/* --- completion --- */

static void
add_tag (GPtrArray  *tags,
         const char *name,
         const char *synonym)
{
  AnnalsTag *tag = g_new0 (AnnalsTag, 1);

  tag->name = g_strdup (name);
  tag->synonyms = g_new0 (char *, 2);
  tag->synonyms[0] = g_strdup (synonym);
  g_ptr_array_add (tags, tag);
}

static void
test_completion (void)
{
  g_autoptr(GPtrArray) tags = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_tag_free);
  static const struct
  {
    const char *typed;
    const char *offers;   /* "name" or "name=synonym", by commas */
  } cases[] = {
    { "", "sanctions,border,Cross-border trade,Café,제재 위원회,trade" },
    { "trade", "trade,Cross-border trade" },
    { "bo", "border,Cross-border trade" },
    { "ORD", "border,Cross-border trade" },
    { "cafe", "Café" },
    { "emb", "sanctions=embargo" },
    { "제재", "제재 위원회" },
    { "위원", "제재 위원회" },
    { "nothing", "" },
  };

  add_tag (tags, "sanctions", "embargo");
  add_tag (tags, "border", NULL);
  add_tag (tags, "Cross-border trade", NULL);
  add_tag (tags, "Café", NULL);
  add_tag (tags, "제재 위원회", NULL);
  add_tag (tags, "trade", "commerce");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GArray) offers = annals_tags_complete (tags, cases[i].typed, 0);
      g_autoptr(GString) names = g_string_new (NULL);

      for (guint j = 0; j < offers->len; j++)
        {
          AnnalsTagOffer offer = g_array_index (offers, AnnalsTagOffer, j);

          g_string_append_printf (names, "%s%s", j > 0 ? "," : "", offer.tag->name);
          if (offer.synonym != NULL)
            g_string_append_printf (names, "=%s", offer.synonym);
        }
      g_assert_cmpstr (names->str, ==, cases[i].offers);
    }
}

static gboolean
tag_in_no_order (AnnalsDb      *db,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  static const char *const names[] = { "Zone 10", "Äpfel", "zone 2" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      gint64 tag;

      if (!annals_db_ensure_tag (db, names[i], &tag, error) ||
          !annals_db_tag_annotation (db, tag, ids.annotation, error))
        return FALSE;
    }

  return TRUE;
}

typedef struct
{
  gboolean    for_file;
  const char *expected;
} Groups;

static gboolean
check_groups (AnnalsDb      *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  const Groups *groups = data;
  g_autoptr(AnnalsNoteFilter) filter = annals_note_filter_new ();
  g_autoptr(GArray) keys = NULL;
  g_autoptr(GString) titles = g_string_new (NULL);

  filter->grouping = ANNALS_NOTES_GROUP_TAG;
  filter->for_file = groups->for_file;
  if (!(keys = annals_db_list_notes (db, filter, cancellable, error)))
    return FALSE;

  for (guint i = 0; i < keys->len; i++)
    {
      g_autoptr(AnnalsTag) tag = annals_db_load_tag (db, g_array_index (keys, AnnalsNoteKey, i).group, error);

      if (tag == NULL)
        return FALSE;
      g_string_append_printf (titles, "%s;", tag->name);
    }
  g_assert_cmpstr (titles->str, ==, groups->expected);

  return TRUE;
}

/* Groups of notes stand as a person looks for them, and in a file as everybody's. */
static void
test_groups (Fixture       *f,
             gconstpointer  data)
{
  Groups for_reader = { FALSE, "Äpfel;zone 2;Zone 10;" };
  Groups for_file = { TRUE, "Zone 10;zone 2;Äpfel;" };

  begin (f);
  CHANGE (f, "Annotate", annotate, NULL);
  CHANGE (f, "Tag", tag_in_no_order, NULL);
  READ (f, check_groups, &for_reader);
  READ (f, check_groups, &for_file);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/tags/undo", test_undo);
  ADD ("/tags/rings", test_rings);
  ADD ("/tags/depth", test_depth);
  ADD ("/tags/names", test_names);
  ADD ("/tags/merge", test_merge);
  ADD ("/tags/counts", test_counts);
  ADD ("/tags/rule", test_rule);
  ADD ("/tags/groups", test_groups);
  g_test_add_func ("/tags/bad-rules", test_bad_rules);
  g_test_add_func ("/tags/completion", test_completion);

  return g_test_run ();
}
