#!/usr/bin/env python3
"""Words in a real browser: nothing pasted is cut, what is too much is said as the server says it; chosen answers in the
reader's own colours; where a page with mistakes begins."""
import os
import sys
import time
import unicodedata

sys.path.insert(0, os.path.join(os.environ.get('srcdir', '.'), 'tests', 'support'))
from browser import chrome, missing  # noqa: E402
from shown import ok, pages, posts  # noqa: E402

# As a person pastes: what a field refuses or cuts is refused or cut.
PASTE = '''const t = document.querySelector(arguments[0]);
t.focus(); t.select(); document.execCommand('delete'); document.execCommand('insertText', false, arguments[1]);
const note = t.parentNode.nextElementSibling;
return [t.value, note.textContent, note.className, t.getAttribute('aria-invalid'), note.id];'''


def over_of(text):
    """Characters over 200 by this program's own count."""
    text = unicodedata.normalize('NFC', text.replace('\t', ' ').replace('\u200e', '')).strip(' \n\u00a0\u3000\u200b')
    return len(text) - 200, text[200:]


def paste(driver):
    driver.get(driver.url + '/B.html#s3')
    for name, text in (('250 characters', '好' * 200 + '超' * 50), ('150 characters of two halves', '\U00020000' * 150),
                       ('201 of two halves', '𠮷' * 201), ('e and its accent, 150 times', 'e\u0301' * 150),
                       ('blanks around 200', '　 ' + '好' * 200 + ' \n'), ('Hangul in parts', '\u1112\u1161\u11ab' * 150),
                       ('signs of replacement', '$&' * 101), ('185', '好' * 185)):
        value, note, style, invalid, _ = driver.execute_script(PASTE, '[name=text]', text)
        over, words = over_of(text)
        if over > 0:
            said = note == '多了 %d 字，请删短。多出的是：“%s”' % (over, words) and 'over' in style and invalid == 'true'
        else:
            said = note == ('还可以写 %d 字。' % -over if over > -21 else '最多 200 字。') and invalid is None
        ok(value == text and said, 'nothing is cut, and what is said is right: ' + name, (len(value), len(text), note, style, invalid))
    text = '好' * 200 + '超' * 50
    driver.execute_script(PASTE, '[name=text]', text)
    driver.execute_script('location.hash = "s1"')
    driver.find_element('css selector', '[name=level][value="4"] + b').click()
    driver.find_element('css selector', '.p1 button.main').click()
    end = time.time() + 10
    while not posts and time.time() < end:
        time.sleep(.05)
    ok(posts and posts[0]['text'] == [text], 'all of it is sent, for the server to say what is too much', posts)


def colours(driver):
    driver.get(driver.url + '/B.html')
    driver.execute_cdp_cmd('Emulation.setEmulatedMedia', {'features': [{'name': 'forced-colors', 'value': 'active'}]})
    driver.find_element('css selector', '[name=level][value="4"] + b').click()
    look = driver.execute_script('''const b = v => getComputedStyle(document.querySelector(`[name=level][value="${v}"] + b`));
        return [b(4), b(3)].map(s => [s.color, s.backgroundColor, s.outlineStyle, s.borderTopStyle]);''')
    chosen, other = look
    ok(chosen[0] != chosen[1] and other[0] != other[1], 'forced colours: every answer can be read', look)
    ok(chosen[1] != other[1] and other[3] == 'solid', 'and the chosen one is seen', look)
    driver.execute_cdp_cmd('Emulation.setEmulatedMedia', {'features': []})


def mistakes(driver):
    driver.get(driver.url + '/B-wrong.html')
    ok(driver.title.startswith('有 1 处需要修改 · '), 'the title of a page with a mistake begins with it', driver.title)
    ok(driver.execute_script('return document.activeElement.id') == 'wrong', 'and its summary has the focus')
    driver.get(driver.url + '/B.html#s4')
    driver.execute_script('''location.hash = 's1'; document.querySelector('[name=level][value="2"]').click();
        document.querySelector('[name=callback][value="2"]').click(); location.hash = 's4';''')
    time.sleep(.2)
    driver.find_element('css selector', '.p4 .next').click()
    said = driver.execute_script('''const q = document.querySelector('[name=phone]').closest('.q'), i = q.querySelector('input');
        return [q.className, i.getAttribute('aria-invalid') || q.getAttribute('aria-invalid'),
            (q.getAttribute('aria-describedby') || '').split(' ').filter(id => id).map(id => !!document.getElementById(id)),
            i.getAttribute('aria-describedby').split(' ').map(id => document.getElementById(id).textContent)];''')
    ok('bad' in said[0] and said[1] == 'true' and all(said[2]) and any('15 个工作日' in s for s in said[3]),
       'a forgotten number is said at its field, and its hint stays', said)
    ok(driver.execute_script('return document.activeElement.name') == 'phone', 'and its field has the focus, to write in')
    driver.execute_script('sessionStorage.clear(); onpagehide = e => e.stopImmediatePropagation()')
    driver.get('about:blank')
    driver.get(driver.url + '/B.html')
    driver.execute_script('document.querySelector(".p1 button.main").click()')
    time.sleep(.2)
    at = driver.execute_script('const e = document.activeElement; return [e.tagName, e.parentNode.className]')
    ok(at[0] == 'LEGEND' and 'bad' in at[1], 'a forgotten choice has the focus at its words', at)
    driver.switch_to.active_element.send_keys(' ')
    ok(not driver.execute_script('return document.querySelectorAll("[name=level]:checked").length'),
       'where a space gives no mark')


def main():
    print('1..18')
    with pages('writing.d') as url:
        driver = chrome()
        driver.url = url
        paste(driver)
        colours(driver)
        mistakes(driver)
        driver.quit()


if missing():
    print('1..0 # SKIP ' + missing())
else:
    main()
