#!/usr/bin/env python3
"""Posters and bare codes as a phone meets them: decoded by zbar, straight, turned, small, skewed, dirty."""
import math
import os
import random
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

BUILD = os.path.join(os.environ.get('builddir', '.'), 'tests', 'view')
DIR = os.path.join(BUILD, 'poster.d')
WANT = ['HTTPS://ZL.WAFANGDIAN.GOV.CN/Q/7K3M9P', 'HTTP://LOCALHOST:8080/Q/ABCDEF']
number = 0


def ok(good, name):
    global number
    number += 1
    print('%sok %d - %s' % ('' if good else 'not ', number, name), flush=True)


def run(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout


def decode(path):
    return run('zbarimg', '-q', '--raw', path).decode().split()


class Grey:
    """A picture of grey bytes; outside it is paper."""

    def __init__(self, width, height, pixels):
        self.width, self.height, self.pixels = width, height, pixels

    @classmethod
    def read(cls, path):
        with open(path, 'rb') as f:
            data = f.read()
        head = re.match(rb'P5\s+(\d+)\s+(\d+)\s+255\s', data)
        return cls(int(head[1]), int(head[2]), data[head.end():])

    def at(self, x, y):
        x, y = int(x), int(y)
        if 0 <= x < self.width and 0 <= y < self.height:
            return self.pixels[y * self.width + x]
        return 255

    def write(self, path):
        with open(path, 'wb') as f:
            f.write(b'P5 %d %d 255\n' % (self.width, self.height) + bytes(self.pixels))
        return path

    def map(self, back):
        """The same size again, each pixel fetched from back(x, y) of this one."""
        return Grey(self.width, self.height, bytearray(
            self.at(*back(x, y)) for y in range(self.height) for x in range(self.width)))

    def turned(self, degrees):
        c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        mx, my = self.width / 2, self.height / 2
        return self.map(lambda x, y: (mx + c * (x - mx) - s * (y - my), my + s * (x - mx) + c * (y - my)))

    def skewed(self, by):
        """Seen from below, a plane in perspective: the top edge is farther away and so narrower."""
        mx = self.width / 2

        def back(x, y):
            scale = (1 + by) / (1 + by * y / self.height)
            return mx + (x - mx) * scale, y * scale
        return self.map(back)

    def faded(self, random_):
        """A laminated sheet in poor light: less contrast, a bright band across, noise."""
        def worn(i, p):
            glare = 60 if abs(i % self.width - self.width * .55 - i // self.width * .1) < self.width * .03 else 0
            return max(0, min(255, 70 + p // 2 + glare + random_.randint(-12, 12)))
        return Grey(self.width, self.height, bytearray(worn(i, p) for i, p in enumerate(self.pixels)))


def svg_picture(path, scale):
    """The code's runs of dark modules, painted."""
    root = ElementTree.parse(path).getroot()
    side = int(root.get('viewBox').split()[2])
    pixels = bytearray(b'\xff' * (side * scale) ** 2)
    runs = root[2].get('d')
    for x, y, n in re.findall(r'M(\d+) (\d+)h(\d+)v1h-\d+z', runs):
        for row in range(int(y) * scale, (int(y) + 1) * scale):
            start = row * side * scale + int(x) * scale
            pixels[start:start + int(n) * scale] = b'\0' * (int(n) * scale)
    return root, Grey(side * scale, side * scale, pixels)


def dark_box(picture, box):
    """Left, top, right, bottom of what is dark inside a box, or None."""
    x0, y0, x1, y1 = box
    xs, ys = [], []
    for y in range(y0, y1):
        row = picture.pixels[y * picture.width + x0:y * picture.width + x1]
        if min(row, default=255) < 128:
            ys.append(y)
            xs += [x0 + i for i, p in enumerate(row) if p < 128]
    return (min(xs), ys[0], max(xs) + 1, ys[-1] + 1) if ys else None


def main():
    for tool in 'pdftoppm', 'pdfinfo', 'zbarimg':
        if shutil.which(tool) is None:
            print('1..0 # SKIP %s is not installed' % tool)
            return
    print('1..17')
    shutil.rmtree(DIR, ignore_errors=True)
    made = subprocess.run([os.path.join(BUILD, 'put_poster'), DIR]).returncode == 0
    ok(made, 'posters and codes are written')
    if not made:
        sys.exit(1)
    pdf = os.path.join(DIR, 'poster.pdf')
    info = run('pdfinfo', pdf).decode()
    ok(re.search(r'Pages:\s+2\b', info) is not None, 'a page a site')
    ok(re.search(r'Page size:\s+595.\d+ x 841.\d+ pts \(A4\)', info) is not None, 'the page is A4')
    ok('CreationDate' not in info, 'no date makes two runs differ')

    for dpi, what in (150, 'at print size'), (40, 'from far away (40 dpi)'):
        run('pdftoppm', '-gray', '-r', str(dpi), pdf, os.path.join(DIR, 'p%d' % dpi))
        ok([decode(os.path.join(DIR, 'p%d-%d.pgm' % (dpi, i))) for i in (1, 2)] == [[w] for w in WANT],
           'each page decodes to its address ' + what)

    sheet = Grey.read(os.path.join(DIR, 'p150-1.pgm'))
    mm = 150 / 25.4
    box = dark_box(sheet, (int(55 * mm), int(112 * mm), int(155 * mm), int(210 * mm)))
    width = (box[2] - box[0]) / mm
    ok(abs(width - 90) < .5, 'the symbol is 90 mm wide (%.1f)' % width)
    quiet = 4 * width / 29
    frame = (int(box[0] - quiet * mm) + 2, int(box[1] - quiet * mm) + 2,
             int(box[2] + quiet * mm) - 2, int(box[3] + quiet * mm) - 2)
    ok(dark_box(sheet, frame) == box, 'nothing stands in the four modules around it')

    random_ = random.Random(20240512)
    run('pdftoppm', '-gray', '-r', '80', '-f', '1', '-l', '1', pdf, os.path.join(DIR, 'photo'))
    photo = Grey.read(os.path.join(DIR, 'photo-1.pgm'))
    bad = os.path.join(DIR, 'bad.pgm')
    for degrees in 7, 33, 90, 180:
        ok(decode(photo.turned(degrees).write(bad)) == WANT[:1], 'decodes when turned by %d degrees' % degrees)
    ok(decode(photo.skewed(.45).write(bad)) == WANT[:1], 'decodes when seen from below')
    ok(decode(photo.faded(random_).write(bad)) == WANT[:1], 'decodes when faded, with glare and noise')
    ok(decode(photo.skewed(.2).turned(12).faded(random_).write(bad)) == WANT[:1],
       'decodes in a photograph of a laminated sheet at an angle')

    ok(decode(os.path.join(DIR, 'code.png')) == WANT[:1], 'the bare PNG decodes')
    root, picture = svg_picture(os.path.join(DIR, 'code.svg'), 6)
    ok(root.tag == '{http://www.w3.org/2000/svg}svg' and root[0].text == WANT[0] and
       decode(picture.write(bad)) == WANT[:1], 'the bare SVG is well-formed and decodes')


main()
