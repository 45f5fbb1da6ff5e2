/* SPDX-License-Identifier: MIT */
/* dataset.json: what the dataset says of itself. Its date is the latest day that anything in it may have been
 * observed; no clock is asked. */
#include "internal.h"

void make_dataset(const struct reader *reader)
{
    struct load *load = reader->load;
    struct dataset *dataset = &load->facts->dataset;
    const json_t *root = reader->root;
    *dataset = (struct dataset){.id = text_of(reader, root, "id"),
                                .title = text_of(reader, root, "title"),
                                .description = text_of(reader, root, "description"),
                                .date = text_of(reader, root, "date"),
                                .publisher = text_of(reader, root, "publisher"),
                                .licence = text_of(reader, root, "licence"),
                                .licence_url = text_of(reader, root, "licence_url"),
                                .terms = text_of(reader, root, "terms"),
                                .homepage = text_of(reader, root, "homepage")};
    struct at at = {NULL, "date", 0};
    if (dataset->date == NULL || !date_of(reader, dataset->date, &at, &load->day))
        load->lacking[SEED_DATASET] = true;
}
