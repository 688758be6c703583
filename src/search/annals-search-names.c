/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-search-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-language.h"
#include "annals-post-sets.h"
#include "annals-tokenizer.h"

char *
annals_search_fold (const char *name)
{
  g_autofree char *apart = g_utf8_normalize (name, -1, G_NORMALIZE_ALL);
  g_autofree char *lower = g_utf8_casefold (apart != NULL ? apart : "", -1);
  g_autoptr(GString) folded = g_string_sized_new (strlen (lower));

  for (const char *p = lower; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar ch = g_utf8_get_char (p);

      if (annals_query_is_quote (ch) || ch == 0x2019 || ch == 0x2018)
        g_string_append_c (folded, '\'');
      else if (g_unichar_isspace (ch))
        g_string_append_c (folded, ' ');
      else if (!g_unichar_ismark (ch))
        g_string_append_unichar (folded, ch);
    }

  /* Hangul was taken apart too, and half a syllable is no beginning of a word. */
  return g_utf8_normalize (folded->str, -1, G_NORMALIZE_ALL_COMPOSE);
}

gboolean
annals_search_begins_word (const char *name,
                           const char *wanted)
{
  const char *p = name;

  while ((p = strstr (p, wanted)) != NULL)
    {
      gunichar before = p > name ? g_utf8_get_char (g_utf8_prev_char (p)) : ' ';

      if (!g_unichar_isalnum (before) || annals_tokenizer_is_paired (g_utf8_get_char (p)))
        return TRUE;

      p = g_utf8_next_char (p);
    }

  return FALSE;
}

static gboolean
fail_for_missing (AnnalsRecord            record,
                  const AnnalsQueryNode  *node,
                  GError                **error)
{
  switch ((guint) record)
    {
    case ANNALS_RECORD_SOURCE:
      return annals_query_fail (error, ANNALS_QUERY_ERROR_VALUE, node->column, _("there is no source “%s”"),
                                node->value);

    case ANNALS_RECORD_TAG:
      return annals_query_fail (error, ANNALS_QUERY_ERROR_VALUE, node->column, _("there is no tag “%s”"),
                                node->value);

    case ANNALS_RECORD_TIMELINE:
      return annals_query_fail (error, ANNALS_QUERY_ERROR_VALUE, node->column, _("there is no timeline “%s”"),
                                node->value);

    default:
      return annals_query_fail (error, ANNALS_QUERY_ERROR_VALUE, node->column,
                                _("no file “%s” was imported"), node->value);
    }
}

GArray *
annals_search_resolve (AnnalsDb               *db,
                       AnnalsRecord            record,
                       const AnnalsQueryNode  *node,
                       GError                **error)
{
  g_autofree char *wanted = annals_search_fold (node->value);
  g_autoptr(GArray) equal = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GArray) begun = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GPtrArray) names = NULL;

  if (!(names = annals_db_list_names (db, record, error)))
    return NULL;

  for (guint i = 0; i < names->len; i++)
    {
      const AnnalsListedName *named = names->pdata[i];
      g_autofree char *folded = annals_search_fold (named->name);

      if (g_str_equal (folded, wanted))
        g_array_append_val (equal, named->id);
      else if (record != ANNALS_RECORD_TAG && annals_search_begins_word (folded, wanted))
        g_array_append_val (begun, named->id);
    }

  if (equal->len > 0)
    return g_steal_pointer (&equal);
  if (begun->len > 0)
    return g_steal_pointer (&begun);

  fail_for_missing (record, node, error);

  return NULL;
}

/* Which of @strings fit, as an array of flags with their numbers as the index. */
typedef gboolean (*Fits) (const char *folded,
                          const char *wanted);

static gboolean *
find_strings (GPtrArray  *strings,
              const char *value,
              Fits        fits)
{
  g_autofree char *wanted = annals_search_fold (value);
  gboolean *found = g_new0 (gboolean, strings->len + 1);

  for (guint i = 1; i < strings->len; i++)
    {
      g_autofree char *folded = annals_search_fold (strings->pdata[i]);

      found[i] = fits (folded, wanted);
    }

  return found;
}

void
annals_search_add_authors (const AnnalsColumns    *columns,
                           const AnnalsQueryNode  *node,
                           AnnalsIdSet            *set)
{
  g_autofree gboolean *found = find_strings (columns->authors, node->value, annals_search_begins_word);

  for (gint64 id = 0; id <= columns->top; id++)
    if (found[columns->author[id]])
      annals_id_set_add (set, id);
}

/* "en" also for "en-GB" */
static gboolean
is_language (const char *folded,
             const char *wanted)
{
  gsize length = strlen (wanted);

  return strncmp (folded, wanted, length) == 0 && (folded[length] == '\0' || folded[length] == '-');
}

void
annals_search_add_languages (const AnnalsColumns    *columns,
                             const AnnalsQueryNode  *node,
                             AnnalsIdSet            *set)
{
  g_autofree gboolean *found = find_strings (columns->languages, node->value, is_language);

  /* without a language */
  found[0] = g_ascii_strcasecmp (node->value, ANNALS_LANGUAGE_NONE) == 0;

  for (gint64 id = 0; id <= columns->top; id++)
    if (found[columns->language[id]])
      annals_id_set_add (set, id);
}
