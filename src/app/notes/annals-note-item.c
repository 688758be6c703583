/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-note-item.h"

struct _AnnalsNoteItem
{
  GObject           parent_instance;
  AnnalsAnnotation *annotation;
  char             *where;
};

G_DEFINE_FINAL_TYPE (AnnalsNoteItem, annals_note_item, G_TYPE_OBJECT)

static void
annals_note_item_finalize (GObject *object)
{
  AnnalsNoteItem *self = ANNALS_NOTE_ITEM (object);

  g_clear_pointer (&self->annotation, annals_annotation_free);
  g_clear_pointer (&self->where, g_free);

  G_OBJECT_CLASS (annals_note_item_parent_class)->finalize (object);
}

static void
annals_note_item_class_init (AnnalsNoteItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = annals_note_item_finalize;
}

static void
annals_note_item_init (AnnalsNoteItem *self)
{
}

AnnalsNoteItem *
annals_note_item_new (AnnalsAnnotation *annotation,
                      const char       *where)
{
  AnnalsNoteItem *self;

  g_return_val_if_fail (annotation != NULL, NULL);
  g_return_val_if_fail (where != NULL, NULL);

  self = g_object_new (ANNALS_TYPE_NOTE_ITEM, NULL);
  self->annotation = annotation;
  self->where = g_strdup (where);

  return self;
}

const AnnalsAnnotation *
annals_note_item_get_annotation (AnnalsNoteItem *self)
{
  g_return_val_if_fail (ANNALS_IS_NOTE_ITEM (self), NULL);

  return self->annotation;
}

const char *
annals_note_item_get_where (AnnalsNoteItem *self)
{
  g_return_val_if_fail (ANNALS_IS_NOTE_ITEM (self), NULL);

  return self->where;
}
