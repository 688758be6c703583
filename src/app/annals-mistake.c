/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-mistake.h"

static void
mark (GtkWidget *widget,
      gboolean   is_wrong)
{
  if (is_wrong)
    gtk_widget_add_css_class (widget, "error");
  else
    gtk_widget_remove_css_class (widget, "error");
}

/**
 * annals_show_mistake:
 * @entry: what something was written into
 * @remark: (nullable): the label that says what is wrong with it
 * @is_wrong: whether anything is
 *
 * Shows that @entry cannot be read, to the eye and to assistive technology.
 */
void
annals_show_mistake (GtkWidget *entry,
                     GtkWidget *remark,
                     gboolean   is_wrong)
{
  g_return_if_fail (GTK_IS_WIDGET (entry));

  mark (entry, is_wrong);
  gtk_accessible_update_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID,
                               is_wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  if (remark != NULL)
    mark (remark, is_wrong);
}
