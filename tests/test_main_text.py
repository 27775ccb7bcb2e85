"""The main text of web pages: trafilatura, which knows nothing of plans, finds the same sentences."""

import re

import pytest
import trafilatura

from extractors.readers import read_bytes

TEXT = [
    "泽宁市人民政府办公室关于印发泽宁市养老服务规划的通知",
    "各县区人民政府，市政府各部门：现将《泽宁市养老服务规划》印发给你们，请认真组织实施。",
    "到2025年，全市养老服务体系更加健全，护理型床位占比达到55%以上，每个街道建成一个综合养老服务中心。",
    "新建改建养老院12所，由市民政局牵头，市财政局、市自然资源局配合，确保建设用地和资金及时到位。",
    "培训养老护理员3000人次，完善养老护理员薪酬待遇和职业晋升机制，由市人力资源社会保障局负责。",
    "各级政府要加强组织领导，建立协调机制，定期研究解决养老服务发展中的重大问题，抓好任务落实。",
]
BODY = "".join(f"<p>{line}</p>" for line in TEXT[1:])
MENU = "".join(f'<li><a href="/{n}">栏目{n}</a></li>' for n in range(30))
NEWS = "".join(f'<li><a href="/n{n}">市政府召开第{n}次常务会议研究部署近期工作</a></li>' for n in range(10))
SITES = {
    "divisions": f"<div class='nav'><ul>{MENU}</ul></div><h1>{TEXT[0]}</h1><div id='zoom'>{BODY}</div>"
    f"<div class='related'><ul>{NEWS}</ul></div><div class='footer'>主办：泽宁市人民政府 备案号：云ICP备12345678号</div>",
    "tables": f"<table><tr><td><ul>{MENU}</ul></td></tr><tr><td><h1>{TEXT[0]}</h1>{BODY}</td></tr>"
    "<tr><td>版权所有：泽宁市人民政府</td></tr></table>",
    "articles": f"<header><nav>{MENU}</nav></header><main><article><h1>{TEXT[0]}</h1>{BODY}</article></main>"
    f"<aside>{NEWS}</aside><footer>泽宁市人民政府办公室承办</footer>",
}  # fmt: skip


def sentences(text: str) -> set[str]:
    return {sentence for sentence in re.split(r"[。\n]", re.sub(r"[ \t]", "", text)) if len(sentence) > 12}


@pytest.mark.parametrize("site", SITES)
def test_trafilatura_finds_the_same_sentences(site: str) -> None:
    page = f"<html><head><title>泽宁市人民政府</title></head><body>{SITES[site]}</body></html>"
    ours = sentences(read_bytes("a.html", page.encode()).text)
    theirs = sentences(trafilatura.extract(page, include_tables=True, favor_recall=True) or "")
    main = sentences("\n".join(TEXT))
    assert len(theirs & main) > len(main) / 2  # a judge that found nothing would agree with anything
    assert theirs & main <= ours
    assert ours - main <= theirs  # what we keep beside the text, it keeps too
