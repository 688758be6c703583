/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-review-place-private.h"

#include <glib/gi18n.h>

#include "annals-announce.h"
#include "annals-colour-names.h"
#include "annals-colours.h"
#include "annals-lists.h"

typedef enum
{
  PROP_DESK = 1,
} AnnalsReviewPlaceProp;

static GParamSpec *properties[PROP_DESK + 1];

G_DEFINE_FINAL_TYPE (AnnalsReviewPlace, annals_review_place, GTK_TYPE_WIDGET)

/* --- the chosen note --- */

typedef struct
{
  gint64            id;
  GCancellable     *cancellable;   /* tells this question from a later one */
  AnnalsReviewPage *page;
} PageJob;

static void
page_job_free (PageJob *self)
{
  g_object_unref (self->cancellable);
  g_clear_pointer (&self->page, annals_review_page_free);
  g_free (self);
}

static gboolean
load_in_reader (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  PageJob *job = data;
  g_autoptr(GHashTable) names = annals_db_list_colour_names (db, error);
  AnnalsReview *review;
  const char *name;

  if (names == NULL || (review = annals_db_load_review (db, job->id, error)) == NULL)
    return FALSE;

  name = g_hash_table_lookup (names, review->annotation->colour);
  job->page =
    annals_review_page_new (review, name != NULL ? name : annals_colours_get_meaning (review->annotation->colour));

  return TRUE;
}

static void
loaded_cb (gpointer      owner,
           gpointer      data,
           const GError *error)
{
  AnnalsReviewPlace *self = ANNALS_REVIEW_PLACE (owner);
  PageJob *job = data;

  if (job->cancellable != self->loading)
    return;

  g_clear_object (&self->loading);
  if (error != NULL)
    {
      /* It was deleted meanwhile; the list follows. */
      if (!g_error_matches (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_NOT_FOUND))
        annals_desk_fail (self->desk, _("The note could not be read"), error->message);
      return;
    }

  annals_review_sheet_set (self->sheet, job->page);
  if (self->enters)
    annals_review_sheet_focus_first (self->sheet);
  self->enters = FALSE;
}

static void
load (AnnalsReviewPlace *self,
      gint64             id)
{
  PageJob *job;

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->loading = g_cancellable_new ();
  job = g_new0 (PageJob, 1);
  job->id = id;
  job->cancellable = g_object_ref (self->loading);
  annals_desk_read (self->desk, self, load_in_reader, job, (GDestroyNotify) page_job_free, self->loading,
                    loaded_cb);
}

GArray *
annals_review_place_dup_chosen (AnnalsReviewPlace *self)
{
  g_autoptr(GtkBitset) chosen = gtk_selection_model_get_selection (self->selection);
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GtkBitsetIter iter;
  guint position;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, chosen, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    {
      g_autoptr(AnnalsReviewItem) item = g_list_model_get_item (G_LIST_MODEL (self->notes), position);

      g_array_append_val (ids, annals_review_item_get_annotation (item)->id);
    }

  return ids;
}

static void
show_many (AnnalsReviewPlace *self,
           guint              n)
{
  g_autofree char *title = g_strdup_printf (ngettext ("%'u Note Chosen", "%'u Notes Chosen", n), n);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->enters = FALSE;
  self->chosen_id = 0;
  adw_status_page_set_title (self->many, title);
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), "many");
}

static void
chosen_cb (AnnalsReviewPlace *self)
{
  g_autoptr(GtkBitset) chosen = gtk_selection_model_get_selection (self->selection);
  g_autoptr(GArray) ids = annals_review_place_dup_chosen (self);
  gint64 id;

  if (ids->len == 0)
    return;

  self->chosen_at = gtk_bitset_get_minimum (chosen);
  if (ids->len > 1)
    {
      show_many (self, ids->len);
      return;
    }

  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), "one");
  id = g_array_index (ids, gint64, 0);
  if (id == self->chosen_id)
    return;

  self->enters = FALSE;
  self->chosen_id = id;
  load (self, id);
}

/* --- the list --- */

typedef struct
{
  GCancellable *cancellable;
  GPtrArray    *items;   /* (element type AnnalsReviewItem) */
} ListJob;

static void
list_job_free (ListJob *self)
{
  g_object_unref (self->cancellable);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_free (self);
}

static gboolean
list_in_reader (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  ListJob *job = data;
  g_autoptr(GPtrArray) annotations = annals_db_list_review (db, error);
  gint64 post_id = 0;

  if (annotations == NULL)
    return FALSE;

  job->items = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_set_free_func (annotations, NULL);   /* each goes into its item */
  for (guint i = 0; i < annotations->len; i++)
    {
      AnnalsAnnotation *annotation = annotations->pdata[i];
      gboolean first = annotation->post_id != post_id;

      post_id = annotation->post_id;
      g_ptr_array_add (job->items, annals_review_item_new (annotation, first ? annotation->post_title : NULL));
    }

  return TRUE;
}

static guint
find_position (AnnalsReviewPlace *self,
               gint64             id)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->notes));

  for (guint i = 0; id != 0 && i < n; i++)
    {
      g_autoptr(AnnalsReviewItem) item = g_list_model_get_item (G_LIST_MODEL (self->notes), i);

      if (annals_review_item_get_annotation (item)->id == id)
        return i;
    }

  return G_MAXUINT;
}

/* Those of the several that were chosen which are still to be reviewed. */
static gboolean
choose_several_again (AnnalsReviewPlace *self,
                      GArray            *ids)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->notes));
  g_autoptr(GtkBitset) positions = gtk_bitset_new_empty ();
  g_autoptr(GtkBitset) all = gtk_bitset_new_range (0, n);

  for (guint i = 0; i < ids->len; i++)
    {
      guint position = find_position (self, g_array_index (ids, gint64, i));

      if (position != G_MAXUINT)
        gtk_bitset_add (positions, position);
    }

  if (gtk_bitset_get_size (positions) < 2)
    return FALSE;

  gtk_selection_model_set_selection (self->selection, positions, all);
  return TRUE;
}

/* The one that was asked for, those that were chosen, or the one that now stands in their place. */
static void
choose_again (AnnalsReviewPlace *self,
              GArray            *ids)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->notes));
  guint position = find_position (self, self->wanted_id);

  if (position == G_MAXUINT && ids->len > 1 && choose_several_again (self, ids))
    return;

  if (position == G_MAXUINT && ids->len > 0)
    position = find_position (self, g_array_index (ids, gint64, 0));
  if (position == G_MAXUINT)
    position = MIN (self->chosen_at, n - 1);

  self->wanted_id = 0;
  self->chosen_id = 0;   /* what there is to say of it may be another thing now */
  gtk_selection_model_select_item (self->selection, position, TRUE);
  chosen_cb (self);
  annals_list_scroll_to (self->list_view, position);
}

static gboolean
has_focus_within (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

/* Whether @items are what is listed. Rows that are made anew would take a click away that has just begun. */
static gboolean
lists (AnnalsReviewPlace *self,
       GPtrArray         *items)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->notes));

  for (guint i = 0; i < n && i < items->len; i++)
    {
      g_autoptr(AnnalsReviewItem) old = g_list_model_get_item (G_LIST_MODEL (self->notes), i);
      AnnalsReviewItem *item = g_ptr_array_index (items, i);
      const AnnalsAnnotation *a = annals_review_item_get_annotation (old);
      const AnnalsAnnotation *b = annals_review_item_get_annotation (item);

      if (a->id != b->id || a->modified != b->modified || a->revision_id != b->revision_id ||
          !g_str_equal (a->post_title, b->post_title) || !g_str_equal (a->note, b->note) ||
          g_strcmp0 (annals_review_item_get_where (old), annals_review_item_get_where (item)) != 0)
        return FALSE;
    }

  return n > 0 && n == items->len;
}

static void
listed_cb (gpointer      owner,
           gpointer      data,
           const GError *error)
{
  AnnalsReviewPlace *self = ANNALS_REVIEW_PLACE (owner);
  ListJob *job = data;
  g_autofree char *count = NULL;
  gboolean focus = self->wants_focus || has_focus_within (GTK_WIDGET (self));
  gboolean in_sheet = has_focus_within (GTK_WIDGET (self->sheet));
  gboolean enters = self->enters;
  gint64 chosen_id = self->chosen_id;
  g_autoptr(GArray) ids = annals_review_place_dup_chosen (self);
  gboolean stays;
  guint n;

  if (job->cancellable != self->listing)
    return;

  g_clear_object (&self->listing);
  if (error != NULL)
    {
      annals_desk_fail (self->desk, _("The notes could not be read"), error->message);
      return;
    }

  if (self->wanted_id == 0 && !self->wants_focus && lists (self, job->items))
    {
      /* what there is to say of it may be another thing now */
      if (self->chosen_id != 0)
        load (self, self->chosen_id);
      return;
    }

  n = job->items->len;
  count = g_strdup_printf (ngettext ("%'u note whose passage has changed", "%'u notes whose passages have changed", n),
                           n);
  gtk_label_set_text (self->count, count);
  if (!lists (self, job->items))
    {
      g_signal_handlers_block_by_func (self->selection, chosen_cb, self);
      g_list_store_remove_all (self->notes);
      g_list_store_splice (self->notes, 0, 0, job->items->pdata, n);
      g_signal_handlers_unblock_by_func (self->selection, chosen_cb, self);
    }
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), n > 0 ? "list" : "empty");
  if (n == 0)
    {
      self->chosen_id = 0;
      self->chosen_at = 0;
      return;
    }

  choose_again (self, ids);

  /* Who is deciding about a note stays with it, whatever was changed elsewhere. */
  stays = !self->wants_focus && chosen_id != 0 && self->chosen_id == chosen_id;
  self->enters = stays && enters;
  self->wants_focus = FALSE;
  if (focus && !(stays && in_sheet))
    gtk_widget_grab_focus (self->list_view);
}

static void
reload (AnnalsReviewPlace *self)
{
  ListJob *job;

  if (self->desk == NULL || annals_desk_get_notebook (self->desk) == NULL)
    return;

  g_cancellable_cancel (self->listing);
  g_clear_object (&self->listing);
  self->listing = g_cancellable_new ();
  job = g_new0 (ListJob, 1);
  job->cancellable = g_object_ref (self->listing);
  annals_desk_read (self->desk, self, list_in_reader, job, (GDestroyNotify) list_job_free, self->listing,
                    listed_cb);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  user_data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *where = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  GtkWidget *quote = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode",
                                   PANGO_WRAP_WORD_CHAR, "lines", 3, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  GtkWidget *note = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END,
                                  "single-line-mode", TRUE, NULL);

  gtk_widget_add_css_class (where, "heading");
  gtk_widget_add_css_class (quote, "note-quote");
  gtk_widget_add_css_class (note, "caption");
  gtk_widget_add_css_class (note, "dim-label");
  gtk_box_append (GTK_BOX (box), where);
  gtk_box_append (GTK_BOX (box), quote);
  gtk_box_append (GTK_BOX (box), note);
  gtk_list_item_set_child (item, box);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         gpointer                  user_data)
{
  AnnalsReviewItem *note = gtk_list_item_get_item (item);
  const AnnalsAnnotation *annotation = annals_review_item_get_annotation (note);
  const char *where = annals_review_item_get_where (note);
  GtkWidget *title = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *quote = gtk_widget_get_next_sibling (title);
  GtkWidget *text = gtk_widget_get_next_sibling (quote);
  /* Translators: a quotation in its quotation marks */
  g_autofree char *quoted = g_strdup_printf (_("“%s”"), annotation->selector.exact);
  g_autofree char *name = g_strdup_printf ("%s, %s", quoted, annotation->post_title);

  gtk_label_set_text (GTK_LABEL (title), where != NULL ? where : "");
  gtk_widget_set_visible (title, where != NULL);
  gtk_label_set_text (GTK_LABEL (quote), quoted);
  gtk_label_set_text (GTK_LABEL (text), annotation->note);
  gtk_widget_set_visible (text, *annotation->note != '\0');
  annals_list_name_row (item, name);
}

static void
row_activated_cb (AnnalsReviewPlace *self,
                  guint              position)
{
  if (self->loading != NULL)
    self->enters = TRUE;
  else
    annals_review_sheet_focus_first (self->sheet);
}

/* --- the widget --- */

static void
changed_cb (AnnalsReviewPlace *self,
            AnnalsChanges     *changes)
{
  if (annals_changes_touch (changes, ANNALS_RECORD_ANNOTATION) ||
      annals_changes_touch (changes, ANNALS_RECORD_POST) ||
      annals_changes_touch (changes, ANNALS_RECORD_IMPORT))
    reload (self);
}

static void
notebook_cb (AnnalsReviewPlace *self)
{
  self->chosen_id = 0;
  self->chosen_at = 0;
  g_list_store_remove_all (self->notes);
  reload (self);
}

static void
set_desk (AnnalsReviewPlace *self,
          AnnalsDesk        *desk)
{
  /* A place has one desk for its life: the window's. */
  g_return_if_fail (self->desk == NULL);

  if (!g_set_object (&self->desk, desk))
    return;

  g_signal_connect_object (desk, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "notify::notebook", G_CALLBACK (notebook_cb), self, G_CONNECT_SWAPPED);
  notebook_cb (self);
}

static void
annals_review_place_dispose (GObject *object)
{
  AnnalsReviewPlace *self = ANNALS_REVIEW_PLACE (object);

  g_cancellable_cancel (self->listing);
  g_clear_object (&self->listing);
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  gtk_widget_dispose_template (GTK_WIDGET (self), ANNALS_TYPE_REVIEW_PLACE);
  g_clear_object (&self->selection);
  g_clear_object (&self->notes);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (annals_review_place_parent_class)->dispose (object);
}

static void
annals_review_place_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  AnnalsReviewPlace *self = ANNALS_REVIEW_PLACE (object);

  switch ((AnnalsReviewPlaceProp) prop_id)
    {
    case PROP_DESK:
      g_value_set_object (value, self->desk);
      break;
    }
}

static void
annals_review_place_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  AnnalsReviewPlace *self = ANNALS_REVIEW_PLACE (object);

  switch ((AnnalsReviewPlaceProp) prop_id)
    {
    case PROP_DESK:
      set_desk (self, g_value_get_object (value));
      break;
    }
}

static void
annals_review_place_class_init (AnnalsReviewPlaceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = annals_review_place_dispose;
  object_class->get_property = annals_review_place_get_property;
  object_class->set_property = annals_review_place_set_property;

  properties[PROP_DESK] =
    g_param_spec_object ("desk", NULL, NULL, ANNALS_TYPE_DESK, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (ANNALS_TYPE_REVIEW_SHEET);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, ANNALS_RESOURCE_PATH "/annals-review-place.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsReviewPlace, stack);
  gtk_widget_class_bind_template_child (widget_class, AnnalsReviewPlace, pages);
  gtk_widget_class_bind_template_child (widget_class, AnnalsReviewPlace, many);
  gtk_widget_class_bind_template_child (widget_class, AnnalsReviewPlace, count);
  gtk_widget_class_bind_template_child (widget_class, AnnalsReviewPlace, list_view);
  gtk_widget_class_bind_template_child (widget_class, AnnalsReviewPlace, sheet);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  annals_review_place_install_actions (widget_class);
}

static void
annals_review_place_init (AnnalsReviewPlace *self)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  annals_announce_changes (self->count);
  self->notes = g_list_store_new (ANNALS_TYPE_REVIEW_ITEM);
  self->selection = GTK_SELECTION_MODEL (gtk_multi_selection_new (G_LIST_MODEL (g_object_ref (self->notes))));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  gtk_list_view_set_factory (GTK_LIST_VIEW (self->list_view), factory);
  gtk_list_view_set_model (GTK_LIST_VIEW (self->list_view), self->selection);
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  annals_list_leave_by_tab (self->list_view);
}

void
annals_review_place_show (AnnalsReviewPlace *self,
                          gint64             annotation_id)
{
  g_return_if_fail (ANNALS_IS_REVIEW_PLACE (self));

  self->wanted_id = annotation_id;
  self->wants_focus = TRUE;
  reload (self);
}
