/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-json-splitter.h"

#include "annals-json-scan.h"
#include "annals-limits.h"

#include <string.h>

#define MAX_MEMBERS 100
#define MAX_LEVEL 9
/* Kept from one piece to the next before the window moves */
#define KEEP (1024 * 1024)

struct _AnnalsJsonSplitter
{
  AnnalsListSource *source;       /* borrowed */
  char              container;    /* of the layout */
  char             *path;
  gboolean          may_switch;   /* a list with a known name would be better than the layout's */
  AnnalsJsonScan   *scan;         /* what stands outside the records */
  gsize             position;     /* in the window: what is read next */
  gsize             start;        /* of the last piece */
  gsize             end;
  guint             line;
  gint64            offset;
  gsize             counted;      /* up to where lines were counted */
  guint             counted_line;
  gboolean          in_list;
  gboolean          lost;         /* after damage: where the containers stand is not known any more */
  gboolean          seeking;      /* for the next record */
  gboolean          rejected;     /* the last piece has brackets that fit, but cannot be read */
  char             *key;          /* the first one of a record, with its quotes */
  char             *broken_key;   /* the same of the last one that was damaged */
  gint64            told;         /* the end of the last damaged piece that was given back */
  GString          *remainder;    /* the beginning of what was passed over since the last record */
  guint             remainder_line;
  gint64            remainder_offset;
  gsize             budget;
  GHashTable       *members;
  guint             n_passed;
  gboolean          cut;
};

AnnalsJsonSplitter *
annals_json_splitter_new (AnnalsListSource       *source,
                          const AnnalsJsonLayout *layout)
{
  AnnalsJsonSplitter *self = g_new0 (AnnalsJsonSplitter, 1);

  self->source = source;
  self->container = layout->container;
  self->path = g_strdup (layout->path);
  self->may_switch = layout->container != 0 && *layout->path != '\0' && !layout->known;
  self->scan = annals_json_scan_new ();
  self->position = layout->start;
  self->counted_line = 1;
  self->budget = ANNALS_LIMIT_RESCANNED;
  self->members = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

void
annals_json_splitter_free (AnnalsJsonSplitter *self)
{
  if (self == NULL)
    return;

  annals_json_scan_free (self->scan);
  g_hash_table_unref (self->members);
  g_free (self->path);
  g_free (self->key);
  g_free (self->broken_key);
  if (self->remainder != NULL)
    g_string_free (self->remainder, TRUE);
  g_free (self);
}

/* --- the window --- */

/* The window moves on from what nobody needs any more, seldom, so that it costs little. */
static void
forget (AnnalsJsonSplitter *self,
        gsize               needed)
{
  if (needed < KEEP)
    return;

  annals_list_source_discard (self->source, needed);
  self->position -= needed;
  self->counted = 0;
  self->counted_line = self->source->line;
}

/* Makes sure that there is a byte at self->position; FALSE at the end, or with @error set. */
static gboolean
ensure (AnnalsJsonSplitter  *self,
        GCancellable        *cancellable,
        GError             **error)
{
  while (self->position >= self->source->text->len && !self->source->at_end)
    if (!annals_list_source_fill (self->source, cancellable, error))
      return FALSE;

  return self->position < self->source->text->len;
}

/* The line of what stands at @position, which only grows. */
static guint
line_at (AnnalsJsonSplitter *self,
         gsize               position)
{
  const char *text = self->source->text->str;

  for (const char *at = text + self->counted;
       self->counted < position && (at = memchr (at, '\n', (gsize) (text + position - at))) != NULL; at++)
    self->counted_line++;
  self->counted = MAX (self->counted, position);

  return self->counted_line;
}

static void
begin_piece (AnnalsJsonSplitter *self)
{
  self->start = self->position;
  self->offset = self->source->offset + (gint64) self->start;
  self->line = line_at (self, self->start);
}

/* --- a record --- */

/* What may come next in a container */
typedef enum
{
  NEXT_KEY,      /* a member's name, or the object's end */
  NEXT_COLON,
  NEXT_VALUE,    /* a value, or the array's end */
  NEXT_COMMA,    /* a comma, or the container's end */
} Next;

typedef struct
{
  gboolean objects[ANNALS_LIMIT_JSON_DEPTH + 1];   /* whether the container at that depth is one */
  guint    depth;
  Next     next;
} Grammar;

static gboolean
is_too_long (AnnalsJsonSplitter *self)
{
  return self->position > self->start && self->position - self->start > ANNALS_LIMIT_JSON_RECORD;
}

/* To the character behind a string's last quote; FALSE at the end of the file, when the record becomes too long,
 * or with @error set. */
static gboolean
skip_string (AnnalsJsonSplitter  *self,
             GCancellable        *cancellable,
             GError             **error)
{
  for (self->position++; !is_too_long (self) && ensure (self, cancellable, error); self->position++)
    {
      const char *text = self->source->text->str;

      self->position += strcspn (text + self->position, "\"\\");
      if (self->position >= self->source->text->len)
        {
          self->position--;
          continue;
        }

      if (text[self->position] == '"')
        {
          self->position++;
          return TRUE;
        }

      /* what is escaped may be in the next window */
      self->position++;
      if (!ensure (self, cancellable, error))
        return FALSE;
    }

  return FALSE;
}

/* Whether @c, outside strings, may stand here. A comma in front of a container's end is let through, and mended
 * later. */
static gboolean
take_character (Grammar *grammar,
                char     c)
{
  gboolean object = grammar->objects[grammar->depth];

  switch (c)
    {
    case '{':
    case '[':
      if (grammar->depth > 0 && grammar->next != NEXT_VALUE)
        return FALSE;
      grammar->depth++;
      grammar->objects[grammar->depth] = c == '{';
      grammar->next = c == '{' ? NEXT_KEY : NEXT_VALUE;
      return TRUE;

    case '}':
    case ']':
      if (object != (c == '}') || grammar->next == NEXT_COLON || (object && grammar->next == NEXT_VALUE))
        return FALSE;
      grammar->depth--;
      grammar->next = NEXT_COMMA;
      return TRUE;

    case ',':
      if (grammar->next != NEXT_COMMA)
        return FALSE;
      grammar->next = object ? NEXT_KEY : NEXT_VALUE;
      return TRUE;

    case ':':
      if (grammar->next != NEXT_COLON)
        return FALSE;
      grammar->next = NEXT_VALUE;
      return TRUE;

    case '"':
      if (grammar->next != NEXT_KEY && grammar->next != NEXT_VALUE)
        return FALSE;
      grammar->next = grammar->next == NEXT_KEY ? NEXT_COLON : NEXT_COMMA;
      return TRUE;

    default:
      /* the first character of a number or word; the others are passed over with it */
      if (grammar->next != NEXT_VALUE || (!g_ascii_isalnum (c) && c != '-'))
        return FALSE;
      grammar->next = NEXT_COMMA;
      return TRUE;
    }
}

/* Reads from the record's first bracket behind its last one. */
static AnnalsJsonPiece
read_record (AnnalsJsonSplitter  *self,
             GCancellable        *cancellable,
             GError             **error)
{
  Grammar grammar = { .next = NEXT_VALUE };

  begin_piece (self);

  while (ensure (self, cancellable, error))
    {
      char c = self->source->text->str[self->position];

      if (is_too_long (self))
        return ANNALS_JSON_PIECE_TOO_LONG;
      if ((c == '{' || c == '[') && grammar.depth == ANNALS_LIMIT_JSON_DEPTH)
        return ANNALS_JSON_PIECE_TOO_DEEP;

      if (c == ' ' || c == '\n' || c == '\r' || c == '\t')
        {
          self->position++;
          continue;
        }

      if (!take_character (&grammar, c))
        return ANNALS_JSON_PIECE_BROKEN;

      if (c == '"')
        {
          if (!skip_string (self, cancellable, error))
            break;
          continue;
        }

      self->position++;
      if (grammar.depth == 0)
        return ANNALS_JSON_PIECE_RECORD;
      if (strchr ("{}[],:", c) == NULL)
        while (!is_too_long (self) && ensure (self, cancellable, error) &&
               (g_ascii_isalnum (self->source->text->str[self->position]) ||
                strchr ("+-.", self->source->text->str[self->position]) != NULL))
          self->position++;
    }

  if (error != NULL && *error != NULL)
    return ANNALS_JSON_PIECE_ERROR;

  return is_too_long (self) ? ANNALS_JSON_PIECE_TOO_LONG : ANNALS_JSON_PIECE_CUT;
}

/* The first key of the last piece, with its quotes; NULL when it has none. */
static char *
dup_first_key (AnnalsJsonSplitter *self)
{
  const char *at = self->source->text->str + self->start;
  const char *end;

  if (*at++ != '{')
    return NULL;

  at += strspn (at, " \t\r\n");
  if (*at != '"' || (end = strpbrk (at + 1, "\"\\")) == NULL || *end != '"' || end - at > 100)
    return NULL;

  return g_strndup (at, (gsize) (end + 1 - at));
}

/* --- after damage --- */

static gboolean
begins_with_key (const char *at,
                 const char *key)
{
  if (key == NULL || !g_str_has_prefix (at, key))
    return FALSE;

  at += strlen (key);

  return at[strspn (at, " \t\r\n")] == ':';
}

/* Whether a record may begin at @at, where a "{" stands: as the others do, and behind what ends one. */
static gboolean
is_beginning (AnnalsJsonSplitter *self,
              gsize               at)
{
  const char *text = self->source->text->str;
  const char *behind = text + at + 1;
  gsize before = at;

  while (before > 0 && g_ascii_isspace (text[before - 1]))
    before--;
  if (before > 0 && strchr (",[}", text[before - 1]) == NULL && !(before < at && text[at - 1] == '\n'))
    return FALSE;

  behind += strspn (behind, " \t\r\n");
  if (self->key == NULL && self->broken_key == NULL)
    return *behind == '"';

  return begins_with_key (behind, self->key) || begins_with_key (behind, self->broken_key);
}

/* Remembers the beginning of what is passed over, from self->position to @end. */
static void
keep_remainder (AnnalsJsonSplitter *self,
                gsize               end)
{
  const char *text = self->source->text->str;

  if (self->remainder == NULL)
    self->remainder = g_string_new (NULL);

  /* of the piece that was given back as damaged, nothing more needs to be said */
  if (self->source->offset + (gint64) end <= self->told || self->remainder->len > 1000)
    return;

  for (gsize i = self->position; i < end && self->remainder->len <= 1000; i++)
    {
      if (self->source->offset + (gint64) i < self->told ||
          (self->remainder->len == 0 && strchr (" \t\r\n,]})(;", text[i]) != NULL))
        continue;

      if (self->remainder->len == 0)
        {
          self->remainder_offset = self->source->offset + (gint64) i;
          self->remainder_line = line_at (self, i);
        }
      g_string_append_c (self->remainder, text[i]);
    }
}

/* Moves to the next place that looks like a record's beginning; FALSE when there is none, or with @error set. */
static gboolean
seek (AnnalsJsonSplitter  *self,
      GCancellable        *cancellable,
      GError             **error)
{
  while (TRUE)
    {
      const char *text, *found;

      /* a little is kept to look back at */
      forget (self, self->position > 4096 ? self->position - 4096 : 0);

      /* what decides stands in the next few bytes */
      while (self->source->text->len - MIN (self->position, self->source->text->len) < 4096 && !self->source->at_end)
        if (!annals_list_source_fill (self->source, cancellable, error))
          return FALSE;

      if (self->position >= self->source->text->len)
        return FALSE;

      text = self->source->text->str;
      found = memchr (text + self->position, '{', self->source->text->len - self->position);
      keep_remainder (self, found ? (gsize) (found - text) : self->source->text->len);
      if (found == NULL)
        {
          self->position = self->source->text->len;
          continue;
        }

      self->position = (gsize) (found - text);
      if (self->source->text->len - self->position < 4096 && !self->source->at_end)
        continue;
      if (is_beginning (self, self->position))
        {
          g_string_truncate (self->remainder, 0);
          return TRUE;
        }
      self->position++;
    }
}

/* The next record is looked for inside the last piece. */
static void
look_inside (AnnalsJsonSplitter *self)
{
  gsize again = self->position > self->start ? self->position - self->start : 0;

  g_free (self->broken_key);
  self->broken_key = dup_first_key (self);
  self->told = self->source->offset + (gint64) self->position;
  self->lost = TRUE;
  self->seeking = TRUE;

  /* a file that is all damage would be read over and over */
  if (again > self->budget)
    return;

  self->budget -= again;
  self->position = self->start + 1;
}

void
annals_json_splitter_reject (AnnalsJsonSplitter *self)
{
  self->rejected = TRUE;
}

static gboolean
holds_beginning (AnnalsJsonSplitter *self)
{
  const char *text = self->source->text->str;
  const char *end = text + self->end;

  for (const char *at = text + self->start + 1; (at = memchr (at, '{', (gsize) (end - at))) != NULL; at++)
    if (is_beginning (self, (gsize) (at - text)))
      return TRUE;

  return FALSE;
}

/* Decides whether the end of a piece that cannot be read is where its record ends: when a record, or the
 * list's end, follows. A quotation mark too many or too few would have put it elsewhere. */
static gboolean
check_rejected (AnnalsJsonSplitter  *self,
                GCancellable        *cancellable,
                GError             **error)
{
  const char *at;

  self->rejected = FALSE;
  while (self->source->text->len - self->position < 4096 && !self->source->at_end)
    if (!annals_list_source_fill (self->source, cancellable, error))
      return FALSE;

  at = self->source->text->str + self->position;
  at += strspn (at, " \t\r\n,");

  if (*at == '{' ? !is_beginning (self, (gsize) (at - self->source->text->str)) : holds_beginning (self))
    look_inside (self);

  return TRUE;
}

/* --- outside the records --- */

/* Whether what stands in the current container is a record; @opens: it is an object or an array. */
static gboolean
is_list (AnnalsJsonSplitter *self,
         gboolean            opens)
{
  guint depth = annals_json_scan_get_depth (self->scan);
  g_autofree char *path = NULL;
  const char *key = "";

  if (self->container == 0)
    return depth == 0;

  if (depth == 0 || depth > MAX_LEVEL)
    return FALSE;

  path = annals_json_scan_dup_path (self->scan, depth);
  if (annals_json_scan_get_container (self->scan, depth) == self->container && g_str_equal (path, self->path))
    return TRUE;

  if (!opens || !self->may_switch || annals_json_scan_get_container (self->scan, depth) != '[')
    return FALSE;

  for (guint i = 1; i < depth; i++)
    key = annals_json_scan_get_key (self->scan, i);
  if (!annals_json_layout_names_list (key))
    return FALSE;

  g_free (self->path);
  self->path = g_steal_pointer (&path);
  self->may_switch = FALSE;

  return TRUE;
}

static void
keep_member (AnnalsJsonSplitter *self)
{
  guint depth = annals_json_scan_get_depth (self->scan);
  char *path;

  if (depth > 3 || g_hash_table_size (self->members) >= MAX_MEMBERS)
    return;

  /* the path to what stands in this container, with the member's own key */
  path = annals_json_scan_dup_path (self->scan, depth + 1);
  if (*path == '\0' || g_hash_table_contains (self->members, path))
    g_free (path);
  else
    g_hash_table_insert (self->members, path, g_strdup (annals_json_scan_get_string (self->scan)));
}

/* After damage, between records: over what separates them. FALSE when something else stands there. */
static gboolean
skip_separators (AnnalsJsonSplitter  *self,
                 GCancellable        *cancellable,
                 GError             **error)
{
  while (ensure (self, cancellable, error))
    {
      char c = self->source->text->str[self->position];

      if (c == '{')
        return TRUE;
      if (c != ',' && !g_ascii_isspace (c))
        return FALSE;
      self->position++;
      forget (self, self->position);
    }

  return FALSE;
}

/* Goes on to the next record; what it is. */
static AnnalsJsonPiece
find_record (AnnalsJsonSplitter  *self,
             GCancellable        *cancellable,
             GError             **error)
{
  while (ensure (self, cancellable, error))
    {
      char c = self->source->text->str[self->position];
      gboolean opens = (c == '{' || c == '[') && !annals_json_scan_is_in_string (self->scan);
      guint depth = annals_json_scan_get_depth (self->scan);
      AnnalsJsonEvent event;

      if (opens && is_list (self, TRUE))
        return ANNALS_JSON_PIECE_RECORD;

      event = annals_json_scan_push (self->scan, c);
      self->position++;

      if (event == ANNALS_JSON_BEGIN && c == '{' && self->container != 0 && depth > 0 &&
          annals_json_scan_get_container (self->scan, depth) == '[')
        self->n_passed++;

      if (event == ANNALS_JSON_STRING || event == ANNALS_JSON_VALUE)
        {
          if (self->container == '[' && is_list (self, FALSE))
            {
              self->position--;
              begin_piece (self);
              self->position++;
              self->end = self->position;
              return ANNALS_JSON_PIECE_SCALAR;
            }
          if (event == ANNALS_JSON_STRING)
            keep_member (self);
        }

      /* nothing is kept of what stands outside */
      forget (self, self->position);
    }

  return error != NULL && *error != NULL ? ANNALS_JSON_PIECE_ERROR : ANNALS_JSON_PIECE_END;
}

AnnalsJsonPiece
annals_json_splitter_next (AnnalsJsonSplitter  *self,
                           const char         **json,
                           gsize               *length,
                           GCancellable        *cancellable,
                           GError             **error)
{
  g_autoptr(GError) own_error = NULL;
  AnnalsJsonPiece piece;

  if (self->rejected && !check_rejected (self, cancellable, error))
    return ANNALS_JSON_PIECE_ERROR;

  forget (self, self->position);

  if (self->lost)
    {
      if (self->seeking || !skip_separators (self, cancellable, &own_error))
        self->seeking = TRUE;
      piece = own_error == NULL && (!self->seeking || seek (self, cancellable, &own_error))
                ? ANNALS_JSON_PIECE_RECORD : ANNALS_JSON_PIECE_END;
      self->seeking = FALSE;
    }
  else
    {
      piece = find_record (self, cancellable, &own_error);
    }

  if (piece == ANNALS_JSON_PIECE_RECORD)
    piece = read_record (self, cancellable, &own_error);

  if (own_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&own_error));
      return ANNALS_JSON_PIECE_ERROR;
    }

  if (piece == ANNALS_JSON_PIECE_END)
    return piece;

  self->end = MIN (self->position, self->source->text->len);
  *json = self->source->text->str + self->start;
  *length = self->end - self->start;

  if (piece == ANNALS_JSON_PIECE_RECORD && self->key == NULL)
    self->key = dup_first_key (self);
  self->cut = piece == ANNALS_JSON_PIECE_CUT;
  if (piece != ANNALS_JSON_PIECE_RECORD && piece != ANNALS_JSON_PIECE_SCALAR)
    look_inside (self);

  return piece;
}

guint
annals_json_splitter_get_line (AnnalsJsonSplitter *self)
{
  return self->line;
}

gint64
annals_json_splitter_get_offset (AnnalsJsonSplitter *self)
{
  return self->offset;
}

const char *
annals_json_splitter_get_path (AnnalsJsonSplitter *self)
{
  return self->path;
}

const char *
annals_json_splitter_get_member (AnnalsJsonSplitter *self,
                                 const char         *path)
{
  return g_hash_table_lookup (self->members, path);
}

const char *
annals_json_splitter_get_remainder (AnnalsJsonSplitter *self,
                                    guint              *line,
                                    gint64             *offset)
{
  if (self->remainder == NULL || self->remainder->len == 0)
    return NULL;

  *line = self->remainder_line;
  *offset = self->remainder_offset;

  return self->remainder->str;
}

gboolean
annals_json_splitter_is_complete (AnnalsJsonSplitter *self)
{
  return !self->cut && (self->lost || annals_json_scan_get_depth (self->scan) == 0);
}

guint
annals_json_splitter_get_n_passed (AnnalsJsonSplitter *self)
{
  return self->n_passed;
}
