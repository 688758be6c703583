/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-text-private.h"

#include <libxml/HTMLparser.h>
#include <stdlib.h>
#include <string.h>

/* What libxml2 2.9 loses text on is rewritten before it sees the page, as browsers read it or more
 * kindly: every reference becomes its character, a "<" that begins no tag a reference; comments,
 * declarations and programs are left out; quotation marks and comments that never end do not
 * swallow the rest.
 */

/* libxml2 takes time in the square of them. */
#define MAX_ATTRIBUTES 200

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

/* What a browser reads for the number. */
static gunichar
reference_character (guint64 number)
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

/* As a number, so that what stands for "<" or "&" does not become markup. */
static void
append_character (GString  *out,
                  gunichar  c)
{
  if (c < 0x80)
    g_string_append_printf (out, "&#%u;", c);
  else
    g_string_append_unichar (out, c);
}

/* @p stands at "&#". Returns: the bytes read, 0 when it is no reference */
static gsize
mend_number (GString    *out,
             const char *p)
{
  const char *digits = p + 2;
  gboolean hex = *digits == 'x' || *digits == 'X';
  guint64 number = 0;
  const char *end;

  if (hex)
    digits++;

  for (end = digits; hex ? g_ascii_isxdigit (*end) : g_ascii_isdigit (*end); end++)
    number = MIN (number * (hex ? 16 : 10) + g_ascii_xdigit_value (*end), 0x110000);

  if (end == digits)
    return 0;

  append_character (out, reference_character (number));

  return (*end == ';' ? end + 1 : end) - p;
}

/* The character that the name stands for with ";" behind it; 0 when there is none. */
static gunichar
lookup_name (const char *name)
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

/* @p stands at "&" and a letter. Returns: the bytes read, 0 when it is no reference */
static gsize
mend_name (GString    *out,
           const char *p)
{
  char name[24];
  gunichar c;
  gsize n = 0;

  while (n < sizeof name - 1 && g_ascii_isalnum (p[1 + n]))
    {
      name[n] = p[1 + n];
      n++;
    }
  name[n] = '\0';

  /* In an address, "&copy=" is a parameter. */
  if (p[1 + n] != ';'
      && (p[1 + n] == '=' || g_ascii_isalnum (p[1 + n])
          || bsearch (name, legacy_entities, G_N_ELEMENTS (legacy_entities),
                      sizeof *legacy_entities, compare_name) == NULL))
    return 0;

  if ((c = lookup_name (name)) == 0)
    return 0;
  append_character (out, c);

  return p[1 + n] == ';' ? n + 2 : n + 1;
}

static gboolean
is_white (char c)
{
  return c == ' ' || c == '\n' || c == '\t';
}

/* The text from @p to @end with its references mended. */
static void
append_mended (GString    *out,
               const char *p,
               const char *end)
{
  while (p < end)
    {
      const char *reference = memchr (p, '&', end - p);
      gsize read = 0;

      if (reference == NULL)
        reference = end;
      g_string_append_len (out, p, reference - p);
      p = reference;
      if (p == end)
        break;

      if (p[1] == '#')
        read = mend_number (out, p);
      else if (g_ascii_isalpha (p[1]))
        read = mend_name (out, p);

      if (read == 0)
        g_string_append (out, "&amp;");
      p += MAX (read, 1);
    }
}

/* What is in them is no markup; first the programs. */
static const char *const raw_elements[] = { "script", "style", "title", "iframe" };

#define N_PROGRAMS 2
#define N_RAW G_N_ELEMENTS (raw_elements)

/* What stands in the way of a page of many ends that never come: each is looked for once. */
typedef struct
{
  GString    *out;
  const char *end;
  gboolean    no_comment_end;
  gboolean    no_quote[2];   /* '"', '\'' */
  gboolean    no_tag_end;
  gboolean    no_raw_end[N_RAW];
  gboolean    torn;          /* a tag reached the end of the page: quotes cannot be trusted */
} Mender;

static const char *
find_quote (Mender     *self,
            const char *p,
            char        quote)
{
  gboolean *none = &self->no_quote[quote == '"' ? 0 : 1];
  const char *found = *none ? NULL : strchr (p, quote);

  if (found == NULL)
    *none = TRUE;

  return found;
}

/* Behind an attribute's value; NULL when its quotation mark has no other. */
static const char *
skip_value (Mender     *self,
            const char *p)
{
  while (is_white (*p))
    p++;

  if (*p == '"' || *p == '\'')
    {
      const char *quote = find_quote (self, p + 1, *p);

      return quote != NULL ? quote + 1 : NULL;
    }

  while (*p != '\0' && *p != '>' && !is_white (*p))
    p++;

  return p;
}

static const char *
skip_tag_name (const char *p)
{
  p += p[1] == '/' ? 2 : 1;
  while (*p != '\0' && *p != '>' && *p != '/' && !is_white (*p))
    p++;

  return p;
}

/* Behind the tag that begins at @p as browsers read it, or NULL. *@cut: where the attributes are
 * more than anybody writes (libxml2 compares each with every other), else the same. */
static const char *
scan_tag (Mender      *self,
          const char  *p,
          const char **cut)
{
  guint n_attributes = 0;

  *cut = NULL;
  p = skip_tag_name (p);

  for (;;)
    {
      while (is_white (*p) || *p == '/')
        p++;
      if (*p == '\0')
        return NULL;
      if (*p == '>')
        {
          if (*cut == NULL)
            *cut = p + 1;
          return p + 1;
        }

      if (++n_attributes == MAX_ATTRIBUTES)
        *cut = p;
      p++;
      while (*p != '\0' && *p != '>' && *p != '/' && *p != '=' && !is_white (*p))
        p++;
      while (is_white (*p))
        p++;
      if (*p == '=' && (p = skip_value (self, p + 1)) == NULL)
        return NULL;
    }
}

/* Behind the tag at @p; NULL when nothing ends it, and so it is no tag. *@cut: as much of it as
 * libxml2 shall see, to which ">" is added when that is not all. */
static const char *
find_tag_end (Mender      *self,
              const char  *p,
              const char **cut)
{
  const char *end = NULL;

  if (self->no_tag_end)
    return NULL;

  if (!self->torn)
    end = scan_tag (self, p, cut);

  /* A quotation mark that was forgotten must not swallow the page: the tag ends at the first ">". */
  if (end == NULL)
    {
      self->torn = self->torn || !(self->no_quote[0] || self->no_quote[1]);
      *cut = skip_tag_name (p);
      end = strchr (p, '>');
      self->no_tag_end = end == NULL;
      if (end != NULL)
        end++;
    }
  else if (p[1] == '/')
    {
      *cut = skip_tag_name (p);
    }

  return end;
}

/* Whether the tag at @p is called @name. */
static gboolean
tag_is (const char *p,
        const char *name)
{
  gsize length = strlen (name);

  return g_ascii_strncasecmp (p, name, length) == 0 && !g_ascii_isalnum (p[length])
         && p[length] != '-' && p[length] != ':';
}

/* Behind the end tag of the element @name whose content begins at @p, or NULL. */
static const char *
find_end_tag (const char *p,
              const char *name)
{
  while ((p = strchr (p, '<')) != NULL)
    {
      const char *end;

      p++;
      if (*p == '/' && tag_is (p + 1, name))
        return (end = strchr (p, '>')) != NULL ? end + 1 : NULL;
    }

  return NULL;
}

/* Elements whose content is no markup and no text, so that libxml2 need not see them. Returns:
 * behind the element, or NULL when it is none of them */
static const char *
skip_raw_element (Mender     *self,
                  const char *p,
                  const char *tag_end)
{
  for (guint i = 0; i < N_RAW; i++)
    {
      const char *end = NULL;

      if (!tag_is (p + 1, raw_elements[i]))
        continue;

      /* Browsers would go on to the next end tag and lose the text before it. */
      if (tag_end[-2] == '/')
        return tag_end;

      if (!self->no_raw_end[i])
        end = find_end_tag (tag_end, raw_elements[i]);
      self->no_raw_end[i] = end == NULL;
      if (end != NULL)
        return end;

      /* One that never ends: a program stays one, the others must not take the page with them. */
      return i < N_PROGRAMS ? self->end : tag_end;
    }

  return NULL;
}

/* Behind the comment at @p, which browsers end more readily than libxml2. */
static const char *
skip_comment (Mender     *self,
              const char *p)
{
  if (p[4] == '>')
    return p + 5;
  if (p[4] == '-' && p[5] == '>')
    return p + 6;

  for (const char *q = self->no_comment_end ? NULL : strchr (p + 4, '-');
       q != NULL;
       q = strchr (q + 1, '-'))
    {
      if (q[1] == '-' && q[2] == '>')
        return q + 3;
      if (q[1] == '-' && q[2] == '!' && q[3] == '>')
        return q + 4;
    }

  /* No end: what would be lost is shown. */
  self->no_comment_end = TRUE;

  return p + 4;
}

/* The tag from @p to @end; its name without a colon, since libxml2 would take Word's o:p for a p. */
static void
append_tag (GString    *out,
            const char *p,
            const char *end)
{
  const char *name_end = skip_tag_name (p);

  for (; p < name_end; p++)
    g_string_append_c (out, *p == ':' ? '-' : *p);
  append_mended (out, name_end, end);
}

/* "<" at @p. Returns: behind what was read, all of which is in the output */
static const char *
mend_markup (Mender     *self,
             const char *p)
{
  gboolean is_tag = g_ascii_isalpha (p[1]) || (p[1] == '/' && g_ascii_isalpha (p[2]));
  const char *after;
  const char *end;
  const char *cut;

  if (strncmp (p, "<!--", 4) == 0)
    return skip_comment (self, p);

  if (g_ascii_strncasecmp (p, "<![CDATA[", 9) == 0)
    return p + 9;

  if (p[1] == '!' || p[1] == '?')
    {
      end = self->no_tag_end ? NULL : strchr (p, '>');
      self->no_tag_end = end == NULL;
      if (end != NULL)
        return end + 1;
    }
  else if (is_tag && (end = find_tag_end (self, p, &cut)) != NULL)
    {
      if (p[1] != '/' && (after = skip_raw_element (self, p, end)) != NULL)
        {
          g_string_append_c (self->out, ' ');
          return after;
        }

      append_tag (self->out, p, cut);
      if (cut < end)
        g_string_append_c (self->out, '>');
      return end;
    }

  g_string_append (self->out, "&lt;");

  return p + 1;
}

GString *
annals_html_source_mend (const char *html,
                         gssize      length)
{
  g_autoptr(GString) source = annals_text_repair (html, length);
  Mender mender = { g_string_sized_new (source->len), source->str + source->len, };
  const char *p = source->str;

  while (p < mender.end)
    {
      const char *markup = memchr (p, '<', mender.end - p);

      if (markup == NULL)
        markup = mender.end;
      append_mended (mender.out, p, markup);
      p = markup < mender.end ? mend_markup (&mender, markup) : markup;
    }

  return mender.out;
}
