/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-link-row.h"

#include <glib/gi18n.h>

#include "annals-links-section.h"
#include "annals-menu.h"
#include "annals-quick-item.h"

struct _AnnalsLinkRow
{
  GtkWidget  parent_instance;
  gint64     id;
  gboolean   outgoing;
  char      *name;          /* the target's, for assistive technology */
  GtkWidget *passage;
  GtkWidget *line;
  GtkWidget *relation;
  GtkWidget *target;        /* a button that leads there */
  GtkWidget *icon;
  GtkWidget *title;
  GtkWidget *remark;
  GtkWidget *menu_button;   /* (nullable): of a link */
  GtkWidget *note;
};

G_DEFINE_FINAL_TYPE (AnnalsLinkRow, annals_link_row, GTK_TYPE_WIDGET)

static GtkWidget *
make_menu (gint64 link_id)
{
  g_autoptr(GMenu) menu = g_menu_new ();
  GtkWidget *button = gtk_menu_button_new ();

  annals_menu_append (menu, _("_Edit Link…"), "links.edit", g_variant_new_int64 (link_id));
  annals_menu_append (menu, _("_Remove Link"), "links.remove", g_variant_new_int64 (link_id));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("Change Link"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Change Link"), -1);

  return button;
}

static GtkWidget *
make_caption (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_margin_start (label, 8);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_set_visible (label, FALSE);

  return label;
}

static GtkWidget *
make_part (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);

  return label;
}

static void
set_caption (GtkWidget  *label,
             const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_widget_set_visible (label, *text != '\0');
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

static void
show_target (AnnalsLinkRow     *self,
             const AnnalsNamed *named,
             const char        *before)
{
  g_autofree char *quoted = named->kind == ANNALS_RECORD_ANNOTATION ? g_strdup_printf (_("“%s”"), named->title) : NULL;
  const char *title = quoted != NULL ? quoted : *named->title != '\0' ? named->title : "…";
  g_autofree char *remark = dup_remark (named);
  g_autofree char *name = g_strdup_printf ("%s %s%s%s", before, title, *remark != '\0' ? ", " : "", remark);

  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), annals_record_get_icon (named->kind));
  gtk_label_set_text (GTK_LABEL (self->title), title);
  set_caption (self->remark, remark);
  gtk_widget_set_tooltip_text (self->target, title);
  if (g_strcmp0 (name, self->name) == 0)
    return;

  g_free (self->name);
  self->name = g_steal_pointer (&name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->target), GTK_ACCESSIBLE_PROPERTY_LABEL, self->name, -1);
}

static void
annals_link_row_dispose (GObject *object)
{
  AnnalsLinkRow *self = ANNALS_LINK_ROW (object);

  g_clear_pointer (&self->passage, gtk_widget_unparent);
  g_clear_pointer (&self->line, gtk_widget_unparent);
  g_clear_pointer (&self->note, gtk_widget_unparent);

  G_OBJECT_CLASS (annals_link_row_parent_class)->dispose (object);
}

static void
annals_link_row_finalize (GObject *object)
{
  g_free (ANNALS_LINK_ROW (object)->name);

  G_OBJECT_CLASS (annals_link_row_parent_class)->finalize (object);
}

static void
annals_link_row_class_init (AnnalsLinkRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = annals_link_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = annals_link_row_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
annals_link_row_init (AnnalsLinkRow *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);

  self->icon = gtk_image_new ();
  gtk_box_append (GTK_BOX (box), self->icon);
  self->title = make_part ();
  gtk_box_append (GTK_BOX (box), self->title);
  self->remark = make_part ();
  gtk_widget_add_css_class (self->remark, "dim-label");
  gtk_widget_add_css_class (self->remark, "caption");
  gtk_box_append (GTK_BOX (box), self->remark);
  self->target = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->target), box);
  gtk_widget_add_css_class (self->target, "flat");
  gtk_widget_add_css_class (self->target, "annals-link-target");
  gtk_widget_set_hexpand (self->target, TRUE);

  self->relation = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->relation, "annals-chip");
  gtk_widget_set_valign (self->relation, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->relation, FALSE);
  self->line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  gtk_box_append (GTK_BOX (self->line), self->relation);
  gtk_box_append (GTK_BOX (self->line), self->target);

  self->passage = make_caption ();
  self->note = make_caption ();
  gtk_widget_set_parent (self->passage, GTK_WIDGET (self));
  gtk_widget_set_parent (self->line, GTK_WIDGET (self));
  gtk_widget_set_parent (self->note, GTK_WIDGET (self));
}

static AnnalsLinkRow *
create (gint64      id,
        const char *action)
{
  AnnalsLinkRow *self = g_object_new (ANNALS_TYPE_LINK_ROW, NULL);

  self->id = id;
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->target), action);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self->target), g_variant_new_int64 (id));

  return self;
}

GtkWidget *
annals_link_row_new_link (gint64   id,
                          gboolean outgoing)
{
  AnnalsLinkRow *self = create (id, "links.open");

  self->outgoing = outgoing;
  gtk_widget_set_visible (self->relation, TRUE);
  self->menu_button = make_menu (id);
  gtk_box_append (GTK_BOX (self->line), self->menu_button);

  return GTK_WIDGET (self);
}

GtkWidget *
annals_link_row_new_mention (gint64 memo_id)
{
  return GTK_WIDGET (create (memo_id, "links.open-memo"));
}

gboolean
annals_link_row_is (AnnalsLinkRow *self,
                    gint64         id,
                    gboolean       outgoing)
{
  g_return_val_if_fail (ANNALS_IS_LINK_ROW (self), FALSE);

  return self->id == id && self->outgoing == outgoing;
}

void
annals_link_row_show_link (AnnalsLinkRow    *self,
                           const AnnalsLink *link,
                           const char       *passage)
{
  /* Translators: a passage of the post that is read, before what it is linked with */
  g_autofree char *quoted = passage != NULL ? g_strdup_printf (_("“%s”"), passage) : g_strdup ("");
  const char *relation;

  g_return_if_fail (ANNALS_IS_LINK_ROW (self));
  g_return_if_fail (link != NULL);

  relation = annals_relation_get_label (link->relation, link->outgoing);
  set_caption (self->passage, quoted);
  gtk_label_set_text (GTK_LABEL (self->relation), relation);
  show_target (self, annals_link_get_other (link), relation);
  set_caption (self->note, link->note);
}

void
annals_link_row_show_mention (AnnalsLinkRow     *self,
                              const AnnalsNamed *memo)
{
  g_return_if_fail (ANNALS_IS_LINK_ROW (self));
  g_return_if_fail (memo != NULL);

  show_target (self, memo, _("Mentioned in"));
}

gboolean
annals_link_row_has_keyboard (AnnalsLinkRow *self,
                              gboolean      *at_menu)
{
  GtkRoot *root;
  GtkWidget *focus;

  g_return_val_if_fail (ANNALS_IS_LINK_ROW (self), FALSE);

  root = gtk_widget_get_root (GTK_WIDGET (self));
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  *at_menu = focus != NULL && self->menu_button != NULL && gtk_widget_is_ancestor (focus, self->menu_button);

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self));
}

void
annals_link_row_take_keyboard (AnnalsLinkRow *self,
                               gboolean       at_menu)
{
  g_return_if_fail (ANNALS_IS_LINK_ROW (self));

  gtk_widget_grab_focus (at_menu && self->menu_button != NULL ? self->menu_button : self->target);
}
