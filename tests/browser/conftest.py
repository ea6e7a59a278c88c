"""The dashboard served by gunicorn as it would be, and Chromium to look at it with.

Every visit also fails if the browser's console had anything to say, if the security policy stopped
anything, or if a request went anywhere but to the dashboard.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Route,
    expect,
    sync_playwright,
)

from tests.browser.chromium import ARGUMENTS, find_chromium
from tests.browser.screen import Screen
from tests.browser.serving import serve

HERE = Path(__file__).parent
SAID = 240  # characters of a complaint: the browser repeats the whole policy in each
REPORT_VIOLATIONS = """
document.addEventListener('securitypolicyviolation', event => {
  const where = (event.target.outerHTML ?? '').slice(0, 100);
  console.error(`policy: ${event.violatedDirective} stopped ${event.sample || event.blockedURI} in ${where}`);
});
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


# --- the server -----------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def server_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("server") / "server.log"


@pytest.fixture(scope="session")
def server(released: Path, server_log: Path) -> Iterator[str]:
    """The address of the dashboard, served by gunicorn with the project's own settings."""
    with serve(server_log, DASHBOARD_DATA=str(released)) as address:
        yield address


# --- the browser ----------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        yield chromium
        chromium.close()


class Watch:
    """What a context asked for and complained of."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.home = urlsplit(address).netloc
        self.requests: list[Request] = []
        self.elsewhere: list[str] = []
        self.complaints: list[str] = []
        context.add_init_script(REPORT_VIOLATIONS)
        context.route("**/*", self.let_through)
        context.on("console", self.hear)
        context.on("weberror", lambda error: self.complaints.append(f"error: {error.error}"))
        context.on("response", self.look_at)

    def let_through(self, route: Route) -> None:
        request = route.request
        self.requests.append(request)
        if urlsplit(request.url).netloc == self.home or request.url.startswith(("data:", "blob:")):
            route.continue_()
        else:
            self.elsewhere.append(request.url)
            route.abort()

    def hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.type}: {message.text[:SAID]}")

    def look_at(self, response: object) -> None:
        if (status := getattr(response, "status", 0)) >= 400:
            self.complaints.append(f"{status}: {getattr(response, 'url', '')}")


expect.set_options(timeout=20_000)  # milliseconds: how long to wait, not how long it takes
Open = Callable[..., Screen]


@pytest.fixture
def visit(browser: Browser, server: str, server_log: Path) -> Iterator[Open]:
    """A function that opens an address in a fresh context of a given width and returns its screen.

    When the test ends, no context may have complained or asked for anything elsewhere.
    """
    watched: list[tuple[BrowserContext, Watch]] = []

    def open_address(address: str = "/", width: int = 1400, height: int = 1000, **options: object) -> Screen:
        context = browser.new_context(
            viewport={"width": width, "height": height}, base_url=server, locale="en-GB", **options
        )
        context.set_default_timeout(20_000)
        watch = Watch(context, server)
        watched.append((context, watch))
        page: Page = context.new_page()
        answer = page.goto(address)
        assert answer is not None
        assert answer.ok, f"{address}: {answer.status}\n{server_log.read_text()[-3000:]}"
        screen = Screen(page, watch)
        screen.wait_until_drawn()
        return screen

    yield open_address
    heard = [(watch.complaints, watch.elsewhere) for _, watch in watched]
    for context, _ in watched:
        context.close()
    assert heard == [([], [])] * len(heard)
