"""What is checked of any page that is open in a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from playwright.sync_api import Browser, Frame, Page, Request, Route, expect

from tests.browser.serving import AXE, AXE_ADDRESS

DESKTOP: dict[str, Any] = {"locale": "fr-FR", "viewport": {"width": 1280, "height": 900}}
WIDTHS = (320, 360, 768, 1280)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
# Notes each violation of the policy before the page's own scripts run.
WATCH_POLICY = """
window.violations = [];
document.addEventListener('securitypolicyviolation',
  (event) => window.violations.push(`${event.violatedDirective}: ${event.blockedURI}`));
"""
# Ends once nothing has come or moved for six frames: a tenth of a second, where the `networkidle`
# of Playwright waits for half a second on each page.
SETTLED = """async () => {
  await document.fonts.ready;
  const look = () => [
    performance.getEntriesByType('resource').length, document.querySelectorAll('*').length,
    document.documentElement.scrollHeight, scrollY,
  ].join();
  for (let still = 0, before = ''; still < 6;) {
    await new Promise(requestAnimationFrame);
    const now = look();
    still = now === before && document.fonts.status === 'loaded' ? still + 1 : 0;
    before = now;
  }
}"""

# As Back does, from a page that answers to one that is asked anew: its answer alone is drawn.
ASK = """(query) => {
  for (const id of ['_resultat', '_resultats']) document.getElementById(id).replaceChildren();
  history.pushState(null, '', query);
  dispatchEvent(new PopStateEvent('popstate'));
}"""


def open_facets(page: Page) -> None:
    """Bring the facets into sight: on a narrow screen they are behind a button."""
    button = page.locator("#_filtrer")
    if button.is_visible() and button.get_attribute("aria-expanded") == "false":
        button.click()


def choose_territory(page: Page, code: str) -> None:
    """Choose in the list of territories, which is filled once it has the focus, from the data."""
    expect(page.locator("#_resultat")).not_to_be_empty()
    field = page.get_by_label("Territoire", exact=True)
    field.dispatch_event("focus")
    field.select_option(code, force=True)


@dataclass
class Visit:
    """A page that is open, and what came of it."""

    page: Page
    url: str
    asked: list[str]
    troubles: list[str]
    wait: Callable[[], None]  # until all that was asked for has come
    status: int = 0

    def go(self, address: str) -> Visit:
        """Open the page of an address of the site, and forget what came of the last."""
        self.page.goto("about:blank")
        self.page.set_viewport_size(DESKTOP["viewport"])
        self.asked.clear()
        self.troubles.clear()
        response = self.page.goto(self.url + address)
        self.wait()
        self.status = response.status if response else 0
        return self

    def faults(self) -> list[str]:
        """Return what was asked of others, what went wrong, what broke the page's policy.

        And what the page left in the browser: cookies and storage.
        """
        elsewhere = [one for one in self.asked if not one.startswith((self.url, "data:"))]
        violations: list[str] = self.page.evaluate("window.violations")
        kept = self.page.context.storage_state()
        left = [str(one) for one in (*kept["cookies"], *kept["origins"])]
        return [*elsewhere, *self.troubles, *violations, *left]

    def widest(self, width: int) -> int:
        """Return how wide the page is in a window of that width."""
        self.page.set_viewport_size({"width": width, "height": 800})
        found: int = self.page.evaluate("document.documentElement.scrollWidth")
        return found


def settle(page: Page | Frame) -> None:
    """Wait until nothing more comes to a page that is loaded, nor moves on it, for some frames.

    A file that is longer on its way is not waited for: `watch_arrivals` does.
    """
    page.evaluate(SETTLED)


def watch_arrivals(page: Page) -> Callable[[], None]:
    """Note what a page asks for from now on; return what waits until all of it has come.

    It waits, too, until the page has drawn what its scripts made of it.
    """
    pending: set[Request] = set()

    def begin(request: Request) -> None:
        pending.add(request)

    def end(request: Request) -> None:
        pending.discard(request)

    page.on("request", begin)
    page.on("requestfinished", end)
    page.on("requestfailed", end)

    def wait() -> None:
        was_quiet = False
        while not was_quiet or pending:
            was_quiet = not pending
            settle(page)

    return wait


def hold(page: Page, address: str) -> Callable[[], None]:
    """Keep back the answers of an address; return what lets them go, and those asked for since."""
    held: list[Route] = []
    page.route(address, lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks it

    def release() -> None:
        waiting, held[:] = held[:], []
        for route in waiting:
            route.continue_()
        page.unroute(address)

    return release


def visiting(browser: Browser, url: str) -> Iterator[Visit]:
    """Give what visits the site served at `url`, one page after another."""
    context = browser.new_context(**DESKTOP)
    page = context.new_page()
    asked, troubles = watch(page)
    page.add_init_script(WATCH_POLICY)
    yield Visit(page, url, asked, troubles, watch_arrivals(page))
    context.close()


def watch(page: Page) -> tuple[list[str], list[str]]:
    """Return what a page asks for, and what goes wrong, as they come: other hosts are refused."""
    asked: list[str] = []
    troubles: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: troubles.append(f"failed: {request.url}"))
    page.on("pageerror", lambda error: troubles.append(f"error: {error}"))
    page.on(
        "console",
        lambda said: (
            troubles.append(f"{said.type}: {said.text}")
            if said.type in ("error", "warning")
            else None
        ),
    )
    return asked, troubles


# The rules that look at colours: the others would find in the dark what they find in the light.
OF_COLOURS = ["color-contrast", "link-in-text-block"]
# The first visible text of each look: its colours and those behind it, its size and weight. The
# rules of colours take most of the time of axe, and would say the same of all texts of one look.
# What is laid over the page may have anything behind it: each such text has a look of its own,
# which begins with "laid". Those of the looks that are not known go to axe; returned are what it
# finds wrong, and the looks whose contrast it measured and found good.
LOOKS = """async ([known, options, within]) => {
  const chains = new Map([[null, '']]);
  const describe = (one) => {
    if (!chains.has(one)) {
      const { color, backgroundColor, backgroundImage, opacity, position } = getComputedStyle(one);
      const above = describe(one.parentElement);
      const laid = ['static', 'relative'].includes(position) ? '' : `laid ${chains.size} `;
      const layer = `${backgroundColor} ${backgroundImage} ${opacity}`;
      const own = layer === 'rgba(0, 0, 0, 0) none 1' ? color : `${color} ${layer}`;
      chains.set(one, own === color && above.endsWith(`;${own}`) ? laid + above
        : `${laid}${above};${own}`);
    }
    return chains.get(one);
  };
  const hasText = (one) => one.matches('input, select, textarea')
    || [...one.childNodes].some(({ nodeType, data }) => nodeType === 3 && data.trim());
  // What is clipped away is for screen readers: axe leaves it out as well.
  const isClipped = (one) => getComputedStyle(one).clipPath === 'inset(100%)';
  const looks = new Map();
  for (const one of document.querySelectorAll(`${within} *`)) {
    if (hasText(one) && one.checkVisibility({ visibilityProperty: true }) && !isClipped(one)) {
      const { fontSize, fontWeight, textDecorationLine, textShadow } = getComputedStyle(one);
      const look = [describe(one), fontSize, fontWeight, textDecorationLine, textShadow].join();
      if (!looks.has(look)) looks.set(look, one);
    }
  }
  for (const look of known) looks.delete(look);
  if (!looks.size) return [[], []];
  const { passes, violations } = await axe.run({ include: [...looks.values()] }, options);
  const measured = passes.filter(({ id }) => id === 'color-contrast').flatMap(({ nodes }) => nodes);
  const good = new Set(violations.length ? [] : measured.map(({ element }) => element));
  return [
    violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) =>
      `${id}: ${JSON.stringify(target)} ${failureSummary}`)),
    [...looks].filter(([look, one]) => !look.startsWith('laid') && good.has(one))
      .map(([look]) => look),
  ];
}"""
# Loads axe-core beside the style sheet of a page of the site: the browser keeps it compiled.
LOAD_AXE = """async (address) => {
  const style = document.querySelector("link[rel=stylesheet][href*='assets/']");
  if (!('axe' in window) && style) {
    const script = document.createElement('script');
    script.src = style.href.replace(/assets\\/.*/, address);
    await new Promise((done) => {
      script.onload = script.onerror = done;
      document.head.append(script);
    });
    script.remove();
  }
  return 'axe' in window;
}"""
# How many rules a page keeps, and what breaks the others. All that axe tells is long on its way.
RULES = """async ([within, options]) => {
  const told = await axe.run(within === 'body' ? document : within, options);
  return [told.passes.length, told.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`))];
}"""
# The looks that were found good, in any colours, on the pages before: they are not measured again.
_GOOD: set[str] = set()


def axe(page: Page, within: str = "body") -> list[str]:
    """Return what axe-core finds wrong with the page as it stands, in light and in dark colours.

    `within` selects the part that is looked at, where the rest is that of every page: `test_pages`
    looks at it whole, with what is asked of a document.
    """
    found = find_faint(page, within)
    # Without `preload`: the rules that want style sheets and films beforehand are none of these.
    every = {
        "runOnly": {"type": "tag", "values": TAGS},
        "rules": {rule: {"enabled": False} for rule in OF_COLOURS},
        "resultTypes": ["violations"],
        "preload": False,
    }
    passes, violations = page.evaluate(RULES, [within, every])
    assert passes, "axe ran no rule"
    return [*found, *violations]


def find_faint(page: Page, within: str = "body") -> list[str]:
    """Return what the rules of colours find in light, then in dark colours; end in light."""
    if not page.evaluate(LOAD_AXE, AXE_ADDRESS):
        page.evaluate(AXE.read_text(encoding="utf-8"))  # into a mail, which has no address
    dark = [f"dark: {told}" for told in _find_faint(page, "dark", within)]
    return [*_find_faint(page, "light", within), *dark]


def _find_faint(page: Page, scheme: Literal["light", "dark"], within: str) -> list[str]:
    """Return what the rules of colours find in a scheme, in which the page stays."""
    page.emulate_media(color_scheme=scheme)
    # A colour on its way to another has no contrast yet.
    page.evaluate("Promise.allSettled(document.getAnimations().map((one) => one.finished))")
    options = {
        "runOnly": {"type": "rule", "values": OF_COLOURS},
        "resultTypes": ["violations", "passes"],
        "elementRef": True,
        "preload": False,
    }
    found: list[str]
    found, good = page.evaluate(LOOKS, [sorted(_GOOD), options, within])
    _GOOD.update(good)
    return found
