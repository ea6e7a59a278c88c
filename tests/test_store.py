"""The store: what it holds, what it prefers, and how it goes over to a new release."""

import json
import threading
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from dashboard.areas import Areas
from dashboard.audiences import AudienceError
from dashboard.characteristics import Category, Characteristic, Merged
from dashboard.cubes import Tally
from dashboard.observations import TYPES, write_observations
from dashboard.periods import Grain, parse
from dashboard.series import period_of
from dashboard.store import CurrentStore, Observation, Release, Store, read_figures, read_release
from dashboard.vocabulary import Precision, Status, Symbol

LOOKED_AFTER = ("looked_after", "count", "county", "local")


def rows(*given: dict[str, object]) -> pd.DataFrame:
    plain: dict[str, object] = dict.fromkeys(TYPES, "") | {
        "indicator": "looked_after",
        "statistic": "count",
        "area": "county",
        "basis": "local",
        "period": "2019-M03",
        "numerator": None,
        "denominator": None,
        "value": 842.0,
        "status": "as_published",
        "source": "board",
        "published_on": "2019-07-31",
        "decimals": 0,
    }
    return pd.DataFrame([plain | row for row in given])[list(TYPES)].astype(dict(TYPES))


def store(*given: dict[str, object], name: str = "2026-01-01-1", audience: str = "public") -> Store:
    age = Characteristic("age", "Age", (Category("young", "Young"), Category("old", "Old")))
    release = Release(name, datetime(2026, 1, 1, tzinfo=UTC), audience)
    return Store.from_frame(rows(*given), {}, {"age": age}, Areas(()), {}, (), release)


def test_a_series_holds_its_figures_in_order_of_time() -> None:
    held = store(
        {"period": "2019-M03"}, {"period": "2018-M12", "value": 832.0}, {"period": "2019-M01", "value": 834.0}
    )
    series = held.series(*LOOKED_AFTER, Grain.MONTH)
    assert [period.code for period in series.periods] == ["2018-M12", "2019-M01", "2019-M03"]
    assert [each.value for each in series] == [832.0, 834.0, 842.0]
    assert len(series) == 3


def test_what_was_published_before_stays_known_behind_what_stands() -> None:
    held = store(
        {"value": 833.0, "published_on": "2020-01-31"},
        {"value": 842.0, "published_on": "2019-07-31"},
        {"value": 832.0, "published_on": "2021-01-31", "source": "later"},
        {"period": "2019-M04", "value": 823.0},
    )
    march, april = parse("2019-M03"), parse("2019-M04")
    standing = held.at(*LOOKED_AFTER, march)
    assert standing is not None
    assert (standing.value, standing.source) == (832.0, "later")
    before = held.replaced(*LOOKED_AFTER, march)
    assert [(each.value, each.published_on, each.period) for each in before] == [
        (842.0, "2019-07-31", march),
        (833.0, "2020-01-31", march),
    ]
    assert held.replaced(*LOOKED_AFTER, april) == ()
    assert held.replaced(*LOOKED_AFTER, parse("2030-M01")) == ()
    assert [each.value for each in held.series(*LOOKED_AFTER, Grain.MONTH)] == [832.0, 823.0]


def test_an_observation_says_all_that_is_known_of_a_figure() -> None:
    held = store(
        {"value": 12.0, "numerator": 101.0, "denominator": 842.0, "decimals": 1, "statistic": "percentage"}
    )
    assert held.at("looked_after", "percentage", "county", "local", parse("2019-M03")) == Observation(
        period=parse("2019-M03"),
        value=12.0,
        symbol=Symbol.NONE,
        status=Status.AS_PUBLISHED,
        numerator=101.0,
        denominator=842.0,
        decimals=1,
        source="board",
        published_on="2019-07-31",
    )


def test_a_hidden_figure_is_a_symbol_and_not_a_number() -> None:
    found = store({"value": None, "symbol": "c"}).at(*LOOKED_AFTER, parse("2019-M03"))
    assert found is not None
    assert (found.value, found.symbol) == (None, Symbol.CONFIDENTIAL)


def test_what_is_not_held_is_none_or_empty() -> None:
    held = store({}, {"period": "2019-M05"}, {"area": "north", "period": "2019-M01"})
    assert held.at(*LOOKED_AFTER, parse("2019-M04")) is None  # between two that are held
    assert held.at(*LOOKED_AFTER, parse("2030-M04")) is None
    assert held.at(*LOOKED_AFTER, parse("2018-19")) is None
    assert held.at("looked_after", "count", "south", "local", parse("2019-M03")) is None
    assert held.at("unknown", "count", "county", "local", parse("2019-M03")) is None
    nothing = held.series("unknown", "count", "county", "local", Grain.YEAR)
    assert (len(nothing), list(nothing), nothing.periods, nothing.last()) == (0, [], (), None)


def test_local_and_official_figures_are_never_in_one_series() -> None:
    held = store({}, {"basis": "official", "value": 833.0})
    assert [each.value for each in held.series(*LOOKED_AFTER, Grain.MONTH)] == [842.0]
    assert [each.value for each in held.series("looked_after", "count", "county", "official", "month")] == [
        833.0
    ]


@pytest.mark.parametrize("backwards", [False, True])
def test_a_real_figure_is_preferred_to_a_newer_illustrative_one(backwards: bool) -> None:
    both = [{"value": 842.0}, {"value": 850.0, "status": "illustrative", "published_on": "2026-01-01"}]
    found = store(*(both[::-1] if backwards else both)).at(*LOOKED_AFTER, parse("2019-M03"))
    assert found is not None
    assert found.value == 842.0


@pytest.mark.parametrize("backwards", [False, True])
def test_of_two_real_figures_the_one_published_last_is_preferred(backwards: bool) -> None:
    both = [{"value": 842.0, "published_on": "2020-09-01"}, {"value": 850.0, "published_on": "2019-07-31"}]
    found = store(*(both[::-1] if backwards else both)).at(*LOOKED_AFTER, parse("2019-M03"))
    assert found is not None
    assert (found.value, found.published_on) == (842.0, "2020-09-01")


def test_the_last_figure_until_a_period_ends_no_later() -> None:
    series = store({"period": "2019-M01"}, {"period": "2019-M04"}).series(*LOOKED_AFTER, Grain.MONTH)
    last = series.last()
    assert last is not None
    assert last.period.code == "2019-M04"
    until = series.last(parse("2018-19-Q4"))
    assert until is not None
    assert until.period.code == "2019-M01"
    assert series.last(parse("2018-M12")) is None


def test_a_span_of_a_series_holds_whole_periods_only() -> None:
    series = store(*({"period": f"2019-M{month:02d}"} for month in range(1, 8))).series(
        *LOOKED_AFTER, Grain.MONTH
    )
    quarter = series.between(parse("2019-20-Q1"), parse("2019-20-Q1"))
    assert [period.code for period in quarter.periods] == ["2019-M04", "2019-M05", "2019-M06"]
    assert quarter.at(parse("2019-M03")) is None
    assert quarter.at(parse("2019-M05")) is not None
    assert quarter.at(parse("2019-20-Q1")) is None


def test_categories_come_in_declared_order() -> None:
    held = store(*({"characteristic": "age", "category": each} for each in ("unknown", "old", "young")), {})
    assert held.categories("looked_after", "count", "local", "age") == ("young", "old", "unknown")
    assert held.categories("looked_after", "count", "official", "age") == ()
    assert len(held.series(*LOOKED_AFTER, Grain.MONTH, "age", "old")) == 1


def test_a_figure_says_how_it_is_to_be_read() -> None:
    table = rows({"value": 95.0, "statistic": "percentage"}, {"period": "2019-M06", "value": 842.0})
    table = table.assign(precision=["nearest_5", ""], base=["40-59", ""])
    held = Store.from_frame(table, {}, {}, Areas(()), {})

    rough = held.at("looked_after", "percentage", "county", "local", parse("2019-M03"))
    exact = held.at(*LOOKED_AFTER, parse("2019-M06"))
    assert rough is not None
    assert exact is not None
    assert (rough.value, rough.precision, rough.base, rough.is_exact) == (
        95.0,
        Precision.NEAREST_5,
        "40-59",
        False,
    )
    assert (exact.precision, exact.base, exact.is_exact) == (Precision.EXACT, "", True)


def test_without_those_columns_every_figure_is_exact() -> None:
    held = store({}, {"period": "2019-M06", "value": None, "symbol": "c"})

    shown, hidden = held.series(*LOOKED_AFTER, Grain.MONTH)
    assert (shown.is_exact, hidden.is_exact) == (True, False)


def test_an_area_has_the_categories_of_the_finest_level_that_it_holds() -> None:
    given = [
        {"area": area, "characteristic": "abuse", "category": category}
        for area, categories in (
            ("county", ("neglect", "physical", "sexual", "other")),
            ("redditch", ("neglect", "other")),
            ("worcester", ("sexual", "unknown")),
        )
        for category in categories
    ]
    named = ("neglect", "physical", "sexual")
    other = Merged("other", "Physical or sexual", ("physical", "sexual"))
    categories = tuple(Category(each, each.capitalize()) for each in named)
    abuse = Characteristic("abuse", "Abuse", categories, coarser=((other,),))
    held = Store.from_frame(rows(*given), {}, {"abuse": abuse}, Areas(()), {})

    def of(area: str | None) -> tuple[str, ...]:
        return held.categories("looked_after", "count", "local", "abuse", area)

    assert of("county") == of(None)[:3] == named
    assert of("redditch") == ("neglect", "other")
    assert of("worcester") == ("sexual", "unknown")
    assert of("wychavon") == ()


def test_what_is_hidden_is_counted_by_indicator_and_period() -> None:
    held = store(
        {"value": None, "symbol": "c"},
        {"period": "2019-M06"},
        {"period": "2018-19"},
        {"area": "england", "value": None, "symbol": "c"},
        {"basis": "official", "value": None, "symbol": "c"},
    )

    assert held.tally(["county"], "local") == {
        ("looked_after", Grain.MONTH): Tally(held=2, hidden=1),
        ("looked_after", Grain.YEAR): Tally(held=1),
    }


def test_the_periods_are_the_quarters_and_years_with_any_figure() -> None:
    held = store(
        {"period": "2018-M05"}, {"period": "2019-20-Q1"}, {"period": "2021-22"}, {"period": "CY2021"}
    )
    found = [period.code for period in held.periods(["looked_after"])]
    assert found == ["2018-19-Q1", "2018-19", "2019-20-Q1", "2019-20", "2021-22"]
    assert held.periods(["looked_after"], areas=["north"]) == ()
    assert held.periods(["looked_after"], basis="official") == ()
    assert held.periods([]) == ()


def test_a_period_is_found_again_from_its_number() -> None:
    for code in ("2019-M03", "2018-19-Q4", "2018-19", "CY2021", "1999-00", "2000-M01"):
        period = parse(code)
        assert period_of(period.grain, period.index // period.months) == period


def test_a_store_is_that_of_its_release() -> None:
    first, again, other = store({}), store({"value": 1.0}), store({}, name="2026-01-01-2")
    assert first == again
    assert hash(first) == hash(again)
    assert first != other
    assert first != "2026-01-01-1"


def test_every_figure_of_a_random_table_is_found_where_it_was_put() -> None:
    rng = np.random.default_rng(7)
    given = [
        {
            "indicator": f"i{rng.integers(4)}",
            "area": f"a{rng.integers(5)}",
            "category": f"c{rng.integers(3)}",
            "characteristic": "age",
            "period": period_of(Grain.MONTH, 24_000 + int(rng.integers(60))).code,
            "value": float(rng.integers(1000)),
        }
        for _ in range(400)
    ]
    held = store(*given)
    last = {
        tuple(row[name] for name in ("indicator", "area", "category", "period")): row["value"]
        for row in given
    }
    for (indicator, area, category, period), value in last.items():
        found = held.at(indicator, "count", area, "local", parse(period), "age", category)  # type: ignore[arg-type]
        assert found is not None
        assert found.value == value


def test_released_figures_are_read_as_printed(tmp_path: Path) -> None:
    frame = rows(
        {"value": 12.0, "decimals": 1, "numerator": 101.5}, {"value": None, "symbol": "c", "area": "north"}
    )
    write_observations(frame, tmp_path / "figures.csv")
    read = Store.from_frame(read_figures(tmp_path / "figures.csv"), {}, {}, Areas(()), {})
    found = read.at(*LOOKED_AFTER, parse("2019-M03"))
    assert found is not None
    assert (found.value, found.decimals, found.numerator, found.denominator) == (12.0, 1, 101.5, None)
    hidden = read.at("looked_after", "count", "north", "local", parse("2019-M03"))
    assert hidden is not None
    assert (hidden.value, hidden.symbol) == (None, Symbol.CONFIDENTIAL)


def test_a_manifest_says_what_a_release_is(tmp_path: Path) -> None:
    told = {
        "id": "2026-11-21-1",
        "created": "2026-11-21T10:00:00+00:00",
        "audience": "public",
        "illustrative": False,
    }
    (tmp_path / "manifest.json").write_text(json.dumps(told), encoding="utf-8")
    found = read_release(tmp_path)
    assert found == Release("2026-11-21-1", datetime(2026, 11, 21, 10, tzinfo=UTC), "public", False)


# --- the current release --------------------------------------------------------------------------


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def name_current(data: Path, name: str) -> None:
    (data / "releases" / "public").mkdir(parents=True, exist_ok=True)
    (data / "releases" / "public" / "CURRENT").write_text(f"{name}\n", encoding="utf-8")


def follow(data: Path, clock: Clock) -> CurrentStore:
    def load(folder: Path) -> Store:
        if folder.name.startswith("broken"):
            raise ValueError("half a file")
        return store({}, name=folder.name)

    return CurrentStore(data, load=load, clock=clock)


def test_a_new_release_is_served_without_a_restart(tmp_path: Path) -> None:
    name_current(tmp_path, "first")
    clock = Clock()
    current = follow(tmp_path, clock)
    before = current()
    name_current(tmp_path, "second")
    assert current() is before  # looked at most once a second
    clock.now = 1.5
    assert current().release.id == "second"
    assert current.failure == ""


def test_the_same_release_is_not_read_again(tmp_path: Path) -> None:
    name_current(tmp_path, "first")
    clock = Clock()
    current = follow(tmp_path, clock)
    before = current()
    clock.now = 60.0
    assert current() is before


def test_a_broken_release_leaves_the_old_one_serving_and_is_remembered(tmp_path: Path) -> None:
    name_current(tmp_path, "first")
    clock = Clock()
    current = follow(tmp_path, clock)
    current()
    name_current(tmp_path, "broken")
    for clock.now in (2.0, 4.0, 100.0):
        assert current().release.id == "first"
        assert current.failure == "ValueError: half a file"
    name_current(tmp_path, "second")
    clock.now = 102.0
    assert current().release.id == "second"
    assert current.failure == ""


def test_a_lost_pointer_leaves_the_old_release_serving(tmp_path: Path) -> None:
    name_current(tmp_path, "first")
    clock = Clock()
    current = follow(tmp_path, clock)
    current()
    (tmp_path / "releases" / "public" / "CURRENT").unlink()
    clock.now = 2.0
    assert current().release.id == "first"
    assert "FileNotFoundError" in current.failure


def test_the_first_release_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        follow(tmp_path, Clock())()


def test_a_release_for_another_audience_is_not_served(tmp_path: Path) -> None:
    name_current(tmp_path, "public-one")
    made_for = {"public-one": "public", "strange": "internal"}

    def load(folder: Path) -> Store:
        return store({}, name=folder.name, audience=made_for[folder.name])

    clock = Clock()
    current = CurrentStore(tmp_path, load=load, clock=clock)
    assert current().release.id == "public-one"
    name_current(tmp_path, "strange")
    clock.now = 2.0
    assert current().release.id == "public-one"
    assert "made for 'internal', expected one for 'public'" in current.failure
    assert "python -m dashboard publish" in current.failure
    with pytest.raises(AudienceError, match="made for 'internal'"):
        CurrentStore(tmp_path, load=load)()


def test_a_pointer_that_leads_to_another_folder_is_not_followed(tmp_path: Path) -> None:
    name_current(tmp_path, "../internal/internal-2026-01-01-1")
    with pytest.raises(AudienceError, match="expected the id of a release beside it"):
        follow(tmp_path, Clock())()


def test_while_one_request_loads_a_release_the_others_are_answered_from_the_old_one(tmp_path: Path) -> None:
    name_current(tmp_path, "first")
    clock = Clock()
    loading, go_on = threading.Event(), threading.Event()

    def load(folder: Path) -> Store:
        if folder.name == "second":
            loading.set()
            assert go_on.wait(10)
        return store({}, name=folder.name)

    current = CurrentStore(tmp_path, load=load, clock=clock)
    current()
    name_current(tmp_path, "second")
    clock.now = 2.0
    found: list[Store] = []
    slow = threading.Thread(target=lambda: found.append(current()))
    slow.start()
    assert loading.wait(10)
    assert current().release.id == "first"
    go_on.set()
    slow.join(10)
    assert found[0].release.id == "second"
