"""What the environment says, read once and checked at the start."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

#: The data folder of this project, where nothing else is said.
DATA = Path(__file__).parent.parent / "data"

#: Whom a release may be made for. The public is what anyone gets when nothing is said.
PUBLIC = "public"
AUDIENCES = (PUBLIC,)


class SettingsError(ValueError):
    """Something in the environment that the dashboard cannot start with; the message says what to set."""


@dataclass(frozen=True)
class Settings:
    """Where the figures are, and for whom they are shown."""

    data: Path = DATA
    audience: str = PUBLIC


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings in DASHBOARD_DATA and DASHBOARD_AUDIENCE; what is not set is as in `Settings`.

    Raises `SettingsError` for a folder that is not there or an audience that is not known.
    """
    data = Path(environment.get("DASHBOARD_DATA") or DATA)
    if not data.is_dir():
        raise SettingsError(f"DASHBOARD_DATA: found {str(data)!r}, expected a folder that exists")
    audience = environment.get("DASHBOARD_AUDIENCE") or PUBLIC
    if audience not in AUDIENCES:
        raise SettingsError(f"DASHBOARD_AUDIENCE: found {audience!r}, expected {' or '.join(AUDIENCES)}")
    return Settings(data, audience)
