# SPDX-License-Identifier: MIT
"""Copies the seeds and puts into Belgium's what would like to be more than text. Usage: hostile.py DATA COPY"""
import json
import os
import shutil
import sys

EVIL = "\"'><img src=x onerror=alert(1)><script>alert(2)</script><svg onload=alert(3)>{{7*7}}</title></style>"
FILES = {"countries.json": ("official_name",), "profiles/be.json": ("title", "name", "issuer", "summary", "note"),
         "certs/be.json": ("name", "constituency", "note"), "sources.json": ("title", "publisher"),
         "criteria.json": ("label", "question"), "assessments/be.json": ("note",), "dataset.json": ("terms",)}


def poison(value, keys):
    if isinstance(value, list):
        return [poison(one, keys) for one in value]
    if not isinstance(value, dict):
        return value
    return {key: bad(one, keys) if key in keys else poison(one, keys) for key, one in value.items()}


def bad(value, keys):
    if isinstance(value, str):
        return f"{value} {EVIL}"
    if isinstance(value, dict) and isinstance(value.get("value"), str):
        return {**value, "value": bad(value["value"], keys)}
    return poison(value, keys)


def main():
    shutil.copytree(sys.argv[1], sys.argv[2])
    for name, keys in FILES.items():
        path = os.path.join(sys.argv[2], name)
        with open(path, encoding="utf-8") as file:
            seeds = json.load(file)
        with open(path, "w", encoding="utf-8") as file:
            json.dump(poison(seeds, keys), file, ensure_ascii=False)


main()
