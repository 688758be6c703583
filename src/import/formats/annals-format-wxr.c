/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-format.h"

#include "annals-wxr-draft.h"
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

/* A root's start tag is in front of every item that is parsed. */
#define MAX_ROOT (64 * 1024)
/* Nobody files a post under more. */
#define MAX_TAGS 1000
/* Comments that one step hands out */
#define COMMENTS_PER_STEP 100

typedef struct
{
  AnnalsFormatReader *reader;        /* borrowed */
  AnnalsXmlFilter  *filter;
  xmlTextReader    *xml;             /* (nullable): of the piece being read; one for all */
  GString          *piece;
  GString          *document;
  char             *root;            /* the file's start tag <rss …> on one line */
  gboolean          has_root;        /* the file has one */
  AnnalsWxrBlog    *blog;
  AnnalsWxrItem    *commented;       /* an item whose comments are still to come */
  guint             n_commented;     /* how many of them came */
  char             *damage;          /* what the parser stumbled over */
  guint             damage_line;     /* in the document being parsed */
  gboolean          ended;           /* the channel's end was seen */
  guint             n_items;
  int               item_depth;      /* -1 outside; the same for those below */
  int               author_depth;
  int               comment_depth;
  AnnalsWxrItem    *item;
  AnnalsWxrComment *comment;         /* of the item; borrowed from it */
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
  return annals_format_reader_get_name (self->reader);
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

typedef struct
{
  const char *name;
  gsize       offset;   /* of the string, in the structure */
} Target;

static const Target item_targets[] = {
  { "title", G_STRUCT_OFFSET (AnnalsWxrItem, title) },
  { "link", G_STRUCT_OFFSET (AnnalsWxrItem, link) },
  { "guid", G_STRUCT_OFFSET (AnnalsWxrItem, guid) },
  { "dc:creator", G_STRUCT_OFFSET (AnnalsWxrItem, creator) },
  { "pubDate", G_STRUCT_OFFSET (AnnalsWxrItem, times.pub) },
  { "content:encoded", G_STRUCT_OFFSET (AnnalsWxrItem, content) },
  { "excerpt:encoded", G_STRUCT_OFFSET (AnnalsWxrItem, excerpt) },
  { "wp:post_date", G_STRUCT_OFFSET (AnnalsWxrItem, times.local) },
  { "wp:post_date_gmt", G_STRUCT_OFFSET (AnnalsWxrItem, times.gmt) },
  { "wp:status", G_STRUCT_OFFSET (AnnalsWxrItem, status) },
  { "wp:post_type", G_STRUCT_OFFSET (AnnalsWxrItem, type) },
  { "wp:post_password", G_STRUCT_OFFSET (AnnalsWxrItem, password) },
  { NULL },
};

static const Target comment_targets[] = {
  { "wp:comment_id", G_STRUCT_OFFSET (AnnalsWxrComment, id) },
  { "wp:comment_author", G_STRUCT_OFFSET (AnnalsWxrComment, author) },
  { "wp:comment_content", G_STRUCT_OFFSET (AnnalsWxrComment, content) },
  { "wp:comment_approved", G_STRUCT_OFFSET (AnnalsWxrComment, approved) },
  { "wp:comment_date", G_STRUCT_OFFSET (AnnalsWxrComment, times.local) },
  { "wp:comment_date_gmt", G_STRUCT_OFFSET (AnnalsWxrComment, times.gmt) },
  { NULL },
};

/* Where the text of the element @name goes in @structure; NULL when it is of no use. */
static char **
find_target (const Target *targets,
             gpointer      structure,
             const char   *name)
{
  for (guint i = 0; targets[i].name != NULL; i++)
    {
      if (g_str_equal (name, targets[i].name))
        return G_STRUCT_MEMBER_P (structure, targets[i].offset);
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
begin_comment (Wxr *self,
               int  depth)
{
  self->comment = annals_wxr_comment_new ();
  self->comment_depth = depth;
  g_ptr_array_add (self->item->comments, self->comment);
}

static void
begin_in_comment (Wxr        *self,
                  const char *name,
                  int         depth)
{
  char **target = find_target (comment_targets, self->comment, name);

  if (target != NULL)
    begin_value (self, name, target, depth);
}

static void
begin_in_item (Wxr        *self,
               const char *name,
               int         depth)
{
  char **target = find_target (item_targets, self->item, name);

  if (target != NULL)
    begin_value (self, name, target, depth);
  else if (g_str_equal (name, "category") && is_tag_domain (self))
    begin_value (self, name, NULL, depth);
  else if (g_str_equal (name, "wp:comment"))
    begin_comment (self, depth);
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
  else if (g_str_equal (name, "link") || g_str_equal (name, "wp:base_blog_url"))
    {
      begin_value (self, name, &self->blog->link, depth);
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

      if (*tag == '\0' || self->item->tags->len >= MAX_TAGS ||
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
        g_hash_table_insert (self->blog->authors, g_steal_pointer (&self->author_login),
                             g_steal_pointer (&self->author_name));
      g_clear_pointer (&self->author_login, g_free);
      g_clear_pointer (&self->author_name, g_free);
      self->author_depth = -1;
    }
  else if (depth == self->comment_depth)
    {
      self->comment = NULL;
      self->comment_depth = -1;
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
  else if (self->comment != NULL && depth == self->comment_depth + 1)
    begin_in_comment (self, name, depth);
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

/* --- the format --- */

static guint
wxr_sniff (const AnnalsSniff *sniff)
{
  const char *head = sniff->text;
  const char *rss = strstr (head, "<rss");
  const char *start = head + strspn (head, " \t\r\n");

  if (rss != NULL)
    return strstr (rss, "wordpress.org/export/") != NULL || strstr (rss, "<wp:wxr_version>") != NULL ? 95 : 0;

  /* a later part of an export that was cut at its items */
  if (*start == '<' && strstr (head, "<item>") != NULL &&
      (strstr (head, "<wp:post_type>") != NULL || strstr (head, "<wp:post_id>") != NULL))
    return 90;

  return 0;
}

static gpointer
wxr_open (AnnalsFormatReader *reader)
{
  Wxr *self = g_new0 (Wxr, 1);

  xmlInitParser ();
  self->reader = reader;
  self->item_depth = self->author_depth = self->comment_depth = -1;
  self->blog = annals_wxr_blog_new ();
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
  self->comment = NULL;
  g_clear_pointer (&self->item, annals_wxr_item_free);
  g_clear_pointer (&self->value_name, g_free);
  g_clear_pointer (&self->author_login, g_free);
  g_clear_pointer (&self->author_name, g_free);
  if (self->value != NULL)
    g_string_free (g_steal_pointer (&self->value), TRUE);
  self->item_depth = self->author_depth = self->comment_depth = -1;
}

/* Reads @length bytes at @xml, children of the channel, inside the file's own root. */
static gboolean
parse_piece (Wxr        *self,
             const char *xml,
             gsize       length)
{
  const int options = XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_COMPACT;
  int result;

  forget_piece (self);
  g_clear_pointer (&self->damage, g_free);
  g_string_truncate (self->document, 0);
  g_string_append_printf (self->document, "%s<channel>", self->root);
  g_string_append_len (self->document, xml, (gssize) length);
  g_string_append (self->document, "</channel></rss>");

  /* to make one costs as much as to read a post */
  if (self->xml != NULL &&
      xmlReaderNewMemory (self->xml, self->document->str, (int) self->document->len, NULL, "UTF-8", options) != 0)
    g_clear_pointer (&self->xml, xmlFreeTextReader);
  if (self->xml == NULL)
    self->xml = xmlReaderForMemory (self->document->str, (int) self->document->len, NULL, "UTF-8", options);
  xmlTextReaderSetStructuredErrorHandler (self->xml, (xmlStructuredErrorFunc) xml_error_cb, self);

  do
    result = xmlTextReaderRead (self->xml);
  while (result == 1 && take_node (self));

  if (result < 0 && self->damage == NULL)
    {
      self->damage = g_strdup (_("it is not well-formed"));
      self->damage_line = 1;
    }

  return self->damage == NULL;
}

static void
take_item (Wxr  *self,
           guint line)
{
  self->n_items++;

  if (parse_piece (self, self->piece->str, self->piece->len) && self->item != NULL)
    {
      g_clear_pointer (&self->commented, annals_wxr_item_free);
      self->commented = g_steal_pointer (&self->item);
      self->commented->line = line;
      self->commented->number = self->n_items;
      self->n_commented = 0;
      annals_wxr_draft_item (self->reader, self->blog, self->commented);
    }
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

  self->has_root = root != NULL;
  if (end == NULL)
    return self->piece->str;

  if (end - root < MAX_ROOT)
    {
      g_free (self->root);
      self->root = g_strndup (root, (gsize) (end + 1 - root));
      g_strdelimit (self->root, "\r\n", ' ');
    }

  channel = strstr (end, "<channel");
  behind = channel ? strchr (channel, '>') : NULL;

  return behind ? behind + 1 : end + 1;
}

/* Hands out comments of the last item; FALSE when none is left. */
static gboolean
take_comments (Wxr *self)
{
  if (self->commented == NULL || self->n_commented >= self->commented->comments->len)
    return FALSE;

  for (guint i = 0; i < COMMENTS_PER_STEP && self->n_commented < self->commented->comments->len; i++)
    annals_wxr_draft_comment (self->reader, self->blog, self->commented, self->n_commented++);

  return TRUE;
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

/* Reads one piece: an item, some of its comments, or what stands between two items. */
static gboolean
wxr_step (gpointer       state,
          gboolean      *at_end,
          GCancellable  *cancellable,
          GError       **error)
{
  Wxr *self = state;
  guint line = 0;

  if (take_comments (self))
    return TRUE;

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

  if (!self->ended && (self->has_root || self->n_items == 0))
    annals_format_reader_take_issue (
      self->reader, ANNALS_SEVERITY_ERROR, ANNALS_ISSUE_DAMAGE,
      g_strdup_printf (_("%s, line %u"), file_name (self),
                       annals_xml_filter_get_line (self->filter)),
      g_strdup (_("The file ends here too early: what should follow is missing")), NULL);

  report_repairs (self);
  annals_wxr_draft_report (self->reader, self->blog);
  *at_end = TRUE;

  return TRUE;
}

static void
wxr_close (gpointer state)
{
  Wxr *self = state;

  forget_piece (self);
  g_clear_pointer (&self->xml, xmlFreeTextReader);
  annals_xml_filter_free (self->filter);
  g_clear_pointer (&self->commented, annals_wxr_item_free);
  annals_wxr_blog_free (self->blog);
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
