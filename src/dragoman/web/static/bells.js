// The bells of saved searches. Nothing is asked of the reader, and nothing is registered, before a bell is clicked.

const SCOPE = "/";
const page = {};

export async function bells() {
  const list = document.getElementById("bells");
  if (!list) return;
  const named = (id) => document.getElementById(id);
  Object.assign(page, { key: list.dataset.key, said: named("bell-said"), here: named("this-browser"), trial: named("trial"),
    quiet: named("quiet"), from: named("quiet-from"), to: named("quiet-to"), daily: named("daily-at"), zone: named("zone"),
    rows: [...list.querySelectorAll("[data-saved]")] });
  page.timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
  page.zone.textContent = page.timeZone;
  const missing = why();
  if (missing) return say(missing);
  for (const row of page.rows) {
    button(row).disabled = choice(row).disabled = false;
    button(row).addEventListener("click", () => guarded(button(row), () => turn(row)));
    choice(row).addEventListener("change", () => isOn(row) && guarded(choice(row), () => hang(row)));
  }
  for (const field of [page.quiet, page.from, page.to, page.daily]) field.addEventListener("change", () => guarded(null, hours));
  page.trial.addEventListener("click", () => guarded(page.trial, trial));
  const held = await subscription();
  if (held) await guarded(null, async () => show(await post("/api/push/bells", { endpoint: held.endpoint })));
}

const button = (row) => row.querySelector("button.bell");
const choice = (row) => row.querySelector("select");
const isOn = (row) => button(row).getAttribute("aria-pressed") === "true";

function say(text) {
  page.said.textContent = text;
}

// Why this browser can't be told, or nothing.
function why() {
  const apple = /iPhone|iPad|iPod/.test(navigator.userAgent) || (navigator.platform === "MacIntel" && navigator.maxTouchPoints > 1);
  const installed = matchMedia("(display-mode: standalone)").matches || navigator.standalone === true;
  if (!isSecureContext) return "Notifications need https, or a server on this very machine.";
  if (apple && !installed) return "On iPhone and iPad: tap Share, then Add to Home Screen; open Dragoman from there and press the bell.";
  if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) {
    return "This browser takes no notifications from pages, as in a private window.";
  }
  return "";
}

async function guarded(control, work) {
  if (control) control.disabled = true;
  try {
    await work();
  } catch (error) {
    say(error.message);
  } finally {
    if (control) control.disabled = false;
  }
}

async function post(address, value) {
  const answer = await fetch(address, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(value),
  });
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.error ?? told.detail ?? answer.statusText);
  return told;
}

async function subscription() {
  const worker = await navigator.serviceWorker.getRegistration(SCOPE);
  return worker ? worker.pushManager.getSubscription() : null;
}

// The browser's subscription, made where there is none; one that was made for another record's key is of no use here.
async function subscribe() {
  if (await Notification.requestPermission() !== "granted") {
    throw new Error("Notifications are blocked for this site; allow them in the browser's settings and press the bell again.");
  }
  await navigator.serviceWorker.register("/sw.js", { scope: SCOPE });
  const worker = await navigator.serviceWorker.ready;
  const held = await worker.pushManager.getSubscription();
  if (held && encoded(held.options.applicationServerKey) === page.key) return held;
  if (held) await held.unsubscribe();
  return worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: page.key });
}

function encoded(buffer) {
  if (!buffer) return "";
  return btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function wanted() {
  return { zone: page.timeZone, quiet: page.quiet.checked ? [page.from.value, page.to.value] : null, daily_at: page.daily.value };
}

async function turn(row) {
  if (!isOn(row)) return hang(row);
  const held = await subscription();
  if (!held) return show({ bells: {} });
  const state = await post("/api/push/bell/remove", { endpoint: held.endpoint, saved: row.dataset.saved });
  show(state);
  if (!Object.keys(state.bells).length) await held.unsubscribe();
  say(`Off: ${row.dataset.name}`);
}

async function hang(row) {
  const held = await subscribe();
  show(await post("/api/push/bell", { subscription: held, saved: row.dataset.saved, digest: choice(row).value, ...wanted() }));
  say(`On, ${choice(row).value}: ${row.dataset.name}`);
}

async function hours() {
  const held = await subscription();
  if (!held) return;
  show(await post("/api/push/bell", { subscription: held, ...wanted() }));
  say("Your hours are kept.");
}

async function trial() {
  const held = await subscription();
  if (!held) throw new Error("Turn a bell on first.");
  await post("/api/push/trial", { endpoint: held.endpoint });
  say("A test is on its way; in quiet hours it comes when they end.");
}

function show(state) {
  for (const row of page.rows) {
    const digest = state.bells[row.dataset.saved];
    button(row).setAttribute("aria-pressed", String(digest !== undefined));
    if (digest) choice(row).value = digest;
  }
  page.here.hidden = !Object.keys(state.bells).length;
  if (!state.zone) return;
  page.quiet.checked = Boolean(state.quiet);
  if (state.quiet) [page.from.value, page.to.value] = state.quiet;
  page.daily.value = state.daily_at;
  if (state.trouble) say(`The last notification did not arrive: ${state.trouble}.`);
}
