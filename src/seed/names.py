#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes data/names.json, what countries are called in the other languages of the EU, from Debian's package iso-codes.

Usage: names.py DATA [SHARE]. DATA is the folder of the seeds, whose countries are asked for; SHARE (/usr/share) holds
the package's json and locale. Not run at build: the file is a seed like any other, and differs only when the package
does. English is left out: it is the language of the names in countries.json. What nobody has translated is absent."""
import gettext
import json
import os
import sys

LANGUAGES = "bg cs da de el es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv".split()
DOMAIN = "iso_3166-1"


class Missing(gettext.NullTranslations):
    """Where gettext would give the English name back."""

    def gettext(self, message):
        return ""


def translations(share, language):
    found = gettext.translation(DOMAIN, os.path.join(share, "locale"), [language])
    found.add_fallback(Missing())
    return found


def entries(share):
    with open(os.path.join(share, "iso-codes", "json", DOMAIN + ".json"), encoding="utf-8") as file:
        return {entry["alpha_2"]: entry for entry in json.load(file)[DOMAIN.removeprefix("iso_")]}


def name_of(entry, translated):
    """The common name; where it has no translation, or there is none, the name of the standard."""
    common = translated.gettext(entry["common_name"]) if "common_name" in entry else ""
    return (common or translated.gettext(entry["name"])).strip()


def main(data, share="/usr/share"):
    by_language = {language: translations(share, language) for language in LANGUAGES}
    iso = entries(share)
    with open(os.path.join(data, "countries.json"), encoding="utf-8") as file:
        codes = sorted(country["code"] for country in json.load(file)["countries"])
    names = {}
    for code in filter(iso.get, codes):
        found = {language: name_of(iso[code], by_language[language]) for language in LANGUAGES}
        names[code] = {language: name for language, name in found.items() if name}
    seed = {"licence": "LGPL-2.1-or-later", "source": "iso-codes-translations", "names": names}
    with open(os.path.join(data, "names.json"), "w", encoding="utf-8") as file:
        json.dump(seed, file, ensure_ascii=False, indent=2)
        file.write("\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
