"""Three releases of planted figures, and everything that is served of them."""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from flask.testing import FlaskClient

from bench.callback import find_filter_callback
from dashboard import release
from dashboard.audiences import INTERNAL
from dashboard.disclosure import Protected, Unprotected
from dashboard.release import publish
from dashboard.shelf import current_release
from tests.attacks.canaries import list_canaries
from tests.attacks.crawl import Answer, crawl, serve
from tests.attacks.moves import move
from tests.attacks.plant import Cell, Cells, make_cells, write_folder

CELL = [*Cell._fields]
KEY = ["indicator", "statistic", "area", "basis", "period", "characteristic", "category", "source"]


@dataclass(frozen=True)
class Published:
    """A data folder with one release for the public."""

    data: Path
    cells: Cells
    folder: Path

    @property
    def figures(self) -> pd.DataFrame:
        """The released figures, as texts."""
        return pd.read_csv(self.folder / "figures.csv", dtype="str", keep_default_na=False)


@pytest.fixture(scope="session")
def publish_planted(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Cells], Published]:
    """Publishes planted figures for the public, with a release beside it that nobody may reach from there.

    Each release has an id of its own, as in truth: pages are kept by it.
    """

    def publish_cells(name: str, cells: Cells) -> Published:
        data = write_folder(tmp_path_factory.mktemp("attacked") / "data", cells)
        publish(data, illustrative=False, audience=INTERNAL)
        publish(data, illustrative=False)
        old = current_release(data)
        new = old.rename(old.with_name(name))
        manifest = json.loads((new / "manifest.json").read_text("utf-8"))
        text = json.dumps(manifest | {"id": name}, indent=2)
        (new / "manifest.json").write_text(f"{text}\n", encoding="utf-8")
        (new.parent / "CURRENT").write_text(f"{name}\n", encoding="utf-8")
        assert current_release(data) == new
        return Published(data, cells, new)

    return publish_cells


@pytest.fixture(scope="session")
def planted(publish_planted: Callable[[str, Cells], Published]) -> Published:
    """The planted figures, protected."""
    return publish_planted("2022-06-01-1", make_cells())


@pytest.fixture(scope="session")
def bare(publish_planted: Callable[[str, Cells], Published]) -> Published:
    """The same figures, published with nothing protected."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(release, "protect", show_everything)
        return publish_planted("2022-06-01-2", make_cells())


@pytest.fixture(scope="session")
def hidden(planted: Published, bare: Published) -> pd.DataFrame:
    """The figures as they are that the protected release does not tell, or tells roughly."""
    return find_hidden(planted.figures, bare.figures)


@pytest.fixture(scope="session")
def moved(
    planted: Published, hidden: pd.DataFrame, publish_planted: Callable[[str, Cells], Published]
) -> Published:
    """The planted figures with other numbers where they are hidden, protected."""
    own = hidden[hidden["basis"] == "local"]
    cells = {Cell(*row) for row in own[CELL].itertuples(index=False)}
    return publish_planted("2022-06-01-3", move(planted.cells, cells))


def show_everything(figures: Unprotected, *rest: object, **more: object) -> Protected:
    """Every figure exactly as it is."""
    return Protected(figures.raw.assign(precision="", base=""))


def find_hidden(told: pd.DataFrame, raw: pd.DataFrame) -> pd.DataFrame:
    """The rows of a raw table of which another does not tell the value exactly."""
    exact = told["precision"] == "" if "precision" in told else True
    known = told[(told["symbol"] != "c") & exact][KEY]
    marked = raw.merge(known.drop_duplicates(), on=KEY, how="left", indicator=True)
    return raw[(marked["_merge"] == "left_only").to_numpy() & (raw["value"] != "").to_numpy()]


@pytest.fixture(scope="session")
def canaries(hidden: pd.DataFrame, bare: Published, planted: Published) -> set[float]:
    """The numbers that nothing of the protected release may hold."""
    return list_canaries(hidden, bare.figures, planted.figures)


@pytest.fixture(scope="session")
def served(planted: Published) -> dict[str, Answer]:
    """Everything that is served of the planted figures."""
    return crawl(planted.data)


@pytest.fixture(scope="session")
def served_moved(moved: Published) -> dict[str, Answer]:
    """A good part of what is served of the figures that were moved."""
    return crawl(moved.data, every=3)


@pytest.fixture(scope="session")
def served_bare(bare: Published) -> dict[str, Answer]:
    """A good part of what is served where nothing is protected."""
    return crawl(bare.data, every=3)


@pytest.fixture(scope="session")
def client(planted: Published) -> FlaskClient:
    """A client of the protected release."""
    return serve(planted.data)


@pytest.fixture(scope="session")
def callback(client: FlaskClient) -> dict[str, Any]:
    """The only callback, as it is declared."""
    return find_filter_callback(client.get("/_dash-dependencies").get_json())


@pytest.fixture(autouse=True)
def _leave_the_environment_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [each for each in os.environ if each.startswith("DASHBOARD_")]:
        monkeypatch.delenv(name)
