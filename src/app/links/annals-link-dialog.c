/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-link-dialog.h"

#include <glib/gi18n.h>

#include "annals-annotations.h"
#include "annals-quick-open.h"

struct _AnnalsLinkDialog
{
  AdwWindow       parent_instance;
  GtkWidget      *accept;
  GtkLabel       *from_label;
  GtkDropDown    *relation;
  GtkLabel       *to_label;
  GtkWidget      *note;

  AnnalsDesk     *desk;
  AnnalsLinkFrom *from;      /* (nullable): a link is edited */
  AnnalsNamed    *to;        /* (nullable): likewise */
  gint64          link_id;   /* of the one that is edited */
};

G_DEFINE_FINAL_TYPE (AnnalsLinkDialog, annals_link_dialog, ADW_TYPE_WINDOW)

/* --- what is linked --- */

AnnalsLinkFrom *
annals_link_from_new (AnnalsRecord  kind,
                      gint64        id,
                      const char   *title)
{
  AnnalsLinkFrom *self = g_new0 (AnnalsLinkFrom, 1);

  self->kind = kind;
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (self->ids, id);
  self->title = g_strdup (title);

  return self;
}

AnnalsLinkFrom *
annals_link_from_new_posts (GArray *ids)
{
  AnnalsLinkFrom *self = g_new0 (AnnalsLinkFrom, 1);

  self->kind = ANNALS_RECORD_POST;
  self->ids = g_array_copy (ids);
  self->title = g_strdup_printf (ngettext ("%u post", "%u posts", ids->len), ids->len);

  return self;
}

AnnalsLinkFrom *
annals_link_from_new_passage (gint64      post_id,
                              guint       start,
                              guint       end,
                              const char *colour,
                              const char *quotation)
{
  AnnalsLinkFrom *self = g_new0 (AnnalsLinkFrom, 1);
  g_autofree char *lead = annals_named_dup_lead (quotation, 120);

  self->kind = ANNALS_RECORD_ANNOTATION;
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->post_id = post_id;
  self->start = start;
  self->end = end;
  self->colour = g_strdup (colour);
  self->title = g_strdup_printf (_("“%s”"), lead);

  return self;
}

void
annals_link_from_free (AnnalsLinkFrom *self)
{
  g_array_unref (self->ids);
  g_free (self->colour);
  g_free (self->title);
  g_free (self);
}

/* --- linking --- */

typedef struct
{
  AnnalsLinkFrom *from;       /* (nullable): @link_id is changed */
  AnnalsRecord    to_kind;
  gint64          to_id;
  gint64          link_id;
  AnnalsRelation  relation;
  char           *note;
} LinkJob;

static void
link_job_free (LinkJob *self)
{
  g_clear_pointer (&self->from, annals_link_from_free);
  g_free (self->note);
  g_free (self);
}

static gboolean
link_in_writer (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  LinkJob *job = data;
  AnnalsLinkFrom *from = job->from;
  gint64 id;

  if (from == NULL)
    return annals_db_set_link (db, job->link_id, job->relation, job->note, error);

  if (from->ids->len == 0)
    {
      if (!annals_db_add_annotation (db, from->post_id, from->start, from->end, from->colour, "", &id, error))
        return FALSE;
      g_array_append_val (from->ids, id);
    }

  for (guint i = 0; i < from->ids->len; i++)
    {
      id = g_array_index (from->ids, gint64, i);
      /* Of several posts that are dropped on one of them that one is left out. */
      if (from->ids->len > 1 && from->kind == job->to_kind && id == job->to_id)
        continue;
      if (!annals_db_add_link (db, from->kind, id, job->relation, job->to_kind, job->to_id, job->note, NULL, error))
        return FALSE;
    }

  return TRUE;
}

static void
accept_cb (AnnalsLinkDialog *self)
{
  LinkJob *job = g_new0 (LinkJob, 1);
  gboolean makes = self->from != NULL;
  guint n = makes ? self->from->ids->len : 1;
  g_autofree char *label = NULL;

  job->link_id = self->link_id;
  job->relation = gtk_drop_down_get_selected (self->relation);
  job->note = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->note))));
  if (makes)
    {
      job->to_kind = self->to->kind;
      job->to_id = self->to->id;
      job->from = g_steal_pointer (&self->from);
    }

  label = !makes ? g_strdup (_("Edit link")) :
          n == 0 ? g_strdup (_("Mark passage and link it")) :
          n == 1 ? g_strdup (_("Add link"))
                 : g_strdup_printf (ngettext ("Link %u post", "Link %u posts", n), n);
  annals_desk_change (self->desk, self->desk, label, makes ? _("Link added") : _("Link changed"), link_in_writer, job,
                      (GDestroyNotify) link_job_free, NULL);
  gtk_window_destroy (GTK_WINDOW (self));
}

/* --- the dialog --- */

static void
annals_link_dialog_dispose (GObject *object)
{
  AnnalsLinkDialog *self = ANNALS_LINK_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ANNALS_TYPE_LINK_DIALOG);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->from, annals_link_from_free);
  g_clear_pointer (&self->to, annals_named_free);

  G_OBJECT_CLASS (annals_link_dialog_parent_class)->dispose (object);
}

static void
annals_link_dialog_class_init (AnnalsLinkDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = annals_link_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, ANNALS_RESOURCE_PATH "/annals-link-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsLinkDialog, accept);
  gtk_widget_class_bind_template_child (widget_class, AnnalsLinkDialog, from_label);
  gtk_widget_class_bind_template_child (widget_class, AnnalsLinkDialog, relation);
  gtk_widget_class_bind_template_child (widget_class, AnnalsLinkDialog, to_label);
  gtk_widget_class_bind_template_child (widget_class, AnnalsLinkDialog, note);
  gtk_widget_class_bind_template_callback (widget_class, accept_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
annals_link_dialog_init (AnnalsLinkDialog *self)
{
  g_autoptr(GtkStringList) words = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < ANNALS_N_RELATIONS; i++)
    gtk_string_list_append (words, annals_relation_get_label (i, TRUE));
  gtk_drop_down_set_model (self->relation, G_LIST_MODEL (words));
  gtk_drop_down_set_selected (self->relation, ANNALS_RELATION_RELATED);
  /* the keyboard comes to the button in the drop-down, which has no name of its own */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (self->relation))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Relation"), -1);
}

/* "“quotation” (Title)": what the end is, in a line. */
static char *
dup_end (const AnnalsNamed *end)
{
  if (end->kind == ANNALS_RECORD_ANNOTATION)
    /* Translators: a quotation and the title of the post it is from */
    return g_strdup_printf (_("“%s” — %s"), end->title, end->context);

  return g_strdup (end->title);
}

static AnnalsLinkDialog *
create (GtkWidget  *widget,
        AnnalsDesk *desk,
        const char *title,
        const char *accept,
        const char *from,
        const char *to)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  AnnalsLinkDialog *self = g_object_new (ANNALS_TYPE_LINK_DIALOG, "title", title, "transient-for", root, NULL);

  self->desk = g_object_ref (desk);
  gtk_label_set_text (self->from_label, from);
  gtk_label_set_text (self->to_label, to);
  gtk_button_set_label (GTK_BUTTON (self->accept), accept);
  gtk_widget_grab_focus (GTK_WIDGET (self->relation));

  return self;
}

void
annals_link_ask (GtkWidget         *widget,
                 AnnalsDesk        *desk,
                 AnnalsLinkFrom    *from,
                 const AnnalsNamed *to)
{
  AnnalsLinkDialog *self;
  g_autofree char *end = NULL;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (ANNALS_IS_DESK (desk));
  g_return_if_fail (from != NULL && to != NULL);

  if (!GTK_IS_WINDOW (gtk_widget_get_root (widget)))
    {
      annals_link_from_free (from);
      return;
    }

  end = dup_end (to);
  self = create (widget, desk, _("Add Link"), _("_Link"), from->title, end);
  self->from = from;
  self->to = annals_named_copy (to);
  gtk_window_present (GTK_WINDOW (self));
}

void
annals_link_edit (GtkWidget        *widget,
                  AnnalsDesk       *desk,
                  const AnnalsLink *link)
{
  AnnalsLinkDialog *self;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (ANNALS_IS_DESK (desk));
  g_return_if_fail (link != NULL);

  from = dup_end (link->from);
  to = dup_end (link->to);
  self = create (widget, desk, _("Edit Link"), _("_Save"), from, to);
  self->link_id = link->id;
  gtk_drop_down_set_selected (self->relation, link->relation);
  gtk_editable_set_text (GTK_EDITABLE (self->note), link->note);
  gtk_window_present (GTK_WINDOW (self));
}

/* --- what it is linked with is looked for --- */

static void
picked_cb (gpointer           owner,
           const AnnalsNamed *named)
{
  GtkWidget *widget = owner;
  AnnalsLinkFrom *from = g_object_steal_data (G_OBJECT (widget), "annals-link-from");
  AnnalsDesk *desk = g_object_get_data (G_OBJECT (widget), "annals-link-desk");

  if (from != NULL && desk != NULL)
    annals_link_ask (widget, desk, from, named);
}

void
annals_link_pick (GtkWidget      *widget,
                  AnnalsDesk     *desk,
                  AnnalsLinkFrom *from)
{
  GtkRoot *root;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (ANNALS_IS_DESK (desk));
  g_return_if_fail (from != NULL);

  root = gtk_widget_get_root (widget);
  if (!GTK_IS_WINDOW (root))
    {
      annals_link_from_free (from);
      return;
    }

  /* It waits with the window, which outlives the list that is chosen from. */
  g_object_set_data_full (G_OBJECT (root), "annals-link-from", from, (GDestroyNotify) annals_link_from_free);
  g_object_set_data_full (G_OBJECT (root), "annals-link-desk", g_object_ref (desk), g_object_unref);
  annals_quick_open_pick (GTK_WINDOW (root), desk, _("Link With…"),
                          ANNALS_QUICK_KIND (ANNALS_RECORD_POST) | ANNALS_QUICK_KIND (ANNALS_RECORD_ANNOTATION) |
                          ANNALS_QUICK_KIND (ANNALS_RECORD_EVENT), root, picked_cb);
}
