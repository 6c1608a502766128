"""An editor's day in a real browser, by keyboard: from the sign-in to a story that is pulled because its fact fell."""

from __future__ import annotations

import contextlib
import time

from newsroom import House, says, story_shown
from playwright.sync_api import Page, expect

import songstory as ss
from songstory.store import catalogue, people, queue, stories


class Keys:
    """Counts the keys that are pressed."""

    def __init__(self) -> None:
        self.count = 0

    def press(self, page: Page, *names: str) -> None:
        for name in names:
            page.keyboard.press(name)
            self.count += 1

    def type(self, page: Page, text: str) -> None:
        page.keyboard.type(text)
        self.count += len(text)


def test_the_day_of_a_newsroom(house: House) -> None:
    began, keys = time.monotonic(), Keys()
    # Ben, an editor, finds a story by its title
    ben = house.signed_in("ben", form=True)
    ben.locator("tr[data-id]").first.wait_for()
    keys.press(ben, "/")
    keys.type(ben, "sledgehammer")
    keys.press(ben, "Enter")
    ben.locator("tr[data-id=sledgehammer]").wait_for()
    expect(ben.locator("tr[data-id]")).to_have_count(1)
    keys.press(ben, "Enter")
    assert story_shown(ben) == "Sledgehammer"

    # he writes more than a fact says, sees the failing word, and mends it
    keys.press(ben, "w")
    area = ben.locator("textarea").nth(1)
    area.wait_for()
    before = area.input_value()
    area.focus()
    keys.press(ben, "End", "Control+End")
    keys.type(ben, " It won a Grammy.")
    says(ben, "Leave")
    assert ben.locator(".row.bad mark").count() >= 1
    for _ in " It won a Grammy.":
        keys.press(ben, "Backspace")
    expect(ben.locator(".row.bad")).to_have_count(0)
    assert area.input_value() == before
    keys.press(ben, "Control+a")
    keys.type(ben, 'Peter Gabriel wrote "Sledgehammer".')
    ben.locator(".row.good").nth(1).wait_for()
    keys.press(ben, "Control+s")
    says(ben, "Saved as revision 2")
    story_shown(ben, "sledgehammer.2")
    assert stories.get_revision(house.store, "sledgehammer").cards[0].sentences[0].text == 'Peter Gabriel wrote "Sledgehammer".'

    # he hands it in; he may not approve his own text, so Bea does
    keys.press(ben, "s")
    says(ben, "Handed in for review")
    story_shown(ben, "sledgehammer.2")
    pressed(ben, keys, "a", "another editor must approve it")
    bea = house.signed_in("bea", "/story?id=sledgehammer")
    story_shown(bea)
    keys.press(bea, "a")
    says(bea, "Approved.")

    # Cleo publishes
    cleo = house.signed_in("cleo", "/story?id=sledgehammer")
    story_shown(cleo)
    keys.press(cleo, "Shift+P")
    says(cleo, "It is live now")
    assert ss.published(house.store, "sledgehammer")

    # a fact falls; the page says first which story it carries; the story is pulled
    writer = next(f for f in catalogue.facts_of(house.store, "sledgehammer") if f.predicate == "writer")
    bea.goto(house.url + "/facts?track=sledgehammer")
    bea.get_by_label("Fact", exact=False).locator("visible=true").last.wait_for()
    choose(bea, "Fact", f"writer: {writer.value}")
    retract = bea.get_by_role("button", name="Retract …")
    expect(retract).to_have_count(1, timeout=10_000)  # while the page is drawn anew, the old panel stands beside the new one
    retract.click()
    says(bea, "It is pulled at once")
    bea.get_by_label("Reason").fill("the label took the sheet back")
    bea.get_by_role("button", name="Retract it").click()
    says(bea, "Retracted. 1 story touched.")
    assert ss.published(house.store, "sledgehammer") is None
    cleo.goto(house.url + "/story?id=sledgehammer")
    says(cleo, "withdrawn")
    people.verify_chain(house.store)
    print(
        f"\nthe day: {time.monotonic() - began:.1f} s, {keys.count} keys, of them {2 * len(' It won a Grammy.') + 35} typing"
    )
    assert house.heard == []
    for page in (ben, bea, cleo):
        house.leave(page)


def pressed(page: Page, keys: Keys, key: str, words: str) -> None:
    """Press a key that changes nothing, once more where it fell into a moment in which the page was drawn anew."""
    for _ in range(4):
        keys.press(page, key)
        with contextlib.suppress(AssertionError):
            expect(page.get_by_text(words).first).to_be_visible(timeout=10_000)
            return
    says(page, words)


def choose(page: Page, label: str, option: str) -> None:
    page.locator("[data-testid=stSelectbox]").filter(has_text=label).last.locator("input").click()
    page.get_by_role("option", name=option).first.click()


def test_a_clean_story_is_approved_and_the_next_on_screen_with_two_keys(house: House) -> None:
    page = house.signed_in("bea")
    page.locator("tr[data-id]").nth(5).wait_for()
    first = queue.list_stories(house.store, status="in_review", size=10).items[5]
    page.locator(f"tr[data-id='{first.id}']").click()
    title = story_shown(page)
    page.keyboard.press("a")
    says(page, "Approved.")
    page.keyboard.press("j")
    page.wait_for_function("t => !document.querySelector('h1') || true", arg=title)
    expect(page.locator("h1").first).not_to_have_text(title)
    assert stories.get_story(house.store, first.id).status == "approved"
