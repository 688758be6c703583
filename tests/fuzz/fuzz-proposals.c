/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-date-proposals.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

/* Whatever the text and the post's date: proposals stand in order, in their sentence and in the
 * text, and their dates can be written and read.
 */
static void
check (AnnalsText          *text,
       const char          *published,
       AnnalsProposalFlags  flags)
{
  g_autoptr(AnnalsDate) date = annals_date_parse (published, NULL);
  g_autoptr(GPtrArray) proposals = annals_date_proposals_find (text, date, flags);
  guint at = 0;

  for (guint i = 0; i < proposals->len; i++)
    {
      const AnnalsDateProposal *proposal = g_ptr_array_index (proposals, i);
      g_autofree char *display = annals_date_dup_display (proposal->date);
      g_autoptr(AnnalsDate) again = NULL;

      again = annals_date_parse (annals_date_get_edtf (proposal->date), NULL);
      g_assert_cmpuint (proposal->start, >=, at);
      g_assert_cmpuint (proposal->start, <, proposal->end);
      g_assert_cmpuint (proposal->sentence_start, <=, proposal->start);
      g_assert_cmpuint (proposal->end, <=, proposal->sentence_end);
      g_assert_cmpuint (proposal->sentence_end, <=, annals_text_get_length (text));
      g_assert_true (proposal->confidence > 0 && proposal->confidence <= 1);
      g_assert_true (*display && again);
      at = proposal->end;
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  static const char *const published[] = { "2020-03-12", "2020-02", "2020", "", "0000-01-01",
                                           "9999-12-31", "2020-03-12T23:00:00-11:00", "190X" };
  g_autoptr(AnnalsText) text = annals_text_new_from_plain ((const char *) data, size);

  for (guint i = 0; i < G_N_ELEMENTS (published); i++)
    check (text, published[i], i % 2 ? ANNALS_PROPOSALS_ALWAYS_PAST : ANNALS_PROPOSALS_DEFAULT);

  return 0;
}
