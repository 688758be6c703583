/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-notebook-document.h"

#include <stdint.h>

/* A notebook that was exported as JSON. */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check (AnnalsEntry *entry)
{
  const AnnalsEntryClass *klass = annals_entry_get_class (entry->kind);

  for (guint i = 0; i < annals_entry_class_count (klass); i++)
    {
      const AnnalsEntryField *field = &klass->fields[i];
      const AnnalsEntryValue *value = &entry->values[i];
      gboolean is_bytes = field->type == ANNALS_VALUE_BYTES || field->type == ANNALS_VALUE_MARKUP;

      g_assert_true (value->text == NULL || is_bytes || g_utf8_validate_len (value->text, value->length, NULL));
      g_assert_true (!value->is_null || field->nullable || field->type == ANNALS_VALUE_SEEN ||
                     field->type == ANNALS_VALUE_PARTS);
      g_assert_true (field->type != ANNALS_VALUE_UID || g_uuid_string_is_valid (value->text));
      for (guint j = 0; value->parts != NULL && j < value->parts->len; j++)
        check (value->parts->pdata[j]);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_data (data, (gssize) size, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(AnnalsNotebookDocument) document = annals_notebook_document_new (stream, "fuzz", (gint64) size, &error);

  g_assert_true ((document == NULL) == (error != NULL));
  while (document != NULL && error == NULL)
    {
      g_autoptr(AnnalsEntry) entry = annals_notebook_document_next (document, &error);

      if (entry == NULL)
        break;
      g_assert_no_error (error);
      check (entry);
    }

  return 0;
}
