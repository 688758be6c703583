/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-review-words.h"

#include <glib/gi18n.h>
#include <string.h>

#include "annals-text-diff.h"

/* Code points of context that are shown on each side. */
#define CONTEXT 120
/* Of a passage of many pages its beginning is enough to tell it. */
#define MAX_PASSAGE 2000
/* Where more of a passage differs, its words are not marked: nearly all would be. */
#define MAX_DIFFERENT 0.7

#define DIM "<span alpha=\"65%\">"
#define NEW "<span weight=\"bold\" underline=\"single\">"
#define GONE "<span alpha=\"65%\" strikethrough=\"true\">"
#define END "</span>"

static void
append (GString    *markup,
        const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append (markup, escaped);
}

static void
append_context (GString    *markup,
                AnnalsText *text,
                guint       start,
                guint       end,
                gboolean    before)
{
  g_autofree char *slice = annals_text_dup_slice (text, start, end);
  gboolean cut = before ? start > 0 : end < annals_text_get_length (text);
  char *shown = slice;
  char *space;

  /* From word to word, where there are spaces. */
  if (cut && before && (space = strchr (slice, ' ')) != NULL)
    shown = space + 1;
  else if (cut && !before && (space = strrchr (slice, ' ')) != NULL)
    *space = '\0';

  g_string_append (markup, DIM);
  if (before && cut)
    g_string_append (markup, "…");
  append (markup, shown);
  if (!before && cut)
    g_string_append (markup, "…");
  g_string_append (markup, END);
}

/* The surroundings, with @inner, which is markup, between its quotation marks. */
static char *
in_context (AnnalsText *text,
            guint       start,
            guint       end,
            const char *inner)
{
  GString *markup = g_string_new (NULL);

  append_context (markup, text, start - MIN (start, CONTEXT), start, TRUE);
  /* Translators: a quotation in its quotation marks */
  g_string_append_printf (markup, _("“%s”"), inner);
  append_context (markup, text, end, MIN (end, G_MAXUINT - CONTEXT) + CONTEXT, FALSE);

  return g_string_free (markup, FALSE);
}

static char *
shorten (const char *text)
{
  if (g_utf8_strlen (text, -1) <= MAX_PASSAGE)
    return g_strdup (text);

  return g_strdup_printf ("%.*s…", (int) (g_utf8_offset_to_pointer (text, MAX_PASSAGE) - text), text);
}

char *
annals_review_dup_old (const AnnalsReview *review)
{
  const AnnalsSelector *selector = &review->annotation->selector;
  g_autofree char *exact = shorten (selector->exact);
  g_autofree char *inner = g_markup_escape_text (exact, -1);
  g_autofree char *found = NULL;
  GString *markup;

  if (review->before != NULL)
    found = annals_text_dup_slice (review->before, selector->start, selector->end);
  if (g_strcmp0 (found, selector->exact) == 0)
    return in_context (review->before, selector->start, selector->end, inner);

  /* The revision is gone or says something else: what the note itself knows. */
  markup = g_string_new (DIM);
  append (markup, selector->prefix);
  g_string_append_printf (markup, "%s“%s”%s", END, inner, DIM);
  append (markup, selector->suffix);
  g_string_append (markup, END);

  return g_string_free (markup, FALSE);
}

static gboolean
is_much_different (GArray *pieces)
{
  guint different = 0;
  guint all = 0;

  for (guint i = 0; i < pieces->len; i++)
    {
      const AnnalsDiffPiece *piece = &g_array_index (pieces, AnnalsDiffPiece, i);
      guint length = piece->end - piece->start;

      all += piece->kind == ANNALS_DIFF_SAME ? 2 * length : length;
      different += piece->kind == ANNALS_DIFF_SAME ? 0 : length;
    }

  return different > MAX_DIFFERENT * all;
}

/* Returns: (transfer full) (nullable): the newer text with its marks */
static char *
mark_words (const char *old_words,
            const char *new_words,
            gboolean   *marked)
{
  g_autoptr(AnnalsText) older = annals_text_new_from_plain (old_words, -1);
  g_autoptr(AnnalsText) newer = annals_text_new_from_plain (new_words, -1);
  g_autoptr(GArray) pieces = annals_text_diff (older, newer);
  GString *markup;

  *marked = FALSE;
  if (is_much_different (pieces))
    return NULL;

  markup = g_string_new (NULL);
  for (guint i = 0; i < pieces->len; i++)
    {
      const AnnalsDiffPiece *piece = &g_array_index (pieces, AnnalsDiffPiece, i);
      g_autofree char *slice = annals_text_dup_slice (piece->kind == ANNALS_DIFF_INSERTED ? newer : older,
                                                      piece->start, piece->end);

      if (piece->kind != ANNALS_DIFF_SAME)
        {
          *marked = TRUE;
          g_string_append (markup, piece->kind == ANNALS_DIFF_INSERTED ? NEW : GONE);
        }
      append (markup, slice);
      if (piece->kind != ANNALS_DIFF_SAME)
        g_string_append (markup, END);
      /* "the next" and then "a first" would be one word. */
      if (piece->kind == ANNALS_DIFF_REMOVED && i + 1 < pieces->len
          && g_array_index (pieces, AnnalsDiffPiece, i + 1).kind == ANNALS_DIFF_INSERTED
          && !g_str_has_suffix (slice, " "))
        g_string_append_c (markup, ' ');
    }

  return g_string_free (markup, FALSE);
}

char *
annals_review_dup_candidate (const AnnalsReview  *review,
                             guint                index,
                             char               **plain,
                             gboolean            *marked)
{
  const AnnalsAnchorCandidate *place = &g_array_index (review->candidates, AnnalsAnchorCandidate, index);
  g_autofree char *whole = annals_text_dup_slice (review->text, place->start, place->end);
  g_autofree char *words = shorten (whole);
  g_autofree char *old_words = shorten (review->annotation->selector.exact);
  g_autofree char *inner = mark_words (old_words, words, marked);

  *plain = annals_text_dup_slice (review->text, place->start, place->end);
  if (inner == NULL)
    inner = g_markup_escape_text (words, -1);

  return in_context (review->text, place->start, place->end, inner);
}

const char *
annals_review_explain (const AnnalsReview *review)
{
  switch (review->reason)
    {
    case ANNALS_ANCHOR_FOUND:
      return _("The passage stands in the post again.");

    case ANNALS_ANCHOR_DELETED:
      return _("The passage was deleted: nothing like it is left in the post.");

    case ANNALS_ANCHOR_REWRITTEN:
      return _("The passage was rewritten: other words stand where it stood.");

    case ANNALS_ANCHOR_SEVERAL:
      return _("Several passages of the post may be the one.");

    case ANNALS_ANCHOR_ALIKE:
      return _("The passage changed too much to be sure of it.");

    case ANNALS_ANCHOR_OTHER:
      return _("The passage was deleted. One like it stood in the post before.");
    }

  g_return_val_if_reached ("");
}
