/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Without memory GLib ends the program, but for one hole: before 2.78 g_strdup_printf() returned NULL and
 * g_string_append_printf() appended nothing. A date, a title or a statement that was lost so went on into the
 * notebook as one that had never been there. The linker puts these in their place (--wrap, src/meson.build). */
#include "config.h"

#include <glib/gprintf.h>

char *__wrap_g_strdup_vprintf (const char *format,
                               va_list     arguments) G_GNUC_PRINTF (1, 0);
char *__wrap_g_strdup_printf (const char *format,
                              ...) G_GNUC_PRINTF (1, 2);
void __wrap_g_string_append_printf (GString    *string,
                                    const char *format,
                                    ...) G_GNUC_PRINTF (2, 3);

char *
__wrap_g_strdup_vprintf (const char *format,
                         va_list     arguments)
{
  char *text = NULL;

  if (g_vasprintf (&text, format, arguments) < 0)
    g_error ("no memory for a text that was to be formatted");

  return text;
}

char *
__wrap_g_strdup_printf (const char *format,
                        ...)
{
  va_list arguments;
  char *text;

  va_start (arguments, format);
  text = __wrap_g_strdup_vprintf (format, arguments);
  va_end (arguments);

  return text;
}

void
__wrap_g_string_append_printf (GString    *string,
                               const char *format,
                               ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = __wrap_g_strdup_vprintf (format, arguments);
  va_end (arguments);

  g_string_append (string, text);
}
