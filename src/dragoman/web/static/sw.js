// The service worker: it shows what is pushed, and opens it. It keeps no pages and answers no requests.

const NOTHING_SAID = { title: "Dragoman", body: "There are new facts.", url: "/saved", tag: "dragoman", quiet: null };

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("push", (event) => {
  const said = read(event.data);
  event.waitUntil(self.registration.showNotification(said.title, {
    body: said.body, tag: said.tag, icon: "/static/icon-192.png", badge: "/static/icon-192.png",
    data: { url: said.url }, silent: isQuiet(said.quiet, new Date()),
  }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(inside(event.notification.data?.url)));
});

// The browser got another subscription: the server is told, or the bells would fall silent.
self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(moved(event)));

function read(data) {
  try {
    return { ...NOTHING_SAID, ...data.json() };
  } catch {
    return NOTHING_SAID;
  }
}

// A push may have waited for a device that was off, and arrive in quiet hours: then without a sound.
function isQuiet(quiet, now) {
  if (!quiet) return false;
  const [from, to] = quiet;
  const minute = now.getHours() * 60 + now.getMinutes();
  return from < to ? from <= minute && minute < to : minute >= from || minute < to;
}

function inside(url) {
  const address = new URL(url ?? "/", self.location.origin);
  return address.origin === self.location.origin ? address.href : self.location.origin;
}

async function open(url) {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = pages.find((page) => page.url === url);
  return there ? there.focus() : self.clients.openWindow(url);
}

async function moved(event) {
  const old = event.oldSubscription;
  const key = old?.options.applicationServerKey;
  if (!key) return;
  const options = { userVisibleOnly: true, applicationServerKey: key };
  const subscription = event.newSubscription ?? await self.registration.pushManager.subscribe(options);
  await fetch("/api/push/moved", {
    method: "POST", headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ old: old.endpoint, subscription }),
  });
}
