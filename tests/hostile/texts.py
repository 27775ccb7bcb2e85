"""Hostile text files: odd encodings, huge lines, runs that make careless patterns slow."""

from collections.abc import Iterator

PLAN = (
    "云岭省“十四五”养老服务规划\n第一章 发展基础\n到2025年，护理型床位占比达到55%以上。\n"
    "第二章 主要任务\n（一）健全体系。由省民政厅牵头，会同省财政厅完善制度。\n《云岭省条例》（云府发〔2021〕3号）。\n"
)
RUNS = {
    "digits": "1", "numerals": "一", "hundreds": "百", "titles": "《", "closings": "》", "brackets": "（",
    "pipes": "|", "tabs": "\t", "dashes": "-", "long-dashes": "—", "ordinals": "第", "dots": ".",
    "leaders": "…", "stars": "*", "hashes": "#", "blanks": " ", "wide-blanks": "　", "breaks": "\n",
    "returns": "\r\n", "feeds": "\f", "quotes": "“", "commas": "，", "stops": "。", "percent": "%",
    "years": "2025年", "points": "1.", "list": "（一）", "cells": "a\t", "rules": "+---", "box": "专栏",
    "unders": "_", "slashes": "/", "backslash": "\\", "zero-width": "\u200b", "combining": "\u0301",
    "rtl": "\u202e", "isolate": "\u2067规\u2069", "joiner": "\u200d", "emoji": "👩‍👩‍👧", "supplement": "𠀀",
    "replacement": "\ufffd", "private": "\ue000", "noncharacter": "\ufffe", "issuers": "人民政府",
    "marks": "**", "semicolons": "；", "colons": "：", "enumeration": "、", "units": "万元", "equals": "=",
    "ticks": "`", "breaking": "<br>", "angle": "<", "indicators": "指标 单位 2020年 2025年\n",
    "contents": "第一章 总则……1\n", "bodies": "市民政局、",
}  # fmt: skip


def texts(scale: float) -> Iterator[tuple[str, bytes]]:
    """(name, content); at scale 1 the longest line has 100 million bytes."""
    for name, unit in RUNS.items():
        yield f"run-{name}.txt", (PLAN + unit * int(60_000 * scale + 200) + "\n" + PLAN).encode()
    for encoding in ("gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "utf-7"):
        yield f"as-{encoding}.txt", PLAN.encode(encoding)
        yield f"cut-{encoding}.txt", PLAN.encode(encoding)[:-1]
    yield "empty.txt", b""
    yield "blank.txt", b" \r\n\t" * 100
    yield "mark-only.txt", b"\xef\xbb\xbf"
    yield "nul.txt", PLAN.encode().replace(b"\n", b"\0")
    yield "nuls.txt", b"\0" * 10_000
    yield "surrogates.txt", PLAN.encode() + b"\xed\xa0\x80\xed\xb0\x80" + PLAN.encode()
    yield "overlong.txt", PLAN.encode() + b"\xc0\xaf\xe0\x80\xaf" + PLAN.encode()
    yield "mixed.txt", PLAN.encode() + PLAN.encode("gb18030")
    yield "binary.txt", bytes(range(256)) * 50
    yield "controls.txt", bytes(range(1, 32)) * 300
    yield "escapes.txt", (PLAN + "\x1b[31m" * 20).encode()
    yield "says-pdf.txt", b"%PDF-1.7 " + PLAN.encode()
    yield "says-zip.txt", b"PK\x03\x04" + PLAN.encode()
    yield "says-html.txt", b"<html>" + PLAN.encode()
    yield "latin.txt", "caf\xe9 ".encode("latin-1") * 500
    yield "one-line.txt", "规划".encode() * int(100_000_000 / 6 * scale)
    yield "one-ascii-line.txt", b"a" * int(100_000_000 * scale)
    yield "no-suffix", PLAN.encode()
    yield "image.png", b"\x89PNG\r\n\x1a\n" + bytes(1000)
    yield "table.xlsx", b"PK\x03\x04" + bytes(1000)
    yield "layout.ofd", b"PK\x03\x04" + bytes(1000)
    yield "nested.md", ("> " * 2000 + "规划\n" + "- " * 2000 + "规划\n" + "#" * 3000 + " 规划\n" + PLAN).encode()
    yield "wide-table.md", ("|" + "格|" * 5000 + "\n|" + "---|" * 5000 + "\n|" + "1|" * 5000 + "\n" + PLAN).encode()
    yield "stars.md", ("**规划 " * 20_000 + PLAN).encode()
