// Walks the keys of a pad with the arrow keys. Tab reaches the one last used; along the rows every key is reached in
// turn, and the first comes after the last, so that one switch to go on and one to choose are enough.

const LEVEL_PX = 2;

function middle(key) {
  const box = key.getBoundingClientRect();
  return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
}

// The key most straight above (-1) or below (1), in the nearest row there.
function inNextRow(keys, from, way) {
  const here = middle(from);
  const distance = (key) => {
    const { x, y } = middle(key);
    return [(y - here.y) * way, Math.abs(x - here.x)];
  };
  const beyond = keys.map((key) => [key, ...distance(key)]).filter(([, along]) => along > LEVEL_PX);
  beyond.sort(([, a, aside], [, b, besides]) => (Math.abs(a - b) > LEVEL_PX ? a - b : aside - besides));
  return beyond[0]?.[0];
}

// Where an arrow key leads from this key; nothing above the first row and below the last.
export function neighbour(keys, from, arrow, direction) {
  if (arrow === "ArrowUp" || arrow === "ArrowDown") return inNextRow(keys, from, arrow === "ArrowUp" ? -1 : 1);
  const onward = arrow === (direction === "rtl" ? "ArrowLeft" : "ArrowRight");
  return keys.at((keys.indexOf(from) + (onward ? 1 : -1)) % keys.length);
}

// Makes this the key that Tab reaches.
export function reach(keys, key) {
  for (const each of keys) each.tabIndex = each === key ? 0 : -1;
}
