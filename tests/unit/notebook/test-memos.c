/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-note-index-private.h"
#include "notebook-fixture.h"

#include <string.h>

#define UID "0f8fad5b-d9cb-469f-a165-70867728950e"

/* Kind, uid and title of what is found in a text; "-" for a title alone. */
static char *
describe (const char *text)
{
  g_autoptr(GPtrArray) references = annals_references_parse (text);
  g_autoptr(GString) found = g_string_new (NULL);

  for (guint i = 0; i < references->len; i++)
    {
      const AnnalsReference *reference = references->pdata[i];
      g_autofree char *piece = g_strndup (text + reference->start, reference->end - reference->start);

      g_assert_true (g_str_has_prefix (piece, "[[") && g_str_has_suffix (piece, "]]"));
      g_string_append_printf (found, "%s%s|%s", i > 0 ? "; " : "",
                              reference->uid == NULL ? "-" : annals_reference_kind_to_string (reference->kind),
                              reference->title);
    }

  return g_string_free (g_steal_pointer (&found), FALSE);
}

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    const char *found;
  } cases[] = {
    { "", "" },
    { "no [brackets] here", "" },
    { "[[post:" UID "|A title]]", "post|A title" },
    { "x [[note:" UID "|a]] y [[tag:" UID "]] z", "note|a; tag|" },
    { "[[event:" UID "|a | b]]", "event|a | b" },
    { "[[memo:" UID "|ends with ]]]", "memo|ends with ]" },
    { "[[[timeline:" UID "|x]]", "timeline|x" },
    { "[[Harbour]]", "-|Harbour" },
    { "[[post:nonsense|x]]", "-|post:nonsense|x" },
    { "[[lane:" UID "|x]]", "-|lane:" UID "|x" },
    { "[[open\n]]", "" },
    { "[[a [[b]]", "-|b" },
    { "[[]] [[", "" },
    { "[[[[[[[[", "" },
    { "]] [[한국]]", "-|한국" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = describe (cases[i].text);

      g_assert_cmpstr (found, ==, cases[i].found);
    }
}

static void
test_lead (void)
{
  static const struct
  {
    const char *text;
    guint       max;
    const char *lead;
  } cases[] = {
    { "", 20, "" },
    { "# Title\n\n> quoted\n> again", 40, "Title quoted again" },
    { "See [[post:" UID "|A title]] and [[Nowhere]].", 40, "See A title and Nowhere." },
    { "See [[post:" UID "|A ti", 40, "See" },
    { "one two three", 7, "one two…" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *lead = annals_memo_dup_lead (cases[i].text, cases[i].max);

      g_assert_cmpstr (lead, ==, cases[i].lead);
    }
}

/* What is written for a title is read as that title, whatever stands in it. */
static void
test_round_trip (void)
{
  static const char * const titles[] = { "plain", "[Update] x", "a]", "a | b", "북한 뉴스" };

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      g_autofree char *text = annals_reference_dup_text (ANNALS_RECORD_POST, UID, titles[i]);
      g_autofree char *found = describe (text);
      g_autofree char *expected = g_strconcat ("post|", titles[i], NULL);

      g_assert_cmpstr (found, ==, expected);
    }

  {
    g_autofree char *text = annals_reference_dup_text (ANNALS_RECORD_POST, UID, "x]]y [[z\nend");
    g_autofree char *found = describe (text);

    g_assert_cmpstr (found, ==, "post|x] ]y [ [z end");
  }
}

/* Megabytes of brackets end in time: each is looked at once. */
static void
test_long (void)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GPtrArray) references = NULL;

  for (guint i = 0; i < 500000; i++)
    g_string_append (text, i % 3 == 0 ? "[[" : "[[x");
  references = annals_references_parse (text->str);
  g_assert_cmpuint (references->len, ==, 0);
}

typedef struct
{
  gint64      post, other, note, memo, second, tag, other_tag;
  char       *text;
  AnnalsMemo *loaded;
  GPtrArray  *found;
  AnnalsRecord kind;
  gint64      id;
} Memos;

static Memos memos;

#define ACTION(name, expression) \
  static gboolean \
  name (AnnalsDb      *db, \
        gpointer       data, \
        GCancellable  *cancellable, \
        GError       **error) \
  { \
    return expression; \
  }

ACTION (make_note, annals_db_add_annotation (db, memos.post, 4, 9, "yellow", "", &memos.note, error))
ACTION (make_tag, annals_db_ensure_tag (db, "Ferries", &memos.tag, error))
ACTION (make_other_tag, annals_db_ensure_tag (db, "Harbours", &memos.other_tag, error))
ACTION (merge_tags, annals_db_merge_tags (db, memos.tag, memos.other_tag, error))
ACTION (rename_tag, annals_db_rename_tag (db, memos.tag, "Ships", error))
ACTION (delete_tag, annals_db_delete_tag (db, memos.tag, error))
ACTION (add_memo, annals_db_add_memo (db, "First", memos.text, &memos.memo, error))
ACTION (add_second, annals_db_add_memo (db, "Second", memos.text, &memos.second, error))
ACTION (set_text, annals_db_set_memo (db, memos.memo, NULL, memos.text, error))
ACTION (rename_memo, annals_db_set_memo (db, memos.memo, "Renamed", NULL, error))
ACTION (delete_memo, annals_db_delete_memo (db, memos.memo, error))
ACTION (no_title, annals_db_add_memo (db, " \n ", "", NULL, error))
ACTION (quote, (memos.text = annals_db_quote_annotation (db, memos.note, error)) != NULL)

static gboolean
load (AnnalsDb      *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  g_clear_pointer (&memos.loaded, annals_memo_free);

  return (memos.loaded = annals_db_load_memo (db, memos.memo, error)) != NULL;
}

static gboolean
mentions (AnnalsDb      *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  g_clear_pointer (&memos.found, g_ptr_array_unref);

  return (memos.found = annals_db_list_mentions (db, memos.kind, memos.id, error)) != NULL;
}

static gboolean
resolve (AnnalsDb      *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  char *resolved = annals_db_resolve_references (db, memos.text, error);

  g_free (memos.text);
  memos.text = resolved;
  return resolved != NULL;
}

static void
begin (Fixture *f)
{
  memos = (Memos) { .post = fixture_post (f, 0), .other = fixture_post (f, 1) };
  CHANGE (f, "Mark", make_note, NULL);
  CHANGE (f, "Make tag", make_tag, NULL);
}

static void
end (void)
{
  g_clear_pointer (&memos.text, g_free);
  g_clear_pointer (&memos.loaded, annals_memo_free);
  g_clear_pointer (&memos.found, g_ptr_array_unref);
}

static void
take_text (char *text)
{
  g_free (memos.text);
  memos.text = text;
}

static guint
count_mentions (Fixture      *f,
                AnnalsRecord  kind,
                gint64        id)
{
  memos.kind = kind;
  memos.id = id;
  READ (f, mentions, NULL);

  return memos.found->len;
}

/* Titles become references where they fit one record, and follow it when it is renamed. */
static void
test_names (Fixture       *f,
            gconstpointer  data)
{
  begin (f);
  take_text (g_strdup ("See [[ferries]], [[Post 0]] and [[Nothing]]."));
  READ (f, resolve, NULL);
  CHANGE (f, "Add memo", add_memo, NULL);
  READ (f, load, NULL);
  g_assert_cmpuint (memos.loaded->references->len, ==, 3);
  g_assert_nonnull (strstr (memos.loaded->text, "|Ferries]], [[post:"));
  g_assert_nonnull (strstr (memos.loaded->text, "[[Nothing]]"));
  g_assert_cmpint (((AnnalsNamed *) memos.loaded->references->pdata[2])->where, ==, ANNALS_WHERE_MISSING);

  CHANGE (f, "Rename tag", rename_tag, NULL);
  READ (f, load, NULL);
  g_assert_nonnull (strstr (memos.loaded->text, "|Ships]]"));
  g_assert_nonnull (strstr (memos.loaded->stored, "|Ferries]]"));

  g_assert_cmpuint (count_mentions (f, ANNALS_RECORD_TAG, memos.tag), ==, 1);
  g_assert_cmpstr (((AnnalsNamed *) memos.found->pdata[0])->title, ==, "First");
  g_assert_cmpuint (count_mentions (f, ANNALS_RECORD_POST, memos.post), ==, 1);
  g_assert_cmpuint (count_mentions (f, ANNALS_RECORD_POST, memos.other), ==, 0);

  /* What has gone is called as it was, and leads nowhere. */
  CHANGE (f, "Delete tag", delete_tag, NULL);
  READ (f, load, NULL);
  g_assert_nonnull (strstr (memos.loaded->text, "|Ferries]]"));
  g_assert_cmpint (((AnnalsNamed *) memos.loaded->references->pdata[0])->where, ==, ANNALS_WHERE_MISSING);

  /* A new one may have its number. */
  CHANGE (f, "Make tag", make_tag, NULL);
  g_assert_cmpuint (count_mentions (f, ANNALS_RECORD_TAG, memos.tag), ==, 0);
  end ();
}

/* A tag that is merged into another: memos name that one, until it is undone. */
static void
test_merged (Fixture       *f,
             gconstpointer  data)
{
  g_autofree char *before = NULL;

  begin (f);
  CHANGE (f, "Make tag", make_other_tag, NULL);
  take_text (g_strdup ("[[ferries]], [[Post 0]], [[ferries]] and [[harbours]]."));
  READ (f, resolve, NULL);
  CHANGE (f, "Add memo", add_memo, NULL);
  READ (f, load, NULL);
  before = g_strdup (memos.loaded->stored);
  CHANGE (f, "Merge tags", merge_tags, NULL);

  READ (f, load, NULL);
  g_assert_null (strstr (memos.loaded->stored, "Ferries"));
  g_assert_nonnull (strstr (memos.loaded->stored, "|Post 0]], [[tag:"));
  for (guint i = 0; i < memos.loaded->references->len; i++)
    if (i != 1)
      g_assert_cmpint (((AnnalsNamed *) memos.loaded->references->pdata[i])->id, ==, memos.other_tag);
  g_assert_cmpuint (count_mentions (f, ANNALS_RECORD_TAG, memos.other_tag), ==, 1);

  g_assert_true (annals_notebook_undo (f->notebook, NULL, NULL));
  READ (f, load, NULL);
  g_assert_cmpstr (memos.loaded->stored, ==, before);
  g_assert_cmpuint (count_mentions (f, ANNALS_RECORD_TAG, memos.tag), ==, 1);
  end ();
}

static void
test_backlinks (Fixture       *f,
                gconstpointer  data)
{
  begin (f);
  take_text (g_strdup ("…"));
  CHANGE (f, "Add memo", add_memo, NULL);
  take_text (g_strdup ("[[First]], [[first]] and again [[FIRST]]"));
  READ (f, resolve, NULL);
  CHANGE (f, "Add memo", add_second, NULL);
  g_assert_cmpuint (count_mentions (f, ANNALS_RECORD_MEMO, memos.memo), ==, 1);

  /* A memo that names itself is no news of it. */
  CHANGE (f, "Write memo", set_text, NULL);
  g_assert_cmpuint (count_mentions (f, ANNALS_RECORD_MEMO, memos.memo), ==, 1);

  CHANGE (f, "Rename memo", rename_memo, NULL);
  g_assert_cmpuint (count_mentions (f, ANNALS_RECORD_MEMO, memos.memo), ==, 1);
  CHANGE (f, "Delete memo", delete_memo, NULL);
  end ();
}

static void
test_quotation (Fixture       *f,
                gconstpointer  data)
{
  begin (f);
  READ (f, quote, NULL);
  g_assert_true (g_str_has_prefix (memos.text, "> ferry\n>\n> — [[post:"));
  g_assert_nonnull (strstr (memos.text, "|Post 0]], "));
  g_assert_nonnull (strstr (memos.text, " ([[note:"));
  CHANGE (f, "Add memo", add_memo, NULL);
  g_assert_cmpuint (count_mentions (f, ANNALS_RECORD_ANNOTATION, memos.note), ==, 1);
  g_assert_cmpuint (count_mentions (f, ANNALS_RECORD_POST, memos.post), ==, 1);
  end ();
}

static void
test_bad_input (Fixture       *f,
                gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  begin (f);
  g_assert_false (annals_notebook_change (f->notebook, "Add memo", no_title, NULL, NULL, &error));
  g_assert_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_INVALID);
  g_clear_error (&error);

  take_text (g_strnfill (17 << 20, 'x'));
  g_assert_false (annals_notebook_change (f->notebook, "Add memo", add_memo, NULL, NULL, &error));
  g_assert_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_INVALID);
  g_clear_error (&error);

  /* A megabyte, and markup, are kept to the letter. */
  take_text (g_strnfill (1 << 20, '<'));
  CHANGE (f, "Add memo", add_memo, NULL);
  READ (f, load, NULL);
  g_assert_cmpstr (memos.loaded->text, ==, memos.text);
  take_text (g_strdup ("<script>alert (1)</script> \342\200\213<b>x"));
  CHANGE (f, "Write memo", set_text, NULL);
  READ (f, load, NULL);
  g_assert_cmpstr (memos.loaded->text, ==, memos.text);
  end ();
}

/* The index of what the user wrote is made anew: how much is still to come is told until it is whole. */
static gboolean
index_again (AnnalsDb      *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  gboolean more = TRUE;
  guint pending, last;

  /* whole, which a new notebook's may not be yet */
  if (!annals_db_set_meta (db, "note-index.next", "", error) ||
      !annals_note_index_count_pending (db, &pending, error))
    return FALSE;
  g_assert_cmpuint (pending, ==, 0);

  if (!annals_db_set_meta (db, "note-index.next", "0:0", error) ||
      !annals_note_index_count_pending (db, &pending, error))
    return FALSE;
  g_assert_cmpuint (pending, ==, 1);

  for (last = pending; more; last = pending)
    {
      if (!annals_note_index_step (db, &more, error) || !annals_note_index_count_pending (db, &pending, error))
        return FALSE;
      g_assert_cmpuint (pending, <=, last);
    }
  g_assert_cmpuint (pending, ==, 0);

  return TRUE;
}

static void
test_index_again (Fixture       *f,
                  gconstpointer  data)
{
  take_text (g_strdup ("A memo"));
  CHANGE (f, "Add memo", add_memo, NULL);
  CHANGE (f, NULL, index_again, NULL);
  end ();
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, test) g_test_add (path, Fixture, NULL, fixture_set_up, test, fixture_tear_down)
  g_test_add_func ("/memos/parse", test_parse);
  g_test_add_func ("/memos/lead", test_lead);
  g_test_add_func ("/memos/round-trip", test_round_trip);
  g_test_add_func ("/memos/long", test_long);
  ADD ("/memos/names", test_names);
  ADD ("/memos/merged", test_merged);
  ADD ("/memos/backlinks", test_backlinks);
  ADD ("/memos/quotation", test_quotation);
  ADD ("/memos/bad-input", test_bad_input);
  ADD ("/memos/index-again", test_index_again);

  return g_test_run ();
}
