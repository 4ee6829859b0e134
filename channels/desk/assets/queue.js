// The queue renews itself; what has the focus keeps it.

import { announce, listen } from "./live.js";

const board = document.getElementById("board");
const count = () => Number(document.getElementById("waiting-title").dataset.count);

async function renew() {
  const answer = await fetch(`/desk/board${location.search}`, { headers: { "x-requested-with": "script" } });
  if (answer.status === 401) return location.reload();
  if (!answer.ok) return;
  const before = count();
  const focused = board.contains(document.activeElement) ? document.activeElement.id : null;
  board.innerHTML = await answer.text();
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  if (count() > before) announce(document.body.dataset.news.replace("{count}", count()));
}

listen(() => "/desk/events", { board: renew });
// Clocks go on where nothing else happens.
setInterval(renew, 60_000);
