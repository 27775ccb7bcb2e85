"""Translation of whole texts by templates with gaps for values."""

import re
from collections.abc import Mapping


class Phrases:
    """Translates texts by templates from one language to another. `texts` has the template of the second language by
    that of the first; `{}` stands for a value, and the second may name the values by their numbers in the first and
    have the forms of a noun beside a number: {:row|rows} is '1 row', '2 rows'.

    >>> Phrases({"{} rows in {}": "{1} 中有 {0} 行"}).translated("5 rows in a.csv")
    'a.csv 中有 5 行'

    A text that is itself a key of `texts` is translated as such. Of several templates that fit a text the one with the
    most characters outside its values counts; a value that fits a template is translated too.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = dict(texts)
        gapped = sorted((key for key in texts if "{}" in key), key=lambda key: -len(key.replace("{}", "")))
        self._gapped = [(_pattern(key), texts[key]) for key in gapped]

    def translated(self, text: str) -> str:
        """The text in the second language: what `texts` has for it, else what the template makes of it that fits the
        whole text and has the most characters outside its values (of equally many the first in `texts`). Each value is
        translated in the same way, unless it is the whole text. A text that no template fits is returned unchanged."""
        if text in self.texts:
            return self.texts[text]
        for pattern, template in self._gapped:
            if found := pattern.fullmatch(text):
                values = [self.translated(value) if value != text else value for value in found.groups()]
                return template.format(*map(_Value, values))
        return text


class _Value(str):
    """A value in a template of the second language."""

    def __format__(self, forms: str) -> str:
        """The value, and behind it, where `forms` are those of a noun, 'row|rows', the one that its number asks for:
        the first for '1', else the second."""
        one, _, many = forms.partition("|")
        return f"{self!s} {one if self == '1' else many}" if forms else str(self)


def _pattern(template: str) -> re.Pattern[str]:
    """A pattern that matches the texts of a template, with a group for each value: that of '{} rows' matches '5 rows',
    whose group is '5'. A value may be empty or have several lines; of several divisions, the one with the shortest
    earlier values counts."""
    return re.compile("(.*?)".join(map(re.escape, template.split("{}"))), re.DOTALL)
