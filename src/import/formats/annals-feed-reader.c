/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-feed-reader.h"

#include <string.h>

/* Elements that stand in each other deeper than this are only text to us. */
#define MAX_DEPTH 256
/* of what is not an item's text, in bytes */
#define MAX_SHORT_VALUE (64 * 1024)
#define MAX_BINDINGS 1024
/* tokens read at once */
#define TOKENS_AT_ONCE 2000
/* Which kinds of record the parts of a Blogger site are */
#define BLOGGER_KIND "http://schemas.google.com/g/2005#kind"

typedef struct
{
  char            *tag;       /* as in the file */
  AnnalsFeedRole   role;
  AnnalsFeedField  field;
  GRefString      *base;      /* (nullable) */
  GRefString      *language;  /* (nullable) */
  guint            n_bindings; /* of namespaces, before it */
} Element;

typedef struct
{
  char       *prefix;     /* "" for the default namespace */
  const char *known;      /* as the tables know it; NULL: not known */
  gboolean    atom;
} Binding;

struct _AnnalsFeedReader
{
  AnnalsFeedLexer *lexer;
  GRefString      *base;       /* (nullable) */
  GArray          *stack;      /* of Element */
  GArray          *bindings;   /* of Binding */
  guint            n_deeper;   /* elements open beyond the stack */
  AnnalsFeedItem  *item;       /* being read */
  AnnalsFeedItem  *finished;
  AnnalsFeedValue *value;      /* being read */
  AnnalsFeedField  value_field;
  char            *person_name;
  char            *person_email;
  char            *pending_tag; /* what the attributes of a category say */
  GString         *source_text;
  char            *title;
  char            *language;
  char            *author;
  guint            n_broken;   /* in all */
  guint            n_broken_before;  /* the item */
  guint            n_broken_items;   /* in items that were finished */
  gboolean         cut;
  gboolean         began;      /* an element of a feed was seen */
};

static void
element_clear (gpointer data)
{
  Element *element = data;

  g_free (element->tag);
  g_clear_pointer (&element->base, g_ref_string_release);
  g_clear_pointer (&element->language, g_ref_string_release);
}

static void
binding_clear (gpointer data)
{
  Binding *binding = data;

  g_free (binding->prefix);
}

static Element *
top (AnnalsFeedReader *self)
{
  return self->stack->len > 0 ? &g_array_index (self->stack, Element, self->stack->len - 1) : NULL;
}

static guint
count_broken (AnnalsFeedReader *self)
{
  return self->n_broken + annals_feed_lexer_get_n_broken (self->lexer);
}

/* --- names --- */

static void
bind_namespaces (AnnalsFeedReader *self,
                 GArray           *attributes)
{
  for (guint i = 0; i < attributes->len && self->bindings->len < MAX_BINDINGS; i++)
    {
      AnnalsFeedAttribute *attribute = &g_array_index (attributes, AnnalsFeedAttribute, i);
      Binding binding;

      if (!g_str_has_prefix (attribute->name, "xmlns") ||
          (attribute->name[5] != '\0' && attribute->name[5] != ':'))
        continue;

      binding.prefix = g_strdup (attribute->name[5] == ':' ? attribute->name + 6 : "");
      binding.known = annals_feed_prefix_for_uri (attribute->value);
      binding.atom = annals_feed_uri_is_atom (attribute->value);
      g_array_append_val (self->bindings, binding);
    }
}

static Binding *
find_binding (AnnalsFeedReader *self,
              const char       *prefix,
              gsize             length)
{
  for (guint i = self->bindings->len; i > 0; i--)
    {
      Binding *binding = &g_array_index (self->bindings, Binding, i - 1);

      if (strlen (binding->prefix) == length && memcmp (binding->prefix, prefix, length) == 0)
        return binding;
    }

  return NULL;
}

/* The tag as the tables write it. @atom (out): it is in Atom's namespace. A prefix that nobody declared, or
 * whose address nobody knows, is taken by its word. */
static char *
dup_name (AnnalsFeedReader *self,
          const char       *tag,
          gboolean         *atom)
{
  const char *colon = strchr (tag, ':');
  gsize length = colon ? (gsize) (colon - tag) : 0;
  Binding *binding = find_binding (self, tag, length);
  g_autofree char *prefix = NULL;
  g_autofree char *name = NULL;

  *atom = binding != NULL && binding->atom;

  if (binding != NULL && binding->known != NULL)
    prefix = g_strdup (binding->known);
  else
    prefix = g_strndup (tag, length);

  name = *prefix ? g_strconcat (prefix, ":", colon ? colon + 1 : tag, NULL)
                 : g_strdup (colon ? colon + 1 : tag);

  return g_ascii_strdown (name, -1);
}

/* --- values --- */

static void
begin_value (AnnalsFeedReader *self,
             AnnalsFeedField   field,
             AnnalsFeedForm    form)
{
  g_clear_pointer (&self->value, annals_feed_value_free);
  self->value = annals_feed_value_new (form, top (self)->base, top (self)->language);
  self->value_field = field;
}

/* Keeps what is held of an item within its limit. */
static void
watch_size (AnnalsFeedReader *self)
{
  gsize length = annals_feed_value_get_length (self->value);
  gboolean is_text = self->value_field == ANNALS_FEED_FIELD_CONTENT ||
                     self->value_field == ANNALS_FEED_FIELD_SUMMARY ||
                     self->value_field == ANNALS_FEED_FIELD_CAPTION;

  if (!is_text && length > MAX_SHORT_VALUE)
    {
      self->value->form = ANNALS_FEED_FORM_NONE;
      return;
    }

  if (self->item != NULL && self->item->size + length > ANNALS_FEED_ITEM_LIMIT)
    {
      self->item->too_long = TRUE;
      self->value->form = ANNALS_FEED_FORM_NONE;
      g_string_free (self->value->raw, TRUE);
      self->value->raw = g_string_new (NULL);
      if (self->value->marked != NULL)
        g_string_free (g_steal_pointer (&self->value->marked), TRUE);
      annals_feed_item_drop_texts (self->item);
    }
}

static void
finish_channel_value (AnnalsFeedReader *self,
                      AnnalsFeedField   field,
                      AnnalsFeedValue  *value)
{
  g_autofree char *line = annals_feed_value_dup_line (value);

  if (*line == '\0')
    return;

  if (field == ANNALS_FEED_FIELD_TITLE && self->title == NULL)
    self->title = g_steal_pointer (&line);
  else if (field == ANNALS_FEED_FIELD_LANGUAGE && self->language == NULL)
    self->language = annals_feed_dup_language (line);
}

static void
finish_author (AnnalsFeedReader *self,
               AnnalsFeedValue  *value)
{
  g_autofree char *text = value ? annals_feed_value_dup_line (value) : NULL;
  g_autofree char *name = NULL;

  if (self->person_name != NULL && *self->person_name != '\0')
    name = g_steal_pointer (&self->person_name);
  else if (text != NULL && *text != '\0')
    name = annals_feed_dup_author_name (text);
  else
    name = g_strdup (self->person_email ? self->person_email : "");

  g_clear_pointer (&self->person_name, g_free);
  g_clear_pointer (&self->person_email, g_free);

  if (self->item != NULL)
    annals_feed_item_take_author (self->item, g_steal_pointer (&name));
  else if (*name != '\0' && self->author == NULL)
    self->author = g_steal_pointer (&name);
}

static void
finish_keywords (AnnalsFeedReader *self,
                 AnnalsFeedValue  *value)
{
  g_autofree char *line = annals_feed_value_dup_line (value);
  g_auto(GStrv) words = g_strsplit_set (line, ",;", -1);

  for (guint i = 0; words[i] != NULL; i++)
    annals_feed_item_take_tag (self->item, g_strstrip (g_strdup (words[i])));
}

static void
finish_tag (AnnalsFeedReader *self,
            AnnalsFeedValue  *value)
{
  char *line = annals_feed_value_dup_line (value);

  if (*line == '\0' && self->pending_tag != NULL)
    {
      g_free (line);
      line = g_steal_pointer (&self->pending_tag);
    }

  g_clear_pointer (&self->pending_tag, g_free);
  annals_feed_item_take_tag (self->item, line);
}

/* The end of a field: what it held goes where it belongs. */
static void
finish_value (AnnalsFeedReader *self,
              AnnalsFeedField   field)
{
  g_autoptr(AnnalsFeedValue) value = g_steal_pointer (&self->value);

  if (field == ANNALS_FEED_FIELD_AUTHOR)
    {
      finish_author (self, value);
      return;
    }

  if (value == NULL)
    return;

  switch (field)
    {
    case ANNALS_FEED_FIELD_NAME:
      g_free (self->person_name);
      self->person_name = annals_feed_value_dup_line (value);
      return;

    case ANNALS_FEED_FIELD_EMAIL:
      g_free (self->person_email);
      self->person_email = annals_feed_value_dup_line (value);
      return;

    default:
      break;
    }

  if (self->item == NULL)
    {
      finish_channel_value (self, field, value);
      return;
    }

  if (field == ANNALS_FEED_FIELD_TAG)
    finish_tag (self, value);
  else if (field == ANNALS_FEED_FIELD_KEYWORDS)
    finish_keywords (self, value);
  else
    {
      self->item->size += annals_feed_value_get_length (value);
      annals_feed_item_take_value (self->item, field, g_steal_pointer (&value));
    }
}

/* --- items --- */

static void
finish_source (AnnalsFeedReader *self)
{
  AnnalsFeedValue *title = self->item->values[ANNALS_FEED_FIELD_SOURCE];

  if (title != NULL)
    self->item->source = annals_feed_value_dup_line (title);
  else
    self->item->source = annals_text_normalize_line (self->source_text->str, -1);

  if (*self->item->source == '\0')
    g_clear_pointer (&self->item->source, g_free);

  g_string_truncate (self->source_text, 0);
}

static void
finish_item (AnnalsFeedReader *self)
{
  AnnalsFeedItem *item = g_steal_pointer (&self->item);

  g_clear_pointer (&self->finished, annals_feed_item_free);
  self->finished = item;
}

/* Closes the innermost element. */
static void
pop (AnnalsFeedReader *self)
{
  Element *element = top (self);

  switch (element->role)
    {
    case ANNALS_FEED_ROLE_FIELD:
      finish_value (self, element->field);
      break;

    case ANNALS_FEED_ROLE_MARKUP:
      if (self->value != NULL)
        annals_feed_value_end_element (self->value, element->tag);
      break;

    case ANNALS_FEED_ROLE_SOURCE:
      finish_source (self);
      break;

    case ANNALS_FEED_ROLE_ITEM:
      finish_item (self);
      break;

    case ANNALS_FEED_ROLE_ROOT:
    case ANNALS_FEED_ROLE_CHANNEL:
    case ANNALS_FEED_ROLE_GROUP:
    case ANNALS_FEED_ROLE_OTHER:
      break;
    }

  g_array_set_size (self->bindings, element->n_bindings);
  g_array_set_size (self->stack, self->stack->len - 1);
}

/* Closes all elements until @length are left. */
static void
pop_to (AnnalsFeedReader *self,
        guint             length)
{
  while (self->stack->len > length)
    pop (self);
}

/* Where the open item stands in the stack; -1 when none is open. */
static int
find_item (AnnalsFeedReader *self)
{
  for (guint i = self->stack->len; i > 0; i--)
    {
      if (g_array_index (self->stack, Element, i - 1).role == ANNALS_FEED_ROLE_ITEM)
        return (int) i - 1;
    }

  return -1;
}

/* --- start tags --- */

/* Whether a link is to the item's own page, not to something beside it. */
static gboolean
is_own_link (GArray *attributes)
{
  const char *rel = annals_feed_attribute (attributes, "rel");

  return rel == NULL || *rel == '\0' || g_ascii_strcasecmp (rel, "alternate") == 0 ||
         g_ascii_strcasecmp (rel, "http://www.iana.org/assignments/relation/alternate") == 0;
}

/* An address in an attribute: Atom's links, and those of the Channel Definition Format. */
static void
take_link (AnnalsFeedReader *self,
           GArray           *attributes)
{
  const char *href = annals_feed_attribute (attributes, "href");
  const char *type = annals_feed_attribute (attributes, "type");
  gboolean is_page = type == NULL || strstr (type, "html") != NULL;

  if (self->item == NULL || href == NULL || !is_own_link (attributes))
    return;

  /* of several, the page itself */
  if (self->item->address != NULL && (self->item->address_is_page || !is_page))
    return;

  self->item->address_is_page = is_page;
  g_free (self->item->address);
  self->item->address = annals_feed_resolve (href, top (self)->base);
}

static void
take_category (AnnalsFeedReader *self,
               GArray           *attributes)
{
  const char *term = annals_feed_attribute (attributes, "term");
  const char *label = annals_feed_attribute (attributes, "label");
  const char *scheme = annals_feed_attribute (attributes, "scheme");

  g_clear_pointer (&self->pending_tag, g_free);
  if (self->item == NULL)
    return;

  if (term == NULL)
    term = annals_feed_attribute (attributes, "text");

  if (scheme != NULL && term != NULL && g_str_equal (scheme, BLOGGER_KIND))
    {
      self->item->kind = g_str_has_suffix (term, "#post")      ? ANNALS_POST_POST
                         : g_str_has_suffix (term, "#comment") ? ANNALS_POST_COMMENT
                         : g_str_has_suffix (term, "#page")    ? ANNALS_POST_PAGE
                                                               : ANNALS_POST_OTHER;
      return;
    }

  self->pending_tag = annals_text_line_from_html (label && *label ? label : term ? term : "", -1);
}

static AnnalsFeedForm
form_of_field (AnnalsFeedField  field,
               GArray          *attributes,
               gboolean         atom)
{
  switch (field)
    {
    case ANNALS_FEED_FIELD_TITLE:
      /* Atom says what a title is that says nothing */
      return annals_feed_form_for_attributes (attributes, atom ? ANNALS_FEED_FORM_PLAIN : ANNALS_FEED_FORM_GUESS);

    case ANNALS_FEED_FIELD_CONTENT:
    case ANNALS_FEED_FIELD_SUMMARY:
    case ANNALS_FEED_FIELD_CAPTION:
    case ANNALS_FEED_FIELD_MEDIA_TITLE:
    case ANNALS_FEED_FIELD_SOURCE:
      return annals_feed_form_for_attributes (attributes, ANNALS_FEED_FORM_GUESS);

    case ANNALS_FEED_FIELD_TAG:
    case ANNALS_FEED_FIELD_KEYWORDS:
    case ANNALS_FEED_FIELD_AUTHOR:
    case ANNALS_FEED_FIELD_NAME:
      return ANNALS_FEED_FORM_GUESS;

    default:
      return ANNALS_FEED_FORM_PLAIN;
    }
}

static void
begin_field (AnnalsFeedReader *self,
             const char       *name,
             AnnalsFeedField   field,
             GArray           *attributes,
             gboolean          atom)
{
  AnnalsFeedForm form = form_of_field (field, attributes, atom);
  const char *permalink;

  if (g_str_equal (name, "content:encoded"))
    form = ANNALS_FEED_FORM_HTML;
  else if (g_str_has_suffix (name, "body"))
    form = ANNALS_FEED_FORM_INLINE;

  if (field == ANNALS_FEED_FIELD_LINK)
    {
      take_link (self, attributes);
      if (!is_own_link (attributes))
        form = ANNALS_FEED_FORM_NONE;
    }
  else if (field == ANNALS_FEED_FIELD_TAG)
    take_category (self, attributes);
  else if (field == ANNALS_FEED_FIELD_AUTHOR)
    {
      g_clear_pointer (&self->person_name, g_free);
      g_clear_pointer (&self->person_email, g_free);
    }
  else if (field == ANNALS_FEED_FIELD_ID && self->item != NULL && g_str_equal (name, "guid"))
    {
      permalink = annals_feed_attribute (attributes, "isPermaLink");
      self->item->guid_is_link = permalink == NULL || g_ascii_strcasecmp (permalink, "false") != 0;
    }

  begin_value (self, field, form);
}

static void
begin_item (AnnalsFeedReader *self,
            GArray           *attributes,
            guint             line)
{
  const char *about = annals_feed_attribute (attributes, "about");
  const char *changed = annals_feed_attribute (attributes, "lastmod");

  self->item = annals_feed_item_new (line);
  self->item->about = g_strdup (about);
  self->item->language = g_strdup (annals_feed_attribute (attributes, "lang"));
  self->n_broken_before = count_broken (self);
  take_link (self, attributes);

  if (changed != NULL)
    {
      AnnalsFeedValue *value = annals_feed_value_new (ANNALS_FEED_FORM_PLAIN, NULL, NULL);

      annals_feed_value_append (value, changed, strlen (changed), FALSE);
      annals_feed_item_take_value (self->item, ANNALS_FEED_FIELD_UPDATED, value);
    }
}

/* The language that is in force: what an element says, else what the item says. A feed's own is not the
 * item's: it is what the feed says of all. */
static GRefString *
language_for (AnnalsFeedReader *self,
              Element          *parent,
              GArray           *attributes,
              AnnalsFeedRole    role)
{
  for (guint i = 0; i < attributes->len; i++)
    {
      AnnalsFeedAttribute *attribute = &g_array_index (attributes, AnnalsFeedAttribute, i);

      if (g_ascii_strcasecmp (attribute->name, "xml:lang") == 0 ||
          (g_ascii_strcasecmp (attribute->name, "lang") == 0 && role != ANNALS_FEED_ROLE_MARKUP))
        {
          if (role == ANNALS_FEED_ROLE_CHANNEL || role == ANNALS_FEED_ROLE_ROOT)
            {
              if (self->language == NULL)
                self->language = annals_feed_dup_language (attribute->value);
              return NULL;
            }
          return g_ref_string_new (attribute->value);
        }
    }

  return parent && parent->language ? g_ref_string_acquire (parent->language) : NULL;
}

static GRefString *
base_for (AnnalsFeedReader *self,
          Element          *parent,
          GArray           *attributes)
{
  GRefString *outer = parent ? parent->base : self->base;

  for (guint i = 0; i < attributes->len; i++)
    {
      AnnalsFeedAttribute *attribute = &g_array_index (attributes, AnnalsFeedAttribute, i);

      if (g_ascii_strcasecmp (attribute->name, "xml:base") == 0)
        {
          g_autofree char *whole = annals_feed_resolve (attribute->value, outer);

          return g_ref_string_new (whole);
        }
    }

  return outer ? g_ref_string_acquire (outer) : NULL;
}

static void
push (AnnalsFeedReader *self,
      const char       *tag,
      AnnalsFeedRole    role,
      AnnalsFeedField   field,
      GArray           *attributes,
      guint             n_bindings)
{
  Element *parent = top (self);
  Element element = {
    .tag = g_strdup (tag),
    .role = role,
    .field = field,
    .base = base_for (self, parent, attributes),
    .language = language_for (self, parent, attributes, role),
    .n_bindings = n_bindings,
  };

  g_array_append_val (self->stack, element);
}

/* What the element is, given what is open. Closes what cannot be open any more when it begins: an item in
 * which another one begins, a field in which the next one begins. */
static AnnalsFeedRole
place_element (AnnalsFeedReader *self,
               const char       *name,
               AnnalsFeedField  *field)
{
  Element *parent = top (self);
  Element *outer;
  gboolean is_item = g_str_equal (name, "item") || g_str_equal (name, "entry");
  AnnalsFeedRole role;

  if (is_item && self->item != NULL)
    {
      gboolean own = self->value != NULL && self->value->form == ANNALS_FEED_FORM_INLINE;

      /* entries stand in other elements of an entry, but no item does in an item */
      if (!own && (g_str_equal (name, "item") || parent->role != ANNALS_FEED_ROLE_OTHER))
        {
          pop_to (self, (guint) find_item (self));
          self->n_broken++;
          parent = top (self);
        }
    }

  if (self->value != NULL)
    {
      if (parent->role == ANNALS_FEED_ROLE_FIELD && parent->field == ANNALS_FEED_FIELD_AUTHOR)
        {
          role = annals_feed_role_for_name (name, parent->role, parent->field, field);
          if (role == ANNALS_FEED_ROLE_FIELD)
            return role;
        }

      /* a title in which a link begins has lost its end */
      if (parent->role == ANNALS_FEED_ROLE_FIELD && self->value->form != ANNALS_FEED_FORM_INLINE &&
          self->stack->len > 1)
        {
          outer = &g_array_index (self->stack, Element, self->stack->len - 2);
          role = annals_feed_role_for_name (name, outer->role, outer->field, field);
          if (role == ANNALS_FEED_ROLE_FIELD)
            {
              pop (self);
              self->n_broken++;
              return role;
            }
        }

      *field = ANNALS_FEED_FIELD_NONE;
      return ANNALS_FEED_ROLE_MARKUP;
    }

  role = annals_feed_role_for_name (name, parent ? parent->role : ANNALS_FEED_ROLE_ROOT,
                                    parent ? parent->field : ANNALS_FEED_FIELD_NONE, field);
  if (self->item != NULL && (role == ANNALS_FEED_ROLE_ITEM || role == ANNALS_FEED_ROLE_CHANNEL))
    role = ANNALS_FEED_ROLE_OTHER;

  return role;
}

static void
start_tag (AnnalsFeedReader      *self,
           const AnnalsFeedToken *token)
{
  guint n_bindings = self->bindings->len;
  guint depth = self->stack->len;
  g_autofree char *name = NULL;
  AnnalsFeedField field;
  AnnalsFeedRole role;
  gboolean atom;

  if (self->stack->len >= MAX_DEPTH)
    {
      if (self->value != NULL)
        annals_feed_value_begin_element (self->value, token->name, token->attributes, token->empty, NULL);
      self->n_deeper += !token->empty;
      return;
    }

  bind_namespaces (self, token->attributes);
  name = dup_name (self, token->name, &atom);
  role = place_element (self, name, &field);

  /* what was closed took the bindings with it that came after its own */
  if (self->stack->len < depth)
    {
      n_bindings = self->bindings->len;
      bind_namespaces (self, token->attributes);
    }

  push (self, token->name, role, field, token->attributes, n_bindings);
  self->began = self->began || role != ANNALS_FEED_ROLE_OTHER;

  switch (role)
    {
    case ANNALS_FEED_ROLE_ITEM:
      begin_item (self, token->attributes, token->line);
      break;

    case ANNALS_FEED_ROLE_FIELD:
      begin_field (self, name, field, token->attributes, atom);
      break;

    case ANNALS_FEED_ROLE_MARKUP:
      annals_feed_value_begin_element (self->value, token->name, token->attributes, FALSE, top (self)->base);
      break;

    case ANNALS_FEED_ROLE_SOURCE:
      g_string_truncate (self->source_text, 0);
      break;

    case ANNALS_FEED_ROLE_ROOT:
    case ANNALS_FEED_ROLE_CHANNEL:
    case ANNALS_FEED_ROLE_GROUP:
    case ANNALS_FEED_ROLE_OTHER:
      break;
    }

  if (token->empty)
    pop (self);
}

/* --- end tags and text --- */

/* Where the element that @tag ends stands in the stack; -1 when none is open. */
static int
find_open (AnnalsFeedReader *self,
           const char       *tag)
{
  for (guint i = self->stack->len; i > 0; i--)
    {
      Element *element = &g_array_index (self->stack, Element, i - 1);

      if (g_ascii_strcasecmp (element->tag, tag) == 0)
        return (int) i - 1;
    }

  return -1;
}

static void
end_tag (AnnalsFeedReader      *self,
         const AnnalsFeedToken *token)
{
  int open = find_open (self, token->name);
  Element *element = open >= 0 ? &g_array_index (self->stack, Element, open) : NULL;

  if (self->n_deeper > 0 && (element == NULL || element->role == ANNALS_FEED_ROLE_MARKUP ||
                             element->role == ANNALS_FEED_ROLE_OTHER))
    {
      if (self->value != NULL)
        annals_feed_value_end_element (self->value, token->name);
      self->n_deeper--;
      return;
    }

  if (element == NULL)
    {
      self->n_broken++;
      return;
    }

  if ((guint) open + 1 < self->stack->len || self->n_deeper > 0)
    self->n_broken++;

  self->n_deeper = 0;
  pop_to (self, (guint) open);
}

static void
take_text (AnnalsFeedReader      *self,
           const AnnalsFeedToken *token)
{
  Element *parent = top (self);

  if (self->value != NULL)
    {
      annals_feed_value_append (self->value, token->text, token->length, token->cdata);
      watch_size (self);
    }
  else if (parent != NULL && parent->role == ANNALS_FEED_ROLE_SOURCE &&
           self->source_text->len < MAX_SHORT_VALUE)
    {
      g_string_append_len (self->source_text, token->text, (gssize) token->length);
    }
  else if (parent != NULL && parent->role == ANNALS_FEED_ROLE_ITEM)
    {
      if (self->item->size + token->length > ANNALS_FEED_ITEM_LIMIT)
        {
          self->item->too_long = TRUE;
          g_string_truncate (self->item->stray, 0);
          return;
        }
      self->item->size += token->length;
      g_string_append_len (self->item->stray, token->text, (gssize) token->length);
    }
}

/* The file's end: whatever is open has lost its own. */
static void
finish_file (AnnalsFeedReader *self)
{
  self->cut = self->cut || self->stack->len > 0;
  if (self->item != NULL)
    self->item->cut = TRUE;
  pop_to (self, 0);
}

AnnalsFeedReader *
annals_feed_reader_new (AnnalsImportInput *input,
                        AnnalsDecoder     *decoder,
                        const char        *base)
{
  AnnalsFeedReader *self;

  g_return_val_if_fail (input != NULL && decoder != NULL, NULL);

  self = g_new0 (AnnalsFeedReader, 1);
  self->lexer = annals_feed_lexer_new (input, decoder);
  self->base = base ? g_ref_string_new (base) : NULL;
  self->stack = g_array_new (FALSE, FALSE, sizeof (Element));
  g_array_set_clear_func (self->stack, element_clear);
  self->bindings = g_array_new (FALSE, FALSE, sizeof (Binding));
  g_array_set_clear_func (self->bindings, binding_clear);
  self->source_text = g_string_new (NULL);

  return self;
}

void
annals_feed_reader_free (AnnalsFeedReader *self)
{
  if (self == NULL)
    return;

  annals_feed_lexer_free (self->lexer);
  g_clear_pointer (&self->base, g_ref_string_release);
  g_array_unref (self->stack);
  g_array_unref (self->bindings);
  g_clear_pointer (&self->item, annals_feed_item_free);
  g_clear_pointer (&self->finished, annals_feed_item_free);
  g_clear_pointer (&self->value, annals_feed_value_free);
  g_free (self->person_name);
  g_free (self->person_email);
  g_free (self->pending_tag);
  g_string_free (self->source_text, TRUE);
  g_free (self->title);
  g_free (self->language);
  g_free (self->author);
  g_free (self);
}

AnnalsFeedReadResult
annals_feed_reader_next (AnnalsFeedReader  *self,
                         AnnalsFeedItem   **item,
                         guint             *n_broken,
                         GCancellable      *cancellable,
                         GError           **error)
{
  gboolean at_end = FALSE;

  g_return_val_if_fail (self != NULL && item != NULL && n_broken != NULL, ANNALS_FEED_READ_ERROR);

  for (guint i = 0; i < TOKENS_AT_ONCE && !at_end && self->finished == NULL; i++)
    {
      const AnnalsFeedToken *token = annals_feed_lexer_next (self->lexer, cancellable, error);
      guint n_before = self->n_broken_before;

      switch (token->kind)
        {
        case ANNALS_FEED_TOKEN_ERROR:
          return ANNALS_FEED_READ_ERROR;

        case ANNALS_FEED_TOKEN_START:
          start_tag (self, token);
          break;

        case ANNALS_FEED_TOKEN_END:
          end_tag (self, token);
          break;

        case ANNALS_FEED_TOKEN_TEXT:
          take_text (self, token);
          break;

        case ANNALS_FEED_TOKEN_FINISH:
          at_end = TRUE;
          finish_file (self);
          break;
        }

      *n_broken = count_broken (self) - n_before;
    }

  *item = g_steal_pointer (&self->finished);
  if (*item != NULL)
    {
      self->n_broken_items += *n_broken;
      return ANNALS_FEED_READ_ITEM;
    }

  return at_end ? ANNALS_FEED_READ_END : ANNALS_FEED_READ_AGAIN;
}

const char *
annals_feed_reader_get_title (AnnalsFeedReader *self)
{
  return self->title;
}

const char *
annals_feed_reader_get_language (AnnalsFeedReader *self)
{
  return self->language;
}

const char *
annals_feed_reader_get_author (AnnalsFeedReader *self)
{
  return self->author;
}

gboolean
annals_feed_reader_is_cut (AnnalsFeedReader *self)
{
  return self->cut;
}

guint
annals_feed_reader_get_n_broken (AnnalsFeedReader *self)
{
  guint n_broken = count_broken (self);

  return n_broken > self->n_broken_items ? n_broken - self->n_broken_items : 0;
}

AnnalsFeedLexer *
annals_feed_reader_get_lexer (AnnalsFeedReader *self)
{
  return self->lexer;
}
