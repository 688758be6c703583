/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-records-format.h"

#include <stdint.h>

/* Web annotations, REFI-QDA (zipped and not), TimelineJS: whatever it is, each reads it. */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check_text (const char *text)
{
  g_assert_true (text == NULL || g_utf8_validate (text, -1, NULL));
}

static void
check (AnnalsRecords *records,
       GError        *error)
{
  g_assert_true ((records == NULL) == (error != NULL));
  if (records == NULL)
    return;

  for (guint i = 0; i < records->notes->len; i++)
    {
      const AnnalsRecordNote *note = records->notes->pdata[i];

      check_text (note->note);
      check_text (note->url);
      check_text (note->author);
      check_text (note->selector.exact);
      check_text (note->selector.prefix);
      check_text (note->selector.suffix);
      g_assert_cmpint (note->source, <, (int) records->sources->len);
      g_assert_true (note->uid == NULL || g_uuid_string_is_valid (note->uid));
      for (guint j = 0; j < note->codes->len; j++)
        g_assert_cmpuint (g_array_index (note->codes, guint, j), <, records->codebook->codes->len);
    }
  for (guint i = 0; i < records->sources->len; i++)
    g_assert_nonnull (((const AnnalsRecordSource *) records->sources->pdata[i])->text);
  for (guint i = 0; i < records->events->len; i++)
    {
      const AnnalsRecordEvent *event = records->events->pdata[i];

      g_assert_true (event->date != NULL && *event->title != '\0');
      check_text (event->account);
    }
  for (guint i = 0; i < records->issues->len; i++)
    check_text (((const AnnalsIssue *) records->issues->pdata[i])->reason);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr(GError) w3c_error = NULL;
  g_autoptr(GError) timeline_error = NULL;
  g_autoptr(GError) project_error = NULL;
  g_autoptr(AnnalsRecords) w3c = annals_records_parse_w3c ((const char *) data, size, "fuzz", NULL, &w3c_error);
  g_autoptr(AnnalsRecords) timeline = annals_records_parse_timelinejs ((const char *) data, size, "fuzz", NULL,
                                                                       &timeline_error);
  g_autoptr(AnnalsRecords) project = annals_records_parse_qdpx ((const char *) data, size, "fuzz", NULL, &project_error);

  check (w3c, w3c_error);
  check (timeline, timeline_error);
  check (project, project_error);

  return 0;
}
