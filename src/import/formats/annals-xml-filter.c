/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-xml-filter.h"

#include "annals-limits.h"

#include <libxml/HTMLparser.h>
#include <string.h>

#define CHUNK (32 * 1024)
/* longer than any entity's name with its & and ; */
#define MAX_REFERENCE 36
/* of a too long item, for the issue that shows it */
#define KEPT_BEGINNING (64 * 1024)

typedef enum
{
  IN_TEXT,
  IN_TAG,
  IN_VALUE,
  IN_CDATA,
  IN_COMMENT,
  IN_INSTRUCTION,
} Where;

struct _AnnalsXmlFilter
{
  AnnalsImportInput *input;        /* borrowed */
  AnnalsDecoder     *decoder;      /* borrowed */
  gboolean           begun;
  gboolean           input_ended;
  gboolean           doctype;
  GByteArray        *undecoded;
  GString           *decoded;      /* not yet looked at from decoded_at on */
  gsize              decoded_at;
  GString           *out;          /* the piece being made */
  guint              out_line;
  Where              where;
  char               quote;        /* IN_VALUE: what ends it */
  gboolean           in_item;
  gboolean           item_tag;     /* IN_TAG: it is <item> */
  gboolean           item_end;     /* IN_TAG: it is </item> */
  gboolean           slash;        /* IN_TAG: the byte before was one */
  gboolean           boundary;     /* the piece ends here */
  gboolean           item_ended;   /* with the item's own end */
  gboolean           too_long;     /* the item is: nothing is kept of it any more */
  guint              line;
  guint              n_mended;
  guint              first_mended;
};

static void
mended (AnnalsXmlFilter *self)
{
  if (self->n_mended++ == 0)
    self->first_mended = self->line;
}

/* Whether the text at @at begins with @what; @wait (out): too little is there to tell. */
static gboolean
begins (AnnalsXmlFilter *self,
        gsize            at,
        const char      *what,
        gboolean        *wait)
{
  gsize length = strlen (what);
  gsize there = MIN (length, self->decoded->len - at);

  *wait = FALSE;
  if (memcmp (self->decoded->str + at, what, there) != 0)
    return FALSE;

  *wait = there < length && !self->input_ended;

  return there == length;
}

static gboolean
is_name_start (char byte)
{
  return g_ascii_isalpha (byte) || byte == '_' || byte == ':' || (guint8) byte >= 0x80;
}

/* Whether the tag at @at is called item. */
static gboolean
is_item_tag (AnnalsXmlFilter *self,
             gsize            at)
{
  const char *text = self->decoded->str + at;

  return strncmp (text, "item", 4) == 0 && strchr (" \t\r\n/>", text[4]) != NULL;
}

/* Whether the file ends inside the beginning of a comment or of CDATA. */
static gboolean
wait_is_over (AnnalsXmlFilter *self,
              gsize            at)
{
  gsize there = self->decoded->len - at;
  const char *text = self->decoded->str + at;

  return there > 1 && ((there < 4 && strncmp (text, "<!--", there) == 0) ||
                       (there < 9 && strncmp (text, "<![CDATA[", there) == 0));
}

/* A "<" in text. Returns how many bytes were used, 0 to wait for more. */
static gsize
open_markup (AnnalsXmlFilter *self,
             gsize            at)
{
  gboolean wait;
  char next;

  /* enough for any of the beginnings below */
  if (self->decoded->len - at < 9 && !self->input_ended)
    return 0;

  if (begins (self, at, "<!--", &wait))
    {
      self->where = IN_COMMENT;
      return 4;
    }

  if (begins (self, at, "<![CDATA[", &wait))
    {
      self->where = IN_CDATA;
      return 9;
    }

  next = at + 1 < self->decoded->len ? self->decoded->str[at + 1] : '\0';

  /* cut off before it shows what it is */
  if (wait_is_over (self, at))
    return self->decoded->len - at;

  if (next == '!')
    {
      self->doctype = TRUE;
      return 0;
    }

  if (next == '?')
    {
      self->where = IN_INSTRUCTION;
      return 2;
    }

  if (next != '/' && !is_name_start (next))
    {
      g_string_append (self->out, "&lt;");
      mended (self);
      return 1;
    }

  if (next != '/' && is_item_tag (self, at + 1))
    {
      /* what came before is a piece of its own; the tag is looked at again */
      if (self->out->len > 0 || self->in_item)
        {
          self->boundary = TRUE;
          return 0;
        }
      self->item_tag = TRUE;
      self->in_item = TRUE;
    }

  self->where = IN_TAG;
  self->item_end = self->in_item && next == '/' && is_item_tag (self, at + 2);
  g_string_append_c (self->out, '<');

  return 1;
}

static gboolean
is_xml_character (guint64 character)
{
  return character == '\t' || character == '\n' || character == '\r' ||
         (character >= 0x20 && character < 0xd800) || (character >= 0xe000 && character < 0xfffe) ||
         (character >= 0x10000 && character < 0x110000);
}

/* What the reference @name (between & and ;) stands for, as XML; NULL when it is none. @changed
 * (out): it is not the reference itself. */
static char *
resolve_reference (const char *name,
                   gboolean   *changed)
{
  const htmlEntityDesc *entity;
  char buffer[8] = "";
  guint64 character;
  char *end;

  *changed = FALSE;

  if (g_str_equal (name, "lt") || g_str_equal (name, "gt") || g_str_equal (name, "amp") ||
      g_str_equal (name, "quot") || g_str_equal (name, "apos"))
    return g_strdup_printf ("&%s;", name);

  if (name[0] == '#')
    {
      gboolean hex = name[1] == 'x';
      const char *digits = name + (hex ? 2 : 1);

      if (!g_ascii_isxdigit (*digits))
        return NULL;

      character = g_ascii_strtoull (digits, &end, hex ? 16 : 10);
      if (*end != '\0')
        return NULL;
      if (is_xml_character (character))
        return g_strdup_printf ("&%s;", name);

      *changed = TRUE;
      return g_strdup (" ");
    }

  entity = htmlEntityLookup ((const xmlChar *) name);
  if (entity == NULL)
    return NULL;

  *changed = TRUE;
  g_unichar_to_utf8 (entity->value, buffer);

  return g_strdup (buffer);
}

/* An "&" in text or a value. Returns how many bytes were used, 0 to wait for more. */
static gsize
take_reference (AnnalsXmlFilter *self,
                gsize            at)
{
  gsize there = MIN (self->decoded->len - at, MAX_REFERENCE);
  const char *text = self->decoded->str + at;
  const char *end = memchr (text, ';', there);
  g_autofree char *name = NULL;
  g_autofree char *xml = NULL;
  gboolean changed;

  if (end == NULL && there < MAX_REFERENCE && !self->input_ended)
    return 0;

  if (end != NULL)
    {
      name = g_strndup (text + 1, (gsize) (end - text - 1));
      xml = resolve_reference (name, &changed);
    }

  if (xml == NULL)
    {
      g_string_append (self->out, "&amp;");
      mended (self);
      return 1;
    }

  g_string_append (self->out, xml);
  if (changed)
    mended (self);

  return (gsize) (end - text) + 1;
}

/* The plain characters at @at, passed on together. */
static gsize
copy_plain (AnnalsXmlFilter *self,
            gsize            at)
{
  gsize end = at;

  while (end < self->decoded->len)
    {
      guint8 byte = (guint8) self->decoded->str[end];

      if (byte < 0x20 || byte >= 0x7f || byte == '<' || byte == '&' || byte == '>' || byte == ']')
        break;
      end++;
    }

  g_string_append_len (self->out, self->decoded->str + at, (gssize) (end - at));

  return end - at;
}

/* One character that means nothing to XML, or must not stand in it. Returns its bytes. */
static gsize
copy_character (AnnalsXmlFilter *self,
                gsize            at,
                gboolean         visible)
{
  guint8 byte = (guint8) self->decoded->str[at];
  gsize length = (gsize) g_utf8_skip[byte];

  if (byte == '\n')
    self->line++;

  if (!visible)
    {
      if (byte == '\n')
        g_string_append_c (self->out, '\n');
    }
  else if (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r')
    {
      g_string_append_c (self->out, ' ');
      mended (self);
    }
  else if (byte == 0xef && (guint8) self->decoded->str[at + 1] == 0xbf &&
           (guint8) self->decoded->str[at + 2] >= 0xbe)
    {
      g_string_append (self->out, "\xef\xbf\xbd");
      mended (self);
    }
  else
    {
      g_string_append_len (self->out, self->decoded->str + at, (gssize) length);
    }

  return length;
}

/* Leaves out all until @end. */
static gsize
skip_until (AnnalsXmlFilter *self,
            gsize            at,
            const char      *end)
{
  gboolean wait;

  if (begins (self, at, end, &wait))
    {
      self->where = IN_TEXT;
      return strlen (end);
    }

  return wait ? 0 : copy_character (self, at, FALSE);
}

/* CDATA is passed on as escaped text: the parser takes CDATA in pieces of 300 bytes and measures
 * what it has anew with each of them, which makes a long post take minutes. */
static gsize
step_in_cdata (AnnalsXmlFilter *self,
               gsize            at)
{
  gsize n_plain = copy_plain (self, at);
  gboolean wait;

  if (n_plain > 0)
    return n_plain;

  switch (self->decoded->str[at])
    {
    case '<':
      g_string_append (self->out, "&lt;");
      return 1;

    case '&':
      g_string_append (self->out, "&amp;");
      return 1;

    case '>':
      g_string_append (self->out, "&gt;");
      return 1;

    case ']':
      if (begins (self, at, "]]>", &wait))
        {
          self->where = IN_TEXT;
          return 3;
        }
      return wait ? 0 : copy_character (self, at, TRUE);

    default:
      return copy_character (self, at, TRUE);
    }
}

static gsize
step_in_text (AnnalsXmlFilter *self,
              gsize            at)
{
  gsize n_plain = copy_plain (self, at);
  gboolean wait;

  if (n_plain > 0)
    return n_plain;

  switch (self->decoded->str[at])
    {
    case '<':
      return open_markup (self, at);

    case '&':
      return take_reference (self, at);

    case ']':
      if (begins (self, at, "]]>", &wait))
        {
          g_string_append (self->out, "]]&gt;");
          mended (self);
          return 3;
        }
      return wait ? 0 : copy_character (self, at, TRUE);

    default:
      return copy_character (self, at, TRUE);
    }
}

static gsize
step_in_tag (AnnalsXmlFilter *self,
             gsize            at)
{
  char byte = self->decoded->str[at];
  gsize used = copy_character (self, at, TRUE);

  if (byte == '"' || byte == '\'')
    {
      self->where = IN_VALUE;
      self->quote = byte;
    }
  else if (byte == '>')
    {
      self->where = IN_TEXT;
      /* the end tag, or a start tag that is both */
      self->item_ended = self->item_end || (self->item_tag && self->slash);
      self->boundary = self->item_ended;
      self->item_tag = self->item_end = FALSE;
    }

  self->slash = byte == '/';

  return used;
}

static gsize
step_in_value (AnnalsXmlFilter *self,
               gsize            at)
{
  char byte = self->decoded->str[at];

  if (byte == '&')
    return take_reference (self, at);

  if (byte == '<')
    {
      g_string_append (self->out, "&lt;");
      mended (self);
      return 1;
    }

  if (byte == self->quote)
    self->where = IN_TAG;

  return copy_character (self, at, TRUE);
}

static gsize
step (AnnalsXmlFilter *self,
      gsize            at)
{
  switch (self->where)
    {
    case IN_TEXT:
      return step_in_text (self, at);

    case IN_TAG:
      return step_in_tag (self, at);

    case IN_VALUE:
      return step_in_value (self, at);

    case IN_CDATA:
      return step_in_cdata (self, at);

    case IN_COMMENT:
      return skip_until (self, at, "-->");

    case IN_INSTRUCTION:
      return skip_until (self, at, "?>");
    }

  g_assert_not_reached ();
}

/* Passes on what was decoded, as far as it can be told what it is and belongs to the piece. */
static void
process (AnnalsXmlFilter *self)
{
  while (self->decoded_at < self->decoded->len && !self->boundary)
    {
      gsize used = step (self, self->decoded_at);

      if (used == 0)
        break;

      self->decoded_at += used;

      if (self->out->len > ANNALS_LIMIT_XML_ITEM)
        {
          self->too_long = TRUE;
          g_string_truncate (self->out, KEPT_BEGINNING);
        }
    }
}

/* Reads a piece of the input and decodes it. */
static gboolean
refill (AnnalsXmlFilter  *self,
        GCancellable     *cancellable,
        GError          **error)
{
  guint kept = self->undecoded->len;
  gsize used;
  gssize n;

  g_string_erase (self->decoded, 0, (gssize) self->decoded_at);
  self->decoded_at = 0;

  g_byte_array_set_size (self->undecoded, kept + CHUNK);
  n =
    annals_import_input_read (self->input, self->undecoded->data + kept, CHUNK, cancellable, error);
  g_byte_array_set_size (self->undecoded, kept + (guint) MAX (n, 0));
  if (n < 0)
    return FALSE;

  if (!self->begun)
    {
      g_byte_array_remove_range (self->undecoded, 0,
                                 (guint) annals_decoder_get_bom_length (self->decoder));
      self->begun = TRUE;
    }

  self->input_ended = n == 0;
  used = annals_decoder_push (self->decoder, self->undecoded->data, self->undecoded->len,
                              self->input_ended, self->decoded);
  g_byte_array_remove_range (self->undecoded, 0, (guint) used);

  return TRUE;
}

AnnalsXmlFilter *
annals_xml_filter_new (AnnalsImportInput *input,
                       AnnalsDecoder     *decoder)
{
  AnnalsXmlFilter *self;

  g_return_val_if_fail (input != NULL && decoder != NULL, NULL);

  self = g_new0 (AnnalsXmlFilter, 1);
  self->input = input;
  self->decoder = decoder;
  self->undecoded = g_byte_array_new ();
  self->decoded = g_string_new (NULL);
  self->out = g_string_new (NULL);
  self->line = 1;
  self->out_line = 1;

  return self;
}

void
annals_xml_filter_free (AnnalsXmlFilter *self)
{
  if (self == NULL)
    return;

  g_byte_array_unref (self->undecoded);
  g_string_free (self->decoded, TRUE);
  g_string_free (self->out, TRUE);
  g_free (self);
}

/* Gives out what was made, and begins the next piece. */
static AnnalsXmlPiece
finish_piece (AnnalsXmlFilter *self,
              GString         *text,
              guint           *line)
{
  AnnalsXmlPiece piece = self->too_long     ? ANNALS_XML_PIECE_TOO_LONG
                         : !self->in_item   ? ANNALS_XML_PIECE_OUTSIDE
                         : self->item_ended ? ANNALS_XML_PIECE_ITEM
                                            : ANNALS_XML_PIECE_CUT;

  g_string_truncate (text, 0);
  g_string_append_len (text, self->out->str, (gssize) self->out->len);
  *line = self->out_line;

  /* what one large item needed is not kept for the small ones */
  if (self->out->allocated_len > 1024 * 1024)
    {
      g_string_free (self->out, TRUE);
      self->out = g_string_new (NULL);
    }

  g_string_truncate (self->out, 0);
  self->out_line = self->line;
  self->in_item = self->item_ended = self->item_tag = self->item_end = FALSE;
  self->too_long = self->boundary = FALSE;

  return piece;
}

AnnalsXmlPiece
annals_xml_filter_next (AnnalsXmlFilter  *self,
                        GString          *text,
                        guint            *line,
                        GCancellable     *cancellable,
                        GError          **error)
{
  g_return_val_if_fail (self != NULL && text != NULL && line != NULL, ANNALS_XML_PIECE_END);

  while (TRUE)
    {
      process (self);

      if (self->boundary)
        return finish_piece (self, text, line);

      if (self->doctype)
        return ANNALS_XML_PIECE_DOCTYPE;

      if (self->input_ended)
        return self->out->len > 0 ? finish_piece (self, text, line) : ANNALS_XML_PIECE_END;

      if (!refill (self, cancellable, error))
        return ANNALS_XML_PIECE_ERROR;
    }
}

guint
annals_xml_filter_get_line (AnnalsXmlFilter *self)
{
  return self->line;
}

guint
annals_xml_filter_get_n_mended (AnnalsXmlFilter *self,
                                guint           *first_line)
{
  *first_line = self->first_mended;

  return self->n_mended;
}

guint64
annals_xml_filter_get_n_undecoded (AnnalsXmlFilter *self)
{
  return annals_decoder_get_n_repaired (self->decoder);
}

const char *
annals_xml_filter_get_assumed_charset (AnnalsXmlFilter *self)
{
  return annals_decoder_is_assumed (self->decoder) ? annals_decoder_get_charset (self->decoder) : NULL;
}
