"""Plans in the shape of `terraform show -json`, built by hand.

No Terraform ran for them: they follow S125-S127 of cpp/semantics.md.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

Values = dict[str, Any]
PROVIDER = "registry.terraform.io/hashicorp/aws"


def split(address: str) -> tuple[list[str], str]:
    """The modules on the way to a resource, and the rest of its address."""
    modules: list[str] = []
    rest = address
    while rest.startswith("module."):
        end = rest.index(".", len("module."))
        if "[" in rest[:end]:
            end = rest.index("].") + 1
        modules.append(rest[len("module.") : end])
        rest = rest[end + 1 :]
    return modules, rest


def resource(
    address: str,
    values: Values | None = None,
    refs: Values | None = None,
    unknown: Values | None = None,
    **change: Any,
) -> Values:
    """A resource of a plan; `refs` are unknown and refer to something.

    `unknown` holds what AWS chooses; `config` are attributes that are written
    out, `actions` and `before` the change.
    """
    made = {
        "address": address,
        "values": values or {},
        "refs": refs or {},
        "unknown": {"id": True} if unknown is None else unknown,
        "actions": ["create"],
        "before": None,
        "config": [],
    }
    return made | change


def references(value: Any) -> list[str]:
    """A reference with its beginnings, as Terraform lists them."""
    listed: list[str] = []
    for one in [value] if isinstance(value, str) else value:
        listed.append(one)
        if one.count(".") > 1 and not one.startswith("each."):
            listed.append(one.rpartition(".")[0])
    return listed


def parts_of(address: str) -> Values:
    _, rest = split(address)
    bare, _, key = rest.partition("[")
    mode = "managed"
    if bare.startswith("data."):
        mode, bare = "data", bare.removeprefix("data.")
    kind, _, name = bare.partition(".")
    parts = {"mode": mode, "type": kind, "name": name}
    if key:
        parts["index"] = json.loads(key.removesuffix("]"))
    return parts | {"address": address, "provider_name": PROVIDER}


def configured(one: Values) -> Values:
    expressions: Values = {
        key: {"references": references(value)}
        for key, value in one["refs"].items()
    }
    for key, value in one["values"].items():
        if not isinstance(value, (list, dict)):
            expressions.setdefault(key, {"constant_value": value})
        elif key in one["config"]:
            expressions.setdefault(key, {})
    for key in one["config"]:
        expressions.setdefault(key, {})
    expressions |= one.get("expressions", {})
    parts = parts_of(one["address"])
    bare = f"{parts['type']}.{parts['name']}"
    if parts["mode"] == "data":
        bare = "data." + bare
    return {
        "address": bare,
        "mode": parts["mode"],
        "type": parts["type"],
        "name": parts["name"],
        "provider_config_key": one.get("provider", "aws"),
        "expressions": expressions,
    }


def changed(one: Values) -> Values:
    actions = one["actions"]
    gone = actions == ["delete"]
    unknown = one["unknown"] | dict.fromkeys(one["refs"], True)
    return parts_of(one["address"]) | {
        "change": {
            "actions": actions,
            "before": one["before"],
            "after": None if gone else one["values"],
            "after_unknown": {} if gone else unknown,
        }
    }


def configuration(resources: list[Values], calls: Values) -> Values:
    root: Values = {"resources": [], "module_calls": {}}

    def module_at(path: list[str]) -> Values:
        at = root
        for depth, step in enumerate(path):
            name = step.partition("[")[0]
            call = at.setdefault("module_calls", {}).setdefault(
                name, {"module": {"resources": [], "outputs": {}}}
            )
            told: Values = calls.get(".".join(path[: depth + 1])) or {}
            told = told or calls.get(name) or {}
            call.setdefault("expressions", {})
            for key, value in told.get("expressions", {}).items():
                call["expressions"][key] = {"references": references(value)}
            for key, value in told.get("outputs", {}).items():
                call["module"]["outputs"][key] = {
                    "expression": {"references": references(value)}
                }
            if "[" in step:
                call["for_each_expression"] = {}
            at = call["module"]
        return at

    for one in resources:
        module = module_at(split(one["address"])[0])
        block = configured(one)
        if all(
            old["address"] != block["address"] for old in module["resources"]
        ):
            module["resources"].append(block)
    return {"root_module": root}


def plan(*resources: Values, calls: Values | None = None) -> Values:
    kept = [one for one in resources if one["actions"] != ["delete"]]
    planned: Values = {"resources": []}
    for one in kept:
        modules, _ = split(one["address"])
        at = planned
        for depth in range(len(modules)):
            name = "module." + ".module.".join(modules[: depth + 1])
            children = at.setdefault("child_modules", [])
            found = [each for each in children if each["address"] == name]
            if not found:
                children.append({"address": name, "resources": []})
                found = children[-1:]
            at = found[0]
        at["resources"].append(
            parts_of(one["address"]) | {"values": one["values"]}
        )
    return {
        "format_version": "1.2",
        "terraform_version": "1.11.4",
        "planned_values": {"root_module": planned},
        "resource_changes": [changed(one) for one in resources],
        "configuration": configuration(kept, calls or {}),
        "complete": True,
        "errored": False,
    }


def write(folder: Path, document: Values) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "plan.json"
    path.write_text(json.dumps(document, indent=1))
    return path
