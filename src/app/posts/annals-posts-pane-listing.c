/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "annals-announce.h"
#include "annals-lists.h"
#include "annals-post-card.h"
#include "annals-posts-pane-private.h"
#include "annals-search.h"

/* Rows that are there at once when a large notebook has just been opened. */
#define FIRST_ROWS 200

/* A question that takes longer (milliseconds) shows that it is being worked on. */
#define SLOW 300

/* An index that is behind no longer than this (milliseconds) is not spoken of. */
#define REMARK_DELAY 500

void
annals_posts_pane_get_pending (AnnalsPostsPane *self,
                               guint           *posts,
                               guint           *notes)
{
  AnnalsNotebook *notebook = self->desk != NULL ? annals_desk_get_notebook (self->desk) : NULL;

  *posts = *notes = 0;
  if (notebook != NULL)
    g_object_get (notebook, "index-pending", posts, "notes-pending", notes, NULL);
}

/* Returns: (nullable): when nothing is missing */
static char *
dup_index_remark (AnnalsPostsPane *self)
{
  guint pending, notes;

  annals_posts_pane_get_pending (self, &pending, &notes);
  if (self->query != NULL && pending > 0)
    return g_strdup_printf (ngettext ("%'u post is still being indexed and may be missing here",
                                      "%'u posts are still being indexed and may be missing here",
                                      pending), pending);
  if (self->query != NULL && notes > 0)
    return g_strdup_printf (ngettext ("%'u note or memo is still being indexed and may be missing here",
                                      "%'u notes and memos are still being indexed and may be missing here",
                                      notes), notes);

  return NULL;
}

static gboolean
remark_cb (gpointer data)
{
  AnnalsPostsPane *self = data;
  g_autofree char *text = dup_index_remark (self);

  self->remark_source = 0;
  if (text != NULL && !annals_search_bar_has_error (self->search))
    annals_search_bar_show_remark (self->search, text, FALSE);

  return G_SOURCE_REMOVE;
}

/* A remark that comes moves the list down: after a small change it would be gone again before it was read. */
void
annals_posts_pane_show_index_remark (AnnalsPostsPane *self)
{
  g_autofree char *text = dup_index_remark (self);

  if (annals_search_bar_has_error (self->search))
    return;

  if (text == NULL)
    {
      g_clear_handle_id (&self->remark_source, g_source_remove);
      annals_search_bar_show_remark (self->search, NULL, FALSE);
    }
  else if (annals_search_bar_has_remark (self->search))
    annals_search_bar_show_remark (self->search, text, FALSE);
  else if (self->remark_source == 0)
    self->remark_source = g_timeout_add (REMARK_DELAY, remark_cb, self);
}

/* Returns: (nullable): why */
static char *
show_nothing (AnnalsPostsPane *self)
{
  gboolean searching = self->query != NULL;
  g_autofree char *description = NULL;
  g_autofree char *escaped = NULL;

  if (self->kin != ANNALS_POSTS_KIN_NONE)
    description = g_strdup (self->kin == ANNALS_POSTS_KIN_SAME ? _("No two posts have nearly the same text.")
                                                               : _("No other post is like this one."));
  else if (searching && self->scope != ANNALS_SCOPE_ALL)
    /* Translators: %s is a part of the notebook, such as “Unread” or a tag */
    description = g_strdup_printf (_("No post in “%s” fits the search."), self->scope_name);
  else if (searching)
    description = g_strdup (_("No post fits the search."));
  else if (self->scope != ANNALS_SCOPE_ALL)
    description = g_strdup_printf (_("“%s” has no posts."), self->scope_name);
  else
    {
      gtk_stack_set_visible_child_name (self->stack, "empty");
      return NULL;
    }

  escaped = g_markup_escape_text (description, -1);
  adw_status_page_set_title (self->nothing_page, searching || self->kin != ANNALS_POSTS_KIN_NONE
                                                   ? _("Nothing Found") : _("No Posts"));
  adw_status_page_set_description (self->nothing_page, escaped);
  gtk_widget_set_visible (self->clear_search_button, searching && self->kin == ANNALS_POSTS_KIN_NONE);
  gtk_stack_set_visible_child_name (self->stack, "nothing");

  return g_steal_pointer (&description);
}

void
annals_posts_pane_select_position (AnnalsPostsPane *self,
                                   guint            position)
{
  g_signal_handler_block (self->posts, self->selection_id);
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->posts), position, TRUE);
  g_signal_handler_unblock (self->posts, self->selection_id);
  annals_posts_pane_update_actions (self);
  annals_list_scroll_to (self->list_view, position);
}

void
annals_posts_pane_show_posts (AnnalsPostsPane         *self,
                              GArray                  *ids,
                              AnnalsPagedChange       *change,
                              AnnalsPostCardsQuestion *question)
{
  g_clear_pointer (&self->ids, g_array_unref);
  self->ids = g_array_ref (ids);
  annals_paged_list_set_question (self->posts, question, (GDestroyNotify) annals_post_cards_question_free);
  annals_paged_list_apply (self->posts, change);
}

static void
set_busy (AnnalsPostsPane *self,
          gboolean         busy)
{
  gtk_widget_set_visible (GTK_WIDGET (self->busy), busy);
  gtk_spinner_set_spinning (self->busy, busy);
}

static void
stop_waiting (AnnalsPostsPane *self)
{
  g_clear_handle_id (&self->slow_source, g_source_remove);
  set_busy (self, FALSE);
}

/* The first rows of a list that is still to come. */
static void
first_listed_cb (gpointer      owner,
                 gpointer      data,
                 const GError *error)
{
  AnnalsPostsPane *self = ANNALS_POSTS_PANE (owner);
  AnnalsPostListing *job = data;

  /* A failure is said of the whole. */
  if (job->cancellable != self->loading || error != NULL || job->ids->len == 0)
    return;

  stop_waiting (self);
  annals_posts_pane_show_posts (self, job->ids, job->change, annals_post_cards_question_new (NULL, NULL));
  gtk_stack_set_visible_child_name (self->stack, "list");
}

static gboolean
prepare_in_reader (AnnalsDb      *db,
                   gpointer       data,
                   GCancellable  *cancellable,
                   GError       **error)
{
  return annals_search_prepare (db, error);
}

/* What fails here fails again, and is told, when something is searched for. */
static void
prepared_cb (gpointer      owner,
             gpointer      data,
             const GError *error)
{
}

/* Once the posts are seen: the first search finds in memory what it needs of a large notebook. */
static void
prepare_searches (AnnalsPostsPane *self)
{
  if (self->preparing != NULL)
    return;

  self->preparing = g_cancellable_new ();
  annals_desk_read (self->desk, self, prepare_in_reader, NULL, NULL, self->preparing, prepared_cb);
}

/* Only what was asked for is said, not what a running import makes of it.
 * Returns: whether another part of the notebook is shown, or another search; who comes back from posts like one of them
 * stays where they were
 */
static gboolean
announce (AnnalsPostsPane *self,
          const char      *count,
          const char      *nothing)
{
  g_autofree char *asked = g_strdup_printf ("%d:%" G_GINT64_FORMAT "|%d:%" G_GINT64_FORMAT ":%s", self->kin,
                                            self->kin_id, self->scope, self->scope_id,
                                            self->query != NULL ? self->query : "");
  gboolean known = self->announced != NULL;
  gboolean other = known && !g_str_equal (strchr (self->announced, '|'), strchr (asked, '|'));

  if (known && !g_str_equal (self->announced, asked))
    annals_announce (GTK_WIDGET (self->count), nothing != NULL ? nothing : count);
  g_free (self->announced);
  self->announced = g_steal_pointer (&asked);

  return other;
}

static void
listed_cb (gpointer      owner,
           gpointer      data,
           const GError *error)
{
  AnnalsPostsPane *self = ANNALS_POSTS_PANE (owner);
  AnnalsPostListing *job = data;
  g_autofree char *count = NULL;
  g_autofree char *nothing = NULL;
  guint n, position;

  if (job->cancellable != self->loading)
    return;

  g_clear_object (&self->loading);
  stop_waiting (self);
  if (error != NULL)
    {
      annals_search_bar_show_remark (self->search, error->message, TRUE);
      if (self->ids->len > 0)
        gtk_stack_set_visible_child_name (self->stack, "list");
      return;
    }

  annals_posts_pane_show_posts (self, job->ids, job->change,
                                annals_post_cards_question_new (annals_query_get_marks (job->query), job->reasons));
  n = job->ids->len;
  count = g_strdup_printf (ngettext ("%'u post", "%'u posts", n), n);
  gtk_label_set_text (self->count, count);
  annals_posts_pane_show_index_remark (self);
  annals_posts_pane_show_others (self, job);
  if (n == 0)
    nothing = show_nothing (self);
  else
    gtk_stack_set_visible_child_name (self->stack, "list");
  /* what is found is read from its beginning, unless what was being read is among it */
  if (announce (self, count, nothing) && n > 0 && annals_paged_list_get_n_selected (self->posts) == 0)
    annals_list_scroll_to (self->list_view, 0);

  if (self->to_show != 0 && annals_paged_list_find (self->posts, self->to_show, &position))
    annals_posts_pane_select_position (self, position);
  self->to_show = 0;
  annals_posts_pane_update_actions (self);
  annals_posts_pane_update_facets (self);
  prepare_searches (self);
}

/* What was listed stays until there is something else. */
static gboolean
slow_cb (gpointer data)
{
  AnnalsPostsPane *self = data;

  if (self->ids->len == 0 && g_str_equal (gtk_stack_get_visible_child_name (self->stack), "list"))
    gtk_stack_set_visible_child_name (self->stack, "loading");
  else
    set_busy (self, TRUE);
  self->slow_source = 0;

  return G_SOURCE_REMOVE;
}

static AnnalsPostListing *
create_listing (AnnalsPostsPane *self)
{
  AnnalsPostListing *job = g_new0 (AnnalsPostListing, 1);

  job->scope = self->scope;
  job->scope_id = self->scope_id;
  job->query = annals_query_parse (self->query != NULL ? self->query : "", NULL);
  job->order = annals_posts_pane_get_order (self);
  job->kin = self->kin;
  job->kin_id = self->kin_id;
  job->cancellable = g_object_ref (self->loading);
  job->change = annals_paged_list_begin_change (self->posts);

  return job;
}

/* To know all posts of a large notebook in their order takes a second, the first time. */
static void
load_first (AnnalsPostsPane *self)
{
  AnnalsOrder order = annals_posts_pane_get_order (self);
  AnnalsPostListing *job;

  if (self->ids->len > 0 || self->query != NULL || self->scope != ANNALS_SCOPE_ALL ||
      self->kin != ANNALS_POSTS_KIN_NONE || (order != ANNALS_ORDER_NEWEST && order != ANNALS_ORDER_OLDEST))
    return;

  job = create_listing (self);
  job->limit = FIRST_ROWS;
  annals_desk_read (self->desk, self, annals_post_listing_run, job, (GDestroyNotify) annals_post_listing_free,
                    self->loading, first_listed_cb);
}

void
annals_posts_pane_reload (AnnalsPostsPane *self)
{
  if (self->desk == NULL || annals_desk_get_notebook (self->desk) == NULL)
    return;

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->loading = g_cancellable_new ();
  if (self->slow_source == 0)
    self->slow_source = g_timeout_add (SLOW, slow_cb, self);

  load_first (self);
  annals_desk_read (self->desk, self, annals_post_listing_run, create_listing (self),
                    (GDestroyNotify) annals_post_listing_free, self->loading, listed_cb);
}
