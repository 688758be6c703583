/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-backup-row.h"

#include <glib/gi18n.h>

#include "annals-date-style.h"

struct _AnnalsBackupRow
{
  GtkListBoxRow  parent_instance;

  GtkWidget     *box;
  GtkLabel      *when;
  GtkLabel      *counts;
  GtkLabel      *why;

  AnnalsBackup  *backup;
};

G_DEFINE_FINAL_TYPE (AnnalsBackupRow, annals_backup_row, GTK_TYPE_LIST_BOX_ROW)

static void
annals_backup_row_finalize (GObject *object)
{
  g_clear_pointer (&ANNALS_BACKUP_ROW (object)->backup, annals_backup_free);

  G_OBJECT_CLASS (annals_backup_row_parent_class)->finalize (object);
}

static void
annals_backup_row_class_init (AnnalsBackupRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = annals_backup_row_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, ANNALS_RESOURCE_PATH "/annals-backup-row.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsBackupRow, box);
  gtk_widget_class_bind_template_child (widget_class, AnnalsBackupRow, when);
  gtk_widget_class_bind_template_child (widget_class, AnnalsBackupRow, counts);
  gtk_widget_class_bind_template_child (widget_class, AnnalsBackupRow, why);
}

static void
annals_backup_row_init (AnnalsBackupRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static gboolean
is_same_day (GDateTime *one,
             GDateTime *other)
{
  return g_date_time_get_year (one) == g_date_time_get_year (other) &&
         g_date_time_get_day_of_year (one) == g_date_time_get_day_of_year (other);
}

char *
annals_backup_dup_when (const AnnalsBackup *backup)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_local (backup->time);
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autoptr(GDateTime) yesterday = g_date_time_add_days (now, -1);

  if (time == NULL)
    return g_strdup ("?");

  if (is_same_day (time, now))
    /* Translators: when a backup was made, as for strftime(); %X is the locale's own time
     * xgettext:no-c-format */
    return g_date_time_format (time, _("Today, %X"));

  if (is_same_day (time, yesterday))
    /* Translators: when a backup was made, as for strftime(); %X is the locale's own time
     * xgettext:no-c-format */
    return g_date_time_format (time, _("Yesterday, %X"));

  /* Translators: when a backup was made, as for strftime(); %X is the locale's own time, %x its date
   * xgettext:no-c-format */
  return annals_date_style_format (time, _("%A, %x, %X"));
}

static char *
dup_counts (const AnnalsBackup *backup)
{
  g_autofree char *posts = NULL;
  g_autofree char *notes = NULL;
  g_autofree char *events = NULL;

  if (backup->problem != NULL)
    return g_strdup (_("Cannot be restored"));

  posts = g_strdup_printf (ngettext ("%'u post", "%'u posts", backup->posts), backup->posts);
  notes = g_strdup_printf (ngettext ("%'u note", "%'u notes", backup->annotations), backup->annotations);
  events = g_strdup_printf (ngettext ("%'u event", "%'u events", backup->events), backup->events);

  return g_strjoin (" · ", posts, notes, events, NULL);
}

GtkWidget *
annals_backup_row_new (AnnalsBackup *backup)
{
  g_autofree char *when = NULL;
  g_autofree char *counts = NULL;
  g_autofree char *size = NULL;
  g_autofree char *why = NULL;
  g_autofree char *name = NULL;
  AnnalsBackupRow *self;

  g_return_val_if_fail (backup != NULL, NULL);

  self = g_object_new (ANNALS_TYPE_BACKUP_ROW, NULL);
  self->backup = backup;
  when = annals_backup_dup_when (backup);
  counts = dup_counts (backup);
  size = g_format_size ((guint64) backup->size);
  why = g_strdup_printf ("%s · %s", annals_backup_reason_get_label (backup->reason), size);
  name = g_strjoin (", ", when, counts, why, NULL);
  gtk_label_set_text (self->when, when);
  gtk_label_set_text (self->counts, counts);
  gtk_label_set_text (self->why, why);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  return GTK_WIDGET (self);
}

const AnnalsBackup *
annals_backup_row_get_backup (AnnalsBackupRow *self)
{
  g_return_val_if_fail (ANNALS_IS_BACKUP_ROW (self), NULL);

  return self->backup;
}
