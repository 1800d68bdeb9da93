"""The kinds of a cell that hold a word."""

from functools import cache

from mbr_udfs.cells import Value, key, shown
from mbr_udfs.kind import Kind


class Choice(Kind[str]):
    """One of a few words; case, spaces and hyphens do not matter."""

    name = "CHOICE"

    def __init__(self, *words: str) -> None:
        self.words = words
        self.written = {key(word): word for word in words}
        self.wanted = f"{', '.join(words[:-1])} or {words[-1]}"

    def convert(self, found: Value, name: str) -> str:
        word = self.written.get(key(found)) if isinstance(found, str) else None
        if word is None:
            raise self.refusal(found, name, "is not one of the choices")
        return word


class LimitName(Kind[str]):
    """The name of a limit, or its section of the code."""

    name = "LIMIT"
    wanted = "the name of a limit, such as deferral or 415(c)"

    def convert(self, found: Value, name: str) -> str:
        from mbr_xl.rules.year import limit_name

        text = found if isinstance(found, str) else shown(found)
        return limit_name(_limits().get(key(text), text))


@cache
def _limits() -> dict[str, str]:
    """The limits by their names as they are compared: 415c, catch-up and "annual additions" are clear."""
    from mbr_xl.rules.schema import LIMITS
    from mbr_xl.rules.year import SYNONYMS

    return {key(word): word for word in (*LIMITS, *SYNONYMS)}


class Flag(Kind[bool]):
    """TRUE or FALSE, as a boolean, a word, or 1 and 0."""

    name = "FLAG"
    words = ("yes", "no")
    wanted = "yes or no"

    def convert(self, found: Value, name: str) -> bool:
        if isinstance(found, str) and found.lower() in ("yes", "no", "true", "false", "y", "n"):
            return found.lower() in ("yes", "true", "y")
        if isinstance(found, bool) or found in (0.0, 1.0):
            return bool(found)
        raise self.refusal(found, name, "is neither yes nor no")


class Text(Kind[str]):
    """Words as they are."""

    name, wanted = "TEXT", "text"

    def convert(self, found: Value, name: str) -> str:
        return found if isinstance(found, str) else shown(found)
