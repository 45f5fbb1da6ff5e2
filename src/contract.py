# SPDX-License-Identifier: MIT
"""The contract as one document: api/openapi.json with each answer's schema in its components.

In the tree every schema is a file of its own, which is also served; the generators of clients want one document without
pointers out of it or into $defs. Each file becomes the component of its name, each of its $defs `file-name`."""
import json
import os

CONTRACT, FOLDER = "api/openapi.json", "api/schemas/answer"
PLACE = "#/components/schemas/"


def pointed(reference, own):
    """Where the target of a reference stands in the one document; `own` names the file that holds the reference."""
    file, _, place = reference.partition("#")
    if own is None and not file:
        return reference
    name = os.path.basename(file).removesuffix(".json") or own
    inner = place.removeprefix("/$defs/")
    if place and (inner == place or "/" in inner):
        raise ValueError(f"{own or CONTRACT}: {reference} points neither at a schema nor at one of its $defs")
    return f"{PLACE}{name}-{inner}" if place else PLACE + name


def moved(node, own):
    if isinstance(node, list):
        return [moved(inner, own) for inner in node]
    if not isinstance(node, dict):
        return node
    kept = {key: value for key, value in node.items() if key not in ("$id", "$defs") and
            not (key == "$schema" and isinstance(value, str))}  # a property of that name is described by an object
    return {key: pointed(value, own) if key == "$ref" else moved(value, own) for key, value in kept.items()}


def components(root):
    """Every schema by its name; a file that only keeps $defs for others is none."""
    found = []
    for file in sorted(os.listdir(os.path.join(root, FOLDER))):
        own = file.removesuffix(".json")
        with open(os.path.join(root, FOLDER, file), encoding="utf-8") as text:
            schema = json.load(text)
        whole = moved(schema, own)
        if whole.keys() - {"title", "description"}:
            found.append((own, whole))
        found += [(f"{own}-{name}", moved(inner, own)) for name, inner in schema.get("$defs", {}).items()]
    if len(dict(found)) != len(found):
        raise ValueError(f"{FOLDER}: two schemas have one name")
    return dict(found)


def one_document(root):
    with open(os.path.join(root, CONTRACT), encoding="utf-8") as text:
        contract = moved(json.load(text), None)
    contract["components"]["schemas"] = components(root)
    return (json.dumps(contract, ensure_ascii=False, indent=1) + "\n").encode()
