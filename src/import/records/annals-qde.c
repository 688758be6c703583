/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-qde-private.h"

#include <glib/gi18n-lib.h>
#include <libxml/parser.h>
#include <string.h>

#include "annals-codebook-private.h"
#include "annals-foreign-records.h"
#include "annals-importer.h"
#include "annals-palette.h"
#include "annals-xml.h"

#define NAMESPACE "urn:QDA-XML:project:"

/* --- of elements --- */

gboolean
annals_qde_is (xmlNode    *node,
               const char *name)
{
  return node->type == XML_ELEMENT_NODE && strcmp ((const char *) node->name, name) == 0;
}

xmlNode *
annals_qde_child (xmlNode    *node,
                  const char *name)
{
  for (xmlNode *child = node != NULL ? node->children : NULL; child != NULL; child = child->next)
    if (annals_qde_is (child, name))
      return child;

  return NULL;
}

char *
annals_qde_dup_attribute (xmlNode    *node,
                          const char *name)
{
  xmlChar *value = xmlGetNoNsProp (node, BAD_CAST name);
  char *copy = g_strdup (value != NULL ? (const char *) value : "");

  xmlFree (value);

  return copy;
}

char *
annals_qde_dup_guid (xmlNode    *node,
                     const char *name)
{
  g_autofree char *value = annals_qde_dup_attribute (node, name);

  return annals_records_dup_uid (value);
}

char *
annals_qde_dup_content (xmlNode *node)
{
  xmlChar *content = node != NULL ? xmlNodeGetContent (node) : NULL;
  char *copy = g_strdup (content != NULL ? (const char *) content : "");

  xmlFree (content);

  return copy;
}

char *
annals_qde_dup_place (AnnalsQde *self,
                      xmlNode   *node)
{
  return g_strdup_printf (_("%s, line %ld"), self->records->name, xmlGetLineNo (node));
}

void
annals_qde_read_author (AnnalsQde  *self,
                        xmlNode    *node,
                        char      **author,
                        gint64     *created,
                        gint64     *modified)
{
  g_autofree char *user = annals_qde_dup_guid (node, "creatingUser");
  g_autofree char *made = annals_qde_dup_attribute (node, "creationDateTime");
  g_autofree char *changed = annals_qde_dup_attribute (node, "modifiedDateTime");

  *author = g_strdup (user != NULL ? g_hash_table_lookup (self->users, user) : NULL);
  *created = annals_records_read_time (made);
  *modified = annals_records_read_time (changed);
}

char *
annals_qde_dup_note_words (AnnalsQde *self,
                           xmlNode   *node)
{
  GString *words = g_string_new (NULL);

  for (xmlNode *child = node->children; child != NULL; child = child->next)
    {
      g_autofree char *uid = annals_qde_is (child, "NoteRef") ? annals_qde_dup_guid (child, "targetGUID") : NULL;
      AnnalsQdeNote *note = uid != NULL ? g_hash_table_lookup (self->notes, uid) : NULL;

      if (note == NULL)
        continue;
      note->used = TRUE;
      if (*note->text != '\0')
        g_string_append_printf (words, "%s%s", words->len > 0 ? "\n\n" : "", note->text);
    }

  return g_string_free (words, FALSE);
}

/* --- users, codes, variables, notes --- */

static void
read_users (AnnalsQde *self,
            xmlNode   *users)
{
  for (xmlNode *node = users != NULL ? users->children : NULL; node != NULL; node = node->next)
    {
      char *uid = annals_qde_is (node, "User") ? annals_qde_dup_guid (node, "guid") : NULL;
      g_autofree char *name = NULL;

      if (uid == NULL)
        continue;
      name = annals_qde_dup_attribute (node, "name");
      g_hash_table_replace (self->users, uid, annals_text_normalize_line (name, -1));
    }
}

static void
code_free (gpointer data)
{
  AnnalsQdeCode *self = data;

  g_free (self->colour);
  g_free (self);
}

/* A colour of highlights that went out as a code. */
static char *
dup_own_colour (const char *uid)
{
  guint n;
  const AnnalsColour *palette = annals_palette_get (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *own = annals_foreign_dup_uid ("colour", palette[i].name);

      if (g_str_equal (own, uid))
        return g_strdup (palette[i].name);
    }

  return NULL;
}

static gboolean read_codes (AnnalsQde *self, xmlNode *codes, int parent, guint depth, GError **error);

static gboolean
read_code (AnnalsQde  *self,
           xmlNode    *node,
           int         parent,
           guint       depth,
           GError    **error)
{
  g_autofree char *given = annals_qde_dup_attribute (node, "name");
  g_autofree char *color = annals_qde_dup_attribute (node, "color");
  g_autofree char *description = annals_qde_dup_content (annals_qde_child (node, "Description"));
  g_autofree char *uid = annals_qde_dup_guid (node, "guid");
  g_autofree char *own_colour = uid != NULL ? dup_own_colour (uid) : NULL;
  g_autofree char *group = annals_foreign_dup_uid ("codes", "highlights");
  AnnalsQdeCode *entry = g_new0 (AnnalsQdeCode, 1);
  int number = -1;

  if (own_colour == NULL && g_strcmp0 (uid, group) != 0)
    {
      char *name = annals_text_normalize_line (given, -1);
      AnnalsCode *code = annals_codebook_add (self->records->codebook, *name != '\0' ? name : g_strdup (_("Untitled")),
                                              error);

      if (*name == '\0')
        g_free (name);
      if (code == NULL)
        {
          code_free (entry);
          return FALSE;
        }
      number = (int) self->records->codebook->codes->len - 1;
      code->uid = g_strdup (uid);
      code->colour = annals_codebook_dup_colour (self->records->codebook, color);
      code->parent = parent;
      code->description = *g_strstrip (description) != '\0' ? g_steal_pointer (&description) : NULL;
    }

  entry->number = number;
  entry->colour = g_steal_pointer (&own_colour);
  if (uid != NULL)
    g_hash_table_replace (self->codes, g_steal_pointer (&uid), entry);
  else
    code_free (entry);

  return read_codes (self, node, depth + 1 < ANNALS_TAG_MAX_DEPTH ? (number >= 0 ? number : parent) : parent,
                     depth + 1, error);
}

/* @node: Codes, or a Code. libxml2 goes no deeper than 256. */
static gboolean
read_codes (AnnalsQde  *self,
            xmlNode    *codes,
            int         parent,
            guint       depth,
            GError    **error)
{
  for (xmlNode *node = codes != NULL ? codes->children : NULL; node != NULL; node = node->next)
    if (annals_qde_is (node, "Code") && !read_code (self, node, parent, depth, error))
      return FALSE;

  return TRUE;
}

static const char *
know_variable (const char *name)
{
  static const struct
  {
    const char *name;
    const char *meaning;
  } known[] = {
    { "url", "URL" }, { "address", "URL" }, { "link", "URL" }, { "author", "Author" }, { "published", "Published" },
    { "date", "Published" }, { "source", "Source" }, { "publication", "Source" }, { "language", "Language" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_ascii_strcasecmp (name, known[i].name) == 0)
      return known[i].meaning;

  return NULL;
}

static void
read_variables (AnnalsQde *self,
                xmlNode   *variables)
{
  for (xmlNode *node = variables != NULL ? variables->children : NULL; node != NULL; node = node->next)
    {
      g_autofree char *uid = annals_qde_is (node, "Variable") ? annals_qde_dup_guid (node, "guid") : NULL;
      g_autofree char *name = uid != NULL ? annals_qde_dup_attribute (node, "name") : NULL;
      const char *meaning = name != NULL ? know_variable (g_strstrip (name)) : NULL;

      if (meaning == NULL && uid != NULL)
        g_hash_table_replace (self->other_variables, g_steal_pointer (&uid), annals_text_normalize_line (name, -1));
      if (meaning != NULL)
        g_hash_table_replace (self->variables, g_steal_pointer (&uid), (gpointer) meaning);
    }
}

static void
note_free (gpointer data)
{
  AnnalsQdeNote *self = data;

  g_free (self->title);
  g_free (self->text);
  g_free (self);
}

/* A note may have passages of its own, and a text that is not there. */
static void
tell_note (AnnalsQde           *self,
           const AnnalsQdeNote *note,
           gboolean             has_text)
{
  g_autofree char *place = annals_qde_dup_place (self, note->node);
  g_autofree char *path = annals_qde_dup_attribute (note->node, "plainTextPath");
  g_autofree char *rich = annals_qde_dup_attribute (note->node, "richTextPath");

  if (!has_text && (*path != '\0' || *rich != '\0'))
    annals_records_take_issue (self->records, ANNALS_SEVERITY_WARNING, ANNALS_ISSUE_EMPTY, place,
                               g_strdup (_("The text of the note is not in the project")), note->title);
  if (annals_qde_child (note->node, "PlainTextSelection") != NULL)
    annals_records_take_issue (self->records, ANNALS_SEVERITY_WARNING, ANNALS_ISSUE_OTHER, place,
                               g_strdup (_("What is marked in the note was left out: notes have no passages")),
                               note->title);
}

static void
read_notes (AnnalsQde *self,
            xmlNode   *notes)
{
  for (xmlNode *node = notes != NULL ? notes->children : NULL; node != NULL; node = node->next)
    {
      char *uid = annals_qde_is (node, "Note") ? annals_qde_dup_guid (node, "guid") : NULL;
      g_autofree char *name = NULL;
      g_autofree char *text = NULL;
      AnnalsQdeNote *note;

      if (uid == NULL || g_hash_table_contains (self->notes, uid))
        {
          g_free (uid);
          continue;
        }

      name = annals_qde_dup_attribute (node, "name");
      text = annals_qde_dup_text (self, node);
      note = g_new0 (AnnalsQdeNote, 1);
      note->uid = uid;
      note->title = annals_text_normalize_line (name, -1);
      note->text = g_strstrip (g_strdup (text != NULL ? text : ""));
      note->node = node;
      g_hash_table_insert (self->notes, uid, note);
      g_ptr_array_add (self->note_order, note);
      tell_note (self, note, text != NULL);
    }
}

/* --- what comes last --- */

static void
read_links (AnnalsQde *self,
            xmlNode   *links)
{
  for (xmlNode *node = links != NULL ? links->children : NULL; node != NULL; node = node->next)
    {
      g_autofree char *from = annals_qde_is (node, "Link") ? annals_qde_dup_guid (node, "originGUID") : NULL;
      g_autofree char *to = from != NULL ? annals_qde_dup_guid (node, "targetGUID") : NULL;
      g_autofree char *name = NULL;
      AnnalsRecordLink *link;

      if (!annals_qde_is (node, "Link"))
        continue;
      name = annals_qde_dup_attribute (node, "name");
      if (to == NULL || !g_hash_table_contains (self->ends, from) || !g_hash_table_contains (self->ends, to))
        {
          g_autofree char *place = annals_qde_dup_place (self, node);

          annals_records_take_skipped (self->records, ANNALS_ISSUE_OTHER, place,
                                       g_strdup (_("The link is not one between two sources or passages")), name);
          continue;
        }

      if (annals_records_is_full (self->records, self->records->links))
        continue;

      link = annals_records_add_link (self->records, annals_qde_dup_place (self, node));
      link->uid = annals_qde_dup_guid (node, "guid");
      link->from = g_steal_pointer (&from);
      link->to = g_steal_pointer (&to);
      link->note = annals_qde_dup_note_words (self, node);
      if (!annals_relation_from_string (name, &link->relation) && *name != '\0' && *link->note == '\0')
        {
          g_free (link->note);
          link->note = annals_text_normalize_line (name, -1);
        }
    }
}

/* Notes that no passage, source or link has are memos. */
static void
take_memos (AnnalsQde *self)
{
  for (guint i = 0; i < self->note_order->len; i++)
    {
      const AnnalsQdeNote *note = self->note_order->pdata[i];
      AnnalsRecordMemo *memo;

      if (note->used || (*note->text == '\0' && *note->title == '\0') ||
          annals_records_is_full (self->records, self->records->memos))
        continue;

      memo = annals_records_add_memo (self->records, annals_qde_dup_place (self, note->node));
      memo->uid = g_strdup (note->uid);
      memo->title = g_strdup (*note->title != '\0' ? note->title : _("Untitled"));
      memo->text = g_strdup (note->text);
      annals_qde_read_author (self, note->node, &memo->author, &memo->created, &memo->modified);
      if (annals_qde_child (note->node, "Coding") != NULL)
        annals_records_take_issue (self->records, ANNALS_SEVERITY_NOTE, ANNALS_ISSUE_OTHER, memo->place,
                                   g_strdup (_("The codes of the memo were left out: memos have no tags")), memo->title);
    }
}

/* What the project says of itself. */
static void
take_description (AnnalsQde *self,
                  xmlNode   *root)
{
  g_autofree char *description = annals_qde_dup_content (annals_qde_child (root, "Description"));
  g_autofree char *name = annals_qde_dup_attribute (root, "name");
  AnnalsRecordMemo *memo;

  if (*g_strstrip (description) == '\0')
    return;

  memo = annals_records_add_memo (self->records, annals_qde_dup_place (self, root));
  memo->uid = annals_foreign_dup_uid ("project", description);
  memo->title = annals_text_normalize_line (name, -1);
  memo->text = g_steal_pointer (&description);
}

/* Values that posts have no field for */
static void
tell_variables (AnnalsQde *self)
{
  g_autoptr(GList) names = g_list_sort (g_hash_table_get_keys (self->left_variables), (GCompareFunc) strcmp);
  g_autoptr(GString) list = g_string_new (NULL);

  for (GList *l = names; l != NULL; l = l->next)
    g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", (const char *) l->data);
  if (names != NULL)
    annals_records_take_issue (self->records, ANNALS_SEVERITY_WARNING, ANNALS_ISSUE_OTHER, self->records->name,
                               g_strdup (_("Values of variables that posts have no place for were left out")),
                               list->str);
}

static void
note_left_out (AnnalsQde  *self,
               xmlNode    *parent,
               const char *what)
{
  guint n = 0;

  for (xmlNode *node = parent != NULL ? parent->children : NULL; node != NULL; node = node->next)
    n += node->type == XML_ELEMENT_NODE;

  if (n > 0)
    annals_records_take_issue (self->records, ANNALS_SEVERITY_NOTE, ANNALS_ISSUE_OTHER, self->records->name,
                               /* Translators: the name of an element of XML, and how many there are */
                               g_strdup_printf (_("%s (%u) have no place in a notebook and were left out"), what, n),
                               NULL);
}

static void
take_remarks (AnnalsQde *self)
{
  annals_records_take_remarks (self->records);
  tell_variables (self);
  if (self->n_unknown > 0)
    annals_records_take_issue (self->records, ANNALS_SEVERITY_WARNING, ANNALS_ISSUE_OTHER, self->records->name,
                               g_strdup_printf (ngettext ("%u coding was left out: the project does not have its code",
                                                          "%u codings were left out: the project does not have their "
                                                          "codes", self->n_unknown), self->n_unknown), NULL);
  if (self->n_others > 0)
    annals_records_take_issue (self->records, ANNALS_SEVERITY_WARNING, ANNALS_ISSUE_FORMAT, self->records->name,
                               g_strdup_printf (ngettext ("%u source that is no text was left out, with what is "
                                                          "marked in it",
                                                          "%u sources that are no text were left out, with what is "
                                                          "marked in them", self->n_others), self->n_others), NULL);
}

/* --- the project --- */

static gboolean
read_project (AnnalsQde  *self,
              xmlNode    *root,
              GError    **error)
{
  if (!read_codes (self, annals_qde_child (annals_qde_child (root, "CodeBook"), "Codes"), ANNALS_CODE_TOP, 0, error))
    return FALSE;

  read_users (self, annals_qde_child (root, "Users"));
  read_variables (self, annals_qde_child (root, "Variables"));
  read_notes (self, annals_qde_child (root, "Notes"));
  annals_qde_read_sources (self, annals_qde_child (root, "Sources"));
  read_links (self, annals_qde_child (root, "Links"));
  take_memos (self);
  take_description (self, root);
  take_remarks (self);
  note_left_out (self, annals_qde_child (root, "Cases"), "Cases");
  note_left_out (self, annals_qde_child (root, "Sets"), "Sets");
  note_left_out (self, annals_qde_child (root, "Graphs"), "Graphs");
  annals_records_finish (self->records);

  return TRUE;
}

static gboolean
fail (const char  *name,
      const char  *why,
      GError     **error)
{
  g_set_error (error, ANNALS_IMPORT_ERROR, ANNALS_IMPORT_ERROR_UNREADABLE, "“%s”: %s", name, why);
  return FALSE;
}

/* No network, no entities: a document type is refused. */
static xmlDoc *
parse_xml (const char  *bytes,
           gsize        size,
           const char  *name,
           GError     **error)
{
  xmlParserCtxt *context;
  xmlDoc *doc = NULL;

  annals_xml_init ();
  context = xmlNewParserCtxt ();
  if (size <= G_MAXINT)
    doc = xmlCtxtReadMemory (context, bytes, (int) size, NULL, NULL,
                             XML_PARSE_NONET | XML_PARSE_COMPACT | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                             XML_PARSE_BIG_LINES);
  if (doc == NULL)
    {
      const xmlError *problem = xmlCtxtGetLastError (context);
      g_autofree char *message = g_utf8_make_valid (problem != NULL && problem->message != NULL
                                                      ? problem->message : "", -1);
      g_autofree char *why = g_strdup_printf (_("line %d is no XML: %s"), problem != NULL ? problem->line : 1,
                                              g_strstrip (message));

      fail (name, why, error);
    }
  else if (doc->intSubset != NULL)
    {
      fail (name, _("it has a document type, which a project may not have"), error);
      g_clear_pointer (&doc, xmlFreeDoc);
    }
  xmlFreeParserCtxt (context);

  return doc;
}

static gboolean
read_document (AnnalsQde  *self,
               xmlDoc     *doc,
               GError    **error)
{
  xmlNode *root = xmlDocGetRootElement (doc);

  if (root == NULL || !annals_qde_is (root, "Project") || root->ns == NULL ||
      !g_str_has_prefix ((const char *) root->ns->href, NAMESPACE))
    return fail (self->records->name, _("it is XML, but no REFI-QDA project"), error);

  self->users = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, code_free);
  self->variables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->other_variables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->left_variables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->notes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, note_free);
  self->note_order = g_ptr_array_new ();
  self->ends = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return read_project (self, root, error);
}

AnnalsRecords *
annals_qde_parse (const char         *bytes,
                  gsize               size,
                  AnnalsQdpxArchive  *archive,
                  const char         *name,
                  GError            **error)
{
  xmlDoc *doc = parse_xml (bytes, size, name, error);
  g_autoptr(AnnalsRecords) records = NULL;
  AnnalsQde self = { .archive = archive };
  gboolean ok;

  if (doc == NULL)
    return NULL;

  self.records = records = annals_records_new (name);
  records->codebook = annals_codebook_new ();
  ok = read_document (&self, doc, error);
  g_clear_pointer (&self.users, g_hash_table_unref);
  g_clear_pointer (&self.codes, g_hash_table_unref);
  g_clear_pointer (&self.variables, g_hash_table_unref);
  g_clear_pointer (&self.other_variables, g_hash_table_unref);
  g_clear_pointer (&self.left_variables, g_hash_table_unref);
  g_clear_pointer (&self.note_order, g_ptr_array_unref);
  g_clear_pointer (&self.notes, g_hash_table_unref);
  g_clear_pointer (&self.ends, g_hash_table_unref);
  xmlFreeDoc (doc);

  return ok ? g_steal_pointer (&records) : NULL;
}
