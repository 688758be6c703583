/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-draft.h"

AnnalsDraft *
annals_draft_new (void)
{
  return g_new0 (AnnalsDraft, 1);
}

void
annals_draft_free (AnnalsDraft *self)
{
  if (self == NULL)
    return;

  g_free (self->guid);
  g_free (self->url);
  g_free (self->title);
  g_free (self->author);
  g_free (self->source);
  g_free (self->language);
  g_clear_pointer (&self->published, annals_date_unref);
  g_strfreev (self->tags);
  g_clear_pointer (&self->text, annals_text_unref);
  g_clear_pointer (&self->markup, g_bytes_unref);
  g_free (self->place);
  g_free (self->skipped);
  g_free (self->excerpt);
  g_free (self);
}

char *
annals_draft_canonical_url (const char *url)
{
  g_autoptr(GUri) parsed = NULL;
  g_autoptr(GUri) canonical = NULL;
  g_autofree char *scheme = NULL;
  g_autofree char *host = NULL;

  g_return_val_if_fail (url != NULL, NULL);

  parsed = g_uri_parse (url, G_URI_FLAGS_ENCODED | G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
  if (parsed == NULL || g_uri_get_host (parsed) == NULL)
    return g_strdup (url);

  scheme = g_ascii_strdown (g_uri_get_scheme (parsed), -1);
  host = g_ascii_strdown (g_uri_get_host (parsed), -1);
  canonical = g_uri_build (G_URI_FLAGS_ENCODED | G_URI_FLAGS_SCHEME_NORMALIZE, scheme,
                           g_uri_get_userinfo (parsed), host, g_uri_get_port (parsed),
                           g_uri_get_path (parsed), g_uri_get_query (parsed), NULL);

  return g_uri_to_string (canonical);
}

char *
annals_draft_dup_identity (const AnnalsDraft *self,
                           const char        *archive)
{
  g_autofree char *line = NULL;
  g_autofree char *title = NULL;

  g_return_val_if_fail (self != NULL && archive != NULL, NULL);

  if (self->guid != NULL && *self->guid != '\0')
    return g_strdup (self->guid);

  if (self->url != NULL && *self->url != '\0')
    return annals_draft_canonical_url (self->url);

  line = annals_text_normalize_line (self->title, -1);
  title = g_utf8_casefold (line, -1);

  /* U+001F stands in no title */
  return g_strjoin ("\x1f", archive, title,
                    self->published ? annals_date_get_edtf (self->published) : "", NULL);
}
