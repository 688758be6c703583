/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-records-format.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-limits.h"
#include "annals-palette.h"
#include "annals-records-json.h"
#include "annals-w3c-check.h"

/* Annotations as JSON-LD after the Web Annotation Data Model: one, an array of them, a collection or one of its pages. */

typedef struct
{
  AnnalsRecords *records;
  char          *place;        /* of the annotation at hand */
  guint          n;
  JsonObject    *annotation;
  GString       *words;        /* of its bodies */
  GPtrArray     *tags;         /* borrowed names */
  gboolean       tagging;      /* its motivation */
  guint          n_targets;
  guint          depth;
  AnnalsRecordNote *note;      /* (nullable): of the target at hand */
  const char    *unknown;      /* (nullable): a selector that says nothing about a text */
} Reading;

/* --- bodies --- */

static void
append_words (Reading    *self,
              const char *words)
{
  g_autofree char *clean = g_strstrip (g_utf8_make_valid (words, -1));

  if (*clean == '\0')
    return;

  if (self->words->len > 0)
    g_string_append (self->words, "\n\n");
  g_string_append (self->words, clean);
}

static gboolean
has_purpose (JsonObject *object,
             const char *purpose)
{
  return g_strcmp0 (annals_records_get_string (object, "purpose"), purpose) == 0;
}

static void
take_text (Reading    *self,
           JsonObject *body)
{
  const char *value = annals_records_get_string (body, "value");
  const char *format = annals_records_get_string (body, "format");

  if (has_purpose (body, "tagging") ||
      (self->tagging && !json_object_has_member (body, "purpose")))
    g_ptr_array_add (self->tags, (gpointer) value);
  else if (format != NULL && g_str_has_prefix (format, "text/html"))
    {
      g_autoptr(AnnalsText) text = annals_text_new_from_html (value, -1, NULL);

      append_words (self, annals_text_get_string (text));
    }
  else
    append_words (self, value);
}

static void
take_address (Reading    *self,
              const char *address)
{
  g_autofree char *link = g_strdup_printf ("<%s>", address);

  append_words (self, link);
}

static gboolean body_cb (JsonNode *value, gpointer data);

static void
take_body (Reading    *self,
           JsonObject *body)
{
  const char *id = annals_records_get_string (body, "id");
  const char *source = annals_records_get_string (body, "source");
  JsonObject *inner = annals_records_get_object (body, "source");

  if (annals_records_get_string (body, "value") != NULL)
    take_text (self, body);
  else if (json_object_has_member (body, "items"))
    annals_records_each_value (body, "items", body_cb, self);
  else if (source != NULL || (inner != NULL && (source = annals_records_get_string (inner, "id")) != NULL))
    take_address (self, source);
  else if (id != NULL)
    take_address (self, id);
}

static gboolean
body_cb (JsonNode *value,
         gpointer  data)
{
  Reading *self = data;

  if (self->depth >= ANNALS_LIMIT_ANNOTATION_DEPTH)
    return TRUE;

  self->depth++;
  if (JSON_NODE_HOLDS_OBJECT (value))
    take_body (self, json_node_get_object (value));
  else
    take_address (self, json_node_get_string (value));
  self->depth--;

  return TRUE;
}

static gboolean
motivation_cb (JsonNode *value,
               gpointer  data)
{
  Reading *self = data;

  if (JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING &&
      g_str_equal (json_node_get_string (value), "tagging"))
    self->tagging = TRUE;

  return TRUE;
}

static void
read_bodies (Reading *self)
{
  const char *plain = annals_records_get_string (self->annotation, "bodyValue");

  g_string_truncate (self->words, 0);
  g_ptr_array_set_size (self->tags, 0);
  self->tagging = FALSE;
  annals_records_each_value (self->annotation, "motivation", motivation_cb, self);
  if (plain != NULL && self->tagging)
    g_ptr_array_add (self->tags, (gpointer) plain);
  else if (plain != NULL)
    append_words (self, plain);
  annals_records_each_value (self->annotation, "body", body_cb, self);
}

/* --- who --- */

static gboolean
agent_cb (JsonNode *value,
          gpointer  data)
{
  char **name = data;
  JsonObject *agent = JSON_NODE_HOLDS_OBJECT (value) ? json_node_get_object (value) : NULL;
  const char *said = agent == NULL ? json_node_get_string (value) : annals_records_get_string (agent, "name");

  if (agent != NULL && said == NULL)
    said = annals_records_get_string (agent, "nickname");
  if (agent != NULL && said == NULL)
    said = annals_records_get_string (agent, "id");
  if (said == NULL)
    return TRUE;

  *name = annals_text_normalize_line (said, -1);
  return FALSE;
}

/* --- targets --- */

static gboolean selector_cb (JsonNode *value, gpointer data);

static void
take_selector (Reading    *self,
               JsonObject *selector)
{
  AnnalsSelector *own = &self->note->selector;

  self->note->whole = FALSE;
  if (annals_w3c_is_a (selector, "TextQuoteSelector") && own->exact == NULL)
    {
      own->exact = annals_records_dup_string (selector, "exact");
      own->prefix = annals_records_dup_string (selector, "prefix");
      own->suffix = annals_records_dup_string (selector, "suffix");
    }
  else if (annals_w3c_is_a (selector, "TextPositionSelector"))
    {
      own->start = (guint) MIN (json_object_get_int_member (selector, "start"), G_MAXINT);
      own->end = (guint) MIN (json_object_get_int_member (selector, "end"), G_MAXINT);
      self->note->has_position = TRUE;
    }
  else if (self->unknown == NULL)
    self->unknown = annals_records_get_string (selector, "type");

  annals_records_each_value (selector, "refinedBy", selector_cb, self);
}

static gboolean
selector_cb (JsonNode *value,
             gpointer  data)
{
  Reading *self = data;

  if (self->depth >= ANNALS_LIMIT_ANNOTATION_DEPTH)
    return TRUE;

  self->depth++;
  if (JSON_NODE_HOLDS_OBJECT (value))
    take_selector (self, json_node_get_object (value));
  else
    {
      self->note->whole = FALSE;
      self->unknown = "Selector";
    }
  self->depth--;

  return TRUE;
}

/* RFC 6920: "ni:///sha-256;" and the hash in base64url without "=" */
static char *
dup_hash (const char *address)
{
  g_autofree char *base64 = NULL;
  g_autofree guchar *bytes = NULL;
  GString *hex;
  gsize length = 0;

  if (!g_str_has_prefix (address, "ni:///sha-256;") || strlen (address) > 100)
    return NULL;

  base64 = g_strconcat (address + strlen ("ni:///sha-256;"), "=", NULL);
  g_strdelimit (base64, "-", '+');
  g_strdelimit (base64, "_", '/');
  bytes = g_base64_decode (base64, &length);
  if (length != 32)
    return NULL;

  hex = g_string_new (NULL);
  for (gsize i = 0; i < length; i++)
    g_string_append_printf (hex, "%02x", bytes[i]);

  return g_string_free (hex, FALSE);
}

static gboolean
cached_cb (JsonNode *value,
           gpointer  data)
{
  AnnalsRecordNote *note = data;

  if (note->sha256 == NULL && JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING)
    note->sha256 = dup_hash (json_node_get_string (value));

  return TRUE;
}

static gboolean
state_cb (JsonNode *value,
          gpointer  data)
{
  if (JSON_NODE_HOLDS_OBJECT (value))
    annals_records_each_value (json_node_get_object (value), "cached", cached_cb, data);

  return TRUE;
}

static gboolean
class_cb (JsonNode *value,
          gpointer  data)
{
  AnnalsRecordNote *note = data;
  const char *name = JSON_NODE_HOLDS_VALUE (value) ? json_node_get_string (value) : NULL;

  if (note->colour == NULL && name != NULL && annals_palette_lookup (name) != NULL)
    note->colour = g_strdup (name);

  return TRUE;
}

/* Which post it is about: its address, and the uid that another notebook knows it by. */
static void
take_source (AnnalsRecordNote *note,
             const char       *id,
             JsonObject       *source)
{
  const char *canonical = source != NULL ? annals_records_get_string (source, "canonical") : NULL;

  if (id != NULL && (note->post_uid = annals_records_dup_uid (id)) == NULL)
    {
      /* what stands behind "#" is a place in it */
      note->url = g_strndup (id, strcspn (id, "#"));
    }
  if (note->post_uid == NULL && canonical != NULL)
    note->post_uid = annals_records_dup_uid (canonical);
}

static char *
dup_uid (Reading *self)
{
  const char *id = annals_records_get_string (self->annotation, "id");
  g_autofree char *own = NULL;

  if (id == NULL)   /* in an array of one */
    return NULL;
  if (self->n_targets == 1)
    return annals_records_dup_uid_for (id);

  own = g_strdup_printf ("%s#%u", id, self->n_targets);
  return annals_records_dup_uid_for (own);
}

static void
fill_note (Reading          *self,
           AnnalsRecordNote *note)
{
  note->uid = dup_uid (self);
  note->note = g_strdup (self->words->str);
  for (guint i = 0; i < self->tags->len; i++)
    g_ptr_array_add (note->tags, annals_text_normalize_line (self->tags->pdata[i], -1));
  annals_records_each_value (self->annotation, "creator", agent_cb, &note->author);
  note->created = annals_records_read_time (annals_records_get_string (self->annotation, "created"));
  note->modified = annals_records_read_time (annals_records_get_string (self->annotation, "modified"));
}

/* A place that only the page as it was can tell is none in a text. */
static void
drop_note_without_place (Reading *self)
{
  AnnalsRecordNote *note = self->note;

  if (note->whole || note->selector.exact != NULL || note->has_position)
    return;

  annals_records_take_skipped (self->records, ANNALS_ISSUE_OTHER, self->place,
                               g_strdup_printf (_("The passage is said by a %s, which tells no place in a text"),
                                                self->unknown != NULL ? self->unknown : "Selector"),
                               self->words->str);
  g_ptr_array_set_size (self->records->notes, (gint) self->records->notes->len - 1);
}

static gboolean target_cb (JsonNode *value, gpointer data);

static void
take_target (Reading  *self,
             JsonNode *value)
{
  JsonObject *target = JSON_NODE_HOLDS_OBJECT (value) ? json_node_get_object (value) : NULL;
  JsonObject *source = target != NULL ? annals_records_get_object (target, "source") : NULL;
  const char *id = target == NULL ? json_node_get_string (value)
                   : source != NULL ? annals_records_get_string (source, "id")
                   : json_object_has_member (target, "source") ? annals_records_get_string (target, "source")
                   : annals_records_get_string (target, "id");

  if (self->n_targets++ >= ANNALS_LIMIT_ANNOTATION_TARGETS)
    return;

  self->note = annals_records_add_note (self->records, g_strdup (self->place));
  self->note->whole = TRUE;
  self->unknown = NULL;
  fill_note (self, self->note);
  take_source (self->note, id, source != NULL ? source : target);
  if (target != NULL)
    {
      annals_records_each_value (target, "selector", selector_cb, self);
      annals_records_each_value (target, "state", state_cb, self->note);
      annals_records_each_value (target, "styleClass", class_cb, self->note);
    }
  drop_note_without_place (self);
}

static gboolean
target_cb (JsonNode *value,
           gpointer  data)
{
  Reading *self = data;

  if (self->depth >= ANNALS_LIMIT_ANNOTATION_DEPTH)
    return TRUE;

  self->depth++;
  if (JSON_NODE_HOLDS_OBJECT (value) && json_object_has_member (json_node_get_object (value), "items"))
    annals_records_each_value (json_node_get_object (value), "items", target_cb, self);
  else
    take_target (self, value);
  self->depth--;

  return TRUE;
}

/* --- the file --- */

static void
take_annotation (Reading    *self,
                 JsonObject *annotation)
{
  g_autofree char *why = annals_w3c_dup_fault (annotation);

  g_free (self->place);
  /* Translators: the place of an issue: a file, and the number of an annotation in it */
  self->place = g_strdup_printf (_("%s, annotation %u"), self->records->name, self->n);
  if (why != NULL)
    {
      annals_records_take_skipped (self->records, ANNALS_ISSUE_DAMAGE, self->place,
                                   g_strdup_printf (_("The annotation is not as the standard says: %s"), why),
                                   annals_records_get_string (annotation, "id"));
      return;
    }

  self->annotation = annotation;
  self->n_targets = 0;
  read_bodies (self);
  annals_records_each_value (annotation, "target", target_cb, self);
  if (self->n_targets > ANNALS_LIMIT_ANNOTATION_TARGETS)
    annals_records_take_issue (self->records, ANNALS_SEVERITY_WARNING, ANNALS_ISSUE_LIMIT, self->place,
                               g_strdup_printf (_("Only the first %d targets of the annotation were taken"),
                                                ANNALS_LIMIT_ANNOTATION_TARGETS), NULL);
}

static gboolean
item_cb (JsonNode *value,
         gpointer  data)
{
  Reading *self = data;

  self->n++;
  if (self->records->notes->len >= ANNALS_LIMIT_RECORDS)
    return FALSE;

  if (JSON_NODE_HOLDS_OBJECT (value))
    {
      take_annotation (self, json_node_get_object (value));
      return TRUE;
    }

  g_free (self->place);
  self->place = g_strdup_printf (_("%s, annotation %u"), self->records->name, self->n);
  annals_records_take_skipped (self->records, ANNALS_ISSUE_DAMAGE, self->place,
                               g_strdup (_("Only the address of the annotation stands here, not itself")), NULL);
  return TRUE;
}

static gboolean
page_cb (JsonNode *value,
         gpointer  data)
{
  Reading *self = data;

  if (JSON_NODE_HOLDS_OBJECT (value))
    return annals_records_each_value (json_node_get_object (value), "items", item_cb, self);

  annals_records_take_issue (self->records, ANNALS_SEVERITY_WARNING, ANNALS_ISSUE_OTHER, self->records->name,
                             g_strdup (_("A page of the collection is elsewhere on the web and was not fetched")), NULL);
  return TRUE;
}

/* Further pages stand elsewhere: a page names the next one. */
static void
note_next_page (Reading    *self,
                JsonObject *page)
{
  if (page != NULL && json_object_has_member (page, "next"))
    annals_records_take_issue (self->records, ANNALS_SEVERITY_WARNING, ANNALS_ISSUE_OTHER, self->records->name,
                               g_strdup (_("A page of the collection is elsewhere on the web and was not fetched")),
                               annals_records_get_string (page, "next"));
}

static gboolean
read_object (Reading     *self,
             JsonObject  *object,
             GError     **error)
{
  const AnnalsIssue *issue;

  if (annals_w3c_is_a (object, "AnnotationCollection"))
    {
      JsonNode *last = json_object_get_member (object, "last");

      annals_records_each_value (object, "first", page_cb, self);
      note_next_page (self, annals_records_get_object (object, "first"));
      if (last != NULL && JSON_NODE_HOLDS_OBJECT (last) && !json_object_has_member (object, "first"))
        page_cb (last, self);
      annals_records_each_value (object, "items", item_cb, self);
      return TRUE;
    }

  if (annals_w3c_is_a (object, "AnnotationPage"))
    {
      annals_records_each_value (object, "items", item_cb, self);
      note_next_page (self, object);
      return TRUE;
    }

  self->n = 1;
  take_annotation (self, object);
  issue = self->records->issues->len > 0 ? self->records->issues->pdata[0] : NULL;
  if (issue == NULL || issue->code != ANNALS_ISSUE_DAMAGE)
    return TRUE;

  g_set_error (error, ANNALS_IMPORT_ERROR, ANNALS_IMPORT_ERROR_UNREADABLE, "“%s”: %s", self->records->name,
               issue->reason);
  return FALSE;
}

static gboolean
read_root (Reading     *self,
           JsonNode    *root,
           GError     **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;
  JsonNode *first = array != NULL && json_array_get_length (array) > 0 ? json_array_get_element (array, 0) : NULL;

  if (first != NULL && JSON_NODE_HOLDS_OBJECT (first))
    object = json_node_get_object (first);

  if (object == NULL || !annals_w3c_has_context (object))
    {
      g_set_error (error, ANNALS_IMPORT_ERROR, ANNALS_IMPORT_ERROR_UNREADABLE,
                   _("“%s”: it does not say that it holds web annotations: its “@context” is another one"),
                   self->records->name);
      return FALSE;
    }

  if (array == NULL)
    return read_object (self, object, error);

  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!item_cb (json_array_get_element (array, i), self))
      break;

  return TRUE;
}

AnnalsRecords *
annals_records_parse_w3c (const char  *bytes,
                          gsize        size,
                          const char  *name,
                          GTimeZone   *zone,
                          GError     **error)
{
  g_autoptr(JsonParser) parser = NULL;
  g_autoptr(AnnalsRecords) records = annals_records_new (name);
  Reading reading = { .records = records };
  gboolean ok;

  g_return_val_if_fail (bytes != NULL || size == 0, NULL);

  if (!(parser = annals_records_parse_json (bytes, size, name, error)))
    return NULL;

  reading.words = g_string_new (NULL);
  reading.tags = g_ptr_array_new ();
  ok = read_root (&reading, json_parser_get_root (parser), error);
  if (ok && records->notes->len >= ANNALS_LIMIT_RECORDS)
    annals_records_take_issue (records, ANNALS_SEVERITY_ERROR, ANNALS_ISSUE_LIMIT, name,
                               g_strdup_printf (_("It has more than %d annotations; the rest was left out"),
                                                ANNALS_LIMIT_RECORDS), NULL);
  g_string_free (reading.words, TRUE);
  g_ptr_array_unref (reading.tags);
  g_free (reading.place);

  return ok ? g_steal_pointer (&records) : NULL;
}

/* --- the format --- */

/* Feeds of ActivityPub and pages with JSON-LD have other contexts. */
static guint
w3c_sniff (const AnnalsSniff *sniff)
{
  const char *start = sniff->text + strspn (sniff->text, " \t\r\n");

  if (*start != '{' && *start != '[')
    return 0;

  return strstr (start, "http://www.w3.org/ns/anno.jsonld") != NULL && strstr (start, "Annotation") != NULL ? 96 : 0;
}

static char *
dup_count (guint n)
{
  return g_strdup_printf (ngettext ("%'u annotation", "%'u annotations", n), n);
}

const AnnalsRecordsFormat annals_records_format_w3c = {
  .id = "w3c",
  .label = N_("Web annotations"),
  .sniff = w3c_sniff,
  .dup_count = dup_count,
  .max_size = ANNALS_LIMIT_RECORD_FILE,
  .parse = annals_records_parse_w3c,
};
