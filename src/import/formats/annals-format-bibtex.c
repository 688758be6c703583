/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-format.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-list-source.h"
#include "annals-bib-entry.h"
#include "annals-tex.h"

/* BibTeX and biblatex: @online{key, title = {…}, date = "2020-03-09", month = mar # "~9"}. */

#define FILE_LIMIT (64 * 1024 * 1024)
#define MAX_FIELD (1024 * 1024)

typedef struct
{
  AnnalsFormatReader *reader;
  GHashTable         *macros;    /* @string: name → text, as TeX */
  GHashTable         *fields;    /* of the entry at hand: name in lower case → TeX */
  guint               n;
} Bibtex;

static guint
bibtex_sniff (const AnnalsSniff *sniff)
{
  const char *at = sniff->text + strspn (sniff->text, " \t\r\n");
  const char *brace;

  while (*at == '%')
    {
      at += strcspn (at, "\n");
      at += strspn (at, " \t\r\n");
    }
  if (*at != '@' || !g_ascii_isalpha (at[1]))
    return 0;

  brace = at + 1;
  while (g_ascii_isalpha (*brace))
    brace++;
  brace += strspn (brace, " \t\r\n");

  return *brace == '{' && (strchr (brace, '=') != NULL || strchr (brace, ',') != NULL) ? 92 : 0;
}

/* --- the lexer: each returns where it ended --- */

static const char *
skip_space (const char *at)
{
  for (;;)
    {
      at += strspn (at, " \t\r\n");
      if (*at != '%')
        return at;
      at += strcspn (at, "\n");
    }
}

static const char *
read_word (const char  *at,
           char       **word)
{
  gsize length = strcspn (at, " \t\r\n{}(),=#\"%@");

  *word = g_strndup (at, length);

  return at + length;
}

/* Behind an opening brace, to behind the one that closes it. */
static const char *
read_braced (const char *at,
             GString    *value)
{
  guint depth = 1;

  for (; *at != '\0'; at++)
    {
      if (*at == '\\' && at[1] != '\0')
        {
          g_string_append_c (value, *at++);
        }
      else if (*at == '{')
        depth++;
      else if (*at == '}' && --depth == 0)
        return at + 1;
      g_string_append_c (value, *at);
    }

  return at;
}

static const char *
read_quoted (const char *at,
             GString    *value)
{
  guint depth = 0;

  for (; *at != '\0'; at++)
    {
      if (*at == '"' && depth == 0)
        return at + 1;
      if (*at == '{')
        depth++;
      else if (*at == '}' && depth > 0)
        depth--;
      g_string_append_c (value, *at);
    }

  return at;
}

/* Pieces joined by "#" */
static const char *
read_value (Bibtex     *self,
            const char *at,
            GString    *value)
{
  for (;;)
    {
      at = skip_space (at);
      if (*at == '{')
        at = read_braced (at + 1, value);
      else if (*at == '"')
        at = read_quoted (at + 1, value);
      else
        {
          g_autofree char *word = NULL;
          g_autofree char *lower = NULL;
          const char *macro;

          at = read_word (at, &word);
          lower = g_ascii_strdown (word, -1);
          macro = g_hash_table_lookup (self->macros, lower);
          g_string_append (value, macro != NULL ? macro : word);
        }
      at = skip_space (at);
      if (*at != '#')
        return at;
      at++;
    }
}

/* Fields up to the brace that closes the entry. */
static const char *
read_fields (Bibtex     *self,
             const char *at,
             GHashTable *fields)
{
  while (*(at = skip_space (at)) != '\0')
    {
      g_autofree char *name = NULL;
      GString *value;

      if (*at == '}' || *at == ')')
        return at + 1;
      if (*at == '@')
        return at;   /* the brace is missing */
      if (*at == ',')
        {
          at++;
          continue;
        }

      at = skip_space (read_word (at, &name));
      if (*at != '=')
        {
          if (*name == '\0')
            at++;
          continue;
        }

      value = g_string_new (NULL);
      at = read_value (self, at + 1, value);
      if (value->len <= MAX_FIELD)
        g_hash_table_replace (fields, g_ascii_strdown (name, -1), g_string_free (value, FALSE));
      else
        g_string_free (value, TRUE);
    }

  return at;
}

/* --- an entry --- */

static char *
dup_field (Bibtex             *self,
           const char * const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *value = g_hash_table_lookup (self->fields, names[i]);

      if (value != NULL && *value != '\0')
        return annals_tex_dup_text (value);
    }

  return NULL;
}

/* "A and B", where "and" in braces is a word of a name */
static void
read_authors (Bibtex          *self,
              AnnalsBibEntry *entry)
{
  const char *value = g_hash_table_lookup (self->fields, "author");
  const char *begin = value;
  guint depth = 0;

  if (value == NULL)
    return;

  for (const char *at = value;; at++)
    {
      gboolean ends = *at == '\0' ||
                      (depth == 0 && g_ascii_isspace (*at) && g_ascii_strncasecmp (at + 1, "and", 3) == 0 &&
                       g_ascii_isspace (at[4]));

      if (ends)
        {
          g_autofree char *tex = g_strndup (begin, (gsize) (at - begin));
          g_autofree char *name = annals_tex_dup_text (tex);

          g_ptr_array_add (entry->authors, *g_strstrip (tex) == '{' ? annals_text_normalize_line (name, -1)
                                                                     : annals_bib_entry_dup_name (name));
          if (*at == '\0')
            return;
          begin = at + 5;
          at += 4;
        }
      else if (*at == '{')
        depth++;
      else if (*at == '}' && depth > 0)
        depth--;
    }
}

static gint64
read_month (const char *month)
{
  static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";
  g_autofree char *start = g_ascii_strdown (month, 3);
  const char *at = strlen (start) == 3 ? strstr (months, start) : NULL;

  return at != NULL && (at - months) % 3 == 0 ? (at - months) / 3 + 1 : g_ascii_strtoll (month, NULL, 10);
}

static char *
dup_date (Bibtex *self)
{
  const char *said = g_hash_table_lookup (self->fields, "date");   /* EDTF: "~" is no space in it */
  g_autofree char *date = said != NULL && *said != '\0' ? g_strdup (said) : NULL;
  g_autofree char *year = dup_field (self, (const char * const []) { "year", NULL });
  g_autofree char *month = dup_field (self, (const char * const []) { "month", NULL });
  g_autofree char *day = dup_field (self, (const char * const []) { "day", NULL });
  char *end;
  gint64 number;

  if (date != NULL || year == NULL)
    return g_steal_pointer (&date);

  number = g_ascii_strtoll (g_strstrip (year), &end, 10);
  if (end == year || *end != '\0')
    return g_steal_pointer (&year);

  return annals_bib_entry_dup_date (number, month != NULL ? read_month (g_strstrip (month)) : 0,
                                    month != NULL && day != NULL ? g_ascii_strtoll (day, NULL, 10) : 0);
}

static void
read_keywords (Bibtex          *self,
               AnnalsBibEntry *entry)
{
  g_autofree char *keywords = dup_field (self, (const char * const []) { "keywords", "keyword", NULL });
  g_auto(GStrv) words = g_strsplit_set (keywords != NULL ? keywords : "", ",;", -1);

  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (entry->keywords, g_strdup (words[i]));
}

static char *
dup_address (Bibtex *self)
{
  const char *url = g_hash_table_lookup (self->fields, "url");
  g_auto(GStrv) pieces = NULL;

  if (url == NULL)
    return NULL;

  /* an address has backslashes only where somebody escaped its signs */
  pieces = g_strsplit (url, "\\", -1);
  return g_strjoinv ("", pieces);
}

static void
take_entry (Bibtex     *self,
            const char *begin,
            const char *end,
            guint       line)
{
  g_autoptr(AnnalsBibEntry) entry = annals_bib_entry_new (++self->n, line);
  g_autofree char *subtitle = dup_field (self, (const char * const []) { "subtitle", NULL });
  g_autofree char *title = dup_field (self, (const char * const []) { "title", NULL });

  entry->title = title != NULL && subtitle != NULL ? g_strdup_printf ("%s: %s", title, subtitle)
                                                   : g_steal_pointer (&title);
  read_authors (self, entry);
  entry->container = dup_field (self, (const char * const []) { "journaltitle", "journal", "booktitle", "maintitle",
                                                                "organization", NULL });
  entry->url = dup_address (self);
  entry->doi = dup_field (self, (const char * const []) { "doi", NULL });
  entry->language = dup_field (self, (const char * const []) { "langid", "language", NULL });
  entry->abstract = dup_field (self, (const char * const []) { "abstract", NULL });
  entry->date = dup_date (self);
  read_keywords (self, entry);
  annals_bib_entry_draft (entry, self->reader, begin, (gsize) (end - begin));
}

/* @at: the "@" */
static const char *
read_entry (Bibtex     *self,
            const char *at,
            guint       line)
{
  const char *begin = at;
  g_autofree char *type = NULL;
  g_autofree char *key = NULL;

  at = skip_space (read_word (at + 1, &type));
  if (*at != '{' && *at != '(')
    return at;
  if (g_ascii_strcasecmp (type, "comment") == 0)
    return at;   /* what is in it is looked at like all else */

  if (g_ascii_strcasecmp (type, "string") == 0)
    return read_fields (self, at + 1, self->macros);
  if (g_ascii_strcasecmp (type, "preamble") == 0)
    {
      GString *ignored = g_string_new (NULL);

      at = read_value (self, at + 1, ignored);
      g_string_free (ignored, TRUE);
      return at;
    }

  at = skip_space (read_word (skip_space (at + 1), &key));
  g_hash_table_remove_all (self->fields);
  at = read_fields (self, at, self->fields);
  take_entry (self, begin, at, line);

  return at;
}

/* --- the format --- */

static gpointer
bibtex_open (AnnalsFormatReader *reader)
{
  static const char * const months[] = { "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
                                         "dec" };
  Bibtex *self = g_new0 (Bibtex, 1);

  self->reader = reader;
  self->macros = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < G_N_ELEMENTS (months); i++)
    g_hash_table_insert (self->macros, g_strdup (months[i]), g_strdup (months[i]));

  return self;
}

static gboolean
bibtex_step (gpointer       state,
             gboolean      *at_end,
             GCancellable  *cancellable,
             GError       **error)
{
  Bibtex *self = state;
  g_autofree char *source = annals_format_reader_read_all (self->reader, FILE_LIMIT, NULL, cancellable, error);
  guint line = 1;

  if (source == NULL)
    return FALSE;

  for (const char *at = source; *at != '\0';)
    {
      const char *before = at;

      at = *at == '@' ? read_entry (self, at, line) : at + 1;
      for (; before < at; before++)
        line += *before == '\n';
    }
  annals_list_source_report (self->reader);
  *at_end = TRUE;

  return TRUE;
}

static void
bibtex_close (gpointer state)
{
  Bibtex *self = state;

  g_hash_table_unref (self->macros);
  g_hash_table_unref (self->fields);
  g_free (self);
}

const AnnalsFormat annals_format_bibtex = {
  .id = "bibtex",
  .label = N_("Bibliography (BibTeX)"),
  .sniff = bibtex_sniff,
  .open = bibtex_open,
  .step = bibtex_step,
  .close = bibtex_close,
};
