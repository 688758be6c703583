/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-json-layout.h"

#include "annals-json-scan.h"
#include "annals-list-mapping.h"

#include <string.h>

/* Lists stand no deeper. */
#define MAX_LEVEL 9
#define MAX_PREFIX 100
#define MAX_CANDIDATES 200

/* The likeliest first */
static const char * const list_names[] = {
  "posts", "items", "articles", "entries", "stories", "news", "docs", "hits", "results", "records", "documents",
  "publications", "statuses", "messages", "entry", "pages", "item", "data", "value", "values", "rows", "list",
  "children", "edges", "nodes", "objects", "features", NULL,
};

/* A container that holds objects */
typedef struct
{
  char  *path;
  char   container;
  guint  level;
  guint  rank;        /* in list_names */
  guint  n_arrays;    /* arrays around it */
  guint  n_objects;   /* directly in it */
  gsize  n_bytes;     /* from the first of them to the end of the last one that was seen */
  gsize  first;
} Candidate;

typedef struct
{
  AnnalsJsonScan *scan;
  GPtrArray      *candidates;
  guint           open[MAX_LEVEL + 2];   /* level → number of its candidate, from 1 */
  gboolean        has_title, has_text, has_date;   /* among the members of the outermost object */
  gboolean        feed, wordpress;
  char           *ghost;                 /* the path to an export's posts */
  guint           n_outside;             /* values at the outside */
} Survey;

void
annals_json_layout_free (AnnalsJsonLayout *self)
{
  if (self == NULL)
    return;

  g_free (self->path);
  g_free (self);
}

static guint
rank_of (const char *name)
{
  guint rank;
  g_autofree char *lower = g_ascii_strdown (name, -1);

  for (rank = 0; list_names[rank] != NULL; rank++)
    if (g_str_equal (list_names[rank], lower))
      break;

  return rank;
}

gboolean
annals_json_layout_names_list (const char *name)
{
  return list_names[rank_of (name)] != NULL;
}

static void
candidate_free (gpointer data)
{
  Candidate *candidate = data;

  g_free (candidate->path);
  g_free (candidate);
}

/* The container at @level, in which an object begins at @at. */
static void
see_object (Survey *self,
            guint   level,
            gsize   at)
{
  Candidate *candidate;

  if (self->open[level] == 0)
    {
      const char *key = "";

      if (self->candidates->len >= MAX_CANDIDATES)
        return;

      candidate = g_new0 (Candidate, 1);
      candidate->path = annals_json_scan_dup_path (self->scan, level);
      candidate->container = annals_json_scan_get_container (self->scan, level);
      candidate->level = level;
      candidate->first = at;
      for (guint i = 1; i < level; i++)
        {
          candidate->n_arrays += annals_json_scan_get_container (self->scan, i) == '[';
          key = annals_json_scan_get_key (self->scan, i);
        }
      candidate->rank = rank_of (key);
      g_ptr_array_add (self->candidates, candidate);
      self->open[level] = self->candidates->len;
    }

  candidate = self->candidates->pdata[self->open[level] - 1];
  candidate->n_objects++;
  candidate->n_bytes = at - candidate->first;
}

static void
see_key (Survey *self)
{
  guint depth = annals_json_scan_get_depth (self->scan);
  const char *key = annals_json_scan_get_key (self->scan, depth);

  if (depth == 1)
    {
      self->has_title |= annals_list_names_field (key, ANNALS_FIELD_TITLE);
      self->has_text |= annals_list_names_field (key, ANNALS_FIELD_TEXT);
      self->has_date |= annals_list_names_field (key, ANNALS_FIELD_DATE);
    }

  /* beside "meta", in which this stands, comes "data" */
  if (g_str_equal (key, "exported_on") && self->ghost == NULL && depth <= 4)
    {
      g_autofree char *path = annals_json_scan_dup_path (self->scan, depth);

      if (g_str_equal (path, "meta") || g_str_equal (path, "db.meta"))
        self->ghost = g_str_equal (path, "meta") ? g_strdup ("data.posts") : g_strdup ("db.data.posts");
    }

  if (depth <= 3 && (g_str_equal (key, "rendered") || g_str_equal (key, "_links")))
    self->wordpress = TRUE;
}

static void
see_string (Survey *self)
{
  guint depth = annals_json_scan_get_depth (self->scan);

  if (depth == 1 && g_str_equal (annals_json_scan_get_key (self->scan, 1), "version") &&
      strstr (annals_json_scan_get_string (self->scan), "jsonfeed.org/version/") != NULL)
    self->feed = TRUE;
}

/* FALSE when it is no JSON. */
static gboolean
survey (Survey     *self,
        const char *json)
{
  for (const char *at = json; *at != '\0'; at++)
    {
      guint depth = annals_json_scan_get_depth (self->scan);

      switch (annals_json_scan_push (self->scan, *at))
        {
        case ANNALS_JSON_BEGIN:
          self->n_outside += depth == 0;
          if (*at == '{' && depth >= 1 && depth <= MAX_LEVEL)
            see_object (self, depth, (gsize) (at - json));
          if (depth + 1 <= MAX_LEVEL)
            self->open[depth + 1] = 0;
          break;

        case ANNALS_JSON_KEY:
          see_key (self);
          break;

        case ANNALS_JSON_STRING:
          if (depth == 0)
            return FALSE;
          see_string (self);
          break;

        case ANNALS_JSON_VALUE:
          if (depth == 0)
            return FALSE;
          break;

        case ANNALS_JSON_ILLEGAL:
          /* behind "callback(…)" and "x = …" */
          if (depth == 0 && self->n_outside > 0)
            return TRUE;
          /* one stray byte in an object of thousands is damage */
          if (self->candidates->len == 0 && !(self->has_title || self->has_text))
            return FALSE;
          break;

        case ANNALS_JSON_NOTHING:
        case ANNALS_JSON_END:
          break;
        }
    }

  return TRUE;
}

/* Whether @a is a likelier list than @b (nullable). */
static gboolean
is_better (const Candidate *a,
           const Candidate *b)
{
  gboolean a_known = list_names[a->rank] != NULL, b_known;

  if (a->container != '[')
    return FALSE;
  if (b == NULL)
    return TRUE;

  b_known = list_names[b->rank] != NULL;
  if (a_known != b_known)
    return a_known;
  if (a_known)
    {
      if (a->n_arrays != b->n_arrays)
        return a->n_arrays < b->n_arrays;
      return a->rank < b->rank;
    }

  return a->n_bytes > b->n_bytes;
}

/* A script may stand around it: "callback(" or "window.x = ". */
static const char *
skip_prefix (const char *head)
{
  const char *at = head;

  while (g_ascii_isspace (*at))
    at++;

  for (const char *end = at; end - at < MAX_PREFIX && *end != '\0'; end++)
    {
      if (*end == '{' || *end == '[')
        return end == at || g_ascii_isspace (end[-1]) || strchr ("(=", end[-1]) ? end : NULL;
      if (!g_ascii_isalnum (*end) && strchr ("_$.( =;\n/*", *end) == NULL)
        return NULL;
    }

  return NULL;
}

static AnnalsJsonLayout *
layout_new (const Survey *survey,
            char          container,
            const char   *path)
{
  AnnalsJsonLayout *self = g_new0 (AnnalsJsonLayout, 1);

  self->container = container;
  self->path = g_strdup (path);
  self->feed = survey->feed;
  self->wordpress = survey->wordpress && !survey->feed;

  return self;
}

static AnnalsJsonLayout *
choose (const Survey *survey,
        char          first)
{
  AnnalsJsonLayout *self;
  Candidate *best = NULL, *map = NULL;

  for (guint i = 0; i < survey->candidates->len; i++)
    {
      Candidate *candidate = survey->candidates->pdata[i];

      if (first == '[' && candidate->level == 1)
        return layout_new (survey, '[', "");
      if (is_better (candidate, best))
        best = candidate;
      if (candidate->container == '{' && candidate->n_objects > 1 && candidate->level <= 2 &&
          (map == NULL || candidate->n_objects > map->n_objects))
        map = candidate;
    }

  if (first == '[')
    return NULL;

  if (survey->ghost != NULL)
    {
      self = layout_new (survey, '[', survey->ghost);
      self->known = self->ghost = TRUE;
      return self;
    }

  /* one object behind the other */
  if (survey->n_outside > 1)
    return layout_new (survey, 0, "");

  if (best != NULL && list_names[best->rank] != NULL && best->n_arrays == 0 &&
      !(survey->has_title && survey->has_text && !survey->feed))
    {
      self = layout_new (survey, '[', best->path);
      self->known = TRUE;
      return self;
    }

  if (survey->has_title && (survey->has_text || survey->has_date))
    {
      self = layout_new (survey, 0, "");
      self->single = TRUE;
      return self;
    }

  if (best != NULL)
    {
      self = layout_new (survey, '[', best->path);
      self->known = list_names[best->rank] != NULL;
      return self;
    }

  return map ? layout_new (survey, '{', map->path) : NULL;
}

AnnalsJsonLayout *
annals_json_layout_new (const char *head)
{
  g_autoptr(AnnalsJsonScan) scan = annals_json_scan_new ();
  g_autoptr(GPtrArray) candidates = g_ptr_array_new_with_free_func (candidate_free);
  Survey self = { .scan = scan, .candidates = candidates };
  AnnalsJsonLayout *layout;
  const char *json = skip_prefix (head);

  if (json == NULL)
    return NULL;

  layout = survey (&self, json) ? choose (&self, *json) : NULL;
  g_free (self.ghost);
  if (layout != NULL)
    layout->start = (gsize) (json - head);

  return layout;
}
