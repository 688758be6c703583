/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-format.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-babel.h"
#include "annals-bib-date.h"
#include "annals-bib-entry.h"
#include "annals-bibtex-lexer.h"
#include "annals-limits.h"
#include "annals-list-source.h"
#include "annals-tex.h"

/* BibTeX and biblatex: @online{key, title = {…}, date = "2020-03-09", month = mar # "~9"}. */

/* of a name in a message: bytes */
#define MAX_NAME 60
/* further keys of an entry that are looked at */
#define MAX_IDS 20

typedef struct
{
  AnnalsFormatReader *reader;
  AnnalsBibtexLexer   lexer;
  GHashTable         *fields;    /* of the entry at hand: name in lower case → TeX */
  AnnalsBibRemarks    remarks;
  guint               n;
} Bibtex;

/* @at: where an entry could begin */
static gboolean
begins_entry (const char *at)
{
  if (*at != '@' || !g_ascii_isalpha (at[1]))
    return FALSE;

  for (at++; g_ascii_isalpha (*at);)
    at++;
  at += strspn (at, " \t\r\n");

  return (*at == '{' || *at == '(') && (strchr (at, '=') != NULL || strchr (at, ',') != NULL);
}

/* What stands between entries is a comment: with a name that says what it is the first may come later. */
static guint
bibtex_sniff (const AnnalsSniff *sniff)
{
  gboolean named = g_str_has_suffix (sniff->name, ".bib");
  const char *at = sniff->text + strspn (sniff->text, " \t\r\n");

  while (*at != '\0' && (*at == '%' || (named && !begins_entry (at))))
    {
      at += strcspn (at, "\n");
      at += strspn (at, " \t\r\n");
    }

  return begins_entry (at) ? 92 : 0;
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
          g_autofree char *tex = g_strstrip (g_strndup (begin, (gsize) (at - begin)));
          g_autofree char *name = annals_tex_dup_text (tex);

          g_ptr_array_add (entry->authors, *tex == '{' ? annals_text_normalize_line (name, -1)
                                           : g_str_equal (tex, "others") ? g_strdup ("et al.")
                                           : annals_bib_entry_dup_name (name, TRUE));
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

/* biblatex's field first, BibTeX's where that is not there or not understood. */
static void
read_date (Bibtex         *self,
           AnnalsBibEntry *entry)
{
  const char *said = g_hash_table_lookup (self->fields, "date");   /* EDTF: "~" is no space in it */
  g_autoptr(AnnalsDate) date = said != NULL && *said != '\0' ? annals_date_parse_words (said, NULL) : NULL;
  g_autofree char *year = dup_field (self, (const char * const []) { "year", NULL });
  g_autofree char *month = dup_field (self, (const char * const []) { "month", NULL });
  g_autofree char *day = dup_field (self, (const char * const []) { "day", NULL });

  if (date != NULL || (year == NULL && said != NULL))
    {
      entry->date = g_strdup (said);
      return;
    }

  entry->date = annals_bib_date_dup_fields (year, month, day, &entry->date_rest);
  if (entry->date_rest == NULL && said != NULL && *said != '\0')
    entry->date_rest = g_strdup (said);
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

/* "\url{https://…}" */
static char *
dup_marked_address (const char *tex)
{
  const char *mark = tex != NULL ? strstr (tex, "\\url") : NULL;
  const char *begin = mark != NULL ? mark + strlen ("\\url") + strspn (mark + strlen ("\\url"), " \t{") : NULL;

  return begin != NULL ? g_strndup (begin, strcspn (begin, " \t\n{}")) : NULL;
}

/* BibTeX's own styles have no field for addresses: they stand where it says how it was published. */
static char *
dup_address (Bibtex *self)
{
  static const char * const others[] = { "howpublished", "note" };
  g_autofree char *url = g_strdup (g_hash_table_lookup (self->fields, "url"));
  g_auto(GStrv) pieces = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (others) && (url == NULL || *url == '\0'); i++)
    {
      g_free (url);
      url = dup_marked_address (g_hash_table_lookup (self->fields, others[i]));
    }
  if (url == NULL)
    return NULL;

  /* an address has backslashes only where somebody escaped its signs */
  pieces = g_strsplit (url, "\\", -1);
  return g_strjoinv ("", pieces);
}

/* biblatex's name of it, or its tag */
static char *
dup_language (Bibtex *self)
{
  g_autofree char *said = dup_field (self, (const char * const []) { "langid", "language", "hyphenation", NULL });
  const char *tag = said != NULL ? annals_babel_get_tag (g_strstrip (said)) : NULL;

  return tag != NULL ? g_strdup (tag) : g_steal_pointer (&said);
}

/* Further keys of an entry; what Annals wrote has the post's uid among them. A key of this file alone is no identity. */
static char *
dup_uid (Bibtex *self)
{
  g_autofree char *field = dup_field (self, (const char * const []) { "ids", NULL });
  g_auto(GStrv) ids = g_strsplit (field != NULL ? field : "", ",", MAX_IDS);

  for (guint i = 0; ids[i] != NULL; i++)
    if (g_uuid_string_is_valid (g_strstrip (ids[i])))
      return g_strdup (ids[i]);

  return NULL;
}

static AnnalsBibEntry *
create_entry (Bibtex *self,
              guint   line)
{
  AnnalsBibEntry *entry = annals_bib_entry_new (++self->n, line);
  g_autofree char *subtitle = dup_field (self, (const char * const []) { "subtitle", NULL });
  g_autofree char *title = dup_field (self, (const char * const []) { "title", NULL });

  entry->title = title != NULL && subtitle != NULL ? g_strdup_printf ("%s: %s", title, subtitle)
                                                   : g_steal_pointer (&title);
  read_authors (self, entry);
  entry->container = dup_field (self, (const char * const []) { "journaltitle", "journal", "booktitle", "maintitle",
                                                                "organization", NULL });
  entry->url = dup_address (self);
  entry->doi = dup_field (self, (const char * const []) { "doi", NULL });
  entry->id = dup_uid (self);
  entry->language = dup_language (self);
  entry->abstract = dup_field (self, (const char * const []) { "abstract", NULL });
  read_date (self, entry);
  read_keywords (self, entry);

  return entry;
}

static void
take_issue (Bibtex          *self,
            AnnalsIssueCode  code,
            const char      *place,
            char            *reason,
            const char      *source)
{
  annals_format_reader_take_issue (self->reader, ANNALS_SEVERITY_WARNING, code, g_strdup (place), reason, source);
}

/* What was lost or mended between @begin and @end. */
static void
report (Bibtex     *self,
        const char *place,
        const char *begin,
        const char *end,
        gboolean    was_exhausted,
        GPtrArray  *too_long)
{
  g_autofree char *piece = g_strndup (begin, MIN ((gsize) (end - begin), 16000));
  g_autofree char *source = g_utf8_make_valid (piece, -1);

  if (self->lexer.is_open)
    take_issue (self, ANNALS_ISSUE_DAMAGE, place,
                g_strdup (_("A brace or a quotation mark that was opened is never closed; reading goes on at the next "
                            "entry")), source);
  if (self->lexer.is_exhausted && !was_exhausted)
    take_issue (self, ANNALS_ISSUE_LIMIT, place,
                g_strdup_printf (_("The abbreviations of this file stand for more than %d MB; from here on they are "
                                   "left as they are"), ANNALS_LIMIT_BIBTEX_EXPANDED / 1024 / 1024), source);
  for (guint i = 0; i < too_long->len; i++)
    {
      g_autofree char *start = g_strndup (too_long->pdata[i], MAX_NAME);
      g_autofree char *name = g_utf8_make_valid (start, -1);

      take_issue (self, ANNALS_ISSUE_LIMIT, place,
                  g_strdup_printf (_("“%s” is longer than %d MB and is left out"), name,
                                   ANNALS_LIMIT_BIBTEX_FIELD / 1024 / 1024), source);
    }
}

static const char *
read_preamble (Bibtex     *self,
               const char *at)
{
  g_autoptr(GString) ignored = g_string_new (NULL);

  return annals_bibtex_lexer_read_value (&self->lexer, at, ignored);
}

/* @at: the "@" */
static const char *
read_entry (Bibtex     *self,
            const char *at,
            guint       line)
{
  const char *begin = at;
  gboolean was_exhausted = self->lexer.is_exhausted;
  g_autoptr(GPtrArray) too_long = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(AnnalsBibEntry) entry = NULL;
  g_autofree char *type = NULL;
  g_autofree char *key = NULL;
  g_autofree char *place = NULL;

  at = annals_bibtex_skip_space (annals_bibtex_read_word (at + 1, &type));
  if ((*at != '{' && *at != '(') || g_ascii_strcasecmp (type, "comment") == 0)
    return at;   /* what is in a comment is looked at like all else */

  self->lexer.is_open = FALSE;
  if (g_ascii_strcasecmp (type, "string") == 0)
    at = annals_bibtex_lexer_read_fields (&self->lexer, at + 1, self->lexer.macros, too_long);
  else if (g_ascii_strcasecmp (type, "preamble") == 0)
    at = read_preamble (self, at + 1);
  else
    {
      at = annals_bibtex_skip_space (annals_bibtex_read_word (annals_bibtex_skip_space (at + 1), &key));
      g_hash_table_remove_all (self->fields);
      at = annals_bibtex_lexer_read_fields (&self->lexer, at, self->fields, too_long);
      entry = create_entry (self, line);
    }

  place = entry != NULL ? annals_bib_entry_dup_place (entry, self->reader)
                        : g_strdup_printf (_("%s, line %u"), annals_format_reader_get_name (self->reader), line);
  report (self, place, begin, at, was_exhausted, too_long);
  if (entry != NULL)
    annals_bib_entry_draft (entry, self->reader, &self->remarks, begin, (gsize) (at - begin));

  return at;
}

/* --- the format --- */

static gpointer
bibtex_open (AnnalsFormatReader *reader)
{
  Bibtex *self = g_new0 (Bibtex, 1);

  self->reader = reader;
  annals_bibtex_lexer_init (&self->lexer);
  self->fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

static gboolean
bibtex_step (gpointer       state,
             gboolean      *at_end,
             GCancellable  *cancellable,
             GError       **error)
{
  Bibtex *self = state;
  g_autofree char *source = annals_format_reader_read_all (self->reader, ANNALS_LIMIT_TEXT_FILE, NULL, cancellable,
                                                           error);
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
  annals_bib_remarks_report (&self->remarks, self->reader);
  annals_list_source_report (self->reader);
  *at_end = TRUE;

  return TRUE;
}

static void
bibtex_close (gpointer state)
{
  Bibtex *self = state;

  annals_bibtex_lexer_clear (&self->lexer);
  annals_bib_remarks_clear (&self->remarks);
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
