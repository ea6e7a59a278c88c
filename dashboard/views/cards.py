"""Headline figures: the value, how it changed, whom it stands beside, and which way is good."""

from dataclasses import dataclass

from dashboard.formats import (
    format_base,
    format_symbol,
    format_when,
    format_with_unit,
    format_year_to,
    suffix_of,
)
from dashboard.page_parts import CardDeclaration, Measure
from dashboard.store import Observation
from dashboard.views.absent import held_of, last_shown
from dashboard.views.chosen import Chosen, is_simulated, text_of_figure
from dashboard.views.comparators import (
    Aim,
    Comparator,
    find_aim,
    find_comparators,
    text_of,
)
from dashboard.views.drawn import make_badges
from dashboard.views.instead import is_withheld
from dashboard.views.scene import Scene
from dashboard.views.series import choose, choose_latest, is_counted_by_district
from dashboard.views.shapes import Badge, Beside, Card, Role
from dashboard.vocabulary import Polarity, Symbol
from dashboard.words import (
    CHANGE_HIDDEN,
    HIDDEN,
    NOT_BY_DISTRICT,
    NOT_EXACT,
    capital,
    say_change,
    say_target,
    say_too_few,
    say_way,
)


@dataclass(frozen=True)
class _Side:
    """Whom a card sets beside its figure, and in which measure."""

    comparators: tuple[Comparator, ...]
    measure: Measure  # the card's own, or the rate that stands in for a count
    rate: Chosen | None  # the chosen area's own rate, where it stands in


def make_card(scene: Scene, declared: CardDeclaration) -> Card:
    """A headline figure; a hidden or missing value says which and why."""
    chosen = choose_latest(scene, declared.measure)
    indicator = scene.store.indicators[declared.measure.indicator]
    title = declared.title or indicator.short_title
    if chosen is None:
        return _make_absent(scene, declared, title)
    side = _find_side(scene, declared, chosen)
    return Card(
        key=f"{declared.measure.indicator}-{declared.measure.statistic}".replace("_", "-"),
        title=title,
        as_at=_say_as_at(declared, chosen),
        value=_say_value(chosen),
        lead=say_lead(chosen),
        unit=_say_unit(chosen),
        change=_say_change(chosen),
        beside=(*_say_beside(chosen, side), *_say_target(scene, chosen)),
        way=_say_way(chosen, side),
        badges=_make_badges(chosen, side),
        trend=trend_of(chosen) if chosen.latest.is_exact else (),
    )


def trend_of(chosen: Chosen) -> tuple[float | None, ...]:
    """The figures at even steps for a small line: None where one is hidden, not told exactly or not held."""
    held = {each.period.end_index: each.value for each in chosen.observations if each.is_exact}
    steps = range(chosen.observations[0].period.end_index, chosen.latest.period.end_index + 1, chosen.step)
    return tuple(held.get(month) for month in steps)


def _say_as_at(declared: CardDeclaration, chosen: Chosen) -> str:
    period = chosen.latest.period
    when = period.end_label if chosen.at_a_date else format_year_to(period)
    when += ", annualised" if chosen.is_annualised else ""
    if declared.note:
        return f"{declared.note}, {when[0].lower() + when[1:] if when.startswith('Year') else when}"
    return when


def _say_value(chosen: Chosen) -> str:
    text = chosen.text(chosen.latest)
    if chosen.latest.value is None:
        return text
    return text.removeprefix(say_lead(chosen)).strip().removesuffix(suffix_of(chosen.statistic))


def say_lead(chosen: Chosen) -> str:
    """What stands before the number in small letters: "about"; blank where it is exact."""
    return "" if chosen.latest.is_exact else chosen.text(chosen.latest).rpartition(" ")[0]


def _say_unit(chosen: Chosen) -> str:
    return suffix_of(chosen.statistic) if chosen.latest.value is not None else ""


def _say_change(chosen: Chosen) -> str:
    latest, earlier = chosen.shown(chosen.latest), chosen.exact(chosen.earlier)
    if latest is None:
        return explain_symbol_of(chosen.latest)
    if not latest.exact:
        base = format_base(chosen.latest.base)
        return f"{capital(base)}. {NOT_EXACT}" if base else NOT_EXACT
    if earlier is None:
        return "No earlier figure to measure a change from."
    return say_change(latest, earlier, chosen.statistic, chosen.decimals)


def explain_symbol_of(observation: Observation) -> str:
    """Why a figure has no number."""
    if observation.symbol is Symbol.CONFIDENTIAL:
        return f"{HIDDEN} {CHANGE_HIDDEN}"
    if observation.symbol is Symbol.LOW:
        return "Rounds to zero, but is not zero."
    if observation.symbol is Symbol.NOT_APPLICABLE:
        return "Does not apply here."
    return "Not available."


def _find_side(scene: Scene, declared: CardDeclaration, chosen: Chosen) -> _Side:
    if declared.beside is None:
        return _Side(find_comparators(scene, chosen), declared.measure, None)
    rate = choose(scene, declared.beside)
    if rate is None:
        return _Side((), declared.beside, None)
    return _Side(find_comparators(scene, rate), declared.beside, rate)


def _say_beside(chosen: Chosen, side: _Side) -> tuple[Beside, ...]:
    return tuple(_beside(chosen, side, each) for each in side.comparators)


def _beside(chosen: Chosen, side: _Side, comparator: Comparator) -> Beside:
    unit = ", per 10,000" if side.rate is not None else ""
    point = comparator.latest
    value = text_of(point, side.rate or chosen)
    when = f"{point.period.end:%b %Y}" if comparator.at_a_date else point.period.label
    return Beside(comparator.role, f"{comparator.name}{unit}, {when}", value)


def _say_target(scene: Scene, chosen: Chosen) -> tuple[Beside, ...]:
    aim = find_aim(scene, chosen)
    if aim is None:
        return ()
    whose = f"{scene.county.name} target" if aim.of_county else "Target"
    return (Beside(Role.TARGET, f"{whose}, {aim.set_by}" if aim.set_by else whose, _verdict(chosen, aim)),)


def _verdict(chosen: Chosen, aim: Aim) -> str:
    latest = chosen.exact(chosen.latest)
    judged = latest.number if latest and not is_simulated(chosen.latest) else None
    return say_target(aim.text, judged, aim.number, chosen.indicator.polarity)


def _say_way(chosen: Chosen, side: _Side) -> str:
    way = say_way(chosen.indicator.polarity)
    latest = last_shown(side.rate)
    if side.rate is not None and latest is not None and chosen.latest.value is not None:
        when = "" if latest.period == chosen.latest.period else f" {latest.in_when}"
        return f"{format_with_unit(latest.text, side.rate.statistic)} here{when}. {way}"
    return way


def _make_badges(chosen: Chosen, side: _Side) -> tuple[Badge, ...]:
    unlike = tuple(dict.fromkeys(each.rule.reason for each in side.comparators if each.rule))
    shown = [chosen.latest]
    if chosen.earlier:
        shown.append(chosen.earlier)
    return make_badges([*shown, *chosen.observations], unlike)


def _make_absent(scene: Scene, declared: CardDeclaration, title: str) -> Card:
    """A card without a value, with what is known: the county's figure, or the last one."""
    indicator = scene.store.indicators[declared.measure.indicator]
    by_district = scene.is_county or is_counted_by_district(indicator)
    county = None if scene.is_county else choose(scene, declared.measure, scene.county)
    beside = _known(scene, declared, county)
    symbol = Symbol.NOT_AVAILABLE if by_district else Symbol.NOT_APPLICABLE
    why = "Not available for this period." if by_district else NOT_BY_DISTRICT
    if is_withheld(scene, [declared.measure]):
        symbol, why = Symbol.CONFIDENTIAL, f"{say_too_few(scene.area.name)}."
    return Card(
        key=f"{declared.measure.indicator}-{declared.measure.statistic}".replace("_", "-"),
        title=title,
        as_at=", ".join(each for each in (declared.note, scene.period.label) if each),
        value=format_symbol(symbol),
        unit="",
        change=why,
        beside=beside,
        way=say_way(indicator.polarity) if indicator.polarity is not Polarity.NEUTRAL else "",
        badges=make_badges(county.observations[-1:]) if county else (),
        trend=(),
    )


def _known(scene: Scene, declared: CardDeclaration, county: Chosen | None) -> tuple[Beside, ...]:
    latest = last_shown(county)
    if county is not None and latest is not None:
        return (Beside(Role.COUNTY, f"{scene.county.name}, {latest.when}", latest.text),)
    earlier = [
        each
        for each in held_of(scene, declared.measure, scene.area)
        if each.period.end_index <= scene.end and each.value is not None
    ]
    if not earlier:
        return ()
    last = max(earlier, key=lambda each: each.period.end_index)
    at_a_date = scene.store.indicators[declared.measure.indicator].kind.is_at_a_date
    text = text_of_figure(last, declared.measure.statistic, min(last.decimals, 1))
    return (Beside(Role.AREA, f"Last known, {format_when(last.period, at_a_date=at_a_date)}", text),)
