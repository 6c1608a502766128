"""Sentences that tell a personal matter or nothing of the kind, texts that give orders or tell a fact, and the trainer of `songstory/classifier.json`."""
