/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-pdf-text.h"

#include <string.h>

/* Longer addresses are printed but lead nowhere: readers refuse them. */
#define URI_MAX 2000
#define SOFT_HYPHEN "\xc2\xad"

static void
run_clear (gpointer data)
{
  AnnalsPdfRun *run = data;

  g_free (run->link);
}

/* Cairo 1.16 writes an invisible character as a replacement text of its own, at which readers of
 * the document's structure drop the rest of the paragraph. */
static gboolean
is_dropped (gunichar c)
{
  return c == 0x00AD || c == 0x200B || c == 0x2060 || c == 0xFEFF;
}

static void
append_clean (GString    *target,
              const char *string)
{
  g_autofree char *valid = g_utf8_make_valid (string, -1);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_dropped (c))
        continue;

      if (c == 0x2028 || c == 0x2029)
        c = '\n';
      else if (c != '\n' && g_unichar_iscntrl (c))
        c = ' ';

      /* readers that join lines need something between their words */
      if (c == '\n' && target->len > 0 && !g_ascii_isspace (target->str[target->len - 1]))
        g_string_append_c (target, ' ');

      g_string_append_unichar (target, c);
    }
}

static void
append_run (AnnalsPdfText *self,
            const char    *string,
            AnnalsPdfLook  look,
            char          *link)   /* taken */
{
  AnnalsPdfRun run = { .start = (guint) self->string->len, .look = look, .link = link };

  append_clean (self->string, string);
  run.end = (guint) self->string->len;

  if (run.end == run.start)
    {
      g_free (link);
      return;
    }

  if (link != NULL)
    self->n_links++;
  g_array_append_val (self->runs, run);
}

/* Cairo 1.16 copies an address into the file as it is and reads its attributes up to a quote: so
 * every byte that means something to either is written as %XX. */
static char *
link_from_uri (const char *uri)
{
  static const char safe[] = "-._~:/?#[]@!$&*+,;=%";
  g_autoptr(GUri) parsed = NULL;
  const char *scheme;
  GString *link;

  if (uri == NULL || strlen (uri) > URI_MAX)
    return NULL;

  parsed = g_uri_parse (uri, G_URI_FLAGS_PARSE_RELAXED | G_URI_FLAGS_ENCODED, NULL);
  if (parsed == NULL)
    return NULL;

  scheme = g_uri_get_scheme (parsed);
  if ((g_ascii_strcasecmp (scheme, "http") != 0 && g_ascii_strcasecmp (scheme, "https") != 0) ||
      g_uri_get_host (parsed) == NULL || *g_uri_get_host (parsed) == '\0')
    return NULL;

  link = g_string_new ("uri='");
  for (const char *p = uri; *p != '\0'; p++)
    {
      if (g_ascii_isalnum (*p) || strchr (safe, *p) != NULL)
        g_string_append_c (link, *p);
      else
        g_string_append_printf (link, "%%%02X", (guchar) *p);
    }
  g_string_append_c (link, '\'');

  return g_string_free (link, FALSE);
}

AnnalsPdfText *
annals_pdf_text_new (void)
{
  AnnalsPdfText *self = g_new0 (AnnalsPdfText, 1);

  self->string = g_string_new (NULL);
  self->runs = g_array_new (FALSE, FALSE, sizeof (AnnalsPdfRun));
  g_array_set_clear_func (self->runs, run_clear);

  return self;
}

void
annals_pdf_text_free (AnnalsPdfText *self)
{
  if (self == NULL)
    return;

  g_string_free (self->string, TRUE);
  g_array_unref (self->runs);
  g_free (self);
}

void
annals_pdf_text_append (AnnalsPdfText *self,
                        const char    *string,
                        AnnalsPdfLook  look)
{
  append_run (self, string, look, NULL);
}

void
annals_pdf_text_append_dest (AnnalsPdfText *self,
                             const char    *string,
                             AnnalsPdfLook  look,
                             const char    *dest)
{
  append_run (self, string, look, g_strdup_printf ("dest='%s'", dest));
}

void
annals_pdf_text_append_uri (AnnalsPdfText *self,
                            const char    *string,
                            AnnalsPdfLook  look,
                            const char    *uri)
{
  append_run (self, string, look, link_from_uri (uri));
}

void
annals_pdf_text_append_text (AnnalsPdfText       *self,
                             const AnnalsPdfText *other)
{
  for (guint i = 0; i < other->runs->len; i++)
    {
      const AnnalsPdfRun *run = &g_array_index (other->runs, AnnalsPdfRun, i);
      g_autofree char *piece = g_strndup (other->string->str + run->start, run->end - run->start);

      append_run (self, piece, run->look, g_strdup (run->link));
    }
}

AnnalsPdfText *
annals_pdf_text_dup_hyphenated (const AnnalsPdfText *self,
                                GArray              *places)
{
  AnnalsPdfText *hyphenated = annals_pdf_text_new ();
  guint next = 0;

  hyphenated->n_links = self->n_links;
  for (guint i = 0; i < self->runs->len; i++)
    {
      AnnalsPdfRun run = g_array_index (self->runs, AnnalsPdfRun, i);
      guint start = run.start;
      guint end = run.end;

      run.start = (guint) hyphenated->string->len;
      run.link = g_strdup (run.link);
      for (; next < places->len && g_array_index (places, guint, next) < end; next++)
        {
          guint place = g_array_index (places, guint, next);

          g_string_append_len (hyphenated->string, self->string->str + start, place - start);
          g_string_append (hyphenated->string, SOFT_HYPHEN);
          start = place;
        }
      g_string_append_len (hyphenated->string, self->string->str + start, end - start);
      run.end = (guint) hyphenated->string->len;
      g_array_append_val (hyphenated->runs, run);
    }

  return hyphenated;
}

const AnnalsPdfRun *
annals_pdf_text_get_run (const AnnalsPdfText *self,
                         guint                offset)
{
  guint low = 0;
  guint high = self->runs->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const AnnalsPdfRun *run = &g_array_index (self->runs, AnnalsPdfRun, middle);

      if (offset < run->start)
        high = middle;
      else if (offset >= run->end)
        low = middle + 1;
      else
        return run;
    }

  return NULL;
}
