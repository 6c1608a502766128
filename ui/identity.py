"""Who somebody is: by what the sign-in provider said of them, or in solo mode by who works at this machine."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import songstory as ss
from songstory.errors import ConfigError, NotAllowed
from songstory.models import Identity
from songstory.store import people


def identity(claims: Mapping[str, Any]) -> Identity:
    """Return who the provider says signed in. Raise NotAllowed for claims without an issuer, a subject, a time or a verified e-mail."""
    missing = [name for name in ("iss", "sub", "iat") if not claims.get(name)]
    if missing:
        raise NotAllowed(f"the sign-in provider did not say {', '.join(missing)}; ask your operators to look at its settings")
    if claims.get("email") and claims.get("email_verified") not in {True, "true"}:
        raise NotAllowed("your e-mail address is not verified at the sign-in provider; verify it there, then sign in again")
    moment = datetime.fromtimestamp(int(claims["iat"]), UTC)
    return Identity(iss=str(claims["iss"]), sub=str(claims["sub"]), signed_in_at=moment, label=str(claims.get("email") or claims["sub"]))


def only_person(store: ss.Store) -> str:
    """Return the one person who works here. Raise ConfigError when there is none, or more than one."""
    names = [p.name for p in people.list_people(store) if p.kind == "person" and not p.disabled]
    if len(names) == 1:
        return names[0]
    if not names:
        raise ConfigError("nobody works here yet; add the first person with: songstory people add NAME --role admin")
    raise ConfigError("say who works at this machine: start with songstory ui --as NAME, or set SONGSTORY_ACTOR")
