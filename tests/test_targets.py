import csv
from pathlib import Path

import pytest

from dashboard.findings import DeclarationError
from dashboard.periods import parse
from dashboard.targets import load_targets
from dashboard.vocabulary import Statistic

DATA = Path(__file__).parent.parent / "data"
GOLDEN = Path(__file__).parent / "golden" / "board_dataset_2018_19.csv"


def test_the_targets_are_those_of_the_board_dataset() -> None:
    with GOLDEN.open(encoding="utf-8", newline="") as file:
        said = {row["indicator"]: row["Target"] for row in csv.DictReader(file)}
    targets = load_targets(DATA)
    assert len(targets) == 12
    for target in targets:
        assert target.statistic is Statistic.PERCENTAGE
        if target.indicator in said:
            assert f"{target.value:.{target.decimals}f}%" == said[target.indicator]
        assert target.is_in_force(parse("2018-M07"))
        assert target.is_in_force(parse("2021-22-Q4"))
        assert not target.is_in_force(parse("2018-M06"))
    assert "looked_after_children" not in {target.indicator for target in targets}


def test_every_fault_of_the_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "targets.csv").write_text(
        "indicator,statistic,area,value,from_period,to_period,source,note,owner,reason\n"
        "plans,percent,shire,95%,someday,2019-M03,doc,,,\n",
        encoding="utf-8",
    )
    with pytest.raises(DeclarationError) as caught:
        load_targets(tmp_path)
    said = str(caught.value)
    assert "targets.csv, row 2, statistic: found 'percent', expected one of count" in said
    assert "value: found '95%', expected a plain number" in said
    assert "from_period: found 'someday'" in said
