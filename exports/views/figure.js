"use strict";
const drawing = document.querySelector("#drawing svg");
const source = () => {
  const copy = drawing.cloneNode(true);
  for (const element of copy.querySelectorAll("[data-stay]")) element.removeAttribute("transform");
  return new XMLSerializer().serializeToString(copy);
};
// Names and legends stay in sight where the drawing is moved.
const frame = document.getElementById("drawing");
const staying = [...drawing.querySelectorAll("[data-stay]")].map((element) => ({ element, box: element.getBBox() }));
function stay() {
  const moved = (scrolled, end, size, share) => Math.max(0, scrolled - Math.max(0, end - size * share));
  for (const { element, box } of staying) {
    const { stay: directions, share } = element.dataset;
    const x = directions.includes("x") ? moved(frame.scrollLeft, box.x + box.width, frame.clientWidth, share) : 0;
    const y = directions.includes("y") ? moved(frame.scrollTop, box.y + box.height, frame.clientHeight, share) : 0;
    element.setAttribute("transform", `translate(${x} ${y})`);
  }
}
frame.addEventListener("scroll", stay);
window.addEventListener("resize", stay);
function save(blob, extension) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = document.title.replace(/[\\/:*?"<>|\s]+/g, " ").slice(0, 80) + "." + extension;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
document.getElementById("save-svg").addEventListener("click", () => save(new Blob([source()], { type: "image/svg+xml" }), "svg"));
document.getElementById("save-png").addEventListener("click", () => {
  const image = new Image();
  image.onload = () => {
    const width = drawing.width.baseVal.value, height = drawing.height.baseVal.value;
    const scale = Math.min(3, 16000 / Math.max(width, height));
    const canvas = document.createElement("canvas");
    canvas.width = width * scale;
    canvas.height = height * scale;
    const pen = canvas.getContext("2d");
    pen.scale(scale, scale);
    pen.drawImage(image, 0, 0);
    canvas.toBlob((blob) => blob && save(blob, "png"), "image/png");
  };
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(source());
});
document.addEventListener("click", (event) => {
  const link = event.target.closest && event.target.closest("a");
  const target = link && document.getElementById((link.getAttribute("href") || "").slice(1));
  const folded = target && target.closest("details");
  if (folded) folded.open = true;
});
const links = JSON.parse(document.getElementById("links").textContent);
for (const said of document.querySelectorAll("[data-file]")) {
  const address = links.texts[said.dataset.file];
  if (!address) continue;
  const link = document.createElement("a");
  link.href = address + "#" + said.dataset.at;
  link.target = "_top";
  link.textContent = said.textContent;
  said.replaceChildren(link);
}
for (const link of document.querySelectorAll("[data-pair]")) {
  const address = links.pairs[link.dataset.pair];
  if (!address) continue;
  link.href = address;
  link.target = "_top";
  link.hidden = false;
}
