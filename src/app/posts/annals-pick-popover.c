/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-pick-popover.h"

#include <glib/gi18n.h>

#include "annals-announce.h"
#include "annals-colour-dot.h"
#include "annals-lists.h"
#include "annals-tags.h"

/* pixels that a choice stands to the right of the one it belongs to */
#define INDENT 14

struct _AnnalsPickPopover
{
  GtkPopover  parent_instance;
  GtkLabel   *heading;
  GtkWidget  *entry;
  GtkWidget  *list;
  GtkLabel   *remark;
  GtkWidget  *create_row;
  GtkLabel   *create_label;
  char       *create_remark;
  gboolean    can_create;
  char       *typed;       /* as names are compared with it */
  GtkWidget  *focus;       /* (unowned) (nullable): where the keyboard was before */
};

enum
{
  PICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AnnalsPickPopover, annals_pick_popover, GTK_TYPE_POPOVER)

static GQuark
choice_quark (void)
{
  return g_quark_from_static_string ("annals-choice");
}

typedef struct
{
  gint64         id;
  guint          place;      /* in the order in which they were added */
  char          *name;
  char          *remark;
  char         **aliases;
  guint          depth;
  GtkWidget     *box;
  GtkLabel      *alias;      /* the other name by which it was found */
  int            fit;        /* with what is typed: even for the name, odd for an alias */
} Choice;

static void
choice_free (Choice *self)
{
  g_free (self->name);
  g_free (self->remark);
  g_strfreev (self->aliases);
  g_free (self);
}

static Choice *
get_choice (GtkWidget *row)
{
  return g_object_get_qdata (G_OBJECT (row), choice_quark ());
}

static char *
dup_typed (AnnalsPickPopover *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
}

/* Whether one of the choices has the very name, or has it as an alias. */
static gboolean
is_known (AnnalsPickPopover *self,
          const char        *name)
{
  g_autofree char *folded = annals_tag_fold (name);

  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      Choice *choice = get_choice (row);
      g_autofree char *other = choice != NULL ? annals_tag_fold (choice->name) : NULL;

      if (choice == NULL)
        continue;

      if (g_str_equal (other, folded))
        return TRUE;

      for (guint i = 0; choice->aliases != NULL && choice->aliases[i] != NULL; i++)
        {
          g_autofree char *alias = annals_tag_fold (choice->aliases[i]);

          if (g_str_equal (alias, folded))
            return TRUE;
        }
    }

  return FALSE;
}

static gboolean
filter_cb (GtkListBoxRow *row,
           gpointer       user_data)
{
  AnnalsPickPopover *self = user_data;
  Choice *choice = get_choice (GTK_WIDGET (row));
  g_autofree char *typed = NULL;

  if (choice != NULL)
    return choice->fit < ANNALS_NAME_FIT_NONE * 2;

  /* the row that makes a new one */
  typed = dup_typed (self);
  return self->can_create && *typed != '\0' && !is_known (self, typed);
}

static int
sort_cb (GtkListBoxRow *a,
         GtkListBoxRow *b,
         gpointer       user_data)
{
  Choice *x = get_choice (GTK_WIDGET (a));
  Choice *y = get_choice (GTK_WIDGET (b));

  if (x == NULL || y == NULL)
    return (x == NULL) - (y == NULL);   /* a new one is last */

  return x->fit != y->fit ? x->fit - y->fit : (x->place > y->place) - (x->place < y->place);
}

/* What Enter takes: the choice of exactly that name, else a new one, else the first that fits. */
static GtkWidget *
get_best (AnnalsPickPopover *self)
{
  GtkWidget *first = NULL;

  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      if (!gtk_widget_get_child_visible (row))
        continue;
      if (first == NULL || row == self->create_row)
        first = row;
    }

  return first;
}

static void
show_remark_of (AnnalsPickPopover *self,
                GtkWidget         *row)
{
  Choice *choice = row != NULL ? get_choice (row) : NULL;
  const char *remark = choice != NULL ? choice->remark : row != NULL ? self->create_remark : NULL;

  gtk_label_set_text (self->remark, remark != NULL ? remark : "");
  gtk_widget_set_visible (GTK_WIDGET (self->remark), remark != NULL);
}

static void
show_best (AnnalsPickPopover *self)
{
  g_autofree char *typed = dup_typed (self);

  /* With nothing typed none is better than another. */
  show_remark_of (self, *typed != '\0' ? get_best (self) : NULL);
}

static void
measure_choice (AnnalsPickPopover *self,
                Choice            *choice)
{
  const char *alias = NULL;

  choice->fit = annals_name_fit (choice->name, self->typed) * 2;
  for (guint i = 0; choice->aliases != NULL && choice->aliases[i] != NULL && *self->typed != '\0'; i++)
    {
      int fit = annals_name_fit (choice->aliases[i], self->typed) * 2 + 1;

      if (fit < choice->fit)
        {
          choice->fit = fit;
          alias = choice->aliases[i];
        }
    }

  gtk_widget_set_margin_start (choice->box, *self->typed == '\0' ? choice->depth * INDENT : 0);
  gtk_label_set_text (choice->alias, alias != NULL ? alias : "");
  gtk_widget_set_visible (GTK_WIDGET (choice->alias), alias != NULL);
}

static void
typed_cb (AnnalsPickPopover *self)
{
  g_autofree char *typed = dup_typed (self);
  /* Translators: a button that makes the tag or timeline whose name was typed */
  g_autofree char *label = g_strdup_printf (_("Create “%s”"), typed);

  g_free (self->typed);
  self->typed = annals_name_simplify (typed);
  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (get_choice (row) != NULL)
      measure_choice (self, get_choice (row));

  gtk_label_set_text (self->create_label, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->create_row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  gtk_list_box_invalidate_sort (GTK_LIST_BOX (self->list));
  gtk_list_box_invalidate_filter (GTK_LIST_BOX (self->list));
  show_best (self);
}

static void
row_activated_cb (AnnalsPickPopover *self,
                  GtkListBoxRow     *row)
{
  Choice *choice = get_choice (GTK_WIDGET (row));
  g_autofree char *name = choice != NULL ? g_strdup (choice->name) : dup_typed (self);
  gint64 id = choice != NULL ? choice->id : 0;

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[PICKED], 0, id, name);
}

static void
entry_activate_cb (AnnalsPickPopover *self)
{
  GtkWidget *best = get_best (self);

  if (best != NULL)
    row_activated_cb (self, GTK_LIST_BOX_ROW (best));
}

/* Down leads from the entry into the list, Up out of it again. */
static gboolean
entry_key_cb (AnnalsPickPopover *self,
              guint              key,
              guint              code,
              GdkModifierType    modifiers)
{
  if (key != GDK_KEY_Down && key != GDK_KEY_KP_Down)
    return GDK_EVENT_PROPAGATE;

  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (gtk_widget_get_child_visible (row))
      return gtk_widget_grab_focus (row);

  return GDK_EVENT_STOP;
}

static gboolean
keynav_failed_cb (AnnalsPickPopover *self,
                  GtkDirectionType   direction)
{
  return direction == GTK_DIR_UP && gtk_widget_grab_focus (self->entry);
}

/* The keyboard came to a choice. */
static void
focused_cb (GtkEventController *focus,
            gpointer            user_data)
{
  show_remark_of (user_data, gtk_event_controller_get_widget (focus));
}

static void
left_cb (GtkEventController *focus,
         gpointer            user_data)
{
  show_best (user_data);
}

/* The pointer is over a choice. */
static void
entered_cb (GtkEventController *motion,
            double              x,
            double              y,
            gpointer            user_data)
{
  show_remark_of (user_data, gtk_event_controller_get_widget (motion));
}

static void
shown_cb (AnnalsPickPopover *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  typed_cb (self);
  gtk_widget_grab_focus (self->entry);
}

/* GTK would go on to whatever comes next. */
static void
closed_cb (AnnalsPickPopover *self)
{
  GtkWidget *focus = self->focus;

  g_clear_weak_pointer (&self->focus);
  if (focus == NULL || !gtk_widget_get_mapped (focus) || !gtk_widget_grab_focus (focus))
    gtk_widget_child_focus (gtk_widget_get_parent (GTK_WIDGET (self)), GTK_DIR_TAB_FORWARD);
}

static void
add_create_row (AnnalsPickPopover *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 28);
  self->create_label = GTK_LABEL (label);
  self->create_row = gtk_list_box_row_new ();
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self->create_row), label);
  gtk_list_box_append (GTK_LIST_BOX (self->list), self->create_row);
}

static void
annals_pick_popover_dispose (GObject *object)
{
  AnnalsPickPopover *self = ANNALS_PICK_POPOVER (object);

  g_clear_weak_pointer (&self->focus);

  G_OBJECT_CLASS (annals_pick_popover_parent_class)->dispose (object);
}

static void
annals_pick_popover_finalize (GObject *object)
{
  AnnalsPickPopover *self = ANNALS_PICK_POPOVER (object);

  g_clear_pointer (&self->typed, g_free);
  g_clear_pointer (&self->create_remark, g_free);

  G_OBJECT_CLASS (annals_pick_popover_parent_class)->finalize (object);
}

static void
annals_pick_popover_class_init (AnnalsPickPopoverClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = annals_pick_popover_dispose;
  G_OBJECT_CLASS (klass)->finalize = annals_pick_popover_finalize;

  signals[PICKED] = g_signal_new ("picked", ANNALS_TYPE_PICK_POPOVER, G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_STRING);
}

static GtkWidget *
create_list (AnnalsPickPopover *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "navigation-sidebar");
  gtk_list_box_set_filter_func (GTK_LIST_BOX (self->list), filter_cb, self, NULL);
  gtk_list_box_set_sort_func (GTK_LIST_BOX (self->list), sort_cb, self, NULL);
  annals_list_leave_by_tab (self->list);
  add_create_row (self);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 280);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);

  return scroller;
}

static GtkLabel *
create_line (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 34);
  gtk_widget_add_css_class (label, css_class);
  gtk_widget_set_visible (label, FALSE);

  return GTK_LABEL (label);
}

static void
annals_pick_popover_init (AnnalsPickPopover *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->can_create = TRUE;
  self->typed = g_strdup ("");
  self->heading = create_line ("heading");
  self->remark = create_line ("caption");
  self->entry = gtk_entry_new ();
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->heading));
  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), create_list (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->remark));
  gtk_widget_set_size_request (box, 260, -1);
  gtk_popover_set_child (GTK_POPOVER (self), box);

  g_signal_connect_object (self->entry, "changed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (entry_activate_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  /* Before the entry, which takes the key for itself. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (entry_key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->entry, keys);
  g_signal_connect_object (self->list, "keynav-failed", G_CALLBACK (keynav_failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "show", G_CALLBACK (shown_cb), NULL);
  g_signal_connect (self, "closed", G_CALLBACK (closed_cb), NULL);
}

GtkWidget *
annals_pick_popover_new (const char *label,
                         const char *placeholder)
{
  AnnalsPickPopover *self = g_object_new (ANNALS_TYPE_PICK_POPOVER, NULL);

  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), placeholder);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, placeholder, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);

  return GTK_WIDGET (self);
}

void
annals_pick_popover_popup (AnnalsPickPopover *self)
{
  GtkRoot *root;

  g_return_if_fail (ANNALS_IS_PICK_POPOVER (self));

  root = gtk_widget_get_root (GTK_WIDGET (self));
  if (root != NULL)
    g_set_weak_pointer (&self->focus, gtk_root_get_focus (root));
  gtk_popover_popup (GTK_POPOVER (self));
}

void
annals_pick_popover_set_heading (AnnalsPickPopover *self,
                                 const char        *heading)
{
  g_return_if_fail (ANNALS_IS_PICK_POPOVER (self));

  gtk_label_set_text (self->heading, heading != NULL ? heading : "");
  gtk_widget_set_visible (GTK_WIDGET (self->heading), heading != NULL);
  if (heading != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, heading, -1);
}

void
annals_pick_popover_set_create (AnnalsPickPopover *self,
                                gboolean           create,
                                const char        *remark)
{
  g_return_if_fail (ANNALS_IS_PICK_POPOVER (self));

  self->can_create = create;
  g_free (self->create_remark);
  self->create_remark = g_strdup (remark);
  typed_cb (self);
}

void
annals_pick_popover_clear (AnnalsPickPopover *self)
{
  GtkWidget *row, *next;

  g_return_if_fail (ANNALS_IS_PICK_POPOVER (self));

  for (row = gtk_widget_get_first_child (self->list); row != NULL; row = next)
    {
      next = gtk_widget_get_next_sibling (row);
      if (row != self->create_row)
        gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
    }
}

static GtkWidget *
create_box (const AnnalsPickChoice *choice,
            GtkLabel              **alias)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *name = gtk_label_new (choice->name);
  GtkWidget *other = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (GTK_LABEL (other), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (other, "dim-label");
  gtk_widget_set_visible (other, FALSE);
  if (choice->colour != NULL)
    gtk_box_append (GTK_BOX (box), annals_colour_dot_new (choice->colour));
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), other);
  if (choice->detail != NULL)
    {
      GtkWidget *detail = gtk_label_new (choice->detail);

      gtk_widget_add_css_class (detail, "dim-label");
      gtk_widget_add_css_class (detail, "caption");
      gtk_widget_add_css_class (detail, "numeric");
      gtk_widget_set_hexpand (detail, TRUE);
      gtk_widget_set_halign (detail, GTK_ALIGN_END);
      gtk_box_append (GTK_BOX (box), detail);
    }
  *alias = GTK_LABEL (other);

  return box;
}

void
annals_pick_popover_add (AnnalsPickPopover      *self,
                         const AnnalsPickChoice *choice)
{
  GtkEventController *motion = NULL;
  GtkEventController *focus = NULL;
  GtkWidget *row;
  Choice *kept;
  g_autofree char *label = NULL;

  g_return_if_fail (ANNALS_IS_PICK_POPOVER (self));
  g_return_if_fail (choice != NULL && choice->name != NULL);

  row = gtk_list_box_row_new ();
  kept = g_new0 (Choice, 1);
  kept->id = choice->id;
  kept->place = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (self->create_row));
  kept->name = g_strdup (choice->name);
  kept->remark = g_strdup (choice->remark);
  kept->aliases = g_strdupv ((char **) choice->aliases);
  kept->depth = choice->depth;
  kept->box = create_box (choice, &kept->alias);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), kept->box);
  g_object_set_qdata_full (G_OBJECT (row), choice_quark (), kept, (GDestroyNotify) choice_free);
  measure_choice (self, kept);

  label = choice->detail != NULL ? g_strdup_printf ("%s, %s", choice->name, choice->detail)
                                 : g_strdup (choice->name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (choice->remark != NULL)
    annals_describe (row, choice->remark);
  motion = gtk_event_controller_motion_new ();
  g_signal_connect_object (motion, "enter", G_CALLBACK (entered_cb), self, 0);
  gtk_widget_add_controller (row, motion);
  focus = gtk_event_controller_focus_new ();
  g_signal_connect_object (focus, "enter", G_CALLBACK (focused_cb), self, 0);
  g_signal_connect_object (focus, "leave", G_CALLBACK (left_cb), self, 0);
  gtk_widget_add_controller (row, focus);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

void
annals_pick_popover_add_choice (AnnalsPickPopover *self,
                                gint64             id,
                                const char        *name,
                                const char        *colour)
{
  annals_pick_popover_add (self, &(AnnalsPickChoice) { .id = id, .name = name, .colour = colour });
}
