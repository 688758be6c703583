/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-month-lines.h"

#include "annals-month-words.h"
#include "annals-text.h"

#include <string.h>

/* Longer lines are text. */
#define MAX_FURNITURE 300
#define MAX_SOURCE 100

/* What WordPress and its themes write before the month, case-folded, without the colon. */
static const char * const heading_labels[] = {
  "monthly archives", "monthly archive", "month", "archives", "archive", "archive for",
  "archives for", "archive for the month of",
  "monatsarchive", "monatsarchiv", "monatliche archive", "monat", "archiv",
  "archives mensuelles", "archives du mois", "mois",
  "archivos mensuales", "archivo mensual", "archivo de", "mes",
  "archivi mensili", "archivio mensile", "archivio mensile per", "mese",
  "arquivos mensais", "arquivo mensal", "arquivo do mês", "mês",
  "maandelijkse archieven", "maandelijks archief", "maandarchief", "maand",
  "архив за месяц", "архивы за месяц", "месяц", "архив",
  "archiwum miesięczne", "archiwa miesięczne", "miesiąc",
  "měsíční archivy", "měsíc", "aylık arşivler", "ay", "kuukausiarkisto", "kuukausi",
  "månadsarkiv", "månad", "månedsarkiver", "månedlige arkiver", "måned",
  "월별 보관물", "월별 글 목록", "월", "月別アーカイブ", "月份归档", "月度归档", "月",
  NULL,
};

typedef struct
{
  const char *on;   /* "Posted on ", case-folded */
  const char *by;   /* " by " */
} BylineWords;

static const BylineWords byline_words[] = {
  { "posted on", "by" },
  { "published on", "by" },
  { "posted", "by" },
  { "published", "by" },
  { "veröffentlicht am", "von" },
  { "publié le", "par" },
  { "posté le", "par" },
  { "publicado el", "por" },
  { "publicada el", "por" },
  { "publicado em", "por" },
  { "pubblicato il", "da" },
  { "geplaatst op", "door" },
  { "опубликовано", "автором" },
  { "opublikowano", "autor" },
  { "publicerat den", "av" },
  { "publicerad den", "av" },
};

/* Whole lines, case-folded, without arrows around them. */
static const char * const navigation[] = {
  "older posts", "newer posts", "older entries", "newer entries", "previous posts", "next posts",
  "older articles", "newer articles", "post navigation", "posts navigation", "posts pagination",
  "leave a comment", "leave a reply", "leave a response", "add a comment", "no comments",
  "comments off", "comments are closed", "comments closed", "continue reading", "read more",
  "read the rest of this entry", "(more…)", "(more...)", "skip to content", "skip to main content",
  "share this", "share this:", "like this", "like this:", "like loading...", "loading...",
  "loading…", "proudly powered by wordpress", "permalink",
  "ältere beiträge", "neuere beiträge", "kommentar hinterlassen", "schreibe einen kommentar",
  "weiterlesen", "beitragsnavigation",
  "articles plus anciens", "articles plus récents", "laisser un commentaire", "lire la suite",
  "navigation des articles",
  "entradas anteriores", "entradas siguientes", "deja un comentario", "dejar un comentario",
  "seguir leyendo", "navegación de entradas",
  "articoli meno recenti", "articoli più recenti", "articoli precedenti", "lascia un commento",
  "continua a leggere", "navigazione articoli",
  "posts mais antigos", "posts mais recentes", "deixe um comentário", "continue lendo",
  "oudere berichten", "nieuwere berichten", "een reactie plaatsen", "lees verder",
  NULL,
};

static char *
fold (const char *line)
{
  g_autofree char *normal = annals_text_normalize_line (line, -1);

  return g_utf8_casefold (normal, -1);
}

static gboolean
is_long (const char *line)
{
  return strlen (line) > MAX_FURNITURE;
}

/* Whether the two ends of the line without white space and quotes name a month. */
static AnnalsDate *
parse_month_part (const char *part)
{
  g_autofree char *bare = g_strdup (part);
  char *at = bare;
  gsize length;

  while (*at == ' ' || *at == ':' || *at == '\'' || *at == '"')
    at++;
  for (length = strlen (at); length > 0 && strchr (" '\".", at[length - 1]); length--)
    at[length - 1] = '\0';

  return annals_month_words_parse_month (at);
}

AnnalsDate *
annals_month_line_heading (const char *line)
{
  g_autofree char *folded = NULL;
  const char *colon;
  gsize label_length;

  g_return_val_if_fail (line != NULL, NULL);

  if (strlen (line) > 120)
    return NULL;

  folded = fold (line);

  /* "：" is the colon of East Asia */
  colon = strchr (folded, ':');
  if (colon == NULL)
    colon = strstr (folded, "：");

  if (colon != NULL)
    {
      g_autofree char *label = g_strndup (folded, (gsize) (colon - folded));

      g_strchomp (label);
      /* the no-break space of French */
      if (g_str_has_suffix (label, "\u00a0"))
        label[strlen (label) - 2] = '\0';

      return g_strv_contains (heading_labels, label)
               ? parse_month_part (g_utf8_next_char (colon))
               : NULL;
    }

  for (guint i = 0; heading_labels[i]; i++)
    {
      if (!g_str_has_prefix (folded, heading_labels[i]))
        continue;

      label_length = strlen (heading_labels[i]);
      if (folded[label_length] == ' ')
        {
          AnnalsDate *month = parse_month_part (folded + label_length);

          if (month != NULL)
            return month;
        }
    }

  return NULL;
}

void
annals_byline_free (AnnalsByline *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->date, annals_date_unref);
  g_free (self->author);
  g_strfreev (self->tags);
  g_free (self->unread);
  g_free (self);
}

/* The bytes of @line that fold to @prefix, when it begins so and a word ends there; else 0. */
static gsize
skip_prefix (const char *line,
             const char *prefix)
{
  const char *at = line;

  for (const char *want = prefix; *want; want = g_utf8_next_char (want))
    {
      if (*at == '\0' || g_unichar_tolower (g_utf8_get_char (at)) != g_utf8_get_char (want))
        return 0;
      at = g_utf8_next_char (at);
    }

  return *at == '\0' || *at == ' ' || *at == ':' ? (gsize) (at - line) : 0;
}

/* Where the word @by stands in @line with a space or an end on either side; NULL when nowhere. */
static const char *
find_by (const char *line,
         const char *by)
{
  for (const char *at = line; *at; at = g_utf8_next_char (at))
    {
      gsize length;

      if ((at == line || at[-1] == ' ') && (length = skip_prefix (at, by)) > 0 && at[length] != ':')
        return at;
    }

  return NULL;
}

static char **
split_list (const char *list)
{
  g_auto(GStrv) pieces = g_strsplit (list, ",", -1);
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; pieces[i]; i++)
    {
      if (*g_strstrip (pieces[i]) != '\0')
        g_ptr_array_add (names, g_strdup (pieces[i]));
    }
  g_ptr_array_add (names, NULL);

  return (char **) g_ptr_array_free (names, FALSE);
}

/* "Posted in Politics, War | Tagged sanctions | Leave a comment": stands under a post. */
static AnnalsByline *
parse_filing (const char *line)
{
  g_autoptr(AnnalsByline) byline = NULL;
  g_autoptr(GString) names = g_string_new (NULL);
  g_auto(GStrv) parts = g_strsplit (line, "|", -1);
  gboolean filed = FALSE;

  if (parts[0] == NULL || parts[1] == NULL)
    return NULL;

  for (guint i = 0; parts[i]; i++)
    {
      const char *part = g_strstrip (parts[i]);
      gsize length;

      if ((length = skip_prefix (part, "posted in")) > 0 ||
          (length = skip_prefix (part, "filed under")) > 0 ||
          (length = skip_prefix (part, "tagged with")) > 0 ||
          (length = skip_prefix (part, "tagged")) > 0 || (length = skip_prefix (part, "tags")) > 0)
        {
          filed = TRUE;
          g_string_append_printf (names, "%s,", part + length + (part[length] == ':'));
        }
      else if (*part != '\0' && !annals_month_line_navigation (part))
        {
          return NULL;
        }
    }

  if (!filed)
    return NULL;

  byline = g_new0 (AnnalsByline, 1);
  byline->tags = split_list (names->str);

  return g_steal_pointer (&byline);
}

/* Cuts " in Politics | Leave a comment" and " | 3 Comments" from the end of a byline; the tags. */
static char **
cut_filing (char *rest)
{
  char *bar = strchr (rest, '|');
  char **tags = NULL;
  char *filed;

  if (bar != NULL)
    {
      g_autofree char *after = g_strstrip (g_strdup (bar + 1));

      if (!annals_month_line_navigation (after))
        return NULL;

      *bar = '\0';
      g_strchomp (rest);

      filed = g_strrstr (rest, " in ");
      if (filed != NULL)
        {
          tags = split_list (filed + 4);
          *filed = '\0';
        }
    }

  return tags;
}

/* Whether something that was not understood stands where only a day could stand. */
static gboolean
looks_like_day (const char *words)
{
  gboolean digit = FALSE;
  guint n_spaces = 0;

  for (const char *at = words; *at; at++)
    {
      digit |= g_ascii_isdigit (*at);
      n_spaces += *at == ' ';
    }

  return digit && n_spaces <= 5 && strlen (words) <= 60;
}

static AnnalsByline *
parse_byline (const char        *line,
              const BylineWords *words)
{
  g_autoptr(AnnalsByline) byline = NULL;
  g_autofree char *rest = NULL;
  g_autofree char *day = NULL;
  gsize length = skip_prefix (line, words->on);
  gboolean bare = strchr (words->on, ' ') == NULL;
  const char *by;

  if (length == 0)
    return NULL;

  byline = g_new0 (AnnalsByline, 1);
  byline->opens = TRUE;
  rest = g_strstrip (g_strdup (line + length + (line[length] == ':')));
  byline->tags = cut_filing (rest);

  by = find_by (rest, words->by);
  day = g_strstrip (by ? g_strndup (rest, (gsize) (by - rest)) : g_strdup (rest));

  if (by != NULL)
    byline->author = g_strstrip (g_strdup (by + skip_prefix (by, words->by)));
  if (byline->author != NULL && (*byline->author == '\0' || strlen (byline->author) > 100))
    {
      if (*byline->author != '\0')
        return NULL;
      g_clear_pointer (&byline->author, g_free);
    }

  /* "Posted" and "Published by Penguin Books" say too little to be a byline */
  if (*day == '\0')
    return bare && (byline->author == NULL || !g_str_equal (words->on, "posted"))
             ? NULL
             : g_steal_pointer (&byline);

  byline->date = annals_month_words_parse_day (day);
  if (byline->date == NULL)
    byline->date = annals_month_words_parse_month (day);

  if (byline->date == NULL)
    {
      if (bare || !looks_like_day (day))
        return NULL;
      byline->unread = g_steal_pointer (&day);
    }

  return g_steal_pointer (&byline);
}

AnnalsByline *
annals_month_line_byline (const char *line)
{
  g_autofree char *normal = NULL;
  AnnalsByline *byline;

  g_return_val_if_fail (line != NULL, NULL);

  if (is_long (line))
    return NULL;

  normal = annals_text_normalize_line (line, -1);

  for (guint i = 0; i < G_N_ELEMENTS (byline_words); i++)
    {
      if ((byline = parse_byline (normal, &byline_words[i])))
        return byline;
    }

  return parse_filing (normal);
}

/* "1 2 3 … 9 Next →", "Page 1 of 3": numbers with something that leads on, or from 1 upwards. */
static gboolean
is_page_numbers (const char *folded)
{
  g_auto(GStrv) tokens = g_strsplit (folded, " ", -1);
  guint n_numbers = 0;
  gboolean leads = FALSE;
  gboolean counts = TRUE;
  guint64 last = 0;

  for (guint i = 0; tokens[i]; i++)
    {
      static const char * const leading[] = {
        "→",    "←",        "»",    "«",     "…",     "...",  "›",      "‹",
        "next", "previous", "prev", "older", "newer", "page", "pages:", NULL,
      };
      char *end;
      guint64 number = g_ascii_strtoull (tokens[i], &end, 10);

      if (g_ascii_isdigit (tokens[i][0]) && *end == '\0')
        {
          counts = counts && number == last + 1;
          last = number;
          n_numbers++;
        }
      else if (g_strv_contains (leading, tokens[i]))
        {
          leads = TRUE;
        }
      else if (!(g_str_equal (tokens[i], "of") && leads && n_numbers == 1))
        {
          return FALSE;
        }
    }

  return n_numbers > 0 && (leads || (counts && n_numbers > 1));
}

/* "3 comments", "1 reply" */
static gboolean
is_count (const char *folded)
{
  static const char * const words[] = {
    "comment", "comments", "reply", "replies", "response", "responses", "kommentar", "kommentare",
    "commentaire", "commentaires", "comentario", "comentarios", "commento", "commenti", NULL,
  };
  char *end;

  g_ascii_strtoull (folded, &end, 10);

  return g_ascii_isdigit (*folded) && *end == ' ' && g_strv_contains (words, end + 1);
}

/* Takes arrows and the white space beside them from both ends; TRUE when there were any. */
static gboolean
strip_arrows (char *folded)
{
  static const char * const arrows[] = {
    "←", "→", "«", "»", "‹", "›", "<<", ">>", "&larr;", "&rarr;"
  };
  gboolean found = FALSE;
  gboolean again = TRUE;

  while (again)
    {
      again = FALSE;
      g_strstrip (folded);

      for (guint i = 0; i < G_N_ELEMENTS (arrows); i++)
        {
          gsize length = strlen (arrows[i]);

          if (g_str_has_prefix (folded, arrows[i]))
            {
              memmove (folded, folded + length, strlen (folded + length) + 1);
              again = TRUE;
            }
          if (g_str_has_suffix (folded, arrows[i]))
            {
              folded[strlen (folded) - length] = '\0';
              again = TRUE;
            }
        }

      found |= again;
    }

  return found;
}

gboolean
annals_month_line_navigation (const char *line)
{
  g_autofree char *folded = NULL;
  gboolean arrows;

  g_return_val_if_fail (line != NULL, FALSE);

  if (is_long (line))
    return FALSE;

  folded = fold (line);
  if (is_page_numbers (folded) || is_count (folded))
    return TRUE;

  arrows = strip_arrows (folded);

  /* "Continue reading TITLE →" */
  if (arrows && (*folded == '\0' || g_str_has_prefix (folded, "continue reading") ||
                 g_str_equal (folded, "next") || g_str_equal (folded, "previous")))
    return TRUE;

  return g_strv_contains (navigation, folded);
}

char *
annals_month_line_source (const char *line)
{
  static const char * const introductions[] = { "source:", "via", "from" };
  g_autofree char *normal = NULL;
  g_autofree char *name = NULL;
  gboolean letter = FALSE;
  gsize length;

  g_return_val_if_fail (line != NULL, NULL);

  if (is_long (line))
    return NULL;

  normal = annals_text_normalize_line (line, -1);
  length = strlen (normal);
  if (length < 3 || length > MAX_SOURCE || normal[0] != '[' || normal[length - 1] != ']')
    return NULL;

  name = g_strstrip (g_strndup (normal + 1, length - 2));

  for (guint i = 0; i < G_N_ELEMENTS (introductions); i++)
    {
      gsize skip = strlen (introductions[i]);

      if (g_ascii_strncasecmp (name, introductions[i], skip) == 0 && name[skip] == ' ')
        {
          memmove (name, name + skip, strlen (name + skip) + 1);
          g_strstrip (name);
          break;
        }
    }

  for (const char *at = name; *at; at = g_utf8_next_char (at))
    letter |= g_unichar_isalpha (g_utf8_get_char (at));

  /* a caption, a shortcode, a remark of the editor */
  if (!letter || strpbrk (name, "[]:=/") != NULL || g_ascii_strncasecmp (name, "update", 6) == 0 ||
      (strchr (name, ' ') != NULL && g_unichar_islower (g_utf8_get_char (name))))
    return NULL;

  return g_steal_pointer (&name);
}

AnnalsDate *
annals_month_line_dated_title (const char *line)
{
  g_autofree char *normal = NULL;
  char *open;
  gsize length;

  g_return_val_if_fail (line != NULL, NULL);

  if (is_long (line))
    return NULL;

  normal = annals_text_normalize_line (line, -1);
  length = strlen (normal);
  open = strrchr (normal, '(');
  if (open == NULL || open == normal || normal[length - 1] != ')')
    return NULL;

  normal[length - 1] = '\0';

  return annals_month_words_parse_day (open + 1);
}
