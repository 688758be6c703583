/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-search-bar.h"

#include <glib/gi18n.h>
#include <string.h>

#include "annals-announce.h"
#include "annals-mistake.h"
#include "annals-search-bar-private.h"
#include "annals-wrap-layout.h"

#define MAX_REMEMBERED 20
#define MAX_CHIP_CHARS 30

typedef enum
{
  PROP_DESK = 1,
} AnnalsSearchBarProp;

enum
{
  CHANGED,
  STOPPED,
  ACTIVATED,
  N_SIGNALS
};

static GParamSpec *properties[PROP_DESK + 1];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AnnalsSearchBar, annals_search_bar, GTK_TYPE_WIDGET)

static const char *
get_text (AnnalsSearchBar *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

/* Without what typing leads to. */
static void
set_text (AnnalsSearchBar *self,
          const char      *text)
{
  if (g_str_equal (get_text (self), text))
    return;

  self->quiet = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
  self->quiet = FALSE;
}

/* --- chips --- */

static void show_chips (AnnalsSearchBar *self);

static void
chip_clicked_cb (AnnalsSearchBar *self,
                 GtkButton       *chip)
{
  const char *filter = g_object_get_data (G_OBJECT (chip), "filter");
  guint position;

  if (!g_ptr_array_find_with_equal_func (self->filters, filter, g_str_equal, &position))
    return;

  g_ptr_array_remove_index (self->filters, position);
  show_chips (self);
  gtk_widget_grab_focus (self->entry);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* “source: NK News”, “not tag: draft” */
static char *
dup_label (const char *filter)
{
  g_autoptr(GPtrArray) pieces = annals_query_list_filters (filter);
  const AnnalsQueryPiece *piece;

  if (pieces->len != 1)
    return g_strdup (filter);

  piece = pieces->pdata[0];

  /* Translators: a filter of a search that takes posts away: the field's name, then its value */
  return g_strdup_printf (piece->without ? _("not %s: %s") : "%s: %s",
                          annals_query_field_get_name (piece->field), piece->value);
}

static GtkWidget *
chip_new (AnnalsSearchBar *self,
          const char      *filter)
{
  GtkWidget *chip = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  g_autofree char *text = dup_label (filter);
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *image = gtk_image_new_from_icon_name ("window-close-symbolic");
  /* Translators: a button; %s is a filter of the search, such as “source: NK News” */
  g_autofree char *name = g_strdup_printf (_("Remove filter %s"), text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MAX_CHIP_CHARS);
  gtk_image_set_pixel_size (GTK_IMAGE (image), 12);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), image);
  gtk_button_set_child (GTK_BUTTON (chip), box);
  gtk_widget_add_css_class (chip, "chip");
  gtk_widget_set_tooltip_text (chip, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (chip), "filter", g_strdup (filter), g_free);
  g_signal_connect_object (chip, "clicked", G_CALLBACK (chip_clicked_cb), self, G_CONNECT_SWAPPED);

  return chip;
}

static void
show_chips (AnnalsSearchBar *self)
{
  GtkWidget *chip;

  while ((chip = gtk_widget_get_first_child (self->chips)) != NULL)
    gtk_widget_unparent (chip);

  for (guint i = 0; i < self->filters->len; i++)
    gtk_widget_set_parent (chip_new (self, self->filters->pdata[i]), self->chips);
  gtk_widget_set_visible (self->chips, self->filters->len > 0);
}

static void
add_filter (AnnalsSearchBar *self,
            const char      *filter)
{
  if (!g_ptr_array_find_with_equal_func (self->filters, filter, g_str_equal, NULL))
    g_ptr_array_add (self->filters, g_strdup (filter));
}

/* Filters of the text that are complete become chips. @all: also the one at its end. */
static gboolean
gather_chips (AnnalsSearchBar *self,
              gboolean         all)
{
  const char *text = get_text (self);
  g_autoptr(GPtrArray) pieces = annals_query_list_filters (text);
  g_autoptr(GString) rest = g_string_new (text);
  guint n = 0;

  for (guint i = pieces->len; i > 0; i--)
    {
      const AnnalsQueryPiece *piece = pieces->pdata[i - 1];
      gsize end = piece->end;

      if (text[end] == '\0' && !all)
        continue;

      while (rest->str[end] == ' ')
        end++;
      g_string_erase (rest, (gssize) piece->start, (gssize) (end - piece->start));
      n++;
    }

  for (guint i = 0; i < pieces->len; i++)
    {
      const AnnalsQueryPiece *piece = pieces->pdata[i];
      g_autofree char *filter = g_strndup (text + piece->start, piece->end - piece->start);

      if (text[piece->end] != '\0' || all)
        add_filter (self, filter);
    }

  if (n == 0)
    return FALSE;

  set_text (self, rest->str);
  show_chips (self);

  return TRUE;
}

/* --- what is typed --- */

static void
text_changed_cb (AnnalsSearchBar *self)
{
  if (!self->quiet && self->desk != NULL && gtk_widget_get_mapped (self->entry))
    annals_search_bar_complete (self);
}

static void
search_changed_cb (AnnalsSearchBar *self)
{
  gather_chips (self, FALSE);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
stop_search_cb (AnnalsSearchBar *self)
{
  annals_search_bar_dismiss (self);
  g_signal_emit (self, signals[STOPPED], 0);
}

static void
activate_cb (AnnalsSearchBar *self)
{
  annals_search_bar_dismiss (self);
  gather_chips (self, TRUE);
  g_signal_emit (self, signals[CHANGED], 0);
  if (!annals_search_bar_has_error (self))
    annals_search_bar_remember (self);
  g_signal_emit (self, signals[ACTIVATED], 0);
}

static void
left_cb (AnnalsSearchBar *self)
{
  annals_search_bar_dismiss (self);
}

static void
picked_cb (AnnalsSearchBar *self,
           const char      *value)
{
  annals_search_bar_take (self, value);
}

/* The last chip becomes text again, to be changed. */
static gboolean
take_back_chip (AnnalsSearchBar *self)
{
  int start, end;
  g_autofree char *filter = NULL;
  g_autofree char *text = NULL;

  if (self->filters->len == 0 || gtk_editable_get_position (GTK_EDITABLE (self->entry)) != 0 ||
      gtk_editable_get_selection_bounds (GTK_EDITABLE (self->entry), &start, &end))
    return FALSE;

  filter = g_ptr_array_steal_index (self->filters, self->filters->len - 1);
  show_chips (self);
  text = g_strconcat (filter, *get_text (self) != '\0' ? " " : "", get_text (self), NULL);
  set_text (self, text);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), (int) g_utf8_strlen (filter, -1));

  return TRUE;
}

static gboolean
key_pressed_cb (AnnalsSearchBar *self,
                guint            keyval,
                guint            keycode,
                GdkModifierType  state)
{
  gboolean offering = gtk_widget_get_visible (GTK_WIDGET (self->suggestions));

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;

  switch (keyval)
    {
    case GDK_KEY_Down:
      if (offering)
        annals_search_popover_move (self->suggestions, 1);
      else if (*get_text (self) == '\0')
        annals_search_bar_offer_recent (self);
      else
        g_signal_emit (self, signals[ACTIVATED], 0);
      return GDK_EVENT_STOP;

    case GDK_KEY_Up:
      if (offering)
        annals_search_popover_move (self->suggestions, -1);
      return offering;

    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_Tab:
      return annals_search_popover_pick (self->suggestions);

    case GDK_KEY_Escape:
      if (offering)
        annals_search_bar_dismiss (self);
      return offering;

    case GDK_KEY_BackSpace:
      return take_back_chip (self);

    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
help_map_cb (AnnalsSearchBar *self)
{
  annals_search_bar_update_help (self);
}

static void
save_cb (AnnalsSearchBar *self)
{
  annals_search_bar_save (self);
}

/* --- the widget --- */

static void
annals_search_bar_dispose (GObject *object)
{
  AnnalsSearchBar *self = ANNALS_SEARCH_BAR (object);
  GtkWidget *chip;

  g_cancellable_cancel (self->completing);
  g_clear_object (&self->completing);
  while (self->chips != NULL && (chip = gtk_widget_get_first_child (self->chips)) != NULL)
    gtk_widget_unparent (chip);
  if (self->suggestions != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->suggestions)));
  gtk_widget_dispose_template (GTK_WIDGET (self), ANNALS_TYPE_SEARCH_BAR);
  g_clear_object (&self->settings);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (annals_search_bar_parent_class)->dispose (object);
}

static void
annals_search_bar_finalize (GObject *object)
{
  g_clear_pointer (&ANNALS_SEARCH_BAR (object)->filters, g_ptr_array_unref);

  G_OBJECT_CLASS (annals_search_bar_parent_class)->finalize (object);
}

static void
annals_search_bar_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  switch ((AnnalsSearchBarProp) prop_id)
    {
    case PROP_DESK:
      g_value_set_object (value, ANNALS_SEARCH_BAR (object)->desk);
      break;
    }
}

static void
annals_search_bar_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  switch ((AnnalsSearchBarProp) prop_id)
    {
    case PROP_DESK:
      g_set_object (&ANNALS_SEARCH_BAR (object)->desk, g_value_get_object (value));
      break;
    }
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, ANNALS_RESOURCE_PATH "/annals-search-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsSearchBar, box);
  gtk_widget_class_bind_template_child (widget_class, AnnalsSearchBar, entry);
  gtk_widget_class_bind_template_child (widget_class, AnnalsSearchBar, chips);
  gtk_widget_class_bind_template_child (widget_class, AnnalsSearchBar, remark_revealer);
  gtk_widget_class_bind_template_child (widget_class, AnnalsSearchBar, remark);
  gtk_widget_class_bind_template_child (widget_class, AnnalsSearchBar, help_button);
  gtk_widget_class_bind_template_child (widget_class, AnnalsSearchBar, save_box);
  gtk_widget_class_bind_template_child (widget_class, AnnalsSearchBar, save_name);
  gtk_widget_class_bind_template_child (widget_class, AnnalsSearchBar, recent_title);
  gtk_widget_class_bind_template_child (widget_class, AnnalsSearchBar, recent);
  gtk_widget_class_bind_template_child (widget_class, AnnalsSearchBar, help);
  gtk_widget_class_bind_template_callback (widget_class, text_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, left_cb);
  gtk_widget_class_bind_template_callback (widget_class, help_map_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
}

static void
annals_search_bar_class_init (AnnalsSearchBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = annals_search_bar_dispose;
  object_class->finalize = annals_search_bar_finalize;
  object_class->get_property = annals_search_bar_get_property;
  object_class->set_property = annals_search_bar_set_property;
  properties[PROP_DESK] = g_param_spec_object ("desk", NULL, NULL, ANNALS_TYPE_DESK,
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[CHANGED] = g_signal_new ("changed", ANNALS_TYPE_SEARCH_BAR, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[STOPPED] = g_signal_new ("stopped", ANNALS_TYPE_SEARCH_BAR, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ACTIVATED] = g_signal_new ("activated", ANNALS_TYPE_SEARCH_BAR, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (ANNALS_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  bind_template (widget_class);
}

static void
annals_search_bar_init (AnnalsSearchBar *self)
{
  self->filters = g_ptr_array_new_with_free_func (g_free);
  self->settings = g_settings_new (ANNALS_APPLICATION_ID);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->help_popover = gtk_menu_button_get_popover (self->help_button);   /* which owns it */
  annals_search_bar_init_help (self);
  self->suggestions = ANNALS_SEARCH_POPOVER (annals_search_popover_new ());
  gtk_widget_set_parent (GTK_WIDGET (self->suggestions), GTK_WIDGET (self));
  g_signal_connect_object (self->suggestions, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
}

/* What stands beside a filter has to keep its ORs together. */
static gboolean
has_or (const char *text)
{
  g_autofree char *probe = g_strdup_printf ("%s is:unread", text);
  g_autoptr(GPtrArray) pieces = annals_query_list_filters (probe);

  return strstr (text, "OR") != NULL && pieces->len == 0;
}

char *
annals_search_bar_dup_query (AnnalsSearchBar *self)
{
  g_autofree char *text = NULL;
  GString *query = g_string_new (NULL);

  g_return_val_if_fail (ANNALS_IS_SEARCH_BAR (self), NULL);

  text = g_strstrip (g_strdup (get_text (self)));
  g_string_append_printf (query, self->filters->len > 0 && has_or (text) ? "(%s)" : "%s", text);
  for (guint i = 0; i < self->filters->len; i++)
    g_string_append_printf (query, "%s%s", query->len > 0 ? " " : "", (char *) self->filters->pdata[i]);

  return g_string_free (query, FALSE);
}

AnnalsQuery *
annals_search_bar_parse (AnnalsSearchBar *self)
{
  g_autoptr(GPtrArray) filters = NULL;
  g_autoptr(GError) error = NULL;
  AnnalsQuery *query;

  g_return_val_if_fail (ANNALS_IS_SEARCH_BAR (self), NULL);

  filters = g_ptr_array_new ();
  g_ptr_array_extend (filters, self->filters, NULL, NULL);
  g_ptr_array_add (filters, NULL);
  query = annals_query_parse_all (get_text (self), (const char * const *) filters->pdata, &error);
  annals_search_bar_show_remark (self, error != NULL ? error->message : NULL, error != NULL);

  return query;
}

void
annals_search_bar_set_query (AnnalsSearchBar *self,
                             const char      *query)
{
  g_return_if_fail (ANNALS_IS_SEARCH_BAR (self));
  g_return_if_fail (query != NULL);

  g_ptr_array_set_size (self->filters, 0);
  set_text (self, query);
  gather_chips (self, TRUE);
  show_chips (self);
  annals_search_bar_dismiss (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
annals_search_bar_add_filter (AnnalsSearchBar *self,
                              const char      *filter)
{
  g_return_if_fail (ANNALS_IS_SEARCH_BAR (self));
  g_return_if_fail (filter != NULL);

  add_filter (self, filter);
  show_chips (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
annals_search_bar_show_remark (AnnalsSearchBar *self,
                               const char      *message,
                               gboolean         is_error)
{
  g_return_if_fail (ANNALS_IS_SEARCH_BAR (self));

  if (message != NULL)
    gtk_label_set_text (self->remark, message);
  gtk_revealer_set_reveal_child (self->remark_revealer, message != NULL);

  annals_show_mistake (self->entry, GTK_WIDGET (self->remark), is_error);
  if (message != NULL && is_error)
    annals_announce (self->entry, message);
}

gboolean
annals_search_bar_has_remark (AnnalsSearchBar *self)
{
  g_return_val_if_fail (ANNALS_IS_SEARCH_BAR (self), FALSE);

  return gtk_revealer_get_reveal_child (self->remark_revealer);
}

gboolean
annals_search_bar_has_error (AnnalsSearchBar *self)
{
  g_return_val_if_fail (ANNALS_IS_SEARCH_BAR (self), FALSE);

  return gtk_widget_has_css_class (self->entry, "error");
}

void
annals_search_bar_remember (AnnalsSearchBar *self)
{
  g_autofree char *query = annals_search_bar_dup_query (self);
  g_auto(GStrv) old = NULL;
  g_autoptr(GPtrArray) recent = NULL;

  g_return_if_fail (ANNALS_IS_SEARCH_BAR (self));

  if (*query == '\0')
    return;

  old = g_settings_get_strv (self->settings, "recent-searches");
  recent = g_ptr_array_new ();
  g_ptr_array_add (recent, query);
  for (guint i = 0; old[i] != NULL && recent->len < MAX_REMEMBERED; i++)
    if (!g_str_equal (old[i], query))
      g_ptr_array_add (recent, old[i]);
  g_ptr_array_add (recent, NULL);
  g_settings_set_strv (self->settings, "recent-searches", (const char * const *) recent->pdata);
}

void
annals_search_bar_focus (AnnalsSearchBar *self)
{
  g_return_if_fail (ANNALS_IS_SEARCH_BAR (self));

  gtk_widget_grab_focus (self->entry);
  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
}

void
annals_search_bar_set_name (AnnalsSearchBar *self,
                            const char      *name)
{
  g_return_if_fail (ANNALS_IS_SEARCH_BAR (self) && name != NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
annals_search_bar_capture (AnnalsSearchBar *self,
                           GtkWidget       *widget)
{
  g_return_if_fail (ANNALS_IS_SEARCH_BAR (self));

  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (self->entry), widget);
}
