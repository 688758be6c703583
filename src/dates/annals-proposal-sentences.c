/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-proposal-private.h"

#include <string.h>

/* One pass over the text: words with their offsets, gathered to sentences. */

#define SPARE 16   /* empty words around a sentence */

void
annals_sentences_init (AnnalsSentences *self,
                       const char      *text,
                       gsize            length)
{
  memset (self, 0, sizeof *self);
  self->text = text;
  self->length = length;
  self->new_block = TRUE;
}

static gunichar
get_character (const AnnalsSentences *self,
               gsize                  at)
{
  guchar byte = at < self->length ? self->text[at] : 0;

  return byte < 0x80 ? byte : g_utf8_get_char (self->text + at);
}

static gboolean
is_hangul (gunichar c)
{
  return c >= 0xac00 && c <= 0xd7a3;
}

static gboolean
is_han (gunichar c)
{
  return (c >= 0x3040 && c <= 0x30ff) || (c >= 0x3400 && c <= 0x9fff);
}

/* Of a script that nothing is read in */
static gboolean
is_other_letter (gunichar c)
{
  return c >= 0x80 && !is_hangul (c) && !is_han (c) && g_unichar_isalpha (c);
}

static gboolean
is_space (gunichar c)
{
  if (c < 0x80)
    return c == ' ' || c == '\n';

  return c == 0xa0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200a) ||
         c == 0x202f;
}

/* Takes characters from self->at on that are of the kind of the first one. */
static void
read_run (AnnalsSentences *self,
          AnnalsWord      *word,
          gunichar         first)
{
  const char *text = self->text;
  gsize at = self->at;
  guint offset = self->offset;

  if (first < 0x80 && g_ascii_isdigit (first))
    {
      word->kind = ANNALS_WORD_NUMBER;
      for (; at < self->length && g_ascii_isdigit (text[at]); at++, offset++)
        if (at - self->at < 9)
          word->value = word->value * 10 + (text[at] - '0');
      word->n_digits = MIN (at - self->at, 99);
    }
  else if (first < 0x80)
    {
      for (; at < self->length && g_ascii_isalpha (text[at]); at++)
        offset++;
      word->capital = g_ascii_isupper (first);
      word->kind = annals_proposal_look_up (text + self->at, at - self->at, &word->value);
    }
  else
    {
      gboolean hangul = is_hangul (first);
      gboolean han = is_han (first);

      word->kind = hangul ? ANNALS_WORD_HANGUL : han ? ANNALS_WORD_HAN : ANNALS_WORD_OTHER;
      word->capital = !hangul && !han && g_unichar_isupper (first);
      while (at < self->length)
        {
          gunichar c = get_character (self, at);

          if (hangul ? !is_hangul (c) : han ? !is_han (c) : !is_other_letter (c))
            break;
          at += g_utf8_skip[(guchar) text[at]];
          offset++;
        }
    }

  self->at = at;
  self->offset = offset;
}

static gboolean
is_abbreviation (const AnnalsSentences *self)
{
  static const char *const words[] = { "Mr", "Mrs", "Ms", "Dr", "Gen", "Lt", "Col", "Maj", "Sgt",
                                       "Capt", "Sen", "Rep", "Gov", "Prof", "St", "No", "vs", "etc",
                                       "Inc", "Corp", "Ltd", "Co", "Rev", "Adm", "Brig", "Va" };
  const AnnalsWord *word = &self->words[SPARE + self->n - 1];
  gsize length = word->end - word->start;

  if (self->n == 0)
    return FALSE;
  if (word->kind == ANNALS_WORD_MONTH_SHORT || word->kind == ANNALS_WORD_WEEKDAY_SHORT)
    return TRUE;
  if (length == 1 && g_ascii_isalpha (self->text[word->start]))
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strlen (words[i]) == length && memcmp (words[i], self->text + word->start, length) == 0)
      return TRUE;

  return FALSE;
}

/* Whether the sign just read ends the sentence */
static gboolean
ends_sentence (const AnnalsSentences *self,
               gunichar               sign)
{
  gsize at = self->at;
  gunichar next;

  if (sign == 0x3002 || sign == 0xff01 || sign == 0xff1f)
    return TRUE;

  if (sign != '.' && sign != '!' && sign != '?' && sign != 0x2026)
    return FALSE;

  /* closing quotation marks and brackets belong to it */
  next = get_character (self, at);
  while (next == '"' || next == '\'' || next == 0x201d || next == 0x2019 || next == ')' ||
         next == 0xbb)
    {
      at += g_utf8_skip[(guchar) self->text[at]];
      next = get_character (self, at);
    }

  if (next != 0 && !is_space (next))
    return FALSE;

  return sign != '.' || !is_abbreviation (self);
}

static void
take_closing (AnnalsSentences *self)
{
  for (gunichar c = get_character (self, self->at);
       c == '"' || c == '\'' || c == 0x201d || c == 0x2019 || c == ')' || c == 0xbb;
       c = get_character (self, self->at))
    {
      self->at += g_utf8_skip[(guchar) self->text[self->at]];
      self->offset++;
    }
}

static gboolean
is_word_start (gunichar c)
{
  return c < 0x80 ? g_ascii_isalnum (c) : g_unichar_isalpha (c);
}

/* Reads the word or sign that stands here. TRUE when it ends the sentence */
static gboolean
read_word (AnnalsSentences *self,
           gunichar         c,
           gboolean         spaced)
{
  AnnalsWord *word = &self->words[SPARE + self->n];
  gboolean ends = FALSE;

  memset (word, 0, sizeof *word);
  word->spaced = spaced;
  word->start = self->at;
  word->from = self->offset;

  if (is_word_start (c))
    {
      read_run (self, word, c);
    }
  else
    {
      word->kind = ANNALS_WORD_SIGN;
      word->value = c;
      self->at += g_utf8_skip[(guchar) self->text[self->at]];
      self->offset++;
      if ((ends = ends_sentence (self, c)))
        take_closing (self);
    }

  word->end = self->at;
  word->to = self->offset;
  self->n++;
  return ends;
}

/* Passes over white space; TRUE when it ends the paragraph */
static gboolean
skip_space (AnnalsSentences *self)
{
  gboolean ends = FALSE;

  for (gunichar c; is_space (c = get_character (self, self->at));)
    {
      ends = ends || c == '\n';
      self->at += g_utf8_skip[(guchar) self->text[self->at]];
      self->offset++;
    }

  return ends;
}

/* Fills in @sentence with the words up to the next end of a sentence or paragraph. */
gboolean
annals_sentences_next (AnnalsSentences *self,
                       AnnalsSentence  *sentence)
{
  gboolean done = FALSE;

  self->n = 0;
  if (skip_space (self))
    self->new_block = TRUE;
  sentence->first = self->new_block ? 0 : 1;
  self->new_block = FALSE;

  while (!done && self->at < self->length && self->n < ANNALS_SENTENCE_MAX)
    {
      gsize before = self->at;

      if (skip_space (self))
        {
          self->new_block = TRUE;
          break;
        }

      if (self->at < self->length)
        done = read_word (self, get_character (self, self->at), self->at > before || self->n == 0);
    }

  if (self->n == 0)
    return FALSE;

  memset (&self->words[SPARE + self->n], 0, SPARE * sizeof *self->words);
  sentence->text = self->text;
  sentence->words = self->words + SPARE;
  sentence->n = self->n;
  return TRUE;
}
