"""What the program says to people, in their language: messages.toml has the Chinese of each English text.

Messages are written in English where they arise, and translated where they are shown (`translated`). Machine formats
keep the English.
"""

import tomllib
from functools import cache

from ontology import words
from ontology.phrases import Phrases
from ontology.schema import package_text


def translated(message: str, language: words.Language | None = None) -> str:
    """The message in this language, that of the process where `language` is None: ('no preset x', 'zh') -> '没有查询
    x'. A message that fits no template of messages.toml stays in English."""
    return message if (language or words.language()) == "en" else chinese().translated(message)


@cache
def chinese() -> Phrases:
    """The templates of messages.toml, which translate English messages to Chinese."""
    return Phrases(tomllib.loads(package_text("messages.toml")))
