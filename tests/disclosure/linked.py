"""Small linked tables for the tests of the audit: cells by name, and the relations between them."""

from collections.abc import Collection
from dataclasses import dataclass, field
from math import inf

import numpy as np

from dashboard.disclosure.audit import Audit, Demand, audit
from dashboard.disclosure.suppress import suppress
from dashboard.disclosure.system import Family, System
from tests.disclosure.oracle import Attacker, Possible, Relation

#: The audit searches no further than this.
FAR = 100_000


@dataclass
class Linked:
    """A table that is built a cell and a relation at a time."""

    values: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    ceilings: list[float] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)

    def add(self, name: str, value: int, ceiling: float = inf) -> str:
        """Add a cell, and return its name."""
        self.names.append(name)
        self.values.append(value)
        self.ceilings.append(ceiling)
        return name

    def add_sum(self, name: str, parts: list[str], family: Family, ceiling: float = inf) -> str:
        """Add a cell that is the sum of these, and return its name."""
        self.add(name, sum(self[part] for part in parts), ceiling)
        self.relate({name: 1, **dict.fromkeys(parts, -1)}, 0, 0, family)
        return name

    def relate(self, coefficients: dict[str, float], lowest: float, highest: float, family: Family) -> None:
        """Add a relation between cells that are there."""
        by_place = {self.place(name): number for name, number in coefficients.items()}
        self.relations.append((by_place, lowest, highest, family.name))

    def balance(self, left: list[str], right: list[str], family: Family) -> None:
        """Add the relation that these cells and those have the same sum."""
        self.relate({**dict.fromkeys(left, 1), **dict.fromkeys(right, -1)}, 0, 0, family)

    def print_percentage(self, part: str, whole: str, *, unit: float = 1) -> float:
        """Show a percentage to the nearest unit, and return it; nothing is shown of nobody."""
        if not self[whole]:
            return 0
        # Half a unit up, as a reader rounds.
        printed = unit * ((200 * self[part] + unit * self[whole]) // (2 * unit * self[whole]))
        self.relate({part: 100, whole: -(printed - unit / 2)}, 0, inf, Family.PRINTED)
        self.relate({part: 100, whole: -(printed + unit / 2)}, -inf, 0, Family.PRINTED)
        return printed

    def join(self, other: "Linked", prefix: str) -> None:
        """Take in another table, which this one has nothing to do with."""
        first = len(self.values)
        self.names += [prefix + name for name in other.names]
        self.values += other.values
        self.ceilings += other.ceilings
        for terms, *rest in other.relations:
            self.relations.append(({cell + first: number for cell, number in terms.items()}, *rest))

    @property
    def system(self) -> System:
        """The table as the audit takes it."""
        relations = [(*each[:3], Family[each[3]]) for each in self.relations]
        return System.of(self.values, relations, ceilings=np.array(self.ceilings, dtype=np.float64))

    def small(self, threshold: int = 10) -> frozenset[str]:
        """The cells that count from 1 to the threshold."""
        return frozenset(name for name in self.names if 0 < self[name] < threshold)

    def mask(self, names: Collection[str]) -> np.ndarray:
        """True or false of each cell."""
        return np.array([name in names for name in self.names], dtype=bool)

    def attack(
        self, hidden: Collection[str], small: Collection[str] = (), threshold: int = 10
    ) -> dict[str, Possible]:
        """What each hidden cell could be for somebody who knows which of them are small, by the oracle."""
        attacker = Attacker(
            values=self.values,
            relations=self.relations,
            hidden=frozenset(map(self.place, hidden)),
            small=frozenset(map(self.place, small)),
            threshold=threshold,
            ceilings=self.ceilings,
        )
        return {self.names[cell]: possible for cell, possible in attacker.find_possible().items()}

    def audit(
        self, hidden: Collection[str], small: Collection[str], demand: Demand, *, exact: bool = False
    ) -> Audit:
        """What the audit says of the same."""
        return audit(self.system, self.mask(hidden), self.mask(small), demand, exact=exact)

    def suppress(
        self,
        small: Collection[str],
        *,
        without: Family | None = None,
        kept: Collection[str] = (),
        demand: Demand | None = None,
    ) -> frozenset[str]:
        """What is hidden, without knowing one family of relations, and whatever is `kept` shown."""
        system = self.system.without(without) if without else self.system
        hidden = suppress(
            system, self.mask(small), np.array(self.values, float), ~self.mask(kept), demand or Demand()
        )
        return frozenset(np.array(self.names)[hidden].tolist())

    def find_failing(
        self, hidden: Collection[str], small: Collection[str], demand: Demand | None = None
    ) -> frozenset[str]:
        """The hidden cells of which more can be worked out than is allowed, by the oracle."""
        demand = demand or Demand()
        weak = self.attack(hidden, threshold=demand.threshold)
        strong = self.attack(hidden, small, demand.threshold)
        return frozenset(
            name for name in hidden if not is_safe(weak[name], strong[name], name in small, demand)
        )

    def place(self, name: str) -> int:
        """The number of a cell."""
        return self.names.index(name)

    def __getitem__(self, name: str) -> int:
        return self.values[self.place(name)]


def is_safe(weak: Possible, strong: Possible, small: bool, demand: Demand) -> bool:
    """Whether an attacker is left with enough, of a number that is small or hidden beside one."""
    if not small:
        return weak.width >= demand.threshold
    roomy = weak.lowest <= 1 and weak.highest >= demand.threshold - 1
    return roomy and len(strong.values) >= demand.candidates
