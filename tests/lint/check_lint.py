# SPDX-License-Identifier: MIT
"""The lint itself tested: each rule must complain about its bad samples, and about none of the good tree."""
import sys

import rules

SPDX = "/* SPDX-License-Identifier: MIT */\n"
OPENING = SPDX + "/* What it holds. */\n"
VOCABULARIES = '{"vocabularies":[' + ",".join(f'{{"id":"{name}"}}' for name in (
    "themes", "unknown-reasons", "qualifiers", "answer-values", "bases", "surenesses", "sectors")) + "]}\n"
DIGEST = "ca3d163bab055381827226140568f3bef7eaac187cebd76878e0b63e9e442356"  # of "{}" and a line end

GOOD = {
    "src/main.c": OPENING + '#include "cyberatlas/http.h"\n#include "settings.h"\n\n'
                            "int main(void)\n{\n    exit(0);\n}\n",
    "src/settings.h": SPDX,
    "src/store/read.c": OPENING + '#include <sqlite3.h>\n#include "internal.h"\n\nvoid store_close(void)\n{\n'
                                  "    sqlite3_close(0);\n}\n",
    "src/store/internal.h": SPDX,
    "src/http/reply.c": OPENING + "/* MHD_x, strcpy( */\nvoid http_stop(void)\n{\n    MHD_stop_daemon(0);\n}\n",
    "src/seed/read.c": OPENING + "void seed(void)\n{\n    json_decref(0);\n    store.time(0);\n}\n",
    "src/view/list.c": OPENING + '#include "cyberatlas/score.h"\nconst char *name = "json_x goto system(";\n',
    "src/base/kind.c": OPENING + 'struct field f = {.name = "sector", .vocabulary = "sectors"};\n',
    "deploy/run": "#!/bin/sh\n# SPDX-License-Identifier: MIT\ntrue\n",
    "data/vocabularies.json": VOCABULARIES,
    "data/certs/be.json": '{"a": "cert@cert.be", "b": "soc-team@x.org", "c": "https://x.org/home/a", "d": "a@b.org"}\n',
    "data/methodologies/a@1.0.0.json": "{}\n",
    rules.PUBLISHED: "# Never changed.\n" + DIGEST + "  data/methodologies/a@1.0.0.json\n",
    rules.REVIEWED: "a@b.org # the team's only one, see its page\n",
}


def c(body, name="src/view/x.c"):
    return {name: OPENING + body}


LONG = "void f(void)\n{\n" + "    g();\n" * 48 + "}\n"
BAD = [
    ("include_direction", c('#include "cyberatlas/store.h"\n')),
    ("include_direction", c('#include "cyberatlas/view.h"\n', "src/format/x.c")),
    ("include_direction", c('#include "cyberatlas/serve.h"\n', "include/cyberatlas/score.h")),
    ("include_direction", c("#include <cyberatlas/store.h>\n")),
    ("include_direction", c('# include "cyberatlas/store.h"\n')),
    ("include_direction", c("", "src/attic/x.c")),
    ("private_headers", c('#include "../store/internal.h"\n')),
    ("private_headers", c('#include "store/internal.h"\n', "src/x.c")),
    ("private_headers", c('  #include "../store/internal.h"\n')),
    ("sqlite_in_store", c("int f = sqlite3_libversion_number();\n")),
    ("sqlite_in_store", c("#include <sqlite3.h>\n")),
    ("mhd_in_http", c("struct MHD_Daemon *d;\n", "include/cyberatlas/x.h")),
    ("jansson_in_seed", c("json_t *x;\n")),
    ("exit_in_main", c("void f(void)\n{\n    exit(1);\n}\n")),
    ("log_in_main_and_http", c("void f(void)\n{\n    log_write(0, 0);\n}\n")),
    ("log_in_main_and_http", c('void f(void)\n{\n    fputs("x", stderr);\n}\n')),
    ("banned_calls", c("    strcpy(a, b);\n")),
    ("banned_calls", c("    n = atoi(a);\n")),
    ("banned_calls", c("    t = time(NULL);\n", "src/http/x.c")),
    ("clock", c("    clock_gettime(0, 0);\n")),
    ("no_goto", c("    goto end;\n", "tests/check_x.c")),
    ("spdx", {"src/view/x.c": "int x;\n"}),
    ("spdx", {"tests/run.sh": "#!/bin/sh\ntrue\n"}),
    ("spdx", {"deploy/run": "true\n"}),
    ("opening_comment", {"src/view/x.c": SPDX + "int x;\n"}),
    ("file_length", {"src/view/x.c": SPDX + "int x;\n" * 400}),
    ("function_length", c(LONG)),
    ("function_length", c(LONG.replace("f(void)", "f(int a,\n       int b)"))),
    ("function_median", c("".join(LONG.replace("f(", f"f{n}(") for n in range(20)))),
    ("nesting", c(" " * 16 + "if (x)\n")),
    ("columns", c("/* " + "x" * 120 + " */\n")),
    ("white_space", c("int x; \n")),
    ("white_space", {"README.md": "no end"}),
    ("half_things", c("/* TO" + "DO: more */\n")),
    ("half_things", {"README.md": "This is not yet implemented.\n"}),
    ("foreign_paths", c('const char *p = "/home/someone";\n')),
    ("foreign_paths", {"deploy/run": "cd /tmp\n"}),
    ("mailboxes", {"data/certs/fr.json": '{"a": "jane.doe@example.org"}\n'}),
    ("mailboxes", {"data/certs/fr.json": '{"a": "socrates@example.org"}\n'}),
    ("mailboxes", {rules.REVIEWED: "# A@b.org\n"}),
    ("vocabularies", {"src/base/kind.c": '{.name = "x", .vocabulary = "colours"}\n'}),
    ("vocabularies", {"data/vocabularies.json": '{"vocabularies":[{"id":"themes"}]}\n'}),
    ("methodologies", {"data/methodologies/a@1.0.0.json": "{} \n"}),
    ("methodologies", {"data/methodologies/a@1.0.1.json": "{}\n"}),
    ("methodologies", {rules.PUBLISHED: "".join(f"{DIGEST}  data/methodologies/{v}@1.0.0.json\n" for v in "ab")}),
    ("doc_comments", c("/* @param x the x */\n")),
]


def main():
    results = [(f"the good tree passes: {name}", not rule(GOOD), rule(GOOD)) for name, rule in rules.RULES.items()]
    for number, (rule, sample) in enumerate(BAD, 1):
        complaints = getattr(rules, rule)({**GOOD, **sample})
        results.append((f"bad sample {number} of {rule} is found", len(complaints) > 0, []))
    tested = {rule for rule, _ in BAD}
    untested = [name for name, rule in rules.RULES.items()
                if not any(getattr(rules, tested_rule) is rule for tested_rule in tested)]
    results.append(("every rule has a bad sample", not untested, untested))
    print(f"1..{len(results)}")
    for number, (name, good, notes) in enumerate(results, 1):
        print(f"{'ok' if good else 'not ok'} {number} - {name}")
        for note in notes:
            print(f"#   {note}")
    return 0 if all(good for _, good, _ in results) else 1


if __name__ == "__main__":
    sys.exit(main())
