/* What the page does without a style sheet that knows :has(): skip logic, and one sending only. */
(function () {
	'use strict';
	var form = document.getElementById('f'), root = document.documentElement, sent = false, seen = {};

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

	function send(event) {
		if (sent)
			event.preventDefault();
		else if (!event.submitter || event.submitter.name !== '_switch')
			setTimeout(busy, 0, true);
	}

	if (!form || !form.querySelectorAll || !root.hasAttribute)
		return;
	['change', 'input'].forEach(function (type) {
		form.addEventListener(type, function (event) {
			part(event.target);
			refresh();
		});
	});
	form.addEventListener('submit', send);
	/* Back from the next page, or from "no network": the buttons work again. */
	window.addEventListener('pageshow', function () {
		if (sent)
			busy(false);
	});
	window.addEventListener('resize', refresh);
	window.addEventListener('hashchange', function () {
		var shown = all('.p' + window.location.hash.replace('#s', ''))[0];

		look();
		window.scrollTo(0, 0);
		refresh();
		if (shown)
			shown.focus();
	});
	look();
	refresh();
	toggle(root, 'js', true);
	toggle(form, 'css', false);
}());
