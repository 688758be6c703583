/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-bib-entry.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-limits.h"
#include "annals-list-draft.h"

#define MAX_AUTHORS 100
/* bytes of a date's words in a message */
#define MAX_WORDS 200
/* entries that a remark names */
#define MAX_NAMED 20

AnnalsBibEntry *
annals_bib_entry_new (guint number,
                      guint line)
{
  AnnalsBibEntry *self = g_new0 (AnnalsBibEntry, 1);

  self->authors = g_ptr_array_new_with_free_func (g_free);
  self->keywords = g_ptr_array_new_with_free_func (g_free);
  self->number = number;
  self->line = line;

  return self;
}

void
annals_bib_entry_free (AnnalsBibEntry *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->title);
  g_ptr_array_unref (self->authors);
  g_free (self->container);
  g_free (self->url);
  g_free (self->doi);
  g_free (self->language);
  g_free (self->abstract);
  g_free (self->date);
  g_free (self->date_rest);
  g_ptr_array_unref (self->keywords);
  g_free (self);
}

char *
annals_bib_entry_dup_name (const char *name,
                           gboolean    suffix_second)
{
  g_auto(GStrv) parts = g_strsplit (name, ",", 3);
  g_autofree char *joined = NULL;

  if (parts[0] == NULL || parts[1] == NULL)
    return annals_text_normalize_line (name, -1);

  /* "King, Martin Luther, Jr.", or "King, Jr., Martin Luther" */
  joined = parts[2] == NULL ? g_strdup_printf ("%s %s", parts[1], parts[0])
                            : g_strdup_printf ("%s %s %s", parts[suffix_second ? 2 : 1], parts[0],
                                               parts[suffix_second ? 1 : 2]);

  return annals_text_normalize_line (joined, -1);
}

char *
annals_bib_entry_dup_place (AnnalsBibEntry     *self,
                            AnnalsFormatReader *reader)
{
  const char *name = annals_format_reader_get_name (reader);

  if (self->line == 0)
    return g_strdup_printf (_("%s, item %u"), name, self->number);

  return g_strdup_printf (_("%s, item %u, line %u"), name, self->number, self->line);
}

static char *
join_names (GPtrArray *names)
{
  GString *joined = g_string_new (NULL);

  for (guint i = 0; i < MIN (names->len, MAX_AUTHORS); i++)
    {
      g_autofree char *name = annals_text_normalize_line (names->pdata[i], -1);

      if (*name != '\0')
        g_string_append_printf (joined, "%s%s", joined->len > 0 ? ", " : "", name);
    }

  return g_string_free (joined, joined->len == 0);
}

static char **
dup_tags (GPtrArray *keywords)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < MIN (keywords->len, ANNALS_LIMIT_TAGS); i++)
    {
      g_autofree char *tag = annals_text_normalize_line (keywords->pdata[i], -1);

      if (*tag != '\0')
        g_strv_builder_add (builder, tag);
    }

  return g_strv_builder_end (builder);
}

static gboolean
is_web_address (const char *url)
{
  return url != NULL && (g_ascii_strncasecmp (url, "http://", 7) == 0 || g_ascii_strncasecmp (url, "https://", 8) == 0) &&
         strpbrk (url, " \n<>\"") == NULL;
}

static void
fill_addresses (AnnalsBibEntry *self,
                AnnalsDraft     *draft)
{
  g_autofree char *url = self->url != NULL ? annals_text_normalize_line (self->url, -1) : NULL;
  g_autofree char *doi = self->doi != NULL ? annals_text_normalize_line (self->doi, -1) : NULL;
  const char *bare = doi != NULL ? strstr (doi, "10.") : NULL;
  g_autofree char *address = bare != NULL ? g_strconcat ("https://doi.org/", bare, NULL) : NULL;

  if (is_web_address (url))
    draft->url = g_steal_pointer (&url);

  if (is_web_address (address) && draft->url == NULL)
    draft->url = g_steal_pointer (&address);
  else if (is_web_address (address))
    {
      draft->aliases = g_new0 (char *, 2);
      draft->aliases[0] = g_steal_pointer (&address);
    }

  if (self->id != NULL && g_uuid_string_is_valid (self->id))
    draft->guid = annals_post_identity_for_uid (self->id);
  else if (self->id != NULL && annals_list_guid_is_worldwide (self->id))
    draft->guid = annals_text_normalize_line (self->id, -1);
}

static void
count_undated (AnnalsBibRemarks *remarks,
               const char       *title)
{
  if (remarks->undated == NULL)
    remarks->undated = g_ptr_array_new_with_free_func (g_free);
  if (remarks->undated->len < MAX_NAMED)
    g_ptr_array_add (remarks->undated, g_strdup_printf (_("“%s”"), title));
  remarks->n_undated++;
}

static void
fill_date (AnnalsBibEntry     *self,
           AnnalsFormatReader *reader,
           AnnalsBibRemarks   *remarks,
           AnnalsDraft        *draft)
{
  g_autofree char *said = self->date != NULL ? annals_text_normalize_line (self->date, -1) : g_strdup ("");
  g_autofree char *rest = self->date_rest != NULL ? annals_text_normalize_line (self->date_rest, -1) : g_strdup ("");
  g_autoptr(GError) failure = NULL;

  if (*said == '\0')
    {
      count_undated (remarks, draft->title);
      return;
    }

  draft->published = annals_date_parse_words (said, &failure);
  if (draft->published == NULL)
    annals_format_reader_take_issue (reader, ANNALS_SEVERITY_WARNING, ANNALS_ISSUE_DATE, g_strdup (draft->place),
                                     g_strdup (failure->message), draft->title);
  else if (*rest != '\0')
    annals_format_reader_take_issue (reader, ANNALS_SEVERITY_NOTE, ANNALS_ISSUE_DATE, g_strdup (draft->place),
                                     g_strdup_printf (_("“%.*s” of its date is not kept: only “%s” is understood"),
                                                      MAX_WORDS, rest, said), draft->title);
}

static void
fill_text (AnnalsBibEntry   *self,
           AnnalsBibRemarks *remarks,
           AnnalsDraft      *draft)
{
  draft->extent = ANNALS_EXTENT_EXCERPT;
  draft->is_entry = TRUE;
  draft->text = annals_list_text (self->abstract != NULL ? self->abstract : "", draft->url, &draft->markup_kind);
  draft->markup_kind = "text";
  if (annals_text_get_length (draft->text) == 0)
    *(draft->url != NULL ? &remarks->n_fillable : &remarks->n_empty) += 1;
}

static void
take_remark (AnnalsFormatReader *reader,
             AnnalsIssueCode     code,
             char               *reason,
             const char         *excerpt)
{
  annals_format_reader_take_issue (reader, ANNALS_SEVERITY_NOTE, code,
                                   g_strdup (annals_format_reader_get_name (reader)), reason, excerpt);
}

void
annals_bib_remarks_report (AnnalsBibRemarks   *self,
                           AnnalsFormatReader *reader)
{
  g_return_if_fail (self != NULL && reader != NULL);

  if (self->n_fillable > 0)
    take_remark (reader, ANNALS_ISSUE_EMPTY,
                 g_strdup_printf (ngettext ("%'u post comes without its text; an import of the page at its address fills it",
                                            "%'u posts come without their texts; an import of the pages at their "
                                            "addresses fills them", self->n_fillable), self->n_fillable), NULL);
  if (self->n_empty > 0)
    take_remark (reader, ANNALS_ISSUE_EMPTY,
                 g_strdup_printf (ngettext ("%'u post comes without a text and without an address",
                                            "%'u posts come without a text and without an address", self->n_empty),
                                  self->n_empty), NULL);
  if (self->n_undated > 0)
    {
      g_autofree char *titles = NULL;

      g_ptr_array_add (self->undated, NULL);
      titles = g_strjoinv (" ", (char **) self->undated->pdata);
      take_remark (reader, ANNALS_ISSUE_DATE,
                   g_strdup_printf (ngettext ("%'u post has no date", "%'u posts have no date", self->n_undated),
                                    self->n_undated), titles);
    }
  annals_bib_remarks_clear (self);
}

void
annals_bib_remarks_clear (AnnalsBibRemarks *self)
{
  g_clear_pointer (&self->undated, g_ptr_array_unref);
  *self = (AnnalsBibRemarks) { 0 };
}

void
annals_bib_entry_draft (AnnalsBibEntry     *self,
                        AnnalsFormatReader *reader,
                        AnnalsBibRemarks   *remarks,
                        const char         *source,
                        gsize               length)
{
  g_autoptr(AnnalsDraft) draft = annals_draft_new ();

  draft->place = annals_bib_entry_dup_place (self, reader);
  draft->kind = ANNALS_POST_POST;
  draft->markup = g_bytes_new (source, length);
  draft->title = annals_list_dup_line (self->title);
  if (draft->title == NULL)
    draft->title = g_strdup ("");
  draft->author = join_names (self->authors);
  draft->source = annals_list_dup_line (self->container);
  draft->language = self->language != NULL ? annals_list_dup_language (self->language) : NULL;
  draft->tags = dup_tags (self->keywords);
  fill_addresses (self, draft);
  if (*draft->title == '\0' && self->abstract == NULL)
    {
      g_autofree char *piece = g_strndup (source, MIN (length, 16000));
      g_autofree char *valid = g_utf8_make_valid (piece, -1);

      draft->skipped = g_strdup (_("The record has neither a title nor a text"));
      draft->code = ANNALS_ISSUE_EMPTY;
      draft->excerpt = annals_format_reader_dup_excerpt (valid);
      annals_format_reader_take_draft (reader, g_steal_pointer (&draft));
      return;
    }

  fill_text (self, remarks, draft);
  if (*draft->title == '\0')
    {
      g_free (draft->title);
      draft->title = annals_format_reader_dup_title (draft->text);
    }
  fill_date (self, reader, remarks, draft);
  annals_format_reader_take_draft (reader, g_steal_pointer (&draft));
}
