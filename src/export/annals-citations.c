/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-citations.h"

#include "annals-annotations.h"
#include "annals-imports.h"
#include "annals-timelines.h"

typedef struct
{
  AnnalsDb             *db;
  AnnalsCitationStyle   style;
  AnnalsCitationMarkup  markup;
  GString              *out;
  GHashTable           *seen;    /* citations that stand there already */
} Citing;

/* When the post came in, microseconds since 1970; 0 when its import is gone. */
static gint64
get_accessed (AnnalsDb         *db,
              const AnnalsPost *post)
{
  g_autoptr(AnnalsImport) import = annals_db_load_import (db, post->import_id, NULL);

  return import != NULL ? import->started : 0;
}

static gboolean
cite (Citing      *self,
      gint64       post_id,
      const char  *quotation,
      GError     **error)
{
  g_autoptr(AnnalsPost) post = annals_db_load_post (self->db, post_id, error);
  char *citation;

  if (post == NULL)
    return FALSE;

  citation = annals_citation_dup (post, quotation, self->style, self->markup, get_accessed (self->db, post));
  if (!g_hash_table_add (self->seen, citation))
    return TRUE;

  if (self->out->len > 0)
    g_string_append (self->out, self->markup == ANNALS_CITATION_HTML ? "\n" : "\n\n");
  g_string_append (self->out, citation);

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

      if (!cite (self, evidence->post_id, evidence->exact, error))
        return FALSE;
    }

  return TRUE;
}

char *
annals_db_dup_citations (AnnalsDb              *db,
                         AnnalsRecord           kind,
                         GArray                *ids,
                         AnnalsCitationStyle    style,
                         AnnalsCitationMarkup   markup,
                         guint                 *n,
                         GCancellable          *cancellable,
                         GError               **error)
{
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Citing citing = { db, style, markup, out, seen };

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

  if (n != NULL)
    *n = g_hash_table_size (seen);

  return g_string_free (g_steal_pointer (&out), FALSE);
}
