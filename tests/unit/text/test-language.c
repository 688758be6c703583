/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of languages, out of lists as iso-codes has them. */
#include "config.h"

#include <glib/gstdio.h>

#include "annals-language.h"

static const char common[] =
  "{\"639-2\": [{\"alpha_2\": \"ko\", \"alpha_3\": \"kor\", \"name\": \"Korean\"},"
  " {\"alpha_3\": \"spa\", \"alpha_2\": \"es\", \"name\": \"Spanish; Castilian\"},"
  " {\"alpha_2\": \"xx\"}, 7, {\"alpha_2\": 7, \"name\": \"Wrong\"}]}";
static const char all[] = "{\"639-3\": [{\"alpha_3\": \"yue\", \"name\": \"Yue Chinese\"}]}";

static const struct
{
  const char *tag;
  const char *name;
} cases[] = {
  { "ko", "Korean" },
  { "kor", "Korean" },
  { "KO", "Korean" },
  { "ko-KP", "Korean (KP)" },
  { "ko_KR", "Korean (KR)" },
  { "es", "Spanish" },
  { "es-419", "Spanish (419)" },
  { "yue", "Yue Chinese" },
  { "xx", "xx" },
  { "qq-x-mine", "qq-x-mine" },
  { "k", "k" },
  { "-", "-" },
  { "north of the sea", "north of the sea" },
  { "", "No language named" },
  { "und", "No language named" },
  { "UND", "No language named" },
};

static void
test_names (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = annals_language_dup_name (cases[i].tag);

      g_assert_cmpstr (name, ==, cases[i].name);
    }
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("annals-language-XXXXXX", &error);
  g_autofree char *lists = g_build_filename (folder, "iso-codes", "json", NULL);
  g_autofree char *above = g_path_get_dirname (lists);
  g_autofree char *short_list = g_build_filename (lists, "iso_639-2.json", NULL);
  g_autofree char *long_list = g_build_filename (lists, "iso_639-3.json", NULL);
  int status;

  g_assert_no_error (error);
  g_setenv ("XDG_DATA_DIRS", folder, TRUE);
  g_mkdir_with_parents (lists, 0700);
  g_file_set_contents (short_list, common, -1, &error);
  g_assert_no_error (error);
  g_file_set_contents (long_list, all, -1, &error);
  g_assert_no_error (error);

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/language/names", test_names);
  status = g_test_run ();

  g_unlink (short_list);
  g_unlink (long_list);
  g_rmdir (lists);
  g_rmdir (above);
  g_rmdir (folder);

  return status;
}
