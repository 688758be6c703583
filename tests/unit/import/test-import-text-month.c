/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-month-lines.h"
#include "annals-month-words.h"
#include "import-dump.h"

#include <string.h>

/* --- words and lines --- */

static void
test_month_words (void)
{
  static const struct { const char *words; const char *edtf; } months[] = {
    { "March 2020", "2020-03" }, { "MARCH, 2020", "2020-03" }, { "März 2020", "2020-03" },
    { "mars 2020", "2020-03" }, { "marzo de 2020", "2020-03" }, { "марта 2020 г.", "2020-03" },
    { "2020年3月", "2020-03" }, { "2020년 3월", "2020-03" }, { "sept. 1999", "1999-09" },
    { "3 March 2020", NULL }, { "March", NULL }, { "2020", NULL }, { "March of Dimes 2020", NULL },
    { "Monday March 2020", NULL }, { "", NULL }, { "13月 2020年", NULL },
  };
  static const struct { const char *words; const char *edtf;
  } days[] = {
    { "March 31, 2009", "2009-03-31" },
    { "Tuesday, March 3rd, 2020", "2020-03-03" },
    { "3. März 2020", "2020-03-03" },
    { "3 de marzo de 2020", "2020-03-03" },
    { "March 3, 2020 at 10:30 am", "2020-03-03" },
    { "2020-03-03", "2020-03-03" },
    { "2020/03/03 10:15", "2020-03-03" },
    { "2020年3月3日", "2020-03-03" },
    { "2020년 3월 3일", "2020-03-03" },
    { "1er mai 2020", "2020-05-01" },
    { "3/4/2020", NULL },
    { "February 30, 2020", NULL },
    { "March 3", NULL },
    { "March 2020", NULL },
    { "Facebook March 3, 2020", NULL },
    { "2020-13-01", NULL },
    { "99999 March 3", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (months); i++)
    {
      g_autoptr(AnnalsDate) date = annals_month_words_parse_month (months[i].words);

      g_test_message ("%s", months[i].words);
      g_assert_cmpstr (date ? annals_date_get_edtf (date) : NULL, ==, months[i].edtf);
    }

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autoptr(AnnalsDate) date = annals_month_words_parse_day (days[i].words);

      g_test_message ("%s", days[i].words);
      g_assert_cmpstr (date ? annals_date_get_edtf (date) : NULL, ==, days[i].edtf);
    }
}

static void
test_headings (void)
{
  static const struct { const char *line; const char *edtf;
  } cases[] = {
    { "Monthly Archives: March 2020", "2020-03" },
    { "  MONTHLY ARCHIVES:   March 2020 ", "2020-03" },
    { "Month: January 2012", "2012-01" },
    { "Monatsarchive: März 2020", "2020-03" },
    { "Archives mensuelles\u00a0: mars 2020", "2020-03" },
    { "Archive for March, 2020", "2020-03" },
    { "Archives: 2020年3月", "2020-03" },
    { "월별 보관물: 2020년 3월", "2020-03" },
    { "Archive for ‘cats’", NULL },
    { "Monthly Archives:", NULL },
    { "Minutes: March 2020", NULL },
    { "The month: March 2020", NULL },
    { "March 2020", NULL },
    { "Monthly Archives: March 3, 2020", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(AnnalsDate) date = annals_month_line_heading (cases[i].line);

      g_test_message ("%s", cases[i].line);
      g_assert_cmpstr (date ? annals_date_get_edtf (date) : NULL, ==, cases[i].edtf);
    }
}

static void
test_bylines (void)
{
  static const struct
  {
    const char *line;
    gboolean is;
    const char *edtf;
    const char *author;
    const char *unread;
  } cases[] = {
    { "Posted on March 31, 2009 by Kvanvig Jon", TRUE, "2009-03-31", "Kvanvig Jon", NULL },
    { "Posted on by", TRUE, NULL, NULL, NULL },
    { "Posted on by ", TRUE, NULL, NULL, NULL },
    { "POSTED ON", TRUE, NULL, NULL, NULL },
    { "Posted on March 3, 2020", TRUE, "2020-03-03", NULL, NULL },
    { "Posted on March 2020", TRUE, "2020-03", NULL, NULL },
    { "Posted by Mara Oleski", TRUE, NULL, "Mara Oleski", NULL },
    { "Posted on by Mara Oleski", TRUE, NULL, "Mara Oleski", NULL },
    { "Posted on March 3, 2020 by Mara | Leave a comment", TRUE, "2020-03-03", "Mara", NULL },
    { "Veröffentlicht am 3. März 2020 von Jörg", TRUE, "2020-03-03", "Jörg", NULL },
    { "Publié le 3 mars 2020 par Zoé", TRUE, "2020-03-03", "Zoé", NULL },
    { "Posted on Marhc 3, 2020 by X", TRUE, NULL, "X", "Marhc 3, 2020" },
    { "Posted on 3/4/2020 by X", TRUE, "[2020-03-04,2020-04-03]", "X", "3/4/2020" },
    { "Posted on Facebook, the video shows a ship.", FALSE, NULL, NULL, NULL },
    { "Posted on the door by the guard is a list of 12 names that nobody has claimed so far.",
      FALSE, NULL, NULL, NULL },
    { "Published by Penguin Books", FALSE, NULL, NULL, NULL },
    { "Posted", FALSE, NULL, NULL, NULL },
    { "Postedonby", FALSE, NULL, NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(AnnalsByline) byline = annals_month_line_byline (cases[i].line, NULL);

      g_test_message ("%s", cases[i].line);
      g_assert_cmpint (byline != NULL, ==, cases[i].is);
      if (byline == NULL)
        continue;

      g_assert_true (byline->opens);
      g_assert_cmpstr (byline->date ? annals_date_get_edtf (byline->date) : NULL, ==,
                       cases[i].edtf);
      g_assert_cmpstr (byline->author, ==, cases[i].author);
      g_assert_cmpstr (byline->unread, ==, cases[i].unread);
    }
}

static void
test_navigation (void)
{
  static const char *const furniture[] = {
    "← Older posts",
    "Newer posts →",
    "Leave a comment",
    "Continue reading →",
    "3 Comments",
    "1 Reply",
    "Continue reading The long way home →",
    "Page 1 of 3",
    "1 2 3 … 9 Next →",
    "1 2 3",
    "« Previous",
    "Skip to content",
    "Ältere Beiträge",
    "→",
  };
  static const char *const text[] = {
    "Next",
    "2",
    "3 ships",
    "12 1 4",
    "Older people are at risk",
    "Leave a comment on this, she said",
    "→ see below",
    "Continue reading this book, he said",
    "",
    "1",
  };

  for (guint i = 0; i < G_N_ELEMENTS (furniture); i++)
    {
      g_test_message ("%s", furniture[i]);
      g_assert_true (annals_month_line_navigation (furniture[i]));
    }

  for (guint i = 0; i < G_N_ELEMENTS (text); i++)
    {
      g_test_message ("%s", text[i]);
      g_assert_false (annals_month_line_navigation (text[i]));
    }
}

static void
test_sources (void)
{
  static const struct { const char *line; const char *source;
  } cases[] = {
    { "[NK News]", "NK News" },
    { "  [US News World Report] ", "US News World Report" },
    { "[38 North]", "38 North" },
    { "[via Reuters]", "Reuters" },
    { "[dpa]", "dpa" },
    { "[연합뉴스]", "연합뉴스" },
    { "[1]", NULL },
    { "[…]", NULL },
    { "[text] [text]", NULL },
    { "[to be continued]", NULL },
    { "[Photo: AP]", NULL },
    { "[gallery ids=1]", NULL },
    { "NK News", NULL },
    { "[]", NULL },
    { "[NK News", NULL },
    { "See [NK News]", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *source = annals_month_line_source (cases[i].line);

      g_test_message ("%s", cases[i].line);
      g_assert_cmpstr (source, ==, cases[i].source);
    }
}

/* --- whole pages --- */

typedef struct
{
  GPtrArray *drafts;
  GPtrArray *issues;
  GArray    *account;   /* of AnnalsAccount, by offset */
} Page;

static int
compare_accounts (gconstpointer a,
                  gconstpointer b)
{
  const AnnalsAccount *first = a;
  const AnnalsAccount *second = b;

  return (first->offset > second->offset) - (first->offset < second->offset);
}

static void
page_free (Page *page)
{
  g_ptr_array_unref (page->drafts);
  g_ptr_array_unref (page->issues);
  g_array_unref (page->account);
  g_free (page);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Page, page_free)

static Page *
read_page (GBytes *bytes)
{
  g_autoptr(AnnalsPart) part = annals_part_new ("page.txt", annals_import_input_new_for_bytes (bytes, "page.txt"));
  g_autoptr(AnnalsFormatReader) reader =
    annals_format_reader_new_for_format (part, &annals_format_text_month, NULL);
  g_autoptr(GError) error = NULL;
  AnnalsReadResult result = ANNALS_READ_DRAFT;
  Page *page = g_new0 (Page, 1);

  page->drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_draft_free);
  page->issues = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_issue_free);
  page->account = g_array_ref (annals_format_reader_keep_account (reader));

  while (result != ANNALS_READ_END)
    {
      AnnalsDraft *draft;
      AnnalsIssue *issue;

      result = annals_format_reader_next (reader, &draft, &issue, NULL, &error);
      g_assert_no_error (error);
      if (draft)
        g_ptr_array_add (page->drafts, draft);
      if (issue)
        g_ptr_array_add (page->issues, issue);
    }

  g_array_sort (page->account, compare_accounts);

  return page;
}

static Page *
read_string (const char *string)
{
  g_autoptr(GBytes) bytes = g_bytes_new (string, strlen (string));

  return read_page (bytes);
}

static void
append_visible (GString    *out,
                const char *text)
{
  for (; *text; text = g_utf8_next_char (text))
    {
      gunichar character = g_utf8_get_char (text);

      if (!g_unichar_isspace (character) && !g_unichar_iscntrl (character) && character != 0xfeff &&
          character != 0x200b && character != 0xad)
        g_string_append_unichar (out, character);
    }
}

/* The characters that can be seen in the bytes of one kind, in normal form C. */
static char *
visible_of_kinds (GBytes *bytes,
                  Page   *page,
                  guint   kinds)
{
  const guint8 *data = g_bytes_get_data (bytes, NULL);
  g_autoptr(GString) raw = g_string_new (NULL);
  g_autoptr(GString) visible = g_string_new (NULL);
  g_autoptr(AnnalsDecoder) decoder =
    annals_decoder_new_for_head (data, MIN (g_bytes_get_size (bytes), 65536));

  for (guint i = 0; i < page->account->len; i++)
    {
      AnnalsAccount *entry = &g_array_index (page->account, AnnalsAccount, i);
      gsize skip = entry->offset == 0 ? annals_decoder_get_bom_length (decoder) : 0;

      if (kinds & 1u << entry->kind)
        annals_decoder_push (decoder, data + entry->offset + skip, (gsize) entry->length - skip,
                             TRUE, raw);
    }

  append_visible (visible, raw->str);

  return g_utf8_normalize (visible->str, -1, G_NORMALIZE_NFC);
}

/* Every byte has one entry; what is called blank is; bodies, and text in issues, are in the posts
 * and the issues character by character. */
static void
check_account (GBytes *bytes,
               Page   *page)
{
  g_autofree char *body = visible_of_kinds (bytes, page, 1u << ANNALS_ACCOUNT_BODY);
  g_autofree char *blank = visible_of_kinds (bytes, page, 1u << ANNALS_ACCOUNT_BLANK);
  g_autofree char *stray = visible_of_kinds (bytes, page, 1u << ANNALS_ACCOUNT_ISSUE);
  g_autoptr(GString) texts = g_string_new (NULL);
  g_autoptr(GString) rows = g_string_new (NULL);
  g_autofree char *texts_nfc = NULL;
  g_autofree char *rows_nfc = NULL;
  gint64 at = 0;

  for (guint i = 0; i < page->account->len; i++)
    {
      AnnalsAccount *entry = &g_array_index (page->account, AnnalsAccount, i);

      g_assert_cmpint (entry->offset, ==, at);
      at += entry->length;
    }
  g_assert_cmpint (at, ==, (gint64) g_bytes_get_size (bytes));

  for (guint i = 0; i < page->drafts->len; i++)
    append_visible (texts, annals_text_get_string (((AnnalsDraft *) page->drafts->pdata[i])->text));
  for (guint i = 0; i < page->issues->len; i++)
    {
      AnnalsIssue *issue = page->issues->pdata[i];

      if (issue->severity == ANNALS_SEVERITY_WARNING &&
          strstr (issue->reason, "before the first title"))
        append_visible (rows, issue->excerpt);
    }

  texts_nfc = g_utf8_normalize (texts->str, -1, G_NORMALIZE_NFC);
  rows_nfc = g_utf8_normalize (rows->str, -1, G_NORMALIZE_NFC);
  g_assert_cmpstr (blank, ==, "");
  g_assert_cmpstr (texts_nfc, ==, body);
  g_assert_cmpstr (rows_nfc, ==, stray);
}

static guint
count_kind (Page              *page,
            AnnalsAccountKind  kind)
{
  guint n = 0;

  for (guint i = 0; i < page->account->len; i++)
    n += g_array_index (page->account, AnnalsAccount, i).kind == kind;

  return n;
}

static void
test_golden (void)
{
  g_autofree char *path = import_fixture_path ("harbour-march.txt");
  g_autoptr(GError) error = NULL;
  AnnalsImportInput *input = annals_import_input_new_for_path (path, &error);
  g_autoptr(AnnalsPart) part = NULL;
  g_autoptr(AnnalsFormatReader) reader = NULL;
  g_autofree char *dump = NULL;

  g_assert_no_error (error);
  part = annals_part_new ("harbour-march.txt", input);
  reader = annals_format_reader_new (part, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (annals_format_reader_get_format (reader) == &annals_format_text_month);
  dump = import_dump (reader);
  import_check_golden (dump, "harbour-march.golden");
}

static void
test_account_fixture (void)
{
  g_autofree char *path = import_fixture_path ("harbour-march.txt");
  g_autoptr(GBytes) bytes = import_read_bytes (path);
  g_autoptr(Page) page = read_page (bytes);

  check_account (bytes, page);
  g_assert_cmpuint (count_kind (page, ANNALS_ACCOUNT_HEADING), ==, 1);
  g_assert_cmpuint (count_kind (page, ANNALS_ACCOUNT_SOURCE), ==, 3);
  g_assert_cmpuint (count_kind (page, ANNALS_ACCOUNT_NAVIGATION), ==, 5);
  g_assert_cmpuint (count_kind (page, ANNALS_ACCOUNT_BYLINE), ==, 7);
  g_assert_cmpuint (count_kind (page, ANNALS_ACCOUNT_ISSUE), ==, 2);
}

/* Lines exchanged, cut, doubled and spoilt: the account must still add up. */
static void
test_account_mutations (void)
{
  g_autofree char *path = import_fixture_path ("harbour-march.txt");
  g_autoptr(GBytes) bytes = import_read_bytes (path);
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  g_autoptr(GRand) rand = g_rand_new_with_seed (20200331);

  for (guint round = 0; round < 600; round++)
    {
      g_autoptr(GByteArray) copy = g_byte_array_new ();
      g_autoptr(GBytes) mutated = NULL;
      g_autoptr(Page) page = NULL;
      guint n_changes = (guint) g_rand_int_range (rand, 1, 12);

      g_byte_array_append (copy, data, (guint) length);
      for (guint i = 0; i < n_changes && copy->len > 64; i++)
        {
          guint at = (guint) g_rand_int_range (rand, 0, (gint32) copy->len - 32);
          guint n = (guint) g_rand_int_range (rand, 1, 32);
          guint from = (guint) g_rand_int_range (rand, 0, (gint32) (length - 300));

          switch (g_rand_int_range (rand, 0, 6))
            {
            case 0:
              g_byte_array_remove_range (copy, at, n);
              break;
            case 1:
              copy->data[at] = (guint8) g_rand_int_range (rand, 0, 256);
              break;
            case 2:
              copy->data[at] = '\n';
              break;
            case 3:
              copy->data[at] = '\r';
              break;
            case 4:
              g_byte_array_append (copy, data + from, (guint) g_rand_int_range (rand, 1, 300));
              break;
            default:
              memcpy (copy->data + at, "\n\n", 2);
              break;
            }
        }

      mutated = g_bytes_new (copy->data, copy->len);
      page = read_page (mutated);
      check_account (mutated, page);
    }
}

static void
test_seed (void)
{
  static const char * const titles[] = {
    "North Korean hacker group carries out attack under guise of North Korean defector information",
    "UN human rights chief warns sanctions “impeding” North Korea’s COVID-19 efforts",
    "Kim Jong Un orders construction of new hospital in Pyongyang",
    "North Korean negotiator may be tapped as Pyongyang’s top envoy to Austria",
    "COVID-19 prevention equipment to be delivered to North Korea",
    "Russia delivers Coronavirus testkits to North Korea",
    "China warns citizens to keep away from its North Korean border",
    "COVID-19 in North Korea",
    "UN investigator warns against isolating North Korea as threat of COVID-19 looms",
    "Diplomatic missions in North Korea shut amid coronavirus concern",
  };
  static const char * const sources[] = {
    NULL, "NK News", "Fox News", NULL, "NK News", "US News World Report", NULL, NULL, NULL, NULL,
  };
  g_autofree char *path = import_shared_path ("seed/march-2020.txt");
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(Page) page = NULL;

  if (path == NULL)
    return;

  bytes = import_read_bytes (path);
  page = read_page (bytes);
  check_account (bytes, page);
  g_assert_cmpuint (page->issues->len, ==, 0);
  g_assert_cmpuint (page->drafts->len, ==, G_N_ELEMENTS (titles));

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      AnnalsDraft *draft = page->drafts->pdata[i];

      g_assert_cmpstr (draft->title, ==, titles[i]);
      g_assert_cmpstr (draft->source, ==, sources[i]);
      g_assert_cmpstr (annals_date_get_edtf (draft->published), ==, "2020-03");
      g_assert_null (draft->author);
    }
}

static void
test_characters (void)
{
  const char *utf8 =
    "Monthly Archives: March 2020\r\n\r\nCafé\r\n\r\nPosted on by\r\n\r\nÀ bientôt – “x”\r\n";
  static const struct { const char *charset; const char *bom; guint n_issues; } cases[] = {
    { "UTF-8", "", 0 },
    { "UTF-8", "\xef\xbb\xbf", 0 },
    { "UTF-16LE", "\xff\xfe", 0 },
    { "UTF-16BE", "\xfe\xff", 0 },
    { "UTF-16LE", "", 0 },
    { "windows-1252", "", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GByteArray) array = g_byte_array_new ();
      g_autofree char *converted = NULL;
      g_autoptr(GBytes) bytes = NULL;
      g_autoptr(Page) page = NULL;
      g_autoptr(AnnalsPart) part = NULL;
      gsize length;
      AnnalsDraft *draft;

      converted = g_convert (utf8, -1, cases[i].charset, "UTF-8", NULL, &length, NULL);
      g_byte_array_append (array, (const guint8 *) cases[i].bom, (guint) strlen (cases[i].bom));
      g_byte_array_append (array, (const guint8 *) converted, (guint) length);
      bytes = g_bytes_new (array->data, array->len);
      part = annals_part_new ("x.txt", annals_import_input_new_for_bytes (bytes, "x.txt"));

      g_test_message ("%s %u", cases[i].charset, i);
      g_assert_true (annals_format_detect (part) == &annals_format_text_month);
      page = read_page (bytes);
      check_account (bytes, page);
      g_assert_cmpuint (page->issues->len, ==, cases[i].n_issues);
      g_assert_cmpuint (page->drafts->len, ==, 1);
      draft = page->drafts->pdata[0];
      g_assert_cmpstr (draft->title, ==, "Café");
      g_assert_cmpstr (annals_text_get_string (draft->text), ==, "À bientôt – “x”");
    }
}

static void
test_without_bylines (void)
{
  g_autoptr(Page) dated = read_string (
    "Month: April 2012\n\nFirst (21 April, 2012)\n\n\nSecond (1 April, 2012)\n\na\n\nb\n");
  g_autoptr(Page) gaps = read_string ("Month: April 2012\n\nFirst\n\na\n\nb\n\n\nSecond\n\nc\n");
  g_autoptr(Page) one = read_string ("Monthly Archives: April 2012\n\nOnly\n\na\n\nb\n");
  AnnalsDraft *draft;

  g_assert_cmpuint (dated->drafts->len, ==, 2);
  draft = dated->drafts->pdata[0];
  g_assert_cmpstr (annals_date_get_edtf (draft->published), ==, "2012-04-21");
  g_assert_cmpuint (annals_text_get_length (draft->text), ==, 0);
  draft = dated->drafts->pdata[1];
  g_assert_cmpstr (annals_text_get_string (draft->text), ==, "a\nb");

  g_assert_cmpuint (gaps->drafts->len, ==, 2);
  draft = gaps->drafts->pdata[1];
  g_assert_cmpstr (draft->title, ==, "Second");
  g_assert_cmpstr (annals_date_get_edtf (draft->published), ==, "2012-04");

  g_assert_cmpuint (one->drafts->len, ==, 1);
  draft = one->drafts->pdata[0];
  g_assert_cmpstr (annals_text_get_string (draft->text), ==, "a\nb");
}

static void
test_without_heading (void)
{
  g_autoptr(Page) page = read_string (
    "Title\n\nPosted on March 3, 2020 by X\n\ntext\n\nOther\n\nPosted on by\n\nmore\n");
  AnnalsDraft *draft;

  g_assert_cmpuint (page->drafts->len, ==, 2);
  draft = page->drafts->pdata[0];
  g_assert_cmpstr (annals_date_get_edtf (draft->published), ==, "2020-03-03");
  draft = page->drafts->pdata[1];
  g_assert_null (draft->published);
}

/* A line longer than the reader's piece, and more text than one post may have */
static void
test_large (void)
{
  g_autoptr(GString) string =
    g_string_new ("Monthly Archives: March 2020\n\nLong\n\nPosted on by\n\n");
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(Page) page = NULL;

  for (guint i = 0; i < 200000; i++)
    g_string_append (string, "ß–x ");
  g_string_append (string, "\n\nshort\n\n[Source]\n");
  for (guint i = 0; i < 300; i++)
    g_string_append (string,
                     "line of a very long block without a blank line in it for a good while\n");
  bytes = g_bytes_new (string->str, string->len);
  page = read_page (bytes);
  check_account (bytes, page);
  g_assert_cmpuint (page->drafts->len, ==, 1);
}

/* How the titles of pages in another form are found, against what their web pages say. */
static void
test_other_pages (void)
{
  g_autofree char *path = import_shared_path ("plaintext-months-partitopirata");
  g_autoptr(GDir) dir = NULL;
  const char *name;
  guint n_gold = 0, n_found = 0, n_read = 0;

  if (path == NULL)
    return;

  dir = g_dir_open (path, 0, NULL);
  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      g_autofree char *gold_file = NULL;
      g_autofree char *gold = NULL;
      g_autoptr(GBytes) bytes = NULL;
      g_autoptr(Page) page = NULL;

      if (!g_str_has_suffix (name, ".txt"))
        continue;

      gold_file = g_strdup_printf ("%.*s.gold.json", (int) strlen (file) - 4, file);
      g_assert_true (g_file_get_contents (gold_file, &gold, NULL, NULL));
      bytes = import_read_bytes (file);
      page = read_page (bytes);
      check_account (bytes, page);
      n_read += page->drafts->len;

      for (const char *at = gold; (at = strstr (at, "\"title\":")); at++)
        n_gold++;
      for (guint i = 0; i < page->drafts->len; i++)
        {
          AnnalsDraft *draft = page->drafts->pdata[i];
          g_autofree char *member = NULL;
          g_autoptr(GString) json = g_string_new (draft->title);

          g_string_replace (json, "\\", "\\\\", 0);
          g_string_replace (json, "\"", "\\\"", 0);
          member = g_strdup_printf ("\"title\": \"%s\"", json->str);
          if (strstr (gold, member))
            n_found++;
          else
            g_test_message ("%s: not a title: %s", name, draft->title);
        }
    }

  g_test_message ("%u posts read, %u of %u titles right (%.1f %%)", n_read, n_found, n_gold,
                  100.0 * n_found / n_gold);
  g_assert_cmpuint (n_found * 2, >, n_gold);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/import/text-month/words", test_month_words);
  g_test_add_func ("/import/text-month/headings", test_headings);
  g_test_add_func ("/import/text-month/bylines", test_bylines);
  g_test_add_func ("/import/text-month/navigation", test_navigation);
  g_test_add_func ("/import/text-month/sources", test_sources);
  g_test_add_func ("/import/text-month/golden", test_golden);
  g_test_add_func ("/import/text-month/account/fixture", test_account_fixture);
  g_test_add_func ("/import/text-month/account/mutations", test_account_mutations);
  g_test_add_func ("/import/text-month/seed", test_seed);
  g_test_add_func ("/import/text-month/characters", test_characters);
  g_test_add_func ("/import/text-month/without-bylines", test_without_bylines);
  g_test_add_func ("/import/text-month/without-heading", test_without_heading);
  g_test_add_func ("/import/text-month/large", test_large);
  g_test_add_func ("/import/text-month/other-pages", test_other_pages);

  return g_test_run ();
}
