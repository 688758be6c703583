/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-feed-lexer.h"

#include "annals-feed-entities.h"
#include "annals-feed-source.h"
#include "annals-limits.h"

#include <string.h>

/* longer than any reference with its & and ; */
#define MAX_REFERENCE 40

struct _AnnalsFeedLexer
{
  AnnalsFeedSource   *source;
  AnnalsFeedEntities *entities;
  AnnalsFeedToken     token;
  gboolean            in_cdata;
  GString            *name;
  GString            *text;
  guint               n_mended;
  guint               first_mended;
  guint               n_broken;
};

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
    self->first_mended = annals_feed_source_get_line (self->source);
}

static const char *
peek (AnnalsFeedLexer *self)
{
  return annals_feed_source_peek (self->source);
}

static gsize
get_left (AnnalsFeedLexer *self)
{
  return annals_feed_source_get_left (self->source);
}

static gboolean
is_last (AnnalsFeedLexer *self)
{
  return annals_feed_source_is_last (self->source);
}

static AnnalsFeedLook
look_for (AnnalsFeedLexer   *self,
          AnnalsFeedSought   sought,
          gsize              from,
          gsize              limit,
          gsize             *found,
          GCancellable      *cancellable,
          GError           **error)
{
  return annals_feed_source_look_for (self->source, sought, from, limit, found, cancellable, error);
}

static gboolean
begins (AnnalsFeedLexer *self,
        const char      *what)
{
  gsize length = strlen (what);

  return get_left (self) >= length &&
         g_ascii_strncasecmp (peek (self), what, length) == 0;
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
  gsize n_bytes =
    annals_feed_entities_resolve_bytes (text, MIN (length, ANNALS_FEED_MAX_BYTE_REFERENCES), out);

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
  take_text (self, peek (self), length, cdata, self->text);
  self->token.kind = ANNALS_FEED_TOKEN_TEXT;
  self->token.text = self->text->str;
  self->token.length = self->text->len;
  self->token.cdata = cdata;
  annals_feed_source_advance (self->source, length);

  return &self->token;
}

/* The first of the references that stand before @reference without anything between them; four of them may
 * belong together. */
static const char *
begin_of_run (const char *start,
              const char *reference)
{
  for (guint i = 0; i < 4 && reference > start + 10 && reference[-1] == ';'; i++)
    {
      const char *before = g_strrstr_len (start, reference - start, "&");

      if (before == NULL || reference - before > 10)
        break;
      reference = before;
    }

  return reference;
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

  if (!annals_feed_source_need (self->source, MAX_REFERENCE, cancellable, error))
    return NULL;

  start = peek (self);
  length = get_left (self);
  end = memchr (start + (literal ? 1 : 0), '<', length - (literal ? 1 : 0));
  if (end != NULL)
    return give_text (self, (gsize) (end - start), FALSE);

  /* a reference may be cut at the end of what is there; the first MAX_REFERENCE bytes are not */
  if (!is_last (self))
    {
      reference = memchr (start + length - (MAX_REFERENCE - 1), '&', MAX_REFERENCE - 1);
      /* nor is a run of them to be cut, as far as it matters */
      if (reference != NULL)
        reference = begin_of_run (start, reference);
      if (reference != NULL && reference > start)
        length = (gsize) (reference - start);
    }

  return give_text (self, length, FALSE);
}

/* --- CDATA --- */

/* Whether the CDATA that has come to such a place goes on behind it: its own end comes before another one's
 * beginning. */
static AnnalsFeedLook
cdata_goes_on (AnnalsFeedLexer  *self,
               GCancellable     *cancellable,
               GError          **error)
{
  gsize end = 0, next = 0;
  AnnalsFeedLook look = look_for (self, ANNALS_FEED_SOUGHT_CDATA_END, 0, ANNALS_LIMIT_FEED_SKIPPED, &end,
                                  cancellable, error);

  if (look != ANNALS_FEED_LOOK_FOUND)
    return look;

  look = look_for (self, ANNALS_FEED_SOUGHT_CDATA, 0, end, &next, cancellable, error);
  if (look == ANNALS_FEED_LOOK_FOUND && next < end)
    return ANNALS_FEED_LOOK_NOTHING;

  return look == ANNALS_FEED_LOOK_ERROR ? look : ANNALS_FEED_LOOK_FOUND;
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

  if (!annals_feed_source_need (self->source, MAX_REFERENCE, cancellable, error))
    return NULL;

  start = at = peek (self);
  end = start + get_left (self);

  if (begins (self, "]]>"))
    {
      annals_feed_source_advance (self->source, 3);
      self->in_cdata = FALSE;
      return give_text (self, 0, FALSE);
    }

  if (is_field_end (start, (gsize) (end - start)))
    {
      AnnalsFeedLook look = cdata_goes_on (self, cancellable, error);

      if (look == ANNALS_FEED_LOOK_ERROR)
        return NULL;

      if (look == ANNALS_FEED_LOOK_NOTHING)
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

      if (*at == ']' && (left < 3 ? !is_last (self) : memcmp (at, "]]>", 3) == 0))
        break;
      if (*at == '<' && (is_field_end (at, left) || (left < MAX_REFERENCE && !is_last (self))))
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

  if (self->token.attributes->len >= ANNALS_LIMIT_FEED_ATTRIBUTES)
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
 * which sets @cut. ANNALS_FEED_LOOK_NOTHING: it is no tag at all. */
static AnnalsFeedLook
find_tag_end (AnnalsFeedLexer  *self,
              gsize            *length,
              gboolean         *cut,
              GCancellable     *cancellable,
              GError          **error)
{
  gsize at = 1;

  *cut = FALSE;

  while (at < ANNALS_LIMIT_FEED_TAG)
    {
      char byte;

      if (!annals_feed_source_need (self->source, at + 1, cancellable, error))
        return ANNALS_FEED_LOOK_ERROR;

      *length = at;
      if (at >= get_left (self))
        {
          *cut = TRUE;
          return ANNALS_FEED_LOOK_FOUND;
        }

      byte = peek (self)[at];
      if (byte == '>')
        return ANNALS_FEED_LOOK_FOUND;

      if (byte == '<')
        {
          *cut = TRUE;
          return ANNALS_FEED_LOOK_FOUND;
        }

      if (byte == '"' || byte == '\'')
        {
          AnnalsFeedLook look = look_for (self, byte == '"' ? ANNALS_FEED_SOUGHT_QUOTE
                                                            : ANNALS_FEED_SOUGHT_APOSTROPHE,
                                          at + 1, ANNALS_LIMIT_FEED_TAG, &at, cancellable, error);

          /* a quotation that never ends quotes nothing */
          if (look == ANNALS_FEED_LOOK_NOTHING)
            {
              *cut = TRUE;
              return look_for (self, ANNALS_FEED_SOUGHT_GREATER, *length, ANNALS_LIMIT_FEED_TAG, length,
                               cancellable, error);
            }
          if (look == ANNALS_FEED_LOOK_ERROR)
            return look;
        }

      at++;
    }

  return ANNALS_FEED_LOOK_NOTHING;
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
    case ANNALS_FEED_LOOK_ERROR:
      return NULL;

    case ANNALS_FEED_LOOK_NOTHING:
      mended (self);
      return lex_text (self, TRUE, cancellable, error);

    case ANNALS_FEED_LOOK_FOUND:
      break;
    }

  self->n_broken += cut;
  name = at = peek (self) + (is_end ? 2 : 1);
  end = peek (self) + length;

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

  annals_feed_source_advance (self->source, *end == '>' ? length + 1 : length);

  return &self->token;
}

/* --- what is left out --- */

/* Leaves out what begins here with @skip bytes and ends with @sought; without an end, only its beginning. */
static gboolean
leave_out (AnnalsFeedLexer  *self,
           gsize             skip,
           AnnalsFeedSought            sought,
           GCancellable     *cancellable,
           GError          **error)
{
  gsize end = 0;
  AnnalsFeedLook look = look_for (self, sought, skip, ANNALS_LIMIT_FEED_SKIPPED, &end, cancellable, error);

  if (look == ANNALS_FEED_LOOK_FOUND)
    {
      annals_feed_source_advance (self->source, end + annals_feed_sought_length (sought));
      return TRUE;
    }

  self->n_broken++;
  annals_feed_source_advance (self->source, skip);

  return look != ANNALS_FEED_LOOK_ERROR;
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

  if (!annals_feed_source_need (self->source, ANNALS_LIMIT_FEED_TAG, cancellable, error))
    return FALSE;

  end = find_doctype_end (peek (self), MIN (get_left (self), ANNALS_LIMIT_FEED_TAG));
  if (end == 0)
    return leave_out (self, 2, ANNALS_FEED_SOUGHT_GREATER, cancellable, error);

  annals_feed_entities_declare (self->entities, peek (self), end);
  annals_feed_source_advance (self->source, end);

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
  if (!annals_feed_source_need (self->source, 16, cancellable, error))
    return NULL;

  next = peek (self)[1];

  if (next == '/' || is_name_start (next))
    return lex_tag (self, next == '/', cancellable, error);

  if (begins (self, "<![CDATA["))
    {
      annals_feed_source_advance (self->source, 9);
      self->in_cdata = TRUE;
      return lex_cdata (self, cancellable, error);
    }

  if (begins (self, "<!--"))
    *left_out = leave_out (self, 4, ANNALS_FEED_SOUGHT_COMMENT_END, cancellable, error);
  else if (begins (self, "<!DOCTYPE"))
    *left_out = leave_out_doctype (self, cancellable, error);
  else if (next == '?')
    *left_out = leave_out (self, 2, ANNALS_FEED_SOUGHT_INSTRUCTION_END, cancellable, error);
  else if (next == '!')
    *left_out = leave_out (self, 2, ANNALS_FEED_SOUGHT_GREATER, cancellable, error);

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
  self->source = annals_feed_source_new (input, decoder);
  self->name = g_string_new (NULL);
  self->text = g_string_new (NULL);
  self->entities = annals_feed_entities_new ();
  self->token.attributes = g_array_new (FALSE, FALSE, sizeof (AnnalsFeedAttribute));
  g_array_set_clear_func (self->token.attributes, attribute_clear);

  return self;
}

void
annals_feed_lexer_free (AnnalsFeedLexer *self)
{
  if (self == NULL)
    return;

  annals_feed_source_free (self->source);
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
      self->token.line = annals_feed_source_get_line (self->source);

      if (!annals_feed_source_need (self->source, 1, cancellable, error))
        break;

      if (get_left (self) == 0)
        {
          self->token.kind = ANNALS_FEED_TOKEN_FINISH;
          return &self->token;
        }

      if (self->in_cdata)
        token = lex_cdata (self, cancellable, error);
      else if (*peek (self) == '<')
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
  return annals_feed_source_get_line (self->source);
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
