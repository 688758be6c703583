/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "annals-anchor.h"

#include <string.h>

/* Texts changed as pages change, with the right place known: two marks travel with the passage
 * and are taken out before the text is searched. */
#define OPEN 0xe000
#define CLOSE 0xe001

#define N_TRIALS 400

typedef enum
{
  CHANGE_NONE,
  CHANGE_BOILERPLATE,  /* paragraphs added before, behind and between */
  CHANGE_TYPOS,        /* two letters in a hundred mended, everywhere */
  CHANGE_TYPOGRAPHY,   /* quotation marks, dashes, white space */
  CHANGE_SENTENCES,    /* some sentences removed or changed places, not in the passage */
  CHANGE_MOVE,         /* the passage's paragraph goes elsewhere */
  CHANGE_DELETE,       /* the passage goes */
} Change;

static const char *const change_names[] = {
  "none", "boilerplate", "typos", "typography", "sentences", "move", "delete",
};

static const char *const vocabulary[] = {
  "the", "of", "and", "in", "to", "a", "on", "for", "that", "with", "by", "as", "from", "was", "its",
  "said", "ministry", "north", "border", "report", "officials", "outbreak", "sanctions", "trade",
  "missile", "state", "media", "closed", "China", "Seoul", "Pyongyang", "March", "quarantine",
  "foreign", "hackers", "bank", "vessel", "coal", "imports", "aid", "agency", "health", "workers",
  "leader", "test", "launch", "statement", "week", "several", "according", "government", "satellite",
  "images", "economy", "market", "prices", "rice", "fuel", "United", "Nations", "panel", "experts",
  "diplomats", "returned", "suspected", "cases", "denied", "airport", "railway", "smuggling",
};

static char *
make_sentence (GRand *rand)
{
  GString *sentence = g_string_new (NULL);
  int n = g_rand_int_range (rand, 5, 24);

  for (int i = 0; i < n; i++)
    {
      double r = g_rand_double (rand);
      const char *word = vocabulary[(guint) (r * r * G_N_ELEMENTS (vocabulary))];

      g_string_append (sentence, i > 0 ? " " : "");
      g_string_append (sentence, word);
      if (g_rand_int_range (rand, 0, 12) == 0)
        g_string_append (sentence, g_rand_boolean (rand) ? "," : " – “so”");
    }
  sentence->str[0] = g_ascii_toupper (sentence->str[0]);
  g_string_append_c (sentence, '.');

  return g_string_free (sentence, FALSE);
}

static char *
make_paragraph (GRand *rand)
{
  GString *paragraph = g_string_new (NULL);

  for (int n = g_rand_int_range (rand, 1, 6); n > 0; n--)
    {
      g_autofree char *sentence = make_sentence (rand);

      g_string_append_printf (paragraph, "%s%s", paragraph->len > 0 ? " " : "", sentence);
    }

  return g_string_free (paragraph, FALSE);
}

/* One sentence of it stands in three places. */
static AnnalsText *
make_text (GRand *rand)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree char *refrain = make_sentence (rand);

  for (int i = 0; i < 12; i++)
    {
      g_autofree char *paragraph = make_paragraph (rand);

      g_string_append_printf (text, "%s%s%s\n\n", paragraph, i % 4 == 1 ? " " : "",
                              i % 4 == 1 ? refrain : "");
    }

  return annals_text_new_from_plain (text->str, -1);
}

static void
insert_paragraph (GPtrArray *paragraphs,
                  GRand     *rand,
                  guint      at)
{
  g_ptr_array_insert (paragraphs, at, make_paragraph (rand));
}

static gboolean
is_marked (const char *string)
{
  return strstr (string, "\xee\x80\x80") != NULL || strstr (string, "\xee\x80\x81") != NULL;
}

static char *
change_letters (const char *string,
                GRand      *rand,
                Change      change)
{
  GString *out = g_string_new (NULL);

  for (const char *p = string; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (change == CHANGE_TYPOGRAPHY)
        {
          if (c == 0x2013)
            c = '-';
          else if (c == 0x201c || c == 0x201d)
            c = '"';
          else if (c == ' ' && g_rand_int_range (rand, 0, 10) == 0)
            c = 0xa0;
          else if (g_ascii_isalpha (c) && g_rand_int_range (rand, 0, 40) == 0)
            g_string_append_unichar (out, 0xad);
        }
      else if (g_ascii_isalpha (c) && g_rand_int_range (rand, 0, 50) == 0)
        {
          switch (g_rand_int_range (rand, 0, 3))
            {
            case 0:
              continue;
            case 1:
              c = 'a' + g_rand_int_range (rand, 0, 26);
              break;
            default:
              g_string_append_unichar (out, 'a' + g_rand_int_range (rand, 0, 26));
              break;
            }
        }
      g_string_append_unichar (out, c);
    }

  return g_string_free (out, FALSE);
}

static void
change_sentences (GPtrArray *paragraphs,
                  GRand     *rand)
{
  for (guint i = 0; i < paragraphs->len; i++)
    {
      char **paragraph = (char **) &paragraphs->pdata[i];
      g_auto(GStrv) sentences = NULL;
      guint n;

      if (is_marked (*paragraph))
        continue;

      sentences = g_strsplit (*paragraph, ". ", -1);
      n = g_strv_length (sentences);
      if (n > 1)
        {
          guint a = g_rand_int_range (rand, 0, n);
          guint b = g_rand_int_range (rand, 0, n);
          char *swap = sentences[a];

          sentences[a] = sentences[b];
          sentences[b] = swap;
        }
      g_free (*paragraph);
      *paragraph = g_strjoinv (". ", sentences);
    }
}

static void
move_passage (GPtrArray *paragraphs,
              GRand     *rand)
{
  for (guint i = 0; i < paragraphs->len; i++)
    {
      char *paragraph = paragraphs->pdata[i];

      if (is_marked (paragraph))
        {
          g_ptr_array_steal_index (paragraphs, i);
          g_ptr_array_insert (paragraphs, g_rand_int_range (rand, 0, paragraphs->len + 1),
                              paragraph);
          return;
        }
    }
}

/* Returns: (transfer full): the changed text; the passage's new place in @start and @end */
static AnnalsText *
apply (AnnalsText *text,
       guint       from,
       guint       to,
       Change      change,
       GRand      *rand,
       guint      *start,
       guint      *end)
{
  g_autofree char *before = annals_text_dup_slice (text, 0, from);
  g_autofree char *passage = annals_text_dup_slice (text, from, to);
  g_autofree char *after = annals_text_dup_slice (text, to, G_MAXUINT);
  g_autofree char *marked = NULL;
  g_autofree char *joined = NULL;
  g_autofree char *bare = NULL;
  g_auto(GStrv) split = NULL;
  g_autoptr(GPtrArray) paragraphs = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GString) out = g_string_new (NULL);
  guint offset = 0;

  marked = change == CHANGE_DELETE
             ? g_strconcat (before, after, NULL)
             : g_strconcat (before, "\xee\x80\x80", passage, "\xee\x80\x81", after, NULL);
  split = g_strsplit (marked, "\n", -1);
  for (guint i = 0; split[i] != NULL; i++)
    g_ptr_array_add (paragraphs, g_strdup (split[i]));

  if (change == CHANGE_BOILERPLATE || change == CHANGE_DELETE)
    for (guint i = 0; i < 3; i++)
      insert_paragraph (paragraphs, rand, g_rand_int_range (rand, 0, paragraphs->len + 1));
  if (change == CHANGE_SENTENCES)
    change_sentences (paragraphs, rand);
  if (change == CHANGE_MOVE)
    move_passage (paragraphs, rand);
  g_ptr_array_add (paragraphs, NULL);
  joined = g_strjoinv ("\n", (char **) paragraphs->pdata);
  bare = change == CHANGE_TYPOS || change == CHANGE_TYPOGRAPHY
           ? change_letters (joined, rand, change) : g_strdup (joined);

  *start = *end = G_MAXUINT;
  for (const char *p = bare; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == OPEN)
        *start = offset;
      else if (c == CLOSE)
        *end = offset;
      else
        {
          g_string_append_unichar (out, c);
          offset++;
        }
    }

  /* The pieces are canonical but for white space where something was taken out. */
  split = (g_strfreev (split), g_strsplit (out->str, "\n", -1));
  g_string_truncate (out, 0);
  for (guint i = 0; split[i] != NULL; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? "\n\n" : "", split[i]);

  return annals_text_new_from_plain (out->str, -1);
}

typedef struct
{
  guint n;
  guint recovered;
  guint wrong;
  guint review;
} Counts;

static guint
distance (guint a,
          guint b)
{
  return a > b ? a - b : b - a;
}

static void
run_trial (AnnalsText *text,
           Change      change,
           GRand      *rand,
           Counts     *counts)
{
  guint length = annals_text_get_length (text);
  guint from;
  guint to;
  guint start;
  guint end;
  g_autoptr(AnnalsSelector) selector = NULL;
  g_autoptr(AnnalsText) changed = NULL;
  g_autoptr(AnnalsAnchor) anchor = NULL;
  g_autofree char *passage = NULL;
  AnnalsAnchorMatch match;

  /* In one paragraph, from 30 to 300 characters, no white space at its ends. */
  do
    {
      g_free (passage);
      from = g_rand_int_range (rand, 0, length - 60);
      to = from + g_rand_int_range (rand, 30, 300);
      to = MIN (to, length);
      passage = annals_text_dup_slice (text, from, to);
    }
  while (strchr (passage, '\n') != NULL || g_ascii_isspace (passage[0])
         || g_ascii_isspace (passage[strlen (passage) - 1]));

  selector = annals_selector_new (text, from, to);
  changed = apply (text, from, to, change, rand, &start, &end);
  anchor = annals_anchor_new (changed, NULL);
  match = annals_anchor_find (anchor, selector);

  counts->n++;
  if (match.state == ANNALS_ANCHOR_REVIEW)
    counts->review++;
  else if (change != CHANGE_DELETE && distance (match.start, start) <= 3
           && distance (match.end, end) <= 3)
    counts->recovered++;
  else
    {
      counts->wrong++;
      g_test_message ("%s: '%s' at %u-%u instead of %u-%u, %.2f", change_names[change], passage,
                      match.start, match.end, start, end, match.score);
    }
}

static void
test_change (gconstpointer data)
{
  Change change = GPOINTER_TO_UINT (data);
  g_autoptr(GRand) rand = g_rand_new_with_seed (20200300 + change);
  Counts counts = { 0, };

  for (guint i = 0; i < N_TRIALS / 4; i++)
    {
      g_autoptr(AnnalsText) text = make_text (rand);

      for (guint k = 0; k < 4; k++)
        run_trial (text, change, rand, &counts);
    }

  g_test_message ("%s: %u of %u recovered, %u wrong, %u for review", change_names[change],
                  counts.recovered, counts.n, counts.wrong, counts.review);
  g_assert_cmpuint (counts.n, ==, N_TRIALS);
  g_assert_cmpuint (counts.wrong * 200, <=, counts.n);
  if (change == CHANGE_DELETE)
    g_assert_cmpuint (counts.review * 100, >=, counts.n * 99);
  else
    g_assert_cmpuint (counts.recovered * 100, >=, counts.n * 99);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (change_names); i++)
    {
      g_autofree char *path = g_strdup_printf ("/anchor/trials/%s", change_names[i]);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_change);
    }

  return g_test_run ();
}
