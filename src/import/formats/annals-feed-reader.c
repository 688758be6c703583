/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-feed-reader.h"

#include "annals-feed-stack.h"
#include "annals-limits.h"

#include <string.h>

/* tokens read at once */
#define TOKENS_AT_ONCE 2000
/* Which kinds of record the parts of a Blogger site are */
#define BLOGGER_KIND "http://schemas.google.com/g/2005#kind"

struct _AnnalsFeedReader
{
  AnnalsFeedLexer *lexer;
  AnnalsFeedStack *stack;
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
};

static guint
count_broken (AnnalsFeedReader *self)
{
  return self->n_broken + annals_feed_lexer_get_n_broken (self->lexer);
}

/* --- values --- */

static void
begin_value (AnnalsFeedReader *self,
             AnnalsFeedField   field,
             AnnalsFeedForm    form)
{
  AnnalsFeedElement *top = annals_feed_stack_get_top (self->stack);

  g_clear_pointer (&self->value, annals_feed_value_free);
  self->value = annals_feed_value_new (form, top->base, top->language);
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

  if (!is_text && length > ANNALS_LIMIT_FEED_VALUE)
    {
      self->value->form = ANNALS_FEED_FORM_NONE;
      return;
    }

  if (self->item != NULL && self->item->size + length > ANNALS_LIMIT_FEED_ITEM)
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
  AnnalsFeedElement *element = annals_feed_stack_get_top (self->stack);

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

  annals_feed_stack_pop (self->stack);
}

/* Closes all elements until @length are left. */
static void
pop_to (AnnalsFeedReader *self,
        guint             length)
{
  while (annals_feed_stack_get_length (self->stack) > length)
    pop (self);
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
  self->item->address = annals_feed_resolve (href, annals_feed_stack_get_top (self->stack)->base);
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
      return annals_feed_form_for_attributes (attributes, atom ? ANNALS_FEED_FORM_PLAIN
                                                               : ANNALS_FEED_FORM_GUESS);

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

/* What the element is, given what is open. Closes what cannot be open any more when it begins: an item in
 * which another one begins, a field in which the next one begins. */
static AnnalsFeedRole
place_element (AnnalsFeedReader *self,
               const char       *name,
               AnnalsFeedField  *field)
{
  AnnalsFeedElement *parent = annals_feed_stack_get_top (self->stack);
  AnnalsFeedElement *outer;
  gboolean is_item = g_str_equal (name, "item") || g_str_equal (name, "entry");
  AnnalsFeedRole role;

  if (is_item && self->item != NULL)
    {
      gboolean own = self->value != NULL && self->value->form == ANNALS_FEED_FORM_INLINE;

      /* entries stand in other elements of an entry, but no item does in an item */
      if (!own && (g_str_equal (name, "item") || parent->role != ANNALS_FEED_ROLE_OTHER))
        {
          pop_to (self, (guint) annals_feed_stack_find_item (self->stack));
          self->n_broken++;
          parent = annals_feed_stack_get_top (self->stack);
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
          annals_feed_stack_get_length (self->stack) > 1)
        {
          outer = annals_feed_stack_get (self->stack, annals_feed_stack_get_length (self->stack) - 2);
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
  guint n_bindings;
  guint depth = annals_feed_stack_get_length (self->stack);
  g_autofree char *name = NULL;
  AnnalsFeedField field;
  AnnalsFeedRole role;
  gboolean atom;

  if (annals_feed_stack_get_length (self->stack) >= ANNALS_LIMIT_FEED_DEPTH)
    {
      if (self->value != NULL)
        annals_feed_value_begin_element (self->value, token->name, token->attributes, token->empty, NULL);
      self->n_deeper += !token->empty;
      return;
    }

  n_bindings = annals_feed_stack_bind (self->stack, token->attributes);
  name = annals_feed_stack_dup_name (self->stack, token->name, &atom);
  role = place_element (self, name, &field);

  /* what was closed took the bindings with it that came after its own */
  if (annals_feed_stack_get_length (self->stack) < depth)
    n_bindings = annals_feed_stack_bind (self->stack, token->attributes);

  annals_feed_stack_push (self->stack, token->name, role, field, token->attributes, n_bindings);

  switch (role)
    {
    case ANNALS_FEED_ROLE_ITEM:
      begin_item (self, token->attributes, token->line);
      break;

    case ANNALS_FEED_ROLE_FIELD:
      begin_field (self, name, field, token->attributes, atom);
      break;

    case ANNALS_FEED_ROLE_MARKUP:
      annals_feed_value_begin_element (self->value, token->name, token->attributes, FALSE,
                                       annals_feed_stack_get_top (self->stack)->base);
      break;

    case ANNALS_FEED_ROLE_SOURCE:
      g_string_truncate (self->source_text, 0);
      break;

    case ANNALS_FEED_ROLE_ROOT:
    case ANNALS_FEED_ROLE_CHANNEL:
      if (self->language == NULL && annals_feed_language_attribute (token->attributes, role) != NULL)
        self->language = annals_feed_dup_language (annals_feed_language_attribute (token->attributes, role));
      break;

    case ANNALS_FEED_ROLE_GROUP:
    case ANNALS_FEED_ROLE_OTHER:
      break;
    }

  if (token->empty)
    pop (self);
}

/* --- end tags and text --- */

static void
end_tag (AnnalsFeedReader      *self,
         const AnnalsFeedToken *token)
{
  int open = annals_feed_stack_find (self->stack, token->name);
  AnnalsFeedElement *element = open >= 0 ? annals_feed_stack_get (self->stack, (guint) open) : NULL;

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

  if ((guint) open + 1 < annals_feed_stack_get_length (self->stack) || self->n_deeper > 0)
    self->n_broken++;

  self->n_deeper = 0;
  pop_to (self, (guint) open);
}

static void
take_text (AnnalsFeedReader      *self,
           const AnnalsFeedToken *token)
{
  AnnalsFeedElement *parent = annals_feed_stack_get_top (self->stack);

  if (self->value != NULL)
    {
      annals_feed_value_append (self->value, token->text, token->length, token->cdata);
      watch_size (self);
    }
  else if (parent != NULL && parent->role == ANNALS_FEED_ROLE_SOURCE &&
           self->source_text->len < ANNALS_LIMIT_FEED_VALUE)
    {
      g_string_append_len (self->source_text, token->text, (gssize) token->length);
    }
  else if (parent != NULL && parent->role == ANNALS_FEED_ROLE_ITEM)
    {
      if (self->item->size + token->length > ANNALS_LIMIT_FEED_ITEM)
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
  self->cut = self->cut || annals_feed_stack_get_length (self->stack) > 0;
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
  self->stack = annals_feed_stack_new (base);
  self->source_text = g_string_new (NULL);

  return self;
}

void
annals_feed_reader_free (AnnalsFeedReader *self)
{
  if (self == NULL)
    return;

  annals_feed_lexer_free (self->lexer);
  annals_feed_stack_free (self->stack);
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
