/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-index-private.h"
#include "annals-match-expression-private.h"
#include "annals-posts.h"
#include "annals-tokenizer.h"

#define TEXT_COLUMN 1

typedef struct
{
  char *title;
  char *text;
} Words;

static void
words_clear (Words *self)
{
  g_free (self->title);
  g_free (self->text);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Words, words_clear)

/* The phrases of @match that are one paired character, all in one string. */
static char *
dup_single_characters (const char *match)
{
  GString *singles = g_string_new (NULL);
  const char *p = match;
  gboolean joined = FALSE;   /* a "+" stands before: part of a longer phrase */

  while (*p != '\0')
    {
      const char *end;

      if (*p != '"')
        {
          if (!g_ascii_isspace (*p))
            joined = *p == '+';

          p++;
          continue;
        }

      if (!(end = strchr (p + 1, '"')))
        break;

      if (!joined && end > p + 1)
        {
          gunichar ch = g_utf8_get_char_validated (p + 1, end - p - 1);

          if (ch < (gunichar) -2 && g_utf8_next_char (p + 1) == end &&
              annals_tokenizer_is_paired (ch))
            g_string_append_unichar (singles, ch);
        }

      joined = FALSE;
      p = end + 1;
    }

  return g_string_free (singles, FALSE);
}

static gboolean
load_words (AnnalsDb  *db,
            gint64     post_id,
            Words     *words,
            GError   **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (!(stmt = annals_db_borrow (db, "SELECT title, text FROM post_text WHERE id = :id", error)))
    return FALSE;

  bind_int64 (stmt, ":id", post_id);

  switch (annals_db_step (db, stmt, error))
    {
    case STEP_ROW:
      words->title = column_dup_text (stmt, 0);
      words->text = column_dup_text (stmt, 1);
      return TRUE;

    case STEP_DONE:
      g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_NOT_FOUND,
                   _("There is no such post"));
      break;

    case STEP_ERROR:
      break;
    }

  return FALSE;
}

/* Pairs of start and end in bytes of the post's text, as the index has it. */
static GArray *
ask_index (AnnalsDb    *db,
           gint64       post_id,
           const char  *match,
           const char  *singles,
           GError     **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  g_autoptr(GBytes) blob = NULL;
  g_autoptr(GArray) ranges = g_array_new (FALSE, FALSE, sizeof (guint));
  GError *failure = NULL;

  if (!(stmt = annals_db_borrow (db,
                                 "SELECT annals_ranges (post_index, :column, :singles)"
                                 " FROM post_index WHERE post_index MATCH :match AND rowid = :id",
                                 error)))
    return NULL;

  bind_int64 (stmt, ":column", TEXT_COLUMN);
  bind_text (stmt, ":singles", singles);
  bind_text (stmt, ":match", match);
  bind_int64 (stmt, ":id", post_id);

  switch (annals_db_step (db, stmt, &failure))
    {
    case STEP_ROW:
      blob = column_dup_bytes (stmt, 0);
      g_array_append_vals (ranges, g_bytes_get_data (blob, NULL),
                           g_bytes_get_size (blob) / sizeof (guint));
      break;

    case STEP_DONE:
      break;

    case STEP_ERROR:
      annals_index_explain_error (db, match, &failure);
      g_propagate_error (error, failure);
      return NULL;
    }

  return g_steal_pointer (&ranges);
}

/* The same, found in the text itself where it can be: the index would be asked for each post anew, which takes
 * long for a beginning that many words have. */
static GArray *
find_ranges (AnnalsDb     *db,
             gint64        post_id,
             const Words  *words,
             const char   *match,
             GError      **error)
{
  g_autofree char *singles = dup_single_characters (match);
  g_autoptr(AnnalsExpression) expression = annals_expression_parse (db, match);
  GArray *ranges = expression != NULL ? annals_expression_mark (expression, db, words->title, words->text, singles)
                                      : NULL;

  return ranges != NULL ? ranges : ask_index (db, post_id, match, singles, error);
}

/* A place between two words: after white space or, where words are not separated by it, between two
 * characters. */
static gboolean
is_word_start (const char *text,
               const char *p)
{
  gunichar ch = g_utf8_get_char (p);
  gunichar before;

  if (p == text)
    return TRUE;

  before = g_utf8_get_char (g_utf8_prev_char (p));

  return !g_unichar_isspace (ch) &&
         (g_unichar_isspace (before) || annals_tokenizer_is_paired (ch));
}

/* Goes back over at most @n_half_words halves of words from @p; a paired character is a half, what
 * white space surrounds a whole. */
static const char *
go_back (const char *text,
         const char *p,
         guint       n_half_words)
{
  const char *found = p;
  guint n = 0;

  while (p > text && n < n_half_words)
    {
      p = g_utf8_prev_char (p);

      if (is_word_start (text, p))
        {
          found = p;
          n += annals_tokenizer_is_paired (g_utf8_get_char (p)) ? 1 : 2;
        }
    }

  return p == text ? text : found;
}

static const char *
go_on (const char *text,
       const char *p,
       guint       n_half_words)
{
  guint n = 0;

  for (; *p != '\0'; p = g_utf8_next_char (p))
    if (is_word_start (text, p))
      {
        if (n >= n_half_words)
          break;

        n += annals_tokenizer_is_paired (g_utf8_get_char (p)) ? 1 : 2;
      }

  return p;
}

static void
append_in_one_line (GString    *line,
                    const char *start,
                    const char *end)
{
  for (; start < end; start++)
    g_string_append_c (line, *start == '\n' || *start == '\t' ? ' ' : *start);
}

/* [start, end) of @text with the ranges in it marked. */
static char *
mark_piece (const char *text,
            const char *start,
            const char *end,
            GArray     *ranges)
{
  GString *piece = g_string_new (start > text ? "…" : NULL);
  const char *p = start;
  gboolean cut = *end != '\0';

  while (end > start && g_ascii_isspace (end[-1]))
    end--;

  for (guint i = 0; i + 1 < ranges->len; i += 2)
    {
      const char *from = text + g_array_index (ranges, guint, i);
      const char *to = text + g_array_index (ranges, guint, i + 1);

      if (from < p || to > end)
        continue;

      append_in_one_line (piece, p, from);
      g_string_append_c (piece, '\002');
      append_in_one_line (piece, from, to);
      g_string_append_c (piece, '\003');
      p = to;
    }

  append_in_one_line (piece, p, end);

  if (cut)
    g_string_append (piece, "…");

  return g_string_free (piece, FALSE);
}

GArray *
annals_db_match_in_post (AnnalsDb    *db,
                         gint64       post_id,
                         const char  *match,
                         GError     **error)
{
  g_auto(Words) words = { NULL, NULL };

  g_return_val_if_fail (match != NULL, NULL);

  return load_words (db, post_id, &words, error) ? find_ranges (db, post_id, &words, match, error) : NULL;
}

char *
annals_db_dup_snippet (AnnalsDb    *db,
                       gint64       post_id,
                       const char  *match,
                       guint        n_words,
                       GError     **error)
{
  g_autoptr(GArray) ranges = NULL;
  g_auto(Words) words = { NULL, NULL };
  const char *text;
  const char *start;
  const char *end;
  gsize length;

  g_return_val_if_fail (match != NULL, NULL);

  if (!load_words (db, post_id, &words, error) || !(ranges = find_ranges (db, post_id, &words, match, error)))
    return NULL;

  text = words.text;
  length = strlen (text);

  /* The text may have changed under an index that is behind. */
  if (ranges->len > 0 && g_array_index (ranges, guint, ranges->len - 1) > length)
    g_array_set_size (ranges, 0);

  start = text;
  if (ranges->len > 0)
    start = go_back (text, text + g_array_index (ranges, guint, 0), n_words / 3 * 2);

  end = go_on (text, start, n_words * 2);

  return mark_piece (text, start, end, ranges);
}
