"""How far from a percentage the truth behind it may be."""

from math import sqrt

from scipy.stats import norm


def wilson(numerator: float, denominator: float, level: float = 0.95) -> tuple[float, float]:
    """The Wilson score interval of a proportion: its lower and upper end, each from 0 to 1.

    Raises `ValueError` unless 0 <= numerator <= denominator, 0 < denominator and 0 < level < 1.
    """
    if not (0 <= numerator <= denominator and denominator > 0):
        raise ValueError(f"{numerator} of {denominator} is not a proportion")
    if not 0 < level < 1:
        raise ValueError(f"an interval cannot hold {level:.0%} of what is likely")
    z = float(norm.ppf((1 + level) / 2))
    share = numerator / denominator
    middle = share + z * z / (2 * denominator)
    reach = z * sqrt(share * (1 - share) / denominator + z * z / (4 * denominator * denominator))
    scale = 1 + z * z / denominator
    low = 0.0 if numerator == 0 else (middle - reach) / scale
    high = 1.0 if numerator == denominator else (middle + reach) / scale
    return low, high
