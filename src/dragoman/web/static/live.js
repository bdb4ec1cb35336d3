// New facts. One tab of a browser holds the stream and tells the others (six connections a host is all that HTTP/1.1
// gives a browser); each tab then fetches the rows that its own search lets through, drawn by the server.

const RETRY_MS = 15000;
const SLOW_MS = 60000;
const AT_TOP = 120;

const page = {};

function wake(seq) {
  if (seq > page.heard) page.heard = seq;
  if (!page.fetching && page.heard > page.fetched && !page.paused) fetchRows();
}

async function fetchRows() {
  page.fetching = true;
  const upTo = page.heard;
  const query = new URLSearchParams({ after: page.fetched, q: page.stream.dataset.q });
  try {
    const answer = await fetch(`/rows?${query}`);
    if (!answer.ok) throw new Error(answer.statusText);
    const held = document.createElement("template");
    held.innerHTML = await answer.text();
    const arrived = held.content.querySelector(".arrived");
    page.fetched = Math.max(upTo, Number(arrived.dataset.seq));
    if (Number(arrived.dataset.number)) take(arrived);
  } catch {
    setTimeout(() => wake(page.heard), RETRY_MS);
    return;
  } finally {
    page.fetching = false;
  }
  wake(page.heard);
}

function take(arrived) {
  page.waiting.unshift(arrived);
  page.number += Number(arrived.dataset.number);
  const words = `${page.number} new fact${page.number === 1 ? "" : "s"}`;
  if (scrollY < AT_TOP && !document.activeElement?.closest("li.fact")) {
    show();
    page.news.textContent = `${words} added at the top`;
    return;
  }
  page.show.textContent = `${page.number} new, show`;
  page.show.hidden = false;
  page.live.classList.add("waiting");
  page.news.textContent = `${words} waiting`;
}

function show() {
  if (page.stream.dataset.empty !== undefined) return location.reload();
  document.getElementById("groups").prepend(...page.waiting);
  document.querySelector("main .none")?.remove();
  page.waiting = [];
  page.number = 0;
  page.show.hidden = true;
}

function pause() {
  page.paused = !page.paused;
  page.live.classList.toggle("paused", page.paused);
  page.pause.textContent = page.paused ? "go on" : "pause";
  state();
  if (!page.paused) wake(page.heard);
}

function state() {
  page.state.textContent = page.paused ? "Paused" : page.lost ? "Connection lost, trying again" : "Live";
}

function hear({ seq, lost, opened }) {
  page.lost = lost;
  page.opened = opened;
  state();
  wake(seq);
}

// Where no stream gets through, as behind some proxies, the rows are asked for by and by; the server answers 304 to
// most of these questions. Also a stream that says it is open may be held back on its way: hence the slow beat.
function poll() {
  if (!page.fetching && !page.paused && !document.hidden) fetchRows();
}

function keepAsking() {
  setInterval(() => { if (page.lost || !page.opened) poll(); }, RETRY_MS);
  setInterval(poll, SLOW_MS);
  document.addEventListener("visibilitychange", poll);
}

function listen(tell) {
  const source = new EventSource(`/stream?last=${page.heard}`);
  source.addEventListener("fact", (event) => tell({ seq: Number(event.lastEventId), lost: false, opened: true }));
  source.addEventListener("open", () => tell({ seq: page.heard, lost: false, opened: true }));
  source.addEventListener("error", () => {
    tell({ seq: page.heard, lost: true, opened: false });
    if (source.readyState === EventSource.CLOSED) page.again = setTimeout(() => { page.source = listen(tell); }, RETRY_MS);
  });
  return source;
}

// One tab listens for all and answers a tab that has just come with what it has heard.
function lead(channel) {
  const tell = (news) => { hear(news); channel.postMessage(news); };
  channel.addEventListener("message", (event) => { if (event.data.asks) tell({ seq: page.heard, lost: page.lost, opened: page.opened }); });
  page.source = listen(tell);
}

// Without locks, as on a page that came without TLS from another machine, each tab listens while it is looked at: a
// browser opens six connections to a host, and hidden tabs must not hold them.
function listenWhileSeen() {
  const turn = () => {
    clearTimeout(page.again);
    page.source?.close();
    page.source = document.hidden ? null : listen(hear);
  };
  document.addEventListener("visibilitychange", turn);
  turn();
}

function share() {
  if (!navigator.locks || !window.BroadcastChannel) return listenWhileSeen();
  const channel = new BroadcastChannel("dragoman");
  channel.addEventListener("message", (event) => { if (!event.data.asks) hear(event.data); });
  channel.postMessage({ asks: true });
  navigator.locks.request("dragoman-stream", () => {
    lead(channel);
    return new Promise(() => {}); // the lock is kept as long as the tab is open
  });
}

export function follow() {
  const stream = document.getElementById("stream");
  if (!stream?.dataset.last) return;
  const named = (id) => document.getElementById(id);
  const last = Number(stream.dataset.last);
  Object.assign(page, { stream, live: named("live"), state: named("live-state"), show: named("show"), pause: named("pause"),
    news: named("news"), heard: last, fetched: last, waiting: [], number: 0, paused: false, lost: false, opened: false, fetching: false });
  page.live.hidden = false;
  page.show.addEventListener("click", () => { show(); scrollTo({ top: 0 }); });
  page.pause.addEventListener("click", pause);
  share();
  keepAsking();
}
