#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-schema.py SCHEMA GOLDEN [KEY…]: the schema takes the golden export, and refuses it with any key
taken away, but for the KEYs named, or any value replaced by one of another kind."""
import copy
import json
import sys

try:
    import jsonschema
except ImportError:
    print("python3-jsonschema is not installed")
    sys.exit(77)


def places(value, path=()):
    """Every member of every object, as (path, parent, key)."""
    if isinstance(value, dict):
        for key, child in value.items():
            yield path + (key,), value, key
            yield from places(child, path + (key,))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from places(child, path + (index,))


def shape(value):
    """What kind of value it is, all the way down."""
    if isinstance(value, dict):
        return tuple((key, shape(child)) for key, child in value.items())
    if isinstance(value, list):
        return tuple(sorted({repr(shape(child)) for child in value}))
    return type(value).__name__


def prune(value):
    """Of each array the first element of each shape: the others break in the same places."""
    if isinstance(value, dict):
        return {key: prune(child) for key, child in value.items()}
    if isinstance(value, list):
        children = [prune(child) for child in value]
        shapes = [shape(child) for child in children]
        return [child for i, child in enumerate(children) if shapes[i] not in shapes[:i]]
    return value


def lookup(document, path):
    for step in path[:-1]:
        document = document[step]
    return document


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        schema = json.load(file)
    with open(sys.argv[2], encoding="utf-8") as file:
        golden = json.load(file)

    cls = jsonschema.validators.validator_for(schema)
    cls.check_schema(schema)
    validator = cls(schema)
    failures = 0
    tried = 0

    if not validator.is_valid(golden):
        print("the golden export does not fit the schema")
        failures += 1

    golden = prune(golden)
    for path, _, key in list(places(golden)):
        name = "/".join(map(str, path))

        if key not in sys.argv[3:]:
            broken = copy.deepcopy(golden)
            del lookup(broken, path)[key]
            tried += 1
            if validator.is_valid(broken):
                print(f"without {name}: taken")
                failures += 1

        for wrong in (3.5, True, ["x", 1], {"x": 1}):
            if isinstance(lookup(golden, path)[key], bool) and wrong is True:
                continue   # no other kind
            broken = copy.deepcopy(golden)
            lookup(broken, path)[key] = wrong
            tried += 1
            if validator.is_valid(broken):
                print(f"{name} = {wrong!r}: taken")
                failures += 1

        if key in ("uid", "sha256", "time", "exported", "from", "stance", "format", "post"):
            broken = copy.deepcopy(golden)
            if isinstance(lookup(broken, path)[key], str) and len(lookup(broken, path)[key]) > 12:
                lookup(broken, path)[key] += "x"
                tried += 1
                if validator.is_valid(broken):
                    print(f"{name} with an x at its end: taken")
                    failures += 1

    extended = copy.deepcopy(golden)
    next(value for value in extended.values() if isinstance(value, list))[0]["added_later"] = 1
    if not validator.is_valid(extended):
        print("an added key is refused")
        failures += 1

    print(f"{tried} broken documents, {failures} failures")
    return 1 if failures or tried < 200 else 0


sys.exit(main())
