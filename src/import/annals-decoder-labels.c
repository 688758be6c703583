/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-decoder-labels.h"

#include <string.h>

/* The names and labels of https://encoding.spec.whatwg.org/#names-and-labels, and at the end sets that
 * old archives and uchardet know though browsers have given them up.
 */
static const AnnalsCharset charsets[] = {
  { "UTF-8", "UTF-8",
    " unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8 utf_8 ", FALSE },
  { "IBM866", "CP866", " 866 cp866 csibm866 ibm866 ", FALSE },
  { "ISO-8859-2", "ISO-8859-2",
    " csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2 ", TRUE },
  { "ISO-8859-3", "ISO-8859-3",
    " csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3 ", TRUE },
  { "ISO-8859-4", "ISO-8859-4",
    " csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4 ", TRUE },
  { "ISO-8859-5", "ISO-8859-5",
    " csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988 ",
    FALSE },
  { "ISO-8859-6", "ISO-8859-6",
    " arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6 iso-8859-6-e "
    "iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987 ",
    FALSE },
  { "ISO-8859-7", "ISO-8859-7",
    " csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7 iso88597 "
    "iso_8859-7 iso_8859-7:1987 sun_eu_greek ",
    FALSE },
  { "ISO-8859-8", "ISO-8859-8",
    " csiso88598e csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-ir-138 iso8859-8 iso88598 "
    "iso_8859-8 iso_8859-8:1988 visual csiso88598i iso-8859-8-i logical ",
    FALSE },
  { "ISO-8859-10", "ISO-8859-10", " csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6 ",
    TRUE },
  { "ISO-8859-13", "ISO-8859-13", " iso-8859-13 iso8859-13 iso885913 ", TRUE },
  { "ISO-8859-14", "ISO-8859-14", " iso-8859-14 iso8859-14 iso885914 ", TRUE },
  { "ISO-8859-15", "ISO-8859-15",
    " csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9 latin9 ", TRUE },
  { "ISO-8859-16", "ISO-8859-16", " iso-8859-16 ", TRUE },
  { "KOI8-R", "KOI8-R", " cskoi8r koi koi8 koi8-r koi8_r ", FALSE },
  { "KOI8-U", "KOI8-U", " koi8-ru koi8-u ", FALSE },
  { "macintosh", "MACINTOSH", " csmacintosh mac macintosh x-mac-roman ", TRUE },
  { "windows-874", "CP874",
    " dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 tis620 windows-874 ", FALSE },
  { "windows-1250", "CP1250", " cp1250 windows-1250 x-cp1250 ", TRUE },
  { "windows-1251", "CP1251", " cp1251 windows-1251 x-cp1251 ", FALSE },
  { "windows-1252", "CP1252",
    " ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 "
    "iso_8859-1 iso_8859-1:1987 l1 latin1 latin-1 us-ascii windows-1252 x-cp1252 iso_8859_1 ",
    TRUE },
  { "windows-1253", "CP1253", " cp1253 windows-1253 x-cp1253 ", FALSE },
  { "windows-1254", "CP1254",
    " cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5 "
    "windows-1254 x-cp1254 ",
    TRUE },
  { "windows-1255", "CP1255", " cp1255 windows-1255 x-cp1255 ", FALSE },
  { "windows-1256", "CP1256", " cp1256 windows-1256 x-cp1256 ", FALSE },
  { "windows-1257", "CP1257", " cp1257 windows-1257 x-cp1257 ", TRUE },
  { "windows-1258", "CP1258", " cp1258 windows-1258 x-cp1258 ", TRUE },
  { "x-mac-cyrillic", "MAC-CYRILLIC", " x-mac-cyrillic x-mac-ukrainian mac-cyrillic ", FALSE },
  { "gb18030", "GB18030",
    " gb18030 chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk cp936 "
    "euc-cn ",
    FALSE },
  { "Big5", "BIG5-HKSCS", " big5 big5-hkscs cn-big5 csbig5 x-x-big5 ", FALSE },
  { "EUC-JP", "EUC-JP-MS", " cseucpkdfmtjapanese euc-jp x-euc-jp eucjp ", FALSE },
  { "ISO-2022-JP", "ISO-2022-JP", " csiso2022jp iso-2022-jp ", FALSE },
  { "Shift_JIS", "CP932",
    " csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis cp932 ", FALSE },
  { "EUC-KR", "CP949",
    " cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 "
    "windows-949 cp949 uhc euckr ",
    FALSE },
  { "UTF-16BE", "UTF-16BE", " unicodefffe utf-16be ", FALSE },
  { "UTF-16LE", "UTF-16LE",
    " csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le utf16 utf_16 ", FALSE },
  { "UTF-32BE", "UTF-32BE", " utf-32be ucs-4be ", FALSE },
  { "UTF-32LE", "UTF-32LE", " utf-32 utf-32le utf32 utf_32 ucs-4 ucs-4le iso-10646-ucs-4 ", FALSE },
  { "ISO-2022-KR", "ISO-2022-KR", " csiso2022kr iso-2022-kr ", FALSE },
  { "ISO-2022-CN", "ISO-2022-CN", " iso-2022-cn iso-2022-cn-ext ", FALSE },
  { "Johab", "JOHAB", " johab x-johab ks_c_5601-1992 cp1361 ", FALSE },
  { "EUC-TW", "EUC-TW", " euc-tw ", FALSE },
  { "TCVN", "TCVN5712-1", " tcvn tcvn5712-1 ", TRUE },
  { "VISCII", "VISCII", " viscii csviscii ", TRUE },
  { "IBM437", "CP437", " ibm437 cp437 437 ", TRUE },
  { "IBM850", "CP850", " ibm850 cp850 850 ", TRUE },
  { "IBM852", "CP852", " ibm852 cp852 852 ", TRUE },
  { "IBM855", "CP855", " ibm855 cp855 855 ", FALSE },
  { "IBM862", "CP862", " ibm862 cp862 862 ", FALSE },
  { "IBM865", "CP865", " ibm865 cp865 865 ", TRUE },
  { "Mac-CentralEurope", "MAC-CENTRALEUROPE", " mac-centraleurope x-mac-ce ", TRUE },
};

const AnnalsCharset *
annals_charset_lookup (const char *label)
{
  g_autofree char *stripped = NULL;
  g_autofree char *lower = NULL;
  g_autofree char *needle = NULL;

  g_return_val_if_fail (label != NULL, NULL);

  /* longer than any label: not worth copying */
  if (strnlen (label, 200) == 200)
    return NULL;

  stripped = g_strstrip (g_strdup (label));
  lower = g_ascii_strdown (stripped, -1);
  if (*lower == '\0' || strchr (lower, ' ') != NULL)
    return NULL;

  needle = g_strconcat (" ", lower, " ", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (charsets); i++)
    {
      if (strstr (charsets[i].labels, needle) != NULL)
        return &charsets[i];
    }

  return NULL;
}
