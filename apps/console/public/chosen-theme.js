// Runs before the page is painted, so that whoever chose a theme never sees the other one flash up.
try {
  const chosen = localStorage.getItem("corsmith.theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {
  // A browser that keeps nothing for pages: the system's theme is right.
}
