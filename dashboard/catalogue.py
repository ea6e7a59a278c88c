"""The words in which the catalogue speaks of an indicator: what it means, how it is counted and compared."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dashboard.vocabulary import Basis, Comparability, DistrictMode, Frequency, Kind, Polarity, Statistic


@dataclass(frozen=True)
class StatisticDeclaration:
    """How one statistic of an indicator is counted and printed.

    `counts` and `out_of` name the indicators whose counts are its numerator and denominator, where the
    catalogue holds them.
    """

    unit: str
    decimals: int
    numerator: str = ""
    denominator: str = ""
    counts: str = ""
    out_of: str = ""


@dataclass(frozen=True)
class ComparatorRule:
    """That figures of `basis` do not measure quite what those of `against` do, and why.

    No areas: all of them. No statistic: every one.
    """

    areas: tuple[str, ...]
    basis: Basis
    statistic: Statistic | None
    comparability: Comparability
    reason: str
    against: Basis = Basis.LOCAL

    def covers(self, statistic: Statistic, area: str, basis: Basis, against: Basis) -> bool:
        """Whether it speaks of a comparator. A rule on "statistical-neighbours" is on every model of them."""
        return (
            self.basis is basis
            and self.against is against
            and self.statistic in (None, statistic)
            and (not self.areas or any(area == each or area.startswith(f"{each}-") for each in self.areas))
        )


@dataclass(frozen=True)
class StockIdentity:
    """The indicators that raise and lower a stock: stock = stock before + starts − ceases."""

    starts: str
    ceases: str


@dataclass(frozen=True)
class Identity:
    """The sums that an indicator's figures must agree with.

    Its parts add up to it; its stock moves by starts less ceases; it is the difference of two indicators;
    its percentage and that of its complement make 100; its count is at most those of others.
    """

    parts: tuple[str, ...] = ()
    stock: StockIdentity | None = None
    difference: tuple[str, str] | None = None
    complement: str = ""
    at_most: tuple[str, ...] = ()

    def named(self) -> list[tuple[str, str]]:
        """Every indicator that it names, with the field that does."""
        named = [("identity.parts", part) for part in self.parts]
        named += [("identity.difference", each) for each in self.difference or ()]
        named += [("identity.at_most", each) for each in self.at_most]
        if self.stock:
            named.append(("identity.stock.starts", self.stock.starts))
            named.append(("identity.stock.ceases", self.stock.ceases))
        return named + ([("identity.complement", self.complement)] if self.complement else [])


@dataclass(frozen=True)
class Indicator:
    """What one indicator means, and how it may be counted, compared and shown."""

    id: str
    tab: str
    title: str
    short_title: str
    definition: str
    why_it_matters: str
    polarity: Polarity
    kind: Kind
    frequency: Frequency
    district: DistrictMode
    statutory_source: str
    noun: str  # the plural of what is counted: "children", "contacts", "posts"
    main: Statistic
    statistics: Mapping[Statistic, StatisticDeclaration] = field(hash=False)
    order: int = 1_000_000
    measure: int | None = None  # its number in the Corporate Parenting Board dataset
    distinct: bool = False  # each child once a period, so that shorter periods never add up to longer ones
    synonyms: tuple[str, ...] = ()
    characteristics: tuple[str, ...] = ()
    comparators: tuple[ComparatorRule, ...] = ()
    identity: Identity = Identity()

    @property
    def parts(self) -> tuple[str, ...]:
        """The indicators that add up to this one."""
        return self.identity.parts

    @property
    def stock(self) -> StockIdentity | None:
        """The indicators that raise and lower it, if it is a stock with both."""
        return self.identity.stock

    @property
    def difference(self) -> tuple[str, str] | None:
        """The two indicators of which it is the difference."""
        return self.identity.difference

    def rule_for(
        self, statistic: Statistic, area: str, basis: Basis, against: Basis = Basis.LOCAL
    ) -> ComparatorRule | None:
        """The first rule on a comparator beside a figure of `against`; None if they measure the same."""
        return next((rule for rule in self.comparators if rule.covers(statistic, area, basis, against)), None)

    def comparability(
        self, statistic: Statistic, area: str, basis: Basis, against: Basis = Basis.LOCAL
    ) -> Comparability:
        """Whether a comparator measures the same thing as a figure of `against`."""
        rule = self.rule_for(statistic, area, basis, against)
        return rule.comparability if rule else Comparability.LIKE_FOR_LIKE
