"""What a chart is of: what is counted, when, and where, as its subtitle says it."""

from dashboard.formats import unit_of
from dashboard.indicators import Indicator
from dashboard.page_parts import Line, Measure, PanelDeclaration
from dashboard.periods import Grain, Period
from dashboard.views.breakdowns import Breakdown
from dashboard.views.chosen import Chosen
from dashboard.views.scene import Scene
from dashboard.vocabulary import Frequency, Statistic

_EVERY = {Grain.MONTH: "month", Grain.QUARTER: "quarter", Grain.YEAR: "year"}


def say_what(panel: PanelDeclaration, indicator: Indicator) -> str:
    """What is counted: the declared words, or the indicator's title with its unit."""
    if panel.words.what:
        return panel.words.what
    unit = unit_of(panel.measure.statistic)
    if panel.measure.statistic is Statistic.RATE and unit not in indicator.title:
        return f"{indicator.title} per 10,000 aged 0 to 17"
    return indicator.title


def say_name(panel: PanelDeclaration, indicator: Indicator) -> str:
    """What a title calls it."""
    return panel.words.name or indicator.short_title


def say_trend_subtitle(scene: Scene, panel: PanelDeclaration, chosen: Chosen) -> str:
    """ "Looked after children per 10,000 aged 0 to 17, at 31 March, Worcestershire"."""
    parts = [say_what(panel, chosen.indicator), say_rhythm(chosen), chosen.area.name]
    parts[0] += ", annualised" if chosen.is_annualised else ""
    if chosen.coarsened_from:
        parts[1] += say_coarsened(chosen.coarsened_from)
    return ", ".join(parts)


def say_coarsened(grain: Grain) -> str:
    """Why a district is shown in longer periods: ": by quarter most numbers would be too small to show"."""
    return f": by {_EVERY[grain]} most numbers would be too small to show"


def say_rhythm(chosen: Chosen) -> str:
    """How often and when: "at 31 March", "years ending 31 March", "by quarter, Q4 2020/21 to Q4 2021/22"."""
    first, last = chosen.observations[0].period, chosen.latest.period
    if len(chosen.observations) == 1:
        return ("at " if chosen.at_a_date else "") + (last.end_label if chosen.at_a_date else last.label)
    if chosen.line.grain is Grain.CALENDAR_YEAR:
        return "calendar years"
    if chosen.is_yearly:
        day = last.end_label.rsplit(" ", 1)[0]
        return f"at {day}" if chosen.at_a_date else f"years ending {day}"
    noun = {1: "month", 3: "quarter"}[chosen.step]
    span = f"{first.quarter.label} to {last.quarter.label}" if noun == "quarter" else _say_months(first, last)
    return f"at each {noun} end, {span}" if chosen.at_a_date else f"by {noun}, {span}"


def _say_months(first: Period, last: Period) -> str:
    return f"{first.label} to {last.label}"


def say_breakdown_subtitle(scene: Scene, panel: PanelDeclaration, found: Breakdown) -> str:
    """For a picture of one period: "Looked after children by age, 31 March 2022, Worcestershire"."""
    when = found.period.end_label if found.at_a_date else found.period.label
    when += "" if scene.is_county else say_why_by_year(scene, found.measure, found.line)
    return ", ".join([say_what(panel, found.indicator), when, scene.area.name])


def say_why_by_year(scene: Scene, measure: Measure, line: Line) -> str:
    """Why a table of the districts is shown by year, as `say_coarsened` has it; blank where it is not."""
    design = scene.store.protection.table(
        measure.indicator, measure.statistic, line.basis, measure.characteristic
    )
    yearly = design is not None and design.grain is Grain.YEAR
    often = scene.store.indicators[measure.indicator].frequency is not Frequency.YEAR
    return f", by year{say_coarsened(Grain.QUARTER)}" if yearly and often and not scene.by_year else ""
