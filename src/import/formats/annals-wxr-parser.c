/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-wxr-parser.h"

#include "annals-limits.h"

#include <glib/gi18n-lib.h>
#include <libxml/xmlreader.h>

#include <string.h>

/* Bytes of a piece whose room is kept for the next */
#define MAX_KEPT (1024 * 1024)

struct _AnnalsWxrParser
{
  xmlTextReader      *xml;             /* (nullable): of the piece being read; one for all */
  GString            *document;
  AnnalsWxrBlog      *blog;            /* (nullable), as @reader: borrowed, while the channel is read */
  AnnalsFormatReader *reader;
  char               *damage;          /* what the parser stumbled over */
  guint               damage_line;     /* in the document being parsed */
  int                 item_depth;      /* -1 outside; the same for those below */
  int                 author_depth;
  int                 comment_depth;
  AnnalsWxrItem      *item;
  AnnalsWxrComment   *comment;         /* of the item; borrowed from it */
  char               *author_login;
  char               *author_name;
  GString            *value;           /* of the element being read; NULL when it is of no use */
  char              **target;          /* where the value goes; NULL: a tag or the channel */
  int                 value_depth;
  char               *value_name;
};

/* --- elements --- */

/* The element's name with the prefix that WordPress uses, whatever the file uses. */
static char *
element_name (AnnalsWxrParser *self)
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
begin_value (AnnalsWxrParser  *self,
             const char       *name,
             char            **target,
             int               depth)
{
  self->value = g_string_new (NULL);
  self->value_name = g_strdup (name);
  self->value_depth = depth;
  self->target = target;
}

static gboolean
is_tag_domain (AnnalsWxrParser *self)
{
  g_autofree char *domain = NULL;
  xmlChar *value = xmlTextReaderGetAttribute (self->xml, BAD_CAST "domain");

  domain = g_strdup ((const char *) value);
  xmlFree (value);

  return domain == NULL || !(g_str_equal (domain, "post_format") ||
                             g_str_equal (domain, "nav_menu") || g_str_has_prefix (domain, "wp_"));
}

static void
begin_comment (AnnalsWxrParser *self,
               int              depth)
{
  self->comment = annals_wxr_comment_new ();
  self->comment_depth = depth;
  g_ptr_array_add (self->item->comments, self->comment);
}

static void
begin_in_comment (AnnalsWxrParser *self,
                  const char      *name,
                  int              depth)
{
  char **target = find_target (comment_targets, self->comment, name);

  if (target != NULL)
    begin_value (self, name, target, depth);
}

static void
begin_in_item (AnnalsWxrParser *self,
               const char      *name,
               int              depth)
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
begin_in_channel (AnnalsWxrParser *self,
                  const char      *name,
                  int              depth)
{
  if (g_str_equal (name, "item"))
    {
      self->item = annals_wxr_item_new ();
      self->item_depth = depth;
    }
  else if (self->blog == NULL)
    {
      /* an item is asked for, and nothing stands beside it */
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
store_value (AnnalsWxrParser *self,
             char            *value)
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

      if (*tag == '\0' || self->item->tags->len >= ANNALS_LIMIT_TAGS ||
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
end_element (AnnalsWxrParser *self,
             int              depth)
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
begin_element (AnnalsWxrParser *self,
               int              depth)
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
  AnnalsWxrParser *self = data;

  if (error->level != XML_ERR_FATAL || self->damage != NULL)
    return;

  self->damage = annals_text_normalize_line (error->message ? error->message : "", -1);
  self->damage_line = (guint) MAX (error->line, 1);
}

/* --- pieces --- */

static gboolean
take_node (AnnalsWxrParser *self)
{
  int depth = xmlTextReaderDepth (self->xml);

  switch (xmlTextReaderNodeType (self->xml))
    {
    case XML_READER_TYPE_ELEMENT:
      if (depth > ANNALS_LIMIT_WXR_DEPTH)
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
forget_piece (AnnalsWxrParser *self)
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

/* Reads @length bytes at @xml, children of the channel, inside the file's own @root. */
static gboolean
parse_piece (AnnalsWxrParser *self,
             const char      *root,
             const char      *xml,
             gsize            length)
{
  const int options = XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_COMPACT;
  int result;

  forget_piece (self);
  g_clear_pointer (&self->damage, g_free);
  g_string_truncate (self->document, 0);
  g_string_append_printf (self->document, "%s<channel>", root);
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

/* What a large piece needed is not kept for the small ones. */
static void
let_go (AnnalsWxrParser *self)
{
  if (self->document->allocated_len <= MAX_KEPT)
    return;

  g_clear_pointer (&self->xml, xmlFreeTextReader);
  g_string_free (self->document, TRUE);
  self->document = g_string_new (NULL);
}

AnnalsWxrParser *
annals_wxr_parser_new (void)
{
  AnnalsWxrParser *self = g_new0 (AnnalsWxrParser, 1);

  self->document = g_string_new (NULL);
  self->item_depth = self->author_depth = self->comment_depth = -1;

  return self;
}

void
annals_wxr_parser_free (AnnalsWxrParser *self)
{
  if (self == NULL)
    return;

  forget_piece (self);
  g_clear_pointer (&self->xml, xmlFreeTextReader);
  g_string_free (self->document, TRUE);
  g_free (self->damage);
  g_free (self);
}

AnnalsWxrItem *
annals_wxr_parser_read_item (AnnalsWxrParser *self,
                             const char      *root,
                             const GString   *piece)
{
  AnnalsWxrItem *item = NULL;

  if (parse_piece (self, root, piece->str, piece->len))
    item = g_steal_pointer (&self->item);

  forget_piece (self);
  let_go (self);

  return item;
}

gboolean
annals_wxr_parser_read_channel (AnnalsWxrParser    *self,
                                const char         *root,
                                const char         *xml,
                                gsize               length,
                                AnnalsWxrBlog      *blog,
                                AnnalsFormatReader *reader)
{
  gboolean whole;

  self->blog = blog;
  self->reader = reader;
  whole = parse_piece (self, root, xml, length);
  self->blog = NULL;
  self->reader = NULL;

  /* the authors that came before the damage are known all the same */
  forget_piece (self);
  let_go (self);

  return whole;
}

const char *
annals_wxr_parser_get_damage (AnnalsWxrParser *self,
                              guint           *line)
{
  *line = self->damage != NULL ? self->damage_line : 1;

  return self->damage != NULL ? self->damage : "";
}
