"""The words of a trend: its title and its summary, from the rules in `words`."""

from collections.abc import Sequence

from dashboard.formats import format_base, format_number, format_of, format_with_unit
from dashboard.page_parts import TitleRule, Wording
from dashboard.store import Observation
from dashboard.titles import title_change, title_comparison, title_hidden, title_value, title_year_before
from dashboard.views.chosen import Chosen, is_simulated
from dashboard.views.comparators import Aim, Comparator, others_like, text_of
from dashboard.views.scene import Scene
from dashboard.vocabulary import Polarity, Precision, Statistic, Symbol
from dashboard.words import (
    capital,
    find_side,
    is_recent,
    say_comparison,
    say_hidden_points,
    say_hollow,
    say_movement,
    say_place,
    say_target,
    say_way,
)

_NOUNS = {1: "months", 3: "quarters"}


def title_trend(
    scene: Scene, words: Wording, name: str, chosen: Chosen, comparators: Sequence[Comparator]
) -> str:
    """The message of a trend: how it compares, else how it moved, else what it is."""
    latest = chosen.shown(chosen.latest)
    hidden = sum(each.symbol is Symbol.CONFIDENTIAL for each in chosen.observations)
    if latest is None:
        if chosen.latest.symbol is Symbol.LOW:
            return f"{name}: {chosen.text(chosen.latest)}"
        return title_hidden(chosen.area.name, hidden)
    others = others_like(chosen, comparators)
    place = say_place([other.slug for other in others], scene.county.slug) if others else ""
    valued = title_value(words.says, name, latest)
    if not is_recent(latest.period, scene.period):
        return title_value("", name, latest)
    compared = title_comparison(words.more, words.fewer, find_side(latest.number, others), place)
    noun = _NOUNS.get(chosen.step, "years")
    earlier = chosen.exact(chosen.earlier)  # none for a latest that is not exact
    moved = title_change(name, latest, earlier, _history(chosen), noun)
    if chosen.statistic is Statistic.COUNT:
        moved = title_year_before(name, latest, earlier) or moved
    order = {
        TitleRule.COMPARISON: (compared, moved, valued),
        TitleRule.CHANGE: (moved, compared, valued),
        TitleRule.VALUE: (valued,),
    }[words.first]
    return next(title for title in order if title)


def _history(chosen: Chosen) -> tuple[float, ...]:
    """The figures before the latest, as shown; none when one is not exact or they are not all as real."""
    before = chosen.observations[:-1]
    shown = [chosen.exact(each) for each in before]
    gaps = [
        later.period.end_index - sooner.period.end_index != chosen.step
        for sooner, later in zip(chosen.observations, chosen.observations[1:], strict=False)
    ]
    mixed = len({is_simulated(each) for each in chosen.observations}) > 1
    if any(gaps) or mixed or any(each is None for each in shown):
        return ()
    return tuple(each.number for each in shown if each is not None)


def summarise_trend(scene: Scene, chosen: Chosen, comparators: Sequence[Comparator], aim: Aim | None) -> str:
    """The latest figure with its date and change, whom it stands beside, which way is good."""
    sentences = [_say_latest(chosen), *say_beside(chosen, comparators)]
    polarity = chosen.indicator.polarity
    sentences.append(say_way(polarity) if polarity is not Polarity.NEUTRAL else "")
    latest = chosen.shown(chosen.latest)
    if aim:
        exact = chosen.exact(chosen.latest)
        judged = exact.number if exact and not is_simulated(chosen.latest) else None
        verdict = say_target(f"Target {aim.text}, {aim.set_by}", judged, aim.number, polarity)
        sentences.append(f"{verdict}.")
    hidden = sum(each.symbol is Symbol.CONFIDENTIAL for each in chosen.observations)
    if hidden and latest is not None:
        sentences.append(say_hidden_points(hidden))
    sentences.append(say_hollow(precisions_of(chosen, comparators)))
    return " ".join(sentence for sentence in sentences if sentence)


def precisions_of(chosen: Chosen, comparators: Sequence[Comparator]) -> set[Precision]:
    """How the figures shown are to be read."""
    beside = [point.observation for each in comparators for point in each.points]
    return {each.precision for each in (*chosen.observations, *beside) if each.value is not None}


def _say_latest(chosen: Chosen) -> str:
    latest, earlier = chosen.shown(chosen.latest), chosen.exact(chosen.earlier)
    if latest is None:
        return _say_hidden_latest(chosen)
    of = say_share_of(chosen, chosen.latest)
    said = capital(
        f"{format_with_unit(latest.text, chosen.statistic)}{f' {of}' if of else ''} {latest.in_when}"
    )
    if earlier is None:
        return f"{said}."
    return f"{said}, {say_movement(latest, earlier, chosen.statistic, chosen.decimals)}."


def _say_hidden_latest(chosen: Chosen) -> str:
    hidden = sum(each.symbol is Symbol.CONFIDENTIAL for each in chosen.observations)
    if not chosen.visible:
        return "Every number here is hidden, to protect young people’s identity."
    last = chosen.shown(chosen.visible[-1])
    known = f" The last one shown is {last.text} {last.in_when}." if last else ""
    return f"{say_hidden_points(hidden)}{known}" if hidden else known.strip()


def say_share_of(chosen: Chosen, observation: Observation) -> str:
    """ "(646 of 891)" after a percentage whose parts are released, "(of 40 to 59)"; else blank."""
    if chosen.statistic is not Statistic.PERCENTAGE or observation.value is None:
        return ""
    numerator, denominator = observation.numerator, observation.denominator
    if observation.base:
        return f"({format_base(observation.base)})"
    if not observation.is_exact and denominator:
        return f"(of {format_number(denominator)})"
    if numerator is None or denominator is None or denominator == 0:
        return ""
    return format_of(numerator, denominator)


def say_beside(chosen: Chosen, comparators: Sequence[Comparator]) -> list[str]:
    """Whom the latest figure stands beside: in words where they may be judged, else only their figures."""
    others = others_like(chosen, comparators)
    judged = {other.slug for other in others}
    sentences = []
    latest = chosen.exact(chosen.latest)
    if others and latest:
        comparison = say_comparison(latest.number, others, chosen.indicator.polarity)
        sentences.append(f"{comparison[:1].upper()}{comparison[1:]}.")
    rest = [
        f"{each.name} {text_of(each.latest, chosen)}{_say_year(chosen, each)}"
        for each in comparators
        if each.slug not in judged
    ]
    return [*sentences, f"{'; '.join(rest)}."] if rest else sentences


def _say_year(chosen: Chosen, comparator: Comparator) -> str:
    """When a comparator's figure is of, unless that is when the chosen figure is of."""
    period = comparator.latest.period
    if period == chosen.latest.period:
        return ""
    when = comparator.when(comparator.latest)
    return f" at {when}" if comparator.at_a_date else f" in {when}"
