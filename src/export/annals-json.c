/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-json.h"

#include <math.h>

/* JSON is UTF-8, and json-glib writes U+001F as it is, which JSON does not allow. */
static char *
dup_valid (const char *value)
{
  char *valid = g_utf8_make_valid (value, -1);

  return g_strdelimit (valid, "\x1f", ' ');
}

void
annals_json_string (JsonBuilder *builder,
                    const char  *name,
                    const char  *value)
{
  g_autofree char *valid = dup_valid (value != NULL ? value : "");

  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, valid);
}

void
annals_json_nullable (JsonBuilder *builder,
                      const char  *name,
                      const char  *value)
{
  if (value != NULL)
    {
      annals_json_string (builder, name, value);
      return;
    }

  json_builder_set_member_name (builder, name);
  json_builder_add_null_value (builder);
}

void
annals_json_int (JsonBuilder *builder,
                 const char  *name,
                 gint64       value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

void
annals_json_bool (JsonBuilder *builder,
                  const char  *name,
                  gboolean     value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

void
annals_json_seconds (JsonBuilder *builder,
                     const char  *name,
                     double       value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, round (value * 1000) / 1000);
}

char *
annals_json_dup_time (gint64 microseconds)
{
  gint64 seconds = microseconds / G_USEC_PER_SEC;

  if (microseconds % G_USEC_PER_SEC < 0)
    seconds--;

  return annals_date_format_rfc3339 (seconds);
}

void
annals_json_time (JsonBuilder *builder,
                  const char  *name,
                  gint64       microseconds)
{
  g_autofree char *time = annals_json_dup_time (microseconds);

  annals_json_string (builder, name, time);
}

void
annals_json_bound (JsonBuilder *builder,
                   const char  *name,
                   gboolean     known,
                   gint64       seconds)
{
  g_autofree char *time = known ? annals_date_format_rfc3339 (seconds) : NULL;

  annals_json_nullable (builder, name, time);
}

void
annals_json_begin_array (JsonBuilder *builder,
                         const char  *name)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
}

void
annals_json_names (JsonBuilder  *builder,
                   const char   *name,
                   char        **names)
{
  annals_json_begin_array (builder, name);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autofree char *valid = dup_valid (names[i]);

      json_builder_add_string_value (builder, valid);
    }

  json_builder_end_array (builder);
}

void
annals_json_date (JsonBuilder *builder,
                  const char  *name,
                  AnnalsDate  *date)
{
  g_autofree char *display = annals_date_dup_display (date);
  gint64 seconds = 0;
  gboolean known;

  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  annals_json_string (builder, "edtf", annals_date_get_edtf (date));
  known = annals_date_get_from (date, &seconds);
  annals_json_bound (builder, "from", known, seconds);
  known = annals_date_get_to (date, &seconds);
  annals_json_bound (builder, "to", known, seconds);
  annals_json_string (builder, "display", display);
  json_builder_end_object (builder);
}

static void
add_quote (JsonBuilder          *builder,
           const AnnalsEvidence *evidence)
{
  json_builder_set_member_name (builder, "quote");

  if (evidence->exact == NULL)
    {
      json_builder_add_null_value (builder);
      return;
    }

  json_builder_begin_object (builder);
  annals_json_string (builder, "exact", evidence->exact);
  annals_json_string (builder, "prefix", evidence->prefix);
  annals_json_string (builder, "suffix", evidence->suffix);
  annals_json_int (builder, "start", evidence->start);
  annals_json_int (builder, "end", evidence->end);
  annals_json_string (builder, "state", evidence->state);
  json_builder_end_object (builder);
}

void
annals_json_add_sources (JsonBuilder       *builder,
                         const AnnalsEvent *event)
{
  json_builder_set_member_name (builder, "sources");
  json_builder_begin_object (builder);
  annals_json_int (builder, "supporting", event->n_supporting);
  annals_json_int (builder, "contradicting", event->n_contradicting);
  json_builder_end_object (builder);
}

void
annals_json_add_evidence (JsonBuilder          *builder,
                          const AnnalsEvidence *evidence)
{
  json_builder_begin_object (builder);
  annals_json_string (builder, "stance", annals_stance_to_string (evidence->stance));
  annals_json_string (builder, "post", evidence->post_uid);
  annals_json_nullable (builder, "annotation", evidence->annotation_uid);
  add_quote (builder, evidence);
  annals_json_string (builder, "note", evidence->note);
  json_builder_end_object (builder);
}

void
annals_json_annotation_members (JsonBuilder            *builder,
                                const AnnalsAnnotation *annotation)
{
  annals_json_string (builder, "uid", annotation->uid);
  annals_json_string (builder, "post", annotation->post_uid);
  annals_json_int (builder, "start", annotation->selector.start);
  annals_json_int (builder, "end", annotation->selector.end);
  annals_json_string (builder, "quote", annotation->selector.exact);
  annals_json_string (builder, "prefix", annotation->selector.prefix);
  annals_json_string (builder, "suffix", annotation->selector.suffix);
  annals_json_string (builder, "colour", annotation->colour);
  annals_json_string (builder, "note", annotation->note);
  annals_json_names (builder, "tags", annotation->tags);
  annals_json_string (builder, "state", annotation->state);
  annals_json_bool (builder, "orphan", annotation->orphan);
  annals_json_time (builder, "created", annotation->created);
  annals_json_time (builder, "modified", annotation->modified);
  annals_json_string (builder, "author", annotation->author);
}
