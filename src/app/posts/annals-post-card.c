/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-post-card.h"

#include <glib/gi18n.h>

#include "annals-collation.h"

/* Words in the piece of text around a match. */
#define SNIPPET_WORDS 24

struct _AnnalsPostCardsQuestion
{
  char       *match;     /* (nullable) */
  GHashTable *reasons;   /* (nullable) */
};

static void
append_part (GString    *string,
             const char *separator,
             const char *part)
{
  if (part == NULL || *part == '\0')
    return;

  if (string->len > 0)
    g_string_append (string, separator);
  g_string_append (string, part);
}

static void
append_counts (GString          *string,
               const char       *separator,
               const AnnalsPost *post)
{
  g_autofree char *notes = NULL;
  g_autofree char *events = NULL;

  if (post->n_annotations > 0)
    notes = g_strdup_printf (ngettext ("%u note", "%u notes", post->n_annotations),
                             post->n_annotations);
  if (post->n_events > 0)
    events = g_strdup_printf (ngettext ("%u event", "%u events", post->n_events), post->n_events);

  append_part (string, separator, notes);
  append_part (string, separator, events);
}

static char *
build_meta (const AnnalsPost *post)
{
  g_autofree char *date = annals_date_dup_display_short (post->published);
  GString *meta = g_string_new (NULL);

  append_part (meta, " · ", date);
  append_part (meta, " · ", post->source);
  append_counts (meta, " · ", post);

  return g_string_free (meta, FALSE);
}

static char *
build_name (const AnnalsPost *post)
{
  g_autofree char *date = annals_date_dup_display (post->published);
  g_autofree char *tags = g_strjoinv (", ", post->tags);
  GString *name = g_string_new (*post->title != '\0' ? post->title : _("Untitled"));

  append_part (name, ", ", date);
  append_part (name, ", ", post->source);
  append_counts (name, ", ", post);
  append_part (name, ", ", tags);
  if (!post->read)
    append_part (name, ", ", _("unread"));
  if (post->starred)
    append_part (name, ", ", _("starred"));

  return g_string_free (name, FALSE);
}

/* Matches stand between two characters that occur in no text. */
char *
annals_post_card_dup_lead (const char *snippet)
{
  g_autofree char *escaped = NULL;
  GString *markup = g_string_new (NULL);
  gboolean bold = FALSE;
  const char *start = snippet;

  for (const char *p = snippet; ; p++)
    {
      if (*p != '\0' && *p != '\002' && *p != '\003')
        continue;

      g_free (escaped);
      escaped = g_markup_escape_text (start, p - start);
      g_string_append (markup, escaped);
      if (*p == '\002' && !bold)
        g_string_append (markup, "<b>");
      else if (*p != '\002' && bold)
        g_string_append (markup, "</b>");
      bold = *p == '\002';

      if (*p == '\0')
        break;
      start = p + 1;
    }

  return g_string_free (markup, FALSE);
}

/* Takes @post. @snippet (nullable): the piece around the match, matches between U+0002 and U+0003. */
static AnnalsPostCard *
card_new (AnnalsPost *post,
          const char *snippet)
{
  g_autofree char *markup = annals_post_card_dup_lead (snippet != NULL ? snippet : post->lead);
  AnnalsPostCard *self = g_new0 (AnnalsPostCard, 1);

  self->post = post;
  annals_collate_names (post->tags, post->tag_colours);
  self->meta = build_meta (post);
  if (!pango_parse_markup (markup, -1, 0, &self->lead_attributes, &self->lead, NULL, NULL))
    g_assert_not_reached ();   /* all but our own marks is escaped */
  self->name = build_name (post);

  return self;
}

void
annals_post_card_free (AnnalsPostCard *self)
{
  if (self == NULL)
    return;

  annals_post_free (self->post);
  g_free (self->meta);
  g_free (self->lead);
  g_clear_pointer (&self->lead_attributes, pango_attr_list_unref);
  g_free (self->name);
  g_free (self);
}

AnnalsPostCardsQuestion *
annals_post_cards_question_new (const char *match,
                                GHashTable *reasons)
{
  AnnalsPostCardsQuestion *self = g_new0 (AnnalsPostCardsQuestion, 1);

  self->match = g_strdup (match);
  self->reasons = reasons != NULL ? g_hash_table_ref (reasons) : NULL;

  return self;
}

void
annals_post_cards_question_free (AnnalsPostCardsQuestion *self)
{
  g_free (self->match);
  g_clear_pointer (&self->reasons, g_hash_table_unref);
  g_free (self);
}

/* The lead serves where the text has no match, such as when only the title has one. */
static char *
dup_snippet (AnnalsDb                      *db,
             const AnnalsPostCardsQuestion *question,
             gint64                         id)
{
  if (question->reasons != NULL)
    return g_strdup (g_hash_table_lookup (question->reasons, &id));

  return question->match != NULL ? annals_db_dup_snippet (db, id, question->match, SNIPPET_WORDS, NULL) : NULL;
}

GPtrArray *
annals_post_cards_load (AnnalsDb              *db,
                        gconstpointer          question,
                        const AnnalsPagedKey  *keys,
                        guint                  n_keys,
                        GError               **error)
{
  g_autoptr(GArray) ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n_keys);
  g_autoptr(GPtrArray) posts = NULL;
  GPtrArray *cards;
  guint n_seen = 0;

  for (guint i = 0; i < n_keys; i++)
    g_array_append_val (ids, keys[i].id);

  if (!(posts = annals_db_load_posts (db, (const gint64 *) (void *) ids->data, ids->len, error)))
    return NULL;

  /* a post that is gone is left out of @posts, and has a place without a card */
  cards = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_post_card_free);
  for (guint i = 0; i < n_keys; i++)
    {
      AnnalsPost *post = n_seen < posts->len ? posts->pdata[n_seen] : NULL;
      g_autofree char *snippet = NULL;

      if (post == NULL || post->id != keys[i].id)
        {
          g_ptr_array_add (cards, NULL);
          continue;
        }

      snippet = dup_snippet (db, question, post->id);
      posts->pdata[n_seen++] = NULL;
      g_ptr_array_add (cards, card_new (post, snippet));
    }
  g_ptr_array_set_free_func (posts, NULL);   /* all are the cards' */

  return cards;
}
