/* SPDX-License-Identifier: MIT */
/* Names that must never change what they are called by. */
#include <check.h>

#include "cyberatlas/base/common.h"
#include "cyberatlas/base/uuid.h"

void base_uuid_cases(TCase *tests);

START_TEST(uuids_are_those_of_their_names_for_good)
{
    static const struct {
        const char *kind, *id, *uuid;
    } rows[] = {{"cert", "cert-be", "be8356a1-3e7f-5220-90e3-de10ac96e132"},
                {"country", "BE", "e8fbdf0c-62dc-5cdf-b1b2-3aace3d1254d"},
                {"", "", "10006880-4bbc-54b6-a67d-fadc7c0811db"}}; /* as Python's uuid.uuid5 makes them */
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        char uuid[UUID_SIZE];
        uuid_of(rows[i].kind, rows[i].id, uuid);
        ck_assert_str_eq(uuid, rows[i].uuid);
    }
}
END_TEST

void base_uuid_cases(TCase *tests)
{
    tcase_add_test(tests, uuids_are_those_of_their_names_for_good);
}
