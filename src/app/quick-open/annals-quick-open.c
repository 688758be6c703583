/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-quick-open.h"

#include <glib/gi18n.h>

#include "annals-announce.h"
#include "annals-fuzzy.h"
#include "annals-lists.h"
#include "annals-quick-item.h"
#include "annals-quick-row.h"

#define LIMIT 50
#define PAGE 8   /* rows that Page Up and Page Down pass over */

struct _AnnalsQuickOpen
{
  AdwWindow           parent_instance;
  GtkWidget          *entry;
  GtkStack           *stack;
  GtkWidget          *scroller;
  GtkWidget          *list_view;
  GtkLabel           *count;

  AnnalsDesk         *desk;
  GListStore         *items;
  GtkSingleSelection *selection;
  GCancellable       *cancellable;   /* of the question on its way */
  guint               kinds;
  gboolean            activate_soon; /* Enter came before the answer */
  AnnalsQuickPicked   picked;        /* (nullable): what is chosen is opened */
  GWeakRef            owner;
};

G_DEFINE_FINAL_TYPE (AnnalsQuickOpen, annals_quick_open, ADW_TYPE_WINDOW)

/* --- what is chosen --- */

/* Done when the dialog has gone and the window has its focus again, which the action may want. */
typedef struct
{
  GtkWidget           *window;
  const AnnalsCommand *command;
} Order;

static gboolean
carry_out_cb (gpointer user_data)
{
  Order *order = user_data;
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (order->window));
  GtkWidget *widget = focus != NULL ? focus : order->window;

  if (order->command->target != NULL)
    gtk_widget_activate_action (widget, order->command->action, "s", order->command->target);
  else
    gtk_widget_activate_action (widget, order->command->action, NULL);

  g_object_unref (order->window);
  g_free (order);
  return G_SOURCE_REMOVE;
}

static void
choose (AnnalsQuickOpen *self,
        AnnalsQuickItem *item)
{
  g_autoptr(AnnalsQuickItem) kept = g_object_ref (item);
  g_autoptr(AnnalsDesk) desk = g_object_ref (self->desk);
  g_autoptr(GObject) owner = g_weak_ref_get (&self->owner);
  AnnalsQuickPicked picked = self->picked;
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  const AnnalsNamed *named = annals_quick_item_get_named (kept);

  if (named == NULL && parent != NULL)
    {
      Order *order = g_new0 (Order, 1);

      order->window = GTK_WIDGET (g_object_ref (parent));
      order->command = annals_quick_item_get_command (kept);
      g_idle_add (carry_out_cb, order);
    }

  gtk_window_destroy (GTK_WINDOW (self));
  if (named == NULL)
    return;

  if (picked == NULL)
    annals_desk_show_named (desk, named);
  else if (owner != NULL)
    picked (owner, named);
}

static void
activate_cb (AnnalsQuickOpen *self)
{
  AnnalsQuickItem *item = gtk_single_selection_get_selected_item (self->selection);

  if (self->cancellable != NULL)
    self->activate_soon = TRUE;
  else if (item != NULL)
    choose (self, item);
  else
    gtk_widget_error_bell (GTK_WIDGET (self));
}

static void
row_activated_cb (AnnalsQuickOpen *self,
                  guint            position)
{
  g_autoptr(AnnalsQuickItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), position);

  if (item != NULL)
    choose (self, item);
}

static void
stop_cb (AnnalsQuickOpen *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

/* --- what is found --- */

/* The entry keeps the focus: what is chosen in the list is said of the entry. */
static void
selected_cb (AnnalsQuickOpen *self)
{
  AnnalsQuickItem *item = gtk_single_selection_get_selected_item (self->selection);
  g_autofree char *name = item != NULL ? annals_quick_item_dup_name (item) : NULL;

  annals_describe (GTK_WIDGET (self->entry), name != NULL ? name : gtk_label_get_text (self->count));
}

static int
compare_items (gconstpointer a,
               gconstpointer b)
{
  AnnalsQuickItem *x = *(AnnalsQuickItem * const *) a;
  AnnalsQuickItem *y = *(AnnalsQuickItem * const *) b;

  return annals_quick_item_get_score (y) - annals_quick_item_get_score (x);
}

static void
add_commands (AnnalsQuickOpen *self,
              const char      *typed,
              GPtrArray       *items)
{
  g_autoptr(AnnalsFuzzy) fuzzy = annals_fuzzy_new (typed);
  guint n_commands;
  const AnnalsCommand *commands = annals_commands_get (&n_commands);

  if (self->picked != NULL)
    return;

  for (guint i = 0; i < n_commands; i++)
    {
      int score = annals_fuzzy_score (fuzzy, _(commands[i].title));

      if ((score > 0 || annals_fuzzy_is_empty (fuzzy)) && annals_command_is_ready (&commands[i], self->desk))
        g_ptr_array_add (items, annals_quick_item_new_command (&commands[i], score));
    }
}

typedef struct
{
  char         *typed;
  guint         kinds;
  GArray       *recent;
  GCancellable *cancellable;   /* tells this question from a later one */
  GPtrArray    *hits;          /* (out) */
} FindJob;

static void
find_job_free (FindJob *self)
{
  g_free (self->typed);
  g_array_unref (self->recent);
  g_object_unref (self->cancellable);
  g_clear_pointer (&self->hits, g_ptr_array_unref);
  g_free (self);
}

static gboolean
find_in_reader (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  FindJob *job = data;

  job->hits = annals_db_quick_find (db, job->typed, job->kinds, (const AnnalsRecent *) (gpointer) job->recent->data,
                                    job->recent->len, LIMIT, error);
  return job->hits != NULL;
}

static void
show_items (AnnalsQuickOpen *self,
            GPtrArray       *items)
{
  guint n = MIN (items->len, LIMIT);
  g_autofree char *count = items->len > LIMIT
    ? g_strdup_printf (_("The best %u"), LIMIT)
    : g_strdup_printf (ngettext ("%u found", "%u found", n), n);

  g_list_store_remove_all (self->items);
  g_list_store_splice (self->items, 0, 0, items->pdata, n);
  gtk_single_selection_set_selected (self->selection, 0);
  gtk_label_set_text (self->count, count);
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "nothing");
  if (n > 0)
    annals_list_scroll_to (self->list_view, 0);
  selected_cb (self);
}

static void
found_cb (gpointer      owner,
          gpointer      data,
          const GError *error)
{
  AnnalsQuickOpen *self = ANNALS_QUICK_OPEN (owner);
  FindJob *job = data;
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  if (job->cancellable != self->cancellable)
    return;

  g_clear_object (&self->cancellable);
  if (error != NULL)
    {
      annals_desk_fail (self->desk, _("The notebook could not be read"), error->message);
      return;
    }

  for (guint i = 0; i < job->hits->len; i++)
    {
      const AnnalsQuickHit *hit = job->hits->pdata[i];

      g_ptr_array_add (items, annals_quick_item_new_record (hit->named, hit->score));
    }
  add_commands (self, job->typed, items);
  g_ptr_array_sort (items, compare_items);
  show_items (self, items);

  if (self->activate_soon)
    {
      self->activate_soon = FALSE;
      activate_cb (self);
    }
}

static void
changed_cb (AnnalsQuickOpen *self)
{
  FindJob *job;

  if (self->desk == NULL)
    return;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->activate_soon = FALSE;

  job = g_new0 (FindJob, 1);
  job->typed = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  job->kinds = self->kinds;
  job->recent = g_array_copy (annals_desk_get_recent (self->desk));
  job->cancellable = g_object_ref (self->cancellable);
  annals_desk_read (self->desk, self, find_in_reader, job, (GDestroyNotify) find_job_free, self->cancellable,
                    found_cb);
}

/* --- keys --- */

static void
move (AnnalsQuickOpen *self,
      int              step)
{
  int n = (int) g_list_model_get_n_items (G_LIST_MODEL (self->items));
  int selected = (int) gtk_single_selection_get_selected (self->selection);

  if (n == 0)
    return;

  /* One step goes round, as in other lists of this kind; a page stops at the ends. */
  selected = step == 1 || step == -1 ? (selected + step + n) % n : CLAMP (selected + step, 0, n - 1);
  gtk_single_selection_set_selected (self->selection, selected);
  annals_list_scroll_to (self->list_view, selected);
  gtk_widget_grab_focus (self->entry);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}

static gboolean
key_cb (AnnalsQuickOpen *self,
        guint            key,
        guint            keycode,
        GdkModifierType  state)
{
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;

  switch (key)
    {
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      move (self, 1);
      return GDK_EVENT_STOP;

    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      move (self, -1);
      return GDK_EVENT_STOP;

    case GDK_KEY_Page_Down:
      move (self, PAGE);
      return GDK_EVENT_STOP;

    case GDK_KEY_Page_Up:
      move (self, -PAGE);
      return GDK_EVENT_STOP;

    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/* --- rows --- */

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item)
{
  gtk_list_item_set_child (item, annals_quick_row_new ());
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item)
{
  AnnalsQuickItem *quick = gtk_list_item_get_item (item);
  g_autofree char *name = annals_quick_item_dup_name (quick);

  annals_quick_row_set_item (ANNALS_QUICK_ROW (gtk_list_item_get_child (item)), quick);
  annals_list_name_row (item, name);
}

/* --- the dialog --- */

static void
annals_quick_open_dispose (GObject *object)
{
  AnnalsQuickOpen *self = ANNALS_QUICK_OPEN (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), ANNALS_TYPE_QUICK_OPEN);
  g_clear_object (&self->desk);
  g_clear_object (&self->selection);
  g_clear_object (&self->items);

  G_OBJECT_CLASS (annals_quick_open_parent_class)->dispose (object);
}

static void
annals_quick_open_finalize (GObject *object)
{
  g_weak_ref_clear (&ANNALS_QUICK_OPEN (object)->owner);

  G_OBJECT_CLASS (annals_quick_open_parent_class)->finalize (object);
}

static void
annals_quick_open_class_init (AnnalsQuickOpenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = annals_quick_open_dispose;
  G_OBJECT_CLASS (klass)->finalize = annals_quick_open_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, ANNALS_RESOURCE_PATH "/annals-quick-open.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsQuickOpen, entry);
  gtk_widget_class_bind_template_child (widget_class, AnnalsQuickOpen, stack);
  gtk_widget_class_bind_template_child (widget_class, AnnalsQuickOpen, scroller);
  gtk_widget_class_bind_template_child (widget_class, AnnalsQuickOpen, list_view);
  gtk_widget_class_bind_template_child (widget_class, AnnalsQuickOpen, count);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
annals_quick_open_init (AnnalsQuickOpen *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_weak_ref_init (&self->owner, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->entry, keys);

  self->items = g_list_store_new (ANNALS_TYPE_QUICK_ITEM);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->items)));
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  gtk_list_view_set_factory (GTK_LIST_VIEW (self->list_view), factory);
  g_object_unref (factory);
  gtk_list_view_set_model (GTK_LIST_VIEW (self->list_view), GTK_SELECTION_MODEL (self->selection));
  annals_list_leave_by_tab (self->list_view);
}

static AnnalsQuickOpen *
create (GtkWindow  *parent,
        AnnalsDesk *desk,
        const char *title,
        guint       kinds)
{
  AnnalsQuickOpen *self = g_object_new (ANNALS_TYPE_QUICK_OPEN, "transient-for", parent, "title", title, NULL);

  self->desk = g_object_ref (desk);
  self->kinds = kinds;

  return self;
}

void
annals_quick_open_present (GtkWindow  *parent,
                           AnnalsDesk *desk)
{
  AnnalsQuickOpen *self;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (ANNALS_IS_DESK (desk));

  self = create (parent, desk, _("Quick Open"), ANNALS_QUICK_ALL);
  changed_cb (self);
  gtk_widget_grab_focus (self->entry);
  gtk_window_present (GTK_WINDOW (self));
}

void
annals_quick_open_pick (GtkWindow         *parent,
                        AnnalsDesk        *desk,
                        const char        *title,
                        guint              kinds,
                        gpointer           owner,
                        AnnalsQuickPicked  picked)
{
  AnnalsQuickOpen *self;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (ANNALS_IS_DESK (desk));
  g_return_if_fail (G_IS_OBJECT (owner));
  g_return_if_fail (picked != NULL);

  self = create (parent, desk, title, kinds);
  self->picked = picked;
  g_weak_ref_set (&self->owner, owner);
  gtk_widget_grab_focus (self->entry);
  changed_cb (self);
  gtk_window_present (GTK_WINDOW (self));
}
