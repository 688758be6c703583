/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdint.h>

#include "annals-references.h"

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

/* References lie one behind another inside the text, and what is written of one is read as the same. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *bytes = g_strndup ((const char *) data, size);
  g_autofree char *text = g_utf8_make_valid (bytes, -1);
  g_autoptr(GPtrArray) references = annals_references_parse (text);
  gsize end = 0;

  for (guint i = 0; i < references->len; i++)
    {
      const AnnalsReference *reference = references->pdata[i];
      g_autofree char *again = NULL;
      g_autoptr(GPtrArray) reread = NULL;

      g_assert_cmpuint (reference->start, >=, end);
      g_assert_cmpuint (reference->end, >, reference->start);
      g_assert_cmpuint (reference->end, <=, strlen (text));
      end = reference->end;
      if (reference->uid == NULL)
        continue;

      again = annals_reference_dup_text (reference->kind, reference->uid, reference->title);
      reread = annals_references_parse (again);
      g_assert_cmpuint (reread->len, ==, 1);
      g_assert_cmpstr (((AnnalsReference *) reread->pdata[0])->uid, ==, reference->uid);
      g_assert_cmpuint (((AnnalsReference *) reread->pdata[0])->end, ==, strlen (again));
    }

  return 0;
}
