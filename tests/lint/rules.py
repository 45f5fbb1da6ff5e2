# SPDX-License-Identifier: MIT
"""What this house is, as rules: each a pure function from the tree (path → text) to a list of complaints."""
import hashlib
import json
import re
import statistics

from tree import bare, functions, is_c, is_product, matches, room_of

FILE_LINES = 400
FUNCTION_LINES = 50
FUNCTION_MEDIAN = 16
NESTING = 3
COLUMNS = 120

# Which doors a room may open, besides its own and base.
MAY_INCLUDE = {
    "base": set(),
    "config": set(),
    "seed": set(),
    "store": set(),
    "score": set(),
    "format": set(),
    "view": {"format", "score"},
    "serve": {"view", "format", "score", "store", "config"},
    "build": {"serve", "view", "format", "score", "store", "seed"},
    "http": {"serve", "view", "format", "config"},
    "main": {"build", "http", "serve", "view", "format", "score", "store", "seed", "config"},
}


def include_direction(tree):
    bad = []
    for name in filter(is_product, tree):
        room = room_of(name)
        allowed = MAY_INCLUDE.get(room)
        if allowed is None:
            bad.append(f"{name}: there is no room {room}")
            continue
        for door in re.findall(r'^\s*#\s*include\s*["<]cyberatlas/([\w/]+)\.h', tree[name], re.M):
            target = "base" if door.startswith("base/") else door
            if target not in allowed | {room, "base"}:
                bad.append(f"{name}: {room} may not include {door}.h")
    return bad


def private_headers(tree):
    """What is included in quotes and is no door lies in the same folder."""
    bad = []
    for name in filter(is_product, tree):
        folder = name.rsplit("/", 1)[0]
        for header in re.findall(r'^\s*#\s*include\s*"(?!cyberatlas/)([^"]+)"', tree[name], re.M):
            if "/" in header or f"{folder}/{header}" not in tree:
                bad.append(f"{name}: includes {header}, which is no file of its folder")
    return bad


def _only_in(pattern, rooms, code=True):
    def rule(tree):
        return matches(tree, lambda n: is_product(n) and not n.startswith(rooms), pattern, code)
    return rule


sqlite_in_store = _only_in(r"\bsqlite3_\w+|#include <sqlite3\.h>", ("src/store/",))
mhd_in_http = _only_in(r"\bMHD_\w+|#include <microhttpd\.h>", ("src/http/",))
jansson_in_seed = _only_in(r"\bjson_\w+|#include <jansson\.h>", ("src/seed/",))
exit_in_main = _only_in(r"\b(?:_exit|_Exit|quick_exit|exit)\(", ("src/main.c",))
log_in_main_and_http = _only_in(r"\blog_write\(|\bstderr\b|\bperror\(", ("src/main.c", "src/http/", "src/base/log.c",
                                                   "include/cyberatlas/base/log.h"))

BANNED = ("strcpy strncpy stpcpy strcat strncat sprintf vsprintf gets strtok atoi atol atoll atof setlocale time "
          "localtime gmtime ctime asctime mktime rand srand random system popen alloca tmpnam mktemp signal_r "
          "setjmp longjmp scanf sscanf fscanf strtok_r")


def banned_calls(tree):
    pattern = r"(?<![\w.>])(?:" + "|".join(BANNED.split()) + r")\("
    return matches(tree, is_product, pattern)


def clock(tree):
    """Only http/ may look at a clock: no content depends on the day."""
    return matches(tree, lambda n: is_product(n) and not n.startswith("src/http/"),
                   r"\b(?:clock_gettime|gettimeofday|timespec_get|clock)\(")


def no_goto(tree):
    return matches(tree, is_c, r"\bgoto\b")


def _is_source(name):
    last = name.rsplit("/", 1)[-1]
    return (last.endswith((".c", ".h", ".def", ".py", ".sh", ".js", ".mjs", ".ts", ".css", ".sql", ".service",
                           ".build", ".1", ".yml", ".conf"))
            or last in ("meson_options.txt", "Containerfile", "run"))


def spdx(tree):
    bad = []
    for name, text in tree.items():
        lines = (text.split("\n") + [""])[:2]
        line = lines[1] if lines[0].startswith("#!") else lines[0]
        if _is_source(name) and "SPDX-License-Identifier: MIT" not in line:
            bad.append(f"{name}: the first line is no SPDX line")
    return bad


def opening_comment(tree):
    """Each .c says in its second line what it holds."""
    return [f"{name}: no opening comment" for name, text in tree.items()
            if is_product(name) and name.endswith(".c") and not (text.split("\n") + [""])[1].startswith("/*")]


def file_length(tree):
    kinds = (".c", ".h", ".py", ".sh", ".mjs", ".js", ".ts", ".css", ".sql")
    return [f"{name}: {text.count(chr(10))} lines" for name, text in tree.items()
            if name.endswith(kinds) and text.count("\n") > FILE_LINES]


def function_length(tree):
    return [f"{name}:{line}: {function} has {length} lines" for name in filter(is_c, tree)
            for function, line, length in functions(tree[name]) if length > FUNCTION_LINES]


def lengths(tree):
    return [length for name in filter(is_product, tree) for _, _, length in functions(tree[name])]


def function_median(tree):
    median = statistics.median(lengths(tree) or [0])
    return [f"the median function has {median} lines"] if median > FUNCTION_MEDIAN else []


def nesting(tree):
    deep = r"^(?: {4}){%d,}(?:if|for|while|switch|do)\b" % (NESTING + 1)
    return matches(tree, is_product, deep)


def columns(tree):
    bad = []
    for name, text in tree.items():
        if is_c(name) or name.endswith((".py", ".sh")):
            bad += [f"{name}:{n}: {len(line)} columns" for n, line in enumerate(text.split("\n"), 1)
                    if len(line) > COLUMNS]
    return bad


def white_space(tree):
    bad = []
    for name, text in tree.items():
        if name.startswith("data/") or name.startswith("tests/seeds/"):
            continue
        if re.search(r"[ \t]+$", text, re.M) and not name.endswith(".md"):
            bad.append(f"{name}: white space at the end of a line")
        if "\r" in text or (text and not text.endswith("\n")):
            bad.append(f"{name}: line ends")
    return bad


HALF = (r"(?i)\b(?:TODO|FIXME|XXX|HACK|for now|stub(?:bed)?|placeholder|not (?:yet )?implemented|coming soon|"
        r"lorem ipsum)\b")


def half_things(tree):
    def wanted(name):
        return name.startswith(("src/", "include/", "tests/", "deploy/", "api/", "README", ".ci/")) and \
            not name.startswith("tests/lint/")
    return matches(tree, wanted, HALF, code=False)


def foreign_paths(tree):
    before = r"(?<![\w./:*-])"
    everywhere = matches(tree, lambda n: not n.startswith("tests/lint/"),
                         before + r"/(?:home|root|work|farm|Users)/\w|\.library\b|bash_jobs", code=False)
    return everywhere + matches(tree, lambda n: not n.startswith(("tests/", "data/")), before + r"/tmp\b", code=False)


ROLES = set("""abuse advies aduana alert alerta alertas asistencia assistance atencion avcert bank center centre centro
cert cc certs cirt ciso csirc contact contacto contactus csirt csirts csoc cyber cyberalert cybercenter cybercrime
cybersecurity cyberincident
defense defence desk disclosure dpo duty emergency enquiries enquiry feedback finance help helpdesk hotline iirs
incident incidente incidentes incidents incidencias info informacion information intake irt isac isirt kontakt
mail ncirc ncsc ncsirt noc notification office operations ops phishing point poc post postmaster press privacy psirt
registry report reporting reports response secretariat secure security service services servicedesk sirt soc support
team
threat threats trust vulnerability vulnerabilities warning watch webmaster""".split())
MAILBOX = re.compile(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
REVIEWED = "tests/lint/reviewed-mailboxes.txt"


def is_role(mailbox):
    """A word of the local part, or the name of the team's own domain in it, says that this is nobody's own mailbox."""
    local, domain = mailbox.lower().split("@")
    words = [re.sub(r"\d+$", "", word) for word in re.split(r"[._+-]", local)]
    labels = set(re.split(r"[.-]", domain))
    team = ("cert", "csirt", "cirt", "ncirc", "ncsc")
    return local in labels or any(
        word in ROLES or word.startswith(team) or word.endswith((*team, "soc", "sirt")) for word in words)


def mailboxes(tree):
    reviewed = {line.split("#")[0].strip().lower() for line in tree.get(REVIEWED, "").split("\n")} - {""}
    bad = []
    for name in filter(lambda n: n.startswith("data/"), tree):
        for mailbox in sorted(set(MAILBOX.findall(tree[name]))):
            if not is_role(mailbox) and mailbox.lower() not in reviewed:
                bad.append(f"{name}: {mailbox} may be a person's; see {REVIEWED}")
    return bad


def vocabularies(tree):
    """Every vocabulary that the code names is in the seeds."""
    text = tree.get("data/vocabularies.json")
    if text is None:
        return ["data/vocabularies.json is missing"]
    there = {row["id"] for row in json.loads(text)["vocabularies"]}
    named = set(re.findall(r'\.vocabulary = "([^"]+)"', tree.get("src/base/kind.c", "")))
    wanted = named | {"themes", "unknown-reasons", "qualifiers", "answer-values", "bases", "surenesses"}
    return [f"data/vocabularies.json lacks {name}" for name in sorted(wanted - there)]


PUBLISHED = "tests/lint/published-methodologies.txt"


def methodologies(tree):
    """What was published under a version never changes: the list holds the SHA-256 of each file, as sha256sum prints
    it."""
    listed = {name: digest for digest, name in
              (line.split() for line in tree.get(PUBLISHED, "").split("\n") if line and line[0] != "#")}
    there = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in tree.items()
             if name.startswith("data/methodologies/") and name.endswith(".json")}
    bad = [f"{name}: {'has changed' if name in there else 'is gone'}; publish a new version instead"
           for name, digest in sorted(listed.items()) if there.get(name) != digest]
    return bad + [f"{name}: add it to the list {PUBLISHED}" for name in sorted(there.keys() - listed.keys())]


def doc_comments(tree):
    return matches(tree, is_c, r"@param|@return|\\param|\\brief", code=False)


RULES = {
    "includes go one way": include_direction,
    "private headers stay in their room": private_headers,
    "only store says sqlite3_": sqlite_in_store,
    "only http says MHD_": mhd_in_http,
    "only seed says json_": jansson_in_seed,
    "only main.c exits": exit_in_main,
    "only main.c and http log": log_in_main_and_http,
    "no banned call": banned_calls,
    "no clock outside http": clock,
    "no goto": no_goto,
    "every source has its SPDX line": spdx,
    "every .c opens with what it holds": opening_comment,
    f"no file above {FILE_LINES} lines": file_length,
    f"no function above {FUNCTION_LINES} lines": function_length,
    f"the median function has at most {FUNCTION_MEDIAN} lines": function_median,
    f"no nesting above {NESTING}": nesting,
    f"no line above {COLUMNS} columns": columns,
    "no stray white space": white_space,
    "nothing half done": half_things,
    "no path outside the tree": foreign_paths,
    "every mailbox is a role or reviewed": mailboxes,
    "every vocabulary named is there": vocabularies,
    "no published methodology changes": methodologies,
    "no doc-comment boilerplate": doc_comments,
}
