/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-w3c-check.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-limits.h"
#include "annals-records-json.h"

/* The Web Annotation Data Model, W3C Recommendation of 23 February 2017: what it says with MUST of the members that an
 * annotation, its bodies and its targets have. What it does not know it leaves to others, and so is not looked at. */

#define CONTEXT "http://www.w3.org/ns/anno.jsonld"

typedef struct
{
  const char *what;      /* what is looked at, for people */
  const char *wanted;
  char       *fault;     /* the first that was found */
  guint       depth;
  gboolean    is_target;
} Check;

static gboolean
fault (Check *self,
       char  *why)
{
  if (self->fault == NULL)
    self->fault = why;
  else
    g_free (why);

  return FALSE;
}

/* Web identifiers may hold letters of any script. */
static gboolean
is_iri (const char *string)
{
  const char *colon = strchr (string, ':');

  if (colon == NULL || !g_ascii_isalpha (*string) || colon[1] == '\0')
    return FALSE;

  for (const char *p = string; p < colon; p++)
    if (!g_ascii_isalnum (*p) && strchr ("+-.", *p) == NULL)
      return FALSE;

  for (const char *p = colon; *p != '\0'; p++)
    if ((guchar) *p <= ' ' || strchr ("<>\"{}|\\^`", *p) != NULL)
      return FALSE;

  return TRUE;
}

static const char *
get_text (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node) : NULL;
}

static gboolean
compare_cb (JsonNode *value,
            gpointer  data)
{
  return g_strcmp0 (get_text (value), data) != 0;   /* FALSE, found: stop */
}

gboolean
annals_w3c_is_a (JsonObject *object,
                 const char *type)
{
  return !annals_records_each_value (object, "type", compare_cb, (gpointer) type);
}

gboolean
annals_w3c_has_context (JsonObject *object)
{
  return !annals_records_each_value (object, "@context", compare_cb, (gpointer) CONTEXT);
}

/* --- members of one kind or another --- */

/* An array of one is one. */
static JsonNode *
get_single (Check      *self,
            JsonObject *object,
            const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return node;
  if (json_array_get_length (json_node_get_array (node)) == 1)
    return json_array_get_element (json_node_get_array (node), 0);

  /* Translators: the name of a member of JSON */
  fault (self, g_strdup_printf (_("“%s” has to be one, and is several"), member));
  return NULL;
}

static gboolean
check_iri (Check      *self,
           JsonObject *object,
           const char *member,
           gboolean    required)
{
  JsonNode *node = get_single (self, object, member);
  const char *string;

  if (self->fault != NULL)
    return FALSE;
  if (node == NULL)
    return !required || fault (self, g_strdup_printf (_("“%s” is missing"), member));

  string = get_text (node);
  if (string == NULL || !is_iri (string))
    return fault (self, g_strdup_printf (_("“%s” is no address: %.60s"), member, string != NULL ? string : ""));

  return TRUE;
}

static gboolean
iri_cb (JsonNode *value,
        gpointer  data)
{
  Check *self = data;
  const char *string = get_text (value);

  if (string != NULL && is_iri (string))
    return TRUE;

  return fault (self, g_strdup_printf (_("“%s” is no address: %.60s"), self->what, string != NULL ? string : ""));
}

/* Each of them is an address. */
static gboolean
check_iris (Check      *self,
            JsonObject *object,
            const char *member)
{
  self->what = member;

  return annals_records_each_value (object, member, iri_cb, self);
}

static gboolean
agent_cb (JsonNode *value,
          gpointer  data)
{
  Check *self = data;

  if (JSON_NODE_HOLDS_OBJECT (value))
    return TRUE;

  return iri_cb (value, self);
}

static gboolean
check_agents (Check      *self,
              JsonObject *object,
              const char *member)
{
  self->what = member;

  return annals_records_each_value (object, member, agent_cb, self);
}

static gboolean
check_time (Check      *self,
            JsonObject *object,
            const char *member)
{
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr(GDateTime) time = NULL;
  JsonNode *node = get_single (self, object, member);
  const char *string;

  if (self->fault != NULL)
    return FALSE;
  if (node == NULL)
    return TRUE;

  string = get_text (node);
  if (string != NULL)
    time = g_date_time_new_from_iso8601 (string, utc);

  return time != NULL ||
         fault (self, g_strdup_printf (_("“%s” is no time such as 2020-03-09T14:02:00Z: %.60s"), member,
                                       string != NULL ? string : ""));
}

/* A single string, of @allowed (nullable) ones. */
static gboolean
check_word (Check              *self,
            JsonObject         *object,
            const char         *member,
            const char * const *allowed)
{
  JsonNode *node = get_single (self, object, member);
  const char *string;

  if (self->fault != NULL)
    return FALSE;
  if (node == NULL)
    return TRUE;

  string = get_text (node);
  if (string == NULL || (allowed != NULL && !g_strv_contains (allowed, string)))
    return fault (self, g_strdup_printf (_("“%s” cannot be “%.60s”"), member, string != NULL ? string : ""));

  return TRUE;
}

/* What everything may say of itself. */
static gboolean
check_lifecycle (Check      *self,
                 JsonObject *object)
{
  return check_agents (self, object, "creator") && check_agents (self, object, "generator") &&
         check_time (self, object, "created") && check_time (self, object, "modified") &&
         check_time (self, object, "generated") && check_iris (self, object, "rights") &&
         check_iri (self, object, "canonical", FALSE) && check_iris (self, object, "via");
}

/* --- selectors and states --- */

static gboolean
check_position (Check      *self,
                JsonObject *selector,
                const char *member)
{
  JsonNode *node = json_object_get_member (selector, member);

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64 &&
      json_node_get_int (node) >= 0)
    return TRUE;

  return fault (self, g_strdup_printf (_("“%s” of a selector is no number of characters"), member));
}

static gboolean selector_cb (JsonNode *value, gpointer data);

static gboolean
check_selector (Check      *self,
                JsonObject *selector)
{
  JsonNode *exact = json_object_get_member (selector, "exact");

  if (annals_w3c_is_a (selector, "TextQuoteSelector") && (exact == NULL || get_text (exact) == NULL))
    return fault (self, g_strdup (_("a TextQuoteSelector has no “exact”")));

  if ((annals_w3c_is_a (selector, "TextPositionSelector") || annals_w3c_is_a (selector, "DataPositionSelector")) &&
      !(check_position (self, selector, "start") && check_position (self, selector, "end")))
    return FALSE;

  if (annals_w3c_is_a (selector, "FragmentSelector") && !json_object_has_member (selector, "value"))
    return fault (self, g_strdup (_("a FragmentSelector has no “value”")));

  return check_word (self, selector, "value", NULL) && check_iri (self, selector, "conformsTo", FALSE) &&
         annals_records_each_value (selector, "refinedBy", selector_cb, self);
}

static gboolean
selector_cb (JsonNode *value,
             gpointer  data)
{
  Check *self = data;
  gboolean ok;

  if (self->depth >= ANNALS_LIMIT_ANNOTATION_DEPTH)
    return fault (self, g_strdup (_("selectors refine each other too often")));
  if (!JSON_NODE_HOLDS_OBJECT (value))
    {
      self->what = "selector";
      return iri_cb (value, self);
    }

  self->depth++;
  ok = check_selector (self, json_node_get_object (value));
  self->depth--;

  return ok;
}

/* --- bodies and targets --- */

static gboolean resource_cb (JsonNode *value, gpointer data);

static gboolean
source_cb (JsonNode *value,
           gpointer  data)
{
  Check *self = data;

  if (!JSON_NODE_HOLDS_OBJECT (value))
    {
      self->what = "source";
      return iri_cb (value, self);
    }

  return check_iri (self, json_node_get_object (value), "id", FALSE) &&
         check_lifecycle (self, json_node_get_object (value));
}

static gboolean
check_specific (Check      *self,
                JsonObject *resource)
{
  JsonNode *source = get_single (self, resource, "source");

  if (self->fault != NULL)
    return FALSE;
  if (source == NULL)
    return fault (self, g_strdup (_("a SpecificResource has no “source”")));

  return source_cb (source, self) && annals_records_each_value (resource, "selector", selector_cb, self) &&
         annals_records_each_value (resource, "state", selector_cb, self);
}

static gboolean
check_text (Check      *self,
            JsonObject *body)
{
  JsonNode *value = json_object_get_member (body, "value");

  if (self->is_target)
    return fault (self, g_strdup (_("a text cannot be what an annotation is about")));
  if (value == NULL)
    return fault (self, g_strdup (_("a TextualBody has no “value”")));

  return get_text (value) != NULL || fault (self, g_strdup (_("the “value” of a TextualBody is no text")));
}

static gboolean
check_items (Check      *self,
             JsonObject *resource)
{
  static const char * const kinds[] = { "Choice", "Composite", "List", "Independents" };
  gboolean known = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    known = known || annals_w3c_is_a (resource, kinds[i]);

  if (!known)
    return fault (self, g_strdup (_("it has “items”, and its type does not say what they are")));

  return annals_records_each_value (resource, "items", resource_cb, self);
}

static gboolean
check_kind (Check      *self,
            JsonObject *resource)
{
  if (json_object_has_member (resource, "items"))
    return check_items (self, resource);
  if (annals_w3c_is_a (resource, "SpecificResource") || json_object_has_member (resource, "source"))
    return check_specific (self, resource);
  if (annals_w3c_is_a (resource, "TextualBody") || json_object_has_member (resource, "value"))
    return check_text (self, resource);

  return check_iri (self, resource, "id", TRUE);
}

static gboolean
language_cb (JsonNode *value,
             gpointer  data)
{
  return get_text (value) != NULL || fault (data, g_strdup (_("“language” is no word")));
}

static gboolean
check_resource (Check      *self,
                JsonObject *resource)
{
  static const char * const directions[] = { "ltr", "rtl", "auto", NULL };

  return check_kind (self, resource) && check_iri (self, resource, "id", FALSE) &&
         check_word (self, resource, "textDirection", directions) &&
         check_word (self, resource, "processingLanguage", NULL) &&
         annals_records_each_value (resource, "language", language_cb, self) && check_lifecycle (self, resource);
}

static gboolean
resource_cb (JsonNode *value,
             gpointer  data)
{
  Check *self = data;
  gboolean ok;

  if (self->depth >= ANNALS_LIMIT_ANNOTATION_DEPTH)
    return fault (self, g_strdup (_("bodies or targets stand in each other too deeply")));
  if (!JSON_NODE_HOLDS_OBJECT (value))
    {
      self->what = self->is_target ? "target" : "body";
      return iri_cb (value, self);
    }

  self->depth++;
  ok = check_resource (self, json_node_get_object (value));
  self->depth--;

  return ok;
}

/* --- the annotation --- */

static gboolean
check_body (Check      *self,
            JsonObject *annotation)
{
  if (!json_object_has_member (annotation, "bodyValue"))
    return annals_records_each_value (annotation, "body", resource_cb, self);

  if (json_object_has_member (annotation, "body"))
    return fault (self, g_strdup (_("it has both “body” and “bodyValue”")));

  return check_word (self, annotation, "bodyValue", NULL);
}

static gboolean
check_target (Check      *self,
              JsonObject *annotation)
{
  JsonNode *target = json_object_get_member (annotation, "target");

  if (target == NULL || JSON_NODE_HOLDS_NULL (target) ||
      (JSON_NODE_HOLDS_ARRAY (target) && json_array_get_length (json_node_get_array (target)) == 0))
    return fault (self, g_strdup (_("“target” is missing")));

  self->is_target = TRUE;

  return annals_records_each_value (annotation, "target", resource_cb, self);
}

char *
annals_w3c_dup_fault (JsonObject *annotation)
{
  Check self = { NULL };

  g_return_val_if_fail (annotation != NULL, NULL);

  if (!annals_w3c_is_a (annotation, "Annotation"))
    fault (&self, g_strdup (_("its type is not Annotation")));
  else if (check_iri (&self, annotation, "id", TRUE) && check_lifecycle (&self, annotation) &&
           check_body (&self, annotation))
    check_target (&self, annotation);

  return self.fault;
}
