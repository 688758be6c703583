/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-text.h"
#include "annals-text-bytes-private.h"
#include "annals-text-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Walks the preformatted spans in step with the text. */
typedef struct
{
  const GArray *spans;
  guint         next;
  guint         end;    /* of the preformatted spans met so far */
} Preformatted;

static gboolean
preformatted_covers (Preformatted *self,
                     guint         offset)
{
  while (self->next < self->spans->len)
    {
      const AnnalsSpan *span = &g_array_index (self->spans, AnnalsSpan, self->next);

      if (span->start > offset)
        break;
      if (span->kind == ANNALS_SPAN_PREFORMATTED)
        self->end = MAX (self->end, span->end);
      self->next++;
    }

  return offset < self->end;
}

static gboolean
set_not_canonical (GError **error,
                   guint    offset)
{
  g_set_error (error, ANNALS_TEXT_ERROR, ANNALS_TEXT_ERROR_NOT_CANONICAL,
               _("The stored text is not in canonical form at character %u."), offset);

  return FALSE;
}

/* Folding and blocks; @spans are sorted. */
static gboolean
check_white_space (const char    *string,
                   gsize          n_bytes,
                   const GArray  *spans,
                   GError       **error)
{
  Preformatted preformatted = { spans, 0, 0 };
  const char *end = string + n_bytes;
  gunichar before = '\n';
  guint offset = 0;

  for (const char *p = string; *p != '\0'; p = g_utf8_next_char (p), offset++)
    {
      gboolean at_start, at_end, kept;
      AnnalsCharClass class;
      gunichar c;

      while (end - p >= 8 && annals_bytes_are_words (annals_bytes_load (p)))
        {
          before = 'x';
          offset += 8;
          p += 8;
        }
      if (*p == '\0')
        break;

      at_start = before == '\n';
      at_end = p[1] == '\0' || p[1] == '\n';
      /* most of most texts */
      if ((*p > ' ' && *p < 0x7f) || (*p == ' ' && !at_start && !at_end && p[1] != ' '))
        {
          before = (gunichar) *p;
          continue;
        }

      before = c = g_utf8_get_char (p);
      class = annals_char_classify (c);
      if (class == ANNALS_CHAR_VISIBLE)
        continue;

      kept = preformatted_covers (&preformatted, offset);
      if (c < 0xa0 && c != ' ' && c != '\n')
        return set_not_canonical (error, offset);
      if (kept)
        continue;
      if (c == '\n' ? at_start || p[1] == '\0' : at_start)
        return set_not_canonical (error, offset);
      if (c == ' ' && (at_end || p[1] == ' '))
        return set_not_canonical (error, offset);
      if (class == ANNALS_CHAR_SPACE && c != ' ' && c != '\n')
        return set_not_canonical (error, offset);
    }

  return TRUE;
}

/**
 * annals_text_new_from_stored:
 * @string: the text as annals_text_get_string() gave it
 * @spans_json: (nullable): as annals_text_dup_spans_json() gave it; NULL for no spans
 * @error: ANNALS_TEXT_ERROR_NOT_CANONICAL or ANNALS_TEXT_ERROR_BAD_SPANS
 *
 * Returns: (transfer full) (nullable): the same text again
 */
AnnalsText *
annals_text_new_from_stored (const char  *string,
                             const char  *spans_json,
                             GError     **error)
{
  g_autoptr(GArray) spans = NULL;
  AnnalsText *self;
  const char *bad;
  gsize n_bytes;

  g_return_val_if_fail (string != NULL, NULL);

  n_bytes = strlen (string);
  if (!g_utf8_validate_len (string, n_bytes, &bad))
    {
      set_not_canonical (error, g_utf8_strlen (string, bad - string));
      return NULL;
    }

  if (!annals_nfc_is (string, n_bytes))
    {
      g_set_error (error, ANNALS_TEXT_ERROR, ANNALS_TEXT_ERROR_NOT_CANONICAL,
                   _("The stored text is not in the Unicode normal form NFC."));
      return NULL;
    }

  spans = annals_span_array_from_json (spans_json != NULL ? spans_json : "[]",
                                       annals_bytes_count_characters (string, n_bytes), error);
  if (spans == NULL)
    return NULL;

  self = annals_text_new_take (g_strndup (string, n_bytes), n_bytes);
  annals_text_take_spans (self, g_array_ref (spans));
  if (!check_white_space (string, n_bytes, spans, error))
    g_clear_pointer (&self, annals_text_unref);

  return self;
}
