/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-month-phrases.h"

#include "annals-date-names.h"

#include <string.h>

#define MAX_PHRASE 128

/* Separated by bars; written as the software writes them and folded when the table is made. */
static const struct
{
  AnnalsMonthPhraseKind  kind;
  const char            *phrases;
} lists[] = {
  { ANNALS_MONTH_PHRASE_HEADING,
    "monthly archives|monthly archive|month|archives|archive|archive for|archives for|"
    "archive for the month of|"
    "you are currently browsing the archives for|you are browsing the archives for|"
    "browsing archives for|"
    "browsing the archives for|posts from|entries from|"
    "monatsarchive|monatsarchiv|monatliche archive|monat|archiv|archiv für|"
    "archives mensuelles|archives du mois|archives pour|mois|"
    "archivos mensuales|archivo mensual|archivo de|archivo para|mes|"
    "archivi mensili|archivio mensile|archivio mensile per|archivio per|archivi|archivio|mese|"
    "arquivos mensais|arquivo mensal|arquivo do mês|arquivo de|mês|"
    "maandelijkse archieven|maandelijks archief|maandarchief|archief|maand|"
    "архив за месяц|архивы за месяц|архив за|месяц|архив|"
    "archiwum miesięczne|archiwa miesięczne|archiwum|miesiąc|"
    "μηνιαία αρχεία|μηνιαίο αρχείο|αρχείο|μήνας|havi archívum|havi archívumok|hónap|"
    "měsíční archivy|archiv za měsíc|měsíc|aylık arşivler|aylık arşiv|ay|kuukausiarkisto|kuukausi|"
    "månadsarkiv|månad|månedsarkiver|månedlige arkiver|måned|arxius mensuals|mes|"
    "월별 보관물|월별 글 목록|월별 글|월|月別アーカイブ|月|月份归档|月度归档|每月彙整|月份|" },
  { ANNALS_MONTH_PHRASE_ON,
    "posted on|published on|posted at|"
    "veröffentlicht am|geschrieben am|erstellt am|publiziert am|"
    "publié le|posté le|écrit le|mis en ligne le|"
    "publicado el|publicada el|escrito el|"
    "publicado em|postado em|"
    "pubblicato il|postato il|scritto il|inserito il|pubblicato in data|"
    "geplaatst op|gepubliceerd op|"
    "опубликовано|размещено|размещено в|"
    "opublikowano|opublikowane|dodano|"
    "publicerat den|publicerad den|publicerat|udgivet den|publisert|publicat el|publicat a|"
    "δημοσιεύτηκε στις|δημοσιεύθηκε στις|αναρτήθηκε στις|közzétéve|publikováno|yayım tarihi|"
    "julkaistu|"
    "게시됨|게시일|작성일|投稿日時|投稿日|公開日|发布于|發佈於|發表於|发表于|发布日期|張貼於" },
  { ANNALS_MONTH_PHRASE_POSTED, "posted|published|written|entry posted|submitted" },
  { ANNALS_MONTH_PHRASE_BY,
    "by|posted by|written by|published by|author|author:|von|par|por|da|di|door|автор|автором|от|"
    "autor|autore|auteur|"
    "av|af|από|του|szerző|írta|per|글쓴이|작성자|投稿者|著者|作者|由" },
  { ANNALS_MONTH_PHRASE_FILED,
    "this entry was posted in|this entry was posted on|this entry was tagged|"
    "this post was posted in|and tagged|"
    "posted in|filed under|tagged with|tagged|tags|tag|categories|category|filed in|in|"
    "veröffentlicht in|veröffentlicht unter|kategorien|kategorie|schlagwörter|verschlagwortet mit|"
    "publié dans|classé dans|catégories|catégorie|étiquettes|mots-clés|tagué|"
    "publicado en|categorías|categoría|etiquetas|etiquetado|archivado en|"
    "categorias|categoria|marcado|"
    "pubblicato in|archiviato in|categorie|contrassegnato da tag|taggato|etichette|"
    "geplaatst in|categorieën|getagd|"
    "рубрика|рубрики|метки|метка|размещено в|kategoria|opublikowano w|tagi|otagowano|"
    "zaszufladkowano do kategorii|"
    "κατηγορίες|κατηγορία|ετικέτες|kategória|kategóriák|címkék|"
    "카테고리|태그|カテゴリー|タグ|分类|分類|标签|標籤" },
  { ANNALS_MONTH_PHRASE_CONTINUE,
    "continue reading|read more|read the rest|keep reading|(more…)|more…|read the full post|"
    "[continue reading|[read more|"
    "weiterlesen|mehr lesen|den ganzen beitrag lesen|"
    "lire la suite|continuer la lecture|lire plus|"
    "seguir leyendo|continuar leyendo|leer más|sigue leyendo|"
    "continua a leggere|leggi tutto|continua la lettura|leggi di più|continua|leggi il resto|"
    "continue lendo|continuar lendo|leia mais|ler mais|continuar a ler|"
    "lees verder|verder lezen|lees meer|"
    "читать далее|читать дальше|продолжить чтение|"
    "czytaj dalej|czytaj więcej|kontynuuj czytanie|"
    "συνεχίστε την ανάγνωση|περισσότερα|διαβάστε περισσότερα|"
    "bővebben|tovább olvasom|olvass tovább|číst dále|pokračovat ve čtení|okumaya devam et|"
    "devamını oku|lue lisää|läs mer|"
    "fortsätt läsa|les mer|læs mere|"
    "계속 읽기|더 읽기|더 보기|続きを読む|继续阅读|繼續閱讀|阅读更多|閱讀更多|阅读全文" },
  { ANNALS_MONTH_PHRASE_NAVIGATION,
    "older posts|newer posts|older entries|newer entries|previous posts|next posts|"
    "older articles|newer articles|post navigation|posts navigation|posts pagination|"
    "leave a comment|leave a reply|leave a response|add a comment|no comments|"
    "be the first to comment|permalink|"
    "comments off|comments are closed|comments closed|no comments yet|skip to content|"
    "skip to main content|"
    "skip to primary content|skip to secondary content|main menu|toggle navigation|"
    "share this|share this:|like this|like this:|like loading...|like loading…|loading...|loading…|"
    "proudly powered by wordpress|powered by wordpress|create a free website or blog at "
    "wordpress.com|"
    "bookmark the permalink|back to top|bookmark the permalink.|"
    "ältere beiträge|neuere beiträge|kommentar hinterlassen|schreibe einen kommentar|"
    "hinterlasse einen kommentar|"
    "beitragsnavigation|keine kommentare|zum inhalt springen|kommentare deaktiviert|"
    "einen kommentar hinterlassen|"
    "articles plus anciens|articles plus récents|articles précédents|articles suivants|"
    "laisser un commentaire|"
    "navigation des articles|aucun commentaire|aller au contenu|commentaires fermés|"
    "poster un commentaire|"
    "entradas anteriores|entradas siguientes|entradas más recientes|entradas más antiguas|"
    "deja un comentario|"
    "dejar un comentario|deja una respuesta|navegación de entradas|sin comentarios|"
    "saltar al contenido|no hay comentarios|"
    "articoli meno recenti|articoli più recenti|articoli precedenti|lascia un commento|"
    "nessun commento|"
    "navigazione articoli|vai al contenuto|lascia una risposta|commenti disabilitati|"
    "posts mais antigos|posts mais recentes|deixe um comentário|deixe uma resposta|"
    "nenhum comentário|sem comentários|"
    "navegação de posts|pular para o conteúdo|ir para o conteúdo|"
    "oudere berichten|nieuwere berichten|een reactie plaatsen|geef een reactie|"
    "laat een reactie achter|geen reacties|"
    "berichtnavigatie|ga naar de inhoud|"
    "добавить комментарий|оставить комментарий|оставьте комментарий|нет комментариев|"
    "перейти к содержимому|"
    "предыдущие записи|следующие записи|навигация по записям|"
    "dodaj komentarz|zostaw komentarz|brak komentarzy|starsze wpisy|nowsze wpisy|"
    "przejdź do treści|nawigacja po wpisach|"
    "αφήστε ένα σχόλιο|αφήστε μια απάντηση|παλαιότερα άρθρα|νεότερα άρθρα|"
    "szólj hozzá|hozzászólás írása|régebbi bejegyzések|újabb bejegyzések|"
    "댓글 남기기|답글 남기기|댓글 없음|이전 글|다음 글|글 탐색|내용으로 건너뛰기|"
    "コメントする|コメントを残す|コメントはありません|過去の投稿|新しい投稿|投稿ナビゲーション|コンテンツへスキップ|"
    "发表评论|發表迴響|发表回复|没有评论|暂无评论|文章导航|跳至内容|较早文章|较新文章|较旧文章" },
  { ANNALS_MONTH_PHRASE_SIDEBAR,
    "archives|categories|recent posts|recent comments|meta|search|search for|blogroll|pages|"
    "tag cloud|links|tags|"
    "top posts|top posts & pages|subscribe|follow blog via email|blog stats|calendar|log in|"
    "register|entries rss|"
    "comments rss|entries feed|comments feed|entries (rss)|comments (rss)|wordpress.org|"
    "wordpress.com|follow us|recent entries|"
    "archive|archiv|kategorien|neueste beiträge|letzte beiträge|neueste kommentare|"
    "letzte kommentare|suche|suchen|suche nach|"
    "anmelden|schlagwörter|seiten|beitrags-feed|kommentare-feed|eintrags-feed|feed der einträge|"
    "kommentar-feed|"
    "catégories|articles récents|commentaires récents|méta|recherche|rechercher|rechercher :|"
    "connexion|étiquettes|liens|"
    "flux des publications|flux des commentaires|"
    "archivos|categorías|entradas recientes|comentarios recientes|buscar|buscar por|acceder|"
    "enlaces|etiquetas|páginas|"
    "feed de entradas|feed de comentarios|"
    "archivi|archivio|categorie|articoli recenti|commenti recenti|cerca|ricerca per|accedi|"
    "collegamenti|pagine|etichette|"
    "feed dei contenuti|feed dei commenti|rss degli articoli|rss dei commenti|ultimi articoli|"
    "arquivos|categorias|posts recentes|tópicos recentes|comentários recentes|comentários|"
    "pesquisar|pesquisar por|"
    "acessar|iniciar sessão|feed de posts|"
    "archief|archieven|categorieën|recente berichten|recente reacties|meest recente berichten|"
    "zoeken|zoeken naar|inloggen|"
    "архивы|архив|рубрики|свежие записи|свежие комментарии|мета|поиск|найти|войти|метки|"
    "лента записей|"
    "лента комментариев|страницы|archiwa|archiwum|kategorie|najnowsze wpisy|najnowsze komentarze|"
    "ostatnie wpisy|szukaj|"
    "zaloguj się|"
    "αρχείο|αρχεία|κατηγορίες|πρόσφατα άρθρα|πρόσφατα σχόλια|αναζήτηση|archívum|kategóriák|"
    "legutóbbi bejegyzések|"
    "legutóbbi hozzászólások|keresés|"
    "보관함|글 목록|카테고리|최신 글|최근 글|최신 댓글|최근 댓글|검색|그 밖의 기능|로그인|"
    "アーカイブ|カテゴリー|最近の投稿|最近のコメント|メタ情報|検索|ログイン|归档|分类|分类目录|近期文章|近期评论|"
    "其他操作|功能|搜索|登录|彙整|分類|近期迴響" },
  { ANNALS_MONTH_PHRASE_COMMENTS,
    "comment|comments|reply|replies|response|responses|thought|thoughts|kommentar|kommentare|"
    "antwort|antworten|"
    "commentaire|commentaires|réponse|réponses|comentario|comentarios|respuesta|respuestas|"
    "commento|commenti|risposta|"
    "risposte|comentário|comentários|reactie|reacties|комментарий|комментария|комментариев|"
    "komentarz|komentarze|"
    "komentarzy|σχόλιο|σχόλια|hozzászólás|komentář|komentáře|komentářů|yorum|kommentti|kommenttia|"
    "kommentarer|"
    "댓글|개의 댓글|개|件のコメント|コメント|条评论|則迴響|评论" },
};

typedef struct
{
  const char *text;
  gsize       length;
} Phrase;

typedef struct
{
  /* phrases of one kind that begin with one byte, the longest first */
  GArray     *begins[ANNALS_MONTH_PHRASE_COMMENTS + 1][256];
  GHashTable *wholes;
  GHashTable *firsts;  /* the phrases' first words */
} Table;

static int
compare_lengths (gconstpointer a,
                 gconstpointer b)
{
  const Phrase *first = a;
  const Phrase *second = b;

  return (first->length < second->length) - (first->length > second->length);
}

static void
add_first (Table      *table,
           const char *folded)
{
  const char *end = folded;

  while (g_unichar_isalpha (g_utf8_get_char (end)))
    end = g_utf8_next_char (end);

  if (end > folded)
    {
      g_autofree char *word = g_strndup (folded, (gsize) (end - folded));

      g_hash_table_add (table->firsts, (gpointer) g_intern_string (word));
    }
}

static void
add_phrase (Table                 *table,
            AnnalsMonthPhraseKind  kind,
            const char            *written)
{
  char folded[MAX_PHRASE];
  GArray **list;
  Phrase phrase;

  if (!annals_date_fold (written, strlen (written), folded, sizeof folded, NULL))
    g_assert_not_reached ();

  phrase.text = g_intern_string (folded);
  phrase.length = strlen (folded);

  list = &table->begins[kind][(guchar) folded[0]];
  if (*list == NULL)
    *list = g_array_new (FALSE, FALSE, sizeof (Phrase));
  g_array_append_val (*list, phrase);

  add_first (table, folded);

  /* what leads on to a whole post says the same alone as before its title */
  if (kind >= ANNALS_MONTH_PHRASE_CONTINUE && !g_hash_table_contains (table->wholes, folded))
    g_hash_table_insert (table->wholes, (gpointer) phrase.text, GINT_TO_POINTER (kind));
}

static const Table *
get_table (void)
{
  static Table *table;

  if (g_once_init_enter (&table))
    {
      Table *made = g_new0 (Table, 1);

      static const char *const others[] = { "next", "previous", "prev",  "older",
                                            "newer", "page",     "pages", "copyright" };

      made->wholes = g_hash_table_new (g_str_hash, g_str_equal);
      made->firsts = g_hash_table_new (g_str_hash, g_str_equal);
      for (guint i = 0; i < G_N_ELEMENTS (others); i++)
        add_first (made, others[i]);
      for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
        {
          g_auto(GStrv) phrases = g_strsplit (lists[i].phrases, "|", -1);

          for (guint j = 0; phrases[j]; j++)
            if (*phrases[j])
              add_phrase (made, lists[i].kind, phrases[j]);
        }

      for (guint i = 0; i <= ANNALS_MONTH_PHRASE_COMMENTS; i++)
        for (guint j = 0; j < 256; j++)
          if (made->begins[i][j])
            g_array_sort (made->begins[i][j], compare_lengths);

      g_once_init_leave (&table, made);
    }

  return table;
}

gsize
annals_month_phrase_begins (AnnalsMonthPhraseKind  kind,
                            const char            *folded,
                            gboolean               glued)
{
  const GArray *list = get_table ()->begins[kind][(guchar) *folded];

  for (guint i = 0; list && i < list->len; i++)
    {
      const Phrase *phrase = &g_array_index (list, Phrase, i);

      if (strncmp (folded, phrase->text, phrase->length) == 0)
        {
          const char *behind = folded + phrase->length;

          if (glued || *behind == '\0' || !g_unichar_isalnum (g_utf8_get_char (behind)) ||
              /* the languages that part no words */
              g_utf8_get_char (behind) >= 0x1100)
            return phrase->length;
        }
    }

  return 0;
}

AnnalsMonthPhraseKind
annals_month_phrase_whole (const char *folded)
{
  return GPOINTER_TO_INT (g_hash_table_lookup (get_table ()->wholes, folded));
}

gboolean
annals_month_phrase_may_begin (const char *line,
                               gsize       length)
{
  char word[ANNALS_DATE_NAME_MAX];
  const char *end = line + length;
  const char *at;

  while (line < end && g_ascii_isspace (*line))
    line++;
  if (line == end)
    return FALSE;

  /* signs, numbers, and the languages that part no words */
  if (!g_unichar_isalpha (g_utf8_get_char (line)) || g_utf8_get_char (line) >= 0x1100)
    return TRUE;

  /* a label may be glued to what it names: CategoriesPolitics */
  for (at = line; at < end && g_unichar_isalpha (g_utf8_get_char (at)); at = g_utf8_next_char (at))
    if (at > line && g_ascii_isupper (*at) && !g_ascii_isupper (at[-1]))
      break;

  if (!annals_date_fold (line, (gsize) (at - line), word, sizeof word, NULL))
    return FALSE;
  if (g_hash_table_contains (get_table ()->firsts, word))
    return TRUE;

  switch (annals_date_name_look_up (word, strlen (word), NULL))
    {
    case ANNALS_DATE_NAME_MONTH:
    case ANNALS_DATE_NAME_MONTH_DAY:
    case ANNALS_DATE_NAME_WEEKDAY:
      return TRUE;

    default:
      return FALSE;
    }
}
