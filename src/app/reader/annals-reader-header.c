/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-reader-header.h"

#include <glib/gi18n.h>
#include <string.h>

#include "annals-chip.h"
#include "annals-import-words.h"
#include "annals-link-popover.h"
#include "annals-tag-entry.h"
#include "annals-wrap-layout.h"

struct _AnnalsReaderHeader
{
  GtkWidget  parent_instance;
  GtkWidget *box;
  GtkWidget *title;
  GtkWidget *byline;
  GtkWidget *origin;
  GtkWidget *address;
  GtkWidget *address_popover;
  GtkWidget *add_tag;
  GtkWidget *tag_popover;
  GtkWidget *tag_entry;

  GPtrArray *chips;   /* (element type GtkWidget) children of the byline made for the post */
};

G_DEFINE_FINAL_TYPE (AnnalsReaderHeader, annals_reader_header, GTK_TYPE_WIDGET)

static void
tag_entered_cb (AnnalsReaderHeader *self,
                const char         *name)
{
  gtk_popover_popdown (GTK_POPOVER (self->tag_popover));
  gtk_widget_activate_action (GTK_WIDGET (self), "reader.tag-post", "s", name);
}

static void
tag_popover_map_cb (AnnalsReaderHeader *self)
{
  annals_tag_entry_begin (ANNALS_TAG_ENTRY (self->tag_entry));
}

static void
add_chip (AnnalsReaderHeader *self,
          GtkWidget          *chip,
          GtkWidget          *before)
{
  gtk_widget_insert_before (chip, self->byline, before);
  g_ptr_array_add (self->chips, chip);
}

/* "March 2020 · month known"; the tooltip says all that is not. */
static void
add_date (AnnalsReaderHeader *self,
          AnnalsDate         *date)
{
  g_autofree char *display = annals_date_dup_display (date);
  g_autofree char *remark = annals_date_dup_remark (date);
  g_autofree char *label = NULL;
  GtkWidget *chip;

  if (remark != NULL)
    label = g_strdup_printf ("%s · %.*s", display, (int) strcspn (remark, ",;"), remark);
  chip = annals_chip_new (label != NULL ? label : display, NULL);
  gtk_widget_set_tooltip_text (chip, remark);
  add_chip (self, chip, self->address);
}

static void
add_tag (AnnalsReaderHeader *self,
         AnnalsReading      *reading,
         const char         *name)
{
  AnnalsTag *tag = annals_reading_find_tag (reading, name);
  GtkWidget *chip = annals_chip_new (name, tag != NULL ? tag->colour : NULL);
  g_autofree char *removal = g_strdup_printf (_("Remove Tag “%s”"), name);

  if (tag != NULL)
    annals_chip_set_removal (ANNALS_CHIP (chip), removal, "reader.untag-post",
                             g_variant_new_int64 (tag->id));
  add_chip (self, chip, self->add_tag);
}

/* One for each timeline, however many of its events cite the post. */
static void
add_timelines (AnnalsReaderHeader *self,
               AnnalsReading      *reading)
{
  for (guint i = 0; i < reading->citings->len; i++)
    {
      AnnalsCiting *citing = g_ptr_array_index (reading->citings, i);
      g_autoptr(GString) titles = g_string_new (citing->title);
      GtkWidget *chip;
      gboolean shown = FALSE;

      for (guint k = 0; k < reading->citings->len; k++)
        {
          AnnalsCiting *other = g_ptr_array_index (reading->citings, k);

          shown |= k < i && other->timeline_id == citing->timeline_id;
          if (k > i && other->timeline_id == citing->timeline_id)
            g_string_append_printf (titles, "\n%s", other->title);
        }

      if (shown || citing->timeline_id == 0)
        continue;

      chip = annals_chip_new_button (citing->timeline, citing->colour, "reader.show-timeline",
                                     g_variant_new ("(xx)", citing->timeline_id, citing->event_id));
      gtk_widget_set_tooltip_text (chip, titles->str);
      add_chip (self, chip, NULL);
    }
}

/* What it is besides a post: a page, a draft, a comment. */
static void
add_kind (AnnalsReaderHeader *self,
          AnnalsPostKind      kind)
{
  if (kind != ANNALS_POST_POST)
    add_chip (self, annals_chip_new (annals_post_kind_get_name (kind), NULL), self->address);
}

/* Other posts with nearly the same text, by where and when they stood. */
static void
add_same (AnnalsReaderHeader *self,
          AnnalsReading      *reading)
{
  for (guint i = 0; i < reading->same->len; i++)
    {
      const AnnalsPost *post = g_ptr_array_index (reading->same, i);
      g_autofree char *date = annals_date_dup_display_short (post->published);
      /* Translators: another post with the same text: its source or title, and its date */
      g_autofree char *label = g_strdup_printf (_("Same text: %s, %s"),
                                                *post->source != '\0' ? post->source : post->title, date);
      GtkWidget *chip = annals_chip_new_button (label, NULL, "reader.show-post", g_variant_new_int64 (post->id));

      gtk_widget_set_tooltip_text (chip, post->title);
      add_chip (self, chip, NULL);
    }
}

static void
clear_chips (AnnalsReaderHeader *self)
{
  for (guint i = 0; i < self->chips->len; i++)
    gtk_widget_unparent (g_ptr_array_index (self->chips, i));
  g_ptr_array_set_size (self->chips, 0);
}

static void
annals_reader_header_dispose (GObject *object)
{
  AnnalsReaderHeader *self = ANNALS_READER_HEADER (object);

  if (self->byline != NULL)
    clear_chips (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), ANNALS_TYPE_READER_HEADER);

  G_OBJECT_CLASS (annals_reader_header_parent_class)->dispose (object);
}

static void
annals_reader_header_finalize (GObject *object)
{
  g_clear_pointer (&ANNALS_READER_HEADER (object)->chips, g_ptr_array_unref);

  G_OBJECT_CLASS (annals_reader_header_parent_class)->finalize (object);
}

static void
annals_reader_header_class_init (AnnalsReaderHeaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = annals_reader_header_dispose;
  object_class->finalize = annals_reader_header_finalize;

  g_type_ensure (ANNALS_TYPE_LINK_POPOVER);
  g_type_ensure (ANNALS_TYPE_TAG_ENTRY);
  g_type_ensure (ANNALS_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               ANNALS_RESOURCE_PATH "/annals-reader-header.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsReaderHeader, box);
  gtk_widget_class_bind_template_child (widget_class, AnnalsReaderHeader, title);
  gtk_widget_class_bind_template_child (widget_class, AnnalsReaderHeader, byline);
  gtk_widget_class_bind_template_child (widget_class, AnnalsReaderHeader, origin);
  gtk_widget_class_bind_template_child (widget_class, AnnalsReaderHeader, address);
  gtk_widget_class_bind_template_child (widget_class, AnnalsReaderHeader, address_popover);
  gtk_widget_class_bind_template_child (widget_class, AnnalsReaderHeader, add_tag);
  gtk_widget_class_bind_template_child (widget_class, AnnalsReaderHeader, tag_popover);
  gtk_widget_class_bind_template_child (widget_class, AnnalsReaderHeader, tag_entry);
  gtk_widget_class_bind_template_callback (widget_class, tag_entered_cb);
  gtk_widget_class_bind_template_callback (widget_class, tag_popover_map_cb);
}

static void
annals_reader_header_init (AnnalsReaderHeader *self)
{
  self->chips = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
annals_reader_header_set (AnnalsReaderHeader *self,
                          AnnalsReading      *reading)
{
  AnnalsPost *post = reading->post;
  g_autofree char *origin = NULL;

  g_return_if_fail (ANNALS_IS_READER_HEADER (self));

  gtk_label_set_text (GTK_LABEL (self->title), *post->title != '\0' ? post->title : _("Untitled"));
  origin = *post->source != '\0' && *post->author != '\0'
           ? g_strdup_printf ("%s · %s", post->source, post->author)
           : g_strdup (*post->source != '\0' ? post->source : post->author);
  gtk_label_set_text (GTK_LABEL (self->origin), origin);
  gtk_widget_set_visible (self->origin, *origin != '\0');

  clear_chips (self);
  add_date (self, post->published);
  add_kind (self, post->kind);
  for (guint i = 0; post->tags != NULL && post->tags[i] != NULL; i++)
    add_tag (self, reading, post->tags[i]);
  add_timelines (self, reading);
  add_same (self, reading);

  gtk_widget_set_visible (self->address, *post->url != '\0');
  annals_link_popover_set_address (ANNALS_LINK_POPOVER (self->address_popover), post->url);
  annals_tag_entry_set_tags (ANNALS_TAG_ENTRY (self->tag_entry), reading->tags,
                             (const char * const *) post->tags);
}
