"""The page that is measured, and the choices that are made on it."""

PAGE = "through-care"
DISTRICTS = ("bromsgrove", "malvern-hills", "redditch", "worcester", "wychavon", "wyre-forest")
QUARTERS = tuple(
    f"{year}-{year % 100 + 1:02}-Q{quarter}" for year in (2021, 2020, 2019) for quarter in (4, 3, 2, 1)
)
