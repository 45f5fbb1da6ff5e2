# SPDX-License-Identifier: MIT
"""Writes the contract as TypeScript, so that the dashboard is held to it when it is checked: the addresses there are,
and the answers' schemas that the contract refers to.

Usage: types.py api/openapi.json > api.d.ts"""
import json
import os
import re
import sys


def camel(text):
    return "".join(word[:1].upper() + word[1:] for word in re.split(r"[^A-Za-z0-9]+", text))


def name_of(reference, file):
    path, _, rest = reference.partition("#")
    base = camel(os.path.basename(path or file).removesuffix(".json"))
    return base + camel(rest.removeprefix("/$defs/")) if rest else base


def type_of(schema, file):
    if "$ref" in schema:
        return name_of(schema["$ref"], file)
    if "const" in schema:
        return json.dumps(schema["const"])
    if "enum" in schema:
        return " | ".join(json.dumps(value) for value in schema["enum"])
    for key in ("oneOf", "anyOf"):
        if key in schema and "properties" not in schema:
            return "(" + " | ".join(type_of(one, file) for one in schema[key]) + ")"
    what = schema.get("type")
    if what == "array":
        return f"({type_of(schema.get('items', {}), file)})[]"
    if what == "object" or "properties" in schema:
        return object_of(schema, file)
    return {"string": "string", "number": "number", "integer": "number", "boolean": "boolean"}.get(what, "unknown")


def object_of(schema, file):
    needed = set(schema.get("required", []))
    lines = [f"{json.dumps(key)}{'' if key in needed else '?'}: {type_of(part, file)};"
             for key, part in schema.get("properties", {}).items()]
    more = schema.get("additionalProperties")
    if isinstance(more, dict) and not lines:
        lines.append(f"[key: string]: {type_of(more, file)};")
    return "{ " + " ".join(lines) + " }" if lines else "Record<string, unknown>"


def references(part):
    """Files of schemas that a part of the contract, or another schema, refers to."""
    if isinstance(part, dict):
        own = part.get("$ref", "") if isinstance(part.get("$ref", ""), str) else ""
        inner = [name for value in part.values() for name in references(value)]
        return inner + ([own.partition("#")[0]] if own.partition("#")[0] else [])
    return [name for value in part for name in references(value)] if isinstance(part, list) else []


def schemas(contract, folder):
    """Each schema by its path, those that only other schemas name too."""
    found, waiting = {}, [os.path.join(folder, name) for name in references(contract)]
    while waiting:
        path = os.path.normpath(waiting.pop())
        if path not in found:
            with open(path, encoding="utf-8") as source:
                found[path] = json.load(source)
            waiting += [os.path.join(os.path.dirname(path), name) for name in references(found[path])]
    return found


def addresses(contract):
    paths = [path for path in contract["paths"] if path.startswith("/v1") or path == "/openapi.json"]
    plain = " | ".join("`" + re.sub(r"\{\w+\}", "${string}", path) + "`" for path in paths)
    return [f"type Path = {plain};", "export type Address = Path | `${Path}?${string}`;"]


def main():
    with open(sys.argv[1], encoding="utf-8") as source:
        contract = json.load(source)
    print("\n".join(["// Made by types.py from api/openapi.json."] + addresses(contract)))
    for path, schema in sorted(schemas(contract, os.path.dirname(sys.argv[1])).items()):
        file = os.path.basename(path)
        if os.path.basename(os.path.dirname(path)) != "answer":
            continue
        for key, part in schema.get("$defs", {}).items():
            print(f"export type {name_of('#/$defs/' + key, file)} = {type_of(part, file)};")
        if "properties" in schema or "type" in schema:
            print(f"export type {name_of(file, file)} = {type_of(schema, file)};")


main()
