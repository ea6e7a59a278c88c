"""The home page: headline indicators over the areas of work, and the messages above them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dashboard.page_parts import HeadlineDeclaration, LeadDeclaration, LeadPart, LeadRule, PageDeclaration
from dashboard.views.cards import say_lead, trend_of
from dashboard.views.chosen import Chosen
from dashboard.views.comparators import Comparator, find_comparators, others_like, text_of
from dashboard.views.drawn import make_badges
from dashboard.views.instead import is_withheld
from dashboard.views.scene import Scene
from dashboard.views.series import choose, choose_latest, is_counted_by_district
from dashboard.views.shapes import HeadlineGroup, HeadlineRow, Lead, Link, Position, Role
from dashboard.vocabulary import Polarity, Symbol
from dashboard.words import fill, find_direction, find_side, say_place, say_size, say_verdict

_NONE = "–"


def make_groups(
    scene: Scene, page: PageDeclaration, pages: Mapping[str, PageDeclaration]
) -> tuple[HeadlineGroup, ...]:
    """The rows of the home page under the page that goes deeper, in the order of the pages."""
    groups = []
    for key, target in pages.items():
        rows = [row for row in page.headlines if row.page == key]
        if rows:
            groups.append(_make_group(scene, target, rows))
    return tuple(groups)


def _make_group(scene: Scene, target: PageDeclaration, rows: Sequence[HeadlineDeclaration]) -> HeadlineGroup:
    chosen = [choose_latest(scene, row.measure) for row in rows]
    found = [each for each in chosen if each]
    usual = _usual_time(found)
    first = min((each.observations[0].period.end.year for each in found), default=None)
    last = max((each.latest.period.end.year for each in found), default=None)
    history = f"{first} to {last}" if first and last and first != last else "History"
    address = scene.selection.on(target.key).address()
    return HeadlineGroup(
        title=target.title,
        link=Link(f"All {target.title.lower()} charts", address),
        rows=tuple(
            _make_row(scene, row, each, address, usual) for row, each in zip(rows, chosen, strict=True)
        ),
        columns=(
            *("Measure", history, usual, "On a year before"),
            *("Neighbours", "England", "Position", "Beside them" if scene.is_county else "Beside the county"),
        ),
    )


def _when(chosen: Chosen) -> str:
    """What a figure is of, so that those of the same time can share a heading."""
    period = chosen.latest.period
    if not chosen.at_a_date:
        return period.label
    return period.year.label if period.end.month == 3 else f"{period.end:%b %Y}"


def _usual_time(found: Sequence[Chosen]) -> str:
    """What most of the figures are of: the heading of their column."""
    times = [_when(each) for each in found]
    return max(times, key=times.count) if times else "Latest"


def _make_row(
    scene: Scene,
    row: HeadlineDeclaration,
    chosen: Chosen | None,
    address: str,
    usual: str,
) -> HeadlineRow:
    if chosen is None:
        return _make_absent(scene, row, address)
    every = find_comparators(_beside_all(scene), chosen)
    latest, earlier = chosen.exact(chosen.latest), chosen.exact(chosen.earlier)
    change = _NONE
    if latest and earlier:
        change = say_size(latest.number, earlier.number, chosen.statistic, chosen.decimals)
    elif chosen.latest.symbol is Symbol.CONFIDENTIAL:
        change = "Hidden"
    date = "" if _when(chosen) == usual else f", {_short(chosen)}"
    return HeadlineRow(
        title=f"{row.title}{date}",
        href=address,
        trend=trend_of(chosen) if chosen.latest.is_exact else (),
        value=chosen.text(chosen.latest).removeprefix(say_lead(chosen)).strip(),
        lead=say_lead(chosen),
        change=change,
        neighbours=_text_beside(chosen, every, Role.NEIGHBOURS),
        england=_text_beside(chosen, every, Role.ENGLAND),
        position=_find_position(scene, chosen, every),
        verdict=_judge(scene, chosen, every),
        badges=make_badges(
            [chosen.latest],
            [each.rule.reason for each in every if each.rule and each.role is not Role.COUNTY],
        ),
    )


def _beside_all(scene: Scene) -> Scene:
    """The home page always sets both national comparators beside, whatever was chosen for the charts."""
    areas = {area.slug for area in scene.store.areas.comparators}
    wanted = tuple(slug for slug in ("statistical-neighbours", "england") if slug in areas)
    return replace(scene, selection=replace(scene.selection, compare=wanted))


def _short(chosen: Chosen) -> str:
    period = chosen.latest.period
    return f"{period.end:%B %Y}" if chosen.at_a_date else period.label


def _text_beside(chosen: Chosen, comparators: Sequence[Comparator], role: Role) -> str:
    found = next((each for each in comparators if each.role is role), None)
    point = found.point_like(chosen.latest.period) if found else None
    if point is None:
        return _NONE
    return text_of(point, chosen)


def _judge(scene: Scene, chosen: Chosen, comparators: Sequence[Comparator]) -> str:
    latest = chosen.exact(chosen.latest)
    if latest is None:
        return "Not compared"
    others = others_like(chosen, comparators)
    if not scene.is_county:
        others = tuple(
            replace(other, name="the county") for other in others if other.slug == scene.county.slug
        )
    return say_verdict(latest.number, others, chosen.indicator.polarity)


def _find_position(scene: Scene, chosen: Chosen, comparators: Sequence[Comparator]) -> Position | None:
    """Places from 0 to 1 on a scale of the row's own; None with nobody to stand beside."""
    latest = chosen.exact(chosen.latest)
    if latest is None or not scene.is_county:
        return None
    numbers = {
        other.slug: other.number
        for other in others_like(chosen, comparators)
        if other.slug in ("england", "statistical-neighbours")
    }
    if not numbers:
        return None
    values = [latest.number, *numbers.values()]
    low, high = min(values), max(values)

    def place(number: float | None) -> float | None:
        if number is None:
            return None
        return 0.5 if high == low else round((number - low) / (high - low), 4)

    return Position(
        area=place(latest.number) or 0.0,
        neighbours=place(numbers.get("statistical-neighbours")),
        england=place(numbers.get("england")),
    )


def _make_absent(scene: Scene, row: HeadlineDeclaration, address: str) -> HeadlineRow:
    indicator = scene.store.indicators[row.measure.indicator]
    counted = scene.is_county or is_counted_by_district(indicator)
    symbol = "[x]" if counted else "[z]"
    why = "Not available" if counted else "County only"
    if is_withheld(scene, [row.measure]):
        symbol, why = "[c]", "Too few to show"
    return HeadlineRow(row.title, address, (), symbol, why, _NONE, _NONE, None, "Not compared")


# --- messages -------------------------------------------------------------------------------------


def make_leads(scene: Scene, page: PageDeclaration) -> tuple[Lead, ...]:
    """The messages that the figures bear out; one without figures is left out."""
    made = [_make_lead(scene, lead) for lead in page.leads]
    return tuple(lead for lead in made if lead is not None)


class _Said:
    """Half of a message, and the figures behind it."""

    def __init__(self, words: str, figure: str, good: int, place: str) -> None:
        self.words = words
        self.figure = figure
        self.good = good  # 1 good (or up, where no way is good), −1 the other way, 0 level
        self.place = place


def _make_lead(scene: Scene, lead: LeadDeclaration) -> Lead | None:
    said = [each for each in (_say_part(scene, part) for part in lead.parts) if each]
    if not said:
        return None
    if len(said) == 1:
        message = f"{said[0].words} {said[0].place}".strip()
    else:
        first, second = said
        joint = "and" if first.good == second.good else "but"
        message = f"{first.words}, {joint} {second.words}"
        if first.place and first.place == second.place:
            message += f", {second.place}"
        elif first.place:
            message = f"{first.words} {first.place}, {joint} {second.words} {second.place}".strip()
        elif second.place:
            message += f" {second.place}"
    return Lead(fill(message), " ".join(each.figure for each in said))


def _say_part(scene: Scene, part: LeadPart) -> _Said | None:
    chosen = choose(scene, part.measure)
    latest = chosen.exact(chosen.latest) if chosen else None
    if chosen is None or latest is None:
        return None
    if part.rule is LeadRule.CHANGE:
        earlier = chosen.exact(chosen.earlier)
        if earlier is None:
            return None
        side, place = find_direction(latest.number, earlier.number), ""
        size = say_size(latest.number, earlier.number, chosen.statistic, chosen.decimals)
        tail = f", {size.lower()} from {earlier.text}" if side else f", the same as {earlier.in_when}"
    else:
        others = others_like(chosen, find_comparators(_beside_all(scene), chosen))
        if not others:
            return None
        side = find_side(latest.number, others)
        slugs = [other.slug for other in others]
        place = (
            "" if not side else "than elsewhere" if len(slugs) > 1 else say_place(slugs, scene.county.slug)
        )
        tail = "; " + ", ".join(f"{other.name} {other.text}" for other in others)
    words = {1: part.up, -1: part.down, 0: part.level}[side]
    figure = fill(part.figure, value=latest.text) + f" {latest.in_when}{tail}."
    return _Said(words, figure, _goodness(side, chosen.indicator.polarity), place)


def _goodness(side: int, polarity: Polarity) -> int:
    return -side if polarity is Polarity.LOW_IS_GOOD else side
