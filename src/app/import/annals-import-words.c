/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-import-words.h"

#include <glib/gi18n.h>

const char *
annals_issue_code_get_label (AnnalsIssueCode code)
{
  switch (code)
    {
    case ANNALS_ISSUE_KIND:
      return _("Not asked for");
    case ANNALS_ISSUE_EMPTY:
      return _("No text");
    case ANNALS_ISSUE_TITLE:
      return C_("issues", "Titles");
    case ANNALS_ISSUE_DATE:
      return C_("issues", "Dates");
    case ANNALS_ISSUE_CHARACTERS:
      return C_("issues", "Characters");
    case ANNALS_ISSUE_DAMAGE:
      return C_("issues", "Damage");
    case ANNALS_ISSUE_FORMAT:
      return _("Other files");
    case ANNALS_ISSUE_LIMIT:
      return C_("issues", "Limits");
    case ANNALS_ISSUE_COPY:
      return C_("issues", "Copies");
    case ANNALS_ISSUE_REMAINDER:
      return _("Text beside the posts");
    case ANNALS_ISSUE_OTHER:
      break;
    }

  return C_("issues", "Other");
}

const char *
annals_post_kind_get_label (AnnalsPostKind kind)
{
  switch (kind)
    {
    case ANNALS_POST_POST:
      return _("Posts");
    case ANNALS_POST_PAGE:
      return _("Pages");
    case ANNALS_POST_DRAFT:
      return _("Drafts");
    case ANNALS_POST_PRIVATE:
      return _("Private posts");
    case ANNALS_POST_TRASH:
      return _("Posts in the trash");
    case ANNALS_POST_COMMENT:
      return _("Comments");
    case ANNALS_POST_OTHER:
      break;
    }

  return _("Menus, files and settings");
}

const char *
annals_post_kind_get_name (AnnalsPostKind kind)
{
  switch (kind)
    {
    case ANNALS_POST_POST:
      return C_("kind of post", "Post");
    case ANNALS_POST_PAGE:
      return C_("kind of post", "Page");
    case ANNALS_POST_DRAFT:
      return C_("kind of post", "Draft");
    case ANNALS_POST_PRIVATE:
      return C_("kind of post", "Private");
    case ANNALS_POST_TRASH:
      return C_("kind of post", "From the trash");
    case ANNALS_POST_COMMENT:
      return C_("kind of post", "Comment");
    case ANNALS_POST_OTHER:
      break;
    }

  return C_("kind of post", "Record");
}

char *
annals_import_dup_done_title (const char *format,
                              guint       n)
{
  if (format != NULL && annals_import_is_of_posts (format))
    return g_strdup_printf (ngettext ("%'u Post Imported", "%'u Posts Imported", n), n);
  if (g_strcmp0 (format, "w3c") == 0)
    return g_strdup_printf (ngettext ("%'u Annotation Imported", "%'u Annotations Imported", n), n);
  if (g_strcmp0 (format, "timelinejs") == 0)
    return g_strdup_printf (ngettext ("%'u Event Imported", "%'u Events Imported", n), n);

  return g_strdup_printf (ngettext ("%'u Record Imported", "%'u Records Imported", n), n);
}
