"""A zip archive given as a single file: its only readable member."""

from dataclasses import replace
from hashlib import sha256

from extractors.readers.archive import member, members
from extractors.readers.formats import reader, suffixes
from extractors.readers.limits import Limits
from ontology.model.errors import Refused
from ontology.model.source import Source

MAX_NAMED_MEMBERS = 5  # members named in a message


def read_zip(name: str, data: bytes, limits: Limits) -> Source:
    """The Source of the only readable file in the archive, with the digest of the archive. Raises Refused where there
    is none, where there are several, which the message names, and where the archive or the file in it cannot be read.

    `kg build` reads each member as a file of its own instead (plans.zip/规划.docx).
    """
    found = [path for path in members(name, data, limits) if path.rpartition(".")[2].lower() in suffixes() - {"zip"}]
    if not found:
        raise Refused(f"{name}: a zip archive without a file that can be read; unpack it and see what is in it")
    if len(found) > 1:
        names = "、".join(found[:MAX_NAMED_MEMBERS])
        more = f" and {len(found) - MAX_NAMED_MEMBERS} more" if len(found) > MAX_NAMED_MEMBERS else ""
        raise Refused(f"{name}: a zip archive of several files; name one: {name}/{found[0]} ({names}{more})")
    inner = member(name, data, found[0], limits)
    where = f"{name}/{found[0]}"
    return replace(reader(where, inner)(where, inner, limits), sha256=sha256(data).hexdigest())
