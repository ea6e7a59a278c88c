"""The catalogue: what is declared is read, and whatever is wrong is said."""

import re
import shutil
from pathlib import Path

import pytest

from dashboard.findings import DeclarationError, Finding
from dashboard.indicators import TABS, Indicator, load_characteristics, load_indicators, read_indicators
from dashboard.vocabulary import Basis, Comparability, DistrictMode, Frequency, Kind, Polarity, Statistic

DATA = Path(__file__).parent.parent / "data"
SOUND = """
title = "Letters received"
short_title = "Letters"
definition = "Letters that came in."
why_it_matters = "Somebody has to read them."
polarity = "neutral"
kind = "stock"
frequency = "month"
district = "home"
statutory_source = "The council’s own records"
noun = "letters"
measure = 1
synonyms = ["post", "mail"]
characteristics = ["colour"]

[statistics.percentage]
unit = "%"
numerator = "Letters read"
denominator = "Letters"
decimals = 1

[statistics.count]
unit = "letters"
decimals = 0

[[comparators]]
areas = ["statistical-neighbours"]
statistic = "percentage"
comparability = "different_age"
reason = "Elsewhere only old letters are counted."
"""
PLAIN = SOUND.replace("measure = 1\n", "").replace('"stock"', '"flow"')
COLOUR = '[colour]\ntitle = "Colour"\n[[colour.categories]]\nid = "red"\ntitle = "Red"\n'


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "characteristics.toml").write_text(COLOUR, encoding="utf-8")
    for name in ("areas.csv", "statistical_neighbours.csv"):
        shutil.copy(DATA / name, tmp_path / name)
    return tmp_path


def write(data: Path, name: str, text: str = SOUND, tab: str = "front_door") -> None:
    path = data / "indicators" / tab / f"{name}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def find(data: Path) -> tuple[Finding, ...]:
    with pytest.raises(DeclarationError) as error:
        load_indicators(data)
    return error.value.findings


def find_one(data: Path) -> Finding:
    (finding,) = find(data)
    return finding


# --- reading ---------------------------------------------------------------------------------------


def test_a_file_becomes_an_indicator_named_after_it(data):
    write(data, "letters")

    letters = load_indicators(data)["letters"]

    assert (letters.id, letters.tab, letters.title, letters.short_title) == (
        "letters",
        "front_door",
        "Letters received",
        "Letters",
    )
    assert letters.polarity is Polarity.NEUTRAL
    assert letters.kind is Kind.STOCK
    assert letters.frequency is Frequency.MONTH
    assert letters.district is DistrictMode.HOME
    assert (letters.noun, letters.measure) == ("letters", 1)
    assert letters.synonyms == ("post", "mail")
    assert letters.characteristics == ("colour",)


def test_the_first_statistic_is_the_main_one(data):
    write(data, "letters")

    letters = load_indicators(data)["letters"]

    assert letters.main is Statistic.PERCENTAGE
    assert list(letters.statistics) == [Statistic.PERCENTAGE, Statistic.COUNT]
    assert letters.statistics[Statistic.PERCENTAGE].denominator == "Letters"
    assert letters.statistics[Statistic.COUNT].unit == "letters"


def test_indicators_follow_the_tabs_then_their_order_then_their_ids(data):
    write(data, "b_first", "order = 1\n" + PLAIN, "staffing")
    write(data, "z_plain", PLAIN, "front_door")
    write(data, "a_plain", PLAIN, "front_door")
    write(data, "m_first", "order = 5\n" + PLAIN, "front_door")

    assert list(load_indicators(data)) == ["m_first", "a_plain", "z_plain", "b_first"]


def test_an_indicator_can_be_a_key_and_cannot_be_changed(data):
    write(data, "letters")
    letters = load_indicators(data)["letters"]

    assert {letters: 1}[letters] == 1
    with pytest.raises(AttributeError):
        letters.title = "Another"  # type: ignore[misc]
    with pytest.raises(TypeError):
        letters.statistics[Statistic.RATE] = letters.statistics[Statistic.COUNT]  # type: ignore[index]


def test_a_changed_file_is_read_again(data):
    write(data, "letters")
    load_indicators(data)
    write(data, "letters", SOUND.replace("Letters received", "Letters that came"))

    assert load_indicators(data)["letters"].title == "Letters that came"


def test_one_more_file_is_one_more_indicator(data):
    write(data, "letters")
    write(data, "parcels", PLAIN, "staffing")

    assert list(load_indicators(data)) == ["letters", "parcels"]


def test_identities_are_read(data):
    write(data, "came", PLAIN)
    write(data, "went", PLAIN)
    write(data, "net", PLAIN + '[identity]\ndifference = ["came", "went"]\n')
    write(data, "read", PLAIN + '[identity]\ncomplement = "unread"\n')
    write(data, "unread", PLAIN + '[identity]\ncomplement = "read"\n')
    whole = '[identity]\nparts = ["read", "unread"]\nstock = { starts = "came", ceases = "went" }\n'
    write(data, "letters", SOUND + whole)

    read = load_indicators(data)

    assert read["letters"].parts == ("read", "unread")
    assert read["letters"].stock is not None
    assert (read["letters"].stock.starts, read["letters"].stock.ceases) == ("came", "went")
    assert read["net"].difference == ("came", "went")
    assert read["read"].identity.complement == "unread"
    assert read["came"].parts == ()
    assert read["came"].stock is None


# --- comparators -----------------------------------------------------------------------------------


def test_a_rule_covers_its_areas_and_their_models_for_its_statistic_only(data):
    write(data, "letters")
    letters = load_indicators(data)["letters"]

    def compare(area: str, statistic: Statistic = Statistic.PERCENTAGE) -> Comparability:
        return letters.comparability(statistic, area, Basis.OFFICIAL)

    assert compare("statistical-neighbours") is Comparability.DIFFERENT_AGE
    assert compare("statistical-neighbours-2025") is Comparability.DIFFERENT_AGE
    assert compare("england") is Comparability.LIKE_FOR_LIKE
    assert compare("statistical-neighbours", Statistic.COUNT) is Comparability.LIKE_FOR_LIKE


def test_a_rule_is_on_what_stands_beside_a_local_figure_unless_it_says_otherwise(data):
    write(data, "letters")
    letters = load_indicators(data)["letters"]
    beside = (Statistic.PERCENTAGE, "statistical-neighbours", Basis.OFFICIAL)

    rule = letters.rule_for(*beside)

    assert rule is not None
    assert rule.reason == "Elsewhere only old letters are counted."
    assert letters.rule_for(*beside, against=Basis.OFFICIAL) is None


def test_a_rule_without_areas_or_statistic_covers_them_all(data):
    text = SOUND.replace('areas = ["statistical-neighbours"]\nstatistic = "percentage"\n', "")
    write(data, "letters", text)
    letters = load_indicators(data)["letters"]

    for statistic in letters.statistics:
        assert letters.comparability(statistic, "england", Basis.OFFICIAL) is Comparability.DIFFERENT_AGE


# --- faults ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("right", "wrong", "column", "found", "nearest"),
    [
        ('kind = "stock"', 'kind = "stok"', "kind", "'stok'", "stock"),
        ('polarity = "neutral"', 'polarity = "high_good"', "polarity", "'high_good'", "high_is_good"),
        ('frequency = "month"', 'frequency = "monthly"', "frequency", "'monthly'", "month"),
        ('district = "home"', 'district = "county"', "district", "'county'", "county_only"),
        ('title = "Letters received"', 'titel = "x"', "title", "nothing", ""),
        ('noun = "letters"', "noun = 3", "noun", "3", ""),
        ("measure = 1", "measure = 33", "measure", "33", ""),
        ("measure = 1", "measure = true", "measure", "True", ""),
        ('["colour"]', '["color"]', "characteristics", "'color'", "colour"),
        ('["post", "mail"]', '["post", 1]', "synonyms", "['post', 1]", ""),
        ("decimals = 1", "decimals = 9", "statistics.percentage.decimals", "9", ""),
        ("decimals = 1", "decimal = 1", "statistics.percentage.decimals", "nothing", ""),
        ('denominator = "Letters"\n', "", "statistics.percentage.denominator", "nothing", ""),
        ("[statistics.count]", "[statistics.counts]", "statistics.counts", "'counts'", "count"),
        (
            '"different_age"',
            '"different_ages"',
            "comparators[1].comparability",
            "'different_ages'",
            "different_age",
        ),
        ('statistic = "percentage"', 'statistic = "rate"', "comparators[1].statistic", "'rate'", ""),
        ('["statistical-neighbours"]', '["engalnd"]', "comparators.areas", "'engalnd'", "england"),
        ('reason = "Elsewhere only old letters are counted."', "", "comparators[1].reason", "nothing", ""),
    ],
)
def test_a_wrong_field_is_named_with_what_was_found_and_the_nearest_right_answer(
    data, right, wrong, column, found, nearest
):
    assert right in SOUND
    write(data, "letters", SOUND.replace(right, wrong, 1))

    finding = next(each for each in find(data) if each.column == column)

    assert finding.file == "indicators/front_door/letters.toml"
    assert (finding.found, finding.nearest) == (found, nearest)
    assert finding.expected


def test_an_unknown_field_gets_the_nearest_name_and_its_line(data):
    write(data, "letters", 'synonims = ["post"]\n' + SOUND.replace("synonyms", "noise"))

    columns = {finding.column: finding for finding in find(data)}

    assert columns["synonims"].found == "an unknown field"
    assert columns["synonims"].nearest == "synonyms"
    assert columns["synonims"].row == 1


@pytest.mark.parametrize("name", ["Letters", "2letters", "letters-in", "letters__in", "letters_"])
def test_a_file_name_that_cannot_be_an_id_is_refused(data, name):
    write(data, name)

    assert find_one(data).column == "(file name)"


def test_a_folder_that_is_no_tab_is_refused(data):
    write(data, "letters", tab="font_door")

    finding = find_one(data)
    assert (finding.column, finding.found, finding.nearest) == ("(folder)", "'font_door'", "front_door")


def test_a_measure_may_be_numbered_once(data):
    write(data, "letters")
    write(data, "parcels")

    finding = find_one(data)
    assert finding.file == "indicators/front_door/parcels.toml"
    assert finding.column == "measure"
    assert "indicators/front_door/letters.toml" in finding.why


def test_an_id_may_be_declared_once(data):
    write(data, "letters", PLAIN)
    write(data, "letters", PLAIN, "staffing")

    assert find_one(data).found == "the id letters again"


@pytest.mark.parametrize(
    ("identity", "column"),
    [
        ('parts = ["letter"]', "identity.parts"),
        ('difference = ["letters_in", "letter"]', "identity.difference"),
        ('stock = { starts = "letters_in", ceases = "letter" }', "identity.stock.ceases"),
        ('complement = "letter"', "identity.complement"),
    ],
)
def test_an_identity_must_name_indicators_that_exist(data, identity, column):
    write(data, "letters_in", PLAIN)
    write(data, "post", SOUND + f"\n[identity]\n{identity}\n")

    finding = next(each for each in find(data) if each.column == column)
    assert finding.found == "'letter'"
    assert finding.nearest == "letters_in"


def test_the_counts_behind_a_percentage_must_exist_too(data):
    write(
        data,
        "letters",
        SOUND.replace('denominator = "Letters"', 'denominator = "Letters"\nout_of = "leters"'),
    )

    finding = find_one(data)
    assert (finding.column, finding.nearest) == ("statistics.percentage.out_of", "letters")


def test_an_indicator_is_not_a_part_of_itself(data):
    write(data, "letters", SOUND + '\n[identity]\nparts = ["letters"]\n')

    assert find_one(data).expected == "another indicator than itself"


def test_a_difference_is_between_two(data):
    write(data, "letters", SOUND + '\n[identity]\ndifference = ["a", "b", "c"]\n')

    assert find_one(data).found == "3 ids"


def test_only_a_stock_has_starts_and_ceases(data):
    write(data, "came", PLAIN)
    write(data, "went", PLAIN)
    write(data, "letters", PLAIN + '[identity]\nstock = { starts = "came", ceases = "went" }\n')

    assert (find_one(data).column, find_one(data).expected) == ("kind", "stock")


def test_an_indicator_without_statistics_is_refused(data):
    head = SOUND.split("[statistics")[0]
    write(data, "letters", head)
    write(data, "parcels", head.replace("measure = 1\n", "") + "[statistics]\n")

    assert {finding.column for finding in find(data)} == {"statistics"}
    assert len(find(data)) == 2


def test_a_file_that_is_not_toml_is_named_with_its_line(data):
    write(data, "letters", 'title = "Letters\n')

    finding = find_one(data)
    assert (finding.file, finding.row, finding.expected) == ("indicators/front_door/letters.toml", 1, "TOML")


def test_every_fault_of_every_file_is_told_at_once(data):
    write(data, "letters", SOUND.replace("stock", "stok").replace("neutral", "natural"))
    write(data, "parcels", "title = ")
    write(data, "stamps", PLAIN.replace('["colour"]', '["colours", "shape"]'), "staffing")
    (data / "characteristics.toml").write_text(COLOUR + "[shape]\n", encoding="utf-8")

    files = [finding.file for finding in find(data)]

    assert files.count("indicators/front_door/letters.toml") == 2
    assert files.count("indicators/front_door/parcels.toml") == 1
    assert "characteristics.toml" in files


def test_a_fault_in_one_file_does_not_make_another_look_wrong(data):
    write(data, "letters", SOUND.replace("stock", "stok"))
    write(data, "post", PLAIN + '[identity]\nparts = ["letters"]\n')

    assert find_one(data).file == "indicators/front_door/letters.toml"


# --- the council's own catalogue -------------------------------------------------------------------


@pytest.fixture(scope="module")
def catalogue() -> dict[str, Indicator]:
    return dict(load_indicators(DATA))


def test_the_catalogue_holds_132_indicators_in_the_order_of_the_tabs(catalogue):
    tabs = [indicator.tab for indicator in catalogue.values()]

    assert len(catalogue) == 132
    assert list(dict.fromkeys(tabs)) == list(TABS)
    assert tabs == sorted(tabs, key=TABS.index)


def test_the_board_dataset_is_whole(catalogue):
    measures = sorted(indicator.measure for indicator in catalogue.values() if indicator.measure)

    assert measures == list(range(1, 33))


def test_placements_add_up_to_looked_after_children_and_ages_to_care_leavers(catalogue):
    def measures(whole: str) -> list[int | None]:
        return [catalogue[part].measure for part in catalogue[whole].parts]

    assert measures("looked_after_children") == [8, 9, 10, 11, 12, 13, 14, 15]
    assert measures("placed_with_foster_carers") == [8, 9]
    assert measures("care_leavers") == [27, 28]


def test_parts_and_flows_can_be_added_to_what_they_belong_to(catalogue):
    for indicator in catalogue.values():
        for part in map(catalogue.__getitem__, indicator.parts):
            assert part.kind is indicator.kind
            assert Statistic.COUNT in part.statistics
        if indicator.stock:
            assert catalogue[indicator.stock.starts].kind is Kind.FLOW
            assert catalogue[indicator.stock.ceases].kind is Kind.FLOW


def test_a_complement_is_mutual(catalogue):
    for indicator in catalogue.values():
        if other := indicator.identity.complement:
            assert catalogue[other].identity.complement == indicator.id


@pytest.mark.parametrize(
    ("indicator", "comparability"),
    [
        ("care_leavers_in_touch", "different_age"),
        ("care_leavers_in_suitable_accommodation", "different_age"),
        ("care_leavers_in_eet", "different_age"),
        ("care_leavers_19_to_21_in_eet", "different_window"),
        ("care_leavers_19_to_21_in_touch", "different_window"),
        ("care_leavers_19_to_21_in_suitable_accommodation", "different_window"),
        ("looked_after_missing_children", "different_window"),
        ("repeat_plans_within_2_years", "different_definition"),
        ("repeat_assessments_within_12_months", "different_definition"),
        ("placed_in_foster_care", "different_definition"),
        ("agency_worker_rate", "different_denominator"),
        ("placed_over_20_miles", "different_denominator"),
        ("health_assessment_up_to_date", "different_denominator"),
        ("placed_with_foster_carers", "like_for_like"),
        ("three_or_more_placements", "like_for_like"),
        ("second_or_subsequent_plans", "like_for_like"),
    ],
)
def test_a_local_share_beside_england_says_how_alike_they_are(catalogue, indicator, comparability):
    declared = catalogue[indicator]

    assert declared.comparability(Statistic.PERCENTAGE, "england", Basis.OFFICIAL) == comparability
    like = declared.comparability(Statistic.PERCENTAGE, "england", Basis.OFFICIAL, against=Basis.OFFICIAL)
    assert like is Comparability.LIKE_FOR_LIKE


def test_demand_is_never_judged(catalogue):
    demand = [
        "contacts",
        "referrals",
        "section_47_enquiries",
        "looked_after_children",
        "child_protection_plans",
    ]

    assert {catalogue[each].polarity for each in (*demand, "children_in_need", "care_leavers")} == {
        Polarity.NEUTRAL
    }


def test_members_never_read_an_abbreviation(catalogue):
    jargon = re.compile(
        r"\b(LAC|CLA|CPP|CP|CIN|EET|NEET|SN|UASC|ICPC|PEP|SDQ|CSE|SGO|CAO|WRI|FTE|ASYE|CWD|NFA|SWA)\b"
    )
    for indicator in catalogue.values():
        read = (indicator.title, indicator.short_title, indicator.definition, indicator.why_it_matters)
        units = [each.unit for each in indicator.statistics.values()]
        assert not jargon.search(" ".join((*read, *units))), indicator.id


def test_every_indicator_is_explained_in_whole_sentences(catalogue):
    for indicator in catalogue.values():
        assert len(indicator.short_title) <= 40, indicator.id
        for sentence in (indicator.definition, indicator.why_it_matters):
            assert re.match(r"[A-Z]", sentence), indicator.id
            assert sentence.endswith("."), indicator.id
        assert indicator.synonyms, indicator.id


def test_titles_tell_indicators_apart(catalogue):
    for texts in (
        [each.title for each in catalogue.values()],
        [each.short_title for each in catalogue.values()],
    ):
        assert len({text.lower() for text in texts}) == len(texts)


def test_every_characteristic_is_used(catalogue):
    used = {each for indicator in catalogue.values() for each in indicator.characteristics}

    assert used == set(load_characteristics(DATA))


def test_nothing_is_wrong_with_the_catalogue():
    assert read_indicators(DATA)[1] == ()
