/*
 * What the page does beyond its style sheet: skip logic where :has() is not known, one sending only, a required question
 * that stops at its own screen, and a draft of what is not yet submitted, kept in this tab for half an hour.
 */
(function () {
	'use strict';
	var form = document.getElementById('f'), root = document.documentElement, sent = false, seen = {}, pressed,
		asking = false, touched = Date.now(), KEEP = 1800000;

	function all(selector, in_) {
		return Array.prototype.slice.call((in_ || form).querySelectorAll(selector));
	}

	function toggle(node, name, on) {
		var names = (' ' + node.className + ' ').replace(' ' + name + ' ', ' ');

		node.className = (names + (on ? name : '')).replace(/^ +| +$/g, '');
	}

	function off(node) {
		for (; node && node !== form; node = node.parentNode)
			if (/(^| )off( |$)/.test(node.className))
				return true;
		return false;
	}

	/* What is answered to an item now: values of buttons that are down, or the typed words. */
	function answer(name) {
		return all('[name="' + name + '"]').filter(function (input) {
			return !off(input) && (!/radio|checkbox/.test(input.type) || input.checked);
		}).map(function (input) {
			return input.value;
		}).filter(function (value) {
			return value !== '' && value !== '99';
		});
	}

	function compare(name, sign, value) {
		var given = answer(name), x = Number(given[0]), y = Number(value);

		if (sign === '~')
			return given.indexOf(value) >= 0;
		if (sign === '=' || sign === '!=')
			return ((given.join(' ') === (value === '99' ? '' : value)) === (sign === '='));
		if (given.length === 0 || given[0] === '98' || isNaN(x))
			return false;
		return sign === '<' ? x < y : sign === '<=' ? x <= y : sign === '>' ? x > y : x >= y;
	}

	/* Reverse Polish, as the server wrote it: "level<3 callback=2 &". */
	function holds(tokens) {
		var stack = [];

		tokens.split(' ').forEach(function (token) {
			var b, part;

			if (token === '!')
				return stack.push(!stack.pop());
			if (token === '&' || token === '|') {
				b = stack.pop();
				return stack.push(token === '&' ? stack.pop() && b : stack.pop() || b);
			}
			part = /^(\w+)(!=|<=|>=|=|<|>|~)(.*)$/.exec(token);
			stack.push(compare(part[1], part[2], decodeURIComponent(part[3])));
		});
		return stack[0];
	}

	/* In page order, then once more: random order may put a question before its condition. */
	function settle() {
		var turn;

		for (turn = 0; turn < 2; turn++)
			all('[data-if]').forEach(function (node) {
				toggle(node, 'off', !holds(node.getAttribute('data-if')));
			});
		all('.q input, .q textarea').forEach(function (input) {
			input.disabled = off(input);
		});
	}

	/* Does the screen still ask anything? */
	function asks(screen) {
		return all('.q', screen).length === 0 || all('.q', screen).some(function (q) {
			return !off(q);
		});
	}

	/* The nearest screen in this direction that does; the buttons point there. */
	function point(screens, i) {
		var back = i - 1, next = i + 1;

		while (back > 0 && !asks(screens[back]))
			back--;
		while (next < screens.length - 1 && !asks(screens[next]))
			next++;
		all('.back', screens[i]).forEach(function (a) {
			a.href = '#s' + (back + 1);
		});
		all('.next', screens[i]).forEach(function (a) {
			a.href = '#s' + (next + 1);
		});
	}

	/* Once all of the screen in view is answered its buttons stay there, unless they would lie on an answer. */
	function stay(screen) {
		var bar = all('.bar', screen)[0], edge = window.innerHeight - bar.offsetHeight;

		if (all('.q', screen).length > 0)
			toggle(bar, 'stay', screen.offsetHeight > 0 && all('.q', screen).every(function (q) {
				return off(q) || q.querySelector(':checked');
			}) && all('.opts label', screen).every(function (label) {
				return label.getBoundingClientRect().bottom <= edge;
			}));
	}

	function refresh() {
		var screens = all('.p'), i;

		settle();
		for (i = 0; i < screens.length; i++) {
			point(screens, i);
			stay(screens[i]);
		}
	}

	/* "None of these" and the others put each other out; so do words and "don't know". */
	function part(field) {
		var alone = field.hasAttribute('data-alone');

		if (field.type === 'radio' || (field.type === 'checkbox' ? !field.checked : !field.value))
			return;
		all('[name="' + field.name + '"]').forEach(function (other) {
			if (other === field || !(alone || other.hasAttribute('data-alone')))
				return;
			if (other.type === 'checkbox')
				other.checked = false;
			else
				other.value = '';
		});
	}

	/* While an answer is on its way the buttons say so and do nothing. */
	function busy(on) {
		sent = on;
		all('button.main').forEach(function (button) {
			if (on)
				button.setAttribute('data-label', button.textContent);
			button.textContent = (on ? form : button).getAttribute(on ? 'data-sending' : 'data-label');
			button.disabled = on;
		});
	}

	/* How many screens were looked at: tells a form that was read from one that was only sent. */
	function look() {
		var hash = window.location.hash, field = form.elements._n;

		seen[/^#s\d+$/.test(hash) ? hash : '#'] = true;
		if (field)
			field.value = Object.keys(seen).length;
	}

	/* ---- how much fits ---- */

	/* As the server counts: characters, not halves of them, of the text as it will be stored. */
	function characters(text) {
		text = text.replace(/\r\n?|[\u2028\u2029]/g, '\n').replace(/\t/g, ' ')
			.replace(/[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]/g, '');
		if (text.normalize)
			text = text.normalize('NFC');
		text = text.replace(/^[ \n\u00a0\u3000\u200b]+|[ \n\u00a0\u3000\u200b]+$/g, '');
		return text.match(/[\ud800-\udbff][\udc00-\udfff]|[^]/g) || [];
	}

	/* Does the server say already, above the box, what is wrong with these words?  It does until they are changed. */
	function told(input) {
		for (var q = input; q && q !== form; q = q.parentNode)
			if (/(^| )q( |$)/.test(q.className))
				return q.querySelector('.wrong') !== null;
		return false;
	}

	/* Nothing is cut: what is too much is said, and which words it is. */
	function count(input) {
		var note = input.parentNode.nextElementSibling, max = Number(input.getAttribute('data-max'));
		var text = characters(input.value), over = text.length - max, said;

		if (!note.hasAttribute('data-said'))
			note.setAttribute('data-said', note.textContent);
		if (over > 0 && told(input))
			said = note.getAttribute('data-said');
		else if (over > 0)
			said = note.getAttribute('data-over').replace('%d', over).replace('%s', text.slice(max).join('').replace(/\$/g, '$$$$'));
		else if (over > -21)
			said = note.getAttribute('data-left').replace('%d', -over);
		else
			said = note.getAttribute('data-said');
		if (note.textContent !== said)
			note.textContent = said;
		toggle(note, 'over', over > 0);
		if (over > 0)
			input.setAttribute('aria-invalid', 'true');
		else
			input.removeAttribute('aria-invalid');
	}

	function count_all() {
		all('[data-max]').forEach(count);
	}

	/* ---- a required question stops at its own screen ---- */

	/* A group names the words about it in aria-describedby: one more, or one less. */
	function describe(q, id, on) {
		var ids = (q.getAttribute('aria-describedby') || '').split(' ').filter(function (one) {
			return one && one !== id;
		});

		if (on)
			ids.unshift(id);
		if (ids.length > 0)
			q.setAttribute('aria-describedby', ids.join(' '));
		else
			q.removeAttribute('aria-describedby');
	}

	function invalid(q, on) {
		[q].concat(all('[aria-invalid]', q)).forEach(function (node) {
			if (on)
				node.setAttribute('aria-invalid', 'true');
			else
				node.removeAttribute('aria-invalid');
		});
	}

	function field(q) {
		return q.querySelector('input, textarea');
	}

	/* To the question: into the field to write in, but not onto a mark, which a space would give. */
	function attend(q) {
		var to = field(q);

		if (/radio|checkbox/.test(to.type)) {
			to = q.querySelector('legend');
			to.setAttribute('tabindex', '-1');
		}
		to.focus();
	}

	function lacking(in_) {
		return all('.q[data-need]', in_).filter(function (q) {
			return !off(q) && answer(field(q).name).length === 0;
		});
	}

	function complain(q) {
		var p = q.querySelector('.wrong');

		if (!p) {
			p = document.createElement('p');
			p.className = 'wrong';
			p.id = 'need-' + field(q).name;
			q.insertBefore(p, q.querySelector('legend').nextSibling);
		}
		p.setAttribute('role', 'alert');
		p.textContent = form.getAttribute('data-missing');
		describe(q, p.id, true);
		invalid(q, true);
		toggle(q, 'bad', true);
	}

	/* Say it beside each and go to the first; true if there is none. */
	function complete(in_) {
		var missing = lacking(in_);

		missing.forEach(complain);
		if (missing[0])
			attend(missing[0]);
		return missing.length === 0;
	}

	function step(screen) {
		return /(^| )p(\d+)( |$)/.exec(screen.className)[2];
	}

	/* What was wrong with it was answered anew, or is not asked any more: the words go, and with the last of them the box. */
	function forgive(q) {
		var p = q.querySelector('.wrong'), box = document.getElementById('wrong'), left;

		if (p) {
			[q, field(q)].forEach(function (node) {
				describe(node, p.id, false);
			});
			p.parentNode.removeChild(p);
		}
		invalid(q, false);
		toggle(q, 'bad', false);
		count_all();
		if (!box)
			return;
		all('a', box).forEach(function (a) {
			if (all('.p' + a.hash.slice(2) + ' .bad').length === 0)
				a.parentNode.removeChild(a);
		});
		left = all('.bad').length;
		p = box.querySelector('p');
		p.textContent = left === 1 ? box.getAttribute('data-one') : p.textContent.replace(/\d+/, left);
		if (left === 0)
			box.parentNode.removeChild(box);
	}

	function mend(target) {
		all('.bad').forEach(function (q) {
			if (q.contains(target) || off(q))
				forgive(q);
		});
	}

	/* ---- the draft ---- */

	/* The place, but not its address: there a ticket may stand. */
	function place() {
		var path = window.location.pathname, i, n = 5381;

		for (i = 0; i < path.length; i++)
			n = (n * 33 + path.charCodeAt(i)) % 4294967296;
		return n;
	}

	function keep(draft) {
		try {
			if (draft)
				window.sessionStorage.setItem('manyi', JSON.stringify(draft));
			else
				window.sessionStorage.removeItem('manyi');
		} catch (e) {
			return;		/* none to be had: nothing is kept */
		}
	}

	/* What is kept, as long as it may be. */
	function kept() {
		var draft = null;

		try {
			draft = JSON.parse(window.sessionStorage.getItem('manyi'));
		} catch (e) {
			return null;
		}
		if (draft && !(Date.now() - draft.at < KEEP && Date.now() >= draft.at)) {
			keep(null);
			return null;
		}
		return draft;
	}

	/* Everything answered but the callback field; words stand as typed, as the privacy page says. */
	function pairs() {
		return all('.q input, .q textarea').filter(function (input) {
			return !input.disabled && input.type !== 'tel' &&
				(/radio|checkbox/.test(input.type) ? input.checked : input.value);
		}).map(function (input) {
			return [input.name, input.value];
		});
	}

	/* The order of screens and levels follows from the key. */
	function save() {
		var said = pairs(), e = form.elements, draft = kept();

		if (asking || Date.now() - touched >= KEEP)
			return;
		if (said.length === 0 && !(draft && draft.said && draft.key === e._key.value))
			return;
		keep({ at: touched, place: place(), key: e._key.value, t: e._t.value, w: e._w && e._w.value,
			step: window.location.hash, seen: Object.keys(seen), said: said, sent: sent,
			lang: e._lang.value, elder: e._elder.checked });
	}

	function hide(post, name, value) {
		var input = document.createElement('input');

		input.type = 'hidden';
		input.name = name;
		input.value = value || '';
		post.appendChild(input);
	}

	/* The server makes the page of that key, in its order, with all that was answered. */
	function resume(draft) {
		var post = document.createElement('form'), e = form.elements;

		post.method = 'post';
		post.action = form.action.split('#')[0] + draft.step;
		draft.said.concat([['_key', draft.key], ['_t', draft.t], ['_w', draft.w], ['_lang', draft.lang],
			['_elder', draft.elder || e._elder.checked ? '1' : ''], ['_open', e._open ? e._open.value : ''], ['_resume', 'yes']])
			.forEach(function (pair) {
				if (pair[1])
					hide(post, pair[0], pair[1]);
			});
		document.body.appendChild(post);
		post.submit();
	}

	function ask(on) {
		var box = document.getElementById('draft');

		asking = on;
		toggle(root, 'asking', on);
		box.hidden = !on;
		if (on)
			box.focus();
	}

	function choose(event) {
		var what = event.target.getAttribute && event.target.getAttribute('data-draft'), draft = kept();

		if (what === 'resume' && draft && draft.said) {
			resume(draft);
		} else if (what) {
			keep(null);
			ask(false);
		}
	}

	/* Whoever meets a fresh sheet where he has just handed one in is told that it is another. */
	function tell(draft) {
		var box = document.getElementById('stored');

		box.textContent = box.textContent.replace('%s', draft.stored);
		box.hidden = false;
	}

	/* A fresh sheet: this one was handed in, and the page before thanks shows it again.  Forgotten first: once is enough. */
	function renew(draft) {
		asking = true;
		if (draft)
			draft.key = '';
		keep(draft && draft.stored ? draft : null);
		window.history.replaceState(null, '', window.location.pathname + window.location.search);
		window.location.reload();
	}

	/* On every way to the page: made anew, or brought back by the browser as it was left. */
	function arrive(back) {
		var draft = kept(), mine = draft && draft.key === form.elements._key.value;

		if (mine ? draft.done : back && pairs().length > 0)
			renew(draft);
		else if (mine)
			draft.seen.forEach(function (hash) {
				seen[hash] = true;
			});
		else if (draft && draft.said && draft.place === place() && pairs().length === 0)
			ask(true);	/* a page made with answers on it goes on with them */
		else if (draft && draft.stored && draft.place === place() && pairs().length === 0)
			tell(draft);
	}

	/* Handed in, declined or too late: only the key stays, so that Back gives a fresh sheet. */
	function over() {
		var draft = kept(), stored = document.getElementById('over').getAttribute('data-stored');

		if (draft && (draft.sent || /[?&]consent=no/.test(window.location.search)))
			keep({ at: Date.now(), key: draft.key, done: true, place: draft.place, stored: stored });
	}

	/* ---- what happens ---- */

	function press(event) {
		var a = event.target, screen;

		for (; a && a !== form && !/^(A|BUTTON)$/.test(a.tagName); a = a.parentNode)
			continue;
		pressed = a && a.name;
		if (!a || !/(^| )(next|fix)( |$)/.test(a.className))
			return;
		for (screen = a; !/(^| )p( |$)/.test(screen.className); screen = screen.parentNode)
			continue;
		if (!complete(screen))
			event.preventDefault();
	}

	/* A required question left open keeps it here, at the question's own screen. */
	function send(event) {
		var name = event.submitter ? event.submitter.name : pressed, open = name === '_switch' ? undefined : lacking()[0];

		/* The other language at the same screen. */
		form.action = form.action.split('#')[0] + (name === '_switch' ? window.location.hash : '');
		if (sent || open)
			event.preventDefault();
		if (open && !sent) {
			for (; !/(^| )p( |$)/.test(open.className); open = open.parentNode)
				continue;
			if (open.offsetParent === null)
				window.location.hash = 's' + step(open);
			complete(open);
		} else if (!sent && name !== '_switch') {
			setTimeout(busy, 0, true);
			sent = true;
			save();
			sent = false;
		}
	}

	if (document.getElementById('over'))
		over();
	if (!form || !form.querySelectorAll || !root.hasAttribute)
		return;
	['change', 'input'].forEach(function (type) {
		form.addEventListener(type, function (event) {
			part(event.target);
			refresh();
			count_all();
			mend(event.target);
			touched = Date.now();
			save();
		});
	});
	form.addEventListener('submit', send);
	form.addEventListener('click', press);
	document.getElementById('draft').addEventListener('click', choose);
	/* Back from the next page, or from "no network": the buttons work again. */
	window.addEventListener('pageshow', function (event) {
		if (sent)
			busy(false);
		if (event.persisted)
			arrive(true);
	});
	window.addEventListener('resize', refresh);
	window.addEventListener('pagehide', save);
	setInterval(kept, 60000);
	window.addEventListener('hashchange', function () {
		var shown = all('.p' + window.location.hash.replace('#s', ''))[0], bad = shown && all('.q.bad', shown)[0];

		look();
		touched = Date.now();
		save();
		window.scrollTo(0, 0);
		refresh();
		if (bad)
			attend(bad);
		else if (shown)
			shown.focus();
	});
	/* Made by sending something: to load it again is to ask for a fresh one, not to send that once more. */
	if (window.history.replaceState)
		window.history.replaceState(null, '', window.location.href);
	arrive(false);
	look();
	refresh();
	count_all();
	if (document.getElementById('wrong'))
		document.getElementById('wrong').focus();
	toggle(root, 'js', true);
	toggle(form, 'css', false);
}());
