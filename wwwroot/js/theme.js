// Sets the theme before the first paint. A plain script in the head: a module would run too late and the page would flash.
(() => {
  const key = "portal-theme";
  const root = document.documentElement;
  const systemIsDark = matchMedia("(prefers-color-scheme: dark)");

  // Storage may be forbidden; the system's own choice is then as good as any.
  const read = () => {
    try {
      const stored = localStorage.getItem(key);
      return stored === "light" || stored === "dark" ? stored : "system";
    } catch {
      return "system";
    }
  };
  const keep = choice => {
    try {
      localStorage.setItem(key, choice);
    } catch {
      // The choice lasts as long as the page.
    }
  };
  const apply = choice => {
    root.dataset.theme = choice === "system" ? (systemIsDark.matches ? "dark" : "light") : choice;
  };

  let choice = read();
  apply(choice);
  systemIsDark.addEventListener("change", () => apply(choice));
  addEventListener("storage", event => {
    if (event.key === key) apply(choice = read());
  });
  document.addEventListener("change", event => {
    if (event.target.name !== key) return;
    keep(choice = event.target.value);
    apply(choice);
  });
  // The radio buttons may be drawn anew at any time: they are set when their menu opens.
  document.addEventListener("beforetoggle", event => {
    for (const radio of event.target.querySelectorAll?.(`input[name="${key}"]`) ?? []) radio.checked = radio.value === choice;
  }, true);
})();
