"""Named derivations: what may be worked out from cited facts, and what only looks like it."""

import pytest
from factories import fact
from test_grounding import rules, verdict

from songstory.models import Fact

WRITERS = tuple(fact("writer", name) for name in ("Ana Okafor", "Ben Quill", "Cleo Varga"))
DATED = (fact("recorded_on", "1986-02-10"), fact("released", "1986-04-21"), fact("certified", "gold", by="BPI", date="1988-04-25"))
WEEKS = (fact("charted", 1, chart="UK Singles Chart", weeks=2), fact("charted", 1, chart="Irish Singles Chart", weeks=5))
BORN = (fact("born", "1950-02-13", agent="Peter Gabriel"), fact("recorded_on", "1986-02-10"))


@pytest.mark.parametrize(
    ("text", "facts", "name"),
    [
        ("Its three writers are Ana Okafor, Ben Quill and Cleo Varga.", WRITERS, "count"),
        ("Ana Okafor and Ben Quill, two of its three writers, wrote it with Cleo Varga.", WRITERS, "partitive"),
        ("It was recorded on 10 February 1986 and released ten weeks later, on 21 April 1986.", DATED[:2], "time_between"),
        ("It was certified gold by the BPI two years after its release.", DATED[1:], "time_between"),
        ("It was recorded on 10 February 1986, before it was released on 21 April 1986.", DATED[:2], "order_in_time"),
        ("It spent seven weeks in all at number one on the UK Singles Chart and the Irish Singles Chart.", WEEKS, "sum_of_weeks"),
        ("It made the top ten of the UK Singles Chart.", (fact("charted", 7, chart="UK Singles Chart"),), "top"),
        ("It was released in April.", DATED[1:2], "month"),
        ("It was released in the 1980s.", DATED[1:2], "decade"),
        ("It was released in the eighties.", DATED[1:2], "decade"),
        ("It appears on the album of the same name.", (fact("track_on", "Sledgehammer"),), "same_name"),
        ("Peter Gabriel, aged 35, recorded it on 10 February 1986.", BORN, "age"),
    ],
)
def test_what_follows_from_cited_facts_may_be_said_and_is_shown(text: str, facts: tuple[Fact, ...], name: str) -> None:
    found = verdict(text, facts=facts)
    assert found.supported and name in {d.rule.removeprefix("derived.") for d in found.derived}, found.reasons


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("Its four writers are Ana Okafor, Ben Quill and Cleo Varga.", WRITERS),
        ("It was recorded on 10 February 1986 and released nine weeks later, on 21 April 1986.", DATED[:2]),
        ("It was certified gold by the BPI two years before its release.", DATED[1:]),
        ("It was recorded on 10 February 1986, after it was released on 21 April 1986.", DATED[:2]),
        ("It spent eight weeks in all at number one on the UK Singles Chart and the Irish Singles Chart.", WEEKS),
        ("It made the top five of the UK Singles Chart.", (fact("charted", 7, chart="UK Singles Chart"),)),
        ("It was released in May.", DATED[1:2]),
        ("It was released in the 1970s.", DATED[1:2]),
        ("It appears on the album of the same name.", (fact("track_on", "So"),)),
        ("Peter Gabriel, aged 36, recorded it on 10 February 1986.", BORN),
        ("It was released that autumn.", DATED[1:2]),
    ],
)
def test_what_does_not_follow_is_refused(text: str, facts: tuple[Fact, ...]) -> None:
    assert not verdict(text, facts=facts).supported


def test_a_count_of_some_is_no_count_of_all() -> None:
    named = {f"F{i}": f for i, f in enumerate(WRITERS, start=1)}
    assert "licence.number" in rules("Its two writers are Ana Okafor and Ben Quill.", "F1", "F2", facts=tuple(named.values()))


def test_a_year_licenses_no_month() -> None:
    assert verdict("It was released in 1986.", facts=(fact("released", "1986"),)).supported
    assert "licence.date" in rules("It was released in April 1986.", facts=(fact("released", "1986"),))
