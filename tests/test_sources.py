from pathlib import Path

import pytest

from dashboard.findings import DeclarationError
from dashboard.observations import load_observations
from dashboard.sources import is_date, load_sources

DATA = Path(__file__).parent.parent / "data"


def test_every_figure_has_a_source_and_the_open_licence_is_attributed() -> None:
    sources = load_sources(DATA)
    observations = load_observations(DATA)
    assert set(observations["source"]) <= set(sources)
    for source in sources.values():
        if source.licence.startswith("Open Government Licence"):
            assert "Open Government Licence v3.0" in source.attribution


def test_a_fault_of_the_sources_is_told_with_its_field(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text(
        '[doc]\ntitle = "T"\npublished_on = "31/07/2019"\n', encoding="utf-8"
    )
    with pytest.raises(DeclarationError) as caught:
        load_sources(tmp_path)
    assert "doc.published_on: found '31/07/2019', expected a date such as 2019-07-31" in str(caught.value)
    assert "doc.publisher: found nothing" in str(caught.value)


@pytest.mark.parametrize(
    "text", ["", "2019-7-31", "31/07/2019", "2019-02-30", "20190731", "2019-07-31T00:00"]
)
def test_only_a_day_that_exists_is_a_date(text: str) -> None:
    assert is_date("2019-07-31")
    assert not is_date(text)
