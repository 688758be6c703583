/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-pdf-amend.h"

#include <string.h>

#define ENTRY_SIZE 20     /* of an object in the table of objects */
#define ELEMENT_HEAD "<< /Type /StructElem\n   /S /"

/* What is to be said of the element that is the @nth of its tag. */
typedef struct
{
  char     *words;
  char     *language;
  gboolean  replaces;    /* the words are what stands there, not a description */
  gboolean  names_row;
} Wish;

struct _AnnalsPdfAmend
{
  GHashTable *counts;       /* tag → elements begun */
  GHashTable *wishes;       /* "TAG N" → Wish */
  char       *title;
  char       *author;
  char       *subject;
  char       *time;
  char       *language;
  gboolean    collects;
  gsize       n_passed;     /* bytes */
  gsize       tail_start;   /* of the first byte in @tail */
  GString    *tail;
};

/* What is known of the finished document. */
typedef struct
{
  gsize       xref;          /* of the table of objects */
  guint       n_objects;
  const char *entries;
  guint       root;
  guint       info;
} Trailer;

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_free (wish->words);
  g_free (wish->language);
  g_free (wish);
}

/* Whether it may stand in the file as it is: BCP 47. */
static gboolean
is_language (const char *language)
{
  return language != NULL && *language != '\0' && strlen (language) < 36 &&
         strspn (language, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == strlen (language);
}

static char *
make_key (const char *tag,
          guint       n)
{
  return g_strdup_printf ("%s %u", tag, n);
}

AnnalsPdfAmend *
annals_pdf_amend_new (const char *language)
{
  AnnalsPdfAmend *self = g_new0 (AnnalsPdfAmend, 1);

  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->wishes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, wish_free);
  self->language = g_strdup (is_language (language) ? language : "en");
  self->tail = g_string_new (NULL);

  return self;
}

void
annals_pdf_amend_free (AnnalsPdfAmend *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->counts);
  g_hash_table_unref (self->wishes);
  g_string_free (self->tail, TRUE);
  g_free (self->title);
  g_free (self->author);
  g_free (self->subject);
  g_free (self->time);
  g_free (self->language);
  g_free (self);
}

void
annals_pdf_amend_set_metadata (AnnalsPdfAmend *self,
                               const char     *title,
                               const char     *author,
                               const char     *subject,
                               const char     *time)
{
  g_free (self->title);
  g_free (self->author);
  g_free (self->subject);
  g_free (self->time);
  self->title = g_strdup (title);
  self->author = g_strdup (author);
  self->subject = g_strdup (subject);
  self->time = g_strdup (time);
}

void
annals_pdf_amend_count (AnnalsPdfAmend *self,
                        const char     *tag,
                        const char     *words,
                        const char     *language)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, tag)) + 1;
  gboolean is_other = is_language (language) && g_ascii_strcasecmp (language, self->language) != 0;
  gboolean names_row = g_str_equal (tag, "TH");   /* all tables have them at the left */
  Wish *wish;

  g_hash_table_replace (self->counts, g_strdup (tag), GUINT_TO_POINTER (n));
  if (words == NULL && !is_other && !names_row)
    return;

  wish = g_new0 (Wish, 1);
  wish->words = g_strdup (words);
  wish->language = is_other ? g_strdup (language) : NULL;
  wish->replaces = g_str_equal (tag, "Span");
  wish->names_row = names_row;
  g_hash_table_insert (self->wishes, make_key (tag, n), wish);
}

void
annals_pdf_amend_pass (AnnalsPdfAmend *self,
                       const guint8   *data,
                       gsize           length)
{
  self->n_passed += length;
  if (self->collects)
    g_string_append_len (self->tail, (const char *) data, (gssize) length);
}

void
annals_pdf_amend_begin (AnnalsPdfAmend *self)
{
  self->collects = TRUE;
  self->tail_start = self->n_passed;
}

/* --- reading what Cairo wrote --- */

static gboolean
read_reference (const char *trailer,
                const char *name,
                guint      *number)
{
  const char *found = strstr (trailer, name);

  return found != NULL && (*number = (guint) g_ascii_strtoull (found + strlen (name), NULL, 10)) > 0;
}

/* The last time that @words stand in the tail, which holds NUL bytes; NULL: nowhere. */
static const char *
find_last (AnnalsPdfAmend *self,
           const char     *words)
{
  gsize length = strlen (words);

  for (gsize i = self->tail->len; i >= length; i--)
    if (memcmp (self->tail->str + i - length, words, length) == 0)
      return self->tail->str + i - length;

  return NULL;
}

static gboolean
read_trailer (AnnalsPdfAmend *self,
              Trailer        *trailer)
{
  const char *start = find_last (self, "startxref\n");
  const char *words = find_last (self, "trailer\n");
  const char *table;
  char *end;

  if (start == NULL || words == NULL)
    return FALSE;

  trailer->xref = (gsize) g_ascii_strtoull (start + strlen ("startxref\n"), NULL, 10);
  if (trailer->xref < self->tail_start || trailer->xref - self->tail_start >= self->tail->len)
    return FALSE;

  table = self->tail->str + (trailer->xref - self->tail_start);
  if (!g_str_has_prefix (table, "xref\n0 "))
    return FALSE;

  trailer->n_objects = (guint) g_ascii_strtoull (table + strlen ("xref\n0 "), &end, 10);
  trailer->entries = end + 1;

  return trailer->entries + (gsize) trailer->n_objects * ENTRY_SIZE <= words &&
         read_reference (words, "/Root ", &trailer->root) && read_reference (words, "/Info ", &trailer->info) &&
         trailer->root < trailer->n_objects;
}

/* What stands between "<<" and the last ">>" of an object, the first included. NULL: not a dictionary that was
 * written at the end. */
static char *
dup_dictionary (AnnalsPdfAmend *self,
                const Trailer  *trailer,
                guint           number)
{
  gsize offset = (gsize) g_ascii_strtoull (trailer->entries + (gsize) number * ENTRY_SIZE, NULL, 10);
  g_autofree char *head = g_strdup_printf ("%u 0 obj\n", number);
  const char *object;
  const char *end;

  if (offset < self->tail_start || offset - self->tail_start >= self->tail->len)
    return NULL;

  object = self->tail->str + (offset - self->tail_start);
  if (!g_str_has_prefix (object, head) || !g_str_has_prefix (object + strlen (head), "<<"))
    return NULL;

  object += strlen (head);
  end = strstr (object, "\n>>\nendobj");

  return end != NULL ? g_strndup (object, (gsize) (end - object)) : NULL;
}

/* --- writing --- */

/* Its place among the new objects. */
typedef struct
{
  guint number;
  gsize offset;
} Place;

static void
begin_object (AnnalsPdfAmend *self,
              GString        *out,
              GArray         *places,
              guint           number)
{
  Place place = { number, self->n_passed + out->len };

  g_array_append_val (places, place);
  g_string_append_printf (out, "%u 0 obj\n", number);
}

/* A text string in UTF-16. */
static void
append_string (GString    *out,
               const char *text)
{
  g_autofree gunichar2 *units = NULL;
  glong length = 0;

  units = g_utf8_to_utf16 (text, -1, NULL, &length, NULL);
  g_string_append (out, "<FEFF");
  for (glong i = 0; i < length; i++)
    g_string_append_printf (out, "%04X", units[i]);
  g_string_append (out, ">");
}

static void
append_element (AnnalsPdfAmend *self,
                GString        *out,
                GArray         *places,
                guint           number,
                const char     *dictionary,
                const Wish     *wish)
{
  begin_object (self, out, places, number);
  g_string_append (out, dictionary);
  if (wish->language != NULL)
    g_string_append_printf (out, "\n   /Lang (%s)", wish->language);
  if (wish->names_row)
    g_string_append (out, "\n   /A << /O /Table /Scope /Row >>");
  if (wish->words != NULL)
    {
      g_string_append (out, wish->replaces ? "\n   /ActualText " : "\n   /Alt ");
      append_string (out, wish->words);
    }
  g_string_append (out, "\n>>\nendobj\n");
}

/* Cairo numbers the elements as they begin. */
static void
append_elements (AnnalsPdfAmend *self,
                 GString        *out,
                 GArray         *places,
                 const Trailer  *trailer)
{
  g_autoptr(GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 1; i < trailer->n_objects && g_hash_table_size (self->wishes) > 0; i++)
    {
      g_autofree char *dictionary = dup_dictionary (self, trailer, i);
      g_autofree char *tag = NULL;
      g_autofree char *key = NULL;
      const char *name;
      const Wish *wish;
      guint n;

      if (dictionary == NULL || !g_str_has_prefix (dictionary, ELEMENT_HEAD))
        continue;

      name = dictionary + strlen (ELEMENT_HEAD);
      tag = g_strndup (name, strcspn (name, "\n"));
      n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, tag)) + 1;
      g_hash_table_replace (counts, g_strdup (tag), GUINT_TO_POINTER (n));

      key = make_key (tag, n);
      if ((wish = g_hash_table_lookup (self->wishes, key)) != NULL)
        append_element (self, out, places, i, dictionary, wish);
    }
}

static char *
make_xmp (AnnalsPdfAmend *self)
{
  g_autofree char *title = g_markup_escape_text (self->title, -1);
  g_autofree char *subject = g_markup_escape_text (self->subject, -1);
  g_autofree char *name = g_markup_escape_text (self->author, -1);
  g_autofree char *author = NULL;

  if (*name != '\0')
    author = g_strdup_printf ("  <dc:creator><rdf:Seq><rdf:li>%s</rdf:li></rdf:Seq></dc:creator>\n", name);

  return g_strdup_printf (
    "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
    " <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
    "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">\n"
    "  <dc:format>application/pdf</dc:format>\n"
    "  <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">%s</rdf:li></rdf:Alt></dc:title>\n"
    "  <dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">%s</rdf:li></rdf:Alt></dc:description>\n%s"
    "  <dc:language><rdf:Bag><rdf:li>%s</rdf:li></rdf:Bag></dc:language>\n"
    "  <xmp:CreatorTool>Annals " ANNALS_VERSION "</xmp:CreatorTool>\n"
    "  <xmp:CreateDate>%s</xmp:CreateDate>\n  <xmp:ModifyDate>%s</xmp:ModifyDate>\n"
    " </rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>\n",
    title, subject, author != NULL ? author : "", self->language, self->time, self->time);
}

static void
append_catalogue (AnnalsPdfAmend *self,
                  GString        *out,
                  GArray         *places,
                  const Trailer  *trailer,
                  const char     *dictionary)
{
  begin_object (self, out, places, trailer->root);
  g_string_append_printf (out, "%s\n   /Lang (%s)\n   /ViewerPreferences << /DisplayDocTitle true >>", dictionary,
                          self->language);
  if (self->title != NULL)
    g_string_append_printf (out, "\n   /Metadata %u 0 R", trailer->n_objects);
  g_string_append (out, "\n>>\nendobj\n");

  if (self->title != NULL)
    {
      g_autofree char *xmp = make_xmp (self);

      begin_object (self, out, places, trailer->n_objects);
      g_string_append_printf (out, "<< /Type /Metadata\n   /Subtype /XML\n   /Length %" G_GSIZE_FORMAT "\n>>\n"
                              "stream\n%s\nendstream\nendobj\n", strlen (xmp), xmp);
    }
}

static void
append_table (AnnalsPdfAmend *self,
              GString        *out,
              GArray         *places,
              const Trailer  *trailer)
{
  gsize start = self->n_passed + out->len;

  g_string_append (out, "xref\n");
  for (guint i = 0; i < places->len; i++)
    {
      const Place *place = &g_array_index (places, Place, i);

      g_string_append_printf (out, "%u 1\n%010" G_GSIZE_FORMAT " 00000 n \n", place->number, place->offset);
    }
  g_string_append_printf (out, "trailer\n<< /Size %u\n   /Root %u 0 R\n   /Info %u 0 R\n   /Prev %" G_GSIZE_FORMAT
                          "\n>>\nstartxref\n%" G_GSIZE_FORMAT "\n%%%%EOF\n", trailer->n_objects + 1, trailer->root,
                          trailer->info, trailer->xref, start);
}

GString *
annals_pdf_amend_finish (AnnalsPdfAmend *self)
{
  g_autoptr(GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));
  g_autofree char *catalogue = NULL;
  Trailer trailer = { 0 };
  GString *out;

  if (!read_trailer (self, &trailer) || !(catalogue = dup_dictionary (self, &trailer, trailer.root)))
    return NULL;

  out = g_string_new (NULL);
  if (self->tail->str[self->tail->len - 1] != '\n')
    g_string_append_c (out, '\n');
  append_elements (self, out, places, &trailer);
  append_catalogue (self, out, places, &trailer, catalogue);
  append_table (self, out, places, &trailer);

  return out;
}
