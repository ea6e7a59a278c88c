"""The ids of the elements that something else refers to: a callback, a label, a link or the script."""


class Ids:
    """Every id, once. Those of a panel are made from its key."""

    # what the reader chooses: named as in the address
    AREA = "area"
    PERIOD = "period"
    COMPARE = "compare"
    RANGE = "range"
    DISPLAY = "display"  # charts or tables: `view` in the address

    # what the browser holds
    PAGE = "page"  # which page this is, with what none of its controls chooses
    NARROW = "narrow"  # whether charts are drawn for a phone
    VIEW = "view"  # what the server last answered

    # what changes with the choice
    TABS = "tabs"
    FOLD = "fold"
    JUMP = "jump"
    TITLE = "title"
    SHOWING = "showing"
    RELEASE = "release"
    NOTES = "notes"
    LEADS = "leads"
    HEADLINES = "headlines"
    CARDS = "cards"
    COMMENTARY = "commentary"
    DATASET = "dataset"
    PANELS_NOTE = "panels-note"
    ABOUT = "about"
    DEPTH = "depth"
    MEANING = "meaning"
    INDEX = "index"
    CHANGES = "changes"
    LOCATOR = "locator"
    SIDE_BY_SIDE = "side-by-side"
    SEARCH = "search"
    FIND = "find"  # the box in which a measure is looked for
    FOOTER = "footer"

    # what is written into by the script alone
    MAIN = "main"
    UPDATING = "updating"

    @staticmethod
    def of(part: str, panel: str) -> str:
        """The id of a part of a panel, such as its caption, its plot or its table."""
        return f"{part}-{panel}"
