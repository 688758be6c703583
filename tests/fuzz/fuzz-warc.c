/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "container-run.h"

#include <stdint.h>

/* Web archives: gzip, records, what HTTP puts around a page. */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  annals_container_warc.sniff (data, size, "fuzz.warc");
  run_container (&annals_container_warc, data, size);

  return 0;
}
