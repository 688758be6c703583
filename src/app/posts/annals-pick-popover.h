/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ANNALS_TYPE_PICK_POPOVER (annals_pick_popover_get_type ())
/**
 * AnnalsPickPopover:
 *
 * Choose one of the tags or timelines by its name, or give a name that there is not yet. Below the list stands
 * what choosing the best one would do. When it closes the keyboard goes back to where it was.
 *
 * Signal "picked" (gint64 id, const char *name): id 0 when @name is a new one. The popover has
 * closed itself by then.
 */
G_DECLARE_FINAL_TYPE (AnnalsPickPopover, annals_pick_popover, ANNALS, PICK_POPOVER, GtkPopover)

/**
 * AnnalsPickChoice:
 * @id: what "picked" tells
 * @name: shown and looked for
 * @colour: (nullable): a name of annals-palette.h
 * @depth: how far it stands to the right while nothing is typed
 * @detail: (nullable): a few dim words behind the name, such as "12 of 20"
 * @remark: (nullable): a sentence on what choosing it would do
 * @aliases: (nullable): other names by which it is found
 */
typedef struct
{
  gint64              id;
  const char         *name;
  const char         *colour;
  guint               depth;
  const char         *detail;
  const char         *remark;
  const char * const *aliases;
} AnnalsPickChoice;

/* @label: what is chosen here, for assistive technology: "Tag"; @placeholder: "Find or create a tag" */
GtkWidget *annals_pick_popover_new         (const char             *label,
                                            const char             *placeholder);
/* Opens it; keeps in mind where the keyboard was. */
void       annals_pick_popover_popup       (AnnalsPickPopover      *self);
/* (nullable): what stands above it, such as "Tag 20 Posts" */
void       annals_pick_popover_set_heading (AnnalsPickPopover      *self,
                                            const char             *heading);
/* Whether a name can be given that there is not yet, as at first; @remark (nullable): on what that would do. */
void       annals_pick_popover_set_create  (AnnalsPickPopover      *self,
                                            gboolean                create,
                                            const char             *remark);
void       annals_pick_popover_clear       (AnnalsPickPopover      *self);
void       annals_pick_popover_add         (AnnalsPickPopover      *self,
                                            const AnnalsPickChoice *choice);
void       annals_pick_popover_add_choice  (AnnalsPickPopover      *self,
                                            gint64                  id,
                                            const char             *name,
                                            const char             *colour);

G_END_DECLS
