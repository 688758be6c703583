/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-quick-item.h"

#include <glib/gi18n.h>
#include <gtk/gtk.h>

struct _AnnalsQuickItem
{
  GObject              parent_instance;
  AnnalsNamed         *named;
  const AnnalsCommand *command;
  char                *detail;
  int                  score;
};

G_DEFINE_FINAL_TYPE (AnnalsQuickItem, annals_quick_item, G_TYPE_OBJECT)

static const struct
{
  const char *name;
  const char *icon;
} kinds[ANNALS_N_RECORDS] = {
  [ANNALS_RECORD_POST] = { N_("Post"), "annals-read-symbolic" },
  [ANNALS_RECORD_ANNOTATION] = { N_("Note"), "document-edit-symbolic" },
  [ANNALS_RECORD_TAG] = { N_("Tag"), "annals-tag-symbolic" },
  [ANNALS_RECORD_TIMELINE] = { N_("Timeline"), "annals-timeline-symbolic" },
  [ANNALS_RECORD_EVENT] = { N_("Event"), "x-office-calendar-symbolic" },
  [ANNALS_RECORD_MEMO] = { N_("Memo"), "text-x-generic-symbolic" },
  [ANNALS_RECORD_SAVED_SEARCH] = { N_("Saved search"), "system-search-symbolic" },
};

const char *
annals_record_get_name (AnnalsRecord kind)
{
  g_return_val_if_fail (kind < ANNALS_N_RECORDS && kinds[kind].name != NULL, "");

  return _(kinds[kind].name);
}

const char *
annals_record_get_icon (AnnalsRecord kind)
{
  g_return_val_if_fail (kind < ANNALS_N_RECORDS && kinds[kind].icon != NULL, "");

  return kinds[kind].icon;
}

static void
annals_quick_item_finalize (GObject *object)
{
  AnnalsQuickItem *self = ANNALS_QUICK_ITEM (object);

  g_clear_pointer (&self->named, annals_named_free);
  g_clear_pointer (&self->detail, g_free);

  G_OBJECT_CLASS (annals_quick_item_parent_class)->finalize (object);
}

static void
annals_quick_item_class_init (AnnalsQuickItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = annals_quick_item_finalize;
}

static void
annals_quick_item_init (AnnalsQuickItem *self)
{
}

AnnalsQuickItem *
annals_quick_item_new_record (const AnnalsNamed *named,
                              int                score)
{
  AnnalsQuickItem *self = g_object_new (ANNALS_TYPE_QUICK_ITEM, NULL);

  self->named = annals_named_copy (named);
  self->detail = g_strdup (named->context);
  self->score = score;

  return self;
}

AnnalsQuickItem *
annals_quick_item_new_command (const AnnalsCommand *command,
                               int                  score)
{
  AnnalsQuickItem *self = g_object_new (ANNALS_TYPE_QUICK_ITEM, NULL);
  GdkModifierType modifiers;
  guint key;

  self->command = command;
  self->detail = command->accelerator != NULL && gtk_accelerator_parse (command->accelerator, &key, &modifiers)
                 ? gtk_accelerator_get_label (key, modifiers) : g_strdup ("");
  self->score = score;

  return self;
}

const AnnalsNamed *
annals_quick_item_get_named (AnnalsQuickItem *self)
{
  g_return_val_if_fail (ANNALS_IS_QUICK_ITEM (self), NULL);

  return self->named;
}

const AnnalsCommand *
annals_quick_item_get_command (AnnalsQuickItem *self)
{
  g_return_val_if_fail (ANNALS_IS_QUICK_ITEM (self), NULL);

  return self->command;
}

int
annals_quick_item_get_score (AnnalsQuickItem *self)
{
  g_return_val_if_fail (ANNALS_IS_QUICK_ITEM (self), 0);

  return self->score;
}

const char *
annals_quick_item_get_title (AnnalsQuickItem *self)
{
  g_return_val_if_fail (ANNALS_IS_QUICK_ITEM (self), NULL);

  return self->named != NULL ? self->named->title : _(self->command->title);
}

const char *
annals_quick_item_get_detail (AnnalsQuickItem *self)
{
  g_return_val_if_fail (ANNALS_IS_QUICK_ITEM (self), NULL);

  return self->detail;
}

const char *
annals_quick_item_get_kind (AnnalsQuickItem *self)
{
  g_return_val_if_fail (ANNALS_IS_QUICK_ITEM (self), NULL);

  return self->named != NULL ? annals_record_get_name (self->named->kind) : _("Command");
}

const char *
annals_quick_item_get_icon (AnnalsQuickItem *self)
{
  g_return_val_if_fail (ANNALS_IS_QUICK_ITEM (self), NULL);

  return self->named != NULL ? annals_record_get_icon (self->named->kind) : "system-run-symbolic";
}

char *
annals_quick_item_dup_name (AnnalsQuickItem *self)
{
  g_return_val_if_fail (ANNALS_IS_QUICK_ITEM (self), NULL);

  if (*self->detail == '\0')
    /* Translators: what kind of thing, and its name: “Post: Title” */
    return g_strdup_printf (_("%s: %s"), annals_quick_item_get_kind (self), annals_quick_item_get_title (self));

  /* Translators: what kind of thing, its name, and where it belongs: “Post: Title, Source” */
  return g_strdup_printf (_("%s: %s, %s"), annals_quick_item_get_kind (self), annals_quick_item_get_title (self),
                          self->detail);
}
