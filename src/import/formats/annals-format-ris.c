/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-format.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-bib-date.h"
#include "annals-bib-entry.h"
#include "annals-limits.h"
#include "annals-list-source.h"

/* RIS, which Zotero and other programs write: a line for each field, "TY  - ELEC" at the beginning of an entry and
 * "ER  - " at its end. A line without a tag goes on with the field before it. */

typedef struct
{
  AnnalsFormatReader *reader;
  AnnalsBibEntry    *entry;     /* (nullable): the one at hand */
  const char         *begin;     /* of it */
  char               *field;     /* its tag */
  GString            *value;
  AnnalsBibRemarks    remarks;
  char               *dates[3];  /* DA, PY, Y1: the first that is understood counts */
  guint               n;
} Ris;

/* "TY  - ": two characters, two spaces, a hyphen, and a space unless the line ends */
static gboolean
is_tagged (const char *line)
{
  return g_ascii_isupper (line[0]) && (g_ascii_isupper (line[1]) || g_ascii_isdigit (line[1])) && line[2] == ' ' &&
         line[3] == ' ' && line[4] == '-' && (line[5] == ' ' || line[5] == '\n' || line[5] == '\r' || line[5] == '\0');
}

static guint
ris_sniff (const AnnalsSniff *sniff)
{
  const char *start = sniff->text + strspn (sniff->text, " \t\r\n");

  return is_tagged (start) && g_str_has_prefix (start, "TY") ? 97 : 0;
}

static void
set_once (char       **field,
          const char  *value)
{
  if (*field == NULL && *value != '\0')
    *field = g_strdup (value);
}

static void
take_value (Ris        *self,
            const char *tag,
            const char *value)
{
  static const char * const titles[] = { "TI", "T1", "CT", NULL };
  static const char * const containers[] = { "T2", "JO", "JF", "JA", "BT", NULL };
  static const char * const authors[] = { "AU", "A1", NULL };
  static const char * const texts[] = { "AB", "N2", NULL };
  static const char * const dates[] = { "DA", "PY", "Y1", NULL };
  AnnalsBibEntry *entry = self->entry;

  if (g_strv_contains (titles, tag))
    set_once (&entry->title, value);
  else if (g_strv_contains (containers, tag))
    set_once (&entry->container, value);
  else if (g_strv_contains (authors, tag))
    g_ptr_array_add (entry->authors, annals_bib_entry_dup_name (value, FALSE));
  else if (g_strv_contains (texts, tag))
    set_once (&entry->abstract, value);
  else if (g_str_equal (tag, "UR"))
    set_once (&entry->url, value);
  else if (g_str_equal (tag, "DO"))
    set_once (&entry->doi, value);
  else if (g_str_equal (tag, "LA"))
    set_once (&entry->language, value);
  else if (g_str_equal (tag, "ID"))
    set_once (&entry->id, value);
  else if (g_str_equal (tag, "KW") && *value != '\0')
    g_ptr_array_add (entry->keywords, g_strdup (value));
  else
    for (guint i = 0; dates[i] != NULL; i++)
      if (g_str_equal (tag, dates[i]))
        set_once (&self->dates[i], value);
}

static void
end_field (Ris *self)
{
  if (self->field != NULL && self->entry != NULL)
    take_value (self, self->field, g_strstrip (self->value->str));
  g_clear_pointer (&self->field, g_free);
  g_string_truncate (self->value, 0);
}

/* The first that is understood; when none is, the first that is there, which is then complained of. */
static void
read_date (Ris *self)
{
  AnnalsBibEntry *entry = self->entry;
  gboolean is_understood = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (self->dates); i++)
    {
      g_autofree char *value = g_steal_pointer (&self->dates[i]);
      g_autofree char *rest = NULL;
      g_autofree char *said = value != NULL ? annals_bib_date_dup_ris (value, &rest) : NULL;
      g_autoptr(AnnalsDate) date = said != NULL ? annals_date_parse_words (said, NULL) : NULL;

      if (said == NULL || is_understood)
        continue;

      is_understood = date != NULL;
      if (entry->date == NULL)
        {
          entry->date = g_steal_pointer (&said);
          entry->date_rest = g_steal_pointer (&rest);
        }
      else if (is_understood)
        {
          g_free (entry->date_rest);
          entry->date_rest = g_steal_pointer (&entry->date);
          entry->date = g_steal_pointer (&said);
        }
    }
}

static void
end_entry (Ris        *self,
           const char *end)
{
  end_field (self);
  if (self->entry == NULL)
    return;

  read_date (self);
  annals_bib_entry_draft (self->entry, self->reader, &self->remarks, self->begin, (gsize) (end - self->begin));
  g_clear_pointer (&self->entry, annals_bib_entry_free);
}

static void
take_line (Ris        *self,
           const char *line,
           const char *end,
           guint       number)
{
  gsize length = (gsize) (end - line);

  if (length > 0 && line[length - 1] == '\r')
    length--;
  if (!is_tagged (line))
    {
      if (self->field != NULL)
        {
          g_string_append_c (self->value, '\n');
          g_string_append_len (self->value, line, (gssize) length);
        }
      return;
    }

  end_field (self);
  if (g_str_has_prefix (line, "TY"))
    {
      end_entry (self, line);
      self->entry = annals_bib_entry_new (++self->n, number);
      self->begin = line;
    }
  else if (g_str_has_prefix (line, "ER"))
    end_entry (self, end);
  else
    {
      self->field = g_strndup (line, 2);
      if (length > 6)
        g_string_append_len (self->value, line + 6, (gssize) (length - 6));
    }
}

static gpointer
ris_open (AnnalsFormatReader *reader)
{
  Ris *self = g_new0 (Ris, 1);

  self->reader = reader;
  self->value = g_string_new (NULL);

  return self;
}

static gboolean
ris_step (gpointer       state,
          gboolean      *at_end,
          GCancellable  *cancellable,
          GError       **error)
{
  Ris *self = state;
  g_autofree char *source = annals_format_reader_read_all (self->reader, ANNALS_LIMIT_TEXT_FILE, NULL, cancellable,
                                                           error);
  guint number = 1;

  if (source == NULL)
    return FALSE;

  for (const char *line = source; *line != '\0'; number++)
    {
      const char *end = strchr (line, '\n');

      if (end == NULL)
        end = line + strlen (line);
      take_line (self, line, end, number);
      line = *end != '\0' ? end + 1 : end;
    }
  end_entry (self, source + strlen (source));
  annals_bib_remarks_report (&self->remarks, self->reader);
  annals_list_source_report (self->reader);
  *at_end = TRUE;

  return TRUE;
}

static void
ris_close (gpointer state)
{
  Ris *self = state;

  g_clear_pointer (&self->entry, annals_bib_entry_free);
  annals_bib_remarks_clear (&self->remarks);
  for (guint i = 0; i < G_N_ELEMENTS (self->dates); i++)
    g_free (self->dates[i]);
  g_free (self->field);
  g_string_free (self->value, TRUE);
  g_free (self);
}

const AnnalsFormat annals_format_ris = {
  .id = "ris",
  .label = N_("Bibliography (RIS)"),
  .sniff = ris_sniff,
  .open = ris_open,
  .step = ris_step,
  .close = ris_close,
};
