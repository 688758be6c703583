/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a reference manager says of a post changes there and comes again, without the text that a page has given the post
 * since: so it is taken over field by field. */
#include "config.h"

#include "annals-import-fields.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* characters of a value in a message */
#define MAX_SHOWN 200

gboolean
annals_tags_are_among (const char *tags,
                       const char *others)
{
  g_auto(GStrv) lines = g_strsplit (tags, "\n", -1);
  g_auto(GStrv) other_lines = g_strsplit (others, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0' && !g_strv_contains ((const char * const *) other_lines, lines[i]))
      return FALSE;

  return TRUE;
}

/* @tags and those of @more that are not among them */
static const char *
unite_tags (AnnalsCopies *self,
            const char   *tags,
            const char   *more)
{
  g_auto(GStrv) lines = g_strsplit (more, "\n", -1);
  g_autoptr(GString) all = g_string_new (tags);

  for (guint i = 0; lines[i] != NULL; i++)
    if (!annals_tags_are_among (lines[i], all->str))
      g_string_append_printf (all, all->len > 0 ? "\n%s" : "%s", lines[i]);

  return g_string_chunk_insert (self->strings, all->str);
}

static gboolean
is_same_folded (const char *a,
                const char *b)
{
  g_autofree char *x = g_utf8_casefold (a, -1);
  g_autofree char *y = g_utf8_casefold (b, -1);

  return g_str_equal (x, y);
}

/* A month does not contradict one of its days, nor one kind of English another. A further address is kept as such. */
static gboolean
contradicts (AnnalsField  field,
             const char  *a,
             const char  *b)
{
  g_autoptr(AnnalsDate) first = NULL;
  g_autoptr(AnnalsDate) second = NULL;

  switch (field)
    {
    case ANNALS_FIELD_TITLE:
    case ANNALS_FIELD_AUTHOR:
    case ANNALS_FIELD_SOURCE:
      return !is_same_folded (a, b);

    case ANNALS_FIELD_PUBLISHED:
      first = annals_date_parse (a, NULL);
      second = annals_date_parse (b, NULL);
      return first != NULL && second != NULL && !annals_date_may_fall_in (first, second);

    case ANNALS_FIELD_LANGUAGE:
      return strcspn (a, "-") != strcspn (b, "-") || g_ascii_strncasecmp (a, b, strcspn (a, "-")) != 0;

    case ANNALS_FIELD_URL:
    case ANNALS_FIELD_TAGS:
      break;
    }

  return FALSE;
}

/* Leaves the copies that are fuller than @copy; what they say goes into @fuller, what the others say into @rest. */
static void
split_copies (AnnalsCopies      *self,
              const AnnalsCopy  *copy,
              const char        *fuller[ANNALS_N_FIELDS],
              const char        *rest[ANNALS_N_FIELDS])
{
  for (guint k = 0; k < ANNALS_N_FIELDS; k++)
    fuller[k] = rest[k] = "";

  for (guint i = 0; i < self->array->len;)
    {
      const AnnalsCopy *one = &g_array_index (self->array, AnnalsCopy, i);
      const char **into = one->extent > copy->extent ? fuller : rest;

      for (guint k = 0; k < ANNALS_N_FIELDS; k++)
        if (*into[k] == '\0')
          into[k] = one->fields[k];
      if (into == rest)
        g_array_remove_index (self->array, i);
      else
        i++;
    }
}

static void
take_tags (AnnalsCopies     *self,
           const AnnalsCopy *copy,
           const char       *said,
           AnnalsCopy       *lesser,
           AnnalsTaking     *taking)
{
  const char *all;

  taking->more_tags = !annals_tags_are_among (copy->fields[ANNALS_FIELD_TAGS],
                                              *said != '\0' ? said : lesser->fields[ANNALS_FIELD_TAGS]);
  if (!taking->more_tags)
    return;

  all = unite_tags (self, *said != '\0' ? said : lesser->fields[ANNALS_FIELD_TAGS], copy->fields[ANNALS_FIELD_TAGS]);
  if (*said == '\0')
    lesser->fields[ANNALS_FIELD_TAGS] = all;
  else
    for (guint i = 0; i < self->array->len; i++)
      if (*g_array_index (self->array, AnnalsCopy, i).fields[ANNALS_FIELD_TAGS] != '\0')
        g_array_index (self->array, AnnalsCopy, i).fields[ANNALS_FIELD_TAGS] = all;
}

void
annals_copies_take_fields (AnnalsCopies     *self,
                           const AnnalsCopy *copy,
                           AnnalsTaking     *taking)
{
  AnnalsCopy text = g_array_index (self->array, AnnalsCopy, 0);
  AnnalsCopy lesser;
  const char *fuller[ANNALS_N_FIELDS];

  *taking = (AnnalsTaking) { 0 };
  lesser = *copy;
  split_copies (self, copy, fuller, lesser.fields);
  for (guint k = 0; k < ANNALS_FIELD_TAGS; k++)
    {
      if (*copy->fields[k] == '\0')
        continue;

      if (*fuller[k] == '\0' && !g_str_equal (lesser.fields[k], copy->fields[k]))
        {
          lesser.fields[k] = copy->fields[k];
          taking->changed |= 1u << k;
        }
      else if (*fuller[k] != '\0' && contradicts (k, fuller[k], copy->fields[k]))
        {
          taking->stays[k] = fuller[k];
          taking->kept |= 1u << k;
        }
    }
  take_tags (self, copy, fuller[ANNALS_FIELD_TAGS], &lesser, taking);

  if (self->array->len == 0)
    {
      /* the text is of no fuller copy, and stays all the same */
      memcpy (text.fields, lesser.fields, sizeof text.fields);
      lesser = text;
    }
  annals_copies_add (self, &lesser);
}

static char *
dup_shown (AnnalsField  field,
           const char  *value)
{
  g_autoptr(AnnalsDate) date = field == ANNALS_FIELD_PUBLISHED ? annals_date_parse (value, NULL) : NULL;
  g_autofree char *shown = date != NULL ? annals_date_dup_display (date) : g_strdup (value);

  if (g_utf8_strlen (shown, -1) > MAX_SHOWN)
    {
      g_autofree char *cut = g_utf8_substring (shown, 0, MAX_SHOWN);

      return g_strconcat (cut, "…", NULL);
    }

  return g_steal_pointer (&shown);
}

static const char *
get_label (AnnalsField field)
{
  switch (field)
    {
    case ANNALS_FIELD_TITLE:
      return _("Title");

    case ANNALS_FIELD_AUTHOR:
      return _("Author");

    case ANNALS_FIELD_SOURCE:
      return _("Source");

    case ANNALS_FIELD_PUBLISHED:
      return _("Date");

    case ANNALS_FIELD_LANGUAGE:
      return _("Language");

    case ANNALS_FIELD_URL:
    case ANNALS_FIELD_TAGS:
      break;
    }

  g_return_val_if_reached ("");
}

gboolean
annals_taking_tell (const AnnalsTaking *self,
                    const AnnalsCopy   *copy,
                    AnnalsDb           *db,
                    gint64              import_id,
                    const char         *place,
                    GError            **error)
{
  for (guint k = 0; k < ANNALS_N_FIELDS; k++)
    {
      g_autofree char *stays = NULL;
      g_autofree char *goes = NULL;
      g_autofree char *reason = NULL;

      if ((self->kept & 1u << k) == 0)
        continue;

      stays = dup_shown (k, self->stays[k]);
      goes = dup_shown (k, copy->fields[k]);
      /* Translators: what a bibliography says of a post otherwise than the post's own page; first the field's name, as
       * in “Title” */
      reason = g_strdup_printf (_("%s: “%s” stays, as the post's own page says it; “%s” is left out"), get_label (k),
                                stays, goes);
      if (!annals_db_add_issue (db, import_id,
                                &(AnnalsIssue) {
                                  .severity = ANNALS_SEVERITY_NOTE,
                                  .code = ANNALS_ISSUE_COPY,
                                  .place = (char *) place,
                                  .reason = reason,
                                  .excerpt = (char *) copy->fields[ANNALS_FIELD_TITLE],
                                },
                                error))
        return FALSE;
    }

  return TRUE;
}
