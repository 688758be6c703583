/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-decoder.h"

#include <stdint.h>
#include <string.h>

/* Character sets: what a file says, what it looks like, its bytes in pieces. The first byte says how long the
 * pieces are and which set is declared. */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
decode (AnnalsDecoder *decoder,
        const uint8_t *data,
        size_t         size,
        size_t         piece)
{
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(GByteArray) held = g_byte_array_new ();
  const char *where = NULL;
  size_t at = MIN (annals_decoder_get_bom_length (decoder), size);

  while (at < size)
    {
      size_t n = MIN (piece, size - at);
      gsize used;

      g_byte_array_append (held, data + at, (guint) n);
      at += n;
      used = annals_decoder_push (decoder, held->data, held->len, FALSE, out);
      g_assert_cmpuint (used, <=, held->len);
      g_assert_cmpuint (held->len - used, <=, ANNALS_DECODER_WINDOW + 16);
      g_byte_array_remove_range (held, 0, (guint) used);
    }

  g_assert_cmpuint (annals_decoder_push (decoder, held->data, held->len, TRUE, out), ==, held->len);
  g_assert_true (g_utf8_validate (out->str, (gssize) out->len, NULL));
  g_assert_nonnull (annals_decoder_get_charset (decoder));

  if (annals_decoder_looks_double_encoded (out->str, &where))
    g_assert_true (where >= out->str && where < out->str + out->len);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  static const char * const declared[] = { NULL, "utf-8", "euc-kr", "iso-8859-1", "shift_jis", "utf-16",
                                           "iso-2022-jp", "gb18030", "nonsense", "big5" };
  g_autoptr(AnnalsDecoder) decoder = NULL;
  g_autoptr(AnnalsDecoder) forced = NULL;
  const char *charset;
  size_t piece;

  if (size == 0)
    return 0;

  charset = declared[data[0] % G_N_ELEMENTS (declared)];
  piece = (size_t) 1 << data[0] % 14;
  data++;
  size--;

  decoder = annals_decoder_new_for_file (data, MIN (size, 65536), charset);
  decode (decoder, data, size, piece);

  forced = charset ? annals_decoder_new (charset) : NULL;
  if (forced != NULL)
    decode (forced, data, size, piece);

  return 0;
}
