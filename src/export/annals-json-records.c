/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-json-records.h"

void
annals_json_write_head (AnnalsJsonWriter *writer,
                        const char       *format,
                        int               version,
                        gint64            exported,
                        const char       *notebook_uid,
                        const char       *notebook_title)
{
  annals_json_writer_string (writer, "format", format);
  annals_json_writer_int (writer, "version", version);
  annals_json_writer_string (writer, "generator", "Annals " ANNALS_VERSION);
  annals_json_writer_time (writer, "exported", exported * G_USEC_PER_SEC);
  annals_json_writer_begin_object (writer, "notebook");
  annals_json_writer_string (writer, "uid", notebook_uid);
  annals_json_writer_string (writer, "title", notebook_title);
  annals_json_writer_end_object (writer);
}

void
annals_json_write_import (AnnalsJsonWriter   *writer,
                          const AnnalsImport *import)
{
  annals_json_writer_begin_object (writer, NULL);
  annals_json_writer_string (writer, "uid", import->uid);
  annals_json_writer_string (writer, "format", import->format);
  annals_json_writer_time (writer, "time", import->started);
  annals_json_writer_begin_object (writer, "file");
  annals_json_writer_string (writer, "name", import->file_name);
  annals_json_writer_int (writer, "size", import->file_size);
  annals_json_writer_string (writer, "sha256", import->file_sha256);
  annals_json_writer_end_object (writer);
  annals_json_writer_end_object (writer);
}

static void
write_quote (AnnalsJsonWriter     *writer,
             const AnnalsEvidence *evidence)
{
  if (evidence->exact == NULL)
    {
      annals_json_writer_nullable (writer, "quote", NULL);
      return;
    }

  annals_json_writer_begin_object (writer, "quote");
  annals_json_writer_string (writer, "exact", evidence->exact);
  annals_json_writer_string (writer, "prefix", evidence->prefix);
  annals_json_writer_string (writer, "suffix", evidence->suffix);
  annals_json_writer_int (writer, "start", evidence->start);
  annals_json_writer_int (writer, "end", evidence->end);
  annals_json_writer_string (writer, "state", evidence->state);
  annals_json_writer_end_object (writer);
}

void
annals_json_write_evidence (AnnalsJsonWriter     *writer,
                            const AnnalsEvidence *evidence)
{
  annals_json_writer_begin_object (writer, NULL);
  annals_json_writer_string (writer, "stance", annals_stance_to_string (evidence->stance));
  annals_json_writer_string (writer, "post", evidence->post_uid);
  annals_json_writer_nullable (writer, "annotation", evidence->annotation_uid);
  write_quote (writer, evidence);
  annals_json_writer_string (writer, "note", evidence->note);
  annals_json_writer_end_object (writer);
}
