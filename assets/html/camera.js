// Which part of the picture is seen, and how wheel, mouse and fingers change it.

/** The middle of a part of the picture, in the picture's units. */
function centerOf(part) {
  const box = part.getBBox();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** A camera over an SVG that fills its parent. `onScale` is told the pixels per unit whenever the picture is drawn. */
function createCamera(map, onScale) {
  const whole = map.viewBox.baseVal;
  const world = { x: whole.x, y: whole.y, width: whole.width, height: whole.height };
  const wholeBox = `${world.x} ${world.y} ${world.width} ${world.height}`;
  const view = { x: 0, y: 0, scale: 1, isFit: true };
  let isDrawn = true;
  map.parentElement.style.setProperty("--ratio", world.height / world.width);

  const size = () => ({ width: Math.max(map.clientWidth, 1), height: Math.max(map.clientHeight, 1) });
  const fitScale = (foot = 0) => Math.min(size().width / world.width, (size().height - foot) / world.height);

  function draw() {
    if (!isDrawn) return;
    isDrawn = false;
    requestAnimationFrame(() => {
      isDrawn = true;
      const { width, height } = size();
      const [w, h] = [width / view.scale, height / view.scale];
      map.setAttribute("viewBox", `${view.x - w / 2} ${view.y - h / 2} ${w} ${h}`);
      onScale(view.scale);
    });
  }

  /** The height that is left free at fit for the buttons over the picture: none, unless they would cover a card. */
  function footAtFit() {
    const [seen, buttons] = [map, document.querySelector("#zoom")].map((part) => part.getBoundingClientRect());
    const scale = fitScale();
    const left = (buttons.left - seen.left - seen.width / 2) / scale + world.x + world.width / 2;
    const top = (buttons.top - seen.top - seen.height / 2) / scale + world.y + world.height / 2;
    const cards = [...map.querySelectorAll(".stop[data-of^=a]")].slice(0, 1000).map((card) => card.getBBox());
    const isCovered = buttons.width > 0 && cards.some((box) => box.x + box.width > left && box.y + box.height > top);
    return isCovered ? seen.bottom - buttons.top + 4 : 0;
  }

  function fit() {
    const foot = footAtFit();
    view.scale = fitScale(foot);
    view.x = world.x + world.width / 2;
    view.y = world.y + world.height / 2 + foot / 2 / view.scale;
    view.isFit = true;
    draw();
  }

  /** The place in the picture under a place on the screen. */
  function placeAt(clientX, clientY) {
    const box = map.getBoundingClientRect();
    return {
      x: view.x + (clientX - box.left - box.width / 2) / view.scale,
      y: view.y + (clientY - box.top - box.height / 2) / view.scale,
    };
  }

  /** Zooms so that what is under a place on the screen stays there. */
  function zoomBy(factor, clientX, clientY) {
    const before = placeAt(clientX, clientY);
    const least = Math.min(fitScale() * 0.5, 1);
    view.scale = Math.min(Math.max(view.scale * factor, least), 8);
    const after = placeAt(clientX, clientY);
    moveBy(before.x - after.x, before.y - after.y);
  }

  function zoomAtCenter(factor) {
    const box = map.getBoundingClientRect();
    zoomBy(factor, box.left + box.width / 2, box.top + box.height / 2);
  }

  function moveBy(x, y) {
    const clamp = (value, from, length) => Math.min(Math.max(value, from), from + length);
    view.x = clamp(view.x + x, world.x, world.width);
    view.y = clamp(view.y + y, world.y, world.height);
    view.isFit = false;
    draw();
  }

  /** Brings a part of the picture into view, unless it is. */
  function reveal(part) {
    const { x, y } = centerOf(part);
    const { width, height } = size();
    const isSeen = Math.abs(x - view.x) < width / view.scale / 2 - 40 / view.scale
      && Math.abs(y - view.y) < height / view.scale / 2 - 24 / view.scale;
    if (!isSeen) moveBy(x - view.x, y - view.y);
  }

  new ResizeObserver(() => (view.isFit ? fit() : draw())).observe(map.parentElement);
  window.addEventListener("beforeprint", () => map.setAttribute("viewBox", wholeBox));
  window.addEventListener("afterprint", draw);

  map.addEventListener("wheel", (event) => {
    event.preventDefault();
    const pixels = event.deltaY * [1, 18, 400][event.deltaMode];
    zoomBy(Math.exp(-pixels * (event.ctrlKey ? 0.01 : 0.0016)), event.clientX, event.clientY);
  }, { passive: false });

  // Fingers and the mouse.

  const fingers = new Map();
  let wasDragged = false;
  let traveled = 0;

  const middle = () => {
    const all = [...fingers.values()];
    const x = all.reduce((sum, finger) => sum + finger.x, 0) / all.length;
    const y = all.reduce((sum, finger) => sum + finger.y, 0) / all.length;
    const spread = all.reduce((sum, finger) => sum + Math.hypot(finger.x - x, finger.y - y), 0) / all.length;
    return { x, y, spread };
  };

  map.addEventListener("pointerdown", (event) => {
    if (event.button > 1) return;
    if (!fingers.size) [wasDragged, traveled] = [false, 0];
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  });
  window.addEventListener("pointermove", (event) => {
    const finger = fingers.get(event.pointerId);
    if (!finger) return;
    const before = middle();
    traveled += Math.hypot(event.clientX - finger.x, event.clientY - finger.y);
    [finger.x, finger.y] = [event.clientX, event.clientY];
    // A hand that shakes still clicks.
    if (traveled < 5 && !wasDragged) return;
    wasDragged = true;
    map.classList.add("dragged");
    const after = middle();
    moveBy((before.x - after.x) / view.scale, (before.y - after.y) / view.scale);
    if (fingers.size > 1 && before.spread > 0) zoomBy(after.spread / before.spread, after.x, after.y);
  });
  for (const kind of ["pointerup", "pointercancel"]) {
    window.addEventListener(kind, (event) => {
      fingers.delete(event.pointerId);
      if (!fingers.size) map.classList.remove("dragged");
    });
  }
  map.addEventListener("dragstart", (event) => event.preventDefault());

  return { world, fit, zoomAtCenter, reveal, placeAt, isBusy: () => fingers.size > 0, wasDragged: () => wasDragged };
}
