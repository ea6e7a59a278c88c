"""What the environment says, read once and checked at the start."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from dashboard.audiences import AUDIENCES, INTERNAL, PUBLIC

#: The data folder of this project, where nothing else is said.
DATA = Path(__file__).parent.parent / "data"

#: The ways in which readers of the internal dashboard may be known: so far, that a proxy in front of it asks
#: them who they are and hands their name on in a header.
PROXY = "proxy"
SIGN_INS = (PROXY,)
#: Where that proxy may be, where nothing else is said: on the same machine.
LOOPBACK = ("127.0.0.1", "::1")

#: With what a server ends that may not start. It is gunicorn's own code, upon which it does not try again.
APP_LOAD_ERROR = 4

_HEADER_FORM = re.compile(r"[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)+")
#: Headers that a browser or any proxy sends for everybody: whoever is known by one of these is nobody.
_SENT_BY_ANYBODY = re.compile(
    r"accept-.*|access-.*|cache-control|content-.*|if-.*|keep-alive|proxy-.*|sec-.*|transfer-encoding|user-agent"
    r"|upgrade-.*|x-correlation-id|x-csrf.*|x-forwarded-(for|host|port|prefix|proto|scheme|server)|x-real-ip"
    r"|x-request-.*|x-requested-with",
    re.IGNORECASE,
)


class SettingsError(ValueError):
    """Something in the environment that the dashboard cannot start with; the message says what to set."""


@dataclass(frozen=True)
class Settings:
    """Where the figures are, for whom they are shown, and how those are known."""

    data: Path = DATA
    audience: str = PUBLIC
    sign_in: str = ""
    sign_in_header: str = ""
    sign_in_from: tuple[str, ...] = LOOPBACK  # the addresses of the proxy that says who somebody is


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings in DASHBOARD_DATA, DASHBOARD_AUDIENCE and DASHBOARD_SIGN_IN…; what is not set is as
    in `Settings`.

    Raises `SettingsError` for anything that is not understood: nothing is ever taken for something else.
    """
    data = Path(environment.get("DASHBOARD_DATA") or DATA)
    if not data.is_dir():
        raise SettingsError(f"DASHBOARD_DATA: found {str(data)!r}, expected a folder that exists")
    return Settings(
        data,
        _read_word(environment, "DASHBOARD_AUDIENCE", AUDIENCES) or PUBLIC,
        _read_word(environment, "DASHBOARD_SIGN_IN", SIGN_INS),
        _read_header(environment.get("DASHBOARD_SIGN_IN_HEADER") or ""),
        _read_addresses(environment.get("DASHBOARD_SIGN_IN_FROM") or "") or LOOPBACK,
    )


def check_serving(settings: Settings) -> None:
    """Raises `SettingsError` if these figures may not be served: internal ones to readers nobody knows."""
    if settings.audience != INTERNAL:
        return
    missing = [
        f"{name}={example}"
        for name, example, found in (
            ("DASHBOARD_SIGN_IN", PROXY, settings.sign_in),
            ("DASHBOARD_SIGN_IN_HEADER", "X-Remote-User", settings.sign_in_header),
        )
        if not found
    ]
    if missing:
        raise SettingsError(
            "DASHBOARD_AUDIENCE: found 'internal', which contains small numbers and is served only behind a"
            f" sign-in: set {' and '.join(missing)} (docs/deploying.md says how), or leave it at 'public'"
        )


def check_bind(settings: Settings, hosts: tuple[str, ...]) -> None:
    """Raises `SettingsError` if the internal dashboard would listen where others than its proxy reach it."""
    open_to = [host for host in hosts if not _is_local(host)]
    if settings.audience == INTERNAL and open_to and settings.sign_in_from == LOOPBACK:
        raise SettingsError(
            f"--bind: found {open_to[0]!r}, expected 127.0.0.1: the internal dashboard listens only to the"
            " proxy in front of it. If that is on another machine, name its address in DASHBOARD_SIGN_IN_FROM"
        )


def _is_local(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:  # a name, or a socket in a folder
        return host == "localhost"


def _read_word(environment: Mapping[str, str], name: str, words: tuple[str, ...]) -> str:
    word = environment.get(name) or ""
    if word and word not in words:
        raise SettingsError(f"{name}: found {word!r}, expected {' or '.join(words)}")
    return word


def _read_header(name: str) -> str:
    if name and (not _HEADER_FORM.fullmatch(name) or _SENT_BY_ANYBODY.fullmatch(name)):
        expected = "the name of a header that only your proxy writes, such as X-Remote-User"
        raise SettingsError(f"DASHBOARD_SIGN_IN_HEADER: found {name!r}, expected {expected}")
    return name


def _read_addresses(words: str) -> tuple[str, ...]:
    try:
        return tuple(str(ip_address(word.strip())) for word in words.split(",") if word.strip())
    except ValueError:
        expected = "the proxy's IP addresses, with commas between them"
        raise SettingsError(f"DASHBOARD_SIGN_IN_FROM: found {words!r}, expected {expected}") from None
