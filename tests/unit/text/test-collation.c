/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib.h>
#include <string.h>

#include "annals-collation.h"

/* In a process of its own each: a language is looked for once. */
static const struct
{
  const char *locale;
  const char *sorted[8];
} orders[] = {
  { "de_DE.UTF-8", { "Abend", "Äpfel", "Apfelwein", "Öl", "Ölpreis", "Ost", "zuletzt", NULL } },
  { "sv_SE.UTF-8", { "Apfelwein", "Ost", "zuletzt", "Äpfel", "Öl", NULL } },
  { "ru_RU.UTF-8", { "Ежегодник", "Ёлка", "Ель", "Жук", "Яков", "Zebra", NULL } },
  { "ko_KR.UTF-8", { "가격", "나비", "북한", "北韓 제재", "제재", "한국", "Zebra", NULL } },
  { "zh_CN.UTF-8", { "北京", "朝鲜", "俄罗斯", "美国", "制裁", "中国", "Zebra", NULL } },
  { "C.UTF-8", { "Äpfel 2", "part 2", "Part 2", "Part 10", "Zebra", NULL } },
};

static void
check_sorted (guint i)
{
  for (guint j = 1; orders[i].sorted[j] != NULL; j++)
    {
      const char *before = orders[i].sorted[j - 1];
      const char *after = orders[i].sorted[j];
      g_autofree char *first = annals_collation_key (before);
      g_autofree char *second = annals_collation_key (after);

      g_test_message ("%s: %s, %s", orders[i].locale, before, after);
      g_assert_cmpint (annals_collate (before, after), <, 0);
      g_assert_cmpint (annals_collate (after, before), >, 0);
      g_assert_cmpint (strcmp (first, second), <, 0);
    }
}

static void
test_order (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);

  if (g_test_subprocess ())
    {
      check_sorted (i);
      return;
    }

  g_setenv ("LC_ALL", orders[i].locale, TRUE);
  g_setenv ("LANGUAGE", "", TRUE);
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

/* In the world's order, and what goes along goes along. */
static void
test_names (void)
{
  char *names[] = { (char *) "zone 10", (char *) "Äpfel", (char *) "aid", (char *) "Zone 2", NULL };
  char *colours[] = { (char *) "a", (char *) "b", (char *) "c", (char *) "d", NULL };
  char *none[] = { NULL };
  g_autofree char *joined = NULL;
  g_autofree char *nothing = annals_collate_joined (none);
  g_autofree char *along = NULL;

  if (!g_test_subprocess ())
    {
      g_setenv ("LC_ALL", "C.UTF-8", TRUE);
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_test_trap_assert_passed ();
      return;
    }

  joined = annals_collate_joined (names);
  g_assert_cmpstr (joined, ==, "aid, Äpfel, Zone 2, zone 10");
  g_assert_cmpstr (names[0], ==, "zone 10");
  g_assert_cmpstr (nothing, ==, "");

  annals_collate_names (names, colours);
  annals_collate_names (NULL, NULL);
  g_assert_cmpstr (names[0], ==, "aid");
  along = g_strjoinv ("", colours);
  g_assert_cmpstr (along, ==, "cbda");
}

static void
test_keys (void)
{
  g_autofree char *longer = g_strnfill (5000, 'o');
  g_autofree char *key = annals_collation_key (longer);
  g_autofree char *first = annals_collation_key ("oo");
  g_autofree char *none = annals_collation_key ("");
  g_autofree char *broken = annals_collation_key ("a\xff");

  g_assert_cmpint (strcmp (first, key), <, 0);
  g_assert_cmpint (strcmp (none, first), <, 0);
  g_assert_cmpint (strlen (broken), >, 0);
  g_assert_cmpint (annals_collate ("e\xcc\x81", "\xc3\xa9"), !=, 0);
  g_assert_cmpint (annals_collate ("same", "same"), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autofree char *path = g_strdup_printf ("/collation/order/%s", orders[i].locale);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_order);
    }
  g_test_add_func ("/collation/names", test_names);
  g_test_add_func ("/collation/keys", test_keys);

  return g_test_run ();
}
