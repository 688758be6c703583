/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-work-passages.h"

#include "annals-anchor.h"
#include "annals-entry.h"
#include "annals-foreign-posts.h"
#include "annals-posts.h"

/* The text of one post at a time. */
typedef struct
{
  gint64        post_id;
  AnnalsText   *text;
  AnnalsAnchor *anchor;
} AtHand;

static void
at_hand_clear (AtHand *self)
{
  g_clear_pointer (&self->anchor, annals_anchor_free);
  g_clear_pointer (&self->text, annals_text_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AtHand, at_hand_clear)

static gboolean
take_in_hand (AtHand    *self,
              AnnalsDb  *db,
              gint64     post_id,
              GError   **error)
{
  if (self->text != NULL && self->post_id == post_id)
    return TRUE;

  at_hand_clear (self);
  if (!(self->text = annals_db_load_text (db, post_id, 0, error)))
    return FALSE;

  self->anchor = annals_anchor_new (self->text, NULL);
  self->post_id = post_id;
  return TRUE;
}

/* An empty one is a note on the whole post. */
static gboolean
is_to_be_found (AnnalsEntry *entry)
{
  return *annals_entry_get_text (entry, "quote") != '\0' &&
         !g_str_equal (annals_entry_get_text (entry, "state"), "review");
}

/* Where the passage stands in that text. */
static void
find_place (AtHand      *at_hand,
            AnnalsEntry *entry)
{
  AnnalsSelector wanted = {
    (guint) annals_entry_get (entry, "start")->number, (guint) annals_entry_get (entry, "end")->number,
    (char *) annals_entry_get_text (entry, "quote"), (char *) annals_entry_get_text (entry, "prefix"),
    (char *) annals_entry_get_text (entry, "suffix"),
  };
  AnnalsAnchorMatch match = annals_anchor_find (at_hand->anchor, &wanted);
  g_autoptr(AnnalsSelector) selector = NULL;

  if (match.state == ANNALS_ANCHOR_REVIEW || match.start >= match.end)
    {
      annals_entry_set_text (entry, "state", "review");
      return;
    }

  selector = annals_selector_new (at_hand->text, match.start, match.end);
  annals_entry_set_number (entry, "start", selector->start);
  annals_entry_set_number (entry, "end", selector->end);
  annals_entry_set_text (entry, "quote", selector->exact);
  annals_entry_set_text (entry, "prefix", selector->prefix);
  annals_entry_set_text (entry, "suffix", selector->suffix);
}

typedef struct
{
  AnnalsEntry *note;
  gint64       post_id;
} Passage;

static int
compare_passages (gconstpointer a,
                  gconstpointer b)
{
  const Passage *x = a;
  const Passage *y = b;

  return (x->post_id > y->post_id) - (x->post_id < y->post_id);
}

/* (element type Passage), post by post */
static GArray *
list_passages (GPtrArray *notes,
               GPtrArray *posts)
{
  g_autoptr(GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  GArray *passages = g_array_new (FALSE, FALSE, sizeof (Passage));

  for (guint i = 0; i < posts->len; i++)
    {
      AnnalsForeignPost *post = posts->pdata[i];

      if (post->own_uid != NULL)
        g_hash_table_insert (ids, post->own_uid, &post->id);
    }

  for (guint i = 0; i < notes->len; i++)
    {
      AnnalsEntry *note = notes->pdata[i];
      const gint64 *id = g_hash_table_lookup (ids, annals_entry_get_text (note, "post"));
      Passage passage = { note, id != NULL ? *id : 0 };

      if (id != NULL && is_to_be_found (note))
        g_array_append_val (passages, passage);
    }
  g_array_sort (passages, compare_passages);

  return passages;
}

gboolean
annals_work_passages_find (GPtrArray     *notes,
                           GPtrArray     *posts,
                           AnnalsDb      *db,
                           GCancellable  *cancellable,
                           GError       **error)
{
  g_autoptr(GArray) passages = list_passages (notes, posts);
  g_auto(AtHand) at_hand = { 0 };

  for (guint i = 0; i < passages->len; i++)
    {
      const Passage *passage = &g_array_index (passages, Passage, i);

      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !take_in_hand (&at_hand, db, passage->post_id, error))
        return FALSE;
      find_place (&at_hand, passage->note);
    }

  return TRUE;
}
