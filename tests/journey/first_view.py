#!/usr/bin/env python3
"""What a person has in view when a screen opens, before he moves anything: it must not lead him.

A scale of which one end lies under a button or below the edge is answered from the other end; on short
screens and in large print that would be everybody of a certain age.  The rule, on every screen of every
form, in both editions and languages, under the longest names, from 320 x 568 to WeChat's 375 x 603:

  whole   of a rating that opens a screen (levels, ten points) every level is in view, whole.
  clear   as long as a question of the screen is open, the bar lies on no answer, wherever one scrolls.
  onward  no button that leads on is in view while an answer of the screen is still out of view below it.
  still   tapping any level brings no button over any level: a second tap on one place sends nothing.

A question further down a screen may be cut by the window's edge like anything else on a page: everybody has
to pass all of it to get to the button, which stands below ("onward").
"""
import os
import sys

sys.path.insert(0, os.path.join(os.environ.get('srcdir', '.'), 'tests', 'support'))
from browser import chrome, missing  # noqa: E402
from shown import ok, pages  # noqa: E402

SIZES = [(320, 568), (360, 600), (360, 620), (360, 640), (375, 603)]
PAGES = ['A-site', 'B', 'A-long', 'A-long-en', 'B-long', 'B-long-en', 'C-long', 'C-long-en']

# Asked inside the page, for one edition; returns what breaks the rule, and how many ratings were seen.
LOOK = r'''
const [elder, script] = arguments, wrong = [];
let ratings = 0;
const box = document.getElementById('big');
if (box.checked !== elder)
    box.click();
const all = (s, e) => [...e.querySelectorAll(s)].filter(x => x.getClientRects().length > 0);
const rect = e => e.getBoundingClientRect();
const inside = e => rect(e).top >= -.5 && rect(e).bottom <= innerHeight + .5;
const meets = (a, b) => rect(a).top < rect(b).bottom - .5 && rect(b).top < rect(a).bottom - .5;
const levels = q => all('.opts:not(.apart) label', q);
/* Levels: ten points, or five answers in words. */
const rating = q => all('.ten', q).length > 0 || /^(level|used|handled)$/.test(all('input', q)[0].name);
const place = () => location.hash + (elder ? ' large' : '') + ' ' + innerWidth + 'x' + innerHeight + ': ';
for (const at of document.querySelectorAll('.at')) {
    location.hash = at.id;
    scrollTo(0, 0);
    const screen = all('.p', document)[0], bar = all('.bar', screen)[0];
    const asked = all('.q', screen).filter(q => levels(q).length > 0);
    if (asked.length === 0)
        continue;
    const options = asked.flatMap(q => all('.opts label', q));
    if (rating(asked[0])) {
        ratings++;
        const out = levels(asked[0]).filter(e => !inside(e) || meets(e, bar));
        if (out.length > 0)
            wrong.push(place() + 'not whole: ' + out.map(e => e.textContent).join(' '));
    }
    if (rect(bar).top < innerHeight && options.some(e => rect(e).bottom > rect(bar).top + .5))
        wrong.push(place() + 'onward before the last answer');
    for (let y = 0; y <= document.scrollingElement.scrollHeight; y += 200) {
        scrollTo(0, y);
        const under = options.filter(e => meets(e, bar));
        if (under.length > 0) {
            wrong.push(place() + 'not clear at ' + y + ': ' + under[0].textContent);
            break;
        }
    }
    for (const e of script && rating(asked[0]) ? levels(asked[0]) : []) {
        scrollTo(0, 0);
        if (!inside(e))
            continue;
        e.click();
        if (options.some(o => meets(o, all('.bar', screen)[0])))
            wrong.push(place() + 'not still after ' + e.textContent);
    }
}
document.getElementById('f').reset();
document.getElementById('f').dispatchEvent(new Event('change'));
return [wrong, ratings];
'''


def look_all(url, script):
    driver = chrome(script)
    for page in PAGES:
        wrong, ratings = [], set()
        driver.get('%s/%s.html' % (url, page))
        for width, height in SIZES:
            driver.execute_cdp_cmd('Emulation.setDeviceMetricsOverride',
                                   {'width': width, 'height': height, 'deviceScaleFactor': 1, 'mobile': True})
            for elder in False, True:
                bad, n = driver.execute_script(LOOK, elder, script)
                wrong += bad
                ratings.add(n)
        want = {'A': 7, 'B': 1, 'C': 6}[page[0]]
        ok(wrong == [] and ratings == {want},
           'form %s, script %s: nothing leads when a screen opens' % (page, 'on' if script else 'off'),
           (ratings, wrong))
    driver.quit()


def main():
    print('1..%d' % (1 + 2 * len(PAGES)))
    with pages('first_view.d') as url:
        for script in True, False:
            look_all(url, script)


if missing():
    print('1..0 # SKIP ' + missing())
else:
    main()
