"""What a reader waits for, in a real Chromium: the first load, and a change of district.

Times are taken in the page: from the start of navigation, or from the select's change event, to the last
change that Plotly makes to a chart. "In the window" are the charts on the screen when the district is
changed. Rounds are interleaved, and each uses a new context with an empty cache.
"""

import itertools
import statistics
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, fields

from playwright.sync_api import Browser, Page, sync_playwright

from bench.servers import EXPRESS, REAL, ROOT, serve
from tests.browser.chromium import ARGUMENTS, find_chromium

ROUNDS = 4
CPUS = (1, 4)
DISTRICTS = ["redditch", "wychavon", "worcester", "bromsgrove", "worcestershire", "wyre-forest"]
#: Notes when each chart last changed, and what was on the screen when a select did.
WATCH = """
window.seen = {changed: null, charts: new Map(), visible: []};
new MutationObserver(changes => {
  const now = performance.now();
  for (const change of changes) {
    const chart = change.target.closest?.('.js-plotly-plot');
    if (chart && chart.querySelector('.main-svg')) seen.charts.set(chart, now);
  }
}).observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
addEventListener('change', () => {
  seen.changed = performance.now();
  seen.charts = new Map();
  seen.visible = [...document.querySelectorAll('.js-plotly-plot')].filter(chart => {
    const box = chart.getBoundingClientRect();
    return box.bottom > 0 && box.top < innerHeight;
  });
}, {capture: true});
"""
SCROLL_TO_CHARTS = "() => document.querySelector('.js-plotly-plot').scrollIntoView({block: 'center'})"
READ_LOAD = """() => {
  const times = [...seen.charts.values()];
  return {first: Math.min(...times), all: Math.max(...times), charts: times.length};
}"""
READ_CHANGE = """() => {
  const all = [...seen.charts.values()].map(t => t - seen.changed);
  const visible = seen.visible.map(c => seen.charts.get(c)).filter(Boolean).map(t => t - seen.changed);
  return {visible: Math.max(...visible), all: Math.max(...all), charts: all.length};
}"""


@dataclass(frozen=True)
class Visit:
    """One visit: kilobytes and requests of the first load, and milliseconds until charts stood."""

    kilobytes: float
    requests: float
    first: float
    all: float
    reload: float
    visible: float
    changed: float
    kilobytes_changed: float


def wait_until_quiet(page: Page, quiet: float) -> None:
    """Until no chart has changed for so many seconds (a minute at most)."""
    last, since = None, time.monotonic()
    until = time.monotonic() + 60
    while time.monotonic() < until and time.monotonic() - since < quiet:
        page.wait_for_timeout(100)
        now = page.evaluate("[seen.charts.size, Math.max(0, ...seen.charts.values())]")
        if now != last or not now[0]:
            last, since = now, time.monotonic()


def visit(browser: Browser, port: int, path: str, cpu: int) -> Visit:
    """A first load, six changes of district, and the load again with what the cache holds."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    page.add_init_script(WATCH)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Emulation.setCPUThrottlingRate", {"rate": cpu})
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    quiet = 0.6 * (1 + cpu / 2)
    page.goto(f"http://127.0.0.1:{port}{path}", wait_until="commit")
    wait_until_quiet(page, quiet)
    loaded = page.evaluate(READ_LOAD)
    kilobytes, requests = sum(sizes) / 1000, sum(size > 0 for size in sizes)
    page.evaluate(SCROLL_TO_CHARTS)
    changes = []
    for district in DISTRICTS:
        page.locator("select#area").select_option(district)
        wait_until_quiet(page, quiet)
        changes.append(page.evaluate(READ_CHANGE))
    changed_kilobytes = (sum(sizes) / 1000 - kilobytes) / len(DISTRICTS)
    page.goto(f"http://127.0.0.1:{port}{path}", wait_until="commit")
    wait_until_quiet(page, quiet)
    again = page.evaluate(READ_LOAD)
    context.close()
    return Visit(
        kilobytes=kilobytes,
        requests=requests,
        first=loaded["first"],
        all=loaded["all"],
        reload=again["all"],
        visible=statistics.median(change["visible"] for change in changes),
        changed=statistics.median(change["all"] for change in changes),
        kilobytes_changed=changed_kilobytes,
    )


def measure(browser: Browser) -> Iterator[str]:
    """The lines of a table: for each app and speed, medians over the rounds with the least and the most."""
    with ExitStack() as stack:
        apps = {
            "this dashboard": (stack.enter_context(serve(REAL)), "/through-care"),
            "plotly.express over a data frame": (stack.enter_context(serve(EXPRESS)), "/"),
        }
        for port, path in apps.values():
            visit(browser, port, path, 1)
        visits: dict[tuple[str, int], list[Visit]] = {}
        for _, cpu, name in itertools.product(range(ROUNDS), CPUS, apps):
            visits.setdefault((name, cpu), []).append(visit(browser, *apps[name], cpu))
    yield (
        "| | CPU | first load kB | requests | first chart ms | all charts ms | again, cached ms "
        "| district: in the window ms | district: all charts ms | kB a change |"
    )
    yield "| --- | --- |" + " ---: |" * 8
    for cpu, name in itertools.product(CPUS, apps):
        yield describe(name, cpu, visits[name, cpu])


def describe(name: str, cpu: int, visits: list[Visit]) -> str:
    """One line of the table."""
    speed = "as it is" if cpu == 1 else f"{cpu} times slower"
    exact = {"kilobytes", "requests"}

    def say(field: str) -> str:
        values = sorted(getattr(each, field) for each in visits)
        middle = statistics.median(values)
        if field in exact:
            return f"{middle:,.0f}"
        if field == "kilobytes_changed":
            return f"{middle:.1f}"
        return f"{middle:,.0f} ({values[0]:,.0f} to {values[-1]:,.0f})"

    return f"| {name} | {speed} | " + " | ".join(say(field.name) for field in fields(Visit)) + " |"


def main() -> None:
    """Print the table, and whether the smaller plotly.js was there to be served."""
    bundle = ROOT / "assets" / "vendor" / "plotly-basic.min.js"
    print(f"In Chromium at 1400 x 1000, {ROUNDS} rounds of a load, six districts and a load; medians\n")
    print("plotly.js: " + ("the basic build" if bundle.exists() else "Dash's own, the whole of it") + "\n")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        for line in measure(browser):
            print(line, flush=True)
        browser.close()
    print()


if __name__ == "__main__":
    main()
