/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-feed-lexer.h"

#include "annals-feed-entities.h"

#include <string.h>

#define CHUNK (32 * 1024)
/* longer than any reference with its & and ; */
#define MAX_REFERENCE 40
#define MAX_ATTRIBUTES 256
/* A tag that is longer has no end. */
#define TAG_LIMIT (256 * 1024)
/* How far the end of a comment, an instruction or a document type is looked for before it is taken to
 * have none */
#define SKIP_LIMIT (1024 * 1024)

/* What is searched for again and again, so that a search in vain need not be repeated. */
typedef enum
{
  SOUGHT_COMMENT_END,
  SOUGHT_CDATA_END,
  SOUGHT_CDATA,
  SOUGHT_INSTRUCTION_END,
  SOUGHT_GREATER,
  SOUGHT_QUOTE,
  SOUGHT_APOSTROPHE,
  N_SOUGHT,
} Sought;

static const char * const needles[N_SOUGHT] = { "-->", "]]>", "<![CDATA[", "?>", ">", "\"", "'" };

struct _AnnalsFeedLexer
{
  AnnalsImportInput *input;      /* borrowed */
  AnnalsDecoder     *decoder;    /* borrowed */
  gboolean           begun;
  gboolean           input_ended;
  GByteArray        *undecoded;
  GString           *buffer;
  gsize              at;         /* what is next, in buffer */
  guint64            base;       /* of the buffer's beginning, in the decoded file */
  guint64            absent[N_SOUGHT];   /* none of it stands before here, in the decoded file */
  guint64            present[N_SOUGHT];  /* nor before here, where one stands */
  gboolean           in_cdata;
  AnnalsFeedEntities *entities;
  AnnalsFeedToken    token;
  GString           *name;
  GString           *text;
  guint              line;
  guint              n_mended;
  guint              first_mended;
  guint              n_broken;
};

/* What a function that looks ahead found. */
typedef enum
{
  LOOK_ERROR,
  LOOK_NOTHING,
  LOOK_FOUND,
} Look;

static void
attribute_clear (gpointer data)
{
  AnnalsFeedAttribute *attribute = data;

  g_free (attribute->name);
  g_free (attribute->value);
}

static void
mended (AnnalsFeedLexer *self)
{
  if (self->n_mended++ == 0)
    self->first_mended = self->line;
}

/* Goes on by @length bytes. */
static void
advance (AnnalsFeedLexer *self,
         gsize            length)
{
  const char *from = self->buffer->str + self->at;
  const char *end = from + length;

  while ((from = memchr (from, '\n', (gsize) (end - from))) != NULL)
    {
      self->line++;
      from++;
    }

  self->at += length;
}

/* Reads a piece of the input and decodes it. */
static gboolean
refill (AnnalsFeedLexer  *self,
        GCancellable     *cancellable,
        GError          **error)
{
  guint kept = self->undecoded->len;
  gsize used;
  gssize n;

  g_string_erase (self->buffer, 0, (gssize) self->at);
  self->base += self->at;
  self->at = 0;

  g_byte_array_set_size (self->undecoded, kept + CHUNK);
  n = annals_import_input_read (self->input, self->undecoded->data + kept, CHUNK, cancellable, error);
  g_byte_array_set_size (self->undecoded, kept + (guint) MAX (n, 0));
  if (n < 0)
    return FALSE;

  if (!self->begun)
    {
      gsize bom = annals_decoder_get_bom_length (self->decoder);

      g_byte_array_remove_range (self->undecoded, 0, (guint) MIN (bom, self->undecoded->len));
      self->begun = TRUE;
    }

  self->input_ended = n == 0;
  used = annals_decoder_push (self->decoder, self->undecoded->data, self->undecoded->len,
                              self->input_ended, self->buffer);
  g_byte_array_remove_range (self->undecoded, 0, (guint) used);

  return TRUE;
}

static gsize
get_left (AnnalsFeedLexer *self)
{
  return self->buffer->len - self->at;
}

/* Sees to it that @length bytes are there, unless the file ends before. */
static gboolean
need (AnnalsFeedLexer  *self,
      gsize             length,
      GCancellable     *cancellable,
      GError          **error)
{
  while (get_left (self) < length && !self->input_ended)
    {
      if (!refill (self, cancellable, error))
        return FALSE;
    }

  return TRUE;
}

/* Looks for @sought from the @from-th byte on, no farther than @limit bytes. @found (out): how many bytes
 * ahead it stands. */
static Look
look_for (AnnalsFeedLexer  *self,
          Sought            sought,
          gsize             from,
          gsize             limit,
          gsize            *found,
          GCancellable     *cancellable,
          GError          **error)
{
  const char *needle = needles[sought];
  gsize length = strlen (needle);
  guint64 here = self->base + self->at;

  if (self->present[sought] >= here + from)
    {
      *found = (gsize) (self->present[sought] - here);
      if (*found < limit && get_left (self) >= *found + length)
        return LOOK_FOUND;
    }

  if (self->absent[sought] > here + from)
    from = (gsize) (self->absent[sought] - here);

  while (from < limit)
    {
      const char *start;
      const char *hit;

      if (!need (self, from + length, cancellable, error))
        return LOOK_ERROR;

      if (get_left (self) < from + length)
        return LOOK_NOTHING;

      start = self->buffer->str + self->at;
      hit = g_strstr_len (start + from, (gssize) (get_left (self) - from), needle);
      if (hit != NULL)
        {
          *found = (gsize) (hit - start);
          self->present[sought] = self->absent[sought] = here + *found;
          return LOOK_FOUND;
        }

      from = get_left (self) - length + 1;
      self->absent[sought] = here + from;

      if (self->input_ended)
        return LOOK_NOTHING;
    }

  return LOOK_NOTHING;
}

static gboolean
begins (AnnalsFeedLexer *self,
        const char      *what)
{
  gsize length = strlen (what);

  return get_left (self) >= length &&
         g_ascii_strncasecmp (self->buffer->str + self->at, what, length) == 0;
}

static gboolean
is_name_start (char byte)
{
  return g_ascii_isalpha (byte) || byte == '_' || byte == ':' || (guint8) byte >= 0x80;
}

static gboolean
is_name_end (char byte)
{
  return g_ascii_isspace (byte) || byte == '=' || byte == '/' || byte == '>' || byte == '<' ||
         byte == '"' || byte == '\'' || byte == '\0';
}

/* --- text --- */

/* Appends what the reference at @text, which begins with "&", stands for. Returns its length in bytes; 1 when
 * it is none, but a "&" that nobody escaped. */
static gsize
take_reference (AnnalsFeedLexer *self,
                const char      *text,
                gsize            length,
                GString         *out)
{
  const char *end = memchr (text, ';', MIN (length, MAX_REFERENCE));
  AnnalsFeedReference result = ANNALS_FEED_REFERENCE_NONE;
  gsize n_bytes = annals_feed_entities_resolve_bytes (text, MIN (length, ANNALS_FEED_MAX_BYTE_REFERENCES), out);

  if (n_bytes > 0)
    {
      mended (self);
      return n_bytes;
    }

  if (end != NULL)
    result = annals_feed_entities_resolve (self->entities, text + 1, (gsize) (end - text - 1), out);

  if (result != ANNALS_FEED_REFERENCE_GOOD)
    mended (self);

  if (result == ANNALS_FEED_REFERENCE_NONE)
    {
      g_string_append_c (out, '&');
      return 1;
    }

  return (gsize) (end - text) + 1;
}

/* Appends @text; with references unless @cdata. */
static void
take_text (AnnalsFeedLexer *self,
           const char      *text,
           gsize            length,
           gboolean         cdata,
           GString         *out)
{
  const char *end = text + length;
  const char *plain = text;
  const char *at = text;

  while (at < end)
    {
      guint8 byte = (guint8) *at;

      if (byte >= 0x20 ? byte != '&' || cdata : byte == '\n' || byte == '\t' || byte == '\r')
        {
          at++;
          continue;
        }

      g_string_append_len (out, plain, at - plain);
      if (byte == '&')
        {
          at += take_reference (self, at, (gsize) (end - at), out);
        }
      else
        {
          g_string_append_c (out, ' ');
          mended (self);
          at++;
        }
      plain = at;
    }

  g_string_append_len (out, plain, at - plain);
}

static const AnnalsFeedToken *
give_text (AnnalsFeedLexer *self,
           gsize            length,
           gboolean         cdata)
{
  g_string_truncate (self->text, 0);
  take_text (self, self->buffer->str + self->at, length, cdata, self->text);
  self->token.kind = ANNALS_FEED_TOKEN_TEXT;
  self->token.text = self->text->str;
  self->token.length = self->text->len;
  self->token.cdata = cdata;
  advance (self, length);

  return &self->token;
}

/* Text up to the next tag, or as much of it as is there. */
static const AnnalsFeedToken *
lex_text (AnnalsFeedLexer  *self,
          gboolean          literal,
          GCancellable     *cancellable,
          GError          **error)
{
  const char *start, *end, *reference;
  gsize length;

  if (!need (self, MAX_REFERENCE, cancellable, error))
    return NULL;

  start = self->buffer->str + self->at;
  length = get_left (self);
  end = memchr (start + (literal ? 1 : 0), '<', length - (literal ? 1 : 0));
  if (end != NULL)
    return give_text (self, (gsize) (end - start), FALSE);

  /* a reference may be cut at the end of what is there; the first MAX_REFERENCE bytes are not */
  if (!self->input_ended)
    {
      reference = memchr (start + length - (MAX_REFERENCE - 1), '&', MAX_REFERENCE - 1);
      /* nor is a run of them to be cut, as far as it matters */
      for (guint i = 0; i < 4 && reference != NULL && reference > start + 10 && reference[-1] == ';'; i++)
        {
          const char *before = g_strrstr_len (start, reference - start, "&");

          if (before == NULL || reference - before > 10)
            break;
          reference = before;
        }
      if (reference != NULL && reference > start)
        length = (gsize) (reference - start);
    }

  return give_text (self, length, FALSE);
}

/* --- CDATA --- */

/* Whether the CDATA that has come to such a place goes on behind it: its own end comes before another one's
 * beginning. */
static Look
cdata_goes_on (AnnalsFeedLexer  *self,
               GCancellable     *cancellable,
               GError          **error)
{
  gsize end = 0, next = 0;
  Look look = look_for (self, SOUGHT_CDATA_END, 0, SKIP_LIMIT, &end, cancellable, error);

  if (look != LOOK_FOUND)
    return look;

  look = look_for (self, SOUGHT_CDATA, 0, end, &next, cancellable, error);
  if (look == LOOK_ERROR)
    return look;

  return look == LOOK_FOUND && next < end ? LOOK_NOTHING : LOOK_FOUND;
}

/* Whether CDATA has come to where its element should end. */
static gboolean
is_field_end (const char *text,
              gsize       length)
{
  static const char * const ends[] = { "</item>", "</entry>", "</description>", "</content:encoded>",
                                       "</content>", "</summary>", "</title>" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      if (length >= strlen (ends[i]) && g_ascii_strncasecmp (text, ends[i], strlen (ends[i])) == 0)
        return TRUE;
    }

  return FALSE;
}

static const AnnalsFeedToken *
lex_cdata (AnnalsFeedLexer  *self,
           GCancellable     *cancellable,
           GError          **error)
{
  const char *start, *end, *at;

  if (!need (self, MAX_REFERENCE, cancellable, error))
    return NULL;

  start = at = self->buffer->str + self->at;
  end = start + get_left (self);

  if (begins (self, "]]>"))
    {
      advance (self, 3);
      self->in_cdata = FALSE;
      return give_text (self, 0, FALSE);
    }

  if (is_field_end (start, (gsize) (end - start)))
    {
      Look look = cdata_goes_on (self, cancellable, error);

      if (look == LOOK_ERROR)
        return NULL;

      if (look == LOOK_NOTHING)
        {
          self->in_cdata = FALSE;
          self->n_broken++;
          return give_text (self, 0, FALSE);
        }

      return give_text (self, 1, TRUE);
    }

  /* up to the next byte that may be one of the two above; what is cut is looked at again */
  while (at < end)
    {
      gsize left = (gsize) (end - at);

      if (*at == ']' && (left < 3 ? !self->input_ended : memcmp (at, "]]>", 3) == 0))
        break;
      if (*at == '<' && (left < MAX_REFERENCE ? !self->input_ended || is_field_end (at, left) : is_field_end (at, left)))
        break;
      at++;
    }

  return give_text (self, (gsize) (at - start), TRUE);
}

/* --- tags --- */

static void
add_attribute (AnnalsFeedLexer *self,
               const char      *name,
               gsize            name_length,
               const char      *value,
               gsize            length)
{
  g_autoptr(GString) resolved = g_string_new (NULL);
  AnnalsFeedAttribute attribute;

  if (self->token.attributes->len >= MAX_ATTRIBUTES)
    return;

  take_text (self, value, length, FALSE, resolved);
  attribute.name = g_strndup (name, name_length);
  attribute.value = g_string_free (g_steal_pointer (&resolved), FALSE);
  g_array_append_val (self->token.attributes, attribute);
}

/* Takes the attributes from @at to @end. */
static void
take_attributes (AnnalsFeedLexer *self,
                 const char      *at,
                 const char      *end)
{
  while (at < end)
    {
      const char *name = at;
      const char *value;
      gsize name_length;

      if (!is_name_start (*at))
        {
          at++;
          continue;
        }

      while (at < end && !is_name_end (*at))
        at++;
      name_length = (gsize) (at - name);

      while (at < end && g_ascii_isspace (*at))
        at++;

      if (at == end || *at != '=')
        {
          add_attribute (self, name, name_length, "", 0);
          continue;
        }

      at++;
      while (at < end && g_ascii_isspace (*at))
        at++;

      value = at;
      if (at < end && (*at == '"' || *at == '\''))
        {
          const char *close = memchr (at + 1, *at, (gsize) (end - at - 1));

          value++;
          at = close ? close : end;
          add_attribute (self, name, name_length, value, (gsize) (at - value));
          at = MIN (at + 1, end);
        }
      else
        {
          while (at < end && !g_ascii_isspace (*at))
            at++;
          add_attribute (self, name, name_length, value, (gsize) (at - value));
        }
    }
}

/* Finds the end of the tag that begins here. @length (out): up to its ">", or to where it stops being a tag,
 * which sets @cut. LOOK_NOTHING: it is no tag at all. */
static Look
find_tag_end (AnnalsFeedLexer  *self,
              gsize            *length,
              gboolean         *cut,
              GCancellable     *cancellable,
              GError          **error)
{
  gsize at = 1;

  *cut = FALSE;

  while (at < TAG_LIMIT)
    {
      char byte;

      if (!need (self, at + 1, cancellable, error))
        return LOOK_ERROR;

      *length = at;
      if (at >= get_left (self))
        {
          *cut = TRUE;
          return LOOK_FOUND;
        }

      byte = self->buffer->str[self->at + at];
      if (byte == '>')
        return LOOK_FOUND;

      if (byte == '<')
        {
          *cut = TRUE;
          return LOOK_FOUND;
        }

      if (byte == '"' || byte == '\'')
        {
          Look look = look_for (self, byte == '"' ? SOUGHT_QUOTE : SOUGHT_APOSTROPHE, at + 1,
                                TAG_LIMIT, &at, cancellable, error);

          /* a quotation that never ends quotes nothing */
          if (look == LOOK_NOTHING)
            {
              *cut = TRUE;
              return look_for (self, SOUGHT_GREATER, *length, TAG_LIMIT, length, cancellable, error);
            }
          if (look == LOOK_ERROR)
            return look;
        }

      at++;
    }

  return LOOK_NOTHING;
}

static const AnnalsFeedToken *
lex_tag (AnnalsFeedLexer  *self,
         gboolean          is_end,
         GCancellable     *cancellable,
         GError          **error)
{
  const char *name, *at, *end;
  gsize length = 0;
  gboolean cut;

  switch (find_tag_end (self, &length, &cut, cancellable, error))
    {
    case LOOK_ERROR:
      return NULL;

    case LOOK_NOTHING:
      mended (self);
      return lex_text (self, TRUE, cancellable, error);

    case LOOK_FOUND:
      break;
    }

  self->n_broken += cut;
  name = at = self->buffer->str + self->at + (is_end ? 2 : 1);
  end = self->buffer->str + self->at + length;

  while (at < end && !is_name_end (*at))
    at++;

  g_string_truncate (self->name, 0);
  g_string_append_len (self->name, name, at - name);
  self->token.name = self->name->str;
  self->token.kind = is_end ? ANNALS_FEED_TOKEN_END : ANNALS_FEED_TOKEN_START;
  self->token.empty = FALSE;

  if (!is_end)
    {
      self->token.empty = at < end && end[-1] == '/';
      take_attributes (self, at, self->token.empty ? end - 1 : end);
    }

  advance (self, *end == '>' ? length + 1 : length);

  return &self->token;
}

/* --- what is left out --- */

/* Leaves out what begins here with @skip bytes and ends with @sought; without an end, only its beginning. */
static gboolean
leave_out (AnnalsFeedLexer  *self,
           gsize             skip,
           Sought            sought,
           GCancellable     *cancellable,
           GError          **error)
{
  gsize end = 0;
  Look look = look_for (self, sought, skip, SKIP_LIMIT, &end, cancellable, error);

  if (look == LOOK_FOUND)
    {
      advance (self, end + strlen (needles[sought]));
      return TRUE;
    }

  self->n_broken++;
  advance (self, skip);

  return look != LOOK_ERROR;
}

/* Where the document type that begins here ends: behind the ">" that stands neither in quotes nor between
 * brackets; 0 when it has no end. */
static gsize
find_doctype_end (const char *text,
                  gsize       length)
{
  char quote = '\0';
  gboolean brackets = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      if (quote != '\0')
        {
          if (text[i] == quote)
            quote = '\0';
        }
      else if (text[i] == '"' || text[i] == '\'')
        quote = text[i];
      else if (text[i] == '[')
        brackets = TRUE;
      else if (text[i] == ']')
        brackets = FALSE;
      else if (text[i] == '>' && !brackets)
        return i + 1;
    }

  return 0;
}

static gboolean
leave_out_doctype (AnnalsFeedLexer  *self,
                   GCancellable     *cancellable,
                   GError          **error)
{
  gsize end;

  if (!need (self, TAG_LIMIT, cancellable, error))
    return FALSE;

  end = find_doctype_end (self->buffer->str + self->at, MIN (get_left (self), TAG_LIMIT));
  if (end == 0)
    return leave_out (self, 2, SOUGHT_GREATER, cancellable, error);

  annals_feed_entities_declare (self->entities, self->buffer->str + self->at, end);
  advance (self, end);

  return TRUE;
}

/* Something that begins with "<". @left_out (out): it is to be left out, and was. */
static const AnnalsFeedToken *
lex_markup (AnnalsFeedLexer  *self,
            gboolean         *left_out,
            GCancellable     *cancellable,
            GError          **error)
{
  char next;

  /* enough for any of the beginnings below */
  if (!need (self, 16, cancellable, error))
    return NULL;

  next = self->buffer->str[self->at + 1];

  if (next == '/' || is_name_start (next))
    return lex_tag (self, next == '/', cancellable, error);

  if (begins (self, "<![CDATA["))
    {
      advance (self, 9);
      self->in_cdata = TRUE;
      return lex_cdata (self, cancellable, error);
    }

  if (begins (self, "<!--"))
    *left_out = leave_out (self, 4, SOUGHT_COMMENT_END, cancellable, error);
  else if (begins (self, "<!DOCTYPE"))
    *left_out = leave_out_doctype (self, cancellable, error);
  else if (next == '?')
    *left_out = leave_out (self, 2, SOUGHT_INSTRUCTION_END, cancellable, error);
  else if (next == '!')
    *left_out = leave_out (self, 2, SOUGHT_GREATER, cancellable, error);

  if (*left_out || next == '?' || next == '!')
    return NULL;

  mended (self);

  return lex_text (self, TRUE, cancellable, error);
}

AnnalsFeedLexer *
annals_feed_lexer_new (AnnalsImportInput *input,
                       AnnalsDecoder     *decoder)
{
  AnnalsFeedLexer *self;

  g_return_val_if_fail (input != NULL && decoder != NULL, NULL);

  self = g_new0 (AnnalsFeedLexer, 1);
  self->input = input;
  self->decoder = decoder;
  self->undecoded = g_byte_array_new ();
  self->buffer = g_string_new (NULL);
  self->name = g_string_new (NULL);
  self->text = g_string_new (NULL);
  self->entities = annals_feed_entities_new ();
  self->token.attributes = g_array_new (FALSE, FALSE, sizeof (AnnalsFeedAttribute));
  g_array_set_clear_func (self->token.attributes, attribute_clear);
  self->line = 1;

  return self;
}

void
annals_feed_lexer_free (AnnalsFeedLexer *self)
{
  if (self == NULL)
    return;

  g_byte_array_unref (self->undecoded);
  g_string_free (self->buffer, TRUE);
  g_string_free (self->name, TRUE);
  g_string_free (self->text, TRUE);
  annals_feed_entities_free (self->entities);
  g_array_unref (self->token.attributes);
  g_free (self);
}

const AnnalsFeedToken *
annals_feed_lexer_next (AnnalsFeedLexer  *self,
                        GCancellable     *cancellable,
                        GError          **error)
{
  const AnnalsFeedToken *token = NULL;
  gboolean left_out = TRUE;

  g_return_val_if_fail (self != NULL, NULL);

  g_array_set_size (self->token.attributes, 0);

  while (token == NULL && left_out)
    {
      left_out = FALSE;
      self->token.line = self->line;

      if (!need (self, 1, cancellable, error))
        break;

      if (get_left (self) == 0)
        {
          self->token.kind = ANNALS_FEED_TOKEN_FINISH;
          return &self->token;
        }

      if (self->in_cdata)
        token = lex_cdata (self, cancellable, error);
      else if (self->buffer->str[self->at] == '<')
        token = lex_markup (self, &left_out, cancellable, error);
      else
        token = lex_text (self, FALSE, cancellable, error);
    }

  if (token == NULL)
    self->token.kind = ANNALS_FEED_TOKEN_ERROR;

  return &self->token;
}

guint
annals_feed_lexer_get_line (AnnalsFeedLexer *self)
{
  return self->line;
}

guint
annals_feed_lexer_get_n_mended (AnnalsFeedLexer *self,
                                guint           *first_line)
{
  *first_line = self->first_mended;

  return self->n_mended;
}

guint
annals_feed_lexer_get_n_broken (AnnalsFeedLexer *self)
{
  return self->n_broken;
}
