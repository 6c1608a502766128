"""Every value that travels between the rooms. All are frozen and validated; rows never leave `store/`."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from pydantic import AliasChoices, BaseModel, ConfigDict, Field

CARDS_SCHEMA = 1
LOW = 40  # the trust below which a source is not told alone: another that does not copy it must say the same


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return datetime.now(UTC)


class Value(BaseModel):
    """The base of all values: frozen, extra keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Role(StrEnum):
    """What a person may do; each of the first three may do all that those before it may."""

    WRITER = "writer"
    EDITOR = "editor"
    PUBLISHER = "publisher"
    ADMIN = "admin"
    SERVICE = "service"


class Status(StrEnum):
    """Where the newest text of a story stands."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    CHANGES_REQUESTED = "changes_requested"
    APPROVED = "approved"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    DISCARDED = "discarded"


class Label(StrEnum):
    """What grounding says of one sentence."""

    SUPPORTED = "supported"
    REFUTED = "refuted"
    NOT_ENOUGH_INFO = "not_enough_info"


class Source(Value):
    """Who says it. `independent_group` names sources that copy one another, so that they count once."""

    key: str
    name: str
    licence: str
    licence_url: str = ""
    attribution: str = ""
    url: str = ""
    trust: int = Field(default=50, ge=0, le=100)
    independent_group: str = ""


class Name(Value):
    """One name of an entity; `kind` is primary, alias or credited-as, or one that is never told: legal, former."""

    name: str
    kind: str = "primary"
    locale: str = ""


class Entity(Value):
    """A thing with an identity. Ids join; names never do."""

    id: str
    kind: str
    names: tuple[Name, ...]
    identifiers: dict[str, str] = {}

    @property
    def name(self) -> str:
        return next((n.name for n in self.names if n.kind == "primary"), self.names[0].name)


class Track(Value):
    """A recording as the catalogue lists it. For finding, never for telling."""

    id: str
    recording: str
    title: str
    artist_credit: str
    length_ms: int | None = None
    first_release_date: str = ""
    popularity: int = 0


class Fact(Value):
    """One thing one source says. `key` hashes who says what of what, never when. `notes` say why each flag is there."""

    key: str
    subject: str
    predicate: str
    value: str | int | float
    object: str | None = None
    object_kind: str = ""
    names: tuple[str, ...] = ()
    precision: str = ""
    qualifiers: dict[str, str | int | float] = {}
    rank: str = "normal"
    quote: str = ""
    passage: str = ""
    reference: str = ""
    source: str
    source_name: str = ""
    locator: str = ""
    licence: str = ""
    independent_group: str = ""
    origin: str = ""
    trust: int = 50
    first_seen: datetime | None = None
    retracted_at: datetime | None = None
    flags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    borne_out: bool = False  # set by `tellable.weigh` alone: who forgets to ask is refused
    cleared_beside: tuple[str, ...] = ()  # keys of facts beside which a publisher lets it stand; see `blame`
    chosen: bool = False  # a person decided a conflict for it, or for what else its record says there

    @property
    def status(self) -> str:
        """Return `stands` for what may be told; else what keeps it back: retracted, a flag by its own name, or untrusted."""
        kept = min(self.flags) if self.flags else "untrusted" if self.trust < LOW and not self.borne_out else "stands"
        return kept if self.stands else "retracted"

    @property
    def stands(self) -> bool:
        return self.retracted_at is None

    @property
    def disputed(self) -> bool:
        return "disputed" in self.flags


class NumberedFact(Value):
    """A fact under the number that writers see; `also` are the keys of others that say the same, and are cited with it."""

    number: str
    fact: Fact
    also: tuple[str, ...] = ()


class Sentence(Value):
    """The unit that is checked; `cites` holds F-numbers in a draft and fact keys in a revision."""

    text: str
    cites: tuple[str, ...] = ()


class Card(Value):
    """The unit that is shown. The headline is a sentence too."""

    kind: str
    headline: Sentence
    sentences: tuple[Sentence, ...]
    start_ms: int | None = None
    end_ms: int | None = None


class Limits(Value):
    """How much a story may hold; the lengths are characters."""

    cards: int = 6
    card_chars: int = 320
    headline_chars: int = 60
    card_sentences: int = 3


class Brief(Value):
    """All that a writer may know."""

    track: Track
    facts: tuple[NumberedFact, ...]
    card_kinds: tuple[str, ...]
    language: str = "en"
    market: str = "world"
    limits: Limits = Limits()
    template: str = "story.v1"


class Prompt(Value):
    """A brief as text."""

    system: str
    user: str
    output_schema: dict[str, Any]


class Repair(Value):
    """What a writer must mend in one sentence. `sentence` is -1 for the headline."""

    card: int
    sentence: int
    text: str
    instruction: str


class Task(Value):
    """One piece of work for a writer: a first draft, a repair, or a change by instruction."""

    brief: Brief
    prompt: Prompt
    base_cards: tuple[Card, ...] = ()
    instruction: str = ""
    repairs: tuple[Repair, ...] = ()


class Usage(Value):
    """What one attempt used. An unknown cost is None, never 0."""

    input_tokens: int | None = None
    output_tokens: int | None = None
    cache_read_tokens: int | None = None
    cache_write_tokens: int | None = None
    cost_usd: float | None = None
    request_id: str = ""


class Draft(Value):
    """What a writer gave, unchecked. `tries` are the calls it took, the last of which brought it; they are not kept with it."""

    cards: tuple[Card, ...]
    model: str
    stop_reason: str = "end_turn"
    usage: Usage = Usage()
    tries: tuple[Any, ...] = Field(default=(), exclude=True, repr=False, validation_alias=AliasChoices("tries", "failed_tries"))  # work.Try


class Reason(Value):
    """What grounding found: the rule, the words, the facts, and for a refusal how to mend it."""

    rule: str
    span: str = ""
    facts: tuple[str, ...] = ()
    text: str
    repair: str = ""


class Verdict(Value):
    """What grounding says of one sentence. A value, never an exception."""

    card: int = 0
    sentence: int = 0
    label: Label
    score: float
    reasons: tuple[Reason, ...] = ()
    derived: tuple[Reason, ...] = ()
    verifier: str = ""

    @property
    def supported(self) -> bool:
        return self.label is Label.SUPPORTED


class Recipe(Value):
    """How we write now."""

    prompt_hash: str
    schema_hash: str
    model: str
    options: dict[str, Any] = {}


class Story(Value):
    """One text about one subject in one language for one market."""

    id: str
    track: str
    title: str
    artist_credit: str
    language: str
    market: str
    status: Status
    latest_revision: str | None = None
    live_revision: str | None = None
    problems: int = 0
    sentences: int = 0
    risk: int = 0
    priority: int = 0
    number: int = 0
    author: str = ""
    stale_since: datetime | None = None
    stale_reason: str = ""
    updated_at: datetime | None = None


class Problem(Value):
    """One sentence that is not supported, with its reasons in words."""

    card: int
    sentence: int
    text: str
    label: Label
    reasons: tuple[Reason, ...]

    def __str__(self) -> str:
        where = "headline" if self.sentence < 0 else f"sentence {self.sentence + 1}"
        why = "; ".join(f"[{r.rule}] {r.text}" for r in self.reasons)
        return f"card {self.card + 1}, {where}: {self.text!r} is {self.label}: {why}"


class Revision(Value):
    """A text as it stood once; never changed after it is written."""

    id: str
    story: str
    track: str
    number: int
    base: str | None = None
    cards: tuple[Card, ...]
    verdicts: tuple[Verdict, ...]
    author: str
    author_kind: str
    facts_fingerprint: str = ""
    recipe: str = ""
    comment: str = ""
    created_at: datetime

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The sentences that are not supported."""
        refused = (v for v in self.verdicts if not v.supported)
        return tuple(Problem(card=v.card, sentence=v.sentence, text=self.text(v), label=v.label, reasons=v.reasons) for v in refused)

    def text(self, verdict: Verdict) -> str:
        card = self.cards[verdict.card]
        return card.headline.text if verdict.sentence < 0 else card.sentences[verdict.sentence].text


class Publication(Value):
    """The exact bytes served."""

    story: str
    revision: str
    etag: str
    published_at: datetime
    withdrawn_at: datetime | None = None
    body: dict[str, Any]


class Actor(Value):
    """Who acts. People have a role; `kind` is person or service."""

    name: str
    role: Role
    kind: str = "person"
    iss: str = ""
    sub: str = ""
    disabled: bool = False
    sessions_valid_after: datetime | None = None


class Identity(Value):
    """Who a sign-in provider says is there: proof of who, never of what they may do. `signed_in_at` is when they proved it."""

    iss: str
    sub: str
    signed_in_at: datetime
    label: str = ""


Who = str | Identity  # the name of a person or service user, or who signed in


class Event(Value):
    """One row of the audit log."""

    seq: int
    act_id: str
    object: str
    action: str
    actor: str
    comment: str
    data: dict[str, Any]
    at: datetime
    prev_hash: str
    hash: str


class Page(Value):
    """One page of a longer list, with the count of all."""

    items: tuple[Any, ...]
    total: int
    page: int
    size: int
