"""Our side of a race of clients: N prompts, CONC in flight, every answer kept in a store; prints one RESULT line.

MOCK=http://127.0.0.1:8765 CONC=64 python tests/bench/runner.py 2000 FOLDER
"""

import json
import os
import sys
import time
from pathlib import Path

from songstory import briefs
from songstory.models import Draft, Prompt
from songstory.store import ledger, open_store
from songstory.store.cache import get_drafts
from songstory.writers import fanout

START = time.time()
MODEL = "claude-haiku-4-5"
SYSTEM = ("You write short, grounded story cards about a recording. Use only the facts given; cite the fact id after each sentence. " * 60)[
    :6000
]


def prompt(number: int) -> Prompt:
    facts = "\n".join(f"[f{n}] role=writer name=Person {number * 31 + n} source=liner-notes year={1950 + n}" for n in range(36))
    return Prompt(system=SYSTEM, user=f"TRACK-{number}\nWrite the story for this track from these facts:\n{facts[:2380]}", output_schema={})


def main(count: int, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    store = open_store(f"sqlite:///{folder / 'bench.db'}")
    system = [{"type": "text", "text": SYSTEM, "cache_control": {"type": "ephemeral"}}]
    prompts = {briefs.fingerprint(p, MODEL, {}): p for p in map(prompt, range(count))}
    have = get_drafts(store, prompts)
    asks = (
        fanout.Ask(name, {"model": MODEL, "max_tokens": 1024, "system": system, "messages": [{"role": "user", "content": p.user}]})
        for name, p in prompts.items()
        if name not in have
    )

    def keep(group: list[fanout.Answer]) -> None:
        drafts = [(a.ask.name, Draft(cards=(), model=MODEL)) for a in group if a.message]
        with store.session() as session:
            ledger.keep(store, session, [t for a in group for t in a.tries], drafts)

    if len(have) < count:
        url = os.environ.get("MOCK", "http://127.0.0.1:8765")
        for _ in fanout.write_many(asks, keep, api_key="k", base_url=url, limit=int(os.environ.get("CONC", "64"))):  # type: ignore[arg-type]
            pass
    done = len(get_drafts(store, prompts))
    print("RESULT " + json.dumps({"done": done, "failed": count - done, "job_s": round(time.time() - START, 2)}), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
