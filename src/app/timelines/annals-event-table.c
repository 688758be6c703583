/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-event-table.h"

#include <glib/gi18n.h>
#include <string.h>

#include "annals-collation.h"
#include "annals-lists.h"

typedef enum
{
  COLUMN_DATE,
  COLUMN_TITLE,
  COLUMN_LANE,
  COLUMN_SOURCES,
  COLUMN_SUPPORTS,
  COLUMN_CONTRADICTS,
  N_COLUMNS
} Column;

/* --- a row --- */

#define ANNALS_TYPE_EVENT_TABLE_ROW (annals_event_table_row_get_type ())
G_DECLARE_FINAL_TYPE (AnnalsEventTableRow, annals_event_table_row, ANNALS, EVENT_TABLE_ROW, GObject)

struct _AnnalsEventTableRow
{
  GObject               parent_instance;
  AnnalsTimelineView   *view;
  const AnnalsViewItem *item;
  guint                 place;      /* in time */
  char                 *key;        /* of the title, for sorting; made when it is first wanted */
};

G_DEFINE_FINAL_TYPE (AnnalsEventTableRow, annals_event_table_row, G_TYPE_OBJECT)

static void
annals_event_table_row_finalize (GObject *object)
{
  AnnalsEventTableRow *self = ANNALS_EVENT_TABLE_ROW (object);

  g_clear_pointer (&self->view, annals_timeline_view_unref);
  g_clear_pointer (&self->key, g_free);

  G_OBJECT_CLASS (annals_event_table_row_parent_class)->finalize (object);
}

static void
annals_event_table_row_class_init (AnnalsEventTableRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = annals_event_table_row_finalize;
}

static void
annals_event_table_row_init (AnnalsEventTableRow *self)
{
}

static const char *
get_lane_name (AnnalsEventTableRow *self)
{
  const AnnalsViewLane *lane = g_ptr_array_index (self->view->lanes, self->item->lane);

  /* an undated event of no lane has no lane in the drawing either */
  if (self->view->group == ANNALS_GROUP_LANE && self->item->event->lane_id == 0 && lane->lane != NULL)
    return "";

  return lane->name;
}

static char *
dup_cell (AnnalsEventTableRow *self,
          Column               column)
{
  const AnnalsEventSummary *summary = self->item->summary;

  switch (column)
    {
    case COLUMN_DATE:
      return annals_date_dup_display_short (self->item->event->date);

    case COLUMN_TITLE:
      return g_strdup (self->item->event->title);

    case COLUMN_LANE:
      return g_strdup (get_lane_name (self));

    case COLUMN_SOURCES:
      return g_strdup_printf ("%'u", summary->n_sources);

    case COLUMN_SUPPORTS:
      return g_strdup_printf ("%'u", summary->n_supports);

    case COLUMN_CONTRADICTS:
      return g_strdup_printf ("%'u", summary->n_contradicts);

    case N_COLUMNS:
      break;
    }

  g_assert_not_reached ();
}

static const char *
get_title_key (AnnalsEventTableRow *self)
{
  if (self->key == NULL)
    self->key = annals_collation_key (self->item->event->title);

  return self->key;
}

static int
compare_numbers (guint a,
                 guint b)
{
  return (a > b) - (a < b);
}

/* Equals stand as they do in time. */
static int
compare_rows (gconstpointer a,
              gconstpointer b,
              gpointer      user_data)
{
  AnnalsEventTableRow *left = ANNALS_EVENT_TABLE_ROW ((gpointer) a);
  AnnalsEventTableRow *right = ANNALS_EVENT_TABLE_ROW ((gpointer) b);
  int order = 0;

  switch ((Column) GPOINTER_TO_INT (user_data))
    {
    case COLUMN_TITLE:
      order = strcmp (get_title_key (left), get_title_key (right));
      break;

    case COLUMN_LANE:
      order = compare_numbers (left->item->lane, right->item->lane);
      break;

    case COLUMN_SOURCES:
      order = compare_numbers (left->item->summary->n_sources, right->item->summary->n_sources);
      break;

    case COLUMN_SUPPORTS:
      order = compare_numbers (left->item->summary->n_supports, right->item->summary->n_supports);
      break;

    case COLUMN_CONTRADICTS:
      order = compare_numbers (left->item->summary->n_contradicts, right->item->summary->n_contradicts);
      break;

    case COLUMN_DATE:
    case N_COLUMNS:
      break;
    }

  if (order == 0)
    order = compare_numbers (left->place, right->place);

  return order < 0 ? GTK_ORDERING_SMALLER : order > 0 ? GTK_ORDERING_LARGER : GTK_ORDERING_EQUAL;
}

/* --- the table --- */

struct _AnnalsEventTable
{
  GtkWidget           parent_instance;
  AnnalsTimelineView *view;
  GListStore         *rows;
  GtkMultiSelection  *selection;
  GtkWidget          *box;
  GtkColumnView      *column_view;
  GtkDropDown        *sort;
  gboolean            is_silent;    /* what is selected is not the user's doing */
};

enum
{
  SELECTED,
  ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AnnalsEventTable, annals_event_table, GTK_TYPE_WIDGET)

static gboolean
is_number (Column column)
{
  return column >= COLUMN_SOURCES;
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  user_data)
{
  Column column = GPOINTER_TO_INT (user_data);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), is_number (column) ? 1 : 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (is_number (column))
    gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

/* "Border closed, 22 January 2020 – open, Border, 2 sources, 2 for, 1 against" */
static char *
dup_row_name (AnnalsEventTableRow *row)
{
  const AnnalsEventSummary *summary = row->item->summary;
  g_autofree char *date = annals_date_dup_display (row->item->event->date);
  g_autofree char *sources = g_strdup_printf (ngettext ("%u source", "%u sources", summary->n_sources),
                                              summary->n_sources);
  g_autofree char *supports = g_strdup_printf (ngettext ("%u for", "%u for", summary->n_supports),
                                               summary->n_supports);
  g_autofree char *against = g_strdup_printf (ngettext ("%u against", "%u against", summary->n_contradicts),
                                              summary->n_contradicts);
  const char *lane = get_lane_name (row);

  if (*lane == '\0')
    return g_strjoin (", ", row->item->event->title, date, sources, supports, against, NULL);

  return g_strjoin (", ", row->item->event->title, date, lane, sources, supports, against, NULL);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         gpointer                  user_data)
{
  AnnalsEventTableRow *row = gtk_list_item_get_item (item);
  Column column = GPOINTER_TO_INT (user_data);
  GtkWidget *label = gtk_list_item_get_child (item);
  g_autofree char *text = dup_cell (row, column);
  GtkWidget *cell, *line;

  gtk_label_set_text (GTK_LABEL (label), text);
  if (column != COLUMN_TITLE)
    return;

  /* the row, which has no name of its own */
  cell = gtk_widget_get_parent (label);
  line = cell != NULL ? gtk_widget_get_parent (cell) : NULL;
  if (line != NULL)
    {
      g_autofree char *name = dup_row_name (row);

      gtk_accessible_update_property (GTK_ACCESSIBLE (line), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
    }
}

static GArray *
dup_selected (AnnalsEventTable *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GtkBitset) set = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GtkBitsetIter iter;
  guint position;

  for (gboolean valid = gtk_bitset_iter_init_first (&iter, set, &position); valid;
       valid = gtk_bitset_iter_next (&iter, &position))
    {
      g_autoptr(AnnalsEventTableRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

      g_array_append_val (ids, row->item->event->id);
    }

  return ids;
}

static void
selection_changed_cb (AnnalsEventTable *self)
{
  g_autoptr(GArray) ids = NULL;

  if (self->is_silent)
    return;

  ids = dup_selected (self);
  g_signal_emit (self, signals[SELECTED], 0, ids);
}

static void
activate_cb (AnnalsEventTable *self,
             guint             position)
{
  g_autoptr(AnnalsEventTableRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (row != NULL)
    g_signal_emit (self, signals[ACTIVATED], 0, row->item->event->id);
}

/* The heads of columns take the pointer only; this takes the keyboard. */
static void
sort_cb (AnnalsEventTable *self)
{
  guint column = gtk_drop_down_get_selected (self->sort);
  GListModel *columns = gtk_column_view_get_columns (self->column_view);
  g_autoptr(GtkColumnViewColumn) found = g_list_model_get_item (columns, column);

  if (found != NULL)
    gtk_column_view_sort_by_column (self->column_view, found,
                                    column >= COLUMN_SOURCES ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
}

static void
add_column (AnnalsEventTable *self,
            Column            column,
            const char       *title)
{
  static const int widths[N_COLUMNS] = { 130, 150, 88, 64, 44, 62 };
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *one;

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GINT_TO_POINTER (column));
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GINT_TO_POINTER (column));
  one = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_resizable (one, TRUE);
  gtk_column_view_column_set_expand (one, column == COLUMN_TITLE);
  gtk_column_view_column_set_fixed_width (one, widths[column]);
  gtk_column_view_column_set_sorter (one, GTK_SORTER (gtk_custom_sorter_new (compare_rows, GINT_TO_POINTER (column),
                                                                             NULL)));
  gtk_column_view_append_column (self->column_view, one);
  g_object_unref (one);
}

/* The line of heads and the list below it, which assistive technology meets as parts of the table */
static void
name_parts (AnnalsEventTable *self)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->column_view)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    GTK_IS_LIST_VIEW (child) ? _("Events") : _("Columns"), -1);
}

static GtkWidget *
make_sort_line (AnnalsEventTable *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = gtk_label_new (_("Sorted by"));
  const char * const names[] = { _("Date"), _("Event"), _("Lane"), _("Sources"), _("Evidence For"),
                                 _("Evidence Against"), NULL };
  GtkWidget *button;

  self->sort = GTK_DROP_DOWN (gtk_drop_down_new_from_strings (names));
  g_signal_connect_object (self->sort, "notify::selected", G_CALLBACK (sort_cb), self, G_CONNECT_SWAPPED);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->sort), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Sorted by"), -1);
  /* the button inside, which takes the keyboard, has no name of its own */
  button = gtk_widget_get_first_child (GTK_WIDGET (self->sort));
  if (button != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Sorted by"), -1);
  gtk_widget_add_css_class (GTK_WIDGET (self->sort), "flat");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->sort));
  gtk_widget_set_margin_start (line, 12);
  gtk_widget_set_margin_end (line, 6);
  gtk_widget_set_margin_top (line, 2);
  gtk_widget_set_margin_bottom (line, 2);

  return line;
}

static void
annals_event_table_dispose (GObject *object)
{
  AnnalsEventTable *self = ANNALS_EVENT_TABLE (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_object (&self->rows);
  g_clear_pointer (&self->view, annals_timeline_view_unref);

  G_OBJECT_CLASS (annals_event_table_parent_class)->dispose (object);
}

static void
annals_event_table_class_init (AnnalsEventTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = annals_event_table_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "eventtable");

  signals[SELECTED] = g_signal_new ("selected", ANNALS_TYPE_EVENT_TABLE, G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ARRAY);
  signals[ACTIVATED] = g_signal_new ("activated", ANNALS_TYPE_EVENT_TABLE, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
annals_event_table_init (AnnalsEventTable *self)
{
  static const char * const titles[N_COLUMNS] = {
    N_("Date"), N_("Event"), N_("Lane"), N_("Sources"),
    /* Translators: a column of the number of passages that support an event */
    N_("For"),
    /* Translators: a column of the number of passages that contradict an event */
    N_("Against"),
  };
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkSortListModel *sorted;

  self->rows = g_list_store_new (ANNALS_TYPE_EVENT_TABLE_ROW);
  self->column_view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  for (Column column = 0; column < N_COLUMNS; column++)
    add_column (self, column, _(titles[column]));

  sorted = gtk_sort_list_model_new (G_LIST_MODEL (g_object_ref (self->rows)),
                                    g_object_ref (gtk_column_view_get_sorter (self->column_view)));
  self->selection = gtk_multi_selection_new (G_LIST_MODEL (sorted));
  gtk_column_view_set_model (self->column_view, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (selection_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->column_view, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->column_view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Events"), -1);
  name_parts (self);
  annals_list_leave_by_tab (GTK_WIDGET (self->column_view));

  gtk_widget_add_css_class (GTK_WIDGET (self->column_view), "event-table");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->column_view));
  gtk_widget_set_vexpand (scroller, TRUE);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->box), make_sort_line (self));
  gtk_box_append (GTK_BOX (self->box), scroller);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  sort_cb (self);
}

GtkWidget *
annals_event_table_new (void)
{
  return g_object_new (ANNALS_TYPE_EVENT_TABLE, NULL);
}

static int
compare_in_time (gconstpointer a,
                 gconstpointer b)
{
  const AnnalsViewItem *left = (*(AnnalsEventTableRow * const *) a)->item;
  const AnnalsViewItem *right = (*(AnnalsEventTableRow * const *) b)->item;
  int order = annals_date_compare (left->event->date, right->event->date);

  return order != 0 ? order : strcmp (left->event->title, right->event->title);
}

void
annals_event_table_set_view (AnnalsEventTable   *self,
                             AnnalsTimelineView *view)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GArray) selected = NULL;

  g_return_if_fail (ANNALS_IS_EVENT_TABLE (self));

  if (self->view == view)
    return;

  selected = dup_selected (self);
  if (view != NULL)
    annals_timeline_view_ref (view);
  g_clear_pointer (&self->view, annals_timeline_view_unref);
  self->view = view;

  for (guint i = 0; view != NULL && i < view->items->len; i++)
    {
      AnnalsEventTableRow *row = g_object_new (ANNALS_TYPE_EVENT_TABLE_ROW, NULL);

      row->view = annals_timeline_view_ref (view);
      row->item = &g_array_index (view->items, AnnalsViewItem, i);
      g_ptr_array_add (rows, row);
    }
  g_ptr_array_sort (rows, compare_in_time);
  for (guint i = 0; i < rows->len; i++)
    ((AnnalsEventTableRow *) g_ptr_array_index (rows, i))->place = i;

  self->is_silent = TRUE;
  g_list_store_splice (self->rows, 0, g_list_model_get_n_items (G_LIST_MODEL (self->rows)), rows->pdata, rows->len);
  self->is_silent = FALSE;
  annals_event_table_select (self, selected);
}

static void
scroll_to (AnnalsEventTable *self,
           guint             position)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->column_view)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_LIST_VIEW (child))
      annals_list_scroll_to (child, position);
}

void
annals_event_table_select (AnnalsEventTable *self,
                           GArray           *event_ids)
{
  g_autoptr(GHashTable) wanted = NULL;
  g_autoptr(GtkBitset) set = NULL;
  g_autoptr(GtkBitset) all = NULL;
  guint n_rows;

  g_return_if_fail (ANNALS_IS_EVENT_TABLE (self));
  g_return_if_fail (event_ids != NULL);

  wanted = g_hash_table_new (g_int64_hash, g_int64_equal);
  set = gtk_bitset_new_empty ();
  n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  all = gtk_bitset_new_range (0, n_rows);
  for (guint i = 0; i < event_ids->len; i++)
    g_hash_table_add (wanted, &g_array_index (event_ids, gint64, i));

  for (guint i = 0; i < n_rows && gtk_bitset_get_size (set) < event_ids->len; i++)
    {
      g_autoptr(AnnalsEventTableRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (g_hash_table_contains (wanted, &row->item->event->id))
        gtk_bitset_add (set, i);
    }

  self->is_silent = TRUE;
  gtk_selection_model_set_selection (GTK_SELECTION_MODEL (self->selection), set, all);
  self->is_silent = FALSE;
  if (!gtk_bitset_is_empty (set))
    scroll_to (self, gtk_bitset_get_minimum (set));
}
