"""What is decided or noticed of a measure's figures, and how a process chart takes it."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from dashboard.acts import Record, RecordKind, find_place, load_records, make_acts
from dashboard.findings import DeclarationError
from dashboard.periods import Period, between, parse
from dashboard.settings import DATA
from dashboard.statistics.processes import ActKind
from dashboard.vocabulary import Basis

MONTHS = tuple(between(parse("2018-M01"), parse("2019-M12")))  # 24 of them
FULL = (1.0,) * 24
HEADING = "indicator,kind,basis,area,period,label,why,on,by,source\n"


def record(kind: RecordKind, period: str, **fields: str) -> Record:
    return Record(
        indicator="referrals",
        kind=kind,
        basis=Basis.LOCAL,
        area=fields.get("area", ""),
        period=parse(period),
        label="",
        why=fields.get("why", "It was decided."),
        on=date(2019, 4, 1),
        by="Performance board",
        source="",
    )


def acts(
    *records: Record, values: Sequence[float | None] = FULL, periods: Sequence[Period] = MONTHS
) -> list[tuple[int, ActKind]]:
    return [(act.place, act.kind) for act in make_acts(records, periods, values)]


def test_the_steps_of_the_board_dataset_and_the_restated_rates_are_recorded() -> None:
    records = load_records(DATA)
    steps = {(each.indicator, each.period.code) for each in records if each.kind is RecordKind.STEP}
    assert ("care_leavers", "2019-M01") in steps
    restated = {each.period.code for each in records if each.kind is RecordKind.RESTATED}
    assert restated == {"2020-M03", "2021-M03"}
    assert all(each.why and each.on for each in records)


def test_without_a_file_nothing_is_recorded(tmp_path: Path) -> None:
    assert load_records(tmp_path) == ()


def test_every_fault_of_the_file_is_told(tmp_path: Path) -> None:
    rows = "referrals,rebased,local,,2019-M01,,,1 April,,\nreferrals,fix,locl,,soon,Fixed,Why,2019-04-01,,\n"
    (tmp_path / "acts.csv").write_text(HEADING + rows, encoding="utf-8")
    with pytest.raises(DeclarationError) as caught:
        load_records(tmp_path)
    said = str(caught.value)
    assert "acts.csv, row 2, on: found '1 April', expected a date such as 2019-07-31" in said
    assert "acts.csv, row 3, period: found 'soon'" in said


def test_it_concerns_the_area_it_names_or_every_area() -> None:
    everywhere, one = (
        record(RecordKind.STEP, "2019-M01"),
        record(RecordKind.STEP, "2019-M01", area="redditch"),
    )
    assert everywhere.concerns("referrals", "redditch", Basis.LOCAL)
    assert one.concerns("referrals", "redditch", Basis.LOCAL)
    assert not one.concerns("referrals", "worcester", Basis.LOCAL)
    assert not one.concerns("referrals", "redditch", Basis.OFFICIAL)
    assert not one.concerns("contacts", "redditch", Basis.LOCAL)


def test_its_place_is_the_period_that_it_begins_in() -> None:
    quarters = tuple(between(parse("2018-19-Q1"), parse("2018-19-Q4")))
    assert find_place(record(RecordKind.STEP, "2018-M08"), quarters) == 1
    assert find_place(record(RecordKind.STEP, "2018-M08"), MONTHS) == 7
    assert find_place(record(RecordKind.STEP, "2017-M12"), MONTHS) is None
    assert find_place(record(RecordKind.STEP, "2020-M01"), MONTHS) is None
    assert find_place(record(RecordKind.STEP, "2020-M01"), ()) is None


def test_a_new_beginning_and_a_new_definition_cut_the_series() -> None:
    assert acts(record(RecordKind.REBASE, "2018-M07"), record(RecordKind.DEFINITION, "2019-M02")) == [
        (6, ActKind.REBASE),
        (13, ActKind.REBASE),
    ]


def test_a_step_and_a_restated_figure_decide_nothing() -> None:
    assert acts(record(RecordKind.STEP, "2018-M07"), record(RecordKind.RESTATED, "2018-M07")) == []


def test_what_lies_outside_the_figures_is_left_out() -> None:
    for period in ("2017-M06", "2018-M01", "2020-M01"):
        assert acts(record(RecordKind.REBASE, period)) == []
    late = (None,) * 12 + FULL[12:]  # no figure before
    assert acts(record(RecordKind.REBASE, "2018-M09"), values=late) == []


def test_limits_are_fixed_after_twelve_figures_and_not_before() -> None:
    assert acts(record(RecordKind.FIX, "2019-M01")) == [(12, ActKind.FIX)]
    assert acts(record(RecordKind.FIX, "2018-M12")) == []
    gap = (1.0, None, *FULL[2:])
    assert acts(record(RecordKind.FIX, "2019-M01"), values=gap) == []


def test_limits_are_fixed_once_until_they_are_based_anew() -> None:
    twice = record(RecordKind.FIX, "2019-M01"), record(RecordKind.FIX, "2019-M06")
    assert acts(*twice) == [(12, ActKind.FIX)]
    longer = tuple(between(parse("2018-M01"), parse("2021-M12")))
    anew = record(RecordKind.REBASE, "2019-M03"), record(RecordKind.FIX, "2020-M06")
    assert acts(twice[0], *anew, values=(1.0,) * 48, periods=longer) == [
        (12, ActKind.FIX),
        (14, ActKind.REBASE),
        (29, ActKind.FIX),
    ]


def test_at_one_period_a_new_beginning_comes_before_fixing() -> None:
    both = record(RecordKind.FIX, "2019-M01"), record(RecordKind.REBASE, "2019-M01")
    assert acts(*both) == [(12, ActKind.REBASE)]


def test_an_act_keeps_who_when_and_why() -> None:
    act = make_acts([record(RecordKind.REBASE, "2018-M07", why="A new team.")], MONTHS, FULL)[0]
    assert (act.on, act.why, act.by) == (date(2019, 4, 1), "A new team.", "Performance board")
