/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-evidence-picker.h"

#include <glib/gi18n.h>

#include "annals-annotations.h"
#include "annals-lists.h"
#include "annals-posts.h"
#include "annals-search.h"

#define MAX_POSTS 25

struct _AnnalsEvidencePicker
{
  GtkWidget     parent_instance;
  GtkWidget    *box;
  GtkWidget    *entry;
  GtkLabel     *message;
  GtkListBox   *list;
  AnnalsDesk   *desk;         /* weak */
  GCancellable *cancellable;  /* of the question on its way */
};

enum
{
  PICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AnnalsEvidencePicker, annals_evidence_picker, GTK_TYPE_WIDGET)

/* --- asking --- */

typedef struct
{
  AnnalsQuery *query;
  GPtrArray   *posts;
  GPtrArray   *annotations;  /* of each post, a GPtrArray */
} Search;

static void
search_free (Search *self)
{
  annals_query_free (self->query);
  g_clear_pointer (&self->posts, g_ptr_array_unref);
  g_clear_pointer (&self->annotations, g_ptr_array_unref);
  g_free (self);
}

static gboolean
search (AnnalsDb      *db,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  Search *self = data;
  g_autoptr(GArray) ids = annals_search_posts (db, self->query, ANNALS_SCOPE_ALL, 0, ANNALS_ORDER_RELEVANCE,
                                               error);

  if (ids == NULL ||
      !(self->posts = annals_db_load_posts (db, (const gint64 *) (gpointer) ids->data,
                                            MIN (ids->len, MAX_POSTS), error)))
    return FALSE;

  self->annotations = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < self->posts->len; i++)
    {
      const AnnalsPost *post = g_ptr_array_index (self->posts, i);
      GPtrArray *annotations = annals_db_list_annotations (db, post->id, error);

      if (annotations == NULL)
        return FALSE;
      g_ptr_array_add (self->annotations, annotations);
    }

  return TRUE;
}

/* --- rows --- */

static void
set_ids (GtkWidget *row,
         gint64     post_id,
         gint64     annotation_id)
{
  g_object_set_data_full (G_OBJECT (row), "post", g_memdup2 (&post_id, sizeof post_id), g_free);
  g_object_set_data_full (G_OBJECT (row), "annotation", g_memdup2 (&annotation_id, sizeof annotation_id),
                          g_free);
}

static void
append_row (AnnalsEvidencePicker *self,
            const char           *text,
            const char           *detail,
            gint64                post_id,
            gint64                annotation_id)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label = gtk_label_new (text);
  g_autofree char *name = detail != NULL ? g_strdup_printf ("%s, %s", text, detail) : g_strdup (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 48);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), label);

  if (annotation_id != 0)
    gtk_widget_set_margin_start (box, 18);
  if (detail != NULL)
    {
      GtkWidget *below = gtk_label_new (detail);

      gtk_label_set_xalign (GTK_LABEL (below), 0);
      gtk_label_set_ellipsize (GTK_LABEL (below), PANGO_ELLIPSIZE_END);
      gtk_widget_add_css_class (below, "caption");
      gtk_widget_add_css_class (below, "dim-label");
      gtk_box_append (GTK_BOX (box), below);
    }

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  set_ids (row, post_id, annotation_id);
  gtk_list_box_append (self->list, row);
}

static void
append_post (AnnalsEvidencePicker *self,
             const AnnalsPost     *post,
             GPtrArray            *annotations)
{
  g_autofree char *date = annals_date_dup_display_short (post->published);
  g_autofree char *detail = *post->source != '\0' ? g_strdup_printf ("%s · %s", date, post->source)
                                                  : g_strdup (date);

  append_row (self, post->title, detail, post->id, 0);
  for (guint i = 0; i < annotations->len; i++)
    {
      const AnnalsAnnotation *annotation = g_ptr_array_index (annotations, i);
      g_autofree char *quotation = annals_annotation_is_post_note (annotation)
                                   ? g_strdup (annotation->note)
                                   : g_strdup_printf (_("“%s”"), annotation->selector.exact);

      g_strdelimit (quotation, "\n", ' ');
      append_row (self, quotation, NULL, post->id, annotation->id);
    }
}

static void
say (AnnalsEvidencePicker *self,
     const char           *message)
{
  gtk_label_set_text (self->message, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), message != NULL);
}

static void
found_cb (gpointer      owner,
          gpointer      data,
          const GError *error)
{
  AnnalsEvidencePicker *self = ANNALS_EVIDENCE_PICKER (owner);
  Search *found = data;
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);

  if (error != NULL)
    {
      say (self, error->message);
      return;
    }

  say (self, found->posts->len == 0 ? _("No post holds these words") : NULL);
  for (guint i = 0; i < found->posts->len; i++)
    append_post (self, g_ptr_array_index (found->posts, i), g_ptr_array_index (found->annotations, i));
  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
}

static void
search_changed_cb (AnnalsEvidencePicker *self)
{
  g_autoptr(AnnalsQuery) query = NULL;
  g_autoptr(GError) error = NULL;
  Search *question;

  if (self->desk == NULL)
    return;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);

  query = annals_query_parse (gtk_editable_get_text (GTK_EDITABLE (self->entry)), &error);
  if (query == NULL)
    {
      say (self, error->message);
      return;
    }

  self->cancellable = g_cancellable_new ();
  question = g_new0 (Search, 1);
  question->query = g_steal_pointer (&query);
  annals_desk_read (self->desk, self, search, question, (GDestroyNotify) search_free, self->cancellable,
                    found_cb);
}

static void
row_activated_cb (AnnalsEvidencePicker *self,
                  GtkListBoxRow        *row)
{
  const gint64 *post_id = g_object_get_data (G_OBJECT (row), "post");
  const gint64 *annotation_id = g_object_get_data (G_OBJECT (row), "annotation");

  g_signal_emit (self, signals[PICKED], 0, *post_id, *annotation_id);
}

static void
entry_activate_cb (AnnalsEvidencePicker *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (row != NULL)
    row_activated_cb (self, row);
}

/* The entry keeps Escape for itself. */
static void
stop_search_cb (AnnalsEvidencePicker *self)
{
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_POPOVER);

  if (popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (popover));
}

static void
annals_evidence_picker_dispose (GObject *object)
{
  AnnalsEvidencePicker *self = ANNALS_EVIDENCE_PICKER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_weak_pointer (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (self), ANNALS_TYPE_EVIDENCE_PICKER);

  G_OBJECT_CLASS (annals_evidence_picker_parent_class)->dispose (object);
}

static void
annals_evidence_picker_class_init (AnnalsEvidencePickerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = annals_evidence_picker_dispose;

  signals[PICKED] = g_signal_new ("picked", ANNALS_TYPE_EVIDENCE_PICKER, G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_INT64);

  gtk_widget_class_set_template_from_resource (widget_class, ANNALS_RESOURCE_PATH "/annals-evidence-picker.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsEvidencePicker, box);
  gtk_widget_class_bind_template_child (widget_class, AnnalsEvidencePicker, entry);
  gtk_widget_class_bind_template_child (widget_class, AnnalsEvidencePicker, message);
  gtk_widget_class_bind_template_child (widget_class, AnnalsEvidencePicker, list);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
}

static void
annals_evidence_picker_init (AnnalsEvidencePicker *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  annals_list_leave_by_tab (GTK_WIDGET (self->list));
}

GtkWidget *
annals_evidence_picker_new (void)
{
  return g_object_new (ANNALS_TYPE_EVIDENCE_PICKER, NULL);
}

void
annals_evidence_picker_begin (AnnalsEvidencePicker *self,
                              AnnalsDesk           *desk)
{
  g_return_if_fail (ANNALS_IS_EVIDENCE_PICKER (self));
  g_return_if_fail (ANNALS_IS_DESK (desk));

  g_set_weak_pointer (&self->desk, desk);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  search_changed_cb (self);
  gtk_widget_grab_focus (self->entry);
}
