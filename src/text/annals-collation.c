/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-collation.h"

#include <string.h>

#include "annals-icu-private.h"

/* Bytes of most titles' keys, and of their UTF-16. */
#define SHORT 256

/* "" is the order of the world, where the user has no language. */
static const char *
get_locale (void)
{
  const char * const *names = g_get_language_names_with_category ("LC_COLLATE");

  return g_str_equal (names[0], "C") || g_str_has_prefix (names[0], "C.") || g_str_equal (names[0], "POSIX")
           ? "" : names[0];
}

static UCollator *
open_collator (const AnnalsIcu *icu)
{
  char locale[ULOC_FULLNAME_CAPACITY] = "";
  UErrorCode status = U_ZERO_ERROR;
  UCollator *collator;

  icu->canonicalize (get_locale (), locale, sizeof locale, &status);
  status = U_ZERO_ERROR;
  collator = icu->open (locale, &status);
  if (U_FAILURE (status))
    return NULL;

  /* “Part 2” before “Part 10” */
  icu->set_attribute (collator, UCOL_NUMERIC_COLLATION, UCOL_ON, &status);
  return collator;
}

/* Returns: (nullable): NULL where ICU or its data is missing. Nothing changes it later, so any thread may use it. */
static const UCollator *
get_collator (void)
{
  static gsize once;
  static UCollator *collator;

  if (g_once_init_enter (&once))
    {
      const AnnalsIcu *icu = annals_icu_get ();

      collator = icu != NULL ? open_collator (icu) : NULL;
      g_once_init_leave (&once, 1);
    }

  return collator;
}

/**
 * annals_collate:
 * @a: a title or a name, UTF-8
 * @b: another one
 *
 * Compares for a list that a person reads, in the order of the user's language. What is to be the same for
 * everybody, such as a file that is handed on, has another order.
 *
 * Returns: as strcmp(); 0 only for equal bytes
 */
int
annals_collate (const char *a,
                const char *b)
{
  const UCollator *collator = get_collator ();
  UErrorCode status = U_ZERO_ERROR;
  int order;

  g_return_val_if_fail (a != NULL && b != NULL, 0);

  order = collator != NULL ? annals_icu_get ()->compare (collator, a, -1, b, -1, &status) : g_utf8_collate (a, b);

  return order != 0 && U_SUCCESS (status) ? order : strcmp (a, b);
}

static char *
dup_key (const UCollator *collator,
         const UChar     *text,
         int32_t          length)
{
  const AnnalsIcu *icu = annals_icu_get ();
  uint8_t key[SHORT];
  int32_t size = icu->get_key (collator, text, length, key, sizeof key);
  char *longer;

  if (size <= (int32_t) sizeof key)
    return g_strdup ((const char *) key);

  longer = g_malloc ((gsize) size);
  icu->get_key (collator, text, length, (uint8_t *) longer, size);

  return longer;
}

/**
 * annals_collation_key:
 * @text: a title or a name, UTF-8
 *
 * For lists that are long: keys compare by strcmp() as texts do by annals_collate(), but for texts that a
 * reader would call the same. They are of this user and of this version of ICU, and never stored.
 *
 * Returns: (transfer full): bytes, no text
 */
char *
annals_collation_key (const char *text)
{
  const UCollator *collator = get_collator ();
  gsize length = strlen (text);
  UChar units[SHORT];
  g_autofree UChar *more = NULL;
  UErrorCode status = U_ZERO_ERROR;
  int32_t n = 0;

  g_return_val_if_fail (length <= G_MAXINT32, g_strdup (""));

  if (collator == NULL)
    return g_utf8_collate_key (text, -1);

  /* never more units than bytes */
  if (length > SHORT)
    more = g_new (UChar, length);
  annals_icu_get ()->from_utf8 (more != NULL ? more : units, (int32_t) MAX (length, SHORT), &n, text, (int32_t) length,
                                0xfffd, NULL, &status);

  return dup_key (collator, more != NULL ? more : units, U_SUCCESS (status) ? n : 0);
}

typedef struct
{
  char *name;
  char *along;
} Pair;

static int
compare_pairs (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  return annals_collate (((const Pair *) a)->name, ((const Pair *) b)->name);
}

/**
 * annals_collate_names:
 * @names: (nullable): names, NULL-terminated
 * @along: (nullable): what belongs to each of them, such as its colour
 *
 * Sorts both in place as annals_collate() has it.
 */
void
annals_collate_names (char **names,
                      char **along)
{
  gsize n = names != NULL ? g_strv_length (names) : 0;
  g_autofree Pair *pairs = g_new (Pair, n);

  for (gsize i = 0; i < n; i++)
    pairs[i] = (Pair) { names[i], along != NULL ? along[i] : NULL };
  g_qsort_with_data (pairs, (int) n, sizeof *pairs, compare_pairs, NULL);
  for (gsize i = 0; i < n; i++)
    {
      names[i] = pairs[i].name;
      if (along != NULL)
        along[i] = pairs[i].along;
    }
}

/**
 * annals_collate_joined:
 * @names: names, NULL-terminated
 *
 * Returns: (transfer full): the names as annals_collate_names() sorts them, with commas between
 */
char *
annals_collate_joined (char **names)
{
  g_autofree char **sorted = g_memdup2 (names, (g_strv_length (names) + 1) * sizeof (char *));

  annals_collate_names (sorted, NULL);

  return g_strjoinv (", ", sorted);
}
