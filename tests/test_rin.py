"""What the notes of a studio say, in 1.0 and 2.1."""

from collections import Counter
from pathlib import Path

from songstory.records import Passed, Recording
from songstory.sources import ddex

DATA = Path(__file__).parent / "data" / "ddex"


def read(name: str) -> tuple[list[Recording], Counter[str]]:
    ((source, found),) = ddex.parse(DATA / name)  # type: ignore[misc]
    assert "not validated" in ddex.notice(source)
    return [r for r in found if isinstance(r, Recording)], Counter(r.why for r in found if isinstance(r, Passed))


def test_credits_instruments_sessions_and_samples_are_read() -> None:
    (recording,), passed = read("rin-21_made.xml")
    assert [(s.predicate, s.value, dict(s.qualifiers)) for s in recording.statements] == [
        ("performer", "Ana Okafor", {}),
        ("instrument", "Ben Quill", {"instrument": "electric guitar"}),
        ("composer", "Ben Quill", {}),
        ("vocal", "Ana Okafor", {"part": "lead vocals"}),
        ("engineer", "Cara Lind", {}),
        ("recorded_at", "Pier Studios", {"date": "2023-05-02"}),
        ("recorded_on", "2023-05-02", {}),
        ("key", "C-sharp minor", {}),
        ("tempo", 120, {}),
        ("samples", "Low Tide", {"artist": "The Salt Choir"}),
        ("duration", 225, {}),
    ]
    assert passed == {
        "role 'MixingSecondEngineer' is not known": 1, "session of 'Mastering': not where it was recorded": 1,
        "RIN Comment: the vocabulary has no word for it": 1,
    }  # fmt: skip


def test_a_file_of_1_0_says_it_in_its_own_words() -> None:
    (first, second), passed = read("rin-10_made.xml")
    assert (first.title, first.version, first.artist_credit, first.identifiers) == ("Low Tide", "Acoustic", "Ana Okafor", (("ddex-padpida2015110204v--rin", "Project-1 A-1"),))
    assert [(s.predicate, s.value) for s in first.statements] == [("producer", "Ben Quill"), ("writer", "Ben Quill"), ("recorded_at", "Pier Studios")]
    assert [s.predicate for s in second.statements] == ["recorded_at"]  # the session names it, though it names no session
    assert passed["people of a session for several recordings: not said on which they are"] == 2


def test_of_a_medley_nobody_wrote_it_all(tmp_path: Path) -> None:
    text = (DATA / "rin-21_made.xml").read_text()
    (tmp_path / "m.xml").write_text(text.replace("</SoundRecording>", "<IsMedley>true</IsMedley></SoundRecording>"))
    ((_, found),) = ddex.parse(tmp_path / "m.xml")  # type: ignore[misc]
    (recording,) = [r for r in found if isinstance(r, Recording)]
    assert not [s for s in recording.statements if s.predicate == "composer"]
