/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-text-html-private.h"

#include <libxml/HTMLparser.h>
#include <stdlib.h>
#include <string.h>

typedef struct
{
  const char *name;
  gunichar    c;
} Entity;

/* Windows-1252's characters for the numbers 128 to 159. */
static const gunichar windows_1252[32] = {
  0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
  0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd,
  0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
  0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178,
};

/* Names of HTML 5 that are no names of HTML 4; sorted by strcmp(). */
static const Entity html5_entities[] = {
  { "Abreve", 0x102 }, { "Amacr", 0x100 }, { "Aogon", 0x104 }, { "Cacute", 0x106 },
  { "Ccaron", 0x10c }, { "Ccirc", 0x108 }, { "Cdot", 0x10a }, { "Dcaron", 0x10e },
  { "Dstrok", 0x110 }, { "Ecaron", 0x11a }, { "Edot", 0x116 }, { "Emacr", 0x112 },
  { "Eogon", 0x118 }, { "Gbreve", 0x11e }, { "Gcirc", 0x11c }, { "Gdot", 0x120 },
  { "Hat", '^' }, { "Hcirc", 0x124 }, { "Hstrok", 0x126 }, { "IJlig", 0x132 },
  { "Idot", 0x130 }, { "Imacr", 0x12a }, { "Iogon", 0x12e }, { "Itilde", 0x128 },
  { "Jcirc", 0x134 }, { "Lacute", 0x139 }, { "Lcaron", 0x13d }, { "Lstrok", 0x141 },
  { "Nacute", 0x143 }, { "Ncaron", 0x147 }, { "NewLine", ' ' }, { "NoBreak", 0x2060 },
  { "Odblac", 0x150 }, { "Omacr", 0x14c }, { "Racute", 0x154 }, { "Rcaron", 0x158 },
  { "Sacute", 0x15a }, { "Scedil", 0x15e }, { "Scirc", 0x15c }, { "Tab", ' ' },
  { "Tcaron", 0x164 }, { "Tcedil", 0x162 }, { "Tstrok", 0x166 }, { "Ubreve", 0x16c },
  { "Udblac", 0x170 }, { "Umacr", 0x16a }, { "Uogon", 0x172 }, { "Uring", 0x16e },
  { "Utilde", 0x168 }, { "Vert", 0x2016 }, { "Wcirc", 0x174 }, { "Ycirc", 0x176 },
  { "ZeroWidthSpace", 0x200b }, { "Zacute", 0x179 }, { "Zcaron", 0x17d }, { "Zdot", 0x17b },
  { "abreve", 0x103 }, { "amacr", 0x101 }, { "aogon", 0x105 }, { "apos", '\'' },
  { "ast", '*' }, { "bigstar", 0x2605 }, { "blank", 0x2423 }, { "block", 0x2588 },
  { "bsol", '\\' }, { "cacute", 0x107 }, { "caron", 0x2c7 }, { "ccaron", 0x10d },
  { "ccirc", 0x109 }, { "cdot", 0x10b }, { "check", 0x2713 }, { "checkmark", 0x2713 },
  { "cir", 0x25cb }, { "colon", ':' }, { "comma", ',' }, { "commat", '@' },
  { "copysr", 0x2117 }, { "cross", 0x2717 }, { "darr", 0x2193 }, { "dash", 0x2010 },
  { "dcaron", 0x10f }, { "dollar", '$' }, { "dstrok", 0x111 }, { "ecaron", 0x11b },
  { "edot", 0x117 }, { "emacr", 0x113 }, { "emsp13", 0x2004 }, { "emsp14", 0x2005 },
  { "eng", 0x14b }, { "eogon", 0x119 }, { "equals", '=' }, { "excl", '!' },
  { "female", 0x2640 }, { "ffilig", 0xfb03 }, { "fflig", 0xfb00 }, { "filig", 0xfb01 },
  { "flat", 0x266d }, { "fllig", 0xfb02 }, { "frac13", 0x2153 }, { "frac15", 0x2155 },
  { "frac16", 0x2159 }, { "frac18", 0x215b }, { "frac23", 0x2154 }, { "frac38", 0x215c },
  { "frac58", 0x215d }, { "frac78", 0x215e }, { "gbreve", 0x11f }, { "gcirc", 0x11d },
  { "gdot", 0x121 }, { "grave", '`' }, { "hairsp", 0x200a }, { "half", 0xbd },
  { "hcirc", 0x125 }, { "horbar", 0x2015 }, { "hstrok", 0x127 }, { "hyphen", 0x2010 },
  { "ijlig", 0x133 }, { "imacr", 0x12b }, { "imath", 0x131 }, { "incare", 0x2105 },
  { "inodot", 0x131 }, { "iogon", 0x12f }, { "itilde", 0x129 }, { "jcirc", 0x135 },
  { "lacute", 0x13a }, { "lbrace", '{' }, { "lbrack", '[' }, { "lcaron", 0x13e },
  { "lcub", '{' }, { "ldquor", 0x201e }, { "lowbar", '_' }, { "lpar", '(' },
  { "lsqb", '[' }, { "lsquor", 0x201a }, { "lstrok", 0x142 }, { "male", 0x2642 },
  { "marker", 0x25ae }, { "mldr", 0x2026 }, { "nacute", 0x144 }, { "natural", 0x266e },
  { "ncaron", 0x148 }, { "nldr", 0x2025 }, { "num", '#' }, { "numero", 0x2116 },
  { "numsp", 0x2007 }, { "odblac", 0x151 }, { "ohm", 0x3a9 }, { "omacr", 0x14d },
  { "percnt", '%' }, { "period", '.' }, { "phone", 0x260e }, { "plus", '+' },
  { "puncsp", 0x2008 }, { "quest", '?' }, { "racute", 0x155 }, { "rbrace", '}' },
  { "rbrack", ']' }, { "rcaron", 0x159 }, { "rcub", '}' }, { "rdquor", 0x201d },
  { "rpar", ')' }, { "rsqb", ']' }, { "rsquor", 0x2019 }, { "sacute", 0x15b },
  { "scedil", 0x15f }, { "scirc", 0x15d }, { "semi", ';' }, { "sharp", 0x266f },
  { "sol", '/' }, { "square", 0x25a1 }, { "squf", 0x25aa }, { "star", 0x2606 },
  { "starf", 0x2605 }, { "target", 0x2316 }, { "tcaron", 0x165 }, { "tcedil", 0x163 },
  { "telrec", 0x2315 }, { "tstrok", 0x167 }, { "ubreve", 0x16d }, { "udblac", 0x171 },
  { "umacr", 0x16b }, { "uogon", 0x173 }, { "uring", 0x16f }, { "utilde", 0x169 },
  { "verbar", '|' }, { "vert", '|' }, { "wcirc", 0x175 }, { "ycirc", 0x177 },
  { "zacute", 0x17a }, { "zcaron", 0x17e }, { "zdot", 0x17c },
};

/* The names that a browser also knows without ";". Sorted by strcmp(). */
static const char *const legacy_entities[] = {
  "AElig", "AMP", "Aacute", "Acirc", "Agrave", "Aring", "Atilde", "Auml", "COPY", "Ccedil", "ETH",
  "Eacute", "Ecirc", "Egrave", "Euml", "GT", "Iacute", "Icirc", "Igrave", "Iuml", "LT", "Ntilde",
  "Oacute", "Ocirc", "Ograve", "Oslash", "Otilde", "Ouml", "QUOT", "REG", "THORN", "Uacute",
  "Ucirc", "Ugrave", "Uuml", "Yacute", "aacute", "acirc", "acute", "aelig", "agrave", "amp",
  "aring", "atilde", "auml", "brvbar", "ccedil", "cedil", "cent", "copy", "curren", "deg",
  "divide", "eacute", "ecirc", "egrave", "eth", "euml", "frac12", "frac14", "frac34", "gt",
  "iacute", "icirc", "iexcl", "igrave", "iquest", "iuml", "laquo", "lt", "macr", "micro", "middot",
  "nbsp", "not", "ntilde", "oacute", "ocirc", "ograve", "ordf", "ordm", "oslash", "otilde", "ouml",
  "para", "plusmn", "pound", "quot", "raquo", "reg", "sect", "shy", "sup1", "sup2", "sup3",
  "szlig", "thorn", "times", "uacute", "ucirc", "ugrave", "uml", "uuml", "yacute", "yen", "yuml",
};

static int
compare_entity (const void *name,
                const void *entity)
{
  return strcmp (name, ((const Entity *) entity)->name);
}

static int
compare_name (const void *name,
              const void *other)
{
  return strcmp (name, *(const char *const *) other);
}

gunichar
annals_html_reference_number (guint64 number)
{
  if (number >= 0x80 && number < 0xa0)
    return windows_1252[number - 0x80];
  if (number == 0 || number > 0x10ffff || (number >= 0xd800 && number < 0xe000)
      || (number & 0xfffe) == 0xfffe)
    return 0xfffd;
  if (number < 0x20 || number == 0x7f)
    return number == '\n' ? '\n' : ' ';

  return number;
}

gunichar
annals_html_reference_name (const char *name)
{
  static const char *const capitals[] = { "AMP", "COPY", "GT", "LT", "QUOT", "REG" };
  const htmlEntityDesc *known = htmlEntityLookup ((const xmlChar *) name);
  const Entity *entity;

  if (known != NULL)
    return known->value;

  for (guint i = 0; i < G_N_ELEMENTS (capitals); i++)
    if (strcmp (name, capitals[i]) == 0)
      {
        g_autofree char *lower = g_ascii_strdown (name, -1);

        return htmlEntityLookup ((const xmlChar *) lower)->value;
      }

  entity = bsearch (name, html5_entities, G_N_ELEMENTS (html5_entities),
                    sizeof *html5_entities, compare_entity);

  return entity != NULL ? entity->c : 0;
}

gboolean
annals_html_reference_is_legacy (const char *name)
{
  return bsearch (name, legacy_entities, G_N_ELEMENTS (legacy_entities),
                  sizeof *legacy_entities, compare_name) != NULL;
}
