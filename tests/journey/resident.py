#!/usr/bin/env python3
"""Resident pages in a real browser, with the script on and off: skip logic, sizes, contrast, keyboard."""
import os
import sys
import time

sys.path.insert(0, os.path.join(os.environ.get('srcdir', '.'), 'tests', 'support'))
from browser import chrome, missing  # noqa: E402
from shown import ok, pages, posts  # noqa: E402

PAGES = ['A', 'A-site', 'A-en', 'B', 'B-elder', 'B-wrong', 'C', 'C-elder', 'C-en-elder', 'C-wrong']


def until(true, seconds=10):
    """Wait for what a busy machine may take a while to do."""
    end = time.time() + seconds
    while not true():
        if time.time() > end:
            return False
        time.sleep(.02)
    return True


class Phone:
    """A browser with a phone's screen and a few words for what a person does."""

    def __init__(self, script, url):
        self.driver, self.url = chrome(script, logs=True), url
        self.size(360, 740)

    def size(self, width, height):
        self.driver.execute_cdp_cmd('Emulation.setDeviceMetricsOverride', {
            'width': width, 'height': height, 'deviceScaleFactor': 1, 'mobile': width < 700})

    def open(self, page, step=None):
        # Every page here has the same key; what was handed in with it would be renewed (tests/journey/draft.py).
        self.driver.execute_script('try { sessionStorage.clear(); } catch (e) {}')
        self.driver.get('about:blank')
        self.driver.get('%s/%s.html%s' % (self.url, page, '#s%d' % step if step else ''))

    def go(self, step):
        self.driver.execute_script('location.hash = "s%d"' % step)
        self.shows(step)

    def ask(self, selector, what):
        """Of every element in view; in one call, as a page has hundreds."""
        return self.driver.execute_script(
            'return [...document.querySelectorAll(arguments[0])].filter('
            'e => e.getClientRects().length > 0).map(e => %s)' % what, selector)

    def seen(self, selector):
        return self.ask(selector, 'e')

    def words(self, selector):
        return self.ask(selector, 'e.innerText.trim()')

    def choose(self, word):
        self.tap('.p label', word)

    def press(self, word):
        self.tap('.bar a, .bar button, .back', word)

    def tap(self, selector, word):
        words = self.words(selector)
        if word not in words:
            raise LookupError('no "%s" among %s' % (word, words))
        self.seen(selector)[words.index(word)].click()

    def shows(self, step):
        """Does this screen, and no other, come into view soon?"""
        return until(lambda: [c.split()[1] for c in self.ask('.p', 'e.className')] == ['p%d' % step])

    def thanks(self):
        return until(lambda: '谢谢您' in self.words('h1'))


# What must hold of any screen, asked inside the page; returns a list of what does not.
JUDGE = r'''
function judge() {
const wrong = [], elder = document.getElementById('big').checked, least = elder ? 60 : 44;
const seen = e => e.getClientRects().length > 0;
if (document.scrollingElement.scrollWidth > innerWidth)
    wrong.push('scrolls sideways: ' + document.scrollingElement.scrollWidth);
for (const e of document.querySelectorAll('.opts label, .bar a, .bar button, .tool, .write input, .write textarea')) {
    const r = e.getBoundingClientRect();
    if (seen(e) && (r.height < least - .5 || r.width < Math.min(least, 44) - .5))
        wrong.push('target ' + Math.round(r.width) + 'x' + Math.round(r.height) + ': ' + e.textContent);
    if (seen(e) && (r.left < 0 || r.right > innerWidth + .5))
        wrong.push('outside: ' + e.textContent);
}
/* Where all of a screen is in view, its buttons are at thumb height; else they follow the last answer (first_view.py). */
for (const e of document.querySelectorAll('.bar')) {
    const r = e.getBoundingClientRect();
    if (seen(e) && r.top < innerHeight * .6)
        wrong.push('the next button is not at thumb height: ' + r.top);
}
const light = c => c.slice(0, 3).map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((s, v, i) => s + v * [.2126, .7152, .0722][i], 0);
const rgb = s => (s.match(/[\d.]+/g) || []).map(Number);
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let node; (node = walker.nextNode());) {
    const e = node.parentElement, style = getComputedStyle(e);
    if (!node.data.trim() || !seen(e) || e.closest('.sr'))
        continue;
    let under = e, back = [0, 0, 0, 0];
    while (under && !(back.length === 3 || back[3] > 0)) {
        back = rgb(getComputedStyle(under).backgroundColor);
        under = under.parentElement;
    }
    const a = light(rgb(style.color)), b = light(back);
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5)
        wrong.push('contrast ' + ratio.toFixed(1) + ': ' + node.data);
    if (parseFloat(style.fontSize) < 17.9)
        wrong.push('type of ' + style.fontSize + ': ' + node.data);
    if (e.closest('legend') && !e.closest('.ends') && parseFloat(style.fontSize) < (elder ? 26 : 20))
        wrong.push('question in ' + style.fontSize + ': ' + node.data);
}
return wrong;
}
return [...document.querySelectorAll('.at')].flatMap(at => {
    location.hash = at.id;
    return judge().map(w => at.id + ': ' + w);
});
'''


def judge_all(phone, width, height, scale=1):
    phone.size(width, height)
    wrong = []
    for page in PAGES:
        phone.open(page)
        phone.driver.execute_script('''const page = document.querySelector('.page');
            page.style.fontSize = parseFloat(getComputedStyle(page).fontSize) * arguments[0] + 'px';''', scale)
        wrong += [page + ' ' + w for w in phone.driver.execute_script(JUDGE)]
    phone.size(360, 740)
    return wrong


def flow(phone, how):
    """The same person, the same taps, whether or not there is a script."""
    phone.open('C')
    ok((phone.words('html.js') == []) == ('off' in how), how + 'as it should be')
    ok(phone.shows(1) and phone.words('.bar a') == ['同意并开始', '不参加'], how + 'consent comes first')
    phone.press('同意并开始')
    ok(phone.shows(2), how + 'agreeing opens the second screen alone')
    phone.choose('不满半年')
    ok(phone.words('.p .bar > *') == ['提交'], how + 'screened out: submit, nothing more to ask', phone.words('.p .bar > *'))
    phone.choose('本市户籍常住')
    phone.press('下一屏')
    ok(phone.shows(3), how + 'back in: the next screen')
    phone.press('上一屏')
    ok(phone.shows(2), how + 'and back')

    phone.open('A', 2)
    phone.choose('餐饮')
    seen = []
    for step in range(3, 14):
        phone.go(step)
        seen += phone.words('legend')
    ok(any(s.startswith('食品卫生让人放心吗？') for s in seen) and not any('排队' in s for s in seen),
       how + 'the sector chooses the wording', seen)
    ok(not any(s.startswith('投诉处理结果') for s in seen), how + 'no complaint, no question about its handling')
    phone.go(10)
    phone.choose('有，投诉过')
    ok('投诉处理结果您满意吗？' in phone.words('legend'), how + 'a complaint: the question appears')

    phone.open('B')
    phone.choose('非常不满意')
    phone.press('再说几句')
    phone.shows(2)
    ok(phone.words('legend')[0] == '哪里需要改进？可多选' and '等太久' in phone.words('.p label') and
       '效率高' not in phone.words('.p label'), how + 'low level: what needs work')
    phone.go(1)
    phone.choose('满意')
    phone.press('再说几句')
    phone.shows(2)
    ok(phone.words('legend')[0] == '哪里做得好？可多选' and '等太久' not in phone.words('.p label'),
       how + 'high level: what was good')
    phone.go(4)
    ok(phone.words('.p fieldset') == [] and len(phone.seen('.p .none')) == 1,
       how + 'high level: no callback, and the screen says so')
    phone.go(1)
    phone.choose('不满意')
    phone.go(4)
    ok(phone.words('legend') == ['需要回访吗？'], how + 'low level: a callback is offered')
    phone.choose('需要')
    ok(phone.words('legend') == ['需要回访吗？', '请留下回访电话'], how + 'wanted: the telephone number')
    ok(phone.words('.only') == [], how + 'hints in words are not needed')

    phone.open('B-wrong')
    ok(phone.shows(2) and len(phone.seen('.p .wrong')) == 1 and len(phone.seen('div.wrong')) == 1,
       how + 'a mistake opens its own screen')

    phone.open('B', 1)
    before = phone.seen('legend')[0].value_of_css_property('font-size')
    phone.choose('满意')
    phone.seen('label.tool')[0].click()
    after = phone.seen('legend')[0].value_of_css_property('font-size')
    kept = phone.driver.find_elements('css selector', '[name=level][value="4"]')[0].is_selected()
    ok(float(after[:-2]) >= 26 > float(before[:-2]) and kept, how + 'large print at a tap, nothing lost')

    posts.clear()
    phone.press('提交')
    ok(phone.thanks(), how + 'thanks come back')
    ok(len(posts) == 1 and posts[0]['level'] == ['4'] and posts[0]['_consent'] == ['yes'] and
       posts[0]['_key'] == ['0123456789abcdef'] and posts[0]['_elder'] == ['1'],
       how + 'two taps send one post', posts)


def script_only(phone):
    phone.open('B')
    phone.choose('非常不满意')
    phone.press('再说几句')
    phone.shows(2)
    phone.choose('等太久')
    phone.go(4)
    phone.choose('需要')
    phone.go(1)
    phone.choose('非常满意')
    phone.go(3)
    phone.press('下一屏')
    ok(phone.shows(5), 'next passes over a screen that asks nothing')
    phone.press('上一屏')
    ok(phone.shows(3), 'and so does back')
    posts.clear()
    phone.press('提交')
    phone.thanks()
    ok(len(posts) == 1 and 'reason' not in posts[0] and 'callback' not in posts[0] and 'phone' not in posts[0],
       'answers to what is no longer asked are not sent', posts)

    phone.open('B')
    phone.choose('满意')
    posts.clear()
    phone.driver.execute_script('''const b = document.querySelector('.p1 .main');
        b.click(); b.click(); setTimeout(() => b.click(), 50);''')
    phone.thanks()
    ok(len(posts) == 1, 'three taps in haste send one post', len(posts))

    phone.open('C', 10)
    phone.choose('12345')
    phone.choose('都没听说过')
    down = [e.get_attribute('value') for e in phone.driver.find_elements('css selector', '[name=aided]') if e.is_selected()]
    ok(down == ['none'], '"none of these" puts the others out', down)
    phone.choose('质量月')
    down = [e.get_attribute('value') for e in phone.driver.find_elements('css selector', '[name=aided]') if e.is_selected()]
    ok(down == ['month'], 'and they put it out', down)
    phone.go(9)
    field = phone.seen('[name=unaided][type=text]')[0]
    field.send_keys('12345')
    phone.choose('不知道')
    ok(field.get_attribute('value') == '', '"don\'t know" clears the words')
    field.send_keys('1')
    ok(not phone.driver.find_elements('css selector', '[name=unaided][type=checkbox]')[0].is_selected(),
       'and words put it out')
    posts.clear()
    field.send_keys(Keys.RETURN)
    time.sleep(.3)
    ok(posts == [], 'the return key sends nothing')


def keyboard(phone):
    phone.open('B')
    active = phone.driver.switch_to.active_element
    reached = []
    for _ in range(14):
        active.send_keys(Keys.TAB)
        active = phone.driver.switch_to.active_element
        reached.append(active.get_attribute('name') or active.text or active.tag_name)
    ok({'_elder', '_switch', 'level', '_consent'} <= set(reached), 'the tab key reaches every control', reached)
    phone.open('B')
    first = phone.driver.find_elements('css selector', '[name=level]')[0]
    first.send_keys(Keys.SPACE)
    first.send_keys(Keys.ARROW_DOWN)
    chosen = phone.driver.find_elements('css selector', '[name=level]:checked')[0].get_attribute('value')
    outline = phone.driver.execute_script(
        'return getComputedStyle(document.querySelector("[name=level]:checked + b")).outlineWidth')
    ok(chosen == '4' and outline == '3px', 'arrows move the choice and focus is seen', (chosen, outline))


def main():
    print('1..56')
    with pages('resident.d') as url:
        phone = Phone(True, url)
        flow(phone, 'script on: ')
        script_only(phone)
        keyboard(phone)
        for width, height in (320, 568), (360, 740), (1920, 1000):
            wrong = judge_all(phone, width, height)
            ok(wrong == [], 'every screen at %d by %d: targets, type, contrast, thumb' % (width, height), '\n# '.join(wrong))
        # 200 % zoom of a 640 by 900 window is 320 by 450 CSS pixels.
        wrong = [w for w in judge_all(phone, 320, 450) if 'thumb' not in w]
        ok(wrong == [], 'every screen at twice the size', '\n# '.join(wrong))
        # WeChat's largest letters are 1.5 times the usual ones; on top of large print two buttons fill the screen.
        wrong = [w for w in judge_all(phone, 360, 740, 1.5) if 'elder' not in w or 'thumb' not in w]
        ok(wrong == [], 'every screen with letters half as large again', '\n# '.join(wrong))
        log = [e['message'] for e in phone.driver.get_log('browser') if 'favicon' not in e['message']]
        ok(log == [], 'nothing on the console: no error, nothing the security policy forbids', log)
        phone.driver.quit()

        phone = Phone(False, url)
        flow(phone, 'script off: ')
        phone.driver.quit()


if missing():
    print('1..0 # SKIP ' + missing())
else:
    from selenium.webdriver.common.keys import Keys
    main()
