"""Who may read the internal dashboard: those whose name the proxy in front of it hands on, and nobody else.

Whether anybody is asked is the server's setting. Nothing in a request can turn it off, and the public
dashboard does not ask at all.
"""

from ipaddress import IPv6Address, ip_address

from flask import Flask, request
from werkzeug.exceptions import Unauthorized

from dashboard.audiences import INTERNAL
from dashboard.settings import Settings

#: What holds no figures: stylesheets, scripts, the icon, and whether the server is well.
_OPEN = {
    "_dash_assets.static",
    "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>",
    "/_favicon.ico",
    "bootstrap",
    "health",
}
_WHO_READS_FIRST = "start"  # whom the server names when it reads its own pages before anybody does


def ask_for_names(server: Flask, settings: Settings) -> None:
    """Answers 401 to whoever has no name, before anything else is done: to be added before other checks."""
    if settings.audience != INTERNAL:
        return

    @server.before_request
    def check_name() -> None:
        if request.endpoint not in _OPEN and not _has_name(settings):
            raise Unauthorized


def name_start(settings: Settings) -> dict[str, str]:
    """The headers with which the server may read its own pages when it starts."""
    return {settings.sign_in_header: _WHO_READS_FIRST} if settings.audience == INTERNAL else {}


def _has_name(settings: Settings) -> bool:
    name = request.headers.get(settings.sign_in_header, "") if settings.sign_in_header else ""
    return bool(name.strip()) and _came_from(settings.sign_in_from)


def _came_from(addresses: tuple[str, ...]) -> bool:
    """Whether the proxy sent this request: anybody else could write any name into it."""
    peer = request.environ.get("REMOTE_ADDR")
    if peer == "":  # a socket in a folder, which the machine keeps others from
        return True
    try:
        address = ip_address(str(peer))
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return str(address) in addresses
