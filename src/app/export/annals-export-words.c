/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-export-words.h"

#include <glib/gi18n.h>
#include <string.h>

#include "annals-text.h"

#define MAX_NAME 60   /* characters of a proposed file name, before its ending */

typedef struct
{
  const char *id;
  int         subject;    /* of which; -1: of any */
  const char *sentence;
} Sentence;

static const Sentence sentences[] = {
  { "pdf", -1, N_("A report to read, print and hand on, with its sources") },
  { "json", ANNALS_EXPORT_NOTEBOOK, N_("Everything in the notebook, to be imported into another") },
  { "json", -1, N_("All its data, for other programs and to be imported again") },
  { "timelinejs", -1, N_("An interactive timeline for a web page, by TimelineJS") },
  { "html", -1, N_("One page for any browser, without the network") },
  { "markdown", -1, N_("Plain text with headings and links, as Obsidian and others read it") },
  { "csv", -1, N_("A table for spreadsheets") },
  { "svg", -1, N_("The drawing alone, sharp at any size") },
  { "png", -1, N_("The drawing alone, as a picture") },
  { "w3c", -1, N_("Web Annotations (JSON-LD), as Hypothesis and others understand them") },
  { "qdpx", -1, N_("A project for NVivo, ATLAS.ti, MAXQDA and others (REFI-QDA)") },
  { "qdc", -1, N_("The list of tags for programs of qualitative research") },
  { "csl", -1, N_("Citations for Zotero, pandoc and others (CSL-JSON)") },
  { "bibtex", -1, N_("Citations for LaTeX with biblatex") },
  { "ris", -1, N_("Citations for EndNote, Zotero, Mendeley and others") },
};

const char *
annals_export_format_get_sentence (const AnnalsExportFormat *format)
{
  g_return_val_if_fail (format != NULL, "");

  for (guint i = 0; i < G_N_ELEMENTS (sentences); i++)
    if (g_str_equal (sentences[i].id, format->id) &&
        (sentences[i].subject < 0 || sentences[i].subject == (int) format->subject))
      return _(sentences[i].sentence);

  return "";
}

const char *
annals_export_subject_get_title (AnnalsExportSubject subject)
{
  switch (subject)
    {
    case ANNALS_EXPORT_TIMELINE:
      return _("Export Timeline");

    case ANNALS_EXPORT_NOTES:
      return _("Export Notes");

    case ANNALS_EXPORT_POSTS:
      return _("Export Posts");

    case ANNALS_EXPORT_NOTEBOOK:
    case ANNALS_N_EXPORT_SUBJECTS:
      break;
    }

  return _("Export Notebook");
}

char *
annals_export_dup_file_name (const char               *title,
                             const AnnalsExportFormat *format)
{
  g_autoptr(AnnalsText) text = annals_text_new_from_plain (title, -1);
  g_autofree char *lead = annals_text_dup_lead (text, MAX_NAME);

  g_strdelimit (lead, "/\\:*?\"<>|", '-');
  g_strstrip (lead);
  while (*lead == '.')
    memmove (lead, lead + 1, strlen (lead));

  /* Translators: the name of a file whose contents have no title */
  return g_strconcat (*lead != '\0' ? lead : _("Export"), format->extension, NULL);
}
