/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-colour-names.h"
#include "notebook-fixture.h"

#include <string.h>

typedef struct
{
  gint64      post_id;
  gint64      id;
  const char *note;
  GPtrArray  *annotations;
} Job;

static gboolean
add_note (AnnalsDb      *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Job *job = data;

  return annals_db_add_post_note (db, job->post_id, "blue", job->note, &job->id, error);
}

static gboolean
place (AnnalsDb      *db,
       gpointer       data,
       GCancellable  *cancellable,
       GError       **error)
{
  return annals_db_place_annotation (db, ((Job *) data)->id, 0, 3, error);
}

static gboolean
list (AnnalsDb      *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  Job *job = data;

  g_clear_pointer (&job->annotations, g_ptr_array_unref);
  job->annotations = annals_db_list_annotations (db, job->post_id, error);

  return job->annotations != NULL;
}

static void
test_add (Fixture       *f,
          gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  Job job = { fixture_post (f, 0), 0, " About *all* of it ", NULL };
  const AnnalsAnnotation *annotation;

  CHANGE (f, "Add note", add_note, &job);
  READ (f, list, &job);
  g_assert_cmpuint (job.annotations->len, ==, 1);
  annotation = job.annotations->pdata[0];
  g_assert_true (annals_annotation_is_post_note (annotation));
  g_assert_cmpstr (annotation->note, ==, "About *all* of it");
  g_assert_cmpstr (annotation->state, ==, "anchored");

  g_assert_false (annals_notebook_change (f->notebook, "Place", place, &job, NULL, &error));
  g_assert_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_INVALID);
  g_clear_error (&error);

  job.note = " \n ";
  g_assert_false (annals_notebook_change (f->notebook, "Add note", add_note, &job, NULL, &error));
  g_assert_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_INVALID);
  g_clear_pointer (&job.annotations, g_ptr_array_unref);
}

static gboolean
check (AnnalsDb      *db,
       gpointer       data,
       GCancellable  *cancellable,
       GError       **error)
{
  g_autoptr(GPtrArray) problems = annals_db_check (db, FALSE, cancellable, error);

  g_assert_true (problems == NULL || problems->len == 0);

  return problems != NULL;
}

/* The post's text is another one: the note stays on it, and nobody has to look at it again. */
static void
test_new_revision (Fixture       *f,
                   gconstpointer  data)
{
  static const char * const texts[] = { "Not one word of this stood in the post before, neither here nor there.", NULL };
  Job job = { fixture_post (f, 0), 0, "About all of it", NULL };
  const AnnalsAnnotation *annotation;
  gint64 revision_id;

  CHANGE (f, "Add note", add_note, &job);
  READ (f, list, &job);
  revision_id = ((const AnnalsAnnotation *) job.annotations->pdata[0])->revision_id;

  fixture_import (f, texts, NULL);
  READ (f, list, &job);
  annotation = job.annotations->pdata[0];
  g_assert_cmpstr (annotation->state, ==, "anchored");
  g_assert_cmpint (annotation->revision_id, !=, revision_id);
  g_assert_true (annals_annotation_is_post_note (annotation));
  READ (f, check, NULL);
  g_clear_pointer (&job.annotations, g_ptr_array_unref);
}

static gboolean
set_note (AnnalsDb      *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Job *job = data;

  return annals_db_set_annotation_note (db, job->id, job->note, error);
}

/* A megabyte of @piece. */
static char *
make_large (const char *piece)
{
  GString *text = g_string_new (NULL);

  while (text->len < 1024 * 1024)
    g_string_append (text, piece);

  return g_string_free (text, FALSE);
}

static void
assert_note (Fixture    *f,
             Job        *job,
             const char *note)
{
  READ (f, list, job);
  g_assert_cmpuint (job->annotations->len, ==, 1);
  /* not g_assert_cmpstr(), which would print both */
  g_assert_true (g_str_equal (((const AnnalsAnnotation *) job->annotations->pdata[0])->note, note));
}

/* A megabyte comes and goes like any other note; of letters that are put together, too, where what takes the square
 * of its length would take hours. */
static void
test_large (Fixture       *f,
            gconstpointer  data)
{
  g_autofree char *markdown = make_large ("- Some **words** of a [long](https://example.org/) note\n");
  g_autofree char *apart = make_large ("\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab\xe1\x84\x80\xe1\x85\xb3\xe1\x86\xaf ");
  g_autoptr(GString) composed = g_string_new (NULL);
  Job job = { fixture_post (f, 0), 0, markdown, NULL };
  g_autofree char *trimmed = g_strstrip (g_strdup (markdown));

  for (gsize i = 0; i < strlen (apart) / 19; i++)
    g_string_append (composed, "\xed\x95\x9c\xea\xb8\x80 ");

  CHANGE (f, "Add note", add_note, &job);
  assert_note (f, &job, trimmed);

  job.note = apart;
  CHANGE (f, "Edit note", set_note, &job);
  assert_note (f, &job, composed->str);
  g_assert_true (annals_notebook_undo (f->notebook, NULL, NULL));
  assert_note (f, &job, trimmed);
  g_assert_true (annals_notebook_redo (f->notebook, NULL, NULL));
  assert_note (f, &job, composed->str);
  fixture_reopen (f);
  assert_note (f, &job, composed->str);
  g_clear_pointer (&job.annotations, g_ptr_array_unref);
}

static gboolean
call_it_proof (AnnalsDb      *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  return annals_db_set_colour_name (db, data, " Proof\n", error);
}

static gboolean
call_it_claim (AnnalsDb      *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  return annals_db_set_colour_name (db, data, "CLAIM", error);
}

static gboolean
call_it_as_before (AnnalsDb      *db,
                   gpointer       data,
                   GCancellable  *cancellable,
                   GError       **error)
{
  return annals_db_set_colour_name (db, data, "Evidence", error);
}

static gboolean
list_names (AnnalsDb      *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  return (*(GHashTable **) data = annals_db_list_colour_names (db, error)) != NULL;
}

static void
assert_named (Fixture    *f,
              const char *colour,
              const char *name)
{
  g_autoptr(GHashTable) names = NULL;

  READ (f, list_names, &names);
  g_assert_cmpstr (g_hash_table_lookup (names, colour), ==, name);
}

static void
test_colour_names (Fixture       *f,
                   gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  assert_named (f, "yellow", NULL);
  CHANGE (f, "Rename", call_it_proof, (gpointer) "yellow");
  assert_named (f, "yellow", "Proof");

  /* blue is called so; another one may not be, whatever its case */
  g_assert_false (annals_notebook_change (f->notebook, "Rename", call_it_claim, (gpointer) "yellow", NULL, &error));
  g_assert_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (annals_notebook_change (f->notebook, "Rename", call_it_proof, (gpointer) "green", NULL, &error));
  g_clear_error (&error);
  g_assert_false (annals_notebook_change (f->notebook, "Rename", call_it_proof, (gpointer) "pink", NULL, &error));
  g_assert_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_INVALID);
  assert_named (f, "yellow", "Proof");

  CHANGE (f, "Rename", call_it_as_before, (gpointer) "yellow");
  assert_named (f, "yellow", NULL);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("/notebook/post-notes/add", test_add);
  ADD ("/notebook/post-notes/new-revision", test_new_revision);
  ADD ("/notebook/post-notes/large", test_large);
  ADD ("/notebook/colour-names", test_colour_names);

  return g_test_run ();
}
