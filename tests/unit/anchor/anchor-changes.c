/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "anchor-changes.h"

#include <string.h>

/* Two marks travel with the passage and are taken out before the text is searched. */
#define OPEN "\xee\x80\x80"
#define CLOSE "\xee\x80\x81"

static const char *const change_names[ANCHOR_N_CHANGES] = {
  "none", "boilerplate", "typos", "typography", "neighbours", "edited", "move-paragraph", "move-sentence",
  "duplicated", "teaser", "deleted", "deleted-sentence", "deleted-among-lookalikes",
  "deleted-for-lookalike", "deleted-copy", "rewritten",
  "replaced",
};

/* A text in the making: its paragraphs, with the marks in one of them. */
typedef struct
{
  GPtrArray *paragraphs;
  guint      marked;     /* the one with the passage */
} Draft;

static void
draft_clear (Draft *self)
{
  g_clear_pointer (&self->paragraphs, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Draft, draft_clear)

static Draft
draft_copy (const Draft *self)
{
  Draft copy = { g_ptr_array_new_with_free_func (g_free), self->marked };

  for (guint i = 0; i < self->paragraphs->len; i++)
    g_ptr_array_add (copy.paragraphs, g_strdup (self->paragraphs->pdata[i]));

  return copy;
}

static void
draft_insert (Draft *self,
              guint  at,
              char  *paragraph)
{
  g_ptr_array_insert (self->paragraphs, at, paragraph);
  if (at <= self->marked)
    self->marked++;
}

static void
draft_replace (Draft *self,
               guint  at,
               char  *paragraph)
{
  g_free (self->paragraphs->pdata[at]);
  self->paragraphs->pdata[at] = paragraph;
}

/* A paragraph other than the passage's; a new one when there is none. */
static guint
draft_other (Draft *self,
             GRand *rand)
{
  guint at;

  if (self->paragraphs->len < 2)
    draft_insert (self, 0, g_strdup (""));
  do
    at = g_rand_int_range (rand, 0, self->paragraphs->len);
  while (at == self->marked);

  return at;
}

/* Takes the marks out and folds white space as a canonical text has it. */
static AnnalsText *
draft_finish (const Draft *self,
              guint       *start,
              guint       *end)
{
  g_autoptr(GString) out = g_string_new (NULL);
  guint offset = 0;

  *start = *end = G_MAXUINT;
  for (guint i = 0; i < self->paragraphs->len; i++)
    {
      gboolean first = TRUE;
      gboolean space = FALSE;
      gboolean opens = FALSE;

      for (const char *p = self->paragraphs->pdata[i]; *p != '\0'; p = g_utf8_next_char (p))
        {
          if (g_str_has_prefix (p, OPEN))
            opens = TRUE;
          else if (g_str_has_prefix (p, CLOSE))
            *end = offset;
          else if (*p == ' ')
            space = TRUE;
          else
            {
              if (first && offset > 0)
                g_string_append (out, "\n\n");
              else if (space && !first)
                g_string_append_c (out, ' ');
              offset += (first && offset > 0) || (space && !first);
              *start = opens ? offset : *start;
              g_string_append_unichar (out, g_utf8_get_char (p));
              offset++;
              first = space = opens = FALSE;
            }
        }
    }

  return annals_text_new_from_plain (out->str, -1);
}

/* --- sentences and words --- */

static GPtrArray *
split_sentences (const char *paragraph)
{
  GPtrArray *sentences = g_ptr_array_new_with_free_func (g_free);
  const char *begin = paragraph;

  for (const char *p = paragraph; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      const char *next = g_utf8_next_char (p);

      if (g_str_has_prefix (next, CLOSE))
        next += strlen (CLOSE);
      if (c == 0x3002 || ((c == '.' || c == '!' || c == '?') && *next == ' '))
        {
          g_ptr_array_add (sentences, g_strndup (begin, next - begin));
          begin = p = next;
          if (*p == '\0')
            break;
          p = g_utf8_prev_char (p);
        }
    }
  if (*begin != '\0')
    g_ptr_array_add (sentences, g_strdup (begin));

  return sentences;
}

static char *
join (GPtrArray *pieces)
{
  GString *joined = g_string_new (NULL);

  for (guint i = 0; i < pieces->len; i++)
    g_string_append_printf (joined, "%s%s", i > 0 ? " " : "", (char *) pieces->pdata[i]);

  return g_string_free (joined, FALSE);
}

/* The sentences that the passage lies in, from *@first to *@last. */
static gboolean
find_marked (GPtrArray *sentences,
             guint     *first,
             guint     *last)
{
  *first = *last = G_MAXUINT;
  for (guint i = 0; i < sentences->len; i++)
    {
      if (strstr (sentences->pdata[i], OPEN) != NULL)
        *first = i;
      if (strstr (sentences->pdata[i], CLOSE) != NULL)
        *last = i;
    }

  return *first != G_MAXUINT && *last != G_MAXUINT;
}

static char *
without_marks (const char *string)
{
  g_auto(GStrv) at_open = g_strsplit (string, OPEN, -1);
  g_autofree char *half = g_strjoinv ("", at_open);
  g_auto(GStrv) at_close = g_strsplit (half, CLOSE, -1);

  return g_strjoinv ("", at_close);
}

static char *
any_paragraph (GPtrArray *texts,
               GRand     *rand)
{
  AnnalsText *text = texts->pdata[g_rand_int_range (rand, 0, texts->len)];
  g_auto(GStrv) paragraphs = g_strsplit (annals_text_get_string (text), "\n", -1);

  return g_strdup (paragraphs[g_rand_int_range (rand, 0, g_strv_length (paragraphs))]);
}

static char *
any_sentence (GPtrArray *texts,
              GRand     *rand)
{
  g_autofree char *paragraph = any_paragraph (texts, rand);
  g_autoptr(GPtrArray) sentences = split_sentences (paragraph);

  return sentences->len == 0 ? g_strdup ("")
                             : g_strdup (sentences->pdata[g_rand_int_range (rand, 0, sentences->len)]);
}

static char *
any_word (GPtrArray *texts,
          GRand     *rand)
{
  g_autofree char *sentence = any_sentence (texts, rand);
  g_auto(GStrv) words = g_strsplit (sentence, " ", -1);
  guint n = g_strv_length (words);

  return g_strdup (n == 0 ? "word" : words[g_rand_int_range (rand, 0, n)]);
}

/* @string with @per_mille of its words changed; in scripts without spaces its characters. */
static char *
change_words (const char *string,
              guint       per_mille,
              GPtrArray  *texts,
              GRand      *rand)
{
  g_auto(GStrv) words = g_strsplit (string, " ", -1);
  GString *out = g_string_new (NULL);

  if (g_strv_length (words) < 4)
    {
      for (const char *p = string; *p != '\0'; p = g_utf8_next_char (p))
        g_string_append_unichar (out, (guint) g_rand_int_range (rand, 0, 1000) < per_mille
                                        ? 0x4e00 + (gunichar) g_rand_int_range (rand, 0, 5000)
                                        : g_utf8_get_char (p));
      return g_string_free (out, FALSE);
    }

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *other = any_word (texts, rand);
      gboolean changed = (guint) g_rand_int_range (rand, 0, 1000) < per_mille;

      g_string_append_printf (out, "%s%s", i > 0 ? " " : "", changed ? other : words[i]);
    }

  return g_string_free (out, FALSE);
}

/* Two or three words of the marked passage, and no more than a tenth. */
static char *
edit_passage (const char *passage,
              GPtrArray  *texts,
              GRand      *rand)
{
  g_auto(GStrv) words = g_strsplit (passage, " ", -1);
  guint n = g_strv_length (words);
  GString *out = g_string_new (NULL);
  guint edits = MAX (n / 10, 1);

  for (guint i = 0; i < n; i++)
    {
      gboolean edit = i > 0 && i + 1 < n && edits > 0 && (guint) g_rand_int_range (rand, 0, n) < 2 * edits;

      if (edit)
        {
          g_autofree char *word = any_word (texts, rand);
          int what = g_rand_int_range (rand, 0, 3);

          edits--;
          if (what == 0)
            continue;
          g_string_append_printf (out, " %s", word);
          if (what == 1)
            continue;
        }
      g_string_append_printf (out, "%s%s", i > 0 ? " " : "", words[i]);
    }

  return g_string_free (out, FALSE);
}

static char *
mend_letters (const char *string,
              GRand      *rand)
{
  GString *out = g_string_new (NULL);

  for (const char *p = string; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalpha (c) && c < 0xe000 && g_rand_int_range (rand, 0, 50) == 0)
        {
          int what = g_rand_int_range (rand, 0, 3);

          if (what == 0)
            continue;
          g_string_append_unichar (out, 'a' + g_rand_int_range (rand, 0, 26));
          if (what == 1)
            continue;
        }
      g_string_append_unichar (out, c);
    }

  return g_string_free (out, FALSE);
}

static char *
change_typography (const char *string,
                   GRand      *rand)
{
  GString *out = g_string_new (NULL);

  for (const char *p = string; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      switch (c)
        {
        case 0x2013:
        case 0x2014:
          c = '-';
          break;
        case 0x201c:
        case 0x201d:
          c = '"';
          break;
        case '"':
          c = 0x201d;
          break;
        case 0x2019:
          c = '\'';
          break;
        case '\'':
          c = 0x2019;
          break;
        case ' ':
          c = g_rand_int_range (rand, 0, 10) == 0 ? 0xa0 : ' ';
          break;
        default:
          if (g_ascii_isalpha (c) && g_rand_int_range (rand, 0, 40) == 0)
            g_string_append_unichar (out, 0xad);
          break;
        }
      g_string_append_unichar (out, c);
    }

  return g_string_free (out, FALSE);
}

/* --- the changes --- */

static void
add_boilerplate (Draft     *draft,
                 GPtrArray *texts,
                 GRand     *rand)
{
  for (guint i = 0; i < 3; i++)
    draft_insert (draft, g_rand_int_range (rand, 0, draft->paragraphs->len + 1),
                  any_paragraph (texts, rand));
}

/* As a sentence of its own, between those of another paragraph. */
static void
add_sentence (Draft      *draft,
              const char *sentence,
              GRand      *rand)
{
  guint at = draft_other (draft, rand);
  g_autoptr(GPtrArray) sentences = split_sentences (draft->paragraphs->pdata[at]);
  int first = at == draft->marked + 1 && sentences->len > 0 ? 1 : 0;
  int last = at + 1 == draft->marked && sentences->len > 0 ? sentences->len - 1 : sentences->len;

  g_ptr_array_insert (sentences, g_rand_int_range (rand, MIN (first, last), last + 1), g_strdup (sentence));
  draft_replace (draft, at, join (sentences));
}

static void
change_neighbours (Draft     *draft,
                   GPtrArray *texts,
                   GRand     *rand)
{
  for (guint i = 0; i < draft->paragraphs->len; i++)
    {
      g_autoptr(GPtrArray) sentences = split_sentences (draft->paragraphs->pdata[i]);
      guint first = G_MAXUINT;
      guint last = G_MAXUINT;
      guint n = 0;

      find_marked (sentences, &first, &last);
      while (n < sentences->len)
        {
          gboolean own = first != G_MAXUINT && n >= first && n <= last;
          int what = g_rand_int_range (rand, 0, 8);

          if (!own && what == 0)
            {
              g_ptr_array_remove_index (sentences, n);
              first -= first != G_MAXUINT && n < first;
              last -= last != G_MAXUINT && n < last;
              continue;
            }
          if (!own && what == 1)
            {
              g_ptr_array_insert (sentences, n, any_sentence (texts, rand));
              first += first != G_MAXUINT && n <= first;
              last += last != G_MAXUINT && n <= last;
              n++;
            }
          n++;
        }
      draft_replace (draft, i, join (sentences));
    }
}

/* Takes the sentences of the passage out. Returns: (transfer full) (nullable): them */
static char *
take_sentences (Draft *draft)
{
  g_autoptr(GPtrArray) sentences = split_sentences (draft->paragraphs->pdata[draft->marked]);
  g_autoptr(GPtrArray) taken = g_ptr_array_new_with_free_func (g_free);
  guint first;
  guint last;

  if (!find_marked (sentences, &first, &last))
    return NULL;

  for (guint i = first; i <= last; i++)
    g_ptr_array_add (taken, g_ptr_array_steal_index (sentences, first));
  draft_replace (draft, draft->marked, join (sentences));

  return join (taken);
}

static char *
dup_sentences (const Draft *draft)
{
  g_auto(Draft) copy = draft_copy (draft);
  g_autofree char *taken = take_sentences (&copy);

  return taken != NULL ? without_marks (taken) : NULL;
}

/* @instead (nullable): what comes in its place */
static void
cut_passage (Draft      *draft,
             const char *instead)
{
  const char *paragraph = draft->paragraphs->pdata[draft->marked];
  const char *open = strstr (paragraph, OPEN);
  const char *close = strstr (paragraph, CLOSE);
  g_autofree char *before = g_strndup (paragraph, open - paragraph);

  draft_replace (draft, draft->marked,
                 g_strconcat (before, instead != NULL ? instead : "", close + strlen (CLOSE), NULL));
}

static char *
dup_passage (const Draft *draft)
{
  const char *paragraph = draft->paragraphs->pdata[draft->marked];
  const char *open = strstr (paragraph, OPEN) + strlen (OPEN);

  return g_strndup (open, strstr (paragraph, CLOSE) - open);
}

static void
change_all (Draft *draft,
            char *(*change) (const char *string, GRand *rand),
            GRand *rand)
{
  for (guint i = 0; i < draft->paragraphs->len; i++)
    draft_replace (draft, i, change (draft->paragraphs->pdata[i], rand));
}

static void
edit (Draft     *draft,
      GPtrArray *texts,
      GRand     *rand)
{
  g_autofree char *passage = dup_passage (draft);
  g_autofree char *edited = edit_passage (passage, texts, rand);
  g_autofree char *marked = g_strconcat (OPEN, edited, CLOSE, NULL);

  cut_passage (draft, marked);
}

static void
move_paragraph (Draft *draft,
                GRand *rand)
{
  char *paragraph = g_ptr_array_steal_index (draft->paragraphs, draft->marked);
  guint at = g_rand_int_range (rand, 0, draft->paragraphs->len + 1);

  g_ptr_array_insert (draft->paragraphs, at, paragraph);
  draft->marked = at;
}

/* What the passage's post is made to hold already before it changes. */
static void
prepare (Draft        *draft,
         AnchorChange  change,
         GPtrArray    *texts,
         GRand        *rand)
{
  g_autofree char *sentences = dup_sentences (draft);

  if (sentences == NULL)
    return;

  if (change == ANCHOR_CHANGE_DELETED_COPY)
    add_sentence (draft, sentences, rand);

  for (guint i = 0; change == ANCHOR_CHANGE_DELETED_AMONG_LOOKALIKES && i < 2; i++)
    {
      g_autofree char *alike = change_words (sentences, g_rand_int_range (rand, 100, 400), texts, rand);

      add_sentence (draft, alike, rand);
    }
}

static void
delete_sentences (Draft        *draft,
                  AnchorChange  change,
                  GPtrArray    *texts,
                  GRand        *rand)
{
  g_autofree char *taken = take_sentences (draft);
  g_autofree char *bare = taken != NULL ? without_marks (taken) : NULL;

  if (bare != NULL && change == ANCHOR_CHANGE_DELETED_FOR_LOOKALIKE)
    {
      g_autofree char *alike = change_words (bare, g_rand_int_range (rand, 300, 600), texts, rand);

      add_sentence (draft, alike, rand);
    }
  add_boilerplate (draft, texts, rand);
}

static void
rewrite (Draft     *draft,
         GPtrArray *texts,
         GRand     *rand)
{
  g_autofree char *passage = dup_passage (draft);
  g_autoptr(GString) other = g_string_new (NULL);

  while (other->len < strlen (passage))
    {
      g_autofree char *word = any_word (texts, rand);

      g_string_append_printf (other, "%s%s", other->len > 0 ? " " : "", word);
    }
  cut_passage (draft, other->str);
}

static void
replace_all (Draft     *draft,
             GPtrArray *texts,
             GRand     *rand)
{
  for (guint i = 0; i < draft->paragraphs->len; i++)
    draft_replace (draft, i, any_paragraph (texts, rand));
}

static void
change_draft (Draft        *draft,
              AnchorChange  change,
              GPtrArray    *texts,
              GRand        *rand)
{
  g_autofree char *sentences = NULL;

  switch (change)
    {
    case ANCHOR_CHANGE_NONE:
      break;
    case ANCHOR_CHANGE_BOILERPLATE:
      add_boilerplate (draft, texts, rand);
      break;
    case ANCHOR_CHANGE_TYPOS:
      change_all (draft, mend_letters, rand);
      break;
    case ANCHOR_CHANGE_TYPOGRAPHY:
      change_all (draft, change_typography, rand);
      break;
    case ANCHOR_CHANGE_NEIGHBOURS:
      change_neighbours (draft, texts, rand);
      break;
    case ANCHOR_CHANGE_EDITED:
      edit (draft, texts, rand);
      break;
    case ANCHOR_CHANGE_MOVE_PARAGRAPH:
      move_paragraph (draft, rand);
      break;
    case ANCHOR_CHANGE_MOVE_SENTENCE:
      if ((sentences = take_sentences (draft)) != NULL)
        add_sentence (draft, sentences, rand);
      break;
    case ANCHOR_CHANGE_DUPLICATED:
      if ((sentences = dup_sentences (draft)) != NULL)
        add_sentence (draft, sentences, rand);
      add_boilerplate (draft, texts, rand);
      break;
    case ANCHOR_CHANGE_TEASER:
      g_ptr_array_add (draft->paragraphs, any_paragraph (texts, rand));
      draft_insert (draft, 0, any_sentence (texts, rand));
      break;
    case ANCHOR_CHANGE_DELETED:
      cut_passage (draft, NULL);
      add_boilerplate (draft, texts, rand);
      break;
    case ANCHOR_CHANGE_DELETED_SENTENCE:
    case ANCHOR_CHANGE_DELETED_AMONG_LOOKALIKES:
    case ANCHOR_CHANGE_DELETED_FOR_LOOKALIKE:
    case ANCHOR_CHANGE_DELETED_COPY:
      delete_sentences (draft, change, texts, rand);
      break;
    case ANCHOR_CHANGE_REWRITTEN:
      rewrite (draft, texts, rand);
      break;
    case ANCHOR_CHANGE_REPLACED:
      replace_all (draft, texts, rand);
      break;
    }
}

/* Puts the marks around a passage of one paragraph, from word to word. */
static gboolean
mark_passage (Draft *draft,
              guint  min_length,
              GRand *rand)
{
  for (guint tries = 0; tries < 50; tries++)
    {
      guint at = g_rand_int_range (rand, 0, draft->paragraphs->len);
      const char *paragraph = draft->paragraphs->pdata[at];
      guint length = g_utf8_strlen (paragraph, -1);
      guint n = g_rand_int_range (rand, min_length, 300);
      const char *open;
      const char *close;
      g_autofree char *before = NULL;
      g_autofree char *passage = NULL;

      if (length < min_length)
        continue;
      n = MIN (n, length);
      open = g_utf8_offset_to_pointer (paragraph, g_rand_int_range (rand, 0, length - n + 1));
      close = g_utf8_offset_to_pointer (open, n);
      if (*open == ' ' || close[-1] == ' ' || (guchar) close[-1] == 0xa0)
        continue;

      before = g_strndup (paragraph, open - paragraph);
      passage = g_strndup (open, close - open);
      draft->marked = at;
      draft_replace (draft, at, g_strconcat (before, OPEN, passage, CLOSE, close, NULL));
      return TRUE;
    }

  return FALSE;
}

const char *
anchor_change_to_string (AnchorChange change)
{
  return change_names[change];
}

gboolean
anchor_change_deletes (AnchorChange change)
{
  return change >= ANCHOR_CHANGE_DELETED;
}

AnchorCase *
anchor_case_new (GPtrArray    *texts,
                 guint         index,
                 AnchorChange  change,
                 guint         min_length,
                 GRand        *rand)
{
  AnchorCase *self;
  g_autoptr(GPtrArray) others = g_ptr_array_new ();
  g_auto(Draft) before = { g_ptr_array_new_with_free_func (g_free), 0 };
  g_auto(Draft) after = { NULL, 0 };
  g_auto(GStrv) paragraphs = g_strsplit (annals_text_get_string (texts->pdata[index]), "\n", -1);
  guint start;
  guint end;

  /* A paragraph that is lent must not bring the passage itself. */
  for (guint i = 0; i < texts->len; i++)
    if (i != index || texts->len == 1)
      g_ptr_array_add (others, texts->pdata[i]);

  for (guint i = 0; paragraphs[i] != NULL; i++)
    if (*paragraphs[i] != '\0')
      g_ptr_array_add (before.paragraphs, g_strdup (paragraphs[i]));
  if (!mark_passage (&before, min_length, rand))
    return NULL;

  prepare (&before, change, others, rand);
  after = draft_copy (&before);
  change_draft (&after, change, others, rand);

  self = g_new0 (AnchorCase, 1);
  self->before = draft_finish (&before, &start, &end);
  self->after = draft_finish (&after, &self->start, &self->end);
  self->selector = annals_selector_new (self->before, start, end);
  if (anchor_change_deletes (change))
    self->start = self->end = G_MAXUINT;

  return self;
}

void
anchor_case_free (AnchorCase *self)
{
  annals_text_unref (self->before);
  annals_text_unref (self->after);
  annals_selector_free (self->selector);
  g_free (self);
}
