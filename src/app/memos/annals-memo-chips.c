/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-memo-text-private.h"

#include <pango/pango.h>
#include <string.h>

#define NAMED "annals-named"

static const AnnalsNamed *
get_named (GtkTextTag *tag)
{
  return g_object_get_data (G_OBJECT (tag), NAMED);
}

const AnnalsNamed *
annals_memo_chip_at (AnnalsMemoText     *self,
                     const GtkTextIter  *iter,
                     GtkTextTag        **tag)
{
  g_autoptr(GSList) tags = gtk_text_iter_get_tags (iter);

  for (GSList *l = tags; l != NULL; l = l->next)
    {
      const AnnalsNamed *named = get_named (l->data);

      if (named != NULL)
        {
          if (tag != NULL)
            *tag = l->data;
          return named;
        }
    }

  return NULL;
}

/* What leads nowhere is struck out: colour alone would not tell. */
static void
set_named (GtkTextTag        *tag,
           const AnnalsNamed *named)
{
  gboolean leads = named->where == ANNALS_WHERE_HERE;

  g_object_set (tag,
                "underline", leads ? PANGO_UNDERLINE_SINGLE : PANGO_UNDERLINE_NONE,
                "strikethrough", !leads,
                "weight", PANGO_WEIGHT_MEDIUM,
                NULL);
  g_object_set_data_full (G_OBJECT (tag), NAMED, annals_named_copy (named), (GDestroyNotify) annals_named_free);
}

static GtkTextTag *
make_tag (AnnalsMemoText    *self,
          const AnnalsNamed *named)
{
  GtkTextTag *tag = gtk_text_buffer_create_tag (self->buffer, NULL, NULL);

  set_named (tag, named);
  g_ptr_array_add (self->chips, tag);

  return tag;
}

void
annals_memo_chips_refresh (AnnalsMemoText *self,
                           GPtrArray      *named)
{
  for (guint i = 0; i < self->chips->len; i++)
    for (guint k = 0; k < named->len; k++)
      {
        const AnnalsNamed *one = named->pdata[k];

        if (one->where != ANNALS_WHERE_MISSING && g_str_equal (one->uid, get_named (self->chips->pdata[i])->uid))
          {
            set_named (self->chips->pdata[i], one);
            break;
          }
      }
}

void
annals_memo_chip_insert (AnnalsMemoText    *self,
                         GtkTextIter       *iter,
                         const AnnalsNamed *named)
{
  gboolean filling = self->filling;

  self->filling = TRUE;
  gtk_text_buffer_insert_with_tags (self->buffer, iter, named->title, -1, make_tag (self, named), NULL);
  self->filling = filling;
}

void
annals_memo_chips_clear (AnnalsMemoText *self)
{
  GtkTextTagTable *table = gtk_text_buffer_get_tag_table (self->buffer);

  for (guint i = 0; i < self->chips->len; i++)
    gtk_text_tag_table_remove (table, self->chips->pdata[i]);
  g_ptr_array_set_size (self->chips, 0);
}

/* --- text to chips and back --- */

void
annals_memo_chips_insert_text (AnnalsMemoText *self,
                               GtkTextIter    *iter,
                               const char     *text,
                               GPtrArray      *named)
{
  g_autoptr(GPtrArray) references = annals_references_parse (text);
  gboolean filling = self->filling;
  gsize done = 0;

  self->filling = TRUE;
  for (guint i = 0; i < references->len; i++)
    {
      const AnnalsReference *reference = references->pdata[i];
      AnnalsNamed made = { .kind = reference->kind, .uid = reference->uid, .title = reference->title,
                           .context = (char *) "", .where = ANNALS_WHERE_HERE };

      if (reference->uid == NULL || *reference->title == '\0')
        continue;   /* it stays text */

      gtk_text_buffer_insert (self->buffer, iter, text + done, reference->start - done);
      if (named != NULL)
        {
          const AnnalsNamed *known = named->pdata[i];

          made.id = known->id;
          made.post_id = known->post_id;
          made.timeline_id = known->timeline_id;
          made.where = known->where;
          made.context = known->context;
        }
      annals_memo_chip_insert (self, iter, &made);
      done = reference->end;
    }
  gtk_text_buffer_insert (self->buffer, iter, text + done, -1);
  self->filling = filling;
}

typedef struct
{
  GtkTextIter        start;
  GtkTextIter        end;
  const AnnalsNamed *named;
} Extent;

static int
compare_extents (gconstpointer a,
                 gconstpointer b)
{
  return gtk_text_iter_compare (&((const Extent *) a)->start, &((const Extent *) b)->start);
}

/* Where the references stand that lie in a part of the text. */
static GArray *
list_extents (AnnalsMemoText    *self,
              const GtkTextIter *start,
              const GtkTextIter *end)
{
  GArray *extents = g_array_new (FALSE, FALSE, sizeof (Extent));

  for (guint i = 0; i < self->chips->len; i++)
    {
      GtkTextTag *tag = self->chips->pdata[i];
      Extent extent = { *start, *start, get_named (tag) };

      if (!gtk_text_iter_has_tag (&extent.start, tag) &&
          (!gtk_text_iter_forward_to_tag_toggle (&extent.start, tag) ||
           gtk_text_iter_compare (&extent.start, end) >= 0))
        continue;

      extent.end = extent.start;
      gtk_text_iter_forward_to_tag_toggle (&extent.end, tag);
      g_array_append_val (extents, extent);
    }
  g_array_sort (extents, compare_extents);

  return extents;
}

char *
annals_memo_chips_dup (AnnalsMemoText    *self,
                       const GtkTextIter *start,
                       const GtkTextIter *end)
{
  g_autoptr(GArray) extents = list_extents (self, start, end);
  g_autoptr(GString) text = g_string_new (NULL);
  GtkTextIter done = *start;

  for (guint i = 0; i < extents->len; i++)
    {
      const Extent *extent = &g_array_index (extents, Extent, i);
      g_autofree char *before = gtk_text_buffer_get_text (self->buffer, &done, &extent->start, TRUE);
      g_autofree char *reference = annals_reference_dup_text (extent->named->kind, extent->named->uid,
                                                              extent->named->title);

      g_string_append (text, before);
      g_string_append (text, reference);
      done = extent->end;
    }

  if (gtk_text_iter_compare (&done, end) < 0)
    {
      g_autofree char *rest = gtk_text_buffer_get_text (self->buffer, &done, end, TRUE);

      g_string_append (text, rest);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* --- a reference is one thing --- */

/* What would delete a part of a reference deletes all of it. */
static void
delete_range_cb (AnnalsMemoText *self,
                 GtkTextIter    *start,
                 GtkTextIter    *end)
{
  GtkTextTag *tag;

  if (self->filling)
    return;

  if (annals_memo_chip_at (self, start, &tag) != NULL && !gtk_text_iter_starts_tag (start, tag))
    gtk_text_iter_backward_to_tag_toggle (start, tag);
  if (annals_memo_chip_at (self, end, &tag) != NULL && !gtk_text_iter_starts_tag (end, tag))
    gtk_text_iter_forward_to_tag_toggle (end, tag);
}

/* What is typed in the middle of a reference comes behind it. */
static void
insert_text_cb (AnnalsMemoText *self,
                GtkTextIter    *iter)
{
  GtkTextTag *tag;

  if (!self->filling && annals_memo_chip_at (self, iter, &tag) != NULL && !gtk_text_iter_starts_tag (iter, tag))
    gtk_text_iter_forward_to_tag_toggle (iter, tag);
}

void
annals_memo_chips_connect (AnnalsMemoText *self)
{
  g_signal_connect_object (self->buffer, "delete-range", G_CALLBACK (delete_range_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->buffer, "insert-text", G_CALLBACK (insert_text_cb), self, G_CONNECT_SWAPPED);
}
