/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-backup-preview.h"

#include <glib/gi18n.h>

struct _AnnalsBackupPreview
{
  GtkWidget       parent_instance;

  GtkStack       *stack;
  GtkBox         *groups;
  AdwStatusPage  *message;
};

G_DEFINE_FINAL_TYPE (AnnalsBackupPreview, annals_backup_preview, GTK_TYPE_WIDGET)

static void
annals_backup_preview_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ANNALS_TYPE_BACKUP_PREVIEW);

  G_OBJECT_CLASS (annals_backup_preview_parent_class)->dispose (object);
}

static void
annals_backup_preview_class_init (AnnalsBackupPreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = annals_backup_preview_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, ANNALS_RESOURCE_PATH "/annals-backup-preview.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsBackupPreview, stack);
  gtk_widget_class_bind_template_child (widget_class, AnnalsBackupPreview, groups);
  gtk_widget_class_bind_template_child (widget_class, AnnalsBackupPreview, message);
}

static void
annals_backup_preview_init (AnnalsBackupPreview *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* --- a kind of records --- */

static void
add_name (AdwExpanderRow *expander,
          const char     *name)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), *name != '\0' ? name : _("Without a name"));
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_expander_row_add_row (expander, row);
}

static GtkWidget *
create_row (const AnnalsBackupKind *kind,
            guint                   n,
            GPtrArray              *names)
{
  GtkWidget *row = adw_expander_row_new ();
  g_autofree char *number = g_strdup_printf ("%'u", n);
  g_autofree char *name = g_strdup_printf ("%s: %s", kind->label, number);
  GtkWidget *label = gtk_label_new (number);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), kind->label);
  gtk_widget_add_css_class (label, "numeric");
  adw_expander_row_add_action (ADW_EXPANDER_ROW (row), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  for (guint i = 0; i < names->len; i++)
    add_name (ADW_EXPANDER_ROW (row), names->pdata[i]);
  if (n > names->len)
    {
      g_autofree char *more = g_strdup_printf (ngettext ("and %'u more", "and %'u more", n - names->len),
                                               n - names->len);

      add_name (ADW_EXPANDER_ROW (row), more);
    }

  return row;
}

typedef enum
{
  ADDED,
  CHANGED,
  MISSING,
} Difference;

static GPtrArray *
get_names (const AnnalsBackupKind *kind,
           Difference              difference,
           guint                  *n)
{
  *n = difference == ADDED ? kind->n_added : difference == CHANGED ? kind->n_changed : kind->n_missing;

  return difference == ADDED ? kind->added : difference == CHANGED ? kind->changed : kind->missing;
}

static void
add_group (AnnalsBackupPreview *self,
           GPtrArray           *kinds,
           Difference           difference,
           const char          *title,
           const char          *description)
{
  GtkWidget *group = adw_preferences_group_new ();
  guint n_rows = 0;

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  for (guint i = 0; i < kinds->len; i++)
    {
      guint n;
      GPtrArray *names = get_names (kinds->pdata[i], difference, &n);

      if (n == 0)
        continue;

      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), create_row (kinds->pdata[i], n, names));
      n_rows++;
    }

  if (n_rows > 0)
    gtk_box_append (self->groups, group);
  else
    g_object_unref (g_object_ref_sink (group));
}

void
annals_backup_preview_show_kinds (AnnalsBackupPreview *self,
                                  GPtrArray           *kinds)
{
  GtkWidget *child;

  g_return_if_fail (ANNALS_IS_BACKUP_PREVIEW (self));
  g_return_if_fail (kinds != NULL);

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->groups))) != NULL)
    gtk_box_remove (self->groups, child);

  add_group (self, kinds, MISSING, _("Would Come Back"), _("In the backup, and not in the notebook now"));
  add_group (self, kinds, CHANGED, _("Would Be as Before"), _("Changed since the backup"));
  add_group (self, kinds, ADDED, _("Would Go"), _("Added since the backup"));
  gtk_stack_set_visible_child_name (self->stack, "kinds");
}

void
annals_backup_preview_show_busy (AnnalsBackupPreview *self)
{
  g_return_if_fail (ANNALS_IS_BACKUP_PREVIEW (self));

  gtk_stack_set_visible_child_name (self->stack, "busy");
}

void
annals_backup_preview_show_message (AnnalsBackupPreview *self,
                                    const char          *icon,
                                    const char          *heading,
                                    const char          *message)
{
  g_autofree char *escaped = NULL;

  g_return_if_fail (ANNALS_IS_BACKUP_PREVIEW (self));

  escaped = g_markup_escape_text (message, -1);
  adw_status_page_set_icon_name (self->message, icon);
  adw_status_page_set_title (self->message, heading);
  adw_status_page_set_description (self->message, escaped);
  gtk_stack_set_visible_child_name (self->stack, "message");
}
