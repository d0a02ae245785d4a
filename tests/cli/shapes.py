# SPDX-License-Identifier: Apache-2.0
"""Documents of shapes that hold parsers up, for 0881-hostile-shapes.sh.

    shapes.py DIR BYTES    one document of about so many bytes for each shape
    shapes.py again DIR BYTES    the same with another byte at each end
"""
import os
import sys

HEAD = """---
schema: 1
id: %s
title: T
kind: incident
status: draft
severity: SEV3
owner: "@ana"
%s---
# T

"""
# Front matter may be so long and no longer.
FRONT = 31000
NAME = "\0"
S = {}


def body(unit, pre="", post=""):
    """The unit, as often as there is room."""
    def make(size):
        count = max(1, (size - len(pre) - len(post) - 300) // len(unit.encode()))
        return HEAD % (NAME, "") + pre + unit * count + post + "\n"
    return make


def many(unit, size):
    parts, length, i = [], 0, 0
    while length < size:
        parts.append(unit.replace("@I", str(i)))
        length += len(parts[-1].encode())
        i += 1
    return "".join(parts)


def num(unit, pre="", post=""):
    """The same with a number in each."""
    return lambda size: HEAD % (NAME, "") + pre + many(unit, size - 300 - len(pre)) + post + "\n"


def front(unit, pre="", post=""):
    def make(size):
        count = max(1, (min(size // 8, FRONT) - len(pre) - len(post)) // len(unit.encode()))
        return HEAD % (NAME, pre + unit * count + post + "\n") + "x\n"
    return make


def fnum(unit, pre="", post=""):
    return lambda size: HEAD % (NAME, pre + many(unit, min(size // 8, FRONT)) + post + "\n") + "x\n"


def ramp(unit, line, pre=""):
    """Each line is nested deeper than the one before."""
    def make(size):
        parts, length = [], 0
        while length < size - 300:
            parts.append(unit * len(parts) + line)
            length += len(parts[-1])
        return HEAD % (NAME, "") + pre + "".join(parts) + "\n"
    return make


S['quote-list-mix'] = body('> - ', post='x')
S['quote-list-lines'] = body('> - x\n>   > y\n')
S['ramp-quotes'] = ramp('> ','x\n')
S['ramp-lists'] = ramp('  ','- x\n')
S['ramp-ordered'] = ramp('   ','1. x\n')
S['footnote-refs'] = body('[^a] ', post='\n\n[^a]: x')
S['footnote-defs'] = num('[^n@I]: x\n')
S['footnote-both'] = num('[^n@I]\n\n[^n@I]: x\n\n')
S['footnote-nest'] = num('[^n@I]: [^n@I]\n    ')
S['table-in-list'] = body('- | a | b |\n  | - | - |\n  | c | d |\n')
S['tables'] = body('| a |\n| - |\n| b |\n\n')
S['table-rows'] = body('| a | b | c |\n', pre='| a | b | c |\n|---|---|---|\n')
S['table-escapes'] = body('\\|', pre='| a |\n| - |\n| ', post=' |')
S['table-cells-one-row'] = body('a|', pre='|a|b|\n|-|-|\n|')
S['long-dest'] = body('u', pre='[a](', post=')')
S['dest-parens'] = body('(', pre='[a](')
S['dest-parens2'] = body('()', pre='[a](', post=')')
S['dest-escapes'] = body('\\(', pre='[a](<', post='>)')
S['many-links'] = body('[a](b) ')
S['link-titles'] = body('[a](b "c') 
S['link-titles2'] = body('[a](b \'')
S['entities'] = body('&amp;')
S['entities-bad'] = body('&x')
S['entities-num'] = body('&#1114111;')
S['entities-open'] = body('&#')
S['emph-mix'] = body('*_**__~~')
S['emph-mix2'] = body('**a _b ')
S['emph-close'] = body('a** ')
S['emph-under'] = body('_a ')
S['emph-triple'] = body('***a ', post='***')
S['emph-alt'] = body('*a_ ')
S['strike'] = body('~~a ')
S['strike-run'] = body('~')
S['strike-run3'] = body('~~~ a ')
S['strike-pairs'] = body('~a~~b~')
S['html1'] = body('<script>\n')
S['html1b'] = body('<pre ')
S['html2'] = body('<!-- ')
S['html2b'] = body('<!-- x -->\n')
S['html3'] = body('<?x ')
S['html4'] = body('<!X ')
S['html5'] = body('<![CDATA[ ')
S['html6'] = body('<div>\n')
S['html6b'] = body('<div>\n\n')
S['html7'] = body('<x>\n')
S['html7attr'] = body(' a="b"', pre='<x', post='>')
S['html7attr2'] = body(' a=', pre='x <x')
S['html-inline'] = body('<a b')
S['html-quotes'] = body('<a "')
S['html-quotes2'] = body("x<a b='")
S['lt'] = body('<')
S['autolink-angle'] = body('<http://a ')
S['autolink-paren'] = body('http://a.b/(x)) ')
S['autolink-paren2'] = body('(', pre='http://a.b/')
S['autolink-www'] = body('www.a.b ')
S['autolink-long'] = body('a.', pre='http://')
S['autolink-mail'] = body('a@b.c ')
S['autolink-mail2'] = body('a.b-c+', post='@x.y')
S['autolink-mail3'] = body('@')
S['autolink-ent'] = body('&amp;', pre='http://a.b/')
S['colon'] = body('a:')
S['http'] = body('http://')
S['tasks'] = body('- [ ] x\n')
S['tasks-one'] = body('[ ] ', pre='- ')
S['tasks-nest'] = ramp('  ','- [ ] x\n')
S['refdefs'] = num('[a@I]: b\n')
S['refdefs-same'] = body('[a]: b\n')
S['refdefs-title'] = num('[a@I]: b "\n')
S['refdefs-use'] = num('[a@I]: b\n\n[a@I]\n\n')
S['refs-undef'] = num('[a@I] ')
S['refs-full'] = num('[x][a@I] ')
S['refs-collapsed'] = body('[x][] ')
S['ref-label-long'] = body('x', pre='[', post=']: y')
S['ref-label-esc'] = body('\\[', pre='[', post=']')
S['brackets-open'] = body('[')
S['brackets-close'] = body(']')
S['brackets-nest'] = body('[a](')
S['images-nest'] = body('![a', post=']()')
S['images'] = body('![a](b)')
S['backticks'] = num('`'*1+'a'+'`'*2+'b'+'`'*3+'c')
S['backticks-one'] = body('`',)
S['fences'] = body('```\n')
S['fences-open'] = body('~~~ x\n')
S['fence-in-list'] = body('- ```\n  x\n')
S['indented'] = body('    x\n\n')
S['headings'] = body('# x\n')
S['headings-num'] = num('## h@I\n\nx\n')
S['headings-roles'] = body('## Timeline\n\n- 10:00 x\n')
S['headings-actions'] = body('## Action items\n\n- x\n')
S['heading-long'] = body('a ', pre='## ')
S['heading-hashes'] = body('#', pre='## a ')
S['heading-link'] = num('## a@I\n\n[x](#a@I)\n')
S['setext'] = body('a\n=\n')
S['setext-long'] = body('a\n', post='===')
S['setext-dash'] = body('a\n-\n')
S['thematic'] = body('***\n')
S['thematic-long'] = body('* ')
S['hardbreaks'] = body('a  \n')
S['hardbreaks2'] = body('a\\\n')
S['tabs'] = body('\t')
S['tabs-list'] = body('-\t')
S['spaces'] = body(' ')
S['blank'] = body('\n')
S['cr'] = body('a\r')
S['list-loose'] = body('- a\n\n')
S['list-alt'] = body('- a\n+ b\n')
S['list-ordered'] = body('1. a\n1) b\n')
S['list-empty'] = body('-\n')
S['list-indent-code'] = body('-     a\n')
S['list-deep-tail'] = body('- ', post='x\n'+'y\n'*1000)
S['backslashes'] = body('\\')
S['para-lines'] = body('a\n')
S['para-long'] = body('a')
S['words'] = body('word ')
S['smart'] = body('"\'--...')
S['utf8'] = body('\u00e9')
S['combining'] = body('\u0301', pre='e')
S['cjk'] = body('\u65e5\u672c')
S['emoji'] = body('\U0001f600')
S['nbsp'] = body('\u00a0')
S['zwsp'] = body('a\u200b')
S['nul'] = body('a\x01')
tl = '## Timeline (UTC)\n\n'
S['timeline'] = body('- 10:09 x\n', pre=tl)
S['timeline-dates'] = body('- 2026-11-22 10:09Z x\n', pre=tl)
S['timeline-range'] = body('- 10:09 - 10:10 - ', pre=tl)
S['timeline-times-line'] = body('10:09 ', pre=tl+'- ')
S['timeline-12h'] = body('- 2:13 PM PST x\n', pre=tl)
S['timeline-para'] = body('10:09: x\n\n', pre=tl)
S['timeline-sub'] = body('### 10:09 x\n\ny\n', pre=tl)
S['timeline-table'] = body('| 10:09 | x |\n', pre=tl+'| Time | What |\n|---|---|\n')
S['timeline-days'] = body('**2026-11-22**\n\n- 10:00 x\n\n', pre=tl)
S['timeline-colons'] = body(':::::', pre=tl+'- 10:09')
S['timeline-digits'] = body('1', pre=tl+'- ')
S['timeline-12'] = body('1:', pre=tl+'- ')
S['timeline-zone'] = body(' UTC', pre=tl+'- 10:09')
S['timeline-tilde'] = body('~', pre=tl+'- ')
S['timeline-brackets'] = body('[10:00] ', pre=tl+'- ')
S['timeline-nested'] = ramp('  ','- 10:09 x\n')
S['timeline-back'] = num('- 2026-11-22 10:@IZ x\n', pre=tl)
S['timeline-bad'] = body('- 20202-01-16 x\n', pre=tl)
ac = '## Action items\n\n'
S['actions'] = body('- [ ] do x (Owner: @ana, due: 2026-12-01)\n', pre=ac)
S['actions-dup'] = body('- Fix the thing @ana\n', pre=ac)
S['actions-parens'] = body('(', pre=ac+'- ')
S['actions-owner'] = body('Owner: ', pre=ac+'- x ')
S['actions-at'] = body('@a ', pre=ac+'- x ')
S['actions-bold'] = body('**ana**\n\n- x\n\n', pre=ac)
S['actions-table'] = body('| x | @ana | 2026-12-01 | open |\n',
                          pre=ac+'| What | Owner | Due | Status |\n|---|---|---|---|\n')
S['actions-and'] = body('and ', pre=ac+'- fix x ')
S['actions-due'] = body('due 2026-12-01 ', pre=ac+'- x ')
S['actions-H1'] = body('Q4 2025 next sprint ', pre=ac+'- x ')
S['actions-group'] = body('- Group:\n  - x\n', pre=ac)
S['actions-links'] = body('[x](http://a.b/1) ', pre=ac+'- ')
S['actions-done'] = body('- ~~x~~ DONE \u2705\n', pre=ac)
S['actions-commas'] = body(',', pre=ac+'- x')
S['dur'] = body('90 minutes and ')
S['dur2'] = body('1 h 2 min 3 ')
S['dur3'] = body('lasted 90 minutes. ')
S['dur-digits'] = body('9')
S['dur-comma'] = body('1,000')
S['dur-from'] = body('from 10:00 to ')
S['claims'] = body('detected at 10:09, resolved at 11:00. ')
S['blame'] = body('Bob should have ')
S['blame2'] = body('human error ')
S['blame-quote'] = body('"should ')
S['blame-names'] = body('Bob Jones failed to ')
S['blame-sent'] = body('He failed. ')
S['blame-nodot'] = body('he she we they ')
S['secret-akia'] = body('AKIA')
S['secret-aws'] = body('AKIAQ3EGV2XWN7PLKD5'+'T ')
S['secret-ghp'] = body('ghp_')
S['secret-eyJ'] = body('eyJ')
S['secret-jwt'] = body('eyJaaaaaaaaaaaaa.')
S['secret-jwtlong'] = body('a', pre='eyJ', post='.eyJ')
S['secret-url'] = body('://a')
S['secret-url2'] = body('://a:')
S['secret-url3'] = body('x', pre='http://a:', post='@b')
S['secret-begin'] = body('-----BEGIN ')
S['secret-begin2'] = body('-----BEGIN RSA PRIVATE KEY-----\n')
S['secret-xox'] = body('xoxb-1234567890')
S['secret-curl'] = body('curl -H "Authorization: ')
S['secret-curl2'] = body('curl ')
S['secret-acct'] = body('AccountKey=')
S['secret-hook'] = body('hooks.slack.com/services/')
S['secret-sk'] = body('sk-')
S['secret-hex'] = body('0123456789abcdef')
S['secret-b64'] = body('QUJD+/')
S['pd-mail'] = body('ana@x.test ')
S['pd-mail2'] = body('a', post='@x.test')
S['pd-mail3'] = body('a@')
S['pd-phone'] = body('+4915112345678 ')
S['pd-phone2'] = body('+1 ')
S['pd-digits'] = body('4111 ')
S['pd-digits2'] = body('4-')
S['pd-iban'] = body('DE89 3704 0044 0532 0130 00 ')
S['pd-iban2'] = body('DE')
S['pd-ip'] = body('1.2.3.4.')
S['pd-ip2'] = body('8.8.8.8 ')
S['pd-ip6'] = body('2001:')
S['pd-ip6b'] = body('::')
S['pd-ip6c'] = body('a:b:')
S['waivers'] = body('<!-- pm: allow secret: x -->\n')
S['waivers2'] = body('<!-- pm: allow ')
S['todo'] = body('TODO ')
S['tmplcomments'] = body('<!-- pm: role=impact -->\n')
S['dash-words'] = body('a-b-')
S['words-uniq'] = num('w@I ')
S['synonyms'] = body('root cause ')
S['bold-heads'] = body('**Timeline**\n\nx\n\n')
S['bold-keys'] = body('- **Impact**: x\n')
S['kv'] = body('**Key:** value\n\n')
S['meta-table'] = body('| Owner | x |\n', pre='| | |\n|---|---|\n')
S['wiki'] = body('[[a]] ')
S['local-links'] = num('[a](x@I.md) ')
S['anchor-links'] = num('[a](#x@I) ')
S['anchor-same'] = body('[a](#x) ', pre='## y\n\n')
S['dup-heads'] = body('## same\n\n[x](#same-1)\n')
S['details'] = body('<details><summary>x</summary>\n\n')
S['y-flow'] = front('[', pre='tags: ')
S['y-flowmap'] = front('{a: ', pre='impact: ')
S['y-flow-wide'] = front('a, ', pre='tags: [', post=']')
S['y-flow-empty'] = front(',', pre='tags: [', post=']')
S['y-plain-long'] = front('a ', pre='note: ')
S['y-plain-multi'] = front('  a\n', pre='note:\n')
S['y-block'] = front('  a\n', pre='note: |\n')
S['y-block-indent'] = front(' ', pre='note: |\n', post='x')
S['y-block-fold'] = front('  a\n\n', pre='note: >\n')
S['y-block-hdr'] = front('|', pre='note: ')
S['y-comments'] = front('# c\n')
S['y-comment-tail'] = front(' # c', pre='note: a')
S['y-docs'] = front('--- \n')
S['y-docs2'] = front('...\n')
S['y-tags'] = front('!a ', pre='note: ')
S['y-tags2'] = fnum('k@I: !!str a\n')
S['y-anchors'] = fnum('k@I: &a@I x\n')
S['y-aliases'] = fnum('k@I: *a@I\n', pre='b: &a0 x\n')
S['y-bomb'] = fnum('k@I: &k@I [*k@I,*k@I]\n')
S['y-merge'] = front('<<: {a: b}\n')
S['y-keys'] = fnum('k@I: v\n')
S['y-keys-same'] = front('k: v\n')
S['y-keys-noval'] = fnum('k@I\n')
S['y-keys-like'] = fnum('severit@I: v\n')
S['y-qmark'] = front('? a\n')
S['y-qmark2'] = front('? ', pre='')
S['y-dash'] = front('- ', pre='tags:\n  ')
S['y-dashes'] = front('  - a\n', pre='tags:\n')
S['y-dq'] = front('\\n', pre='note: "', post='"')
S['y-dq-open'] = front('a ', pre='note: "')
S['y-dq-lines'] = front('a\n ', pre='note: "')
S['y-sq'] = front("''", pre="note: '",post="'")
S['y-colon'] = front('a: ', pre='note: ')
S['y-colons'] = front(':', pre='note: ')
S['y-at'] = fnum('k@I: @x\n')
S['y-tick'] = fnum('k@I: `x\n')
S['y-tabs'] = front('\t', pre='note:')
S['y-tabs2'] = fnum('\tk@I: x\n')
S['y-pct'] = front('%YAML 1.1\n')
S['y-pct2'] = front('%TAG ! x\n')
S['y-nbsp'] = fnum('k@I:\u00a0v\n')
S['y-u2028'] = front('a\u2028', pre='note: ')
S['y-actions'] = fnum('  - {id: A@I, title: t, type: prevent, owner: "@a", due: 2026-12-01}\n',
                      pre='action_items:\n')
S['y-actions-same'] = front('  - {id: A1, title: t}\n', pre='action_items:\n')
S['y-actions-empty'] = front('  - {}\n', pre='action_items:\n')
S['y-causes'] = fnum('  - {id: C@I, kind: config-change, text: t}\n', pre='causes:\n')
S['y-addresses'] = fnum('C@I, ',
                        pre='action_items:\n  - {id: A1, title: t, addresses: [', post=']}')
S['y-related'] = fnum('r@I, ', pre='related: [', post=']')
S['y-services'] = fnum('s@I, ', pre='services: [', post=']')
S['y-depts'] = fnum('s@I, ', pre='departments: [', post=']')
S['y-people'] = fnum('  - {person: p@I, department: d@I, role: r}\n', pre='participants:\n')
S['y-evidence'] = fnum('  - {file: e@I}\n', pre='evidence:\n')
S['y-approvals'] = fnum('  - {by: "@p@I", at: 2026-01-01T00:00Z, digest: x}\n', pre='approvals:\n')
S['y-allow'] = fnum('  - {rule: secret, reason: r@I}\n', pre='allow:\n')
S['y-times'] = front('1', pre='times: {started: ', post='}')
S['y-long-title'] = front('a ', pre='title2: ')
S['actions-nest'] = ramp('  ', '- x\n', ac)
S['backticks-ramp'] = lambda size: HEAD % (NAME, "") + "".join(
    "`" * i + " x " for i in range(1, int((2 * size) ** .5) - 10))
S['fence-ramp'] = lambda size: HEAD % (NAME, "") + "".join(
    "`" * (3 + i) + "\n" for i in range(int((2 * size) ** .5) - 10))
S['y-indent'] = lambda size: HEAD % (NAME, "a:\n" + "".join(
    " " * i + "a:\n" for i in range(1, int((2 * min(size // 8, FRONT)) ** .5) - 3)))
S['y-both'] = lambda size: HEAD % (
    NAME, "causes:\n" + many("  - {id: C@I, text: t}\n", min(size // 8, FRONT) // 2) +
    "action_items:\n" + many("  - {id: A@I, addresses: [C@I]}\n", min(size // 8, FRONT) // 2))


def main(top, size, again=False):
    os.makedirs(top, exist_ok=True)
    for name, make in S.items():
        text = make(size)
        if again:
            text = text.replace("title: T", "title: U") + "z\n"
        name = "2026-01-01-" + name
        with open(os.path.join(top, name + ".md"), "w", encoding="utf-8", newline="") as file:
            file.write(text.replace(NAME, name))


if sys.argv[1] == "again":
    main(sys.argv[2], int(sys.argv[3]), True)
else:
    main(sys.argv[1], int(sys.argv[2]))
