"""A zip archive given as a single file: its only readable member."""

from dataclasses import replace
from hashlib import sha256

from extractors.readers.archive import member, members
from extractors.readers.formats import reader, suffixes
from extractors.readers.limits import Limits
from extractors.readers.signatures import suffix_of
from ontology.model.errors import Refused
from ontology.model.source import Source

MAX_NAMED_MEMBERS = 5  # members named in a message


def read_zip(name: str, data: bytes, limits: Limits) -> Source:
    """The Source of the only readable file in the archive, named archive/path, with the digest of the archive's bytes.
    Files whose suffix no reader is for, and archives in the archive, do not count. Raises Refused where there is no
    readable file, where there are several, of which the message names the first MAX_NAMED_MEMBERS (5), and where the
    archive or the file cannot be read.

    `kg build` reads each member as a file of its own instead (plans.zip/规划.docx).
    """
    paths = [path for path in members(name, data, limits) if suffix_of(path) in suffixes() - {"zip"}]
    if not paths:
        raise Refused(f"{name}: a zip archive without a file that can be read; unpack it and see what is in it")
    if len(paths) > 1:
        names = "、".join(paths[:MAX_NAMED_MEMBERS])
        more = f" and {len(paths) - MAX_NAMED_MEMBERS} more" if len(paths) > MAX_NAMED_MEMBERS else ""
        raise Refused(f"{name}: a zip archive of several files; name one: {name}/{paths[0]} ({names}{more})")
    inner = member(name, data, paths[0], limits)
    where = f"{name}/{paths[0]}"
    return replace(reader(where, inner)(where, inner, limits), sha256=sha256(data).hexdigest())
