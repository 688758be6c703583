/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "annals-saved-searches.h"
#include "annals-search-bar-private.h"

#define MAX_SHOWN 6
#define MAX_CHARS 36

static const struct
{
  const char *example;   /* as it is typed: not translated */
  const char *meaning;
} explained[] = {
  { "sanction bank", N_("both words, in any of their forms") },
  { "\"test kits\"", N_("these words in this order") },
  { "missil*", N_("words that begin so") },
  { "制裁, 북한, 核", N_("any run of characters") },
  { "kits OR vaccine", N_("one of the two") },
  { "-draft", N_("not this") },
  { "(a OR b) c", N_("what belongs together") },
  { "ship NEAR/5 port", N_("at most five words apart") },
  { "title:x  text:x", N_("in that part only") },
  { "note:x  quote:x", N_("in your notes, in what you marked") },
  { "source:\"NK News\"", N_("from this publication") },
  { "author:kim  url:un.org", N_("by this person, at this address") },
  { "tag:sanctions", N_("with the tag or one below it") },
  { "timeline:covid", N_("evidence in this timeline") },
  { "lang:ko  import:may.txt", N_("in this language, out of this file") },
  { "date:2020-03", N_("may be of that month") },
  { "before:2020-03-09", N_("may lie before that day") },
  { "after:2019", N_("may lie after that year") },
  { "is:unread", N_("or starred, annotated, tagged, linked, undated, changed, review") },
  { "has:note  has:image", N_("with a note of yours, with a picture") },
  { "colour:yellow", N_("with a highlight of that colour") },
};

void
annals_search_bar_init_help (AnnalsSearchBar *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (explained); i++)
    {
      GtkWidget *example = gtk_label_new (explained[i].example);
      GtkWidget *meaning = gtk_label_new (_(explained[i].meaning));

      gtk_label_set_xalign (GTK_LABEL (example), 0);
      gtk_label_set_yalign (GTK_LABEL (example), 0);
      gtk_label_set_selectable (GTK_LABEL (example), FALSE);
      gtk_widget_add_css_class (example, "monospace");
      gtk_widget_add_css_class (example, "caption");
      gtk_label_set_xalign (GTK_LABEL (meaning), 0);
      gtk_label_set_wrap (GTK_LABEL (meaning), TRUE);
      gtk_label_set_max_width_chars (GTK_LABEL (meaning), 34);
      gtk_widget_set_hexpand (meaning, TRUE);
      gtk_widget_add_css_class (meaning, "caption");
      gtk_grid_attach (self->help, example, 0, (int) i, 1, 1);
      gtk_grid_attach (self->help, meaning, 1, (int) i, 1, 1);
    }
}

static void
recent_clicked_cb (AnnalsSearchBar *self,
                   GtkButton       *button)
{
  g_autofree char *query = g_strdup (g_object_get_data (G_OBJECT (button), "query"));

  gtk_popover_popdown (self->help_popover);
  annals_search_bar_set_query (self, query);
}

static void
append_recent (AnnalsSearchBar *self,
               const char      *query)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *label = gtk_label_new (query);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MAX_CHARS);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data_full (G_OBJECT (button), "query", g_strdup (query), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (recent_clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->recent), button);
}

void
annals_search_bar_update_help (AnnalsSearchBar *self)
{
  g_auto(GStrv) queries = g_settings_get_strv (self->settings, "recent-searches");
  g_autofree char *query = annals_search_bar_dup_query (self);
  GtkWidget *button;

  while ((button = gtk_widget_get_first_child (self->recent)) != NULL)
    gtk_box_remove (GTK_BOX (self->recent), button);

  for (guint i = 0; queries[i] != NULL && i < MAX_SHOWN; i++)
    append_recent (self, queries[i]);
  gtk_widget_set_visible (self->recent_title, queries[0] != NULL);
  gtk_widget_set_visible (self->save_box, *query != '\0' && !annals_search_bar_has_error (self));
  gtk_editable_set_text (GTK_EDITABLE (self->save_name), query);
}

typedef struct
{
  char *name;
  char *query;
} SaveJob;

static void
save_job_free (SaveJob *self)
{
  g_free (self->name);
  g_free (self->query);
  g_free (self);
}

static gboolean
save_in_writer (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  SaveJob *job = data;

  return annals_db_add_saved_search (db, job->name, job->query, NULL, error);
}

void
annals_search_bar_save (AnnalsSearchBar *self)
{
  SaveJob *job = g_new0 (SaveJob, 1);
  g_autofree char *message = NULL;

  job->query = annals_search_bar_dup_query (self);
  job->name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->save_name))));
  if (*job->name == '\0')
    {
      g_free (job->name);
      job->name = g_strdup (job->query);
    }

  gtk_popover_popdown (self->help_popover);
  /* Translators: a search was saved; %s is its name */
  message = g_strdup_printf (_("Search “%s” saved"), job->name);
  annals_desk_change (self->desk, self, _("Save search"), message, save_in_writer, job,
                      (GDestroyNotify) save_job_free, NULL);
}
