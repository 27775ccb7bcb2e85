"""The ontology, the shapes and the JSON-LD context as the bytes of files, made without a store."""

from collections.abc import Callable
from io import BytesIO

import pyoxigraph as ox

from exports.syntax import serialize
from ontology import context
from ontology.published import ontology
from ontology.shapes import shapes


def _ontology() -> bytes:
    """The ontology as Turtle."""
    out = BytesIO()
    serialize((quad.triple for quad in ontology()), ox.RdfFormat.TURTLE, out)
    return out.getvalue()


DECLARATIONS: dict[str, Callable[[], bytes]] = {
    "ontology": _ontology,
    "shapes": lambda: shapes().encode(),
    "context": lambda: context.published().encode(),
}
