  // ---- The story ------------------------------------------------------------------------------------------------

  const steps = [...document.querySelectorAll("#steps > .step")];
  const groups = [...picture.children];
  const whole = { ...camera.world };
  /** What is out of focus, faded as one group: fading each item would let the lines behind it show through. */
  const faded = document.createElementNS(map.namespaceURI, "g");
  faded.setAttribute("class", "faded");
  /** The current step, counted from 1; 0 for the whole map. */
  let told = 0;

  /** Shows a step: what belongs to it, what it is about, and where it is. */
  function tell(number) {
    told = Math.min(Math.max(number, 0), steps.length);
    const step = steps[told - 1];
    const focus = step && step.dataset.focus ? new Set(step.dataset.focus.split(" ")) : null;
    const seen = new Set();
    for (const group of groups) {
      const { of, steps: within } = group.dataset;
      const isIn = !within || within.split(" ").includes(String(told));
      group.classList.toggle("off", !isIn);
      group.classList.toggle("on", isIn);
      if (isIn && of) seen.add(of);
    }
    spread((of) => Boolean(focus && of && !focus.has(of)));
    for (const link of map.querySelectorAll("a.hit")) link.classList.toggle("off", !seen.has(link.dataset.of));
    for (const other of steps) other.classList.toggle("now", other === step);
    byId("place").textContent = step ? `${told} of ${steps.length}` : "Whole map";
    byId("before").disabled = told <= 1;
    byId("after").disabled = told === steps.length;
    byId("all").disabled = told === 0;
    const view = step && step.dataset.view ? step.dataset.view.split(" ").map(Number) : null;
    const [x, y, width, height] = view || [whole.x, whole.y, whole.width, whole.height];
    Object.assign(camera.world, { x, y, width, height });
    camera.fit();
  }

  /** Puts what is out of focus behind the rest. */
  function spread(isFaded) {
    faded.replaceChildren(...groups.filter((group) => isFaded(group.dataset.of)));
    picture.replaceChildren(faded, ...groups.filter((group) => !isFaded(group.dataset.of)));
  }

  /** Returns the step that the address names, or null. */
  function asked() {
    const found = /^#step=(\d{1,5})$/.exec(location.hash);
    return found ? Number(found[1]) : null;
  }

  const turn = (number) => { if (number >= 0 && number <= steps.length) location.hash = `step=${number}`; };
  window.addEventListener("hashchange", () => {
    if (asked() !== null) tell(asked());
    // An opened record is shown even if it is out of the step's focus.
    const { id } = named();
    if (id !== OVERVIEW && faded.querySelector(`:scope > [data-of="${id}"]`)) {
      spread(() => false);
      fade(id);
    }
  });
  byId("before").addEventListener("click", () => turn(told - 1));
  byId("after").addEventListener("click", () => turn(told + 1));
  byId("all").addEventListener("click", () => turn(0));
  document.addEventListener("keydown", (event) => {
    const isTaken = event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
    if (isTaken || event.target.closest("input, textarea, select, [contenteditable]")) return;
    if (event.key === "ArrowRight" && told < steps.length) turn(told + 1);
    else if (event.key === "ArrowLeft" && told > 1) turn(told - 1);
    else return;
    event.preventDefault();
  });
  // An address that names a record is about the whole map.
  tell(asked() ?? (location.hash ? 0 : 1));

