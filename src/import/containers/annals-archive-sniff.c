/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-archive-sniff.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>
#include <zlib.h>

/* Bytes of a member before its name */
#define ZIP_HEADER 30

void
annals_archive_support_filters (struct archive *archive)
{
  /* without the library it would start a program */
  if (archive_zlib_version () != NULL)
    archive_read_support_filter_gzip (archive);
  if (archive_bzlib_version () != NULL)
    archive_read_support_filter_bzip2 (archive);
  if (archive_liblzma_version () != NULL)
    archive_read_support_filter_xz (archive);
  if (archive_libzstd_version () != NULL)
    archive_read_support_filter_zstd (archive);
}

static guint
get_number (const guint8 *at,
            guint         n_bytes)
{
  guint number = 0;

  for (guint i = n_bytes; i > 0; i--)
    number = number << 8 | at[i - 1];

  return number;
}

/* By its name, or by that of one of its first members: headers of members follow each other as long as they tell their
 * sizes. What stands in a member is not looked at, as that may be a project in an archive. */
gboolean
annals_archive_is_project (const guint8 *head,
                           gsize         length,
                           const char   *name)
{
  static const char project[] = "project.qde";
  const guint length_of_project = sizeof project - 1;
  g_autofree char *lower = name != NULL ? g_ascii_strdown (name, -1) : NULL;
  gsize at = 0;

  if (length < 4 || memcmp (head, "PK\3\4", 4) != 0)
    return FALSE;
  if (lower != NULL && g_str_has_suffix (lower, ".qdpx"))
    return TRUE;

  while (at + ZIP_HEADER <= length && memcmp (head + at, "PK\3\4", 4) == 0)
    {
      guint flags = get_number (head + at + 6, 2);
      guint n_name = get_number (head + at + 26, 2);

      if (at + ZIP_HEADER + n_name > length)
        return FALSE;
      if (n_name >= length_of_project &&
          g_ascii_strncasecmp ((const char *) head + at + ZIP_HEADER + n_name - length_of_project, project,
                               length_of_project) == 0)
        return TRUE;
      if ((flags & 8) != 0)   /* its size stands behind it */
        return FALSE;
      at += ZIP_HEADER + n_name + get_number (head + at + 28, 2) + get_number (head + at + 18, 4);
    }

  return FALSE;
}

guint
annals_archive_sniff_zip (const guint8 *head,
                          gsize         length,
                          const char   *name)
{
  if (annals_archive_is_project (head, length, name))
    return 0;

  return length >= 4 && (memcmp (head, "PK\3\4", 4) == 0 || memcmp (head, "PK\5\6", 4) == 0 ||
                         (length >= 8 && memcmp (head, "PK00PK\3\4", 8) == 0)) ? 80 : 0;
}

static gboolean
is_compressed (const guint8 *head,
               gsize         length)
{
  return (length >= 3 && memcmp (head, "\x1f\x8b\x08", 3) == 0) ||
         (length >= 6 && memcmp (head, "\xfd" "7zXZ\0", 6) == 0) ||
         (length >= 4 && memcmp (head, "\x28\xb5\x2f\xfd", 4) == 0) ||
         (length >= 10 && memcmp (head, "BZh", 3) == 0 && head[3] >= '1' && head[3] <= '9' &&
          (memcmp (head + 4, "1AY&SY", 6) == 0 || memcmp (head + 4, "\x17\x72\x45\x38\x50\x90", 6) == 0));
}

guint
annals_archive_sniff_compressed (const guint8 *head,
                                 gsize         length,
                                 const char   *name)
{
  return is_compressed (head, length) ? 70 : 0;
}

/* A header of 512 bytes whose sum is right: its own bytes count as spaces. */
static gboolean
is_tar_header (const guint8 *head,
               gsize         length)
{
  guint64 stated;
  gint64 sum = 0, signed_sum = 0;
  char digits[9] = { 0 };

  if (length < 512 || head[0] == 0)
    return FALSE;

  memcpy (digits, head + 148, 8);
  if (!g_ascii_isdigit (digits[0]) && digits[0] != ' ')
    return FALSE;
  stated = g_ascii_strtoull (digits, NULL, 8);

  for (guint i = 0; i < 512; i++)
    {
      sum += i >= 148 && i < 156 ? ' ' : head[i];
      signed_sum += i >= 148 && i < 156 ? ' ' : (gint8) head[i];
    }

  return sum == (gint64) stated || signed_sum == (gint64) stated;
}

/* libarchive's filter gives nothing of what is cut off so early. */
static gsize
unpack_gzip (const guint8 *head,
             gsize         length,
             guint8       *start,
             gsize         size)
{
  z_stream stream = { 0 };

  if (inflateInit2 (&stream, MAX_WBITS + 16) != Z_OK)
    return 0;

  stream.next_in = (Bytef *) head;
  stream.avail_in = (uInt) length;
  stream.next_out = start;
  stream.avail_out = (uInt) size;
  inflate (&stream, Z_SYNC_FLUSH);
  inflateEnd (&stream);

  return size - stream.avail_out;
}

static gsize
unpack (const guint8 *head,
        gsize         length,
        guint8       *start,
        gsize         size)
{
  struct archive *archive = archive_read_new ();
  struct archive_entry *entry;
  la_ssize_t n = 0;

  annals_archive_support_filters (archive);
  archive_read_support_format_raw (archive);
  if (archive_read_open_memory (archive, head, length) == ARCHIVE_OK &&
      archive_read_next_header (archive, &entry) == ARCHIVE_OK)
    n = archive_read_data (archive, start, size);
  archive_read_free (archive);

  return (gsize) MAX (n, 0);
}

/* Whether the compressed bytes begin with a TAR archive's first header. */
static gboolean
holds_tar (const guint8 *head,
           gsize         length)
{
  guint8 start[512];
  gsize n = head[0] == 0x1f ? unpack_gzip (head, length, start, sizeof start)
                            : unpack (head, length, start, sizeof start);

  return is_tar_header (start, n);
}

static gboolean
is_called_tar (const char *name)
{
  static const char * const endings[] = { ".tar.bz2", ".tbz", ".tbz2", ".tar.xz", ".txz", ".tar.zst" };
  g_autofree char *lower = g_ascii_strdown (name, -1);

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      if (g_str_has_suffix (lower, endings[i]))
        return TRUE;
    }

  return FALSE;
}

guint
annals_archive_sniff_tar (const guint8 *head,
                          gsize         length,
                          const char   *name)
{
  /* bzip2 gives nothing until a block of up to 900 kB is there */
  if (is_compressed (head, length))
    return holds_tar (head, length) || (name != NULL && is_called_tar (name)) ? 80 : 0;

  return is_tar_header (head, length) ? 80 : 0;
}
