/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-draft.h"

#include <string.h>

AnnalsPicture *
annals_picture_new (const char *address,
                    const char *media_type,
                    GBytes     *bytes)
{
  AnnalsPicture *self = g_new0 (AnnalsPicture, 1);

  self->address = g_strdup (address);
  self->media_type = g_strdup (media_type);
  self->bytes = g_bytes_ref (bytes);

  return self;
}

void
annals_picture_free (AnnalsPicture *self)
{
  if (self == NULL)
    return;

  g_free (self->address);
  g_free (self->media_type);
  g_bytes_unref (self->bytes);
  g_free (self);
}

AnnalsDraft *
annals_draft_new (void)
{
  AnnalsDraft *self = g_new0 (AnnalsDraft, 1);

  self->kind = ANNALS_POST_POST;
  self->extent = ANNALS_EXTENT_WHOLE;

  return self;
}

void
annals_draft_free (AnnalsDraft *self)
{
  if (self == NULL)
    return;

  g_free (self->guid);
  g_free (self->url);
  g_strfreev (self->aliases);
  g_free (self->title);
  g_free (self->author);
  g_free (self->source);
  g_free (self->language);
  g_clear_pointer (&self->published, annals_date_unref);
  g_strfreev (self->tags);
  g_clear_pointer (&self->text, annals_text_unref);
  g_clear_pointer (&self->pictures, g_ptr_array_unref);
  g_clear_pointer (&self->markup, g_bytes_unref);
  g_free (self->place);
  g_free (self->skipped);
  g_free (self->excerpt);
  g_free (self);
}

/* Parameters of a query that say how a reader came, or what a page shows beside the post. */
static gboolean
is_noise (const char *parameter)
{
  static const char * const noise[] = {
    "replytocom", "fbclid", "gclid", "dclid", "msclkid", "mc_cid", "mc_eid", "igshid", "yclid",
    "share", "nb", "like_comment", "preview", "amp", "noamp", "_ga", "ref_src",
  };
  gsize length = strcspn (parameter, "=");

  if (g_ascii_strncasecmp (parameter, "utm_", 4) == 0)
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (noise); i++)
    if (strlen (noise[i]) == length && g_ascii_strncasecmp (parameter, noise[i], length) == 0)
      return TRUE;

  return FALSE;
}

static char *
dup_query (const char *query)
{
  g_auto(GStrv) parameters = g_strsplit (query ? query : "", "&", -1);
  g_autoptr(GPtrArray) kept = g_ptr_array_new ();

  for (guint i = 0; parameters[i] != NULL; i++)
    if (*parameters[i] != '\0' && !is_noise (parameters[i]))
      g_ptr_array_add (kept, parameters[i]);

  if (kept->len == 0)
    return NULL;

  g_ptr_array_add (kept, NULL);

  return g_strjoinv ("&", (char **) kept->pdata);
}

/* How much of the end of @path is the name of a folder's own page */
static gsize
index_length (const char *path,
              gsize       length)
{
  static const char * const indexes[] = { "/index.html", "/index.htm", "/index.php" };

  for (guint i = 0; i < G_N_ELEMENTS (indexes); i++)
    {
      gsize n = strlen (indexes[i]);

      if (length >= n && memcmp (path + length - n, indexes[i], n) == 0)
        return n;
    }

  return 0;
}

/* The path without "index.html" and slashes at its end, in one spelling of its %-escapes. */
static char *
dup_path (const char *path)
{
  g_autofree char *plain = g_uri_unescape_string (path, "/");
  g_autofree char *valid = g_utf8_make_valid (plain ? plain : path, -1);
  g_autofree char *composed = g_utf8_normalize (valid, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  gsize length;

  length = strlen (composed);
  length -= index_length (composed, length);
  composed[length] = '\0';
  while (length > 0 && composed[length - 1] == '/')
    composed[--length] = '\0';

  return g_uri_escape_string (composed, "/:@!$&'()*+,;=~", FALSE);
}

static gboolean
is_default_port (const char *scheme,
                 int         port)
{
  return (port == 443 && g_str_equal (scheme, "https")) || (port == 80 && g_str_equal (scheme, "http"));
}

/* The length of @path without what dup_path() takes from its end; G_MAXSIZE when it is not one that dup_path()
 * would only shorten: all its characters may stand in an address as they are. */
static gsize
plain_path_length (const char *path)
{
  static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/:@!$&'()*+,;=";
  gsize length = strspn (path, plain);

  if (path[length] != '\0')
    return G_MAXSIZE;

  length -= index_length (path, length);
  while (length > 0 && path[length - 1] == '/')
    length--;

  return length;
}

/* Most addresses need hardly any change: them without taking them apart, which takes ten times as long. NULL for
 * others. */
static char *
dup_plain_canonical (const char *url)
{
  const char *host = url;
  const char *path;
  gsize host_length, path_length;

  if (g_str_has_prefix (url, "https://"))
    host += strlen ("https://");
  else if (g_str_has_prefix (url, "http://"))
    host += strlen ("http://");
  else
    return NULL;

  host_length = strspn (host, "abcdefghijklmnopqrstuvwxyz0123456789-.");
  path = host + host_length;
  if (host_length == 0 || (host_length == 4 && g_str_has_prefix (host, "www.")) || (*path != '/' && *path != '\0') ||
      (path_length = plain_path_length (path)) == G_MAXSIZE)
    return NULL;

  if (g_str_has_prefix (host, "www."))
    {
      host += 4;
      host_length -= 4;
    }

  return g_strdup_printf ("http://%.*s%.*s", (int) host_length, host, (int) path_length, path);
}

char *
annals_draft_canonical_url (const char *url)
{
  g_autoptr(GUri) parsed = NULL;
  g_autoptr(GUri) canonical = NULL;
  g_autofree char *scheme = NULL;
  g_autofree char *host = NULL;
  g_autofree char *path = NULL;
  g_autofree char *query = NULL;
  char *plain;

  g_return_val_if_fail (url != NULL, NULL);

  if ((plain = dup_plain_canonical (url)) != NULL)
    return plain;

  parsed = g_uri_parse (url, G_URI_FLAGS_ENCODED | G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
  if (parsed == NULL || g_uri_get_host (parsed) == NULL || *g_uri_get_host (parsed) == '\0')
    return g_strdup (url);

  scheme = g_ascii_strdown (g_uri_get_scheme (parsed), -1);
  host = g_utf8_strdown (g_uri_get_host (parsed), -1);
  path = dup_path (g_uri_get_path (parsed));
  query = dup_query (g_uri_get_query (parsed));
  /* one spelling for the address with and without encryption */
  canonical = g_uri_build (G_URI_FLAGS_ENCODED, g_str_equal (scheme, "https") ? "http" : scheme, NULL,
                           g_str_has_prefix (host, "www.") ? host + 4 : host,
                           is_default_port (scheme, g_uri_get_port (parsed)) ? -1 : g_uri_get_port (parsed),
                           path, query, NULL);

  return g_uri_to_string (canonical);
}

static gboolean
is_set (const char *string)
{
  return string != NULL && *string != '\0';
}

char *
annals_draft_dup_identity (const AnnalsDraft *self,
                           const char        *archive)
{
  g_autofree char *line = NULL;
  g_autofree char *title = NULL;

  g_return_val_if_fail (self != NULL && archive != NULL, NULL);

  if (is_set (self->url))
    {
      const char *fragment = strstr (self->url, "#comment-");
      g_autofree char *canonical = annals_draft_canonical_url (self->url);

      /* a comment's address is its post's, but for the fragment; a post may have been saved while one of its
       * comments was in view */
      if (self->kind == ANNALS_POST_POST || self->kind == ANNALS_POST_PAGE)
        fragment = NULL;

      return g_strconcat (canonical, fragment, NULL);
    }

  if (is_set (self->guid))
    return annals_draft_canonical_url (self->guid);

  line = annals_text_normalize_line (self->title, -1);
  title = g_utf8_casefold (line, -1);

  /* U+001F stands in no title */
  return g_strjoin ("\x1f", archive, title,
                    self->published ? annals_date_get_edtf (self->published) : "", NULL);
}

char **
annals_draft_dup_aliases (const AnnalsDraft *self)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  g_return_val_if_fail (self != NULL, NULL);

  if (is_set (self->url) && is_set (self->guid))
    {
      g_autofree char *identity = annals_draft_canonical_url (self->url);
      g_autofree char *guid = annals_draft_canonical_url (self->guid);

      if (!g_str_equal (identity, guid))
        g_strv_builder_add (builder, guid);
    }

  for (guint i = 0; self->aliases != NULL && self->aliases[i] != NULL; i++)
    {
      g_autofree char *alias = annals_draft_canonical_url (self->aliases[i]);

      g_strv_builder_add (builder, alias);
    }

  return g_strv_builder_end (builder);
}
