/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-date-names.h"

#include <string.h>

typedef struct
{
  AnnalsDateNameKind kind;
  int                value;
  const char        *words;  /* separated by spaces; folded when the table is made */
} Names;

/* By month; the full name, the genitive where dates use it, the usual abbreviations. A name that
 * means two months in two languages (Croatian listopad, Polish listopad) is left to the language
 * with more blogs. */
static const Names months[] = {
  { ANNALS_DATE_NAME_MONTH, 1,
    "january jan januar jänner jän janvier janv enero ene gennaio genn gen januari janeiro январь "
    "января янв "
    "styczeń stycznia sty ιανουάριος ιανουαρίου ιαν január leden ledna led ocak oca tammikuu "
    "tammikuuta tammi "
    "ianuarie ian gener січень січня січ" },
  { ANNALS_DATE_NAME_MONTH, 2,
    "february feb februar feber février févr fév febrero febbraio febbr februari fevereiro fev "
    "февраль февраля "
    "фев февр luty lutego lut φεβρουάριος φεβρουαρίου φεβ február febr únor února úno şubat şub "
    "helmikuu "
    "helmikuuta helmi februarie febrer лютий лютого" },
  { ANNALS_DATE_NAME_MONTH, 3,
    "march märz mars marzo maart mrt março март марта marzec marca marz μάρτιος μαρτίου μάρ μάώ "
    "március márc březen března bře mart maaliskuu maaliskuuta maalis martie març marts mrz "
    "березень березня бер" },
  { ANNALS_DATE_NAME_MONTH_DAY, 3, "mar мар" },
  { ANNALS_DATE_NAME_MONTH, 4,
    "april apr avril avr abril abr aprile апрель апреля апр kwiecień kwietnia kwi απρίλιος "
    "απριλίου απρ április "
    "ápr duben dubna dub nisan nis huhtikuu huhtikuuta huhti aprilie квітень квітня квіт кві" },
  { ANNALS_DATE_NAME_MONTH, 5,
    "may mai mayo maggio magg mag mei maio май мая maj maja μάιος μαΐου μάι május máj květen "
    "května kvě mayıs "
    "toukokuu toukokuuta touko maig травень травня трав тра" },
  { ANNALS_DATE_NAME_MONTH, 6,
    "june jun juni juin junio giugno giu junho июнь июня июн czerwiec czerwca cze ιούνιος ιουνίου "
    "ιούν ιον június "
    "jún červen června čvn haziran haz kesäkuu kesäkuuta kesä iunie iun juny червень червня черв "
    "чер" },
  { ANNALS_DATE_NAME_MONTH, 7,
    "july jul juli juillet juil julio luglio lug julho июль июля июл lipiec lipca lip ιούλιος "
    "ιουλίου ιούλ július "
    "júl červenec července čvc temmuz tem heinäkuu heinäkuuta heinä iulie iul juliol липень липня "
    "лип" },
  { ANNALS_DATE_NAME_MONTH, 8,
    "august aug août aoû agosto ago augustus augusti август августа авг sierpień sierpnia sie "
    "αύγουστος αυγούστου "
    "αύγ augusztus srpen srpna srp ağustos ağu elokuu elokuuta elo agost серпень серпня серп сер" },
  { ANNALS_DATE_NAME_MONTH, 9,
    "september sep sept septembre septiembre setiembre settembre set sett setembro сентябрь "
    "сентября сен сент "
    "wrzesień września wrz σεπτέμβριος σεπτεμβρίου σεπ σεπτ szeptember szept září zář eylül eyl "
    "syyskuu syyskuuta "
    "syys septembrie setembre вересень вересня вер" },
  { ANNALS_DATE_NAME_MONTH, 10,
    "october oct oktober okt octobre octubre ottobre ott outubro out октябрь октября окт "
    "październik października "
    "paź οκτώβριος οκτωβρίου οκτ október říjen října říj ekim eki lokakuu lokakuuta loka "
    "octombrie жовтень жовтня жовт" },
  { ANNALS_DATE_NAME_MONTH, 11,
    "november nov novembre noviembre novembro ноябрь ноября ноя нояб listopad listopada listopadu "
    "lis νοέμβριος "
    "νοεμβρίου νοέ νοεμ kasım kas marraskuu marraskuuta marras noiembrie листопад листопада лист" },
  { ANNALS_DATE_NAME_MONTH, 12,
    "december dec dezember dez décembre déc diciembre dic dicembre desember des dezembro декабрь "
    "декабря дек "
    "grudzień grudnia gru δεκέμβριος δεκεμβρίου δεκ prosinec prosince pro aralık ara joulukuu "
    "joulukuuta joulu "
    "decembrie desembre грудень грудня груд" },
};

/* What a date can do without; a wrong weekday is no reason to doubt the rest. */
static const Names others[] = {
  { ANNALS_DATE_NAME_WEEKDAY, 0,
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed weds thu thur "
    "thurs fri sat sun "
    "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so "
    "lundi mardi mercredi jeudi vendredi samedi dimanche lun mer jeu ven sam dim "
    "lunes martes miércoles jueves viernes sábado domingo mié jue vie sáb dom "
    "lunedì martedì mercoledì giovedì venerdì sabato domenica gio "
    "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira segunda terça quarta quinta "
    "sexta feira seg ter "
    "qua qui sex "
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag ma wo vr za zo "
    "понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс нд "
    "понеділок середа четвер п’ятниця субота неділя вівторок "
    "poniedziałek wtorek środa czwartek piątek sobota niedziela pon wt śr czw pt sob niedz nd "
    "δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή δευ τρί τετ πέμ παρ σάβ κυρ "
    "hétfő kedd szerda csütörtök péntek szombat vasárnap "
    "pondělí úterý středa čtvrtek pátek neděle "
    "pazartesi salı çarşamba perşembe cuma cumartesi pazar "
    "måndag tisdag onsdag torsdag fredag lördag söndag mandag tirsdag lørdag søndag "
    "maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai "
    "luni marți miercuri joi vineri sâmbătă duminică" },
  { ANNALS_DATE_NAME_BEFORE_NOON, 0, "am a.m π.μ" },
  { ANNALS_DATE_NAME_AFTER_NOON, 0, "pm p.m μ.μ" },
  { ANNALS_DATE_NAME_HOUR, 0, "h hs hrs hours std heures heure" },
  { ANNALS_DATE_NAME_MINUTE, 0, "min" },
  { ANNALS_DATE_NAME_ORDINAL, 0, "st nd rd th er º ª ο η eme ème e ja го й" },
  { ANNALS_DATE_NAME_PARTICLE, 0,
    "of the at on in o’clock de del di du le la las el il lo l den der die das dem um om op à a "
    "as às ao em alle "
    "ore ora ob kl klo klokken klockan o godz godzina godzinie r roku rok в во г год года о от st "
    "t στις την το "
    "του óra órakor uhr время gmt/utc d n dnia den och og ja vom am klo heures en" },
  { ANNALS_DATE_NAME_LEAD, 0,
    "posted published written created filed updated last modified edited added submitted released "
    "date dated time "
    "first originally entry post article revised as from "
    "pubblicato pubblicata pubblicati pubblicazione scritto postato inserito aggiornato "
    "aggiornamento ultimo ultima "
    "modifica data dal "
    "publicado publicada publicación escrito actualizado actualización fecha última modificación "
    "creado "
    "publié publiée mis mise ligne jour à posté écrit dernière modification paru "
    "veröffentlicht geschrieben erstellt gepostet eingestellt aktualisiert zuletzt geändert datum "
    "stand verfasst "
    "publicação postado atualizado última criado "
    "geplaatst gepubliceerd geschreven bijgewerkt laatst gewijzigd laatste wijziging "
    "опубликовано опубликована размещено добавлено обновлено дата написано запись "
    "opublikowano opublikowany opublikowane dodano zaktualizowano utworzono napisano wpis "
    "δημοσιεύτηκε δημοσιεύθηκε δημοσίευση αναρτήθηκε ενημερώθηκε "
    "közzétéve posztolva megjelent létrehozva frissítve dátum közzététel "
    "publikováno zveřejněno napsal vloženo aktualizováno yayınlandı yayın tarihi tarih julkaistu "
    "publicerad publicerat "
    "postat udgivet publisert postet publicat опубліковано "
    "게시됨 게시일 게시 작성일 작성일자 작성 입력 수정 등록 등록일 발행 발행일 기사입력 최종수정 승인 업데이트 날짜 일시" },
};

static const Names units[] = {
  { ANNALS_DATE_NAME_YEAR, 0, "년 年" },
  { ANNALS_DATE_NAME_MONTH_UNIT, 0, "월 月" },
  { ANNALS_DATE_NAME_DAY, 0, "일 日 号 號" },
  { ANNALS_DATE_NAME_HOUR, 0, "시 時 时 点 點" },
  { ANNALS_DATE_NAME_MINUTE, 0, "분 分" },
  { ANNALS_DATE_NAME_SECOND, 0, "초 秒" },
  { ANNALS_DATE_NAME_WEEKDAY, 0,
    "월요일 화요일 수요일 목요일 금요일 토요일 일요일 월曜日 月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日 月曜 火曜 水曜 木曜 "
    "金曜 土曜 日曜 火 水 木 金 土 星期一 星期二 星期三 星期四 星期五 星期六 星期日 星期天 周一 周二 周三 周四 周五 周六 周日 "
    "週一 週二 週三 週四 週五 週六 週日 禮拜一 화 수 목 금 토" },
  { ANNALS_DATE_NAME_BEFORE_NOON, 0, "오전 午前 上午 凌晨 早上 清晨 새벽 아침" },
  { ANNALS_DATE_NAME_AFTER_NOON, 0, "오후 午後 下午 晚上 傍晚 저녁 밤" },
  { ANNALS_DATE_NAME_ERA, 2018, "令和" },
  { ANNALS_DATE_NAME_ERA, 1988, "平成" },
  { ANNALS_DATE_NAME_ERA, 1925, "昭和" },
  { ANNALS_DATE_NAME_ERA, 1911, "大正 民國 民国" },
  { ANNALS_DATE_NAME_ERA, 1867, "明治" },
  { ANNALS_DATE_NAME_ERA, 0, "西暦 公元 서기 中華民國" },
  { ANNALS_DATE_NAME_FIRST, 1, "元" },
  { ANNALS_DATE_NAME_LEAD, 0,
    "投稿日時 投稿日 公開日 更新日 掲載日 配信日 作成日 投稿 公開 更新 掲載 配信 最終更新 日時 日付 发布于 發布於 發佈於 发布 發布 "
    "發佈 发表于 發表於 发表 發表 发布时间 發布時間 时间 時間 日期 更新于 更新於 张贴于 張貼於" },
};

/* RFC 822's, and those that mail and blogs write; what is used for two zones (IST, BST) is read as
 * the one with more writers. */
static const Names zones[] = {
  { ANNALS_DATE_NAME_ZONE, 0, "utc gmt ut z wet" },
  { ANNALS_DATE_NAME_ZONE, 60, "cet mez met bst west wat" },
  { ANNALS_DATE_NAME_ZONE, 120, "cest mesz mest eet sast" },
  { ANNALS_DATE_NAME_ZONE, 180, "eest msk eat trt" },
  { ANNALS_DATE_NAME_ZONE, 240, "msd gst" },
  { ANNALS_DATE_NAME_ZONE, 300, "pkt" },
  { ANNALS_DATE_NAME_ZONE, 330, "ist" },
  { ANNALS_DATE_NAME_ZONE, 420, "wib" },
  { ANNALS_DATE_NAME_ZONE, 480, "hkt sgt awst pht" },
  { ANNALS_DATE_NAME_ZONE, 540, "kst jst" },
  { ANNALS_DATE_NAME_ZONE, 570, "acst" },
  { ANNALS_DATE_NAME_ZONE, 600, "aest" },
  { ANNALS_DATE_NAME_ZONE, 630, "acdt" },
  { ANNALS_DATE_NAME_ZONE, 660, "aedt" },
  { ANNALS_DATE_NAME_ZONE, 720, "nzst" },
  { ANNALS_DATE_NAME_ZONE, 780, "nzdt" },
  { ANNALS_DATE_NAME_ZONE, -150, "ndt" },
  { ANNALS_DATE_NAME_ZONE, -180, "adt brt art" },
  { ANNALS_DATE_NAME_ZONE, -210, "nst" },
  { ANNALS_DATE_NAME_ZONE, -240, "edt ast" },
  { ANNALS_DATE_NAME_ZONE, -300, "est cdt" },
  { ANNALS_DATE_NAME_ZONE, -360, "cst mdt" },
  { ANNALS_DATE_NAME_ZONE, -420, "mst pdt" },
  { ANNALS_DATE_NAME_ZONE, -480, "pst akdt" },
  { ANNALS_DATE_NAME_ZONE, -540, "akst" },
  { ANNALS_DATE_NAME_ZONE, -600, "hst" },
};

static const char *const english_months[] = {
  "january", "february", "march",     "april",   "may",      "june",
  "july",    "august",   "september", "october", "november", "december",
};

static const char *const english_weekdays[] = {
  "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
};

/* Letters of which no decomposition tells the plain one */
static gunichar
plain_letter (gunichar character)
{
  switch (character)
    {
    case 0x03c2:   /* final sigma */
      return 0x03c3;
    case 0x0142:   /* ł */
      return 'l';
    case 0x0131:   /* ı */
      return 'i';
    case 0x00f8:   /* ø */
      return 'o';
    case 0x2019:
    case 0x02bc:
      return '\'';
    case 0x2010:
    case 0x2011:
    case 0x2212:
      return '-';
    default:
      return character;
    }
}

static gboolean
put (gunichar  character,
     char    **at,
     char     *end,
     guint16 **origin,
     guint16   from)
{
  char bytes[6];
  int n = g_unichar_to_utf8 (character, bytes);

  if (end - *at < n + 1)
    return FALSE;

  memcpy (*at, bytes, (gsize) n);
  *at += n;
  for (int i = 0; *origin && i < n; i++)
    *(*origin)++ = from;

  return TRUE;
}

static gboolean
fold_character (gunichar  character,
                char    **at,
                char     *end,
                guint16 **origin,
                guint16   from)
{
  gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
  gsize n = 1;

  /* the left-to-right and other marks that some blogs put around their dates */
  if ((character >= 0x200b && character <= 0x200f) ||
      (character >= 0x202a && character <= 0x202e) ||
      character == 0xfeff)
    return TRUE;

  parts[0] = character;
  if (character < 0xac00 || character > 0xd7a3)
    n = g_unichar_fully_decompose (character, TRUE, parts, G_N_ELEMENTS (parts));

  for (gsize i = 0; i < n; i++)
    {
      if (g_unichar_ismark (parts[i]))
        continue;
      if (!put (g_unichar_isspace (parts[i]) ? ' ' : plain_letter (g_unichar_tolower (parts[i])),
                at, end, origin, from))
        return FALSE;
    }

  return TRUE;
}

gboolean
annals_date_fold (const char *string,
                  gsize       length,
                  char       *out,
                  gsize       size,
                  guint16    *origins)
{
  const char *p = string;
  char *at = out;

  while (p < string + length)
    {
      guint16 from = (guint16) (p - string);

      if ((guchar) *p < 0x80)
        {
          if ((gsize) (at - out) + 1 >= size)
            return FALSE;
          *at++ = g_ascii_isspace (*p) ? ' ' : g_ascii_tolower (*p);
          if (origins)
            *origins++ = from;
          p++;
        }
      else
        {
          if (!fold_character (g_utf8_get_char (p), &at, out + size, &origins, from))
            return FALSE;
          p = g_utf8_next_char (p);
        }
    }

  *at = '\0';
  if (origins)
    *origins = (guint16) length;

  return TRUE;
}

static void
add_names (GHashTable  *table,
           const Names *names,
           gsize        n_names)
{
  for (gsize i = 0; i < n_names; i++)
    {
      g_auto(GStrv) words = g_strsplit (names[i].words, " ", -1);

      for (guint j = 0; words[j]; j++)
        {
          char folded[ANNALS_DATE_NAME_MAX];

          if (!annals_date_fold (words[j], strlen (words[j]), folded, sizeof folded, NULL))
            g_assert_not_reached ();

          /* the first table says what a word is first of all */
          if (!g_hash_table_contains (table, folded))
            g_hash_table_insert (table, g_strdup (folded), (gpointer) &names[i]);
        }
    }
}

static GHashTable *
get_table (void)
{
  static GHashTable *table;

  if (g_once_init_enter (&table))
    {
      GHashTable *made = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

      add_names (made, months, G_N_ELEMENTS (months));
      add_names (made, zones, G_N_ELEMENTS (zones));
      add_names (made, units, G_N_ELEMENTS (units));
      add_names (made, others, G_N_ELEMENTS (others));
      g_once_init_leave (&table, made);
    }

  return table;
}

static AnnalsDateNameKind
look_up (const char *name,
         int        *value)
{
  const Names *names = g_hash_table_lookup (get_table (), name);

  if (names == NULL)
    return ANNALS_DATE_NAME_NONE;

  if (value)
    *value = names->value;

  return names->kind;
}

AnnalsDateNameKind
annals_date_name_look_up (const char *folded,
                          gsize       length,
                          int        *value)
{
  char name[ANNALS_DATE_NAME_MAX];

  g_return_val_if_fail (folded != NULL, ANNALS_DATE_NAME_NONE);

  if (length == 0 || length >= sizeof name)
    return ANNALS_DATE_NAME_NONE;

  memcpy (name, folded, length);
  name[length] = '\0';

  return look_up (name, value);
}

AnnalsDateNameKind
annals_date_name_begin (const char *folded,
                        gsize      *length,
                        int        *value)
{
  char name[ANNALS_DATE_NAME_MAX];
  gsize ends[6] = { 0 };
  int n = 0;

  g_return_val_if_fail (folded != NULL && length != NULL, ANNALS_DATE_NAME_NONE);

  for (const char *p = folded; *p && (guchar) *p >= 0x80 && n < (int) G_N_ELEMENTS (ends);)
    {
      p = g_utf8_next_char (p);
      ends[n++] = (gsize) (p - folded);
    }

  for (; n > 0; n--)
    {
      AnnalsDateNameKind kind;

      memcpy (name, folded, ends[n - 1]);
      name[ends[n - 1]] = '\0';
      kind = look_up (name, value);
      if (kind != ANNALS_DATE_NAME_NONE)
        {
          *length = ends[n - 1];
          return kind;
        }
    }

  return ANNALS_DATE_NAME_NONE;
}

const char *
annals_date_name_of_month (int month)
{
  g_return_val_if_fail (month >= 1 && month <= 12, NULL);

  return english_months[month - 1];
}

const char *
annals_date_name_of_weekday (int weekday)
{
  g_return_val_if_fail (weekday >= 1 && weekday <= 7, NULL);

  return english_weekdays[weekday - 1];
}
