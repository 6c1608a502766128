"""Takes a picture of every page, light and dark, wide and on a phone: `make screenshots OUT=folder`. They are for looking at."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from newsroom import DESK, FLAGS, House, chromium_path, furnish, provider_runs
from playwright.sync_api import Page, sync_playwright

import songstory as ss
from songstory import authority

PAGES = {
    "queue": "/", "queue-all": "/?status=all", "queue-empty": "/?search=zzzz", "story": "/story?id={clean}", "story-bad": "/story?id={bad}",
    "story-change": "/story?id={clean}&view=change", "story-asked": "/story?id={asked}", "story-old": "/story?id={edited}&rev=2",
    "story-compare": "/story?id={edited}&view=compare", "story-history": "/story?id={edited}&view=history", "facts": "/facts?track={conflict}",
    "sources": "/sources", "sources-imports": "/sources?part=imports", "sources-trust": "/sources?part=sources", "runs": "/runs",
    "overview": "/overview", "audit": "/audit", "people": "/people", "unknown": "/story?id=no-such-story", "signed-out": "/",
}  # fmt: skip
WHO = {"people": "ada", "audit": "ada"}
# what is done on a page before it is looked at again
ACTIONS: dict[str, Callable[[Page], object]] = {
    "queue+generate": lambda p: p.keyboard.press("g"), "queue+keys": lambda p: p.keyboard.press("?"),
    "story+light": lambda p: p.locator(".line").nth(1).hover(), "story+request": lambda p: p.keyboard.press("e"),
    "story-bad+edit": lambda p: p.keyboard.press("w"), "runs+start": lambda p: p.get_by_text("Start a run").first.click(),
    "people+switches": lambda p: p.get_by_role("tab", name="Switches and budgets").click(),
    "facts+add": lambda p: p.get_by_role("tab", name="Add a house fact").click(),
}  # fmt: skip
# words on screen that stand out from their ground by less than 4.5:1 (3:1 from 24 px), each with its figure; cards are gradients and
# are reckoned in test_ui.py
FAINT = """() => { const parse = c => { const m = c.match(/[\\d.]+/g).map(Number); const s = c.startsWith("color(") ? 255 : 1;
    return [m[0] * s, m[1] * s, m[2] * s, m[3] === undefined ? 1 : m[3]]; };
  const over = (a, b) => [0, 1, 2].map(i => a[i] * a[3] + b[i] * (1 - a[3])).concat(1);
  const lum = c => [0, 1, 2].map(i => c[i] / 255).map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4).reduce((t, v, i) => t + v * [.2126, .7152, .0722][i], 0);
  const ground = e => { const up = []; for (let n = e; n; n = n.parentElement || (n.getRootNode().host)) up.push(parse(getComputedStyle(n).backgroundColor));
    return up.reverse().reduce((b, c) => over(c, b), [255, 255, 255, 1]); };
  const found = new Set(); const walk = root => { for (const e of root.querySelectorAll("*")) { if (e.shadowRoot) walk(e.shadowRoot);
    if (e.closest(".card") || e.closest("[disabled]") || e.closest("[aria-disabled=true]") || !e.getClientRects().length) continue;
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())) continue;
    let faded = 1; for (let n = e; n; n = n.parentElement || n.getRootNode().host) faded *= Number(getComputedStyle(n).opacity);
    const style = getComputedStyle(e), back = ground(e), ink = parse(style.color); ink[3] *= faded;
    const [a, b] = [lum(over(ink, back)), lum(back)].sort((x, y) => y - x), ratio = (a + .05) / (b + .05);
    if (ratio < (parseFloat(style.fontSize) >= 24 ? 3 : 4.5)) found.add(`${ratio.toFixed(2)} "${e.textContent.trim().slice(0, 30)}"`); } };
  walk(document); return [...found]; }"""


def settled(page: Page) -> None:
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    page.wait_for_timeout(700)


def shoot(house: House, out: Path, only: list[str]) -> None:
    named = furnish(house.store)
    for scheme in ("light", "dark"):
        for size, (width, height) in {"wide": (1360, 950), "phone": (390, 844)}.items():
            signed: dict[str, Page] = {}
            for name, path in PAGES.items():
                if only and name not in only:
                    continue
                who = "" if name == "signed-out" else WHO.get(name, "cleo")
                options = {"color_scheme": scheme, "viewport": {"width": width, "height": height}}
                page = signed.get(who) or (house.signed_in(who, **options) if who else house.page(**options))
                signed[who] = page
                page.goto(house.url + path.format(**named))
                settled(page)
                page.screenshot(path=out / f"{name}-{scheme}-{size}.png")
                faint = page.evaluate(FAINT)
                print(f"{name}, {scheme}, {size}: {len(faint)} too faint", *faint, sep="\n  ")
                for action, more in ACTIONS.items():
                    if action.split("+")[0] == name:
                        more(page)
                        settled(page)
                        page.screenshot(path=out / f"{action}-{scheme}-{size}.png")
                        page.keyboard.press("Escape")
            for page in signed.values():
                page.context.close()


def main(out: Path, only: list[str]) -> None:
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, provider_runs() as provider, sync_playwright() as playwright:
        store = ss.open_store(f"sqlite:///{folder}/songs.db")
        ss.import_sample(store)
        for name, role in DESK.items():
            authority.add_person(store, name, role, actor="ada", iss=provider, sub=name)
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        house = House(store, browser, provider)
        house.start()
        try:
            shoot(house, out, only)
        finally:
            house.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
