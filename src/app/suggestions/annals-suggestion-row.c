/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-suggestion-row.h"

#include <glib/gi18n.h>

#include "annals-announce.h"

#define LEAD_LINES 3

struct _AnnalsSuggestionRow
{
  GtkListBoxRow  parent_instance;
  GtkLabel      *title;
  GtkLabel      *score;
  GtkLabel      *meta;
  GtkLabel      *lead;
  GtkLabel      *reasons;
  GtkWidget     *add;
  GtkWidget     *reject;
  GtkWidget     *put_off;
  GtkWidget     *open;
  gint64         post_id;
};

G_DEFINE_FINAL_TYPE (AnnalsSuggestionRow, annals_suggestion_row, GTK_TYPE_LIST_BOX_ROW)

/* --- words --- */

static char *
dup_meta (const AnnalsPost *post)
{
  g_autofree char *date = annals_date_dup_display (post->published);

  if (*date == '\0' || *post->source == '\0')
    return g_strdup (*date != '\0' ? date : *post->source != '\0' ? post->source : _("Undated"));

  return g_strdup_printf ("%s · %s", date, post->source);
}

/* @reason: (transfer full) */
static void
take_reason (GString    *reasons,
             const char *separator,
             char       *reason)
{
  if (reasons->len > 0)
    g_string_append (reasons, separator);
  g_string_append (reasons, reason);
  g_free (reason);
}

static char *
dup_reasons (const AnnalsSuggestion *suggestion)
{
  GString *reasons = g_string_new (suggestion->waits ? _("Put off earlier") : NULL);
  g_autofree char *of_rule = annals_suggestion_dup_words (suggestion, TRUE);
  g_autofree char *others = annals_suggestion_dup_words (suggestion, FALSE);

  if (*of_rule != '\0')
    /* Translators: why a post is suggested; %s are words of the rule that stand in it */
    take_reason (reasons, " · ", g_strdup_printf (_("Fits the rule: %s"), of_rule));
  else if (suggestion->fits_rule)
    take_reason (reasons, " · ", g_strdup (_("Fits the rule")));
  if (*others != '\0')
    /* Translators: why a post is suggested; %s are words that it shares with posts of the timeline */
    take_reason (reasons, " · ", g_strdup_printf (_("Words in common: %s"), others));
  if (*suggestion->like_title != '\0')
    /* Translators: why a post is suggested; %s is the title of an event */
    take_reason (reasons, "\n", g_strdup_printf (_("Like “%s”"), suggestion->like_title));

  return g_string_free (reasons, FALSE);
}

static void
name_button (GtkWidget  *button,
             const char *tooltip,
             const char *label,
             const char *title)
{
  g_autofree char *name = g_strdup_printf ("%s: %s", label, title);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
name_all (AnnalsSuggestionRow *self,
          const char          *title,
          const char          *meta,
          const char          *reasons,
          int                  percent)
{
  g_autofree char *name = g_strdup_printf ("%s, %s", title, meta);
  g_autofree char *score = g_strdup_printf (_("How well it fits: %d %%"), percent);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  annals_describe (GTK_WIDGET (self), reasons);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->score), GTK_ACCESSIBLE_PROPERTY_LABEL, score, -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->score), score);
  name_button (self->add, _("Make an event of it (A)"), _("Add"), title);
  name_button (self->reject, _("It does not belong here, and is not suggested again (N)"), _("Not This"), title);
  name_button (self->put_off, _("Suggest it again when an import has brought new posts (L)"), _("Later"), title);
  name_button (self->open, _("Read the post (Enter)"), _("Open"), title);
}

/* --- the widget --- */

static gboolean
key_cb (GtkWidget *widget,
        GVariant  *args,
        gpointer   user_data)
{
  AnnalsSuggestionRow *self = ANNALS_SUGGESTION_ROW (widget);

  return gtk_widget_activate_action (widget, g_variant_get_string (args, NULL), "x", self->post_id);
}

static void
add_key (GtkWidgetClass *widget_class,
         guint           key,
         const char     *action)
{
  gtk_widget_class_add_binding (widget_class, key, 0, key_cb, "s", action);
}

static void
annals_suggestion_row_class_init (AnnalsSuggestionRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  add_key (widget_class, GDK_KEY_a, "suggestions.add");
  add_key (widget_class, GDK_KEY_n, "suggestions.reject");
  add_key (widget_class, GDK_KEY_Delete, "suggestions.reject");
  add_key (widget_class, GDK_KEY_l, "suggestions.put-off");
}

static GtkLabel *
add_label (GtkWidget  *box,
           const char *css_class,
           gboolean    dim)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  if (dim)
    gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (box), label);

  return GTK_LABEL (label);
}

static GtkWidget *
add_button (GtkWidget  *box,
            const char *label,
            const char *action)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "small-text-button");
  /* The action takes an id from the beginning. */
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", (gint64) 0);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_box_append (GTK_BOX (box), button);

  return button;
}

static void
annals_suggestion_row_init (AnnalsSuggestionRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->title = add_label (head, "heading", FALSE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->title), TRUE);
  self->score = add_label (head, "numeric", TRUE);
  gtk_label_set_wrap (self->score, FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->score), "caption");
  gtk_widget_set_valign (GTK_WIDGET (self->score), GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), head);

  self->meta = add_label (box, "caption", TRUE);
  self->lead = add_label (box, NULL, FALSE);
  gtk_label_set_lines (self->lead, LEAD_LINES);
  gtk_label_set_ellipsize (self->lead, PANGO_ELLIPSIZE_END);
  self->reasons = add_label (box, "caption", TRUE);

  self->add = add_button (buttons, _("Add"), "suggestions.add");
  self->reject = add_button (buttons, _("Not This"), "suggestions.reject");
  self->put_off = add_button (buttons, _("Later"), "suggestions.put-off");
  self->open = add_button (buttons, _("Open"), "suggestions.open");
  gtk_widget_add_css_class (self->open, "flat");
  gtk_widget_set_margin_top (buttons, 4);
  gtk_box_append (GTK_BOX (box), buttons);

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
}

GtkWidget *
annals_suggestion_row_new (void)
{
  return g_object_new (ANNALS_TYPE_SUGGESTION_ROW, NULL);
}

void
annals_suggestion_row_show (AnnalsSuggestionRow    *self,
                            const AnnalsSuggestion *suggestion,
                            const AnnalsPost       *post,
                            const char             *lead)
{
  const char *title;
  g_autofree char *meta = NULL;
  g_autofree char *reasons = NULL;
  g_autofree char *score = NULL;
  int percent;

  g_return_if_fail (ANNALS_IS_SUGGESTION_ROW (self));

  title = *post->title != '\0' ? post->title : _("Untitled");
  meta = dup_meta (post);
  reasons = dup_reasons (suggestion);
  percent = (int) (suggestion->score * 100 + 0.5);
  score = g_strdup_printf (_("%d %%"), percent);

  self->post_id = post->id;
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->score, score);
  gtk_label_set_text (self->meta, meta);
  gtk_label_set_markup (self->lead, lead);
  gtk_widget_set_visible (GTK_WIDGET (self->lead), *lead != '\0');
  gtk_label_set_text (self->reasons, reasons);
  gtk_widget_set_visible (self->put_off, !suggestion->waits);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->add), "x", post->id);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->reject), "x", post->id);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->put_off), "x", post->id);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->open), "x", post->id);
  name_all (self, title, meta, reasons, percent);
}

gint64
annals_suggestion_row_get_post_id (AnnalsSuggestionRow *self)
{
  g_return_val_if_fail (ANNALS_IS_SUGGESTION_ROW (self), 0);

  return self->post_id;
}

const char *
annals_suggestion_row_get_title (AnnalsSuggestionRow *self)
{
  g_return_val_if_fail (ANNALS_IS_SUGGESTION_ROW (self), NULL);

  return gtk_label_get_text (self->title);
}
