"""A check of how large the packed streams of a PDF are when unpacked, because pdfium has no limit."""

import re
import zlib

from extractors.readers.limits import Limits
from ontology.model.errors import Refused

# what follows the dictionary of a stream: /Filter /FlateDecode /Length 99 >>\nstream
STREAM_START = re.compile(rb"stream\r?\n")
IMAGE_SUBTYPE = re.compile(rb"/Subtype\s{0,9}/Image\b")
FLATE_FILTER = re.compile(rb"/Fl(?:ateDecode)?\b")
DICTIONARY_LENGTH = 600  # bytes before a stream in which its dictionary is looked for
MAX_IMAGE_SIZE = 256 * 1024 * 1024  # bytes: A3 in colour at 600 dots an inch
UNPACKING_STEP = 1 << 16  # bytes that are packed, and that are unpacked, at a time


def check_streams(name: str, data: bytes, limits: Limits) -> None:
    """Raises Refused where a packed stream (FlateDecode) unpacks to more than `limits.unpacked` bytes, or an image to
    more than MAX_IMAGE_SIZE (256 MiB). `data` is the PDF file and `name` what the message calls it. How often a stream
    is packed, and whether it is an image, is taken from the DICTIONARY_LENGTH (600) bytes before it, or those after the
    last "obj" in them; streams with other filters only are not checked."""
    for stream in STREAM_START.finditer(data):
        head = data[max(0, stream.start() - DICTIONARY_LENGTH) : stream.start()].rpartition(b"obj")[2]
        packings = len(FLATE_FILTER.findall(head))
        most = MAX_IMAGE_SIZE if IMAGE_SUBTYPE.search(head) else limits.unpacked
        if packings and _unpacks_to_more(data, stream.end(), packings, most):
            raise Refused(f"{name}: a stream unpacks to more than {most:,} bytes; raise the limit or print it anew")


def _unpacks_to_more(data: bytes, start: int, packings: int, most: int) -> bool:
    """Whether the stream that begins at `data[start]` unpacks to more than `most` bytes; `packings` is how many times
    it is packed with FlateDecode, at least 1, and the result of each unpacking counts by itself. It is unpacked piece
    by piece, and a piece is kept only where it must be unpacked once more. Damage ends the stream."""
    unpacker, total = zlib.decompressobj(), 0
    unpacked = bytearray()
    view = memoryview(data)
    packed: bytes | memoryview = view[start : start + UNPACKING_STEP]
    at = start + UNPACKING_STEP
    while len(packed) and not unpacker.eof:
        try:
            piece = unpacker.decompress(packed, UNPACKING_STEP)
        except zlib.error:
            break
        total += len(piece)
        if total > most:
            return True
        if packings > 1:
            unpacked += piece
        packed = unpacker.unconsumed_tail
        if not packed:
            packed = view[at : at + UNPACKING_STEP]
            at += UNPACKING_STEP
    return packings > 1 and _unpacks_to_more(bytes(unpacked), 0, packings - 1, most)
