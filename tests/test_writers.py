"""One contract for every writer, and what is Claude's own, on a real socket."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from factories import TRUE, brief
from fake_anthropic import CLOSE, FakeAnthropic, Raw, error, message

from songstory import briefs
from songstory.errors import BadDraft, ConfigError, WriterError, WriterRefused, WriterUnavailable
from songstory.models import Draft, Repair, Task
from songstory.writers import Writer, open_writer
from songstory.writers.anthropic import Claude

TASK = briefs.make_task(brief())
CARDS = json.dumps({"cards": [c.model_dump(mode="json", include={"kind", "headline", "sentences"}) for c in TRUE.cards]})

Serve = Callable[..., tuple[Claude, FakeAnthropic, list[float]]]


@pytest.fixture
def serve() -> Iterator[Serve]:
    opened: list[Any] = []

    def start(*script: Any, tries: int = 3) -> tuple[Claude, FakeAnthropic, list[float]]:
        server, slept = FakeAnthropic(*script), []
        claude = Claude(api_key="test-key", base_url=server.url, tries=tries, sleep=slept.append, jitter=lambda: 1.0)
        opened.extend((server, claude._client))
        return claude, server, slept

    yield start
    for thing in opened:
        thing.close()


@pytest.fixture(params=["composer", "scripted", "anthropic"])
def any_writer(request: pytest.FixtureRequest, serve: Serve) -> Writer:
    if request.param == "anthropic":
        return serve(message(CARDS))[0]
    return open_writer(request.param, **({"drafts": [TRUE]} if request.param == "scripted" else {}))


def test_a_writer_gives_a_whole_draft_that_cites_the_brief(any_writer: Writer) -> None:
    draft = any_writer.write(TASK)
    numbers = {n.number for n in TASK.brief.facts}
    assert draft.stop_reason == "end_turn" and draft.cards and any_writer.model and isinstance(any_writer.options, dict)
    assert all(set(s.cites) <= numbers and s.cites for c in draft.cards for s in (c.headline, *c.sentences))


def test_an_unknown_writer_is_one_line() -> None:
    with pytest.raises(ConfigError, match="composer, anthropic, scripted"):
        open_writer("gpt")


def test_claude_without_a_key_says_which_setting() -> None:
    with pytest.raises(ConfigError, match="SONGSTORY_ANTHROPIC_API_KEY"):
        open_writer("anthropic")


def test_a_used_up_script_says_so() -> None:
    with pytest.raises(WriterError, match="no more drafts"):
        open_writer("scripted").write(TASK)


# Claude -------------------------------------------------------------------------------------------------------------


def test_the_request_is_structured_toolless_and_keeps_our_own_retry_policy(serve: Serve) -> None:
    claude, server, _ = serve(message(CARDS))
    claude.write(TASK)
    sent = server.requests[0]
    assert sent["path"] == "/v1/messages" and sent["headers"]["x-stainless-retry-count"] == "0"
    assert sent["body"]["output_config"]["format"]["schema"] == TASK.prompt.output_schema
    assert not {"tools", "temperature", "top_p", "stream"} & set(sent["body"]) and sent["body"]["thinking"] == {"type": "disabled"}
    assert sent["body"]["system"][0]["text"] == TASK.prompt.system


def test_usage_and_request_id_come_back(serve: Serve) -> None:
    usage = serve(message(CARDS))[0].write(TASK).usage
    assert (usage.input_tokens, usage.output_tokens, usage.cache_write_tokens, usage.request_id, usage.cost_usd) == (
        1500,
        300,
        1200,
        "req_1",
        None,
    )


@pytest.mark.parametrize("fault", [error(429, "rate_limit_error", retry_after="2"), error(529, "overloaded_error"), error(500, "api_error"),
                                   error(503, "api_error"), CLOSE, Raw(b'{"id": "msg_1", "content": ['), Raw(b"<html>proxy</html>", "text/html")])  # fmt: skip
def test_what_passes_is_tried_again(serve: Serve, fault: Any) -> None:
    claude, server, slept = serve(fault, message(CARDS))
    draft = claude.write(TASK)
    assert draft.cards == TRUE.cards and len(server.requests) == 2 and len(slept) == 1 and len(draft.tries) == 2


def test_a_retry_after_is_obeyed_and_a_long_one_gives_up(serve: Serve) -> None:
    claude, _, slept = serve(error(429, "rate_limit_error", retry_after="2"), message(CARDS))
    claude.write(TASK)
    assert slept == [2.0]
    with pytest.raises(WriterUnavailable):
        serve(error(429, "rate_limit_error", retry_after="4294967"), message(CARDS))[0].write(TASK)


def test_waits_grow_and_end(serve: Serve) -> None:
    claude, server, slept = serve(*[error(529, "overloaded_error")] * 3)
    with pytest.raises(WriterUnavailable) as caught:
        claude.write(TASK)
    assert slept == [0.5, 1.0] and len(server.requests) == 3 and len(caught.value.tries) == 3


@pytest.mark.parametrize(
    "fault", [error(400, "invalid_request_error"), error(401, "authentication_error"), error(413, "request_too_large")]
)
def test_what_never_passes_is_not_tried_again(serve: Serve, fault: Any) -> None:
    claude, server, _ = serve(fault, message(CARDS))
    with pytest.raises(WriterError) as caught:
        claude.write(TASK)
    assert len(server.requests) == 1 and not isinstance(caught.value, WriterUnavailable) and "\n" not in str(caught.value)


def test_a_refusal_is_a_refusal(serve: Serve) -> None:
    with pytest.raises(WriterRefused):
        serve(message("I cannot", "refusal"))[0].write(TASK)


@pytest.mark.parametrize(
    "stop", ["max_tokens", "stop_sequence", "pause_turn", "tool_use", "model_context_window_exceeded", "something_new", None]
)
def test_only_end_turn_counts_as_whole(serve: Serve, stop: str | None) -> None:
    assert serve(message(CARDS, stop))[0].write(TASK).stop_reason != "end_turn"


@pytest.mark.parametrize(
    "text",
    [
        "", "no json", "[]", '{"cards": []}', '{"cards": [{"kind": "people"}]}', CARDS[:-2], None,
        '{"cards": [], "status": "published"}',
        json.dumps({"cards": [{**json.loads(CARDS)["cards"][0], "approve": True}]}),
    ],
)  # fmt: skip
def test_an_answer_that_is_no_draft_is_refused(serve: Serve, text: str | None) -> None:
    with pytest.raises(BadDraft) as caught:
        serve(message(text))[0].write(TASK)
    assert "\n" not in str(caught.value)


def test_a_repair_sends_the_draft_and_what_to_mend(serve: Serve) -> None:
    given = [{"card": 1, "sentence": s, "text": "Mended.", "cites": ["F1"]} for s in (1, 0, 9)]
    claude, server, _ = serve(message(json.dumps({"sentences": given})))
    repair = Repair(card=0, sentence=0, text="It is haunting.", instruction="Leave 'haunting' out.")
    (card,) = claude.write(Task(brief=TASK.brief, prompt=TASK.prompt, base_cards=TRUE.cards, repairs=(repair,))).cards
    content = server.requests[0]["body"]["messages"][0]["content"]
    assert content.startswith(TASK.prompt.user) and "Leave 'haunting' out." in content
    assert [s.text for s in card.sentences] == ["Mended."] and card.headline == TRUE.cards[0].headline  # no more than was asked


def test_the_key_shows_in_no_error(serve: Serve) -> None:
    with pytest.raises(WriterError) as caught:
        serve(error(401, "authentication_error"))[0].write(TASK)
    assert "test-key" not in str(caught.value) + repr(caught.value)


def test_a_slow_answer_is_given_up() -> None:
    server = FakeAnthropic(message(CARDS), latency=0.6)
    claude = Claude(api_key="k", base_url=server.url, tries=1, timeout=0.2)
    with pytest.raises(WriterUnavailable):
        claude.write(TASK)
    claude._client.close()
    server.close()


def test_drafts_are_values() -> None:
    assert Draft.model_validate(TRUE.model_dump(mode="json")) == TRUE
