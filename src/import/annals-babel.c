/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-babel.h"

/* Of several names of a language the first is written, the others are read; of a regional variant its own is. */
static const struct
{
  const char *tag;
  const char *name;
} languages[] = {
  { "ar", "arabic" }, { "bg", "bulgarian" }, { "ca", "catalan" }, { "cs", "czech" }, { "cy", "welsh" },
  { "da", "danish" }, { "de", "german" }, { "de", "ngerman" }, { "de-AT", "naustrian" }, { "de-AT", "austrian" },
  { "el", "greek" }, { "en", "english" }, { "en-GB", "british" }, { "en-GB", "ukenglish" }, { "en-US", "american" },
  { "en-US", "usenglish" }, { "es", "spanish" }, { "et", "estonian" }, { "eu", "basque" }, { "fa", "persian" },
  { "fa", "farsi" }, { "fi", "finnish" }, { "fr", "french" }, { "fr", "francais" }, { "fr-CA", "canadien" },
  { "ga", "irish" }, { "he", "hebrew" }, { "hi", "hindi" }, { "hr", "croatian" }, { "hu", "hungarian" },
  { "hu", "magyar" }, { "id", "indonesian" }, { "is", "icelandic" }, { "it", "italian" }, { "ja", "japanese" },
  { "ko", "korean" }, { "lt", "lithuanian" }, { "lv", "latvian" }, { "nb", "norsk" }, { "nb", "norwegian" },
  { "nl", "dutch" }, { "nn", "nynorsk" }, { "pl", "polish" }, { "pt", "portuguese" }, { "pt", "portuges" },
  { "pt-BR", "brazilian" }, { "pt-BR", "brazil" }, { "ro", "romanian" }, { "ru", "russian" }, { "sk", "slovak" },
  { "sl", "slovenian" }, { "sl", "slovene" }, { "sr", "serbian" }, { "sv", "swedish" }, { "th", "thai" },
  { "tr", "turkish" }, { "uk", "ukrainian" }, { "vi", "vietnamese" }, { "zh", "chinese" },
};

const char *
annals_babel_get_name (const char *tag)
{
  const char *name = NULL;

  g_return_val_if_fail (tag != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      if (g_ascii_strcasecmp (tag, languages[i].tag) == 0)
        return languages[i].name;
      if (name == NULL && languages[i].tag[2] == '\0' && g_ascii_strncasecmp (tag, languages[i].tag, 2) == 0 &&
          tag[2] == '-')
        name = languages[i].name;
    }

  return name;
}

const char *
annals_babel_get_tag (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    if (g_ascii_strcasecmp (name, languages[i].name) == 0)
      return languages[i].tag;

  return NULL;
}
