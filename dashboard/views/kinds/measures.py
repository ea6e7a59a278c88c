"""Several measures of one kind at their latest, as bars: the answers of a survey, for instance."""

from collections.abc import Sequence

from dashboard.formats import format_with_unit, join_words
from dashboard.page_parts import PanelDeclaration
from dashboard.views.absent import draw_nothing
from dashboard.views.chosen import Chosen
from dashboard.views.drawn import Drawn, cell_of
from dashboard.views.scene import Scene
from dashboard.views.series import choose
from dashboard.views.shapes import Bar, Bars, Table
from dashboard.views.subtitles import say_name, say_what
from dashboard.vocabulary import Kind, Symbol
from dashboard.words import lower_first, say_hollow, say_way


def draw(scene: Scene, panel: PanelDeclaration) -> Drawn:
    """A bar for each measure that has a figure; why there are none, where there are none."""
    found = [choose(scene, measure) for measure in (panel.measure, *panel.others)]
    held = [each for each in found if each is not None]
    if not held:
        return draw_nothing(scene, panel)
    name = say_name(panel, held[0].indicator)
    return Drawn(
        title=_title(name, held),
        subtitle=", ".join([say_what(panel, held[0].indicator), _say_when(held), scene.area.name]),
        picture=Bars(tuple(_bar(each) for each in held)),
        summary=_summarise(held),
        table=Table(
            f"{name}, {scene.area.name}",
            ("Measure", "When", scene.area.name),
            tuple((each.indicator.title, _when(each), each.full_text(each.latest)) for each in held),
            strong=2,
        ),
        cells=tuple(cell_of(each, each.latest, each.text(each.latest)) for each in held),
    )


def _bar(chosen: Chosen) -> Bar:
    text = chosen.text(chosen.latest)
    hidden = chosen.latest.symbol is Symbol.CONFIDENTIAL
    return Bar(
        name=chosen.indicator.short_title,
        value=chosen.latest.value,
        text=f"{text} hidden" if hidden else text,
        hover=f"{chosen.indicator.title}: "
        f"{format_with_unit(chosen.full_text(chosen.latest), chosen.statistic)}, {_when(chosen)}",
        rough=chosen.latest.value is not None and not chosen.latest.is_exact,
    )


def _when(chosen: Chosen) -> str:
    """When a figure is of: a survey's month, any other's day or span."""
    period = chosen.latest.period
    survey = chosen.indicator.kind is Kind.SURVEY
    return period.end_label if chosen.at_a_date and not survey else period.label


def _say_when(held: Sequence[Chosen]) -> str:
    return join_words(list(dict.fromkeys(_when(each) for each in held)))


def _title(name: str, held: Sequence[Chosen]) -> str:
    """The lowest of the measures, which is what to ask about; else what is shown."""
    seen = [each for each in held if each.latest.value is not None]
    if len(seen) < 2 or not all(each.latest.is_exact for each in seen):
        return name
    low = min(seen, key=lambda each: each.latest.value or 0.0)
    ties = [each for each in seen if each.text(each.latest) == low.text(low.latest)]
    if len(ties) > 1:
        return f"{name}: {low.text(low.latest)} or more on every question"
    return f"{name}: lowest for {lower_first(low.indicator.short_title)}, {low.text(low.latest)}"


def _summarise(held: Sequence[Chosen]) -> str:
    said = "; ".join(
        f"{lower_first(each.indicator.short_title)} {each.full_text(each.latest)}" for each in held
    )
    ways = {each.indicator.polarity for each in held}
    way = f" {say_way(next(iter(ways)))}" if len(ways) == 1 else ""
    meant = say_hollow({each.latest.precision for each in held})
    return f"{said[:1].upper()}{said[1:]}.{way} {meant}".rstrip()
