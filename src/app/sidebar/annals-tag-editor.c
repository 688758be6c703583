/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-tag-editor.h"

#include <glib/gi18n.h>

#include "annals-announce.h"
#include "annals-chip.h"
#include "annals-colour-picker.h"
#include "annals-palette.h"
#include "annals-sidebar-private.h"
#include "annals-tag-rules.h"
#include "annals-wrap-layout.h"

/* Milliseconds after the last key until the rule is tried. */
#define PAUSE 250

/* Titles that are shown of what the rule finds. */
#define MAX_TITLES 4

struct _AnnalsTagEditor
{
  AdwWindow           parent_instance;

  GtkWidget          *save_button;
  GtkRevealer        *complaint_revealer;
  GtkLabel           *complaint;
  GtkWidget          *scroller;
  GtkWidget          *name;
  GtkWidget          *parent_row;
  GtkLabel           *parent_name;
  AnnalsColourPicker *colour;
  GtkTextView        *description;
  GtkWidget          *synonyms;       /* chips */
  GtkWidget          *synonym;
  GtkWidget          *rule;
  GtkLabel           *found;
  GtkWidget          *apply;
  GtkWidget          *parent_popover;

  AnnalsDesk         *desk;
  gint64              tag_id;         /* 0: a new one */
  gint64              parent_id;      /* 0: at the top */
  GPtrArray          *tags;
  GPtrArray          *names;          /* the other names */
  guint               pause_id;
  guint               scroll_id;
  GCancellable       *trying;         /* the rule whose posts are looked for */
};

G_DEFINE_FINAL_TYPE (AnnalsTagEditor, annals_tag_editor, ADW_TYPE_WINDOW)

static void
complain (AnnalsTagEditor *self,
          const char      *message)
{
  if (message != NULL)
    gtk_label_set_text (self->complaint, message);
  gtk_revealer_set_reveal_child (self->complaint_revealer, message != NULL);
}

static char *
dup_line (GtkWidget *entry)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
}

static void
changed_cb (AnnalsTagEditor *self)
{
  g_autofree char *name = dup_line (self->name);

  complain (self, NULL);
  gtk_widget_set_sensitive (self->save_button, *name != '\0');
}

/* --- the tag above --- */

static const AnnalsTag *
find_tag (AnnalsTagEditor *self,
          gint64           id)
{
  for (guint i = 0; self->tags != NULL && i < self->tags->len; i++)
    if (((const AnnalsTag *) self->tags->pdata[i])->id == id)
      return self->tags->pdata[i];

  return NULL;
}

static void
show_parent (AnnalsTagEditor *self)
{
  const AnnalsTag *parent = find_tag (self, self->parent_id);
  const char *name = parent != NULL ? parent->name : _("No other tag");

  gtk_label_set_text (self->parent_name, name);
  annals_describe (self->parent_row, name);
}

static void
choose_parent_cb (AnnalsTagEditor *self)
{
  annals_pick_popover_popup (ANNALS_PICK_POPOVER (self->parent_popover));
}

static void
parent_picked_cb (AnnalsTagEditor *self,
                  gint64           id,
                  const char      *name)
{
  self->parent_id = id == ANNALS_TAG_EDITOR_TOP ? 0 : id;
  show_parent (self);
}

/* --- other names --- */

static void
show_names (AnnalsTagEditor *self)
{
  GtkWidget *chip;

  while ((chip = gtk_widget_get_first_child (self->synonyms)) != NULL)
    gtk_box_remove (GTK_BOX (self->synonyms), chip);

  for (guint i = 0; i < self->names->len; i++)
    {
      g_autofree char *removal = g_strdup_printf (_("Remove “%s”"), (const char *) self->names->pdata[i]);

      chip = annals_chip_new (self->names->pdata[i], NULL);
      annals_chip_set_removal (ANNALS_CHIP (chip), removal, "tag.remove-name", g_variant_new_uint32 (i));
      gtk_box_append (GTK_BOX (self->synonyms), chip);
    }
  gtk_widget_set_visible (self->synonyms, self->names->len > 0);
}

/* What stands in the entry becomes one of the names. */
static void
take_name (AnnalsTagEditor *self)
{
  g_autofree char *name = dup_line (self->synonym);

  if (*name == '\0')
    return;

  g_ptr_array_add (self->names, g_steal_pointer (&name));
  gtk_editable_set_text (GTK_EDITABLE (self->synonym), "");
  show_names (self);
}

static void
add_synonym_cb (AnnalsTagEditor *self)
{
  complain (self, NULL);
  take_name (self);
}

static void
remove_name_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  AnnalsTagEditor *self = ANNALS_TAG_EDITOR (widget);
  guint i = g_variant_get_uint32 (parameter);

  if (i >= self->names->len)
    return;

  gtk_widget_grab_focus (self->synonym);   /* the button goes */
  g_ptr_array_remove_index (self->names, i);
  show_names (self);
}

/* --- the rule --- */

typedef struct
{
  gint64            tag_id;
  char             *rule;
  GCancellable     *cancellable;   /* tells this question from a later one */
  AnnalsTagRuleFit  fit;
  GPtrArray        *posts;
} TryJob;

static void
try_job_free (TryJob *self)
{
  g_free (self->rule);
  g_object_unref (self->cancellable);
  annals_tag_rule_fit_clear (&self->fit);
  g_clear_pointer (&self->posts, g_ptr_array_unref);
  g_free (self);
}

static gboolean
try_in_reader (AnnalsDb      *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  TryJob *job = data;

  return annals_db_fit_tag_rule (db, job->tag_id, job->rule, &job->fit, error) &&
         (job->posts = annals_db_load_posts (db, (const gint64 *) (gpointer) job->fit.lacking->data,
                                             MIN (job->fit.lacking->len, MAX_TITLES), error)) != NULL;
}

static gboolean
scroll_cb (gpointer user_data)
{
  AnnalsTagEditor *self = user_data;
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));

  self->scroll_id = 0;
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));

  return G_SOURCE_REMOVE;
}

/* What the rule finds stands at the end: it is brought into view as it grows, once it has its place. */
static void
grown_cb (AnnalsTagEditor *self)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));

  if (focus != NULL && gtk_widget_is_ancestor (focus, self->rule) && self->scroll_id == 0)
    self->scroll_id = g_idle_add (scroll_cb, self);
}

static void
show_found (AnnalsTagEditor *self,
            const char      *text,
            gboolean         is_error)
{
  gtk_label_set_text (self->found, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->found), text != NULL);
  if (is_error)
    gtk_widget_add_css_class (GTK_WIDGET (self->found), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->found), "error");
}

static void
show_fit (AnnalsTagEditor *self,
          TryJob          *job)
{
  guint n_fitting = job->fit.n_fitting;
  guint n = job->fit.lacking->len;
  g_autofree char *fitting = g_strdup_printf (ngettext ("%'u post fits.", "%'u posts fit.", n_fitting), n_fitting);
  g_autofree char *lacking = NULL;
  g_autofree char *titles = NULL;
  g_autofree char *text = NULL;
  g_autofree char *label = NULL;

  if (n == 0)
    text = n_fitting > 0 ? g_strdup_printf ("%s %s", fitting, _("All of them have the tag.")) : g_strdup (fitting);
  else
    {
      lacking = g_strdup_printf (ngettext ("%'u lacks the tag:", "%'u lack the tag:", n), n);
      titles = annals_sidebar_dup_titles (job->posts, n);
      text = g_strdup_printf ("%s %s\n%s", fitting, lacking, titles);
    }

  show_found (self, text, FALSE);
  label = g_strdup_printf (ngettext ("Tag this post when saving", "Tag these %'u posts when saving", n), n);
  gtk_check_button_set_label (GTK_CHECK_BUTTON (self->apply), label);
  gtk_widget_set_visible (self->apply, n > 0);
}

static void
tried_cb (gpointer      owner,
          gpointer      data,
          const GError *error)
{
  AnnalsTagEditor *self = ANNALS_TAG_EDITOR (owner);
  TryJob *job = data;

  if (job->cancellable != self->trying)
    return;

  g_clear_object (&self->trying);
  if (error != NULL)
    show_found (self, error->message, TRUE);
  else
    show_fit (self, job);
}

static gboolean
try_rule_cb (gpointer user_data)
{
  AnnalsTagEditor *self = user_data;
  g_autofree char *rule = dup_line (self->rule);
  g_autoptr(GError) error = NULL;
  TryJob *job;

  self->pause_id = 0;
  gtk_widget_set_visible (self->apply, FALSE);
  if (*rule == '\0')
    {
      show_found (self, NULL, FALSE);
      return G_SOURCE_REMOVE;
    }

  if (!annals_tag_rule_check (rule, &error))
    {
      show_found (self, error->message, TRUE);
      return G_SOURCE_REMOVE;
    }

  self->trying = g_cancellable_new ();
  job = g_new0 (TryJob, 1);
  job->tag_id = self->tag_id;
  job->rule = g_steal_pointer (&rule);
  job->cancellable = g_object_ref (self->trying);
  annals_desk_read (self->desk, self, try_in_reader, job, (GDestroyNotify) try_job_free, self->trying, tried_cb);

  return G_SOURCE_REMOVE;
}

static void
rule_changed_cb (AnnalsTagEditor *self)
{
  complain (self, NULL);
  g_cancellable_cancel (self->trying);
  g_clear_object (&self->trying);
  g_clear_handle_id (&self->pause_id, g_source_remove);
  self->pause_id = g_timeout_add (PAUSE, try_rule_cb, self);
}

/* --- save --- */

typedef struct
{
  gint64     id;
  gint64     parent_id;
  char      *name;
  char      *colour;
  char      *description;
  char     **synonyms;
  char      *rule;
  gboolean   apply;
  char      *message;
} SaveJob;

static void
save_job_free (SaveJob *self)
{
  g_free (self->name);
  g_free (self->colour);
  g_free (self->description);
  g_strfreev (self->synonyms);
  g_free (self->rule);
  g_free (self->message);
  g_free (self);
}

/* A new tag's name may not be one that there is: what is edited here would be said of another tag. */
static gboolean
make_tag (AnnalsDb  *db,
          SaveJob   *job,
          GError   **error)
{
  gint64 other;

  if (annals_db_find_tag (db, job->name, &other, NULL))
    {
      g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_EXISTS, _("There is a tag “%s” already"),
                   job->name);
      return FALSE;
    }

  return annals_db_ensure_tag (db, job->name, &job->id, error);
}

static gboolean
save_in_writer (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  SaveJob *job = data;
  gboolean is_new = job->id == 0;

  if (is_new && !make_tag (db, job, error))
    return FALSE;

  /* The new one's name may have said where it stands: “ships/ferries”. */
  return (is_new || annals_db_rename_tag (db, job->id, job->name, error)) &&
         ((is_new && job->parent_id == 0) || annals_db_set_tag_parent (db, job->id, job->parent_id, error)) &&
         annals_db_set_tag_colour (db, job->id, job->colour, error) &&
         annals_db_set_tag_description (db, job->id, job->description, error) &&
         annals_db_set_tag_synonyms (db, job->id, (const char * const *) job->synonyms, error) &&
         annals_db_set_tag_rule (db, job->id, job->rule, error) &&
         (!job->apply || annals_db_apply_tag_rule (db, job->id, NULL, error));
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(AnnalsTagEditor) self = user_data;
  SaveJob *job = annals_notebook_job_get_data (result);
  g_autoptr(GError) error = NULL;

  if (annals_notebook_change_finish (ANNALS_NOTEBOOK (source), result, &error))
    {
      annals_desk_toast (self->desk, job->message, TRUE);
      gtk_window_close (GTK_WINDOW (self));
      return;
    }

  gtk_widget_set_sensitive (self->save_button, TRUE);
  complain (self, error->message);
}

static char *
dup_description (AnnalsTagEditor *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->description);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static char **
dup_names (AnnalsTagEditor *self)
{
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < self->names->len; i++)
    g_strv_builder_add (names, self->names->pdata[i]);

  return g_strv_builder_end (names);
}

static void
save_cb (AnnalsTagEditor *self)
{
  AnnalsNotebook *notebook = annals_desk_get_notebook (self->desk);
  g_autofree char *rule = dup_line (self->rule);
  g_autoptr(GError) error = NULL;
  SaveJob *job;

  if (notebook == NULL)
    return;

  if (*rule != '\0' && !annals_tag_rule_check (rule, &error))
    {
      complain (self, error->message);
      gtk_widget_grab_focus (self->rule);
      return;
    }

  take_name (self);
  job = g_new0 (SaveJob, 1);
  job->id = self->tag_id;
  job->parent_id = self->parent_id;
  job->name = dup_line (self->name);
  job->colour = g_strdup (annals_colour_picker_get_colour (self->colour));
  job->description = dup_description (self);
  job->synonyms = dup_names (self);
  job->rule = g_steal_pointer (&rule);
  job->apply = gtk_widget_get_visible (self->apply) && gtk_check_button_get_active (GTK_CHECK_BUTTON (self->apply));
  job->message = g_strdup_printf (self->tag_id == 0 ? _("“%s” added") : _("“%s” changed"), job->name);

  gtk_widget_set_sensitive (self->save_button, FALSE);
  annals_notebook_change_async (notebook, self->tag_id == 0 ? _("Add tag") : _("Change tag"), save_in_writer, job,
                                (GDestroyNotify) save_job_free, NULL, saved_cb, g_object_ref (self));
}

/* --- the widget --- */

static void
annals_tag_editor_dispose (GObject *object)
{
  AnnalsTagEditor *self = ANNALS_TAG_EDITOR (object);

  g_cancellable_cancel (self->trying);
  g_clear_object (&self->trying);
  g_clear_handle_id (&self->pause_id, g_source_remove);
  g_clear_handle_id (&self->scroll_id, g_source_remove);
  g_clear_pointer (&self->parent_popover, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), ANNALS_TYPE_TAG_EDITOR);
  g_clear_pointer (&self->tags, g_ptr_array_unref);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (annals_tag_editor_parent_class)->dispose (object);
}

static void
annals_tag_editor_class_init (AnnalsTagEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = annals_tag_editor_dispose;

  g_type_ensure (ANNALS_TYPE_COLOUR_PICKER);
  gtk_widget_class_set_template_from_resource (widget_class, ANNALS_RESOURCE_PATH "/annals-tag-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsTagEditor, save_button);
  gtk_widget_class_bind_template_child (widget_class, AnnalsTagEditor, complaint_revealer);
  gtk_widget_class_bind_template_child (widget_class, AnnalsTagEditor, complaint);
  gtk_widget_class_bind_template_child (widget_class, AnnalsTagEditor, scroller);
  gtk_widget_class_bind_template_child (widget_class, AnnalsTagEditor, name);
  gtk_widget_class_bind_template_child (widget_class, AnnalsTagEditor, parent_row);
  gtk_widget_class_bind_template_child (widget_class, AnnalsTagEditor, parent_name);
  gtk_widget_class_bind_template_child (widget_class, AnnalsTagEditor, colour);
  gtk_widget_class_bind_template_child (widget_class, AnnalsTagEditor, description);
  gtk_widget_class_bind_template_child (widget_class, AnnalsTagEditor, synonyms);
  gtk_widget_class_bind_template_child (widget_class, AnnalsTagEditor, synonym);
  gtk_widget_class_bind_template_child (widget_class, AnnalsTagEditor, rule);
  gtk_widget_class_bind_template_child (widget_class, AnnalsTagEditor, found);
  gtk_widget_class_bind_template_child (widget_class, AnnalsTagEditor, apply);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_parent_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_synonym_cb);
  gtk_widget_class_bind_template_callback (widget_class, rule_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_install_action (widget_class, "tag.remove-name", "u", remove_name_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

/* The inner text of an entry row has no name of its own. */
static void
name_entry (GtkWidget *row)
{
  GtkEditable *inner = gtk_editable_get_delegate (GTK_EDITABLE (row));

  gtk_accessible_update_property (GTK_ACCESSIBLE (inner), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), -1);
}

static void
annals_tag_editor_init (AnnalsTagEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  annals_announce_changes (self->found);
  annals_announce_changes (self->complaint);
  self->names = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_set_layout_manager (self->synonyms, annals_wrap_layout_new ());
  name_entry (self->name);
  name_entry (self->synonym);
  name_entry (self->rule);

  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), "changed",
                           G_CALLBACK (grown_cb), self, G_CONNECT_SWAPPED);
  self->parent_popover = annals_pick_popover_new (_("Tags"), _("Find a tag"));
  annals_pick_popover_set_create (ANNALS_PICK_POPOVER (self->parent_popover), FALSE, NULL);
  gtk_widget_set_parent (self->parent_popover, self->parent_row);
  g_signal_connect_object (self->parent_popover, "picked", G_CALLBACK (parent_picked_cb), self, G_CONNECT_SWAPPED);
}

typedef struct
{
  GPtrArray *tags;
} LoadJob;

static void
load_job_free (LoadJob *self)
{
  g_clear_pointer (&self->tags, g_ptr_array_unref);
  g_free (self);
}

static gboolean
load_in_reader (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  LoadJob *job = data;

  return (job->tags = annals_db_list_tags (db, error)) != NULL;
}

static void
fill (AnnalsTagEditor *self,
      const AnnalsTag *tag)
{
  gtk_editable_set_text (GTK_EDITABLE (self->name), tag->name);
  annals_colour_picker_set_colour (self->colour, tag->colour);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->description), tag->description, -1);
  for (guint i = 0; tag->synonyms[i] != NULL; i++)
    g_ptr_array_add (self->names, g_strdup (tag->synonyms[i]));
  gtk_editable_set_text (GTK_EDITABLE (self->rule), tag->rule);
  self->parent_id = tag->parent_id;
}

static void
loaded_cb (gpointer      owner,
           gpointer      data,
           const GError *error)
{
  AnnalsTagEditor *self = ANNALS_TAG_EDITOR (owner);
  LoadJob *job = data;
  const AnnalsTag *tag;

  if (error != NULL)
    {
      annals_desk_fail (self->desk, _("The tags could not be read"), error->message);
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }

  self->tags = g_ptr_array_ref (job->tags);
  tag = find_tag (self, self->tag_id);
  if (tag != NULL)
    fill (self, tag);
  else
    annals_colour_picker_set_colour (self->colour, annals_palette_pick (job->tags->len)->name);
  annals_tag_editor_add_parents (ANNALS_PICK_POPOVER (self->parent_popover), job->tags, self->tag_id);
  show_parent (self);
  show_names (self);
  changed_cb (self);
  gtk_window_set_title (GTK_WINDOW (self), tag != NULL ? _("Edit Tag") : _("New Tag"));
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (self->name);
}

void
annals_tag_editor_present (GtkWindow  *parent,
                           AnnalsDesk *desk,
                           gint64      tag_id,
                           gint64      parent_id)
{
  AnnalsTagEditor *self;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (ANNALS_IS_DESK (desk));

  self = g_object_new (ANNALS_TYPE_TAG_EDITOR, "transient-for", parent, NULL);
  self->desk = g_object_ref (desk);
  self->tag_id = tag_id;
  self->parent_id = parent_id;
  annals_desk_read (desk, self, load_in_reader, g_new0 (LoadJob, 1), (GDestroyNotify) load_job_free, NULL,
                    loaded_cb);
}

void
annals_tag_editor_add_parents (AnnalsPickPopover *popover,
                               GPtrArray         *tags,
                               gint64             tag_id)
{
  guint own_depth = G_MAXUINT;

  g_return_if_fail (ANNALS_IS_PICK_POPOVER (popover));
  g_return_if_fail (tags != NULL);

  annals_pick_popover_add_choice (popover, ANNALS_TAG_EDITOR_TOP, _("No other tag"), NULL);
  for (guint i = 0; i < tags->len; i++)
    {
      const AnnalsTag *tag = tags->pdata[i];

      /* What follows it deeper is below it. */
      if (tag->id == tag_id)
        own_depth = tag->depth;
      else if (tag->depth <= own_depth)
        own_depth = G_MAXUINT;

      if (own_depth == G_MAXUINT)
        annals_pick_popover_add (popover, &(AnnalsPickChoice) {
          .id = tag->id, .name = tag->name, .colour = tag->colour, .depth = tag->depth,
          .aliases = (const char * const *) tag->synonyms });
    }
}
