"""What a call costs: from one dated file; unknown is unknown, never 0."""

import pytest

from songstory import prices
from songstory.models import Usage
from songstory.store import Store, ledger
from songstory.work import Attempt

MILLION = 1_000_000


@pytest.mark.parametrize(
    ("used", "usd"),
    [
        (Usage(input_tokens=MILLION, output_tokens=0), 2.0),
        (Usage(input_tokens=0, output_tokens=MILLION), 10.0),
        (Usage(input_tokens=0, output_tokens=0, cache_read_tokens=MILLION), 0.10),
        (Usage(input_tokens=0, output_tokens=0, cache_write_tokens=MILLION), 2.5),
    ],
)
def test_every_kind_of_token_has_its_price(used: Usage, usd: float) -> None:
    assert prices.cost("claude-sonnet-5-5", used) == pytest.approx(usd)
    assert prices.cost("claude-sonnet-5-5", used, batch=True) == pytest.approx(usd / 2)


@pytest.mark.parametrize(("model", "used"), [("claude-of-tomorrow", Usage(input_tokens=1, output_tokens=1)), ("claude-opus-5-5", Usage())])
def test_what_is_not_known_is_unknown(model: str, used: Usage) -> None:
    assert prices.cost(model, used) is None


def test_a_dated_name_has_the_price_of_its_family() -> None:
    assert prices.of("claude-haiku-4-5-20251001") == prices.of("claude-haiku-4-5") is not None


def test_a_thousand_stories_cost_half_by_batch_and_a_third_with_a_cached_prefix() -> None:
    sizes = {"prefix": 1_500, "own": 600, "output": 350, "calls": 1_000}
    plain = prices.estimate("claude-haiku-5-5", **sizes, batch=False)
    cached = [prices.estimate("claude-haiku-5-5", **sizes, batch=True, hits=h) for h in (0.6, 0.98)]
    assert plain == pytest.approx(0.385) and cached[0] and cached[1] and plain / cached[0] > 2 and plain / cached[1] > 3


def test_usual_sizes_are_those_of_calls_whose_standing_part_was_cached(store: Store) -> None:
    assert ledger.usual(store) is None
    used = [
        Usage(input_tokens=500, output_tokens=200, cache_read_tokens=1_400),
        Usage(input_tokens=700, output_tokens=300, cache_write_tokens=1_400),
    ]
    plain = Usage(input_tokens=9_000, output_tokens=9_000)
    with store.session() as session:
        tries = [Attempt(name=str(i), kind="first", model="claude-haiku-5-5", usage=u) for i, u in enumerate([*used, plain])]
        ledger.keep(store, session, tries, [])
    assert ledger.usual(store) == (1_400, 600, 250, 2)
