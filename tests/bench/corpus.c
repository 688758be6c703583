/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-corpus FORMAT N OUT: an archive of N posts of 350 words, the same every time.
 *
 * FORMAT: wxr, one export; text, one file of month pages; html, a TAR of pages, one post each; warc, the same pages
 * as they were fetched; feed, RSS; json and csv, a list; markdown, a TAR of posts with front matter. The words are made up; how often each comes follows Zipf's law, as in a language, so that an index of them grows as
 * one of news does. */
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define N_WORDS 20000
#define WORDS_PER_POST 350
#define WORDS_PER_PARAGRAPH 70
#define POSTS_PER_DAY 4

static char words[N_WORDS][16];
static double cumulative[N_WORDS];
static GRand *source;

static void
make_words (void)
{
  static const char * const syllables[] = { "ba", "ren", "to", "mi", "sol", "ka", "du", "vel", "or", "in",
                                            "sha", "pe", "lun", "gri", "fa", "tes", "no", "war", "qui", "ze" };
  double sum = 0;

  for (guint i = 0; i < N_WORDS; i++)
    {
      guint n = 1 + i % 4;

      /* the number in the base of the syllables, so that no two are the same */
      for (guint rest = i, j = 0; j < n || rest > 0; j++, rest /= G_N_ELEMENTS (syllables))
        g_strlcat (words[i], syllables[(rest + j * 7) % G_N_ELEMENTS (syllables)], sizeof words[i]);
      sum += 1.0 / (i + 3);
      cumulative[i] = sum;
    }

  for (guint i = 0; i < N_WORDS; i++)
    cumulative[i] /= sum;
}

static const char *
next_word (void)
{
  double at = g_rand_double (source);
  guint low = 0, high = N_WORDS - 1;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (cumulative[middle] < at)
        low = middle + 1;
      else
        high = middle;
    }

  return words[low];
}

static void
add_sentence (GString *out,
              guint    n_words)
{
  gsize start = out->len;

  for (guint i = 0; i < n_words; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? " " : "", next_word ());

  out->str[start] = g_ascii_toupper (out->str[start]);
}

/* @before and @after stand around each paragraph. */
static void
add_body (GString    *out,
          const char *before,
          const char *after)
{
  for (guint n = 0; n < WORDS_PER_POST; n += WORDS_PER_PARAGRAPH)
    {
      g_string_append (out, before);
      for (guint i = 0; i < WORDS_PER_PARAGRAPH; i += 14)
        {
          add_sentence (out, 14);
          g_string_append (out, ". ");
        }
      g_string_append (out, after);
    }
}

static GDateTime *
date_of (guint number)
{
  g_autoptr(GDateTime) first = g_date_time_new_utc (1960, 1, 1, 9, 0, 0);

  return g_date_time_add_minutes (first, (int) (number * (24 * 60 / POSTS_PER_DAY)));
}

static void
write_wxr (FILE  *file,
           guint  n)
{
  fputs ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" "
         "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" "
         "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:wp=\"http://wordpress.org/export/1.2/\">\n"
         "<channel><title>Bench</title><link>https://bench.example</link><wp:wxr_version>1.2</wp:wxr_version>\n",
         file);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(GDateTime) date = date_of (i);
      g_autofree char *day = g_date_time_format (date, "%Y-%m-%d %H:%M:%S");
      g_autoptr(GString) title = g_string_new (NULL);
      g_autoptr(GString) body = g_string_new (NULL);

      add_sentence (title, 7);
      add_body (body, "<p>", "</p>\n");
      fprintf (file,
               "<item><title>%s</title><link>https://bench.example/%u/</link><dc:creator>author%u</dc:creator>"
               "<guid isPermaLink=\"false\">https://bench.example/?p=%u</guid>"
               "<content:encoded><![CDATA[%s]]></content:encoded><wp:post_id>%u</wp:post_id>"
               "<wp:post_date>%s</wp:post_date><wp:post_date_gmt>%s</wp:post_date_gmt>"
               "<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>"
               "<category domain=\"category\" nicename=\"c%u\"><![CDATA[Category %u]]></category></item>\n",
               title->str, i, i % 50, i, body->str, i, day, day, i % 20, i % 20);
    }

  fputs ("</channel></rss>\n", file);
}

static void
write_text (FILE  *file,
            guint  n)
{
  int month = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(GDateTime) date = date_of (i);
      g_autofree char *day = g_date_time_format (date, "%B %-d, %Y");
      g_autofree char *heading = g_date_time_format (date, "%B %Y");
      g_autoptr(GString) title = g_string_new (NULL);
      g_autoptr(GString) body = g_string_new (NULL);

      if (g_date_time_get_month (date) != month)
        fprintf (file, "Monthly Archives: %s\n\n", heading);
      month = g_date_time_get_month (date);
      add_sentence (title, 7);
      add_body (body, "", "\n\n");
      fprintf (file, "%s\n\nPosted on %s by Author%u\n\n%s[Bench News]\n\n", title->str, day, i % 50, body->str);
    }
}

/* POSIX.1-1988, ustar */
static void
write_tar_member (FILE       *file,
                  const char *name,
                  GString    *content)
{
  char header[512] = { 0 };
  static const char zeros[512];
  guint sum = 0;

  g_snprintf (header, 100, "%s", name);
  g_snprintf (header + 100, 8, "%07o", 0644);
  g_snprintf (header + 108, 8, "%07o", 0);
  g_snprintf (header + 116, 8, "%07o", 0);
  g_snprintf (header + 124, 12, "%011o", (guint) content->len);
  g_snprintf (header + 136, 12, "%011o", 0);
  memset (header + 148, ' ', 8);
  header[156] = '0';
  memcpy (header + 257, "ustar\00000", 8);
  for (guint i = 0; i < sizeof header; i++)
    sum += (guchar) header[i];
  g_snprintf (header + 148, 8, "%06o", sum);

  fwrite (header, 1, sizeof header, file);
  fwrite (content->str, 1, content->len, file);
  fwrite (zeros, 1, (512 - content->len % 512) % 512, file);
}

static GString *
make_page (guint i)
{
  g_autoptr(GDateTime) date = date_of (i);
  g_autofree char *day = g_date_time_format (date, "%Y-%m-%dT%H:%M:%SZ");
  g_autoptr(GString) title = g_string_new (NULL);
  GString *page = g_string_new (NULL);

  add_sentence (title, 7);
  g_string_append_printf (
    page,
    "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>%s – Bench</title>"
    "<link rel=\"canonical\" href=\"https://bench.example/%u/\"></head>\n<body class=\"single\">"
    "<nav><ul><li><a href=\"/\">Home</a></li><li><a href=\"/about/\">About</a></li></ul></nav>\n"
    "<article class=\"post-%u post hentry\"><header><h1 class=\"entry-title\">%s</h1>"
    "<time class=\"entry-date published\" datetime=\"%s\">%s</time>"
    "<span class=\"author vcard\"><a class=\"fn\" href=\"/author/%u/\">Author %u</a></span></header>"
    "<div class=\"entry-content\">\n",
    title->str, i, i, title->str, day, day, i % 50, i % 50);
  add_body (page, "<p>", "</p>\n");
  g_string_append (page, "</div></article>\n<aside><h2>Recent posts</h2><ul><li><a href=\"/1/\">One</a></li>"
                         "</ul></aside><footer>Bench</footer></body></html>\n");

  return page;
}

static void
end_tar (FILE *file)
{
  static const char zeros[1024];

  fwrite (zeros, 1, sizeof zeros, file);
}

static void
write_html (FILE  *file,
            guint  n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("site/%u/%u/index.html", i / 100, i);
      GString *page = make_page (i);

      write_tar_member (file, name, page);
      g_string_free (page, TRUE);
    }

  end_tar (file);
}

/* WARC/1.0 (ISO 28500) */
static void
write_warc (FILE  *file,
            guint  n)
{
  static const char http[] = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n";

  for (guint i = 0; i < n; i++)
    {
      GString *page = make_page (i);

      fprintf (file,
               "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://bench.example/%u/\r\n"
               "WARC-Date: 2020-03-01T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-%012u>\r\n"
               "Content-Type: application/http; msgtype=response\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
               i, i, strlen (http) + page->len, http);
      fwrite (page->str, 1, page->len, file);
      fputs ("\r\n\r\n", file);
      g_string_free (page, TRUE);
    }
}

static void
write_feed (FILE  *file,
            guint  n)
{
  fputs ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" "
         "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n"
         "<channel><title>Bench</title><link>https://bench.example</link>\n",
         file);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(GDateTime) date = date_of (i);
      g_autofree char *day = g_date_time_format (date, "%a, %d %b %Y %H:%M:%S +0000");
      g_autoptr(GString) title = g_string_new (NULL);
      g_autoptr(GString) body = g_string_new (NULL);

      add_sentence (title, 7);
      add_body (body, "<p>", "</p>\n");
      fprintf (file,
               "<item><title>%s</title><link>https://bench.example/%u/</link><dc:creator>Author %u</dc:creator>"
               "<pubDate>%s</pubDate><category>Category %u</category>"
               "<content:encoded><![CDATA[%s]]></content:encoded></item>\n",
               title->str, i, i % 50, day, i % 20, body->str);
    }

  fputs ("</channel></rss>\n", file);
}

/* The words need no escaping, but for the ends of lines in JSON. */
static void
write_json (FILE  *file,
            guint  n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(GDateTime) date = date_of (i);
      g_autofree char *day = g_date_time_format (date, "%Y-%m-%dT%H:%M:%SZ");
      g_autoptr(GString) title = g_string_new (NULL);
      g_autoptr(GString) body = g_string_new (NULL);

      add_sentence (title, 7);
      add_body (body, "<p>", "</p>\\n");
      fprintf (file,
               "%s{\"title\": \"%s\", \"url\": \"https://bench.example/%u/\", \"author\": \"Author %u\", "
               "\"date\": \"%s\", \"content\": \"%s\"}",
               i == 0 ? "[\n" : ",\n", title->str, i, i % 50, day, body->str);
    }

  fputs ("\n]\n", file);
}

static void
write_csv (FILE  *file,
           guint  n)
{
  fputs ("title,url,author,date,content\r\n", file);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(GDateTime) date = date_of (i);
      g_autofree char *day = g_date_time_format (date, "%Y-%m-%d %H:%M");
      g_autoptr(GString) title = g_string_new (NULL);
      g_autoptr(GString) body = g_string_new (NULL);

      add_sentence (title, 7);
      add_body (body, "<p>", "</p>\n");
      fprintf (file, "%s,https://bench.example/%u/,Author %u,%s,\"%s\"\r\n", title->str, i, i % 50, day, body->str);
    }
}

static void
write_markdown (FILE  *file,
                guint  n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(GDateTime) date = date_of (i);
      g_autofree char *day = g_date_time_format (date, "%Y-%m-%d");
      g_autofree char *name = g_strdup_printf ("posts/%u/%u.md", i / 100, i);
      g_autoptr(GString) title = g_string_new (NULL);
      g_autoptr(GString) post = g_string_new (NULL);

      add_sentence (title, 7);
      g_string_append_printf (post, "---\ntitle: %s\ndate: %s\nauthor: Author %u\ntags: [one, two]\n---\n\n",
                              title->str, day, i % 50);
      add_body (post, "", "\n\n");
      write_tar_member (file, name, post);
    }

  end_tar (file);
}

int
main (int    argc,
      char **argv)
{
  static const struct { const char *name; void (*write) (FILE *file, guint n); } formats[] = {
    { "csv", write_csv }, { "feed", write_feed }, { "html", write_html }, { "json", write_json },
    { "markdown", write_markdown }, { "text", write_text }, { "warc", write_warc }, { "wxr", write_wxr },
  };
  FILE *file;
  guint n, format = 0;

  while (argc == 4 && format < G_N_ELEMENTS (formats) && !g_str_equal (argv[1], formats[format].name))
    format++;

  if (argc != 4 || format == G_N_ELEMENTS (formats) || (n = (guint) strtoul (argv[2], NULL, 10)) == 0 ||
      !(file = fopen (argv[3], "wb")))
    {
      fprintf (stderr, "usage: bench-corpus csv|feed|html|json|markdown|text|warc|wxr N OUT\n");
      return 2;
    }

  source = g_rand_new_with_seed (42);
  make_words ();

  formats[format].write (file, n);
  g_rand_free (source);

  return fclose (file) == 0 ? 0 : 1;
}
