/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-date-proposals.h"

#include "annals-limits.h"
#include "annals-proposal-private.h"

#include <string.h>

static void
proposal_free (gpointer data)
{
  AnnalsDateProposal *proposal = data;

  annals_date_unref (proposal->date);
  g_free (proposal);
}

static AnnalsProposalKind
kind_of (const AnnalsExpression *expression)
{
  const AnnalsPoint *point = &expression->first;

  if (expression->relation != ANNALS_RELATION_NONE)
    return ANNALS_PROPOSAL_RANGE;

  switch (point->said)
    {
    case ANNALS_SAID_WEEKDAY:
      return ANNALS_PROPOSAL_WEEKDAY;
    case ANNALS_SAID_SHIFT:
      return ANNALS_PROPOSAL_RELATIVE;
    case ANNALS_SAID_DISTANCE:
    case ANNALS_SAID_PAST:
    case ANNALS_SAID_VAGUE:
      return ANNALS_PROPOSAL_DISTANCE;
    case ANNALS_SAID_CONTEXT:
      return ANNALS_PROPOSAL_CONTEXT;
    case ANNALS_SAID_DAY_OF_MONTH:
      return ANNALS_PROPOSAL_DAY;
    case ANNALS_SAID_ABSOLUTE:
      break;
    }

  if (point->week_of_month)
    return ANNALS_PROPOSAL_PART;
  if (point->day)
    return ANNALS_PROPOSAL_DAY;
  if (point->month)
    return ANNALS_PROPOSAL_MONTH;

  return point->season ? ANNALS_PROPOSAL_PART : ANNALS_PROPOSAL_YEAR;
}

static gboolean
is_year_of_paragraph (const AnnalsSentence   *sentence,
                      const AnnalsExpression *expression)
{
  return kind_of (expression) == ANNALS_PROPOSAL_YEAR && expression->first.has_year &&
         expression->first.unit == ANNALS_UNIT_YEAR && expression->start == 1 &&
         sentence->words[0].kind == ANNALS_WORD_IN;
}

static void
add (GPtrArray              *proposals,
     const AnnalsSentence   *sentence,
     const AnnalsExpression *expression,
     AnnalsSeenFrom         *from)
{
  g_autofree char *edtf = NULL;
  g_autoptr(AnnalsDate) date = NULL;
  AnnalsDateProposal *proposal;
  double confidence;

  if (!(edtf = annals_expression_resolve (expression, from, &confidence)) ||
      !(date = annals_date_parse (edtf, NULL)))
    return;

  if (is_year_of_paragraph (sentence, expression))
    from->context.year = expression->first.year;

  proposal = g_new0 (AnnalsDateProposal, 1);
  proposal->date = g_steal_pointer (&date);
  proposal->kind = kind_of (expression);
  proposal->start = sentence->words[expression->start].from;
  proposal->end = sentence->words[expression->start + expression->n - 1].to;
  proposal->sentence_start = sentence->words[0].from;
  proposal->sentence_end = sentence->words[sentence->n - 1].to;
  proposal->confidence = confidence;

  if (expression->to > expression->from)
    {
      proposal->start = expression->from;
      proposal->end = expression->to;
    }

  g_ptr_array_add (proposals, proposal);
}

static guint
read_at (const AnnalsSentence *sentence,
         guint                 at,
         AnnalsExpression     *expression)
{
  guint n;

  if ((n = annals_korean_read (sentence, at, expression)))
    return n;

  return annals_english_read (sentence, at, expression);
}

static GPtrArray *
find (const char          *text,
      gsize                length,
      AnnalsDate          *published,
      AnnalsProposalFlags  flags)
{
  GPtrArray *proposals = g_ptr_array_new_with_free_func (proposal_free);
  AnnalsSentences sentences;
  AnnalsSentence sentence;
  AnnalsSeenFrom from;

  annals_seen_from_init (&from, published, flags);
  annals_sentences_init (&sentences, text, length);

  while (proposals->len < ANNALS_LIMIT_DATE_PROPOSALS && annals_sentences_next (&sentences, &sentence))
    {
      AnnalsExpression expression;
      guint n;

      if (sentence.first == 0)
        from.context.year = 0;

      for (guint i = 0; i < sentence.n; i += n ? n : 1)
        if ((n = read_at (&sentence, i, &expression)))
          add (proposals, &sentence, &expression, &from);

      from.sentence++;
    }

  if (proposals->len > ANNALS_LIMIT_DATE_PROPOSALS)
    g_ptr_array_set_size (proposals, ANNALS_LIMIT_DATE_PROPOSALS);

  return proposals;
}

/**
 * annals_date_proposals_find:
 * @text: a post's text
 * @published: the post's own date
 * @flags: usually %ANNALS_PROPOSALS_DEFAULT
 *
 * Takes time linear in the length of @text.
 *
 * Returns: (transfer full) (element-type AnnalsDateProposal): the dates it speaks of
 */
GPtrArray *
annals_date_proposals_find (AnnalsText          *text,
                            AnnalsDate          *published,
                            AnnalsProposalFlags  flags)
{
  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (published != NULL, NULL);

  return find (annals_text_get_string (text), annals_text_get_n_bytes (text), published, flags);
}

/**
 * annals_date_proposals_find_words:
 * @string: valid UTF-8
 * @published: the day from which relative dates are counted
 * @flags: usually %ANNALS_PROPOSALS_DEFAULT
 *
 * Returns: (transfer full) (element-type AnnalsDateProposal): the dates it speaks of, with offsets
 *   in code points of @string
 */
GPtrArray *
annals_date_proposals_find_words (const char          *string,
                                  AnnalsDate          *published,
                                  AnnalsProposalFlags  flags)
{
  g_return_val_if_fail (string != NULL, NULL);
  g_return_val_if_fail (published != NULL, NULL);

  return find (string, strlen (string), published, flags);
}
