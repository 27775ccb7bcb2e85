"""What the program says to a person, in the person's language: messages.toml has the Chinese of each English text.

Messages are written in English where they arise, and said in Chinese where they are shown: the command line, the
workbench, tables. Machine formats keep the English.
"""

import tomllib
from functools import cache

from ontology import words
from ontology.phrases import Phrases
from ontology.schema import text


def said(message: str, language: words.Language | None = None) -> str:
    """('no preset x', 'zh') -> '没有查询 x'; a text that is not known, and every text in English, is as it is."""
    return message if (language or words.language()) == "en" else chinese().said(message)


@cache
def chinese() -> Phrases:
    """The Chinese texts by their English."""
    return Phrases(tomllib.loads(text("messages.toml")))
