/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-references.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-annotations.h"
#include "annals-db-private.h"
#include "annals-limits.h"
#include "annals-text.h"

static const struct
{
  AnnalsRecord  kind;
  const char   *word;
} kinds[] = {
  { ANNALS_RECORD_POST, "post" },
  { ANNALS_RECORD_ANNOTATION, "note" },
  { ANNALS_RECORD_EVENT, "event" },
  { ANNALS_RECORD_TIMELINE, "timeline" },
  { ANNALS_RECORD_TAG, "tag" },
  { ANNALS_RECORD_MEMO, "memo" },
};

void
annals_reference_free (AnnalsReference *self)
{
  g_free (self->uid);
  g_free (self->title);
  g_free (self);
}

const char *
annals_reference_kind_to_string (AnnalsRecord kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].kind == kind)
      return kinds[i].word;

  return NULL;
}

gboolean
annals_reference_takes (AnnalsRecord kind)
{
  return annals_reference_kind_to_string (kind) != NULL;
}

/* --- the text alone --- */

/* "post:UID|title": where the title begins, and what is named; NULL when it is a title alone. */
static const char *
parse_target (const char    *inside,
              const char    *end,
              AnnalsRecord  *kind,
              char         **uid)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      gsize length = strlen (kinds[i].word);
      const char *bar;
      g_autofree char *candidate = NULL;

      if ((gsize) (end - inside) <= length || strncmp (inside, kinds[i].word, length) != 0 || inside[length] != ':')
        continue;

      inside += length + 1;
      bar = memchr (inside, '|', end - inside);
      candidate = g_strndup (inside, (bar != NULL ? bar : end) - inside);
      if (!g_uuid_string_is_valid (candidate))
        return NULL;

      *kind = kinds[i].kind;
      *uid = g_ascii_strdown (candidate, -1);
      return bar != NULL ? bar + 1 : end;
    }

  return NULL;
}

/* The next "[["; NULL: none. Not by strstr(), which a sanitizer lets measure the whole text each time. */
static const char *
find_open (const char *text)
{
  const char *p = text;

  while ((p = strchr (p, '[')) != NULL && p[1] != '[')
    p++;

  return p;
}

/* Where the brackets that open at @text close; NULL when they do not, on this line. */
static const char *
find_close (const char *text)
{
  for (const char *p = text + 2; p - text < ANNALS_LIMIT_REFERENCE && *p != '\0' && *p != '\n'; p++)
    {
      if (p[0] == '[' && p[1] == '[')
        return NULL;
      if (p[0] != ']' || p[1] != ']')
        continue;

      while (p[2] == ']')   /* a title may end with one */
        p++;
      return p;
    }

  return NULL;
}

GPtrArray *
annals_references_parse (const char *text)
{
  GPtrArray *references = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_reference_free);
  const char *p = text;

  g_return_val_if_fail (text != NULL, references);

  while ((p = find_open (p)) != NULL)
    {
      const char *close;
      const char *title;
      AnnalsReference *reference;

      while (p[2] == '[')   /* of several brackets the last two count */
        p++;
      if ((close = find_close (p)) == NULL || close == p + 2)
        {
          p += 2;
          continue;
        }

      reference = g_new0 (AnnalsReference, 1);
      reference->kind = ANNALS_N_RECORDS;
      reference->start = p - text;
      reference->end = close + 2 - text;
      title = parse_target (p + 2, close, &reference->kind, &reference->uid);
      if (title == NULL)
        title = p + 2;
      reference->title = annals_text_normalize_line (title, close - title);
      g_ptr_array_add (references, reference);
      p = close + 2;
    }

  return references;
}

static char *
dup_harmless (const char *title)
{
  g_autoptr(GString) harmless = g_string_new (NULL);
  g_autofree char *line = annals_named_dup_lead (title, 200);

  for (const char *p = line; *p != '\0'; p++)
    {
      g_string_append_c (harmless, *p);
      if ((*p == '[' || *p == ']') && p[1] == *p)
        g_string_append_c (harmless, ' ');
    }

  return g_string_free (g_steal_pointer (&harmless), FALSE);
}

char *
annals_reference_dup_text (AnnalsRecord  kind,
                           const char   *uid,
                           const char   *title)
{
  g_autofree char *harmless = NULL;

  g_return_val_if_fail (annals_reference_takes (kind), NULL);
  g_return_val_if_fail (uid != NULL && title != NULL, NULL);

  harmless = dup_harmless (title);

  return g_strdup_printf ("[[%s:%s|%s]]", annals_reference_kind_to_string (kind), uid, harmless);
}

char *
annals_references_rename (const char   *text,
                          AnnalsRecord  kind,
                          const char   *uid,
                          const char   *again,
                          const char   *title)
{
  g_autoptr(GPtrArray) references = NULL;
  g_autoptr(GString) renamed = NULL;
  gsize done = 0;

  g_return_val_if_fail (text != NULL && uid != NULL && again != NULL, NULL);

  references = annals_references_parse (text);
  renamed = g_string_sized_new (strlen (text) + 64);
  for (guint i = 0; i < references->len; i++)
    {
      const AnnalsReference *reference = references->pdata[i];
      g_autofree char *one = NULL;

      if (reference->kind != kind || g_strcmp0 (reference->uid, uid) != 0)
        continue;

      one = annals_reference_dup_text (kind, again, title != NULL ? title : reference->title);
      g_string_append_len (renamed, text + done, reference->start - done);
      g_string_append (renamed, one);
      done = reference->end;
    }
  g_string_append (renamed, text + done);

  return g_string_free (g_steal_pointer (&renamed), FALSE);
}

/* --- what is named --- */

char *
annals_db_refresh_references (AnnalsDb    *db,
                              const char  *text,
                              GPtrArray  **named,
                              GError     **error)
{
  g_autoptr(GPtrArray) references = NULL;
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_named_free);
  g_autoptr(GString) fresh = NULL;
  gsize done = 0;

  g_return_val_if_fail (db != NULL && text != NULL, NULL);

  references = annals_references_parse (text);
  fresh = g_string_sized_new (strlen (text) + 64);
  for (guint i = 0; i < references->len; i++)
    {
      const AnnalsReference *reference = references->pdata[i];
      AnnalsNamed *one;

      g_string_append_len (fresh, text + done, reference->start - done);
      done = reference->end;
      if (reference->uid == NULL)
        {
          one = g_new0 (AnnalsNamed, 1);
          *one = (AnnalsNamed) { .kind = ANNALS_N_RECORDS, .uid = g_strdup (""), .title = g_strdup (reference->title),
                                 .context = g_strdup (""), .where = ANNALS_WHERE_MISSING };
          g_string_append_len (fresh, text + reference->start, reference->end - reference->start);
        }
      else
        {
          g_autofree char *again = NULL;

          if (!(one = annals_db_find_named (db, reference->kind, reference->uid, error)))
            return NULL;
          again = annals_reference_dup_text (reference->kind, reference->uid,
                                             one->where == ANNALS_WHERE_MISSING ? reference->title : one->title);
          g_string_append (fresh, again);
        }
      g_ptr_array_add (found, one);
    }
  g_string_append (fresh, text + done);

  if (named != NULL)
    *named = g_steal_pointer (&found);
  return g_string_free (g_steal_pointer (&fresh), FALSE);
}

/* The only record of that title; NULL without an error when there is none, or several. */
static gboolean
find_by_title (AnnalsDb     *db,
               const char   *title,
               AnnalsNamed **named,
               GError      **error)
{
  static const AnnalsRecord tried[] = {
    ANNALS_RECORD_MEMO, ANNALS_RECORD_TIMELINE, ANNALS_RECORD_TAG, ANNALS_RECORD_EVENT, ANNALS_RECORD_POST,
  };
  guint n = 0;

  *named = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (tried); i++)
    {
      g_autofree char *name = tried[i] == ANNALS_RECORD_TAG ? g_strdup (title) : g_strconcat ("title:", title, NULL);
      g_autoptr(GError) failure = NULL;
      gint64 id;

      if (annals_db_find (db, tried[i], name, &id, &failure))
        {
          g_clear_pointer (named, annals_named_free);
          if (!(*named = annals_db_load_named (db, tried[i], id, error)))
            return FALSE;
          n++;
        }
      else if (g_error_matches (failure, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_AMBIGUOUS))
        n += 2;
      else if (!g_error_matches (failure, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
    }

  if (n != 1)
    g_clear_pointer (named, annals_named_free);
  return TRUE;
}

char *
annals_db_resolve_references (AnnalsDb    *db,
                              const char  *text,
                              GError     **error)
{
  g_autoptr(GPtrArray) references = NULL;
  g_autoptr(GString) resolved = NULL;
  gsize done = 0;

  g_return_val_if_fail (db != NULL && text != NULL, NULL);

  references = annals_references_parse (text);
  resolved = g_string_sized_new (strlen (text) + 64);
  for (guint i = 0; i < references->len; i++)
    {
      const AnnalsReference *reference = references->pdata[i];
      g_autoptr(AnnalsNamed) named = NULL;
      g_autofree char *again = NULL;

      if (reference->uid != NULL || *reference->title == '\0')
        continue;
      if (!find_by_title (db, reference->title, &named, error))
        return NULL;
      if (named == NULL)
        continue;

      again = annals_reference_dup_text (named->kind, named->uid, named->title);
      g_string_append_len (resolved, text + done, reference->start - done);
      g_string_append (resolved, again);
      done = reference->end;
    }
  g_string_append (resolved, text + done);

  return g_string_free (g_steal_pointer (&resolved), FALSE);
}

char *
annals_db_quote_annotation (AnnalsDb  *db,
                            gint64     annotation_id,
                            GError   **error)
{
  g_autoptr(AnnalsAnnotation) annotation = NULL;
  g_autoptr(AnnalsNamed) post = NULL;
  g_autofree char *post_text = NULL;
  g_autofree char *note_text = NULL;
  g_autoptr(GString) quote = g_string_new (NULL);
  g_auto(GStrv) lines = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  if (!(annotation = annals_db_load_annotation (db, annotation_id, error)) ||
      !(post = annals_db_load_named (db, ANNALS_RECORD_POST, annotation->post_id, error)))
    return NULL;

  post_text = annals_reference_dup_text (ANNALS_RECORD_POST, post->uid, post->title);
  /* Translators: leads from a quotation to where it stands */
  note_text = annals_reference_dup_text (ANNALS_RECORD_ANNOTATION, annotation->uid,
                                         *annotation->selector.exact != '\0' ? annotation->selector.exact
                                                                             : annotation->note);
  lines = g_strsplit (*annotation->selector.exact != '\0' ? annotation->selector.exact : annotation->note, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    g_string_append_printf (quote, "> %s\n", lines[i]);
  g_string_append_printf (quote, ">\n> — %s", post_text);
  if (*post->context != '\0')
    g_string_append_printf (quote, ", %s", post->context);
  g_string_append_printf (quote, " (%s)\n", note_text);

  return g_string_free (g_steal_pointer (&quote), FALSE);
}
