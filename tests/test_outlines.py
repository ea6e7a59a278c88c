"""The outlines of districts."""

from pathlib import Path

import pytest

from dashboard.areas import load_areas
from dashboard.findings import DeclarationError
from dashboard.outlines import ACROSS, load_outlines
from dashboard.settings import DATA
from dashboard.sources import load_sources

HEAD = "area,source,outline\n"


def test_every_district_has_an_outline_from_a_declared_source() -> None:
    outlines = load_outlines(DATA)
    assert set(outlines) == {area.slug for area in load_areas(DATA).districts}
    assert "ons-boundaries-2024" in load_sources(DATA)
    corners = [corner for outline in outlines.values() for corner in outline]
    assert (min(x for x, _ in corners), max(x for x, _ in corners)) == (0, ACROSS)
    assert min(y for _, y in corners) == 0


def test_malvern_hills_lies_in_the_west_and_redditch_in_the_east() -> None:
    outlines = load_outlines(DATA)
    west = max(x for x, _ in outlines["malvern-hills"])
    assert west < min(x for x, _ in outlines["redditch"])


def test_without_the_file_there_are_none(tmp_path: Path) -> None:
    assert load_outlines(tmp_path) == {}


def test_what_is_no_outline_is_told_with_its_line(tmp_path: Path) -> None:
    text = f'{HEAD}redditch,ons,"1,2 3,4 5,6"\nworcester,ons,"1,2 3,4"\nwychavon,ons,a b c\n'
    (tmp_path / "outlines.csv").write_text(text, encoding="utf-8")
    with pytest.raises(DeclarationError) as caught:
        load_outlines(tmp_path)
    assert [finding.row for finding in caught.value.findings] == [3, 4]
    assert "at least three corners" in str(caught.value)
