/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "annals-saved-searches.h"
#include "annals-search.h"
#include "annals-sidebar-private.h"
#include "annals-timelines.h"

/* Milliseconds after a change until the searches are counted again: several changes, one count. */
#define COUNT_DELAY 400

/* --- counting --- */

typedef struct
{
  GPtrArray *items;    /* (element type AnnalsSidebarItem) */
} SearchesJob;

static void
searches_job_free (SearchesJob *self)
{
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_free (self);
}

static gboolean
add_search (SearchesJob              *job,
            AnnalsDb                 *db,
            const AnnalsSavedSearch  *search,
            GCancellable             *cancellable,
            GError                  **error)
{
  AnnalsSidebarItem *item = annals_sidebar_item_new (ANNALS_SCOPE_ALL, search->id);
  g_autoptr(AnnalsQuery) query = annals_query_parse (search->query, NULL);
  guint n = 0, n_new = 0;

  g_ptr_array_add (job->items, item);

  /* What a search names may be gone: it then finds nothing. */
  if (query != NULL)
    annals_search_count (db, query, search->seen, &n, &n_new, NULL);
  annals_sidebar_item_update (item, search->name, NULL, 0, n);
  annals_sidebar_item_set_n_new (item, n_new);

  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static gboolean
count_in_reader (AnnalsDb      *db,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  SearchesJob *job = data;
  g_autoptr(GPtrArray) searches = annals_db_list_saved_searches (db, error);

  if (searches == NULL)
    return FALSE;

  job->items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < searches->len; i++)
    if (!add_search (job, db, searches->pdata[i], cancellable, error))
      return FALSE;

  return TRUE;
}

GPtrArray *
annals_sidebar_list_searches (AnnalsDb  *db,
                              GError   **error)
{
  g_autoptr(GPtrArray) searches = annals_db_list_saved_searches (db, error);
  GPtrArray *items;

  if (searches == NULL)
    return NULL;

  items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < searches->len; i++)
    {
      const AnnalsSavedSearch *search = searches->pdata[i];
      AnnalsSidebarItem *item = annals_sidebar_item_new (ANNALS_SCOPE_ALL, search->id);

      annals_sidebar_item_update (item, search->name, NULL, 0, ANNALS_SIDEBAR_UNCOUNTED);
      g_ptr_array_add (items, item);
    }

  return items;
}

void
annals_sidebar_show_searches (AnnalsSidebar *self,
                              GPtrArray     *items)
{
  annals_sidebar_section_set_items (self->searches, items);
  gtk_widget_set_visible (GTK_WIDGET (self->searches), items->len > 0 && !self->timelines_only);
}

static void
counted_cb (gpointer      owner,
            gpointer      data,
            const GError *error)
{
  AnnalsSidebar *self = ANNALS_SIDEBAR (owner);
  SearchesJob *job = data;

  if (error != NULL)
    return;

  self->counted = TRUE;
  annals_sidebar_show_searches (self, job->items);
}

static gboolean
count_cb (gpointer data)
{
  AnnalsSidebar *self = data;

  self->count_source = 0;
  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  self->counting = g_cancellable_new ();
  annals_desk_read (self->desk, self, count_in_reader, g_new0 (SearchesJob, 1),
                    (GDestroyNotify) searches_job_free, self->counting, counted_cb);

  return G_SOURCE_REMOVE;
}

void
annals_sidebar_load_searches (AnnalsSidebar *self)
{
  g_clear_handle_id (&self->count_source, g_source_remove);
  self->count_source = g_timeout_add (COUNT_DELAY, count_cb, self);
}

/* --- choosing --- */

typedef struct
{
  gint64  id;
  char   *query;
  char   *name;
} SearchJob;

static void
search_job_free (SearchJob *self)
{
  g_free (self->query);
  g_free (self->name);
  g_free (self);
}

static SearchJob *
search_job_new (gint64      id,
                const char *name)
{
  SearchJob *self = g_new0 (SearchJob, 1);

  self->id = id;
  self->name = g_strdup (name);

  return self;
}

static gboolean
load_in_reader (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  SearchJob *job = data;
  g_autoptr(AnnalsSavedSearch) search = annals_db_load_saved_search (db, job->id, error);

  if (search != NULL)
    job->query = g_strdup (search->query);

  return search != NULL;
}

static gboolean
see_in_writer (AnnalsDb      *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  SearchJob *job = data;

  return annals_db_see_saved_search (db, job->id, error);
}

static void
loaded_cb (gpointer      owner,
           gpointer      data,
           const GError *error)
{
  AnnalsSidebar *self = ANNALS_SIDEBAR (owner);
  SearchJob *job = data;

  if (error != NULL)
    {
      annals_desk_fail (self->desk, _("The search could not be opened"), error->message);
      return;
    }

  annals_desk_show_query (self->desk, job->query);
  annals_desk_change (self->desk, self, NULL, NULL, see_in_writer, search_job_new (job->id, NULL),
                      (GDestroyNotify) search_job_free, NULL);
}

void
annals_sidebar_choose_search (AnnalsSidebar     *self,
                              AnnalsSidebarItem *item)
{
  annals_desk_read (self->desk, self, load_in_reader, search_job_new (annals_sidebar_item_get_id (item), NULL),
                    (GDestroyNotify) search_job_free, NULL, loaded_cb);
}

/* --- the menu --- */

void
annals_sidebar_popup_search_menu (AnnalsSidebar     *self,
                                  AnnalsSidebarItem *item,
                                  GtkWidget         *row,
                                  double             x,
                                  double             y)
{
  graphene_point_t point;

  g_set_object (&self->menu_item, item);
  if (!gtk_widget_compute_point (row, GTK_WIDGET (self), &GRAPHENE_POINT_INIT (x, y), &point))
    return;

  gtk_popover_set_pointing_to (GTK_POPOVER (self->search_menu), &(GdkRectangle) { point.x, point.y, 1, 1 });
  gtk_popover_set_pointing_to (GTK_POPOVER (self->rename_popover), &(GdkRectangle) { point.x, point.y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->search_menu));
}

static void
rename_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  AnnalsSidebar *self = ANNALS_SIDEBAR (widget);

  if (self->menu_item == NULL)
    return;

  gtk_editable_set_text (GTK_EDITABLE (self->rename_entry), annals_sidebar_item_get_name (self->menu_item));
  gtk_popover_popup (GTK_POPOVER (self->rename_popover));
  gtk_widget_grab_focus (self->rename_entry);
}

static gboolean
rename_in_writer (AnnalsDb      *db,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  SearchJob *job = data;

  return annals_db_set_saved_search (db, job->id, job->name, NULL, error);
}

static void
renamed_cb (AnnalsSidebar *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->rename_entry))));
  g_autofree char *message = NULL;

  if (self->menu_item == NULL || *name == '\0')
    return;

  gtk_popover_popdown (GTK_POPOVER (self->rename_popover));
  /* Translators: a saved search was given another name; %s is the new one */
  message = g_strdup_printf (_("Search renamed to “%s”"), name);
  annals_desk_change (self->desk, self, _("Rename search"), message, rename_in_writer,
                      search_job_new (annals_sidebar_item_get_id (self->menu_item), name),
                      (GDestroyNotify) search_job_free, NULL);
}

static gboolean
delete_in_writer (AnnalsDb      *db,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  SearchJob *job = data;

  return annals_db_delete_saved_search (db, job->id, error);
}

static void
delete_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  AnnalsSidebar *self = ANNALS_SIDEBAR (widget);
  g_autofree char *message = NULL;

  if (self->menu_item == NULL)
    return;

  /* Translators: a saved search was deleted; %s is its name */
  message = g_strdup_printf (_("Search “%s” deleted"), annals_sidebar_item_get_name (self->menu_item));
  annals_desk_change (self->desk, self, _("Delete search"), message, delete_in_writer,
                      search_job_new (annals_sidebar_item_get_id (self->menu_item), NULL),
                      (GDestroyNotify) search_job_free, NULL);
}

static gboolean
make_timeline_in_writer (AnnalsDb      *db,
                         gpointer       data,
                         GCancellable  *cancellable,
                         GError       **error)
{
  SearchJob *job = data;
  g_autoptr(AnnalsSavedSearch) search = annals_db_load_saved_search (db, job->id, error);
  gint64 id;

  return search != NULL && annals_db_add_timeline (db, search->name, "", NULL, search->query, &id, error);
}

static void
to_timeline_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  AnnalsSidebar *self = ANNALS_SIDEBAR (widget);
  g_autofree char *message = NULL;

  if (self->menu_item == NULL)
    return;

  /* Translators: a timeline was made whose rule is a saved search; %s is the name of both */
  message = g_strdup_printf (_("Timeline “%s” added"), annals_sidebar_item_get_name (self->menu_item));
  annals_desk_change (self->desk, self, _("Add timeline"), message, make_timeline_in_writer,
                      search_job_new (annals_sidebar_item_get_id (self->menu_item), NULL),
                      (GDestroyNotify) search_job_free, NULL);
}

void
annals_sidebar_install_search_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "sidebar.rename-search", NULL, rename_action);
  gtk_widget_class_install_action (widget_class, "sidebar.delete-search", NULL, delete_action);
  gtk_widget_class_install_action (widget_class, "sidebar.search-to-timeline", NULL, to_timeline_action);
}

void
annals_sidebar_init_searches (AnnalsSidebar *self)
{
  self->rename_popover = gtk_popover_new ();
  self->rename_entry = gtk_entry_new ();
  gtk_entry_set_max_length (GTK_ENTRY (self->rename_entry), 200);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->rename_entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Name of the search"), -1);
  gtk_popover_set_child (GTK_POPOVER (self->rename_popover), self->rename_entry);
  gtk_widget_add_css_class (self->rename_popover, "popover-form");
  gtk_widget_set_parent (self->rename_popover, GTK_WIDGET (self));
  gtk_widget_set_parent (self->search_menu, GTK_WIDGET (self));
  g_signal_connect_object (self->rename_entry, "activate", G_CALLBACK (renamed_cb), self, G_CONNECT_SWAPPED);
}

void
annals_sidebar_dispose_searches (AnnalsSidebar *self)
{
  g_clear_handle_id (&self->count_source, g_source_remove);
  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  g_clear_pointer (&self->rename_popover, gtk_widget_unparent);
  g_clear_pointer (&self->search_menu, gtk_widget_unparent);
}
