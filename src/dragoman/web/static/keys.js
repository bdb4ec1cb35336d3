// j and k walk through the facts, o opens the one in hand, / goes to the search box, ? to what the marks and keys mean.

const typing = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

function walk(step) {
  const facts = [...document.querySelectorAll("main li.fact")].filter((fact) => fact.offsetParent !== null);
  const here = facts.findIndex((fact) => fact.contains(document.activeElement));
  const next = facts[here < 0 ? (step > 0 ? 0 : facts.length - 1) : here + step];
  if (!next) return;
  next.querySelector("a.number, a.date").focus();
  next.scrollIntoView({ block: "nearest" });
}

function open() {
  document.activeElement?.closest("li.fact")?.querySelector("a.date")?.click();
}

export function keys() {
  const actions = {
    j: () => walk(1),
    k: () => walk(-1),
    o: open,
    "/": () => document.querySelector(".search input").focus(),
    "?": () => location.assign("/method#search"),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || !(event.key in actions)) return;
    event.preventDefault();
    actions[event.key]();
  });
}
