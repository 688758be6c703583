/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-front-matter.h"
#include "annals-limits.h"

#include "annals-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <yaml.h>

typedef struct
{
  AnnalsFrontMatter *matter;
  AnnalsListRecord  *values;    /* becomes the matter's when all is well */
  guint              line;      /* of the file, where the YAML begins */
  guint              depth;
  gboolean           sequence[ANNALS_LIMIT_YAML_DEPTH + 1];
  gboolean           wants_key[ANNALS_LIMIT_YAML_DEPTH + 1];
  /* to the contents of the container, or the member of a mapping */
  char              *paths[ANNALS_LIMIT_YAML_DEPTH + 1];
  GHashTable        *anchors;   /* name → its value; only what is one value is remembered */
  gsize              n_bytes;
} Yaml;

/* --- line by line, for what is nearly YAML --- */

static char *
dup_plain (const char *value)
{
  g_autofree char *plain = g_strstrip (g_strdup (value));
  gsize length = strlen (plain);

  if (length >= 2 && (*plain == '"' || *plain == '\'') && plain[length - 1] == *plain)
    return g_strndup (plain + 1, length - 2);

  return g_steal_pointer (&plain);
}

/* "key: value" and "- value", which is what most of it is. */
static void
read_lines (AnnalsFrontMatter *self,
            const char        *yaml,
            gsize              length)
{
  g_autofree char *text = g_strndup (yaml, length);
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *key = NULL;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *line = lines[i] + strspn (lines[i], " \t");
      const char *colon = strchr (line, ':');

      if (*line == '-' && (line[1] == ' ' || line[1] == '\t') && key != NULL)
        {
          g_autofree char *list = g_strconcat (key, "[]", NULL);

          annals_list_record_take (self->values, list, dup_plain (line + 2));
        }
      else if (line == lines[i] && colon != NULL && colon > line && strcspn (line, " \t#'\"") >= (gsize) (colon - line))
        {
          g_free (key);
          key = g_strndup (line, (gsize) (colon - line));
          annals_list_record_take (self->values, key, dup_plain (colon + 1));
        }
    }
}

/* --- events --- */

static void
take_value (Yaml       *self,
            const char *value)
{
  gsize length = strlen (value);

  self->n_bytes += length;
  if (self->n_bytes > ANNALS_LIMIT_YAML_TOTAL)
    return;

  if (self->depth > 0 && self->sequence[self->depth])
    {
      g_autofree char *list = g_strconcat (self->paths[self->depth], "[]", NULL);

      annals_list_record_take (self->values, list, g_utf8_make_valid (value, -1));
    }
  else if (self->depth > 0)
    {
      annals_list_record_take (self->values, self->paths[self->depth], g_utf8_make_valid (value, -1));
    }
}

/* The path to the contents of what begins in the current container. */
static char *
dup_path (Yaml *self)
{
  return g_strdup (self->depth > 0 && self->paths[self->depth] ? self->paths[self->depth] : "");
}

static void
set_key (Yaml       *self,
         const char *key)
{
  g_autofree char *valid = g_utf8_make_valid (key, -1);
  const char *outer = self->depth > 1 && self->paths[self->depth - 1] ? self->paths[self->depth - 1] : "";

  g_free (self->paths[self->depth]);
  self->paths[self->depth] = *outer ? g_strconcat (outer, ".", valid, NULL) : g_strdup (valid);
}

/* A value stands in a mapping where a key or the value of one is; TRUE when it is a key. */
static gboolean
toggle_key (Yaml *self)
{
  gboolean is_key;

  if (self->depth == 0 || self->sequence[self->depth])
    return FALSE;

  is_key = self->wants_key[self->depth];
  self->wants_key[self->depth] = !is_key;

  return is_key;
}

static gboolean
begin_container (Yaml     *self,
                 gboolean  sequence)
{
  char *path;

  if (self->depth >= ANNALS_LIMIT_YAML_DEPTH)
    return FALSE;

  path = dup_path (self);
  toggle_key (self);
  self->depth++;
  self->sequence[self->depth] = sequence;
  self->wants_key[self->depth] = !sequence;
  g_free (self->paths[self->depth]);
  self->paths[self->depth] = path;

  return TRUE;
}

static void
take_scalar (Yaml               *self,
             const yaml_event_t *event)
{
  const char *value = (const char *) event->data.scalar.value;
  gboolean plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;

  if (toggle_key (self))
    {
      set_key (self, value);
      return;
    }

  if (event->data.scalar.anchor != NULL && g_hash_table_size (self->anchors) < 100)
    g_hash_table_insert (self->anchors, g_strdup ((const char *) event->data.scalar.anchor), g_strdup (value));

  /* nothing, as YAML says it */
  if (plain && (g_str_equal (value, "~") || g_ascii_strcasecmp (value, "null") == 0))
    value = "";

  take_value (self, value);
}

static void
take_alias (Yaml               *self,
            const yaml_event_t *event)
{
  const char *value = g_hash_table_lookup (self->anchors, event->data.alias.anchor);

  if (toggle_key (self))
    set_key (self, value ? value : "");
  else if (value != NULL)
    take_value (self, value);
  else
    annals_front_matter_problem (self->matter, self->line + (guint) event->start_mark.line,
                                 g_strdup (_("A list that is repeated by an alias was left out")));
}

/* FALSE when a limit is reached. */
static gboolean
take_event (Yaml               *self,
            const yaml_event_t *event)
{
  switch (event->type)
    {
    case YAML_SCALAR_EVENT:
      take_scalar (self, event);
      return TRUE;

    case YAML_ALIAS_EVENT:
      take_alias (self, event);
      return TRUE;

    case YAML_SEQUENCE_START_EVENT:
      return begin_container (self, TRUE);

    case YAML_MAPPING_START_EVENT:
      return begin_container (self, FALSE);

    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
      self->depth--;
      return TRUE;

    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_STREAM_END_EVENT:
    case YAML_DOCUMENT_START_EVENT:
    case YAML_DOCUMENT_END_EVENT:
      break;
    }

  return TRUE;
}

/* What is wrong; NULL when nothing is. */
static char *
read_events (Yaml       *self,
             const char *yaml,
             gsize       length,
             guint      *line)
{
  yaml_parser_t parser;
  char *wrong = NULL;
  gboolean at_end = FALSE;

  if (!yaml_parser_initialize (&parser))
    return g_strdup (_("out of memory"));
  yaml_parser_set_encoding (&parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string (&parser, (const unsigned char *) yaml, length);

  for (guint n = 0; wrong == NULL && !at_end; n++)
    {
      yaml_event_t event;

      if (!yaml_parser_parse (&parser, &event))
        {
          *line = self->line + (guint) parser.problem_mark.line;
          wrong = annals_text_normalize_line (parser.problem ? parser.problem : "", -1);
          break;
        }

      *line = self->line + (guint) event.start_mark.line;
      if (n > ANNALS_LIMIT_YAML_EVENTS || !take_event (self, &event) || self->n_bytes > ANNALS_LIMIT_YAML_TOTAL)
        wrong = g_strdup (_("there is too much of it"));
      at_end = event.type == YAML_STREAM_END_EVENT;
      yaml_event_delete (&event);
    }

  yaml_parser_delete (&parser);

  return wrong;
}

void
annals_front_matter_read_yaml (AnnalsFrontMatter *self,
                               const char        *yaml,
                               gsize              length,
                               guint              line)
{
  Yaml state = { .matter = self, .line = line };
  g_autoptr(AnnalsListRecord) values = annals_list_record_new ();
  g_autoptr(GHashTable) anchors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *wrong = NULL;
  guint wrong_line = line;

  state.values = values;
  state.anchors = anchors;
  wrong = read_events (&state, yaml, length, &wrong_line);
  for (guint i = 0; i <= ANNALS_LIMIT_YAML_DEPTH; i++)
    g_free (state.paths[i]);

  if (wrong == NULL)
    {
      annals_list_record_free (self->values);
      self->values = g_steal_pointer (&values);
      return;
    }

  annals_front_matter_problem (
    self, wrong_line,
    g_strdup_printf (_("What stands in front of the text is no valid YAML (%s); it was read line by line"), wrong));
  read_lines (self, yaml, length);
}
