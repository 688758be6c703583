/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-import-card.h"

#include <glib/gi18n.h>

/* First posts and first issues that are shown of a file. */
#define MAX_POSTS 5
#define MAX_ISSUES 5

struct _AnnalsImportCard
{
  AdwPreferencesGroup  parent_instance;
  AnnalsImportEntry   *entry;
  GtkEditable         *archive;   /* (nullable): not recognised */
  GtkEditable         *source;    /* (nullable): all posts name theirs */
  GtkEditable         *date;      /* (nullable): all posts have theirs */
  GtkLabel            *date_reading;
  gboolean             valid;
};

typedef enum
{
  PROP_VALID = 1,
} AnnalsImportCardProp;

static GParamSpec *properties[PROP_VALID + 1];

G_DEFINE_FINAL_TYPE (AnnalsImportCard, annals_import_card, ADW_TYPE_PREFERENCES_GROUP)

static char *
dup_text (GtkEditable *editable)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (editable)));
}

/* Says how the typed date is understood, or why it is not. */
static void
date_changed_cb (AnnalsImportCard *self)
{
  g_autofree char *text = dup_text (self->date);
  g_autoptr(GError) error = NULL;
  g_autoptr(AnnalsDate) date = annals_date_parse_words (text, &error);
  g_autofree char *reading = date != NULL ? annals_date_dup_display (date) : NULL;
  gboolean valid = date != NULL;

  gtk_label_set_text (self->date_reading, valid ? reading : error->message);
  if (valid)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->date), "error");
      gtk_widget_remove_css_class (GTK_WIDGET (self->date_reading), "error");
    }
  else
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->date), "error");
      gtk_widget_add_css_class (GTK_WIDGET (self->date_reading), "error");
    }

  if (self->valid != valid)
    {
      self->valid = valid;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALID]);
    }
}

static char *
describe (const AnnalsPreview *preview)
{
  g_autofree char *posts = g_strdup_printf (ngettext ("%'u post", "%'u posts", preview->n_posts),
                                            preview->n_posts);
  g_autoptr(GString) text = g_string_new (preview->format_label);

  g_string_append_printf (text, " · %s", posts);
  if (preview->has_from && preview->has_to)
    {
      g_autoptr(GDateTime) from = g_date_time_new_from_unix_utc (preview->from);
      /* the end is the first second that no longer belongs */
      g_autoptr(GDateTime) to = g_date_time_new_from_unix_utc (MAX (preview->to - 1, preview->from));
      g_autofree char *first = from != NULL ? g_date_time_format (from, "%-d %B %Y") : NULL;
      g_autofree char *last = to != NULL ? g_date_time_format (to, "%-d %B %Y") : NULL;

      if (first != NULL && last != NULL && g_str_equal (first, last))
        g_string_append_printf (text, " · %s", first);
      else if (first != NULL && last != NULL)
        g_string_append_printf (text, " · %s – %s", first, last);
    }
  if (preview->n_issues > 0)
    {
      g_autofree char *issues = g_strdup_printf (ngettext ("%'u issue", "%'u issues",
                                                           preview->n_issues), preview->n_issues);

      g_string_append_printf (text, " · %s", issues);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GtkEditable *
add_entry (AnnalsImportCard *self,
           const char       *title,
           const char       *text)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);

  return GTK_EDITABLE (row);
}

static void
add_row (GtkWidget  *expander,
         const char *title,
         const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *name = g_strdup_printf ("%s, %s", title, subtitle);
  g_autofree char *escaped_title = g_markup_escape_text (title, -1);
  g_autofree char *escaped_subtitle = g_markup_escape_text (subtitle, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped_title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped_subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), row);
}

/* AdwExpanderRow is made of lists of its own, which have no names. */
static void
name_lists (GtkWidget  *widget,
            const char *name)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (GTK_IS_LIST_BOX (child))
        gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                        name, -1);
      name_lists (child, name);
    }
}

static GtkWidget *
add_expander (AnnalsImportCard *self,
              const char       *title,
              gboolean          expanded)
{
  GtkWidget *expander = adw_expander_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (expander), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (expander), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, -1);
  name_lists (expander, title);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (expander), expanded);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), expander);

  return expander;
}

static void
add_posts (AnnalsImportCard    *self,
           const AnnalsPreview *preview)
{
  GtkWidget *expander;

  if (preview->posts->len == 0)
    return;

  expander = add_expander (self, _("First posts"), TRUE);
  for (guint i = 0; i < MIN (preview->posts->len, MAX_POSTS); i++)
    {
      const AnnalsPreviewPost *post = preview->posts->pdata[i];
      g_autofree char *date = post->published != NULL ? annals_date_dup_display (post->published)
                                                      : g_strdup (_("undated"));
      g_autofree char *subtitle = post->source != NULL && *post->source != '\0'
                                    ? g_strjoin (" · ", date, post->source, NULL)
                                    : g_strdup (date);

      add_row (expander, post->title != NULL && *post->title != '\0' ? post->title : _("Untitled"),
               subtitle);
    }
}

static void
add_issues (AnnalsImportCard    *self,
            const AnnalsPreview *preview)
{
  GtkWidget *expander;

  if (preview->issues->len == 0)
    return;

  expander = add_expander (self, _("Issues"), FALSE);
  for (guint i = 0; i < MIN (preview->issues->len, MAX_ISSUES); i++)
    {
      const AnnalsIssue *issue = preview->issues->pdata[i];

      add_row (expander, issue->reason, issue->place);
    }
}

static void
add_fields (AnnalsImportCard    *self,
            const AnnalsPreview *preview)
{
  gboolean sourceless = FALSE, dateless = FALSE;
  GtkWidget *reading;

  for (guint i = 0; i < preview->posts->len; i++)
    {
      const AnnalsPreviewPost *post = preview->posts->pdata[i];

      sourceless = sourceless || post->source == NULL || *post->source == '\0';
      dateless = dateless || post->published == NULL || annals_date_is_undated (post->published);
    }

  self->archive = add_entry (self, _("Name of the archive"), self->entry->options->archive);
  if (sourceless)
    self->source = add_entry (self, _("Source of posts that name none"), NULL);
  if (!dateless)
    return;

  self->date = add_entry (self, _("Date of posts that have none, such as 2020-03"), NULL);
  reading = gtk_label_new (NULL);
  self->date_reading = GTK_LABEL (reading);
  gtk_label_set_wrap (self->date_reading, TRUE);
  gtk_label_set_max_width_chars (self->date_reading, 28);
  gtk_label_set_xalign (self->date_reading, 1);
  gtk_widget_add_css_class (reading, "caption");
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self->date), reading);
  g_signal_connect_object (self->date, "changed", G_CALLBACK (date_changed_cb), self,
                           G_CONNECT_SWAPPED);
  date_changed_cb (self);
}

static void
annals_import_card_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  AnnalsImportCard *self = ANNALS_IMPORT_CARD (object);

  switch ((AnnalsImportCardProp) prop_id)
    {
    case PROP_VALID:
      g_value_set_boolean (value, self->valid);
      break;
    }
}

static void
annals_import_card_class_init (AnnalsImportCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = annals_import_card_get_property;

  properties[PROP_VALID] =
    g_param_spec_boolean ("valid", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
annals_import_card_init (AnnalsImportCard *self)
{
  self->valid = TRUE;
}

GtkWidget *
annals_import_card_new (AnnalsImportEntry *entry)
{
  AnnalsImportCard *self;
  g_autofree char *title = NULL;
  g_autofree char *description = NULL;
  g_autofree char *escaped = NULL;

  g_return_val_if_fail (entry != NULL, NULL);

  self = g_object_new (ANNALS_TYPE_IMPORT_CARD, NULL);
  self->entry = entry;
  title = g_markup_escape_text (entry->name, -1);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), title);
  description = entry->preview != NULL ? describe (entry->preview) : g_strdup (entry->reason);
  escaped = g_markup_escape_text (description != NULL ? description : "", -1);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), escaped);

  if (entry->preview == NULL)
    {
      GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

      gtk_widget_add_css_class (icon, "warning");
      gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _("Not imported"), -1);
      adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self), icon);
      return GTK_WIDGET (self);
    }

  add_fields (self, entry->preview);
  add_posts (self, entry->preview);
  add_issues (self, entry->preview);

  return GTK_WIDGET (self);
}

gboolean
annals_import_card_get_valid (AnnalsImportCard *self)
{
  g_return_val_if_fail (ANNALS_IS_IMPORT_CARD (self), FALSE);

  return self->valid;
}

void
annals_import_card_apply (AnnalsImportCard *self)
{
  AnnalsImportOptions *options;

  g_return_if_fail (ANNALS_IS_IMPORT_CARD (self));

  options = self->entry->options;
  if (self->archive != NULL)
    {
      g_autofree char *archive = dup_text (self->archive);

      g_free (options->archive);
      options->archive = *archive != '\0' ? g_steal_pointer (&archive) : NULL;
    }
  if (self->source != NULL)
    {
      g_autofree char *source = dup_text (self->source);

      g_free (options->source);
      options->source = *source != '\0' ? g_steal_pointer (&source) : NULL;
    }
  if (self->date != NULL && self->valid)
    {
      g_autofree char *text = dup_text (self->date);

      g_clear_pointer (&options->date, annals_date_unref);
      if (*text != '\0')
        options->date = annals_date_parse_words (text, NULL);
    }
}
