/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-address.h"
#include "annals-container.h"

#include "annals-byte-source.h"
#include "annals-container-names.h"
#include "annals-header-block.h"
#include "annals-limits.h"
#include "annals-mime-decoder.h"
#include "annals-stamp.h"

#include <glib/gi18n-lib.h>

#include <inttypes.h>
#include <string.h>

/* How far into a file its first header may begin, and how many lines of it are looked at. */
#define MAX_SNIFF_LINES 200
/* Lines in a file's own header that are none: titles broken in two. */
#define MAX_STRAY_LINES 5

typedef struct _Member Member;

typedef struct
{
  AnnalsPart       *part;         /* borrowed */
  AnnalsByteSource *source;
  gboolean          begun;        /* the file's own header was read */
  GPtrArray        *boundaries;   /* of the multiparts that are open, the innermost last; "" is not known yet */
  gboolean          seen_boundary;
  /* of the file */
  char             *base;         /* (nullable): address of the page */
  gint64            modified;
  gboolean          seen_page;
  AnnalsNames      *names;
  guint             n_parts;
  /* of the part whose body comes next */
  char             *label;
  GString          *carry;        /* of its first line, which was taken for a header */
  AnnalsMimeDecoder *decoder;
  gboolean          in_body;
  gboolean          line_start;
  const char       *pending;      /* a line end that is the body's only if no boundary follows */
  GByteArray       *decoded;
  guint             decoded_at;
  gint64            n_decoded;
  Member           *member;       /* the part's bytes; NULL when nobody has them */
  GCancellable     *cancellable;  /* of the call that is running */
  GError           *failure;
  GQueue            issues;       /* of AnnalsIssue */
  gboolean          at_end;
} State;

struct _Member
{
  State *state;    /* NULL when the file has gone on */
};

/* Takes @place and @reason. */
static void
queue_issue (State           *self,
             AnnalsSeverity   severity,
             AnnalsIssueCode  code,
             char            *place,
             char            *reason)
{
  g_queue_push_tail (&self->issues, annals_container_issue (severity, code, place, reason));
}

static char *
dup_position (State *self)
{
  return g_strdup_printf (_("byte %" PRId64), annals_byte_source_get_position (self->source));
}

/* --- boundaries --- */

/* Which boundary, counted from 1 for the outermost, the line of @length bytes is; 0 when it is none. */
static guint
match_boundary (State        *self,
                const guint8 *line,
                gsize         length,
                gboolean     *closes)
{
  if (length < 3 || line[0] != '-' || line[1] != '-')
    return 0;

  for (guint i = self->boundaries->len; i > 0; i--)
    {
      const char *boundary = g_ptr_array_index (self->boundaries, i - 1);
      gsize n = strlen (boundary);
      gsize at = 2 + n;

      if (n == 0 || length < at || memcmp (line + 2, boundary, n) != 0)
        continue;

      *closes = length >= at + 2 && line[at] == '-' && line[at + 1] == '-';
      at += *closes ? 2 : 0;
      while (at < length && g_ascii_isspace (line[at]))
        at++;
      if (at == length)
        return i;
    }

  return 0;
}

/* Whether the next line is a boundary. It is not taken. */
static gboolean
at_boundary (State *self)
{
  const guint8 *bytes;
  gboolean closes;
  gssize n = annals_byte_source_peek (self->source, 2 * ANNALS_LIMIT_MHTML_BOUNDARY, &bytes, self->cancellable,
                                      &self->failure);
  const guint8 *end = n > 0 ? memchr (bytes, '\n', (gsize) n) : NULL;

  return n > 0 && match_boundary (self, bytes, end != NULL ? (gsize) (end - bytes) : (gsize) n, &closes) > 0;
}

/* --- a part's body --- */

/* Takes the next line of the body, or a piece of a long one, without its line end, which is left in @pending
 * until it is known that it belongs to the body. FALSE at the body's end. */
static gboolean
next_piece (State         *self,
            const guint8 **piece,
            gsize         *length,
            gboolean      *whole)
{
  const guint8 *end = NULL;
  gssize n = 0;

  if (self->line_start && at_boundary (self))
    return FALSE;

  for (gsize wanted = 256; end == NULL; wanted = ANNALS_BYTE_SOURCE_MAX)
    {
      if (self->failure != NULL)
        return FALSE;
      n = annals_byte_source_peek (self->source, wanted, piece, self->cancellable, &self->failure);
      if (n <= 0)
        return FALSE;

      end = memchr (*piece, '\n', (gsize) n);
      if ((gsize) n < wanted || wanted == ANNALS_BYTE_SOURCE_MAX)
        break;
    }

  *whole = end != NULL || n < ANNALS_BYTE_SOURCE_MAX;
  *length = end != NULL ? (gsize) (end - *piece) : (gsize) n;
  self->line_start = end != NULL;
  self->pending = end == NULL ? NULL : *length > 0 && (*piece)[*length - 1] == '\r' ? "\r\n" : "\n";

  /* an encoded byte is not cut in two */
  if (end == NULL && !*whole && (*piece)[*length - 1] == '=')
    *length -= 1;
  else if (end == NULL && !*whole && (*piece)[*length - 2] == '=')
    *length -= 2;

  annals_byte_source_take (self->source, *length + (end != NULL ? 1 : 0));
  if (self->pending != NULL && self->pending[0] == '\r')
    *length -= 1;

  return TRUE;
}

/* Decodes a bit more. FALSE at the end of the body. */
static gboolean
decode_more (State *self)
{
  const char *line_end;
  const guint8 *piece;
  gsize length;
  gboolean whole;

  g_byte_array_set_size (self->decoded, 0);
  self->decoded_at = 0;

  if (self->carry->len > 0)
    {
      if (annals_mime_decoder_push (self->decoder, (const guint8 *) self->carry->str, self->carry->len, TRUE,
                                    self->decoded))
        self->pending = "\n";
      g_string_truncate (self->carry, 0);
      return TRUE;
    }

  line_end = self->pending;
  self->pending = NULL;
  if (!next_piece (self, &piece, &length, &whole))
    return FALSE;

  if (line_end != NULL)
    g_byte_array_append (self->decoded, (const guint8 *) line_end, (guint) strlen (line_end));
  if (!annals_mime_decoder_push (self->decoder, piece, length, whole, self->decoded))
    self->pending = NULL;

  return TRUE;
}

static void
member_free (gpointer data)
{
  Member *member = data;

  if (member->state != NULL)
    member->state->member = NULL;
  g_free (member);
}

static gssize
member_read (gpointer       data,
             guint8        *buffer,
             gsize          count,
             GCancellable  *cancellable,
             GError       **error)
{
  Member *member = data;
  State *self = member->state;
  gsize n;

  if (self == NULL || !self->in_body)
    return 0;

  self->cancellable = cancellable;
  while (self->in_body && self->decoded_at == self->decoded->len)
    self->in_body = decode_more (self);

  if (self->failure != NULL)
    {
      g_propagate_error (error, g_error_copy (self->failure));
      return -1;
    }

  n = MIN (count, self->decoded->len - self->decoded_at);
  if (n > 0)
    memcpy (buffer, self->decoded->data + self->decoded_at, n);
  self->decoded_at += (guint) n;
  self->n_decoded += (gint64) n;

  if (self->n_decoded > ANNALS_LIMIT_MHTML_PART)
    {
      queue_issue (self, ANNALS_SEVERITY_ERROR, ANNALS_ISSUE_LIMIT, g_strdup (self->label),
                   g_strdup_printf (_("The file is longer than %d MB: the rest of it was not read"),
                                    (int) (ANNALS_LIMIT_MHTML_PART / 1024 / 1024)));
      self->in_body = FALSE;
      n = 0;
    }

  return (gssize) n;
}

/* Goes to the boundary behind the body. */
static void
skip_body (State *self)
{
  const guint8 *piece;
  gsize length;
  gboolean whole;

  if (self->label == NULL)
    return;

  while (next_piece (self, &piece, &length, &whole))
    ;
  self->in_body = FALSE;
  g_clear_pointer (&self->label, g_free);
}

/* --- what is said of a part --- */

/* The address in @header, absolute; NULL when there is none. */
static char *
dup_address (State             *self,
             AnnalsHeaderBlock *headers,
             const char        *header)
{
  const char *value = annals_header_block_get (headers, header);
  g_autofree char *decoded = value != NULL ? annals_header_decode_words (value) : NULL;
  g_autofree char *address = decoded != NULL ? g_strstrip (annals_container_dup_line (decoded, -1)) : NULL;
  g_autofree char *scheme = address != NULL ? g_uri_parse_scheme (address) : NULL;

  if (address == NULL || *address == '\0')
    return NULL;

  if (scheme != NULL)
    return g_steal_pointer (&address);

  return self->base != NULL ? annals_address_resolve (self->base, address) : NULL;
}

static char *
dup_content_id (AnnalsHeaderBlock *headers)
{
  const char *value = annals_header_block_get (headers, "content-id");
  g_autofree char *id = value != NULL ? annals_container_dup_line (value, -1) : NULL;
  gsize length = id != NULL ? strlen (id) : 0;

  if (length < 3)
    return NULL;

  if (id[0] == '<' && id[length - 1] == '>')
    {
      id[length - 1] = '\0';
      return g_strconcat ("cid:", id + 1, NULL);
    }

  return g_strconcat ("cid:", id, NULL);
}

/* What the part is called: its address, its file's name, or its number. */
static char *
dup_name (State             *self,
          AnnalsHeaderBlock *headers,
          const char        *url)
{
  g_autofree char *name = NULL;
  g_autofree char *decoded = NULL;
  g_autofree char *path = NULL;

  if (url != NULL)
    return g_strdup (url);

  name = annals_header_block_dup_param (headers, "content-disposition", "filename");
  if (name == NULL)
    name = annals_header_block_dup_param (headers, "content-type", "name");
  decoded = name != NULL ? annals_header_decode_words (name) : NULL;
  path = decoded != NULL ? annals_container_dup_path (decoded, -1) : NULL;

  return path != NULL && *path != '\0' ? g_steal_pointer (&path) : g_strdup_printf (_("part %u"), self->n_parts);
}

/* The first page is the one that was saved. */
static char *
dup_part_url (State             *self,
              AnnalsHeaderBlock *headers,
              const char        *type)
{
  g_autofree char *url = dup_address (self, headers, "content-location");
  gboolean is_page = type == NULL || strcmp (type, "text/html") == 0 || strcmp (type, "application/xhtml+xml") == 0;

  if (is_page && !self->seen_page)
    {
      self->seen_page = TRUE;
      if (self->base != NULL && !g_str_has_prefix (self->base, "cid:"))
        return g_strdup (self->base);
      if (url != NULL && self->base == NULL)
        self->base = g_strdup (url);
    }

  return url != NULL ? g_steal_pointer (&url) : dup_content_id (headers);
}

static AnnalsPart *
make_part (State             *self,
           AnnalsHeaderBlock *headers)
{
  g_autofree char *type = annals_header_block_dup_type (headers);
  g_autofree char *url = dup_part_url (self, headers, type);
  g_autofree char *name = NULL;
  AnnalsImportInput *input;
  AnnalsPart *part;
  Member *member;
  gsize length;

  self->n_parts++;
  name = dup_name (self, headers, url);
  self->label = annals_names_dup_unique (self->names, name);
  g_clear_pointer (&self->decoder, annals_mime_decoder_free);
  self->decoder = annals_mime_decoder_new (annals_header_block_get (headers, "content-transfer-encoding"));
  if (!annals_mime_decoder_is_known (self->decoder))
    queue_issue (self, ANNALS_SEVERITY_WARNING, ANNALS_ISSUE_FORMAT, g_strdup (self->label),
                 g_strdup (_("The file is encoded in an unknown way: it was taken as it stands")));

  self->in_body = self->line_start = TRUE;
  self->pending = NULL;
  self->n_decoded = 0;
  self->decoded_at = 0;
  g_byte_array_set_size (self->decoded, 0);

  member = g_new0 (Member, 1);
  member->state = self;
  self->member = member;
  input = annals_import_input_new_for_stream (self->label, -1, member_read, member, member_free, NULL);
  if (input == NULL)
    return NULL;

  annals_import_input_get_head (input, &length);
  if (length == 0)
    {
      queue_issue (self, ANNALS_SEVERITY_NOTE, ANNALS_ISSUE_EMPTY, g_strdup (self->label),
                   g_strdup (_("The file is empty")));
      annals_import_input_free (input);
      return NULL;
    }

  part = annals_part_new (self->label, input);
  part->url = g_steal_pointer (&url);
  part->media_type = g_steal_pointer (&type);
  part->charset = annals_header_block_dup_param (headers, "content-type", "charset");
  part->modified = self->modified;

  return part;
}

/* --- from part to part --- */

/* Reads lines "Name: value" up to an empty one, a boundary, or what is no header. */
static AnnalsHeaderBlock *
read_headers (State      *self,
              const char *first)
{
  AnnalsHeaderBlock *headers = annals_header_block_new ();
  guint n_stray = 0;

  g_string_truncate (self->carry, 0);
  if (first != NULL)
    annals_header_block_push (headers, first);

  for (guint i = 0; i < ANNALS_LIMIT_HEADER_LINES && self->failure == NULL && !at_boundary (self); i++)
    {
      g_autofree char *line = NULL;

      if (self->failure == NULL)
        line = annals_byte_source_dup_line (self->source, NULL, self->cancellable, &self->failure);
      if (line == NULL || *line == '\0')
        break;

      if (!annals_header_block_push (headers, line) && (self->begun || n_stray++ == MAX_STRAY_LINES))
        {
          g_string_append (self->carry, line);
          break;
        }
    }

  return headers;
}

static void
push_boundary (State             *self,
               AnnalsHeaderBlock *headers)
{
  g_autofree char *boundary = annals_header_block_dup_param (headers, "content-type", "boundary");

  if (self->boundaries->len >= ANNALS_LIMIT_MHTML_DEPTH)
    {
      queue_issue (self, ANNALS_SEVERITY_ERROR, ANNALS_ISSUE_LIMIT, dup_position (self),
                   g_strdup_printf (_("Pages in pages are opened to a depth of %d: this one was not looked into"),
                                    ANNALS_LIMIT_MHTML_DEPTH));
      return;
    }

  if (boundary == NULL || strlen (boundary) > ANNALS_LIMIT_MHTML_BOUNDARY)
    {
      g_free (boundary);
      boundary = g_strdup ("");
    }

  g_ptr_array_add (self->boundaries, g_steal_pointer (&boundary));
  self->seen_boundary = FALSE;
}

/* What is said of the file as a whole. */
static void
take_file_headers (State             *self,
                   AnnalsHeaderBlock *headers)
{
  g_autoptr(AnnalsDate) date = NULL;
  AnnalsStampDoubt doubt;
  gint64 seconds;

  if (self->base == NULL)
    self->base = dup_address (self, headers, "snapshot-content-location");
  if (self->base == NULL)
    self->base = dup_address (self, headers, "content-location");
  if (self->base == NULL)
    self->base = dup_address (self, headers, "content-base");

  date = annals_stamp_parse (annals_header_block_get (headers, "date"), "en", NULL, &doubt);
  if (date != NULL && doubt == ANNALS_STAMP_CLEAR && annals_date_get_from (date, &seconds))
    self->modified = MAX (seconds, 0);
}

/* What the headers are of: a part, or a message or a multipart that holds parts. */
static AnnalsPart *
begin_part (State      *self,
            const char *first)
{
  for (guint depth = 0; depth < ANNALS_LIMIT_MHTML_DEPTH; depth++)
    {
      g_autoptr(AnnalsHeaderBlock) headers = read_headers (self, first);
      g_autofree char *type = annals_header_block_dup_type (headers);

      if (self->failure != NULL)
        return NULL;

      if (!self->begun)
        take_file_headers (self, headers);
      self->begun = TRUE;
      first = NULL;

      if (type != NULL && g_str_has_prefix (type, "multipart/"))
        {
          push_boundary (self, headers);
          return NULL;
        }

      if (g_strcmp0 (type, "message/rfc822") != 0)
        return make_part (self, headers);
    }

  return NULL;
}

/* The file ends where a boundary should be. */
static void
finish (State *self)
{
  self->at_end = TRUE;

  if (self->boundaries->len > 0)
    queue_issue (self, ANNALS_SEVERITY_ERROR, ANNALS_ISSUE_DAMAGE, dup_position (self),
                 g_strdup (self->n_parts > 0
                             ? _("The end of the page is missing: it may have been cut off here")
                             : _("The page's parts are missing: it was cut off, or has lost its marks")));
}

static gboolean
is_part_header (const char *line)
{
  return g_ascii_strncasecmp (line, "content-type:", 13) == 0 ||
         g_ascii_strncasecmp (line, "content-location:", 17) == 0 ||
         g_ascii_strncasecmp (line, "content-transfer-encoding:", 26) == 0;
}

/* A line where a boundary may stand. */
static AnnalsPart *
take_line (State      *self,
           const char *line)
{
  const char *innermost = g_ptr_array_index (self->boundaries, self->boundaries->len - 1);
  gsize length = strlen (line);
  gboolean closes = FALSE;
  guint which;

  /* a boundary that was not announced is the first line that looks like one */
  if (*innermost == '\0' && length > 4 && length <= ANNALS_LIMIT_MHTML_BOUNDARY && g_str_has_prefix (line, "--"))
    {
      g_ptr_array_set_size (self->boundaries, (int) self->boundaries->len - 1);
      g_ptr_array_add (self->boundaries, g_strchomp (g_strdup (line + 2)));
      self->seen_boundary = TRUE;
      return begin_part (self, NULL);
    }

  which = match_boundary (self, (const guint8 *) line, length, &closes);
  if (which > 0)
    {
      g_ptr_array_set_size (self->boundaries, (int) (closes ? which - 1 : which));
      self->seen_boundary = TRUE;
      self->at_end = self->boundaries->len == 0;
      return closes ? NULL : begin_part (self, NULL);
    }

  if (!self->seen_boundary && is_part_header (line))
    {
      self->seen_boundary = TRUE;
      queue_issue (self, ANNALS_SEVERITY_WARNING, ANNALS_ISSUE_DAMAGE, dup_position (self),
                   g_strdup (_("The mark before a part of the page is missing: the part was found by its header")));
      return begin_part (self, line);
    }

  return NULL;
}

/* Returns the next part; NULL also when there is none yet. */
static AnnalsPart *
advance (State *self)
{
  g_autofree char *line = NULL;

  if (!self->begun)
    return begin_part (self, NULL);

  /* a page that is the whole file has been read */
  if (self->boundaries->len == 0)
    {
      self->at_end = TRUE;
      return NULL;
    }

  line = annals_byte_source_dup_line (self->source, NULL, self->cancellable, &self->failure);
  if (line == NULL)
    {
      if (self->failure == NULL)
        finish (self);
      return NULL;
    }

  return take_line (self, line);
}

/* The lines before the first empty one. NULL when they are no headers. */
static AnnalsHeaderBlock *
sniff_headers (const guint8 *head,
               gsize         length)
{
  g_autoptr(AnnalsHeaderBlock) headers = annals_header_block_new ();
  gsize at = 0;
  guint n_stray = 0;

  for (guint i = 0; i < MAX_SNIFF_LINES && at < length; i++)
    {
      const guint8 *end = memchr (head + at, '\n', length - at);
      gsize n = end != NULL ? (gsize) (end - head) - at : length - at;
      g_autofree char *line = g_strchomp (g_strndup ((const char *) head + at, n));

      at += n + 1;
      if (*line == '\0' && annals_header_block_get_n (headers) == 0)
        continue;
      if (*line == '\0')
        break;
      if (!annals_header_block_push (headers, line) &&
          (annals_header_block_get_n (headers) == 0 || n_stray++ == MAX_STRAY_LINES))
        return NULL;
    }

  return annals_header_block_get_n (headers) > 0 ? g_steal_pointer (&headers) : NULL;
}

static guint
mhtml_sniff (const guint8 *head,
             gsize         length,
             const char   *name)
{
  g_autoptr(AnnalsHeaderBlock) headers = NULL;
  g_autofree char *type = NULL;
  gboolean is_mime;

  /* most files are no headers from their first line on */
  if (length < 32 || !(g_ascii_isalpha (head[0]) || g_ascii_isspace (head[0])))
    return 0;

  headers = sniff_headers (head, length);
  type = headers != NULL ? annals_header_block_dup_type (headers) : NULL;
  if (type == NULL)
    return 0;

  is_mime = annals_header_block_get (headers, "mime-version") != NULL;
  if (g_str_has_prefix (type, "multipart/"))
    return is_mime ? 90 : 60;

  return is_mime && (strcmp (type, "text/html") == 0 || strcmp (type, "application/xhtml+xml") == 0) ? 80 : 0;
}

static gpointer
mhtml_open (AnnalsPart  *part,
            GError     **error)
{
  State *self = g_new0 (State, 1);

  self->part = part;
  self->source = annals_byte_source_new (part->input);
  self->boundaries = g_ptr_array_new_with_free_func (g_free);
  self->names = annals_names_new ();
  self->carry = g_string_new (NULL);
  self->decoded = g_byte_array_new ();
  g_queue_init (&self->issues);

  return self;
}

static void
mhtml_close (gpointer state)
{
  State *self = state;

  if (self->member != NULL)
    self->member->state = NULL;
  annals_byte_source_free (self->source);
  g_ptr_array_unref (self->boundaries);
  annals_names_free (self->names);
  g_clear_pointer (&self->decoder, annals_mime_decoder_free);
  g_string_free (self->carry, TRUE);
  g_byte_array_unref (self->decoded);
  g_queue_clear_full (&self->issues, (GDestroyNotify) annals_issue_free);
  g_clear_error (&self->failure);
  g_free (self->label);
  g_free (self->base);
  g_free (self);
}

static AnnalsContainerResult
mhtml_next (gpointer        state,
            AnnalsPart    **part,
            AnnalsIssue   **issue,
            GCancellable   *cancellable,
            GError        **error)
{
  State *self = state;

  self->cancellable = cancellable;
  if (self->member != NULL)
    self->member->state = NULL;
  self->member = NULL;

  for (;;)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return ANNALS_CONTAINER_ERROR;

      if (self->failure == NULL)
        skip_body (self);

      if ((*issue = g_queue_pop_head (&self->issues)) != NULL)
        return ANNALS_CONTAINER_ISSUE;

      if (self->failure != NULL)
        {
          self->at_end = TRUE;
          g_propagate_error (error, g_steal_pointer (&self->failure));
          return ANNALS_CONTAINER_ERROR;
        }

      if (self->at_end)
        return ANNALS_CONTAINER_END;

      if ((*part = advance (self)) != NULL)
        return ANNALS_CONTAINER_PART;
    }
}

const AnnalsContainer annals_container_mhtml = {
  .id = "mhtml",
  .label = N_("Saved page (MHTML)"),
  .sniff = mhtml_sniff,
  .open = mhtml_open,
  .next = mhtml_next,
  .close = mhtml_close,
};
