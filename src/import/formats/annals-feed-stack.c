/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-feed-stack.h"

#include "annals-feed-value.h"
#include "annals-limits.h"

#include <string.h>

typedef struct
{
  char       *prefix;     /* "" for the default namespace */
  const char *known;      /* as the tables know it; NULL: not known */
  gboolean    atom;
} Binding;

struct _AnnalsFeedStack
{
  GRefString *base;       /* (nullable) */
  GArray     *elements;   /* of AnnalsFeedElement */
  GArray     *bindings;   /* of Binding */
};

static void
element_clear (gpointer data)
{
  AnnalsFeedElement *element = data;

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

static Binding *
find_binding (AnnalsFeedStack *self,
              const char      *prefix,
              gsize            length)
{
  for (guint i = self->bindings->len; i > 0; i--)
    {
      Binding *binding = &g_array_index (self->bindings, Binding, i - 1);

      if (strlen (binding->prefix) == length && memcmp (binding->prefix, prefix, length) == 0)
        return binding;
    }

  return NULL;
}

const char *
annals_feed_language_attribute (GArray         *attributes,
                                AnnalsFeedRole  role)
{
  for (guint i = 0; i < attributes->len; i++)
    {
      AnnalsFeedAttribute *attribute = &g_array_index (attributes, AnnalsFeedAttribute, i);

      if (g_ascii_strcasecmp (attribute->name, "xml:lang") == 0 ||
          (g_ascii_strcasecmp (attribute->name, "lang") == 0 && role != ANNALS_FEED_ROLE_MARKUP))
        return attribute->value;
    }

  return NULL;
}

/* The language that is in force: what an element says, else what the item says. A feed's own is not the
 * item's: it is what the feed says of all. */
static GRefString *
language_for (AnnalsFeedElement *parent,
              GArray            *attributes,
              AnnalsFeedRole     role)
{
  const char *own = annals_feed_language_attribute (attributes, role);

  if (role == ANNALS_FEED_ROLE_CHANNEL || role == ANNALS_FEED_ROLE_ROOT)
    return NULL;

  if (own != NULL)
    return g_ref_string_new (own);

  return parent && parent->language ? g_ref_string_acquire (parent->language) : NULL;
}

/* Whether addresses can be resolved with @base: GLib 2.74 cannot where the host holds a ";". */
static gboolean
is_sound_base (const char *base)
{
  const char *host = strstr (base, "//");
  gsize length = host ? strcspn (host + 2, "/?#") : 0;

  return host == NULL || memchr (host + 2, ';', length) == NULL;
}

static GRefString *
base_for (AnnalsFeedStack   *self,
          AnnalsFeedElement *parent,
          GArray            *attributes)
{
  GRefString *outer = parent ? parent->base : self->base;

  for (guint i = 0; i < attributes->len; i++)
    {
      AnnalsFeedAttribute *attribute = &g_array_index (attributes, AnnalsFeedAttribute, i);

      if (g_ascii_strcasecmp (attribute->name, "xml:base") == 0)
        {
          g_autofree char *whole = annals_feed_resolve (attribute->value, outer);

          return is_sound_base (whole) ? g_ref_string_new (whole) : NULL;
        }
    }

  return outer ? g_ref_string_acquire (outer) : NULL;
}

AnnalsFeedStack *
annals_feed_stack_new (const char *base)
{
  AnnalsFeedStack *self = g_new0 (AnnalsFeedStack, 1);

  self->base = base && is_sound_base (base) ? g_ref_string_new (base) : NULL;
  self->elements = g_array_new (FALSE, FALSE, sizeof (AnnalsFeedElement));
  g_array_set_clear_func (self->elements, element_clear);
  self->bindings = g_array_new (FALSE, FALSE, sizeof (Binding));
  g_array_set_clear_func (self->bindings, binding_clear);

  return self;
}

void
annals_feed_stack_free (AnnalsFeedStack *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->base, g_ref_string_release);
  g_array_unref (self->elements);
  g_array_unref (self->bindings);
  g_free (self);
}

guint
annals_feed_stack_get_length (AnnalsFeedStack *self)
{
  return self->elements->len;
}

AnnalsFeedElement *
annals_feed_stack_get (AnnalsFeedStack *self,
                       guint            i)
{
  return &g_array_index (self->elements, AnnalsFeedElement, i);
}

AnnalsFeedElement *
annals_feed_stack_get_top (AnnalsFeedStack *self)
{
  return self->elements->len > 0 ? annals_feed_stack_get (self, self->elements->len - 1) : NULL;
}

int
annals_feed_stack_find (AnnalsFeedStack *self,
                        const char      *tag)
{
  for (guint i = self->elements->len; i > 0; i--)
    {
      if (g_ascii_strcasecmp (annals_feed_stack_get (self, i - 1)->tag, tag) == 0)
        return (int) i - 1;
    }

  return -1;
}

int
annals_feed_stack_find_item (AnnalsFeedStack *self)
{
  for (guint i = self->elements->len; i > 0; i--)
    {
      if (annals_feed_stack_get (self, i - 1)->role == ANNALS_FEED_ROLE_ITEM)
        return (int) i - 1;
    }

  return -1;
}

guint
annals_feed_stack_bind (AnnalsFeedStack *self,
                        GArray          *attributes)
{
  guint n_bindings = self->bindings->len;

  for (guint i = 0; i < attributes->len && self->bindings->len < ANNALS_LIMIT_FEED_BINDINGS; i++)
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

  return n_bindings;
}

char *
annals_feed_stack_dup_name (AnnalsFeedStack *self,
                            const char      *tag,
                            gboolean        *atom)
{
  const char *colon = strchr (tag, ':');
  const char *local = colon ? colon + 1 : tag;
  gsize length = colon ? (gsize) (colon - tag) : 0;
  Binding *binding = find_binding (self, tag, length);
  g_autofree char *prefix = NULL;
  g_autofree char *name = NULL;

  *atom = binding != NULL && binding->atom;

  if (binding != NULL && binding->known != NULL)
    prefix = g_strdup (binding->known);
  else
    prefix = g_strndup (tag, length);

  name = *prefix ? g_strconcat (prefix, ":", local, NULL) : g_strdup (local);

  return g_ascii_strdown (name, -1);
}

void
annals_feed_stack_push (AnnalsFeedStack *self,
                        const char      *tag,
                        AnnalsFeedRole   role,
                        AnnalsFeedField  field,
                        GArray          *attributes,
                        guint            n_bindings)
{
  AnnalsFeedElement *parent = annals_feed_stack_get_top (self);
  AnnalsFeedElement element = {
    .tag = g_strdup (tag),
    .role = role,
    .field = field,
    .base = base_for (self, parent, attributes),
    .language = language_for (parent, attributes, role),
    .n_bindings = n_bindings,
  };

  g_array_append_val (self->elements, element);
}

void
annals_feed_stack_pop (AnnalsFeedStack *self)
{
  g_return_if_fail (self->elements->len > 0);

  g_array_set_size (self->bindings, annals_feed_stack_get_top (self)->n_bindings);
  g_array_set_size (self->elements, self->elements->len - 1);
}
