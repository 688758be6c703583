/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-import-card.h"

#include <glib/gi18n.h>

#include "annals-date-style.h"
#include "annals-direction.h"
#include "annals-import-words.h"

/* First posts that are shown of a file. */
#define MAX_POSTS 5

struct _AnnalsImportCard
{
  AdwPreferencesGroup  parent_instance;
  AnnalsImportEntry   *entry;
  GtkEditable         *archive;   /* (nullable): not recognised */
  GtkEditable         *source;    /* (nullable): all posts name theirs */
  GtkEditable         *date;      /* (nullable): all posts have theirs */
  GtkLabel            *date_reading;
  GtkEditable         *language;
  GtkEditable         *zone;
  GtkLabel            *zone_reading;
  GtkCheckButton      *kinds[ANNALS_N_POST_KINDS];   /* (nullable): the file has none of that kind */
  AdwComboRow         *fields[ANNALS_N_FIELDS];      /* (nullable): the file is no list */
  GtkWidget           *posts;         /* (nullable): rows that another look replaces */
  GtkWidget           *issues;
  gboolean             date_valid;
  gboolean             zone_valid;
  gboolean             valid;
};

enum
{
  LOOK_AGAIN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

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

static void
set_error (GtkEditable *row,
           GtkLabel    *reading,
           gboolean     wrong)
{
  void (*set) (GtkWidget *, const char *) = wrong ? gtk_widget_add_css_class : gtk_widget_remove_css_class;

  set (GTK_WIDGET (row), "error");
  set (GTK_WIDGET (reading), "error");
}

static void
update_valid (AnnalsImportCard *self)
{
  gboolean valid = self->date_valid && self->zone_valid;

  if (self->valid == valid)
    return;

  self->valid = valid;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALID]);
}

/* Says how the typed date is understood, or why it is not. */
static void
date_changed_cb (AnnalsImportCard *self)
{
  g_autofree char *text = dup_text (self->date);
  g_autoptr(GError) error = NULL;
  g_autoptr(AnnalsDate) date = annals_date_parse_words (text, &error);
  g_autofree char *reading = date != NULL ? annals_date_dup_display (date) : NULL;

  self->date_valid = date != NULL;
  gtk_label_set_text (self->date_reading, self->date_valid ? reading : error->message);
  set_error (self->date, self->date_reading, !self->date_valid);
  update_valid (self);
}

static GTimeZone *
read_zone (AnnalsImportCard *self)
{
  g_autofree char *text = dup_text (self->zone);

  return *text != '\0' ? g_time_zone_new_identifier (text) : NULL;
}

static void
zone_changed_cb (AnnalsImportCard *self)
{
  g_autofree char *text = dup_text (self->zone);
  g_autoptr(GTimeZone) zone = read_zone (self);

  self->zone_valid = *text == '\0' || zone != NULL;
  gtk_label_set_text (self->zone_reading, *text == '\0' ? _("UTC")
                                          : self->zone_valid ? "" : _("There is no such time zone"));
  set_error (self->zone, self->zone_reading, !self->zone_valid);
  update_valid (self);
}

/* "312 web pages, 80 feeds" */
static char *
describe_formats (const AnnalsPreview *preview)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < preview->formats->len; i++)
    {
      const AnnalsPreviewFormat *format = &g_array_index (preview->formats, AnnalsPreviewFormat, i);

      /* Translators: how many files there are of a format: "12 × Web page" */
      g_string_append_printf (text, _("%s%'u × %s"), i > 0 ? ", " : "", format->n_files, format->label);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
describe (const AnnalsPreview *preview)
{
  g_autofree char *posts =
    preview->complete ? annals_preview_dup_count (preview)
                      : g_strdup_printf (ngettext ("at least %'u post", "at least %'u posts", preview->n_posts),
                                         preview->n_posts);
  g_autoptr(GString) text = g_string_new (preview->format_label);

  if (preview->n_files > 1)
    {
      g_autofree char *formats = describe_formats (preview);

      g_string_append_printf (text, " · %s", formats);
    }
  g_string_append_printf (text, " · %s", posts);
  if (preview->has_from && preview->has_to)
    {
      g_autoptr(GDateTime) from = g_date_time_new_from_unix_utc (preview->from);
      /* the end is the first second that no longer belongs */
      g_autoptr(GDateTime) to = g_date_time_new_from_unix_utc (MAX (preview->to - 1, preview->from));
      /* Translators: a day in full, as in “9 March 2020” */
      const char *format = _("%-d %B %Y");
      g_autofree char *first = from != NULL ? annals_date_style_format (from, format) : NULL;
      g_autofree char *last = to != NULL ? annals_date_style_format (to, format) : NULL;

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

static char *
dup_post_subtitle (const AnnalsPreviewPost *post)
{
  g_autofree char *date = post->published != NULL ? annals_date_dup_display (post->published)
                                                  : g_strdup (_("undated"));

  return post->source != NULL && *post->source != '\0' ? g_strjoin (" · ", date, post->source, NULL)
                                                       : g_steal_pointer (&date);
}

/* What a note says, who made it; an event's date. */
static char *
dup_record_subtitle (const AnnalsPreviewPost *post)
{
  gboolean dated = post->published != NULL && !annals_date_is_undated (post->published);
  g_autofree char *date = dated ? annals_date_dup_display (post->published) : g_strdup (post->author);

  return g_strjoin (*date != '\0' && *post->lead != '\0' ? " · " : "", date, post->lead, NULL);
}

static void
add_posts (AnnalsImportCard    *self,
           const AnnalsPreview *preview)
{
  GtkWidget *expander;

  if (preview->posts->len == 0)
    return;

  expander = self->posts = add_expander (self, preview->n_others == 0 ? _("First Posts") : _("First Records"), TRUE);
  for (guint i = 0; i < MIN (preview->posts->len, MAX_POSTS); i++)
    {
      const AnnalsPreviewPost *post = preview->posts->pdata[i];
      g_autofree char *subtitle = post->is_other ? dup_record_subtitle (post) : dup_post_subtitle (post);

      add_row (expander, post->title != NULL && *post->title != '\0' ? post->title : _("Untitled"),
               subtitle);
    }
}

static void
add_issues (AnnalsImportCard    *self,
            const AnnalsPreview *preview)
{
  GtkWidget *expander;

  if (preview->n_issues == 0)
    return;

  expander = self->issues = add_expander (self, _("Issues"), FALSE);
  for (guint code = 0; code < ANNALS_N_ISSUE_CODES; code++)
    {
      const AnnalsIssue *first = NULL;
      g_autofree char *title = NULL;
      g_autofree char *example = NULL;

      if (preview->n_of_code[code] == 0)
        continue;

      for (guint i = 0; first == NULL && i < preview->issues->len; i++)
        if (((AnnalsIssue *) preview->issues->pdata[i])->code == code)
          first = preview->issues->pdata[i];

      title = g_strdup_printf ("%s (%'u)", annals_issue_code_get_label (code), preview->n_of_code[code]);
      example = first != NULL ? g_strdup_printf ("%s: %s", first->place, first->reason) : g_strdup ("");
      add_row (expander, title, example);
    }
}

/* --- what comes in --- */

static void
add_kinds (AnnalsImportCard    *self,
           const AnnalsPreview *preview)
{
  AnnalsPostKinds chosen = self->entry->options->kinds ? self->entry->options->kinds : 1u << ANNALS_POST_POST;
  GtkWidget *expander = NULL;
  guint n_kinds = 0;

  for (guint i = 0; i < ANNALS_N_POST_KINDS; i++)
    n_kinds += preview->n_of_kind[i] > 0;
  if (n_kinds < 2 && preview->n_of_kind[ANNALS_POST_POST] > 0)
    return;

  expander = add_expander (self, _("What comes in"), TRUE);
  for (guint i = 0; i < ANNALS_N_POST_KINDS; i++)
    {
      GtkWidget *row, *check;
      g_autofree char *count = NULL;

      if (preview->n_of_kind[i] == 0 && i != ANNALS_POST_POST)
        continue;

      row = adw_action_row_new ();
      check = gtk_check_button_new ();
      count = g_strdup_printf ("%'u", preview->n_of_kind[i]);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), annals_post_kind_get_label (i));
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), count);
      gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
      gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      annals_post_kind_get_label (i), -1);
      gtk_check_button_set_active (GTK_CHECK_BUTTON (check), (chosen & (1u << i)) != 0);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), row);
      self->kinds[i] = GTK_CHECK_BUTTON (check);
    }
}

/* --- the columns of a list --- */

/* What stands in the chosen column, under the field's name. */
static void
show_sample (AnnalsImportCard *self,
             guint             field)
{
  /* a look that failed leaves none */
  GPtrArray *columns = self->entry->preview != NULL ? self->entry->preview->columns : NULL;
  guint selected = adw_combo_row_get_selected (self->fields[field]);
  g_autofree char *sample = NULL;

  if (columns != NULL && selected > 0 && selected <= columns->len)
    sample = g_markup_escape_text (((AnnalsColumn *) columns->pdata[selected - 1])->sample, -1);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->fields[field]), sample != NULL ? sample : "");
}

static void
field_changed_cb (AnnalsImportCard *self)
{
  for (guint field = 0; field < ANNALS_N_FIELDS; field++)
    show_sample (self, field);

  g_signal_emit (self, signals[LOOK_AGAIN], 0);
}

static void
add_columns (AnnalsImportCard    *self,
             const AnnalsPreview *preview)
{
  g_autoptr(GtkStringList) names = NULL;
  GtkWidget *expander;

  if (preview->mapping == NULL || preview->columns == NULL || preview->columns->len == 0)
    return;

  expander = add_expander (self, _("Columns"), TRUE);
  names = gtk_string_list_new (NULL);
  gtk_string_list_append (names, C_("column", "None"));
  for (guint i = 0; i < preview->columns->len; i++)
    {
      const AnnalsColumn *column = preview->columns->pdata[i];

      gtk_string_list_append (names, column->name);
    }

  for (guint field = 0; field < ANNALS_N_FIELDS; field++)
    {
      GtkWidget *row = adw_combo_row_new ();
      guint selected = 0;

      for (guint i = 0; i < preview->columns->len; i++)
        if (g_strcmp0 (((AnnalsColumn *) preview->columns->pdata[i])->name, preview->mapping->columns[field]) == 0)
          selected = i + 1;

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), annals_field_get_label (field));
      gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      annals_field_get_label (field), -1);
      adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
      adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (names));
      adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
      self->fields[field] = ADW_COMBO_ROW (row);
      show_sample (self, field);
      g_signal_connect_object (row, "notify::selected", G_CALLBACK (field_changed_cb), self, G_CONNECT_SWAPPED);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), row);
    }
}

static AnnalsMapping *
read_mapping (AnnalsImportCard *self)
{
  AnnalsMapping *mapping = annals_mapping_new ();

  for (guint field = 0; field < ANNALS_N_FIELDS; field++)
    {
      guint selected = adw_combo_row_get_selected (self->fields[field]);
      GtkStringList *names = GTK_STRING_LIST (adw_combo_row_get_model (self->fields[field]));

      /* "None" is said, not left to be guessed */
      mapping->columns[field] = g_strdup (selected > 0 && selected != GTK_INVALID_LIST_POSITION
                                            ? gtk_string_list_get_string (names, selected)
                                            : "");
    }

  return mapping;
}

/* --- what the user says --- */

static GtkLabel *
add_reading (GtkEditable *row)
{
  GtkWidget *reading = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (reading), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (reading), 28);
  gtk_label_set_xalign (GTK_LABEL (reading), 1);
  gtk_widget_add_css_class (reading, "caption");
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), reading);

  return GTK_LABEL (reading);
}

static GtkEditable *
add_more_entry (GtkWidget  *expander,
                const char *title,
                const char *text)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
  adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), row);

  return GTK_EDITABLE (row);
}

static void
add_more (AnnalsImportCard *self)
{
  const AnnalsImportOptions *options = self->entry->options;
  GtkWidget *expander = add_expander (self, _("Language and Time Zone"), FALSE);

  self->language = add_more_entry (expander, _("Language of posts that name none, such as en"),
                                   options->language);
  self->zone = add_more_entry (expander, _("Time zone of times that name none, such as Europe/Rome"),
                               options->zone != NULL ? g_time_zone_get_identifier (options->zone) : NULL);
  self->zone_reading = add_reading (self->zone);
  g_signal_connect_object (self->zone, "changed", G_CALLBACK (zone_changed_cb), self, G_CONNECT_SWAPPED);
  zone_changed_cb (self);
}

static void
add_fields (AnnalsImportCard    *self,
            const AnnalsPreview *preview)
{
  const AnnalsImportOptions *options = self->entry->options;
  gboolean sourceless = options->source != NULL, dateless = options->date != NULL;

  for (guint i = 0; i < preview->posts->len; i++)
    {
      const AnnalsPreviewPost *post = preview->posts->pdata[i];

      sourceless = sourceless || post->source == NULL || *post->source == '\0';
      dateless = dateless || post->published == NULL || annals_date_is_undated (post->published);
    }

  self->archive = add_entry (self, _("Name of the Archive"), options->archive);
  if (sourceless)
    self->source = add_entry (self, _("Source of Posts That Name None"), options->source);
  if (!dateless)
    return;

  self->date = add_entry (self, _("Date of posts that have none, such as 2020-03"),
                          options->date != NULL ? annals_date_get_edtf (options->date) : NULL);
  annals_direction_keep (self->date);
  self->date_reading = add_reading (self->date);
  g_signal_connect_object (self->date, "changed", G_CALLBACK (date_changed_cb), self,
                           G_CONNECT_SWAPPED);
  date_changed_cb (self);
}

static char *
dup_description (AnnalsImportEntry *entry)
{
  g_autofree char *description = NULL;

  if (entry->preview == NULL)
    return g_strdup (entry->failure != NULL ? entry->failure->message : "");

  description = describe (entry->preview);
  if (entry->recalled == NULL)
    return g_steal_pointer (&description);

  /* Translators: the description of a file, and the archive that it is taken for */
  return g_strdup_printf (_("%s\nAs “%s” was imported last"), description, entry->recalled);
}

static void
show_description (AnnalsImportCard *self)
{
  g_autofree char *description = dup_description (self->entry);
  g_autofree char *escaped = g_markup_escape_text (description, -1);

  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), escaped);
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

  signals[LOOK_AGAIN] = g_signal_new ("look-again", ANNALS_TYPE_IMPORT_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                      NULL, G_TYPE_NONE, 0);
}

static void
annals_import_card_init (AnnalsImportCard *self)
{
  self->date_valid = TRUE;
  self->zone_valid = TRUE;
  self->valid = TRUE;
}

GtkWidget *
annals_import_card_new (AnnalsImportEntry *entry)
{
  AnnalsImportCard *self;
  g_autofree char *title = NULL;

  g_return_val_if_fail (entry != NULL, NULL);

  self = g_object_new (ANNALS_TYPE_IMPORT_CARD, NULL);
  self->entry = entry;
  title = g_markup_escape_text (entry->name, -1);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), title);
  show_description (self);

  if (entry->preview == NULL)
    {
      GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

      gtk_widget_add_css_class (icon, "warning");
      gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _("Not imported"), -1);
      adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self), icon);
      return GTK_WIDGET (self);
    }

  if (annals_import_is_of_posts (entry->preview->format))
    {
      add_fields (self, entry->preview);
      add_more (self);
      add_kinds (self, entry->preview);
      add_columns (self, entry->preview);
    }
  add_posts (self, entry->preview);
  add_issues (self, entry->preview);

  return GTK_WIDGET (self);
}

static void
remove_row (AnnalsImportCard  *self,
            GtkWidget        **row)
{
  if (*row != NULL)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), *row);
  *row = NULL;
}

void
annals_import_card_refresh (AnnalsImportCard *self)
{
  g_return_if_fail (ANNALS_IS_IMPORT_CARD (self));

  show_description (self);
  remove_row (self, &self->posts);
  remove_row (self, &self->issues);
  if (self->entry->preview == NULL)
    return;

  add_posts (self, self->entry->preview);
  add_issues (self, self->entry->preview);
}

gboolean
annals_import_card_get_valid (AnnalsImportCard *self)
{
  g_return_val_if_fail (ANNALS_IS_IMPORT_CARD (self), FALSE);

  return self->valid;
}

/* Nothing ticked, and posts alone, are what an import does by itself. */
static AnnalsPostKinds
read_kinds (AnnalsImportCard *self)
{
  AnnalsPostKinds kinds = 0;

  for (guint i = 0; i < ANNALS_N_POST_KINDS; i++)
    if (self->kinds[i] != NULL && gtk_check_button_get_active (self->kinds[i]))
      kinds |= 1u << i;

  return kinds == 1u << ANNALS_POST_POST ? 0 : kinds;
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
  if (self->language != NULL)
    {
      g_autofree char *language = dup_text (self->language);

      g_free (options->language);
      options->language = *language != '\0' ? g_steal_pointer (&language) : NULL;
    }
  if (self->zone != NULL && self->zone_valid)
    {
      g_clear_pointer (&options->zone, g_time_zone_unref);
      options->zone = read_zone (self);
    }
  if (self->kinds[ANNALS_POST_POST] != NULL)
    options->kinds = read_kinds (self);
  if (self->fields[0] != NULL)
    {
      g_clear_pointer (&options->mapping, annals_mapping_free);
      options->mapping = read_mapping (self);
    }
  if (self->date != NULL && self->date_valid)
    {
      g_autofree char *text = dup_text (self->date);

      g_clear_pointer (&options->date, annals_date_unref);
      if (*text != '\0')
        options->date = annals_date_parse_words (text, NULL);
    }
}
