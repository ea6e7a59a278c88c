"""What is kept beside the releases: proofs, the ledger, what each was made from, and what was searched.

All of it is for those who may see everything, lies in `data/audits/`, and is never read by the public server.
"""

import json
import os
import zipfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from dashboard.audiences import PUBLIC, releases_of
from dashboard.disclosure import Ledger, Protected
from dashboard.keys import Array


class Audits:
    """The folder of a data folder's audits of the releases for an audience."""

    def __init__(self, data: Path, audience: str = PUBLIC) -> None:
        self._releases = releases_of(data, audience)
        self._folder = data / "audits" / audience
        self._ledger = self._folder / "ledger.csv.gz"
        self._memory = self._folder / "memory.npz"

    def read_ledger(self, before: str = "") -> Ledger:
        """What is out already, or was `before` a release. Raises `LedgerError` if it was changed by hand.

        If the file is gone, the releases themselves say what is out.
        """
        ledger = Ledger.read(self._ledger) if self._ledger.exists() else self._gather()
        return ledger.before(before)

    def _gather(self) -> Ledger:
        """The record of the releases that are there, the oldest first.

        Which made-up children each was about stands nowhere else: they are taken for new ones every time.
        """
        manifests = [path for path in self._releases.glob("*/manifest.json") if not path.parent.suffix]
        made = {path.parent: json.loads(path.read_text(encoding="utf-8"))["created"] for path in manifests}
        ledger = Ledger()
        for folder in sorted(made, key=lambda folder: (made[folder], folder.name)):
            table = pd.read_csv(folder / "figures.csv", dtype="str", keep_default_na=False)
            values = pd.to_numeric(table["value"].where(table["value"] != "", None))
            ledger = ledger.with_release(table.assign(value=values), folder.name, folder.name)
        return ledger

    def inputs_of(self, release: str) -> str:
        """What names all that a release was made from; nothing where that is not known."""
        path = self._inputs(release)
        return path.read_text(encoding="utf-8").strip() if path.exists() else ""

    def keep_inputs(self, release: str, inputs: str) -> None:
        """Keep that: it depends on every hidden number, so it has no place in the release itself."""
        self._open()
        _write(self._inputs(release), f"{inputs}\n".encode())

    def _inputs(self, release: str) -> Path:
        return self._folder / f"{release}.inputs"

    def proof_of(self, release: str) -> Path:
        """Where the proof of a release lies."""
        return self._folder / f"{release}.json"

    def read_proof(self, release: str) -> Mapping[str, Any]:
        """What was proved of a release when it was made; nothing where that was not written down."""
        try:
            proof: Mapping[str, Any] = json.loads(self.proof_of(release).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return proof

    def keep(self, release: str, protected: Protected, figures_hash: str, made: datetime) -> None:
        """Write the proof of a release, and add the release to the ledger."""
        self._open()
        told: Mapping[str, object] = {
            "release": release,
            "made": made.isoformat(timespec="seconds"),
            "figures_hash": figures_hash,
            **protected.proof,
        }
        _write(self.proof_of(release), (json.dumps(told, indent=1, default=str) + "\n").encode())
        ledger = self.read_ledger().with_release(protected.table, protected.draw, release, protected.rules)
        ledger.write(self._ledger)

    def read_memory(self) -> "Recalled":
        """What the last audit found, by component; nothing where there was none or it cannot be read."""
        try:
            with np.load(self._memory, allow_pickle=False) as file:
                names, ends, found = file["names"].tolist(), file["ends"], file["found"]
        except (OSError, ValueError, KeyError, zipfile.BadZipFile):
            return Recalled()
        return Recalled(zip(names, np.split(found, ends, axis=1)[:-1], strict=True))  # nothing follows

    def write_memory(self, memory: "Recalled") -> None:
        """Keep what this audit used, so that the next searches only what has changed."""
        self._open()
        used = {name: memory[name] for name in sorted(memory.used)}
        ends = np.cumsum([part.shape[1] for part in used.values()], dtype=np.int64)
        buffer = BytesIO()
        found = np.concatenate([np.zeros((8, 0)), *used.values()], axis=1)
        np.savez_compressed(buffer, names=np.array(list(used), dtype="U64"), ends=ends, found=found)
        _write(self._memory, buffer.getvalue())

    def _open(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._folder.chmod(0o750)  # nobody else on the machine may read how narrowly a number is hidden


class Recalled(dict[str, Array]):
    """What was found of components, and which of it has been asked for."""

    def __init__(self, *given: Iterable[tuple[str, Array]]) -> None:
        super().__init__(*given)
        self.used: set[str] = set()

    def __getitem__(self, name: str) -> Array:
        self.used.add(name)
        return super().__getitem__(name)

    def __setitem__(self, name: str, found: Array) -> None:
        self.used.add(name)
        super().__setitem__(name, found)


def _write(path: Path, content: bytes) -> None:
    """Write a file in one step."""
    draft = path.with_name(f"{path.name}-{os.getpid()}.tmp")
    draft.write_bytes(content)
    draft.replace(path)
