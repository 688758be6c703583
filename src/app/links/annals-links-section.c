/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-links-section.h"

#include <glib/gi18n.h>

#include "annals-link-dialog.h"
#include "annals-link-row.h"
#include "annals-memos.h"

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
  gint64        removing;    /* the link that is being removed here; 0: none */
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

/* Between the closing of a row's menu and the next frame the keyboard is at an item of the menu that is not to be seen
 * any more, and a moment later nowhere. */
static gboolean
has_keyboard (AnnalsLinksSection *self,
              AnnalsLinkRow      *row,
              gboolean           *at_menu)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (row));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && gtk_widget_get_mapped (focus))
    return annals_link_row_has_keyboard (row, at_menu);

  *at_menu = TRUE;
  return root != NULL && self->removing != 0 &&
         (annals_link_row_is (row, self->removing, TRUE) || annals_link_row_is (row, self->removing, FALSE));
}

/* The keyboard goes from a row that is removed to the same control of the one after it, else before it, else to what
 * stands before the section's rows. */
static void
remove_row (AnnalsLinksSection *self,
            GtkWidget          *group,
            GtkWidget          *row)
{
  gboolean at_menu;

  if (has_keyboard (self, ANNALS_LINK_ROW (row), &at_menu))
    {
      GtkWidget *next = gtk_widget_get_next_sibling (row);

      if (next == NULL)
        next = gtk_widget_get_prev_sibling (row);
      if (ANNALS_IS_LINK_ROW (next))   /* and no heading */
        {
          annals_link_row_take_keyboard (ANNALS_LINK_ROW (next), at_menu);
        }
      else
        {
          annals_link_row_take_keyboard (ANNALS_LINK_ROW (row), FALSE);
          g_signal_emit_by_name (gtk_widget_get_root (row), "move-focus", GTK_DIR_TAB_BACKWARD);
        }
    }

  gtk_box_remove (GTK_BOX (group), row);
}

/* (nullable) */
static GtkWidget *
find_row (GtkWidget *group,
          gint64     id,
          gboolean   outgoing)
{
  GtkWidget *row = gtk_widget_get_next_sibling (gtk_widget_get_first_child (group));

  while (row != NULL && !annals_link_row_is (ANNALS_LINK_ROW (row), id, outgoing))
    row = gtk_widget_get_next_sibling (row);

  return row;
}

static gboolean
is_link_shown (AnnalsLinksSection *self,
               AnnalsLinkRow      *row)
{
  for (guint i = 0; self->links != NULL && i < self->links->len; i++)
    {
      const AnnalsLink *link = self->links->pdata[i];

      if (annals_link_row_is (row, link->id, link->outgoing))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_memo_shown (AnnalsLinksSection *self,
               AnnalsLinkRow      *row)
{
  for (guint i = 0; self->memos != NULL && i < self->memos->len; i++)
    if (annals_link_row_is (row, ((const AnnalsNamed *) self->memos->pdata[i])->id, FALSE))
      return TRUE;

  return FALSE;
}

/* Rows of what is gone. */
static void
drop_rows (AnnalsLinksSection  *self,
           GtkWidget           *group,
           gboolean           (*is_shown) (AnnalsLinksSection *self,
                                           AnnalsLinkRow      *row))
{
  GtkWidget *next = gtk_widget_get_next_sibling (gtk_widget_get_first_child (group));

  while (next != NULL)
    {
      GtkWidget *row = next;

      next = gtk_widget_get_next_sibling (row);
      if (!is_shown (self, ANNALS_LINK_ROW (row)))
        remove_row (self, group, row);
    }
}

static void
place_row (GtkWidget  *group,
           GtkWidget  *row,
           GtkWidget **above)
{
  if (gtk_widget_get_parent (row) == NULL)
    gtk_box_append (GTK_BOX (group), row);
  gtk_box_reorder_child_after (GTK_BOX (group), row, *above);
  *above = row;
}

static void
show_link (AnnalsLinksSection  *self,
           const AnnalsLink    *link,
           GtkWidget          **above)
{
  const AnnalsNamed *here = link->outgoing ? link->from : link->to;
  GtkWidget *row = find_row (self->linked, link->id, link->outgoing);

  if (row == NULL)
    row = annals_link_row_new_link (link->id, link->outgoing);
  annals_link_row_show_link (ANNALS_LINK_ROW (row), link, here->kind != self->kind ? here->title : NULL);
  place_row (self->linked, row, above);
}

static void
show_mention (AnnalsLinksSection  *self,
              const AnnalsNamed   *memo,
              GtkWidget          **above)
{
  GtkWidget *row = find_row (self->mentions, memo->id, FALSE);

  if (row == NULL)
    row = annals_link_row_new_mention (memo->id);
  annals_link_row_show_mention (ANNALS_LINK_ROW (row), memo);
  place_row (self->mentions, row, above);
}

/* Rows of what is shown already stay, and the keyboard with them. */
static void
show_rows (AnnalsLinksSection *self)
{
  GtkWidget *above = gtk_widget_get_first_child (self->linked);

  drop_rows (self, self->linked, is_link_shown);
  drop_rows (self, self->mentions, is_memo_shown);
  for (guint i = 0; self->links != NULL && i < self->links->len; i++)
    show_link (self, self->links->pdata[i], &above);
  above = gtk_widget_get_first_child (self->mentions);
  for (guint i = 0; self->memos != NULL && i < self->memos->len; i++)
    show_mention (self, self->memos->pdata[i], &above);

  gtk_widget_set_visible (self->linked, self->links != NULL && self->links->len > 0);
  gtk_widget_set_visible (self->mentions, self->memos != NULL && self->memos->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self),
                          gtk_widget_get_visible (self->linked) || gtk_widget_get_visible (self->mentions));
}

/* --- reading --- */

/* (nullable) */
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
  if (self->removing != 0 && find_link (self, self->removing) == NULL)
    self->removing = 0;
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

  self->removing = id;
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
  clear_group (self->linked);
  clear_group (self->mentions);
  show_rows (self);
  load (self);
}
