/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-found.h"

#include <string.h>

#include "annals-glance.h"
#include "annals-quick-find.h"

/* The desktop shows five or so, and asks for more only where it was told of more. */
#define MAX_FOUND 20
/* A name that has the letters somewhere, but not together, is no answer here. */
#define MIN_NAME_SCORE 11
#define MIN_LENGTH 2

#define KINDS (ANNALS_QUICK_KIND (ANNALS_RECORD_POST) | ANNALS_QUICK_KIND (ANNALS_RECORD_ANNOTATION) | \
               ANNALS_QUICK_KIND (ANNALS_RECORD_TIMELINE) | ANNALS_QUICK_TEXTS)

static const struct
{
  AnnalsRecord  kind;
  const char   *name;
} kinds[] = {
  { ANNALS_RECORD_POST, "post" },
  { ANNALS_RECORD_ANNOTATION, "note" },
  { ANNALS_RECORD_TIMELINE, "timeline" },
};

void
annals_found_free (AnnalsFound *self)
{
  g_free (self->id);
  g_free (self->path);
  annals_named_free (self->named);
  g_free (self);
}

const char *
annals_found_get_kind_name (AnnalsRecord kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].kind == kind)
      return kinds[i].name;

  return NULL;
}

gboolean
annals_found_parse_id (const char    *id,
                       AnnalsRecord  *kind,
                       char         **uid,
                       char         **path)
{
  g_auto(GStrv) parts = NULL;

  g_return_val_if_fail (id != NULL, FALSE);

  parts = g_strsplit (id, ":", 3);
  if (g_strv_length (parts) != 3 || *parts[1] == '\0' || *parts[2] != '/')
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].name, parts[0]))
      {
        *kind = kinds[i].kind;
        *uid = g_steal_pointer (&parts[1]);
        *path = g_steal_pointer (&parts[2]);
        g_free (parts[0]);
        g_free (g_steal_pointer (&parts));
        return TRUE;
      }

  return FALSE;
}

static AnnalsFound *
found_new (const char  *path,
           AnnalsNamed *named,
           int          score)
{
  AnnalsFound *self = g_new0 (AnnalsFound, 1);

  self->id = g_strdup_printf ("%s:%s:%s", annals_found_get_kind_name (named->kind), named->uid, path);
  self->path = g_strdup (path);
  self->named = named;
  self->score = score;

  return self;
}

typedef struct
{
  const char *path;
  const char *typed;
  GPtrArray  *found;
} Search;

static gboolean
search_in (AnnalsDb      *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Search *search = data;
  g_autoptr(GPtrArray) hits = annals_db_quick_find (db, search->typed, KINDS, NULL, 0, MAX_FOUND, error);

  if (hits == NULL)
    return FALSE;

  for (guint i = 0; i < hits->len; i++)
    {
      AnnalsQuickHit *hit = hits->pdata[i];

      if (hit->named->kind != ANNALS_RECORD_TIMELINE || hit->score >= MIN_NAME_SCORE)
        g_ptr_array_add (search->found, found_new (search->path, g_steal_pointer (&hit->named), hit->score));
    }

  return TRUE;
}

static int
compare_scores (gconstpointer a,
                gconstpointer b)
{
  const AnnalsFound *x = *(const AnnalsFound * const *) a;
  const AnnalsFound *y = *(const AnnalsFound * const *) b;

  return y->score - x->score;
}

GPtrArray *
annals_found_search (const char * const *paths,
                     const char * const *terms,
                     GCancellable       *cancellable)
{
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_found_free);
  g_autofree char *typed = g_strjoinv (" ", (char **) terms);

  g_strstrip (typed);
  if (g_utf8_strlen (typed, -1) < MIN_LENGTH && g_utf8_get_char (typed) < 0x2E80)
    return g_steal_pointer (&found);

  for (guint i = 0; paths[i] != NULL; i++)
    {
      Search search = { paths[i], typed, found };

      /* one that is gone, damaged or of another version is as good as none */
      annals_glance (paths[i], search_in, &search, cancellable, NULL);
      if (g_cancellable_is_cancelled (cancellable))
        return NULL;
    }

  /* stable, so that of equals the notebook used last comes first */
  g_ptr_array_sort (found, compare_scores);
  if (found->len > MAX_FOUND)
    g_ptr_array_set_size (found, MAX_FOUND);

  return g_steal_pointer (&found);
}

typedef struct
{
  AnnalsRecord  kind;
  const char   *uid;
  AnnalsNamed  *named;
} LookUp;

static gboolean
look_up_in (AnnalsDb      *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  LookUp *look_up = data;

  return (look_up->named = annals_db_find_named (db, look_up->kind, look_up->uid, error)) != NULL;
}

GPtrArray *
annals_found_look_up (const char * const *ids,
                      GCancellable       *cancellable)
{
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_found_free);

  for (guint i = 0; ids[i] != NULL && i < MAX_FOUND; i++)
    {
      g_autofree char *uid = NULL;
      g_autofree char *path = NULL;
      LookUp look_up = { 0 };

      if (!annals_found_parse_id (ids[i], &look_up.kind, &uid, &path))
        continue;

      look_up.uid = uid;
      if (!annals_glance (path, look_up_in, &look_up, cancellable, NULL))
        continue;
      if (look_up.named->where == ANNALS_WHERE_HERE)
        g_ptr_array_add (found, found_new (path, look_up.named, 0));
      else
        annals_named_free (look_up.named);
    }

  return g_steal_pointer (&found);
}
