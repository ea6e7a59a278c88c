"""Each check, on a small made-up county; and all of them, on the county's own figures."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.checks import closing_line, list_checks, run_checks
from dashboard.findings import Finding, Level
from dashboard.vocabulary import COLUMNS

DATA = Path(__file__).parent.parent / "data"

AREAS = """\
slug,name,short_name,kind,within,gss_code,shown_as,model_year,in_force_from,in_force_to,aliases
shire,Shire,Shire,county,,,,,,,
north,North,North,district,shire,,,,,,
south,South,South,district,shire,,,,,,
england,England,England,country,,,,,,,
near,Neighbours,Near,statistical_neighbours,,,,,,,
"""
INDICATOR = """\
title = "{title}"
short_title = "{title}"
definition = "Made up."
why_it_matters = "It does not."
polarity = "neutral"
kind = "{kind}"
frequency = "month"
district = "home"
statutory_source = "None"
characteristics = {characteristics}

[statistics.count]
unit = "children"
decimals = 0

[statistics.percentage]
unit = "%"
numerator = "some"
denominator = "all"
decimals = 0

{identity}
"""
SOURCES = """\
[doc]
title = "Doc"
short = "Doc"
publisher = "Shire"
document = "Doc"
licence = "None"
published_on = "2019-07-31"

[later]
title = "Later"
short = "Later"
publisher = "Shire"
document = "Later"
licence = "None"
published_on = "2020-07-31"
"""
POPULATIONS = """\
area,mid_year,age,population,basis,status,source
shire,2018,0-17,30,before_census_2021,published,doc
north,2018,0-17,10,before_census_2021,published,doc
south,2018,0-17,20,before_census_2021,published,doc
"""
TARGETS = "indicator,statistic,area,value,from_period,to_period,source,note,owner,reason\n"
CHARACTERISTICS = """\
[sort]
title = "Sort"
[[sort.categories]]
id = "red"
title = "Red"
[[sort.categories]]
id = "blue"
title = "Blue"

[loose]
title = "Loose"
adds_up = false
[[loose.categories]]
id = "red"
title = "Red"
"""
CATALOGUE = {
    "children": ("stock", 'parts = ["here", "away"]\nstock = {starts = "came", ceases = "went"}'),
    "here": ("stock", ""),
    "away": ("stock", 'at_most = ["children"]'),
    "came": ("flow", ""),
    "went": ("flow", ""),
    "quick": ("flow", 'complement = "slow"'),
    "slow": ("flow", 'complement = "quick"'),
}

Find = Callable[..., list[Finding]]


@pytest.fixture
def find(tmp_path: Path) -> Find:
    """What is found in the made-up county with some figures, each a row of the long table in short."""
    pages = tmp_path / "pages"
    pages.mkdir()
    (tmp_path / "observations").mkdir()
    (tmp_path / "indicators" / "front_door").mkdir(parents=True)
    for name, (kind, identity) in CATALOGUE.items():
        text = INDICATOR.format(
            title=name.title(),
            kind=kind,
            characteristics='["sort", "loose"]',
            identity=f"[identity]\n{identity}" if identity else "",
        )
        (tmp_path / "indicators" / "front_door" / f"{name}.toml").write_text(text, encoding="utf-8")
    files = {
        "areas.csv": AREAS,
        "statistical_neighbours.csv": "model,rank,la_code,la_name\n",
        "sources.toml": SOURCES,
        "populations.csv": POPULATIONS,
        "targets.csv": TARGETS,
        "characteristics.toml": CHARACTERISTICS,
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")

    def find_in(*rows: str, **replaced: str) -> list[Finding]:
        for name, text in replaced.items():
            (tmp_path / name.replace("_csv", ".csv").replace("_toml", ".toml")).write_text(
                text, encoding="utf-8"
            )
        lines = [",".join(COLUMNS), *(lengthen(row) for row in rows)]
        (tmp_path / "observations" / "a.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        return [each for each in run_checks(tmp_path) if not each.file.startswith("pages")]

    return find_in


def lengthen(row: str) -> str:
    """A full row from "indicator period value", with `column=text` for whatever else differs."""
    words = row.split()
    named = dict(word.split("=", 1) for word in words if "=" in word)
    plain = [word for word in words if "=" not in word]
    cell = dict.fromkeys(COLUMNS, "") | {
        "statistic": "count",
        "area": "shire",
        "basis": "local",
        "status": "final",
        "source": "doc",
        "published_on": "2019-07-31",
    }
    cell |= dict(zip(("indicator", "period", "value"), plain, strict=False)) | named
    return ",".join(cell[name] for name in COLUMNS)


def told(findings: list[Finding]) -> str:
    return "\n".join(map(str, findings))


def test_a_sound_folder_has_nothing_to_tell(find: Find) -> None:
    assert find("children 2019-M03 30", "came 2018-19 3", "came 2018-19-Q4 1", "quick CY2018 3") == []


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            "chidren 2019-M03 3",
            "indicator: found 'chidren', expected the id of an indicator, nearest: children",
        ),
        ("children 2019-M03 3 area=nort", "area: found 'nort', expected the slug of an area, nearest: north"),
        (
            "children 2019-M03 3 source=dok",
            "source: found 'dok', expected a heading of sources.toml, nearest: doc",
        ),
        (
            "children 2019-M03 3 statistic=cuont",
            "statistic: found 'cuont', expected one of count, percentage",
        ),
        (
            "children 2019-M03 3 statistic=rate",
            "found 'rate', expected one of count, percentage for children",
        ),
        (
            "children 2019-M03 3 basis=lokal",
            "basis: found 'lokal', expected one of local, official, nearest: local",
        ),
        ("children 2019-M03 3 status=sure", "status: found 'sure', expected one of final"),
        ("children 2019-M03 symbol=q", "symbol: found 'q', expected one of c, x, z, low, or nothing"),
        ("children March-ish 3", "period: found 'March-ish', expected a period such as 2019-M03"),
        ("children Mar-19 3", "period: found 'Mar-19', expected '2019-M03'"),
        ("children 2018-19 3", "period: found '2018-19', expected the month it is as at"),
        ("children 2018-19-Q4 3", "expected the month it is as at, such as 2019-M03: children is a stock"),
        ("came 2018-19 3 characteristic=sert category=red", "found 'sert', expected one of sort, loose"),
        (
            "came 2018-19 3 characteristic=sort category=rod",
            "found 'rod', expected one of red, blue, nearest: red",
        ),
        ("came 2018-19 3 characteristic=sort", "category: found '', expected one of red, blue"),
        ("came 2018-19 3 category=red", "category: found 'red', expected nothing"),
        ("came 2018-19", "value: found '', expected a number, or a symbol that says why"),
        ("came 2018-19 3 symbol=c", "value: found 3, expected nothing beside a symbol"),
        ("came 2018-19 101 statistic=percentage", "value: found 101, expected a percentage from 0 to 100"),
        ("came 2018-19 -1", "value: found -1, expected a number that is not below nothing"),
        ("came 2018-19 3.5", "value: found 3.5, expected a whole number: it is a count"),
        (
            "came 2018-19 27 statistic=percentage numerator=212 denominator=814",
            "found 27, expected 26, of 212 in 814",
        ),
        (
            "came 2018-19 100 statistic=percentage numerator=4 denominator=3",
            "expected at most the denominator",
        ),
        ("came 2018-19 0 statistic=percentage numerator=0 denominator=0", "expected a number above nothing"),
        ("came 2018-19 symbol=low statistic=percentage numerator=9 denominator=90", "below 1%"),
        (
            "came 2018-19 3.5 area=near denominator=11",
            "expected how many of the 10 councils the mean is over",
        ),
        ("came 2018-19 3 published_on=31/07/2019", "found '31/07/2019', expected a date such as 2019-07-31"),
        (
            "came 2018-19 3 published_on=2019-08-01",
            "found '2019-08-01', expected '2019-07-31', as sources.toml says",
        ),
    ],
)
def test_one_fault_is_told_with_its_place_and_what_should_be_there(find: Find, row: str, said: str) -> None:
    findings = find("children 2018-M12 30", row)
    assert said in told(findings)
    assert "error: observations/a.csv, row 3, " in told(findings)
    assert {finding.level for finding in findings} == {Level.ERROR}


@pytest.mark.parametrize(
    "row",
    [
        "came 2018-19 26 statistic=percentage numerator=212 denominator=814",
        "came 2018-19 26.04 statistic=percentage numerator=212 denominator=814",
        "came 2018-19 symbol=low statistic=percentage numerator=2 denominator=814",
        "came 2018-19 3.5 area=near denominator=9",
        "came 2018-19 0",
        "came 2018-19 symbol=x",
    ],
)
def test_what_is_right_is_let_pass(find: Find, row: str) -> None:
    assert find(row) == []


def test_a_word_that_is_wrong_in_many_rows_is_told_once(find: Find) -> None:
    findings = find(*(f"chidren 2019-M0{month} 3" for month in range(1, 6)))
    assert len(findings) == 1
    assert findings[0].row == 2
    assert findings[0].why == "and in 4 more rows"


def test_a_cell_may_stand_twice_only_if_published_twice(find: Find) -> None:
    twice = find("came 2018-19 3", "came 2018-19 4")
    assert "row 3, indicator: found 'came', expected each cell once in a publication" in told(twice)
    assert "observations/a.csv, row 2 has the same cell" in told(twice)
    again = find("came 2018-19 3", "came 2018-19 4 source=later published_on=2020-07-31")
    assert [each.level for each in again] == [Level.NOTE]
    assert "came: found other numbers in shire, 2018-19" in told(again)
    rounded = find(
        "came 2018-19 26.4 statistic=percentage",
        "came 2018-19 26 statistic=percentage source=later published_on=2020-07-31",
    )
    assert rounded == []


def test_parts_add_up_where_all_of_them_are_held(find: Find) -> None:
    wrong = find("children 2019-M03 30", "here 2019-M03 20", "away 2019-M03 9")
    assert "row 2, value: found 30, expected 29, the sum of here, away" in told(wrong)
    assert find("children 2019-M03 30", "here 2019-M03 20") == []
    assert find("children 2019-M03 30", "here 2019-M03 20", "away 2019-M03 symbol=c") == []
    assert find("children 2019-M03 30", "here 2019-M03 20", "away 2019-M03 9 basis=official") == []


def test_some_counts_may_not_exceed_others(find: Find) -> None:
    wrong = find("children 2019-M03 3", "away 2019-M03 4")
    assert "row 3, value: found 4, expected at most 3, of children" in told(wrong)
    assert find("children 2019-M03 4", "away 2019-M03 4") == []


def test_a_share_and_its_complement_make_a_hundred(find: Find) -> None:
    wrong = find("quick 2018-19 86 statistic=percentage", "slow 2018-19 12 statistic=percentage")
    assert "found 86, expected 88, with 12 of slow" in told(wrong)
    assert find("quick 2018-19 86 statistic=percentage", "slow 2018-19 14.3 statistic=percentage") == []


def test_a_stock_follows_from_the_one_before_it(find: Find) -> None:
    flows = ("came 2019-M04 5", "went 2019-M04 2")
    wrong = find("children 2019-M03 30", "children 2019-M04 34", *flows)
    assert "row 3, value: found 34, expected 33, which is 30 + 5 − 2" in told(wrong)
    assert find("children 2019-M03 30", "children 2019-M04 33", *flows) == []
    over_a_year = ("children 2018-M03 30", "children 2019-M03 34", "came 2018-19 5", "went 2018-19 2")
    assert "found 34, expected 33" in told(find(*over_a_year))


def test_an_official_stock_that_was_amended_is_only_noted(find: Find) -> None:
    rows = ("children 2018-M03 30", "children 2019-M03 34", "came 2018-19 5", "went 2018-19 2")
    findings = find(*(f"{row} basis=official" for row in rows))
    assert [each.level for each in findings] == [Level.NOTE]


def test_categories_add_up_to_the_whole_unless_one_is_hidden(find: Find) -> None:
    def split(red: str, blue: str, characteristic: str = "sort") -> list[Finding]:
        return find(
            "came 2018-19 9",
            f"came 2018-19 {red} characteristic={characteristic} category=red",
            f"came 2018-19 {blue} characteristic={characteristic} category=blue"
            if blue
            else "went 2018-19 1",
        )

    assert "value: found 8 over sort, expected 9, the whole in shire, 2018-19" in told(split("5", "3"))
    assert split("5", "4") == []
    assert split("5", "symbol=c") == []
    assert "found 12 over sort" in told(split("12", "symbol=c"))
    assert split("5", "", "loose") == []


def test_rounded_categories_may_miss_the_whole_by_a_little(find: Find) -> None:
    def split(red: int, blue: int) -> list[Finding]:
        return find(
            "came 2018-19 1000 area=england basis=official",
            f"came 2018-19 {red} area=england basis=official characteristic=sort category=red",
            f"came 2018-19 {blue} area=england basis=official characteristic=sort category=blue",
        )

    assert split(500, 510) == []
    assert [each.level for each in split(500, 300)] == [Level.NOTE]


def test_shares_of_categories_may_not_exceed_the_whole(find: Find) -> None:
    rows = [
        f"came 2018-19 {share} statistic=percentage characteristic=sort category={category}"
        for share, category in ((60, "red"), (42, "blue"))
    ]
    assert "found 102 over sort, expected at most 100" in told(find(*rows))
    assert find(rows[0], rows[1].replace("42", "41")) == []


def test_targets_are_for_what_is_declared(find: Find) -> None:
    rows = (
        "chidren,count,shire,3,,,doc,,,\n"
        "came,rate,shyre,3,,,dok,,,\n"
        "came,percentage,shire,101,2019-M04,2019-M03,doc,,,\n"
    )
    said = told(find(targets_csv=TARGETS + rows))
    assert "targets.csv, row 2, indicator: found 'chidren', expected the id of an indicator" in said
    assert "row 3, statistic: found 'rate', expected one of count, percentage" in said
    assert "row 3, area: found 'shyre'" in said
    assert "row 3, source: found 'dok', expected a heading of sources.toml, nearest: doc" in said
    assert "row 4, value: found '101', expected a percentage" in said
    assert "row 4, to_period: found '2019-M03', expected a period after 2019-M04" in said


def test_acts_are_about_what_is_declared_and_there_is_one_at_a_period(find: Find) -> None:
    heading = "indicator,kind,basis,area,period,label,why,on,by,source\n"
    rows = (
        "chidren,rebase,local,shire,2019-M04,New,Why,2019-04-01,,doc\n"
        "came,rebase,local,shyre,2019-M04,New,Why,2019-04-01,,dok\n"
        "came,step,local,,2019-M04,,Why,2019-04-01,,\n"
        "came,fix,local,,2019-M04,Fixed,Why,2019-04-01,,\n"
    )
    said = told(find(acts_csv=heading + rows))
    assert "acts.csv, row 2, indicator: found 'chidren', expected the id of an indicator" in said
    assert (
        "row 3, area: found 'shyre', expected the slug of an area, or nothing for all, nearest: shire" in said
    )
    assert "row 3, source: found 'dok', expected a heading of sources.toml, or nothing, nearest: doc" in said
    assert "row 5, period: found '2019-M04', expected another than row 4, which has this" in said
    assert "acts.csv, row 4" not in said


def test_districts_make_up_the_county(find: Find) -> None:
    wrong = POPULATIONS.replace("shire,2018,0-17,30", "shire,2018,0-17,31")
    assert "populations.csv, population: found 31, expected 30, the sum of the districts" in told(
        find(populations_csv=wrong)
    )
    twice = POPULATIONS + "north,2018,0-17,10,census_2021,published,dok\n"
    said = told(find(populations_csv=twice))
    assert "row 5, area: found 'north', expected another than row 3" in said
    assert "row 5, source: found 'dok'" in said


def test_faults_of_every_file_are_told_together_errors_first(find: Find) -> None:
    findings = find(
        "chidren 2019-M03 3",
        "came 2018-19 3",
        "came 2018-19 4 source=later published_on=2020-07-31",
        areas_csv=AREAS.replace("district,shire", "distrikt,shire", 1),
        sources_toml=SOURCES.replace('licence = "None"', "", 1),
    )
    said = told(findings)
    for part in ("areas.csv, row 3, kind", "sources.toml", "observations/a.csv, row 2, indicator"):
        assert part in said
    levels = [finding.level for finding in findings]
    assert levels == sorted(levels, key=[Level.ERROR, Level.WARNING, Level.NOTE].index)


def test_the_closing_line_says_what_was_read(find: Find, tmp_path: Path) -> None:
    findings = find("children 2019-M03 30", "came 2018-19")
    assert closing_line(tmp_path, findings) == (
        "7 indicators, 5 areas, 2 figures read; 1 error; nothing was guessed."
    )
    assert closing_line(tmp_path, []).endswith("2 figures read; 0 errors; nothing was guessed.")


def test_checks_are_found_and_each_says_what_it_looks_for() -> None:
    assert len(list_checks()) >= 15
    for each in list_checks():
        assert each.__name__.startswith("find_")
        assert each.__doc__


def test_the_countys_own_data_has_no_errors() -> None:
    findings = run_checks(DATA)
    assert told([each for each in findings if each.level is not Level.NOTE]) == ""


@pytest.mark.parametrize(
    ("found", "said", "expected"),
    [
        ("2019-M03,,,,,842,", "2019-M03,,,,,843,", "expected 842, the sum of placed_in_foster_care"),
        ("2018-M12,,,,,428,", "2018-M12,,,,,429,", "expected 428, the sum of care_leavers_16_to_20"),
        ("2019-M06,,,212,814,26,", "2019-M06,,,212,814,25,", "expected 26, of 212 in 814"),
    ],
)
def test_a_slip_in_the_board_dataset_is_found(tmp_path: Path, found: str, said: str, expected: str) -> None:
    data = tmp_path / "data"
    shutil.copytree(DATA, data, ignore=shutil.ignore_patterns("releases", "audits"))
    path = data / "observations" / "board_dataset_2018_19.csv"
    text = path.read_text(encoding="utf-8")
    assert found in text
    path.write_text(text.replace(found, said), encoding="utf-8")
    assert expected in told(run_checks(data))


# --- beside others of their kind --------------------------------------------------------------------


def by_month(*values: int, **fields: str) -> list[str]:
    named = " ".join(f"{name}={value}" for name, value in fields.items())
    return [f"quick 2018-M{month:02} {value} {named}".strip() for month, value in enumerate(values, 1)]


def test_a_step_beyond_six_times_the_usual_movement_wants_a_reason(find: Find) -> None:
    """Movements of 2 from month to month, then one of 13; 12 would be six times the usual."""
    said = told(find(*by_month(10, 12, 10, 12, 10, 12, 10, 12, 10, 23)))
    assert "found 10 to 23 in 2018-M10, expected a movement of about 2, as from month to month" in said
    assert said.startswith("note")
    assert find(*by_month(10, 12, 10, 12, 10, 12, 10, 12, 10, 22)) == []
    assert find(*by_month(10, 12, 10, 12, 10, 12, 10, 30)) == []  # too few to say what is usual


def test_a_step_that_is_recorded_is_not_asked_for_again(find: Find) -> None:
    steps = by_month(10, 12, 10, 12, 10, 12, 10, 12, 10, 30)
    heading = "indicator,kind,basis,area,period,label,why,on,by,source\n"
    recorded = heading + "quick,step,local,,2018-M10,,Nobody knows.,2019-04-01,,doc\n"
    assert find(*steps, acts_csv=recorded) == []


def test_a_step_across_a_month_that_is_missing_is_none(find: Find) -> None:
    rows = by_month(10, 12, 10, 12, 10, 12, 10, 12, 10, 12, 99, 60)
    assert find(*rows[:10], rows[11]) == []


def test_a_count_and_its_rate_that_imply_other_children_are_noted(find: Find) -> None:
    """30 children live in the shire in mid-2018: 3 of them are 1,000 of 10,000, and 2,000 would be of 15."""
    rows = "quick 2018-19 3", "quick 2018-19 {} statistic=rate"

    def notes(rate: int) -> list[str]:
        return [str(each) for each in find(rows[0], rows[1].format(rate)) if each.level is Level.NOTE]

    assert notes(1000) == []
    assert notes(980) == []  # within 3% of the population
    (said,) = notes(2000)
    assert "found 2000 of 3, which implies 15 children, expected about 30" in said


def test_figures_far_from_the_official_ones_are_noted(find: Find) -> None:
    official = "quick 2018-19 100 basis=official"
    assert find("quick 2018-19 110", official) == []
    assert "found 111, +11% beside the official 100" in told(find("quick 2018-19 111", official))
    assert "found 80, -20% beside the official 100" in told(find("quick 2018-19 80", official))
