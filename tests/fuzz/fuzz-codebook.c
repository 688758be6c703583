/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-codebook.h"

#include <stdint.h>

/* A list of tags, as CSV or as XML. */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(AnnalsCodebook) codebook = annals_codebook_parse ((const char *) data, size, "fuzz", &error);

  g_assert_true ((codebook == NULL) == (error != NULL));
  if (codebook == NULL)
    return 0;

  for (guint i = 0; i < codebook->codes->len; i++)
    {
      const AnnalsCode *code = codebook->codes->pdata[i];

      g_assert_true (*code->name != '\0' && g_utf8_validate (code->name, -1, NULL));
      g_assert_true (code->description == NULL || g_utf8_validate (code->description, -1, NULL));
      g_assert_cmpint (code->parent, <, (int) codebook->codes->len);
      g_assert_cmpint (code->parent, >=, ANNALS_CODE_UNSAID);
    }

  return 0;
}
