/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-review-place-private.h"

#include <glib/gi18n.h>

typedef struct
{
  GArray *ids;         /* (element type gint64) */
  guint   candidate;
  guint   start, end;
  guint   n_placed;    /* (out) */
} Decision;

static void
decision_free (Decision *self)
{
  g_array_unref (self->ids);
  g_free (self);
}

/* --- in the writer's thread --- */

static gboolean
place_in_writer (AnnalsDb      *db,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  Decision *decision = data;

  return annals_db_place_on_candidate (db, g_array_index (decision->ids, gint64, 0), decision->candidate, error);
}

static gboolean
place_on_in_writer (AnnalsDb      *db,
                    gpointer       data,
                    GCancellable  *cancellable,
                    GError       **error)
{
  Decision *decision = data;

  return annals_db_place_annotation (db, g_array_index (decision->ids, gint64, 0), decision->start, decision->end,
                                     error);
}

static gboolean
place_best_in_writer (AnnalsDb      *db,
                      gpointer       data,
                      GCancellable  *cancellable,
                      GError       **error)
{
  Decision *decision = data;

  for (guint i = 0; i < decision->ids->len; i++)
    {
      gboolean placed;

      if (!annals_db_place_on_best (db, g_array_index (decision->ids, gint64, i), &placed, error))
        return FALSE;
      decision->n_placed += placed;
    }

  return TRUE;
}

static gboolean
keep_in_writer (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  Decision *decision = data;

  for (guint i = 0; i < decision->ids->len; i++)
    if (!annals_db_set_annotation_orphan (db, g_array_index (decision->ids, gint64, i), TRUE, error))
      return FALSE;

  return TRUE;
}

static gboolean
delete_in_writer (AnnalsDb      *db,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  Decision *decision = data;

  for (guint i = 0; i < decision->ids->len; i++)
    if (!annals_db_delete_annotation (db, g_array_index (decision->ids, gint64, i), error))
      return FALSE;

  return TRUE;
}

/* --- actions --- */

/* What is decided of the chosen notes; NULL when there are none. */
static Decision *
decision_new (AnnalsReviewPlace *self)
{
  g_autoptr(GArray) ids = annals_review_place_dup_chosen (self);
  Decision *decision;

  if (ids->len == 0)
    return NULL;

  decision = g_new0 (Decision, 1);
  decision->ids = g_steal_pointer (&ids);

  return decision;
}

/* What the sheet shows is an answer for the one note that is chosen, once it was read. */
static Decision *
decision_new_for_sheet (AnnalsReviewPlace *self)
{
  g_autoptr(GArray) ids = annals_review_place_dup_chosen (self);

  return self->loading == NULL && ids->len == 1 ? decision_new (self) : NULL;
}

static void
place_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  AnnalsReviewPlace *self = ANNALS_REVIEW_PLACE (widget);
  Decision *decision = decision_new_for_sheet (self);

  if (decision == NULL)
    return;

  decision->candidate = g_variant_get_uint32 (parameter);
  annals_desk_change (self->desk, self, _("Place note"), _("Note placed"), place_in_writer, decision,
                      (GDestroyNotify) decision_free, NULL);
}

static void
place_on_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  AnnalsReviewPlace *self = ANNALS_REVIEW_PLACE (widget);
  Decision *decision = decision_new_for_sheet (self);

  if (decision == NULL)
    return;

  g_variant_get (parameter, "(uu)", &decision->start, &decision->end);
  annals_desk_change (self->desk, self, _("Place note"), _("Note placed"), place_on_in_writer, decision,
                      (GDestroyNotify) decision_free, NULL);
}

static void
placed_best_cb (gpointer      owner,
                gpointer      data,
                const GError *error)
{
  AnnalsReviewPlace *self = ANNALS_REVIEW_PLACE (owner);
  Decision *decision = data;
  guint n_left = decision->ids->len - decision->n_placed;
  g_autofree char *placed = NULL;
  g_autofree char *left = NULL;
  g_autofree char *message = NULL;

  if (error != NULL)
    return;

  placed = g_strdup_printf (ngettext ("%'u note placed", "%'u notes placed", decision->n_placed), decision->n_placed);
  left = g_strdup_printf (ngettext ("%'u has no passage like it", "%'u have no passage like them", n_left), n_left);
  message = n_left == 0 ? g_strdup (placed) :
            /* Translators: “2 notes placed; 1 has no passage like it” */
            g_strdup_printf (_("%s; %s"), placed, left);
  annals_desk_toast (self->desk, message, decision->n_placed > 0);
}

static void
place_best_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  AnnalsReviewPlace *self = ANNALS_REVIEW_PLACE (widget);
  Decision *decision = decision_new (self);
  g_autofree char *label = NULL;
  guint n;

  if (decision == NULL)
    return;

  n = decision->ids->len;
  label = g_strdup_printf (ngettext ("Place %'u note on its best passage", "Place %'u notes on their best passages", n),
                           n);
  annals_desk_change (self->desk, self, label, NULL, place_best_in_writer, decision, (GDestroyNotify) decision_free,
                      placed_best_cb);
}

static void
keep_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  AnnalsReviewPlace *self = ANNALS_REVIEW_PLACE (widget);
  Decision *decision = decision_new (self);
  g_autofree char *label = NULL;
  g_autofree char *message = NULL;
  guint n;

  if (decision == NULL)
    return;

  n = decision->ids->len;
  label = n == 1 ? g_strdup (_("Keep note without its passage"))
                 : g_strdup_printf (ngettext ("Keep %'u note without its passage",
                                              "Keep %'u notes without their passages", n), n);
  message = n == 1 ? g_strdup (_("Note kept without its passage"))
                   : g_strdup_printf (ngettext ("%'u note kept without its passage",
                                                "%'u notes kept without their passages", n), n);
  annals_desk_change (self->desk, self, label, message, keep_in_writer, decision, (GDestroyNotify) decision_free,
                      NULL);
}

static void
delete_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  AnnalsReviewPlace *self = ANNALS_REVIEW_PLACE (widget);
  Decision *decision = decision_new (self);
  g_autofree char *label = NULL;
  g_autofree char *message = NULL;
  guint n;

  if (decision == NULL)
    return;

  n = decision->ids->len;
  label = n == 1 ? g_strdup (_("Delete note"))
                 : g_strdup_printf (ngettext ("Delete %'u note", "Delete %'u notes", n), n);
  message = n == 1 ? g_strdup (_("Note deleted"))
                   : g_strdup_printf (ngettext ("%'u note deleted", "%'u notes deleted", n), n);
  annals_desk_change (self->desk, self, label, message, delete_in_writer, decision, (GDestroyNotify) decision_free,
                      NULL);
}

static const AnnalsAnnotation *
get_first_chosen (AnnalsReviewPlace *self)
{
  g_autoptr(GtkBitset) chosen = gtk_selection_model_get_selection (self->selection);
  g_autoptr(AnnalsReviewItem) item = NULL;

  if (gtk_bitset_is_empty (chosen))
    return NULL;

  /* The list holds it. */
  item = g_list_model_get_item (G_LIST_MODEL (self->notes), gtk_bitset_get_minimum (chosen));
  return annals_review_item_get_annotation (item);
}

static void
open_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  AnnalsReviewPlace *self = ANNALS_REVIEW_PLACE (widget);
  const AnnalsAnnotation *annotation = get_first_chosen (self);

  if (annotation != NULL)
    annals_desk_show_post (self->desk, annotation->post_id, annotation->id);
}

void
annals_review_place_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "review.place", "u", place_action);
  gtk_widget_class_install_action (widget_class, "review.place-on", "(uu)", place_on_action);
  gtk_widget_class_install_action (widget_class, "review.place-best", NULL, place_best_action);
  gtk_widget_class_install_action (widget_class, "review.keep", NULL, keep_action);
  gtk_widget_class_install_action (widget_class, "review.delete", NULL, delete_action);
  gtk_widget_class_install_action (widget_class, "review.open", NULL, open_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "review.delete", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Delete, 0, "review.delete", NULL);
  for (guint i = 0; i < ANNALS_REVIEW_CANDIDATES; i++)
    gtk_widget_class_add_binding_action (widget_class, GDK_KEY_1 + i, GDK_CONTROL_MASK, "review.place", "u", i);
}
