# SPDX-License-Identifier: Apache-2.0
"""Fields x payloads x outputs for 0880-hostile-text.sh.

    hostile.py make DIR       documents in DIR, one for each payload, every
                              field of it hostile; a list of them on stdout
    hostile.py inert FILE     nothing in FILE acts on a terminal or a runner
    hostile.py json FILE LIST titles in a listing are the ones that were given
    hostile.py xml FILE       well-formed, with the elements of reports only
    hostile.py html FILE [TAGS]  no element or attribute but harmless ones
    hostile.py github FILE    every line is a command of pm's, or inert
"""
import html.parser
import json
import os
import re
import sys
import xml.etree.ElementTree as tree

PAYLOADS = {
    "esc": "\x1b]0;pwn\x07\x1b[2J\x1b[31mred",
    "c1": "\x9b31m\x9d0;pwn\x9c\x85next",
    "bidi": "\u202ecba\u202c \u2066x\u2069 \u200f\u200e\u061c",
    "hidden": "a\u200bb\u2060c\ufeffd\u00ade\U000e0041\u180e",
    "breaks": "one\rtwo\nthree\u2028four\u2029five\x0bsix\x0cseven",
    "nul": "a\x00b\x7fc\x08\x08\x08d",
    "tabs": "\t\tone\t\ttwo\t",
    "runner": "::error file=a.md::boom\n::add-mask::x\n  ::stop-commands::y",
    "legacy": "##[error]boom ##[add-matcher]/tmp/m.json ##vso[task.x]y ##teamcity[x]",
    "percent": "%0A::error::x%0D%25%3A%2C",
    "output": "x\nEOF\nname=value\nname<<EOF",
    "script": "</title></script><script>alert(1)</script><svg onload=alert(1)>",
    "handler": "\" onmouseover=\"alert(1)\" x='y' <img src=x onerror=alert(1)>",
    "cdata": "]]></failure><testsuite/><![CDATA[ <?xml?> &lt; &amp; &#27;",
    "comment": "--><!-- pm:review --> <!-- pm: allow secret: x --> <!--",
    "quotes": "'\"`''\"\"``` \\ \\\" \\u0041 \\",
    "markup": "**b** _i_ ~~s~~ | a | b |\n|---|---| # h\n> q\n- [x] t\n```",
    "mention": "@everyone @org/team #123 GH-123 owner/repo#1 "
               "24c851b0f0f3a64a4e8ee2b2a6a8a4c0e5d7a1b2",
    "image": "![x](https://track.test/p.png) <img src=https://track.test/q>",
    "links": "[x](javascript:alert(1)) <javascript:alert(1)> "
             "[y](data:text/html,x) https://evil.test www.evil.test a@evil.test",
    "reference": "[x]: https://evil.test\n[x] [^1] \n\n[^1]: y",
    "formula": "=cmd|' /C calc'!A0",
    "plus": "+1+1\t@SUM(1)\t-2",
    "sql": "x'); DROP TABLE doc;-- \" OR 1=1 UNION SELECT *",
    "match": "NEAR(a b) title:x OR * ^ \" AND NOT (",
    "trailer": "x\n\nSigned-off-by: Evil <e@evil.test>\nCo-authored-by: E <e@e>",
    "format": "%s%n%x %(refname) %H {0} {{title}} ${x} $(id) `id`",
    "paths": "../../etc/passwd /proc/self/environ ~/.ssh C:\\x",
    "dashes": "--output=pwned -rf --",
    "template": "{{include x}} {% raw %} <%= x %> ${{ secrets.X }}",
    "entity": "&lt;script&gt; &#60;b&#62; &commat;all &num;1 &excl;[x](y)",
    "marks": "e\u0301\u0336" * 20 + "\ufdfd\u3164\u115f",
    "long": "x" * 3000,
}

# What a file may be called; git and pm refuse the others.
NAMES = ["esc", "bidi", "legacy", "percent", "handler", "quotes", "formula", "sql",
         "dashes", "format", "entity", "mention"]


def slug(name):
    return "2026-11-%02d-%s" % (1 + sorted(PAYLOADS).index(name) % 28, name)


def quoted(text):
    """A double-quoted YAML scalar; as in JSON, but for what UTF-16 halves."""
    return "".join("\\U%08x" % ord(c) if ord(c) > 0xffff else json.dumps(c)[1:-1]
                   for c in text).join('""')


def document(name, version):
    bad = PAYLOADS[name]
    line = re.sub(r"[\x00-\x1f\x7f\x85\u2028\u2029]", " ", bad)
    q = quoted(bad)
    if version:
        q = quoted(bad + " again")
    head = """---
schema: 1
id: %s
title: %s
kind: %s
status: draft
severity: %s
owner: %s
incident: %s
services: [%s]
departments: [%s]
participants:
  - {person: %s, department: %s, role: %s}
times:
  started: %s
  detected: 2026-11-22T10:09Z
detected_by: %s
trigger: %s
causes:
  - {id: %s, kind: %s, text: %s}
impact: {users: %s, note: %s}
tags: [%s]
related: [%s]
template: %s
evidence:
  - {file: %s, source: %s, sha256: %s}
action_items:
  - {id: A1, title: %s, type: %s, owner: %s, due: %s, status: %s, tracker: %s, proof: %s}
%s: %s
approvals: [{by: %s, at: %s, digest: %s}]
allow: [{rule: %s, reason: %s}]
---
""" % ((slug(name),) + (q,) * 38)
    head = head.replace("template: %s\n" % q, "")
    body = """
# %(x)s

## Summary %(x)s

%(x)s <!-- pm: allow %(x)s: %(x)s -->

## Timeline (%(x)s)

- 2026-11-22 10:09Z %(x)s (%(x)s)
- 25:61 %(x)s

| Time | %(x)s |
| --- | --- |
| 10:10 | %(x)s |

## Action items

- [ ] %(x)s (Owner: %(x)s, due: %(x)s)
- @%(x)s will %(x)s by %(x)s

## %(x)s

[%(x)s](%(x)s) ![%(x)s](%(x)s) [z](missing-%(x)s.md#%(x)s)
It took 90 minutes because Bob was careless: %(x)s
""" % {"x": line + (" again" if version else "")}
    return (head + body).encode("utf-8")


def make(top, version):
    os.makedirs(top, exist_ok=True)
    wanted = {}
    for name, bad in PAYLOADS.items():
        with open(os.path.join(top, slug(name) + ".md"), "wb") as file:
            file.write(document(name, version))
        wanted[slug(name)] = bad + (" again" if version else "")
    for name in NAMES:
        bad = re.sub(r"[/\x00\n]", "_", PAYLOADS[name])[:120]
        path = os.path.join(top, "2026-10-01-" + bad + ".md")
        with open(path, "wb") as file:
            file.write(document(name, version).replace(
                slug(name).encode(), b"x", 1))
    with open(os.path.join(top, "2026-10-02-raw.md"), "wb") as file:
        file.write(b"---\ntitle: a\xff\xfe\x1b[31m\x00b\xc0\xaf\xed\xa0\x80\n---\n"
                   b"# \xff\x1b]0;x\x07\n\n\x9b31m\n::error::\xff\n")
    json.dump(wanted, sys.stdout)


# What moves a cursor, hides or reorders text, whatever else it stands in.
ACTING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069"
    "\u00ad\ufeff\U000e0000-\U000e007f]")


def fail(path, what, text=""):
    sys.exit("%s: %s %r" % (path, what, text))


def read(path):
    with open(path, "rb") as file:
        raw = file.read()
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as err:
        fail(path, "no UTF-8: %s" % err, raw[max(0, err.start - 40):err.end + 40])


def inert(path, coloured=False):
    text = read(path)
    if coloured:
        text = re.sub("\x1b\\[[0-9;]*m", "", text)
    for number, line in enumerate(text.split("\n"), 1):
        found = ACTING.search(line)
        if found:
            fail(path, "line %d: U+%04X in" % (number, ord(found.group())), line[:300])
        if re.match(r"\s*::", line):
            fail(path, "line %d: a command" % number, line[:300])
        if re.search(r"##[A-Za-z]*\[", line):
            fail(path, "line %d: a command of old" % number, line[:300])


def is_json(path, wanted):
    inert(path)
    data = json.loads(read(path))
    if not wanted:
        return
    with open(wanted, encoding="utf-8") as file:
        wanted = json.load(file)
    found = {doc["id"]: doc["title"] for doc in data["documents"]}
    for name, title in wanted.items():
        if found.get(name) != title:
            fail(path, "title of %s is" % name, (found.get(name), title))


def is_xml(path):
    inert(path)
    known = {"testsuites", "testsuite", "testcase", "failure", "error", "skipped",
             "system-out", "checkstyle", "file", "properties", "property"}
    for node in tree.fromstring(read(path).encode("utf-8")).iter():
        if node.tag not in known:
            fail(path, "element", node.tag)
        if list(node) and node.text and node.text.strip():
            fail(path, "text between elements", node.text)


class Page(html.parser.HTMLParser):
    """Counts elements; stops at one that could act."""

    TAGS = set("html head meta title style body h1 h2 h3 h4 h5 p ul ol li del ins strong em"
               " code pre table thead tbody tr th td details summary br hr span div main"
               " section article header footer blockquote bdi b small dl dt dd".split())
    ATTRS = set("class lang charset content name id http-equiv dir align start open scope"
                " colspan title".split())

    def handle_starttag(self, tag, attrs):
        if tag not in self.TAGS:
            fail(self.path, "element", self.get_starttag_text())
        for name, value in attrs:
            if name not in self.ATTRS:
                fail(self.path, "attribute", self.get_starttag_text())
            if name == "http-equiv" and value.lower() == "refresh":
                fail(self.path, "refresh", value)


def is_html(path):
    inert(path)
    page = Page()
    page.path = path
    page.feed(read(path))
    page.close()


def is_github(path):
    command = re.compile(
        r"::(error|warning|notice)( [a-zA-Z]+=[^,:\r\n]*(,[a-zA-Z]+=[^,:\r\n]*)*)?::")
    text = read(path)
    for line in text.split("\n"):
        if ACTING.search(line) or re.search(r"##[A-Za-z]*\[", line):
            fail(path, "acts", line[:300])
        if re.match(r"\s*::", line) and not command.match(line):
            fail(path, "no command of pm", line[:300])


def main(verb, path, more=None):
    if verb == "make":
        make(path, more)
    elif verb == "payload":
        sys.stdout.write(PAYLOADS[path])
    elif verb == "payloads":
        print("\n".join(sorted(PAYLOADS)))
    elif verb == "inert":
        inert(path)
    elif verb == "coloured":
        inert(path, True)
    elif verb == "json":
        is_json(path, more)
    elif verb == "xml":
        is_xml(path)
    elif verb == "html":
        is_html(path)
    elif verb == "github":
        is_github(path)
    else:
        sys.exit("hostile.py: what is %r?" % verb)


main(*sys.argv[1:])
