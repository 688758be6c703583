/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-container.h"

#include "annals-byte-source.h"
#include "annals-container-names.h"
#include "annals-header-block.h"
#include "annals-http-body.h"
#include "annals-limits.h"
#include "annals-warc-fields.h"

#include <glib/gi18n-lib.h>

#include <inttypes.h>
#include <string.h>
#include <zlib.h>

#define N_STATUSES 1000

typedef struct _Member Member;

typedef struct
{
  AnnalsPart        *part;           /* borrowed */
  AnnalsByteSource  *source;
  gboolean           is_arc;
  guint              n_arc_fields;   /* in the line before a record */
  gint64             length;         /* of the record's block */
  gint64             remaining;      /* of it */
  gboolean           in_stray;       /* between records, where nothing should be */
  char              *label;          /* of the record: its address */
  gboolean           reported;       /* that the record is not whole */
  gboolean           is_said;        /* that the bytes end too early here */
  Member            *member;         /* the record's bytes; NULL when nobody has them */
  AnnalsNames       *names;
  GHashTable        *pages;          /* (element type: hashes of addresses) that came in */
  guint              n_revisits;     /* to what did not */
  guint              n_empty;
  guint              n_segments;
  guint              n_of_status[N_STATUSES];
  GHashTable        *encodings;      /* name → number of records */
  guint              n_damages;
  gint64             unpacked;
  GCancellable      *cancellable;    /* of the call that is running */
  GError            *failure;
  GQueue             issues;         /* of AnnalsIssue */
  gboolean           at_end;
} State;

struct _Member
{
  State          *state;     /* NULL when the archive has gone on */
  AnnalsHttpBody *body;      /* NULL: the block is the file */
  gboolean        at_end;
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

/* Takes @reason. */
static void
queue_damage (State *self,
              char  *place,
              char  *reason)
{
  if (self->n_damages++ < ANNALS_LIMIT_ARCHIVE_DAMAGES)
    queue_issue (self, ANNALS_SEVERITY_ERROR, ANNALS_ISSUE_DAMAGE, place, reason);
  else
    {
      g_free (place);
      g_free (reason);
    }
}

static char *
dup_position (State *self)
{
  return g_strdup_printf (_("byte %" PRId64), annals_byte_source_get_position (self->source));
}

/* --- the block of a record --- */

static gssize
peek_block (State         *self,
            gsize          count,
            const guint8 **bytes)
{
  return annals_byte_source_peek (self->source, (gsize) MIN ((gint64) MIN (count, ANNALS_BYTE_SOURCE_MAX),
                                                             self->remaining),
                                  bytes, self->cancellable, &self->failure);
}

static void
take_block (State *self,
            gsize  n)
{
  annals_byte_source_take (self->source, n);
  self->remaining -= (gint64) n;
}

static void
report_short (State *self)
{
  if (self->reported)
    return;

  self->reported = self->is_said = TRUE;
  queue_damage (self, g_strdup (self->label),
                g_strdup_printf (_("The archive is damaged or cut off near byte %" PRId64 ": only %"
                                   PRId64 " of %" PRId64 " bytes of this record are there"),
                                 annals_byte_source_get_position (self->source), self->length - self->remaining,
                                 self->length));
}

/* The lines before a record are not all there. */
static void
report_cut (State *self)
{
  self->is_said = TRUE;
  queue_damage (self, g_strdup (self->label), g_strdup (_("The archive is damaged or cut off here")));
}

/* An AnnalsInputRead */
static gssize
read_block (gpointer       data,
            guint8        *buffer,
            gsize          count,
            GCancellable  *cancellable,
            GError       **error)
{
  State *self = data;
  const guint8 *bytes;
  gssize n;

  if (self->remaining == 0 || count == 0)
    return 0;

  self->cancellable = cancellable;
  n = self->failure == NULL ? peek_block (self, count, &bytes) : -1;
  if (n < 0)
    {
      g_propagate_error (error, g_error_copy (self->failure));
      return -1;
    }

  memcpy (buffer, bytes, (gsize) n);
  take_block (self, (gsize) n);
  if (n == 0)
    report_short (self);

  return n;
}

/* Goes to the end of the record. */
static void
skip_block (State *self)
{
  const guint8 *bytes;
  gssize n = 1;

  while (self->remaining > 0 && n > 0 && self->failure == NULL)
    {
      n = peek_block (self, ANNALS_BYTE_SOURCE_MAX, &bytes);
      if (n > 0)
        take_block (self, (gsize) n);
    }

  if (n == 0)
    report_short (self);
  self->remaining = 0;
  self->reported = FALSE;
  g_clear_pointer (&self->label, g_free);
}

/* --- a file in it --- */

static void
member_free (gpointer data)
{
  Member *member = data;

  if (member->state != NULL)
    member->state->member = NULL;
  g_clear_pointer (&member->body, annals_http_body_free);
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
  gssize n;

  if (self == NULL || member->at_end)
    return 0;

  n = member->body != NULL ? annals_http_body_read (member->body, buffer, count, cancellable, error)
                           : read_block (self, buffer, count, cancellable, error);

  if (n == 0 && member->body != NULL && annals_http_body_is_damaged (member->body) && !self->reported)
    {
      self->reported = TRUE;
      queue_damage (self, g_strdup (self->label),
                    g_strdup (_("The page's compression is damaged: it came in only as far as it could be read")));
    }

  self->unpacked += MAX (n, 0);
  if (n > 0 && self->unpacked > ANNALS_LIMIT_UNPACKED_FREE &&
      self->unpacked / ANNALS_LIMIT_UNPACKED_RATIO > annals_import_input_get_offset (self->part->input))
    {
      queue_issue (self, ANNALS_SEVERITY_ERROR, ANNALS_ISSUE_LIMIT, g_strdup (self->label),
                   g_strdup_printf (_("What is inside is more than %d times as large as the archive: the rest was "
                                      "not read"), ANNALS_LIMIT_UNPACKED_RATIO));
      self->at_end = TRUE;
      n = 0;
    }

  member->at_end = n == 0;

  return n;
}

/* Makes the part; NULL when there is nothing in it, or with self->failure set. Takes @body (nullable). */
static AnnalsPart *
make_part (State             *self,
           AnnalsHttpBody    *body,
           AnnalsHeaderBlock *headers,
           gint64             modified)
{
  Member *member = g_new0 (Member, 1);
  AnnalsImportInput *input;
  AnnalsPart *part;
  g_autofree char *path = NULL;
  const char *name;
  gsize length;

  member->state = self;
  member->body = body;
  self->member = member;

  input = annals_import_input_new_for_stream (self->label, body == NULL ? self->remaining : -1, member_read, member,
                                              member_free, NULL);
  if (input == NULL)
    return NULL;

  annals_import_input_get_head (input, &length);
  if (length == 0)
    {
      self->n_empty += !self->reported;
      annals_import_input_free (input);
      return NULL;
    }

  g_hash_table_add (self->pages, annals_names_key (self->label));
  name = self->label + strspn (self->label, "/");
  path = annals_names_dup_unique (self->names, *name != '\0' ? name : "record");
  part = annals_part_new (path, input);
  part->url = annals_warc_dup_url (self->label);
  part->media_type = headers != NULL ? annals_header_block_dup_type (headers) : NULL;
  part->charset = headers != NULL ? annals_header_block_dup_param (headers, "content-type", "charset") : NULL;
  part->modified = modified;

  return part;
}

/* --- what a server answered --- */

/* Reads the answer's lines, up to the empty one. Returns its status, 0 when it has none. */
static guint
read_answer (State             *self,
             AnnalsHeaderBlock *headers)
{
  const guint8 *bytes;
  gssize n = peek_block (self, ANNALS_BYTE_SOURCE_MAX, &bytes);
  gsize at = 0;
  guint status = 0;

  if (n < 5 || memcmp (bytes, "HTTP/", 5) != 0)
    return 0;

  for (guint i = 0; at < (gsize) n && i < ANNALS_LIMIT_HEADER_LINES; i++)
    {
      const guint8 *end = memchr (bytes + at, '\n', (gsize) n - at);
      gsize length = end != NULL ? (gsize) (end - bytes) - at : (gsize) n - at;
      g_autofree char *line = g_strchomp (g_strndup ((const char *) bytes + at, length));

      at = MIN (at + length + 1, (gsize) n);
      if (*line == '\0')
        break;

      if (i == 0)
        status = (guint) MIN (g_ascii_strtoull (line + strcspn (line, " "), NULL, 10), N_STATUSES);
      else
        annals_header_block_push (headers, line);
    }

  take_block (self, at);

  return status > 0 && status < N_STATUSES ? status : N_STATUSES;
}

static AnnalsPart *
read_response (State  *self,
               gint64  modified)
{
  g_autoptr(AnnalsHeaderBlock) headers = annals_header_block_new ();
  g_autoptr(AnnalsHttpBody) body = NULL;
  const char *transfer;
  const char *unknown;
  guint status = read_answer (self, headers);

  if (self->failure != NULL)
    return NULL;

  if (status != 200)
    {
      self->n_of_status[status % N_STATUSES]++;
      return NULL;
    }

  transfer = annals_header_block_get (headers, "transfer-encoding");
  body = annals_http_body_new (read_block, self, transfer != NULL && g_ascii_strncasecmp (transfer, "chunked", 7) == 0,
                               annals_header_block_get (headers, "content-encoding"));
  if (!annals_http_body_check (body, &unknown, self->cancellable, NULL))
    return NULL;

  if (unknown != NULL)
    {
      const char *name = g_hash_table_size (self->encodings) < ANNALS_LIMIT_WARC_ENCODINGS ? unknown : "…";
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->encodings, name));

      g_hash_table_insert (self->encodings, g_strdup (name), GUINT_TO_POINTER (n + 1));
      return NULL;
    }

  return make_part (self, g_steal_pointer (&body), headers, modified);
}

static gboolean
begins_answer (State *self)
{
  const guint8 *bytes;

  return peek_block (self, 5, &bytes) == 5 && memcmp (bytes, "HTTP/", 5) == 0;
}

/* --- WARC --- */

static gboolean
is_type (AnnalsHeaderBlock *headers,
         const char        *type)
{
  const char *value = annals_header_block_get (headers, "warc-type");

  return value != NULL && g_ascii_strcasecmp (value, type) == 0;
}

static void
count_revisit (State             *self,
               AnnalsHeaderBlock *headers)
{
  const char *target = annals_header_block_get (headers, "warc-refers-to-target-uri");
  g_autofree char *address = target != NULL ? annals_warc_dup_address (target) : NULL;

  if (!g_hash_table_contains (self->pages, annals_names_key (self->label)) &&
      (address == NULL || !g_hash_table_contains (self->pages, annals_names_key (address))))
    self->n_revisits++;
}

static AnnalsPart *
read_warc_block (State             *self,
                 AnnalsHeaderBlock *headers)
{
  gint64 modified = annals_warc_parse_date (annals_header_block_get (headers, "warc-date"));
  g_autofree char *type = annals_header_block_dup_type (headers);
  const char *segment = annals_header_block_get (headers, "warc-segment-number");

  if (is_type (headers, "continuation") || (segment != NULL && strcmp (segment, "1") != 0))
    {
      self->n_segments++;
      return NULL;
    }

  if (is_type (headers, "revisit"))
    {
      count_revisit (self, headers);
      return NULL;
    }

  /* what the archiver says of itself */
  if (g_str_has_prefix (self->label, "metadata:"))
    return NULL;

  if (is_type (headers, "response") && begins_answer (self))
    return read_response (self, modified);

  if (is_type (headers, "resource") || is_type (headers, "conversion") ||
      (is_type (headers, "response") && g_strcmp0 (type, "text/dns") != 0))
    return make_part (self, NULL, headers, modified);

  return NULL;
}

/* The lines behind "WARC/1.0". */
static AnnalsPart *
read_warc_record (State *self)
{
  g_autoptr(AnnalsHeaderBlock) headers = annals_header_block_new ();
  const char *target;
  gboolean ended = FALSE;

  for (guint i = 0; i < ANNALS_LIMIT_HEADER_LINES && !ended; i++)
    {
      g_autofree char *line = annals_byte_source_dup_line (self->source, NULL, self->cancellable, &self->failure);

      ended = line == NULL;
      if (ended || *line == '\0')
        break;
      annals_header_block_push (headers, line);
    }

  if (self->failure != NULL)
    return NULL;

  target = annals_header_block_get (headers, "warc-target-uri");
  g_free (self->label);
  self->label = target != NULL ? annals_warc_dup_address (target) : NULL;
  if (self->label == NULL || *self->label == '\0')
    {
      g_free (self->label);
      self->label = dup_position (self);
    }

  if (ended)
    {
      /* what it says last may be half of it */
      report_cut (self);
      return NULL;
    }

  if (!annals_warc_parse_length (annals_header_block_get (headers, "content-length"), &self->length))
    {
      queue_damage (self, g_strdup (self->label),
                    g_strdup (_("The record does not say how long it is: the next one was looked for")));
      self->in_stray = TRUE;
      return NULL;
    }

  self->remaining = self->length;

  return read_warc_block (self, headers);
}

/* --- ARC --- */

/* The first record says how many fields the others have. */
static void
read_arc_version (State *self)
{
  const guint8 *bytes;
  gssize n = peek_block (self, 4096, &bytes);
  g_autofree char *text = n > 0 ? g_strndup ((const char *) bytes, (gsize) n) : g_strdup ("");
  const char *line = strstr (text, "URL IP-address");
  gsize length = line != NULL ? strcspn (line, "\r\n") : 0;

  if (length == 0)
    return;

  self->n_arc_fields = 1;
  for (gsize i = 0; i < length; i++)
    self->n_arc_fields += line[i] == ' ';
  self->n_arc_fields = CLAMP (self->n_arc_fields, 5, 10);
}

/* Returns whether @line begins a record; *@part is its file, if it is one. */
static gboolean
read_arc_record (State       *self,
                 const char  *line,
                 AnnalsPart **part)
{
  gboolean first = g_str_has_prefix (line, "filedesc:");
  guint n = first ? 5 : self->n_arc_fields;
  g_auto(GStrv) fields = annals_arc_split_line (line, n);
  g_autoptr(AnnalsHeaderBlock) headers = annals_header_block_new ();
  g_autofree char *type = NULL;

  if (fields == NULL || !annals_arc_is_record (fields, n))
    return FALSE;

  g_free (self->label);
  self->label = annals_container_dup_line (fields[n - 1], -1);

  if (!annals_warc_parse_length (fields[0], &self->length))
    {
      if (!first)
        queue_damage (self, g_strdup (self->label),
                      g_strdup (_("The record does not say how long it is: the next one was looked for")));
      self->in_stray = TRUE;
      return TRUE;
    }

  self->in_stray = FALSE;
  self->remaining = self->length;
  if (first)
    {
      read_arc_version (self);
      return TRUE;
    }

  if (g_str_has_prefix (self->label, "dns:"))
    return TRUE;

  type = g_strconcat ("Content-Type: ", fields[n - 4], NULL);
  annals_header_block_push (headers, type);
  *part = begins_answer (self) ? read_response (self, annals_arc_parse_date (fields[n - 3]))
                               : make_part (self, NULL, headers, annals_arc_parse_date (fields[n - 3]));

  return TRUE;
}

/* --- from record to record --- */

static void
report_counts (State *self)
{
  GHashTableIter iter;
  gpointer name, n;

  for (guint i = 0; i < N_STATUSES; i++)
    {
      if (self->n_of_status[i] > 0)
        queue_issue (self, ANNALS_SEVERITY_NOTE, ANNALS_ISSUE_FORMAT, NULL,
                     g_strdup_printf (ngettext ("%u answer of a server has the status %u and is no page",
                                                "%u answers of servers have the status %u and are no pages",
                                                self->n_of_status[i]),
                                      self->n_of_status[i], i));
    }

  g_hash_table_iter_init (&iter, self->encodings);
  while (g_hash_table_iter_next (&iter, &name, &n))
    queue_issue (self, ANNALS_SEVERITY_ERROR, ANNALS_ISSUE_FORMAT, NULL,
                 g_strdup_printf (ngettext ("%u page is compressed in a way that cannot be read: %s",
                                            "%u pages are compressed in a way that cannot be read: %s",
                                            GPOINTER_TO_UINT (n)),
                                  GPOINTER_TO_UINT (n), (const char *) name));

  if (self->n_revisits > 0)
    queue_issue (self, ANNALS_SEVERITY_WARNING, ANNALS_ISSUE_FORMAT, NULL,
                 g_strdup_printf (ngettext ("%u record only refers to a page in another archive",
                                            "%u records only refer to pages in another archive", self->n_revisits),
                                  self->n_revisits));
  if (self->n_segments > 0)
    queue_issue (self, ANNALS_SEVERITY_WARNING, ANNALS_ISSUE_FORMAT, NULL,
                 g_strdup_printf (ngettext ("%u record is a piece of a longer one and was not joined to it",
                                            "%u records are pieces of longer ones and were not joined to them",
                                            self->n_segments),
                                  self->n_segments));
  if (self->n_empty > 0)
    queue_issue (self, ANNALS_SEVERITY_NOTE, ANNALS_ISSUE_EMPTY, NULL,
                 g_strdup_printf (ngettext ("%u record is empty", "%u records are empty", self->n_empty),
                                  self->n_empty));
}

/* The source gives no more bytes. Returns whether it may yet. */
static gboolean
handle_source_end (State *self)
{
  switch (annals_byte_source_get_state (self->source))
    {
    case ANNALS_BYTES_OK:
      break;

    case ANNALS_BYTES_DAMAGED:
      if (!self->is_said)
        queue_damage (self, dup_position (self),
                      g_strdup (_("The compression is damaged here: the next record was looked for")));
      self->is_said = FALSE;
      annals_byte_source_resume (self->source);
      return TRUE;

    case ANNALS_BYTES_CUT:
      if (!self->is_said)
        queue_damage (self, dup_position (self), g_strdup (_("The archive is cut off here")));
      break;

    case ANNALS_BYTES_BOMB:
      queue_issue (self, ANNALS_SEVERITY_ERROR, ANNALS_ISSUE_LIMIT, dup_position (self),
                   g_strdup_printf (_("What is inside is more than %d times as large as the archive: the rest was "
                                      "not read"), ANNALS_LIMIT_UNPACKED_RATIO));
      break;
    }

  report_counts (self);
  self->at_end = TRUE;

  return FALSE;
}

/* Reads the line that begins the next record, and the record if it has a file. NULL also when it has none. */
static AnnalsPart *
advance (State *self)
{
  g_autofree char *line = annals_byte_source_dup_line (self->source, NULL, self->cancellable, &self->failure);
  AnnalsPart *part = NULL;

  if (line == NULL)
    {
      if (self->failure == NULL)
        handle_source_end (self);
      return NULL;
    }

  if (*line == '\0')
    return NULL;

  if (g_str_has_prefix (line, "WARC/") && g_ascii_isdigit (line[5]))
    {
      self->in_stray = FALSE;
      return read_warc_record (self);
    }

  if (self->is_arc && read_arc_record (self, line, &part))
    return part;

  if (!self->in_stray)
    queue_damage (self, dup_position (self),
                  g_strdup (_("What stands before here belongs to no record: the next one was looked for")));
  self->in_stray = TRUE;

  return NULL;
}

static gboolean
is_warc_head (const guint8 *head,
              gsize         length)
{
  return (length >= 8 && memcmp (head, "WARC/", 5) == 0 && g_ascii_isdigit (head[5])) ||
         (length >= 11 && memcmp (head, "filedesc://", 11) == 0);
}

static guint
warc_sniff (const guint8 *head,
            gsize         length,
            const char   *name)
{
  guint8 start[16] = { 0 };
  z_stream stream = { 0 };

  if (is_warc_head (head, length))
    return 95;

  if (length < 18 || memcmp (head, "\x1f\x8b\x08", 3) != 0 || inflateInit2 (&stream, MAX_WBITS + 16) != Z_OK)
    return 0;

  stream.next_in = (Bytef *) head;
  stream.avail_in = (uInt) length;
  stream.next_out = start;
  stream.avail_out = sizeof start;
  inflate (&stream, Z_SYNC_FLUSH);
  inflateEnd (&stream);

  return is_warc_head (start, sizeof start - stream.avail_out) ? 95 : 0;
}

static gpointer
warc_open (AnnalsPart  *part,
           GError     **error)
{
  State *self = g_new0 (State, 1);
  const guint8 *bytes;

  self->part = part;
  self->source = annals_byte_source_new (part->input);
  self->n_arc_fields = 5;
  self->names = annals_names_new ();
  self->pages = g_hash_table_new (NULL, NULL);
  self->encodings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_queue_init (&self->issues);
  self->is_arc = annals_byte_source_peek (self->source, 8, &bytes, NULL, &self->failure) == 8 &&
                 memcmp (bytes, "filedesc", 8) == 0;

  return self;
}

static void
warc_close (gpointer state)
{
  State *self = state;

  if (self->member != NULL)
    self->member->state = NULL;
  annals_byte_source_free (self->source);
  annals_names_free (self->names);
  g_hash_table_unref (self->pages);
  g_hash_table_unref (self->encodings);
  g_queue_clear_full (&self->issues, (GDestroyNotify) annals_issue_free);
  g_clear_error (&self->failure);
  g_free (self->label);
  g_free (self);
}

static AnnalsContainerResult
warc_next (gpointer        state,
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

      if (!self->at_end && self->failure == NULL)
        skip_block (self);

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

const AnnalsContainer annals_container_warc = {
  .id = "warc",
  .label = N_("Web archive (WARC)"),
  .sniff = warc_sniff,
  .open = warc_open,
  .next = warc_next,
  .close = warc_close,
};
