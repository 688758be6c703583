/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-reader-details.h"

#include <glib/gi18n.h>

#include "annals-date-style.h"
#include "annals-direction.h"
#include "annals-import-words.h"
#include "annals-imports.h"

struct _AnnalsReaderDetails
{
  GtkWidget      parent_instance;
  GtkWidget     *scroller;
  GtkWidget     *box;
  AnnalsReading *reading;
  guint          generation;   /* of the question */
};

G_DEFINE_FINAL_TYPE (AnnalsReaderDetails, annals_reader_details, GTK_TYPE_WIDGET)

/* Where the post comes from. */
typedef struct
{
  gint64            post_id;
  gint64            revision_id;
  gint64            import_id;
  guint             generation;
  GPtrArray        *revisions;   /* (out) */
  AnnalsImportFile *file;        /* (out, nullable) */
  AnnalsImport     *import;      /* (out) */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_pointer (&job->revisions, g_ptr_array_unref);
  g_clear_pointer (&job->file, annals_import_file_free);
  g_clear_pointer (&job->import, annals_import_free);
  g_free (job);
}

static gboolean
load_in_reader (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  Job *job = data;
  g_autoptr(GError) failure = NULL;

  job->file = annals_db_load_revision_file (db, job->revision_id, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  return (job->revisions = annals_db_list_revisions (db, job->post_id, error)) != NULL &&
         (job->import = annals_db_load_import (db, job->import_id, error)) != NULL;
}

static void
add_heading (AnnalsReaderDetails *self,
             const char          *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_set_margin_top (label, 10);
  gtk_box_append (GTK_BOX (self->box), label);
}

/* A name and what there is to say, which can be selected and copied. */
static void
add_fact (AnnalsReaderDetails *self,
          const char          *name,
          const char          *value)
{
  GtkWidget *row, *label, *text;

  if (value == NULL || *value == '\0')
    return;

  row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  label = gtk_label_new (name);
  text = gtk_label_new (value);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (text), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (text), TRUE);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), text);
  gtk_box_append (GTK_BOX (self->box), row);
}

static void
add_button (AnnalsReaderDetails *self,
            const char          *label,
            const char          *action,
            GVariant            *target)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  GtkWidget *text = gtk_button_get_child (GTK_BUTTON (button));

  gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (button, label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  if (target != NULL)
    gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  gtk_box_append (GTK_BOX (self->box), button);
}

static char *
dup_time (gint64 microseconds)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (microseconds / G_USEC_PER_SEC);
  g_autoptr(GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  return local != NULL ? annals_date_style_format (local, "%c") : g_strdup ("");
}

static guint
count_words (const char *text)
{
  gboolean inside = FALSE;
  guint n = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gboolean letter = g_unichar_isalnum (g_utf8_get_char (text));

      n += letter && !inside;
      inside = letter;
    }

  return n;
}

static void
add_post (AnnalsReaderDetails *self)
{
  const AnnalsPost *post = self->reading->post;
  g_autofree char *date = annals_date_dup_display (post->published);
  const char *edtf = annals_date_get_edtf (post->published);
  g_autofree char *expression = annals_direction_isolate (edtf);
  g_autofree char *published = *edtf != '\0' ? g_strdup_printf ("%s (%s)", date, expression) : g_strdup (date);
  g_autofree char *tags = g_strjoinv (", ", post->tags);
  guint n_characters = annals_text_get_length (self->reading->text);
  g_autofree char *characters = g_strdup_printf (ngettext ("%'u character", "%'u characters", n_characters),
                                                 n_characters);
  guint n_words = n_characters <= 400000 ? count_words (annals_text_get_string (self->reading->text)) : 0;
  g_autofree char *words = g_strdup_printf (ngettext ("%'u word", "%'u words", n_words), n_words);
  g_autofree char *length = n_words > 0 ? g_strdup_printf ("%s, %s", words, characters) : g_strdup (characters);

  add_heading (self, _("Post"));
  add_fact (self, _("Title"), post->title);
  add_fact (self, _("Author"), post->author);
  add_fact (self, _("Source"), post->source);
  add_fact (self, _("Date"), published);
  add_fact (self, _("Kind"), annals_post_kind_get_name (post->kind));
  add_fact (self, _("Language"), self->reading->language);
  add_fact (self, _("Length"), length);
  add_fact (self, _("Tags"), tags);
  add_fact (self, _("Address"), post->url);
  add_fact (self, _("Identifier"), post->uid);
}

static void
add_uses (AnnalsReaderDetails *self)
{
  GPtrArray *citings = self->reading->citings;
  GPtrArray *same = self->reading->same;

  if (citings->len > 0)
    add_heading (self, _("Events"));
  for (guint i = 0; i < citings->len; i++)
    {
      const AnnalsCiting *citing = g_ptr_array_index (citings, i);

      if (citing->timeline_id != 0)
        add_button (self, citing->title, "reader.show-timeline",
                    g_variant_new ("(xx)", citing->timeline_id, citing->event_id));
      else
        add_fact (self, _("Event"), citing->title);
    }

  if (same->len > 0)
    add_heading (self, _("Same Text"));
  for (guint i = 0; i < same->len; i++)
    {
      const AnnalsPost *post = g_ptr_array_index (same, i);

      add_button (self, post->title, "reader.show-post", g_variant_new_int64 (post->id));
    }
}

/* post → revision → file → import */
static void
add_provenance (AnnalsReaderDetails *self,
                const Job           *job)
{
  const AnnalsPost *post = self->reading->post;
  g_autofree char *imported = dup_time (job->import->started);
  g_autofree char *place = g_strdup_printf ("%u", post->place);
  guint number = 0;

  for (guint i = 0; i < job->revisions->len; i++)
    if (((const AnnalsRevision *) g_ptr_array_index (job->revisions, i))->id == job->revision_id)
      number = i + 1;

  add_heading (self, _("Where It Comes From"));
  if (number > 0)
    {
      const AnnalsRevision *revision = g_ptr_array_index (job->revisions, number - 1);
      g_autofree char *time = dup_time (revision->created);
      /* Translators: the number of a revision, how many there are, and when it was imported */
      g_autofree char *text = g_strdup_printf (_("%u of %u, %s"), number, job->revisions->len, time);

      add_fact (self, _("Revision"), text);
    }
  add_fact (self, _("SHA-256 of the text"), post->sha256);
  if (job->revisions->len > 1)
    add_button (self, _("Compare Revisions"), "reader.revisions", NULL);
  if (job->file != NULL)
    {
      g_autofree char *size = g_format_size ((guint64) job->file->size);

      add_fact (self, _("File"), job->file->path);
      add_fact (self, _("SHA-256 of the file"), job->file->sha256);
      add_fact (self, _("Size"), size);
      add_fact (self, _("Format"), job->file->format);
    }
  add_button (self, _("View Original"), "reader.view-original", NULL);
  add_fact (self, _("Import"), imported);
  add_fact (self, _("Imported file"), job->import->file_name);
  if (job->file == NULL || !g_str_equal (job->file->sha256, job->import->file_sha256))
    add_fact (self, _("SHA-256 of the import"), job->import->file_sha256);
  add_fact (self, _("Archive"), job->import->archive);
  add_fact (self, _("Place in the archive"), place);
}

static void
loaded_cb (gpointer      owner,
           gpointer      data,
           const GError *error)
{
  AnnalsReaderDetails *self = owner;
  Job *job = data;

  if (job->generation != self->generation)
    return;

  if (error != NULL)
    add_fact (self, _("Where it comes from cannot be told"), error->message);
  else
    add_provenance (self, job);
}

static void
annals_reader_details_dispose (GObject *object)
{
  AnnalsReaderDetails *self = ANNALS_READER_DETAILS (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_pointer (&self->reading, annals_reading_unref);

  G_OBJECT_CLASS (annals_reader_details_parent_class)->dispose (object);
}

static void
annals_reader_details_class_init (AnnalsReaderDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = annals_reader_details_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
annals_reader_details_init (AnnalsReaderDetails *self)
{
  self->scroller = gtk_scrolled_window_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  gtk_widget_add_css_class (self->box, "annals-details");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->box);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Details"), -1);
}

void
annals_reader_details_show (AnnalsReaderDetails *self,
                            AnnalsDesk          *desk,
                            AnnalsReading       *reading)
{
  GtkWidget *child;
  Job *job;

  g_return_if_fail (ANNALS_IS_READER_DETAILS (self));
  g_return_if_fail (ANNALS_IS_DESK (desk) && reading != NULL);

  annals_reading_ref (reading);
  g_clear_pointer (&self->reading, annals_reading_unref);
  self->reading = reading;
  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
  add_post (self);
  add_uses (self);

  job = g_new0 (Job, 1);
  job->post_id = reading->post->id;
  job->revision_id = reading->post->revision_id;
  job->import_id = reading->post->text_import_id;
  job->generation = ++self->generation;
  annals_desk_read (desk, self, load_in_reader, job, job_free, NULL, loaded_cb);
}
