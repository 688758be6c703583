/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "annals-annotations.h"
#include "annals-check.h"
#include "annals-entry.h"
#include "annals-imports.h"
#include "annals-links.h"
#include "annals-memos.h"
#include "annals-notebook-document.h"
#include "annals-posts.h"
#include "annals-saved-searches.h"
#include "annals-tags.h"
#include "annals-timelines.h"
#include "wild-notebook.h"

#define N_SEEDS (g_test_thorough () ? 200 : 6)
#define N_ROUNDS 3
#define N_STEPS 25

typedef struct
{
  char *folder;
} Fixture;

static void
fixture_set_up (Fixture       *f,
                gconstpointer  data)
{
  f->folder = g_dir_make_tmp ("annals-XXXXXX", NULL);
}

static void
fixture_tear_down (Fixture       *f,
                   gconstpointer  data)
{
  g_autoptr(GDir) dir = g_dir_open (f->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (f->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (f->folder);
  g_free (f->folder);
}

static AnnalsNotebook *
create (Fixture    *f,
        const char *name,
        const char *author)
{
  g_autofree char *path = g_build_filename (f->folder, name, NULL);
  g_autoptr(GError) error = NULL;
  AnnalsNotebook *notebook;

  g_unlink (path);
  notebook = annals_notebook_create (path, NULL, &error);
  g_assert_no_error (error);
  annals_notebook_set_author (notebook, author);
  return notebook;
}

static void
close_notebook (AnnalsNotebook *notebook)
{
  g_autoptr(GError) error = NULL;

  annals_notebook_close (notebook, &error);
  g_assert_no_error (error);
  g_assert_finalize_object (notebook);
}

static void
import (Fixture        *f,
        AnnalsNotebook *into,
        const char     *name)
{
  g_autofree char *path = g_build_filename (f->folder, name, NULL);
  g_autoptr(AnnalsMergeResult) result = NULL;
  g_autoptr(GError) error = NULL;

  result = annals_import_notebook_document (into, path, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static AnnalsMergeResult *
merge (AnnalsNotebook *into,
       AnnalsNotebook *from)
{
  g_autoptr(GError) error = NULL;
  AnnalsMergeResult *result = annals_notebook_merge_file (into, annals_notebook_get_path (from), NULL, NULL, NULL,
                                                          &error);

  g_assert_no_error (error);
  return result;
}

/* A notebook and one that has the same in it. */
static void
create_two (Fixture         *f,
            guint32          seed,
            guint            n_steps,
            AnnalsNotebook **one,
            AnnalsNotebook **other)
{
  *one = create (f, "One.annals", "Ann");
  *other = create (f, "Other.annals", "Bo");
  wild_steps (*one, seed, n_steps);
  g_free (wild_export (*one, f->folder, "shared.json"));
  import (f, *other, "shared.json");
}

static gboolean
check_cb (AnnalsDb      *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  GPtrArray **problems = data;

  *problems = annals_db_check (db, TRUE, cancellable, error);
  return *problems != NULL;
}

static void
assert_sound (AnnalsNotebook *notebook)
{
  g_autoptr(GPtrArray) problems = NULL;
  g_autoptr(GError) error = NULL;

  annals_notebook_finish_index (notebook, NULL, &error);
  g_assert_no_error (error);
  annals_notebook_read (notebook, check_cb, &problems, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);

  /* what the program asks of names */
  g_assert_cmpint (wild_count (notebook, "SELECT count (*) FROM tag WHERE folded < ' '"), ==, 0);
  g_assert_cmpint (wild_count (notebook,
                               "SELECT count (*) FROM (SELECT 1 FROM lane GROUP BY timeline, lower (name) "
                               "HAVING count (*) > 1)"), ==, 0);
}

/* --- merged both ways, two notebooks are one --- */

/* But for what is of the notebook and not of the work: its own name, how far its posts were seen, how its timelines are
 * shown, which of several imports said first how a post is also known. Places in lists are compared by their order. */
static char *
dup_comparable (AnnalsNotebook *notebook,
                Fixture        *f)
{
  static const char expression[] = "\"(seen|rule_seen|look)\":(null|\"([^\"\\\\]|\\\\.)*\")|\"position\":\\d+"
                                   "|(?<=\"id\":\"[0-9a-f]{32}\"),\"import\":\"[^\"]*\"|^\"notebook\":.*$";
  g_autofree char *json = wild_export (notebook, f->folder, "compared.json");
  g_autoptr(GRegex) regex = g_regex_new (expression, G_REGEX_MULTILINE, 0, NULL);

  return g_regex_replace_literal (regex, json, -1, 0, "", 0, NULL);
}

/* Lines may be long: what is around the first difference is shown. */
static void
assert_same_line (const char *a,
                  const char *b)
{
  gsize same = 0;
  gsize from;

  if (g_str_equal (a, b))
    return;

  while (a[same] == b[same])
    same++;
  from = same > 150 ? same - 150 : 0;
  g_error ("%.60s…\n%.300s\n%.300s", a, a + from, b + from);
}

static void
assert_same (AnnalsNotebook *a,
             AnnalsNotebook *b,
             Fixture        *f)
{
  g_autofree char *text = dup_comparable (a, f);
  g_autofree char *other = dup_comparable (b, f);
  g_auto(GStrv) x = g_strsplit (text, "\n", -1);
  g_auto(GStrv) y = g_strsplit (other, "\n", -1);

  for (guint i = 0; x[i] != NULL && y[i] != NULL; i++)
    assert_same_line (x[i], y[i]);
  g_assert_cmpuint (g_strv_length (x), ==, g_strv_length (y));
}

static void
test_convergence (Fixture       *f,
                  gconstpointer  data)
{
  for (guint32 seed = 200; seed < 200 + N_SEEDS; seed++)
    {
      AnnalsNotebook *one, *other;

      create_two (f, seed, N_STEPS, &one, &other);
      for (guint32 round = 0; round < N_ROUNDS; round++)
        {
          g_test_message ("seed %u, round %u", seed, round);
          wild_steps (one, seed + 1000 * (round + 1), N_STEPS);
          wild_steps (other, seed + 1000 * (round + 1) + 500, N_STEPS);
          annals_merge_result_free (merge (other, one));
          annals_merge_result_free (merge (one, other));
          assert_same (one, other, f);
          assert_sound (one);
          assert_sound (other);
        }

      close_notebook (one);
      close_notebook (other);
    }
}

/* --- whatever differs is taken over or told --- */

static char *
dup_key (AnnalsEntry *entry,
         const char  *parent)
{
  switch ((int) entry->kind)
    {
    case ANNALS_ENTRY_MARK:
      return g_strdup_printf ("mark %s", annals_entry_get_text (entry, "post"));

    case ANNALS_ENTRY_PLACE:
      return g_strdup_printf ("place %s %s", parent, annals_entry_get_text (entry, "timeline"));

    case ANNALS_ENTRY_SUGGESTION:
      return g_strdup_printf ("suggestion %s %s", annals_entry_get_text (entry, "timeline"),
                              annals_entry_get_text (entry, "post"));

    case ANNALS_ENTRY_COLOUR:
      return g_strdup_printf ("colour %s", annals_entry_get_text (entry, "colour"));

    case ANNALS_ENTRY_POST_TAG:
    case ANNALS_ENTRY_ANNOTATION_TAG:
    case ANNALS_ENTRY_EVENT_TAG:
      return g_strdup_printf ("%u %s %s", entry->kind, parent, annals_entry_get_text (entry, "tag"));

    default:
      return g_strdup (annals_entry_get_text (entry, "uid"));
    }
}

static void
list_entry (GHashTable  *entries,
            AnnalsEntry *entry,
            const char  *parent)
{
  const AnnalsEntryClass *klass = annals_entry_get_class (entry->kind);
  char *key = dup_key (entry, parent);

  for (guint i = 0; i < annals_entry_class_count (klass); i++)
    {
      GPtrArray *parts = entry->values[i].parts;

      for (guint j = 0; parts != NULL && j < parts->len; j++)
        list_entry (entries, g_steal_pointer (&parts->pdata[j]), key);
      if (parts != NULL)
        g_ptr_array_set_free_func (parts, NULL);
    }
  g_hash_table_insert (entries, key, entry);
}

/* What the user made: key → AnnalsEntry */
static GHashTable *
read_entries (Fixture    *f,
              const char *name)
{
  g_autofree char *path = g_build_filename (f->folder, name, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(AnnalsNotebookDocument) document = annals_notebook_document_open (path, &error);
  GHashTable *entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) annals_entry_free);
  AnnalsEntry *entry;

  g_assert_no_error (error);
  while ((entry = annals_notebook_document_next (document, &error)) != NULL)
    if (entry->kind >= ANNALS_ENTRY_TAG)
      list_entry (entries, entry, "");
    else
      annals_entry_free (entry);
  g_assert_no_error (error);

  return entries;
}

static gboolean
is_equal (const AnnalsEntryValue *a,
          const AnnalsEntryValue *b)
{
  return a->is_null == b->is_null && a->number == b->number && a->length == b->length &&
         (a->length == 0 || memcmp (a->text, b->text, a->length) == 0);
}

/* What is no change of anybody's (times, how far posts were seen), what is told of as a whole (places in a list, where
 * a note stands) or counted (read posts), how timelines are shown, and what is united (other names). */
static gboolean
is_aside (AnnalsEntryKind         kind,
          const AnnalsEntryField *field)
{
  static const char * const aside[] = { "created", "modified", "author", "position", "look", "seen", "rule_seen", NULL };
  static const char * const of_notes[] = { "revision", "start", "end", "prefix", "suffix", "moved", "was_quote",
                                           "was_start", NULL };

  return field->type == ANNALS_VALUE_UID || field->type == ANNALS_VALUE_PARTS || field->type == ANNALS_VALUE_LINES ||
         g_strv_contains (aside, field->member) ||
         (kind == ANNALS_ENTRY_ANNOTATION && g_strv_contains (of_notes, field->member)) ||
         (kind == ANNALS_ENTRY_MARK && g_str_equal (field->member, "read"));
}

/* A record that another one has become is called otherwise. */
static gboolean
is_gone (GHashTable             *entries,
         const AnnalsEntryField *field,
         const AnnalsEntryValue *value)
{
  return field->type == ANNALS_VALUE_REFERENCE && value->text != NULL && field->target >= ANNALS_ENTRY_TAG &&
         !g_hash_table_contains (entries, value->text);
}

static void
count_up (GHashTable  *counts,
          const char  *record,
          const char  *member,
          const char  *what)
{
  char *key = g_strdup_printf ("%s.%s %s", record, member, what);

  g_hash_table_insert (counts, key, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, key)) + 1));
}

/* What a text names may have come to another uid. */
static char *
dup_without_uids (const AnnalsEntryValue *value)
{
  g_autoptr(GRegex) regex = g_regex_new ("\\[\\[tag:[0-9a-f-]{36}", 0, 0, NULL);

  return g_regex_replace_literal (regex, value->text, (gssize) value->length, 0, "[[tag:", 0, NULL);
}

/* Something may have come to what they said. */
static gboolean
is_taken (const AnnalsEntryValue *merged,
          const AnnalsEntryValue *theirs)
{
  g_autofree char *now = NULL;
  g_autofree char *said = NULL;

  if (is_equal (merged, theirs) || merged->length == 0 || theirs->length == 0)
    return is_equal (merged, theirs);

  now = dup_without_uids (merged);
  said = dup_without_uids (theirs);
  return strstr (now, said) != NULL;
}

/* What was named by two uids and is one now is no difference. */
static gboolean
is_same (const AnnalsEntryValue *ours,
         const AnnalsEntryValue *theirs)
{
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;

  if (is_equal (ours, theirs) || ours->length == 0 || theirs->length == 0)
    return is_equal (ours, theirs);

  a = dup_without_uids (ours);
  b = dup_without_uids (theirs);
  return g_str_equal (a, b);
}

static void
count_fields (GHashTable  *counts,
              AnnalsEntry *ours,
              AnnalsEntry *theirs,
              AnnalsEntry *merged,
              GHashTable  *all)
{
  const AnnalsEntryClass *klass = annals_entry_get_class (ours->kind);
  AnnalsEntryKind shown = ours->kind == ANNALS_ENTRY_PLACE ? ANNALS_ENTRY_EVENT : ours->kind;

  for (guint i = 0; i < annals_entry_class_count (klass); i++)
    {
      const AnnalsEntryField *field = &klass->fields[i];

      if (is_aside (ours->kind, field) || is_same (&ours->values[i], &theirs->values[i]) ||
          is_gone (all, field, &theirs->values[i]) || is_gone (all, field, &ours->values[i]))
        continue;
      count_up (counts, annals_entry_get_class (shown)->member, field->member,
                is_taken (&merged->values[i], &theirs->values[i]) ? "taken" : "kept");
    }
}

/* What a tag says that another one went into is of both. */
static gboolean
has_lost (GHashTable      *before,
          GHashTable      *merged,
          AnnalsEntryKind  kind)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (((AnnalsEntry *) value)->kind == kind && !g_hash_table_contains (merged, key))
      return TRUE;

  return FALSE;
}

static void
test_every_field (Fixture       *f,
                  gconstpointer  data)
{
  guint n = 0;

  for (guint32 seed = 300; seed < 300 + N_SEEDS; seed++)
    {
      g_autoptr(GHashTable) ours = NULL;
      g_autoptr(GHashTable) theirs = NULL;
      g_autoptr(GHashTable) merged = NULL;
      g_autoptr(GHashTable) needed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_autoptr(GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_autoptr(AnnalsMergeResult) result = NULL;
      AnnalsNotebook *one, *other;
      GHashTableIter iter;
      gpointer key, value;
      gboolean joined;

      g_test_message ("seed %u", seed);
      create_two (f, seed, 2 * N_STEPS, &one, &other);
      wild_steps (one, seed + 1000, 2 * N_STEPS);
      wild_steps (other, seed + 2000, 2 * N_STEPS);
      g_free (wild_export (one, f->folder, "ours.json"));
      g_free (wild_export (other, f->folder, "theirs.json"));
      result = merge (one, other);
      g_free (wild_export (one, f->folder, "merged.json"));
      ours = read_entries (f, "ours.json");
      theirs = read_entries (f, "theirs.json");
      merged = read_entries (f, "merged.json");

      joined = has_lost (ours, merged, ANNALS_ENTRY_TAG) || has_lost (theirs, merged, ANNALS_ENTRY_TAG);
      g_hash_table_iter_init (&iter, ours);
      while (g_hash_table_iter_next (&iter, &key, &value))
        {
          AnnalsEntry *there = g_hash_table_lookup (theirs, key);
          AnnalsEntry *now = g_hash_table_lookup (merged, key);

          if (there != NULL && now != NULL && !(joined && now->kind == ANNALS_ENTRY_TAG))
            count_fields (needed, value, there, now, merged);
        }
      for (guint i = 0; i < result->differences->len; i++)
        {
          const AnnalsMergeDifference *difference = result->differences->pdata[i];

          if (difference->member != NULL)
            count_up (told, annals_entry_get_class (difference->kind)->member, difference->member,
                      difference->taken ? "taken" : "kept");
        }

      g_hash_table_iter_init (&iter, needed);
      while (g_hash_table_iter_next (&iter, &key, &value))
        {
          g_test_message ("%s: %u of %u told", (char *) key, GPOINTER_TO_UINT (g_hash_table_lookup (told, key)),
                          GPOINTER_TO_UINT (value));
          g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (told, key)), >=, GPOINTER_TO_UINT (value));
          n += GPOINTER_TO_UINT (value);
        }

      close_notebook (one);
      close_notebook (other);
    }
  g_assert_cmpuint (n, >, 100);
}

/* --- this and that --- */

typedef gboolean (*Act) (AnnalsDb  *db,
                         GError   **error);

static gboolean
act_cb (AnnalsDb      *db,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  return ((Act) data) (db, error);
}

static void
act (AnnalsNotebook *notebook,
     Act             func)
{
  g_autoptr(GError) error = NULL;

  annals_notebook_change (notebook, "Step", act_cb, func, NULL, &error);
  g_assert_no_error (error);
}

static gint64
find (AnnalsDb     *db,
      AnnalsRecord  record,
      const char   *name)
{
  g_autoptr(GError) error = NULL;
  gint64 id = 0;

  annals_db_find (db, record, name, &id, &error);
  g_assert_no_error (error);
  return id;
}

static gboolean
make_basics (AnnalsDb  *db,
             GError   **error)
{
  g_autoptr(AnnalsDate) date = annals_date_parse ("2020-03", NULL);
  gint64 id, timeline, lane, other;

  return annals_db_ensure_tag (db, "ships", &id, error) &&
         annals_db_ensure_tag (db, "ports", &id, error) &&
         annals_db_ensure_tag (db, "above/below", &id, error) &&
         annals_db_add_timeline (db, "Harbour", "", NULL, "", &timeline, error) &&
         annals_db_ensure_lane (db, timeline, "Sea", NULL, &lane, error) &&
         annals_db_ensure_lane (db, timeline, "Land", NULL, &other, error) &&
         annals_db_add_event (db, timeline, lane, date, "First", "", &id, error) &&
         annals_db_add_event (db, timeline, lane, date, "Second", "", &id, error) &&
         annals_db_add_memo (db, "Memo", "Words", &id, error);
}

static void
create_basics (Fixture         *f,
               AnnalsNotebook **one,
               AnnalsNotebook **other)
{
  *one = create (f, "One.annals", "Ann");
  *other = create (f, "Other.annals", "Bo");
  act (*one, make_basics);
  annals_merge_result_free (merge (*other, *one));
}

static gboolean
link_plainly (AnnalsDb  *db,
              GError   **error)
{
  return annals_db_add_link (db, ANNALS_RECORD_EVENT, find (db, ANNALS_RECORD_EVENT, "title:First"),
                             ANNALS_RELATION_CITES, ANNALS_RECORD_EVENT, find (db, ANNALS_RECORD_EVENT, "title:Second"),
                             "plain", NULL, error) &&
         annals_db_add_link (db, ANNALS_RECORD_EVENT, find (db, ANNALS_RECORD_EVENT, "title:First"),
                             ANNALS_RELATION_RELATED, ANNALS_RECORD_EVENT,
                             find (db, ANNALS_RECORD_EVENT, "title:Second"), "", NULL, error);
}

static gboolean
link_backwards (AnnalsDb  *db,
                GError   **error)
{
  return annals_db_add_link (db, ANNALS_RECORD_EVENT, find (db, ANNALS_RECORD_EVENT, "title:First"),
                             ANNALS_RELATION_CITES, ANNALS_RECORD_EVENT, find (db, ANNALS_RECORD_EVENT, "title:Second"),
                             "later", NULL, error) &&
         annals_db_add_link (db, ANNALS_RECORD_EVENT, find (db, ANNALS_RECORD_EVENT, "title:Second"),
                             ANNALS_RELATION_RELATED, ANNALS_RECORD_EVENT,
                             find (db, ANNALS_RECORD_EVENT, "title:First"), "", NULL, error);
}

static gboolean
link_otherwise (AnnalsDb  *db,
                GError   **error)
{
  g_autoptr(GPtrArray) links = annals_db_list_all_links (db, error);

  for (guint i = 0; links != NULL && i < links->len; i++)
    {
      const AnnalsLink *link = links->pdata[i];

      if (link->relation == ANNALS_RELATION_CITES)
        return annals_db_set_link (db, link->id, ANNALS_RELATION_SUPPORTS, "of both", error);
    }

  return FALSE;
}

static gboolean
link_again (AnnalsDb  *db,
            GError   **error)
{
  return annals_db_add_link (db, ANNALS_RECORD_EVENT, find (db, ANNALS_RECORD_EVENT, "title:First"),
                             ANNALS_RELATION_SUPPORTS, ANNALS_RECORD_EVENT,
                             find (db, ANNALS_RECORD_EVENT, "title:Second"), "another", NULL, error);
}

/* Made in both they are one, forwards and, where it is the same, backwards; and so when one becomes what the other is. */
static void
test_links (Fixture       *f,
            gconstpointer  data)
{
  AnnalsNotebook *one, *other;

  create_basics (f, &one, &other);
  act (one, link_plainly);
  act (other, link_backwards);
  annals_merge_result_free (merge (one, other));
  g_assert_cmpint (wild_count (one, "SELECT count (*) FROM link"), ==, 2);
  g_assert_cmpint (wild_count (one, "SELECT count (*) FROM link WHERE note = 'later'"), ==, 1);
  annals_merge_result_free (merge (other, one));

  act (one, link_otherwise);
  act (other, link_again);
  annals_merge_result_free (merge (other, one));
  g_assert_cmpint (wild_count (other, "SELECT count (*) FROM link"), ==, 2);
  g_assert_cmpint (wild_count (other, "SELECT count (*) FROM link WHERE note LIKE '%another%'"), ==, 1);
  annals_merge_result_free (merge (one, other));
  g_assert_cmpint (wild_count (one, "SELECT count (*) FROM link"), ==, 2);

  close_notebook (one);
  close_notebook (other);
}

static gboolean
swap_names (AnnalsDb  *db,
            GError   **error)
{
  gint64 ships = find (db, ANNALS_RECORD_TAG, "ships");
  gint64 ports = find (db, ANNALS_RECORD_TAG, "ports");
  gint64 id;

  return annals_db_rename_tag (db, ships, "boats", error) &&
         annals_db_rename_tag (db, ports, "ships", error) &&
         annals_db_rename_tag (db, ships, "ports", error) &&
         annals_db_set_tag_parent (db, find (db, ANNALS_RECORD_TAG, "below"), 0, error) &&
         annals_db_ensure_tag (db, "mine", &id, error);
}

static gboolean
name_otherwise (AnnalsDb  *db,
                GError   **error)
{
  g_autofree char *uid = NULL;
  g_autofree char *text = NULL;
  gint64 id;

  if (!annals_db_ensure_tag (db, "mine", &id, error) ||
      !(uid = annals_db_dup_uid (db, ANNALS_RECORD_TAG, id, error)))
    return FALSE;

  text = g_strdup_printf ("See [[tag:%s|mine]].", uid);
  return annals_db_add_memo (db, "On mine", text, &id, error);
}

/* Names that change places, a tag made in both and what a memo says of it, a tag that is below no other any more. */
static void
test_tags (Fixture       *f,
           gconstpointer  data)
{
  AnnalsNotebook *one, *other;

  create_basics (f, &one, &other);
  act (one, swap_names);
  act (other, name_otherwise);
  annals_merge_result_free (merge (other, one));
  annals_merge_result_free (merge (one, other));
  assert_same (one, other, f);
  g_assert_cmpint (wild_count (one, "SELECT count (*) FROM tag"), ==, 5);
  g_assert_cmpint (wild_count (other, "SELECT count (*) FROM tag WHERE parent IS NOT NULL"), ==, 0);
  g_assert_cmpint (wild_count (one,
                               "SELECT count (*) FROM memo JOIN tag ON instr (memo.text, tag.uid) "
                               "WHERE tag.name = 'mine'"), ==, 1);
  g_assert_cmpint (wild_count (one,
                               "SELECT count (*) FROM memo_reference JOIN tag ON tag.id = target "
                               "WHERE kind = 'tag' AND tag.name = 'mine'"), ==, 1);
  /* which is no change of the memo's */
  g_assert_cmpint (wild_count (one, "SELECT count (*) FROM memo WHERE title = 'On mine' AND modified = created"), ==, 1);
  g_assert_cmpint (wild_count (other, "SELECT count (*) FROM memo WHERE title = 'On mine' AND modified = created"), ==, 1);
  assert_sound (one);
  assert_sound (other);

  close_notebook (one);
  close_notebook (other);
}

static gboolean
move_lanes (AnnalsDb  *db,
            GError   **error)
{
  gint64 timeline = find (db, ANNALS_RECORD_TIMELINE, "title:Harbour");
  gint64 event = find (db, ANNALS_RECORD_EVENT, "title:First");
  gint64 sea, land, air;

  return annals_db_ensure_lane (db, timeline, "Sea", NULL, &sea, error) &&
         annals_db_ensure_lane (db, timeline, "Land", NULL, &land, error) &&
         annals_db_ensure_lane (db, timeline, "Air", NULL, &air, error) &&
         annals_db_move_lane (db, land, 0, error) &&
         annals_db_set_event_lane (db, event, timeline, land, error);
}

static gboolean
add_air (AnnalsDb  *db,
         GError   **error)
{
  gint64 air;

  return annals_db_ensure_lane (db, find (db, ANNALS_RECORD_TIMELINE, "title:Harbour"), "air", NULL, &air, error) &&
         annals_db_set_event_lane (db, find (db, ANNALS_RECORD_EVENT, "title:Second"),
                                   find (db, ANNALS_RECORD_TIMELINE, "title:Harbour"), air, error);
}

#define NAMES "SELECT group_concat (name, ' ') = 'Land Sea Air' FROM (SELECT name FROM lane ORDER BY position)"

/* An event goes to its new lane, lanes stand in their new order, and one that was added twice is one. */
static void
test_lanes (Fixture       *f,
            gconstpointer  data)
{
  g_autoptr(AnnalsMergeResult) result = NULL;
  g_autoptr(GError) error = NULL;
  AnnalsNotebook *one, *other;
  guint n = 0;

  create_basics (f, &one, &other);
  act (other, add_air);
  act (one, move_lanes);
  result = merge (other, one);
  g_assert_cmpint (wild_count (other, NAMES), ==, 1);
  g_assert_cmpint (wild_count (other,
                               "SELECT count (*) FROM timeline_event JOIN lane ON lane.id = lane "
                               "WHERE name = 'Land'"), ==, 1);
  for (guint i = 0; i < result->differences->len; i++)
    {
      const AnnalsMergeDifference *difference = result->differences->pdata[i];

      if (g_strcmp0 (difference->member, "lane") == 0 && g_str_equal (difference->name, "First"))
        {
          g_assert_cmpstr (difference->ours, ==, "Sea");
          g_assert_cmpstr (difference->theirs, ==, "Land");
          g_assert_true (difference->taken);
          n++;
        }
      else if (g_strcmp0 (difference->member, "position") == 0)
        {
          g_assert_cmpstr (difference->name, ==, "Harbour");
          g_assert_true (difference->taken);
          n++;
        }
    }
  g_assert_cmpuint (n, ==, 2);

  annals_notebook_undo (other, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (wild_count (other, "SELECT name = 'Sea' FROM lane ORDER BY position LIMIT 1"), ==, 1);
  annals_notebook_redo (other, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (wild_count (other, NAMES), ==, 1);

  annals_merge_result_free (merge (one, other));
  assert_same (one, other, f);
  close_notebook (one);
  close_notebook (other);
}

static gboolean
star_all (AnnalsDb  *db,
          GError   **error)
{
  g_autoptr(GArray) ids = annals_db_list_posts (db, ANNALS_SCOPE_ALL, 0, NULL, ANNALS_ORDER_NEWEST, error);

  return ids != NULL &&
         annals_db_set_post_starred (db, (const gint64 *) (gpointer) ids->data, ids->len, TRUE, error);
}

static gboolean
unstar_all (AnnalsDb  *db,
            GError   **error)
{
  g_autoptr(GArray) ids = annals_db_list_posts (db, ANNALS_SCOPE_ALL, 0, NULL, ANNALS_ORDER_NEWEST, error);

  return ids != NULL &&
         annals_db_set_post_starred (db, (const gint64 *) (gpointer) ids->data, ids->len, FALSE, error);
}

/* A star that was taken away later there goes here too; one that nobody took away stays. */
static void
test_stars (Fixture       *f,
            gconstpointer  data)
{
  AnnalsNotebook *one = create (f, "One.annals", "Ann");
  AnnalsNotebook *other = create (f, "Other.annals", "Bo");
  g_autoptr(AnnalsMergeResult) result = NULL;
  gint64 n;

  wild_steps (one, 1, 0);
  annals_merge_result_free (merge (other, one));
  act (one, star_all);
  n = wild_count (one, "SELECT sum (starred) FROM post");
  g_assert_cmpint (n, >, 0);

  result = merge (one, other);
  g_assert_cmpint (wild_count (one, "SELECT sum (starred) FROM post"), ==, n);
  g_assert_cmpuint (result->n_kept, ==, n);
  g_clear_pointer (&result, annals_merge_result_free);

  annals_merge_result_free (merge (other, one));
  g_assert_cmpint (wild_count (other, "SELECT sum (starred) FROM post"), ==, n);
  act (other, unstar_all);
  result = merge (one, other);
  g_assert_cmpint (wild_count (one, "SELECT sum (starred) FROM post"), ==, 0);
  g_assert_cmpuint (result->n_changed, ==, n);
  g_assert_cmpuint (result->differences->len, ==, n);

  close_notebook (one);
  close_notebook (other);
}

/* --- an import that goes while another notebook comes in --- */

typedef struct
{
  AnnalsNotebookDocument *document;
  AnnalsEntry            *waiting;
  char                   *path;
  GThread                *thread;
  int                     done;      /* atomic */
  gint64                  import_id; /* that has not come to its end */
} Slow;

static gboolean
begin_cb (AnnalsDb      *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  return annals_db_begin_import (db, "/tmp/x", "x.txt", "text", "", "{}", &((Slow *) data)->import_id, error);
}

static gboolean
remove_cb (AnnalsDb      *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  return annals_db_remove_import (db, ((Slow *) data)->import_id, error);
}

static gpointer
remove_in_thread (gpointer data)
{
  Slow *slow = data;
  g_autoptr(GError) error = NULL;
  AnnalsNotebook *again = annals_notebook_open (slow->path, &error);

  g_assert_no_error (error);
  annals_notebook_bulk (again, remove_cb, slow, NULL, &error);
  g_assert_no_error (error);
  close_notebook (again);
  g_atomic_int_set (&slow->done, 1);

  return NULL;
}

/* Between the pictures' bytes and what shows them, entries that mean nothing come until the import is gone. */
static AnnalsEntry *
next_cb (gpointer   user_data,
         GError   **error)
{
  Slow *slow = user_data;
  AnnalsEntry *entry = slow->waiting != NULL ? NULL : annals_notebook_document_next (slow->document, error);

  if (entry != NULL && entry->kind == ANNALS_ENTRY_PICTURE && slow->thread == NULL)
    {
      slow->waiting = g_steal_pointer (&entry);
      slow->thread = g_thread_new ("remove", remove_in_thread, slow);
    }
  if (slow->waiting != NULL && g_atomic_int_get (&slow->done))
    return g_steal_pointer (&slow->waiting);
  if (slow->waiting != NULL)
    {
      entry = annals_entry_new (ANNALS_ENTRY_FILE);
      annals_entry_set_text (entry, "import", "of none");
    }

  return entry;
}

static void
test_pictures (Fixture       *f,
               gconstpointer  data)
{
  AnnalsNotebook *one = create (f, "One.annals", "Ann");
  AnnalsNotebook *other = create (f, "Other.annals", "Bo");
  g_autofree char *path = g_build_filename (f->folder, "other.json", NULL);
  g_autoptr(AnnalsMergeResult) result = NULL;
  g_autoptr(GError) error = NULL;
  Slow slow = { .path = g_build_filename (f->folder, "One.annals", NULL) };
  AnnalsMergeSource source = { next_cb, NULL, &slow };

  wild_steps (other, 12, 0);
  g_free (wild_export (other, f->folder, "other.json"));
  g_assert_cmpint (wild_count (other, "SELECT count (*) FROM picture WHERE attachment IS NOT NULL"), >, 0);
  annals_notebook_bulk (one, begin_cb, &slow, NULL, &error);
  g_assert_no_error (error);

  slow.document = annals_notebook_document_open (path, &error);
  g_assert_no_error (error);
  result = annals_notebook_merge (one, &source, "Merge", NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_thread_join (slow.thread);

  g_assert_cmpint (wild_count (one, "SELECT count (*) FROM import WHERE state = 'running'"), ==, 0);
  g_assert_cmpint (wild_count (one, "SELECT count (*) FROM picture WHERE attachment IS NOT NULL"), ==,
                   wild_count (other, "SELECT count (*) FROM picture WHERE attachment IS NOT NULL"));
  assert_sound (one);

  annals_notebook_document_free (slow.document);
  g_free (slow.path);
  close_notebook (one);
  close_notebook (other);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/merge/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("links", test_links);
  ADD ("tags", test_tags);
  ADD ("lanes", test_lanes);
  ADD ("stars", test_stars);
  ADD ("pictures", test_pictures);
  ADD ("convergence", test_convergence);
  ADD ("every-field", test_every_field);

  return g_test_run ();
}
