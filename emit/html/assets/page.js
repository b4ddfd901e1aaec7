"use strict";

// Without this script the page can be read and its links be followed. The
// script lights up the lines that belong together, and makes the keys work.
(() => {
	const root = document.documentElement;
	const sides = document.querySelector(".sides");
	const numbers = new Map(["source", "toml"].map((side) => [
		side, [...document.querySelectorAll(`#${side} a.no`)],
	]));
	const stops = new Map(); // the number of each side that Tab comes to
	let pinned = null; // the line that was jumped to or has the focus
	let hovered = null;
	let lit = [];

	const lineOf = (node) => node instanceof Element ? node.closest(".line") : null;
	const numberOf = (line) => line.querySelector("a.no");
	const sideOf = (node) => node.closest("section").id;

	function partners(line) {
		const ids = line.dataset.to ? line.dataset.to.split(" ") : [];
		return ids.map((id) => document.getElementById(id));
	}

	// show lights a line and its partners, and more faintly what else belongs
	// to these.
	function show() {
		for (const line of lit) line.classList.remove("lit", "kin");
		lit = [];
		const line = hovered || pinned;
		if (!line) return;
		const near = [line, ...partners(line)];
		const kin = near.slice(1).flatMap(partners);
		for (const other of kin) other.classList.add("kin");
		for (const other of near) other.classList.add("lit");
		lit = [...near, ...kin];
	}

	function pin(line) {
		pinned = line;
		show();
	}

	// stop makes a number the one of its side that Tab comes to.
	function stop(number) {
		const side = sideOf(number);
		if (stops.has(side)) stops.get(side).tabIndex = -1;
		stops.set(side, number);
		number.tabIndex = 0;
	}

	function focus(line) {
		const number = numberOf(line);
		if (number) {
			stop(number);
			number.focus({ preventScroll: true });
		}
		pin(line);
		line.scrollIntoView({ block: "nearest" });
	}

	function jump(line) {
		history.pushState(null, "", "#" + line.id);
		focus(line);
	}

	function followHash() {
		const line = lineOf(document.getElementById(location.hash.slice(1)));
		if (line) focus(line);
	}

	function step(line, by) {
		const list = numbers.get(sideOf(line));
		const next = list[list.indexOf(numberOf(line)) + by];
		if (next) focus(lineOf(next));
	}

	function cross(line, side) {
		const other = partners(line)[0];
		if (other && sideOf(other) === side) focus(other);
	}

	function clear() {
		if (document.activeElement) document.activeElement.blur();
		hovered = null;
		pin(null);
	}

	const keys = {
		ArrowUp: (line) => step(line, -1),
		ArrowDown: (line) => step(line, 1),
		ArrowLeft: (line) => cross(line, "source"),
		ArrowRight: (line) => cross(line, "toml"),
	};

	sides.addEventListener("mouseover", (event) => {
		hovered = lineOf(event.target);
		show();
	});
	sides.addEventListener("mouseleave", () => {
		hovered = null;
		show();
	});
	sides.addEventListener("focusin", (event) => {
		if (event.target.matches("a.no")) pin(lineOf(event.target));
	});
	// A line keeps its light when the focus goes nowhere, as it does when the
	// browser itself follows a link to it.
	sides.addEventListener("focusout", (event) => {
		if (event.relatedTarget) pin(null);
	});
	sides.addEventListener("click", (event) => {
		const line = lineOf(event.target);
		if (!line || event.target.closest("a:not(.no), .finding")) return;
		if (event.ctrlKey || event.metaKey || event.shiftKey || !getSelection().isCollapsed) return;
		const [other] = partners(line);
		if (!other) return;
		event.preventDefault();
		jump(other);
	});
	document.addEventListener("keydown", (event) => {
		if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
		if (event.key === "Escape") return clear();
		if (!event.target.matches("a.no") || !keys[event.key]) return;
		event.preventDefault();
		hovered = null;
		keys[event.key](lineOf(event.target));
	});
	addEventListener("hashchange", followHash);

	root.classList.add("scripted");
	for (const list of numbers.values()) {
		for (const number of list) number.tabIndex = -1;
		if (list.length) stop(list[0]);
	}
	followHash();
})();
