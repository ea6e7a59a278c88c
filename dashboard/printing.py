"""Process charts and funnels as plain dictionaries, for the command line: the numbers that pages draw."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from dashboard.acts import make_acts
from dashboard.measuring import MeasuredFunnel, MeasuredSeries, make_subject, measure_funnel
from dashboard.periods import Period, parse
from dashboard.statistics.funnel import FunnelLimits, FunnelPoint
from dashboard.statistics.process_chart import (
    Limits,
    PointState,
    ProcessChart,
    Rules,
    Span,
    make_process_chart,
)
from dashboard.store import Store
from dashboard.vocabulary import Statistic

_DECIMALS = 4


def describe_asked(store: Store, asked: Mapping[str, str | None], *, funnel: bool) -> dict[str, Any]:
    """The funnel or process chart that is asked for by indicator, statistic, area and the codes of periods.

    Left out, the statistic is the main one, the area the county, and the span as long as there are figures.
    Raises `MeasuringError` where there is no funnel.
    """
    indicator, named = str(asked["indicator"]), asked.get("statistic")
    statistic = Statistic(named) if named else None
    periods = {name: parse(text) for name in ("period", "from", "to") if (text := asked.get(name))}
    told = {"release": store.release.id, "indicator": indicator}
    if funnel:
        return told | describe_funnel(measure_funnel(store, indicator, periods["period"], statistic))
    statistic = statistic or store.indicators[indicator].main
    area = asked.get("area") or store.areas.county.slug
    series = make_subject(
        store, indicator, statistic, area, first=periods.get("from"), last=periods.get("to")
    )
    rules = Rules()
    told |= {"statistic": statistic, "area": area}
    recorded = [each for each in store.records if each.concerns(indicator, area, series.basis)]
    acts = make_acts([] if series.illustrative else recorded, series.periods, series.subject.values)
    return told | describe_process_chart(series, make_process_chart(series.subject, rules, acts), rules)


def describe_process_chart(series: MeasuredSeries, chart: ProcessChart, rules: Rules) -> dict[str, Any]:
    """All that a process chart says, by the codes of its periods."""
    subject = series.subject
    return {
        "basis": series.basis,
        "months_apart": series.step,
        "illustrative": series.illustrative,
        "sources": series.sources,
        "kind": subject.kind,
        "polarity": subject.polarity,
        "target": subject.target,
        "valid": not chart.reason,
        "method": chart.method,
        "reason": chart.reason,
        "instead": chart.instead,
        "cautions": chart.cautions,
        "trial": chart.trial,
        "variation": chart.variation,
        "assurance": chart.assurance,
        "alert": chart.alert,
        "rules": asdict(rules),
        "caption": chart.caption,
        "spans": [_describe_span(span, series.periods) for span in chart.spans if series.periods],
        "points": [_describe_point(point, series.periods) for point in chart.points],
    }


def describe_funnel(measured: MeasuredFunnel) -> dict[str, Any]:
    """All that a funnel says but for the curve that is drawn of it."""
    funnel = measured.funnel
    test = funnel.dispersion
    return {
        "statistic": measured.statistic,
        "basis": measured.basis,
        "period": measured.period.code,
        "illustrative": measured.illustrative,
        "distribution": funnel.kind,
        "per": funnel.per,
        "centre": _round(funnel.centre),
        "points": [_describe_place(point) for point in funnel.points],
        "left_out": funnel.left_out,
        "dispersion": test
        and {
            "chi_square": _round(test.statistic),
            "degrees": test.degrees,
            "p": _round(test.p),
            "more_than_chance": test.is_over,
            "reliable": test.reliable,
        },
        "cautions": funnel.cautions,
        "caption": funnel.caption,
    }


def _describe_span(span: Span, periods: Sequence[Period]) -> dict[str, Any]:
    fixed = None if span.fixed_from is None else periods[span.fixed_from].code
    return {
        "from": periods[span.first].code,
        "to": periods[span.last].code,
        "method": span.method,
        "points": span.count,
        "trial": span.trial,
        "fixed_from": fixed,
        "reason": span.reason,
        "centre": _round(span.centre),
        "average_moving_range": _round(span.average_moving_range),
        "average_moving_range_unscreened": _round(span.unscreened_moving_range),
        "limits": _describe_limits(span.limits),
    }


def _describe_point(point: PointState, periods: Sequence[Period]) -> dict[str, Any]:
    return {
        "period": periods[point.place].code,
        "value": _round(point.value),
        "hidden": point.hidden,
        "rules": point.rules,
        "label": point.label,
        "side": point.side,
        "variation": point.variation,
        "lower": _round(point.limits.lower) if point.limits else None,
        "upper": _round(point.limits.upper) if point.limits else None,
    }


def _describe_limits(limits: Limits | None) -> dict[str, Any] | None:
    if limits is None:
        return None
    return {
        "tested": [_round(limits.lower), _round(limits.upper)],
        "drawn": [_round(limits.drawn_lower), _round(limits.drawn_upper)],
        "screened": [_round(limits.screened_lower), _round(limits.screened_upper)],
        "unscreened": [_round(limits.unscreened_lower), _round(limits.unscreened_upper)],
    }


def _describe_place(point: FunnelPoint) -> dict[str, Any]:
    limits: FunnelLimits = point.limits
    return {
        "area": point.name,
        "numerator": point.numerator,
        "denominator": point.denominator,
        "value": _round(point.value),
        "state": point.state,
        "limits_95": [_round(limits.lower_95), _round(limits.upper_95)],
        "limits_998": [_round(limits.lower_998), _round(limits.upper_998)],
    }


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, _DECIMALS)
