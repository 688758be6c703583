/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-announce.h"

/* Milliseconds without anything to say: what a person types is told when it rests, and a dialog that closes has
 * given the focus back. */
#define REST 400

#define DESCRIPTION_KEY "annals-description"

/* What waits to be said, one from each widget. */
typedef struct
{
  GtkWidget *widget;     /* (nullable) (weak) */
  char      *message;
} Saying;

/* A person has two ears and one focus: one queue for all windows. Only the window's thread comes here. */
static GQueue sayings = G_QUEUE_INIT;
static guint say_source;

static void
saying_free (Saying *self)
{
  g_clear_weak_pointer (&self->widget);
  g_free (self->message);
  g_free (self);
}

/* The window a person is in: messages are not said into another program's words. */
static GtkWindow *
get_active_window (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWindow) window = g_list_model_get_item (windows, i);

      if (gtk_window_is_active (window))
        return window;
    }

  return NULL;
}

#if GTK_CHECK_VERSION (4, 14, 0)

static void
say (GtkWindow  *window,
     const char *message)
{
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  gtk_accessible_announce (GTK_ACCESSIBLE (window), message, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  G_GNUC_END_IGNORE_DEPRECATIONS
}

#else

/* GTK 4.8 tells assistive technology neither of alerts that show nor of status labels that change. Of what it does
 * tell, Orca says a new description of the widget with the focus. */
static GtkWidget *told;       /* (nullable) (weak) whose description is a message */
static GtkWindow *told_in;    /* (nullable) (weak) */
static gulong told_handler;

/* An entry's focus is in its text, which assistive technology does not see. */
static GtkWidget *
get_told_widget (GtkWindow *window)
{
  GtkWidget *focus = gtk_window_get_focus (window);

  for (GtkWidget *widget = focus; widget != NULL; widget = gtk_widget_get_parent (widget))
    if (GTK_IS_EDITABLE (widget) && widget != focus &&
        gtk_editable_get_delegate (GTK_EDITABLE (widget)) == (GtkEditable *) focus)
      return widget;

  return focus != NULL ? focus : GTK_WIDGET (window);
}

static void
put_back (GtkWidget *widget)
{
  const char *description = g_object_get_data (G_OBJECT (widget), DESCRIPTION_KEY);

  if (description == NULL)
    description = gtk_widget_get_tooltip_text (widget);
  if (description != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

/* Not before the focus has gone: what comes back would be said again. */
static void
focus_cb (GtkWindow  *window,
          GParamSpec *pspec,
          gpointer    user_data)
{
  if (told != NULL && get_told_widget (window) == told)
    return;

  if (told != NULL)
    put_back (told);
  g_clear_weak_pointer (&told);
  g_clear_signal_handler (&told_handler, window);
  g_clear_weak_pointer (&told_in);
}

static void
say (GtkWindow  *window,
     const char *message)
{
  GtkWidget *widget = get_told_widget (window);

  if (told != NULL && told != widget)
    put_back (told);
  if (told_in != NULL)
    g_clear_signal_handler (&told_handler, told_in);

  /* The same words twice are no change. */
  gtk_accessible_reset_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, message, -1);
  g_set_weak_pointer (&told, widget);
  g_set_weak_pointer (&told_in, window);
  told_handler = g_signal_connect (window, "notify::focus-widget", G_CALLBACK (focus_cb), NULL);
}

#endif

static gboolean
say_cb (gpointer user_data)
{
  GtkWindow *window = get_active_window ();
  g_autoptr(GString) words = g_string_new ("");
  Saying *saying;

  say_source = 0;
  while ((saying = g_queue_pop_head (&sayings)) != NULL)
    {
      /* A second message would cut the first one short. */
      if (saying->widget != NULL && gtk_widget_get_mapped (saying->widget))
        g_string_append_printf (words, "%s%s", words->len > 0 ? "\n" : "", saying->message);
      saying_free (saying);
    }
  if (window != NULL && words->len > 0)
    say (window, words->str);

  return G_SOURCE_REMOVE;
}

/**
 * annals_announce:
 * @widget: where it comes from
 * @message: a short sentence, or a count
 *
 * Lets a screen reader say what came of an action, without moving the focus: a moment later, and only the last
 * of what one widget has to say, if that is still shown. It is said in the window that is active then, if one of
 * the program's is.
 */
void
annals_announce (GtkWidget  *widget,
                 const char *message)
{
  Saying *saying;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (message != NULL);

  for (GList *link = sayings.head; link != NULL; link = link->next)
    if (((Saying *) link->data)->widget == widget)
      {
        saying_free (link->data);
        g_queue_delete_link (&sayings, link);
        break;
      }

  saying = g_new0 (Saying, 1);
  g_set_weak_pointer (&saying->widget, widget);
  saying->message = g_strdup (message);
  g_queue_push_tail (&sayings, saying);

  g_clear_handle_id (&say_source, g_source_remove);
  say_source = g_timeout_add (REST, say_cb, NULL);
}

static void
label_cb (GtkLabel *label)
{
  const char *text = gtk_label_get_text (label);

  if (*text != '\0')
    annals_announce (GTK_WIDGET (label), text);
}

/**
 * annals_announce_changes:
 * @label: a count of results, or a remark that comes and goes
 *
 * Lets a screen reader say what @label says whenever that changes while it is shown. An alert is also said
 * when it comes into view.
 */
void
annals_announce_changes (GtkLabel *label)
{
  g_return_if_fail (GTK_IS_LABEL (label));

  g_signal_connect (label, "notify::label", G_CALLBACK (label_cb), NULL);
  if (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (label)) == GTK_ACCESSIBLE_ROLE_ALERT)
    g_signal_connect (label, "map", G_CALLBACK (label_cb), NULL);
}

/**
 * annals_describe:
 * @widget: what can have the focus
 * @description: (nullable): what a screen reader says after its name
 *
 * Describes @widget. Announcements may stand in for the description for a while, and know it by this.
 */
void
annals_describe (GtkWidget  *widget,
                 const char *description)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  g_object_set_data_full (G_OBJECT (widget), DESCRIPTION_KEY, g_strdup (description), g_free);
  if (description != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}
