/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-memos-place.h"

#include <glib/gi18n.h>

#include "annals-fuzzy.h"
#include "annals-lists.h"
#include "annals-markdown.h"
#include "annals-memo-item.h"
#include "annals-memos-place-private.h"
#include "annals-quote-in-memo.h"

/* letters of a memo's first words in the list */
#define MAX_LEAD 200

typedef enum
{
  PROP_DESK = 1,
} AnnalsMemosPlaceProp;

static GParamSpec *properties[PROP_DESK + 1];

G_DEFINE_FINAL_TYPE (AnnalsMemosPlace, annals_memos_place, GTK_TYPE_WIDGET)

/* --- the list --- */

void
annals_memos_place_select (AnnalsMemosPlace *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  guint position = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(AnnalsMemoItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      if (annals_memo_item_get_line (item)->id == self->memo_id)
        position = i;
    }

  self->selecting = TRUE;
  gtk_single_selection_set_selected (self->selection, position);
  self->selecting = FALSE;
}

static gboolean
is_same (const AnnalsMemoLine *a,
         const AnnalsMemoLine *b)
{
  return a->modified == b->modified && a->n_mentions == b->n_mentions && g_str_equal (a->uid, b->uid) &&
         g_str_equal (a->title, b->title) && g_str_equal (a->lead, b->lead);
}

static gboolean
is_at (AnnalsMemosPlace *self,
       guint             position,
       gpointer          item)
{
  g_autoptr(GObject) shown = g_list_model_get_item (G_LIST_MODEL (self->items), position);

  return (gpointer) shown == item;
}

/* @line: (transfer full). Returns: (transfer full): the item there was, where it says the same */
static AnnalsMemoItem *
ensure_item (GHashTable     *items,
             AnnalsMemoLine *line)
{
  AnnalsMemoItem *item = g_hash_table_lookup (items, &line->id);

  if (item == NULL || !is_same (annals_memo_item_get_line (item), line))
    return annals_memo_item_new (line);

  annals_memo_line_free (line);
  return g_object_ref (item);
}

/* Only what differs between the common start and the common end is made anew: the keyboard stays at its memo. */
static void
show_items (AnnalsMemosPlace *self,
            GPtrArray        *items)
{
  guint n_old = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  guint limit = MIN (n_old, items->len);
  guint head = 0, tail = 0;

  while (head < limit && is_at (self, head, items->pdata[head]))
    head++;
  while (tail < limit - head && is_at (self, n_old - 1 - tail, items->pdata[items->len - 1 - tail]))
    tail++;
  if (head + tail < MAX (n_old, items->len))
    g_list_store_splice (self->items, head, n_old - head - tail, items->pdata + head, items->len - head - tail);
}

static void
fill_list (AnnalsMemosPlace *self)
{
  g_autoptr(AnnalsFuzzy) fuzzy = annals_fuzzy_new (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  g_autoptr(GPtrArray) fitting = g_ptr_array_new ();

  for (guint i = 0; i < self->all->len; i++)
    if (annals_fuzzy_is_empty (fuzzy) ||
        annals_fuzzy_score (fuzzy, annals_memo_item_get_line (self->all->pdata[i])->title) > 0)
      g_ptr_array_add (fitting, self->all->pdata[i]);

  self->selecting = TRUE;
  show_items (self, fitting);
  self->selecting = FALSE;
  annals_memos_place_select (self);
  gtk_stack_set_visible_child_name (self->list_stack, fitting->len > 0 ? "list" :
                                                      self->all->len > 0 ? "nothing" : "empty");
}

static gboolean
list_in_reader (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  GPtrArray **memos = data;

  return (*memos = annals_db_list_memos (db, error)) != NULL;
}

static void
list_job_free (gpointer data)
{
  GPtrArray **memos = data;

  g_clear_pointer (memos, g_ptr_array_unref);
  g_free (memos);
}

static void
listed_cb (gpointer      owner,
           gpointer      data,
           const GError *error)
{
  AnnalsMemosPlace *self = ANNALS_MEMOS_PLACE (owner);
  GPtrArray *memos = *(GPtrArray **) data;
  g_autoptr(GHashTable) items = g_hash_table_new (g_int64_hash, g_int64_equal);
  GPtrArray *all;

  if (error != NULL)
    {
      annals_desk_fail (self->desk, _("The memos could not be read"), error->message);
      return;
    }

  for (guint i = 0; i < self->all->len; i++)
    g_hash_table_insert (items, (gpointer) &annals_memo_item_get_line (self->all->pdata[i])->id, self->all->pdata[i]);
  all = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_set_free_func (memos, NULL);   /* ensure_item() takes them */
  for (guint i = 0; i < memos->len; i++)
    g_ptr_array_add (all, ensure_item (items, memos->pdata[i]));
  g_ptr_array_unref (self->all);
  self->all = all;
  fill_list (self);
}

static void
load_list (AnnalsMemosPlace *self)
{
  annals_desk_read (self->desk, self, list_in_reader, g_new0 (GPtrArray *, 1), list_job_free, NULL, listed_cb);
}

static void
changed_cb (AnnalsMemosPlace *self,
            AnnalsChanges    *changes)
{
  if (annals_changes_touch (changes, ANNALS_RECORD_MEMO))
    load_list (self);

  /* What a memo names is called as it is called now. */
  if (annals_changes_touch_id (changes, ANNALS_RECORD_MEMO, self->memo_id) ||
      annals_changes_touch (changes, ANNALS_RECORD_MEMO) || annals_changes_touch (changes, ANNALS_RECORD_TAG) ||
      annals_changes_touch (changes, ANNALS_RECORD_TIMELINE) || annals_changes_touch (changes, ANNALS_RECORD_EVENT) ||
      annals_changes_touch (changes, ANNALS_RECORD_ANNOTATION) || annals_changes_touch (changes, ANNALS_RECORD_POST))
    annals_memos_place_load (self, self->memo_id);
}

static void
notebook_cb (AnnalsMemosPlace *self)
{
  g_clear_handle_id (&self->save_id, g_source_remove);
  self->dirty = FALSE;
  self->memo_id = 0;
  self->named_id = 0;
  g_ptr_array_set_size (self->all, 0);
  fill_list (self);
  annals_links_section_show (self->mentions, ANNALS_RECORD_MEMO, 0);
  gtk_stack_set_visible_child_name (self->stack, "none");
  load_list (self);
}

static void
search_changed_cb (AnnalsMemosPlace *self)
{
  fill_list (self);
}

static void
selected_cb (AnnalsMemosPlace *self)
{
  AnnalsMemoItem *item = gtk_single_selection_get_selected_item (self->selection);

  if (!self->selecting && item != NULL)
    annals_memos_place_load (self, annals_memo_item_get_line (item)->id);
}

static void
row_activated_cb (AnnalsMemosPlace *self,
                  guint             position)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

/* --- editing --- */

static void
passage_dropped_cb (AnnalsMemosPlace *self,
                    gint64            post_id,
                    guint             start,
                    guint             end,
                    const char       *colour,
                    const char       *before,
                    const char       *after)
{
  if (self->memo_id == 0)
    return;

  annals_memos_place_flush (self);
  annals_quote_in_memo_at (self->desk, self->memo_id, post_id, start, end, colour, before, after);
}

static void
edited_cb (AnnalsMemosPlace *self)
{
  annals_memos_place_edited (self);
}

static void
flush_cb (AnnalsMemosPlace *self)
{
  annals_memos_place_flush (self);
}

static void
title_activated_cb (AnnalsMemosPlace *self)
{
  annals_memos_place_flush (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

/* --- actions --- */

static gboolean
add_in_writer (AnnalsDb      *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  return annals_db_add_memo (db, _("Untitled Memo"), "", data, error);
}

static void
added_cb (gpointer      owner,
          gpointer      data,
          const GError *error)
{
  AnnalsMemosPlace *self = ANNALS_MEMOS_PLACE (owner);
  gint64 id = *(gint64 *) data;

  if (error != NULL)
    return;

  self->named_id = id;
  annals_memos_place_load (self, id);
}

void
annals_memos_place_begin (AnnalsMemosPlace *self)
{
  g_return_if_fail (ANNALS_IS_MEMOS_PLACE (self));

  annals_memos_place_flush (self);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  annals_desk_change (self->desk, self, _("Add memo"), NULL, add_in_writer, g_new0 (gint64, 1), g_free, added_cb);
}

static void
new_action (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  annals_memos_place_begin (ANNALS_MEMOS_PLACE (widget));
}

static gboolean
delete_in_writer (AnnalsDb      *db,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  return annals_db_delete_memo (db, *(gint64 *) data, error);
}

static void
delete_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  AnnalsMemosPlace *self = ANNALS_MEMOS_PLACE (widget);
  gint64 id = self->memo_id;

  if (id == 0)
    return;

  annals_memos_place_flush (self);
  annals_desk_change (self->desk, self, _("Delete memo"), _("Memo deleted"), delete_in_writer,
                      g_memdup2 (&id, sizeof id), g_free, NULL);
  gtk_widget_grab_focus (self->list_view);
}

/* --- rows --- */

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *title = gtk_label_new (NULL);
  GtkWidget *lead = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (title, "heading");
  gtk_label_set_xalign (GTK_LABEL (lead), 0);
  gtk_label_set_ellipsize (GTK_LABEL (lead), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (lead, "caption");
  gtk_widget_add_css_class (lead, "dim-label");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), lead);
  gtk_list_item_set_child (item, box);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item)
{
  const AnnalsMemoLine *line = annals_memo_item_get_line (gtk_list_item_get_item (item));
  GtkWidget *title = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *lead = gtk_widget_get_next_sibling (title);
  g_autofree char *words = annals_markdown_dup_plain (line->lead, MAX_LEAD);

  gtk_label_set_text (GTK_LABEL (title), line->title);
  gtk_label_set_text (GTK_LABEL (lead), *words != '\0' ? words : _("Empty"));
  annals_list_name_row (item, line->title);
}

/* --- the widget --- */

static void
set_desk (AnnalsMemosPlace *self,
          AnnalsDesk       *desk)
{
  /* A place has one desk for its life: the window's. */
  g_return_if_fail (self->desk == NULL);

  if (!g_set_object (&self->desk, desk))
    return;

  g_object_set (self->text, "desk", desk, NULL);
  g_object_set (self->mentions, "desk", desk, NULL);
  g_signal_connect_object (desk, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "notify::notebook", G_CALLBACK (notebook_cb), self, G_CONNECT_SWAPPED);
  load_list (self);
}

static void
annals_memos_place_unmap (GtkWidget *widget)
{
  annals_memos_place_flush (ANNALS_MEMOS_PLACE (widget));

  GTK_WIDGET_CLASS (annals_memos_place_parent_class)->unmap (widget);
}

static void
annals_memos_place_dispose (GObject *object)
{
  AnnalsMemosPlace *self = ANNALS_MEMOS_PLACE (object);

  g_clear_handle_id (&self->save_id, g_source_remove);
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  gtk_widget_dispose_template (GTK_WIDGET (self), ANNALS_TYPE_MEMOS_PLACE);
  g_clear_object (&self->desk);
  g_clear_object (&self->selection);
  g_clear_object (&self->items);

  G_OBJECT_CLASS (annals_memos_place_parent_class)->dispose (object);
}

static void
annals_memos_place_finalize (GObject *object)
{
  AnnalsMemosPlace *self = ANNALS_MEMOS_PLACE (object);

  g_clear_pointer (&self->all, g_ptr_array_unref);
  g_clear_pointer (&self->base, g_free);
  g_clear_pointer (&self->base_title, g_free);

  G_OBJECT_CLASS (annals_memos_place_parent_class)->finalize (object);
}

static void
annals_memos_place_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  switch ((AnnalsMemosPlaceProp) prop_id)
    {
    case PROP_DESK:
      g_value_set_object (value, ANNALS_MEMOS_PLACE (object)->desk);
      break;
    }
}

static void
annals_memos_place_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  switch ((AnnalsMemosPlaceProp) prop_id)
    {
    case PROP_DESK:
      set_desk (ANNALS_MEMOS_PLACE (object), g_value_get_object (value));
      break;
    }
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, ANNALS_RESOURCE_PATH "/annals-memos-place.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsMemosPlace, paned);
  gtk_widget_class_bind_template_child (widget_class, AnnalsMemosPlace, search);
  gtk_widget_class_bind_template_child (widget_class, AnnalsMemosPlace, list_stack);
  gtk_widget_class_bind_template_child (widget_class, AnnalsMemosPlace, list_view);
  gtk_widget_class_bind_template_child (widget_class, AnnalsMemosPlace, stack);
  gtk_widget_class_bind_template_child (widget_class, AnnalsMemosPlace, title);
  gtk_widget_class_bind_template_child (widget_class, AnnalsMemosPlace, remark);
  gtk_widget_class_bind_template_child (widget_class, AnnalsMemosPlace, text);
  gtk_widget_class_bind_template_child (widget_class, AnnalsMemosPlace, mentions);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, passage_dropped_cb);
  gtk_widget_class_bind_template_callback (widget_class, flush_cb);
  gtk_widget_class_bind_template_callback (widget_class, title_activated_cb);
}

static void
annals_memos_place_class_init (AnnalsMemosPlaceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = annals_memos_place_dispose;
  object_class->finalize = annals_memos_place_finalize;
  object_class->get_property = annals_memos_place_get_property;
  object_class->set_property = annals_memos_place_set_property;
  widget_class->unmap = annals_memos_place_unmap;

  properties[PROP_DESK] =
    g_param_spec_object ("desk", NULL, NULL, ANNALS_TYPE_DESK, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (ANNALS_TYPE_MEMO_TEXT);
  g_type_ensure (ANNALS_TYPE_LINKS_SECTION);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "memos.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "memos.delete", NULL, delete_action);
}

/* The keys of a list; in the text they delete a character. */
static gboolean
delete_key_cb (GtkWidget *widget,
               GVariant  *args,
               gpointer   user_data)
{
  return gtk_widget_activate_action (widget, "memos.delete", NULL);
}

static void
annals_memos_place_init (AnnalsMemosPlace *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->all = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));

  self->items = g_list_store_new (ANNALS_TYPE_MEMO_ITEM);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->items)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  gtk_list_view_set_factory (GTK_LIST_VIEW (self->list_view), factory);
  g_object_unref (factory);
  gtk_list_view_set_model (GTK_LIST_VIEW (self->list_view), GTK_SELECTION_MODEL (self->selection));
  annals_list_leave_by_tab (self->list_view);

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Delete, 0),
                                                          gtk_callback_action_new (delete_key_cb, NULL, NULL)));
  gtk_widget_add_controller (self->list_view, keys);
  /* Who goes elsewhere leaves nothing behind that is not saved: another window may be next. */
  g_signal_connect_object (focus, "leave", G_CALLBACK (flush_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}

GtkWidget *
annals_memos_place_new (void)
{
  return g_object_new (ANNALS_TYPE_MEMOS_PLACE, NULL);
}

void
annals_memos_place_show (AnnalsMemosPlace *self,
                         gint64            memo_id)
{
  g_return_if_fail (ANNALS_IS_MEMOS_PLACE (self));

  self->followed_id = memo_id;
  annals_memos_place_load (self, memo_id);
}

gint64
annals_memos_place_get_memo (AnnalsMemosPlace *self)
{
  g_return_val_if_fail (ANNALS_IS_MEMOS_PLACE (self), 0);

  return self->memo_id;
}
