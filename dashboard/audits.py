"""What is kept of protection beside the releases: proofs, the ledger, and what need not be searched again.

All of it is for those who may see everything, lies in `data/audits/`, and is never read by the public server.
"""

import json
import os
import zipfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path

import numpy as np

from dashboard.audiences import PUBLIC
from dashboard.disclosure import Ledger, Protected
from dashboard.keys import Array


class Audits:
    """The folder of a data folder's audits."""

    def __init__(self, data: Path) -> None:
        self._folder = data / "audits" / PUBLIC
        self._ledger = self._folder / "ledger.csv.gz"
        self._memory = self._folder / "memory.npz"

    def read_ledger(self, before: str = "") -> Ledger:
        """What is out already, or was `before` a release. Raises `LedgerError` if it was changed by hand."""
        return Ledger.read(self._ledger).before(before)

    def proof_of(self, release: str) -> Path:
        """Where the proof of a release lies."""
        return self._folder / f"{release}.json"

    def keep(self, release: str, protected: Protected, figures_hash: str, made: datetime) -> None:
        """Write the proof of a release, and add the release to the ledger."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._folder.chmod(0o750)  # nobody else on the machine may read how narrowly a number is hidden
        told: Mapping[str, object] = {
            "release": release,
            "made": made.isoformat(timespec="seconds"),
            "figures_hash": figures_hash,
            **protected.proof,
        }
        _write(self.proof_of(release), (json.dumps(told, indent=1, default=str) + "\n").encode())
        self.read_ledger().with_release(protected.table, protected.draw, release).write(self._ledger)

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
        self._folder.mkdir(parents=True, exist_ok=True)
        used = {name: memory[name] for name in sorted(memory.used)}
        ends = np.cumsum([part.shape[1] for part in used.values()], dtype=np.int64)
        buffer = BytesIO()
        found = np.concatenate([np.zeros((6, 0)), *used.values()], axis=1)
        np.savez_compressed(buffer, names=np.array(list(used), dtype="U64"), ends=ends, found=found)
        _write(self._memory, buffer.getvalue())


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
