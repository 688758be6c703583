/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-shingles.h"

#include <stdlib.h>
#include <string.h>

#include "annals-tokenizer.h"

/* FNV-1a, 64 bits: http://www.isthe.com/chongo/tech/comp/fnv/ */
#define FNV_BASIS G_GUINT64_CONSTANT (14695981039346656037)
#define FNV_PRIME G_GUINT64_CONSTANT (1099511628211)

/* The finalizer of SplitMix64 (public domain, Sebastiano Vigna). */
static inline guint64
mix (guint64 x)
{
  x = (x ^ (x >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  x = (x ^ (x >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);

  return x ^ (x >> 31);
}

/* The last tokens seen, and where the shingles go. */
typedef struct
{
  guint64 *hashes;
  guint    n;
  guint    n_tokens;
  guint64  before;
  guint64  last;
} Builder;

static inline void
add_token (Builder *self,
           guint64  token)
{
  if (++self->n_tokens >= 3)
    self->hashes[self->n++] = mix (self->before * 3 + self->last * 5 + token * 7);

  self->before = self->last;
  self->last = mix (token);
}

/* What an ASCII byte is in a word, in lower case; 0 when it ends one */
static const guint8 word_bytes[0x80] = {
  ['0'] = '0', ['1'] = '1', ['2'] = '2', ['3'] = '3', ['4'] = '4', ['5'] = '5', ['6'] = '6', ['7'] = '7',
  ['8'] = '8', ['9'] = '9',
  ['a'] = 'a', ['b'] = 'b', ['c'] = 'c', ['d'] = 'd', ['e'] = 'e', ['f'] = 'f', ['g'] = 'g', ['h'] = 'h',
  ['i'] = 'i', ['j'] = 'j', ['k'] = 'k', ['l'] = 'l', ['m'] = 'm', ['n'] = 'n', ['o'] = 'o', ['p'] = 'p',
  ['q'] = 'q', ['r'] = 'r', ['s'] = 's', ['t'] = 't', ['u'] = 'u', ['v'] = 'v', ['w'] = 'w', ['x'] = 'x',
  ['y'] = 'y', ['z'] = 'z',
  ['A'] = 'a', ['B'] = 'b', ['C'] = 'c', ['D'] = 'd', ['E'] = 'e', ['F'] = 'f', ['G'] = 'g', ['H'] = 'h',
  ['I'] = 'i', ['J'] = 'j', ['K'] = 'k', ['L'] = 'l', ['M'] = 'm', ['N'] = 'n', ['O'] = 'o', ['P'] = 'p',
  ['Q'] = 'q', ['R'] = 'r', ['S'] = 's', ['T'] = 't', ['U'] = 'u', ['V'] = 'v', ['W'] = 'w', ['X'] = 'x',
  ['Y'] = 'y', ['Z'] = 'z',
};

static gboolean
is_word_character (gunichar ch)
{
  return g_unichar_isalnum (ch) || g_unichar_ismark (ch);
}

static void
add_tokens (Builder    *self,
            const char *text,
            gsize       n_bytes)
{
  const char *p = text;
  const char *end = text + n_bytes;
  guint64 word = FNV_BASIS;
  gboolean in_word = FALSE;

  while (p < end)
    {
      gunichar ch = (guchar) *p;
      gboolean inside, alone = FALSE;

      if (ch < 0x80)
        {
          p++;
          ch = word_bytes[ch];
          inside = ch != 0;
        }
      else
        {
          ch = g_utf8_get_char (p);
          p = g_utf8_next_char (p);
          alone = annals_tokenizer_is_paired (ch);
          inside = !alone && is_word_character (ch);
          ch = g_unichar_tolower (ch);
        }

      if (inside)
        {
          word = (word ^ ch) * FNV_PRIME;
          in_word = TRUE;
          continue;
        }

      if (in_word)
        add_token (self, word);
      if (alone)
        add_token (self, (FNV_BASIS ^ ch) * FNV_PRIME);
      word = FNV_BASIS;
      in_word = FALSE;
    }

  if (in_word)
    add_token (self, word);
}

static int
compare_hashes (gconstpointer a,
                gconstpointer b)
{
  guint64 x = *(const guint64 *) a;
  guint64 y = *(const guint64 *) b;

  return (x > y) - (x < y);
}

/* A token and what separates it from the next are two bytes at least; one that stands alone is three. */
static guint64 *
hashes_new (gsize n_bytes)
{
  return g_new (guint64, n_bytes / 2 + 2);
}

AnnalsShingles *
annals_shingles_new (const char *text,
                     gsize       n_bytes)
{
  AnnalsShingles *self = g_new0 (AnnalsShingles, 1);
  Builder builder = { .hashes = hashes_new (n_bytes) };
  guint n = 0;

  add_tokens (&builder, text, n_bytes);
  qsort (builder.hashes, builder.n, sizeof (guint64), compare_hashes);
  for (guint i = 0; i < builder.n; i++)
    if (i == 0 || builder.hashes[i] != builder.hashes[i - 1])
      builder.hashes[n++] = builder.hashes[i];

  self->hashes = g_renew (guint64, builder.hashes, MAX (n, 1));
  self->n = n;
  self->n_tokens = builder.n_tokens;

  return self;
}

void
annals_shingles_free (AnnalsShingles *self)
{
  g_free (self->hashes);
  g_free (self);
}

double
annals_shingles_share (const AnnalsShingles *a,
                       const AnnalsShingles *b)
{
  guint i = 0, j = 0, n_common = 0;

  while (i < a->n && j < b->n)
    {
      guint64 x = a->hashes[i];
      guint64 y = b->hashes[j];

      n_common += x == y;
      i += x <= y;
      j += y <= x;
    }

  return n_common / (double) MAX (MIN (a->n, b->n), 1);
}

/* A permutation of 32-bit numbers is one odd factor and one addend; these never change, as signatures
 * are stored. */
static void
make_permutations (guint32 *factors,
                   guint32 *addends)
{
  for (guint i = 0; i < ANNALS_SIGNATURE_VALUES; i++)
    {
      guint64 random = mix ((i + 1) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

      factors[i] = (guint32) random | 1;
      addends[i] = (guint32) (random >> 32);
    }
}

static void
sign (const guint64   *hashes,
      guint            n,
      AnnalsSignature  signature)
{
  static gsize made;
  static guint32 factors[ANNALS_SIGNATURE_VALUES];
  static guint32 addends[ANNALS_SIGNATURE_VALUES];
  guint32 least[ANNALS_SIGNATURE_VALUES];

  if (g_once_init_enter (&made))
    {
      make_permutations (factors, addends);
      g_once_init_leave (&made, 1);
    }

  memset (least, 0xff, sizeof least);
  for (guint i = 0; i < n; i++)
    {
      guint32 hash = (guint32) (hashes[i] ^ (hashes[i] >> 32));

      for (guint k = 0; k < ANNALS_SIGNATURE_VALUES; k++)
        {
          guint32 value = hash * factors[k] + addends[k];

          least[k] = MIN (least[k], value);
        }
    }

  /* The high bits of a least value are nearly all 0. */
  for (guint k = 0; k < ANNALS_SIGNATURE_VALUES; k++)
    signature[k] = (guint16) ((least[k] * 0x9e3779b1u) >> 16);
}

/* The shingles are neither sorted nor made distinct, which would take most of the time: the least is the
 * same. */
guint
annals_signature_read (const char      *text,
                       gsize            n_bytes,
                       AnnalsSignature  signature)
{
  g_autofree guint64 *hashes = hashes_new (n_bytes);
  Builder builder = { .hashes = hashes };

  add_tokens (&builder, text, n_bytes);
  sign (hashes, builder.n, signature);

  return builder.n_tokens;
}
