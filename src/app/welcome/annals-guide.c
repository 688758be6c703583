/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-guide.h"

#include <glib/gi18n.h>

#include "annals-posts.h"

struct _AnnalsGuide
{
  GtkWidget     parent_instance;

  GtkWidget    *root;
  GtkLabel     *place_label;
  GtkLabel     *title_label;
  GtkLabel     *hint_label;
  GtkButton    *do_button;
  GtkWidget    *skip_button;

  AnnalsDesk   *desk;
  GSettings    *settings;
  AnnalsCounts  before;     /* what the notebook held when the tour began in it */
  gboolean      counted;    /* before says so */
};

G_DEFINE_FINAL_TYPE (AnnalsGuide, annals_guide, GTK_TYPE_WIDGET)

typedef enum
{
  STEP_IMPORT,
  STEP_READ,
  STEP_MARK,
  STEP_TAG,
  STEP_EVENT,
  STEP_EXPORT,
  N_STEPS
} Step;

static const struct
{
  const char *name;     /* in the settings */
  const char *title;
  const char *hint;
  const char *label;    /* (nullable): of the button */
  const char *action;
} steps[] = {
  [STEP_IMPORT] = { "import", N_("Import an Archive"),
                    N_("Choose its files, or drop them on the window. A preview says what was recognised."),
                    N_("_Import…"), "win.import" },
  [STEP_READ] = { "read", N_("Read a Post"),
                  N_("Choose a post in the list. Alt+Down leads to the next one."),
                  N_("_Show the Posts"), "win.place::read" },
  [STEP_MARK] = { "mark", N_("Mark a Passage"),
                  N_("Select words in the post. A bar appears: press a colour, or write a note."), NULL, NULL },
  [STEP_TAG] = { "tag", N_("Tag the Post"),
                 N_("Press Ctrl+T and type a name. Tags stand in the sidebar."), NULL, NULL },
  [STEP_EVENT] = { "event", N_("Put an Event on a Timeline"),
                   N_("Select what tells of it and press Ctrl+Alt+E. Give the date as exactly as it is known."),
                   NULL, NULL },
  [STEP_EXPORT] = { "export", N_("Hand It On"),
                    N_("Export the timeline: every claim leads back to its passage, post and file."),
                    N_("_Export…"), "win.export" },
};

static gboolean
is_done (AnnalsGuide *self,
         Step         step)
{
  g_auto(GStrv) done = g_settings_get_strv (self->settings, "guide-done");

  return g_strv_contains ((const char * const *) done, steps[step].name);
}

/* N_STEPS: all are done. */
static Step
get_step (AnnalsGuide *self)
{
  for (Step step = 0; step < N_STEPS; step++)
    if (!is_done (self, step))
      return step;

  return N_STEPS;
}

static gboolean
is_shown (AnnalsGuide *self)
{
  g_autofree char *state = g_settings_get_string (self->settings, "guide");

  return g_str_equal (state, "shown") && annals_desk_get_notebook (self->desk) != NULL;
}

/* Name and target of an action must fit each other at any time. */
static void
set_action (AnnalsGuide *self,
            const char  *label,
            const char  *detailed)
{
  GtkActionable *button = GTK_ACTIONABLE (self->do_button);
  g_autofree char *name = NULL;
  g_autoptr(GVariant) target = NULL;

  gtk_actionable_set_action_name (button, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->do_button), label != NULL);
  if (label == NULL || !g_action_parse_detailed_name (detailed, &name, &target, NULL))
    return;

  gtk_button_set_label (self->do_button, label);
  gtk_actionable_set_action_target_value (button, target);
  gtk_actionable_set_action_name (button, name);
}

static void
show_end (AnnalsGuide *self)
{
  gtk_label_set_text (self->place_label, _("Guided Tour"));
  gtk_label_set_text (self->title_label, _("That Is the Whole Way"));
  gtk_label_set_text (self->hint_label, _("The help says more of each step. It opens with F1."));
  set_action (self, _("_Help"), "app.help");
  gtk_widget_set_visible (self->skip_button, FALSE);
}

static void
show_step (AnnalsGuide *self,
           Step         step)
{
  /* Translators: the number of a step, and how many there are */
  g_autofree char *place = g_strdup_printf (_("Guided Tour: Step %d of %d"), step + 1, N_STEPS);

  gtk_label_set_text (self->place_label, place);
  gtk_label_set_text (self->title_label, _(steps[step].title));
  gtk_label_set_text (self->hint_label, _(steps[step].hint));
  set_action (self, steps[step].label != NULL ? _(steps[step].label) : NULL, steps[step].action);
  gtk_widget_set_visible (self->skip_button, TRUE);
}

static void
update (AnnalsGuide *self)
{
  Step step = get_step (self);

  gtk_widget_set_visible (GTK_WIDGET (self), is_shown (self));
  if (step == N_STEPS)
    show_end (self);
  else
    show_step (self, step);
}

static void
set_done (AnnalsGuide *self,
          Step         step)
{
  g_auto(GStrv) done = g_settings_get_strv (self->settings, "guide-done");
  g_autoptr(GStrvBuilder) builder = NULL;
  g_auto(GStrv) now = NULL;

  if (!is_shown (self) || is_done (self, step))
    return;

  builder = g_strv_builder_new ();
  g_strv_builder_addv (builder, (const char **) done);
  g_strv_builder_add (builder, steps[step].name);
  now = g_strv_builder_end (builder);
  g_settings_set_strv (self->settings, "guide-done", (const char * const *) now);
}

/* --- what the user does --- */

static gboolean
count (AnnalsDb      *db,
       gpointer       data,
       GCancellable  *cancellable,
       GError       **error)
{
  return annals_db_count (db, data, error);
}

static void
counted_cb (gpointer      owner,
            gpointer      data,
            const GError *error)
{
  AnnalsGuide *self = owner;
  const AnnalsCounts *now = data;

  if (error != NULL)
    return;

  if (now->all > 0)
    set_done (self, STEP_IMPORT);
  if (self->counted && now->annotations > self->before.annotations)
    set_done (self, STEP_MARK);
  if (self->counted && now->events > self->before.events)
    set_done (self, STEP_EVENT);
  if (!self->counted)
    self->before = *now;
  self->counted = TRUE;
}

/* Only while a step waits for it: every change asks. */
static void
look (AnnalsGuide *self)
{
  if (is_shown (self) &&
      !(is_done (self, STEP_IMPORT) && is_done (self, STEP_MARK) && is_done (self, STEP_EVENT)))
    annals_desk_read (self->desk, self, count, g_new0 (AnnalsCounts, 1), g_free, NULL, counted_cb);
}

static void
changed_cb (AnnalsGuide   *self,
            AnnalsChanges *changes)
{
  /* A tag that is put somewhere changes posts or passages, one that is made or renamed does not. */
  if (annals_changes_touch (changes, ANNALS_RECORD_TAG) && annals_changes_touch (changes, ANNALS_RECORD_POST) &&
      !annals_changes_touch (changes, ANNALS_RECORD_IMPORT))
    set_done (self, STEP_TAG);
  if (annals_changes_touch (changes, ANNALS_RECORD_POST) || annals_changes_touch (changes, ANNALS_RECORD_ANNOTATION) ||
      annals_changes_touch (changes, ANNALS_RECORD_EVENT))
    look (self);
}

static void
visited_cb (AnnalsGuide *self,
            guint        kind)
{
  if (kind == ANNALS_RECORD_POST)
    set_done (self, STEP_READ);
}

static void
exported_cb (AnnalsGuide *self)
{
  set_done (self, STEP_EXPORT);
}

static void
notebook_cb (AnnalsGuide *self)
{
  g_autofree char *state = g_settings_get_string (self->settings, "guide");

  self->counted = FALSE;
  if (annals_desk_get_notebook (self->desk) != NULL && g_str_equal (state, "new"))
    g_settings_set_string (self->settings, "guide", "shown");
  update (self);
  look (self);
}

/* --- actions --- */

static void
skip_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  AnnalsGuide *self = ANNALS_GUIDE (widget);
  Step step = get_step (self);

  if (step < N_STEPS)
    set_done (self, step);
}

static void
end_action (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  g_settings_set_string (ANNALS_GUIDE (widget)->settings, "guide", "ended");
}

static void
annals_guide_dispose (GObject *object)
{
  AnnalsGuide *self = ANNALS_GUIDE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ANNALS_TYPE_GUIDE);
  g_clear_object (&self->desk);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (annals_guide_parent_class)->dispose (object);
}

static void
annals_guide_class_init (AnnalsGuideClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = annals_guide_dispose;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, ANNALS_RESOURCE_PATH "/annals-guide.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsGuide, root);
  gtk_widget_class_bind_template_child (widget_class, AnnalsGuide, place_label);
  gtk_widget_class_bind_template_child (widget_class, AnnalsGuide, title_label);
  gtk_widget_class_bind_template_child (widget_class, AnnalsGuide, hint_label);
  gtk_widget_class_bind_template_child (widget_class, AnnalsGuide, do_button);
  gtk_widget_class_bind_template_child (widget_class, AnnalsGuide, skip_button);
  gtk_widget_class_install_action (widget_class, "guide.skip", NULL, skip_action);
  gtk_widget_class_install_action (widget_class, "guide.end", NULL, end_action);
}

static void
annals_guide_init (AnnalsGuide *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
annals_guide_set_up (AnnalsGuide *self,
                     AnnalsDesk  *desk,
                     GSettings   *settings)
{
  g_return_if_fail (ANNALS_IS_GUIDE (self));
  g_return_if_fail (ANNALS_IS_DESK (desk));
  g_return_if_fail (G_IS_SETTINGS (settings));

  g_set_object (&self->desk, desk);
  g_set_object (&self->settings, settings);
  g_signal_connect_object (desk, "notify::notebook", G_CALLBACK (notebook_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "visited", G_CALLBACK (visited_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "exported", G_CALLBACK (exported_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::guide", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::guide-done", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

void
annals_guide_restart (AnnalsGuide *self)
{
  g_return_if_fail (ANNALS_IS_GUIDE (self));

  self->counted = FALSE;
  g_settings_reset (self->settings, "guide-done");
  g_settings_set_string (self->settings, "guide", "shown");
  update (self);
  look (self);
}
