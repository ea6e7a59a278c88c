"""Collects the hashes of the styles that Dash and Plotly put into a page, from Chromium itself.

    python -m tests.web.collect_style_hashes

Run it after Dash or Plotly has changed: it writes `dashboard/web/style_hashes.txt`, which the content
security policy is made from. No style without a hash in that file is let in.
"""

import logging
import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version

from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from dashboard.settings import Settings
from dashboard.web.security import STYLE_HASHES
from dashboard.web.server import create_app, warm_up
from tests.web.samples import PAGES, SampleReader

_HASH = re.compile(r"'sha256-[A-Za-z0-9+/=]+'")
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def collect_hashes(browser: Browser, base: str) -> set[str]:
    """The hashes of all styles that are refused at present, on every page and after a change."""
    found: set[str] = set()
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.on(
        "console", lambda said: found.update(_HASH.findall(said.text) if "style-src" in said.text else ())
    )
    for _, address in PAGES.values():
        page.goto(base + address)
        page.locator("#react-entry-point .page").wait_for()
        page.wait_for_timeout(1500)
        if page.locator("#area").count():
            page.locator("#area").select_option("redditch")
            page.wait_for_timeout(500)
        if page.locator(".js-plotly-plot").count():
            page.locator(".js-plotly-plot").first.hover()
            page.wait_for_timeout(300)
    page.close()
    return found


@contextmanager
def serve_sample() -> Iterator[str]:
    """The address of a server of the sample pages."""
    app = create_app(Settings(), SampleReader())
    warm_up(app)
    server = make_server("127.0.0.1", 0, app.server, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


def main() -> None:
    """Writes the file."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    STYLE_HASHES.unlink(missing_ok=True)
    found: set[str] = set()
    path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        while True:  # a style that is let in may put in another
            with serve_sample() as base:
                new = collect_hashes(browser, base) - found
            if not new:
                break
            found |= new
            _write(found)
        browser.close()
    print(f"{len(found)} styles are let in: {STYLE_HASHES}")


def _write(hashes: set[str]) -> None:
    made_by = ", ".join(f"{name} {version(name)}" for name in ("dash", "dash-bootstrap-components", "plotly"))
    head = f"# Styles put in by {made_by}. Made by: python -m tests.web.collect_style_hashes\n"
    STYLE_HASHES.write_text(head + "\n".join(sorted(hashes)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
