/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-links-section.h"

#include <glib/gi18n.h>

#include "annals-link-dialog.h"
#include "annals-memos.h"
#include "annals-quick-item.h"

struct _AnnalsLinksSection
{
  GtkWidget     parent_instance;
  GtkWidget    *box;
  GtkWidget    *linked;      /* heading and rows */
  GtkWidget    *mentions;

  AnnalsDesk   *desk;
  AnnalsRecord  kind;
  gint64        id;
  GPtrArray    *links;       /* (element type AnnalsLink) those shown */
  GPtrArray    *memos;       /* (element type AnnalsNamed) */
  GCancellable *cancellable;
};

typedef enum
{
  PROP_DESK = 1,
} AnnalsLinksSectionProp;

static GParamSpec *properties[PROP_DESK + 1];

G_DEFINE_FINAL_TYPE (AnnalsLinksSection, annals_links_section, GTK_TYPE_WIDGET)

/* --- rows --- */

static GtkWidget *
make_group (const char *title)
{
  GtkWidget *group = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *heading = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "heading");
  gtk_widget_set_visible (group, FALSE);
  gtk_box_append (GTK_BOX (group), heading);

  return group;
}

static void
clear_group (GtkWidget *group)
{
  GtkWidget *heading = gtk_widget_get_first_child (group);
  GtkWidget *row;

  while ((row = gtk_widget_get_next_sibling (heading)) != NULL)
    gtk_box_remove (GTK_BOX (group), row);
}

const char *
annals_where_get_words (AnnalsWhere where)
{
  switch (where)
    {
    case ANNALS_WHERE_HERE:      return NULL;
    case ANNALS_WHERE_TRASH:     return _("in the trash");
    case ANNALS_WHERE_WITHDRAWN: return _("its import was undone");
    case ANNALS_WHERE_MISSING:   return _("no longer in the notebook");
    }

  return NULL;
}

/* What stands behind the title: the context, and where it has gone. */
static char *
dup_remark (const AnnalsNamed *named)
{
  const char *absence = annals_where_get_words (named->where);

  if (absence == NULL)
    return g_strdup (named->context);
  if (*named->context == '\0')
    return g_strdup (absence);

  return g_strdup_printf ("%s · %s", named->context, absence);
}

/* A button that leads there. */
static GtkWidget *
make_target (const AnnalsNamed *named,
             const char        *action,
             GVariant          *target,
             const char        *before)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *quoted = named->kind == ANNALS_RECORD_ANNOTATION ? g_strdup_printf (_("“%s”"), named->title) : NULL;
  const char *title = quoted != NULL ? quoted : *named->title != '\0' ? named->title : "…";
  g_autofree char *remark = dup_remark (named);
  g_autofree char *name = g_strdup_printf ("%s %s%s%s", before, title, *remark != '\0' ? ", " : "", remark);
  GtkWidget *label = gtk_label_new (title);
  GtkWidget *dim = gtk_label_new (remark);

  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (annals_record_get_icon (named->kind)));
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (box), label);
  gtk_label_set_ellipsize (GTK_LABEL (dim), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (dim), 0);
  gtk_widget_add_css_class (dim, "dim-label");
  gtk_widget_add_css_class (dim, "caption");
  gtk_widget_set_visible (dim, *remark != '\0');
  gtk_box_append (GTK_BOX (box), dim);

  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "annals-link-target");
  gtk_widget_set_hexpand (button, TRUE);
  gtk_widget_set_tooltip_text (button, title);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  return button;
}

static void
append_item (GMenu      *menu,
             const char *label,
             const char *action,
             gint64      id)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target_value (item, action, g_variant_new_int64 (id));
  g_menu_append_item (menu, item);
}

static GtkWidget *
make_menu (gint64 link_id)
{
  g_autoptr(GMenu) menu = g_menu_new ();
  GtkWidget *button = gtk_menu_button_new ();

  append_item (menu, _("_Edit Link…"), "links.edit", link_id);
  append_item (menu, _("_Remove Link"), "links.remove", link_id);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("Change Link"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Change Link"), -1);

  return button;
}

static GtkWidget *
make_caption (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_margin_start (label, 8);
  gtk_widget_add_css_class (label, "caption");

  return label;
}

static GtkWidget *
make_link_row (AnnalsLinksSection *self,
               const AnnalsLink   *link)
{
  const AnnalsNamed *here = link->outgoing ? link->from : link->to;
  const char *relation = annals_relation_get_label (link->relation, link->outgoing);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *word = gtk_label_new (relation);

  if (here->kind != self->kind)
    {
      /* Translators: a passage of the post that is read, before what it is linked with */
      g_autofree char *passage = g_strdup_printf (_("“%s”"), here->title);

      gtk_box_append (GTK_BOX (row), make_caption (passage));
    }

  gtk_widget_add_css_class (word, "annals-chip");
  gtk_widget_set_valign (word, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (line), word);
  gtk_box_append (GTK_BOX (line), make_target (annals_link_get_other (link), "links.open",
                                               g_variant_new_int64 (link->id), relation));
  gtk_box_append (GTK_BOX (line), make_menu (link->id));
  gtk_box_append (GTK_BOX (row), line);
  if (*link->note != '\0')
    gtk_box_append (GTK_BOX (row), make_caption (link->note));

  return row;
}

static void
show_rows (AnnalsLinksSection *self)
{
  clear_group (self->linked);
  clear_group (self->mentions);
  for (guint i = 0; self->links != NULL && i < self->links->len; i++)
    gtk_box_append (GTK_BOX (self->linked), make_link_row (self, self->links->pdata[i]));
  for (guint i = 0; self->memos != NULL && i < self->memos->len; i++)
    {
      const AnnalsNamed *memo = self->memos->pdata[i];

      gtk_box_append (GTK_BOX (self->mentions), make_target (memo, "links.open-memo", g_variant_new_int64 (memo->id),
                                                             _("Mentioned in")));
    }

  gtk_widget_set_visible (self->linked, self->links != NULL && self->links->len > 0);
  gtk_widget_set_visible (self->mentions, self->memos != NULL && self->memos->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self),
                          gtk_widget_get_visible (self->linked) || gtk_widget_get_visible (self->mentions));
}

/* --- reading --- */

typedef struct
{
  AnnalsRecord  kind;
  gint64        id;
  GCancellable *cancellable;
  GPtrArray    *links;   /* (out) */
  GPtrArray    *memos;   /* (out) */
} SectionJob;

static void
section_job_free (SectionJob *self)
{
  g_object_unref (self->cancellable);
  g_clear_pointer (&self->links, g_ptr_array_unref);
  g_clear_pointer (&self->memos, g_ptr_array_unref);
  g_free (self);
}

static gboolean
load_in_reader (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  SectionJob *job = data;
  g_autoptr(GPtrArray) of_notes = NULL;
  g_autofree char *uid = NULL;

  if (annals_link_takes (job->kind) && !(job->links = annals_db_list_links (db, job->kind, job->id, error)))
    return FALSE;

  if (job->kind == ANNALS_RECORD_POST)
    {
      if (!(of_notes = annals_db_list_links_of_notes (db, job->id, error)))
        return FALSE;
      g_ptr_array_extend_and_steal (job->links, g_steal_pointer (&of_notes));
    }

  return (job->memos = annals_db_list_mentions (db, job->kind, job->id, error)) != NULL;
}

static void
loaded_cb (gpointer      owner,
           gpointer      data,
           const GError *error)
{
  AnnalsLinksSection *self = ANNALS_LINKS_SECTION (owner);
  SectionJob *job = data;

  if (job->cancellable != self->cancellable)
    return;

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->links, g_ptr_array_unref);
  g_clear_pointer (&self->memos, g_ptr_array_unref);
  /* A record that is gone has nothing to show; who shows it says so. */
  if (error == NULL)
    {
      self->links = g_steal_pointer (&job->links);
      self->memos = g_steal_pointer (&job->memos);
    }
  show_rows (self);
}

static void
load (AnnalsLinksSection *self)
{
  SectionJob *job;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->desk == NULL || self->id == 0)
    return;

  self->cancellable = g_cancellable_new ();
  job = g_new0 (SectionJob, 1);
  job->kind = self->kind;
  job->id = self->id;
  job->cancellable = g_object_ref (self->cancellable);
  annals_desk_read (self->desk, self, load_in_reader, job, (GDestroyNotify) section_job_free, self->cancellable,
                    loaded_cb);
}

/* Names of what is linked may change with any record. */
static void
changed_cb (AnnalsLinksSection *self,
            AnnalsChanges      *changes)
{
  gboolean shows = (self->links != NULL && self->links->len > 0) || (self->memos != NULL && self->memos->len > 0);

  if (self->id == 0)
    return;

  if (annals_changes_touch (changes, ANNALS_RECORD_LINK) || annals_changes_touch (changes, ANNALS_RECORD_MEMO) ||
      (shows && (annals_changes_touch (changes, ANNALS_RECORD_POST) ||
                 annals_changes_touch (changes, ANNALS_RECORD_IMPORT) ||
                 annals_changes_touch (changes, ANNALS_RECORD_ANNOTATION) ||
                 annals_changes_touch (changes, ANNALS_RECORD_TIMELINE) ||
                 annals_changes_touch (changes, ANNALS_RECORD_EVENT))))
    load (self);
}

/* --- actions --- */

static const AnnalsLink *
find_link (AnnalsLinksSection *self,
           gint64              id)
{
  for (guint i = 0; self->links != NULL && i < self->links->len; i++)
    {
      const AnnalsLink *link = self->links->pdata[i];

      if (link->id == id)
        return link;
    }

  return NULL;
}

static void
open_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  AnnalsLinksSection *self = ANNALS_LINKS_SECTION (widget);
  const AnnalsLink *link = find_link (self, g_variant_get_int64 (parameter));
  const AnnalsNamed *other = link != NULL ? annals_link_get_other (link) : NULL;
  const char *absence = other != NULL ? annals_where_get_words (other->where) : NULL;

  if (absence != NULL)
    {
      /* Translators: why a link cannot be followed: “in the trash” */
      g_autofree char *message = g_strdup_printf (_("It cannot be shown: it is %s"), absence);

      annals_desk_toast (self->desk, other->where == ANNALS_WHERE_WITHDRAWN
                                       ? _("It cannot be shown: its import was undone") : message, FALSE);
    }
  else if (other != NULL)
    annals_desk_show_named (self->desk, other);
}

static void
open_memo_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  annals_desk_show_memo (ANNALS_LINKS_SECTION (widget)->desk, g_variant_get_int64 (parameter));
}

static void
edit_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  AnnalsLinksSection *self = ANNALS_LINKS_SECTION (widget);
  const AnnalsLink *link = find_link (self, g_variant_get_int64 (parameter));

  if (link != NULL)
    annals_link_edit (widget, self->desk, link);
}

static gboolean
remove_in_writer (AnnalsDb      *db,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  return annals_db_delete_link (db, *(gint64 *) data, error);
}

static void
remove_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  AnnalsLinksSection *self = ANNALS_LINKS_SECTION (widget);
  gint64 id = g_variant_get_int64 (parameter);

  annals_desk_change (self->desk, self, _("Remove link"), _("Link removed"), remove_in_writer,
                      g_memdup2 (&id, sizeof id), g_free, NULL);
}

/* --- the widget --- */

static void
set_desk (AnnalsLinksSection *self,
          AnnalsDesk         *desk)
{
  /* A section has one desk for its life: the window's. */
  g_return_if_fail (self->desk == NULL);

  if (!g_set_object (&self->desk, desk))
    return;

  g_signal_connect_object (desk, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  load (self);
}

static void
annals_links_section_dispose (GObject *object)
{
  AnnalsLinksSection *self = ANNALS_LINKS_SECTION (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (annals_links_section_parent_class)->dispose (object);
}

static void
annals_links_section_finalize (GObject *object)
{
  AnnalsLinksSection *self = ANNALS_LINKS_SECTION (object);

  g_clear_pointer (&self->links, g_ptr_array_unref);
  g_clear_pointer (&self->memos, g_ptr_array_unref);

  G_OBJECT_CLASS (annals_links_section_parent_class)->finalize (object);
}

static void
annals_links_section_get_property (GObject    *object,
                                   guint       prop_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  switch ((AnnalsLinksSectionProp) prop_id)
    {
    case PROP_DESK:
      g_value_set_object (value, ANNALS_LINKS_SECTION (object)->desk);
      break;
    }
}

static void
annals_links_section_set_property (GObject      *object,
                                   guint         prop_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  switch ((AnnalsLinksSectionProp) prop_id)
    {
    case PROP_DESK:
      set_desk (ANNALS_LINKS_SECTION (object), g_value_get_object (value));
      break;
    }
}

static void
annals_links_section_class_init (AnnalsLinksSectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = annals_links_section_dispose;
  object_class->finalize = annals_links_section_finalize;
  object_class->get_property = annals_links_section_get_property;
  object_class->set_property = annals_links_section_set_property;

  properties[PROP_DESK] =
    g_param_spec_object ("desk", NULL, NULL, ANNALS_TYPE_DESK, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "linkssection");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_install_action (widget_class, "links.open", "x", open_action);
  gtk_widget_class_install_action (widget_class, "links.open-memo", "x", open_memo_action);
  gtk_widget_class_install_action (widget_class, "links.edit", "x", edit_action);
  gtk_widget_class_install_action (widget_class, "links.remove", "x", remove_action);
}

static void
annals_links_section_init (AnnalsLinksSection *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  self->linked = make_group (_("Linked"));
  self->mentions = make_group (_("Mentioned in"));
  gtk_box_append (GTK_BOX (self->box), self->linked);
  gtk_box_append (GTK_BOX (self->box), self->mentions);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Links"), -1);
}

GtkWidget *
annals_links_section_new (void)
{
  return g_object_new (ANNALS_TYPE_LINKS_SECTION, NULL);
}

void
annals_links_section_show (AnnalsLinksSection *self,
                           AnnalsRecord        kind,
                           gint64              id)
{
  g_return_if_fail (ANNALS_IS_LINKS_SECTION (self));

  if (self->kind == kind && self->id == id)
    return;

  self->kind = kind;
  self->id = id;
  g_clear_pointer (&self->links, g_ptr_array_unref);
  g_clear_pointer (&self->memos, g_ptr_array_unref);
  show_rows (self);
  load (self);
}
