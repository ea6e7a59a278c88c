"""Small made-up pictures of every kind, the awkward ones above all."""

from collections.abc import Sequence
from dataclasses import replace

from dashboard.views.pictures import Band, Curve, Dot, Funnel, Judged, Judgement, Process
from dashboard.views.shapes import (
    Bar,
    Bars,
    Column,
    Grouped,
    Hidden,
    Layer,
    Line,
    Picture,
    Role,
    Stacked,
    Tick,
    Trend,
)

YEARS = tuple(f"{year}-03-31" for year in range(2016, 2023))
MONTHS = tuple(f"{2019 + (3 + each) // 12}-{(3 + each) % 12 + 1:02d}-15" for each in range(37))
TOUCH = (84, 83, 83, 82, 81, 78, 75, 87, 87, 88, 86, 85)  # care leavers in touch, July 2018 to June 2019
TOUCH_DAYS = tuple(f"{2018 + (6 + each) // 12}-{(6 + each) % 12 + 1:02d}-28" for each in range(12))
#: The roles that a trend has: average and limits stand on process charts only, and no comparator there.
COMPARED = tuple(role for role in Role if role not in (Role.MEAN, Role.LIMIT))
LONG = "Unaccompanied asylum-seeking children and young people placed for adoption"


def line(
    values: Sequence[float | None],
    role: Role = Role.AREA,
    days: Sequence[str] = YEARS,
    *,
    name: str = "Worcestershire",
    dotted_from: int | None = None,
    markers: bool = False,
) -> Line:
    days = days[: len(values)]
    hover = tuple(f"{name} {value}, {day}" for value, day in zip(values, days, strict=True))
    known = [value for value in values if value is not None]
    label = f"{name} {known[-1]:g}" if known else name
    return Line(role, name, label, tuple(days), tuple(values), hover, dotted_from, markers)


def trend(
    *lines: Line,
    hidden: Sequence[str] = (),
    unit: str = "",
    from_zero: bool = True,
    days: Sequence[str] = YEARS,
) -> Trend:
    return Trend(
        lines,
        tuple(Hidden(day, "[c]", f"hidden, {day}") for day in hidden),
        tuple(Tick(day, day[:4]) for day in days if day[5:7] in {"03", "04"}),
        unit,
        from_zero,
        days[0],
        days[-1],
    )


def bars(*values: float | None, name: str = "Bar", **more: str) -> Bars:
    return Bars(
        tuple(
            Bar(f"{name} {number}", value, "[c] hidden" if value is None else f"{value:g}", f"hover {number}")
            for number, value in enumerate(values)
        ),
        **more,
    )


def column(values: Sequence[float | None], name: str = "Started", *, hatched: bool = False) -> Column:
    texts = tuple("[c]" if value is None else f"{value:g}" for value in values)
    return Column(name, tuple(values), texts, tuple(f"{name} {text}" for text in texts), hatched)


def grouped(*columns: Column, groups: Sequence[str] | None = None) -> Grouped:
    count = len(columns[0].values) if columns else 0
    return Grouped(tuple(groups or (f"{2010 + each}/{11 + each}" for each in range(count))), columns)


def layer(values: Sequence[float | None], name: str = "Neglect") -> Layer:
    texts = tuple("[c]" if value is None else f"{value:g}" for value in values)
    return Layer(name, tuple(values), texts, tuple(f"{name}: {text}" for text in texts))


def stacked(
    *layers: Layer, shares: bool = False, groups: Sequence[str] | None = None, hidden: Sequence[int] = ()
) -> Stacked:
    count = len(layers[0].values) if layers else 0
    named = tuple(groups or (f"{2010 + each}/{11 + each}" for each in range(count)))
    return Stacked(named, layers, shares, tuple(named[each] for each in hidden))


def process(
    values: Sequence[float | None],
    judged: str = "",
    limits: Sequence[tuple[float, float, float]] = (),
    *,
    days: Sequence[str] = YEARS,
    role: Role = Role.AREA,
    unit: str = "",
    events: Sequence[int] = (),
    more: Sequence[Line] = (),
    from_zero: bool = False,
) -> Process:
    """A process chart of values. A letter of `judged` says what each point is, as `JUDGED` has it: "uuWWuB".

    `limits` are the lower limit, average and upper limit of each stretch; stretches end before `events`.
    """
    days = days[: len(values)]
    edges = [0, *events, len(values)]
    lines, bands = [line(values, role, days)], []
    for number, (lower, mean, upper) in enumerate(limits):
        ends = days[edges[number]], days[edges[number + 1] - 1]
        named = (
            (Role.LIMIT, "Upper limit", upper),
            (Role.MEAN, "Average", mean),
            (Role.LIMIT, "Lower limit", lower),
        )
        drawn = [line((y, y), each, ends, name=name) for each, name, y in named]
        lines += drawn if number == len(limits) - 1 else [replace(each, label="") for each in drawn]
        bands.append(Band(*ends, lower, upper))
    points = [
        Judged(day, value, *JUDGED[letter])
        for day, value, letter in zip(days, values, judged or "u" * len(values), strict=True)
        if value is not None
    ]
    hidden = [day for day, value in zip(days, values, strict=True) if value is None]
    whole = trend(*lines, *more, hidden=hidden, unit=unit, from_zero=from_zero, days=days or YEARS)
    said = tuple(Tick(days[each], "New recording system") for each in events)
    return Process(whole, tuple(bands), tuple(points), said)


#: What each letter makes of a point, and whether it is unusually high.
JUDGED = {
    "u": (Judgement.USUAL, False),
    "B": (Judgement.BETTER, True),
    "b": (Judgement.BETTER, False),
    "W": (Judgement.WORSE, True),
    "w": (Judgement.WORSE, False),
    "S": (Judgement.SPECIAL, True),
    "s": (Judgement.SPECIAL, False),
}


def dot(name: str, x: float, y: float, role: Role = Role.COUNTY) -> Dot:
    label = f"{name} {y:g}%" if role is Role.AREA else name
    return Dot(name, x, y, label, f"{name} {y:g}% of {x:g}", role)


def funnel(
    *dots: Dot,
    centre: float = 58,
    reach: float = 9,
    unit: str = "%",
    ends: tuple[int, int] = (20, 140),
    name: str = "Worcestershire",
) -> Funnel:
    """A funnel with limits that are `reach` from the centre at the right, and further where fewer are."""
    at = tuple(range(ends[0], ends[1] + 1, max((ends[1] - ends[0]) // 8, 1)))
    curves = []
    for title, wide in (("19 in 20", 1.0), ("998 in 1,000", 1.6)):
        off = [wide * reach * (at[-1] / each) ** 0.5 for each in at]
        lower = tuple(max(centre - each, 0) for each in off)
        curves.append(
            Curve(title, at, lower, tuple(centre + each for each in off), dashed=title != "19 in 20")
        )
    return Funnel(tuple(dots), tuple(curves), centre, f"{name} {centre:g}{unit}", unit, "Care leavers")


def list_trends() -> dict[str, Trend]:
    area = (60, 66, 68, 71, 70, 73, 76)
    months = [None if each % 5 == 3 else 10 + each % 7 for each in range(37)]
    return {
        "four lines": trend(
            line(area),
            line((60, 62, 64, 66, 68, 69, 70), Role.ENGLAND, name="England"),
            line((48, 47, 49, 50, 54, 55, 55.3), Role.NEIGHBOURS, name="Statistical neighbours, 2025 model"),
            line((73, 75, 78, 82, 82, 83, 85), Role.REGION, name="West Midlands"),
            line((65, 65), Role.TARGET, (YEARS[0], YEARS[-1]), name="Target"),
            from_zero=False,
        ),
        "every role at one place": trend(*(line((10, 10, 10, 10, 10, 10, 10), role) for role in COMPARED)),
        "one point": trend(line((40,), days=YEARS[:1], markers=True), unit="%", days=YEARS[:1]),
        "no lines": trend(),
        "no points": trend(line((), days=())),
        "no ticks": Trend((line(area),), (), (), "", True, YEARS[0], YEARS[-1]),
        "all hidden": trend(line((None,) * 7), hidden=YEARS),
        "the first and last hidden": trend(line((None, 2, 3, None, 5, 6, None)), hidden=YEARS[::3]),
        "zeros": trend(line((0,) * 7)),
        "zeros, not from zero": trend(line((0,) * 7), from_zero=False),
        "100%": trend(line((100,) * 7), unit="%", from_zero=False),
        "nearly 100%": trend(line((99, 100, 100, 99.5, 100, 99, 100)), unit="%", from_zero=False),
        "over 100%": trend(line((97, 104, 112, 100, 99, 101, 108)), unit="%", from_zero=False),
        "tiny": trend(line((0.001, 0.002, 0.0015, 0, 0.003, 0.001, 0.002))),
        "huge": trend(line((1_200_000, 1_250_000, 900_000, 1_100_000, 1, 2, 1_000_000))),
        "below zero": trend(line((40, 10, -20, -5, 12, -33, -23)), from_zero=False),
        "only below zero": trend(line((-4, -10, -20, -5, -12, -33, -23))),
        "37 months": trend(
            line(months, days=MONTHS),
            line((11, 11, 12, 12), Role.ENGLAND, (MONTHS[0], MONTHS[12], MONTHS[13], MONTHS[36])),
            hidden=[day for day, value in zip(MONTHS, months, strict=True) if value is None],
            days=MONTHS,
        ),
        "37 months hidden": trend(line([None] * 37, days=MONTHS), hidden=MONTHS, days=MONTHS),
        "some not exact": trend(
            replace(line(area), rough=(1, 3, 6)),
            replace(line(area, Role.COUNTY), rough=(0, 1, 2, 3, 4, 5, 6)),
        ),
        "the county in the area's place": trend(line(area, Role.COUNTY), line(area, Role.ENGLAND)),
        "carried forward": trend(line(area, dotted_from=5), line(area, Role.ENGLAND, dotted_from=1)),
        "all carried forward": trend(line(area, Role.ENGLAND, dotted_from=0)),
        "a long name": trend(line(area, name=LONG), line(area, Role.COUNTY, name="Donaudampfschifffahrt")),
        "words like tags": trend(line(area, name="<b>Less</b> <1% & more>")),
    }


def list_bars() -> dict[str, Bars]:
    with_comparators = Bars(
        (
            Bar("Foster carers", 73, "73%", "Foster carers 73%", comparator=70, comparator_text="70%"),
            Bar("With parents", None, "[c] hidden", "hidden", comparator=7, comparator_text="7%"),
            Bar("Other", 4, "4%", "Other 4%"),
        ),
        "Here",
        "England",
    )
    areas = Bars(
        (
            Bar("Bromsgrove", 71, "71", "Bromsgrove 71", Role.COUNTY),
            Bar("Redditch", 112, "112", "Redditch 112"),
            Bar("Outside the county", 241, "241", "Outside 241", Role.COUNTY, apart=True),
        )
    )
    return {
        "comparators": with_comparators,
        "areas": areas,
        "some not exact": Bars(
            (
                Bar("Bromsgrove", 95, "about 95%", "Bromsgrove about 95%", Role.COUNTY, rough=True),
                Bar("Redditch", 90, "above 90%", "Redditch above 90%", rough=True),
                Bar("Worcester", 87, "87%", "Worcester 87%", Role.COUNTY),
            )
        ),
        "no bars": Bars(()),
        "no bars with headings": Bars((), "Here", "England"),
        "one bar": bars(7),
        "the first set apart": Bars((Bar("One", 1, "1", "One", apart=True),)),
        "all hidden": bars(None, None, None),
        "zeros": bars(0, 0, 0),
        "100%": bars(100, 100.0),
        "tiny": bars(0.001, 0.0002),
        "huge": bars(12_345_678.5, 2),
        "below zero": bars(-3, 5, -9),
        "only below zero": bars(-3, -9),
        "12 categories": bars(*range(12)),
        "long names": bars(*range(12), name=LONG),
        "one long word": bars(3, name="Donaudampfschifffahrtsgesellschaft"),
    }


def list_grouped() -> dict[str, Grouped]:
    return {
        "started and ceased": grouped(
            column((241, 328, 281, 243)), column((237, 262, 255, 207), "Ceased", hatched=True)
        ),
        "this year and last": Grouped(
            ("Q1", "Q2", "Q3", "Q4"),
            (
                Column("2020/21", (20, None, 33, 40), ("20", "[c]", "33", "40"), ("",) * 4, outline=True),
                column((22, 31, None, 44), "2021/22"),
            ),
        ),
        "some not exact": grouped(
            replace(column((40, 50, 60)), rough=(1,)),
            replace(column((30, 20, 10), "Ceased", hatched=True), rough=(0, 2)),
        ),
        "of the county": replace(grouped(column((7, 8))), role=Role.COUNTY),
        "no groups": grouped(column(()), column((), "Ceased")),
        "no columns": grouped(),
        "groups without columns": grouped(groups=("Q1", "Q2")),
        "one group": grouped(column((7,)), column((5,), "Ceased")),
        "one set": grouped(column((7, 8, 9))),
        "all hidden": grouped(column((None,) * 7), column((None,) * 7, "Ceased")),
        "12 groups hidden": grouped(column((None,) * 12), column((None,) * 12, "Ceased")),
        "zeros": grouped(column((0, 0)), column((0, 0), "Ceased")),
        "100%": grouped(column((100, 100))),
        "tiny": grouped(column((0.001, 0.0005))),
        "below zero": grouped(column((4, -2)), column((-3, 5), "Ceased")),
        "only below zero": grouped(column((-4, -2))),
        "37 months": grouped(
            column(range(37)), column(range(37), "Ceased"), groups=[f"Apr {day[:4]}" for day in MONTHS]
        ),
        "12 groups": grouped(column(range(12)), column(range(12), "Ceased")),
        "12 quarters": grouped(
            column(range(12)),
            groups=[f"Q{each % 4 + 1} 20{20 + each // 4}/{21 + each // 4}" for each in range(12)],
        ),
        "long names": grouped(column((1, 2), LONG), column((3, 4), LONG), groups=(LONG, LONG + " too")),
    }


def list_stacked() -> dict[str, Stacked]:
    eight = range(8)
    quarters = [f"Q{each % 4 + 1} 202{each // 4}/2{1 + each // 4}" for each in eight]
    return {
        "counts": stacked(
            *(
                layer([high + each for each in eight], name)
                for high, name in (
                    (50, "Neglect"),
                    (20, "Emotional abuse"),
                    (6, "Physical abuse"),
                    (3, "Other"),
                )
            ),
            groups=quarters,
        ),
        "shares": stacked(
            layer((40, None, 42), "Police"),
            layer((60, None, 58), "Schools"),
            shares=True,
            hidden=(1,),
        ),
        "no groups": stacked(layer(()), layer((), "Other")),
        "no layers": stacked(),
        "one column": stacked(layer((7,)), layer((5,), "Other")),
        "all hidden": stacked(layer((None,) * 3), layer((None,) * 3, "Other"), hidden=(0, 1, 2)),
        "12 columns hidden": stacked(layer((None,) * 12), layer(range(12), "Other"), hidden=range(12)),
        "the last hidden": stacked(layer((5, 6, None)), layer((5, 6, 3), "Other"), hidden=(2,)),
        "zeros": stacked(layer((0, 0)), layer((0, 0), "Other")),
        "100%": stacked(layer((100, 100)), shares=True),
        "tiny": stacked(layer((0.001, 0.002)), layer((0.0001, 0.0001), "Other")),
        "a sliver on top": stacked(layer((4000, 4000)), layer((1, 1), "Other")),
        "below zero": stacked(layer((4, -2)), layer((-3, 5), "Other")),
        "37 months": stacked(layer(range(37)), layer(range(37), "Other")),
        "12 categories": stacked(*(layer((each, 1, 2), f"Category {each}") for each in range(12))),
        "long names": stacked(*(layer((each, 1, 2), LONG) for each in range(5))),
    }


def list_processes() -> dict[str, Process]:
    limits = (79.8, 83.25, 86.7)
    touch = process(TOUCH, "uuuuuwwBBBuu", [limits], days=TOUCH_DAYS, unit="%")
    level = Line(Role.TARGET, "Target", "Target 10", (YEARS[0], YEARS[-1]), (10, 10), ("Target 10",) * 2)
    return {
        "better and worse": touch,
        "every sort of point": process((5, 9, 1, 9, 1, 9, 1), "uBbWwSs", [(2, 5, 8)]),
        "no limits": process((60, 66, 68, 71, 70, 73, 76)),
        "one point": process((40,), unit="%"),
        "no points": Process(trend(line((), days=())), (), ()),
        "all hidden": process((None,) * 7),
        "some hidden": process((None, 2, 3, None, 5, 6, None), "uuWuuuu", [(1, 4, 7)]),
        "based anew": process(
            (60, 66, 58, 31, 30, 33, 36), "uuuubuu", [(50, 61, 70), (20, 32, 40)], events=(3,)
        ),
        "a median": process((3, 4, 9, 4, 3, 5, 4), more=[line((4, 4), Role.MEAN, (YEARS[0], YEARS[6]))]),
        "limits at zero and a hundred": process(
            (99, 100, 98, 97, 100, 99, 100), "", [(0, 99, 100)], unit="%"
        ),
        "zeros": process((0,) * 7, from_zero=True),
        "below zero": process((4, -2, 3, -8, 5, 1, 0), "uuuwuuu", [(-6, 0.5, 7)]),
        "37 months": process(
            [None if each % 9 == 4 else 10 + each % 7 for each in range(37)],
            "u" * 30 + "W" * 7,
            [(4.5, 13, 21.5)],
            days=MONTHS,
        ),
        "the county in the area's place": process((5, 9, 1), "uWb", [(2, 5, 8)], role=Role.COUNTY),
        "some not exact": replace(
            touch, trend=replace(touch.trend, lines=(replace(touch.trend.lines[0], rough=(2, 11)),))
        ),
        "everything at one place": process((10,) * 7, "", [(10, 10, 10)], more=[level]),
        "a long name": process(
            (5, 9, 1), "uWb", more=[line((5, 5), Role.MEAN, (YEARS[0], YEARS[2]), name=LONG)]
        ),
    }


def list_funnels() -> dict[str, Funnel]:
    districts = (
        dot("Bromsgrove", 38, 55),
        dot("Malvern Hills", 31, 81),
        dot("Redditch", 64, 39, Role.AREA),
        dot("Worcester", 121, 60),
        dot("Wychavon", 70, 57),
        dot("Wyre Forest", 66, 62),
    )
    return {
        "six districts": funnel(*districts),
        "the county chosen": funnel(*(replace(each, role=Role.COUNTY) for each in districts)),
        "one district": funnel(dot("Worcester", 66, 76)),
        "all at one place": funnel(*(dot(each.name, 66, 58, each.role) for each in districts)),
        "at the corners": funnel(
            dot("Malvern Hills", 20, 99, Role.AREA),
            dot("Wyre Forest", 140, 99),
            dot("Bromsgrove", 20, 1),
            dot("Worcester", 140, 1),
        ),
        "none of any": funnel(dot("Redditch", 30, 0), centre=0, reach=0),
        "all of all": funnel(dot("Redditch", 30, 100), centre=100, reach=0),
        "rates of many children": funnel(
            dot("Malvern Hills", 14_348, 1770.3),
            dot("Wychavon", 24_824, 1664.5),
            centre=2113.9,
            reach=120,
            unit="",
            ends=(10_044, 27_307),
        ),
        "very few": funnel(dot("Redditch", 1, 100), dot("Worcester", 2, 50), ends=(1, 3)),
        "tiny": funnel(dot("Redditch", 900, 0.01), centre=0.02, reach=0.01, ends=(600, 1200)),
        "long names": funnel(dot(LONG, 30, 58, Role.AREA), dot(LONG + " too", 130, 58), name=LONG),
        "words like tags": funnel(dot("<b>Less</b> <1% & more>", 66, 58, Role.AREA)),
        "no dots": funnel(),
        "nothing at all": Funnel((), (), 0, "Worcestershire", "%", "Care leavers"),
    }


def list_pictures() -> dict[str, Picture]:
    """Every case of every kind, by the kind's name and its own."""
    kinds: dict[str, dict[str, Picture]] = {
        "trend": {**list_trends()},
        "bars": {**list_bars()},
        "grouped": {**list_grouped()},
        "stacked": {**list_stacked()},
        "process": {**list_processes()},
        "funnel": {**list_funnels()},
    }
    return {f"{kind}, {name}": picture for kind, cases in kinds.items() for name, picture in cases.items()}
