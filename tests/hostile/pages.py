"""Hostile web pages."""

from collections.abc import Iterator

from hostile.texts import PLAN

P = "".join(f"<p>{line}</p>\n" for line in PLAN.splitlines())


def pages(scale: float) -> Iterator[tuple[str, bytes]]:
    """(name, content); at scale 1 a million nested tags."""
    many = int(1_000_000 * scale) + 1000
    bodies = {
        "nested-div": "<div>" * many + P,
        "nested-b": "<b>" * min(many, 300_000) + P,
        "nested-font": "<font>" * 500 + P + "</font>" * 500,
        "nested-a": "<a href=x>" * min(many, 100_000) + P,
        "nested-table": "<table><tr><td>" * min(many, 100_000) + P,
        "nested-list": "<ol><li>" * min(many, 100_000) + P,
        "misnested": "<b><p><i>" * min(many, 50_000) + P,
        "breaks": P + "<br>" * min(many, 900_000) + P,
        "unclosed": P + "<p" + " a" * many,
        "attributes": P + "<p " + " ".join(f"a{i:x}" for i in range(min(many, 300_000))) + ">" + P,
        "long-attribute": P + '<p class="' + "a" * many + '">' + P,
        "quotes": P + "<p " + "\"'" * many + P,
        "open-comment": P + "<!--" + P * 100,
        "comments": "<!-- x -->" * min(many, 100_000) + P,
        "entities": P + "&amp;&#x89c4;&nosuch;&#xd800;&#0;&#1114112;&#99999999999;" * 2000,
        "rowspan": f"<table><tr><td rowspan=999999999 colspan=999999999>{P}</td></tr><tr><td>1</table>" + P,
        "spans": "<table>" + "<tr><td rowspan=65534 colspan=1000>格" * 2000 + "</table>" + P,
        "wide": "<table><tr>" + "<td>格" * 20_000 + "</table>" + P,
        "empty-cells": "<table>" + "<tr><td><td><td>" * 20_000 + "</table>" + P,
        "ragged": "<table><tr><td>指标<tr><td>a<td>b<td>c<tr></table>" + P,
        "plaintext": P + "<plaintext>" + P,
        "svg": "<svg><g>" * 1000 + P,
        "hidden": f'<div style="display:none">{P}</div>' * 10 + P,
        "only-links": "<a href=x>首页</a>" * 5000,
        "only-script": "<script>var a = '规划，';</script>" * 1000,
        "data-uri": f'<img src="data:image/png;base64,{"A" * many}">' + P,
        "frameset": '<frameset><frame src="http://example.invalid/">' + P,
        "base": '<base href="file:///etc/"><link rel=stylesheet href="http://example.invalid/x.css">' + P,
        "controls": P.replace("规", "\x01\x02规\x7f"),
        "cut": (P * 3)[:-7],
        "cut-tag": P + "<table><tr><td cla",
        "no-body": "",
        "numbers": '<ol start=99999999999999999999 type="I">' + "<li value=-5>规划，服务。" * 100 + "</ol>" + P,
    }
    for name, body in bodies.items():
        yield f"{name}.html", f"<!doctype html><html><body>{body}".encode()
    laughs = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    doctype = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY l0 "lol">{laughs}]>'
    yield "laughs.xhtml", f"{doctype}<html><body><p>&l9;</p>{P}</body></html>".encode()
    external = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    yield "external.html", f"{external}<html><body><p>&x;</p>{P}</body></html>".encode()
    gbk = f'<html><head><meta charset="utf-8"></head><body>{P}</body></html>'
    yield "gbk-called-utf8.html", gbk.encode("gb18030")
    yield "utf8-called-gbk.html", gbk.replace("utf-8", "gb2312").encode()
    yield "utf16.html", gbk.encode("utf-16")
    yield "nul.html", gbk.encode().replace(b"<p>", b"<p>\0")
    yield "half-gbk.html", gbk.encode() + gbk.encode("gb18030")
    yield "page-called.pdf", gbk.encode()
    yield "page-called.docx", gbk.encode()
