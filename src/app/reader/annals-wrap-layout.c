/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-wrap-layout.h"

#define SPACING 6

struct _AnnalsWrapLayout
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (AnnalsWrapLayout, annals_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

static GtkSizeRequestMode
annals_wrap_layout_get_request_mode (GtkLayoutManager *manager,
                                     GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* The width a child gets in a line of @width pixels. */
static int
fit_child (GtkWidget *child,
           int        width)
{
  int minimum;
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);

  return MAX (minimum, MIN (natural, width));
}

/* Lays the line that begins with @first; what does not fit is left. */
static GtkWidget *
measure_line (GtkWidget *first,
              int        width,
              int       *line_height)
{
  GtkWidget *child;
  int x = 0;

  *line_height = 0;

  for (child = first; child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int child_width;
      int child_height;

      if (!gtk_widget_should_layout (child))
        continue;

      child_width = fit_child (child, width);
      if (x > 0 && x + child_width > width)
        break;

      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, child_width, NULL, &child_height, NULL,
                          NULL);
      *line_height = MAX (*line_height, child_height);
      x += child_width + SPACING;
    }

  return child;
}

static void
measure_width (GtkWidget *widget,
               int       *minimum,
               int       *natural)
{
  *minimum = *natural = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_minimum;
      int child_natural;

      if (!gtk_widget_should_layout (child))
        continue;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1,
                          &child_minimum, &child_natural, NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural += child_natural + (*natural > 0 ? SPACING : 0);
    }
}

static void
annals_wrap_layout_measure (GtkLayoutManager *manager,
                            GtkWidget        *widget,
                            GtkOrientation    orientation,
                            int               for_size,
                            int              *minimum,
                            int              *natural,
                            int              *minimum_baseline,
                            int              *natural_baseline)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);
  int height = 0;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      measure_width (widget, minimum, natural);
      return;
    }

  while (child != NULL)
    {
      int line_height;

      child = measure_line (child, for_size < 0 ? G_MAXINT / 2 : for_size, &line_height);
      height += line_height + (height > 0 ? SPACING : 0);
    }

  *minimum = *natural = height;
}

/* What is left of the width of the line from @first to before @end, for each child that expands. */
static int
share_rest (GtkWidget *first,
            GtkWidget *end,
            int        width)
{
  int rest = width + SPACING;
  int n_expanding = 0;

  for (GtkWidget *child = first; child != end; child = gtk_widget_get_next_sibling (child))
    {
      if (!gtk_widget_should_layout (child))
        continue;

      rest -= fit_child (child, width) + SPACING;
      n_expanding += gtk_widget_get_hexpand (child) ? 1 : 0;
    }

  return n_expanding > 0 ? MAX (rest, 0) / n_expanding : 0;
}

static void
annals_wrap_layout_allocate (GtkLayoutManager *manager,
                             GtkWidget        *widget,
                             int               width,
                             int               height,
                             int               baseline)
{
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkWidget *child = gtk_widget_get_first_child (widget);
  int y = 0;

  while (child != NULL)
    {
      int line_height;
      GtkWidget *end = measure_line (child, width, &line_height);
      int share = share_rest (child, end, width);
      int x = 0;

      for (; child != end; child = gtk_widget_get_next_sibling (child))
        {
          GtkAllocation allocation = { x, y, 0, line_height };

          if (!gtk_widget_should_layout (child))
            continue;

          allocation.width = fit_child (child, width) + (gtk_widget_get_hexpand (child) ? share : 0);
          if (rtl)
            allocation.x = width - x - allocation.width;
          gtk_widget_size_allocate (child, &allocation, -1);
          x += allocation.width + SPACING;
        }

      y += line_height + SPACING;
    }
}

static void
annals_wrap_layout_class_init (AnnalsWrapLayoutClass *klass)
{
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  manager_class->get_request_mode = annals_wrap_layout_get_request_mode;
  manager_class->measure = annals_wrap_layout_measure;
  manager_class->allocate = annals_wrap_layout_allocate;
}

static void
annals_wrap_layout_init (AnnalsWrapLayout *self)
{
}

GtkLayoutManager *
annals_wrap_layout_new (void)
{
  return g_object_new (ANNALS_TYPE_WRAP_LAYOUT, NULL);
}
