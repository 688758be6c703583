/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-direction.h"

/* Unicode Standard Annex 9: the beginning and the end of a run that the text around it does not move */
#define LEFT_TO_RIGHT_ISOLATE "\342\201\246"
#define POP_ISOLATE "\342\201\251"

static gboolean
begins_at_right (void)
{
  return gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL;
}

void
annals_direction_keep (GtkEditable *editable)
{
  GtkEditable *text;

  g_return_if_fail (GTK_IS_EDITABLE (editable));

  if (!begins_at_right ())
    return;

  /* Only what is typed: a title, an icon and the edge where all of it begins stay. */
  text = gtk_editable_get_delegate (editable);
  gtk_widget_set_direction (GTK_WIDGET (text != NULL ? text : editable), GTK_TEXT_DIR_LTR);
  gtk_editable_set_alignment (editable, 1);
}

char *
annals_direction_isolate (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  return begins_at_right () && *text != '\0' ? g_strconcat (LEFT_TO_RIGHT_ISOLATE, text, POP_ISOLATE, NULL)
                                             : g_strdup (text);
}
