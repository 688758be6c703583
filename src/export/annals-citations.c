/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-citations.h"

#include "annals-annotations.h"
#include "annals-timelines.h"

typedef struct
{
  AnnalsDb            *db;
  AnnalsCitationStyle  style;
  GString             *plain;
  GString             *html;
  GHashTable          *posts;   /* (element-type gint64 AnnalsPost): those that were read */
  GHashTable          *seen;    /* post and quotation of what stands there already */
} Citing;

void
annals_citations_free (AnnalsCitations *self)
{
  if (self == NULL)
    return;

  g_free (self->plain);
  g_free (self->html);
  g_free (self);
}

/* Borrowed. Passages are often of the same few posts. */
static const AnnalsPost *
require_post (Citing  *self,
              gint64   id,
              GError **error)
{
  AnnalsPost *post = g_hash_table_lookup (self->posts, &id);

  if (post == NULL && (post = annals_db_load_post (self->db, id, error)) != NULL)
    g_hash_table_insert (self->posts, &post->id, post);

  return post;
}

static void
append (GString          *out,
        const AnnalsPost *post,
        const char       *quotation,
        Citing           *self,
        gboolean          as_html)
{
  g_autofree char *citation = annals_citation_dup (post, quotation, self->style,
                                                   as_html ? ANNALS_CITATION_HTML : ANNALS_CITATION_PLAIN);

  if (out->len > 0)
    g_string_append (out, as_html ? "\n" : "\n\n");
  g_string_append (out, citation);
}

static gboolean
cite (Citing      *self,
      gint64       post_id,
      const char  *quotation,
      GError     **error)
{
  const AnnalsPost *post = require_post (self, post_id, error);

  if (post == NULL)
    return FALSE;

  if (g_hash_table_add (self->seen, g_strdup_printf ("%" G_GINT64_FORMAT " %s", post_id,
                                                     quotation != NULL ? quotation : "")))
    {
      append (self->plain, post, quotation, self, FALSE);
      append (self->html, post, quotation, self, TRUE);
    }

  return TRUE;
}

static gboolean
cite_annotation (Citing  *self,
                 gint64   id,
                 GError **error)
{
  g_autoptr(AnnalsAnnotation) annotation = annals_db_load_annotation (self->db, id, error);

  return annotation != NULL &&
         cite (self, annotation->post_id,
               annals_annotation_is_post_note (annotation) ? NULL : annotation->selector.exact, error);
}

static gboolean
cite_event (Citing  *self,
            gint64   id,
            GError **error)
{
  g_autoptr(AnnalsEvent) event = annals_db_load_event (self->db, id, 0, error);

  if (event == NULL)
    return FALSE;

  for (guint i = 0; i < event->evidence->len; i++)
    {
      const AnnalsEvidence *evidence = event->evidence->pdata[i];
      gboolean quoted = evidence->exact != NULL && *evidence->exact != '\0';

      if (!cite (self, evidence->post_id, quoted ? evidence->exact : NULL, error))
        return FALSE;
    }

  return TRUE;
}

AnnalsCitations *
annals_db_cite_records (AnnalsDb             *db,
                        AnnalsRecord          kind,
                        GArray               *ids,
                        AnnalsCitationStyle   style,
                        GCancellable         *cancellable,
                        GError              **error)
{
  g_autoptr(GString) plain = g_string_new (NULL);
  g_autoptr(GString) html = g_string_new (NULL);
  g_autoptr(GHashTable) posts = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL,
                                                       (GDestroyNotify) annals_post_free);
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Citing citing = { db, style, plain, html, posts, seen };
  AnnalsCitations *citations;

  g_return_val_if_fail (db != NULL && ids != NULL, NULL);
  g_return_val_if_fail (kind == ANNALS_RECORD_POST || kind == ANNALS_RECORD_ANNOTATION || kind == ANNALS_RECORD_EVENT,
                        NULL);

  for (guint i = 0; i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);
      gboolean done = kind == ANNALS_RECORD_POST       ? cite (&citing, id, NULL, error)
                    : kind == ANNALS_RECORD_ANNOTATION ? cite_annotation (&citing, id, error)
                                                       : cite_event (&citing, id, error);

      if (!done || g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
    }

  citations = g_new0 (AnnalsCitations, 1);
  citations->n = g_hash_table_size (seen);
  citations->plain = g_string_free (g_steal_pointer (&plain), FALSE);
  citations->html = g_string_free (g_steal_pointer (&html), FALSE);

  return citations;
}
