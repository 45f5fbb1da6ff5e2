/* SPDX-License-Identifier: MIT */
/* The tests of the seed room, all suites in one program. */
#include "check_seed.h"

int main(void)
{
    SRunner *runner = srunner_create(seed_schema_suite());
    srunner_add_suite(runner, seed_kinds_suite());
    srunner_add_suite(runner, seed_cases_suite());
    srunner_add_suite(runner, seed_files_suite());
    srunner_add_suite(runner, seed_facts_suite());
    srunner_add_suite(runner, seed_format_suite());
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
