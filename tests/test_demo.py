"""The demo, as `make demo UI=0` runs it."""

import json
from pathlib import Path

import pytest
from commands import songstory
from fake_anthropic import FakeAnthropic, message

from songstory.work import RunItem


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("demo")
    done = songstory("demo", "--no-ui", "--dir", str(folder), seconds=300)
    assert done.returncode == 0, done.stderr
    return folder, done.stdout


@pytest.mark.parametrize(
    "word", ["Tracks", "Ready", "Abstained", "Published   10", "Seconds", "Store", "Card pages", "disputed between sources", "chain intact"]
)
def test_the_summary_says_what_came_of_it(walked: tuple[Path, str], word: str) -> None:
    assert word in walked[1]


def test_ten_stories_are_out(walked: tuple[Path, str]) -> None:
    manifest = json.loads((walked[0] / "stories" / "manifest.json").read_text())
    assert len(manifest["files"]) == 20


def test_a_second_walk_changes_nothing(walked: tuple[Path, str]) -> None:
    again = songstory("demo", "--no-ui", "--dir", str(walked[0]), seconds=300)
    assert again.returncode == 0 and "Published   10" in again.stdout


def test_the_demo_walks_with_claude_too(tmp_path: Path) -> None:
    """The real SDK on a real socket; the fake answers with true cards for our prompts, one of them spoiled and then mended."""
    import songstory as ss
    from songstory import briefs, demo, generation
    from songstory.store import Store
    from songstory.writers import Writer
    from songstory.writers.anthropic import Claude
    from songstory.writers.composer import Composer

    prepared = ss.open_store(f"sqlite:///{tmp_path / 'songs.db'}")
    ss.import_sample(prepared)
    server, said = FakeAnthropic(), []
    for i, track in enumerate(demo._wanted(prepared, 3)):
        cards = Composer().write(briefs.make_task(generation.brief_of(prepared, track))).cards
        true = [c.model_dump(mode="json", include={"kind", "headline", "sentences"}) for c in cards]
        if i == 0:
            lie = {"text": "It is the best song of all time.", "cites": true[0]["headline"]["cites"]}
            server.script.append(message(json.dumps({"cards": [{**true[0], "sentences": [*true[0]["sentences"], lie]}, *true[1:]]})))
            again = {"card": 1, "sentence": len(true[0]["sentences"]) + 1, **lie}
            server.script.append(message(json.dumps({"sentences": [again]})))  # what is not mended is dropped
            continue
        server.script.append(message(json.dumps({"cards": true})))
    prepared.close()
    claude = Claude(api_key="test-key", base_url=server.url)

    def generate(store: Store, writer: Writer, tracks: list[str], actor: str) -> list[RunItem]:
        items: list[RunItem] = []
        ss.generate_all(store, writer, actor=actor, tracks=tracks, progress=items.append)
        return items

    demo.walk(tmp_path, claude, limit=3, generate=generate, say=lambda *lines: said.extend(lines))
    claude._client.close()
    server.close()
    assert len(server.requests) == 4 and any("Published   3" in str(line) for line in said)
    assert "Write these sentences anew" in server.requests[1]["body"]["messages"][0]["content"]
