import json
import re
from pathlib import Path

import pytest

import songstory as ss
from songstory import pages, publishing
from songstory.errors import StoreError
from songstory.store import Store, people, stories

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture
def live(sample: Store) -> Store:
    for track in ("west-end-girls", "billie-jean"):
        revision = stories.get_revision(sample, track)
        ss.submit(sample, revision.id, actor="mara")
        ss.approve(sample, revision.id, actor="ben")
        ss.publish(sample, revision.id, actor="cleo")
    return sample


def test_what_is_served_are_the_stored_bytes(live: Store) -> None:
    body = ss.published_json(live, "west-end-girls")
    assert body and json.loads(body) == ss.published(live, "west-end-girls")
    assert stories.publications(live, "west-end-girls")[0].etag == pages.etag(body)


def test_nothing_live_is_none(live: Store) -> None:
    assert ss.published(live, "hey-jude") is None and ss.published_json(live, "x' OR 1=1 --") is None
    assert ss.published(live, "west-end-girls", language="de") is None


def test_every_sentence_published_names_facts_with_source_and_licence(live: Store) -> None:
    found = ss.published(live, "west-end-girls")
    assert found is not None
    facts, sources = {f["number"]: f for f in found["facts"]}, {s["number"]: s for s in found["sources"]}
    for card in found["cards"]:
        for sentence in (card["headline"], *card["sentences"]):
            assert sentence["facts"] and all(sources[facts[n]["source"]]["licence"] for n in sentence["facts"])
    assert found["approved_by"] == ["ben"] and found["digital_source_type"]


def test_an_export_is_a_json_and_a_page_per_story_and_a_manifest(live: Store, tmp_path: Path) -> None:
    manifest = ss.export(live, tmp_path / "out")
    assert sorted(f.name for f in (tmp_path / "out").iterdir()) == [
        "billie-jean.html",
        "billie-jean.json",
        "manifest.json",
        "west-end-girls.html",
        "west-end-girls.json",
    ]
    people.verify_chain(live, head=manifest["audit"]["head"])


def test_what_is_withdrawn_leaves_the_next_export(live: Store, tmp_path: Path) -> None:
    ss.export(live, tmp_path)
    (tmp_path / "mine.txt").write_text("not yours")
    ss.withdraw(live, stories.get_story(live, "billie-jean").live_revision or "", actor="cleo")
    ss.export(live, tmp_path)
    assert not (tmp_path / "billie-jean.html").exists() and (tmp_path / "mine.txt").exists()


def test_a_manifest_that_lies_deletes_nothing_outside(live: Store, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "secret.json").write_text("{}")
    (tmp_path / "out" / "manifest.json").write_text(json.dumps({"files": {"../secret.json": "x", "/etc/passwd": "y"}}))
    ss.export(live, tmp_path / "out")
    assert (tmp_path / "secret.json").exists()


def test_a_link_in_the_way_is_refused(live: Store, tmp_path: Path) -> None:
    (tmp_path / "billie-jean.json").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StoreError, match="is a link"):
        ss.export(live, tmp_path)


def test_an_unwritable_folder_is_one_line(live: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot write") as caught:
        ss.export(live, tmp_path / "file")
    assert "\n" not in str(caught.value)


def page(title: str = "West End Girls", **more: object) -> str:
    sentence = {"text": "It began <b>here</b>.", "facts": [1]}
    body = {
        "story": "t", "language": "en", "track": {"id": "t", "title": title, "artist": "Pet Shop Boys"}, "published_at": "2026-11-22T08:00:00+00:00",
        "cards": [{"kind": "origin", "kicker": "Origin", "headline": sentence, "sentences": [sentence]}],
        "facts": [{"number": 1, "predicate": "about", "value": "x", "qualifiers": {"k": "v"}, "source": 1, "locator": "l"}],
        "sources": [{"number": 1, "name": "S", "licence": "CC0", "licence_url": "javascript:alert(1)", "attribution": "A", "url": "data:text/html,x"}],
        "written_by": {"name": "night", "kind": "composer"}, "approved_by": ["ben"], "published_by": "cleo", **more,
    }  # fmt: skip
    return pages.html(body)


def test_the_card_page_is_this_and_nothing_else(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update-golden"):
        (GOLDEN / "page.html").write_text(page(), encoding="utf-8")
    assert page() == (GOLDEN / "page.html").read_text(encoding="utf-8")


def test_the_card_page_asks_nothing_of_the_outside() -> None:
    text = page()
    assert not re.search(r"(src|href)=\"(https?:)?//|@import|url\(", text) and "default-src 'none'" in text


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}", "\u2028</script>"])
def test_text_on_the_card_page_is_only_text(text: str) -> None:
    shown = page(title=text)
    assert "<script>alert" not in shown and "<img" not in shown and "49" not in shown


def test_only_https_links_are_links() -> None:
    assert 'href="javascript:' not in page() and 'href="data:' not in page()


def test_the_card_page_serves_keyboard_screen_reader_and_calm() -> None:
    text = page()
    for needed in (
        'lang="en"',
        "ArrowRight",
        "aria-roledescription",
        "aria-live",
        "prefers-reduced-motion",
        "focus-visible",
        'aria-label="Fact 1"',
    ):
        assert needed in text


def test_names_of_files_stay_inside_the_folder() -> None:
    assert publishing._SAFE.sub("-", "../../x\0/C:\\y") == "-x-C-y"
