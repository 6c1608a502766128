"""What the roles of Discogs say, with and without their brackets."""

import pytest

from songstory.records import Passed
from songstory.sources.discogs_roles import Credit, credits


def said(role: str) -> list[tuple[str, str]]:
    return [(c.predicate, str(next(iter(c.qualifiers.values()), ""))) for c in credits(role) if isinstance(c, Credit)]


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("Engineer [Recording, Mixing]", [("engineer", ""), ("mixer", "")]),
        ("Producer [For Acme]", [("producer", "")]),
        ("Vocals [Lead]", [("vocal", "lead vocals")]),
        ("Vocals [Backing], Guitar [Solo]", [("vocal", "backing vocals"), ("instrument", "guitar")]),
        ("Written-By [Lyrics]", [("lyricist", "")]),
        ("Written-By [Music]", [("composer", "")]),
        ("Written-By [Words & Music]", [("writer", "")]),
        ("Written-By [Lyrics, Music]", [("lyricist", ""), ("composer", "")]),
        ("Arranged By [Strings]", [("arranger", "")]),
        ("Arranged By [Horns, Strings]", [("arranger", "")]),
        ("Conductor [Orchestra]", [("conductor", "")]),
        ("Producer [Additional Production]", [("additional_producer", "")]),
        ("Producer [Uncredited]", [("producer", "")]),
        ("Drums [Programmed]", [("programmer", "")]),
        ("Rap", [("vocal", "rap vocals")]),
        ("Executive Producer", [("executive_producer", "")]),
        ("Orchestra", [("performer", "")]),
        ("Synthesizer [Moog]", [("instrument", "synthesizer")]),
    ],
)
def test_a_role_is_read_by_its_word_and_by_what_changes_it(role: str, expected: list[tuple[str, str]]) -> None:
    assert said(role) == expected and not [c for c in credits(role) if isinstance(c, Passed)]


@pytest.mark.parametrize(
    "role",
    ["Engineer [Assistant]", "Written-By [Sample]", "Mixed By [Additional]", "Producer [Tracks 1 to 3]", "Recorded By [Drums]", "Photography By", "Performer [All Instruments Except Drums]"],
)
def test_what_takes_from_a_role_and_what_is_none_is_counted(role: str) -> None:
    (found,) = credits(role)
    assert isinstance(found, Passed) and role.partition(" [")[0].casefold() in found.why


@pytest.mark.parametrize(("note", "everywhere"), [("All Tracks By", True), ("All Titles", True), ("All Tracks Except B2", None), ("", False)])
def test_a_note_may_say_that_a_role_holds_for_all_tracks(note: str, everywhere: bool | None) -> None:
    assert [c.everywhere for c in credits(f"Music By [{note}]") if isinstance(c, Credit)] == ([everywhere] if everywhere is not None else [])
