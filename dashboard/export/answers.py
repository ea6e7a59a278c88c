"""What a program is told: the catalogue and the figures of a release, ready to be written as JSON."""

from typing import Any

from dashboard.audiences import INTERNAL, MARK
from dashboard.catalogue import Indicator, StatisticDeclaration
from dashboard.characteristics import Characteristic
from dashboard.export.asking import Request, RequestError
from dashboard.export.rows import Row, rows_of_release
from dashboard.formats import format_base, name_precision
from dashboard.sources import Source
from dashboard.store import Observation, Store
from dashboard.views.chosen import is_simulated
from dashboard.views.drawn import ILLUSTRATIVE_CAPTION, explain, say_status, title_source
from dashboard.views.elsewhere import ANCHOR
from dashboard.views.frame import make_footer
from dashboard.vocabulary import Basis

DOCUMENTATION = f"/about#{ANCHOR}"
Plain = dict[str, Any]


def tell_figures(store: Store, request: Request) -> Plain:
    """The figures that are asked for, with what is left of them to be asked for."""
    rows = rows_of_release(store)
    first, last = request.first, request.last
    found = rows.find(request.wanted, first.index if first else None, last.end_index if last else None)
    read = rows.read(found[request.offset : request.offset + request.limit])
    following = request.offset + len(read)
    return {
        **_tell_release(store),
        "total": len(found),
        "limit": request.limit,
        "offset": request.offset,
        "next": request.address(following) if read and following < len(found) else None,
        "sources": _tell_sources(store, [row.observation for row in read]),
        "figures": [_tell_row(store, row) for row in read],
    }


def tell_catalogue(store: Store) -> Plain:
    """Every indicator, and every word that figures can be asked for by."""
    return {
        **_tell_release(store),
        "total": len(store.indicators),
        "indicators": [_tell_indicator(each) for each in store.indicators.values()],
        "areas": [
            {"area": each.slug, "name": each.name, "kind": str(each.kind), "gss_code": each.gss_code or None}
            for each in store.areas
        ],
        "bases": {
            str(Basis.LOCAL): "The council’s own monthly management information",
            str(Basis.OFFICIAL): "The statutory return as published by the Department for Education",
        },
        "characteristics": [_tell_characteristic(each) for each in store.characteristics.values()],
    }


def tell_problems(error: RequestError) -> Plain:
    """Everything that is not understood of a request, and that nothing was guessed."""
    count = len(error.problems)
    wrong = "One thing in this request is" if count == 1 else f"{count} things in this request are"
    return {
        "error": "This request is not understood",
        "message": f"{wrong} not understood. No figures were read and nothing was guessed.",
        "problems": [each.as_plain() for each in error.problems],
        "documentation": DOCUMENTATION,
    }


def _tell_release(store: Store) -> Plain:
    release = store.release
    licence, protection = make_footer(store)[:2]
    told: Plain = {"mark": MARK} if release.audience == INTERNAL else {}
    return told | {
        "release": {
            "id": release.id,
            "created": release.created.isoformat(),
            "illustrative": release.illustrative,
        },
        "licence": licence,
        "protection": protection,
        "illustrative": ILLUSTRATIVE_CAPTION if release.illustrative else None,
        "documentation": DOCUMENTATION,
    }


def _tell_sources(store: Store, observations: list[Observation]) -> list[Plain]:
    """The sources of some figures, with the words that their licences ask for."""
    names = dict.fromkeys(each.source for each in observations)
    return [_tell_source(store.sources[name]) for name in names if name in store.sources]


def _tell_source(source: Source) -> Plain:
    return {
        "title": source.title,
        "publisher": source.publisher,
        "licence": source.licence,
        "attribution": source.attribution or None,
        "published_on": source.published_on,
        "known_on": source.known_on or None,
    }


def _tell_row(store: Store, row: Row) -> Plain:
    """One figure: what it is of by id and by name, then the columns of a download."""
    observation, indicator = row.observation, store.indicators[row.indicator]
    area, characteristic = store.areas.get(row.area), store.characteristics.get(row.characteristic)
    statistic = next((each for name, each in indicator.statistics.items() if name == row.statistic), None)
    return {
        "indicator": row.indicator,
        "indicator_title": indicator.title,
        "statistic": row.statistic,
        "unit": statistic.unit if statistic else None,
        "area": row.area,
        "area_name": area.name if area else row.area,
        "basis": row.basis,
        "period": observation.period.code,
        "period_ends": observation.period.end.isoformat(),
        "characteristic": row.characteristic or None,
        "category": row.category or None,
        "category_title": characteristic.title_of(row.category) if characteristic else None,
        **_tell_number(observation),
        "source": title_source(store, observation),
        "published_on": observation.published_on or None,
        "note": explain(store, observation) or None,
    }


def _tell_number(observation: Observation) -> Plain:
    value = observation.value
    whole = value is not None and observation.decimals == 0 and value.is_integer()
    return {
        "value": int(value) if value is not None and whole else value,
        "symbol": str(observation.symbol) or None,
        "precision": name_precision(observation.precision) or None,
        "base": format_base(observation.base).removeprefix("of ") or None,
        "status": say_status(observation),
        "illustrative": is_simulated(observation),
    }


def _tell_indicator(indicator: Indicator) -> Plain:
    return {
        "id": indicator.id,
        "title": indicator.title,
        "short_title": indicator.short_title,
        "area_of_work": indicator.tab,
        "board_number": indicator.measure,
        "definition": indicator.definition,
        "why_it_matters": indicator.why_it_matters,
        "polarity": str(indicator.polarity),
        "kind": str(indicator.kind),
        "frequency": str(indicator.frequency),
        "districts": str(indicator.district),
        "recorded_in": indicator.statutory_source,
        "statistics": [_tell_statistic(name, each) for name, each in indicator.statistics.items()],
        "characteristics": list(indicator.characteristics),
        "not_like_for_like": [rule.reason for rule in indicator.comparators],
    }


def _tell_statistic(name: str, declared: StatisticDeclaration) -> Plain:
    return {
        "statistic": str(name),
        "unit": declared.unit,
        "numerator": declared.numerator or None,
        "denominator": declared.denominator or None,
    }


def _tell_characteristic(characteristic: Characteristic) -> Plain:
    categories = {each.id: each for level in characteristic.levels for each in level}
    return {
        "id": characteristic.id,
        "title": characteristic.title,
        "adds_up": characteristic.adds_up,
        "categories": [
            {"id": each.id, "title": each.title, "stands_for": list(characteristic.parts_of(each.id))}
            for each in categories.values()
        ],
    }
