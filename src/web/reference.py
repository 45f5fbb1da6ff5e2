# SPDX-License-Identifier: MIT
"""Writes the API reference as Markdown from the contract.

Usage: reference.py SOURCE_ROOT OUTPUT.json DEPFILE. OUTPUT lists what embed.py makes part of the program."""
import json
import os
import sys


def resolve(contract, part):
    while "$ref" in part and part["$ref"].startswith("#/"):
        found = contract
        for key in part["$ref"][2:].split("/"):
            found = found[key]
        part = found
    return part


def type_of(schema):
    what = schema.get("type", "text")
    if what == "array":
        what = f"list of {type_of(schema.get('items', {}))}"
    if "enum" in schema:
        what += ": " + ", ".join(f"`{value}`" for value in schema["enum"])
    return what


def parameter_lines(contract, operation):
    lines = []
    for part in operation.get("parameters", []):
        one = resolve(contract, part)
        if one["in"] == "header":
            continue
        words = " ".join(one.get("description", "").split())
        needed = ", needed" if one.get("required") else ""
        schema = resolve(contract, one.get("schema", {}))
        lines.append(f"- `{one['name']}` ({type_of(schema)}{needed}) {words}".rstrip())
    return lines


def operation_lines(contract, path, operation):
    lines = [f"### GET {path}", "", operation["summary"] + "."]
    if operation.get("description"):
        lines += ["", operation["description"]]
    parameters = parameter_lines(contract, operation)
    if parameters:
        lines += [""] + parameters
    content = operation["responses"].get("200", {}).get("content", {})
    for media, body in content.items():
        schema = body.get("schema", {}).get("$ref", "")
        where = f", [schema](/{schema})" if schema.startswith("schemas/") else ""
        lines += ["" if media == next(iter(content)) else None, f"- answers `{media}`{where}"]
    return [line for line in lines if line is not None] + [""]


def reference(contract):
    info = contract["info"]
    lines = [f"# {info['title']} {info['version']}: API reference", ""]
    lines += [info["summary"] + ".", "", info["description"], ""]
    for tag in contract["tags"]:
        lines += [f"## {tag['description']}", ""]
        for path, item in contract["paths"].items():
            if tag["name"] in item.get("get", {}).get("tags", []):
                lines += operation_lines(contract, path, item["get"])
    return "\n".join(lines).rstrip() + "\n"


def main():
    root, output, depfile = sys.argv[1:4]
    source = os.path.join(root, "api/openapi.json")
    with open(source, encoding="utf-8") as file:
        contract = json.load(file)
    path = os.path.abspath(os.path.join(os.path.dirname(output), "docs.md"))
    with open(path, "w", encoding="utf-8") as file:
        file.write(reference(contract))
    with open(output, "w", encoding="utf-8") as file:
        json.dump({"assets/docs.md": path}, file)
    with open(depfile, "w", encoding="utf-8") as file:
        file.write(f"{output}: {source}\n")


main()
