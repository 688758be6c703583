/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-note-filter-bar.h"

#include <glib/gi18n.h>
#include <string.h>

#include "annals-announce.h"
#include "annals-chip.h"
#include "annals-collation.h"
#include "annals-colour-dot.h"
#include "annals-colour-names.h"
#include "annals-colours.h"
#include "annals-date.h"
#include "annals-direction.h"
#include "annals-palette.h"
#include "annals-tags.h"
#include "annals-timelines.h"
#include "annals-wrap-layout.h"

#define MAX_COLOURS 16

struct _AnnalsNoteFilterBar
{
  GtkWidget         parent_instance;

  GtkWidget        *box;
  GtkWidget        *button;
  GtkWidget        *chips;
  GtkDropDown      *kind;
  GtkGrid          *colours;
  GtkDropDown      *tag;
  GtkDropDown      *timeline;
  GtkDropDown      *author;
  GtkDropDown      *made;
  GtkWidget        *between;     /* the two entries */
  GtkEditable      *from;
  GtkEditable      *until;
  GtkEditable      *posts;
  GtkLabel         *mistake;
  GtkWidget        *checks[MAX_COLOURS];

  AnnalsDesk       *desk;
  AnnalsNoteFilter *filter;
  GPtrArray        *tags;        /* (element type AnnalsTag) */
  GPtrArray        *timelines;   /* (element type AnnalsTimeline) */
  char            **authors;
  GHashTable       *names;       /* (nullable) colour → what the notebook calls it */
  guint             period;      /* of when notes were made, an index of periods */
  gboolean          filling;
};

enum
{
  CHANGED,
  COLOURS_NAMED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AnnalsNoteFilterBar, annals_note_filter_bar, GTK_TYPE_WIDGET)

static const char * const kinds[] = {
  N_("Notes, highlights and memos"), N_("With a note"), N_("Only highlighted"), N_("To be reviewed"), N_("Memos"),
  NULL
};

static const struct
{
  const char *name;
  int         days;    /* back from the end of today; 0: as long as there have been notes */
} periods[] = {
  { N_("At any time"), 0 }, { N_("Today"), 1 }, { N_("In the last 7 days"), 7 },
  { N_("In the last 30 days"), 30 }, { N_("In the last 365 days"), 365 }, { N_("Between two dates"), 0 },
};

#define BETWEEN (G_N_ELEMENTS (periods) - 1)

static void update (AnnalsNoteFilterBar *self);

static void
change (AnnalsNoteFilterBar *self)
{
  update (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* --- chips --- */

static void
add_chip (AnnalsNoteFilterBar *self,
          const char          *label,
          const char          *colour,
          const char          *condition)
{
  GtkWidget *chip = annals_chip_new (label, colour);
  /* Translators: %s is a condition, such as “Evidence” */
  g_autofree char *removal = g_strdup_printf (_("Remove the filter “%s”"), label);

  annals_chip_set_removal (ANNALS_CHIP (chip), removal, "filter.remove", g_variant_new_string (condition));
  gtk_widget_set_parent (chip, self->chips);
}

static const AnnalsTag *
find_tag (AnnalsNoteFilterBar *self,
          gint64               id)
{
  for (guint i = 0; self->tags != NULL && i < self->tags->len; i++)
    if (((AnnalsTag *) self->tags->pdata[i])->id == id)
      return self->tags->pdata[i];

  return NULL;
}

static void
add_tag_chips (AnnalsNoteFilterBar *self)
{
  for (guint i = 0; i < self->filter->tag_ids->len; i++)
    {
      gint64 id = g_array_index (self->filter->tag_ids, gint64, i);
      const AnnalsTag *tag = find_tag (self, id);
      g_autofree char *condition = g_strdup_printf ("tag:%" G_GINT64_FORMAT, id);

      add_chip (self, tag != NULL ? tag->name : _("A tag that is gone"), tag != NULL ? tag->colour : NULL, condition);
    }
}

static const char *
get_timeline_title (AnnalsNoteFilterBar *self)
{
  for (guint i = 0; self->timelines != NULL && i < self->timelines->len; i++)
    {
      const AnnalsTimeline *timeline = self->timelines->pdata[i];

      if (timeline->id == self->filter->timeline_id)
        return timeline->title;
    }

  return _("A timeline that is gone");
}

static void
add_made_chip (AnnalsNoteFilterBar *self)
{
  const char *from = gtk_editable_get_text (self->from);
  const char *until = gtk_editable_get_text (self->until);
  g_autofree char *label = NULL;

  if (self->period == 0 || (self->period == BETWEEN && self->filter->from == 0 && self->filter->to == 0))
    return;

  if (self->period != BETWEEN)
    label = g_strdup (_(periods[self->period].name));
  else if (self->filter->from == 0)
    /* Translators: %s is a date; notes that were made until then */
    label = g_strdup_printf (_("Made until %s"), until);
  else if (self->filter->to == 0)
    label = g_strdup_printf (_("Made since %s"), from);
  else
    /* Translators: two dates */
    label = g_strdup_printf (_("Made from %s to %s"), from, until);
  add_chip (self, label, NULL, "made");
}

static void
fill_chips (AnnalsNoteFilterBar *self)
{
  const AnnalsNoteFilter *filter = self->filter;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->chips)) != NULL)
    gtk_widget_unparent (child);

  if (filter->kind != ANNALS_NOTES_ALL)
    add_chip (self, _(kinds[filter->kind]), NULL, "kind");
  for (guint i = 0; i < filter->colours->len; i++)
    {
      g_autofree char *condition = g_strconcat ("colour:", filter->colours->pdata[i], NULL);

      add_chip (self, annals_note_filter_bar_get_colour_name (self, filter->colours->pdata[i]),
                filter->colours->pdata[i], condition);
    }
  add_tag_chips (self);
  if (filter->timeline_id != 0)
    add_chip (self, get_timeline_title (self), NULL, "timeline");
  if (filter->author != NULL)
    add_chip (self, filter->author, NULL, "author");
  add_made_chip (self);
  if (filter->posts_query != NULL)
    {
      /* Translators: %s is a query */
      g_autofree char *label = g_strdup_printf (_("Posts: %s"), filter->posts_query);

      add_chip (self, label, NULL, "posts");
    }
  gtk_widget_set_visible (self->chips, gtk_widget_get_first_child (self->chips) != NULL);
}

/* The popover's controls and the chips say the same. */
static void
update (AnnalsNoteFilterBar *self)
{
  guint n_colours;
  const AnnalsColour *palette = annals_palette_get (&n_colours);

  self->filling = TRUE;
  gtk_drop_down_set_selected (self->kind, self->filter->kind);
  for (guint i = 0; i < MIN (n_colours, MAX_COLOURS); i++)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (self->checks[i]),
                                 g_ptr_array_find_with_equal_func (self->filter->colours, palette[i].name,
                                                                   g_str_equal, NULL));
  gtk_drop_down_set_selected (self->tag, 0);
  if (self->filter->timeline_id == 0)
    gtk_drop_down_set_selected (self->timeline, 0);
  if (self->filter->author == NULL)
    gtk_drop_down_set_selected (self->author, 0);
  gtk_drop_down_set_selected (self->made, self->period);
  gtk_widget_set_visible (self->between, self->period == BETWEEN);
  if (self->period != BETWEEN)
    {
      gtk_editable_set_text (self->from, "");
      gtk_editable_set_text (self->until, "");
    }
  if (self->filter->posts_query == NULL)
    gtk_editable_set_text (self->posts, "");
  fill_chips (self);
  self->filling = FALSE;
}

/* --- the popover --- */

static void
kind_cb (AnnalsNoteFilterBar *self)
{
  if (self->filling)
    return;

  self->filter->kind = gtk_drop_down_get_selected (self->kind);
  change (self);
}

static void
colour_cb (GtkCheckButton *check,
           gpointer        user_data)
{
  AnnalsNoteFilterBar *self = user_data;
  const char *name = g_object_get_data (G_OBJECT (check), "annals-colour");
  guint index;

  if (self->filling)
    return;

  if (gtk_check_button_get_active (check))
    g_ptr_array_add (self->filter->colours, g_strdup (name));
  else if (g_ptr_array_find_with_equal_func (self->filter->colours, name, g_str_equal, &index))
    g_ptr_array_remove_index (self->filter->colours, index);
  change (self);
}

static void
tag_cb (AnnalsNoteFilterBar *self)
{
  guint selected = gtk_drop_down_get_selected (self->tag);
  const AnnalsTag *tag;

  if (self->filling || selected == 0 || selected == GTK_INVALID_LIST_POSITION || selected > self->tags->len)
    return;

  tag = self->tags->pdata[selected - 1];
  for (guint i = 0; i < self->filter->tag_ids->len; i++)
    if (g_array_index (self->filter->tag_ids, gint64, i) == tag->id)
      return;

  g_array_append_val (self->filter->tag_ids, tag->id);
  change (self);
}

static void
timeline_cb (AnnalsNoteFilterBar *self)
{
  guint selected = gtk_drop_down_get_selected (self->timeline);

  if (self->filling || selected == GTK_INVALID_LIST_POSITION || self->timelines == NULL ||
      selected > self->timelines->len)
    return;

  self->filter->timeline_id = selected > 0 ? ((AnnalsTimeline *) self->timelines->pdata[selected - 1])->id : 0;
  change (self);
}

static void
author_cb (AnnalsNoteFilterBar *self)
{
  guint selected = gtk_drop_down_get_selected (self->author);

  if (self->filling || selected == GTK_INVALID_LIST_POSITION || self->authors == NULL)
    return;

  g_clear_pointer (&self->filter->author, g_free);
  if (selected > 0)
    self->filter->author = g_strdup (self->authors[selected - 1]);
  change (self);
}

static void
set_period (AnnalsNoteFilterBar *self,
            guint                period)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autoptr(GDateTime) midnight = g_date_time_new_local (g_date_time_get_year (now), g_date_time_get_month (now),
                                                         g_date_time_get_day_of_month (now), 0, 0, 0);
  g_autoptr(GDateTime) from = g_date_time_add_days (midnight, 1 - MAX (periods[period].days, 1));

  self->period = period;
  self->filter->from = periods[period].days > 0 ? g_date_time_to_unix (from) * G_USEC_PER_SEC : 0;
  self->filter->to = 0;
}

/* The beginning or the end, here and not in UTC, of the day, month or year that was typed; 0: nothing was. */
static gboolean
read_bound (GtkEditable  *entry,
            gboolean      end,
            gint64       *bound,
            GError      **error)
{
  const char *text = gtk_editable_get_text (entry);
  g_autoptr(AnnalsDate) date = annals_date_parse_words (text, error);
  g_autoptr(GDateTime) utc = NULL;
  g_autoptr(GDateTime) here = NULL;
  gint64 seconds;

  *bound = 0;
  if (date == NULL)
    return FALSE;
  if (!(end ? annals_date_get_to (date, &seconds) : annals_date_get_from (date, &seconds)) ||
      (utc = g_date_time_new_from_unix_utc (seconds)) == NULL)
    return TRUE;

  here = g_date_time_new_local (g_date_time_get_year (utc), g_date_time_get_month (utc),
                                g_date_time_get_day_of_month (utc), g_date_time_get_hour (utc),
                                g_date_time_get_minute (utc), g_date_time_get_second (utc));
  *bound = here != NULL ? g_date_time_to_unix (here) * G_USEC_PER_SEC : 0;
  return TRUE;
}

static void
between_cb (AnnalsNoteFilterBar *self)
{
  g_autoptr(GError) error = NULL;
  gint64 from, to;

  if (self->filling || self->period != BETWEEN)
    return;

  if (!read_bound (self->from, FALSE, &from, &error) || !read_bound (self->until, TRUE, &to, &error))
    {
      annals_note_filter_bar_set_mistake (self, error->message);
      return;
    }

  if (from != 0 && to != 0 && from >= to)
    {
      annals_note_filter_bar_set_mistake (self, _("The second date lies before the first"));
      return;
    }

  self->filter->from = from;
  self->filter->to = to;
  annals_note_filter_bar_set_mistake (self, NULL);
  change (self);
}

static void
made_cb (AnnalsNoteFilterBar *self)
{
  guint selected = gtk_drop_down_get_selected (self->made);

  if (self->filling || selected >= G_N_ELEMENTS (periods))
    return;

  set_period (self, selected);
  change (self);
  if (selected == BETWEEN)
    gtk_widget_grab_focus (GTK_WIDGET (self->from));
}

static void
posts_cb (AnnalsNoteFilterBar *self)
{
  g_autofree char *text = NULL;

  if (self->filling)
    return;

  text = g_strstrip (g_strdup (gtk_editable_get_text (self->posts)));
  g_free (self->filter->posts_query);
  self->filter->posts_query = *text != '\0' ? g_steal_pointer (&text) : NULL;
  annals_note_filter_bar_set_mistake (self, NULL);
  change (self);
}

/* --- taking away --- */

static void
remove_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  AnnalsNoteFilterBar *self = ANNALS_NOTE_FILTER_BAR (widget);
  AnnalsNoteFilter *filter = self->filter;
  const char *what = g_variant_get_string (parameter, NULL);
  const char *value = strchr (what, ':');
  guint index;

  if (g_str_equal (what, "kind"))
    filter->kind = ANNALS_NOTES_ALL;
  else if (g_str_equal (what, "timeline"))
    filter->timeline_id = 0;
  else if (g_str_equal (what, "author"))
    g_clear_pointer (&filter->author, g_free);
  else if (g_str_equal (what, "made"))
    {
      set_period (self, 0);
      annals_note_filter_bar_set_mistake (self, NULL);
    }
  else if (g_str_equal (what, "posts"))
    {
      g_clear_pointer (&filter->posts_query, g_free);
      annals_note_filter_bar_set_mistake (self, NULL);
    }
  else if (g_str_has_prefix (what, "colour:") &&
           g_ptr_array_find_with_equal_func (filter->colours, value + 1, g_str_equal, &index))
    g_ptr_array_remove_index (filter->colours, index);
  else if (g_str_has_prefix (what, "tag:"))
    for (guint i = 0; i < filter->tag_ids->len; i++)
      if (g_array_index (filter->tag_ids, gint64, i) == g_ascii_strtoll (value + 1, NULL, 10))
        g_array_remove_index (filter->tag_ids, i--);

  /* The chip that had the focus is gone. */
  gtk_widget_grab_focus (self->button);
  change (self);
}

/* --- what can be chosen --- */

typedef struct
{
  GPtrArray  *tags;
  GPtrArray  *timelines;
  char      **authors;
  GHashTable *names;
} ChoicesJob;

static void
choices_job_free (ChoicesJob *self)
{
  g_clear_pointer (&self->tags, g_ptr_array_unref);
  g_clear_pointer (&self->timelines, g_ptr_array_unref);
  g_clear_pointer (&self->names, g_hash_table_unref);
  g_strfreev (self->authors);
  g_free (self);
}

static gboolean
choices_in_reader (AnnalsDb      *db,
                   gpointer       data,
                   GCancellable  *cancellable,
                   GError       **error)
{
  ChoicesJob *job = data;

  if ((job->tags = annals_db_list_tags (db, error)) == NULL ||
      (job->timelines = annals_db_list_timelines (db, error)) == NULL ||
      (job->names = annals_db_list_colour_names (db, error)) == NULL ||
      (job->authors = annals_db_list_note_authors (db, error)) == NULL)
    return FALSE;

  annals_collate_names (job->authors, NULL);

  return TRUE;
}

static void
set_names (GtkDropDown *drop_down,
           const char  *first,
           GPtrArray   *names,
           guint        selected)
{
  g_autoptr(GtkStringList) list = gtk_string_list_new (NULL);

  gtk_string_list_append (list, first);
  for (guint i = 0; i < names->len; i++)
    gtk_string_list_append (list, names->pdata[i]);
  gtk_drop_down_set_model (drop_down, G_LIST_MODEL (list));
  gtk_drop_down_set_selected (drop_down, selected);
}

/* The palette's boxes by the notebook's own names. */
static void
take_names (AnnalsNoteFilterBar *self,
            GHashTable          *names)
{
  guint n_colours;
  const AnnalsColour *palette = annals_palette_get (&n_colours);

  g_clear_pointer (&self->names, g_hash_table_unref);
  self->names = names;
  for (guint i = 0; i < MIN (n_colours, MAX_COLOURS); i++)
    gtk_check_button_set_label (GTK_CHECK_BUTTON (self->checks[i]),
                                annals_note_filter_bar_get_colour_name (self, palette[i].name));
  g_signal_emit (self, signals[COLOURS_NAMED], 0);
}

static void
choices_cb (gpointer      owner,
            gpointer      data,
            const GError *error)
{
  AnnalsNoteFilterBar *self = ANNALS_NOTE_FILTER_BAR (owner);
  ChoicesJob *job = data;
  g_autoptr(GPtrArray) tags = g_ptr_array_new ();
  g_autoptr(GPtrArray) timelines = g_ptr_array_new ();
  g_autoptr(GPtrArray) authors = g_ptr_array_new ();
  guint timeline = 0, author = 0;

  if (error != NULL)
    return;   /* what is there already can still be chosen */

  g_clear_pointer (&self->tags, g_ptr_array_unref);
  g_clear_pointer (&self->timelines, g_ptr_array_unref);
  g_strfreev (self->authors);
  self->tags = g_steal_pointer (&job->tags);
  self->timelines = g_steal_pointer (&job->timelines);
  self->authors = g_steal_pointer (&job->authors);
  take_names (self, g_steal_pointer (&job->names));

  for (guint i = 0; i < self->tags->len; i++)
    g_ptr_array_add (tags, ((AnnalsTag *) self->tags->pdata[i])->name);
  for (guint i = 0; i < self->timelines->len; i++)
    {
      const AnnalsTimeline *one = self->timelines->pdata[i];

      g_ptr_array_add (timelines, one->title);
      if (one->id == self->filter->timeline_id)
        timeline = i + 1;
    }
  for (guint i = 0; self->authors[i] != NULL; i++)
    {
      g_ptr_array_add (authors, self->authors[i]);
      if (g_strcmp0 (self->authors[i], self->filter->author) == 0)
        author = i + 1;
    }

  self->filling = TRUE;
  set_names (self->tag, _("Add a tag"), tags, 0);
  set_names (self->timeline, _("Any timeline or none"), timelines, timeline);
  set_names (self->author, _("Anybody"), authors, author);
  fill_chips (self);
  self->filling = FALSE;
}

static void
load_choices (AnnalsNoteFilterBar *self)
{
  annals_desk_read (self->desk, self, choices_in_reader, g_new0 (ChoicesJob, 1), (GDestroyNotify) choices_job_free,
                    NULL, choices_cb);
}

static void
desk_changed_cb (AnnalsNoteFilterBar *self,
                 AnnalsChanges       *changes)
{
  if (annals_changes_touch (changes, ANNALS_RECORD_TAG) || annals_changes_touch (changes, ANNALS_RECORD_TIMELINE) ||
      annals_changes_touch (changes, ANNALS_RECORD_ANNOTATION))
    load_choices (self);
}

static void
notebook_cb (AnnalsNoteFilterBar *self)
{
  annals_note_filter_bar_clear (self);
  load_choices (self);
}

/* --- the widget --- */

static void
add_colours (AnnalsNoteFilterBar *self)
{
  guint n_colours;
  const AnnalsColour *palette = annals_palette_get (&n_colours);

  for (guint i = 0; i < MIN (n_colours, MAX_COLOURS); i++)
    {
      const char *name = annals_colours_get_meaning (palette[i].name);
      GtkWidget *check = gtk_check_button_new_with_label (name);
      GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

      g_object_set_data (G_OBJECT (check), "annals-colour", (gpointer) palette[i].name);
      g_signal_connect (check, "toggled", G_CALLBACK (colour_cb), self);
      gtk_box_append (GTK_BOX (line), annals_colour_dot_new (palette[i].name));
      gtk_box_append (GTK_BOX (line), check);
      gtk_grid_attach (self->colours, line, i % 2, i / 2, 1, 1);
      self->checks[i] = check;
    }
}

static void
set_strings (GtkDropDown *drop_down,
             guint        n,
             const char *(*get) (guint i))
{
  g_autoptr(GtkStringList) list = gtk_string_list_new (NULL);

  for (guint i = 0; i < n; i++)
    gtk_string_list_append (list, get (i));
  gtk_drop_down_set_model (drop_down, G_LIST_MODEL (list));
}

static const char *
get_kind (guint i)
{
  return _(kinds[i]);
}

static const char *
get_period (guint i)
{
  return _(periods[i].name);
}

/* What a GtkDropDown is made of has no name of its own. */
static void
name_drop_down (GtkDropDown *drop_down,
                const char  *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (drop_down))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
set_search (GtkDropDown *drop_down)
{
  g_autoptr(GtkExpression) expression = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");

  gtk_drop_down_set_expression (drop_down, expression);
  gtk_drop_down_set_enable_search (drop_down, TRUE);
}

static void
annals_note_filter_bar_dispose (GObject *object)
{
  AnnalsNoteFilterBar *self = ANNALS_NOTE_FILTER_BAR (object);
  GtkWidget *child;

  self->filling = TRUE;
  while (self->chips != NULL && (child = gtk_widget_get_first_child (self->chips)) != NULL)
    gtk_widget_unparent (child);
  gtk_widget_dispose_template (GTK_WIDGET (self), ANNALS_TYPE_NOTE_FILTER_BAR);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->filter, annals_note_filter_free);
  g_clear_pointer (&self->tags, g_ptr_array_unref);
  g_clear_pointer (&self->timelines, g_ptr_array_unref);
  g_clear_pointer (&self->authors, g_strfreev);
  g_clear_pointer (&self->names, g_hash_table_unref);

  G_OBJECT_CLASS (annals_note_filter_bar_parent_class)->dispose (object);
}

static void
annals_note_filter_bar_class_init (AnnalsNoteFilterBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = annals_note_filter_bar_dispose;

  signals[CHANGED] = g_signal_new ("changed", ANNALS_TYPE_NOTE_FILTER_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[COLOURS_NAMED] = g_signal_new ("colours-named", ANNALS_TYPE_NOTE_FILTER_BAR, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, ANNALS_RESOURCE_PATH "/annals-note-filter-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsNoteFilterBar, box);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNoteFilterBar, button);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNoteFilterBar, chips);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNoteFilterBar, kind);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNoteFilterBar, colours);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNoteFilterBar, tag);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNoteFilterBar, timeline);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNoteFilterBar, author);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNoteFilterBar, made);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNoteFilterBar, between);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNoteFilterBar, from);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNoteFilterBar, until);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNoteFilterBar, posts);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNoteFilterBar, mistake);
  gtk_widget_class_bind_template_callback (widget_class, kind_cb);
  gtk_widget_class_bind_template_callback (widget_class, tag_cb);
  gtk_widget_class_bind_template_callback (widget_class, timeline_cb);
  gtk_widget_class_bind_template_callback (widget_class, author_cb);
  gtk_widget_class_bind_template_callback (widget_class, made_cb);
  gtk_widget_class_bind_template_callback (widget_class, between_cb);
  gtk_widget_class_bind_template_callback (widget_class, posts_cb);
  gtk_widget_class_install_action (widget_class, "filter.remove", "s", remove_action);
}

static void
annals_note_filter_bar_init (AnnalsNoteFilterBar *self)
{
  self->filter = annals_note_filter_new ();
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  annals_announce_changes (self->mistake);
  gtk_widget_set_layout_manager (self->chips, annals_wrap_layout_new ());
  annals_direction_keep (GTK_EDITABLE (self->from));
  annals_direction_keep (GTK_EDITABLE (self->until));
  add_colours (self);
  set_strings (self->kind, G_N_ELEMENTS (kinds) - 1, get_kind);
  set_strings (self->made, G_N_ELEMENTS (periods), get_period);
  set_search (self->tag);
  set_search (self->timeline);
  set_search (self->author);
  name_drop_down (self->kind, _("Show"));
  name_drop_down (self->tag, _("Tag"));
  name_drop_down (self->timeline, _("Timeline"));
  name_drop_down (self->author, _("Author"));
  /* Translators: when notes were made: today, this week, … */
  name_drop_down (self->made, _("Made"));
  self->filling = FALSE;
}

void
annals_note_filter_bar_set_desk (AnnalsNoteFilterBar *self,
                                 AnnalsDesk          *desk)
{
  g_return_if_fail (ANNALS_IS_NOTE_FILTER_BAR (self));

  if (!g_set_object (&self->desk, desk))
    return;

  g_signal_connect_object (desk, "changed", G_CALLBACK (desk_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "notify::notebook", G_CALLBACK (notebook_cb), self, G_CONNECT_SWAPPED);
  load_choices (self);
}

const AnnalsNoteFilter *
annals_note_filter_bar_get_filter (AnnalsNoteFilterBar *self)
{
  g_return_val_if_fail (ANNALS_IS_NOTE_FILTER_BAR (self), NULL);

  return self->filter;
}

const char *
annals_note_filter_bar_get_colour_name (AnnalsNoteFilterBar *self,
                                        const char          *colour)
{
  const char *name;

  g_return_val_if_fail (ANNALS_IS_NOTE_FILTER_BAR (self), NULL);

  name = self->names != NULL ? g_hash_table_lookup (self->names, colour) : NULL;
  return name != NULL ? name : annals_colours_get_meaning (colour);
}

void
annals_note_filter_bar_clear (AnnalsNoteFilterBar *self)
{
  g_return_if_fail (ANNALS_IS_NOTE_FILTER_BAR (self));

  g_clear_pointer (&self->filter, annals_note_filter_free);
  self->filter = annals_note_filter_new ();
  self->period = 0;
  annals_note_filter_bar_set_mistake (self, NULL);
  change (self);
}

void
annals_note_filter_bar_set_mistake (AnnalsNoteFilterBar *self,
                                    const char          *mistake)
{
  g_return_if_fail (ANNALS_IS_NOTE_FILTER_BAR (self));

  gtk_label_set_text (self->mistake, mistake != NULL ? mistake : "");
  gtk_widget_set_visible (GTK_WIDGET (self->mistake), mistake != NULL);
}
