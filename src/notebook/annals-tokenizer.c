/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-tokenizer.h"

#include <sqlite3.h>
#include <string.h>

#include "annals-tokenizer-private.h"

typedef struct
{
  fts5_tokenizer  porter_class;
  fts5_tokenizer  unicode_class;
  Fts5Tokenizer  *porter;
  Fts5Tokenizer  *unicode;
} AnnalsTokenizer;

/* Words between two runs of pairs, on their way through the inner tokenizer. */
typedef struct
{
  AnnalsTokenizer *self;
  void            *context;
  AnnalsTokenFunc        func;
  const char      *text;
  int              base;       /* where @text begins in the whole text */
  gboolean         surfaces;   /* give the unstemmed word too */
} Segment;

typedef struct
{
  const char *token;
  int         length;
  Segment    *segment;
  int         start;
  int         end;
} Surface;

typedef struct
{
  const char *text;    /* the character's bytes */
  int         length;
  int         start;   /* in the whole text */
} PairedChar;

typedef struct
{
  gunichar first;
  gunichar last;
} CharRange;

/* Han, Kana (with its length mark, without its middle dot), Bopomofo and Hangul. */
static const CharRange paired_ranges[] = {
  { 0x1100, 0x11FF },   { 0x2E80, 0x2FD5 },   { 0x3005, 0x3007 },   { 0x3021, 0x3029 },
  { 0x3031, 0x3035 },   { 0x3038, 0x303C },   { 0x3041, 0x3096 },   { 0x3099, 0x309A },
  { 0x309D, 0x309F },   { 0x30A1, 0x30FA },   { 0x30FC, 0x30FF },   { 0x3105, 0x312F },
  { 0x3131, 0x318E },   { 0x31A0, 0x31BF },   { 0x31F0, 0x31FF },   { 0x3400, 0x4DBF },
  { 0x4E00, 0x9FFF },   { 0xA960, 0xA97C },   { 0xAC00, 0xD7A3 },   { 0xD7B0, 0xD7FB },
  { 0xF900, 0xFAFF },   { 0xFF66, 0xFFDC },   { 0x1AFF0, 0x1B16F }, { 0x20000, 0x3FFFD },
};

/* A variation selector picks a glyph of the character before it and is no character of a word. */
static gboolean
is_selector (gunichar ch)
{
  return (ch >= 0xFE00 && ch <= 0xFE0F) || (ch >= 0xE0100 && ch <= 0xE01EF);
}

/* The character at @text, of at most @left bytes; its length is left in @length. A byte that is no
 * UTF-8 is a character of its own, 0. */
static gunichar
read_char (const char *text,
           int         left,
           int        *length)
{
  gunichar ch;

  *length = 1;

  if ((guchar) text[0] < 0x80)
    return (guchar) text[0];

  ch = g_utf8_get_char_validated (text, left);
  if (ch >= (gunichar) -2)
    return 0;

  *length = g_unichar_to_utf8 (ch, NULL);

  return ch;
}

static int
surface_cb (void       *context,
            int         flags,
            const char *token,
            int         length,
            int         start,
            int         end)
{
  Surface *surface = context;
  Segment *segment = surface->segment;

  if (length == surface->length && memcmp (token, surface->token, length) == 0)
    return SQLITE_OK;

  return segment->func (segment->context, FTS5_TOKEN_COLOCATED, token, length,
                        segment->base + surface->start, segment->base + surface->end);
}

/* Whether folding and stemming can have made something else of the word's end. Porter knows only
 * endings in ASCII letters, so a word that ends in Cyrillic, Greek, Arabic… is its own stem. */
static gboolean
is_stemmed_script (const char *word,
                   int         length)
{
  const char *last = word + length - 1;
  gunichar ch;
  int n;

  while (last > word && ((guchar) *last & 0xC0) == 0x80)
    last--;

  ch = read_char (last, word + length - last, &n);

  return ch < 0x0370 || (ch >= 0x1AB0 && ch <= 0x1AFF) || (ch >= 0x1D00 && ch <= 0x1EFF) ||
         (ch >= 0x2000 && ch <= 0x2BFF) || (ch >= 0xA720 && ch <= 0xA7FF) ||
         (ch >= 0xFB00 && ch <= 0xFB06) || (ch >= 0xFE20 && ch <= 0xFE2F) ||
         (ch >= 0xFF00 && ch <= 0xFF5F);
}

static int
word_cb (void       *context,
         int         flags,
         const char *token,
         int         length,
         int         start,
         int         end)
{
  Segment *segment = context;
  Surface surface = { token, length, segment, start, end };
  int result;

  result = segment->func (segment->context, flags, token, length,
                          segment->base + start, segment->base + end);

  if (result != SQLITE_OK || !segment->surfaces || end <= start ||
      !is_stemmed_script (segment->text + start, end - start))
    return result;

  return segment->self->unicode_class.xTokenize (segment->self->unicode, &surface,
                                                 FTS5_TOKENIZE_DOCUMENT,
                                                 segment->text + start, end - start, surface_cb);
}

static int
tokenize_words (AnnalsTokenizer *self,
                void            *context,
                int              flags,
                const char      *text,
                int              start,
                int              end,
                AnnalsTokenFunc        func)
{
  Segment segment = { self, context, func, text + start, start, FALSE };

  if (start == end)
    return SQLITE_OK;

  /* A beginning is not stemmed: "mis*" would become "mi*". */
  if (flags & FTS5_TOKENIZE_PREFIX)
    return self->unicode_class.xTokenize (self->unicode, &segment, flags, text + start,
                                          end - start, word_cb);

  segment.surfaces = (flags & FTS5_TOKENIZE_DOCUMENT) != 0;

  return self->porter_class.xTokenize (self->porter, &segment, flags, text + start,
                                       end - start, word_cb);
}

static int
emit_pair (void             *context,
           AnnalsTokenFunc         func,
           int               flags,
           const PairedChar *first,
           const PairedChar *second)
{
  char token[12];
  int length = first->length;
  const PairedChar *last = second != NULL ? second : first;

  memcpy (token, first->text, first->length);

  if (second != NULL)
    {
      memcpy (token + length, second->text, second->length);
      length += second->length;
    }

  return func (context, flags, token, length, first->start, last->start + last->length);
}

/* A run that begins at @start; where it ends is left in @end. */
static int
tokenize_run (void       *context,
              int         flags,
              const char *text,
              int         n_bytes,
              int         start,
              int        *end,
              AnnalsTokenFunc   func)
{
  PairedChar previous = { 0 };
  guint n_chars = 0;
  int position = start;
  int result = SQLITE_OK;

  while (position < n_bytes && result == SQLITE_OK)
    {
      PairedChar current = { text + position, 0, position };
      gunichar ch = read_char (text + position, n_bytes - position, &current.length);

      if (!is_selector (ch))
        {
          if (!annals_tokenizer_is_paired (ch))
            break;

          if (n_chars > 0)
            result = emit_pair (context, func, 0, &previous, &current);

          previous = current;
          n_chars++;
        }

      position += current.length;
    }

  *end = position;

  if (result != SQLITE_OK)
    return result;

  if (n_chars == 1)
    return emit_pair (context, func, 0, &previous, NULL);

  /* In a query the run may go on in the text, unless something follows it. */
  if ((flags & FTS5_TOKENIZE_QUERY) && position == n_bytes)
    return SQLITE_OK;

  return emit_pair (context, func, 0, &previous, NULL);
}

static int
annals_tokenizer_tokenize (Fts5Tokenizer *tokenizer,
                           void          *context,
                           int            flags,
                           const char    *text,
                           int            n_bytes,
                           AnnalsTokenFunc      func)
{
  AnnalsTokenizer *self = (AnnalsTokenizer *) tokenizer;
  int words = 0;
  int position = 0;

  while (position < n_bytes)
    {
      int result;
      int length;

      /* No paired character is below U+1100, whose first byte is 0xE1. */
      if ((guchar) text[position] < 0xE1)
        {
          position++;
          continue;
        }

      if (!annals_tokenizer_is_paired (read_char (text + position, n_bytes - position, &length)))
        {
          position += length;
          continue;
        }

      result = tokenize_words (self, context, flags, text, words, position, func);

      if (result == SQLITE_OK)
        result = tokenize_run (context, flags, text, n_bytes, position, &position, func);

      if (result != SQLITE_OK)
        return result;

      words = position;
    }

  return tokenize_words (self, context, flags, text, words, n_bytes, func);
}

static void
annals_tokenizer_delete (Fts5Tokenizer *tokenizer)
{
  AnnalsTokenizer *self = (AnnalsTokenizer *) tokenizer;

  if (self->porter != NULL)
    self->porter_class.xDelete (self->porter);

  if (self->unicode != NULL)
    self->unicode_class.xDelete (self->unicode);

  g_free (self);
}

static int
annals_tokenizer_create (void           *data,
                         const char    **args,
                         int             n_args,
                         Fts5Tokenizer **tokenizer)
{
  const char *inner[] = { "unicode61", "remove_diacritics", "2" };
  AnnalsTokenizer *self = g_new0 (AnnalsTokenizer, 1);
  fts5_api *api = data;
  void *unicode_data = NULL;
  void *porter_data = NULL;
  int result;

  result = api->xFindTokenizer (api, "unicode61", &unicode_data, &self->unicode_class);

  if (result == SQLITE_OK)
    result = api->xFindTokenizer (api, "porter", &porter_data, &self->porter_class);

  if (result == SQLITE_OK)
    result = self->unicode_class.xCreate (unicode_data, inner + 1, 2, &self->unicode);

  if (result == SQLITE_OK)
    result = self->porter_class.xCreate (porter_data, inner, 3, &self->porter);

  if (result != SQLITE_OK)
    {
      annals_tokenizer_delete ((Fts5Tokenizer *) self);
      return result;
    }

  *tokenizer = (Fts5Tokenizer *) self;

  return SQLITE_OK;
}

/* annals_ranges(): where the phrases of a query stand */

/* The range of each position of the text; terms in another's place are left out. */
static int
range_cb (void       *context,
          int         flags,
          const char *token,
          int         length,
          int         start,
          int         end)
{
  GArray *positions = context;
  AnnalsByteRange range = { start, end };

  if ((flags & FTS5_TOKEN_COLOCATED) == 0)
    g_array_append_val (positions, range);

  return SQLITE_OK;
}

void
annals_byte_range_narrow (AnnalsByteRange *range,
                          const char      *text,
                          const char      *singles)
{
  int first_length;
  int second_length;
  gunichar first;
  gunichar second;

  first = read_char (text + range->start, range->end - range->start, &first_length);

  if (!annals_tokenizer_is_paired (first) ||
      range->start + first_length >= range->end)
    return;

  second = read_char (text + range->start + first_length,
                      range->end - range->start - first_length, &second_length);

  if (g_utf8_strchr (singles, -1, first) != NULL)
    range->end = range->start + first_length;
  else if (annals_tokenizer_is_paired (second) && g_utf8_strchr (singles, -1, second) != NULL)
    range->start += first_length;
}

static int
compare_ranges (gconstpointer a,
                gconstpointer b)
{
  const AnnalsByteRange *one = a;
  const AnnalsByteRange *two = b;

  if (one->start != two->start)
    return one->start < two->start ? -1 : 1;

  return (one->end > two->end) - (one->end < two->end);
}

void
annals_byte_ranges_join (GArray *ranges)
{
  guint kept = 0;

  g_array_sort (ranges, compare_ranges);

  for (guint i = 1; i < ranges->len; i++)
    {
      AnnalsByteRange *last = &g_array_index (ranges, AnnalsByteRange, kept);
      AnnalsByteRange *next = &g_array_index (ranges, AnnalsByteRange, i);

      if (next->start < last->end)
        last->end = MAX (last->end, next->end);
      else
        g_array_index (ranges, AnnalsByteRange, ++kept) = *next;
    }

  if (ranges->len > 0)
    g_array_set_size (ranges, kept + 1);
}

static int
collect_ranges (const Fts5ExtensionApi *api,
                Fts5Context            *context,
                int                     column,
                const char             *singles,
                GArray                 *ranges)
{
  g_autoptr(GArray) positions = g_array_new (FALSE, FALSE, sizeof (AnnalsByteRange));
  const char *text = NULL;
  int n_bytes = 0;
  int n_places = 0;
  int result;

  if ((result = api->xColumnText (context, column, &text, &n_bytes)) != SQLITE_OK ||
      (result = api->xTokenize (context, text, n_bytes, positions, range_cb)) != SQLITE_OK ||
      (result = api->xInstCount (context, &n_places)) != SQLITE_OK)
    return result;

  for (int i = 0; i < n_places; i++)
    {
      AnnalsByteRange range;
      int phrase, at, position, size;

      if ((result = api->xInst (context, i, &phrase, &at, &position)) != SQLITE_OK)
        return result;

      size = api->xPhraseSize (context, phrase);

      /* The index may be of an older text than the one at hand. */
      if (at != column || size < 1 || position < 0 || (guint) (position + size) > positions->len)
        continue;

      range.start = g_array_index (positions, AnnalsByteRange, position).start;
      range.end = g_array_index (positions, AnnalsByteRange, position + size - 1).end;

      if (size == 1 && *singles != '\0')
        annals_byte_range_narrow (&range, text, singles);

      g_array_append_val (ranges, range);
    }

  annals_byte_ranges_join (ranges);

  return SQLITE_OK;
}

static void
annals_ranges_function (const Fts5ExtensionApi  *api,
                        Fts5Context             *context,
                        sqlite3_context         *answer,
                        int                      n_args,
                        sqlite3_value          **args)
{
  g_autoptr(GArray) ranges = NULL;
  const char *singles;
  int column;
  int result;

  if (n_args != 2)
    {
      sqlite3_result_error (answer, "annals_ranges() takes a column and the single characters", -1);
      return;
    }

  column = sqlite3_value_int (args[0]);
  singles = (const char *) sqlite3_value_text (args[1]);

  if (column < 0 || column >= api->xColumnCount (context))
    {
      sqlite3_result_error_code (answer, SQLITE_RANGE);
      return;
    }

  ranges = g_array_new (FALSE, FALSE, sizeof (AnnalsByteRange));
  result = collect_ranges (api, context, column, singles != NULL ? singles : "", ranges);

  if (result != SQLITE_OK)
    sqlite3_result_error_code (answer, result);
  else
    sqlite3_result_blob64 (answer, ranges->data != NULL ? ranges->data : "",
                           (sqlite3_uint64) ranges->len * sizeof (AnnalsByteRange), SQLITE_TRANSIENT);
}

/* FTS5 hands its interface out through a pointer bound to a query. */
int
annals_tokenizer_get_api (sqlite3   *native,
                          fts5_api **api)
{
  sqlite3_stmt *stmt = NULL;
  int result;

  result = sqlite3_prepare_v2 (native, "SELECT fts5 (?1)", -1, &stmt, NULL);

  if (result == SQLITE_OK)
    result = sqlite3_bind_pointer (stmt, 1, api, "fts5_api_ptr", NULL);

  if (result == SQLITE_OK)
    sqlite3_step (stmt);

  if (stmt != NULL)
    result = sqlite3_finalize (stmt);

  if (result == SQLITE_OK && *api == NULL)
    result = SQLITE_ERROR;

  return result;
}

gboolean
annals_tokenizer_run (sqlite3         *native,
                      const char      *text,
                      int              flags,
                      AnnalsTokenFunc  func,
                      gpointer         data)
{
  fts5_api *api = NULL;
  fts5_tokenizer class;
  Fts5Tokenizer *tokenizer = NULL;
  void *class_data = NULL;
  int result;

  if (annals_tokenizer_get_api (native, &api) != SQLITE_OK ||
      api->xFindTokenizer (api, "annals", &class_data, &class) != SQLITE_OK ||
      class.xCreate (class_data, NULL, 0, &tokenizer) != SQLITE_OK)
    return FALSE;

  result = class.xTokenize (tokenizer, data, flags, text, (int) strlen (text), func);
  class.xDelete (tokenizer);

  return result == SQLITE_OK || result == SQLITE_DONE;
}

gboolean
annals_tokenizer_is_paired (gunichar ch)
{
  guint low = 0;
  guint high = G_N_ELEMENTS (paired_ranges);

  if (ch < paired_ranges[0].first)
    return FALSE;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (ch > paired_ranges[middle].last)
        low = middle + 1;
      else if (ch < paired_ranges[middle].first)
        high = middle;
      else
        return TRUE;
    }

  return FALSE;
}

int
annals_tokenizer_register (sqlite3 *native)
{
  fts5_tokenizer tokenizer = {
    annals_tokenizer_create,
    annals_tokenizer_delete,
    annals_tokenizer_tokenize,
  };
  fts5_api *api = NULL;
  int result;

  if ((result = annals_tokenizer_get_api (native, &api)) != SQLITE_OK ||
      (result = api->xCreateTokenizer (api, "annals", api, &tokenizer, NULL)) != SQLITE_OK)
    return result;

  return api->xCreateFunction (api, "annals_ranges", NULL, annals_ranges_function, NULL);
}
