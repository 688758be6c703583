/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "annals-text-private.h"

#include <string.h>

typedef struct
{
  const char *name;
  const char *input;
  const char *text;
} PlainCase;

static const PlainCase plain_cases[] = {
  { "empty", "", "" },
  { "only-white", " \n\t\n\xc2\xa0\n", "" },
  { "one", "one", "one" },
  { "lines", "one\ntwo\r\nthree\rfour", "one two three four" },
  { "blocks", "one\n\ntwo\n \t \n\n\nthree\n", "one\ntwo\nthree" },
  { "fold", "  a \t b\xe3\x80\x80""c\xe2\x80\x83""d\xe2\x80\xa8""e\xe2\x80\xa9""f\xc2\x85g ",
    "a b c d e f g" },
  { "no-break", " \xc2\xa0""a\xc2\xa0""b \xc2\xa0 c\xe2\x80\xaf""d\xc2\xa0",
    "a\xc2\xa0""b \xc2\xa0 c\xe2\x80\xaf""d" },
  { "bom", "\xef\xbb\xbfone", "one" },
  { "controls", "a\x01""b\x7f""c\xc2\x92""d\x0c""e\x0b""f", "a b c d e f" },
  { "nfc", "e\xcc\x81 \xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab \xe2\x84\xab", "é 한 Å" },
  { "bad-bytes", "a\xff""b\xe2\x82 c\xed\xa0\x80""d\xc0\x80",
    "a�b�� c���d��" },
  { "noncharacter", "a\xef\xbf\xbf""b\xef\xbf\xbe", "a�b�" },
  { "emoji", "👩‍👩‍👧 \xf0\x9f\x87\xb0\xf0\x9f\x87\xb5", "👩‍👩‍👧 🇰🇵" },
  { "mark-first", "\xcc\x81""a\n\n\xcc\x81", "\xcc\x81""a\n\xcc\x81" },
};

static void
test_plain (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (plain_cases); i++)
    {
      g_autoptr(AnnalsText) text = annals_text_new_from_plain (plain_cases[i].input, -1);
      guint n_spans;

      g_test_message ("%s", plain_cases[i].name);
      g_assert_cmpstr (annals_text_get_string (text), ==, plain_cases[i].text);
      g_assert_cmpuint (annals_text_get_n_bytes (text), ==, strlen (plain_cases[i].text));
      g_assert_cmpuint (annals_text_get_length (text), ==,
                        g_utf8_strlen (plain_cases[i].text, -1));
      g_assert_null (annals_text_get_spans (text, &n_spans));
      g_assert_cmpuint (n_spans, ==, 0);
    }
}

static void
test_plain_length (void)
{
  static const char bytes[] = "a\0b\0\0c\n\nd";
  g_autoptr(AnnalsText) text = annals_text_new_from_plain (bytes, sizeof bytes - 1);
  g_autoptr(AnnalsText) none = annals_text_new_from_plain (NULL, 0);

  g_assert_cmpstr (annals_text_get_string (text), ==, "a b c\nd");
  g_assert_cmpstr (annals_text_get_string (none), ==, "");
}

static void
test_sha256 (void)
{
  g_autoptr(AnnalsText) text = annals_text_new_from_plain ("abc", -1);

  g_assert_cmpstr (annals_text_get_sha256 (text), ==,
                   "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  g_assert_true (annals_text_get_sha256 (text) == annals_text_get_sha256 (text));
}

/* Every offset against a count by hand, over texts longer than the index's stride. */
static void
test_offsets (void)
{
  static const char *const units[] = { "a", "a조", "👩‍👧x\xcc\xa3", "é", "조선 " };

  for (guint u = 0; u < G_N_ELEMENTS (units); u++)
    {
      g_autoptr(GString) source = g_string_new (NULL);
      g_autoptr(AnnalsText) text = NULL;
      const char *string;
      guint offset = 0;

      while (source->len < 3000)
        g_string_append (source, units[u]);
      text = annals_text_new_from_plain (source->str, source->len);
      string = annals_text_get_string (text);

      for (const char *p = string; *p != '\0'; p = g_utf8_next_char (p), offset++)
        {
          g_assert_cmpuint (annals_text_get_byte_offset (text, offset), ==, p - string);
          for (const char *q = p; q < g_utf8_next_char (p); q++)
            g_assert_cmpuint (annals_text_get_offset (text, q - string), ==, offset);
        }

      g_assert_cmpuint (offset, ==, annals_text_get_length (text));
      g_assert_cmpuint (annals_text_get_byte_offset (text, offset + 7), ==, strlen (string));
      g_assert_cmpuint (annals_text_get_offset (text, G_MAXSIZE), ==, offset);
    }
}

static void
test_slice (void)
{
  g_autoptr(AnnalsText) text = annals_text_new_from_plain ("가나다 e\xcc\x81 👩 end", -1);
  g_autofree char *middle = annals_text_dup_slice (text, 1, 5);
  g_autofree char *all = annals_text_dup_slice (text, 0, G_MAXUINT);
  g_autofree char *none = annals_text_dup_slice (text, 5, 5);
  g_autofree char *wrong = annals_text_dup_slice (text, 7, 2);

  g_assert_cmpstr (middle, ==, "나다 é");
  g_assert_cmpstr (all, ==, annals_text_get_string (text));
  g_assert_cmpstr (none, ==, "");
  g_assert_cmpstr (wrong, ==, "");
}

typedef struct
{
  const char *quote;
  guint       occurrence;
  gboolean    found;
  guint       start;
  guint       end;
} FindCase;

static void
test_find (void)
{
  static const FindCase cases[] = {
    { "one", 1, TRUE, 0, 3 },
    { "one", 2, TRUE, 8, 11 },
    { "one", 3, FALSE, 0, 0 },
    { "one", 0, FALSE, 0, 0 },
    { "two one", 1, TRUE, 4, 11 },
    { "  two\n\tone ", 1, TRUE, 4, 11 },
    { "one caf\xc3\xa9", 1, TRUE, 8, 16 },
    { "cafe\xcc\x81", 1, TRUE, 12, 16 },
    { "no break", 1, TRUE, 17, 25 },
    { "aa", 1, TRUE, 26, 28 },
    { "aa", 2, TRUE, 27, 29 },
    { "aa", 4, FALSE, 0, 0 },
    { "", 1, FALSE, 0, 0 },
    { " ", 1, FALSE, 0, 0 },
    { "twoone", 1, FALSE, 0, 0 },
    { "평양 a", 1, FALSE, 0, 0 },
    { "aaaa 평양", 1, TRUE, 26, 33 },
  };
  g_autoptr(AnnalsText) text = NULL;

  text = annals_text_new_from_plain ("one two\n\none café no\xc2\xa0""break aaaa 평양", -1);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint start = 0;
      guint end = 0;

      g_test_message ("'%s' %u", cases[i].quote, cases[i].occurrence);
      g_assert_cmpint (annals_text_find (text, cases[i].quote, cases[i].occurrence, &start, &end),
                       ==, cases[i].found);
      g_assert_cmpuint (start, ==, cases[i].start);
      g_assert_cmpuint (end, ==, cases[i].end);
    }

  g_assert_true (annals_text_find (text, "one", 1, NULL, NULL));
  g_assert_cmpuint (annals_text_count (text, "aa"), ==, 3);
  g_assert_cmpuint (annals_text_count (text, "one"), ==, 2);
  g_assert_cmpuint (annals_text_count (text, ""), ==, 0);
  g_assert_cmpuint (annals_text_count (text, "three"), ==, 0);
}

static void
test_lead (void)
{
  static const struct { const char *input; guint n; const char *lead; } cases[] = {
    { "", 10, "" },
    { "short", 10, "short" },
    { "exactly ten", 11, "exactly ten" },
    { "one two three four", 12, "one two…" },
    { "one two three four", 14, "one two three…" },
    { "one\n\ntwo", 20, "one two" },
    { "북한조선민주주의인민공화국", 5, "북한조선…" },
    { "a https://example.org/one/two", 10, "a https:/…" },
    { "word", 0, "" },
    { "word", 1, "…" },
    { "two words", 1, "…" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(AnnalsText) text = annals_text_new_from_plain (cases[i].input, -1);
      g_autofree char *lead = annals_text_dup_lead (text, cases[i].n);

      g_assert_cmpstr (lead, ==, cases[i].lead);
      g_assert_cmpint (g_utf8_strlen (lead, -1), <=, cases[i].n);
    }
}

static void
test_line (void)
{
  static const struct { const char *input; const char *line; } cases[] = {
    { NULL, "" },
    { " \t ", "" },
    { " A \n\xc2\xa0 title\x01of ", "A title of" },
    { "e\xcc\x81\xff", "é�" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *line = annals_text_normalize_line (cases[i].input, -1);

      g_assert_cmpstr (line, ==, cases[i].line);
    }
}

static void
test_kinds (void)
{
  AnnalsSpanKind kind;

  for (guint i = 0; i < ANNALS_N_SPAN_KINDS; i++)
    {
      g_assert_true (annals_span_kind_from_string (annals_span_kind_to_string (i), &kind));
      g_assert_cmpuint (kind, ==, i);
    }

  g_assert_false (annals_span_kind_from_string ("blink", &kind));
}

typedef struct
{
  const char      *string;
  const char      *spans;
  AnnalsTextError  code;
} RefusedCase;

static void
test_stored_refused (void)
{
  static const RefusedCase cases[] = {
    { "a\xff", "[]", ANNALS_TEXT_ERROR_NOT_CANONICAL },
    { "e\xcc\x81", "[]", ANNALS_TEXT_ERROR_NOT_CANONICAL },
    { "a\n\nb", "[]", ANNALS_TEXT_ERROR_NOT_CANONICAL },
    { "\na", "[]", ANNALS_TEXT_ERROR_NOT_CANONICAL },
    { "a\n", "[]", ANNALS_TEXT_ERROR_NOT_CANONICAL },
    { " a", "[]", ANNALS_TEXT_ERROR_NOT_CANONICAL },
    { "a ", "[]", ANNALS_TEXT_ERROR_NOT_CANONICAL },
    { "a \nb", "[]", ANNALS_TEXT_ERROR_NOT_CANONICAL },
    { "a  b", "[]", ANNALS_TEXT_ERROR_NOT_CANONICAL },
    { "a\tb", "[[0,3,\"preformatted\",null]]", ANNALS_TEXT_ERROR_NOT_CANONICAL },
    { "a\xc2\x85""b", "[]", ANNALS_TEXT_ERROR_NOT_CANONICAL },
    { "a\xe2\x80\xa8""b", "[]", ANNALS_TEXT_ERROR_NOT_CANONICAL },
    { "a  b a  b", "[[0,4,\"preformatted\",null]]", ANNALS_TEXT_ERROR_NOT_CANONICAL },
    { "abc", "", ANNALS_TEXT_ERROR_BAD_SPANS },
    { "abc", "{}", ANNALS_TEXT_ERROR_BAD_SPANS },
    { "abc", "[", ANNALS_TEXT_ERROR_BAD_SPANS },
    { "abc", "[] x", ANNALS_TEXT_ERROR_BAD_SPANS },
    { "abc", "[[0,1,\"link\"]]", ANNALS_TEXT_ERROR_BAD_SPANS },
    { "abc", "[[0,1,\"link\",\"x\",1]]", ANNALS_TEXT_ERROR_BAD_SPANS },
    { "abc", "[[0,1,\"blink\",null]]", ANNALS_TEXT_ERROR_BAD_SPANS },
    { "abc", "[[0,4,\"link\",null]]", ANNALS_TEXT_ERROR_BAD_SPANS },
    { "abc", "[[1,1,\"link\",null]]", ANNALS_TEXT_ERROR_BAD_SPANS },
    { "abc", "[[2,1,\"link\",null]]", ANNALS_TEXT_ERROR_BAD_SPANS },
    { "abc", "[[-1,1,\"link\",null]]", ANNALS_TEXT_ERROR_BAD_SPANS },
    { "abc", "[[0,1.5,\"link\",null]]", ANNALS_TEXT_ERROR_BAD_SPANS },
    { "abc", "[[0,4294967297,\"link\",null]]", ANNALS_TEXT_ERROR_BAD_SPANS },
    { "abc", "[[0,1,\"link\",\"\\u0000\"]]", ANNALS_TEXT_ERROR_BAD_SPANS },
    { "abc", "[[0,1,\"link\",\"\\ud800\"]]", ANNALS_TEXT_ERROR_BAD_SPANS },
    { "abc", "[[0,1,\"link\",\"\\", ANNALS_TEXT_ERROR_BAD_SPANS },
    { "abc", "[[0,1,\"link\",\"\xff\"]]", ANNALS_TEXT_ERROR_BAD_SPANS },
    { "abc", "[[0,1,\"link\",null],]", ANNALS_TEXT_ERROR_BAD_SPANS },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      AnnalsText *text;

      g_test_message ("case %u", i);
      text = annals_text_new_from_stored (cases[i].string, cases[i].spans, &error);
      g_assert_null (text);
      g_assert_error (error, ANNALS_TEXT_ERROR, (int) cases[i].code);
      g_assert_cmpuint (strlen (error->message), >, 20);
    }
}

static void
test_stored (void)
{
  static const char json[] = " [ [4, 7,\"strong\",null ],[0,7,\"link\",\"a\\u00e9\\ud83d\\ude00\\\"\\n\"]]";
  g_autoptr(GError) error = NULL;
  g_autoptr(AnnalsText) text = annals_text_new_from_stored ("abc def", json, &error);
  g_autoptr(AnnalsText) bare = annals_text_new_from_stored ("a", NULL, &error);
  g_autoptr(AnnalsText) pre = NULL;
  g_autofree char *again = NULL;
  const AnnalsSpan *spans;
  guint n_spans;

  g_assert_no_error (error);
  spans = annals_text_get_spans (text, &n_spans);
  g_assert_cmpuint (n_spans, ==, 2);
  g_assert_cmpuint (spans[0].kind, ==, ANNALS_SPAN_LINK);
  g_assert_cmpstr (spans[0].value, ==, "aé😀\"\n");
  g_assert_cmpuint (spans[1].start, ==, 4);

  again = annals_text_dup_spans_json (text);
  g_assert_cmpstr (again, ==,
                   "[[0,7,\"link\",\"aé😀\\\"\\u000a\"],[4,7,\"strong\",null]]");
  g_assert_cmpstr (annals_text_get_string (bare), ==, "a");

  pre = annals_text_new_from_stored ("x\na  b\n\n  c\ny", "[[2,11,\"preformatted\",null]]", &error);
  g_assert_no_error (error);
  g_assert_nonnull (pre);
}

/* Our NFC against GLib's, on strings made of what composes, reorders and decomposes. */
static void
test_nfc (void)
{
  static const gunichar pool[] = {
    'a', 'e', 0xc5, 0x1112, 0x1161, 0x11ab, 0xd55c, 0xac00, 0x300, 0x301, 0x323, 0x327, 0x345,
    0xf71, 0xf73, 0x9c7, 0x9be, 0x958, 0x212b, 0x1e0a, 0x344, 0x3099, 0x304b, 0xfb1d, 0x2adc,
    0xf900, 0x1d15e, 0x110a5, 0x110ba, 0x338, '=', 0x1100, 0x11a7, 0x1f82, ' ', '\n',
  };
  g_autoptr(GRand) rand = g_rand_new_with_seed (20200301);

  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr(GString) string = g_string_new (NULL);
      g_autoptr(GArray) changes = g_array_new (FALSE, FALSE, sizeof (AnnalsNfcChange));
      g_autofree char *ours = NULL;
      g_autofree char *theirs = NULL;
      gsize length;

      for (int n = g_rand_int_range (rand, 0, 12); n > 0; n--)
        g_string_append_unichar (string,
                                 pool[g_rand_int_range (rand, 0, G_N_ELEMENTS (pool))]);

      ours = annals_nfc_dup (string->str, string->len, &length, changes);
      theirs = g_utf8_normalize (string->str, string->len, G_NORMALIZE_NFC);
      g_assert_cmpstr (ours, ==, theirs);
      g_assert_cmpuint (length, ==, strlen (theirs));
      g_assert_true (annals_nfc_is (ours, length));
      g_assert_cmpint (annals_nfc_is (string->str, string->len), ==,
                       g_str_equal (string->str, theirs));
      g_assert_cmpint (changes->len == 0, ==, g_str_equal (string->str, theirs));
    }
}

/* Every code point on its own and after a letter. */
static void
test_nfc_all (void)
{
  for (gunichar c = 1; c < 0x110000; c++)
    {
      char bytes[16] = "e";
      g_autofree char *ours = NULL;
      g_autofree char *theirs = NULL;
      gsize length;

      if (c >= 0xd800 && c < 0xe000)
        continue;

      length = 1 + g_unichar_to_utf8 (c, bytes + 1);
      bytes[length] = '\0';
      ours = annals_nfc_dup (bytes, length, NULL, NULL);
      theirs = g_utf8_normalize (bytes, length, G_NORMALIZE_NFC);
      g_assert_cmpstr (ours, ==, theirs);
    }
}

/* The folding of white space, one character at a time */
static char *
fold_slowly (const char *source)
{
  g_auto(GStrv) lines = g_strsplit (source, "\n", -1);
  g_autoptr(GString) pending = g_string_new (NULL);
  GString *out = g_string_new (NULL);
  gboolean at_start = TRUE;

  for (guint i = 0; lines[i]; i++)
    {
      gboolean blank = TRUE;

      for (const char *p = lines[i]; *p; p = g_utf8_next_char (p))
        blank &= g_utf8_get_char (p) <= 0x20 || g_utf8_get_char (p) == 0xa0;
      if (blank)
        {
          g_string_truncate (pending, 0);
          at_start = TRUE;
          continue;
        }

      for (const char *p = lines[i]; *p; p = g_utf8_next_char (p))
        {
          gunichar c = g_utf8_get_char (p);

          if (c == 0xa0)
            g_string_append_unichar (pending, c);
          else if (c <= 0x20 && (pending->len == 0 || pending->str[pending->len - 1] != ' '))
            g_string_append_c (pending, ' ');
          if (c <= 0x20 || c == 0xa0)
            continue;

          if (at_start && out->len > 0)
            g_string_append_c (out, '\n');
          else if (!at_start)
            g_string_append (out, pending->str);
          g_string_truncate (pending, 0);
          g_string_append_unichar (out, c);
          at_start = FALSE;
        }
      if (pending->len == 0 || pending->str[pending->len - 1] != ' ')
        g_string_append_c (pending, ' ');
    }

  return g_string_free (out, FALSE);
}

/* Runs of ASCII are read eight bytes at a time: at every alignment, the same as one at a time. */
static void
test_plain_runs (void)
{
  static const char *const pieces[] = {
    "a", "b", "seven c", "a longer run of plain words here", " ", " ", "  ", "\n", "\n\n", "\t", "\u00a0", "é", "한국", "~", "\x01",
    "😀",
  };
  g_autoptr(GRand) rand = g_rand_new_with_seed (20200309);

  for (guint round = 0; round < 4000; round++)
    {
      g_autoptr(GString) source = g_string_new (NULL);
      g_autofree char *expected = NULL;
      g_autoptr(AnnalsText) text = NULL;
      const char *string;
      gsize length;
      guint n = (guint) g_rand_int_range (rand, 1, 400);

      for (guint i = 0; i < n; i++)
        g_string_append (source, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);

      expected = fold_slowly (source->str);
      text = annals_text_new_from_plain (source->str, (gssize) source->len);
      string = annals_text_get_string (text);
      g_assert_cmpstr (string, ==, expected);

      length = (gsize) g_utf8_strlen (string, -1);
      g_assert_cmpuint (annals_text_get_length (text), ==, length);
      for (guint i = 0; i <= length; i += 37)
        g_assert_cmpuint (annals_text_get_byte_offset (text, i), ==,
                          (gsize) (g_utf8_offset_to_pointer (string, i) - string));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/text/plain", test_plain);
  g_test_add_func ("/text/plain-runs", test_plain_runs);
  g_test_add_func ("/text/plain-length", test_plain_length);
  g_test_add_func ("/text/sha256", test_sha256);
  g_test_add_func ("/text/offsets", test_offsets);
  g_test_add_func ("/text/slice", test_slice);
  g_test_add_func ("/text/find", test_find);
  g_test_add_func ("/text/lead", test_lead);
  g_test_add_func ("/text/line", test_line);
  g_test_add_func ("/text/kinds", test_kinds);
  g_test_add_func ("/text/stored-refused", test_stored_refused);
  g_test_add_func ("/text/stored", test_stored);
  g_test_add_func ("/text/nfc", test_nfc);
  g_test_add_func ("/text/nfc-all", test_nfc_all);

  return g_test_run ();
}
