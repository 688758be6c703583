/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-codebook-private.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-decoder.h"
#include "annals-limits.h"
#include "annals-palette.h"

/* A file that says nothing but nonsense need not fill the window with it. */
#define MAX_REMARKS 100

G_DEFINE_QUARK (annals-codebook-error-quark, annals_codebook_error)

static void
code_free (AnnalsCode *self)
{
  g_free (self->uid);
  g_free (self->name);
  g_free (self->colour);
  g_free (self->description);
  g_strfreev (self->synonyms);
  g_free (self->rule);
  g_free (self);
}

AnnalsCodebook *
annals_codebook_new (void)
{
  AnnalsCodebook *self = g_new0 (AnnalsCodebook, 1);

  self->codes = g_ptr_array_new_with_free_func ((GDestroyNotify) code_free);
  self->remarks = g_ptr_array_new_with_free_func (g_free);

  return self;
}

void
annals_codebook_free (AnnalsCodebook *self)
{
  g_ptr_array_unref (self->codes);
  g_ptr_array_unref (self->remarks);
  g_free (self);
}

AnnalsCode *
annals_codebook_add (AnnalsCodebook  *self,
                     char            *name,
                     GError         **error)
{
  AnnalsCode *code;

  if (self->codes->len >= ANNALS_LIMIT_CODES)
    {
      g_free (name);
      g_set_error (error, ANNALS_CODEBOOK_ERROR, ANNALS_CODEBOOK_ERROR_FORMAT,
                   _("It has more than %d tags"), ANNALS_LIMIT_CODES);
      return NULL;
    }

  code = g_new0 (AnnalsCode, 1);
  code->name = name;
  code->parent = ANNALS_CODE_UNSAID;
  g_ptr_array_add (self->codes, code);

  return code;
}

void
annals_codebook_remark (AnnalsCodebook *self,
                        const char     *format,
                        ...)
{
  va_list args;

  if (self->remarks->len >= MAX_REMARKS)
    return;

  va_start (args, format);
  g_ptr_array_add (self->remarks, g_strdup_vprintf (format, args));
  va_end (args);
}

char *
annals_codebook_dup_uid (AnnalsCodebook *self,
                         const char     *text)
{
  g_autofree char *uid = g_strstrip (g_ascii_strdown (text, -1));
  gsize length = strlen (uid);

  if (length > 2 && uid[0] == '{' && uid[length - 1] == '}')
    {
      uid[length - 1] = '\0';
      memmove (uid, uid + 1, length - 1);
    }

  if (g_uuid_string_is_valid (uid))
    return g_steal_pointer (&uid);

  if (*uid != '\0')
    annals_codebook_remark (self, _("“%.60s” is no identifier of a tag"), text);
  return NULL;
}

/* Near for the eye: the weighted distance of www.compuphase.com/cmetric.htm. */
static double
colour_distance (guint32 a,
                 guint32 b)
{
  double red_a = a >> 16 & 0xff, red_b = b >> 16 & 0xff;
  double mean = (red_a + red_b) / 2;
  double red = red_a - red_b;
  double green = (double) (a >> 8 & 0xff) - (double) (b >> 8 & 0xff);
  double blue = (double) (a & 0xff) - (double) (b & 0xff);

  return (2 + mean / 256) * red * red + 4 * green * green + (2 + (255 - mean) / 256) * blue * blue;
}

static const char *
find_nearest (guint32 rgb)
{
  guint n_colours;
  const AnnalsColour *palette = annals_palette_get (&n_colours);
  const char *nearest = NULL;
  double least = G_MAXDOUBLE;

  for (guint i = 0; i < n_colours; i++)
    {
      double distance = colour_distance (palette[i].strong, rgb);

      if (distance < least)
        {
          least = distance;
          nearest = palette[i].name;
        }
    }

  return nearest;
}

static gboolean
read_rgb (const char *text,
          guint32    *rgb)
{
  gsize length = strlen (text);

  if (*text != '#' || (length != 4 && length != 7) ||
      strspn (text + 1, "0123456789abcdefABCDEF") != length - 1)
    return FALSE;

  *rgb = (guint32) g_ascii_strtoull (text + 1, NULL, 16);
  if (length == 4)
    *rgb = (*rgb >> 8 & 0xf) * 0x110000 + (*rgb >> 4 & 0xf) * 0x1100 + (*rgb & 0xf) * 0x11;

  return TRUE;
}

char *
annals_codebook_dup_colour (AnnalsCodebook *self,
                            const char     *text)
{
  g_autofree char *name = g_strstrip (g_ascii_strdown (text, -1));
  guint32 rgb;

  if (*name == '\0')
    return NULL;

  if (annals_palette_lookup (name) != NULL)
    return g_steal_pointer (&name);

  if (read_rgb (name, &rgb))
    return g_strdup (find_nearest (rgb));

  annals_codebook_remark (self, _("There is no colour “%.60s”"), text);
  return NULL;
}

/* XML by its first sign, behind a mark of the byte order and white space; in UTF-16 every other byte is NUL. */
static gboolean
is_xml (const char *bytes,
        gsize       size)
{
  for (gsize i = 0; i < MIN (size, 64); i++)
    {
      if (strchr (" \t\r\n", bytes[i]) != NULL || strchr ("\xef\xbb\xbf\xfe\xff", bytes[i]) != NULL)
        continue;   /* strchr() finds the NUL as well */
      return bytes[i] == '<';
    }

  return FALSE;
}

AnnalsCodebook *
annals_codebook_parse (const char  *bytes,
                       gsize        size,
                       const char  *name,
                       GError     **error)
{
  g_autoptr(AnnalsDecoder) decoder = NULL;
  g_autoptr(GString) text = NULL;
  gsize mark;

  g_return_val_if_fail (bytes != NULL || size == 0, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  if (size > ANNALS_LIMIT_CODEBOOK)
    {
      g_set_error (error, ANNALS_CODEBOOK_ERROR, ANNALS_CODEBOOK_ERROR_READ,
                   _("“%s” has more than %d MB, which is no list of tags"), name,
                   ANNALS_LIMIT_CODEBOOK / (1024 * 1024));
      return NULL;
    }

  if (is_xml (bytes, size))
    return annals_codebook_parse_qdc (bytes, size, name, error);

  decoder = annals_decoder_new_for_head ((const guint8 *) bytes, MIN (size, ANNALS_DECODER_WINDOW));
  mark = annals_decoder_get_bom_length (decoder);
  text = g_string_new (NULL);
  annals_decoder_push (decoder, (const guint8 *) bytes + mark, size - mark, TRUE, text);

  return annals_codebook_parse_csv (text->str, text->len, name, error);
}

AnnalsCodebook *
annals_codebook_load (const char    *path,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_autoptr(GFile) file = NULL;
  g_autoptr(GFileInputStream) stream = NULL;
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  g_autofree char *name = NULL;
  g_autoptr(GError) why = NULL;
  gssize n = 1;

  g_return_val_if_fail (path != NULL, NULL);

  name = g_filename_display_basename (path);
  file = g_file_new_for_path (path);
  stream = g_file_read (file, cancellable, &why);
  while (stream != NULL && n > 0 && bytes->len <= ANNALS_LIMIT_CODEBOOK)
    {
      char piece[16384];

      n = g_input_stream_read (G_INPUT_STREAM (stream), piece, sizeof piece, cancellable, &why);
      if (n > 0)
        g_byte_array_append (bytes, (const guint8 *) piece, (guint) n);
    }

  if (why != NULL)
    {
      g_set_error (error, ANNALS_CODEBOOK_ERROR, ANNALS_CODEBOOK_ERROR_READ, _("“%s” cannot be read: %s"), name,
                   why->message);
      return NULL;
    }

  return annals_codebook_parse ((const char *) bytes->data, bytes->len, name, error);
}
