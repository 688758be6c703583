/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-page-pictures.h"

#include <string.h>

/* Whether a program would put the picture here that an attribute names. */
static gboolean
is_placeholder (xmlNode *image)
{
  static const char * const late[] = { "data-src", "data-lazy-src", "data-original", "data-url" };

  for (guint i = 0; i < G_N_ELEMENTS (late); i++)
    {
      g_autofree char *address = annals_page_dup_attribute (image, late[i]);

      if (address != NULL && *address != '\0' && !g_str_has_prefix (address, "data:"))
        return TRUE;
    }

  return FALSE;
}

/* The bytes of "data:image/png;base64,…". NULL when they are no picture. */
static GBytes *
decode_data (const char  *address,
             char       **media_type)
{
  const char *comma = strchr (address, ',');
  const char *type = address + strlen ("data:");
  g_autofree char *head = NULL;

  if (comma == NULL)
    return NULL;

  head = g_ascii_strdown (type, comma - type);
  if (!g_str_has_prefix (head, "image/"))
    return NULL;

  if (g_str_has_suffix (head, ";base64"))
    {
      g_autofree char *data = g_uri_unescape_string (comma + 1, NULL);
      gsize length;
      guchar *bytes;

      if (data == NULL)
        return NULL;
      bytes = g_base64_decode (data, &length);
      *media_type = g_strndup (head, strcspn (head, ";"));
      return g_bytes_new_take (bytes, length);
    }

  *media_type = g_strndup (head, strcspn (head, ";"));

  return g_uri_unescape_bytes (comma + 1, -1, NULL, NULL);
}

GPtrArray *
annals_page_take_pictures (xmlNode *node)
{
  g_autoptr(GPtrArray) pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_picture_free);
  g_autoptr(GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);

  g_return_val_if_fail (node != NULL, NULL);

  for (xmlNode *image = node; image != NULL; image = annals_page_next_element (image, node, TRUE))
    {
      g_autofree char *media_type = NULL;
      g_autofree char *sum = NULL;
      g_autofree char *address = NULL;
      g_autoptr(GBytes) bytes = NULL;
      xmlChar *source;

      if (!annals_page_node_is (image, "img") || (source = xmlGetNoNsProp (image, BAD_CAST "src")) == NULL)
        continue;

      if (g_ascii_strncasecmp ((const char *) source, "data:", 5) == 0 && !is_placeholder (image))
        bytes = decode_data ((const char *) source, &media_type);
      xmlFree (source);
      if (bytes == NULL || g_bytes_get_size (bytes) == 0)
        continue;

      sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
      address = g_strconcat ("sha256:", sum, NULL);
      xmlSetProp (image, BAD_CAST "src", BAD_CAST address);
      if (!g_hash_table_contains (known, address))
        {
          AnnalsPicture *picture = annals_picture_new (address, media_type, bytes);

          g_hash_table_add (known, picture->address);
          g_ptr_array_add (pictures, picture);
        }
    }

  return pictures->len > 0 ? g_steal_pointer (&pictures) : NULL;
}
