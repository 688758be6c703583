/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-decoder.h"

#include <string.h>

/* Pushes @bytes in pieces of @piece, as readers of files do. */
static char *
decode_in_pieces (AnnalsDecoder *decoder,
                  const guint8  *bytes,
                  gsize          length,
                  gsize          piece)
{
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(GByteArray) held = g_byte_array_new ();
  gsize at = annals_decoder_get_bom_length (decoder);

  while (at < length)
    {
      gsize n = MIN (piece, length - at);
      gsize used;

      g_byte_array_append (held, bytes + at, (guint) n);
      at += n;
      used = annals_decoder_push (decoder, held->data, held->len, FALSE, out);
      g_assert_cmpuint (held->len - used, <=, ANNALS_DECODER_WINDOW + 16);
      g_byte_array_remove_range (held, 0, (guint) used);
    }

  g_assert_cmpuint (annals_decoder_push (decoder, held->data, held->len, TRUE, out), ==, held->len);
  g_assert_true (g_utf8_validate (out->str, (gssize) out->len, NULL));

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
decode (const void  *bytes,
        gsize        length,
        const char  *declared,
        char       **charset,
        gboolean    *assumed)
{
  g_autoptr(AnnalsDecoder) decoder = annals_decoder_new_for_file (bytes, MIN (length, 65536), declared);
  char *text = decode_in_pieces (decoder, bytes, length, 3000);

  if (charset)
    *charset = g_strdup (annals_decoder_get_charset (decoder));
  if (assumed)
    *assumed = annals_decoder_is_assumed (decoder);

  return text;
}

static char *
convert (const char *text,
         const char *charset,
         gsize      *length)
{
  g_autoptr(GError) error = NULL;
  char *bytes = g_convert (text, -1, charset, "UTF-8", NULL, length, &error);

  g_assert_no_error (error);

  return bytes;
}

static void
test_labels (void)
{
  static const struct { const char *label; const char *name; } cases[] = {
    { "UTF-8", "UTF-8" },         { " utf8\n", "UTF-8" },          { "latin1", "windows-1252" },
    { "ISO-8859-1", "windows-1252" }, { "windows-1252", "windows-1252" }, { "gb2312", "gb18030" },
    { "GBK", "gb18030" },         { "euc-kr", "EUC-KR" },          { "ks_c_5601-1987", "EUC-KR" },
    { "windows-949", "EUC-KR" },  { "shift_jis", "Shift_JIS" },    { "x-sjis", "Shift_JIS" },
    { "Windows-31J", "Shift_JIS" }, { "big5", "Big5" },            { "EUC-JP", "EUC-JP" },
    { "iso-8859-9", "windows-1254" }, { "TIS-620", "windows-874" }, { "koi8-r", "KOI8-R" },
    { "logical", "ISO-8859-8" },  { "x-mac-cyrillic", "x-mac-cyrillic" }, { "utf-16", "UTF-16LE" },
    { "utf-16be", "UTF-16BE" },   { "iso-2022-jp", "ISO-2022-JP" }, { "cp850", "IBM850" },
    { "utf-7", NULL },            { "UTF-7-IMAP", NULL },          { "unicode-1-1-utf-7", NULL },
    { "no such set", NULL },      { "", NULL },                    { "UTF-8//TRANSLIT", NULL },
    { "utf-8 latin1", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(AnnalsDecoder) decoder = annals_decoder_new (cases[i].label);

      g_test_message ("“%s”", cases[i].label);
      g_assert_cmpstr (decoder ? annals_decoder_get_charset (decoder) : NULL, ==, cases[i].name);
    }
}

/* What browsers read beyond the set that a label names */
static void
test_supersets (void)
{
  static const struct { const char *label; const char *bytes; const char *text; } cases[] = {
    { "euc-kr", "\x8c\x63\xb9\xe6\xb0\xa2\xc7\xcf", "똠방각하" },
    { "shift_jis", "\x87\x40\x93\xfa", "①日" },
    { "gb2312", "\xd6\xec\xe9\x46\xbb\xf9", "朱镕基" },
    { "big5", "\xa4\xa4\xa4\xe5", "中文" },
    { "iso-8859-1", "\x93" "a\x94 \x80 \xe9", "“a” € é" },
    { "iso-8859-9", "\xfe\xf0\x80", "şğ€" },
    { "iso-8859-2", "\xb3\xf3\x64\xbc \x92", "łódź ’" },
    { "koi8-u", "\xa4\xd6\xc1", "єжа" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(AnnalsDecoder) decoder = annals_decoder_new (cases[i].label);
      g_autofree char *text =
        decode_in_pieces (decoder, (const guint8 *) cases[i].bytes, strlen (cases[i].bytes), 1);

      g_assert_cmpstr (text, ==, cases[i].text);
      g_assert_cmpuint (annals_decoder_get_n_repaired (decoder), ==, 0);
    }
}

static void
test_declared (void)
{
  static const struct
  {
    const char *bytes;
    const char *protocol;
    const char *charset;
    gboolean    assumed;
    const char *text;
  } cases[] = {
    { "<?xml version='1.0' encoding='koi8-r'?><a>\xcd\xcf\xd3\xd4</a>", NULL, "KOI8-R", FALSE, "мост" },
    { "\n <?xml version=\"1.0\" encoding = \"KOI8-R\" ?><a>\xcd\xcf\xd3\xd4</a>", NULL, "KOI8-R", FALSE, "мост" },
    { "<!DOCTYPE html><html><head><meta charset=windows-1251><title>\xec\xee\xf1\xf2", NULL, "windows-1251",
      FALSE, "мост" },
    { "<html><META http-equiv=Content-Type content=\"text/html; charset=windows-1251\">\xec\xee\xf1\xf2", NULL,
      "windows-1251", FALSE, "мост" },
    { "<html><!-- <meta charset=big5> --><meta charset='windows-1251'>\xec\xee\xf1\xf2", NULL, "windows-1251",
      FALSE, "мост" },
    /* the protocol first; ASCII says nothing */
    { "<html><meta charset='koi8-r'>\xec\xee\xf1\xf2", "windows-1251", "windows-1251", FALSE, "мост" },
    { "<html><meta charset='windows-1251'>\xec\xee\xf1\xf2", "us-ascii", "windows-1251", FALSE, "мост" },
    { "<html><meta charset='windows-1251'>\xec\xee\xf1\xf2", "nonsense", "windows-1251", FALSE, "мост" },
    /* what the bytes are not is not believed */
    { "<html><meta charset='iso-8859-1'>caf\xc3\xa9", NULL, "UTF-8", TRUE, "café" },
    { "<html><meta charset='utf-8'>caf\xe9", NULL, "windows-1252", TRUE, "café" },
    { "<?xml version='1.0' encoding='utf-16'?><a>caf\xc3\xa9", NULL, "UTF-8", FALSE, "café" },
    { "<?xml version='1.0' encoding='utf-7'?><a>+ADw-caf\xc3\xa9", NULL, "UTF-8", FALSE, "+ADw-café" },
    { "<?xml version='1.0' encoding='euc-kr'?><a>caf\xe9 d'\xe9t\xe9", NULL, "windows-1252", TRUE, "café d'été" },
    { "\xef\xbb\xbf<html><meta charset='koi8-r'>caf\xc3\xa9", "koi8-r", "UTF-8", FALSE, "café" },
    /* a text about a page is no page */
    { "A page says <meta charset='koi8-r'> caf\xe9", NULL, "windows-1252", TRUE, "café" },
    /* one byte of another set does not change all */
    { "<html><meta charset='utf-8'>caf\xc3\xa9 don\x92t", NULL, "UTF-8", FALSE, "café don’t" },
    { "<html><meta charset='utf-8'>\xc3\xa9\xc3\xa9 don\x92t", NULL, "UTF-8", FALSE, "éé don’t" },
    { "nothing but ASCII", NULL, "UTF-8", FALSE, "nothing but ASCII" },
    { "", NULL, "UTF-8", FALSE, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *charset = NULL;
      gboolean assumed;
      g_autofree char *text = decode (cases[i].bytes, strlen (cases[i].bytes), cases[i].protocol, &charset, &assumed);

      g_test_message ("%s", text);
      g_assert_cmpstr (charset, ==, cases[i].charset);
      g_assert_cmpint (assumed, ==, cases[i].assumed);
      g_assert_nonnull (strstr (text, cases[i].text));
    }
}

static void
test_wide (void)
{
  static const char * const sets[] = { "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE" };
  static const char * const texts[] = {
    "The harbour was quiet that morning. Café, naïve, “quoted” 🚢.",
    "<?xml version=\"1.0\"?><항구><제목>아침의 항구는 조용했다</제목></항구>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    {
      for (guint j = 0; j < 2 * G_N_ELEMENTS (texts); j++)
        {
          gboolean mark = j % 2 == 1;
          g_autofree char *marked = g_strconcat (mark ? "\xef\xbb\xbf" : "", texts[j / 2], NULL);
          g_autofree char *charset = NULL;
          gboolean assumed;
          gsize length;
          g_autofree char *bytes = convert (marked, sets[i], &length);
          g_autofree char *text = decode (bytes, length, NULL, &charset, &assumed);
          g_autoptr(AnnalsDecoder) decoder = annals_decoder_new_for_head ((guint8 *) bytes, length);

          g_assert_cmpstr (text, ==, texts[j / 2]);
          g_assert_cmpstr (charset, ==, sets[i]);
          g_assert_false (assumed);
          g_assert_cmpuint (annals_decoder_get_unit (decoder), ==, i < 2 ? 2 : 4);
          g_assert_cmpint (annals_decoder_head_has_bom ((guint8 *) bytes, length), ==, mark);
        }
    }
}

/* Characters cut, halves of them, numbers beyond the last one */
static void
test_wide_damage (void)
{
  static const guint8 lone[] = "\xff\xfe" "a\0\x00\xd8" "b\0\x00\xdc" "c";
  static const guint8 beyond[] = "\xff\xfe\0\0" "a\0\0\0\0\0\x11\0\0\0\0\0z\0";
  g_autofree char *text16 = decode (lone, sizeof lone - 1, NULL, NULL, NULL);
  g_autofree char *text32 = decode (beyond, sizeof beyond - 1, NULL, NULL, NULL);

  g_assert_cmpstr (text16, ==, "a\uFFFDb\uFFFD\uFFFD");
  g_assert_cmpstr (text32, ==, "a\uFFFD \uFFFD");
}

static void
test_detected (void)
{
  static const struct { const char *charset; const char *name; const char *text; } cases[] = {
    { "EUC-KR", "EUC-KR", "항구는 아침에 조용했다. 등대지기는 신호를 세 번 보냈고 배는 천천히 들어왔다. 항만청은 "
                          "다음 주에 새로운 방파제 공사를 시작한다고 발표했다." },
    { "EUC-JP", "EUC-JP", "港は朝から静かだった。灯台守は三度合図を送り、船はゆっくりと入ってきた。港湾局は来週か"
                          "ら新しい防波堤の工事を始めると発表した。" },
    { "CP932", "Shift_JIS", "港は朝から静かだった。灯台守は三度合図を送り、船はゆっくりと入ってきた。港湾局は来週"
                            "から新しい防波堤の工事を始めると発表した。" },
    { "ISO-2022-JP", "ISO-2022-JP", "港は朝から静かだった。灯台守は三度合図を送り、船はゆっくりと入ってきた。" },
    { "GB18030", "gb18030", "港口早上很安静。灯塔看守人发出三次信号，船慢慢地驶了进来。港务局宣布下周开始修建新的防"
                            "波堤，工程预计持续两年。" },
    { "BIG5", "Big5", "港口早上很安靜。燈塔看守人發出三次信號，船慢慢地駛了進來。港務局宣佈下週開始修建新的防波堤"
                      "，工程預計持續兩年。" },
    { "CP1251", "windows-1251", "Утром в порту было тихо. Смотритель маяка подал три сигнала, и судно медленно "
                                "вошло в гавань. На следующей неделе начнётся строительство нового волнореза." },
    { "KOI8-R", "KOI8-R", "Утром в порту было тихо. Смотритель маяка подал три сигнала, и судно медленно "
                          "вошло в гавань. На следующей неделе начнётся строительство нового волнореза." },
    { "CP1252", "windows-1252", "Le port était calme ce matin-là. Le gardien du phare a donné trois signaux et "
                                "le bateau est entré doucement ; les travaux de la nouvelle jetée débuteront bientôt." },
    { "CP1252", "windows-1252", "don’t" },
    { "CP1252", "windows-1252", "Die Brücke über den Fluß" },
    { "UTF-8", "UTF-8", "항구는 아침에" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize length;
      g_autofree char *bytes = convert (cases[i].text, cases[i].charset, &length);
      g_autofree char *charset = NULL;
      gboolean assumed;
      g_autofree char *text = decode (bytes, length, NULL, &charset, &assumed);

      g_assert_cmpstr (text, ==, cases[i].text);
      g_assert_cmpstr (charset, ==, cases[i].name);
      g_assert_cmpint (assumed, ==, !g_str_equal (cases[i].name, "UTF-8") &&
                                    !g_str_equal (cases[i].name, "ISO-2022-JP"));
    }
}

/* The first character that is no ASCII comes long after the head, in pieces of any size. */
static void
test_late (void)
{
  g_autofree char *korean = NULL;
  g_autoptr(GString) expected = g_string_new (NULL);
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  gsize length;
  static const gsize pieces[] = { 1000, 4096, 32768, 1000000 };

  for (guint i = 0; i < 3000; i++)
    g_string_append (expected, "The harbour was quiet that morning.\n");
  g_byte_array_append (bytes, (guint8 *) expected->str, (guint) expected->len);

  korean = convert ("항구는 아침에 조용했다. 등대지기는 신호를 세 번 보냈고 배는 천천히 들어왔다.\n", "CP949", &length);
  for (guint i = 0; i < 20; i++)
    {
      g_byte_array_append (bytes, (guint8 *) korean, (guint) length);
      g_string_append (expected, "항구는 아침에 조용했다. 등대지기는 신호를 세 번 보냈고 배는 천천히 들어왔다.\n");
    }

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr(AnnalsDecoder) decoder = annals_decoder_new_for_head (bytes->data, 65536);
      g_autofree char *text = NULL;

      g_assert_cmpstr (annals_decoder_get_charset (decoder), ==, "UTF-8");
      g_assert_false (annals_decoder_is_assumed (decoder));
      text = decode_in_pieces (decoder, bytes->data, bytes->len, pieces[i]);
      g_assert_cmpstr (text, ==, expected->str);
      g_assert_cmpstr (annals_decoder_get_charset (decoder), ==, "EUC-KR");
      g_assert_true (annals_decoder_is_assumed (decoder));
    }
}

/* Bytes of windows-1252 that came in as controls */
static void
test_controls (void)
{
  g_autofree char *utf8 = decode ("don\xc2\x92t \xc2\x93so\xc2\x94 \xc2\xa9", 16, NULL, NULL, NULL);
  g_autofree char *nul = decode ("a\0b", 3, NULL, NULL, NULL);

  g_assert_cmpstr (utf8, ==, "don’t “so” \u00a9");
  g_assert_cmpstr (nul, ==, "a b");
}

static void
test_double_encoded (void)
{
  static const struct { const char *text; const char *where; } cases[] = {
    { "It was the harbourâ€™s last ship", "â€™s" },
    { "CafÃ© on the quay, dÃ©jÃ  vu", "Ã© on" },
    { "Ð¼Ð¾ÑÑ‚", "Ð¼" },
    { "Café on the quay, déjà vu — “so”", NULL },
    { "SÃO PAULO, IRMÃ, Â", NULL },
    { "one CafÃ© alone may be an accident", NULL },
    { "a price of 5 €, a â and an €", NULL },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *where = NULL;

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (annals_decoder_looks_double_encoded (cases[i].text, &where), ==, cases[i].where != NULL);
      if (cases[i].where != NULL)
        g_assert_true (g_str_has_prefix (where, cases[i].where));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/import/decoder/labels", test_labels);
  g_test_add_func ("/import/decoder/supersets", test_supersets);
  g_test_add_func ("/import/decoder/declared", test_declared);
  g_test_add_func ("/import/decoder/wide", test_wide);
  g_test_add_func ("/import/decoder/wide-damage", test_wide_damage);
  g_test_add_func ("/import/decoder/detected", test_detected);
  g_test_add_func ("/import/decoder/late", test_late);
  g_test_add_func ("/import/decoder/controls", test_controls);
  g_test_add_func ("/import/decoder/double-encoded", test_double_encoded);

  return g_test_run ();
}
