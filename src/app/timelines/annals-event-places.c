/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-event-places.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "annals-chip.h"
#include "annals-keyboard-place.h"
#include "annals-pick-popover.h"
#include "annals-tags.h"
#include "annals-wrap-layout.h"

struct _AnnalsEventPlaces
{
  GtkWidget   parent_instance;
  AnnalsDesk *desk;
  gboolean    timelines;     /* else tags */
  gint64      event_id;
  gint64      timeline_id;
  GArray     *others;        /* gint64 ids of the timelines that the chips name */
  GPtrArray  *titles;        /* parallel: their titles */
  char      **tags;

  GtkWidget  *add_button;
  GtkWidget  *popover;
};

typedef enum
{
  PROP_TIMELINES = 1,
} AnnalsEventPlacesProp;

static GParamSpec *properties[PROP_TIMELINES + 1];

G_DEFINE_FINAL_TYPE (AnnalsEventPlaces, annals_event_places, GTK_TYPE_WIDGET)

/* --- changes --- */

typedef struct
{
  gint64  event_id;
  gint64  id;        /* of a tag or a timeline; 0: the tag called name */
  char   *name;
} Change;

static void
change_free (Change *self)
{
  g_free (self->name);
  g_free (self);
}

static gboolean
tag_in_writer (AnnalsDb      *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  Change *change = data;

  return (change->id != 0 || annals_db_ensure_tag (db, change->name, &change->id, error)) &&
         annals_db_tag_event (db, change->id, change->event_id, error);
}

static gboolean
untag_in_writer (AnnalsDb      *db,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  Change *change = data;

  return annals_db_find_tag (db, change->name, &change->id, error) &&
         annals_db_untag_event (db, change->id, change->event_id, error);
}

static gboolean
join_in_writer (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  Change *change = data;

  return (change->id != 0 ||
          annals_db_add_timeline (db, change->name, "", NULL, "", &change->id, error)) &&
         annals_db_set_event_lane (db, change->event_id, change->id, 0, error);
}

static gboolean
leave_in_writer (AnnalsDb      *db,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  Change *change = data;

  return annals_db_remove_event (db, change->event_id, change->id, error);
}

static void
commit (AnnalsEventPlaces *self,
        const char        *label,
        const char        *message,
        AnnalsDbFunc       func,
        gint64             id,
        const char        *name)
{
  Change *change = g_new0 (Change, 1);

  change->event_id = self->event_id;
  change->id = id;
  change->name = g_strdup (name);
  annals_desk_change (self->desk, self, label, message, func, change, (GDestroyNotify) change_free, NULL);
}

static void
picked_cb (AnnalsEventPlaces *self,
           gint64             id,
           const char        *name)
{
  if (self->timelines)
    commit (self, _("Add event to timeline"), _("Event added to the timeline"), join_in_writer, id, name);
  else
    commit (self, _("Tag event"), NULL, tag_in_writer, id, name);
}

static void
untag_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  commit (ANNALS_EVENT_PLACES (widget), _("Remove tag from event"), _("Tag removed"), untag_in_writer, 0,
          g_variant_get_string (parameter, NULL));
}

static void
leave_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  commit (ANNALS_EVENT_PLACES (widget), _("Remove event from timeline"), _("Event removed from the timeline"),
          leave_in_writer, g_variant_get_int64 (parameter), NULL);
}

/* --- choosing --- */

typedef struct
{
  gboolean   timelines;
  GPtrArray *found;   /* AnnalsTimeline or AnnalsTag */
} Choices;

static void
choices_free (Choices *self)
{
  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_free (self);
}

static gboolean
list_in_reader (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  Choices *choices = data;

  choices->found = choices->timelines ? annals_db_list_timelines (db, error) : annals_db_list_tags (db, error);

  return choices->found != NULL;
}

static gboolean
is_in (AnnalsEventPlaces *self,
       gint64             timeline_id)
{
  for (guint i = 0; i < self->others->len; i++)
    if (g_array_index (self->others, gint64, i) == timeline_id)
      return TRUE;

  return timeline_id == self->timeline_id;
}

static void
add_timeline (AnnalsEventPlaces    *self,
              const AnnalsTimeline *timeline)
{
  if (!is_in (self, timeline->id))
    annals_pick_popover_add_choice (ANNALS_PICK_POPOVER (self->popover), timeline->id, timeline->title,
                                    timeline->colour);
}

static void
add_tag (AnnalsEventPlaces *self,
         const AnnalsTag   *tag)
{
  if (!g_strv_contains ((const char * const *) self->tags, tag->name))
    annals_pick_popover_add (ANNALS_PICK_POPOVER (self->popover), &(AnnalsPickChoice) {
      .id = tag->id, .name = tag->name, .colour = tag->colour, .depth = tag->depth,
      .aliases = (const char * const *) tag->synonyms });
}

static void
listed_cb (gpointer      owner,
           gpointer      data,
           const GError *error)
{
  AnnalsEventPlaces *self = ANNALS_EVENT_PLACES (owner);
  Choices *choices = data;

  if (error != NULL)
    {
      annals_desk_fail (self->desk, self->timelines ? _("The timelines could not be read")
                                                    : _("The tags could not be read"), error->message);
      return;
    }

  annals_pick_popover_clear (ANNALS_PICK_POPOVER (self->popover));
  for (guint i = 0; i < choices->found->len; i++)
    if (self->timelines)
      add_timeline (self, choices->found->pdata[i]);
    else
      add_tag (self, choices->found->pdata[i]);
  annals_pick_popover_popup (ANNALS_PICK_POPOVER (self->popover));
}

static void
add_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  AnnalsEventPlaces *self = ANNALS_EVENT_PLACES (widget);
  Choices *choices = g_new0 (Choices, 1);

  choices->timelines = self->timelines;
  annals_desk_read (self->desk, self, list_in_reader, choices, (GDestroyNotify) choices_free, NULL, listed_cb);
}

/* --- the chips --- */

static void
remove_chips (AnnalsEventPlaces *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != self->add_button)
    gtk_widget_unparent (child);
}

static void
add_chip (AnnalsEventPlaces *self,
          const char        *label,
          const char        *removal,
          const char        *action,
          GVariant          *target)
{
  GtkWidget *chip = annals_chip_new (label, NULL);

  annals_chip_set_removal (ANNALS_CHIP (chip), removal, action, target);
  gtk_widget_insert_before (chip, GTK_WIDGET (self), self->add_button);
}

static void
show_timelines (AnnalsEventPlaces *self,
                const AnnalsEvent *event)
{
  g_array_set_size (self->others, 0);
  g_ptr_array_set_size (self->titles, 0);
  for (guint i = 0; i < event->others->len; i++)
    {
      const AnnalsEventTimeline *other = g_ptr_array_index (event->others, i);
      g_autofree char *removal = g_strdup_printf (_("Remove from Timeline “%s”"), other->title);

      g_array_append_val (self->others, other->id);
      g_ptr_array_add (self->titles, g_strdup (other->title));
      add_chip (self, other->title, removal, "places.leave", g_variant_new_int64 (other->id));
    }
}

static void
show_tags (AnnalsEventPlaces *self,
           const AnnalsEvent *event)
{
  g_strfreev (self->tags);
  self->tags = g_strdupv (event->tags);
  for (guint i = 0; self->tags[i] != NULL; i++)
    {
      g_autofree char *removal = g_strdup_printf (_("Remove Tag “%s”"), self->tags[i]);

      add_chip (self, self->tags[i], removal, "places.untag", g_variant_new_string (self->tags[i]));
    }
}

static gboolean
has_keyboard (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

static gboolean
shows (AnnalsEventPlaces *self,
       const AnnalsEvent *event)
{
  if (!self->timelines)
    return g_strv_equal ((const char * const *) self->tags, (const char * const *) event->tags);

  for (guint i = 0; i < event->others->len && i < self->titles->len; i++)
    {
      const AnnalsEventTimeline *other = g_ptr_array_index (event->others, i);

      if (other->id != g_array_index (self->others, gint64, i) ||
          !g_str_equal (other->title, g_ptr_array_index (self->titles, i)))
        return FALSE;
    }

  return event->others->len == self->titles->len;
}

/* --- the widget --- */

static void
annals_event_places_constructed (GObject *object)
{
  AnnalsEventPlaces *self = ANNALS_EVENT_PLACES (object);
  const char *label = self->timelines ? _("Add to Timeline") : _("Add Tag");
  GtkWidget *content = adw_button_content_new ();

  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), "list-add-symbolic");
  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), label);
  self->add_button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->add_button), content);
  gtk_widget_add_css_class (self->add_button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->add_button), "places.add");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add_button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_parent (self->add_button, GTK_WIDGET (self));

  self->popover = self->timelines
                  ? annals_pick_popover_new (_("Timeline"), _("Find or create a timeline"))
                  : annals_pick_popover_new (_("Tag"), _("Find or create a tag"));
  g_signal_connect_swapped (self->popover, "picked", G_CALLBACK (picked_cb), self);
  gtk_widget_set_parent (self->popover, self->add_button);

  G_OBJECT_CLASS (annals_event_places_parent_class)->constructed (object);
}

static void
annals_event_places_dispose (GObject *object)
{
  AnnalsEventPlaces *self = ANNALS_EVENT_PLACES (object);
  GtkWidget *child;

  g_clear_object (&self->desk);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  self->add_button = NULL;

  G_OBJECT_CLASS (annals_event_places_parent_class)->dispose (object);
}

static void
annals_event_places_finalize (GObject *object)
{
  AnnalsEventPlaces *self = ANNALS_EVENT_PLACES (object);

  g_array_unref (self->others);
  g_ptr_array_unref (self->titles);
  g_strfreev (self->tags);

  G_OBJECT_CLASS (annals_event_places_parent_class)->finalize (object);
}

static void
annals_event_places_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  switch ((AnnalsEventPlacesProp) prop_id)
    {
    case PROP_TIMELINES:
      ANNALS_EVENT_PLACES (object)->timelines = g_value_get_boolean (value);
      break;
    }
}

static void
annals_event_places_class_init (AnnalsEventPlacesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = annals_event_places_constructed;
  object_class->dispose = annals_event_places_dispose;
  object_class->finalize = annals_event_places_finalize;
  object_class->set_property = annals_event_places_set_property;

  properties[PROP_TIMELINES] =
    g_param_spec_boolean ("timelines", NULL, NULL, FALSE,
                          G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_layout_manager_type (widget_class, ANNALS_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_install_action (widget_class, "places.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "places.untag", "s", untag_action);
  gtk_widget_class_install_action (widget_class, "places.leave", "x", leave_action);
}

static void
annals_event_places_init (AnnalsEventPlaces *self)
{
  self->others = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->titles = g_ptr_array_new_with_free_func (g_free);
  self->tags = g_new0 (char *, 1);
}

void
annals_event_places_set_desk (AnnalsEventPlaces *self,
                              AnnalsDesk        *desk)
{
  g_return_if_fail (ANNALS_IS_EVENT_PLACES (self));

  g_set_object (&self->desk, desk);
}

void
annals_event_places_show (AnnalsEventPlaces *self,
                          const AnnalsEvent *event,
                          gint64             timeline_id)
{
  gboolean same;
  int place;

  g_return_if_fail (ANNALS_IS_EVENT_PLACES (self));

  same = event != NULL && event->id == self->event_id && timeline_id == self->timeline_id;
  /* Who is at a chip is not disturbed by news of something else. */
  if (same && shows (self, event))
    return;

  place = same && !has_keyboard (self->add_button) ? annals_keyboard_get_place (GTK_WIDGET (self)) : -1;
  remove_chips (self);
  self->event_id = event != NULL ? event->id : 0;
  self->timeline_id = timeline_id;
  if (event == NULL)
    return;

  if (self->timelines)
    show_timelines (self, event);
  else
    show_tags (self, event);
  annals_keyboard_set_place (GTK_WIDGET (self), place);
}
