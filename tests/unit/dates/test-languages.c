/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-date-private.h"
#include "annals-date.h"

#include "display-patterns.h"

#include <string.h>

/* Dates in words in the languages of the interface. NULL: not read. */
typedef struct
{
  const char *words;
  const char *edtf;
} Case;

static const Case german[] = {
  { "Anfang März 2020", "[2020-03-01~..2020-03-10~]" },
  { "anfang märz 2020", "[2020-03-01~..2020-03-10~]" },
  { "ANFANG MÄRZ 2020", "[2020-03-01~..2020-03-10~]" },
  { "Anfang des Jahres 2020", "2020-37~" },
  { "Mitte März 2020", "[2020-03-11~..2020-03-20~]" },
  { "Ende März 2020", "[2020-03-21~..2020-03-31~]" },
  { "Ende 2019", "2019-39~" },
  { "Anfang bis Mitte März 2020", "2020-03~/2020-03~" },
  { "am 9. März 2020", "2020-03-09" },
  { "Montag, den 9. März 2020", "2020-03-09" },
  { "9. März 2020 um 14:02 Uhr", "2020-03-09T14:02" },
  { "im März 2020", "2020-03" },
  { "im Jahr 1950", "1950" },
  { "Jänner 2020", "2020-01" },
  { "um 1950", "1950~" },
  { "um 1950 herum", "1950~" },
  { "ca. 1950", "1950~" },
  { "etwa März 2020", "2020-03~" },
  { "ungefähr 1950", "1950~" },
  { "UNGEFÄHR 1950", "1950~" },
  { "gegen Ende März 2020", "[2020-03-21~..2020-03-31~]" },
  { "1950er Jahre", "195X" },
  { "1950er-Jahre", "195X" },
  { "in den 1950er Jahren", "195X" },
  { "Anfang der 1950er Jahre", "[1950~..1953~]" },
  { "Frühling 2020", "2020-21" },
  { "Frühjahr 2020", "2020-21" },
  { "im Herbst 2020", "2020-23" },
  { "Spätsommer 2020", "2020-22~" },
  { "19. Jahrhundert", "18XX" },
  { "im 19. Jh.", "18XX" },
  { "XIX. Jahrhundert", "18XX" },
  { "Ende des 19. Jahrhunderts", "[1867~..1899~]" },
  { "5. Jahrhundert v. Chr.", "-04XX" },
  { "44 v. Chr.", "-0043" },
  { "44 v.Chr.", "-0043" },
  { "79 n. Chr.", "0079" },
  { "erstes Quartal 2020", "2020-33" },
  { "1. Quartal 2020", "2020-33" },
  { "zweite Hälfte 2020", "2020-41" },
  { "letztes Drittel 2020", "2020-39" },
  { "vor März 2020", "[..2020-02]" },
  { "nach dem 9. März 2020", "[2020-03-10..]" },
  { "bis März 2020", "../2020-03" },
  { "seit März 2020", "2020-03/.." },
  { "ab 9. März 2020", "2020-03-09/.." },
  { "von 1950 an", "1950/.." },
  { "spätestens 1950", "[..1950]" },
  { "frühestens 1950", "[1950..]" },
  { "1950 oder später", "[1950..]" },
  { "zwischen dem 3. und 9. März 2020", "[2020-03-03..2020-03-09]" },
  { "zwischen 1950 und 1960", "[1950..1960]" },
  { "vom 9. bis 15. März 2020", "2020-03-09/2020-03-15" },
  { "9.-15. März 2020", "2020-03-09/2020-03-15" },
  { "von Januar bis März 2020", "2020-01/2020-03" },
  { "von März 2020 bis heute", "2020-03/.." },
  { "Woche vom 23. März 2020", "[2020-03-23..2020-03-29]" },
  { "vielleicht 1950", "1950?" },
  { "vermutlich um 1950", "1950%" },
  { "1950, vermutlich", "1950?" },
  { "März oder April 2020", "[2020-03,2020-04]" },
  { "undatiert", "" },
  { "o. D.", "" },

  { "in den Jahren 1950 bis 1960", "1950/1960" },
  { "im Jahre 44 v. Chr.", "-0043" },
  { "Sommer des Jahres 1950", "1950-22" },

  { "vor 2000 Jahren", NULL },        /* durations */
  { "vor rund 2000 Jahren", NULL },
  { "seit 1500 Jahren", NULL },
  { "nach 1000 Jahren", NULL },
  { "in 1000 Jahren", NULL },
  { "2000 Jahre", NULL },
  { "1500 oder 1400 v. Chr.", NULL },
  { "zwischen 1500 und 1400 v. Chr.", NULL },
  { "Ende", NULL },
  { "Montag 2020", NULL },
  { "1900er Jahre", NULL },           /* a decade or a century */
  { "50er Jahre", NULL },             /* of which century? */
  { "1955er Jahre", NULL },
  { "mit 1950", NULL },
  { "Anfang Ende März 2020", NULL },
  { "Anfang oder Mitte März 2020", NULL },
  { "zwischen März 2020", NULL },
  { "5. Quartal 2020", NULL },
  { "Ende gut, alles gut 2020", NULL },
  { "Das Ende kam im März 2020", NULL },
  { NULL, NULL },
};

static const Case french[] = {
  { "début mars 2020", "[2020-03-01~..2020-03-10~]" },
  { "debut mars 2020", "[2020-03-01~..2020-03-10~]" },
  { "Début Mars 2020", "[2020-03-01~..2020-03-10~]" },
  { "au début de mars 2020", "[2020-03-01~..2020-03-10~]" },
  { "mi-mars 2020", "[2020-03-11~..2020-03-20~]" },
  { "mi mars 2020", "[2020-03-11~..2020-03-20~]" },
  { "à la mi-mars 2020", "[2020-03-11~..2020-03-20~]" },
  { "fin mars 2020", "[2020-03-21~..2020-03-31~]" },
  { "du début à la mi-mars 2020", "2020-03~/2020-03~" },
  { "de fin mars à début mai 2020", "2020-03~/2020-05~" },
  { "mi-2019", "2019-38~" },
  { "fin 2019", "2019-39~" },
  { "le 9 mars 2020", "2020-03-09" },
  { "lundi 9 mars 2020", "2020-03-09" },
  { "9 mars 2020 à 14:02", "2020-03-09T14:02" },
  { "1er mars 2020", "2020-03-01" },
  { "en août 2020", "2020-08" },
  { "aout 2020", "2020-08" },
  { "vers 1950", "1950~" },
  { "env. 1950", "1950~" },
  { "environ 1950", "1950~" },
  { "aux alentours de 1950", "1950~" },
  { "années 1950", "195X" },
  { "les années 1950", "195X" },
  { "dans les années 1950", "195X" },
  { "début des années 1950", "[1950~..1953~]" },
  { "printemps 2020", "2020-21" },
  { "été 2020", "2020-22" },
  { "ete 2020", "2020-22" },
  { "à l’automne 2020", "2020-23" },
  { "hiver 2020", "2020-24" },
  { "XIXe siècle", "18XX" },
  { "XIXᵉ siècle", "18XX" },
  { "xixe siecle", "18XX" },
  { "19e siècle", "18XX" },
  { "au XIXe s.", "18XX" },
  { "Ier siècle", "00XX" },
  { "fin du XIXe siècle", "[1867~..1899~]" },
  { "Ve siècle av. J.-C.", "-04XX" },
  { "44 av. J.-C.", "-0043" },
  { "79 apr. J.-C.", "0079" },
  { "premier trimestre 2020", "2020-33" },
  { "1er trimestre 2020", "2020-33" },
  { "T3 2020", "2020-35" },
  { "second semestre 2020", "2020-41" },
  { "dernier tiers de 2020", "2020-39" },
  { "avant mars 2020", "[..2020-02]" },
  { "après le 9 mars 2020", "[2020-03-10..]" },
  { "apres le 9 mars 2020", "[2020-03-10..]" },
  { "jusqu’à mars 2020", "../2020-03" },
  { "jusqu'à mars 2020", "../2020-03" },
  { "jusqu’en 1950", "../1950" },
  { "depuis 1950", "1950/.." },
  { "à partir de mars 2020", "2020-03/.." },
  { "dès mars 2020", "2020-03/.." },
  { "DÈS 1950", "1950/.." },
  { "1950 au plus tard", "[..1950]" },
  { "au plus tard en 1950", "[..1950]" },
  { "1950 ou plus tard", "[1950..]" },
  { "entre le 3 et le 9 mars 2020", "[2020-03-03..2020-03-09]" },
  { "entre 1950 et 1960", "[1950..1960]" },
  { "du 9 au 15 mars 2020", "2020-03-09/2020-03-15" },
  { "de 1950 à 1960", "1950/1960" },
  { "depuis mars 2020 jusqu’à aujourd’hui", "2020-03/.." },
  { "semaine du 23 mars 2020", "[2020-03-23..2020-03-29]" },
  { "peut-être 1950", "1950?" },
  { "peut-être vers 1950", "1950%" },
  { "mars ou avril 2020", "[2020-03,2020-04]" },
  { "sans date", "" },
  { "s. d.", "" },

  { "l’an 2000", "2000" },
  { "en l'année 1950", "1950" },

  { "depuis 2000 ans", NULL },
  { "depuis 2000 an", NULL },
  { "2000 année", NULL },
  { "1200e", NULL },
  { "1500 ou 1400 av. J.-C.", NULL },
  { "fin", NULL },
  { "années 50", NULL },
  { "années 1900", NULL },
  { "années 1950 et 1951", NULL },    /* two years or two decades */
  { "entre les années 1950 et 1960", NULL },
  { "XIXe", NULL },
  { "où 1950", NULL },
  { "fin de partie 2020", NULL },
  { "s 1950", NULL },
  { "à 1950", NULL },
  { NULL, NULL },
};

static const Case spanish[] = {
  { "a principios de marzo de 2020", "[2020-03-01~..2020-03-10~]" },
  { "principios de marzo de 2020", "[2020-03-01~..2020-03-10~]" },
  { "A PRINCIPIOS DE MARZO DE 2020", "[2020-03-01~..2020-03-10~]" },
  { "a mediados de marzo de 2020", "[2020-03-11~..2020-03-20~]" },
  { "a finales de marzo de 2020", "[2020-03-21~..2020-03-31~]" },
  { "fines de 2019", "2019-39~" },
  { "de principios a mediados de marzo de 2020", "2020-03~/2020-03~" },
  { "de principios de marzo a finales de mayo de 2020", "2020-03~/2020-05~" },
  { "9 de marzo de 2020", "2020-03-09" },
  { "el 9 de marzo del 2020", "2020-03-09" },
  { "lunes, 9 de marzo de 2020", "2020-03-09" },
  { "9 de marzo de 2020 a las 14:02", "2020-03-09T14:02" },
  { "1.º de marzo de 2020", "2020-03-01" },
  { "1º de marzo de 2020", "2020-03-01" },
  { "marzo de 2020", "2020-03" },
  { "hacia 1950", "1950~" },
  { "alrededor de 1950", "1950~" },
  { "aprox. 1950", "1950~" },
  { "años 1950", "195X" },
  { "los años 1950", "195X" },
  { "anos 1950", "195X" },
  { "década de 1950", "195X" },
  { "decada de 1950", "195X" },
  { "a principios de la década de 1950", "[1950~..1953~]" },
  { "primavera de 2020", "2020-21" },
  { "otoño de 2020", "2020-23" },
  { "otono 2020", "2020-23" },
  { "siglo XIX", "18XX" },
  { "s. XIX", "18XX" },
  { "el siglo 19", "18XX" },
  { "finales del siglo XIX", "[1867~..1899~]" },
  { "siglo V a. C.", "-04XX" },
  { "44 a. C.", "-0043" },
  { "44 a.C.", "-0043" },
  { "79 d. C.", "0079" },
  { "primer trimestre de 2020", "2020-33" },
  { "1.er trimestre de 2020", "2020-33" },
  { "segunda mitad de 2020", "2020-41" },
  { "primer cuatrimestre de 2020", "2020-37" },
  { "antes de marzo de 2020", "[..2020-02]" },
  { "después del 9 de marzo de 2020", "[2020-03-10..]" },
  { "despues del 9 de marzo de 2020", "[2020-03-10..]" },
  { "hasta marzo de 2020", "../2020-03" },
  { "desde marzo de 2020", "2020-03/.." },
  { "a partir del 9 de marzo de 2020", "2020-03-09/.." },
  { "a más tardar 1950", "[..1950]" },
  { "1950 o después", "[1950..]" },
  { "entre el 3 y el 9 de marzo de 2020", "[2020-03-03..2020-03-09]" },
  { "entre 1950 y 1960", "[1950..1960]" },
  { "del 9 al 15 de marzo de 2020", "2020-03-09/2020-03-15" },
  { "de 1950 a 1960", "1950/1960" },
  { "desde 1950 hasta 1960", "1950/1960" },
  { "desde 1950 hasta la actualidad", "1950/.." },
  { "semana del 23 de marzo de 2020", "[2020-03-23..2020-03-29]" },
  { "quizás 1950", "1950?" },
  { "quizá 1950", "1950?" },
  { "tal vez 1950", "1950?" },
  { "posiblemente hacia 1950", "1950%" },
  { "julio y agosto de 2020", "{2020-07,2020-08}" },
  { "septiembre u octubre de 2020", "[2020-09,2020-10]" },
  { "sin fecha", "" },

  { "1500a.C.", "-1499" },
  { "1500a. C.", "-1499" },
  { "44a.C.", "-0043" },
  { "en el año 1950", "1950" },

  { "hace 2000 años", NULL },
  { "desde 2000 años", NULL },
  { "desde 2000 año", NULL },
  { "1200o", NULL },
  { "1500 o 1400 a. C.", NULL },
  { "a 2020", NULL },
  { "años 50", NULL },
  { "años 1950 y 1951", NULL },
  { "los años 1950 a 1955", NULL },
  { "siglo", NULL },
  { "siglo XLX", NULL },
  { "siglos XIX y XX", NULL },
  { "el fin del mundo 2020", NULL },
  { "a. 1950", NULL },
  { "y 1950", NULL },
  { NULL, NULL },
};

static const Case russian[] = {
  { "начало марта 2020", "[2020-03-01~..2020-03-10~]" },
  { "в начале марта 2020", "[2020-03-01~..2020-03-10~]" },
  { "В НАЧАЛЕ МАРТА 2020 ГОДА", "[2020-03-01~..2020-03-10~]" },
  { "в середине марта 2020 г.", "[2020-03-11~..2020-03-20~]" },
  { "конец марта 2020", "[2020-03-21~..2020-03-31~]" },
  { "в конце 2019 года", "2019-39~" },
  { "с начала до середины марта 2020", "2020-03~/2020-03~" },
  { "9 марта 2020 года", "2020-03-09" },
  { "9-го марта 2020", "2020-03-09" },
  { "понедельник, 9 марта 2020 г.", "2020-03-09" },
  { "9 марта 2020 г. в 14:02", "2020-03-09T14:02" },
  { "в марте 2020", "2020-03" },
  { "март 2020 года", "2020-03" },
  { "в 1950 году", "1950" },
  { "около 1950", "1950~" },
  { "ок. 1950 г.", "1950~" },
  { "приблизительно 1950", "1950~" },
  { "1950-е годы", "195X" },
  { "1950-е гг.", "195X" },
  { "1950-е", "195X" },
  { "в 1950-х годах", "195X" },
  { "начало 1950-х", "[1950~..1953~]" },
  { "весна 2020", "2020-21" },
  { "весной 2020 года", "2020-21" },
  { "осенью 2020", "2020-23" },
  { "XIX век", "18XX" },
  { "в XIX веке", "18XX" },
  { "XIX в.", "18XX" },
  { "19 век", "18XX" },
  { "конец XIX века", "[1867~..1899~]" },
  { "V век до н. э.", "-04XX" },
  { "44 год до н. э.", "-0043" },
  { "44 до н.э.", "-0043" },
  { "79 н. э.", "0079" },
  { "первый квартал 2020", "2020-33" },
  { "I квартал 2020 г.", "2020-33" },
  { "1-й квартал 2020", "2020-33" },
  { "II кв. 2020", "2020-34" },
  { "вторая половина 2020", "2020-41" },
  { "четвёртый квартал 2020", "2020-36" },
  { "четвертый квартал 2020", "2020-36" },
  { "до марта 2020", "[..2020-02]" },
  { "после 9 марта 2020", "[2020-03-10..]" },
  { "раньше чем 1950", "[..1949]" },
  { "позднее чем 1950", "[1951..]" },
  { "по март 2020", "../2020-03" },
  { "с марта 2020", "2020-03/.." },
  { "начиная с 9 марта 2020", "2020-03-09/.." },
  { "не позднее чем 1950", "[..1950]" },
  { "не позднее 1950", "[..1950]" },
  { "к 1950 году", "[..1950]" },
  { "не ранее 1950", "[1950..]" },
  { "1950 или позднее", "[1950..]" },
  { "между 3 и 9 марта 2020", "[2020-03-03..2020-03-09]" },
  { "между: 1950 и 1960", "[1950..1960]" },
  { "между мартом и маем 2020", "[2020-03..2020-05]" },
  { "с 9 по 15 марта 2020", "2020-03-09/2020-03-15" },
  { "с 1950 до 1960 года", "1950/1960" },
  { "от 9 до 15 марта 2020", "2020-03-09/2020-03-15" },
  { "с марта 2020 по настоящее время", "2020-03/.." },
  { "неделя с 23 марта 2020", "[2020-03-23..2020-03-29]" },
  { "возможно, март 2020", "2020-03?" },
  { "предположительно 1950", "1950?" },
  { "предположительно и приблизительно 1950", "1950%" },
  { "возможно, около 1950", "1950%" },
  { "март или апрель 2020", "[2020-03,2020-04]" },
  { "без даты", "" },
  { "б. г.", "" },

  { "9 марта 1950-го года", "1950-03-09" },
  { "с 1941 по 1945 гг.", "1941/1945" },
  { "1941–1945 годы", "1941/1945" },
  { "79 год н. э.", "0079" },
  { "9 числа марта 2020", "2020-03-09" },
  { "9-го числа марта 2020", "2020-03-09" },

  { "20-е числа марта 2020", NULL },  /* the twenties of March */
  { "2000 лет назад", NULL },
  { "до 20 года", NULL },
  { "1500 или 1400 до н. э.", NULL },
  { "конец", NULL },
  { "с. 1950", NULL },                /* “c.” typed on the other keyboard, or “from” */
  { "1950-м", NULL },                 /* in the year, or to the decade */
  { "1955-е", NULL },
  { "1900-е", NULL },
  { "50-е годы", NULL },
  { "с", NULL },
  { "конец света 2020", NULL },
  { "начало конца марта 2020", NULL },
  { "война и мир 1950", NULL },
  { NULL, NULL },
};

/* What was read before, and must be what it was; what several languages could mean; English and
 * East Asia's */
static const Case kept[] = {
  { "early to mid March 2020", "2020-03~/2020-03~" },
  { "c. 1950", "1950~" },
  { "by 1950", "[..1950]" },
  { "Mar 2020", "2020-03" },
  { "mar. 2020", "2020-03" },
  { "winter 2020", "2020-24" },
  { "Mi, 11. März 2020", "2020-03-11" },
  { "Mi 11 März 2020", "2020-03-11" },
  { "Mi März 2020", "2020-03" },
  { "10 am 9 märz 2020", "2020-03-09T10:00" },
  { "so. 8. märz 2020", "2020-03-08" },
  { "des 1950", "1950-12" },          /* as in Norwegian */
  { "9 lutego 2020", "2020-02-09" },
  { "9 maja 2020", "2020-05-09" },
  { "9 listopadu 2020", "2020-11-09" },
  { "2020년 3월 초", "[2020-03-01~..2020-03-10~]" },
  { "2020년 1–4월", "2020-01/2020-04" },
  { "2020년 3월 9일에서 15일 사이", "[2020-03-09..2020-03-15]" },
  { "아마 2020년 3월", "2020-03?" },
  { "기원전 44년", "-0043" },
  { "늦어도 2020년 10월경", "[..2020-10~]" },
  { "2020年春季", "2020-21" },
  { "2020年第三季度", "2020-35" },
  { "可能约为1950年", "1950%" },
  { "2020年3月3日至9日之间", "[2020-03-03..2020-03-09]" },
  { "公元前44年", "-0043" },
  { "おそらく1950年頃", "1950%" },
  { "2020年3月3日から9日の間", "[2020-03-03..2020-03-09]" },
  { "紀元前44年", "-0043" },
  { "公元前5世纪", "-04XX" },
  { "기원전 5세기", "-04XX" },
  { "紀元前3世紀", "-02XX" },
  { "公元前2世纪初", "-01XX~" },
  { "公元5世纪", "04XX" },
  { "公元1950年代", "195X" },
  { "기원전 약 44년", "-0043~" },
  { "公元前44年3月9日至15日", "-0043-03-09/-0043-03-15" },
  { "公元前100年至公元100年", "-0099/0100" },
  { "公元前1500年至公元前1400年", "-1499/-1399" },
  { "公元前1500–1400年", NULL },      /* whether the second is one of that era */
  { "公元前1500年至1400年", NULL },
  { "公元前1500年或1400年", NULL },
  { "公元前1500年 - 1400年", NULL },
  { "기원전 1500~1400년", NULL },
  { "公元前5–3世纪", NULL },
  { "公元前3月9日", NULL },
  { "公元前1510年代", NULL },
  { "公元前", NULL },
  { "2020年3月中旬", "[2020-03-11~..2020-03-20~]" },
  { "2020年3月中頃", "[2020-03-11~..2020-03-20~]" },
  { "2020年中ごろ", "2020-38~" },
  { "2020年3月中に", NULL },
  { "2020年3月中", NULL },            /* the middle in Chinese, all of it in Japanese */
  { "2020年中", NULL },
  { "March, year unknown", "XXXX-03" },
  { "Monday, March 31, 2009", NULL },
  { "before March, year unknown", NULL },
  { "2020 year unknown", NULL },
  { "2020年3月上旬", "[2020-03-01~..2020-03-10~]" },
  { "die 2020 elections", NULL },
  { "in 1950 um 1960", NULL },
  { "am Ende", NULL },
  { "по 5 рублей", NULL },
  { "о 1950", NULL },
  { "début Märzzz 2020", NULL },
  { "début и 2020", NULL },
  { NULL, NULL },
};

static void
test_read (gconstpointer data)
{
  const Case *cases = data;

  for (guint i = 0; cases[i].words; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(AnnalsDate) date = annals_date_parse_words (cases[i].words, &error);

      g_test_message ("%s: %s", cases[i].words,
                      date ? annals_date_get_edtf (date) : error->message);
      g_assert_cmpstr (date ? annals_date_get_edtf (date) : NULL, ==, cases[i].edtf);
      g_assert_true ((date == NULL) == (error != NULL));
    }
}

/* words, and the readings that are offered */
static void
test_ambiguous (void)
{
  static const Case cases[] = {
    { "vor 9.3.2020", "[..2020-03-08] [..2020-09-02]" },
    { "après le 9/3/2020", "[2020-03-10..] [2020-09-04..]" },
    { "после 9.3.2020", "[2020-03-10..] [2020-09-04..]" },
    { "desde 13/3/20", "2020-03-13/.." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GPtrArray) readings = annals_date_parse_entry (cases[i].words, NULL, &error);
      GString *found = g_string_new (NULL);
      g_autofree char *text = NULL;

      g_assert_no_error (error);
      for (guint j = 0; j < readings->len; j++)
        g_string_append_printf (found, "%s%s", j ? " " : "",
                                annals_date_get_edtf (readings->pdata[j]));
      text = g_string_free (found, FALSE);
      g_assert_cmpstr (text, ==, cases[i].edtf);
    }
}

static const char *const language_names[] = { "de", "fr", "es", "ru", "ko", "zh_CN", "ja" };

static const char *const english_months =
    "January February March April May June July August September October November December";

/* The language of what is shown; -1 for English */
static int shown = -1;

static void
show_language (int language)
{
  shown = language;
  annals_date_forget_month_names ();
}

static const char *
look_up (const char *context,
         const char *message)
{
  for (guint i = 0; shown >= 0 && i < G_N_ELEMENTS (patterns); i++)
    if (g_strcmp0 (patterns[i][0], context) == 0 && strcmp (patterns[i][1], message) == 0)
      return patterns[i][2 + shown];

  return message;
}

/* These stand before GLib's of the same names, so that what is shown is in a language of which
 * neither the translation nor the locale need be there. */
const char *
g_dgettext (const char *domain,
            const char *message)
{
  return look_up (NULL, message);
}

const char *
g_dpgettext (const char *domain,
             const char *with_context,
             gsize       offset)
{
  g_autofree char *context = offset ? g_strndup (with_context, offset - 1) : NULL;

  return look_up (context, with_context + offset);
}

char *
g_date_time_format (GDateTime  *date,
                    const char *format)
{
  static const char *const forms[] = { "%B", "%OB", "%b", "%Ob" };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (strcmp (format, forms[i]) == 0)
      {
        g_auto(GStrv) names = g_strsplit (shown < 0 ? english_months : months[shown][i], " ", -1);

        return g_strdup (names[g_date_time_get_month (date) - 1]);
      }

  g_assert_not_reached ();
}

/* What is read back as something else, or not at all (NULL), and why. languages: NULL for all;
 * the second value is that of the short form. */
static const struct
{
  const char *edtf;
  const char *languages;
  const char *from_display;
  const char *from_brief;
  const char *why;
} exceptions[] = {
  { "18XX", NULL, "1800/1899", "1800/1899", "a century is shown as its years" },
  { "2020-03-XX", NULL, NULL, "2020-03",
    "the parser has no word for an unknown day; nor has the short form" },
  { "2020-25", NULL, NULL, "2020-21",
    "the parser has no words for hemispheres; nor has the short form" },
  { "2020-37", "ko", "2020-01/2020-04", "2020-01/2020-04", "a third is shown as its months" },
  { "2020-38", "ko", "2020-05/2020-08", "2020-05/2020-08", "a third is shown as its months" },
  { "2020-39", "ko", "2020-09/2020-12", "2020-09/2020-12", "a third is shown as its months" },
};

static const char *
get_expected (const char *edtf,
              gboolean    brief)
{
  for (guint i = 0; i < G_N_ELEMENTS (exceptions); i++)
    if (strcmp (exceptions[i].edtf, edtf) == 0 &&
        (!exceptions[i].languages || strcmp (exceptions[i].languages, language_names[shown]) == 0))
      {
        g_test_message ("%s: %s", edtf, exceptions[i].why);
        return brief ? exceptions[i].from_brief : exceptions[i].from_display;
      }

  return edtf;
}

static void
check_shown (const char *edtf,
             const char *text,
             gboolean    brief)
{
  g_autoptr(AnnalsDate) again = annals_date_parse_words (text, NULL);

  g_test_message ("%s, %s: %s", language_names[shown], edtf, text);
  g_assert_cmpstr (again ? annals_date_get_edtf (again) : NULL, ==, get_expected (edtf, brief));
}

/* What is shown can be typed, in the language in which it is shown. */
static void
test_display_is_understood (void)
{
  static const char *const cases[] = {
    "", "2020", "2020-03", "2020-05", "2020-03-09", "2020-08-01", "2020-03~", "2020-03?",
    "2020-03-09%", "2020-21", "2020-22", "2020-23", "2020-24", "2020-25", "2020-33", "2020-34",
    "2020-35", "2020-36", "2020-37", "2020-38", "2020-39", "2020-40", "2020-41", "195X", "195X~",
    "18XX", "-0043", "0079", "2020-01/..", "2020-01/", "../2020-03", "/2020", "2020-01/2020-03",
    "2020-03-09/2020-03-15", "2020-01-31/2020-03-09", "2019-12-30/2020-01-02", "1980?/1994~",
    "[2020-03-10..]", "[..2020-02]", "[1951..]", "[2020-03,2020-04]", "{2020-03,2020-04}",
    "[2020-03-03..2020-03-09]", "[2020-03-23..2020-03-29]", "[2020-03-01~..2020-03-10~]",
    "[2020-03-11~..2020-03-20~]", "[2020-02-21%..2020-02-29%]", "2019-37~", "2019-38~",
    "2019-39~", "[1950~..1953~]", "[1954~..1956~]", "[1957~..1959~]", "[..2020-10~]",
    "2020-03-09T14:02Z", "2020-03-09T14:02:37+02:30", "XXXX-03", "XXXX-03-09", "2020-03-XX",
    "2020-01~/2020-03~", "2020-12-09?", "[2020-05-11~..2020-05-20~]", "{2020,2021}",
  };

  for (int language = 0; language < (int) G_N_ELEMENTS (language_names); language++)
    {
      show_language (language);
      for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
        {
          g_autoptr(AnnalsDate) date = annals_date_parse (cases[i], NULL);
          g_autofree char *display = annals_date_dup_display (date);
          g_autofree char *brief = annals_date_dup_display_short (date);

          check_shown (cases[i], display, FALSE);
          check_shown (cases[i], brief, TRUE);
        }
    }

  show_language (-1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/dates/languages/german", german, test_read);
  g_test_add_data_func ("/dates/languages/french", french, test_read);
  g_test_add_data_func ("/dates/languages/spanish", spanish, test_read);
  g_test_add_data_func ("/dates/languages/russian", russian, test_read);
  g_test_add_data_func ("/dates/languages/kept", kept, test_read);
  g_test_add_func ("/dates/languages/ambiguous", test_ambiguous);
  g_test_add_func ("/dates/languages/display-is-understood", test_display_is_understood);

  return g_test_run ();
}
