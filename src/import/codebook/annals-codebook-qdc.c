/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <libxml/xmlreader.h>
#include <string.h>

#include "annals-codebook-private.h"
#include "annals-limits.h"
#include "annals-text.h"
#include "annals-xml.h"

/* REFI-QDA codebook 1.0 (qdasoftware.org): CodeBook, Codes, Code with guid, name, isCodable and color, in it
 * a Description and more of Code. Older drafts have another number at the end of the namespace. */
#define NAMESPACE "urn:QDA-XML:codebook:"

typedef struct
{
  AnnalsCodebook *codebook;
  xmlTextReader  *xml;
  const char     *name;       /* of the file */
  GArray         *above;      /* numbers of the codes that are open (int) */
  GString        *description;   /* (nullable): while one is open */
  guint           n_sets;
  gboolean        has_root;
  gboolean        in_sets;
  char           *complaint;  /* libxml2's first */
  int             line;
} Reading;

static void
xml_error_cb (void           *user_data,
#if LIBXML_VERSION >= 21200
              const xmlError *problem)
#else
              xmlError       *problem)
#endif
{
  Reading *self = user_data;

  if (self->complaint != NULL || problem->level < XML_ERR_ERROR)
    return;

  self->complaint = g_utf8_make_valid (problem->message != NULL ? problem->message : "", -1);
  g_strchomp (self->complaint);
  self->line = problem->line;
}

static gboolean
fail (Reading     *self,
      const char  *why,
      GError     **error)
{
  g_set_error (error, ANNALS_CODEBOOK_ERROR, ANNALS_CODEBOOK_ERROR_FORMAT, "“%s”: %s", self->name, why);
  return FALSE;
}

static char *
dup_attribute (Reading    *self,
               const char *name)
{
  xmlChar *value = xmlTextReaderGetAttribute (self->xml, BAD_CAST name);
  char *copy = g_strdup (value != NULL ? (const char *) value : "");

  xmlFree (value);

  return copy;
}

/* The nearest code above that a tag may be below. */
static int
get_parent (Reading *self)
{
  guint depth = self->above->len;

  if (depth == 0)
    return ANNALS_CODE_TOP;

  return g_array_index (self->above, int, MIN (depth, ANNALS_TAG_MAX_DEPTH - 1) - 1);
}

static gboolean
begin_code (Reading  *self,
            GError  **error)
{
  g_autofree char *given = dup_attribute (self, "name");
  g_autofree char *name = annals_text_normalize_line (given, -1);
  g_autofree char *guid = dup_attribute (self, "guid");
  g_autofree char *color = dup_attribute (self, "color");
  gboolean empty = xmlTextReaderIsEmptyElement (self->xml) == 1;
  AnnalsCode *code;
  int number;

  if (self->above->len == ANNALS_TAG_MAX_DEPTH)
    annals_codebook_remark (self->codebook, _("“%s” stands more than %d deep and is placed higher"), name,
                            ANNALS_TAG_MAX_DEPTH);
  if (*name == '\0')
    {
      annals_codebook_remark (self->codebook, _("Line %d: a code without a name"),
                              xmlTextReaderGetParserLineNumber (self->xml));
      g_free (name);
      name = g_strdup (_("Untitled"));
    }

  if (!(code = annals_codebook_add (self->codebook, g_steal_pointer (&name), error)))
    return FALSE;

  code->uid = annals_codebook_dup_uid (self->codebook, guid);
  code->colour = annals_codebook_dup_colour (self->codebook, color);
  code->parent = get_parent (self);
  number = (int) self->codebook->codes->len - 1;
  if (!empty)
    g_array_append_val (self->above, number);

  return TRUE;
}

static void
end_description (Reading *self)
{
  AnnalsCode *code;

  if (self->above->len > 0)
    {
      code = self->codebook->codes->pdata[g_array_index (self->above, int, self->above->len - 1)];
      if (code->description == NULL && *g_strstrip (self->description->str) != '\0')
        code->description = g_strdup (self->description->str);
    }
  g_string_free (g_steal_pointer (&self->description), TRUE);
}

static gboolean
begin_element (Reading  *self,
               GError  **error)
{
  const char *uri = (const char *) xmlTextReaderConstNamespaceUri (self->xml);
  const char *local = (const char *) xmlTextReaderConstLocalName (self->xml);

  if (!self->has_root)
    {
      if (g_strcmp0 (local, "CodeBook") != 0 || uri == NULL || !g_str_has_prefix (uri, NAMESPACE))
        return fail (self, _("it is XML, but no REFI-QDA codebook"), error);
      self->has_root = TRUE;
    }

  if (xmlTextReaderDepth (self->xml) > ANNALS_LIMIT_CODE_DEPTH)
    return fail (self, _("it is nested too deep for a codebook"), error);

  if (g_strcmp0 (local, "Code") == 0 && !self->in_sets)
    return begin_code (self, error);

  if (g_strcmp0 (local, "Description") == 0 && !self->in_sets && self->description == NULL &&
      xmlTextReaderIsEmptyElement (self->xml) == 0)
    self->description = g_string_new (NULL);
  else if (g_strcmp0 (local, "Sets") == 0)
    self->in_sets = xmlTextReaderIsEmptyElement (self->xml) == 0;
  else if (g_strcmp0 (local, "Set") == 0)
    self->n_sets++;

  return TRUE;
}

static void
end_element (Reading *self)
{
  const char *local = (const char *) xmlTextReaderConstLocalName (self->xml);

  if (g_strcmp0 (local, "Code") == 0 && !self->in_sets && self->above->len > 0)
    g_array_set_size (self->above, self->above->len - 1);
  else if (g_strcmp0 (local, "Description") == 0 && self->description != NULL)
    end_description (self);
  else if (g_strcmp0 (local, "Sets") == 0)
    self->in_sets = FALSE;
}

static gboolean
read_node (Reading  *self,
           GError  **error)
{
  switch (xmlTextReaderNodeType (self->xml))
    {
    case XML_READER_TYPE_DOCUMENT_TYPE:
      /* It could name files and blow up entities; no codebook has one. */
      return fail (self, _("it has a document type, which a codebook has not"), error);

    case XML_READER_TYPE_ELEMENT:
      return begin_element (self, error);

    case XML_READER_TYPE_END_ELEMENT:
      end_element (self);
      break;

    case XML_READER_TYPE_TEXT:
    case XML_READER_TYPE_CDATA:
    case XML_READER_TYPE_WHITESPACE:
    case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
      if (self->description != NULL)
        g_string_append (self->description, (const char *) xmlTextReaderConstValue (self->xml));
      break;

    default:
      break;
    }

  return TRUE;
}

static gboolean
read_document (Reading  *self,
               GError  **error)
{
  g_autofree char *why = NULL;
  int result;

  while ((result = xmlTextReaderRead (self->xml)) == 1)
    if (!read_node (self, error))
      return FALSE;

  if (result == 0 && self->complaint == NULL && self->has_root)
    return TRUE;

  why = g_strdup_printf (_("line %d is no XML: %s"), MAX (self->line, 1),
                         self->complaint != NULL ? self->complaint : _("the file ends too soon"));
  return fail (self, why, error);
}

AnnalsCodebook *
annals_codebook_parse_qdc (const char  *bytes,
                           gsize        size,
                           const char  *name,
                           GError     **error)
{
  g_autoptr(AnnalsCodebook) codebook = annals_codebook_new ();
  Reading reading = { .codebook = codebook, .name = name };
  gboolean ok;

  annals_xml_init ();
  reading.xml = xmlReaderForMemory (bytes, (int) size, NULL, NULL, XML_PARSE_NONET | XML_PARSE_COMPACT);
  if (reading.xml == NULL)
    {
      fail (&reading, _("it cannot be read as XML"), error);
      return NULL;
    }

  reading.above = g_array_new (FALSE, FALSE, sizeof (int));
  xmlTextReaderSetStructuredErrorHandler (reading.xml, (xmlStructuredErrorFunc) xml_error_cb, &reading);
  ok = read_document (&reading, error);
  if (ok && reading.n_sets > 0)
    annals_codebook_remark (codebook, ngettext ("%u set of codes is left out", "%u sets of codes are left out",
                                                reading.n_sets), reading.n_sets);
  xmlFreeTextReader (reading.xml);
  g_array_unref (reading.above);
  g_free (reading.complaint);
  if (reading.description != NULL)
    g_string_free (reading.description, TRUE);

  return ok ? g_steal_pointer (&codebook) : NULL;
}
