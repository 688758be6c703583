/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-container.h"

static const AnnalsContainer * const containers[] = {
  &annals_container_compressed,
  &annals_container_mhtml,
  &annals_container_tar,
  &annals_container_warc,
  &annals_container_zip,
  NULL,
};

const AnnalsContainer * const *
annals_container_list (void)
{
  return containers;
}

const AnnalsContainer *
annals_container_detect (const guint8 *head,
                         gsize         length,
                         const char   *name)
{
  const AnnalsContainer *best = NULL;
  guint best_confidence = 0;

  g_return_val_if_fail (head != NULL || length == 0, NULL);

  for (guint i = 0; containers[i] != NULL; i++)
    {
      guint confidence = containers[i]->sniff (head, length, name);

      if (confidence > best_confidence)
        {
          best = containers[i];
          best_confidence = confidence;
        }
    }

  return best;
}

AnnalsIssue *
annals_container_issue (AnnalsSeverity   severity,
                        AnnalsIssueCode  code,
                        char            *place,
                        char            *reason)
{
  AnnalsIssue *issue = g_new0 (AnnalsIssue, 1);

  issue->severity = severity;
  issue->code = code;
  issue->place = place;
  issue->reason = reason;
  issue->excerpt = g_strdup ("");

  return issue;
}
