"""Social workers at work: employed or from an agency, their cases, supervision and days lost to sickness."""

import numpy as np
import pandas as pd

from dashboard.simulation.calibrate import Level, apportion
from dashboard.simulation.draw import draw_codes, mark_months, tally
from dashboard.simulation.teams import GRADES, SERVICES, TEAMS
from dashboard.simulation.timeline import EVERY_MONTH, MONTHS, days_in, first_days, place, working_days
from dashboard.simulation.world import World, coded
from dashboard.vocabulary import Basis, Statistic

_BASES = (Basis.LOCAL, Basis.OFFICIAL)
_PERCENTAGE = Statistic.PERCENTAGE

AGENCY = Level(
    "agency_worker_rate",
    (
        ("2018-M04", 29.0), ("2018-M09", 27.0), ("2019-M09", 20.0), ("2020-M09", 22.0), ("2021-M04", 24.0),
        ("2022-M03", 16.0),
    ),
    _PERCENTAGE,
    noise=0.02,
)  # fmt: skip
ABSENCE = Level(
    "sickness_absence_rate",
    (("2018-M04", 2.8), ("2018-M09", 2.8), ("2019-M09", 2.4), ("2020-M09", 3.4), ("2021-M09", 3.2)),
    _PERCENTAGE,
    (Basis.OFFICIAL,),
    noise=0.08,
    seasons=(0.98, 0.92, 0.9, 0.88, 0.86, 1.0, 1.06, 1.12, 1.15, 1.12, 1.06, 1.02),
)
SUPERVISED = Level(
    "supervision_in_timescale",
    (("2018-M04", 77.0), ("2019-M06", 85.0), ("2020-M06", 90.0), ("2022-M03", 94.0)),
    _PERCENTAGE,
    noise=0.015,
)
CASELOAD = Level(
    "average_caseload",
    (("2018-M04", 17.4), ("2018-M09", 17.0), ("2020-M09", 18.3), ("2021-M09", 16.5), ("2022-M03", 17.1)),
    Statistic.AVERAGE,
    _BASES,
    noise=0.015,
)
_CEILING, _NEW_CEILING = 21, 16  # cases, of a full-time worker
_AWAY = 0.14  # of staff, how many lose any days in a month
_FIRST_AGENCY_POST = 1_000  # so that agency workers have ids of their own


def list_staff(world: World, listed: pd.DataFrame) -> pd.DataFrame:
    """Employed and agency social workers at every month-end, with the month's work."""
    rng = world.rng("staff:work")
    employed = listed[listed["filled"]].assign(agency=False)
    staff = pd.concat([employed, _hire(world, employed)], ignore_index=True)
    staff = staff.sort_values("month", kind="stable", ignore_index=True)
    fronts = np.array([front for _, _, front in TEAMS.values()])
    staff["front_line"] = fronts[staff["team"].cat.codes] & ~staff["management"]
    staff["employed"] = ~staff["agency"]
    staff["holds_cases"] = ~staff["management"] & (staff["team"] != "fostering")
    months = staff["month"].to_numpy()
    _share_cases(world, staff)
    pooled = SUPERVISED.pooled(world.published)
    held = world.numerators("staff", SUPERVISED, tally(months), pooled)
    staff["supervised"] = mark_months(rng, months, held, np.where(staff["agency"], 0.6, 1.0))
    after = first_days(MONTHS) + days_in(MONTHS).astype("timedelta64[D]")
    days = working_days(first_days(MONTHS), after)
    staff["days_available"] = days[place(months)] * staff["fte"]
    lost = world.path("staff", ABSENCE)[place(months)] / 100 * staff["days_available"]
    away = rng.random(len(staff)) < _AWAY
    staff["days_lost"] = np.where(away, np.rint(rng.gamma(1.2, lost / _AWAY / 1.2)), 0.0)
    staff["days_lost"] = np.minimum(staff["days_lost"], staff["days_available"])
    return staff


def _hire(world: World, employed: pd.DataFrame) -> pd.DataFrame:
    """Agency workers on the front line: the share of it that is aimed at."""
    rng = world.rng("staff:agency")
    fronts = [name for name, (_, _, front) in TEAMS.items() if front]
    front = employed[employed["team"].isin(fronts) & ~employed["management"]]
    hours = front.groupby("month")["fte"].sum()
    share = world.path("staff", AGENCY) / 100
    rows = []
    for month, there in hours.items():
        wanted = float(share[place(int(str(month)))])
        count = round(there * wanted / (1 - wanted))
        rows.append(
            pd.DataFrame(
                {"post": _FIRST_AGENCY_POST + np.arange(count), "month": int(str(month)), "fte": 1.0}
            )
        )
    hired = pd.concat(rows, ignore_index=True)
    team = draw_codes(rng, int(hired["post"].max()) + 1, {name: TEAMS[name][0] for name in fronts})[
        hired["post"]
    ]
    names = tuple(TEAMS)
    services = np.array([SERVICES.index(service) for _, service, _ in TEAMS.values()])
    hired["team"] = coded(team, names)
    hired["service"] = coded(services[team], SERVICES)
    hired["grade"] = coded(np.zeros(len(hired), dtype=np.int64), GRADES)
    return hired.assign(management=False, filled=False, vacant=False, newly_qualified=False, agency=True)


def _share_cases(world: World, staff: pd.DataFrame) -> None:
    """Add the cases each holds, averaging as aimed at, and whether they are above the ceiling."""
    rng = world.rng("staff:cases")
    path = world.path("staff", CASELOAD)
    cases = np.zeros(len(staff), dtype=np.int64)
    months, hours = staff["month"].to_numpy(), staff["fte"].to_numpy()
    newly, holding = staff["newly_qualified"].to_numpy(), staff["holds_cases"].to_numpy()
    load = hours * np.where(newly, 0.72, 1.0) * rng.gamma(40, 1 / 40, len(staff))
    for month in EVERY_MONTH:
        rows = np.flatnonzero(holding & (months == month))
        total = round(float(path[place(month)]) * float(hours[rows].sum()))
        cases[rows] = apportion(total, load[rows])
    staff["cases"] = cases
    ceiling = np.where(newly, _NEW_CEILING, _CEILING) * hours
    staff["above_ceiling"] = holding & (cases > ceiling)
