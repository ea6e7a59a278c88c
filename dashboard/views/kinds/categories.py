"""One period by category: bars lying on their side, as counts or as shares of the whole."""

from dashboard.formats import format_base, format_symbol, format_value, format_with_unit
from dashboard.page_parts import PanelDeclaration
from dashboard.titles import title_share
from dashboard.views.absent import draw_nothing
from dashboard.views.breakdowns import Breakdown, Part, break_down, break_down_at
from dashboard.views.chosen import text_of_figure
from dashboard.views.drawn import Cell, Drawn
from dashboard.views.scene import Scene, role_of, short_name
from dashboard.views.shapes import Bar, Bars, Role, Table
from dashboard.views.subtitles import say_breakdown_subtitle, say_name
from dashboard.vocabulary import COMPARABLE, Basis, Statistic, Symbol
from dashboard.words import lower_first, say_hidden_rows, say_hollow

_HIDDEN_BAR = "[c] hidden"


def draw(scene: Scene, panel: PanelDeclaration) -> Drawn:
    """The bars of the latest breakdown; why there are none, where there are none."""
    found = break_down(scene, panel.measure, shares=panel.shares, leave_out=panel.leave_out)
    if found is None or not found.parts:
        return draw_nothing(scene, panel)
    beside = find_beside(scene, found)
    name = say_name(panel, found.indicator)
    return Drawn(
        title=title_breakdown(scene, panel, found, name),
        subtitle=say_breakdown_subtitle(scene, panel, found),
        picture=Bars(
            bars=tuple(_bar(scene, found, part, beside) for part in found.parts),
            heading=scene.area.name if beside else "",
            comparator_heading=short_name(scene.store.areas[beside.area]) if beside else "",
            comparator_role=_role(scene, beside),
        ),
        summary=_summarise(scene, found, beside),
        table=_make_table(scene, found, beside, name),
        cells=(*cells_of(scene, found), *(cells_of(scene, beside) if beside else ())),
    )


def find_beside(scene: Scene, found: Breakdown) -> Breakdown | None:
    """Whose shares stand beside: the county's for a district, else the first comparator's that are held.

    Counts are set beside nobody's: areas differ in size.
    """
    if found.statistic not in COMPARABLE:
        return None
    slugs = [scene.county.slug] if not scene.is_county else []
    slugs += [slug for slug in scene.comparators if found.line.basis is Basis.OFFICIAL]
    for slug in slugs:
        shares = found.statistic is not found.measure.statistic
        made = break_down_at(
            scene.store, found.measure, slug, found.line, found.period, shares=shares, like=found.area
        )
        if made and any(part.value is not None for part in made.parts):
            return made
    return None


def _role(scene: Scene, beside: Breakdown | None) -> Role:
    if beside is None or beside.area == scene.county.slug:
        return Role.COUNTY if beside else Role.ENGLAND
    return role_of(scene.store.areas[beside.area])


def title_breakdown(scene: Scene, panel: PanelDeclaration, found: Breakdown, name: str) -> str:
    """The largest category and its share, where it is sure which that is; else what is shown."""
    top = found.largest
    share = share_of(found, top) if top else None
    if top is None or share is None or not panel.words.says:
        if all(part.value is None for part in found.parts):
            return f"{name}: every number is hidden"
        return f"{name}, by {lower_first(found.characteristic.title)}"
    decimals = 0 if found.measure.statistic is Statistic.COUNT else min(top.observation.decimals, 1)
    return title_share(
        panel.words.says, share, format_value(share, Statistic.PERCENTAGE, decimals), top.title
    )


def share_of(found: Breakdown, part: Part) -> float | None:
    """A category's share of the whole in percent; None if the whole is not released."""
    if not part.is_exact:
        return None
    if found.statistic is Statistic.PERCENTAGE:
        return part.value
    whole = found.whole.value if found.whole else None
    return part.value / whole * 100 if whole and part.value is not None else None


def _bar(scene: Scene, found: Breakdown, part: Part, beside: Breakdown | None) -> Bar:
    other = beside.part(part.category) if beside else None
    hidden = part.observation.symbol is Symbol.CONFIDENTIAL
    return Bar(
        name=part.title,
        value=part.value,
        text=_HIDDEN_BAR if hidden else part.text,
        hover=_hover(scene, found, part, other, beside),
        role=Role.AREA,
        comparator=other.value if other else None,
        comparator_text=other.text if other else "",
        rough=part.value is not None and not part.is_exact,
    )


def _hover(scene: Scene, found: Breakdown, part: Part, other: Part | None, beside: Breakdown | None) -> str:
    said = f"{part.title}: {format_with_unit(part.text, found.statistic)}{_of_whole(found, part)}"
    if other is None or beside is None:
        return said
    return f"{said}; {short_name(scene.store.areas[beside.area])} {other.text}"


def _of_whole(found: Breakdown, part: Part) -> str:
    """ " (646 of 891)" where a share was made from released counts; " (of 40 to 59)"."""
    if part.observation.value is None:
        return ""
    if part.observation.base:
        return f" ({format_base(part.observation.base)})"
    if found.statistic is not found.measure.statistic and found.whole and found.whole.value:
        return f" ({part.observation.value:,.0f} of {found.whole.value:,.0f})"
    numerator, denominator = part.observation.numerator, part.observation.denominator
    if found.statistic is Statistic.PERCENTAGE and numerator is not None and denominator:
        return f" ({numerator:,.0f} of {denominator:,.0f})"
    return ""


def _summarise(scene: Scene, found: Breakdown, beside: Breakdown | None) -> str:
    top = found.largest
    when = f"at {found.period.end_label}" if found.at_a_date else f"in {found.period.label}"
    sentences = []
    if top is not None:
        text = format_with_unit(top.text, found.statistic)
        said = f"{top.title}: {text}{_of_whole(found, top)} {when}"
        other = beside.part(top.category) if beside else None
        if other is not None and beside is not None and other.value is not None:
            said += f"; {short_name(scene.store.areas[beside.area])} {other.text}"
        sentences.append(f"{said}.")
    sentences.append(_say_second(found, top))
    sentences.append(say_merged(found))
    sentences.append(say_hidden_rows([part.title for part in found.hidden]))
    if not found.characteristic.adds_up:
        sentences.append("One child or case can be in several rows.")
    sentences.append(_say_sum(found))
    shown = (*found.parts, *(beside.parts if beside else ()))
    sentences.append(say_hollow({part.observation.precision for part in shown}))
    return " ".join(sentence for sentence in sentences if sentence)


def say_merged(found: Breakdown) -> str:
    """That categories are put together, where some are."""
    return "Some categories are put together: each alone has too few children." if found.merged else ""


def _say_sum(found: Breakdown) -> str:
    """That published shares do not add up to 100, where all of them are shown and they do not."""
    if found.statistic is not found.measure.statistic or found.statistic is not Statistic.PERCENTAGE:
        return ""
    total = sum(part.value or 0.0 for part in found.parts)
    whole = not found.hidden and not found.rough and found.characteristic.adds_up
    if not whole or found.is_simulated or abs(total - 100) < 0.75:
        return ""
    return f"The shares add up to {format_value(total, Statistic.PERCENTAGE)}, as published."


def _say_second(found: Breakdown, top: Part | None) -> str:
    """The next largest, when nothing is untold that could be larger."""
    rest = [part for part in found.parts if part is not top and part.value]
    if top is None or not rest or found.hidden or found.rough:
        return ""
    second = max(rest, key=lambda part: part.value or 0.0)
    return f"Next comes {lower_first(second.title)}: {format_with_unit(second.text, found.statistic)}."


def _make_table(scene: Scene, found: Breakdown, beside: Breakdown | None, name: str) -> Table:
    shares = found.statistic is not found.measure.statistic
    columns = [found.characteristic.title]
    columns += ["Number", "Share"] if shares else [scene.area.name]
    columns += [short_name(scene.store.areas[beside.area])] if beside else []
    rows = []
    for part in found.parts:
        observation = part.observation
        number = text_of_figure(observation, found.measure.statistic, 0)
        other = beside.part(part.category) if beside else None
        cells = ([number] if shares else []) + [part.text]
        rows.append((part.title, *cells, *([other.text if other else "–"] if beside else [])))
    when = found.period.end_label if found.at_a_date else found.period.label
    return Table(f"{name}, {when}, {scene.area.name}", tuple(columns), tuple(rows), strong=1)


def cells_of(scene: Scene, found: Breakdown) -> tuple[Cell, ...]:
    """Every figure of a breakdown: the released one, and the share made of it."""
    cells = []
    area = scene.store.areas[found.area].name
    for part in found.parts:
        measure, observation = found.measure, part.observation
        number = text_of_figure(observation, measure.statistic, min(observation.decimals, 1))
        made = Cell(
            measure.indicator, measure.statistic, area, found.line.basis, observation, number, part.title
        )
        cells.append(made)
        if found.statistic is not measure.statistic:
            text = format_symbol(observation.symbol) or part.text
            cells.append(
                Cell(
                    measure.indicator,
                    found.statistic,
                    area,
                    found.line.basis,
                    observation,
                    text,
                    part.title,
                    derived=True,
                )
            )
    return tuple(cells)
