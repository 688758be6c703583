/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "import-read.h"

#include <string.h>

ImportRead *
import_read (const char                 *name,
             const char                 *data,
             gssize                      length,
             const AnnalsFormat         *format,
             const AnnalsFormatSettings *settings)
{
  ImportRead *self = g_new0 (ImportRead, 1);
  g_autoptr(GBytes) bytes = g_bytes_new (data, length < 0 ? strlen (data) : (gsize) length);
  AnnalsReadResult result = ANNALS_READ_DRAFT;

  self->drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_draft_free);
  self->issues = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_issue_free);
  self->part = annals_part_new (name, annals_import_input_new_for_bytes (bytes, name));
  self->detected = annals_format_detect (self->part);
  if (format == NULL)
    format = self->detected;
  if (format == NULL)
    return self;

  self->reader = annals_format_reader_new_for_format (self->part, format, settings);

  while (result == ANNALS_READ_DRAFT || result == ANNALS_READ_ISSUE)
    {
      AnnalsDraft *draft;
      AnnalsIssue *issue;

      result = annals_format_reader_next (self->reader, &draft, &issue, NULL, &self->error);
      if (draft != NULL)
        g_ptr_array_add (self->drafts, draft);
      if (issue != NULL)
        g_ptr_array_add (self->issues, issue);
    }

  return self;
}

void
import_read_free (ImportRead *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->reader, annals_format_reader_free);
  annals_part_free (self->part);
  g_ptr_array_unref (self->drafts);
  g_ptr_array_unref (self->issues);
  g_clear_error (&self->error);
  g_free (self);
}

AnnalsDraft *
import_read_draft (ImportRead *self,
                   guint       index)
{
  g_assert_cmpuint (index, <, self->drafts->len);

  return self->drafts->pdata[index];
}

const char *
import_read_find (ImportRead *self,
                  const char *reason)
{
  for (guint i = 0; i < self->issues->len; i++)
    {
      AnnalsIssue *issue = self->issues->pdata[i];

      if (strstr (issue->reason, reason) != NULL)
        return issue->reason;
    }

  for (guint i = 0; i < self->drafts->len; i++)
    {
      AnnalsDraft *draft = self->drafts->pdata[i];

      if (draft->skipped != NULL && strstr (draft->skipped, reason) != NULL)
        return draft->skipped;
    }

  return NULL;
}

guint
import_read_n_posts (ImportRead *self)
{
  guint n = 0;

  for (guint i = 0; i < self->drafts->len; i++)
    n += ((AnnalsDraft *) self->drafts->pdata[i])->skipped == NULL;

  return n;
}
