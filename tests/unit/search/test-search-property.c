/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "annals-annotations.h"
#include "annals-links.h"
#include "annals-tags.h"
#include "annals-timelines.h"
#include "search-fixture.h"

/* Random queries over small random notebooks find what a scan of all posts finds that knows nothing of
 * indexes, sets and plans. */

#define N_NOTEBOOKS 6
#define N_POSTS 40
#define N_QUERIES 250
#define MAX_WORDS 12
#define N_TAGS 3

static const char * const words[] = { "ant", "bee", "cat", "dog", "elk", "fox", "antler", "café", "zebra" };
static const char * const characters[] = { "가", "나", "다", "朝", "核", "ミ" };
static const char * const sources[] = { "Alpha Wire", "Beta", "Gamma Post" };
static const char * const languages[] = { "en", "ko", "en-GB", "" };
static const char * const months[] = { "2020-01", "2020-02", "2020-03", "2020-04" };
#define UNDATED G_N_ELEMENTS (months)
/* A word that begins each text, and stands nowhere else; and one that a text which was changed may begin with. */
#define QUOTED "x"
#define NOT_QUOTED "y"
static const char * const colours[] = { "yellow", "green", "blue" };

/* A text as its tokens: words, and runs of characters. */
typedef struct
{
  char  *tokens[MAX_WORDS];
  guint  n;
} Text;

typedef struct
{
  Text     title;
  Text     text;
  Text     note;           /* of its annotation; none: no annotation */
  gboolean annotated;
  guint    colour;
  guint    source;
  guint    language;
  guint    month;
  gboolean tags[N_TAGS];   /* the second stands below the first */
  gboolean read;
  gboolean starred;
  gboolean linked;         /* with the post before it */
  gboolean evidence;       /* of the timeline's event */
  gboolean image;
  gboolean changed;        /* by a later import */
  gboolean review;         /* its note lost its passage by that */
  gint64   id;
} Post;

static Post posts[N_POSTS];

static void
make_text (Text  *text,
           guint  max)
{
  text->n = (guint) g_test_rand_int_range (1, (gint32) max + 1);
  for (guint i = 0; i < text->n; i++)
    if (g_test_rand_int_range (0, 3) > 0)
      text->tokens[i] = g_strdup (words[g_test_rand_int_range (0, G_N_ELEMENTS (words))]);
    else
      {
        GString *run = g_string_new (NULL);

        for (int n = g_test_rand_int_range (1, 5); n > 0; n--)
          g_string_append (run, characters[g_test_rand_int_range (0, G_N_ELEMENTS (characters))]);
        text->tokens[i] = g_string_free (run, FALSE);
      }
}

static char *
join (const Text *text)
{
  GString *joined = g_string_new (NULL);

  for (guint i = 0; i < text->n; i++)
    g_string_append_printf (joined, "%s%s", i > 0 ? " " : "", text->tokens[i]);

  return g_string_free (joined, FALSE);
}

static void
clear_text (Text *text)
{
  for (guint i = 0; i < text->n; i++)
    g_free (text->tokens[i]);
  *text = (Text) { 0 };
}

/* --- the scan --- */

static gboolean
is_run (const char *token)
{
  return (guchar) token[0] >= 0xE1;
}

static gboolean
token_fits (const char *token,
            const char *wanted,
            gboolean    beginning)
{
  if (is_run (wanted))
    return is_run (token) && strstr (token, wanted) != NULL;

  return !is_run (token) && (beginning ? g_str_has_prefix (token, wanted) : strcmp (token, wanted) == 0);
}

static gboolean
text_has (const Text *text,
          const char *wanted,
          gboolean    beginning)
{
  for (guint i = 0; i < text->n; i++)
    if (token_fits (text->tokens[i], wanted, beginning))
      return TRUE;

  return FALSE;
}

/* Of runs the end of the first and the beginning of the second are enough. */
static gboolean
text_has_pair (const Text *text,
               const char *first,
               const char *second)
{
  for (guint i = 0; i + 1 < text->n; i++)
    if ((is_run (first) ? g_str_has_suffix (text->tokens[i], first) : strcmp (text->tokens[i], first) == 0) &&
        (is_run (second) ? g_str_has_prefix (text->tokens[i + 1], second) : strcmp (text->tokens[i + 1], second) == 0))
      return TRUE;

  return FALSE;
}

/* A run of characters takes a place for each. */
static guint
count_places (const char *token)
{
  return is_run (token) ? (guint) g_utf8_strlen (token, -1) : 1;
}

/* No more than @distance places between them, whichever comes first. */
static gboolean
text_has_near (const Text *text,
               const char *first,
               const char *second,
               guint       distance)
{
  guint places[MAX_WORDS];
  guint place = 0;

  for (guint i = 0; i < text->n; place += count_places (text->tokens[i++]))
    places[i] = place;

  for (guint i = 0; i < text->n; i++)
    for (guint k = 0; k < text->n; k++)
      {
        guint apart = MAX (places[i], places[k]) - MIN (places[i], places[k]);

        if (strcmp (text->tokens[i], first) == 0 && strcmp (text->tokens[k], second) == 0 && apart <= distance + 1)
          return TRUE;
      }

  return FALSE;
}

/* --- queries --- */

/* Writes a random query into @text and says in @fits which posts fit. */
static void make_query (GString *text, gboolean *fits, guint depth);

static const char *
pick_word (void)
{
  static char run[16];

  if (g_test_rand_int_range (0, 3) > 0)
    return words[g_test_rand_int_range (0, G_N_ELEMENTS (words))];

  *run = '\0';
  for (int n = g_test_rand_int_range (1, 4); n > 0; n--)
    strcat (run, characters[g_test_rand_int_range (0, G_N_ELEMENTS (characters))]);

  return run;
}

static void
make_words (GString  *text,
            gboolean *fits)
{
  const char *word = pick_word ();
  gboolean beginning = !is_run (word) && g_test_rand_int_range (0, 4) == 0;
  g_autofree char *wanted = beginning ? g_strndup (word, 2) : g_strdup (word);
  int part = g_test_rand_int_range (0, 8);

  g_string_append_printf (text, "%s%s%s", part == 0 ? "title:" : part == 1 ? "text:" : part == 2 ? "note:" : "",
                          wanted, beginning ? "*" : "");

  for (guint i = 0; i < N_POSTS; i++)
    {
      gboolean title = text_has (&posts[i].title, wanted, beginning);
      gboolean body = text_has (&posts[i].text, wanted, beginning);
      gboolean note = posts[i].annotated && text_has (&posts[i].note, wanted, beginning);

      fits[i] = part == 0 ? title : part == 1 ? body : part == 2 ? note : title || body || note;
    }
}

static void
make_phrase (GString  *text,
             gboolean *fits)
{
  static const char * const between[] = { " ", "  ", ", ", "，", " – " };
  g_autofree char *first = g_strdup (pick_word ());
  g_autofree char *second = g_strdup (pick_word ());

  g_string_append_printf (text, "\"%s%s%s\"", first, between[g_test_rand_int_range (0, G_N_ELEMENTS (between))],
                          second);
  for (guint i = 0; i < N_POSTS; i++)
    fits[i] = text_has_pair (&posts[i].title, first, second) || text_has_pair (&posts[i].text, first, second) ||
              (posts[i].annotated && text_has_pair (&posts[i].note, first, second));
}

/* Every note's passage is the text's first word. */
static void
make_quote (GString  *text,
            gboolean *fits)
{
  const char *word = g_test_rand_bit () ? QUOTED : words[g_test_rand_int_range (0, 7)];

  g_string_append_printf (text, "quote:%s", word);
  for (guint i = 0; i < N_POSTS; i++)
    fits[i] = posts[i].annotated && strcmp (word, QUOTED) == 0;
}

static void
make_near (GString  *text,
           gboolean *fits)
{
  guint n = (guint) g_test_rand_int_range (0, 7);
  const char *first = words[n];
  const char *second = words[(n + (guint) g_test_rand_int_range (1, 7)) % 7];
  guint distance = (guint) g_test_rand_int_range (0, 6);

  g_string_append_printf (text, "(%s NEAR/%u %s)", first, distance, second);
  for (guint i = 0; i < N_POSTS; i++)
    fits[i] = text_has_near (&posts[i].title, first, second, distance) ||
              text_has_near (&posts[i].text, first, second, distance) ||
              (posts[i].annotated && text_has_near (&posts[i].note, first, second, distance));
}

/* Filters that the fixture has one value of. */
static void
make_mark (GString  *text,
           gboolean *fits)
{
  static const char * const marks[] = {
    "is:tagged", "is:linked", "has:note", "is:undated", "is:changed", "is:review", "has:image", "timeline:\"The seas\"",
    "import:posts.txt", "url:Post-1", "author:\"jo reed\"",
    "url:EXAMPLE.org", "url:org/post-3", "url:t-",
  };
  guint kind = (guint) g_test_rand_int_range (0, G_N_ELEMENTS (marks));

  g_string_append (text, marks[kind]);
  for (guint i = 0; i < N_POSTS; i++)
    {
      const Post *post = &posts[i];
      gboolean all[] = {
        post->tags[0] || post->tags[1] || post->tags[2],
        post->linked || (i + 1 < N_POSTS && posts[i + 1].linked),
        post->annotated, post->month == UNDATED, post->changed, post->review, post->image, post->evidence, TRUE,
        i == 1 || (i >= 10 && i < 20), i % 2 == 1,
        TRUE, i == 3 || i >= 30, TRUE,
      };

      G_STATIC_ASSERT (G_N_ELEMENTS (all) == G_N_ELEMENTS (marks));
      fits[i] = all[kind];
    }
}

static void
make_filter (GString  *text,
             gboolean *fits)
{
  int kind = g_test_rand_int_range (0, 10);
  guint n = (guint) g_test_rand_int_range (0, 3);
  gboolean none = g_test_rand_bit ();
  guint month = (guint) g_test_rand_int_range (0, G_N_ELEMENTS (months));
  static const char * const tags[] = { "over", "under", "other" };

  if (kind == 0)
    g_string_append_printf (text, "source:\"%s\"", sources[n]);
  else if (kind == 1)
    g_string_append_printf (text, "lang:%s", none ? "und" : languages[n]);
  else if (kind == 2)
    g_string_append_printf (text, "tag:%s", tags[n]);
  else if (kind <= 5)
    g_string_append_printf (text, "%s:%s", kind == 3 ? "before" : kind == 4 ? "after" : "date", months[month]);
  else if (kind == 9)
    g_string_append_printf (text, "colour:%s", colours[n]);
  else
    g_string_append (text, kind == 6 ? "is:unread" : kind == 7 ? "is:starred" : "is:annotated");

  for (guint i = 0; i < N_POSTS; i++)
    {
      const Post *post = &posts[i];
      gboolean all[] = {
        post->source == n,
        none ? post->language == 3 : post->language == n || (n == 0 && post->language == 2),
        post->tags[n] || (n == 0 && post->tags[1]),
        post->month < month,
        post->month > month && post->month != UNDATED,
        post->month == month,
        !post->read,
        post->starred,
        post->annotated,
        post->annotated && post->colour == n,
      };

      fits[i] = all[kind];
    }
}

static void
make_group (GString  *text,
            gboolean *fits,
            guint     depth)
{
  gboolean either = g_test_rand_bit ();
  guint n = (guint) g_test_rand_int_range (2, 4);

  g_string_append_c (text, '(');
  for (guint k = 0; k < n; k++)
    {
      gboolean more[N_POSTS];

      if (k > 0)
        g_string_append (text, either ? " OR " : " ");
      make_query (text, more, depth + 1);
      for (guint i = 0; i < N_POSTS; i++)
        fits[i] = k == 0 ? more[i] : either ? fits[i] || more[i] : fits[i] && more[i];
    }
  g_string_append_c (text, ')');
}

static void
make_query (GString  *text,
            gboolean *fits,
            guint     depth)
{
  int kind = g_test_rand_int_range (0, depth < 3 ? 10 : 6);
  gboolean without = g_test_rand_int_range (0, 5) == 0;

  if (without)
    g_string_append_c (text, '-');

  if (kind < 3)
    make_words (text, fits);
  else if (kind == 3)
    (g_test_rand_bit () ? make_phrase : g_test_rand_bit () ? make_near : make_quote) (text, fits);
  else if (kind < 6)
    (g_test_rand_int_range (0, 3) > 0 ? make_filter : make_mark) (text, fits);
  else
    make_group (text, fits, depth);

  for (guint i = 0; without && i < N_POSTS; i++)
    fits[i] = !fits[i];
}

/* --- notebooks --- */

static gboolean
mark_up (AnnalsDb      *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  static const char * const tags[] = { "over", "over/under", "other" };
  g_autoptr(AnnalsDate) date = annals_date_parse ("2020-02", NULL);
  gint64 tag_ids[N_TAGS];
  gint64 timeline, event;

  if (!annals_db_add_timeline (db, "The seas", "", NULL, "", &timeline, error) ||
      !annals_db_add_event (db, timeline, 0, date, "A storm", "", &event, error))
    return FALSE;

  for (guint t = 0; t < N_TAGS; t++)
    if (!annals_db_ensure_tag (db, tags[t], &tag_ids[t], error))
      return FALSE;

  for (guint i = 0; i < N_POSTS; i++)
    {
      Post *post = &posts[i];
      g_autofree char *note = join (&post->note);
      gint64 id;

      if ((post->annotated &&
           !annals_db_add_annotation (db, post->id, 0, 1, colours[post->colour], note, &id, error)) ||
          !annals_db_set_post_read (db, &post->id, 1, post->read, error) ||
          !annals_db_set_post_starred (db, &post->id, 1, post->starred, error))
        return FALSE;

      if ((post->linked &&
           !annals_db_add_link (db, ANNALS_RECORD_POST, post->id, ANNALS_RELATION_SUPPORTS, ANNALS_RECORD_POST,
                                posts[i - 1].id, "", &id, error)) ||
          (post->evidence &&
           !annals_db_add_evidence (db, event, post->id, 0, ANNALS_STANCE_SUPPORTS, "", &id, error)))
        return FALSE;

      for (guint t = 0; t < N_TAGS; t++)
        if (post->tags[t] && !annals_db_tag_posts (db, tag_ids[t], &post->id, 1, error))
          return FALSE;
    }

  return TRUE;
}

static char *
dup_markup (const Post *post)
{
  g_autofree char *text = join (&post->text);

  return post->image ? g_strdup_printf ("<p>%s</p><p><img src=\"https://example.org/chart.png\"></p>", text)
                     : g_steal_pointer (&text);
}

/* The texts of another import, some without the passage that is marked. */
static void
change_texts (SearchPost *drafts)
{
  for (guint i = 0; i < N_POSTS; i++)
    {
      Post *post = &posts[i];
      g_autofree char *before = NULL;

      if (!post->changed)
        continue;

      before = (char *) drafts[i].text;
      do
        {
          clear_text (&post->text);
          make_text (&post->text, MAX_WORDS);
          g_free (post->text.tokens[0]);
          post->text.tokens[0] = g_strdup (i % 2 == 0 ? QUOTED : NOT_QUOTED);
          drafts[i].text = dup_markup (post);
        }
      while (strcmp (drafts[i].text, before) == 0 && (g_free ((char *) drafts[i].text), TRUE));
    }
}

/* Where a note went is not the search's doing. */
static gboolean
look_for_review (AnnalsDb      *db,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  for (guint i = 0; i < N_POSTS; i++)
    {
      g_autoptr(GPtrArray) notes = annals_db_list_annotations (db, posts[i].id, error);

      if (notes == NULL)
        return FALSE;

      posts[i].review = notes->len > 0 && g_str_equal (((AnnalsAnnotation *) notes->pdata[0])->state, "review");
    }

  return TRUE;
}

static void
make_posts (SearchFixture *f)
{
  SearchPost drafts[N_POSTS] = { 0 };
  char *urls[N_POSTS];
  gint64 first;

  for (guint i = 0; i < N_POSTS; i++)
    {
      Post *post = &posts[i];

      make_text (&post->title, 3);
      make_text (&post->text, MAX_WORDS);
      /* it is marked, and a quotation is searched too */
      g_free (post->text.tokens[0]);
      post->text.tokens[0] = g_strdup (QUOTED);
      make_text (&post->note, 4);
      post->annotated = g_test_rand_int_range (0, 3) == 0;
      post->colour = (guint) g_test_rand_int_range (0, 3);
      post->source = (guint) g_test_rand_int_range (0, G_N_ELEMENTS (sources));
      post->language = (guint) g_test_rand_int_range (0, G_N_ELEMENTS (languages));
      post->month = (guint) g_test_rand_int_range (0, UNDATED + 1);
      post->image = g_test_rand_int_range (0, 4) == 0;
      post->changed = g_test_rand_int_range (0, 3) == 0;
      post->read = g_test_rand_bit ();
      post->starred = g_test_rand_bit ();
      post->linked = i > 0 && g_test_rand_int_range (0, 6) == 0;
      post->evidence = g_test_rand_int_range (0, 5) == 0;
      for (guint t = 0; t < N_TAGS; t++)
        post->tags[t] = g_test_rand_int_range (0, 4) == 0;

      drafts[i].title = join (&post->title);
      drafts[i].html = post->image;
      drafts[i].text = dup_markup (post);
      drafts[i].source = sources[post->source];
      drafts[i].language = languages[post->language];
      drafts[i].published = post->month == UNDATED ? "" : months[post->month];
      drafts[i].author = i % 2 == 1 ? "Jo Reed" : "Mara Finch";
      drafts[i].url = urls[i] = g_strdup_printf ("https://example.org/post-%u", i);
    }

  first = search_fixture_import (f, "posts.txt", drafts, N_POSTS);
  for (guint i = 0; i < N_POSTS; i++)
    posts[i].id = first + i;
  search_fixture_change (f, mark_up, NULL);
  change_texts (drafts);
  g_assert_cmpint (search_fixture_import (f, "posts.txt", drafts, N_POSTS), ==, first);
  search_fixture_change (f, look_for_review, NULL);

  for (guint i = 0; i < N_POSTS; i++)
    {
      g_free ((char *) drafts[i].title);
      g_free ((char *) drafts[i].text);
      g_free (urls[i]);
    }
}

static void
check_found (GArray         *ids,
             const gboolean *fits,
             const char     *query)
{
  guint n = 0;

  for (guint i = 0; i < N_POSTS; i++)
    {
      gboolean found = FALSE;

      for (guint k = 0; k < ids->len; k++)
        found = found || g_array_index (ids, gint64, k) == posts[i].id;
      n += found;

      if (found != fits[i])
        {
          g_autofree char *title = join (&posts[i].title);
          g_autofree char *text = join (&posts[i].text);
          g_autofree char *note = join (&posts[i].note);

          g_error ("“%s” %s “%s”: %s (note: %s)", query, found ? "finds" : "does not find", title, text,
                   posts[i].annotated ? note : "none");
        }
    }
  g_assert_cmpuint (n, ==, ids->len);
}

static void
test_notebook (SearchFixture *f,
               gconstpointer  data)
{
  make_posts (f);

  for (guint q = 0; q < N_QUERIES; q++)
    {
      g_autoptr(GString) query = g_string_new (NULL);
      gboolean fits[N_POSTS];
      g_autoptr(GArray) newest = NULL;
      g_autoptr(GArray) ranked = NULL;
      g_autofree char *found = NULL;
      g_autofree char *found_ranked = NULL;

      make_query (query, fits, 0);
      found = search_fixture_find (f, query->str, ANNALS_ORDER_NEWEST, &newest);
      found_ranked = search_fixture_find (f, query->str, ANNALS_ORDER_RELEVANCE, &ranked);
      if (newest == NULL || ranked == NULL)
        g_error ("“%s”: %s", query->str, found);

      check_found (newest, fits, query->str);
      check_found (ranked, fits, query->str);
    }

  for (guint i = 0; i < N_POSTS; i++)
    {
      clear_text (&posts[i].title);
      clear_text (&posts[i].text);
      clear_text (&posts[i].note);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < N_NOTEBOOKS; i++)
    {
      g_autofree char *path = g_strdup_printf ("/search/property/%u", i);

      g_test_add (path, SearchFixture, NULL, search_fixture_set_up, test_notebook, search_fixture_tear_down);
    }

  return g_test_run ();
}
