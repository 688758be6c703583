/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much is taken of a file or a notebook that may be a stranger’s: sizes in bytes, depths, counts. What is beyond is an
 * issue or an error, or is cut where that is said; it costs neither memory nor time. What is no guard but one format’s
 * judgement (how long a name or a heading is) stands where it is used. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* --- Folders and archives --- */
#define ANNALS_LIMIT_FOLDER_DEPTH            100   /* folders in folders: each keeps a descriptor open */
#define ANNALS_LIMIT_FOLDER_NAMES            1000000   /* names in one folder */
#define ANNALS_LIMIT_ARCHIVE_DEPTH           6   /* archives in archives */
#define ANNALS_LIMIT_FILES                   1000000   /* files of one import */
/* what archives may unpack to whatever their size … */
#define ANNALS_LIMIT_UNPACKED_FREE           (G_GINT64_CONSTANT (256) * 1024 * 1024)
#define ANNALS_LIMIT_UNPACKED_RATIO          200   /* … and beyond it, as a multiple of what was read of them */
/* a header of a TAR archive: its lists are held in memory */
#define ANNALS_LIMIT_ARCHIVE_HEADER          (16 * 1024 * 1024)
#define ANNALS_LIMIT_ARCHIVE_HOLE            (1024 * 1024)   /* nothing between two pieces of a file: more is no text */
/* a size that a file may claim without being doubted */
#define ANNALS_LIMIT_ARCHIVE_CLAIM           (G_GINT64_CONSTANT (1) << 40)
/* damaged places: then a ZIP or TAR archive is given up, and of a WARC they are only counted */
#define ANNALS_LIMIT_ARCHIVE_DAMAGES         100
#define ANNALS_LIMIT_ARCHIVE_PATH            2048   /* a path in an archive: a pax header may claim a megabyte */

/* --- Web archives and saved pages --- */
#define ANNALS_LIMIT_HEADER_LINES            2000   /* lines before a record, a page or a part */
#define ANNALS_LIMIT_HEADER_FIELDS           1000   /* fields that are kept of them */
#define ANNALS_LIMIT_HEADER_VALUE            (64 * 1024)   /* one field */
#define ANNALS_LIMIT_HEADER_PIECES           50   /* of a parameter in pieces */
#define ANNALS_LIMIT_MHTML_PART              (G_GINT64_CONSTANT (256) * 1024 * 1024)   /* one part of a saved page */
#define ANNALS_LIMIT_MHTML_DEPTH             8   /* parts in parts */
#define ANNALS_LIMIT_MHTML_BOUNDARY          200   /* what stands between parts */
#define ANNALS_LIMIT_WARC_ENCODINGS          20   /* of one page, one in another */
#define ANNALS_LIMIT_WARC_LENGTH             (G_GINT64_CONSTANT (1) << 48)   /* that a record may claim */
#define ANNALS_LIMIT_CHUNK_LINE              256   /* the line before a chunk of a page */
#define ANNALS_LIMIT_CHUNK                   (G_GINT64_CONSTANT (1) << 40)   /* that a chunk may claim */

/* --- Feeds and WordPress exports --- */
#define ANNALS_LIMIT_FEED_ITEM               (64 * 1024 * 1024)   /* a longer item is not kept */
#define ANNALS_LIMIT_FEED_VALUE              (64 * 1024)   /* of what is not an item’s text */
#define ANNALS_LIMIT_FEED_DEPTH              256   /* elements that stand in each other deeper are only text */
#define ANNALS_LIMIT_FEED_STRINGS            500   /* authors, tags, … of one item */
#define ANNALS_LIMIT_FEED_ATTRIBUTES         256   /* of one element */
#define ANNALS_LIMIT_FEED_TAG                (256 * 1024)   /* a tag that is longer has no end */
/* how far the end of a comment, an instruction or a document type is looked for */
#define ANNALS_LIMIT_FEED_SKIPPED            (1024 * 1024)
#define ANNALS_LIMIT_FEED_BINDINGS           1024   /* prefixes of name spaces */
#define ANNALS_LIMIT_ENTITIES                256   /* that a feed declares */
#define ANNALS_LIMIT_ENTITY_VALUE            4096   /* of one */
#define ANNALS_LIMIT_ENTITY_TOTAL            (4 * 1024 * 1024)   /* what all of them give out in one file */
/* a longer item is cut: its beginning is kept, the rest left out */
#define ANNALS_LIMIT_XML_ITEM                (64 * 1024 * 1024)
/* the root’s start tag, which is in front of every item that is parsed */
#define ANNALS_LIMIT_WXR_ROOT                (64 * 1024)
#define ANNALS_LIMIT_WXR_DEPTH               64   /* WXR itself goes six deep */

/* --- Lists, texts, bibliographies --- */
/* a file that is one post or is read whole: Markdown, CSL, RIS, BibTeX */
#define ANNALS_LIMIT_TEXT_FILE               (64 * 1024 * 1024)
#define ANNALS_LIMIT_LINE                    (256 * 1024)   /* a longer line comes in pieces */
#define ANNALS_LIMIT_MONTH_BLOCK             (1024 * 1024)   /* a longer block of a month page is taken in pieces */
/* of one post of a month page; what is beyond becomes issues */
#define ANNALS_LIMIT_MONTH_BODY              (32 * 1024 * 1024)
#define ANNALS_LIMIT_CSV_ROW                 (16 * 1024 * 1024)
#define ANNALS_LIMIT_COLUMNS                 1000   /* of a record of a list */
/* what may be read again behind a quotation mark or bracket that was not closed */
#define ANNALS_LIMIT_RESCANNED               (256 * 1024 * 1024)
#define ANNALS_LIMIT_JSON_RECORD             (64 * 1024 * 1024)   /* a longer record is left out */
#define ANNALS_LIMIT_JSON_DEPTH              100   /* deeper containers are only counted */
#define ANNALS_LIMIT_FRONT_MATTER            (1024 * 1024)   /* a longer one is none */
#define ANNALS_LIMIT_YAML_DEPTH              20
#define ANNALS_LIMIT_YAML_EVENTS             20000
#define ANNALS_LIMIT_YAML_TOTAL              (4 * 1024 * 1024)   /* of all values: an alias repeats what it names */
#define ANNALS_LIMIT_BIBTEX_FIELD            (1024 * 1024)
#define ANNALS_LIMIT_BIBTEX_EXPANDED         (32 * 1024 * 1024)   /* what abbreviations stand for, of one file */
#define ANNALS_LIMIT_TAGS                    1000   /* of one post */

/* --- Web pages, and HTML wherever it is --- */
#define ANNALS_LIMIT_PAGE                    ((gsize) 64 * 1024 * 1024)
#define ANNALS_LIMIT_PAGE_NODES              (8 * 1000 * 1000)   /* more would take a gigabyte of bookkeeping */
#define ANNALS_LIMIT_PAGE_HEADINGS           2000   /* more are no list of posts */
#define ANNALS_LIMIT_PAGE_CLAIMS             256   /* what a page says of one fact */
#define ANNALS_LIMIT_LINKED_DATA             (4 * 1024 * 1024)   /* JSON-LD of one script */
#define ANNALS_LIMIT_LINKED_DATA_SCRIPTS     64
#define ANNALS_LIMIT_LINKED_DATA_OBJECTS     5000
#define ANNALS_LIMIT_HTML_ATTRIBUTES         200   /* of one element: libxml2 takes time in the square of them */
#define ANNALS_LIMIT_HTML_LIST_LEVEL         15   /* deeper lists are shown as deep as this */
#define ANNALS_LIMIT_TABLE_COLUMNS           1000   /* HTML caps a span at it too */
#define ANNALS_LIMIT_TABLE_ROWS              65534
#define ANNALS_LIMIT_ADDRESS                 8192   /* a longer one is no address but data */
/* a longer one is left out: nobody put it into an article */
#define ANNALS_LIMIT_PICTURE                 (32 * 1024 * 1024)
#define ANNALS_LIMIT_PICTURES                500000   /* of one import; a hundred bytes of memory each */

/* --- Annotations, projects, timelines, notebooks that come as files --- */
/* of what json-glib reads, which goes into it by calling itself, and of our own documents */
#define ANNALS_LIMIT_JSON_TREE_DEPTH         64
/* web annotations, TimelineJS, our documents of timelines and notes: all of it is in memory */
#define ANNALS_LIMIT_RECORD_FILE             (64 * 1024 * 1024)
#define ANNALS_LIMIT_RECORDS                 200000   /* more of one kind are left out, with an issue */
#define ANNALS_LIMIT_RECORD_ISSUES           10000   /* further ones are counted only */
#define ANNALS_LIMIT_ANNOTATION_DEPTH        16   /* choices in choices, states refined by states */
#define ANNALS_LIMIT_ANNOTATION_TARGETS      100   /* of one annotation */
#define ANNALS_LIMIT_TIMELINE_EVENTS         50000   /* of a TimelineJS file */
#define ANNALS_LIMIT_PROJECT_FILE            (256 * 1024 * 1024)   /* REFI-QDA */
#define ANNALS_LIMIT_PROJECT_MEMBER          (64 * 1024 * 1024)   /* one of its files … */
#define ANNALS_LIMIT_PROJECT_TOTAL           ((gsize) 512 * 1024 * 1024)   /* … all of them … */
#define ANNALS_LIMIT_PROJECT_MEMBERS         50000   /* … and how many they are */
#define ANNALS_LIMIT_CODEBOOK                (16 * 1024 * 1024)
#define ANNALS_LIMIT_CODES                   20000
#define ANNALS_LIMIT_CODE_DEPTH              200   /* deeper than any codebook: tags stop at ANNALS_TAG_MAX_DEPTH */
#define ANNALS_LIMIT_DOCUMENT_STRING         ((gsize) 192 * 1024 * 1024)   /* one string of an exported notebook */
#define ANNALS_LIMIT_DOCUMENT_PARTS          1000000   /* of one of its entries */

/* --- A notebook, which may be a stranger’s --- */
#define ANNALS_LIMIT_SQLITE_LENGTH           (512 * 1024 * 1024)   /* one value or row */
#define ANNALS_LIMIT_SQLITE_EXPRESSION_DEPTH 200
/* what a stored markup may swell to; the largest that is imported */
#define ANNALS_LIMIT_MARKUP                  (256 * 1024 * 1024)
/* no post’s is beyond it: a bit for each id has to find room in memory … */
#define ANNALS_LIMIT_POST_ID                 G_MAXUINT32
#define ANNALS_LIMIT_COLUMN_ID               100000000   /* … and for lists a row of numbers */
#define ANNALS_LIMIT_INDEX_BYTES             (96 << 20)   /* more of a word is left to FTS5 */
#define ANNALS_LIMIT_INDEX_SEGMENTS          4000
#define ANNALS_LIMIT_INDEX_TERM              4096
#define ANNALS_LIMIT_CHANGE_SET_COLUMNS      2000   /* as many as SQLite lets a table have */
#define ANNALS_LIMIT_MEMO                    (16 << 20)
/* what stands between a memo’s brackets is looked through no further */
#define ANNALS_LIMIT_REFERENCE               4096

/* --- What is typed, and looked for --- */
#define ANNALS_LIMIT_QUERY                   4000   /* characters */
/* FTS5’s own parser has a stack of 100, of which a parenthesis here takes up to 7 */
#define ANNALS_LIMIT_QUERY_DEPTH             12
#define ANNALS_LIMIT_MATCH_DEPTH             40   /* parentheses in one another in an FTS5 expression */
#define ANNALS_LIMIT_FOUND_WORDS             1000   /* of what is looked for in a text */
#define ANNALS_LIMIT_DATE                    2048   /* longer ones are not written by people */
#define ANNALS_LIMIT_DATE_ELEMENTS           256   /* of a set of dates */
#define ANNALS_LIMIT_DATE_WORDS              160   /* longer ones are sentences, not dates */
#define ANNALS_LIMIT_DATE_STAMP              240   /* a longer one is a text, not a date */
#define ANNALS_LIMIT_DATE_PROPOSALS          2000   /* no text has more; further ones are not looked for */
/* more, and a passage counts as rewritten: the time grows with the square */
#define ANNALS_LIMIT_DIFFERENCES             2000
/* of a quotation that stands in a text more often, those nearest to the old place are looked at */
#define ANNALS_LIMIT_ANCHOR_PLACES           500
/* about 0.2 s, beyond which a quotation is found by its two ends */
#define ANNALS_LIMIT_ANCHOR_STEPS            (50 * 1000 * 1000)

G_END_DECLS
