/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Notebooks of random changes, merged: both hold the same, and whatever differed is taken over or told. */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "annals-entry.h"
#include "annals-notebook-document.h"
#include "merge-fixture.h"
#include "wild-notebook.h"

#define N_SEEDS (g_test_thorough () ? 200 : 6)
#define N_ROUNDS 3
#define N_STEPS 25

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

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/merge/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("convergence", test_convergence);
  ADD ("every-field", test_every_field);

  return g_test_run ();
}
