/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "annals-post-changes.h"
#include "annals-posts-pane-private.h"
#include "annals-tags.h"

/* The tags and how many of the selected posts carry each, asked of a reader's thread. */
typedef struct
{
  GArray    *ids;
  gboolean   removing;
  GPtrArray *tags;
  GArray    *counts;
} TagsJob;

static void
tags_job_free (TagsJob *self)
{
  g_array_unref (self->ids);
  g_clear_pointer (&self->tags, g_ptr_array_unref);
  g_clear_pointer (&self->counts, g_array_unref);
  g_free (self);
}

static gboolean
count_in_reader (AnnalsDb      *db,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  TagsJob *job = data;

  return (job->tags = annals_db_list_tags (db, error)) != NULL &&
         (job->counts = annals_db_count_tags_on_posts (db, (const gint64 *) (gpointer) job->ids->data,
                                                       job->ids->len, cancellable, error)) != NULL;
}

static int
compare_tag_id (gconstpointer a,
                gconstpointer b)
{
  gint64 x = ((const AnnalsTagCount *) a)->tag_id;
  gint64 y = ((const AnnalsTagCount *) b)->tag_id;

  return (x > y) - (x < y);
}

static guint
count_of (GArray *counts,
          gint64  tag_id)
{
  AnnalsTagCount wanted = { tag_id, 0 };
  guint place;

  return g_array_binary_search (counts, &wanted, compare_tag_id, &place)
         ? g_array_index (counts, AnnalsTagCount, place).n_posts : 0;
}

/* What putting the tag on them would do. */
static char *
dup_add_remark (const char *name,
                guint       n,
                guint       n_have)
{
  guint n_get = n - n_have;
  g_autofree char *get = NULL;
  g_autofree char *have = NULL;

  if (n_get == 0)
    /* Translators: a tag's name */
    return n == 1 ? g_strdup_printf (_("The post has “%s” already."), name)
                  : g_strdup_printf (_("All of them have “%s” already."), name);

  get = g_strdup_printf (ngettext ("%'u post gets “%s”", "%'u posts get “%s”", n_get), n_get, name);
  if (n_have == 0)
    return g_strconcat (get, ".", NULL);

  /* Translators: follows “3,000 posts get ‘sanctions’” */
  have = g_strdup_printf (ngettext ("; %'u has it already.", "; %'u have it already.", n_have), n_have);
  return g_strconcat (get, have, NULL);
}

static char *
dup_remove_remark (const char *name,
                   guint       n_have)
{
  /* Translators: the number of posts, then a tag's name */
  return g_strdup_printf (ngettext ("“%2$s” is taken off %1$'u post.", "“%2$s” is taken off %1$'u posts.", n_have),
                          n_have, name);
}

static void
add_choice (AnnalsPickPopover *popover,
            TagsJob           *job,
            const AnnalsTag   *tag)
{
  guint n = job->ids->len;
  guint n_have = count_of (job->counts, tag->id);
  g_autofree char *remark = NULL;
  g_autofree char *detail = NULL;

  if (job->removing && n_have == 0)
    return;

  if (n_have > 0 && n > 1)
    /* Translators: how many of the chosen posts have a tag */
    detail = g_strdup_printf (_("%'u of %'u"), n_have, n);
  else if (n_have > 0 && !job->removing)
    detail = g_strdup (_("has it"));
  remark = job->removing ? dup_remove_remark (tag->name, n_have) : dup_add_remark (tag->name, n, n_have);

  annals_pick_popover_add (popover, &(AnnalsPickChoice) {
    .id = tag->id, .name = tag->name, .colour = tag->colour, .depth = job->removing ? 0 : tag->depth,
    .detail = detail, .remark = remark, .aliases = (const char * const *) tag->synonyms });
}

static void
show_choices (AnnalsPickPopover *popover,
              TagsJob           *job)
{
  guint n = job->ids->len;
  g_autofree char *heading = NULL;
  g_autofree char *remark = NULL;

  heading = job->removing
            ? g_strdup_printf (ngettext ("Remove a Tag from %'u Post", "Remove a Tag from %'u Posts", n), n)
            : g_strdup_printf (ngettext ("Tag %'u Post", "Tag %'u Posts", n), n);
  remark = g_strdup_printf (ngettext ("%'u post gets the new tag.", "%'u posts get the new tag.", n), n);
  annals_pick_popover_clear (popover);
  annals_pick_popover_set_heading (popover, heading);
  annals_pick_popover_set_create (popover, !job->removing, remark);
  for (guint i = 0; i < job->tags->len; i++)
    add_choice (popover, job, job->tags->pdata[i]);
  annals_pick_popover_popup (popover);
}

static void
counted_cb (gpointer      owner,
            gpointer      data,
            const GError *error)
{
  AnnalsPostsPane *self = ANNALS_POSTS_PANE (owner);
  TagsJob *job = data;

  if (error != NULL)
    {
      annals_desk_fail (self->desk, _("The tags could not be read"), error->message);
      return;
    }

  if (job->removing && job->counts->len == 0)
    {
      annals_desk_toast (self->desk, ngettext ("The post has no tags", "The posts have no tags", job->ids->len),
                         FALSE);
      return;
    }

  /* What is chosen is for these posts, whatever is selected by then. */
  g_clear_pointer (&self->tagged_ids, g_array_unref);
  self->tagged_ids = g_array_ref (job->ids);
  show_choices (ANNALS_PICK_POPOVER (job->removing ? self->untag_popover : self->tag_popover), job);
}

static void
ask (AnnalsPostsPane *self,
     gboolean         removing)
{
  TagsJob *job = g_new0 (TagsJob, 1);
  GdkRectangle place;

  annals_posts_pane_get_place (self, &place);
  gtk_popover_set_pointing_to (GTK_POPOVER (removing ? self->untag_popover : self->tag_popover), &place);
  job->ids = annals_paged_list_dup_selected (self->posts);
  job->removing = removing;
  annals_desk_read (self->desk, self, count_in_reader, job, (GDestroyNotify) tags_job_free, NULL, counted_cb);
}

static void
add_tag_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  ask (ANNALS_POSTS_PANE (widget), FALSE);
}

static void
remove_tag_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  ask (ANNALS_POSTS_PANE (widget), TRUE);
}

static void
add_picked_cb (AnnalsPostsPane *self,
               gint64           id,
               const char      *name)
{
  annals_posts_add_tag (self->desk, self, g_array_copy (self->tagged_ids), id, name);
}

static void
remove_picked_cb (AnnalsPostsPane *self,
                  gint64           id,
                  const char      *name)
{
  annals_posts_remove_tag (self->desk, self, g_array_copy (self->tagged_ids), id, name);
}

void
annals_posts_pane_install_tag_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "posts.add-tag", NULL, add_tag_action);
  gtk_widget_class_install_action (widget_class, "posts.remove-tag", NULL, remove_tag_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_t, GDK_CONTROL_MASK, "posts.add-tag", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_r, GDK_CONTROL_MASK, "posts.remove-tag", NULL);
}

void
annals_posts_pane_init_tag_popovers (AnnalsPostsPane *self)
{
  self->tag_popover = annals_pick_popover_new (_("Tags"), _("Find or create a tag"));
  self->untag_popover = annals_pick_popover_new (_("Tags"), _("Find a tag"));
  gtk_widget_set_parent (self->tag_popover, GTK_WIDGET (self));
  gtk_widget_set_parent (self->untag_popover, GTK_WIDGET (self));
  g_signal_connect_object (self->tag_popover, "picked", G_CALLBACK (add_picked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->untag_popover, "picked", G_CALLBACK (remove_picked_cb), self, G_CONNECT_SWAPPED);
}
