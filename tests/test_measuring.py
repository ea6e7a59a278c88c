"""From released figures to what process charts and funnels are made of, and what the commands print."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboard.__main__ import main
from dashboard.areas import load_areas
from dashboard.audiences import MARK
from dashboard.characteristics import load_characteristics
from dashboard.indicators import load_indicators
from dashboard.measuring import MeasuringError, make_subject, measure_funnel
from dashboard.periods import Period, between, parse
from dashboard.settings import DATA
from dashboard.statistics.funnel import FunnelKind
from dashboard.statistics.process_chart import make_process_chart
from dashboard.store import Release, Store
from dashboard.targets import load_targets
from dashboard.vocabulary import COLUMNS, RELEASED, Basis, Statistic

COUNTY = "worcestershire"
Row = Mapping[str, object]
_NUMBERS = count()


def store(*series: list[Row]) -> Store:
    """A release of some rows, with the project's own declarations."""
    columns = (*COLUMNS, *RELEASED)
    blank = dict.fromkeys(columns, "") | {"numerator": None, "denominator": None}
    rows = [blank | dict(row) for rows in series for row in rows]
    frame = pd.DataFrame(rows, columns=list(columns))
    frame = frame.astype({"numerator": "float64", "denominator": "float64"})
    release = Release(f"measured-{next(_NUMBERS)}", datetime(2026, 4, 15, tzinfo=UTC))
    declared = load_indicators(DATA), load_characteristics(DATA), load_areas(DATA)
    return Store.from_frame(frame, *declared, {}, load_targets(DATA), release)


def rows(indicator: str, periods: list[Period], values: list[object], **fields: object) -> list[Row]:
    """One figure a period; a text is a symbol."""
    usual: dict[str, object] = {"indicator": indicator, "statistic": "count", "area": COUNTY}
    usual |= {"basis": "local", "status": "final", "source": "council", "published_on": "2026-04-30"}
    return [
        usual
        | fields
        | {"period": period.code}
        | ({"symbol": value, "value": ""} if isinstance(value, str) else {"value": str(value)})
        for period, value in zip(periods, values, strict=True)
    ]


def months(first: str, last: str) -> list[Period]:
    return list(between(parse(first), parse(last)))


def quarter_ends(first: str, last: str) -> list[Period]:
    return [period for period in months(first, last) if period.start_month % 3 == 0]


def up_and_down(number: int) -> list[object]:
    return [50 + place % 3 for place in range(number)]


# --- process charts -------------------------------------------------------------------------------


def test_months_of_the_councils_own_come_first() -> None:
    given = months("2020-M01", "2021-M06")
    held = store(
        rows("referrals", given, up_and_down(18)),
        rows("referrals", given, [9] * 18, basis="official"),
    )
    series = make_subject(held, "referrals", Statistic.COUNT, COUNTY)
    assert (series.basis, series.step, series.illustrative) == (Basis.LOCAL, 1, False)
    assert series.periods == tuple(given)
    assert series.subject.values == tuple(up_and_down(18))
    assert series.sources == ("council",)


def test_real_figures_come_before_made_up_ones_and_are_not_joined_with_them() -> None:
    given = months("2020-M01", "2021-M12")
    held = store(
        rows("referrals", given[:12], up_and_down(12)),
        rows("referrals", given[12:], [900] * 12, status="illustrative"),
    )
    series = make_subject(held, "referrals", Statistic.COUNT, COUNTY)
    assert (series.illustrative, len(series.periods)) == (False, 12)
    later = make_subject(held, "referrals", Statistic.COUNT, COUNTY, first=given[6])
    assert (later.illustrative, len(later.periods)) == (True, 12)  # six real ones are too few


def test_a_series_that_is_held_at_the_ends_of_quarters_is_not_taken_for_one_of_months() -> None:
    ends = quarter_ends("2018-M06", "2022-M03")
    held = store(rows("looked_after_children", ends, up_and_down(16)))
    series = make_subject(held, "looked_after_children", Statistic.COUNT, COUNTY)
    assert (series.step, series.periods) == (3, tuple(ends))


def test_a_gap_is_a_point_that_is_missing_and_not_hidden() -> None:
    given = months("2020-M01", "2021-M06")
    kept = [period for period in given if period.code != "2020-M05"]
    series = make_subject(
        store(rows("referrals", kept, up_and_down(17))), "referrals", Statistic.COUNT, COUNTY
    )
    place = given.index(parse("2020-M05"))
    assert series.periods == tuple(given)
    assert (series.subject.values[place], series.subject.hidden[place]) == (None, False)


@pytest.mark.parametrize(("symbol", "hidden"), [("c", True), ("x", False), ("z", False), ("low", False)])
def test_only_what_is_hidden_is_hidden(symbol: str, hidden: bool) -> None:
    values: list[object] = [*up_and_down(6), symbol, *up_and_down(8)]
    held = store(rows("referrals", months("2020-M01", "2021-M03"), values))
    subject = make_subject(held, "referrals", Statistic.COUNT, COUNTY).subject
    assert (subject.values[6], subject.hidden[6]) == (None, hidden)


def test_a_percentage_that_is_only_told_roughly_is_a_hidden_point() -> None:
    given = months("2020-M01", "2021-M01")
    rough = [
        dict(row) | ({"precision": "nearest_5"} if place == 4 else {})
        for place, row in enumerate(rows("care_leavers_in_eet", given, [55] * 13, statistic="percentage"))
    ]
    subject = make_subject(store(rough), "care_leavers_in_eet", Statistic.PERCENTAGE, COUNTY).subject
    assert subject.values[4] is None
    assert subject.hidden == tuple(place == 4 for place in range(13))


def test_longer_periods_are_taken_where_shorter_ones_are_mostly_hidden() -> None:
    hidden: list[object] = ["c", "c", "c", 12] * 12
    quarters = [
        parse(f"{year}-{(year + 1) % 100}-Q{number}")
        for year in (2018, 2019, 2020, 2021)
        for number in (1, 2, 3, 4)
    ]
    held = store(
        rows("referrals", months("2018-M04", "2022-M03"), hidden, area="redditch"),
        rows("referrals", quarters, up_and_down(16), area="redditch"),
    )
    series = make_subject(held, "referrals", Statistic.COUNT, "redditch")
    assert (series.step, series.periods) == (3, tuple(quarters))


def test_years_are_the_last_resort() -> None:
    ends = [parse(f"{year}-M03") for year in range(2012, 2026)]
    held = store(rows("looked_after_children", ends, up_and_down(14), basis="official"))
    series = make_subject(held, "looked_after_children", Statistic.COUNT, COUNTY)
    assert (series.basis, series.step, series.periods) == (Basis.OFFICIAL, 12, tuple(ends))


def test_where_nothing_is_held_there_is_nothing_to_chart() -> None:
    series = make_subject(store(), "referrals", Statistic.COUNT, COUNTY)
    assert series.periods == ()
    assert make_process_chart(series.subject).reason.startswith("Too few points: there are 0")


def test_percentages_are_charted_unrounded_where_their_parts_are_released() -> None:
    given = months("2020-M01", "2021-M01")
    tops = [61 + place % 3 for place in range(13)]
    parted = [
        dict(row) | {"numerator": top, "denominator": 120}
        for row, top in zip(
            rows("care_leavers_in_eet", given, [round(top / 1.2) for top in tops], statistic="percentage"),
            tops,
            strict=True,
        )
    ]
    series = make_subject(store(parted), "care_leavers_in_eet", Statistic.PERCENTAGE, COUNTY)
    assert series.subject.whole_percent is False
    chart = make_process_chart(series.subject)
    assert [point.value for point in chart.points] == pytest.approx([top / 1.2 for top in tops])
    bare = rows("care_leavers_in_eet", given, [52] * 13, statistic="percentage")
    assert make_subject(
        store(bare), "care_leavers_in_eet", Statistic.PERCENTAGE, COUNTY
    ).subject.whole_percent


def test_a_rate_of_a_month_is_told_as_if_the_year_were_like_it() -> None:
    given = months("2020-M01", "2021-M01")
    parted = [
        dict(row) | {"numerator": 2000 + place, "denominator": 118_000}
        for place, row in enumerate(
            rows(
                "contacts_rate",
                given,
                [round(120_000 * (2000 + place) / 118_000, 1) for place in range(13)],
                statistic="rate",
            )
        )
    ]
    subject = make_subject(store(parted), "contacts_rate", Statistic.RATE, COUNTY).subject
    assert subject.per == 120_000
    assert subject.numerators == tuple(range(2000, 2013))


@pytest.mark.parametrize(("area", "target"), [(COUNTY, 85), ("redditch", 85), ("england", None)])
def test_the_countys_target_stands_for_its_districts_too(area: str, target: float | None) -> None:
    held = store(
        rows(
            "care_leavers_in_eet",
            months("2020-M01", "2021-M01"),
            up_and_down(13),
            statistic="percentage",
            area=area,
        )
    )
    subject = make_subject(held, "care_leavers_in_eet", Statistic.PERCENTAGE, area).subject
    assert subject.target == target


# --- funnels --------------------------------------------------------------------------------------


def districts(period: str, parts: Mapping[str, tuple[int, int] | None], **fields: object) -> list[Row]:
    """A percentage for each district; None is hidden."""
    found: list[Row] = []
    for area, pair in parts.items():
        value: object = "c" if pair is None else round(100 * pair[0] / pair[1])
        told = {"numerator": pair[0], "denominator": pair[1]} if pair else {}
        (row,) = rows(
            "care_leavers_in_eet", [parse(period)], [value], statistic="percentage", area=area, **fields
        )
        found.append(dict(row) | told)
    return found


PARTS = {"redditch": (30, 60), "worcester": (44, 70), "wychavon": None, COUNTY: (250, 420)}


def test_a_funnel_stands_around_the_countys_own_figure_at_the_end_of_the_period() -> None:
    held = store(districts("2022-M03", PARTS))
    measured = measure_funnel(held, "care_leavers_in_eet", parse("2021-22-Q4"))
    assert (measured.statistic, measured.basis) == (Statistic.PERCENTAGE, Basis.LOCAL)
    assert measured.period.code == "2022-M03"
    assert measured.funnel.kind is FunnelKind.BINOMIAL
    assert measured.funnel.centre == pytest.approx(100 * 250 / 420)
    assert [point.name for point in measured.funnel.points] == ["redditch", "worcester"]
    assert "wychavon" in measured.funnel.left_out
    assert measured.illustrative is False


def test_a_figure_that_is_hidden_of_the_county_too_leaves_the_districts_that_are_shown() -> None:
    held = store(districts("2022-M03", PARTS | {COUNTY: None}))
    measured = measure_funnel(held, "care_leavers_in_eet", parse("2021-22-Q4"))
    assert measured.funnel.centre == pytest.approx(100 * 74 / 130)


def test_a_count_has_no_funnel_and_neither_has_a_period_without_districts() -> None:
    held = store(districts("2022-M03", PARTS))
    with pytest.raises(MeasuringError, match="no percentage or rate"):
        measure_funnel(held, "referrals", parse("2021-22-Q4"))
    with pytest.raises(MeasuringError, match="No figure of a district"):
        measure_funnel(held, "care_leavers_in_eet", parse("2020-21-Q4"))


# --- the command line -----------------------------------------------------------------------------


@pytest.fixture
def printed(
    released: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., dict[str, Any]]:
    """What a command prints of the project's own release."""
    monkeypatch.setenv("DASHBOARD_DATA", str(released))

    def run(*arguments: str) -> dict[str, Any]:
        code = main(arguments)
        told = capsys.readouterr()
        assert (code, told.err) == (0, "")
        found: dict[str, Any] = json.loads(told.out)
        return found

    return run


@pytest.mark.parametrize(
    ("indicator", "centre", "moving_range", "screened", "unscreened", "label"),
    [
        ("looked_after_children", 830.08, 8.909, [806.39, 853.78], [806.39, 853.78], None),
        ("placed_outside_county", 204.92, 2.909, [197.18, 212.65], [197.18, 212.65], "two_of_three"),
        (
            "placed_with_relative_or_friend",
            175.00,
            2.909,
            [167.26, 182.74],
            [167.26, 182.74],
            "outside_limits",
        ),
        ("personal_education_plan_up_to_date", 77.00, 2.500, [70.35, 83.65], [67.81, 86.19], None),
        ("care_leavers_in_touch", 83.25, 1.300, [79.79, 86.71], [77.20, 89.30], None),
    ],
)
def test_the_numbers_of_the_board_dataset_are_printed_as_worked_out_elsewhere(
    printed: Callable[..., dict[str, Any]],
    indicator: str,
    centre: float,
    moving_range: float,
    screened: list[float],
    unscreened: list[float],
    label: str | None,
) -> None:
    statistic = "percentage" if "up_to_date" in indicator or "touch" in indicator else "count"
    found = printed(
        "process-chart",
        indicator,
        "--area",
        COUNTY,
        "--statistic",
        statistic,
        "--from",
        "2018-M07",
        "--to",
        "2019-M06",
    )
    (span,) = found["spans"]
    assert (round(span["centre"], 2), round(span["average_moving_range"], 3)) == (centre, moving_range)
    assert [round(each, 2) for each in span["limits"]["screened"]] == screened
    assert [round(each, 2) for each in span["limits"]["unscreened"]] == unscreened
    assert found["points"][-1]["label"] == label
    assert (found["points"][0]["period"], found["points"][-1]["period"]) == ("2018-M07", "2019-M06")
    assert (found["valid"], found["method"], found["trial"]) == (True, "xmr", True)
    assert found["rules"] == {"shift": 7, "trend": 7, "screened": True}


def test_a_chart_that_is_refused_prints_why(printed: Callable[..., dict[str, Any]]) -> None:
    found = printed("process-chart", "three_or_more_placements", "--to", "2019-M06")
    assert (found["valid"], found["method"], found["variation"]) == (False, "values", "not_available")
    assert "twelve months" in found["reason"]
    assert found["spans"][0]["limits"] is None
    assert found["area"] == COUNTY


def test_a_funnel_is_printed_with_its_limits_and_its_test(printed: Callable[..., dict[str, Any]]) -> None:
    found = printed("funnel", "care_leavers_in_eet", "--period", "2021-22-Q4")
    assert found["period"] == "2022-M03"
    for point in found["points"]:
        low, high = point["limits_95"]
        lowest, highest = point["limits_998"]
        assert lowest < low < found["centre"] < high < highest
        assert point["value"] == pytest.approx(100 * point["numerator"] / point["denominator"], abs=1e-4)
    assert found["dispersion"]["degrees"] == len(found["points"]) - 1
    assert "not ranked" in found["caption"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("process-chart", "looked_after"), "nearest: looked_after_"),
        (("process-chart", "referrals", "--area", "reditch"), "nearest: redditch"),
        (("process-chart", "referrals", "--statistic", "percentage"), "expected one of count"),
        (("process-chart", "referrals", "--from", "soon"), "--from: found 'soon'"),
        (("process-chart", "referrals", "--to", "later"), "--to: found 'later'"),
        (("funnel", "referrals_rate", "--period", "never"), "--period: found 'never'"),
    ],
)
def test_a_word_that_means_nothing_is_told_with_what_would(
    released: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    said: str,
) -> None:
    monkeypatch.setenv("DASHBOARD_DATA", str(released))
    assert main(arguments) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert said in told.err


def test_a_funnel_that_cannot_be_is_refused_in_a_sentence(
    released: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DASHBOARD_DATA", str(released))
    assert main(("funnel", "referrals", "--period", "2021-22-Q4")) == 1
    assert (
        capsys.readouterr().err == "Referrals received has no percentage or rate to compare districts by.\n"
    )


@pytest.mark.parametrize("command", ["process-chart", "funnel"])
def test_without_a_release_nothing_is_printed(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path))
    period = ("--period", "2021-22-Q4") if command == "funnel" else ()
    assert main((command, "referrals", *period)) == 1
    assert MARK not in capsys.readouterr().out
