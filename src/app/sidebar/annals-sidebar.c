/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-sidebar.h"

#include <glib/gi18n.h>

#include "annals-post-changes.h"
#include "annals-review.h"
#include "annals-sidebar-private.h"
#include "annals-tags.h"
#include "annals-timelines.h"

typedef enum
{
  PROP_DESK = 1,
  PROP_TIMELINES_ONLY,
} AnnalsSidebarProp;

enum
{
  SCOPE_SELECTED,
  CHOSEN,
  N_SIGNALS
};

static GParamSpec *properties[PROP_TIMELINES_ONLY + 1];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AnnalsSidebar, annals_sidebar, GTK_TYPE_WIDGET)

/* What is asked of a reader's thread, and what it found as items for the sections; NULL: not asked. */
typedef struct
{
  gboolean   wants_places, wants_timelines, wants_tags, wants_sources, wants_searches;
  GPtrArray *places;
  GPtrArray *searches;
  GPtrArray *timelines;
  GPtrArray *tags;
  GPtrArray *sources;
} PartsJob;

static void
parts_job_free (PartsJob *self)
{
  g_clear_pointer (&self->places, g_ptr_array_unref);
  g_clear_pointer (&self->searches, g_ptr_array_unref);
  g_clear_pointer (&self->timelines, g_ptr_array_unref);
  g_clear_pointer (&self->tags, g_ptr_array_unref);
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  g_free (self);
}

static void
add_item (GPtrArray   *items,
          AnnalsScope  scope,
          gint64       id,
          const char  *name,
          const char  *colour,
          guint        depth,
          guint        count)
{
  AnnalsSidebarItem *item = annals_sidebar_item_new (scope, id);

  annals_sidebar_item_update (item, name, colour, depth, count);
  g_ptr_array_add (items, item);
}

static gboolean
load_places (PartsJob  *job,
             AnnalsDb  *db,
             GError   **error)
{
  AnnalsCounts counts;
  guint n_review;

  if (!annals_db_count (db, &counts, error) || !annals_db_count_review (db, &n_review, error))
    return FALSE;

  job->places = g_ptr_array_new_with_free_func (g_object_unref);
  add_item (job->places, ANNALS_SCOPE_ALL, 0, _("All Posts"), NULL, 0, counts.all);
  add_item (job->places, ANNALS_SCOPE_UNREAD, 0, _("Unread"), NULL, 0, counts.unread);
  add_item (job->places, ANNALS_SCOPE_STARRED, 0, _("Starred"), NULL, 0, counts.starred);
  add_item (job->places, ANNALS_SCOPE_ANNOTATED, 0, _("Annotated"), NULL, 0, counts.annotated);
  if (n_review > 0)
    add_item (job->places, ANNALS_SCOPE_REVIEW, 0, _("To Review"), NULL, 0, n_review);
  if (counts.trashed > 0)
    add_item (job->places, ANNALS_SCOPE_TRASH, 0, _("Trash"), NULL, 0, counts.trashed);

  return TRUE;
}

static gboolean
load_timelines (PartsJob  *job,
                AnnalsDb  *db,
                GError   **error)
{
  g_autoptr(GPtrArray) timelines = NULL;

  if (!(timelines = annals_db_list_timelines (db, error)))
    return FALSE;

  job->timelines = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < timelines->len; i++)
    {
      const AnnalsTimeline *timeline = timelines->pdata[i];

      add_item (job->timelines, ANNALS_SCOPE_TIMELINE, timeline->id, timeline->title,
                timeline->colour, 0, timeline->n_events);
    }

  return TRUE;
}

static gboolean
load_tags (PartsJob  *job,
           AnnalsDb  *db,
           GError   **error)
{
  g_autoptr(GPtrArray) tags = NULL;

  if (!(tags = annals_db_list_tags (db, error)))
    return FALSE;

  job->tags = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < tags->len; i++)
    {
      const AnnalsTag *tag = tags->pdata[i];

      add_item (job->tags, ANNALS_SCOPE_TAG, tag->id, tag->name, tag->colour, tag->depth,
                tag->n_reached);
    }

  return TRUE;
}

static gboolean
load_sources (PartsJob  *job,
              AnnalsDb  *db,
              GError   **error)
{
  g_autoptr(GPtrArray) sources = NULL;

  if (!(sources = annals_db_list_sources (db, error)))
    return FALSE;

  job->sources = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < sources->len; i++)
    {
      const AnnalsSource *source = sources->pdata[i];

      add_item (job->sources, ANNALS_SCOPE_SOURCE, source->id, source->name, NULL, 0,
                source->n_posts);
    }

  return TRUE;
}

static gboolean
load_in_reader (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  PartsJob *job = data;

  return (!job->wants_places || load_places (job, db, error)) &&
         (!job->wants_timelines || load_timelines (job, db, error)) &&
         (!job->wants_tags || load_tags (job, db, error)) &&
         (!job->wants_sources || load_sources (job, db, error)) &&
         (!job->wants_searches || (job->searches = annals_sidebar_list_searches (db, error)) != NULL);
}

static AnnalsSidebarSection *
get_section (AnnalsSidebar *self,
             AnnalsScope    scope)
{
  switch (scope)
    {
    case ANNALS_SCOPE_TIMELINE:
      return self->timelines;

    case ANNALS_SCOPE_TAG:
      return self->tags;

    case ANNALS_SCOPE_SOURCE:
      return self->sources;

    case ANNALS_SCOPE_ALL:
    case ANNALS_SCOPE_UNREAD:
    case ANNALS_SCOPE_STARRED:
    case ANNALS_SCOPE_ANNOTATED:
    case ANNALS_SCOPE_REVIEW:
    case ANNALS_SCOPE_TRASH:
    case ANNALS_SCOPE_IMPORT:
      break;
    }

  return self->places;
}

/* Shows what is chosen: of all sections together one row. */
static void
show_selection (AnnalsSidebar *self)
{
  AnnalsSidebarSection *sections[] = { self->places, self->searches, self->timelines, self->tags, self->sources };
  AnnalsSidebarSection *chosen = self->review_shown ? self->places
                                 : self->timelines_only ? self->timelines
                                 : self->search_id != 0 ? self->searches
                                                        : get_section (self, self->scope);

  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    {
      if (sections[i] != chosen)
        annals_sidebar_section_unselect (sections[i]);
    }

  if (self->review_shown)
    {
      if (!annals_sidebar_section_select (self->places, ANNALS_SCOPE_REVIEW, 0))
        annals_sidebar_section_unselect (self->places);
    }
  else if (self->timelines_only
        ? !annals_sidebar_section_select (chosen, ANNALS_SCOPE_TIMELINE, self->timeline_id)
        : !annals_sidebar_section_select (chosen, self->scope,
                                          self->search_id != 0 ? self->search_id : self->scope_id))
    annals_sidebar_section_unselect (chosen);
}

static void
tell_scope (AnnalsSidebar *self)
{
  AnnalsSidebarItem *item = annals_sidebar_section_find (get_section (self, self->scope),
                                                         self->scope, self->scope_id);

  g_signal_emit (self, signals[SCOPE_SELECTED], 0, (guint) self->scope, self->scope_id,
                 item != NULL ? annals_sidebar_item_get_name (item) : "");
}

/* Where timelines are shown one is always chosen, as long as there is any. */
static void
follow_timeline (AnnalsSidebar *self)
{
  AnnalsSidebarItem *first = annals_sidebar_section_get_first (self->timelines);

  if (!self->timelines_only || first == NULL ||
      annals_sidebar_section_find (self->timelines, ANNALS_SCOPE_TIMELINE, self->timeline_id) != NULL)
    return;

  self->timeline_id = annals_sidebar_item_get_id (first);
  annals_desk_show_timeline (self->desk, self->timeline_id, 0);
}

/* The chosen part may have been renamed or removed. */
static void
follow_scope (AnnalsSidebar *self)
{
  if (annals_sidebar_section_find (get_section (self, self->scope), self->scope,
                                   self->scope_id) == NULL)
    {
      self->scope = ANNALS_SCOPE_ALL;
      self->scope_id = 0;
    }
  if (self->scope != ANNALS_SCOPE_ALL)
    tell_scope (self);
}

static void
loaded_cb (gpointer      owner,
           gpointer      data,
           const GError *error)
{
  AnnalsSidebar *self = ANNALS_SIDEBAR (owner);
  PartsJob *job = data;
  AnnalsScope old_scope = self->scope;

  if (error != NULL)
    {
      annals_desk_fail (self->desk, _("The notebook could not be read"), error->message);
      return;
    }

  if (job->places != NULL)
    annals_sidebar_section_set_items (self->places, job->places);
  if (job->searches != NULL && !self->counted)
    annals_sidebar_show_searches (self, job->searches);
  if (job->timelines != NULL)
    {
      annals_sidebar_section_set_items (self->timelines, job->timelines);
      self->n_timelines = job->timelines->len;
    }
  if (job->tags != NULL)
    {
      annals_sidebar_section_set_items (self->tags, job->tags);
      self->n_tags = job->tags->len;
    }
  if (job->tags != NULL)
    annals_sidebar_show_due (self);
  if (job->timelines != NULL)
    annals_sidebar_show_suggestions (self);
  if (job->sources != NULL)
    annals_sidebar_section_set_items (self->sources, job->sources);

  follow_scope (self);
  if (self->scope == ANNALS_SCOPE_ALL && old_scope != ANNALS_SCOPE_ALL)
    tell_scope (self);
  follow_timeline (self);
  show_selection (self);
}

static void
load (AnnalsSidebar *self,
      gboolean       places,
      gboolean       timelines,
      gboolean       tags,
      gboolean       sources,
      gboolean       searches)
{
  PartsJob *job;

  if (!places && !timelines && !tags && !sources && !searches)
    return;

  job = g_new0 (PartsJob, 1);
  job->wants_places = places;
  job->wants_timelines = timelines;
  job->wants_tags = tags;
  job->wants_sources = sources;
  job->wants_searches = searches;
  annals_desk_read (self->desk, self, load_in_reader, job, (GDestroyNotify) parts_job_free, NULL,
                    loaded_cb);
}

static void
changed_cb (AnnalsSidebar *self,
            AnnalsChanges *changes)
{
  gboolean import = annals_changes_touch (changes, ANNALS_RECORD_IMPORT);
  gboolean posts = annals_changes_touch (changes, ANNALS_RECORD_POST);

  load (self,
        import || posts || annals_changes_touch (changes, ANNALS_RECORD_ANNOTATION),
        annals_changes_touch (changes, ANNALS_RECORD_TIMELINE) ||
        annals_changes_touch (changes, ANNALS_RECORD_EVENT),
        import || posts || annals_changes_touch (changes, ANNALS_RECORD_TAG),
        import || posts || annals_changes_touch (changes, ANNALS_RECORD_SOURCE),
        FALSE);

  /* What a search or a rule asks for may be anything. */
  annals_sidebar_load_searches (self);
  annals_sidebar_look_for_suggestions (self);
  if (import || annals_changes_touch (changes, ANNALS_RECORD_TAG))
    annals_sidebar_look_for_due (self);
}

/* A rule finds what the index holds. */
static void
index_pending_cb (AnnalsSidebar  *self,
                  GParamSpec     *pspec,
                  AnnalsNotebook *notebook)
{
  guint pending;

  g_object_get (notebook, "index-pending", &pending, NULL);
  if (pending != 0 || notebook != annals_desk_get_notebook (self->desk))
    return;

  annals_sidebar_look_for_due (self);
  annals_sidebar_look_for_suggestions (self);
}

static void
notebook_cb (AnnalsSidebar *self)
{
  self->scope = ANNALS_SCOPE_ALL;
  self->scope_id = 0;
  self->search_id = 0;
  self->timeline_id = 0;
  g_clear_pointer (&self->due, g_array_unref);
  g_clear_pointer (&self->suggested, g_hash_table_unref);
  self->counted = FALSE;
  /* their names at once, or all that stands below them would move when they are counted */
  load (self, TRUE, TRUE, TRUE, TRUE, TRUE);
  annals_sidebar_load_searches (self);
  if (annals_desk_get_notebook (self->desk) == NULL)
    return;

  g_signal_connect_object (annals_desk_get_notebook (self->desk), "notify::index-pending",
                           G_CALLBACK (index_pending_cb), self, G_CONNECT_SWAPPED);
  annals_sidebar_look_for_due (self);
  annals_sidebar_look_for_suggestions (self);
}

void
annals_sidebar_choose (AnnalsSidebar     *self,
                       AnnalsSidebarItem *item)
{
  if (self->timelines_only)
    {
      self->timeline_id = annals_sidebar_item_get_id (item);
      annals_desk_show_timeline (self->desk, self->timeline_id, 0);
    }
  else if (annals_sidebar_item_get_scope (item) == ANNALS_SCOPE_REVIEW)
    {
      annals_desk_show_review (self->desk, 0);
      show_selection (self);
      return;
    }
  else
    {
      self->scope = annals_sidebar_item_get_scope (item);
      self->scope_id = annals_sidebar_item_get_id (item);
      self->search_id = 0;
      show_selection (self);
      tell_scope (self);
    }

  g_signal_emit (self, signals[CHOSEN], 0);
}

static void
search_selected_cb (AnnalsSidebar     *self,
                    AnnalsSidebarItem *item)
{
  self->scope = ANNALS_SCOPE_ALL;
  self->scope_id = 0;
  self->search_id = annals_sidebar_item_get_id (item);
  show_selection (self);
  tell_scope (self);
  annals_sidebar_choose_search (self, item);
  g_signal_emit (self, signals[CHOSEN], 0);
}

static void
search_menu_cb (AnnalsSidebar     *self,
                AnnalsSidebarItem *item,
                GtkWidget         *row,
                double             x,
                double             y)
{
  annals_sidebar_popup_search_menu (self, item, row, x, y);
}

static void
selected_cb (AnnalsSidebar     *self,
             AnnalsSidebarItem *item)
{
  annals_sidebar_choose (self, item);
}

static void
add_timeline_cb (AnnalsSidebar *self,
                 GtkWidget     *button)
{
  annals_sidebar_ask_new (self, ANNALS_SCOPE_TIMELINE, button);
}

static void
add_tag_cb (AnnalsSidebar *self,
            GtkWidget     *button)
{
  annals_sidebar_ask_new (self, ANNALS_SCOPE_TAG, button);
}

static void
menu_cb (AnnalsSidebar     *self,
         AnnalsSidebarItem *item,
         GtkWidget         *row,
         double             x,
         double             y)
{
  annals_sidebar_popup_menu (self, item, row, x, y);
}

static void
edit_cb (AnnalsSidebar     *self,
         AnnalsSidebarItem *item,
         GtkWidget         *row)
{
  annals_sidebar_edit_item (self, item, row);
}

static void
remove_cb (AnnalsSidebar     *self,
           AnnalsSidebarItem *item)
{
  annals_sidebar_remove_item (self, item);
}

static void
tag_moved_cb (AnnalsSidebar     *self,
              AnnalsSidebarItem *item,
              AnnalsSidebarItem *onto)
{
  annals_sidebar_move_tag (self, item, onto != NULL ? annals_sidebar_item_get_id (onto) : 0,
                           onto != NULL ? annals_sidebar_item_get_name (onto) : NULL);
}

static void
dropped_on_tag_cb (AnnalsSidebar     *self,
                   AnnalsSidebarItem *item,
                   GArray            *post_ids)
{
  annals_posts_add_tag (self->desk, self, g_array_copy (post_ids), annals_sidebar_item_get_id (item),
                        annals_sidebar_item_get_name (item));
}

static void
dropped_on_timeline_cb (AnnalsSidebar     *self,
                        AnnalsSidebarItem *item,
                        GArray            *post_ids)
{
  annals_posts_add_to_timeline (self->desk, self, g_array_copy (post_ids),
                                annals_sidebar_item_get_id (item),
                                annals_sidebar_item_get_name (item));
}

static void
set_desk (AnnalsSidebar *self,
          AnnalsDesk    *desk)
{
  /* A sidebar has one desk for its life: the window's. */
  g_return_if_fail (self->desk == NULL);

  if (!g_set_object (&self->desk, desk))
    return;

  g_signal_connect_object (desk, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "notify::notebook", G_CALLBACK (notebook_cb), self,
                           G_CONNECT_SWAPPED);
  notebook_cb (self);
}

static void
annals_sidebar_dispose (GObject *object)
{
  AnnalsSidebar *self = ANNALS_SIDEBAR (object);

  g_clear_pointer (&self->name_popover, gtk_widget_unparent);
  g_clear_pointer (&self->timeline_menu, gtk_widget_unparent);
  g_clear_pointer (&self->tag_menu, gtk_widget_unparent);
  annals_sidebar_dispose_searches (self);
  annals_sidebar_dispose_suggestions (self);
  g_clear_pointer (&self->part_menu, gtk_widget_unparent);
  g_clear_pointer (&self->move_popover, gtk_widget_unparent);
  g_clear_pointer (&self->merge_popover, gtk_widget_unparent);
  g_clear_weak_pointer (&self->menu_row);
  gtk_widget_dispose_template (GTK_WIDGET (self), ANNALS_TYPE_SIDEBAR);
  g_clear_object (&self->menu_item);
  g_clear_pointer (&self->due, g_array_unref);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (annals_sidebar_parent_class)->dispose (object);
}

static void
annals_sidebar_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  AnnalsSidebar *self = ANNALS_SIDEBAR (object);

  switch ((AnnalsSidebarProp) prop_id)
    {
    case PROP_DESK:
      g_value_set_object (value, self->desk);
      break;

    case PROP_TIMELINES_ONLY:
      g_value_set_boolean (value, self->timelines_only);
      break;
    }
}

static void
annals_sidebar_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  AnnalsSidebar *self = ANNALS_SIDEBAR (object);

  switch ((AnnalsSidebarProp) prop_id)
    {
    case PROP_DESK:
      set_desk (self, g_value_get_object (value));
      break;

    case PROP_TIMELINES_ONLY:
      annals_sidebar_set_timelines_only (self, g_value_get_boolean (value));
      break;
    }
}

static void
annals_sidebar_class_init (AnnalsSidebarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = annals_sidebar_dispose;
  object_class->get_property = annals_sidebar_get_property;
  object_class->set_property = annals_sidebar_set_property;

  properties[PROP_DESK] =
    g_param_spec_object ("desk", NULL, NULL, ANNALS_TYPE_DESK,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_TIMELINES_ONLY] =
    g_param_spec_boolean ("timelines-only", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[SCOPE_SELECTED] = g_signal_new ("scope-selected", ANNALS_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 3, G_TYPE_UINT,
                                          G_TYPE_INT64, G_TYPE_STRING);

  signals[CHOSEN] = g_signal_new ("chosen", ANNALS_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (ANNALS_TYPE_SIDEBAR_SECTION);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "annalssidebar");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               ANNALS_RESOURCE_PATH "/annals-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsSidebar, scroller);
  gtk_widget_class_bind_template_child (widget_class, AnnalsSidebar, places);
  gtk_widget_class_bind_template_child (widget_class, AnnalsSidebar, searches);
  gtk_widget_class_bind_template_child (widget_class, AnnalsSidebar, search_menu);
  gtk_widget_class_bind_template_child (widget_class, AnnalsSidebar, timelines);
  gtk_widget_class_bind_template_child (widget_class, AnnalsSidebar, tags);
  gtk_widget_class_bind_template_child (widget_class, AnnalsSidebar, sources);
  gtk_widget_class_bind_template_child (widget_class, AnnalsSidebar, timeline_menu);
  gtk_widget_class_bind_template_child (widget_class, AnnalsSidebar, tag_menu);
  gtk_widget_class_bind_template_child (widget_class, AnnalsSidebar, part_menu);
  gtk_widget_class_bind_template_child (widget_class, AnnalsSidebar, tags_menu);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_menu_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_timeline_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_tag_cb);
  gtk_widget_class_bind_template_callback (widget_class, menu_cb);
  gtk_widget_class_bind_template_callback (widget_class, edit_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
  gtk_widget_class_bind_template_callback (widget_class, tag_moved_cb);
  gtk_widget_class_bind_template_callback (widget_class, dropped_on_tag_cb);
  gtk_widget_class_bind_template_callback (widget_class, dropped_on_timeline_cb);
  annals_sidebar_install_actions (widget_class);
  annals_sidebar_install_search_actions (widget_class);
}

static void
annals_sidebar_init (AnnalsSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  annals_sidebar_section_accept_posts (self->tags);
  annals_sidebar_section_accept_posts (self->timelines);
  annals_sidebar_section_allow_nesting (self->tags);
  annals_sidebar_section_set_menu (self->tags, self->tags_menu, _("More about tags"));
  annals_sidebar_init_popovers (self);
  annals_sidebar_init_searches (self);
}

GtkWidget *
annals_sidebar_new (void)
{
  return g_object_new (ANNALS_TYPE_SIDEBAR, NULL);
}

void
annals_sidebar_select_scope (AnnalsSidebar *self,
                             AnnalsScope    scope,
                             gint64         id)
{
  g_return_if_fail (ANNALS_IS_SIDEBAR (self));

  self->scope = scope;
  self->scope_id = id;
  self->search_id = 0;
  show_selection (self);
}

void
annals_sidebar_select_timeline (AnnalsSidebar *self,
                                gint64         timeline_id)
{
  g_return_if_fail (ANNALS_IS_SIDEBAR (self));

  self->timeline_id = timeline_id;
  show_selection (self);
}

void
annals_sidebar_set_review_shown (AnnalsSidebar *self,
                                 gboolean       review_shown)
{
  g_return_if_fail (ANNALS_IS_SIDEBAR (self));

  if (self->review_shown == review_shown)
    return;

  self->review_shown = review_shown;
  show_selection (self);
}

void
annals_sidebar_set_timelines_only (AnnalsSidebar *self,
                                   gboolean       timelines_only)
{
  g_return_if_fail (ANNALS_IS_SIDEBAR (self));

  if (self->timelines_only == timelines_only)
    return;

  self->timelines_only = timelines_only;
  gtk_widget_set_visible (GTK_WIDGET (self->places), !timelines_only);
  gtk_widget_set_visible (GTK_WIDGET (self->searches),
                          !timelines_only && annals_sidebar_section_get_first (self->searches) != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->tags), !timelines_only);
  gtk_widget_set_visible (GTK_WIDGET (self->sources), !timelines_only);
  follow_timeline (self);
  show_selection (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TIMELINES_ONLY]);
}
