/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-revisions-window.h"

#include <glib/gi18n.h>

#include "annals-date-style.h"
#include "annals-posts.h"
#include "annals-text-diff.h"

struct _AnnalsRevisionsWindow
{
  AdwWindow        parent_instance;

  AdwWindowTitle  *heading;
  GtkDropDown     *older;
  GtkDropDown     *newer;
  GtkLabel        *summary;
  GtkStack        *stack;
  AdwStatusPage   *none;
  GtkTextView     *text;
  GtkWidget       *previous_button;
  GtkWidget       *next_button;

  AnnalsDesk      *desk;
  gint64           post_id;
  GPtrArray       *revisions;    /* (element type AnnalsRevision) oldest first */
  GArray          *changes;      /* (element type guint) where in the buffer a change begins */
  guint            change;       /* the one that was gone to; G_MAXUINT: none */
  guint            generation;   /* of the question */
};

G_DEFINE_FINAL_TYPE (AnnalsRevisionsWindow, annals_revisions_window, ADW_TYPE_WINDOW)

typedef struct
{
  gint64      post_id;
  gint64      ids[2];
  guint       generation;
  AnnalsText *texts[2];   /* (out) */
  GArray     *pieces;     /* (out) */
} DiffJob;

static void
diff_job_free (gpointer data)
{
  DiffJob *job = data;

  for (guint i = 0; i < 2; i++)
    g_clear_pointer (&job->texts[i], annals_text_unref);
  g_clear_pointer (&job->pieces, g_array_unref);
  g_free (job);
}

static gboolean
compare_in_reader (AnnalsDb      *db,
                   gpointer       data,
                   GCancellable  *cancellable,
                   GError       **error)
{
  DiffJob *job = data;

  for (guint i = 0; i < 2; i++)
    if (!(job->texts[i] = annals_db_load_text (db, job->post_id, job->ids[i], error)))
      return FALSE;
  job->pieces = annals_text_diff (job->texts[0], job->texts[1]);

  return TRUE;
}

static GtkTextTag *
ensure_tag (AnnalsRevisionsWindow *self,
            const char            *name)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  gboolean removed = g_str_equal (name, "removed");
  GtkTextTag *tag = gtk_text_tag_table_lookup (gtk_text_buffer_get_tag_table (buffer), name);

  if (tag == NULL)
    tag = gtk_text_buffer_create_tag (buffer, name, NULL);

  /* Struck out or underlined: not by colour alone. */
  g_object_set (tag,
                "background", removed ? (dark ? "#6e1a21" : "#fbd5d6") : (dark ? "#14522b" : "#cdf0d6"),
                "strikethrough", removed,
                "underline", removed ? PANGO_UNDERLINE_NONE : PANGO_UNDERLINE_SINGLE,
                NULL);

  return tag;
}

static void
show_summary (AnnalsRevisionsWindow *self,
              const guint           *n_words)
{
  g_autofree char *inserted = g_strdup_printf (ngettext ("%'u word inserted", "%'u words inserted",
                                                         n_words[ANNALS_DIFF_INSERTED]),
                                               n_words[ANNALS_DIFF_INSERTED]);
  g_autofree char *removed = g_strdup_printf (ngettext ("%'u word removed", "%'u words removed",
                                                        n_words[ANNALS_DIFF_REMOVED]),
                                              n_words[ANNALS_DIFF_REMOVED]);
  g_autofree char *text = NULL;

  if (self->changes->len == 0)
    text = g_strdup (_("The texts are the same"));
  else
    text = g_strdup_printf ("%s · %s", inserted, removed);
  gtk_label_set_text (self->summary, text);
  gtk_widget_set_sensitive (self->previous_button, self->changes->len > 0);
  gtk_widget_set_sensitive (self->next_button, self->changes->len > 0);
}

static void
compared_cb (gpointer      owner,
             gpointer      data,
             const GError *error)
{
  AnnalsRevisionsWindow *self = owner;
  DiffJob *job = data;
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  guint n_words[3] = { 0, 0, 0 };
  GtkTextIter end;

  if (job->generation != self->generation)
    return;

  if (error != NULL)
    {
      g_autofree char *escaped = g_markup_escape_text (error->message, -1);

      adw_status_page_set_description (self->none, escaped);
      gtk_stack_set_visible_child_name (self->stack, "none");
      return;
    }

  g_array_set_size (self->changes, 0);
  self->change = G_MAXUINT;
  gtk_text_buffer_set_text (buffer, "", 0);
  for (guint i = 0; i < job->pieces->len; i++)
    {
      const AnnalsDiffPiece *piece = &g_array_index (job->pieces, AnnalsDiffPiece, i);
      g_autofree char *slice = annals_text_dup_slice (job->texts[piece->kind == ANNALS_DIFF_INSERTED],
                                                      piece->start, piece->end);
      guint offset;

      gtk_text_buffer_get_end_iter (buffer, &end);
      offset = (guint) gtk_text_iter_get_offset (&end);
      n_words[piece->kind] += piece->n_words;
      if (piece->kind == ANNALS_DIFF_SAME)
        gtk_text_buffer_insert (buffer, &end, slice, -1);
      else
        gtk_text_buffer_insert_with_tags (buffer, &end, slice, -1,
                                          ensure_tag (self, piece->kind == ANNALS_DIFF_REMOVED
                                                              ? "removed" : "inserted"), NULL);
      if (piece->kind != ANNALS_DIFF_SAME &&
          (i == 0 || g_array_index (job->pieces, AnnalsDiffPiece, i - 1).kind == ANNALS_DIFF_SAME))
        g_array_append_val (self->changes, offset);
    }
  gtk_text_buffer_get_start_iter (buffer, &end);
  gtk_text_buffer_place_cursor (buffer, &end);
  gtk_stack_set_visible_child_name (self->stack, "text");
  show_summary (self, n_words);
}

static void
compare (AnnalsRevisionsWindow *self)
{
  guint older = gtk_drop_down_get_selected (self->older);
  guint newer = gtk_drop_down_get_selected (self->newer);
  DiffJob *job;

  if (self->revisions == NULL || older >= self->revisions->len || newer >= self->revisions->len)
    return;

  job = g_new0 (DiffJob, 1);
  job->post_id = self->post_id;
  job->ids[0] = ((AnnalsRevision *) g_ptr_array_index (self->revisions, older))->id;
  job->ids[1] = ((AnnalsRevision *) g_ptr_array_index (self->revisions, newer))->id;
  job->generation = ++self->generation;
  annals_desk_read (self->desk, self, compare_in_reader, job, diff_job_free, NULL, compared_cb);
}

typedef struct
{
  gint64     post_id;
  GPtrArray *revisions;   /* (out) */
} ListJob;

static void
list_job_free (gpointer data)
{
  ListJob *job = data;

  g_clear_pointer (&job->revisions, g_ptr_array_unref);
  g_free (job);
}

static gboolean
list_in_reader (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  ListJob *job = data;

  return (job->revisions = annals_db_list_revisions (db, job->post_id, error)) != NULL;
}

/* "2 · 28 Nov 2026, 17:02" */
static char *
dup_label (guint                 number,
           const AnnalsRevision *revision)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (revision->created / G_USEC_PER_SEC);
  g_autoptr(GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;
  /* Translators: when a revision was imported, as g_date_time_format() takes it */
  g_autofree char *time = local != NULL ? annals_date_style_format (local, _("%-d %b %Y, %H:%M")) : g_strdup ("");

  return g_strdup_printf ("%u · %s", number, time);
}

static void
listed_cb (gpointer      owner,
           gpointer      data,
           const GError *error)
{
  AnnalsRevisionsWindow *self = owner;
  ListJob *job = data;
  g_autoptr(GtkStringList) labels = gtk_string_list_new (NULL);
  guint n;

  if (error != NULL || job->revisions->len < 2)
    {
      g_autofree char *escaped = error != NULL ? g_markup_escape_text (error->message, -1) : NULL;

      if (escaped != NULL)
        adw_status_page_set_description (self->none, escaped);
      gtk_stack_set_visible_child_name (self->stack, "none");
      return;
    }

  self->revisions = g_steal_pointer (&job->revisions);
  n = self->revisions->len;
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *label = dup_label (i + 1, g_ptr_array_index (self->revisions, i));

      gtk_string_list_append (labels, label);
    }
  gtk_drop_down_set_model (self->older, G_LIST_MODEL (labels));
  gtk_drop_down_set_model (self->newer, G_LIST_MODEL (labels));
  gtk_drop_down_set_selected (self->older, n - 2);
  gtk_drop_down_set_selected (self->newer, n - 1);
  gtk_widget_set_sensitive (GTK_WIDGET (self->older), TRUE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->newer), TRUE);
  compare (self);
}

static void
step (AnnalsRevisionsWindow *self,
      int                    by)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  GtkTextIter iter;

  if (self->changes->len == 0)
    return;

  if (self->change >= self->changes->len)
    self->change = by > 0 ? 0 : self->changes->len - 1;
  else
    self->change = (self->change + self->changes->len + (guint) by) % self->changes->len;

  gtk_text_buffer_get_iter_at_offset (buffer, &iter, (int) g_array_index (self->changes, guint, self->change));
  gtk_text_buffer_place_cursor (buffer, &iter);
  gtk_text_view_scroll_to_mark (self->text, gtk_text_buffer_get_insert (buffer), 0.1, TRUE, 0.0, 0.3);
}

static void
next_cb (AnnalsRevisionsWindow *self)
{
  step (self, 1);
}

static void
previous_cb (AnnalsRevisionsWindow *self)
{
  step (self, -1);
}

static gboolean
step_key_cb (GtkWidget *widget,
             GVariant  *args,
             gpointer   user_data)
{
  step (ANNALS_REVISIONS_WINDOW (widget), g_variant_get_int32 (args));

  return TRUE;
}

static void
dark_cb (AnnalsRevisionsWindow *self)
{
  ensure_tag (self, "removed");
  ensure_tag (self, "inserted");
}

static void
annals_revisions_window_dispose (GObject *object)
{
  AnnalsRevisionsWindow *self = ANNALS_REVISIONS_WINDOW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ANNALS_TYPE_REVISIONS_WINDOW);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (annals_revisions_window_parent_class)->dispose (object);
}

static void
annals_revisions_window_finalize (GObject *object)
{
  AnnalsRevisionsWindow *self = ANNALS_REVISIONS_WINDOW (object);

  g_clear_pointer (&self->revisions, g_ptr_array_unref);
  g_clear_pointer (&self->changes, g_array_unref);

  G_OBJECT_CLASS (annals_revisions_window_parent_class)->finalize (object);
}

static void
annals_revisions_window_class_init (AnnalsRevisionsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = annals_revisions_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = annals_revisions_window_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               ANNALS_RESOURCE_PATH "/annals-revisions-window.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsRevisionsWindow, heading);
  gtk_widget_class_bind_template_child (widget_class, AnnalsRevisionsWindow, older);
  gtk_widget_class_bind_template_child (widget_class, AnnalsRevisionsWindow, newer);
  gtk_widget_class_bind_template_child (widget_class, AnnalsRevisionsWindow, summary);
  gtk_widget_class_bind_template_child (widget_class, AnnalsRevisionsWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, AnnalsRevisionsWindow, none);
  gtk_widget_class_bind_template_child (widget_class, AnnalsRevisionsWindow, text);
  gtk_widget_class_bind_template_child (widget_class, AnnalsRevisionsWindow, previous_button);
  gtk_widget_class_bind_template_child (widget_class, AnnalsRevisionsWindow, next_button);
  gtk_widget_class_bind_template_callback (widget_class, compare);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, previous_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_g, GDK_CONTROL_MASK, step_key_cb, "i", 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_g, GDK_CONTROL_MASK | GDK_SHIFT_MASK, step_key_cb, "i", -1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
}

static void
annals_revisions_window_init (AnnalsRevisionsWindow *self)
{
  self->changes = g_array_new (FALSE, FALSE, sizeof (guint));
  self->change = G_MAXUINT;
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (dark_cb), self,
                           G_CONNECT_SWAPPED);
}

void
annals_revisions_window_present (GtkWindow  *parent,
                                 AnnalsDesk *desk,
                                 gint64      post_id,
                                 const char *title)
{
  AnnalsRevisionsWindow *self;
  ListJob *job;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (ANNALS_IS_DESK (desk));
  g_return_if_fail (title != NULL);

  self = g_object_new (ANNALS_TYPE_REVISIONS_WINDOW, "transient-for", parent, "destroy-with-parent", TRUE,
                       "title", _("Revisions"), NULL);
  self->desk = g_object_ref (desk);
  self->post_id = post_id;
  adw_window_title_set_subtitle (self->heading, title);
  /* It shows one notebook and goes with it. */
  g_signal_connect_object (desk, "notify::notebook", G_CALLBACK (gtk_window_destroy), self,
                           G_CONNECT_SWAPPED);

  job = g_new0 (ListJob, 1);
  job->post_id = post_id;
  annals_desk_read (desk, self, list_in_reader, job, list_job_free, NULL, listed_cb);
  gtk_window_present (GTK_WINDOW (self));
}
