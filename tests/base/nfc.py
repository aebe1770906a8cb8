#!/usr/bin/env python3
"""base/nfc beside Python's unicodedata: every character, every pair that composes, and marks at random."""
import os
import random
import subprocess
import unicodedata

BUILD = os.path.join(os.environ.get('builddir', '.'), 'tests', 'base')
number = 0


def known(c):
    """Assigned in the Unicode both know; a later one may give new characters a class."""
    return unicodedata.category(chr(c)) not in ('Cn', 'Cs', 'Cc') and (
        unicodedata.unidata_version <= '14.0.0' or unicodedata.ucd_3_2_0.category(chr(c)) != 'Cn')


def compare(name, lines, normal=lambda line: unicodedata.normalize('NFC', line)):
    global number
    number += 1
    got = subprocess.run([os.path.join(BUILD, 'put_nfc')], input='\n'.join(lines).encode() + b'\n',
                         stdout=subprocess.PIPE, check=True).stdout.decode().split('\n')[:-1]
    want = [normal(line) for line in lines]
    bad = [(line, a, b) for line, a, b in zip(lines, got, want) if a != b]
    if bad or len(got) != len(want):
        print('# %d of %d, the first: %s' % (len(bad), len(lines), ascii(bad[:1])))
    print('%sok %d - %s' % ('not ' if bad or len(got) != len(want) else '', number, name), flush=True)


def main():
    print('1..5')
    every = [c for c in range(32, 0x110000) if known(c)]
    compare('every character', [chr(c) for c in every])
    compare('every character taken apart', [unicodedata.normalize('NFD', chr(c)) for c in every])
    marks = [c for c in every if unicodedata.combining(chr(c))]
    letters = [c for c in every if unicodedata.decomposition(chr(c))] + list(range(0x41, 0x7b)) + [0x1100, 0x1161, 0x11a8]
    random_ = random.Random(20241130)
    compare('letters with marks in any order', [
        ''.join(chr(random_.choice(letters if random_.random() < .4 else marks)) for _ in range(random_.randrange(1, 9)))
        for _ in range(20000)])
    compare('a thousand marks behind one letter', ['e' + ''.join(chr(random_.choice(marks)) for _ in range(1000))])
    compare('longer than any answer, it is left alone', ['e\u0301\u0323' * 1400], normal=str)


main()
