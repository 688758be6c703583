/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "annals-search-bar-private.h"
#include "annals-search.h"

#define MAX_OFFERED 8
/* A word has to be so long until it may be a field's name that is meant. */
#define MIN_NAME 2

static const char * const meanings[ANNALS_QUERY_N_FIELDS] = {
  [ANNALS_QUERY_TITLE] = N_("in the title"),        [ANNALS_QUERY_TEXT] = N_("in the text"),
  [ANNALS_QUERY_NOTE] = N_("in your notes"),        [ANNALS_QUERY_QUOTE] = N_("in what you marked"),
  [ANNALS_QUERY_AUTHOR] = N_("who wrote it"),       [ANNALS_QUERY_SOURCE] = N_("publication"),
  [ANNALS_QUERY_TAG] = N_("tag"),                   [ANNALS_QUERY_TIMELINE] = N_("evidence in a timeline"),
  [ANNALS_QUERY_LANGUAGE] = N_("language"),         [ANNALS_QUERY_IMPORT] = N_("imported file"),
  [ANNALS_QUERY_URL] = N_("address"),               [ANNALS_QUERY_DATE] = N_("of a day, a month, a year"),
  [ANNALS_QUERY_BEFORE] = N_("before a date"),      [ANNALS_QUERY_AFTER] = N_("after a date"),
  [ANNALS_QUERY_IS] = N_("unread, starred…"),       [ANNALS_QUERY_HAS] = N_("image, note"),
  [ANNALS_QUERY_COLOUR] = N_("colour of a highlight"),
};

typedef struct
{
  AnnalsQueryField   field;
  char              *prefix;
  char             **values;
} CompleteJob;

static void
complete_job_free (CompleteJob *self)
{
  g_free (self->prefix);
  g_strfreev (self->values);
  g_free (self);
}

static gboolean
complete_in_reader (AnnalsDb      *db,
                    gpointer       data,
                    GCancellable  *cancellable,
                    GError       **error)
{
  CompleteJob *job = data;

  job->values = annals_search_complete (db, job->field, job->prefix, MAX_OFFERED, error);

  return job->values != NULL;
}

static void
offer (AnnalsSearchBar    *self,
       const char * const *values,
       const char * const *details)
{
  graphene_rect_t bounds;

  if (gtk_widget_compute_bounds (self->entry, GTK_WIDGET (self), &bounds))
    gtk_popover_set_pointing_to (GTK_POPOVER (self->suggestions),
                                 &(GdkRectangle) { (int) bounds.origin.x, (int) bounds.origin.y,
                                                   (int) bounds.size.width, (int) bounds.size.height });
  annals_search_popover_offer (self->suggestions, values, details);
}

static gboolean
is_being_typed (AnnalsSearchBar *self)
{
  GtkRoot *root = gtk_widget_get_root (self->entry);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, self->entry);
}

static void
completed_cb (gpointer      owner,
              gpointer      data,
              const GError *error)
{
  AnnalsSearchBar *self = ANNALS_SEARCH_BAR (owner);
  CompleteJob *job = data;

  if (error != NULL || self->token_field != job->field || !is_being_typed (self))
    return;

  /* What stands there in full needs no help. */
  if (job->values[0] != NULL && job->values[1] == NULL && g_str_equal (job->values[0], job->prefix))
    offer (self, NULL, NULL);
  else
    offer (self, (const char * const *) job->values, NULL);
}

static void
ask_for_values (AnnalsSearchBar *self,
                const char      *prefix)
{
  CompleteJob *job = g_new0 (CompleteJob, 1);

  job->field = self->token_field;
  job->prefix = g_strdup (prefix);
  self->completing = g_cancellable_new ();
  annals_desk_read (self->desk, self, complete_in_reader, job, (GDestroyNotify) complete_job_free,
                    self->completing, completed_cb);
}

static void
offer_fields (AnnalsSearchBar *self,
              const char      *word)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) details = g_ptr_array_new ();

  for (guint i = 0; i < ANNALS_QUERY_N_FIELDS && strlen (word) >= MIN_NAME; i++)
    if (g_ascii_strncasecmp (annals_query_field_get_name (i), word, strlen (word)) == 0)
      {
        g_ptr_array_add (names, g_strconcat (annals_query_field_get_name (i), ":", NULL));
        g_ptr_array_add (details, (gpointer) _(meanings[i]));
      }

  g_ptr_array_add (names, NULL);
  g_ptr_array_add (details, NULL);
  offer (self, (const char * const *) names->pdata,
                               (const char * const *) details->pdata);
}

/* The word before the cursor, with the quotation it may be in: its start in bytes. */
static const char *
find_token (const char *text,
            const char *cursor)
{
  const char *start = text;
  gboolean quoted = FALSE;

  for (const char *p = text; p < cursor; p++)
    {
      if (*p == '"')
        quoted = !quoted;
      else if (!quoted && (g_ascii_isspace (*p) || *p == '('))
        start = p + 1;
    }

  return *start == '-' && start < cursor ? start + 1 : start;
}

static gboolean
lookup_field (const char       *name,
              AnnalsQueryField *field)
{
  for (guint i = 0; i < ANNALS_QUERY_N_FIELDS; i++)
    if (g_ascii_strcasecmp (annals_query_field_get_name (i), name) == 0)
      {
        *field = i;
        return TRUE;
      }

  return FALSE;
}

void
annals_search_bar_complete (AnnalsSearchBar *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  int position = gtk_editable_get_position (GTK_EDITABLE (self->entry));
  /* while a text is being changed the cursor may still be where it was in the old one */
  const char *cursor = g_utf8_offset_to_pointer (text, MIN (position, g_utf8_strlen (text, -1)));
  const char *start = find_token (text, cursor);
  g_autofree char *token = g_strndup (start, (gsize) (cursor - start));
  char *colon = strchr (token, ':');

  g_cancellable_cancel (self->completing);
  g_clear_object (&self->completing);
  self->offers_recent = FALSE;
  self->token_start = (gsize) (start - text);
  self->token_end = (gsize) (cursor - text);
  self->token_field = ANNALS_QUERY_N_FIELDS;

  if (colon == NULL)
    {
      offer_fields (self, token);
      return;
    }

  *colon = '\0';
  if (lookup_field (token, &self->token_field) && !annals_query_field_is_part (self->token_field))
    ask_for_values (self, colon[1] == '"' ? colon + 2 : colon + 1);
  else
    offer (self, NULL, NULL);
}

void
annals_search_bar_offer_recent (AnnalsSearchBar *self)
{
  g_auto(GStrv) queries = g_settings_get_strv (self->settings, "recent-searches");

  if (g_strv_length (queries) > MAX_OFFERED)
    g_clear_pointer (&queries[MAX_OFFERED], g_free);

  self->offers_recent = TRUE;
  offer (self, (const char * const *) queries, NULL);
  annals_search_popover_move (self->suggestions, 1);
}

void
annals_search_bar_dismiss (AnnalsSearchBar *self)
{
  g_cancellable_cancel (self->completing);
  g_clear_object (&self->completing);
  gtk_popover_popdown (GTK_POPOVER (self->suggestions));
}

/* Puts what was picked in the place of what was typed. */
void
annals_search_bar_take (AnnalsSearchBar *self,
                        const char      *value)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  g_autofree char *piece = NULL;
  g_autofree char *whole = NULL;
  gsize length = strlen (text);
  glong position;

  if (self->offers_recent)
    {
      annals_search_bar_set_query (self, value);
      return;
    }

  if (self->token_field == ANNALS_QUERY_N_FIELDS)
    piece = g_strdup (value);
  else
    {
      g_autofree char *filter = annals_query_dup_filter (self->token_field, value);

      piece = g_strconcat (filter, " ", NULL);
    }

  whole = g_strdup_printf ("%.*s%s%s", (int) MIN (self->token_start, length), text, piece,
                           text + MIN (self->token_end, length));
  position = g_utf8_strlen (whole, (gssize) (self->token_start + strlen (piece)));
  gtk_editable_set_text (GTK_EDITABLE (self->entry), whole);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), (int) position);
}
