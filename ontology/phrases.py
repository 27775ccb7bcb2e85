"""Whole texts in another language: sentences with gaps, by which a text is known and said again."""

import re
from collections.abc import Mapping


class Phrases:
    """`texts` are templates by templates of the other language, with `{}` where a value stands.

    >>> Phrases({"{} rows in {}": "{1} 中有 {0} 行"}).said("5 rows in a.csv")
    'a.csv 中有 5 行'

    A value that is itself a known text is said too; what no template knows stays as it is.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = dict(texts)
        gapped = sorted((key for key in texts if "{}" in key), key=lambda key: -len(key.replace("{}", "")))
        self._gapped = [(_pattern(key), texts[key]) for key in gapped]

    def said(self, text: str) -> str:
        """The text in the other language, or as it is."""
        if text in self.texts:
            return self.texts[text]
        for pattern, template in self._gapped:
            if found := pattern.fullmatch(text):
                values = [self.said(value) if value != text else value for value in found.groups()]
                return template.format(*values)
        return text


def _pattern(template: str) -> re.Pattern[str]:
    return re.compile("(.*?)".join(map(re.escape, template.split("{}"))), re.DOTALL)
