/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-note-list.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-db-private.h"

AnnalsNoteFilter *
annals_note_filter_new (void)
{
  AnnalsNoteFilter *self = g_new0 (AnnalsNoteFilter, 1);

  self->colours = g_ptr_array_new_with_free_func (g_free);
  self->tag_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->words = g_strdup ("");

  return self;
}

AnnalsNoteFilter *
annals_note_filter_copy (const AnnalsNoteFilter *self)
{
  AnnalsNoteFilter *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->colours = g_ptr_array_copy (self->colours, (GCopyFunc) (void (*)(void)) g_strdup, NULL);
  g_ptr_array_set_free_func (copy->colours, g_free);
  copy->tag_ids = g_array_copy (self->tag_ids);
  copy->author = g_strdup (self->author);
  copy->words = g_strdup (self->words);
  copy->posts_query = g_strdup (self->posts_query);
  copy->post_ids = self->post_ids != NULL ? g_array_ref (self->post_ids) : NULL;

  return copy;
}

void
annals_note_filter_free (AnnalsNoteFilter *self)
{
  g_ptr_array_unref (self->colours);
  g_array_unref (self->tag_ids);
  g_free (self->author);
  g_free (self->words);
  g_free (self->posts_query);
  g_clear_pointer (&self->post_ids, g_array_unref);
  g_free (self);
}

gboolean
annals_note_filter_is_empty (const AnnalsNoteFilter *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return (self->kind == ANNALS_NOTES_ALL || self->kind == ANNALS_NOTES_PASSAGES) && self->colours->len == 0 &&
         self->tag_ids->len == 0 && self->timeline_id == 0 && self->author == NULL && self->from == 0 &&
         self->to == 0 && *self->words == '\0' && self->posts_query == NULL && self->post_ids == NULL;
}

/* --- conditions that were typed --- */

static gboolean
add_condition (AnnalsNoteFilter  *self,
               AnnalsDb          *db,
               const char        *field,
               const char        *value,
               gboolean          *known,
               GError           **error)
{
  gint64 id;

  *known = TRUE;
  if (g_str_equal (field, "colour"))
    {
      if (!(value = annals_db_clean_colour (value, 0, error)))
        return FALSE;
      g_ptr_array_add (self->colours, g_strdup (value));
    }
  else if (g_str_equal (field, "tag"))
    {
      if (!annals_db_find (db, ANNALS_RECORD_TAG, value, &id, error))
        return FALSE;
      g_array_append_val (self->tag_ids, id);
    }
  else if (g_str_equal (field, "timeline"))
    return annals_db_find (db, ANNALS_RECORD_TIMELINE, value, &self->timeline_id, error);
  else if (g_str_equal (field, "author"))
    {
      g_free (self->author);
      self->author = g_strdup (value);
    }
  else if (g_str_equal (field, "is") && g_str_equal (value, "review"))
    self->kind = ANNALS_NOTES_REVIEW;
  else
    *known = FALSE;

  return TRUE;
}

/* The next piece of @text between spaces; what stands in quotation marks stays together, without them. */
static char *
next_piece (const char **text)
{
  g_autoptr(GString) piece = g_string_new (NULL);
  gboolean quoted = FALSE;
  const char *p = *text;

  while (g_ascii_isspace (*p))
    p++;
  for (; *p != '\0' && (quoted || !g_ascii_isspace (*p)); p++)
    if (*p == '"')
      quoted = !quoted;
    else
      g_string_append_c (piece, *p);
  *text = p;

  return piece->len > 0 ? g_string_free (g_steal_pointer (&piece), FALSE) : NULL;
}

gboolean
annals_note_filter_parse (AnnalsNoteFilter  *self,
                          AnnalsDb          *db,
                          const char        *text,
                          GError           **error)
{
  g_autoptr(GString) words = g_string_new (NULL);

  g_return_val_if_fail (self != NULL && db != NULL && text != NULL, FALSE);

  while (*text != '\0')
    {
      g_autofree char *piece = next_piece (&text);
      g_autofree char *field = NULL;
      const char *colon;
      gboolean known = FALSE;

      if (piece == NULL)
        continue;

      if ((colon = strchr (piece, ':')) != NULL && colon[1] != '\0')
        {
          field = g_strndup (piece, colon - piece);
          if (!add_condition (self, db, field, colon + 1, &known, error))
            return FALSE;
        }
      if (!known)
        g_string_append_printf (words, words->len > 0 ? " %s" : "%s", piece);
    }

  g_free (self->words);
  self->words = g_string_free (g_steal_pointer (&words), FALSE);
  return TRUE;
}
