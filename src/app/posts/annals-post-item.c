/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-post-item.h"

#include <glib/gi18n.h>

struct _AnnalsPostItem
{
  GObject         parent_instance;
  gint64          id;
  AnnalsPostCard *card;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AnnalsPostItem, annals_post_item, G_TYPE_OBJECT)

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
static char *
build_lead (const char *snippet)
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

static void
card_clear (AnnalsPostCard *self)
{
  annals_post_free (self->post);
  g_free (self->meta);
  g_free (self->lead);
  g_free (self->name);
}

static void
annals_post_item_finalize (GObject *object)
{
  AnnalsPostItem *self = ANNALS_POST_ITEM (object);

  g_clear_pointer (&self->card, annals_post_card_unref);

  G_OBJECT_CLASS (annals_post_item_parent_class)->finalize (object);
}

static void
annals_post_item_class_init (AnnalsPostItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = annals_post_item_finalize;

  signals[CHANGED] = g_signal_new ("changed", ANNALS_TYPE_POST_ITEM, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
annals_post_item_init (AnnalsPostItem *self)
{
}

AnnalsPostCard *
annals_post_card_new (AnnalsPost *post,
                      const char *snippet)
{
  AnnalsPostCard *self;

  g_return_val_if_fail (post != NULL, NULL);

  self = g_atomic_rc_box_new0 (AnnalsPostCard);
  self->post = post;
  self->meta = build_meta (post);
  self->lead = build_lead (snippet != NULL ? snippet : post->lead);
  self->name = build_name (post);

  return self;
}

AnnalsPostCard *
annals_post_card_ref (AnnalsPostCard *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
annals_post_card_unref (AnnalsPostCard *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) card_clear);
}

AnnalsPostItem *
annals_post_item_new (gint64 id)
{
  AnnalsPostItem *self = g_object_new (ANNALS_TYPE_POST_ITEM, NULL);

  self->id = id;

  return self;
}

gint64
annals_post_item_get_id (AnnalsPostItem *self)
{
  g_return_val_if_fail (ANNALS_IS_POST_ITEM (self), 0);

  return self->id;
}

AnnalsPostCard *
annals_post_item_get_card (AnnalsPostItem *self)
{
  g_return_val_if_fail (ANNALS_IS_POST_ITEM (self), NULL);

  return self->card;
}

void
annals_post_item_set_card (AnnalsPostItem *self,
                           AnnalsPostCard *card)
{
  g_return_if_fail (ANNALS_IS_POST_ITEM (self));

  if (self->card == card)
    return;

  g_clear_pointer (&self->card, annals_post_card_unref);
  self->card = card != NULL ? annals_post_card_ref (card) : NULL;
  g_signal_emit (self, signals[CHANGED], 0);
}
