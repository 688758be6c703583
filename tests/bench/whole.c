/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A notebook as JSON, out and in, against json-glib's generator, which is given the same records one after the other
 * from memory: the floor of what it takes to write them. "bench-whole N": so many posts; 20,000 unless given. Prints
 * processor time, megabytes a second of it, the ratio to the floor, and the most memory that was ever in use. */
#include "config.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "annals-export.h"
#include "annals-imports.h"
#include "annals-notebook-document.h"
#include "annals-notebook.h"

#define N_WORDS 350
#define STEP 500

typedef struct
{
  guint  n_posts;
  guint  done;
  gint64 import_id;
} Filling;

static void
check (gboolean  ok,
       GError   *error)
{
  if (!ok)
    {
      fprintf (stderr, "bench-whole: %s\n", error != NULL ? error->message : "failed");
      exit (1);
    }
}

static double
processor_seconds (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);

  return (double) usage.ru_utime.tv_sec + (double) usage.ru_stime.tv_sec +
         (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / G_USEC_PER_SEC;
}

static long
peak_kilobytes (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);

  return usage.ru_maxrss;
}

static char *
dup_words (guint seed)
{
  static const char * const words[] = { "ferry", "harbour", "sanction", "report", "minister", "said",
                                        "제재", "미사일", "flood",
                                        "правительство", "port", "\"quoted\"", "island", "people", "news", "vote" };
  GString *text = g_string_new (NULL);
  g_autoptr(GRand) rand = g_rand_new_with_seed (seed);

  for (guint i = 0; i < N_WORDS; i++)
    g_string_append_printf (text, i % 60 == 59 ? "%s.\n\n" : "%s ",
                            words[g_rand_int_range (rand, 0, G_N_ELEMENTS (words))]);

  return g_string_free (text, FALSE);
}

/* --- the notebook --- */

static gboolean
fill_in_bulk (AnnalsDb      *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Filling *self = data;

  if (self->import_id == 0 &&
      !annals_db_begin_import (db, "", "bench.txt", "text-month", "", NULL, &self->import_id, error))
    return FALSE;

  for (guint end = MIN (self->done + STEP, self->n_posts); self->done < end; self->done++)
    {
      g_autofree char *identity = g_strdup_printf ("post-%u", self->done);
      g_autofree char *words = dup_words (self->done);
      g_autoptr(AnnalsText) text = annals_text_new_from_plain (words, -1);
      g_autoptr(AnnalsDate) date = annals_date_parse ("2020-03", NULL);
      g_autoptr(GBytes) markup = g_bytes_new (words, strlen (words));
      AnnalsNewPost post = {
        .identity = identity, .title = identity, .published = date, .language = "en", .place = self->done + 1,
        .text = text, .markup = markup, .markup_kind = "text",
      };
      AnnalsStored stored;

      if (!annals_db_store_post (db, self->import_id, &post, &stored, NULL, error))
        return FALSE;
    }

  return self->done < self->n_posts ||
         annals_db_finish_import (db, self->import_id, "0123", 42, self->n_posts, self->n_posts, 0, 0, 0, 1, error);
}

/* --- the floor --- */

static gsize
write_by_json_glib (const char *path,
                    guint       n_posts)
{
  FILE *file = fopen (path, "w");
  gsize size = 0;

  for (guint i = 0; i < n_posts; i++)
    {
      g_autofree char *words = dup_words (i % 500);
      g_autoptr(JsonBuilder) builder = json_builder_new ();
      g_autoptr(JsonGenerator) generator = json_generator_new ();
      g_autoptr(JsonNode) root = NULL;
      g_autofree char *json = NULL;
      gsize length;

      json_builder_begin_object (builder);
      for (guint j = 0; j < 18; j++)
        {
          g_autofree char *name = g_strdup_printf ("member%u", j);

          json_builder_set_member_name (builder, name);
          json_builder_add_string_value (builder, j < 2 ? words : "a short value");
        }
      json_builder_end_object (builder);
      root = json_builder_get_root (builder);
      json_generator_set_root (generator, root);
      json = json_generator_to_data (generator, &length);
      size += fwrite (json, 1, length, file);
    }
  fclose (file);

  return size;
}

static double
report (const char *what,
        double      seconds,
        gsize       bytes,
        double      floor)
{
  double speed = (double) bytes / 1e6 / seconds;

  printf ("%-12s %7.2f s of the processor, %6.1f MB/s, %.2f of the floor, at most %ld MB\n", what, seconds, speed,
          floor > 0 ? speed / floor : 1.0, peak_kilobytes () / 1024);
  fflush (stdout);

  return speed;
}

int
main (int   argc,
      char *argv[])
{
  guint n_posts = argc > 1 ? (guint) atoi (argv[1]) : 20000;
  g_autofree char *folder = g_dir_make_tmp ("annals-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.annals", NULL);
  g_autofree char *other_path = g_build_filename (folder, "b.annals", NULL);
  g_autofree char *json_path = g_build_filename (folder, "a.json", NULL);
  g_autofree char *floor_path = g_build_filename (folder, "floor.json", NULL);
  AnnalsExportRequest request = { .subject = ANNALS_EXPORT_NOTEBOOK };
  g_autoptr(AnnalsMergeResult) result = NULL;
  g_autoptr(GError) error = NULL;
  AnnalsNotebook *notebook = annals_notebook_create (path, NULL, &error);
  AnnalsNotebook *other = annals_notebook_create (other_path, NULL, NULL);
  Filling filling = { n_posts, 0, 0 };
  double begin, words, floor;
  gsize size;
  GStatBuf info;

  check (notebook != NULL && other != NULL, error);
  while (filling.done < n_posts)
    check (annals_notebook_bulk (notebook, fill_in_bulk, &filling, NULL, &error), error);
  check (annals_notebook_finish_index (notebook, NULL, &error), error);

  /* What it takes to make the words is not the generator's. */
  begin = processor_seconds ();
  for (guint i = 0; i < n_posts; i++)
    g_free (dup_words (i % 500));
  words = processor_seconds () - begin;
  begin = processor_seconds ();
  size = write_by_json_glib (floor_path, n_posts);
  floor = report ("json-glib", processor_seconds () - begin - words, size, 0);

  begin = processor_seconds ();
  check (annals_export (notebook, &request, "json", json_path, TRUE, NULL, NULL, NULL, NULL, NULL, &error), error);
  g_assert_cmpint (g_stat (json_path, &info), ==, 0);
  report ("export", processor_seconds () - begin, (gsize) info.st_size, floor);

  begin = processor_seconds ();
  result = annals_import_notebook_document (other, json_path, NULL, NULL, NULL, &error);
  check (result != NULL && result->n_posts == n_posts, error);
  report ("import", processor_seconds () - begin, (gsize) info.st_size, floor);

  annals_notebook_close (notebook, NULL);
  annals_notebook_close (other, NULL);
  g_object_unref (notebook);
  g_object_unref (other);
  g_unlink (path);
  g_unlink (other_path);
  g_unlink (json_path);
  g_unlink (floor_path);
  g_rmdir (folder);

  return 0;
}
