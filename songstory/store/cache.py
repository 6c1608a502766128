"""The cache of generations, and the recipes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

import orjson
from sqlmodel import Session, col, select

from songstory.models import Draft, Recipe, now
from songstory.store import Store, by_id
from songstory.store.stories import insert
from songstory.store.tables import GenerationRow, RecipeRow


def recipe_id(store: Store, session: Session, recipe: Recipe) -> int:
    """Return the row id of `recipe`, written if it is new."""
    uid = recipe_name(recipe)
    values = {"uid": uid, **recipe.model_dump()}
    session.execute(insert(store, RecipeRow.__table__).values(**values).on_conflict_do_nothing())  # type: ignore[attr-defined]
    return int(session.exec(select(RecipeRow.id).where(RecipeRow.uid == uid)).one() or 0)


def recipe_name(recipe: Recipe) -> str:
    """Return the name of a recipe: the same on every machine that writes in this way."""
    return "w-" + hashlib.sha256(orjson.dumps(recipe.model_dump(), option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]


def get_draft(store: Store, fingerprint: str) -> tuple[Draft, bool] | None:
    """Return the cached draft of this name and whether it was checked and mended already, None when there is none."""
    return get_drafts(store, [fingerprint]).get(fingerprint)


def get_drafts(store: Store, fingerprints: Iterable[str]) -> dict[str, tuple[Draft, bool]]:
    """Return the cached drafts of these names, each with whether it was checked and mended already."""
    query = select(GenerationRow.fingerprint, GenerationRow.draft, GenerationRow.checked)
    with store.reading() as session:
        rows = by_id(session, query, col(GenerationRow.fingerprint), set(fingerprints))
        return {name: (Draft.model_validate(draft), checked) for name, draft, checked in rows}


def put_drafts(store: Store, session: Session, recipe: int, drafts: Sequence[tuple[str, Draft]]) -> None:
    """Keep complete, checked drafts under their names; one that was checked before stays."""
    moment = now()
    rows = [
        {"fingerprint": name, "recipe_id": recipe, "draft": draft.model_dump(mode="json"), "checked": True, "created_at": moment}
        for name, draft in drafts
    ]
    statement = insert(store, GenerationRow.__table__)  # type: ignore[attr-defined]
    new = statement.excluded
    values = {"recipe_id": new.recipe_id, "draft": new.draft, "checked": new.checked}
    statement = statement.on_conflict_do_update(index_elements=["fingerprint"], set_=values, where=col(GenerationRow.checked).is_(False))
    if rows:
        session.connection().execute(statement, rows)


def replace_draft(store: Store, fingerprint: str, draft: Draft) -> None:
    """Put a mended draft in the place of the one it mends."""
    with store.session() as session:
        row = session.get_one(GenerationRow, fingerprint)
        row.draft = draft.model_dump(mode="json")
        session.add(row)
