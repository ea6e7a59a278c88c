"""One small figure of each kind, as it is sent: what a change to a chart changes is seen in its diff."""

import json
import os
from pathlib import Path

import pytest

from dashboard.charts import draw
from dashboard.views.shapes import Picture
from tests.charts.pictures import list_pictures

GOLDEN = Path(__file__).parent.parent / "golden" / "charts"
KEPT = {
    "trend": "trend, the first and last hidden",
    "bars": "bars, comparators",
    "grouped": "grouped, this year and last",
    "stacked": "stacked, shares",
    "process": "process, better and worse",
    "funnel": "funnel, six districts",
}


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
@pytest.mark.parametrize("kind", KEPT)
def test_a_figure_is_as_it_was(kind: str, narrow: bool) -> None:
    picture: Picture = list_pictures()[KEPT[kind]]
    path = GOLDEN / f"{kind}_{'narrow' if narrow else 'wide'}.json"
    figure = draw(picture, narrow=narrow)
    if os.environ.get("RENEW_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(figure, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    kept = json.loads(path.read_text(encoding="utf-8"))
    assert figure == kept, (
        "meant? RENEW_GOLDEN=1 python -m pytest tests/charts/test_golden.py, and read the diff"
    )


def test_a_figure_of_every_kind_is_kept() -> None:
    assert {type(list_pictures()[each]) for each in KEPT.values()} == set(Picture.__subclasses__())
