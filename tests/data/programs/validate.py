"""Validates exported entities by the model of followthemoney and statements by the schema of BODS; prints what is wrong."""

import json
import sys
from pathlib import Path

import libcovebods.schema_dir
import followthemoney
from followthemoney import model
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

found = []


def check_entities(path):
    entities = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        data = json.loads(line)
        where = f"{path.name}, line {number}"
        try:
            # Values that its types refuse are dropped when they are cleaned.
            entity = model.get_proxy(data, cleaned=False)
        except Exception as error:
            found.append(f"{where}: {error}")
            continue
        if entity.schema.abstract:
            found.append(f"{where}: {entity.schema.name} is abstract")
        for name, values in data["properties"].items():
            if name not in entity.schema.properties:
                found.append(f"{where}: {entity.schema.name} has no {name}")
                continue
            prop = entity.schema.get(name)
            for value in values:
                if prop.validate([value]) is not None or prop.type.clean(value) is None:
                    found.append(f"{where}: {name} of {entity.schema.name} refuses {value!r}")
        for name in entity.schema.required:
            if not entity.get(name):
                found.append(f"{where}: {entity.schema.name} lacks {name}")
        if data["id"] in entities:
            found.append(f"{where}: {data['id']} is there twice")
        entities[data["id"]] = entity
    for entity in entities.values():
        for prop, value in entity.itervalues():
            if prop.type.name != "entity":
                continue
            other = entities.get(value)
            if other is None:
                found.append(f"{path.name}: {prop.name} of {entity.id} is {value}, which is not there")
            elif prop.range is not None and not other.schema.is_a(prop.range):
                found.append(
                    f"{path.name}: {prop.name} of {entity.id} is a {other.schema.name}, not a {prop.range.name}"
                )


def bods_validator():
    folder = Path(libcovebods.schema_dir.__file__).parent / "data" / "schema-0-4-0"
    schemas = {path.name: json.loads(path.read_text()) for path in folder.glob("*.json")}
    resources = [(schema["$id"], Resource.from_contents(schema)) for schema in schemas.values() if "$id" in schema]
    registry = Registry().with_resources(resources)
    return Draft202012Validator(schemas["statement.json"], registry=registry, format_checker=FormatChecker())


def check_statements(path):
    validator = bods_validator()
    statements = json.loads(path.read_text(encoding="utf-8"))
    records = {statement["recordId"] for statement in statements}
    seen = set()
    for error in validator.iter_errors(statements):
        place = "/".join(map(str, error.absolute_path))
        found.append(f"{path.name}: {place}: {error.message[:300]}")
    for number, statement in enumerate(statements):
        where = f"{path.name}, statement {number}"
        if statement["statementId"] in seen:
            found.append(f"{where}: its id is there twice")
        seen.add(statement["statementId"])
        details = statement["recordDetails"]
        for end in ("subject", "interestedParty"):
            if isinstance(details.get(end), str) and details[end] not in records:
                found.append(f"{where}: {end} is {details[end]}, which is not there")


for path in sorted(Path(sys.argv[1]).iterdir()):
    if path.name.endswith(".ftm.json"):
        check_entities(path)
    elif path.name.endswith(".bods.json"):
        check_statements(path)
print(json.dumps({"found": found, "followthemoney": followthemoney.__version__}))
