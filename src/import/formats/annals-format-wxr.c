/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-format.h"

#include "annals-wordpress.h"
#include "annals-wxr-item.h"
#include "annals-xml-filter.h"

#include <glib/gi18n-lib.h>
#include <libxml/xmlreader.h>

#include <string.h>

/* WordPress eXtended RSS, 1.0 to 1.2: RSS 2.0 with elements of WordPress's own. Each item is parsed
 * as a document of its own, inside the file's own <rss> tag: an item that is damaged is reported
 * and does no harm to the others, and memory holds one item and the names of the authors.
 */

/* WXR itself goes six deep. */
#define MAX_DEPTH 64

typedef struct
{
  AnnalsFormatReader     *reader;          /* borrowed */
  AnnalsXmlFilter  *filter;
  xmlTextReader    *xml;             /* of the piece being read */
  GString          *piece;
  GString          *document;
  char             *root;            /* the file's start tag <rss …> on one line */
  GHashTable       *authors;         /* login → name */
  char             *damage;          /* what the parser stumbled over */
  guint             damage_line;     /* in the document being parsed */
  gboolean          ended;           /* the channel's end was seen */
  guint             n_items;
  guint             n_fields;
  guint             n_excerpts;
  int               item_depth;      /* -1 outside; the same for the one below */
  int               author_depth;
  AnnalsWxrItem             *item;
  char             *author_login;
  char             *author_name;
  GString          *value;           /* of the element being read; NULL when it is of no use */
  char            **target;          /* where the value goes; NULL: a tag or the channel */
  int               value_depth;
  char             *value_name;
} Wxr;

static const char *
file_name (Wxr *self)
{
  return annals_import_input_get_name (annals_format_reader_get_input (self->reader));
}

static char *
place_of_item (Wxr  *self,
               AnnalsWxrItem *item)
{
  return g_strdup_printf (_("%s, item %u, line %u"), file_name (self), self->n_items, item->line);
}

/* --- items --- */

static void
note (Wxr             *self,
      AnnalsWxrItem   *item,
      AnnalsIssueCode  code,
      char       *reason,
      const char *excerpt)
{
  annals_format_reader_take_issue (self->reader, ANNALS_SEVERITY_NOTE, code, place_of_item (self, item),
                                   reason, excerpt);
}

static void
fill_text (Wxr         *self,
           AnnalsWxrItem        *item,
           AnnalsDraft *draft)
{
  const char *content = item->content ? item->content : "";
  g_autofree char *html = NULL;

  if (*content == '\0' && item->excerpt != NULL && *item->excerpt != '\0')
    {
      content = item->excerpt;
      note (self, item, ANNALS_ISSUE_EMPTY, g_strdup (_("The post has no text; its excerpt stands for it")),
            draft->title);
    }
  else if (item->excerpt != NULL && *item->excerpt != '\0')
    {
      self->n_excerpts++;
    }

  html = annals_wordpress_to_html (content);
  draft->text = annals_text_new_from_html (html, -1, item->link);
  draft->markup = g_bytes_new (content, strlen (content));
  draft->markup_kind = "html";
}

static void
note_what_is_missing (Wxr         *self,
                      AnnalsWxrItem        *item,
                      AnnalsDraft *draft)
{
  gboolean empty = annals_text_get_length (draft->text) == 0;

  if (*draft->title == '\0')
    {
      g_free (draft->title);
      draft->title = annals_format_reader_dup_title (draft->text);
      note (self, item, ANNALS_ISSUE_TITLE, g_strdup (_("The post has no title; its first words stand for it")),
            draft->title);
    }

  if (empty)
    note (self, item, ANNALS_ISSUE_EMPTY, g_strdup (_("The post has no text")), draft->title);

  if (draft->published == NULL)
    note (self, item, ANNALS_ISSUE_DATE, g_strdup (_("The post has no date")), draft->title);

  if (item->n_comments > 0)
    note (self, item, ANNALS_ISSUE_KIND,
          g_strdup_printf (ngettext ("%u comment on the post was left out",
                                     "%u comments on the post were left out", item->n_comments),
                           item->n_comments),
          draft->title);
}

static void
finish_item (Wxr   *self,
             guint  line)
{
  g_autoptr(AnnalsWxrItem) item = g_steal_pointer (&self->item);
  g_autoptr(AnnalsDraft) draft = annals_draft_new ();
  const char *name;

  item->line = line;
  draft->title = annals_wxr_item_dup_title (item);
  draft->place = place_of_item (self, item);
  draft->skipped = g_strdup (annals_wxr_item_get_reason_to_skip (item));

  if (draft->skipped != NULL)
    {
      draft->excerpt =
        g_strdup_printf ("%s\n%s: %s, %s", draft->title, "post_type, status",
                         item->type ? item->type : "", item->status ? item->status : "");
      annals_format_reader_take_draft (self->reader, g_steal_pointer (&draft));
      return;
    }

  self->n_fields += item->n_fields;
  draft->guid = g_strdup (item->guid);
  draft->url = g_strdup (item->link);
  draft->published = annals_wxr_item_dup_date (item);

  name = item->creator ? g_hash_table_lookup (self->authors, item->creator) : NULL;
  draft->author = annals_text_normalize_line (name ? name : item->creator, -1);

  if (item->tags->len > 0)
    {
      g_ptr_array_add (item->tags, NULL);
      draft->tags = g_strdupv ((char **) item->tags->pdata);
    }

  fill_text (self, item, draft);
  note_what_is_missing (self, item, draft);
  annals_format_reader_take_draft (self->reader, g_steal_pointer (&draft));
}

/* --- elements --- */

/* The element's name with the prefix that WordPress uses, whatever the file uses. */
static char *
element_name (Wxr *self)
{
  const char *uri = (const char *) xmlTextReaderConstNamespaceUri (self->xml);
  const char *local = (const char *) xmlTextReaderConstLocalName (self->xml);
  const char *prefix = NULL;

  if (uri == NULL)
    return g_strdup ((const char *) xmlTextReaderConstName (self->xml));

  if (strstr (uri, "wordpress.org/export/") != NULL)
    prefix =
      g_str_has_suffix (uri, "/excerpt/") || g_str_has_suffix (uri, "/excerpt") ? "excerpt" : "wp";
  else if (strstr (uri, "purl.org/rss/1.0/modules/content") != NULL)
    prefix = "content";
  else if (strstr (uri, "purl.org/dc/elements/") != NULL)
    prefix = "dc";

  return prefix ? g_strconcat (prefix, ":", local, NULL) : g_strconcat ("{}", local, NULL);
}

static char **
item_target (AnnalsWxrItem       *item,
             const char *name)
{
  const struct { const char *name; char **target; } targets[] = {
    { "title", &item->title },
    { "link", &item->link },
    { "guid", &item->guid },
    { "dc:creator", &item->creator },
    { "pubDate", &item->pub_date },
    { "content:encoded", &item->content },
    { "excerpt:encoded", &item->excerpt },
    { "wp:post_date", &item->date_local },
    { "wp:post_date_gmt", &item->date_gmt },
    { "wp:status", &item->status },
    { "wp:post_type", &item->type },
  };

  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      if (g_str_equal (name, targets[i].name))
        return targets[i].target;
    }

  return NULL;
}

/* From here on the element's text is kept. */
static void
begin_value (Wxr        *self,
             const char *name,
             char      **target,
             int         depth)
{
  self->value = g_string_new (NULL);
  self->value_name = g_strdup (name);
  self->value_depth = depth;
  self->target = target;
}

static gboolean
is_tag_domain (Wxr *self)
{
  g_autofree char *domain = NULL;
  xmlChar *value = xmlTextReaderGetAttribute (self->xml, BAD_CAST "domain");

  domain = g_strdup ((const char *) value);
  xmlFree (value);

  return domain == NULL || !(g_str_equal (domain, "post_format") ||
                             g_str_equal (domain, "nav_menu") || g_str_has_prefix (domain, "wp_"));
}

static void
begin_in_item (Wxr        *self,
               const char *name,
               int         depth)
{
  char **target = item_target (self->item, name);

  if (target != NULL)
    begin_value (self, name, target, depth);
  else if (g_str_equal (name, "category") && is_tag_domain (self))
    begin_value (self, name, NULL, depth);
  else if (g_str_equal (name, "wp:comment"))
    self->item->n_comments++;
  else if (g_str_equal (name, "wp:postmeta"))
    self->item->n_fields++;
}

/* Children of the channel; it stands at depth 1. */
static void
begin_in_channel (Wxr        *self,
                  const char *name,
                  int         depth)
{
  if (g_str_equal (name, "item"))
    {
      self->item = annals_wxr_item_new ();
      self->item_depth = depth;
    }
  else if (g_str_equal (name, "wp:author"))
    {
      self->author_depth = depth;
    }
  else if (g_str_equal (name, "title") || g_str_equal (name, "language"))
    {
      begin_value (self, name, NULL, depth);
    }
}

static void
store_value (Wxr  *self,
             char *value)
{
  if (self->target != NULL)
    {
      /* a second one of the same name does not take the first one's place unless that was empty */
      if (*self->target == NULL || **self->target == '\0')
        {
          g_free (*self->target);
          *self->target = g_strdup (value);
        }
    }
  else if (self->item != NULL)
    {
      char *tag = annals_text_line_from_html (value, -1);

      if (*tag == '\0' ||
          g_ptr_array_find_with_equal_func (self->item->tags, tag, g_str_equal, NULL))
        g_free (tag);
      else
        g_ptr_array_add (self->item->tags, tag);
    }
  else if (g_str_equal (self->value_name, "title"))
    {
      g_autofree char *line = annals_text_line_from_html (value, -1);

      annals_format_reader_set_archive (self->reader, line);
      annals_format_reader_set_source (self->reader, line);
    }
  else
    {
      annals_format_reader_set_language (self->reader, value);
    }
}

static void
end_element (Wxr *self,
             int  depth)
{
  if (self->value != NULL && depth == self->value_depth)
    {
      /* CDATA is padded with line ends */
      store_value (self, g_strstrip (self->value->str));
      g_string_free (g_steal_pointer (&self->value), TRUE);
      g_clear_pointer (&self->value_name, g_free);
    }
  else if (self->value != NULL && depth > self->value_depth)
    {
      g_string_append_printf (self->value, "</%s>",
                              (const char *) xmlTextReaderConstName (self->xml));
    }
  else if (depth == self->author_depth)
    {
      if (self->author_login != NULL && self->author_name != NULL && *self->author_name != '\0')
        g_hash_table_insert (self->authors, g_steal_pointer (&self->author_login),
                             g_steal_pointer (&self->author_name));
      g_clear_pointer (&self->author_login, g_free);
      g_clear_pointer (&self->author_name, g_free);
      self->author_depth = -1;
    }
}

static void
begin_element (Wxr *self,
               int  depth)
{
  gboolean empty = xmlTextReaderIsEmptyElement (self->xml) == 1;
  g_autofree char *name = element_name (self);

  if (self->value != NULL)
    /* markup that nobody escaped: it is kept, so that its text can be read as HTML */
    g_string_append_printf (self->value, "<%s>", name);
  else if (self->item != NULL && depth == self->item_depth + 1)
    begin_in_item (self, name, depth);
  else if (self->author_depth >= 0 && depth == self->author_depth + 1 &&
           g_str_equal (name, "wp:author_login"))
    begin_value (self, name, &self->author_login, depth);
  else if (self->author_depth >= 0 && depth == self->author_depth + 1 &&
           g_str_equal (name, "wp:author_display_name"))
    begin_value (self, name, &self->author_name, depth);
  else if (self->item == NULL && self->author_depth < 0 && depth == 2)
    begin_in_channel (self, name, depth);

  if (empty)
    end_element (self, depth);
}

/* --- damage --- */

#if LIBXML_VERSION >= 21200
typedef const xmlError *ErrorArgument;
#else
typedef xmlError *ErrorArgument;
#endif

/* The first thing that the parser cannot get over; what it can, is of no interest. */
static void
xml_error_cb (void          *data,
              ErrorArgument  error)
{
  Wxr *self = data;

  if (error->level != XML_ERR_FATAL || self->damage != NULL)
    return;

  self->damage = annals_text_normalize_line (error->message ? error->message : "", -1);
  self->damage_line = (guint) MAX (error->line, 1);
}

/* An item that cannot be read: a record that is left out. Takes @reason. */
static void
skip_damaged (Wxr   *self,
              guint  line,
              char  *reason)
{
  AnnalsDraft *draft = annals_draft_new ();

  draft->place = g_strdup_printf (_("%s, item %u, line %u"), file_name (self), self->n_items, line);
  draft->skipped = reason;
  draft->severity = ANNALS_SEVERITY_ERROR;
  draft->excerpt = annals_format_reader_dup_excerpt (self->piece->str);
  annals_format_reader_take_draft (self->reader, draft);
}

static void
report_repairs (Wxr *self)
{
  guint line;
  guint n_mended = annals_xml_filter_get_n_mended (self->filter, &line);
  guint64 n_undecoded = annals_xml_filter_get_n_undecoded (self->filter);
  const char *charset = annals_xml_filter_get_assumed_charset (self->filter);
  const char *name = file_name (self);

  if (n_mended > 0)
    annals_format_reader_take_issue (
      self->reader, ANNALS_SEVERITY_NOTE, ANNALS_ISSUE_DAMAGE, g_strdup_printf (_("%s, line %u"), name, line),
      g_strdup_printf (
        ngettext ("%u place was mended that XML does not allow (a control character, "
                  "an unknown entity, a single “&”)",
                  "%u places were mended that XML does not allow (control characters, "
                  "unknown entities, single “&”); the first is here",
                  n_mended),
        n_mended),
      NULL);

  if (n_undecoded > 0)
    annals_format_reader_take_issue (
      self->reader, ANNALS_SEVERITY_WARNING, ANNALS_ISSUE_CHARACTERS, g_strdup (name),
      g_strdup_printf (ngettext ("%u byte that is no text was replaced",
                                 "%u bytes that are no text were replaced",
                                 (gulong) MIN (n_undecoded, G_MAXUINT)),
                       (guint) MIN (n_undecoded, G_MAXUINT)),
      NULL);

  if (charset != NULL)
    annals_format_reader_take_issue (
      self->reader, ANNALS_SEVERITY_NOTE, ANNALS_ISSUE_CHARACTERS, g_strdup (name),
      g_strdup_printf (_(
                         "The file does not say in which characters it is written; %s was assumed"),
                       charset),
      NULL);
}

static void
report_left_out (Wxr *self)
{
  if (self->n_fields > 0)
    annals_format_reader_take_issue (
      self->reader, ANNALS_SEVERITY_NOTE, ANNALS_ISSUE_OTHER, g_strdup (file_name (self)),
      g_strdup_printf (ngettext ("%u custom field of a post was left out",
                                 "%u custom fields of posts were left out", self->n_fields),
                       self->n_fields),
      NULL);

  if (self->n_excerpts > 0)
    annals_format_reader_take_issue (
      self->reader, ANNALS_SEVERITY_NOTE, ANNALS_ISSUE_OTHER, g_strdup (file_name (self)),
      g_strdup_printf (ngettext ("%u excerpt beside a post’s text was left out",
                                 "%u excerpts beside posts’ texts were left out", self->n_excerpts),
                       self->n_excerpts),
      NULL);
}

/* --- the format --- */

static guint
wxr_sniff (const AnnalsSniff *sniff)
{
  const char *head = sniff->text;
  const char *rss = strstr (head, "<rss");

  if (rss == NULL)
    return 0;

  if (strstr (rss, "wordpress.org/export/") != NULL || strstr (rss, "<wp:wxr_version>") != NULL)
    return 95;

  return 0;
}

static gpointer
wxr_open (AnnalsFormatReader *reader)
{
  Wxr *self = g_new0 (Wxr, 1);

  xmlInitParser ();
  self->reader = reader;
  self->item_depth = self->author_depth = -1;
  self->authors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->piece = g_string_new (NULL);
  self->document = g_string_new (NULL);
  self->root = g_strdup ("<rss>");
  self->filter = annals_xml_filter_new (annals_format_reader_get_input (reader),
                                        annals_format_reader_get_decoder (reader));

  return self;
}

static gboolean
take_node (Wxr *self)
{
  int depth = xmlTextReaderDepth (self->xml);

  switch (xmlTextReaderNodeType (self->xml))
    {
    case XML_READER_TYPE_ELEMENT:
      if (depth > MAX_DEPTH)
        {
          g_clear_pointer (&self->damage, g_free);
          self->damage = g_strdup (_("elements stand inside each other more than 64 deep"));
          self->damage_line = 1;
          return FALSE;
        }
      begin_element (self, depth);
      break;

    case XML_READER_TYPE_END_ELEMENT:
      end_element (self, depth);
      break;

    case XML_READER_TYPE_TEXT:
    case XML_READER_TYPE_CDATA:
    case XML_READER_TYPE_WHITESPACE:
    case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
      if (self->value != NULL)
        g_string_append (self->value, (const char *) xmlTextReaderConstValue (self->xml));
      break;

    default:
      break;
    }

  return TRUE;
}

/* What a piece left half read */
static void
forget_piece (Wxr *self)
{
  g_clear_pointer (&self->item, annals_wxr_item_free);
  g_clear_pointer (&self->value_name, g_free);
  g_clear_pointer (&self->author_login, g_free);
  g_clear_pointer (&self->author_name, g_free);
  if (self->value != NULL)
    g_string_free (g_steal_pointer (&self->value), TRUE);
  self->item_depth = self->author_depth = -1;
}

/* Reads @length bytes at @xml, children of the channel, inside the file's own root. */
static gboolean
parse_piece (Wxr        *self,
             const char *xml,
             gsize       length)
{
  int result;

  forget_piece (self);
  g_clear_pointer (&self->damage, g_free);
  g_string_truncate (self->document, 0);
  g_string_append_printf (self->document, "%s<channel>", self->root);
  g_string_append_len (self->document, xml, (gssize) length);
  g_string_append (self->document, "</channel></rss>");

  self->xml = xmlReaderForMemory (self->document->str, (int) self->document->len, NULL, "UTF-8",
                                  XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_COMPACT);
  xmlTextReaderSetStructuredErrorHandler (self->xml, (xmlStructuredErrorFunc) xml_error_cb, self);

  do
    result = xmlTextReaderRead (self->xml);
  while (result == 1 && take_node (self));

  if (result < 0 && self->damage == NULL)
    {
      self->damage = g_strdup (_("it is not well-formed"));
      self->damage_line = 1;
    }

  g_clear_pointer (&self->xml, xmlFreeTextReader);

  return self->damage == NULL;
}

static void
take_item (Wxr  *self,
           guint line)
{
  self->n_items++;

  if (parse_piece (self, self->piece->str, self->piece->len) && self->item != NULL)
    finish_item (self, line);
  else
    skip_damaged (self, line + self->damage_line - 1,
                   g_strdup_printf (_("The item is damaged (%s) and was not imported"),
                                    self->damage ? self->damage : ""));
}

/* Keeps the file's own root, which declares its namespaces; behind the channel's start tag. */
static const char *
take_root (Wxr *self)
{
  char *root = strstr (self->piece->str, "<rss");
  char *end = root ? strchr (root, '>') : NULL;
  const char *channel, *behind;

  if (end == NULL)
    return self->piece->str;

  g_free (self->root);
  self->root = g_strndup (root, (gsize) (end + 1 - root));
  g_strdelimit (self->root, "\r\n", ' ');

  channel = strstr (end, "<channel");
  behind = channel ? strchr (channel, '>') : NULL;

  return behind ? behind + 1 : end + 1;
}

static void
take_outside (Wxr   *self,
              guint  line)
{
  const char *start = self->n_items == 0 ? take_root (self) : self->piece->str;
  const char *end = strstr (start, "</channel");
  gsize length = end ? (gsize) (end - start) : strlen (start);
  gboolean blank = TRUE;

  for (const char *at = self->piece->str; at < start; at++)
    line += *at == '\n';

  self->ended = self->ended || (end != NULL && strstr (end, "</rss") != NULL);

  for (gsize i = 0; i < length && blank; i++)
    blank = g_ascii_isspace (start[i]);

  if (!blank && !parse_piece (self, start, length))
    annals_format_reader_take_issue (
      self->reader, ANNALS_SEVERITY_ERROR, ANNALS_ISSUE_DAMAGE,
      g_strdup_printf (_("%s, line %u"), file_name (self), line + self->damage_line - 1),
      g_strdup_printf (_("What stands here, in no item, is damaged (%s)"), self->damage), start);

  /* the authors that came before the damage are known all the same */
  forget_piece (self);
}

/* Reads one piece: an item, or what stands between two. */
static gboolean
wxr_step (gpointer       state,
          gboolean      *at_end,
          GCancellable  *cancellable,
          GError       **error)
{
  Wxr *self = state;
  guint line = 0;

  switch (annals_xml_filter_next (self->filter, self->piece, &line, cancellable, error))
    {
    case ANNALS_XML_PIECE_ERROR:
      return FALSE;

    case ANNALS_XML_PIECE_DOCTYPE:
      g_set_error (error, ANNALS_IMPORT_ERROR, ANNALS_IMPORT_ERROR_UNKNOWN,
                   _("“%s” declares a document type on line %u, which no WordPress export does"),
                   file_name (self), annals_xml_filter_get_line (self->filter));
      return FALSE;

    case ANNALS_XML_PIECE_OUTSIDE:
      take_outside (self, line);
      return TRUE;

    case ANNALS_XML_PIECE_ITEM:
      take_item (self, line);
      return TRUE;

    case ANNALS_XML_PIECE_CUT:
      self->n_items++;
      skip_damaged (self, line,
                    g_strdup (_("The item that begins here has no end and was not imported")));
      return TRUE;

    case ANNALS_XML_PIECE_TOO_LONG:
      self->n_items++;
      skip_damaged (self, line,
                    g_strdup (
                      _("The item that begins here is longer than 64 MB and was not imported")));
      return TRUE;

    case ANNALS_XML_PIECE_END:
      break;
    }

  if (!self->ended)
    annals_format_reader_take_issue (
      self->reader, ANNALS_SEVERITY_ERROR, ANNALS_ISSUE_DAMAGE,
      g_strdup_printf (_("%s, line %u"), file_name (self),
                       annals_xml_filter_get_line (self->filter)),
      g_strdup (_("The file ends here too early: what should follow is missing")), NULL);

  report_repairs (self);
  report_left_out (self);
  *at_end = TRUE;

  return TRUE;
}

static void
wxr_close (gpointer state)
{
  Wxr *self = state;

  forget_piece (self);
  annals_xml_filter_free (self->filter);
  g_hash_table_unref (self->authors);
  g_string_free (self->piece, TRUE);
  g_string_free (self->document, TRUE);
  g_free (self->root);
  g_free (self->damage);
  g_free (self);
}

const AnnalsFormat annals_format_wxr = {
  .id = "wxr",
  .label = N_("WordPress export"),
  .sniff = wxr_sniff,
  .open = wxr_open,
  .step = wxr_step,
  .close = wxr_close,
};
