"""The request that the browser makes when a filter changes, made without a browser."""

import json
from collections.abc import Mapping
from typing import Any


def find_filter_callback(dependencies: list[dict[str, Any]]) -> dict[str, Any]:
    """The server's callback that the area is an input of, out of what `/_dash-dependencies` lists."""
    return next(
        each
        for each in dependencies
        if not each.get("clientside_function") and "area" in {given["id"] for given in each["inputs"]}
    )


def make_body(callback: Mapping[str, Any], values: Mapping[str, object], changed: str = "area") -> bytes:
    """The JSON that Dash's page posts, with a value for each input and state by id."""

    def fill(given: Mapping[str, str]) -> dict[str, object]:
        return {"id": given["id"], "property": given["property"], "value": values.get(given["id"])}

    output = callback["output"]
    outputs = [_read_output(each) for each in output.strip(".").split("...")]
    inputs = [fill(given) for given in callback["inputs"]]
    prop = next((given["property"] for given in callback["inputs"] if given["id"] == changed), "value")
    body = {
        "output": output,
        "outputs": outputs if output.startswith("..") else outputs[0],
        "inputs": inputs,
        "state": [fill(given) for given in callback.get("state", [])],
        "changedPropIds": [f"{changed}.{prop}"],
    }
    return json.dumps(body).encode()


def _read_output(text: str) -> dict[str, str]:
    name, _, prop = text.rpartition(".")
    return {"id": name, "property": prop.split("@")[0]}
