/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-review-sheet.h"

#include <glib/gi18n.h>

#include "annals-review-text.h"
#include "annals-review-words.h"
#include "annals-swatch.h"
#include "annals-wrap-layout.h"

struct _AnnalsReviewSheet
{
  GtkWidget         parent_instance;
  GtkWidget        *scroller;
  GtkLabel         *title;
  GtkLabel         *reason;
  GtkWidget        *edge;
  GtkLabel         *meaning;
  GtkLabel         *old;
  GtkLabel         *note;
  GtkLabel         *heading;
  GtkLabel         *legend;
  GtkWidget        *candidates;
  AnnalsReviewText *text;
  GtkWidget        *keep_button;
  gint64            shown_id;
  char             *looks;        /* (nullable): of dup_looks() */
};

G_DEFINE_FINAL_TYPE (AnnalsReviewSheet, annals_review_sheet, GTK_TYPE_WIDGET)

AnnalsReviewPage *
annals_review_page_new (AnnalsReview *review,
                        const char   *meaning)
{
  AnnalsReviewPage *self = g_new0 (AnnalsReviewPage, 1);

  self->review = review;
  self->old_markup = annals_review_dup_old (review);
  self->meaning = g_strdup (meaning);
  self->markups = g_ptr_array_new_with_free_func (g_free);
  self->plains = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < review->candidates->len; i++)
    {
      gboolean marked;
      char *plain;

      g_ptr_array_add (self->markups, annals_review_dup_candidate (review, i, &plain, &marked));
      g_ptr_array_add (self->plains, plain);
      self->marked |= marked;
    }

  return self;
}

void
annals_review_page_free (AnnalsReviewPage *self)
{
  annals_review_free (self->review);
  g_free (self->old_markup);
  g_free (self->meaning);
  g_ptr_array_unref (self->markups);
  g_ptr_array_unref (self->plains);
  g_free (self);
}

static GtkWidget *
make_label (const char *markup)
{
  return g_object_new (GTK_TYPE_LABEL, "label", markup, "use-markup", TRUE, "xalign", 0.0, "wrap", TRUE,
                       "wrap-mode", PANGO_WRAP_WORD_CHAR, "selectable", FALSE, NULL);
}

static GtkWidget *
make_place_button (guint       index,
                   const char *plain,
                   gboolean    best)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Place Here"));
  /* Translators: a button's name to a screen reader; %s is a passage */
  g_autofree char *name = g_strdup_printf (_("Place Here: “%s”"), plain);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "review.place");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", index);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  if (best)
    gtk_widget_add_css_class (button, "suggested-action");

  return button;
}

static GtkWidget *
make_candidate (const AnnalsReviewPage *page,
                guint                   index)
{
  const AnnalsAnchorCandidate *place = &g_array_index (page->review->candidates, AnnalsAnchorCandidate, index);
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *likeness = gtk_label_new (NULL);
  g_autofree char *likeness_text = NULL;

  /* A place between the old neighbours is not like the passage, it only stands there. */
  if (page->review->reason == ANNALS_ANCHOR_REWRITTEN && index == 0)
    likeness_text = g_strdup (_("What stands there now"));
  else
    /* Translators: how much a passage is like another; %u is a number from 0 to 100 */
    likeness_text = g_strdup_printf (_("Alike by %u %%"), (guint) (place->score * 100 + 0.5));

  gtk_label_set_text (GTK_LABEL (likeness), likeness_text);
  gtk_label_set_xalign (GTK_LABEL (likeness), 0);
  gtk_widget_set_hexpand (likeness, TRUE);
  gtk_widget_add_css_class (likeness, "caption");
  gtk_widget_add_css_class (likeness, "dim-label");
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "review-card");
  gtk_box_append (GTK_BOX (foot), likeness);
  gtk_box_append (GTK_BOX (foot), make_place_button (index, page->plains->pdata[index], index == 0));
  gtk_box_append (GTK_BOX (card), make_label (page->markups->pdata[index]));
  gtk_box_append (GTK_BOX (card), foot);

  return card;
}

static void
remove_candidates (AnnalsReviewSheet *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->candidates)) != NULL)
    gtk_box_remove (GTK_BOX (self->candidates), child);
}

/* All that the candidates say and do. */
static char *
dup_looks (const AnnalsReviewPage *page)
{
  GString *looks = g_string_new (NULL);

  g_string_append_printf (looks, "%" G_GINT64_FORMAT " %d", page->review->annotation->id, page->review->reason);
  for (guint i = 0; i < page->review->candidates->len; i++)
    {
      const AnnalsAnchorCandidate *place = &g_array_index (page->review->candidates, AnnalsAnchorCandidate, i);

      g_string_append_printf (looks, "\n%g %s %s", place->score, (const char *) page->plains->pdata[i],
                              (const char *) page->markups->pdata[i]);
    }

  return g_string_free (looks, FALSE);
}

static void
annals_review_sheet_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ANNALS_TYPE_REVIEW_SHEET);

  G_OBJECT_CLASS (annals_review_sheet_parent_class)->dispose (object);
}

static void
annals_review_sheet_finalize (GObject *object)
{
  g_free (ANNALS_REVIEW_SHEET (object)->looks);

  G_OBJECT_CLASS (annals_review_sheet_parent_class)->finalize (object);
}

static void
annals_review_sheet_class_init (AnnalsReviewSheetClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = annals_review_sheet_dispose;
  G_OBJECT_CLASS (klass)->finalize = annals_review_sheet_finalize;

  g_type_ensure (ANNALS_TYPE_REVIEW_TEXT);
  g_type_ensure (ANNALS_TYPE_SWATCH);
  g_type_ensure (ANNALS_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, ANNALS_RESOURCE_PATH "/annals-review-sheet.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsReviewSheet, scroller);
  gtk_widget_class_bind_template_child (widget_class, AnnalsReviewSheet, title);
  gtk_widget_class_bind_template_child (widget_class, AnnalsReviewSheet, reason);
  gtk_widget_class_bind_template_child (widget_class, AnnalsReviewSheet, edge);
  gtk_widget_class_bind_template_child (widget_class, AnnalsReviewSheet, meaning);
  gtk_widget_class_bind_template_child (widget_class, AnnalsReviewSheet, old);
  gtk_widget_class_bind_template_child (widget_class, AnnalsReviewSheet, note);
  gtk_widget_class_bind_template_child (widget_class, AnnalsReviewSheet, heading);
  gtk_widget_class_bind_template_child (widget_class, AnnalsReviewSheet, legend);
  gtk_widget_class_bind_template_child (widget_class, AnnalsReviewSheet, candidates);
  gtk_widget_class_bind_template_child (widget_class, AnnalsReviewSheet, text);
  gtk_widget_class_bind_template_child (widget_class, AnnalsReviewSheet, keep_button);
}

static void
annals_review_sheet_init (AnnalsReviewSheet *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Returns which of the candidates has the keyboard, or -1. */
static int
get_focused_candidate (AnnalsReviewSheet *self)
{
  GtkRoot *root = gtk_widget_get_root (self->candidates);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  int n = 0;

  if (focus == NULL)
    return -1;

  for (GtkWidget *child = gtk_widget_get_first_child (self->candidates); child != NULL;
       child = gtk_widget_get_next_sibling (child), n++)
    if (gtk_widget_is_ancestor (focus, child))
      return n;

  return -1;
}

static void
focus_candidate (AnnalsReviewSheet *self,
                 int                n)
{
  GtkWidget *child = gtk_widget_get_first_child (self->candidates);

  for (; child != NULL && n > 0; n--)
    child = gtk_widget_get_next_sibling (child);
  if (child == NULL || !gtk_widget_child_focus (child, GTK_DIR_TAB_FORWARD))
    gtk_widget_grab_focus (self->keep_button);
}

/* Buttons that are made anew would take a click away that has just begun. */
static void
show_candidates (AnnalsReviewSheet      *self,
                 const AnnalsReviewPage *page)
{
  g_autofree char *looks = dup_looks (page);
  int focused;

  if (g_strcmp0 (looks, self->looks) == 0)
    return;

  g_free (self->looks);
  self->looks = g_steal_pointer (&looks);
  focused = get_focused_candidate (self);
  remove_candidates (self);
  for (guint i = 0; i < page->review->candidates->len; i++)
    gtk_box_append (GTK_BOX (self->candidates), make_candidate (page, i));
  if (focused >= 0)
    focus_candidate (self, focused);
}

void
annals_review_sheet_set (AnnalsReviewSheet      *self,
                         const AnnalsReviewPage *page)
{
  const AnnalsAnnotation *annotation;
  guint n;

  g_return_if_fail (ANNALS_IS_REVIEW_SHEET (self));
  g_return_if_fail (page != NULL);

  annotation = page->review->annotation;
  n = page->review->candidates->len;
  gtk_label_set_text (self->title, annotation->post_title);
  gtk_label_set_text (self->reason, annals_review_explain (page->review));
  annals_swatch_set_colour (ANNALS_SWATCH (self->edge), annotation->colour);
  gtk_label_set_text (self->meaning, page->meaning);
  gtk_label_set_markup (self->old, page->old_markup);
  gtk_label_set_text (self->note, annotation->note);
  gtk_widget_set_visible (GTK_WIDGET (self->note), *annotation->note != '\0');
  gtk_label_set_text (self->heading, n == 0 ? _("No passage like it is left in the post.")
                                            : _("Where it may stand now"));
  gtk_widget_set_visible (GTK_WIDGET (self->legend), page->marked);

  show_candidates (self, page);

  /* The same note read again stays where it was scrolled to. */
  if (self->shown_id != annotation->id)
    {
      gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), 0);
      annals_review_text_fold (self->text);
    }
  self->shown_id = annotation->id;
  annals_review_text_set (self->text, page->review->text,
                          n > 0 ? g_array_index (page->review->candidates, AnnalsAnchorCandidate, 0).start
                                : annotation->selector.start);
}

void
annals_review_sheet_focus_first (AnnalsReviewSheet *self)
{
  g_return_if_fail (ANNALS_IS_REVIEW_SHEET (self));

  if (!gtk_widget_child_focus (self->candidates, GTK_DIR_TAB_FORWARD))
    gtk_widget_grab_focus (self->keep_button);
}
