import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dashboard.settings import Settings
from dashboard.web.server import Site, create_app, warm_up
from tests.web.audiences import CANARY, write_release
from tests.web.samples import SampleReader

CONTROLS = ("area", "period", "compare", "range", "display")
USUAL: dict[str, Any] = {
    "area": "worcestershire",
    "period": "2021-22-Q4",
    "compare": ["england"],
    "range": "3y",
    "display": "charts",
    "narrow": False,
}
Choose = Callable[..., TestResponse]


@pytest.fixture(scope="session")
def site() -> Site:
    app = create_app(Settings(), SampleReader())
    warm_up(app)
    return app


@pytest.fixture(scope="session")
def both(released: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a release for each audience; the public one does not show what the other does."""
    data = tmp_path_factory.mktemp("both")
    current = (released / "releases" / "public" / "CURRENT").read_text("utf-8").strip()
    source = released / "releases" / "public" / current
    write_release(data, source, "public", "c")
    write_release(data, source, "internal", CANARY)
    return data


@pytest.fixture
def client(site: Site) -> Iterator[FlaskClient]:
    with site.server.test_client() as client:
        yield client


def make_body(page: object = "through-care", **chosen: object) -> dict[str, Any]:
    """What the browser sends when something is chosen."""
    values = USUAL | chosen
    inputs = [
        {"id": name, "property": "data" if name == "narrow" else "value", "value": value}
        for name, value in values.items()
    ]
    return {
        "output": "view.data",
        "outputs": {"id": "view", "property": "data"},
        "inputs": inputs,
        "state": [{"id": "page", "property": "data", "value": page}],
        "changedPropIds": ["area.value"],
    }


@pytest.fixture
def choose(client: FlaskClient) -> Choose:
    def choose(page: object = "through-care", **chosen: object) -> TestResponse:
        return client.post("/_dash-update-component", json=make_body(page, **chosen))

    return choose


def read_view(response: TestResponse) -> dict[str, Any]:
    """What the server answers to a choice."""
    view: dict[str, Any] = json.loads(response.data)["response"]["view"]["data"]
    return view


def walk(node: object) -> Iterator[dict[str, Any]]:
    """Every element in a layout."""
    if isinstance(node, dict):
        if "props" in node and "type" in node:
            yield node
        for child in node.values():
            yield from walk(child)
    elif isinstance(node, list):
        for child in node:
            yield from walk(child)
