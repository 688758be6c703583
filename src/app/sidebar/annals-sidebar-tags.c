/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "annals-ask.h"
#include "annals-pick-popover.h"
#include "annals-posts.h"
#include "annals-sidebar-private.h"
#include "annals-tag-editor.h"
#include "annals-tag-rules.h"

/* Titles that are shown of what a rule finds. */
#define MAX_TITLES 5

typedef struct
{
  gint64      id;
  gint64      other_id;
  char       *name;
  GPtrArray  *tags;
  GArray     *posts;     /* that carry it themselves */
  GArray     *counts;    /* of the tags on them */
} TagJob;

static TagJob *
tag_job_new (gint64      id,
             gint64      other_id,
             const char *name)
{
  TagJob *self = g_new0 (TagJob, 1);

  self->id = id;
  self->other_id = other_id;
  self->name = g_strdup (name);

  return self;
}

static void
tag_job_free (TagJob *self)
{
  g_free (self->name);
  g_clear_pointer (&self->tags, g_ptr_array_unref);
  g_clear_pointer (&self->posts, g_array_unref);
  g_clear_pointer (&self->counts, g_array_unref);
  g_free (self);
}

/* The tag whose menu was opened; NULL: another record's, or none. */
static AnnalsSidebarItem *
get_tag (AnnalsSidebar *self)
{
  return self->menu_item != NULL && annals_sidebar_item_get_scope (self->menu_item) == ANNALS_SCOPE_TAG
         ? self->menu_item : NULL;
}

/* --- move --- */

static gboolean
move_in_writer (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  TagJob *job = data;

  return annals_db_set_tag_parent (db, job->id, job->other_id, error);
}

void
annals_sidebar_move_tag (AnnalsSidebar     *self,
                         AnnalsSidebarItem *item,
                         gint64             parent_id,
                         const char        *parent_name)
{
  const char *name = annals_sidebar_item_get_name (item);
  g_autofree char *message = NULL;

  /* Translators: two tags' names */
  message = parent_id != 0 ? g_strdup_printf (_("“%s” moved below “%s”"), name, parent_name)
                           : g_strdup_printf (_("“%s” moved to the top"), name);
  annals_desk_change (self->desk, self, _("Move tag"), message, move_in_writer,
                      tag_job_new (annals_sidebar_item_get_id (item), parent_id, NULL),
                      (GDestroyNotify) tag_job_free, NULL);
}

static gboolean
list_in_reader (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  TagJob *job = data;

  return (job->tags = annals_db_list_tags (db, error)) != NULL;
}

static void
move_choices_cb (gpointer      owner,
                 gpointer      data,
                 const GError *error)
{
  AnnalsSidebar *self = ANNALS_SIDEBAR (owner);
  AnnalsPickPopover *popover = ANNALS_PICK_POPOVER (self->move_popover);
  TagJob *job = data;
  g_autofree char *heading = NULL;

  if (error != NULL)
    {
      annals_desk_fail (self->desk, _("The tags could not be read"), error->message);
      return;
    }

  heading = g_strdup_printf (_("Move “%s” Below…"), job->name);
  annals_pick_popover_set_heading (popover, heading);
  annals_pick_popover_clear (popover);
  annals_tag_editor_add_parents (popover, job->tags, job->id);
  annals_pick_popover_popup (popover);
}

static void
move_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  AnnalsSidebar *self = ANNALS_SIDEBAR (widget);
  AnnalsSidebarItem *item = get_tag (self);

  if (item == NULL)
    return;

  annals_sidebar_point_at_menu_row (self, self->move_popover);
  annals_desk_read (self->desk, self, list_in_reader,
                    tag_job_new (annals_sidebar_item_get_id (item), 0, annals_sidebar_item_get_name (item)),
                    (GDestroyNotify) tag_job_free, NULL, move_choices_cb);
}

static void
move_picked_cb (AnnalsSidebar *self,
                gint64         id,
                const char    *name)
{
  if (get_tag (self) != NULL)
    annals_sidebar_move_tag (self, get_tag (self), id == ANNALS_TAG_EDITOR_TOP ? 0 : id, name);
}

/* --- merge --- */

static gboolean
merge_in_writer (AnnalsDb      *db,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  TagJob *job = data;

  return annals_db_merge_tags (db, job->id, job->other_id, error);
}

static gboolean
count_in_reader (AnnalsDb      *db,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  TagJob *job = data;

  return (job->tags = annals_db_list_tags (db, error)) != NULL &&
         (job->posts = annals_db_list_tagged (db, job->id, error)) != NULL &&
         (job->counts = annals_db_count_tags_on_posts (db, (const gint64 *) (gpointer) job->posts->data,
                                                       job->posts->len, cancellable, error)) != NULL;
}

static guint
count_both (TagJob *job,
            gint64  other)
{
  for (guint i = 0; i < job->counts->len; i++)
    if (g_array_index (job->counts, AnnalsTagCount, i).tag_id == other)
      return g_array_index (job->counts, AnnalsTagCount, i).n_posts;

  return 0;
}

/* “ferries” goes: 12 posts and 3 notes get “ships”, 2 posts have it already, 1 tag moves below it. */
static char *
dup_merge_remark (TagJob          *job,
                  const AnnalsTag *from,
                  guint            n_children,
                  const AnnalsTag *into)
{
  guint n_both = count_both (job, into->id);
  guint n_posts = job->posts->len - n_both;
  GString *remark = g_string_new (NULL);

  g_string_append_printf (remark, ngettext ("%'u post gets “%s”.", "%'u posts get “%s”.", n_posts), n_posts,
                          into->name);
  if (n_both > 0)
    {
      g_string_append_c (remark, ' ');
      g_string_append_printf (remark, ngettext ("%'u has both.", "%'u have both.", n_both), n_both);
    }
  if (from->n_annotations > 0)
    {
      g_string_append_c (remark, ' ');
      g_string_append_printf (remark, ngettext ("%'u note follows.", "%'u notes follow.", from->n_annotations),
                              from->n_annotations);
    }
  if (n_children > 0)
    {
      g_string_append_c (remark, ' ');
      g_string_append_printf (remark, ngettext ("%'u tag moves below it.", "%'u tags move below it.", n_children),
                              n_children);
    }

  return g_string_free (remark, FALSE);
}

static void
add_merge_choices (AnnalsPickPopover *popover,
                   TagJob            *job)
{
  const AnnalsTag *from = NULL;
  guint n_children = 0;

  for (guint i = 0; i < job->tags->len; i++)
    {
      const AnnalsTag *tag = job->tags->pdata[i];

      if (tag->id == job->id)
        from = tag;
      n_children += tag->parent_id == job->id;
    }

  for (guint i = 0; from != NULL && i < job->tags->len; i++)
    {
      const AnnalsTag *into = job->tags->pdata[i];
      g_autofree char *remark = NULL;

      if (into == from)
        continue;

      remark = dup_merge_remark (job, from, n_children - (into->parent_id == from->id), into);
      annals_pick_popover_add (popover, &(AnnalsPickChoice) {
        .id = into->id, .name = into->name, .colour = into->colour, .depth = into->depth, .remark = remark,
        .aliases = (const char * const *) into->synonyms });
    }
}

static void
merge_choices_cb (gpointer      owner,
                  gpointer      data,
                  const GError *error)
{
  AnnalsSidebar *self = ANNALS_SIDEBAR (owner);
  AnnalsPickPopover *popover = ANNALS_PICK_POPOVER (self->merge_popover);
  TagJob *job = data;
  g_autofree char *heading = NULL;

  if (error != NULL)
    {
      annals_desk_fail (self->desk, _("The tags could not be read"), error->message);
      return;
    }

  heading = g_strdup_printf (_("Merge “%s” Into…"), job->name);
  annals_pick_popover_set_heading (popover, heading);
  annals_pick_popover_clear (popover);
  add_merge_choices (popover, job);
  annals_pick_popover_popup (popover);
}

static void
merge_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  AnnalsSidebar *self = ANNALS_SIDEBAR (widget);
  AnnalsSidebarItem *item = get_tag (self);

  if (item == NULL)
    return;

  annals_sidebar_point_at_menu_row (self, self->merge_popover);
  annals_desk_read (self->desk, self, count_in_reader,
                    tag_job_new (annals_sidebar_item_get_id (item), 0, annals_sidebar_item_get_name (item)),
                    (GDestroyNotify) tag_job_free, NULL, merge_choices_cb);
}

static void
merge_picked_cb (AnnalsSidebar *self,
                 gint64         id,
                 const char    *name)
{
  AnnalsSidebarItem *item = get_tag (self);
  g_autofree char *message = NULL;

  if (item == NULL)
    return;

  /* Translators: two tags' names */
  message = g_strdup_printf (_("“%s” merged into “%s”"), annals_sidebar_item_get_name (item), name);
  annals_desk_change (self->desk, self, _("Merge tags"), message, merge_in_writer,
                      tag_job_new (annals_sidebar_item_get_id (item), id, NULL),
                      (GDestroyNotify) tag_job_free, NULL);
}

/* --- rules --- */

typedef struct
{
  gint64            id;
  AnnalsTag        *tag;
  AnnalsTagRuleFit  fit;
  GPtrArray        *posts;   /* the first of those that lack it */
} RuleJob;

static void
rule_job_free (RuleJob *self)
{
  g_clear_pointer (&self->tag, annals_tag_free);
  annals_tag_rule_fit_clear (&self->fit);
  g_clear_pointer (&self->posts, g_ptr_array_unref);
  g_free (self);
}

static gboolean
fit_in_reader (AnnalsDb      *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  RuleJob *job = data;

  return (job->tag = annals_db_load_tag (db, job->id, error)) != NULL &&
         annals_db_fit_tag_rule (db, job->id, job->tag->rule, &job->fit, error) &&
         (job->posts = annals_db_load_posts (db, (const gint64 *) (gpointer) job->fit.lacking->data,
                                             MIN (job->fit.lacking->len, MAX_TITLES), error)) != NULL;
}

static gboolean
apply_in_writer (AnnalsDb      *db,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  RuleJob *job = data;

  return annals_db_tag_posts (db, job->id, (const gint64 *) (gpointer) job->fit.lacking->data,
                              job->fit.lacking->len, error) &&
         annals_db_set_tag_rule_seen (db, job->id, error);
}

typedef struct
{
  AnnalsSidebar *sidebar;
  RuleJob       *job;
} Asking;

static void
apply_answered_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autofree Asking *asking = user_data;
  g_autoptr(AnnalsSidebar) self = asking->sidebar;
  RuleJob *job = asking->job;
  guint n = job->fit.lacking->len;
  g_autofree char *label = NULL;
  g_autofree char *message = NULL;

  if (!annals_ask_finish (result, NULL))
    {
      rule_job_free (job);
      return;
    }

  label = g_strdup_printf (ngettext ("Tag %u post", "Tag %u posts", n), n);
  message = g_strdup_printf (ngettext ("“%s” added to %u post", "“%s” added to %u posts", n), job->tag->name, n);
  annals_desk_change (self->desk, self, label, message, apply_in_writer, job, (GDestroyNotify) rule_job_free,
                      NULL);
}

char *
annals_sidebar_dup_titles (GPtrArray *posts,
                           guint      n_all)
{
  GString *titles = g_string_new (NULL);

  for (guint i = 0; i < posts->len; i++)
    {
      const AnnalsPost *post = posts->pdata[i];

      g_string_append_printf (titles, "%s• %s", i > 0 ? "\n" : "", *post->title != '\0' ? post->title : _("Untitled"));
    }
  if (n_all > posts->len)
    {
      guint n_more = n_all - posts->len;

      g_string_append_c (titles, '\n');
      g_string_append_printf (titles, ngettext ("and %'u more", "and %'u more", n_more), n_more);
    }

  return g_string_free (titles, FALSE);
}

static void
fit_cb (gpointer      owner,
        gpointer      data,
        const GError *error)
{
  AnnalsSidebar *self = ANNALS_SIDEBAR (owner);
  RuleJob *job = data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *heading = NULL;
  g_autofree char *body = NULL;
  g_autofree char *titles = NULL;
  g_autofree char *action = NULL;
  Asking *asking;
  guint n;

  if (error != NULL)
    {
      annals_desk_fail (self->desk, _("The rule could not be applied"), error->message);
      return;
    }

  n = job->fit.lacking->len;
  if (n == 0 || !GTK_IS_WINDOW (root))
    {
      annals_desk_toast (self->desk, _("All posts that fit the rule have the tag"), FALSE);
      return;
    }

  titles = annals_sidebar_dup_titles (job->posts, n);
  heading = g_strdup_printf (ngettext ("Tag %'u post “%s”?", "Tag %'u posts “%s”?", n), n, job->tag->name);
  body = g_strdup_printf (ngettext ("It fits the rule “%s”:\n\n%s", "They fit the rule “%s”:\n\n%s", n),
                          job->tag->rule, titles);
  action = g_strdup_printf (ngettext ("_Tag %'u Post", "_Tag %'u Posts", n), n);
  asking = g_new0 (Asking, 1);
  asking->sidebar = g_object_ref (self);
  asking->job = g_memdup2 (job, sizeof *job);
  *job = (RuleJob) { 0 };   /* the question has what was found */
  annals_ask_async (GTK_WINDOW (root), heading, body, action, FALSE, apply_answered_cb, asking);
}

static void
ask_rule (AnnalsSidebar *self,
          gint64         id)
{
  RuleJob *job = g_new0 (RuleJob, 1);

  job->id = id;
  annals_desk_read (self->desk, self, fit_in_reader, job, (GDestroyNotify) rule_job_free, NULL, fit_cb);
}

static void
apply_rule_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  AnnalsSidebar *self = ANNALS_SIDEBAR (widget);

  if (parameter != NULL)
    ask_rule (self, g_variant_get_int64 (parameter));
  else if (get_tag (self) != NULL)
    ask_rule (self, annals_sidebar_item_get_id (get_tag (self)));
}

static gboolean
put_off_in_writer (AnnalsDb      *db,
                   gpointer       data,
                   GCancellable  *cancellable,
                   GError       **error)
{
  RuleJob *job = data;

  return annals_db_set_tag_rule_seen (db, job->id, error);
}

static void
put_off_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  AnnalsSidebar *self = ANNALS_SIDEBAR (widget);
  RuleJob *job;

  if (get_tag (self) == NULL)
    return;

  job = g_new0 (RuleJob, 1);
  job->id = annals_sidebar_item_get_id (get_tag (self));
  annals_desk_change (self->desk, self, NULL, NULL, put_off_in_writer, job, (GDestroyNotify) rule_job_free, NULL);
}

typedef struct
{
  GArray *due;
} DueJob;

static void
due_job_free (DueJob *self)
{
  g_clear_pointer (&self->due, g_array_unref);
  g_free (self);
}

static gboolean
list_due_in_reader (AnnalsDb      *db,
                    gpointer       data,
                    GCancellable  *cancellable,
                    GError       **error)
{
  DueJob *job = data;

  return (job->due = annals_db_list_due_tag_rules (db, error)) != NULL;
}

static guint
get_due (gint64   id,
         gpointer data)
{
  AnnalsSidebar *self = data;

  for (guint i = 0; self->due != NULL && i < self->due->len; i++)
    if (g_array_index (self->due, AnnalsTagCount, i).tag_id == id)
      return g_array_index (self->due, AnnalsTagCount, i).n_posts;

  return 0;
}

void
annals_sidebar_show_due (AnnalsSidebar *self)
{
  annals_sidebar_section_set_due (self->tags, get_due, self);
}

static void
due_listed_cb (gpointer      owner,
               gpointer      data,
               const GError *error)
{
  AnnalsSidebar *self = ANNALS_SIDEBAR (owner);
  DueJob *job = data;

  /* What cannot be read is said where the tags are read. */
  if (error != NULL)
    return;

  g_clear_pointer (&self->due, g_array_unref);
  self->due = g_array_ref (job->due);
  annals_sidebar_show_due (self);
}

void
annals_sidebar_look_for_due (AnnalsSidebar *self)
{
  annals_desk_read (self->desk, self, list_due_in_reader, g_new0 (DueJob, 1), (GDestroyNotify) due_job_free, NULL,
                    due_listed_cb);
}

/* --- edit --- */

static void
edit_tag_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  AnnalsSidebar *self = ANNALS_SIDEBAR (widget);
  GtkRoot *root = gtk_widget_get_root (widget);

  if (get_tag (self) != NULL && GTK_IS_WINDOW (root))
    annals_tag_editor_present (GTK_WINDOW (root), self->desk, annals_sidebar_item_get_id (get_tag (self)), 0);
}

static void
new_below_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  AnnalsSidebar *self = ANNALS_SIDEBAR (widget);
  GtkRoot *root = gtk_widget_get_root (widget);

  if (get_tag (self) != NULL && GTK_IS_WINDOW (root))
    annals_tag_editor_present (GTK_WINDOW (root), self->desk, 0, annals_sidebar_item_get_id (get_tag (self)));
}

void
annals_sidebar_install_tag_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "sidebar.edit-tag", NULL, edit_tag_action);
  gtk_widget_class_install_action (widget_class, "sidebar.new-below", NULL, new_below_action);
  gtk_widget_class_install_action (widget_class, "sidebar.move", NULL, move_action);
  gtk_widget_class_install_action (widget_class, "sidebar.merge", NULL, merge_action);
  gtk_widget_class_install_action (widget_class, "sidebar.apply-rule", NULL, apply_rule_action);
  gtk_widget_class_install_action (widget_class, "sidebar.apply-rule-of", "x", apply_rule_action);
  gtk_widget_class_install_action (widget_class, "sidebar.put-off-rule", NULL, put_off_action);
}

void
annals_sidebar_init_tag_popovers (AnnalsSidebar *self)
{
  self->move_popover = annals_pick_popover_new (_("Tags"), _("Find a tag"));
  self->merge_popover = annals_pick_popover_new (_("Tags"), _("Find a tag"));
  annals_pick_popover_set_create (ANNALS_PICK_POPOVER (self->move_popover), FALSE, NULL);
  annals_pick_popover_set_create (ANNALS_PICK_POPOVER (self->merge_popover), FALSE, NULL);
  gtk_widget_set_parent (self->move_popover, GTK_WIDGET (self));
  gtk_widget_set_parent (self->merge_popover, GTK_WIDGET (self));
  g_signal_connect_object (self->move_popover, "picked", G_CALLBACK (move_picked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->merge_popover, "picked", G_CALLBACK (merge_picked_cb), self, G_CONNECT_SWAPPED);
}
