/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-container.h"

#include "annals-archive-input.h"
#include "annals-archive-sniff.h"
#include "annals-container-names.h"
#include "annals-limits.h"

#include <glib/gi18n-lib.h>

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <inttypes.h>
#include <locale.h>
#include <string.h>

typedef enum
{
  KIND_ZIP,
  KIND_TAR,
  KIND_COMPRESSED,
} Kind;

typedef struct _Member Member;

typedef struct
{
  Kind             kind;
  AnnalsPart      *part;          /* borrowed */
  struct archive  *archive;       /* NULL until the first file is asked for */
  locale_t         locale;        /* one with UTF-8, in which libarchive reads names */
  AnnalsArchiveInput *input;
  gint64           header_limit;  /* unpacked bytes until the header must have ended; 0 outside of headers */
  gint64           unpacked;      /* by reading files */
  gint64           entry_end;     /* unpacked bytes up to the end of the last file */
  GCancellable    *cancellable;   /* of the call that is running */
  GError          *failure;       /* why the file could not be read */
  gboolean         is_bomb;
  gboolean         is_long;       /* a header is longer than ANNALS_LIMIT_ARCHIVE_HEADER */
  gboolean         sized;         /* the open entry says its size, so that it can be skipped */
  gint64           sparse_size;   /* of the open entry if it has holes; else 0 */
  gboolean         in_damage;
  gboolean         at_end;
  guint            n_damages;
  guint            n_entries;
  AnnalsNames     *names;
  GQueue           issues;        /* of AnnalsIssue */
  char            *entry;         /* path of the open entry; NULL between two */
  Member          *member;        /* its bytes; NULL when nobody has them */
} State;

/* The bytes of a file in the archive. */
struct _Member
{
  State        *state;      /* NULL when the archive has gone on */
  const guint8 *block;
  gsize         length;
  gint64        hole;       /* zeros before the block */
  gint64        offset;     /* in the file, behind the block */
  gboolean      at_end;
};

static gboolean read_on_in_zip (State *self);

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

static gint64
archive_position (State *self)
{
  return annals_archive_input_get_position (self->input, archive_filter_bytes (self->archive, -1));
}

static gint64
unpacked (State *self)
{
  return MAX (archive_filter_bytes (self->archive, 0), self->unpacked);
}

static gboolean
check_bomb (State *self)
{
  if (unpacked (self) > ANNALS_LIMIT_UNPACKED_FREE &&
      unpacked (self) / ANNALS_LIMIT_UNPACKED_RATIO > annals_import_input_get_offset (self->part->input))
    self->is_bomb = TRUE;

  return self->is_bomb;
}

/* --- what libarchive reads from --- */

static la_ssize_t
read_cb (struct archive  *archive,
         void            *data,
         const void     **buffer)
{
  State *self = data;
  gssize n;

  self->is_long = self->archive != NULL && self->header_limit > 0 &&
                  archive_filter_bytes (archive, 0) > self->header_limit;
  if (self->is_long || (self->archive != NULL && check_bomb (self)))
    {
      archive_set_error (archive, EFBIG, "too large");
      return ARCHIVE_FATAL;
    }

  n = self->failure == NULL ? annals_archive_input_read (self->input, buffer, self->cancellable, &self->failure) : -1;

  return n >= 0 ? (la_ssize_t) n : ARCHIVE_FATAL;
}

static struct archive *
archive_new (Kind kind)
{
  struct archive *archive = archive_read_new ();

  if (kind == KIND_ZIP)
    {
      archive_read_support_format_zip_streamable (archive);
      return archive;
    }

  annals_archive_support_filters (archive);
  archive_read_support_format_tar (archive);
  archive_read_set_format_option (archive, "tar", "read_concatenated_archives", "1");
  if (kind == KIND_COMPRESSED)
    {
      archive_read_support_format_raw (archive);
      archive_read_support_format_empty (archive);
    }

  return archive;
}

/* --- a file in it --- */

static void
member_detach (Member *member)
{
  if (member != NULL)
    member->state = NULL;
}

static void
member_free (gpointer data)
{
  Member *member = data;

  if (member->state != NULL)
    member->state->member = NULL;
  g_free (member);
}

static const char *
message (State *self)
{
  const char *text = archive_error_string (self->archive);

  return text != NULL && g_utf8_validate (text, -1, NULL) ? text : "";
}

static void
report_limit (State *self)
{
  queue_issue (self, ANNALS_SEVERITY_ERROR, ANNALS_ISSUE_LIMIT, g_strdup (self->entry),
               self->is_long
                 ? g_strdup_printf (_("What the archive says of a file is longer than %d MB: the rest was not "
                                      "read"), ANNALS_LIMIT_ARCHIVE_HEADER / 1024 / 1024)
                 : g_strdup_printf (_("What is inside is more than %d times as large as the archive: the rest was "
                                      "not read"), ANNALS_LIMIT_UNPACKED_RATIO));
  self->at_end = TRUE;
}

/* The archive cannot be read on inside the open entry. */
static void
give_up_entry (State *self)
{
  if (self->failure != NULL)
    return;

  if (self->is_bomb || self->is_long)
    {
      report_limit (self);
      return;
    }

  queue_issue (self, ANNALS_SEVERITY_ERROR, ANNALS_ISSUE_DAMAGE, g_strdup (self->entry),
               g_strdup_printf (_("The archive is damaged or cut off near byte %" PRId64 ": this file came in "
                                  "only as far as it could be read (%s)"),
                                archive_position (self), message (self)));
  self->at_end = !read_on_in_zip (self);
}

/* What a piece of a file is not read for; the archive goes on. */
static void
end_member (Member          *member,
            AnnalsIssueCode  code,
            char            *reason)
{
  State *self = member->state;

  member->at_end = TRUE;
  queue_issue (self, ANNALS_SEVERITY_ERROR, code, g_strdup (self->entry), reason);
}

static void
take_block (Member     *member,
            const void *block,
            gsize       length,
            gint64      offset)
{
  member->hole = offset - member->offset;
  if (member->hole < 0 || member->hole > ANNALS_LIMIT_ARCHIVE_HOLE)
    {
      end_member (member, ANNALS_ISSUE_LIMIT,
                  g_strdup (_("The file has large holes, as no text has: it came in as far as the first of them")));
      member->hole = 0;
      return;
    }

  member->block = block;
  member->length = length;
  member->offset = offset + (gint64) length;
}

static void
read_member_block (Member *member)
{
  State *self = member->state;
  const void *block = NULL;
  size_t length = 0;
  la_int64_t offset = 0;
  int result = archive_read_data_block (self->archive, &block, &length, &offset);

  switch (result)
    {
    case ARCHIVE_WARN:
      queue_issue (self, ANNALS_SEVERITY_WARNING, ANNALS_ISSUE_DAMAGE, g_strdup (self->entry),
                   g_strdup_printf (_("The file may be damaged: its checksum or its size in the archive is another "
                                      "(%s)"), message (self)));
      take_block (member, block, length, offset);
      break;

    case ARCHIVE_OK:
    case ARCHIVE_RETRY:
      take_block (member, block, length, offset);
      break;

    case ARCHIVE_EOF:
      if (member->offset < self->sparse_size)
        take_block (member, NULL, 0, self->sparse_size);
      member->at_end = TRUE;
      break;

    case ARCHIVE_FAILED:
      end_member (member, ANNALS_ISSUE_FORMAT,
                  g_strdup_printf (_("The file could not be unpacked: %s"), message (self)));
      break;

    default:
      member->at_end = TRUE;
      give_up_entry (self);
      break;
    }
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

  if (self == NULL || count == 0)
    return 0;

  self->cancellable = cancellable;
  while (!member->at_end && member->length == 0 && member->hole == 0)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return -1;
      read_member_block (member);
    }

  if (self->failure != NULL)
    {
      g_propagate_error (error, g_error_copy (self->failure));
      return -1;
    }

  if (member->hole > 0)
    {
      n = MIN (count, (gsize) member->hole);
      memset (buffer, 0, n);
      member->hole -= (gint64) n;
    }
  else
    {
      n = MIN (count, member->length);
      if (n > 0)
        {
          memcpy (buffer, member->block, n);
          member->block += n;
          member->length -= n;
        }
    }

  self->unpacked += (gint64) n;
  if (!self->at_end && check_bomb (self))
    {
      member->at_end = TRUE;
      member->length = 0;
      member->hole = 0;
      report_limit (self);
    }

  return (gssize) n;
}

/* --- from file to file --- */

static gboolean
open_archive (State *self)
{
  struct archive *archive = archive_new (self->kind);

  annals_archive_input_begin (self->input);
  if (archive_read_open (archive, self, NULL, read_cb, NULL) == ARCHIVE_OK)
    {
      self->archive = archive;
      return TRUE;
    }

  if (self->failure == NULL)
    queue_issue (self, ANNALS_SEVERITY_ERROR, ANNALS_ISSUE_DAMAGE, NULL,
                 g_strdup_printf (_("The archive could not be opened: %s"),
                                  archive_error_string (archive) ? archive_error_string (archive) : ""));
  archive_read_free (archive);
  self->at_end = TRUE;

  return FALSE;
}

/* Each file in a ZIP archive has a header of its own, so that what follows damage can be found. */
static gboolean
read_on_in_zip (State *self)
{
  if (self->kind != KIND_ZIP || self->n_damages++ >= ANNALS_LIMIT_ARCHIVE_DAMAGES ||
      !annals_archive_input_find_zip (self->input, archive_filter_bytes (self->archive, 0), self->cancellable,
                                      &self->failure))
    return FALSE;

  archive_read_free (self->archive);
  self->archive = NULL;
  g_clear_pointer (&self->entry, g_free);

  return open_archive (self);
}

/* What does not say where it ends is unpacked to be skipped. */
static int
read_to_end (State *self)
{
  const void *block;
  size_t length;
  la_int64_t offset;
  int result;

  do
    {
      result = archive_read_data_block (self->archive, &block, &length, &offset);
      self->unpacked += result == ARCHIVE_OK ? (gint64) length : 0;
      if (check_bomb (self) || g_cancellable_is_cancelled (self->cancellable))
        return ARCHIVE_FATAL;
    }
  while (result == ARCHIVE_OK);

  return result;
}

/* Ends the open entry, of which nobody may have read anything. */
static void
skip_entry (State *self)
{
  int result;

  member_detach (self->member);
  self->member = NULL;

  if (self->entry == NULL || self->archive == NULL || self->at_end)
    return;

  result = self->sized ? archive_read_data_skip (self->archive) : read_to_end (self);
  if (result == ARCHIVE_FATAL && !g_cancellable_is_cancelled (self->cancellable))
    give_up_entry (self);
  else
    self->entry_end = archive_filter_bytes (self->archive, 0);
  g_clear_pointer (&self->entry, g_free);
}

/* The header of the next entry could not be read, and none after it. */
static void
give_up (State *self)
{
  if (self->failure != NULL)
    return;

  self->at_end = TRUE;

  if (self->is_bomb || self->is_long)
    report_limit (self);
  else if (self->kind == KIND_ZIP && *message (self) == '\0')
    queue_issue (self, ANNALS_SEVERITY_ERROR, ANNALS_ISSUE_DAMAGE,
                 g_strdup_printf (_("byte %" PRId64), archive_position (self)),
                 g_strdup (_("The archive has no list of its files at its end: it was cut off here")));
  else
    queue_issue (self, ANNALS_SEVERITY_ERROR, ANNALS_ISSUE_DAMAGE,
                 g_strdup_printf (_("byte %" PRId64), archive_position (self)),
                 g_strdup_printf (_("The archive is damaged or cut off here: what follows could not be read (%s)"),
                                  message (self)));
}

/* A TAR archive goes on behind damage at the next header that is one; a run of damage is said once. */
static void
report_damage (State *self)
{
  if (self->in_damage)
    return;

  self->in_damage = TRUE;
  if (self->n_damages++ < ANNALS_LIMIT_ARCHIVE_DAMAGES)
    queue_issue (self, ANNALS_SEVERITY_ERROR, ANNALS_ISSUE_DAMAGE,
                 g_strdup_printf (_("byte %" PRId64), archive_position (self)),
                 g_strdup (_("The archive is damaged here: what follows was looked for")));
}

static void
report_end (State *self)
{
  AnnalsByteSource *gzip = annals_archive_input_get_gzip (self->input);

  self->at_end = TRUE;

  if (gzip != NULL && annals_byte_source_get_state (gzip) == ANNALS_BYTES_BOMB)
    {
      self->is_bomb = TRUE;
      report_limit (self);
    }
  else if (gzip != NULL && annals_byte_source_get_state (gzip) != ANNALS_BYTES_OK)
    queue_issue (self, ANNALS_SEVERITY_ERROR, ANNALS_ISSUE_DAMAGE,
                 g_strdup_printf (_("byte %" PRId64), archive_position (self)),
                 g_strdup (_("The compression is damaged or cut off here: what follows could not be read")));
  else if (self->kind == KIND_COMPRESSED && self->n_entries == 0)
    queue_issue (self, ANNALS_SEVERITY_NOTE, ANNALS_ISSUE_EMPTY, NULL, g_strdup (_("The file is empty")));
  else if (archive_format (self->archive) != 0 &&
           (archive_format (self->archive) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_TAR &&
           archive_filter_bytes (self->archive, 0) - self->entry_end < 512)
    queue_issue (self, ANNALS_SEVERITY_WARNING, ANNALS_ISSUE_DAMAGE,
                 g_strdup_printf (_("byte %" PRId64), archive_position (self)),
                 g_strdup (_("The archive has no mark at its end: it may have been cut off here")));
}

/* What a compressed file is called without being compressed. */
static char *
dup_stem (const char *path)
{
  static const char * const suffixes[] = { ".gz", ".xz", ".zst", ".bz2" };
  g_autofree char *name = g_path_get_basename (path);

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      gsize length = strlen (name);
      gsize suffix = strlen (suffixes[i]);

      if (length > suffix && g_ascii_strcasecmp (name + length - suffix, suffixes[i]) == 0)
        return g_strndup (name, length - suffix);
    }

  return g_steal_pointer (&name);
}

static char *
dup_entry_path (State                *self,
                struct archive_entry *entry)
{
  const char *name = archive_entry_pathname (entry);
  AnnalsByteSource *gzip = annals_archive_input_get_gzip (self->input);
  g_autofree char *path = NULL;

  if (gzip != NULL && archive_format (self->archive) == ARCHIVE_FORMAT_RAW)
    name = annals_byte_source_get_name (gzip);
  if (name == NULL)
    name = archive_entry_pathname_utf8 (entry);

  path = annals_container_dup_path (name != NULL ? name : "", -1);
  if (archive_format (self->archive) == ARCHIVE_FORMAT_RAW)
    {
      /* "data" is libarchive's name for what has none */
      if (strcmp (path, "data") == 0 || *path == '\0')
        return dup_stem (self->part->path);
      return g_path_get_basename (path);
    }

  return *path != '\0' ? g_steal_pointer (&path) : g_strdup_printf ("%u", self->n_entries);
}

/* What is no file. Returns whether that is all there is to it. */
static gboolean
pass_over (State                *self,
           struct archive_entry *entry)
{
  const char *reason = NULL;
  AnnalsSeverity severity = ANNALS_SEVERITY_NOTE;

  if (archive_entry_filetype (entry) == AE_IFDIR || annals_container_is_litter (self->entry))
    return TRUE;

  if (archive_entry_is_encrypted (entry))
    {
      severity = ANNALS_SEVERITY_ERROR;
      reason = _("The file is locked with a password: unpack the archive and import the files");
    }
  else if (archive_entry_filetype (entry) == AE_IFLNK)
    reason = _("A symbolic link: it was not followed");
  else if (archive_entry_hardlink (entry) != NULL && archive_entry_size (entry) == 0)
    reason = _("Another name of a file that is in the archive, too");
  else if (archive_entry_filetype (entry) != AE_IFREG && archive_entry_filetype (entry) != 0)
    reason = _("Not an ordinary file: it was not read");

  if (reason != NULL)
    queue_issue (self, severity, ANNALS_ISSUE_FORMAT, g_strdup (self->entry), g_strdup (reason));

  return reason != NULL;
}

static AnnalsPart *
make_part (State                 *self,
           struct archive_entry  *entry,
           GError               **error)
{
  g_autofree char *path = g_strdup (self->entry);    /* damage in its first bytes ends the entry */
  g_autofree char *name = g_path_get_basename (path);
  gint64 size = archive_entry_size_is_set (entry) ? archive_entry_size (entry) : -1;
  gint64 modified = archive_entry_mtime_is_set (entry) ? archive_entry_mtime (entry) : 0;
  Member *member = g_new0 (Member, 1);
  AnnalsImportInput *input;
  AnnalsPart *part;
  gsize length;

  member->state = self;
  self->member = member;
  input = annals_import_input_new_for_stream (name, size <= ANNALS_LIMIT_ARCHIVE_CLAIM ? size : -1, member_read, member,
                                              member_free, error);
  if (input == NULL)
    return NULL;

  /* it is not empty, it is damaged */
  annals_import_input_get_head (input, &length);
  if (length == 0 && !g_queue_is_empty (&self->issues))
    {
      annals_import_input_free (input);
      return NULL;
    }

  part = annals_part_new (path, input);
  part->modified = MAX (modified, 0);

  return part;
}

static int
read_header (State                 *self,
             struct archive_entry **entry)
{
  locale_t before = self->locale != (locale_t) 0 ? uselocale (self->locale) : (locale_t) 0;
  int result;

  if (self->kind != KIND_ZIP)
    self->header_limit = archive_filter_bytes (self->archive, 0) + ANNALS_LIMIT_ARCHIVE_HEADER;
  result = archive_read_next_header (self->archive, entry);
  self->header_limit = 0;
  if (result == ARCHIVE_OK || result == ARCHIVE_WARN)
    {
      self->entry = dup_entry_path (self, *entry);
      self->sized = archive_entry_size_is_set (*entry) != 0;
      self->sparse_size = archive_entry_sparse_count (*entry) > 0 ? archive_entry_size (*entry) : 0;
    }

  if (before != (locale_t) 0)
    uselocale (before);

  return result;
}

/* Looks at the next entry. Returns the part when it is a file; NULL also when there is an issue, or
 * nothing to be said of it. */
static AnnalsPart *
advance (State   *self,
         GError **error)
{
  struct archive_entry *entry;
  g_autofree char *path = NULL;

  switch (read_header (self, &entry))
    {
    case ARCHIVE_OK:
    case ARCHIVE_WARN:
      break;

    case ARCHIVE_EOF:
      report_end (self);
      return NULL;

    case ARCHIVE_RETRY:
    case ARCHIVE_FAILED:
      report_damage (self);
      return NULL;

    default:
      give_up (self);
      return NULL;
    }

  self->in_damage = FALSE;
  self->n_entries++;
  if (pass_over (self, entry))
    return NULL;

  path = g_steal_pointer (&self->entry);
  self->entry = annals_names_dup_unique (self->names, path);

  return make_part (self, entry, error);
}

static gpointer
open_kind (Kind        kind,
           AnnalsPart *part)
{
  State *self = g_new0 (State, 1);

  self->kind = kind;
  self->part = part;
  self->input = annals_archive_input_new (part->input);
  self->locale = newlocale (LC_CTYPE_MASK, "C.UTF-8", (locale_t) 0);
  self->names = annals_names_new ();
  g_queue_init (&self->issues);

  return self;
}

static gpointer
open_zip (AnnalsPart  *part,
          GError     **error)
{
  return open_kind (KIND_ZIP, part);
}

static gpointer
open_tar (AnnalsPart  *part,
          GError     **error)
{
  return open_kind (KIND_TAR, part);
}

static gpointer
open_compressed (AnnalsPart  *part,
                 GError     **error)
{
  return open_kind (KIND_COMPRESSED, part);
}

static void
archive_close (gpointer state)
{
  State *self = state;

  member_detach (self->member);
  if (self->archive != NULL)
    archive_read_free (self->archive);
  if (self->locale != (locale_t) 0)
    freelocale (self->locale);
  annals_names_free (self->names);
  annals_archive_input_free (self->input);
  g_queue_clear_full (&self->issues, (GDestroyNotify) annals_issue_free);
  g_clear_error (&self->failure);
  g_free (self->entry);
  g_free (self);
}

static AnnalsContainerResult
archive_next (gpointer        state,
              AnnalsPart    **part,
              AnnalsIssue   **issue,
              GCancellable   *cancellable,
              GError        **error)
{
  State *self = state;

  self->cancellable = cancellable;
  skip_entry (self);

  for (;;)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return ANNALS_CONTAINER_ERROR;

      if ((*issue = g_queue_pop_head (&self->issues)) != NULL)
        return ANNALS_CONTAINER_ISSUE;

      if (self->failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&self->failure));
          self->at_end = TRUE;
          return ANNALS_CONTAINER_ERROR;
        }

      if (self->at_end)
        return ANNALS_CONTAINER_END;

      if (self->archive == NULL && !open_archive (self))
        continue;

      if ((*part = advance (self, NULL)) != NULL)
        return ANNALS_CONTAINER_PART;

      skip_entry (self);
    }
}

const AnnalsContainer annals_container_zip = {
  .id = "zip",
  .label = N_("ZIP archive"),
  .sniff = annals_archive_sniff_zip,
  .open = open_zip,
  .next = archive_next,
  .close = archive_close,
};

const AnnalsContainer annals_container_tar = {
  .id = "tar",
  .label = N_("TAR archive"),
  .sniff = annals_archive_sniff_tar,
  .open = open_tar,
  .next = archive_next,
  .close = archive_close,
};

const AnnalsContainer annals_container_compressed = {
  .id = "compressed",
  .label = N_("Compressed file"),
  .sniff = annals_archive_sniff_compressed,
  .open = open_compressed,
  .next = archive_next,
  .close = archive_close,
};
