/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-import-private.h"
#include "annals-limits.h"

#include <string.h>

struct _AnnalsWantedPictures
{
  GHashTable *addresses;   /* address, of itself */
  GHashTable *places;      /* path in the archive → address, borrowed */
  gboolean    full;
};

AnnalsWantedPictures *
annals_wanted_pictures_new (void)
{
  AnnalsWantedPictures *self = g_new0 (AnnalsWantedPictures, 1);

  self->addresses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

void
annals_wanted_pictures_free (AnnalsWantedPictures *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->places);
  g_hash_table_unref (self->addresses);
  g_free (self);
}

/* The first place that is known wins, so that what comes later does not move a picture. */
static void
add_place (AnnalsWantedPictures *self,
           char                 *place,
           const char           *address)
{
  if (*place == '\0' || g_hash_table_contains (self->places, place))
    g_free (place);
  else
    g_hash_table_insert (self->places, place, (gpointer) address);
}

/* Where a saved site or page keeps the file of @address: under its host, without its host, or, as
 * browsers save a page with its pictures, in a folder beside the page. */
static void
add_places (AnnalsWantedPictures *self,
            const AnnalsPart     *part,
            const char           *address)
{
  g_autoptr(GUri) uri = g_uri_parse (address, G_URI_FLAGS_ENCODED, NULL);
  g_autofree char *folder = g_path_get_dirname (part->path);
  g_autofree char *path = g_uri_unescape_string (uri ? g_uri_get_path (uri) : address, "/");
  g_autofree char *valid = g_utf8_make_valid (path ? path : "", -1);
  const char *tail = valid + strspn (valid, "/");
  const char *name, *parent;

  if (uri != NULL && g_uri_get_host (uri) != NULL)
    add_place (self, g_strconcat (g_uri_get_host (uri), "/", tail, NULL), address);

  add_place (self, g_strdup (tail), address);

  if ((name = strrchr (tail, '/')) == NULL)
    parent = tail;
  else if ((parent = g_strrstr_len (tail, name - tail, "/")) == NULL)
    parent = tail;
  else
    parent++;

  add_place (self, g_str_equal (folder, ".") ? g_strdup (parent) : g_strconcat (folder, "/", parent, NULL),
             address);
}

void
annals_wanted_pictures_add (AnnalsWantedPictures *self,
                            const AnnalsPart     *part,
                            const AnnalsDraft    *draft)
{
  const AnnalsSpan *spans;
  guint n_spans;

  g_return_if_fail (self != NULL && part != NULL && draft != NULL);

  if (draft->text == NULL)
    return;

  spans = annals_text_get_spans (draft->text, &n_spans);
  for (guint i = 0; i < n_spans; i++)
    {
      char *address;

      if (spans[i].kind != ANNALS_SPAN_IMAGE || spans[i].value == NULL ||
          g_hash_table_contains (self->addresses, spans[i].value))
        continue;

      if (g_hash_table_size (self->addresses) >= ANNALS_LIMIT_PICTURES)
        {
          self->full = TRUE;
          return;
        }

      address = g_strdup (spans[i].value);
      g_hash_table_add (self->addresses, address);
      add_places (self, part, address);
    }
}

guint
annals_wanted_pictures_get_n (AnnalsWantedPictures *self)
{
  return g_hash_table_size (self->addresses);
}

gboolean
annals_wanted_pictures_is_full (AnnalsWantedPictures *self)
{
  return self->full;
}

const char *
annals_wanted_pictures_find (AnnalsWantedPictures *self,
                             const AnnalsPart     *part)
{
  const char *path;
  gpointer address;

  g_return_val_if_fail (self != NULL && part != NULL, NULL);

  if (part->url != NULL &&
      g_hash_table_lookup_extended (self->addresses, part->url, &address, NULL))
    return address;

  /* an archive may hold the site in folders of its own */
  for (path = part->path; path != NULL; path = (path = strchr (path, '/')) ? path + 1 : NULL)
    if ((address = g_hash_table_lookup (self->places, path)) != NULL)
      return address;

  return NULL;
}

const char *
annals_picture_sniff_part (const AnnalsPart *part)
{
  static const struct { const char *magic; gsize at; gsize n; const char *type; } known[] = {
    { "\x89PNG\r\n\x1a\n", 0, 8, "image/png" },
    { "\xff\xd8\xff", 0, 3, "image/jpeg" },
    { "GIF87a", 0, 6, "image/gif" },
    { "GIF89a", 0, 6, "image/gif" },
    { "WEBP", 8, 4, "image/webp" },
    { "ftypavif", 4, 8, "image/avif" },
    { "BM", 0, 2, "image/bmp" },
    { "\0\0\1\0", 0, 4, "image/x-icon" },
  };
  gsize length;
  const guint8 *head = annals_import_input_get_head (part->input, &length);

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (length >= known[i].at + known[i].n &&
        memcmp (head + known[i].at, known[i].magic, known[i].n) == 0)
      return known[i].type;

  return NULL;
}
